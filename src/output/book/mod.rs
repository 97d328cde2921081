//! Books: files of several tables that programs open as a whole, as Excel, SQLite or DuckDB do.
//!
//! In: documents one after another, each as its records and checks, piece by piece, and at its end what
//! is said of it as a whole. Out: a workbook, a database or a file of columns, put in its place when all is
//! written. `小学365所` of `a.txt` becomes a row of `observations`, and `a.txt` a row of `documents`.
//!
//! The columns of records are [`FIELDS`](super::fields::FIELDS), those of checks the columns of an audit, those
//! of documents [`DOCUMENTS`](described::DOCUMENTS): a book adds none but what [`derived`] computes of them.

pub mod derived;
pub mod described;
#[cfg(feature = "parquet")]
mod parquet;
mod reference;
mod sheet;
mod sqlite;
mod tables;
mod workbook;

use std::fmt;
use std::fs::{self, File};
use std::io;
use std::path::Path;

use clap::ValueEnum;

use super::audit::Reported;
use super::fields::{Cell, Columns, FieldKind};
use super::target::Target;
use crate::error::{Error, ErrorKind};
use crate::labels::Labels;
use crate::observation::Observation;
use described::Described;

/// The version of the tables: it is raised when a column goes or means something else. Databases and Parquet files
/// say which one they have.
pub const VERSION: u32 = 1;

/// The sheets of a workbook, in their order.
pub const SHEETS: [&str; 5] = ["observations", "audit", "documents", "codebook", "codes"];

/// What a book is to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Kind {
    /// An Excel workbook: observations, audit, documents, codebook, codes
    Xlsx,
    /// An SQLite database; documents that it has are replaced, others stay
    Sqlite,
    /// A Parquet file of typed columns
    Parquet,
}

impl Kind {
    /// The kind that the name of an output asks for: `.xlsx`, `.parquet`, or `.sqlite`, `.sqlite3` or `.db`; upper
    /// case too.
    pub fn of_path(path: &Path) -> Option<Self> {
        match path.extension()?.to_string_lossy().to_lowercase().as_str() {
            "xlsx" => Some(Kind::Xlsx),
            "sqlite" | "sqlite3" | "db" => Some(Kind::Sqlite),
            "parquet" => Some(Kind::Parquet),
            _ => None,
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The name that -f takes.
        self.to_possible_value().map_or(Ok(()), |value| f.write_str(value.get_name()))
    }
}

/// A book that is being written, by one thread after another. Whoever drops it before [`Book::finish`] leaves what
/// stood in its place.
pub trait Book: Send {
    /// A document of this name begins.
    ///
    /// # Errors
    /// Those of the output.
    fn begin(&mut self, source: &str) -> Result<(), Error>;

    /// Some of its records, in order, and what the audit found in them.
    ///
    /// # Errors
    /// Those of the output, and where it takes no more records.
    fn read(&mut self, records: &[Observation<'static>], checks: &[Reported]) -> Result<(), Error>;

    /// The document ends.
    ///
    /// # Errors
    /// Those of the output.
    fn end(&mut self, document: &Described) -> Result<(), Error>;

    /// Puts the book in its place.
    ///
    /// # Errors
    /// Those of the output; what stood in its place then still stands there.
    fn finish(self: Box<Self>) -> Result<(), Error>;
}

/// Begins a book at `path`. A database has all columns, and only a workbook has words for its codes.
///
/// # Errors
/// [`ErrorKind::Write`] when nothing can be written there, [`ErrorKind::Unfit`] when something stands there that is
/// no file, or no database of this program, or when the program was built without this kind.
pub fn open(
    kind: Kind,
    path: &Path,
    columns: Columns,
    labels: Labels,
) -> Result<Box<dyn Book>, Error> {
    Ok(match kind {
        Kind::Xlsx => Box::new(workbook::Workbook::new(path, columns, labels)?),
        Kind::Sqlite => Box::new(sqlite::Database::open(path)?),
        #[cfg(feature = "parquet")]
        Kind::Parquet => Box::new(parquet::File::new(path, &columns)?),
        #[cfg(not(feature = "parquet"))]
        Kind::Parquet => {
            return Err(unfit(path, "an edustat with the feature parquet", "one built without it"));
        }
    })
}

/// A column of a table whose rows are made of a `T`.
#[derive(Debug)]
pub struct Column<T> {
    /// Its name.
    pub name: &'static str,
    /// What its cells hold where they hold anything.
    pub kind: FieldKind,
    /// What it says, in a sentence.
    pub meaning: &'static str,
    /// Its cell in a row.
    get: for<'t> fn(&'t T) -> Cell<'t>,
}

impl<T> Column<T> {
    /// The cell of this column in a row.
    pub fn of<'t>(&self, row: &'t T) -> Cell<'t> {
        (self.get)(row)
    }
}

/// A file beside its place, and another handle on it for whoever writes it.
fn part(path: &Path) -> Result<(Target, File), Error> {
    let other = || unfit(path, "a file, which can be replaced as a whole", "a device or pipe");
    // Before it is opened, as a pipe waits for its reader.
    if fs::metadata(path).is_ok_and(|standing| !standing.is_file() && !standing.is_dir()) {
        return Err(other());
    }
    let target = Target::file(path)?;
    let file = target.part().ok_or_else(other)?.as_file().try_clone();
    Ok((target, file.map_err(|cause| refused(path, cause))?))
}

fn unfit(path: &Path, expected: &str, found: &str) -> Error {
    Error::new(path, ErrorKind::Unfit { expected: expected.to_owned(), found: found.to_owned() })
}

fn refused(path: &Path, cause: io::Error) -> Error {
    Error::new(path, ErrorKind::Write(cause))
}
