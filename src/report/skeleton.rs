//! The page around the data: its elements, its looks and its script, as they stand in `assets/`.
//!
//! In: the labels that it opens with. Out: what comes before the data, and what comes behind. A policy in the head
//! allows this style and this script by their hashes, and nothing else: no request to anywhere, not even a
//! script that a document could smuggle in.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

use crate::labels::Labels;

/// The elements, with places for the rest.
const HTML: &str = include_str!("assets/report.html");

/// The looks.
const STYLE: &str = concat!(
    include_str!("assets/css/base.css"),
    include_str!("assets/css/views.css"),
    include_str!("assets/css/print.css"),
);

/// The script, one idea a file: what each declares, those behind it may use.
pub(super) const SCRIPT: &str = concat!(
    "(() => {\n\"use strict\";\n",
    include_str!("assets/js/dom.js"),
    include_str!("assets/js/data.js"),
    include_str!("assets/js/words.js"),
    include_str!("assets/js/state.js"),
    include_str!("assets/js/filter.js"),
    include_str!("assets/js/grid.js"),
    include_str!("assets/js/documents.js"),
    include_str!("assets/js/text.js"),
    include_str!("assets/js/card.js"),
    include_str!("assets/js/save.js"),
    include_str!("assets/js/table.js"),
    include_str!("assets/js/series.js"),
    include_str!("assets/js/charts.js"),
    include_str!("assets/js/audit.js"),
    include_str!("assets/js/main.js"),
    "})();\n",
);

/// Where the data stands in [`HTML`].
const DATA: &str = "<!--data-->";

/// What a page shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// All documents.
    Whole,
    /// One document of a folder of pages.
    Page,
    /// The list of the documents of such a folder.
    Index,
}

impl Kind {
    /// How the script knows it.
    pub const fn code(self) -> &'static str {
        match self {
            Kind::Whole => "whole",
            Kind::Page => "page",
            Kind::Index => "index",
        }
    }
}

/// Everything before the data.
pub fn head(labels: Option<Labels>) -> String {
    let (head, _) = around();
    let language = if labels == Some(Labels::En) { "en" } else { "zh-CN" };
    let policy = format!(
        "default-src 'none'; script-src '{}'; style-src '{}'; base-uri 'none'; form-action 'none'",
        hash(SCRIPT),
        hash(STYLE)
    );
    head.replace("{language}", language)
        .replace("{policy}", &policy)
        .replace("{version}", env!("CARGO_PKG_VERSION"))
        .replace("{style}", STYLE)
}

/// Everything behind the data.
pub fn tail() -> String {
    let (_, tail) = around();
    tail.replace("{script}", SCRIPT)
}

fn around() -> (&'static str, &'static str) {
    HTML.split_once(DATA).unwrap_or((HTML, ""))
}

/// The hash of what stands between the tags of an element, as a policy names it.
fn hash(text: &str) -> String {
    format!("sha256-{}", STANDARD.encode(Sha256::digest(text)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_has_a_place_for_everything() {
        let (head, tail) = around();
        for (place, part) in [
            ("{language}", head),
            ("{policy}", head),
            ("{version}", head),
            ("<style>{style}</style>", head),
            ("<script>{script}</script>", tail),
        ] {
            assert_eq!(part.matches(place).count(), 1, "{place}");
        }
        for part in [self::head(None), self::tail()] {
            assert!(!part.contains("{style}") && !part.contains("{script}"));
        }
    }

    #[test]
    fn nothing_asks_for_anything_elsewhere() {
        let page = head(None) + &tail();
        let name = "http://www.w3.org/2000/svg";
        assert_eq!(page.matches("://").count(), page.matches(name).count());
        for word in ["fetch(", "XMLHttpRequest", "innerHTML", "eval(", "@import", "url(", " src="] {
            assert!(!page.contains(word), "{word}");
        }
    }

    #[test]
    fn a_hash_is_that_of_the_standard() {
        // NIST, FIPS 180-4: the digest of `abc`.
        assert_eq!(hash("abc"), "sha256-ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=");
    }
}
