//! The program as its users meet it: arguments, files and pipes in; bytes, messages and exit codes
//! out.

#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

use std::collections::BTreeSet;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::{Map, Value};
use tempfile::TempDir;

const TEXT: &str = "晋城市教育局\n2020年全市小学365所，在校生111263人。\n";

/// The program, in the folder that holds `seeds`.
fn edustat(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_edustat"));
    command.args(arguments).current_dir(env!("CARGO_MANIFEST_DIR")).env_remove("NO_COLOR");
    command
}

/// What a run gave: exit code, standard output, standard error.
struct Run {
    code: i32,
    out: String,
    err: String,
}

impl From<Output> for Run {
    fn from(output: Output) -> Self {
        Run {
            code: output.status.code().expect("no signal ends the program"),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

fn run(arguments: &[&str]) -> Run {
    edustat(arguments).output().unwrap().into()
}

/// A folder with files of these names and contents.
fn folder(files: &[(&str, &[u8])]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        fs::write(folder.path().join(name), bytes).unwrap();
    }
    folder
}

fn path(folder: &TempDir, name: &str) -> String {
    folder.path().join(name).to_str().unwrap().to_owned()
}

fn jsonl(text: &str) -> Vec<Map<String, Value>> {
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn a_document_becomes_records() {
    let files = folder(&[("a.txt", TEXT.as_bytes())]);
    let a = path(&files, "a.txt");
    let run = run(&["extract", &a, "-f", "jsonl"]);
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    let records = jsonl(&run.out);
    for (value, line) in [(365, 2), (111263, 2)] {
        let record = records
            .iter()
            .find(|record| record["value"].as_u64() == Some(value))
            .unwrap_or_else(|| panic!("no record says {value}: {}", run.out));
        assert_eq!(record["line"].as_u64(), Some(line));
        assert_eq!(record["source"], Value::String(a.clone()));
        assert_eq!(record["id"], Value::String(format!("{a}#{}", record["number_start"])));
    }
}

#[test]
fn standard_input_is_a_dash() {
    let files = folder(&[("a.txt", TEXT.as_bytes())]);
    let mut child = edustat(&["extract", "-", "--columns", "line,value,mention,start"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(TEXT.as_bytes()).unwrap();
    let piped = Run::from(child.wait_with_output().unwrap());
    let read = run(&["extract", &path(&files, "a.txt"), "--columns", "line,value,mention,start"]);
    assert_eq!((piped.code, piped.out, piped.err), (0, read.out, String::new()));
}

#[test]
fn csv_json_and_json_lines_say_the_same() {
    let csv = run(&["extract", "seeds"]);
    let json = run(&["extract", "seeds", "-f", "json"]);
    let lines = run(&["extract", "seeds", "-f", "jsonl"]);
    assert_eq!((csv.code, json.code, lines.code), (0, 0, 0));
    let json: Vec<Map<String, Value>> = serde_json::from_str(&json.out).unwrap();
    assert_eq!(json, jsonl(&lines.out));

    let mut rows = csv::Reader::from_reader(csv.out.as_bytes());
    let names = rows.headers().unwrap().clone();
    let rows: Vec<csv::StringRecord> = rows.records().map(|row| row.unwrap()).collect();
    assert_eq!(rows.len(), json.len());
    assert!(!rows.is_empty(), "the seeds state numbers");
    for (row, record) in rows.iter().zip(&json) {
        assert!(names.iter().eq(record.keys()), "columns and keys differ");
        for (cell, (name, value)) in row.iter().zip(record) {
            let value = match value {
                Value::Null => String::new(),
                Value::String(text) => text.clone(),
                other => other.to_string(),
            };
            assert_eq!(cell, value, "{name} of {}", record["id"]);
        }
    }
}

#[test]
fn threads_change_nothing() {
    for format in ["csv", "json", "jsonl", "table"] {
        let one = run(&["extract", "seeds", "-f", format, "-j", "1"]);
        assert!(one.code == 0 && !one.out.is_empty());
        for jobs in ["2", "8"] {
            assert!(run(&["extract", "seeds", "-f", format, "-j", jobs]).out == one.out);
        }
    }
}

#[test]
fn inputs_come_out_in_the_order_given() {
    let files = folder(&[("a.txt", TEXT.as_bytes()), ("b.txt", TEXT.as_bytes())]);
    let (a, b) = (path(&files, "a.txt"), path(&files, "b.txt"));
    let run = run(&["extract", &b, &a, "--columns", "source"]);
    let mut sources: Vec<&str> = run.out.lines().skip(1).collect();
    sources.dedup();
    assert_eq!(sources, [b.as_str(), a.as_str()]);
}

#[test]
fn excel_gets_its_mark_and_line_ends() {
    let run = run(&["extract", "seeds", "--excel", "--columns", "line,value,mention"]);
    assert!(run.out.starts_with("\u{FEFF}line,value,mention\r\n"));
    assert!(run.out.ends_with("\r\n"));
    assert_eq!(run.out.matches('\n').count(), run.out.matches("\r\n").count());
}

#[test]
fn columns_come_in_the_order_asked_for() {
    let run = run(&["extract", "seeds", "-f", "jsonl", "--columns", "value,line"]);
    assert!(run.out.starts_with("{\"value\":"));
    assert!(jsonl(&run.out).iter().all(|record| record.keys().eq(["value", "line"])));
}

#[test]
fn a_table_names_each_document_once() {
    let files = folder(&[("a.txt", TEXT.as_bytes())]);
    let run = run(&["extract", &path(&files, "a.txt"), "-f", "table"]);
    let mut lines = run.out.lines();
    assert!(lines.next().unwrap().starts_with("line  region"));
    assert_eq!(lines.next().unwrap(), path(&files, "a.txt"));
    assert!(!run.out.contains('\u{1b}'), "no escape sequences into a pipe");
}

#[test]
fn wrong_usage_ends_with_2_and_says_what_was_expected() {
    for (arguments, message) in [
        (&["extract"][..], "PATH"),
        (&["extract", "seeds", "--columns", "line,vlaue"], "unknown column \"vlaue\""),
        (
            &["extract", "seeds", "-f", "xls"],
            "possible values: table, csv, json, jsonl, xlsx, sqlite, parquet",
        ),
        (&["extract", "seeds", "-o", "out.xls"], "out.xls: expected a name ending in .csv"),
        (&["extract", "seeds", "-f", "xlsx"], "-f xlsx: expected a file to write, given with -o"),
        (&["extract", "seeds", "-f", "sqlite", "-o", "-"], "-f sqlite: expected a file to write"),
        (&["audit", "seeds", "-o", "out.xlsx"], "out.xlsx: expected a name ending in .csv"),
        (&["extract", "seeds", "-f", "json", "--excel"], "expected the format csv, found json"),
        (&["extract", "seeds", "--published", "2021-02-29"], "expected a date like 2021"),
        (&["extract", "seeds", "--encoding", "latin-1"], "gb18030"),
        (&["check", "seeds"], "--golden"),
        (&["exctract"], "exctract"),
    ] {
        let run = run(arguments);
        assert_eq!((run.code, run.out.as_str()), (2, ""), "{arguments:?}: {}", run.err);
        assert!(run.err.contains(message), "{arguments:?}: {}", run.err);
    }
}

#[test]
fn what_cannot_be_read_is_named() {
    let files = folder(&[
        ("rubbish.txt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\xff\xfe\xfd\0\x80\x81\xff\xff\0\0"),
        ("picture.png", b"none of our business"),
    ]);
    let empty = tempfile::tempdir().unwrap();
    for input in [
        path(&files, "missing.txt"),
        path(&files, "rubbish.txt"),
        empty.path().to_str().unwrap().to_owned(),
    ] {
        let run = run(&["extract", &input]);
        assert_eq!((run.code, run.out.as_str()), (2, ""), "{}", run.err);
        assert!(run.err.starts_with(&format!("edustat: {input}: ")), "{}", run.err);
        assert!(run.err.ends_with("edustat: 1 of 1 input failed\n"), "{}", run.err);
    }
}

#[cfg(unix)]
#[test]
fn a_forbidden_file_is_named() {
    use std::os::unix::fs::PermissionsExt;
    let files = folder(&[("a.txt", TEXT.as_bytes())]);
    let a = path(&files, "a.txt");
    fs::set_permissions(&a, fs::Permissions::from_mode(0o000)).unwrap();
    if fs::read(&a).is_ok() {
        return; // Permissions do not bind root.
    }
    let run = run(&["extract", &a]);
    assert_eq!(run.code, 2);
    assert!(run.err.starts_with(&format!("edustat: {a}: cannot be read: ")), "{}", run.err);
}

#[test]
fn an_empty_file_states_nothing() {
    let files = folder(&[("a.txt", b"")]);
    let a = path(&files, "a.txt");
    let csv = run(&["extract", &a, "--columns", "line,value"]);
    assert_eq!((csv.code, csv.out.as_str(), csv.err.as_str()), (0, "line,value\n", ""));
    assert_eq!(run(&["extract", &a, "-f", "json"]).out, "[\n]\n");
    assert_eq!(run(&["extract", &a, "-f", "jsonl"]).out, "");
}

#[test]
fn one_bad_input_does_not_stop_the_others() {
    let files = folder(&[("a.txt", TEXT.as_bytes()), ("c.txt", TEXT.as_bytes())]);
    let (a, b, c) = (path(&files, "a.txt"), path(&files, "b.txt"), path(&files, "c.txt"));
    let with = run(&["extract", &a, &b, &c, "-f", "json"]);
    let without = run(&["extract", &a, &c, "-f", "json"]);
    assert_eq!((with.code, without.code), (3, 0));
    assert_eq!(with.out, without.out);
    let mut err = with.err.lines();
    assert!(err.next().unwrap().starts_with(&format!("edustat: {b}: cannot be read: ")));
    assert_eq!(err.next(), Some("edustat: 1 of 3 inputs failed"));
}

#[test]
fn the_name_of_the_output_tells_its_format() {
    let files = folder(&[("a.txt", TEXT.as_bytes())]);
    let a = path(&files, "a.txt");
    for (name, format) in [
        ("o.csv", "csv"),
        ("o.json", "json"),
        ("o.jsonl", "jsonl"),
        ("o.ndjson", "jsonl"),
        ("o.txt", "table"),
    ] {
        let out = path(&files, name);
        let written = run(&["extract", &a, "-o", &out]);
        assert_eq!((written.code, written.out.as_str()), (0, ""), "{}", written.err);
        assert_eq!(fs::read_to_string(&out).unwrap(), run(&["extract", &a, "-f", format]).out);
        fs::remove_file(out).unwrap();
    }
}

#[test]
fn a_failed_run_leaves_the_old_output() {
    let files = folder(&[("out.csv", b"old")]);
    let out = path(&files, "out.csv");
    assert_eq!(run(&["extract", &path(&files, "missing.txt"), "-o", &out]).code, 2);
    assert_eq!(fs::read(&out).unwrap(), b"old");
    assert_eq!(fs::read_dir(files.path()).unwrap().count(), 1, "nothing is left behind");

    let nowhere = path(&files, "nowhere/out.csv");
    let run = run(&["extract", "seeds", "-o", &nowhere]);
    assert_eq!(run.code, 2);
    assert!(
        run.err.starts_with(&format!("edustat: {nowhere}: cannot be written: ")),
        "{}",
        run.err
    );
}

#[test]
fn a_reader_that_leaves_is_no_failure() {
    let mut child = edustat(&["extract", "seeds", "seeds", "seeds", "-f", "jsonl"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    // Dropped after the line: the pipe is broken while the program still writes.
    BufReader::with_capacity(1, child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    assert!(line.starts_with("{\"source\":"), "{line:?}");
    let run = Run::from(child.wait_with_output().unwrap());
    assert_eq!((run.code, run.err.as_str()), (0, ""));
}

/// A document in a folder and its stored records in another.
fn stored() -> (TempDir, TempDir, PathBuf) {
    let files = folder(&[("a.txt", TEXT.as_bytes())]);
    let golden = tempfile::tempdir().unwrap();
    let documents = files.path().to_str().unwrap();
    let update =
        run(&["check", documents, "--golden", golden.path().to_str().unwrap(), "--update"]);
    assert_eq!(update.code, 0, "{}", update.err);
    let records = golden.path().join("a.jsonl");
    assert!(update.out.contains(&format!("{}: written", records.display())), "{}", update.out);
    (files, golden, records)
}

fn check(documents: &Path, golden: &TempDir, more: &[&str]) -> Run {
    let mut arguments =
        vec!["check", documents.to_str().unwrap(), "--golden", golden.path().to_str().unwrap()];
    arguments.extend(more);
    run(&arguments)
}

#[test]
fn stored_records_hold_wherever_the_documents_lie() {
    let (files, golden, _) = stored();
    let elsewhere = folder(&[("a.txt", TEXT.as_bytes())]);
    for documents in [files.path(), elsewhere.path(), &elsewhere.path().join("a.txt")] {
        let run = check(documents, &golden, &[]);
        assert_eq!((run.code, run.out.as_str()), (0, ""), "{}", run.err);
        assert!(run.err.contains("1 document: 0 changed, 0 new, 0 lost\n"), "{}", run.err);
    }
}

#[test]
fn what_extract_writes_can_be_stored() {
    let golden = tempfile::tempdir().unwrap();
    for entry in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds")).unwrap() {
        let seed = entry.unwrap().path();
        let records = golden.path().join(seed.with_extension("jsonl").file_name().unwrap());
        run(&["extract", seed.to_str().unwrap(), "-o", records.to_str().unwrap()]);
    }
    let run = check(Path::new("seeds"), &golden, &[]);
    assert_eq!((run.code, run.out.as_str()), (0, ""), "{}", run.err);
}

#[test]
fn a_difference_is_shown_and_fails_until_it_is_stored() {
    let (files, golden, records) = stored();
    let today = fs::read_to_string(&records).unwrap();
    let mut was = jsonl(&today);
    let place = was.iter().position(|record| record["value"].as_u64() == Some(365)).unwrap();
    was[place].insert("level".into(), "higher".into());
    let lost: Map<String, Value> = was[place]
        .iter()
        .map(|(name, value)| match name.as_str() {
            "number_start" => (name.clone(), Value::from(9999)),
            _ => (name.clone(), value.clone()),
        })
        .collect();
    was.push(lost);
    let new = was.iter().position(|record| record["value"].as_u64() == Some(111263)).unwrap();
    was.remove(new);
    let edited: String =
        was.iter().map(|record| serde_json::to_string(record).unwrap() + "\n").collect();
    fs::write(&records, &edited).unwrap();

    let a = path(&files, "a.txt");
    let difference = check(files.path(), &golden, &[]);
    assert_eq!(difference.code, 1, "{}", difference.err);
    for line in [format!("~ {a}:2 "), format!("+ {a}:2 "), format!("- {a}:2 ")] {
        assert!(difference.out.lines().any(|found| found.starts_with(&line)), "{}", difference.out);
    }
    assert!(difference.out.contains("\n    level: was \"higher\", is "), "{}", difference.out);
    assert!(difference.err.contains("1 changed, 1 new, 1 lost"), "{}", difference.err);
    assert_eq!(fs::read_to_string(&records).unwrap(), edited, "only --update writes");

    let update = check(files.path(), &golden, &["--update"]);
    assert_eq!(update.code, 0, "{}", update.err);
    assert!(update.out.contains("    level: was \"higher\", is "), "{}", update.out);
    assert_eq!(fs::read_to_string(&records).unwrap(), today);
    let again = check(files.path(), &golden, &["--update"]);
    assert_eq!((again.code, again.out.as_str()), (0, ""), "nothing is left to store");
}

#[test]
fn a_file_without_its_partner_is_a_difference() {
    let (files, golden, records) = stored();
    let other = golden.path().join("b.jsonl");
    fs::rename(&records, &other).unwrap();
    let run = check(files.path(), &golden, &[]);
    assert_eq!(run.code, 1);
    let reported: BTreeSet<&str> = run
        .out
        .lines()
        .filter_map(|line| line.strip_prefix("! ")?.split_once(": "))
        .map(|(path, _)| path)
        .collect();
    assert_eq!(reported, BTreeSet::from([records.to_str().unwrap(), other.to_str().unwrap()]));
    assert!(run.out.contains("--update"), "{}", run.out);
    assert!(run.err.contains("2 files without a partner"), "{}", run.err);
    // A single file says nothing about the rest of the folder.
    let one = check(&files.path().join("a.txt"), &golden, &[]);
    assert!(!one.out.contains("b.jsonl"), "{}", one.out);
}

#[test]
fn check_remembers_what_could_not_be_read() {
    let (files, golden, _) = stored();
    let (a, missing) = (path(&files, "a.txt"), path(&files, "missing.txt"));
    let stored = golden.path().to_str().unwrap();
    assert_eq!(run(&["check", &a, &missing, "--golden", stored]).code, 3);
    assert_eq!(run(&["check", &missing, "--golden", stored]).code, 2);
    fs::write(golden.path().join("a.jsonl"), "").unwrap();
    assert_eq!(run(&["check", &a, &missing, "--golden", stored]).code, 1, "a difference wins");
    fs::write(golden.path().join("a.jsonl"), "{").unwrap();
    let broken = run(&["check", &a, "--golden", stored]);
    assert_eq!(broken.code, 2);
    assert!(broken.err.contains("a.jsonl row 1: record: expected a JSON object"), "{}", broken.err);
}
