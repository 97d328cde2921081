//! The lexicon as a whole: its words, what finds them, and the tables that are no words.
//!
//! Each part is either built into the program, where it is memory that is only read, or has been read from
//! tables when the program ran. Both are one type, and hold the same.

use std::borrow::Cow;

use super::index::Index;
use super::regions::Regions;
use super::senses::{Act, Noun};
use super::sieve::Sieve;
use super::word::Word;
use crate::codes::Indicator;
use crate::page::names::PageNames;
use crate::text::head_words::HeadWords;

/// What a noun measures, alone or after an act: a row of `indicators.csv`.
pub type IndicatorRow = (Noun, Option<Act>, Indicator);

/// All words, found by longest match.
#[derive(Debug, PartialEq)]
pub struct Lexicon {
    pub(super) words: Cow<'static, [Word]>,
    pub(super) index: Index,
    pub(super) sieve: Sieve,
    pub(super) regions: Regions,
    pub(super) indicators: Cow<'static, [IndicatorRow]>,
    pub(super) head: HeadWords,
    pub(super) pages: PageNames,
}
