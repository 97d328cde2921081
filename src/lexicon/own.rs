//! A user's own tables: files named and headed like the built-in ones, whose rows add to theirs.
//!
//! In: a folder. Out: its tables as text, and what each row must be before it is read: a row of
//! `my-words/units.csv` that repeats a word is an error, as is a file called `unit.csv`. Hidden files
//! and notes (`.md`) are left alone.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use super::fold;
use super::tables::Table;
use crate::error::{Error, ErrorKind};
use crate::text::decode::{EncodingChoice, decode};

/// A table of the user's.
#[derive(Debug)]
pub struct OwnTable {
    /// The built-in table that its rows add to.
    pub table: Table,
    /// The file.
    pub path: PathBuf,
    /// Its decoded text.
    pub text: String,
}

/// The tables of a folder, in the order in which the built-in ones are read.
///
/// # Errors
/// [`ErrorKind::Read`] for a folder or file that the system refuses, [`ErrorKind::NotText`] for
/// bytes in no known encoding, [`ErrorKind::Unfit`] for a file that is called like no table, and for
/// a folder without any.
pub fn tables(folder: &Path) -> Result<Vec<OwnTable>, Error> {
    let refused = |cause| Error::new(folder, ErrorKind::Read(cause));
    let known = || Table::ALL.iter().map(|table| table.code()).collect::<Vec<_>>().join(", ");
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder).map_err(refused)? {
        paths.push(entry.map_err(refused)?.path());
    }
    paths.sort();
    let mut found = Vec::new();
    for path in paths {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if name.starts_with('.') || name.ends_with(".md") {
            continue;
        }
        let Ok(table) = name.parse::<Table>() else {
            let expected = format!("a table of the lexicon ({})", known());
            let found = format!("a file called {name}");
            return Err(Error::new(&path, ErrorKind::Unfit { expected, found }));
        };
        let bytes = fs::read(&path).map_err(|cause| Error::new(&path, ErrorKind::Read(cause)))?;
        let decoded =
            decode(bytes, EncodingChoice::Auto).map_err(|kind| Error::new(&path, kind))?;
        found.push(OwnTable { table, path, text: decoded.text });
    }
    if found.is_empty() {
        let expected = format!("one or more of {}", known());
        let found = "none of them in this folder".to_owned();
        return Err(Error::new(folder, ErrorKind::Unfit { expected, found }));
    }
    found.sort_by_key(|own| own.table);
    Ok(found)
}

/// What is known of the rows of a table while they are read.
#[derive(Debug)]
pub struct Checks {
    /// The names of the built-in table's columns.
    columns: Vec<&'static str>,
    /// How many of them tell rows apart.
    keys: usize,
    /// The row that has a key.
    seen: BTreeMap<Vec<String>, usize>,
}

/// What is wrong with a row: the column, what may stand there, what does.
pub type Complaint = (&'static str, String, String);

impl Checks {
    /// The checks of a table's rows.
    pub fn new(table: Table) -> Self {
        let heading = table.text().lines().next().unwrap_or_default();
        let keys = match table {
            // A noun means one thing alone and another after an act; a division keeps its code
            // when its name changes; a label may be two things.
            Table::Indicators | Table::Regions | Table::Header => 2,
            Table::Terms | Table::Acts | Table::Units | Table::Nonunits | Table::Bounds => 1,
            Table::Pers | Table::Times | Table::Status | Table::Grammar => 1,
            Table::Scopes | Table::Bodies | Table::Names | Table::Pages => 1,
        };
        Checks { columns: heading.split(',').collect(), keys, seen: BTreeMap::new() }
    }

    /// Checks the heading: it is that of the built-in table.
    pub fn heading(&self, cells: &csv::StringRecord) -> Result<(), Complaint> {
        if cells.iter().eq(self.columns.iter().copied()) {
            return Ok(());
        }
        Err(("heading", self.columns.join(","), cells.iter().collect::<Vec<_>>().join(",")))
    }

    /// Checks a row: it has a cell a column, and a key that no row before it has.
    pub fn row(&mut self, number: usize, cells: &csv::StringRecord) -> Result<(), Complaint> {
        if cells.len() != self.columns.len() {
            let expected = format!("{} cells ({})", self.columns.len(), self.columns.join(","));
            return Err(("row", expected, cells.iter().collect::<Vec<_>>().join(",")));
        }
        let key: Vec<String> =
            cells.iter().take(self.keys).map(|cell| cell.chars().map(fold).collect()).collect();
        let shown = key.join(",");
        if let Some(before) = self.seen.insert(key, number) {
            let expected = format!("a row of its own (row {before} has the same)");
            return Err((self.columns[0], expected, shown));
        }
        Ok(())
    }
}

/// Whether a text can be found as a word: numbers and spaces are read before words are.
pub fn can_be_found(surface: &str) -> bool {
    const LAST_OF_BASIC_PLANE: char = '\u{FFFF}';
    surface.chars().next().is_some_and(|first| {
        !fold(first).is_ascii_digit() && !first.is_whitespace() && first <= LAST_OF_BASIC_PLANE
    }) && !surface.contains(char::is_control)
}
