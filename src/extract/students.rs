//! Learners.

use super::{Extractor, Reading, measure};
use crate::codes::{Category, Indicator, Unit};
use crate::lexicon::senses::{Act, Noun};
use crate::lexicon::tokens::Tokens;

use super::statement::Statement;

/// Pupils, students, children: enrolled, newly admitted, graduated, aided, reached by a programme.
///
/// Reads `在校学生297438人` as enrolment, `共资助困难学生33万余人` as students aided, and where no noun
/// stands, the verb: `五年来共资助38517人`.
///
/// Leaves alone `教师3人`: staff.
#[derive(Debug)]
pub struct Students;

impl Extractor for Students {
    fn name(&self) -> &'static str {
        "students"
    }

    fn read(&self, tokens: Tokens, statement: &Statement) -> Option<Reading> {
        let unit = statement.phrase.quantity.unit.unit;
        let indicator = match statement.noun {
            // 适龄儿童以每年3000人的数量增长
            Some(Noun::Student) if statement.change.is_some() => Indicator::Enrolment,
            Some(Noun::Candidate) => {
                // The codebook has no row for those who sit an examination.
                (unit == Unit::Person).then_some(())?;
                let reading = Reading::unlisted(Category::Students, unit);
                return Some(Reading { measure: measure(statement), ..reading });
            }
            Some(noun) if noun.is_student() => tokens.lexicon.indicator(noun, statement.act)?,
            Some(_) => return None,
            None if statement.phrase.unknown_head => return None,
            None => match statement.act? {
                Act::Aid => Indicator::StudentsAided,
                Act::Admit => Indicator::AdmissionsHigher,
                Act::Enrol => Indicator::Entrants,
                Act::Graduate => Indicator::Graduates,
                // 职业技能培训4万余人次: the staff rule has declined.
                Act::Nurture | Act::Cover | Act::Train => Indicator::StudentsCovered,
                _ => return None,
            },
        };
        let base = match unit {
            Unit::Person | Unit::PersonTime => unit,
            // 受益幼儿3440个
            Unit::Item if statement.noun.is_some() => Unit::Person,
            _ => return None,
        };
        Some(Reading { measure: measure(statement), ..Reading::value(indicator, base) })
    }
}
