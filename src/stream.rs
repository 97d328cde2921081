//! Streams: a document a line, as JSON.
//!
//! In: bytes as they come. Out: a [`Line`] after another, and what each says: `{"source": "a.txt", "text":
//! "2020年全市小学365所。", "region": "晋城市", "crawl": 7}` is the text of `a.txt`, the region that is assumed
//! of it, and `crawl` to be passed through.

use std::io::{self, BufRead, Read};

use serde_json::{Map, Value};

use crate::error::ErrorKind;
use crate::observation::Header;
use crate::period::Date;
use crate::size::Size;

/// Characters of a line that a message quotes.
const QUOTED: usize = 40;

/// A line of a stream.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Its number, from 1; blank lines count.
    pub number: usize,
    /// Its bytes without the line end; none where it has more than are to be read.
    pub bytes: Option<Vec<u8>>,
}

/// The lines of a stream that are not blank. After an error there are no more.
#[derive(Debug)]
pub struct Lines<R> {
    from: R,
    most: Size,
    number: usize,
    ended: bool,
}

impl<R: BufRead> Lines<R> {
    /// The lines of `from`, held up to `most` bytes each.
    pub fn new(from: R, most: Size) -> Self {
        Lines { from, most, number: 0, ended: false }
    }

    /// The next line, blank or not.
    fn line(&mut self) -> io::Result<Option<Line>> {
        let mut bytes = Vec::new();
        // One more, for the line end.
        let room = self.most.0.saturating_add(1);
        self.from.by_ref().take(room).read_until(b'\n', &mut bytes)?;
        if bytes.is_empty() {
            return Ok(None);
        }
        self.number += 1;
        let number = self.number;
        if bytes.ends_with(b"\n") {
            bytes.pop();
        } else if bytes.len() as u64 == room {
            drop(bytes);
            self.from.skip_until(b'\n')?;
            return Ok(Some(Line { number, bytes: None }));
        }
        if number == 1 && bytes.starts_with("\u{FEFF}".as_bytes()) {
            bytes.drain(.."\u{FEFF}".len());
        }
        Ok(Some(Line { number, bytes: Some(bytes) }))
    }
}

impl<R: BufRead> Iterator for Lines<R> {
    type Item = io::Result<Line>;

    fn next(&mut self) -> Option<Self::Item> {
        let blank =
            |line: &Line| line.bytes.as_ref().is_some_and(|bytes| bytes.trim_ascii().is_empty());
        while !self.ended {
            match self.line() {
                Ok(Some(line)) if blank(&line) => {}
                Ok(Some(line)) => return Some(Ok(line)),
                Ok(None) => self.ended = true,
                Err(cause) => {
                    self.ended = true;
                    return Some(Err(cause));
                }
            }
        }
        None
    }
}

/// What a line says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Given {
    /// `source`: the name that its records carry.
    pub source: Option<String>,
    /// `text`, to which the offsets of its records refer.
    pub text: String,
    /// `title`, `publisher` and `published`.
    pub header: Header,
    /// `region`: full or short name of the region that it speaks of where it names none.
    pub region: Option<String>,
    /// All other keys, in their order.
    pub passed: Map<String, Value>,
}

impl Given {
    /// Reads a line. `null` and an empty string say nothing, except that the text may be empty.
    ///
    /// # Errors
    /// [`ErrorKind::Line`] when it is no JSON object in UTF-8, has no text, or something else than a string
    /// under a key that edustat knows; [`ErrorKind::TooLong`] is said the same way.
    pub fn read(line: Line, most: Size) -> Result<Self, ErrorKind> {
        let number = line.number;
        let wrong = |expected: String, found| ErrorKind::Line { line: number, expected, found };
        let Some(bytes) = line.bytes else {
            return Err(wrong(format!("at most {most} (--max-file-size)"), "more".to_owned()));
        };
        let json = std::str::from_utf8(&bytes).map_err(|cause| {
            let at = cause.valid_up_to();
            wrong("UTF-8".to_owned(), format!("{:#04X} at byte {}", bytes[at], at + 1))
        })?;
        let object = match serde_json::from_str(json) {
            Ok(Value::Object(object)) => object,
            Ok(_) => return Err(wrong("a JSON object".to_owned(), quoted(json))),
            Err(cause) => {
                let found = format!("{} ({})", quoted(json), without_line(&cause));
                return Err(wrong("a JSON object".to_owned(), found));
            }
        };
        let mut given = Given::default();
        let mut text = None;
        for (key, value) in object {
            let slot = match key.as_str() {
                "source" => &mut given.source,
                "text" => &mut text,
                "title" => &mut given.header.title,
                "publisher" => &mut given.header.publisher,
                "region" => &mut given.region,
                "published" => {
                    given.header.published = date(&value).map_err(|()| {
                        let expected = "a date like 2021, 2021-09 or 2021-09-20 as published";
                        wrong(expected.to_owned(), quoted(&value.to_string()))
                    })?;
                    continue;
                }
                _ => {
                    given.passed.insert(key, value);
                    continue;
                }
            };
            *slot = match value {
                Value::Null => None,
                Value::String(says) => Some(says),
                Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_) => {
                    return Err(wrong(format!("a string as {key}"), quoted(&value.to_string())));
                }
            };
        }
        let says = |found: Option<String>| found.filter(|found| !found.trim().is_empty());
        given.text = text.ok_or_else(|| wrong("a text".to_owned(), "none".to_owned()))?;
        given.source = says(given.source);
        given.region = says(given.region);
        given.header.title = says(given.header.title);
        given.header.publisher = says(given.header.publisher);
        Ok(given)
    }
}

fn date(value: &Value) -> Result<Option<Date>, ()> {
    match value {
        Value::Null => Ok(None),
        Value::String(text) if text.trim().is_empty() => Ok(None),
        Value::String(text) => Date::parse(text).map(Some).ok_or(()),
        Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_) => Err(()),
    }
}

/// The beginning of what stands in a line.
fn quoted(text: &str) -> String {
    match text.char_indices().nth(QUOTED) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// What is wrong with JSON that has one line only.
fn without_line(cause: &serde_json::Error) -> String {
    let text = cause.to_string();
    let says = text.rsplit_once(" at line ").map_or(text.as_str(), |(says, _)| says);
    format!("{says} at column {}", cause.column())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(bytes: &[u8], most: u64) -> Vec<(usize, Option<String>)> {
        // A small buffer, so that lines cross its end.
        let lines = Lines::new(io::BufReader::with_capacity(3, bytes), Size(most));
        let text = |line: Line| line.bytes.map(|bytes| String::from_utf8(bytes).unwrap());
        lines.map(|line| line.unwrap()).map(|line| (line.number, text(line))).collect()
    }

    fn read(json: &str) -> Result<Given, String> {
        let line = Line { number: 7, bytes: Some(json.as_bytes().to_vec()) };
        Given::read(line, Size(99)).map_err(|kind| crate::error::Error::new("-", kind).to_string())
    }

    #[test]
    fn lines_are_numbered_and_blank_ones_passed_over() {
        let of = |number, text: &str| (number, Some(text.to_owned()));
        assert_eq!(lines(b"a\n\n \r\nbc\r\n\nd", 9), [of(1, "a"), of(4, "bc\r"), of(6, "d")]);
        assert_eq!(lines("\u{FEFF}a\n".as_bytes(), 9), [of(1, "a")]);
        assert_eq!(lines(b"", 9), []);
    }

    #[test]
    fn a_long_line_is_passed_over() {
        let of = |number, text: &str| (number, Some(text.to_owned()));
        assert_eq!(lines(b"1234\n12345\n1\n", 4), [of(1, "1234"), (2, None), of(3, "1")]);
        assert_eq!(lines(b"12345", 4), [(1, None)]);
        assert_eq!(lines(b"1234", 4), [of(1, "1234")]);
        let kind = Given::read(Line { number: 2, bytes: None }, Size(4)).unwrap_err();
        let said = crate::error::Error::new("-", kind).to_string();
        assert_eq!(said, "-: line 2: expected at most 4 bytes (--max-file-size), found more");
    }

    #[test]
    fn an_error_ends_the_lines() {
        struct Broken;
        impl Read for Broken {
            fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
                Err(io::Error::other("unplugged"))
            }
        }
        let mut lines = Lines::new(io::BufReader::new(Broken), Size(9));
        assert_eq!(lines.next().unwrap().unwrap_err().to_string(), "unplugged");
        assert!(lines.next().is_none());
    }

    #[test]
    fn a_line_says_what_is_known_and_the_rest_is_passed_on() {
        let given = read(
            "{\"z\": 1.50, \"text\": \"小学365所\", \"source\": \"a.txt\", \"published\": \"2021-09\", \
             \"title\": \"概况\", \"publisher\": null, \"region\": \"\", \"a\": {\"b\": []}}\r",
        );
        let expected = Given {
            source: Some("a.txt".into()),
            text: "小学365所".into(),
            header: Header {
                title: Some("概况".into()),
                publisher: None,
                published: Some(Date::month(2021, 9)),
            },
            region: None,
            passed: serde_json::from_str("{\"z\": 1.50, \"a\": {\"b\": []}}").unwrap(),
        };
        let given = given.unwrap();
        assert_eq!(given, expected);
        assert_eq!(Value::Object(given.passed).to_string(), "{\"z\":1.50,\"a\":{\"b\":[]}}");
    }

    #[test]
    fn what_is_wrong_with_a_line_is_said() {
        let date = "expected a date like 2021, 2021-09 or 2021-09-20 as published, found";
        for (json, message) in [
            ("{}", "expected a text, found none"),
            ("{\"text\":null}", "expected a text, found none"),
            ("{\"text\":7}", "expected a string as text, found 7"),
            ("{\"text\":\"\",\"source\":[1]}", "expected a string as source, found [1]"),
            ("[1,2]", "expected a JSON object, found [1,2]"),
            ("no", "expected a JSON object, found no (expected ident at column 2)"),
            ("{\"text\":\"\"}}", "found {\"text\":\"\"}} (trailing characters at column 12)"),
            ("{\"text\":\"\",\"published\":\"2021-13\"}", &format!("{date} \"2021-13\"")),
            ("{\"text\":\"\",\"published\":2021}", &format!("{date} 2021")),
        ] {
            let said = read(json).unwrap_err();
            assert!(said.starts_with("-: line 7: expected ") && said.ends_with(message), "{said}");
        }
        let line = Line { number: 1, bytes: Some(b"{\"\xE9\"".to_vec()) };
        let kind = Given::read(line, Size(99)).unwrap_err();
        let said = crate::error::Error::new("a", kind).to_string();
        assert_eq!(said, "a: line 1: expected UTF-8, found 0xE9 at byte 3");
    }
}
