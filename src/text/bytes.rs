//! Bytes of a text: counting them as many at a time as the machine can, and the characters they make.

/// How many bytes pass a test. `b"365\n"` has one below 32.
pub fn count(bytes: &[u8], test: impl Fn(u8) -> bool) -> usize {
    /// A count of so many fits a byte: the compiler then adds up many at a time.
    const BLOCK: usize = 240;
    let within = |block: &[u8]| block.iter().map(|&byte| u8::from(test(byte))).sum::<u8>();
    bytes.chunks(BLOCK).map(|block| usize::from(within(block))).sum()
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

/// Whether a byte is the first of a character of three.
#[inline]
pub const fn is_first_of_three(byte: u8) -> bool {
    byte & 0xF0 == 0xE0
}

/// The character of these three bytes.
#[inline]
pub const fn three(a: u8, b: u8, c: u8) -> u16 {
    (a as u16) << 12 | (b as u16 & 0x3F) << 6 | c as u16 & 0x3F
}

#[cfg(test)]
mod tests {
    use super::{character, count};

    #[test]
    fn characters_are_those_of_the_standard_library() {
        for c in '\0'..=char::MAX {
            let text = format!("{c}学");
            assert_eq!(character(text.as_bytes()), (c as u32, c.len_utf8()), "{c:?}");
        }
        assert_eq!(character(b""), (0, 1));
    }

    #[test]
    fn blocks_add_up() {
        for len in [0, 1, 239, 240, 241, 10_000] {
            assert_eq!(count(&vec![7; len], |byte| byte == 7), len);
            assert_eq!(count(&vec![7; len], |byte| byte == 8), 0);
        }
        assert_eq!(count(b"a\tb\n", |byte| byte < 32), 2);
    }
}
