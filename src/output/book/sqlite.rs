//! SQLite: a database of documents, observations, checks and codebook, which grows from run to run.
//!
//! In: what a [`Book`] takes. Out: all of it, or nothing: a run is one transaction, and a new database is
//! written beside its place. `a.txt`, when it is read again, takes the place of what the database had of it; what it
//! has of other documents stays.

use std::fs::{self, OpenOptions};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::types::Value;
use rusqlite::{Connection, ErrorCode, OpenFlags, params_from_iter};

use super::derived::{DAYS, EXACT};
use super::described::{DOCUMENTS, Described};
use super::reference::{codebook, codes};
use super::tables::{CHECK_RECORDS, INDEXES, Table, VIEWS};
use super::{Book, VERSION, part, refused, unfit};
use crate::error::Error;
use crate::observation::Observation;
use crate::output::audit::Reported;
use crate::output::fields::{Cell, FIELDS};
use crate::output::target::Target;

/// `edus`: what the header of a database says that is ours.
const APPLICATION: u32 = 0x6564_7573;
/// How long another program may take that writes the same database.
const PATIENCE: Duration = Duration::from_secs(5);

/// A database that is being written.
pub(super) struct Database {
    path: PathBuf,
    connection: Connection,
    /// Of a new one, the file beside its place.
    part: Option<Target>,
    record: String,
    check: String,
    document: String,
}

impl Database {
    /// Begins to write what stands at `path`, or a new database.
    pub(super) fn open(path: &Path) -> Result<Self, Error> {
        let failed = |error| failed(path, &error);
        let (connection, part) = match Standing::of(path)? {
            Standing::Nothing => {
                let (target, _) = part(path)?;
                let beside = target.part().map(|part| part.path().to_owned()).unwrap_or_default();
                let connection = open(&beside).map_err(failed)?;
                // It is put in its place when all of it is there, or it is dropped.
                connection
                    .execute_batch("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;")
                    .map_err(failed)?;
                (connection, Some(target))
            }
            Standing::Ours => {
                let place = fs::canonicalize(path).map_err(|cause| refused(path, cause))?;
                // SQLite would read what it must not write, and say so at the end.
                OpenOptions::new()
                    .write(true)
                    .open(&place)
                    .map_err(|cause| refused(path, cause))?;
                (open(&place).map_err(failed)?, None)
            }
        };
        connection.execute_batch("PRAGMA foreign_keys = ON; BEGIN IMMEDIATE;").map_err(failed)?;
        if part.is_some() {
            create(&connection).map_err(failed)?;
        }
        explain(&connection).map_err(failed)?;
        Ok(Database {
            path: path.to_owned(),
            connection,
            part,
            record: Table::observations().insert(),
            check: Table::checks().insert(),
            document: Table::documents().insert(),
        })
    }

    fn add(&self, records: &[Observation<'static>], checks: &[Reported]) -> rusqlite::Result<()> {
        let mut insert = self.connection.prepare_cached(&self.record)?;
        for record in records {
            let fields = FIELDS.iter().map(|field| value(field.of(record)));
            let more = EXACT.iter().chain(DAYS).map(|column| value(column.of(record)));
            insert.execute(params_from_iter(fields.chain(more)))?;
        }
        let mut insert = self.connection.prepare_cached(&self.check)?;
        let mut tie =
            self.connection.prepare_cached("INSERT INTO check_records VALUES (?, ?, ?)")?;
        for check in checks {
            insert.execute(params_from_iter(check.cells().map(value)))?;
            let number = self.connection.last_insert_rowid();
            for (place, id) in (0_i64..).zip(check.ids()) {
                tie.execute((number, place, id))?;
            }
        }
        Ok(())
    }
}

impl Book for Database {
    fn begin(&mut self, source: &str) -> Result<(), Error> {
        let replaced = self.connection.prepare_cached("DELETE FROM documents WHERE source = ?");
        let replaced = replaced.and_then(|mut delete| delete.execute([source]));
        replaced.map(drop).map_err(|error| failed(&self.path, &error))
    }

    fn read(&mut self, records: &[Observation<'static>], checks: &[Reported]) -> Result<(), Error> {
        self.add(records, checks).map_err(|error| failed(&self.path, &error))
    }

    fn end(&mut self, document: &Described) -> Result<(), Error> {
        let cells = DOCUMENTS.iter().map(|column| value(column.of(document)));
        let insert = self.connection.prepare_cached(&self.document);
        let inserted = insert.and_then(|mut insert| insert.execute(params_from_iter(cells)));
        inserted.map(drop).map_err(|error| failed(&self.path, &error))
    }

    fn finish(self: Box<Self>) -> Result<(), Error> {
        let Database { path, connection, part, .. } = *self;
        let done = connection.execute_batch("COMMIT");
        let done = done.and_then(|()| connection.close().map_err(|(_, error)| error));
        done.map_err(|error| failed(&path, &error))?;
        let Some(part) = part else { return Ok(()) };
        match Standing::of(&path)? {
            Standing::Nothing => part.finish(),
            Standing::Ours => Err(unfit(
                &path,
                "no database, as when this run began",
                "one that another run wrote meanwhile",
            )),
        }
    }
}

/// What stands where a database is to be written.
enum Standing {
    /// Nothing, or an empty file.
    Nothing,
    /// A database of this program, with the tables of this version.
    Ours,
}

impl Standing {
    /// Looks at its header alone: what belongs to another program is not even opened as a database.
    fn of(path: &Path) -> Result<Self, Error> {
        const EXPECTED: &str = "an SQLite database that edustat wrote, or nothing";
        match fs::metadata(path) {
            Ok(standing) if standing.is_file() => {}
            // What is wrong with a folder or device is said when it is opened to be written.
            Ok(_) => return Ok(Standing::Nothing),
            Err(cause) if cause.kind() == io::ErrorKind::NotFound => return Ok(Standing::Nothing),
            Err(cause) => return Err(refused(path, cause)),
        }
        let mut header = [0; 100];
        let read = fs::File::open(path).and_then(|file| fill(file, &mut header));
        if read.map_err(|cause| refused(path, cause))? == 0 {
            return Ok(Standing::Nothing);
        }
        let number = |at: usize| {
            u32::from_be_bytes([header[at], header[at + 1], header[at + 2], header[at + 3]])
        };
        if !header.starts_with(b"SQLite format 3\0") {
            return Err(unfit(path, EXPECTED, "a file of another kind"));
        }
        let (application, version) = (number(68), number(60));
        if application != APPLICATION {
            return Err(unfit(
                path,
                EXPECTED,
                &format!("one of another program (application_id {application})"),
            ));
        }
        if version != VERSION {
            let expected = format!("a database with tables of version {VERSION}");
            return Err(unfit(path, &expected, &format!("version {version}: write to a new file")));
        }
        Ok(Standing::Ours)
    }
}

/// Reads as much as there is.
fn fill(mut file: fs::File, bytes: &mut [u8]) -> io::Result<usize> {
    let mut filled = 0;
    while filled < bytes.len() {
        match file.read(&mut bytes[filled..])? {
            0 => break,
            read => filled += read,
        }
    }
    Ok(filled)
}

/// Opens a file that is there.
fn open(path: &Path) -> rusqlite::Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(PATIENCE)?;
    Ok(connection)
}

/// Makes the tables of a new database.
fn create(connection: &Connection) -> rusqlite::Result<()> {
    let tables = [
        Table::codebook(),
        Table::codes(),
        Table::documents(),
        Table::observations(),
        Table::checks(),
    ];
    let tables: String = tables.iter().map(Table::create).collect();
    connection.execute_batch(&format!(
        "PRAGMA application_id = {APPLICATION}; PRAGMA user_version = {VERSION};\n\
         {tables}{CHECK_RECORDS}{INDEXES}{VIEWS}"
    ))
}

/// Writes codebook and labels, whose words may be others than those of the last run.
fn explain(connection: &Connection) -> rusqlite::Result<()> {
    for (table, listing) in [(Table::codebook(), codebook()), (Table::codes(), codes())] {
        let mut replace = connection.prepare(&table.replace())?;
        for row in listing.rows {
            replace.execute(params_from_iter(row))?;
        }
    }
    Ok(())
}

/// What a cell is to SQLite. A decimal is the number nearest to it.
fn value(cell: Cell<'_>) -> Value {
    match cell {
        Cell::Absent => Value::Null,
        Cell::Text(text) => Value::Text(text.into_owned()),
        Cell::Integer(number) => i64::try_from(number).map_or(Value::Null, Value::Integer),
        Cell::Decimal(number) => {
            let written = number.to_string();
            written
                .parse()
                .map(Value::Integer)
                .or_else(|_| written.parse().map(Value::Real))
                .unwrap_or(Value::Null)
        }
        Cell::Flag(flag) => Value::Integer(flag.into()),
    }
}

/// What SQLite says, and what it means where another program is at the same database.
fn failed(path: &Path, error: &rusqlite::Error) -> Error {
    let cause = match error.sqlite_error_code() {
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
            format!("another program is writing it or reading all of it ({error})")
        }
        _ => error.to_string(),
    };
    refused(path, io::Error::other(cause))
}
