//! Digits and Chinese numerals to exact decimals.

use rust_decimal::Decimal;

use crate::lexicon::fold;
use crate::text::calendar::YEARS;

/// A number in digits while its characters are read. More than 28 of them are no number that anything
/// counts.
#[derive(Debug, Clone, Copy, Default)]
pub struct Digits {
    /// What they are without a point; nothing where they are too many.
    value: u128,
    /// How many stand behind the point.
    scale: u32,
    begun: bool,
    points: u32,
    /// Whether no value can hold it.
    lost: bool,
}

impl Digits {
    /// Whether a digit has been read.
    pub fn begun(&self) -> bool {
        self.begun
    }

    /// Takes a folded character, if it is a digit or may stand among them: separators are dropped.
    pub fn take(&mut self, c: char) -> bool {
        const MOST: u128 = u128::MAX / 100;
        match c {
            '0'..='9' => {
                self.begun = true;
                self.lost |= self.points > 1 || self.value > MOST;
                if !self.lost {
                    self.value = self.value * 10 + u128::from(c as u32 - '0' as u32);
                    self.scale += self.points;
                }
            }
            '.' => self.points += 1,
            ',' => {}
            _ => return false,
        }
        true
    }

    /// The value, with the decimals that were read: `97.80` stays 97.80.
    pub fn value(&self) -> Option<Decimal> {
        let value = i128::try_from(self.value).ok().filter(|_| self.begun && !self.lost)?;
        Decimal::try_from_i128_with_scale(value, self.scale).ok()
    }
}

/// Whether a token of digits is so short that its value is surely not too large: nearly all are.
pub fn is_short(text: &str) -> bool {
    /// As many digits as an [`i64`] holds whatever they are.
    const MOST: usize = 18;
    text.len() <= MOST
}

/// A short token of ASCII digits with one point at most, as nearly all are: what it is without
/// its point, and how many digits stand behind that.
fn short(text: &str) -> Option<(i64, u32)> {
    let begun = text.starts_with(|c: char| c.is_ascii_digit());
    let (mut value, mut points, mut scale) = (0, 0, 0);
    for byte in Some(text).filter(|text| begun && is_short(text))?.bytes() {
        match byte {
            b'0'..=b'9' => {
                value = value * 10 + i64::from(byte - b'0');
                scale += points;
            }
            b'.' if points == 0 => points = 1,
            _ => return None,
        }
    }
    Some((value, scale))
}

/// The value of a token of digits.
pub fn digits(text: &str) -> Option<Decimal> {
    if let Some((value, scale)) = short(text) {
        return Some(Decimal::new(value, scale));
    }
    let mut digits = Digits::default();
    text.chars().all(|c| digits.take(fold(c))).then_some(())?;
    digits.value()
}

/// The whole part of the value of a token of digits.
pub fn whole(text: &str) -> Option<u32> {
    match short(text) {
        Some((value, 0)) => value.try_into().ok(),
        _ => digits(text)?.try_into().ok(),
    }
}

/// The calendar year that four digits are.
pub fn calendar_year(text: &str) -> Option<u16> {
    let value = whole(text).filter(|_| text.chars().count() == 4)?;
    u16::try_from(value).ok().filter(|year| YEARS.contains(year))
}

/// The value of a Chinese digit; 十 is none.
fn digit(c: char) -> Option<u32> {
    Some(match c {
        '〇' | '零' | '○' => 0,
        '一' => 1,
        '二' | '两' => 2,
        '三' => 3,
        '四' => 4,
        '五' => 5,
        '六' => 6,
        '七' => 7,
        '八' => 8,
        '九' => 9,
        _ => return None,
    })
}

/// The value of a Chinese numeral: `三十八` is 38, `一百零五` is 105, `二〇二〇` is 2020.
///
/// 十, 百 and 千 multiply what stands before them; digits in a row without them are read as digits.
pub fn numerals(text: &str) -> Option<u32> {
    let digits = text.chars().map(digit);
    if digits.clone().all(|digit| digit.is_some()) {
        return digits.flatten().try_fold(0u32, |n, d| n.checked_mul(10)?.checked_add(d));
    }
    let (mut total, mut pending) = (0u32, None);
    for c in text.chars() {
        let unit = match c {
            '十' => 10,
            '百' => 100,
            '千' => 1000,
            _ => {
                pending = Some(digit(c)?);
                continue;
            }
        };
        total = total.checked_add(pending.take().unwrap_or(1).checked_mul(unit)?)?;
    }
    total.checked_add(pending.unwrap_or(0))
}

/// The value of a Chinese numeral that may have decimals: `九点八` is 9.8.
pub fn numeral(text: &str) -> Option<Decimal> {
    if let Some(alone) = multiplier(text).filter(|_| text == "万" || text == "亿") {
        return Some(alone);
    }
    let (whole, decimals) = text.split_once('点').unwrap_or((text, ""));
    let value = Decimal::from(numerals(whole)?);
    let mut place = Decimal::ONE;
    decimals.chars().try_fold(value, |value, digit| {
        place = place.checked_div(Decimal::TEN)?;
        value.checked_add(
            place.checked_mul(Decimal::from(numerals(digit.encode_utf8(&mut [0; 4]))?))?,
        )
    })
}

/// What 万, 亿 or a numeral behind digits multiplies by.
pub fn multiplier(text: &str) -> Option<Decimal> {
    ten_to(zeros(text)?)
}

/// How many zeros 万, 亿 or a numeral behind digits adds to them.
pub fn zeros(text: &str) -> Option<u32> {
    Some(match text {
        "十" => 1,
        "百" => 2,
        "千" => 3,
        "万" => 4,
        "亿" => 8,
        _ => return None,
    })
}

/// A power of ten, where a decimal can hold it.
pub fn ten_to(power: u32) -> Option<Decimal> {
    Decimal::try_from_i128_with_scale(10i128.checked_pow(power)?, 0).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_digits_in_any_width() {
        for (text, value) in [
            ("297438", "297438"),
            ("97.80", "97.80"),
            ("1,100", "1100"),
            ("5，310", "5310"),
            ("２７７６０", "27760"),
            ("１９．２", "19.2"),
        ] {
            assert_eq!(digits(text).map(|d| d.to_string()).as_deref(), Some(value));
        }
        assert_eq!(digits(&"9".repeat(1000)), None);
    }

    #[test]
    fn numerals_have_decimals() {
        for (text, value) in [("九点八", "9.8"), ("六百零七点七五", "607.75"), ("三十八", "38")]
        {
            assert_eq!(numeral(text).map(|v| v.normalize().to_string()).as_deref(), Some(value));
        }
    }

    #[test]
    fn numerals_count() {
        for (text, value) in [
            ("三十八", 38),
            ("十", 10),
            ("一百零五", 105),
            ("二〇二〇", 2020),
            ("两", 2),
            ("两千", 2000),
        ] {
            assert_eq!(numerals(text), Some(value), "{text}");
        }
    }
}
