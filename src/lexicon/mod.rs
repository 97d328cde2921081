//! Words as data: CSV rows in, the longest word that begins at a place of a text out.
//!
//! A surface may stand in several tables: `生均` is a noun and a denominator, `招生` a noun and an
//! act. Its [`Word`] holds what all of them say. Full-width and half-width characters match alike.

mod built;
mod entry;
mod fold;
mod folder;
mod index;
pub mod kinds;
mod load;
mod own;
mod plane;
pub mod regions;
pub mod senses;
pub mod sieve;
pub mod specific;
pub mod stages;
pub mod tables;
pub mod tokens;
mod whole;
mod word;

use std::path::Path;

use crate::codes::Indicator;
use crate::error::Error;
use crate::page::names::PageNames;
use crate::text::head_words::HeadWords;
use crate::text::lexer::Room;
use crate::text::span::Span;
use crate::text::token::TokenKind;

pub use fold::fold;
pub use index::{Character, Found};
pub use whole::Lexicon;
pub use word::{UnitWord, Word, WordId};

use kinds::Kinds;
use senses::{Act, Noun, Role};
use sieve::{Hints, Sieve};
use tokens::Tokens;

impl Lexicon {
    /// The built-in lexicon, which stands in the program as it is used: nothing is read or arranged.
    pub const fn built_in() -> Self {
        built::lexicon()
    }

    /// The built-in lexicon with the rows of the tables in a folder.
    ///
    /// A row of a word that its table has replaces that row; what other tables say of the word
    /// stays. A division of the same code and name takes the new `until`, and the new short forms
    /// beside its own.
    ///
    /// # Errors
    /// [`ErrorKind::Row`](crate::error::ErrorKind::Row) for a row that cannot be used or a heading
    /// that is not that of the built-in table; [`ErrorKind::Unfit`](crate::error::ErrorKind::Unfit)
    /// for a file that is called like no table, or a folder without any; and those of reading.
    pub fn with_own(folder: &Path) -> Result<Self, Error> {
        let mut loader = load::Loader::default();
        loader.built_in()?;
        loader.own(folder::tables(folder)?)?;
        Ok(loader.finish())
    }

    /// The tokens of `text[within]`, without the spaces between them. They stand in this room.
    pub fn words<'a>(&'a self, text: &'a str, within: Span, room: &'a mut Room) -> Tokens<'a> {
        room.cut(text, within, self, false);
        Tokens::new(text, room.tokens(), self)
    }

    /// What a token may be to a rule.
    #[inline]
    pub fn kinds(&self, token: TokenKind) -> Kinds {
        match token {
            TokenKind::Word(id) => self.word(id).kinds,
            other => Kinds::of_other(other),
        }
    }

    /// What may begin at a character.
    pub fn sieve(&self) -> &Sieve {
        &self.sieve
    }

    /// What the tables say about a word.
    #[inline]
    pub fn word(&self, id: WordId) -> &Word {
        &self.words[id.0 as usize]
    }

    /// The words of a document's head.
    pub fn head(&self) -> &HeadWords {
        &self.head
    }

    /// The names of a web page's parts.
    pub fn pages(&self) -> &PageNames {
        &self.pages
    }

    /// The administrative divisions.
    pub fn regions(&self) -> &regions::Regions {
        &self.regions
    }

    /// What a noun measures after an act, as `indicators.csv` has it: the row of both, else that of
    /// the noun alone.
    pub fn indicator(&self, noun: Noun, act: Option<Act>) -> Option<Indicator> {
        let first = self.indicators.partition_point(|row| (row.0 as u8) < noun as u8);
        let of_noun = || self.indicators[first..].iter().take_while(|row| row.0 == noun);
        let row = |act: Option<Act>| of_noun().find(|row| row.1 == act).map(|row| row.2);
        act.and_then(|act| row(Some(act))).or_else(|| row(None))
    }

    /// Whether a noun phrase says nothing that the codes of a record do not: 中等职业学校 is a level and a
    /// noun, 农村特岗教师 and 了一批学校 are more.
    pub fn is_plain(&self, phrase: &str) -> bool {
        let plain = |word: &Word| {
            let coded = word.noun.is_some() || word.level.is_some() || word.ownership.is_some();
            coded || word.locality.is_some() || word.body.is_some() || word.role == Some(Role::Of)
        };
        let mut room = Room::default();
        let tokens = self.words(phrase, Span::new(0, phrase.len()), &mut room);
        (0..tokens.len()).all(|at| tokens.word(at).is_some_and(plain))
    }

    /// Whether a noun phrase has a word for a level in it.
    pub fn names_level(&self, phrase: &str) -> bool {
        let mut room = Room::default();
        let tokens = self.words(phrase, Span::new(0, phrase.len()), &mut room);
        tokens.any(0..tokens.len(), Kinds::LEVEL)
    }

    /// The characters of a part of a text, which words are found in.
    #[inline]
    pub fn characters(&self, text: &str, within: Span) -> impl Iterator<Item = Character> {
        self.index.characters(text, within)
    }

    /// Whether a word may begin at the start of a text. Where it is not so, none does.
    #[inline]
    pub fn may_begin(&self, text: &[Character]) -> bool {
        self.index.may_begin(text)
    }

    /// The longest unit at the start of a text, and how many characters it has.
    pub fn longest_unit(&self, text: &[Character]) -> Option<(WordId, usize)> {
        // 18个月: a longer word that is none outranks 个.
        let mut longest = None;
        self.index.at(text.iter().map(|c| c.number), |id, chars| {
            let kinds = self.word(id).kinds;
            if kinds.any(Kinds::UNIT) {
                longest = Some((id, chars));
            } else if kinds.any(Kinds::NONUNIT) {
                longest = None;
            }
        });
        longest
    }

    /// The longest word at the start of a text.
    #[inline]
    pub fn found(&self, text: &[Character]) -> Option<Found> {
        self.index.longest(text)
    }

    /// The longest word at the start of `text`, with its length in bytes of `text`.
    pub fn longest(&self, text: &str) -> Option<(WordId, usize)> {
        let mut longest = None;
        self.index.at(self.index.numbers(text), |id, chars| longest = Some((id, chars)));
        let bytes = |chars: usize| text.chars().take(chars).map(char::len_utf8).sum();
        longest.map(|(id, chars)| (id, bytes(chars)))
    }

    /// What the words at the start of `text` may say; `placed` tells of a word of so many characters whether it
    /// stands as it must to say all of it.
    pub fn hints(&self, text: &str, placed: impl Fn(&Word, usize) -> bool) -> Hints {
        let mut hints = Hints::default();
        self.index.at(self.index.numbers(text), |id, chars| {
            hints = hints.or(self.sieve.hints(id, || placed(self.word(id), chars)));
        });
        hints
    }

    /// Whether some word at the start of `text` passes a test.
    pub fn begins(&self, text: &str, test: impl Fn(&Word) -> bool) -> bool {
        let mut begins = false;
        self.index.at(self.index.numbers(text), |id, _| begins |= test(self.word(id)));
        begins
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_word_wins() {
        let lexicon = Lexicon::built_in();
        for (text, word) in [
            ("招生计划数降低", "招生计划数"),
            ("招生的", "招生"),
            ("专任教师3人", "专任教师"),
            ("教师3人", "教师"),
            ("（改）", ""),
            ("新（改）建5所", "新（改）建"),
            ("％以上", "％"),
        ] {
            let len = lexicon.longest(text).map_or(0, |(_, len)| len);
            assert_eq!(&text[..len], word);
        }
    }
}
