//! Bytes to text.
//!
//! In goes a whole file, out come its text with the byte order mark taken off and everything else
//! left alone, line ends included, and how it was read. `BD CC D3 FD` (GB 18030) becomes `教育`; so
//! does `E6 95 99 E8 82 B2` (UTF-8). Which encoding it is, `detect.rs` decides.

use std::fmt;
use std::ops::Range;

use encoding_rs::{BIG5, DecoderResult, GB18030, UTF_8, UTF_16BE, UTF_16LE};

use super::{detect, rubbish};
use crate::codes::codes;
use crate::error::ErrorKind;

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
    pub(super) const fn codec(self) -> &'static encoding_rs::Encoding {
        match self {
            Encoding::Utf8 => UTF_8,
            Encoding::Gb18030 => GB18030,
            Encoding::Big5 => BIG5,
            Encoding::Utf16Le => UTF_16LE,
            Encoding::Utf16Be => UTF_16BE,
        }
    }

    /// U+FEFF as this encoding writes it; empty where it cannot.
    pub(super) const fn mark(self) -> &'static [u8] {
        match self {
            Encoding::Utf8 => b"\xEF\xBB\xBF",
            Encoding::Gb18030 => b"\x84\x31\x95\x33",
            Encoding::Big5 => b"",
            Encoding::Utf16Le => b"\xFF\xFE",
            Encoding::Utf16Be => b"\xFE\xFF",
        }
    }
}

impl Encoding {
    pub(super) const fn is_utf16(self) -> bool {
        matches!(self, Encoding::Utf16Le | Encoding::Utf16Be)
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

/// How the encoding of a file was decided, and by that how sure it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Basis {
    /// The file begins with the mark of its encoding.
    ByteOrderMark,
    /// Every byte is valid UTF-8, which text in other encodings is but by a rare accident.
    ValidUtf8,
    /// A web page names it, and the bytes bear it out.
    NamedByPage,
    /// No other encoding reads every byte.
    OnlyCandidate,
    /// It makes the likeliest text. The shares are whole percents of what the bytes had to say.
    Detected {
        /// Share of its characters that are everyday ones, less what is malformed.
        everyday: u8,
        /// The encoding that makes the next likeliest text.
        runner_up: Encoding,
        /// The share that the runner-up has.
        its: u8,
    },
    /// The user said so.
    Forced,
}

impl Basis {
    /// The code as it stands in JSON.
    pub const fn code(self) -> &'static str {
        match self {
            Basis::ByteOrderMark => "byte_order_mark",
            Basis::ValidUtf8 => "valid_utf8",
            Basis::NamedByPage => "named_by_page",
            Basis::OnlyCandidate => "only_candidate",
            Basis::Detected { .. } => "detected",
            Basis::Forced => "forced",
        }
    }
}

impl fmt::Display for Basis {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Basis::ByteOrderMark => f.write_str("byte order mark"),
            Basis::ValidUtf8 => f.write_str("valid UTF-8"),
            Basis::NamedByPage => f.write_str("named by the page"),
            Basis::OnlyCandidate => f.write_str("only candidate"),
            Basis::Detected { everyday, runner_up, its } => {
                write!(
                    f,
                    "detected: {everyday}% everyday characters; runner-up {runner_up}, {its}%"
                )
            }
            Basis::Forced => f.write_str("forced"),
        }
    }
}

/// How a file was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Decoding {
    /// The encoding.
    pub encoding: Encoding,
    /// What decided it.
    pub basis: Basis,
    /// How many malformed sequences became U+FFFD, one for each.
    pub replaced: usize,
    /// How many bytes these sequences have.
    pub replaced_bytes: usize,
    /// Byte of the file, from 0 and with the byte order mark counted, at which the first of them
    /// begins.
    pub first_replaced: Option<usize>,
}

/// That of a text that never was a file.
impl Default for Decoding {
    fn default() -> Self {
        Decoding::of(Encoding::Utf8, Basis::ValidUtf8)
    }
}

impl Decoding {
    /// A file all of whose bytes are text.
    pub(super) const fn of(encoding: Encoding, basis: Basis) -> Self {
        Decoding { encoding, basis, replaced: 0, replaced_bytes: 0, first_replaced: None }
    }
}

/// A decoded file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded {
    /// Its text without byte order mark.
    pub text: String,
    /// How it was read.
    pub decoding: Decoding,
}

/// Decodes a whole file. Empty input is empty text.
///
/// Malformed bytes in an otherwise good text become U+FFFD and are counted.
///
/// # Errors
/// [`ErrorKind::NotText`] when the file begins like a known format that is no text, one character in
/// twenty is a control character, one in four is malformed, or no encoding makes more than rare
/// characters of it.
///
/// # Examples
/// ```
/// use edustat::text::decode::{Encoding, EncodingChoice, decode};
///
/// let decoded = decode(b"\xD0\xA1\xD1\xA7365\xCB\xF9".to_vec(), EncodingChoice::Auto).unwrap();
/// assert_eq!(decoded.text, "小学365所");
/// assert_eq!(decoded.decoding.encoding, Encoding::Gb18030);
/// ```
pub fn decode(mut bytes: Vec<u8>, choice: EncodingChoice) -> Result<Decoded, ErrorKind> {
    rubbish::known_format(&bytes)?;
    let padding = rubbish::padding(&bytes);
    bytes.truncate(padding.start);
    let marked = detect::marked(&bytes);
    let forced = |encoding| decode_as(encoding, Basis::Forced, &bytes);
    let mut decoded = match choice {
        EncodingChoice::Auto => detect::detect(bytes)?,
        EncodingChoice::Utf8 => forced(Encoding::Utf8),
        EncodingChoice::Gb18030 => forced(Encoding::Gb18030),
        EncodingChoice::Big5 => forced(Encoding::Big5),
        EncodingChoice::Utf16 => forced(detect::byte_order(&bytes)),
    };
    let mark = marked.filter(|&marked| marked == decoded.decoding.encoding);
    if !padding.is_empty() {
        decoded.replace(padding);
    }
    rubbish::must_be_text(decoded, mark.map_or(0, |encoding| encoding.mark().len()))
}

impl Decoded {
    /// Puts U+FFFD in the place of these bytes of the file.
    fn replace(&mut self, bytes: Range<usize>) {
        self.text.push(char::REPLACEMENT_CHARACTER);
        self.decoding.replaced += 1;
        self.decoding.replaced_bytes += bytes.len();
        self.decoding.first_replaced.get_or_insert(bytes.start);
    }
}

/// What a decoder finds, in the order of the bytes.
#[derive(Debug)]
pub(super) enum Piece<'t> {
    /// A run of text.
    Text(&'t str),
    /// Bytes that are no character, as places of the file.
    Malformed(Range<usize>),
}

/// Decodes bytes piece by piece, so that an encoding can be tried without holding its text.
pub(super) fn read(encoding: Encoding, bytes: &[u8], take: impl FnMut(Piece<'_>)) {
    resume(encoding, bytes, |_| false, take);
}

/// Decodes bytes piece by piece. `shifted` is asked of what follows a malformed sequence whether its
/// first byte belongs to that sequence.
fn resume(
    encoding: Encoding,
    bytes: &[u8],
    mut shifted: impl FnMut(&[u8]) -> bool,
    mut take: impl FnMut(Piece<'_>),
) {
    /// Little: a call ends at each malformed byte, and the decoder touches all room at each call. With room for
    /// the whole text, time would grow with the square of the size.
    const ROOM: usize = 1 << 14;
    let mut at = if bytes.starts_with(encoding.mark()) { encoding.mark().len() } else { 0 };
    let mut decoder = encoding.codec().new_decoder_without_bom_handling();
    let mut text = String::with_capacity(ROOM);
    loop {
        let (result, read) =
            decoder.decode_to_string_without_replacement(&bytes[at..], &mut text, true);
        at += read;
        if !text.is_empty() {
            take(Piece::Text(&text));
            text.clear();
        }
        match result {
            DecoderResult::InputEmpty => break,
            DecoderResult::OutputFull => {}
            DecoderResult::Malformed(length, after) => {
                let end = at - usize::from(after);
                let start = end - usize::from(length);
                if shifted(&bytes[end..]) {
                    at = end + 1;
                    decoder = encoding.codec().new_decoder_without_bom_handling();
                    take(Piece::Malformed(start..at));
                } else {
                    take(Piece::Malformed(start..end));
                }
            }
        }
    }
}

/// Decodes bytes in an encoding that is decided.
pub(super) fn decode_as(encoding: Encoding, basis: Basis, bytes: &[u8]) -> Decoded {
    let text = String::with_capacity(bytes.len());
    let mut decoded = Decoded { text, decoding: Decoding::of(encoding, basis) };
    // In these two the bytes of a character do not say which they are.
    let paired = matches!(encoding, Encoding::Gb18030 | Encoding::Big5);
    // A file with more damages than this is not worth the time.
    let mut asked = 0..10_000;
    let shifted =
        |behind: &[u8]| paired && asked.next().is_some() && detect::is_shifted(encoding, behind);
    resume(encoding, bytes, shifted, |piece| match piece {
        Piece::Text(text) => decoded.text.push_str(text),
        Piece::Malformed(range) => decoded.replace(range),
    });
    decoded.text.shrink_to_fit();
    decoded
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str =
        "全市共有小学365所，在校生12.5万人。\r\n新增学位一千个，教师招聘工作顺利完成。";

    fn auto(bytes: &[u8]) -> Decoded {
        decode(bytes.to_vec(), EncodingChoice::Auto).unwrap()
    }

    /// Malformed sequences, their bytes, the first of them.
    fn damage(decoded: &Decoded) -> (usize, usize, Option<usize>) {
        let Decoding { replaced, replaced_bytes, first_replaced, .. } = decoded.decoding;
        (replaced, replaced_bytes, first_replaced)
    }

    fn gb(text: &str) -> Vec<u8> {
        GB18030.encode(text).0.into_owned()
    }

    fn utf16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(bytes).collect()
    }

    #[test]
    fn damaged_utf8_stays_utf8() {
        let mut bytes = TEXT.repeat(3).into_bytes();
        bytes[6] = 0xFF;
        let decoded = auto(&bytes);
        assert_eq!(decoded.decoding.encoding, Encoding::Utf8);
        assert_eq!(decoded.decoding.first_replaced, Some(6));
        assert!(decoded.text.starts_with("全市\u{FFFD}"), "{}", decoded.text);
    }

    #[test]
    fn a_text_cut_inside_its_last_character_keeps_the_others() {
        let text = TEXT.trim_end_matches('。');
        let most = text.trim_end_matches('成');
        for (bytes, width) in [
            (text.as_bytes().to_vec(), 3),
            (gb(text), 2),
            (gb(&format!("{most}𠮷")), 4),
            (utf16(text, u16::to_le_bytes), 2),
            (utf16(text, u16::to_be_bytes), 2),
        ] {
            let cut = auto(&bytes[..bytes.len() - 1]);
            assert_eq!(cut.text, format!("{most}\u{FFFD}"), "{}", cut.decoding.encoding);
            let first = bytes.len() - width;
            assert_eq!(damage(&cut), (1, width - 1, Some(first)), "{}", cut.decoding.encoding);
        }
    }

    #[test]
    fn one_damaged_byte_of_gb_or_big5_costs_one_character() {
        let mut bytes = gb(TEXT);
        bytes.insert(4, 0xFF);
        let decoded = auto(&bytes);
        assert_eq!(decoded.text, TEXT.replacen("共", "\u{FFFD}共", 1));
        assert_eq!(damage(&decoded), (1, 1, Some(4)));
        // The first byte of the third character, and the second.
        let big5 = "全縣國民小學365所，學生12.5萬人。";
        for (text, third, encoding) in
            [(TEXT, "共", Encoding::Gb18030), (big5, "國", Encoding::Big5)]
        {
            let bytes = encoding.codec().encode(text).0;
            let text = text.replacen(third, "\u{FFFD}", 1);
            for at in [4, 5] {
                let mut bytes = bytes.to_vec();
                bytes[at] = 0xFF;
                let decoded = auto(&bytes);
                assert_eq!((&decoded.text, decoded.decoding.encoding), (&text, encoding));
                assert_eq!(damage(&decoded), (1, 2, Some(4)));
            }
        }
    }

    #[test]
    fn bytes_counted_with_the_mark() {
        let bytes = [b"\xEF\xBB\xBF".as_slice(), "小学".as_bytes(), b"\xFF365"].concat();
        let decoded = auto(&bytes);
        assert_eq!(decoded.text, "小学\u{FFFD}365");
        assert_eq!(damage(&decoded), (1, 1, Some(9)));
    }

    #[test]
    fn what_a_download_was_filled_up_with_is_one_damage() {
        for (bytes, encoding) in
            [(TEXT.as_bytes().to_vec(), Encoding::Utf8), (gb(TEXT), Encoding::Gb18030)]
        {
            let decoded = auto(&[bytes.as_slice(), &[0; 4096]].concat());
            assert_eq!(decoded.text, format!("{TEXT}\u{FFFD}"));
            assert_eq!(damage(&decoded), (1, 4096, Some(bytes.len())));
            assert_eq!(decoded.decoding.encoding, encoding);
        }
    }

    #[test]
    fn a_choice_is_obeyed() {
        assert!(decode(gb(TEXT), EncodingChoice::Utf8).is_err());
        let bytes = utf16(TEXT, u16::to_be_bytes);
        let decoded = decode(bytes, EncodingChoice::Utf16).unwrap();
        let expected = Decoding::of(Encoding::Utf16Be, Basis::Forced);
        assert_eq!((decoded.text.as_str(), decoded.decoding), (TEXT, expected));
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
