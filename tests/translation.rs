//! README.zh-CN.md says the same as README.md: the same headings, code, links and rows of tables, in the same order.

#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

use std::fs;
use std::path::Path;

/// A page, taken apart.
#[derive(Debug, Default)]
struct Page {
    /// Headings with their signs: `## Use`.
    headings: Vec<String>,
    /// Blocks of code: the language, then the lines.
    code: Vec<Vec<String>>,
    /// Where links and pictures lead.
    links: Vec<String>,
    /// The first cell of each row of a table: a number, or what stands in backticks.
    rows: Vec<String>,
    /// Items of lists, as the number of the heading that they stand under.
    items: Vec<usize>,
    /// What stands in backticks elsewhere, by the number of the heading.
    quoted: Vec<(usize, String)>,
}

fn page(name: &str) -> Page {
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).unwrap();
    let mut page = Page::default();
    let mut block: Option<Vec<String>> = None;
    let mut prose = Vec::new();
    for line in text.lines() {
        match (line.strip_prefix("```"), &mut block) {
            (Some(language), None) => block = Some(vec![language.to_owned()]),
            (Some(_), Some(lines)) => {
                page.code.push(std::mem::take(lines));
                block = None;
            }
            (None, Some(lines)) => lines.push(line.to_owned()),
            (None, None) => {
                if line.starts_with('#') {
                    page.headings.push(line.to_owned());
                }
                if let Some(row) = line.strip_prefix("| ") {
                    let cell = row.split(" |").next().unwrap();
                    let number = cell.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
                    // Words are translated.
                    page.rows.push(if number { cell.to_owned() } else { quotes(cell).join(",") });
                }
                if line.starts_with("- ") {
                    page.items.push(page.headings.len());
                }
                prose.push((page.headings.len(), line));
            }
        }
    }
    // A link or code may be broken over two lines.
    for under in 0..=page.headings.len() {
        let lines = prose.iter().filter(|(heading, _)| *heading == under);
        let text = lines.map(|(_, line)| *line).collect::<Vec<_>>().join("\n");
        let links = text.split("](").skip(1).map(|rest| rest.split(')').next().unwrap().to_owned());
        // The order of words is that of the language.
        let mut links: Vec<String> = links.collect();
        links.sort_unstable();
        page.links.append(&mut links);
        let quoted = quotes(&text).into_iter().map(|text| (under, text.replace('\n', " ")));
        page.quoted.extend(quoted);
    }
    page
}

/// What stands in backticks.
fn quotes(text: &str) -> Vec<String> {
    text.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

/// The anchor that a heading gets on the usual sites.
fn anchor(heading: &str) -> String {
    let title = heading.trim_start_matches('#').trim().to_lowercase();
    let kept = title.chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
    format!("#{}", kept.collect::<String>().replace(' ', "-"))
}

/// A line of code without what is said to people: a comment behind `# `, or in a drawing of files the words behind
/// two blanks.
fn bare(language: &str, line: &str) -> String {
    match language {
        "sh" => line.split("# ").next().unwrap_or_default().trim_end().to_owned(),
        "text" if !line.contains('|') && !line.starts_with('#') => {
            let words = line.split("  ").filter(|words| words.is_ascii());
            words.take(2).collect::<Vec<_>>().join("  ").trim_end().to_owned()
        }
        _ => line.to_owned(),
    }
}

#[test]
fn the_chinese_page_says_the_same() {
    let (english, chinese) = (page("README.md"), page("README.zh-CN.md"));
    let depths = |page: &Page| -> Vec<usize> {
        page.headings.iter().map(|heading| heading.find(' ').unwrap()).collect()
    };
    let pairs: Vec<_> = english.headings.iter().zip(&chinese.headings).collect();
    assert_eq!(depths(&english), depths(&chinese), "{pairs:#?}");
    for (english, chinese) in english.code.iter().zip(&chinese.code) {
        let language = &english[0];
        let bare = |block: &[String]| -> Vec<String> {
            block.iter().map(|line| bare(language, line)).collect()
        };
        assert_eq!(bare(english), bare(chinese));
    }
    assert_eq!(english.code.len(), chinese.code.len());
    assert_eq!(english.rows, chinese.rows, "rows of tables, by their first cells");
    assert_eq!(english.items, chinese.items, "items of lists, by heading");
}

#[test]
fn the_links_lead_to_the_same_and_somewhere() {
    let (english, chinese) = (page("README.md"), page("README.zh-CN.md"));
    let anchors = |page: &Page| -> Vec<String> {
        page.headings.iter().map(|heading| anchor(heading)).collect()
    };
    let (from, to) = (anchors(&english), anchors(&chinese));
    for (page, anchors) in [(&english, &from), (&chinese, &to)] {
        for link in &page.links {
            let known = match link.strip_prefix('#') {
                Some(_) => anchors.contains(link),
                None if link.contains("://") => true,
                None => Path::new(env!("CARGO_MANIFEST_DIR")).join(link).exists(),
            };
            assert!(known, "{link} leads nowhere");
        }
    }
    // In Chinese the same link leads to the Chinese heading or file.
    let mut expected: Vec<String> = english
        .links
        .iter()
        .map(|link| match (from.iter().position(|anchor| anchor == link), link.as_str()) {
            (Some(at), _) => to[at].clone(),
            (None, "README.zh-CN.md") => "README.md".to_owned(),
            (None, "docs/table.svg") => "docs/table.zh-CN.svg".to_owned(),
            (None, "docs/report.png") => "docs/report-zh.png".to_owned(),
            (None, other) => other.to_owned(),
        })
        .collect();
    let mut found = chinese.links;
    expected.sort_unstable();
    found.sort_unstable();
    assert_eq!(expected, found);
}

/// Codes, options, file names and quotations: what stands in backticks under a heading of one page does so under
/// that of the other.
#[test]
fn what_is_quoted_is_quoted_in_both() {
    let (english, chinese) = (page("README.md"), page("README.zh-CN.md"));
    for under in 0..=english.headings.len() {
        let quoted = |page: &Page| -> Vec<String> {
            let all = page.quoted.iter().filter(|(heading, _)| *heading == under);
            let mut all: Vec<String> = all.map(|(_, text)| text.clone()).collect();
            all.sort_unstable();
            all.dedup();
            all
        };
        let heading = under.checked_sub(1).map_or("", |at| &english.headings[at]);
        assert_eq!(quoted(&english), quoted(&chinese), "under {heading}");
    }
}
