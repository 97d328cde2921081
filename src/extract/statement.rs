//! A phrase with everything that its sentence says about it: what the rules read.
//!
//! Here the phrases of a sentence are tied to one another: a list takes its labels, a change its
//! level, a part its total, a share its whole.

use crate::codes::{Level, Locality, Ownership, Per, Unit};
use crate::context::level;
use crate::context::period::Stated;
use crate::lexicon::senses::{Act, Noun, Role};
use crate::lexicon::tokens::Tokens;

use super::change::{self, Change};
use super::phrase::{Head, Phrase, outside_parens};
use super::{lists, ties};

/// A quantity with what its sentence says about it.
#[derive(Debug, Clone)]
pub struct Statement {
    /// The quantity and the words around it.
    pub phrase: Phrase,
    /// What is counted or measured.
    pub noun: Option<Noun>,
    /// For a share: of what.
    pub whole: Option<Noun>,
    /// What was done.
    pub act: Option<Act>,
    /// Level that its own words name.
    pub level: Option<Level>,
    /// Ownership that its own words name.
    pub ownership: Option<Ownership>,
    /// Locality that its own words name.
    pub locality: Option<Locality>,
    /// Denominator.
    pub per: Option<Per>,
    /// Whether and how it is a difference.
    pub change: Option<Change>,
    /// Whether a figure is held against it: 高于国家50%.
    pub against: bool,
    /// Its year, where a list has one for each value.
    pub year: Option<u16>,
    /// Whether it is the value before a change: 由A提高到B.
    pub earlier: bool,
    /// The statement of the sentence that it goes on with: what it does not say is said there.
    pub continues: Option<usize>,
    /// The statement that it is part of.
    pub part_of: Option<usize>,
    /// The statement that it is a share of.
    pub share_of: Option<usize>,
    /// The statement that it is a change of.
    pub change_of: Option<usize>,
    /// Whether a list has more values than labels, or fewer.
    pub list_mismatch: bool,
}

/// Ties the phrases of a sentence together. `times` are its expressions of time; `money` is what the
/// headings above are about.
pub fn statements(
    tokens: Tokens,
    times: &[Stated],
    money: Option<Noun>,
    phrases: Vec<Phrase>,
) -> Vec<Statement> {
    let mut all: Vec<Statement> = phrases.into_iter().map(|phrase| own(tokens, phrase)).collect();
    for statement in &mut all {
        name_money(tokens, money, statement);
    }
    lists::distribute(tokens, times, &mut all);
    ties::tie(tokens, &mut all);
    all
}

/// Says which money it is where the words at the number do not: `发放资金1260万元` under 学生资助 is aid. What
/// is built is paid from something else.
fn name_money(tokens: Tokens, topic: Option<Noun>, statement: &mut Statement) {
    let silent = matches!(statement.noun, None | Some(Noun::Fund));
    let builds = matches!(statement.act, Some(Act::Build | Act::Upgrade | Act::Equip));
    if statement.unit() != Unit::Yuan || !silent || builds || statement.change.is_some() {
        return;
    }
    let named = outside_parens(tokens, 0..statement.phrase.label.start)
        .filter_map(|at| tokens.noun(at))
        .filter(|noun| noun.is_money() && *noun != Noun::Fund)
        .last();
    // 投入 after 公用经费900万元 begins something else.
    let invests = statement.act == Some(Act::Invest);
    match named {
        Some(_) if invests => {}
        Some(_) => statement.noun = statement.noun.and(named),
        None => statement.noun = topic.or(statement.noun),
    }
}

/// What a phrase says by itself.
fn own(tokens: Tokens, phrase: Phrase) -> Statement {
    let words = match phrase.head {
        // 17所城区公办幼儿园: what stands before the number is the verb's.
        Some(Head { behind: true, at, .. }) => phrase.quantity.tokens.end..at + 1,
        _ => phrase.label.clone(),
    };
    let outside: Vec<usize> = outside_parens(tokens, words.clone()).collect();
    let words = match (outside.first(), outside.last()) {
        (Some(&first), Some(&last)) => first..last + 1,
        _ => words,
    };
    let head = phrase.head;
    let mut level = level::named(tokens, words.clone());
    let mut ownership = level::ownership(tokens, words.clone());
    let mut locality = level::locality(tokens, words.clone());
    if head.is_some_and(|head| head.behind) {
        // What the label says stands where the noun says nothing; but in 晋中卫校等5所学校 it gives
        // examples.
        let examples = phrase.label.clone().any(|at| tokens.is(at, Role::Etc));
        let label = if examples { 0..0 } else { phrase.label.clone() };
        level = level.or_else(|| level::named(tokens, label.clone()));
        ownership = ownership.or_else(|| level::ownership(tokens, label.clone()));
        locality = locality.or_else(|| level::locality(tokens, label));
    } else if phrase.quantity.unit.unit == Unit::Yuan {
        // 投入1.6亿元新建阜康职业技术学院: money says behind itself what it is for.
        let after = phrase.after.clone();
        level = level.or_else(|| level::named(tokens, after.clone()));
        ownership = ownership.or_else(|| level::ownership(tokens, after.clone()));
        locality = locality.or_else(|| level::locality(tokens, after));
    }
    let per = phrase.quantity.per.or_else(|| {
        let label: Vec<usize> = outside_parens(tokens, phrase.label.clone()).collect();
        label.into_iter().rev().find_map(|at| tokens.word(at)?.per)
    });
    let noun = head.map(|head| head.noun);
    let (noun, act, level) = match (noun, phrase.act) {
        // 引进硕士研究生12名: a degree of those hired.
        (Some(Noun::Student), Some(Act::Recruit)) => (Some(Noun::Teacher), phrase.act, None),
        // 免学费3.64万人, 享受助学金1.47万人: aid says what was done to the people counted.
        (None, None | Some(Act::Reward | Act::Cover)) if counts_aid(tokens, &phrase) => {
            (None, Some(Act::Aid), level)
        }
        _ => (noun, phrase.act, level),
    };
    // 小学教师本科以上学历占81.3%
    let degree = noun == Some(Noun::Share)
        && outside_parens(tokens, phrase.label.clone())
            .any(|at| tokens.noun(at) == Some(Noun::Qualification));
    let noun = if degree { Some(Noun::Qualification) } else { noun };
    let whole = (noun == Some(Noun::Share))
        .then(|| {
            let head = head?;
            (phrase.label.start..head.at)
                .rev()
                .filter_map(|at| tokens.noun(at))
                .find(|noun| noun.is_people() || matches!(noun, Noun::School | Noun::Class))
        })
        .flatten();
    let change = change::read(tokens, &phrase);
    let against = change::held_against(tokens, &phrase);
    let earlier = change.is_none() && change::is_earlier_value(tokens, &phrase);
    Statement {
        noun,
        whole,
        act,
        level,
        ownership,
        locality,
        per,
        change,
        against,
        earlier,
        ..Statement::bare(phrase)
    }
}

/// Whether people are counted by the aid they get.
fn counts_aid(tokens: Tokens, phrase: &Phrase) -> bool {
    matches!(phrase.quantity.unit.unit, Unit::Person | Unit::PersonTime)
        && outside_parens(tokens, phrase.label.clone())
            .any(|at| tokens.noun(at) == Some(Noun::AidFund))
}

impl Statement {
    /// A quantity of which nothing more is known.
    pub fn bare(phrase: Phrase) -> Self {
        Statement {
            phrase,
            noun: None,
            whole: None,
            act: None,
            level: None,
            ownership: None,
            locality: None,
            per: None,
            change: None,
            against: false,
            year: None,
            earlier: false,
            continues: None,
            part_of: None,
            share_of: None,
            change_of: None,
            list_mismatch: false,
        }
    }

    /// The unit as written.
    pub fn unit(&self) -> Unit {
        self.phrase.quantity.unit.unit
    }

    /// Takes over what it does not say itself.
    pub fn inherit(&mut self, from: &Statement) {
        // 中职学生14804人 of 在校学生297438人: the total says which students.
        let generic = self.noun == Some(Noun::Student) && from.noun.is_some_and(Noun::is_student)
            || self.noun == Some(Noun::Teacher) && from.noun.is_some_and(Noun::is_staff);
        self.noun = if generic { from.noun } else { self.noun.or(from.noun) };
        self.whole = self.whole.or(from.whole);
        self.act = self.act.or(from.act);
        self.inherit_group(from);
        if self.change.is_none() {
            self.per = self.per.or(from.per);
        }
    }

    /// Takes over whom or what it is about: level, ownership, locality.
    pub fn inherit_group(&mut self, from: &Statement) {
        self.level = self.level.or(from.level);
        self.ownership = self.ownership.or(from.ownership);
        self.locality = self.locality.or(from.locality);
    }
}
