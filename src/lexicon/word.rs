//! What the tables say about a word: 招生 is a noun and an act, 所 a unit.
//!
//! Words are plain values without memory of their own, so that those of the program need no work when it
//! starts.

use rust_decimal::Decimal;

use super::kinds::Kinds;
use super::regions::Namesakes;
use super::senses::{Act, Body, BoundPlace, Field, Noun, Role, Scope, StatusWord, Time, UnitKind};
use crate::codes::{Bound, Level, Locality, Ownership, Per, Unit};
use crate::verdict::Reason;

/// Everything the tables say about one surface form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Word {
    /// What is counted or measured (`terms.csv`).
    pub noun: Option<Noun>,
    /// Education level that the word states (`terms.csv`).
    pub level: Option<Level>,
    /// Ownership that the word states (`terms.csv`).
    pub ownership: Option<Ownership>,
    /// Urban or rural (`terms.csv`).
    pub locality: Option<Locality>,
    /// Whether the word speaks of education by itself: 校舍 and 中职 do, 投资 and 项目 do not (`terms.csv`,
    /// else by noun and level).
    pub field: Option<Field>,
    /// A word that narrows a region without being one (`scopes.csv`): 主城区.
    pub scope: Option<Scope>,
    /// What was done (`acts.csv`).
    pub act: Option<Act>,
    /// An act that yields to any other of its clause: 新增17所职业院校获批 is about 获批.
    pub weak_act: bool,
    /// A unit or counter (`units.csv`).
    pub unit: Option<UnitWord>,
    /// Behind a number: why it is no quantity (`nonunits.csv`).
    pub nonunit: Option<Reason>,
    /// A bound and where it stands (`bounds.csv`).
    pub bound: Option<(BoundPlace, Bound)>,
    /// A denominator (`pers.csv`).
    pub per: Option<Per>,
    /// A word of time (`times.csv`).
    pub time: Option<Time>,
    /// A word of plans or norms (`status.csv`).
    pub status: Option<StatusWord>,
    /// A word of grammar (`grammar.csv`).
    pub role: Option<Role>,
    /// A name for the body that speaks, or one above it (`bodies.csv`).
    pub body: Option<Body>,
    /// Administrative divisions of this name (`regions.csv`): 鼓楼区 is in four cities.
    pub regions: Namesakes,
    /// A fixed expression in which numerals count nothing (`names.csv`).
    pub fixed: bool,
    /// Which of these say something.
    pub kinds: Kinds,
}

impl Word {
    /// A word of which the tables say nothing.
    pub const NONE: Word = Word {
        noun: None,
        level: None,
        ownership: None,
        locality: None,
        field: None,
        scope: None,
        act: None,
        weak_act: false,
        unit: None,
        nonunit: None,
        bound: None,
        per: None,
        time: None,
        status: None,
        role: None,
        body: None,
        regions: Namesakes::NONE,
        fixed: false,
        kinds: Kinds::NONE,
    };
}

/// A unit, and what one of it is in base units.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UnitWord {
    /// The base unit.
    pub unit: Unit,
    /// Base units in one of this word: 10000 square metres in 公顷.
    pub factor: Decimal,
    /// What it measures or counts.
    pub kind: UnitKind,
}

impl UnitWord {
    /// The base unit itself, as a measure.
    pub const fn measure(unit: Unit) -> Self {
        UnitWord { unit, factor: Decimal::ONE, kind: UnitKind::Measure }
    }

    /// Whether it counts things, so that a noun right behind it names them.
    pub fn is_counter(self) -> bool {
        self.kind != UnitKind::Measure
    }
}

/// Index of a word in the lexicon.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct WordId(pub(super) u32);
