//! Any file through the whole program. The first byte says how the file is called and, in one of two cases,
//! which encoding is forced; the rest is the file.

#![no_main]

use std::sync::LazyLock;

use edustat::pipeline::{Assumptions, Pipeline};
use edustat::text::decode::EncodingChoice;
use libfuzzer_sys::fuzz_target;

#[path = "../../tests/holds/mod.rs"]
mod holds;

static PIPELINE: LazyLock<Pipeline> =
    LazyLock::new(|| Pipeline::new(Assumptions::default()).unwrap());

fuzz_target!(|bytes: &[u8]| {
    let Some((&how, bytes)) = bytes.split_first() else { return };
    let name = if how & 1 == 0 { "a.txt" } else { "a.html" };
    let choice = EncodingChoice::ALL.get(usize::from(how >> 1) % 10);
    holds::file(&PIPELINE, name, bytes, choice.copied().unwrap_or(EncodingChoice::Auto));
});
