//! Anything may come in: bytes, cut and damaged documents, heaps of words and tags, edited records.
//!
//! Nothing panics, and all that `holds` lists holds. What the fuzz targets found stands here too, as short
//! as it could be made.

#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

mod cases;
mod holds;
mod program;

use std::collections::BTreeMap;
use std::fs;
use std::sync::LazyLock;
use std::time::{Duration, Instant};

use cases::{project, texts};
use edustat::pipeline::{AT_ONCE, Assumptions, Pipeline};
use edustat::records::RecordFormat;
use edustat::text::decode::EncodingChoice;
use encoding_rs::{BIG5, GB18030};
use program::{path, run};
use proptest::prelude::*;
use proptest::sample::{Index, select};
use proptest::test_runner::{Config, TestRng, TestRunner};

static PIPELINE: LazyLock<Pipeline> =
    LazyLock::new(|| Pipeline::new(Assumptions::default()).unwrap());

static SEEDS: LazyLock<Vec<String>> =
    LazyLock::new(|| texts("seeds", "txt").into_iter().map(|(_, text)| text).collect());

/// The words of the lexicon, but for those of the codebook.
static WORDS: LazyLock<Vec<String>> = LazyLock::new(|| {
    let mut words = Vec::new();
    for (name, table) in texts("src/lexicon", "csv") {
        if !["codebook.csv", "indicators.csv", "pages.csv"].contains(&name.as_str()) {
            let mut rows = csv::ReaderBuilder::new().flexible(true).from_reader(table.as_bytes());
            let own: Vec<String> = rows.records().map(|row| row.unwrap()[0].to_owned()).collect();
            // There are more regions than other words.
            let step = if name == "regions.csv" { 50 } else { 1 };
            words.extend(own.into_iter().step_by(step));
        }
    }
    words
});

/// Numbers and what stands around them, line ends, damage.
const MARKS: &[&str] = &[
    "，",
    "。",
    "、",
    "；",
    "：",
    "（",
    "）",
    ",",
    ";",
    "(",
    ")",
    "《",
    "》",
    "“",
    "”",
    "%",
    "％",
    "-",
    "—",
    "～",
    "/",
    "|",
    "\n|",
    "|\n",
    "---",
    "\t",
    " ",
    "\u{3000}",
    "\n",
    "\r\n",
    "\n\n",
    "*",
    "# ",
    "一、",
    "（二）",
    "x",
    "xx",
    ".",
    "万",
    "亿",
    "万亿",
    "百分之",
    "分之",
    "点",
    "十",
    "余",
    "〇",
    "2020年",
    "2021年",
    "12月",
    "其中",
    "分别为",
    "比上年",
    "增长",
    "[1]",
    "①",
    "&nbsp;",
    "&#",
    "'",
    "\"",
    "=",
    "\u{FFFD}",
    "\u{0}",
    "\u{1b}[2J",
    "\u{202E}",
    "𠮷",
    "e\u{301}",
    "单位：",
    "来源：",
    "发布日期：",
    "http://",
];

/// Tags, as pages have them and as they should not.
const TAGS: &[&str] = &[
    "<!DOCTYPE html>",
    "<html>",
    "<title>",
    "</title>",
    "<h1>",
    "</h1>",
    "<p>",
    "</p>",
    "<br>",
    "<div id=zoom>",
    "<div class='TRS_Editor'>",
    "<div>",
    "</div>",
    "<table>",
    "</table>",
    "<tr>",
    "<td>",
    "<td rowspan=3>",
    "<td colspan=9>",
    "<th>",
    "</td>",
    "<ul>",
    "<li>",
    "<a href='/'>",
    "</a>",
    "<sup>",
    "</sup>",
    "<script>",
    "</script>",
    "<!--",
    "-->",
    "<style>",
    "<meta charset=gbk>",
    "<meta name=PubDate content='2021-09-20'>",
    "<meta name=ArticleTitle content='",
    "'>",
    "<b",
    "<",
    "</",
    "&lt;",
    "&#x5c0f;",
    "<![CDATA[",
    "<span hidden>",
];

fn number() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => (0u32..3000).prop_map(|n| n.to_string()),
        2 => (0u32..100_000, 0u32..1000).prop_map(|(n, m)| format!("{n}.{m}")),
        1 => "[0-9]{1,40}",
        1 => "[一二三四五六七八九十百千万亿零〇两]{1,9}",
        1 => "[0-9０-９.,，:x-]{1,12}",
    ]
}

/// Words, numbers, marks and tags in any order.
fn heap(tags: bool) -> impl Strategy<Value = String> {
    let word = any::<Index>().prop_map(|at| at.get(&WORDS).clone());
    let mark = select(MARKS).prop_map(str::to_owned);
    let tag = select(TAGS).prop_map(str::to_owned);
    let piece = prop_oneof![5 => word, 4 => number(), 4 => mark, if tags { 4 } else { 0 } => tag];
    prop::collection::vec(piece, 0..80).prop_map(|pieces| pieces.concat())
}

/// A part of a seed of at most so many characters, beginning anywhere.
fn part(most: usize) -> impl Strategy<Value = String> {
    (any::<Index>(), any::<Index>(), 0..=most).prop_map(|(seed, from, length)| {
        let text = seed.get(&SEEDS);
        text.chars().skip(from.index(text.chars().count())).take(length).collect()
    })
}

fn page(text: &str) -> String {
    let body = text.replace('\n', "</p><p>");
    format!("<html><head><title>某市教育概况</title></head><body><div id=zoom><p>{body}</div>")
}

/// A text as a file has it: in one of six encodings.
fn encoded(text: &str, encoding: usize) -> Vec<u8> {
    let wide = |order: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(order).collect();
    match encoding {
        0 => GB18030.encode(text).0.into_owned(),
        1 => BIG5.encode(text).0.into_owned(),
        2 => wide(u16::to_le_bytes),
        3 => wide(u16::to_be_bytes),
        4 => [b"\xEF\xBB\xBF", text.as_bytes()].concat(),
        _ => text.as_bytes().to_vec(),
    }
}

/// What befalls bytes, where, and a second place or value.
type Damage = (u8, Index, Index, u8);

fn damages(most: usize) -> impl Strategy<Value = Vec<Damage>> {
    prop::collection::vec((0..6u8, any::<Index>(), any::<Index>(), any::<u8>()), 0..=most)
}

/// Flips, overwrites, cuts out, cuts off, moves and repeats bytes.
fn damaged(mut bytes: Vec<u8>, damages: &[Damage]) -> Vec<u8> {
    for &(kind, from, to, value) in damages {
        if bytes.is_empty() {
            break;
        }
        let (a, b) = (from.index(bytes.len()), to.index(bytes.len()));
        let (low, high) = (a.min(b), a.max(b));
        let short = low..high.min(low + usize::from(value));
        match kind {
            0 => bytes[a] ^= 1 << (value % 8),
            1 => bytes[a] = value,
            2 => drop(bytes.drain(short)),
            3 => bytes.truncate(bytes.len() - usize::from(value).min(bytes.len())),
            4 => {
                let moved: Vec<u8> = bytes.drain(short).collect();
                let at = to.index(bytes.len() + 1);
                bytes.splice(at..at, moved);
            }
            _ => {
                let again = bytes[short].to_vec();
                bytes.splice(b..b, again);
            }
        }
    }
    bytes
}

/// A file: its name, the encoding that is forced, its bytes.
type File = (&'static str, EncodingChoice, Vec<u8>);

/// Files made of such texts, damaged.
fn file(text: impl Strategy<Value = String>, most: usize) -> impl Strategy<Value = File> {
    (text, 0..8usize, any::<Index>(), 0..4u8, damages(most)).prop_map(
        |(text, encoding, choice, how, damages)| {
            let (name, text) = match how {
                0 => ("a.html", page(&text)),
                1 => ("a.html", text),
                _ => ("a.txt", text),
            };
            // Mostly none is forced.
            let choice = EncodingChoice::ALL.get(choice.index(20)).copied();
            let bytes = damaged(encoded(&text, encoding), &damages);
            (name, choice.unwrap_or(EncodingChoice::Auto), bytes)
        },
    )
}

fn holds_of((name, choice, bytes): &File) -> usize {
    holds::file(&PIPELINE, name, bytes, *choice)
}

proptest! {
    #![proptest_config(Config::with_cases(100))]

    #[test]
    fn any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..400), text in ".{0,200}") {
        for &choice in EncodingChoice::ALL {
            holds::decoding(&bytes, choice);
        }
        for name in ["a.txt", "a.html"] {
            holds_of(&(name, EncodingChoice::Auto, bytes.clone()));
            holds_of(&(name, EncodingChoice::Auto, text.clone().into_bytes()));
        }
    }

    #[test]
    fn heaps_of_words(file in file(heap(false), 2)) {
        holds_of(&file);
    }

    #[test]
    fn heaps_of_tags(text in heap(true)) {
        holds_of(&("a.html", EncodingChoice::Auto, text.into_bytes()));
    }

    #[test]
    fn damaged_parts_of_documents(file in file(part(400), 6)) {
        holds_of(&file);
    }

    /// Records that somebody edited, and broke.
    #[test]
    fn damaged_records(
        first in any::<Index>(),
        csv in any::<bool>(),
        damages in damages(4),
    ) {
        let (text, format) = if csv { (&RECORDS.1, RecordFormat::Csv) } else { (&RECORDS.0, RecordFormat::Json) };
        let mut lines = text.lines();
        let heading = if csv { lines.next() } else { None };
        let lines: Vec<&str> = lines.collect();
        let from = first.index(lines.len());
        let some = heading.into_iter().chain(lines[from..].iter().copied().take(3));
        let some: String = some.map(|line| format!("{line}\n")).collect();
        let bytes = damaged(some.into_bytes(), &damages);
        holds::rows(PIPELINE.lexicon(), &String::from_utf8_lossy(&bytes), format);
    }
}

/// The records of the seeds as JSON Lines and as CSV.
static RECORDS: LazyLock<(String, String)> = LazyLock::new(|| {
    let lines = texts("tests/golden", "jsonl").into_iter().map(|(_, text)| text).collect();
    (lines, fs::read_to_string(project("tests/golden/seeds.csv")).unwrap())
});

/// Inputs for which something did not hold once.
#[test]
fn what_was_found_stays_found() {
    let found: &[(&str, EncodingChoice, &[u8])] = &[
        // A decimal may have 29 digits, a record 28.
        ("a.html", EncodingChoice::Auto, "在校生10000000000000000000000000000%".as_bytes()),
        ("a.txt", EncodingChoice::Auto, "教师222222222222222222222222222万多名".as_bytes()),
        // What is counted in percent is no number of schools.
        ("a.txt", EncodingChoice::Auto, "在全市2%0余所学校开展".as_bytes()),
        // Of a range one end may be hidden.
        ("a.txt", EncodingChoice::Auto, "小学生均公用经费2663~xxx元".as_bytes()),
        ("a.txt", EncodingChoice::Auto, "招收xx-30名残疾幼儿".as_bytes()),
        // The last words of education may be those over a table.
        ("a.txt", EncodingChoice::Auto, "某市概况\n概况如何?在园幼儿\n| 甲 | 6021人 |".as_bytes()),
    ];
    for &(name, choice, bytes) in found {
        holds::file(&PIPELINE, name, bytes, choice);
    }
}

/// The inputs above reach the rules: what is not damaged gives records.
#[test]
fn what_is_whole_gives_records() {
    for encoding in 0..6 {
        let text = "晋城市教育局\n2020年全市小学365所，在校生111263人。\n";
        for (name, text) in [("a.txt", text.to_owned()), ("a.html", page(text))] {
            let file = (name, EncodingChoice::Auto, encoded(&text, encoding));
            assert_eq!(holds_of(&file), 2, "{name} in encoding {encoding}");
        }
    }
    for (text, format) in [(&RECORDS.0, RecordFormat::Json), (&RECORDS.1, RecordFormat::Csv)] {
        let (records, errors) = holds::rows(PIPELINE.lexicon(), text, format);
        assert!(records > 300 && errors == 0, "{records} records, {errors} errors");
    }
}

/// Of more records than are held at once, those explained have the flags of those read.
#[test]
fn long_documents_are_explained_as_they_are_read() {
    let text = format!("{}教师1名。\n", "入学率101%\n".repeat(AT_ONCE + 1));
    let document = PIPELINE.document("a.txt".to_owned(), text);
    let (read, _) = PIPELINE.read(&document);
    let told = PIPELINE.explain(&document);
    let explained: Vec<_> = told.iter().filter_map(|number| number.record.as_ref()).collect();
    assert_eq!((read.len(), explained.len()), (AT_ONCE + 2, AT_ONCE + 2));
    for (read, told) in read.iter().zip(explained) {
        assert_eq!(read.flags, told.flags, "line {}", read.line);
    }
}

proptest! {
    #![proptest_config(Config::with_cases(4))]

    /// Files in any order, read by any number of threads, give each the same records and messages.
    #[test]
    fn any_permutation_of_files(
        files in prop::collection::vec(file(part(300), 1), 6),
        order in Just((0..6).collect::<Vec<usize>>()).prop_shuffle(),
        jobs in select(&["1", "2", "8"][..]),
    ) {
        let folder = tempfile::tempdir().unwrap();
        let paths: Vec<String> = files.iter().enumerate().map(|(at, (name, _, bytes))| {
            fs::write(folder.path().join(format!("{at}{name}")), bytes).unwrap();
            path(&folder, &format!("{at}{name}"))
        }).collect();
        let told = |order: &[usize], jobs: &str| {
            let mut arguments = vec!["extract", "-f", "jsonl", "-j", jobs];
            arguments.extend(order.iter().map(|&at| paths[at].as_str()));
            let run = run(&arguments);
            let mut by_file: BTreeMap<usize, (String, String)> = BTreeMap::new();
            for (at, path) in paths.iter().enumerate() {
                let own = |text: &str, mark: &str| -> String {
                    text.lines().filter(|line| line.contains(mark)).collect()
                };
                let records = own(&run.out, &format!("\"source\":\"{path}\""));
                by_file.insert(at, (records, own(&run.err, path)));
            }
            (run.code, run.out.lines().count(), by_file)
        };
        prop_assert_eq!(told(&[0, 1, 2, 3, 4, 5], "1"), told(&order, jobs));
    }
}

/// 10,000 damaged seeds, whole and in parts, in six encodings and as pages: `cargo test --release --test
/// anything -- --ignored --nocapture`.
#[test]
#[ignore = "takes minutes"]
fn ten_thousand_damaged_seeds() {
    const LIMIT: Duration = Duration::from_secs(1);
    let mut runner = TestRunner::new_with_rng(
        Config { failure_persistence: None, ..Config::with_cases(10_000) },
        TestRng::deterministic_rng(Default::default()),
    );
    let whole = any::<Index>().prop_map(|seed| seed.get(&SEEDS).clone());
    let files = prop_oneof![file(whole, 40), file(part(8000), 40)];
    let seen = std::cell::RefCell::new((0, 0, 0, Duration::ZERO));
    let result = runner.run(&files, |file| {
        let begun = Instant::now();
        let records = holds_of(&file);
        let taken = begun.elapsed();
        let mut seen = seen.borrow_mut();
        *seen =
            (seen.0 + 1, seen.1 + usize::from(records > 0), seen.2 + records, seen.3.max(taken));
        prop_assert!(taken < LIMIT, "{taken:?} for {} bytes", file.2.len());
        Ok(())
    });
    let (files, read, records, longest) = seen.into_inner();
    println!("{files} files, {read} with records, {records} records; the slowest took {longest:?}");
    result.unwrap();
    assert!(read > files / 2, "most files are still documents");
}
