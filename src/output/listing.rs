//! Lists that are not records: named columns of text, in the formats of the records.
//!
//! In: the names of the columns and the rows. Out: bytes. The units as JSON Lines begin
//! `{"unit":"institution","meaning":"所, 家, 园 for institutions."}`. All cells are text; an empty one is absent.

use std::io::{self, Write};

use serde_json::{Map, Value};

use super::csv::Dialect;
use super::{Format, table};

/// Rows under named columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listing {
    /// The names of the columns.
    pub columns: Vec<&'static str>,
    /// A cell a column.
    pub rows: Vec<Vec<String>>,
}

impl Listing {
    /// A built-in table as it stands: CSV under a heading without quotes.
    pub fn of_table(table: &'static str) -> Self {
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(table.as_bytes());
        let names = table.lines().next().unwrap_or_default();
        let rows = reader.records().flatten().skip(1);
        Listing {
            columns: names.split(',').collect(),
            rows: rows.map(|row| row.iter().map(str::to_owned).collect()).collect(),
        }
    }

    /// Writes the list. Nothing is cut to the width of a terminal.
    ///
    /// # Errors
    /// Those of `out`.
    pub fn write(&self, format: Format, color: bool, out: &mut impl Write) -> io::Result<()> {
        match format {
            Format::Table => table::write_text(&self.columns, &[], &self.rows, color, out),
            Format::Csv => {
                let mut rows = Vec::new();
                super::csv::row(self.columns.iter().copied(), Dialect::Plain, &mut rows);
                for row in &self.rows {
                    super::csv::row(row.iter().map(String::as_str), Dialect::Plain, &mut rows);
                }
                out.write_all(&rows)
            }
            Format::Json => {
                for (i, row) in self.rows.iter().enumerate() {
                    out.write_all(if i == 0 { b"[\n" } else { b",\n" })?;
                    serde_json::to_writer(&mut *out, &self.object(row))?;
                }
                out.write_all(if self.rows.is_empty() { b"[\n]\n" } else { b"\n]\n" })
            }
            Format::Jsonl => {
                for row in &self.rows {
                    serde_json::to_writer(&mut *out, &self.object(row))?;
                    out.write_all(b"\n")?;
                }
                Ok(())
            }
        }
    }

    fn object(&self, row: &[String]) -> Map<String, Value> {
        let value = |cell: &String| match cell.as_str() {
            "" => Value::Null,
            text => Value::String(text.to_owned()),
        };
        self.columns.iter().map(|&name| name.to_owned()).zip(row.iter().map(value)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(format: Format) -> String {
        let row = |cells: [&str; 2]| cells.map(str::to_owned).to_vec();
        let listing = Listing {
            columns: vec!["level", "isced_2011"],
            rows: vec![row(["学前", "02"]), row(["all", ""])],
        };
        let mut out = Vec::new();
        listing.write(format, false, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn every_format_says_the_same() {
        assert_eq!(written(Format::Csv), "level,isced_2011\n学前,02\nall,\n");
        let (one, two) =
            (r#"{"level":"学前","isced_2011":"02"}"#, r#"{"level":"all","isced_2011":null}"#);
        assert_eq!(written(Format::Jsonl), format!("{one}\n{two}\n"));
        assert_eq!(written(Format::Json), format!("[\n{one},\n{two}\n]\n"));
        assert_eq!(written(Format::Table), "level  isced_2011\n学前   02\nall\n");
    }
}
