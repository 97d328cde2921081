//! `edustat list`: what it prints of each list, in each format, and what it says of a name that is
//! none.

mod program;

use program::run;
use serde_json::Value;

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

#[test]
fn the_codebook_is_listed_as_it_stands() {
    let run = run(&["list", "indicators"]);
    let book = include_str!("../src/lexicon/codebook.csv");
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    let rows = |text: &str| -> Vec<csv::StringRecord> {
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
        reader.records().flatten().collect()
    };
    assert_eq!(rows(&run.out), rows(book));
}

#[test]
fn one_of_a_list() {
    for (list, name, expected) in [
        (
            "levels",
            "compulsory",
            "level,meaning,isced_2011\ncompulsory,\"义务教育, 九年一贯制.\",1+2\n",
        ),
        ("levels", "special", "level,meaning,isced_2011\nspecial,特殊教育.,\n"),
        ("units", "doubling", "unit,meaning\ndoubling,番: doublings.\n"),
        (
            "codes",
            "target",
            "field,code,meaning\nstatus,target,\"Planned, expected, promised or under way.\"\n",
        ),
        ("fields", "unit", "field,holds,meaning\nunit,code,base unit\n"),
        ("regions", "140500", "code,name,aliases,until\n140500,晋城市,晋城,\n"),
        ("regions", "昌吉州", "code,name,aliases,until\n652300,昌吉回族自治州,昌吉州,\n"),
        ("regions", "长治县", "code,name,aliases,until\n140421,长治县,,2018-11\n"),
    ] {
        let run = run(&["list", list, name]);
        assert_eq!(
            (run.code, run.out.as_str(), run.err.as_str()),
            (0, expected, ""),
            "{list} {name}"
        );
    }
}

#[test]
fn a_short_name_finds_the_divisions_that_share_it() {
    let run = run(&["list", "regions", "鼓楼区", "-f", "json"]);
    let found = json(&run.out);
    let codes: Vec<&str> =
        found.as_array().into_iter().flatten().filter_map(|row| row["code"].as_str()).collect();
    assert_eq!(codes, ["320106", "320302", "350102", "410204"]);
    assert_eq!(found[0]["until"], Value::Null);
}

#[test]
fn formats_say_the_same() {
    let rows = json(&run(&["list", "levels", "-f", "json"]).out);
    let lines = run(&["list", "levels", "-f", "jsonl"]).out;
    let lines: Vec<Value> = lines.lines().map(json).collect();
    assert_eq!(rows.as_array(), Some(&lines));
    let csv = run(&["list", "levels", "-f", "csv"]).out;
    let mut csv = csv::Reader::from_reader(csv.as_bytes());
    for (row, object) in csv.records().flatten().zip(&lines) {
        for (cell, name) in row.iter().zip(["level", "meaning", "isced_2011"]) {
            assert_eq!(cell, object[name].as_str().unwrap_or(""), "{object}");
        }
    }
    let table = run(&["list", "levels", "-f", "table"]).out;
    let primary = table.lines().find(|line| line.starts_with("primary ")).unwrap_or("none");
    assert_eq!(primary.split_whitespace().collect::<Vec<_>>(), ["primary", "小学.", "1"]);
}

#[test]
fn rules_are_listed_and_explained() {
    let rules = run(&["list", "rules", "-f", "jsonl"]).out;
    let rules: Vec<Value> = rules.lines().map(json).collect();
    for rule in edustat::extract::ALL {
        let found = rules.iter().find(|row| row["rule"] == rule.name());
        let summary = found.and_then(|row| row["summary"].as_str());
        assert_eq!(summary, Some(rule.summary().as_str()));
        let manual = run(&["list", "rules", rule.name()]);
        assert_eq!(manual.out, format!("{}\n\n{}\n", rule.name(), rule.manual()));
        let row = json(&run(&["list", "rules", rule.name(), "-f", "jsonl"]).out);
        assert_eq!(row["manual"].as_str(), Some(rule.manual().as_str()));
    }
}

#[test]
fn what_is_not_there_is_an_error() {
    for (arguments, message) in [
        (&["list", "rules", "groth"][..], "list rules: expected one of growth, percentage, "),
        (
            &["list", "regions", "晋成市"],
            "list regions: expected the code or a name of one of them, found \"晋成市\"",
        ),
        (&["list", "level"], "possible values: indicators, levels, units, "),
        (&["list"], "<WHAT>"),
    ] {
        let run = run(arguments);
        assert_eq!((run.code, run.out.as_str()), (2, ""), "{arguments:?}");
        assert!(run.err.contains(message), "{arguments:?}: {}", run.err);
    }
}
