//! Subcommands that read no documents: what the records look like, and what packagers install.

use std::path::PathBuf;

use clap::Args;
use clap_complete::Shell;

use crate::output::fields::Columns;

/// Arguments of `schema`.
#[derive(Debug, Args)]
pub struct Schema {
    /// Frictionless Table Schema of the CSV, in place of JSON Schema of a record
    #[arg(long)]
    pub table_schema: bool,

    /// Fields that are written, in this order, separated by commas [default: all]
    #[arg(long, value_name = "NAMES")]
    pub columns: Option<Columns>,
}

/// Arguments of `completions`.
#[derive(Debug, Args)]
pub struct Completions {
    /// The shell
    #[arg(value_enum, value_name = "SHELL")]
    pub shell: Shell,
}

/// Arguments of `man`.
#[derive(Debug, Args)]
pub struct Man {
    /// Subcommand whose page to print [default: that of the program]
    #[arg(value_name = "COMMAND", conflicts_with = "output")]
    pub command: Option<String>,

    /// Folder to write all pages to: edustat.1, edustat-extract.1 and so on
    #[arg(short, long, value_name = "DIR")]
    pub output: Option<PathBuf>,
}
