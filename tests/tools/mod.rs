//! Programs of other people that outputs are tried with. `.ci/run` installs them; where one is missing a test says
//! that it was skipped, and fails in CI.

#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]
#![expect(clippy::print_stderr, reason = "a test that is skipped says so")]
#![allow(dead_code, reason = "each test program that includes this module uses a part of it")]

use std::ffi::OsStr;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

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

fn missing(what: &str) -> Option<PathBuf> {
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
