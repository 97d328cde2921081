//! Bytes to text.
//!
//! In goes a whole file, out comes its text with the byte order mark taken off and everything else
//! left alone, line ends included. `BD CC D3 FD` (GB 18030) becomes `教育`; so does `E6 95 99 E8 82
//! B2` (UTF-8). Detection looks at the whole file: a page may begin with kilobytes of ASCII menu.

use std::fmt;

use clap::ValueEnum;
use clap::builder::PossibleValue;
use encoding_rs::{BIG5, GB18030, UTF_8, UTF_16BE, UTF_16LE};

use crate::codes::codes;
use crate::error::ErrorKind;
use crate::text::charset;

/// The encoding in which a file was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8.
    Utf8,
    /// GB 18030, and with it GBK and GB 2312.
    Gb18030,
    /// Big5.
    Big5,
    /// UTF-16, low byte first.
    Utf16Le,
    /// UTF-16, high byte first.
    Utf16Be,
}

impl Encoding {
    const fn codec(self) -> &'static encoding_rs::Encoding {
        match self {
            Encoding::Utf8 => UTF_8,
            Encoding::Gb18030 => GB18030,
            Encoding::Big5 => BIG5,
            Encoding::Utf16Le => UTF_16LE,
            Encoding::Utf16Be => UTF_16BE,
        }
    }

    /// U+FEFF as this encoding writes it; empty where it cannot.
    const fn mark(self) -> &'static [u8] {
        match self {
            Encoding::Utf8 => b"\xEF\xBB\xBF",
            Encoding::Gb18030 => b"\x84\x31\x95\x33",
            Encoding::Big5 => b"",
            Encoding::Utf16Le => b"\xFF\xFE",
            Encoding::Utf16Be => b"\xFE\xFF",
        }
    }
}

impl fmt::Display for Encoding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.codec().name())
    }
}

codes! {
    /// What the user says about the encoding of the input.
    EncodingChoice("encoding") {
        /// Per file: byte order mark, then strict UTF-8, then detection.
        Auto = "auto",
        /// UTF-8.
        Utf8 = "utf-8",
        /// GB 18030, GBK, GB 2312.
        Gb18030 = "gb18030",
        /// Big5.
        Big5 = "big5",
        /// UTF-16 in the byte order of its mark, else the order that makes sense.
        Utf16 = "utf-16",
    }
}

impl ValueEnum for EncodingChoice {
    fn value_variants<'a>() -> &'a [Self] {
        Self::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.code()))
    }
}

/// A decoded file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded {
    /// Its text without byte order mark.
    pub text: String,
    /// The encoding it was read in.
    pub encoding: Encoding,
    /// How many malformed sequences became U+FFFD.
    pub replaced: usize,
    /// Byte of the file, from 0 and with the byte order mark counted, at which the first of them
    /// begins.
    pub first_replaced: Option<usize>,
}

/// Decodes a whole file. Empty input is empty text.
///
/// A few malformed bytes in an otherwise good text become U+FFFD and are counted.
///
/// # Errors
/// [`ErrorKind::NotText`] when one character in twenty is a control character, or one in four is
/// malformed.
///
/// # Examples
/// ```
/// use edustat::text::decode::{Encoding, EncodingChoice, decode};
///
/// let decoded = decode(b"\xD0\xA1\xD1\xA7365\xCB\xF9".to_vec(), EncodingChoice::Auto).unwrap();
/// assert_eq!((decoded.text.as_str(), decoded.encoding), ("小学365所", Encoding::Gb18030));
/// ```
pub fn decode(bytes: Vec<u8>, choice: EncodingChoice) -> Result<Decoded, ErrorKind> {
    let decoded = match choice {
        EncodingChoice::Auto => detect(bytes),
        EncodingChoice::Utf8 => decode_as(Encoding::Utf8, &bytes),
        EncodingChoice::Gb18030 => decode_as(Encoding::Gb18030, &bytes),
        EncodingChoice::Big5 => decode_as(Encoding::Big5, &bytes),
        EncodingChoice::Utf16 => decode_as(byte_order(&bytes).0, &bytes),
    };
    must_be_text(decoded)
}

fn detect(bytes: Vec<u8>) -> Decoded {
    let marked = [Encoding::Utf8, Encoding::Utf16Le, Encoding::Utf16Be, Encoding::Gb18030];
    let marked = marked.into_iter().find(|encoding| bytes.starts_with(encoding.mark()));
    match (marked, String::from_utf8(bytes)) {
        // Strict UTF-8 is moved, not copied. ASCII in UTF-16 is valid as well, with its NULs.
        (None | Some(Encoding::Utf8), Ok(mut text))
            if count(text.as_bytes(), 0..=0) * 4 <= text.len() =>
        {
            if marked.is_some() {
                text.drain(..Encoding::Utf8.mark().len());
            }
            Decoded { text, encoding: Encoding::Utf8, replaced: 0, first_replaced: None }
        }
        (marked, text) => {
            let bytes =
                text.map_or_else(std::string::FromUtf8Error::into_bytes, String::into_bytes);
            let heed = || heed_page(&bytes, guess(&bytes));
            marked.map_or_else(heed, |encoding| decode_as(encoding, &bytes))
        }
    }
}

fn count(bytes: &[u8], which: std::ops::RangeInclusive<u8>) -> usize {
    bytes.iter().filter(|byte| which.contains(byte)).count()
}

/// Reads bytes without a mark that are no strict UTF-8.
fn guess(bytes: &[u8]) -> Decoded {
    // Chinese in UTF-16 has NULs in its digits and line ends, or is far from ASCII. Without
    // either it is not asked for: pairs of ASCII would pass for ideographs.
    if count(bytes, 0..=0) > 0 || count(bytes, 0x80..=0xFF) * 5 >= bytes.len() {
        let (encoding, fits) = byte_order(bytes);
        if fits {
            return decode_as(encoding, bytes);
        }
    }
    let utf8 = decode_as(Encoding::Utf8, bytes);
    // Read as UTF-8, GB and Big5 text breaks at every other character; damaged UTF-8 breaks
    // seldom. The opposite test is worthless: most pairs of UTF-8 bytes are some GBK character.
    // Two-byte characters prove nothing: 小学 and 学校 in GB are also two Cyrillic letters each.
    let wide = utf8.text.chars().filter(|&c| c > '\u{7FF}').count() - utf8.replaced;
    if utf8.replaced * 2 <= wide {
        return utf8;
    }
    let gb = decode_as(Encoding::Gb18030, bytes);
    let big5 = decode_as(Encoding::Big5, bytes);
    if commonness(&big5) > commonness(&gb) { big5 } else { gb }
}

/// The reading in the encoding that a web page names, where the bytes bear it out, else the guess: a
/// short page of rare characters is guessed wrong, and a page may name what it was before it was saved.
fn heed_page(bytes: &[u8], guess: Decoded) -> Decoded {
    let named = charset::declared(bytes).and_then(|named| {
        [Encoding::Gb18030, Encoding::Big5].into_iter().find(|known| {
            known.codec() == named || *known == Encoding::Gb18030 && named == encoding_rs::GBK
        })
    });
    let Some(encoding) = named.filter(|&named| named != guess.encoding) else { return guess };
    let reading = decode_as(encoding, bytes);
    let chinese = reading.text.chars().filter(|c| !c.is_ascii()).count();
    // Of a wrong reading about half are everyday characters.
    let fits = commonness(&reading) * 10 >= i64::try_from(chinese * 7).unwrap_or(i64::MAX);
    if reading.replaced == 0 && fits { reading } else { guess }
}

/// How many characters of a reading are everyday ones, less what is malformed.
///
/// Most pairs of either encoding are some character of the other, but both put the everyday
/// characters first: the right reading is nearly all of them, the wrong one half. This also holds
/// for a damaged file, where a detector rules an encoding out at its first malformed byte.
fn commonness(reading: &Decoded) -> i64 {
    let (bytes, _, _) = reading.encoding.codec().encode(&reading.text);
    let mut common = 0;
    let mut at = 0;
    while at + 1 < bytes.len() {
        let (lead, trail) = (bytes[at], bytes[at + 1]);
        // GB 2312: A1 to A3 punctuation, B0 to D7 level 1. Big5: A1 to A3 punctuation, A4 to C6
        // level 1. In GB 18030 a digit in second place makes it four bytes.
        let (is_common, length) = match (reading.encoding, lead) {
            (_, 0..0x80) => (false, 1),
            (Encoding::Big5, _) => (matches!(lead, 0xA1..=0xC6), 2),
            _ if trail < 0x40 => (false, 4),
            _ => (matches!(lead, 0xA1..=0xA3 | 0xB0..=0xD7) && trail >= 0xA1, 2),
        };
        common += i64::from(is_common);
        at += length;
    }
    // Each malformed byte may have spoilt the pairs around it, in the right reading as well.
    common - i64::try_from(reading.replaced).unwrap_or(i64::MAX)
}

/// The byte order of UTF-16, and whether the bytes make sense as UTF-16 at all.
fn byte_order(bytes: &[u8]) -> (Encoding, bool) {
    if bytes.starts_with(Encoding::Utf16Be.mark()) {
        return (Encoding::Utf16Be, true);
    }
    let usual = |from: fn([u8; 2]) -> u16| {
        let units = bytes.chunks_exact(2).map(|pair| from([pair[0], pair[1]]));
        units.filter(|&unit| is_usual(unit)).count()
    };
    let (little, big) = (usual(u16::from_le_bytes), usual(u16::from_be_bytes));
    let encoding = if big > little { Encoding::Utf16Be } else { Encoding::Utf16Le };
    (encoding, little.max(big) * 10 >= bytes.len() / 2 * 9)
}

/// Whether Chinese prose is made of such UTF-16 units: ASCII, punctuation, ideographs, full-width.
fn is_usual(unit: u16) -> bool {
    matches!(unit, 9 | 10 | 13 | 0x20..=0x7E | 0xA0 | 0xB7 | 0x2010..=0x203B | 0x2160..=0x217F)
        || matches!(unit, 0x3000..=0x303F | 0x4E00..=0x9FFF | 0xFF01..=0xFFEF)
}

fn decode_as(encoding: Encoding, bytes: &[u8]) -> Decoded {
    let mut at = if bytes.starts_with(encoding.mark()) { encoding.mark().len() } else { 0 };
    let mut decoder = encoding.codec().new_decoder_without_bom_handling();
    let mut decoded = Decoded { text: String::new(), encoding, replaced: 0, first_replaced: None };
    loop {
        let rest = &bytes[at..];
        let room = decoder.max_utf8_buffer_length_without_replacement(rest.len());
        decoded.text.reserve(room.unwrap_or(rest.len()));
        let (result, read) =
            decoder.decode_to_string_without_replacement(rest, &mut decoded.text, true);
        at += read;
        match result {
            encoding_rs::DecoderResult::InputEmpty => break,
            encoding_rs::DecoderResult::OutputFull => {}
            encoding_rs::DecoderResult::Malformed(length, after) => {
                let start = at.saturating_sub(usize::from(length) + usize::from(after));
                decoded.first_replaced.get_or_insert(start);
                decoded.replaced += 1;
                decoded.text.push('\u{FFFD}');
            }
        }
    }
    decoded.text.shrink_to_fit();
    decoded
}

fn must_be_text(decoded: Decoded) -> Result<Decoded, ErrorKind> {
    let is_control = |c: char| c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\x0B' | '\x0C');
    let controls = decoded.text.chars().filter(|&c| is_control(c)).count();
    let chars = decoded.text.chars().count();
    if controls * 20 > chars {
        let place = decoded.text.char_indices().find(|&(_, c)| is_control(c));
        let (text_byte, control) = place.unwrap_or_default();
        let before = &decoded.text[..text_byte];
        let byte = match decoded.encoding {
            Encoding::Utf16Le | Encoding::Utf16Be => before.encode_utf16().count() * 2,
            // Exact up to the first malformed sequence, which then is the better place to name.
            encoding => encoding.codec().encode(before).0.len(),
        };
        let byte = decoded.first_replaced.map_or(byte, |first| first.min(byte));
        let found = format!("control characters such as U+{:04X}", u32::from(control));
        return Err(ErrorKind::NotText { byte, found });
    }
    match decoded.first_replaced {
        Some(byte) if decoded.replaced * 4 > chars => {
            let found = format!("{} sequences malformed in {}", decoded.replaced, decoded.encoding);
            Err(ErrorKind::NotText { byte, found })
        }
        _ => Ok(decoded),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SIMPLIFIED: &str =
        "全市共有小学365所，在校生12.5万人。\r\n新增学位一千个，教师招聘工作顺利完成。";
    const TRADITIONAL: &str =
        "全縣共有國民小學365所，學生12.5萬人。\r\n新增班級一千個，教師甄選工作順利完成。";

    fn auto(bytes: &[u8]) -> Decoded {
        decode(bytes.to_vec(), EncodingChoice::Auto).unwrap()
    }

    fn utf16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(bytes).collect()
    }

    fn gb(text: &str) -> Vec<u8> {
        GB18030.encode(text).0.into_owned()
    }

    #[test]
    fn every_encoding_gives_the_same_text_with_and_without_mark() {
        for (encoding, bytes) in [
            (Encoding::Utf8, SIMPLIFIED.as_bytes().to_vec()),
            (Encoding::Gb18030, gb(SIMPLIFIED)),
            (Encoding::Utf16Le, utf16(SIMPLIFIED, u16::to_le_bytes)),
            (Encoding::Utf16Be, utf16(SIMPLIFIED, u16::to_be_bytes)),
        ] {
            for bytes in [[encoding.mark(), &bytes].concat(), bytes] {
                let decoded = auto(&bytes);
                assert_eq!((decoded.text.as_str(), decoded.encoding), (SIMPLIFIED, encoding));
                assert_eq!((decoded.replaced, decoded.first_replaced), (0, None));
            }
        }
    }

    #[test]
    fn big5_is_told_from_gb() {
        let bytes = BIG5.encode(TRADITIONAL).0;
        assert_eq!(auto(&bytes).text, TRADITIONAL);
        assert_eq!(auto(&gb(TRADITIONAL)).text, TRADITIONAL);
        let short = BIG5.encode("國民小學的學生人數").0;
        assert_eq!(auto(&short).encoding, Encoding::Big5);
    }

    #[test]
    fn a_short_text_and_one_that_begins_with_ascii_are_gb() {
        for text in ["教育", "教职工总数", "初中115所"] {
            assert_eq!(auto(&gb(text)).text, text);
        }
        let text = "menu item\n".repeat(820) + "全县幼儿园29所";
        assert_eq!(auto(&gb(&text)).text, text);
    }

    #[test]
    fn damaged_utf8_stays_utf8() {
        let mut bytes = SIMPLIFIED.repeat(3).into_bytes();
        bytes[6] = 0xFF;
        let decoded = auto(&bytes);
        assert_eq!(decoded.encoding, Encoding::Utf8);
        assert_eq!(decoded.first_replaced, Some(6));
        assert!(decoded.text.starts_with("全市\u{FFFD}"), "{}", decoded.text);
        // Cut in the middle of the last character.
        let cut = auto(&SIMPLIFIED.as_bytes()[..SIMPLIFIED.len() - 1]);
        assert_eq!((cut.encoding, cut.replaced), (Encoding::Utf8, 1));
    }

    #[test]
    fn damaged_gb_stays_gb() {
        let mut bytes = gb(SIMPLIFIED);
        bytes.insert(4, 0xFF);
        let decoded = auto(&bytes);
        assert_eq!(decoded.encoding, Encoding::Gb18030);
        assert_eq!((decoded.replaced, decoded.first_replaced), (1, Some(4)));
        assert!(decoded.text.ends_with("顺利完成。"), "{}", decoded.text);
    }

    #[test]
    fn bytes_counted_with_the_mark() {
        let bytes = [b"\xEF\xBB\xBF".as_slice(), "小学".as_bytes(), b"\xFF365"].concat();
        let decoded = auto(&bytes);
        assert_eq!(decoded.text, "小学\u{FFFD}365");
        assert_eq!(decoded.first_replaced, Some(9));
    }

    #[test]
    fn rubbish_is_no_text() {
        let noise: Vec<u8> =
            (0..4000_u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
        for bytes in [noise, b"PK\x03\x04\x14\x00\x00\x00\x08\x00abc".to_vec(), vec![0xFF; 100]] {
            let error = decode(bytes, EncodingChoice::Auto).unwrap_err();
            assert!(matches!(error, ErrorKind::NotText { .. }), "{error:?}");
        }
        let error = decode(b"abc\x00\x01".to_vec(), EncodingChoice::Auto).unwrap_err();
        assert!(matches!(error, ErrorKind::NotText { byte: 3, .. }), "{error:?}");
    }

    #[test]
    fn a_choice_is_obeyed() {
        assert!(decode(gb(SIMPLIFIED), EncodingChoice::Utf8).is_err());
        let bytes = utf16(SIMPLIFIED, u16::to_be_bytes);
        let decoded = decode(bytes, EncodingChoice::Utf16).unwrap();
        assert_eq!((decoded.text.as_str(), decoded.encoding), (SIMPLIFIED, Encoding::Utf16Be));
        assert_eq!("gb18030".parse(), Ok(EncodingChoice::Gb18030));
        assert!("latin1".parse::<EncodingChoice>().is_err());
    }

    #[test]
    fn empty_is_empty_text() {
        for &choice in EncodingChoice::ALL {
            assert_eq!(decode(Vec::new(), choice).unwrap().text, "");
        }
        assert_eq!(auto(b"\xEF\xBB\xBF").text, "");
    }
}
