//! Programs of other people that outputs are tried with: shells, LibreOffice, databases, Python with its packages.
//! `.ci/run` installs them; where one is missing a test says that it was skipped, and fails in CI.

#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]
#![allow(dead_code, reason = "each test program that includes this module uses a part of it")]

use std::ffi::OsStr;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;

/// A program of the path or of `.ci/run`, or nothing where it is missing and may be.
pub fn program(name: &str) -> Option<PathBuf> {
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/python/bin");
    let folders = std::env::var_os("PATH").unwrap_or_default();
    let mut found = std::env::split_paths(&folders).chain([own]).map(|folder| folder.join(name));
    found.find(|path| path.is_file()).or_else(|| missing(name))
}

/// A Python that has these modules: that of `.ci/run`, else that of the path.
pub fn python_with(modules: &[&str]) -> Option<PathBuf> {
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/python/bin/python3");
    let import = format!("import {}", modules.join(", "));
    let has = |python: &PathBuf| {
        let run = Command::new(python).args(["-c", &import]).stderr(Stdio::null()).status();
        run.is_ok_and(|status| status.success())
    };
    let found = [own, PathBuf::from("python3")].into_iter().find(has);
    found.or_else(|| missing(&format!("python3 with {}", modules.join(", "))))
}

/// Says that a test cannot try anything with a program that is not there.
///
/// # Panics
/// In CI, where `.ci/run` has installed it.
#[expect(clippy::print_stderr, reason = "a test that is skipped says so")]
fn missing<T>(what: &str) -> Option<T> {
    let ci = std::env::var_os("CI").is_some_and(|ci| ci == "true");
    assert!(!ci, "{what} is missing, which .ci/run installs");
    eprintln!("skipped: {what} is missing");
    None
}

/// Runs a program of other people on `input` and gives what it says on both streams; it must end with 0.
pub fn tried(program: &Path, arguments: &[impl AsRef<OsStr>], input: &[u8]) -> (String, String) {
    let mut command = Command::new(program);
    command.args(arguments).current_dir(env!("CARGO_MANIFEST_DIR"));
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let input = input.to_vec();
    let writer = std::thread::spawn(move || stdin.write_all(&input));
    let output = child.wait_with_output().unwrap();
    // Whoever has seen enough need not read the rest.
    let _ = writer.join().unwrap();
    let (out, err) = (String::from_utf8(output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{}: {}\n{err}", program.display(), output.status);
    (out.unwrap(), err.into_owned())
}

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

/// CSV as rows of cells, the heading first.
pub fn csv_rows(text: &str) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
}
