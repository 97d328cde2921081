//! `edustat list`: the codebook, the codes, the divisions and the rules, with their documentation.
//!
//! In: what to list, and perhaps a name. Out: rows in the formats of the records. `edustat list
//! regions 长治` gives `140400  长治市  长治`; `edustat list rules growth` gives the manual of the rule.

use std::io::{self, IsTerminal, Write};

use anyhow::bail;

use super::Exit;
use crate::audit;
use crate::cli::{List, Listed, When};
use crate::codes::{
    Bound, Category, Level, Locality, Measure, Ownership, Per, Relation, Status, Unit,
};
use crate::error::{Error, ErrorKind};
use crate::extract;
use crate::flag::Flag;
use crate::labels;
use crate::lexicon::tables::{CODEBOOK, Table};
use crate::manual::Documented;
use crate::output::Format;
use crate::output::fields::FIELDS;
use crate::output::listing::Listing;
use crate::output::target::Target;
use crate::period::{Origin, PeriodKind};

/// Prints what is asked for.
///
/// # Errors
/// When nothing has the name asked for, or the output cannot be written.
pub fn run(arguments: &List, color: When) -> anyhow::Result<Exit> {
    let terminal = io::stdout().is_terminal();
    let format = arguments.format.unwrap_or(if terminal { Format::Table } else { Format::Csv });
    let color = color.colors(terminal);
    let mut out = Target::stdout();
    let path = out.path().to_owned();
    let written = match (arguments.what, &arguments.name) {
        (Listed::Rules | Listed::Checks, Some(name)) => {
            let (kind, known) = documented(arguments.what);
            let of = one(arguments.what, &known, name)?;
            match arguments.format {
                // A manual is read, whatever it is read through.
                None | Some(Format::Table) => writeln!(out, "{}\n\n{}", of.name(), of.manual()),
                Some(format) => {
                    let row = [of.name().to_owned(), of.summary(), of.manual()];
                    let columns = vec![kind, "summary", "manual"];
                    Listing { columns, rows: vec![row.to_vec()] }.write(format, color, &mut out)
                }
            }
        }
        (what, name) => {
            let mut listing = listing(what);
            if let Some(name) = name {
                listing.rows = matching(listing.rows, name);
                if listing.rows.is_empty() {
                    bail!(
                        "list {what}: expected the code or a name of one of them, found {name:?}"
                    );
                }
            }
            listing.write(format, color, &mut out)
        }
    };
    written.map_err(|cause| Error::new(path, ErrorKind::Write(cause)))?;
    out.finish()?;
    Ok(Exit::Done)
}

/// The rules, or the checks, and what one is called.
fn documented(what: Listed) -> (&'static str, Vec<&'static dyn Documented>) {
    match what {
        Listed::Checks => ("check", audit::ALL.iter().map(|&of| of as &dyn Documented).collect()),
        _ => ("rule", extract::ALL.iter().map(|&of| of as &dyn Documented).collect()),
    }
}

/// The one of this name.
fn one(
    what: Listed,
    known: &[&'static dyn Documented],
    name: &str,
) -> anyhow::Result<&'static dyn Documented> {
    match known.iter().find(|of| of.name() == name) {
        Some(of) => Ok(*of),
        None => {
            let names: Vec<&str> = known.iter().map(|of| of.name()).collect();
            bail!("list {what}: expected one of {}, found {name:?}", names.join(", "))
        }
    }
}

/// The codes of vocabularies with their meaning, each under the field that holds it.
macro_rules! meanings {
    ($($field:literal: $vocabulary:ty,)+) => {{
        let mut rows = Vec::new();
        $(for code in <$vocabulary>::ALL {
            rows.push(vec![$field.to_owned(), code.code().to_owned(), code.meaning().to_owned()]);
        })+
        rows
    }};
}

fn listing(what: Listed) -> Listing {
    match what {
        Listed::Indicators => Listing::of_table(CODEBOOK),
        Listed::Regions => Listing::of_table(Table::Regions.text()),
        Listed::Levels => Listing {
            columns: vec!["level", "meaning", "isced_2011"],
            rows: Level::ALL
                .iter()
                .map(|level| [level.code(), level.meaning(), level.isced().unwrap_or("")])
                .map(|row| row.map(str::to_owned).to_vec())
                .collect(),
        },
        Listed::Units => Listing {
            columns: vec!["unit", "meaning"],
            rows: Unit::ALL
                .iter()
                .map(|unit| vec![unit.code().to_owned(), unit.meaning().to_owned()])
                .collect(),
        },
        Listed::Rules | Listed::Checks => {
            let (kind, known) = documented(what);
            let rows = known.iter().map(|of| vec![of.name().to_owned(), of.summary()]);
            Listing { columns: vec![kind, "summary"], rows: rows.collect() }
        }
        Listed::Flags => Listing {
            columns: vec!["flag", "meaning"],
            rows: Flag::ALL
                .iter()
                .map(|flag| vec![flag.code().to_owned(), flag.meaning().to_owned()])
                .collect(),
        },
        Listed::Fields => Listing {
            columns: vec!["field", "holds", "meaning"],
            rows: FIELDS
                .iter()
                .map(|field| [field.name, field.kind.holds(), field.meaning])
                .map(|row| row.map(str::to_owned).to_vec())
                .collect(),
        },
        Listed::Codes => Listing {
            columns: vec!["field", "code", "meaning"],
            rows: meanings! {
                "period_kind": PeriodKind,
                "period_origin": Origin,
                "level": Level,
                "category": Category,
                "ownership": Ownership,
                "locality": Locality,
                "measure": Measure,
                "bound": Bound,
                "unit": Unit,
                "per": Per,
                "status": Status,
                "relation": Relation,
            },
        },
        Listed::Labels => Listing {
            columns: vec!["kind", "code", "zh", "en"],
            rows: labels::rows()
                .iter()
                .map(|row| [&row.kind, &row.code, &row.zh, &row.en])
                .map(|row| row.map(String::clone).to_vec())
                .collect(),
        },
    }
}

/// The rows that have `name` as a cell or as one of the names in a cell; where there are none, those
/// with a name that it is part of, or a code that begins with it.
fn matching(rows: Vec<Vec<String>>, name: &str) -> Vec<Vec<String>> {
    let is =
        |row: &Vec<String>| row.iter().flat_map(|cell| cell.split(';')).any(|cell| cell == name);
    if rows.iter().any(is) {
        return rows.into_iter().filter(is).collect();
    }
    let digits = name.bytes().all(|byte| byte.is_ascii_digit());
    let like = |cell: &String| if digits { cell.starts_with(name) } else { cell.contains(name) };
    rows.into_iter().filter(|row| row.iter().any(like)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::fields::FieldKind;

    /// What `list codes` shows of a field is what the field may hold; indicators have a list of
    /// their own.
    #[test]
    fn every_code_of_a_field_is_listed() {
        let listed = listing(Listed::Codes).rows;
        for field in FIELDS.iter().filter(|field| field.name != "indicator") {
            let FieldKind::Code(codes) = field.kind else { continue };
            let rows = listed.iter().filter(|row| row[0] == field.name);
            let shown: Vec<&str> = rows.map(|row| row[1].as_str()).collect();
            assert_eq!(shown, codes(), "{}", field.name);
        }
    }

    #[test]
    fn a_name_is_taken_whole_before_it_is_taken_as_a_part() {
        let row = |cells: &[&str]| cells.iter().map(|cell| (*cell).to_owned()).collect();
        let rows: Vec<Vec<String>> = vec![
            row(&["140400", "长治市", "长治"]),
            row(&["140402", "城区", "长治城区;长治市城区"]),
            row(&["211404", "南票区", ""]),
        ];
        let codes = |name: &str| {
            let found = matching(rows.clone(), name);
            found.iter().map(|row| row[0].clone()).collect::<Vec<_>>().join(" ")
        };
        for (name, found) in [
            ("长治", "140400"),
            ("长治市城区", "140402"),
            ("治", "140400 140402"),
            ("1404", "140400 140402"),
            ("晋城", ""),
        ] {
            assert_eq!(codes(name), found, "{name}");
        }
    }
}
