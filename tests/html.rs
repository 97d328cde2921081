//! Saved web pages: pages in the style of government sites in, text and records out.

#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

mod program;

use std::fs;
use std::path::Path;
use std::sync::LazyLock;
use std::time::{Duration, Instant};

use edustat::pipeline::{Assumptions, Pipeline};
use edustat::text::decode::{EncodingChoice, decode};
use encoding_rs::{BIG5, GBK};
use program::{folder, path, run};
use serde_json::{Map, Value};

static PIPELINE: LazyLock<Pipeline> =
    LazyLock::new(|| Pipeline::new(Assumptions::default()).unwrap());

/// A page with everything around its article.
fn page(head: &str, article: &str) -> String {
    format!(
        "<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\">\n<title>泽州县教育概况_泽州县人民政府</title>{head}\
         <style>p {{ color: red }}</style></head>\n<body><div class=\"top\"><ul class=\"nav\">\
         <li><a href=\"/\">首页</a></li><li><a href=\"/xw\">新闻中心</a></li></ul></div>\
         <div class=\"position\">您现在的位置：<a href=\"/\">首页</a> &gt; <a href=\"/jy\">教育</a></div>\n\
         <div class=\"box\">{article}</div>\n<div class=\"share\">分享到：<a href=\"#\">微博</a></div>\
         <div class=\"xg\"><h3>相关链接</h3><ul><li><a href=\"1\">2019年全县小学99所</a></li>\
         <li><a href=\"2\">2018年全县小学98所</a></li><li><a href=\"3\">通知公告</a></li></ul></div>\n\
         <div class=\"footer\"><p>主办：泽州县教育局 电话：0356-1234567</p></div>\
         <script>var a = '<p>2017年全县小学97所</p>';</script></body></html>"
    )
}

/// The text that is read of a page.
fn text(html: &str) -> String {
    PIPELINE.document("a.html".into(), html.into()).source.text().to_owned()
}

/// The records of a document: `period level indicator value` each.
fn records(name: &str, text: &str) -> Vec<String> {
    let document = PIPELINE.document(name.into(), text.into());
    let shown = |value: Option<String>| value.unwrap_or_else(|| "-".into());
    let records = PIPELINE.observe(&document);
    records
        .iter()
        .map(|record| {
            let slice = document.source.text().chars().skip(record.start.0);
            let slice: String = slice.take(record.end.0 - record.start.0).collect();
            assert_eq!(slice, record.mention);
            format!(
                "{} {} {} {}",
                shown(record.period.map(|period| period.to_string())),
                shown(record.level.map(|level| level.to_string())),
                shown(record.indicator.map(|indicator| indicator.to_string())),
                shown(record.value.map(|value| value.to_string())),
            )
        })
        .collect()
}

/// Title, publisher and day of a page.
fn header(html: &str) -> [String; 3] {
    let header = PIPELINE.document("a.html".into(), html.into()).header;
    [
        header.title.unwrap_or_default(),
        header.publisher.unwrap_or_default(),
        header.published.map(|day| day.to_string()).unwrap_or_default(),
    ]
}

fn jsonl(text: &str) -> Vec<Map<String, Value>> {
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

const NEWS: &str = "<h1>泽州县召开教育工作新闻发布会</h1><div class=\"info\"><span>发布时间：2021-09-20 08:30</span>\
    <span>来源：泽州县教育局</span><span>字号：<a href=\"#\">大</a> <a href=\"#\">中</a></span></div>\
    <div class=\"TRS_Editor\"><p style=\"text-indent:2em\">2020年，全县共有小学<b>36</b>5所<sup>[1]</sup>，\n    在校生\
    <span>11</span><span>1263</span>人。</p><p>&nbsp;</p><p>初中&ldquo;标准化&rdquo;学校115所&#xff0c;占地500m<sup>2</sup>。\
    <p>相关链接：</p><p><a href=\"4\">2016年全县小学96所</a></p></div>";

#[test]
fn a_news_release() {
    let html = page("", NEWS);
    assert_eq!(
        text(&html),
        "泽州县召开教育工作新闻发布会\n\n发布时间：2021-09-20 08:30 来源：泽州县教育局 字号：大 中\n\n\
         2020年，全县共有小学365所[1]，在校生111263人。\n\n\u{A0}\n\n初中“标准化”学校115所，占地500m²。\n"
            .replace("\u{A0}\n\n", "")
    );
    assert_eq!(
        records("a.html", &html),
        [
            "2020 primary schools 365",
            "2020 primary enrolment 111263",
            "- junior_secondary schools 115",
            "- junior_secondary land_area 500",
        ]
    );
    assert_eq!(header(&html), ["泽州县召开教育工作新闻发布会", "泽州县教育局", "2021-09-20"]);
}

#[test]
fn a_bulletin_with_cells_over_rows_and_columns() {
    let table = "<div id=\"zoom\"><p>各级各类学校情况如下：</p><table border=1>\
        <tr><td colspan=4><p>表1 2020年学校基本情况</p></td></tr>\
        <tr><th rowspan=2>地区</th><th rowspan=2>类别</th><th colspan=2>全县</th></tr>\
        <tr><th>学校数（所）</th><th>在校生<br>（人）</th></tr>\
        <tr><td rowspan=2>城区<td><p><span>小学</span></p><td>36<td>12,143\
        <tr><td>初中|完中<td>15<td>6021</tr>\
        <tr><td colspan=2>合计</td><td>51<td>18164\
        <tr><td colspan=4>注：数据来自统计年报。</table><p>其他。</p></div>";
    let html = page("", table);
    assert_eq!(
        text(&html),
        "泽州县教育概况\n\n各级各类学校情况如下：\n\n表1 2020年学校基本情况\n\n\
         | 地区 | 类别 | 全县 | |\n| 地区 | 类别 | 学校数（所） | 在校生 （人） |\n\
         | 城区 | 小学 | 36 | 12,143 |\n| 城区 | 初中/完中 | 15 | 6021 |\n| 合计 | | 51 | 18164 |\n\n\
         注：数据来自统计年报。\n\n其他。\n"
    );
    assert_eq!(
        records("a.html", &html),
        [
            "2020 primary schools 36",
            "2020 primary enrolment 12143",
            "2020 secondary schools 15",
            "2020 secondary enrolment 6021",
            "2020 all schools 51",
            "2020 all enrolment 18164",
        ]
    );
}

#[test]
fn a_table_that_only_places_things_is_none() {
    let prose = "2020年，全县共有小学365所，在校生111263人。学校布局进一步优化。";
    let html = page(
        "",
        &format!(
            "<table><tr><td><h1>泽州县教育概况</h1></td></tr><tr><td>{prose}<table><tr><td>类别<td>学校数（所）\
                  <tr><td>初中<td>115</table></td><td>　</td></tr></table>"
        ),
    );
    assert_eq!(
        text(&html),
        format!("泽州县教育概况\n\n{prose}\n\n| 类别 | 学校数（所） |\n| 初中 | 115 |\n")
    );
}

#[test]
fn a_page_with_line_breaks_only() {
    let html = page(
        "<meta name=\"ArticleTitle\" content=\"2020年泽州县教育概况\">",
        "<font size=3>　　全县共有小学365所。<br>　　初中115所。<br><br>一、学前教育<br/>幼儿园381所。</font>",
    );
    assert_eq!(
        text(&html),
        "2020年泽州县教育概况\n\n　　全县共有小学365所。\n　　初中115所。\n\n一、学前教育\n幼儿园381所。\n"
    );
    assert_eq!(
        records("a.html", &html),
        [
            "2020 primary schools 365",
            "2020 junior_secondary schools 115",
            "2020 preschool schools 381"
        ]
    );
}

#[test]
fn nothing_of_an_article_is_lost() {
    let long =
        "<p>2020年，全县教育事业稳步发展，办学条件进一步改善，教师队伍素质不断提升。</p>".repeat(6);
    for article in [
        // What readability ports leave out.
        format!("<div class=\"con\">{long}<div><img src=1><img src=2><p>小学365所</p></div></div>"),
        format!("<div class=\"con\">{long}</div><div class=\"con\"><p>小学365所。</p></div>"),
        format!(
            "<div class=\"content-header\"><p>小学365所。</p></div><div class=\"con\">{long}</div>"
        ),
        format!(
            "<div class=\"con\">{long}<div><a href=x>附件1</a> <a href=y>附件2</a>小学365所</div></div>"
        ),
        format!(
            "<div><p>2020年，小学365所。</p><ul>{}</ul></div>",
            "<li><a href=x>关于教育工作的通知</a></li>".repeat(20)
        ),
        // Parts without names, an element that is never closed, a text without any element.
        format!("<div><div>{long}</div><div>小学365所</div></div>"),
        format!("<div class=\"share-box\">{long}小学365所</div>"),
        format!("<div class=TRS_Editor>{long}<div><div>小学365所"),
        format!("{long}小学365所"),
    ] {
        let html = page("", &article);
        assert!(text(&html).contains("小学365所"), "{article}");
        for other in ["99所", "98所", "97所", "0356", "新闻中心", "微博"] {
            assert!(
                !text(&html).contains(other) || article.ends_with("<div>小学365所"),
                "{article}"
            );
        }
    }
}

#[test]
fn meta_elements_fill_what_the_text_leaves_open() {
    let metas = "<meta name=\"SiteName\" content=\"泽州县人民政府网\"><meta name=\"PubDate\" content=\"2021-09-20 16:08\">\
        <meta name=\"ContentSource\" content=\"泽州县教育局\"><meta property=\"og:title\" content=\"泽州县教育公报\">";
    let body = "<div id=zoom><p>2020年，全县小学365所。</p><p>初中115所。</p></div>";
    assert_eq!(header(&page(metas, body)), ["泽州县教育公报", "泽州县教育局", "2021-09-20"]);
    let site = "<meta name=\"SiteName\" content=\"泽州县人民政府网\"><meta name=\"ContentSource\" content=\"本站\">";
    assert_eq!(header(&page(site, body)), ["泽州县教育概况", "泽州县人民政府网", ""]);
    // What the reader sees wins; a day of the page makes a year of the text finer.
    let labelled =
        format!("<h2>泽州县教育统计</h2><p>来源：泽州县统计局 日期：2021-08-01</p>{body}");
    assert_eq!(header(&page(metas, &labelled)), ["泽州县教育统计", "泽州县统计局", "2021-08-01"]);
    let numbered = format!("<h2>泽州县教育统计</h2><p>泽教发〔2021〕3号</p>{body}");
    assert_eq!(header(&page(metas, &numbered))[2], "2021-09-20");
}

#[test]
fn the_content_says_what_a_page_is() {
    let html = page("", NEWS);
    let saved = format!("\u{FEFF}\n<!-- saved from url=(0014)about:internet -->\n{html}");
    let read = records("a.html", &html);
    assert_eq!(read.len(), 4);
    assert_eq!(records("a.txt", &saved), read);
    assert_eq!(records("a.XHTML", &format!("<?xml version=\"1.0\"?>{html}")), read);
    // A text that quotes a tag, and a file of text that is only called a page.
    for (name, quoted) in [
        ("a.txt", "在<html>里写<p>2020年，全县小学365所。"),
        ("a.html", "2020年，全县小学365所。\n2020年，全县初中a<115所。"),
    ] {
        let document = PIPELINE.document(name.into(), quoted.into());
        assert_eq!(document.source.text(), quoted);
    }
}

#[test]
fn pages_in_folders_and_in_the_encoding_that_they_name() {
    let folder = folder(&[]);
    let named =
        |name: &str| page("", NEWS).replace("charset=\"utf-8\"", &format!("charset={name}"));
    let gbk = GBK.encode(&named("gb2312")).0.into_owned();
    // The bytes win over what the page says of them.
    let wrong = GBK.encode(&named("big5")).0.into_owned();
    let files = [("a.HTM", gbk), ("b.html", wrong), ("c.xhtml", named("gbk").into_bytes())];
    for (name, bytes) in files {
        fs::write(folder.path().join(name), bytes).unwrap();
    }
    let told = run(&["extract", &path(&folder, ""), "--columns", "source,mention,published"]);
    let lines = |name: &str| {
        let name = path(&folder, name);
        ["365所", "111263人", "115所", "500m²"]
            .map(|mention| format!("{name},{mention},2021-09-20\n"))
    };
    let expected = ["a.HTM", "b.html", "c.xhtml"].map(lines).concat().concat();
    assert_eq!(told.out, format!("source,mention,published\n{expected}"));
    // Few characters: only the page says what they are.
    let decoded =
        |html: &str| decode(BIG5.encode(html).0.into_owned(), EncodingChoice::Auto).unwrap();
    let short = "<!DOCTYPE html><meta charset=big5><p>國學";
    assert_eq!(decoded(short).text, short);
    assert_ne!(decoded(&short.replace("big5", "none")).text, short.replace("big5", "none"));
}

#[test]
fn the_text_of_a_page_gives_the_records_of_the_page() {
    let bulletin = "<h1>泽州县教育公报</h1><p>日期：2021-03-01 来源：泽州县教育局</p><div id=zoom><h2>一、学前教育</h2><p>2020年，\
        全县幼儿园381所，其中：公办园<b>2 0 0</b>所。</p><table><tr><td>类别<td>学校数（所）<tr><td>小学<td>365<tr><td>初中<td>115</table></div>";
    let pages = folder(&[("news.html", &page("", NEWS)), ("bulletin.htm", &page("", bulletin))]);
    let kept = tempfile::tempdir().unwrap();
    let texts = path(&kept, "new/texts");
    let read = run(&["extract", &path(&pages, ""), "-f", "jsonl", "--write-text", &texts]);
    assert_eq!((read.code, read.err.as_str()), (0, ""));
    let again = run(&["extract", &texts, "-f", "jsonl"]);
    let (pages, texts_read) = (jsonl(&read.out), jsonl(&again.out));
    assert_eq!(pages.len(), 8, "{}", read.out);
    assert_eq!(pages.len(), texts_read.len());
    for (page, text) in pages.iter().zip(&texts_read) {
        for field in
            page.keys().filter(|field| !["source", "id", "parent"].contains(&field.as_str()))
        {
            assert_eq!(page[field], text[field], "{field} of {page:?}");
        }
        let kept = fs::read_to_string(text["source"].as_str().unwrap()).unwrap();
        let place = |field: &str| page[field].as_u64().unwrap() as usize;
        let mention = kept.chars().skip(place("start")).take(place("end") - place("start"));
        assert_eq!(page["mention"], mention.collect::<String>());
    }
}

#[test]
fn texts_are_kept_in_utf8_or_not_at_all() {
    let inputs = folder(&[
        ("b.md", "\u{FEFF}2020年全市小学365所。\r\n"),
        ("x.html", "<p>小学"),
        ("x.txt", "小学"),
    ]);
    let gbk = GBK.encode("2020年全市初中115所。").0.into_owned();
    fs::write(inputs.path().join("a.txt"), &gbk).unwrap();
    let kept = tempfile::tempdir().unwrap();
    let texts = path(&kept, "texts");
    let (a, b) = (path(&inputs, "a.txt"), path(&inputs, "b.md"));
    let told = run(&["extract", &a, &b, "--write-text", &texts, "--columns", "value"]);
    assert_eq!((told.code, told.out.as_str()), (0, "value\n115\n365\n"));
    let read = |name: &str| fs::read_to_string(Path::new(&texts).join(name)).unwrap();
    assert_eq!(read("a.txt"), "2020年全市初中115所。");
    assert_eq!(read("b.txt"), "2020年全市小学365所。\r\n");
    assert_eq!(fs::read_dir(&texts).unwrap().count(), 2);

    let other = path(&kept, "other");
    let told = run(&["extract", &path(&inputs, ""), "--write-text", &other]);
    let (page, text) = (path(&inputs, "x.html"), path(&inputs, "x.txt"));
    assert_eq!(
        told.err,
        format!(
            "edustat: {other}/x.txt: expected a name of its own for each text, found the text of {page} and \
             that of {text}\n"
        )
    );
    assert_eq!((told.code, told.out.as_str(), Path::new(&other).exists()), (2, "", false));
    // No text takes the place of a document.
    let told = run(&["extract", &a, "--write-text", &path(&inputs, "")]);
    assert_eq!(told.code, 2);
    assert!(
        told.err.contains("a.txt: expected a folder without documents that are read"),
        "{}",
        told.err
    );
    assert_eq!(fs::read(&a).unwrap(), gbk);
}

/// Shapes that take others the square of their size, or their stack.
#[test]
fn pages_that_are_traps_take_no_longer_than_others() {
    const COUNT: usize = 30_000;
    let counted = |from: &str, with: fn(usize) -> String, to: &str| {
        let middle: String = (0..COUNT).map(with).collect();
        format!("<html><body>{from}{middle}{to}2020年全县小学365所。")
    };
    for html in [
        counted("", |_| "<div>".into(), ""),
        counted("", |_| "<ul><li>".into(), ""),
        counted("", |_| "<table><tr><td>".into(), ""),
        counted("", |i| format!("<b class=c{i}><p>"), ""),
        counted("", |_| "<span class=content>".into(), ""),
        counted("<div><div>", |_| "</p></td></span></table>".into(), ""),
        counted("<div ", |i| format!("a{i} "), ">"),
        counted("<div class='", |i| format!("a{i} "), "'>"),
        counted(
            "<table>",
            |_| "<tr><td rowspan=65535>小学<td colspan=999 rowspan=9>x".into(),
            "</table>",
        ),
        counted("<table><tr>", |_| "<td colspan=1000 rowspan=1000>x".into(), "</table>"),
        counted("", |_| "<a href=x>一</a>".into(), "<p>"),
        counted("", |_| "<".into(), "<p>"),
        counted("", |_| "&".into(), "<p>"),
    ] {
        let begun = Instant::now();
        let document = PIPELINE.document("a.html".into(), html.clone());
        assert!(begun.elapsed() < Duration::from_secs(20), "{}", &html[..60]);
        assert!(document.source.text().contains("2020年全县小学365所。"), "{}", &html[..60]);
        assert!(document.source.text().len() < 40 * html.len(), "{}", &html[..60]);
    }
    for nothing in
        ["<html>", "<!DOCTYPE html><!--", "<meta name=PubDate content=2021>", "<html><p>&nbsp;</p>"]
    {
        assert_eq!(text(nothing), "", "{nothing}");
    }
}

#[test]
fn a_user_names_the_parts_of_other_sites() {
    let html = page("", "<div class=\"wz\"><p>小学365所。</p></div><p>小学98所。</p>");
    let pages = folder(&[("a.html", &html)]);
    let words = folder(&[("pages.csv", "name,role\nWZ,article\n")]);
    let told = |options: &[&str]| {
        let file = path(&pages, "a.html");
        run(&[&["extract", &file, "--columns", "value"], options].concat()).out
    };
    assert_eq!(told(&[]), "value\n365\n98\n");
    assert_eq!(told(&["--lexicon", &path(&words, "")]), "value\n365\n");
}

#[test]
fn explain_knows_whose_day_it_is() {
    let dated = page(
        "<meta name=PubDate content=2021-09-20>",
        "<div id=zoom><p>目前全县小学365所。</p><p>初中很多。</p></div>",
    );
    let pages = folder(&[("a.html", &dated), ("b.html", &dated.replace("PubDate", "none"))]);
    for (name, day) in
        [("a.html", "2021-09-20\n"), ("b.html", "not stated; 2020-01-02 by --published\n")]
    {
        let told = run(&["explain", &path(&pages, name), "--published", "2020-01-02"]);
        let line = told.out.split_inclusive('\n').find(|line| line.starts_with("published"));
        assert_eq!(line.unwrap().trim_start_matches("published").trim_start(), day);
    }
}
