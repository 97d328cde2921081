//! Tokens: the pieces that the lexer cuts a text into.

use super::span::Span;
use crate::lexicon::WordId;
use crate::lexicon::kinds::Kinds;

/// A piece of the text. The tokens of a text follow one another without gap or overlap.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    /// What it is.
    pub kind: TokenKind,
    /// Where it stands.
    pub span: Span,
    /// What it may be to a rule.
    pub kinds: Kinds,
}

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenKind {
    /// Digits, with a point and thousands separators: `1,100.5`, `２７７６０`.
    Digits,
    /// Chinese numerals: `三十八`, `十余`'s `十`.
    Numerals,
    /// Hidden digits: `xx.xx`.
    Hidden,
    /// A word of the lexicon.
    Word(WordId),
    /// A Chinese character that begins no word.
    Han,
    /// Latin letters.
    Latin,
    /// A mark.
    Mark(Mark),
    /// Spaces of any width; a line end that only wraps a line.
    Space,
    /// A line end that ends a paragraph.
    LineEnd,
    /// Anything else.
    Other,
}

impl TokenKind {
    /// Whether it is a number of any kind.
    pub fn is_number(self) -> bool {
        matches!(self, TokenKind::Digits | TokenKind::Numerals | TokenKind::Hidden)
    }
}

/// Punctuation by what it does, whatever its width. As wide as the number of a word, so that two registers hold what a token
/// is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u32)]
pub enum Mark {
    /// 。！？
    Stop,
    /// ，
    Comma,
    /// 、
    ListComma,
    /// ；
    Semicolon,
    /// ：
    Colon,
    /// （〔【［
    Open,
    /// ）〕】］
    Close,
    /// “‘「
    OpenQuote,
    /// ”’」
    CloseQuote,
    /// 《
    OpenTitle,
    /// 》
    CloseTitle,
    /// - – — ~ ～ between numbers a range.
    Dash,
    /// +
    Plus,
    /// /
    Slash,
    /// |: a cell's edge.
    Pipe,
    /// * or #: Markdown.
    Markup,
}

impl Mark {
    /// The mark that a character is. It is asked of every character, so that it is one look and no search.
    #[inline]
    pub fn of(c: char) -> Option<Mark> {
        MARKS[c as usize % MARKS.len()].filter(|(mark, _)| *mark == c).map(|(_, mark)| mark)
    }
}

/// The characters that are marks.
const CHARACTERS: &[(Mark, &[char])] = &[
    (Mark::Stop, &['。', '！', '？', '!', '?']),
    (Mark::Comma, &['，', ',']),
    (Mark::ListComma, &['、']),
    (Mark::Semicolon, &['；', ';']),
    (Mark::Colon, &['：', ':', '∶']),
    (Mark::Open, &['（', '(', '〔', '【', '[', '［']),
    (Mark::Close, &['）', ')', '〕', '】', ']', '］']),
    (Mark::OpenQuote, &['“', '‘', '「', '『']),
    (Mark::CloseQuote, &['”', '’', '」', '』', '"']),
    (Mark::OpenTitle, &['《', '〈']),
    (Mark::CloseTitle, &['》', '〉']),
    (Mark::Dash, &['-', '－', '–', '—', '―', '~', '～', '−', '─']),
    (Mark::Plus, &['+', '＋']),
    (Mark::Slash, &['/', '／']),
    (Mark::Pipe, &['|', '｜']),
    (Mark::Markup, &['*', '#', '＊']),
];

/// Each at the remainder of its number, which no two of them share.
static MARKS: [Option<(char, Mark)>; 162] = {
    let mut table = [None; 162];
    let mut rest = CHARACTERS;
    while let [(mark, characters), behind @ ..] = rest {
        let mut characters: &[char] = characters;
        while let [c, others @ ..] = characters {
            let place = &mut table[*c as usize % table.len()];
            assert!(place.is_none(), "two marks share a place");
            *place = Some((*c, *mark));
            characters = others;
        }
        rest = behind;
    }
    table
};
