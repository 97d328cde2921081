//! Sizes of files as people write them.
//!
//! In: `1048576`, `64MiB`, `1GB`. Out: bytes, and back: 67108864 is shown as `64 MiB`.

use std::fmt;
use std::str::FromStr;

/// A number of bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Size(pub u64);

/// The units, the largest first of each kind.
const UNITS: [(&str, u64); 9] = [
    ("TiB", 1 << 40),
    ("GiB", 1 << 30),
    ("MiB", 1 << 20),
    ("KiB", 1 << 10),
    ("TB", 1_000_000_000_000),
    ("GB", 1_000_000_000),
    ("MB", 1_000_000),
    ("kB", 1_000),
    ("B", 1),
];

impl FromStr for Size {
    type Err = String;

    /// # Errors
    /// When it is not a whole number, alone or with one of the units, in any case.
    fn from_str(text: &str) -> Result<Self, String> {
        let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        let unit = &text[digits.len()..];
        let factor = match unit {
            "" => Some(1),
            unit => UNITS.iter().find(|(name, _)| name.eq_ignore_ascii_case(unit)).map(|u| u.1),
        };
        let digits = digits.trim_end();
        let whole = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
        let bytes = digits.parse::<u64>().ok().filter(|_| whole);
        let size = bytes.zip(factor).and_then(|(bytes, factor)| bytes.checked_mul(factor));
        size.map(Size).ok_or_else(|| {
            "expected a size like 1048576, 64MiB or 1GB, less than 16 EiB".to_owned()
        })
    }
}

impl fmt::Display for Size {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let whole =
            |(_, factor): &&(&str, u64)| self.0 >= *factor && self.0.is_multiple_of(*factor);
        match UNITS[..4].iter().find(whole) {
            Some((unit, factor)) => write!(f, "{} {unit}", self.0 / factor),
            None if self.0 == 1 => write!(f, "1 byte"),
            None => write!(f, "{} bytes", self.0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_as_people_write_them() {
        for (text, bytes, shown) in [
            ("0", 0, "0 bytes"),
            ("1", 1, "1 byte"),
            ("1048576", 1 << 20, "1 MiB"),
            ("64MiB", 64 << 20, "64 MiB"),
            ("64 mib", 64 << 20, "64 MiB"),
            ("1GiB", 1 << 30, "1 GiB"),
            ("3KB", 3_000, "3000 bytes"),
            ("12B", 12, "12 bytes"),
        ] {
            let size: Size = text.parse().unwrap();
            assert_eq!((size.0, size.to_string().as_str()), (bytes, shown), "{text}");
        }
        for wrong in ["", "MiB", "-1", "+1", "1.5GiB", "64M", "64XB", "20000000TiB", "1 2", "１MiB"]
        {
            assert!(wrong.parse::<Size>().is_err(), "{wrong}");
        }
    }
}
