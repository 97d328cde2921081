//! Builds the lexicon into the program: nothing that the tables say is worked out when it starts.
//!
//! In: the tables of `src/lexicon/`. Out: `lexicon.rs` in Cargo's folder for what is built, which
//! `src/lexicon/built.rs` includes: the words and what finds them, as memory that is only read. The row
//! `校舍,floor_area,,,,education` of `terms.csv` becomes
//! `Word { noun: Some(Noun::FloorArea), field: Some(Field::Education), ..Word::NONE }`.
//!
//! Nothing is written twice: the modules below are those of the program, whose own loader reads and arranges
//! the tables here, once, as it does there for `--lexicon DIR`. Only `build/source.rs` is added, which writes
//! down what the loader made. The module tree is that of `src/lib.rs`, with what the loader needs and no more.
//! A row that cannot be used ends the build with its file, row and column.

#![expect(dead_code, reason = "the modules have more for the program than for its build")]

#[path = "src/codes.rs"]
mod codes;
#[path = "src/digits.rs"]
mod digits;
#[path = "src/error.rs"]
mod error;
#[path = "src/period.rs"]
mod period;
#[path = "src/shown.rs"]
mod shown;
#[path = "src/size.rs"]
mod size;
#[path = "src/verdict.rs"]
mod verdict;

#[path = "src/lexicon"]
mod lexicon {
    pub mod fold;
    pub mod index;
    pub mod kinds;
    pub mod load;
    pub mod own;
    pub mod plane;
    pub mod regions;
    pub mod senses;
    pub mod sieve;
    #[path = "../../build/source.rs"]
    pub mod source;
    pub mod specific;
    pub mod tables;
    pub mod whole;
    pub mod word;

    pub use fold::fold;
    pub use word::WordId;
}

#[path = "src/page"]
mod page {
    pub mod names;
}

#[path = "src/text"]
mod text {
    pub mod bytes;
    pub mod head_words;
    pub mod script;
    pub mod span;
    pub mod token;
}

use std::path::Path;
use std::process::ExitCode;
use std::{env, fs};

fn main() -> ExitCode {
    match build() {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            println!("cargo::error={message}");
            ExitCode::FAILURE
        }
    }
}

/// Reads the tables and writes the source.
fn build() -> Result<(), String> {
    // The tables and modules are part of this script: a change of either builds and runs it anew.
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=src/lexicon");
    let mut loader = lexicon::load::Loader::default();
    loader.built_in().map_err(|error| error.to_string())?;
    let folder = env::var_os("OUT_DIR").ok_or("OUT_DIR: expected Cargo's folder, found nothing")?;
    let file = Path::new(&folder).join("lexicon.rs");
    fs::write(&file, lexicon::source::source(&loader.finish()))
        .map_err(|cause| format!("{}: cannot be written: {cause}", file.display()))
}
