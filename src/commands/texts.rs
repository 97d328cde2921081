//! `--write-text DIR`: the texts that were read, to hold records against.
//!
//! In: documents. Out: a file of UTF-8 for each, without byte order mark: `DIR/a.txt` for `pages/a.html`. The
//! `start` and `end` of a record count its characters, and `line` its lines.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use super::check::stem;
use crate::document::Document;
use crate::error::{Error, ErrorKind};
use crate::output::target::Target;
use crate::reader::Input;

/// What standard input is called among files.
const STANDARD_INPUT: &str = "stdin";

/// A folder for the texts of a run.
#[derive(Debug)]
pub struct Texts {
    folder: PathBuf,
}

impl Texts {
    /// Makes the folder, if it is not there.
    ///
    /// # Errors
    /// [`ErrorKind::Unfit`] when two inputs would share a file, or a text would replace an input;
    /// [`ErrorKind::Write`] when there can be no such folder. Nothing is written then.
    pub fn new(folder: &Path, inputs: &[Input]) -> Result<Self, Error> {
        let texts = Texts { folder: folder.to_owned() };
        let mut owners: BTreeMap<PathBuf, &Input> = BTreeMap::new();
        for input in inputs {
            let path = texts.path(input.name());
            let expected = || "a name of its own for each text".to_owned();
            if let Some(other) = owners.insert(path.clone(), input) {
                let found = format!("the text of {} and that of {}", other.name(), input.name());
                return Err(Error::new(path, ErrorKind::Unfit { expected: expected(), found }));
            }
        }
        fs::create_dir_all(folder).map_err(|cause| Error::new(folder, ErrorKind::Write(cause)))?;
        // A file that is there already may be one that is to be read.
        let standing = |path: &Path| fs::canonicalize(path).ok();
        let read: BTreeSet<PathBuf> =
            inputs.iter().filter_map(|input| standing(input.path())).collect();
        for path in owners.keys() {
            if standing(path).is_some_and(|path| read.contains(&path)) {
                let expected = "a folder without documents that are read".to_owned();
                let found = "one of them under the name of a text".to_owned();
                return Err(Error::new(path, ErrorKind::Unfit { expected, found }));
            }
        }
        Ok(texts)
    }

    /// Writes the text of a document; an older file is replaced at once or not at all.
    ///
    /// # Errors
    /// [`ErrorKind::Write`] when the system refuses.
    pub fn keep(&self, document: &Document) -> Result<(), Error> {
        let path = self.path(document.source.name());
        let mut target = Target::file(&path)?;
        target
            .write_all(document.source.text().as_bytes())
            .map_err(|cause| Error::new(&path, ErrorKind::Write(cause)))?;
        target.finish()
    }

    fn path(&self, name: &str) -> PathBuf {
        let name = if name == "-" { STANDARD_INPUT.to_owned() } else { stem(name) };
        self.folder.join(format!("{name}.txt"))
    }
}
