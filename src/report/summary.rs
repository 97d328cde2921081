//! What a list of documents says of one.
//!
//! In: a document, what became of its numbers, what the checks found. Out: its header, and how many records there are
//! of each category and flag, how many numbers were not read for each reason, how many claims hold or fail.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::document::Document;
use crate::explain::Explanation;
use crate::verdict::Reason;

/// The summary of a document.
pub fn summary(document: &Document, told: &[Explanation<'_>], claims: &[Value]) -> Value {
    let header = &document.header;
    let decoding = document.decoding;
    let records = || told.iter().filter_map(|one| one.record.as_ref());
    let (mut categories, mut flags, mut regions) =
        (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
    for record in records() {
        *categories.entry(record.category).or_insert(0_usize) += 1;
        for flag in &record.flags {
            *flags.entry(*flag).or_insert(0_usize) += 1;
        }
        if let Some(region) = record.region.as_deref() {
            *regions.entry(region).or_insert(0_usize) += 1;
        }
    }
    // The region that most records are of; of two, that whose name comes first.
    let region = regions.iter().max_by_key(|&(name, count)| (*count, std::cmp::Reverse(*name)));
    let reason = |reason: Reason| told.iter().filter(|one| one.reason == Some(reason)).count();
    let unread = Reason::ALL.iter().map(|&one| (one.code(), reason(one))).filter(|(_, n)| *n > 0);
    let claims = |severity: Option<&str>, verdict: &str| {
        let is =
            |claim: &&Value| claim["verdict"] == verdict && claim["severity"].as_str() == severity;
        claims.iter().filter(is).count()
    };
    json!({
        "source": document.source.name(),
        "title": header.title,
        "publisher": header.publisher,
        "published": header.published.map(|date| date.to_string()),
        "dated": document.dated,
        "encoding": decoding.encoding.to_string(),
        "replaced": decoding.replaced,
        "region": region.map(|(name, _)| name),
        "records": records().count(),
        "categories": categories.iter().map(|(of, n)| (of.code(), n)).collect::<Vec<_>>(),
        "flags": flags.iter().map(|(of, n)| (of.code(), n)).collect::<Vec<_>>(),
        "unread": unread.collect::<Vec<_>>(),
        "checks": [
            claims(None, "holds"),
            claims(Some("error"), "fails"),
            claims(Some("warning"), "fails"),
            claims(None, "cannot tell"),
        ],
    })
}
