//! Records read back from a file that `extract` wrote: JSON Lines, JSON or CSV to observations.
//!
//! In: the text of such a file. Out: its records, equal to those that were written. `{"source":"a.txt",
//! "line":2,…,"value":365,…}` is the observation of 365 that stands in line 2 of `a.txt`, so that old
//! results, and those that somebody edited, can be audited without their documents.

use std::borrow::Cow;
use std::path::Path;
use std::str::FromStr;

use rust_decimal::Decimal;
use serde_json::{Map, Value};

use crate::codes::UnknownCode;
use crate::error::{Error, ErrorKind};
use crate::flag::{Flag, raise};
use crate::labels::{Labels, labelled};
use crate::observation::{Observation, RegionCode};
use crate::period::{Date, Period};
use crate::text::span::{CharOffset, LineNumber};

/// How a file holds records.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RecordFormat {
    /// One array of objects, or an object a line.
    Json,
    /// A heading of field names, a line a record.
    Csv,
}

impl RecordFormat {
    /// The format of a file that holds records and no document: by its extension, and of standard
    /// input by how it begins.
    pub fn of(path: &Path, text: &str) -> Option<Self> {
        let extension = path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
        match extension.as_str() {
            "json" | "jsonl" | "ndjson" => return Some(RecordFormat::Json),
            "csv" => return Some(RecordFormat::Csv),
            "" => {}
            _ => return None,
        }
        let text = text.trim_start_matches('\u{FEFF}').trim_start();
        let heading = text.lines().next().unwrap_or_default();
        if text.starts_with("{\"")
            || text.starts_with('[') && text[1..].trim_start().starts_with("{\"")
        {
            Some(RecordFormat::Json)
        } else if heading.split(',').any(|name| Labels::ALL.map(place).contains(&name)) {
            Some(RecordFormat::Csv)
        } else {
            None
        }
    }
}

/// The records of a file, and an error for each row that holds none.
///
/// A field that is missing is absent; `source`, `line`, `category`, `measure`, `bound`, `unit`, `status`,
/// `mention`, `sentence` and `number_start` must be there.
pub fn read(
    path: &Path,
    text: &str,
    format: RecordFormat,
) -> (Vec<Observation<'static>>, Vec<Error>) {
    let text = text.trim_start_matches('\u{FEFF}');
    let rows = match format {
        RecordFormat::Json => json_rows(text),
        RecordFormat::Csv => csv_rows(text),
    };
    let (mut records, mut errors) = (Vec::new(), Vec::new());
    for (row, cells) in rows {
        match cells.and_then(|cells| observation(&cells)) {
            Ok(record) => records.push(record),
            Err((column, expected, found)) => {
                let kind = ErrorKind::Row { row, column, expected, found };
                errors.push(Error::new(path, kind));
            }
        }
    }
    (records, errors)
}

/// The column that is wrong, what may stand there, what does.
type Complaint = (&'static str, String, String);

/// A row's number, and its cells by name as text; or why it has none.
type Row = (usize, Result<Cells, Complaint>);

type Cells = Vec<(String, String)>;

fn json_rows(text: &str) -> Vec<Row> {
    let not_a_record = |cause: &dyn std::fmt::Display, line: &str| {
        let found = line.chars().take(60).collect();
        ("record", format!("a JSON object ({cause})"), found)
    };
    if text.trim_start().starts_with('[') {
        return match serde_json::from_str::<Vec<Map<String, Value>>>(text) {
            Ok(objects) => (1..).zip(objects.into_iter().map(|object| Ok(cells(object)))).collect(),
            Err(cause) => vec![(cause.line(), Err(not_a_record(&cause, text)))],
        };
    }
    let lines = (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty());
    lines
        .map(|(row, line)| {
            let object = serde_json::from_str(line);
            (row, object.map(cells).map_err(|cause| not_a_record(&cause, line)))
        })
        .collect()
}

fn cells(object: Map<String, Value>) -> Cells {
    let text = |value| match value {
        Value::Null => String::new(),
        Value::String(text) => text,
        other => other.to_string(),
    };
    object.into_iter().map(|(name, value)| (name, text(value))).collect()
}

fn csv_rows(text: &str) -> Vec<Row> {
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
    let names: Vec<String> = match reader.headers() {
        Ok(names) => names.iter().map(str::to_owned).collect(),
        Err(cause) => return vec![(1, Err(("record", "a heading".to_owned(), cause.to_string())))],
    };
    // A column that somebody added may be called 备注.
    let codes = names.iter().any(|name| name == place(Labels::Codes));
    if let Some(label) = labelled(names.iter().map(String::as_str)).filter(|_| !codes) {
        return vec![(1, Err(("heading", CODES.to_owned(), label.to_owned())))];
    }
    let rows = reader.into_records().map(|row| match row {
        Ok(row) if row.len() == names.len() => {
            Ok(names.iter().cloned().zip(row.iter().map(unguarded)).collect())
        }
        Ok(row) => {
            Err(("record", format!("{} cells", names.len()), format!("{} cells", row.len())))
        }
        Err(cause) => Err(("record", "a row of CSV".to_owned(), cause.to_string())),
    });
    (2..).zip(rows).collect()
}

/// The heading of a column that every file of records has.
fn place(labels: Labels) -> &'static str {
    labels.heading("number_start")
}

/// What a heading has to be.
pub(crate) const CODES: &str = "names of fields, as extract writes them without --labels (labels are for people, and do not \
                     read back)";

/// A cell without the mark that keeps Excel from running it as a formula.
fn unguarded(cell: &str) -> String {
    let guarded = cell.strip_prefix('\'');
    let text = guarded.filter(|text| text.starts_with(['=', '+', '-', '@', '\t', '\r']));
    text.unwrap_or(cell).to_owned()
}

fn observation(cells: &Cells) -> Result<Observation<'static>, Complaint> {
    let cell = |name: &str| {
        let found = cells.iter().find(|(other, _)| other == name);
        found.map(|(_, text)| text.as_str()).filter(|text| !text.is_empty())
    };
    let text = |name| cell(name).map(|text| Cow::Owned(text.to_owned()));
    let row = Fields { cell: &cell };
    let source: String = row.needed("source", "the path of a document")?;
    let number_start = CharOffset(row.needed("number_start", OFFSET)?);
    let period = cell("period")
        .map(|text| {
            let kind: Option<String> = row.parsed("period_kind", "a kind of period")?;
            Period::parse(text, kind.as_deref())
                .ok_or_else(|| ("period", "an ISO 8601 period".to_owned(), text.to_owned()))
        })
        .transpose()?;
    let parent = cell("parent")
        .map(|id| {
            let start = id.rsplit_once('#').and_then(|(_, start)| start.parse().ok());
            start.map(CharOffset).ok_or_else(|| ("parent", "an id".to_owned(), id.to_owned()))
        })
        .transpose()?;
    let mut flags = Vec::new();
    for code in cell("flags").unwrap_or_default().split(';').filter(|code| !code.is_empty()) {
        raise(&mut flags, Flag::from_str(code).map_err(unknown)?);
    }
    Ok(Observation {
        line: LineNumber(row.needed("line", "a line number")?),
        region: text("region"),
        region_code: row.parsed("region_code", "a GB/T 2260 code")?.map(RegionCode),
        scope: text("scope"),
        period,
        period_origin: row.code("period_origin")?,
        level: row.code("level")?,
        category: row.needed_code("category")?,
        indicator: row.code("indicator")?,
        subject: text("subject"),
        ownership: row.code("ownership")?,
        locality: row.code("locality")?,
        measure: row.needed_code("measure")?,
        value: row.decimal("value")?,
        value_max: row.decimal("value_max")?,
        bound: row.needed_code("bound")?,
        unit: row.needed_code("unit")?,
        per: row.code("per")?,
        status: row.needed_code("status")?,
        redacted: row.parsed("redacted", "true or false")?.unwrap_or(false),
        base_period: row
            .with("base_period", "an ISO 8601 period", |text| Period::parse(text, None))?,
        parent,
        relation: row.code("relation")?,
        mention: Cow::Owned(row.needed("mention", "the quantity as written")?),
        sentence: Cow::Owned(row.needed("sentence", "the sentence as written")?),
        flags,
        rule: text("rule").unwrap_or_default(),
        title: text("title"),
        publisher: text("publisher"),
        published: row.with("published", "a date like 2021-09-20", Date::parse)?,
        start: row.parsed("start", OFFSET)?.map_or(number_start, CharOffset),
        end: row.parsed("end", OFFSET)?.map_or(number_start, CharOffset),
        number_start,
        source: Cow::Owned(source),
    })
}

const OFFSET: &str = "a code-point offset";

/// Typed access to the cells of a row.
struct Fields<'c> {
    cell: &'c dyn Fn(&str) -> Option<&'c str>,
}

impl Fields<'_> {
    /// What a cell holds, where it holds anything.
    fn with<T>(
        &self,
        name: &'static str,
        expected: &str,
        read: impl Fn(&str) -> Option<T>,
    ) -> Result<Option<T>, Complaint> {
        let wrong = |text: &str| (name, expected.to_owned(), text.to_owned());
        (self.cell)(name).map(|text| read(text).ok_or_else(|| wrong(text))).transpose()
    }

    fn parsed<T: FromStr>(
        &self,
        name: &'static str,
        expected: &str,
    ) -> Result<Option<T>, Complaint> {
        self.with(name, expected, |text| text.parse().ok())
    }

    fn needed<T: FromStr>(&self, name: &'static str, expected: &str) -> Result<T, Complaint> {
        let missing = || (name, expected.to_owned(), "nothing".to_owned());
        self.parsed(name, expected)?.ok_or_else(missing)
    }

    fn decimal(&self, name: &'static str) -> Result<Option<Decimal>, Complaint> {
        self.with(name, "a decimal", |text| Decimal::from_str_exact(text).ok())
    }

    fn code<T: FromStr<Err = UnknownCode>>(
        &self,
        name: &'static str,
    ) -> Result<Option<T>, Complaint> {
        (self.cell)(name).map(|text| text.parse().map_err(unknown)).transpose()
    }

    fn needed_code<T: FromStr<Err = UnknownCode>>(
        &self,
        name: &'static str,
    ) -> Result<T, Complaint> {
        self.code(name)?.ok_or_else(|| (name, "a code".to_owned(), "nothing".to_owned()))
    }
}

fn unknown(code: UnknownCode) -> Complaint {
    (code.vocabulary, format!("one of {}", code.known.join(", ")), code.found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::csv::{Dialect, heading, records};
    use crate::output::fields::{Columns, FIELDS, example};
    use crate::output::json;

    /// What is written of a record that has something in every field, and nothing in some.
    fn written(style: &str) -> String {
        let full = Observation {
            scope: Some("主城区".into()),
            base_period: Some(Period::AcademicYear(2019)),
            mention: "-5-370所".into(),
            title: Some("=标题".into()),
            period: Some(Period::AsOf(Date::day(2020, 12, 31))),
            ..example()
        };
        let bare = Observation {
            value: None,
            period: None,
            period_origin: None,
            region: None,
            region_code: None,
            parent: None,
            relation: None,
            redacted: true,
            flags: Vec::new(),
            ..example()
        };
        let (both, all, mut out) = ([full, bare], Columns::all(), Vec::new());
        match style {
            "jsonl" => json::lines(&both, &all, &mut out),
            "json" => {
                out.push(b'[');
                json::elements(&both, &all, &mut out);
                out.push(b']');
            }
            style => {
                let dialect = if style == "excel" { Dialect::Excel } else { Dialect::Plain };
                heading(&all, dialect, &mut out);
                records(&both, &all, dialect, &mut out);
            }
        }
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn what_was_written_reads_back_field_for_field() {
        let cells = |records: &[Observation<'_>]| -> Vec<String> {
            let of = |record| FIELDS.iter().map(move |field| field.of(record).to_string());
            records.iter().flat_map(of).collect()
        };
        let (expected, errors) = read(Path::new("a.jsonl"), &written("jsonl"), RecordFormat::Json);
        assert!(errors.is_empty() && expected.len() == 2, "{errors:?}");
        assert_eq!(expected[0].title.as_deref(), Some("=标题"));
        assert_eq!(expected[0].value.map(|value| value.to_string()).as_deref(), Some("365.00"));
        for (style, format) in
            [("json", RecordFormat::Json), ("csv", RecordFormat::Csv), ("excel", RecordFormat::Csv)]
        {
            let (found, errors) = read(Path::new("a"), &written(style), format);
            assert!(errors.is_empty(), "{style}: {errors:?}");
            assert_eq!(cells(&found), cells(&expected), "{style}");
        }
    }

    #[test]
    fn a_file_of_records_is_told_from_a_document() {
        for (name, text, format) in [
            ("a.jsonl", "", Some(RecordFormat::Json)),
            ("a.CSV", "", Some(RecordFormat::Csv)),
            ("a.txt", "{\"source\":1}", None),
            ("-", "\u{FEFF}{\"source\":\"a\"}", Some(RecordFormat::Json)),
            ("-", "[\n{\"source\":\"a\"}]", Some(RecordFormat::Json)),
            ("-", "line,number_start,value\n", Some(RecordFormat::Csv)),
            ("-", "[附件] 2020年全市小学365所。", None),
            ("-", "2020年全市小学365所,初中115所。", None),
        ] {
            assert_eq!(RecordFormat::of(Path::new(name), text), format, "{name} {text}");
        }
    }

    #[test]
    fn what_is_wrong_is_said() {
        let good = written("jsonl").lines().next().unwrap().to_owned();
        for (was, is, message) in [
            ("\"line\":2", "\"line\":null", "line: expected a line number, found \"nothing\""),
            ("\"value\":365.00", "\"value\":\"many\"", "value: expected a decimal, found \"many\""),
            ("\"bound\":\"range\"", "\"bound\":\"\"", "bound: expected a code, found \"nothing\""),
            ("\"2020-12-31\"", "\"2020-13\"", "period: expected an ISO 8601 period"),
            ("percent-means-points", "odd", "flags: expected one of percent-means-points"),
            ("docs/a.txt#9", "9", "parent: expected an id, found \"9\""),
        ] {
            let bad = good.replacen(was, is, 1);
            assert_ne!(bad, good, "{was}");
            let (records, errors) = read(Path::new("a.jsonl"), &bad, RecordFormat::Json);
            assert!(records.is_empty() && errors.len() == 1, "{bad}");
            let said = errors[0].to_string();
            assert!(said.starts_with("a.jsonl row 1: ") && said.contains(message), "{said}");
        }
    }
}
