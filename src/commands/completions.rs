//! `edustat completions`: what makes a shell complete the arguments of edustat.
//!
//! In: the name of a shell. Out: a script for it. With that of bash loaded, `edustat ext` and a tab give `extract`.

use std::io::Write;

use clap::CommandFactory;

use super::Exit;
use crate::cli::{Cli, Completions};
use crate::error::{Error, ErrorKind};
use crate::output::target::Target;

/// Prints the script.
///
/// # Errors
/// When the output cannot be written.
pub fn run(arguments: &Completions) -> anyhow::Result<Exit> {
    // clap_complete ends the program where it cannot write: memory takes every byte.
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut Cli::command(), "edustat", &mut script);
    let mut out = Target::stdout();
    let path = out.path().to_owned();
    out.write_all(&script).map_err(|cause| Error::new(path, ErrorKind::Write(cause)))?;
    out.finish()?;
    Ok(Exit::Done)
}
