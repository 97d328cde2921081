//! Intervals of exact decimals.
//!
//! In: what figures may be. Out: what their sums, differences, products and quotients may be. [26500,
//! 27500] and [5000, 5000] add up to [31500, 32500]. A quotient that no decimal holds is rounded
//! outwards, and a result beyond 28 digits is open at that end: an interval never leaves out a value
//! that is possible, so what it refutes is refuted.

use std::fmt;

use rust_decimal::{Decimal, RoundingStrategy};

/// Places to which a quotient without end is rounded outwards.
const PLACES: u32 = 12;

/// A closed interval; an end that is absent is open to infinity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Interval {
    /// The least that it can be.
    pub low: Option<Decimal>,
    /// The most.
    pub high: Option<Decimal>,
}

impl Interval {
    /// Anything.
    pub const ANY: Interval = Interval { low: None, high: None };

    /// Exactly this.
    pub const fn point(value: Decimal) -> Self {
        Interval { low: Some(value), high: Some(value) }
    }

    /// From one value to another, whichever is less.
    pub fn between(one: Decimal, other: Decimal) -> Self {
        Interval { low: Some(one.min(other)), high: Some(one.max(other)) }
    }

    /// So much to either side.
    pub fn around(value: Decimal, room: Decimal) -> Self {
        Interval { low: value.checked_sub(room), high: value.checked_add(room) }
    }

    /// Whether some value is in both.
    pub fn meets(self, other: Interval) -> bool {
        !self.is_below(other) && !other.is_below(self)
    }

    /// Whether all of it lies below all of the other.
    pub fn is_below(self, other: Interval) -> bool {
        matches!((self.high, other.low), (Some(high), Some(low)) if high < low)
    }

    /// Whether two intervals of some length have no more than an end in common.
    pub fn touches(self, other: Interval) -> bool {
        let length = !self.is_point() && !other.is_point();
        length && self.both(other).is_some_and(Interval::is_point)
    }

    /// What is in both, where anything is.
    pub fn both(self, other: Interval) -> Option<Self> {
        let least = |a: Option<Decimal>,
                     b: Option<Decimal>,
                     pick: fn(Decimal, Decimal) -> Decimal| match (a, b) {
            (Some(a), Some(b)) => Some(pick(a, b)),
            (end, None) | (None, end) => end,
        };
        self.meets(other).then(|| Interval {
            low: least(self.low, other.low, Decimal::max),
            high: least(self.high, other.high, Decimal::min),
        })
    }

    /// Whether only one value is possible.
    pub fn is_point(self) -> bool {
        self.low.is_some() && self.low == self.high
    }

    /// Sums.
    pub fn plus(self, other: Interval) -> Self {
        let add = |a: Option<Decimal>, b: Option<Decimal>| a?.checked_add(b?);
        Interval { low: add(self.low, other.low), high: add(self.high, other.high) }
    }

    /// Differences.
    pub fn minus(self, other: Interval) -> Self {
        self.plus(other.negated())
    }

    /// The other way round zero.
    pub fn negated(self) -> Self {
        Interval { low: self.high.map(|end| -end), high: self.low.map(|end| -end) }
    }

    /// Products; of intervals that are open and may be negative, anything.
    pub fn times(self, other: Interval) -> Self {
        if self.is_positive() && other.is_positive() {
            let ends = |a: Option<Decimal>, b: Option<Decimal>| a?.checked_mul(b?);
            let low = ends(self.low, other.low).or(Some(Decimal::ZERO));
            return Interval { low, high: ends(self.high, other.high) };
        }
        let product = |a: Decimal, b: Decimal| a.checked_mul(b).map(Interval::point);
        self.corners(other, product)
    }

    /// Quotients; where the divisor may be zero, anything.
    pub fn over(self, other: Interval) -> Self {
        let zero = Interval::point(Decimal::ZERO);
        if other.meets(zero) {
            return Interval::ANY;
        }
        if self.is_positive() && other.is_positive() {
            let least = |a: Option<Decimal>, b: Option<Decimal>| quotient(a?, b?)?.low;
            let most = |a: Option<Decimal>, b: Option<Decimal>| quotient(a?, b?)?.high;
            let low = least(self.low, other.high).or(Some(Decimal::ZERO));
            return Interval { low, high: most(self.high, other.low) };
        }
        self.corners(other, quotient)
    }

    fn is_positive(self) -> bool {
        self.low.is_some_and(|low| low >= Decimal::ZERO)
    }

    /// The interval over the results of an operation on the ends, which is monotone in each.
    fn corners(
        self,
        other: Interval,
        of: impl Fn(Decimal, Decimal) -> Option<Interval>,
    ) -> Interval {
        let all = || {
            let (a, b) = ((self.low?, self.high?), (other.low?, other.high?));
            let corners = [of(a.0, b.0)?, of(a.0, b.1)?, of(a.1, b.0)?, of(a.1, b.1)?];
            let low = corners.iter().filter_map(|corner| corner.low).min()?;
            let high = corners.iter().filter_map(|corner| corner.high).max()?;
            Some(Interval::between(low, high))
        };
        all().unwrap_or(Interval::ANY)
    }
}

/// What a quotient is, exactly or between two decimals.
fn quotient(a: Decimal, b: Decimal) -> Option<Interval> {
    let near = a.checked_div(b)?;
    if near.checked_mul(b) == Some(a) {
        return Some(Interval::point(near.normalize()));
    }
    let step = Decimal::new(1, PLACES);
    let rounded = |strategy| near.round_dp_with_strategy(PLACES, strategy);
    Some(Interval {
        low: rounded(RoundingStrategy::ToNegativeInfinity).checked_sub(step),
        high: rounded(RoundingStrategy::ToPositiveInfinity).checked_add(step),
    })
}

/// `[26500, 27500]`, `[90, ..]`; of a point its value.
impl fmt::Display for Interval {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let end = |end: Option<Decimal>| end.map_or("..".to_owned(), |end| shown(end).to_string());
        match self.low {
            Some(value) if self.is_point() => shown(value).fmt(f),
            _ => write!(f, "[{}, {}]", end(self.low), end(self.high)),
        }
    }
}

/// A value as a report shows it: no more places than anybody reads.
pub fn shown(value: Decimal) -> Decimal {
    const READABLE: u32 = 4;
    value.round_dp_with_strategy(READABLE, RoundingStrategy::MidpointAwayFromZero).normalize()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn d(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    fn of(low: &str, high: &str) -> Interval {
        let end = |text: &str| (text != "..").then(|| d(text));
        Interval { low: end(low), high: end(high) }
    }

    #[test]
    fn ends_belong_to_it() {
        for (a, b, meet) in [
            (("1", "2"), ("2", "3"), true),
            (("1", "2"), ("2.01", "3"), false),
            (("90", ".."), ("0", "89.9"), false),
            (("90", ".."), ("..", "90"), true),
            (("..", ".."), ("5", "5"), true),
        ] {
            let (a, b) = (of(a.0, a.1), of(b.0, b.1));
            assert_eq!((a.meets(b), b.meets(a)), (meet, meet), "{a} {b}");
            assert_eq!(a.both(b).is_some(), meet);
        }
        assert_eq!(of("1", "5").both(of("3", "..")), Some(of("3", "5")));
    }

    #[test]
    fn operations_hold_every_result() {
        assert_eq!(of("1", "2").plus(of("10", "..")), of("11", ".."));
        assert_eq!(of("1", "2").minus(of("10", "20")), of("-19", "-8"));
        assert_eq!(of("2", "3").times(of("10", "..")), of("20", ".."));
        assert_eq!(of("-2", "3").times(of("10", "20")), of("-40", "60"));
        assert_eq!(of("-2", "3").times(of("10", "..")), Interval::ANY);
        assert_eq!(of("6", "9").over(of("2", "3")), of("2", "4.5"));
        assert_eq!(of("6", "9").over(of("0", "3")), Interval::ANY);
        assert_eq!(of("-6", "9").over(of("2", "3")), of("-3", "4.5"));
        assert_eq!(of("6", "9").over(of("2", "..")), of("0", "4.5"));
    }

    #[test]
    fn a_quotient_without_end_is_between_two_decimals() {
        let third = Interval::point(d("1")).over(Interval::point(d("3")));
        assert!(third.low.unwrap() < third.high.unwrap());
        let back = third.times(Interval::point(d("3")));
        assert!(back.meets(Interval::point(d("1"))), "{back:?}");
    }

    #[test]
    fn what_is_too_large_is_open() {
        let huge = Interval::point(Decimal::MAX);
        assert_eq!(huge.plus(huge), Interval { low: None, high: None });
        assert_eq!(huge.times(huge), of("0", ".."));
    }

    #[test]
    fn a_report_shows_few_places() {
        assert_eq!(of("26500", "27500").to_string(), "[26500, 27500]");
        assert_eq!(of("90.00", "..").to_string(), "[90, ..]");
        assert_eq!(of("3228.333333333334", "3228.333333333334").to_string(), "3228.3333");
    }
}
