//! `--lexicon DIR`: rows that add to the built-in tables, and what is said of rows and files that
//! cannot be used.

#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

mod program;

use std::fs;

use program::{folder, path, run};

/// The records of a text, as CSV of these columns without the heading.
fn read(tables: &[(&str, &str)], text: &str, columns: &str) -> String {
    let (lexicon, documents) = (folder(tables), folder(&[("a.txt", text)]));
    let (words, document) = (path(&lexicon, ""), path(&documents, "a.txt"));
    let mut arguments = vec!["extract", &document, "-f", "csv", "--columns", columns];
    if !tables.is_empty() {
        arguments.extend(["--lexicon", &words]);
    }
    let run = run(&arguments);
    assert_eq!((run.code, run.err.as_str()), (0, ""), "{tables:?}");
    run.out.split_once('\n').unwrap().1.to_owned()
}

#[test]
fn a_new_word_is_read() {
    let columns = "indicator,mention,value,unit,per,bound,status";
    for (file, rows, text, before, with) in [
        (
            "terms.csv",
            "surface,noun,level,ownership,locality,field\n航模室,room,,,,\n",
            "2020年全市中小学建成航模室36间。",
            "",
            "rooms,36间,36,item,,exact,actual\n",
        ),
        (
            "acts.csv",
            "surface,act,strength\n落子,build,strong\n",
            "2020年全市落子幼儿园21所。",
            "schools,21所,21,institution,,exact,actual\n",
            "schools_built,21所,21,institution,,exact,actual\n",
        ),
        (
            "units.csv",
            "surface,unit,factor,kind\n方丈,square_metre,11.11,measure\n",
            "2020年全市新增校舍面积300方丈。",
            "",
            "floor_area,300方丈,3333,square_metre,,exact,actual\n",
        ),
        (
            "bounds.csv",
            "surface,position,bound\n差不离,before,approx\n",
            "2020年全市小学在校生差不离300人。",
            "enrolment,300人,300,person,,exact,actual\n",
            "enrolment,差不离300人,300,person,,approx,actual\n",
        ),
        (
            "names.csv",
            "surface\n三百所工程\n",
            "2020年全市小学三百所工程启动。",
            "schools,三百所,300,institution,,exact,actual\n",
            "",
        ),
    ] {
        assert_eq!(read(&[], text, columns), before, "without {file}");
        assert_eq!(read(&[(file, rows)], text, columns), with, "with {file}");
    }
}

#[test]
fn a_row_replaces_that_of_the_same_word() {
    let text = "2020年全市小学在校生300人。";
    let columns = "indicator,level";
    assert_eq!(read(&[], text, columns), "enrolment,primary\n");
    let heading = "surface,noun,level,ownership,locality,field\n";
    let row = |row: &str| format!("{heading}{row}\n");
    let entrants = row("在校生,entrant,,,,");
    assert_eq!(read(&[("terms.csv", &entrants)], text, columns), "entrants,primary\n");
    let higher = row("小学,school,higher,,,");
    assert_eq!(read(&[("terms.csv", &higher)], text, columns), "enrolment,higher\n");
    // A noun and an act that the built-in table has.
    let indicators = "noun,act,indicator\nenrolled,,graduates\n";
    assert_eq!(read(&[("indicators.csv", indicators)], text, columns), "graduates,primary\n");
}

#[test]
fn places_are_added_and_get_new_short_forms() {
    let columns = "region,region_code";
    let heading = "code,name,aliases,until\n";
    for (row, text, before, with) in [
        (
            "140571,晋城经济技术开发区,晋城经开区,",
            "2020年晋城经开区新建幼儿园3所。",
            "晋城市,140500\n",
            "晋城经济技术开发区,140571\n",
        ),
        ("140500,晋城市,凤城,", "2020年凤城新建幼儿园3所。", ",\n", "晋城市,140500\n"),
        ("140500,晋城市,凤城,", "2020年晋城新建幼儿园3所。", "晋城市,140500\n", "晋城市,140500\n"),
    ] {
        assert_eq!(read(&[], text, columns), before, "{text} without {row}");
        let table = format!("{heading}{row}\n");
        assert_eq!(read(&[("regions.csv", &table)], text, columns), with, "{text} with {row}");
    }
}

#[test]
fn the_head_of_a_document_has_words_too() {
    let text = "某市教育概况\n上网时刻：2021-09-20 出品：某市融媒\n\n2020年全市小学365所。\n";
    let columns = "title,publisher,published";
    assert_eq!(read(&[], text, columns), "某市教育概况,,\n");
    let words = [("header.csv", "word,role\n上网时刻,published\n出品,publisher\n")];
    assert_eq!(read(&words, text, columns), "某市教育概况,某市融媒,2021-09-20\n");
}

#[test]
fn what_a_spreadsheet_saves_is_read() {
    let text = "2020年全市中小学建成航模室36间。";
    let rows = "surface,noun,level,ownership,locality,field\n航模室, room ,,,,\n";
    for saved in [format!("\u{FEFF}{rows}"), rows.replace('\n', "\r\n"), format!("{rows}\n\n")] {
        assert_eq!(read(&[("terms.csv", &saved)], text, "indicator"), "rooms\n", "{saved:?}");
    }
    let tables = folder(&[]);
    let (bytes, _, _) = encoding_rs::GBK.encode(rows);
    fs::write(tables.path().join("terms.csv"), bytes).unwrap();
    let documents = folder(&[("a.txt", text)]);
    let (words, document) = (path(&tables, ""), path(&documents, "a.txt"));
    let run = run(&["extract", &document, "--lexicon", &words, "-f", "csv", "--columns", "value"]);
    assert_eq!((run.code, run.out.as_str()), (0, "value\n36\n"), "{}", run.err);
}

#[test]
fn every_command_that_reads_documents_takes_it() {
    let text = "2020年全市中小学建成航模室36间。";
    let terms = "surface,noun,level,ownership,locality,field\n航模室,room,,,,\n";
    let (lexicon, documents) = (folder(&[("terms.csv", terms)]), folder(&[("a.txt", text)]));
    let (words, document) = (path(&lexicon, ""), path(&documents, "a.txt"));
    let golden = folder(&[]);
    let golden = path(&golden, "");
    let check = ["check", &document, "--golden", &golden];
    let update = run(&[&check[..], &["--update", "--lexicon", &words]].concat());
    assert_eq!(update.code, 0, "{}", update.err);
    assert_eq!(run(&[&check[..], &["--lexicon", &words]].concat()).code, 0);
    assert!(run(&check).out.starts_with("- "), "without the word the record is lost");
}

#[test]
fn a_bad_row_says_where_and_what() {
    for (file, text, message) in [
        (
            "units.csv",
            "surface,unit,factor,kind\n方丈,square_metre,1O000,measure\n",
            "units.csv row 2: factor: expected a positive decimal, found \"1O000\"",
        ),
        (
            "units.csv",
            "surface,unit,factor,kind\n\n方丈,square_metre,-1,measure\n",
            "units.csv row 3: factor: expected a positive decimal, found \"-1\"",
        ),
        (
            "units.csv",
            "surface,unit,factor\n方丈,square_metre,1\n",
            "units.csv row 1: heading: expected surface,unit,factor,kind, found \"surface,unit,factor\"",
        ),
        (
            "pers.csv",
            "surface,per\n每校,school\n",
            "pers.csv row 2: per: expected one of student, person, class, year, month, \
             student_year, student_month, person_year, person_month, found \"school\"",
        ),
        (
            "acts.csv",
            "surface,act,strength\n落子,build,strnog\n",
            "acts.csv row 2: strength: expected one of strong, weak, found \"strnog\"",
        ),
        (
            "names.csv",
            "surface\n一带\n5G网络\n",
            "names.csv row 3: surface: expected a word that begins with no digit or space, found \"5G网络\"",
        ),
        (
            "names.csv",
            "surface\n一带\n一路\n一带\n",
            "names.csv row 4: surface: expected a row of its own (row 2 has the same), found \"一带\"",
        ),
        (
            "pers.csv",
            "surface,per\n每校,student,x\n",
            "pers.csv row 2: row: expected 2 cells (surface,per), found \"每校,student,x\"",
        ),
        (
            "header.csv",
            "word,role\n出品,pubisher\n",
            "header.csv row 2: role: expected one of published, issued, publisher, source, ",
        ),
        (
            "regions.csv",
            "code,name,aliases,until\n14057,某区,,\n",
            "regions.csv row 2: code: expected six digits, found \"14057\"",
        ),
        (
            "header.csv",
            "word,role\n出品,pubisher\n",
            "header.csv row 2: role: expected one of published, issued, publisher, source, ",
        ),
        (
            "regions.csv",
            "code,name,aliases,until\n140571,某区,,2020年\n",
            "regions.csv row 2: until: expected a month, found \"2020年\"",
        ),
        (
            "unit.csv",
            "",
            "unit.csv: expected a table of the lexicon (terms.csv, acts.csv, units.csv, ",
        ),
        ("units.csv.txt", "", "found a file called units.csv.txt"),
    ] {
        let lexicon = folder(&[(file, text), ("README.md", "notes"), (".hidden", "")]);
        let words = path(&lexicon, "");
        let run = run(&["extract", "seeds", "--lexicon", &words]);
        assert_eq!((run.code, run.out.as_str()), (2, ""), "{message}");
        assert!(run.err.starts_with(&format!("edustat: {words}/")), "{}", run.err);
        assert!(run.err.contains(message), "{message}\n{}", run.err);
    }
}

#[test]
fn a_folder_without_tables_is_refused() {
    let empty = folder(&[("README.md", "notes")]);
    let words = path(&empty, "");
    let none = run(&["extract", "seeds", "--lexicon", &words]);
    assert_eq!(none.code, 2);
    assert!(none.err.contains("expected one or more of terms.csv, "), "{}", none.err);
    let missing = run(&["extract", "seeds", "--lexicon", &path(&empty, "none")]);
    assert_eq!(missing.code, 2);
    assert!(missing.err.contains("/none: cannot be read: "), "{}", missing.err);
}
