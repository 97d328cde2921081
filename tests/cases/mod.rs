//! The corpus: what a sentence must become, written so that no Rust is needed to add to it.
//!
//! A file of `tests/corpus` is a row of blocks between blank lines:
//!
//! ```text
//! # why this sentence is here
//! published: 2021-09-20
//! 2020年全市小学365所，近三年新建幼儿园5所。
//! 365所 | period=2020 level=primary
//! 5所 | indicator=schools_built base_period=
//! ```
//!
//! First come comments, then directives, then one input line, then every record that it must give,
//! in order: its mention, and the fields that matter here. `nothing` stands for no record. In inputs
//! and mentions `⏎` is a line end. A field with nothing behind `=` must be absent; `parent` is
//! written as the mention of the parent; decimals are compared as numbers.
//!
//! Directives are `title`, `publisher`, `published`, `region` (as on the command line), and `pending`
//! with what is misread: the case must fail, and is reported once it passes. A block without an input
//! line sets its directives for the rest of the file; one with nothing behind it takes it back.

#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]
#![allow(dead_code, reason = "each test program that includes this module uses a part of it")]

use std::collections::BTreeMap;
use std::fs;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use edustat::audit::Finding;
use edustat::document::Document;
use edustat::observation::{Header, Observation};
use edustat::output::fields::{FIELDS, Field, FieldKind};
use edustat::period::Date;
use edustat::pipeline::{Assumptions, Pipeline};
use rust_decimal::Decimal;

const DIRECTIVES: [&str; 5] = ["title", "publisher", "published", "region", "pending"];

/// One input line and the records it must give.
#[derive(Debug, Clone)]
pub struct Case {
    /// Name of the file, and the line of its input.
    pub place: String,
    /// What the text is, with its line ends.
    pub text: String,
    /// Every record, in order.
    pub expected: Vec<Expected>,
    directives: BTreeMap<String, String>,
}

/// One record, as far as the case says it.
#[derive(Debug, Clone)]
pub struct Expected {
    /// The quantity as written.
    pub mention: String,
    /// Fields and what they must hold.
    pub fields: Vec<(String, String)>,
}

/// A folder or file of this project.
pub fn project(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// The files of a folder that end so, sorted, each with its name and text.
pub fn texts(folder: &str, extension: &str) -> Vec<(String, String)> {
    let mut paths: Vec<PathBuf> =
        fs::read_dir(project(folder)).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|found| found == extension));
    paths.sort();
    let name = |path: &PathBuf| path.file_name().unwrap().to_string_lossy().into_owned();
    paths.iter().map(|path| (name(path), fs::read_to_string(path).unwrap())).collect()
}

/// Every case of the corpus.
pub fn corpus() -> Vec<Case> {
    texts("tests/corpus", "txt").iter().flat_map(|(file, text)| cases(file, text)).collect()
}

/// The cases of one file.
fn cases(file: &str, text: &str) -> Vec<Case> {
    let case = |Block { place, text, expected, directives }: Block| {
        let lines = expected.iter().filter(|(_, line)| line != "nothing");
        let expected = lines.map(|(place, line)| self::expected(line, place)).collect();
        Case { place, text, expected, directives }
    };
    blocks(&format!("tests/corpus/{file}"), text).into_iter().map(case).collect()
}

/// An input line with what is said above and below it.
#[derive(Debug, Clone)]
pub struct Block {
    /// File and line of the input.
    pub place: String,
    /// What the text is, with its line ends.
    pub text: String,
    /// The lines below it, each with its place.
    pub expected: Vec<(String, String)>,
    /// What is said above it.
    pub directives: BTreeMap<String, String>,
}

/// The blocks of a file that have an input line.
pub fn blocks(file: &str, text: &str) -> Vec<Block> {
    let mut found = Vec::new();
    let mut defaults = BTreeMap::new();
    let lines: Vec<(usize, &str)> = (1..).zip(text.lines()).collect();
    for block in lines.split(|(_, line)| line.trim().is_empty()) {
        let mut directives: BTreeMap<String, String> = defaults.clone();
        let mut rest = block.iter().filter(|(_, line)| !line.starts_with('#')).peekable();
        while let Some((key, value)) = rest.peek().and_then(|(_, line)| directive(line)) {
            directives.insert(key.to_owned(), value.to_owned());
            rest.next();
        }
        let Some(&(number, input)) = rest.next() else {
            defaults = directives;
            continue;
        };
        let place = format!("{file}:{number}");
        assert!(rest.peek().is_some(), "{place}: expected something below the input");
        let line = |(number, line): &(usize, &str)| (format!("{file}:{number}"), line.to_string());
        let expected = rest.map(line).collect();
        found.push(Block { place, text: input.replace('⏎', "\n"), expected, directives });
    }
    found
}

fn directive(line: &str) -> Option<(&str, &str)> {
    let (key, value) = line.split_once(':')?;
    DIRECTIVES.contains(&key).then_some((key, value.trim()))
}

/// Reads `mention | field=value field=value`; a name or code that does not exist is an error, so
/// that no case fails or passes by a slip of the pen.
pub fn expected(line: &str, place: &str) -> Expected {
    assert!(directive(line).is_none(), "{place}: a directive stands before the input");
    let (mention, fields) = line.split_once(" | ").unwrap_or((line, ""));
    let mut read = Vec::new();
    for pair in fields.split_whitespace() {
        let (name, value) =
            pair.split_once('=').unwrap_or_else(|| panic!("{place}: expected field=value: {pair}"));
        let field = field(name).unwrap_or_else(|| panic!("{place}: no field is called {name}"));
        if let FieldKind::Code(codes) = field.kind {
            assert!(value.is_empty() || codes().contains(&value), "{place}: no code: {pair}");
        }
        read.push((name.to_owned(), value.to_owned()));
    }
    Expected { mention: mention.replace('⏎', "\n"), fields: read }
}

fn field(name: &str) -> Option<&'static Field> {
    FIELDS.iter().find(|field| field.name == name)
}

/// A text as a document whose header is what the directives say, whatever the text looks like.
pub fn document(
    place: &str,
    text: &str,
    directives: &BTreeMap<String, String>,
    pipeline: &Pipeline,
) -> Document {
    let mut document = pipeline.document(place.to_owned(), text.to_owned());
    let said = |key: &str| directives.get(key).cloned().filter(|value| !value.is_empty());
    let published = said("published")
        .map(|date| Date::parse(&date).unwrap_or_else(|| panic!("{place}: no date: {date}")));
    document.header = Header { title: said("title"), publisher: said("publisher"), published };
    document
}

/// The records of a document, and what every check found in them.
pub fn audited<'d>(
    pipeline: &'d Pipeline,
    document: &'d Document,
) -> (Vec<Observation<'d>>, Vec<Finding>) {
    let (mut records, mut findings) = (Vec::new(), Vec::new());
    pipeline.check_on(document, None, |found, checked| {
        assert!(records.is_empty(), "a test has one piece");
        records.append(found);
        findings = checked;
        ControlFlow::Continue(())
    });
    (records, findings)
}

/// The pipelines that the directives of a corpus ask for: one for each region.
#[derive(Debug, Default)]
pub struct Pipelines(BTreeMap<Option<String>, Pipeline>);

impl Pipelines {
    /// The pipeline for a region that documents do not state.
    pub fn of(&mut self, region: Option<&str>) -> &Pipeline {
        self.0.entry(region.map(str::to_owned)).or_insert_with_key(|region| {
            Pipeline::new(Assumptions { region: region.clone(), ..Assumptions::default() }).unwrap()
        })
    }
}

impl Case {
    /// What is misread, when the case is known to fail.
    pub fn pending(&self) -> Option<&str> {
        self.said("pending")
    }

    /// The region that it is read for.
    pub fn region(&self) -> Option<&str> {
        self.said("region")
    }

    /// Its document: the header is what the directives say, whatever the text looks like.
    pub fn document(&self, pipeline: &Pipeline) -> Document {
        document(&self.place, &self.text, &self.directives, pipeline)
    }

    fn said(&self, key: &str) -> Option<&str> {
        self.directives.get(key).map(String::as_str).filter(|value| !value.is_empty())
    }

    /// What is wrong with these records, line by line; nothing when all is well.
    pub fn complaint(&self, found: &[Observation]) -> Option<String> {
        let rows = self.expected.len().max(found.len());
        let mut complaint = String::new();
        for row in 0..rows {
            let (expected, found_here) = (self.expected.get(row), found.get(row));
            if let (Some(expected), Some(record)) = (expected, found_here)
                && expected.is(record, found)
            {
                continue;
            }
            let wanted = expected.map_or("nothing more".to_owned(), Expected::show);
            let shown = found_here
                .map_or("nothing more".to_owned(), |record| show(expected, record, found));
            complaint.push_str(&format!("  expected: {wanted}\n  found:    {shown}\n"));
        }
        (!complaint.is_empty()).then_some(complaint)
    }
}

impl Expected {
    /// Whether a record is as the case says it; `all` are those of its document.
    pub fn is(&self, record: &Observation, all: &[Observation]) -> bool {
        let same = |name: &str, value: &str| {
            let found = cell(name, record, all);
            found == value || {
                let number = |text: &str| text.parse::<Decimal>().ok();
                number(value).is_some_and(|value| number(&found) == Some(value))
            }
        };
        self.mention == record.mention && self.fields.iter().all(|(name, value)| same(name, value))
    }

    fn show(&self) -> String {
        line(&self.mention, self.fields.iter().map(|(name, value)| (name.as_str(), value.clone())))
    }
}

/// A record in the form of the corpus: the fields that were asked for, else what it is about.
pub fn show(expected: Option<&Expected>, record: &Observation, all: &[Observation]) -> String {
    const ABOUT: [&str; 4] = ["indicator", "value", "unit", "rule"];
    let names: Vec<&str> = match expected {
        Some(expected) => expected.fields.iter().map(|(name, _)| name.as_str()).collect(),
        None => ABOUT.to_vec(),
    };
    line(&record.mention, names.into_iter().map(|name| (name, cell(name, record, all))))
}

fn line<'n>(mention: &str, fields: impl Iterator<Item = (&'n str, String)>) -> String {
    let fields: Vec<String> = fields.map(|(name, value)| format!("{name}={value}")).collect();
    format!("{} | {}", mention.replace('\n', "⏎"), fields.join(" "))
}

/// A field as the corpus writes it.
fn cell(name: &str, record: &Observation, all: &[Observation]) -> String {
    if name == "parent" {
        let parent = record.parent.and_then(|id| all.iter().find(|other| other.number_start == id));
        return parent.map_or(String::new(), |parent| parent.mention.replace('\n', "⏎"));
    }
    field(name).map_or(String::new(), |field| field.of(record).to_string())
}
