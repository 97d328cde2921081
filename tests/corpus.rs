//! The corpus is the specification by example: every case gives its records, no more and no fewer.
//!
//! `tests/cases` says how a file of `tests/corpus` is written. A failing case prints its file and
//! line, its sentence, and for each record that differs what was expected and what was found.

mod cases;

use cases::{Pipelines, corpus};

#[test]
fn every_case_gives_its_records() {
    let mut pipelines = Pipelines::default();
    let (mut wrong, mut passing) = (Vec::new(), 0);
    for case in corpus() {
        let pipeline = pipelines.of(case.region());
        let document = case.document(pipeline);
        let complaint = case.complaint(&pipeline.observe(&document));
        match (case.pending(), complaint) {
            (None, None) => passing += 1,
            (None, Some(complaint)) => {
                wrong.push(format!("{}\n  {}\n{complaint}", case.place, case.text));
            }
            (Some(reason), None) => {
                let advice = "passes now: take its `pending` line away";
                wrong.push(format!("{}\n  {}\n  {advice} ({reason})\n", case.place, case.text));
            }
            (Some(_), Some(_)) => {}
        }
    }
    assert!(wrong.is_empty(), "{} right, {} wrong:\n\n{}", passing, wrong.len(), wrong.join("\n"));
}

/// What a rule must leave alone is as much a part of it as what it reads.
#[test]
fn one_case_in_five_says_nothing() {
    let cases = corpus();
    let nothing = cases.iter().filter(|case| case.expected.is_empty()).count();
    assert!(nothing * 5 >= cases.len(), "{nothing} of {} cases say nothing", cases.len());
}

/// The pending cases, for those who look for work: `cargo test --test corpus -- --ignored --nocapture`.
#[test]
#[ignore = "prints, checks nothing"]
fn what_is_pending() {
    let mut pipelines = Pipelines::default();
    for case in corpus() {
        let Some(reason) = case.pending() else { continue };
        let pipeline = pipelines.of(case.region());
        let document = case.document(pipeline);
        let complaint = case.complaint(&pipeline.observe(&document)).unwrap_or_default();
        println!("{} ({reason})\n  {}\n{complaint}", case.place, case.text);
    }
}
