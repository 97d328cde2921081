//! Percentages written for percentage points, and points for percentages.

use rust_decimal::Decimal;

use super::changes::{earlier, growth_by};
use super::finding::{Finding, Severity};
use super::{Check, Figure, Sheet};
use crate::codes::{Measure, Relation, Unit};
use crate::flag::Flag;
use crate::manual::documented;

documented! {
    /// A difference of two percentages that is written with `%`, and a growth written in points.
    ///
    /// Where the earlier percentage is known, the figures decide: 7.9% to 7.4% is 0.5 points, and 6.3 percent
    /// less.
    ///
    /// - Fails: `2020年全市普惠性幼儿园覆盖率82.5%,2021年为85.5%,较上年提高3%。`
    ///   as `percent-means-points`
    /// - Fails: `2021年全市小学在校生20000人,较上年增长5个百分点。`
    ///   as `points-mean-percent`
    /// - Cannot tell: `2021年全市高中阶段毛入学率98.2%,较上年提高0.5%。`
    ///   because the rate of the year before is not stated.
    Points = "points"
}

impl Check for Points {
    fn within(&self, sheet: &Sheet<'_, '_>, out: &mut Vec<Finding>) {
        for change in sheet.changes() {
            out.extend(points(sheet, change));
        }
    }
}

fn points(sheet: &Sheet<'_, '_>, change: usize) -> Option<Finding> {
    let record = sheet.record(change);
    if record.measure != Measure::Change || record.unit != Unit::PercentagePoint {
        return None;
    }
    let claimed = sheet.figure(change)?;
    let now = sheet.parent(change, Relation::Change)?;
    let of_now = || Finding::new("points", sheet, change, vec![now], claimed, sheet.mention(now));
    let unit = sheet.record(now).unit;
    if !matches!(unit, Unit::Percent | Unit::PercentagePoint | Unit::PerMille) {
        let found = of_now()?;
        // 教育支出8403亿元,占比下降0.05个百分点: of money its share in something is more likely meant.
        return Some(match unit {
            Unit::Yuan if !is_growth(sheet, change, now) => {
                found.because("a share that is not stated may have changed")
            }
            _ => found
                .fails(Flag::PointsMeanPercent, Severity::Warning)
                .because("what changed is no percentage"),
        });
    }
    // Whether points are the right difference is for `changes` to say.
    if !record.flags.contains(&Flag::PercentMeansPoints) {
        return None;
    }
    let Some(&before) = earlier(sheet, change, now).last() else {
        return Some(of_now()?.because("the earlier percentage is not stated; taken for points"));
    };
    let (level, from) = (sheet.figure(now)?, sheet.figure(before)?);
    let difference = level.minus(from)?;
    let growth = level.over(from)?.minus(Figure::exact(Decimal::ONE))?;
    let growth = growth.times(Figure::exact(Decimal::ONE_HUNDRED))?;
    let [to, base] = [now, before].map(|at| sheet.mention(at));
    let formula = sheet.words(|| format!("{to} ÷ {base} − 1"));
    let found = Finding::new("points", sheet, change, vec![now, before], growth, formula)?;
    Some(match difference.interval.meets(claimed.interval) {
        true => found
            .fails(Flag::PercentMeansPoints, Severity::Warning)
            .because(format!("it is the difference in points: {to} − {base}")),
        false if found.agrees() => {
            found.because("it is the growth in percent, and was read as points")
        }
        false => found.because("it is neither the difference nor the growth"),
    })
}

/// Whether points are the growth in percent that the difference beside them makes.
fn is_growth(sheet: &Sheet<'_, '_>, points: usize, now: usize) -> bool {
    let growth = || {
        let beside = |&at: &usize| {
            sheet.record(at).measure == Measure::Change && sheet.record(at).unit == Unit::Yuan
        };
        let difference = sheet.children(now, Relation::Change).find(beside)?;
        let growth = growth_by(sheet, difference, now, Unit::Percent)?;
        Some(growth.interval.meets(sheet.figure(points)?.interval))
    };
    growth() == Some(true)
}
