//! CSV: one line a record under a heading of field names, quoted as RFC 4180 has it.
//!
//! In: records and columns. Out: bytes that end with a line end. Plain: UTF-8 and LF. For Excel: a
//! byte order mark, CRLF, and no text that a spreadsheet would run as a formula: a mention `-5%` of
//! an unknown document becomes `'-5%`, while the value `-5` stays a number.

use std::borrow::Cow;

use memchr::{memchr, memchr3};

use super::cell::Held;
use super::fields::{self, Columns};
use crate::observation::Observation;

/// Which reader the CSV is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    /// Any program: UTF-8 without a mark, LF.
    Plain,
    /// Excel: byte order mark, CRLF, harmless text.
    Excel,
}

/// Writes what stands before the first record: the mark, where the dialect has one, and the names.
pub fn heading(columns: &Columns, dialect: Dialect, out: &mut Vec<u8>) {
    if dialect == Dialect::Excel {
        out.extend_from_slice("\u{FEFF}".as_bytes());
    }
    row(columns.iter().map(|field| columns.heading(field)), dialect, out);
}

/// Writes a line of texts.
pub(super) fn row<'t>(
    texts: impl IntoIterator<Item = &'t str>,
    dialect: Dialect,
    out: &mut Vec<u8>,
) {
    let begin = out.len();
    for text in texts {
        write(text, dialect, out);
        out.push(b',');
    }
    end(begin, dialect, out);
}

/// Writes one line a record. Most of a line stands in the one before it too: that is copied.
pub fn records(
    observations: &[Observation<'_>],
    columns: &Columns,
    dialect: Dialect,
    out: &mut Vec<u8>,
) {
    // How long each cell of the line before is, with its comma.
    let mut lengths = vec![0; columns.len()];
    let mut begin = out.len();
    let mut before = None;
    for observation in observations {
        // What is the same in the columns right before this one, and not yet copied.
        let mut same = begin..begin;
        begin = out.len();
        let alike = before.map_or(0, |before| fields::same(before, observation));
        for (field, length) in columns.iter().zip(&mut lengths) {
            if alike >> field.place & 1 == 1 {
                same.end += *length;
                continue;
            }
            let next = same.end + *length;
            if !same.is_empty() {
                out.extend_from_within(same);
            }
            same = next..next;
            let start = out.len();
            cell(columns.held(field, observation), dialect, out);
            out.push(b',');
            *length = out.len() - start;
        }
        out.extend_from_within(same);
        end(begin, dialect, out);
        before = Some(observation);
    }
}

/// Writes a cell. What needs no quotes is spelled where it shall stand.
#[inline]
fn cell(held: Held<'_>, dialect: Dialect, out: &mut Vec<u8>) {
    match held {
        Held::Nothing => {}
        Held::Code(code) => out.extend_from_slice(code.as_bytes()),
        Held::Text(text) => write(text, dialect, out),
        Held::Id(source, _) if dialect == Dialect::Plain && !needs_quotes(source) => {
            held.spell(out);
        }
        Held::Id(..) | Held::Flags(..) => write(&held.to_string(), dialect, out),
        Held::Region(_)
        | Held::Period(_)
        | Held::Date(_)
        | Held::Integer(_)
        | Held::Decimal(_)
        | Held::Truth(_) => held.spell(out),
    }
}

/// Ends a line: there is no comma behind its last cell.
fn end(begin: usize, dialect: Dialect, out: &mut Vec<u8>) {
    out.pop();
    // A line with nothing in it would be no row.
    if out.len() == begin {
        out.extend_from_slice(b"\"\"");
    }
    out.extend_from_slice(match dialect {
        Dialect::Plain => b"\n",
        Dialect::Excel => b"\r\n",
    });
}

/// Writes a text as its reader may have it.
#[inline]
fn write(text: &str, dialect: Dialect, out: &mut Vec<u8>) {
    match dialect {
        Dialect::Plain => quote(text, out),
        Dialect::Excel => quote(&harmless(text), out),
    }
}

/// Writes a text, in quotes where it needs them.
fn quote(text: &str, out: &mut Vec<u8>) {
    if !needs_quotes(text) {
        out.extend_from_slice(text.as_bytes());
        return;
    }
    let mut rest = text.as_bytes();
    out.push(b'"');
    while let Some(quote) = memchr(b'"', rest) {
        out.extend_from_slice(&rest[..=quote]);
        out.push(b'"');
        rest = &rest[quote + 1..];
    }
    out.extend_from_slice(rest);
    out.push(b'"');
}

/// Whether something of a text would end its cell. What does is a low byte; most texts have none.
fn needs_quotes(text: &str) -> bool {
    let text = text.as_bytes();
    let low = has_low::<16>(text).or_else(|| has_low::<4>(text));
    low != Some(false)
        && (memchr3(b',', b'"', b'\n', text).is_some() || memchr(b'\r', text).is_some())
}

/// Whether any byte is as low as those that end a cell, looked at by blocks; nothing where the text is shorter than
/// one. The last bytes are looked at with some of those before them.
#[inline]
fn has_low<const BLOCK: usize>(text: &[u8]) -> Option<bool> {
    let within = |block: &[u8; BLOCK]| block.iter().fold(false, |low, &byte| low | (byte <= b','));
    let last = text.last_chunk()?;
    Some(text.as_chunks().0.iter().any(within) || within(last))
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
    fn quotes_are_those_of_the_csv_crate() {
        for before in ["", "小学", "a-b c%", "36.5-37", "2020年全市小学365所"] {
            for ending in ["", ",", "\"", "\"\"", "\n", "\r", "-", "%", " ", "\u{7f}", "é", "\0"] {
                for text in [format!("{before}{ending}"), format!("{ending}{before}，{before}")] {
                    let mut expected = csv::Writer::from_writer(Vec::new());
                    expected.write_record([&text, "", &text]).unwrap();
                    let mut out = Vec::new();
                    row([&*text, "", &text], Dialect::Plain, &mut out);
                    assert_eq!(out, expected.into_inner().unwrap(), "{text:?}");
                }
            }
        }
    }

    #[test]
    fn what_is_copied_from_the_line_before_is_what_it_would_be() {
        let other = Observation {
            value: None,
            mention: "=5".into(),
            flags: Vec::new(),
            parent: None,
            ..example()
        };
        let three = [example(), other.clone(), other];
        for dialect in [Dialect::Plain, Dialect::Excel] {
            for columns in ["source,scope,mention,sentence,flags,id", "parent,scope", "scope"] {
                let columns = columns.parse().unwrap();
                let (mut together, mut alone) = (Vec::new(), Vec::new());
                records(&three, &columns, dialect, &mut together);
                for one in &three {
                    records(std::slice::from_ref(one), &columns, dialect, &mut alone);
                }
                assert_eq!(together, alone);
            }
        }
    }

    #[test]
    fn one_empty_column_is_still_a_row() {
        assert_eq!(written(&example(), "scope", Dialect::Plain), "scope\n\"\"\n");
    }
}
