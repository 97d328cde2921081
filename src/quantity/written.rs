//! How closely a figure is known, from the way it was written.
//!
//! In: a mention and the value it stands for, in base units. Out: the unit of its last digit, so that
//! `2.4万余名` of 24000 is known to the thousand and has more behind it, and `27760人` to the one.

use rust_decimal::Decimal;

use super::number::digits;
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
    let value = value.abs();
    let last_significant = last_significant(value);
    let more = mention.contains(MORE);
    let stated = first_number(mention).and_then(|number| digits(&number));
    let scale = stated.and_then(|stated| {
        let factor = value.checked_div(stated)?.normalize();
        is_power_of_ten(factor).then(|| (stated.scale(), factor))
    });
    match scale {
        Some((places, factor)) => {
            let last_digit =
                factor.checked_mul(Decimal::new(1, places)).unwrap_or(last_significant);
            Written { last_digit, last_significant, scaled: factor != Decimal::ONE, more }
        }
        None if value.is_zero() => {
            let places = stated.map_or(0, |stated| stated.scale());
            let last_digit = Decimal::new(1, places);
            Written { last_digit, last_significant: last_digit, scaled: false, more }
        }
        None => {
            let scaled = last_significant >= Decimal::TEN;
            Written { last_digit: last_significant, last_significant, scaled, more }
        }
    }
}

/// The first digits of a mention with separators and decimals; spaces and line ends between them
/// do not count.
fn first_number(mention: &str) -> Option<String> {
    let mut number = String::new();
    for c in mention.chars().map(fold) {
        match c {
            '0'..='9' => number.push(c),
            '.' | ',' if !number.is_empty() => number.push(c),
            _ if number.is_empty() || c.is_whitespace() => {}
            _ => break,
        }
    }
    let number = number.trim_end_matches(['.', ',']);
    (!number.is_empty()).then(|| number.to_owned())
}

/// One unit of the last digit of a value that is not zero; of zero, one unit of its last digit.
fn last_significant(value: Decimal) -> Decimal {
    let mut digits = value.normalize();
    let mut unit = Decimal::new(1, digits.scale());
    if digits.scale() > 0 || digits.is_zero() {
        return unit;
    }
    while (digits % Decimal::TEN).is_zero() {
        digits /= Decimal::TEN;
        unit *= Decimal::TEN;
    }
    unit
}

fn is_power_of_ten(factor: Decimal) -> bool {
    factor > Decimal::ZERO
        && (last_significant(factor) == factor || factor.scale() > 0 && factor.mantissa() == 1)
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
