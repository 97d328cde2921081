//! Differences and growths.

use rust_decimal::Decimal;

use super::finding::{Finding, Severity, Verdict};
use super::sheet::{Series, same_status, year};
use super::{Check, Figure, Sheet};
use crate::codes::{Measure, Per, Relation, Unit};
use crate::flag::Flag;
use crate::manual::documented;
use crate::period::Period;

documented! {
    /// What changed against the two levels it lies between, and a growth against the difference stated
    /// beside it.
    ///
    /// The earlier level is the one of the period that the change is measured from, or the one right
    /// before it in its sentence (由3.2万人增加到3.8万人). A growth over several years may be that of each year
    /// (年均): it holds where either reading does. Doublings (翻番) are a manner of speaking.
    ///
    /// - Holds: `2020年全市小学在校生42971人,2021年全市小学在校生52656人,增长9685人。`
    ///   as `9685人 = 52656人 − 42971人`
    /// - Holds: `2021年全市教育支出61亿元,比上年增加3亿元,增长5.2%。`
    ///   as `5.2% = 3亿元 ÷ (61亿元 − 3亿元)`
    /// - Fails: `2020年全市小学在校生42971人,2021年全市小学在校生52656人,增长9686人。`
    ///   as `change-mismatch`
    /// - Fails: `2021年全市教育支出61.00亿元,比上年增加3.00亿元,增长5.3%。`
    ///   as `growth-mismatch`
    /// - Cannot tell: `2020年全市小学在校生1万人,2021年全市小学在校生4万人,翻了两番半。`
    ///   because doublings are counted roughly.
    Changes = "changes"
}

impl Check for Changes {
    fn within(&self, sheet: &Sheet<'_, '_>, out: &mut Vec<Finding>) {
        for change in sheet.changes() {
            out.extend(change_of(sheet, change, false));
        }
    }

    fn across(&self, sheet: &Sheet<'_, '_>, out: &mut Vec<Finding>) {
        for change in sheet.changes() {
            out.extend(change_of(sheet, change, true));
        }
    }
}

fn change_of(sheet: &Sheet<'_, '_>, change: usize, across: bool) -> Option<Finding> {
    let record = sheet.record(change);
    if record.per == Some(Per::Year) {
        return None;
    }
    let now = sheet.parent(change, Relation::Change)?;
    let bases = earlier(sheet, change, now);
    let elsewhere = |base: &usize| sheet.record(*base).source != record.source;
    // What a document says itself needs no other.
    if across && !bases.iter().all(elsewhere) {
        return None;
    }
    let found: Vec<Finding> =
        bases.iter().filter_map(|&base| between(sheet, change, now, base)).collect();
    if let Some(held) = found.iter().find(|found| found.verdict == Verdict::Holds) {
        return Some(held.clone());
    }
    let differ = bases.iter().any(|&base| sheet.record(base).value != sheet.record(bases[0]).value);
    match found.into_iter().last() {
        Some(failed) if differ => {
            let failed = Finding { verdict: Verdict::CannotTell, ..failed };
            Some(failed.because("several values are stated for the earlier time"))
        }
        Some(failed) => Some(failed),
        None if across => None,
        None => by_difference(sheet, change, now).or_else(|| of_years(sheet, change, now)),
    }
}

/// 2018年1万人,2020年1.21万人,年均增长10%: of what base a growth without words for it is, only figures that fit
/// can tell.
fn of_years(sheet: &Sheet<'_, '_>, growth: usize, now: usize) -> Option<Finding> {
    let base = now.checked_sub(1)?;
    let (level, before) = (sheet.record(now), sheet.record(base));
    let earlier = year(before.period)? < year(level.period)?;
    let same = Series::of(before)? == Series::of(level)? && before.measure == Measure::Value;
    if !(earlier && same && same_status(before, level) && sheet.same_sentence(base, now)) {
        return None;
    }
    let found = between(sheet, growth, now, base)?;
    let growth = sheet.record(growth).measure == Measure::Growth;
    (growth && found.verdict == Verdict::Holds).then_some(found)
}

/// The levels that a change may be measured from, farthest first.
pub(super) fn earlier(sheet: &Sheet<'_, '_>, change: usize, now: usize) -> Vec<usize> {
    /// Nobody states a level more often; a list of any length must not be walked for each change.
    const MOST: usize = 8;
    let (record, level) = (sheet.record(change), sheet.record(now));
    let Some(series) = Series::of(level) else { return Vec::new() };
    // Elsewhere in the text the same codes may be of other funds, or other pupils.
    let same = |at: usize| {
        sheet.same_sentence(at, now)
            || sheet.same_thing(at, now)
            || level.subject.is_some() && sheet.record(at).subject == level.subject
    };
    let is_level = |at: usize| at != now && same_status(sheet.record(at), level);
    // 由3.2万人增加到3.8万人: right before it, of no other time than an earlier one. 7977元,比上年的6628元增长:
    // right behind it.
    let beside = |at: &usize| {
        let other = sheet.record(*at);
        let dated = other.period.is_some() && other.period == record.base_period;
        other.measure == Measure::Value
            && is_level(*at)
            && Series::of(other) == Some(series)
            && sheet.same_sentence(*at, now)
            && other.period != level.period
            && (dated || other.period.is_none() && *at < now)
    };
    let places = [now.checked_sub(1), Some(now + 1).filter(|&at| at < sheet.len())];
    if let Some(beside) = places.into_iter().flatten().find(beside) {
        return vec![beside];
    }
    let Some(base) = year(record.base_period) else { return Vec::new() };
    if year(level.period) == Some(base) {
        return Vec::new();
    }
    sheet.in_year(series, base).filter(|&at| is_level(at) && same(at)).take(MOST).collect()
}

/// A change against the levels it lies between.
fn between(sheet: &Sheet<'_, '_>, change: usize, now: usize, base: usize) -> Option<Finding> {
    let record = sheet.record(change);
    let (at, from) = (sheet.figure(now)?, sheet.figure(base)?);
    let severity = match sheet.same_sentence(now, base) {
        true => Severity::Error,
        false => Severity::Warning,
    };
    let (recomputed, formula, flag) = match (record.measure, record.unit) {
        (Measure::Value, _) => return None,
        (Measure::Change, Unit::PercentagePoint) if !is_percentage(sheet.record(now).unit) => {
            return None;
        }
        (Measure::Change, _) => {
            let formula =
                sheet.words(|| format!("{} − {}", sheet.mention(now), sheet.mention(base)));
            (at.minus(from)?, formula, Flag::ChangeMismatch)
        }
        (Measure::Growth, unit) => {
            let ratio = at.over(from)?;
            let formula =
                sheet.words(|| format!("{} ÷ {} − 1", sheet.mention(now), sheet.mention(base)));
            let growth = ratio.minus(Figure::exact(Decimal::ONE))?;
            (growth.times(Figure::exact(hundredths(unit)))?, formula, Flag::GrowthMismatch)
        }
    };
    let found = Finding::new("changes", sheet, change, vec![now, base], recomputed, formula)?;
    if record.unit == Unit::Doubling {
        return Some(found.because("doublings are counted roughly"));
    }
    if found.agrees() || record.measure == Measure::Change {
        return Some(found.or_fails(flag, severity));
    }
    let years = years_between(sheet.record(base).period, sheet.record(now).period);
    Some(match (record.unit, years) {
        // 增长2倍 is said of three times as much and of twice as much.
        (Unit::Multiple, _) => found.because("倍 may count the whole or what was added"),
        (_, Some(years @ 2..)) if yearly(found.claimed, from, at, record.unit, years) => {
            found.holds().because(format!("as the growth of each of {years} years"))
        }
        (_, Some(_)) => found.or_rounded_wrong(sheet, flag, severity),
        (_, None) => found.because("it is not known how many years lie between"),
    })
}

/// A growth against the difference that is stated beside it.
fn by_difference(sheet: &Sheet<'_, '_>, growth: usize, now: usize) -> Option<Finding> {
    let record = sheet.record(growth);
    if record.measure != Measure::Growth || !matches!(record.unit, Unit::Percent | Unit::PerMille) {
        return None;
    }
    let difference = sheet.children(now, Relation::Change).find(|&at| {
        let other = sheet.record(at);
        other.measure == Measure::Change
            && other.per == record.per
            && other.unit == sheet.record(now).unit
            && other.base_period == record.base_period
            && sheet.same_sentence(at, growth)
    })?;
    let recomputed = growth_by(sheet, difference, now, record.unit)?;
    let [by, of] = [difference, now].map(|at| sheet.mention(at));
    let formula = sheet.words(|| format!("{by} ÷ ({of} − {by})"));
    let found = Finding::new("changes", sheet, growth, vec![difference, now], recomputed, formula)?;
    Some(found.or_rounded_wrong(sheet, Flag::GrowthMismatch, Severity::Error))
}

/// The growth that a difference makes of the level that it led to: by ÷ (now − by), with each figure
/// once, so that no room is counted twice.
pub(super) fn growth_by(
    sheet: &Sheet<'_, '_>,
    difference: usize,
    now: usize,
    unit: Unit,
) -> Option<Figure> {
    let one = Figure::exact(Decimal::ONE);
    let ratio = sheet.figure(now)?.over(sheet.figure(difference)?)?;
    one.over(ratio.minus(one)?)?.times(Figure::exact(hundredths(unit)))
}

/// Whether a growth of each year makes one level of the other.
fn yearly(claimed: Figure, from: Figure, now: Figure, unit: Unit, years: u16) -> bool {
    let factor = || {
        let rate = claimed.over(Figure::exact(hundredths(unit)))?;
        let one = rate.plus(Figure::exact(Decimal::ONE))?;
        (0..years).try_fold(from, |level, _| level.times(one))
    };
    factor().is_some_and(|level| level.interval.meets(now.interval))
}

/// Years from one level to another.
fn years_between(base: Option<Period>, now: Option<Period>) -> Option<u16> {
    year(now)?.checked_sub(year(base)?)
}

/// How many of a unit are one.
const fn hundredths(unit: Unit) -> Decimal {
    match unit {
        Unit::Percent | Unit::PercentagePoint => Decimal::ONE_HUNDRED,
        Unit::PerMille => Decimal::ONE_THOUSAND,
        Unit::Institution
        | Unit::Person
        | Unit::PersonTime
        | Unit::Yuan
        | Unit::Ratio
        | Unit::Multiple
        | Unit::Doubling
        | Unit::Place
        | Unit::Class
        | Unit::SquareMetre
        | Unit::Mu
        | Unit::Item => Decimal::ONE,
    }
}

const fn is_percentage(unit: Unit) -> bool {
    matches!(unit, Unit::Percent | Unit::PercentagePoint | Unit::PerMille)
}
