//! The rows of a user's own table, which add to those of the built-in one.
//!
//! In: the heading and the rows of a table. Out: what is wrong with them before they are read: a row of
//! `my-words/units.csv` that repeats a word is an error.

use std::collections::BTreeMap;
use std::path::PathBuf;

use super::fold::fold;
use super::tables::Table;

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
