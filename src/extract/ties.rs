//! What ties a statement to those before it in its sentence.
//!
//! Each tie looks at a statement and at those before it; the first that holds, in the order of
//! `TIES`, says where the statement gets what it does not say itself, and what its parent is.

use crate::codes::{Per, Unit};
use crate::lexicon::kinds::Kinds;
use crate::lexicon::senses::{Act, Noun, Role, StatusWord};
use crate::lexicon::tokens::Tokens;
use crate::text::token::Mark;

use super::change::Change;
use super::phrase::{PARTS, Phrase};
use super::statement::Statement;

/// A tie: whether it holds for the statement, which then has been filled from those before it.
type Tie = fn(Tokens, &[Statement], &mut Statement) -> bool;

/// In the order in which they are tried.
const TIES: &[Tie] = &[
    difference_of_two,
    change_of_level,
    value_before,
    value_after_change,
    part_in_parentheses,
    part_of_which,
    share_of_count,
    same_again,
    money_of_sentence,
    item_of_list,
];

/// Ties every statement of a sentence to those before it.
pub fn tie(tokens: Tokens, all: &mut [Statement]) {
    for i in 0..all.len() {
        pair_of_counters(all, i);
        let (before, rest) = all.split_at_mut(i);
        if let Some(this) = rest.first_mut() {
            let _ = TIES.iter().any(|tie| tie(tokens, before, this));
            share_denominator(tokens, before, this);
            people_of_schools(before, this);
        }
    }
}

/// `民办幼儿园400所,在园幼儿25000人`: pupils and staff behind schools are theirs, unless schools of others stand
/// beside them (`公办园180所,民办园120所,在园幼儿30000人`).
fn people_of_schools(before: &[Statement], this: &mut Statement) {
    let people = |of: &Statement| of.noun.is_some_and(|noun| noun.is_student() || noun.is_staff());
    let own = this.group.ownership.is_some() || this.group.locality.is_some();
    if !people(this) || own || this.part_of.is_some() || this.piece.is_some() {
        return;
    }
    // 办园点1709个(其中民办396所),在园幼儿40.03万人: those in the parenthesis have no say outside.
    let counted = |other: &&Statement| {
        let beside = other.phrase.parens == this.phrase.parens;
        other.change.is_none() && other.share_of.is_none() && beside
    };
    let schools = before.iter().rev().filter(counted).find(|other| !people(other));
    let Some(schools) = schools.filter(|schools| is_school(schools.noun)) else { return };
    let others = before.iter().filter(|other| is_school(other.noun));
    let mut groups = others.map(|other| (other.group.ownership, other.group.locality));
    let group = (schools.group.ownership, schools.group.locality);
    // 认定普惠性民办幼儿园40所,补充特岗教师265名: another verb, other schools.
    let same_act = this.act.is_none() || this.act == schools.act;
    if same_act && groups.all(|other| other == group || other == (None, None)) {
        (this.group.ownership, this.group.locality) = group;
    }
}

/// `每班配备2名专任教师和1名保育员`: the denominator of a list's first item is that of all.
fn share_denominator(tokens: Tokens, before: &[Statement], this: &mut Statement) {
    let Some(first) = before.last().filter(|first| first.per == Some(Per::Class)) else { return };
    if this.per.is_none() && same_clause(tokens, &first.phrase, &this.phrase) {
        this.per = first.per;
    }
}

/// `12类28个专业`: two counters of one noun.
fn pair_of_counters(all: &mut [Statement], i: usize) {
    let Some(next) = all.get(i + 1) else { return };
    let (this, noun) = (&all[i], next.noun);
    if this.noun.is_none() && this.phrase.quantity.tokens.end == next.phrase.quantity.tokens.start {
        all[i].noun = noun;
    }
}

/// `由3.2万人增加到3.8万人,增加0.6万人`: behind two values of one thing an increase is the difference of both,
/// which elsewhere would be an addition.
fn difference_of_two(tokens: Tokens, before: &[Statement], this: &mut Statement) -> bool {
    let Some(now) = before.last() else { return false };
    let from_to = now.continues.is_some_and(|earlier| before[earlier].earlier);
    if this.change.is_some() || !from_to || !same_kind(now.unit(), this.unit()) {
        return false;
    }
    let label = this.phrase.label;
    let rises_or_falls = Kinds::roles(&[Role::Rise, Role::Fall]);
    let verb = tokens.with(label, rises_or_falls).next();
    let Some(verb) = verb.filter(|_| !tokens.any(label, Kinds::NOUN)) else { return false };
    this.change = Some(Change { falls: tokens.is(verb, Role::Fall) });
    this.change_of = Some(before.len() - 1);
    this.act = None;
    this.inherit(now);
    true
}

/// A change is a change of the nearest level before it, unless it says itself what changes:
/// `教育支出61亿元,较上年增长3.29%`, but `公办园数量翻了五番`.
fn change_of_level(tokens: Tokens, before: &[Statement], this: &mut Statement) -> bool {
    // 高于财政经常性收入增幅10.6个百分点 changes nothing: it is held against something else.
    if this.change.is_none() || this.against {
        return false;
    }
    // 公办园120所,占40%,比上年提高1个百分点: points are of percentages, shares too.
    let percentage = || {
        let points = this.unit() == Unit::PercentagePoint;
        let percent = |other: &Statement| other.unit() == Unit::Percent && other.change.is_none();
        before
            .iter()
            .rposition(|other| points && percent(other) && !other.against && !other.earlier)
    };
    let level = this.change_of.or_else(percentage).or_else(|| {
        before.iter().rposition(|other| {
            other.change.is_none() && !other.against && !other.earlier && other.share_of.is_none()
        })
    });
    // 民办在校生占比较上年减少了0.5%: the share changes, not the enrolment.
    let own_noun = tokens.outside_parens(this.phrase.label, Kinds::NOUN).last();
    let own_noun = own_noun.and_then(|at| tokens.noun(at));
    match level {
        Some(j) if own_noun.is_none() => {
            this.change_of = Some(j);
            this.act = None;
            this.inherit(&before[j]);
        }
        _ => this.noun = own_noun.or(this.noun),
    }
    true
}

/// `幼儿园为7977元,比上年的6628元增长`: the value that the one before it is compared with is of the same.
fn value_before(tokens: Tokens, before: &[Statement], this: &mut Statement) -> bool {
    let Some(now) = before.last() else { return false };
    let says = |kinds: Kinds| tokens.any(this.phrase.label, kinds);
    let same = this.earlier && now.change.is_none() && same_kind(now.unit(), this.unit());
    if !same || !says(Kinds::role(Role::Compare)) || says(Kinds::NOUN) {
        return false;
    }
    this.continues = Some(before.len() - 1);
    this.inherit(now);
    true
}

/// `911所(其中:小学365所;初中115所)`: the parenthesis breaks down the total before it. In
/// `招生约8000人,在校生约2.7万人(其中,高职招生1500人、在校生近5000人)` each part goes to the total of its
/// own noun.
fn part_in_parentheses(tokens: Tokens, before: &[Statement], this: &mut Statement) -> bool {
    let Some(open) = this.phrase.parens.filter(|&open| opens_breakdown(tokens, open)) else {
        return false;
    };
    let total = |fits: &dyn Fn(&Statement) -> bool| {
        before.iter().rposition(|other| {
            other.phrase.quantity.tokens.end <= open
                && other.phrase.parens != Some(open)
                && same_kind(other.unit(), this.unit())
                && fits(other)
        })
    };
    let same_noun = this.noun.and_then(|noun| total(&|other| other.noun == Some(noun)));
    let adjacent = total(&|_| true).filter(|&j| {
        let end = before[j].phrase.quantity.tokens.end;
        !tokens.any(end..open, Kinds::MARK)
    });
    let Some(j) = same_noun.or(adjacent) else { return false };
    this.part_of = Some(j);
    // 在校生近5000人 behind 高职招生1500人 in the same parenthesis.
    let sibling = before.iter().rev().find(|other| other.phrase.parens == Some(open));
    this.group.level = this.group.level.or(sibling.and_then(|other| other.group.level));
    this.inherit(&before[j]);
    true
}

/// Whether a parenthesis breaks a total down: it begins with 其中 or 含, or with a label like `(小学3所)`
/// or `(公办112所)`; `(每月500元)` has none.
fn opens_breakdown(tokens: Tokens, open: usize) -> bool {
    const NAMES: Kinds = Kinds::NOUN.or(Kinds::LEVEL).or(Kinds::OWNERSHIP).or(Kinds::LOCALITY);
    tokens.has(open + 1, Kinds::roles(&[Role::OfWhich, Role::Including]))
        || tokens.has(open + 1, NAMES) && !tokens.has(open + 1, Kinds::PER)
}

/// `50岁以上教师3710名,其中51—55岁教师2453名;56—60岁教师1257名`: 其中 and what goes on with it.
fn part_of_which(tokens: Tokens, before: &[Statement], this: &mut Statement) -> bool {
    if !is_of_which(tokens, this) && !continues_breakdown(tokens, before, this) {
        return false;
    }
    let may_be_total = |other: &Statement| {
        other.part_of.is_none()
            && !other.earlier
            && other.phrase.parens == this.phrase.parens
            && other.change.is_none()
            && same_kind(other.unit(), this.unit())
    };
    // 幼儿园1090所,附设幼儿园77所,其中公办幼儿园241所: of 77 there are no 241.
    let value = |of: &Statement| of.phrase.quantity.value;
    let holds = |other: &Statement| value(other) >= value(this) && other.noun == this.noun;
    let nearest = before.iter().rposition(may_be_total);
    let total = match nearest {
        Some(j) if value(&before[j]) < value(this) => {
            before[..j].iter().rposition(|other| may_be_total(other) && holds(other)).or(nearest)
        }
        _ => nearest,
    };
    // 计划投资1.2亿元,其中已完成投资8000万元: what is spent is no part of what is planned.
    let spent = this.unit() == Unit::Yuan
        && tokens
            .with(this.phrase.clause.clone(), Kinds::STATUS)
            .any(|at| tokens.status(at) == Some(StatusWord::Actual));
    // 学位20000个,其中小学8000个: 个 counts what the total does, 小学 says whose.
    let places = |total: &Statement| {
        this.unit() == Unit::Item && is_school(this.noun) && total.noun == Some(Noun::Place)
    };
    if total.is_some_and(|j| places(&before[j])) {
        this.noun = None;
    }
    let related = |total: &Statement| match (this.noun, total.noun) {
        _ if spent => false,
        (Some(part), Some(total)) => {
            part == total
                || part.is_staff() && total.is_staff()
                || part.is_student() && total.is_student()
                || matches!(total, Noun::Programme | Noun::Organisation)
        }
        _ => true,
    };
    let Some(j) = total.filter(|&j| related(&before[j])) else { return false };
    this.part_of = Some(j);
    this.inherit(&before[j]);
    true
}

/// Whether two nouns are the same, or both of pupils: 在校生 are 小学生 and 初中生.
fn is_same_people(one: Noun, other: Noun) -> bool {
    one == other || one.is_student() && other.is_student()
}

/// Whether 其中 stands before a number in its clause.
fn is_of_which(tokens: Tokens, this: &Statement) -> bool {
    let clause = this.phrase.clause.start;
    // 教师3000人。其中,女教师2100人: a clause that is 其中 alone belongs to the next.
    let alone = clause >= 2
        && matches!(tokens.mark(clause - 1), Some(Mark::Comma | Mark::Colon))
        && tokens.is(clause - 2, Role::OfWhich);
    let before = clause..this.phrase.quantity.tokens.start;
    alone || tokens.any(before, Kinds::role(Role::OfWhich))
}

/// Whether a statement goes on with the parts that 其中 began, past their shares and changes.
fn continues_breakdown(tokens: Tokens, before: &[Statement], this: &Statement) -> bool {
    // 中学52所(普通中学49所),特殊教育学校1所: what a parenthesis breaks down is no part of this.
    let part = before.iter().rev().find(|other| {
        other.share_of.is_none()
            && other.change.is_none()
            && other.phrase.parens == this.phrase.parens
    });
    let Some(part) = part.filter(|part| part.part_of.is_some()) else { return false };
    let gap = part.phrase.quantity.tokens.end..this.phrase.quantity.tokens.start;
    part.unit() == this.unit()
        && (this.noun.is_none_or(|own| part.noun.is_some_and(|noun| is_same_people(own, noun))))
        && this.act.is_none_or(|act| Some(act) == part.act)
        && !tokens.any(gap, Kinds::mark(Mark::Stop))
}

/// `3710名,占比27%`: a share of the count right before it.
fn share_of_count(tokens: Tokens, before: &[Statement], this: &mut Statement) -> bool {
    let tied = this.share_of.is_some();
    if this.unit() != Unit::Percent || this.noun != Some(Noun::Share) || tied {
        return false;
    }
    // 公办120所、民办261所,公办率31.5% is not a share of the private ones.
    let own = this.group.ownership;
    let count = before.iter().rposition(|other| {
        other.change.is_none() && !other.earlier && !matches!(other.unit(), Unit::Percent)
    });
    // 120所,占全市幼儿园的比例40%: of what is counted, and of nothing else; 优质普通高中占比72% is of others.
    let of_which = tokens.noun(this.phrase.label.start) == Some(Noun::Share);
    let whole = |of: &Statement| this.whole.is_none_or(|whole| of_which && Some(whole) == of.noun);
    let count = count.filter(|&j| {
        let same = before[j].group.ownership.is_none_or(|other| own == Some(other));
        (own.is_none() || same) && whole(&before[j])
    });
    let near = count.filter(|&j| {
        let gap = before[j].phrase.quantity.tokens.end..this.phrase.label.start;
        // 普惠性幼儿园4747所,比上年增加510所,增长12.04%,占总数的68.08%
        let changes = before[j + 1..].iter().all(|between| between.change.is_some());
        let marks = tokens.with(gap.clone(), Kinds::MARK).count();
        // 小学3000人,初中2000人;占教职工总数的90%: behind a semicolon it may be a share of all.
        let apart = tokens.any(gap.clone(), Kinds::mark(Mark::Semicolon));
        !apart && (marks <= 1 || changes && j + 1 < before.len()) && !tokens.any(gap, Kinds::NOUN)
    });
    let Some(j) = near else { return false };
    this.share_of = Some(j);
    this.whole = before[j].noun;
    this.group = this.group.or(before[j].group);
    true
}

/// Money without a noun of its own takes the one its sentence names before it: `落实生均公用经费拨款,
/// 按照每生每年600元`. 生均 before 教育支出 makes that per student. Other ties may still hold.
fn money_of_sentence(tokens: Tokens, _before: &[Statement], this: &mut Statement) -> bool {
    let silent = this.noun.is_none() || this.noun == Some(Noun::Fund) && this.per.is_some();
    let takes = this.per.is_some() || this.act.is_none() || is_of_which(tokens, this);
    if this.unit() != Unit::Yuan || !silent || !takes {
        return false;
    }
    let named = tokens
        .outside_parens(0..this.phrase.quantity.tokens.start, Kinds::NOUN)
        .filter_map(|at| tokens.noun(at))
        .filter(|noun| noun.is_money() && *noun != Noun::Fund);
    let last_two = named.fold((None, None), |(_, last), noun| (last, Some(noun)));
    this.noun = match last_two {
        (per_student @ Some(Noun::PerStudentFund), Some(Noun::EducationFund)) => per_student,
        (_, last) => last.or(this.noun),
    };
    false
}

/// `由A提高到B`: B goes on with A.
fn value_after_change(tokens: Tokens, before: &[Statement], this: &mut Statement) -> bool {
    let Some(earlier) = before.last().filter(|other| other.earlier) else { return false };
    let now = tokens.any(this.phrase.label, Kinds::role(Role::ToValue));
    if !now || !same_kind(earlier.unit(), this.unit()) {
        return false;
    }
    this.continues = Some(before.len() - 1);
    this.inherit(earlier);
    true
}

/// What names nothing itself goes on with the nearest of its kind: `占比为7.9%,2021年为7.4%`.
fn same_again(tokens: Tokens, before: &[Statement], this: &mut Statement) -> bool {
    let lacks_whole = this.noun == Some(Noun::Share) && this.whole.is_none();
    let unknown = this.phrase.unknown_head || this.phrase.unknown_label;
    let silent = this.noun.is_none() && !unknown;
    if !silent && !lacks_whole {
        return false;
    }
    let nearest = before.iter().rposition(|other| {
        // 每生每年600元 does not go on with 投入5万元.
        let per_head = this.per.is_some() && other.per.is_none();
        same_kind(other.unit(), this.unit())
            && other.change.is_none()
            && other.noun.is_some()
            && !per_head
    });
    let Some(j) = nearest else { return false };
    // A verb of its own begins something else: 招聘748人,资助63人.
    let own_act = this.act.is_some_and(|act| act != Act::Cover);
    let list = same_clause(tokens, &before[j].phrase, &this.phrase);
    if own_act && !list && this.unit() != Unit::Percent {
        return false;
    }
    this.continues = Some(j);
    if lacks_whole {
        this.noun = None;
    }
    this.inherit(&before[j]);
    true
}

/// In a list the verb of the first item governs the others: `认定了示范园52所、一级幼儿园215所`; also over a
/// comma where the next clause has no verb: `创建示范高中18所,特色小学26所`.
fn item_of_list(tokens: Tokens, before: &[Statement], this: &mut Statement) -> bool {
    let Some(first) = before.last() else { return false };
    let alike = first.noun == this.noun || is_school(first.noun) && is_school(this.noun);
    let list = same_clause(tokens, &first.phrase, &this.phrase)
        || goes_on(tokens, &first.phrase, &this.phrase);
    if this.act.is_some() || !alike || !list {
        return false;
    }
    this.act = first.act;
    this.continues = Some(before.len() - 1);
    true
}

/// Schools, of a status or not.
fn is_school(noun: Option<Noun>) -> bool {
    matches!(noun, Some(Noun::School | Noun::ModelSchool))
}

/// Whether two units measure the same kind of thing, so that one statement may go on with another.
fn same_kind(a: Unit, b: Unit) -> bool {
    let percent = |unit| matches!(unit, Unit::Percent | Unit::PercentagePoint);
    a == b || percent(a) && percent(b)
}

/// Whether only list commas, 和 and remarks in parentheses stand between two phrases.
fn same_clause(tokens: Tokens, a: &Phrase, b: &Phrase) -> bool {
    let between = a.quantity.tokens.end..b.quantity.tokens.start;
    tokens.outside_parens(between, PARTS).next().is_none()
}

/// Whether a clause goes on with the one before: only a comma between, and neither verb nor word of
/// time in its label.
fn goes_on(tokens: Tokens, a: &Phrase, b: &Phrase) -> bool {
    let gap = a.quantity.tokens.end..b.label.start;
    let comma = gap.len() == 1 && tokens.mark(gap.start) == Some(Mark::Comma);
    const SAYS: Kinds = Kinds::ACT.or(Kinds::TIME).or(Kinds::BODY).or(Kinds::ROLE);
    comma && !b.label.is_empty() && !tokens.any(b.label, SAYS)
}
