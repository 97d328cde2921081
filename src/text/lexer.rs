//! Text to tokens: lossless, left to right, the longest word first.
//!
//! `小学365所` becomes a word, digits and a word. Widths do not matter: `３６５` are digits, `，` is a
//! comma. Whether a line end ends a paragraph is decided by the caller.

use super::script::{is_digit, is_han, is_hidden, is_myriad, is_numeral, is_of_numerals, is_space};
use super::span::Span;
use super::token::{Mark, Token, TokenKind};
use crate::lexicon::kinds::Kinds;
use crate::lexicon::senses::BoundPlace;
use crate::lexicon::{Character, Found, Lexicon, WordId, fold};

/// Cuts `text[within]` into tokens that tile it.
pub fn lex(text: &str, within: Span, lexicon: &Lexicon) -> Vec<Token> {
    let mut room = Room::default();
    room.cut(text, within, lexicon, true);
    room.tokens
}

/// Where the tokens of a text stand, and then those of the next one: memory is asked for once and not for each.
#[derive(Debug, Default)]
pub struct Room {
    chars: Vec<Character>,
    tokens: Vec<Token>,
}

impl Room {
    /// The tokens of the text that was cut last.
    pub fn tokens(&self) -> &[Token] {
        &self.tokens
    }

    /// Cuts `text[within]` into tokens; together with the `spaces` between them they tile it.
    pub fn cut(&mut self, text: &str, within: Span, lexicon: &Lexicon, spaces: bool) {
        let Room { chars, tokens } = self;
        look_up(text, within, lexicon, chars);
        tokens.clear();
        let chars: &[Character] = chars;
        let mut rest = chars;
        // Whether a unit may follow the token before.
        let mut counted = false;
        while let Some(&Character { c, at, .. }) = rest.first() {
            let (kind, kinds, count);
            // Nearly all text is such.
            if is_plain(c) && !counted {
                let found = if lexicon.may_begin(rest) { lexicon.found(rest) } else { None };
                (kind, kinds, count) = match found {
                    Some(found) => {
                        let (id, count) = word(found, rest, lexicon);
                        (TokenKind::Word(id), lexicon.word(id).kinds, count)
                    }
                    None => (TokenKind::Han, Kinds::of_other(TokenKind::Han), 1),
                };
                counted = is_counting(kind, kinds, lexicon);
            } else {
                let before = || (chars[..chars.len() - rest.len()].last(), tokens.last());
                (kind, count) = if is_myriad(c) && !counted && counts_alone(rest, before(), lexicon)
                {
                    (TokenKind::Numerals, 1)
                } else {
                    other(rest, c, counted, lexicon)
                };
                kinds = lexicon.kinds(kind);
                counted =
                    is_counting(kind, kinds, lexicon) || is_myriad(c) && kind == TokenKind::Han;
            }
            rest = &rest[count..];
            if kind == TokenKind::Space && !spaces {
                continue;
            }
            let end = rest.first().map_or(within.end, |next| next.at);
            tokens.push(Token { kind, span: Span::new(at, end), kinds });
        }
    }
}

/// Looks up the characters of a text.
#[inline(never)]
fn look_up(text: &str, within: Span, lexicon: &Lexicon, chars: &mut Vec<Character>) {
    chars.clear();
    chars.extend(lexicon.characters(text, within));
}

/// Whether a unit may follow a token: a number, or the 余 behind one.
#[inline]
fn is_counting(kind: TokenKind, kinds: Kinds, lexicon: &Lexicon) -> bool {
    let bound = || match kind {
        TokenKind::Word(id) => matches!(lexicon.word(id).bound, Some((BoundPlace::After, _))),
        _ => true,
    };
    kinds.any(Kinds::NUMBER.or(Kinds::BOUND)) && bound()
}

/// The token at the start of `rest`, and how many characters it has, where its first one `c` is no common one or a
/// number stands before it, so that it may be `counted`.
#[inline(never)]
fn other(rest: &[Character], c: char, counted: bool, lexicon: &Lexicon) -> (TokenKind, usize) {
    // 63.8万名师生 has no 名师: behind a number a unit comes first.
    if counted && let Some((id, count)) = lexicon.longest_unit(rest) {
        return (TokenKind::Word(id), count);
    }
    let alone = if is_han(c) {
        TokenKind::Han
    } else if let Some(mark) = Mark::of(c) {
        TokenKind::Mark(mark)
    } else if let Some(token) = digits_or_space(rest, c) {
        return token;
    } else {
        TokenKind::Other
    };
    let numerals = if is_numeral(c) { numerals(rest) } else { 0 };
    if lexicon.may_begin(rest)
        && let Some(found) = lexicon.found(rest)
        && found.chars >= numerals
    {
        let (id, count) = word(found, rest, lexicon);
        return (TokenKind::Word(id), count);
    }
    if numerals > 0 {
        return (TokenKind::Numerals, numerals);
    }
    if alone == TokenKind::Other {
        let letters = run(rest, |c| fold(c).is_ascii_alphabetic());
        return if letters > 0 { (TokenKind::Latin, letters) } else { (alone, 1) };
    }
    (alone, 1)
}

/// Whether 万 or 亿 at the start of `rest` counts without a digit before it: 万余名, 突破万人. `before` are the
/// character and the token before it.
fn counts_alone(
    rest: &[Character],
    before: (Option<&Character>, Option<&Token>),
    lexicon: &Lexicon,
) -> bool {
    let bounded = before.1.is_some_and(|token| match token.kind {
        TokenKind::Word(id) => matches!(lexicon.word(id).bound, Some((BoundPlace::Before, _))),
        _ => false,
    });
    let more = matches!(nth(rest, 1), Some('余' | '多'));
    let parted = before.0.is_none_or(|last| is_han(last.c));
    parted && (more || bounded && lexicon.longest_unit(&rest[1..]).is_some())
}

/// The word found at the start of `rest`, and how many characters it has. Its last one belongs to the next word where
/// it is a word without it and a longer one begins there: 小学|生均公用经费, 小学|校长, 年|内蒙古自治区.
#[inline]
fn word(found: Found, rest: &[Character], lexicon: &Lexicon) -> (WordId, usize) {
    let Found { id, chars, shorter } = found;
    let longer = || lexicon.found(&rest[chars - 1..]).is_some_and(|next| next.chars > 1);
    match shorter {
        Some(shorter) if longer() => (shorter, chars - 1),
        _ => (id, chars),
    }
}

/// The token at the start of `rest` where it is digits, hidden digits, a line end or spaces.
fn digits_or_space(rest: &[Character], c: char) -> Option<(TokenKind, usize)> {
    if is_digit(c) {
        return Some((TokenKind::Digits, digits(rest)));
    }
    if is_hidden(c) {
        let count = hidden(rest);
        return (count > 0).then_some((TokenKind::Hidden, count));
    }
    if c == '\n' || c == '\r' {
        let count = if c == '\r' && nth(rest, 1) == Some('\n') { 2 } else { 1 };
        return Some((TokenKind::LineEnd, count));
    }
    let is_gap = |c: char| is_space(c) && c != '\n' && c != '\r';
    is_gap(c).then(|| (TokenKind::Space, run(rest, is_gap)))
}

/// A character some way on.
fn nth(chars: &[Character], n: usize) -> Option<char> {
    chars.get(n).map(|character| character.c)
}

/// How many of the first characters all satisfy `test`.
fn run(chars: &[Character], test: impl Fn(char) -> bool) -> usize {
    chars.iter().take_while(|character| test(character.c)).count()
}

/// Digits with at most one point and with thousands separators, half or full width.
///
/// `1,100` is one number, `1,10` and `2020,100` are two: a separator needs one to three digits
/// before the first and exactly three after each.
fn digits(chars: &[Character]) -> usize {
    const GROUP: usize = 3;
    let lead = run(chars, is_digit);
    let mut count = lead;
    while lead <= GROUP && nth(chars, count).is_some_and(|c| fold(c) == ',') {
        if run(&chars[count + 1..], is_digit) != GROUP {
            break;
        }
        count += 1 + GROUP;
    }
    match decimals(chars, count, is_digit) {
        // 1.2020年: a list number and a year.
        4 if lead <= 2 && nth(chars, count + 5) == Some('年') => count,
        0 => count,
        decimals => count + 1 + decimals,
    }
}

/// How many digits stand behind the point after so many characters.
fn decimals(chars: &[Character], count: usize, is_digit: impl Fn(char) -> bool) -> usize {
    match nth(chars, count) {
        Some('.' | '．') => run(&chars[count + 1..], is_digit),
        _ => 0,
    }
}

/// Chinese numerals, with decimals where no time of day can be meant: `九点八万人`, `百分之四点八`.
fn numerals(chars: &[Character]) -> usize {
    let whole = run(chars, is_numeral);
    if nth(chars, whole) != Some('点') {
        return whole;
    }
    let (decimals, behind) = {
        let rest = &chars[whole + 1..];
        rest.split_at(run(rest, is_numeral))
    };
    let digits = decimals.iter().all(|c| !matches!(c.c, '十' | '百' | '千' | '两'));
    let clock = matches!(nth(behind, 0), Some('分' | '钟' | '整' | '半' | '左'));
    if decimals.is_empty() || !digits || clock { whole } else { whole + 1 + decimals.len() }
}

/// `x`, `xx.xx`: hidden digits; 0 where the letters belong to a Latin word, or are more than any number
/// has digits.
fn hidden(chars: &[Character]) -> usize {
    const MOST: usize = 64;
    let chars = &chars[..chars.len().min(MOST)];
    let whole = run(chars, is_hidden);
    let count = match decimals(chars, whole, is_hidden) {
        0 => whole,
        decimals => whole + 1 + decimals,
    };
    match nth(chars, count) {
        Some(c) if fold(c).is_ascii_alphanumeric() => 0,
        _ => count,
    }
}

/// A common Chinese character that counts nothing.
#[inline]
fn is_plain(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9FFF}') && !is_of_numerals(c)
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
