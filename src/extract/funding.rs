//! Money.

use super::{Extractor, Reading, measure};
use crate::codes::{Indicator, Per, Status, Unit};
use crate::lexicon::senses::{Act, Noun, StatusWord};
use crate::lexicon::tokens::Tokens;

use super::statement::Statement;

/// Money for education: spending, spending per student, construction, aid, pay.
///
/// Reads `补助资金2615万元`, and as a norm what is paid per head: `小学生每生每年1000元`. Money without a
/// noun of its own takes the one its sentence names before it: `落实生均公用经费拨款,按照每生每年600元`.
///
/// Leaves alone what its sentence does not tie to education.
#[derive(Debug)]
pub struct Funding;

impl Extractor for Funding {
    fn name(&self) -> &'static str {
        "funding"
    }

    fn read(&self, tokens: Tokens, statement: &Statement) -> Option<Reading> {
        (statement.phrase.quantity.unit.unit == Unit::Yuan).then_some(())?;
        // 乡村教师生活补助: whom it is paid to.
        let to_teachers = statement.phrase.label.clone().any(|at| {
            tokens.noun(at).is_some_and(|noun| noun.is_staff() || noun == Noun::TeacherPay)
        });
        let per_head = matches!(
            statement.per,
            Some(
                Per::Person
                    | Per::PersonYear
                    | Per::PersonMonth
                    | Per::StudentYear
                    | Per::StudentMonth
                    | Per::Month
                    | Per::Year
            )
        );
        // 平均资助标准2000元
        let standard = statement.phrase.label.clone().any(|at| {
            tokens.word(at).is_some_and(|word| word.status == Some(StatusWord::Standard))
        });
        let each = per_head || standard || statement.per == Some(Per::Student);
        let indicator = match (statement.noun, statement.act) {
            (Some(Noun::AidFund), _) if to_teachers => Indicator::TeacherPay,
            (Some(Noun::AidFund), _) | (None | Some(Noun::Fund), Some(Act::Aid)) if each => {
                Indicator::StudentAidStandard
            }
            (Some(Noun::AidFund), _) | (None | Some(Noun::Fund), Some(Act::Aid)) => {
                Indicator::StudentAidFunds
            }
            (Some(Noun::TeacherPay), _) | (None, Some(Act::Reward)) => Indicator::TeacherPay,
            (Some(Noun::PerStudentFund), _) => Indicator::ExpenditurePerStudent,
            (Some(Noun::EducationFund), _) if per_head => Indicator::ExpenditurePerStudent,
            (Some(Noun::EducationFund), _) => Indicator::EducationExpenditure,
            _ => Indicator::Investment,
        };
        // 教师年人均工资8.6万元 is what they got, 每生每年1000元 what they are due.
        let due = (per_head && statement.per != Some(Per::Person))
            || each && indicator == Indicator::StudentAidStandard;
        let status = (due && indicator != Indicator::Investment).then_some(Status::Standard);
        Some(Reading {
            measure: measure(statement),
            status,
            ..Reading::value(indicator, Unit::Yuan)
        })
    }
}
