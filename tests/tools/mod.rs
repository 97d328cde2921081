//! Programs that tests hold files against: Python with its packages, the `sqlite3` shell, LibreOffice.

#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]
#![allow(dead_code, reason = "each test program that includes this module uses a part of it")]

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

/// What a Python script prints as JSON; none where Python or a package that it needs is missing, which is said,
/// and fails in CI.
pub fn python(script: &str, arguments: &[&str]) -> Option<Value> {
    // Where .ci/run puts the packages.
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/python/bin/python3");
    let python = if own.exists() { own } else { PathBuf::from("python3") };
    let Ok(output) = Command::new(python).args(["-c", script]).args(arguments).output() else {
        return missing("Python");
    };
    let err = String::from_utf8_lossy(&output.stderr);
    if err.contains("ModuleNotFoundError") {
        return missing(err.lines().last().unwrap_or_default());
    }
    assert!(output.status.success(), "{err}");
    Some(serde_json::from_slice(&output.stdout).unwrap())
}

/// What the `sqlite3` shell answers, a row a line and cells behind `|`; none where it is missing.
pub fn sqlite(database: &str, sql: &str) -> Option<String> {
    let Ok(output) = Command::new("sqlite3").args([database, sql]).output() else {
        return missing("the sqlite3 shell");
    };
    assert!(output.status.success(), "{sql}: {}", String::from_utf8_lossy(&output.stderr));
    Some(String::from_utf8(output.stdout).unwrap())
}

/// The same as an object a row.
pub fn sqlite_rows(database: &str, sql: &str) -> Option<Vec<serde_json::Map<String, Value>>> {
    let Ok(output) = Command::new("sqlite3").args(["-json", database, sql]).output() else {
        return missing("the sqlite3 shell");
    };
    assert!(output.status.success(), "{sql}: {}", String::from_utf8_lossy(&output.stderr));
    // It prints nothing where there is no row.
    if output.stdout.is_empty() {
        Some(Vec::new())
    } else {
        Some(serde_json::from_slice(&output.stdout).unwrap())
    }
}

/// Converts a file with LibreOffice; false where it is missing.
pub fn office(file: &str, to: &str, folder: &Path) -> bool {
    let profile = format!("-env:UserInstallation=file://{}", folder.join("profile").display());
    let office = ["soffice", "libreoffice"].into_iter().find(|office| {
        Command::new(office).arg("--version").output().is_ok_and(|output| output.status.success())
    });
    let Some(office) = office else { return missing::<()>("LibreOffice").is_some() };
    let arguments = [profile.as_ref(), "--headless".as_ref(), "--convert-to".as_ref(), to.as_ref()];
    let arguments: [&OsStr; 4] = arguments;
    let output = Command::new(office)
        .args(arguments)
        .arg("--outdir")
        .args([folder, file.as_ref()])
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    true
}

/// Exit code and standard error of a run that may write no file of more kibibytes: what a full disk does to it.
pub fn on_a_full_disk(kibibytes: u32, arguments: &[&str]) -> (Option<i32>, String) {
    let output = Command::new("bash")
        .args(["-c", &format!("trap '' XFSZ; ulimit -f {kibibytes}; exec \"$@\""), "bash"])
        .arg(env!("CARGO_BIN_EXE_edustat"))
        .args(arguments)
        .output()
        .unwrap();
    (output.status.code(), String::from_utf8(output.stderr).unwrap())
}

/// Says that a test cannot hold anything against a program that is not there.
///
/// # Panics
/// In CI, where `.ci/run` has installed it.
#[expect(clippy::print_stderr, reason = "a test that skips itself says so")]
fn missing<T>(what: &str) -> Option<T> {
    assert!(std::env::var_os("CI").is_none(), "{what} is missing, which .ci/run installs");
    eprintln!("skipped: {what} is not installed");
    None
}

/// CSV as rows of cells, the heading first.
pub fn csv_rows(text: &str) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
}
