//! The tokens that `explain` shows to a reader.

#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

use std::fs;
use std::process::Command;

/// The tokens that a reader is told, a string for each sentence or line of a table.
fn tokens(text: &str, place: &str) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.txt"), text).unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_edustat"))
        .args(["explain", place])
        .current_dir(folder.path())
        .output()
        .unwrap();
    let out = String::from_utf8(output.stdout).unwrap();
    let mut told = Vec::new();
    let mut lines = out.lines().peekable();
    while let Some(line) = lines.next() {
        let Some(first) = line.strip_prefix("    tokens     ") else { continue };
        let mut whole = first.to_owned();
        while let Some(more) = lines.next_if(|line| line.starts_with("           ")) {
            whole.push(' ');
            whole.push_str(more.trim_start());
        }
        told.push(whole);
    }
    told
}

#[test]
fn once_for_each_sentence_with_numbers() {
    assert_eq!(
        tokens("小学3所，初中４所。加强管理。Ａ区约有三百名教师。", "a.txt"),
        [
            "小学(noun school, level primary) 3 所(unit institution counter) ， \
             初中(noun school, level junior_secondary) ４ 所(unit institution counter) 。",
            "Ａ区 约(bound approx before) 有(role link) 三百 名(unit person counter) \
             教师(noun teacher) 。",
        ]
    );
}

#[test]
fn words_that_a_line_end_cuts_are_whole() {
    let wrapped = "全县不断加大投入，推进学校建设，扩大办学规模，共有小\n学 365 所，办学条件进一步改善，\
                   群众满意度不断提\n高，各项工作取得了新的成绩。\n";
    let told = tokens(wrapped, "a.txt:2");
    let part = "共有(role link) 小学(noun school, level primary) 365 所(unit institution counter)";
    assert!(told.len() == 1 && told[0].contains(part), "{told:?}");
}

#[test]
fn what_the_lexicon_does_not_know_is_no_word() {
    assert_eq!(
        tokens("建成航模室36间。", "a.txt"),
        ["建成(act build, status done) 航模室 36 间(unit item counter) 。"]
    );
}

#[test]
fn a_line_of_a_table_has_its_own() {
    let table = "教育统计\n\n| 学校 | 2019年 |\n|---|---|\n| 小学(所) | 365 |\n| 初中(所) | 12 |\n";
    assert_eq!(
        tokens(table, "a.txt:6"),
        ["| 初中(noun school, level junior_secondary) ( 所(unit institution counter) ) | 12 |"]
    );
    assert_eq!(
        tokens(table, "a.txt:3"),
        ["| 学校(noun school) | 2019 年(nonunit duration, time year) |"]
    );
}
