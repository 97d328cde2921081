//! The rules: from a statement to what it measures.
//!
//! One file a category. A rule looks at the noun, the act and the unit of a statement and says which
//! indicator it is, or declines. The first that accepts, in the order of [`ALL`], has it.

pub mod capacity;
pub mod change;
pub mod funding;
pub mod lists;
pub mod other;
pub mod percentage;
pub mod phrase;
pub mod schools;
pub mod staff;
pub mod statement;
pub mod students;
pub mod table;
pub mod ties;

use crate::codes::{Category, Indicator, Measure, Status, Unit};
use crate::flag::Flag;
use crate::lexicon::tokens::Tokens;
use crate::manual::Documented;

use statement::Statement;

/// What a rule finds in a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reading {
    /// What was measured, where the codebook has it.
    pub indicator: Option<Indicator>,
    /// Kind of statistic.
    pub category: Category,
    /// Base unit: that of the thing counted, whatever the counter.
    pub unit: Unit,
    /// A level or a difference.
    pub measure: Measure,
    /// A norm or plan, where the rule can tell.
    pub status: Option<Status>,
    /// A problem found in reading.
    pub flag: Option<Flag>,
}

impl Reading {
    /// A level of an indicator, in its own category.
    pub fn value(indicator: Indicator, unit: Unit) -> Self {
        Reading {
            indicator: Some(indicator),
            category: indicator.category(),
            unit,
            measure: Measure::Value,
            status: None,
            flag: None,
        }
    }

    /// A level of something that the codebook has no row for.
    pub fn unlisted(category: Category, unit: Unit) -> Self {
        let (indicator, measure) = (None, Measure::Value);
        Reading { indicator, category, unit, measure, status: None, flag: None }
    }
}

/// A rule.
pub trait Extractor: Documented + Sync {
    /// What the statement measures, or nothing when it is not for this rule.
    fn read(&self, tokens: Tokens, statement: &Statement) -> Option<Reading>;
}

/// Every rule, in the order in which they are asked.
pub static ALL: &[&dyn Extractor] = &[
    &percentage::Growth,
    &percentage::Percentage,
    &funding::Funding,
    &capacity::Capacity,
    &schools::Schools,
    &staff::Staff,
    &students::Students,
    &other::Other,
];

/// The first reading of a statement, with the name of its rule.
pub fn read(tokens: Tokens, statement: &Statement) -> Option<(Reading, &'static str)> {
    ALL.iter().find_map(|rule| Some((rule.read(tokens, statement)?, rule.name())))
}

/// An absolute difference keeps category and unit of its level.
fn measure(statement: &Statement) -> Measure {
    if statement.change.is_some() { Measure::Change } else { Measure::Value }
}
