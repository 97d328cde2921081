//! Cells: what a record holds in a field, as it is and spelled out.
//!
//! In: the value of a field. Out: the text that CSV has of it, or a [`Cell`]. Of `a.txt` and the code point 17
//! that is `a.txt#17`, of a day `2021-09-20`.

use std::borrow::Cow;
use std::fmt;
use std::ptr;

use rust_decimal::Decimal;

use crate::digits;
use crate::flag::Flag;
use crate::labels::Labels;
use crate::observation::RegionCode;
use crate::period::{Date, Period};
use crate::text::span::CharOffset;

/// What one record holds in one field, before it is spelled out: nothing is copied.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Held<'o> {
    /// Nothing.
    Nothing,
    /// Text, which may have anything in it.
    Text(&'o str),
    /// A code of a closed vocabulary.
    Code(&'static str),
    /// Codes of flags as these labels have them, separated by `;`.
    Flags(&'o [Flag], Labels),
    /// A document and where in it a number begins: the id of a record.
    Id(&'o str, CharOffset),
    /// A code of GB/T 2260.
    Region(RegionCode),
    /// When something is true.
    Period(Period),
    /// A date.
    Date(Date),
    /// A count or position.
    Integer(usize),
    /// A value.
    Decimal(Decimal),
    /// Whether something is so.
    Truth(bool),
}

impl Held<'_> {
    /// Whether one look tells that another is the same: a text stands in the very same place.
    #[inline(always)]
    pub(crate) fn is(&self, other: &Held<'_>) -> bool {
        match (self, other) {
            (Held::Nothing, Held::Nothing) => true,
            (Held::Text(text), Held::Text(other)) | (Held::Code(text), Held::Code(other)) => {
                ptr::eq(*text, *other)
            }
            (Held::Id(source, start), Held::Id(other, at)) => {
                start == at && ptr::eq(*source, *other)
            }
            (Held::Region(code), Held::Region(other)) => code == other,
            (Held::Period(period), Held::Period(other)) => period == other,
            (Held::Date(date), Held::Date(other)) => date == other,
            (Held::Integer(number), Held::Integer(other)) => number == other,
            (Held::Truth(truth), Held::Truth(other)) => truth == other,
            _ => false,
        }
    }

    /// Writes it as CSV has it, before quoting.
    #[inline]
    pub(crate) fn spell(self, out: &mut Vec<u8>) {
        match self {
            Held::Nothing => {}
            Held::Text(text) => out.extend_from_slice(text.as_bytes()),
            Held::Code(code) => out.extend_from_slice(code.as_bytes()),
            Held::Flags(flags, labels) => {
                for (i, flag) in flags.iter().enumerate() {
                    out.extend_from_slice(if i > 0 { b";" } else { b"" });
                    out.extend_from_slice(labels.flag(*flag).as_bytes());
                }
            }
            Held::Id(source, start) => {
                out.extend_from_slice(source.as_bytes());
                out.push(b'#');
                digits::integer(start.0, out);
            }
            Held::Region(code) => code.spell(out),
            Held::Period(period) => period.spell(out),
            Held::Date(date) => date.spell(out),
            Held::Integer(number) => digits::integer(number, out),
            Held::Decimal(number) => digits::decimal(number, out),
            Held::Truth(truth) => out.extend_from_slice(truth_code(truth).as_bytes()),
        }
    }
}

impl fmt::Display for Held<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        digits::display(f, |out| self.spell(out))
    }
}

/// `true` or `false`.
pub(crate) const fn truth_code(truth: bool) -> &'static str {
    if truth { "true" } else { "false" }
}

/// What one record holds in one field, as every writer understands it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell<'o> {
    /// Nothing: an empty CSV cell, a JSON `null`.
    Absent,
    /// Text, a code or a date: a JSON string.
    Text(Cow<'o, str>),
    /// A JSON number without a fraction.
    Integer(usize),
    /// A JSON number with the digits it was written with.
    Decimal(Decimal),
    /// A JSON boolean.
    Flag(bool),
}

impl<'o> From<Held<'o>> for Cell<'o> {
    fn from(held: Held<'o>) -> Self {
        match held {
            Held::Nothing => Cell::Absent,
            Held::Text(text) => Cell::Text(Cow::Borrowed(text)),
            Held::Code(code) => Cell::Text(Cow::Borrowed(code)),
            Held::Integer(number) => Cell::Integer(number),
            Held::Decimal(number) => Cell::Decimal(number),
            Held::Truth(truth) => Cell::Flag(truth),
            Held::Flags(..) | Held::Id(..) | Held::Region(_) | Held::Period(_) | Held::Date(_) => {
                Cell::Text(Cow::Owned(held.to_string()))
            }
        }
    }
}

/// The cell as CSV holds it, before quoting.
impl fmt::Display for Cell<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Cell::Absent => Ok(()),
            Cell::Text(text) => f.write_str(text),
            Cell::Integer(number) => number.fmt(f),
            Cell::Decimal(number) => number.fmt(f),
            Cell::Flag(truth) => f.write_str(truth_code(*truth)),
        }
    }
}
