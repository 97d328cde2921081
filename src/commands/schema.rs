//! `edustat schema`: what a record looks like, for programs.
//!
//! In: which form, and perhaps columns. Out: the schema as JSON, to be read by people too. A validator that is
//! given it accepts every record that `extract` writes.

use std::io::Write;

use super::Exit;
use crate::cli::Schema;
use crate::error::{Error, ErrorKind};
use crate::output::fields::Columns;
use crate::output::target::Target;
use crate::schema;

/// Prints the schema.
///
/// # Errors
/// When the output cannot be written.
pub fn run(arguments: &Schema) -> anyhow::Result<Exit> {
    let columns = arguments.columns.clone().unwrap_or_else(Columns::all);
    let schema = if arguments.table_schema {
        schema::table::schema(&columns)
    } else {
        schema::json::schema(&columns)
    };
    let mut out = Target::stdout();
    let path = out.path().to_owned();
    writeln!(out, "{schema:#}").map_err(|cause| Error::new(path, ErrorKind::Write(cause)))?;
    out.finish()?;
    Ok(Exit::Done)
}
