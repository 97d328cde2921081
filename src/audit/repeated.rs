//! One quantity stated twice.

use smallvec::SmallVec;

use super::finding::{Finding, Severity};
use super::nature::Nature;
use super::sheet::year;
use super::{Check, Sheet};
use crate::codes::Bound;
use crate::flag::Flag;
use crate::manual::documented;
use crate::observation::Observation;
use crate::period::{Origin, Period};

documented! {
    /// The same quantity stated again: equal, equal within rounding, or in conflict.
    ///
    /// Of one place, time, level, ownership and locality there is one enrolment, one number of schools or
    /// full-time teachers, one net enrolment rate: two values that cannot both be true are in conflict,
    /// unless one of them is of something narrower (村小, 骨干教师). What a place may have several of
    /// (programmes, awards) is reported only where it is said again with the same figure and noun.
    /// What is true now is also held against the last figure of the year before.
    ///
    /// - Holds: `2021年全市小学在校生24600人。2021年全市小学在校生2.4万余人。`
    ///   as `2.4万余人 = 24600人`
    /// - Fails: `2021年全市小学365所。2021年全市共有小学366所。`
    ///   as `conflict`
    /// - Cannot tell: `2020-2021学年全市小学365所。2020年全市共有小学366所。`
    ///   because a school year is not quite a calendar year.
    Repeated = "repeated"
}

impl Check for Repeated {
    fn within(&self, sheet: &Sheet<'_, '_>, out: &mut Vec<Finding>) {
        for series in sheet.all_series() {
            for (first, again) in pairs(sheet, series) {
                out.extend(judged(sheet, first, again, Severity::Error));
            }
            out.extend(now_and_before(sheet, series));
        }
    }

    fn across(&self, sheet: &Sheet<'_, '_>, out: &mut Vec<Finding>) {
        for series in sheet.all_series() {
            for (first, again) in pairs(sheet, series) {
                if sheet.record(first).source != sheet.record(again).source {
                    out.extend(judged(sheet, first, again, Severity::Warning));
                }
            }
        }
    }
}

/// Each record of a series that states what an earlier one of the same year did, with the first that did.
fn pairs(sheet: &Sheet<'_, '_>, series: &[usize]) -> Vec<(usize, usize)> {
    /// Of one year hardly anybody counts more things by the same name.
    const RECENT: usize = 8;
    let mut firsts: SmallVec<[usize; RECENT]> = SmallVec::new();
    let mut pairs = Vec::new();
    for &at in series {
        let record = sheet.record(at);
        let when = year(record.period);
        // A series is sorted by year: those of this one are the last.
        let of_year = firsts.iter().rev().take(RECENT).copied().filter(|&first| {
            let other = sheet.record(first);
            other.status == record.status
                && (other.period == record.period || when.is_some() && year(other.period) == when)
        });
        let mut same = of_year
            .filter(|&first| same_word(sheet.record(first), record) || sheet.same_thing(first, at));
        match same.next() {
            Some(first) => pairs.push((first, at)),
            None => firsts.push(at),
        }
    }
    pairs
}

/// Whether two records name what they count alike.
fn same_word(one: &Observation<'_>, other: &Observation<'_>) -> bool {
    one.subject.is_some() && one.subject == other.subject
}

/// The verdict on two records of one quantity, when there is one.
fn judged(
    sheet: &Sheet<'_, '_>,
    first: usize,
    again: usize,
    severity: Severity,
) -> Option<Finding> {
    let (one, other) = (sheet.record(first), sheet.record(again));
    // 5%以内 and 15%以内 exclude nothing, and who says a range says that he does not know; what a
    // sentence says twice are two things.
    let open = |record: &Observation<'_>| matches!(record.bound, Bound::AtMost | Bound::Range);
    if open(one) || open(other) || sheet.same_sentence(first, again) || one.period.is_none() {
        return None;
    }
    let stated = sheet.figure(first)?;
    let found = Finding::new("repeated", sheet, again, vec![first], stated, sheet.mention(first))?;
    let nature = Nature::of(one.indicator?);
    let unique = || nature.is_unique() && sheet.same_thing(first, again);
    // 9万人 is not 10万人, though 9.5万 would round to either.
    let touches = found.claimed.interval.touches(found.recomputed.interval);
    if found.agrees() && !touches {
        return (same_word(one, other) || unique()).then(|| found.holds());
    }
    match () {
        () if !unique() => None,
        () if one.period != other.period => Some(found.because("the times are not quite the same")),
        // 招生8764人 under a heading of 高中阶段 may go on with 普通高中14所.
        () if !(sheet.names_level(first) && sheet.names_level(again)) => {
            Some(found.because("the level of one of them is carried over from what stands before"))
        }
        () if found.claimed.is_far_from(found.recomputed) => {
            Some(found.because("they are too far apart to be of one thing"))
        }
        () => Some(found.fails(Flag::Conflict, severity)),
    }
}

/// What is true 目前 against the last dated value before the document: a stock of the year before
/// should not have changed unsaid.
fn now_and_before(sheet: &Sheet<'_, '_>, series: &[usize]) -> Option<Finding> {
    let is_now = |at: usize| {
        let record = sheet.record(at);
        record.period_origin == Some(Origin::Document)
            && matches!(record.period, Some(Period::AsOf(_)))
    };
    let now = series.iter().copied().find(|&at| is_now(at))?;
    let record = sheet.record(now);
    let this_year = year(record.period)?;
    let before = series.iter().copied().rfind(|&at| {
        let other = sheet.record(at);
        other.status == record.status
            && year(other.period).is_some_and(|year| year + 1 == this_year)
            && sheet.same_thing(at, now)
    })?;
    let stated = sheet.figure(before)?;
    let stock = Nature::of(record.indicator?) == Nature::Aggregate;
    let found = Finding::new("repeated", sheet, now, vec![before], stated, sheet.mention(before))?;
    let near = !found.claimed.is_far_from(found.recomputed);
    let differ = stock && near && !found.agrees() && found.claimed.interval.high.is_some();
    differ.then(|| {
        found
            .fails(Flag::Conflict, Severity::Warning)
            .because("one is of now, the other the last dated one")
    })
}
