//! Numbers without a unit, told by the word behind them and by the marks around them.
//!
//! `〔2021〕1号` numbers a document, `一、`, `(三)` and `1.` a heading or an item, and `2021-09-20` is a day.
//! What no mark tells stays as it was.

use crate::codes::Unit;
use crate::lexicon::kinds::Kinds;
use crate::lexicon::senses::{Role, Scope};
use crate::lexicon::tokens::Tokens;
use crate::text::token::{Mark, TokenKind};
use crate::verdict::Reason;

use super::number::{calendar_year, is_short, zeros};

/// What stands between a number and its unit, or another number that has it: 余, 分之, 至.
pub(super) const LEADS: Kinds = Kinds::BOUND
    .or(Kinds::roles(&[Role::Fraction, Role::To, Role::And]))
    .or(Kinds::marks(&[Mark::Slash, Mark::Colon, Mark::Dash, Mark::ListComma]));

/// Whether nothing stands behind the number at a token that could make it a quantity, be it a unit, a
/// multiplier or another number: of `2020年` and `一批` no value has to be read.
pub fn is_bare(tokens: Tokens, at: usize) -> bool {
    if tokens.has(at + 1, LEADS.or(Kinds::UNIT)) || zeros(tokens.str(at + 1)).is_some() {
        return false;
    }
    // What is longer may be too large, and that is another reason.
    match tokens.kind(at) {
        TokenKind::Digits => is_short(tokens.str(at)),
        TokenKind::Numerals => tokens.str(at).chars().nth(1).is_none(),
        _ => false,
    }
}

/// Whether numerals before a unit count something, be they 一 or with 余 behind them: 两所, 十余个, 五番; not 一所,
/// 三个方面.
pub(super) fn numeral_counts(one: bool, more: bool, unit: Unit) -> bool {
    // 翻了一番, 增长一倍 count; 一所 is an article.
    if one && !matches!(unit, Unit::Multiple | Unit::Doubling) {
        return false;
    }
    more || unit != Unit::Item
}

/// Why the number that ends before `end` has no unit, by the word there. In `3-6岁` and `一、二年级` it is
/// that of the number it goes on to.
pub fn why_no_unit(tokens: Tokens, mut end: usize) -> Reason {
    const ITEMS: usize = 40;
    for _ in 0..ITEMS {
        let skip = if tokens.mark(end) == Some(Mark::Close) { end + 1 } else { end };
        if let Some(reason) = tokens.nonunit(skip) {
            return reason;
        }
        // 六县(市、区)
        if tokens.scope(end) == Some(Scope::Divisions) {
            return Reason::Scope;
        }
        let mut next = end;
        while matches!(tokens.mark(next), Some(Mark::Dash | Mark::ListComma)) {
            next += 1;
        }
        if next == end || !tokens.is_number(next) {
            break;
        }
        end = next + 1;
        while zeros(tokens.str(end)).is_some() {
            end += 1;
        }
    }
    Reason::NoUnit
}

/// The reason why the number at a token is no quantity, where `known` leaves open what it is.
pub fn by_place(tokens: Tokens, at: usize, known: Reason) -> Reason {
    let open = matches!(known, Reason::NoUnit | Reason::Ordinal);
    if !open {
        return known;
    }
    if is_document_number(tokens, at) {
        return Reason::DocumentNumber;
    }
    if numbers_item(tokens, at) {
        return Reason::Numbering;
    }
    match known {
        Reason::NoUnit if is_date(tokens, at) => Reason::Date,
        // 零拒绝, 一大批
        Reason::NoUnit if tokens.kind(at) == TokenKind::Numerals => Reason::Idiom,
        known => known,
    }
}

/// The mark before a token.
fn mark_before(tokens: Tokens, at: usize) -> Option<Mark> {
    tokens.mark(at.checked_sub(1)?)
}

/// Whether a number stands alone in parentheses.
fn bracketed(tokens: Tokens, at: usize) -> bool {
    mark_before(tokens, at) == Some(Mark::Open) && tokens.mark(at + 1) == Some(Mark::Close)
}

/// Whether a number is the year or the number of a document: `〔2021〕1号`, `〔2021〕第3号`.
fn is_document_number(tokens: Tokens, at: usize) -> bool {
    let behind = if tokens.is(at + 2, Role::Ordinal) { at + 3 } else { at + 2 };
    let ordinal = at > 0 && tokens.is(at - 1, Role::Ordinal);
    let year = at.checked_sub(if ordinal { 3 } else { 2 });
    bracketed(tokens, at) && tokens.is_number(behind)
        || year.is_some_and(|year| tokens.is_number(year) && bracketed(tokens, year))
}

/// Whether a number numbers a heading or an item: `一、`, `(三)`, `1.`.
fn numbers_item(tokens: Tokens, at: usize) -> bool {
    let begins = at == 0
        || matches!(mark_before(tokens, at), Some(Mark::Semicolon | Mark::Stop | Mark::Markup));
    let point = matches!(tokens.str(at + 1), "." | "．");
    begins && (point || tokens.mark(at + 1) == Some(Mark::ListComma)) || bracketed(tokens, at)
}

/// Whether a number is part of a day written with marks, of a clock time, or a year that heads its
/// sentence: `2021-09-20`, `11:20:12`, `2022 某县十件大事`.
fn is_date(tokens: Tokens, at: usize) -> bool {
    let follows = |at: usize, marks: &[Mark]| {
        at >= 2
            && mark_before(tokens, at).is_some_and(|mark| marks.contains(&mark))
            && tokens.is_number(at - 2)
    };
    if follows(at, &[Mark::Colon]) {
        return tokens.str(at).chars().count() == 2;
    }
    // The day is the third number.
    let mut first = at;
    for _ in 0..2 {
        if follows(first, &[Mark::Dash, Mark::Slash]) {
            first -= 2;
        }
    }
    let goes_on = matches!(tokens.mark(first + 1), Some(Mark::Dash | Mark::Slash))
        && tokens.is_number(first + 2);
    calendar_year(tokens.str(first)).is_some() && (goes_on || first == 0)
}
