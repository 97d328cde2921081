//! A user's own tables: files named and headed like the built-in ones, whose rows add to theirs.
//!
//! In: a folder. Out: its tables as text. A file called `unit.csv` is an error; hidden files and notes (`.md`)
//! are left alone.

use std::fs;
use std::path::Path;

use super::own::OwnTable;
use super::tables::Table;
use crate::error::{Error, ErrorKind};
use crate::text::decode::{EncodingChoice, decode};

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
