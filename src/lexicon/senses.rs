//! The senses a word can have, as the tables of this folder spell them.

use crate::codes::codes;
use crate::codes::{Bound, Unit, UnknownCode};

codes! {
    /// What a noun names: the thing counted or measured.
    Noun("noun") {
        /// A school, kindergarten or college.
        School = "school",
        /// A school of a status that is awarded: 示范园, 平安校园.
        ModelSchool = "model_school",
        /// A group or alliance of schools.
        SchoolGroup = "school_group",
        /// An off-campus training institution.
        TrainingInstitution = "training_institution",
        /// Pupils, students or children, however counted.
        Student = "student",
        /// Those enrolled.
        Enrolled = "enrolled",
        /// Those newly admitted.
        Entrant = "entrant",
        /// Those who finished.
        Graduate = "graduate",
        /// Those who sit an examination.
        Candidate = "candidate",
        /// All staff of institutions.
        Staff = "staff",
        /// Full-time teachers.
        FullTimeTeacher = "full_time_teacher",
        /// Teachers and principals of any other definition.
        Teacher = "teacher",
        /// Other staff by role.
        OtherStaff = "other_staff",
        /// Money without a purpose of its own: 资金, 投资.
        Fund = "fund",
        /// Public money for education as a whole.
        EducationFund = "education_fund",
        /// Money per student.
        PerStudentFund = "per_student_fund",
        /// Aid to students.
        AidFund = "aid_fund",
        /// Pay, bonus or allowance of teachers.
        TeacherPay = "teacher_pay",
        /// School places.
        Place = "place",
        /// Buildings and their floor area.
        FloorArea = "floor_area",
        /// Land and grounds.
        LandArea = "land_area",
        /// Rooms, centres, bases.
        Room = "room",
        /// Classes.
        Class = "class",
        /// Pupils in a class.
        ClassSize = "class_size",
        /// Books, computers, buses.
        Equipment = "equipment",
        /// Study programmes, pilots, projects, courses.
        Programme = "programme",
        /// Prizes and honours.
        Award = "award",
        /// Enterprises.
        Enterprise = "enterprise",
        /// Offices and organisations that are no schools.
        Organisation = "organisation",
        /// Measures, rules, tasks: counted in texts, but no statistic.
        Measure = "measure",
        /// Gross enrolment rate.
        GrossRate = "gross_rate",
        /// Net enrolment rate.
        NetRate = "net_rate",
        /// Retention rate.
        RetentionRate = "retention_rate",
        /// Transition or pass rate.
        PromotionRate = "promotion_rate",
        /// Coverage of inclusive kindergartens.
        InclusiveCoverage = "inclusive_coverage",
        /// Coverage, participation, completion of anything else.
        CoverageRate = "coverage_rate",
        /// Degree or qualification of teachers.
        Qualification = "qualification",
        /// 占比: a share of whatever stands before it.
        Share = "share",
        /// Employment rate.
        EmploymentRate = "employment_rate",
        /// Satisfaction.
        Satisfaction = "satisfaction",
        /// Myopia.
        Myopia = "myopia",
        /// Students per teacher.
        StudentTeacherRatio = "student_teacher_ratio",
    }
}

codes! {
    /// What was done to the thing counted.
    Act("act") {
        /// Built, extended, opened, put into use.
        Build = "build",
        /// Merged, closed, stopped.
        Close = "close",
        /// Renovated, brought up to a norm.
        Upgrade = "upgrade",
        /// Awarded, certified, listed.
        Recognise = "recognise",
        /// Covered, served, benefited.
        Cover = "cover",
        /// Aided, exempted.
        Aid = "aid",
        /// Hired, introduced.
        Recruit = "recruit",
        /// Rotated, exchanged, sent.
        Exchange = "exchange",
        /// Trained.
        Train = "train",
        /// Given money, an award or a benefit.
        Reward = "reward",
        /// Admitted to a higher stage.
        Admit = "admit",
        /// Finished school.
        Graduate = "graduate",
        /// Brought up, as skilled workers are.
        Nurture = "nurture",
        /// Newly enrolled.
        Enrol = "enrol",
        /// Has room for.
        Contain = "contain",
        /// Money put in.
        Invest = "invest",
        /// Equipped with people or things.
        Equip = "equip",
        /// Added.
        Add = "add",
        /// Completed, carried out.
        Complete = "complete",
    }
}

codes! {
    /// Whether a verb yields to any other of its clause.
    Strength("strength") {
        /// It governs its clause.
        Strong = "strong",
        /// 新增, 完成: another verb of the clause says what was done.
        Weak = "weak",
    }
}

codes! {
    /// A word of grammar that the rules look for.
    Role("role") {
        /// 其中.
        OfWhich = "of_which",
        /// 分别.
        Respectively = "respectively",
        /// 由, 从: an earlier value follows.
        FromValue = "from_value",
        /// 自: a rule or series begins.
        Starting = "starting",
        /// 几, 数: a number that is not told.
        Vague = "vague",
        /// 方面: what stands before is the topic.
        Topic = "topic",
        /// 提高到: the value now follows.
        ToValue = "to_value",
        /// 增长.
        Rise = "rise",
        /// 减少.
        Fall = "fall",
        /// 较上年.
        Compare = "compare",
        /// 和.
        And = "and",
        /// 等, after examples.
        Etc = "etc",
        /// 为, 有, 共: between a noun and its number.
        Link = "link",
        /// 的.
        Of = "of",
        /// 每, 各.
        Each = "each",
        /// 第.
        Ordinal = "ordinal",
        /// 至, 到.
        To = "to",
        /// 按照, 以: what follows is the rule.
        By = "by",
        /// 高于: what follows is held against.
        Against = "against",
        /// 分之.
        Fraction = "fraction",
        /// 如.
        SuchAs = "such_as",
        /// 含, 包括.
        Including = "including",
        /// 对, 在, 把.
        Preposition = "prep",
        /// 基础上: what stands before was there already.
        OnBasis = "on_basis",
    }
}

codes! {
    /// A plan, a norm, or a heading that makes everything under it one.
    StatusWord("status") {
        /// 预计, 力争.
        Target = "target",
        /// 计划, where it is no part of a name and a verb follows.
        Intend = "intend",
        /// 将, 拟: where a verb follows.
        Will = "will",
        /// 确保, 力争: in their own clause.
        Aim = "aim",
        /// 标准, 要求.
        Standard = "standard",
        /// 启动, 铺开: with building, not yet a fact.
        UnderWay = "under_way",
        /// 已.
        Actual = "actual",
        /// 建成, 竣工: what was under way before is another thing.
        Done = "done",
        /// 下一步, 重点工作: in a heading.
        PlanHeading = "plan_heading",
        /// 工作要点, 规划: in a title, which makes the whole document a plan.
        PlanTitle = "plan_title",
        /// 工作报告: in a title, whose year is that of the report and not of what it reports.
        Report = "report",
        /// 回顾: in a heading.
        ActualHeading = "actual_heading",
        /// 民生实事: what a government promises to do, unless its sentence says that it is done.
        Deeds = "deeds",
    }
}

codes! {
    /// Whom a text means by 全市 or 国家.
    Body("body") {
        /// 全市: the prefecture-level or county-level city that speaks.
        City = "prefecture_or_county",
        /// 全州.
        Prefecture = "prefecture",
        /// 全县, 我区.
        County = "county",
        /// 全省, 省政府.
        Province = "province",
        /// 全国, 国家.
        Nation = "nation",
    }
}

codes! {
    /// Whether a word says by itself that a text is about education, where its noun and level do not
    /// already tell.
    Field("field") {
        /// 校舍, 学费: nouns of many kinds, in words that only education has.
        Education = "education",
        /// 教育 in a title or a heading names the field; in a sentence it may be any: 宣传教育.
        Title = "title",
        /// 示范园: a kindergarten, and elsewhere a farm.
        Any = "any",
    }
}

codes! {
    /// Words that narrow a region without being one.
    Scope("scope") {
        /// 主城区: a part of it.
        Part = "part",
        /// 县区: the divisions under it, which may be counted (12个县区).
        Divisions = "divisions",
    }
}

codes! {
    /// What a unit measures or counts.
    UnitKind("kind") {
        /// 元, %, 平方米: a measure.
        Measure = "measure",
        /// 所, 人, 台: things of one kind.
        Counter = "counter",
        /// 个: things of any kind, which name the unit.
        General = "general",
    }
}

codes! {
    /// Where a bound stands.
    BoundPlace("position") {
        /// 约2700人.
        Before = "before",
        /// 不低于在校生10%: anywhere before it in its clause.
        Clause = "clause",
        /// 90%以上.
        After = "after",
    }
}

/// A word of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Time {
    /// 目前, 现有: the day of publication.
    Now,
    /// 今年.
    ThisYear,
    /// 去年, 上年.
    LastYear,
    /// 明年.
    NextYear,
    /// 近年来: no period, and none carries past it.
    Recent,
    /// 截至.
    Until,
    /// 以来.
    Since,
    /// 期间.
    During,
    /// 年底, 底.
    YearEnd,
    /// 月底.
    MonthEnd,
    /// 学年.
    AcademicYear,
    /// 未来.
    Coming,
    /// 过去.
    Past,
    /// 年来, after a number.
    YearsBack,
    /// 年.
    Year,
    /// 月.
    Month,
    /// 日.
    Day,
    /// 时间, behind a number of years: 用两年时间.
    Length,
    /// 全年: the year the text speaks of.
    TextYear,
    /// 近, before a number of years.
    Near,
    /// 起.
    From,
    /// 十四五: the five-year plan that begins in this year.
    Plan(u16),
}

/// The codes of the words of time; those of the five-year plans are `plan2021`, `plan2016` …
const TIMES: &[(&str, Time)] = &[
    ("now", Time::Now),
    ("this_year", Time::ThisYear),
    ("last_year", Time::LastYear),
    ("next_year", Time::NextYear),
    ("recent", Time::Recent),
    ("until", Time::Until),
    ("since", Time::Since),
    ("during", Time::During),
    ("year_end", Time::YearEnd),
    ("month_end", Time::MonthEnd),
    ("academic_year", Time::AcademicYear),
    ("coming", Time::Coming),
    ("past", Time::Past),
    ("years_back", Time::YearsBack),
    ("year", Time::Year),
    ("month", Time::Month),
    ("day", Time::Day),
    ("length", Time::Length),
    ("text_year", Time::TextYear),
    ("near", Time::Near),
    ("from", Time::From),
];

impl std::str::FromStr for Time {
    type Err = UnknownCode;

    fn from_str(code: &str) -> Result<Self, Self::Err> {
        let plan =
            || code.strip_prefix("plan").and_then(|year| Some(Time::Plan(year.parse().ok()?)));
        let word = TIMES.iter().find(|(name, _)| *name == code).map(|(_, time)| *time);
        word.or_else(plan).ok_or_else(|| UnknownCode {
            vocabulary: "time",
            known: TIMES.iter().map(|(name, _)| *name).chain(["plan2021"]).collect(),
            found: code.to_owned(),
        })
    }
}

impl Time {
    /// The code of the word, as `times.csv` has it.
    pub fn code(self) -> String {
        let word = TIMES.iter().find(|(_, time)| *time == self);
        match (word, self) {
            (Some((name, _)), _) => (*name).to_owned(),
            (None, Time::Plan(year)) => format!("plan{year}"),
            (None, time) => unreachable!("{time:?} has no code"),
        }
    }
}

/// A bound word: where it stands and what it says.
pub type BoundWord = (BoundPlace, Bound);

impl Noun {
    /// Whether the noun is a rate or share, which only a percentage can measure.
    pub const fn is_rate(self) -> bool {
        matches!(
            self,
            Noun::GrossRate
                | Noun::NetRate
                | Noun::RetentionRate
                | Noun::PromotionRate
                | Noun::InclusiveCoverage
                | Noun::CoverageRate
                | Noun::Qualification
                | Noun::Share
                | Noun::EmploymentRate
                | Noun::Satisfaction
                | Noun::Myopia
                | Noun::StudentTeacherRatio
        )
    }

    /// Whether the noun counts people.
    pub const fn is_people(self) -> bool {
        self.is_student() || self.is_staff()
    }

    /// Whether the noun counts learners.
    pub const fn is_student(self) -> bool {
        matches!(
            self,
            Noun::Student | Noun::Enrolled | Noun::Entrant | Noun::Graduate | Noun::Candidate
        )
    }

    /// Whether the noun counts staff.
    pub const fn is_staff(self) -> bool {
        matches!(self, Noun::Staff | Noun::FullTimeTeacher | Noun::Teacher | Noun::OtherStaff)
    }

    /// Whether the noun names money.
    pub const fn is_money(self) -> bool {
        matches!(
            self,
            Noun::Fund
                | Noun::EducationFund
                | Noun::PerStudentFund
                | Noun::AidFund
                | Noun::TeacherPay
        )
    }

    /// The unit in which the noun is counted or measured where none is stated, if there is but one.
    pub const fn unit(self) -> Option<Unit> {
        match self {
            Noun::School | Noun::ModelSchool | Noun::TrainingInstitution => Some(Unit::Institution),
            Noun::StudentTeacherRatio => Some(Unit::Ratio),
            Noun::Place => Some(Unit::Place),
            Noun::Class => Some(Unit::Class),
            noun if noun.is_people() => Some(Unit::Person),
            noun if noun.is_rate() => Some(Unit::Percent),
            _ => None,
        }
    }

    /// Whether the noun measures an area.
    pub const fn is_area(self) -> bool {
        matches!(self, Noun::FloorArea | Noun::LandArea)
    }
}
