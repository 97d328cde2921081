//! `-o stats.sqlite`: what the `sqlite3` shell reads is what CSV says, and a run is written as a whole or not at all.

mod awkward;
mod program;
mod tools;

use std::fs;
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::Duration;

use awkward::awkward;
use program::{folder, path, run};
use serde_json::Value;
use tools::{csv_rows, on_a_full_disk, sqlite, sqlite_rows};

/// Writes documents into a database.
fn extract(documents: &[&str], database: &str) {
    let mut arguments = vec!["extract", "-o", database];
    arguments.extend(documents);
    let run = run(&arguments);
    assert_eq!((run.code, run.out.as_str(), run.err.as_str()), (0, "", ""));
}

/// What a column holds, as CSV has it.
fn shown(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

#[test]
fn the_tables_say_what_csv_says() {
    let (files, out) = (awkward(), tempfile::tempdir().unwrap());
    let (documents, database) = (path(&files, ""), path(&out, "stats.sqlite"));
    extract(&["seeds", &documents], &database);
    let csv = csv_rows(&run(&["extract", "seeds", &documents, "-f", "csv"]).out);
    let Some(rows) = sqlite_rows(&database, "SELECT * FROM observations ORDER BY rowid") else {
        return;
    };
    assert_eq!(rows.len() + 1, csv.len());
    for (row, expected) in rows.iter().zip(&csv[1..]) {
        for (name, expected) in csv[0].iter().zip(expected) {
            let found = &row[name];
            match name.as_str() {
                // Exact beside the number nearest to it.
                "value" | "value_max" => {
                    assert_eq!(shown(&row[&format!("{name}_exact")]), *expected, "{name}");
                    let number = expected.parse::<f64>().ok();
                    assert_eq!(shown(found).parse::<f64>().ok(), number, "{name}: {found}");
                    assert!(found.is_null() || found.is_number(), "{name}: {found}");
                }
                "redacted" => assert_eq!(*found, Value::from(i32::from(expected == "true"))),
                _ => assert_eq!(shown(found), *expected, "{name}"),
            }
        }
    }
    let audit = csv_rows(&run(&["audit", "seeds", &documents, "-f", "csv"]).out);
    let rows = sqlite_rows(&database, "SELECT * FROM checks ORDER BY number").unwrap();
    assert!(rows.len() > 60 && rows.len() + 1 == audit.len());
    for (row, expected) in rows.iter().zip(&audit[1..]) {
        for (name, expected) in audit[0].iter().zip(expected) {
            let found = shown(&row[name]);
            let same =
                found == *expected || found.parse::<f64>().ok() == expected.parse::<f64>().ok();
            assert!(same, "{name}: {found}, and CSV has {expected}");
        }
    }
    let book = csv_rows(&run(&["list", "indicators", "-f", "csv"]).out);
    let stored =
        sqlite(&database, "SELECT indicator, label_zh, category, definition FROM codebook")
            .unwrap();
    let expected: Vec<String> = book[1..].iter().map(|row| row.join("|")).collect();
    assert_eq!(stored.lines().collect::<Vec<_>>(), expected);
    let primary = sqlite(&database, "SELECT * FROM codes WHERE code = 'primary'").unwrap();
    assert_eq!(primary, "level|primary|小学|Primary\n");
}

/// What every program can hold against the file itself.
#[test]
fn keys_lead_where_they_say() {
    let out = tempfile::tempdir().unwrap();
    let database = path(&out, "stats.db");
    extract(&["seeds"], &database);
    let ask = |sql: &str| sqlite(&database, sql);
    let Some(whole) = ask("PRAGMA integrity_check; PRAGMA foreign_key_check;") else { return };
    assert_eq!(whole, "ok\n");
    let leads = |table: &str| {
        ask(&format!(
            "SELECT \"from\", \"table\", \"to\" FROM pragma_foreign_key_list('{table}') ORDER BY 1"
        ))
        .unwrap()
    };
    assert_eq!(
        leads("observations"),
        "indicator|codebook|indicator\nparent|observations|id\nsource|documents|source\n"
    );
    assert_eq!(leads("checks"), "id|observations|id\nsource|documents|source\n");
    assert_eq!(leads("check_records"), "id|observations|id\nnumber|checks|number\n");
    let keys = "SELECT m.name, group_concat(c.name) FROM sqlite_schema AS m, pragma_table_info(m.name) AS c \
                WHERE m.type = 'table' AND c.pk > 0 GROUP BY m.name ORDER BY 1";
    assert_eq!(
        ask(keys).unwrap(),
        "check_records|number,place\nchecks|number\ncodebook|indicator\ncodes|field,code\ndocuments|source\nobservations|id\n"
    );
    let types = "SELECT type, group_concat(name) FROM pragma_table_info('observations') WHERE type <> 'TEXT' GROUP BY type ORDER BY 1";
    assert_eq!(
        ask(types).unwrap(),
        "INTEGER|line,redacted,start,end,number_start\nNUMERIC|value,value_max\n"
    );
    // A question of the kind that the index is for does not read the table.
    let plan = ask("EXPLAIN QUERY PLAN SELECT value FROM observations WHERE indicator = 'schools' AND region_code = '140500'").unwrap();
    assert!(plan.contains("observations_series"), "{plan}");
    // The records of a check are those of the audit.
    let terms = "SELECT group_concat(mention, ', ') FROM (SELECT o.mention FROM checks AS c JOIN check_records AS r USING (number) \
                 JOIN observations AS o ON o.id = r.id WHERE c.formula LIKE '911所 =%' ORDER BY r.place)";
    assert_eq!(ask(terms).unwrap(), "911所, 365所, 115所, 29所, 381所, 13所, 6所, 2所\n");
    assert_eq!(ask("PRAGMA application_id; PRAGMA user_version;").unwrap(), "1701082483\n1\n");
}

#[test]
fn views_answer_what_people_ask() {
    let files = folder(&[(
        "a.txt",
        "晋城市教育局\n2022-03-01\n\n\
         2020年全市小学365所，在校生111000人，其中女生50000人。\n\
         2021年全市小学363所，在校生112500人。全市小学生巩固率97.80%。\n\
         2021年全市普惠性幼儿园300所。\n\
         到2025年，全市小学达到350所。\n",
    )]);
    let database = path(&files, "stats.sqlite");
    extract(&[&path(&files, "a.txt")], &database);
    let ask = |sql: &str| sqlite(&database, sql);
    let latest = "SELECT region, level, indicator, label_zh, value, period, others FROM latest WHERE indicator IN ('schools', 'enrolment') AND level = 'primary'";
    let Some(latest) = ask(latest) else { return };
    assert_eq!(
        latest,
        "晋城市|primary|enrolment|在校生数|112500|2021|0\n晋城市|primary|schools|学校数|363|2021|0\n"
    );
    let series = "SELECT period, status, value, periods FROM series WHERE indicator = 'schools' AND level = 'primary'";
    assert_eq!(ask(series).unwrap(), "2020|actual|365|2\n2021|actual|363|2\n2025|target|350|1\n");
    // 女生 are no second enrolment of the year.
    let enrolment = "SELECT period, value FROM series WHERE indicator = 'enrolment'";
    assert_eq!(ask(enrolment).unwrap(), "2020|111000\n2021|112500\n");
    assert_eq!(ask("SELECT count(*) FROM facts WHERE status <> 'actual'").unwrap(), "0\n");
    assert_eq!(
        ask("SELECT count(*) FROM latest WHERE indicator = 'schools' AND level = 'preschool'")
            .unwrap(),
        "0\n",
        "普惠性 are some of them"
    );
    assert_eq!(
        ask("SELECT value, value_exact FROM facts WHERE unit = 'percent'").unwrap(),
        "97.8|97.80\n"
    );
}

/// All rows, in an order of their own.
const DUMP: &str = "SELECT * FROM documents ORDER BY source; SELECT * FROM observations ORDER BY id; \
                    SELECT id, \"check\", formula FROM checks ORDER BY 1, 2, 3; SELECT id, count(*) FROM check_records GROUP BY id;";

#[test]
fn a_document_takes_its_own_place() {
    let files = folder(&[
        ("a.txt", "2020年全市各级各类学校480所（其中：小学365所，初中115所）。"),
        ("b.txt", "2020年全市小学200所。"),
    ]);
    let [a, b, database, fresh] =
        ["a.txt", "b.txt", "stats.sqlite", "fresh.sqlite"].map(|name| path(&files, name));
    extract(&[&a, &b], &database);
    let Some(before) = sqlite(&database, DUMP) else { return };
    // The same again changes nothing.
    extract(&[&a, &b], &database);
    assert_eq!(sqlite(&database, DUMP).unwrap(), before);
    extract(&[&b], &database);
    assert_eq!(sqlite(&database, DUMP).unwrap(), before);
    // What a document does not say any more goes; what another says stays.
    fs::write(&a, "2020年全市小学364所，初中115所。").unwrap();
    extract(&[&a], &database);
    extract(&[&a, &b], &fresh);
    assert_ne!(sqlite(&database, DUMP).unwrap(), before);
    assert_eq!(sqlite(&database, DUMP).unwrap(), sqlite(&fresh, DUMP).unwrap());
    assert_eq!(
        sqlite(&database, "PRAGMA integrity_check; PRAGMA foreign_key_check;").unwrap(),
        "ok\n"
    );
    // A document that cannot be read any more stays as it was read.
    fs::write(&b, b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\xff\xfe").unwrap();
    let partly = run(&["extract", &a, &b, "-o", &database]);
    assert_eq!(partly.code, 3, "{}", partly.err);
    assert_eq!(sqlite(&database, DUMP).unwrap(), sqlite(&fresh, DUMP).unwrap());
    assert_eq!(run(&["extract", &b, "-o", &database]).code, 2);
    assert_eq!(sqlite(&database, DUMP).unwrap(), sqlite(&fresh, DUMP).unwrap());
}

#[test]
fn a_stream_is_written_at_its_end() {
    let stream = "{\"source\": \"x\", \"text\": \"2020年全市小学365所。\", \"crawl\": 7}\n\
                  {\"source\": \"y\", \"text\": \"2020年全市小学3所。\"}\n\
                  {\"source\": \"x\", \"text\": \"2020年全市小学366所。\", \"crawl\": 8}\n";
    let files = folder(&[("in.jsonl", stream)]);
    let database = path(&files, "stats.sqlite");
    extract(&[&path(&files, "in.jsonl"), "--input", "jsonl"], &database);
    let Some(rows) = sqlite(
        &database,
        "SELECT d.source, document, value FROM documents AS d JOIN observations AS o USING (source) ORDER BY 1",
    ) else {
        return;
    };
    assert_eq!(rows, "x|{\"crawl\":8}|366\ny||3\n");
}

/// A document of so many records that the database is written long before the run ends.
fn large(value: usize) -> String {
    format!("2020年全市小学{value}所，在校生111263人；初中2所。\n").repeat(1_000)
}

/// The run is killed at moments from that on when it begins to write: what the database says is what it said, or
/// what it should.
#[cfg(unix)]
#[test]
fn a_kill_leaves_the_old_content_or_the_new() {
    const KILLS: u32 = 6;
    let files = folder(&[("a.txt", &large(365)), ("b.txt", "2020年全市小学200所。")]);
    let [a, b, database, keep] =
        ["a.txt", "b.txt", "stats.sqlite", "keep"].map(|name| path(&files, name));
    extract(&[&a, &b], &database);
    fs::copy(&database, &keep).unwrap();
    let Some(old) = sqlite(&database, DUMP) else { return };
    fs::write(&a, large(364)).unwrap();
    let start = || {
        Command::new(env!("CARGO_BIN_EXE_edustat"))
            .args(["extract", &a, "-o", &database])
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap()
    };
    assert!(start().wait().unwrap().success());
    let new = sqlite(&database, DUMP).unwrap();
    assert!(new != old && new.contains("|364所|") && !new.contains("365所") && new.contains(&b));

    let writes =
        || fs::metadata(format!("{database}-journal")).is_ok_and(|journal| journal.len() > 0);
    let (mut killed, mut halfway) = (0, 0);
    for moment in 0..KILLS {
        fs::copy(&keep, &database).unwrap();
        let mut child = start();
        // From the moment on that it writes.
        while !writes() && child.try_wait().unwrap().is_none() {
            sleep(Duration::from_millis(1));
        }
        sleep(Duration::from_millis(5) * moment);
        child.kill().unwrap();
        killed += u32::from(child.wait().unwrap().code().is_none());
        halfway += u32::from(writes());
        let left = sqlite(&database, DUMP).unwrap();
        assert!(left == old || left == new, "at moment {moment}");
        assert_eq!(
            sqlite(&database, "PRAGMA integrity_check").unwrap(),
            "ok\n",
            "at moment {moment}"
        );
    }
    assert!(
        killed > 0 && halfway > 0,
        "{killed} of {KILLS} runs were killed, {halfway} while they wrote"
    );
    // Whatever the last one left, the next one goes on from it.
    extract(&[&a], &database);
    assert_eq!(sqlite(&database, DUMP).unwrap(), new);
}

/// The disk is full while the run writes: the old content stands, and the message says so.
#[cfg(target_os = "linux")]
#[test]
fn a_disk_that_fills_up_leaves_the_old_content() {
    let files = folder(&[("a.txt", "2020年全市小学365所。"), ("b.txt", &large(3))]);
    let [a, b, database, new] =
        ["a.txt", "b.txt", "stats.sqlite", "new.sqlite"].map(|name| path(&files, name));
    extract(&[&a], &database);
    let bytes = fs::read(&database).unwrap();
    for place in [&database, &new] {
        let (code, err) = on_a_full_disk(400, &["extract", &a, &b, "-o", place]);
        assert_eq!(code, Some(2), "{err}");
        assert!(err.starts_with(&format!("edustat: {place}: cannot be written: ")), "{err}");
    }
    assert!(fs::read(&database).unwrap() == bytes);
    assert_eq!(fs::read_dir(files.path()).unwrap().count(), 3, "nothing is left behind");
}

/// What belongs to others is not touched.
#[test]
fn a_file_of_others_is_refused_and_left() {
    let files =
        folder(&[("a.txt", "2020年全市小学365所。"), ("notes.db", "notes"), ("empty.sqlite", "")]);
    let [a, notes, others, later, empty] =
        ["a.txt", "notes.db", "others.sqlite", "later.sqlite", "empty.sqlite"]
            .map(|name| path(&files, name));
    extract(&[&a], &later);
    let Some(_) = sqlite(
        &others,
        "CREATE TABLE observations (id TEXT); INSERT INTO observations VALUES ('x');",
    ) else {
        return;
    };
    sqlite(&later, "PRAGMA user_version = 2").unwrap();
    for (place, message) in [
        (
            &notes,
            "expected an SQLite database that edustat wrote, or nothing, found a file of another kind",
        ),
        (
            &others,
            "expected an SQLite database that edustat wrote, or nothing, found one of another program (application_id 0)",
        ),
        (
            &later,
            "expected a database with tables of version 1, found version 2: write to a new file",
        ),
    ] {
        let before = fs::read(place).unwrap();
        let run = run(&["extract", &a, "-o", place]);
        assert_eq!((run.code, run.err), (2, format!("edustat: {place}: {message}\n")));
        assert!(fs::read(place).unwrap() == before, "{place}");
    }
    // Nothing is nobody's.
    extract(&[&a], &empty);
    assert_eq!(sqlite(&empty, "SELECT value FROM observations").unwrap(), "365\n");
    let folder = run(&["extract", &a, "-f", "sqlite", "-o", &path(&files, "")]);
    assert_eq!(folder.code, 2);
    assert!(folder.err.contains("cannot be written: Is a directory"), "{}", folder.err);
    let columns = run(&["extract", &a, "-o", &empty, "--columns", "value"]);
    assert!(
        columns.code == 2 && columns.err.contains("--columns: expected no choice of columns"),
        "{}",
        columns.err
    );
}

#[test]
fn the_same_records_are_the_same_bytes() {
    let out = tempfile::tempdir().unwrap();
    let [one, other] = ["1", "4"].map(|jobs| {
        let place = path(&out, &format!("{jobs}.sqlite"));
        extract(&["seeds", "-j", jobs], &place);
        fs::read(place).unwrap()
    });
    assert!(one == other);
}
