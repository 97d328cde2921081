//! Whom or what words are about: education level, ownership, locality.
//!
//! `农村普惠性民办幼儿园` is rural, inclusive and private, and of the preschool level.

use std::ops::Range;

use crate::codes::{Level, Locality, Ownership, Unit};
use crate::extract::statement::Statement;
use crate::lexicon::kinds::Kinds;
use crate::lexicon::senses::{Act, Noun, Role};
use crate::lexicon::stages::union;
use crate::lexicon::tokens::{Run, Tokens};
use crate::text::token::Mark;

use super::origin::{Known, Said};
use super::passage::Passage;

/// How many tokens back a clause may still say what a number is about.
const REACH: usize = 300;

/// Whom or what a statement is about.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Group {
    /// Education level, and the words that name it.
    pub level: Option<Said<Level>>,
    /// Ownership.
    pub ownership: Option<Ownership>,
    /// Urban or rural.
    pub locality: Option<Locality>,
}

impl Group {
    /// What a run of tokens names.
    pub fn named(tokens: Tokens, within: impl Into<Run>) -> Self {
        const NAMES: Kinds = Kinds::LEVEL.or(Kinds::OWNERSHIP).or(Kinds::LOCALITY);
        let run = within.into();
        if !tokens.may_within(run, NAMES) {
            return Group::default();
        }
        Group {
            level: named(tokens, run),
            ownership: ownership(tokens, run),
            locality: locality(tokens, run),
        }
    }

    /// With what it leaves open taken from another.
    pub fn or(self, other: Group) -> Self {
        Group {
            level: self.level.or(other.level),
            ownership: self.ownership.or(other.ownership),
            locality: self.locality.or(other.locality),
        }
    }
}

/// The level that a run of tokens names; of several the level that covers them.
///
/// `初中、小学` is compulsory education, `中小学、幼儿园` basic. In `义务教育学校` the school has no level of
/// its own; in `义务教育阶段小学` the narrower one counts, as each later word narrows the one it
/// follows directly.
pub fn named(tokens: Tokens, within: impl Into<Run>) -> Option<Said<Level>> {
    let run = within.into();
    if tokens.may_within(run, Kinds::LEVEL) { covering(tokens, run) } else { None }
}

fn covering(tokens: Tokens, run: Run) -> Option<Said<Level>> {
    const TELLING: Kinds =
        Kinds::LEVEL.or(Kinds::role(Role::Etc)).or(Kinds::marks(&[Mark::Open, Mark::Close]));
    let mut level: Option<Level> = None;
    let mut first = run.start;
    let mut last = None;
    let mut mixed = false;
    // 高职(专科)院校: what stands in parentheses explains.
    let mut depth = 0usize;
    for at in tokens.with(run, TELLING) {
        match tokens.mark(at) {
            Some(Mark::Open) => depth += 1,
            Some(Mark::Close) => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > 0 {
            continue;
        }
        if tokens.is(at, Role::Etc) {
            // 省职业技术学院等15所院校: examples give no level.
            (level, last, mixed) = (None, None, false);
            continue;
        }
        let Some(next) = tokens.level(at) else { continue };
        if is_degree(tokens, at) {
            continue;
        }
        level = match (level, last) {
            // 职业教育中职学校, 义务教育小学: written without anything between, one narrows the other.
            // 各级各类学校、幼儿园 are still all of them.
            (Some(Level::All), _) if next == Level::Basic => Some(Level::All),
            (Some(_), Some(before)) if before + 1 == at => {
                first = at;
                Some(next)
            }
            (Some(level), _) => {
                let both = union(level, next);
                mixed |= both.is_none();
                both
            }
            (None, _) => {
                first = at;
                Some(next)
            }
        };
        last = Some(at);
    }
    let value = level.filter(|_| !mixed)?;
    Some(Said { value, words: tokens.span(first, last? + 1) })
}

/// Whether schools are what a number counts: 普通高中14所.
pub fn counts_schools(tokens: Tokens, number: usize) -> bool {
    let unit = tokens.with(number + 1..tokens.len(), Kinds::UNIT).find_map(|at| tokens.unit(at));
    unit.is_some_and(|unit| unit.unit == Unit::Institution)
}

/// Whether a level is a degree of those counted, and not where they are: 大学专科及以上学历者.
fn is_degree(tokens: Tokens, at: usize) -> bool {
    const NEAR: usize = 4;
    (at + 1..tokens.len())
        .take(NEAR)
        .take_while(|&i| tokens.mark(i).is_none() && !tokens.noun(i).is_some_and(Noun::is_people))
        .any(|i| tokens.noun(i) == Some(Noun::Qualification))
}

/// The ownership that a run of tokens names: the last one, with 普惠性 and 民办 together.
fn ownership(tokens: Tokens, run: Run) -> Option<Ownership> {
    let mut found = None;
    for at in tokens.with(run, Kinds::OWNERSHIP) {
        let Some(next) = tokens.word(at).and_then(|word| word.ownership) else { continue };
        found = Some(match (found, next) {
            (Some(Ownership::Inclusive), Ownership::Private)
            | (Some(Ownership::Private), Ownership::Inclusive) => Ownership::InclusivePrivate,
            (Some(Ownership::InclusivePrivate), Ownership::Inclusive | Ownership::Private) => {
                Ownership::InclusivePrivate
            }
            _ => next,
        });
    }
    found
}

/// The locality that a run of tokens names: the last one. In 我市主城区 and 2021年主城区 the word says
/// of which part of the region the statement is, and not what kind of school it counts.
fn locality(tokens: Tokens, run: Run) -> Option<Locality> {
    const OF_REGION: Kinds = Kinds::BODY.or(Kinds::TIME).or(Kinds::REGION);
    let of_region = |at: usize| {
        let before = at.checked_sub(1);
        tokens.has(at, Kinds::SCOPE) && before.is_some_and(|before| tokens.has(before, OF_REGION))
    };
    let mut named = tokens.with(run, Kinds::LOCALITY).rev().filter(|&at| !of_region(at));
    named.find_map(|at| tokens.word(at)?.locality)
}

/// The level of a statement: of its own words, of the rest of its clause, of the clauses before it, for money of
/// the clause behind it, of the passage.
pub fn of(
    tokens: Tokens,
    passage: &Passage,
    all: &[Statement],
    statement: &Statement,
) -> Option<Known<Level>> {
    let phrase = &statement.phrase;
    let near = |level: Said<Level>| level.near(tokens, phrase);
    // What a place spends on education is for all of it unless it says otherwise.
    if statement.group.level.is_some() || statement.noun == Some(Noun::EducationFund) {
        return statement.group.level.map(near);
    }
    let behind = named(tokens, phrase.after);
    if behind.is_some() {
        return behind.map(near);
    }
    // A semicolon parts what has nothing to do with one another, but for a topic named as such:
    // 中等职业教育资助方面.
    let reach = phrase.label.start.saturating_sub(REACH);
    let from = tokens
        .with(reach..phrase.label.start, Kinds::mark(Mark::Semicolon))
        .next_back()
        .map_or(reach, |at| at + 1);
    for within in clauses(tokens, from..phrase.label.start) {
        // A part said of one level says nothing of what follows its total.
        let part = tokens.is(within.start, Role::OfWhich) && phrase.parens.is_none();
        if part
            || is_of_others(tokens, all, within.clone(), statement)
            || names_school(tokens, &within)
        {
            continue;
        }
        let found = named(tokens, within);
        if found.is_some() {
            return found.map(near);
        }
    }
    if let Some(found) = of_schools_before(tokens, all, statement) {
        return Some(near(found));
    }
    let money = matches!(statement.noun, Some(Noun::Fund) | None)
        && phrase.quantity.unit.unit == Unit::Yuan;
    if money && let Some(found) = named(tokens, tokens.clause_at(phrase.clause.end + 1)) {
        return Some(near(found));
    }
    let topic = tokens.clause_at(0);
    if topic.end > 0 && tokens.is(topic.end - 1, Role::Topic) && topic.end <= phrase.label.start {
        let named = named(tokens, topic);
        if named.is_some() {
            return named.map(near);
        }
    }
    // What a paragraph says of one stage's schools it does not say of the next one's teachers.
    let of_schools = |noun: Noun| match noun {
        Noun::Entrant | Noun::Graduate => true,
        noun => statement.act.is_none() && (noun.is_student() || noun.is_staff()),
    };
    if statement.noun.is_some_and(of_schools)
        && let Some(level) = passage.level_of_people()
    {
        return Some(level);
    }
    match statement.noun {
        Some(noun) if noun.is_staff() => {
            let all = passage.level().filter(|level| level.value == Level::All);
            all.or_else(|| passage.level_above())
        }
        _ => passage.level(),
    }
}

/// The clauses of a range that name a level, the last one first, each without the parentheses at its ends.
fn clauses(tokens: Tokens, range: Range<usize>) -> impl Iterator<Item = Range<usize>> {
    const PARTS: Kinds = Kinds::marks(&[Mark::Comma, Mark::Colon]);
    let named = tokens.any(range.clone(), Kinds::LEVEL);
    let parted = if named { range.clone() } else { 0..0 };
    let parts: Vec<usize> = tokens.outside_parens(parted, PARTS).collect();
    let mut end = range.end;
    let first = named.then_some(range.start);
    let starts = parts.into_iter().rev().map(|part| part + 1).chain(first);
    let clauses = starts.map(move |start| start..std::mem::replace(&mut end, start.max(1) - 1));
    clauses
        .filter(move |clause| tokens.any(clause.clone(), Kinds::LEVEL))
        .filter_map(move |clause| Some(tokens.outer(clause)?.range()))
}

/// The level of the schools with which a sentence begins, for the pupils and teachers counted behind
/// a semicolon: 小学58.23万所，比上年减少2.73万所；招生2029.53万人.
fn of_schools_before(
    tokens: Tokens,
    all: &[Statement],
    statement: &Statement,
) -> Option<Said<Level>> {
    let first = all.first().filter(|first| is_institution(first))?;
    let people = statement.noun.is_some_and(|noun| noun.is_people());
    let between = first.phrase.after.end..statement.phrase.label.start;
    let level = first.group.level.filter(|_| people && first.phrase.parens.is_none())?;
    (!tokens.any(between, Kinds::LEVEL)).then_some(level)
}

/// Whether the levels of a clause are those of other things: the schools counted in one clause say
/// nothing of those in the next, nor does the degree of those hired (引进硕士研究生12名).
fn is_of_others(
    tokens: Tokens,
    all: &[Statement],
    clause: Range<usize>,
    statement: &Statement,
) -> bool {
    let start = |other: &Statement| other.phrase.quantity.tokens.start;
    let from = all.partition_point(|other| start(other) < clause.start);
    let to = all.partition_point(|other| start(other) < clause.end);
    all[from..to].iter().any(|other| {
        other.act == Some(Act::Recruit) || is_institution(statement) && is_institution(other)
    }) || is_institution(statement) && is_project(tokens, clause)
}

/// Whether a clause tells of schools that are built or renovated without counting them: 特殊教育学校、技师学院维修改造项目.
fn is_project(tokens: Tokens, clause: Range<usize>) -> bool {
    let builds = |at: usize| matches!(tokens.act(at), Some(Act::Build | Act::Upgrade));
    let named = |at: usize| matches!(tokens.noun(at), Some(Noun::School | Noun::Programme));
    tokens.with(clause.clone(), Kinds::ACT).any(builds)
        && tokens.with(clause, Kinds::NOUN).any(named)
}

/// Whether a clause names a school by its number: 新建第十九小学 says what is built, and not for which
/// stage the money, land and places of the next clauses are.
fn names_school(tokens: Tokens, clause: &Range<usize>) -> bool {
    tokens
        .with(clause.clone(), Kinds::role(Role::Ordinal))
        .any(|at| tokens.is_number(at + 1) && tokens.noun(at + 2) == Some(Noun::School))
}

/// Whether a statement counts schools or their rooms.
fn is_institution(statement: &Statement) -> bool {
    matches!(statement.noun, Some(Noun::School | Noun::ModelSchool | Noun::Room))
}
