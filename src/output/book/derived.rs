//! What a typed column cannot hold of a field, or a query needs beside it.
//!
//! In: a record. Out: more cells. SQLite and Parquet have numbers of their own, in which `97.80` is `97.8`: the column
//! `value_exact` has the digits of the record. `period` is ISO 8601, which orders poorly: `period_start` and
//! `period_end` are its first and last day.

use std::borrow::Cow;

use super::Column;
use crate::observation::Observation;
use crate::output::fields::{Cell, FieldKind};

fn digits(value: Option<impl ToString>) -> Cell<'static> {
    value.map_or(Cell::Absent, |value| Cell::Text(Cow::Owned(value.to_string())))
}

/// The digits of the decimals of a record, which a table has beside its numbers.
pub static EXACT: &[Column<Observation<'_>>] = &[
    Column {
        name: "value_exact",
        kind: FieldKind::Text,
        meaning: "the digits of value, all of them and in the precision of the text",
        get: |o| digits(o.value),
    },
    Column {
        name: "value_max_exact",
        kind: FieldKind::Text,
        meaning: "the digits of value_max",
        get: |o| digits(o.value_max),
    },
];

/// The days of the period of a record.
pub static DAYS: &[Column<Observation<'_>>] = &[
    Column {
        name: "period_start",
        kind: FieldKind::Date,
        meaning: "first day of the period, a school year beginning in September; empty where it is open",
        get: |o| digits(o.period.and_then(|period| period.days().0)),
    },
    Column {
        name: "period_end",
        kind: FieldKind::Date,
        meaning: "last day of the period; empty where it is open",
        get: |o| digits(o.period.and_then(|period| period.days().1)),
    },
];
