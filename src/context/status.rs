//! Fact, plan or norm: by the words around a number, the heading above it, and its period.
//!
//! `启动新建8个中小学` is under way and so a plan, `生均12000元的要求` a norm, and under `下一步工作` everything is a plan
//! that does not say 已.

use crate::codes::{Per, Status};
use crate::extract::Reading;
use crate::extract::statement::Statement;
use crate::lexicon::kinds::Kinds;
use crate::lexicon::senses::{Act, Noun, Role, StatusWord};
use crate::lexicon::tokens::Tokens;
use crate::period::{Origin, Period};
use crate::text::token::{Mark, TokenKind};

use super::dating::Dated;
use super::facts::SentenceReading;
use super::origin::{Known, Said, Where};
use super::passage::Passage;

/// How many tokens behind 启动 may say what is under way.
const REACH: usize = 40;

/// Fact, plan or norm.
pub fn of(
    passage: &Passage,
    sentence: &SentenceReading,
    statement: &Statement,
    reading: &Reading,
    dated: Option<Dated>,
) -> Known<Status> {
    let tokens = sentence.tokens;
    let said = |value: Status, at: usize| {
        Said { value, words: tokens.span(at, at + 1) }.near(tokens, &statement.phrase)
    };
    let goes_on_with = statement.continues.map(|j| &sentence.statements[j]).filter(|s| s.earlier);
    if statement.against {
        return Known::without_words(Status::Standard, Where::Sentence);
    }
    let norm = standard(tokens, statement)
        .or_else(|| goes_on_with.and_then(|earlier| standard(tokens, earlier)));
    if let Some(at) = norm {
        return said(Status::Standard, at);
    }
    if let Some(status) = reading.status {
        return Known::without_words(status, Where::Rule);
    }
    let at = statement.phrase.quantity.tokens.start;
    let semicolon = tokens.with(0..at, Kinds::mark(Mark::Semicolon)).next_back();
    let from = semicolon.map_or(0, |i| i + 1);
    // The last word of plan or fact before the number, in any clause up to a semicolon.
    let by_word = tokens.with(from..at, Kinds::STATUS).rev().find_map(|i| {
        let word = tokens.status(i)?;
        let status = match word {
            StatusWord::Target => Some(Status::Target),
            StatusWord::Intend | StatusWord::Will => {
                // 营养改善计划投入6000万元: the name of a programme.
                let name = i.checked_sub(1).is_some_and(|before| {
                    tokens.kind(before) == TokenKind::Han
                        || tokens.has(before, Kinds::NOUN.or(Kinds::ACT))
                });
                if word == StatusWord::Intend && name {
                    return None;
                }
                let verb = tokens.has(i + 1, Kinds::ACT) && !tokens.has(i + 1, Kinds::NOUN)
                    || tokens.is(i + 1, Role::ToValue);
                verb.then_some(Status::Target)
            }
            StatusWord::Aim => (i >= statement.phrase.clause.start).then_some(Status::Target),
            StatusWord::Actual => Some(Status::Actual),
            StatusWord::UnderWay => {
                let built = (i + 1..tokens.len())
                    .take(REACH)
                    .take_while(|&j| tokens.mark(j) != Some(Mark::Comma))
                    .any(|j| tokens.act(j) == Some(Act::Build));
                // 启动一中新校区建设,建成合格学校170所: what is done next is done.
                let finished = |i: usize| tokens.status(i) == Some(StatusWord::Done);
                let own = statement.phrase.clause.start;
                let done = i < own && (own..at).any(finished);
                (built && !done).then_some(Status::Target)
            }
            StatusWord::Standard
            | StatusWord::PlanHeading
            | StatusWord::PlanTitle
            | StatusWord::ActualHeading
            | StatusWord::Deeds
            | StatusWord::Done
            | StatusWord::Report => None,
        };
        Some(said(status?, i))
    });
    let now = || {
        let mut before = sentence.times.iter().rev().filter(|stated| stated.tokens.end <= at);
        let now = before.find(|stated| stated.origin == Origin::Document)?;
        Some(said(Status::Actual, now.tokens.start))
    };
    // 到2025年毛入园率达95%, said in 2021.
    let future = || {
        is_future(passage, dated.map(|dated| dated.period.value))
            .then(|| Known::without_words(Status::Target, Where::Period))
    };
    // 2010年全市共有幼儿园1252所, in a plan of 2011.
    let above = of_passage(passage);
    let past = || {
        let past = above.value == Status::Target && is_past(sentence, at, passage, dated);
        past.then(|| Known::without_words(Status::Actual, Where::Period))
    };
    by_word.or_else(now).or_else(future).or_else(past).unwrap_or_else(|| {
        // 下一步 may stand in this very sentence.
        match above.words.filter(|words| tokens.span(0, tokens.len()).contains(*words)) {
            Some(words) => Said { value: above.value, words }.near(tokens, &statement.phrase),
            None => above,
        }
    })
}

/// A plan where headings, title or 下一步 make it one; else a fact.
pub fn of_passage(passage: &Passage) -> Known<Status> {
    let plan = passage.is_plan();
    if plan.value {
        plan.map(|_| Status::Target)
    } else {
        Known::without_words(Status::Actual, Where::Unmarked)
    }
}

/// Whether a period begins after the document was published.
fn is_future(passage: &Passage, period: Option<Period>) -> bool {
    let year = passage.clock.published.map(|date| date.year);
    let begins = match period {
        Some(Period::Range(Some(from), _)) => Some(from.year),
        Some(Period::YearsUntil(..) | Period::YearsFrom(..)) | None => None,
        Some(period) => period.year(),
    };
    begins.zip(year).is_some_and(|(begins, year)| begins > year)
}

/// Whether the period of a number ended before the year of the document. In a work report one that is
/// stated before it must have: what the review said last does not date the plans.
fn is_past(sentence: &SentenceReading, at: usize, passage: &Passage, dated: Option<Dated>) -> bool {
    let mut before = sentence.times.iter().rev().filter(|stated| stated.tokens.end <= at);
    let stated = before.next().filter(|stated| stated.origin == Origin::Stated);
    let carried = dated
        .filter(|dated| !passage.title.report && dated.period.from == Where::EarlierSentence)
        .map(|dated| dated.period.value);
    let ends = match stated.and_then(|stated| stated.period).or(carried) {
        Some(Period::Range(_, Some(to))) => Some(to.year),
        Some(Period::Range(_, None) | Period::YearsUntil(..) | Period::YearsFrom(..)) | None => {
            None
        }
        Some(period) => period.year(),
    };
    ends.zip(passage.clock.document_year).is_some_and(|(ends, year)| ends < year)
}

/// The word with which a norm is stated: `资助标准为2000元`, `12000元的要求`, `80%的规划指标`.
fn standard(tokens: Tokens, statement: &Statement) -> Option<usize> {
    if !tokens.may(Kinds::STATUS.or(Kinds::PER)) {
        return None;
    }
    let standard = |&at: &usize| tokens.status(at) == Some(StatusWord::Standard);
    let phrase = &statement.phrase;
    let after = phrase.after.start..(phrase.after.start + 3).min(phrase.after.end);
    let label = phrase.label;
    let before = label.start.max(label.end.saturating_sub(6))..label.end;
    let named = tokens.with(before, Kinds::STATUS).rev().find(standard);
    // 每个班级需配备2名幼儿教师
    let per_class = |&at: &usize| tokens.per(at) == Some(Per::Class);
    named
        .filter(|_| statement.noun.is_none_or(Noun::is_money))
        .or_else(|| tokens.with(after, Kinds::STATUS).find(standard))
        .or_else(|| tokens.with(phrase.clause.clone(), Kinds::PER).find(per_class))
}
