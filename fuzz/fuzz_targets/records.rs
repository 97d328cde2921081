//! Any text as a file of records, in each format.

#![no_main]

use edustat::lexicon::Lexicon;
use edustat::records::RecordFormat;
use libfuzzer_sys::fuzz_target;

#[path = "../../tests/holds/mod.rs"]
mod holds;

static LEXICON: Lexicon = Lexicon::built_in();

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    for format in [RecordFormat::Json, RecordFormat::Csv] {
        holds::rows(&LEXICON, &text, format);
    }
});
