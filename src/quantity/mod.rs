//! A number as a statistician means it: value, unit, bound, denominator, or the reason why it is none.

pub mod bound;
pub mod number;
pub mod place;
pub mod recognize;
pub mod written;

use rust_decimal::Decimal;
use std::ops::Range;

use crate::codes::{Bound, Per};
use crate::lexicon::UnitWord;
use crate::text::span::Span;

pub use recognize::recognize;
pub use written::{Written, written};

/// A number with its unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quantity {
    /// Its digits or numerals: the first number of a range.
    pub number: Span,
    /// The quantity as written, qualifiers and unit included.
    pub mention: Span,
    /// Tokens of the mention, as indices into those of the sentence.
    pub tokens: Range<usize>,
    /// Number times 万 or 亿, in the unit as written; absent where redacted.
    pub value: Option<Decimal>,
    /// Upper end of a range, likewise.
    pub value_max: Option<Decimal>,
    /// Whether 万, 亿 or the unit multiplied it, so that its decimals are not as written.
    pub scaled: bool,
    /// How tightly it is stated.
    pub bound: Bound,
    /// The unit as written.
    pub unit: UnitWord,
    /// A denominator that stands at the number itself (`元/生`).
    pub per: Option<Per>,
    /// Whether the digits are hidden.
    pub redacted: bool,
}
