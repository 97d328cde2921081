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

/// Writes an integer of at least so many digits: `09`.
///
/// # Errors
/// Those of `out`.
pub fn padded(number: impl itoa::Integer, digits: usize, out: &mut impl Write) -> Result {
    let mut buffer = itoa::Buffer::new();
    let number = buffer.format(number);
    if let Some(zeros @ 1..) = digits.checked_sub(number.len()) {
        out.write_str(&ZEROS[..zeros])?;
    }
    out.write_str(number)
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
    fn integers_are_padded_with_zeros() {
        for (number, digits, expected) in [
            (9, 2, "09"),
            (2021, 4, "2021"),
            (0, 4, "0000"),
            (140_500, 6, "140500"),
            (123, 2, "123"),
        ] {
            let mut out = String::new();
            padded(number, digits, &mut out).unwrap();
            assert_eq!(out, expected);
        }
    }
}
