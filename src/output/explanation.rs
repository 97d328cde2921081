//! Explanations to text for a terminal, and to JSON.
//!
//! In: what became of each number of a document. Out: bytes. As text, the numbers of a line stand under
//! its number, each with its sentence, itself between « and »; the first of a sentence has its tokens:
//!
//! ```text
//! line 2
//!   2020年全市小学«365»所。
//!     tokens     … 小学(noun school, level primary) 365 所(unit institution counter) 。
//!     read as    schools = 365 institution (value, exact)
//!     rule       schools, after growth, percentage, funding, capacity declined
//! ```

use std::collections::BTreeSet;
use std::fmt::Write;
use std::iter;
use std::rc::Rc;

use serde_json::{Value, json};
use unicode_width::UnicodeWidthChar;

use super::account::decoding;
use super::json::record;
use super::table::{Setting, cut, width};
use crate::document::Document;
use crate::explain::{Binding, Explanation, Field, Found, Piece, Words};
use crate::observation::Observation;
use crate::shown::printable;
use crate::text::decode::Decoding;
use crate::text::span::LineNumber;
use crate::text::token::{Mark, TokenKind};
use crate::verdict::Reason;

/// Cells of a line where no terminal says how many it has.
const WIDTH: usize = 100;
/// Cells of the names before what they name.
const NAMES: usize = 9;
/// Cells that a value has at least, even where the terminal is narrower.
const NARROWEST: usize = 16;

/// The document that is explained.
#[derive(Debug, Clone, Copy)]
pub struct Head<'d> {
    /// The document.
    pub document: &'d Document,
    /// Whether its publication date, if there is one, is its own; else the user gave it.
    pub stated: bool,
    /// The only line that is explained.
    pub line: Option<LineNumber>,
}

/// The explanations as one JSON array, an object a line.
pub fn json(head: &Head, told: &[Explanation]) -> Vec<u8> {
    let lines: Vec<String> = told
        .iter()
        .zip(firsts(told))
        .map(|(one, first)| format!("\n{}", object(head, one, first)))
        .collect();
    format!("[{}\n]\n", lines.join(",")).into_bytes()
}

/// For each number, whether it is the first of its sentence: tokens are told once for all of them.
fn firsts(told: &[Explanation]) -> impl Iterator<Item = bool> {
    let before = iter::once(None).chain(told.iter().map(Some));
    let shares = |one: &Explanation, other: &Explanation| Rc::ptr_eq(&one.tokens, &other.tokens);
    told.iter().zip(before).map(move |(one, before)| {
        !one.tokens.is_empty() && !before.is_some_and(|before| shares(one, before))
    })
}

fn object(head: &Head, told: &Explanation, first: bool) -> Value {
    let header = &head.document.header;
    json!({
        "source": head.document.source.name(),
        "title": header.title,
        "publisher": header.publisher,
        "published": header.published.map(|date| date.to_string()),
        "encoding": head.document.decoding.encoding.to_string(),
        "decoding": decoding(&head.document.decoding),
        "line": told.number.line.0,
        "number_start": told.number_start.0,
        "number": told.number.text,
        "sentence": told.sentence,
        "tokens": first.then(|| told.tokens.iter().map(token_object).collect::<Vec<Value>>()),
        "verdict": told.reason.map_or("observation", Reason::code),
        "meaning": told.reason.map(|reason| reason.manual().meaning),
        "time": told.time.map(|period| period.to_string()),
        "rule": told.record.as_ref().map(|record| &record.rule),
        "declined": told.declined,
        "field": told.field.as_ref().map(field_object),
        "words": told.statement.as_ref().map(binding_object),
        "origins": told.origins.as_ref().map(|origins| json!({
            "region": origins.region.map(found_object),
            "period": origins.period.map(found_object),
            "level": origins.level.map(found_object),
            "status": found_object(origins.status),
        })),
        "record": told.record.as_ref().map(record),
    })
}

fn token_object(token: &Piece) -> Value {
    json!({ "text": token.text, "kind": kind(token.kind), "senses": token.senses })
}

/// The code of a kind of token.
const fn kind(kind: TokenKind) -> &'static str {
    match kind {
        TokenKind::Digits => "digits",
        TokenKind::Numerals => "numerals",
        TokenKind::Hidden => "hidden",
        TokenKind::Word(_) => "word",
        TokenKind::Han => "han",
        TokenKind::Latin => "latin",
        TokenKind::Mark(_) => "mark",
        TokenKind::Space => "space",
        TokenKind::LineEnd => "line_end",
        TokenKind::Other => "other",
    }
}

fn field_object(field: &Field) -> Value {
    match field {
        Field::Inside(ruling, words) => json!({
            "education": true,
            "ground": ruling.ground.code(),
            "words": words.map(|words| words.text),
            "line": words.map(|words| words.line.0),
        }),
        Field::Outside(outside, clause, heading) => json!({
            "education": false,
            "ground": outside.code(),
            "clause": clause,
            "heading": heading.map(|words| words.text),
        }),
    }
}

fn binding_object(binding: &Binding) -> Value {
    let named = |code: &str, word: Option<&str>| json!({ "code": code, "word": word });
    let ties: Vec<Value> = binding
        .ties
        .iter()
        .map(|tied| {
            json!({
                "tie": tied.tie.code(),
                "mention": tied.mention.text,
                "line": tied.mention.line.0,
                "number_start": tied.number_start.0,
            })
        })
        .collect();
    json!({
        "mention": binding.mention,
        "label": binding.label,
        "after": binding.after,
        "noun": binding.noun.map(|(noun, word)| named(noun.code(), word)),
        "act": binding.act.map(|(act, word)| named(act.code(), word)),
        "ties": ties,
    })
}

fn found_object(found: Found) -> Value {
    json!({
        "from": found.from.code(),
        "words": found.words.map(|words| words.text),
        "line": found.words.map(|words| words.line.0),
    })
}

/// The explanations as lines to read.
pub fn text(head: &Head, told: &[Explanation], setting: Setting) -> Vec<u8> {
    let (bold, plain) = if setting.color { ("\u{1b}[1m", "\u{1b}[0m") } else { ("", "") };
    let room = setting.width.unwrap_or(WIDTH);
    let mut out = format!("{bold}{}{plain}\n", printable(head.document.source.name()));
    for (name, value) in header(head) {
        row(&mut out, 0, name, &value, room);
    }
    let mut line = None;
    for (one, first) in told.iter().zip(firsts(told)) {
        if line != Some(one.number.line) {
            line = Some(one.number.line);
            let _ = write!(out, "\n{bold}line {}{plain}\n", one.number.line);
        }
        let (before, after) = around(one, room.saturating_sub(4));
        let number = printable(one.number.text);
        let _ = writeln!(out, "  {before}«{bold}{number}{plain}»{after}");
        if first {
            row(&mut out, 4, "tokens", &cut_up(&one.tokens), room);
        }
        for (name, value) in rows(one) {
            row(&mut out, 4, name, &value, room);
        }
    }
    if told.is_empty() {
        let place = head.line.map_or(String::new(), |line| format!(" in line {line}"));
        let _ = write!(out, "\nno numbers{place}\n");
    }
    examples(&mut out, told, (bold, plain));
    out.into_bytes()
}

/// Tokens in one line: numbers, words with what the lexicon says about them and edges of cells stand
/// apart, all else stands as it is.
fn cut_up(tokens: &[Piece]) -> String {
    let known = |token: &Piece| {
        use TokenKind::{Digits, Hidden, Numerals, Word};
        matches!(token.kind, Digits | Numerals | Hidden | Word(_) | TokenKind::Mark(Mark::Pipe))
    };
    let mut line = String::new();
    let mut apart = false;
    for token in tokens {
        if !line.is_empty() && (apart || known(token)) {
            line.push(' ');
        }
        apart = known(token);
        line.push_str(token.text);
        if !token.senses.is_empty() {
            let _ = write!(line, "({})", token.senses.join(", "));
        }
    }
    line
}

/// A value behind its name; what does not fit goes on below it.
fn row(out: &mut String, margin: usize, name: &str, value: &str, room: usize) {
    let indent = margin + NAMES + 2;
    let value = printable(value);
    let mut name = format!("{:margin$}{name:<NAMES$}", "");
    for line in wrapped(&value, room.saturating_sub(indent).max(NARROWEST)) {
        let _ = writeln!(out, "{name:<indent$}{line}");
        name.clear();
    }
}

/// A text in lines of so many cells, cut at spaces, or between any two characters where there are none.
fn wrapped(text: &str, room: usize) -> Vec<&str> {
    let mut lines = Vec::new();
    let mut rest = text;
    loop {
        let mut used = 0;
        let over = rest.char_indices().find(|(_, c)| {
            used += c.width().unwrap_or(0);
            used > room
        });
        let Some((end, _)) = over else { break };
        // A space right behind the last character that fits is a place to cut too.
        let upto = if rest[end..].starts_with(' ') { end + 1 } else { end };
        let end = rest[..upto].rfind(' ').filter(|&space| space > 0).unwrap_or(end);
        lines.push(&rest[..end]);
        rest = rest[end..].trim_start();
    }
    lines.push(rest);
    lines
}

fn header(head: &Head) -> Vec<(&'static str, String)> {
    let header = &head.document.header;
    let Decoding { encoding, basis, .. } = head.document.decoding;
    let text = |text: &Option<String>| text.clone().unwrap_or_else(|| "not stated".to_owned());
    let published = match header.published {
        Some(date) if head.stated => date.to_string(),
        Some(date) => format!("not stated; {date} by --published"),
        None => "not stated".to_owned(),
    };
    vec![
        ("title", text(&header.title)),
        ("publisher", text(&header.publisher)),
        ("published", published),
        ("encoding", format!("{encoding} ({basis})")),
    ]
}

/// What stands before and behind a number in its sentence, as much as there is room for.
fn around(told: &Explanation, room: usize) -> (String, String) {
    let before = printable(&told.sentence[..told.within.start]);
    let after = printable(&told.sentence[told.within.end..]);
    let room = room.saturating_sub(width(told.number.text));
    let half = room / 2;
    let for_after = half.max(room.saturating_sub(width(&before)));
    let after = cut(&after, for_after);
    let turned: String = before.chars().rev().collect();
    let turned = cut(&turned, room.saturating_sub(width(&after)));
    (turned.chars().rev().collect(), after)
}

/// What is said of one number, with names.
fn rows(told: &Explanation) -> Vec<(&'static str, String)> {
    let mut rows = Vec::new();
    let here = told.number.line;
    match (told.reason, &told.record) {
        (Some(reason), _) => {
            rows.push(("not read", format!("{reason}: {}", reason.manual().meaning)));
        }
        (None, Some(record)) => rows.extend(read_as(record)),
        (None, None) => {}
    }
    if let Some(time) = told.time {
        rows.push(("time", format!("{time} ({})", time.kind())));
    }
    if !told.declined.is_empty() || told.record.is_some() {
        let declined = told.declined.join(", ");
        rows.push((
            "rule",
            match &told.record {
                Some(record) if told.declined.is_empty() => record.rule.to_string(),
                Some(record) => format!("{}, after {declined} declined", record.rule),
                None => format!("none; {declined} declined"),
            },
        ));
    }
    rows.extend(told.field.iter().flat_map(|field| field_rows(field, here)));
    rows.extend(told.statement.iter().flat_map(|words| binding_rows(words, here)));
    if let (Some(record), Some(origins)) = (&told.record, &told.origins) {
        let region = record.region.as_deref().map(|region| match &record.scope {
            Some(scope) => format!("{region} ({scope})"),
            None => region.to_owned(),
        });
        let period = record.period.map(|period| format!("{period} ({})", period.kind()));
        for (name, value, found) in [
            ("region", region, origins.region),
            ("period", period, origins.period),
            ("level", record.level.map(|level| level.to_string()), origins.level),
            ("status", Some(record.status.to_string()), Some(origins.status)),
        ] {
            rows.push((
                name,
                match (value, found) {
                    (Some(value), Some(found)) => format!("{value}, {}", place(found, here)),
                    (Some(value), None) => value,
                    (None, _) => "not known".to_owned(),
                },
            ));
        }
    }
    rows
}

/// What a record says, its context aside.
fn read_as(record: &Observation) -> Vec<(&'static str, String)> {
    let what = record.indicator.map_or(record.category.code(), |indicator| indicator.code());
    let value = match (record.value, record.value_max) {
        (None, _) => "hidden".to_owned(),
        (Some(value), None) => value.to_string(),
        (Some(value), Some(max)) => format!("{value} to {max}"),
    };
    let per = record.per.map_or(String::new(), |per| format!(" per {per}"));
    let since = record.base_period.map_or(String::new(), |base| format!(" since {base}"));
    let (unit, measure, bound) = (record.unit, record.measure, record.bound);
    let mut rows =
        vec![("read as", format!("{what} = {value} {unit}{per} ({measure}{since}, {bound})"))];
    let group: Vec<&str> = record
        .ownership
        .map(|ownership| ownership.code())
        .into_iter()
        .chain(record.locality.map(|locality| locality.code()))
        .collect();
    if !group.is_empty() {
        rows.push(("group", group.join(", ")));
    }
    if !record.flags.is_empty() {
        rows.push((
            "flags",
            record.flags.iter().map(|flag| flag.code()).collect::<Vec<_>>().join(", "),
        ));
    }
    rows
}

fn field_rows(field: &Field, here: LineNumber) -> Vec<(&'static str, String)> {
    match field {
        Field::Inside(ruling, words) => {
            let words = words.map_or(String::new(), |words| format!(": {}", quoted(words, here)));
            vec![("field", format!("{}{words}", ruling.ground.phrase()))]
        }
        Field::Outside(outside, clause, heading) => {
            let heading = heading
                .map_or("none but its own line, if that is one".to_owned(), |words| {
                    quoted(words, here)
                });
            vec![
                ("field", outside.phrase().to_owned()),
                ("clause", (*clause).to_owned()),
                ("heading", heading),
            ]
        }
    }
}

fn binding_rows(binding: &Binding, here: LineNumber) -> Vec<(&'static str, String)> {
    let mut rows = vec![("quantity", binding.mention.to_owned())];
    let mut named = |name: &'static str, code: &str, word: Option<&str>| {
        let word = word.unwrap_or("not at the number");
        rows.push((name, format!("{code} ({word})")));
    };
    if let Some((noun, word)) = binding.noun {
        named("noun", noun.code(), word);
    }
    if let Some((act, word)) = binding.act {
        named("act", act.code(), word);
    }
    for (name, words) in [("before", binding.label), ("behind", binding.after)] {
        if !words.is_empty() {
            rows.push((name, words.to_owned()));
        }
    }
    for tied in &binding.ties {
        rows.push(("tie", format!("{} {}", tied.tie, quoted(tied.mention, here))));
    }
    rows
}

/// Where a fact was found, with the words.
fn place(found: Found, here: LineNumber) -> String {
    match found.words {
        Some(words) => format!("{}: {}", found.from.phrase(), quoted(words, here)),
        None => found.from.phrase().to_owned(),
    }
}

/// Words, with their line where that is another one.
fn quoted(words: Words, here: LineNumber) -> String {
    if words.line == here {
        words.text.to_owned()
    } else {
        format!("{} (line {})", words.text, words.line)
    }
}

/// An example of each reason that occurred, in the order of their definition.
fn examples(out: &mut String, told: &[Explanation], (bold, plain): (&str, &str)) {
    let reasons: BTreeSet<Reason> = told.iter().filter_map(|one| one.reason).collect();
    if reasons.is_empty() {
        return;
    }
    let _ = write!(out, "\n{bold}reasons by example{plain}\n");
    for reason in reasons {
        let manual = reason.manual();
        let example = manual.example.replace('\n', "⏎");
        let marked = example.replacen(manual.number, &format!("«{}»", manual.number), 1);
        let _ = writeln!(out, "  {:<15}  {marked}", reason.code());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_value_goes_on_below() {
        assert_eq!(wrapped("one two three", 7), ["one two", "three"]);
        assert_eq!(wrapped("学前教育普及", 5), ["学前", "教育", "普及"]);
        assert_eq!(wrapped("", 5), [""]);
        let mut out = String::new();
        row(&mut out, 2, "before", "全县各级各类学校和幼儿园", 33);
        assert_eq!(out, "  before     全县各级各类学校和幼\n             儿园\n");
    }
}
