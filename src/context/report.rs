//! How a work report is built: it reviews the year before it is given, or the years of a term, and then
//! plans for the year in which it is given.
//!
//! In: its headings and the day it was given. Out: what they make of the numbers under them. Under
//! `二、全面加强改革开放` of a report of January 2021 nothing says plan or year, and all is planned for 2021.

use crate::lexicon::senses::{StatusWord, Time};
use crate::lexicon::tokens::Tokens;
use crate::period::{Date, Period};
use crate::quantity::number::{digits, numerals};
use crate::text::layout::CHAPTER;
use crate::text::token::TokenKind;

use super::origin::Said;

/// A report that is given in this month or later plans for the next year.
const YEAR_ENDS: u8 = 11;
/// A term has at most so many years.
const TERM: u16 = 10;

/// The year for which a report plans; it reviews the one before.
pub fn year_planned(given: Date) -> u16 {
    given.year + u16::from(given.month.is_some_and(|month| month >= YEAR_ENDS))
}

/// The chapters of a report, as they come.
#[derive(Debug, Clone, Copy, Default)]
pub struct Chapters {
    /// Whether they are numbered more than once from 一、: the review has its own, and so has the plan.
    restart: bool,
    /// How many series have begun.
    series: usize,
}

impl Chapters {
    /// Before the first of them; whether they are numbered more than once from 一、.
    pub fn new(restart: bool) -> Self {
        Chapters { restart, series: 0 }
    }

    /// Whether a chapter is a plan where its words do not say so: 一、 reviews, and what follows plans;
    /// where the numbers begin anew, the first series reviews, and the next plans.
    pub fn plan(&mut self, heading: Tokens, depth: u8) -> Option<Said<bool>> {
        let numbered = depth == CHAPTER && heading.kind(0) == TokenKind::Numerals;
        let number = if numbered { numerals(heading.str(0))? } else { return None };
        self.series += usize::from(number == 1);
        let value = if self.restart { self.series > 1 } else { number > 1 };
        Some(Said { value, words: heading.span(0, 1) })
    }
}

/// The years of a term that a heading reviews: 一、奋发前进的五年, 过去五年工作回顾.
pub fn years_reviewed(heading: Tokens, given: Date) -> Option<Said<Period>> {
    let plans = (0..heading.len()).any(|at| {
        heading.time(at) == Some(Time::Coming)
            || heading.status(at) == Some(StatusWord::PlanHeading)
    });
    // 一、 is a number too.
    let at = (1..heading.len()).find(|&at| {
        heading.is_number(at) && matches!(heading.time(at + 1), Some(Time::Year | Time::YearsBack))
    })?;
    let count = match heading.kind(at) {
        TokenKind::Numerals => u16::try_from(numerals(heading.str(at))?).ok()?,
        _ => u16::try_from(digits(heading.str(at))?).ok()?,
    };
    let last = year_planned(given) - 1;
    let from = last.checked_sub(count)? + 1;
    let value = Period::Range(Some(Date::year(from)), Some(Date::year(last)));
    ((2..=TERM).contains(&count) && !plans)
        .then_some(Said { value, words: heading.span(at, at + 2) })
}
