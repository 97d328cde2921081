//! A table to read in a terminal: columns aligned, Chinese two cells wide, long text cut.
//!
//! In: records and columns. Out: text. The rows of all documents are needed before widths are
//! known, so a document becomes [`Rows`] first and [`write()`] sets them all:
//!
//! ```text
//! line  region  period  level    indicator  value  unit         status  mention
//! seeds/a.txt
//!   17  晋城市  2020    primary  schools      365  institution  actual  小学365所
//! ```

use std::io::{self, Write};

use unicode_width::UnicodeWidthChar;

use super::fields::{Columns, Field};
use crate::observation::Observation;
use crate::shown::printable;

/// The columns of a table when none are asked for: what a reader checks against the text.
pub const READING: &str = "line,region,period,level,indicator,value,unit,status,mention";

/// No text column is cut below this many cells, even where the terminal is narrower.
const NARROWEST: usize = 8;

/// Between two columns.
const GAP: &str = "  ";

/// The rows of one document, as they will be shown but for width.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rows {
    /// The document, where no column names it: written on a line above its rows.
    source: Option<String>,
    cells: Vec<Vec<String>>,
}

/// Turns the records of one document into rows.
pub fn rows(observations: &[Observation<'_>], columns: &Columns) -> Rows {
    let source = match observations.first() {
        Some(first) if !columns.contains("source") => Some(printable(&first.source)),
        Some(_) | None => None,
    };
    let ends = !columns.contains("value_max");
    let cells = observations
        .iter()
        .map(|observation| {
            columns.iter().map(|field| shown(columns, field, observation, ends)).collect()
        })
        .collect();
    Rows { source, cells }
}

/// A cell as it is shown; with `ends`, a range shows both of its ends in `value`.
fn shown(columns: &Columns, field: &Field, observation: &Observation<'_>, ends: bool) -> String {
    let text = printable(&columns.held(field, observation).to_string());
    match observation.value_max {
        Some(max) if ends && field.name == "value" => format!("{text}–{max}"),
        Some(_) | None => text,
    }
}

/// How a table is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Setting {
    /// Cells of the terminal; absent where there is none, and then nothing is cut.
    pub width: Option<usize>,
    /// Whether headings stand out by escape sequences.
    pub color: bool,
}

/// Writes heading and rows of all documents.
///
/// # Errors
/// Those of `out`.
pub fn write(
    documents: &[Rows],
    columns: &Columns,
    setting: Setting,
    out: &mut impl Write,
) -> io::Result<()> {
    let (bold, plain) = if setting.color { ("\u{1b}[1m", "\u{1b}[0m") } else { ("", "") };
    let widths = widths(documents, columns, setting.width);
    let numbers: Vec<bool> = columns.iter().map(|field| field.kind.is_number()).collect();
    let names: Vec<String> =
        columns.iter().map(|field| columns.heading(field).to_owned()).collect();
    writeln!(out, "{bold}{}{plain}", line(&names, &widths, &numbers))?;
    let mut above = None;
    for document in documents {
        // A long document comes in several blocks.
        if let Some(source) = document.source.as_ref().filter(|source| above != Some(*source)) {
            writeln!(out, "{bold}{source}{plain}")?;
        }
        above = document.source.as_ref().or(above);
        for row in &document.cells {
            writeln!(out, "{}", line(row, &widths, &numbers))?;
        }
    }
    Ok(())
}

/// Writes rows of text under the names of their columns; columns of `numbers` stand to the right.
/// Nothing is cut.
///
/// # Errors
/// Those of `out`.
pub fn write_text(
    names: &[&str],
    numbers: &[&str],
    rows: &[Vec<String>],
    color: bool,
    out: &mut impl Write,
) -> io::Result<()> {
    let (bold, plain) = if color { ("\u{1b}[1m", "\u{1b}[0m") } else { ("", "") };
    let heading: Vec<String> = names.iter().map(|&name| name.to_owned()).collect();
    let mut widths = vec![0; names.len()];
    let rows: Vec<Vec<String>> =
        rows.iter().map(|row| row.iter().map(|cell| printable(cell)).collect()).collect();
    for row in rows.iter().chain([&heading]) {
        for (widest, cell) in widths.iter_mut().zip(row) {
            *widest = (*widest).max(width(cell));
        }
    }
    let numbers: Vec<bool> = names.iter().map(|name| numbers.contains(name)).collect();
    writeln!(out, "{bold}{}{plain}", line(&heading, &widths, &numbers))?;
    for row in &rows {
        writeln!(out, "{}", line(row, &widths, &numbers))?;
    }
    Ok(())
}

/// The width of each column: its widest cell, then the widest text columns cut until all fit.
fn widths(documents: &[Rows], columns: &Columns, terminal: Option<usize>) -> Vec<usize> {
    let mut widths: Vec<usize> =
        columns.iter().map(|field| width(columns.heading(field))).collect();
    for row in documents.iter().flat_map(|document| &document.cells) {
        for (widest, cell) in widths.iter_mut().zip(row) {
            *widest = (*widest).max(width(cell));
        }
    }
    let gaps = GAP.len() * columns.len().saturating_sub(1);
    let room = terminal.map_or(usize::MAX, |terminal| terminal.saturating_sub(gaps));
    while widths.iter().sum::<usize>() > room {
        // Numbers are never cut: half a number is a wrong number.
        let widest = columns
            .iter()
            .zip(widths.iter_mut())
            .filter(|(field, width)| !field.kind.is_number() && **width > NARROWEST)
            .map(|(_, width)| width)
            .max();
        match widest {
            Some(width) => *width -= 1,
            None => break,
        }
    }
    widths
}

fn line(cells: &[String], widths: &[usize], numbers: &[bool]) -> String {
    let mut line = String::new();
    for (i, ((cell, &room), &number)) in cells.iter().zip(widths).zip(numbers).enumerate() {
        if i > 0 {
            line.push_str(GAP);
        }
        let cell = cut(cell, room);
        let padding = " ".repeat(room.saturating_sub(width(&cell)));
        let (first, last) = if number { (&padding, &cell) } else { (&cell, &padding) };
        line.push_str(first);
        line.push_str(last);
    }
    line.truncate(line.trim_end_matches(' ').len());
    line
}

/// Cells of a terminal that a text takes.
pub(super) fn width(text: &str) -> usize {
    text.chars().map(|c| c.width().unwrap_or(0)).sum()
}

/// The text, or as much of its beginning as fits before an ellipsis.
pub(super) fn cut(text: &str, room: usize) -> String {
    if width(text) <= room {
        return text.to_owned();
    }
    let mut used = 1;
    let kept = text.chars().take_while(|c| {
        used += c.width().unwrap_or(0);
        used <= room
    });
    kept.chain(['…']).collect()
}

#[cfg(test)]
mod tests {
    use super::super::fields::example;
    use super::*;

    fn written(columns: &str, setting: Setting) -> String {
        let columns = columns.parse().unwrap();
        let short =
            Observation { value: None, value_max: None, mention: "x所".into(), ..example() };
        let mut out = Vec::new();
        write(&[rows(&[example(), short], &columns)], &columns, setting, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn columns_are_aligned_by_cells() {
        assert_eq!(
            written("mention,value,region", Setting::default()),
            "mention         value  region\n\
             docs/a.txt\n\
             365-370所  365.00–370  晋城市\n\
             x所                    晋城市\n"
        );
    }

    #[test]
    fn a_range_stays_apart_where_both_ends_are_columns() {
        assert_eq!(
            written("source,value,value_max", Setting::default()),
            "source       value  value_max\n\
             docs/a.txt  365.00        370\n\
             docs/a.txt\n"
        );
    }

    #[test]
    fn text_is_cut_to_the_terminal_and_numbers_are_not() {
        let narrow = Setting { width: Some(28), color: false };
        assert_eq!(
            written("value,sentence", narrow),
            "     value  sentence\n\
             docs/a.txt\n\
             365.00–370  2020年全市小学3…\n            2020年全市小学3…\n"
        );
        assert_eq!(cut("小学三百所", 6), "小学…");
        assert_eq!(cut("小学", 4), "小学");
    }

    #[test]
    fn a_terminal_too_narrow_still_gets_every_column() {
        let narrow = Setting { width: Some(5), color: false };
        assert!(written(READING, narrow).contains("365.00–370"));
    }

    #[test]
    fn headings_stand_out_where_color_is_wanted() {
        let text = written("line", Setting { width: None, color: true });
        assert!(text.starts_with("\u{1b}[1mline\u{1b}[0m\n"), "{text:?}");
    }
}
