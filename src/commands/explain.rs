//! `edustat explain`: a document to the reasons for every number in it.
//!
//! In: one file, or one line of it. Out: for each number its verdict, the words that bound it and where
//! its context was found, as text or JSON. `edustat explain a.txt:12` explains line 12 of `a.txt`.

use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};

use super::{Exit, say, warning};
use crate::cli::{Explain, Telling, When};
use crate::error::{Error, ErrorKind};
use crate::output::explanation::{Head, json, text};
use crate::output::table::Setting;
use crate::output::target::Target;
use crate::pipeline::Pipeline;
use crate::reader::{Input, read};
use crate::text::source::SourceText;
use crate::text::span::LineNumber;

/// Reads one document and writes what became of its numbers.
///
/// # Errors
/// When the document cannot be read or has no such line, the region is unknown, or the output cannot be
/// written.
pub fn run(arguments: &Explain, color: When) -> anyhow::Result<Exit> {
    let (path, line) = place(&arguments.place);
    if path.is_dir() {
        let cause = io::Error::other("expected one file, found a folder");
        return Err(Error::new(path, ErrorKind::Read(cause)).into());
    }
    let (mut inputs, failures) = crate::reader::collect(&[path]);
    if let Some(failure) = failures.into_iter().next() {
        return Err(failure.into());
    }
    let Some(input) = inputs.pop() else { return Ok(Exit::Done) };
    let pipeline = Pipeline::new(arguments.how.assumptions())?;
    let decoded = read(&input, arguments.how.encoding.into(), arguments.how.max_file_size)?;
    if let Some(warning) = warning(&input, &decoded.decoding) {
        say(warning);
    }
    let mut document = pipeline.document(input.name().to_owned(), decoded.text);
    document.decoding = decoded.decoding;
    let line = line.map(|line| existing(&line, &document.source, &input)).transpose()?;

    let mut told = pipeline.explain(&document);
    told.retain(|explanation| line.is_none_or(|line| explanation.number.line == line));
    let stated = arguments.how.published.is_none() || document.dated;
    let head = Head { document: &document, stated, line };

    let mut target = Target::stdout();
    let bytes = match arguments.format {
        Telling::Json => json(&head, &told),
        Telling::Text => {
            let terminal = io::stdout().is_terminal();
            let width = terminal.then(super::extract::terminal_width).flatten();
            text(&head, &told, Setting { width, color: color.colors(terminal) })
        }
    };
    let name = target.path().to_owned();
    let refused = |cause| Error::new(&name, ErrorKind::Write(cause));
    target.write_all(&bytes).map_err(refused)?;
    target.finish()?;
    Ok(Exit::Done)
}

/// The file that is meant, and the digits of the line: an existing file of the whole name is that file.
fn place(argument: &Path) -> (PathBuf, Option<String>) {
    let whole = || (argument.to_owned(), None);
    if argument.exists() {
        return whole();
    }
    match argument.to_str().and_then(|text| text.rsplit_once(':')) {
        Some((file, line)) if !line.is_empty() && line.bytes().all(|b| b.is_ascii_digit()) => {
            (PathBuf::from(file), Some(line.to_owned()))
        }
        _ => whole(),
    }
}

/// The line that digits name.
///
/// # Errors
/// [`ErrorKind::NoLine`] when the text has no such line.
fn existing(digits: &str, source: &SourceText, input: &Input) -> Result<LineNumber, Error> {
    // A line end ends the last line and begins none.
    let last = source.line(source.text().len().saturating_sub(1));
    let line = digits.parse().map(LineNumber).ok();
    line.filter(|line| (LineNumber(1)..=last).contains(line)).ok_or_else(|| {
        let found = digits.to_owned();
        Error::new(input.path(), ErrorKind::NoLine { lines: last.0, found })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_a_file_and_perhaps_a_line() {
        for (argument, file, line) in [
            ("a.txt", "a.txt", None),
            ("a.txt:12", "a.txt", Some("12")),
            ("a:3:12", "a:3", Some("12")),
            ("-:2", "-", Some("2")),
            ("a.txt:", "a.txt:", None),
            ("a.txt:1a", "a.txt:1a", None),
        ] {
            let expected = (PathBuf::from(file), line.map(str::to_owned));
            assert_eq!(place(Path::new(argument)), expected);
        }
    }
}
