//! The text of a web page: its lines as a reader sees them.
//!
//! In: a part of a page's tree. Out: lines, a blank one between paragraphs, none where `<br>` parts them;
//! the rows of tables between pipes. `<p>小学<b>365</b>所<sup>1</sup></p>` is `小学365所[1]`.

use std::ops::Range;

use super::article::Article;
use super::grid::Grid;
use super::kind::Kind;
use super::tree::{Step, Tree};
use crate::text::script::is_han;

/// The lines of a part of a page.
#[derive(Debug, Default)]
pub struct Lines {
    text: String,
    lines: Vec<Line>,
}

/// A line.
#[derive(Debug, Clone, Copy)]
pub struct Line {
    from: usize,
    to: usize,
    /// Whether more than a line end parts it from the line above.
    pub apart: bool,
    /// The heading that it is a line of, as a node of the tree.
    pub heading: Option<u32>,
    /// Whether it is the row of a table.
    pub row: bool,
    /// Whether most of it is links.
    pub linked: bool,
}

impl Lines {
    /// The lines of a part, without what the article leaves out.
    pub fn of(tree: &Tree, article: &Article, within: Range<usize>) -> Lines {
        let mut writer = Writer { apart: true, ..Writer::default() };
        tree.walk(within, |step, at| {
            let node = tree.nodes[at];
            if step == Step::Leave {
                writer.leave(node.kind);
                return true;
            }
            if article.dropped[at] {
                return false;
            }
            match node.kind {
                Kind::Table(table) if article.tables[table as usize] => {
                    writer.table(&Grid::of(tree, &article.dropped, tree.within(at)));
                    false
                }
                Kind::Raised => {
                    match raised(tree, at, writer.ink.last) {
                        Some(mark) => writer.ink.push(&mut writer.lines.text, &mark),
                        None => return true,
                    }
                    false
                }
                kind => writer.enter(tree, kind, at),
            }
        });
        writer.end_line(true);
        writer.lines
    }

    /// The lines, each with its text.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (Line, &str)> {
        self.lines.iter().map(|line| (*line, &self.text[line.from..line.to]))
    }
}

#[derive(Debug, Default)]
struct Writer {
    lines: Lines,
    ink: Ink,
    /// Where the line begins.
    from: usize,
    /// What parts it from the line above.
    apart: bool,
    heading: Option<u32>,
    links: usize,
    preformatted: usize,
    /// Bytes of the line that are links.
    linked: usize,
}

impl Writer {
    fn enter(&mut self, tree: &Tree, kind: Kind, at: usize) -> bool {
        match kind {
            Kind::Hidden => return false,
            Kind::Break => self.end_line(false),
            Kind::Text(from, to) => self.write(tree.text(from, to)),
            Kind::Link => self.links += 1,
            kind if kind.is_block() => {
                self.end_line(true);
                self.preformatted += usize::from(kind == Kind::Preformatted);
                if kind == Kind::Heading {
                    self.heading = Some(at as u32);
                }
            }
            _ => {}
        }
        true
    }

    fn leave(&mut self, kind: Kind) {
        if kind == Kind::Link {
            self.links -= 1;
        }
        if !kind.is_block() {
            return;
        }
        self.end_line(true);
        if kind == Kind::Heading {
            self.heading = None;
        }
        self.preformatted -= usize::from(kind == Kind::Preformatted);
    }

    fn write(&mut self, text: &str) {
        let before = self.lines.text.len();
        if self.preformatted == 0 {
            self.ink.push(&mut self.lines.text, text);
        } else {
            for (i, line) in text.split('\n').enumerate() {
                if i > 0 {
                    self.end_line(false);
                }
                self.ink.push(&mut self.lines.text, line);
            }
        }
        if self.links > 0 {
            self.linked += self.lines.text.len().saturating_sub(before);
        }
    }

    /// Ends the line, if anything stands on it; `apart` says that a paragraph ends too.
    fn end_line(&mut self, apart: bool) {
        let line = &self.lines.text[self.from..];
        let len = line.trim_end().len();
        let blank = line.trim().is_empty();
        if !blank {
            self.lines.lines.push(Line {
                from: self.from,
                to: self.from + len,
                apart: self.apart,
                heading: self.heading,
                row: false,
                linked: self.linked * 2 > len,
            });
            self.apart = false;
        }
        self.lines.text.truncate(self.from + if blank { 0 } else { len });
        self.from = self.lines.text.len();
        self.apart |= apart || blank;
        self.linked = 0;
        self.ink = Ink::default();
    }

    fn table(&mut self, grid: &Grid) {
        self.end_line(true);
        for (text, row) in grid.lines() {
            self.apart |= !row;
            self.lines.text.push_str(&text);
            self.end_line(!row);
            if let Some(last) = self.lines.lines.last_mut() {
                last.row = row;
            }
        }
        self.apart = true;
    }
}

/// What was written last on a line, which decides how blanks are set.
#[derive(Debug, Clone, Copy, Default)]
pub struct Ink {
    /// The last character.
    pub last: Option<char>,
    /// Whether blanks stand behind it, and whether a line end of the source is among them.
    pub gap: Option<bool>,
}

impl Ink {
    /// Writes text as a browser does: blanks of the source are one space, and none at the start of a line
    /// or where a line end of the source stands between two Chinese characters.
    pub fn push(&mut self, out: &mut String, text: &str) {
        for c in text.chars() {
            if matches!(c, ' ' | '\t' | '\n' | '\r' | '\x0C') {
                self.gap = Some(self.gap.unwrap_or(false) || matches!(c, '\n' | '\r'));
                continue;
            }
            if let (Some(last), Some(wraps)) = (self.last, self.gap)
                && !(wraps && is_wide(last) && is_wide(c))
            {
                out.push(' ');
            }
            self.gap = None;
            // What stands in for a character that cannot be would end the text for others.
            if !c.is_control() {
                out.push(c);
                self.last = Some(c);
            }
        }
    }
}

/// A Chinese character or mark.
fn is_wide(c: char) -> bool {
    is_han(c) || matches!(c, '\u{3000}'..='\u{303F}' | '\u{FF00}'..='\u{FF60}' | '“' | '”')
}

/// What a raised number is in a text: `[1]` where it is a footnote, `²` behind a unit or number.
pub fn raised(tree: &Tree, at: usize, before: Option<char>) -> Option<String> {
    const DIGITS: usize = 3;
    /// Bytes of `[123]` and of blanks around it.
    const LONGEST: usize = 12;
    let mut content = String::new();
    for node in &tree.nodes[tree.within(at)] {
        if let Kind::Text(from, to) = node.kind {
            content.push_str(tree.text(from, to).trim());
        }
        if content.len() > LONGEST {
            return None;
        }
    }
    let digits = content.trim_matches(['[', ']', '〔', '〕', '［', '］']);
    if !(1..=DIGITS).contains(&digits.len()) || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let power = before.is_some_and(|c| c.is_ascii_alphanumeric()) && digits == content;
    Some(if power { digits.chars().map(superscript).collect() } else { format!("[{digits}]") })
}

const fn superscript(digit: char) -> char {
    match digit {
        '1' => '¹',
        '2' => '²',
        '3' => '³',
        '4' => '⁴',
        '5' => '⁵',
        '6' => '⁶',
        '7' => '⁷',
        '8' => '⁸',
        '9' => '⁹',
        _ => '⁰',
    }
}
