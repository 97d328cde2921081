//! One expression of time to the period that it means.
//!
//! In: the token at which it begins, and what it is resolved against. Out: the period, and where the
//! expression ends. `2016年至2020年` is a range, `近三年` counts back from the day of publication, and after
//! `近年来` there is no period at all.

use crate::lexicon::kinds::Kinds;
use crate::lexicon::senses::{Role, Time};
use crate::lexicon::tokens::Tokens;
use crate::period::{Date, Origin, Period};
use crate::quantity::number::{numerals, whole};
use crate::text::calendar::YEARS;
use crate::text::token::{Mark, TokenKind};

/// What a period is resolved against.
#[derive(Debug, Clone, Copy, Default)]
pub struct Clock {
    /// Day of publication.
    pub published: Option<Date>,
    /// The year of the title, or of publication.
    pub document_year: Option<u16>,
    /// The year the text speaks of: stated last, or in a heading, or in the title.
    pub year: Option<u16>,
    /// The range of years stated last: what 5年来 means after 2016年至2020年.
    pub range: Option<Period>,
    /// The year that a work report reviews: what 过去一年 means in it.
    pub reviewed: Option<u16>,
}

impl Clock {
    /// The year that 今年 means: that of publication, else the one the text speaks of.
    fn this_year(&self) -> Option<u16> {
        self.document_year.or(self.year)
    }
}

/// So many years, up to the last of them.
fn years_until(last: u16, years: u8) -> Option<Period> {
    let from = last.checked_sub(u16::from(years))? + 1;
    Some(match years {
        1 => Period::Year(last),
        _ => Period::Range(Some(Date::year(from)), Some(Date::year(last))),
    })
}

/// A period, where it comes from, and one past its last token.
pub(super) type Read = (Option<Period>, Origin, usize);

/// What reads the expressions of a sentence.
pub(super) struct Reader<'a> {
    pub(super) tokens: Tokens<'a>,
    pub(super) clock: &'a Clock,
}

impl Reader<'_> {
    fn time(&self, at: usize) -> Option<Time> {
        self.tokens.time(at)
    }

    /// The expression that begins at a token.
    pub(super) fn read(&self, at: usize) -> Option<Read> {
        if let Some(time) = self.time(at) {
            return self.word(time, at);
        }
        let tokens = self.tokens;
        if tokens.is_number(at) {
            // All that follows begins with a number and one of these: 2020年, 2020-2021学年, 2017至2020年.
            const BEHIND: Kinds =
                Kinds::TIME.or(Kinds::role(Role::To)).or(Kinds::marks(&[Mark::Dash, Mark::Slash]));
            if !tokens.has(at + 1, BEHIND) || at > 0 && tokens.is(at - 1, Role::Ordinal) {
                return None;
            }
            return self.years(at).or_else(|| self.date(at)).or_else(|| self.span(at));
        }
        None
    }

    /// An expression that begins with a word of time.
    fn word(&self, time: Time, at: usize) -> Option<Read> {
        let stated = |period: Option<Period>, end: usize| Some((period, Origin::Stated, end));
        let year = self.clock.this_year();
        match time {
            Time::Now => {
                let period = self.clock.published.map(Period::AsOf);
                Some((period, Origin::Document, at + 1))
            }
            Time::ThisYear => stated(Some(Period::Year(year?)), at + 1),
            Time::LastYear => stated(Some(Period::Year(year?.checked_sub(1)?)), at + 1),
            Time::NextYear => stated(Some(Period::Year(year?.checked_add(1)?)), at + 1),
            // 未来3年内 is no 年内.
            Time::TextYear if at > 0 && self.tokens.is_number(at - 1) => None,
            Time::TextYear => stated(Some(Period::Year(self.clock.year.or(year)?)), at + 1),
            Time::Recent => stated(None, at + 1),
            // 兜底, 底蕴: only a time has an end that is one.
            Time::YearEnd
                if self.tokens.str(at).chars().nth(1).is_none()
                    && at.checked_sub(1).is_none_or(|before| self.time(before).is_none()) =>
            {
                None
            }
            Time::YearEnd => {
                let year = self.clock.year.or(year)?;
                stated(Some(Period::AsOf(Date::year(year).end())), at + 1)
            }
            Time::Plan(from) => self.plan(from, at),
            Time::Near => {
                let years = self.count(at + 1)?;
                let unit = self.time(at + 2)?;
                matches!(unit, Time::Year | Time::YearsBack).then_some(())?;
                let until = self.clock.published?;
                stated(Some(Period::YearsUntil(years, until)), at + 3)
            }
            Time::Past | Time::Coming => {
                let years = self.count(at + 1)?;
                matches!(self.time(at + 2)?, Time::Year | Time::TextYear).then_some(())?;
                if time == Time::Past
                    && let Some(last) = self.clock.reviewed
                {
                    return stated(Some(years_until(last, years)?), at + 3);
                }
                if time == Time::Past && self.clock.published.is_none() {
                    // 过去五年 in a report of 2008: the years before it.
                    let year = self.clock.this_year()?;
                    let from = Date::year(year.checked_sub(u16::from(years))?);
                    let period = Period::Range(Some(from), Some(Date::year(year - 1)));
                    return stated(Some(period), at + 3);
                }
                let date = self.clock.published?;
                let period = match time {
                    Time::Past => Period::YearsUntil(years, date),
                    _ => Period::YearsFrom(date, years),
                };
                stated(Some(period), at + 3)
            }
            Time::Until
            | Time::Since
            | Time::During
            | Time::MonthEnd
            | Time::AcademicYear
            | Time::YearsBack
            | Time::Year
            | Time::Month
            | Time::Day
            | Time::Length
            | Time::From => None,
        }
    }

    /// `“十三五”期间`, `“十四五”以来`; the plan's name alone is no period.
    fn plan(&self, from: u16, at: usize) -> Option<Read> {
        let mut end = at + 1;
        if self.tokens.mark(end) == Some(Mark::CloseQuote) {
            end += 1;
        }
        let start = Date::year(from);
        let period = match self.time(end)? {
            Time::During => Period::Range(Some(start), Some(Date::year(from + 4))),
            Time::Since => Period::Range(Some(start), None),
            _ => return None,
        };
        Some((Some(period), Origin::Stated, end + 1))
    }

    /// 时间, with 左右 or 以内 before it.
    fn is_length(&self, at: usize) -> bool {
        let at = if self.tokens.has(at, Kinds::BOUND) { at + 1 } else { at };
        self.time(at) == Some(Time::Length)
    }

    /// A small number of years, months or days; 0 counts nothing.
    fn count(&self, at: usize) -> Option<u8> {
        let text = self.tokens.str(at);
        let count: u8 = match self.tokens.kind(at) {
            TokenKind::Numerals => numerals(text)?.try_into().ok()?,
            TokenKind::Digits => whole(text)?.try_into().ok()?,
            _ => return None,
        };
        (count > 0).then_some(count)
    }

    /// A calendar year.
    fn year(&self, at: usize) -> Option<u16> {
        let text = self.tokens.str(at);
        let year: u32 = match self.tokens.kind(at) {
            TokenKind::Digits if text.chars().count() == 4 => whole(text)?,
            TokenKind::Numerals if text.chars().count() == 4 => numerals(text)?,
            _ => return None,
        };
        u16::try_from(year).ok().filter(|year| YEARS.contains(year))
    }

    /// Two years: `2020-2021学年`, `2016年至2020年`, `2017至2020年`.
    fn years(&self, at: usize) -> Option<Read> {
        let tokens = self.tokens;
        let mut next = at + 1;
        if self.time(next) == Some(Time::Year) {
            next += 1;
        }
        let joined = next;
        while matches!(tokens.mark(next), Some(Mark::Dash | Mark::Slash)) {
            next += 1;
        }
        if next == joined {
            tokens.is(next, Role::To).then_some(())?;
            next += 1;
        }
        let (from, to) = (self.year(at)?, self.year(next)?);
        let period = match self.time(next + 1)? {
            Time::AcademicYear if to == from + 1 => Period::AcademicYear(from),
            Time::Year | Time::AcademicYear if to > from => {
                Period::Range(Some(Date::year(from)), Some(Date::year(to)))
            }
            _ => return None,
        };
        Some((Some(period), Origin::Stated, next + 2))
    }

    /// `2020年`, `2020年底`, `2022年9月底`, `2020年7月27日`, `2016年以来`; also `9月8日` of the year the
    /// text speaks of.
    fn date(&self, at: usize) -> Option<Read> {
        let (mut date, mut end, mut year_end) = match self.year(at) {
            Some(year) => match self.time(at + 1)? {
                Time::Year => (Date::year(year), at + 2, false),
                Time::YearEnd => (Date::year(year), at + 2, true),
                Time::AcademicYear => {
                    return Some((Some(Period::AcademicYear(year)), Origin::Stated, at + 2));
                }
                _ => return None,
            },
            None => {
                let month = self.count(at).filter(|m| (1..=12).contains(m))?;
                let month_end = self.time(at + 1)? == Time::MonthEnd;
                (month_end || self.time(at + 1)? == Time::Month).then_some(())?;
                let each = at > 0 && self.tokens.has(at - 1, Kinds::PER);
                (!each).then_some(())?;
                let year = self.clock.year.or(self.clock.this_year())?;
                (Date::month(year, month), at + 2, month_end)
            }
        };
        if date.month.is_none()
            && !year_end
            && let Some(month) = self.count(end).filter(|m| (1..=12).contains(m))
        {
            match self.time(end + 1) {
                Some(Time::Month) => (date.month, end) = (Some(month), end + 2),
                Some(Time::MonthEnd) => {
                    (date.month, end, year_end) = (Some(month), end + 2, true);
                }
                _ => {}
            }
        }
        if date.month.is_some()
            && !year_end
            && let Some(day) = self.count(end).filter(|d| (1..=31).contains(d))
            && self.time(end + 1) == Some(Time::Day)
        {
            (date.day, end) = (Some(day), end + 2);
        }
        if year_end {
            return Some((Some(Period::AsOf(date.end())), Origin::Stated, end));
        }
        if self.time(end) == Some(Time::Now) {
            // 2021年截至目前
            let period = self.clock.published.map_or(Period::of(date), Period::AsOf);
            return Some((Some(period), Origin::Document, end + 1));
        }
        if let Some(since) = self.open_end(at, end) {
            return Some((Some(Period::Range(Some(date), None)), Origin::Stated, since));
        }
        let until = at > 0 && self.time(at - 1) == Some(Time::Until);
        let period = if until { Period::AsOf(date.end()) } else { Period::of(date) };
        Some((Some(period), Origin::Stated, end))
    }

    /// `2016年以来`, `2018年启动以来`, `自2019年10月起`, `从2019年`: one past the words that leave the
    /// end open.
    fn open_end(&self, at: usize, end: usize) -> Option<usize> {
        // The verb between 年 and 以来 is short: 启动, 实施, 组建.
        const VERB: usize = 3;
        for i in end..=end + VERB {
            match self.time(i) {
                Some(Time::Since) => return Some(i + 1),
                Some(Time::From) if i == end => return Some(i + 1),
                _ if self.tokens.mark(i).is_some() => break,
                _ => {}
            }
        }
        let led =
            at > 0 && self.tokens.has(at - 1, Kinds::roles(&[Role::FromValue, Role::Starting]));
        // 由2012年的38.2%提升到52.4% dates the first value only.
        (led && !changes_behind(self.tokens, end)).then_some(end)
    }

    /// `五年来`, `3年增长`: the range of years stated before, if it is as long; `用两年左右时间`: the years
    /// to come.
    fn span(&self, at: usize) -> Option<Read> {
        let years = self.count(at)?;
        let range = self.clock.range;
        match self.time(at + 1)? {
            // 一年来 in a work report: the year that it reviews.
            Time::YearsBack if range.is_none() && self.clock.reviewed.is_some() => {
                Some((years_until(self.clock.reviewed?, years), Origin::Stated, at + 2))
            }
            Time::YearsBack => {
                let back = || Some(Period::YearsUntil(years, self.clock.published?));
                let origin = if range.is_some() { Origin::Context } else { Origin::Stated };
                Some((Some(range.or_else(back)?), origin, at + 2))
            }
            Time::Year if self.is_length(at + 2) => {
                let from = self.clock.published?;
                Some((Some(Period::YearsFrom(from, years)), Origin::Stated, at + 2))
            }
            Time::Year if matches!(self.tokens.role(at + 2), Some(Role::Rise | Role::Fall)) => {
                let Some(Period::Range(Some(from), Some(to))) = range else { return None };
                (to.year.checked_sub(from.year) == Some(u16::from(years))).then_some(())?;
                Some((range, Origin::Stated, at + 2))
            }
            _ => None,
        }
    }
}

/// Whether a new value follows before the next comma: 由2012年的38.2%提升到52.4%.
pub(super) fn changes_behind(tokens: Tokens, end: usize) -> bool {
    let comma_or_value = Kinds::mark(Mark::Comma).or(Kinds::role(Role::ToValue));
    let next = tokens.with(end..tokens.len(), comma_or_value).next();
    next.is_some_and(|at| tokens.is(at, Role::ToValue))
}
