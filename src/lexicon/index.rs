//! Surface forms, found by their first two characters.
//!
//! Looking up `招生计划数降低` goes to the words that begin with 招生, longest first, and compares; most
//! characters of a text begin no word and cost two table reads.

use super::{WordId, fold};
use crate::text::bytes::character;

/// First characters beyond this one are not looked up: all words are of the basic plane.
pub const PLANE: usize = 0x1_0000;

/// A surface and its word.
type Entry = (Surface, WordId);

/// Surfaces in the order in which they are tried.
#[derive(Debug)]
pub struct Index {
    /// Sorted by first character, then second (none first), then longest first.
    surfaces: Vec<Entry>,
    /// For each first character, which of the buckets is its own; 0 where no word begins with it.
    first: Box<[u16; PLANE]>,
    /// The first one is empty.
    buckets: Vec<Bucket>,
    /// The pairs of a bucket and a second character: each stands at the place that its hash gives, or at
    /// the next one that is free.
    pairs: Vec<Pair>,
}

/// The surfaces with one first character.
#[derive(Debug, Default, Clone, Copy)]
struct Bucket {
    /// Which second characters they may have: a bit for each, which many others share.
    may: u64,
    /// The surface of one character, among all surfaces; none where the two are the same.
    single: (u32, u32),
}

/// The surfaces with one first and one second character.
#[derive(Debug, Default, Clone, Copy)]
struct Pair {
    /// The bucket and the second character; 0 where no pair is.
    key: u64,
    surfaces: (u32, u32),
}

/// A folded surface.
#[derive(Debug)]
pub struct Surface {
    text: Box<str>,
    /// Whether text that matches may be spelled with other bytes: full-width ASCII.
    folds: bool,
}

impl Index {
    /// An index of folded surfaces.
    pub fn new(words: Vec<(String, WordId)>) -> Self {
        let nth = |surface: &Surface, n: usize| surface.text.chars().nth(n).map(|c| c as u32);
        let mut surfaces: Vec<Entry> = words
            .into_iter()
            .map(|(text, id)| (Surface::new(text), id))
            .filter(|(surface, _)| nth(surface, 0).is_some_and(|c| (c as usize) < PLANE))
            .collect();
        surfaces.sort_by_cached_key(|(surface, _)| {
            let longest = std::cmp::Reverse(surface.text.len());
            (nth(surface, 0), nth(surface, 1), longest, surface.text.clone())
        });
        let mut first = Box::new([0u16; PLANE]);
        let mut buckets = vec![Bucket::default()];
        let mut pairs = Vec::new();
        let mut from = 0;
        for same in surfaces.chunk_by(|(a, _), (b, _)| nth(a, 0) == nth(b, 0)) {
            // There are no more buckets than first characters. Both forms of a character are one.
            let number = buckets.len() as u16;
            for c in nth(&same[0].0, 0).into_iter().filter_map(char::from_u32).flat_map(forms) {
                first[c as usize % PLANE] = number;
            }
            let mut bucket = Bucket::default();
            for same in same.chunk_by(|(a, _), (b, _)| nth(a, 1) == nth(b, 1)) {
                let surfaces = (from, from + same.len() as u32);
                from = surfaces.1;
                match nth(&same[0].0, 1) {
                    None => bucket.single = surfaces,
                    Some(c) => {
                        bucket.may |= bit(c);
                        pairs.push(Pair { key: key(number, c), surfaces });
                    }
                }
            }
            buckets.push(bucket);
        }
        Index { surfaces, first, buckets, pairs: table(&pairs) }
    }

    /// The words at the start of `text`, longest first, with their lengths in bytes of `text`.
    #[inline]
    pub fn at(&self, text: &str) -> impl Iterator<Item = (WordId, usize)> {
        let (longer, single) = self.surfaces_at(text.as_bytes());
        longer
            .iter()
            .chain(single)
            .filter_map(move |(surface, id)| Some((*id, surface.prefix_len(text)?)))
    }

    /// The surfaces that begin with the first two characters of a text, and the one that is the first.
    #[inline]
    fn surfaces_at(&self, text: &[u8]) -> (&[Entry], &[Entry]) {
        let (c, len) = character(text);
        let number = self.first[c as usize % PLANE];
        if number == 0 || c as usize >= PLANE {
            return (&[], &[]);
        }
        let bucket = self.buckets[usize::from(number)];
        let range = |(from, to): (u32, u32)| from as usize..to as usize;
        let single = &self.surfaces[range(bucket.single)];
        let second = folded(character(text.get(len..).unwrap_or_default()).0);
        if bucket.may & bit(second) == 0 {
            return (&[], single);
        }
        let key = key(number, second);
        let mut at = hash(key, self.pairs.len());
        while self.pairs[at].key != key && self.pairs[at].key != 0 {
            at = (at + 1) % self.pairs.len();
        }
        (&self.surfaces[range(self.pairs[at].surfaces)], single)
    }
}

/// A bucket and a second character.
const fn key(bucket: u16, second: u32) -> u64 {
    (bucket as u64) << 32 | second as u64
}

/// The place of a key in a table of so many places, a power of two.
const fn hash(key: u64, places: usize) -> usize {
    (key.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 40) as usize % places
}

/// Pairs at the places that their hashes give; half of the places stay free.
fn table(pairs: &[Pair]) -> Vec<Pair> {
    let places = (2 * pairs.len() + 1).next_power_of_two();
    let mut table = vec![Pair::default(); places];
    for pair in pairs {
        let mut at = hash(pair.key, places);
        while table[at].key != 0 {
            at = (at + 1) % places;
        }
        table[at] = *pair;
    }
    table
}

/// The bit of a second character.
pub const fn bit(c: u32) -> u64 {
    1 << (c % u64::BITS)
}

/// A character as [`fold`] folds it.
#[inline]
pub const fn folded(c: u32) -> u32 {
    match c {
        0xFF01..=0xFF5E => c - 0xFEE0,
        0x3000 => 0x20,
        _ => c,
    }
}

/// A folded character, and the full-width one that folds to it.
pub fn forms(c: char) -> impl Iterator<Item = char> {
    let wide = match c {
        '!'..='~' => char::from_u32(c as u32 + 0xFEE0),
        ' ' => Some('\u{3000}'),
        _ => None,
    };
    [Some(c), wide].into_iter().flatten()
}

impl Surface {
    /// A surface, which is folded.
    pub fn new(text: String) -> Self {
        Surface { folds: text.bytes().any(|byte| byte.is_ascii()), text: text.into_boxed_str() }
    }

    /// Bytes of `text` that match, when this is a prefix of it.
    #[inline]
    pub fn prefix_len(&self, text: &str) -> Option<usize> {
        if text.as_bytes().starts_with(self.text.as_bytes()) {
            return Some(self.text.len());
        }
        if !self.folds {
            return None;
        }
        let mut rest = text.chars();
        let mut len = 0;
        for want in self.text.chars() {
            let have = rest.next().filter(|&have| fold(have) == want)?;
            len += have.len_utf8();
        }
        Some(len)
    }
}
