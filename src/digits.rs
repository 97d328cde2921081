//! Numbers as digits, and nothing else that a formatter can do.
//!
//! In: a number. Out: its digits, behind what is written already: `2021`, `09`, `-365.00`. They are those of
//! `Display`, which asks for width, sign and precision each time, and takes ten times as long.

use std::fmt;

use rust_decimal::Decimal;

/// As many as a decimal can have places.
const ZEROS: [u8; 28] = [b'0'; 28];

/// Writes an integer.
pub fn integer(number: impl itoa::Integer, out: &mut Vec<u8>) {
    out.extend_from_slice(itoa::Buffer::new().format(number).as_bytes());
}

/// The last digits of a number, with zeros before them: `09`.
pub fn last<const N: usize>(number: u32) -> [u8; N] {
    let mut digits = [b'0'; N];
    let mut rest = number;
    for digit in digits.iter_mut().rev() {
        *digit += (rest % 10) as u8;
        rest /= 10;
    }
    digits
}

/// Writes a decimal with the places that it has: `97.80`.
pub fn decimal(number: Decimal, out: &mut Vec<u8>) {
    let mut buffer = itoa::Buffer::new();
    let mantissa = number.mantissa().unsigned_abs();
    // Hardly any has more than 19 digits, and the machine divides no longer ones.
    let digits = match u64::try_from(mantissa) {
        Ok(mantissa) => buffer.format(mantissa),
        Err(_) => buffer.format(mantissa),
    };
    let digits = digits.as_bytes();
    let places = number.scale() as usize;
    let (whole, fraction) = digits.split_at(digits.len().saturating_sub(places));
    if number.is_sign_negative() {
        out.push(b'-');
    }
    out.extend_from_slice(if whole.is_empty() { b"0" } else { whole });
    if places > 0 {
        out.push(b'.');
        out.extend_from_slice(&ZEROS[..places - fraction.len()]);
        out.extend_from_slice(fraction);
    }
}

/// Displays what something writes so.
///
/// # Errors
/// Those of the formatter.
pub fn display(f: &mut fmt::Formatter<'_>, write: impl FnOnce(&mut Vec<u8>)) -> fmt::Result {
    let mut out = Vec::new();
    write(&mut out);
    f.write_str(&String::from_utf8_lossy(&out))
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
                    let mut digits = Vec::new();
                    decimal(number, &mut digits);
                    assert_eq!(digits, number.to_string().as_bytes());
                }
            }
        }
    }

    #[test]
    fn zeros_stand_before_digits() {
        assert_eq!(last(9), *b"09");
        assert_eq!(last(2021), *b"2021");
        assert_eq!(last(0), *b"0000");
        assert_eq!(last(140_500), *b"140500");
    }
}
