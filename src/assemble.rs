//! Statements to observations: reading, facts and places of the text put into a record.

use std::borrow::Cow;

use rust_decimal::Decimal;

use crate::codes::{Indicator, Measure, Per, Relation, Unit};
use crate::document::Document;
use crate::extract::Reading;
use crate::extract::statement::Statement;
use crate::flag::{Flag, raise};
use crate::judge::{Judged, Verdict};
use crate::lexicon::Lexicon;
use crate::lexicon::senses::Role;
use crate::lexicon::tokens::Tokens;
use crate::observation::Observation;
use crate::text::span::{CharOffset, Span};
use crate::text::token::Mark;

/// Adds the observations of a sentence or table to others, in order.
pub fn observations<'d>(
    document: &'d Document,
    lexicon: &'d Lexicon,
    judged: &Judged,
    out: &mut Vec<Observation<'d>>,
) {
    let mut quoted: Option<Quoted> = None;
    for (index, verdict) in judged.verdicts.iter().enumerate() {
        let Verdict::Observation { reading, rule, .. } = verdict else { continue };
        out.push(observe(document, lexicon, judged, index, *reading, rule, &mut quoted));
    }
}

/// The record that a statement's belongs to, and what it is to that.
fn tie(
    document: &Document,
    judged: &Judged,
    statement: &Statement,
) -> Option<(CharOffset, Relation)> {
    let ties = [
        (statement.change_of, Relation::Change),
        (statement.share_of, Relation::Share),
        (statement.part_of, Relation::Part),
    ];
    ties.into_iter().find_map(|(parent, relation)| {
        let parent = parent.filter(|&parent| judged.verdicts[parent].reason().is_none())?;
        Some((number_start(document, &judged.statements[parent]), relation))
    })
}

/// A sentence as it stands in the source; most hold several statements.
#[derive(Clone, Copy)]
struct Quoted<'d> {
    read: Span,
    written: Span,
    text: &'d str,
    damaged: bool,
}

impl<'d> Quoted<'d> {
    fn of(document: &'d Document, read: Span) -> Self {
        let written = document.flow.source(read);
        let source = &document.source;
        Quoted { read, written, text: source.slice(written), damaged: source.is_damaged(written) }
    }
}

/// The id of a statement's record within its document.
pub fn number_start(document: &Document, statement: &Statement) -> CharOffset {
    document.source.char_offset(document.flow.place(statement.phrase.quantity.number.start))
}

fn observe<'d>(
    document: &'d Document,
    lexicon: &'d Lexicon,
    judged: &Judged,
    index: usize,
    reading: Reading,
    rule: &'static str,
    quoted: &mut Option<Quoted<'d>>,
) -> Observation<'d> {
    let statement = &judged.statements[index];
    let facts = judged.facts(index, &reading);
    let tie = tie(document, judged, statement);
    let same = quoted.filter(|quoted| quoted.read == facts.sentence);
    let sentence = *quoted.insert(same.unwrap_or_else(|| Quoted::of(document, facts.sentence)));
    let source = &document.source;
    let quantity = &statement.phrase.quantity;
    let mention = document.flow.source(quantity.mention);
    // 约365所: most mentions begin with their number.
    let first = quantity.number.start == quantity.mention.start;
    let number = if first { mention.start } else { document.flow.place(quantity.number.start) };
    let (line, number_start) = source.position(number);
    let chars = |from: usize, to: usize| source.slice(Span::new(from, to)).chars().count();
    let start = CharOffset(number_start.0 - chars(mention.start, number));
    let end = CharOffset(number_start.0 + chars(number, mention.end));
    let region = facts.region.map(|known| known.value);
    let scale = |value: Option<Decimal>| {
        let value = quantity.in_base_units(value?)?;
        let falls = statement.change.is_some_and(|change| change.falls) && !value.is_zero();
        Some(if falls { -value } else { value })
    };
    let mut flags = Vec::new();
    if let Some(flag) = reading.flag {
        raise(&mut flags, flag);
    }
    if statement.list_mismatch {
        raise(&mut flags, Flag::ListMismatch);
    }
    // Hardly a mention reaches out of its sentence.
    let beyond = || !sentence.written.contains(mention) && source.is_damaged(mention);
    if sentence.damaged || beyond() {
        raise(&mut flags, Flag::Undecodable);
    }
    let per = statement.per.or(match (reading.indicator, reading.measure, reading.unit) {
        (Some(Indicator::ExpenditurePerStudent), Measure::Value, _) => Some(Per::Student),
        // 平均班额37.6人
        (Some(Indicator::Classes), _, Unit::Person) => Some(Per::Class),
        _ => None,
    });
    let keeps_per = reading.measure != Measure::Growth
        && !matches!(reading.unit, Unit::Percent | Unit::PercentagePoint | Unit::Multiple);
    Observation {
        source: Cow::Borrowed(source.name()),
        line,
        region: region.map(|region| Cow::Borrowed(lexicon.regions().name(region))),
        region_code: region.map(|region| lexicon.regions().get(region).code),
        scope: facts.scope.map(|span| Cow::Borrowed(document.written(span))),
        period: facts.period.map(|dated| dated.period.value),
        period_origin: facts.period.map(|dated| dated.origin),
        level: facts.level.map(|known| known.value),
        category: reading.category,
        indicator: reading.indicator,
        subject: subject(judged.tokens(), statement)
            .map(|span| Cow::Borrowed(document.written(span))),
        ownership: statement.group.ownership,
        locality: statement.group.locality,
        measure: reading.measure,
        value: scale(quantity.value),
        value_max: scale(quantity.value_max),
        bound: quantity.bound,
        unit: reading.unit,
        per: per.filter(|_| keeps_per),
        status: facts.status.value,
        redacted: quantity.redacted,
        base_period: facts.base_period,
        parent: tie.map(|(parent, _)| parent),
        relation: tie.map(|(_, relation)| relation),
        mention: Cow::Borrowed(source.slice(mention)),
        sentence: Cow::Borrowed(sentence.text),
        flags,
        rule: Cow::Borrowed(rule),
        title: document.header.title.as_deref().map(Cow::Borrowed),
        publisher: document.header.publisher.as_deref().map(Cow::Borrowed),
        published: document.header.published,
        start,
        end,
        number_start,
    }
}

/// The noun phrase that names what was counted.
fn subject(tokens: Tokens, statement: &Statement) -> Option<Span> {
    let phrase = &statement.phrase;
    let head = phrase.head?;
    // | 研究生 | 7.3 | under 招生数: the row says whose.
    let names = |at: usize| {
        let word = tokens.word(at);
        word.is_some_and(|word| word.level.is_some() || word.noun.is_some())
    };
    let label = phrase.label.range();
    if !head.behind && !label.contains(&head.at) && label.clone().any(names) {
        let is_text = |&at: &usize| !tokens.is_number(at) && tokens.mark(at).is_none();
        let start = label.clone().find(is_text).unwrap_or(label.start);
        let end = label.clone().rev().find(is_text).map_or(label.end, |last| last + 1);
        return Some(tokens.span(start, end));
    }
    let from = if head.behind {
        phrase.quantity.tokens.end
    } else {
        // From behind the last verb, time or place word before the head.
        (phrase.label.start..head.at)
            .rev()
            .find(|&at| {
                tokens.mark(at).is_some_and(|mark| mark != Mark::ListComma)
                    || tokens.word(at).is_some_and(|word| {
                        word.role.is_some() && word.role != Some(Role::And)
                            || word.time.is_some()
                            || word.body.is_some()
                            || word.act.is_some() && word.noun.is_none()
                    })
            })
            .map_or(phrase.label.start, |at| at + 1)
    };
    Some(tokens.span(from.min(head.at), head.at + 1))
}
