//! A run of tokens together with what the lexicon says about them: what every rule looks at.

use std::ops::Range;

use super::senses::{Noun, Role};
use super::{Lexicon, Word};
use crate::text::span::Span;
use crate::text::token::{Mark, Token, TokenKind};

/// The tokens of a sentence, without spaces, with their text and words.
#[derive(Debug, Clone, Copy)]
pub struct Tokens<'a> {
    /// The whole text of the document.
    pub text: &'a str,
    /// The tokens.
    pub list: &'a [Token],
    /// What their words mean.
    pub lexicon: &'a Lexicon,
}

impl<'a> Tokens<'a> {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// What a token is; past the end it is a line end.
    pub fn kind(&self, at: usize) -> TokenKind {
        self.list.get(at).map_or(TokenKind::LineEnd, |token| token.kind)
    }

    /// The characters of a token; past the end, none.
    pub fn str(&self, at: usize) -> &'a str {
        self.list.get(at).map_or("", |token| token.span.of(self.text))
    }

    /// The lexicon's word at a token.
    pub fn word(&self, at: usize) -> Option<&'a Word> {
        match self.kind(at) {
            TokenKind::Word(id) => Some(self.lexicon.word(id)),
            _ => None,
        }
    }

    /// The punctuation mark at a token.
    pub fn mark(&self, at: usize) -> Option<Mark> {
        match self.kind(at) {
            TokenKind::Mark(mark) => Some(mark),
            _ => None,
        }
    }

    /// The role in grammar of the word at a token.
    pub fn role(&self, at: usize) -> Option<Role> {
        self.word(at)?.role
    }

    /// Whether a token has this role.
    pub fn is(&self, at: usize, role: Role) -> bool {
        self.role(at) == Some(role)
    }

    /// The noun at a token.
    pub fn noun(&self, at: usize) -> Option<Noun> {
        self.word(at)?.noun
    }

    /// Whether a token is a number of any kind.
    pub fn is_number(&self, at: usize) -> bool {
        self.kind(at).is_number()
    }

    /// From the first character of `from` to the last of `to - 1`; empty for an empty range.
    pub fn span(&self, from: usize, to: usize) -> Span {
        match (self.list.get(from), to.checked_sub(1).and_then(|last| self.list.get(last))) {
            (Some(first), Some(last)) if from < to => first.span.to(last.span),
            _ => Span::default(),
        }
    }

    /// The clause that begins at a token: up to a comma, semicolon or stop.
    pub fn clause_at(&self, from: usize) -> Range<usize> {
        let ends =
            |at: &usize| matches!(self.mark(*at), Some(Mark::Comma | Mark::Semicolon | Mark::Stop));
        let end = (from..self.len()).find(ends).unwrap_or(self.len());
        from.min(end)..end
    }

    /// The clause that holds a token.
    pub fn clause_around(&self, at: usize) -> Range<usize> {
        let ends =
            |at: &usize| matches!(self.mark(*at), Some(Mark::Comma | Mark::Semicolon | Mark::Stop));
        let start = (0..at).rev().find(ends).map_or(0, |end| end + 1);
        start..self.clause_at(at).end
    }

    /// For each token, the parenthesis that is open there.
    pub fn enclosures(&self) -> Vec<Option<usize>> {
        let mut open: Vec<usize> = Vec::new();
        let enclosure = |at: usize| {
            if self.mark(at) == Some(Mark::Close) {
                open.pop();
            }
            let inside = open.last().copied();
            if self.mark(at) == Some(Mark::Open) {
                open.push(at);
            }
            inside
        };
        (0..self.len()).map(enclosure).collect()
    }
}
