//! One file a subcommand, and what they share: reading documents in parallel and in order, and the
//! account of those that failed.
//!
//! In: the command line. Out: an [`Exit`]. With `a.txt` good and `b.txt` missing, `extract` writes
//! the records of `a.txt`, names `b.txt` on standard error and ends with [`Exit::Partial`].

pub mod audit;
mod book;
pub mod check;
pub mod completions;
pub mod eval;
pub mod explain;
pub mod extract;
pub mod list;
pub mod man;
pub mod order;
mod progress;
pub mod report;
pub mod schema;
mod stream;
mod texts;

use std::fmt;
use std::io::{self, Write};
use std::num::NonZeroUsize;
use std::process::ExitCode;
use std::thread;

use crate::cli::{Cli, Command, Reading};
use crate::document::Document;
use crate::error::{Error, ErrorKind};
use crate::pipeline::Pipeline;
use crate::reader::{self, Input};
use crate::shown::{self, is_unseen};
use crate::text::decode::{Decoded, Decoding};
use order::{Hand, in_order};
use progress::Progress;
use texts::Texts;

/// How a run ended: the exit codes of the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// 0: all was done.
    Done,
    /// 1: a check that was asked for failed.
    Failed,
    /// 2: wrong usage, or nothing could be read.
    Unusable,
    /// 3: some inputs failed; the others were written.
    Partial,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        ExitCode::from(match exit {
            Exit::Done => 0,
            Exit::Failed => 1,
            Exit::Unusable => 2,
            Exit::Partial => 3,
        })
    }
}

/// Runs the command; what goes wrong is said on standard error.
pub fn run(cli: &Cli) -> Exit {
    let result = match &cli.command {
        Command::Extract(arguments) => extract::run(arguments, cli.color),
        Command::Audit(arguments) => audit::run(arguments, cli.color),
        Command::Check(arguments) => check::run(arguments, cli.color),
        Command::Eval(arguments) => eval::run(arguments, cli.color),
        Command::Explain(arguments) => explain::run(arguments, cli.color),
        Command::Report(arguments) => report::run(arguments),
        Command::List(arguments) => list::run(arguments, cli.color),
        Command::Schema(arguments) => schema::run(arguments),
        Command::Completions(arguments) => completions::run(arguments),
        Command::Man(arguments) => man::run(arguments),
    };
    result.unwrap_or_else(|error| {
        // `edustat extract seeds | head` has seen enough: nothing went wrong.
        if error.downcast_ref().is_some_and(is_broken_pipe) {
            return Exit::Done;
        }
        say(&error);
        Exit::Unusable
    })
}

/// Prints what is wrong with the arguments, or the help that they ask for. An argument may be the name
/// of a file that a shell filled in, so what it has no business with on a terminal is left out.
pub fn refuse(error: &clap::Error) -> ExitCode {
    let text = error.render().to_string();
    let seen = |c: &char| *c == '\n' || !is_unseen(*c);
    // Where the stream is closed there is nobody left to tell.
    let _ = if text.chars().all(|c| seen(&c)) {
        error.print()
    } else {
        write!(io::stderr().lock(), "{}", text.chars().filter(seen).collect::<String>())
    };
    ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2))
}

fn is_broken_pipe(error: &Error) -> bool {
    match &error.kind {
        ErrorKind::Write(cause) => cause.kind() == io::ErrorKind::BrokenPipe,
        ErrorKind::Read(_)
        | ErrorKind::TooLong { .. }
        | ErrorKind::Shrunk { .. }
        | ErrorKind::NoTexts
        | ErrorKind::NoLine { .. }
        | ErrorKind::NotText { .. }
        | ErrorKind::UnknownRegion(_)
        | ErrorKind::Unfit { .. }
        | ErrorKind::Line { .. }
        | ErrorKind::Row { .. } => false,
    }
}

/// Says something on standard error, under the name of the program.
pub fn say(message: impl fmt::Display) {
    // What is quoted in it comes from strangers. Paths write their line ends out.
    let message = message.to_string();
    let message: String = message.chars().filter(|&c| c == '\n' || !is_unseen(c)).collect();
    progress::clear();
    // Where standard error is closed there is nobody left to tell.
    let _ = writeln!(io::stderr().lock(), "edustat: {message}");
}

/// What became of the inputs.
#[derive(Debug, Default)]
pub struct Tally {
    /// Inputs that were read.
    pub read: usize,
    /// Why others were not.
    pub failures: Vec<Error>,
    /// Inputs that failed and were reported at once: a stream may have any number of them.
    pub told: usize,
}

impl Tally {
    /// Lists the failures on standard error and says how the run ends because of them.
    pub fn report(&self) -> Exit {
        for failure in &self.failures {
            say(failure);
        }
        let failed = self.failed();
        let all = self.read + failed;
        if failed > 0 {
            say(format_args!("{failed} of {all} {} failed", plural(all, "input", "inputs")));
        }
        self.exit()
    }

    fn failed(&self) -> usize {
        self.failures.len() + self.told
    }

    /// How the run ends because of the failures.
    pub fn exit(&self) -> Exit {
        match (self.read, self.failed()) {
            (_, 0) => Exit::Done,
            (0, _) => Exit::Unusable,
            (_, _) => Exit::Partial,
        }
    }
}

/// The word for so many things.
pub const fn plural(count: usize, one: &'static str, many: &'static str) -> &'static str {
    if count == 1 { one } else { many }
}

/// Reads all documents, does `work` for each on any thread, and gives the results to `take` in the
/// order of the inputs, whatever the number of threads.
///
/// # Errors
/// Those of [`each_piece`].
pub fn each_document<T: Send>(
    reading: &Reading,
    work: impl Fn(&Pipeline, &Document) -> T + Sync,
    take: impl FnMut(T) -> anyhow::Result<()> + Send,
) -> anyhow::Result<Tally> {
    // Where nobody takes any more, there is nothing to stop behind the only piece.
    let whole = |pipeline: &Pipeline, document: &Document, hand: Hand<'_, T>| {
        let _ = hand(work(pipeline, document));
    };
    each_piece(reading, whole, take)
}

/// The same as [`each_document`] for results that are handed over piece by piece.
///
/// # Errors
/// When the lexicon cannot be read, and those of [`each_text`].
pub fn each_piece<T: Send>(
    reading: &Reading,
    work: impl Fn(&Pipeline, &Document, Hand<'_, T>) + Sync,
    take: impl FnMut(T) -> anyhow::Result<()> + Send,
) -> anyhow::Result<Tally> {
    let pipeline = Pipeline::new(reading.how.assumptions())?;
    let work = |input: &Input, decoded: Decoded, texts: Option<&Texts>, hand: Hand<'_, T>| {
        work(&pipeline, &kept(&pipeline, input, decoded, texts)?, hand);
        Ok(())
    };
    each_text(reading, &pipeline, work, take)
}

/// The document of an input; its text is kept where texts are to be.
///
/// # Errors
/// [`ErrorKind::Write`] when it cannot be kept.
pub fn kept(
    pipeline: &Pipeline,
    input: &Input,
    decoded: Decoded,
    texts: Option<&Texts>,
) -> Result<Document, Error> {
    let mut document = pipeline.document(input.name().to_owned(), decoded.text);
    document.decoding = decoded.decoding;
    texts.map_or(Ok(()), |texts| texts.keep(&document))?;
    Ok(document)
}

/// What comes of an input.
enum Step<T> {
    /// It was read: so many bytes of text, and perhaps something to be warned of.
    Read(usize, Option<String>),
    /// A piece of the result.
    Piece(T),
    /// It could not be read.
    Failed(Error),
    /// Nothing more can be done.
    Ended(Error),
}

/// Reads and decodes all inputs, does `work` for each on any thread, and gives what it hands over to
/// `take`, in the order of the inputs. Where texts are to be kept, that is for `work` to do.
///
/// Inputs that cannot be read are no error here; they are in the [`Tally`]. Characters that had to
/// be replaced are warned of on standard error.
///
/// # Errors
/// When no threads are to be had, `work` or `take` fails, or there can be no folder for the texts.
pub fn each_text<T: Send>(
    reading: &Reading,
    pipeline: &Pipeline,
    work: impl Fn(&Input, Decoded, Option<&Texts>, Hand<'_, T>) -> Result<(), Error> + Sync,
    mut take: impl FnMut(T) -> anyhow::Result<()> + Send,
) -> anyhow::Result<Tally> {
    let (encoding, most) = (reading.how.encoding.into(), reading.how.max_file_size);
    let (inputs, failures) = reader::collect(&reading.paths);
    let texts =
        reading.write_text.as_deref().map(|folder| Texts::new(folder, &inputs)).transpose()?;
    let mut tally = Tally { failures, ..Tally::default() };
    let mut progress = Progress::new(reading.progress, Some(inputs.len()), pipeline);
    let one = |input: &Input, hand: Hand<'_, Step<T>>| {
        let decoded = match reader::read(input, encoding, most) {
            Ok(decoded) => decoded,
            Err(failure) => {
                let _ = hand(Step::Failed(failure));
                return;
            }
        };
        let warning = warning(input, &decoded.decoding);
        if hand(Step::Read(decoded.text.len(), warning)).is_break() {
            return;
        }
        let done = work(input, decoded, texts.as_ref(), &mut |piece| hand(Step::Piece(piece)));
        if let Err(error) = done {
            let _ = hand(Step::Ended(error));
        }
    };
    in_order(inputs.iter(), threads(reading), one, |step| {
        match step {
            Step::Read(bytes, warning) => {
                progress.begin(bytes);
                if let Some(warning) = warning {
                    say(warning);
                }
                tally.read += 1;
            }
            Step::Piece(piece) => take(piece)?,
            Step::Failed(failure) => {
                progress.begin(0);
                tally.failures.push(failure);
            }
            Step::Ended(error) => return Err(error.into()),
        }
        Ok(())
    })?;
    Ok(tally)
}

/// The threads that are to be used.
fn threads(reading: &Reading) -> NonZeroUsize {
    let threads = reading.jobs.or_else(|| thread::available_parallelism().ok());
    threads.unwrap_or(NonZeroUsize::MIN)
}

/// What is to be said of the bytes of an input that are no characters.
fn warning(input: &Input, decoding: &Decoding) -> Option<String> {
    let first = decoding.first_replaced?;
    let (places, count) = (decoding.replaced, decoding.replaced_bytes);
    let bytes = plural(count, "byte", "bytes");
    Some(format!(
        "warning: {}: byte {first}: expected {}, found {count} malformed {bytes}{}, read as U+FFFD",
        shown::path(input.path()),
        decoding.encoding,
        if places > 1 { format!(" in {places} places, this the first") } else { String::new() },
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_depends_on_what_was_read() {
        let failure = || Error::new("a.txt", ErrorKind::NoTexts);
        for (read, failures, exit) in [
            (2, vec![], Exit::Done),
            (1, vec![failure()], Exit::Partial),
            (0, vec![failure()], Exit::Unusable),
        ] {
            assert_eq!(Tally { read, failures, told: 0 }.report(), exit);
        }
    }

    #[test]
    fn only_a_broken_pipe_is_quiet() {
        let write = |kind| Error::new("out", ErrorKind::Write(io::Error::from(kind)));
        assert!(is_broken_pipe(&write(io::ErrorKind::BrokenPipe)));
        assert!(!is_broken_pipe(&write(io::ErrorKind::StorageFull)));
        assert!(!is_broken_pipe(&Error::new("in", ErrorKind::NoTexts)));
    }
}
