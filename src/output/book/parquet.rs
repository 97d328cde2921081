//! Parquet: the records as a file of typed columns, for DuckDB, pandas, Spark and R.
//!
//! In: what a [`Book`] takes, of which the records are written. Out: a file whose `value` is a `DECIMAL`, whose
//! `published` is a `DATE`, and whose text is UTF-8. What a type cannot hold is in a column beside it:
//! `published_exact` is `2021-09` where the day is not known and `published` is null. The metadata say which
//! version of the columns it has.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use parquet::basic::{Compression, LogicalType, Repetition, Type as Physical};
use parquet::data_type::{
    BoolType, ByteArray, ByteArrayType, FixedLenByteArray, FixedLenByteArrayType, Int32Type,
    Int64Type,
};
use parquet::errors::ParquetError;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use parquet::schema::types::Type;
use rust_decimal::Decimal;

use super::derived::{DAYS, EXACT};
use super::described::Described;
use super::{Book, VERSION, part, refused};
use crate::error::Error;
use crate::observation::Observation;
use crate::output::audit::Reported;
use crate::output::fields::{Cell, Columns, Field, FieldKind};
use crate::output::target::Target;
use crate::period::Date;

/// Places behind the point. A record has at most 28 digits, so 28 may stand before it.
const SCALE: u32 = 10;
/// Digits of a decimal, and the bytes that they take.
const PRECISION: i32 = 38;
const BYTES: i32 = 16;
/// Records that are gathered before they are written: readers skip such groups as a whole.
const GROUP: usize = 1 << 14;

/// A file that is being written.
pub(super) struct File {
    path: PathBuf,
    target: Target,
    out: SerializedFileWriter<fs::File>,
    columns: Vec<Gathered>,
    gathered: usize,
}

impl File {
    /// A file with these columns of records, and behind them what their types cannot hold.
    pub(super) fn new(path: &Path, chosen: &Columns) -> Result<Self, Error> {
        let (target, file) = part(path)?;
        let columns = columns(chosen);
        let out = begin(file, &columns).map_err(|error| failed(path, error))?;
        Ok(File { path: path.to_owned(), target, out, columns, gathered: 0 })
    }

    /// Writes what was gathered.
    fn flush(&mut self) -> Result<(), ParquetError> {
        if self.gathered == 0 {
            return Ok(());
        }
        self.gathered = 0;
        let mut group = self.out.next_row_group()?;
        for column in &mut self.columns {
            if let Some(mut place) = group.next_column()? {
                column.write(&mut place)?;
                place.close()?;
            }
        }
        group.close().map(drop)
    }
}

impl Book for File {
    fn begin(&mut self, _: &str) -> Result<(), Error> {
        Ok(())
    }

    fn read(&mut self, records: &[Observation<'static>], _: &[Reported]) -> Result<(), Error> {
        for record in records {
            self.columns.iter_mut().for_each(|column| column.push(record));
            self.gathered += 1;
            if self.gathered == GROUP {
                self.flush().map_err(|error| failed(&self.path, error))?;
            }
        }
        Ok(())
    }

    fn end(&mut self, _: &Described) -> Result<(), Error> {
        Ok(())
    }

    fn finish(mut self: Box<Self>) -> Result<(), Error> {
        let written = self.flush().and_then(|()| self.out.finish().map(drop));
        let written = written.and_then(|()| self.out.flush().map_err(ParquetError::from));
        written.map_err(|error| failed(&self.path, error))?;
        self.target.finish()
    }
}

/// A column and its cells that are not written yet.
struct Gathered {
    name: String,
    of: Source,
    cells: Cells,
    /// For each record whether it has a cell: 1, or 0.
    levels: Vec<i16>,
}

/// Where the cells of a column come from.
enum Source {
    Field(&'static Field),
    /// A field as it stands in text, where its type may not hold it.
    Exact(&'static Field),
    Derived(&'static super::Column<Observation<'static>>),
}

/// Cells that are there, as Parquet takes them.
enum Cells {
    Text(Vec<ByteArray>),
    Integer(Vec<i64>),
    Decimal(Vec<FixedLenByteArray>),
    Boolean(Vec<bool>),
    Day(Vec<i32>),
}

/// The columns of a file: the fields chosen, then what belongs to them.
fn columns(chosen: &Columns) -> Vec<Gathered> {
    let column = |name: String, kind: FieldKind, of: Source| {
        let cells = match kind {
            FieldKind::Text | FieldKind::Code(_) => Cells::Text(Vec::new()),
            FieldKind::Integer => Cells::Integer(Vec::new()),
            FieldKind::Decimal => Cells::Decimal(Vec::new()),
            FieldKind::Boolean => Cells::Boolean(Vec::new()),
            FieldKind::Date => Cells::Day(Vec::new()),
        };
        Gathered { name, of, cells, levels: Vec::new() }
    };
    let fields =
        chosen.iter().map(|field| column(field.name.to_owned(), field.kind, Source::Field(field)));
    let mut columns: Vec<_> = fields.collect();
    let of = |name: &str, of: &str| name.starts_with(of) && chosen.contains(of);
    for more in EXACT.iter().chain(DAYS) {
        if chosen.contains(more.name.trim_end_matches("_exact")) || of(more.name, "period") {
            columns.push(column(more.name.to_owned(), more.kind, Source::Derived(more)));
        }
    }
    for field in chosen.iter().filter(|field| matches!(field.kind, FieldKind::Date)) {
        columns.push(column(
            format!("{}_exact", field.name),
            FieldKind::Text,
            Source::Exact(field),
        ));
    }
    columns
}

/// Begins a file: its types, and what it says of itself.
fn begin(
    file: fs::File,
    columns: &[Gathered],
) -> Result<SerializedFileWriter<fs::File>, ParquetError> {
    let fields = columns.iter().map(|column| Ok(Arc::new(column.parquet_type()?)));
    let schema = Type::group_type_builder("observations")
        .with_fields(fields.collect::<Result<_, ParquetError>>()?);
    let said = |key: &str, value: String| KeyValue::new(key.to_owned(), value);
    let properties = WriterProperties::builder()
        .set_compression(Compression::SNAPPY)
        .set_created_by(concat!("edustat ", env!("CARGO_PKG_VERSION")).to_owned())
        .set_key_value_metadata(Some(vec![
            said("edustat.version", env!("CARGO_PKG_VERSION").to_owned()),
            said("edustat.record", VERSION.to_string()),
        ]))
        .build();
    SerializedFileWriter::new(file, Arc::new(schema.build()?), Arc::new(properties))
}

impl Gathered {
    /// Its type. Any cell may be absent.
    fn parquet_type(&self) -> Result<Type, ParquetError> {
        let (physical, logical) = match self.cells {
            Cells::Text(_) => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
            Cells::Integer(_) => (Physical::INT64, None),
            Cells::Decimal(_) => (
                Physical::FIXED_LEN_BYTE_ARRAY,
                Some(LogicalType::decimal(SCALE as i32, PRECISION)),
            ),
            Cells::Boolean(_) => (Physical::BOOLEAN, None),
            Cells::Day(_) => (Physical::INT32, Some(LogicalType::Date)),
        };
        let column = Type::primitive_type_builder(&self.name, physical)
            .with_repetition(Repetition::OPTIONAL)
            .with_logical_type(logical);
        match self.cells {
            Cells::Decimal(_) => {
                column.with_length(BYTES).with_precision(PRECISION).with_scale(SCALE as i32).build()
            }
            _ => column.build(),
        }
    }

    /// Gathers the cell of a record.
    fn push(&mut self, record: &Observation<'static>) {
        let cell = match self.of {
            Source::Field(field) | Source::Exact(field) => field.of(record),
            Source::Derived(column) => column.of(record),
        };
        let before = self.cells.len();
        match (&mut self.cells, cell) {
            (_, Cell::Absent) => {}
            (Cells::Text(cells), cell) => {
                cells.push(ByteArray::from(cell.to_string().into_bytes()))
            }
            (Cells::Integer(cells), Cell::Integer(number)) => cells.extend(i64::try_from(number)),
            (Cells::Decimal(cells), Cell::Decimal(number)) => {
                cells.extend(
                    unscaled(number)
                        .map(|number| FixedLenByteArray::from(number.to_be_bytes().to_vec())),
                );
            }
            (Cells::Boolean(cells), Cell::Flag(flag)) => cells.push(flag),
            (Cells::Day(cells), Cell::Text(text)) => cells.extend(Date::parse(&text).and_then(day)),
            // The kind of a field says what its cells hold.
            (Cells::Integer(_) | Cells::Decimal(_) | Cells::Boolean(_) | Cells::Day(_), _) => {}
        }
        self.levels.push(i16::from(self.cells.len() > before));
    }

    /// Writes and forgets its cells.
    fn write(&mut self, place: &mut SerializedColumnWriter<'_>) -> Result<(), ParquetError> {
        let levels = std::mem::take(&mut self.levels);
        let levels = Some(levels.as_slice());
        match &mut self.cells {
            Cells::Text(cells) => {
                place.typed::<ByteArrayType>().write_batch(&std::mem::take(cells), levels, None)
            }
            Cells::Integer(cells) => {
                place.typed::<Int64Type>().write_batch(&std::mem::take(cells), levels, None)
            }
            Cells::Decimal(cells) => place.typed::<FixedLenByteArrayType>().write_batch(
                &std::mem::take(cells),
                levels,
                None,
            ),
            Cells::Boolean(cells) => {
                place.typed::<BoolType>().write_batch(&std::mem::take(cells), levels, None)
            }
            Cells::Day(cells) => {
                place.typed::<Int32Type>().write_batch(&std::mem::take(cells), levels, None)
            }
        }
        .map(drop)
    }
}

impl Cells {
    fn len(&self) -> usize {
        match self {
            Cells::Text(cells) => cells.len(),
            Cells::Integer(cells) => cells.len(),
            Cells::Decimal(cells) => cells.len(),
            Cells::Boolean(cells) => cells.len(),
            Cells::Day(cells) => cells.len(),
        }
    }
}

/// A decimal in units of its last place. What lies behind that place is rounded; `value_exact` has it.
fn unscaled(number: Decimal) -> Option<i128> {
    let number = number.round_dp(SCALE);
    let tens = 10_i128.checked_pow(SCALE.checked_sub(number.scale())?)?;
    let unscaled = number.mantissa().checked_mul(tens)?;
    (unscaled.unsigned_abs() < 10_u128.pow(PRECISION as u32)).then_some(unscaled)
}

/// Days since 1970-01-01, of a date whose day is known. Years are counted from March, so that the
/// day that a leap year has more is their last.
fn day(date: Date) -> Option<i32> {
    let (year, month, day) = (i32::from(date.year), i32::from(date.month?), i32::from(date.day?));
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let leaps = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    Some(year * 365 + leaps + (month * 153 + 2) / 5 + day - 1 - 719_468)
}

/// What the library says. The system's refusals are passed on as they are.
fn failed(path: &Path, error: ParquetError) -> Error {
    refused(
        path,
        match error {
            ParquetError::External(cause) => match cause.downcast::<io::Error>() {
                Ok(cause) => *cause,
                Err(other) => io::Error::other(other),
            },
            other => io::Error::other(other),
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_from_1970() {
        for (date, days) in [
            ("1970-01-01", 0),
            ("1969-12-31", -1),
            ("2000-02-29", 11_016),
            ("2000-03-01", 11_017),
            ("1900-03-01", -25_508),
            ("2021-09-20", 18_890),
            ("0001-01-01", -719_162),
        ] {
            assert_eq!(day(Date::parse(date).unwrap()), Some(days), "{date}");
        }
        assert_eq!(day(Date::month(2021, 9)), None);
    }

    #[test]
    fn decimals_are_exact_to_the_tenth_place() {
        for (number, units) in [
            ("97.80", Some(978_000_000_000)),
            ("-0.5", Some(-5_000_000_000)),
            ("0.00000000005", Some(0)),
            ("0.00000000015", Some(2)),
            (
                "9999999999999999999999999999",
                Some(99_999_999_999_999_999_999_999_999_990_000_000_000),
            ),
            ("10000000000000000000000000000", None),
        ] {
            assert_eq!(unscaled(number.parse().unwrap()), units, "{number}");
        }
    }
}
