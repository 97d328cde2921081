//! Shares against counts, and against each other.

use rust_decimal::Decimal;

use super::finding::{Finding, Severity};
use super::sheet::{Series, year};
use super::{Check, Figure, Sheet};
use crate::codes::{Measure, Ownership, Relation, Unit};
use crate::flag::Flag;
use crate::manual::documented;

documented! {
    /// A share against its part and its whole, and shares of parts against the share of their total.
    ///
    /// The whole is the total that the part belongs to, or what the text states for the same place and
    /// time without the ownership or locality of the part. Where the total has a share itself, those of
    /// its parts are held against that: 3710名占27%, 其中2453名占18% are shares of one larger whole.
    ///
    /// - Holds: `2021年全市共有在校生1000人,其中民办在校生300人,占30%。`
    ///   as `30% = 300人 ÷ 1000人`
    /// - Holds: `全市农村学校50岁以上教师3710名,占比27%,其中51—55岁教师2453名,占比18%;56—60岁教师1257名,占比9%。`
    ///   as `27% = 18% + 9%`
    /// - Fails: `2021年全市共有在校生1000人,其中民办在校生300人,占31%。`
    ///   as `share-mismatch`
    /// - Cannot tell: `2021年全市公办幼儿园占比56.6%,民办幼儿园占比40%。`
    ///   because they need not be shares of one whole.
    Shares = "shares"
}

impl Check for Shares {
    fn within(&self, sheet: &Sheet<'_, '_>, out: &mut Vec<Finding>) {
        for at in 0..sheet.len() {
            if let Some(part) = sheet.parent(at, Relation::Share) {
                out.extend(of_whole(sheet, at, part));
            }
            if let Some(share) = share_of(sheet, at) {
                out.extend(of_parts(sheet, at, share));
            }
        }
        out.extend(complements(sheet));
    }
}

fn is_share(sheet: &Sheet<'_, '_>, share: usize, part: usize) -> bool {
    let (share, part) = (sheet.record(share), sheet.record(part));
    share.unit == Unit::Percent
        && share.measure == Measure::Value
        && part.unit != Unit::Percent
        && part.measure == Measure::Value
}

/// The share that a record has of some whole.
fn share_of(sheet: &Sheet<'_, '_>, part: usize) -> Option<usize> {
    sheet.children(part, Relation::Share).find(|&share| is_share(sheet, share, part))
}

/// A share against the quotient of its part and its whole.
fn of_whole(sheet: &Sheet<'_, '_>, share: usize, part: usize) -> Option<Finding> {
    if !is_share(sheet, share, part) {
        return None;
    }
    let count = sheet.figure(part)?;
    let total = sheet.parent(part, Relation::Part).filter(|&total| {
        sheet.record(total).unit == sheet.record(part).unit
            && sheet.record(total).measure == Measure::Value
    });
    let whole = match total {
        Some(total) => total,
        None => wider(sheet, part)?,
    };
    let quotient = count.over(sheet.figure(whole)?)?;
    let formula = sheet.words(|| format!("{} ÷ {}", sheet.mention(part), sheet.mention(whole)));
    let percent = quotient.times(Figure::exact(Decimal::ONE_HUNDRED))?;
    let mut found = Finding::new("shares", sheet, share, vec![part, whole], percent, formula)?;
    if found.agrees() {
        return Some(found.holds());
    }
    if let Some(of_total) = total.and_then(|total| share_of(sheet, total)) {
        found.recomputed = quotient.times(sheet.figure(of_total)?)?;
        found.right = sheet.words(|| format!("{} × {}", found.right, sheet.mention(of_total)));
        found.terms.push(of_total);
        return Some(found.or_fails(Flag::ShareMismatch, Severity::Error));
    }
    let severity = match total {
        Some(total) if sheet.same_sentence(total, share) => Severity::Error,
        _ => Severity::Warning,
    };
    Some(found.or_rounded_wrong(sheet, Flag::ShareMismatch, severity))
}

/// Whether a share is that of its part in the total that this belongs to.
pub(super) fn is_of_total(sheet: &Sheet<'_, '_>, share: usize, part: usize) -> bool {
    let quotient = || {
        let total = sheet.parent(part, Relation::Part)?;
        let hundred = Figure::exact(Decimal::ONE_HUNDRED);
        let percent = sheet.figure(part)?.over(sheet.figure(total)?)?.times(hundred)?;
        Some(percent.interval.meets(sheet.figure(share)?.interval))
    };
    quotient() == Some(true)
}

/// What the text states for the same place and time, but for ownership and locality: 幼儿园6972所 for
/// 普惠性幼儿园4747所.
fn wider(sheet: &Sheet<'_, '_>, part: usize) -> Option<usize> {
    let record = sheet.record(part);
    if record.ownership.is_none() && record.locality.is_none() {
        return None;
    }
    let series = Series { ownership: None, locality: None, ..Series::of(record)? };
    let mut same_time = sheet
        .in_year(series, year(record.period)?)
        .filter(|&at| sheet.record(at).period == record.period);
    same_time.next().filter(|_| same_time.next().is_none())
}

/// The share of a total against the shares of parts that make it up: 27% is 18% and 9%.
fn of_parts(sheet: &Sheet<'_, '_>, total: usize, share: usize) -> Option<Finding> {
    let alike = |part: &usize| {
        let (record, of) = (sheet.record(*part), sheet.record(total));
        record.unit == of.unit && record.indicator == of.indicator && record.measure == of.measure
    };
    let parts: Vec<usize> = sheet.children(total, Relation::Part).filter(alike).collect();
    let shares: Vec<usize> =
        parts.iter().map(|&part| share_of(sheet, part)).collect::<Option<_>>()?;
    let sum = |records: &[usize]| {
        let none = Figure::exact(Decimal::ZERO);
        records.iter().try_fold(none, |sum, &at| sum.plus(sheet.figure(at)?))
    };
    // Shares of some parts only add up to less.
    let complete = sheet.figure(total)?.interval.meets(sum(&parts)?.interval);
    if parts.len() < 2 || !complete {
        return None;
    }
    let formula = sheet.joined(&shares, " + ");
    let all = sum(&shares)?;
    let found = Finding::new("shares", sheet, share, shares, all, formula)?;
    let hundred = Figure::exact(Decimal::ONE_HUNDRED);
    if !found.agrees() && found.recomputed.interval.meets(hundred.interval) {
        return Some(found.because("the parts' shares are those of their total"));
    }
    Some(found.or_fails(Flag::ShareMismatch, Severity::Error))
}

/// 公办 and 民办 in one sentence make up all: 56.6% and 43.4%.
fn complements(sheet: &Sheet<'_, '_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for sentence in sheet.sentences() {
        for (at, beside) in sentence.clone().zip(sentence.clone().skip(1)) {
            let (one, other) = (sheet.record(at), sheet.record(beside));
            let opposite = matches!(
                (one.ownership, other.ownership),
                (Some(Ownership::Public), Some(Ownership::Private))
                    | (Some(Ownership::Private), Some(Ownership::Public))
            );
            if !opposite {
                continue;
            }
            let (Some(a), Some(b)) = (Series::of(one), Series::of(other)) else { continue };
            let both = Series { ownership: None, ..a } == Series { ownership: None, ..b };
            let plain = one.unit == Unit::Percent
                && one.measure == Measure::Value
                && other.measure == Measure::Value
                && one.period == other.period
                && one.status == other.status
                && !sheet.has_parent(at)
                && !sheet.has_parent(beside);
            if both && plain {
                found.extend(complement(sheet, at, beside));
            }
        }
    }
    found
}

fn complement(sheet: &Sheet<'_, '_>, one: usize, other: usize) -> Option<Finding> {
    let rest = Figure::exact(Decimal::ONE_HUNDRED).minus(sheet.figure(other)?)?;
    let formula = sheet.words(|| format!("100% − {}", sheet.mention(other)));
    let found = Finding::new("shares", sheet, one, vec![other], rest, formula)?;
    Some(match () {
        () if found.agrees() => found.holds(),
        () if found.recomputed.interval.is_below(found.claimed.interval) => found
            .fails(Flag::ShareMismatch, Severity::Warning)
            .because("together they are more than all"),
        () => found.because("they need not be shares of one whole"),
    })
}
