//! `edustat report`: what it writes, where, and what it leaves alone. What a reader sees is in `report_page.rs`.

#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

mod program;

use std::fs;
use std::path::Path;

use program::{Run, folder, path, run};
use serde_json::Value;
use tempfile::TempDir;

const TEXT: &str = "晋城市教育局\n2020年全市小学365所,在校生111263人。\n";
const OTHER: &str = "晋城市教育局\n2020年全市小学361所,在校生111263人。\n";

/// What the script elements of a class hold.
fn data(page: &str, class: &str) -> Vec<Value> {
    let begin = format!("<script type=\"application/json\" class=\"{class}\">");
    let inner = page.split(begin.as_str()).skip(1).map(|rest| rest.split("</script>").next());
    inner.map(|json| serde_json::from_str(json.unwrap()).unwrap()).collect()
}

fn report(folder: &TempDir, inputs: &[&str], output: &str) -> Run {
    let inputs: Vec<String> = inputs.iter().map(|name| path(folder, name)).collect();
    let output = path(folder, "") + "/" + output;
    let mut arguments = vec!["report"];
    arguments.extend(inputs.iter().map(String::as_str));
    arguments.extend(["-o", &output]);
    run(&arguments)
}

fn read(folder: &TempDir, name: &str) -> String {
    fs::read_to_string(folder.path().join(name)).unwrap()
}

/// The names in a folder, sorted.
fn names(folder: &Path) -> Vec<String> {
    let names = fs::read_dir(folder).unwrap().map(|file| file.unwrap().file_name());
    let mut names: Vec<String> = names.map(|name| name.into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn a_page_holds_each_text_once_and_everything_else_as_places_in_it() {
    let files = folder(&[("a.txt", TEXT), ("b.txt", OTHER)]);
    let run = report(&files, &["a.txt", "b.txt"], "r.html");
    assert_eq!((run.code, run.out.as_str(), run.err.as_str()), (0, "", ""));
    let page = read(&files, "r.html");
    let documents = data(&page, "document");
    let texts: Vec<&str> = documents.iter().map(|one| one["text"].as_str().unwrap()).collect();
    assert_eq!(texts, [TEXT, OTHER]);
    let [common] = &data(&page, "common")[..] else { panic!("not one") };
    let row: Vec<&str> =
        common["row"].as_array().unwrap().iter().map(|name| name.as_str().unwrap()).collect();
    let at = |name: &str| row.iter().position(|other| *other == name).unwrap();
    let record = &documents[0]["records"][1];
    assert_eq!(record[at("value")], "111263");
    let (start, end) = (&record[at("start")], &record[at("end")]);
    let mention = TEXT.chars().skip(start.as_u64().unwrap() as usize);
    let mention: String =
        mention.take((end.as_u64().unwrap() - start.as_u64().unwrap()) as usize).collect();
    assert_eq!(mention, "111263人");
    // 365 of the one and 361 of the other contradict each other.
    let conflict = common["between"].as_array().unwrap().iter().find(|f| f["check"] == "repeated");
    assert_eq!(conflict.unwrap()["verdict"], "fails");
    // The first year is why nothing was read.
    let reasons = common["reasons"].as_array().unwrap();
    let unread = &documents[0]["unread"][0];
    assert_eq!((&unread[0], &unread[1]), (&Value::from(7), &Value::from(4)));
    assert_eq!(reasons[unread[2].as_u64().unwrap() as usize], "date");
}

#[test]
fn no_document_gets_out_of_its_data() {
    let hostile = "</script><script>alert(1)</script><img src=x onerror=alert(2)>\n\
                   <!--<script>2020年全市小学365所。\u{2028}\u{0}\u{1b}[31m\u{202e}\n";
    let files = folder(&[("<img src=x onerror=alert(3)>.txt", hostile)]);
    let run = report(&files, &["<img src=x onerror=alert(3)>.txt"], "r.html");
    assert_eq!(run.code, 0, "{}", run.err);
    let page = read(&files, "r.html");
    assert!(!page.contains("<img") && !page.contains("alert(1)</script>"));
    assert!(!page.contains('\u{2028}') && !page.contains('\u{0}'));
    // That of the document, what is common, and the script itself.
    assert_eq!((page.matches("<script").count(), page.matches("</script>").count()), (3, 3));
    assert_eq!(data(&page, "document")[0]["text"], hostile);
}

#[test]
fn a_run_that_fails_leaves_the_old_page() {
    let files = folder(&[("a.txt", TEXT), ("r.html", "old")]);
    let run = report(&files, &["missing.txt"], "r.html");
    assert_eq!(run.code, 2);
    assert!(run.err.contains("missing.txt: cannot be read"), "{}", run.err);
    assert_eq!(read(&files, "r.html"), "old");
    let run = report(&files, &["missing.txt", "a.txt"], "r.html");
    assert_eq!(run.code, 3, "{}", run.err);
    assert_eq!(data(&read(&files, "r.html"), "document").len(), 1);
    assert_eq!(names(files.path()), ["a.txt", "r.html"]);
}

#[test]
fn a_page_never_replaces_a_document() {
    let web = "<html><title>年报</title><p>2020年全市小学365所。</p></html>";
    let files = folder(&[("a.html", web), ("b.txt", TEXT)]);
    for output in ["a.html", "."] {
        let run = report(&files, &["a.html", "b.txt"], output);
        assert_eq!(run.code, 2, "{output}");
        assert!(run.err.contains("expected a place for a page, found a document"), "{}", run.err);
    }
    assert_eq!(read(&files, "a.html"), web);
    assert_eq!(names(files.path()), ["a.html", "b.txt"]);
}

#[test]
fn the_name_says_page_or_folder() {
    let files = folder(&[("a.txt", TEXT)]);
    let run = report(&files, &["a.txt"], "r.pdf");
    assert_eq!(run.code, 2);
    assert!(run.err.contains("r.pdf: expected a name ending in .html, or a folder"), "{}", run.err);
    assert_eq!(report(&files, &["a.txt"], "R.HTM").code, 0);
    assert_eq!(report(&files, &["a.txt"], "pages").code, 0);
    assert_eq!(names(&files.path().join("pages")), ["a.html", "index.html"]);
    assert_eq!(report(&files, &["a.txt"], "v1.2/").code, 0);
    assert_eq!(names(&files.path().join("v1.2")), ["a.html", "index.html"]);
    assert_eq!(report(&files, &["a.txt"], "missing/r.html").code, 2);
    let a = path(&files, "a.txt");
    let run = program::run(&["report", &a, "-o", "-", "--labels", "en"]);
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    assert!(run.out.starts_with("<!DOCTYPE html>\n<html lang=\"en\">"), "{}", &run.out[..60]);
    assert_eq!(data(&run.out, "common")[0]["open"], "en");
}

#[test]
fn a_folder_has_an_index_and_a_page_for_each_document() {
    let files = folder(&[("a.txt", TEXT)]);
    fs::create_dir(files.path().join("sub")).unwrap();
    fs::write(files.path().join("sub/a.txt"), OTHER).unwrap();
    assert_eq!(report(&files, &["a.txt", "sub"], "pages").code, 0);
    let pages = files.path().join("pages");
    assert_eq!(names(&pages), ["a-2.html", "a.html", "index.html"]);
    let index = fs::read_to_string(pages.join("index.html")).unwrap();
    let [list] = &data(&index, "documents")[..] else { panic!("not one") };
    assert_eq!((&list[0]["page"], &list[0]["records"]), (&"a.html".into(), &2.into()));
    assert_eq!((&list[1]["page"], &list[1]["records"]), (&"a-2.html".into(), &2.into()));
    assert!(list[1]["source"].as_str().unwrap().ends_with("sub/a.txt"));
    let between = data(&index, "common")[0]["between"].clone();
    assert!(between.as_array().unwrap().iter().any(|found| found["verdict"] == "fails"));
    let page = fs::read_to_string(pages.join("a-2.html")).unwrap();
    assert_eq!(data(&page, "document")[0]["text"], OTHER);
    // Only what changed is written again.
    let times = |name: &str| fs::metadata(pages.join(name)).unwrap().modified().unwrap();
    let before = (times("a.html"), times("a-2.html"), times("index.html"));
    fs::write(files.path().join("sub/a.txt"), TEXT).unwrap();
    assert_eq!(report(&files, &["a.txt", "sub"], "pages").code, 0);
    let after = (times("a.html"), times("a-2.html"), times("index.html"));
    assert_eq!(before.0, after.0);
    assert!(before.1 < after.1 && before.2 < after.2);
}

#[test]
fn the_page_of_the_seeds_is_small_and_always_the_same() {
    let written = |jobs: &str| run(&["report", "seeds", "-o", "-", "-j", jobs]).out;
    let page = written("1");
    assert!(page == written("4"), "the number of threads shows in the page");
    let texts: usize =
        data(&page, "document").iter().map(|one| one["text"].as_str().unwrap().len()).sum();
    let records = run(&["extract", "seeds", "-f", "jsonl"]).out.len();
    let bound = (texts + records) * 3 / 2;
    assert!(page.len() < bound, "{} bytes, {texts} of texts, {records} of records", page.len());
}
