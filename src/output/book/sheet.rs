//! A sheet of a workbook, filled row by row.
//!
//! In: cells, and where they lead. Out: numbers as numbers in the precision of the text, dates as dates where the
//! day is known, text as text; columns as wide as what stands in them, a Chinese character counting two. `97.80`
//! is a number that shows two places, `140500` of a region is text.

use std::path::Path;

use rust_decimal::Decimal;
use rust_xlsxwriter::{
    Color, ExcelDateTime, Format, FormatAlign, FormatBorder, IgnoreError, Url, Worksheet, XlsxError,
};
use unicode_width::UnicodeWidthChar;

use super::unfit;
use super::workbook::broken;
use crate::error::Error;
use crate::output::fields::{Cell, FieldKind};
use crate::period::Date;

/// Rows of a sheet, its heading included.
const ROWS: u32 = 1 << 20;
/// Links of a sheet, beyond which Excel drops them all.
const LINKS: u32 = 65_530;
/// Digits that Excel keeps of a number.
const DIGITS: usize = 15;
/// UTF-16 units that Excel keeps of a cell.
const UNITS: usize = 32_767;
/// Width of a column in digits, beyond which its cells are read in the line above the sheet.
const WIDEST: usize = 60;
/// The button of the filter, which covers the heading.
const BUTTON: usize = 3;

/// How cells look. Of decimals one for each number of places.
pub(super) struct Formats {
    heading: Format,
    day: Format,
    link: Format,
    decimals: Vec<Format>,
    long: Format,
}

impl Formats {
    pub(super) fn new() -> Self {
        let decimal = |places| {
            let point = if places == 0 { "" } else { "." };
            Format::new().set_num_format(format!("#,##0{point}{:0<places$}", ""))
        };
        Formats {
            heading: Format::new()
                .set_bold()
                .set_background_color(Color::RGB(0x00E8_EEF4))
                .set_border_bottom(FormatBorder::Thin),
            day: Format::new().set_num_format("yyyy-mm-dd").set_align(FormatAlign::Left),
            link: Format::new().set_hyperlink(),
            decimals: (0..=Decimal::MAX_SCALE as usize).map(decimal).collect(),
            long: Format::new().set_align(FormatAlign::Right),
        }
    }
}

/// A sheet that is filled row by row.
pub(super) struct Sheet {
    name: String,
    columns: Vec<(FieldKind, usize)>,
    /// Rows that it has, the heading included.
    pub(super) rows: u32,
    links: u32,
}

/// Why a row cannot be taken.
pub(super) enum Refusal {
    Full(String),
    Broken(XlsxError),
}

impl From<XlsxError> for Refusal {
    fn from(error: XlsxError) -> Self {
        Refusal::Broken(error)
    }
}

impl Refusal {
    pub(super) fn at(self, path: &Path) -> Error {
        match self {
            Refusal::Full(name) => unfit(
                path,
                &format!("at most {} rows of {name}, which is what a sheet holds", ROWS - 1),
                "more: write fewer documents to a file, or .sqlite, .parquet or .csv",
            ),
            Refusal::Broken(error) => broken(path, error),
        }
    }
}

impl Sheet {
    /// A sheet with its heading.
    pub(super) fn new(
        page: &mut Worksheet,
        name: &str,
        columns: Vec<(&str, FieldKind)>,
        formats: &Formats,
    ) -> Result<Self, XlsxError> {
        page.set_name(name)?.set_freeze_panes(1, 0)?;
        let mut sheet = Sheet { name: name.to_owned(), columns: Vec::new(), rows: 1, links: 0 };
        for (column, (heading, kind)) in (0..).zip(columns) {
            page.write_string_with_format(0, column, heading, &formats.heading)?;
            sheet.columns.push((kind, width(heading) + BUTTON));
        }
        Ok(sheet)
    }

    /// Where a row is.
    pub(super) fn link(&self, row: u32) -> String {
        format!("internal:'{}'!A{}", self.name, row + 1)
    }

    /// Writes a row: one cell a column, and perhaps where it leads.
    pub(super) fn push(
        &mut self,
        page: &mut Worksheet,
        cells: Vec<(Cell<'_>, Option<String>)>,
        formats: &Formats,
    ) -> Result<(), Refusal> {
        let row = self.rows;
        if row == ROWS {
            return Err(Refusal::Full(self.name.clone()));
        }
        self.rows += 1;
        for (column, ((cell, link), (kind, widest))) in
            (0..).zip(cells.into_iter().zip(&mut self.columns))
        {
            *widest = (*widest).max(match &cell {
                Cell::Absent => 0,
                Cell::Text(text) => width(text),
                // Separators of thousands.
                Cell::Integer(_) | Cell::Decimal(_) | Cell::Flag(_) => {
                    cell.to_string().len() * 4 / 3 + 1
                }
            });
            match (cell, link) {
                (Cell::Absent, _) => {}
                (Cell::Text(text), Some(link)) if self.links < LINKS => {
                    self.links += 1;
                    page.write_url_with_options(
                        row,
                        column,
                        Url::new(link),
                        cut(&text),
                        "",
                        Some(&formats.link),
                    )?;
                }
                (Cell::Text(text), _) => match (&*kind, day(&text)) {
                    (FieldKind::Date, Some(day)) => {
                        page.write_datetime_with_format(row, column, &day, &formats.day)?;
                    }
                    _ => {
                        page.write_string(row, column, cut(&text))?;
                    }
                },
                (Cell::Integer(number), _) => {
                    decimal(page, (row, column), Decimal::from(number), None, formats)?;
                }
                (Cell::Decimal(number), _) => {
                    let look = formats.decimals.get(number.scale() as usize);
                    decimal(page, (row, column), number, look, formats)?;
                }
                (Cell::Flag(flag), _) => {
                    page.write_boolean(row, column, flag)?;
                }
            }
        }
        Ok(())
    }

    /// What is known of a sheet when its rows are: widths and the range of the filter.
    pub(super) fn finish(&self, page: &mut Worksheet) -> Result<(), XlsxError> {
        for (column, (_, width)) in (0..).zip(&self.columns) {
            page.set_column_width(column, (*width + 1).min(WIDEST) as f64)?;
        }
        let last = u16::try_from(self.columns.len()).unwrap_or(u16::MAX).saturating_sub(1);
        page.autofilter(0, 0, self.rows - 1, last)?;
        // A code of six digits is text on purpose.
        page.ignore_error_range(0, 0, self.rows - 1, last, IgnoreError::NumberStoredAsText)?;
        Ok(())
    }
}

/// Writes a number; one of more digits than Excel keeps as text.
fn decimal(
    page: &mut Worksheet,
    (row, column): (u32, u16),
    number: Decimal,
    look: Option<&Format>,
    formats: &Formats,
) -> Result<(), XlsxError> {
    let written = number.to_string();
    let digits = number.normalize().mantissa().unsigned_abs().to_string().len();
    match (written.parse::<f64>(), look) {
        (Ok(nearest), Some(look)) if digits <= DIGITS => {
            page.write_number_with_format(row, column, nearest, look)?
        }
        (Ok(nearest), None) if digits <= DIGITS => page.write_number(row, column, nearest)?,
        _ => page.write_string_with_format(row, column, written, &formats.long)?,
    };
    Ok(())
}

/// A date whose day is known, and which Excel knows.
fn day(text: &str) -> Option<ExcelDateTime> {
    match Date::parse(text)? {
        Date { year, month: Some(month), day: Some(day) } if year >= 1900 => {
            ExcelDateTime::from_ymd(year, month, day).ok()
        }
        _ => None,
    }
}

/// As much of a text as a cell holds.
fn cut(text: &str) -> String {
    if text.len() <= UNITS {
        return text.to_owned();
    }
    let mut room = UNITS - 1;
    let fits = |c: &char| {
        let left = room.checked_sub(c.len_utf16());
        room = left.unwrap_or(0);
        left.is_some()
    };
    let kept: String = text.chars().take_while(fits).collect();
    if kept.len() == text.len() { kept } else { kept + "…" }
}

/// Cells of a terminal that the longest line of a text is wide, as far as a column can be.
fn width(text: &str) -> usize {
    let mut widest = 0;
    let mut line = 0;
    for c in text.chars() {
        line = if c == '\n' { 0 } else { line + c.width().unwrap_or(0) };
        widest = widest.max(line);
        if widest > WIDEST {
            break;
        }
    }
    widest
}
