//! How good records are, held against gold.
//!
//! In: the records of a document and its [`Gold`]. Out: counts and mistakes. A record and a gold line
//! belong together when their numbers begin at the same place: gold 365 `primary` and a record of 365
//! `junior_secondary` there are an observation that was found, with a wrong `level`.

pub mod gold;

use std::collections::BTreeMap;
use std::fmt;

use rust_decimal::{Decimal, RoundingStrategy};

use crate::observation::Observation;
use crate::output::fields::{Cell, FIELDS};
use gold::{Gold, Stat};

/// The fields that are scored, core fields first: a record is right when all of those are.
pub const SCORED: [&str; 18] = [
    "value",
    "value_max",
    "unit",
    "measure",
    "bound",
    "status",
    "redacted",
    "category",
    "level",
    "indicator",
    "region",
    "period", // The rest tells more, and is scored on its own.
    "per",
    "ownership",
    "locality",
    "base_period",
    "relation",
    "parent",
];

/// How many of [`SCORED`] are core fields.
pub const CORE: usize = 12;

/// A part of a whole, exact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ratio {
    /// How many are.
    pub part: usize,
    /// How many could be.
    pub whole: usize,
}

impl Ratio {
    /// To so many places, half to even; nothing of nothing is 0.
    pub fn rounded(self, places: u32) -> Decimal {
        let (part, whole) = (Decimal::from(self.part), Decimal::from(self.whole));
        let exact = part.checked_div(whole).unwrap_or_default();
        let mut rounded =
            exact.round_dp_with_strategy(places, RoundingStrategy::MidpointNearestEven);
        rounded.rescale(places);
        rounded
    }

    /// Whether it reaches a threshold.
    pub fn reaches(self, least: Decimal) -> bool {
        Decimal::from(self.part) >= least * Decimal::from(self.whole)
            && (self.whole > 0 || least.is_zero())
    }
}

/// To three places.
impl fmt::Display for Ratio {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.rounded(3).to_string())
    }
}

/// Precision, recall and their harmonic mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quality {
    /// Right ones among those found.
    pub precision: Ratio,
    /// Right ones among those of the gold.
    pub recall: Ratio,
    /// F1.
    pub f1: Ratio,
}

/// What was counted in one document or in several.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counts {
    /// Observations of the gold that were found.
    pub found: usize,
    /// Observations of the gold that were not.
    pub missed: usize,
    /// Records where the gold has no observation.
    pub spurious: usize,
    /// Records where the gold says `"optional"`.
    pub optional: usize,
    /// Observations that were found with every core field right.
    pub exact: usize,
    /// For each of [`SCORED`], observations that were found with this field right.
    pub right: [usize; SCORED.len()],
}

impl Counts {
    /// Observations of the gold.
    pub fn gold(&self) -> usize {
        self.found + self.missed
    }

    /// How well numbers that are observations were told from others.
    pub fn detection(&self) -> Quality {
        self.quality(self.found)
    }

    /// How many records were found with every core field right.
    pub fn record(&self) -> Quality {
        self.quality(self.exact)
    }

    fn quality(&self, right: usize) -> Quality {
        let (found, gold) = (self.found + self.spurious, self.gold());
        Quality {
            precision: Ratio { part: right, whole: found },
            recall: Ratio { part: right, whole: gold },
            f1: Ratio { part: 2 * right, whole: found + gold },
        }
    }

    /// Each of [`SCORED`] with the share of found observations in which it is right.
    pub fn fields(&self) -> impl Iterator<Item = (&'static str, Ratio)> {
        let accuracy = self.right.iter().map(|&part| Ratio { part, whole: self.found });
        SCORED.into_iter().zip(accuracy)
    }

    /// Adds what was counted in another document.
    pub fn add(&mut self, other: &Counts) {
        self.found += other.found;
        self.missed += other.missed;
        self.spurious += other.spurious;
        self.optional += other.optional;
        self.exact += other.exact;
        for (sum, right) in self.right.iter_mut().zip(other.right) {
            *sum += right;
        }
    }
}

/// One thing that is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    /// `missed`, `spurious`, or the field that is wrong.
    pub kind: &'static str,
    /// Where the number begins, in code points.
    pub start: usize,
    /// First code point of the mention and one past its last, where there is a record.
    pub mention: Option<(usize, usize)>,
    /// What the gold has: values parted by `|`.
    pub gold: String,
    /// What was found.
    pub found: String,
}

/// Compares the records of a document with its gold.
pub fn compare(records: &[Observation<'_>], gold: &Gold) -> (Counts, Vec<Mistake>) {
    let mut counts = Counts::default();
    let mut mistakes = Vec::new();
    let by_start: BTreeMap<usize, &Observation<'_>> =
        records.iter().map(|record| (record.number_start.0, record)).collect();
    let value = |record: &Observation<'_>| {
        let value = record.value.map_or("redacted".to_owned(), |value| value.to_string());
        let indicator = record.indicator.map_or(record.category.code(), |known| known.code());
        format!("{indicator} {value} {}", record.unit)
    };
    let mention = |record: &Observation<'_>| Some((record.start.0, record.end.0));
    for (&start, stat) in &gold.numbers {
        match (stat, by_start.get(&start)) {
            (Stat::Observation(wanted), None) => {
                counts.missed += 1;
                let of = |name| {
                    let at = SCORED.iter().position(|&field| field == name);
                    at.map_or(String::new(), |at| shown(&wanted[at]))
                };
                let gold = [of("indicator"), of("value"), of("unit")].join(" ");
                let found = "nothing".to_owned();
                mistakes.push(Mistake { kind: "missed", start, mention: None, gold, found });
            }
            (Stat::Observation(wanted), Some(record)) => {
                counts.found += 1;
                let mut exact = true;
                for (at, (name, wanted)) in SCORED.into_iter().zip(wanted).enumerate() {
                    let found = cell(name, record);
                    if wanted.iter().any(|wanted| same(wanted, &found)) {
                        counts.right[at] += 1;
                        continue;
                    }
                    exact &= at >= CORE;
                    let (gold, found) = (shown(wanted), shown(&[found]));
                    let mention = mention(record);
                    mistakes.push(Mistake { kind: name, start, mention, gold, found });
                }
                counts.exact += usize::from(exact);
            }
            (Stat::Optional, Some(_)) => counts.optional += 1,
            (Stat::Nothing | Stat::Optional, _) => {}
        }
    }
    for (&start, record) in &by_start {
        let gold = match gold.numbers.get(&start) {
            Some(Stat::Nothing) => "no observation",
            None if !gold.unread.contains(&start) => "no such number",
            Some(Stat::Observation(_) | Stat::Optional) | None => continue,
        };
        counts.spurious += 1;
        let (gold, found) = (gold.to_owned(), value(record));
        mistakes.push(Mistake { kind: "spurious", start, mention: mention(record), gold, found });
    }
    (counts, mistakes)
}

/// What a record holds in a scored field, as gold writes it.
fn cell<'o>(name: &str, record: &'o Observation<'_>) -> Cell<'o> {
    if name == "parent" {
        return record.parent.map_or(Cell::Absent, |parent| Cell::Integer(parent.0));
    }
    let field = FIELDS.iter().find(|field| field.name == name);
    field.map_or(Cell::Absent, |field| field.of(record))
}

/// Whether a value is the one wanted: decimals to half a thousandth of it, for a third is 33.33 to
/// one reader and 33.34 to another.
fn same(wanted: &Cell<'_>, found: &Cell<'_>) -> bool {
    match (wanted, found) {
        (Cell::Decimal(wanted), Cell::Decimal(found)) => {
            let room = wanted.abs().checked_mul(Decimal::new(5, 4));
            let difference = wanted.checked_sub(*found).map(|difference| difference.abs());
            match (difference, room) {
                (Some(difference), Some(room)) => difference <= room,
                _ => wanted == found,
            }
        }
        _ => wanted == found,
    }
}

fn shown(cells: &[Cell<'_>]) -> String {
    let text = |cell: &Cell<'_>| match cell {
        Cell::Absent => "-".to_owned(),
        Cell::Text(_) | Cell::Integer(_) | Cell::Decimal(_) | Cell::Flag(_) => cell.to_string(),
    };
    cells.iter().map(text).collect::<Vec<_>>().join("|")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ratios_are_exact_until_they_are_shown() {
        let ratio = |part, whole| Ratio { part, whole };
        assert_eq!(ratio(377, 388).to_string(), "0.972");
        assert_eq!(ratio(1, 16).to_string(), "0.062");
        assert_eq!(ratio(0, 0).to_string(), "0.000");
        assert_eq!(ratio(5, 5).rounded(6).to_string(), "1.000000");
        assert!(ratio(377, 388).reaches(Decimal::new(971, 3)));
        assert!(!ratio(377, 388).reaches(Decimal::new(972, 3)), "0.97164… is below 0.972");
        assert!(ratio(0, 0).reaches(Decimal::ZERO) && !ratio(0, 0).reaches(Decimal::ONE));
    }

    #[test]
    fn decimals_have_room() {
        let decimal = |text: &str| Cell::Decimal(text.parse().unwrap());
        for (wanted, found, right) in [
            ("33.33", "33.34", true),
            ("33.33", "33.35", false),
            ("-50", "-50.02", true),
            ("-50", "50", false),
            ("0", "0.00", true),
            ("79228162514264337593543950335", "-79228162514264337593543950335", false),
        ] {
            assert_eq!(same(&decimal(wanted), &decimal(found)), right, "{wanted} {found}");
        }
        assert!(!same(&Cell::Absent, &decimal("0")));
    }
}
