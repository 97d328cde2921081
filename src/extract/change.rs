//! Differences: `较上年增长3.29%`, `3年增长9685人`, `由600元提高到800元`, `高于国家50%`.

use crate::codes::Unit;
use crate::lexicon::senses::Role;
use crate::lexicon::tokens::Tokens;

use super::phrase::Phrase;

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
    let label = phrase.label.clone();
    let nearest = label.clone().rev().find_map(|at| {
        let role = tokens.role(at)?;
        matches!(role, Role::Rise | Role::Fall | Role::ToValue).then_some((role, at))
    });
    // 以每年3000人左右的数量增长: the verb stands behind.
    let behind = || {
        let by = label.clone().any(|at| tokens.is(at, Role::By));
        phrase
            .after
            .clone()
            .filter(|_| by)
            .find(|&at| matches!(tokens.role(at), Some(Role::Rise | Role::Fall)))
            .and_then(|at| Some((tokens.role(at)?, at)))
    };
    let (role, at) = nearest.or_else(behind)?;
    if role == Role::ToValue {
        return None;
    }
    let compared = label.clone().any(|at| tokens.is(at, Role::Compare))
        || (phrase.clause.start..phrase.label.start).any(|at| tokens.is(at, Role::Compare));
    // 增加, 提升 and 提高 are also done to things.
    let addition = tokens.word(at).is_some_and(|word| word.act.is_some());
    let relative = matches!(
        phrase.quantity.unit.unit,
        Unit::Percent | Unit::PercentagePoint | Unit::PerMille | Unit::Multiple | Unit::Doubling
    );
    // 提高教师待遇的具体措施7项: a verb with its own object changes that, not the number.
    let object_between = (at + 1..phrase.label.end)
        .any(|i| tokens.word(i).is_some_and(|word| word.noun.is_some() || word.act.is_some()));
    if object_between || (addition && !compared && !relative) {
        return None;
    }
    Some(Change { falls: role == Role::Fall })
}

/// Whether a quantity is what a figure is held against: `高于国家50%和省政府55%的规划指标`.
pub fn held_against(tokens: Tokens, phrase: &Phrase) -> bool {
    (phrase.clause.start..phrase.quantity.tokens.start).any(|at| tokens.is(at, Role::Against))
}

/// Whether a quantity is the value before a change: A in `由A提高到B`.
pub fn is_earlier_value(tokens: Tokens, phrase: &Phrase) -> bool {
    let label = phrase.label.clone();
    // 比上年的1852亿元增长6.47%
    let compared = label.clone().any(|at| tokens.is(at, Role::Compare));
    let grows =
        phrase.after.clone().any(|at| matches!(tokens.role(at), Some(Role::Rise | Role::Fall)));
    if compared && grows && label.clone().any(|at| tokens.is(at, Role::Of)) {
        return true;
    }
    let from = label.clone().rev().find(|&at| tokens.is(at, Role::FromValue));
    let Some(from) = from else { return false };
    // 由市县两级财政…: 由 names who acts; the new value must follow.
    let new_value = phrase.after.clone().any(|at| tokens.is(at, Role::ToValue));
    new_value && !(from..label.end).any(|at| tokens.is(at, Role::ToValue))
}
