//! XLSX: a workbook with a sheet each for observations, audit, documents and codebook.
//!
//! In: what a [`Book`] takes. Out: a workbook whose numbers are numbers in the precision of the text, whose dates are
//! dates where the day is known, and whose text is text: `=1+1` of a document is four characters and never a
//! formula. In the row of `小学365所` the cell `parent` leads to the row of the total.
//!
//! A workbook is held in memory until its end, and a sheet has at most 1,048,576 rows.

use std::collections::HashMap;
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

use rust_decimal::Decimal;
use rust_xlsxwriter::{
    Color, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, IgnoreError, Url,
    Worksheet, XlsxError,
};
use unicode_width::UnicodeWidthChar;

use super::described::{DOCUMENTS, Described};
use super::{Book, part, refused, unfit};
use crate::error::Error;
use crate::lexicon::tables::CODEBOOK;
use crate::observation::Observation;
use crate::output::audit::{self, Reported};
use crate::output::fields::{Cell, Columns, FieldKind};
use crate::output::listing::Listing;
use crate::output::target::Target;
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

/// A workbook that is being written.
pub(super) struct Workbook {
    path: PathBuf,
    target: Target,
    file: File,
    book: rust_xlsxwriter::Workbook,
    formats: Formats,
    columns: Columns,
    observations: Sheet,
    audit: Sheet,
    documents: Sheet,
    /// Rows of the records of the document that is being read, by the beginning of their number.
    rows: HashMap<usize, u32>,
}

impl Workbook {
    /// A workbook with these columns of records.
    pub(super) fn new(path: &Path, columns: Columns) -> Result<Self, Error> {
        let (target, file) = part(path)?;
        let mut book = rust_xlsxwriter::Workbook::new();
        // The same records are the same bytes, whenever they are written.
        let made = ExcelDateTime::from_ymd(2000, 1, 1).map_err(|error| broken(path, error))?;
        book.set_properties(
            &DocProperties::new().set_title("edustat").set_creation_datetime(&made),
        );
        let formats = Formats::new();
        let mut sheet = |name: &str, columns: Vec<(String, FieldKind)>| {
            Sheet::new(book.add_worksheet(), name, columns, &formats)
                .map_err(|error| broken(path, error))
        };
        let observations = sheet(
            "observations",
            columns.iter().map(|field| (field.name.to_owned(), field.kind)).collect(),
        )?;
        let audit = sheet(
            "audit",
            audit::COLUMNS.iter().map(|&(name, kind)| (name.to_owned(), kind)).collect(),
        )?;
        let documents = sheet(
            "documents",
            DOCUMENTS.iter().map(|column| (column.name.to_owned(), column.kind)).collect(),
        )?;
        let codebook = Listing::of_table(CODEBOOK);
        let names = codebook.columns.iter().map(|&name| (name.to_owned(), FieldKind::Text));
        let mut sheet = sheet("codebook", names.collect())?;
        let page = book
            .worksheets_mut()
            .last_mut()
            .ok_or_else(|| broken(path, XlsxError::ParameterError("no sheet".to_owned())))?;
        for row in &codebook.rows {
            let cells = row.iter().map(|cell| (Cell::Text(cell.as_str().into()), None));
            sheet.push(page, cells, &formats).map_err(|refusal| refusal.at(path))?;
        }
        sheet.finish(page).map_err(|error| broken(path, error))?;
        let path = path.to_owned();
        Ok(Workbook {
            path,
            target,
            file,
            book,
            formats,
            columns,
            observations,
            audit,
            documents,
            rows: HashMap::new(),
        })
    }
}

impl Book for Workbook {
    fn begin(&mut self, _: &str) -> Result<(), Error> {
        self.rows.clear();
        Ok(())
    }

    fn read(&mut self, records: &[Observation<'static>], checks: &[Reported]) -> Result<(), Error> {
        let first = self.observations.rows;
        let places = records.iter().map(|record| record.number_start.0);
        self.rows.extend(places.zip(first..));
        let [page, audit] = match self.book.worksheets_mut().as_mut_slice() {
            [page, audit, ..] => [page, audit],
            _ => return Ok(()),
        };
        for record in records {
            let parent = record.parent.and_then(|start| self.rows.get(&start.0).copied());
            let cells = self.columns.iter().map(|field| {
                (
                    field.of(record),
                    parent
                        .filter(|_| field.name == "parent")
                        .map(|row| self.observations.link(row)),
                )
            });
            let cells: Vec<_> = cells.collect();
            self.observations
                .push(page, cells.into_iter(), &self.formats)
                .map_err(|refusal| refusal.at(&self.path))?;
        }
        for check in checks {
            let claim = check.ids().next().and_then(|id| id.rsplit_once('#')?.1.parse().ok());
            let row = claim.and_then(|start: usize| self.rows.get(&start).copied());
            let cells = audit::COLUMNS.iter().zip(check.cells()).map(|(&(name, _), cell)| {
                (cell, row.filter(|_| name == "id").map(|row| self.observations.link(row)))
            });
            self.audit
                .push(audit, cells, &self.formats)
                .map_err(|refusal| refusal.at(&self.path))?;
        }
        Ok(())
    }

    fn end(&mut self, document: &Described) -> Result<(), Error> {
        let cells = DOCUMENTS.iter().map(|column| (column.of(document), None));
        match self.book.worksheets_mut().get_mut(2) {
            Some(page) => self
                .documents
                .push(page, cells, &self.formats)
                .map_err(|refusal| refusal.at(&self.path)),
            None => Ok(()),
        }
    }

    fn finish(mut self: Box<Self>) -> Result<(), Error> {
        let sheets = [&self.observations, &self.audit, &self.documents];
        let saved = self
            .book
            .worksheets_mut()
            .iter_mut()
            .zip(sheets)
            .try_for_each(|(page, sheet)| sheet.finish(page));
        saved
            .and_then(|()| self.book.save_to_writer(&self.file))
            .map_err(|error| broken(&self.path, error))?;
        self.target.finish()
    }
}

/// How cells look. Of decimals one for each number of places.
struct Formats {
    heading: Format,
    day: Format,
    link: Format,
    decimals: Vec<Format>,
    long: Format,
}

impl Formats {
    fn new() -> Self {
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
struct Sheet {
    name: String,
    columns: Vec<(FieldKind, usize)>,
    /// Rows that it has, the heading included.
    rows: u32,
    links: u32,
}

/// Why a row cannot be taken.
enum Refusal {
    Full(String),
    Broken(XlsxError),
}

impl From<XlsxError> for Refusal {
    fn from(error: XlsxError) -> Self {
        Refusal::Broken(error)
    }
}

impl Refusal {
    fn at(self, path: &Path) -> Error {
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
    fn new(
        page: &mut Worksheet,
        name: &str,
        columns: Vec<(String, FieldKind)>,
        formats: &Formats,
    ) -> Result<Self, XlsxError> {
        page.set_name(name)?.set_freeze_panes(1, 0)?;
        let mut sheet = Sheet { name: name.to_owned(), columns: Vec::new(), rows: 1, links: 0 };
        for (column, (heading, kind)) in (0..).zip(columns) {
            page.write_string_with_format(0, column, &heading, &formats.heading)?;
            sheet.columns.push((kind, width(&heading) + BUTTON));
        }
        Ok(sheet)
    }

    /// Where a row is.
    fn link(&self, row: u32) -> String {
        format!("internal:'{}'!A{}", self.name, row + 1)
    }

    /// Writes a row: one cell a column, and perhaps where it leads.
    fn push<'c>(
        &mut self,
        page: &mut Worksheet,
        cells: impl Iterator<Item = (Cell<'c>, Option<String>)>,
        formats: &Formats,
    ) -> Result<(), Refusal> {
        let row = self.rows;
        if row == ROWS {
            return Err(Refusal::Full(self.name.clone()));
        }
        self.rows += 1;
        for (column, ((cell, link), (kind, widest))) in (0..).zip(cells.zip(&mut self.columns)) {
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
    fn finish(&self, page: &mut Worksheet) -> Result<(), XlsxError> {
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

/// What the library says of the book. The system's refusals are passed on as they are.
fn broken(path: &Path, error: XlsxError) -> Error {
    refused(
        path,
        match error {
            XlsxError::IoError(cause) => cause,
            other => io::Error::other(other.to_string()),
        },
    )
}
