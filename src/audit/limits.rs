//! Values that nothing can have.

use rust_decimal::Decimal;

use super::figure::is_counted;
use super::finding::{Finding, Severity, Sign};
use super::interval::Interval;
use super::nature::Nature;
use super::{Check, Figure, Sheet};
use crate::codes::{Indicator, Measure, Unit};
use crate::flag::Flag;
use crate::manual::documented;

documented! {
    /// Shares and rates over 100, negative counts, fractions of a person, a decrease by more than all.
    ///
    /// Gross enrolment rates may exceed 100, as they count pupils of any age; so may, where children
    /// move in, retention rates, and what was done of a plan. What is written for each head may be a
    /// fraction.
    ///
    /// - Holds: `2021年全市高中阶段净入学率99.8%。`
    ///   as `99.8% ≤ 100`
    /// - Fails: `2021年全市小学净入学率100.2%。`
    ///   as `over-limit`
    /// - Fails: `2021年全市小学在校生2453.5名。`
    ///   as `fraction`
    /// - Cannot tell: `2021年全市九年义务教育巩固率100.3%。`
    ///   because children who moved in may be counted with those who stayed.
    Limits = "limits"
}

impl Check for Limits {
    fn within(&self, sheet: &Sheet<'_, '_>, out: &mut Vec<Finding>) {
        for at in 0..sheet.len() {
            if let Some(found) = limit(sheet, at) {
                out.push(found);
            }
        }
    }
}

fn limit(sheet: &Sheet<'_, '_>, at: usize) -> Option<Finding> {
    let record = sheet.record(at);
    let value = record.value?;
    let (zero, hundred) = (Decimal::ZERO, Decimal::ONE_HUNDRED);
    let found = |possible: Interval, sign: Sign, limit: &str| {
        let nearest = Figure { value: nearest(value, possible), interval: possible };
        let limit = sheet.words(|| limit.to_owned());
        let found = Finding::new("limits", sheet, at, Vec::new(), nearest, limit)?;
        Some(found.signed(sign))
    };
    let severity = Severity::Error;
    match (record.measure, record.unit) {
        (Measure::Value, Unit::Percent) => {
            let indicator = record.indicator?;
            if !Nature::of(indicator).is_limited() {
                return None;
            }
            // What is possible as it stands holds.
            if !sheet.is_worded() && (zero..=hundred).contains(&value) {
                return None;
            }
            let found = found(Interval::between(zero, hundred), Sign::AtMost, "100")?;
            Some(match indicator {
                Indicator::RetentionRate if !found.agrees() => {
                    found.because("children who moved in may be counted with those who stayed")
                }
                Indicator::ProgrammeCoverageRate if record.subject.is_none() && !found.agrees() => {
                    found.because("more may have been done than was planned")
                }
                _ => found.or_fails(Flag::OverLimit, severity),
            })
        }
        // A whole cannot fall by more than itself.
        (Measure::Growth, Unit::Percent) if value < -hundred => {
            let possible = Interval { low: Some(-hundred), high: None };
            Some(found(possible, Sign::AtLeast, "−100")?.or_fails(Flag::OverLimit, severity))
        }
        (Measure::Value, _) if value < zero => {
            let possible = Interval { low: Some(zero), high: None };
            Some(found(possible, Sign::AtLeast, "0")?.or_fails(Flag::Negative, severity))
        }
        (Measure::Value | Measure::Change, unit)
            if record.per.is_none()
                && is_counted(unit)
                && unit != Unit::Item // 0.5个 of something that can be halved
                && !value.is_integer() =>
        {
            let possible = Interval::point(value.trunc());
            let found = found(possible, Sign::Equal, "a whole number")?;
            Some(found.fails(Flag::Fraction, severity))
        }
        _ => None,
    }
}

/// The possible value that is nearest.
fn nearest(value: Decimal, possible: Interval) -> Decimal {
    match (possible.low, possible.high) {
        (Some(low), _) if value < low => low,
        (_, Some(high)) if value > high => high,
        _ => value,
    }
}
