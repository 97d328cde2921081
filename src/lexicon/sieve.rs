//! What a stretch of text may speak of, told without cutting it into words.
//!
//! In: a place of a text. Out: whether a word that begins there may speak of education, or may say when, or
//! turn to plans. Of `垃圾处理率达到85%` nothing of it is true: no record can come of it, and it says nothing
//! to the sentences that follow, so that nobody has to read it. What may be is found by two characters and
//! then by whole words; only the lexer says what is.

use super::senses::{Field, StatusWord, Time};
use super::{Word, WordId, fold};
use crate::context::field::is_specific;
use crate::text::token::Mark;

/// What a sentence may say.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Hints {
    /// Whether a word in it may speak of education.
    pub education: bool,
    /// Whether it may say when, or turn to plans, for the sentences that follow.
    pub carries: bool,
}

impl Hints {
    /// Nothing is ruled out.
    pub const ALL: Hints = Hints { education: true, carries: true };

    /// What either says.
    pub fn or(self, other: Hints) -> Hints {
        Hints {
            education: self.education || other.education,
            carries: self.carries || other.carries,
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

/// What begins at a character, as far as it and the next one tell.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Lead {
    /// Whether it is such a mark.
    pub edge: Option<Edge>,
    /// What the words that begin with both may say.
    pub words: Hints,
}

/// Characters beyond this one are not looked up: all words are of the basic plane.
const PLANE: usize = 0x1_0000;

/// What the words that begin with a character may say, by their second character: a bit for each, which
/// others share; all bits where there is a word of one character.
#[derive(Debug, Clone, Copy, Default)]
struct Seconds {
    education: u64,
    carries: u64,
    edge: Option<Edge>,
}

/// For each character, what may begin there.
#[derive(Debug, Default)]
pub struct Sieve {
    /// Which of the leads is a character's own; the first, of which nothing comes, is that of most.
    first: Vec<u16>,
    leads: Vec<Seconds>,
}

impl Sieve {
    /// A sieve for these folded surfaces.
    pub fn new(surfaces: &[(String, WordId)], words: &[Word]) -> Self {
        let mut sieve = Sieve { first: vec![0; PLANE], leads: vec![Seconds::default()] };
        for (surface, id) in surfaces {
            let word = &words[id.0 as usize];
            let hints = word.hints(true);
            let mut chars = surface.chars();
            let Some(first) = chars.next().filter(|_| hints != Hints::default()) else { continue };
            let seconds = chars.next().map_or(u64::MAX, bit);
            let lead = sieve.own(first);
            lead.education |= if hints.education { seconds } else { 0 };
            lead.carries |= if hints.carries { seconds } else { 0 };
        }
        for c in '\0'..=char::from_u32(PLANE as u32 - 1).unwrap_or('\0') {
            let edge = match Mark::of(c) {
                Some(Mark::Stop) => Edge::Stop,
                Some(Mark::Open | Mark::OpenTitle) => Edge::Open,
                Some(Mark::Close | Mark::CloseTitle) => Edge::Close,
                _ => continue,
            };
            sieve.own(c).edge = Some(edge);
        }
        sieve
    }

    /// The lead of a character, to be filled.
    fn own(&mut self, c: char) -> &mut Seconds {
        let slot = &mut self.first[c as usize];
        if *slot == 0 {
            // There are no more leads than first characters.
            *slot = self.leads.len() as u16;
            self.leads.push(Seconds::default());
        }
        &mut self.leads[usize::from(*slot)]
    }

    /// What begins at `first`, with `second` behind it; nothing that matters at most characters.
    #[inline]
    pub fn lead(&self, first: char, second: impl FnOnce() -> Option<char>) -> Option<Lead> {
        let lead = self.first.get(fold(first) as usize).copied().filter(|&lead| lead != 0)?;
        let lead = self.leads[usize::from(lead)];
        // At the end of a text only words of one character are left, which have all bits.
        let bit = second().map_or(1, |c| bit(fold(c)));
        let words =
            Hints { education: lead.education & bit != 0, carries: lead.carries & bit != 0 };
        Some(Lead { edge: lead.edge, words })
    }
}

/// The bit of a second character.
fn bit(c: char) -> u64 {
    1 << (c as u32 % u64::BITS)
}

impl Word {
    /// What a sentence with the word in it may say; `counted` where a number stands right before it.
    pub fn hints(&self, counted: bool) -> Hints {
        let names = self.level.is_some() || self.noun.is_some_and(is_specific);
        let turns = matches!(
            self.status,
            Some(StatusWord::PlanHeading | StatusWord::ActualHeading | StatusWord::Deeds)
        );
        let dates = match self.time {
            Some(Time::ThisYear | Time::LastYear | Time::NextYear | Time::TextYear) => true,
            Some(Time::Recent | Time::YearEnd | Time::Plan(_)) => true,
            // 2020年, 近三年, 未来五年, 五年来
            Some(Time::Year | Time::YearsBack | Time::AcademicYear | Time::MonthEnd) => counted,
            // Of these every one stands beside another: 近三年, 2016年以来.
            Some(Time::Near | Time::Past | Time::Coming) => false,
            Some(Time::Until | Time::Since | Time::During | Time::Length | Time::From) => false,
            // 目前 and 9月8日 say so of their own sentence.
            Some(Time::Now | Time::Month | Time::Day) | None => false,
        };
        Hints { education: names || self.field == Some(Field::Education), carries: turns || dates }
    }
}
