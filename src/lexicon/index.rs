//! Surfaces, found character by character.
//!
//! Looking up `招生计划数降低` goes from 招 to 生 to 计 as long as some word begins so, and remembers the words
//! that end on the way: 招生, 招生计划, 招生计划数. All ways together are a trie, kept as a double array
//! (J. Aoe, An efficient digital search algorithm by using a double-array structure, 1989). Each character of
//! a text is looked up once and gets a number; each step is then one read of a table.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::fold::forms;
use super::plane::{PLANE, Plane};
use super::word::WordId;

/// Surfaces, and what they begin with.
#[derive(Debug, PartialEq)]
pub struct Index {
    /// The numbers of the characters that surfaces are made of, the same for both forms of one; 0 for all
    /// others.
    pub(super) numbers: Plane,
    /// The same for those beyond the basic plane, in their order.
    pub(super) beyond: Cow<'static, [(u32, u16)]>,
    /// The first one is where every way begins.
    pub(super) places: Cow<'static, [Place]>,
    /// For each place, the word that ends there, if one does.
    pub(super) words: Cow<'static, [WordId]>,
}

/// Where one is behind some characters: behind 招生.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// The place that this one is reached from.
    pub(super) from: u32,
    /// Character number n leads to the place n behind this one, if that is reached from here; with
    /// [`WORD`] where a word ends.
    pub(super) base: u32,
}

/// Where no place is reached from.
const NOWHERE: u32 = u32::MAX;
/// The bit that tells that a word ends at a place.
const WORD: u32 = 1 << 31;
/// The base of a place from which no character leads on: no place is behind it, and none is looked at.
const LAST: u32 = !WORD;

/// A character of a text, looked up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Character {
    /// The character as it is written.
    pub c: char,
    /// Its number among those that surfaces are made of.
    pub(super) number: u16,
    /// Its length in bytes of the text.
    pub len: u8,
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
        let (numbers, beyond) = numbered(surfaces);
        let (places, words) = (Cow::default(), Cow::default());
        let mut index = Index { numbers, beyond: beyond.into(), places, words };
        let number = |surface: &str| surface.chars().map(|c| index.number(c)).collect();
        let mut spelled: Vec<Spelled> = surfaces
            .iter()
            .enumerate()
            .map(|(rank, (surface, word))| Spelled { chars: number(surface), rank, word: *word })
            .collect();
        spelled.sort_by(|a, b| a.chars.cmp(&b.chars));
        let laid = Laid::out(&spelled);
        (index.places, index.words) = (laid.places.into(), laid.words.into());
        index
    }

    /// The characters of a text.
    #[inline]
    pub fn characters(&self, text: &str) -> impl Iterator<Item = Character> {
        let len = |c: char| c.len_utf8() as u8;
        text.chars().map(move |c| Character { c, number: self.number(c), len: len(c) })
    }

    /// The longest word at the start of a text.
    #[inline]
    pub fn longest(&self, text: impl Iterator<Item = Character>) -> Option<Found> {
        // No word ends where every way begins.
        const NONE: usize = 0;
        let (mut found, mut chars, mut shorter, mut before) = (NONE, 0, NONE, NONE);
        self.along(text, |place, is_word, count| {
            if is_word {
                (found, chars, shorter, before) = (place, count, before, place);
            } else {
                before = NONE;
            }
        });
        let word = |place: usize| (place != NONE).then(|| self.words[place]);
        Some(Found { id: word(found)?, chars, shorter: word(shorter) })
    }

    /// Gives the words at the start of a text to `each`, shortest first, with the number of their
    /// characters.
    #[inline]
    pub fn at(&self, text: impl Iterator<Item = Character>, mut each: impl FnMut(WordId, usize)) {
        self.along(text, |place, is_word, chars| {
            if is_word {
                each(self.words[place], chars);
            }
        });
    }

    /// Gives to `each`, for each character of a text, as long as some word begins so, the place behind it,
    /// whether a word ends there, and how many characters that has.
    #[inline]
    fn along(
        &self,
        text: impl Iterator<Item = Character>,
        mut each: impl FnMut(usize, bool, usize),
    ) {
        let places: &[Place] = &self.places;
        let (mut at, mut base) = (0, places.first().map_or(0, |start| start.base));
        let mut chars = 0;
        for character in text {
            let next = (base & !WORD) + u32::from(character.number);
            let Some(place) = places.get(next as usize).filter(|place| place.from == at) else {
                return;
            };
            chars += 1;
            (at, base) = (next, place.base);
            each(at as usize, base & WORD != 0, chars);
        }
    }

    /// The number of a character.
    #[inline]
    fn number(&self, c: char) -> u16 {
        match self.numbers.get(c as usize) {
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

/// Numbers for the characters of surfaces in the order in which they are met, first for those of the basic
/// plane, then for others.
fn numbered(surfaces: &[(String, WordId)]) -> (Plane, Vec<(u32, u16)>) {
    let mut plane = Box::new([0; PLANE]);
    let mut beyond: Vec<(u32, u16)> = Vec::new();
    let mut next = 1;
    for c in surfaces.iter().flat_map(|(surface, _)| surface.chars()) {
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
        next += 1;
    }
    beyond.sort_unstable();
    (Plane::Owned(plane), beyond)
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
    words: Vec<WordId>,
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
                laid.places[at].base |= WORD;
                laid.words[at] = one.word;
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
        self.places.resize(len, Place { from: NOWHERE, base: 0 });
        self.words.resize(len, WordId(0));
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
            index.at(index.characters(text), |WordId(id), chars| found.push((id, whole(chars))));
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
            index.longest(index.characters(text)).map(|found| (found.chars, found.shorter))
        };
        assert_eq!(found("小学生均"), Some((3, Some(WordId(0)))));
        assert_eq!(found("小学校长"), Some((4, None)));
        assert_eq!(found("小"), None);
    }
}
