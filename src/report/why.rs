//! Why a number was read as it was, or not read, as a page has it.
//!
//! In: an explanation. Out: an object whose keys are there where there is something to say: `noun` and `act` with the
//! word at the number, `field` with what makes it education's, `origins` with where each fact was found. Words
//! are places, see [`place`].

use serde_json::{Map, Value, json};

use super::place;
use crate::document::Document;
use crate::explain::{Binding, Explanation, Field, Found, Tied};

/// What an explanation says beside its record or reason.
pub fn object(document: &Document, told: &Explanation<'_>) -> Value {
    let mut why = Map::new();
    if let Some(time) = told.time {
        why.insert("time".to_owned(), json!(time.to_string()));
    }
    if let Some(field) = &told.field {
        why.insert("field".to_owned(), ground(document, field));
    }
    if let Some(statement) = &told.statement {
        bound(document, statement, &mut why);
    }
    if let Some(origins) = &told.origins {
        let facts = [
            ("region", origins.region),
            ("period", origins.period),
            ("level", origins.level),
            ("status", Some(origins.status)),
        ];
        let known = facts.into_iter().filter_map(|(name, fact)| {
            fact.map(|found| (name.to_owned(), origin(document, found)))
        });
        why.insert("origins".to_owned(), Value::Object(known.collect()));
    }
    Value::Object(why)
}

/// What says that it is about education, or why nothing does.
fn ground(document: &Document, field: &Field<'_>) -> Value {
    let words = |words| place::of_words(document, words);
    match field {
        Field::Inside(ruling, by) => json!([ruling.ground.code(), by.map(words)]),
        Field::Outside(outside, clause, heading) => {
            json!([outside.code(), place::of(document, clause), heading.map(words)])
        }
    }
}

fn bound(document: &Document, binding: &Binding<'_>, why: &mut Map<String, Value>) {
    let mut say = |name: &str, value: Value| why.insert(name.to_owned(), value);
    if let Some((noun, word)) = binding.noun {
        say("noun", json!([noun.code(), word]));
    }
    if let Some((act, word)) = binding.act {
        say("act", json!([act.code(), word]));
    }
    for (name, text) in [("before", binding.label), ("behind", binding.after)] {
        if !text.is_empty() {
            say(name, place::of(document, text));
        }
    }
    if !binding.ties.is_empty() {
        let tie = |tied: &Tied<'_>| json!([tied.tie.code(), tied.number_start.0]);
        say("ties", Value::Array(binding.ties.iter().map(tie).collect()));
    }
}

fn origin(document: &Document, found: Found<'_>) -> Value {
    json!([found.from.code(), found.words.map(|words| place::of_words(document, words))])
}
