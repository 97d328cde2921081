//! A figure of the text: its value, and what it may be.
//!
//! In: an observation. Out: a [`Figure`]. The room around a value is what the writing leaves open, never a
//! constant: `27760人` is 27760, `2.7万人` from 26500 to 27500, `97.8%` from 97.75 to 97.85, `33万余` from
//! 330000 to 340000, `约2700人` from 2600 to 2800, `90%以上` 90 or more.

use rust_decimal::Decimal;

use super::interval::Interval;
use crate::codes::{Bound, Unit};
use crate::observation::Observation;
use crate::quantity::{Written, written};

/// A value and the interval it stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Figure {
    /// As written, or as computed from values as written.
    pub value: Decimal,
    /// What it may be.
    pub interval: Interval,
}

impl Figure {
    /// The figure of a record; absent where the digits are hidden.
    pub fn of(record: &Observation<'_>) -> Option<Self> {
        let value = record.value?;
        let written = written(&record.mention, value);
        let interval = match record.bound {
            Bound::Range => Interval::between(value, record.value_max.unwrap_or(value)),
            Bound::Exact if written.scaled || !is_counted(record.unit) => rounded(value, written),
            Bound::Exact => Interval::point(value),
            Bound::Approx => Interval::around(value, approximate(value, written)),
            // 余 and 多 cut digits off; 以上 says nothing of how much more.
            Bound::AtLeast if written.more => {
                let more = written.last_significant;
                let end = if value.is_sign_negative() { -more } else { more };
                value.checked_add(end).map_or(Interval::ANY, |end| Interval::between(value, end))
            }
            Bound::AtLeast if value.is_sign_negative() => Interval { low: None, high: Some(value) },
            Bound::AtLeast => Interval { low: Some(value), high: None },
            Bound::AtMost => Interval::between(value, Decimal::ZERO),
        };
        Some(Figure { value, interval })
    }

    /// The figure of a record that was computed before it was written, as an average is: rounded to its
    /// last digit even where it counts people.
    pub fn computed(record: &Observation<'_>) -> Option<Self> {
        let figure = Figure::of(record)?;
        if !figure.interval.is_point() {
            return Some(figure);
        }
        let interval = rounded(figure.value, written(&record.mention, figure.value));
        Some(Figure { interval, ..figure })
    }

    /// What a record may be if its last digit was cut off and not rounded: 71.86% of 71.869.
    pub fn cut_off(record: &Observation<'_>) -> Option<Interval> {
        let value = record.value?;
        let last = written(&record.mention, value).last_digit;
        let end = if value.is_sign_negative() {
            value.checked_sub(last)
        } else {
            value.checked_add(last)
        };
        Some(Interval::between(value, end?))
    }

    /// A value that is known exactly.
    pub const fn exact(value: Decimal) -> Self {
        Figure { value, interval: Interval::point(value) }
    }

    /// The sum of two figures, unless it has more digits than can be held.
    pub fn plus(self, other: Figure) -> Option<Self> {
        let value = self.value.checked_add(other.value)?;
        Some(Figure { value, interval: self.interval.plus(other.interval) })
    }

    /// Their difference, likewise.
    pub fn minus(self, other: Figure) -> Option<Self> {
        let value = self.value.checked_sub(other.value)?;
        Some(Figure { value, interval: self.interval.minus(other.interval) })
    }

    /// Their product, likewise.
    pub fn times(self, other: Figure) -> Option<Self> {
        let value = self.value.checked_mul(other.value)?;
        Some(Figure { value, interval: self.interval.times(other.interval) })
    }

    /// Their quotient; none by zero.
    pub fn over(self, other: Figure) -> Option<Self> {
        let value = self.value.checked_div(other.value)?;
        Some(Figure { value, interval: self.interval.over(other.interval) })
    }

    /// Whether another figure is so far away that it is more likely of something else: neither within a
    /// factor of two, nor about ten times or a hundred times as much, as a lost digit or 万 makes it.
    pub fn is_far_from(self, other: Figure) -> bool {
        let ratio = self.value.checked_div(other.value).map(|ratio| ratio.abs());
        let Some(mut ratio) = ratio.filter(|ratio| !ratio.is_zero()) else { return true };
        if ratio < Decimal::ONE {
            ratio = Decimal::ONE.checked_div(ratio).unwrap_or(ratio);
        }
        if ratio <= Decimal::TWO {
            return false;
        }
        while ratio > TENFOLD.1 {
            ratio = ratio.checked_div(Decimal::TEN).unwrap_or_default();
        }
        ratio < TENFOLD.0
    }

    /// How far another figure's value may lie from this one's for both to be true, on the side where
    /// it does lie; absent where any distance may be.
    pub fn tolerance(self, other: Figure) -> Option<Decimal> {
        let (lower, upper) = if self.value <= other.value { (self, other) } else { (other, self) };
        let below = lower.interval.high?.checked_sub(lower.value)?;
        let above = upper.value.checked_sub(upper.interval.low?)?;
        below.checked_add(above)
    }
}

/// Ten times with a fifth of change to either side, which is more than a year brings.
pub const TENFOLD: (Decimal, Decimal) =
    (Decimal::from_parts(8, 0, 0, false, 0), Decimal::from_parts(125, 0, 0, false, 1));

/// Half a unit of the last digit to either side.
fn rounded(value: Decimal, written: Written) -> Interval {
    match written.last_digit.checked_div(Decimal::TWO) {
        Some(half) => Interval::around(value, half),
        None => Interval::ANY,
    }
}

/// 约: one unit of the last digit that is not zero, but no more than a tenth of the value, so that
/// 约100人 is not anything from none to 200; never less room than rounding leaves.
fn approximate(value: Decimal, written: Written) -> Decimal {
    let tenth = value.abs().checked_div(Decimal::TEN).unwrap_or_default();
    let half = written.last_digit.checked_div(Decimal::TWO).unwrap_or_default();
    written.last_significant.min(tenth).max(half)
}

/// Whether a unit comes in ones, so that a number without a multiplier is exact: 27760人 was counted,
/// 5329元 was rounded.
pub const fn is_counted(unit: Unit) -> bool {
    match unit {
        Unit::Institution
        | Unit::Person
        | Unit::PersonTime
        | Unit::Place
        | Unit::Class
        | Unit::Item => true,
        Unit::Yuan
        | Unit::Percent
        | Unit::PercentagePoint
        | Unit::PerMille
        | Unit::Ratio
        | Unit::Multiple
        | Unit::Doubling
        | Unit::SquareMetre
        | Unit::Mu => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::fields::example;

    fn of(mention: &'static str, value: &str, bound: Bound, unit: Unit) -> Observation<'static> {
        let value = Some(value.parse().unwrap());
        Observation { mention: mention.into(), value, value_max: None, bound, unit, ..example() }
    }

    #[test]
    fn the_room_is_what_the_writing_leaves_open() {
        use Bound::{Approx, AtLeast, AtMost, Exact};
        use Unit::{Institution, Percent, PercentagePoint, Person, Yuan};
        for (mention, value, bound, unit, room) in [
            ("27760人", "27760", Exact, Person, "27760"),
            ("2.7万人", "27000", Exact, Person, "[26500, 27500]"),
            ("2.70万人", "27000", Exact, Person, "[26950, 27050]"),
            ("97.8%", "97.8", Exact, Percent, "[97.75, 97.85]"),
            ("611968.81万元", "6119688100", Exact, Yuan, "[6119688050, 6119688150]"),
            ("1000元", "1000", Exact, Yuan, "[999.5, 1000.5]"),
            ("约2.7万人", "27000", Approx, Person, "[26000, 28000]"),
            ("约2700人", "2700", Approx, Person, "[2600, 2800]"),
            ("近100人", "100", Approx, Person, "[90, 110]"),
            ("33万余人", "330000", AtLeast, Person, "[330000, 340000]"),
            ("230余所", "230", AtLeast, Institution, "[230, 240]"),
            ("90%以上", "90", AtLeast, Percent, "[90, ..]"),
            ("5%以内", "5", AtMost, Percent, "[0, 5]"),
            ("减少50%以上", "-50", AtLeast, Percent, "[.., -50]"),
            ("0.5%", "-0.5", Exact, PercentagePoint, "[-0.55, -0.45]"),
        ] {
            let figure = Figure::of(&of(mention, value, bound, unit)).unwrap();
            assert_eq!(figure.interval.to_string(), room, "{mention}");
        }
        let range = Observation {
            value_max: Some(370.into()),
            ..of("365-370所", "365", Bound::Range, Institution)
        };
        assert_eq!(Figure::of(&range).unwrap().interval.to_string(), "[365, 370]");
        let hidden = Observation { value: None, ..range };
        assert_eq!(Figure::of(&hidden), None);
    }

    #[test]
    fn an_average_was_rounded_also_where_it_counts_people() {
        let average = of("3228人", "3228", Bound::Exact, Unit::Person);
        let figure = Figure::computed(&average).unwrap();
        assert_eq!(figure.interval.to_string(), "[3227.5, 3228.5]");
    }

    #[test]
    fn tolerance_is_the_room_between_both() {
        let figure =
            |mention, value| Figure::of(&of(mention, value, Bound::Exact, Unit::Person)).unwrap();
        let (wan, exact) = (figure("2.7万人", "27000"), figure("27600人", "27600"));
        assert_eq!(exact.tolerance(wan), Some(500.into()));
        assert!(!exact.interval.meets(wan.interval), "600 is more than 500");
        let open = Figure::of(&of("2万人以上", "20000", Bound::AtLeast, Unit::Person)).unwrap();
        assert_eq!(exact.tolerance(open), None);
    }

    #[test]
    fn far_is_neither_twice_nor_tenfold() {
        let figure = |value: i64| Figure::exact(value.into());
        for (one, other, far) in [
            (13, 15, false),
            (100, 200, false),
            (365, 36, false),
            (42, 420_000, false),
            (365, 12, true),
            (0, 5, true),
        ] {
            assert_eq!(figure(one).is_far_from(figure(other)), far, "{one} {other}");
            assert_eq!(figure(other).is_far_from(figure(one)), far, "{other} {one}");
        }
    }
}
