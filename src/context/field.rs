//! Whether a number is about education at all.
//!
//! Decided by what is counted and by what the passage is about, never by a list of forbidden words:
//! in a work report `招聘教师120名` is education, `投资3.2亿元` only where its clause or section is.

use std::ops::Range;

use crate::codes::{Unit, codes};
use crate::extract::statement::Statement;
use crate::lexicon::kinds::Kinds;
use crate::lexicon::senses::{Field, Noun};
use crate::lexicon::tokens::Tokens;
use crate::text::span::Span;

use super::passage::Passage;

pub use crate::lexicon::specific::is_specific;

codes! {
    /// What says that a number is about education.
    Ground("ground") {
        /// The title: the whole document is.
        Title = "title",
        /// The publisher: the whole document is.
        Publisher = "publisher",
        /// Most of its paragraphs: the whole document is.
        Paragraphs = "paragraphs",
        /// What is counted: only education has it.
        Noun = "noun",
        /// The heading above.
        Heading = "heading",
        /// Its own line, which is short enough to be read as a heading.
        Line = "line",
        /// Its clause.
        Clause = "clause",
        /// The clause behind, for which the money is.
        ClauseBehind = "clause_behind",
        /// The clause before, with which what is built goes on.
        ClauseBefore = "clause_before",
        /// Row, column, group or caption of its table.
        Table = "table",
    }
}

codes! {
    /// Why nothing says that a number is about education.
    Outside("outside") {
        /// What is measured is not known, and its clause does not speak of education.
        Unknown = "unknown",
        /// What is counted is counted elsewhere too, and neither its clause nor the heading speaks of
        /// education.
        AnyField = "any_field",
        /// Neither row nor column nor caption of its table speaks of education.
        Table = "table",
    }
}

impl Ground {
    /// What says it, as a sentence about the number.
    pub const fn phrase(self) -> &'static str {
        match self {
            Ground::Title => "the title makes the whole document one about education",
            Ground::Publisher => "the publisher makes the whole document one about education",
            Ground::Paragraphs => "most paragraphs of the document speak of education",
            Ground::Noun => "only education has what is counted",
            Ground::Heading => "the heading speaks of education",
            Ground::Line => "its line, which is read as a heading, speaks of education",
            Ground::Clause => "its clause speaks of education",
            Ground::ClauseBehind => "the money is for what the next clause says",
            Ground::ClauseBefore => "what is built goes on with the clause before",
            Ground::Table => "its table speaks of education",
        }
    }
}

impl Outside {
    /// Why, as a sentence about the number.
    pub const fn phrase(self) -> &'static str {
        match self {
            Outside::Unknown => {
                "what is measured is not known, and its clause does not speak of education"
            }
            Outside::AnyField => {
                "not only education has what is counted, and neither clause nor heading speaks of it"
            }
            Outside::Table => "neither row nor column nor caption of its table speaks of education",
        }
    }
}

/// What says that a number is about education, and the words, where they are words of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ruling {
    /// Where it is said.
    pub ground: Ground,
    /// The words.
    pub words: Option<Span>,
}

/// The first word of a run of tokens that speaks of education: a level, or a noun that only education
/// counts.
pub fn word_of_education(tokens: Tokens, range: Range<usize>) -> Option<Span> {
    let says = |&at: &usize| tokens.field(at) == Some(Field::Education);
    tokens.with(range, Kinds::FIELD).find(says).map(|at| tokens.span(at, at + 1))
}

/// Whether a title, a publisher or a heading is about education: there the word itself says so.
pub fn titled_education(tokens: Tokens) -> bool {
    let names = |at: usize| matches!(tokens.field(at), Some(Field::Education | Field::Title));
    tokens.with(0..tokens.len(), Kinds::FIELD).any(names)
}

/// What says that a statement is about education.
///
/// # Errors
/// Why nothing does.
pub fn in_field(
    tokens: Tokens,
    passage: &Passage,
    statement: &Statement,
) -> Result<Ruling, Outside> {
    if let Some(ground) = passage.education_document {
        return Ok(Ruling { ground, words: None });
    }
    let phrase = &statement.phrase;
    let head = phrase.head.filter(|head| Some(head.noun) == statement.noun);
    // 儿童 are also vaccinated.
    let anyones = head.is_some_and(|head| tokens.field(head.at) == Some(Field::Any));
    if statement.noun.is_some_and(is_specific) && !anyones {
        let words = head.map(|head| tokens.span(head.at, head.at + 1));
        return Ok(Ruling { ground: Ground::Noun, words });
    }
    let by =
        |ground: Ground, words: Option<Span>| words.is_some().then_some(Ruling { ground, words });
    let in_clause = || by(Ground::Clause, word_of_education(tokens, phrase.clause.clone()));
    // 垃圾处理率85%: what it measures is not known, so its own clause must say that it is education.
    if statement.noun.is_none() && phrase.unknown_label {
        return in_clause().ok_or(Outside::Unknown);
    }
    let heading = passage.sections.education();
    let line = heading.filter(|words| tokens.span(0, tokens.len()).contains(*words));
    by(Ground::Line, line)
        .or_else(|| by(Ground::Heading, heading))
        .or_else(in_clause)
        .or_else(|| by(Ground::ClauseBehind, paid_for(tokens, statement)))
        .or_else(|| by(Ground::ClauseBefore, built_with(tokens, statement)))
        .ok_or(Outside::AnyField)
}

/// 投资2.2亿元,新建幼儿园43所: money is for what the next clause says.
fn paid_for(tokens: Tokens, statement: &Statement) -> Option<Span> {
    let next = tokens.clause_at(statement.phrase.clause.end + 1);
    (statement.unit() == Unit::Yuan).then(|| word_of_education(tokens, next))?
}

/// 新建幼儿园3所,食堂5个: what is built goes on with the clause before.
fn built_with(tokens: Tokens, statement: &Statement) -> Option<Span> {
    let clause = statement.phrase.clause.start;
    let built = matches!(
        statement.noun,
        Some(Noun::Room | Noun::FloorArea | Noun::LandArea | Noun::Class | Noun::Equipment)
    );
    let before = tokens.clause_around(clause.checked_sub(1).filter(|_| built)?).start;
    word_of_education(tokens, before..clause)
}
