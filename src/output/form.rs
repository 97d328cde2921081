//! What `extract` can write: a text of records, or a book of tables.
//!
//! In: a word of `-f`, or the name of an output. Out: a [`Form`]. `stats.csv` is a text, `stats.xlsx` a book.

use std::fmt;
use std::path::{Path, PathBuf};

use clap::ValueEnum;
use clap::builder::PossibleValue;

use super::Format;
use super::book::Kind;
use crate::shown;

/// What the output is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Records one after another, which can go anywhere.
    Text(Format),
    /// Records, documents and checks in a file that programs open as a whole.
    Book(Kind),
}

impl Form {
    /// The form that the name of an output asks for, as [`Format::of_path`] and [`Kind::of_path`] have it.
    ///
    /// # Errors
    /// When the name ends in anything else.
    pub fn of_path(path: &Path) -> Result<Self, UnknownForm> {
        let book = || Kind::of_path(path).map(Form::Book);
        let text = Format::of_path(path).map(Form::Text).ok();
        text.or_else(book).ok_or_else(|| UnknownForm(path.to_owned()))
    }
}

impl ValueEnum for Form {
    fn value_variants<'a>() -> &'a [Self] {
        &[
            Form::Text(Format::Table),
            Form::Text(Format::Csv),
            Form::Text(Format::Json),
            Form::Text(Format::Jsonl),
            Form::Book(Kind::Xlsx),
            Form::Book(Kind::Sqlite),
            Form::Book(Kind::Parquet),
        ]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        match self {
            Form::Text(format) => format.to_possible_value(),
            Form::Book(kind) => kind.to_possible_value(),
        }
    }
}

impl fmt::Display for Form {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Form::Text(format) => format.fmt(f),
            Form::Book(kind) => kind.fmt(f),
        }
    }
}

/// An output whose name tells no form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownForm(PathBuf);

impl fmt::Display for UnknownForm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}: expected a name ending in .csv, .json, .jsonl, .ndjson, .txt, .xlsx, .sqlite, .sqlite3, \
             .db or .parquet, or a format given with -f",
            shown::path(&self.0)
        )
    }
}

impl std::error::Error for UnknownForm {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_format_can_be_asked_for() {
        for format in Format::value_variants() {
            assert!(Form::value_variants().contains(&Form::Text(*format)), "{format}");
        }
        for kind in Kind::value_variants() {
            assert!(Form::value_variants().contains(&Form::Book(*kind)), "{kind}");
        }
    }

    #[test]
    fn a_name_tells_the_form() {
        for (name, form) in [
            ("a.csv", Form::Text(Format::Csv)),
            ("a.xlsx", Form::Book(Kind::Xlsx)),
            ("a.SQLITE", Form::Book(Kind::Sqlite)),
            ("a.sqlite3", Form::Book(Kind::Sqlite)),
            ("a.db", Form::Book(Kind::Sqlite)),
            ("a.parquet", Form::Book(Kind::Parquet)),
        ] {
            assert_eq!(Form::of_path(Path::new(name)), Ok(form), "{name}");
        }
        for name in ["a", "a.xls", "xlsx"] {
            let error = Form::of_path(Path::new(name)).unwrap_err().to_string();
            assert!(
                error.starts_with(&format!("{name}: expected a name ending in .csv")),
                "{error}"
            );
        }
    }
}
