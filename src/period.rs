//! Time as the record writes it: ISO 8601 dates and intervals, with the kind that tells a stock
//! from a flow.

use std::fmt;

use crate::codes::codes;
use crate::digits;

/// A date to the year, month or day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    /// Year of the Gregorian calendar, of no more than four digits.
    pub year: u16,
    /// 1 to 12, where known.
    pub month: Option<u8>,
    /// 1 to 31, where known; only with a month.
    pub day: Option<u8>,
}

impl Date {
    /// A whole year.
    pub const fn year(year: u16) -> Self {
        Date { year, month: None, day: None }
    }

    /// A month.
    pub const fn month(year: u16, month: u8) -> Self {
        Date { year, month: Some(month), day: None }
    }

    /// A day.
    pub const fn day(year: u16, month: u8, day: u8) -> Self {
        Date { year, month: Some(month), day: Some(day) }
    }

    /// The last day of the year or month; a day stays itself.
    pub fn end(self) -> Self {
        let month = self.month.unwrap_or(12);
        let day = self.day.unwrap_or_else(|| days_in(self.year, month));
        Date::day(self.year, month, day)
    }

    /// The first day of the year or month; a day stays itself.
    pub fn start(self) -> Self {
        Date::day(self.year, self.month.unwrap_or(1), self.day.unwrap_or(1))
    }

    /// The same date some years later (or earlier, when negative).
    pub fn plus_years(self, years: i32) -> Self {
        let year = (i32::from(self.year) + years).clamp(1, 9999);
        Date { year: year as u16, ..self }
    }

    /// Reads `2021`, `2021-09` and `2021-09-20`; nothing else, and no month 13.
    pub fn parse(iso: &str) -> Option<Self> {
        let mut parts = iso.split('-');
        let digits = |part: &str, n: usize| -> Option<u16> {
            (part.len() == n && part.bytes().all(|b| b.is_ascii_digit()))
                .then(|| part.parse().ok())?
        };
        let year = digits(parts.next()?, 4)?;
        let Some(month) = parts.next() else {
            return Some(Date::year(year));
        };
        let month = digits(month, 2)? as u8;
        if !(1..=12).contains(&month) {
            return None;
        }
        let Some(day) = parts.next() else {
            return Some(Date::month(year, month));
        };
        let day = digits(day, 2)? as u8;
        if day < 1 || day > days_in(year, month) || parts.next().is_some() {
            return None;
        }
        Some(Date::day(year, month, day))
    }

    /// Writes it as ISO 8601 has it, at once: every record has two or three.
    pub(crate) fn spell(self, out: &mut impl fmt::Write) -> fmt::Result {
        let mut iso = *b"0000-00-00";
        digits::fill(&mut iso[..4], self.year);
        digits::fill(&mut iso[5..7], self.month.unwrap_or_default());
        digits::fill(&mut iso[8..], self.day.unwrap_or_default());
        let len = match (self.month, self.day) {
            (None, _) => 4,
            (Some(_), None) => 7,
            (Some(_), Some(_)) => 10,
        };
        out.write_str(str::from_utf8(&iso[..len]).map_err(|_| fmt::Error)?)
    }
}

/// Days of a month of the Gregorian calendar.
fn days_in(year: u16, month: u8) -> u8 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => {
            29
        }
        2 => 28,
        _ => 31,
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.spell(f)
    }
}

codes! {
    /// What a period is the period of.
    PeriodKind("period_kind") {
        /// A calendar year.
        Year = "year",
        /// A school year: `2020/2021`.
        AcademicYear = "academic_year",
        /// Several years, or open at one end.
        Range = "range",
        /// A month.
        Month = "month",
        /// The day of an event.
        Day = "day",
        /// A stock at a date.
        AsOf = "as_of",
        /// Counted back from a date (近三年) or forward (未来三年).
        Span = "span",
    }
}

codes! {
    /// Where a period was found.
    Origin("period_origin") {
        /// In the same sentence.
        Stated = "stated",
        /// Carried over from an earlier sentence, heading or title.
        Context = "context",
        /// The publication date.
        Document = "document",
    }
}

/// A period: ISO 8601, and what kind of period it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Period {
    /// `2020`.
    Year(u16),
    /// `2020/2021`, the school year that begins in the year given.
    AcademicYear(u16),
    /// `2016/2020`, `2016/..`, `../2019-10`. At least one end is known.
    Range(Option<Date>, Option<Date>),
    /// `2021-09`.
    Month(u16, u8),
    /// `2022-09-08`: the day of an event.
    Day(Date),
    /// `2020-12-31`: a stock at a date.
    AsOf(Date),
    /// `P3Y/2021-09-20`: so many years up to a date.
    YearsUntil(u8, Date),
    /// `2021-11-15/P3Y`: so many years from a date.
    YearsFrom(Date, u8),
}

impl Period {
    /// The period that a date without further words states.
    pub fn of(date: Date) -> Self {
        match (date.month, date.day) {
            (Some(_), Some(_)) => Period::Day(date),
            (Some(month), None) => Period::Month(date.year, month),
            _ => Period::Year(date.year),
        }
    }

    /// Its kind.
    pub const fn kind(self) -> PeriodKind {
        match self {
            Period::Year(_) => PeriodKind::Year,
            Period::AcademicYear(_) => PeriodKind::AcademicYear,
            Period::Range(..) => PeriodKind::Range,
            Period::Month(..) => PeriodKind::Month,
            Period::Day(_) => PeriodKind::Day,
            Period::AsOf(_) => PeriodKind::AsOf,
            Period::YearsUntil(..) | Period::YearsFrom(..) => PeriodKind::Span,
        }
    }

    /// Its first and its last day, where it has them: a school year is September to August, and 近三年 ends on
    /// its date and begins three years before.
    pub fn days(self) -> (Option<Date>, Option<Date>) {
        // 2024-02-29 has no day of its own in other years.
        let moved = |date: Date, years: i32| {
            let date = date.plus_years(years);
            date.day.map_or(date, |day| {
                Date { day: None, ..date }
                    .end()
                    .day
                    .map_or(date, |last| Date { day: Some(day.min(last)), ..date })
            })
        };
        let (from, to) = match self {
            Period::Year(year) => (Some(Date::year(year)), Some(Date::year(year))),
            Period::AcademicYear(year) => {
                (Some(Date::month(year, 9)), Some(Date::month(year.saturating_add(1), 8)))
            }
            Period::Range(from, to) => (from, to),
            Period::Month(year, month) => {
                let month = Date::month(year, month);
                (Some(month), Some(month))
            }
            Period::Day(date) | Period::AsOf(date) => (Some(date), Some(date)),
            Period::YearsUntil(years, date) => (Some(moved(date, -i32::from(years))), Some(date)),
            Period::YearsFrom(date, years) => (Some(date), Some(moved(date, i32::from(years)))),
        };
        (from.map(Date::start), to.map(Date::end))
    }

    /// The year that 上年 and 今年 are reckoned from: the last one the period touches.
    pub fn year(self) -> Option<u16> {
        match self {
            Period::Year(year) | Period::Month(year, _) => Some(year),
            Period::AcademicYear(year) => Some(year),
            Period::Range(_, Some(end)) => Some(end.year),
            Period::Range(..) => None,
            Period::Day(date) | Period::AsOf(date) | Period::YearsUntil(_, date) => Some(date.year),
            Period::YearsFrom(date, _) => Some(date.year),
        }
    }

    /// Reads what [`Display`](fmt::Display) writes. The kind tells apart what is written alike; without
    /// it a pair of years in a row is a school year, and a day the day of an event.
    pub fn parse(text: &str, kind: Option<&str>) -> Option<Self> {
        let years = |text: &str| text.strip_prefix('P')?.strip_suffix('Y')?.parse().ok();
        let end = |text: &str| match text {
            ".." => Some(None),
            date => Date::parse(date).map(Some),
        };
        let Some((from, to)) = text.split_once('/') else {
            let date = Date::parse(text)?;
            let as_of = kind == Some(PeriodKind::AsOf.code()) && date.day.is_some();
            return Some(if as_of { Period::AsOf(date) } else { Period::of(date) });
        };
        if let Some(count) = years(from) {
            return Some(Period::YearsUntil(count, Date::parse(to)?));
        }
        if let Some(count) = years(to) {
            return Some(Period::YearsFrom(Date::parse(from)?, count));
        }
        let (from, to) = (end(from)?, end(to)?);
        let school_year = match (from, to) {
            (Some(from), Some(to)) if from.month.is_none() && to.year == from.year + 1 => {
                (to.month.is_none()
                    && kind.is_none_or(|kind| kind == PeriodKind::AcademicYear.code()))
                .then_some(from.year)
            }
            _ => None,
        };
        match school_year {
            Some(year) => Some(Period::AcademicYear(year)),
            None if from.is_none() && to.is_none() => None,
            None => Some(Period::Range(from, to)),
        }
    }

    /// The same period one year earlier: what 较上年 compares with.
    pub fn year_before(self) -> Option<Self> {
        let before = |year: u16| year.checked_sub(1);
        Some(match self {
            Period::Year(year) => Period::Year(before(year)?),
            Period::AcademicYear(year) => Period::AcademicYear(before(year)?),
            Period::Month(year, month) => Period::Month(before(year)?, month),
            Period::Day(date) | Period::AsOf(date) => Period::Year(before(date.year)?),
            Period::YearsUntil(_, date) => Period::Year(before(date.year)?),
            Period::Range(..) | Period::YearsFrom(..) => return None,
        })
    }

    /// Writes it as ISO 8601 has it.
    pub(crate) fn spell(self, out: &mut impl fmt::Write) -> fmt::Result {
        let end = |date: Option<Date>, out: &mut _| match date {
            Some(date) => date.spell(out),
            None => fmt::Write::write_str(out, ".."),
        };
        match self {
            Period::Year(year) => Date::year(year).spell(out),
            Period::AcademicYear(year) => {
                Date::year(year).spell(out)?;
                out.write_str("/")?;
                Date::year(year + 1).spell(out)
            }
            Period::Range(from, to) => {
                end(from, out)?;
                out.write_str("/")?;
                end(to, out)
            }
            Period::Month(year, month) => Date::month(year, month).spell(out),
            Period::Day(date) | Period::AsOf(date) => date.spell(out),
            Period::YearsUntil(years, date) => {
                write!(out, "P{years}Y/")?;
                date.spell(out)
            }
            Period::YearsFrom(date, years) => {
                date.spell(out)?;
                write!(out, "/P{years}Y")
            }
        }
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.spell(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_are_written_as_iso_8601() {
        let day = Date::day(2021, 9, 20);
        for (period, text) in [
            (Period::Year(2020), "2020"),
            (Period::AcademicYear(2020), "2020/2021"),
            (Period::Range(Some(Date::year(2016)), None), "2016/.."),
            (Period::Range(None, Some(Date::month(2019, 10))), "../2019-10"),
            (Period::AsOf(Date::month(2022, 9).end()), "2022-09-30"),
            (Period::AsOf(Date::month(2024, 2).end()), "2024-02-29"),
            (Period::YearsUntil(3, day), "P3Y/2021-09-20"),
            (Period::YearsFrom(day, 3), "2021-09-20/P3Y"),
        ] {
            assert_eq!(period.to_string(), text);
        }
    }

    #[test]
    fn a_period_has_days() {
        for (period, kind, days) in [
            ("2020", "year", "2020-01-01 2020-12-31"),
            ("2020/2021", "academic_year", "2020-09-01 2021-08-31"),
            ("2016/2020", "range", "2016-01-01 2020-12-31"),
            ("2016/2017", "range", "2016-01-01 2017-12-31"),
            ("2019-10/..", "range", "2019-10-01 -"),
            ("../2024-02", "range", "- 2024-02-29"),
            ("2021-09", "month", "2021-09-01 2021-09-30"),
            ("2020-12-31", "as_of", "2020-12-31 2020-12-31"),
            ("P3Y/2024-02-29", "span", "2021-02-28 2024-02-29"),
            ("P3Y/2021", "span", "2018-01-01 2021-12-31"),
            ("2021-11-15/P3Y", "span", "2021-11-15 2024-11-15"),
        ] {
            let (from, to) = Period::parse(period, Some(kind)).unwrap().days();
            let day = |day: Option<Date>| day.map_or("-".to_owned(), |day| day.to_string());
            assert_eq!(format!("{} {}", day(from), day(to)), days, "{period}");
        }
    }

    #[test]
    fn nothing_is_before_the_first_year() {
        assert_eq!(Period::Year(2021).year_before(), Some(Period::Year(2020)));
        assert_eq!(Period::Year(0).year_before(), None);
    }

    #[test]
    fn a_date_is_a_real_date() {
        assert_eq!(Date::parse("2021-09-20"), Some(Date::day(2021, 9, 20)));
        assert_eq!(Date::parse("2021"), Some(Date::year(2021)));
        for wrong in ["2021-13", "2021-02-29", "21-09-20", "2021-9", "2021-09-20-1", ""] {
            assert_eq!(Date::parse(wrong), None, "{wrong}");
        }
    }
}
