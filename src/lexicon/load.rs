//! CSV tables to words. Every table begins with its surface form; an empty cell says nothing.

use std::collections::HashMap;
use std::str::FromStr;

use super::regions::{Region, Regions};
use super::senses::{Act, Field, Noun};
use super::{UnitWord, Word, WordId, fold};
use crate::codes::Indicator;
use crate::context::field::is_specific;
use crate::error::{Error, ErrorKind};
use crate::observation::RegionCode;
use crate::period::Date;

/// Reads tables into words.
#[derive(Debug, Default)]
pub struct Loader {
    words: Vec<Word>,
    by_surface: HashMap<String, WordId>,
    /// Surfaces in the order in which they were met, so that nothing depends on the map's order.
    surfaces: Vec<(String, WordId)>,
    regions: Regions,
    indicators: Vec<(Noun, Option<Act>, Indicator)>,
}

/// One row with the place it came from.
struct Row<'r> {
    table: &'r str,
    number: usize,
    cells: &'r csv::StringRecord,
}

impl Row<'_> {
    fn cell(&self, column: usize) -> &str {
        self.cells.get(column).unwrap_or("")
    }

    fn wrong(&self, column: &'static str, expected: &str, found: &str) -> Error {
        let kind = ErrorKind::Row {
            row: self.number,
            column,
            expected: expected.to_owned(),
            found: found.to_owned(),
        };
        Error::new(format!("lexicon/{}", self.table), kind)
    }

    /// A cell as a code; an empty one says nothing.
    fn code<T: FromStr>(&self, column: usize, name: &'static str) -> Result<Option<T>, Error> {
        match self.cell(column) {
            "" => Ok(None),
            text => match text.parse() {
                Ok(code) => Ok(Some(code)),
                Err(_) => Err(self.wrong(name, "one of its codes", text)),
            },
        }
    }

    /// A cell that must hold a code.
    fn required<T: FromStr>(&self, column: usize, name: &'static str) -> Result<T, Error> {
        self.code(column, name)?.ok_or_else(|| self.wrong(name, "one of its codes", ""))
    }
}

impl Loader {
    /// Reads the tables of this folder.
    pub fn built_in(&mut self) -> Result<(), Error> {
        macro_rules! table {
            ($name:literal, $read:expr) => {
                self.table($name, include_str!($name), $read)?
            };
        }
        table!("terms.csv", |word, row| {
            word.noun = row.code(1, "noun")?;
            word.level = row.code(2, "level")?;
            word.ownership = row.code(3, "ownership")?;
            word.locality = row.code(4, "locality")?;
            let tells = word.level.is_some() || word.noun.is_some_and(is_specific);
            word.field = row.code(5, "field")?.or(tells.then_some(Field::Education));
            Ok(())
        });
        table!("acts.csv", |word, row| {
            word.act = Some(row.required(1, "act")?);
            word.weak_act = row.cell(2) == "weak";
            Ok(())
        });
        table!("units.csv", |word, row| {
            word.unit = Some(UnitWord {
                unit: row.required(1, "unit")?,
                factor: row.required(2, "factor")?,
                kind: row.required(3, "kind")?,
            });
            Ok(())
        });
        table!("nonunits.csv", |word, row| {
            word.nonunit = Some(row.required(1, "reason")?);
            Ok(())
        });
        table!("bounds.csv", |word, row| {
            word.bound = Some((row.required(1, "position")?, row.required(2, "bound")?));
            Ok(())
        });
        table!("pers.csv", |word, row| {
            word.per = Some(row.required(1, "per")?);
            Ok(())
        });
        table!("times.csv", |word, row| {
            word.time = Some(row.required(1, "time")?);
            Ok(())
        });
        table!("status.csv", |word, row| {
            word.status = Some(row.required(1, "status")?);
            Ok(())
        });
        table!("grammar.csv", |word, row| {
            word.role = Some(row.required(1, "role")?);
            Ok(())
        });
        table!("scopes.csv", |word, row| {
            word.scope = Some(row.required(1, "scope")?);
            Ok(())
        });
        table!("bodies.csv", |word, row| {
            word.body = Some(row.required(1, "body")?);
            Ok(())
        });
        table!("names.csv", |word, _| {
            word.fixed = true;
            Ok(())
        });
        for_each_row("indicators.csv", include_str!("indicators.csv"), |row| {
            let noun = row.required(0, "noun")?;
            let act = row.code(1, "act")?;
            self.indicators.push((noun, act, row.required(2, "indicator")?));
            Ok(())
        })?;
        self.region_rows("regions.csv", include_str!("regions.csv"))
    }

    fn table(
        &mut self,
        name: &str,
        text: &str,
        read: impl Fn(&mut Word, &Row) -> Result<(), Error>,
    ) -> Result<(), Error> {
        for_each_row(name, text, |row| {
            let id = self.word(row.cell(0));
            read(&mut self.words[id.0 as usize], row)
        })
    }

    /// `code,name,aliases,until`: a division, and the words that mean it.
    fn region_rows(&mut self, name: &str, text: &str) -> Result<(), Error> {
        for_each_row(name, text, |row| {
            let code = row.required(0, "code")?;
            let until = match row.cell(3) {
                "" => None,
                text => Some(Date::parse(text).ok_or_else(|| row.wrong("until", "a month", text))?),
            };
            let full = row.cell(1);
            let region = Region { code: RegionCode(code), name: full.to_owned(), until };
            let id = self.regions.push(region);
            for surface in std::iter::once(full).chain(row.cell(2).split(';')) {
                if surface.is_empty() {
                    continue;
                }
                let word = self.word(surface);
                self.words[word.0 as usize].regions.push(id);
            }
            Ok(())
        })
    }

    /// The word of a surface, new or known.
    fn word(&mut self, surface: &str) -> WordId {
        let folded: String = surface.chars().map(fold).collect();
        if let Some(&id) = self.by_surface.get(&folded) {
            return id;
        }
        let id = WordId(self.words.len() as u32);
        self.words.push(Word::default());
        self.by_surface.insert(folded.clone(), id);
        self.surfaces.push((folded, id));
        id
    }

    /// What was read.
    pub fn finish(self) -> Loaded {
        Loaded {
            surfaces: self.surfaces,
            words: self.words,
            regions: self.regions,
            indicators: self.indicators,
        }
    }
}

/// The tables, read.
pub struct Loaded {
    /// Folded surfaces and their words.
    pub surfaces: Vec<(String, WordId)>,
    /// What the tables say about each word.
    pub words: Vec<Word>,
    /// The divisions.
    pub regions: Regions,
    /// What a noun and an act measure.
    pub indicators: Vec<(Noun, Option<Act>, Indicator)>,
}

fn for_each_row(
    table: &str,
    text: &str,
    mut read: impl FnMut(&Row) -> Result<(), Error>,
) -> Result<(), Error> {
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
    let mut cells = csv::StringRecord::new();
    let mut number = 1;
    loop {
        number += 1;
        match reader.read_record(&mut cells) {
            Ok(false) => return Ok(()),
            Ok(true) => read(&Row { table, number, cells: &cells })?,
            Err(error) => {
                let kind = ErrorKind::Row {
                    row: number,
                    column: "row",
                    expected: "a CSV record".to_owned(),
                    found: error.to_string(),
                };
                return Err(Error::new(format!("lexicon/{table}"), kind));
            }
        }
    }
}
