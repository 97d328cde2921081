//! The record as JSON Schema, draft 2020-12.
//!
//! In: columns. Out: the schema of one object of `jsonl`, or of `json` in its array. `{"line":0,…}` does not fit:
//! lines are counted from 1. Beyond types it says which fields go together: a period has a kind and an origin.

use serde_json::{Map, Value, json};

use super::{Shape, TOGETHER, about};
use crate::output::fields::{Columns, FieldKind};
use crate::output::json::PASSED;

/// The schema of a record of these columns.
pub fn schema(columns: &Columns) -> Value {
    let mut properties = Map::new();
    for field in columns.iter() {
        properties.insert(field.name.to_owned(), property(&Shape::of(field)));
    }
    let needed: Vec<&str> = columns.iter().map(|field| field.name).collect();
    properties.insert(
        PASSED.to_owned(),
        json!({
            "title": "Document",
            "description": "what a line of a stream (--input jsonl) says beyond what edustat knows, as it is",
            "type": "object",
        }),
    );
    let mut schema = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "edustat observation",
        "description": about(columns),
        "type": "object",
        "properties": properties,
        "required": needed,
        "additionalProperties": false,
    });
    let rules = rules(columns);
    if !rules.is_empty() {
        schema["allOf"] = Value::Array(rules);
    }
    schema
}

/// What one field may hold.
fn property(shape: &Shape) -> Value {
    let mut property = shape.annotated();
    let holds = match shape.field.kind {
        FieldKind::Text | FieldKind::Code(_) | FieldKind::Date => "string",
        FieldKind::Integer => "integer",
        FieldKind::Decimal => "number",
        FieldKind::Boolean => "boolean",
    };
    let holds = if shape.needed { json!(holds) } else { json!([holds, "null"]) };
    property.insert("type".to_owned(), holds);
    if let Some(codes) = &shape.codes {
        let absent = (!shape.needed).then_some(Value::Null);
        let codes = codes.iter().map(|code| json!(code)).chain(absent);
        property.insert("enum".to_owned(), codes.collect());
    }
    if let Some(pattern) = &shape.pattern {
        property.insert("pattern".to_owned(), json!(pattern));
    }
    if let Some(least) = shape.least {
        property.insert("minimum".to_owned(), json!(least));
    }
    Value::Object(property)
}

/// What one field says of another, as far as both are columns.
fn rules(columns: &Columns) -> Vec<Value> {
    let mut rules = Vec::new();
    for group in TOGETHER {
        let group: Vec<&str> =
            group.iter().copied().filter(|name| columns.contains(name)).collect();
        if group.len() > 1 {
            let all = |schema: Value| -> Map<String, Value> {
                group.iter().map(|&name| (name.to_owned(), schema.clone())).collect()
            };
            rules.push(json!({"oneOf": [
                {"properties": all(json!({"type": "null"}))},
                {"properties": all(json!({"type": "string"}))},
            ]}));
        }
    }
    let have = |names: [&str; 2]| names.iter().all(|name| columns.contains(name));
    if have(["value", "redacted"]) {
        rules.push(json!({
            "if": {"properties": {"redacted": {"const": true}}},
            "then": {"properties": {"value": {"type": "null"}}},
            "else": {"properties": {"value": {"type": "number"}}},
        }));
    }
    if have(["value_max", "bound"]) {
        rules.push(json!({
            "if": {"properties": {"value_max": {"type": "number"}}},
            "then": {"properties": {"bound": {"const": "range"}}},
        }));
    }
    rules
}
