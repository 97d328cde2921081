//! Several shares of one whole.

use rust_decimal::Decimal;

use super::finding::{Finding, Severity};
use super::{Check, Figure, Sheet};
use crate::codes::{Measure, Relation, Unit};
use crate::flag::Flag;
use crate::manual::documented;

documented! {
    /// Shares of one whole, which must all imply the same: 3710名占27% and 4699名占34% are of about 13,700.
    ///
    /// Shares of a total and of its parts have one whole. Of other shares on one line, of the same kind
    /// and of the same people, that is likely: what does not fit together may have several wholes.
    ///
    /// - Holds: `全市农村学校50岁以上教师3710名,占比27%,其中51—55岁教师2453名,占比18%。`
    ///   as `3710名 ÷ 27% = 2453名 ÷ 18%`
    /// - Fails: `全市农村学校50岁以上教师3710名,占比27%,其中51—55岁教师2453名,占比19%。`
    ///   as `share-mismatch`
    /// - Cannot tell: `近年来,共交流教师4518名、交流比例17%,交流校长422名、交流比例35%。`
    ///   because teachers and principals are two wholes.
    Wholes = "wholes"
}

impl Check for Wholes {
    fn within(&self, sheet: &Sheet<'_, '_>, out: &mut Vec<Finding>) {
        let shares: Vec<(usize, usize)> = (0..sheet.len())
            .filter_map(|share| Some((share, sheet.parent(share, Relation::Share)?)))
            .filter(|&(share, part)| {
                let (share, part) = (sheet.record(share), sheet.record(part));
                share.unit == Unit::Percent
                    && share.measure == Measure::Value
                    && part.measure == Measure::Value
                    && part.unit != Unit::Percent
            })
            // 3000人,占教师总数的60%,其中女教师1500人,占农村教师的50% are shares of two wholes.
            .filter(|&(share, part)| !super::shares::is_of_total(sheet, share, part))
            .collect();
        for group in shares.chunk_by(|a, b| alike(sheet, *a, *b)) {
            out.extend(one_whole(sheet, group));
        }
    }
}

/// Whether two shares with their parts are likely to be of one whole.
fn alike(sheet: &Sheet<'_, '_>, a: (usize, usize), b: (usize, usize)) -> bool {
    let (share, other) = (sheet.record(a.0), sheet.record(b.0));
    let (part, beside) = (sheet.record(a.1), sheet.record(b.1));
    share.source == other.source
        && share.line == other.line
        && share.indicator == other.indicator
        && share.region == other.region
        && share.scope == other.scope
        && share.period == other.period
        && share.level == other.level
        && share.locality == other.locality
        && part.unit == beside.unit
        && part.indicator == beside.indicator
}

/// The whole that a part implies by its share.
fn implied(sheet: &Sheet<'_, '_>, (share, part): (usize, usize)) -> Option<Figure> {
    let share = sheet.figure(share)?.over(Figure::exact(Decimal::ONE_HUNDRED))?;
    sheet.figure(part)?.over(share)
}

fn one_whole(sheet: &Sheet<'_, '_>, group: &[(usize, usize)]) -> Option<Finding> {
    let (first, rest) = group.split_first().filter(|(_, rest)| !rest.is_empty())?;
    let claimed = implied(sheet, *first)?;
    let unit = sheet.record(first.1).unit;
    let quotient = |(share, part): &(usize, usize)| {
        sheet.words(|| format!("{} ÷ {}", sheet.mention(*part), sheet.mention(*share)))
    };
    // What all the others leave open together, or the one that leaves nothing.
    let mut common = claimed.interval;
    let mut terms = vec![first.1];
    let mut formula = Vec::new();
    let mut recomputed = None;
    for pair in rest {
        let whole = implied(sheet, *pair)?;
        terms.extend([pair.1, pair.0]);
        formula.push(quotient(pair));
        recomputed = Some(whole);
        match common.both(whole.interval) {
            Some(both) => common = both,
            None => {
                let tied = sheet.parent(pair.1, Relation::Part) == Some(first.1);
                let terms = vec![first.1, pair.1, pair.0];
                let found = Finding::new("wholes", sheet, first.0, terms, whole, quotient(pair))?;
                let claimed = Figure { interval: common, ..claimed };
                let found = Finding { claimed, unit, left: quotient(first), ..found };
                return Some(match tied {
                    true => found.fails(Flag::ShareMismatch, Severity::Error),
                    false => found.because("they need not be shares of one whole"),
                });
            }
        }
    }
    let recomputed = Figure { interval: common, ..recomputed? };
    let formula = formula.join(" = ");
    let found = Finding::new("wholes", sheet, first.0, terms, recomputed, formula)?;
    Some(Finding { claimed, unit, left: quotient(first), ..found }.holds())
}
