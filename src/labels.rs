//! Labels: what a heading and a code are called in Chinese or English, for people.
//!
//! In: the name of a column, or a column and a code that stands in it. Out: text. In Chinese the column `level`
//! is 教育层次 and `primary` in it is 小学; in English they are `Education level` and `Primary`. Programs, `check`
//! and `audit` use codes alone; what is labelled is not read back, see [`labelled`].
//!
//! The labels are rows of `lexicon/labels.csv`, the Chinese ones of indicators those of the codebook. They are read
//! when the first is asked for, so that nobody pays for them who reads codes.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt;
use std::sync::LazyLock;

use clap::ValueEnum;

use crate::flag::Flag;
use crate::lexicon::tables::CODEBOOK;
use crate::output::cell::{Held, truth_code};

/// `kind,code,zh,en`: the label of a code of a vocabulary, or of a column.
const LABELS: &str = include_str!("lexicon/labels.csv");

/// The kind of the rows of `labels.csv` that name columns.
pub const HEADING: &str = "heading";

/// How headings and codes are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum Labels {
    /// As codes, which programs read
    #[default]
    Codes,
    /// In Chinese
    Zh,
    /// In English
    En,
}

impl Labels {
    /// All of them.
    pub const ALL: [Labels; 3] = [Labels::Codes, Labels::Zh, Labels::En];

    /// The heading of a column: of a record (`level`), of an audit (`claimed_low`), of the codebook. A name
    /// that has no label stands for itself.
    ///
    /// ```
    /// use edustat::labels::Labels;
    /// assert_eq!(Labels::Zh.heading("level"), "教育层次");
    /// assert_eq!(Labels::Codes.heading("level"), "level");
    /// ```
    pub fn heading(self, column: &str) -> &str {
        self.of(HEADING, column).unwrap_or(column)
    }

    /// What stands in a column: the label of a code, of `flags` those of all its codes, separated by `;`. Text
    /// that is no code of the column stands for itself.
    ///
    /// A column is a field of a record that holds codes, `rule`, `redacted`, `flags`, or one of `check`, `verdict`,
    /// `severity`, `reason` (why a number is no observation) and `from` (where a fact was found).
    ///
    /// ```
    /// use edustat::labels::Labels;
    /// assert_eq!(Labels::En.value("unit", "yuan"), "yuan");
    /// assert_eq!(Labels::Zh.value("flags", "jump;negative"), "与上年相差悬殊;计数为负");
    /// assert_eq!(Labels::Zh.value("region", "晋城市"), "晋城市");
    /// ```
    pub fn value<'c>(self, column: &str, code: &'c str) -> Cow<'c, str> {
        if self == Labels::Codes {
            return Cow::Borrowed(code);
        }
        let one = |code: &'c str| self.of(column, code).unwrap_or(code);
        if column == "flags" && code.contains(';') {
            return Cow::Owned(code.split(';').map(one).collect::<Vec<_>>().join(";"));
        }
        Cow::Borrowed(one(code))
    }

    /// What a record holds in a column: a code and a boolean as its label, anything else as it is.
    pub(crate) fn held<'o>(self, column: &str, held: Held<'o>) -> Held<'o> {
        let label = |code: &'o str| Held::Text(self.of(column, code).unwrap_or(code));
        match held {
            Held::Text(code) | Held::Code(code) => label(code),
            Held::Truth(truth) => label(truth_code(truth)),
            Held::Flags(flags, _) => Held::Flags(flags, self),
            Held::Nothing
            | Held::Id(..)
            | Held::Region(_)
            | Held::Period(_)
            | Held::Date(_)
            | Held::Integer(_)
            | Held::Decimal(_) => held,
        }
    }

    /// The label of a flag.
    pub(crate) fn flag(self, flag: Flag) -> &'static str {
        self.of("flags", flag.code()).unwrap_or(flag.code())
    }

    /// The label of a code of a kind; none where there is none, or codes are wanted.
    fn of(self, kind: &str, code: &str) -> Option<&'static str> {
        if self == Labels::Codes {
            return None;
        }
        let row = &BOOK.rows[*BOOK.places.get(kind)?.get(code)?];
        Some(if self == Labels::Zh { &row.zh } else { &row.en })
    }
}

impl fmt::Display for Labels {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The name that --labels takes.
        self.to_possible_value().map_or(Ok(()), |value| f.write_str(value.get_name()))
    }
}

/// A row of the table of labels.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The column that holds the code; of the name of a column [`HEADING`].
    pub kind: String,
    /// The code.
    pub code: String,
    /// What it is called in Chinese.
    pub zh: String,
    /// What it is called in English.
    pub en: String,
}

/// All labels, vocabulary by vocabulary, the codes of each in the order of its documentation.
pub fn rows() -> &'static [Row] {
    &BOOK.rows
}

/// The first of these headings that is a label, which tells a file for people: edustat reads codes alone.
pub fn labelled<'n>(names: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    let headings = || rows().iter().filter(|row| row.kind == HEADING);
    names.into_iter().find(|name| headings().any(|row| *name == row.zh || *name == row.en))
}

/// The table of labels, to be looked up.
struct Book {
    rows: Vec<Row>,
    /// Where in `rows` a label stands, by kind and code.
    places: HashMap<String, HashMap<String, usize>>,
}

static BOOK: LazyLock<Book> = LazyLock::new(|| {
    let chinese: HashMap<String, String> =
        cells(CODEBOOK).map(|row| (row[0].to_owned(), row[1].to_owned())).collect();
    let mut book = Book { rows: Vec::new(), places: HashMap::new() };
    for cells in cells(LABELS) {
        let [kind, code, mut zh, en] = [0, 1, 2, 3].map(|column| cells[column].to_owned());
        if kind == "indicator" {
            zh = chinese.get(&code).cloned().unwrap_or_default();
        }
        book.places.entry(kind.clone()).or_default().insert(code.clone(), book.rows.len());
        book.rows.push(Row { kind, code, zh, en });
    }
    book
});

/// The rows below the heading of a built-in table.
fn cells(table: &'static str) -> impl Iterator<Item = csv::StringRecord> {
    let reader = csv::Reader::from_reader(table.as_bytes());
    reader.into_records().map(|row| row.expect("a built-in table is CSV, as a test sees"))
}
