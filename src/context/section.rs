//! Headings and what they make of everything under them: `二、2023年…重点工作` carries its year and its
//! being a plan.

use crate::codes::Level;
use crate::lexicon::kinds::Kinds;
use crate::lexicon::senses::{Act, Noun, StatusWord};
use crate::lexicon::tokens::Tokens;
use crate::period::Period;
use crate::text::layout::MINOR;
use crate::text::span::Span;
use crate::text::token::Mark;

use super::origin::{Known, Said, Where};

/// What one heading says.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Section {
    /// The heading; empty where a sentence stands under none.
    pub words: Span,
    /// Period that it states.
    pub period: Option<Said<Period>>,
    /// Period that a sentence under it states for what follows.
    pub stated: Option<Said<Period>>,
    /// Whether it says that no period carries (近年来).
    pub recent: bool,
    /// Level that it names.
    pub level: Option<Said<Level>>,
    /// Whether it makes what follows a plan, or a fact.
    pub plan: Option<Said<bool>>,
    /// The word that speaks of education.
    pub education: Option<Span>,
    /// The money it is about: 各级教育生均一般公共预算教育经费增长情况.
    pub money: Option<Noun>,
}

/// The headings above a place, each with its depth, outermost first.
#[derive(Debug, Clone, Default)]
pub struct Sections {
    open: Vec<(u8, Section)>,
    /// Whether the title makes the whole document a plan.
    pub planned: bool,
}

impl Sections {
    /// Opens a section: those as deep or deeper end.
    pub fn open(&mut self, depth: u8, section: Section) {
        self.open.retain(|(other, _)| *other < depth);
        self.open.push((depth, section));
    }

    /// What the nearest heading above this depth that says so makes of what follows: a plan, or a
    /// review.
    pub fn plan_above(&self, depth: u8) -> Option<bool> {
        let mut above = self.open.iter().rev().filter(|(other, _)| *other < depth);
        above.find_map(|(_, section)| section.plan).map(|plan| plan.value)
    }

    /// A sentence of the innermost section states a period for what follows in it.
    pub fn state(&mut self, period: Said<Period>) {
        if self.open.is_empty() {
            self.open.push((u8::MAX, Section::default()));
        }
        if let Some((_, section)) = self.open.last_mut() {
            section.stated = Some(period);
        }
    }

    /// The money that the nearest heading is about.
    pub fn money(&self) -> Option<Noun> {
        self.open.iter().rev().find_map(|(_, section)| section.money)
    }

    /// The word with which the innermost heading speaks of education.
    pub fn education(&self) -> Option<Span> {
        self.open.last()?.1.education
    }

    /// The innermost heading.
    pub fn heading(&self) -> Option<Span> {
        self.open.last().map(|(_, section)| section.words).filter(|words| !words.is_empty())
    }

    /// The nearest heading that states a period, unless a nearer one says 近年来; or the sentence
    /// that does, in the same section or before its items (一是…).
    pub fn period(&self) -> Option<Known<Period>> {
        let mut within_items = true;
        for (depth, section) in self.open.iter().rev() {
            if within_items && let Some(stated) = section.stated {
                return Some(stated.from(Where::EarlierSentence));
            }
            within_items &= *depth >= MINOR;
            if section.recent {
                return None;
            }
            if let Some(period) = section.period {
                return Some(period.from(Where::Heading));
            }
        }
        None
    }

    /// The level of the nearest heading that names one.
    pub fn level(&self) -> Option<Known<Level>> {
        let said = self.open.iter().rev().find_map(|(_, section)| section.level)?;
        Some(said.from(Where::Heading))
    }

    /// Whether the nearest heading that says so makes this a plan.
    pub fn is_plan(&self) -> Known<bool> {
        let said = self.open.iter().rev().find_map(|(_, section)| section.plan);
        said.map_or(Known::without_words(self.planned, Where::Title), |said| {
            said.from(Where::Heading)
        })
    }
}

/// Whether the words of a heading make what follows a plan (下一步, 重点工作) or a review (回顾).
pub fn plan(heading: Tokens) -> Option<Said<bool>> {
    plan_within(heading, heading.len())
}

/// Whether a title makes the whole document a plan: 2025年教育工作要点, 今后五年规划.
pub fn plan_of_title(title: Tokens) -> bool {
    let any = |wanted: &[StatusWord]| {
        let mut all = title.with(0..title.len(), Kinds::STATUS);
        all.any(|at| title.status(at).is_some_and(|word| wanted.contains(&word)))
    };
    // 2024年工作总结和2025年工作计划 is both; its headings tell.
    any(&[StatusWord::PlanTitle, StatusWord::PlanHeading]) && !any(&[StatusWord::ActualHeading])
}

/// Words with which a sentence begins that turn to plans.
pub const HEAD: usize = 2;

/// Whether a sentence turns to plans: 下一步 and 今后 at its start do, and 办好十件民生实事：, which lists what
/// is to be done.
pub fn turns(sentence: Tokens) -> Option<Said<bool>> {
    if !sentence.may(Kinds::STATUS) {
        return None;
    }
    plan_within(sentence, HEAD).or_else(|| {
        let lists = |colon: usize| {
            let deeds = colon.checked_sub(1)?;
            (sentence.status(deeds) == Some(StatusWord::Deeds)).then_some(deeds)
        };
        let deeds = sentence.with(0..sentence.len(), Kinds::mark(Mark::Colon)).find_map(lists)?;
        let clause = sentence.clause_around(deeds);
        let done = clause.into_iter().any(|at| {
            matches!(sentence.status(at), Some(StatusWord::Actual | StatusWord::ActualHeading))
                || sentence.act(at) == Some(Act::Complete)
        });
        (!done).then(|| Said { value: true, words: sentence.span(deeds, deeds + 1) })
    })
}

/// The money that a heading or title is about, with 生均 before anything else.
pub fn money(heading: Tokens) -> Option<Noun> {
    let named = |at: usize| heading.noun(at).filter(|noun| noun.is_money() && *noun != Noun::Fund);
    let mut last = None;
    for noun in heading.with(0..heading.len(), Kinds::NOUN).filter_map(named) {
        last = Some(noun);
        if noun == Noun::PerStudentFund {
            break;
        }
    }
    last
}

fn plan_within(tokens: Tokens, words: usize) -> Option<Said<bool>> {
    tokens.with(0..words.min(tokens.len()), Kinds::STATUS).find_map(|at| {
        let value = match tokens.status(at)? {
            StatusWord::PlanHeading => true,
            StatusWord::ActualHeading => false,
            _ => return None,
        };
        Some(Said { value, words: tokens.span(at, at + 1) })
    })
}
