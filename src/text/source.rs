//! The decoded text of one document, and the only place that turns bytes into the code points and
//! lines of the record.

use std::sync::LazyLock;

use memchr::memchr_iter;
use memchr::memmem::Finder;

use super::bytes::begins;
use super::span::{CharOffset, LineNumber, Span};

/// Bytes between two remembered counts: a lookup counts within at most this many bytes.
const STRIDE: usize = 128;

/// What stands for bytes that could not be read, as it is looked for in each sentence.
static DAMAGE: LazyLock<Finder> = LazyLock::new(|| Finder::new("\u{FFFD}"));

/// A decoded text with its name. Line ends and everything else stand as in the file.
#[derive(Debug)]
pub struct SourceText {
    name: String,
    text: String,
    /// What stands before byte `i * STRIDE`.
    before: Vec<Counts>,
    /// Byte offset of each \r that ends a line itself.
    returns: Vec<usize>,
}

impl SourceText {
    /// Wraps a decoded text; `name` is its path as given or found, `/`-separated.
    pub fn new(name: String, text: String) -> Self {
        let bytes = text.as_bytes();
        let mut before = Vec::with_capacity(bytes.len() / STRIDE + 1);
        let mut counts = Counts::default();
        before.push(counts);
        for block in bytes.as_chunks::<STRIDE>().0 {
            counts = counts.with(block);
            before.push(counts);
        }
        let alone = |&at: &usize| !bytes[at..].starts_with(b"\r\n");
        let returns = memchr_iter(b'\r', bytes).filter(alone).collect();
        SourceText { name, text, before, returns }
    }

    /// Path of the file as given or found.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The whole text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The characters of a span.
    pub fn slice(&self, span: Span) -> &str {
        span.of(&self.text)
    }

    /// Whether U+FFFD stands in a span or touches it.
    pub fn is_damaged(&self, span: Span) -> bool {
        let from = span.start.saturating_sub(DAMAGE.needle().len());
        let to = (span.end + DAMAGE.needle().len()).min(self.text.len());
        DAMAGE.find(&self.text.as_bytes()[from..to]).is_some()
    }

    /// Code points before a byte offset.
    pub fn char_offset(&self, byte: usize) -> CharOffset {
        CharOffset(self.before(byte).chars)
    }

    /// The line that holds a byte, from 1.
    pub fn line(&self, byte: usize) -> LineNumber {
        self.position(byte).0
    }

    /// Both at once.
    pub fn position(&self, byte: usize) -> (LineNumber, CharOffset) {
        let Counts { chars, feeds } = self.before(byte);
        let returns = self.returns.partition_point(|&at| at < byte);
        (LineNumber(1 + feeds + returns), CharOffset(chars))
    }

    /// What is counted before a byte.
    fn before(&self, byte: usize) -> Counts {
        let block = byte / STRIDE;
        self.before[block].with(&self.text.as_bytes()[block * STRIDE..byte])
    }
}

/// What is counted in a text.
#[derive(Debug, Clone, Copy, Default)]
struct Counts {
    /// Characters that begin.
    chars: usize,
    /// Line feeds.
    feeds: usize,
}

impl Counts {
    /// With what is counted in the next bytes, which are no more than a stride: each count fits a byte, and the
    /// compiler adds up many at a time.
    #[inline]
    fn with(self, bytes: &[u8]) -> Self {
        let (mut chars, mut feeds) = (0, 0);
        for &byte in bytes {
            chars += u8::from(begins(byte));
            feeds += u8::from(byte == b'\n');
        }
        Counts { chars: self.chars + usize::from(chars), feeds: self.feeds + usize::from(feeds) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_become_code_points_and_lines() {
        let text: String = "小学\r\n365所\n".repeat(100);
        let source = SourceText::new("a.txt".into(), text.clone());
        for (count, (byte, c)) in text.char_indices().enumerate() {
            assert_eq!(source.char_offset(byte), CharOffset(count));
            let line = text[..byte].matches('\n').count() + 1;
            assert_eq!(source.line(byte), LineNumber(line), "{c:?} at {byte}");
        }
        assert_eq!(source.char_offset(text.len()), CharOffset(text.chars().count()));
    }

    #[test]
    fn damage_touches_its_neighbours() {
        let text = "小学\u{FFFD}365所，初中115所";
        let source = SourceText::new("a.txt".into(), text.into());
        let damaged = |part: &str| {
            let start = text.find(part).unwrap();
            source.is_damaged(Span::new(start, start + part.len()))
        };
        for (part, expected) in
            [("小学", true), ("小", false), ("学\u{FFFD}3", true), ("365", true), ("65", false)]
        {
            assert_eq!(damaged(part), expected, "{part}");
        }
    }

    #[test]
    fn a_lone_carriage_return_ends_a_line() {
        let source = SourceText::new("a.txt".into(), "a\rb".into());
        assert_eq!(source.line(2), LineNumber(2));
    }
}
