//! Any bytes, in each encoding that a user may choose.

#![no_main]

use edustat::text::decode::EncodingChoice;
use libfuzzer_sys::fuzz_target;

#[path = "../../tests/holds/mod.rs"]
mod holds;

fuzz_target!(|bytes: &[u8]| {
    for &choice in EncodingChoice::ALL {
        holds::decoding(bytes, choice);
    }
});
