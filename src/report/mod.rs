//! A page to look at: documents with their text, every record in its sentence, and what the audit says of it.
//!
//! In: documents, read and audited. Out: HTML that needs nothing else, no other file and no network. `小学365所`
//! stands in it once, in the text; its record says where, and a script makes the views out of both.
//!
//! What a page holds is JSON in script elements, see [`embed`]; what it looks like are the files in `assets/`. The
//! script is plain and has no libraries: the charts are bars and lines with a few dozen marks, for which
//! the smallest libraries are as large as the records of a document, and draw what no reader of a screen can read.

mod claim;
mod document;
mod embed;
pub mod folder;
mod place;
mod record;
mod skeleton;
mod summary;
mod why;
pub mod words;

use std::io::{self, Write};

use serde_json::Value;

use crate::audit::{self, Finding};
use crate::document::Document;
use crate::labels::Labels;
use crate::observation::Observation;
use crate::pipeline::Pipeline;

pub use skeleton::Kind;

/// What a document adds to a report.
#[derive(Debug)]
pub struct Part {
    /// The document as a page has it: a script element with JSON.
    pub element: String,
    /// What a list of documents says of it.
    pub summary: Value,
    /// Its records that can be held against those of other documents.
    pub comparable: Vec<Observation<'static>>,
}

/// Reads and audits a document for a report.
pub fn part(pipeline: &Pipeline, document: &Document) -> Part {
    let (mut claims, mut comparable) = (Vec::new(), Vec::new());
    let told = pipeline.explain_on(document, |records, findings| {
        claims.extend(findings.into_iter().map(|found| claim::within(found, records)));
        let alike = records.iter().filter(|record| audit::comparable(record));
        comparable.extend(alike.cloned().map(Observation::into_owned));
    });
    let summary = summary::summary(document, &told, &claims);
    let data = document::object(document, &told, claims, &summary);
    Part { element: embed::element("document", &data), summary, comparable }
}

/// A page that is being written.
#[derive(Debug)]
pub struct Page<W> {
    out: W,
    kind: Kind,
    labels: Option<Labels>,
}

impl<W: Write> Page<W> {
    /// A page of this kind, which opens with these labels, or else in the language of its reader.
    ///
    /// # Errors
    /// Those of the output.
    pub fn begin(kind: Kind, labels: Option<Labels>, mut out: W) -> io::Result<Self> {
        out.write_all(skeleton::head(labels).as_bytes())?;
        Ok(Page { out, kind, labels })
    }

    /// Takes the element of the next document.
    ///
    /// # Errors
    /// Those of the output.
    pub fn push(&mut self, element: &str) -> io::Result<()> {
        self.out.write_all(element.as_bytes())
    }

    /// Takes what there is to say of documents that have pages of their own.
    ///
    /// # Errors
    /// Those of the output.
    pub fn list(&mut self, summaries: &[Value]) -> io::Result<()> {
        self.push(&embed::element("documents", &Value::Array(summaries.to_vec())))
    }

    /// Writes what was found between these records of several documents, and all that is the same in every page;
    /// gives the output back.
    ///
    /// # Errors
    /// Those of the output.
    pub fn finish(mut self, between: Vec<Finding>, records: &[Observation<'_>]) -> io::Result<W> {
        let between = between.into_iter().map(|found| claim::between(found, records));
        let common = words::common(self.kind, self.labels, between.collect());
        self.push(&embed::element("common", &common))?;
        self.out.write_all(skeleton::tail().as_bytes())?;
        Ok(self.out)
    }
}
