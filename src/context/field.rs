//! Whether a number is about education at all.
//!
//! Decided by what is counted and by what the passage is about, never by a list of forbidden words:
//! in a work report `招聘教师120名` is education, `投资3.2亿元` only where its clause or section is.

use std::ops::Range;

use crate::codes::Unit;
use crate::extract::statement::Statement;
use crate::lexicon::Word;
use crate::lexicon::senses::{Field, Noun};
use crate::lexicon::tokens::Tokens;
use crate::text::token::Mark;

use super::passage::Passage;

/// Whether a noun can only be counted in education.
pub const fn is_specific(noun: Noun) -> bool {
    match noun {
        Noun::School
        | Noun::SchoolGroup
        | Noun::TrainingInstitution
        | Noun::Student
        | Noun::Enrolled
        | Noun::Entrant
        | Noun::Graduate
        | Noun::Candidate
        | Noun::Staff
        | Noun::FullTimeTeacher
        | Noun::Teacher
        | Noun::EducationFund
        | Noun::PerStudentFund
        | Noun::Place
        | Noun::GrossRate
        | Noun::NetRate
        | Noun::RetentionRate
        | Noun::PromotionRate
        | Noun::InclusiveCoverage
        | Noun::StudentTeacherRatio
        | Noun::Myopia => true,
        // 示范园 is also a farm.
        Noun::ModelSchool
        | Noun::OtherStaff
        | Noun::Fund
        | Noun::AidFund
        | Noun::TeacherPay
        | Noun::FloorArea
        | Noun::LandArea
        | Noun::Room
        | Noun::Class
        | Noun::ClassSize
        | Noun::Equipment
        | Noun::Programme
        | Noun::Award
        | Noun::Enterprise
        | Noun::Organisation
        | Noun::Measure
        | Noun::CoverageRate
        | Noun::Qualification
        | Noun::Share
        | Noun::EmploymentRate
        | Noun::Satisfaction => false,
    }
}

/// Whether a run of tokens speaks of education: a level, or a noun that only education counts.
pub fn speaks_of_education(tokens: Tokens, mut range: Range<usize>) -> bool {
    range.any(|at| tokens.word(at).is_some_and(|word| word.field == Some(Field::Education)))
}

/// Whether a title, a publisher or a heading is about education: there the word itself says so.
pub fn titled_education(tokens: Tokens) -> bool {
    let names = |word: &Word| matches!(word.field, Some(Field::Education | Field::Title));
    (0..tokens.len()).any(|at| tokens.word(at).is_some_and(names))
}

/// Whether a statement is about education.
pub fn in_field(tokens: Tokens, passage: &Passage, statement: &Statement) -> bool {
    if passage.education_document || statement.noun.is_some_and(is_specific) {
        return true;
    }
    let phrase = &statement.phrase;
    // 垃圾处理率85%: what it measures is not known, so its own clause must say that it is education.
    if statement.noun.is_none() && phrase.unknown_label {
        return speaks_of_education(tokens, phrase.clause.clone());
    }
    if passage.sections.is_education() || speaks_of_education(tokens, phrase.clause.clone()) {
        return true;
    }
    // 投资2.2亿元,新建幼儿园43所: money is for what the next clause says; 新建幼儿园3所,食堂5个 goes on
    // with the clause before.
    let next = tokens.clause_at(phrase.clause.end + 1);
    let money = phrase.quantity.unit.unit == Unit::Yuan && speaks_of_education(tokens, next);
    let before = (0..phrase.clause.start)
        .rev()
        .skip(1)
        .find(|&at| matches!(tokens.mark(at), Some(Mark::Comma | Mark::Semicolon | Mark::Stop)))
        .map_or(0, |at| at + 1);
    let built = matches!(
        statement.noun,
        Some(Noun::Room | Noun::FloorArea | Noun::LandArea | Noun::Class | Noun::Equipment)
    );
    money || built && speaks_of_education(tokens, before..phrase.clause.start)
}
