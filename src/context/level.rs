//! Whom or what words are about: education level, ownership, locality.
//!
//! `农村普惠性民办幼儿园` is rural, inclusive and private, and of the preschool level.

use std::ops::Range;

use crate::codes::{Level, Locality, Ownership};
use crate::lexicon::senses::Role;
use crate::lexicon::stages::union;
use crate::lexicon::tokens::Tokens;
use crate::text::token::Mark;

/// Whom or what a statement is about.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Group {
    /// Education level.
    pub level: Option<Level>,
    /// Ownership.
    pub ownership: Option<Ownership>,
    /// Urban or rural.
    pub locality: Option<Locality>,
}

impl Group {
    /// What a run of tokens names.
    pub fn named(tokens: Tokens, range: Range<usize>) -> Self {
        Group {
            level: named(tokens, range.clone()),
            ownership: ownership(tokens, range.clone()),
            locality: locality(tokens, range),
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
pub fn named(tokens: Tokens, range: Range<usize>) -> Option<Level> {
    let mut level: Option<Level> = None;
    let mut last = None;
    let mut mixed = false;
    // 高职(专科)院校: what stands in parentheses explains.
    let mut depth = 0usize;
    for at in range {
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
        let Some(next) = tokens.word(at).and_then(|word| word.level) else { continue };
        level = match (level, last) {
            // 职业教育中职学校, 义务教育小学: written without anything between, one narrows the other.
            // 各级各类学校、幼儿园 are still all of them.
            (Some(Level::All), _) if next == Level::Basic => Some(Level::All),
            (Some(_), Some(before)) if before + 1 == at => Some(next),
            (Some(level), _) => {
                let both = union(level, next);
                mixed |= both.is_none();
                both
            }
            (None, _) => Some(next),
        };
        last = Some(at);
    }
    level.filter(|_| !mixed)
}

/// The ownership that a run of tokens names: the last one, with 普惠性 and 民办 together.
fn ownership(tokens: Tokens, range: Range<usize>) -> Option<Ownership> {
    let mut found = None;
    for at in range {
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

/// The locality that a run of tokens names: the last one. In 我市主城区 the word says of which part of
/// the region the statement is, and not what kind of school it counts.
fn locality(tokens: Tokens, range: Range<usize>) -> Option<Locality> {
    let of_region = |at: usize| {
        let before = at.checked_sub(1).and_then(|before| tokens.word(before));
        tokens.word(at).is_some_and(|word| word.scope.is_some())
            && before.is_some_and(|word| word.body.is_some() || !word.regions.is_empty())
    };
    range.rev().filter(|&at| !of_region(at)).find_map(|at| tokens.word(at)?.locality)
}
