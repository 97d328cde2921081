//! What the passage so far says to the next sentence.

use crate::codes::Level;
use crate::lexicon::regions::RegionId;
use crate::lexicon::tokens::Tokens;
use crate::period::{Origin, Period};

use super::period::{Clock, Stated};
use super::section::{Section, Sections};
use crate::text::token::Mark;

use super::{field, level, period, section};

/// The state that sentences leave behind for those that follow.
#[derive(Debug, Clone, Default)]
pub struct Passage {
    /// The region of the body that speaks.
    pub home: Option<RegionId>,
    /// What words of time are resolved against.
    pub clock: Clock,
    /// The headings above.
    pub sections: Sections,
    /// Period of the title, for all that nothing nearer dates.
    pub title_period: Option<Period>,
    /// Period that an earlier sentence of the section states for what follows.
    pub carried: Carried,
    /// Level that the paragraph is about so far.
    pub level: Option<Level>,
    /// Whether the paragraph has turned to plans (下一步).
    pub plan: Option<bool>,
    /// Whether the paragraph spoke of education so far.
    pub education: bool,
    /// Whether the whole document is about education.
    pub education_document: bool,
}

/// What an earlier sentence says about time.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Carried {
    /// Nothing: headings and title decide.
    #[default]
    Nothing,
    /// This period.
    Period(Period),
    /// 近年来: no period at all.
    Blocked,
}

impl Passage {
    /// Begins a block: a paragraph, or a section when it opens one.
    pub fn begin(&mut self, depth: Option<u8>, heading: Tokens) {
        self.level = None;
        self.plan = None;
        self.education = false;
        let Some(depth) = depth else { return };
        let mut clock = self.clock;
        let stated = period::stated(heading, &mut clock);
        let first = stated.iter().find(|stated| stated.origin == Origin::Stated);
        self.carried = Carried::Nothing;
        self.sections.open(
            depth,
            Section {
                period: first.and_then(|stated| stated.period),
                recent: first.is_some_and(|stated| stated.period.is_none()),
                level: level::named(heading, 0..heading.len()),
                plan: section::plan(heading),
            },
        );
        if let Some(year) = first.and_then(|stated| stated.period?.year()) {
            self.clock.year = Some(year);
        }
    }

    /// The expressions of time of a sentence, with the clock advanced.
    pub fn times(&mut self, tokens: Tokens) -> Vec<Stated> {
        period::stated(tokens, &mut self.clock)
    }

    /// Leaves behind what a sentence says to those that follow.
    pub fn end_sentence(&mut self, tokens: Tokens, times: &[Stated], first_number: Option<usize>) {
        for stated in times {
            match stated.period {
                // 目前 ends what was said of earlier times.
                _ if stated.origin == Origin::Document && stated.tokens.start == 0 => {
                    self.carried = Carried::Nothing;
                }
                None if stated.origin == Origin::Stated => self.carried = Carried::Blocked,
                None => {}
                Some(period) if stated.carries => self.carried = Carried::Period(period),
                Some(_) => {}
            }
        }
        // The topic stands in the first clause; what later clauses mention is not carried.
        let clause = (0..tokens.len())
            .find(|&at| matches!(tokens.mark(at), Some(Mark::Comma | Mark::Semicolon)))
            .unwrap_or(tokens.len());
        let lead = 0..first_number.unwrap_or(clause).min(clause);
        self.level = level::named(tokens, lead.clone()).or(self.level);
        self.education |= field::speaks_of_education(tokens, 0..tokens.len());
    }

    /// The period of what a sentence leaves undated.
    pub fn period(&self) -> Option<Period> {
        match self.carried {
            Carried::Period(period) => Some(period),
            Carried::Blocked => None,
            Carried::Nothing => self.sections.period().or(self.title_period),
        }
    }

    /// The level of what a sentence gives none.
    pub fn level(&self) -> Option<Level> {
        self.level.or_else(|| self.sections.level())
    }

    /// Whether what stands here is a plan.
    pub fn is_plan(&self) -> bool {
        self.plan.unwrap_or_else(|| self.sections.is_plan())
    }
}
