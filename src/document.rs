//! One document on its way through the pipeline: its text, and what its header or the user says
//! about it.

use serde_json::{Map, Value};

use crate::lexicon::regions::RegionId;
use crate::observation::Header;
use crate::text::decode::Decoding;
use crate::text::flow::Flow;
use crate::text::source::SourceText;
use crate::text::span::Span;

/// A decoded document. Records borrow from it.
#[derive(Debug)]
pub struct Document {
    /// The text.
    pub source: SourceText,
    /// What of it is read.
    pub flow: Flow,
    /// How its file was read.
    pub decoding: Decoding,
    /// Title, publisher, publication date.
    pub header: Header,
    /// Whether the document states its day of publication itself.
    pub dated: bool,
    /// Region that it speaks of where it names none.
    pub assumed: Option<RegionId>,
    /// What its line of a stream says of it beyond that, for whoever reads its records.
    pub passed: Map<String, Value>,
}

impl Document {
    /// What stands in the source where a part of the running text was read.
    pub fn written(&self, read: Span) -> &str {
        self.source.slice(self.flow.source(read))
    }
}
