//! A phrase with everything that its sentence says about it: what the rules read.
//!
//! Here the phrases of a sentence are tied to one another: a list takes its labels, a change its
//! level, a part its total, a share its whole.

use std::ops::Range;

use crate::codes::{Per, Unit};
use crate::context::level::Group;
use crate::context::period::Stated;
use crate::lexicon::kinds::Kinds;
use crate::lexicon::senses::{Act, Field, Noun, Role};
use crate::lexicon::tokens::Tokens;
use crate::quantity::Quantity;

use super::change::{self, Change};
use super::phrase::{Head, Phrase, phrases};
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
    /// Whom or what its own words are about.
    pub group: Group,
    /// Denominator.
    pub per: Option<Per>,
    /// Whether and how it is a difference.
    pub change: Option<Change>,
    /// Whether a figure is held against it: 高于国家50%.
    pub against: bool,
    /// Its year, where a list has one for each value.
    pub year: Option<u16>,
    /// Its own label among those of a list.
    pub piece: Option<Range<usize>>,
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

/// Puts the statements of a sentence into `all`, which is empty: its quantities with their phrases, tied together.
/// `times` are its expressions of time; `money` is what the headings above are about.
pub fn statements(
    tokens: Tokens,
    times: &[Stated],
    money: Option<Noun>,
    quantities: &mut Vec<Quantity>,
    all: &mut Vec<Statement>,
) {
    all.extend(quantities.drain(..).map(|quantity| Statement::bare(Phrase::bare(quantity))));
    phrases(tokens, all.iter_mut().map(|statement| &mut statement.phrase));
    for statement in all.iter_mut() {
        own(tokens, statement);
        name_money(tokens, money, statement);
    }
    lists::distribute(tokens, times, all);
    ties::tie(tokens, all);
}

/// Says which money it is where the words at the number do not: `发放资金1260万元` under 学生资助 is aid. What
/// is built is paid from something else.
fn name_money(tokens: Tokens, topic: Option<Noun>, statement: &mut Statement) {
    let silent = matches!(statement.noun, None | Some(Noun::Fund));
    let builds = matches!(statement.act, Some(Act::Build | Act::Upgrade | Act::Equip));
    if statement.unit() != Unit::Yuan || !silent || builds || statement.change.is_some() {
        return;
    }
    let named = tokens
        .outside_parens(0..statement.phrase.label.start, Kinds::NOUN)
        .filter_map(|at| tokens.noun(at))
        .filter(|noun| noun.is_money() && *noun != Noun::Fund)
        .last();
    // 投入 after 公用经费900万元 begins something else.
    let invests = statement.act == Some(Act::Invest);
    match named {
        Some(_) if invests => {}
        Some(_) => statement.noun = statement.noun.and(named),
        // 共补助52.34万人,支出4.97亿元
        None if aided_before(tokens, statement) => statement.noun = Some(Noun::AidFund),
        None => statement.noun = topic.or(statement.noun),
    }
}

/// Whether the clause before money says that people were aided, who are no staff.
fn aided_before(tokens: Tokens, statement: &Statement) -> bool {
    let clause = statement.phrase.clause.start;
    let before = tokens.clause_around(clause.saturating_sub(2));
    let aids = |at: usize| tokens.act(at) == Some(Act::Aid);
    let people = |at: usize| tokens.unit(at).is_some_and(|unit| unit.unit == Unit::Person);
    let staff = |at: usize| tokens.noun(at).is_some_and(Noun::is_staff);
    let mut clause = before.clone().take_while(|&at| at < clause);
    let said = |test: &dyn Fn(usize) -> bool| before.clone().any(test);
    clause.next().is_some() && said(&aids) && said(&people) && !said(&staff)
}

/// What a phrase says by itself.
fn own(tokens: Tokens, statement: &mut Statement) {
    let phrase = &statement.phrase;
    let mut group = own_group(tokens, phrase);
    let label = |kinds: Kinds| tokens.outside_parens(phrase.label, kinds);
    let says = |noun: Noun| label(Kinds::NOUN).any(|at| tokens.noun(at) == Some(noun));
    let counts_people = matches!(phrase.quantity.unit.unit, Unit::Person | Unit::PersonTime);
    let said = (phrase.head.map(|head| head.noun), phrase.act.map(|(act, _)| act));
    let (noun, act) = match said {
        // 引进硕士研究生12名: a degree of those hired.
        (Some(Noun::Student), act @ Some(Act::Recruit)) if of_schools(tokens, phrase) => {
            group.level = None;
            (Some(Noun::Teacher), act)
        }
        // 免学费3.64万人, 享受助学金1.47万人: aid says what was done to the people counted.
        (None, None | Some(Act::Reward | Act::Cover)) if counts_people && says(Noun::AidFund) => {
            (None, Some(Act::Aid))
        }
        // 享受助学金学生1.47万人
        (Some(Noun::Student), None | Some(Act::Cover)) if says(Noun::AidFund) => {
            (Some(Noun::Student), Some(Act::Aid))
        }
        // 向3680名中职学生发放生活补贴
        (Some(noun), None | Some(Act::Reward | Act::Cover))
            if noun.is_student() && pays_aid(tokens, phrase) =>
        {
            (Some(noun), Some(Act::Aid))
        }
        // 运动场10个 counts grounds, and does not measure them.
        (Some(Noun::LandArea), act) if phrase.quantity.unit.unit == Unit::Item => {
            (Some(Noun::Room), act)
        }
        // 小学教师本科以上学历占81.3%
        (Some(Noun::Share), act) if says(Noun::Qualification) => (Some(Noun::Qualification), act),
        said => said,
    };
    let change = change::read(tokens, phrase);
    let is_share = noun == Some(Noun::Share);
    statement.whole = if is_share { whole_of_share(tokens, phrase) } else { None };
    statement.per = phrase.quantity.per.or_else(|| tokens.per(label(Kinds::PER).last()?));
    statement.against = change::held_against(tokens, phrase);
    statement.earlier = change.is_none() && change::is_earlier_value(tokens, phrase);
    (statement.noun, statement.act) = (noun, act);
    (statement.group, statement.change) = (group, change);
}

/// Whether a sentence speaks of schools or their staff before a number: towns recruit graduates too.
fn of_schools(tokens: Tokens, phrase: &Phrase) -> bool {
    let before = 0..phrase.quantity.tokens.start;
    tokens.with(before, Kinds::NOUN.or(Kinds::FIELD)).any(|at| {
        tokens.noun(at).is_some_and(|noun| noun.is_staff() || noun == Noun::School)
            || tokens.field(at) == Some(Field::Title)
    })
}

/// Whether the words behind a number say that those counted are paid an aid.
fn pays_aid(tokens: Tokens, phrase: &Phrase) -> bool {
    let mut nouns = tokens.with(phrase.after, Kinds::NOUN);
    nouns.any(|at| tokens.noun(at) == Some(Noun::AidFund))
}

/// Whom or what a phrase is about: what the words at its noun say, then those on its other side.
fn own_group(tokens: Tokens, phrase: &Phrase) -> Group {
    let label = Group::named(tokens, tokens.outer(phrase.label).unwrap_or(phrase.label));
    match phrase.head {
        // 17所城区公办幼儿园: what stands before the number is the verb's; in 晋中卫校等5所学校 it gives
        // examples.
        Some(Head { behind: true, at, .. }) => {
            let own = Group::named(tokens, phrase.quantity.tokens.end..at + 1);
            let examples = tokens.any(phrase.label, Kinds::role(Role::Etc));
            if examples { own } else { own.or(label) }
        }
        // 投入1.6亿元新建阜康职业技术学院: money says behind itself what it is for.
        _ if phrase.quantity.unit.unit == Unit::Yuan => {
            label.or(Group::named(tokens, phrase.after))
        }
        _ => label,
    }
}

/// What a share is a share of, where its label says so: 在园幼儿占比.
fn whole_of_share(tokens: Tokens, phrase: &Phrase) -> Option<Noun> {
    let head = phrase.head?;
    last_whole(tokens, phrase.label.start..head.at)
}

/// The last of some words that can be a whole: people, schools or classes.
fn last_whole(tokens: Tokens, range: Range<usize>) -> Option<Noun> {
    let whole = |noun: &Noun| noun.is_people() || matches!(noun, Noun::School | Noun::Class);
    tokens.with(range, Kinds::NOUN).rev().filter_map(|at| tokens.noun(at)).find(whole)
}

/// What a share without a count beside it is a share of: 占幼儿园总数的30.6%.
pub fn whole_behind(tokens: Tokens, statement: &Statement) -> Option<Noun> {
    let head = statement.phrase.head.filter(|head| head.noun == Noun::Share)?;
    let end = statement.phrase.label.end.max(head.at + 1);
    last_whole(tokens, head.at + 1..end)
}

impl Statement {
    /// A quantity of which nothing more is known.
    pub fn bare(phrase: Phrase) -> Self {
        Statement {
            phrase,
            noun: None,
            whole: None,
            act: None,
            group: Group::default(),
            per: None,
            change: None,
            against: false,
            year: None,
            piece: None,
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
        self.group = self.group.or(from.group);
        if self.change.is_none() {
            self.per = self.per.or(from.per);
        }
    }
}
