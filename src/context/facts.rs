//! What a statement leaves open, filled from near to far: its clause, its sentence, its paragraph, the
//! headings above it, the document.

use std::ops::Range;

use crate::codes::{Level, Per, Status, Unit};
use crate::extract::Reading;
use crate::extract::phrase::{enclosing, outside_parens};
use crate::extract::statement::Statement;
use crate::lexicon::senses::{Act, Noun, Role, StatusWord};
use crate::lexicon::tokens::Tokens;
use crate::period::{Origin, Period};
use crate::text::span::Span;
use crate::text::token::{Mark, TokenKind};

use super::field::{is_specific, speaks_of_education};
use super::level;
use super::passage::Passage;
use super::period::Stated;
use super::region::Place;

/// What is said around a statement.
#[derive(Debug, Clone, Copy)]
pub struct Facts {
    /// The sentence or table row that holds it.
    pub sentence: Span,
    /// Education level.
    pub level: Option<Level>,
    /// When, and where that was found.
    pub period: Option<(Period, Origin)>,
    /// What a change is measured from.
    pub base_period: Option<Period>,
    /// The place spoken of, where that is not the body that speaks.
    pub place: Option<Place>,
    /// Fact, plan or norm.
    pub status: Status,
}

/// A sentence with what it says about time and place, and its statements.
pub struct SentenceReading<'a> {
    /// Its tokens.
    pub tokens: Tokens<'a>,
    /// Its expressions of time.
    pub times: Vec<Stated>,
    /// The places it speaks of.
    pub places: Vec<Place>,
    /// Its statements.
    pub statements: Vec<Statement>,
}

/// The facts of a statement of running text.
pub fn facts(
    passage: &Passage,
    sentence: &SentenceReading,
    statement: &Statement,
    reading: &Reading,
) -> Facts {
    let tokens = sentence.tokens;
    let period = period_of(tokens, passage, sentence, statement);
    Facts {
        sentence: own_sentence(tokens, statement),
        level: level_of(tokens, passage, &sentence.statements, statement),
        period,
        base_period: base_of(tokens, sentence, statement, period.map(|(period, _)| period)),
        place: place_of(sentence, statement).copied(),
        status: status_of(
            tokens,
            passage,
            sentence,
            statement,
            reading,
            period.map(|(period, _)| period),
        ),
    }
}

/// The sentence of a statement, where two were read as one for their 其中.
fn own_sentence(tokens: Tokens, statement: &Statement) -> Span {
    let at = statement.phrase.quantity.tokens.start;
    let stop =
        |at: &usize| tokens.mark(*at) == Some(Mark::Stop) && tokens.is(at + 1, Role::OfWhich);
    let from = (0..at).rev().find(stop).map_or(0, |stop| stop + 1);
    let to = (at..tokens.len()).find(stop).map_or(tokens.len(), |stop| stop + 1);
    tokens.span(from, to)
}

/// The facts of a table's cell: the column's period, else the passage's.
pub fn of_cell(
    passage: &Passage,
    statement: &Statement,
    period: Option<Period>,
    row: Span,
) -> Facts {
    let period = match period {
        Some(period) => Some((period, Origin::Stated)),
        None => passage.period().map(|period| (period, Origin::Context)),
    };
    let base = period.and_then(|(period, _)| period.year_before());
    Facts {
        sentence: row,
        level: statement.group.level.or_else(|| passage.level()),
        period,
        base_period: base.filter(|_| statement.change.is_some()),
        place: None,
        status: if passage.is_plan() { Status::Target } else { Status::Actual },
    }
}

/// Whether a statement is about education.
pub fn in_field(tokens: Tokens, passage: &Passage, statement: &Statement) -> bool {
    if passage.education_document || statement.noun.is_some_and(is_specific) {
        return true;
    }
    let phrase = &statement.phrase;
    // 垃圾处理率85%: what it measures is not known, so its own clause must say that it is education.
    if statement.noun.is_none() && phrase.unknown_label {
        return speaks_of_education(tokens, phrase.clause.clone());
    }
    if passage.sections.is_education() || speaks_of_education(tokens, phrase.clause.clone()) {
        return true;
    }
    // 投资2.2亿元,新建幼儿园43所: money is for what the next clause says; 新建幼儿园3所,食堂5个 goes on
    // with the clause before.
    let next = clause_at(tokens, phrase.clause.end + 1);
    let money = phrase.quantity.unit.unit == Unit::Yuan && speaks_of_education(tokens, next);
    let before = (0..phrase.clause.start)
        .rev()
        .skip(1)
        .find(|&at| matches!(tokens.mark(at), Some(Mark::Comma | Mark::Semicolon | Mark::Stop)))
        .map_or(0, |at| at + 1);
    let built = matches!(
        statement.noun,
        Some(Noun::Room | Noun::FloorArea | Noun::LandArea | Noun::Class | Noun::Equipment)
    );
    money || built && speaks_of_education(tokens, before..phrase.clause.start)
}

/// The level: of its own words, of the rest of its clause, of the clauses before it, for money of
/// the clause behind it, of the passage.
fn level_of(
    tokens: Tokens,
    passage: &Passage,
    all: &[Statement],
    statement: &Statement,
) -> Option<Level> {
    // What a place spends on education is for all of it unless it says otherwise.
    if statement.group.level.is_some() || statement.noun == Some(Noun::EducationFund) {
        return statement.group.level;
    }
    let phrase = &statement.phrase;
    let inner = phrase.parens;
    let behind = level::named(tokens, phrase.after.clone());
    if behind.is_some() {
        return behind;
    }
    // A semicolon parts what has nothing to do with one another, but for a topic named as such:
    // 中等职业教育资助方面.
    let from = (0..phrase.label.start)
        .rev()
        .find(|&at| tokens.mark(at) == Some(Mark::Semicolon))
        .map_or(0, |at| at + 1);
    let before: Vec<usize> = outside_parens(tokens, from..phrase.label.start).collect();
    let mut to = before.len();
    while to > 0 {
        let hard = |at: usize| matches!(tokens.mark(at), Some(Mark::Comma | Mark::Colon));
        let from = before[..to].iter().rposition(|&at| hard(at)).map_or(0, |i| i + 1);
        let found = before.get(from).zip(before.get(to - 1)).and_then(|(&first, &last)| {
            // A part said of one level says nothing of what follows its total, nor do the schools
            // counted in one clause of those in the next.
            let part = tokens.is(first, Role::OfWhich) && inner.is_none();
            let parallel = is_institution(statement)
                && all.iter().any(|other| {
                    is_institution(other)
                        && (first..=last).contains(&other.phrase.quantity.tokens.start)
                });
            // 引进硕士研究生12名: a degree of those hired is nobody else's level.
            let hired = all.iter().any(|other| {
                other.act == Some(Act::Recruit)
                    && (first..=last).contains(&other.phrase.quantity.tokens.start)
            });
            if part || parallel || hired { None } else { level::named(tokens, first..last + 1) }
        });
        if found.is_some() {
            return found;
        }
        to = from.saturating_sub(1);
    }
    let money = matches!(statement.noun, Some(Noun::Fund) | None)
        && phrase.quantity.unit.unit == Unit::Yuan;
    if money && let Some(found) = level::named(tokens, clause_at(tokens, phrase.clause.end + 1)) {
        return Some(found);
    }
    let topic = clause_at(tokens, 0);
    if topic.end > 0 && tokens.is(topic.end - 1, Role::Topic) && topic.end <= phrase.label.start {
        let named = level::named(tokens, topic);
        if named.is_some() {
            return named;
        }
    }
    // What a paragraph says of one stage's schools it does not say of the next one's teachers.
    match statement.noun {
        Some(noun) if noun.is_staff() && passage.level() != Some(Level::All) => {
            passage.sections.level().or(passage.title.level)
        }
        _ => passage.level(),
    }
}

/// Whether a statement counts schools or their rooms.
fn is_institution(statement: &Statement) -> bool {
    matches!(statement.noun, Some(Noun::School | Noun::ModelSchool | Noun::Room))
}

/// The clause that begins at a token.
fn clause_at(tokens: Tokens, from: usize) -> Range<usize> {
    let end = (from..tokens.len())
        .find(|&at| matches!(tokens.mark(at), Some(Mark::Comma | Mark::Semicolon | Mark::Stop)))
        .unwrap_or(tokens.len());
    from.min(end)..end
}

/// The period that is stated last before the number, in its parenthesis or outside of any; else
/// what the passage carries.
fn period_of(
    tokens: Tokens,
    passage: &Passage,
    sentence: &SentenceReading,
    statement: &Statement,
) -> Option<(Period, Origin)> {
    if let Some(year) = statement.year {
        return Some((Period::Year(year), Origin::Stated));
    }
    let at = statement.phrase.quantity.tokens.start;
    let parens = enclosing(tokens, at);
    let background = (statement.phrase.clause.start..statement.phrase.clause.end)
        .any(|i| tokens.is(i, Role::OnBasis));
    let stated = sentence.times.iter().rev().find(|stated| {
        let own = enclosing(tokens, stated.tokens.start);
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
        Some(stated) => (stated.period, stated.origin),
        None => (passage.period(), Origin::Context),
    };
    Some((period?, origin))
}

/// The period of the value before a change: 2012 in 由2012年的38.2%提升到52.4%, the year before in
/// 比上年的1852亿元增长; else it is not known.
fn earlier_period(
    tokens: Tokens,
    passage: &Passage,
    stated: Option<&Stated>,
    statement: &Statement,
) -> Option<(Period, Origin)> {
    let label = statement.phrase.label.clone();
    // 2020年…由600元提高到720元 dates the new value.
    let from = label.clone().find(|&at| tokens.is(at, Role::FromValue)).unwrap_or(label.start);
    if let Some(stated) = stated.filter(|stated| stated.tokens.start >= from) {
        return Some((stated.period?, stated.origin));
    }
    let compared = label.clone().any(|at| tokens.is(at, Role::Compare));
    let now = stated.map_or_else(|| passage.period(), |stated| stated.period);
    Some((now.filter(|_| compared)?.year_before()?, Origin::Context))
}

/// Whether a period stands in a clause that only says what was there before: 在上年度…基础上.
fn in_background(tokens: Tokens, stated: &Stated) -> bool {
    (stated.tokens.end..tokens.len())
        .take_while(|&at| tokens.mark(at) != Some(Mark::Comma))
        .any(|at| tokens.is(at, Role::OnBasis))
}

/// Whether a period dates only the value before a change: 由2012年的38.2%提升到52.4%.
fn is_before_change(tokens: Tokens, stated: &Stated) -> bool {
    let led = stated.tokens.start > 0 && tokens.is(stated.tokens.start - 1, Role::FromValue);
    led && (stated.tokens.end..tokens.len())
        .take_while(|&at| tokens.mark(at) != Some(Mark::Comma))
        .any(|at| tokens.is(at, Role::ToValue))
}

/// Whether a period is what a change is measured from: 较2019年.
fn is_base(tokens: Tokens, stated: &Stated) -> bool {
    stated.tokens.start > 0 && tokens.is(stated.tokens.start - 1, Role::Compare)
}

/// What a change or growth is measured from.
fn base_of(
    tokens: Tokens,
    sentence: &SentenceReading,
    statement: &Statement,
    period: Option<Period>,
) -> Option<Period> {
    statement.change?;
    let at = statement.phrase.quantity.tokens.start;
    let named = sentence
        .times
        .iter()
        .rev()
        .find(|stated| stated.tokens.end <= at && is_base(tokens, stated));
    if let Some(named) = named {
        return named.period;
    }
    match period? {
        Period::Range(Some(from), Some(_)) => Some(Period::Year(from.year)),
        period => period.year_before(),
    }
}

/// The place that the sentence spoke of last before the number.
fn place_of<'s>(sentence: &'s SentenceReading, statement: &Statement) -> Option<&'s Place> {
    let at = statement.phrase.quantity.tokens.start;
    let ends =
        |place: &&Place| (place.at..at).any(|i| sentence.tokens.mark(i) == Some(Mark::Semicolon));
    sentence.places.iter().rev().find(|place| place.at < at).filter(|place| !ends(place))
}

/// Fact, plan or norm.
fn status_of(
    tokens: Tokens,
    passage: &Passage,
    sentence: &SentenceReading,
    statement: &Statement,
    reading: &Reading,
    period: Option<Period>,
) -> Status {
    let goes_on_with = statement.continues.map(|j| &sentence.statements[j]).filter(|s| s.earlier);
    let standard = is_standard(tokens, statement)
        || goes_on_with.is_some_and(|earlier| is_standard(tokens, earlier));
    if statement.against || standard {
        return Status::Standard;
    }
    if let Some(status) = reading.status {
        return status;
    }
    let at = statement.phrase.quantity.tokens.start;
    let from =
        (0..at).rev().find(|&i| tokens.mark(i) == Some(Mark::Semicolon)).map_or(0, |i| i + 1);
    // The last word of plan or fact before the number, in any clause up to a semicolon.
    let said = (from..at).rev().find_map(|i| {
        let word = tokens.word(i)?;
        match word.status? {
            StatusWord::Target => Some(Status::Target),
            StatusWord::Intend | StatusWord::Will => {
                // 营养改善计划投入6000万元: the name of a programme.
                let name = i.checked_sub(1).is_some_and(|before| {
                    tokens.kind(before) == TokenKind::Han
                        || tokens.word(before).is_some_and(|w| w.noun.is_some() || w.act.is_some())
                });
                if word.status == Some(StatusWord::Intend) && name {
                    return None;
                }
                let verb = tokens.word(i + 1).is_some_and(|next| {
                    next.act.is_some() && next.noun.is_none() || next.role == Some(Role::ToValue)
                });
                verb.then_some(Status::Target)
            }
            StatusWord::Aim => (i >= statement.phrase.clause.start).then_some(Status::Target),
            StatusWord::Actual => Some(Status::Actual),
            StatusWord::UnderWay => {
                let built = (i + 1..tokens.len())
                    .take_while(|&j| tokens.mark(j) != Some(Mark::Comma))
                    .any(|j| tokens.word(j).is_some_and(|word| word.act == Some(Act::Build)));
                built.then_some(Status::Target)
            }
            StatusWord::Standard
            | StatusWord::PlanHeading
            | StatusWord::PlanTitle
            | StatusWord::ActualHeading
            | StatusWord::Report => None,
        }
    });
    let now = sentence
        .times
        .iter()
        .rev()
        .any(|stated| stated.tokens.end <= at && stated.origin == Origin::Document);
    match said {
        Some(status) => status,
        None if now => Status::Actual,
        // 到2025年毛入园率达95%, said in 2021.
        None if is_future(passage, period) => Status::Target,
        None if passage.is_plan() => Status::Target,
        None => Status::Actual,
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

/// Whether a norm is stated: `资助标准为2000元`, `12000元的要求`, `80%的规划指标`.
fn is_standard(tokens: Tokens, statement: &Statement) -> bool {
    let standard =
        |at: usize| tokens.word(at).is_some_and(|word| word.status == Some(StatusWord::Standard));
    let phrase = &statement.phrase;
    let after = phrase.after.start..(phrase.after.start + 3).min(phrase.after.end);
    let named = phrase.label.clone().rev().take(6).any(standard)
        && statement.noun.is_none_or(Noun::is_money);
    // 每个班级需配备2名幼儿教师
    let per_class = |at: usize| tokens.word(at).is_some_and(|word| word.per == Some(Per::Class));
    named || after.clone().any(standard) || phrase.clause.clone().any(per_class)
}
