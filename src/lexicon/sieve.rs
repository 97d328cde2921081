//! What a stretch of text may speak of, told without cutting it into words.
//!
//! In: a place of a text. Out: whether a word that begins there may speak of education, or may say when, or
//! turn to plans. Of `垃圾处理率达到85%` nothing of it is true: no record can come of it, and it says nothing
//! to the sentences that follow, so that nobody has to read it. What may be is found by two characters and
//! then by whole words; only the lexer says what is.

use std::borrow::Cow;

use super::fold::{fold, forms};
use super::plane::{PLANE, Plane};
use super::senses::{Field, Noun, StatusWord, Time};
use super::specific::is_specific;
use super::word::{Word, WordId};
use crate::text::bytes::{character, three};
use crate::text::token::Mark;

/// What a sentence may say.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Hints {
    /// Whether a word in it may speak of education.
    pub education: bool,
    /// Whether it may say when, or turn to plans, for the sentences that follow.
    pub carries: bool,
    /// Whether it may do so if it begins with that, or is a heading: 2020年, 今年.
    pub heads: bool,
}

impl Hints {
    /// Whether it may say anything.
    pub fn any(self) -> bool {
        self != Hints::default()
    }

    /// What either says.
    pub fn or(self, other: Hints) -> Hints {
        Hints {
            education: self.education || other.education,
            carries: self.carries || other.carries,
            heads: self.heads || other.heads,
        }
    }
}

/// A mark that matters to where a sentence ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Edge {
    /// 。
    Stop,
    /// ( or 《
    Open,
    /// ) or 》
    Close,
}

/// For each character, what may begin there.
#[derive(Debug, PartialEq)]
pub struct Sieve {
    /// Which of the leads is a character's own; the first, of which nothing comes, is that of most.
    pub(super) first: Plane,
    pub(super) leads: Cow<'static, [Lead]>,
    /// What each word of the lexicon says.
    pub(super) words: Cow<'static, [Telling]>,
}

/// What begins with one character.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(super) struct Lead {
    /// The second characters of words that say something: a bit for each, which others share; all bits for a
    /// mark and a word of one character.
    pub(super) seconds: u64,
    /// The third ones likewise: after 建设 most of what follows is none.
    pub(super) thirds: u64,
    /// Whether it is such a mark.
    pub(super) edge: Option<Edge>,
}

/// What a word says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Telling {
    /// Behind a number.
    pub(super) counted: Hints,
    /// Anywhere.
    pub(super) anywhere: Hints,
}

impl Sieve {
    /// A sieve for these folded surfaces.
    pub fn new(surfaces: &[(String, WordId)], words: &[Word]) -> Self {
        let mut first = Box::new([0; PLANE]);
        let mut leads = vec![Lead::default()];
        for (surface, id) in surfaces {
            let mut chars = surface.chars();
            let Some(c) = chars.next().filter(|_| words[id.0 as usize].hints(true).any()) else {
                continue;
            };
            let lead = own(&mut first, &mut leads, c);
            lead.seconds |= bits(chars.next());
            lead.thirds |= bits(chars.next());
        }
        for c in (0..PLANE as u32).filter_map(char::from_u32) {
            let edge = match Mark::of(c) {
                Some(Mark::Stop) => Edge::Stop,
                Some(Mark::Open | Mark::OpenTitle) => Edge::Open,
                Some(Mark::Close | Mark::CloseTitle) => Edge::Close,
                _ => continue,
            };
            *own(&mut first, &mut leads, fold(c)) =
                Lead { seconds: u64::MAX, thirds: u64::MAX, edge: Some(edge) };
        }
        let telling =
            |word: &Word| Telling { counted: word.hints(true), anywhere: word.hints(false) };
        Sieve {
            first: Plane::Owned(first),
            leads: leads.into(),
            words: words.iter().map(telling).collect(),
        }
    }

    /// What may begin in a text.
    pub fn scan<'s>(&'s self, text: &'s [u8]) -> Scan<'s> {
        let (first, leads) = (&*self.first, &*self.leads);
        Scan { first, leads, text, rest: text, lead: &leads[0] }
    }

    /// What a word may say; `counted` tells whether a number stands before it.
    pub fn hints(&self, word: WordId, counted: impl FnOnce() -> bool) -> Hints {
        let Telling { counted: behind_number, anywhere } = self.words[word.0 as usize];
        if behind_number == anywhere || counted() { behind_number } else { anywhere }
    }
}

/// What may begin in a text.
///
/// All text goes through here. One test tells of two characters, the one before and the one that stands
/// next: it is rarely true, and what is rarely true is guessed well.
pub struct Scan<'s> {
    first: &'s [u16; PLANE],
    leads: &'s [Lead],
    text: &'s [u8],
    /// What has not been looked at.
    rest: &'s [u8],
    /// The lead of the character before it.
    lead: &'s Lead,
}

impl<'s> Scan<'s> {
    /// The next byte at which something may begin, and what mark stands there; nothing up to the end of the
    /// text. With `edges`, only marks.
    #[inline(always)]
    pub fn next(&mut self, edges: bool) -> Option<(usize, Option<Edge>)> {
        loop {
            // Nearly all characters have three bytes.
            while let [a @ 0xE0..=0xEF, b, c, behind @ ..] = self.rest {
                if let Some(found) = self.read(three(*a, *b, *c), behind, edges) {
                    return Some(found);
                }
            }
            if self.rest.is_empty() {
                return self.last();
            }
            let (c, len) = character(self.rest);
            let behind = self.rest.get(len..).unwrap_or_default();
            if let Some(found) = self.read(narrow(c), behind, edges) {
                return Some(found);
            }
        }
    }

    /// Reads a character, and finds the one before it if that may begin something.
    #[inline(always)]
    fn read(&mut self, c: u16, behind: &'s [u8], edges: bool) -> Option<(usize, Option<Edge>)> {
        let (before, left) = (self.lead, self.rest.len());
        self.lead = &self.leads[usize::from(self.first[usize::from(c)])];
        self.rest = behind;
        let may = before.seconds & bit(c) != 0
            && before.thirds & bit(narrow(character(behind).0)) != 0
            && (!edges || before.edge.is_some());
        may.then(|| (self.before(left), before.edge))
    }

    /// What begins with the last character: only what is one by itself.
    fn last(&mut self) -> Option<(usize, Option<Edge>)> {
        let last = std::mem::replace(&mut self.lead, &self.leads[0]);
        (last.seconds == u64::MAX).then(|| (self.before(0), last.edge))
    }

    /// Where the last character begins before so many bytes that are left.
    fn before(&self, left: usize) -> usize {
        let continues = |&at: &usize| self.text[at] & 0xC0 == 0x80;
        let last = self.text.len() - left - 1;
        (0..=last).rev().find(|at| !continues(at)).unwrap_or(0)
    }
}

/// The lead of a folded character.
fn own<'l>(first: &mut [u16; PLANE], leads: &'l mut Vec<Lead>, c: char) -> &'l mut Lead {
    // Words begin with characters of the basic plane, and both forms of a character are one.
    let lead = first[c as usize % PLANE];
    let lead = if lead > 0 { usize::from(lead) } else { leads.len() };
    for form in forms(c) {
        first[form as usize % PLANE] = lead as u16;
    }
    leads.resize(leads.len().max(lead + 1), Lead::default());
    &mut leads[lead]
}

/// A character of the basic plane, or the last of it, which is none, for all others: they begin nothing.
#[inline]
fn narrow(c: u32) -> u16 {
    u16::try_from(c).unwrap_or(u16::MAX)
}

/// The bit of a character.
#[inline]
fn bit(c: u16) -> u64 {
    1 << (u32::from(c) % u64::BITS)
}

/// The bits of both forms of a folded character, or all where a word has none.
fn bits(c: Option<char>) -> u64 {
    c.map_or(u64::MAX, |c| forms(c).fold(0, |bits, form| bits | bit(narrow(form as u32))))
}

impl Word {
    /// What a sentence with the word in it may say; `counted` where a number stands right before it.
    pub fn hints(&self, counted: bool) -> Hints {
        let names = self.level.is_some() || self.noun.is_some_and(is_specific);
        // 下一步 turns to plans as one of the first two words, or as a heading; 民生实事： anywhere.
        let turns =
            matches!(self.status, Some(StatusWord::PlanHeading | StatusWord::ActualHeading));
        let deeds = self.status == Some(StatusWord::Deeds);
        let (carries, heads) = match self.time {
            Some(Time::ThisYear | Time::LastYear | Time::NextYear) => (false, true),
            Some(Time::TextYear | Time::YearEnd) => (false, true),
            // 近年来; “十四五”期间 and 过去五年 are ranges, to which 五年来 may refer.
            Some(Time::Recent | Time::Plan(_) | Time::Past) => (true, true),
            Some(Time::YearsBack) => (counted, counted),
            // 2020年, 未来五年
            Some(Time::Year | Time::AcademicYear | Time::MonthEnd) => (false, counted),
            // Of these every one stands beside another: 近三年, 2016年以来.
            Some(Time::Near | Time::Coming) => (false, false),
            Some(Time::Until | Time::Since | Time::During | Time::Length | Time::From) => {
                (false, false)
            }
            // 目前 and 9月8日 say so of their own sentence.
            Some(Time::Now | Time::Month | Time::Day) | None => (false, false),
        };
        // A heading says what money it is about.
        let money = self.noun.is_some_and(|noun| noun.is_money() && noun != Noun::Fund);
        Hints {
            education: names || self.field == Some(Field::Education),
            carries: deeds || carries,
            heads: turns || deeds || heads || money,
        }
    }
}
