//! `edustat audit`: does the text agree with itself?
//!
//! In: documents, or records that `extract` wrote. Out: every check that could be made, with what is
//! claimed, what was recomputed, and whether both can be true; then what the documents say of each
//! other. `911所(其中:小学365所;初中546所)` holds.

use std::io::{self, IsTerminal};
use std::path::Path;

use super::order::Hand;
use super::{Exit, each_text, kept, progress, say};
use crate::audit;
use crate::cli::{Audit, FailOn, When};
use crate::error::{Error, ErrorKind};
use crate::lexicon::Lexicon;
use crate::observation::Observation;
use crate::output::Format;
use crate::output::audit::{Report, Reported, Summary};
use crate::output::target::Target;
use crate::pipeline::Pipeline;
use crate::records::{self, RecordFormat};

/// What an input gives.
enum Piece {
    /// A document, or a part of a long one.
    Audited(Audited),
    /// A row that is no record.
    Unread(Error),
}

/// What came of a document, or of a part of a long one.
struct Audited {
    source: String,
    /// Whether it is the first part.
    begins: bool,
    records: usize,
    findings: Vec<Reported>,
    /// What other documents can be held against.
    comparable: Vec<Observation<'static>>,
}

/// Audits all documents.
///
/// # Errors
/// When the lexicon cannot be read or the output cannot be written. Inputs that cannot be read are
/// reported and make the [`Exit`].
pub fn run(arguments: &Audit, color: When) -> anyhow::Result<Exit> {
    // As elsewhere, `-` is the standard stream.
    let output = arguments.output.as_deref().filter(|path| *path != Path::new("-"));
    let terminal = output.is_none() && io::stdout().is_terminal();
    let format = match (arguments.format, output) {
        (Some(format), _) => format,
        (None, Some(path)) => Format::of_path(path)?,
        (None, None) => Format::Table,
    };
    let color = color.colors(terminal);
    let target = match output {
        Some(path) => Target::file(path)?,
        None => Target::stdout(),
    };
    let path = target.path().to_owned();
    let refused = |cause| Error::new(&path, ErrorKind::Write(cause));
    let shown = |found: &Reported| {
        arguments.verdict.is_empty()
            || arguments.verdict.iter().any(|wanted| wanted.code() == found.verdict().code())
    };

    let pipeline = Pipeline::new(arguments.reading.how.assumptions())?;
    let mut report = Report::new(format, color, target);
    let mut summary = Summary::default();
    let mut comparable = Vec::new();
    let mut rows = Vec::new();
    let lexicon = pipeline.lexicon();
    let mut tally = each_text(
        &arguments.reading,
        &pipeline,
        |input, decoded, texts, hand| {
            if let Some(format) = RecordFormat::of(input.path(), &decoded.text) {
                of_records(input.path(), &decoded.text, format, lexicon, hand);
                return Ok(());
            }
            let document = kept(&pipeline, input, decoded, texts)?;
            let mut first = true;
            pipeline.check_on(&document, None, |observations, findings| {
                let piece = audited(input.name(), first, observations, findings);
                first = false;
                hand(Piece::Audited(piece))
            });
            Ok(())
        },
        |piece| {
            let audited = match piece {
                Piece::Audited(audited) => audited,
                Piece::Unread(error) => {
                    rows.push(error);
                    return Ok(());
                }
            };
            summary.add_records(audited.begins, audited.records);
            audited.findings.iter().for_each(|found| summary.add(found));
            comparable.extend(audited.comparable);
            let findings: Vec<_> = audited.findings.into_iter().filter(shown).collect();
            if terminal && !findings.is_empty() {
                progress::clear();
            }
            Ok(report.push(&audited.source, &findings).map_err(refused)?)
        },
    )?;
    tally.failures.extend(rows);
    if tally.read == 0 {
        return Ok(tally.report());
    }
    let between = audit::documents(&comparable, pipeline.lexicon());
    let between: Vec<Reported> =
        between.into_iter().map(|found| Reported::new(found, &comparable)).collect();
    between.iter().for_each(|found| summary.add(found));
    let between: Vec<Reported> = between.into_iter().filter(shown).collect();
    report.push("between documents", &between).map_err(refused)?;
    report.finish(&summary).map_err(refused)?.finish()?;
    if format != Format::Table {
        let mut text = Vec::new();
        summary.write(false, &mut text)?;
        say(format_args!("\n{}", String::from_utf8_lossy(&text).trim_end()));
    }
    let exit = tally.report();
    let failed = match arguments.fail_on {
        FailOn::Error => summary.failed(audit::Severity::Error),
        FailOn::Warning => summary.failed(audit::Severity::Warning),
        FailOn::Never => 0,
    };
    Ok(if failed > 0 { Exit::Failed } else { exit })
}

/// Audits the documents of a file of records.
fn of_records(
    path: &Path,
    text: &str,
    format: RecordFormat,
    lexicon: &Lexicon,
    hand: Hand<'_, Piece>,
) {
    let (records, errors) = records::read(path, text, format);
    for document in records.chunk_by(|a, b| a.source == b.source) {
        let source = document[0].source.to_string();
        let findings = audit::document(document, lexicon);
        let piece = audited(&source, true, &mut document.to_vec(), findings);
        if hand(Piece::Audited(piece)).is_break() {
            return;
        }
    }
    for error in errors {
        if hand(Piece::Unread(error)).is_break() {
            return;
        }
    }
}

fn audited(
    source: &str,
    begins: bool,
    observations: &mut Vec<Observation<'_>>,
    findings: Vec<audit::Finding>,
) -> Audited {
    let findings = findings.into_iter().map(|found| Reported::new(found, observations)).collect();
    let records = observations.len();
    let comparable = observations.drain(..).filter(audit::comparable);
    Audited {
        source: source.to_owned(),
        begins,
        records,
        findings,
        comparable: comparable.map(Observation::into_owned).collect(),
    }
}
