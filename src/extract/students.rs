//! Learners.

use super::{Extractor, Reading, measure};
use crate::codes::{Category, Indicator, Unit};
use crate::lexicon::senses::{Act, Noun};
use crate::lexicon::tokens::Tokens;
use crate::manual::documented;

use super::statement::Statement;

documented! {
    /// Learners: enrolled, newly admitted, graduated, aided, reached by a programme.
    ///
    /// Where no noun stands, some verbs are said of learners alone: `共资助38517人`.
    ///
    /// - Reads: `2020年全市小学在校生297438人。`
    ///   as `297438人 | indicator=enrolment level=primary unit=person value=297438`
    /// - Reads: `五年来全市中小学共资助38517人。`
    ///   as `38517人 | indicator=students_aided unit=person value=38517`
    /// - Leaves: `2020年全市小学教师2150人。`
    ///   because they are staff.
    Students = "students"
}

impl Extractor for Students {
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
            // 引进大学生1万人: no learners any more.
            Some(Noun::Student) if statement.act == Some(Act::Recruit) => return None,
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
