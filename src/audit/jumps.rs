//! Jumps in a series.

use rust_decimal::Decimal;

use super::figure::TENFOLD;
use super::finding::{Finding, Severity};
use super::interval::Interval;
use super::nature::Nature;
use super::sheet::{same_status, year};
use super::{Check, Figure, Sheet};
use crate::flag::Flag;
use crate::manual::documented;

documented! {
    /// The same indicator of one place over the years: a value about ten times the one before it, or a
    /// tenth, a hundred times, ten thousand times, is likely to have lost a digit or a 万.
    ///
    /// No place's schools or pupils change eightfold in three years. What is neither within that nor
    /// about a power of ten away is more likely of something else. Rates are left out.
    ///
    /// - Holds: `2020年全市小学在校生42971人,2021年全市小学在校生52656人。`
    ///   as `52656人 = 42971人 × 1.2254`
    /// - Fails: `2020年全市小学在校生42971人,2021年全市小学在校生5.26人。`
    ///   as `jump`
    /// - Cannot tell: `2020年全市小学在校生42971人,2021年全市小学在校生5万人以上。`
    ///   because nothing says how many more.
    Jumps = "jumps"
}

/// Over more years a place can change that much.
const YEARS: u16 = 3;

/// How many values are looked at for the one before.
const RECENT: usize = 12;

impl Check for Jumps {
    fn within(&self, sheet: &Sheet<'_, '_>, out: &mut Vec<Finding>) {
        steps(sheet, false, out);
    }

    fn across(&self, sheet: &Sheet<'_, '_>, out: &mut Vec<Finding>) {
        steps(sheet, true, out);
    }
}

fn steps(sheet: &Sheet<'_, '_>, across: bool, out: &mut Vec<Finding>) {
    for series in sheet.all_series() {
        for (place, &now) in series.iter().enumerate() {
            let record = sheet.record(now);
            if record.indicator.map(Nature::of) != Some(Nature::Aggregate)
                || record.region.is_none()
            {
                continue;
            }
            // The nearest before it, among the rows of a table and the values of a year.
            let before = series[..place].iter().rev().take(RECENT).copied().find(|&before| {
                let earlier = sheet.record(before);
                let years =
                    year(record.period).zip(year(earlier.period)).map(|(to, from)| to - from);
                years.is_some_and(|years| (1..=YEARS).contains(&years))
                    && (earlier.source != record.source) == across
                    && same_status(earlier, record)
                    && sheet.same_thing(before, now)
            });
            out.extend(before.and_then(|before| step(sheet, before, now)));
        }
    }
}

fn step(sheet: &Sheet<'_, '_>, before: usize, now: usize) -> Option<Finding> {
    let (from, to) = (sheet.figure(before)?, sheet.figure(now)?);
    let ratio = to.value.checked_div(from.value)?;
    let room = Interval::between(Decimal::ONE.checked_div(TENFOLD.0)?, TENFOLD.0);
    let possible = Figure { value: from.value, interval: from.interval.times(room) };
    let ratio = super::interval::shown(ratio);
    let formula = sheet.words(|| format!("{} × {ratio}", sheet.mention(before)));
    let found = Finding::new("jumps", sheet, now, vec![before], possible, formula)?;
    if to.interval.high.is_none() && found.agrees() {
        return Some(found.because("nothing says how many more"));
    }
    if !found.agrees() && to.is_far_from(from) {
        return Some(found.because("they are too far apart to be of one thing"));
    }
    Some(found.or_fails(Flag::Jump, Severity::Warning))
}
