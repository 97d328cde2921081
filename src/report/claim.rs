//! What a check found, as a page has it.
//!
//! In: a finding and the records that it names. Out: the object that `edustat audit` writes, its numbers as text, so
//! that a script keeps their digits, and its records by the place of their numbers: `911所 = 365所 + 546所` holds at 509.

use serde_json::{Map, Value};

use crate::audit::Finding;
use crate::observation::Observation;
use crate::output::audit::Reported;

/// A finding within a document: records are the offsets of their numbers, that of the claim first.
pub fn within(finding: Finding, records: &[Observation<'_>]) -> Value {
    let places = std::iter::once(&finding.claim).chain(&finding.terms);
    let starts = places.map(|&at| Value::from(records[at].number_start.0)).collect();
    object(finding, records, starts)
}

/// A finding between documents: records are pairs of document and offset.
pub fn between(finding: Finding, records: &[Observation<'_>]) -> Value {
    let places = std::iter::once(&finding.claim).chain(&finding.terms);
    let pair = |&at: &usize| {
        let record = &records[at];
        Value::from(vec![
            Value::from(record.source.as_ref()),
            Value::from(record.number_start.0),
            Value::from(record.mention.as_ref()),
        ])
    };
    let pairs = places.map(pair).collect();
    object(finding, records, pairs)
}

fn object(finding: Finding, records: &[Observation<'_>], places: Vec<Value>) -> Value {
    let mut object = Reported::new(finding, records).object();
    for name in ["source", "line", "mention", "id"] {
        object.remove(name);
    }
    object.insert("records".to_owned(), Value::Array(places));
    let exact = object.into_iter().filter(|(_, value)| !value.is_null()).map(|(name, value)| {
        let value = if value.is_number() { Value::String(value.to_string()) } else { value };
        (name, value)
    });
    Value::Object(exact.collect::<Map<_, _>>())
}
