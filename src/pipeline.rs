//! One document through all stages.

use crate::document::Document;
use crate::error::Error;
use crate::observation::Observation;
use crate::period::Date;

/// What a user says about documents that state it nowhere.
#[derive(Debug, Clone, Default)]
pub struct Assumptions {
    /// Full or short name of the region the documents speak of.
    pub region: Option<String>,
    /// Publication date.
    pub published: Option<Date>,
}

/// The stages with their lexicon, built once and shared by all threads.
#[derive(Debug)]
pub struct Pipeline {
    assumptions: Assumptions,
}

impl Pipeline {
    /// Builds the lexicon.
    ///
    /// # Errors
    /// When a lexicon row cannot be read.
    pub fn new(assumptions: Assumptions) -> Result<Self, Error> {
        Ok(Pipeline { assumptions })
    }

    /// A document of this name and decoded text, with its header read.
    pub fn document(&self, name: String, text: String) -> Document {
        let _ = (&self.assumptions, name, text);
        todo!()
    }

    /// All observations of a document, in the order of their numbers.
    pub fn observe<'d>(&'d self, document: &'d Document) -> Vec<Observation<'d>> {
        let _ = document;
        Vec::new()
    }
}
