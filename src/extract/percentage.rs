//! Percentages, percentage points, multiples, ratios.

use super::phrase::outside_parens;
use super::{Extractor, Reading};
use crate::codes::{Category, Indicator, Measure, Status, Unit};
use crate::lexicon::senses::{Noun, Role};
use crate::lexicon::tokens::Tokens;

use super::statement::Statement;

/// Relative differences, and differences of percentages.
///
/// Reads `较上年增长3.29%` as growth of what grows. A difference of two percentages is in percentage
/// points, also where the text writes `%` (`占比…较上年减少了0.5%`); that is flagged.
///
/// Leaves alone `占比达到81.6%`: a level.
#[derive(Debug)]
pub struct Growth;

impl Extractor for Growth {
    fn name(&self) -> &'static str {
        "growth"
    }

    fn read(&self, tokens: Tokens, statement: &Statement) -> Option<Reading> {
        let unit = statement.phrase.quantity.unit.unit;
        // 超过省定目标18.5个百分点 compares without a verb of change.
        if statement.change.is_none() && unit != Unit::PercentagePoint {
            return None;
        }
        let of_rate = statement.noun.is_some_and(Noun::is_rate);
        let (measure, base, flag) = match unit {
            Unit::PercentagePoint => (Measure::Change, unit, None),
            Unit::Percent if of_rate => {
                (Measure::Change, Unit::PercentagePoint, Some("percent-means-points"))
            }
            Unit::Percent | Unit::Multiple | Unit::Doubling | Unit::PerMille => {
                (Measure::Growth, unit, None)
            }
            _ => return None,
        };
        let indicator = match statement.noun {
            Some(noun) if noun.is_rate() => rate(tokens, statement, noun),
            Some(noun) => tokens.lexicon.indicator(noun, statement.act),
            None => None,
        };
        Some(Reading {
            indicator,
            category: Category::Percentage,
            unit: base,
            measure,
            status: None,
            flag,
        })
    }
}

/// Rates and shares.
///
/// Reads `学前三年毛入园率97.8%`; a share by what it is a share of: `在园幼儿占比` of enrolment, `教师占比`
/// of teachers. Where no rate is named, a percentage says how far a programme has come.
///
/// Leaves alone `增长3.29%`.
#[derive(Debug)]
pub struct Percentage;

impl Extractor for Percentage {
    fn name(&self) -> &'static str {
        "percentage"
    }

    fn read(&self, tokens: Tokens, statement: &Statement) -> Option<Reading> {
        let quantity = &statement.phrase.quantity;
        let unit = quantity.unit.unit;
        if !matches!(unit, Unit::Percent | Unit::PerMille | Unit::Ratio) {
            return None;
        }
        let by_rule = statement.phrase.label.clone().any(|at| tokens.is(at, Role::By));
        if by_rule {
            // 按照在校生20%的比例
            return Some(Reading {
                status: Some(Status::Standard),
                ..Reading::value(Indicator::ProgrammeCoverageRate, unit)
            });
        }
        let unknown = statement.phrase.unknown_label;
        let noun = statement.noun.or_else(|| {
            if unknown {
                return None;
            }
            outside_parens(tokens, 0..quantity.tokens.start)
                .filter_map(|at| tokens.noun(at))
                .filter(|noun| noun.is_rate())
                .last()
        });
        let indicator = match noun {
            Some(noun) => rate(tokens, statement, noun)?,
            None => Indicator::ProgrammeCoverageRate,
        };
        Some(Reading::value(indicator, unit))
    }
}

/// The indicator of a rate; of a share, by its whole.
fn rate(tokens: Tokens, statement: &Statement, noun: Noun) -> Option<Indicator> {
    if noun != Noun::Share {
        return tokens.lexicon.indicator(noun, None);
    }
    Some(match statement.whole {
        Some(Noun::Enrolled) => Indicator::EnrolmentShare,
        Some(noun) if noun.is_staff() => Indicator::TeacherShare,
        Some(Noun::School | Noun::ModelSchool) => Indicator::SchoolShare,
        _ => Indicator::ProgrammeCoverageRate,
    })
}
