//! Any text: its tokens tile it.

#![no_main]

use edustat::lexicon::Lexicon;
use libfuzzer_sys::fuzz_target;

#[path = "../../tests/holds/mod.rs"]
mod holds;

static LEXICON: Lexicon = Lexicon::built_in();

fuzz_target!(|bytes: &[u8]| holds::tokens(&String::from_utf8_lossy(bytes), &LEXICON));
