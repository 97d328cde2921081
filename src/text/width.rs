//! How wide a line is, in each way in which text is wrapped.
//!
//! In: a line. Out: its characters, and the columns that it takes on a screen or a page. `“小学”` has 4
//! characters; it takes 6 columns where a mark like “ takes one, and 8 where it takes two.

use unicode_width::UnicodeWidthStr;

/// What is counted in a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Count {
    /// Characters.
    Characters,
    /// Columns of a screen or a page: two for a Chinese character; for marks like “ one.
    NarrowColumns,
    /// Columns, two for such marks too.
    WideColumns,
}

impl Count {
    /// All ways to count.
    pub const ALL: [Count; 3] = [Count::Characters, Count::NarrowColumns, Count::WideColumns];
}

/// The width of a line, by each count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Width {
    characters: usize,
    narrow: usize,
    wide: usize,
}

impl Width {
    /// The width of a line.
    pub fn of(line: &str) -> Width {
        let mut width = Width::default();
        let mut at = 0;
        while let Some(&first) = line.as_bytes().get(at) {
            let (len, narrow, wide) = match first {
                b' '..=b'~' => (1, 1, 1),
                // U+4000 to U+9FFF: nearly all of a text.
                0xE4..=0xE9 => (3, 2, 2),
                _ => match line[at..].chars().next() {
                    Some('\u{3000}'..='\u{3029}' | '！'..='～') => (3, 2, 2),
                    Some('“' | '”' | '‘' | '’' | '—' | '…') => (3, 1, 2),
                    // Some characters change the width of their neighbours.
                    _ => return Width::by_rules(line),
                },
            };
            at += len;
            width.characters += 1;
            width.narrow += narrow;
            width.wide += wide;
        }
        width
    }

    /// The width of a line of any characters, by the rules of Unicode.
    fn by_rules(line: &str) -> Width {
        Width { characters: line.chars().count(), narrow: line.width(), wide: line.width_cjk() }
    }

    /// The width by one count.
    pub fn by(self, count: Count) -> usize {
        match count {
            Count::Characters => self.characters,
            Count::NarrowColumns => self.narrow,
            Count::WideColumns => self.wide,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_have_two_widths() {
        let width = Width::of("“小学”");
        assert_eq!(Count::ALL.map(|count| width.by(count)), [4, 6, 8]);
    }

    #[test]
    fn every_width_is_that_of_the_rules() {
        for c in '\0'..=char::MAX {
            let mut buffer = [0; 4];
            let line = c.encode_utf8(&mut buffer);
            assert_eq!(Width::of(line), Width::by_rules(line), "{c:?}");
        }
        for line in
            ["小学<\u{338}", "教\u{FE0F}育", "“\u{FE01}小", "1\u{FE0F}\u{20E3}", "学\t校\r\n"]
        {
            assert_eq!(Width::of(line), Width::by_rules(line), "{line:?}");
        }
    }
}
