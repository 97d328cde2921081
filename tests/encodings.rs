//! Encodings as the program meets them: the same records from every one, what is said of how they were found,
//! what becomes of bytes that are no characters, and what is refused.

#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

mod program;

use std::fs;
use std::path::Path;

use encoding_rs::{BIG5, GB18030, GBK};
use program::{Run, path, run};
use serde_json::{Value, json};
use tempfile::TempDir;

/// Characters that are the same in simplified and traditional writing, so that Big5 has them all.
const SHARED: &str = "2020年全市高中115所，初中29所。\r\n全市教育投入3000元。\r\n";
const SIMPLIFIED: &str = "2020年全市小学365所，初中29所。\n全市教育投入3000元，招聘教师120名。\n";

fn utf16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(bytes).collect()
}

/// The text in an encoding that has all of its characters.
fn in_codec(codec: &'static encoding_rs::Encoding, text: &str) -> Vec<u8> {
    let (bytes, _, missing) = codec.encode(text);
    assert!(!missing, "{} has not all of {text:?}", codec.name());
    bytes.into_owned()
}

fn gb18030(text: &str) -> Vec<u8> {
    in_codec(GB18030, text)
}

fn marked(mark: &[u8], bytes: &[u8]) -> Vec<u8> {
    [mark, bytes].concat()
}

/// A text in every encoding that has all of Unicode: a name for it, the bytes, the encoding and what decides it.
fn in_all(text: &str) -> Vec<(&'static str, Vec<u8>, &'static str, &'static [&'static str])> {
    let (little, big) = (utf16(text, u16::to_le_bytes), utf16(text, u16::to_be_bytes));
    let mark: &[&str] = &["byte_order_mark"];
    let guessed: &[&str] = &["only_candidate", "detected"];
    vec![
        ("utf-8-mark", marked(b"\xEF\xBB\xBF", text.as_bytes()), "UTF-8", mark),
        ("gb18030", gb18030(text), "gb18030", guessed),
        ("gb18030-mark", marked(b"\x84\x31\x95\x33", &gb18030(text)), "gb18030", mark),
        ("utf-16le", little.clone(), "UTF-16LE", guessed),
        ("utf-16le-mark", marked(b"\xFF\xFE", &little), "UTF-16LE", mark),
        ("utf-16be", big.clone(), "UTF-16BE", guessed),
        ("utf-16be-mark", marked(b"\xFE\xFF", &big), "UTF-16BE", mark),
        ("utf-8", text.as_bytes().to_vec(), "UTF-8", &["valid_utf8"]),
    ]
}

/// A folder with files of these names and bytes.
fn folder(files: &[(&str, &[u8])]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        fs::write(folder.path().join(name), bytes).unwrap();
    }
    folder
}

fn lines(text: &str) -> Vec<Value> {
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// A program run on one file of these bytes, with its path cut down to `a.txt`.
fn run_on(bytes: &[u8], arguments: &[&str]) -> Run {
    let folder = folder(&[("a.txt", bytes)]);
    let a = path(&folder, "a.txt");
    let arguments: Vec<&str> =
        arguments.iter().map(|&word| if word == "a.txt" { a.as_str() } else { word }).collect();
    let Run { code, out, err } = run(&arguments);
    Run { code, out: out.replace(&a, "a.txt"), err: err.replace(&a, "a.txt") }
}

/// The seeds by name.
fn seeds() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds");
    let mut seeds: Vec<(String, String)> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| {
            let name = path.file_name().unwrap().to_str().unwrap().to_owned();
            (name, fs::read_to_string(path).unwrap())
        })
        .collect();
    seeds.sort();
    seeds
}

/// Every byte of the records but the folder in `source`, `id` and `parent`: offsets and lines included.
#[test]
fn the_seeds_give_the_same_records_in_every_encoding() {
    let root = tempfile::tempdir().unwrap();
    let mut folders: Vec<&str> = Vec::new();
    for (name, text) in seeds() {
        for (encoding, bytes, ..) in in_all(&text) {
            fs::create_dir_all(root.path().join(encoding)).unwrap();
            fs::write(root.path().join(encoding).join(&name), bytes).unwrap();
            folders.push(encoding);
        }
    }
    folders.sort_unstable();
    folders.dedup();
    assert_eq!(folders.len(), 8);
    let expected = run(&["extract", "seeds", "-f", "jsonl"]);
    let found = run(&["extract", &path(&root, ""), "-f", "jsonl"]);
    assert_eq!((found.code, found.err.as_str()), (0, ""));
    for encoding in folders {
        let folder = format!("{}/", path(&root, encoding));
        let of_folder = |line: &&str| line.starts_with(&format!("{{\"source\":\"{folder}"));
        let records: Vec<String> = found
            .out
            .lines()
            .filter(of_folder)
            .map(|line| line.replace(&folder, "seeds/"))
            .collect();
        assert!(records.iter().map(String::as_str).eq(expected.out.lines()), "{encoding} differs");
    }
}

/// GBK has no character of four bytes; a seed with no-break spaces is beyond it.
#[test]
fn the_seeds_that_gbk_has_give_the_same_records() {
    let root = tempfile::tempdir().unwrap();
    let mut whole = Vec::new();
    for (name, text) in seeds() {
        let (bytes, _, missing) = GBK.encode(&text);
        if !missing {
            fs::write(root.path().join(&name), bytes).unwrap();
            whole.push(format!("seeds/{name}"));
        }
    }
    assert_eq!(whole.len(), 4);
    let mut arguments = vec!["extract", "-f", "jsonl"];
    arguments.extend(whole.iter().map(String::as_str));
    let found = run(&["extract", &path(&root, ""), "-f", "jsonl"]);
    let records = found.out.replace(&path(&root, ""), "seeds");
    assert!(found.code == 0 && records == run(&arguments).out);
}

#[test]
fn a_folder_of_mixed_encodings_is_read_in_one_run() {
    let variants = in_all(SHARED);
    let big5 = in_codec(BIG5, SHARED);
    let names: Vec<String> = variants.iter().map(|(name, ..)| format!("{name}.txt")).collect();
    let mut files: Vec<(&str, &[u8])> = vec![("big5.txt", &big5)];
    files.extend(names.iter().map(String::as_str).zip(variants.iter().map(|v| v.1.as_slice())));
    let folder = folder(&files);
    let run = run(&["extract", &path(&folder, ""), "-f", "jsonl", "--account"]);
    assert_eq!(run.code, 0);

    let account = lines(&run.err);
    let mut sources: Vec<String> = files.iter().map(|(name, _)| path(&folder, name)).collect();
    sources.sort();
    assert!(account.iter().map(|line| line["source"].as_str().unwrap()).eq(&sources));
    let of = |source: &str| account.iter().find(|line| line["source"] == source).unwrap();
    for (name, _, encoding, decided_by) in &variants {
        let line = of(&path(&folder, &format!("{name}.txt")));
        assert_eq!(line["encoding"], *encoding);
        let found = line["decoding"]["decided_by"].as_str().unwrap();
        assert!(decided_by.contains(&found), "{name}: {found}");
    }
    let line = of(&path(&folder, "big5.txt"));
    assert_eq!((&line["encoding"], &line["decoding"]["everyday"]), (&json!("Big5"), &json!(100)));

    let mut records = lines(&run.out);
    let mentions = |records: &[Value], source: &str| -> Vec<(String, u64, u64, u64)> {
        let number = |record: &Value, name: &str| record[name].as_u64().unwrap();
        let its = records.iter().filter(|record| record["source"] == source);
        its.map(|record| {
            let mention = record["mention"].as_str().unwrap().to_owned();
            (mention, number(record, "line"), number(record, "start"), number(record, "end"))
        })
        .collect()
    };
    for source in sources {
        assert_eq!(
            mentions(&records, &source),
            [
                ("115所".to_owned(), 1, 9, 13),
                ("29所".to_owned(), 1, 16, 19),
                ("3000元".to_owned(), 2, 28, 33),
            ],
            "{source}"
        );
    }
    // And nothing else tells them apart.
    for record in &mut records {
        for field in ["source", "id", "parent"] {
            record[field] = Value::Null;
        }
    }
    assert!(records.chunks(3).all(|chunk| chunk == &records[..3]));
}

#[test]
fn traditional_text_in_big5_is_read_as_written() {
    let text = "全縣國民小學的學生人數，縣立高中115所，教師甄選順利。";
    for bytes in [text.as_bytes().to_vec(), in_codec(BIG5, text), gb18030(text)] {
        let run = run_on(&bytes, &["extract", "a.txt", "-f", "jsonl"]);
        let record = &lines(&run.out)[0];
        assert_eq!((&record["sentence"], &record["mention"]), (&json!(text), &json!("115所")));
        assert_eq!((&record["start"], &record["end"]), (&json!(16), &json!(20)));
    }
}

#[test]
fn characters_of_four_bytes_count_as_one() {
    let text = "校长𠮷某、教师㐂某䶮某说，2020年全市小学365所。";
    assert!(gb18030("𠮷").len() == 4 && gb18030("㐂").len() == 4);
    let utf8 = run_on(text.as_bytes(), &["extract", "a.txt", "-f", "jsonl"]);
    let gb = run_on(&gb18030(text), &["extract", "a.txt", "-f", "jsonl"]);
    assert_eq!((gb.code, &gb.err, &gb.out), (0, &String::new(), &utf8.out));
    assert_eq!(lines(&gb.out)[0]["start"], json!(22));
}

#[test]
fn an_encoding_can_be_forced() {
    // Two bytes of GB 18030 each, and two Cyrillic letters each in UTF-8.
    let bytes = [gb18030("小学"), b"365".to_vec()].concat();
    let told = |arguments: &[&str]| {
        let run = run_on(&bytes, &[&["explain", "a.txt"], arguments].concat());
        let line =
            |name: &str| run.out.lines().find(|line| line.starts_with(name)).unwrap().to_owned();
        (line("encoding"), line("  "))
    };
    let both = |encoding: &str, text: &str| (format!("encoding   {encoding}"), format!("  {text}"));
    assert_eq!(told(&[]), both("UTF-8 (valid UTF-8)", "Сѧ«365»"));
    for name in ["gb18030", "gbk", "gb2312"] {
        assert_eq!(told(&["--encoding", name]), both("gb18030 (forced)", "小学«365»"));
    }
    let gb = gb18030(SIMPLIFIED);
    let wrong = run_on(&gb, &["extract", "a.txt", "--encoding", "utf-8"]);
    assert_eq!((wrong.code, wrong.out.as_str()), (2, ""));
    let expected = "edustat: a.txt: byte 4: expected text in a known encoding, found ";
    assert!(wrong.err.starts_with(expected), "{}", wrong.err);
    assert!(wrong.err.contains(" malformed in UTF-8 "), "{}", wrong.err);
    let account =
        run_on(&gb, &["extract", "a.txt", "--encoding", "gbk", "-f", "json", "--account"]);
    assert_eq!(lines(&account.err)[0]["decoding"]["decided_by"], "forced");
}

#[test]
fn what_decided_is_told_to_readers_and_programs() {
    let gb = gb18030(SIMPLIFIED);
    let text = run_on(&gb, &["explain", "a.txt"]);
    assert!(text.out.contains("\nencoding   gb18030 (only candidate)\n"), "{}", text.out);
    let short = gb18030("小学365所。");
    let text = run_on(&short, &["explain", "a.txt"]);
    let expected =
        "\nencoding   gb18030 (detected: 100% everyday characters; runner-up Big5, 25%)\n";
    assert!(text.out.contains(expected), "{}", text.out);
    let told = run_on(&short, &["explain", "a.txt", "-f", "json"]);
    let told: Vec<Value> = serde_json::from_str(&told.out).unwrap();
    let decoding = json!({
        "decided_by": "detected", "everyday": 100, "runner_up": "Big5", "runner_up_everyday": 25,
        "replaced": 0, "replaced_bytes": 0, "first_replaced": null,
    });
    assert_eq!((&told[0]["encoding"], &told[0]["decoding"]), (&json!("gb18030"), &decoding));

    // For people the account stays a sum, and names the files that are not UTF-8.
    let csv = run_on(&gb, &["extract", "a.txt", "-f", "csv", "--account"]);
    let expected =
        "edustat: a.txt: gb18030 (only candidate)\nedustat: the numbers of 1 document:\n";
    assert!(csv.err.starts_with(expected), "{}", csv.err);
}

#[test]
fn the_account_for_programs_is_a_line_for_each_document() {
    let bad = b"%PDF-1.7\n";
    let good = "2020年全市小学365所。代表在第84号提案中建议。";
    let folder =
        folder(&[("a.txt", good.as_bytes()), ("b.txt", bad), ("c.txt", &gb18030(SIMPLIFIED))]);
    for format in ["json", "jsonl"] {
        let run = run(&["extract", &path(&folder, ""), "-f", format, "--account"]);
        assert_eq!(run.code, 3);
        let (account, messages): (Vec<&str>, Vec<&str>) =
            run.err.lines().partition(|line| line.starts_with('{'));
        let account = lines(&account.join("\n"));
        let sources: Vec<&Value> = account.iter().map(|line| &line["source"]).collect();
        assert_eq!(sources, [&path(&folder, "a.txt"), &path(&folder, "c.txt")]);
        let mut first = account[0].clone();
        let verdicts = first["verdicts"].take();
        assert_eq!(
            first,
            json!({
                "source": path(&folder, "a.txt"), "encoding": "UTF-8",
                "decoding": {
                    "decided_by": "valid_utf8", "everyday": null, "runner_up": null,
                    "runner_up_everyday": null, "replaced": 0, "replaced_bytes": 0,
                    "first_replaced": null,
                },
                "numbers": 3, "verdicts": null,
            })
        );
        for (name, count) in verdicts.as_object().unwrap() {
            let expected = u8::from(["observation", "date", "ordinal"].contains(&name.as_str()));
            assert_eq!(count, expected, "{name}");
        }
        assert!(messages[0].contains("b.txt: byte 0: "), "{messages:?}");
        assert_eq!(messages[1], "edustat: 1 of 3 inputs failed");
    }
}

/// A text whose download ended inside its last character.
#[test]
fn a_cut_character_costs_no_record_before_it() {
    let text = SIMPLIFIED.trim_end();
    let text = text.strip_suffix('。').unwrap();
    let whole = run_on(text.as_bytes(), &["extract", "a.txt", "-f", "jsonl"]);
    for (name, bytes, encoding, _) in in_all(&text.replace('名', "人")) {
        let cut = &bytes[..bytes.len() - 1];
        let run = run_on(cut, &["extract", "a.txt", "-f", "jsonl"]);
        let (width, byte) = match encoding {
            "UTF-8" => (3, "bytes"),
            _ => (2, "byte"),
        };
        let (first, count) = (bytes.len() - width, width - 1);
        let warning = format!(
            "edustat: warning: a.txt: byte {first}: expected {encoding}, found {count} malformed {byte}, \
             read as U+FFFD\n"
        );
        assert_eq!((run.code, run.err.as_str()), (0, warning.as_str()), "{name}");
        let first_line = whole.out.lines().take(2);
        assert!(run.out.lines().take(2).eq(first_line), "{name}: {}", run.out);
        let flags: Vec<Value> =
            lines(&run.out).into_iter().map(|record| record["flags"].clone()).collect();
        let undecodable = json!("undecodable");
        let rest = &flags[2..];
        assert!(flags[..2].iter().all(Value::is_null), "{name}: {flags:?}");
        assert!(
            !rest.is_empty() && rest.iter().all(|flag| *flag == undecodable),
            "{name}: {flags:?}"
        );
    }
}

#[test]
fn records_beside_undecodable_bytes_are_flagged() {
    // Of each part that is named the first character is damaged.
    let text = "2020年全市小学365所。初中29所。\n全市招聘教师120名。\n| 学校 | 学校数(所) |\n|---|---|\n| 小学 | 77 |\n| 高中校 | 88 |\n";
    let spoilt = |part: &str| {
        let mut bytes = gb18030(text);
        let at = gb18030(&text[..text.find(part).unwrap()]).len();
        bytes[at] = 0xFF;
        (at, bytes)
    };
    for (part, flagged) in [
        ("市小学", &["365所"][..]),
        // Without its unit it is no quantity.
        ("所。初", &[]),
        ("师120", &["120名"]),
        ("校 | 88", &["88"]),
        ("校数", &[]),
    ] {
        let (at, bytes) = spoilt(part);
        let run = run_on(&bytes, &["extract", "a.txt", "-f", "jsonl"]);
        let warning = format!(
            "edustat: warning: a.txt: byte {at}: expected gb18030, found 2 malformed bytes, read as U+FFFD\n"
        );
        assert_eq!((run.code, run.err), (0, warning), "{part}");
        let records = lines(&run.out);
        let found: Vec<&str> = records
            .iter()
            .filter(|record| record["flags"] == "undecodable")
            .map(|record| record["mention"].as_str().unwrap())
            .collect();
        assert_eq!(found, flagged, "{part}: {}", run.out);
        assert!(records.iter().any(|record| record["flags"].is_null()), "{part}");
    }
}

#[test]
fn all_damages_are_counted_in_one_warning() {
    let mut bytes = SIMPLIFIED.as_bytes().to_vec();
    for part in ["市小", "师120"] {
        let at = SIMPLIFIED.find(part).unwrap();
        bytes[at] = 0xFF;
    }
    let first = SIMPLIFIED.find("市小").unwrap();
    for arguments in [&["extract", "a.txt", "-f", "jsonl", "--account"][..], &["explain", "a.txt"]]
    {
        let run = run_on(&bytes, arguments);
        let warning = format!(
            "edustat: warning: a.txt: byte {first}: expected UTF-8, found 6 malformed bytes in 6 places, this the \
             first, read as U+FFFD"
        );
        assert_eq!((run.code, run.err.lines().next()), (0, Some(warning.as_str())));
        if let Some(account) = run.err.lines().nth(1) {
            let decoding = &lines(account)[0]["decoding"];
            assert_eq!(decoding["replaced_bytes"], 6);
            assert_eq!(decoding["first_replaced"], json!(first));
        }
    }
}

#[test]
fn a_download_filled_up_with_nuls_is_read_as_far_as_it_goes() {
    let bytes = [SIMPLIFIED.as_bytes(), &[0; 5000]].concat();
    let run = run_on(&bytes, &["extract", "a.txt", "-f", "jsonl"]);
    let warning = format!(
        "edustat: warning: a.txt: byte {}: expected UTF-8, found 5000 malformed bytes, read as U+FFFD\n",
        SIMPLIFIED.len()
    );
    assert_eq!((run.code, run.err), (0, warning));
    assert_eq!(run.out, run_on(SIMPLIFIED.as_bytes(), &["extract", "a.txt", "-f", "jsonl"]).out);
}

#[test]
fn what_is_no_text_is_refused_with_the_byte_and_what_was_found() {
    let noise: Vec<u8> =
        (0..4000_u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    let french: Vec<u8> =
        "Les \u{e9}l\u{e8}ves \u{e0} l'\u{e9}cole. ".repeat(20).chars().map(|c| c as u8).collect();
    let late = [SIMPLIFIED.as_bytes(), &[1; 50]].concat();
    let after = SIMPLIFIED.len();
    for (bytes, byte, found) in [
        (b"\x89PNG\r\n\x1A\n\0\0\0\rIHDR\xFF\xFE".to_vec(), 0, "a PNG image\n".to_owned()),
        (b"PK\x03\x04\x14\0\0\0\x08\0".to_vec(), 0, "a ZIP archive (.docx".to_owned()),
        (b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\n".to_vec(), 0, "a PDF document\n".to_owned()),
        (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1\0\0".to_vec(), 0, "an Office document".to_owned()),
        (vec![0; 65536], 0, "65536 control characters of 65536, the first U+0000\n".to_owned()),
        (noise, 0, "439 control characters of 2950, the first U+0000\n".to_owned()),
        (french, 4, "bytes that are likely text in none (at best ".to_owned()),
        (late, after, "50 control characters of 93, the first U+0001\n".to_owned()),
        (vec![0xFF; 300], 0, "300 sequences malformed in UTF-8 among 300 characters\n".to_owned()),
    ] {
        let alone = run_on(&bytes, &["extract", "a.txt"]);
        let message = format!(
            "edustat: a.txt: byte {byte}: expected text in a known encoding, found {found}"
        );
        assert!(alone.err.starts_with(&message), "expected {message:?}, found {:?}", alone.err);
        assert!(alone.err.ends_with("edustat: 1 of 1 input failed\n"), "{}", alone.err);
        assert_eq!((alone.code, alone.out.as_str()), (2, ""));
        let explained = run_on(&bytes, &["explain", "a.txt"]);
        assert_eq!((explained.code, explained.out.as_str()), (2, ""));
        assert!(explained.err.starts_with(&message), "{}", explained.err);

        let folder = folder(&[("bad.txt", &bytes), ("good.txt", SIMPLIFIED.as_bytes())]);
        let both = run(&["extract", &path(&folder, ""), "-f", "jsonl"]);
        assert_eq!((both.code, lines(&both.out).len()), (3, 4), "{}", both.err);
        assert!(both.err.ends_with("edustat: 1 of 2 inputs failed\n"), "{}", both.err);
    }
}
