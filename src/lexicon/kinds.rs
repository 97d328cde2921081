//! What a token may be to a rule, as a set of bits that is known before its word is looked at.
//!
//! In: a word of the tables or a mark. Out: a bit for each column that says something of it, for its role in
//! grammar and for the mark that it is. A rule that looks for levels passes over all tokens without that bit,
//! and over sentences in which no token has it: of `全市投资3亿元。` nothing is read twice.

use super::senses::Role;
use super::word::Word;
use crate::text::token::{Mark, TokenKind};

/// A set of such kinds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Kinds(pub(super) u64);

/// The first bit of the roles, that of the marks, and the bit that every token has.
const ROLES: usize = 17;
const MARKS: usize = ROLES + Role::ALL.len();
const TOKEN: usize = 63;

impl Kinds {
    /// No kind at all.
    pub const NONE: Kinds = Kinds(0);
    /// A token of which there is nothing to say.
    const TOKEN: Kinds = Kinds(1 << TOKEN);
    /// A number of any kind.
    pub const NUMBER: Kinds = Kinds(1);
    /// A noun.
    pub const NOUN: Kinds = Kinds(1 << 1);
    /// A word that states a level.
    pub const LEVEL: Kinds = Kinds(1 << 2);
    /// A word that states an ownership.
    pub const OWNERSHIP: Kinds = Kinds(1 << 3);
    /// A word that is urban or rural.
    pub const LOCALITY: Kinds = Kinds(1 << 4);
    /// A word that may speak of education by itself.
    pub const FIELD: Kinds = Kinds(1 << 5);
    /// A word that narrows a region.
    pub const SCOPE: Kinds = Kinds(1 << 6);
    /// A verb.
    pub const ACT: Kinds = Kinds(1 << 7);
    /// A unit.
    pub const UNIT: Kinds = Kinds(1 << 8);
    /// What is no unit behind a number.
    pub const NONUNIT: Kinds = Kinds(1 << 9);
    /// A bound.
    pub const BOUND: Kinds = Kinds(1 << 10);
    /// A denominator.
    pub const PER: Kinds = Kinds(1 << 11);
    /// A word of time.
    pub const TIME: Kinds = Kinds(1 << 12);
    /// A word of plans or norms.
    pub const STATUS: Kinds = Kinds(1 << 13);
    /// A name for the body that speaks.
    pub const BODY: Kinds = Kinds(1 << 14);
    /// A name of administrative divisions.
    pub const REGION: Kinds = Kinds(1 << 15);
    /// A fixed expression.
    pub const FIXED: Kinds = Kinds(1 << 16);
    /// A word of grammar, whatever its role.
    pub const ROLE: Kinds = Kinds((1 << MARKS) - (1 << ROLES));
    /// Any mark.
    pub const MARK: Kinds = Kinds((1 << TOKEN) - (1 << MARKS));
    /// A token of any kind or none: each has one bit that says nothing more.
    pub const ALL: Kinds = Kinds(u64::MAX);

    /// The words of a role.
    #[inline]
    pub const fn role(role: Role) -> Kinds {
        Kinds(1 << (ROLES + role as usize))
    }

    /// The words of any of some roles.
    pub const fn roles(roles: &[Role]) -> Kinds {
        match roles {
            [] => Kinds::NONE,
            [first, others @ ..] => Kinds::role(*first).or(Kinds::roles(others)),
        }
    }

    /// A mark.
    #[inline]
    pub const fn mark(mark: Mark) -> Kinds {
        Kinds(1 << (MARKS + mark as usize))
    }

    /// Any of some marks.
    pub const fn marks(marks: &[Mark]) -> Kinds {
        match marks {
            [] => Kinds::NONE,
            [first, others @ ..] => Kinds::mark(*first).or(Kinds::marks(others)),
        }
    }

    /// Those of both.
    #[inline]
    pub const fn or(self, other: Kinds) -> Kinds {
        Kinds(self.0 | other.0)
    }

    /// Whether any of some others is among them.
    #[inline]
    pub const fn any(self, of: Kinds) -> bool {
        self.0 & of.0 != 0
    }

    /// Those of a word by what the tables say of it.
    pub fn of_word(word: &Word) -> Kinds {
        // Without `..`, so that a new field cannot be forgotten here.
        let Word {
            noun,
            level,
            ownership,
            locality,
            field,
            scope,
            act,
            weak_act: _,
            unit,
            nonunit,
            bound,
            per,
            time,
            status,
            role,
            body,
            regions,
            fixed,
            kinds: _,
        } = word;
        let said = [
            (noun.is_some(), Kinds::NOUN),
            (level.is_some(), Kinds::LEVEL),
            (ownership.is_some(), Kinds::OWNERSHIP),
            (locality.is_some(), Kinds::LOCALITY),
            (field.is_some(), Kinds::FIELD),
            (scope.is_some(), Kinds::SCOPE),
            (act.is_some(), Kinds::ACT),
            (unit.is_some(), Kinds::UNIT),
            (nonunit.is_some(), Kinds::NONUNIT),
            (bound.is_some(), Kinds::BOUND),
            (per.is_some(), Kinds::PER),
            (time.is_some(), Kinds::TIME),
            (status.is_some(), Kinds::STATUS),
            (body.is_some(), Kinds::BODY),
            (!regions.is_empty(), Kinds::REGION),
            (*fixed, Kinds::FIXED),
        ];
        let kinds = Kinds::TOKEN.or(role.map_or(Kinds::NONE, Kinds::role));
        said.into_iter().filter(|(says, _)| *says).fold(kinds, |kinds, (_, kind)| kinds.or(kind))
    }

    /// Those of a token that is no word.
    #[inline]
    pub const fn of_other(kind: TokenKind) -> Kinds {
        match kind {
            TokenKind::Mark(mark) => Kinds::TOKEN.or(Kinds::mark(mark)),
            TokenKind::Digits | TokenKind::Numerals | TokenKind::Hidden => {
                Kinds::TOKEN.or(Kinds::NUMBER)
            }
            TokenKind::Word(_)
            | TokenKind::Han
            | TokenKind::Latin
            | TokenKind::Space
            | TokenKind::LineEnd
            | TokenKind::Other => Kinds::TOKEN,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_has_a_bit_of_its_own() {
        let columns = Kinds::FIXED.0;
        let first = Role::ALL.first().map_or(0, |role| Kinds::role(*role).0);
        let last = Role::ALL.last().map_or(0, |role| Kinds::role(*role).0);
        let (first_mark, last_mark) = (Kinds::mark(Mark::Stop).0, Kinds::mark(Mark::Markup).0);
        assert!(columns < first && first < last && last < first_mark && first_mark < last_mark);
        assert!(last_mark < Kinds::TOKEN.0 && Kinds(last_mark).any(Kinds::MARK));
        assert!(!Kinds::TOKEN.or(Kinds(last)).any(Kinds::MARK));
        assert!(Role::ALL.iter().all(|role| Kinds::role(*role).any(Kinds::ROLE)));
        assert!(!Kinds::FIXED.or(Kinds::mark(Mark::Stop)).any(Kinds::ROLE));
    }
}
