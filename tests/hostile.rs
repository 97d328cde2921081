//! Files, folders and streams that nobody would hand over on purpose, as the program meets them: each
//! gives a message or its records, and the files beside it are read as ever.

#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

mod program;

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use program::{Run, folder, path, run};

const TEXT: &str = "晋城市教育局\n2020年全市小学365所，在校生111263人。\n";

/// The program with bytes on its standard input, as many as it takes.
fn piped(arguments: &[&str], bytes: &[u8]) -> Run {
    let mut child = Command::new(env!("CARGO_BIN_EXE_edustat"))
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // What is refused is not read to its end: the pipe may break.
    let _ = child.stdin.take().unwrap().write_all(bytes);
    let output = child.wait_with_output().unwrap();
    Run {
        code: output.status.code().unwrap(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

/// The values of the records of `run`, from `--columns value`.
fn values(run: &Run) -> Vec<&str> {
    run.out.lines().skip(1).collect()
}

/// Reads a folder in which `a.txt` and `z.txt` are good: their records must come out, and one message
/// must stand for each of `failed`, in this order. Gives standard error.
fn beside_others(files: &tempfile::TempDir, failed: &[(&str, &str)]) -> String {
    for name in ["a.txt", "z.txt"] {
        fs::write(files.path().join(name), TEXT).unwrap();
    }
    let root = path(files, "");
    let run = run(&["extract", &root, "--columns", "value"]);
    assert_eq!(values(&run), ["365", "111263", "365", "111263"], "{}", run.err);
    assert_eq!(run.code, if failed.is_empty() { 0 } else { 3 }, "{}", run.err);
    let mut lines = run.err.lines();
    for (name, message) in failed {
        let line = lines.next().unwrap_or_default();
        assert!(line.starts_with(&format!("edustat: {root}/{name}: {message}")), "{line}");
    }
    if !failed.is_empty() {
        let all = failed.len() + 2;
        assert_eq!(
            lines.next(),
            Some(format!("edustat: {} of {all} inputs failed", failed.len()).as_str())
        );
    }
    assert_eq!(lines.next(), None);
    run.err
}

#[test]
fn no_text_at_all() {
    let files = folder(&[("empty.txt", "")]);
    fs::remove_file(files.path().join("empty.txt")).unwrap();
    fs::write(files.path().join("nul.txt"), vec![0; 1 << 20]).unwrap();
    fs::write(files.path().join("noise.txt"), b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x01\0").unwrap();
    beside_others(
        &files,
        &[
            ("noise.txt", "byte 0: expected text in a known encoding, found a PNG image"),
            ("nul.txt", "byte 0: expected text in a known encoding, found "),
        ],
    );
}

#[test]
fn a_file_has_a_size_to_which_it_is_read() {
    let long = TEXT.repeat(20_000);
    let files = folder(&[("b.txt", &long), ("c.txt", TEXT)]);
    let (b, c) = (path(&files, "b.txt"), path(&files, "c.txt"));
    let limited = run(&["extract", &b, &c, "--max-file-size", "1MiB", "--columns", "value"]);
    assert_eq!((limited.code, values(&limited)), (3, vec!["365", "111263"]));
    let size = long.len();
    assert_eq!(
        limited.err,
        format!(
            "edustat: {b}: expected at most 1 MiB (--max-file-size), found {size} bytes\n\
             edustat: 1 of 2 inputs failed\n"
        )
    );
    let exact = format!("{}", TEXT.len());
    assert_eq!(run(&["extract", &c, "--max-file-size", &exact]).code, 0);
    for command in ["extract", "explain"] {
        let run = run(&[command, &b, "--max-file-size", "1048576"]);
        assert_eq!((run.code, run.out.as_str()), (2, ""), "{command}: {}", run.err);
    }
    let wrong = run(&["extract", &c, "--max-file-size", "64M"]);
    assert_eq!(wrong.code, 2);
    assert!(wrong.err.contains("expected a size like 1048576, 64MiB or 1GB"), "{}", wrong.err);
}

/// A file of 1 TiB that takes no room on the disk is refused by its length.
#[test]
fn what_is_too_long_is_not_read() {
    let files = folder(&[]);
    let file = fs::File::create(files.path().join("b.txt")).unwrap();
    if let Err(refused) = file.set_len(1 << 40) {
        skip(&format!("the file system has no room for holes: {refused}"));
        return;
    }
    beside_others(&files, &[("b.txt", "expected at most 256 MiB (--max-file-size), found 1 TiB")]);
}

#[test]
fn standard_input_has_a_size_too() {
    let long = TEXT.repeat(100);
    let refused = piped(&["extract", "-", "--max-file-size", "1KiB"], long.as_bytes());
    assert_eq!((refused.code, refused.out.as_str()), (2, ""));
    assert_eq!(
        refused.err,
        "edustat: -: expected at most 1 KiB (--max-file-size), found more\n\
         edustat: 1 of 1 input failed\n"
    );
    let read =
        piped(&["extract", "-", "--max-file-size", "1MiB", "--columns", "value"], TEXT.as_bytes());
    assert_eq!((read.code, values(&read)), (0, vec!["365", "111263"]));
}

/// Endless streams that are open already end at the size to which anything is read.
#[cfg(target_os = "linux")]
#[test]
fn an_endless_stream_ends() {
    let zero = fs::File::open("/dev/zero").unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_edustat"))
        .args(["extract", "/dev/stdin", "--max-file-size", "1MiB"])
        .stdin(zero)
        .output()
        .unwrap();
    let err = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(err.starts_with("edustat: /dev/stdin: expected at most 1 MiB"), "{err}");
}

/// A list of four thousand items in one sentence: each is a record, and none quotes all of them.
#[test]
fn a_list_without_an_end() {
    let items: String = (1..=4_000).map(|i| format!("小学{i}所、")).collect();
    let files = folder(&[("b.txt", &format!("2020年全市{items}"))]);
    let list = run(&[
        "extract",
        &path(&files, "b.txt"),
        "-f",
        "jsonl",
        "--columns",
        "value,sentence,period",
    ]);
    assert_eq!((list.code, list.err.as_str()), (0, ""));
    for (i, line) in list.out.lines().enumerate() {
        let record: serde_json::Value = serde_json::from_str(line).unwrap();
        assert_eq!(record["value"].as_u64(), Some(i as u64 + 1));
        assert_eq!(record["period"], "2020");
        let sentence = record["sentence"].as_str().unwrap();
        assert!(sentence.contains(&format!("小学{}所、", i + 1)) && sentence.len() <= 900);
    }
    assert_eq!(list.out.lines().count(), 4_000);
}

/// Memory is that of the text and not that of its records: a quarter of a megabyte of text gives 17 MB
/// of them, which would take more than 80 MB; there are 60 MB of addresses, and 45 MB do.
#[cfg(target_os = "linux")]
#[test]
fn records_are_not_held_in_memory() {
    let files = folder(&[("b.txt", &"全市小学365所，在校生111263人；".repeat(6_000))]);
    let script = "ulimit -v 60000 && exec \"$@\" | wc -c; exit ${PIPESTATUS[0]}";
    let output = Command::new("bash")
        .args([
            "-c",
            script,
            "bash",
            env!("CARGO_BIN_EXE_edustat"),
            "extract",
            "-j",
            "1",
            "-f",
            "jsonl",
        ])
        .arg(files.path())
        .output()
        .unwrap();
    let err = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "{err}");
    let bytes: u64 = String::from_utf8_lossy(&output.stdout).trim().parse().unwrap();
    assert!(bytes > 15_000_000, "{bytes}");
}

#[test]
fn numbers_and_parentheses_without_an_end() {
    let nines = "9".repeat(300_000);
    let files = folder(&[
        ("b.txt", &format!("2020年全市小学{nines}所。\n")),
        ("c.txt", &format!("2020年全市小学1{}所。\n", "万亿亿亿亿".repeat(1000))),
        ("d.txt", &format!("2020年全市小学{}。\n", "1亿".repeat(10_000))),
        ("e.txt", &format!("{}{}\n", "(".repeat(100_000), ")".repeat(100_000))),
        ("f.txt", &format!("2020年全市小学{}所。\n", "一".repeat(100_000))),
    ]);
    beside_others(&files, &[]);
    let account = run(&["extract", &path(&files, "b.txt"), "--account"]);
    assert!(account.err.contains("1  too_large"), "{}", account.err);
}

/// A folder in a folder, and so on: as deep as a path can name it, and deeper.
#[cfg(unix)]
#[test]
fn folders_that_lie_deep() {
    let files = folder(&[]);
    let deep = |levels: usize| files.path().join("d/".repeat(levels));
    fs::create_dir_all(deep(1000)).unwrap();
    fs::write(deep(1000).join("b.txt"), "2020年全市小学7所。").unwrap();
    let both = run(&["extract", &path(&files, ""), "--columns", "value"]);
    assert_eq!((both.code, values(&both)), (0, vec!["7"]), "{}", both.err);

    // Paths have an end (4,096 bytes on Linux), folders have none.
    let made = Command::new("sh")
        .args([
            "-c",
            "cd \"$1\" && for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do \
               mkdir \"$2\" && cd -P \"$2\" || exit 1; done",
            "sh",
        ])
        .args([path(&files, ""), "e".repeat(250)])
        .status()
        .unwrap();
    if !made.success() {
        skip("no folder can be made beyond the longest path");
        return;
    }
    fs::write(files.path().join("z.txt"), TEXT).unwrap();
    let beyond = run(&["extract", &path(&files, ""), "--columns", "value"]);
    assert_eq!((beyond.code, values(&beyond)), (3, vec!["7", "365", "111263"]), "{}", beyond.err);
    assert!(beyond.err.contains("e: cannot be read: File name too long"), "{}", beyond.err);
    // The standard library removes by path.
    let removed = Command::new("rm").args(["-rf", &path(&files, "")]).status().unwrap();
    assert!(removed.success());
}

#[cfg(unix)]
#[test]
fn links_that_lead_back() {
    use std::os::unix::fs::symlink;
    let files = folder(&[]);
    symlink(".", files.path().join("here")).unwrap();
    symlink("..", files.path().join("up.txt")).unwrap();
    symlink("one.txt", files.path().join("other.txt")).unwrap();
    symlink("other.txt", files.path().join("one.txt")).unwrap();
    let loops = "cannot be read: Too many levels of symbolic links";
    beside_others(&files, &[("one.txt", loops), ("other.txt", loops)]);
}

#[cfg(unix)]
#[test]
fn pipes_and_devices() {
    let files = folder(&[]);
    let fifo = path(&files, "fifo.txt");
    assert!(Command::new("mkfifo").arg(&fifo).status().unwrap().success());
    std::os::unix::fs::symlink("/dev/zero", files.path().join("zero.txt")).unwrap();
    let expected = "cannot be read: expected a file or a folder, found a pipe or device";
    beside_others(&files, &[("fifo.txt", expected), ("zero.txt", expected)]);
    // Nor is one opened that is named itself.
    for input in [fifo.as_str(), "/dev/zero"] {
        assert_eq!(run(&["extract", input]).code, 2);
        assert_eq!(run(&["explain", input]).code, 2);
    }
}

/// Names are bytes: those that are no UTF-8 stay different, and none forges a message.
#[cfg(target_os = "linux")]
#[test]
fn names_that_are_no_text() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    let files = folder(&[]);
    for name in [&b"b\xE8.txt"[..], b"b\xE9.txt"] {
        fs::write(files.path().join(OsStr::from_bytes(name)), "2020年全市小学7所。").unwrap();
    }
    let root = path(&files, "");
    let extract = run(&["extract", &root, "--columns", "source,id"]);
    let lines: Vec<String> =
        [r"b\xE8.txt", r"b\xE9.txt"].map(|name| format!("{root}/{name},{root}/{name}#9")).to_vec();
    assert_eq!(extract.out.lines().skip(1).collect::<Vec<_>>(), lines);

    let forged = b"c\x1b[2J\x9b\nedustat: all is well.txt";
    fs::write(files.path().join(OsStr::from_bytes(forged)), [0; 99]).unwrap();
    let read = run(&["extract", &root]);
    assert_eq!(
        read.err,
        format!(
            "edustat: {root}/c\\u{{1b}}[2J\\x9B\\nedustat: all is well.txt: byte 0: expected text in a \
             known encoding, found 99 control characters of 99, the first U+0000\n\
             edustat: 1 of 3 inputs failed\n"
        )
    );
    let argument = run(&["extract", "--\u{1b}[2J\u{9b}1m"]);
    assert_eq!(argument.code, 2);
    assert!(argument.err.starts_with("error: unexpected argument '--"), "{}", argument.err);
    assert!(argument.err.chars().all(|c| c == '\n' || !c.is_control()), "{:?}", argument.err);
}

/// What a document says reaches a terminal without its escape sequences.
#[test]
fn text_cannot_move_the_cursor() {
    let evil = "晋城市教育局\n2020年全市\u{1b}]0;x\u{7}小学365\u{1b}[31m所，\u{202E}在校生111263\u{9b}2J人。\n".to_owned()
        + &"全市教育事业发展。".repeat(20);
    let files = folder(&[("b.txt", &evil)]);
    let b = path(&files, "b.txt");
    let columns = "mention,sentence,subject,title";
    for arguments in [
        &["extract", &b, "-f", "table", "--columns", columns][..],
        &["explain", &b],
        &["check", &b, "--golden", &path(&files, "none")],
    ] {
        let run = run(arguments);
        assert!(!run.out.is_empty(), "{arguments:?}: {}", run.err);
        for c in run.out.chars().chain(run.err.chars()) {
            assert!(c == '\n' || !c.is_control() && c != '\u{202E}', "{arguments:?}: {c:?}");
        }
    }
}

#[cfg(unix)]
#[test]
fn permissions_that_were_taken_away() {
    use std::os::unix::fs::PermissionsExt;
    let files = folder(&[("b.txt", TEXT), ("c.txt", TEXT)]);
    let closed = files.path().join("closed");
    fs::create_dir(&closed).unwrap();
    let close = |path: &Path| fs::set_permissions(path, fs::Permissions::from_mode(0o000)).unwrap();
    close(&files.path().join("b.txt"));
    close(&closed);
    fs::remove_file(files.path().join("c.txt")).unwrap();
    if fs::read_dir(&closed).is_ok() {
        skip("permissions do not bind this user (root)");
        return;
    }
    let denied = "cannot be read: Permission denied";
    // What is found out while paths are looked at comes before what is found out while files are read.
    beside_others(&files, &[("closed", denied), ("b.txt", denied)]);
    fs::set_permissions(&closed, fs::Permissions::from_mode(0o700)).unwrap();
}

/// A file that is gone when its turn comes, though it was there when its folder was read. The first
/// input waits for its pipe meanwhile.
#[cfg(target_os = "linux")]
#[test]
fn a_file_that_vanishes() {
    let files = folder(&[("b.txt", TEXT), ("c.txt", TEXT)]);
    let mut child = Command::new(env!("CARGO_BIN_EXE_edustat"))
        .args(["extract", "-j", "1", "--columns", "value", "-"])
        .args([path(&files, "b.txt"), path(&files, "c.txt")])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // More than a pipe holds: when all of it is taken, the paths have been looked at.
    let mut input = child.stdin.take().unwrap();
    input.write_all(&b" ".repeat(1 << 18)).unwrap();
    fs::remove_file(files.path().join("b.txt")).unwrap();
    drop(input);
    let output = child.wait_with_output().unwrap();
    let err = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(3));
    assert_eq!(String::from_utf8(output.stdout).unwrap(), "value\n365\n111263\n");
    let b = path(&files, "b.txt");
    assert!(err.starts_with(&format!("edustat: {b}: cannot be read: No such file")), "{err}");
    assert!(err.ends_with("edustat: 1 of 3 inputs failed\n"), "{err}");
}

/// Says why a test did not try anything.
#[expect(clippy::print_stderr, reason = "a test that skips itself says so")]
fn skip(why: &str) {
    eprintln!("skipped: {why}");
}
