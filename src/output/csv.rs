//! CSV: one line a record under a heading of field names, quoted as RFC 4180 has it.
//!
//! In: records and columns. Out: bytes that end with a line end. Plain: UTF-8 and LF. For Excel: a
//! byte order mark, CRLF, and no text that a spreadsheet would run as a formula: a mention `-5%` of
//! an unknown document becomes `'-5%`, while the value `-5` stays a number.

use std::borrow::Cow;
use std::io::Write;

use super::fields::{Cell, Columns};
use crate::observation::Observation;

/// Which reader the CSV is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    /// Any program: UTF-8 without a mark, LF.
    Plain,
    /// Excel: byte order mark, CRLF, harmless text.
    Excel,
}

impl Dialect {
    fn writer(self, out: &mut Vec<u8>) -> csv::Writer<&mut Vec<u8>> {
        let line_end = match self {
            Dialect::Plain => csv::Terminator::Any(b'\n'),
            Dialect::Excel => csv::Terminator::CRLF,
        };
        csv::WriterBuilder::new().terminator(line_end).from_writer(out)
    }
}

/// Why writing cannot fail here.
const MEMORY: &str = "memory takes every byte, and every row has one cell a column";

/// Writes what stands before the first record: the mark, where the dialect has one, and the names.
pub fn heading(columns: &Columns, dialect: Dialect, out: &mut Vec<u8>) {
    if dialect == Dialect::Excel {
        out.extend_from_slice("\u{FEFF}".as_bytes());
    }
    let mut rows = dialect.writer(out);
    rows.write_record(columns.iter().map(|field| columns.heading(field))).expect(MEMORY);
    rows.flush().expect(MEMORY);
}

/// Writes one line a record.
pub fn records(
    observations: &[Observation<'_>],
    columns: &Columns,
    dialect: Dialect,
    out: &mut Vec<u8>,
) {
    let mut rows = dialect.writer(out);
    let mut digits = Vec::new();
    for observation in observations {
        for field in columns.iter() {
            match columns.cell(field, observation) {
                Cell::Text(text) if dialect == Dialect::Excel => {
                    rows.write_field(harmless(&text).as_bytes())
                }
                Cell::Text(text) => rows.write_field(text.as_bytes()),
                Cell::Absent => rows.write_field(b""),
                cell @ (Cell::Integer(_) | Cell::Decimal(_) | Cell::Flag(_)) => {
                    digits.clear();
                    write!(digits, "{cell}").expect(MEMORY);
                    rows.write_field(&digits)
                }
            }
            .expect(MEMORY);
        }
        rows.write_record(None::<&[u8]>).expect(MEMORY);
    }
    rows.flush().expect(MEMORY);
}

/// The text with a `'` before everything that a spreadsheet may take for something to evaluate: at its
/// beginning, and behind what parts cells or rows where another separator is set than the comma.
fn harmless(text: &str) -> Cow<'_, str> {
    let pieces = || text.split_inclusive([';', '\t', '\r', '\n']);
    let begins = text.starts_with(['\t', '\r', '\n']);
    if !begins && !pieces().any(runs_as_formula) {
        return Cow::Borrowed(text);
    }
    let mark = |(i, piece)| {
        let marked = i == 0 && begins || runs_as_formula(piece);
        [if marked { "'" } else { "" }, piece]
    };
    Cow::Owned(pieces().enumerate().flat_map(mark).collect())
}

/// Whether a spreadsheet may take a cell for something to evaluate. Some read full-width signs as
/// their narrow forms, and leave out what is blank or quotes before them.
fn runs_as_formula(cell: &str) -> bool {
    let blank = |c: char| c.is_whitespace() || matches!(c, '"' | '\u{FEFF}' | '\u{200B}' | '\0');
    cell.trim_start_matches(blank).starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠'])
}

#[cfg(test)]
mod tests {
    use rust_decimal::Decimal;

    use super::super::fields::example;
    use super::*;

    fn written(observation: &Observation<'_>, columns: &str, dialect: Dialect) -> String {
        let columns = columns.parse().unwrap();
        let mut out = Vec::new();
        heading(&columns, dialect, &mut out);
        records(std::slice::from_ref(observation), &columns, dialect, &mut out);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn a_line_end_inside_a_cell_is_quoted_and_kept() {
        assert_eq!(
            written(&example(), "line,scope,value,sentence", Dialect::Plain),
            "line,scope,value,sentence\n2,,365.00,\"2020年全市\n小学365-370所。\"\n"
        );
    }

    #[test]
    fn excel_gets_a_mark_and_no_formulas() {
        let record = Observation {
            value: Some(Decimal::from(-5)),
            mention: "-5%".into(),
            subject: Some("=HYPERLINK(\"x\")".into()),
            ..example()
        };
        assert_eq!(
            written(&record, "value,mention,subject", Dialect::Excel),
            "\u{FEFF}value,mention,subject\r\n-5,'-5%,\"'=HYPERLINK(\"\"x\"\")\"\r\n"
        );
        assert_eq!(written(&record, "value,mention", Dialect::Plain), "value,mention\n-5,-5%\n");
    }

    #[test]
    fn every_dangerous_beginning_is_made_harmless() {
        for (text, marked) in [
            ("=1", "'=1"),
            ("-5%", "'-5%"),
            ("＠1", "'＠1"),
            ("　 =1", "'　 =1"),
            ("\"=1\"", "'\"=1\""),
            ("\t1", "'\t1"),
            ("\r\n1", "'\r\n1"),
            ("小学;=1", "小学;'=1"),
            ("小学\n+1", "小学\n'+1"),
        ] {
            assert_eq!(harmless(text), marked);
        }
        for text in ["1-2所", "约5%", "", "'=", "—5", "小学;1所,-1", "a=b", "小学\r\n3所"]
        {
            assert_eq!(harmless(text), text);
        }
    }

    #[test]
    fn one_empty_column_is_still_a_row() {
        assert_eq!(written(&example(), "scope", Dialect::Plain), "scope\n\"\"\n");
    }
}
