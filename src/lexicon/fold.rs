//! Full-width and half-width characters, which the lexicon takes for the same: ％ and %.

/// A character as the lexicon compares it: full-width forms of ASCII become ASCII.
pub fn fold(c: char) -> char {
    match c {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
        '\u{3000}' => ' ',
        _ => c,
    }
}

/// A folded character, and the full-width one that folds to it.
pub fn forms(c: char) -> impl Iterator<Item = char> {
    let wide = match c {
        '!'..='~' => char::from_u32(c as u32 + 0xFEE0),
        ' ' => Some('\u{3000}'),
        _ => None,
    };
    [Some(c), wide].into_iter().flatten()
}
