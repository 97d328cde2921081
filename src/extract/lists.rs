//! Values in a row and the labels they belong to: 分别 and the lists that do without it.
//!
//! Four forms: labels before (`初中、小学、幼儿园教师本科以上学历分别为88%、65%、66%`), a range of years
//! (`2018年至2021年…分别为a、b、c、d`), earlier quantities (`示范园52所、一级幼儿园215所,较上年分别增加22所和7所`),
//! and labels of different measures in clauses before (`11个县毛入园率、16个县公办率达到95%、60%`).

use std::ops::Range;

use crate::codes::Unit;
use crate::context::level;
use crate::lexicon::senses::{Noun, Role, Time};
use crate::lexicon::tokens::Tokens;
use crate::text::token::Mark;

use super::phrase::fits;
use super::statement::Statement;

/// Gives every value of a row its label.
pub fn distribute(tokens: Tokens, all: &mut [Statement]) {
    let mut from = 0;
    while from < all.len() {
        let mut to = from + 1;
        while to < all.len() && follows_bare(tokens, all, to) {
            to += 1;
        }
        if to - from >= 2 {
            row(tokens, all, from..to);
        }
        from = to;
    }
}

/// Whether nothing but `、`, `，` or 和 stands between a value and the one before it, in the same unit.
fn follows_bare(tokens: Tokens, all: &[Statement], i: usize) -> bool {
    let (a, b) = (&all[i - 1].phrase.quantity, &all[i].phrase.quantity);
    let gap = a.tokens.end..b.tokens.start;
    a.unit.unit == b.unit.unit
        && !gap.is_empty()
        && gap
            .into_iter()
            .all(|at| matches!(tokens.mark(at), Some(Mark::ListComma)) || tokens.is(at, Role::And))
}

/// One row of values.
fn row(tokens: Tokens, all: &mut [Statement], values: Range<usize>) {
    let n = values.len();
    let first = &all[values.start];
    let clause = first.phrase.clause.start..first.phrase.quantity.tokens.start;
    let respectively = clause.clone().any(|at| tokens.is(at, Role::Respectively));

    // (2) A range of as many years.
    if let Some(at) = (0..first.phrase.quantity.tokens.start)
        .rev()
        .find(|&at| years_between(tokens, at).is_some_and(|years| years == n))
        && respectively
    {
        let _ = at;
        let lead = all[values.start].clone();
        for (offset, i) in values.enumerate() {
            all[i].year_offset = Some(offset as u16);
            copy_label(&mut all[i], &lead);
        }
        return;
    }

    // (3) As many quantities before, and a change of each.
    if first.change.is_some() && respectively && values.start >= n {
        let lead = all[values.start].clone();
        for (offset, i) in values.clone().enumerate() {
            all[i].change = lead.change;
            all[i].change_of = Some(values.start - n + offset);
            all[i].phrase.label = lead.phrase.label.clone();
        }
        return;
    }

    // (1) and (4) Labels before.
    let labels = labels(tokens, clause.clone());
    if labels.len() == n {
        let lead = all[values.start].clone();
        let shared = labels.last().cloned().unwrap_or(clause);
        for (label, i) in labels.into_iter().zip(values) {
            let unit = all[i].phrase.quantity.unit;
            copy_label(&mut all[i], &lead);
            all[i].level = level::named(tokens, label.clone())
                .or_else(|| level::named(tokens, shared.clone()));
            let own: Vec<Noun> = label
                .clone()
                .filter_map(|at| tokens.noun(at))
                .filter(|&noun| fits(unit, noun))
                .collect();
            if let Some(&noun) = own.last() {
                all[i].noun = Some(noun);
            }
            all[i].ownership = level::ownership(tokens, label.clone()).or(lead.ownership);
            all[i].locality = level::locality(tokens, label).or(lead.locality);
        }
    } else if respectively {
        let lead = all[values.start].clone();
        for i in values {
            copy_label(&mut all[i], &lead);
            all[i].list_mismatch = true;
        }
    } else if first.phrase.quantity.unit.unit == Unit::Percent {
        let lead = all[values.start].clone();
        for i in values.skip(1) {
            copy_label(&mut all[i], &lead);
        }
    }
}

/// Gives a later value of a row what the first one's label says.
fn copy_label(value: &mut Statement, lead: &Statement) {
    value.noun = lead.noun;
    value.whole = lead.whole;
    value.act = lead.act;
    value.level = lead.level;
    value.ownership = lead.ownership;
    value.locality = lead.locality;
    value.per = value.per.or(lead.per);
    value.change = lead.change;
    value.against = lead.against;
    value.phrase.label = lead.phrase.label.clone();
}

/// The labels of a clause: its pieces between list commas and 和 that name a level or a noun.
fn labels(tokens: Tokens, clause: Range<usize>) -> Vec<Range<usize>> {
    let mut pieces = Vec::new();
    let mut from = clause.start;
    for at in clause.clone() {
        if tokens.mark(at) == Some(Mark::ListComma) || tokens.is(at, Role::And) {
            pieces.push(from..at);
            from = at + 1;
        }
    }
    pieces.push(from..clause.end);
    let names = |piece: &Range<usize>| {
        piece.clone().any(|at| {
            tokens.word(at).is_some_and(|word| {
                word.noun.is_some()
                    || word.level.is_some()
                    || word.locality.is_some()
                    || word.ownership.is_some()
            })
        })
    };
    pieces.retain(names);
    pieces
}

/// The number of years of a range that begins at a token: `2018年至2021年` has four.
fn years_between(tokens: Tokens, at: usize) -> Option<usize> {
    let year =
        |at: usize| tokens.str(at).parse::<usize>().ok().filter(|y| (1949..=2100).contains(y));
    let from = year(at)?;
    let to_at = (at + 1..at + 5).find(|&i| year(i).is_some())?;
    let joined =
        (at + 1..to_at).any(|i| tokens.is(i, Role::To) || tokens.mark(i) == Some(Mark::Dash));
    let ends = tokens.word(to_at + 1).is_some_and(|word| word.time == Some(Time::Year));
    let to = year(to_at)?;
    (joined && ends && to > from).then(|| to - from + 1)
}
