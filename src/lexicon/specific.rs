//! Which nouns only education has: a 教师 is one anywhere, a 项目 may be of any field.
//!
//! In: a noun. Out: whether a number of it is one of education, whatever stands around it.

use super::senses::Noun;

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
