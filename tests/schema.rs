//! `edustat schema`: validators of other people accept every record of the seeds, and none that a record cannot be.

#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

mod program;
mod tools;

use program::{folder, path, run};
use serde_json::{Map, Value, json};
use tools::{python_with, tried};

/// The schema that the program prints.
fn schema(arguments: &[&str]) -> Value {
    let run = run(&[&["schema"], arguments].concat());
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    serde_json::from_str(&run.out).unwrap()
}

/// The records of the seeds.
fn records(arguments: &[&str]) -> Vec<Map<String, Value>> {
    let out = run(&[&["extract", "seeds", "-f", "json"], arguments].concat()).out;
    serde_json::from_str(&out).unwrap()
}

/// What a validator says of each record: the places that do not fit the schema.
fn complaints(schema: &Value, records: &[Map<String, Value>]) -> Option<Vec<Vec<String>>> {
    let python = python_with(&["jsonschema"])?;
    let input = json!({"schema": schema, "records": records}).to_string();
    let (out, _) = tried(&python, &["tests/schema/records.py"], input.as_bytes());
    Some(serde_json::from_str(&out).unwrap())
}

#[test]
fn every_record_of_the_seeds_fits() {
    let all = records(&[]);
    let Some(found) = complaints(&schema(&[]), &all) else { return };
    assert_eq!(found.len(), all.len());
    for (record, found) in all.iter().zip(&found) {
        assert!(found.is_empty(), "{}: {found:?}", record["id"]);
    }
    let columns = ["--columns", "id,value,bound,period"];
    let Some(found) = complaints(&schema(&columns), &records(&columns)) else { return };
    assert!(found.iter().all(Vec::is_empty), "{found:?}");
}

#[test]
fn a_record_of_a_stream_fits() {
    let line = r#"{"source": "a", "text": "2020年全市小学365所。", "region": "晋城市", "crawl": {"no": 7}}"#;
    let stream = folder(&[("a.jsonl", line)]);
    let out = run(&["extract", &path(&stream, "a.jsonl"), "--input", "jsonl"]).out;
    let record: Map<String, Value> = serde_json::from_str(&out).unwrap();
    assert_eq!(record["document"], json!({"crawl": {"no": 7}}));
    let Some(found) = complaints(&schema(&[]), &[record]) else { return };
    assert_eq!(found, [Vec::<String>::new()]);
}

#[test]
fn what_cannot_be_is_refused() {
    let good = records(&[]).into_iter().find(|record| record["parent"] != Value::Null).unwrap();
    let wrong = [
        ("line", json!(0)),
        ("line", json!("29")),
        ("level", json!("kindergarten")),
        ("category", Value::Null),
        ("region_code", json!("14050")),
        ("region_code", Value::Null),
        ("period", json!("2020年")),
        ("period", json!("2020-13")),
        ("period", json!("../..")),
        ("period", Value::Null),
        ("period_origin", Value::Null),
        ("value", json!("911")),
        ("value", Value::Null),
        ("value_max", json!(912)),
        ("redacted", json!("false")),
        ("redacted", json!(true)),
        ("relation", Value::Null),
        ("flags", json!("")),
        ("flags", json!("jump,negative")),
        ("rule", json!("guess")),
        ("published", json!("2021-9-20")),
        ("start", json!(-1)),
        ("number_start", json!(1.5)),
        ("extra", json!(1)),
    ];
    let right = [
        ("value", json!(0.5)),
        ("period", json!("2016/..")),
        ("period", json!("../2019-10")),
        ("period", json!("P3Y/2021-09-20")),
        ("period", json!("2021-11-15/P3Y")),
        ("flags", json!("jump;negative")),
        ("published", json!("2021-09")),
        ("scope", Value::Null),
    ];
    let changed = |(name, value): &(&str, Value)| {
        let mut record = good.clone();
        record.insert((*name).to_owned(), value.clone());
        record
    };
    let mut cases: Vec<_> = wrong.iter().chain(&right).map(changed).collect();
    let mut without = good.clone();
    without.remove("id");
    cases.push(without);
    let Some(found) = complaints(&schema(&[]), &cases) else { return };
    for (case, found) in wrong.iter().zip(&found) {
        assert!(!found.is_empty(), "{case:?} is accepted");
    }
    for (case, found) in right.iter().zip(&found[wrong.len()..]) {
        assert!(found.is_empty(), "{case:?} is refused: {found:?}");
    }
    assert!(!found.last().unwrap().is_empty(), "a record without id is accepted");
}

#[test]
fn a_table_of_the_seeds_fits_and_a_damaged_one_does_not() {
    let table = run(&["extract", "seeds", "-f", "csv"]).out;
    let chosen = run(&["extract", "seeds", "-f", "csv", "--columns", "id,value,flags"]).out;
    let rows: Vec<&str> = table.split_inclusive('\n').take(20).collect();
    let short = rows.concat();
    let changed = |was: &str, is: &str| {
        let changed = short.replacen(was, is, 1);
        assert_ne!(changed, short, "{was}");
        changed
    };
    // Each with the column and the complaint that it must lead to.
    let wrong = [
        (changed(",primary,", ",kindergarten,"), "level", "constraint-error"),
        (changed(",140500,", ",14O500,"), "region_code", "constraint-error"),
        (changed(",911,", ",9l1,"), "value", "type-error"),
        (changed(",false,", ",no,"), "redacted", "type-error"),
        (changed("\nseeds/000_7e88397556dc7ec5.txt,", "\n,"), "source", "constraint-error"),
        (changed("seeds/000_7e88397556dc7ec5.txt#", "a.txt#"), "", "foreign-key"),
        (format!("{short}{}", rows[1]), "", "primary-key"),
        (changed("source,line", "source,row"), "line", "incorrect-label"),
    ];
    let names: Vec<String> = (0..wrong.len()).map(|i| format!("{i}.csv")).collect();
    let schema = run(&["schema", "--table-schema"]).out;
    let part = run(&["schema", "--table-schema", "--columns", "id,value,flags"]).out;
    let mut files = vec![("schema.json", schema.as_str()), ("part.json", &part)];
    files.extend([("good.csv", table.as_str()), ("chosen.csv", &chosen)]);
    files.extend(names.iter().map(String::as_str).zip(wrong.iter().map(|(text, _, _)| &**text)));
    let files = folder(&files);
    let Some(python) = python_with(&["frictionless"]) else { return };
    let found = |schema: &str, tables: &[&str]| -> Vec<Vec<(Option<String>, String)>> {
        let script = "tests/schema/tables.py".to_owned();
        let mut arguments = vec![script, path(&files, schema)];
        arguments.extend(tables.iter().map(|table| path(&files, table)));
        serde_json::from_str(&tried(&python, &arguments, b"").0).unwrap()
    };
    let all: Vec<&str> = ["good.csv"].into_iter().chain(names.iter().map(String::as_str)).collect();
    let all = found("schema.json", &all);
    assert_eq!(all[0], []);
    for ((_, column, complaint), found) in wrong.iter().zip(&all[1..]) {
        let column = Some((*column).to_owned()).filter(|column| !column.is_empty());
        let expected = (column, (*complaint).to_owned());
        assert!(found.contains(&expected), "{expected:?} is not in {found:?}");
    }
    assert_eq!(found("part.json", &["chosen.csv"]), [[]]);
}

/// What the program itself says of its fields is what the schemas say.
#[test]
fn the_schemas_have_the_fields_and_codes_of_the_program() {
    let listed = |what: &str| -> Vec<Map<String, Value>> {
        serde_json::from_str(&run(&["list", what, "-f", "json"]).out).unwrap()
    };
    let (json, table) = (schema(&[]), schema(&["--table-schema"]));
    let fields = listed("fields");
    let names: Vec<&Value> = fields.iter().map(|field| &field["field"]).collect();
    assert_eq!(json["required"].as_array().unwrap().iter().collect::<Vec<_>>(), names);
    let columns = table["fields"].as_array().unwrap();
    assert_eq!(columns.iter().map(|column| &column["name"]).collect::<Vec<_>>(), names);
    for (field, column) in fields.iter().zip(columns) {
        let name = field["field"].as_str().unwrap();
        let meaning = field["meaning"].as_str().unwrap();
        for said in [&json["properties"][name], column] {
            let description = said["description"].as_str().unwrap();
            assert!(description.contains(meaning), "{name}: {description}");
        }
    }
    for code in listed("codes") {
        let (field, code) = (code["field"].as_str().unwrap(), &code["code"]);
        let property = &json["properties"][field];
        assert!(property["enum"].as_array().unwrap().contains(code), "{field} {code}");
        let description = property["description"].as_str().unwrap();
        assert!(description.contains(code.as_str().unwrap()), "{field} {code}: {description}");
    }
}
