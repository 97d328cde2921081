//! The lexicon as Rust source.
//!
//! In: a lexicon that the loader has made. Out: a `static` for each of its parts, and a function that puts
//! them together. Of the word 校舍 that is `Word { noun: Some(Noun::FloorArea), field:
//! Some(Field::Education), ..Word::NONE }`, of the place behind 校舍 `place(7306, 12, 451)`.

use std::fmt::Debug;

use rust_decimal::Decimal;

use super::index::{Index, Place};
use super::kinds::Kinds;
use super::plane::Plane;
use super::regions::{Namesakes, Region, RegionId, Regions};
use super::sieve::{Hints, Leads, Sieve, Telling};
use super::whole::{IndicatorRow, Lexicon};
use super::word::{UnitWord, Word};
use crate::page::names::PageNames;
use crate::period::Date;
use crate::text::head_words::{HeadWord, HeadWords, Key};

/// The statics, and `fn lexicon`, which returns the lexicon made of them.
pub fn source(lexicon: &Lexicon) -> String {
    // Without `..`, here and below, so that nothing new can be forgotten.
    let Lexicon { words, index, sieve, regions, indicators, head, pages } = lexicon;
    let mut out = String::from("// Written by build.rs from the tables of src/lexicon.\n");
    list(&mut out, "WORDS", "Word", words.iter().map(word));
    index_parts(&mut out, index);
    sieve_parts(&mut out, sieve);
    region_parts(&mut out, regions);
    list(&mut out, "INDICATORS", "IndicatorRow", indicators.iter().map(indicator));
    let HeadWords { rows, ends } = head;
    list(
        &mut out,
        "HEAD",
        "HeadWord",
        rows.iter().map(|HeadWord { key: Key(key), word, role }| {
            let role = code("head_words::Role", role);
            format!("HeadWord {{ key: Key({key}), word: {}, role: {role} }}", text(word))
        }),
    );
    out.push_str(&format!("const HEAD_ENDS: [usize; {}] = {ends:?};\n", ends.len()));
    let PageNames { roles, words } = pages;
    for (part, names) in [("PAGE_ROLES", roles), ("PAGE_WORDS", words)] {
        list(
            &mut out,
            part,
            "(Cow<'static, str>, PageRole)",
            names
                .iter()
                .map(|(name, role)| format!("({}, {})", text(name), code("PageRole", role))),
        );
    }
    out.push_str(WHOLE);
    out
}

/// How the statics become a lexicon.
const WHOLE: &str = "
pub(super) const fn lexicon() -> Lexicon {
    Lexicon {
        words: Cow::Borrowed(&WORDS),
        index: Index {
            plane: Plane::Built(&NUMBERS),
            beyond: Cow::Borrowed(&BEYOND),
            places: Cow::Borrowed(&PLACES),
            alone: ALONE,
            pairs: Cow::Borrowed(&PAIR_BITS),
        },
        sieve: Sieve {
            leads: Cow::Borrowed(&LEADS),
            edged: EDGED,
            going_on: Cow::Borrowed(&GOING_ON),
            words: Cow::Borrowed(&TELLINGS),
        },
        regions: Regions {
            regions: Cow::Borrowed(&REGIONS),
            names: Cow::Borrowed(REGION_NAMES),
            namesakes: Cow::Borrowed(&NAMESAKES),
            ordered: ORDERED,
        },
        indicators: Cow::Borrowed(&INDICATORS),
        head: HeadWords { rows: Cow::Borrowed(&HEAD), ends: HEAD_ENDS },
        pages: PageNames { roles: Cow::Borrowed(&PAGE_ROLES), words: Cow::Borrowed(&PAGE_WORDS) },
    }
}
";

/// A word: what the tables say of it and nothing of what they don't.
fn word(word: &Word) -> String {
    let Word {
        noun,
        level,
        ownership,
        locality,
        field,
        scope,
        act,
        weak_act,
        unit,
        nonunit,
        bound,
        per,
        time,
        status,
        role,
        body,
        regions,
        fixed,
        kinds: Kinds(kinds),
    } = word;
    let said = [
        noun.map(|noun| ("noun", some(code("Noun", &noun)))),
        level.map(|level| ("level", some(code("Level", &level)))),
        ownership.map(|ownership| ("ownership", some(code("Ownership", &ownership)))),
        locality.map(|locality| ("locality", some(code("Locality", &locality)))),
        field.map(|field| ("field", some(code("Field", &field)))),
        scope.map(|scope| ("scope", some(code("Scope", &scope)))),
        act.map(|act| ("act", some(code("Act", &act)))),
        weak_act.then(|| ("weak_act", "true".to_owned())),
        unit.map(|word| ("unit", some(unit_word(word)))),
        nonunit.map(|reason| ("nonunit", some(code("Reason", &reason)))),
        bound.map(|(place, bound)| {
            ("bound", some(format!("({}, {})", code("BoundPlace", &place), code("Bound", &bound))))
        }),
        per.map(|per| ("per", some(code("Per", &per)))),
        // Of a plan with its year: `Time::Plan(2016)`.
        time.map(|time| ("time", some(code("Time", &time)))),
        status.map(|status| ("status", some(code("StatusWord", &status)))),
        role.map(|role| ("role", some(code("Role", &role)))),
        body.map(|body| ("body", some(code("Body", &body)))),
        Some(*regions).filter(|name| !name.is_empty()).map(|Namesakes { from, to }| {
            ("regions", format!("Namesakes {{ from: {from}, to: {to} }}"))
        }),
        fixed.then(|| ("fixed", "true".to_owned())),
        (*kinds > 0).then(|| ("kinds", format!("Kinds({kinds:#x})"))),
    ];
    let mut out = String::from("Word { ");
    for (field, value) in said.into_iter().flatten() {
        out.push_str(&format!("{field}: {value}, "));
    }
    out.push_str("..Word::NONE }");
    out
}

fn unit_word(word: UnitWord) -> String {
    let UnitWord { unit, factor, kind } = word;
    let (unit, kind) = (code("Unit", &unit), code("UnitKind", &kind));
    format!("UnitWord {{ unit: {unit}, factor: {}, kind: {kind} }}", decimal(factor))
}

/// A decimal, to the digit: 1.0 stays 1.0.
fn decimal(value: Decimal) -> String {
    let parts = value.unpack();
    let (lo, mid, hi) = (parts.lo, parts.mid, parts.hi);
    format!("Decimal::from_parts({lo}, {mid}, {hi}, {}, {})", parts.negative, parts.scale)
}

fn index_parts(out: &mut String, index: &Index) {
    let Index { plane: numbers, beyond, places, alone, pairs } = index;
    plane(out, "NUMBERS", numbers);
    list(out, "BEYOND", "(u32, u16)", beyond.iter().map(|pair| format!("{pair:?}")));
    list(
        out,
        "PLACES",
        "Place",
        places.iter().map(|place| {
            let Place { from, base, word } = place;
            format!("place({from}, {base}, {word})")
        }),
    );
    out.push_str(&format!("const ALONE: u16 = {alone};\n"));
    out.push_str(&format!("static PAIR_BITS: [u64; PAIRS] = {pairs:?};\n"));
}

fn sieve_parts(out: &mut String, sieve: &Sieve) {
    let Sieve { leads, edged, going_on, words } = sieve;
    out.push_str(&format!("const EDGED: bool = {edged};\n"));
    let Leads { edges, seconds, onward, thirds } = &**leads;
    out.push_str(&format!(
        "static LEADS: Leads = Leads {{ edges: {edges:?}, seconds: {seconds:?}, onward: {onward:?}, thirds: {thirds:?} }};\n"
    ));
    list(out, "GOING_ON", "char", going_on.iter().map(|c| format!("{c:?}")));
    list(
        out,
        "TELLINGS",
        "Telling",
        words.iter().map(|word| {
            let Telling { placed, anywhere } = *word;
            format!("telling({}, {})", hints(placed), hints(anywhere))
        }),
    );
}

fn hints(hints: Hints) -> String {
    let Hints { education, carries, heads } = hints;
    format!("({education}, {carries}, {heads})")
}

fn region_parts(out: &mut String, regions: &Regions) {
    let Regions { regions, names, namesakes, ordered } = regions;
    list(
        out,
        "REGIONS",
        "Region",
        regions.iter().map(|region| {
            let Region { code, name: (from, to), until } = region;
            let until = until.map_or("None".to_owned(), |Date { year, month, day }| {
                some(format!("Date {{ year: {year}, month: {month:?}, day: {day:?} }}"))
            });
            format!("region({}, {from}, {to}, {until})", code.0)
        }),
    );
    string(out, "REGION_NAMES", names);
    list(
        out,
        "NAMESAKES",
        "RegionId",
        namesakes.iter().map(|RegionId(id)| format!("RegionId({id})")),
    );
    out.push_str(&format!("const ORDERED: usize = {ordered};\n"));
}

fn indicator((noun, act, indicator): &IndicatorRow) -> String {
    let act = act.map_or("None".to_owned(), |act| some(code("Act", &act)));
    format!("({}, {act}, {})", code("Noun", noun), code("Indicator", indicator))
}

/// A static of a plane, from its characters that have numbers.
fn plane(out: &mut String, name: &str, plane: &Plane) {
    let numbered: Vec<(u16, u16)> = plane.numbered().collect();
    out.push_str(&format!("static {name}: [u16; PLANE] = numbers(&{numbered:?});\n"));
}

/// A static list of values of a type.
fn list(out: &mut String, name: &str, of: &str, values: impl ExactSizeIterator<Item = String>) {
    out.push_str(&format!("static {name}: [{of}; {}] = [\n", values.len()));
    for value in values {
        out.push_str(&value);
        out.push_str(",\n");
    }
    out.push_str("];\n");
}

/// A static string.
fn string(out: &mut String, name: &str, text: &str) {
    out.push_str(&format!("static {name}: &str = {text:?};\n"));
}

/// A string that is part of a list.
fn text(text: &str) -> String {
    format!("Cow::Borrowed({text:?})")
}

/// A variant of an enum: derived `Debug` writes its name, and what it holds.
fn code(of: &str, variant: &impl Debug) -> String {
    format!("{of}::{variant:?}")
}

fn some(value: String) -> String {
    format!("Some({value})")
}
