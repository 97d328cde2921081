//! Headings and what they make of everything under them: `二、2023年…重点工作` carries its year and its
//! being a plan.

use crate::codes::Level;
use crate::lexicon::senses::StatusWord;
use crate::lexicon::tokens::Tokens;
use crate::period::Period;

/// What one heading says.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Section {
    /// Period that it states.
    pub period: Option<Period>,
    /// Whether it says that no period carries (近年来).
    pub recent: bool,
    /// Level that it names.
    pub level: Option<Level>,
    /// Whether it makes what follows a plan, or a fact.
    pub plan: Option<bool>,
}

/// The headings above a place, each with its depth, outermost first.
#[derive(Debug, Clone, Default)]
pub struct Sections {
    open: Vec<(u8, Section)>,
}

impl Sections {
    /// Opens a section: those as deep or deeper end.
    pub fn open(&mut self, depth: u8, section: Section) {
        self.open.retain(|(other, _)| *other < depth);
        self.open.push((depth, section));
    }

    /// The nearest heading that states a period, unless a nearer one says 近年来.
    pub fn period(&self) -> Option<Period> {
        for (_, section) in self.open.iter().rev() {
            if section.recent {
                return None;
            }
            if section.period.is_some() {
                return section.period;
            }
        }
        None
    }

    /// The level of the nearest heading that names one.
    pub fn level(&self) -> Option<Level> {
        self.open.iter().rev().find_map(|(_, section)| section.level)
    }

    /// Whether the nearest heading that says so makes this a plan.
    pub fn is_plan(&self) -> bool {
        self.open.iter().rev().find_map(|(_, section)| section.plan).unwrap_or(false)
    }
}

/// Whether the words of a heading make what follows a plan (下一步, 重点工作) or a review (回顾).
pub fn plan(heading: Tokens) -> Option<bool> {
    plan_within(heading, heading.len())
}

/// Whether a sentence turns to plans: 下一步 and 今后 at its start do.
pub fn turns(sentence: Tokens) -> Option<bool> {
    plan_within(sentence, 2)
}

fn plan_within(tokens: Tokens, words: usize) -> Option<bool> {
    (0..words.min(tokens.len())).find_map(|at| match tokens.word(at)?.status? {
        StatusWord::PlanHeading => Some(true),
        StatusWord::ActualHeading => Some(false),
        _ => None,
    })
}
