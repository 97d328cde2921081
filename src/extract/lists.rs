//! Values in a row and the labels they belong to: 分别 and the lists that do without it.
//!
//! Four forms: a range or list of years (`2018年至2021年…分别为a、b、c、d`), earlier quantities
//! (`示范园52所、一级幼儿园215所,较上年分别增加22所和7所`), labels before (`初中、小学、幼儿园教师本科以上学历分别为
//! 88%、65%、66%`), and labels of different measures (`11个县毛入园率、16个县公办率达到95%、60%`).

use std::ops::Range;

use crate::codes::{Bound, Unit};
use crate::context::level::{self, Group};
use crate::context::period::Stated;
use crate::lexicon::kinds::Kinds;
use crate::lexicon::senses::{Noun, Role};
use crate::lexicon::tokens::Tokens;
use crate::period::Period;
use crate::text::token::Mark;

use super::phrase::fits;
use super::statement::Statement;

/// Gives every value of a row its label. `times` are the expressions of time of the sentence.
pub fn distribute(tokens: Tokens, times: &[Stated], all: &mut [Statement]) {
    let mut from = 0;
    while from < all.len() {
        let mut to = from + 1;
        while to < all.len() && follows_bare(tokens, &all[to - 1], &all[to]) {
            to += 1;
        }
        if to - from >= 2 {
            row(tokens, times, all, from..to);
        } else if let Some(end) = changes_of_each(tokens, all, from) {
            to = end;
        }
        from = to;
    }
}

/// Whether nothing but `、` or 和 stands between a value and the one before it, in the same unit.
fn follows_bare(tokens: Tokens, before: &Statement, this: &Statement) -> bool {
    let (a, b) = (&before.phrase.quantity, &this.phrase.quantity);
    let gap = a.tokens.end..b.tokens.start;
    a.unit.unit == b.unit.unit && !gap.is_empty() && gap.into_iter().all(|at| parts(tokens, at))
}

/// What parts the items of a list.
const PARTS: Kinds = Kinds::mark(Mark::ListComma).or(Kinds::role(Role::And));
/// 分别.
const RESPECTIVELY: Kinds = Kinds::role(Role::Respectively);

/// Whether a token parts the items of a list.
fn parts(tokens: Tokens, at: usize) -> bool {
    tokens.has(at, PARTS)
}

/// One row of values: the first form that holds gives the labels.
fn row(tokens: Tokens, times: &[Stated], all: &mut [Statement], values: Range<usize>) {
    let first = &all[values.start].phrase;
    let lead = first.clause.start..first.quantity.tokens.start;
    let respectively = tokens.any(lead.clone(), RESPECTIVELY);
    let labelled = respectively && years(tokens, times, all, values.clone())
        || labels(tokens, lead, all, values.clone())
        || respectively && (changes(all, values.clone()) || shares(tokens, all, values.clone()));
    if labelled {
        return;
    }
    let percent = all[values.start].unit() == Unit::Percent;
    if respectively || percent {
        // What the row is about is known, which value is whose is not.
        let first = all[values.start].clone();
        for value in &mut all[values] {
            copy_label(value, &first);
            value.list_mismatch = respectively;
        }
    }
}

/// `2018年至2021年…分别为a、b、c、d`, `2019年、2020年分别招聘120人、150人`: a year each.
fn years(tokens: Tokens, times: &[Stated], all: &mut [Statement], values: Range<usize>) -> bool {
    let start = all[values.start].phrase.quantity.tokens.start;
    let before = || times.iter().rev().filter(|stated| stated.tokens.end <= start);
    let range = before().find_map(|stated| match stated.period? {
        Period::Range(Some(from), Some(to)) => Some((from.year..=to.year).collect()),
        _ => None,
    });
    let listed = || {
        let mut years = Vec::new();
        let mut next: Option<usize> = None;
        for stated in before() {
            let Some(Period::Year(year)) = stated.period else { break };
            let joined = next.is_none_or(|next| {
                next == stated.tokens.end + 1 && parts(tokens, stated.tokens.end)
            });
            if !joined {
                break;
            }
            years.insert(0, year);
            next = Some(stated.tokens.start);
        }
        years
    };
    let years = range.filter(|years: &Vec<u16>| years.len() == values.len()).unwrap_or_else(listed);
    if years.len() != values.len() {
        return false;
    }
    let first = all[values.start].clone();
    for (value, year) in all[values].iter_mut().zip(years) {
        copy_label(value, &first);
        value.year = Some(year);
    }
    true
}

/// `示范园52所、一级幼儿园215所,较上年分别增加22所和7所`: a change of each of as many values before.
fn changes(all: &mut [Statement], values: Range<usize>) -> bool {
    let Some(from) = values.start.checked_sub(values.len()) else { return false };
    let first = all[values.start].clone();
    if first.change.is_none() {
        return false;
    }
    for (value, level) in all[values].iter_mut().zip(from..) {
        value.change = first.change;
        value.change_of = Some(level);
        value.phrase.label = first.phrase.label;
    }
    true
}

/// `分别为150人、2400人、450人,分别占5%、80%、15%`: a share of each of as many counts before.
fn shares(tokens: Tokens, all: &mut [Statement], values: Range<usize>) -> bool {
    let Some(from) = values.start.checked_sub(values.len()) else { return false };
    let first = all[values.start].clone();
    // 招生数和在校生数分别占全国的55.60%、45.85% are shares of what is named there.
    let lead = all[values.start - 1].phrase.quantity.tokens.end..first.phrase.quantity.tokens.start;
    let other = |at: usize| tokens.noun(at) != Some(Noun::Share);
    if tokens.with(lead, Kinds::NOUN).any(other) {
        return false;
    }
    let counts = |count: &Statement| count.unit() != Unit::Percent && count.change.is_none();
    if first.noun != Some(Noun::Share) || !all[from..values.start].iter().all(counts) {
        return false;
    }
    for value in values.clone() {
        let count = value - values.len();
        let (whole, group) = (all[count].noun, all[count].group);
        let share = &mut all[value];
        copy_label(share, &first);
        share.whole = whole;
        share.group = share.group.or(group);
        share.share_of = Some(count);
    }
    true
}

/// `幼儿园28.1万所,在园幼儿4713.9万人,分别比2015年增加5.7万所和449万人`: changes of values in different units.
/// One past the last of them.
fn changes_of_each(tokens: Tokens, all: &mut [Statement], from: usize) -> Option<usize> {
    let first = &all[from].phrase;
    if !tokens.any(first.clause.start..first.quantity.tokens.start, RESPECTIVELY) {
        return None;
    }
    let joined = |pair: &[Statement]| {
        let gap = pair[0].phrase.quantity.tokens.end..pair[1].phrase.quantity.tokens.start;
        !gap.is_empty() && gap.into_iter().all(|at| parts(tokens, at))
    };
    let end = from + 1 + all[from..].windows(2).take_while(|pair| joined(pair)).count();
    let count = end - from;
    let levels = from.checked_sub(count)?..from;
    let same = levels.zip(from..end).all(|(level, change)| all[level].unit() == all[change].unit());
    (count >= 2 && same && changes(all, from..end)).then_some(end)
}

/// As many labels before the first value as there are values. What only the last one says (`…教师本科
/// 以上学历`) is said of all.
fn labels(tokens: Tokens, lead: Range<usize>, all: &mut [Statement], values: Range<usize>) -> bool {
    let labels = pieces(tokens, lead);
    let Some(shared) = labels.last().cloned().filter(|_| labels.len() == values.len()) else {
        return false;
    };
    let first = all[values.start].clone();
    let leading = level::named(tokens, labels[0].clone());
    let quantity = &first.phrase.quantity;
    let bounded = quantity.mention.start < quantity.number.start;
    let bound = if bounded { quantity.bound } else { Bound::Exact };
    // 分别控制在0.6%、1.8%以内
    let last = all[values.end - 1].phrase.quantity.bound;
    let bound = if last == Bound::AtMost { last } else { bound };
    for (value, label) in all[values].iter_mut().zip(labels) {
        copy_label(value, &first);
        let unit = value.phrase.quantity.unit;
        let mut named = tokens.with(label.clone(), Kinds::NOUN).rev();
        let noun = named.find_map(|at| tokens.noun(at).filter(|&noun| fits(unit, noun)));
        value.noun = noun.or(first.noun);
        let named = Group::named(tokens, label.clone());
        value.piece = Some(label);
        // 就业率分别超过95%和90%
        if value.phrase.quantity.bound == Bound::Exact {
            value.phrase.quantity.bound = bound;
        }
        // 义务教育入学率、巩固率分别达100%、97%: what only the first says is said of all, too.
        let level = named.level.or_else(|| level::named(tokens, shared.clone())).or(leading);
        value.group = Group { level, ..named.or(first.group) };
    }
    true
}

/// Gives a later value of a row what the first one's label says.
fn copy_label(value: &mut Statement, first: &Statement) {
    value.noun = first.noun;
    value.whole = first.whole;
    value.act = first.act;
    value.group = first.group;
    value.per = value.per.or(first.per);
    value.change = first.change;
    value.against = first.against;
    value.phrase.label = first.phrase.label;
}

/// The pieces of a clause between list commas and 和 that name something.
fn pieces(tokens: Tokens, clause: Range<usize>) -> Vec<Range<usize>> {
    const NAMES: Kinds = Kinds::NOUN.or(Kinds::LEVEL).or(Kinds::LOCALITY).or(Kinds::OWNERSHIP);
    let mut pieces = Vec::new();
    let mut from = clause.start;
    for at in tokens.with(clause.clone(), PARTS) {
        pieces.push(from..at);
        from = at + 1;
    }
    pieces.push(from..clause.end);
    pieces.retain(|piece| tokens.any(piece.clone(), NAMES));
    pieces
}
