//! A number as a statistician means it: value, unit, bound, denominator, or the reason why it is none.

pub mod bound;
pub mod number;
pub mod recognize;

use rust_decimal::Decimal;
use std::ops::Range;

use crate::codes::{Bound, Per};
use crate::lexicon::UnitWord;
use crate::text::span::Span;

pub use recognize::recognize;

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

/// What became of a number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// A quantity; whether it is an observation is for the rules to say.
    Quantity(Quantity),
    /// No quantity.
    Not(Span, Reason),
}

impl Verdict {
    /// The quantity, if it is one.
    pub fn quantity(self) -> Option<Quantity> {
        match self {
            Verdict::Quantity(quantity) => Some(quantity),
            Verdict::Not(..) => None,
        }
    }
}

crate::codes::codes! {
    /// Why a number is no quantity.
    Reason("reason") {
        /// A date, year or clock time.
        Date = "date",
        /// 第84号, 二次会议: a place in an order.
        Ordinal = "ordinal",
        /// 每天一小时, 36年: a length of time.
        Duration = "duration",
        /// 3-6岁.
        Age = "age",
        /// 《…2035》, 1+X: part of a name.
        Name = "name",
        /// 千人以上学校: it defines a group and does not measure it.
        Criterion = "criterion",
        /// 12个县区: how many places something is said of.
        Scope = "scope",
        /// One written out in words, or a numeral with a general counter: 一批, 三个方面.
        Idiom = "idiom",
        /// The second number of a range, fraction or ratio.
        SecondNumber = "second_number",
        /// Nothing that could be a unit stands behind it.
        NoUnit = "no_unit",
    }
}
