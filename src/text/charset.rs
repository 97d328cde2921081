//! The encoding that a web page names.
//!
//! In: the first bytes of a file. Out: the encoding in its `<meta charset="gb2312">`, `<meta … content="text/html;
//! charset=big5">` or `<?xml … encoding="GBK"?>`, if it begins as a page or as XML does. It is what somebody
//! says of the bytes, and the bytes may say otherwise.

use encoding_rs::Encoding;

/// Bytes in which the name is looked for: comments and styles may come first.
const HEAD: usize = 4096;

/// The encoding that a page names, as the WHATWG Encoding Standard knows it.
pub fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(HEAD)];
    let head: String = head.iter().map(|&byte| char::from(byte.to_ascii_lowercase())).collect();
    let head = head.trim_start();
    if let Some(declaration) = head.strip_prefix("<?xml")
        && let Some(label) = value(declaration.split("?>").next()?, "encoding")
    {
        return Encoding::for_label(label.as_bytes());
    }
    // A text that speaks of `<meta charset=…>` begins with something else.
    if !head.starts_with('<') {
        return None;
    }
    let mut metas = head.match_indices("<meta").map(|(at, _)| &head[at..]);
    let label = metas.find_map(|meta| value(meta.split('>').next()?, "charset"))?;
    Encoding::for_label(label.as_bytes())
}

/// The value of `name=value`, `name="value"`.
fn value<'t>(text: &'t str, name: &str) -> Option<&'t str> {
    let (_, behind) = text.split_once(name)?;
    let value = behind.trim_start().strip_prefix('=')?;
    let value = value.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '"' | '\''));
    let end = value.find(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '-' | '_' | ':'));
    Some(&value[..end.unwrap_or(value.len())])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ways_to_name_an_encoding() {
        for (page, name) in [
            ("<html><META CHARSET=\"gb2312\">", Some("GBK")),
            ("\n<meta http-equiv=Content-Type content='text/html; charset = big5'>", Some("Big5")),
            ("<!-- x --><meta name=a><meta charset='utf-8'/>", Some("UTF-8")),
            ("<?xml version='1.0' encoding='GB18030'?><html>", Some("gb18030")),
            ("<html><meta charset=\"klingon\">", None),
            ("<meta charset", None),
            ("写上<meta charset=big5>即可", None),
            ("<html><p>charset=big5", None),
            ("", None),
        ] {
            assert_eq!(declared(page.as_bytes()).map(Encoding::name), name, "{page}");
        }
    }
}
