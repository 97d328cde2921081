//! How often memory is asked for, held against `tests/golden/allocations.csv`.
//!
//! Time on a shared machine says little; how often a run asks for memory is the same on each, and what makes
//! it slower (a string for each token, a list for each character) shows there. More than a tenth more fails.
//! `EDUSTAT_BLESS=1 cargo test --test allocations` stores what is counted now.

#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

use std::collections::BTreeMap;
use std::fmt::Write;
use std::{env, fs};

use allocation_counter::measure;
use edustat::output::Style;
use edustat::output::csv::Dialect;
use edustat::output::fields::Columns;
use edustat::pipeline::{Assumptions, Pipeline};
use edustat::text::decode::{EncodingChoice, decode};

const STORED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden/allocations.csv");

/// Allocations from bytes to CSV, and the records that were written.
fn counted(pipeline: &Pipeline, files: &[Vec<u8>]) -> (u64, usize) {
    let style = Style::Csv(Columns::all(), Dialect::Plain);
    let mut records = 0;
    let counted = measure(|| {
        for bytes in files {
            let text = decode(bytes.clone(), EncodingChoice::Auto).unwrap().text;
            let document = pipeline.document("a.txt".to_owned(), text);
            let found = pipeline.observe(&document);
            records += found.len();
            drop(style.block(&found));
        }
    });
    (counted.count_total, records)
}

fn seeds() -> Vec<Vec<u8>> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/seeds");
    let mut paths: Vec<_> = fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
    paths.sort();
    paths.iter().map(|path| fs::read(path).unwrap()).collect()
}

/// A report of so many paragraphs, of which none is about education.
fn report(paragraphs: usize) -> Vec<u8> {
    let paragraph =
        "新建污水处理厂3座,生活垃圾处理率85%;完成公路建设120公里。新增就业5.2万人,增长3.5%。\n";
    format!("某市政府工作报告\n{}", paragraph.repeat(paragraphs)).into_bytes()
}

#[test]
fn no_more_than_stored() {
    let pipeline = Pipeline::new(Assumptions::default()).unwrap();
    // What is made once and kept is not counted.
    counted(&pipeline, &seeds());
    let (seeds, records) = counted(&pipeline, &seeds());
    let start_up = measure(|| drop(Pipeline::new(Assumptions::default()).unwrap()));
    let now = BTreeMap::from([
        ("start-up", start_up.count_total),
        ("per hundred records of the seeds", seeds * 100 / records as u64),
        ("report of 200 paragraphs without education", counted(&pipeline, &[report(200)]).0),
    ]);
    if env::var_os("EDUSTAT_BLESS").is_some() {
        let mut table = "what,allocations\n".to_owned();
        now.iter().for_each(|(what, count)| writeln!(table, "{what},{count}").unwrap());
        fs::write(STORED, table).unwrap();
    }
    let stored = fs::read_to_string(STORED).unwrap();
    let stored: BTreeMap<&str, u64> = stored
        .lines()
        .skip(1)
        .map(|line| line.rsplit_once(',').unwrap())
        .map(|(what, count)| (what, count.parse().unwrap()))
        .collect();
    assert!(now.keys().eq(stored.keys()), "{STORED} has other rows");
    for (what, count) in &now {
        let most = stored[what] + stored[what] / 10;
        assert!(*count <= most, "{what}: {count} allocations, at most {most} expected");
    }
}

/// A sentence of which no record can come costs a scan and nothing more.
#[test]
fn sentences_that_say_nothing_are_not_cut_into_words() {
    let pipeline = Pipeline::new(Assumptions::default()).unwrap();
    let short = counted(&pipeline, &[report(200)]).0;
    let long = counted(&pipeline, &[report(400)]).0;
    // A paragraph has no list of its words.
    let more = long - short;
    assert!(more <= 220, "{more} allocations for 200 paragraphs");
}
