//! Dates as documents write them: characters in, [`Date`]s out.
//!
//! `2021-09-20`, `２０２１年９月２０日` and `二〇二一年九月二十日` are one day, `2021年9月` is a month. A
//! bare year is no date here, and neither is what no calendar has (`2021-02-30`).

use std::ops::Range;

use crate::period::Date;

/// Years that a document of the People's Republic can be dated.
pub const YEARS: std::ops::RangeInclusive<u16> = 1949..=2100;

/// The date with which a text begins, and the byte after it.
///
/// # Examples
/// ```
/// use edustat::period::Date;
/// use edustat::text::calendar::leading_date;
///
/// assert_eq!(leading_date("2021/9/20 11:20"), Some((Date::day(2021, 9, 20), 9)));
/// assert_eq!(leading_date("2021年工作总结"), None);
/// ```
pub fn leading_date(text: &str) -> Option<(Date, usize)> {
    let mut rest = text;
    let year = number(&mut rest, 4)?;
    if !YEARS.contains(&year) {
        return None;
    }
    let mark = separator(&mut rest, &['年', '-', '/', '.', '－', '／', '．'])?;
    let month = month(&mut rest)?;
    let closing = if mark == '年' { '月' } else { mark };
    let after_month = separator(&mut rest, &[closing]).map(|_| rest);
    let date = match (after_month, number(&mut rest, 2)) {
        (Some(_), Some(day)) => {
            separator(&mut rest, &['日', '号']);
            Date::parse(&format!("{year:04}-{month:02}-{day:02}"))?
        }
        (Some(month_only), None) if mark == '年' => {
            rest = month_only;
            Date::parse(&format!("{year:04}-{month:02}"))?
        }
        _ => return None,
    };
    Some((date, text.len() - rest.len()))
}

/// The first date that stands anywhere in a text, and the bytes it covers.
///
/// # Examples
/// ```
/// use edustat::period::Date;
/// use edustat::text::calendar::find_date;
///
/// assert_eq!(find_date("某县2021年9月"), Some((6..17, Date::month(2021, 9))));
/// ```
pub fn find_date(text: &str) -> Option<(Range<usize>, Date)> {
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        // 12021-09-20 is a number of something else.
        if begins_year(c)
            && digit(before).is_none()
            && let Some((date, length)) = leading_date(&text[at..])
        {
            return Some((at..at + length, date));
        }
        before = c;
    }
    None
}

/// The first date that stands anywhere in a text.
pub fn date_within(text: &str) -> Option<Date> {
    find_date(text).map(|(_, date)| date)
}

/// Whether one of [`YEARS`] may begin with a character. Without one that does, a text has no date.
#[inline]
pub(super) fn begins_year(c: char) -> bool {
    matches!(c, '1' | '2' | '１' | '２' | '一' | '二')
}

/// Takes the number of a month off the front; 元月 is January.
fn month(rest: &mut &str) -> Option<u8> {
    if let Some(after) = rest.trim_start().strip_prefix('元') {
        *rest = after;
        return after.trim_start().starts_with('月').then_some(1);
    }
    u8::try_from(number(rest, 2)?).ok()
}

/// The value of a digit, however it is written; 十 is none.
fn digit(c: char) -> Option<u16> {
    match c {
        '0'..='9' => Some(c as u16 - '0' as u16),
        '０'..='９' => Some(c as u16 - '０' as u16),
        '〇' | '零' | '○' | '◯' | 'Ｏ' | 'O' => Some(0),
        '一' => Some(1),
        '二' => Some(2),
        '三' => Some(3),
        '四' => Some(4),
        '五' => Some(5),
        '六' => Some(6),
        '七' => Some(7),
        '八' => Some(8),
        '九' => Some(9),
        _ => None,
    }
}

/// Takes a number of at most `most` digits off the front, 十 and 二十一 included; a year has all
/// its digits.
fn number(rest: &mut &str, most: usize) -> Option<u16> {
    let text = rest.trim_start();
    let mut digits = 0;
    let mut value = 0;
    let mut end = 0;
    for (at, c) in text.char_indices() {
        match digit(c) {
            Some(_) if digits == most => return None,
            Some(digit) => {
                value = (value * 10 + digit) % 10_000;
                digits += 1;
            }
            None if c == '十' && most == 2 && value < 10 => {
                // 十 is 1 in the tens; followed by no digit it closes with a zero.
                let unit = text[at + c.len_utf8()..].chars().next().and_then(digit);
                value = value.max(1) * if unit.is_some() { 1 } else { 10 };
                digits = 1;
            }
            None => break,
        }
        end = at + c.len_utf8();
    }
    if end == 0 || most == 4 && digits < 4 {
        return None;
    }
    *rest = &text[end..];
    Some(value)
}

/// Takes one of `marks` off the front, with space around it.
fn separator(rest: &mut &str, marks: &[char]) -> Option<char> {
    let text = rest.trim_start();
    let mark = text.chars().next().filter(|c| marks.contains(c))?;
    *rest = &text[mark.len_utf8()..];
    Some(mark)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_year_begins_as_one_may() {
        for year in YEARS {
            let first = year.to_string().chars().next();
            assert!(first.is_some_and(begins_year), "{year}");
        }
        assert!(!begins_year('3') && !begins_year('三'));
    }

    #[test]
    fn every_way_of_writing_a_day() {
        for text in [
            "2021-09-20",
            "2021/9/20",
            "2021.09.20",
            "2021年9月20日",
            "2021 年 9 月 20 日",
            "２０２１－０９－２０",
            "二〇二一年九月二十日",
            "二○二一年九月20号",
            "二Ｏ二一年九月二十日",
            "二零二一年九月二十日",
        ] {
            assert_eq!(leading_date(text), Some((Date::day(2021, 9, 20), text.len())), "{text}");
        }
        for (text, month, day) in [
            ("十月十日", 10, 10),
            ("十二月三十一日", 12, 31),
            ("一月十一日", 1, 11),
            ("元月五日", 1, 5),
        ] {
            let text = format!("于二〇二〇年{text}起");
            assert_eq!(date_within(&text), Some(Date::day(2020, month, day)), "{text}");
        }
        assert_eq!(leading_date("2020年十十十十十月1日"), None);
        assert_eq!(leading_date("2021年9月印发"), Some((Date::month(2021, 9), 11)));
    }

    #[test]
    fn a_date_and_its_bytes() {
        let text = "某局2021年7月12日印发";
        let (range, date) = find_date(text).unwrap();
        assert_eq!((&text[range], date), ("2021年7月12日", Date::day(2021, 7, 12)));
    }

    #[test]
    fn no_date() {
        for text in [
            "2021年",
            "2021-13-01",
            "2021-02-30",
            "12021-09-20",
            "2020-2021学年",
            "202155",
            "2021年元旦",
            "2023-1120981",
            "3.14",
            "2021年9",
            "",
        ] {
            assert_eq!(date_within(text), None, "{text}");
        }
    }
}
