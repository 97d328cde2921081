//! Characters by what they are in a text that counts.
//!
//! In: a character. Out: whether it is Chinese, and whether a number may be made of it: 3, ３, 三, the 万 of 数万, the x
//! of xx.xx.

use crate::lexicon::fold;

/// A Chinese character.
#[inline]
pub fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9FFF}' | '\u{20000}'..='\u{323AF}' | '〇')
}

/// A space of any width, or a line end; U+FEFF is none by Unicode, and stands for nothing.
pub fn is_space(c: char) -> bool {
    c.is_whitespace() || c == '\u{FEFF}'
}

/// A text without the spaces before it.
pub fn trimmed(text: &str) -> &str {
    match text.as_bytes() {
        // Chinese characters begin so, and nearly all text does.
        [0xE4..=0xE9, ..] => text,
        _ => text.trim_start_matches(is_space),
    }
}

/// A digit of either width.
pub fn is_digit(c: char) -> bool {
    fold(c).is_ascii_digit()
}

/// What stands for a digit: x, ×.
pub fn is_hidden(c: char) -> bool {
    matches!(fold(c), 'x' | 'X') || c == '×'
}

/// 万 or 亿.
#[inline]
pub fn is_myriad(c: char) -> bool {
    matches!(c, '万' | '亿')
}

/// Whether a number may begin with a character or go on with it.
pub fn is_of_number(c: char) -> bool {
    is_digit(c) || is_of_numerals(c) || is_hidden(c)
}

/// A character of a Chinese numeral, multipliers up to 千 included.
#[inline]
pub fn is_numeral(c: char) -> bool {
    is_of_numerals(c) && !is_myriad(c)
}

/// A character of a number in Chinese, 万 and 亿 included. It is asked of every character, so that it is one look and no
/// search.
#[inline]
pub fn is_of_numerals(c: char) -> bool {
    NUMERALS[place(c)] == c
}

/// Where a numeral is looked for, which is by the sum of its two bytes: no two of them share a place.
const fn place(c: char) -> usize {
    (c as usize + (c as usize >> u8::BITS)) % PLACES
}

const PLACES: usize = 64;

static NUMERALS: [char; PLACES] = {
    let all = [
        '〇', '零', '一', '二', '三', '四', '五', '六', '七', '八', '九', '十', '百', '千', '两',
        '○', '万', '亿',
    ];
    let mut table = [char::MAX; PLACES];
    let mut i = 0;
    while i < all.len() {
        let entry = &mut table[place(all[i])];
        assert!(*entry == char::MAX, "two numerals share a place");
        *entry = all[i];
        i += 1;
    }
    table
};
