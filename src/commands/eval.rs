//! `edustat eval`: how good today's records are, held against gold records.
//!
//! In: documents, and a folder with `NAME.gold.jsonl` for the document `NAME.txt`. Out: precision, recall
//! and F1 of finding the observations and of whole records, the accuracy of each field, and every
//! mistake with its place. What gold is, `evaluation/gold.rs` says.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};

use super::check::{distinct_stems, stem};
use super::{Exit, each_document, plural, say};
use crate::cli::{Eval, EvalFormat, When};
use crate::document::Document;
use crate::error::{Error, ErrorKind};
use crate::evaluation::gold::{self, Gold};
use crate::evaluation::{Counts, Mistake, Ratio, compare};
use crate::lexicon::fold;
use crate::observation::Observation;
use crate::output::evaluation::{Evaluation, Placed};
use crate::output::target::Target;
use crate::shown;

/// What the name of a gold file ends in.
const GOLD: &str = ".gold.jsonl";

/// Characters of the line that are shown before and behind a mention.
const AROUND: usize = 14;

/// What became of one document.
struct Scored {
    counts: Counts,
    mistakes: Vec<Placed>,
    errors: Vec<Error>,
}

/// Compares all documents with their gold.
///
/// # Errors
/// When two documents would share a gold file, the lexicon cannot be read, or the output cannot be
/// written. Documents and gold that cannot be read are reported and make the [`Exit`].
pub fn run(arguments: &Eval, color: When) -> anyhow::Result<Exit> {
    let mut scores = Vec::new();
    let mut tally = each_document(
        &arguments.reading,
        |pipeline, document| {
            let name = document.source.name().to_owned();
            let path = arguments.gold.join(format!("{}{GOLD}", stem(&name)));
            let scored = match fs::read(&path) {
                Ok(bytes) => Ok(score(document, &pipeline.observe(document), &path, &bytes)),
                Err(cause) => Err((path, cause)),
            };
            (name, scored)
        },
        |scored| {
            scores.push(scored);
            Ok(())
        },
    )?;
    let stems = distinct_stems(scores.iter().map(|(name, _)| name.as_str()))?;
    let mut evaluation = Evaluation::default();
    let mut unusable = 0;
    for (name, scored) in scores {
        match scored {
            Ok(Scored { counts, mistakes, errors }) => {
                evaluation.total.add(&counts);
                evaluation.documents.push((name, counts));
                evaluation.mistakes.extend(mistakes);
                errors.iter().for_each(say);
                unusable += errors.len();
            }
            Err((path, cause)) if cause.kind() == io::ErrorKind::NotFound => {
                let (name, path) = (shown::path(Path::new(&name)), shown::path(&path));
                say(format_args!("{name}: not scored: there is no {path}"));
            }
            Err((path, cause)) => {
                tally.read -= 1;
                tally.failures.push(Error::new(path, ErrorKind::Read(cause)));
            }
        }
    }
    if arguments.reading.paths.iter().any(|path| path.is_dir()) {
        let failed: BTreeSet<_> = tally.failures.iter().map(|error| stem(&error.path)).collect();
        for (path, stem) in gold_files(&arguments.gold) {
            if !stems.contains(&stem) && !failed.contains(&stem) {
                say(format_args!("{}: not scored: its document is not there", shown::path(&path)));
            }
        }
    }
    let exit = tally.report();
    if evaluation.documents.is_empty() {
        say(format_args!(
            "{}: expected NAME{GOLD} for a document NAME.txt, found none",
            shown::path(&arguments.gold)
        ));
        return Ok(Exit::Unusable);
    }
    write(arguments, &evaluation, color)?;
    if unusable > 0 {
        let lines = plural(unusable, "line", "lines");
        say(format_args!("{unusable} {lines} of the gold could not be used"));
    }
    let total = &evaluation.total;
    let record = reaches("record", total.record().f1, arguments.min_record);
    let detection = reaches("detection", total.detection().f1, arguments.min_detection);
    Ok(match exit {
        _ if !(record && detection) => Exit::Failed,
        Exit::Done if unusable > 0 => Exit::Partial,
        exit => exit,
    })
}

fn write(arguments: &Eval, evaluation: &Evaluation, color: When) -> anyhow::Result<()> {
    let mut out = Target::stdout();
    let path = out.path().to_owned();
    let show = arguments.show.unwrap_or(usize::MAX);
    match arguments.format {
        EvalFormat::Table => {
            let color = color.colors(io::stdout().is_terminal());
            evaluation.write_text(show, color, &mut out)
        }
        EvalFormat::Json => evaluation.write_json(show, &mut out),
    }
    .map_err(|cause| Error::new(path, ErrorKind::Write(cause)))?;
    Ok(out.finish()?)
}

/// Whether F1 reaches the threshold, where there is one; says so if not.
fn reaches(name: &str, f1: Ratio, least: Option<rust_decimal::Decimal>) -> bool {
    let Some(least) = least.filter(|&least| !f1.reaches(least)) else { return true };
    let found = f1.rounded(6);
    say(format_args!("{name} F1: expected at least {least}, found {found}"));
    false
}

/// The gold files of a folder, sorted, each with the stem of its document.
fn gold_files(folder: &Path) -> Vec<(PathBuf, String)> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut files: Vec<(PathBuf, String)> = entries
        .filter_map(|entry| {
            let stem = entry.file_name().to_str()?.strip_suffix(GOLD)?.to_owned();
            Some((entry.path(), stem))
        })
        .collect();
    files.sort();
    files
}

/// Compares the records of a document with its gold, and finds the place of each mistake.
fn score(document: &Document, records: &[Observation<'_>], path: &Path, bytes: &[u8]) -> Scored {
    let source = &document.source;
    let chars: Vec<(usize, char)> = source.text().char_indices().collect();
    let gold: Gold = gold::read(path, bytes, chars.len());
    let (counts, mistakes) = compare(records, &gold);
    let mistakes = mistakes.into_iter().map(|mistake| Placed {
        source: source.name().to_owned(),
        line: source.line(chars[mistake.start].0).0,
        context: context(&chars, &mistake),
        mistake,
    });
    Scored { counts, mistakes: mistakes.collect(), errors: gold.errors }
}

/// The mention of a mistake between `⟦⟧` with what stands around it in its line; of a number that was
/// missed, its digits.
fn context(chars: &[(usize, char)], mistake: &Mistake) -> String {
    let is_digit = |c: char| fold(c).is_ascii_digit() || matches!(fold(c), '.' | ',');
    let (start, end) = mistake.mention.unwrap_or_else(|| {
        let rest = &chars[mistake.start..];
        let digits = rest.iter().take_while(|(_, c)| is_digit(*c)).count();
        (mistake.start, mistake.start + digits.max(1))
    });
    let line = |c: &&(usize, char)| !matches!(c.1, '\n' | '\r');
    let before: Vec<char> =
        chars[..start].iter().rev().take_while(line).take(AROUND).map(|c| c.1).collect();
    let inside = chars[start..end].iter().filter(line).map(|c| c.1);
    let behind = chars[end..].iter().take_while(line).take(AROUND).map(|c| c.1);
    let whole = before.into_iter().rev().chain(['⟦']).chain(inside).chain(['⟧']).chain(behind);
    whole.filter(|c| !c.is_control()).collect::<String>().trim().to_owned()
}
