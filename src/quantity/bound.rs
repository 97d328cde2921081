//! 约, 以上, 不低于: how tightly a number is stated, from the words around it.
//!
//! `约2700人` is approximate, `90%以上` at least; `近3万余名` is about 30,000, as the word before outranks
//! the one behind.

use std::ops::Range;

use crate::codes::Bound;
use crate::lexicon::kinds::Kinds;
use crate::lexicon::senses::{BoundPlace, Noun, Role};
use crate::lexicon::tokens::Tokens;

/// A bound, and the quantity with the words that state it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bounded {
    /// How tightly the number is stated.
    pub bound: Bound,
    /// Its tokens, qualifiers included.
    pub mention: Range<usize>,
}

/// The bound of a number with its unit, at these tokens; `more` is whether 余 or 多 stand inside.
pub fn bounded(tokens: Tokens, number: Range<usize>, more: bool) -> Bounded {
    let word_at = |at: usize, place: BoundPlace| {
        let (stands, bound) = tokens.bound(at)?;
        (stands == place).then_some(bound)
    };
    let leading =
        |at: usize| word_at(at, BoundPlace::Before).or_else(|| word_at(at, BoundPlace::Clause));
    let Range { mut start, mut end } = number;
    let mut before = None;
    while let Some(bound) = start.checked_sub(1).and_then(leading) {
        before = Some(bound);
        start -= 1;
    }
    let mut behind = None;
    while let Some(bound) = word_at(end, BoundPlace::After) {
        behind = Some(bound);
        end += 1;
    }
    // 不低于在校生10%, 至少建成3所: these govern their clause.
    let governing = || {
        if !tokens.may(Kinds::BOUND) {
            return None;
        }
        let ends = Kinds::MARK.or(Kinds::NUMBER);
        tokens
            .with(0..start, ends.or(Kinds::BOUND))
            .rev()
            .take_while(|&at| !tokens.has(at, ends))
            .find_map(|at| word_at(at, BoundPlace::Clause))
    };
    let inside = more.then_some(Bound::AtLeast);
    let bound = before.or(behind).or(inside).or_else(governing).unwrap_or(Bound::Exact);
    Bounded { bound, mention: start..end }
}

/// Whether the quantity that ends before `end` is a threshold right before what it defines:
/// `千人以上学校`, `20万人口以上的县`.
pub fn is_threshold(tokens: Tokens, end: usize) -> bool {
    let Some(last) = end.checked_sub(1) else { return false };
    // 以上 is one, 余 is not.
    let threshold = tokens.bound(last).is_some_and(|(place, _)| place == BoundPlace::After)
        && tokens.str(last).chars().count() > 1;
    let defined = matches!(tokens.noun(end), Some(Noun::School | Noun::Enterprise));
    threshold && (defined || tokens.is(end, Role::Of))
}
