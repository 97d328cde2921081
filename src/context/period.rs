//! Words of time to periods, and which of them carry over.
//!
//! `截至2020年底` is the stock of 2020-12-31; `近三年` counts back from the day of publication; after
//! `近年来` nothing earlier carries over.

use std::ops::Range;

use crate::lexicon::senses::{Role, Time};
use crate::lexicon::tokens::Tokens;
use crate::period::{Date, Origin, Period};
use crate::quantity::number::{digits, numerals};
use crate::text::calendar::YEARS;
use crate::text::span::Span;
use crate::text::token::{Mark, TokenKind};
use crate::verdict::Reason;

use super::origin::Said;

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

/// An expression of time in a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stated {
    /// Its tokens.
    pub tokens: Range<usize>,
    /// The parenthesis that holds it.
    pub parens: Option<usize>,
    /// What it says; nothing for 近年来.
    pub period: Option<Period>,
    /// `document` for 目前, else `stated`.
    pub origin: Origin,
    /// Whether it heads its sentence and so holds for the following ones.
    pub carries: bool,
}

impl Stated {
    /// The period with its words, which are among these tokens; nothing for 近年来.
    pub fn said(&self, tokens: Tokens) -> Option<Said<Period>> {
        let words = tokens.span(self.tokens.start, self.tokens.end);
        Some(Said { value: self.period?, words })
    }
}

/// Says of the numbers without a statement which of them only say when.
pub fn claim(tokens: Tokens, times: &[Stated], unread: &mut [(Span, Reason)]) {
    for stated in times {
        let words = tokens.span(stated.tokens.start, stated.tokens.end);
        let first = unread.partition_point(|(number, _)| number.start < words.start);
        for (_, reason) in unread[first..].iter_mut().take_while(|(n, _)| words.contains(*n)) {
            *reason = Reason::Date;
        }
    }
}

/// The expressions of time in a sentence, in order. `clock` is advanced by what they say.
pub fn stated(tokens: Tokens, clock: &mut Clock) -> Vec<Stated> {
    let mut found: Vec<Stated> = Vec::new();
    let enclosures = tokens.enclosures();
    let mut titles = 0usize;
    let mut at = 0;
    while at < tokens.len() {
        match tokens.mark(at) {
            Some(Mark::OpenTitle) => titles += 1,
            Some(Mark::CloseTitle) => titles = titles.saturating_sub(1),
            _ => {}
        }
        let read = if titles == 0 { Reader { tokens, clock: *clock }.read(at) } else { None };
        let Some((period, origin, end)) = read else {
            at += 1;
            continue;
        };
        // 2020年全市现有小学120所: the stated year outranks 现有.
        let dated = origin == Origin::Document
            && found.last().is_some_and(|last: &Stated| {
                last.origin == Origin::Stated
                    && last.period.is_some()
                    && (last.tokens.end..at).all(|i| tokens.mark(i).is_none())
            });
        if dated {
            at = end;
            continue;
        }
        let heads = match period {
            None => origin == Origin::Stated && opens_clause(tokens, at),
            Some(period) => {
                heads_sentence(tokens, at) && scope_is_text(tokens, at, period, origin, clock)
            }
        };
        if let Some(period) = period
            && origin == Origin::Stated
        {
            if matches!(period, Period::Range(Some(_), Some(_))) {
                clock.range = Some(period);
            }
            if heads {
                clock.year = period.year().or(clock.year);
            }
        }
        found.push(Stated {
            tokens: at..end,
            parens: enclosures[at],
            period,
            origin,
            carries: heads,
        });
        at = end;
    }
    found
}

/// Whether nothing but prepositions and list numbers stands before a token of its sentence.
fn heads_sentence(tokens: Tokens, at: usize) -> bool {
    (0..at).all(|i| {
        matches!(tokens.role(i), Some(Role::FromValue | Role::Starting | Role::Preposition))
            || matches!(
                tokens.word(i).and_then(|w| w.time),
                Some(Time::Until | Time::Near | Time::Past)
            )
            || matches!(tokens.mark(i), Some(Mark::OpenQuote | Mark::Markup | Mark::Dash))
            // 各位代表,2015年是收官之年
            || matches!(tokens.mark(i), Some(Mark::Comma | Mark::Stop))
                && i.checked_sub(1).and_then(|i| tokens.word(i)).is_some_and(|word| word.fixed)
            || tokens.word(i).is_some_and(|word| word.fixed)
    })
}

/// Whether a token begins a clause.
fn opens_clause(tokens: Tokens, at: usize) -> bool {
    at == 0 || matches!(tokens.mark(at - 1), Some(Mark::Comma | Mark::Semicolon | Mark::Colon))
}

/// Whether a period speaks of more than its own sentence: 近三年, 目前 and the day of an event do not,
/// nor does the start of a rule (自2019年10月起).
fn scope_is_text(tokens: Tokens, at: usize, period: Period, origin: Origin, clock: &Clock) -> bool {
    // 五年来 in a work report is the term that it reviews.
    let back = tokens.word(at + 1).is_some_and(|word| word.time == Some(Time::YearsBack));
    let rule_start = at > 0 && tokens.is(at - 1, Role::Starting);
    origin == Origin::Stated
        && !matches!(
            period,
            Period::YearsUntil(..) | Period::YearsFrom(..) | Period::Day(_) | Period::Month(..)
        )
        && !rule_start
        && (!back || clock.reviewed.is_some())
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
type Read = (Option<Period>, Origin, usize);

struct Reader<'a> {
    tokens: Tokens<'a>,
    clock: Clock,
}

impl Reader<'_> {
    fn time(&self, at: usize) -> Option<Time> {
        self.tokens.word(at)?.time
    }

    /// The expression that begins at a token.
    fn read(&self, at: usize) -> Option<Read> {
        if let Some(time) = self.time(at) {
            return self.word(time, at);
        }
        let tokens = self.tokens;
        if tokens.is_number(at) {
            if at > 0 && tokens.is(at - 1, Role::Ordinal) {
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
        let at = if self.tokens.word(at).is_some_and(|w| w.bound.is_some()) { at + 1 } else { at };
        self.time(at) == Some(Time::Length)
    }

    /// A small number of years, months or days; 0 counts nothing.
    fn count(&self, at: usize) -> Option<u8> {
        let text = self.tokens.str(at);
        let count: u8 = match self.tokens.kind(at) {
            TokenKind::Numerals => numerals(text)?.try_into().ok()?,
            TokenKind::Digits => u8::try_from(digits(text)?).ok()?,
            _ => return None,
        };
        (count > 0).then_some(count)
    }

    /// A calendar year.
    fn year(&self, at: usize) -> Option<u16> {
        let text = self.tokens.str(at);
        let year: u32 = match self.tokens.kind(at) {
            TokenKind::Digits if text.chars().count() == 4 => digits(text)?.try_into().ok()?,
            TokenKind::Numerals if text.chars().count() == 4 => numerals(text)?,
            _ => return None,
        };
        u16::try_from(year).ok().filter(|year| YEARS.contains(year))
    }

    /// Two years: `2020-2021学年`, `2016年至2020年`, `2017至2020年`.
    fn years(&self, at: usize) -> Option<Read> {
        let tokens = self.tokens;
        let from = self.year(at)?;
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
        let to = self.year(next)?;
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
                let each = at > 0 && self.tokens.word(at - 1).is_some_and(|w| w.per.is_some());
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
            at > 0 && matches!(self.tokens.role(at - 1), Some(Role::FromValue | Role::Starting));
        // 由2012年的38.2%提升到52.4% dates the first value only.
        let changes = (end..self.tokens.len())
            .take_while(|&i| self.tokens.mark(i) != Some(Mark::Comma))
            .any(|i| self.tokens.is(i, Role::ToValue));
        (led && !changes).then_some(end)
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::Lexicon;
    use crate::text::lexer::lex;
    use crate::text::span::Span;
    use crate::text::token::Token;

    fn periods(text: &str) -> Vec<String> {
        let lexicon = Lexicon::built_in().unwrap();
        let list: Vec<Token> = lex(text, Span::new(0, text.len()), &lexicon);
        let mut clock = Clock {
            published: Some(Date::day(2021, 9, 20)),
            document_year: Some(2021),
            ..Clock::default()
        };
        stated(Tokens { text, list: &list, lexicon: &lexicon }, &mut clock)
            .into_iter()
            .map(|s| s.period.map_or("none".to_owned(), |p| format!("{p} {}", p.kind())))
            .collect()
    }

    #[test]
    fn every_form_of_the_definition() {
        for (text, read) in [
            ("2020年全市", vec!["2020 year"]),
            ("截至2020年底,全市", vec!["2020-12-31 as_of"]),
            ("2022年9月底,全市", vec!["2022-09-30 as_of"]),
            ("2020-2021学年全市", vec!["2020/2021 academic_year"]),
            ("“十三五”期间", vec!["2016/2020 range"]),
            ("“十四五”以来", vec!["2021/.. range"]),
            ("2016年以来,", vec!["2016/.. range"]),
            ("试点2018年启动以来", vec!["2018/.. range"]),
            ("自2019年10月起", vec!["2019-10/.. range"]),
            ("从2019年启动了", vec!["2019/.. range"]),
            ("2017至2020年", vec!["2017/2020 range"]),
            ("2016年至2020年投入;5年来", vec!["2016/2020 range", "2016/2020 range"]),
            ("2018年至2021年,3年增长", vec!["2018/2021 range", "2018/2021 range"]),
            ("近三年,", vec!["P3Y/2021-09-20 span"]),
            ("预计未来3年内", vec!["2021-09-20/P3Y span"]),
            ("用两年左右时间,", vec!["2021-09-20/P2Y span"]),
            ("五年来共", vec!["P5Y/2021-09-20 span"]),
            ("目前,全市", vec!["2021-09-20 as_of"]),
            ("全市现有", vec!["2021-09-20 as_of"]),
            ("去年开始", vec!["2020 year"]),
            ("近年来,", vec!["none"]),
            ("2020年全市现有", vec!["2020 year"]),
            ("2022年9月8日召开", vec!["2022-09-08 day"]),
            ("二〇二〇年", vec!["2020 year"]),
            ("2021年截至目前", vec!["2021-09-20 as_of"]),
        ] {
            assert_eq!(periods(text), read, "{text}");
        }
    }

    #[test]
    fn what_is_no_period() {
        for text in [
            "学前三年毛入园率",
            "九年义务教育",
            "二年级",
            "《教育现代化2035》",
            "昌吉州“十四五”学前教育行动计划",
            "36年的梦",
            "每年4月",
        ] {
            assert!(periods(text).is_empty(), "{text}: {:?}", periods(text));
        }
    }
}
