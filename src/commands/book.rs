//! `edustat extract -o stats.xlsx`: documents to a workbook, a database or a file of columns.
//!
//! In: what `extract` takes. Out: a [`Book`], with what the audit of each document found. `小学365所` of `a.txt` becomes a
//! row of a sheet, a table or a row group.

use std::io::{self, Write};
use std::ops::ControlFlow;
use std::path::Path;

use anyhow::bail;

use super::extract::{fits_stream, told, words_for_people};
use super::order::Hand;
use super::stream::each_line;
use super::{Exit, each_piece, plural, progress, say};
use crate::cli::{Extract, Holding};
use crate::document::Document;
use crate::labels::Labels;
use crate::observation::Observation;
use crate::output::audit::Reported;
use crate::output::book::described::Described;
use crate::output::book::{self, Kind};
use crate::output::fields::Columns;
use crate::output::form::Form;
use crate::pipeline::Pipeline;
use crate::verdict::Account;

/// What is handed over of a document.
enum Piece {
    /// It begins.
    Begin(String),
    /// Some of its records, and what was found in them.
    Read(Vec<Observation<'static>>, Vec<Reported>),
    /// It ends: what is said of it as a whole, what became of its numbers, and what is said of that.
    End(Box<Described>, Account, Option<String>),
}

/// Reads all documents and writes the book.
///
/// # Errors
/// When the arguments contradict each other, the lexicon cannot be read, or the book cannot be
/// written. Documents that cannot be read are reported and make the [`Exit`].
pub(super) fn run(arguments: &Extract, kind: Kind, output: Option<&Path>) -> anyhow::Result<Exit> {
    let path = fits(arguments, kind, output)?;
    let columns = arguments.columns.clone().unwrap_or_else(Columns::all).labelled(arguments.labels);
    // Before the reading: a long run should not end at a database of another program.
    let mut book = book::open(kind, path, columns, arguments.labels)?;
    let mut account = Account::default();
    let tell = arguments.account;
    let work = |pipeline: &Pipeline, document: &Document, hand: Hand<'_, Piece>| {
        let mut described = Described::new(document);
        let mut given = hand(Piece::Begin(document.source.name().to_owned()));
        if given.is_break() {
            return;
        }
        let mut numbers = Account::default();
        pipeline.check_on(document, Some(&mut numbers), |observations, findings| {
            let checks: Vec<_> =
                findings.into_iter().map(|found| Reported::new(found, observations)).collect();
            described.add(observations, &checks);
            let records = observations.drain(..).map(Observation::into_owned).collect();
            given = hand(Piece::Read(records, checks));
            given
        });
        if given.is_continue() {
            let told = if tell { told(false, document, &numbers) } else { None };
            let _: ControlFlow<()> =
                hand(Piece::End(Box::new(described.ended(numbers)), numbers, told));
        }
    };
    let take = |piece| {
        match piece {
            Piece::Begin(source) => book.begin(&source)?,
            Piece::Read(records, checks) => book.read(&records, &checks)?,
            Piece::End(document, numbers, told) => {
                book.end(&document)?;
                account.add(&numbers);
                if let Some(told) = told {
                    progress::clear();
                    // Where standard error is closed there is nobody left to tell.
                    let _ = writeln!(io::stderr().lock(), "{told}");
                }
            }
        }
        Ok(())
    };
    let tally = match arguments.input {
        Holding::Documents => each_piece(&arguments.reading, work, take)?,
        Holding::Jsonl => each_line(&arguments.reading, work, take)?,
    };
    // Where nothing was read there is nothing to replace an older book with.
    if tally.exit() != Exit::Unusable {
        book.finish()?;
    }
    if arguments.account {
        let files = plural(tally.read, "document", "documents");
        say(format_args!("the numbers of {} {files}:\n{account}", tally.read));
    }
    Ok(tally.report())
}

/// Where the book is to be written, if the other arguments go with it.
///
/// # Errors
/// When they do not.
fn fits<'a>(arguments: &Extract, kind: Kind, output: Option<&'a Path>) -> anyhow::Result<&'a Path> {
    let Some(path) = output else {
        bail!("-f {kind}: expected a file to write, given with -o, found standard output");
    };
    if arguments.excel {
        bail!("--excel: expected the format csv, found {kind}");
    }
    if arguments.labels != Labels::Codes && kind != Kind::Xlsx {
        return Err(words_for_people(arguments.labels, Form::Book(kind)));
    }
    if kind == Kind::Sqlite && arguments.columns.is_some() {
        bail!("--columns: expected no choice of columns for sqlite, whose keys and views need all");
    }
    if arguments.input == Holding::Jsonl {
        fits_stream(arguments, Form::Book(kind))?;
    }
    Ok(path)
}
