//! A document as a page has it: its text once, and everything else as places in it.
//!
//! In: a document, what became of its numbers, what the checks found. Out: an object with `summary`, `text`, `records`
//! (a row each, see [`record`]), `why` (an object for each record, see [`why`]), `unread` (offset, length, place
//! of the reason in the list of reasons, and why) and `claims`.

use serde_json::{Map, Value, json};

use super::{record, why};
use crate::document::Document;
use crate::explain::Explanation;
use crate::verdict::Reason;

/// The data of a document.
pub fn object(
    document: &Document,
    told: &[Explanation<'_>],
    claims: Vec<Value>,
    summary: &Value,
) -> Value {
    let (mut rows, mut whys, mut unread) = (Vec::new(), Vec::new(), Vec::new());
    for one in told {
        if let Some(record) = &one.record {
            rows.push(record::row(record, one));
            whys.push(why::object(document, one));
        } else if let Some(reason) = one.reason {
            unread.push(left_out(document, one, reason));
        }
    }
    json!({
        "summary": summary,
        "text": document.source.text(),
        "records": rows,
        "why": whys,
        "unread": unread,
        "claims": claims,
    })
}

fn left_out(document: &Document, told: &Explanation<'_>, reason: Reason) -> Value {
    let place = Reason::ALL.iter().position(|other| *other == reason);
    let mut cells =
        vec![json!(told.number_start.0), json!(told.number.text.chars().count()), json!(place)];
    let why = why::object(document, told);
    if why.as_object().is_some_and(|why: &Map<_, _>| !why.is_empty()) {
        cells.push(why);
    }
    Value::Array(cells)
}
