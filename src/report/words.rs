//! What is the same in every page: the words of its views in Chinese and English, the labels of codes, the fields.
//!
//! In: nothing. Out: an object. The words are rows of `words.csv`, the labels those of `--labels`.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::record;
use super::skeleton::Kind;
use crate::audit;
use crate::extract;
use crate::labels::{self, Labels};
use crate::lexicon::tables::CODEBOOK;
use crate::output::fields::FIELDS;
use crate::verdict::Reason;

/// `word,zh,en`: what the views of a page say.
pub const WORDS: &str = include_str!("words.csv");

/// `en,zh`: what findings remark, with `{}` for what differs from one to the other. The audit writes English.
pub const REMARKS: &str = include_str!("remarks.csv");

/// The data that is common to all documents of a page, with what was found between them.
pub fn common(kind: Kind, labels: Option<Labels>, between: Vec<Value>) -> Value {
    let mut of_codes: BTreeMap<String, Map<String, Value>> = BTreeMap::new();
    for row in labels::rows() {
        let both = json!([row.zh, row.en]);
        of_codes.entry(row.kind.to_owned()).or_default().insert(row.code.to_owned(), both);
    }
    let fields: Vec<Value> =
        FIELDS.iter().map(|field| json!([field.name, field.kind.holds()])).collect();
    let checks: Map<String, Value> =
        audit::ALL.iter().map(|check| (check.name().to_owned(), json!(check.summary()))).collect();
    json!({
        "version": env!("CARGO_PKG_VERSION"),
        "kind": kind.code(),
        "open": labels.map(|labels| labels.to_string()),
        "fields": fields,
        "row": record::fields().map(|field| field.name).collect::<Vec<_>>(),
        "labels": of_codes,
        "words": rows(WORDS).map(|[word, zh, en]| (word, json!([zh, en]))).collect::<Map<_, _>>(),
        "remarks": rows::<2>(REMARKS).collect::<Vec<_>>(),
        "definitions": rows(CODEBOOK).map(|[code, _, _, text]| (code, json!(text))).collect::<Map<_, _>>(),
        "reasons": Reason::ALL.iter().map(|reason| reason.code()).collect::<Vec<_>>(),
        "meanings": Reason::ALL.iter().map(|reason| reason.manual().meaning).collect::<Vec<_>>(),
        "rules": extract::ALL.iter().map(|rule| rule.name()).collect::<Vec<_>>(),
        "checks": checks,
        "between": between,
    })
}

/// The cells of a built-in table below its heading; what is no row of so many cells is left out, and a test
/// says so.
pub fn rows<const N: usize>(table: &str) -> impl Iterator<Item = [String; N]> {
    let reader = csv::Reader::from_reader(table.as_bytes());
    reader.into_records().filter_map(|row| {
        let cells: Vec<String> = row.ok()?.iter().map(str::to_owned).collect();
        cells.try_into().ok()
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::fs;
    use std::path::Path;

    use regex::Regex;

    use super::super::skeleton::SCRIPT;
    use super::*;

    fn words() -> Vec<[String; 3]> {
        rows(WORDS).collect()
    }

    #[test]
    fn every_word_is_there_in_both_languages() {
        assert_eq!(words().len(), WORDS.lines().count() - 1);
        let mut seen = BTreeSet::new();
        for [word, zh, en] in words() {
            assert!(!zh.is_empty() && !en.is_empty(), "{word}");
            assert_eq!(zh.matches("{}").count(), en.matches("{}").count(), "{word}");
            assert!(seen.insert(word.clone()), "{word} is there twice");
        }
    }

    #[test]
    fn the_script_says_every_word_and_no_other() {
        let known: BTreeSet<String> = words().into_iter().map(|[word, ..]| word).collect();
        let said = Regex::new("\\bt\\(\"([a-z_]+)\"").unwrap();
        for word in said.captures_iter(SCRIPT) {
            assert!(known.contains(&word[1]), "{} is no row of words.csv", &word[1]);
        }
        // Those of codes and of views are put together: t(`reason_${code}`), t(view).
        let of_codes = ["reason_", "ground_", "tie_", "children_"];
        let views = ["documents", "text", "table", "charts", "audit", "previous", "next"];
        for word in known {
            let said = SCRIPT.contains(&format!("t(\"{word}\""))
                || of_codes.iter().any(|start| word.starts_with(start))
                || views.contains(&word.as_str());
            assert!(said, "{word} is said nowhere");
        }
    }

    #[test]
    fn every_code_has_its_words() {
        use crate::codes::Relation;
        use crate::context::field::{Ground, Outside};
        use crate::explain::Tie;

        let known: BTreeSet<String> = words().into_iter().map(|[word, ..]| word).collect();
        let codes = |start: &str, codes: Vec<&str>| -> BTreeSet<String> {
            codes.into_iter().map(|code| format!("{start}_{code}")).collect()
        };
        let all = |start: &str| -> BTreeSet<String> {
            known.iter().filter(|word| word.starts_with(&format!("{start}_"))).cloned().collect()
        };
        let reasons = Reason::ALL.iter().map(|code| code.code()).collect();
        assert_eq!(all("reason"), codes("reason", reasons));
        let grounds = Ground::ALL.iter().map(|code| code.code());
        let grounds = grounds.chain(Outside::ALL.iter().map(|code| code.code())).collect();
        assert_eq!(all("ground"), codes("ground", grounds));
        let ties = Tie::ALL.iter().map(|code| code.code()).collect();
        assert_eq!(all("tie"), codes("tie", ties));
        let relations = Relation::ALL.iter().map(|code| code.code()).collect();
        assert_eq!(all("children"), codes("children", relations));
    }

    #[test]
    fn every_remark_of_the_audit_is_translated() {
        let remark = Regex::new("because\\(\\s*(?:format!\\(\\s*)?\"([^\"]+)\"").unwrap();
        let hole = Regex::new("\\{[a-z]*\\}").unwrap();
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/audit");
        let files = fs::read_dir(folder).unwrap().map(|file| file.unwrap().path());
        let said: BTreeSet<String> = files
            .flat_map(|file| {
                let text = fs::read_to_string(file).unwrap();
                let said = remark.captures_iter(&text).map(|said| said[1].to_owned());
                said.map(|said| hole.replace_all(&said, "{}").into_owned()).collect::<Vec<_>>()
            })
            .collect();
        let translated: BTreeSet<String> = rows(REMARKS).map(|[en, _zh]| en).collect();
        assert!(said.len() > 20);
        assert_eq!(said, translated);
    }
}
