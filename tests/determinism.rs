//! The same input, the same bytes: whatever the threads, the order in which a folder was filled, and
//! whether anything was read before.

#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

mod program;

use std::collections::BTreeMap;
use std::fs;

use program::{path, run};
use tempfile::TempDir;

/// Short documents of very different length, some of which cannot be read.
fn documents() -> Vec<(String, Vec<u8>)> {
    let text = |i: usize| {
        let line = format!("2020年全市小学{i}所，初中{}所。\n", i + 1);
        format!("某市{}年教育概况\n{}", 2000 + i % 20, line.repeat(1 + i * 7 % 20))
    };
    (0..30)
        .map(|i| {
            let name = format!("{}/{:02}.txt", ["a", "b/c", "小学"][i % 3], i * 17 % 30);
            (name, if i % 10 == 9 { vec![0; 500] } else { text(i).into_bytes() })
        })
        .collect()
}

/// A folder that was filled in the order of `places`.
fn filled(places: &[usize]) -> TempDir {
    let (folder, documents) = (tempfile::tempdir().unwrap(), documents());
    for &at in places {
        let (name, bytes) = &documents[at];
        let path = folder.path().join("in").join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    folder
}

/// The places of the documents in some order, which `seed` tells.
fn shuffled(seed: usize) -> Vec<usize> {
    let mut places: Vec<usize> = (0..documents().len()).collect();
    places.sort_by_key(|at| (at + 1).wrapping_mul(seed).wrapping_mul(2_654_435_761) % 1009);
    places
}

/// What a run on a folder gives, with the path of the folder taken out.
fn told(folder: &TempDir, arguments: &[&str]) -> (i32, String, String) {
    let root = path(folder, "in");
    let run = run(&[&["extract", &root], arguments].concat());
    (run.code, run.out.replace(&root, "in"), run.err.replace(&root, "in"))
}

#[test]
fn threads_and_the_order_of_a_folder_change_nothing() {
    let folders = [1, 7, 31].map(|seed| filled(&shuffled(seed)));
    assert_ne!(shuffled(7), shuffled(31));
    // Cold and warm: the first run finds the folder as it was just written.
    let first = folders.each_ref().map(|folder| told(folder, &["-f", "jsonl", "-j", "8"]));
    assert_eq!(first[0].0, 3, "{}", first[0].2);
    assert!(first[0].1.len() > 100_000 && first[0].2.ends_with("3 of 30 inputs failed\n"));
    assert!(first.iter().all(|told| *told == first[0]));
    for format in ["jsonl", "csv", "json", "table"] {
        let one = told(&folders[0], &["-f", format, "-j", "1"]);
        assert!(one.1.len() > 5_000 && (format != "jsonl" || one == first[0]));
        for jobs in ["2", "8"] {
            assert_eq!(told(&folders[2], &["-f", format, "-j", jobs]), one, "{format}, -j {jobs}");
        }
    }
}

/// The records of a file do not depend on the files beside it.
#[test]
fn files_in_another_order_give_the_same_records() {
    let folder = filled(&shuffled(1));
    let documents = documents();
    let by_file = |places: &[usize]| {
        let paths: Vec<String> =
            places.iter().map(|&at| path(&folder, &format!("in/{}", documents[at].0))).collect();
        let mut arguments = vec!["extract", "-f", "jsonl", "-j", "2"];
        arguments.extend(paths.iter().map(String::as_str));
        let run = run(&arguments);
        let mut order: Vec<String> = Vec::new();
        let mut records: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for line in run.out.lines() {
            let record: serde_json::Value = serde_json::from_str(line).unwrap();
            let source = record["source"].as_str().unwrap().to_owned();
            if order.last() != Some(&source) {
                order.push(source.clone());
            }
            records.entry(source).or_default().push(line.to_owned());
        }
        let readable = places.iter().zip(&paths).filter(|(at, _)| documents[**at].1[0] != 0);
        let expected: Vec<String> = readable.map(|(_, path)| path.clone()).collect();
        assert_eq!(order, expected, "records come in the order of the files");
        records
    };
    let first = by_file(&shuffled(1));
    assert_eq!(first.len(), 27);
    for seed in [7, 31, 101] {
        assert_eq!(by_file(&shuffled(seed)), first);
    }
}

/// One document whose records come in many pieces, between others.
#[test]
fn pieces_of_a_document_stay_together() {
    let folder = tempfile::tempdir().unwrap();
    let long: String = (0..700).map(|i| format!("2020年全市小学{i}所，初中2所。\n")).collect();
    for (name, text) in [("a", "2020年全市小学1所。"), ("b", &long), ("c", "2020年全市小学3所。")]
    {
        fs::write(folder.path().join(format!("{name}.txt")), text).unwrap();
    }
    let root = path(&folder, "");
    for jobs in ["1", "8"] {
        let json = run(&["extract", &root, "-f", "json", "--columns", "id", "-j", jobs]).out;
        let json: Vec<BTreeMap<String, String>> = serde_json::from_str(&json).unwrap();
        let lines = run(&["extract", &root, "-f", "jsonl", "--columns", "id", "-j", jobs]).out;
        let lines: Vec<BTreeMap<String, String>> =
            lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert_eq!(json, lines);
        assert_eq!(json.len(), 1402);
        let place = |id: &str| -> (String, usize) {
            let (source, start) = id.rsplit_once('#').unwrap();
            (source.to_owned(), start.parse().unwrap())
        };
        assert!(json.windows(2).all(|pair| place(&pair[0]["id"]) < place(&pair[1]["id"])));
    }
}
