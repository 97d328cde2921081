//! The pictures of the table in docs/ are of what the program writes today. They are made anew by
//! `EDUSTAT_BLESS=1 cargo test --test picture`.

mod program;
mod tools;

use std::fs;
use std::path::Path;

use program::run;
use tools::{python_with, tried};

#[test]
fn the_pictures_show_what_is_written() {
    let Some(python) = python_with(&["unicodedata"]) else { return };
    for (picture, arguments) in [
        ("docs/table.svg", "extract seeds/ -f table"),
        ("docs/table.zh-CN.svg", "extract seeds/ -f table --labels zh"),
    ] {
        let words: Vec<&str> = arguments.split(' ').chain(["--color", "always"]).collect();
        let out = run(&words).out;
        let seen: String = out.split_inclusive('\n').take(20).collect();
        let command = format!("edustat {arguments}");
        let (drawn, _) = tried(&python, &["docs/terminal.py", &command], seen.as_bytes());
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(picture);
        let asked = std::env::var_os("EDUSTAT_BLESS").is_some_and(|asked| asked == "1");
        if asked && std::env::var_os("CI").is_none() {
            fs::write(&path, &drawn).unwrap();
        }
        assert!(fs::read_to_string(&path).unwrap() == drawn, "{picture} is of another output");
    }
}
