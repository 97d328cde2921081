//! Text to tokens: lossless, left to right, the longest word first.
//!
//! `小学365所` becomes a word, digits and a word. Widths do not matter: `３６５` are digits, `，` is a
//! comma. Whether a line end ends a paragraph is decided by the caller.

use super::span::Span;
use super::token::{Mark, Token, TokenKind};
use crate::lexicon::senses::BoundPlace;
use crate::lexicon::{Found, Lexicon, WordId, fold};

/// Cuts `text[within]` into tokens that tile it.
pub fn lex(text: &str, within: Span, lexicon: &Lexicon) -> Vec<Token> {
    // Chinese prose has a token about every four bytes.
    let mut tokens = Vec::with_capacity((within.end - within.start) / 3 + 4);
    let mut rest = within.of(text);
    // The first character of the token before.
    let mut before = ' ';
    while let Some(c) = rest.chars().next() {
        // 63.8万名师生 has no 名师: behind a number a unit comes first.
        let counted = tokens.last().is_some_and(|last| is_counting(last, before, lexicon));
        let unit = if counted { lexicon.longest_unit(rest) } else { None };
        let alone = matches!(c, '万' | '亿')
            && !counted
            && counts_alone(text, &rest[c.len_utf8()..], tokens.last(), lexicon);
        let (kind, len) = match unit {
            Some((id, len)) => (TokenKind::Word(id), len),
            None if alone => (TokenKind::Numerals, c.len_utf8()),
            None => next(rest, c, lexicon),
        };
        let at = within.end - rest.len();
        tokens.push(lexicon.token(kind, Span::new(at, at + len)));
        rest = &rest[len..];
        before = c;
    }
    tokens
}

/// Whether a unit may follow a token, which begins with `c`: a number, or the 万 or 余 behind one.
fn is_counting(token: &Token, c: char, lexicon: &Lexicon) -> bool {
    match token.kind {
        TokenKind::Digits | TokenKind::Numerals | TokenKind::Hidden => true,
        TokenKind::Word(id) => {
            matches!(lexicon.word(id).bound, Some((BoundPlace::After, _)))
        }
        TokenKind::Han => matches!(c, '万' | '亿'),
        _ => false,
    }
}

/// Whether 万 or 亿 counts without a digit before it: 万余名, 突破万人. `after` is what follows it.
fn counts_alone(text: &str, after: &str, before: Option<&Token>, lexicon: &Lexicon) -> bool {
    let bounded = before.is_some_and(|token| match token.kind {
        TokenKind::Word(id) => matches!(lexicon.word(id).bound, Some((BoundPlace::Before, _))),
        _ => false,
    });
    let parted = before.is_none_or(|token| token.span.of(text).ends_with(is_han));
    parted && (after.starts_with(['余', '多']) || bounded && lexicon.longest_unit(after).is_some())
}

/// The token at the start of `rest`, whose first character is `c`.
fn next(rest: &str, c: char, lexicon: &Lexicon) -> (TokenKind, usize) {
    let han = is_han(c);
    if !han && let Some(token) = digits_or_space(rest, c) {
        return token;
    }
    let numerals = if is_numeral(c) { numerals_len(rest) } else { 0 };
    if let Some(found) = lexicon.found(rest)
        && found.len >= numerals
    {
        let (id, len) = shortened(rest, found, lexicon).unwrap_or((found.id, found.len));
        return (TokenKind::Word(id), len);
    }
    if numerals > 0 {
        return (TokenKind::Numerals, numerals);
    }
    if han {
        return (TokenKind::Han, c.len_utf8());
    }
    if let Some(mark) = Mark::of(c) {
        return (TokenKind::Mark(mark), c.len_utf8());
    }
    match run_len(rest, |c| fold(c).is_ascii_alphabetic()) {
        0 => (TokenKind::Other, c.len_utf8()),
        len => (TokenKind::Latin, len),
    }
}

/// The token at the start of `rest` where it is digits, hidden digits, a line end or spaces.
fn digits_or_space(rest: &str, c: char) -> Option<(TokenKind, usize)> {
    let folded = fold(c);
    if folded.is_ascii_digit() {
        return Some((TokenKind::Digits, digits_len(rest)));
    }
    if matches!(folded, 'x' | 'X') || c == '×' {
        let len = hidden_len(rest);
        return (len > 0).then_some((TokenKind::Hidden, len));
    }
    if c == '\n' || c == '\r' {
        let len = if rest.starts_with("\r\n") { 2 } else { 1 };
        return Some((TokenKind::LineEnd, len));
    }
    let is_space = |c: char| (c.is_whitespace() || c == '\u{FEFF}') && c != '\n' && c != '\r';
    is_space(c).then(|| (TokenKind::Space, run_len(rest, is_space)))
}

/// The word without its last character, when that is a word and the character begins another:
/// 小学|生均公用经费, 小学|校长, 年|内蒙古自治区.
fn shortened(rest: &str, found: Found, lexicon: &Lexicon) -> Option<(WordId, usize)> {
    let shorter = found.shorter?;
    let last = rest[..found.len].chars().next_back()?;
    let cut = found.len - last.len_utf8();
    let (_, next) = lexicon.longest(&rest[cut..])?;
    (next > last.len_utf8()).then_some((shorter, cut))
}

/// Bytes of the longest prefix whose characters all satisfy `test`.
fn run_len(text: &str, test: impl Fn(char) -> bool) -> usize {
    text.find(|c| !test(c)).unwrap_or(text.len())
}

/// Digits with at most one point and with thousands separators, half or full width.
///
/// `1,100` is one number, `1,10` and `2020,100` are two: a separator needs one to three digits
/// before the first and exactly three after each.
fn digits_len(text: &str) -> usize {
    let is_digit = |c: char| fold(c).is_ascii_digit();
    let mut len = run_len(text, is_digit);
    let lead = text[..len].chars().count();
    if lead <= 3 {
        while let Some(comma) = text[len..].chars().next().filter(|&c| fold(c) == ',') {
            let from = len + comma.len_utf8();
            let group = run_len(&text[from..], is_digit);
            if text[from..from + group].chars().count() != 3 {
                break;
            }
            len = from + group;
        }
    }
    let Some(point) = text[len..].chars().next().filter(|&c| matches!(c, '.' | '．')) else {
        return len;
    };
    let from = len + point.len_utf8();
    match run_len(&text[from..], is_digit) {
        0 => len,
        // 1.2020年: a list number and a year.
        decimals
            if lead <= 2
                && text[from..from + decimals].chars().count() == 4
                && text[from + decimals..].starts_with('年') =>
        {
            len
        }
        decimals => from + decimals,
    }
}

/// Chinese numerals, with decimals where no time of day can be meant: `九点八万人`, `百分之四点八`.
fn numerals_len(text: &str) -> usize {
    let whole = run_len(text, is_numeral);
    let Some(rest) = text[whole..].strip_prefix('点').filter(|_| whole > 0) else { return whole };
    let decimals = run_len(rest, is_numeral);
    let digits = rest[..decimals].chars().all(|c| !matches!(c, '十' | '百' | '千' | '两'));
    let clock = rest[decimals..].starts_with(['分', '钟', '整', '半', '左']);
    if decimals == 0 || !digits || clock { whole } else { whole + '点'.len_utf8() + decimals }
}

/// `x`, `xx.xx`: hidden digits; 0 where the letters belong to a Latin word, or are more than any number
/// has digits.
fn hidden_len(text: &str) -> usize {
    const MOST: usize = 64;
    let text = text.char_indices().nth(MOST).map_or(text, |(end, _)| &text[..end]);
    let is_x = |c: char| matches!(fold(c), 'x' | 'X') || c == '×';
    let mut len = run_len(text, is_x);
    if let Some(point) = text[len..].chars().next().filter(|&c| matches!(c, '.' | '．')) {
        let from = len + point.len_utf8();
        let decimals = run_len(&text[from..], is_x);
        if decimals > 0 {
            len = from + decimals;
        }
    }
    match text[len..].chars().next() {
        Some(c) if fold(c).is_ascii_alphanumeric() => 0,
        _ => len,
    }
}

/// A character of a Chinese numeral, multipliers up to 千 included.
pub fn is_numeral(c: char) -> bool {
    matches!(
        c,
        '〇' | '零'
            | '一'
            | '二'
            | '三'
            | '四'
            | '五'
            | '六'
            | '七'
            | '八'
            | '九'
            | '十'
            | '百'
            | '千'
            | '两'
            | '○'
    )
}

/// A Chinese character.
pub fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9FFF}' | '\u{20000}'..='\u{323AF}' | '〇')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces(text: &str) -> Vec<(&str, TokenKind)> {
        let lexicon = Lexicon::built_in();
        lex(text, Span::new(0, text.len()), &lexicon)
            .into_iter()
            .map(|token| (token.span.of(text), token.kind))
            .collect()
    }

    fn cut(text: &str) -> Vec<&str> {
        pieces(text).into_iter().map(|(piece, _)| piece).collect()
    }

    #[test]
    fn tokens_tile_the_text() {
        for text in ["小学365所;初中115所。", "xx市\r\n 全市招生x.xx万人", "①②\u{0}é", ""]
        {
            assert_eq!(cut(text).concat(), text);
        }
    }

    #[test]
    fn numbers_are_one_token() {
        for (text, number) in [
            ("1,100万元", "1,100"),
            ("5，310万人", "5，310"),
            ("２７７６０人", "２７７６０"),
            ("１９．２％", "１９．２"),
            ("10．6％", "10．6"),
            ("3.所", "3"),
            ("95,96", "95"),
            ("xx.xx万个", "xx.xx"),
            ("三十八所", "三十八"),
            ("九点八万人", "九点八"),
            ("三点十分", "三"),
        ] {
            assert_eq!(cut(text)[0], number);
        }
    }

    #[test]
    fn a_name_is_longer_than_its_numeral() {
        assert_eq!(cut("一等奖2项"), ["一等奖", "2", "项"]);
        assert_eq!(cut("进一步"), ["进一步"]);
        assert_eq!(cut("小学生均公用经费"), ["小学", "生均公用经费"]);
        assert_eq!(cut("年内蒙古自治区"), ["年", "内蒙古自治区"]);
    }

    #[test]
    fn an_x_of_a_word_hides_nothing() {
        assert_eq!(pieces("Excel")[0].1, TokenKind::Latin);
        assert_eq!(pieces("xls")[0].1, TokenKind::Latin);
    }
}
