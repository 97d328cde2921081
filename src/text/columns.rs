//! Tables that are drawn with spaces: which lines are their rows, and the cells of each.
//!
//! `小 学   365   121430` is a label and two numbers. Two spaces or a tab part cells; where a line has
//! neither, its numbers are cells and what stands before them is the label.

use super::span::Span;
use crate::lexicon::fold;

/// Lines above the first number of a table that head its columns.
const HEADER_ROWS: usize = 3;

/// For each line of a text, whether it is a row of such a table: two or more rows with as many cells,
/// the lines above that head their columns, and the lines between that head a group.
pub fn rows(text: &str, lines: &[Span]) -> Vec<bool> {
    let row = |line: &Span| is_row(line.of(text));
    let width = |line: &Span| cells(line.of(text)).len();
    let mut marked = vec![false; lines.len()];
    let mut at = 0;
    while let Some(first) = lines[at..].iter().position(row).map(|skip| at + skip) {
        // One line that heads a group may stand between two rows.
        let mut end = first + 1;
        while let Some(skip) = lines[end..].iter().take(2).position(row) {
            if skip > 0 && width(&lines[end]) > 1 {
                break;
            }
            end += skip + 1;
        }
        let columns = width(&lines[first]);
        // 小学 365: pairs need company to be a table.
        let enough = if columns > 2 { 2 } else { 3 };
        if lines[first..end].iter().filter(|line| row(line)).count() >= enough {
            // The first column may have no heading.
            let heads = |line: &&Span| {
                let prose = line.of(text).contains(['。', '，', '；']);
                let wide = width(line) >= columns || columns > 3 && width(line) + 1 == columns;
                wide && !prose
            };
            let above = lines[at..first].iter().rev().take(HEADER_ROWS).take_while(heads).count();
            marked[first - above..end].fill(true);
        }
        at = end;
    }
    marked
}

/// Whether a line is a row of such a table: a label, and then nothing but numbers.
pub fn is_row(line: &str) -> bool {
    let cells = cells(line);
    let [_, data @ ..] = cells.as_slice() else { return false };
    let is_data = |cell: &&Span| is_number(cell.of(line));
    let numbers = data.iter().filter(is_data).count();
    numbers > 0 && data.iter().all(|cell| is_datum(cell.of(line)))
}

/// The cells of a line, in order; one cell where nothing parts it.
pub fn cells(line: &str) -> Vec<Span> {
    let words = words(line);
    let wide = words.windows(2).any(|pair| is_gap(&line[pair[0].end..pair[1].start]));
    let mut cells: Vec<Span> = Vec::with_capacity(words.len());
    for word in words {
        let joined = cells.last().is_some_and(|last| {
            let narrow = !is_gap(&line[last.end..word.start]);
            let letters = !is_datum(last.of(line)) && !is_datum(word.of(line));
            // 北　京: spaces that spread a label over its column.
            let spread = cells.len() == 1 && is_single(line, *last, word);
            (narrow && wide || spread) && letters
        });
        match cells.last_mut().filter(|_| joined) {
            Some(last) => last.end = word.end,
            None => cells.push(word),
        }
    }
    cells
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
    cell.chars().any(|c| fold(c).is_ascii_digit())
        && cell.chars().all(|c| fold(c).is_ascii_digit() || matches!(fold(c), '.' | ','))
}

/// A number, or what stands where there is none.
fn is_datum(cell: &str) -> bool {
    is_number(cell) || cell.chars().all(|c| matches!(c, '-' | '－' | '—' | '–' | '…' | '.' | '/'))
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
    }

    #[test]
    fn the_rows_of_a_text() {
        let text = "表1 学校情况\n地 区   学校数   在校生\n市 区   365   121430\n各县\n甲 县   115   60210\n2020年,全市\u{3000}小学365所。";
        let mut at = 0;
        let line = |line: &str| {
            at += line.len() + 1;
            Span::new(at - line.len() - 1, at - 1)
        };
        let lines: Vec<Span> = text.split('\n').map(line).collect();
        assert_eq!(rows(text, &lines), [false, true, true, true, true, false]);
    }

    #[test]
    fn rows_are_a_label_and_numbers() {
        for line in ["小 学   365   121,430", "小学 365 121430", "合计\t365\t—"] {
            assert!(is_row(line), "{line}");
        }
        for line in ["地 区   学校数", "小学 365所 初中 115所", "截至2020年 365 所", "365", ""]
        {
            assert!(!is_row(line), "{line}");
        }
    }
}
