//! The rules and the tables they read: named once, used somewhere, sorted, and free of what no
//! text can match.

#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

mod cases;

use std::collections::{BTreeMap, BTreeSet};

use cases::{audited, corpus, expected, show, texts};
use edustat::audit::{self, Verdict};
use edustat::codes::Indicator;
use edustat::extract;
use edustat::lexicon::fold;
use edustat::manual::Documented;
use edustat::observation::Header;
use edustat::pipeline::{Assumptions, Pipeline};

/// Indicators that no word and no rule leads to yet, and why.
const OPEN: &[(&str, &str)] = &[];

/// How many columns tell the rows of a table apart.
fn key_columns(table: &str) -> usize {
    match table {
        // A noun means one thing alone and another after an act; a label may be two things; a
        // division keeps its code when its name changes.
        "indicators.csv" | "header.csv" | "regions.csv" => 2,
        // `schools` is a category, an indicator and a rule.
        "labels.csv" => 2,
        _ => 1,
    }
}

/// How many columns a table is sorted by.
fn sort_columns(table: &str) -> usize {
    match table {
        // Of several names of a code today's stands first.
        "regions.csv" => 1,
        // The order of its definition; a test of codes.rs compares it.
        "codebook.csv" => 0,
        // The order of the closed lists; tests/labels.rs compares it.
        "labels.csv" => 0,
        _ => key_columns(table),
    }
}

/// The rows of each table of the lexicon, with the number of their line.
fn tables() -> BTreeMap<String, Vec<(usize, Vec<String>)>> {
    let read = |text: &str| {
        let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
        let rows = reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect());
        (2..).zip(rows).collect()
    };
    texts("src/lexicon", "csv").into_iter().map(|(name, text)| (name, read(&text))).collect()
}

#[test]
fn tables_are_sorted() {
    for (table, rows) in tables() {
        let columns = sort_columns(&table);
        for pair in rows.windows(2) {
            let ((_, before), (line, row)) = (&pair[0], &pair[1]);
            let (before, row) = (&before[..columns], &row[..columns]);
            assert!(before <= row, "lexicon/{table}:{line}: {row:?} stands behind {before:?}");
        }
    }
}

/// A full-width and a half-width form are the same word.
#[test]
fn tables_say_nothing_twice() {
    for (table, rows) in tables() {
        let mut seen = BTreeSet::new();
        for (line, row) in rows {
            let key = row[..key_columns(&table)].join(",");
            let folded: String = key.chars().map(fold).collect();
            assert!(seen.insert(folded), "lexicon/{table}:{line}: {key} stands there already");
        }
    }
}

#[test]
fn cells_are_clean() {
    for (table, rows) in tables() {
        for (line, row) in rows {
            assert!(!row[0].is_empty(), "lexicon/{table}:{line}: no surface");
            for cell in row {
                let at = format!("lexicon/{table}:{line}: {cell:?}");
                assert_eq!(cell, cell.trim(), "{at}: space at an end");
                assert!(!cell.contains("  "), "{at}: two spaces");
                let stray = |c: char| (c.is_whitespace() && c != ' ') || c.is_control();
                assert!(!cell.contains(stray), "{at}: a space of another kind");
                // The lexer folds what it reads: a full-width cell could match nothing else.
                let wide = |c: char| fold(c) != c;
                assert!(!cell.contains(wide), "{at}: write it half width");
            }
        }
    }
}

#[test]
fn rules_have_names_of_their_own() {
    let mut names = BTreeSet::new();
    for rule in extract::ALL {
        let name = rule.name();
        assert!(names.insert(name), "two rules are called {name}");
        let plain = |c: char| c.is_ascii_lowercase() || c == '_';
        assert!(!name.is_empty() && name.chars().all(plain), "{name:?} is no name");
    }
}

/// A rule that nothing shows is not known to work, and cannot be read about.
#[test]
fn every_rule_has_an_example() {
    let pipeline = Pipeline::new(Assumptions::default()).unwrap();
    let mut shown = BTreeSet::new();
    for (name, text) in texts("seeds", "txt") {
        let document = pipeline.document(name, text);
        shown.extend(pipeline.observe(&document).iter().map(|record| record.rule.to_string()));
    }
    for case in corpus().iter().filter(|case| case.pending().is_none()) {
        let fields = case.expected.iter().flat_map(|expected| &expected.fields);
        shown.extend(fields.filter(|(name, _)| name == "rule").map(|(_, rule)| rule.clone()));
    }
    for rule in extract::ALL {
        assert!(shown.contains(rule.name()), "no text shows the rule {}", rule.name());
    }
}

/// The items of a manual that begin so, each on one line.
fn items(of: &dyn Documented, begin: &str) -> Vec<String> {
    let manual = of.manual().replace("\n  ", " ");
    manual.lines().filter_map(|line| line.strip_prefix(begin)).map(str::to_owned).collect()
}

/// The sentence in backticks at the start of an item, and what follows it.
fn sentence<'i>(of: &dyn Documented, item: &'i str) -> (&'i str, &'i str) {
    let parts = item.strip_prefix('`').and_then(|item| item.split_once("` "));
    parts.unwrap_or_else(|| panic!("{}: expected a sentence in backticks: {item}", of.name()))
}

/// A manual is what its rule does: every sentence it says is read or left alone is tried.
#[test]
fn manuals_hold() {
    let pipeline = Pipeline::new(Assumptions::default()).unwrap();
    let document = |text: &str| {
        let mut document = pipeline.document("manual".to_owned(), text.to_owned());
        document.header = Header::default();
        document
    };
    for &rule in extract::ALL {
        let name = rule.name();
        let (reads, leaves) = (items(rule, "- Reads: "), items(rule, "- Leaves: "));
        assert!(!reads.is_empty(), "{name}: the manual has no sentence that it reads");
        assert!(!leaves.is_empty(), "{name}: the manual has no sentence that it leaves alone");
        assert!(!rule.summary().is_empty() && !rule.summary().starts_with('-'), "{name}");
        for item in reads {
            let (text, record) = sentence(rule, &item);
            let record = record.strip_prefix("as `").and_then(|record| record.strip_suffix('`'));
            let record = record.unwrap_or_else(|| panic!("{name}: expected as `record`: {item}"));
            let record = expected(record, &format!("manual of {name}"));
            assert!(!record.fields.is_empty(), "{name}: {text}: no field is said");
            let document = document(text);
            let found = pipeline.observe(&document);
            let all: Vec<String> =
                found.iter().map(|other| show(Some(&record), other, &found)).collect();
            let is = found.iter().any(|other| other.rule == name && record.is(other, &found));
            assert!(is, "{name}: {text}\n  expected {record:?}\n  found {all:#?}");
        }
        for item in leaves {
            let (text, reason) = sentence(rule, &item);
            assert!(reason.starts_with("because "), "{name}: expected a reason: {item}");
            assert!(text.contains(|c: char| c.is_ascii_digit()), "{name}: {text}: no number");
            let document = document(text);
            for other in pipeline.observe(&document) {
                assert_ne!(other.rule, name, "{text}: {}", other.mention);
            }
        }
    }
}

#[test]
fn every_indicator_can_be_found() {
    let tables = tables();
    let words: BTreeSet<&str> =
        tables["indicators.csv"].iter().filter_map(|(_, row)| Some(row.get(2)?.as_str())).collect();
    let rules: String = texts("src/extract", "rs").into_iter().map(|(_, text)| text).collect();
    let named = |indicator: &Indicator| {
        // A rule writes Indicator::SchoolShare; Debug gives the name of the variant.
        let name = format!("Indicator::{indicator:?}");
        rules.match_indices(&name).any(|(at, _)| {
            !rules[at + name.len()..].starts_with(|c: char| c.is_ascii_alphanumeric())
        })
    };
    for indicator in Indicator::ALL {
        let code = indicator.code();
        let open = OPEN.iter().find(|(name, _)| *name == code);
        let found = words.contains(code) || named(indicator);
        match open {
            None => assert!(found, "{code}: neither in indicators.csv nor named by a rule"),
            Some((_, reason)) => assert!(!found, "{code}: found now, no longer open ({reason})"),
        }
    }
}

/// What a check says of a sentence in its manual is what it says of it.
#[test]
fn manuals_of_checks_hold() {
    let assumed = Assumptions { region: Some("晋城市".to_owned()), ..Assumptions::default() };
    let pipeline = Pipeline::new(assumed).unwrap();
    let mut wrong = Vec::new();
    for &check in audit::ALL {
        let name = check.name();
        assert!(!check.summary().is_empty() && !check.summary().starts_with('-'), "{name}");
        let said = |text: &str| {
            let mut document = pipeline.document("manual".to_owned(), text.to_owned());
            document.header = Header::default();
            let (_, findings) = audited(&pipeline, &document);
            let own = findings.into_iter().filter(|found| found.check == name);
            own.map(|found| {
                (found.verdict, format!("{} {} {}", found.left, found.sign, found.right))
            })
            .collect::<Vec<_>>()
        };
        let (holds, fails) = (items(check, "- Holds: "), items(check, "- Fails: "));
        let cannot_tell = items(check, "- Cannot tell: ");
        assert!(!fails.is_empty() && !cannot_tell.is_empty(), "{name}: the manual lacks sentences");
        for item in holds {
            let (text, formula) = sentence(check, &item);
            let formula =
                formula.strip_prefix("as `").and_then(|formula| formula.strip_suffix('`'));
            let formula =
                formula.unwrap_or_else(|| panic!("{name}: expected as `formula`: {item}"));
            let found = said(text);
            let is = found.iter().any(|(verdict, it)| *verdict == Verdict::Holds && it == formula);
            if !is {
                wrong.push(format!("{name}: {text}: expected {formula}, found {found:?}"));
            }
        }
        for item in fails {
            let (text, flag) = sentence(check, &item);
            let found = said(text);
            let is = found.iter().any(|(verdict, _)| {
                verdict.flag().is_some_and(|found| format!("as `{found}`") == flag)
            });
            if !is {
                wrong.push(format!("{name}: {text}: expected {flag}, found {found:?}"));
            }
        }
        for item in cannot_tell {
            let (text, reason) = sentence(check, &item);
            assert!(reason.starts_with("because "), "{name}: expected a reason: {item}");
            let found = said(text);
            let is = found.iter().any(|(verdict, _)| *verdict == Verdict::CannotTell);
            if !is {
                wrong
                    .push(format!("{name}: {text}: expected that it cannot tell, found {found:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn checks_have_names_of_their_own() {
    let names: BTreeSet<&str> = audit::ALL.iter().map(|check| check.name()).collect();
    assert_eq!(names.len(), audit::ALL.len());
}
