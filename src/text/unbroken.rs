//! Lines of a text that has none: a whole article on one line.
//!
//! A database field or a bad paste leaves out the line ends, or puts a space for each. They are found
//! again where they must have been: at those spaces, as long as spaces are rare; before the labels of
//! the head; behind the end of a sentence, before the number of a section; without spaces also before
//! a year and behind a question, where a paragraph may well begin.

use memchr::memchr2_iter;

use super::bytes::is_longer;
use super::calendar::YEARS;
use super::flow::{head as start, tail};
use super::head_line::{self, HeadWords};
use super::lines::{ends_sentence, opens_item};
use super::span::Span;

/// Shorter texts are a paragraph, in bytes.
const SHORTEST: usize = 600;
/// One line in so many bytes is none.
const RARE: usize = 2000;
/// Bytes between two spaces, on average, where a space stands for a line end.
const BETWEEN_SPACES: usize = 90;
/// Where they are further apart than this, lines have none.
const APART: usize = 1000;
/// A heading has at most so many characters.
const HEADING: usize = 60;
/// Bytes at the beginning in which labels are looked for.
const HEAD: usize = 1200;

/// The lines of `text[within]`, if it is an article without line ends.
pub fn lines(words: &HeadWords, text: &str, within: Span) -> Option<Vec<Span>> {
    let article = within.of(text);
    let mut ends = memchr2_iter(b'\n', b'\r', article.trim_end().as_bytes());
    let sentences = || article.matches(['。', '.', '｡']).nth(4).is_some();
    if article.len() < SHORTEST || ends.nth((article.len() - 1) / RARE).is_some() || !sentences() {
        return None;
    }
    let labels = head_line::labels(words, head(article));
    let mut breaks: Vec<usize> = labels.into_iter().flat_map(|(from, to)| [from, to]).collect();
    let spaces = spaces(article);
    let spaced = (spaces.len() * BETWEEN_SPACES..spaces.len() * APART).contains(&article.len());
    if spaced {
        // 来源: 转载 某市日报 发布时间: 2021-11-15 is one line.
        let labelled = |at: usize| labels.is_some_and(|(from, to)| at > from && at < to);
        let mut from = 0;
        for space in spaces.iter().filter(|space| !labelled(space.end)) {
            // 全市共有小学 365所: within a sentence a space is only a space.
            let line = article[from..space.start].trim();
            let behind = &article[space.end..];
            let counts = behind.starts_with(|c: char| c.is_ascii_digit()) && !opens_year(behind);
            if ends_sentence(line) || is_heading(line) && !counts {
                breaks.push(space.end);
                from = space.end;
            }
        }
    }
    let opens = |&(at, _): &(usize, char)| {
        let (before, behind) = article.split_at(at);
        // Of a million parentheses only the nearest are looked at.
        let (before, behind) = (tail(before), start(behind));
        let paragraph = !spaced && (opens_year(behind) || before.ends_with(['?', '？']));
        ends_sentence(before) && (opens_item(behind) || paragraph)
    };
    let items: Vec<usize> = article.char_indices().filter(opens).map(|(at, _)| at).collect();
    breaks.extend(items);
    breaks.sort_unstable();
    breaks.dedup();
    breaks.push(article.len());
    let mut from = 0;
    let mut lines = Vec::with_capacity(breaks.len());
    for at in breaks {
        let line = &article[from..at];
        let start = within.start + from + (line.len() - line.trim_start().len());
        if !line.trim().is_empty() {
            lines.push(Span::new(start, start + line.trim().len()));
        }
        from = at;
    }
    Some(lines)
}

/// Whether a line is short and no sentence.
fn is_heading(line: &str) -> bool {
    !is_longer(line, HEADING) && !line.contains(['。', '；', ';'])
}

/// Whether a sentence begins with its year, as the first of a paragraph does: 2020年, 2020-2021学年.
fn opens_year(line: &str) -> bool {
    let rest =
        line.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '-' | '—' | '至'));
    let year = line.chars().take(4).collect::<String>().parse();
    year.is_ok_and(|year| YEARS.contains(&year)) && rest.starts_with(['年', '学'])
}

/// The beginning, up to a whole character.
fn head(article: &str) -> &str {
    let end = (HEAD..).find(|&at| article.is_char_boundary(at.min(article.len())));
    &article[..end.unwrap_or(0).min(article.len())]
}

/// Spaces that may stand for a line end: those before a colon and between letters or digits do
/// not.
fn spaces(article: &str) -> Vec<Span> {
    let mut spaces: Vec<Span> = Vec::new();
    for (at, c) in article.char_indices().filter(|(_, c)| c.is_whitespace()) {
        match spaces.last_mut().filter(|last| last.end == at) {
            Some(last) => last.end += c.len_utf8(),
            None => spaces.push(Span::new(at, at + c.len_utf8())),
        }
    }
    let word = |c: char| c.is_ascii_alphanumeric();
    let colon = |c: char| matches!(c, ':' | '：');
    spaces.retain(|space| {
        let before = article[..space.start].chars().next_back().unwrap_or(' ');
        let behind = article[space.end..].chars().next().unwrap_or(':');
        !(colon(behind) || word(before) && word(behind))
    });
    spaces
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::Lexicon;

    fn cut(text: &str) -> Option<Vec<&str>> {
        let lexicon = Lexicon::built_in();
        let lines = lines(lexicon.head(), text, Span::new(0, text.len()))?;
        Some(lines.into_iter().map(|line| line.of(text)).collect())
    }

    const LINES: [&str; 5] = [
        "某市2020年教育工作总结",
        "发布日期: 2021-09-20 11:20 来源:某市教育局",
        "一、基本情况。",
        "2020年,全市小学365所,在校生121430人;初中115所,在校生60210人。普通高中31所,在校生42310人。幼儿园1987所,在园幼儿97438人。\
         教职工27760人,其中专任教师24021人,比上年增加356人。全市财政投入资金15.83亿元,其中用于学前教育2.4亿元,比上年增长10%。\
         全市新建学校15所,改扩建学校24所,新增学位2265个,招聘教师365名,培训教师1200名。\
         全市小学学龄儿童入学率100%,初中毛入学率103%,高中阶段毛入学率96.5%,学前三年毛入园率92%。",
        "二、主要工作。全市新建学校15所，改扩建学校24所，新增学位2265个。招聘教师365名。",
    ];

    #[test]
    fn spaces_for_line_ends() {
        assert_eq!(cut(&LINES.join(" ")).unwrap(), { LINES });
    }

    #[test]
    fn nothing_for_line_ends() {
        let text = LINES.concat();
        let lines = cut(&text).unwrap();
        assert_eq!(lines[0], LINES[0]);
        assert!(lines[1].starts_with(LINES[1].split(' ').next().unwrap()));
        assert_eq!(lines.last(), Some(&LINES[4]));
    }

    #[test]
    fn a_paragraph_is_none() {
        assert_eq!(cut(LINES[0]), None);
        assert_eq!(cut(&LINES.join("\n")), None);
    }
}
