//! What a stretch of text may speak of, told without cutting it into words.
//!
//! In: a place of a text. Out: whether a word that begins there may speak of education, or may say when, or
//! turn to plans. Of `垃圾处理率达到85%` nothing of it is true: no record can come of it, and it says nothing
//! to the sentences that follow, so that nobody has to read it. What may be is found by two characters and
//! then by whole words; only the lexer says what is.

use std::borrow::Cow;

use super::fold::{fold, forms};
use super::index::{bit, narrow, prefix_len, second};
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
    /// Nothing is ruled out.
    pub const ALL: Hints = Hints { education: true, carries: true, heads: true };

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
    /// For each lead, the second characters that matter: a bit for each, which others share; all bits for a
    /// mark and a word of one character.
    pub(super) seconds: Cow<'static, [u64]>,
    pub(super) leads: Cow<'static, [Lead]>,
    /// Those of one lead stand together.
    pub(super) words: Cow<'static, [Telling]>,
    /// The folded surfaces, one behind the other.
    pub(super) text: Cow<'static, str>,
}

/// What begins with one character.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Lead {
    /// Whether it is such a mark.
    pub edge: Option<Edge>,
    /// The words that say something, among all that do.
    pub(super) words: (u32, u32),
}

/// A word that says something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Telling {
    /// Its second character; 0 where it has none.
    pub(super) second: u16,
    /// Where its surface begins in the text of all.
    pub(super) from: u32,
    pub(super) len: u32,
    /// Whether it has ASCII, which may be spelled with other bytes.
    pub(super) folds: bool,
    /// What it says behind a number.
    pub(super) counted: Hints,
    /// What it says anywhere.
    pub(super) anywhere: Hints,
}

impl Sieve {
    /// A sieve for these folded surfaces.
    pub fn new(surfaces: &[(String, WordId)], words: &[Word]) -> Self {
        let mut making = Making {
            first: Box::new([0; PLANE]),
            seconds: vec![0],
            edges: vec![None],
            words: vec![Vec::new()],
        };
        for (surface, id) in surfaces {
            let word = &words[id.0 as usize];
            let (counted, anywhere) = (word.hints(true), word.hints(false));
            let mut chars = surface.chars();
            let Some(first) = chars.next().filter(|_| counted != Hints::default()) else {
                continue;
            };
            let lead = making.own(first);
            let second = chars.next().map_or(0, |c| narrow(c as u32));
            making.seconds[lead] |= if second > 0 { bit(second) } else { u64::MAX };
            let folds = surface.bytes().any(|byte| byte.is_ascii());
            let len = surface.len() as u32;
            let telling = Telling { second, from: 0, len, folds, counted, anywhere };
            making.words[lead].push((surface, telling));
        }
        for c in (0..PLANE as u32).filter_map(char::from_u32) {
            let edge = match Mark::of(c) {
                Some(Mark::Stop) => Edge::Stop,
                Some(Mark::Open | Mark::OpenTitle) => Edge::Open,
                Some(Mark::Close | Mark::CloseTitle) => Edge::Close,
                _ => continue,
            };
            let lead = making.own(c);
            making.seconds[lead] = u64::MAX;
            making.edges[lead] = Some(edge);
        }
        let (mut leads, mut words, mut text) = (Vec::new(), Vec::new(), String::new());
        for (edge, tellings) in making.edges.into_iter().zip(making.words) {
            let begin = words.len() as u32;
            for (surface, telling) in tellings {
                words.push(Telling { from: text.len() as u32, ..telling });
                text.push_str(surface);
            }
            leads.push(Lead { edge, words: (begin, words.len() as u32) });
        }
        Sieve {
            first: Plane::Owned(making.first),
            seconds: making.seconds.into(),
            leads: leads.into(),
            words: words.into(),
            text: text.into(),
        }
    }

    /// The next byte of a text, from a character on, at which something may begin, and what; nothing up
    /// to the end of the text.
    pub fn next(&self, text: &[u8], from: usize) -> Option<(usize, &Lead)> {
        let first: &[u16; PLANE] = &self.first;
        let mut rest = text.get(from..)?;
        loop {
            // Nearly all characters have three bytes.
            let (c, behind) = match rest {
                [a @ 0xE0..=0xEF, b, c, behind @ ..] => (usize::from(three(*a, *b, *c)), behind),
                [] => return None,
                _ => {
                    let (c, len) = character(rest);
                    (c as usize, rest.get(len..).unwrap_or_default())
                }
            };
            // Those beyond the plane begin nothing.
            let lead = first.get(c).map_or(0, |&lead| usize::from(lead));
            // At the end of a text only what is one character is left, which has all bits.
            if lead != 0 && self.seconds[lead] & bit(second(behind)) != 0 {
                return Some((text.len() - rest.len(), &self.leads[lead]));
            }
            rest = behind;
        }
    }

    /// What the words of a lead may say that stand at the start of `text`; `counted` tells whether a number
    /// stands before it.
    pub fn hints(&self, lead: &Lead, text: &str, counted: impl FnOnce() -> bool) -> Hints {
        let second = text.chars().nth(1).map_or(0, |c| narrow(fold(c) as u32));
        let (mut behind_number, mut anywhere) = (Hints::default(), Hints::default());
        let words = &self.words[lead.words.0 as usize..lead.words.1 as usize];
        for word in words.iter().filter(|word| word.second == second || word.second == 0) {
            if prefix_len(&self.text, (word.from, word.len), word.folds, text).is_some() {
                behind_number = behind_number.or(word.counted);
                anywhere = anywhere.or(word.anywhere);
            }
        }
        if behind_number == anywhere || counted() { behind_number } else { anywhere }
    }
}

/// A sieve while it is made.
struct Making<'s> {
    first: Box<[u16; PLANE]>,
    seconds: Vec<u64>,
    edges: Vec<Option<Edge>>,
    /// The words of each lead with their surfaces, which have no places in the text of all yet.
    words: Vec<Vec<(&'s str, Telling)>>,
}

impl Making<'_> {
    /// The number of a character's lead, which is to be filled.
    fn own(&mut self, c: char) -> usize {
        let known = usize::from(self.first[fold(c) as usize % PLANE]);
        if known > 0 {
            return known;
        }
        // There are no more leads than first characters. Both forms of a character are one.
        let new = self.words.len();
        for form in forms(fold(c)) {
            self.first[form as usize % PLANE] = new as u16;
        }
        self.seconds.push(0);
        self.edges.push(None);
        self.words.push(Vec::new());
        new
    }
}

impl Word {
    /// What a sentence with the word in it may say; `counted` where a number stands right before it.
    pub fn hints(&self, counted: bool) -> Hints {
        let names = self.level.is_some() || self.noun.is_some_and(is_specific);
        let turns = matches!(
            self.status,
            Some(StatusWord::PlanHeading | StatusWord::ActualHeading | StatusWord::Deeds)
        );
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
            carries: turns || carries,
            heads: turns || heads || money,
        }
    }
}
