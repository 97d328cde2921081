//! Arguments in, exit code out.

use std::process::ExitCode;

use clap::Parser;
use edustat::cli::Cli;

fn main() -> ExitCode {
    edustat::commands::run(&Cli::parse()).into()
}
