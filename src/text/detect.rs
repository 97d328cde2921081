//! Which encoding a file is in.
//!
//! In: all bytes of a file, never a first part of them: a page may begin with kilobytes of ASCII menu.
//! Out: its text and what decided: the byte order mark, else strict UTF-8, else the encoding that makes
//! the likeliest text. `D0 A1 D1 A7` is `小学` in GB 18030, `苤悝` in Big5 and two Cyrillic letters in
//! UTF-8; only the first are everyday characters.
//!
//! A detector made for web pages (chardetng) was held against this on 69 Chinese documents, whole and cut
//! down to 10 characters: it knows no UTF-16, its guess between GB and Big5 is worse, and one damaged byte
//! rules the right encoding out.

use std::sync::LazyLock;

use encoding_rs::{BIG5, GB18030};

use super::bytes::count;
use super::decode::{Basis, Decoded, Decoding, Encoding, Piece, decode_as, read};
use super::{charset, rubbish};
use crate::error::ErrorKind;

/// The encodings that are tried, of equally likely ones the first wins.
const TRIED: [Encoding; 5] =
    [Encoding::Utf8, Encoding::Gb18030, Encoding::Big5, Encoding::Utf16Le, Encoding::Utf16Be];

/// Finds the encoding of a file and decodes it.
///
/// # Errors
/// [`ErrorKind::NotText`] when every encoding makes mostly rare characters of it.
pub(super) fn detect(bytes: Vec<u8>) -> Result<Decoded, ErrorKind> {
    let marked = marked(&bytes);
    // UTF-16 may be valid UTF-8 as well: ASCII with its NULs, a few words with the bytes 01 and 02 of
    // 、 and 。 between letters.
    // Nearly no file has one, which the least byte tells at once.
    let least = bytes.iter().fold(u8::MAX, |least, &byte| least.min(byte));
    let controls = if least < 9 { count(&bytes, |byte| byte < 9) } else { 0 };
    // Copied: that is far less work than to look at each byte as the standard library does.
    match (marked, simdutf8::basic::from_utf8(&bytes).map(str::to_owned)) {
        (None | Some(Encoding::Utf8), Ok(mut text)) if controls * 20 <= text.len() => {
            let basis = if marked.is_some() { Basis::ByteOrderMark } else { Basis::ValidUtf8 };
            if marked.is_some() {
                text.drain(..Encoding::Utf8.mark().len());
            }
            Ok(Decoded { text, decoding: Decoding::of(Encoding::Utf8, basis) })
        }
        (marked, _) => {
            let (encoding, basis) = match marked {
                Some(encoding) => (encoding, Basis::ByteOrderMark),
                None => likeliest(&bytes)?,
            };
            Ok(decode_as(encoding, basis, &bytes))
        }
    }
}

/// The encoding whose byte order mark a file begins with.
pub(super) fn marked(bytes: &[u8]) -> Option<Encoding> {
    let marked = [Encoding::Utf8, Encoding::Utf16Le, Encoding::Utf16Be, Encoding::Gb18030];
    marked.into_iter().find(|encoding| bytes.starts_with(encoding.mark()))
}

/// The encoding that makes the likeliest text of bytes without a mark.
fn likeliest(bytes: &[u8]) -> Result<(Encoding, Basis), ErrorKind> {
    /// Two letters are some ideograph in UTF-16, and one in three of those is an everyday one; text is
    /// nearly all of them.
    const UTF16: i64 = 600;
    /// Of random bytes a quarter is everyday; the right reading of the oddest text has twice that.
    const TEXT: i64 = 300;
    /// Characters that are enough to judge by.
    const ENOUGH: i64 = 40;

    let mut readings: Vec<Reading> = TRIED.map(|encoding| Reading::of(encoding, bytes)).into();
    readings.retain(|reading| !reading.encoding.is_utf16() || reading.share() >= UTF16);
    // No other encoding makes that many sequences of UTF-8 by accident, whatever they spell.
    let plainly = |reading: &Reading| {
        let sound = reading.judged >= ENOUGH && reading.malformed * 4 <= reading.judged;
        reading.encoding == Encoding::Utf8 && reading.controls == 0 && sound
    };
    // Stable: those that were tried first stay first.
    readings.sort_by_key(|reading| (!plainly(reading), -reading.share()));
    let (best, runner_up) = (readings[0], readings[1]);
    if best.share() < TEXT && best.judged >= ENOUGH && !plainly(&best) {
        return Err(unlikely(best, bytes));
    }
    if let Some(named) = named_by_page(bytes, &readings) {
        return Ok((named, Basis::NamedByPage));
    }
    let alone = best.malformed == 0 && readings[1..].iter().all(|other| other.malformed > 0);
    let basis = if alone {
        Basis::OnlyCandidate
    } else {
        Basis::Detected {
            everyday: best.percent(),
            runner_up: runner_up.encoding,
            its: runner_up.percent(),
        }
    };
    Ok((best.encoding, basis))
}

/// The encoding that a web page names, where the bytes bear it out: a short page of rare characters is
/// detected wrong, and a page may name what it was before it was saved.
fn named_by_page(bytes: &[u8], readings: &[Reading]) -> Option<Encoding> {
    /// Of a wrong reading about half are everyday characters.
    const GOOD: i64 = 700;
    let named = charset::declared(bytes)?;
    let is_named = |encoding: Encoding| {
        encoding.codec() == named || encoding == Encoding::Gb18030 && named == encoding_rs::GBK
    };
    let good = |reading: &&Reading| {
        is_named(reading.encoding) && reading.malformed == 0 && reading.share() >= GOOD
    };
    readings.iter().find(good).map(|reading| reading.encoding)
}

/// Why bytes are refused of which the likeliest reading is this.
fn unlikely(best: Reading, bytes: &[u8]) -> ErrorKind {
    let (encoding, percent) = (best.encoding, best.percent());
    let read = decode_as(encoding, Basis::Forced, bytes);
    rubbish::must_be_text(read, 0).err().unwrap_or_else(|| {
        let byte = bytes.iter().position(|byte| !byte.is_ascii()).unwrap_or_default();
        let found = format!(
            "bytes that are likely text in none (at best {percent}% everyday characters, in {encoding})"
        );
        ErrorKind::NotText { byte, found }
    })
}

/// What an encoding makes of a file.
#[derive(Debug, Clone, Copy)]
struct Reading {
    encoding: Encoding,
    /// Everyday characters among the judged ones.
    everyday: i64,
    /// Characters that could be others in another encoding, and malformed sequences.
    judged: i64,
    malformed: i64,
    /// Control characters that no text has.
    controls: i64,
}

impl Reading {
    fn of(encoding: Encoding, bytes: &[u8]) -> Reading {
        let mut reading = Reading { encoding, everyday: 0, judged: 0, malformed: 0, controls: 0 };
        // ASCII is the same in all encodings but UTF-16, which has to earn it.
        let free = |c: char| !encoding.is_utf16() && is_plain(c);
        read(encoding, bytes, |piece| match piece {
            Piece::Text(text) => {
                for c in text.chars().filter(|&c| !free(c)) {
                    reading.judged += 1;
                    reading.controls += i64::from(c.is_control() && !is_plain(c));
                    reading.everyday += i64::from(is_plain(c) || EVERYDAY.has(c));
                }
            }
            Piece::Malformed(_) => {
                reading.judged += 1;
                reading.malformed += 1;
            }
        });
        reading
    }

    /// Everyday characters less malformed sequences, in thousandths of what was judged. A detector that
    /// rules out what is malformed would lose each damaged file.
    fn share(&self) -> i64 {
        (self.everyday - self.malformed) * 1000 / self.judged.max(1)
    }

    fn percent(&self) -> u8 {
        u8::try_from(self.share().max(0) / 10).unwrap_or(100)
    }
}

/// Whether the byte behind a malformed sequence belongs to it: without it, what follows makes likelier
/// text. Of a 小学 in GB 18030 whose D0 was damaged, `FF | A1 D1 A7` is left, which would go on with `A1D1`
/// and be wrong up to the end of the line.
pub(super) fn is_shifted(encoding: Encoding, behind: &[u8]) -> bool {
    const FAR: usize = 32;
    // Below 30 are line ends and marks of ASCII, which end no character of two bytes.
    let run = behind.iter().take(FAR).take_while(|&&byte| byte >= 0x30).count();
    let likely = |bytes| {
        let reading = Reading::of(encoding, bytes);
        reading.everyday - reading.malformed
    };
    behind.first().is_some_and(|byte| !byte.is_ascii())
        && likely(&behind[1..run]) > likely(&behind[..run])
}

/// ASCII as texts have it.
fn is_plain(c: char) -> bool {
    matches!(c, '\t'..='\r' | ' '..='~')
}

/// The characters that Chinese texts are made of. Both GB 2312 and Big5 put them first; a file may hold
/// simplified or traditional ones in any encoding.
static EVERYDAY: LazyLock<Everyday> = LazyLock::new(Everyday::new);

/// A set of characters below U+10000, a bit each.
struct Everyday(Vec<u64>);

impl Everyday {
    fn new() -> Self {
        let mut set = Everyday(vec![0; 0x1_0000 / 64]);
        // GB 2312: A1 to A3 punctuation, A9 lines of tables, B0 to D7 level 1.
        let gb = (0xA1..=0xA3).chain(0xA9..=0xA9).chain(0xB0..=0xD7);
        set.add(GB18030, gb, &[0xA1..=0xFE]);
        // Big5: A1 to A3 punctuation, A4 to C6 level 1.
        set.add(BIG5, 0xA1..=0xC6, &[0x40..=0x7E, 0xA1..=0xFE]);
        // Spaces that neither has and pages are full of.
        for c in ['\u{A0}', '\u{2002}', '\u{2003}', '\u{200B}', '\u{FEFF}'] {
            set.insert(c);
        }
        set
    }

    fn add(
        &mut self,
        codec: &'static encoding_rs::Encoding,
        leads: impl Iterator<Item = u8>,
        trails: &[std::ops::RangeInclusive<u8>],
    ) {
        for lead in leads {
            for trail in trails.iter().cloned().flatten() {
                let pair = [lead, trail];
                let (text, malformed) = codec.decode_without_bom_handling(&pair);
                if let Some(c) = text.chars().next().filter(|_| !malformed) {
                    self.insert(c);
                }
            }
        }
    }

    fn insert(&mut self, c: char) {
        let code = u32::from(c) as usize;
        if let Some(word) = self.0.get_mut(code / 64) {
            *word |= 1 << (code % 64);
        }
    }

    fn has(&self, c: char) -> bool {
        let code = u32::from(c) as usize;
        self.0.get(code / 64).is_some_and(|word| word >> (code % 64) & 1 == 1)
    }
}

/// The byte order of bytes that are UTF-16: that of the mark, else the likelier one.
pub(super) fn byte_order(bytes: &[u8]) -> Encoding {
    if bytes.starts_with(Encoding::Utf16Le.mark()) {
        return Encoding::Utf16Le;
    }
    if bytes.starts_with(Encoding::Utf16Be.mark()) {
        return Encoding::Utf16Be;
    }
    let [little, big] =
        [Encoding::Utf16Le, Encoding::Utf16Be].map(|encoding| Reading::of(encoding, bytes));
    if big.share() > little.share() { big.encoding } else { little.encoding }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SIMPLIFIED: &str =
        "全市共有小学365所，在校生12.5万人。\r\n新增学位一千个，教师招聘工作顺利完成。";
    const TRADITIONAL: &str =
        "全縣共有國民小學365所，學生12.5萬人。\r\n新增班級一千個，教師甄選工作順利完成。";

    fn utf16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(bytes).collect()
    }

    fn encode(encoding: Encoding, text: &str) -> Vec<u8> {
        match encoding {
            Encoding::Utf16Le => utf16(text, u16::to_le_bytes),
            Encoding::Utf16Be => utf16(text, u16::to_be_bytes),
            other => {
                let (bytes, _, missing) = other.codec().encode(text);
                assert!(!missing, "{other} has not all of {text}");
                bytes.into_owned()
            }
        }
    }

    fn auto(bytes: &[u8]) -> Decoded {
        detect(bytes.to_vec()).unwrap()
    }

    #[test]
    fn each_encoding_is_told_from_the_others_by_mark_or_by_its_text() {
        for (text, encoding) in [
            (SIMPLIFIED, Encoding::Utf8),
            (SIMPLIFIED, Encoding::Gb18030),
            (SIMPLIFIED, Encoding::Utf16Le),
            (SIMPLIFIED, Encoding::Utf16Be),
            (TRADITIONAL, Encoding::Utf8),
            (TRADITIONAL, Encoding::Gb18030),
            (TRADITIONAL, Encoding::Big5),
            (TRADITIONAL, Encoding::Utf16Le),
            (TRADITIONAL, Encoding::Utf16Be),
        ] {
            let bytes = encode(encoding, text);
            let plain = auto(&bytes);
            assert_eq!((plain.text.as_str(), plain.decoding.encoding), (text, encoding));
            assert_ne!(plain.decoding.basis, Basis::ByteOrderMark);
            if encoding.mark().is_empty() {
                continue;
            }
            let marked = auto(&[encoding.mark(), &bytes].concat());
            let expected = Decoding::of(encoding, Basis::ByteOrderMark);
            assert_eq!((marked.text.as_str(), marked.decoding), (text, expected));
        }
    }

    #[test]
    fn characters_of_four_bytes_are_gb18030() {
        let text = "教师𠮷田㐂，学生䶮某某，小学365所。";
        let decoded = auto(&encode(Encoding::Gb18030, text));
        assert_eq!((decoded.text.as_str(), decoded.decoding.encoding), (text, Encoding::Gb18030));
    }

    #[test]
    fn short_texts_are_told_apart() {
        for (text, encoding) in [
            ("教育", Encoding::Gb18030),
            ("教职工总数", Encoding::Gb18030),
            ("初中115所", Encoding::Gb18030),
            // 小学 and 学校 in GB are two Cyrillic letters each in UTF-8.
            ("小学、学校", Encoding::Gb18030),
            ("國民小學的學生人數", Encoding::Big5),
            // In UTF-16 without a single NUL.
            ("在此，我代表市人民政府", Encoding::Utf16Le),
            ("在此，我代表市人民政府", Encoding::Utf16Be),
            // In UTF-16 nothing but ASCII and NULs.
            ("365,115\r\n", Encoding::Utf16Le),
            ("365,115\r\n", Encoding::Utf16Be),
        ] {
            let decoded = auto(&encode(encoding, text));
            assert_eq!((decoded.text.as_str(), decoded.decoding.encoding), (text, encoding));
        }
    }

    #[test]
    fn the_whole_file_decides() {
        let text = "menu item\n".repeat(820) + "全县幼儿园29所";
        assert_eq!(auto(&encode(Encoding::Gb18030, &text)).text, text);
        let late = "menu item\n".repeat(820) + "全縣國民小學29所";
        assert_eq!(auto(&encode(Encoding::Big5, &late)).text, late);
        let damaged = [text.as_bytes(), b"\xFF"].concat();
        assert_eq!(auto(&damaged).decoding.encoding, Encoding::Utf8);
    }

    #[test]
    fn what_decided_is_said() {
        let basis = |bytes: &[u8]| auto(bytes).decoding.basis;
        assert_eq!(basis(SIMPLIFIED.as_bytes()), Basis::ValidUtf8);
        assert_eq!(basis(b""), Basis::ValidUtf8);
        // Some pair of bytes is no character in any of the others.
        assert_eq!(basis(&encode(Encoding::Gb18030, SIMPLIFIED)), Basis::OnlyCandidate);
        let short = basis(&encode(Encoding::Gb18030, "小学365所"));
        assert_eq!(
            short,
            Basis::Detected { everyday: 100, runner_up: Encoding::Big5, its: 0 },
            "{short}"
        );
        let text = "detected: 100% everyday characters; runner-up Big5, 0%";
        assert_eq!((short.to_string().as_str(), short.code()), (text, "detected"));
    }

    #[test]
    fn other_languages_fit_no_encoding() {
        let french: Vec<u8> =
            "\u{e9}l\u{e8}ve, \u{e0} l'\u{e9}cole. ".repeat(20).chars().map(|c| c as u8).collect();
        let error = detect([b"Ecole ".as_slice(), &french].concat()).unwrap_err();
        let ErrorKind::NotText { byte, found } = error else { panic!("{error:?}") };
        let expected =
            "bytes that are likely text in none (at best 25% everyday characters, in gb18030)";
        assert_eq!((byte, found.as_str()), (6, expected));
        // Nothing but UTF-8 makes so many sequences, even damaged and of characters that are rare here.
        let damaged = ["\u{e9}l\u{e8}ve ".repeat(40).as_bytes(), b"\xFF"].concat();
        assert_eq!(auto(&damaged).decoding.encoding, Encoding::Utf8);
    }
}
