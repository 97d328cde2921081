//! Names and text from strangers, as they are shown to people and written into records.
//!
//! In: a path or a text. Out: text in which no two paths become one, and in which nothing moves the
//! cursor, colors the screen or forges a line of messages. The file `caf\xE9.txt`, whose name is no
//! UTF-8, is shown so, and `a⏎b.txt` as `a\nb.txt`.

use std::borrow::Cow;
use std::path::Path;

/// The name of a path: a byte that is no UTF-8 becomes `\xE9`, and in a name with such a byte a
/// backslash `\\`, so that names that differ stay different. All other names are as they are.
pub fn name(path: &Path) -> Cow<'_, str> {
    match path.to_str() {
        Some(name) => Cow::Borrowed(name),
        None => Cow::Owned(escaped(path)),
    }
}

#[cfg(unix)]
fn escaped(path: &Path) -> String {
    use std::os::unix::ffi::OsStrExt;
    let mut name = String::new();
    for chunk in path.as_os_str().as_bytes().utf8_chunks() {
        name.push_str(&chunk.valid().replace('\\', r"\\"));
        name.extend(chunk.invalid().iter().map(|byte| format!(r"\x{byte:02X}")));
    }
    name
}

#[cfg(not(unix))]
fn escaped(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

/// The name of a path for a message: what would not be seen is written out, a line end as `\n`.
pub fn path(path: &Path) -> String {
    let name = name(path);
    let mut shown = String::with_capacity(name.len());
    for c in name.chars() {
        if is_unseen(c) {
            shown.extend(c.escape_default());
        } else {
            shown.push(c);
        }
    }
    shown
}

/// The text without what would move the cursor or turn the direction of writing: documents come
/// from strangers, and a wrapped sentence holds line ends.
pub fn printable(text: &str) -> String {
    text.chars().filter(|&c| !is_unseen(c)).collect()
}

/// A control character, or one that turns the direction of writing.
pub fn is_unseen(c: char) -> bool {
    let turns = matches!(
        c,
        '\u{61C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}'
    );
    turns || c.is_control()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_cannot_move_the_cursor() {
        assert_eq!(printable("小学\u{1b}[2J\r\n365所\u{202E}\u{7f}\u{9b}1m"), "小学[2J365所1m");
    }

    #[test]
    fn a_name_is_written_out() {
        assert_eq!(
            path(Path::new("小学/a\u{1b}]0;x\u{7}\nb.txt")),
            r"小学/a\u{1b}]0;x\u{7}\nb.txt"
        );
        assert_eq!(name(Path::new(r"a\b.txt")), r"a\b.txt");
    }

    #[cfg(unix)]
    #[test]
    fn names_that_are_no_utf8_stay_different() {
        use std::os::unix::ffi::OsStrExt;
        let names: [(&[u8], &str); 4] = [
            (b"a\xE9.txt", r"a\xE9.txt"),
            (b"a\xE8.txt", r"a\xE8.txt"),
            (b"a\xE9\\xE8", r"a\xE9\\xE8"),
            (b"a\xE9\xE8", r"a\xE9\xE8"),
        ];
        for (bytes, shown) in names {
            assert_eq!(name(Path::new(std::ffi::OsStr::from_bytes(bytes))), shown);
        }
    }
}
