//! Arguments in, exit code out.

use std::process::ExitCode;

use clap::Parser;
use edustat::cli::Cli;

fn main() -> ExitCode {
    match Cli::try_parse() {
        Ok(cli) => edustat::commands::run(&cli).into(),
        Err(error) => edustat::commands::refuse(&error),
    }
}
