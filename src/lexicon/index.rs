//! Surface forms, found by their first two characters.
//!
//! Looking up `招生计划数降低` goes to the words that begin with 招生, longest first, and compares; most
//! characters of a text begin no word and cost two table reads.

use super::{WordId, fold};

/// First characters beyond this one are not looked up: all words are of the basic plane.
const PLANE: usize = 0x1_0000;

/// Surfaces in the order in which they are tried.
#[derive(Debug, Default)]
pub struct Index {
    /// Sorted by first character, then second (none first), then longest first.
    surfaces: Vec<Surface>,
    /// For each first character, where its surfaces begin; one more at the end.
    first: Vec<u32>,
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
        let mut first = vec![0u32; PLANE + 1];
        for surface in &surfaces {
            first[first_of(&surface.text) + 1] += 1;
        }
        for i in 1..first.len() {
            first[i] += first[i - 1];
        }
        Index { surfaces, first }
    }

    /// The words at the start of `text`, longest first, with their lengths in bytes of `text`.
    pub fn at(&self, text: &str) -> impl Iterator<Item = (WordId, usize)> {
        let mut chars = text.chars().map(fold);
        let first = chars.next().map_or(PLANE, |c| c as usize);
        let bucket = match (self.first.get(first), self.first.get(first + 1)) {
            (Some(&from), Some(&to)) => &self.surfaces[from as usize..to as usize],
            _ => &[],
        };
        let second = chars.next();
        let single = bucket.partition_point(|surface| surface.second.is_none());
        let from = bucket.partition_point(|surface| surface.second < second);
        let rest = &bucket[from.max(single)..];
        let longer = rest.iter().take_while(move |surface| surface.second == second);
        longer
            .chain(&bucket[..single])
            .filter_map(move |surface| Some((surface.id, surface.prefix_len(text)?)))
    }
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
