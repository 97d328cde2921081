//! Differences: `较上年增长3.29%`, `3年增长9685人`, `由600元提高到800元`, `高于国家50%`.

use crate::codes::Unit;
use crate::lexicon::kinds::Kinds;
use crate::lexicon::senses::Role;
use crate::lexicon::tokens::{Run, Tokens};

use super::phrase::Phrase;

/// The verbs of differences.
const DIFFERS: Kinds = Kinds::roles(&[Role::Rise, Role::Fall]);

/// That a quantity is a difference.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Change {
    /// Whether it is a decrease.
    pub falls: bool,
}

/// Whether a quantity is a difference.
///
/// A percentage after 增长 always is; `新增学位2265个` and `增加了3个` are additions, levels of their own,
/// unless the text compares (`较上年增加22所`).
pub fn read(tokens: Tokens, phrase: &Phrase) -> Option<Change> {
    let label = phrase.label;
    let nearest = tokens.with(label, DIFFERS.or(Kinds::role(Role::ToValue))).next_back();
    // 以每年3000人左右的数量增长: the verb stands behind.
    let behind = || {
        let behind = tokens.with(phrase.after, DIFFERS).next()?;
        tokens.any(label, Kinds::role(Role::By)).then_some(behind)
    };
    let at = nearest.or_else(behind)?;
    if tokens.is(at, Role::ToValue) {
        return None;
    }
    let compare = Kinds::role(Role::Compare);
    let compared =
        tokens.any(label, compare) || tokens.any(phrase.clause.start..phrase.label.start, compare);
    // 增加, 提升 and 提高 are also done to things.
    let addition = tokens.has(at, Kinds::ACT);
    let relative = matches!(
        phrase.quantity.unit.unit,
        Unit::Percent | Unit::PercentagePoint | Unit::PerMille | Unit::Multiple | Unit::Doubling
    );
    // 提高教师待遇的具体措施7项: a verb with its own object changes that, not the number.
    let object_between = tokens.any(at + 1..phrase.label.end, Kinds::NOUN.or(Kinds::ACT));
    if object_between || (addition && !compared && !relative) {
        return None;
    }
    Some(Change { falls: tokens.is(at, Role::Fall) })
}

/// Whether a quantity is what a figure is held against: `高于国家50%和省政府55%的规划指标`.
pub fn held_against(tokens: Tokens, phrase: &Phrase) -> bool {
    tokens.any(phrase.clause.start..phrase.quantity.tokens.start, Kinds::role(Role::Against))
}

/// Whether a quantity is the value before a change: A in `由A提高到B`.
pub fn is_earlier_value(tokens: Tokens, phrase: &Phrase) -> bool {
    let says = |run: Run, role: Role| tokens.any(run, Kinds::role(role));
    let (label, after) = (phrase.label, phrase.after);
    // 比上年的1852亿元增长6.47%
    let grows = || tokens.any(after, DIFFERS);
    if says(label, Role::Compare) && says(label, Role::Of) && grows() {
        return true;
    }
    let from = tokens.with(label, Kinds::role(Role::FromValue)).next_back();
    let Some(from) = from else { return false };
    // 由市县两级财政…: 由 names who acts; the new value must follow.
    says(after, Role::ToValue) && !says((from..label.end).into(), Role::ToValue)
}
