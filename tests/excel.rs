//! `--excel` opened in a spreadsheet: LibreOffice Calc reads every cell as what it is, and runs none as a formula.

#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

mod program;
mod tools;

use program::{folder, path, run};
use regex::Regex;
use rust_decimal::Decimal;
use tools::{program as tool, tried};

/// Sentences that a spreadsheet would run, were they not marked.
const HOSTILE: &str = "=HYPERLINK(\"http://x\",\"2020年晋城市小学365所\")，初中10所。\n\n\
                       +2020年晋城市小学3.5万人。\n\n@SUM(A1)2020年晋城市民办幼儿园12所。\n\n\
                       2020年晋城市普通高中在校生减少-5%。\n\n－2020年晋城市中职学校15所。\n";

/// A cell as Calc has it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Cell {
    /// `string`, `float`, `percentage`, `date`, `boolean`, or nothing.
    kind: String,
    /// A number as it is stored.
    value: String,
    /// What is shown, without blanks, which the file writes in other ways.
    shown: String,
}

/// The rows of the first sheet of a flat OpenDocument file, and whether it has formulas.
fn sheet(text: &str) -> (Vec<Vec<Cell>>, bool) {
    let cell =
        Regex::new(r"(?s)<table:table-cell([^>]*?)(?:/>|>(.*?)</table:table-cell>)").unwrap();
    let attribute =
        Regex::new("(office:value-type|office:value|table:number-columns-repeated)=\"([^\"]*)\"");
    let attribute = attribute.unwrap();
    let tag = Regex::new("<[^>]*>").unwrap();
    let plain = |content: &str| {
        let text = html_escape::decode_html_entities(&tag.replace_all(content, "")).into_owned();
        text.split_whitespace().collect::<String>()
    };
    let rows = text.split("<table:table-row").skip(1).map(|row| {
        let mut cells = Vec::new();
        for found in cell.captures_iter(row) {
            let (mut kind, mut value, mut times) = (String::new(), String::new(), 1);
            for given in attribute.captures_iter(&found[1]) {
                match &given[1] {
                    "office:value-type" => given[2].clone_into(&mut kind),
                    "office:value" => given[2].clone_into(&mut value),
                    _ => times = given[2].parse().unwrap(),
                }
            }
            let shown = plain(found.get(2).map_or("", |content| content.as_str()));
            let cell = Cell { kind, value, shown };
            cells.extend(std::iter::repeat_n(cell, usize::min(times, 64)));
        }
        cells
    });
    (rows.collect(), text.contains("table:formula"))
}

#[test]
fn calc_reads_every_cell_as_what_it_is() {
    // Unmarked, a formula is one: were it not so, the test would see none for another reason.
    let files = folder(&[("hostile.txt", HOSTILE), ("unmarked.csv", "=1+1,小学\n")]);
    let (hostile, csv) = (path(&files, "hostile.txt"), path(&files, "records.csv"));
    let extract = run(&["extract", "seeds", &hostile, "--excel", "-o", &csv]);
    assert_eq!((extract.code, extract.err.as_str()), (0, ""));
    let worded = path(&files, "worded.csv");
    let columns = "level,indicator,value,unit,redacted,flags";
    let zh = ["extract", "seeds", "--excel", "--labels", "zh", "--columns", columns, "-o", &worded];
    assert_eq!(run(&zh).code, 0);
    let Some(soffice) = tool("soffice") else { return };
    let profile = format!("-env:UserInstallation=file://{}", path(&files, "profile"));
    let to = path(&files, "opened");
    // Commas, double quotes, UTF-8: in its window Calc finds the encoding by the mark, without one it does not.
    let read = "--infilter=CSV:44,34,76,1";
    let unmarked = path(&files, "unmarked.csv");
    let convert =
        ["--headless", read, "--convert-to", "fods", "--outdir", &to, &csv, &worded, &unmarked];
    tried(&soffice, &[&[profile.as_str()], &convert[..]].concat(), b"");
    let opened = |name: &str| {
        sheet(&std::fs::read_to_string(files.path().join("opened").join(name)).unwrap())
    };
    let (rows, formulas) = opened("records.fods");
    assert!(!formulas, "a cell became a formula");
    assert!(opened("unmarked.fods").1, "an unmarked formula is none");

    let (words, formulas) = opened("worded.fods");
    assert!(!formulas, "a label became a formula");
    let shown = |row: usize| -> Vec<&str> { words[row].iter().map(|cell| &*cell.shown).collect() };
    assert_eq!(shown(0)[..6], ["教育层次", "指标", "数值", "计量单位", "数字隐去", "问题标记"]);
    assert_eq!(shown(1)[..5], ["各级各类", "学校数", "911", "所", "否"]);

    let text = std::fs::read_to_string(&csv).unwrap();
    let text = text.strip_prefix('\u{FEFF}').unwrap();
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    let written: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let names = &written[0];
    let marked = written.iter().flatten().filter(|cell| cell.starts_with('\'')).count();
    assert!(marked >= 4, "the hostile sentences are not among the records: {marked}");
    let numbers = ["line", "value", "value_max", "start", "end", "number_start"];
    for (at, row) in written.iter().enumerate() {
        for (column, (name, cell)) in names.iter().zip(row).enumerate() {
            let place = format!("row {} {name}", at + 1);
            let found = rows[at].get(column).unwrap_or_else(|| panic!("{place}: no cell"));
            if at > 0 && numbers.contains(&name) && !cell.is_empty() {
                assert_eq!(found.kind, "float", "{place}");
                let stored: Decimal = found.value.parse().unwrap();
                assert_eq!(stored, cell.parse().unwrap(), "{place}");
            } else if name == "mention" && found.kind == "percentage" {
                // 97.8% is shown as 97.80%.
                let stored: Decimal = found.value.parse().unwrap();
                let percents: Decimal = cell.trim_end_matches('%').parse().unwrap();
                assert_eq!(stored * Decimal::ONE_HUNDRED, percents, "{place}");
            } else if matches!(name, "period" | "base_period" | "published") && at > 0 {
                // 2020-12-31 and 2021-09 become dates, shown as the language of the user has them.
                assert_eq!(found.shown.is_empty(), cell.is_empty(), "{place}");
            } else {
                let cell = if name == "redacted" { cell.to_uppercase() } else { cell.to_owned() };
                let shown = if name == "redacted" {
                    found.shown.to_uppercase()
                } else {
                    found.shown.clone()
                };
                assert_eq!(shown, cell.split_whitespace().collect::<String>(), "{place}");
            }
        }
    }
}
