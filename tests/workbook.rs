//! `-o stats.xlsx`: what openpyxl and LibreOffice read is what CSV says.

#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

mod awkward;
mod program;
mod tools;

use std::fs;

use awkward::{PAYLOADS, awkward};
use edustat::labels::Labels;
use program::{folder, path, run};
use serde_json::Value;
use tools::{csv_rows, office, on_a_full_disk, python};

/// Every sheet with all its cells: `[value, type, number format, link]`.
const READ: &str = "
import json, sys, openpyxl
from openpyxl.utils import get_column_letter
book = openpyxl.load_workbook(sys.argv[1])
def cell(c):
    value = c.value
    if c.data_type == 'd': value = value.strftime('%Y-%m-%d')
    elif c.data_type == 'n' and value is not None: value = repr(value)
    link = c.hyperlink and c.hyperlink.location
    return [value, c.data_type, c.number_format, link]
sheets = []
for sheet in book:
    widths = {get_column_letter(at): column.width for column in sheet.column_dimensions.values()
        for at in range(column.min, column.max + 1)}
    sheets.append({'name': sheet.title, 'frozen': sheet.freeze_panes, 'filter': sheet.auto_filter.ref,
        'widths': widths, 'rows': [[cell(c) for c in row] for row in sheet.iter_rows()]})
print(json.dumps(sheets))
";

/// A cell as CSV has it, by its number format; and whether it is of the type that its column asks for.
fn shown(cell: &Value) -> String {
    let text = match &cell[0] {
        Value::Null => return String::new(),
        Value::Bool(flag) => return flag.to_string(),
        Value::String(text) => text.clone(),
        other => panic!("{other}"),
    };
    if cell[1] != "n" {
        return text;
    }
    let places = cell[2].as_str().unwrap().split_once('.').map_or(0, |(_, zeros)| zeros.len());
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let fraction = format!("{:0<places$}", fraction.trim_end_matches('0'));
    if fraction.is_empty() { whole.to_owned() } else { format!("{whole}.{fraction}") }
}

/// What openpyxl makes of `_x000D_`, which is how a workbook holds a carriage return.
fn unescaped(text: &str) -> String {
    text.replace("_x000D_", "\r").replace("\r\n", "\n").replace('\r', "\n")
}

fn sheet<'s>(sheets: &'s Value, name: &str) -> &'s Value {
    sheets.as_array().unwrap().iter().find(|sheet| sheet["name"] == name).unwrap()
}

fn rows(sheet: &Value) -> &Vec<Value> {
    sheet["rows"].as_array().unwrap()
}

/// The first row of CSV as names, to find a column.
fn place(csv: &[Vec<String>], name: &str) -> usize {
    csv[0].iter().position(|column| column == name).unwrap()
}

fn written(documents: &str, more: &[&str]) -> (tempfile::TempDir, String) {
    let out = tempfile::tempdir().unwrap();
    let book = path(&out, "stats.xlsx");
    let mut arguments = vec!["extract", documents, "-o", &book];
    arguments.extend(more);
    let run = run(&arguments);
    assert_eq!((run.code, run.out.as_str(), run.err.as_str()), (0, "", ""));
    (out, book)
}

#[test]
fn the_sheets_say_what_csv_says() {
    let (_out, book) = written("seeds", &[]);
    let Some(sheets) = python(READ, &[&book]) else { return };
    let csv = csv_rows(&run(&["extract", "seeds", "-f", "csv"]).out);
    let audit = csv_rows(&run(&["audit", "seeds", "-f", "csv"]).out);
    assert!(csv.len() > 380 && audit.len() > 60);
    for (name, expected) in [("observations", &csv), ("audit", &audit)] {
        let found: Vec<Vec<String>> = rows(sheet(&sheets, name))
            .iter()
            .map(|row| row.as_array().unwrap().iter().map(shown).collect())
            .collect();
        assert_eq!(found, **expected, "{name}");
    }
    let names: Vec<&str> =
        sheets.as_array().unwrap().iter().map(|sheet| sheet["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["observations", "audit", "documents", "codebook", "codes"]);

    let types = |name: &str, csv: &[Vec<String>], columns: &[&str], kind: &str| {
        for column in columns {
            let at = place(csv, column);
            for row in &rows(sheet(&sheets, name))[1..] {
                let cell = &row[at];
                assert!(cell[0].is_null() || cell[1] == kind, "{column}: {cell}");
            }
        }
    };
    let numbers = ["line", "value", "value_max", "start", "end", "number_start"];
    types("observations", &csv, &numbers, "n");
    types(
        "observations",
        &csv,
        &["region_code", "period", "level", "indicator", "mention", "id"],
        "s",
    );
    types("observations", &csv, &["redacted"], "b");
    types("observations", &csv, &["published"], "d");
    types("audit", &audit, &["line", "claimed", "recomputed", "difference", "tolerance"], "n");
    let (value, published) = (place(&csv, "value"), place(&csv, "published"));
    let looks = |at: usize| {
        rows(sheet(&sheets, "observations")).iter().map(move |row| row[at][2].as_str().unwrap())
    };
    assert!(
        looks(value).any(|look| look == "#,##0.00") && looks(value).any(|look| look == "#,##0")
    );
    assert!(looks(published).any(|look| look == "yyyy-mm-dd"));
}

#[test]
fn documents_have_their_counts() {
    let files = folder(&[
        (
            "a.txt",
            "晋城市教育局\n2021-09\n2020年全市共有各级各类学校521所（其中：小学365所，初中115所，普通高中42所）。\n代表在第84号提案中建议。\n",
        ),
        ("b.txt", "无\n"),
    ]);
    let (_out, book) = written(&path(&files, ""), &[]);
    let Some(sheets) = python(READ, &[&book]) else { return };
    let documents: Vec<Vec<String>> = rows(sheet(&sheets, "documents"))
        .iter()
        .map(|row| row.as_array().unwrap().iter().map(shown).collect())
        .collect();
    let of = |row: usize, name: &str| documents[row][place(&documents, name)].as_str();
    let (a, b) = (path(&files, "a.txt"), path(&files, "b.txt"));
    assert_eq!((of(1, "source"), of(2, "source")), (a.as_str(), b.as_str()));
    for (name, first, second) in [
        ("region", "晋城市", ""),
        ("region_code", "140500", ""),
        ("encoding", "UTF-8", "UTF-8"),
        ("observations", "4", "0"),
        ("flags", "sum-mismatch", ""),
        ("flagged", "4", "0"),
        ("errors", "1", "0"),
    ] {
        assert_eq!((of(1, name), of(2, name)), (first, second), "{name}");
    }
    let account = run(&["extract", &a, "--account", "-f", "jsonl"]).err;
    let account: Value = serde_json::from_str(&account).unwrap();
    assert_eq!(of(1, "numbers"), account["numbers"].to_string());
    let unread: u64 = account["verdicts"]
        .as_object()
        .unwrap()
        .iter()
        .skip(1)
        .map(|(_, n)| n.as_u64().unwrap())
        .sum();
    assert_eq!(of(1, "unread"), unread.to_string());
}

#[test]
fn it_is_made_to_be_read() {
    let (_out, book) = written("seeds", &[]);
    let Some(sheets) = python(READ, &[&book]) else { return };
    let observations = sheet(&sheets, "observations");
    let all = rows(observations);
    for sheet in sheets.as_array().unwrap() {
        assert_eq!(sheet["frozen"], "A2");
        let range = sheet["filter"].as_str().unwrap();
        assert!(
            range.starts_with("A1:") && range.ends_with(&format!("{}", rows(sheet).len())),
            "{range}"
        );
    }
    // 晋城市 is six digits wide, and no column hides what is short enough to be read in it.
    let csv = csv_rows(&run(&["extract", "seeds", "-f", "csv"]).out);
    for (at, name) in csv[0].iter().enumerate() {
        let letter = if at < 26 {
            format!("{}", (b'A' + at as u8) as char)
        } else {
            format!("A{}", (b'A' + (at - 26) as u8) as char)
        };
        let width = observations["widths"][&letter].as_f64().unwrap();
        let cells = |c: char| if c.is_ascii() { 1 } else { 2 };
        let longest =
            csv.iter().map(|row| row[at].chars().map(cells).sum::<usize>()).max().unwrap();
        let expected = (longest.max(name.len() + 3) as f64).min(59.0);
        assert!(width >= expected && width <= 62.0, "{name}: {width} for {longest}");
    }
    // Every parent leads to its row, and so does every claim of the audit.
    let (id, parent) = (place(&csv, "id"), place(&csv, "parent"));
    let leads = |cell: &Value, id_of: &Value| {
        let link = cell[3].as_str().unwrap();
        let row: usize = link.strip_prefix("'observations'!A").unwrap().parse().unwrap();
        assert_eq!(all[row - 1][id][0], *id_of, "{link}");
    };
    let parents: Vec<&Value> =
        all[1..].iter().map(|row| &row[parent]).filter(|cell| !cell[0].is_null()).collect();
    assert!(parents.len() > 50);
    parents.iter().for_each(|cell| leads(cell, &cell[0]));
    let audit = rows(sheet(&sheets, "audit"));
    audit[1..].iter().for_each(|row| leads(&row[7], &row[7][0]));
}

/// No text of a document is a formula, a link or anything but what it is.
#[test]
fn text_is_text() {
    let files = awkward();
    let odd = "小学365所\u{1}，_x0041_\u{B}3所。\r\n".to_owned() + &"长".repeat(40_000) + "\n";
    fs::write(
        files.path().join("odd.txt"),
        format!("---\ntitle: {}\n---\n\n{odd}", "题".repeat(40_000)),
    )
    .unwrap();
    let documents = path(&files, "");
    let (_out, book) = written(&documents, &[]);
    let csv = csv_rows(&run(&["extract", &documents, "-f", "csv"]).out);
    assert!(csv.len() > PAYLOADS.len());
    if let Some(sheets) = python(READ, &[&book]) {
        for sheet in sheets.as_array().unwrap() {
            for cell in rows(sheet).iter().flat_map(|row| row.as_array().unwrap()) {
                assert!(cell[1] != "f" && cell[1] != "e", "{cell}");
                let link = cell[3].as_str().unwrap_or("'observations'!A1");
                assert!(link.starts_with("'observations'!A"), "{link}");
            }
        }
        for (row, expected) in rows(sheet(&sheets, "observations")).iter().zip(&csv) {
            for ((cell, expected), name) in
                row.as_array().unwrap().iter().zip(expected).zip(&csv[0])
            {
                let (found, expected) = (unescaped(&shown(cell)), unescaped(expected));
                if name == "title" && expected.len() > 32_767 {
                    assert_eq!(
                        found.trim_end_matches('…'),
                        expected.chars().take(32_766).collect::<String>()
                    );
                    continue;
                }
                let plain = |text: &str| {
                    text.replace("_x0001_", "\u{1}")
                        .replace("_x000B_", "\u{B}")
                        .replace("_x005F_", "_")
                };
                assert_eq!(plain(&found), expected, "{name}");
            }
        }
    }
}

/// LibreOffice shows in each sheet what CSV says; a formula would show its result, or an error.
#[test]
fn libreoffice_shows_what_csv_says() {
    let files = awkward();
    let documents = path(&files, "");
    let (out, book) = written("seeds", &[&documents]);
    let every_sheet =
        "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1";
    if !office(&book, every_sheet, out.path()) {
        return;
    }
    for (sheet, command) in [("observations", "extract"), ("audit", "audit")] {
        let shown =
            csv_rows(&fs::read_to_string(out.path().join(format!("stats-{sheet}.csv"))).unwrap());
        let expected = csv_rows(&run(&[command, "seeds", &documents, "-f", "csv"]).out);
        assert_eq!(shown.len(), expected.len(), "{sheet}");
        for (row, wanted) in shown.iter().zip(&expected) {
            for ((cell, wanted), name) in row.iter().zip(wanted).zip(&expected[0]) {
                // Separators of thousands, and the way it writes booleans.
                let number = cell.replace(',', "");
                let same = unescaped(cell) == unescaped(wanted)
                    || number == *wanted
                    || cell.to_lowercase() == *wanted;
                assert!(same, "{sheet} {name}: {cell:?}, and CSV has {wanted:?}");
            }
        }
    }
}

#[test]
fn headings_and_codes_come_in_words() {
    let (_out, book) = written(
        "seeds",
        &["--labels", "zh", "--columns", "level,indicator,value,redacted,parent,flags"],
    );
    let Some(sheets) = python(READ, &[&book]) else { return };
    let names: Vec<&str> =
        sheets.as_array().unwrap().iter().map(|sheet| sheet["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["统计数据", "核验", "文件", "指标说明", "代码表"]);
    let row = |sheet: usize, row: usize| -> Vec<String> {
        sheets[sheet]["rows"][row].as_array().unwrap().iter().map(shown).collect()
    };
    assert_eq!(row(0, 0), ["教育层次", "指标", "数值", "数字隐去", "上级记录", "问题标记"]);
    assert_eq!(row(0, 2)[..4], ["小学", "学校数", "365", "否"]);
    assert_eq!(sheets[0]["rows"][2][4][3], "'统计数据'!A2");
    let [check, verdict] =
        [("check", "parts"), ("verdict", "holds")].map(|(kind, code)| Labels::Zh.value(kind, code));
    assert_eq!(row(1, 1)[..2], [check, verdict]);
    assert_eq!(row(2, 0)[..2], ["来源文件", "文件标题"]);
    // The codebook is found by its words, and keeps its keys.
    assert_eq!(row(3, 1)[..4], ["schools", "学校数", "Schools", "学校与机构"]);
    let codes = rows(&sheets[4]);
    let primary = codes.iter().find(|row| row[1][0] == "primary").unwrap();
    assert_eq!([&primary[0][0], &primary[2][0], &primary[3][0]], ["教育层次", "小学", "Primary"]);
}

#[test]
fn the_same_records_are_the_same_bytes() {
    let [one, other] = [written("seeds", &["-j", "1"]), written("seeds", &["-j", "4"])];
    assert!(fs::read(one.1).unwrap() == fs::read(other.1).unwrap());
}

/// What Excel cannot hold as a number is text of all its digits.
#[test]
fn long_numbers_keep_their_digits() {
    let files = folder(&[(
        "a.txt",
        "2020年全市教育经费支出1234567890123456789元，在校生123456789012345人，占97.800%。\n",
    )]);
    let documents = path(&files, "a.txt");
    let (_out, book) = written(&documents, &["--columns", "value"]);
    let Some(sheets) = python(READ, &[&book]) else { return };
    let cells: Vec<(String, &str)> = rows(&sheets[0])[1..]
        .iter()
        .map(|row| (shown(&row[0]), row[0][1].as_str().unwrap()))
        .collect();
    let expected = [("1234567890123456789", "s"), ("123456789012345", "n"), ("97.800", "n")];
    assert_eq!(cells, expected.map(|(text, kind)| (text.to_owned(), kind)));
}

#[test]
fn what_cannot_be_is_said() {
    let files = folder(&[("a.txt", "2020年全市小学365所。"), ("old.xlsx", "old")]);
    let (a, old) = (path(&files, "a.txt"), path(&files, "old.xlsx"));
    for (arguments, message) in [
        (
            &["extract", &a, "-o", "/dev/null", "-f", "xlsx"][..],
            "/dev/null: expected a file, which can be replaced as a whole, found a device",
        ),
        (&["extract", &a, "-o", &old, "--excel"], "--excel: expected the format csv, found xlsx"),
        (&["extract", "none.txt", "-o", &old], "none.txt: cannot be read"),
        (&["extract", &a, "-f", "xlsx", "-o", "none/x.xlsx"], "none/x.xlsx: cannot be written"),
    ] {
        let run = run(arguments);
        assert_eq!((run.code, run.out.as_str()), (2, ""), "{arguments:?}");
        assert!(run.err.contains(message), "{arguments:?}: {}", run.err);
    }
    assert_eq!(fs::read(&old).unwrap(), b"old");
    assert_eq!(fs::read_dir(files.path()).unwrap().count(), 2, "nothing is left behind");
}

#[cfg(target_os = "linux")]
#[test]
fn a_disk_that_fills_up_leaves_the_old_file() {
    let files = folder(&[("stats.xlsx", "old")]);
    let text: String =
        (0..1_000).map(|n| format!("2020年全市小学{n}所，初中{}所。\n", n * 7 % 991)).collect();
    fs::write(files.path().join("a.txt"), text).unwrap();
    let old = path(&files, "stats.xlsx");
    let (code, err) = on_a_full_disk(20, &["extract", &path(&files, "a.txt"), "-o", &old]);
    assert_eq!(
        (code, err),
        (Some(2), format!("edustat: {old}: cannot be written: File too large (os error 27)\n"))
    );
    assert_eq!(fs::read(&old).unwrap(), b"old");
    assert_eq!(fs::read_dir(files.path()).unwrap().count(), 2, "nothing is left behind");
}
