//! A folder of pages: an index, and a page for each document.
//!
//! In: the names of documents. Out: files. The page of `seeds/a.txt` is `DIR/a.html`; of another `b/a.txt` it is
//! `a-2.html`, so that no page replaces another. A page that is there already and the same stays untouched, so
//! that what copies the folder elsewhere copies what changed.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use crate::error::{Error, ErrorKind};
use crate::output::target::Target;

/// The name of the index.
pub const INDEX: &str = "index.html";

/// Characters that a name keeps of a document's: with number and extension they are less than the 255 bytes
/// that most systems take.
const LONGEST: usize = 60;

/// Names that Windows keeps to itself, whatever their extension.
const RESERVED: [&str; 4] = ["con", "prn", "aux", "nul"];

/// Where the pages of documents stand.
#[derive(Debug)]
pub struct Pages {
    folder: PathBuf,
    names: BTreeMap<String, String>,
}

impl Pages {
    /// A name for the page of each document, by the order of the documents.
    pub fn new<'n>(folder: &Path, documents: impl IntoIterator<Item = &'n str>) -> Self {
        let mut taken = BTreeSet::from([folded("index")]);
        let mut names = BTreeMap::new();
        for document in documents {
            let stem = safe(document);
            let mut name = stem.clone();
            let mut number = 2;
            while !taken.insert(folded(&name)) {
                name = format!("{stem}-{number}");
                number += 1;
            }
            names.insert(document.to_owned(), format!("{name}.html"));
        }
        Pages { folder: folder.to_owned(), names }
    }

    /// Makes the folder, if it is not there.
    ///
    /// # Errors
    /// [`ErrorKind::Unfit`] when a page would replace one of the files that are to be read,
    /// [`ErrorKind::Write`] when there can be no such folder.
    pub fn prepare<'p>(&self, inputs: impl IntoIterator<Item = &'p Path>) -> Result<(), Error> {
        let refused = |cause| Error::new(&self.folder, ErrorKind::Write(cause));
        fs::create_dir_all(&self.folder).map_err(refused)?;
        let inputs: Vec<&Path> = inputs.into_iter().collect();
        let pages = self.names.values().map(|name| self.folder.join(name));
        pages
            .chain([self.index()])
            .try_for_each(|page| replaces_none(&page, inputs.iter().copied()))
    }

    /// The name of the page of a document, within the folder.
    pub fn name(&self, document: &str) -> Option<&str> {
        self.names.get(document).map(String::as_str)
    }

    /// Where the index stands.
    pub fn index(&self) -> PathBuf {
        self.folder.join(INDEX)
    }

    /// Writes a page of the folder, if it is not there just like that.
    ///
    /// # Errors
    /// [`ErrorKind::Write`] when the system refuses; an older page then stands as it stood.
    pub fn write(&self, name: &str, page: &[u8]) -> Result<(), Error> {
        let path = self.folder.join(name);
        if fs::read(&path).is_ok_and(|standing| standing == page) {
            return Ok(());
        }
        let mut target = Target::file(&path)?;
        target.write_all(page).map_err(|cause| Error::new(&path, ErrorKind::Write(cause)))?;
        target.finish()
    }
}

/// Refuses a page in the place of a file that is to be read.
///
/// # Errors
/// [`ErrorKind::Unfit`] when it is one of them.
pub fn replaces_none<'p>(
    page: &Path,
    inputs: impl IntoIterator<Item = &'p Path>,
) -> Result<(), Error> {
    let Ok(standing) = fs::canonicalize(page) else { return Ok(()) };
    let is_page = |path: &Path| fs::canonicalize(path).is_ok_and(|path| path == standing);
    if inputs.into_iter().any(is_page) {
        let expected = "a place for a page".to_owned();
        let found = "a document that is to be read".to_owned();
        return Err(Error::new(page, ErrorKind::Unfit { expected, found }));
    }
    Ok(())
}

/// The name of a document as the name of a file on any system: its stem, with nothing but letters, digits, `_` and
/// `-`.
fn safe(document: &str) -> String {
    let file = document.rsplit('/').next().unwrap_or_default();
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    let kept = stem.chars().map(|c| if c.is_alphanumeric() || c == '_' { c } else { '-' });
    let name: String = kept.take(LONGEST).collect();
    let name = name.trim_matches('-');
    match name {
        "" if document == "-" => "stdin".to_owned(),
        "" => "document".to_owned(),
        name if is_reserved(name) => format!("{name}-"),
        name => name.to_owned(),
    }
}

fn is_reserved(name: &str) -> bool {
    let name = name.to_lowercase();
    let port = |kind| name.strip_prefix(kind).is_some_and(|n| n.chars().count() == 1);
    RESERVED.contains(&name.as_str()) || port("com") || port("lpt")
}

/// Names that some system takes for the same.
fn folded(name: &str) -> String {
    name.to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_document_has_a_safe_name_of_its_own() {
        let documents = [
            "seeds/000_7e88.txt",
            "a/年报 2020.md",
            "b/年报 2020.txt",
            "A.txt",
            "sub/a.txt",
            "index.txt",
            "../../etc/passwd",
            "x/<script>.txt",
            "con.txt",
            "-",
            "...",
            "a\\..\\b:c|d?.txt",
        ];
        let pages = Pages::new(Path::new("out"), documents);
        let named: Vec<&str> = documents.iter().map(|name| pages.name(name).unwrap()).collect();
        assert_eq!(
            named,
            [
                "000_7e88.html",
                "年报-2020.html",
                "年报-2020-2.html",
                "A.html",
                "a-2.html",
                "index-2.html",
                "passwd.html",
                "script.html",
                "con-.html",
                "stdin.html",
                "document.html",
                "a----b-c-d.html",
            ]
        );
    }

    #[test]
    fn a_long_name_is_cut_and_stays_its_own() {
        let long = "报".repeat(300);
        let (one, other) = (format!("{long}1.txt"), format!("{long}2.txt"));
        let pages = Pages::new(Path::new("out"), [one.as_str(), other.as_str()]);
        let (one, other) = (pages.name(&one).unwrap(), pages.name(&other).unwrap());
        assert_ne!(one, other);
        assert!(one.len() < 255 && other.len() < 255);
    }
}
