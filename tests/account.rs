//! The account that `extract --account` gives of the numbers of a text: every number once.

#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

mod cases;

use std::fs;
use std::path::Path;
use std::process::Command;

use cases::{corpus, project, texts};
use edustat::lexicon::Lexicon;
use edustat::pipeline::{Assumptions, Pipeline};
use edustat::text::layout::Block;
use edustat::text::lexer::lex;
use edustat::text::token::{Token, TokenKind};
use edustat::verdict::Reason;

/// Exit code, standard output and standard error of a run in a folder.
fn run(folder: &Path, arguments: &[&str]) -> (i32, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_edustat"));
    let output = command.args(arguments).current_dir(folder).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

/// Texts in which numbers are easily lost.
fn hard_texts() -> Vec<(String, String)> {
    [
        "| 365",
        "| 学校 | 2020年 | 3\n|---|---| 5\n| 小学(所) | 365 | 7\n| 第3组 | |\n| 初中 | 1 2 |\n| x | 三 |",
        "投入3千万元，1-2千人，三分之一，三分之零，16.2:1，11:20:12，2021-09-20。",
        "《教育2035》〔2021〕第3号，x分之x，xx%至xx%，0.0000000000000000000000000000000001%",
    ]
    .into_iter()
    .map(|text| (text.to_owned(), text.to_owned()))
    .collect()
}

/// Every number that the lexer sees has one verdict, and every footnote mark.
#[test]
fn every_number_has_one_verdict() {
    let lexicon = Lexicon::built_in();
    let pipeline = Pipeline::new(Assumptions::default()).unwrap();
    let mut all = texts("seeds", "txt");
    all.extend(corpus().into_iter().map(|case| (case.place, case.text)));
    all.extend(hard_texts());
    for (name, text) in all {
        let number = |token: &&Token| {
            matches!(token.kind, TokenKind::Digits | TokenKind::Numerals | TokenKind::Hidden)
        };
        let document = pipeline.document(name.clone(), text);
        let flow = &document.flow;
        let in_block =
            |block: &Block| lex(flow.text(), block.span, &lexicon).iter().filter(number).count();
        let numbers = flow.blocks().iter().map(in_block).sum::<usize>() + flow.notes().len();
        let (records, account) = pipeline.read(&document);
        assert_eq!(account.numbers(), numbers, "{name}");
        assert_eq!(account.observations(), records.len(), "{name}");
    }
}

#[test]
fn a_number_too_large_for_a_record_is_no_parent_of_one() {
    let text = "全市投入9999999999999999999999999亿元(其中：小学3亿元)。";
    let pipeline = Pipeline::new(Assumptions::default()).unwrap();
    let document = pipeline.document("a".to_owned(), text.to_owned());
    let (records, account) = pipeline.read(&document);
    assert_eq!(account.of(Reason::TooLarge), 1);
    assert_eq!(records.iter().map(|record| record.parent).collect::<Vec<_>>(), [None]);
}

#[test]
fn an_account_of_all_numbers_follows_a_run() {
    let folder = tempfile::tempdir().unwrap();
    let text = "某县2021年教育概况\n发布日期:2021-09-20 来源:某县教育局\n\n\
                截至2020年底，全县小学365所，其中民办5所。代表在第84号提案中建议。\n";
    for (name, text) in [("a.txt", text), ("b.txt", "全市小学7所。"), ("c.txt", "无。")] {
        fs::write(folder.path().join(name), text).unwrap();
    }
    let arguments = ["extract", "a.txt", "b.txt", "c.txt", "-f", "csv", "--account"];
    let (code, out, err) = run(folder.path(), &arguments);
    assert_eq!((code, out.lines().count()), (0, 1 + 3), "a heading and the records");
    assert_eq!(
        err,
        "edustat: the numbers of 3 documents:\n\
         3  observation\n\
         5  date             it says when: a date, a year, a span of years or a clock time\n\
         1  ordinal          a place in an order\n\
         9  numbers\n"
    );
    let (_, again, quiet) = run(folder.path(), &arguments[..arguments.len() - 1]);
    assert_eq!((again, quiet.as_str()), (out, ""));
}

#[test]
fn the_account_of_the_seeds_adds_up() {
    let (_, out, _) = run(&project(""), &["extract", "seeds", "-f", "jsonl"]);
    let (_, _, err) = run(&project(""), &["extract", "seeds", "-f", "csv", "--account"]);
    let counts: Vec<(usize, &str)> = err
        .lines()
        .skip(1)
        .map(|line| {
            let (count, name) = line.trim_start().split_once("  ").unwrap();
            (count.parse().unwrap(), name.split("  ").next().unwrap())
        })
        .collect();
    let ((all, last), parts) = counts.split_last().map(|(last, rest)| (*last, rest)).unwrap();
    assert_eq!(last, "numbers");
    assert_eq!(parts[0], (out.lines().count(), "observation"));
    assert_eq!(parts.iter().map(|(count, _)| count).sum::<usize>(), all);
}
