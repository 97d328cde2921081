//! Surface forms, found by their first two characters.
//!
//! Looking up `招生计划数降低` goes to the words that begin with 招生, longest first, and compares; most
//! characters of a text begin no word and cost two table reads.

use std::ops::Range;

use super::{WordId, fold};

/// First characters beyond this one are not looked up: all words are of the basic plane.
const PLANE: usize = 0x1_0000;

/// Surfaces in the order in which they are tried.
#[derive(Debug, Default)]
pub struct Index {
    /// Sorted by first character, then second (none first), then longest first.
    surfaces: Vec<Surface>,
    /// For each first character, which of the buckets is its own; 0 where no word begins with it.
    first: Vec<u16>,
    /// The first one is empty.
    buckets: Vec<Bucket>,
}

/// The surfaces with one first character.
#[derive(Debug, Default, Clone)]
struct Bucket {
    /// Those of one character, among all surfaces.
    single: Range<usize>,
    /// The others.
    longer: Range<usize>,
    /// Which second characters they may have: a bit for each, which many others share.
    seconds: u64,
}

#[derive(Debug)]
struct Surface {
    /// Its second character; absent in a word of one.
    second: Option<char>,
    /// Folded.
    text: Box<str>,
    /// Whether text that matches may be spelled with other bytes: full-width ASCII.
    folds: bool,
    id: WordId,
}

impl Index {
    /// An index of folded surfaces.
    pub fn new(words: Vec<(String, WordId)>) -> Self {
        let first_of = |text: &str| text.chars().next().map_or(0, |c| c as usize);
        let mut surfaces: Vec<Surface> = words
            .into_iter()
            .filter(|(text, _)| (1..PLANE).contains(&first_of(text)))
            .map(|(text, id)| Surface {
                second: text.chars().nth(1),
                folds: text.bytes().any(|byte| byte.is_ascii()),
                text: text.into_boxed_str(),
                id,
            })
            .collect();
        surfaces.sort_by(|a, b| {
            let key = |s: &Surface| (first_of(&s.text), s.second, std::cmp::Reverse(s.text.len()));
            key(a).cmp(&key(b)).then_with(|| a.text.cmp(&b.text))
        });
        let mut first = vec![0u16; PLANE];
        let mut buckets = vec![Bucket::default()];
        let mut from = 0;
        for same in surfaces.chunk_by(|a, b| first_of(&a.text) == first_of(&b.text)) {
            let singles = same.partition_point(|surface| surface.second.is_none());
            let (longer, to) = (from + singles, from + same.len());
            let seconds = same.iter().filter_map(|surface| surface.second).map(bit);
            // There are no more buckets than first characters, which begin at 1.
            first[first_of(&same[0].text)] = buckets.len() as u16;
            buckets.push(Bucket {
                single: from..longer,
                longer: longer..to,
                seconds: seconds.fold(0, |all, bit| all | bit),
            });
            from = to;
        }
        Index { surfaces, first, buckets }
    }

    /// The words at the start of `text`, longest first, with their lengths in bytes of `text`.
    pub fn at(&self, text: &str) -> impl Iterator<Item = (WordId, usize)> {
        let mut chars = text.chars().map(fold);
        let first = chars.next().and_then(|c| self.first.get(c as usize));
        let bucket = &self.buckets[first.map_or(0, |&bucket| usize::from(bucket))];
        let second = chars.next();
        let longer = match second {
            Some(c) if bucket.seconds & bit(c) != 0 => {
                let longer = &self.surfaces[bucket.longer.clone()];
                &longer[longer.partition_point(|surface| surface.second < second)..]
            }
            _ => &[],
        };
        longer
            .iter()
            .take_while(move |surface| surface.second == second)
            .chain(&self.surfaces[bucket.single.clone()])
            .filter_map(move |surface| Some((surface.id, surface.prefix_len(text)?)))
    }
}

/// The bit of a second character.
fn bit(c: char) -> u64 {
    1 << (c as u32 % u64::BITS)
}

impl Surface {
    /// Bytes of `text` that match, when this is a prefix of it.
    fn prefix_len(&self, text: &str) -> Option<usize> {
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
