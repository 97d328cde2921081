//! What `explain` says of every number: to a reader, to a program, and where each part of it is from.

#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

mod cases;

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::process::{Command, Stdio};

use cases::{corpus, project, texts};
use edustat::pipeline::{Assumptions, Pipeline};
use edustat::verdict::Reason;
use serde_json::{Value, json};
use tempfile::TempDir;

/// Exit code, standard output, standard error.
type Run = (i32, String, String);

/// The program in a folder, with this standard input.
fn run(folder: &TempDir, arguments: &[&str], input: &str) -> Run {
    let mut child = Command::new(env!("CARGO_BIN_EXE_edustat"))
        .args(arguments)
        .current_dir(folder.path())
        .env_remove("NO_COLOR")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        fs::write(folder.path().join(name), text).unwrap();
    }
    folder
}

/// What a run of `explain` writes; it must end well and say nothing else.
fn explained(files: &[(&str, &str)], arguments: &[&str]) -> String {
    let arguments: Vec<&str> = ["explain"].iter().chain(arguments).copied().collect();
    let (code, out, err) = run(&folder(files), &arguments, "");
    assert_eq!((code, err.as_str()), (0, ""));
    out
}

fn objects(json: &str) -> Vec<Value> {
    serde_json::from_str(json).unwrap()
}

const TEXT: &str = "某县2021年教育概况\n发布日期:2021-09-20 来源:某县教育局\n\n\
                    截至2020年底，全县小学365所，其中民办5所。代表在第84号提案中建议。\n";

#[test]
fn numbers_are_explained_to_a_reader() {
    assert_eq!(
        explained(&[("a.txt", TEXT)], &["a.txt:4", "--region", "泽州县"]),
        "\
a.txt
title      某县2021年教育概况
publisher  某县教育局
published  2021-09-20
encoding   UTF-8 (valid UTF-8)

line 4
  截至«2020»年底，全县小学365所，其中民办5所。
    tokens     截至(time until) 2020 年底(time year_end) ， 全县(body county) 小学(noun school,
               level primary) 365 所(unit institution counter) ， 其中(role of_which) 民办(ownership
               private) 5 所(unit institution counter) 。
    not read   date: it says when: a date, a year, a span of years or a clock time
    time       2020-12-31 (as_of)
  截至2020年底，全县小学«365»所，其中民办5所。
    read as    schools = 365 institution (value, exact)
    rule       schools, after growth, percentage, funding, capacity declined
    field      the title makes the whole document one about education
    quantity   365所
    noun       school (小学)
    before     全县小学
    region     泽州县, from its own words: 全县
    period     2020-12-31 (as_of), from its sentence: 2020年底
    level      primary, from its own words: 小学
    status     actual, as no word says plan or norm
  截至2020年底，全县小学365所，其中民办«5»所。
    read as    schools = 5 institution (value, exact)
    group      private
    rule       schools, after growth, percentage, funding, capacity declined
    field      the title makes the whole document one about education
    quantity   5所
    noun       school (not at the number)
    before     其中民办
    tie        part_of 365所
    region     泽州县, from its sentence: 全县
    period     2020-12-31 (as_of), from its sentence: 2020年底
    level      primary, from its sentence: 小学
    status     actual, as no word says plan or norm
  代表在第«84»号提案中建议。
    tokens     代表 在(role prep) 第(role ordinal) 84 号(nonunit ordinal) 提案 中(nonunit name)
               建议(noun measure) 。
    not read   ordinal: a place in an order

reasons by example
  date             «2020»年共招聘教师120名。
  ordinal          代表在第«84»号提案中建议增加学位。
"
    );
}

#[test]
fn what_is_outside_the_field_says_why() {
    let text = "市政府工作报告\n\n一、城市管理\n坚持不懈推进城市环境综合整治，不断完善基础设施，\
                全市建成公园12个，全年累计完成既定工作任务，垃圾处理率85%。\n";
    assert_eq!(
        explained(&[("a.txt", text)], &["a.txt:4"]),
        "\
a.txt
title      市政府工作报告
publisher  not stated
published  not stated
encoding   UTF-8 (valid UTF-8)

line 4
  …城市环境综合整治，不断完善基础设施，全市建成公园«12»个，全年累计完成既定工作任务，垃圾处理率85%。
    tokens     坚持不懈推进 城市(locality urban) 环境综合 整治(act upgrade) ，不断完善基础设施，
               全市(body prefecture_or_county) 建成(act build, status done) 公 园(unit institution
               counter) 12 个(unit item general) ， 全年(time text_year) 累计(role link) 完成(act
               complete weak) 既定 工作任务(status plan_heading) ，垃圾 处(unit item general) 理率
               85 %(unit percent measure) 。
    not read   outside_field: it is not education that is measured here
    field      not only education has what is counted, and neither clause nor heading speaks of it
    clause     全市建成公园12个
    heading    一、城市管理 (line 3)
    quantity   12个
    act        build (建成)
    before     全市建成公园
  …城市环境综合整治，不断完善基础设施，全市建成公园12个，全年累计完成既定工作任务，垃圾处理率«85»%。
    not read   outside_field: it is not education that is measured here
    field      what is measured is not known, and its clause does not speak of education
    clause     垃圾处理率85%
    heading    一、城市管理 (line 3)
    quantity   85%
    before     垃圾处理率

reasons by example
  outside_field    全市生活垃圾无害化处理率«85»%。
"
    );
}

#[test]
fn numbers_are_explained_to_a_program() {
    let out = explained(&[("a.txt", TEXT)], &["a.txt:4", "--format", "json", "--region", "泽州县"]);
    let found = objects(&out);
    let sentence = "截至2020年底，全县小学365所，其中民办5所。";
    let head = json!({
        "source": "a.txt", "title": "某县2021年教育概况", "publisher": "某县教育局",
        "published": "2021-09-20", "encoding": "UTF-8",
        "decoding": {
            "decided_by": "valid_utf8", "everyday": null, "runner_up": null,
            "runner_up_everyday": null, "replaced": 0, "replaced_bytes": 0, "first_replaced": null,
        },
        "line": 4,
    });
    let with_head = |rest: Value| {
        let mut object = head.as_object().unwrap().clone();
        object.extend(rest.as_object().unwrap().clone());
        Value::Object(object)
    };
    assert_eq!(found.len(), 4);
    let word = |text, senses: &[&str]| json!({"text": text, "kind": "word", "senses": senses});
    let other = |text, kind| json!({"text": text, "kind": kind, "senses": []});
    assert_eq!(
        found[0],
        with_head(json!({
            "number_start": 40, "number": "2020", "sentence": sentence, "verdict": "date",
            "tokens": [
                word("截至", &["time until"]), other("2020", "digits"),
                word("年底", &["time year_end"]), other("，", "mark"),
                word("全县", &["body county"]), word("小学", &["noun school", "level primary"]),
                other("365", "digits"), word("所", &["unit institution counter"]),
                other("，", "mark"), word("其中", &["role of_which"]),
                word("民办", &["ownership private"]), other("5", "digits"),
                word("所", &["unit institution counter"]), other("。", "mark"),
            ],
            "meaning": Reason::Date.manual().meaning, "time": "2020-12-31", "rule": null,
            "declined": [], "field": null, "words": null, "origins": null, "record": null,
        }))
    );
    let mut part = found[2].clone();
    let record = part["record"].take();
    assert_eq!(
        part,
        with_head(json!({
            "number_start": 60, "number": "5", "sentence": sentence, "verdict": "observation",
            "tokens": null,
            "meaning": null, "time": null, "rule": "schools",
            "declined": ["growth", "percentage", "funding", "capacity"],
            "field": {"education": true, "ground": "title", "words": null, "line": null},
            "words": {
                "mention": "5所", "label": "其中民办", "after": "",
                "noun": {"code": "school", "word": null}, "act": null,
                "ties": [
                    {"tie": "part_of", "mention": "365所", "line": 4, "number_start": 51},
                ],
            },
            "origins": {
                "region": {"from": "sentence", "words": "全县", "line": 4},
                "period": {"from": "sentence", "words": "2020年底", "line": 4},
                "level": {"from": "sentence", "words": "小学", "line": 4},
                "status": {"from": "unmarked", "words": null, "line": null},
            },
            "record": null,
        }))
    );
    assert_eq!(record["id"], "a.txt#60");
    assert_eq!(record["parent"], "a.txt#51");
}

/// The origins of the fields of the only observation of a text.
fn origins(text: &str, arguments: &[&str]) -> BTreeMap<String, String> {
    let arguments: Vec<&str> = ["a.txt", "-f", "json"].iter().chain(arguments).copied().collect();
    let found = objects(&explained(&[("a.txt", text)], &arguments));
    let mut read = found.iter().filter(|one| one["verdict"] == "observation");
    let (one, more) = (read.next().unwrap(), read.next());
    assert_eq!(more, None, "{text}");
    let said = |found: &Value| match found.as_object() {
        Some(found) => format!(
            "{} {} {}",
            found["from"].as_str().unwrap(),
            found["words"].as_str().unwrap_or("-"),
            found["line"].as_u64().map_or("-".to_owned(), |line| line.to_string())
        ),
        None => "-".to_owned(),
    };
    one["origins"].as_object().unwrap().iter().map(|(k, v)| (k.clone(), said(v))).collect()
}

#[test]
fn every_field_says_where_it_was_found() {
    let title = "晋城市教育局关于2020年小学工作的报告\n来源:某网 发布日期:2021-09-20\n\n";
    for (text, field, from) in [
        ("共有学校365所。", "region", "title - -"),
        ("共有学校365所。", "period", "title - -"),
        ("共有学校365所。", "level", "title - -"),
        ("共有学校365所。", "status", "unmarked - -"),
        ("泽州县共有学校365所。", "region", "own_words 泽州县 4"),
        ("泽州县统计，共有学校365所。", "region", "sentence 泽州县 4"),
        ("2019年共有学校365所。", "period", "own_words 2019年 4"),
        ("2019年不断加大投入。共有学校365所。", "period", "earlier_sentence 2019年 4"),
        ("一、2019年工作\n共有学校365所。", "period", "heading 2019年 4"),
        ("目前共有学校365所。", "period", "publication 目前 4"),
        ("2018年、2019年共有学校分别为365所。", "period", "own_words 2019年 4"),
        ("初中稳步发展，教师365名。", "level", "sentence 初中 4"),
        ("初中稳步发展。共有学校365所。", "level", "earlier_sentence 初中 4"),
        ("(一)初中\n共有学校365所。", "level", "heading 初中 4"),
        ("一、下一步工作\n新建学校365所。", "status", "heading 下一步 4"),
        ("下一步，新建学校365所。", "status", "sentence 下一步 4"),
        ("下一步，加大投入。新建学校365所。", "status", "earlier_sentence 下一步 4"),
        ("力争新建学校365所。", "status", "own_words 力争 4"),
        ("到2025年，学校共365所。", "status", "period - -"),
        ("小学生资助每生每年1000元。", "status", "rule - -"),
        ("高于国家50%的指标。", "status", "sentence - -"),
    ] {
        let found = origins(&format!("{title}{text}\n"), &[]);
        assert_eq!(found[field], from, "{field} of {text}: {found:?}");
    }
    let table = "晋城市教育统计\n\n| 学校 | 2019年 |\n|---|---|\n| 小学数(所) | 365 |\n";
    let found = origins(table, &[]);
    assert_eq!(found["period"], "table 2019 3");
    assert_eq!(found["level"], "table 小学 5");
    let bare = "全市小学365所。\n";
    assert_eq!(origins(bare, &["--region", "晋城市"])["region"], "own_words 全市 1");
    assert_eq!(origins("小学365所。\n", &["--region", "晋城市"])["region"], "option - -");
    let published = "某县概况\n来源:泽州县教育局\n\n共有小学365所。\n";
    assert_eq!(origins(published, &[])["region"], "publisher - -");
    let given = "政府工作报告\n\n——2023年2月13日在泽州县人民代表大会上\n\n共有小学365所。\n";
    let line = "——2023年2月13日在泽州县人民代表大会上";
    assert_eq!(origins(given, &[])["region"], format!("signature {line} 3"));
}

/// The ground on which the only quantity of a text is held to be about education, with the words.
fn field(text: &str) -> String {
    let found = objects(&explained(&[("a.txt", text)], &["a.txt", "-f", "json"]));
    let mut asked = found.iter().map(|one| &one["field"]).filter(|field| !field.is_null());
    let (field, more) = (asked.next().unwrap(), asked.next());
    assert_eq!(more, None, "{text}");
    let words = field.get("words").and_then(Value::as_str).unwrap_or("-");
    format!("{} {words}", field["ground"].as_str().unwrap())
}

#[test]
fn the_ground_on_which_a_number_is_educations() {
    let other = "坚持不懈推进城市环境综合整治，不断完善基础设施，努力建设生态宜居的美丽家园，切实改善人居环境。\n";
    let report = |text: &str| {
        format!(
            "{}{text}，推动各项工作再上台阶，确保各项任务落到实处，坚持稳中求进，为实现全年目标打下坚实基础。\n",
            other.repeat(2)
        )
    };
    for (text, ground) in [
        ("某县教育概况\n\n全县投资3亿元。\n".to_owned(), "title -"),
        ("某县概况\n来源:某县教育局\n\n全县投资3亿元。\n".to_owned(), "publisher -"),
        (format!("{}全县投资3亿元。\n", other.replace("城市", "小学")), "paragraphs -"),
        (report("全市招聘人员多名，新建学校3所"), "noun 学校"),
        (report("一、学前教育\n全市投资3亿元"), "heading 学前教育"),
        (report("为小学投资3亿元"), "clause 小学"),
        (report("投资3亿元，新建幼儿园多所"), "clause_behind 幼儿园"),
        (report("新建幼儿园多所，食堂5个"), "clause_before 幼儿园"),
        (report("加强管理。\n新建幼儿园多所，食堂5个。\n坚持"), "line 幼儿园"),
        (report("| 区 | 数 |\n|---|---|\n| 小学投资(万元) | 365 |\n坚持"), "table 小学"),
        (report("| 公园 | 数 |\n|---|---|\n| 投资(万元) | 365 |\n坚持"), "table -"),
        (report("垃圾处理率85%"), "unknown -"),
        (report("投资3亿元"), "any_field -"),
    ] {
        let text = text.as_str();
        assert_eq!(field(text), ground, "{text}");
    }
}

/// Each reason is given to the number of its own example, and is told with its manual.
#[test]
fn every_reason_has_an_example() {
    for &reason in Reason::ALL {
        let manual = reason.manual();
        let found = objects(&explained(&[("a", manual.example)], &["a", "-f", "json"]));
        let of_number: Vec<&str> = found
            .iter()
            .filter(|one| one["number"] == manual.number)
            .map(|one| one["verdict"].as_str().unwrap())
            .collect();
        assert_eq!(of_number, [reason.code()], "{}", manual.example);
        let told = explained(&[("a", manual.example)], &["a"]);
        let (read, examples) = told.split_once("\nreasons by example\n").unwrap();
        let start: String = manual.meaning.chars().take(60).collect();
        assert!(read.contains(&format!("not read   {reason}: {start}")), "{told}");
        let marked = format!("«{}»", manual.number);
        let line = examples.lines().find(|line| line.trim_start().starts_with(reason.code()));
        assert!(line.unwrap().contains(&marked), "{told}");
    }
}

#[test]
fn a_line_may_be_named() {
    let files = [("a.txt", TEXT), ("a.txt:4", "全市小学7所。")];
    let numbers = |arguments: &[&str]| -> Vec<String> {
        let found = objects(&explained(&files, arguments));
        found.iter().map(|one| one["number"].as_str().unwrap().to_owned()).collect()
    };
    // An existing file of the whole name is that file.
    assert_eq!(numbers(&["a.txt:4", "-f", "json"]), ["7"]);
    assert_eq!(numbers(&["a.txt:2", "-f", "json"]), ["2021", "09", "20"]);
    assert_eq!(numbers(&["a.txt:4:1", "-f", "json"]), ["7"]);
    assert_eq!(explained(&files, &["a.txt:3", "-f", "json"]), "[\n]\n");
    assert!(explained(&files, &["a.txt:3"]).ends_with("\n\nno numbers in line 3\n"));
}

#[test]
fn what_cannot_be_explained_is_an_error() {
    let folder = folder(&[("a.txt", TEXT), ("empty.txt", "")]);
    fs::create_dir(folder.path().join("docs")).unwrap();
    for (place, message) in [
        ("a.txt:5", "a.txt: expected a line from 1 to 4, found 5"),
        ("a.txt:0", "a.txt: expected a line from 1 to 4, found 0"),
        ("a.txt:99999999999999999999999", "a.txt: expected a line from 1 to 4, found 999999999"),
        ("empty.txt:2", "empty.txt: expected a line from 1 to 1, found 2"),
        ("b.txt:1", "b.txt: cannot be read: "),
        ("a.txt:x", "a.txt:x: cannot be read: "),
        ("docs", "docs: cannot be read: expected one file, found a folder"),
    ] {
        let (code, out, err) = run(&folder, &["explain", place], "");
        assert_eq!((code, out.as_str()), (2, ""), "{place}");
        assert!(err.starts_with(&format!("edustat: {message}")), "{place}: {err}");
    }
}

#[test]
fn a_document_is_read_as_the_user_says() {
    let folder = folder(&[]);
    let arguments = ["explain", "-", "--published", "2021-09", "--color", "always"];
    let (code, out, err) = run(&folder, &arguments, "目前小学3所。");
    assert_eq!((code, err.as_str()), (0, ""));
    assert!(out.contains("\npublished  not stated; 2021-09 by --published\n"), "{out}");
    assert!(out.contains("目前小学«\u{1b}[1m3\u{1b}[0m»所。"), "{out}");
    let (gb18030, _, _) = encoding_rs::GB18030.encode("全市小学365所。");
    fs::write(folder.path().join("gb.txt"), &*gb18030).unwrap();
    let (_, out, _) = run(&folder, &["explain", "gb.txt", "--encoding", "gb18030"], "");
    assert!(out.contains("\nencoding   gb18030 (forced)\n"), "{out}");
    assert!(out.contains("全市小学«365»所。"), "{out}");
}

#[test]
fn a_document_cannot_move_the_cursor() {
    let out = explained(
        &[("a.txt", "全市教育事业不断发展，各级各类小学\u{1b}[2J365所\u{202E}，教师120名。")],
        &["a.txt"],
    );
    assert!(!out.contains(['\u{1b}', '\u{202E}']), "{out:?}");
}

#[test]
fn a_long_sentence_is_cut_around_its_number() {
    let text = format!("{}小学365所，{}。", "大力发展，".repeat(40), "大力发展，".repeat(40));
    let out = explained(&[("a.txt", &text)], &["a.txt"]);
    let line = out.lines().find(|line| line.contains('«')).unwrap();
    assert!(line.starts_with("  …") && line.ends_with('…'), "{line}");
    assert!(line.contains("小学«365»所，大力"), "{line}");
}

/// Each number once, in order, with the verdict that is counted and the record that is written.
#[test]
fn explanations_agree_with_records_and_account() {
    let pipeline = Pipeline::new(Assumptions::default()).unwrap();
    let mut all = texts("seeds", "txt");
    all.extend(corpus().into_iter().map(|case| (case.place, case.text)));
    for (name, text) in all {
        let document = pipeline.document(name.clone(), text);
        let told = pipeline.explain(&document);
        assert!(told.is_sorted_by(|a, b| a.number_start < b.number_start), "{name}");
        for one in &told {
            assert_eq!(&one.sentence[one.within.clone()], one.number.text, "{name}");
        }
        let (records, account) = pipeline.read(&document);
        assert_eq!(told.len(), account.numbers(), "{name}");
        for &reason in Reason::ALL {
            let so_many = told.iter().filter(|one| one.reason == Some(reason)).count();
            assert_eq!(account.of(reason), so_many, "{name}: {reason}");
        }
        let explained: Vec<_> = told.into_iter().filter_map(|one| one.record).collect();
        assert_eq!(explained, records, "{name}");
    }
}

/// The manual of each reason as a row of README.md.
#[test]
fn the_readme_has_the_reasons() {
    let readme = fs::read_to_string(project("README.md")).unwrap();
    for &reason in Reason::ALL {
        let manual = reason.manual();
        let marked = manual.example.replacen(manual.number, &format!("**{}**", manual.number), 1);
        let example = marked.replace('\n', "⏎").replace('|', "\\|");
        let row = format!("| `{reason}` | {} | {example} |\n", manual.meaning);
        assert!(readme.contains(&row), "README.md lacks {row}");
    }
}

#[test]
fn the_readme_shows_what_is_written() {
    let readme = fs::read_to_string(project("README.md")).unwrap();
    let command = "$ edustat explain seeds/000_7e88397556dc7ec5.txt:32 | head -n 24\n";
    let (_, shown) = readme.split_once(command).unwrap();
    let (shown, _) = shown.split_once("\n```").unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_edustat"))
        .args(["explain", "seeds/000_7e88397556dc7ec5.txt:32"])
        .current_dir(project(""))
        .output()
        .unwrap();
    let written = String::from_utf8(output.stdout).unwrap();
    assert_eq!(shown.lines().count(), 24);
    assert!(written.starts_with(shown), "{written}");
}
