//! Percentages, percentage points, multiples, ratios.

use super::{Extractor, Reading};
use crate::codes::{Category, Indicator, Measure, Status, Unit};
use crate::flag::Flag;
use crate::lexicon::kinds::Kinds;
use crate::lexicon::senses::{Noun, Role};
use crate::lexicon::tokens::Tokens;
use crate::manual::documented;

use super::statement::{Statement, whole_behind};

documented! {
    /// Relative differences, and differences of percentages.
    ///
    /// A relative difference is growth of what grows. A difference of two percentages is in percentage
    /// points, also where the text writes `%`; that is flagged.
    ///
    /// - Reads: `2020年全市教育支出61亿元，较上年增长3.29%。`
    ///   as `3.29% | measure=growth indicator=education_expenditure unit=percent value=3.29`
    /// - Reads: `2020年全市民办小学在校生占比为7.9%，较上年减少了0.5%。`
    ///   as `0.5% | measure=change unit=percentage_point value=-0.5 flags=percent-means-points`
    /// - Leaves: `2020年全市普惠性幼儿园占比达到81.6%。`
    ///   because nothing is compared: 81.6% is a level.
    Growth = "growth"
}

impl Extractor for Growth {
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
                (Measure::Change, Unit::PercentagePoint, Some(Flag::PercentMeansPoints))
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

documented! {
    /// Rates and shares.
    ///
    /// A share is named by what it is a share of: `在园幼儿占比` of enrolment, `教师占比` of teachers. Where
    /// no rate is named, a percentage says how far a programme has come. What stands behind 按照 is a
    /// norm.
    ///
    /// - Reads: `2020年全市学前三年毛入园率97.8%。`
    ///   as `97.8% | indicator=gross_enrolment_rate level=preschool unit=percent value=97.8`
    /// - Leaves: `2020年全市高中招生比上年增长5%。`
    ///   because 5% is a difference, which `growth` reads.
    Percentage = "percentage"
}

impl Extractor for Percentage {
    fn read(&self, tokens: Tokens, statement: &Statement) -> Option<Reading> {
        let quantity = &statement.phrase.quantity;
        let unit = quantity.unit.unit;
        if !matches!(unit, Unit::Percent | Unit::PerMille | Unit::Ratio) {
            return None;
        }
        let by_rule = tokens.any(statement.phrase.label, Kinds::role(Role::By));
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
            tokens
                .outside_parens(0..quantity.tokens.start, Kinds::NOUN)
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

/// The indicator of a rate; of a share, by its whole; of what is counted, how far a programme has come there:
/// `在全市2%0余所学校`.
fn rate(tokens: Tokens, statement: &Statement, noun: Noun) -> Option<Indicator> {
    if noun != Noun::Share {
        let known = tokens.lexicon.indicator(noun, None)?;
        let is_rate = known.category() == Category::Percentage;
        return Some(if is_rate { known } else { Indicator::ProgrammeCoverageRate });
    }
    Some(match statement.whole.or_else(|| whole_behind(tokens, statement)) {
        Some(Noun::Enrolled | Noun::Entrant) => Indicator::EnrolmentShare,
        Some(noun) if noun.is_staff() => Indicator::TeacherShare,
        Some(Noun::School | Noun::ModelSchool) => Indicator::SchoolShare,
        _ => Indicator::ProgrammeCoverageRate,
    })
}
