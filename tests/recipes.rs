//! The recipes of README.md, run as they stand there in a folder that has `examples/`: what the page shows is what
//! comes out.

#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]
#![expect(clippy::print_stderr, reason = "a recipe that is skipped says so")]

mod tools;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use tools::{program, python_with};

/// A command of a recipe with what it writes.
#[derive(Debug)]
struct Step {
    command: String,
    shown: Vec<String>,
}

/// The recipes of a page: the blocks of a console between its heading `Recipes` and the next.
fn recipes(page: &str) -> Vec<Vec<Step>> {
    let text = fs::read_to_string(project(page)).unwrap();
    let section = text.split("\n## Recipes\n").nth(1).expect("README.md has recipes");
    let section = section.split("\n## ").next().unwrap();
    let blocks = section.split("```console\n").skip(1);
    blocks
        .map(|block| {
            let mut steps: Vec<Step> = Vec::new();
            let mut goes_on = false;
            for line in block.split("```").next().unwrap().lines() {
                let line = line.trim_end();
                match (line.strip_prefix("$ "), steps.last_mut()) {
                    (Some(command), _) => {
                        steps.push(Step { command: command.to_owned(), shown: Vec::new() });
                    }
                    (None, Some(step)) if goes_on => step.command.extend(["\n", line]),
                    (None, Some(step)) => step.shown.push(line.to_owned()),
                    (None, None) => panic!("{page}: a recipe begins with no command: {line}"),
                }
                // A pipe or backslash at the end of a command asks for its next line.
                goes_on = steps.last().is_some_and(|step| {
                    step.shown.is_empty() && step.command.ends_with(['|', '\\'])
                });
            }
            steps
        })
        .collect()
}

fn project(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// Copies a folder with all that is in it.
fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let (path, to) = (entry.as_ref().unwrap().path(), to.join(entry.unwrap().file_name()));
        if path.is_dir() {
            copy(&path, &to);
        } else {
            fs::copy(path, to).unwrap();
        }
    }
}

/// Whether what a recipe needs beside edustat is there.
fn can_run(recipe: &[Step]) -> bool {
    recipe.iter().all(|step| match step.command.split(' ').next().unwrap() {
        "python3" => python_with(&["pandas"]).is_some(),
        "duckdb" => program("duckdb").is_some(),
        // Nobody packages it, and to build it takes .ci/run too long.
        "xan" => {
            let runs = Command::new("xan").arg("--version").output().is_ok();
            if !runs {
                eprintln!("skipped: xan is missing");
            }
            runs
        }
        _ => true,
    })
}

#[test]
fn every_recipe_gives_what_it_shows() {
    let folder = tempfile::tempdir().unwrap();
    copy(&project("examples"), &folder.path().join("examples"));
    let own = Path::new(env!("CARGO_BIN_EXE_edustat")).parent().unwrap().to_owned();
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders = [own, project("target/python/bin")].into_iter();
    let path = std::env::join_paths(folders.chain(std::env::split_paths(&path))).unwrap();
    let recipes = recipes("README.md");
    for wanted in ["--labels zh", "python3", "duckdb", "xan", "edustat check"] {
        let has = |recipe: &Vec<Step>| recipe.iter().any(|step| step.command.contains(wanted));
        assert!(recipes.iter().any(has), "no recipe with {wanted}");
    }
    for recipe in recipes.iter().filter(|recipe| can_run(recipe)) {
        for Step { command, shown } in recipe {
            let mut shell = Command::new("bash");
            shell.args(["-c", &format!("exec 2>&1\n{command}")]).current_dir(folder.path());
            let output = shell.env("PATH", &path).env("LC_ALL", "C.UTF-8").output().unwrap();
            let out = String::from_utf8(output.stdout).unwrap();
            let out: Vec<&str> = out.lines().map(str::trim_end).collect();
            assert_eq!(out, *shown, "$ {command}");
        }
    }
}

/// Nothing lies in `examples/` that its page does not name.
#[test]
fn every_example_is_explained() {
    let page = fs::read_to_string(project("examples/README.md")).unwrap();
    for entry in fs::read_dir(project("examples")).unwrap() {
        let entry = entry.unwrap();
        let name = entry.file_name().into_string().unwrap();
        let shown = if entry.path().is_dir() { format!("{name}/") } else { name };
        assert!(shown == "README.md" || page.contains(&format!("| `{shown}` |")), "{shown}");
    }
}
