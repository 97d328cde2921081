//! The page of `edustat report` as its readers meet it, in Chromium: what they click, type and see.

#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

mod browser;
mod program;
mod tools;

use std::path::{Path, PathBuf};

use browser::Browser;
use program::{folder, run};
use serde_json::Value;
use tempfile::TempDir;

const DESK: (u32, u32) = (1280, 900);
const PHONE: (u32, u32) = (360, 740);

/// The pictures in `docs/`: `cargo test --test report_page -- --ignored`, with the Noto fonts for Chinese.
#[test]
#[ignore = "writes docs/"]
fn pictures() {
    let Some(browser) = Browser::open() else { return };
    for (name, language, place, ready, high) in [
        ("report", "en", "text/0/610", "#card:not([hidden])", 800),
        ("report-zh", "zh", "text/0/610", "#card:not([hidden])", 800),
        ("report-charts", "zh", "charts", "#charts-series svg", 1100),
    ] {
        let (_home, page) = report(&["seeds"], &["--labels", language]);
        browser.load(&page, place, (1280, high));
        browser.wait(&format!("document.querySelector('{ready}')"));
        std::thread::sleep(std::time::Duration::from_millis(500));
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("docs/{name}.png"));
        std::fs::write(path, browser.picture()).unwrap();
    }
}

/// The report of documents, written to a folder of its own.
fn report(inputs: &[&str], more: &[&str]) -> (TempDir, PathBuf) {
    let home = tempfile::tempdir().unwrap();
    let page = home.path().join("report.html");
    let output = page.to_str().unwrap().to_owned();
    let mut arguments = vec!["report"];
    arguments.extend_from_slice(inputs);
    arguments.extend(["-o", &output]);
    arguments.extend_from_slice(more);
    let run = run(&arguments);
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    (home, page)
}

fn nothing_is_amiss(browser: &Browser, page: &Path) {
    assert_eq!(browser.complaints(page), Vec::<String>::new());
}

#[test]
fn a_new_user_sees_a_sentence_and_why_its_total_holds_within_four_clicks() {
    let Some(browser) = Browser::open() else { return };
    let (_home, page) = report(&["seeds"], &["--labels", "zh"]);
    browser.load(&page, "", DESK);
    assert_eq!(browser.text("h1"), "教育统计数据报告");
    // The document, then the number in its text.
    browser.click("#documents-table tbody tr:first-child a");
    browser.wait("document.querySelector('#n610')");
    browser.click("#n610");
    browser.wait("!document.querySelector('#card').hidden");
    assert_eq!(browser.text("#card .what"), "普通高中 · 在校生数");
    assert_eq!(browser.text("#card-title"), "41,152人");
    assert_eq!(
        browser.text("#card blockquote"),
        "在校学生297438人(其中:小学111263人;初中57870人;普通高中41152人;幼儿园61785人;中职学生14804人;\
         特殊教育670人;本专科学生9894人)。"
    );
    assert_eq!(browser.text("#card blockquote mark"), "41152人");
    let checks = browser.text("#card-checks");
    for said in [
        "相符",
        "297438人 = 111263人 + 57870人 + 41152人 + 61785人 + 14804人 + 670人 + 9894人",
        "重新计算得到的结果也是 297,438，完全相等，所以成立。",
    ] {
        assert!(checks.contains(said), "{checks}");
    }
    // The other way: words and number in the table.
    browser.load(&page, "table", DESK);
    browser.write("#filter-words", "普通高中 在校生 41152");
    browser.wait("document.querySelectorAll('#records tbody tr').length === 1");
    browser.click("#records tbody tr td.number a");
    browser.wait("!document.querySelector('#card').hidden");
    assert_eq!(browser.text("#card-title"), "41,152人");
    nothing_is_amiss(&browser, &page);
}

#[test]
fn the_card_says_where_everything_comes_from() {
    let Some(browser) = Browser::open() else { return };
    let (_home, page) = report(&["seeds"], &["--labels", "en"]);
    browser.load(&page, "text/0/610", DESK);
    browser.wait("!document.querySelector('#card').hidden");
    let fields = browser.js("return [...document.querySelectorAll('#card-fields tbody tr')]
           .map((row) => [...row.cells].map((cell) => cell.textContent))");
    let field = |name: &str| -> (String, String) {
        let row = fields
            .as_array()
            .unwrap()
            .iter()
            .find(|row| row[0].as_str().unwrap().ends_with(&format!(" {name}")));
        let cell = |at: usize| row.unwrap()[at].as_str().unwrap().to_owned();
        (cell(1), cell(2))
    };
    assert_eq!(fields.as_array().unwrap().len(), 36);
    assert_eq!(field("level").0, "General senior secondary general_senior_secondary");
    assert_eq!(field("level").1, "Its own words 普通高中");
    assert_eq!(field("period").0, "2020/2021");
    assert!(field("period").1.ends_with("2020-2021学年"), "{:?}", field("period"));
    assert_eq!(field("region"), ("晋城市".to_owned(), "The title".to_owned()));
    assert_eq!(field("rule").0, "Students");
    assert_eq!(field("parent").0, "seeds/000_7e88397556dc7ec5.txt#576");
    let inside = "document.querySelector('#card .inside')";
    let beyond = browser.js(&format!("return {inside}.scrollWidth - {inside}.clientWidth"));
    assert_eq!(beyond, 0, "the card is wider than there is room");
    // Its family are links: the total, and from there the parts.
    browser.click("#card-family dd a");
    browser.wait("document.querySelector('#card-title').textContent === '297,438 persons'");
    let parts = browser.js(
        "return [...document.querySelectorAll('#card-family li a b')].map((b) => b.textContent)",
    );
    let expected = ["111263人", "57870人", "41152人", "61785人", "14804人", "670人", "9894人"];
    assert_eq!(parts, Value::from(expected.to_vec()));
    // A claim that fails, with its intervals; the open card has claims of its own.
    browser.click("#tab-audit");
    browser.wait("document.querySelector('#view .claims')");
    let first = browser.text("#view .claim");
    assert!(first.contains("Warning") && first.contains('≠'), "{first}");
    nothing_is_amiss(&browser, &page);
}

#[test]
fn the_records_of_the_page_are_those_of_the_other_formats() {
    let Some(browser) = Browser::open() else { return };
    let odd = "2020年\u{2028}全市小学\u{1d11e}365所,生均12000.50元,\"占\"97.80%。\n\
               2021年计划\\新建小学20-30所,较上年增长3.29%。\r\n=2020年全市初中xxxx所,约2.7万人。\r\
               \u{a0}\u{85}-2022年全市小学;＋初中10所;\t@\"高中5所\"。\n";
    let files = folder(&[("a.txt", odd)]);
    let odd = program::path(&files, "a.txt");
    let inputs = ["seeds", &odd, "--region", "晋城市"];
    let (_home, page) = report(&inputs, &[]);
    browser.load(&page, "", DESK);
    for (format, script) in [(&["-f", "jsonl"][..], "jsonl"), (&["-f", "csv", "--excel"], "csv")] {
        let expected = run(&[&["extract"][..], &inputs, format].concat()).out;
        let found = browser.js(&format!("return edustat.{script}()"));
        let found = found.as_str().unwrap();
        for (found, expected) in found.lines().zip(expected.lines()) {
            assert_eq!(found, expected);
        }
        assert_eq!(found, expected);
        assert!(found.lines().count() > 390);
    }
    nothing_is_amiss(&browser, &page);
}

#[test]
fn filters_sorting_keys_and_languages() {
    let Some(browser) = Browser::open() else { return };
    let (_home, page) = report(&["seeds"], &["--labels", "zh"]);
    browser.load(&page, "table", DESK);
    let count = || browser.text("#filter-count");
    let all = count();
    assert!(all.starts_with("显示 393 / 393"), "{all}");
    let column = |name: &str| -> Vec<String> {
        let cells = browser.js(&format!(
            "const at = [...document.querySelectorAll('#records thead button')]
               .findIndex((button) => button.dataset.sort === '{name}');
             return [...document.querySelectorAll('#records tbody tr')].map((row) => row.cells[at].textContent)"
        ));
        cells.as_array().unwrap().iter().map(|cell| cell.as_str().unwrap().to_owned()).collect()
    };
    // Category, level and status narrow it together.
    browser.click(".chip.category-students");
    browser.js("const s = document.querySelector('#filter-level'); s.value = 'primary';
                s.dispatchEvent(new Event('change'))");
    browser.js("const s = document.querySelector('#filter-status'); s.value = 'actual';
                s.dispatchEvent(new Event('change'))");
    let records = run(&["extract", "seeds", "-f", "jsonl"]).out;
    let wanted = records.lines().filter(|line| {
        let record: Value = serde_json::from_str(line).unwrap();
        record["category"] == "students"
            && record["level"] == "primary"
            && record["status"] == "actual"
    });
    let wanted = wanted.count();
    assert!(count().starts_with(&format!("显示 {wanted} / 393")), "{}", count());
    assert_eq!(column("level"), vec!["小学"; wanted]);
    // Sorted by a click on the heading, the other way by another; it says so.
    let sorted = "document.querySelector('#records [aria-sort=\"descending\"] [data-sort=value]')";
    browser.click("#records [data-sort=value]");
    browser.click("#records [data-sort=value]");
    browser.wait(sorted);
    let values: Vec<i64> =
        column("value").iter().map(|text| text.replace(',', "").parse().unwrap()).collect();
    assert!(values.is_sorted_by(|a, b| a >= b) && values[0] == 111_263, "{values:?}");
    // The language changes what is shown, not where one is.
    browser.click("#language-en");
    assert_eq!(column("level"), vec!["Primary"; wanted]);
    browser.wait(sorted);
    browser.click("#language-codes");
    assert_eq!(column("indicator")[0], "enrolment");
    browser.click("#language-zh");
    browser.click("#filter-clear");
    assert_eq!(count(), all);
    // Flags and words; words of the whole sentence only where that is asked for.
    browser.js("const s = document.querySelector('#filter-flag'); s.value = '*';
                s.dispatchEvent(new Event('change'))");
    assert!(count().starts_with("显示 3 / 393"), "{}", count());
    browser.click("#filter-clear");
    browser.write("#filter-words", "幼儿园61785人");
    browser.wait("document.querySelector('#filter-count').textContent.startsWith('显示 0')");
    browser.click("#filter-whole");
    browser.wait("document.querySelector('#filter-count').textContent.startsWith('显示 8')");
    // By keyboard: next, previous, unread numbers, away.
    browser.load(&page, "text/0", DESK);
    let shown = |key: &str| {
        let expression = "document.querySelector('#card-title')?.textContent";
        let before = browser.js(&format!("return {expression} ?? ''"));
        browser.press(key);
        browser.wait(&format!("({expression} ?? '') !== {before}"));
        browser.js(&format!("return {expression} ?? ''")).as_str().unwrap().to_owned()
    };
    assert_eq!(shown("n"), "911所");
    assert_eq!(shown("n"), "365所");
    assert_eq!(shown("p"), "911所");
    assert_eq!(browser.js("return document.activeElement.id"), "card-title");
    browser.press("N");
    browser.wait("document.querySelector('#card .what')?.textContent === '未作为统计数字读取'");
    assert!(browser.text("#card .where").starts_with("时间"), "{}", browser.text("#card"));
    browser.press("\u{e00c}");
    browser.wait("document.querySelector('#card').hidden");
    assert!(browser.js("return document.activeElement.dataset.key").is_string());
    nothing_is_amiss(&browser, &page);
}

#[test]
fn charts_tell_facts_from_plans_and_have_their_table() {
    let Some(browser) = Browser::open() else { return };
    let (_home, page) = report(&["seeds"], &["--labels", "zh"]);
    browser.load(&page, "charts", DESK);
    for name in ["schools", "enrolment", "staff", "shares", "funding", "rates", "series"] {
        browser.wait(&format!("document.querySelector('#charts-{name} .drawing svg')"));
    }
    let text = |selector: &str, attribute: &str| {
        let script = format!("return document.querySelector('{selector}').{attribute}");
        browser.js(&script).as_str().unwrap().to_owned()
    };
    assert_eq!(
        text("#charts-schools svg", "ariaLabel"),
        "学校数 · 晋城市 · 2020–2021 学年: 各级各类 911所 (实际); 学前教育 381所 (实际); 小学 365所 (实际); \
         初中 115所 (实际); 普通高中 29所 (实际); 中等职业教育 13所 (实际); 高等教育 2所 (实际); 特殊教育 6所 (实际)"
    );
    // A bar is as long as its number: 365 of 911.
    let lengths = browser
        .js("return [...document.querySelectorAll('#charts-schools figure:first-child .bar')]
           .map((bar) => Number(bar.getAttribute('width')))");
    let lengths: Vec<f64> =
        lengths.as_array().unwrap().iter().map(|number| number.as_f64().unwrap()).collect();
    assert!((lengths[2] / lengths[0] - 365.0 / 911.0).abs() < 0.001, "{lengths:?}");
    let hatched = browser.js(
        "return [...document.querySelectorAll('.bar-row')]
           .every((row) => row.querySelector('.status-actual') ? !row.querySelector('.hatch') : row.querySelector('.hatch'))",
    );
    assert_eq!(hatched, true);
    assert_ne!(browser.js("return document.querySelectorAll('.bar.status-target').length"), 0);
    // A mark opens the card of its record; the table behind does so for the keyboard.
    browser.click("#charts-enrolment .bar-row:nth-of-type(4)");
    browser.wait("!document.querySelector('#card').hidden");
    assert_eq!(browser.text("#card-title"), "57,870人");
    browser.click("#charts-series figure:first-child summary");
    let rows = "#charts-series figure:first-child tbody tr";
    let series = browser.js(&format!(
        "return [...document.querySelectorAll('{rows}')].map((row) => [...row.cells].map((cell) => cell.textContent))"
    ));
    let years: Vec<&str> =
        series.as_array().unwrap().iter().map(|row| row[2].as_str().unwrap()).collect();
    assert_eq!(years, ["2018", "2019", "2020", "2021"]);
    nothing_is_amiss(&browser, &page);
}

#[test]
fn a_plan_in_a_series_is_no_fact() {
    let Some(browser) = Browser::open() else { return };
    let text = "晋城市教育局\n2019年全市小学在校生10000人。2020年全市小学在校生11000人。到2025年,全市小学在校生将达到12000人。\n";
    let files = folder(&[("a.txt", text)]);
    let (_home, page) = report(&[&program::path(&files, "a.txt")], &["--labels", "en"]);
    browser.load(&page, "charts", PHONE);
    browser.wait("document.querySelector('#charts-series svg')");
    let marks = browser.js(
        "return [...document.querySelectorAll('#charts-series .dot-at, #charts-series .step')].map((m) => m.getAttribute('class').trim())",
    );
    let expected = [
        "step",
        "step planned",
        "dot-at fill-students status-actual",
        "dot-at fill-students status-actual",
        "dot-at fill-students status-target",
    ];
    assert_eq!(marks, Value::from(expected.to_vec()));
    nothing_is_amiss(&browser, &page);
}

#[test]
fn text_from_outside_stays_text() {
    let Some(browser) = Browser::open() else { return };
    let hostile = "</script><script>window.hit = 1</script><img src=x onerror=\"window.hit = 2\">\n\
                   <a href=\"javascript:window.hit = 3\">2020年全市小学365所</a>,<b>初中115所</b>。\u{202e}\u{0}\n";
    let files = folder(&[("<img src=x onerror=hit()>.txt", hostile)]);
    let input = program::path(&files, "<img src=x onerror=hit()>.txt");
    let (_home, page) = report(&[&input, "--region", "晋城市"], &[]);
    for view in ["documents", "text/0", "table", "charts", "audit"] {
        browser.load(&page, view, DESK);
        browser.wait("document.querySelector('#view').children.length > 0");
        assert_eq!(browser.js("return window.hit ?? null"), Value::Null, "{view}");
        assert_eq!(browser.js("return document.querySelectorAll('img, #view script').length"), 0);
    }
    browser.load(&page, "text/0", DESK);
    let text = browser.js("return document.querySelector('#text').textContent");
    assert!(text.as_str().unwrap().contains("<b>初中115所</b>"), "{text}");
    assert_eq!(browser.js("return document.querySelectorAll('#text b, #text img').length"), 0);
    nothing_is_amiss(&browser, &page);
}

#[test]
fn a_folder_is_gone_through_by_links() {
    let Some(browser) = Browser::open() else { return };
    let home = tempfile::tempdir().unwrap();
    let pages = home.path().join("pages");
    let run = run(&["report", "seeds", "-o", pages.to_str().unwrap(), "--labels", "zh"]);
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    let index = pages.join("index.html");
    browser.load(&index, "", PHONE);
    assert_eq!(
        browser.js("return document.querySelectorAll('#documents-table tbody tr').length"),
        5
    );
    browser.click("#documents-table tbody tr:nth-child(2) a");
    browser.wait("document.querySelector('#text')");
    assert!(browser.text("h1").starts_with("长治市人民政府办公室"), "{}", browser.text("h1"));
    browser.js("document.querySelector('#brand a').click()");
    browser.wait("document.querySelector('#documents-table')");
    nothing_is_amiss_but_pages(&browser, &pages);
}

#[test]
fn what_two_documents_say_is_one_click_from_both() {
    let Some(browser) = Browser::open() else { return };
    let one = "晋城市教育局\n2020年全市小学365所。\n";
    let other = "晋城市教育局\n2020年全市小学361所。\n";
    let files = folder(&[("一.txt", one), ("二.txt", other)]);
    let pages = files.path().join("pages");
    let documents = [program::path(&files, "一.txt"), program::path(&files, "二.txt")];
    let run = run(&[
        "report",
        &documents[0],
        &documents[1],
        "-o",
        pages.to_str().unwrap(),
        "--labels",
        "zh",
    ]);
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    browser.load(&pages.join("index.html"), "audit", DESK);
    let claim = browser.text(".claim");
    assert!(claim.contains("与他处所述不一致") && claim.contains("361所 ≠ 365所"), "{claim}");
    browser.click(".claim .places a:nth-of-type(2)");
    browser.wait("document.querySelector('#card-title')");
    assert_eq!(browser.text("#card-title"), "365所");
    assert!(browser.js("return location.pathname").as_str().unwrap().ends_with("%E4%B8%80.html"));
    nothing_is_amiss_but_pages(&browser, &pages);
    // In one page the card of either knows it.
    let (_home, page) = report(&[&documents[0], &documents[1]], &["--labels", "zh"]);
    browser.load(&page, "text/0/16", DESK);
    browser.wait("document.querySelector('#card-checks .claim')");
    let checks = browser.text("#card-checks");
    assert!(
        checks.contains("361所 ≠ 365所") && checks.contains("361所 (晋城市教育局), 365所"),
        "{checks}"
    );
    nothing_is_amiss(&browser, &page);
}

/// Pages of one folder may ask for each other, and for nothing else.
fn nothing_is_amiss_but_pages(browser: &Browser, pages: &Path) {
    let folder = format!("request for file://{}/", pages.display());
    let found = browser.complaints(&pages.join("index.html"));
    let other: Vec<&String> = found.iter().filter(|found| !found.starts_with(&folder)).collect();
    assert_eq!(other, Vec::<&String>::new());
}

#[test]
fn everybody_can_read_it() {
    let Some(browser) = Browser::open() else { return };
    let (_home, page) = report(&["seeds"], &["--labels", "zh"]);
    let Some(axe) = browser::axe() else { return };
    browser.load(&page, "", DESK);
    browser.js(&axe);
    let mut found = Vec::new();
    for (view, ready) in [
        ("documents", "#documents-table"),
        ("text/0/610", "#text"),
        ("table/0/610", "#records"),
        ("charts", "#charts-series svg"),
        ("audit", ".claims"),
    ] {
        browser.js(&format!("location.hash = '{view}'"));
        browser.wait(&format!("document.querySelector('{ready}')"));
        // In the dark only the colors differ; on a phone the card lies over the text.
        let mut looks = vec![("light", DESK, "undefined"), ("dark", DESK, "['color-contrast']")];
        if view.starts_with("text") {
            looks.push(("light", PHONE, "undefined"));
        }
        for (scheme, size, rules) in looks {
            browser.looks(scheme, size);
            let violations = browser.promised(&format!(
                "axe.run({{ resultTypes: ['violations'], runOnly: {rules} }}).then(({{ violations }}) =>
                   violations.map(({{ id, nodes }}) => `${{id}}: ${{nodes[0].html}} ${{nodes[0].failureSummary}}`))"
            ));
            let violations = violations.as_array().unwrap_or_else(|| panic!("{violations}"));
            found.extend(
                violations.iter().map(|said| format!("{view}, {scheme}, {size:?}: {said}")),
            );
        }
    }
    assert_eq!(found, Vec::<String>::new());
    nothing_is_amiss(&browser, &page);
}

#[test]
fn on_paper_is_what_can_be_read_there() {
    let Some(browser) = Browser::open() else { return };
    let (_home, page) = report(&["seeds"], &[]);
    for (view, read) in [
        ("documents", ".figures, #documents-table"),
        ("text/0/610", "#text, #card-checks, #card-fields"),
        ("table", "#records"),
        ("charts", "#charts-shares svg"),
        ("audit", ".claims .formula"),
    ] {
        browser.load(&page, view, DESK);
        browser.wait("document.querySelector('#view').children.length > 0");
        browser.prints(true);
        // As wide as A4 between its margins.
        let seen = browser.js(&format!(
            "document.body.style.setProperty('width', '180mm');
             const seen = (node) => node.getClientRects().length > 0;
             const right = document.body.getBoundingClientRect().right + 1;
             return {{
               controls: [...document.querySelectorAll('.filters, .tabs, .switch, button:not([data-sort])')].filter(seen).length,
               read: [...document.querySelectorAll('{read}')].every(seen),
               beyond: [...document.querySelectorAll('#view *, #card *')]
                 .filter((node) => seen(node) && !node.closest('svg, .clip') && node.getBoundingClientRect().right > right)
                 .slice(-3).map((node) => node.outerHTML),
               ink: getComputedStyle(document.body).color,
             }}"
        ));
        browser.prints(false);
        let expected = serde_json::json!({
            "controls": 0, "read": true, "beyond": [], "ink": "rgb(0, 0, 0)",
        });
        assert_eq!(seen, expected, "{view}");
    }
    nothing_is_amiss(&browser, &page);
}

#[test]
fn a_phone_needs_no_scrolling_sideways() {
    let Some(browser) = Browser::open() else { return };
    let (_home, page) = report(&["seeds"], &[]);
    browser.load(&page, "", PHONE);
    for view in ["documents", "text/0", "text/1/2310", "table", "table/0/610", "charts", "audit"] {
        browser.js(&format!("location.hash = '{view}'"));
        let name = view.split('/').next().unwrap();
        browser.wait(&format!("document.querySelector('#view.view-{name}')"));
        for language in ["zh", "en", "codes"] {
            browser.js(&format!("document.querySelector('#language-{language}').click()"));
            let beyond = browser.js("return document.documentElement.scrollWidth - innerWidth");
            assert!(beyond.as_i64().unwrap() <= 0, "{language} {view}: {beyond}");
        }
    }
    // The card leaves the number in sight.
    browser.load(&page, "text/0/610", PHONE);
    browser.wait("!document.querySelector('#card').hidden");
    let seen = browser.js("const number = document.querySelector('#n610').getBoundingClientRect();
         const card = document.querySelector('#card').getBoundingClientRect();
         return number.top > 0 && number.bottom < card.top");
    assert_eq!(seen, true);
    nothing_is_amiss(&browser, &page);
}
