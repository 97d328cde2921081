//! The seeds and their expected records: `tests/golden/NAME.jsonl` for review by `edustat check`,
//! `tests/golden/seeds.csv`, the bytes of the whole, and `tests/golden/audit.txt`, the report of their
//! audit.
//!
//! `EDUSTAT_BLESS=1 cargo test --test golden` rewrites them, never where `CI` is set; the difference
//! is then read like code.

#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

use std::path::Path;
use std::process::{Command, Output};
use std::{env, fs};

/// The program, in the folder that holds `seeds`.
fn edustat(arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_edustat"));
    command.args(arguments).current_dir(env!("CARGO_MANIFEST_DIR")).output().unwrap()
}

fn bless() -> bool {
    env::var_os("EDUSTAT_BLESS").is_some_and(|asked| asked == "1") && env::var_os("CI").is_none()
}

const ADVICE: &str = "where the new records are right: EDUSTAT_BLESS=1 cargo test --test golden";

#[test]
fn the_seeds_give_the_records_that_were_agreed_on() {
    let check = ["check", "seeds", "--golden", "tests/golden"];
    if bless() {
        let updated = edustat(&[&check[..], &["--update"]].concat());
        assert!(updated.status.success(), "{}", String::from_utf8_lossy(&updated.stderr));
    }
    let run = edustat(&check);
    let said = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    assert!(run.status.success(), "{}{}{ADVICE}", said(&run.stdout), said(&run.stderr));
}

#[test]
fn the_seeds_give_the_same_bytes() {
    gives("tests/golden/seeds.csv", &["extract", "seeds", "--format", "csv"]);
}

#[test]
fn the_audit_of_the_seeds_says_the_same() {
    gives("tests/golden/audit.txt", &["audit", "seeds"]);
}

/// Holds the output of a run against a stored file, byte for byte.
fn gives(file: &str, arguments: &[&str]) {
    let stored = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
    let run = edustat(arguments);
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    if bless() {
        fs::write(&stored, &run.stdout).unwrap();
    }
    let expected = fs::read(&stored).unwrap_or_default();
    let first = expected.split(|&b| b == b'\n').zip(run.stdout.split(|&b| b == b'\n'));
    let differs = (1..).zip(first).find(|(_, (was, is))| was != is);
    let (line, was, is) = differs.map_or((0, &b""[..], &b""[..]), |(n, (was, is))| (n, was, is));
    let show = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    assert!(
        expected == run.stdout,
        "{file}: {} bytes, now {}; first difference in line {line}:\n{}\n{}\n{ADVICE}",
        expected.len(),
        run.stdout.len(),
        show(was),
        show(is)
    );
}
