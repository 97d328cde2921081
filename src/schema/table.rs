//! The columns of CSV as Table Schema, the form of Frictionless Data.
//!
//! In: columns. Out: the schema of what `extract --format csv` writes of them. `line` is an integer of at least 1
//! in every row; `parent` is the `id` of another row. It is not that of `--excel`, which guards text with a `'`.

use serde_json::{Map, Value, json};

use super::{Shape, about};
use crate::output::fields::{Columns, FieldKind};

/// The schema of a table of these columns.
pub fn schema(columns: &Columns) -> Value {
    let fields: Vec<Value> = columns.iter().map(|field| row(&Shape::of(field))).collect();
    let mut schema = json!({
        "$schema": "https://datapackage.org/profiles/2.0/tableschema.json",
        "title": "edustat observations",
        "description": about(columns),
        "fields": fields,
        "missingValues": [""],
    });
    if columns.contains("id") {
        schema["primaryKey"] = json!(["id"]);
        if columns.contains("parent") {
            // Without a resource it is this table itself.
            let reference = json!({"fields": ["id"]});
            schema["foreignKeys"] = json!([{"fields": ["parent"], "reference": reference}]);
        }
    }
    schema
}

/// What one column holds.
fn row(shape: &Shape) -> Value {
    let name = ("name".to_owned(), json!(shape.field.name));
    let holds = match shape.field.kind {
        // A date may be a year or a month alone, which its type `date` cannot be.
        FieldKind::Text | FieldKind::Code(_) | FieldKind::Date => "string",
        FieldKind::Integer => "integer",
        FieldKind::Decimal => "number",
        FieldKind::Boolean => "boolean",
    };
    let mut field = Map::from_iter([name, ("type".to_owned(), json!(holds))]);
    field.extend(shape.annotated());
    if matches!(shape.field.kind, FieldKind::Boolean) {
        field.insert("trueValues".to_owned(), json!(["true"]));
        field.insert("falseValues".to_owned(), json!(["false"]));
    }
    let mut constraints = Map::new();
    if shape.needed {
        constraints.insert("required".to_owned(), json!(true));
    }
    if let Some(codes) = &shape.codes {
        constraints.insert("enum".to_owned(), json!(codes));
    }
    if let Some(pattern) = &shape.pattern {
        constraints.insert("pattern".to_owned(), json!(pattern));
    }
    if let Some(least) = shape.least {
        constraints.insert("minimum".to_owned(), json!(least));
    }
    if !constraints.is_empty() {
        field.insert("constraints".to_owned(), Value::Object(constraints));
    }
    Value::Object(field)
}
