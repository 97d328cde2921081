//! One document on its way through the pipeline: its text, and what its header or the user says
//! about it.

use crate::observation::Header;
use crate::text::source::SourceText;

/// A decoded document. Records borrow from it.
#[derive(Debug)]
pub struct Document {
    /// The text.
    pub source: SourceText,
    /// Title, publisher, publication date.
    pub header: Header,
}
