//! Where what is known about a number comes from.
//!
//! In `截至2020年底,全市小学365所` the period of 365 is of its sentence (`截至2020年底`), the level of its own words
//! (`小学`), and the region of whoever speaks: of the title, mostly.

use crate::codes::codes;
use crate::extract::phrase::Phrase;
use crate::lexicon::tokens::Tokens;
use crate::text::span::Span;

codes! {
    /// Where a fact about a number was found, from near to far.
    Where("from") {
        /// The words at the number.
        OwnWords = "own_words",
        /// The rest of its sentence.
        Sentence = "sentence",
        /// Row, column, group or caption of its table.
        Table = "table",
        /// An earlier sentence of the paragraph or section.
        EarlierSentence = "earlier_sentence",
        /// A heading above.
        Heading = "heading",
        /// The title of the document.
        Title = "title",
        /// The publisher's name.
        Publisher = "publisher",
        /// The lines at the head or end of the document that say who speaks.
        Signature = "signature",
        /// The day of publication.
        Publication = "publication",
        /// The whole text, which speaks of the country and of no smaller place: 全国, 我国.
        Text = "text",
        /// What the user said: `--region`.
        Option = "option",
        /// What is measured: a norm by its kind.
        Rule = "rule",
        /// The period, which begins after the day of publication.
        Period = "period",
        /// Nothing: no word says otherwise.
        Unmarked = "unmarked",
    }
}

impl Where {
    /// Where, as it stands behind a fact.
    pub const fn phrase(self) -> &'static str {
        match self {
            Where::OwnWords => "from its own words",
            Where::Sentence => "from its sentence",
            Where::Table => "from its table",
            Where::EarlierSentence => "from an earlier sentence",
            Where::Heading => "from the heading",
            Where::Title => "from the title",
            Where::Publisher => "from the publisher's name",
            Where::Signature => "from the line that says who speaks",
            Where::Publication => "from the day of publication",
            Where::Text => "from the text, which speaks of no smaller place",
            Where::Option => "from --region",
            Where::Rule => "as the rule reads nothing but norms",
            Where::Period => "as its period is later than the publication",
            Where::Unmarked => "as no word says plan or norm",
        }
    }
}

/// Something that words of the document say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Said<T> {
    /// What they say.
    pub value: T,
    /// The words.
    pub words: Span,
}

impl<T> Said<T> {
    /// Known from there.
    pub fn from(self, from: Where) -> Known<T> {
        Known { value: self.value, from, words: Some(self.words) }
    }

    /// Known from the sentence of a statement: from its own words, where they are.
    pub fn near(self, tokens: Tokens, phrase: &Phrase) -> Known<T> {
        let Phrase { quantity, label, after, .. } = phrase;
        let own = [
            (label.start, label.end),
            (quantity.tokens.start, quantity.tokens.end),
            (after.start, after.end),
        ]
        .into_iter()
        .any(|(from, to)| tokens.span(from, to).contains(self.words));
        self.from(if own { Where::OwnWords } else { Where::Sentence })
    }
}

/// A fact, and where it was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Known<T> {
    /// The fact.
    pub value: T,
    /// Where it was found.
    pub from: Where,
    /// The words that say it, where they are words of the text.
    pub words: Option<Span>,
}

impl<T> Known<T> {
    /// Known without words of the text.
    pub fn without_words(value: T, from: Where) -> Self {
        Known { value, from, words: None }
    }

    /// The same words saying something else.
    pub fn map<U>(self, says: impl FnOnce(T) -> U) -> Known<U> {
        Known { value: says(self.value), from: self.from, words: self.words }
    }
}
