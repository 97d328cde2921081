//! Cells: what a record holds in a field, as it is and spelled out.
//!
//! In: the value of a field. Out: the text that CSV has of it, or a [`Cell`]. Of `a.txt` and the code point 17
//! that is `a.txt#17`, of a day `2021-09-20`.

use std::borrow::Cow;
use std::fmt;
use std::ptr;

use rust_decimal::Decimal;

use crate::codes::Vocabulary;
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

/// What a record has in a field, as its own type.
pub(crate) trait Value<'o>: Copy + PartialEq {
    /// The same as what any field may hold.
    fn held(self) -> Held<'o>;

    /// Whether one look tells that another is spelled the same.
    #[inline(always)]
    fn is(self, other: Self) -> bool {
        self == other
    }
}

impl<'o, V: Value<'o>> Value<'o> for Option<V> {
    #[inline(always)]
    fn held(self) -> Held<'o> {
        self.map_or(Held::Nothing, V::held)
    }

    #[inline(always)]
    fn is(self, other: Self) -> bool {
        match (self, other) {
            (Some(value), Some(other)) => value.is(other),
            (value, other) => value.is_none() && other.is_none(),
        }
    }
}

/// A code is known by its variant.
impl<'o, V: Vocabulary> Value<'o> for V {
    #[inline(always)]
    fn held(self) -> Held<'o> {
        Held::Code(self.code())
    }
}

/// Values that are held as they are.
macro_rules! values {
    ($($value:ident as $held:ident,)*) => {$(
        impl<'o> Value<'o> for $value {
            #[inline(always)]
            fn held(self) -> Held<'o> {
                Held::$held(self)
            }
        }
    )*};
}
values!(RegionCode as Region, Period as Period, Date as Date, usize as Integer, bool as Truth,);

/// Texts are the same that stand in the very same place.
impl<'o> Value<'o> for &'o str {
    #[inline(always)]
    fn held(self) -> Held<'o> {
        Held::Text(self)
    }

    #[inline(always)]
    fn is(self, other: Self) -> bool {
        ptr::eq(self, other)
    }
}

/// An id.
impl<'o> Value<'o> for (&'o str, CharOffset) {
    #[inline(always)]
    fn held(self) -> Held<'o> {
        Held::Id(self.0, self.1)
    }

    #[inline(always)]
    fn is(self, other: Self) -> bool {
        self.1 == other.1 && self.0.is(other.0)
    }
}

/// 1.0 is 1.00, and not spelled the same.
impl<'o> Value<'o> for Decimal {
    #[inline(always)]
    fn held(self) -> Held<'o> {
        Held::Decimal(self)
    }

    #[inline(always)]
    fn is(self, _: Self) -> bool {
        false
    }
}

impl<'o> Value<'o> for &'o [Flag] {
    #[inline(always)]
    fn held(self) -> Held<'o> {
        if self.is_empty() { Held::Nothing } else { Held::Flags(self, Labels::Codes) }
    }

    #[inline(always)]
    fn is(self, other: Self) -> bool {
        self.is_empty() && other.is_empty()
    }
}

impl Held<'_> {
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
