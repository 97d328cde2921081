//! Teachers, principals and other staff.

use super::{Extractor, Reading, measure};
use crate::codes::{Indicator, Level, Unit};
use crate::lexicon::senses::{Act, Noun};
use crate::lexicon::tokens::Tokens;

use super::statement::Statement;

/// Staff of education: in post, hired, exchanged, trained, given a benefit.
///
/// Reads `教职工27760人`, `共交流教师4518名`, and where no noun stands, the verb: `跨校竞聘460人`.
///
/// Leaves alone `资助63人`: that verb is said of students.
#[derive(Debug)]
pub struct Staff;

impl Extractor for Staff {
    fn name(&self) -> &'static str {
        "staff"
    }

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
