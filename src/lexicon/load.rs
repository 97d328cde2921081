//! CSV tables to words. Every table begins with its surface form; an empty cell says nothing.

use std::collections::HashMap;
use std::path::Path;
use std::str::FromStr;

use rust_decimal::Decimal;

use super::fold::fold;
use super::index::Index;
use super::kinds::Kinds;
use super::own::{Checks, OwnTable, can_be_found};
use super::regions::{RegionCode, RegionId, Regions};
use super::senses::{Field, Strength};
use super::sieve::Sieve;
use super::specific::is_specific;
use super::tables::Table;
use super::whole::{IndicatorRow, Lexicon};
use super::word::{UnitWord, Word, WordId};
use crate::codes::UnknownCode;
use crate::error::{Error, ErrorKind};
use crate::page::names::{PageNames, PageRole};
use crate::period::Date;
use crate::text::head_words::{HeadWords, Role};

/// Reads tables into words.
#[derive(Debug, Default)]
pub struct Loader {
    words: Vec<Word>,
    /// For each word, the divisions of its name.
    namesakes: Vec<Vec<RegionId>>,
    by_surface: HashMap<String, WordId>,
    /// Surfaces in the order in which they were met, so that nothing depends on the map's order.
    surfaces: Vec<(String, WordId)>,
    regions: Regions,
    indicators: Vec<IndicatorRow>,
    head: Vec<(String, Role)>,
    pages: Vec<(String, PageRole)>,
    /// Whether the rows are a user's: they are checked, and may stand for rows that are there.
    own: bool,
}

/// One row with the place it came from.
struct Row<'r> {
    place: &'r Path,
    number: usize,
    cells: &'r csv::StringRecord,
    /// Whether it is a user's.
    own: bool,
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
        Error::new(self.place, kind)
    }

    /// A cell as a code; an empty one says nothing.
    fn code<T: FromStr<Err = UnknownCode>>(
        &self,
        column: usize,
        name: &'static str,
    ) -> Result<Option<T>, Error> {
        if self.cell(column).is_empty() { Ok(None) } else { self.required(column, name).map(Some) }
    }

    /// A cell that must hold a code.
    fn required<T: FromStr<Err = UnknownCode>>(
        &self,
        column: usize,
        name: &'static str,
    ) -> Result<T, Error> {
        self.cell(column).parse().map_err(|unknown: UnknownCode| {
            let expected = format!("one of {}", unknown.known.join(", "));
            self.wrong(name, &expected, &unknown.found)
        })
    }

    /// Checks that a user's word can be found; a test keeps the built-in ones clean.
    fn surface(&self, name: &'static str, surface: &str) -> Result<(), Error> {
        if self.own && !can_be_found(surface) {
            return Err(self.wrong(name, "a word that begins with no digit or space", surface));
        }
        Ok(())
    }

    /// The base units in one of a unit.
    fn factor(&self, column: usize) -> Result<Decimal, Error> {
        let factor = self.cell(column).parse().ok().filter(|&factor| factor > Decimal::ZERO);
        factor.ok_or_else(|| self.wrong("factor", "a positive decimal", self.cell(column)))
    }
}

impl Loader {
    /// Reads the tables of this folder.
    pub fn built_in(&mut self) -> Result<(), Error> {
        for &table in Table::ALL {
            self.read(table, Path::new(&format!("lexicon/{table}")), table.text())?;
        }
        Ok(())
    }

    /// Reads a user's tables on top of those of this folder.
    pub fn own(&mut self, tables: Vec<OwnTable>) -> Result<(), Error> {
        self.own = true;
        for OwnTable { table, path, text } in tables {
            self.read(table, &path, &text)?;
        }
        Ok(())
    }

    /// Reads the rows of a table; `place` is the file that errors name.
    fn read(&mut self, table: Table, place: &Path, text: &str) -> Result<(), Error> {
        let own = self.own.then_some(table);
        let mut words = |say: &dyn Fn(&mut Word, &Row) -> Result<(), Error>| {
            for_each_row(place, text, own, |row| {
                row.surface("surface", row.cell(0))?;
                let id = self.word(row.cell(0));
                say(&mut self.words[id.0 as usize], row)
            })
        };
        match table {
            Table::Terms => words(&|word, row| {
                word.noun = row.code(1, "noun")?;
                word.level = row.code(2, "level")?;
                word.ownership = row.code(3, "ownership")?;
                word.locality = row.code(4, "locality")?;
                let tells = word.level.is_some() || word.noun.is_some_and(is_specific);
                word.field = row.code(5, "field")?.or(tells.then_some(Field::Education));
                Ok(())
            }),
            Table::Acts => words(&|word, row| {
                word.act = Some(row.required(1, "act")?);
                word.weak_act = row.required::<Strength>(2, "strength")? == Strength::Weak;
                Ok(())
            }),
            Table::Units => words(&|word, row| {
                word.unit = Some(UnitWord {
                    unit: row.required(1, "unit")?,
                    factor: row.factor(2)?,
                    kind: row.required(3, "kind")?,
                });
                Ok(())
            }),
            Table::Nonunits => words(&|word, row| {
                word.nonunit = Some(row.required(1, "reason")?);
                Ok(())
            }),
            Table::Bounds => words(&|word, row| {
                word.bound = Some((row.required(1, "position")?, row.required(2, "bound")?));
                Ok(())
            }),
            Table::Pers => words(&|word, row| {
                word.per = Some(row.required(1, "per")?);
                Ok(())
            }),
            Table::Times => words(&|word, row| {
                word.time = Some(row.required(1, "time")?);
                Ok(())
            }),
            Table::Status => words(&|word, row| {
                word.status = Some(row.required(1, "status")?);
                Ok(())
            }),
            Table::Grammar => words(&|word, row| {
                word.role = Some(row.required(1, "role")?);
                Ok(())
            }),
            Table::Scopes => words(&|word, row| {
                word.scope = Some(row.required(1, "scope")?);
                Ok(())
            }),
            Table::Bodies => words(&|word, row| {
                word.body = Some(row.required(1, "body")?);
                Ok(())
            }),
            Table::Names => words(&|word, _| {
                word.fixed = true;
                Ok(())
            }),
            Table::Indicators => for_each_row(place, text, own, |row| {
                let noun = row.required(0, "noun")?;
                let act = row.code(1, "act")?;
                // The first row of a noun and an act counts: a user's stands before the others.
                let at = if own.is_some() { 0 } else { self.indicators.len() };
                self.indicators.insert(at, (noun, act, row.required(2, "indicator")?));
                Ok(())
            }),
            Table::Regions => self.region_rows(place, text, own),
            Table::Header => for_each_row(place, text, own, |row| {
                if row.cell(0).is_empty() {
                    return Err(row.wrong("word", "a word", ""));
                }
                // The first label of a spelling counts: a user's stands before the others.
                let at = if own.is_some() { 0 } else { self.head.len() };
                self.head.insert(at, (row.cell(0).to_owned(), row.required(1, "role")?));
                Ok(())
            }),
            Table::Pages => for_each_row(place, text, own, |row| {
                if row.cell(0).is_empty() {
                    return Err(row.wrong("name", "a name", ""));
                }
                self.pages.push((row.cell(0).to_owned(), row.required(1, "role")?));
                Ok(())
            }),
        }
    }

    /// `code,name,aliases,until`: a division, and the words that mean it.
    fn region_rows(&mut self, place: &Path, text: &str, own: Option<Table>) -> Result<(), Error> {
        for_each_row(place, text, own, |row| {
            let code = Some(row.cell(0)).filter(|code| code.len() == 6);
            let code = code.and_then(|code| code.parse().ok());
            let code = code.ok_or_else(|| row.wrong("code", "six digits", row.cell(0)))?;
            let until = match row.cell(3) {
                "" => None,
                text => Some(Date::parse(text).ok_or_else(|| row.wrong("until", "a month", text))?),
            };
            let (code, full) = (RegionCode(code), row.cell(1));
            row.surface("name", full)?;
            let known = own.and_then(|_| self.regions.find(code, full));
            let id = match known {
                Some(id) => {
                    self.regions.ends(id, until);
                    id
                }
                None => self.regions.push(code, full, until),
            };
            for surface in std::iter::once(full).chain(row.cell(2).split(';')) {
                if surface.is_empty() {
                    continue;
                }
                row.surface("aliases", surface)?;
                let word = self.word(surface);
                let meant = &mut self.namesakes[word.0 as usize];
                if !meant.contains(&id) {
                    meant.push(id);
                }
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
        self.words.push(Word::NONE);
        self.namesakes.push(Vec::new());
        self.by_surface.insert(folded.clone(), id);
        self.surfaces.push((folded, id));
        id
    }

    /// The folded surfaces that were read, each with its word.
    #[cfg(test)]
    pub fn surfaces(&self) -> &[(String, WordId)] {
        &self.surfaces
    }

    /// What was read, arranged to be found.
    pub fn finish(mut self) -> Lexicon {
        for (word, regions) in self.words.iter_mut().zip(&self.namesakes) {
            word.regions = self.regions.share(regions);
            word.kinds = Kinds::of_word(word);
        }
        // As they are looked up; those of a noun stay in their order.
        self.indicators.sort_by_key(|(noun, ..)| *noun as u8);
        Lexicon {
            sieve: Sieve::new(&self.surfaces, &self.words),
            index: Index::new(&self.surfaces),
            words: self.words.into(),
            regions: self.regions,
            indicators: self.indicators.into(),
            head: HeadWords::new(self.head),
            pages: PageNames::new(self.pages),
        }
    }
}

/// Gives every row below the heading to `read`; the rows of a user's `own` table are checked first.
fn for_each_row(
    place: &Path,
    text: &str,
    own: Option<Table>,
    mut read: impl FnMut(&Row) -> Result<(), Error>,
) -> Result<(), Error> {
    let mut checks = own.map(Checks::new);
    let trim = if checks.is_some() { csv::Trim::All } else { csv::Trim::None };
    let mut reader =
        csv::ReaderBuilder::new().flexible(true).trim(trim).from_reader(text.as_bytes());
    let wrong = |row, (column, expected, found)| {
        Error::new(place, ErrorKind::Row { row, column, expected, found })
    };
    let mut cells = csv::StringRecord::new();
    let mut number = 1;
    if let (Some(checks), Ok(heading)) = (&checks, reader.headers()) {
        checks.heading(heading).map_err(|complaint| wrong(number, complaint))?;
    }
    loop {
        number += 1;
        match reader.read_record(&mut cells) {
            Ok(false) => return Ok(()),
            Ok(true) => {
                if let Some(checks) = &mut checks {
                    // A user's file may have empty lines, which are no records.
                    let end = text[..reader.position().byte() as usize].trim_end().len();
                    number = 1 + text[..end].matches('\n').count();
                    checks.row(number, &cells).map_err(|complaint| wrong(number, complaint))?;
                }
                read(&Row { place, number, cells: &cells, own: checks.is_some() })?;
            }
            Err(error) => {
                return Err(wrong(number, ("row", "a CSV record".to_owned(), error.to_string())));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Such a slip ends the build of the program.
    #[test]
    fn a_slip_is_reported_with_its_place() {
        let slip = |table: Table, text: &str| {
            let place = format!("lexicon/{table}");
            let read = Loader::default().read(table, Path::new(&place), text);
            read.unwrap_err().to_string()
        };
        for (table, text, message) in [
            (
                Table::Pers,
                "surface,per\n人均,person\n生均,pupil\n",
                "lexicon/pers.csv row 3: per: expected one of student, person, class, year, month, \
                 student_year, student_month, person_year, person_month, found \"pupil\"",
            ),
            (
                Table::Units,
                "surface,unit,factor,kind\n公顷,square_metre,1O000,measure\n",
                "lexicon/units.csv row 2: factor: expected a positive decimal, found \"1O000\"",
            ),
            (
                Table::Regions,
                "code,name,aliases,until\n14050,晋城市,晋城,\n",
                "lexicon/regions.csv row 2: code: expected six digits, found \"14050\"",
            ),
            (
                Table::Header,
                "word,role\n,published\n",
                "lexicon/header.csv row 2: word: expected a word, found \"\"",
            ),
        ] {
            assert_eq!(slip(table, text), message);
        }
    }
}
