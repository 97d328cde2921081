//! Totals that stand apart from their parts: levels that make up a level.

use rust_decimal::Decimal;

use super::finding::{Finding, Severity};
use super::nature::{Nature, stages};
use super::sheet::{Series, same_status};
use super::{Check, Figure, Sheet};
use crate::codes::{Level, Measure, Relation, Status, Unit};
use crate::flag::Flag;
use crate::manual::documented;
use crate::observation::Observation;

documented! {
    /// Totals against the levels that make them up, where no 其中 ties them: 义务教育 is 小学 and 初中, and 共资助33万余人
    /// is what the paragraphs below it add up to.
    ///
    /// Only what is stated for the same place and time in one sentence, or in the one right before it,
    /// must add up. Records that follow a total and happen to make it up are reported where they do.
    ///
    /// - Holds: `2021年全市义务教育在校生16万人,小学在校生11.2万人,初中在校生4.8万人。`
    ///   as `16万人 = 11.2万人 + 4.8万人`
    /// - Fails: `2021年全市义务教育在校生16万人,小学在校生11.2万人,初中在校生4.1万人。`
    ///   as `sum-mismatch`
    /// - Cannot tell: `2021年主城区小学在校生11.2万人,初中在校生4.1万人。2021年全市义务教育在校生16万人。`
    ///   because they are not stated for the same scope.
    Stages = "stages"
}

impl Check for Stages {
    fn within(&self, sheet: &Sheet<'_, '_>, out: &mut Vec<Finding>) {
        for total in 0..sheet.len() {
            if let Some(found) = levels(sheet, total).or_else(|| following(sheet, total)) {
                out.push(found);
            }
        }
    }
}

fn finding(sheet: &Sheet<'_, '_>, total: usize, parts: Vec<usize>) -> Option<Finding> {
    let none = Figure::exact(Decimal::ZERO);
    let sum = parts.iter().try_fold(none, |sum, &part| sum.plus(sheet.figure(part)?))?;
    let formula = sheet.joined(&parts, " + ");
    Finding::new("stages", sheet, total, parts, sum, formula)
}

fn is_additive(record: &Observation<'_>) -> bool {
    record.indicator.is_some_and(|known| Nature::of(known).is_additive())
        && record.measure != Measure::Growth
}

/// The levels of the total's level, each stated once beside it.
fn levels(sheet: &Sheet<'_, '_>, total: usize) -> Option<Finding> {
    let of = sheet.record(total);
    let stages = stages(of.level?);
    if stages.is_empty() || !is_additive(of) {
        return None;
    }
    // A narrower scope is often said once, with the first of a row of sentences.
    let of_series = Series { scope: None, ..Series::of(of)? };
    let window = neighbours(sheet, total);
    let parts: Vec<usize> = stages
        .iter()
        .map(|&stage| {
            let wanted = Series { level: Some(stage), ..of_series };
            let fits = |&at: &usize| {
                let record = sheet.record(at);
                record.level == wanted.level
                    && Series::of(record).map(|series| Series { scope: None, ..series })
                        == Some(wanted)
                    && record.period == of.period
                    && record.measure == of.measure
                    && same_status(record, of)
                    && sheet.parent(at, Relation::Part).is_none()
            };
            let mut found = window.clone().filter(fits);
            let one = found.next();
            one.filter(|_| found.next().is_none())
        })
        .collect::<Option<_>>()?;
    let same_scope = parts.iter().all(|&part| sheet.record(part).scope == of.scope);
    let schools = of.unit == Unit::Institution;
    let found = finding(sheet, total, parts)?;
    // 九年一贯制学校 and 完全中学 are schools of two levels, and counted with neither or both.
    if schools && !found.agrees() {
        return None;
    }
    Some(if found.agrees() {
        found.holds()
    } else if !same_scope {
        found.because("not all of them are stated for the same scope")
    } else {
        let beside = found.terms.iter().all(|&part| sheet.same_sentence(part, total));
        let severity = if beside { Severity::Error } else { Severity::Warning };
        found.fails(Flag::SumMismatch, severity)
    })
}

/// The records of the sentence of one, and of those around it: parts stand beside their total.
fn neighbours(sheet: &Sheet<'_, '_>, at: usize) -> std::ops::Range<usize> {
    const SENTENCES: usize = 2;
    const RECORDS: usize = 60;
    let sentences = sheet.sentences();
    let here = sentences.partition_point(|sentence| sentence.end <= at);
    let last = (here + SENTENCES).min(sentences.len() - 1);
    let first = here.saturating_sub(SENTENCES);
    sentences[first].start.max(at.saturating_sub(RECORDS))..sentences[last].end.min(at + RECORDS)
}

/// `共资助困难学生33万余人` and, paragraph by paragraph, the pupils of each level who were aided: as many of the
/// records that follow as the total holds.
fn following(sheet: &Sheet<'_, '_>, total: usize) -> Option<Finding> {
    const FEWEST: usize = 3;
    const MOST: usize = 60;
    let of = sheet.record(total);
    let whole = of.level.is_none() || of.level == Some(Level::All);
    let fact = of.status == Status::Actual && of.measure == Measure::Value;
    let apart =
        || !sheet.has_parent(total) && sheet.children(total, Relation::Part).next().is_none();
    // Projects and awards are too unlike each other to make up anything.
    if !(whole && fact && is_additive(of) && apart()) || of.unit == Unit::Item {
        return None;
    }
    let same = |&at: &usize| {
        let record = sheet.record(at);
        record.unit == of.unit
            && record.region == of.region
            && record.per == of.per
            && record.measure == of.measure
            && same_status(record, of)
            && !sheet.same_sentence(at, total)
    };
    let following: Vec<usize> =
        sheet.of_indicator_after(total).take(MOST).take_while(same).collect();
    if following.len() < FEWEST {
        return None;
    }
    let most = sheet.figure(total)?.interval.high?;
    let mut parts = Vec::new();
    let mut sum = Figure::exact(Decimal::ZERO);
    for at in following {
        let Some(next) = sheet.figure(at).and_then(|figure| sum.plus(figure)) else { break };
        if next.value > most {
            break;
        }
        sum = next;
        parts.push(at);
    }
    if parts.len() < FEWEST {
        return None;
    }
    let levels = parts.iter().filter(|&&at| sheet.record(at).level.is_some()).count();
    let found = finding(sheet, total, parts)?;
    // Most of them are of some level: they break the total down.
    (found.agrees() && levels * 2 > found.terms.len()).then(|| {
        found.holds().because("no word ties these records to the total; together they make it up")
    })
}
