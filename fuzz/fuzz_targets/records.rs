//! Any text as a file of records, in each format.

#![no_main]

use std::sync::LazyLock;

use edustat::lexicon::Lexicon;
use edustat::records::RecordFormat;
use libfuzzer_sys::fuzz_target;

#[path = "../../tests/holds/mod.rs"]
mod holds;

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::built_in().unwrap());

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    for format in [RecordFormat::Json, RecordFormat::Csv] {
        holds::rows(&LEXICON, &text, format);
    }
});
