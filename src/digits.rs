//! Numbers as digits, and nothing else that a formatter can do.
//!
//! In: a number. Out: its digits, behind what is written already: `2021`, `09`, `-365.00`. They are those of
//! `Display`, which asks for width, sign and precision each time, and takes ten times as long.

use std::fmt::{Result, Write};

use rust_decimal::Decimal;

/// As many as a decimal can have places.
const ZEROS: &str = "0000000000000000000000000000";

/// Writes an integer.
///
/// # Errors
/// Those of `out`.
pub fn integer(number: impl itoa::Integer, out: &mut impl Write) -> Result {
    out.write_str(itoa::Buffer::new().format(number))
}

/// Fills places with the last digits of a number, and zeros before them: `09`.
pub fn fill(places: &mut [u8], number: impl Into<u32>) {
    let mut rest: u32 = number.into();
    for place in places.iter_mut().rev() {
        *place = b'0' + (rest % 10) as u8;
        rest /= 10;
    }
}

/// Writes a decimal with the places that it has: `97.80`.
///
/// # Errors
/// Those of `out`.
pub fn decimal(number: Decimal, out: &mut impl Write) -> Result {
    let mut buffer = itoa::Buffer::new();
    let digits = buffer.format(number.mantissa().unsigned_abs());
    let places = number.scale() as usize;
    let (whole, fraction) = digits.split_at(digits.len().saturating_sub(places));
    if number.is_sign_negative() {
        out.write_str("-")?;
    }
    out.write_str(if whole.is_empty() { "0" } else { whole })?;
    if places > 0 {
        out.write_str(".")?;
        out.write_str(&ZEROS[..places - fraction.len()])?;
        out.write_str(fraction)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_are_those_of_display() {
        let mantissas = [0, 1, 9, 10, 36_500, 97_80, -5, -36_500, i128::from(u64::MAX) + 1];
        for mantissa in mantissas.into_iter().chain([Decimal::MAX.mantissa()]) {
            for places in 0..=Decimal::MAX_SCALE {
                let number = Decimal::from_i128_with_scale(mantissa, places);
                for number in [number, -number] {
                    let mut digits = String::new();
                    decimal(number, &mut digits).unwrap();
                    assert_eq!(digits, number.to_string());
                }
            }
        }
    }

    #[test]
    fn places_are_filled_from_the_right() {
        for (number, expected) in [(9u32, "0009"), (2021, "2021"), (0, "0000"), (12_021, "2021")] {
            let mut places = [b'-'; 4];
            fill(&mut places, number);
            assert_eq!(places, expected.as_bytes());
        }
    }
}
