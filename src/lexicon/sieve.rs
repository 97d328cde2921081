//! What a stretch of text may speak of, told without cutting it into words.
//!
//! In: a place of a text. Out: whether a word that begins there may speak of education, or may say when, or
//! turn to plans. Of `垃圾处理率达到85%` nothing of it is true: no record can come of it, and it says nothing
//! to the sentences that follow, so that nobody has to read it. What may be is found by three characters
//! and then by whole words; only the lexer says what is.

use std::borrow::Cow;

use super::fold::forms;
use super::senses::{Field, Noun, Role, StatusWord, Time};
use super::specific::is_specific;
use super::word::{Word, WordId};
use crate::text::bytes::character;
use crate::text::script::is_of_number;
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
    pub(super) leads: Cow<'static, Leads>,
    /// Whether a word that says something begins with an edge, as （普惠性）幼儿园 of a user's own does.
    pub(super) edged: bool,
    /// With what words begin that go on with the sentence before: 其 of 其中.
    pub(super) going_on: Cow<'static, [char]>,
    /// What each word of the lexicon says.
    pub(super) words: Cow<'static, [Telling]>,
}

/// So many leads there are. Of each kind they fill as much memory as a processor has at hand.
pub(super) const LEADS: usize = 1 << 11;

/// What begins with a character, by its [`lead`], which others share: no less is said of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Leads {
    /// All bits for an edge.
    pub(super) edges: [u64; LEADS],
    /// The second characters of words that say something: a bit for each, which others share; all bits for an
    /// edge and a word of one character.
    pub(super) seconds: [u64; LEADS],
    /// The same of those that say when to the sentences that follow, or turn to plans; all bits for what a number is
    /// made of, too.
    pub(super) onward: [u64; LEADS],
    /// The third ones likewise: after 建设 most of what follows is none.
    pub(super) thirds: [u64; LEADS],
}

/// What a word says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Telling {
    /// Where it stands as it must to say all it may: behind a number, at the start of a clause.
    pub(super) placed: Hints,
    /// Anywhere.
    pub(super) anywhere: Hints,
}

impl Sieve {
    /// A sieve for these folded surfaces.
    pub fn new(surfaces: &[(String, WordId)], words: &[Word]) -> Self {
        let none = [0; LEADS];
        let mut leads = Leads { edges: none, seconds: none, onward: none, thirds: none };
        let mut edged = false;
        let mut going_on = Vec::new();
        for (surface, id) in surfaces {
            let word = &words[id.0 as usize];
            let mut chars = surface.chars();
            let Some(c) = chars.next() else { continue };
            let hints = word.hints(true);
            if hints.any() {
                edged |= Edge::of(c).is_some();
                let onward = (hints.carries || hints.heads)
                    && (word.time.is_some() || word.status.is_some());
                let (second, third) = (bits(chars.next()), bits(chars.next()));
                for lead in forms(c).map(lead_of) {
                    leads.seconds[lead] |= second;
                    leads.thirds[lead] |= third;
                    if onward {
                        leads.onward[lead] |= second;
                    }
                }
            }
            if word.role == Some(Role::OfWhich) {
                going_on.extend(forms(c));
            }
        }
        going_on.dedup();
        for lead in ('\0'..='\u{FFFF}').filter(|&c| Edge::of(c).is_some()).map(lead_of) {
            for all in [&mut leads.edges, &mut leads.seconds, &mut leads.thirds] {
                all[lead] = u64::MAX;
            }
        }
        for lead in ('\0'..='\u{FFFF}').filter(|&c| is_of_number(c)).map(lead_of) {
            leads.onward[lead] = u64::MAX;
        }
        let telling =
            |word: &Word| Telling { placed: word.hints(true), anywhere: word.hints(false) };
        Sieve {
            leads: Cow::Owned(leads),
            edged,
            going_on: going_on.into(),
            words: words.iter().map(telling).collect(),
        }
    }

    /// What may begin in a text.
    pub fn scan<'s>(&'s self, text: &'s str) -> Scan<'s> {
        Scan { leads: &self.leads, len: text.len(), rest: text.as_bytes() }
    }

    /// Whether a word that says something may begin a text: with most numbers none does.
    pub fn may_begin(&self, text: &str) -> bool {
        let text = text.as_bytes();
        let (first, len) = character(text);
        let (second, len) = character(text.get(len..).unwrap_or_default());
        self.leads.seconds[lead(first)] & bit(last(second, len)) != 0
    }

    /// Whether a word that says something may begin where an edge stands, or none does.
    pub fn may_say(&self, edge: Option<Edge>) -> bool {
        self.edged || edge.is_none()
    }

    /// Whether a word that goes on with the sentence before may begin with a character.
    pub fn may_go_on(&self, c: char) -> bool {
        self.going_on.contains(&c)
    }

    /// What a word may say; `placed` tells whether it stands as it must to say all of it.
    pub fn hints(&self, word: WordId, placed: impl FnOnce() -> bool) -> Hints {
        let Telling { placed: all, anywhere } = self.words[word.0 as usize];
        if all == anywhere || placed() { all } else { anywhere }
    }
}

/// What is looked for in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sought {
    /// Edges.
    Edges,
    /// Edges, and words that say something.
    Words,
    /// Numbers, and words that say when to the sentences that follow, or turn to plans.
    Onward,
}

/// What may begin in a text.
///
/// All text goes through here. That something begins is rarely true, and what is rarely true is guessed well.
pub struct Scan<'s> {
    leads: &'s Leads,
    /// Bytes of the text.
    len: usize,
    /// What has not been looked at.
    rest: &'s [u8],
}

impl Scan<'_> {
    /// The next byte at which something that is sought may begin; nothing up to the end of the text.
    // Its own function, so that what the loops use stays in registers.
    #[inline(never)]
    pub fn next(&mut self, sought: Sought) -> Option<usize> {
        let (mut rest, thirds) = (self.rest, &self.leads.thirds);
        let seconds = match sought {
            Sought::Edges => &self.leads.edges,
            Sought::Words => &self.leads.seconds,
            Sought::Onward => &self.leads.onward,
        };
        let found = loop {
            rest = nothing_begins(rest, seconds);
            if rest.is_empty() {
                break None;
            }
            let at = self.len - rest.len();
            let (c, len) = character(rest);
            let lead = lead(c);
            rest = &rest[len..];
            let seconds = seconds[lead];
            // Nothing begins so; most digits pass here.
            if seconds == 0 {
                continue;
            }
            let may = if rest.is_empty() {
                // With the last character begins only what is one by itself.
                seconds == u64::MAX
            } else {
                let (second, len) = character(rest);
                seconds & bit(last(second, len)) != 0 && {
                    let (third, len) = character(&rest[len..]);
                    seconds == u64::MAX || thirds[lead] & bit(last(third, len)) != 0
                }
            };
            if may {
                break Some(at);
            }
        };
        self.rest = rest;
        found
    }

    /// Goes on at a place of the text, if that lies ahead.
    pub fn pass(&mut self, to: usize) {
        let here = self.len - self.rest.len();
        self.rest = &self.rest[to.saturating_sub(here)..];
    }
}

/// What is left of a text behind characters with which nothing begins. Nearly all characters have three bytes,
/// and two of them are looked at together, as long as the one behind them has three as well.
#[inline(always)]
fn nothing_begins<'t>(text: &'t [u8], seconds: &[u64; LEADS]) -> &'t [u8] {
    const FIRSTS: u64 = 0x00F0_0000_F000_00F0;
    const THREES: u64 = 0x00E0_0000_E000_00E0;
    let begins = |first: u64, second: u8| seconds[lead(first as u32)] & bit(second) != 0;
    let mut rest = text;
    while let Some(nine @ [eight @ .., _]) = rest.first_chunk::<9>() {
        let bytes = u64::from_le_bytes(*eight);
        if bytes & FIRSTS != THREES || begins(bytes, nine[5]) {
            break;
        }
        if begins(bytes >> 24, nine[8]) {
            rest = &rest[3..];
            break;
        }
        rest = &rest[6..];
    }
    rest
}

/// The lead of a character that is given in its bytes, the first of them lowest; a fourth changes nothing. Of
/// some thousand factors, with this one the fewest frequent characters share what is sought.
#[inline]
fn lead(bytes: u32) -> usize {
    const FACTOR: u32 = 0x1C_3017 << u8::BITS;
    (bytes.wrapping_mul(FACTOR) >> (u32::BITS - LEADS.ilog2())) as usize
}

/// The lead of a character.
fn lead_of(c: char) -> usize {
    lead(character(c.encode_utf8(&mut [0; 4]).as_bytes()).0)
}

/// The last byte of a character of so many.
#[inline]
fn last(bytes: u32, len: usize) -> u8 {
    (bytes >> (u8::BITS as usize * (len - 1))) as u8
}

/// The bit of a character, by the last of its bytes.
#[inline]
fn bit(last: u8) -> u64 {
    1 << (u32::from(last) % u64::BITS)
}

/// The bits of both forms of a folded character, or all where a word has none.
fn bits(c: Option<char>) -> u64 {
    c.map_or(u64::MAX, |c| forms(c).fold(0, |bits, form| bits | bit(form as u8)))
}

impl Word {
    /// What a sentence with the word in it may say; `placed` where it stands as it must: years behind a number,
    /// 近年来 at the start of a clause, “十四五” before 期间, 民生实事 before a colon.
    pub fn hints(&self, placed: bool) -> Hints {
        let names = self.level.is_some() || self.noun.is_some_and(is_specific);
        // 下一步 turns to plans as one of the first two words, or as a heading; 民生实事： anywhere.
        let turns =
            matches!(self.status, Some(StatusWord::PlanHeading | StatusWord::ActualHeading));
        let deeds = placed && self.status == Some(StatusWord::Deeds);
        let (carries, heads) = match self.time {
            Some(Time::ThisYear | Time::LastYear | Time::NextYear) => (false, true),
            Some(Time::TextYear | Time::YearEnd) => (false, true),
            // 过去五年 is a range, to which 五年来 may refer.
            Some(Time::Past) => (true, true),
            // A heading may say 近年来 anywhere.
            Some(Time::Recent) => (placed, true),
            // “十四五”期间 and 五年来
            Some(Time::Plan(_) | Time::YearsBack) => (placed, placed),
            // 2020年, 未来五年
            Some(Time::Year | Time::AcademicYear | Time::MonthEnd) => (false, placed),
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::Lexicon;

    /// Where something may begin in a text.
    fn begins(text: &str, sought: Sought) -> Vec<usize> {
        let lexicon = Lexicon::built_in();
        let mut scan = lexicon.sieve().scan(text);
        std::iter::from_fn(|| scan.next(sought)).collect()
    }

    #[test]
    fn what_begins_is_found_wherever_it_stands() {
        let lexicon = Lexicon::built_in();
        let sieve = lexicon.sieve();
        for before in ["", "的", "3", "é", "\u{20000}", "3é", "x的"].map(|c| c.repeat(9)) {
            let starts = before.char_indices().map(|(at, _)| at).chain([before.len()]);
            for before in starts.map(|from| &before[from..]) {
                for behind in ["", "的", "3", "é的", "的的的", "的3的", "3的的的", "。"]
                {
                    for word in ["小学", "年", "义务教育", "民生实事", "《", "。", "!"]
                    {
                        let text = format!("{before}{word}{behind}");
                        assert!(begins(&text, Sought::Words).contains(&before.len()), "{text}");
                        assert!(sieve.may_begin(&text[before.len()..]), "{text}");
                        let edge = word.chars().next().and_then(Edge::of).is_some();
                        assert_eq!(
                            begins(&text, Sought::Edges).contains(&before.len()),
                            edge,
                            "{text}"
                        );
                    }
                }
            }
        }
    }

    #[test]
    fn a_word_may_begin_with_an_edge() {
        assert!(!Lexicon::built_in().sieve().may_say(Some(Edge::Open)));
        let word = Word { field: Some(Field::Education), ..Word::NONE };
        let sieve = Sieve::new(&[("(公办)幼儿园".to_owned(), WordId(0))], &[word]);
        assert!(sieve.may_say(Some(Edge::Open)));
    }

    #[test]
    fn most_text_is_passed_over() {
        // 上年 and 年.
        assert_eq!(begins("垃圾处理率达到85%，比上年提高3个百分点", Sought::Words), [30, 33]);
    }
}
