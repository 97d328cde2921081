//! Totals and their parts.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use super::finding::{Finding, Severity, Sign};
use super::interval::Interval;
use super::nature::stages;
use super::{Check, Figure, Sheet};
use crate::codes::{Level, Locality, Ownership, Per, Relation, Unit};
use crate::flag::Flag;
use crate::manual::documented;

documented! {
    /// Totals against the parts that 其中, a parenthesis or a list breaks them down to.
    ///
    /// Parts that are all there must add up: 公办 and 民办, 城镇 and 农村, the stages of a level, or a breakdown of
    /// 各级各类 from 小学 to 高中. Of other parts nothing says that they are all, or that they do not
    /// overlap: they may add up to less, but none may exceed its total, and what misses it by less than
    /// a tenth of its smallest part is questioned.
    ///
    /// - Holds: `2020年全市共有学校521所(其中:小学365所,初中115所,高中41所)。`
    ///   as `521所 = 365所 + 115所 + 41所`
    /// - Holds: `2021年全市在园幼儿4.7万名,其中公办园2.8万名,民办园1.8万名。`
    ///   as `4.7万名 = 2.8万名 + 1.8万名`
    /// - Fails: `2020年全市共有学校521所(其中:小学365所,初中115所,高中42所)。`
    ///   as `sum-mismatch`
    /// - Fails: `2021年全市共有教师500人,其中女教师520人。`
    ///   as `part-exceeds-total`
    /// - Cannot tell: `2021年全市共有在校生9000人,其中小学生4000人,初中生2000人。`
    ///   because 小学 and 初中 need not be all of them.
    Parts = "parts"
}

impl Check for Parts {
    fn within(&self, sheet: &Sheet<'_, '_>, out: &mut Vec<Finding>) {
        for total in sheet.totals() {
            let (mut same, mut other) = (Vec::new(), Vec::new());
            for part in sheet.children(total, Relation::Part) {
                let (of, record) = (sheet.record(total), sheet.record(part));
                // 就业率18.3%,其中博士生就业率38.1%: a rate of other people is no part, and neither is
                // an amount for each of them.
                let rate = record.unit == Unit::Percent && record.subject.is_some();
                let comparable = record.unit == of.unit
                    && record.measure == of.measure
                    && record.per == of.per
                    && (of.per.is_none() || of.per == Some(Per::Year))
                    && !rate;
                let Some(figure) = sheet.figure(part).filter(|_| comparable) else { continue };
                if record.indicator == of.indicator && record.status == of.status {
                    same.push((part, figure));
                } else {
                    other.push((part, figure));
                }
            }
            // 在校学生和幼儿161768人,其中在园幼儿25375人,小学70537人: of two indicators, and yet all of it.
            if !other.is_empty() && other.len() + same.len() > 2 {
                let mut all = [other.as_slice(), &same].concat();
                all.sort_by_key(|part| part.0);
                if let Some(held) = finding(sheet, total, &all).filter(Finding::agrees) {
                    out.push(held.holds());
                    continue;
                }
            }
            out.extend(other.iter().filter_map(|&part| subset(sheet, total, part)));
            match same.as_slice() {
                [] => {}
                [part] => out.extend(subset(sheet, total, *part)),
                _ => breakdowns(sheet, total, &same, out),
            }
        }
    }
}

/// A record with its figure.
type Stated = (usize, Figure);

fn finding(sheet: &Sheet<'_, '_>, total: usize, parts: &[Stated]) -> Option<Finding> {
    let terms: Vec<usize> = parts.iter().map(|part| part.0).collect();
    let none = Figure::exact(Decimal::ZERO);
    let sum = parts.iter().try_fold(none, |sum, part| sum.plus(part.1))?;
    let formula = sheet.joined(&terms, " + ");
    Finding::new("parts", sheet, total, terms, sum, formula)
}

/// One part, which may be less than its total but not more.
fn subset(sheet: &Sheet<'_, '_>, total: usize, (part, figure): Stated) -> Option<Finding> {
    let room = Interval { low: figure.interval.low, high: None };
    let least = Figure { interval: room, ..figure };
    let found = Finding::new("parts", sheet, total, vec![part], least, sheet.mention(part))?;
    let found = found.signed(Sign::AtLeast);
    Some(match sheet.record(part).unit {
        // 61%为师范类专业毕业(其中79%为幼儿教育专业) is 79% of those.
        Unit::Percent if !found.agrees() => found.because("it may be a percentage of the part"),
        _ => found.or_fails(Flag::PartExceedsTotal, Severity::Error),
    })
}

/// Parts of one kind: one breakdown, or several one after another (by ownership, then by locality).
fn breakdowns(sheet: &Sheet<'_, '_>, total: usize, parts: &[Stated], out: &mut Vec<Finding>) {
    let whole = finding(sheet, total, parts);
    if let Some(whole) = whole.filter(Finding::agrees) {
        out.push(whole.holds());
        return;
    }
    // Each run of parts that are told apart by the same field is a breakdown of its own.
    let of = sheet.record(total);
    let dimension = |part: &Stated| {
        let record = sheet.record(part.0);
        (record.ownership != of.ownership, record.locality != of.locality, record.level != of.level)
    };
    for run in parts.chunk_by(|a, b| dimension(a) == dimension(b)) {
        match run {
            [part] => out.extend(subset(sheet, total, *part)),
            _ => out.extend(finding(sheet, total, run).map(|found| judged(sheet, found, run))),
        }
    }
}

/// The verdict on a breakdown.
fn judged(sheet: &Sheet<'_, '_>, found: Finding, parts: &[Stated]) -> Finding {
    if found.agrees() {
        return found.holds();
    }
    let exceeding = parts.iter().find(|part| found.claimed.interval.is_below(part.1.interval));
    if let Some(exceeds) = exceeding.and_then(|part| subset(sheet, found.claim, *part)) {
        return exceeds;
    }
    let parts_of = breakdown(sheet, found.claim, parts);
    let exceeds = found.claimed.interval.is_below(found.recomputed.interval);
    let nearly = nearly(&found, parts);
    match parts_of {
        Breakdown::Complete => found.fails(Flag::SumMismatch, Severity::Error),
        Breakdown::Disjoint if exceeds => found.fails(Flag::SumMismatch, Severity::Error),
        Breakdown::Disjoint | Breakdown::Unknown if nearly && exceeds => {
            found.fails(Flag::SumMismatch, Severity::Error)
        }
        Breakdown::Disjoint | Breakdown::Unknown if nearly => {
            found.fails(Flag::SumMismatch, Severity::Warning).because(
                "nothing says that these parts are all, but what is missing is next to nothing",
            )
        }
        Breakdown::Unknown if exceeds => {
            found.because("nothing says that these parts do not overlap")
        }
        Breakdown::Disjoint | Breakdown::Unknown => {
            found.because("nothing says that these parts are all")
        }
    }
}

/// What the codes of its parts say of a breakdown.
enum Breakdown {
    /// They do not overlap, and there are no others.
    Complete,
    /// They do not overlap.
    Disjoint,
    /// They may be anything.
    Unknown,
}

fn breakdown(sheet: &Sheet<'_, '_>, total: usize, parts: &[Stated]) -> Breakdown {
    let of = sheet.record(total);
    let records = || parts.iter().map(|part| sheet.record(part.0));
    let levels: BTreeSet<Level> =
        records().filter_map(|part| part.level.filter(|&level| of.level != Some(level))).collect();
    let ownerships: BTreeSet<_> = records().filter_map(|part| part.ownership).collect();
    let localities: BTreeSet<_> = records().filter_map(|part| part.locality).collect();
    let all = parts.len();
    if levels.len() != all && ownerships.len() != all && localities.len() != all {
        return Breakdown::Unknown;
    }
    let has = |level: &Level| levels.contains(level);
    let stages = of.level.map_or(&[][..], stages);
    let ladder = [Level::Primary, Level::JuniorSecondary].iter().all(has)
        && [Level::SeniorSecondary, Level::GeneralSeniorSecondary].iter().any(has);
    let complete = ladder
        || !stages.is_empty() && stages.iter().all(has)
        || ownerships == BTreeSet::from([Ownership::Public, Ownership::Private])
        || localities == BTreeSet::from([Locality::Urban, Locality::Rural]);
    if complete { Breakdown::Complete } else { Breakdown::Disjoint }
}

/// Whether so little is missing or too much that hardly another part can explain it.
fn nearly(found: &Finding, parts: &[Stated]) -> bool {
    let smallest = parts.iter().map(|part| part.1.value.abs()).min();
    let gap = found.claimed.value.checked_sub(found.recomputed.value).map(|gap| gap.abs());
    match (gap.and_then(|gap| gap.checked_mul(Decimal::TEN)), smallest) {
        (Some(gap), Some(smallest)) => gap < smallest,
        _ => false,
    }
}
