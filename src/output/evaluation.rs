//! Figures and mistakes of an evaluation, to read or as JSON.
//!
//! In: an [`Evaluation`]. Out: text. Shares are shown to three places, in JSON to six.
//!
//! ```text
//! level: 1 mistake
//!   seeds/a.txt:17  全市共有⟦365所⟧小学
//!     gold primary|all, found junior_secondary
//! ```

use std::io::{self, Write};

use serde_json::{Map, Number, Value, json};

use super::table;
use crate::evaluation::{CORE, Counts, Mistake, Quality, Ratio, SCORED};
use crate::shown::printable;

/// A mistake with the place where a reader finds it.
#[derive(Debug, Clone)]
pub struct Placed {
    /// Path of the document.
    pub source: String,
    /// Line of the number, from 1.
    pub line: usize,
    /// The number or its mention between `⟦⟧`, in its line.
    pub context: String,
    /// What is wrong.
    pub mistake: Mistake,
}

/// What came of the documents.
#[derive(Debug, Default)]
pub struct Evaluation {
    /// Each document, in the order of the inputs.
    pub documents: Vec<(String, Counts)>,
    /// All of them.
    pub total: Counts,
    /// In the order of the documents.
    pub mistakes: Vec<Placed>,
}

impl Evaluation {
    /// The kinds of mistakes, each with its mistakes, in the order of the report.
    fn kinds(&self) -> impl Iterator<Item = (&'static str, Vec<&Placed>)> {
        ["missed", "spurious"].into_iter().chain(SCORED).filter_map(|kind| {
            let of_kind = self.mistakes.iter().filter(|placed| placed.mistake.kind == kind);
            let of_kind: Vec<&Placed> = of_kind.collect();
            (!of_kind.is_empty()).then_some((kind, of_kind))
        })
    }

    /// Writes figures, then at most `show` mistakes of each kind.
    ///
    /// # Errors
    /// Those of `out`.
    pub fn write_text(&self, show: usize, color: bool, out: &mut impl Write) -> io::Result<()> {
        let total = &self.total;
        writeln!(
            out,
            "gold {}  found {}  missed {}  spurious {}  optional {}\n",
            total.gold(),
            total.found,
            total.missed,
            total.spurious,
            total.optional
        )?;
        let row = |name: &str, quality: Quality| {
            let Quality { precision, recall, f1 } = quality;
            vec![name.to_owned(), precision.to_string(), recall.to_string(), f1.to_string()]
        };
        let rows = [row("detection", total.detection()), row("record", total.record())];
        let names = ["", "precision", "recall", "F1"];
        table::write_text(&names, &names[1..], &rows, color, out)?;
        writeln!(out)?;
        let rows: Vec<Vec<String>> = (total.fields().enumerate())
            .map(|(at, (name, accuracy))| {
                let kind = if at < CORE { "core" } else { "extra" };
                let wrong = accuracy.whole - accuracy.part;
                vec![name.to_owned(), kind.to_owned(), accuracy.to_string(), wrong.to_string()]
            })
            .collect();
        let names = ["field", "kind", "accuracy", "wrong"];
        table::write_text(&names, &names[2..], &rows, color, out)?;
        writeln!(out)?;
        let rows: Vec<Vec<String>> = (self.documents.iter())
            .map(|(name, counts)| {
                let [detection, record] = [counts.detection().f1, counts.record().f1];
                let gold = counts.gold().to_string();
                vec![name.clone(), gold, detection.to_string(), record.to_string()]
            })
            .collect();
        let names = ["document", "gold", "detection F1", "record F1"];
        table::write_text(&names, &names[1..], &rows, color, out)?;
        if show > 0 {
            self.write_mistakes(show, out)?;
        }
        Ok(())
    }

    fn write_mistakes(&self, show: usize, out: &mut impl Write) -> io::Result<()> {
        for (kind, mistakes) in self.kinds() {
            let count = mistakes.len();
            let noun = if count == 1 { "mistake" } else { "mistakes" };
            writeln!(out, "\n{kind}: {count} {noun}")?;
            for Placed { source, line, context, mistake } in mistakes.into_iter().take(show) {
                writeln!(out, "  {}:{line}  {context}", printable(source))?;
                let (gold, found) = (printable(&mistake.gold), printable(&mistake.found));
                writeln!(out, "    gold {gold}, found {found}")?;
            }
            if count > show {
                writeln!(out, "  and {} more", count - show)?;
            }
        }
        Ok(())
    }

    /// Writes one JSON object, with at most `show` mistakes of each kind.
    ///
    /// # Errors
    /// Those of `out`.
    pub fn write_json(&self, show: usize, out: &mut impl Write) -> io::Result<()> {
        let mistakes: Vec<Value> = self
            .kinds()
            .flat_map(|(_, mistakes)| mistakes.into_iter().take(show))
            .map(|Placed { source, line, context, mistake }| {
                let Mistake { kind, start, gold, found, .. } = mistake;
                json!({
                    "kind": kind, "source": source, "line": line, "number_start": start,
                    "context": context, "gold": gold, "found": found,
                })
            })
            .collect();
        let documents: Vec<Value> = (self.documents.iter())
            .map(|(name, counts)| {
                let mut document = Map::from_iter([("source".to_owned(), json!(name))]);
                document.extend(figures(counts));
                Value::Object(document)
            })
            .collect();
        let mut whole = figures(&self.total);
        whole.insert("documents".to_owned(), Value::Array(documents));
        whole.insert("mistakes".to_owned(), Value::Array(mistakes));
        serde_json::to_writer_pretty(&mut *out, &whole)?;
        writeln!(out)
    }
}

fn figures(counts: &Counts) -> Map<String, Value> {
    let quality = |quality: Quality| {
        json!({
            "precision": share(quality.precision),
            "recall": share(quality.recall),
            "f1": share(quality.f1),
        })
    };
    let fields: Map<String, Value> =
        counts.fields().map(|(name, accuracy)| (name.to_owned(), share(accuracy))).collect();
    [
        ("gold", json!(counts.gold())),
        ("found", json!(counts.found)),
        ("missed", json!(counts.missed)),
        ("spurious", json!(counts.spurious)),
        ("optional", json!(counts.optional)),
        ("exact", json!(counts.exact)),
        ("detection", quality(counts.detection())),
        ("record", quality(counts.record())),
        ("fields", Value::Object(fields)),
    ]
    .map(|(name, value)| (name.to_owned(), value))
    .into_iter()
    .collect()
}

/// A share as a JSON number; of nothing there is none.
fn share(ratio: Ratio) -> Value {
    if ratio.whole == 0 {
        return Value::Null;
    }
    let digits = ratio.rounded(6).to_string();
    digits.parse::<Number>().map_or(Value::Null, Value::Number)
}
