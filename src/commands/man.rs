//! `edustat man`: the manual pages, made from what `--help` says.
//!
//! In: a subcommand, or a folder for all pages. Out: roff. `edustat man extract | man -l -` shows the page
//! edustat-extract(1).

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use anyhow::bail;
use clap::CommandFactory;
use clap_mangen::roff::{Roff, roman};

use super::Exit;
use crate::cli::{Cli, Man};
use crate::error::{Error, ErrorKind};
use crate::output::target::Target;

/// Prints a page, or writes all of them.
///
/// # Errors
/// When there is no such subcommand, or an output cannot be written.
pub fn run(arguments: &Man) -> anyhow::Result<Exit> {
    // Built: subcommands know their full names and the options that they all have.
    let mut program = Cli::command().disable_help_subcommand(true);
    program.build();
    if let Some(folder) = &arguments.output {
        write_all(&program, folder)?;
        return Ok(Exit::Done);
    }
    let page = match &arguments.command {
        None => page(&program, &program),
        Some(name) => match program.find_subcommand(name) {
            Some(command) => page(&program, command),
            None => {
                let names: Vec<&str> = program.get_subcommands().map(|c| c.get_name()).collect();
                bail!("man: expected one of {}, found {name:?}", names.join(", "))
            }
        },
    };
    let mut out = Target::stdout();
    let path = out.path().to_owned();
    let refused = |cause| Error::new(&path, ErrorKind::Write(cause));
    out.write_all(&page.map_err(refused)?).map_err(refused)?;
    out.finish()?;
    Ok(Exit::Done)
}

/// Writes the page of the program and of each subcommand to a folder, which is made where there is none.
fn write_all(program: &clap::Command, folder: &Path) -> Result<(), Error> {
    fs::create_dir_all(folder).map_err(|cause| Error::new(folder, ErrorKind::Write(cause)))?;
    for command in std::iter::once(program).chain(program.get_subcommands()) {
        let path = folder.join(format!("{}.1", full_name(command)));
        let mut target = Target::file(&path)?;
        let written = page(program, command).and_then(|page| target.write_all(&page));
        written.map_err(|cause| Error::new(&path, ErrorKind::Write(cause)))?;
        target.finish()?;
    }
    Ok(())
}

/// `edustat-extract`.
fn full_name(command: &clap::Command) -> &str {
    command.get_display_name().unwrap_or_else(|| command.get_name())
}

/// The page of the program or of one of its subcommands.
fn page(program: &clap::Command, command: &clap::Command) -> io::Result<Vec<u8>> {
    let version = format!("edustat {}", env!("CARGO_PKG_VERSION"));
    let man = clap_mangen::Man::new(command.clone()).title(full_name(command)).source(version);
    let mut out = Vec::new();
    man.render_title(&mut out)?;
    man.render_name_section(&mut out)?;
    man.render_synopsis_section(&mut out)?;
    man.render_description_section(&mut out)?;
    man.render_options_section(&mut out)?;
    let is_program = command.has_subcommands();
    if is_program {
        man.render_subcommands_section(&mut out)?;
    }
    let mut rest = Roff::new();
    if let Some(codes) = program.get_after_help() {
        rest.control("SH", ["EXIT STATUS"]);
        rest.text([roman(codes.to_string().trim_start_matches("Exit codes: "))]);
    }
    rest.control("SH", ["ENVIRONMENT"]);
    rest.control("TP", []);
    rest.text([roman("NO_COLOR")]);
    rest.text([roman("Where it is set and not empty, nothing is colored but by --color always.")]);
    if !is_program {
        rest.control("SH", ["SEE ALSO"]);
        rest.text([roman(format!("{}(1)", full_name(program)))]);
    }
    rest.to_writer(&mut out)?;
    Ok(out)
}
