//! Files that are no text, and where that shows.
//!
//! In: the bytes of a file, or what they were decoded to. Out: nothing, or an error that says at which byte
//! what was found. `89 50 4E 47 …` gives `byte 0: expected text in a known encoding, found a PNG image`.

use std::ops::Range;

use memchr::memchr_iter;

use super::bytes::count;
use super::decode::{Decoded, Encoding};
use crate::error::ErrorKind;

/// First bytes of formats that people keep under the name of a text.
const FORMATS: [(&[u8], &str); 10] = [
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive (.docx, .xlsx and .wps are such)"),
    (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "an Office document (.doc, .xls or .wps)"),
    (b"{\\rtf", "an RTF document"),
    (b"\x89PNG\r\n", "a PNG image"),
    (b"\xFF\xD8\xFF", "a JPEG image"),
    (b"\x1F\x8B\x08", "a gzip archive"),
    (b"Rar!\x1A\x07", "a RAR archive"),
    (b"7z\xBC\xAF\x27\x1C", "a 7z archive"),
    (b"SQLite format 3\0", "an SQLite database"),
];

/// Refuses a file by its first bytes. A PDF or RTF document is ASCII for the most part and would pass for
/// a text that says nothing.
///
/// # Errors
/// [`ErrorKind::NotText`] when it begins like one of [`FORMATS`].
pub(super) fn known_format(bytes: &[u8]) -> Result<(), ErrorKind> {
    match FORMATS.iter().find(|(first, _)| bytes.starts_with(first)) {
        Some((_, name)) => Err(ErrorKind::NotText { byte: 0, found: (*name).to_owned() }),
        None => Ok(()),
    }
}

/// The NULs with which a download that was cut off is filled up to its full length: bytes at the end of a
/// file, none where it has nothing else.
pub(super) fn padding(bytes: &[u8]) -> Range<usize> {
    /// One or a few may be anything.
    const MANY: usize = 16;
    let text = bytes.iter().rposition(|&byte| byte != 0).map_or(0, |last| last + 1);
    let start = if text > 0 && bytes.len() - text >= MANY { text } else { bytes.len() };
    start..bytes.len()
}

/// Refuses what was decoded and is no text. Before the text stood a mark of so many bytes.
///
/// # Errors
/// [`ErrorKind::NotText`] when one character in twenty is a control character, or one in four is
/// malformed.
pub(super) fn must_be_text(decoded: Decoded, mark: usize) -> Result<Decoded, ErrorKind> {
    let controls = controls(&decoded.text);
    let (encoding, first) = (decoded.decoding.encoding, decoded.decoding.first_replaced);
    // Nearly every file has nothing to be counted.
    if controls == 0 && first.is_none() {
        return Ok(decoded);
    }
    let chars = decoded.text.chars().count();
    if controls * 20 > chars {
        let place = decoded.text.char_indices().find(|&(_, c)| is_control(c));
        let (text_byte, control) = place.unwrap_or_default();
        let before = &decoded.text[..text_byte];
        let byte = match encoding {
            Encoding::Utf16Le | Encoding::Utf16Be => before.encode_utf16().count() * 2,
            Encoding::Utf8 | Encoding::Gb18030 | Encoding::Big5 => {
                encoding.codec().encode(before).0.len()
            }
        };
        // Exact up to the first malformed sequence, which then is the better place to name.
        let byte = first.map_or(mark + byte, |first| first.min(mark + byte));
        let control = u32::from(control);
        let found = format!("{controls} control characters of {chars}, the first U+{control:04X}");
        return Err(ErrorKind::NotText { byte, found });
    }
    match first {
        Some(byte) if decoded.decoding.replaced * 4 > chars => {
            let replaced = decoded.decoding.replaced;
            let found =
                format!("{replaced} sequences malformed in {encoding} among {chars} characters");
            Err(ErrorKind::NotText { byte, found })
        }
        _ => Ok(decoded),
    }
}

/// A control character that stands in no text.
fn is_control(c: char) -> bool {
    c.is_control() && !matches!(c, '\t'..='\r')
}

/// How many there are in a text.
fn controls(text: &str) -> usize {
    let bytes = text.as_bytes();
    let ascii = count(bytes, |byte| byte.is_ascii_control() && !matches!(byte, b'\t'..=b'\r'));
    // C2 begins U+0080 to U+00BF, of which the first 32 are controls.
    let others = memchr_iter(0xC2, bytes).filter(|&at| bytes[at + 1] < 0xA0).count();
    ascii + others
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::decode::{EncodingChoice, decode};

    /// The byte that a refusal names, and what it says was found there.
    fn refusal(bytes: &[u8], choice: EncodingChoice) -> (usize, String) {
        match decode(bytes.to_vec(), choice) {
            Err(ErrorKind::NotText { byte, found }) => (byte, found),
            other => panic!("expected a refusal, found {other:?}"),
        }
    }

    #[test]
    fn known_formats_are_named() {
        for (bytes, name) in [
            (b"%PDF-1.7\n1 0 obj".as_slice(), "a PDF document"),
            (b"\x89PNG\r\n\x1A\n\0\0\0\rIHDR", "a PNG image"),
            (b"PK\x03\x04\x14\0", "a ZIP archive (.docx, .xlsx and .wps are such)"),
        ] {
            for &choice in EncodingChoice::ALL {
                assert_eq!(refusal(bytes, choice), (0, name.to_owned()));
            }
        }
    }

    #[test]
    fn rubbish_is_no_text() {
        let noise: Vec<u8> =
            (0..4000_u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
        for bytes in [noise, vec![0xFF; 100], vec![0; 100]] {
            refusal(&bytes, EncodingChoice::Auto);
        }
        let found = "2 control characters of 5, the first U+0000".to_owned();
        assert_eq!(refusal(b"abc\x00\x01", EncodingChoice::Auto), (3, found.clone()));
        assert_eq!(refusal(b"\xEF\xBB\xBFabc\x00\x01", EncodingChoice::Utf8), (6, found));
    }

    #[test]
    fn every_control_is_counted() {
        for c in '\0'..='\u{2FF}' {
            assert_eq!(controls(&format!("小{c}学")), usize::from(is_control(c)), "{c:?}");
        }
    }

    #[test]
    fn padding_is_what_follows_a_text() {
        let with = |text: &[u8], nuls: usize| padding(&[text, &vec![0; nuls]].concat());
        assert_eq!(with(b"abc", 16), 3..19);
        assert_eq!(with(b"abc", 15), 18..18);
        assert_eq!(with(b"", 16), 16..16);
    }
}
