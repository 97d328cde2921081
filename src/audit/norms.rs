//! Facts against the norms and plans of their sentence.

use rust_decimal::Decimal;

use super::finding::{Finding, Severity, Sign};
use super::interval::Interval;
use super::{Check, Figure, Sheet};
use crate::codes::{Bound, Measure, Status};
use crate::flag::Flag;
use crate::manual::documented;

documented! {
    /// A fact against the norm or plan that its sentence holds it against: 82.74%, 高于国家80%的规划指标.
    ///
    /// A norm is a floor unless it is written as a ceiling (5%以内). A fact that misses a norm is
    /// questioned; one that misses a plan may be on its way.
    ///
    /// - Holds: `2021年全市普惠性幼儿园覆盖率82.74%,达到国家80%的要求。`
    ///   as `82.74% ≥ 80%`
    /// - Fails: `2021年全市普惠性幼儿园覆盖率78.74%,达到国家80%的要求。`
    ///   as `misses-norm`
    /// - Cannot tell: `2021年全市计划新建幼儿园10所,已建成幼儿园8所。`
    ///   because the plan may still be carried out.
    Norms = "norms"
}

impl Check for Norms {
    fn within(&self, sheet: &Sheet<'_, '_>, out: &mut Vec<Finding>) {
        for sentence in sheet.sentences() {
            // A fact is held against what stands right behind it, or is done of what stands before it.
            let mut fact: Option<usize> = None;
            let mut plan: Option<usize> = None;
            for at in sentence.clone() {
                let record = sheet.record(at);
                if record.measure != Measure::Value {
                    continue;
                }
                match record.status {
                    Status::Actual => {
                        if let Some(plan) = plan.take() {
                            out.extend(held(sheet, at, plan));
                        }
                        fact = Some(at);
                    }
                    Status::Standard => {
                        out.extend(fact.and_then(|fact| held(sheet, fact, at)));
                    }
                    Status::Target => plan = Some(at),
                }
            }
        }
    }
}

fn held(sheet: &Sheet<'_, '_>, fact: usize, norm: usize) -> Option<Finding> {
    let (record, against) = (sheet.record(fact), sheet.record(norm));
    let same = record.indicator.is_some()
        && record.indicator == against.indicator
        && record.unit == against.unit
        && record.per == against.per
        && record.level == against.level
        && record.ownership == against.ownership
        && record.locality == against.locality;
    if !same {
        return None;
    }
    let required = sheet.figure(norm)?;
    let ceiling = against.bound == Bound::AtMost;
    let (sign, possible) = match ceiling {
        true => (Sign::AtMost, Interval { low: Some(Decimal::ZERO), high: required.interval.high }),
        false => (Sign::AtLeast, Interval { low: required.interval.low, high: None }),
    };
    let required = Figure { value: required.value, interval: possible };
    let found =
        Finding::new("norms", sheet, fact, vec![norm], required, sheet.mention(norm))?.signed(sign);
    Some(match against.status {
        Status::Target if !found.agrees() => found.because("the plan may still be carried out"),
        _ => found.or_fails(Flag::MissesNorm, Severity::Warning),
    })
}
