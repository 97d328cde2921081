//! `--labels`: every heading and every code has a Chinese and an English label, the data behind them stay what
//! they are, and what is labelled is refused where codes are read.

#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

mod program;

use std::collections::{BTreeMap, BTreeSet};

use edustat::audit::finding::Severity;
use edustat::context::origin::Where;
use edustat::flag::Flag;
use edustat::labels::{HEADING, Labels, rows};
use edustat::lexicon::tables::CODEBOOK;
use edustat::output::book::SHEETS;
use edustat::output::book::described::DOCUMENTS;
use edustat::output::fields::{FIELDS, FieldKind};
use edustat::verdict::Reason;
use edustat::{audit, extract};
use program::{folder, path, run};

/// The closed lists that stand in a column, in the order of their documentation.
fn vocabularies() -> Vec<(&'static str, Vec<&'static str>)> {
    let mut lists: Vec<(&str, Vec<&str>)> = Vec::new();
    for field in FIELDS {
        match (field.kind, field.name) {
            (FieldKind::Code(codes), name) => lists.push((name, codes())),
            (FieldKind::Boolean, name) => lists.push((name, vec!["false", "true"])),
            (_, "flags") => lists.push(("flags", Flag::ALL.iter().map(|c| c.code()).collect())),
            (_, "rule") => lists.push(("rule", extract::ALL.iter().map(|r| r.name()).collect())),
            _ => {}
        }
    }
    lists.push(("check", audit::ALL.iter().map(|check| check.name()).collect()));
    lists.push(("verdict", vec!["holds", "fails", "cannot tell"]));
    lists.push(("severity", Severity::ALL.iter().map(|code| code.code()).collect()));
    lists.push(("reason", Reason::ALL.iter().map(|code| code.code()).collect()));
    lists.push(("sheet", SHEETS.to_vec()));
    lists.push(("from", Where::ALL.iter().map(|code| code.code()).collect()));
    lists
}

/// The labels of the table by kind, in its order.
fn table() -> Vec<(String, Vec<&'static str>)> {
    let mut kinds: Vec<(String, Vec<&str>)> = Vec::new();
    for row in rows() {
        match kinds.last_mut().filter(|(kind, _)| *kind == row.kind) {
            Some((_, codes)) => codes.push(&row.code),
            None => kinds.push((row.kind.clone(), vec![&row.code])),
        }
    }
    kinds
}

#[test]
fn every_code_of_every_closed_list_has_its_row_and_no_other() {
    let table = table();
    let expected = vocabularies();
    for (column, codes) in &expected {
        let found = table.iter().filter(|(kind, _)| kind == column);
        let found: Vec<&Vec<&str>> = found.map(|(_, codes)| codes).collect();
        assert_eq!(found, [codes], "{column}");
    }
    let known = |kind: &str| kind == HEADING || expected.iter().any(|(column, _)| *column == kind);
    for (kind, _) in &table {
        assert!(known(kind), "labels.csv has rows of {kind}, which is no column of codes");
    }
}

#[test]
fn every_column_has_a_heading() {
    let (_, headings) = table().into_iter().find(|(kind, _)| kind == HEADING).unwrap();
    let fields: Vec<&str> = FIELDS.iter().map(|field| field.name).collect();
    assert_eq!(headings[..fields.len()], fields, "those of a record come first");
    let audit = run(&["audit", "seeds", "--format", "csv"]).out;
    let book = CODEBOOK.lines().next().unwrap();
    let others = audit.lines().next().unwrap().split(',').chain(book.split(','));
    let others =
        others.chain(DOCUMENTS.iter().map(|column| column.name)).chain(["field", "label_en"]);
    for name in others {
        assert!(headings.contains(&name), "no heading for {name}");
    }
}

#[test]
fn labels_are_labels() {
    let book: BTreeMap<&str, &str> = CODEBOOK
        .lines()
        .skip(1)
        .map(|row| row.split(',').collect::<Vec<_>>())
        .map(|cells| (cells[0], cells[1]))
        .collect();
    let mut seen = BTreeSet::new();
    for row in rows() {
        let at = format!("{} {}", row.kind, row.code);
        for label in [&row.zh, &row.en] {
            assert!(!label.is_empty() && label.trim() == label, "{at}: {label:?}");
            // Flags are separated by it, and a spreadsheet runs what begins so.
            assert!(!label.contains([';', '\n']), "{at}: {label:?}");
            assert!(!label.starts_with(['=', '+', '-', '@', '\'']), "{at}: {label:?}");
        }
        let chinese = |c: char| ('\u{4E00}'..='\u{9FFF}').contains(&c);
        assert!(!row.en.contains(chinese), "{at}: {:?}", row.en);
        assert!(row.zh.contains(chinese) || row.zh == row.en, "{at}: {:?}", row.zh);
        // A reader tells two columns, or two codes of a column, by their labels. `flag` is a column of an audit,
        // `flags` one of a record.
        let flag = row.kind == HEADING && row.code == "flag";
        for (language, label) in [("zh", &row.zh), ("en", &row.en)] {
            let new = seen.insert((language, row.kind.clone(), label.clone()));
            assert!(new || flag, "{at}: {label:?} is another's too");
        }
        if row.kind == "indicator" {
            assert_eq!(row.zh, book[row.code.as_str()], "{at}: the codebook has the Chinese one");
        }
    }
    let table = include_str!("../src/lexicon/labels.csv");
    let kept = |line: &&str| line.starts_with("indicator,");
    for line in table.lines().filter(kept) {
        assert_eq!(line.split(',').nth(2), Some(""), "{line}: the codebook has the Chinese one");
    }
}

/// CSV as rows of cells.
fn cells(text: &str) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
}

#[test]
fn labelled_csv_is_the_coded_csv_in_other_words() {
    let codes = cells(&run(&["extract", "seeds", "-f", "csv"]).out);
    let lists: BTreeMap<&str, Vec<&str>> = vocabularies().into_iter().collect();
    for labels in [Labels::Zh, Labels::En] {
        let run = run(&["extract", "seeds", "-f", "csv", "--labels", &labels.to_string()]);
        assert_eq!((run.code, run.err.as_str()), (0, ""));
        let worded = cells(&run.out);
        assert_eq!(worded.len(), codes.len());
        for (at, name) in codes[0].iter().enumerate() {
            assert_eq!(worded[0][at], labels.heading(name));
            for (row, (code, label)) in codes.iter().zip(&worded).skip(1).enumerate() {
                let (code, label) = (&code[at], &label[at]);
                let known = lists.get(name.as_str());
                assert_eq!(*label, labels.value(name, code), "row {row}: {name}");
                if known.is_none() || code.is_empty() {
                    assert_eq!(label, code, "row {row}: {name} is no code");
                } else if !code.contains(';') && !matches!(code.as_str(), "yuan" | "mu") {
                    assert_ne!(label, code, "row {row}: {name} is a code");
                }
            }
        }
    }
}

#[test]
fn a_table_is_aligned_under_chinese_headings() {
    let seeds = ["extract", "-", "--region", "晋城市", "-f", "table", "--columns"];
    let columns = "level,indicator,value,unit,status,mention";
    let documents = folder(&[("a.txt", "2020年全市小学365所,初中在校生约2700人。")]);
    let document = path(&documents, "a.txt");
    let table = |labels: &str| {
        let mut arguments = seeds.to_vec();
        arguments[1] = &document;
        arguments.extend([columns, "--labels", labels]);
        run(&arguments)
            .out
            .lines()
            .filter(|line| !line.contains('/'))
            .collect::<Vec<_>>()
            .join("\n")
    };
    assert_eq!(
        table("zh"),
        "教育层次  指标      数值  计量单位  数据性质  原文表述\n\
         小学      学校数     365  所        实际      365所\n\
         初中      在校生数  2700  人        实际      约2700人"
    );
    assert_eq!(
        table("en"),
        "Education level   Indicator  Value  Unit          Status  Mention\n\
         Primary           Schools      365  institutions  Actual  365所\n\
         Junior secondary  Enrolment   2700  persons       Actual  约2700人"
    );
    assert!(table("codes").starts_with("level             indicator"));
}

#[test]
fn excel_gets_labels_too() {
    let columns = "level,value,redacted";
    let arguments = ["extract", "seeds", "--excel", "--labels", "zh", "--columns", columns];
    let out = run(&arguments).out;
    assert!(
        out.starts_with("\u{FEFF}教育层次,数值,数字隐去\r\n各级各类,911,否\r\n"),
        "{:.99}",
        out
    );
}

#[test]
fn programs_get_codes_alone() {
    for format in ["json", "jsonl", "sqlite", "parquet"] {
        let run = run(&["extract", "seeds", "-f", format, "--labels", "zh", "-o", "none/none"]);
        assert_eq!((run.code, run.out.as_str()), (2, ""));
        let said =
            format!("--labels zh: expected the format table, csv or xlsx, found {format}, which");
        assert!(run.err.contains(&said), "{}", run.err);
    }
    for command in ["audit", "check", "eval"] {
        let run = run(&[command, "seeds", "--labels", "zh"]);
        assert_eq!(run.code, 2, "{command}");
        assert!(run.err.contains("unexpected argument '--labels'"), "{}", run.err);
    }
}

#[test]
fn what_is_labelled_does_not_read_back_and_says_why() {
    let why =
        "expected names of fields, as extract writes them without --labels (labels are for people";
    for (labels, first) in [("zh", "来源文件"), ("en", "Source")] {
        let text = run(&["extract", "seeds", "-f", "csv", "--labels", labels]).out;
        // Without an extension its heading alone tells what it is.
        let files = folder(&[("a.csv", &text), ("a", &text), ("a.txt", "无"), ("a.jsonl", &text)]);
        for name in ["a.csv", "a"] {
            let file = path(&files, name);
            let audit = run(&["audit", &file]);
            let found = format!("{file} row 1: heading: {why}");
            assert!(audit.err.contains(&found), "{labels} {name}: {}", audit.err);
            assert!(audit.err.contains(&format!("found {first:?}")), "{}", audit.err);
            assert_eq!(audit.code, 3, "{labels} {name}");
        }
        let stored = path(&files, "");
        let check = run(&["check", &path(&files, "a.txt"), "--golden", &stored]);
        assert_eq!(check.code, 2, "{}", check.err);
        assert!(check.err.contains(&format!("a.jsonl row 1: record: {why}")), "{}", check.err);
    }
}

#[test]
fn a_column_that_somebody_added_may_be_called_as_a_label() {
    let text = run(&["extract", "seeds", "-f", "csv"]).out;
    let mut rows = cells(&text);
    for (i, row) in rows.iter_mut().enumerate() {
        row.push(if i == 0 { "备注".to_owned() } else { "看过".to_owned() });
    }
    let mut added = csv::Writer::from_writer(Vec::new());
    rows.iter().for_each(|row| added.write_record(row).unwrap());
    let files = folder(&[("a.csv", &String::from_utf8(added.into_inner().unwrap()).unwrap())]);
    let audit = run(&["audit", &path(&files, "a.csv"), "--fail-on", "never"]);
    assert_eq!((audit.code, audit.err.as_str()), (0, ""));
}
