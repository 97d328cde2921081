//! The audit: texts made for each check, breakdowns made at random, the identities of the seeds.
//!
//! A file of `tests/audit` is named for a check and written like one of `tests/corpus`; below its input
//! stands every finding of that check, in order: its verdict, of what fails severity and flag, and the
//! formula.
//!
//! ```text
//! # one too many
//! 全市小学521所（其中公办365所，民办157所）。
//! fails error sum-mismatch | 521所 = 365所 + 157所
//! ```

#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

mod cases;
mod program;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use cases::{Block, Pipelines, audited, blocks, document, texts};
use edustat::audit::{self, Finding, Sheet, Verdict};
use edustat::flag::Flag;
use edustat::pipeline::{Assumptions, Pipeline};
use program::{folder, path, run};
use proptest::prelude::*;

/// A finding as the files write it.
fn line(found: &Finding) -> String {
    let mut line = found.verdict.code().to_owned();
    if let Verdict::Fails(flag, severity) = found.verdict {
        write!(line, " {severity} {flag}").unwrap();
    }
    format!("{line} | {} {} {}", found.left, found.sign, found.right)
}

#[test]
fn every_text_gives_its_findings() {
    let mut pipelines = Pipelines::default();
    let mut wrong = Vec::new();
    for (file, text) in texts("tests/audit", "txt") {
        let check = file.strip_suffix(".txt").unwrap();
        assert!(audit::ALL.iter().any(|known| known.name() == check), "no check is called {check}");
        for Block { place, text, expected, directives } in
            blocks(&format!("tests/audit/{file}"), &text)
        {
            let pipeline = pipelines.of(directives.get("region").map(String::as_str));
            let document = document(&place, &text, &directives, pipeline);
            let (_, findings) = audited(pipeline, &document);
            let own = findings.iter().filter(|found| found.check == check);
            let found: Vec<String> = own.map(line).collect();
            let lines = expected.iter().map(|(_, line)| line.as_str());
            let wanted: Vec<&str> = lines.filter(|line| *line != "nothing").collect();
            if found != wanted {
                wrong.push(format!("{place}\n  {text}\n{}", found.join("\n")));
            }
        }
    }
    assert!(wrong.is_empty(), "{} wrong, found:\n\n{}", wrong.len(), wrong.join("\n\n"));
}

/// Each check has texts that hold, fail and cannot be told, and one about which it says nothing.
#[test]
fn every_check_has_texts_of_each_kind() {
    let files: BTreeMap<String, String> = texts("tests/audit", "txt").into_iter().collect();
    for check in audit::ALL {
        let name = check.name();
        let text = &files[&format!("{name}.txt")];
        // Of points that are points `changes` speaks.
        let kinds = ["holds |", "fails ", "cannot tell |", "nothing"];
        for kind in kinds.into_iter().filter(|kind| name != "points" || *kind != "holds |") {
            assert!(text.lines().any(|line| line.starts_with(kind)), "{name}: no text {kind}");
        }
    }
}

/// Every flag is raised by some text, but for those of a rule and those that no text can have.
#[test]
fn every_flag_is_raised() {
    let files: String = texts("tests/audit", "txt").into_iter().map(|(_, text)| text).collect();
    let other = [Flag::ListMismatch, Flag::Undecodable, Flag::Negative];
    for flag in Flag::ALL.iter().filter(|flag| !other.contains(flag)) {
        assert!(files.contains(&format!(" {flag} | ")), "{flag}");
    }
}

/// A count below zero is written by nobody but who edits records.
#[test]
fn a_negative_count_fails() {
    let record =
        run(&["extract", "seeds", "--format", "jsonl"]).out.lines().next().unwrap().to_owned();
    let files = folder(&[("a.jsonl", &record.replace("\"value\":911", "\"value\":-911"))]);
    let found = run(&["audit", &path(&files, "a.jsonl")]);
    assert_eq!(found.code, 1, "{}", found.err);
    assert!(found.out.contains("911所 ≥ 0"), "{}", found.out);
    assert!(found.out.contains("negative"), "{}", found.out);
}

/// What a careful reader finds true in the seeds, the audit finds true.
#[test]
fn the_identities_of_the_seeds_hold() {
    let found = run(&["audit", "seeds", "--format", "jsonl"]);
    assert_eq!(found.code, 0, "{}", found.err);
    let held: BTreeSet<String> = (found.out.lines())
        .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap())
        .filter(|found| found["verdict"] == "holds")
        .map(|found| found["formula"].as_str().unwrap().to_owned())
        .collect();
    for identity in [
        "911所 = 365所 + 115所 + 29所 + 381所 + 13所 + 6所 + 2所",
        "297438人 = 111263人 + 57870人 + 41152人 + 61785人 + 14804人 + 670人 + 9894人",
        "27760人 = 8616人 + 6842人 + 5090人 + 5279人 + 1292人 + 143人 + 498人",
        "23948人 = 8431人 + 6366人 + 3964人 + 3486人 + 1134人 + 135人 + 432人",
        "约8000人 = 1500人以上 + 6500人左右",
        "约2.7万人 = 近5000人 + 约2.2万人",
        "33万余人 = 38517人 + 56880人 + 51680人 + 59002人 + 5316人 + 1708人 + 63人 + 11.9万人",
        "0.5% = 7.4% − 7.9%",
        "9685人 = 52656人 − 42971人",
        "3228人 = 9685人 ÷ 3",
        "1370人 = 23336人 − 21966人",
        "457人 = 1370人 ÷ 3",
        "11055人 = 9685人 + 1370人",
        "3710名 = 2453名 + 1257名",
        "27% = 18% + 9%",
        "2.4万余名 = 2.4万名",
        "15918.57元 ≥ 12000元",
        "82.74% ≥ 80%",
    ] {
        assert!(held.contains(identity), "{identity}");
    }
}

/// What a careful reader would question in the seeds, and nothing else.
#[test]
fn nothing_else_is_questioned_in_the_seeds() {
    let found = run(&["audit", "seeds", "--format", "csv", "--verdict", "fails"]);
    let mut rows = csv::Reader::from_reader(found.out.as_bytes());
    let failed: Vec<(String, String)> = (rows.records().map(Result::unwrap))
        .map(|row| (row[3].to_owned(), row[17].to_owned()))
        .collect();
    let expected =
        [("conflict", "15所 ≠ 13所"), ("percent-means-points", "0.5% ≠ 7.4% ÷ 7.9% − 1")];
    let expected = expected.map(|(flag, formula)| (flag.to_owned(), formula.to_owned()));
    assert_eq!(failed, expected);
}

/// README.md has every flag and every check, as the program lists them.
#[test]
fn the_readme_has_flags_and_checks() {
    let readme = std::fs::read_to_string(cases::project("README.md")).unwrap();
    let flags = Flag::ALL.iter().map(|flag| (flag.code(), flag.meaning().to_owned()));
    let checks = audit::ALL.iter().map(|check| (check.name(), check.summary()));
    for (name, meaning) in flags.chain(checks) {
        let row = format!("| `{name}` | {meaning} |\n");
        assert!(readme.contains(&row), "README.md lacks {row}");
    }
}

#[test]
fn the_readme_shows_what_is_written() {
    let readme = std::fs::read_to_string(cases::project("README.md")).unwrap();
    let command = "$ edustat audit seeds/001_59e5760f6e21d3dc.txt | grep --no-group-separator -A 2 \
                   '  averages\\|  stages'\n";
    let (_, shown) = readme.split_once(command).unwrap();
    let (shown, _) = shown.split_once("\n```").unwrap();
    let written = run(&["audit", "seeds/001_59e5760f6e21d3dc.txt"]).out;
    let lines: Vec<&str> = written.lines().collect();
    let found = (0..lines.len())
        .filter(|&at| ["  averages", "  stages"].iter().any(|check| lines[at].contains(check)))
        .flat_map(|at| &lines[at..at + 3]);
    assert_eq!(shown.lines().collect::<Vec<_>>(), found.copied().collect::<Vec<_>>());
}

/// The findings of one check in a text about a place.
fn findings(check: &str, text: &str) -> Vec<Finding> {
    thread_local! {
        static PIPELINE: Pipeline = Pipeline::new(Assumptions {
            region: Some("晋城市".to_owned()),
            ..Assumptions::default()
        })
        .unwrap();
    }
    PIPELINE.with(|pipeline| {
        let document = pipeline.document("generated".to_owned(), text.to_owned());
        let (_, findings) = audited(pipeline, &document);
        findings.into_iter().filter(|found| found.check == check).collect()
    })
}

const LEVELS: [&str; 7] =
    ["小学", "初中", "普通高中", "幼儿园", "中职学校", "特殊教育学校", "高校"];

/// A breakdown of all schools by level, in the words of the first seed.
fn by_level(total: u32, parts: &[u32]) -> String {
    let parts: Vec<String> =
        LEVELS.iter().zip(parts).map(|(level, count)| format!("{level}{count}所")).collect();
    format!("2020年全市共有各级各类学校{total}所(其中:{})。", parts.join(";"))
}

/// A breakdown in 万, rounded to as many places.
fn in_ten_thousands(total: u64, parts: [u64; 2], places: usize) -> String {
    let wan = |people: u64| {
        // Half up, as statistics do.
        let unit = 10u64.pow(4 - places as u32);
        let rounded = (people + unit / 2) / unit;
        let (whole, rest) =
            (rounded / 10u64.pow(places as u32), rounded % 10u64.pow(places as u32));
        format!("{whole}.{rest:0places$}万")
    };
    let [public, private] = parts.map(wan);
    format!("2021年全市在园幼儿{}名,其中公办园{public}名,民办园{private}名。", wan(total))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// A true breakdown holds, whatever the figures.
    #[test]
    fn a_true_breakdown_holds(parts in prop::collection::vec(1u32..90_000, 3..=7)) {
        let found = findings("parts", &by_level(parts.iter().sum(), &parts));
        prop_assert_eq!(found.len(), 1);
        prop_assert_eq!(found[0].verdict, Verdict::Holds);
        prop_assert_eq!(found[0].terms.len(), parts.len());
    }

    /// One part that is changed is found out.
    #[test]
    fn a_false_breakdown_fails(
        mut parts in prop::collection::vec(2u32..90_000, 3..=7),
        which in 0usize..7,
        by in 1u32..50_000,
        more: bool,
    ) {
        let total = parts.iter().sum();
        let which = which % parts.len();
        parts[which] = if more { parts[which] + by } else { parts[which].saturating_sub(by).max(1) };
        prop_assume!(parts.iter().sum::<u32>() != total);
        let found = findings("parts", &by_level(total, &parts));
        let failed = found.iter().any(|found| matches!(found.verdict, Verdict::Fails(..)));
        prop_assert!(failed, "{:?}", found);
    }

    /// Rounding alone never fails a breakdown, and what is beyond rounding does.
    #[test]
    fn rounding_is_no_mismatch(
        public in 10_000u64..900_000,
        private in 10_000u64..900_000,
        places in 1usize..=3,
    ) {
        let found = findings("parts", &in_ten_thousands(public + private, [public, private], places));
        prop_assert_eq!(found.len(), 1);
        prop_assert_eq!(found[0].verdict, Verdict::Holds);
        // Three figures are each known to half a unit of their last place, and may all be off.
        let beyond = 4 * 10u64.pow(4 - places as u32);
        let text = in_ten_thousands(public + private + beyond, [public, private], places);
        let found = findings("parts", &text);
        prop_assert_eq!(found[0].verdict.flag(), Some(Flag::SumMismatch), "{}", text);
    }

    /// A growth that was computed from two levels and rounded holds.
    #[test]
    fn a_true_growth_holds(before in 1_000u64..900_000, now in 1_000u64..900_000) {
        prop_assume!(before != now && now < before * 6 && before < now * 6);
        let difference = now.abs_diff(before);
        let hundredths = (difference * 10_000 + before / 2) / before;
        let verb = if now > before { "增长" } else { "下降" };
        let text = format!(
            "2020年全市小学在校生{before}人,2021年全市小学在校生{now}人,{verb}{}.{:02}%。",
            hundredths / 100,
            hundredths % 100
        );
        let found = findings("changes", &text);
        prop_assert_eq!(found.len(), 1);
        prop_assert_eq!(found[0].verdict, Verdict::Holds, "{}", text);
    }
}

/// Records that were written and read back are audited like their documents.
#[test]
fn records_of_a_file_are_audited_like_documents() {
    let documents = run(&["audit", "seeds"]);
    let results = folder(&[]);
    for name in ["seeds.jsonl", "seeds.json", "seeds.csv"] {
        let file = path(&results, name);
        assert_eq!(run(&["extract", "seeds", "-o", &file]).code, 0);
        assert_eq!(run(&["audit", &file]).out, documents.out, "{name}");
    }
    let excel = path(&results, "excel.csv");
    assert_eq!(run(&["extract", "seeds", "--excel", "-o", &excel]).code, 0);
    assert_eq!(run(&["audit", &excel]).out, documents.out);
}

#[test]
fn a_row_that_is_no_record_is_named_and_the_others_are_audited() {
    let record =
        run(&["extract", "seeds", "--format", "jsonl"]).out.lines().next().unwrap().to_owned();
    let wrong = record.replace("\"unit\":\"institution\"", "\"unit\":\"institute\"");
    let files = folder(&[("a.jsonl", &format!("{record}\n{wrong}\n[1]\n"))]);
    let found = run(&["audit", &path(&files, "a.jsonl")]);
    assert_eq!(found.code, 3, "{}", found.err);
    assert!(found.out.contains("1 document, 1 record"), "{}", found.out);
    assert!(
        found.err.contains("a.jsonl row 2: unit: expected one of institution, person"),
        "{}",
        found.err
    );
    assert!(found.err.contains("found \"institute\""), "{}", found.err);
    assert!(found.err.contains("a.jsonl row 3: record: expected a JSON object"), "{}", found.err);
}

#[test]
fn the_exit_code_says_what_failed() {
    let files = folder(&[
        ("error.txt", "2021年全市在园幼儿300名,其中公办园200名,民办园101名。"),
        ("warning.txt", "2021年全市小学在校生20000人,较上年增长5个百分点。"),
        ("fine.txt", "2021年全市在园幼儿300名,其中公办园200名,民办园100名。"),
    ]);
    for (name, options, code) in [
        ("error.txt", &[][..], 1),
        ("error.txt", &["--fail-on", "never"], 0),
        ("warning.txt", &[], 0),
        ("warning.txt", &["--fail-on", "warning"], 1),
        ("fine.txt", &["--fail-on", "warning"], 0),
        ("missing.txt", &[], 2),
    ] {
        let file = path(&files, name);
        let found = run(&[&["audit", &file][..], options].concat());
        assert_eq!(found.code, code, "{name} {options:?}: {}{}", found.out, found.err);
    }
}

#[test]
fn documents_are_held_against_each_other() {
    let files = folder(&[
        ("2020.txt", "晋城市2020年教育情况\n\n2020年全市小学在校生42971人。"),
        ("2021.txt", "晋城市2021年教育情况\n\n2021年全市小学在校生52656人,比上年增加9686人。"),
        ("2022.txt", "晋城市2022年教育情况\n\n2022年全市小学在校生5266人。"),
        ("again.txt", "晋城市2021年教育公报\n\n2021年全市小学在校生52650人。"),
    ]);
    let found = run(&["audit", &path(&files, ""), "--format", "jsonl", "--verdict", "fails"]);
    let formulas: Vec<String> = (found.out.lines())
        .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap())
        .map(|found| {
            format!("{} {}", found["flag"].as_str().unwrap(), found["formula"].as_str().unwrap())
        })
        .collect();
    assert_eq!(
        formulas,
        [
            "change-mismatch 9686人 ≠ 52656人 − 42971人",
            "conflict 52650人 ≠ 52656人",
            "jump 5266人 ≠ 52650人 × 0.1",
        ]
    );
    assert_eq!(found.code, 0, "what differs between documents is a warning");
}

#[test]
fn the_name_of_the_output_tells_the_format() {
    let results = folder(&[]);
    let file = path(&results, "audit.csv");
    assert_eq!(run(&["audit", "seeds", "-o", &file]).code, 0);
    let csv = run(&["audit", "seeds", "--format", "csv"]).out;
    assert_eq!(std::fs::read_to_string(&file).unwrap(), csv);
    assert_eq!(run(&["audit", "seeds", "-o", "-"]).out, run(&["audit", "seeds"]).out);
}

#[test]
fn every_format_says_the_same() {
    let json: Vec<serde_json::Value> =
        serde_json::from_str(&run(&["audit", "seeds", "--format", "json"]).out).unwrap();
    let lines: Vec<serde_json::Value> = (run(&["audit", "seeds", "--format", "jsonl"]).out.lines())
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(json, lines);
    let csv = run(&["audit", "seeds", "--format", "csv"]).out;
    let mut rows = csv::Reader::from_reader(csv.as_bytes());
    let names = rows.headers().unwrap().clone();
    let rows: Vec<csv::StringRecord> = rows.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), json.len());
    for (row, object) in rows.iter().zip(&json) {
        for (name, cell) in names.iter().zip(row).filter(|(name, _)| *name != "records") {
            let value = &object[name];
            let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            assert_eq!(cell, if value.is_null() { "" } else { &text }, "{name}");
        }
    }
}

/// The sheet names records by their place; what a check says of them must be of these.
#[test]
fn findings_name_records_that_are_there() {
    let pipeline = Pipeline::new(Assumptions::default()).unwrap();
    for (name, text) in texts("seeds", "txt") {
        let document = pipeline.document(name, text);
        let (records, findings) = audited(&pipeline, &document);
        let sheet = Sheet::new(&records, pipeline.lexicon());
        for found in findings {
            assert!(
                found.claim < sheet.len() && found.terms.iter().all(|&term| term < sheet.len())
            );
            assert!(!found.terms.contains(&found.claim), "{}", line(&found));
            assert!(found.left.contains(&sheet.mention(found.claim)), "{}", line(&found));
        }
    }
}
