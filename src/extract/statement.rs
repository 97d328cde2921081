//! A phrase with everything that its sentence says about it: what the rules read.
//!
//! Here the phrases of a sentence are tied to one another: a list takes its labels, a change its
//! level, a part its total, a share its whole.

use crate::codes::{Level, Locality, Ownership, Per, Unit};
use crate::context::level;
use crate::lexicon::senses::{Act, Noun, Role};
use crate::lexicon::tokens::Tokens;
use crate::text::token::Mark;

use super::change::{self, Change};
use super::lists;
use super::phrase::{Head, Phrase, outside_parens};

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
    /// Position in a list of values for a range of years.
    pub year_offset: Option<u16>,
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

/// Ties the phrases of a sentence together.
pub fn statements(tokens: Tokens, phrases: Vec<Phrase>) -> Vec<Statement> {
    let mut out: Vec<Statement> = Vec::with_capacity(phrases.len());
    for phrase in phrases {
        let statement = own(tokens, phrase);
        out.push(statement);
    }
    lists::distribute(tokens, &mut out);
    for i in 0..out.len() {
        tie(tokens, &mut out, i);
    }
    out
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
        act: phrase.act,
        level,
        ownership,
        locality,
        per,
        change,
        against,
        year_offset: None,
        earlier,
        continues: None,
        part_of: None,
        share_of: None,
        change_of: None,
        list_mismatch: false,
        phrase,
    }
}

/// Whether two units measure the same kind of thing, so that one phrase may go on with another.
fn same_kind(a: Unit, b: Unit) -> bool {
    let percent = |unit| matches!(unit, Unit::Percent | Unit::PercentagePoint);
    a == b || percent(a) && percent(b)
}

/// Ties statement `i` to those before it.
fn tie(tokens: Tokens, all: &mut [Statement], i: usize) {
    let (before, rest) = all.split_at_mut(i);
    let Some(this) = rest.first_mut() else { return };
    let unit = this.phrase.quantity.unit.unit;
    let inner = this.phrase.parens;
    let has_role =
        |range: std::ops::Range<usize>, role: Role| range.clone().any(|at| tokens.is(at, role));

    // A change: of the nearest level before it.
    if this.change.is_some() {
        let level = this.change_of.or_else(|| {
            before
                .iter()
                .rposition(|other| other.change.is_none() && !other.against && !other.earlier)
        });
        // 公办园数量翻了五番 says itself what changes.
        let own_noun = subject_noun(tokens, this).filter(|noun| *noun != Noun::Share);
        match level {
            Some(j) if own_noun.is_none() => {
                this.change_of = Some(j);
                this.act = None;
                inherit(this, &before[j]);
            }
            _ => this.noun = own_noun.or(this.noun),
        }
        return;
    }

    // A part: in a parenthesis behind a total, or behind 其中.
    let total = match inner {
        Some(open) => before.iter().rposition(|other| {
            other.phrase.quantity.tokens.end <= open
                && same_kind(other.phrase.quantity.unit.unit, unit)
                && other.phrase.parens != inner
        }),
        None => None,
    };
    let of_which = has_role(this.phrase.clause.clone(), Role::OfWhich)
        && has_role(this.phrase.clause.start..this.phrase.quantity.tokens.start, Role::OfWhich);
    let in_parens_total = |j: usize| {
        let open = before[j].phrase.quantity.tokens.end;
        // The parenthesis follows its total directly: 911所(其中…).
        inner.is_some_and(|inner| (open..inner).all(|at| tokens.mark(at).is_none()))
    };
    if let Some(j) = total.filter(|_| opens_breakdown(tokens, inner)) {
        // In 招生约8000人,在校生规模约2.7万人(其中,高职招生1500人、在校生近5000人) each part goes to
        // the total of its own noun.
        let same_noun = this.noun.and_then(|noun| {
            before.iter().rposition(|other| {
                other.phrase.parens != inner
                    && other.noun == Some(noun)
                    && other.phrase.quantity.tokens.end <= inner.unwrap_or(usize::MAX)
            })
        });
        let j = same_noun.unwrap_or(j);
        if same_noun.is_some() || in_parens_total(j) {
            this.part_of = Some(j);
            // 在校生近5000人 behind 高职招生1500人 in the same parenthesis.
            let sibling = before.iter().rev().find(|other| other.phrase.parens == inner);
            this.level = this.level.or(sibling.and_then(|other| other.level));
            inherit(this, &before[j]);
            return;
        }
    } else if of_which || continues_breakdown(tokens, before, this) {
        let j = before.iter().rposition(|other| {
            other.part_of.is_none()
                && other.phrase.parens == inner
                && other.change.is_none()
                && same_kind(other.phrase.quantity.unit.unit, unit)
        });
        if let Some(j) = j {
            let whole = &before[j];
            let related = match (this.noun, whole.noun) {
                (Some(part), Some(total)) => {
                    part == total
                        || part.is_staff() && total.is_staff()
                        || part.is_student() && total.is_student()
                        || matches!(total, Noun::Programme | Noun::Organisation)
                }
                _ => true,
            };
            if related {
                this.part_of = Some(j);
                inherit(this, whole);
                return;
            }
        }
    }

    // A share: 3710名,占比27%.
    if unit == Unit::Percent && this.noun == Some(Noun::Share) && this.whole.is_none() {
        let whole = before.iter().rposition(|other| {
            other.change.is_none()
                && matches!(other.phrase.quantity.unit.unit, Unit::Person | Unit::Institution)
        });
        let near = whole.filter(|&j| {
            let gap = before[j].phrase.quantity.tokens.end..this.phrase.label.start;
            gap.clone().filter(|&at| tokens.mark(at).is_some()).count() <= 1
                && !gap.clone().any(|at| tokens.noun(at).is_some())
        });
        if let Some(j) = near {
            this.share_of = Some(j);
            this.whole = before[j].noun;
            this.level = this.level.or(before[j].level);
            this.ownership = this.ownership.or(before[j].ownership);
            this.locality = this.locality.or(before[j].locality);
            return;
        }
    }

    // Money without a noun: what its sentence names before it. 生均 before 教育支出 makes that per
    // student.
    if unit == Unit::Yuan
        && (this.noun.is_none() || this.noun == Some(Noun::Fund) && this.per.is_some())
    {
        let named: Vec<Noun> = outside_parens(tokens, 0..this.phrase.quantity.tokens.start)
            .filter_map(|at| tokens.noun(at))
            .filter(|noun| noun.is_money() && *noun != Noun::Fund)
            .collect();
        let part = this.per.is_some() || of_which || this.act.is_none();
        if part {
            this.noun = match named.as_slice() {
                [.., Noun::PerStudentFund, Noun::EducationFund] => Some(Noun::PerStudentFund),
                [.., last] => Some(*last),
                [] => this.noun,
            };
        }
    }

    // 12类28个专业: two counters of one noun.
    if this.noun.is_none()
        && let Some(next) = rest.get(1)
        && next.phrase.quantity.tokens.start == rest[0].phrase.quantity.tokens.end
    {
        let next = next.noun;
        rest[0].noun = next;
        return;
    }
    let Some(this) = rest.first_mut() else { return };

    // 由A提高到B: B goes on with A.
    let second = has_role(this.phrase.label.clone(), Role::ToValue);
    if second
        && let Some(j) = before.len().checked_sub(1)
        && before[j].earlier
        && same_kind(before[j].phrase.quantity.unit.unit, unit)
    {
        this.continues = Some(j);
        inherit(this, &before[j]);
        return;
    }

    // What names nothing itself goes on with the nearest of its kind.
    let lacks_whole = this.noun == Some(Noun::Share) && this.whole.is_none();
    let silent = this.noun.is_none() && !this.phrase.unknown_head;
    if silent || lacks_whole {
        let j = before.iter().rposition(|other| {
            same_kind(other.phrase.quantity.unit.unit, unit)
                && other.change.is_none()
                && other.noun.is_some()
        });
        if let Some(j) = j {
            let own_act = this.act.is_some_and(|act| act != Act::Cover);
            let list = same_clause(tokens, &before[j].phrase, &this.phrase);
            if !own_act || list || unit == Unit::Percent {
                this.continues = Some(j);
                if lacks_whole {
                    this.noun = None;
                }
                inherit(this, &before[j]);
                return;
            }
        }
    }

    // In a list the verb of the first item governs the others: 认定了示范园52所、一级幼儿园215所; also over
    // a comma where the next clause has no verb: 创建示范高中18所,特色小学26所.
    if this.act.is_none()
        && let Some(j) = before.len().checked_sub(1)
        && (same_clause(tokens, &before[j].phrase, &this.phrase)
            || goes_on(tokens, &before[j].phrase, &this.phrase))
        && alike(before[j].noun, this.noun)
    {
        this.act = before[j].act;
        this.continues = Some(j);
    }
}

/// Whether only list commas and 和 stand between two phrases.
fn same_clause(tokens: Tokens, a: &Phrase, b: &Phrase) -> bool {
    outside_parens(tokens, a.quantity.tokens.end..b.quantity.tokens.start).all(|at| {
        !matches!(tokens.mark(at), Some(Mark::Comma | Mark::Semicolon | Mark::Colon | Mark::Stop))
    })
}

/// Whether a clause goes on with the one before: only a comma between, and no verb or word of time
/// at its start.
fn goes_on(tokens: Tokens, a: &Phrase, b: &Phrase) -> bool {
    let gap = a.quantity.tokens.end..b.label.start;
    let comma = gap.len() == 1 && tokens.mark(gap.start) == Some(Mark::Comma);
    let bare = |at: usize| {
        tokens.word(at).is_none_or(|word| {
            word.act.is_none() && word.time.is_none() && word.body.is_none() && word.role.is_none()
        })
    };
    comma && !b.label.is_empty() && b.label.clone().all(bare)
}

/// Whether two nouns count the same kind of thing: schools of a status are schools.
fn alike(a: Option<Noun>, b: Option<Noun>) -> bool {
    let school = |noun| matches!(noun, Some(Noun::School | Noun::ModelSchool));
    a == b || school(a) && school(b)
}

/// Whether a parenthesis breaks a total down: it begins with 其中, or with a label and its number.
fn opens_breakdown(tokens: Tokens, open: Option<usize>) -> bool {
    let Some(open) = open else { return false };
    if tokens.is(open + 1, Role::OfWhich) {
        return true;
    }
    // (含教学点12个), (小学3所、初中2所): a label; (每月500元) has none.
    tokens.word(open + 1).is_some_and(|word| word.per.is_none() && word.noun.is_some())
}

/// Whether a statement goes on with the parts that 其中 began: behind a semicolon or comma, with the
/// shares and changes of the parts between.
fn continues_breakdown(tokens: Tokens, before: &[Statement], this: &Statement) -> bool {
    let previous =
        before.iter().rev().find(|other| other.share_of.is_none() && other.change.is_none());
    let Some(previous) = previous else { return false };
    if previous.part_of.is_none() || previous.phrase.parens != this.phrase.parens {
        return false;
    }
    let unit = this.phrase.quantity.unit.unit;
    let same = previous.phrase.quantity.unit.unit == unit
        && (this.noun.is_none() || this.noun == previous.noun)
        && this.act.is_none_or(|act| Some(act) == previous.act);
    let gap = previous.phrase.quantity.tokens.end..this.phrase.quantity.tokens.start;
    same && gap.into_iter().all(|at| tokens.mark(at) != Some(Mark::Stop))
}

/// Takes over what a statement does not say itself.
fn inherit(this: &mut Statement, from: &Statement) {
    // 中职学生14804人 of 在校学生297438人: the total says which students.
    let generic = this.noun == Some(Noun::Student) && from.noun.is_some_and(Noun::is_student)
        || this.noun == Some(Noun::Teacher) && from.noun.is_some_and(Noun::is_staff);
    this.noun = if generic { from.noun } else { this.noun.or(from.noun) };
    this.whole = this.whole.or(from.whole);
    this.act = this.act.or(from.act);
    this.level = this.level.or(from.level);
    this.ownership = this.ownership.or(from.ownership);
    this.locality = this.locality.or(from.locality);
    if this.change.is_none() {
        this.per = this.per.or(from.per);
    }
}

/// For a growth: the noun of its label that can grow, whatever its unit.
fn subject_noun(tokens: Tokens, this: &Statement) -> Option<Noun> {
    outside_parens(tokens, this.phrase.label.clone()).filter_map(|at| tokens.noun(at)).last()
}
