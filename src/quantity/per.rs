//! A denominator that stands at the number itself: `200元/生/月`, `元/人·年`.

use crate::codes::Per;
use crate::lexicon::tokens::Tokens;
use crate::text::token::{Mark, TokenKind};

/// The denominator behind a unit that ends before `end`, and one past it.
pub fn per_behind(tokens: Tokens, end: usize) -> (Option<Per>, usize) {
    let (mut person, mut student, mut year, mut month) = (false, false, false, false);
    let mut at = end;
    let joins = |at: usize| match tokens.kind(at) {
        TokenKind::Mark(mark) => mark == Mark::Slash,
        TokenKind::Word(_) => false,
        _ => tokens.str(at) == "·",
    };
    while joins(at) {
        match tokens.str(at + 1) {
            "生" => student = true,
            "人" | "名" => person = true,
            "年" => year = true,
            "月" => month = true,
            _ => break,
        }
        at += 2;
    }
    let per = match (student, person, year, month) {
        (true, _, true, _) => Per::StudentYear,
        (true, _, _, true) => Per::StudentMonth,
        (true, ..) => Per::Student,
        (_, true, true, _) => Per::PersonYear,
        (_, true, _, true) => Per::PersonMonth,
        (_, true, ..) => Per::Person,
        (_, _, true, _) => Per::Year,
        (_, _, _, true) => Per::Month,
        _ => return (None, end),
    };
    (Some(per), at)
}
