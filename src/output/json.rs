//! JSON: an object a record, its keys in the order of the columns.
//!
//! In: records and columns. Out: bytes. Decimals are numbers with the digits they were written with
//! (`97.80` stays `97.80`), dates are strings, absent is `null`. JSON Lines has an object a line;
//! the array has the same objects with commas between.

use rust_decimal::Decimal;
use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::{Map, Value};

use super::fields::{Cell, Columns};
use crate::observation::Observation;

/// Why writing cannot fail here.
const MEMORY: &str = "memory takes every byte";

/// The key under which a record has what its line of a stream says beyond what edustat knows.
pub const PASSED: &str = "document";

/// Writes an object and a line end for each record.
pub fn lines(observations: &[Observation<'_>], columns: &Columns, out: &mut Vec<u8>) {
    lines_with(&Map::new(), observations, columns, out);
}

/// The same, with what is passed through as the last key of each record; where that is nothing, without.
pub fn lines_with(
    passed: &Map<String, Value>,
    observations: &[Observation<'_>],
    columns: &Columns,
    out: &mut Vec<u8>,
) {
    for observation in observations {
        object(passed, observation, columns, out);
        out.push(b'\n');
    }
}

/// Writes the records as elements of an array, without its brackets: each on a line of its own,
/// commas between them, none after the last.
pub fn elements(observations: &[Observation<'_>], columns: &Columns, out: &mut Vec<u8>) {
    elements_with(&Map::new(), observations, columns, out);
}

/// The same, with what is passed through as the last key of each record; where that is nothing, without.
pub fn elements_with(
    passed: &Map<String, Value>,
    observations: &[Observation<'_>],
    columns: &Columns,
    out: &mut Vec<u8>,
) {
    for (i, observation) in observations.iter().enumerate() {
        out.extend_from_slice(if i == 0 { b"\n" } else { b",\n" });
        object(passed, observation, columns, out);
    }
}

fn object(
    passed: &Map<String, Value>,
    observation: &Observation<'_>,
    columns: &Columns,
    out: &mut Vec<u8>,
) {
    serde_json::to_writer(out, &Object { observation, columns, passed }).expect(MEMORY);
}

/// A record with all its fields, as a value of JSON.
pub(super) fn record(observation: &Observation<'_>) -> serde_json::Value {
    let (columns, passed) = (&Columns::all(), &Map::new());
    serde_json::to_value(Object { observation, columns, passed }).expect(MEMORY)
}

/// A JSON number of as many digits as the decimal has.
pub(super) fn number(decimal: Decimal) -> serde_json::Value {
    serde_json::Value::Number(decimal.to_string().parse().expect("a decimal is a JSON number"))
}

/// A record as the fields chosen.
struct Object<'o> {
    observation: &'o Observation<'o>,
    columns: &'o Columns,
    passed: &'o Map<String, Value>,
}

impl Serialize for Object<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for field in self.columns.iter() {
            map.serialize_entry(field.name, &field.of(self.observation))?;
        }
        if !self.passed.is_empty() {
            map.serialize_entry(PASSED, self.passed)?;
        }
        map.end()
    }
}

impl Serialize for Cell<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Cell::Absent => serializer.serialize_none(),
            Cell::Text(text) => serializer.serialize_str(text),
            Cell::Integer(number) => number.serialize(serializer),
            Cell::Decimal(decimal) => number(*decimal).serialize(serializer),
            Cell::Flag(flag) => serializer.serialize_bool(*flag),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::fields::example;
    use super::*;

    fn written(
        writer: fn(&[Observation<'_>], &Columns, &mut Vec<u8>),
        columns: &Columns,
    ) -> String {
        let mut out = Vec::new();
        writer(&[example(), example()], columns, &mut out);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn keys_keep_the_order_of_the_columns() {
        let columns = "value,line,scope,redacted,sentence".parse().unwrap();
        let one = "{\"value\":365.00,\"line\":2,\"scope\":null,\"redacted\":false,\
                   \"sentence\":\"2020年全市\\n小学365-370所。\"}";
        assert_eq!(written(lines, &columns), format!("{one}\n{one}\n"));
        assert_eq!(written(elements, &columns), format!("\n{one},\n{one}"));
    }

    #[test]
    fn what_is_written_reads_back_without_loss() {
        let text = written(lines, &Columns::all());
        let line = text.lines().next().unwrap();
        let record: serde_json::Value = serde_json::from_str(line).unwrap();
        assert_eq!(record["value"].to_string(), "365.00");
        assert_eq!(serde_json::to_string(&record).unwrap(), line);
    }
}
