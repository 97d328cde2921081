//! `edustat eval`: figures, mistakes, thresholds, and gold that cannot be used.
//!
//! `tests/gold` holds two short documents whose gold is wrong on purpose here and there. The figures
//! are those that the reference script of the gold's format gives for them.

mod program;

use std::fs;

use program::{folder, path, run};
use serde_json::Value;

const FIGURES: &str = "\
gold 6  found 5  missed 1  spurious 1  optional 1

           precision  recall     F1
detection      0.833   0.833  0.833
record         0.500   0.500  0.500

field        kind   accuracy  wrong
value        core      0.800      1
value_max    core      1.000      0
unit         core      1.000      0
measure      core      1.000      0
bound        core      1.000      0
status       core      1.000      0
redacted     core      1.000      0
category     core      1.000      0
level        core      0.800      1
indicator    core      1.000      0
region       core      1.000      0
period       core      1.000      0
per          extra     1.000      0
ownership    extra     1.000      0
locality     extra     1.000      0
base_period  extra     1.000      0
relation     extra     1.000      0
parent       extra     0.800      1

document                 gold  detection F1  record F1
tests/gold/bulletin.txt     5         0.800      0.400
tests/gold/notice.txt       1         1.000      1.000
";

const MISTAKES: &str = "
missed: 1 mistake
  tests/gold/bulletin.txt:5  全市中小学飞碟⟦9⟧台，三分之一的小学有校医。
    gold - 9 item, found nothing

spurious: 1 mistake
  tests/gold/bulletin.txt:4  新增学位⟦2265个⟧，投入资金约1200万元。
    gold no observation, found places 2265 place

value: 1 mistake
  tests/gold/bulletin.txt:5  全市中小学飞碟9台，⟦三分之一⟧的小学有校医。
    gold 33.3, found 33.33

level: 1 mistake
  tests/gold/bulletin.txt:3  0年全市小学365所，在校生⟦111263人⟧，较上年增长3.2%。
    gold junior_secondary, found primary

parent: 1 mistake
  tests/gold/bulletin.txt:3  生111263人，较上年增长⟦3.2%⟧。
    gold -|17, found 25
";

const EVAL: [&str; 4] = ["eval", "tests/gold", "--gold", "tests/gold"];

fn eval(more: &[&str]) -> program::Run {
    run(&[&EVAL[..], more].concat())
}

#[test]
fn figures_and_mistakes() {
    let all = eval(&[]);
    assert_eq!((all.code, all.err.as_str()), (0, ""));
    assert_eq!(all.out, format!("{FIGURES}{MISTAKES}"));
    assert_eq!(eval(&["--show", "0"]).out, FIGURES);
}

#[test]
fn json_says_the_same() {
    let run = eval(&["-f", "json"]);
    let whole: Value = serde_json::from_str(&run.out).unwrap();
    for (place, expected) in [
        ("/gold", "6"),
        ("/found", "5"),
        ("/missed", "1"),
        ("/spurious", "1"),
        ("/optional", "1"),
        ("/exact", "3"),
        ("/detection/precision", "0.833333"),
        ("/record/f1", "0.500000"),
        ("/fields/level", "0.800000"),
        ("/fields/unit", "1.000000"),
        ("/documents/0/source", "\"tests/gold/bulletin.txt\""),
        ("/documents/0/record/f1", "0.400000"),
        ("/documents/1/gold", "1"),
        ("/mistakes/1/kind", "\"spurious\""),
        ("/mistakes/1/line", "4"),
        ("/mistakes/1/number_start", "48"),
        ("/mistakes/1/found", "\"places 2265 place\""),
        ("/mistakes/4/gold", "\"-|17\""),
    ] {
        let found = whole.pointer(place).map(Value::to_string);
        assert_eq!(found.as_deref(), Some(expected), "{place}");
    }
    assert_eq!(whole["mistakes"].as_array().unwrap().len(), 5);
}

#[test]
fn so_many_mistakes_of_each_kind() {
    let gold = "{\"start\":0,\"stat\":false}\n";
    let files =
        folder(&[("a.txt", "2020年全市小学365所，初中115所，高中29所。"), ("a.gold.jsonl", gold)]);
    let files = path(&files, "");
    let run = run(&["eval", &files, "--gold", &files, "--show", "1"]);
    assert!(run.out.contains("\nspurious: 3 mistakes\n"), "{}", run.out);
    assert!(run.out.contains("全市小学⟦365所⟧，初中115所"), "{}", run.out);
    assert!(
        run.out.ends_with("gold no such number, found schools 365 institution\n  and 2 more\n"),
        "{}",
        run.out
    );
}

#[test]
fn thresholds_fail() {
    for (threshold, code, message) in [
        (&["--min-record", "0.5"][..], 0, ""),
        (&["--min-detection", "0.83"], 0, ""),
        (
            &["--min-record", "0.501"],
            1,
            "edustat: record F1: expected at least 0.501, found 0.500000\n",
        ),
        (
            &["--min-detection", "0.8334"],
            1,
            "edustat: detection F1: expected at least 0.8334, found 0.833333\n",
        ),
    ] {
        let run = eval(threshold);
        assert_eq!((run.code, run.err.as_str()), (code, message), "{threshold:?}");
        assert!(run.out.starts_with(FIGURES), "the report stands all the same");
    }
    let wrong = eval(&["--min-record", "97"]);
    assert_eq!(wrong.code, 2);
    assert!(wrong.err.contains("expected a decimal from 0 to 1"), "{}", wrong.err);
}

#[test]
fn a_bad_line_is_named_and_the_others_count() {
    let gold = fs::read_to_string("tests/gold/notice.gold.jsonl").unwrap();
    let text = fs::read_to_string("tests/gold/notice.txt").unwrap();
    let bad = gold.replace("\"status\": \"actual\"", "\"status\": \"actaul\"");
    assert_ne!(bad, gold);
    let files = folder(&[("notice.txt", &text), ("notice.gold.jsonl", &bad)]);
    let place = path(&files, "");
    let run = run(&["eval", &place, "--gold", &place, "--show", "0"]);
    assert_eq!(run.code, 3);
    assert_eq!(
        run.err,
        format!(
            "edustat: {place}/notice.gold.jsonl row 2: status: expected one of actual, target, standard, \
             found \"actaul\"\nedustat: 1 line of the gold could not be used\n"
        )
    );
    // What stands at a line that cannot be used is neither right nor wrong.
    assert!(
        run.out.starts_with("gold 0  found 0  missed 0  spurious 0  optional 0\n"),
        "{}",
        run.out
    );
}

#[test]
fn documents_and_gold_that_do_not_meet_are_named() {
    let text = fs::read_to_string("tests/gold/notice.txt").unwrap();
    let documents = folder(&[("notice.txt", &text), ("other.txt", &text)]);
    let gold = path(&documents, "");
    let none = run(&["eval", &gold, "--gold", &gold]);
    assert_eq!((none.code, none.out.as_str()), (2, ""));
    assert!(
        none.err.contains("expected NAME.gold.jsonl for a document NAME.txt, found none"),
        "{}",
        none.err
    );

    let one = run(&["eval", &gold, "--gold", "tests/gold", "--show", "0"]);
    assert_eq!(one.code, 0);
    assert!(one.out.starts_with("gold 1  found 1  "), "{}", one.out);
    assert!(
        one.err.contains("other.txt: not scored: there is no tests/gold/other.gold.jsonl\n"),
        "{}",
        one.err
    );
    assert!(
        one.err.contains("tests/gold/bulletin.gold.jsonl: not scored: its document is not there\n"),
        "{}",
        one.err
    );

    let missing = path(&documents, "missing.txt");
    let partial = run(&["eval", &missing, "tests/gold/notice.txt", "--gold", "tests/gold"]);
    assert_eq!(partial.code, 3);
    let twice =
        run(&["eval", "tests/gold", &path(&documents, "notice.txt"), "--gold", "tests/gold"]);
    assert_eq!(twice.code, 2);
    assert!(twice.err.contains("expected a name of its own"), "{}", twice.err);
}
