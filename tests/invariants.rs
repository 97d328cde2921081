//! What holds for every record of every text: the seeds, the inputs of the corpus, and odd texts
//! that no one would write but someone will feed in.

#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

mod cases;

use std::collections::HashSet;
use std::process::{Command, Output};

use cases::{corpus, project, texts};
use edustat::codes::{Bound, Category, Unit};
use edustat::lexicon::Lexicon;
use edustat::observation::Observation;
use edustat::output::csv::Dialect;
use edustat::output::fields::Columns;
use edustat::output::{Records, Style};
use edustat::pipeline::{Assumptions, Pipeline};
use edustat::text::lexer::lex;
use edustat::text::span::Span;
use regex::Regex;
use serde_json::{Map, Value};

/// Texts that break what was built for tidy ones.
fn odd_texts() -> Vec<(String, String)> {
    let thirty = "1234567890".repeat(3);
    let sentence = "2020年全市小学365所,在校生9.8万人,较上年增长1.2%。";
    [
        ("empty", String::new()),
        ("line-ends", "\n\r\n\r\n\n\r".to_owned()),
        ("spaces", " \t\u{3000}\u{a0}\u{feff}".to_owned()),
        ("crlf", format!("某市教育局\r\n{sentence}\r\n\r\n{sentence}\r\n")),
        ("cr", format!("某市教育局\r{sentence}\r{sentence}")),
        ("mixed-ends", format!("{sentence}\n{sentence}\r\n{sentence}\r{sentence}\n\r{sentence}")),
        ("emoji", format!("👩‍🏫🏫 全市教师👨‍👩‍👧‍👦3520人🎓🎓。{sentence}𠮷𠮷小学5所")),
        ("combining", "e\u{301}全市招聘教师１２０\u{20dd}名\u{200b}，小学\u{200d}5所".to_owned()),
        ("nul", "全市小学3\u{0}65所\u{0}，教师\u{0}120名。".to_owned()),
        ("long-line", sentence.repeat(500)),
        ("no-stop", "全市小学365所，".repeat(200)),
        ("deep", format!("{}5所{}", "（其中小学".repeat(500), "）".repeat(500))),
        ("unclosed", format!("《{sentence}（“{sentence}")),
        ("too-long", format!("全市小学在校生{thirty}人，投入{thirty}亿元，{thirty}.{thirty}%。")),
        ("huge", format!("投入{}万亿元，{}万亿亿元。", "9".repeat(16), "9".repeat(24))),
        ("tiny", format!("近视率0.{}1%，增长0.{}1万人。", "0".repeat(27), "0".repeat(40))),
        ("zero", "辍学学生0人，下降0%，三分之零，零分之三，0:0，师生比0:0，1:0。".to_owned()),
        ("marks", "，。、；：（）《》“”%人所元万亿余多约近xX.-—～~/|*#+".repeat(20)),
        ("numbers", "1 2,3.4-5/6:7%8‰9万10亿11余12人13所。".repeat(50)),
        ("backwards", "2021年至2018年学校分别为1所、2所、3所、4所".to_owned()),
        ("dates", "2021年13月45日小学5所。9999年小学5所。0000年近0年小学5所。".to_owned()),
        ("hidden", "xx市xx年xx月小学xx-xx所，x分之x，x:x，xx%至xx%，x.x.x万人".to_owned()),
    ]
    .map(|(name, text)| (name.to_owned(), text))
    .into()
}

fn every_text() -> Vec<(String, String)> {
    let mut all = texts("seeds", "txt");
    all.extend(corpus().into_iter().map(|case| (case.place, case.text)));
    all.extend(odd_texts());
    all
}

/// Shows each text's records to a check.
fn over_every_text(check: impl Fn(&str, &[Observation])) {
    over(every_text(), check);
}

fn over(texts: Vec<(String, String)>, check: impl Fn(&str, &[Observation])) {
    let pipeline = Pipeline::new(Assumptions::default()).unwrap();
    for (name, text) in texts {
        let document = pipeline.document(name, text.clone());
        check(&text, &pipeline.observe(&document));
    }
}

/// The same for one record at a time, with its id for the message.
fn over_every_record(check: impl Fn(&Observation, &str)) {
    over_every_text(|_, records| {
        for record in records {
            check(record, &format!("{}#{} {}", record.source, record.number_start, record.mention));
        }
    });
}

#[test]
fn a_mention_is_its_slice() {
    over_every_text(|text, records| {
        let chars: Vec<char> = text.chars().collect();
        for record in records {
            let (start, end, number) = (record.start.0, record.end.0, record.number_start.0);
            let id = format!("{}#{number}", record.source);
            assert_eq!(chars[start..end].iter().collect::<String>(), record.mention, "{id}");
            assert!((start..end).contains(&number), "{id}: number outside {start}..{end}");
            assert!(record.sentence.contains(&*record.mention), "{id}: not in its sentence");
            let before: String = chars[..number].iter().collect();
            let ends = before.matches('\n').count() + before.matches('\r').count()
                - before.matches("\r\n").count();
            assert_eq!(record.line.0, ends + 1, "{id}: line");
        }
    });
}

#[test]
fn records_stand_in_order_and_parents_exist() {
    over_every_text(|_, records| {
        let ids: HashSet<_> = records.iter().map(|record| record.number_start).collect();
        for pair in records.windows(2) {
            let (id, next) = (pair[0].number_start, pair[1].number_start);
            assert!(id < next, "{}: #{next} follows #{id}", pair[0].source);
        }
        for record in records {
            let id = format!("{}#{}", record.source, record.number_start);
            assert_eq!(record.parent.is_some(), record.relation.is_some(), "{id}: relation");
            if let Some(parent) = record.parent {
                assert!(ids.contains(&parent), "{id}: no parent #{parent}");
                assert_ne!(parent, record.number_start, "{id}: its own parent");
            }
        }
    });
}

#[test]
fn fields_agree_with_one_another() {
    over_every_record(agree);
}

#[test]
fn a_range_that_runs_backwards_has_two_ends() {
    over(vec![("a".to_owned(), "小学入学率90%-10%。".to_owned())], |_, records| {
        agree(&records[0], "90%-10%");
    });
}

fn agree(record: &Observation, id: &str) {
    assert_eq!(record.period.is_some(), record.period_origin.is_some(), "{id}: period_origin");
    assert_eq!(record.region.is_some(), record.region_code.is_some(), "{id}: region_code");
    assert_eq!(record.value.is_none(), record.redacted, "{id}: value or redacted");
    if let Some(max) = record.value_max {
        let value = record.value.unwrap_or_else(|| panic!("{id}: value_max without value"));
        assert!(value.abs() <= max.abs(), "{id}: {value} to {max}");
    }
    let range = record.value_max.is_some() || record.redacted;
    assert!(record.bound != Bound::Range || range, "{id}: a range without an end");
    assert!(record.value_max.is_none() || record.bound == Bound::Range, "{id}: no range");
    assert!(!record.rule.is_empty(), "{id}: rule");
}

#[test]
fn percentages_are_a_category() {
    use Unit::{Doubling, Multiple, PerMille, Percent, PercentagePoint, Ratio};
    let units = [Percent, PercentagePoint, PerMille, Ratio, Multiple, Doubling];
    over_every_record(|record, id| {
        let of_percentages = record.category == Category::Percentage;
        assert_eq!(units.contains(&record.unit), of_percentages, "{id}: {}", record.unit);
    });
}

#[test]
fn values_have_at_most_28_digits() {
    over_every_record(|record, id| {
        for value in [record.value, record.value_max].into_iter().flatten() {
            let digits = value.mantissa().unsigned_abs().to_string().len();
            assert!(digits <= 28, "{id}: {value} has {digits} digits");
        }
    });
}

/// The forms of a period that the record's definition has, and no others.
#[test]
fn periods_and_codes_have_their_shape() {
    let date = r"\d{4}(-\d{2}(-\d{2})?)?";
    let period =
        format!(r"^({date}|{date}/\.\.|\.\./{date}|{date}/{date}|P\d+Y/{date}|{date}/P\d+Y)$");
    let period = Regex::new(&period).unwrap();
    let code = Regex::new(r"^[1-8]\d{5}$").unwrap();
    over_every_record(|record, id| {
        for written in [record.period, record.base_period].into_iter().flatten() {
            assert!(period.is_match(&written.to_string()), "{id}: period {written}");
        }
        if let Some(region) = record.region_code {
            assert!(code.is_match(&region.to_string()), "{id}: region_code {region}");
        }
    });
}

#[test]
fn nothing_is_minus_zero() {
    over_every_record(|record, id| {
        for value in [record.value, record.value_max].into_iter().flatten() {
            assert!(!value.is_zero() || value.is_sign_positive(), "{id}: minus zero");
        }
    });
}

/// `180.07亿元` is `18007000000`, `97.80%` stays `97.80`.
#[test]
fn scaling_writes_no_zeros_of_its_own() {
    over_every_record(|record, id| {
        if let Some(value) = record.value
            && record.mention.contains(['万', '亿'])
        {
            assert!(
                value.scale() == value.normalize().scale(),
                "{id}: {value}: zeros that no one wrote"
            );
        }
    });
}

#[test]
fn tokens_tile_the_text() {
    let lexicon = Lexicon::built_in();
    for (name, text) in every_text() {
        let mut at = 0;
        for token in lex(&text, Span::new(0, text.len()), &lexicon) {
            assert_eq!(token.span.start, at, "{name}: gap or overlap");
            assert!(!token.span.is_empty(), "{name}: empty token at byte {at}");
            at = token.span.end;
        }
        assert_eq!(at, text.len(), "{name}: the end is missing");
    }
}

#[test]
fn csv_json_lines_and_json_say_the_same() {
    over_every_text(|_, records| {
        let columns = Columns::all();
        let written = |style: Style| {
            let mut out = Records::new(&style, Vec::new());
            out.push(style.block(records)).unwrap();
            out.finish().unwrap()
        };
        let json: Vec<Map<String, Value>> =
            serde_json::from_slice(&written(Style::Json(columns.clone()))).unwrap();
        let lines = String::from_utf8(written(Style::Jsonl(columns.clone()))).unwrap();
        let lines: Vec<Map<String, Value>> =
            lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert_eq!(json, lines);
        let csv = written(Style::Csv(columns, Dialect::Plain));
        let mut rows = csv::Reader::from_reader(csv.as_slice());
        let names = rows.headers().unwrap().clone();
        let rows: Vec<csv::StringRecord> = rows.records().map(Result::unwrap).collect();
        assert_eq!((rows.len(), json.len()), (records.len(), records.len()));
        for (row, object) in rows.iter().zip(&json) {
            assert!(names.iter().eq(object.keys()), "columns and keys differ");
            for (cell, (name, value)) in row.iter().zip(object) {
                let value = match value {
                    Value::Null => String::new(),
                    Value::String(text) => text.clone(),
                    other => other.to_string(),
                };
                assert_eq!(cell, value, "{name} of {}", object["id"]);
            }
        }
    });
}

/// Two runs, and any number of threads.
#[test]
fn the_same_input_gives_the_same_bytes() {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in odd_texts() {
        std::fs::write(folder.path().join(format!("{name}.txt")), text).unwrap();
    }
    let run = |jobs: &str, format: &str| -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_edustat"));
        command.args(["extract", "seeds", "tests/corpus", "--jobs", jobs, "-f", format]);
        command.arg(folder.path()).current_dir(project("")).output().unwrap()
    };
    for format in ["csv", "jsonl", "json", "table"] {
        let first = run("1", format);
        // 3: the file with NUL is no text, and the others are written.
        assert_eq!(first.status.code(), Some(3), "{}", String::from_utf8_lossy(&first.stderr));
        assert!(!first.stdout.is_empty());
        for jobs in ["1", "2", "8"] {
            let again = run(jobs, format);
            assert!(first.stdout == again.stdout, "{format}: other bytes with {jobs} threads");
            assert_eq!(first.stderr, again.stderr, "{format}: other messages with {jobs} threads");
        }
    }
}
