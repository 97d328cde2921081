//! `-o stats.parquet`: what DuckDB and pyarrow read is what CSV says.

#![cfg(feature = "parquet")]
#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

mod awkward;
mod program;
mod tools;

use std::fs;

use awkward::awkward;
use program::{folder, path, run};
use serde_json::{Map, Value};
use tools::{csv_rows, on_a_full_disk, python};

/// Names and types of the columns, and the rows as text, an absent cell as null.
const DUCKDB: &str = "
import duckdb, json, sys
table = duckdb.read_parquet(sys.argv[1])
plain = lambda cell: cell if cell is None or isinstance(cell, (bool, int)) else str(cell)
print(json.dumps({'types': dict(zip(table.columns, map(str, table.types))),
    'rows': [dict(zip(table.columns, map(plain, row))) for row in table.fetchall()]}))
";

/// The same, and what the file says of itself.
const PYARROW: &str = "
import json, sys, pyarrow.parquet
table = pyarrow.parquet.read_table(sys.argv[1])
plain = lambda cell: cell if cell is None or isinstance(cell, (bool, int)) else str(cell)
file = pyarrow.parquet.ParquetFile(sys.argv[1])
print(json.dumps({'types': {field.name: str(field.type) for field in table.schema},
    'rows': [{name: plain(cell) for name, cell in row.items()} for row in table.to_pylist()],
    'metadata': {key.decode(): value.decode() for key, value in file.metadata.metadata.items()},
    'groups': file.metadata.num_row_groups, 'by': file.metadata.created_by}))
";

fn written(documents: &[&str], more: &[&str]) -> (tempfile::TempDir, String) {
    let out = tempfile::tempdir().unwrap();
    let file = path(&out, "stats.parquet");
    let run = run(&[&["extract", "-o", &file], documents, more].concat());
    assert_eq!((run.code, run.out.as_str(), run.err.as_str()), (0, "", ""));
    (out, file)
}

fn rows(read: &Value) -> Vec<&Map<String, Value>> {
    read["rows"].as_array().unwrap().iter().map(|row| row.as_object().unwrap()).collect()
}

/// A decimal without the zeros behind its last digit.
fn short(decimal: &str) -> &str {
    if decimal.contains('.') {
        decimal.trim_end_matches('0').trim_end_matches('.')
    } else {
        decimal
    }
}

/// A cell is that of the CSV, in its own type.
fn same(name: &str, row: &Map<String, Value>, expected: &str) {
    let cell = &row[name];
    let text = match cell {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    match name {
        "value" | "value_max" => {
            assert_eq!(short(&text), short(expected), "{name}");
            assert_eq!(
                row[&format!("{name}_exact")].as_str().unwrap_or_default(),
                expected,
                "{name}"
            );
        }
        "published" => {
            let day = if expected.len() == 10 { expected } else { "" };
            assert_eq!(text, day);
            assert_eq!(row["published_exact"].as_str().unwrap_or_default(), expected);
        }
        _ => assert_eq!(text, expected, "{name}: {cell}"),
    }
}

#[test]
fn the_columns_say_what_csv_says() {
    let files = awkward();
    fs::write(files.path().join("month.txt"), "晋城市教育局\n2021-09\n近三年全市新建小学3所。\n")
        .unwrap();
    let documents = path(&files, "");
    let (_out, file) = written(&["seeds", &documents], &[]);
    let csv = csv_rows(&run(&["extract", "seeds", &documents, "-f", "csv"]).out);
    let months = csv.iter().filter(|row| row.contains(&"2021-09".to_owned())).count();
    assert!(csv.len() > 400 && months > 0);
    for (reader, script) in [("DuckDB", DUCKDB), ("pyarrow", PYARROW)] {
        let Some(read) = python(script, &[&file]) else { continue };
        let rows = rows(&read);
        assert_eq!(rows.len() + 1, csv.len(), "{reader}");
        for (row, expected) in rows.iter().zip(&csv[1..]) {
            csv[0].iter().zip(expected).for_each(|(name, expected)| same(name, row, expected));
        }
        let columns: Vec<&String> = rows[0].keys().collect();
        assert!(
            columns.iter().zip(&csv[0]).all(|(found, name)| *found == name),
            "{reader}: in the same order"
        );
    }
}

#[test]
fn types_are_what_they_are_called() {
    let (_out, file) = written(&["seeds"], &[]);
    let Some(read) = python(PYARROW, &[&file]) else { return };
    let types = read["types"].as_object().unwrap();
    for (name, kind) in types {
        let expected = match name.as_str() {
            "line" | "start" | "end" | "number_start" => "int64",
            "value" | "value_max" => "decimal128(38, 10)",
            "redacted" => "bool",
            "published" | "period_start" | "period_end" => "date32[day]",
            _ => "string",
        };
        assert_eq!(kind, expected, "{name}");
    }
    assert_eq!(types.len(), 41);
    assert_eq!(read["metadata"]["edustat.version"], env!("CARGO_PKG_VERSION"));
    assert_eq!(read["metadata"]["edustat.record"], "1");
    assert_eq!(read["by"], concat!("edustat ", env!("CARGO_PKG_VERSION")));
    let period = |row: &&Map<String, Value>| {
        (row["period"].clone(), row["period_start"].clone(), row["period_end"].clone())
    };
    let days: Vec<_> = rows(&read).iter().map(period).collect();
    for expected in [
        ("2020/2021", "2020-09-01", "2021-08-31"),
        ("2020-12-31", "2020-12-31", "2020-12-31"),
        ("2016/2020", "2016-01-01", "2020-12-31"),
    ] {
        let expected = (Value::from(expected.0), Value::from(expected.1), Value::from(expected.2));
        assert!(days.contains(&expected), "{expected:?}");
    }
}

/// More records than are gathered at once; and none.
#[test]
fn groups_follow_each_other() {
    let sentence = "2020年全市小学365所，初中2所。\n";
    let many = folder(&[("a.txt", &sentence.repeat(8_500)), ("b.txt", "2020年全市小学3所。")]);
    let columns = ["--columns", "value,number_start,published"];
    let (_out, file) = written(&[&path(&many, "")], &columns);
    if let Some(read) = python(PYARROW, &[&file]) {
        assert_eq!(read["groups"], 2);
        let rows = rows(&read);
        let names: Vec<&String> = rows[0].keys().collect();
        assert_eq!(names, ["value", "number_start", "published", "value_exact", "published_exact"]);
        assert_eq!(rows.len(), 17_001);
        let length = sentence.chars().count();
        for (at, row) in rows[..17_000].iter().enumerate() {
            let (value, place) = if at % 2 == 0 { ("365", 9) } else { ("2", 16) };
            assert_eq!(row["value_exact"], value, "row {at}");
            assert_eq!(row["number_start"], at / 2 * length + place, "row {at}");
        }
        assert_eq!(rows[17_000]["value"], "3.0000000000");
    }
    let none = folder(&[("a.txt", "无")]);
    let (_out, file) = written(&[&path(&none, "")], &[]);
    if let Some(read) = python(DUCKDB, &[&file]) {
        assert_eq!(rows(&read).len(), 0);
        assert_eq!(read["types"]["value"], "DECIMAL(38,10)");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_disk_that_fills_up_leaves_the_old_file() {
    let files = folder(&[("stats.parquet", "old")]);
    let text: String =
        (0..2_000).map(|n| format!("2020年全市小学{n}所，初中{}所。\n", n * 7 % 991)).collect();
    fs::write(files.path().join("a.txt"), text).unwrap();
    let old = path(&files, "stats.parquet");
    let (code, err) = on_a_full_disk(20, &["extract", &path(&files, "a.txt"), "-o", &old]);
    assert_eq!(
        (code, err),
        (Some(2), format!("edustat: {old}: cannot be written: File too large (os error 27)\n"))
    );
    assert_eq!(fs::read(&old).unwrap(), b"old");
    assert_eq!(fs::read_dir(files.path()).unwrap().count(), 2, "nothing is left behind");
}

#[test]
fn the_same_records_are_the_same_bytes() {
    let [one, other] = [written(&["seeds"], &["-j", "1"]), written(&["seeds"], &["-j", "4"])];
    assert!(fs::read(one.1).unwrap() == fs::read(other.1).unwrap());
}
