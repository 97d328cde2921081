//! A record as a page has it: a row of cells without what the text says already.
//!
//! In: an observation of a document. Out: an array, a cell a field of [`fields`]. `41152人` is not in it: `start` and
//! `end` say where in the text it stands, and the sentence is a pair of such offsets. The script puts the record
//! together again, field for field.

use serde_json::{Value, json};

use crate::explain::Explanation;
use crate::observation::Observation;
use crate::output::fields::{Cell, FIELDS, Field};

/// Fields that follow from the document or from other fields.
const DERIVED: [&str; 6] = ["source", "mention", "title", "publisher", "published", "id"];

/// The fields that a row has, in its order.
pub fn fields() -> impl Iterator<Item = &'static Field> {
    FIELDS.iter().filter(|field| !DERIVED.contains(&field.name))
}

/// The row of a record, whose sentence is that of the explanation.
pub fn row(record: &Observation<'_>, told: &Explanation<'_>) -> Value {
    let cell = |field: &Field| match field.name {
        "parent" => record.parent.map_or(Value::Null, |start| json!(start.0)),
        "sentence" => sentence(record, told),
        _ => value(field.of(record)),
    };
    Value::Array(fields().map(cell).collect())
}

/// Where the sentence stands; the sentence itself, should it be another one than that of the explanation.
fn sentence(record: &Observation<'_>, told: &Explanation<'_>) -> Value {
    if record.sentence != told.sentence {
        return json!(record.sentence);
    }
    let before = told.sentence[..told.within.start].chars().count();
    let start = told.number_start.0 - before;
    json!([start, start + told.sentence.chars().count()])
}

/// A cell. Decimals are strings: a script would make `97.80` the nearest binary number.
fn value(cell: Cell<'_>) -> Value {
    match cell {
        Cell::Absent => Value::Null,
        Cell::Text(text) => json!(text),
        Cell::Integer(number) => json!(number),
        Cell::Decimal(decimal) => json!(decimal.to_string()),
        Cell::Flag(flag) => json!(flag),
    }
}
