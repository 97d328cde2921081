//! Surface forms, found by their first two characters.
//!
//! Looking up `招生计划数降低` goes to the words that begin with 招生, longest first, and compares; most
//! characters of a text begin no word and cost two table reads.

use std::borrow::Cow;
use std::collections::HashMap;

use super::fold::{fold, folded, forms};
use super::plane::{PLANE, Plane};
use super::word::WordId;
use crate::text::bytes::{character, three};

/// Surfaces in the order in which they are tried.
#[derive(Debug, PartialEq)]
pub struct Index {
    /// Sorted by first character, then second (none first), then longest first.
    pub(super) entries: Cow<'static, [Entry]>,
    /// The folded surfaces, one behind the other.
    pub(super) text: Cow<'static, str>,
    /// For each first character, which of the buckets is its own; 0 where no word begins with it.
    pub(super) first: Plane,
    /// The first one is empty.
    pub(super) buckets: Cow<'static, [Bucket]>,
    /// The pairs of a bucket and a second character: each stands at the place that its hash gives, or at
    /// the next one that is free.
    pub(super) pairs: Cow<'static, [Pair]>,
}

/// A surface and its word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry {
    /// Where the surface begins in the text of all.
    pub(super) from: u32,
    pub(super) len: u32,
    /// Whether text that matches may be spelled with other bytes: full-width ASCII.
    pub(super) folds: bool,
    /// Whether it has no more than two characters, and these have one form only.
    pub(super) compared: bool,
    pub(super) id: WordId,
    /// The word that it is without its last character, if that is one.
    pub(super) shorter: Option<WordId>,
}

/// A word at the start of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Found {
    /// The word.
    pub id: WordId,
    /// Its length in bytes of the text.
    pub len: usize,
    /// The word that it is without its last character, if that is one.
    pub shorter: Option<WordId>,
}

/// The surfaces with one first character.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Bucket {
    /// Which second characters they may have: a bit for each, which many others share.
    pub(super) may: u64,
    /// The surface of one character, among all surfaces; none where the two are the same.
    pub(super) single: (u32, u32),
}

/// The surfaces with one first and one second character.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Pair {
    /// 0 where no pair is.
    pub(super) bucket: u16,
    /// All characters beyond the basic plane are one here.
    pub(super) second: u16,
    pub(super) entries: (u32, u32),
}

impl Index {
    /// An index of folded surfaces.
    pub fn new(mut words: Vec<(String, WordId)>) -> Self {
        let nth = |surface: &str, n: usize| surface.chars().nth(n).map(|c| narrow(c as u32));
        words.retain(|(surface, _)| nth(surface, 0).is_some_and(|c| c != BEYOND));
        words.sort_by_cached_key(|(surface, _)| {
            let longest = std::cmp::Reverse(surface.len());
            (nth(surface, 0), nth(surface, 1), longest, surface.clone())
        });
        let ids: HashMap<&str, WordId> =
            words.iter().map(|(surface, id)| (surface.as_str(), *id)).collect();
        let mut text = String::new();
        let mut entries = Vec::with_capacity(words.len());
        let mut first = Box::new([0u16; PLANE]);
        let mut buckets = vec![Bucket::default()];
        let mut pairs = Vec::new();
        for same in words.chunk_by(|(a, _), (b, _)| nth(a, 0) == nth(b, 0)) {
            // There are no more buckets than first characters. Both forms of a character are one.
            let number = buckets.len() as u16;
            for c in same[0].0.chars().take(1).flat_map(forms) {
                first[c as usize % PLANE] = number;
            }
            let mut bucket = Bucket::default();
            for same in same.chunk_by(|(a, _), (b, _)| nth(a, 1) == nth(b, 1)) {
                let begin = entries.len() as u32;
                entries.extend(same.iter().map(|(surface, id)| {
                    let from = text.len() as u32;
                    text.push_str(surface);
                    let folds = surface.bytes().any(|byte| byte.is_ascii());
                    let compared = !folds && surface.len() <= 6 && surface.chars().nth(2).is_none();
                    let last = surface.char_indices().next_back().map_or(0, |(last, _)| last);
                    let shorter = ids.get(&surface[..last]).copied();
                    let len = surface.len() as u32;
                    Entry { from, len, folds, compared, id: *id, shorter }
                }));
                let entries = (begin, entries.len() as u32);
                match nth(&same[0].0, 1) {
                    None => bucket.single = entries,
                    Some(second) => {
                        bucket.may |= bit(second);
                        pairs.push(Pair { bucket: number, second, entries });
                    }
                }
            }
            buckets.push(bucket);
        }
        Index {
            entries: entries.into(),
            text: text.into(),
            first: Plane::Owned(first),
            buckets: buckets.into(),
            pairs: table(&pairs).into(),
        }
    }

    /// The longest word at the start of `text`.
    pub fn longest(&self, text: &str) -> Option<Found> {
        let (longer, single) = self.entries_at(text.as_bytes());
        let whole = |entry: &Entry| {
            let len = self.len_in(entry, text)?;
            Some(Found { id: entry.id, len, shorter: entry.shorter })
        };
        longer.iter().find_map(whole).or_else(|| whole(single.first()?))
    }

    /// The words at the start of `text`, longest first, with their lengths in bytes of `text`.
    #[inline]
    pub fn at(&self, text: &str) -> impl Iterator<Item = (WordId, usize)> {
        let (longer, single) = self.entries_at(text.as_bytes());
        let here = longer.iter().chain(single);
        here.filter_map(move |entry| Some((entry.id, self.len_in(entry, text)?)))
    }

    /// Bytes of `text` that match a surface, which begins with the first two characters of it.
    #[inline]
    fn len_in(&self, entry: &Entry, text: &str) -> Option<usize> {
        // Most words are no longer than what has been compared.
        if entry.compared && text.len() >= entry.len as usize {
            return Some(entry.len as usize);
        }
        prefix_len(&self.text, (entry.from, entry.len), entry.folds, text)
    }

    /// The surfaces that begin with the first two characters of a text, and the one that is the first.
    #[inline]
    fn entries_at(&self, text: &[u8]) -> (&[Entry], &[Entry]) {
        let (c, len) = character(text);
        let number = self.first[c as usize % PLANE];
        if number == 0 || c as usize >= PLANE {
            return (&[], &[]);
        }
        let bucket = self.buckets[usize::from(number)];
        let range = |(from, to): (u32, u32)| from as usize..to as usize;
        let single = &self.entries[range(bucket.single)];
        let second = second(text.get(len..).unwrap_or_default());
        if bucket.may & bit(second) == 0 {
            return (&[], single);
        }
        let mut at = hash(number, second, self.pairs.len());
        loop {
            let pair = self.pairs[at];
            if pair.bucket == number && pair.second == second {
                return (&self.entries[range(pair.entries)], single);
            }
            if pair.bucket == 0 {
                return (&[], single);
            }
            at = (at + 1) & (self.pairs.len() - 1);
        }
    }
}

/// What stands for all characters beyond the basic plane: it is none itself.
const BEYOND: u16 = 0xFFFF;

/// A character of the basic plane, or what stands for all others.
pub fn narrow(c: u32) -> u16 {
    u16::try_from(c).unwrap_or(BEYOND)
}

/// The first character of what stands behind another, folded.
#[inline]
pub fn second(behind: &[u8]) -> u16 {
    match *behind {
        // These have one form only.
        [a @ 0xE4..=0xE9, b, c, ..] => three(a, b, c),
        _ => narrow(folded(character(behind).0)),
    }
}

/// The bit of a second character.
pub fn bit(c: u16) -> u64 {
    1 << (u32::from(c) % u64::BITS)
}

/// The place of a pair in a table of so many places, a power of two.
fn hash(bucket: u16, second: u16, places: usize) -> usize {
    let key = u32::from(bucket) << 16 | u32::from(second);
    (key.wrapping_mul(0x9E37_79B1) >> 12) as usize & (places - 1)
}

/// Pairs at the places that their hashes give; half of the places stay free.
fn table(pairs: &[Pair]) -> Vec<Pair> {
    let places = (2 * pairs.len() + 1).next_power_of_two();
    let mut table = vec![Pair::default(); places];
    for pair in pairs {
        let mut at = hash(pair.bucket, pair.second, places);
        while table[at].bucket != 0 {
            at = (at + 1) & (places - 1);
        }
        table[at] = *pair;
    }
    table
}

/// Bytes of `text` that match a folded surface, when this is a prefix of it. The surface is so many bytes of
/// `all` from one on; `folds` says whether it has ASCII, which may be spelled with other bytes.
#[inline]
pub fn prefix_len(all: &str, (from, len): (u32, u32), folds: bool, text: &str) -> Option<usize> {
    let (from, to) = (from as usize, (from + len) as usize);
    if text.as_bytes().starts_with(&all.as_bytes()[from..to]) {
        return Some(to - from);
    }
    if !folds {
        return None;
    }
    let surface = &all[from..to];
    let mut rest = text.chars();
    let mut len = 0;
    for want in surface.chars() {
        let have = rest.next().filter(|&have| fold(have) == want)?;
        len += have.len_utf8();
    }
    Some(len)
}
