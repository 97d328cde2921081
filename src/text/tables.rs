//! Lines to tables: which lines are rows, and where their cells are.
//!
//! A table comes with pipes (`| 小学 | 365 |`), drawn with spaces (`小 学   365   121430`), or, from a
//! web page, with each cell on a line of its own. Here they become the same: rows of cells.

use super::bytes::is_longer;
use super::columns::{self, LONGEST_ROW, MOST_CELLS, is_datum};
use super::lines::Line;
use super::script::{is_digit, is_han};
use super::span::Span;
use crate::lexicon::fold;

/// A line of running text, or a row of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Laid {
    /// A line as its writer meant it.
    Line(Line),
    /// The cells of a row, in order; empty ones are empty spans where they would stand.
    Row(Vec<Span>),
}

/// Lines above the first number of a table that may head its columns.
const HEADER_ROWS: usize = 3;
/// A stacked table has at most so many numbers in a row.
const COLUMNS: usize = 30;
/// A cell is short, in characters.
const CELL: usize = 24;

/// Lays out the lines of a text.
pub fn lay(text: &str, lines: &[Line]) -> Vec<Laid> {
    let mut laid = Vec::with_capacity(lines.len());
    let piped_at = |at: usize| {
        is_piped(text, lines[at])
            || is_pair(text, &lines[at..])
            || at > 0 && is_pair(text, &lines[at - 1..])
    };
    let mut at = 0;
    while at < lines.len() {
        if lines[at].parted && piped_at(at) {
            laid.push(Laid::Row(piped(text, lines[at].span)));
            at += 1;
        } else if let Some(end) = spaced(text, &lines[at..]) {
            // Its header may have been taken for text.
            let above = header(text, &lines[..at], columns::cells(lines[at].of(text)).len());
            laid.truncate(laid.len() - above);
            for (i, line) in lines[at - above..at + end].iter().enumerate() {
                // What heads a group of rows is one cell.
                if i >= above && !line.is_row(text) {
                    laid.push(Laid::Row(vec![line.span]));
                    continue;
                }
                let from = line.span.start;
                let of_text = |cell: Span| Span::new(from + cell.start, from + cell.end);
                laid.push(Laid::Row(
                    columns::cells(line.of(text)).into_iter().map(of_text).collect(),
                ));
            }
            at += end;
        } else if let Some(stack) = Stack::at(text, &lines[at..]) {
            let heading = stack.header(text, &lines[..at]);
            if let Some(first) = heading.first() {
                let above = lines[..at]
                    .iter()
                    .rev()
                    .take_while(|line| line.span.start >= first.start)
                    .count();
                laid.truncate(laid.len() - above);
                laid.push(Laid::Row(heading));
            }
            for row in lines[at..at + stack.lines].chunks(stack.columns) {
                laid.push(Laid::Row(row.iter().map(|line| cell(text, line.span)).collect()));
            }
            at += stack.lines;
        } else {
            laid.push(Laid::Line(lines[at]));
            at += 1;
        }
    }
    laid
}

/// Whether a line is a row with pipes between its cells, at its ends too or not.
pub fn is_piped(text: &str, line: Line) -> bool {
    if !line.parted {
        return false;
    }
    let line = line.of(text);
    let pipes = || line.match_indices(['|', '｜']);
    let row = line.starts_with('|') && line.len() > 1 || pipes().nth(1).is_some();
    row && line.len() <= LONGEST_ROW && pipes().nth(MOST_CELLS + 1).is_none()
}

/// Whether two lines are a label, a pipe and a number each.
fn is_pair(text: &str, lines: &[Line]) -> bool {
    let pair = |line: &Line| {
        if !line.parted {
            return false;
        }
        let cells = piped(text, line.span);
        matches!(cells.as_slice(), [_, datum] if is_datum(datum.of(text).trim()))
    };
    lines.len() > 1 && lines[..2].iter().all(pair)
}

/// The cells of a row with pipes.
fn piped(text: &str, line: Span) -> Vec<Span> {
    let is_pipe = |c: char| fold(c) == '|';
    let row = line.of(text);
    let mut cells: Vec<Span> = Vec::new();
    let mut from = 0;
    for (at, pipe) in row.match_indices(is_pipe) {
        cells.push(Span::new(line.start + from, line.start + at));
        from = at + pipe.len();
    }
    cells.push(Span::new(line.start + from, line.end));
    // A pipe at an end closes a cell and opens none.
    if row.starts_with(is_pipe) {
        cells.remove(0);
    }
    if row.ends_with(is_pipe) {
        cells.pop();
    }
    cells
}

/// How many lines from the first are the rows of a table that is drawn with spaces: two or more with
/// as many numbers, and the lines between that head a group.
fn spaced(text: &str, lines: &[Line]) -> Option<usize> {
    let row = |line: &Line| line.is_row(text);
    let first = lines.first().filter(|line| row(line))?;
    let mut end = 1;
    // One line that heads a group may stand between two rows.
    while let Some(skip) = lines[end..].iter().take(2).position(row) {
        if skip > 0 && !is_label(lines[end].of(text)) {
            break;
        }
        end += skip + 1;
    }
    // 小学 365: pairs need company to be a table.
    let enough = if columns::cells(first.of(text)).len() > 2 { 2 } else { 3 };
    (lines[..end].iter().filter(|line| row(line)).count() >= enough).then_some(end)
}

/// How many of the last lines head the columns of a table of so many columns.
fn header(text: &str, lines: &[Line], columns: usize) -> usize {
    let heads = |line: &&Line| {
        let line = line.of(text);
        let cells = || columns::cells(line).len();
        // The first column may have no heading.
        line.len() <= LONGEST_ROW
            && !is_prose(line)
            && (cells() >= columns || columns > 3 && cells() + 1 == columns)
    };
    lines.iter().rev().take(HEADER_ROWS).take_while(heads).count()
}

/// Whether a line has marks as prose has.
fn is_prose(line: &str) -> bool {
    line.contains(|c: char| matches!(fold(c), '。' | ',' | ';'))
}

/// Whether a line could head a row or a group of rows.
fn is_label(line: &str) -> bool {
    !is_longer(line, 2 * CELL) && !is_prose(line) && line.chars().any(char::is_alphabetic)
}

/// A table with each cell on a line of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Stack {
    /// Cells of a row: the label and its numbers.
    columns: usize,
    /// Lines of all rows.
    lines: usize,
}

impl Stack {
    /// The stack that begins with the label of its first row.
    fn at(text: &str, lines: &[Line]) -> Option<Stack> {
        let content = |line: &Line| cell(text, line.span).of(text);
        let label = |line: &Line| {
            let line = content(line);
            !is_longer(line, CELL) && is_label(line) && !is_datum(line)
        };
        // A line of text begins otherwise.
        let datum = |line: &Line| !line.of(text).starts_with(is_han) && is_datum(content(line));
        let row = |lines: &[Line]| {
            let (first, rest) = lines.split_first()?;
            let columns = 1 + rest.iter().take(COLUMNS).take_while(|line| datum(line)).count();
            (columns > 1 && label(first)).then_some(columns)
        };
        let columns = row(lines)?;
        let rows = lines.chunks(columns).take_while(|&lines| row(lines) == Some(columns)).count();
        // The row below the last must not go on: 365, 2021, 12 is no table.
        let enough = if columns > 2 { 2 } else { 3 };
        (rows >= enough).then_some(Stack { columns, lines: rows * columns })
    }

    /// The headings of its columns among the lines above: as many as columns, or one fewer. Where
    /// there are more, a heading was broken: 比上年 and 增长(%).
    fn header(self, text: &str, above: &[Line]) -> Vec<Span> {
        let heads = |line: &&Line| {
            let line = cell(text, line.span).of(text);
            // 表12, 单位:万人 stand above a table; 2019年 heads a column.
            let digits = line.chars().filter(|&c| is_digit(c)).count();
            let chars = line.chars().count();
            let year = digits == 4 && chars <= 6;
            let caption = line.contains([':', '：']) || digits > 0 && !year;
            chars <= CELL && is_label(line) && !caption
        };
        let most = 2 * self.columns;
        let count = above.iter().rev().take(most).take_while(heads).count();
        let mut cells: Vec<Span> =
            above[above.len() - count..].iter().map(|line| cell(text, line.span)).collect();
        if cells.len() >= most {
            cells.drain(..cells.len() - self.columns);
        }
        while cells.len() > self.columns {
            let length = |at: &usize| cells[*at + 1].end - cells[*at].start;
            let Some(at) = (0..cells.len() - 1).min_by_key(length) else { break };
            cells[at].end = cells.remove(at + 1).end;
        }
        if cells.len() + 1 == self.columns {
            let start = cells[0].start;
            cells.insert(0, Span::new(start, start));
        }
        if cells.len() == self.columns { cells } else { Vec::new() }
    }
}

/// A line as a cell: without the pipe that may close it.
fn cell(text: &str, line: Span) -> Span {
    let content = line.of(text).trim_end_matches(|c: char| fold(c) == '|' || c.is_whitespace());
    Span::new(line.start, line.start + content.len())
}

#[cfg(test)]
mod tests {
    use super::super::head_line::HeadWords;
    use super::super::lines::lines;
    use super::*;

    /// Rows with their cells between pipes, lines as they are.
    fn laid(text: &str) -> Vec<String> {
        let show = |laid: &Laid| match laid {
            Laid::Line(line) => line.of(text).to_owned(),
            Laid::Row(cells) => {
                let cells: Vec<&str> = cells.iter().map(|cell| cell.of(text).trim()).collect();
                format!("|{}|", cells.join("|"))
            }
        };
        lay(text, &lines(&HeadWords::default(), text)).iter().map(show).collect()
    }

    #[test]
    fn pipes() {
        assert_eq!(
            laid("| 小学 | 365 | |\n小学 | 365 | 12\n首页 | 新闻"),
            ["|小学|365||", "|小学|365|12|", "首页 | 新闻"]
        );
    }

    #[test]
    fn spaces() {
        let text = "表1 学校情况\n地 区   学校数   在校生\n市 区   365   121430\n各县\n甲 县   115   60210\n2020年,全市　小学365所。";
        assert_eq!(
            laid(text)[1..5],
            ["|地 区|学校数|在校生|", "|市 区|365|121430|", "|各县|", "|甲 县|115|60210|"]
        );
        assert_eq!(laid(text).len(), 6);
    }

    #[test]
    fn one_cell_a_line() {
        let text = "表12 学生情况\n类 别\n在校学生数(万人)\n比上年\n增长(%)\n普通高校\n51.28\n2.0\n普通中学\n60.37\n-2.3\n全市小学365所。";
        assert_eq!(
            laid(text)[1..4],
            [
                "|类 别|在校学生数(万人)|比上年\n增长(%)|",
                "|普通高校|51.28|2.0|",
                "|普通中学|60.37|-2.3|"
            ]
        );
        let text = "单位:万人\n招生数 |\n毕业生数 |\n研究生 |\n26.9 |\n11.1 |\n普通高中 |\n752.1 |\n458.1 |";
        assert_eq!(
            laid(text)[1..],
            ["||招生数|毕业生数|", "|研究生|26.9|11.1|", "|普通高中|752.1|458.1|"]
        );
    }
}
