//! `edustat report`: documents to a page that people look at.
//!
//! In: files and folders. Out: one page, or a folder with an index and a page for each document. `edustat report
//! seeds/ -o report.html` writes one file that needs no other and no network; `-o pages/` writes
//! `pages/index.html`, `pages/a.html` …, each as soon as its document is read.

use std::io;
use std::path::Path;

use anyhow::bail;
use serde_json::Value;

use super::order::Hand;
use super::{Exit, Tally, each_text, kept};
use crate::audit;
use crate::cli::Report;
use crate::error::{Error, ErrorKind};
use crate::labels::Labels;
use crate::observation::Observation;
use crate::output::target::Target;
use crate::pipeline::Pipeline;
use crate::reader::{self, Input};
use crate::report::folder::{Pages, replaces_none};
use crate::report::{Kind, Page, Part, part};
use crate::shown;

/// What is to be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place<'a> {
    /// One page on standard output.
    Stdout,
    /// One page.
    File(&'a Path),
    /// An index and a page for each document.
    Folder(&'a Path),
}

/// Reads all documents and writes the pages.
///
/// # Errors
/// When the name of the output is none of a page or folder, a page would replace a document, the lexicon cannot
/// be read, or a page cannot be written. Documents that cannot be read are reported and make the [`Exit`].
pub fn run(arguments: &Report) -> anyhow::Result<Exit> {
    let pipeline = Pipeline::new(arguments.reading.how.assumptions())?;
    let tally = match place(&arguments.output)? {
        Place::Stdout => one(arguments, &pipeline, Target::stdout)?,
        Place::File(path) => {
            let (inputs, _) = reader::collect(&arguments.reading.paths);
            replaces_none(path, inputs.iter().map(Input::path))?;
            let target = Target::file(path)?;
            one(arguments, &pipeline, || target)?
        }
        Place::Folder(folder) => many(arguments, &pipeline, folder)?,
    };
    Ok(tally.report())
}

/// What a name asks for: `.html` and `.htm` for a page, no extension, a `/` behind it or a folder that is there for a
/// folder.
///
/// # Errors
/// When it has another extension.
fn place(output: &Path) -> anyhow::Result<Place<'_>> {
    let ends_in_separator = || output.to_string_lossy().ends_with(std::path::is_separator);
    if output == Path::new("-") {
        return Ok(Place::Stdout);
    }
    if output.is_dir() || ends_in_separator() {
        return Ok(Place::Folder(output));
    }
    let extension = output.extension().map(|extension| extension.to_string_lossy().to_lowercase());
    match extension.as_deref() {
        None => Ok(Place::Folder(output)),
        Some("html" | "htm") => Ok(Place::File(output)),
        // A device takes a page as any other output.
        Some(_) if output.exists() && !output.is_file() => Ok(Place::File(output)),
        Some(_) => bail!("{}: expected a name ending in .html, or a folder", shown::path(output)),
    }
}

/// What a document gives.
struct Read {
    /// What goes into the page of all.
    element: String,
    summary: Value,
    comparable: Vec<Observation<'static>>,
}

/// Writes one page with all documents.
fn one(
    arguments: &Report,
    pipeline: &Pipeline,
    target: impl FnOnce() -> Target + Send,
) -> anyhow::Result<Tally> {
    let refused = |cause| Error::new(&arguments.output, ErrorKind::Write(cause));
    let mut target = Some(target);
    let mut page = None;
    let mut comparable = Vec::new();
    let work = |part: Part, _: &str| {
        Ok(Read { element: part.element, summary: Value::Null, comparable: part.comparable })
    };
    let tally = read(arguments, pipeline, work, |read| {
        comparable.extend(read.comparable);
        // Where nothing can be read nothing is written.
        if let Some(target) = target.take() {
            page = Some(Page::begin(Kind::Whole, arguments.labels, target()).map_err(refused)?);
        }
        page.iter_mut().try_for_each(|page| page.push(&read.element)).map_err(refused)?;
        Ok(())
    })?;
    if let Some(page) = page {
        let between = audit::documents(&comparable, pipeline.lexicon());
        page.finish(between, &comparable).map_err(refused)?.finish()?;
    }
    Ok(tally)
}

/// Writes a folder of pages.
fn many(arguments: &Report, pipeline: &Pipeline, folder: &Path) -> anyhow::Result<Tally> {
    let (inputs, _) = reader::collect(&arguments.reading.paths);
    let pages = Pages::new(folder, inputs.iter().map(Input::name));
    pages.prepare(inputs.iter().map(Input::path))?;
    let labels = arguments.labels;
    let work = |part: Part, document: &str| {
        let Part { element, mut summary, comparable } = part;
        if let Some(name) = pages.name(document) {
            pages.write(name, &single(labels, &element))?;
            summary["page"] = Value::from(name);
        }
        Ok(Read { element: String::new(), summary, comparable })
    };
    let (mut summaries, mut comparable) = (Vec::new(), Vec::new());
    let tally = read(arguments, pipeline, work, |read| {
        summaries.push(read.summary);
        comparable.extend(read.comparable);
        Ok(())
    })?;
    if tally.read > 0 {
        let between = audit::documents(&comparable, pipeline.lexicon());
        let index = in_memory(Page::begin(Kind::Index, labels, Vec::new()).and_then(|mut page| {
            page.list(&summaries)?;
            page.finish(between, &comparable)
        }));
        pages.write(crate::report::folder::INDEX, &index)?;
    }
    Ok(tally)
}

/// The page of one document.
fn single(labels: Option<Labels>, element: &str) -> Vec<u8> {
    in_memory(Page::begin(Kind::Page, labels, Vec::new()).and_then(|mut page| {
        page.push(element)?;
        page.finish(Vec::new(), &[])
    }))
}

fn in_memory(page: io::Result<Vec<u8>>) -> Vec<u8> {
    page.expect("memory takes every byte")
}

/// Reads all documents; what `work` makes of each goes to `take`, in the order of the inputs.
fn read(
    arguments: &Report,
    pipeline: &Pipeline,
    work: impl Fn(Part, &str) -> Result<Read, Error> + Sync,
    take: impl FnMut(Read) -> anyhow::Result<()> + Send,
) -> anyhow::Result<Tally> {
    let work = |input: &Input, decoded, texts: Option<&_>, hand: Hand<'_, Read>| {
        let document = kept(pipeline, input, decoded, texts)?;
        let _ = hand(work(part(pipeline, &document), input.name())?);
        Ok(())
    };
    each_text(&arguments.reading, pipeline, work, take)
}
