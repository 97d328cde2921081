//! What became of a number: an observation, or the reason why it is none.
//!
//! Every number of a text has exactly one verdict. In `第84号提案建议新建小学3所` 84 is an `ordinal` and 3
//! an observation. The reasons are a closed list; each says what it means and shows a sentence.

use std::fmt;

crate::codes::codes! {
    /// Why a number is no observation.
    Reason("reason") {
        /// 2020年, 近三年, 11:20: it says when.
        Date = "date",
        /// 第84号, 二次会议: a place in an order.
        Ordinal = "ordinal",
        /// 一、, (三), 1.: it counts headings and items.
        Numbering = "numbering",
        /// 〔2021〕1号: part of the number of a document.
        DocumentNumber = "document_number",
        /// 每天一小时, 36年: a length of time.
        Duration = "duration",
        /// 3-6岁.
        Age = "age",
        /// 《…2035》, 1+X: part of a name.
        Name = "name",
        /// 千人以上学校: it defines a group and does not measure it.
        Criterion = "criterion",
        /// 12个县区: how many places something is said of.
        Scope = "scope",
        /// One written out in words, or a numeral with a general counter: 一批, 三个方面.
        Idiom = "idiom",
        /// 本专科[70]招生: it refers to a note.
        Footnote = "footnote",
        /// The second number of a range, fraction or ratio.
        SecondNumber = "second_number",
        /// Nothing that could be a unit stands at it.
        NoUnit = "no_unit",
        /// In the heading of a column or the label of a row.
        TableLabel = "table_label",
        /// In a table, where no cell holds it as its only number.
        TableText = "table_text",
        /// More digits than anything has that is counted.
        TooLarge = "too_large",
        /// What it measures is not education's.
        OutsideField = "outside_field",
        /// Education's, but no rule knows what it measures.
        NoRule = "no_rule",
    }
}

/// What a reason means, and a text that shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Manual {
    /// A sentence that goes on from "not read:".
    pub meaning: &'static str,
    /// A short text.
    pub example: &'static str,
    /// The number in it that has this verdict.
    pub number: &'static str,
}

impl Reason {
    /// Its manual.
    pub const fn manual(self) -> Manual {
        let (meaning, example, number) = match self {
            Reason::Date => (
                "it says when: a date, a year, a span of years or a clock time",
                "2020年共招聘教师120名。",
                "2020",
            ),
            Reason::Ordinal => ("a place in an order", "代表在第84号提案中建议增加学位。", "84"),
            Reason::Numbering => ("it numbers a heading or an item", "(三)学前教育", "三"),
            Reason::DocumentNumber => {
                ("part of the number of a document", "根据某教发〔2020〕1号文件要求。", "2020")
            }
            Reason::Duration => ("how long something lasts", "保证学生每天体育锻炼1小时。", "1"),
            Reason::Age => ("an age, which says who is meant", "3-6岁幼儿全部入园。", "3"),
            Reason::Name => ("part of a name", "推行“5+2”课后服务模式。", "5"),
            Reason::Criterion => {
                ("it defines a group and does not measure it", "20人以下的教学点逐步撤并。", "20")
            }
            Reason::Scope => {
                ("how many areas something is said of", "全市12个县区实现义务教育基本均衡。", "12")
            }
            Reason::Idiom => (
                "numerals that are words rather than a count: 一 as an article, with a general counter, or \
                 without a unit",
                "一名学生在三个课堂中受益。",
                "三",
            ),
            Reason::Footnote => {
                ("it refers to a footnote", "2008年全国普通本专科[70]招生607.7万人。", "70")
            }
            Reason::SecondNumber => (
                "it belongs to the number before it: to a range, a fraction, a ratio, or as what multiplies \
                 it",
                "每年招聘教师20-30名。",
                "30",
            ),
            Reason::NoUnit => ("no unit stands at it", "关注985高校的招生。", "985"),
            Reason::TableLabel => (
                "it stands in the heading of a column or in the label of a row or group of rows",
                "| 学校 | 第1组 |\n|---|---|\n| 小学数(所) | 365 |",
                "1",
            ),
            Reason::TableText => (
                "it stands in a table, but not as the only number of a cell with nothing but marks \
                 and a unit beside it",
                "| 学校 | 学校数(所) |\n|---|---|\n| 小学 | 365含分校4 |",
                "365",
            ),
            Reason::TooLarge => (
                "it has more digits than anything has that is counted: 28 in the base unit are read",
                "全市在校生99999999999999999999999999999人。",
                "99999999999999999999999999999",
            ),
            Reason::OutsideField => {
                ("it is not education that is measured here", "全市生活垃圾无害化处理率85%。", "85")
            }
            Reason::NoRule => (
                "it is about education, but no rule says what it measures",
                "全市学校出台配套措施30项。",
                "30",
            ),
        };
        Manual { meaning, example, number }
    }

    /// Its place in [`Reason::ALL`].
    const fn index(self) -> usize {
        self as usize
    }
}

/// How many numbers were read as observations, and how many were not, by reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Account {
    observations: usize,
    unread: [usize; Reason::ALL.len()],
}

impl Account {
    /// Counts numbers that were read as observations.
    pub fn read(&mut self, numbers: usize) {
        self.observations += numbers;
    }

    /// Counts a number that was not.
    pub fn unread(&mut self, reason: Reason) {
        self.unread[reason.index()] += 1;
    }

    /// Adds the numbers of another account.
    pub fn add(&mut self, other: &Account) {
        self.observations += other.observations;
        for (mine, its) in self.unread.iter_mut().zip(other.unread) {
            *mine += its;
        }
    }

    /// How many numbers were read as observations.
    pub fn observations(&self) -> usize {
        self.observations
    }

    /// How many were not for a reason.
    pub fn of(&self, reason: Reason) -> usize {
        self.unread[reason.index()]
    }

    /// All numbers seen.
    pub fn numbers(&self) -> usize {
        self.observations + self.unread.iter().sum::<usize>()
    }
}

/// A line for the observations, one for each reason that occurs, in the order of [`Reason::ALL`],
/// and one for their sum.
impl fmt::Display for Account {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let wide = self.numbers().to_string().len();
        writeln!(f, "{:>wide$}  observation", self.observations)?;
        for &reason in Reason::ALL.iter().filter(|reason| self.of(**reason) > 0) {
            let (count, meaning) = (self.of(reason), reason.manual().meaning);
            writeln!(f, "{count:>wide$}  {reason:<15}  {meaning}")?;
        }
        write!(f, "{:>wide$}  numbers", self.numbers())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_account_adds_up() {
        let mut account = Account::default();
        account.read(9);
        account.unread(Reason::Ordinal);
        let mut other = Account::default();
        other.unread(Reason::NoRule);
        other.unread(Reason::Ordinal);
        account.add(&other);
        assert_eq!(
            account.to_string(),
            " 9  observation\n \
             2  ordinal          a place in an order\n \
             1  no_rule          it is about education, but no rule says what it measures\n\
             12  numbers"
        );
    }

    #[test]
    fn every_reason_has_its_own_place() {
        for (i, reason) in Reason::ALL.iter().enumerate() {
            assert_eq!(reason.index(), i);
        }
    }
}
