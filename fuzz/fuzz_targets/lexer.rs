//! Any text: its tokens tile it.

#![no_main]

use std::sync::LazyLock;

use edustat::lexicon::Lexicon;
use libfuzzer_sys::fuzz_target;

#[path = "../../tests/holds/mod.rs"]
mod holds;

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::built_in().unwrap());

fuzz_target!(|bytes: &[u8]| holds::tokens(&String::from_utf8_lossy(bytes), &LEXICON));
