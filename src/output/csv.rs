//! CSV: one line a record under a heading of field names, quoted as RFC 4180 has it.
//!
//! In: records and columns. Out: bytes that end with a line end. Plain: UTF-8 and LF. For Excel: a
//! byte order mark, CRLF, and no text that a spreadsheet would run as a formula: a mention `-5%` of
//! an unknown document becomes `'-5%`, while the value `-5` stays a number.

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
    rows.write_record(columns.iter().map(|field| field.name)).expect(MEMORY);
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
            match field.of(observation) {
                Cell::Text(text) if dialect == Dialect::Excel && runs_as_formula(&text) => {
                    rows.write_field(format!("'{text}"))
                }
                Cell::Text(text) => rows.write_field(text.as_bytes()),
                cell @ (Cell::Absent | Cell::Integer(_) | Cell::Decimal(_) | Cell::Flag(_)) => {
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

/// Whether a spreadsheet may take the text for something to evaluate.
fn runs_as_formula(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '\t', '\r'])
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
        for beginning in ['=', '+', '-', '@', '\t', '\r'] {
            assert!(runs_as_formula(&format!("{beginning}1")), "{beginning:?}");
        }
        for harmless in ["1-2所", "约5%", "", "'=", "—5"] {
            assert!(!runs_as_formula(harmless), "{harmless:?}");
        }
    }

    #[test]
    fn one_empty_column_is_still_a_row() {
        assert_eq!(written(&example(), "scope", Dialect::Plain), "scope\n\"\"\n");
    }
}
