//! How far a text is read as it stands.
//!
//! In: the bytes of a text. Out: how many of them, from the first, hold nothing that may only set it, be it a space, a
//! footnote's mark or the pipe of a table: all of `教职工27760人`, of `教职工**27760**人` those of the first three
//! characters. Most lines hold nothing, and to see that must cost next to nothing: it is seen of 32 bytes at once.

/// Bytes that are looked at together: as many as compilers turn into a few wide instructions.
const BLOCK: usize = 32;
/// A character that sets a text is told by its first bytes, so many at most.
const TOLD: usize = 3;
/// A block, and what tells the characters at its end.
const WHOLE: usize = BLOCK + TOLD - 1;

/// How many bytes of a text in UTF-8 stand before the first that may begin what sets it; all of them where there
/// is none. What does begin there is for others to say: most points that end a word end no sentence.
pub fn quiet(text: &[u8]) -> usize {
    let byte = |at: usize| text.get(at).copied().unwrap_or_default();
    let begun = |&at: &usize| {
        let (first, second, third) = (text[at], byte(at + 1), byte(at + 2));
        // 12.5 stands as it is.
        BEGINS[usize::from(first)]
            && begins(first, second, third)
            && !(first == b'.' && second.is_ascii_digit())
    };
    let mut at = 0;
    while let Some(block) = text[at..].first_chunk::<WHOLE>() {
        if holds(block)
            && let Some(found) = (at..at + BLOCK).find(begun)
        {
            return found;
        }
        at += BLOCK;
    }
    // What is left is shorter than a block: the last whole one has it too, but for its last bytes.
    if text.last_chunk::<WHOLE>().is_some_and(|last| !holds(last)) {
        at = text.len() - (TOLD - 1);
    }
    (at..text.len()).find(begun).unwrap_or(text.len())
}

/// Whether something that may set a text begins among the first bytes.
fn holds(block: &[u8; WHOLE]) -> bool {
    let mut found = false;
    for at in 0..BLOCK {
        found |= begins(block[at], block[at + 1], block[at + 2]);
    }
    found
}

/// Whether a character that may set a text begins with these bytes. Of the marks of Chinese, which begin with the
/// same bytes as some that do, the common ones do not: 。 “ ， （ １ Ａ. Without a branch, so that many bytes can be
/// looked at together.
#[inline(always)]
const fn begins(first: u8, second: u8, third: u8) -> bool {
    // Controls and the space; " & * . in one, which differ in two bits.
    let narrow = (first <= b' ') | (first & 0xF3 == 0x22) | (first == b'[') | (first == b'|');
    // U+0080 to U+00BF and U+2000 to U+2FFF in one, but for ‐ to ‟.
    let marks = (first & 0xDF == 0xC2) & !((second == 0x80) & (third & 0xF0 == 0x90));
    let space = (first == 0xE3) & (second == 0x80) & (third == 0x80);
    // Of the full-width forms from ！ to ［ these: ＂ ． ［ and two that share their bits.
    let wide = (first == 0xEF) & ((second != 0xBC) | (third & 0xF3 == 0x82) | (third == 0xBB));
    narrow | marks | space | wide
}

/// The bytes with which such a character may begin.
static BEGINS: [bool; 256] = {
    let mut table = [false; 256];
    let mut first = 0;
    while first < table.len() {
        table[first] = begins(first as u8, 0, 0) || begins(first as u8, 0x80, 0x80);
        first += 1;
    }
    table
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_may_set_a_text_is_found_wherever_it_stands() {
        for sets in [
            " ", "\u{3000}", "\t", "\n", "**", "&nbsp;", "[", "［", "²", "①", ".", ".a", "．",
            "\"", "＂", "｡", "|", "｜",
        ] {
            for before in 0..60 {
                for behind in [0, 1, 2, 40] {
                    let text = format!("{}{sets}{}", "a".repeat(before), "学".repeat(behind));
                    assert_eq!(quiet(text.as_bytes()), before, "{text}");
                }
            }
        }
    }

    #[test]
    fn text_is_quiet() {
        for text in [
            "",
            "人",
            "占12.5%",
            "教职工２７７６０人，（其中“两免”115人）、小学—《》。",
            "《》；：！？％／-–",
        ] {
            for times in [1, 2, 3, 10] {
                let text = text.repeat(times);
                assert_eq!(quiet(text.as_bytes()), text.len(), "{text}");
            }
        }
    }
}
