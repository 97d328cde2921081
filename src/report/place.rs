//! Where words of a document stand, as a page has it.
//!
//! In: a part of a document's text, as an explanation borrows it. Out: `[510, 4]`: from code point 510 four of them. The
//! text is in the page already, so that its words need not be there again.

use serde_json::{Value, json};

use crate::document::Document;
use crate::explain::Words;

/// The place of a part of the text; the part itself, should it be from elsewhere.
pub fn of(document: &Document, part: &str) -> Value {
    let text = document.source.text();
    // A part that borrows from the text has its address within the text's.
    let at = part.as_ptr().addr().checked_sub(text.as_ptr().addr());
    let at = at.filter(|&at| text.get(at..).is_some_and(|rest| rest.starts_with(part)));
    match at {
        Some(at) => json!([document.source.char_offset(at).0, part.chars().count()]),
        None => json!(part),
    }
}

/// The place of words; with their line, should they be from elsewhere.
pub fn of_words(document: &Document, words: Words<'_>) -> Value {
    match of(document, words.text) {
        Value::String(text) => json!([text, words.line.0]),
        place => place,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pipeline::{Assumptions, Pipeline};

    #[test]
    fn words_are_where_they_stand() {
        let pipeline = Pipeline::new(Assumptions::default()).unwrap();
        let document = pipeline.document("a.txt".into(), "𠮷林\n小学365所".into());
        let at = document.source.text().find("365").unwrap();
        assert_eq!(of(&document, &document.source.text()[at..at + 3]), json!([5, 3]));
        assert_eq!(of(&document, "365"), json!("365"));
    }
}
