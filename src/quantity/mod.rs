//! A number as a statistician means it: value, unit, bound, denominator, or the reason why it is none.

pub mod bound;
pub mod number;
pub mod per;
pub mod place;
pub mod possible;
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
    /// Whether 万, 亿 or the unit multiplies it, so that its decimals are not as written.
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

/// More digits than these are nothing that education counts, be they before the point or behind it.
const MOST_DIGITS: u32 = 28;

impl Quantity {
    /// One of its values in base units, as a record has it: `97.80` stays as it was written, and of
    /// `180.07亿` the record has 18007000000 and not …000.00. Nothing where that has more than 28 digits.
    pub fn in_base_units(&self, value: Decimal) -> Option<Decimal> {
        let value = match self.scaled {
            true => value.checked_mul(self.unit.factor)?.normalize(),
            // No decimals are kept of nothing.
            false if value.is_zero() => Decimal::ZERO,
            false => value,
        };
        (value.mantissa().unsigned_abs() < 10u128.pow(MOST_DIGITS)).then_some(value)
    }
}
