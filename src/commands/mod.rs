//! One file a subcommand, and what they share: reading documents in parallel and in order, and the
//! account of those that failed.
//!
//! In: the command line. Out: an [`Exit`]. With `a.txt` good and `b.txt` missing, `extract` writes
//! the records of `a.txt`, names `b.txt` on standard error and ends with [`Exit::Partial`].

pub mod check;
pub mod eval;
pub mod explain;
pub mod extract;
pub mod list;
mod texts;

use std::fmt;
use std::io::{self, Write};
use std::process::ExitCode;

use rayon::prelude::*;

use crate::cli::{Cli, Command, Reading};
use crate::document::Document;
use crate::error::{Error, ErrorKind};
use crate::pipeline::Pipeline;
use crate::reader::{self, Input};

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
        Command::Check(arguments) => check::run(arguments, cli.color),
        Command::Eval(arguments) => eval::run(arguments, cli.color),
        Command::Explain(arguments) => explain::run(arguments, cli.color),
        Command::List(arguments) => list::run(arguments, cli.color),
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

fn is_broken_pipe(error: &Error) -> bool {
    match &error.kind {
        ErrorKind::Write(cause) => cause.kind() == io::ErrorKind::BrokenPipe,
        ErrorKind::Read(_)
        | ErrorKind::NoTexts
        | ErrorKind::NoLine { .. }
        | ErrorKind::NotText { .. }
        | ErrorKind::UnknownRegion(_)
        | ErrorKind::Unfit { .. }
        | ErrorKind::Row { .. } => false,
    }
}

/// Says something on standard error, under the name of the program.
pub fn say(message: impl fmt::Display) {
    // Where standard error is closed there is nobody left to tell.
    let _ = writeln!(io::stderr().lock(), "edustat: {message}");
}

/// What became of the inputs.
#[derive(Debug, Default)]
pub struct Tally {
    /// Inputs that were read.
    pub read: usize,
    /// Why the others were not.
    pub failures: Vec<Error>,
}

impl Tally {
    /// Lists the failures on standard error and says how the run ends because of them.
    pub fn report(&self) -> Exit {
        for failure in &self.failures {
            say(failure);
        }
        let (failed, all) = (self.failures.len(), self.read + self.failures.len());
        if failed > 0 {
            say(format_args!("{failed} of {all} {} failed", plural(all, "input", "inputs")));
        }
        match (self.read, failed) {
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

/// Documents that a thread gets before the results are taken: bounds the memory of a long run.
const DOCUMENTS_PER_THREAD: usize = 16;

/// Reads all documents, does `work` for each on any thread, and gives the results to `take` in the
/// order of the inputs, whatever the number of threads.
///
/// Inputs that cannot be read are no error here; they are in the [`Tally`]. Characters that had to
/// be replaced are warned of on standard error.
///
/// # Errors
/// When the lexicon cannot be read, no threads are to be had, `take` fails, or the texts cannot be kept
/// where they are to be.
pub fn each_document<T: Send>(
    reading: &Reading,
    work: impl Fn(&Pipeline, &Document) -> T + Sync,
    mut take: impl FnMut(T) -> anyhow::Result<()>,
) -> anyhow::Result<Tally> {
    let pipeline = Pipeline::new(reading.how.assumptions())?;
    let threads = reading.jobs.map_or(0, std::num::NonZeroUsize::get);
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build()?;
    let encoding = reading.how.encoding.into();
    let (inputs, failures) = reader::collect(&reading.paths);
    let texts =
        reading.write_text.as_deref().map(|folder| Texts::new(folder, &inputs)).transpose()?;
    let mut tally = Tally { read: 0, failures };
    for batch in inputs.chunks(DOCUMENTS_PER_THREAD * pool.current_num_threads()) {
        let results: Vec<_> = pool.install(|| {
            let one = |input| -> Result<_, Error> {
                let decoded = reader::read(input, encoding)?;
                let document = pipeline.document(input.name().to_string(), decoded.text);
                let kept = texts.as_ref().map_or(Ok(()), |texts| texts.keep(&document));
                Ok((decoded.replaced, kept.map(|()| work(&pipeline, &document))))
            };
            batch.par_iter().map(one).collect()
        });
        for (input, result) in batch.iter().zip(results) {
            match result {
                Ok((replaced, result)) => {
                    warn_of(input, replaced);
                    tally.read += 1;
                    take(result?)?;
                }
                Err(failure) => tally.failures.push(failure),
            }
        }
    }
    Ok(tally)
}

/// Warns of the characters of an input that had to be replaced.
fn warn_of(input: &Input, replaced: usize) {
    if replaced > 0 {
        let characters = plural(replaced, "place", "places");
        say(format_args!(
            "warning: {}: {replaced} {characters} could not be decoded and became U+FFFD",
            input.name()
        ));
    }
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
            assert_eq!(Tally { read, failures }.report(), exit);
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
