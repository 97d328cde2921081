//! The same text set in another way gives the same records.
//!
//! Every seed is wrapped at several widths, written with full-width or half-width characters, spaced,
//! separated, marked up and run together; its records must come out as before, but for where they
//! stand.

#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

mod cases;

use std::collections::BTreeMap;

use cases::texts;
use edustat::lexicon::fold;
use edustat::output::fields::FIELDS;
use edustat::pipeline::{Assumptions, Pipeline};
use regex::Regex;

/// Fields that say where a record stands, or quote what stands around it.
const PLACES: [&str; 7] = ["source", "line", "start", "end", "number_start", "id", "sentence"];

/// A record without its place. Quotations are compared as they are read: without spaces, marks, and
/// the difference between half and full width; a parent by its mention.
type Key = Vec<String>;

fn quoted(text: &str) -> String {
    let kept = |c: &char| c.is_alphanumeric() || "%‰+×".contains(*c);
    text.chars().map(fold).filter(kept).collect()
}

/// The records of a text, without the fields in `but`, with how often each occurs.
fn records(pipeline: &Pipeline, text: &str, but: &[&str]) -> BTreeMap<Key, usize> {
    let document = pipeline.document("a.txt".to_owned(), text.to_owned());
    let records = pipeline.observe(&document);
    let mut counted = BTreeMap::new();
    for record in &records {
        let parent = record.parent.map(|at| {
            let parent = records.iter().find(|other| other.number_start == at).unwrap();
            quoted(&parent.mention)
        });
        let mut key = Vec::new();
        if !but.contains(&"parent") {
            key.push(parent.unwrap_or_default());
        }
        for field in FIELDS.iter().filter(|field| !PLACES.contains(&field.name)) {
            if field.name == "parent" || but.contains(&field.name) {
                continue;
            }
            let said = field.of(record).to_string();
            let quotes = ["mention", "subject", "scope", "title", "publisher"];
            key.push(if quotes.contains(&field.name) { quoted(&said) } else { said });
        }
        *counted.entry(key).or_insert(0) += 1;
    }
    counted
}

/// Asserts that at least 99 % of the records of the seeds come out of the changed text too, and that
/// no others do beyond as many.
fn assert_same(name: &str, but: &[&str], change: impl Fn(&str) -> String) {
    let pipeline = Pipeline::new(Assumptions::default()).unwrap();
    let (mut all, mut same, mut found) = (0, 0, 0);
    let mut lost = Vec::new();
    for (_, text) in texts("seeds", "txt") {
        let before = records(&pipeline, &text, but);
        let after = records(&pipeline, &change(&text), but);
        all += before.values().sum::<usize>();
        found += after.values().sum::<usize>();
        for (key, count) in before {
            let kept = after.get(&key).copied().unwrap_or(0).min(count);
            same += kept;
            if kept < count {
                lost.push(key.join(" "));
            }
        }
    }
    assert!(same * 100 >= all * 99, "{name}: {same} of {all}; lost:\n{}", lost.join("\n"));
    assert!(found * 100 <= all * 101, "{name}: {found} records instead of {all}");
}

/// Breaks every line after so many characters.
fn wrapped(text: &str, width: usize) -> String {
    let wrap = |line: &str| {
        let chars: Vec<char> = line.chars().collect();
        chars.chunks(width).map(|part| part.iter().collect::<String>()).collect::<Vec<_>>()
    };
    let lines = text.split('\n').map(|line| match line {
        "" => String::new(),
        line => wrap(line).join("\n"),
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// Breaks every line where the next word would pass so many columns, and no number.
fn wrapped_at_columns(text: &str, width: usize) -> String {
    let words = Regex::new(r"[A-Za-z0-9.%]+|.").unwrap();
    let columns =
        |word: &str| word.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum::<usize>();
    let mut out = String::new();
    for line in text.split_inclusive('\n') {
        let mut at = 0;
        for word in words.find_iter(line.trim_end_matches('\n')) {
            if at > 0 && at + columns(word.as_str()) > width {
                out.push('\n');
                at = 0;
            }
            at += columns(word.as_str());
            out.push_str(word.as_str());
        }
        out.push('\n');
    }
    out
}

fn replaced(text: &str, pattern: &str, by: &str) -> String {
    Regex::new(pattern).unwrap().replace_all(text, by).into_owned()
}

fn mapped(text: &str, pairs: &[(char, char)]) -> String {
    let map = |c| pairs.iter().find(|(from, _)| *from == c).map_or(c, |(_, to)| *to);
    text.chars().map(map).collect()
}

/// Digits and ASCII punctuation in full width.
fn full_width(text: &str) -> String {
    let wide = |c: char| match c {
        '!'..='~' if !c.is_ascii_alphabetic() => char::from_u32(c as u32 + 0xFEE0).unwrap(),
        _ => c,
    };
    text.chars().map(wide).collect()
}

const UNITS: &str =
    "人次|个百分点|平方米|万|亿|所|人|名|个|元|%|家|项|亩|倍|位|处|年|月|日|届|期|类|次|班";

#[test]
fn lines_wrapped_at_any_width() {
    for width in [30, 33, 40] {
        assert_same(&format!("{width} characters"), &[], |text| wrapped(text, width));
    }
    for width in [64, 76] {
        assert_same(&format!("{width} columns"), &[], |text| wrapped_at_columns(text, width));
    }
}

#[test]
fn full_and_half_width() {
    assert_same("full width", &[], full_width);
    assert_same("half width", &[], |text| text.chars().map(fold).collect());
    let forms = [('。', '｡'), ('、', '､'), ('“', '"'), ('”', '"')];
    assert_same("half-width forms", &[], |text| {
        mapped(&text.chars().map(fold).collect::<String>(), &forms)
    });
}

#[test]
fn spaces() {
    let unit = format!(r"(\d)({UNITS})");
    assert_same("a space before every unit", &[], |text| replaced(text, &unit, "$1 $2"));
    assert_same("an ideographic one", &[], |text| replaced(text, &unit, "$1\u{3000}$2"));
    assert_same("no-break spaces", &[], |text| replaced(text, r"(\p{Han})(\d)", "$1\u{a0}$2"));
    assert_same("entities", &[], |text| {
        text.replace('“', "&ldquo;").replace('”', "&rdquo;").replace('，', "，&nbsp;")
    });
}

#[test]
fn thousands_separators() {
    let number = Regex::new(r"(^|[^\d.〔第-])(\d{1,3})(\d{3})(人|名|所|元|万元|个|亩)").unwrap();
    for by in ["$1$2,$3$4", "$1$2，$3$4"] {
        assert_same(by, &[], |text| number.replace_all(text, by).into_owned());
    }
}

#[test]
fn line_ends_and_marks() {
    assert_same("CRLF", &[], |text| text.replace('\n', "\r\n"));
    assert_same("bold numbers", &[], |text| replaced(text, r"(\d+(?:\.\d+)?)", "**$1**"));
    let mention = format!(r"(\d+(?:\.\d+)?(?:{UNITS})?)");
    assert_same("bold mentions", &[], |text| replaced(text, &mention, "**$1**"));
}

/// Where a title was glued to the first sentence, nothing tells one from the other.
#[test]
fn a_document_on_one_line() {
    assert_same("one line", &["title"], |text| replaced(text, r"\s*\n\s*", " "));
}

/// Without even a space nothing tells a heading from its paragraph, nor the head from the text: what
/// they said is lost, and what stands at each number is not.
#[test]
fn a_document_on_one_line_without_spaces() {
    let kept = [
        "mention",
        "value",
        "value_max",
        "bound",
        "unit",
        "category",
        "measure",
        "per",
        "redacted",
    ];
    let lost: Vec<&str> =
        FIELDS.iter().map(|field| field.name).filter(|name| !kept.contains(name)).collect();
    assert_same("one line, no spaces", &lost, |text| replaced(text, r"[\r\n]", ""));
}
