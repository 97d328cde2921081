//! What holds whatever comes in, from the bytes of a file to what is written of it.
//!
//! The tests of `anything.rs` and the fuzz targets in `fuzz/` give their inputs to these functions, which
//! panic where something does not hold.

#![allow(clippy::unwrap_used, reason = "what fails here fails the test")]
#![allow(dead_code, reason = "each program that includes this module uses a part of it")]

use std::collections::HashSet;
use std::ops::ControlFlow;
use std::path::Path;

use edustat::audit::Verdict;
use edustat::codes::{Bound, Category, Unit};
use edustat::document::Document;
use edustat::flag::Flag;
use edustat::lexicon::Lexicon;
use edustat::observation::Observation;
use edustat::output::audit::{Report, Reported, Summary};
use edustat::output::csv::Dialect;
use edustat::output::explanation::{Head, json, text};
use edustat::output::fields::{Columns, FIELDS};
use edustat::output::table::Setting;
use edustat::output::{Format, Records, Style, account};
use edustat::pipeline::Pipeline;
use edustat::records::{self, RecordFormat};
use edustat::shown::is_unseen;
use edustat::text::decode::{Decoded, EncodingChoice, decode};
use edustat::text::lexer::lex;
use edustat::text::source::SourceText;
use edustat::text::span::Span;
use edustat::verdict::Account;
use serde_json::{Map, Value};

/// How a terminal of 80 columns is written to.
const TERMINAL: Setting = Setting { width: Some(80), color: false };

/// Tokens follow one another from the first byte to the last.
pub fn tokens(text: &str, lexicon: &Lexicon) {
    let mut at = 0;
    for token in lex(text, Span::new(0, text.len()), lexicon) {
        assert_eq!(token.span.start, at, "gap or overlap");
        assert!(!token.span.is_empty(), "empty token at byte {at}");
        at = token.span.end;
    }
    assert_eq!(at, text.len(), "the end is missing");
}

/// What is said of the decoding is true of the text. Gives the text, if the bytes are any.
pub fn decoding(bytes: &[u8], choice: EncodingChoice) -> Option<Decoded> {
    let decoded = decode(bytes.to_vec(), choice).ok()?;
    let told = decoded.decoding;
    let replacements = decoded.text.matches(char::REPLACEMENT_CHARACTER).count();
    assert!(replacements >= told.replaced, "{told:?} of {replacements}");
    assert!(told.replaced_bytes >= told.replaced, "{told:?}");
    assert_eq!(told.first_replaced.is_some(), told.replaced > 0, "{told:?}");
    let first = told.first_replaced.unwrap_or(0);
    assert!(first + told.replaced_bytes <= bytes.len(), "{told:?} of {} bytes", bytes.len());
    let again = decode(bytes.to_vec(), choice).unwrap();
    assert_eq!(again, decoded, "the same bytes, read otherwise");
    Some(decoded)
}

/// A file through the whole program: as a document, and as records where it is named like a file of them.
/// Gives how many records were found.
pub fn file(pipeline: &Pipeline, name: &str, bytes: &[u8], choice: EncodingChoice) -> usize {
    let Some(decoded) = decoding(bytes, choice) else { return 0 };
    tokens(&decoded.text, pipeline.lexicon());
    let mut document = pipeline.document(name.to_owned(), decoded.text);
    document.decoding = decoded.decoding;
    self::document(pipeline, &document)
}

/// A document through reading, explaining, auditing and writing. Gives how many records were found.
pub fn document(pipeline: &Pipeline, document: &Document) -> usize {
    let mut all = Vec::new();
    let mut audited = Vec::new();
    let mut account = Account::default();
    pipeline.check_on(document, Some(&mut account), |found, findings| {
        for finding in &findings {
            if let Verdict::Fails(flag, _) = finding.verdict {
                assert!(found[finding.claim].flags.contains(&flag), "no {flag} on the claim");
            }
        }
        audited.extend(findings.into_iter().map(|finding| Reported::new(finding, found)));
        all.append(found);
        ControlFlow::Continue(())
    });
    assert_eq!(account.observations(), all.len());
    assert!(pipeline.observe(document) == all, "a sentence passed over had observations");
    places(&document.source, &all);
    all.iter().for_each(fields);
    formats(&all);
    findings(&audited);

    let told = pipeline.explain(document);
    assert_eq!(told.len(), account.numbers(), "numbers explained, and in the account");
    for number in &told {
        assert_eq!(&number.sentence[number.within.clone()], number.number.text);
        assert_eq!(number.reason.is_none(), number.record.is_some(), "{}", number.number.text);
    }
    let explained = told.iter().filter_map(|number| number.record.as_ref());
    assert!(explained.eq(&all), "explained otherwise than read");
    let head = Head { document, stated: document.dated, line: None };
    unseen(&text(&head, &told, TERMINAL));
    let _: Value = serde_json::from_slice(&json(&head, &told)).unwrap();
    let _: Value = serde_json::from_str(&account::line(document, &account)).unwrap();
    all.len()
}

/// Mentions, lines and parents are where records say that they are.
fn places(source: &SourceText, records: &[Observation]) {
    let text = source.text();
    let starts: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    let ids: HashSet<_> = records.iter().map(|record| record.number_start).collect();
    for pair in records.windows(2) {
        assert!(pair[0].number_start < pair[1].number_start, "{} {}", id(&pair[0]), id(&pair[1]));
    }
    let (mut line, mut seen) = (1, 0);
    for record in records {
        let (start, end, number) = (record.start.0, record.end.0, record.number_start.0);
        let id = id(record);
        assert_eq!(&text[starts[start]..starts[end]], record.mention, "{id}");
        assert!((start..end).contains(&number), "{id}: number outside {start}..{end}");
        assert!(record.sentence.contains(&*record.mention), "{id}: not in its sentence");
        let piece = &text.as_bytes()[seen..starts[number]];
        let ends = |(at, &byte): (usize, &u8)| match byte {
            b'\n' => true,
            b'\r' => text.as_bytes().get(seen + at + 1) != Some(&b'\n'),
            _ => false,
        };
        line += piece.iter().enumerate().filter(|&byte| ends(byte)).count();
        seen = starts[number];
        assert_eq!(record.line.0, line, "{id}: line");
        if let Some(parent) = record.parent {
            assert!(ids.contains(&parent) && parent != record.number_start, "{id}: parent");
        }
        if record.sentence.contains(char::REPLACEMENT_CHARACTER) {
            assert!(record.flags.contains(&Flag::Undecodable), "{id}: damaged and not flagged");
        }
    }
}

fn id(record: &Observation) -> String {
    format!("{}#{} {}", record.source, record.number_start, record.mention)
}

/// The fields of a record agree with one another.
fn fields(record: &Observation) {
    use Unit::{Doubling, Multiple, PerMille, Percent, PercentagePoint, Ratio};
    let id = id(record);
    assert_eq!(record.period.is_some(), record.period_origin.is_some(), "{id}: period_origin");
    assert_eq!(record.region.is_some(), record.region_code.is_some(), "{id}: region_code");
    assert_eq!(record.value.is_none(), record.redacted, "{id}: value or redacted");
    assert_eq!(record.parent.is_some(), record.relation.is_some(), "{id}: relation");
    assert!(!record.rule.is_empty(), "{id}: rule");
    if let Some(max) = record.value_max {
        assert!(record.value.is_some_and(|value| value.abs() <= max.abs()), "{id}: {max}");
        assert_eq!(record.bound, Bound::Range, "{id}");
    }
    let range = record.value_max.is_some() || record.redacted;
    assert!(record.bound != Bound::Range || range, "{id}: a range without an end");
    let percentages = [Percent, PercentagePoint, PerMille, Ratio, Multiple, Doubling];
    let percentage = record.category == Category::Percentage;
    assert_eq!(percentages.contains(&record.unit), percentage, "{id}: {}", record.unit);
    for value in [record.value, record.value_max].into_iter().flatten() {
        let digits = value.mantissa().unsigned_abs().to_string().len();
        assert!(digits <= 28, "{id}: {value} has {digits} digits");
        assert!(!value.is_zero() || value.is_sign_positive(), "{id}: minus zero");
    }
    let ordered = record.flags.is_sorted_by(|a, b| a < b);
    assert!(ordered, "{id}: flags {:?}", record.flags);
}

/// JSON, JSON Lines and CSV say what the records say, and read back they are the records again.
fn formats(records: &[Observation]) {
    let columns = Columns::all();
    let written = |style: Style| {
        let mut out = Records::new(&style, Vec::new());
        out.push(style.block(records)).unwrap();
        String::from_utf8(out.finish().unwrap()).unwrap()
    };
    let rows = written(Style::Json(columns.clone()));
    let lines = written(Style::Jsonl(columns.clone()));
    let csv = written(Style::Csv(columns.clone(), Dialect::Plain));
    let excel = written(Style::Csv(columns.clone(), Dialect::Excel));
    let objects: Vec<Map<String, Value>> = serde_json::from_str(&rows).unwrap();
    let each: Vec<Map<String, Value>> =
        lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(objects, each, "JSON and JSON Lines");
    let cells = |record: &Observation| FIELDS.iter().map(|f| f.of(record).to_string()).collect();
    let expected: Vec<Vec<String>> = records.iter().map(cells).collect();
    let of_object = |object: &Map<String, Value>| {
        let values = object.values().map(|value| match value {
            Value::Null => String::new(),
            Value::String(text) => text.clone(),
            other => other.to_string(),
        });
        values.collect::<Vec<String>>()
    };
    assert_eq!(objects.iter().map(of_object).collect::<Vec<_>>(), expected, "JSON");
    let of_csv = |text: &str| -> Vec<Vec<String>> {
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let row = |row: csv::StringRecord| row.iter().map(str::to_owned).collect();
        reader.records().map(|found| row(found.unwrap())).collect()
    };
    assert_eq!(of_csv(&csv), expected, "CSV");
    assert_eq!(of_csv(&excel).len(), expected.len(), "CSV for Excel");
    for (name, text, format) in [
        ("a.json", &rows, RecordFormat::Json),
        ("a.jsonl", &lines, RecordFormat::Json),
        ("a.csv", &csv, RecordFormat::Csv),
    ] {
        let (again, errors) = records::read(Path::new(name), text, format);
        assert!(errors.is_empty(), "{name}: {}", errors[0]);
        // What was written for Excel is not told from text that begins so.
        let marked = |cell: &String| format == RecordFormat::Csv && cell.starts_with('\'');
        if !expected.iter().flatten().any(marked) {
            assert_eq!(again.iter().map(cells).collect::<Vec<_>>(), expected, "{name}");
        }
    }
    unseen(written(Style::Table(columns, TERMINAL)).as_bytes());
}

/// The report of an audit can be written and read.
fn findings(audited: &[Reported]) {
    let mut summary = Summary::default();
    audited.iter().for_each(|found| summary.add(found));
    let written = |format: Format| {
        let mut report = Report::new(format, false, Vec::new());
        report.push("a", audited).unwrap();
        report.finish(&summary).unwrap()
    };
    let rows: Vec<Value> = serde_json::from_slice(&written(Format::Json)).unwrap();
    assert_eq!(rows.len(), audited.len(), "findings as JSON");
    let lines = String::from_utf8(written(Format::Jsonl)).unwrap();
    let each: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(rows, each, "findings as JSON Lines");
    let csv = written(Format::Csv);
    let mut reader = csv::Reader::from_reader(csv.as_slice());
    assert_eq!(reader.records().map(Result::unwrap).count(), rows.len(), "findings as CSV");
    unseen(&written(Format::Table));
}

/// Nothing in a text for a terminal moves the cursor but its line ends.
fn unseen(shown: &[u8]) {
    let shown = std::str::from_utf8(shown).unwrap();
    let found = shown.chars().find(|&c| c != '\n' && is_unseen(c));
    assert_eq!(found, None, "shown on a terminal");
}

/// A file of records, read: each row is a record or an error that names the row, and what was read can be
/// audited and written again. Gives how many rows are records, and how many are errors.
pub fn rows(lexicon: &Lexicon, text: &str, format: RecordFormat) -> (usize, usize) {
    let (records, errors) = records::read(Path::new("a.csv"), text, format);
    // CSV ends a row at a lone carriage return too.
    let rows = text.matches(['\n', '\r']).count() + 1;
    for error in &errors {
        let said = error.to_string();
        let (row, _) = said.strip_prefix("a.csv row ").unwrap().split_once(": ").unwrap();
        let row: usize = row.parse().unwrap();
        assert!((1..=rows).contains(&row), "{said}");
    }
    for document in records.chunk_by(|a, b| a.source == b.source) {
        let found = edustat::audit::document(document, lexicon);
        let found: Vec<Reported> =
            found.into_iter().map(|finding| Reported::new(finding, document)).collect();
        findings(&found);
        let style = Style::Jsonl(Columns::all());
        let mut out = Records::new(&style, Vec::new());
        out.push(style.block(document)).unwrap();
        let written = String::from_utf8(out.finish().unwrap()).unwrap();
        let (again, errors) = records::read(Path::new("a"), &written, RecordFormat::Json);
        assert!(errors.is_empty(), "written, but cannot be read: {}", errors[0]);
        assert_eq!(again, document, "written and read again");
    }
    (records.len(), errors.len())
}
