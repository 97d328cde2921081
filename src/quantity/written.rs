//! How closely a figure is known, from the way it was written.
//!
//! In: a mention and the value it stands for, in base units. Out: the unit of its last digit, so that
//! `2.4万余名` of 24000 is known to the thousand and has more behind it, and `27760人` to the one.

use rust_decimal::Decimal;

use super::number::{self, Digits};
use crate::lexicon::fold;

/// Behind digits: more than they say, but less than one more of the last of them.
const MORE: [char; 2] = ['余', '多'];

/// What the writing of a figure says about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Written {
    /// One unit of its last digit, in base units: 1000 for `2.4万`, 100 for `2.40万`, 1 for `24000`.
    pub last_digit: Decimal,
    /// One unit of its last digit that is not zero: 1000 for `2.40万` and for `24000`.
    pub last_significant: Decimal,
    /// Whether 万, 亿 or a unit such as 公顷 multiplied it, so that its digits do not reach the one.
    pub scaled: bool,
    /// Whether 余 or 多 says that its last digit was cut off.
    pub more: bool,
}

/// Reads a mention back.
///
/// Numerals (`九点八万`, `三分之一`) and compounds (`1亿2000万`) show their last digit in the value only:
/// they count as known to their last digit that is not zero.
pub fn written(mention: &str, value: Decimal) -> Written {
    let (stated, more) = read(mention);
    let known = Power::of(value);
    let last_significant = known.and_then(|known| ten_to(known.power)).unwrap_or(Decimal::ONE);
    let places = stated.map_or(0, |stated| stated.scale());
    let scale = known.zip(stated.and_then(Power::of)).and_then(|(known, stated)| {
        let same = known.digits == stated.digits;
        ten_to(known.power - stated.power).filter(|_| same)
    });
    match scale {
        Some(factor) => {
            let last_digit =
                factor.checked_mul(Decimal::new(1, places)).unwrap_or(last_significant);
            Written { last_digit, last_significant, scaled: factor != Decimal::ONE, more }
        }
        None if known.is_none() => {
            let last_digit = Decimal::new(1, places);
            Written { last_digit, last_significant: last_digit, scaled: false, more }
        }
        None => {
            let scaled = last_significant >= Decimal::TEN;
            Written { last_digit: last_significant, last_significant, scaled, more }
        }
    }
}

/// The first digits of a mention with separators and decimals, and whether 余 or 多 stands anywhere; spaces
/// and line ends between digits do not count.
fn read(mention: &str) -> (Option<Decimal>, bool) {
    let (mut number, mut ended, mut more) = (Digits::default(), false, false);
    for c in mention.chars() {
        more |= MORE.contains(&c);
        if ended || !number.begun() && !fold(c).is_ascii_digit() {
            continue;
        }
        ended = !number.take(fold(c)) && !c.is_whitespace();
    }
    (number.value(), more)
}

/// A value that is not zero, as digits without zeros at their end and the power of ten that they count.
#[derive(Debug, Clone, Copy)]
struct Power {
    digits: u128,
    power: i32,
}

impl Power {
    fn of(value: Decimal) -> Option<Power> {
        let mut digits = value.mantissa().unsigned_abs();
        let mut power = -i32::try_from(value.scale()).ok()?;
        if digits == 0 {
            return None;
        }
        // Most values are short, and those are divided faster.
        while digits > u128::from(u64::MAX) && digits.is_multiple_of(10) {
            digits /= 10;
            power += 1;
        }
        if let Ok(mut short) = u64::try_from(digits) {
            while short.is_multiple_of(10) {
                short /= 10;
                power += 1;
            }
            digits = u128::from(short);
        }
        Some(Power { digits, power })
    }
}

/// A power of ten, where a decimal can hold it.
fn ten_to(power: i32) -> Option<Decimal> {
    match u32::try_from(power) {
        Ok(power) => number::ten_to(power),
        Err(_) => Decimal::try_from_i128_with_scale(1, power.unsigned_abs()).ok(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Last digit, last digit that is not zero, `scaled` and `more`.
    fn read(mention: &str, value: &str) -> (String, String, bool, bool) {
        let written = written(mention, value.parse().unwrap());
        let text = |unit: Decimal| unit.normalize().to_string();
        (text(written.last_digit), text(written.last_significant), written.scaled, written.more)
    }

    #[test]
    fn the_last_digit_is_where_the_text_stops() {
        for (mention, value, last, significant, scaled, more) in [
            ("27760人", "27760", "1", "10", false, false),
            ("约2.7万人", "27000", "1000", "1000", true, false),
            ("２.４０万余名", "24000", "100", "1000", true, true),
            ("611968.81万元", "6119688100", "100", "100", true, false),
            ("33万余人", "330000", "10000", "10000", true, true),
            ("97.80%", "97.80", "0.01", "0.1", false, false),
            ("0.5%", "-0.5", "0.1", "0.1", false, false),
            ("1,100余名", "1100", "1", "100", false, true),
            ("4657.8\n2万人", "46578200", "100", "100", true, false),
            ("5公顷", "50000", "10000", "10000", true, false),
            ("0.0%", "0.0", "0.1", "0.1", false, false),
            ("九点八万人", "98000", "1000", "1000", true, false),
            ("十余所", "10", "10", "10", true, true),
            ("38所", "38", "1", "1", false, false),
            ("1亿2000万", "120000000", "10000000", "10000000", true, false),
        ] {
            let expected = (last.to_owned(), significant.to_owned(), scaled, more);
            assert_eq!(read(mention, value), expected, "{mention}");
        }
    }
}
