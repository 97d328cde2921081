//! What kind of number an indicator is: what may be added, what may be stated once only, and what has
//! a limit.

use crate::codes::{Indicator, Level};

/// The statistical nature of an indicator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Nature {
    /// A stock or flow of the whole system: parts add up, and at one time there is one value.
    Aggregate,
    /// A count or amount of a measure or programme: a place may have several at one time.
    Partial,
    /// A rate with one value at one time, that may exceed 100: gross enrolment counts pupils of any age.
    GrossRate,
    /// A rate with one value at one time, up to 100.
    Rate,
    /// A percentage of which a place may have several at one time, up to 100.
    PartialRate,
    /// An amount or ratio for each head: never added.
    PerHead,
}

impl Nature {
    /// The nature of an indicator, after its definition in the codebook.
    pub const fn of(indicator: Indicator) -> Self {
        use Indicator::*;
        match indicator {
            Schools | Enrolment | Entrants | Graduates | Staff | FullTimeTeachers => {
                Nature::Aggregate
            }
            // Which funds are meant, and which teachers, the codebook leaves open.
            EducationExpenditure | Teachers | SchoolsBuilt | SchoolsClosed | SchoolsUpgraded
            | SchoolsRecognised | SchoolsCovered | SchoolGroups | TrainingInstitutions
            | AdmissionsHigher | StudentsAided | StudentsCovered | TeachersRecruited
            | TeachersExchanged | TeachersTrained | TeachersCovered | OtherStaff | Investment
            | StudentAidFunds | TeacherPay | Places | FloorArea | LandArea | Rooms | Classes
            | Programmes | Awards | Enterprises => Nature::Partial,
            GrossEnrolmentRate => Nature::GrossRate,
            NetEnrolmentRate | RetentionRate | InclusiveCoverageRate => Nature::Rate,
            EnrolmentShare
            | PromotionRate
            | ProgrammeCoverageRate
            | TeacherQualificationRate
            | TeacherShare
            | EmploymentRate
            | SatisfactionRate
            | MyopiaRate
            | SchoolShare => Nature::PartialRate,
            ExpenditurePerStudent | StudentAidStandard | StudentTeacherRatio => Nature::PerHead,
        }
    }

    /// Whether two different values at one time contradict each other.
    pub const fn is_unique(self) -> bool {
        match self {
            Nature::Aggregate | Nature::GrossRate | Nature::Rate => true,
            Nature::Partial | Nature::PartialRate | Nature::PerHead => false,
        }
    }

    /// Whether values of parts add up to that of the whole.
    pub const fn is_additive(self) -> bool {
        match self {
            Nature::Aggregate | Nature::Partial => true,
            Nature::GrossRate | Nature::Rate | Nature::PartialRate | Nature::PerHead => false,
        }
    }

    /// Whether nothing can exceed 100 percent.
    pub const fn is_limited(self) -> bool {
        match self {
            Nature::Rate | Nature::PartialRate => true,
            Nature::Aggregate | Nature::Partial | Nature::GrossRate | Nature::PerHead => false,
        }
    }
}

/// The levels that make up a level, without gap or overlap, after ISCED 2011 and the Ministry's
/// statistical communiqués: 义务教育 is 小学 and 初中, 高中阶段 is 普通高中 and 中职.
pub const fn stages(level: Level) -> &'static [Level] {
    match level {
        Level::Compulsory => &[Level::Primary, Level::JuniorSecondary],
        Level::SeniorSecondary => &[Level::GeneralSeniorSecondary, Level::SecondaryVocational],
        Level::Secondary => &[Level::JuniorSecondary, Level::GeneralSeniorSecondary],
        Level::PrimaryAndSecondary => {
            &[Level::Primary, Level::JuniorSecondary, Level::GeneralSeniorSecondary]
        }
        Level::Vocational => &[Level::SecondaryVocational, Level::HigherVocational],
        Level::All
        | Level::Preschool
        | Level::Primary
        | Level::JuniorSecondary
        | Level::GeneralSeniorSecondary
        | Level::SecondaryVocational
        | Level::HigherVocational
        | Level::Higher
        | Level::Special
        | Level::Basic => &[],
    }
}
