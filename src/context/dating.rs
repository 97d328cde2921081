//! The period of a statement: stated in its sentence, or carried by the passage.
//!
//! In `2020年占比为7.9%,2021年为7.4%,较上年减少了0.5%` each number has the year stated last before it, and the change
//! is measured from the year before its own.

use crate::extract::statement::Statement;
use crate::lexicon::kinds::Kinds;
use crate::lexicon::senses::Role;
use crate::lexicon::tokens::Tokens;
use crate::period::{Origin, Period};
use crate::quantity::number::{digits, numeral};
use crate::text::token::Mark;
use crate::verdict::Reason;

use super::expression::changes_behind;
use super::facts::SentenceReading;
use super::origin::{Known, Said, Where};
use super::passage::Passage;
use super::period::Stated;

/// When, and where that was found: as the record has it, and with the words.
#[derive(Debug, Clone, Copy)]
pub struct Dated {
    /// The period.
    pub period: Known<Period>,
    /// Where it was found, as the record says it.
    pub origin: Origin,
}

/// The period that is stated last before the number, in its parenthesis or outside of any; else
/// what the passage carries.
pub fn period(
    passage: &Passage,
    sentence: &SentenceReading,
    statement: &Statement,
) -> Option<Dated> {
    let tokens = sentence.tokens;
    if let Some(year) = statement.year {
        return Some(listed(sentence, statement, year));
    }
    let at = statement.phrase.quantity.tokens.start;
    let parens = statement.phrase.parens;
    let background = tokens.any(statement.phrase.clause.clone(), Kinds::role(Role::OnBasis));
    let stated = sentence.times.iter().rev().find(|stated| {
        let own = stated.parens;
        let in_clause = stated.tokens.start >= statement.phrase.clause.start;
        stated.tokens.end <= at
            && (own.is_none() || own == parens)
            && !is_base(tokens, stated)
            && (statement.earlier || !is_before_change(tokens, stated))
            && (in_clause || !background && !in_background(tokens, stated))
    });
    if stated.is_none() && background {
        return None;
    }
    if statement.earlier {
        return earlier_period(tokens, passage, stated, statement);
    }
    let (period, origin) = match stated {
        // 目前 in a document without a date means the time it speaks of.
        Some(stated) if stated.period.is_none() && stated.origin == Origin::Document => {
            (passage.period(), Origin::Context)
        }
        Some(stated) => (Some(known(tokens, stated, statement)?), stated.origin),
        None => (passage.period(), Origin::Context),
    };
    Some(Dated { period: period?, origin })
}

/// What an expression of time says of a statement of its sentence.
fn known(tokens: Tokens, stated: &Stated, statement: &Statement) -> Option<Known<Period>> {
    let said = stated.said(tokens)?;
    Some(match stated.origin {
        Origin::Document => said.from(Where::Publication),
        Origin::Stated | Origin::Context => said.near(tokens, &statement.phrase),
    })
}

/// The year of a value of a list that has one for each.
fn listed(sentence: &SentenceReading, statement: &Statement, year: u16) -> Dated {
    let value = Period::Year(year);
    let at = statement.phrase.quantity.tokens.start;
    let names = |stated: &&Stated| match stated.period {
        Some(Period::Range(Some(from), Some(to))) => (from.year..=to.year).contains(&year),
        period => period == Some(value),
    };
    let before = sentence.times.iter().rev().filter(|stated| stated.tokens.end <= at);
    let said = before.filter(|stated| stated.said(sentence.tokens).is_some()).find(names);
    let period = match said.and_then(|stated| stated.said(sentence.tokens)) {
        Some(said) => Said { value, words: said.words }.near(sentence.tokens, &statement.phrase),
        None => Known::without_words(value, Where::Sentence),
    };
    Dated { period, origin: Origin::Stated }
}

/// The period of the value before a change: 2012 in 由2012年的38.2%提升到52.4%, the year before in
/// 比上年的1852亿元增长; else it is not known.
fn earlier_period(
    tokens: Tokens,
    passage: &Passage,
    stated: Option<&Stated>,
    statement: &Statement,
) -> Option<Dated> {
    let label = statement.phrase.label;
    // 2020年…由600元提高到720元 dates the new value.
    let led = tokens.with(label, Kinds::role(Role::FromValue)).next();
    let from = led.unwrap_or(label.start);
    if let Some(stated) = stated.filter(|stated| stated.tokens.start >= from) {
        let period = known(tokens, stated, statement)?;
        return Some(Dated { period, origin: stated.origin });
    }
    let compared = tokens.any(label, Kinds::role(Role::Compare));
    let now = stated.map_or_else(|| passage.period(), |stated| known(tokens, stated, statement));
    let now = now.filter(|_| compared)?;
    let before = now.value.year_before()?;
    Some(Dated { period: now.map(|_| before), origin: Origin::Context })
}

/// Whether a period stands in a clause that only says what was there before: 在上年度…基础上.
fn in_background(tokens: Tokens, stated: &Stated) -> bool {
    let comma_or_basis = Kinds::mark(Mark::Comma).or(Kinds::role(Role::OnBasis));
    let next = tokens.with(stated.tokens.end..tokens.len(), comma_or_basis).next();
    next.is_some_and(|at| tokens.is(at, Role::OnBasis))
}

/// Whether a period dates only the value before a change: 由2012年的38.2%提升到52.4%.
pub(super) fn is_before_change(tokens: Tokens, stated: &Stated) -> bool {
    let led = stated.tokens.start > 0 && tokens.is(stated.tokens.start - 1, Role::FromValue);
    led && changes_behind(tokens, stated.tokens.end)
}

/// Whether a period is what a change is measured from: 较2019年.
fn is_base(tokens: Tokens, stated: &Stated) -> bool {
    stated.tokens.start > 0 && tokens.is(stated.tokens.start - 1, Role::Compare)
}

/// What a change or growth is measured from: 2019 in 较2019年增长, 2012 in 由2012年的38.2%提升到52.4%,提高14.2个百分点.
pub fn base(
    sentence: &SentenceReading,
    statement: &Statement,
    period: Option<Period>,
) -> Option<Period> {
    statement.change?;
    let tokens = sentence.tokens;
    let at = statement.phrase.quantity.tokens.start;
    let named = sentence.times.iter().rev().find(|stated| {
        stated.tokens.end <= at && (is_base(tokens, stated) || is_before_change(tokens, stated))
    });
    if let Some(named) = named {
        return named.period;
    }
    match (period?, years_of_change(tokens, statement)) {
        (Period::Range(Some(from), Some(_)), _) => Some(Period::Year(from.year)),
        (period, Some(years)) => period.year()?.checked_sub(years).map(Period::Year),
        (period, None) => period.year_before(),
    }
}

/// How many years a change took: 十年提高了23.6个百分点.
fn years_of_change(tokens: Tokens, statement: &Statement) -> Option<u16> {
    let rises_or_falls = Kinds::roles(&[Role::Rise, Role::Fall]);
    let verb = tokens.with(statement.phrase.label, rises_or_falls).next()?;
    let year = verb.checked_sub(1).filter(|&at| tokens.nonunit(at) == Some(Reason::Duration))?;
    let count = year.checked_sub(1).filter(|&at| tokens.is_number(at))?;
    let value = digits(tokens.str(count)).or_else(|| numeral(tokens.str(count)))?;
    u16::try_from(value).ok().filter(|years| (1..100).contains(years))
}
