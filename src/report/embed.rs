//! Data in a page: JSON inside of a script element that no browser runs.
//!
//! In: a name and a value. Out: `<script type="application/json" class="document">{…}</script>`. A document may
//! say `</script><img onerror=…>`: every `<` is written `\u003c`, so nothing in the data ends the element.

use serde_json::Value;

/// Why writing cannot fail here.
const MEMORY: &str = "memory takes every byte";

/// A script element of this class that holds a value.
pub fn element(class: &str, value: &Value) -> String {
    let json = serde_json::to_string(value).expect(MEMORY);
    let mut element = String::with_capacity(json.len() + 80);
    element.push_str("<script type=\"application/json\" class=\"");
    element.push_str(class);
    element.push_str("\">");
    for c in json.chars() {
        // In JSON these stand in strings only, where an escape means the same. The line ends of Unicode
        // end a line of old scripts.
        match c {
            '<' => element.push_str("\\u003c"),
            '\u{2028}' => element.push_str("\\u2028"),
            '\u{2029}' => element.push_str("\\u2029"),
            c => element.push(c),
        }
    }
    element.push_str("</script>\n");
    element
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_ends_its_element() {
        let text = "</script><script>alert(1)</script><!--\u{2028}\u{2029}\u{0}]]>&lt;";
        let written = element("document", &Value::String(text.to_owned()));
        let inner = written
            .strip_prefix("<script type=\"application/json\" class=\"document\">")
            .and_then(|rest| rest.strip_suffix("</script>\n"))
            .unwrap();
        assert!(!inner.contains(['<', '\u{2028}', '\u{2029}', '\u{0}']), "{inner}");
        assert_eq!(serde_json::from_str::<String>(inner).unwrap(), text);
    }
}
