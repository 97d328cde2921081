//! Tables of a web page to lines with pipes, as `text/tables.rs` reads them.
//!
//! In: the node of a table. Out: its captions, rows and notes. `<tr><td rowspan=2>小学<td>365` puts 小学
//! before the next row too; a heading over several columns stands in the first of them.

use std::ops::Range;

use super::kind::Kind;
use super::render::{Ink, raised};
use super::tree::{Step, Tree};

/// Characters of a label that may stand in several rows.
const LABEL: usize = 24;
/// Cells that spans may add, for each cell of the table and besides; a cell that spans a million is a trap.
const SPANNED: usize = 4;
const SPARE: usize = 256;
/// Columns of a table; a cell behind them spans its own row only.
const COLUMNS: usize = 256;

/// A table.
#[derive(Debug, Default)]
pub struct Grid {
    text: String,
    captions: Vec<Range<usize>>,
    rows: Vec<Vec<Cell>>,
}

/// A cell.
#[derive(Debug, Clone)]
struct Cell {
    /// Its text.
    text: Range<usize>,
    columns: u16,
    rows: u16,
}

impl Grid {
    /// Reads a table without what is dropped.
    pub fn of(tree: &Tree, dropped: &[bool], within: Range<usize>) -> Grid {
        let Kind::Table(table) = tree.nodes[within.start].kind else { return Grid::default() };
        let mut grid = Grid::default();
        let mut ink = Ink::default();
        let mut from = 0;
        let mut in_cell = false;
        tree.walk(within, |step, at| {
            let kind = tree.nodes[at].kind;
            if step == Step::Leave {
                match kind {
                    Kind::Cell(of, columns, rows) if of == table => {
                        let cell = Cell { text: grid.taken(&mut from, &mut ink), columns, rows };
                        if let Some(row) = grid.rows.last_mut() {
                            row.push(cell);
                        }
                        in_cell = false;
                    }
                    Kind::Caption if !in_cell => grid.caption(&mut from, &mut ink),
                    kind if kind.is_block() => ink.gap = Some(false),
                    _ => {}
                }
                return true;
            }
            if dropped[at] || kind == Kind::Hidden {
                return false;
            }
            match kind {
                Kind::Row(of) if of == table => {
                    grid.caption(&mut from, &mut ink);
                    grid.rows.push(Vec::new());
                }
                Kind::Cell(of, ..) if of == table => {
                    if !in_cell {
                        grid.caption(&mut from, &mut ink);
                    }
                    in_cell = true;
                    if grid.rows.is_empty() {
                        grid.rows.push(Vec::new());
                    }
                }
                Kind::Text(first, last) => ink.push(&mut grid.text, tree.text(first, last)),
                Kind::Raised => {
                    if let Some(mark) = raised(tree, at, ink.last) {
                        ink.push(&mut grid.text, &mark);
                        return false;
                    }
                }
                Kind::Break => ink.gap = Some(false),
                kind if kind.is_block() => ink.gap = Some(false),
                _ => {}
            }
            true
        });
        grid.caption(&mut from, &mut ink);
        grid.rows.retain(|row| !row.is_empty());
        grid
    }

    /// What was written since `from`, without blanks around it.
    fn taken(&mut self, from: &mut usize, ink: &mut Ink) -> Range<usize> {
        let written = &self.text[*from..];
        let start = *from + (written.len() - written.trim_start().len());
        let end = start + written.trim().len();
        *from = self.text.len();
        *ink = Ink::default();
        start..end
    }

    /// Takes what stands in no cell as a caption.
    fn caption(&mut self, from: &mut usize, ink: &mut Ink) {
        let taken = self.taken(from, ink);
        if !taken.is_empty() {
            self.captions.push(taken);
        }
    }

    /// The lines of the table, each with whether it is a row. A first or last row of a single cell is a
    /// caption or a note.
    pub fn lines(&self) -> Vec<(String, bool)> {
        let is_line = |row: &Vec<Cell>| row.iter().filter(|cell| !cell.text.is_empty()).count() < 2;
        let said = |range: &Range<usize>| self.text[range.clone()].to_owned();
        let mut lines: Vec<_> =
            self.captions.iter().map(|caption| (said(caption), false)).collect();
        let first = self.rows.iter().position(|row| !is_line(row)).unwrap_or(self.rows.len());
        let last = self.rows.iter().rposition(|row| !is_line(row)).map_or(first, |last| last + 1);
        let cells: usize = self.rows.iter().map(Vec::len).sum();
        let mut columns = Columns { reach: Vec::new(), spare: cells * SPANNED + SPARE };
        for (at, row) in self.rows.iter().enumerate() {
            let single = |row: &[Cell]| row.iter().find(|cell| !cell.text.is_empty()).cloned();
            if columns.are_free() && is_line(row) {
                if let Some(cell) = single(row) {
                    let is_row = (first..last).contains(&at);
                    let text = self.clean(&cell.text);
                    let text = if is_row { format!("| {text} |") } else { said(&cell.text) };
                    lines.push((text, is_row));
                }
                continue;
            }
            lines.push((columns.row(self, row), true));
        }
        lines
    }

    /// The text of a cell, in which a pipe would part it.
    fn clean(&self, text: &Range<usize>) -> String {
        self.text[text.clone()].replace(['|', '｜'], "/")
    }

    /// Whether a text labels each of the rows that it stands beside; a number would be counted twice.
    fn is_label(&self, text: &Range<usize>) -> bool {
        let text = &self.text[text.clone()];
        !text.chars().any(char::is_numeric) && text.chars().take(LABEL + 1).count() <= LABEL
    }
}

/// What reaches into a row from those above, for each column.
#[derive(Debug)]
struct Columns {
    /// For how many more rows, and the label to repeat.
    reach: Vec<(u16, Range<usize>)>,
    /// How many cells spans may still add.
    spare: usize,
}

impl Columns {
    fn are_free(&self) -> bool {
        self.reach.iter().all(|(rows, _)| *rows == 0)
    }

    /// A row with its pipes.
    fn row(&mut self, grid: &Grid, row: &[Cell]) -> String {
        let mut line = String::from("|");
        let mut column = 0;
        for cell in row {
            column = self.reached(grid, column, &mut line);
            put(&mut line, &grid.clean(&cell.text));
            let label = if grid.is_label(&cell.text) { cell.text.clone() } else { 0..0 };
            self.set(column, (cell.rows - 1, label));
            column += 1;
            let more = usize::from(cell.columns - 1).min(self.spare);
            self.spare -= more;
            for _ in 0..more {
                put(&mut line, "");
                self.set(column, (cell.rows - 1, 0..0));
                column += 1;
            }
        }
        column = self.reached(grid, column, &mut line);
        // Columns behind a gap: nothing stands there in this row.
        for (rows, _) in self.reach.iter_mut().skip(column) {
            *rows = rows.saturating_sub(1);
        }
        line
    }

    /// Puts the cells that reach into this row from `column` on; the first column that is free.
    fn reached(&mut self, grid: &Grid, mut column: usize, line: &mut String) -> usize {
        while let Some((rows, label)) = self.reach.get_mut(column).filter(|(rows, _)| *rows > 0) {
            if self.spare == 0 {
                *rows = 0;
                break;
            }
            *rows -= 1;
            self.spare -= 1;
            put(line, &grid.clean(label));
            column += 1;
        }
        column
    }

    fn set(&mut self, column: usize, reach: (u16, Range<usize>)) {
        match self.reach.get_mut(column) {
            Some(free) => *free = reach,
            None if column < COLUMNS => self.reach.push(reach),
            None => {}
        }
    }
}

/// Adds a cell and the pipe behind it.
fn put(line: &mut String, cell: &str) {
    line.push(' ');
    line.push_str(cell);
    line.push_str(if cell.is_empty() { "|" } else { " |" });
}
