//! Surfaces, found character by character.
//!
//! Looking up `招生计划数降低` goes from 招 to 生 to 计 as long as some word begins so. Words that end on the way are
//! 招生, 招生计划 and 招生计划数, of which the longest is the last. All ways together are a trie, kept as a double array
//! (J. Aoe, An efficient digital search algorithm by using a double-array structure, 1989). Each character of
//! a text is looked up once and gets a number; each step is then one read of a table.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::fold::forms;
use super::plane::{PLANE, Plane};
use super::word::WordId;
use crate::text::span::Span;

/// Surfaces, and what they begin with.
#[derive(Debug, PartialEq)]
pub struct Index {
    /// The numbers of the characters that surfaces are made of, the same for both forms of one; 0 for all
    /// others.
    pub(super) plane: Plane,
    /// The same for those beyond the basic plane, in their order.
    pub(super) beyond: Cow<'static, [(u32, u16)]>,
    /// The first one is where every way begins.
    pub(super) places: Cow<'static, [Place]>,
    /// Characters with a number up to this one are words by themselves.
    pub(super) alone: u16,
    /// With which two characters words begin: a bit for each pair, which others share.
    pub(super) pairs: Cow<'static, [u64; PAIRS]>,
}

/// So many words of bits. Pairs are few enough that one in eight others shares their bits.
pub(super) const PAIRS: usize = 1 << 10;

/// Where one is behind some characters: behind 招生.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// The place that this one is reached from.
    pub(super) from: u32,
    /// Character number n leads to the place n behind this one, if that is reached from here.
    pub(super) base: u32,
    /// The number of the word that ends here.
    pub(super) word: u32,
}

/// Where no place is reached from.
const NOWHERE: u32 = u32::MAX;
/// Where no word ends.
const NONE: u32 = u32::MAX;
/// The base of a place from which no character leads on: no place is behind it, and none is looked at.
const LAST: u32 = u32::MAX >> 1;

/// A character of a text, looked up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Character {
    /// The character as it is written.
    pub c: char,
    /// Its number among those that surfaces are made of.
    pub number: u16,
    /// Where it stands, in bytes of the text.
    pub at: usize,
}

/// A word at the start of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Found {
    /// The word.
    pub id: WordId,
    /// How many characters it has.
    pub chars: usize,
    /// The word that it is without its last character, if that is one.
    pub shorter: Option<WordId>,
}

impl Index {
    /// An index of folded surfaces, each of which stands there once. What is met often in texts is found
    /// faster where it stands before the rest.
    pub fn new(surfaces: &[(String, WordId)]) -> Self {
        let (plane, beyond, alone) = numbered(surfaces);
        let mut index = Index {
            plane,
            beyond: beyond.into(),
            places: Cow::default(),
            alone,
            pairs: Cow::Owned([0; PAIRS]),
        };
        let number = |surface: &str| surface.chars().map(|c| index.number(c)).collect();
        let mut spelled: Vec<Spelled> = surfaces
            .iter()
            .enumerate()
            .map(|(rank, (surface, word))| Spelled { chars: number(surface), rank, word: *word })
            .collect();
        spelled.sort_by(|a, b| a.chars.cmp(&b.chars));
        index.places = Laid::out(&spelled).places.into();
        for one in &spelled {
            if let [first, second, ..] = one.chars[..] {
                let (word, bit) = pair(first, second);
                index.pairs.to_mut()[word] |= bit;
            }
        }
        index
    }

    /// The characters of a part of a text.
    #[inline]
    pub fn characters(&self, text: &str, within: Span) -> impl Iterator<Item = Character> {
        let mut chars = within.of(text).chars();
        std::iter::from_fn(move || {
            let at = within.end - chars.as_str().len();
            chars.next().map(|c| Character { c, number: self.number(c), at })
        })
    }

    /// The numbers of the characters of a text, of which only the first are needed.
    #[inline]
    pub fn numbers(&self, text: &str) -> impl Iterator<Item = u16> {
        text.chars().map(|c| self.number(c))
    }

    /// The longest word at the start of a text.
    #[inline]
    pub fn longest(&self, text: &[Character]) -> Option<Found> {
        let mut found = None;
        let (mut chars, mut before) = (0, NONE);
        self.along(text.iter().map(|c| c.number), |word| {
            chars += 1;
            if word != NONE {
                let shorter = (before != NONE).then_some(WordId(before));
                found = Some(Found { id: WordId(word), chars, shorter });
            }
            before = word;
        });
        found
    }

    /// Whether a word may begin at the start of a text. Where it is not so, none does.
    #[inline]
    pub fn may_begin(&self, text: &[Character]) -> bool {
        let number = |at: usize| text.get(at).map_or(0, |c| c.number);
        let (word, bit) = pair(number(0), number(1));
        // A character without a number wraps round.
        self.pairs[word] & bit != 0 || number(0).wrapping_sub(1) < self.alone
    }

    /// Gives the words at the start of a text to `each`, shortest first, with the number of their
    /// characters.
    #[inline]
    pub fn at(&self, text: impl Iterator<Item = u16>, mut each: impl FnMut(WordId, usize)) {
        let mut chars = 0;
        self.along(text, |word| {
            chars += 1;
            if word != NONE {
                each(WordId(word), chars);
            }
        });
    }

    /// Gives to `each`, for each character of a text, as long as some word begins so, the number of the word that ends
    /// there.
    #[inline]
    fn along(&self, text: impl Iterator<Item = u16>, mut each: impl FnMut(u32)) {
        let places: &[Place] = &self.places;
        let (mut at, mut base) = (0, places.first().map_or(0, |start| start.base));
        for number in text {
            let next = base + u32::from(number);
            let Some(place) = places.get(next as usize).filter(|place| place.from == at) else {
                return;
            };
            (at, base) = (next, place.base);
            each(place.word);
        }
    }

    /// The number of a character.
    #[inline]
    fn number(&self, c: char) -> u16 {
        match self.plane.get(c as usize) {
            Some(&number) => number,
            None => self.number_beyond(c),
        }
    }

    #[cold]
    fn number_beyond(&self, c: char) -> u16 {
        let at = self.beyond.binary_search_by_key(&u32::from(c), |&(c, _)| c);
        at.map_or(0, |at| self.beyond[at].1)
    }
}

/// The bit of a pair of characters, which are given by their numbers, and the word of bits that has it.
#[inline]
fn pair(first: u16, second: u16) -> (usize, u64) {
    /// Spreads the numbers over all bits; odd.
    const SPREAD: u16 = 0x9E37;
    let hash = usize::from(first.wrapping_mul(SPREAD) ^ second);
    let bits = u64::BITS as usize;
    (hash / bits % PAIRS, 1 << (hash % bits))
}

/// Numbers for the characters of surfaces, first for those that are words by themselves and then in the order in which
/// they are met: for those of the basic plane, for others, and the last number of a character that is a word.
fn numbered(surfaces: &[(String, WordId)]) -> (Plane, Vec<(u32, u16)>, u16) {
    let mut plane = Box::new([0; PLANE]);
    let mut beyond: Vec<(u32, u16)> = Vec::new();
    let mut alone = 0;
    let mut next = 1;
    let words = surfaces.iter().filter(|(surface, _)| surface.chars().nth(1).is_none());
    let all = words.map(|word| (word, true)).chain(surfaces.iter().map(|word| (word, false)));
    for (c, is_word) in all.flat_map(|(word, is)| word.0.chars().map(move |c| (c, is))) {
        let known = match plane.get(c as usize) {
            Some(&number) => number > 0,
            None => beyond.iter().any(|&(known, _)| known == c as u32),
        };
        if known || next == u16::MAX {
            continue;
        }
        for form in forms(c) {
            match plane.get_mut(form as usize) {
                Some(number) => *number = next,
                None => beyond.push((form as u32, next)),
            }
        }
        if is_word {
            alone = next;
        }
        next += 1;
    }
    beyond.sort_unstable();
    (Plane::Owned(plane), beyond, alone)
}

/// A surface in the numbers of its characters.
#[derive(Debug)]
struct Spelled {
    chars: Vec<u16>,
    /// How many surfaces stand before it.
    rank: usize,
    word: WordId,
}

/// Places while they are laid out.
#[derive(Debug, Default)]
struct Laid {
    places: Vec<Place>,
    taken: Vec<bool>,
    /// All before this one are taken.
    low: usize,
}

impl Laid {
    /// The places of surfaces, which are sorted. Those of the first surfaces come first: what is often read
    /// stands together.
    fn out(spelled: &[Spelled]) -> Laid {
        let mut laid = Laid::default();
        laid.take(0, NOWHERE);
        let rank = |spelled: &[Spelled]| Reverse(spelled.iter().map(|one| one.rank).min());
        // The surfaces behind a place, and how many characters of them are read there.
        let mut open = BinaryHeap::from([(rank(spelled), 0, 0, 0, spelled.len())]);
        while let Some((_, at, depth, from, to)) = open.pop() {
            let behind = &spelled[from..to];
            // The one that ends here is the first.
            let ending = behind.iter().take_while(|one| one.chars.len() == depth).count();
            let ways: Vec<&[Spelled]> =
                behind[ending..].chunk_by(|a, b| a.chars[depth] == b.chars[depth]).collect();
            let steps: Vec<usize> =
                ways.iter().map(|way| usize::from(way[0].chars[depth])).collect();
            let base = laid.base(&steps);
            laid.places[at].base = if steps.is_empty() { LAST } else { base as u32 };
            if let Some(one) = behind[..ending].first() {
                laid.places[at].word = one.word.0;
            }
            let mut from = from + ending;
            for (way, step) in ways.into_iter().zip(steps) {
                laid.take(base + step, at as u32);
                open.push((rank(way), base + step, depth + 1, from, from + way.len()));
                from += way.len();
            }
        }
        laid
    }

    /// Takes a place, which is reached from another.
    fn take(&mut self, at: usize, from: u32) {
        let len = self.places.len().max(at + 1);
        self.places.resize(len, Place { from: NOWHERE, base: 0, word: NONE });
        self.taken.resize(len, false);
        self.places[at].from = from;
        self.taken[at] = true;
        while self.taken.get(self.low) == Some(&true) {
            self.low += 1;
        }
    }

    /// The first base from which all these steps lead to free places.
    fn base(&self, steps: &[usize]) -> usize {
        let free = |at: usize| self.taken.get(at) != Some(&true);
        let first = steps.first().copied().unwrap_or(0);
        let mut bases = (self.low.max(first)..).filter(|&at| free(at)).map(|at| at - first);
        // The range has no end.
        bases.find(|base| steps.iter().all(|step| free(base + step))).unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn index(surfaces: &[&str]) -> Index {
        let ids = (0..).map(WordId);
        let surfaces: Vec<_> = surfaces.iter().map(|&s| s.to_owned()).zip(ids).collect();
        Index::new(&surfaces)
    }

    #[test]
    fn words_are_found_from_the_shortest_to_the_longest() {
        let index = index(&["招生", "招生计划数", "生", "招生计划", "%", "𬭳"]);
        let found = |text: &str| {
            let mut found = Vec::new();
            let whole = |chars: usize| text.chars().take(chars).collect::<String>();
            index.at(index.numbers(text), |WordId(id), chars| found.push((id, whole(chars))));
            found
        };
        let of = |words: &[(u32, &str)]| {
            words.iter().map(|(id, word)| (*id, (*word).to_owned())).collect::<Vec<_>>()
        };
        assert_eq!(found("招生计划数降低"), of(&[(0, "招生"), (3, "招生计划"), (1, "招生计划数")]));
        assert_eq!(found("招生计"), of(&[(0, "招生")]));
        assert_eq!(found("％以上"), of(&[(4, "％")]));
        assert_eq!(found("𬭳"), of(&[(5, "𬭳")]));
        for none in ["", "招", "计划", "\0", "𬭴", "é"] {
            assert_eq!(found(none), of(&[]), "{none:?}");
        }
    }

    #[test]
    fn the_longest_knows_what_it_is_without_its_last_character() {
        let index = index(&["小学", "小学生", "小学校长"]);
        let found = |text: &str| {
            let chars: Vec<_> = index.characters(text, Span::new(0, text.len())).collect();
            index.longest(&chars).map(|found| (found.chars, found.shorter))
        };
        assert_eq!(found("小学生均"), Some((3, Some(WordId(0)))));
        assert_eq!(found("小学校长"), Some((4, None)));
        assert_eq!(found("小"), None);
    }
}
