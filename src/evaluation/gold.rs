//! Gold records: what a careful reader finds at every number of a document.
//!
//! In: the bytes of `NAME.gold.jsonl`, a JSON object a line for each number of `NAME.txt`:
//!
//! ```text
//! {"start": 509, "stat": true, "value": "911", "unit": "institution", "level": ["all", ""], "parent": 480}
//! {"start": 53, "stat": false}
//! ```
//!
//! Out: a [`Gold`]. `start` is the code-point offset of the number (`number_start` of a record); `stat`
//! is `true` for an observation, `false` for none, `"optional"` for what neither counts nor costs. A
//! list holds values that are all right; `""` and `null` are absence, as is a field that is not
//! there. `parent` is the `start` of the parent's number. `note` and fields that are not scored may
//! hold anything.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use rust_decimal::Decimal;
use serde_json::{Map, Value};

use super::SCORED;
use crate::error::{Error, ErrorKind};
use crate::output::fields::{Cell, FIELDS, FieldKind};

/// What gold says of a number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stat {
    /// An observation, with the values that are right for each field of [`SCORED`].
    Observation(Vec<Vec<Cell<'static>>>),
    /// None.
    Nothing,
    /// Either.
    Optional,
}

/// The gold of a document.
#[derive(Debug, Default)]
pub struct Gold {
    /// What each number is, by the code-point offset of its first character.
    pub numbers: BTreeMap<usize, Stat>,
    /// Numbers whose line cannot be used: a record found there is neither right nor wrong.
    pub unread: BTreeSet<usize>,
    /// Why.
    pub errors: Vec<Error>,
}

/// What is wrong with a line: the key, what may stand there, what does.
type Complaint = (&'static str, String, String);

/// Reads gold; `path` is the file that errors name, `chars` the length of the document in code
/// points. A line that cannot be used is in [`Gold::errors`], and the others are read.
pub fn read(path: &Path, bytes: &[u8], chars: usize) -> Gold {
    let mut gold = Gold::default();
    let bytes = bytes.strip_prefix("\u{FEFF}".as_bytes()).unwrap_or(bytes);
    for (row, line) in (1..).zip(bytes.split(|&byte| byte == b'\n')) {
        if line.trim_ascii().is_empty() {
            continue;
        }
        let mut start = None;
        match number(line, chars, &mut start) {
            Ok((start, stat)) if !gold.numbers.contains_key(&start) => {
                gold.numbers.insert(start, stat);
            }
            Ok((start, _)) => {
                let expected = "each number once".to_owned();
                let complaint = ("start", expected, format!("{start} again"));
                gold.errors.push(error(path, row, complaint));
            }
            Err(complaint) => {
                gold.unread.extend(start);
                gold.errors.push(error(path, row, complaint));
            }
        }
    }
    gold
}

fn error(path: &Path, row: usize, (column, expected, found): Complaint) -> Error {
    Error::new(path, ErrorKind::Row { row, column, expected, found })
}

/// One line; `place` takes its start as soon as that is known.
fn number(
    line: &[u8],
    chars: usize,
    place: &mut Option<usize>,
) -> Result<(usize, Stat), Complaint> {
    let object: Map<String, Value> = serde_json::from_slice(line).map_err(|cause| {
        let found = String::from_utf8_lossy(line).trim_end().chars().take(60).collect();
        ("record", format!("a JSON object ({cause})"), found)
    })?;
    let shown = |value: Option<&Value>| value.map_or("nothing".to_owned(), plain);
    let start = object.get("start").and_then(Value::as_u64).map(|start| start as usize);
    let start = start.filter(|&start| start < chars).ok_or_else(|| {
        let expected = format!("a code-point offset below {chars}, the length of the document");
        ("start", expected, shown(object.get("start")))
    })?;
    *place = Some(start);
    for key in object.keys() {
        let known = ["start", "stat", "note"].contains(&key.as_str())
            || FIELDS.iter().any(|field| field.name == key);
        if !known {
            return Err((
                "record",
                "start, stat, note or a field of records".to_owned(),
                key.clone(),
            ));
        }
    }
    let stat = match object.get("stat") {
        Some(Value::Bool(false)) => Stat::Nothing,
        Some(Value::String(text)) if text == "optional" => Stat::Optional,
        Some(Value::Bool(true)) => Stat::Observation(
            SCORED.iter().map(|&name| values(name, object.get(name))).collect::<Result<_, _>>()?,
        ),
        other => return Err(("stat", "true, false or \"optional\"".to_owned(), shown(other))),
    };
    Ok((start, stat))
}

/// The values that are right for a field.
fn values(name: &'static str, value: Option<&Value>) -> Result<Vec<Cell<'static>>, Complaint> {
    match value {
        Some(Value::Array(values)) => values.iter().map(|value| cell(name, value)).collect(),
        Some(value) => Ok(vec![cell(name, value)?]),
        None => Ok(vec![cell(name, &Value::Null)?]),
    }
}

fn cell(name: &'static str, value: &Value) -> Result<Cell<'static>, Complaint> {
    let kind = FIELDS.iter().find(|field| field.name == name).map(|field| field.kind);
    let wrong = |expected: String| Err((name, expected, plain(value)));
    let text = || match value {
        Value::String(text) => Some(text.as_str()),
        _ => None,
    };
    match (kind, value) {
        (Some(FieldKind::Boolean), Value::Null) => Ok(Cell::Flag(false)),
        (Some(FieldKind::Boolean), Value::Bool(flag)) => Ok(Cell::Flag(*flag)),
        (Some(FieldKind::Boolean), _) => wrong("true or false".to_owned()),
        (_, Value::Null) => Ok(Cell::Absent),
        (_, Value::String(text)) if text.is_empty() => Ok(Cell::Absent),
        // Of records it is an id; here the place of the number.
        _ if name == "parent" => match value.as_u64() {
            Some(start) => Ok(Cell::Integer(start as usize)),
            None => wrong("the start of another number".to_owned()),
        },
        (Some(FieldKind::Decimal), Value::Number(_) | Value::String(_)) => {
            let digits = text().map_or_else(|| value.to_string(), str::to_owned);
            match Decimal::from_str_exact(&digits) {
                Ok(decimal) => Ok(Cell::Decimal(decimal)),
                Err(_) => wrong("a decimal".to_owned()),
            }
        }
        (Some(FieldKind::Code(codes)), _) => match text() {
            Some(text) if codes().contains(&text) => Ok(Cell::Text(Cow::Owned(text.to_owned()))),
            _ => wrong(format!("one of {}", codes().join(", "))),
        },
        _ => match text() {
            Some(text) => Ok(Cell::Text(Cow::Owned(text.to_owned()))),
            None => wrong("text".to_owned()),
        },
    }
}

/// A value without the quotes of JSON.
fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_lines(lines: &str) -> Gold {
        read(Path::new("gold/a.gold.jsonl"), lines.as_bytes(), 100)
    }

    fn of(stat: &Stat, name: &str) -> Vec<Cell<'static>> {
        let Stat::Observation(fields) = stat else { panic!("no observation") };
        fields[SCORED.iter().position(|&field| field == name).unwrap()].clone()
    }

    #[test]
    fn values_lists_and_gaps() {
        let gold = read_lines(
            "{\"start\":3,\"stat\":true,\"value\":\"9.50\",\"value_max\":9.60,\"level\":[\"all\",\"\"],\
             \"region\":null,\"parent\":[1,null],\"subject\":\"学校\",\"note\":\"?\"}\n\n\
             {\"start\":5,\"stat\":false}\r\n{\"start\":7,\"stat\":\"optional\"}",
        );
        assert!(gold.errors.is_empty(), "{:?}", gold.errors);
        let first = &gold.numbers[&3];
        assert_eq!(of(first, "value"), [Cell::Decimal(Decimal::new(950, 2))]);
        assert_eq!(of(first, "value_max"), [Cell::Decimal(Decimal::new(960, 2))]);
        assert_eq!(of(first, "level"), [Cell::Text("all".into()), Cell::Absent]);
        assert_eq!(of(first, "parent"), [Cell::Integer(1), Cell::Absent]);
        for absent in ["region", "unit", "per"] {
            assert_eq!(of(first, absent), [Cell::Absent], "{absent}");
        }
        assert_eq!(of(first, "redacted"), [Cell::Flag(false)]);
        assert_eq!(gold.numbers[&5], Stat::Nothing);
        assert_eq!(gold.numbers[&7], Stat::Optional);
    }

    #[test]
    fn a_bad_line_is_named_and_the_others_are_read() {
        let good = "{\"start\":9,\"stat\":false}";
        for (line, unread, message) in [
            ("{\"start\":", None, "record: expected a JSON object ("),
            ("[1]", None, "record: expected a JSON object ("),
            (
                "{\"stat\":true}",
                None,
                "start: expected a code-point offset below 100, the length of the document, found \"nothing\"",
            ),
            ("{\"start\":100,\"stat\":true}", None, "found \"100\""),
            ("{\"start\":-1,\"stat\":true}", None, "found \"-1\""),
            (
                "{\"start\":1}",
                Some(1),
                "stat: expected true, false or \"optional\", found \"nothing\"",
            ),
            ("{\"start\":1,\"stat\":\"maybe\"}", Some(1), "found \"maybe\""),
            (
                "{\"start\":1,\"stat\":true,\"levle\":\"all\"}",
                Some(1),
                "expected start, stat, note or a field of records, found \"levle\"",
            ),
            (
                "{\"start\":1,\"stat\":true,\"status\":\"actaul\"}",
                Some(1),
                "status: expected one of actual, target, standard, found",
            ),
            (
                "{\"start\":1,\"stat\":true,\"value\":\"1O\"}",
                Some(1),
                "value: expected a decimal, found",
            ),
            (
                "{\"start\":1,\"stat\":true,\"redacted\":\"no\"}",
                Some(1),
                "redacted: expected true or false, found",
            ),
            (
                "{\"start\":1,\"stat\":true,\"parent\":\"a#1\"}",
                Some(1),
                "parent: expected the start of another number, found",
            ),
            (good, None, "start: expected each number once, found \"9 again\""),
        ] {
            let gold = read_lines(&format!("{good}\n{line}\n{{\"start\":8,\"stat\":false}}"));
            assert_eq!(gold.numbers.keys().copied().collect::<Vec<_>>(), [8, 9], "{line}");
            assert_eq!(gold.unread.iter().next().copied(), unread, "{line}");
            let said: Vec<String> = gold.errors.iter().map(ToString::to_string).collect();
            assert_eq!(said.len(), 1, "{line}: {said:?}");
            assert!(said[0].starts_with("gold/a.gold.jsonl row 2: "), "{said:?}");
            assert!(said[0].contains(message), "{said:?}");
        }
    }
}
