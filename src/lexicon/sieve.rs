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
use crate::text::bytes::{character, is_first_of_three, three};
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
    /// The second characters of words that say something: two bits for each, of the lower and the higher
    /// half of its number, which others share; all bits for a mark and a word of one character.
    pub(super) seconds: (u64, u64),
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
            let Some(second) = chars.next() else {
                lead.seconds = ALL;
                continue;
            };
            for form in forms(second) {
                lead.seconds.0 |= bit(form as u32);
                lead.seconds.1 |= bit(form as u32 >> HALF);
            }
        }
        for c in (0..PLANE as u32).filter_map(char::from_u32) {
            let edge = match Mark::of(c) {
                Some(Mark::Stop) => Edge::Stop,
                Some(Mark::Open | Mark::OpenTitle) => Edge::Open,
                Some(Mark::Close | Mark::CloseTitle) => Edge::Close,
                _ => continue,
            };
            *own(&mut first, &mut leads, fold(c)) = Lead { seconds: ALL, edge: Some(edge) };
        }
        let telling =
            |word: &Word| Telling { counted: word.hints(true), anywhere: word.hints(false) };
        Sieve {
            first: Plane::Owned(first),
            leads: leads.into(),
            words: words.iter().map(telling).collect(),
        }
    }

    /// The next byte of a text, from a character on, at which something may begin, and what; nothing up
    /// to the end of the text.
    pub fn next(&self, text: &[u8], from: usize) -> Option<(usize, Option<Edge>)> {
        self.find(text, from, |lead| lead.seconds)
    }

    /// The next mark at which a sentence may end, likewise.
    pub fn next_edge(&self, text: &[u8], from: usize) -> Option<(usize, Option<Edge>)> {
        self.find(text, from, |lead| if lead.edge.is_some() { ALL } else { (0, 0) })
    }

    /// The next character behind which one stands that may, by the bits of its lead.
    ///
    /// All text goes through here. One test tells of both characters: it is rarely true, and what is rarely
    /// true is guessed well.
    #[inline]
    fn find(
        &self,
        text: &[u8],
        from: usize,
        seconds: impl Fn(&Lead) -> (u64, u64),
    ) -> Option<(usize, Option<Edge>)> {
        let (first, leads): (&[u16; PLANE], &[Lead]) = (&self.first, &self.leads);
        let may = |lead: &Lead, second: u32| {
            let (low, high) = seconds(lead);
            low & bit(second) != 0 && high & bit(second >> HALF) != 0
        };
        // The character before: where it stands, and its lead.
        let (mut before, mut lead) = (from, &leads[0]);
        let mut at = from;
        loop {
            let rest = text.get(at..)?;
            // Nearly all characters have three bytes.
            let (threes, _) = rest.as_chunks::<3>();
            for &[a, b, c] in threes.iter().take_while(|[a, ..]| is_first_of_three(*a)) {
                let c = three(a, b, c);
                if may(lead, c.into()) {
                    return Some((before, lead.edge));
                }
                lead = &leads[usize::from(first[usize::from(c)])];
                (before, at) = (at, at + 3);
            }
            let rest = text.get(at..)?;
            // At the end of a text this is no character, and only what is one by itself is left.
            let (c, len) = character(rest);
            if may(lead, c) {
                return Some((before, lead.edge));
            }
            if rest.is_empty() {
                return None;
            }
            // Those beyond the plane begin nothing.
            lead = &leads[first.get(c as usize).map_or(0, |&lead| usize::from(lead))];
            (before, at) = (at, at + len);
        }
    }

    /// What a word may say; `counted` tells whether a number stands before it.
    pub fn hints(&self, word: WordId, counted: impl FnOnce() -> bool) -> Hints {
        let Telling { counted: behind_number, anywhere } = self.words[word.0 as usize];
        if behind_number == anywhere || counted() { behind_number } else { anywhere }
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

/// All bits.
const ALL: (u64, u64) = (u64::MAX, u64::MAX);
/// So many bits of a character's number are the lower half.
const HALF: u32 = 6;

/// The bit of one half of a second character's number.
#[inline]
fn bit(half: u32) -> u64 {
    1 << (half % u64::BITS)
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
