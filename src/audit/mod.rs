//! Does the text agree with itself? Arithmetic on observations; no value is ever changed.
//!
//! In: records, of a reading or from a file. Out: [`Finding`]s. `911所(其中:小学365所;初中546所)` is a claim
//! that 365 and 546 make 911, and it holds. Every check is a file; those that compare documents look
//! at [`comparable`] records of all of them.

mod averages;
mod changes;
pub mod figure;
pub mod finding;
pub mod interval;
mod jumps;
mod limits;
pub mod nature;
mod norms;
mod parts;
mod points;
mod products;
mod repeated;
mod shares;
pub mod sheet;
mod stages;
mod wholes;

use crate::codes::{Indicator, Measure, Relation};
use crate::flag::raise;
use crate::lexicon::Lexicon;
use crate::manual::Documented;
use crate::observation::Observation;

pub use figure::Figure;
pub use finding::{Finding, Severity, Verdict};
use nature::Nature;
pub use sheet::Sheet;

/// A check: what it recomputes from records, and holds against what they claim.
pub trait Check: Documented + Sync {
    /// Adds what it finds in the records of one document.
    fn within(&self, sheet: &Sheet<'_, '_>, out: &mut Vec<Finding>);

    /// Adds what it finds between the records of several documents.
    fn across(&self, _sheet: &Sheet<'_, '_>, _out: &mut Vec<Finding>) {}
}

/// Every check, in the order of the report.
pub static ALL: &[&dyn Check] = &[
    &parts::Parts,
    &stages::Stages,
    &changes::Changes,
    &averages::Averages,
    &products::Products,
    &shares::Shares,
    &wholes::Wholes,
    &points::Points,
    &limits::Limits,
    &repeated::Repeated,
    &jumps::Jumps,
    &norms::Norms,
];

/// Checks the records of one document, in the order of the claims.
pub fn document(records: &[Observation<'_>], lexicon: &Lexicon) -> Vec<Finding> {
    let mut findings = within(&Sheet::new(records, lexicon));
    // In the order of the text; what is said of one record stays in the order of the checks.
    findings.sort_by_key(|found| found.claim);
    findings
}

/// Puts the flags of what fails on the records of one document, as [`flag`] does with what [`document`] finds, where
/// nobody wants to read that.
pub fn flag_document(records: &mut [Observation<'_>], lexicon: &Lexicon) {
    let findings = within(&Sheet::new(records, lexicon).wordless());
    flag(records, &findings);
}

fn within(sheet: &Sheet<'_, '_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    if !sheet.is_empty() {
        ALL.iter().for_each(|check| check.within(sheet, &mut findings));
    }
    findings
}

/// Checks the records of several documents against each other, in the order of [`ALL`].
pub fn documents(records: &[Observation<'_>], lexicon: &Lexicon) -> Vec<Finding> {
    let mut findings = Vec::new();
    let sheet = Sheet::new(records, lexicon);
    ALL.iter().for_each(|check| check.across(&sheet, &mut findings));
    findings
}

/// Puts the flags of what failed on the records concerned, which are those that were checked: on all of
/// them, where any may be wrong, else on the claim.
pub fn flag(records: &mut [Observation<'_>], findings: &[Finding]) {
    for finding in findings {
        let Some(flag) = finding.verdict.flag() else { continue };
        raise(&mut records[finding.claim].flags, flag);
        for &term in finding.terms.iter().filter(|_| flag.doubts_all()) {
            raise(&mut records[term].flags, flag);
        }
    }
}

/// Whether a record can be compared with records of other documents: what it measures has a value for
/// the whole of a place and time, both of which it knows.
pub fn comparable(record: &Observation<'_>) -> bool {
    let whole = |known: Indicator| match Nature::of(known) {
        Nature::Aggregate | Nature::GrossRate | Nature::Rate | Nature::PerHead => true,
        Nature::Partial | Nature::PartialRate => known == Indicator::EducationExpenditure,
    };
    let level = record.measure == Measure::Value || record.relation == Some(Relation::Change);
    record.indicator.is_some_and(whole)
        && level
        && record.region.is_some()
        && record.period.is_some()
}
