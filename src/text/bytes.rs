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

/// The first byte that passes a test.
#[inline]
pub fn find(bytes: &[u8], test: impl Fn(u8) -> bool) -> Option<usize> {
    /// Whether any of so many passes is seen at once.
    const BLOCK: usize = 16;
    let (blocks, _) = bytes.as_chunks::<BLOCK>();
    let any = |block: &[u8; BLOCK]| block.iter().fold(false, |any, &byte| any | test(byte));
    let from = blocks.iter().position(any).unwrap_or(blocks.len()) * BLOCK;
    let found = bytes[from..].iter().position(|&byte| test(byte));
    found.map(|at| from + at)
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

/// The bytes of the first character of a text in UTF-8, the first of them lowest, and how many they are; 0 and
/// 1 where there is none.
#[inline]
pub fn character(text: &[u8]) -> (u32, usize) {
    let Some(bytes) = text.first_chunk().copied() else { return last_character(text) };
    let bytes = u32::from_le_bytes(bytes);
    match bytes as u8 {
        0xE0..=0xEF => (bytes & 0xFF_FFFF, 3),
        0x00..0x80 => (bytes & 0xFF, 1),
        0xF0.. => (bytes, 4),
        _ => (bytes & 0xFFFF, 2),
    }
}

/// The same of a text that has at most three bytes.
#[cold]
fn last_character(text: &[u8]) -> (u32, usize) {
    let mut four = [0; 4];
    four[..text.len()].copy_from_slice(text);
    character(&four)
}

#[cfg(test)]
mod tests {
    use super::{character, count, find, is_longer};

    #[test]
    fn characters_are_those_of_the_standard_library() {
        for c in '\0'..=char::MAX {
            let mut bytes = [0; 4];
            c.encode_utf8(&mut bytes);
            let own = (u32::from_le_bytes(bytes), c.len_utf8());
            for text in [format!("{c}学"), format!("{c}a"), c.to_string()] {
                assert_eq!(character(text.as_bytes()), own, "{c:?}");
            }
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
    fn the_first_is_found() {
        for len in [0, 1, 15, 16, 17, 40] {
            for first in 0..len {
                let mut bytes = vec![0; len];
                bytes[first..].fill(7);
                assert_eq!(find(&bytes, |byte| byte == 7), Some(first));
            }
            assert_eq!(find(&vec![0; len], |byte| byte == 7), None);
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
