//! XLSX: a workbook with a sheet each for observations, audit, documents, codebook and codes.
//!
//! In: what a [`Book`] takes. Out: a workbook that says the same as CSV, in codes or in words. In the row of
//! `小学365所` the cell `parent` leads to the row of the total; `=1+1` of a document is four characters and never a
//! formula.
//!
//! A workbook is held in memory until its end, and a sheet has at most 1,048,576 rows.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fs::File;
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use rust_xlsxwriter::{DocProperties, ExcelDateTime, XlsxError};

use super::described::{DOCUMENTS, Described};
use super::reference::{codebook, codes};
use super::sheet::{Formats, Sheet};
use super::{Book, SHEETS, part, refused};
use crate::error::Error;
use crate::labels::Labels;
use crate::observation::Observation;
use crate::output::audit::{self, Reported};
use crate::output::fields::{Cell, Columns, FieldKind};
use crate::output::target::Target;

/// The number of each sheet.
const OBSERVATIONS: usize = 0;
const AUDIT: usize = 1;
const DOCUMENT: usize = 2;

/// A workbook that is being written.
pub(super) struct Workbook {
    path: PathBuf,
    target: Target,
    file: File,
    book: rust_xlsxwriter::Workbook,
    sheets: Vec<Sheet>,
    formats: Formats,
    columns: Columns,
    labels: Labels,
    /// Rows of the records of the document that is being read, by the beginning of their number.
    rows: HashMap<usize, u32>,
}

/// A cell, and perhaps where it leads.
type Linked<'c> = (Cell<'c>, Option<String>);

impl Workbook {
    /// A workbook with these columns of records.
    pub(super) fn new(path: &Path, columns: Columns, labels: Labels) -> Result<Self, Error> {
        let (target, file) = part(path)?;
        let mut book = rust_xlsxwriter::Workbook::new();
        // The same records are the same bytes, whenever they are written.
        let made = ExcelDateTime::from_ymd(2000, 1, 1).map_err(|error| broken(path, error))?;
        book.set_properties(
            &DocProperties::new().set_title("edustat").set_creation_datetime(&made),
        );
        let mut workbook = Workbook {
            path: path.to_owned(),
            target,
            file,
            book,
            sheets: Vec::new(),
            formats: Formats::new(),
            columns,
            labels,
            rows: HashMap::new(),
        };
        let fields = workbook.columns.iter().map(|field| (field.name, field.kind)).collect();
        let documents = DOCUMENTS.iter().map(|column| (column.name, column.kind)).collect();
        for columns in [fields, audit::COLUMNS.to_vec(), documents] {
            workbook.sheet(columns)?;
        }
        for (listing, worded) in [(codebook(), "category"), (codes(), "field")] {
            workbook
                .sheet(listing.columns.iter().map(|&name| (name, FieldKind::Text)).collect())?;
            let last = workbook.sheets.len() - 1;
            for row in &listing.rows {
                let cells = listing.columns.iter().zip(row).map(|(&name, cell)| {
                    // A reader of words finds by its label what the key is.
                    let text = match name {
                        "field" => Cow::Borrowed(labels.heading(cell)),
                        name if name == worded => labels.value(name, cell),
                        _ => Cow::Borrowed(cell.as_str()),
                    };
                    (Cell::Text(text), None)
                });
                workbook.push(last, cells.collect())?;
            }
        }
        Ok(workbook)
    }

    /// Adds the next sheet of [`SHEETS`], with these columns.
    fn sheet(&mut self, columns: Vec<(&'static str, FieldKind)>) -> Result<(), Error> {
        let name = self.labels.value("sheet", SHEETS[self.sheets.len()]);
        let columns = columns.into_iter().map(|(name, kind)| (self.labels.heading(name), kind));
        let sheet = Sheet::new(self.book.add_worksheet(), &name, columns.collect(), &self.formats);
        self.sheets.push(sheet.map_err(|error| broken(&self.path, error))?);
        Ok(())
    }

    /// Adds a row to a sheet.
    fn push(&mut self, sheet: usize, cells: Vec<Linked<'_>>) -> Result<(), Error> {
        let page =
            self.book.worksheet_from_index(sheet).map_err(|error| broken(&self.path, error))?;
        let pushed = self.sheets[sheet].push(page, cells, &self.formats);
        pushed.map_err(|refusal| refusal.at(&self.path))
    }

    /// A cell with its code in words.
    fn word<'c>(&self, column: &str, cell: Cell<'c>) -> Cell<'c> {
        // A check raises one of the flags of records.
        let kind = if column == "flag" { "flags" } else { column };
        match cell {
            Cell::Text(text) => match self.labels {
                Labels::Codes => Cell::Text(text),
                Labels::Zh | Labels::En => {
                    Cell::Text(self.labels.value(kind, &text).into_owned().into())
                }
            },
            other => other,
        }
    }
}

impl Book for Workbook {
    fn begin(&mut self, _: &str) -> Result<(), Error> {
        self.rows.clear();
        Ok(())
    }

    fn read(&mut self, records: &[Observation<'static>], checks: &[Reported]) -> Result<(), Error> {
        let first = self.sheets[OBSERVATIONS].rows;
        self.rows.extend(records.iter().map(|record| record.number_start.0).zip(first..));
        for record in records {
            let row = record.parent.and_then(|start| self.rows.get(&start.0).copied());
            let link = |name: &str| {
                row.filter(|_| name == "parent").map(|row| self.sheets[OBSERVATIONS].link(row))
            };
            let cells = self
                .columns
                .iter()
                .map(|field| (self.columns.held(field, record).into(), link(field.name)));
            let cells = cells.collect();
            self.push(OBSERVATIONS, cells)?;
        }
        for check in checks {
            let claim = check.ids().next().and_then(|id| id.rsplit_once('#')?.1.parse().ok());
            let row = claim.and_then(|start: usize| self.rows.get(&start).copied());
            let link = |name: &str| {
                row.filter(|_| name == "id").map(|row| self.sheets[OBSERVATIONS].link(row))
            };
            let cells = audit::COLUMNS.iter().zip(check.cells());
            let cells =
                cells.map(|(&(name, _), cell)| (self.word(name, cell), link(name))).collect();
            self.push(AUDIT, cells)?;
        }
        Ok(())
    }

    fn end(&mut self, document: &Described) -> Result<(), Error> {
        let cells =
            DOCUMENTS.iter().map(|column| (self.word(column.name, column.of(document)), None));
        let cells = cells.collect();
        self.push(DOCUMENT, cells)
    }

    fn finish(mut self: Box<Self>) -> Result<(), Error> {
        let mut sheets = self.book.worksheets_mut().iter_mut().zip(&self.sheets);
        let saved = sheets.try_for_each(|(page, sheet)| sheet.finish(page));
        let mut file = UntilRefused { file: &self.file, refused: false };
        saved
            .and_then(|()| self.book.save_to_writer(&mut file))
            .map_err(|error| broken(&self.path, error))?;
        self.target.finish()
    }
}

/// A file that is written until it refuses. After that it takes everything and keeps nothing: the library tries to
/// close a book that it could not write, and would say on standard error that this fails too.
struct UntilRefused<'f> {
    file: &'f File,
    refused: bool,
}

impl Write for UntilRefused<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.refused {
            return Ok(bytes.len());
        }
        self.file
            .write(bytes)
            .inspect_err(|cause| self.refused = cause.kind() != ErrorKind::Interrupted)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

/// What the library says of the book. The system's refusals are passed on as they are.
pub(super) fn broken(path: &Path, error: XlsxError) -> Error {
    refused(
        path,
        match error {
            XlsxError::IoError(cause) => cause,
            other => io::Error::other(other.to_string()),
        },
    )
}
