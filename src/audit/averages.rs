//! Averages over years.

use super::finding::{Finding, Severity};
use super::sheet::{same_status, year};
use super::{Check, Figure, Sheet};
use crate::codes::{Measure, Per};
use crate::flag::Flag;
use crate::manual::documented;
use crate::observation::Observation;
use crate::period::Period;

documented! {
    /// What is said of each year against what is said of all of them.
    ///
    /// An average was computed before it was written: it is known to its last digit only, also where it
    /// counts people. The years are those from the base of a change to its period, or those of the
    /// period of an amount.
    ///
    /// - Holds: `2018年至2021年全市小学在校生分别为42971人、46014人、52579人、52656人,3年增长9685人,年均增长3228人。`
    ///   as `3228人 = 9685人 ÷ 3`
    /// - Fails: `2018年至2021年全市小学在校生分别为42971人、46014人、52579人、52656人,3年增长9685人,年均增长3230人。`
    ///   as `average-mismatch`
    /// - Cannot tell: `2016年以来全市教育支出累计300亿元,年均70亿元。`
    ///   because it is not known how many years those are.
    Averages = "averages"
}

impl Check for Averages {
    fn within(&self, sheet: &Sheet<'_, '_>, out: &mut Vec<Finding>) {
        let of_each_year = |&at: &usize| {
            let record = sheet.record(at);
            record.per == Some(Per::Year) && record.measure != Measure::Growth
        };
        for average in (0..sheet.len()).filter(of_each_year) {
            out.extend(of_years(sheet, average));
        }
    }
}

fn of_years(sheet: &Sheet<'_, '_>, average: usize) -> Option<Finding> {
    let record = sheet.record(average);
    // The sum right before it or behind it: 3年增长9685人,年均增长3228人.
    let is_sum = |at: &usize| {
        let other = sheet.record(*at);
        other.per.is_none()
            && other.indicator == record.indicator
            && other.unit == record.unit
            && other.measure == record.measure
            && other.level == record.level
            && other.period == record.period
            && same_status(other, record)
            && sheet.same_sentence(*at, average)
    };
    let beside = [average.checked_sub(1), Some(average + 1)];
    let sum = beside.into_iter().flatten().filter(|&at| at < sheet.len()).find(is_sum)?;
    let (claimed, total) = (Figure::computed(record)?, sheet.figure(sum)?);
    let found = |years: u16| {
        let mean = total.over(Figure::exact(years.into()))?;
        let formula = sheet.words(|| format!("{} ÷ {years}", sheet.mention(sum)));
        let found = Finding::new("averages", sheet, average, vec![sum], mean, formula)?;
        Some(Finding { claimed, ..found })
    };
    match years(sheet.record(sum)) {
        Some(years) => {
            let neighbours = [years - 1, years + 1].into_iter().filter(|&years| years > 0);
            let near = neighbours.filter_map(found).find(Finding::agrees);
            let found = found(years)?;
            match near.filter(|_| !found.agrees()) {
                Some(near) => Some(near.because(format!("the text counts {years} years"))),
                None => Some(found.or_rounded_wrong(sheet, Flag::AverageMismatch, Severity::Error)),
            }
        }
        None => Some(found(1)?.because("it is not known how many years those are")),
    }
}

/// How many years a sum is the sum of.
fn years(sum: &Observation<'_>) -> Option<u16> {
    let count = match (sum.period?, sum.base_period) {
        (Period::YearsUntil(years, _) | Period::YearsFrom(_, years), _) => years.into(),
        // A change since a base: from 2018 to 2021 there are three years.
        (Period::Range(_, Some(to)), Some(base)) => to.year.checked_sub(year(Some(base))?)?,
        // An amount of all years: from 2016 to 2020 there are five.
        (Period::Range(Some(from), Some(to)), None) => to.year.checked_sub(from.year)? + 1,
        (Period::Range(..), _) => return None,
        (
            Period::Year(_)
            | Period::AcademicYear(_)
            | Period::Month(..)
            | Period::Day(_)
            | Period::AsOf(_),
            _,
        ) => return None,
    };
    (count > 0).then_some(count)
}
