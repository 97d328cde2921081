//! A run of tokens together with what the lexicon says about them: what every rule looks at.

use std::ops::Range;

use super::kinds::Kinds;
use super::senses::{Act, Body, BoundWord, Field, Noun, Role, Scope, StatusWord, Time};
use super::{Lexicon, UnitWord, Word};
use crate::codes::{Level, Per};
use crate::text::span::Span;
use crate::text::token::{Mark, Token, TokenKind};
use crate::verdict::Reason;

/// What ends a clause.
const CLAUSE_ENDS: Kinds = Kinds::marks(&[Mark::Comma, Mark::Semicolon, Mark::Stop]);
/// What opens a parenthesis or a title.
pub const OPENING: Kinds = Kinds::marks(&[Mark::Open, Mark::OpenTitle]);
/// What closes one.
pub const CLOSING: Kinds = Kinds::marks(&[Mark::Close, Mark::CloseTitle]);

/// The tokens of a sentence, without spaces, with their text and words.
#[derive(Debug, Clone, Copy)]
pub struct Tokens<'a> {
    /// The whole text of the document.
    pub text: &'a str,
    /// The tokens.
    pub list: &'a [Token],
    /// What their words mean.
    pub lexicon: &'a Lexicon,
    /// What any of them may be to a rule.
    kinds: Kinds,
}

/// Some tokens in a row, with what any of them may be to a rule: where none is of a kind, nobody has to look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Run {
    /// The first.
    pub start: usize,
    /// One past the last.
    pub end: usize,
    kinds: Kinds,
}

impl Run {
    /// The tokens.
    pub fn range(self) -> Range<usize> {
        self.start..self.end
    }

    /// Whether there are none.
    pub fn is_empty(self) -> bool {
        self.range().is_empty()
    }
}

/// Nobody has looked at them yet.
impl From<Range<usize>> for Run {
    #[inline]
    fn from(range: Range<usize>) -> Self {
        Run { start: range.start, end: range.end, kinds: Kinds::ALL }
    }
}

impl<'a> Tokens<'a> {
    /// The tokens of a list, which was cut from this text.
    pub fn new(text: &'a str, list: &'a [Token], lexicon: &'a Lexicon) -> Self {
        Tokens { text, list, lexicon, kinds: Self::union(list) }
    }

    fn union(list: &[Token]) -> Kinds {
        list.iter().fold(Kinds::NONE, |kinds, token| kinds.or(token.kinds))
    }

    /// How many there are.
    #[inline]
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// What a token is; past the end it is a line end.
    #[inline]
    pub fn kind(&self, at: usize) -> TokenKind {
        self.list.get(at).map_or(TokenKind::LineEnd, |token| token.kind)
    }

    /// The characters of a token; past the end, none.
    pub fn str(&self, at: usize) -> &'a str {
        self.list.get(at).map_or("", |token| token.span.of(self.text))
    }

    /// The lexicon's word at a token.
    #[inline]
    pub fn word(&self, at: usize) -> Option<&'a Word> {
        match self.kind(at) {
            TokenKind::Word(id) => Some(self.lexicon.word(id)),
            _ => None,
        }
    }

    /// Whether any of the tokens is of one of these kinds: where none is, nobody has to look.
    #[inline]
    pub fn may(&self, kinds: Kinds) -> bool {
        self.kinds.any(kinds)
    }

    /// The same of some of them.
    #[inline]
    pub fn may_within(&self, run: Run, kinds: Kinds) -> bool {
        self.may(kinds) && run.kinds.any(kinds)
    }

    /// Some of the tokens, for who asks more than once what they are.
    pub fn run(&self, range: Range<usize>) -> Run {
        let kinds = Self::union(self.list.get(range.clone()).unwrap_or_default());
        Run { kinds, ..range.into() }
    }

    /// Whether a token is of one of these kinds.
    #[inline]
    pub fn has(&self, at: usize, kinds: Kinds) -> bool {
        self.list.get(at).is_some_and(|token| token.kinds.any(kinds))
    }

    /// The tokens of a range that are of one of these kinds.
    #[inline]
    pub fn with(&self, within: impl Into<Run>, kinds: Kinds) -> With<'a> {
        let run = within.into();
        let end = if self.may_within(run, kinds) { run.end.min(self.len()) } else { 0 };
        let rest = self.list.get(run.start..end).unwrap_or_default();
        With { rest, from: run.start, kinds }
    }

    /// Whether a range has a token of one of these kinds.
    #[inline]
    pub fn any(&self, within: impl Into<Run>, kinds: Kinds) -> bool {
        self.with(within, kinds).next().is_some()
    }

    /// The tokens of a range that are of one of these kinds and stand outside parentheses and titles opened
    /// in it.
    pub fn outside_parens<R: Into<Run>>(
        self,
        within: R,
        kinds: Kinds,
    ) -> impl Iterator<Item = usize> + use<'a, R> {
        let run = within.into();
        let run = if self.may_within(run, kinds) { run } else { (0..0).into() };
        let mut depth = 0usize;
        let list = self.list;
        self.with(run, kinds.or(OPENING).or(CLOSING)).filter(move |&at| {
            let kinds = list[at].kinds;
            if kinds.any(OPENING) {
                depth += 1;
            } else if kinds.any(CLOSING) {
                depth = depth.saturating_sub(1);
            } else {
                return depth == 0;
            }
            false
        })
    }

    /// Whether the lexicon only knows the word at a token so as not to take it apart: 托位, 大学城.
    pub fn is_neutral(&self, at: usize) -> bool {
        const COUNTS: Kinds = Kinds::NOUN.or(Kinds::ACT).or(Kinds::ROLE);
        self.has(at, Kinds::FIXED) && !self.has(at, COUNTS)
    }

    /// A range without the parentheses and titles at its ends; nothing where all of it stands in some.
    pub fn outer(&self, within: impl Into<Run>) -> Option<Run> {
        let run = within.into();
        if !self.any(run, OPENING.or(CLOSING)) {
            return Some(run).filter(|run| !run.is_empty());
        }
        let mut outside = self.outside_parens(run, Kinds::ALL);
        let start = outside.next()?;
        Some(Run { start, end: outside.last().unwrap_or(start) + 1, ..run })
    }

    /// The word at a token, if one of these columns says something of it.
    #[inline]
    fn word_with(&self, at: usize, kinds: Kinds) -> Option<&'a Word> {
        if self.has(at, kinds) { self.word(at) } else { None }
    }

    /// The punctuation mark at a token.
    #[inline]
    pub fn mark(&self, at: usize) -> Option<Mark> {
        match self.kind(at) {
            TokenKind::Mark(mark) => Some(mark),
            _ => None,
        }
    }

    /// The role in grammar of the word at a token.
    pub fn role(&self, at: usize) -> Option<Role> {
        self.word_with(at, Kinds::ROLE)?.role
    }

    /// Whether a token has this role.
    #[inline]
    pub fn is(&self, at: usize, role: Role) -> bool {
        self.has(at, Kinds::role(role))
    }

    /// The noun at a token.
    pub fn noun(&self, at: usize) -> Option<Noun> {
        self.word_with(at, Kinds::NOUN)?.noun
    }

    /// The verb at a token.
    pub fn act(&self, at: usize) -> Option<Act> {
        self.word_with(at, Kinds::ACT)?.act
    }

    /// The level at a token.
    pub fn level(&self, at: usize) -> Option<Level> {
        self.word_with(at, Kinds::LEVEL)?.level
    }

    /// The unit at a token.
    pub fn unit(&self, at: usize) -> Option<UnitWord> {
        self.word_with(at, Kinds::UNIT)?.unit
    }

    /// Whether the word at a token speaks of education.
    pub fn field(&self, at: usize) -> Option<Field> {
        self.word_with(at, Kinds::FIELD)?.field
    }

    /// Why what stands behind a number at a token is no unit.
    pub fn nonunit(&self, at: usize) -> Option<Reason> {
        self.word_with(at, Kinds::NONUNIT)?.nonunit
    }

    /// How the word at a token narrows a region.
    pub fn scope(&self, at: usize) -> Option<Scope> {
        self.word_with(at, Kinds::SCOPE)?.scope
    }

    /// The bound at a token, and where it stands.
    pub fn bound(&self, at: usize) -> Option<BoundWord> {
        self.word_with(at, Kinds::BOUND)?.bound
    }

    /// The denominator at a token.
    pub fn per(&self, at: usize) -> Option<Per> {
        self.word_with(at, Kinds::PER)?.per
    }

    /// The word of time at a token.
    pub fn time(&self, at: usize) -> Option<Time> {
        self.word_with(at, Kinds::TIME)?.time
    }

    /// The word of plans or norms at a token.
    pub fn status(&self, at: usize) -> Option<StatusWord> {
        self.word_with(at, Kinds::STATUS)?.status
    }

    /// The body that a token names.
    pub fn body(&self, at: usize) -> Option<Body> {
        self.word_with(at, Kinds::BODY)?.body
    }

    /// Whether a token is a number of any kind.
    #[inline]
    pub fn is_number(&self, at: usize) -> bool {
        self.has(at, Kinds::NUMBER)
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
        let end = self.with(from..self.len(), CLAUSE_ENDS).next().unwrap_or(self.len());
        from.min(end)..end
    }

    /// The clause that holds a token.
    pub fn clause_around(&self, at: usize) -> Range<usize> {
        let start = self.with(0..at, CLAUSE_ENDS).next_back().map_or(0, |end| end + 1);
        start..self.clause_at(at).end
    }

    /// The parentheses.
    pub fn enclosures(&self) -> Enclosures<'a> {
        const EDGES: Kinds = Kinds::marks(&[Mark::Open, Mark::Close]);
        let mut edges = self.with(0..self.len(), EDGES);
        Enclosures { list: self.list, next: edges.next(), edges, open: Vec::new() }
    }
}

/// The places of the tokens of some kinds.
#[derive(Debug, Clone)]
pub struct With<'a> {
    /// The tokens that have not been looked at.
    rest: &'a [Token],
    /// The place of the first of them.
    from: usize,
    kinds: Kinds,
}

impl Iterator for With<'_> {
    type Item = usize;

    #[inline]
    fn next(&mut self) -> Option<usize> {
        // Most tokens are of none of these kinds: four are asked at once.
        while let [a, b, c, d, rest @ ..] = self.rest
            && !a.kinds.or(b.kinds).or(c.kinds.or(d.kinds)).any(self.kinds)
        {
            self.rest = rest;
            self.from += 4;
        }
        let found = self.rest.iter().position(|token| token.kinds.any(self.kinds))?;
        let at = self.from + found;
        self.rest = &self.rest[found + 1..];
        self.from = at + 1;
        Some(at)
    }
}

impl DoubleEndedIterator for With<'_> {
    #[inline]
    fn next_back(&mut self) -> Option<usize> {
        let found = self.rest.iter().rposition(|token| token.kinds.any(self.kinds))?;
        self.rest = &self.rest[..found];
        Some(self.from + found)
    }
}

/// The parentheses of a run of tokens, as somebody goes from its beginning to its end.
#[derive(Debug)]
pub struct Enclosures<'a> {
    list: &'a [Token],
    /// Where the next one opens or closes, and the others behind it.
    next: Option<usize>,
    edges: With<'a>,
    /// Those that are open.
    open: Vec<usize>,
}

impl Enclosures<'_> {
    /// The parenthesis that is open at a token, which is no mark of one itself and not before the one that was asked
    /// for last.
    #[inline]
    pub fn at(&mut self, at: usize) -> Option<usize> {
        while let Some(edge) = self.next.filter(|edge| *edge < at) {
            self.next = self.edges.next();
            if self.list[edge].kinds.any(OPENING) {
                self.open.push(edge);
            } else {
                self.open.pop();
            }
        }
        self.open.last().copied()
    }
}
