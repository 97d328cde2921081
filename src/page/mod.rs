//! Saved web pages: HTML to the text of the article, and what the page says of it.
//!
//! In: a decoded page. Out: a text as a reader would have copied it, and a header from meta elements. Of a page
//! with a menu, `<h1>某市教育概况</h1>`, `<div class="TRS_Editor"><p>全市小学365所。` and links to other articles,
//! the text is the title, what stands between it and the article, and the article.

pub mod article;
pub mod grid;
pub mod kind;
pub mod meta;
pub mod names;
pub mod render;
pub mod tree;

use crate::observation::Header;
use crate::text::head_line::{HeadWords, is_frame, labels};
use crate::text::script::trimmed;
use article::Article;
use names::{PageNames, PageRole};
use render::{Line, Lines};
use tree::Tree;

/// Extensions of files that are pages, in any case.
pub const EXTENSIONS: [&str; 4] = ["htm", "html", "shtml", "xhtml"];

/// Lines between the title and the article, which say who published it and when.
const HEAD: usize = 12;
/// Lines at the beginning of an article among which its title may stand.
const OPENING: usize = 5;
/// Lines of a page among which the title of its article may stand.
const HEAD_LINES: usize = 40;
/// A title that is a part of `<title>` has more characters than this.
const SHORT: usize = 4;
/// Characters of a line that heads links.
const LINKS: usize = 20;
/// Characters of a line of the page's foot.
const FOOT: usize = 120;

/// What a page holds.
#[derive(Debug)]
pub struct Page {
    /// The text of the article, with its title before it.
    pub text: String,
    /// What the page states outside of its text.
    pub header: Header,
}

/// Whether a text is a web page: named like one and with a tag in it, or plainly a document of HTML, whatever
/// it is called. A text that quotes a tag is none.
///
/// # Examples
/// ```
/// use edustat::page::is_page;
///
/// assert!(is_page("a.txt", "\n<!-- saved --><!DOCTYPE html><p>小学365所"));
/// assert!(is_page("a.HTM", "小学<b>365</b>所"));
/// assert!(!is_page("a.txt", "用<html>标签写的小学365所"));
/// ```
pub fn is_page(name: &str, text: &str) -> bool {
    // Places in a tree are numbers of 32 bits.
    if u32::try_from(text.len()).is_err() {
        return false;
    }
    let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
    let named = EXTENSIONS.iter().any(|known| known.eq_ignore_ascii_case(extension));
    named && has_tag(text) || begins_as_page(text)
}

fn has_tag(text: &str) -> bool {
    let opens =
        |at: usize| text[at + 1..].starts_with(|c: char| c.is_ascii_alphabetic() || c == '!');
    text.match_indices('<').any(|(at, _)| opens(at))
}

/// Whether a text begins with what only a page begins with; comments and a declaration may come first.
fn begins_as_page(text: &str) -> bool {
    const TAGS: [&str; 5] = ["<!doctype html", "<html", "<head", "<body", "<meta"];
    let mut rest = trimmed(text);
    loop {
        let behind = match rest {
            _ if rest.starts_with("<!--") => rest.split_once("-->"),
            _ if rest.starts_with("<?xml") => rest.split_once("?>"),
            _ => break,
        };
        let Some((_, behind)) = behind else { return false };
        rest = behind.trim_start();
    }
    TAGS.iter().any(|tag| {
        let begins = rest.get(..tag.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(tag));
        begins && !rest[tag.len()..].starts_with(|c: char| c.is_ascii_alphanumeric())
    })
}

/// Reads a page. `words` are the labels of a document's head.
///
/// # Examples
/// ```
/// use edustat::lexicon::Lexicon;
///
/// let lexicon = Lexicon::built_in();
/// let html = "<title>某县教育概况_某县</title><meta name=PubDate content='2021-09-20 08:00'>\
///     <div class=nav><a href=/>首页</a></div><div id=zoom><p>2020年，全县小学12所。<p>初中4所。</div>";
/// let page = edustat::page::read(lexicon.pages(), lexicon.head(), html);
/// assert_eq!(page.text, "某县教育概况\n\n2020年，全县小学12所。\n\n初中4所。\n");
/// assert_eq!(page.header.published.unwrap().to_string(), "2021-09-20");
/// ```
pub fn read(names: &PageNames, words: &HeadWords, html: &str) -> Page {
    let tree = Tree::of(names, html);
    let article = article::find(&tree);
    let header = meta::header(names, words, &tree);
    let whole = tight(&tree.title);
    let is_title = |line: Line, text: &str| {
        let text = tight(text);
        let named = header.title.as_deref().is_some_and(|title| tight(title) == text);
        let part = text.chars().count() > SHORT && whole.starts_with(text.as_str());
        line.heading.is_some() || named || part
    };

    let body: Vec<Lines> =
        article.parts.iter().map(|part| Lines::of(&tree, &article, part.clone())).collect();
    let body = || body.iter().flat_map(Lines::iter);
    let opens = if article.exact { OPENING } else { HEAD_LINES };
    let title = body().take(opens).position(|(line, text)| is_title(line, text));
    // What stands above the title on a page is no text of it, but in the article it is.
    let frame = title.filter(|_| !article.exact).unwrap_or(0);
    let frame = if body().take(frame).any(|(_, text)| text.contains('。')) { 0 } else { frame };
    let titled = title.is_some();
    let above = above(&tree, &article);
    let above: Vec<(Line, &str)> = above.iter().collect();
    let mut text = String::new();
    let title = above.iter().rposition(|(line, text)| is_title(*line, text));
    let head = match title.filter(|_| !titled) {
        // Of a title in several lines the first.
        Some(title) => {
            let heading = above[title].0.heading;
            let begins = |&(line, _): &&(Line, &str)| heading.is_some() && line.heading == heading;
            let first = title + 1 - above[..=title].iter().rev().take_while(begins).count().max(1);
            &above[first..above.len().min(title + 1 + HEAD)]
        }
        None => {
            if let Some(title) = header.title.as_deref().filter(|_| !titled) {
                text.push_str(title);
                text.push('\n');
            }
            // Without a title nothing says where the article begins but labels and sentences.
            let is_own =
                |(_, text): &&(Line, &str)| labels(words, text).is_some() || text.contains('。');
            let count = above.iter().rev().take(HEAD).take_while(is_own).count();
            &above[above.len() - count..]
        }
    };
    let menus = if article.exact { 0 } else { HEAD_LINES };
    let is_text =
        |at: usize, line: Line, text: &str| at >= menus || line.row || !is_frame(words, text);
    let body =
        body().skip(frame).enumerate().filter(|(at, (line, text))| is_text(*at, *line, text));
    let body = body.map(|(_, line)| line);
    write(names, head.iter().copied().chain(body), &mut text);
    Page { text, header }
}

/// The lines above the article.
fn above(tree: &Tree, article: &Article) -> Lines {
    let begins = article.parts.first().map_or(0, |part| part.start);
    Lines::of(tree, article, 0..begins)
}

/// Writes lines, but no links to other articles and no foot of the page.
fn write<'l>(names: &PageNames, lines: impl Iterator<Item = (Line, &'l str)>, out: &mut String) {
    let mut in_links = false;
    for (line, text) in lines {
        let short = |most: usize| !line.row && text.chars().take(most + 1).count() <= most;
        let heads = |word: &str| text.trim_start().starts_with(word);
        if short(LINKS) && names.words(PageRole::Links).any(heads) {
            in_links = true;
            continue;
        }
        in_links &= line.linked && !line.row;
        if in_links || short(FOOT) && names.words(PageRole::Foot).any(|word| text.contains(word)) {
            continue;
        }
        if line.apart && !out.is_empty() {
            out.push('\n');
        }
        out.push_str(text);
        out.push('\n');
    }
}

/// A text without its spaces.
fn tight(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}
