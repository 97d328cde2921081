//! `edustat completions` and `edustat man`: shells complete with the scripts, and readers of manual pages find
//! nothing wrong with the pages.

#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

mod program;
mod tools;

use program::{folder, path, run};
use tools::{program as tool, tried};

/// The script for a shell.
fn script(shell: &str) -> String {
    let run = run(&["completions", shell]);
    assert_eq!((run.code, run.err.as_str()), (0, ""), "{shell}");
    run.out
}

/// A line on which a tab is pressed at the end, and what it may be completed with.
const TABS: [(&str, &[&str]); 6] = [
    ("edustat ext", &["extract"]),
    ("edustat ex", &["explain", "extract"]),
    ("edustat extract --lab", &["--labels"]),
    ("edustat extract --labels ", &["codes", "en", "zh"]),
    ("edustat list --format js", &["json", "jsonl"]),
    ("edustat audit --fail-on w", &["warning"]),
];

#[test]
fn bash_completes() {
    let files = folder(&[("edustat.bash", &script("bash"))]);
    let Some(bash) = tool("bash") else { return };
    let press = r#"
        source "$1"
        read -ra COMP_WORDS <<< "$2"
        case $2 in *' ') COMP_WORDS+=('') ;; esac
        COMP_CWORD=$(( ${#COMP_WORDS[@]} - 1 ))
        _edustat edustat "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD-1]}"
        printf '%s\n' "${COMPREPLY[@]}"
        complete -p edustat >&2"#;
    for (line, words) in TABS {
        let file = path(&files, "edustat.bash");
        let (out, err) = tried(&bash, &["--norc", "-c", press, "bash", &file, line], b"");
        let mut found: Vec<&str> = out.lines().collect();
        found.sort_unstable();
        assert_eq!(found, words, "{line}");
        assert!(err.contains("-F _edustat edustat"), "it is not what a tab calls: {err}");
    }
}

#[test]
fn fish_completes() {
    let files = folder(&[("edustat.fish", &script("fish"))]);
    let Some(fish) = tool("fish") else { return };
    for (line, words) in TABS {
        let file = path(&files, "edustat.fish");
        let press = "source $argv[1]; complete --do-complete $argv[2]";
        let (out, _) = tried(&fish, &["--no-config", "-c", press, &file, line], b"");
        let mut found: Vec<&str> =
            out.lines().map(|line| line.split('\t').next().unwrap()).collect();
        found.sort_unstable();
        assert_eq!(found, words, "{line}");
    }
}

#[test]
fn zsh_reads_its_script() {
    let script = script("zsh");
    assert!(script.starts_with("#compdef edustat\n"), "{:.40}", script);
    assert!(script.contains("'--labels=["), "its options are not there");
    let files = folder(&[("_edustat", &script)]);
    let Some(zsh) = tool("zsh") else { return };
    let load = "autoload -U compinit; compinit -D -u; source $1; print ${_comps[edustat]}";
    let (out, err) = tried(&zsh, &["-f", "-c", load, "zsh", &path(&files, "_edustat")], b"");
    assert_eq!((out.as_str(), err.as_str()), ("_edustat\n", ""));
}

#[test]
fn other_shells_have_scripts_and_unknown_ones_are_refused() {
    for shell in ["elvish", "powershell"] {
        assert!(script(shell).contains("--table-schema"), "{shell}");
    }
    let run = run(&["completions", "csh"]);
    assert_eq!((run.code, run.out.as_str()), (2, ""));
    assert!(
        run.err.contains("[possible values: bash, elvish, fish, powershell, zsh]"),
        "{}",
        run.err
    );
}

/// The names of all subcommands, as `--help` has them.
fn subcommands() -> Vec<String> {
    let help = run(&["--help"]).out;
    let listed = help.split("Commands:\n").nth(1).unwrap().lines();
    let listed = listed.take_while(|line| !line.is_empty());
    // What a command does may take a second line, further in.
    let names = listed.filter_map(|line| line.strip_prefix("  ")?.split(' ').next());
    names.filter(|name| !name.is_empty() && *name != "help").map(str::to_owned).collect()
}

#[test]
fn there_is_a_page_for_the_program_and_each_subcommand() {
    let pages = folder(&[]);
    let man = run(&["man", "-o", &path(&pages, "pages/man1")]);
    assert_eq!((man.code, man.out.as_str(), man.err.as_str()), (0, "", ""));
    let mut expected = vec!["edustat.1".to_owned()];
    expected.extend(subcommands().iter().map(|name| format!("edustat-{name}.1")));
    expected.sort_unstable();
    let folder = pages.path().join("pages/man1");
    let found = std::fs::read_dir(&folder).unwrap();
    let mut found: Vec<String> =
        found.map(|file| file.unwrap().file_name().into_string().unwrap()).collect();
    found.sort_unstable();
    assert_eq!(found, expected);
    for (arguments, name) in [(vec!["man"], "edustat.1"), (vec!["man", "list"], "edustat-list.1")] {
        let page = std::fs::read_to_string(folder.join(name)).unwrap();
        assert_eq!(run(&arguments).out, page, "{name}");
    }
    let Some(mandoc) = tool("mandoc") else { return };
    for name in expected {
        let page = folder.join(&name).to_str().unwrap().to_owned();
        let (complaints, _) = tried(&mandoc, &["-T", "lint", "-W", "error", &page], b"");
        assert_eq!(complaints, "", "{name}");
    }
}

#[test]
fn a_page_is_shown_with_its_sections() {
    let page = run(&["man", "extract"]).out;
    let Some(mandoc) = tool("mandoc") else { return };
    let (shown, _) = tried(&mandoc, &["-T", "ascii"], page.as_bytes());
    // Overstruck letters are bold or underlined.
    let mut plain = String::new();
    for c in shown.chars() {
        if c == '\u{8}' {
            plain.pop();
        } else {
            plain.push(c);
        }
    }
    let sections: Vec<&str> =
        plain.lines().filter(|line| line.starts_with(|c: char| c.is_ascii_uppercase())).collect();
    let expected =
        ["NAME", "SYNOPSIS", "DESCRIPTION", "OPTIONS", "EXIT STATUS", "ENVIRONMENT", "SEE ALSO"];
    assert_eq!(sections, expected);
    let words = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    for said in [
        "edustat-extract - Read documents and write one record",
        "edustat extract [--encoding]",
        "--labels <LABELS> [default: codes]",
        "3 some inputs failed",
        "SEE ALSO edustat(1)",
    ] {
        assert!(words.contains(said), "{said}\n{plain}");
    }
}

#[test]
fn a_page_that_is_none_is_refused() {
    let run = run(&["man", "extrakt"]);
    assert_eq!((run.code, run.out.as_str()), (2, ""));
    assert!(run.err.starts_with("edustat: man: expected one of extract, audit, "), "{}", run.err);
    assert!(run.err.ends_with("found \"extrakt\"\n"), "{}", run.err);
}
