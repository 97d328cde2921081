//! Tables that are drawn with spaces: whether a line is a row, and its cells.
//!
//! `小 学   365   121430` is a label and two numbers. Two spaces or a tab part cells; where a line has
//! neither, its numbers are cells and what stands before them is the label.

use memchr::memchr;

use super::script::is_digit;
use super::span::Span;
use crate::lexicon::fold;

/// A cell is short, in characters.
const CELL: usize = 24;
/// A longer line is no row of any table, in bytes: each record of a row quotes it.
pub const LONGEST_ROW: usize = 9_000;
/// A line with more cells is none either.
pub const MOST_CELLS: usize = 256;

/// Whether a line is a row of such a table: a label, and then nothing but numbers; with tabs between
/// them, cells may be anything short. `parted` says whether there may be tabs.
pub fn is_row(line: &str, parted: bool) -> bool {
    if line.len() > LONGEST_ROW {
        return false;
    }
    if parted && has_tab(line) {
        let short = |cell: &Span| cell.of(line).chars().count() <= CELL;
        let cells = cells(line);
        let data = cells.iter().skip(1).any(|cell| is_number(cell.of(line)));
        return data
            && cells.len() <= MOST_CELLS
            && !cells[0].is_empty()
            && cells.iter().all(short);
    }
    // A line of running text ends here as a rule: its last word is no datum.
    if !line.trim_end().ends_with(ends_datum) {
        return false;
    }
    let mut words = line.split_whitespace();
    if words.next().is_none_or(is_datum) {
        return false;
    }
    let mut data = words.skip_while(|word| !is_datum(word)).peekable();
    data.peek().is_some()
        && data.clone().nth(MOST_CELLS).is_none()
        && data.clone().all(is_datum)
        && data.any(is_number)
}

/// The cells of a line, in order; one cell where nothing parts it. Of a row the first is its label,
/// and where numbers stand one space apart, a wider gap leaves out a cell.
pub fn cells(line: &str) -> Vec<Span> {
    if has_tab(line) {
        return tabbed(line);
    }
    let words = words(line);
    let gap = |pair: &[Span]| is_gap(&line[pair[0].end..pair[1].start]);
    let wide = words.windows(2).any(gap);
    if is_row(line, false) {
        let data = words.iter().position(|word| is_datum(word.of(line))).unwrap_or(words.len());
        let narrow = words[data..].windows(2).any(|pair| !gap(pair));
        let mut cells = vec![Span::new(words[0].start, words[data - 1].end)];
        for (i, word) in words.iter().enumerate().skip(data) {
            if i > data && narrow && gap(&words[i - 1..=i]) {
                cells.push(Span::new(word.start, word.start));
            }
            cells.push(*word);
        }
        return cells;
    }
    let mut cells: Vec<Span> = Vec::with_capacity(words.len());
    for word in words {
        let joined = cells.last().is_some_and(|last| {
            let narrow = !is_gap(&line[last.end..word.start]);
            // 北　京: spaces that spread a label over its column.
            let spread = cells.len() == 1 && is_single(line, *last, word);
            narrow && wide || spread
        });
        match cells.last_mut().filter(|_| joined) {
            Some(last) => last.end = word.end,
            None => cells.push(word),
        }
    }
    cells
}

fn has_tab(line: &str) -> bool {
    memchr(b'\t', line.as_bytes()).is_some()
}

/// What stands between tabs: each parts two cells, and an empty one stays one.
fn tabbed(line: &str) -> Vec<Span> {
    let mut at = 0;
    let cell = |cell: &str| {
        let from = at + (cell.len() - cell.trim_start().len());
        at += cell.len() + 1;
        Span::new(from, from + cell.trim().len())
    };
    line.split('\t').map(cell).collect()
}

/// What stands between spaces.
fn words(line: &str) -> Vec<Span> {
    let mut words = Vec::new();
    let mut from = None;
    for (at, c) in line.char_indices() {
        match (c.is_whitespace(), from) {
            (true, Some(start)) => {
                words.push(Span::new(start, at));
                from = None;
            }
            (false, None) => from = Some(at),
            _ => {}
        }
    }
    words.extend(from.map(|start| Span::new(start, line.len())));
    words
}

fn is_gap(space: &str) -> bool {
    space.contains(['\t', '\u{3000}']) || space.chars().count() > 1
}

/// Whether a cell that has grown from single characters and the next word are such.
fn is_single(line: &str, cell: Span, word: Span) -> bool {
    let single =
        |span: Span| span.of(line).split_whitespace().all(|part| part.chars().count() == 1);
    single(cell) && single(word)
}

fn is_number(cell: &str) -> bool {
    let cell = cell.strip_prefix(['-', '－', '−', '+']).unwrap_or(cell);
    let cell = cell.strip_suffix(['%', '％']).unwrap_or(cell);
    cell.chars().all(|c| is_digit(c) || matches!(fold(c), '.' | ',')) && cell.chars().any(is_digit)
}

/// A number, or what stands where there is none.
pub fn is_datum(cell: &str) -> bool {
    is_number(cell) || cell.chars().all(is_blank_mark)
}

/// What stands in a cell without a number.
fn is_blank_mark(c: char) -> bool {
    matches!(c, '-' | '－' | '—' | '–' | '…' | '.' | '/')
}

/// Whether a datum may end with a character.
fn ends_datum(c: char) -> bool {
    matches!(fold(c), '0'..='9' | '.' | ',' | '%') || is_blank_mark(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(line: &str) -> Vec<&str> {
        cells(line).into_iter().map(|cell| cell.of(line)).collect()
    }

    #[test]
    fn cells_of_a_line() {
        assert_eq!(cut("小 学   365   121,430"), ["小 学", "365", "121,430"]);
        assert_eq!(cut("小学 365 121430"), ["小学", "365", "121430"]);
        assert_eq!(cut("北　京\t1403\t-3.5%"), ["北　京", "1403", "-3.5%"]);
        assert_eq!(cut("合　计　365　—"), ["合　计", "365", "—"]);
        assert_eq!(cut("地 区   学校数   在校 学生数"), ["地 区", "学校数", "在校 学生数"]);
        assert_eq!(cut("全市小学365所"), ["全市小学365所"]);
        assert_eq!(
            cut("小 学 Primary Schools 8754 7990"),
            ["小 学 Primary Schools", "8754", "7990"]
        );
        assert_eq!(cut("初中 44 14071   2555"), ["初中", "44", "14071", "", "2555"]);
    }

    #[test]
    fn rows_are_a_label_and_numbers() {
        for line in
            ["小 学   365   121,430", "小学 365 121430", "合计\t365\t—", "Primary Schools 8754"]
        {
            assert!(is_row(line, true), "{line}");
        }
        for line in ["地 区   学校数", "小学 365所 初中 115所", "截至2020年 365 所", "365", ""]
        {
            assert!(!is_row(line, true), "{line}");
        }
    }
}
