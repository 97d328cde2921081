//! Money.

use super::{Extractor, Reading, measure};
use crate::codes::{Indicator, Per, Status, Unit};
use crate::lexicon::kinds::Kinds;
use crate::lexicon::senses::{Act, Noun, StatusWord};
use crate::lexicon::tokens::Tokens;
use crate::manual::documented;

use super::statement::Statement;

documented! {
    /// Money for education: spending, spending per student, construction, aid, pay.
    ///
    /// What is paid per head by rule is a norm. Money without a noun of its own takes the one that its
    /// sentence names before it: `落实生均公用经费拨款,按照每生每年600元`.
    ///
    /// - Reads: `2020年全市中小学落实学生资助资金2615万元。`
    ///   as `2615万元 | indicator=student_aid_funds unit=yuan value=26150000`
    /// - Reads: `小学生均公用经费标准为每生每年600元。`
    ///   as `600元 | indicator=expenditure_per_student per=student_year status=standard value=600`
    /// - Leaves: `2020年全市工业投资61亿元。`
    ///   because nothing ties the money to education.
    Funding = "funding"
}

impl Extractor for Funding {
    fn read(&self, tokens: Tokens, statement: &Statement) -> Option<Reading> {
        (statement.phrase.quantity.unit.unit == Unit::Yuan).then_some(())?;
        // 乡村教师生活补助: whom it is paid to.
        let label = statement.phrase.label;
        let to_teachers = tokens.with(label, Kinds::NOUN).any(|at| {
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
        let standard = tokens
            .with(label, Kinds::STATUS)
            .any(|at| tokens.status(at) == Some(StatusWord::Standard));
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
            // 教育支出年均70亿元 is all of a year.
            (Some(Noun::EducationFund), _) if per_head && statement.per != Some(Per::Year) => {
                Indicator::ExpenditurePerStudent
            }
            (Some(Noun::EducationFund), _) => Indicator::EducationExpenditure,
            _ => Indicator::Investment,
        };
        // 教师年人均工资8.6万元 is what they got, 每生每年1000元 what they are due.
        let due = (per_head && statement.per != Some(Per::Person))
            || each && indicator == Indicator::StudentAidStandard;
        let of_all = matches!(indicator, Indicator::Investment | Indicator::EducationExpenditure);
        let status = (due && !of_all).then_some(Status::Standard);
        Some(Reading {
            measure: measure(statement),
            status,
            ..Reading::value(indicator, Unit::Yuan)
        })
    }
}
