//! `edustat check`: today's records against stored ones, record by record and field by field.
//!
//! In: documents, and a folder with `NAME.jsonl` for the document `NAME.txt`. Out: what differs:
//!
//! ```text
//! ~ seeds/a.txt:17 小学365所 [primary schools 365]
//!     level: was "primary", is "junior_secondary"
//! ```
//!
//! Records are the same record when their numbers stand at the same place. Of paths only the name
//! of the file counts, so the stored records hold wherever the documents lie.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};

use anyhow::bail;
use serde_json::{Map, Value};

use super::{Exit, each_document, plural, say};
use crate::cli::{Check, When};
use crate::error::{Error, ErrorKind};
use crate::labels::labelled;
use crate::output::fields::Columns;
use crate::output::json;
use crate::output::target::Target;
use crate::records::CODES;
use crate::shown::{self, printable};

/// A record read back from JSON.
type Record = Map<String, Value>;

/// Compares all documents with their stored records, or stores them anew.
///
/// # Errors
/// When two documents would share a file of stored records, or an output cannot be written.
/// Documents and stored records that cannot be read are reported and make the [`Exit`].
pub fn run(arguments: &Check, color: When) -> anyhow::Result<Exit> {
    let mut documents = Vec::new();
    let mut tally = each_document(
        &arguments.reading,
        |pipeline, document| {
            let name = document.source.name().to_owned();
            let mut today = pipeline.observe(document);
            for observation in &mut today {
                observation.source = file_name(&name).to_owned().into();
            }
            let mut lines = Vec::new();
            json::lines(&today, &Columns::all(), &mut lines);
            (name, lines)
        },
        |document| {
            documents.push(document);
            Ok(())
        },
    )?;
    let stems = distinct_stems(documents.iter().map(|(name, _)| name.as_str()))?;
    if arguments.update {
        fs::create_dir_all(&arguments.golden)
            .map_err(|cause| Error::new(&arguments.golden, ErrorKind::Write(cause)))?;
    }

    let mut out = Target::stdout();
    let color = color.colors(io::stdout().is_terminal());
    let mut report = Report { color, ..Report::default() };
    let mut unreadable = Vec::new();
    for (name, lines) in &documents {
        let golden = arguments.golden.join(format!("{}.jsonl", stem(name)));
        let stored = match stored(&golden) {
            // What cannot be read is as good as missing where it is to be written anew.
            Err(_) if arguments.update => None,
            Err(failure) => {
                unreadable.push(failure);
                continue;
            }
            Ok(stored) => stored,
        };
        let today = records(&golden, lines)?;
        let differs = match &stored {
            Some(stored) => report.differences(name, &differences(stored, &today)),
            None => report.missing(&golden, today.len(), arguments.update),
        };
        report.documents += 1;
        if differs && arguments.update {
            let mut target = Target::file(&golden)?;
            target
                .write_all(lines)
                .map_err(|cause| Error::new(&golden, ErrorKind::Write(cause)))?;
            target.finish()?;
            report.written += 1;
            report.line(&format!("{}: written", shown::path(&golden)));
        }
    }
    if arguments.reading.paths.iter().any(|path| path.is_dir()) {
        // A document that could not be read still owns its stored records.
        let failed: BTreeSet<_> =
            tally.failures.iter().map(|failure| stem(&failure.path)).collect();
        for golden in golden_files(&arguments.golden) {
            if !stems.contains(&stem(&golden)) && !failed.contains(&stem(&golden)) {
                report.orphan(&golden);
            }
        }
    }

    let path = out.path().to_owned();
    out.write_all(report.text.as_bytes())
        .map_err(|cause| Error::new(&path, ErrorKind::Write(cause)))?;
    out.finish()?;
    say(report.summary(arguments.update));
    // Stored records that cannot be read: their document was read in vain.
    tally.read -= unreadable.len();
    tally.failures.extend(unreadable);
    let exit = tally.report();
    Ok(if report.differs && !arguments.update { Exit::Failed } else { exit })
}

/// The last part of a `/`-separated path.
fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// The name of a file without its extension.
pub(super) fn stem(path: impl AsRef<Path>) -> String {
    path.as_ref().file_stem().unwrap_or_default().to_string_lossy().into_owned()
}

/// The stems of the documents, which name the files of their stored records.
///
/// # Errors
/// When two documents have the same: `a/x.txt` and `b/x.txt`, or one that is given twice.
pub(super) fn distinct_stems<'n>(
    names: impl Iterator<Item = &'n str>,
) -> anyhow::Result<BTreeSet<String>> {
    let mut stems = BTreeSet::new();
    for name in names {
        if !stems.insert(stem(name)) {
            bail!(
                "{}: expected a name of its own, found another document called {}",
                shown::path(Path::new(name)),
                shown::path(Path::new(&stem(name)))
            );
        }
    }
    Ok(stems)
}

/// The stored records; nothing where there is no such file.
fn stored(path: &Path) -> Result<Option<Vec<Record>>, Error> {
    match fs::read(path) {
        Ok(bytes) => records(path, &bytes).map(Some),
        Err(cause) if cause.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(cause) => Err(Error::new(path, ErrorKind::Read(cause))),
    }
}

/// Reads JSON Lines, `path` being where they come from.
fn records(path: &Path, lines: &[u8]) -> Result<Vec<Record>, Error> {
    let lines = lines.split(|&byte| byte == b'\n').enumerate();
    lines
        .filter(|(_, line)| !line.trim_ascii().is_empty())
        .map(|(i, line)| {
            serde_json::from_slice(line).map(without_folder).map_err(|cause| {
                let line = String::from_utf8_lossy(line);
                let labelled = labelled(line.split(',')).is_some();
                let kind = ErrorKind::Row {
                    row: i + 1,
                    column: "record",
                    expected: if labelled {
                        CODES.into()
                    } else {
                        format!("a JSON object ({cause})")
                    },
                    found: shortened(&line),
                };
                Error::new(path, kind)
            })
        })
        .collect()
}

/// The record with the name of the file instead of its path.
fn without_folder(mut record: Record) -> Record {
    for field in ["source", "id", "parent"] {
        if let Some(Value::String(path)) = record.get_mut(field) {
            *path = file_name(path).to_owned();
        }
    }
    record
}

/// The `.jsonl` files of a folder, sorted; none where there is no folder.
fn golden_files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut files: Vec<PathBuf> = entries
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "jsonl"))
        .collect();
    files.sort();
    files
}

/// One record that is not as it was.
#[derive(Debug, PartialEq)]
enum Difference<'r> {
    /// Other fields: as it was, as it is.
    Changed(&'r Record, &'r Record),
    /// Only today.
    New(&'r Record),
    /// Only stored.
    Lost(&'r Record),
}

/// What differs, in the order of the text.
fn differences<'r>(was: &'r [Record], is: &'r [Record]) -> Vec<Difference<'r>> {
    type Pair<'r> = (Vec<&'r Record>, Vec<&'r Record>);
    let mut places: BTreeMap<u64, Pair<'r>> = BTreeMap::new();
    let place = |record: &Record| record.get("number_start").and_then(Value::as_u64).unwrap_or(0);
    for record in was {
        places.entry(place(record)).or_default().0.push(record);
    }
    for record in is {
        places.entry(place(record)).or_default().1.push(record);
    }
    let mut differences = Vec::new();
    for (was, is) in places.values() {
        for i in 0..was.len().max(is.len()) {
            match (was.get(i), is.get(i)) {
                (Some(was), Some(is)) if was == is => {}
                (Some(was), Some(is)) => differences.push(Difference::Changed(was, is)),
                (Some(was), None) => differences.push(Difference::Lost(was)),
                (None, Some(is)) => differences.push(Difference::New(is)),
                (None, None) => {}
            }
        }
    }
    differences
}

/// What is told about the comparison.
#[derive(Debug, Default)]
struct Report {
    text: String,
    color: bool,
    differs: bool,
    documents: usize,
    changed: usize,
    new: usize,
    lost: usize,
    unmatched: usize,
    written: usize,
}

impl Report {
    fn line(&mut self, line: &str) {
        self.text.push_str(&printable(line));
        self.text.push('\n');
    }

    /// A line about a record: sign, place, mention, what it was read as.
    fn record(&mut self, sign: char, name: &str, record: &Record) {
        let text = |field| record.get(field).map(plain).unwrap_or_default();
        let indicator = match text("indicator") {
            none if none.is_empty() => text("category"),
            indicator => indicator,
        };
        let value = match text("value") {
            none if none.is_empty() => "redacted".to_owned(),
            value => value,
        };
        let read_as: Vec<String> =
            [text("level"), indicator, value].into_iter().filter(|part| !part.is_empty()).collect();
        let line =
            format!("{sign} {name}:{} {} [{}]", text("line"), text("mention"), read_as.join(" "));
        self.signed(sign, &line);
        let sentence = text("sentence");
        if sign != '~' && !sentence.is_empty() {
            self.line(&format!("    {}", shortened(&sentence)));
        }
    }

    fn signed(&mut self, sign: char, line: &str) {
        let code = match sign {
            '+' => 32,
            '~' => 33,
            _ => 31,
        };
        if self.color {
            let line = printable(line);
            self.text.push_str(&format!("\u{1b}[{code}m{line}\u{1b}[0m\n"));
        } else {
            self.line(line);
        }
    }

    /// Tells the differences of one document; whether there are any.
    fn differences(&mut self, name: &str, differences: &[Difference<'_>]) -> bool {
        for difference in differences {
            match *difference {
                Difference::Changed(was, is) => {
                    self.changed += 1;
                    self.record('~', name, was);
                    self.fields(was, is);
                }
                Difference::New(is) => {
                    self.new += 1;
                    self.record('+', name, is);
                }
                Difference::Lost(was) => {
                    self.lost += 1;
                    self.record('-', name, was);
                }
            }
        }
        self.differs |= !differences.is_empty();
        !differences.is_empty()
    }

    /// Tells the fields that differ: those of the stored record, then those it does not have.
    fn fields(&mut self, was: &Record, is: &Record) {
        let new = is.keys().filter(|field| !was.contains_key(*field));
        for field in was.keys().chain(new) {
            let shown = |record: &Record| {
                record
                    .get(field)
                    .map_or("no such field".to_owned(), |value| shortened(&value.to_string()))
            };
            if was.get(field) != is.get(field) {
                self.line(&format!("    {field}: was {}, is {}", shown(was), shown(is)));
            }
        }
    }

    fn missing(&mut self, golden: &Path, today: usize, update: bool) -> bool {
        self.differs = true;
        self.unmatched += 1;
        if !update {
            let records = plural(today, "record", "records");
            self.signed(
                '!',
                &format!(
                    "! {}: no such file; --update stores {today} {records} there",
                    shown::path(golden)
                ),
            );
        }
        true
    }

    fn orphan(&mut self, golden: &Path) {
        self.differs = true;
        self.unmatched += 1;
        self.signed(
            '!',
            &format!("! {}: stored for a document that is not there", shown::path(golden)),
        );
    }

    fn summary(&self, update: bool) -> String {
        let documents = plural(self.documents, "document", "documents");
        let files = |count| plural(count, "file", "files");
        let mut summary = format!(
            "{} {documents}: {} changed, {} new, {} lost",
            self.documents, self.changed, self.new, self.lost
        );
        if self.unmatched > 0 {
            let files = files(self.unmatched);
            summary.push_str(&format!("; {} {files} without a partner", self.unmatched));
        }
        if update {
            summary.push_str(&format!("; {} {} written", self.written, files(self.written)));
        }
        summary
    }
}

/// A cell without quotes; nothing for `null`.
fn plain(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_) => value.to_string(),
    }
}

/// The beginning of a long text, on one line.
fn shortened(text: &str) -> String {
    const LONGEST: usize = 60;
    let printable = text.chars().filter(|c| !c.is_control());
    let mut short: String = printable.clone().take(LONGEST).collect();
    if printable.count() > LONGEST {
        short.push('…');
    }
    short
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(lines: &str) -> Vec<Record> {
        records(Path::new("golden/a.jsonl"), lines.as_bytes()).unwrap()
    }

    const PRIMARY: &str = r#"{"source":"old/a.txt","line":17,"level":"primary","category":"schools","indicator":"schools","value":365,"mention":"小学365所","sentence":"小学365所。","number_start":9,"id":"old/a.txt#9"}"#;

    #[test]
    fn only_the_name_of_the_file_counts() {
        let is = lines(&PRIMARY.replace("old/", ""));
        assert_eq!(differences(&lines(PRIMARY), &is), []);
    }

    #[test]
    fn a_changed_record_says_which_fields() {
        let was = lines(PRIMARY);
        let is = lines(
            &PRIMARY.replace("\"primary\"", "\"junior_secondary\"").replace(":365", ":365.0"),
        );
        let mut report = Report::default();
        assert!(report.differences("seeds/a.txt", &differences(&was, &is)));
        assert_eq!(
            report.text,
            "~ seeds/a.txt:17 小学365所 [primary schools 365]\n    \
             level: was \"primary\", is \"junior_secondary\"\n    value: was 365, is 365.0\n"
        );
    }

    #[test]
    fn new_and_lost_records_stand_with_their_sentence() {
        let was = lines(PRIMARY);
        let is = lines(&PRIMARY.replace("\"number_start\":9", "\"number_start\":4"));
        let mut report = Report::default();
        report.differences("a.txt", &differences(&was, &is));
        assert_eq!(
            report.text,
            "+ a.txt:17 小学365所 [primary schools 365]\n    小学365所。\n\
             - a.txt:17 小学365所 [primary schools 365]\n    小学365所。\n"
        );
        assert_eq!((report.changed, report.new, report.lost), (0, 1, 1));
    }

    #[test]
    fn documents_need_names_of_their_own() {
        assert_eq!(distinct_stems(["a/x.txt", "y.md"].into_iter()).unwrap().len(), 2);
        let error = distinct_stems(["a/x.txt", "b/x.md"].into_iter()).unwrap_err().to_string();
        assert!(error.starts_with("b/x.md: expected a name of its own"), "{error}");
    }

    #[test]
    fn a_broken_line_is_named() {
        let error = records(Path::new("g/a.jsonl"), b"{}\n\n{\"line\":").unwrap_err().to_string();
        assert!(error.starts_with("g/a.jsonl row 3: record: expected a JSON object"), "{error}");
    }

    #[test]
    fn long_text_is_shortened_to_one_line() {
        assert_eq!(shortened("小学\n365所"), "小学365所");
        assert_eq!(shortened(&"学".repeat(61)), format!("{}…", "学".repeat(60)));
    }
}
