//! Where records go: a file that is old or new and nothing between, streams that end, and spreadsheets.

#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

mod awkward;
mod program;

use std::fs;
use std::io::Read;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use awkward::{PAYLOADS, awkward};
use program::{folder, path, run};

const TEXT: &str = "晋城市教育局\n2020年全市小学365所，在校生111263人。\n";

fn start(arguments: &[&str]) -> Child {
    Command::new(env!("CARGO_BIN_EXE_edustat"))
        .args(arguments)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
}

/// Exit code and standard error of a run that was started.
fn ended(child: Child) -> (Option<i32>, String) {
    let output = child.wait_with_output().unwrap();
    (output.status.code(), String::from_utf8(output.stderr).unwrap())
}

/// The run is killed at moments spread over its whole length: the file is the old one or the new one,
/// byte for byte, and what lies beside it says what it was.
#[cfg(unix)]
#[test]
fn a_kill_leaves_the_old_file_or_the_new_one() {
    const KILLS: u32 = 16;
    let text = "2020年全市小学365所，在校生111263人；初中2所。\n".repeat(400);
    let files = folder(&[("a.txt", &text)]);
    let (a, out) = (path(&files, "a.txt"), path(&files, "out.csv"));
    let arguments = ["extract", &a, "-o", &out];
    let length = |_| {
        let begun = Instant::now();
        assert_eq!(ended(start(&arguments)), (Some(0), String::new()));
        begun.elapsed()
    };
    // On a busy machine one run may take several times as long as the next.
    let mut whole = (0..3).map(length).min().unwrap();
    let new = fs::read(&out).unwrap();
    assert!(new.len() > 200_000);

    let mut killed = 0;
    for moment in 0..KILLS {
        fs::write(&out, "old").unwrap();
        let mut child = start(&arguments);
        sleep(whole * moment / (KILLS - 4));
        child.kill().unwrap();
        let (code, _) = ended(child);
        let left = fs::read(&out).unwrap();
        assert!(left == b"old" || left == new, "{} bytes at moment {moment}", left.len());
        match code {
            None => killed += 1,
            Some(_) => {
                assert!(left == new, "a run that ended has written");
                // It was over before its moment came.
                whole = whole * 3 / 4;
            }
        }
        for entry in fs::read_dir(files.path()).unwrap() {
            let name = entry.unwrap().file_name().into_string().unwrap();
            let part = name.starts_with(".out.csv.") && name.ends_with(".edustat-part");
            assert!(part || name == "a.txt" || name == "out.csv", "{name}");
        }
    }
    assert!(killed > KILLS / 4, "{killed} of {KILLS} runs were killed");
    // What they left is nobody's input, and is in nobody's way.
    let again = run(&["extract", &path(&files, ""), "-f", "jsonl", "--columns", "source"]);
    assert!(
        again.code == 0 && again.out.lines().all(|line| line.contains("a.txt")),
        "{}",
        again.err
    );
    assert_eq!(run(&arguments).code, 0);
    assert!(fs::read(&out).unwrap() == new);
}

/// A name that leaves no room for what is put around it.
#[test]
fn a_long_name_can_be_written() {
    let files = folder(&[("a.txt", TEXT)]);
    let out = path(&files, &format!("{}.csv", "学".repeat(80)));
    let run = run(&["extract", &path(&files, "a.txt"), "-o", &out]);
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    assert!(fs::read_to_string(&out).unwrap().starts_with("source,line,"));
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_said() {
    let files = folder(&[("a.txt", &TEXT.repeat(200))]);
    let a = path(&files, "a.txt");
    let refused = "cannot be written: No space left on device (os error 28)\n";
    for format in ["csv", "json", "jsonl", "table"] {
        let run = run(&["extract", &a, "-f", format, "-o", "/dev/full"]);
        assert_eq!((run.code, run.out.as_str()), (2, ""));
        assert_eq!(run.err, format!("edustat: /dev/full: {refused}"), "{format}");
    }
    for arguments in [
        &["extract", &a][..],
        &["explain", &a],
        &["list", "regions"],
        &["check", &a, "--golden", "x"],
    ] {
        let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
        let child = Command::new(env!("CARGO_BIN_EXE_edustat"))
            .args(arguments)
            .stdout(full)
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let expected = format!("edustat: standard output: {refused}");
        assert_eq!(ended(child), (Some(2), expected), "{arguments:?}");
    }
}

/// The disk is full while the part is written: the old file stands, and nothing lies beside it. A
/// limit on the size of files stands in for the disk.
#[cfg(target_os = "linux")]
#[test]
fn a_disk_that_fills_up_leaves_the_old_file() {
    let files = folder(&[("a.txt", &TEXT.repeat(200)), ("out.csv", "old")]);
    let output = Command::new("bash")
        .args(["-c", "trap '' XFSZ; ulimit -f 100; exec \"$@\"", "bash"])
        .args([env!("CARGO_BIN_EXE_edustat"), "extract"])
        .args([path(&files, "a.txt"), "-o".to_owned(), path(&files, "out.csv")])
        .output()
        .unwrap();
    let err = String::from_utf8(output.stderr).unwrap();
    let out = path(&files, "out.csv");
    assert_eq!(output.status.code(), Some(2));
    let refused = format!("edustat: {out}: cannot be written: File too large (os error 27)");
    assert!(err.starts_with(&refused), "{err}");
    assert_eq!(fs::read(&out).unwrap(), b"old");
    assert_eq!(fs::read_dir(files.path()).unwrap().count(), 2);
}

/// A reader that leaves ends the run at once: what it has not come to, here a stream that never ends,
/// is not read any more.
#[test]
fn a_reader_that_leaves_ends_the_run() {
    let text = "2020年全市小学365所，在校生111263人；初中2所。\n".repeat(4_000);
    let files = folder(&[("a.txt", &text)]);
    let mut child = Command::new(env!("CARGO_BIN_EXE_edustat"))
        .args(["extract", &path(&files, "a.txt"), "-", "-f", "jsonl", "-j", "1"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let open = child.stdin.take();
    let mut some = [0; 100];
    child.stdout.take().unwrap().read_exact(&mut some).unwrap();
    assert!(some.starts_with(b"{\"source\":"));
    let begun = Instant::now();
    while child.try_wait().unwrap().is_none() {
        if begun.elapsed() > Duration::from_secs(30) {
            child.kill().unwrap();
            panic!("it still reads");
        }
        sleep(Duration::from_millis(5));
    }
    drop(open);
    assert_eq!(ended(child), (Some(0), String::new()));
}

/// Reads a file of CSV with Python's `csv` and says what its cells are, as JSON.
const READ: &str = "import csv, json, sys\n\
    rows = list(csv.reader(open(sys.argv[1], newline='', encoding='utf-8-sig')))\n\
    print(json.dumps(rows))";

/// The same with pandas.
const READ_PANDAS: &str = "import json, sys, pandas\n\
    table = pandas.read_csv(sys.argv[1], dtype=str, keep_default_na=False, encoding='utf-8-sig')\n\
    print(json.dumps([list(table.columns)] + table.values.tolist()))";

/// The cells that Python reads; none where it is not there, or lacks a module.
fn read_by_python(script: &str, csv: &str) -> Option<Vec<Vec<String>>> {
    let output = Command::new("python3").args(["-c", script, csv]).output().ok()?;
    let err = String::from_utf8_lossy(&output.stderr);
    if err.contains("ModuleNotFoundError") || output.status.code() == Some(127) {
        return None;
    }
    assert!(output.status.success(), "{err}");
    Some(serde_json::from_slice(&output.stdout).unwrap())
}

/// The CSV of `files` in a file of its own, and the cells that JSON has for the same records.
fn both(files: &tempfile::TempDir, excel: bool) -> (tempfile::TempDir, Vec<Vec<String>>) {
    let out = tempfile::tempdir().unwrap();
    let (root, csv) = (files.path().to_str().unwrap(), path(&out, "out.csv"));
    let mut names = vec!["."];
    names.extend(["=1+1.txt", "@SUM(1),\"2\".txt"]);
    let extract = |more: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_edustat"))
            .current_dir(root)
            .arg("extract")
            .args(&names)
            .args(more)
            .output()
            .unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    };
    let options: &[&str] = &["-o", &csv, "--excel"];
    extract(&options[..if excel { 3 } else { 2 }]);
    let json: Vec<serde_json::Map<String, serde_json::Value>> =
        serde_json::from_str(&extract(&["-f", "json"])).unwrap();
    let cell = |value: &serde_json::Value| match value {
        serde_json::Value::Null => String::new(),
        serde_json::Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    let mut rows = vec![json[0].keys().cloned().collect()];
    rows.extend(json.iter().map(|record| record.values().map(cell).collect()));
    assert!(rows.len() > PAYLOADS.len());
    (out, rows)
}

#[test]
fn other_readers_find_the_cells_that_were_written() {
    let (out, expected) = both(&awkward(), false);
    let quoted = expected.iter().flatten().any(|cell| cell.contains('"') && cell.contains('\n'));
    assert!(quoted, "there is something to quote");
    for (reader, script) in [("Python's csv", READ), ("pandas", READ_PANDAS)] {
        match read_by_python(script, &path(&out, "out.csv")) {
            Some(rows) => assert_eq!(rows, expected, "{reader}"),
            None => skip(&format!("{reader} is not installed")),
        }
    }
}

/// Whether a spreadsheet could run a cell, said as OWASP has it and apart from how the program says it.
fn dangerous(cell: &str) -> bool {
    let signs = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];
    let after = |c: char| c.is_whitespace() || c == '"';
    let pieces = cell.split([';', '\t', '\r', '\n']);
    cell.starts_with(['\t', '\r', '\n'])
        || pieces.into_iter().any(|piece| piece.trim_start_matches(after).starts_with(signs))
}

#[test]
fn excel_gets_no_formula_and_every_number() {
    let (out, expected) = both(&awkward(), true);
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).from_path(out.path().join("out.csv")).unwrap();
    let rows: Vec<Vec<String>> = reader
        .records()
        .map(|row| {
            row.unwrap().iter().map(|cell| cell.trim_start_matches('\u{FEFF}').to_owned()).collect()
        })
        .collect();
    assert_eq!(rows.len(), expected.len());
    let column = |name: &str| expected[0].iter().position(|field| field == name).unwrap();
    let numbers = ["line", "value", "value_max", "start", "end", "number_start"].map(column);
    let (mut negative, mut marked) = (0, 0);
    for (row, record) in rows.iter().zip(&expected).skip(1) {
        for (at, (cell, plain)) in row.iter().zip(record).enumerate() {
            if numbers.contains(&at) {
                assert_eq!(cell, plain);
                negative += usize::from(cell.starts_with('-'));
                continue;
            }
            assert!(!dangerous(cell), "{}: {cell:?}", expected[0][at]);
            // Nothing is lost, and only what is dangerous is marked.
            if dangerous(plain) {
                marked += 1;
                let spoken = |text: &str| text.replace('\'', "");
                assert_eq!(spoken(cell), spoken(plain));
            } else {
                assert_eq!(cell, plain);
            }
        }
    }
    assert!(negative > 0 && marked > 2 * PAYLOADS.len(), "{negative} negative, {marked} marked");
}

/// LibreOffice opens the file: what it shows are the cells, as text.
#[test]
fn libreoffice_runs_nothing() {
    let office = ["soffice", "libreoffice"].into_iter().find(|office| {
        Command::new(office).arg("--version").output().is_ok_and(|output| output.status.success())
    });
    let Some(office) = office else {
        skip("LibreOffice is not installed");
        return;
    };
    let (out, expected) = both(&awkward(), true);
    let converted = Command::new(office)
        .arg(format!("-env:UserInstallation=file://{}", path(&out, "profile")))
        // UTF-8, as its window proposes for a file with a byte order mark.
        .args([
            "--headless",
            "--infilter=CSV:44,34,76,1",
            "--convert-to",
            "csv:Text - txt - csv (StarCalc):44,34,76",
        ])
        .args(["--outdir", &path(&out, "calc"), &path(&out, "out.csv")])
        .output()
        .unwrap();
    assert!(converted.status.success(), "{}", String::from_utf8_lossy(&converted.stderr));
    let mut reader = csv::Reader::from_path(out.path().join("calc/out.csv")).unwrap();
    let names = reader.headers().unwrap().clone();
    let at = |name: &str| names.iter().position(|column| column == name).unwrap();
    let mut rows = 1;
    for row in reader.records() {
        let row = row.unwrap();
        // A formula would show its result, or an error. `5%` is a number to it, as to Excel.
        for at in ["source", "publisher", "title", "sentence", "value"].map(at) {
            let plain = |cell: &str| cell.replace(['\'', '\r'], "");
            let (shown, written) = (plain(&row[at]), plain(&expected[rows][at]));
            assert_eq!(shown.trim(), written.trim(), "{}", &names[at]);
        }
        rows += 1;
    }
    assert_eq!(rows, expected.len());
}

/// A table that cannot be written where it should be leaves what is there.
#[test]
fn a_folder_is_no_output() {
    let files = folder(&[("a.txt", TEXT)]);
    let place = path(&files, "out.csv");
    fs::create_dir(&place).unwrap();
    let run = run(&["extract", &path(&files, "a.txt"), "-o", &place]);
    assert_eq!((run.code, run.out.as_str()), (2, ""));
    assert!(run.err.starts_with(&format!("edustat: {place}: cannot be written: ")), "{}", run.err);
    assert!(Path::new(&place).is_dir());
}

/// Says why a test did not try anything.
#[expect(clippy::print_stderr, reason = "a test that skips itself says so")]
fn skip(why: &str) {
    eprintln!("skipped: {why}");
}
