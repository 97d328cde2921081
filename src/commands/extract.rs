//! `edustat extract`: documents to records.
//!
//! In: files, folders, standard input, or streams of a document a line. Out: their records as table, CSV,
//! JSON or JSON Lines, in the order of the inputs. `小学365所` in `a.txt` becomes the line
//! `a.txt,2,晋城市,…,365,…`.

use std::io::{self, IsTerminal, Write};
use std::ops::ControlFlow;
use std::path::Path;

use anyhow::{anyhow, bail};

use super::order::Hand;
use super::stream::each_line;
use super::{Exit, book, each_piece, plural, progress, say};
use crate::cli::{Encoding as Choice, Extract, Holding, When};
use crate::document::Document;
use crate::error::{Error, ErrorKind};
use crate::labels::Labels;
use crate::output::account;
use crate::output::csv::Dialect;
use crate::output::fields::Columns;
use crate::output::form::Form;
use crate::output::target::Target;
use crate::output::{Block, Format, Records, Style, table};
use crate::pipeline::Pipeline;
use crate::text::decode::{Decoding, Encoding};
use crate::verdict::Account;

/// What is handed over of a document.
enum Piece {
    /// Some of its records.
    Records(Block),
    /// It ends here: what became of its numbers, and what is said of that.
    End(Account, Option<String>),
}

/// Reads all documents and writes their records.
///
/// # Errors
/// When the arguments contradict each other, the lexicon cannot be read, or the output cannot be
/// written. Documents that cannot be read are reported and make the [`Exit`].
pub fn run(arguments: &Extract, color: When) -> anyhow::Result<Exit> {
    // As elsewhere, `-` is the standard stream.
    let output = arguments.output.as_deref().filter(|path| *path != Path::new("-"));
    let terminal = output.is_none() && io::stdout().is_terminal();
    let format = match form(arguments, output, terminal)? {
        Form::Book(kind) => return book::run(arguments, kind, output),
        Form::Text(format) => format,
    };
    let style = style(arguments, format, terminal, color)?;
    // Before the reading: a long run should not end at a folder that does not exist.
    let target = match output {
        Some(path) => Target::file(path)?,
        None => Target::stdout(),
    };
    let path = target.path().to_owned();
    let refused = |cause| Error::new(&path, ErrorKind::Write(cause));

    let mut records = Records::new(&style, target);
    let mut account = Account::default();
    let work = |pipeline: &Pipeline, document: &Document, hand: Hand<'_, Piece>| {
        let mut given = ControlFlow::Continue(());
        let mut numbers = Account::default();
        let account = arguments.account.then_some(&mut numbers);
        pipeline.read_on(document, account, |observations| {
            let mut blocks = observations.chunks(style.at_once());
            given = blocks.try_for_each(|some| {
                hand(Piece::Records(style.block_with(&document.passed, some)))
            });
            given
        });
        if given.is_continue() {
            let told =
                arguments.account.then(|| told(style.is_json(), document, &numbers)).flatten();
            let _ = hand(Piece::End(numbers, told));
        }
    };
    let stream = arguments.input == Holding::Jsonl;
    let take = |piece| {
        match piece {
            Piece::Records(block) => {
                if terminal && matches!(block, Block::Bytes(_)) {
                    progress::clear();
                }
                records.push(block).map_err(refused)?;
            }
            Piece::End(numbers, told) => {
                account.add(&numbers);
                if let Some(told) = told {
                    progress::clear();
                    // Where standard error is closed there is nobody left to tell.
                    let _ = writeln!(io::stderr().lock(), "{told}");
                }
                // Whoever sent the line may wait for its records before sending the next.
                if stream {
                    records.flush().map_err(refused)?;
                }
            }
        }
        Ok(())
    };
    let tally = match arguments.input {
        Holding::Documents => each_piece(&arguments.reading, work, take)?,
        Holding::Jsonl => each_line(&arguments.reading, work, take)?,
    };
    // Where nothing was read there is nothing to replace an older file with.
    if tally.exit() != Exit::Unusable {
        records.finish().map_err(refused)?.finish()?;
    }
    if arguments.account && !style.is_json() {
        let files = plural(tally.read, "document", "documents");
        say(format_args!("the numbers of {} {files}:\n{account}", tally.read));
    }
    Ok(tally.report())
}

/// What the account says of one document: for programs everything, for people its encoding where that
/// is not the usual one.
pub(super) fn told(json: bool, document: &Document, account: &Account) -> Option<String> {
    if json {
        return Some(account::line(document, account));
    }
    let (name, Decoding { encoding, basis, .. }) = (document.source.name(), document.decoding);
    (encoding != Encoding::Utf8).then(|| format!("edustat: {name}: {encoding} ({basis})"))
}

/// How the records are to be written.
///
/// # Errors
/// When the other arguments do not go with the format.
fn style(
    arguments: &Extract,
    format: Format,
    terminal: bool,
    color: When,
) -> anyhow::Result<Style> {
    if arguments.input == Holding::Jsonl {
        fits_stream(arguments, Form::Text(format))?;
    }
    if arguments.excel && format != Format::Csv {
        bail!("--excel: expected the format csv, found {format}");
    }
    let labels = arguments.labels;
    if labels != Labels::Codes && matches!(format, Format::Json | Format::Jsonl) {
        return Err(words_for_people(labels, Form::Text(format)));
    }
    let columns = || arguments.columns.clone().unwrap_or_else(Columns::all).labelled(labels);
    Ok(match format {
        Format::Table => {
            let columns = match &arguments.columns {
                Some(columns) => columns.clone(),
                None => table::READING.parse()?,
            };
            let columns = columns.labelled(labels);
            let width = terminal.then(terminal_width).flatten();
            Style::Table(columns, table::Setting { width, color: color.colors(terminal) })
        }
        Format::Csv if arguments.excel => Style::Csv(columns(), Dialect::Excel),
        Format::Csv => Style::Csv(columns(), Dialect::Plain),
        Format::Json => Style::Json(columns()),
        Format::Jsonl => Style::Jsonl(columns()),
    })
}

/// What is to be written.
///
/// # Errors
/// When the name of the output tells no form and none is given.
fn form(arguments: &Extract, output: Option<&Path>, terminal: bool) -> anyhow::Result<Form> {
    Ok(match (arguments.format, output) {
        (Some(form), _) => form,
        (None, Some(path)) => Form::of_path(path)?,
        (None, None) if arguments.excel => Form::Text(Format::Csv),
        (None, None) if arguments.input == Holding::Jsonl => Form::Text(Format::Jsonl),
        (None, None) if terminal => Form::Text(Format::Table),
        (None, None) => Form::Text(Format::Csv),
    })
}

/// Why a form that programs read has no labels.
pub(super) fn words_for_people(labels: Labels, form: Form) -> anyhow::Error {
    anyhow!(
        "--labels {labels}: expected the format table, csv or xlsx, found {form}, which programs read by its codes"
    )
}

/// Whether the other arguments go with a stream.
///
/// # Errors
/// When they do not.
pub(super) fn fits_stream(arguments: &Extract, form: Form) -> anyhow::Result<()> {
    if form == Form::Text(Format::Table) {
        bail!(
            "--input jsonl: expected the format jsonl, json or csv, found table, whose columns are as wide \
             as all records of the stream ask for"
        );
    }
    if !matches!(arguments.reading.how.encoding, Choice::Auto | Choice::Utf8) {
        bail!("--input jsonl: expected no --encoding but utf-8, which is that of JSON");
    }
    if arguments.reading.write_text.is_some() {
        bail!("--input jsonl: expected no --write-text: the texts are in the stream");
    }
    Ok(())
}

pub(super) fn terminal_width() -> Option<usize> {
    terminal_size::terminal_size_of(io::stdout()).map(|(width, _)| usize::from(width.0))
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;
    use crate::cli::{Cli, Command};

    /// The style that the words of a command line ask for.
    fn style_of(words: &str, terminal: bool) -> anyhow::Result<Style> {
        let words = ["edustat", "extract", "a"].into_iter().chain(words.split_whitespace());
        match Cli::parse_from(words).command {
            Command::Extract(extract) => {
                let output = extract.output.as_deref();
                let terminal = terminal && output.is_none();
                match form(&extract, output, terminal)? {
                    Form::Text(format) => style(&extract, format, terminal, When::Auto),
                    Form::Book(kind) => panic!("{kind}"),
                }
            }
            _ => panic!("another command"),
        }
    }

    #[test]
    fn a_terminal_gets_a_table_and_a_pipe_gets_csv() {
        assert!(matches!(style_of("", true).unwrap(), Style::Table(..)));
        assert!(matches!(style_of("", false).unwrap(), Style::Csv(_, Dialect::Plain)));
        assert!(matches!(style_of("--excel", true).unwrap(), Style::Csv(_, Dialect::Excel)));
    }

    #[test]
    fn what_is_said_wins_over_the_name() {
        assert!(matches!(style_of("-o a.json", true).unwrap(), Style::Json(_)));
        assert!(matches!(style_of("-o a.json -f jsonl", true).unwrap(), Style::Jsonl(_)));
        assert!(matches!(style_of("-o a.xlsx -f csv", true).unwrap(), Style::Csv(..)));
    }

    #[test]
    fn contradictions_are_refused() {
        for wrong in ["-o a.xls", "-o a", "-o a.json --excel", "-f table --excel"] {
            assert!(style_of(wrong, false).is_err(), "{wrong}");
        }
    }
}
