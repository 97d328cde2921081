//! What a record looks like, for programs that check or load it: JSON Schema and Table Schema.
//!
//! In: columns. Out: a document that says of each what it holds, made from what the writers use: the fields, the
//! closed lists, the rules. `level` is a string, one of `all`, `preschool`, … or absent; `line` an integer from 1.

pub mod json;
pub mod table;

use serde_json::{Map, Value, json};

use crate::extract;
use crate::flag::Flag;
use crate::labels::Labels;
use crate::observation::Observation;
use crate::output::fields::{Cell, Columns, Field, FieldKind};

/// Fields that a record has together or not at all.
const TOGETHER: &[&[&str]] = &[
    &["region", "region_code"],
    &["period", "period_kind", "period_origin"],
    &["parent", "relation"],
];

/// A date to the year, month or day.
const DATE: &str = "[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?";

/// What the cells of a field hold.
struct Shape {
    field: &'static Field,
    /// Whether every record has it.
    needed: bool,
    /// All codes that it may hold.
    codes: Option<Vec<&'static str>>,
    /// What its text looks like, from beginning to end: a regular expression of ECMA-262 and of XML Schema.
    pattern: Option<String>,
    /// The least integer.
    least: Option<usize>,
}

impl Shape {
    fn of(field: &'static Field) -> Self {
        let codes = match (field.kind, field.name) {
            (FieldKind::Code(codes), _) => Some(codes()),
            (FieldKind::Text, "rule") => {
                Some(extract::ALL.iter().map(|rule| rule.name()).collect())
            }
            (FieldKind::Text | FieldKind::Integer, _)
            | (FieldKind::Decimal | FieldKind::Boolean | FieldKind::Date, _) => None,
        };
        let pattern = match (field.kind, field.name) {
            (FieldKind::Date, _) => Some(format!("^{DATE}$")),
            (_, "period" | "base_period") => Some(period()),
            (_, "region_code") => Some("^[1-8][0-9]{5}$".to_owned()),
            (_, "flags") => {
                let one = Flag::ALL.iter().map(|flag| flag.code()).collect::<Vec<_>>().join("|");
                Some(format!("^({one})(;({one}))*$"))
            }
            _ => None,
        };
        let least = match (field.kind, field.name) {
            // Lines are counted from 1, code points from 0.
            (FieldKind::Integer, "line") => Some(1),
            (FieldKind::Integer, _) => Some(0),
            _ => None,
        };
        let needed = field.of(&barest()) != Cell::Absent;
        Shape { field, needed, codes, pattern, least }
    }

    /// What it says, and what each code means, in Chinese and English.
    fn description(&self) -> String {
        let name = self.field.name;
        let vocabulary = if name == "flags" {
            Some(Flag::ALL.iter().map(|flag| flag.code()).collect())
        } else {
            self.codes.clone()
        };
        let mut text = format!("{}: {}", Labels::Zh.heading(name), self.field.meaning);
        for (i, code) in vocabulary.unwrap_or_default().into_iter().enumerate() {
            let (zh, en) = (Labels::Zh.value(name, code), Labels::En.value(name, code));
            let before = if i == 0 { ". " } else { "; " };
            text.extend([before, code, " ", &zh]);
            if zh != en {
                text.extend([" (", &en, ")"]);
            }
        }
        text
    }

    /// What both schemas say of a field.
    fn annotated(&self) -> Map<String, Value> {
        let title = Labels::En.heading(self.field.name);
        let (title, description) = (json!(title), json!(self.description()));
        Map::from_iter([("title".to_owned(), title), ("description".to_owned(), description)])
    }
}

/// What the record is, of which these columns are written.
fn about(columns: &Columns) -> String {
    let part = if columns.len() < Columns::all().len() { ": some of its fields" } else { "" };
    format!(
        "One quantity that a document states about education, as edustat {} extracts it{part}",
        env!("CARGO_PKG_VERSION")
    )
}

/// The periods that a record may have: ISO 8601 dates, intervals, intervals open at one end, and so many
/// years up to a date or from it.
fn period() -> String {
    let forms = [
        DATE.to_owned(),
        format!(r"{DATE}/({DATE}|\.\.)"),
        format!(r"\.\./{DATE}"),
        format!("P[0-9]+Y/{DATE}"),
        format!("{DATE}/P[0-9]+Y"),
    ];
    format!("^({})$", forms.join("|"))
}

/// A record without everything that a record may be without: what it still has, all have.
fn barest() -> Observation<'static> {
    use crate::codes::{Bound, Category, Measure, Status, Unit};
    use crate::text::span::{CharOffset, LineNumber};
    Observation {
        source: "".into(),
        line: LineNumber(1),
        region: None,
        region_code: None,
        scope: None,
        period: None,
        period_origin: None,
        level: None,
        category: Category::Other,
        indicator: None,
        subject: None,
        ownership: None,
        locality: None,
        measure: Measure::Value,
        value: None,
        value_max: None,
        bound: Bound::Exact,
        unit: Unit::Item,
        per: None,
        status: Status::Actual,
        redacted: true,
        base_period: None,
        parent: None,
        relation: None,
        mention: "".into(),
        sentence: "".into(),
        flags: Vec::new(),
        rule: "".into(),
        title: None,
        publisher: None,
        published: None,
        start: CharOffset(0),
        end: CharOffset(0),
        number_start: CharOffset(0),
    }
}
