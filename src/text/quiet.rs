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
/// What stands behind a text that ends within a block.
const FILLING: u8 = b'a';

/// How many bytes of a text in UTF-8 stand before the first that may begin what sets it; all of them where there
/// is none. What does begin there is for others to say: most points that end a word end no sentence.
pub fn quiet(text: &[u8]) -> usize {
    let mut filled = [FILLING; WHOLE];
    let mut at = 0;
    while at < text.len() {
        let rest = &text[at..];
        let block = rest.first_chunk().unwrap_or_else(|| {
            filled[..rest.len()].copy_from_slice(rest);
            &filled
        });
        if let Some(found) = found(block) {
            return at + found;
        }
        at += BLOCK;
    }
    text.len()
}

/// Where in a block the first begins.
fn found(block: &[u8; WHOLE]) -> Option<usize> {
    let mut found = [0; BLOCK];
    for at in 0..BLOCK {
        found[at] = u8::from(begins(block[at], block[at + 1], block[at + 2]));
    }
    let (words, _) = found.as_chunks::<8>();
    let first = |word: &[u8; 8]| u64::from_le_bytes(*word).trailing_zeros() as usize / 8;
    let word = words.iter().position(|word| *word != [0; 8])?;
    Some(8 * word + first(&words[word]))
}

/// Whether a character that may set a text begins with these bytes. Of the marks of Chinese, which begin with the
/// same bytes as some that do, the common ones do not: 。 “ ， （ １ Ａ. Without a branch, so that many bytes can be
/// looked at together.
#[inline(always)]
const fn begins(first: u8, second: u8, third: u8) -> bool {
    // 12.5 stands as it is.
    let decimal = (first == b'.') & (second.wrapping_sub(b'0') < 10);
    // Controls and the space; " & * . in one, which differ in two bits.
    let narrow = (first <= b' ') | (first & 0xF3 == 0x22) | (first == b'[') | (first == b'|');
    // U+0080 to U+00BF and U+2000 to U+2FFF in one, but for those that end like ‐ to „.
    let marks = (first & 0xDF == 0xC2) & (third.wrapping_sub(0x90) >= 0xF);
    let space = (first == 0xE3) & (third == 0x80);
    // Of the full-width forms from ！ to ［ these: ＂ ． ［ and two that share their bits.
    let wide = (first == 0xEF) & ((second != 0xBC) | (third & 0xF3 == 0x82) | (third == 0xBB));
    narrow & !decimal | marks | space | wide
}

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
    fn no_blank_and_no_mark_of_a_note_is_quiet() {
        // No Chinese text has the space of Ogham.
        let blanks = ('\0'..=char::MAX).filter(|&c| c.is_whitespace() && c != '\u{1680}');
        let widthless = "\u{FEFF}\u{200B}\u{200F}\u{202A}\u{202E}\u{2060}\u{AD}".chars();
        let notes = "⁰¹²³⁴⁵⁶⁷⁸⁹".chars().chain('①'..='⑳');
        for c in blanks.chain(widthless).chain(notes) {
            for behind in ["", "学", "3", "学".repeat(20).as_str()] {
                assert_eq!(quiet(format!("人{c}{behind}").as_bytes()), 3, "{c:?}");
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
