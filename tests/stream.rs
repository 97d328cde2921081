//! `--input jsonl`: a document a line in, records out as soon as their turn comes; and `--progress`.

#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

mod program;

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

use program::{Run, folder, path, run};
use serde_json::{Value, json};

const TEXT: &str = "2020年全市小学365所。";
/// Longer than anything here takes, unless it hangs.
const PATIENCE: Duration = Duration::from_secs(60);

fn spawn(arguments: &[&str]) -> Child {
    Command::new(env!("CARGO_BIN_EXE_edustat"))
        .args(["extract", "--input", "jsonl"])
        .args(arguments)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
}

/// A stream from its beginning to its end.
fn piped(arguments: &[&str], stream: &[u8]) -> Run {
    let mut child = spawn(arguments);
    let mut input = child.stdin.take().unwrap();
    let stream = stream.to_owned();
    let writer = thread::spawn(move || input.write_all(&stream));
    let output = child.wait_with_output().unwrap();
    // What is refused is not read.
    let _ = writer.join().unwrap();
    Run {
        code: output.status.code().unwrap(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

fn records(out: &str) -> Vec<Value> {
    out.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// The lines that come out of a program, as they come.
fn lines_of(child: &mut Child) -> Receiver<String> {
    let (send, lines) = channel();
    let out = BufReader::new(child.stdout.take().unwrap());
    thread::spawn(move || out.lines().map_while(Result::ok).try_for_each(|line| send.send(line)));
    lines
}

/// The seeds as a stream; `source` is what it is made of the number and the path.
fn seeds(source: impl Fn(usize, &str) -> Value) -> String {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/seeds");
    let mut names: Vec<_> = fs::read_dir(root)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.ends_with(".txt"))
        .collect();
    names.sort();
    let line = |(i, name): (usize, &String)| {
        let text = fs::read_to_string(format!("{root}/{name}")).unwrap();
        format!("{}\n", json!({"source": source(i, &format!("seeds/{name}")), "text": text}))
    };
    names.iter().enumerate().map(line).collect()
}

#[test]
fn a_stream_gives_the_records_of_its_files() {
    let files = run(&["extract", "seeds", "-f", "jsonl"]).out;
    assert!(files.lines().count() > 100);
    for jobs in ["1", "8"] {
        let stream = piped(&["-", "-j", jobs], seeds(|_, path| path.into()).as_bytes());
        assert_eq!((stream.code, stream.err.as_str()), (0, ""));
        assert!(stream.out == files, "{jobs} jobs: the records differ");
    }
    for (format, columns) in [("csv", "source,line,value"), ("json", "id,mention")] {
        let style = ["-f", format, "--columns", columns];
        let stream = piped(&[&["-"][..], &style].concat(), seeds(|_, p| p.into()).as_bytes());
        assert_eq!(stream.out, run(&[&["extract", "seeds"][..], &style].concat()).out);
    }
}

#[test]
fn a_line_without_source_is_called_by_its_number() {
    let stream = format!("\u{FEFF}{}", seeds(|_, _| Value::Null).replace('\n', "\r\n\r\n"));
    let place = folder(&[("a.jsonl", &stream)]);
    let file = path(&place, "a.jsonl");
    let columns = ["--columns", "line,value,start,title,sentence"];
    let plain = run(&[&["extract", "seeds", "-f", "jsonl"][..], &columns].concat());
    let named = run(&[&["extract", "--input", "jsonl", &file][..], &columns].concat());
    assert_eq!((named.code, named.out == plain.out), (0, true), "{}", named.err);
    for (argument, name) in [(&*file, &*file), ("-", "-")] {
        let run = piped(&[argument, "--columns", "source,id,number_start"], stream.as_bytes());
        let records = records(&run.out);
        assert_eq!(records[0]["source"], json!(format!("{name}:1")));
        let last = records.last().unwrap();
        assert_eq!(last["id"], json!(format!("{name}:9#{}", last["number_start"])));
    }
}

#[test]
fn the_order_is_that_of_the_lines() {
    // Long and short in turn, so that whoever is begun later is done earlier.
    let line = |i: usize| {
        let text = TEXT.repeat(if i.is_multiple_of(9) { 60 } else { i % 3 });
        format!("{}\n", json!({"source": i.to_string(), "text": text}))
    };
    let stream: String = (0..300).map(line).collect();
    let run = piped(&["-", "-j", "8", "--columns", "source"], stream.as_bytes());
    let found: Vec<usize> = records(&run.out)
        .iter()
        .map(|record| record["source"].as_str().unwrap().parse().unwrap())
        .collect();
    let count = |i: usize| if i.is_multiple_of(9) { 60 } else { i % 3 };
    let expected: Vec<usize> = (0..300).flat_map(|i| std::iter::repeat_n(i, count(i))).collect();
    assert_eq!(found, expected);
}

#[test]
fn whoever_waits_gets_the_records_of_a_line() {
    for jobs in ["1", "2", "8"] {
        let mut child = spawn(&["-", "-j", jobs, "--columns", "source,value"]);
        let (mut input, lines) = (child.stdin.take().unwrap(), lines_of(&mut child));
        for i in 0..20 {
            writeln!(input, "{}", json!({"source": i.to_string(), "text": TEXT})).unwrap();
            let expected = format!("{{\"source\":\"{i}\",\"value\":365}}");
            assert_eq!(lines.recv_timeout(PATIENCE).as_deref(), Ok(expected.as_str()));
        }
        drop(input);
        assert_eq!(child.wait().unwrap().code(), Some(0));
    }
}

#[test]
fn a_bad_line_is_reported_and_the_stream_goes_on() {
    let good = json!({"text": TEXT, "region": "晋城市", "published": "2021-09-20"}).to_string();
    let mut stream = Vec::new();
    let long = format!("{{\"text\":\"{}\"}}", "学".repeat(400));
    for line in [
        good.as_bytes(),
        b"{\"text\": \"no end",
        b"[]",
        b"{\"source\": \"a.txt\"}",
        b"\r",
        b"{\"text\": \"\", \"published\": \"gestern\"}",
        "{\"text\": \"\", \"region\": \"火星\u{1b}市\"}".replace('\u{1b}', "\\u001b").as_bytes(),
        b"{\"text\": \"\xBD\xCC\"}",
        long.as_bytes(),
        good.as_bytes(),
    ] {
        stream.extend_from_slice(line);
        stream.push(b'\n');
    }
    let columns = ["--columns", "source,region,value"];
    let run = piped(&[&["-", "--max-file-size", "1000"][..], &columns].concat(), &stream);
    let record =
        |i| json!({"source": format!("-:{i}"), "region": "晋城市", "value": 365}).to_string();
    assert_eq!(run.out.lines().collect::<Vec<_>>(), [record(1), record(10)]);
    let said: Vec<_> = run.err.lines().collect();
    assert_eq!(
        said,
        [
            "edustat: -: line 2: expected a JSON object, found {\"text\": \"no end (EOF while parsing a \
             string at column 16)",
            "edustat: -: line 3: expected a JSON object, found []",
            "edustat: -: line 4: expected a text, found none",
            "edustat: -: line 6: expected a date like 2021, 2021-09 or 2021-09-20 as published, found \
             \"gestern\"",
            "edustat: -: line 7: expected a division of GB/T 2260 as region, found \"火星\\u{1b}市\"",
            "edustat: -: line 8: expected UTF-8, found 0xBD at byte 11",
            "edustat: -: line 9: expected at most 1000 bytes (--max-file-size), found more",
            "edustat: 7 of 9 inputs failed",
        ]
    );
    assert_eq!(run.code, 3);
}

#[test]
fn a_stream_of_bad_lines_leaves_the_old_file() {
    let files = folder(&[("out.jsonl", "old"), ("empty.jsonl", "\n\n")]);
    let out = path(&files, "out.jsonl");
    let bad = piped(&["-", "-o", &out], b"{}\nno\n");
    assert_eq!((bad.code, fs::read_to_string(&out).unwrap().as_str()), (2, "old"), "{}", bad.err);
    let missing = path(&files, "missing.jsonl");
    let run = piped(&[&missing, &path(&files, ""), "-"], b"{\"text\":\"\"}\n");
    assert_eq!((run.code, run.out.as_str()), (3, ""));
    assert!(run.err.starts_with(&format!("edustat: {missing}: cannot be read: ")), "{}", run.err);
    assert!(run.err.contains(": expected a file of JSON Lines, found a folder\n"), "{}", run.err);
    // A stream without documents is read all the same.
    let empty = piped(&[&path(&files, "empty.jsonl"), "-o", &out], b"");
    assert_eq!((empty.code, fs::read_to_string(&out).unwrap().as_str()), (0, ""), "{}", empty.err);
}

#[test]
fn what_is_not_known_is_passed_through() {
    let stream = format!(
        "{{\"z\":1.50,\"text\":\"{TEXT}\",\"a\":{{\"url\":\"http://a/b\",\"n\":[null]}},\"source\":\"s\"}}\n\
         {{\"text\":\"全市教育事业。\",\"z\":2}}\n{{\"text\":\"{TEXT}\"}}\n"
    );
    let passed =
        "{\"value\":365,\"document\":{\"z\":1.50,\"a\":{\"url\":\"http://a/b\",\"n\":[null]}}}";
    let lines = piped(&["-", "--columns", "value"], stream.as_bytes());
    // A document without records leaves no line.
    assert_eq!(lines.out, format!("{passed}\n{{\"value\":365}}\n"));
    let array = piped(&["-", "--columns", "value", "-f", "json"], stream.as_bytes());
    assert_eq!(array.out, format!("[\n{passed},\n{{\"value\":365}}\n]\n"));
    let full = piped(&["-"], stream.as_bytes());
    let keys: Vec<_> = records(&full.out)[0].as_object().unwrap().keys().cloned().collect();
    assert_eq!(keys.iter().rev().take(2).collect::<Vec<_>>(), ["document", "id"]);
    let table = piped(&["-", "--columns", "value", "-f", "csv"], stream.as_bytes());
    assert_eq!(table.out, "value\n365\n365\n");
}

#[test]
fn what_a_line_says_counts_before_what_its_text_says() {
    let text = "某市教育概况\n来源：某市日报 发布时间：2021-09-20\n\n目前全市小学365所。";
    let columns = ["--columns", "region,period,title,publisher,published"];
    let options = ["-", "--region", "长治市", "--published", "2019"];
    let of = |line: Value| {
        let run = piped(&[&options[..], &columns].concat(), line.to_string().as_bytes());
        assert_eq!(run.code, 0, "{}", run.err);
        let records = records(&run.out);
        assert_eq!(records.len(), 1, "{line}");
        columns[1].split(',').map(|name| records[0][name].clone()).collect::<Vec<_>>()
    };
    assert_eq!(
        of(json!({"text": text, "published": null, "title": " "})),
        ["长治市", "2021-09-20", "某市教育概况", "某市日报", "2021-09-20"]
    );
    assert_eq!(
        of(json!({"text": text, "published": "2022-01-05", "title": "统计", "publisher": "教育局",
            "region": "晋中"})),
        ["晋中市", "2022-01-05", "统计", "教育局", "2022-01-05"]
    );
    // The day that the text states lies in the year of the line.
    assert_eq!(of(json!({"text": text, "published": "2021"}))[4], "2021-09-20");
    assert_eq!(of(json!({"text": "目前全市小学365所。", "published": "2020-03"}))[4], "2020-03");
    assert_eq!(of(json!({"text": "目前全市小学365所。"}))[4], "2019");
    // The name of a page is no reason to read its text as one.
    let text = "目前全市小学\n365所<b>。";
    let run =
        piped(&["-"], json!({"source": "http://a/b.html", "text": text}).to_string().as_bytes());
    let record = &records(&run.out)[0];
    assert_eq!((&record["number_start"], &record["line"]), (&json!(7), &json!(2)));
}

#[test]
fn what_does_not_go_with_a_stream_is_refused() {
    for (arguments, message) in [
        (&["-f", "table"][..], "expected the format jsonl, json or csv, found table"),
        (&["-o", "a.txt"], "expected the format jsonl, json or csv, found table"),
        (&["--encoding", "gb18030"], "expected no --encoding but utf-8"),
        (&["--write-text", "texts"], "expected no --write-text"),
    ] {
        let run = piped(&[&["-"][..], arguments].concat(), b"");
        assert_eq!((run.code, run.out.as_str()), (2, ""));
        assert!(run.err.starts_with(&format!("edustat: --input jsonl: {message}")), "{}", run.err);
    }
}

#[test]
fn the_account_has_a_line_for_each_document() {
    let stream = format!("{{\"source\":\"a\",\"text\":\"{TEXT}\"}}\n{{\"text\":\"2020年\"}}\n");
    let run = piped(&["-", "--account"], stream.as_bytes());
    let told = records(&run.err);
    assert_eq!([&told[0]["source"], &told[1]["source"]], ["a", "-:2"]);
    assert_eq!(told[0]["verdicts"]["observation"], 1);
    assert_eq!(told[1]["verdicts"]["observation"], 0);
}

/// Where nobody takes the records any more, the run ends, though the stream has not.
#[test]
fn a_broken_pipe_ends_the_run() {
    let mut child = spawn(&["-", "-j", "2"]);
    let mut input = child.stdin.take().unwrap();
    drop(child.stdout.take());
    writeln!(input, "{}", json!({"text": TEXT})).unwrap();
    let (send, ended) = channel();
    thread::spawn(move || send.send(child.wait_with_output().unwrap()));
    let output = ended.recv_timeout(PATIENCE).unwrap();
    assert_eq!((output.status.code(), output.stderr.as_slice()), (Some(0), &b""[..]));
    drop(input);
}

/// A stream of 20 MB is not held, be it in records or in documents without any.
#[cfg(target_os = "linux")]
#[test]
fn a_long_stream_takes_little_memory() {
    const LINES: usize = 20_000;
    const MOST_KIB: u64 = 24 << 10;
    let mut child = spawn(&["-", "-j", "2", "--columns", "value"]);
    let mut input = child.stdin.take().unwrap();
    let status = format!("/proc/{}/status", child.id());
    let lines = lines_of(&mut child);
    let line = |text| format!("{}\n", json!({"text": text, "pad": "a".repeat(1000)}));
    let ten = line("").repeat(9) + &line(TEXT);
    let writer = thread::spawn(move || {
        (0..LINES / 10).try_for_each(|_| input.write_all(ten.as_bytes())).map(|()| input)
    });
    for _ in 0..LINES / 10 {
        assert!(lines.recv_timeout(PATIENCE).unwrap().starts_with("{\"value\":365,\"document\""));
    }
    // It still waits for more.
    let status = fs::read_to_string(status).unwrap();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    let peak: u64 = peak.trim().trim_end_matches(" kB").parse().unwrap();
    assert!(peak < MOST_KIB, "{peak} KiB");
    drop(writer.join().unwrap().unwrap());
    assert_eq!(child.wait().unwrap().code(), Some(0));
}

#[test]
fn progress_is_told_where_it_is_asked_for() {
    let files = folder(&[("a.txt", TEXT), ("b.txt", TEXT)]);
    let root = path(&files, "");
    let plain = run(&["extract", &root]);
    assert_eq!((plain.code, plain.err.as_str()), (0, ""));
    for when in ["auto", "never"] {
        let run = run(&["extract", &root, "--progress", when]);
        assert_eq!((run.err.as_str(), &run.out), ("", &plain.out), "{when}");
    }
    let always = run(&["extract", &root, "--progress", "always"]);
    assert_eq!(always.out, plain.out);
    assert!(always.err.starts_with("edustat: 2 of 2 files, "), "{}", always.err);
    assert!(always.err.ends_with(" MB/s, 2 records\n"), "{}", always.err);
    let audit = run(&["audit", &root, "--progress", "always"]);
    assert!(audit.err.starts_with("edustat: 2 of 2 files, "), "{}", audit.err);
    let line = json!({"text": TEXT}).to_string();
    let stream = piped(&["-", "--progress", "always"], line.as_bytes());
    assert!(stream.err.starts_with("edustat: 1 document, "), "{}", stream.err);
}
