//! Records to bytes: one field table, one writer a format.
//!
//! In: the observations of one document after another. Out: table, CSV, JSON or JSON Lines. Any
//! thread turns a document into a [`Block`]; [`Records`] takes the blocks in order and adds what
//! stands before, between and after them.

pub mod account;
pub mod audit;
pub mod book;
pub(crate) mod cell;
pub mod csv;
pub mod evaluation;
pub mod explanation;
pub mod fields;
pub mod form;
pub mod json;
pub mod listing;
pub mod table;
pub mod target;

use std::fmt;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::ValueEnum;
use serde_json::{Map, Value};

use crate::observation::Observation;
use crate::shown;
use csv::Dialect;
use fields::Columns;

/// What the output looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// Aligned columns to read in a terminal.
    Table,
    /// Comma-separated values under a heading.
    Csv,
    /// One JSON array.
    Json,
    /// One JSON object a line.
    Jsonl,
}

impl Format {
    /// The format that the name of an output asks for: `.csv`, `.json`, `.jsonl` or `.ndjson`, and
    /// `.txt` for a table; upper case too.
    ///
    /// # Errors
    /// When the name ends in anything else.
    pub fn of_path(path: &Path) -> Result<Self, UnknownExtension> {
        let extension = path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
        match extension.as_str() {
            "csv" => Ok(Format::Csv),
            "json" => Ok(Format::Json),
            "jsonl" | "ndjson" => Ok(Format::Jsonl),
            "txt" => Ok(Format::Table),
            _ => Err(UnknownExtension(path.to_owned())),
        }
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The name that -f takes.
        self.to_possible_value().map_or(Ok(()), |value| f.write_str(value.get_name()))
    }
}

/// An output whose name tells no format.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownExtension(PathBuf);

impl fmt::Display for UnknownExtension {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}: expected a name ending in .csv, .json, .jsonl, .ndjson or .txt, or a format given \
             with -f",
            shown::path(&self.0)
        )
    }
}

impl std::error::Error for UnknownExtension {}

/// How records are written.
#[derive(Debug, Clone)]
pub enum Style {
    /// Aligned columns.
    Table(Columns, table::Setting),
    /// Comma-separated values.
    Csv(Columns, Dialect),
    /// One array.
    Json(Columns),
    /// One object a line.
    Jsonl(Columns),
}

/// The records of one document, as far as they can be written without the other documents.
#[derive(Debug)]
pub enum Block {
    /// Finished but for what the format puts between documents.
    Bytes(Vec<u8>),
    /// Cells whose width depends on all documents.
    Rows(table::Rows),
}

impl Style {
    /// How many records of a document make a block: all of them where it is set as a whole.
    pub const fn at_once(&self) -> usize {
        match self {
            Style::Table(..) => usize::MAX,
            Style::Csv(..) | Style::Json(_) | Style::Jsonl(_) => 1000,
        }
    }

    /// Whether programs read it as JSON.
    pub const fn is_json(&self) -> bool {
        matches!(self, Style::Json(_) | Style::Jsonl(_))
    }

    /// Writes the records of one document, or of a part of it.
    pub fn block(&self, observations: &[Observation<'_>]) -> Block {
        self.block_with(&Map::new(), observations)
    }

    /// The same for a document of a stream: in JSON each record has what is passed through.
    pub fn block_with(
        &self,
        passed: &Map<String, Value>,
        observations: &[Observation<'_>],
    ) -> Block {
        // What most records take as CSV; as JSON they take twice that.
        const RECORD: usize = 600;
        let mut out = Vec::with_capacity(observations.len() * RECORD);
        match self {
            Style::Table(columns, _) => return Block::Rows(table::rows(observations, columns)),
            Style::Csv(columns, dialect) => csv::records(observations, columns, *dialect, &mut out),
            Style::Json(columns) => json::elements_with(passed, observations, columns, &mut out),
            Style::Jsonl(columns) => json::lines_with(passed, observations, columns, &mut out),
        }
        Block::Bytes(out)
    }

    /// What stands before the first record.
    fn head(&self) -> Vec<u8> {
        let mut out = Vec::new();
        match self {
            Style::Csv(columns, dialect) => csv::heading(columns, *dialect, &mut out),
            Style::Json(_) => out.push(b'['),
            Style::Table(..) | Style::Jsonl(_) => {}
        }
        out
    }

    /// What stands between the records of two documents.
    const fn separator(&self) -> &'static [u8] {
        match self {
            Style::Json(_) => b",",
            Style::Table(..) | Style::Csv(..) | Style::Jsonl(_) => b"",
        }
    }

    /// What stands after the last record.
    const fn tail(&self) -> &'static [u8] {
        match self {
            Style::Json(_) => b"\n]\n",
            Style::Table(..) | Style::Csv(..) | Style::Jsonl(_) => b"",
        }
    }
}

/// An output that takes the records of one document after another.
///
/// Nothing is written before the first block or the end, so a run that reads nothing writes nothing.
#[derive(Debug)]
pub struct Records<'s, W> {
    style: &'s Style,
    out: W,
    begun: bool,
    filled: bool,
    rows: Vec<table::Rows>,
}

impl<'s, W: Write> Records<'s, W> {
    /// An output in this style.
    pub fn new(style: &'s Style, out: W) -> Self {
        Records { style, out, begun: false, filled: false, rows: Vec::new() }
    }

    /// Takes the block of the next document, made by the same style.
    ///
    /// # Errors
    /// Those of the output.
    pub fn push(&mut self, block: Block) -> io::Result<()> {
        self.begin()?;
        match block {
            Block::Rows(rows) => self.rows.push(rows),
            Block::Bytes(bytes) if bytes.is_empty() => {}
            Block::Bytes(bytes) => {
                if self.filled {
                    self.out.write_all(self.style.separator())?;
                }
                self.filled = true;
                self.out.write_all(&bytes)?;
            }
        }
        Ok(())
    }

    /// Hands over what was taken: whoever reads the output may wait for it.
    ///
    /// # Errors
    /// Those of the output.
    pub fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }

    /// Writes what stands after the last record, and gives the output back.
    ///
    /// # Errors
    /// Those of the output.
    pub fn finish(mut self) -> io::Result<W> {
        self.begin()?;
        if let Style::Table(columns, setting) = self.style {
            table::write(&self.rows, columns, *setting, &mut self.out)?;
        }
        self.out.write_all(self.style.tail())?;
        Ok(self.out)
    }

    fn begin(&mut self) -> io::Result<()> {
        if self.begun {
            return Ok(());
        }
        self.begun = true;
        self.out.write_all(&self.style.head())
    }
}

#[cfg(test)]
mod tests {
    use super::fields::example;
    use super::*;

    fn written(style: &Style, documents: &[&[Observation<'_>]]) -> String {
        let mut records = Records::new(style, Vec::new());
        for document in documents {
            records.push(style.block(document)).unwrap();
        }
        String::from_utf8(records.finish().unwrap()).unwrap()
    }

    #[test]
    fn documents_without_records_leave_no_trace() {
        let one = [example()];
        let documents: [&[Observation<'_>]; 4] = [&[], &one, &[], &one];
        let columns: Columns = "line".parse().unwrap();
        assert_eq!(
            written(&Style::Json(columns.clone()), &documents),
            "[\n{\"line\":2},\n{\"line\":2}\n]\n"
        );
        assert_eq!(
            written(&Style::Jsonl(columns.clone()), &documents),
            "{\"line\":2}\n{\"line\":2}\n"
        );
        assert_eq!(written(&Style::Csv(columns, Dialect::Plain), &documents), "line\n2\n2\n");
    }

    #[test]
    fn no_records_are_still_a_valid_file() {
        let columns: Columns = "line".parse().unwrap();
        assert_eq!(written(&Style::Json(columns.clone()), &[]), "[\n]\n");
        assert_eq!(written(&Style::Jsonl(columns.clone()), &[]), "");
        assert_eq!(written(&Style::Csv(columns.clone(), Dialect::Plain), &[]), "line\n");
        assert_eq!(written(&Style::Table(columns, table::Setting::default()), &[]), "line\n");
    }

    #[test]
    fn a_name_tells_the_format() {
        for (name, format) in [
            ("a.csv", Format::Csv),
            ("a.JSON", Format::Json),
            ("a.b.jsonl", Format::Jsonl),
            ("a.ndjson", Format::Jsonl),
            ("a.txt", Format::Table),
        ] {
            assert_eq!(Format::of_path(Path::new(name)), Ok(format), "{name}");
        }
        let error = Format::of_path(Path::new("out/a.xlsx")).unwrap_err().to_string();
        assert!(error.starts_with("out/a.xlsx: expected a name ending in .csv"), "{error}");
        assert!(Format::of_path(Path::new("csv")).is_err());
    }
}
