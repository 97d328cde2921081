//! So many, so much for each, so much in all.

use std::cmp::Reverse;

use rust_decimal::Decimal;

use super::finding::{Finding, Severity, Verdict};
use super::sheet::same_status;
use super::{Check, Figure, Sheet};
use crate::codes::{Category, Measure, Per, Unit};
use crate::flag::Flag;
use crate::manual::documented;
use crate::observation::Observation;

documented! {
    /// A count, an amount for each and an amount in all that stand side by side: 500名, 每人1000元, 50万元.
    ///
    /// Where the amount is for a month, for up to twelve of them; which number of months the text means,
    /// and whether all of those counted got it all the time, it seldom says.
    ///
    /// - Holds: `2021年全市为500名学生每人发放补助1000元,共计50万元。`
    ///   as `50万元 = 500名 × 1000元`
    /// - Fails: `2021年全市为500名学生每人发放补助1000元,共计60万元。`
    ///   as `product-mismatch`
    /// - Cannot tell: `2021年为6714名班主任落实每月500元的班主任津贴3250万元。`
    ///   because it is not a whole number of months.
    Products = "products"
}

impl Check for Products {
    fn within(&self, sheet: &Sheet<'_, '_>, out: &mut Vec<Finding>) {
        for sentence in sheet.sentences() {
            if !sentence.clone().any(|at| is_each(sheet.record(at))) {
                continue;
            }
            let records: Vec<usize> = sentence.clone().collect();
            let mut found: Vec<Finding> =
                records.windows(3).filter_map(|three| product(sheet, three)).collect();
            // 发放1.84亿元,为6714名班主任落实每月500元,共3250万元: of two amounts beside the same factors the one
            // that fits is theirs, else the later.
            found.sort_by(|a, b| {
                let rank =
                    |found: &Finding| (found.verdict != Verdict::Holds, Reverse(found.claim));
                (&a.terms, rank(a)).cmp(&(&b.terms, rank(b)))
            });
            found.dedup_by(|later, kept| later.terms == kept.terms);
            out.append(&mut found);
        }
    }
}

fn product(sheet: &Sheet<'_, '_>, three: &[usize]) -> Option<Finding> {
    let the_one = |is: &dyn Fn(&Observation<'_>) -> bool| {
        let mut found = three.iter().copied().filter(|&at| is(sheet.record(at)));
        found.next().filter(|_| found.next().is_none())
    };
    let each = the_one(&is_each)?;
    let total = the_one(&|record| is_money(record) && record.per.is_none())?;
    let per = sheet.record(each).per?;
    let count = the_one(&|record| {
        record.per.is_none() && record.measure == Measure::Value && counts(record, per)
    })?;
    if !same_status(sheet.record(total), sheet.record(count)) {
        return None;
    }
    let (heads, amount) = (sheet.figure(count)?, sheet.figure(each)?);
    let once = heads.times(amount)?;
    let found = |times: u8| {
        let times_written = if times > 1 { format!(" × {times}") } else { String::new() };
        let product = once.times(Figure::exact(times.into()))?;
        let formula = sheet
            .words(|| format!("{} × {}{times_written}", sheet.mention(count), sheet.mention(each)));
        Finding::new("products", sheet, total, vec![count, each], product, formula)
    };
    let most = times(per);
    if let Some(held) = (1..=most).filter_map(found).find(Finding::agrees) {
        return Some(held.holds());
    }
    let found = found(1)?;
    let ratio = found.claimed.value.checked_div(found.recomputed.value)?;
    if most == 1 {
        // Amounts that are far apart hardly belong together: each of 78万人 may get 4元 a day.
        let near = (Decimal::new(5, 1)..=Decimal::TWO).contains(&ratio);
        return Some(match near {
            true => found.or_fails(Flag::ProductMismatch, Severity::Warning),
            false => found.because("they are too far apart to belong together"),
        });
    }
    // 4342名 × 1000元 = 4342万元: ten times, a hundred times or ten thousand times is a lost digit or 万.
    let tenfold = [10u32, 100, 1_000, 10_000].into_iter().any(|by| {
        let times = once.times(Figure::exact(by.into()));
        most < 10 && times.is_some_and(|times| times.interval.meets(found.claimed.interval))
    });
    if tenfold {
        return Some(found.fails(Flag::ProductMismatch, Severity::Warning));
    }
    let times = super::interval::shown(ratio);
    Some(found.because(format!("it would be {times} times, and the text does not say how many")))
}

fn is_money(record: &Observation<'_>) -> bool {
    record.unit == Unit::Yuan && record.measure == Measure::Value
}

/// Whether a record is an amount for each.
fn is_each(record: &Observation<'_>) -> bool {
    is_money(record) && record.per.is_some()
}

/// Whether a record counts those for whom a denominator is.
fn counts(record: &Observation<'_>, per: Per) -> bool {
    let people = record.unit == Unit::Person;
    match per {
        Per::Student | Per::StudentYear | Per::StudentMonth => {
            people && record.category == Category::Students
        }
        Per::Person | Per::PersonYear | Per::PersonMonth | Per::Month => people,
        Per::Class => record.unit == Unit::Class,
        Per::Year => false,
    }
}

/// How often at most it may have been paid in the time that a total is for.
const fn times(per: Per) -> u8 {
    match per {
        Per::Student | Per::Person | Per::Class | Per::Year => 1,
        // Of a total over several years.
        Per::StudentYear | Per::PersonYear => 5,
        Per::Month | Per::StudentMonth | Per::PersonMonth => 12,
    }
}
