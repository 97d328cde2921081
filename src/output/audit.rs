//! What an audit found, to read or as data.
//!
//! In: the findings of one document after another, then those between documents. Out: text, CSV, JSON or
//! JSON Lines, and a summary.
//!
//! ```text
//! seeds/a.txt
//!   holds  parts  line 29  911所 = 365所 + 546所
//!          claimed 911, recomputed 911, difference 0, tolerance 0
//! ```

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::{self, Write};

use rust_decimal::Decimal;
use serde_json::{Map, Value, json};

use super::csv::Dialect;
use super::fields::{Cell, FieldKind};
use super::{Format, table};
use crate::audit::finding::Sign;
use crate::audit::interval::{Interval, shown};
use crate::audit::{self, Figure, Finding, Severity, Verdict};
use crate::codes::Unit;
use crate::observation::Observation;
use crate::shown::printable;

/// A finding with the places of its records, free of them.
#[derive(Debug, Clone)]
pub struct Reported {
    check: &'static str,
    verdict: Verdict,
    claim: Place,
    terms: Vec<Place>,
    claimed: Figure,
    recomputed: Figure,
    unit: Unit,
    left: String,
    sign: Sign,
    right: String,
    remark: Option<Cow<'static, str>>,
}

/// Where a record stands.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Place {
    source: String,
    line: usize,
    mention: String,
    id: String,
}

impl Place {
    fn of(record: &Observation<'_>) -> Self {
        Place {
            source: record.source.to_string(),
            line: record.line.0,
            mention: record.mention.split_whitespace().collect(),
            id: format!("{}#{}", record.source, record.number_start),
        }
    }
}

/// A column of the data formats: its name, and what its cells hold.
pub(super) type Column = (&'static str, FieldKind);

/// The columns of the data formats.
#[rustfmt::skip] // One row a column.
pub(super) const COLUMNS: [Column; 20] = [
    ("check", FieldKind::Text),
    ("verdict", FieldKind::Text),
    ("severity", FieldKind::Text),
    ("flag", FieldKind::Text),
    ("source", FieldKind::Text),
    ("line", FieldKind::Integer),
    ("mention", FieldKind::Text),
    ("id", FieldKind::Text),
    ("claimed", FieldKind::Decimal),
    ("claimed_low", FieldKind::Decimal),
    ("claimed_high", FieldKind::Decimal),
    ("recomputed", FieldKind::Decimal),
    ("recomputed_low", FieldKind::Decimal),
    ("recomputed_high", FieldKind::Decimal),
    ("difference", FieldKind::Decimal),
    ("tolerance", FieldKind::Decimal),
    ("unit", FieldKind::Text),
    ("formula", FieldKind::Text),
    ("remark", FieldKind::Text),
    ("records", FieldKind::Text),
];

impl Reported {
    /// A finding on these records.
    pub fn new(finding: Finding, records: &[Observation<'_>]) -> Self {
        Reported {
            check: finding.check,
            verdict: finding.verdict,
            claim: Place::of(&records[finding.claim]),
            terms: finding.terms.iter().map(|&at| Place::of(&records[at])).collect(),
            claimed: finding.claimed,
            recomputed: finding.recomputed,
            unit: finding.unit,
            left: finding.left,
            sign: finding.sign,
            right: finding.right,
            remark: finding.remark,
        }
    }

    /// Whether the claim agrees with what was recomputed.
    pub fn verdict(&self) -> Verdict {
        self.verdict
    }

    fn difference(&self) -> Option<Decimal> {
        self.claimed.value.checked_sub(self.recomputed.value)
    }

    /// How much larger or smaller the claim may be than what was recomputed, in the direction of the
    /// difference.
    fn tolerance(&self) -> Option<Decimal> {
        self.claimed.tolerance(self.recomputed)
    }

    /// One cell a column of [`COLUMNS`]; the last has all records as text.
    pub(super) fn cells(&self) -> [Cell<'_>; 20] {
        let number =
            |value: Option<Decimal>| value.map_or(Cell::Absent, |v| Cell::Decimal(shown(v)));
        let some = |text: &'_ str| Cell::Text(Cow::Owned(text.to_owned()));
        let text = |text: Option<&str>| text.map_or(Cell::Absent, some);
        let [claimed, recomputed] = [self.claimed, self.recomputed];
        [
            some(self.check),
            some(self.verdict.code()),
            text(self.verdict.severity().map(Severity::code)),
            text(self.verdict.flag().map(|flag| flag.code())),
            some(&self.claim.source),
            Cell::Integer(self.claim.line),
            some(&self.claim.mention),
            some(&self.claim.id),
            number(Some(claimed.value)),
            number(claimed.interval.low),
            number(claimed.interval.high),
            number(Some(recomputed.value)),
            number(recomputed.interval.low),
            number(recomputed.interval.high),
            number(self.difference()),
            number(self.tolerance()),
            some(self.unit.code()),
            Cell::Text(Cow::Owned(self.formula())),
            text(self.remark.as_deref()),
            Cell::Text(Cow::Owned(self.listed())),
        ]
    }

    /// The ids of all records, that of the claim first.
    pub(super) fn ids(&self) -> impl Iterator<Item = &str> {
        self.places().map(|place| place.id.as_str())
    }

    /// Everything by the names of the columns, numbers as numbers: what JSON has. The last value has the place of each
    /// record.
    pub fn object(&self) -> Map<String, Value> {
        let place = |place: &Place| {
            json!({
                "id": place.id, "source": place.source, "line": place.line, "mention": place.mention,
            })
        };
        let names = COLUMNS.iter().map(|&(name, _)| name.to_owned());
        let mut object: Map<String, Value> =
            names.zip(self.cells().iter().map(|cell| json!(cell))).collect();
        object.insert("records".to_owned(), self.places().map(place).collect());
        object
    }

    /// Both sides: `911所 = 365所 + 115所`.
    fn formula(&self) -> String {
        let (left, right) = (&self.left, &self.right);
        match (self.sign, self.verdict) {
            (Sign::Equal, Verdict::Fails(..)) => format!("{left} ≠ {right}"),
            (Sign::Equal, Verdict::CannotTell) => format!("{left} ? {right}"),
            (sign, _) => format!("{left} {sign} {right}"),
        }
    }

    /// The place of every record, that of the claim first.
    fn places(&self) -> impl Iterator<Item = &Place> {
        std::iter::once(&self.claim).chain(&self.terms)
    }

    /// The places as text: those of a line together.
    fn listed(&self) -> String {
        let mut lines: Vec<(&str, usize, Vec<&str>)> = Vec::new();
        for Place { source, line, mention, .. } in self.places() {
            match lines.last_mut() {
                Some(last) if (last.0, last.1) == (source.as_str(), *line) => last.2.push(mention),
                _ => lines.push((source, *line, vec![mention])),
            }
        }
        let shown = lines
            .iter()
            .map(|(source, line, mentions)| format!("{source}:{line} {}", mentions.join(", ")));
        shown.collect::<Vec<_>>().join("; ")
    }

    fn write_text(&self, paint: Paint, out: &mut impl Write) -> io::Result<()> {
        let what = self.verdict.severity().map_or(self.verdict.code(), Severity::code);
        let head = format!("{:<11}  {:<8}  {}", what, self.check, printable(&self.formula()));
        let (painted, plain) = (paint.of(self.verdict), paint.plain());
        if self.verdict == Verdict::Holds && self.terms.is_empty() {
            return writeln!(out, "  {head}  at {}", printable(&self.listed()));
        }
        writeln!(out, "  {painted}{head}{plain}")?;
        let figure = |figure: Figure| match figure.interval == Interval::point(figure.value) {
            true => shown(figure.value).to_string(),
            false => format!("{} in {}", shown(figure.value), figure.interval),
        };
        let number =
            |value: Option<Decimal>| value.map_or("any".to_owned(), |v| shown(v).to_string());
        writeln!(
            out,
            "               claimed {}; recomputed {}; difference {}, tolerance {}",
            figure(self.claimed),
            figure(self.recomputed),
            number(self.difference()),
            number(self.tolerance())
        )?;
        writeln!(out, "               at {}", printable(&self.listed()))?;
        match (&self.remark, self.verdict.flag()) {
            (Some(remark), Some(flag)) => writeln!(out, "               {flag}: {remark}"),
            (Some(remark), None) => writeln!(out, "               {remark}"),
            (None, Some(flag)) => writeln!(out, "               {flag}"),
            (None, None) => Ok(()),
        }
    }
}

/// Colors of a terminal, or none.
#[derive(Debug, Clone, Copy)]
struct Paint(bool);

impl Paint {
    fn of(self, verdict: Verdict) -> &'static str {
        match verdict {
            Verdict::Fails(_, Severity::Error) if self.0 => "\u{1b}[31m",
            Verdict::Fails(_, Severity::Warning) if self.0 => "\u{1b}[33m",
            Verdict::Fails(..) | Verdict::Holds | Verdict::CannotTell => "",
        }
    }

    fn plain(self) -> &'static str {
        if self.0 { "\u{1b}[0m" } else { "" }
    }

    fn bold(self) -> &'static str {
        if self.0 { "\u{1b}[1m" } else { "" }
    }
}

/// How many findings there are of each check and verdict.
#[derive(Debug, Default)]
pub struct Summary {
    counts: BTreeMap<&'static str, [usize; 4]>,
    documents: usize,
    records: usize,
}

impl Summary {
    /// Counts records, of a new document or of the last one.
    pub fn add_records(&mut self, new: bool, records: usize) {
        self.documents += usize::from(new);
        self.records += records;
    }

    /// Counts a finding.
    pub fn add(&mut self, found: &Reported) {
        let column = match found.verdict {
            Verdict::Holds => 0,
            Verdict::Fails(_, Severity::Error) => 1,
            Verdict::Fails(_, Severity::Warning) => 2,
            Verdict::CannotTell => 3,
        };
        self.counts.entry(found.check).or_default()[column] += 1;
    }

    /// How many failed so badly or worse.
    pub fn failed(&self, least: Severity) -> usize {
        let of = |counts: &[usize; 4]| match least {
            Severity::Error => counts[1],
            Severity::Warning => counts[1] + counts[2],
        };
        self.counts.values().map(of).sum()
    }

    /// A row a check that found anything, in the order of the checks, and a row of totals.
    ///
    /// # Errors
    /// Those of `out`.
    pub fn write(&self, color: bool, out: &mut impl Write) -> io::Result<()> {
        let names = ["check", "holds", "error", "warning", "cannot tell"];
        let row = |name: &str, counts: &[usize; 4]| {
            let counts = counts.iter().map(ToString::to_string);
            std::iter::once(name.to_owned()).chain(counts).collect::<Vec<_>>()
        };
        let known = audit::ALL.iter().map(|check| check.name());
        let mut rows: Vec<Vec<String>> =
            known.filter_map(|name| Some(row(name, self.counts.get(name)?))).collect();
        let mut total = [0; 4];
        for counts in self.counts.values() {
            for (sum, count) in total.iter_mut().zip(counts) {
                *sum += count;
            }
        }
        rows.push(row("all", &total));
        table::write_text(&names, &names[1..], &rows, color, out)?;
        let s = |count: usize| if count == 1 { "" } else { "s" };
        let (documents, records) = (self.documents, self.records);
        writeln!(out, "{documents} document{}, {records} record{}", s(documents), s(records))
    }
}

/// An output that takes the findings of one document after another.
#[derive(Debug)]
pub struct Report<W> {
    format: Format,
    paint: Paint,
    out: W,
    filled: bool,
}

impl<W: Write> Report<W> {
    /// An output in this format.
    pub fn new(format: Format, color: bool, out: W) -> Self {
        Report { format, paint: Paint(color), out, filled: false }
    }

    /// Takes the findings of a document, or those between documents.
    ///
    /// # Errors
    /// Those of the output.
    pub fn push(&mut self, title: &str, findings: &[Reported]) -> io::Result<()> {
        if self.format == Format::Csv && !self.filled {
            self.filled = true;
            self.listing(Vec::new())?;
        }
        if findings.is_empty() {
            return Ok(());
        }
        match self.format {
            Format::Table => {
                let (bold, plain) = (self.paint.bold(), self.paint.plain());
                writeln!(self.out, "{bold}{}{plain}", printable(title))?;
                findings
                    .iter()
                    .try_for_each(|found| found.write_text(self.paint, &mut self.out))?;
                writeln!(self.out)
            }
            Format::Csv => {
                let rows = findings
                    .iter()
                    .map(|found| found.cells().iter().map(Cell::to_string).collect());
                self.listing(rows.collect())
            }
            Format::Json | Format::Jsonl => {
                for found in findings {
                    let before: &[u8] = match (self.format, self.filled) {
                        (Format::Json, false) => b"[\n",
                        (Format::Json, true) => b",\n",
                        _ => b"",
                    };
                    self.filled = true;
                    self.out.write_all(before)?;
                    serde_json::to_writer(&mut self.out, &found.object())?;
                    if self.format == Format::Jsonl {
                        self.out.write_all(b"\n")?;
                    }
                }
                Ok(())
            }
        }
    }

    /// Writes the summary where it belongs to the report, and gives the output back.
    ///
    /// # Errors
    /// Those of the output.
    pub fn finish(mut self, summary: &Summary) -> io::Result<W> {
        match self.format {
            Format::Table => summary.write(self.paint.0, &mut self.out)?,
            Format::Json => self.out.write_all(if self.filled { b"\n]\n" } else { b"[\n]\n" })?,
            Format::Csv | Format::Jsonl => {}
        }
        Ok(self.out)
    }

    /// Rows of CSV; without rows the heading.
    fn listing(&mut self, rows: Vec<Vec<String>>) -> io::Result<()> {
        let mut out = Vec::new();
        if rows.is_empty() {
            super::csv::row(COLUMNS.map(|(name, _)| name), Dialect::Plain, &mut out);
        }
        for row in &rows {
            super::csv::row(row.iter().map(String::as_str), Dialect::Plain, &mut out);
        }
        self.out.write_all(&out)
    }
}
