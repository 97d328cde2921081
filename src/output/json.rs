//! JSON: an object a record, its keys in the order of the columns.
//!
//! In: records and columns. Out: bytes. Decimals are numbers with the digits they were written with
//! (`97.80` stays `97.80`), dates are strings, absent is `null`. JSON Lines has an object a line;
//! the array has the same objects with commas between.

use std::io::Write;

use super::fields::{Cell, Columns};
use crate::observation::Observation;

/// Why writing cannot fail here.
const MEMORY: &str = "memory takes every byte";

/// Writes an object and a line end for each record.
pub fn lines(observations: &[Observation<'_>], columns: &Columns, out: &mut Vec<u8>) {
    for observation in observations {
        object(observation, columns, out);
        out.push(b'\n');
    }
}

/// Writes the records as elements of an array, without its brackets: each on a line of its own,
/// commas between them, none after the last.
pub fn elements(observations: &[Observation<'_>], columns: &Columns, out: &mut Vec<u8>) {
    for (i, observation) in observations.iter().enumerate() {
        out.extend_from_slice(if i == 0 { b"\n" } else { b",\n" });
        object(observation, columns, out);
    }
}

fn object(observation: &Observation<'_>, columns: &Columns, out: &mut Vec<u8>) {
    for (i, field) in columns.iter().enumerate() {
        // Names of fields are lower-case letters and underscores: nothing to escape.
        let before = if i == 0 { '{' } else { ',' };
        write!(out, "{before}\"{}\":", field.name).expect(MEMORY);
        match field.of(observation) {
            Cell::Absent => out.extend_from_slice(b"null"),
            Cell::Text(text) => serde_json::to_writer(&mut *out, &*text).expect(MEMORY),
            cell @ (Cell::Integer(_) | Cell::Decimal(_) | Cell::Flag(_)) => {
                write!(out, "{cell}").expect(MEMORY);
            }
        }
    }
    out.push(b'}');
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
