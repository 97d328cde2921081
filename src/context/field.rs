//! Whether a number is about education at all.
//!
//! Decided by what is counted and by what the passage is about, never by a list of forbidden words:
//! in a work report `招聘教师120名` is education, `投资3.2亿元` only where its clause or section is.

use std::ops::Range;

use crate::lexicon::senses::Noun;
use crate::lexicon::tokens::Tokens;

/// Whether a noun can only be counted in education.
pub const fn is_specific(noun: Noun) -> bool {
    match noun {
        Noun::School
        | Noun::ModelSchool
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
        Noun::OtherStaff
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
    range.any(|at| tokens.word(at).is_some_and(|word| word.education))
}

/// Whether a title, a publisher or a heading is about education: there the word itself says so.
pub fn titled_education(tokens: Tokens) -> bool {
    (0..tokens.len()).any(|at| tokens.str(at) == "教育")
        || speaks_of_education(tokens, 0..tokens.len())
}
