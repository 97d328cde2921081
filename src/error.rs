//! What can go wrong with a file, a lexicon row or an argument: where, what was expected, what was
//! found. Oddities of a document are no errors; they are flags on records.

use std::fmt;
use std::path::{Path, PathBuf};

use crate::shown;
use crate::size::Size;

/// A failure that names its place.
#[derive(Debug)]
pub struct Error {
    /// The file or folder, as given or found.
    pub path: PathBuf,
    /// What happened there.
    pub kind: ErrorKind,
}

/// The ways in which an input or output fails.
#[derive(Debug)]
pub enum ErrorKind {
    /// The system refused to read it.
    Read(std::io::Error),
    /// It has more bytes than are to be read.
    TooLong {
        /// How many are read at most.
        most: Size,
        /// How many it has, where that is known without reading it.
        found: Option<Size>,
    },
    /// It had fewer bytes than it had when it was opened.
    Shrunk {
        /// How many it had.
        expected: u64,
        /// How many could be read.
        found: u64,
    },
    /// The system refused to write it.
    Write(std::io::Error),
    /// A folder without a single text in it.
    NoTexts,
    /// A line that a document does not have.
    NoLine {
        /// How many it has.
        lines: usize,
        /// The line asked for.
        found: String,
    },
    /// Bytes that are no text in any known encoding.
    NotText {
        /// Offset of the first byte that does not fit.
        byte: usize,
        /// What was found there.
        found: String,
    },
    /// A name that no administrative division has.
    UnknownRegion(String),
    /// A file or folder that is not what is asked for in its place.
    Unfit {
        /// What may stand there.
        expected: String,
        /// What stands there.
        found: String,
    },
    /// A line of a stream that is no document.
    Line {
        /// Its number, from 1.
        line: usize,
        /// What may stand there.
        expected: String,
        /// What stands there.
        found: String,
    },
    /// A row of a data file that cannot be used.
    Row {
        /// Row of the file, from 1, the heading included.
        row: usize,
        /// Name of the column.
        column: &'static str,
        /// What may stand there.
        expected: String,
        /// What stands there.
        found: String,
    },
}

impl Error {
    /// A failure at `path`.
    pub fn new(path: impl AsRef<Path>, kind: ErrorKind) -> Self {
        Error { path: path.as_ref().to_owned(), kind }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&shown::path(&self.path))?;
        match &self.kind {
            ErrorKind::Read(cause) => write!(f, ": cannot be read: {cause}"),
            ErrorKind::TooLong { most, found } => {
                write!(f, ": expected at most {most} (--max-file-size), found ")?;
                match found {
                    Some(found) => write!(f, "{found}"),
                    None => f.write_str("more"),
                }
            }
            ErrorKind::Shrunk { expected, found } => {
                write!(
                    f,
                    ": cannot be read: expected {expected} bytes, found {found}: it was cut off \
                           while it was read"
                )
            }
            ErrorKind::Write(cause) => write!(f, ": cannot be written: {cause}"),
            ErrorKind::NoTexts => {
                write!(f, ": expected .txt, .md or .html files, found none in this folder")
            }
            ErrorKind::NoLine { lines, found } => {
                write!(f, ": expected a line from 1 to {lines}, found {found}")
            }
            ErrorKind::NotText { byte, found } => {
                write!(f, ": byte {byte}: expected text in a known encoding, found {found}")
            }
            ErrorKind::UnknownRegion(name) => {
                write!(f, ": expected a division of GB/T 2260, found {name:?}")
            }
            ErrorKind::Unfit { expected, found } => {
                write!(f, ": expected {expected}, found {found}")
            }
            ErrorKind::Line { line, expected, found } => {
                write!(f, ": line {line}: expected {expected}, found {found}")
            }
            ErrorKind::Row { row, column, expected, found } => {
                write!(f, " row {row}: {column}: expected {expected}, found {found:?}")
            }
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &self.kind {
            ErrorKind::Read(cause) | ErrorKind::Write(cause) => Some(cause),
            ErrorKind::NoTexts
            | ErrorKind::TooLong { .. }
            | ErrorKind::Shrunk { .. }
            | ErrorKind::NoLine { .. }
            | ErrorKind::NotText { .. }
            | ErrorKind::UnknownRegion(_)
            | ErrorKind::Unfit { .. }
            | ErrorKind::Line { .. }
            | ErrorKind::Row { .. } => None,
        }
    }
}
