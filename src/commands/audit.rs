//! `edustat audit`: does the text agree with itself?
//!
//! In: documents, or records that `extract` wrote. Out: every check that could be made, with what is
//! claimed, what was recomputed, and whether both can be true; then what the documents say of each
//! other. `911所(其中:小学365所;初中546所)` holds.

use std::io::{self, IsTerminal};
use std::path::Path;

use super::{Exit, each_input, say};
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

/// What came of one document.
struct Audited {
    source: String,
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
    let terminal = arguments.output.is_none() && io::stdout().is_terminal();
    let format = match (arguments.format, arguments.output.as_deref()) {
        (Some(format), _) => format,
        (None, Some(path)) => Format::of_path(path)?,
        (None, None) => Format::Table,
    };
    let color = color.colors(terminal);
    let target = match arguments.output.as_deref() {
        Some(path) if path != Path::new("-") => Target::file(path)?,
        _ => Target::stdout(),
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
    let mut tally = each_input(
        &arguments.reading,
        |input, text| match RecordFormat::of(input.path(), &text) {
            Some(format) => of_records(input.path(), &text, format, pipeline.lexicon()),
            None => {
                let document = pipeline.document(input.name().to_owned(), text);
                let (observations, _, findings) = pipeline.audit(&document);
                (vec![audited(observations, findings, input.name())], Vec::new())
            }
        },
        |(documents, errors): (Vec<Audited>, Vec<Error>)| {
            rows.extend(errors);
            for document in documents {
                summary.document(document.records);
                document.findings.iter().for_each(|found| summary.add(found));
                comparable.extend(document.comparable);
                let findings: Vec<_> = document.findings.into_iter().filter(shown).collect();
                report.push(&document.source, &findings).map_err(refused)?;
            }
            Ok(())
        },
    )?;
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
    tally.failures.extend(rows);
    let exit = tally.report();
    let failed = match arguments.fail_on {
        FailOn::Error => summary.failed(audit::Severity::Error),
        FailOn::Warning => summary.failed(audit::Severity::Warning),
        FailOn::Never => 0,
    };
    Ok(if failed > 0 { Exit::Failed } else { exit })
}

/// The documents of a file of records, each with what was found, and the rows that hold no record.
fn of_records(
    path: &Path,
    text: &str,
    format: RecordFormat,
    lexicon: &Lexicon,
) -> (Vec<Audited>, Vec<Error>) {
    let (records, errors) = records::read(path, text, format);
    let audited = records.chunk_by(|a, b| a.source == b.source).map(|document| {
        let source = document[0].source.to_string();
        audited(document.to_vec(), audit::document(document, lexicon), &source)
    });
    (audited.collect(), errors)
}

fn audited(
    observations: Vec<Observation<'_>>,
    findings: Vec<audit::Finding>,
    source: &str,
) -> Audited {
    let findings = findings.into_iter().map(|found| Reported::new(found, &observations)).collect();
    Audited {
        source: source.to_owned(),
        records: observations.len(),
        findings,
        comparable: observations
            .into_iter()
            .filter(audit::comparable)
            .map(Observation::into_owned)
            .collect(),
    }
}
