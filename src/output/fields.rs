//! The one table of fields that feeds every writer: name, kind, meaning, and how a record holds it.
//!
//! In: an [`Observation`]. Out: one [`Cell`] a field, in the order of the record's definition. For
//! `小学365所` of `a.txt` the field `id` gives the text `a.txt#17`, `value` the decimal `365`, and
//! `value_max` nothing.

use std::fmt;
use std::str::FromStr;

pub use super::cell::Cell;
use super::cell::{Held, Value};
use crate::codes::{
    Bound, Category, Indicator, Level, Locality, Measure, Ownership, Per, Relation, Status, Unit,
};
use crate::labels::Labels;
use crate::observation::Observation;
use crate::period::{Origin, Period, PeriodKind};

/// One column of a record.
#[derive(Debug, Clone, Copy)]
pub struct Field {
    /// Its name: CSV heading, JSON key, word of `--columns`.
    pub name: &'static str,
    /// What its cells hold where they hold anything.
    pub kind: FieldKind,
    /// What it says, in a sentence.
    pub meaning: &'static str,
    /// Where it stands among [`FIELDS`].
    pub(crate) place: usize,
    get: Getter,
}

type Getter = for<'o> fn(&'o Observation<'_>) -> Held<'o>;

impl Field {
    /// The cell of this field in a record.
    pub fn of<'o>(&self, observation: &'o Observation<'_>) -> Cell<'o> {
        self.held(observation).into()
    }

    /// The same, before it is spelled out.
    #[inline]
    pub(crate) fn held<'o>(&self, observation: &'o Observation<'_>) -> Held<'o> {
        (self.get)(observation)
    }
}

/// What a field holds.
#[derive(Debug, Clone, Copy)]
pub enum FieldKind {
    /// Free text.
    Text,
    /// A code of a closed vocabulary; the function lists them in the order of the documentation.
    Code(fn() -> Vec<&'static str>),
    /// A count or position, from 0.
    Integer,
    /// An exact decimal.
    Decimal,
    /// `true` or `false`.
    Boolean,
    /// A date to the year, month or day, ISO 8601.
    Date,
}

impl FieldKind {
    /// What a field of this kind holds, in a word: `text`, `code`, `integer`, `decimal`, `boolean`, `date`.
    pub const fn holds(self) -> &'static str {
        match self {
            FieldKind::Text => "text",
            FieldKind::Code(_) => "code",
            FieldKind::Integer => "integer",
            FieldKind::Decimal => "decimal",
            FieldKind::Boolean => "boolean",
            FieldKind::Date => "date",
        }
    }

    /// Whether its cells are numbers, which a table aligns to the right.
    pub const fn is_number(self) -> bool {
        match self {
            FieldKind::Integer | FieldKind::Decimal => true,
            FieldKind::Text | FieldKind::Code(_) | FieldKind::Boolean | FieldKind::Date => false,
        }
    }
}

/// The kind of a field whose cells are the codes of `$vocabulary`.
macro_rules! codes_of {
    ($vocabulary:ty) => {
        FieldKind::Code(|| <$vocabulary>::ALL.iter().map(|code| code.code()).collect())
    };
}

/// Each field with its place.
const fn placed<const N: usize>(mut fields: [Field; N]) -> [Field; N] {
    let mut place = 0;
    while place < N {
        fields[place].place = place;
        place += 1;
    }
    fields
}

/// The table of fields.
macro_rules! fields {
    ($($name:literal, $kind:expr, $meaning:literal, |$o:ident| $value:expr;)*) => {
        /// Every field, in the order of the record's definition, which is the order of the columns.
        pub static FIELDS: &[Field] = &placed([
            $(Field {
                name: $name,
                kind: $kind,
                meaning: $meaning,
                place: 0,
                get: |$o| $value.held(),
            }),*
        ]);

        /// Which fields hold the same in two records, as far as one look tells: a bit each, the lowest that of the
        /// first of [`FIELDS`]. Each is compared as what it is.
        pub(crate) fn same(one: &Observation<'_>, other: &Observation<'_>) -> u64 {
            let bits = 0;
            $(
                let ($o, before) = (other, { let $o = one; $value });
                let bits = bits >> 1 | u64::from(before.is($value)) << (FIELDS.len() - 1);
            )*
            bits
        }
    };
}

use FieldKind::{Boolean, Date, Integer, Text};

#[rustfmt::skip] // One row a field reads as the table that it is.
fields! {
    "source", Text, "path of the file as given or found, /-separated",
        |o| &*o.source;
    "line", Integer, "line of the first character of the number, from 1",
        |o| o.line.0;
    "region", Text, "administrative area the number describes, full official name",
        |o| o.region.as_deref();
    "region_code", Text, "six-digit GB/T 2260 code of the region",
        |o| o.region_code;
    "scope", Text, "words that narrow or widen the region",
        |o| o.scope.as_deref();
    "period", Text, "when: an ISO 8601 date or interval",
        |o| o.period;
    "period_kind", codes_of!(PeriodKind), "what the period is the period of",
        |o| o.period.map(Period::kind);
    "period_origin", codes_of!(Origin), "where the period was found",
        |o| o.period_origin;
    "level", codes_of!(Level), "education level of the people or institutions counted",
        |o| o.level;
    "category", codes_of!(Category), "kind of statistic",
        |o| o.category;
    "indicator", codes_of!(Indicator), "what was measured: a row of the codebook",
        |o| o.indicator;
    "subject", Text, "noun phrase of the text that names what was counted or measured",
        |o| o.subject.as_deref();
    "ownership", codes_of!(Ownership), "public, private or inclusive",
        |o| o.ownership;
    "locality", codes_of!(Locality), "urban or rural",
        |o| o.locality;
    "measure", codes_of!(Measure), "a level, an absolute or a relative difference",
        |o| o.measure;
    "value", FieldKind::Decimal, "in the base unit, exact; the lower end of a range; empty where redacted",
        |o| o.value;
    "value_max", FieldKind::Decimal, "the upper end of a range",
        |o| o.value_max;
    "bound", codes_of!(Bound), "how tightly the figure is stated",
        |o| o.bound;
    "unit", codes_of!(Unit), "base unit",
        |o| o.unit;
    "per", codes_of!(Per), "denominator, where one is stated",
        |o| o.per;
    "status", codes_of!(Status), "fact, plan or norm",
        |o| o.status;
    "redacted", Boolean, "whether the source hides the digits",
        |o| o.redacted;
    "base_period", Text, "what a change or growth is measured from, as period",
        |o| o.base_period;
    "parent", Text, "id of the record this one belongs to",
        |o| o.parent.map(|start| (&*o.source, start));
    "relation", codes_of!(Relation), "what it is to its parent",
        |o| o.relation;
    "mention", Text, "the quantity as written, qualifiers and unit included",
        |o| &*o.mention;
    "sentence", Text, "the whole sentence as written",
        |o| &*o.sentence;
    "flags", Text, "problems found, ;-separated",
        |o| &*o.flags;
    "rule", Text, "name of the extractor that made the record",
        |o| &*o.rule;
    "title", Text, "title of the document",
        |o| o.title.as_deref();
    "publisher", Text, "body or medium that published the document",
        |o| o.publisher.as_deref();
    "published", Date, "publication date of the document",
        |o| o.published;
    "start", Integer, "code-point offset of the first character of the mention, from 0",
        |o| o.start.0;
    "end", Integer, "code-point offset one past the mention",
        |o| o.end.0;
    "number_start", Integer, "code-point offset of the first digit, numeral or x of the number",
        |o| o.number_start.0;
    "id", Text, "source#number_start",
        |o| (&*o.source, o.number_start);
}

/// Fields to write, in the order to write them, and how what people read of them is worded. Reads
/// `line,region,value`.
#[derive(Debug, Clone)]
pub struct Columns(Vec<&'static Field>, Labels);

impl Columns {
    /// Every field.
    pub fn all() -> Self {
        Columns(FIELDS.iter().collect(), Labels::Codes)
    }

    /// The same fields under other labels.
    pub fn labelled(self, labels: Labels) -> Self {
        Columns(self.0, labels)
    }

    /// What stands above a field where people read it.
    pub fn heading(&self, field: &'static Field) -> &'static str {
        self.1.heading(field.name)
    }

    /// What a record holds in a field where people read it. JSON has [`Field::of`] alone.
    #[inline]
    pub(crate) fn held<'o>(&self, field: &Field, observation: &'o Observation<'_>) -> Held<'o> {
        match self.1 {
            Labels::Codes => field.held(observation),
            Labels::Zh | Labels::En => self.1.held(field.name, field.held(observation)),
        }
    }

    /// The fields, in the order to write them.
    pub fn iter(&self) -> impl Iterator<Item = &'static Field> {
        self.0.iter().copied()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none; [`FromStr`] never makes such a selection.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether a field of this name is among them.
    pub fn contains(&self, name: &str) -> bool {
        self.iter().any(|field| field.name == name)
    }
}

/// Why a list of columns cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ColumnError {
    /// No field has this name.
    Unknown(String),
    /// A JSON object cannot hold the same key twice.
    Repeated(String),
}

impl fmt::Display for ColumnError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ColumnError::Unknown(name) => {
                let known: Vec<_> = FIELDS.iter().map(|field| field.name).collect();
                write!(f, "unknown column {name:?}, expected some of {}", known.join(", "))
            }
            ColumnError::Repeated(name) => write!(f, "column {name:?} is named twice"),
        }
    }
}

impl std::error::Error for ColumnError {}

impl FromStr for Columns {
    type Err = ColumnError;

    /// Reads comma-separated names of fields; spaces around a name do not count.
    fn from_str(names: &str) -> Result<Self, ColumnError> {
        let mut columns = Columns(Vec::new(), Labels::Codes);
        for name in names.split(',').map(str::trim) {
            let Some(field) = FIELDS.iter().find(|field| field.name == name) else {
                return Err(ColumnError::Unknown(name.to_owned()));
            };
            if columns.contains(name) {
                return Err(ColumnError::Repeated(name.to_owned()));
            }
            columns.0.push(field);
        }
        Ok(columns)
    }
}

/// A record for the tests of the writers: `小学约365-370所` at code point 17 of `docs/a.txt`.
#[cfg(test)]
pub(crate) fn example() -> Observation<'static> {
    use rust_decimal::Decimal;

    use crate::flag::Flag;
    use crate::observation::RegionCode;
    use crate::text::span::{CharOffset, LineNumber};
    Observation {
        source: "docs/a.txt".into(),
        line: LineNumber(2),
        region: Some("晋城市".into()),
        region_code: Some(RegionCode(140500)),
        scope: None,
        period: Some(Period::Year(2020)),
        period_origin: Some(Origin::Stated),
        level: Some(Level::Primary),
        category: Category::Schools,
        indicator: Some(Indicator::Schools),
        subject: Some("小学".into()),
        ownership: None,
        locality: None,
        measure: Measure::Value,
        value: Some(Decimal::new(36500, 2)),
        value_max: Some(Decimal::from(370)),
        bound: Bound::Range,
        unit: Unit::Institution,
        per: None,
        status: Status::Actual,
        redacted: false,
        base_period: None,
        parent: Some(CharOffset(9)),
        relation: Some(Relation::Part),
        mention: "365-370所".into(),
        sentence: "2020年全市\n小学365-370所。".into(),
        flags: vec![Flag::PercentMeansPoints, Flag::ListMismatch],
        rule: "schools".into(),
        title: None,
        publisher: None,
        published: Some(crate::period::Date::day(2021, 9, 20)),
        start: CharOffset(17),
        end: CharOffset(25),
        number_start: CharOffset(17),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fields_stand_in_the_order_of_the_definition() {
        let names: Vec<_> = FIELDS.iter().map(|field| field.name).collect();
        assert_eq!(
            names.join(" "),
            "source line region region_code scope period period_kind period_origin level category \
             indicator subject ownership locality measure value value_max bound unit per status \
             redacted base_period parent relation mention sentence flags rule title publisher \
             published start end number_start id"
        );
    }

    #[test]
    fn cells_are_spelled_out() {
        let record = example();
        let cells: Vec<_> =
            FIELDS.iter().map(|field| (field.name, field.of(&record).to_string())).collect();
        for (name, expected) in [
            ("region_code", "140500"),
            ("period", "2020"),
            ("period_kind", "year"),
            ("scope", ""),
            ("value", "365.00"),
            ("redacted", "false"),
            ("parent", "docs/a.txt#9"),
            ("flags", "percent-means-points;list-mismatch"),
            ("published", "2021-09-20"),
            ("id", "docs/a.txt#17"),
        ] {
            assert!(cells.contains(&(name, expected.to_owned())), "{name} is not {expected:?}");
        }
    }

    #[test]
    fn no_flags_are_no_cell() {
        let record = Observation { flags: Vec::new(), ..example() };
        let flags: Columns = "flags".parse().unwrap();
        assert_eq!(flags.iter().next().unwrap().of(&record), Cell::Absent);
    }

    #[test]
    fn a_code_field_lists_its_codes_and_holds_one_of_them() {
        let record = example();
        for field in FIELDS {
            if let FieldKind::Code(codes) = field.kind
                && let Cell::Text(code) = field.of(&record)
            {
                assert!(codes().contains(&&*code), "{}: {code}", field.name);
            }
        }
    }

    #[test]
    fn columns_are_chosen_by_name() {
        let columns: Columns = "value, line".parse().unwrap();
        assert_eq!(columns.iter().map(|field| field.name).collect::<Vec<_>>(), ["value", "line"]);
        let error = "line,vlaue".parse::<Columns>().unwrap_err().to_string();
        assert!(error.starts_with("unknown column \"vlaue\", expected some of source, line,"));
        assert_eq!("a".parse::<Columns>().err(), Some(ColumnError::Unknown("a".into())));
        assert_eq!("".parse::<Columns>().err(), Some(ColumnError::Unknown("".into())));
        assert_eq!("id,id".parse::<Columns>().err(), Some(ColumnError::Repeated("id".into())));
    }
}
