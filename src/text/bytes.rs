//! Bytes of a text: counting them as many at a time as the machine can, and the characters they make.

/// How many bytes pass a test. `b"365\n"` has one below 32.
#[inline]
pub fn count(bytes: &[u8], test: impl Fn(u8) -> bool) -> usize {
    /// A count of so many fits a byte: the compiler then adds up many at a time.
    const BLOCK: usize = 128;
    let (blocks, rest) = bytes.as_chunks::<BLOCK>();
    let mut all = 0;
    for block in blocks {
        let mut some = 0;
        for &byte in block {
            some += u8::from(test(byte));
        }
        all += usize::from(some);
    }
    let mut some = 0;
    for &byte in rest {
        some += u8::from(test(byte));
    }
    all + usize::from(some)
}

/// Whether a byte begins a character: every one but a continuation byte does.
#[inline]
pub const fn begins(byte: u8) -> bool {
    byte & 0xC0 != 0x80
}

/// How many characters begin among bytes.
pub fn begun(bytes: &[u8]) -> usize {
    count(bytes, begins)
}

/// Whether a text has more characters than so many. Most are so long or so short that no character is counted.
pub fn is_longer(text: &str, chars: usize) -> bool {
    /// The longest character has so many bytes.
    const LONGEST: usize = 4;
    text.len() > chars && (text.len() > LONGEST * chars || begun(text.as_bytes()) > chars)
}

/// The first character of a text in UTF-8, and how many bytes it has; 0 and 1 where there is none. As
/// [`str::chars`], but a loop can go on from byte to byte.
#[inline]
pub fn character(text: &[u8]) -> (u32, usize) {
    let low = |byte: u8| u32::from(byte & 0x3F);
    match *text {
        [a @ 0xE0..=0xEF, b, c, ..] => (u32::from(three(a, b, c)), 3),
        [a @ 0xC0..=0xDF, b, ..] => (u32::from(a & 0x1F) << 6 | low(b), 2),
        [a @ 0xF0..=0xFF, b, c, d, ..] => {
            (u32::from(a & 0x07) << 18 | low(b) << 12 | low(c) << 6 | low(d), 4)
        }
        [a, ..] => (u32::from(a), 1),
        [] => (0, 1),
    }
}

/// Whether a byte begins a character of three bytes.
#[inline]
pub const fn begins_three(byte: u8) -> bool {
    byte.wrapping_sub(0xE0) < 0x10
}

/// The character of these three bytes.
#[inline]
pub const fn three(a: u8, b: u8, c: u8) -> u16 {
    // The bits that say how bytes belong together always add up to the same.
    const MARKS: u16 = (0x80_u16 << 6).wrapping_add(0x80);
    ((a as u16) << 12).wrapping_add((b as u16) << 6).wrapping_add(c as u16).wrapping_sub(MARKS)
}

#[cfg(test)]
mod tests {
    use super::{character, count, is_longer};

    #[test]
    fn characters_are_those_of_the_standard_library() {
        for c in '\0'..=char::MAX {
            let text = format!("{c}学");
            assert_eq!(character(text.as_bytes()), (c as u32, c.len_utf8()), "{c:?}");
        }
        assert_eq!(character(b""), (0, 1));
    }

    #[test]
    fn characters_are_counted_where_it_matters() {
        for text in ["", "a", "ab", "小学", "a小学", "小学生", "\u{20000}\u{20000}", "abcdefghi"]
        {
            let longer = text.chars().count() > 2;
            assert_eq!(is_longer(text, 2), longer, "{text}");
        }
    }

    #[test]
    fn blocks_add_up() {
        for len in [0, 1, 127, 128, 129, 10_000] {
            assert_eq!(count(&vec![7; len], |byte| byte == 7), len);
            assert_eq!(count(&vec![7; len], |byte| byte == 8), 0);
        }
        assert_eq!(count(b"a\tb\n", |byte| byte < 32), 2);
    }
}
