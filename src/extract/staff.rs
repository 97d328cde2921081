//! Teachers, principals and other staff.

use super::{Extractor, Reading, measure};
use crate::codes::{Indicator, Level, Unit};
use crate::lexicon::senses::{Act, Noun};
use crate::lexicon::tokens::Tokens;
use crate::manual::documented;

use super::statement::Statement;

documented! {
    /// Staff of education: in post, hired, exchanged, trained, given a benefit.
    ///
    /// Where no noun stands, some verbs are said of staff alone: `跨校竞聘460人`.
    ///
    /// - Reads: `2020年全市小学教职工27760人。`
    ///   as `27760人 | indicator=staff level=primary unit=person value=27760`
    /// - Reads: `全市中小学跨校竞聘460人。`
    ///   as `460人 | indicator=teachers_exchanged unit=person value=460`
    /// - Leaves: `五年来全市中小学共资助38517人。`
    ///   because 资助 is said of students.
    Staff = "staff"
}

impl Extractor for Staff {
    fn read(&self, tokens: Tokens, statement: &Statement) -> Option<Reading> {
        let unit = statement.phrase.quantity.unit.unit;
        let indicator = match statement.noun {
            Some(Noun::OtherStaff) => Indicator::OtherStaff,
            Some(noun) if noun.is_staff() => tokens.lexicon.indicator(noun, statement.act)?,
            Some(_) => return None,
            None if statement.phrase.unknown_head => return None,
            None => match statement.act? {
                Act::Recruit => Indicator::TeachersRecruited,
                Act::Exchange => Indicator::TeachersExchanged,
                // 职业技能培训 is of learners.
                Act::Train
                    if statement.group.level.is_some_and(|l| l.value == Level::Vocational) =>
                {
                    return None;
                }
                Act::Train => Indicator::TeachersTrained,
                Act::Reward => Indicator::TeachersCovered,
                Act::Recognise => Indicator::OtherStaff,
                _ => return None,
            },
        };
        matches!(unit, Unit::Person | Unit::PersonTime).then_some(())?;
        Some(Reading { measure: measure(statement), ..Reading::value(indicator, unit) })
    }
}
