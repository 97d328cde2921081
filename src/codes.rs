//! The closed vocabularies of the record: each enum is one column, each variant one code.
//!
//! The codes and their meaning are those of the record's definition. What documents a variant here is
//! what `edustat list` prints.

use std::fmt;

/// A code that no vocabulary knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownCode {
    /// The column: `level`, `unit` …
    pub vocabulary: &'static str,
    /// The codes that it has.
    pub known: Vec<&'static str>,
    /// What was found there.
    pub found: String,
}

impl fmt::Display for UnknownCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let known = self.known.join(", ");
        write!(f, "{}: expected one of {known}, found {:?}", self.vocabulary, self.found)
    }
}

impl std::error::Error for UnknownCode {}

/// A closed vocabulary.
pub trait Vocabulary: Copy + Eq + 'static {
    /// The code as it stands in CSV and JSON.
    fn code(self) -> &'static str;
}

/// Declares an enum whose variants are the codes of one column.
macro_rules! codes {
    ($(#[$doc:meta])* $name:ident($column:literal) { $($(#[doc = $vdoc:literal])+ $variant:ident = $code:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[doc = $vdoc])+ $variant,)+ }

        impl $name {
            /// Every variant, in the order of the documentation.
            pub const ALL: &'static [$name] = &[$($name::$variant,)+];

            /// The code as it stands in CSV and JSON.
            pub const fn code(self) -> &'static str {
                // A table: which arm a `match` takes is hard to guess.
                const CODES: &[&str] = &[$($code,)+];
                CODES[self as usize]
            }

            /// What the code means, in a sentence: the documentation of its variant.
            pub const fn meaning(self) -> &'static str {
                match self { $($name::$variant => concat!($($vdoc),+).trim_ascii(),)+ }
            }
        }

        impl $crate::codes::Vocabulary for $name {
            fn code(self) -> &'static str {
                self.code()
            }
        }

        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.pad(self.code())
            }
        }

        impl ::std::str::FromStr for $name {
            type Err = $crate::codes::UnknownCode;
            fn from_str(code: &str) -> Result<Self, $crate::codes::UnknownCode> {
                match code {
                    $($code => Ok($name::$variant),)+
                    _ => Err($crate::codes::UnknownCode {
                        vocabulary: $column,
                        known: vec![$($code),+],
                        found: code.to_owned(),
                    }),
                }
            }
        }
    };
}
pub(crate) use codes;

codes! {
    /// Education level of the people or institutions counted.
    Level("level") {
        /// 各级各类: all levels together.
        All = "all",
        /// 学前, 幼儿园.
        Preschool = "preschool",
        /// 小学.
        Primary = "primary",
        /// 初中.
        JuniorSecondary = "junior_secondary",
        /// 义务教育, 九年一贯制.
        Compulsory = "compulsory",
        /// 中小学, 十二年一贯制.
        PrimaryAndSecondary = "primary_and_secondary",
        /// 中学, 初高中, 完全中学.
        Secondary = "secondary",
        /// 高中阶段.
        SeniorSecondary = "senior_secondary",
        /// 普通高中, 高中.
        GeneralSeniorSecondary = "general_senior_secondary",
        /// 中职, 中专, 职高, 技工.
        SecondaryVocational = "secondary_vocational",
        /// 职业教育, 职业院校.
        Vocational = "vocational",
        /// 高职.
        HigherVocational = "higher_vocational",
        /// 高校, 大学, 本科, 专科.
        Higher = "higher",
        /// 特殊教育.
        Special = "special",
        /// 基础教育; 学校和幼儿园 named together.
        Basic = "basic",
    }
}

codes! {
    /// Kind of statistic.
    Category("category") {
        /// Schools, kindergartens, colleges, training institutions, school groups.
        Schools = "schools",
        /// Pupils, children, entrants, graduates, beneficiaries who are students.
        Students = "students",
        /// Teachers, principals, other staff, inspectors.
        Staff = "staff",
        /// Money.
        Funding = "funding",
        /// Percentages, percentage points, fractions, multiples.
        Percentage = "percentage",
        /// Places, classes, rooms, floor area, land, bases, equipment.
        Capacity = "capacity",
        /// Everything else: projects, programmes, awards, enterprises.
        Other = "other",
    }
}

codes! {
    /// What was measured: a row of the codebook.
    Indicator("indicator") {
        /// 学校数.
        Schools = "schools",
        /// 新建改扩建学校数.
        SchoolsBuilt = "schools_built",
        /// 撤并学校数.
        SchoolsClosed = "schools_closed",
        /// 改造提升学校数.
        SchoolsUpgraded = "schools_upgraded",
        /// 认定达标学校数.
        SchoolsRecognised = "schools_recognised",
        /// 项目覆盖学校数.
        SchoolsCovered = "schools_covered",
        /// 办学集团数.
        SchoolGroups = "school_groups",
        /// 校外培训机构数.
        TrainingInstitutions = "training_institutions",
        /// 在校生数.
        Enrolment = "enrolment",
        /// 在校生占比.
        EnrolmentShare = "enrolment_share",
        /// 招生数.
        Entrants = "entrants",
        /// 毕业生数.
        Graduates = "graduates",
        /// 升学人数.
        AdmissionsHigher = "admissions_higher",
        /// 资助学生数.
        StudentsAided = "students_aided",
        /// 受益学生数.
        StudentsCovered = "students_covered",
        /// 教职工数.
        Staff = "staff",
        /// 专任教师数.
        FullTimeTeachers = "full_time_teachers",
        /// 教师数.
        Teachers = "teachers",
        /// 招聘引进教师数.
        TeachersRecruited = "teachers_recruited",
        /// 交流轮岗教师数.
        TeachersExchanged = "teachers_exchanged",
        /// 培训教师数.
        TeachersTrained = "teachers_trained",
        /// 受益教师数.
        TeachersCovered = "teachers_covered",
        /// 其他人员数.
        OtherStaff = "other_staff",
        /// 教育经费支出.
        EducationExpenditure = "education_expenditure",
        /// 生均教育经费.
        ExpenditurePerStudent = "expenditure_per_student",
        /// 建设投入资金.
        Investment = "investment",
        /// 学生资助资金.
        StudentAidFunds = "student_aid_funds",
        /// 学生资助标准.
        StudentAidStandard = "student_aid_standard",
        /// 教师待遇资金.
        TeacherPay = "teacher_pay",
        /// 毛入学率.
        GrossEnrolmentRate = "gross_enrolment_rate",
        /// 净入学率.
        NetEnrolmentRate = "net_enrolment_rate",
        /// 巩固率.
        RetentionRate = "retention_rate",
        /// 升学率.
        PromotionRate = "promotion_rate",
        /// 普惠性幼儿园覆盖率.
        InclusiveCoverageRate = "inclusive_coverage_rate",
        /// 覆盖率.
        ProgrammeCoverageRate = "programme_coverage_rate",
        /// 教师学历比例.
        TeacherQualificationRate = "teacher_qualification_rate",
        /// 教师占比.
        TeacherShare = "teacher_share",
        /// 就业率.
        EmploymentRate = "employment_rate",
        /// 满意度.
        SatisfactionRate = "satisfaction_rate",
        /// 近视率.
        MyopiaRate = "myopia_rate",
        /// 学校占比.
        SchoolShare = "school_share",
        /// 生师比.
        StudentTeacherRatio = "student_teacher_ratio",
        /// 学位数.
        Places = "places",
        /// 校舍面积.
        FloorArea = "floor_area",
        /// 占地面积.
        LandArea = "land_area",
        /// 教室资源数.
        Rooms = "rooms",
        /// 班级数.
        Classes = "classes",
        /// 专业与试点项目数.
        Programmes = "programmes",
        /// 奖项荣誉数.
        Awards = "awards",
        /// 合作企业数.
        Enterprises = "enterprises",
    }
}

codes! {
    /// Base unit of a value.
    Unit("unit") {
        /// 所, 家, 园 for institutions.
        Institution = "institution",
        /// 人, 名.
        Person = "person",
        /// 人次: one person counted each time.
        PersonTime = "person_time",
        /// 元.
        Yuan = "yuan",
        /// %.
        Percent = "percent",
        /// 百分点.
        PercentagePoint = "percentage_point",
        /// ‰.
        PerMille = "per_mille",
        /// `16.2:1` is 16.2.
        Ratio = "ratio",
        /// 倍.
        Multiple = "multiple",
        /// 番: doublings.
        Doubling = "doubling",
        /// 学位.
        Place = "place",
        /// 班.
        Class = "class",
        /// 平方米.
        SquareMetre = "square_metre",
        /// 亩.
        Mu = "mu",
        /// Any other counter: 个, 项, 类, 处, 次 …
        Item = "item",
    }
}

codes! {
    /// Ownership of the institutions counted.
    Ownership("ownership") {
        /// 公办.
        Public = "public",
        /// 民办.
        Private = "private",
        /// 普惠性.
        Inclusive = "inclusive",
        /// 普惠性民办.
        InclusivePrivate = "inclusive_private",
    }
}

codes! {
    /// Urban or rural.
    Locality("locality") {
        /// 城镇, 城区, 县城.
        Urban = "urban",
        /// 农村, 乡村, 乡镇.
        Rural = "rural",
    }
}

codes! {
    /// A level, or a difference of levels.
    Measure("measure") {
        /// A level at a time or over a period.
        Value = "value",
        /// An absolute difference.
        Change = "change",
        /// A relative difference, in percent, multiples or doublings.
        Growth = "growth",
    }
}

codes! {
    /// How tightly the figure is stated.
    Bound("bound") {
        /// As written.
        Exact = "exact",
        /// 约, 左右, 近.
        Approx = "approx",
        /// 以上, 余, 多, 超过, 不低于.
        AtLeast = "at_least",
        /// 以内, 以下, 不超过.
        AtMost = "at_most",
        /// Between `value` and `value_max`.
        Range = "range",
    }
}

codes! {
    /// The denominator that the text states.
    Per("per") {
        /// 生均.
        Student = "student",
        /// 每人, 人均.
        Person = "person",
        /// 每班.
        Class = "class",
        /// 每年, 年均.
        Year = "year",
        /// 每月.
        Month = "month",
        /// 每生每年.
        StudentYear = "student_year",
        /// 每生每月.
        StudentMonth = "student_month",
        /// 每人每年.
        PersonYear = "person_year",
        /// 每人每月.
        PersonMonth = "person_month",
    }
}

codes! {
    /// Fact, plan or norm.
    Status("status") {
        /// A fact.
        Actual = "actual",
        /// Planned, expected, promised or under way.
        Target = "target",
        /// A norm, quota, threshold or rule that a figure is held against.
        Standard = "standard",
    }
}

codes! {
    /// What a record is to its parent.
    Relation("relation") {
        /// Part of a total.
        Part = "part",
        /// Share of it, in percent.
        Share = "share",
        /// Change of it.
        Change = "change",
    }
}

impl Level {
    /// The levels of ISCED 2011, the International Standard Classification of Education, that it
    /// spans; absent where it is none of them.
    pub const fn isced(self) -> Option<&'static str> {
        match self {
            Level::All | Level::Special => None,
            Level::Preschool => Some("02"),
            Level::Primary => Some("1"),
            Level::JuniorSecondary => Some("2"),
            Level::Compulsory => Some("1+2"),
            Level::PrimaryAndSecondary => Some("1+2+3"),
            Level::Secondary => Some("2+3"),
            Level::SeniorSecondary => Some("3"),
            Level::GeneralSeniorSecondary => Some("3 (general)"),
            Level::SecondaryVocational => Some("3 (vocational)"),
            Level::Vocational => Some("3+5 (vocational)"),
            Level::HigherVocational => Some("5"),
            Level::Higher => Some("5-8"),
            Level::Basic => Some("0-3"),
        }
    }
}

impl Indicator {
    /// The category of an indicator's level, as the codebook gives it.
    pub const fn category(self) -> Category {
        use Indicator::*;
        match self {
            Schools | SchoolsBuilt | SchoolsClosed | SchoolsUpgraded | SchoolsRecognised
            | SchoolsCovered | SchoolGroups | TrainingInstitutions => Category::Schools,
            Enrolment | Entrants | Graduates | AdmissionsHigher | StudentsAided
            | StudentsCovered => Category::Students,
            Staff | FullTimeTeachers | Teachers | TeachersRecruited | TeachersExchanged
            | TeachersTrained | TeachersCovered | OtherStaff => Category::Staff,
            EducationExpenditure
            | ExpenditurePerStudent
            | Investment
            | StudentAidFunds
            | StudentAidStandard
            | TeacherPay => Category::Funding,
            EnrolmentShare
            | GrossEnrolmentRate
            | NetEnrolmentRate
            | RetentionRate
            | PromotionRate
            | InclusiveCoverageRate
            | ProgrammeCoverageRate
            | TeacherQualificationRate
            | TeacherShare
            | EmploymentRate
            | SatisfactionRate
            | MyopiaRate
            | SchoolShare
            | StudentTeacherRatio => Category::Percentage,
            Places | FloorArea | LandArea | Rooms | Classes => Category::Capacity,
            Programmes | Awards | Enterprises => Category::Other,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The enum and the codebook say the same, in the same order.
    #[test]
    fn indicators_are_the_codebook() {
        let mut rows = csv::Reader::from_reader(include_bytes!("lexicon/codebook.csv").as_slice());
        let book: Vec<(String, String)> = rows
            .records()
            .map(|row| row.unwrap())
            .map(|row| (row[0].to_owned(), row[2].to_owned()))
            .collect();
        let code: Vec<(String, String)> = Indicator::ALL
            .iter()
            .map(|i| (i.code().to_owned(), i.category().code().to_owned()))
            .collect();
        assert_eq!(code, book);
    }

    #[test]
    fn a_code_reads_back_as_itself() {
        for level in Level::ALL {
            assert_eq!(level.code().parse(), Ok(*level));
        }
        assert_eq!(
            "actaul".parse::<Status>().unwrap_err().to_string(),
            "status: expected one of actual, target, standard, found \"actaul\""
        );
    }
}
