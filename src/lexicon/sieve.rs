//! What a stretch of text may speak of, told without cutting it into words.
//!
//! In: a place of a text. Out: whether a word that begins there may speak of education, or may say when, or
//! turn to plans. Of `垃圾处理率达到85%` nothing of it is true: no record can come of it, and it says nothing
//! to the sentences that follow, so that nobody has to read it. What may be is found by three characters
//! and then by whole words; only the lexer says what is.

use std::borrow::Cow;

use super::fold::{fold, forms};
use super::plane::{PLANE, Plane};
use super::senses::{Field, Noun, Role, StatusWord, Time};
use super::specific::is_specific;
use super::word::{Word, WordId};
use crate::text::bytes::{begins_three, character, three};
use crate::text::token::Mark;

/// What a sentence may say.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Hints {
    /// Whether a word in it may speak of education.
    pub education: bool,
    /// Whether it may say when, or list what is to be done, for the sentences that follow, wherever it does so.
    pub carries: bool,
    /// Whether it may say when, or turn to plans, if it begins with that or is a heading: 2020年, 今后.
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

impl Edge {
    /// The edge that a character is, of either width.
    pub fn of(c: char) -> Option<Edge> {
        match Mark::of(c)? {
            Mark::Stop => Some(Edge::Stop),
            Mark::Open | Mark::OpenTitle => Some(Edge::Open),
            Mark::Close | Mark::CloseTitle => Some(Edge::Close),
            _ => None,
        }
    }
}

/// For each character, what may begin there.
#[derive(Debug, PartialEq)]
pub struct Sieve {
    /// Which of the leads is a character's; the first, of which nothing comes, is that of most.
    pub(super) first: Plane,
    pub(super) leads: Cow<'static, Leads>,
    /// With what words begin that go on with the sentence before: 其 of 其中.
    pub(super) going_on: Cow<'static, [char]>,
    /// What each word of the lexicon says.
    pub(super) words: Cow<'static, [Telling]>,
}

/// So many leads there are: any byte is the number of one. A few words more than are built in have their own,
/// others share them, which says no less.
pub(super) const LEADS: usize = 1 << u8::BITS;

/// What begins with a character, by the number of its lead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Leads {
    /// The second characters of words that say something: a bit for each, which others share; all bits for an
    /// edge and a word of one character.
    pub(super) seconds: [u64; LEADS],
    /// The third ones likewise: after 建设 most of what follows is none.
    pub(super) thirds: [u64; LEADS],
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
        let mut leads = Leads { seconds: [0; LEADS], thirds: [0; LEADS] };
        let mut numbers = (1..LEADS).cycle();
        let mut lead = |c: char, seconds: u64, thirds: u64| {
            // Words begin with characters of the basic plane, and both forms of a character are one.
            let own = usize::from(first[c as usize % PLANE]);
            let own = if own > 0 { own } else { numbers.next().unwrap_or_default() };
            for form in forms(c) {
                first[form as usize % PLANE] = own as u16;
            }
            leads.seconds[own] |= seconds;
            leads.thirds[own] |= thirds;
        };
        let mut going_on = Vec::new();
        for (surface, id) in surfaces {
            let word = &words[id.0 as usize];
            let mut chars = surface.chars();
            let Some(c) = chars.next() else { continue };
            if word.hints(true).any() {
                lead(c, bits(chars.next()), bits(chars.next()));
            }
            if word.role == Some(Role::OfWhich) {
                going_on.extend(forms(c));
            }
        }
        going_on.dedup();
        for c in (0..PLANE as u32).filter_map(char::from_u32).filter(|&c| Edge::of(c).is_some()) {
            lead(fold(c), u64::MAX, u64::MAX);
        }
        let telling =
            |word: &Word| Telling { counted: word.hints(true), anywhere: word.hints(false) };
        Sieve {
            first: Plane::Owned(first),
            leads: Cow::Owned(leads),
            going_on: going_on.into(),
            words: words.iter().map(telling).collect(),
        }
    }

    /// What may begin in a text.
    pub fn scan<'s>(&'s self, text: &'s [u8]) -> Scan<'s> {
        let (first, leads) = (&*self.first, &*self.leads);
        Scan { first, leads, text, rest: text, lead: 0 }
    }

    /// Whether a word that goes on with the sentence before may begin with a character.
    pub fn may_go_on(&self, c: char) -> bool {
        self.going_on.contains(&c)
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
    leads: &'s Leads,
    text: &'s [u8],
    /// What has not been looked at.
    rest: &'s [u8],
    /// The lead of the character before it.
    lead: u8,
}

impl Scan<'_> {
    /// The next byte at which something may begin, be it a word or an edge; nothing up to the end of the text.
    /// With `edges`, words of two characters and more are passed over.
    // Its own function, so that what the loops use stays in registers.
    #[inline(never)]
    pub fn next(&mut self, edges: bool) -> Option<usize> {
        let Scan { first, leads, text, mut rest, lead } = *self;
        let mut lead = usize::from(lead);
        let number = |first: u16| usize::from(first as u8);
        let found = loop {
            // Nearly all characters have three bytes; the last of them has the bit of the character.
            let (threes, _) = rest.as_chunks::<3>();
            let stops = threes.iter().position(|&[a, b, c]| {
                let stops = !begins_three(a) || leads.seconds[lead] & bit(u32::from(c)) != 0;
                if !stops {
                    lead = number(first[usize::from(three(a, b, c))]);
                }
                stops
            });
            rest = &rest[3 * stops.unwrap_or(threes.len())..];
            let (seconds, thirds) = (leads.seconds[lead], leads.thirds[lead]);
            // With the last character begins only what is one by itself.
            let (left, alone) = (rest.len(), seconds == u64::MAX);
            if left == 0 {
                lead = 0;
                break alone.then(|| before(text, left));
            }
            let (c, len) = character(rest);
            lead = first.get(c as usize).map_or(0, |&first| number(first));
            rest = rest.get(len..).unwrap_or_default();
            let may = seconds & bit(c) != 0 && thirds & bit(character(rest).0) != 0;
            if may && (alone || !edges) {
                break Some(before(text, left));
            }
        };
        (self.rest, self.lead) = (rest, lead as u8);
        found
    }
}

/// Where the last character begins before so many bytes at the end of a text.
fn before(text: &[u8], left: usize) -> usize {
    let begins = |byte: &u8| byte & 0xC0 != 0x80;
    let (before, _) = text.split_at(text.len() - left);
    before.iter().rposition(begins).unwrap_or(0)
}

/// The bit of a character.
#[inline]
fn bit(c: u32) -> u64 {
    1 << (c % u64::BITS)
}

/// The bits of both forms of a folded character, or all where a word has none.
fn bits(c: Option<char>) -> u64 {
    c.map_or(u64::MAX, |c| forms(c).fold(0, |bits, form| bits | bit(form as u32)))
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
