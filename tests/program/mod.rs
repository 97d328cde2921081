//! Runs the program for tests: arguments in; bytes, messages and exit code out.

#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]
#![allow(dead_code, reason = "each test program that includes this module uses a part of it")]

use std::fs;
use std::process::Command;

use tempfile::TempDir;

/// What a run gave.
#[derive(Debug)]
pub struct Run {
    /// Exit code.
    pub code: i32,
    /// Standard output.
    pub out: String,
    /// Standard error.
    pub err: String,
}

/// Runs the program in the folder that holds `seeds`.
pub fn run(arguments: &[&str]) -> Run {
    let mut command = Command::new(env!("CARGO_BIN_EXE_edustat"));
    command.args(arguments).current_dir(env!("CARGO_MANIFEST_DIR")).env_remove("NO_COLOR");
    let output = command.output().unwrap();
    Run {
        code: output.status.code().expect("no signal ends the program"),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

/// A folder with files of these names and contents.
pub fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        fs::write(folder.path().join(name), text).unwrap();
    }
    folder
}

/// The path of a file in a folder; of the folder itself, where the name is empty.
pub fn path(folder: &TempDir, name: &str) -> String {
    let path = if name.is_empty() { folder.path().to_owned() } else { folder.path().join(name) };
    path.to_str().unwrap().to_owned()
}
