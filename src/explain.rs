//! Explaining: why a number was read as it was, or not read.
//!
//! In: a sentence or table with its verdicts. Out: for each number what was made of it, the tokens of its
//! sentence, the words that bound it, and where each fact was found. Of `365` in `2020年全市小学365所` it says that the noun `小学` and
//! the rule `schools` read it, that `2020年` dates it, and that the title names the region.

use std::collections::BTreeMap;
use std::ops::Range;
use std::rc::Rc;

use crate::assemble::{number_start, observations};
use crate::codes::codes;
use crate::context::facts::Facts;
use crate::context::field::{Outside, Ruling};
use crate::context::origin::{Known, Where};
use crate::document::Document;
use crate::extract::ALL;
use crate::extract::statement::Statement;
use crate::judge::{Judged, Verdict};
use crate::lexicon::Lexicon;
use crate::lexicon::senses::{Act, Noun};
use crate::observation::Observation;
use crate::period::Period;
use crate::text::span::{CharOffset, LineNumber, Span};
use crate::text::token::TokenKind;
use crate::verdict::Reason;

/// What became of one number, and why.
#[derive(Debug, Clone, PartialEq)]
pub struct Explanation<'d> {
    /// The number as written.
    pub number: Words<'d>,
    /// Code-point offset of its first character: the second half of a record's `id`.
    pub number_start: CharOffset,
    /// The sentence or table row that holds it.
    pub sentence: &'d str,
    /// Where in `sentence` it stands, in bytes.
    pub within: Range<usize>,
    /// What was read together with it: the tokens of its sentence, or of its line of a table, which
    /// its numbers share. None where a footnote mark stands outside of all sentences.
    pub tokens: Rc<[Piece<'d>]>,
    /// Why it is no observation; nothing where it is one.
    pub reason: Option<Reason>,
    /// What it says of time, where it is part of a date, a year or a span of years.
    pub time: Option<Period>,
    /// The words around it, where it is a quantity.
    pub statement: Option<Binding<'d>>,
    /// Whether it is about education, where that was asked.
    pub field: Option<Field<'d>>,
    /// The rules that were asked and declined.
    pub declined: Vec<&'static str>,
    /// The record, where it is an observation.
    pub record: Option<Observation<'d>>,
    /// Where its context was found, where it is an observation.
    pub origins: Option<Origins<'d>>,
}

/// A token, as the lexer cut it from the running text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece<'d> {
    /// Its characters, without the line ends and gaps that stand inside it in the source.
    pub text: &'d str,
    /// What it is.
    pub kind: TokenKind,
    /// Of a word, what the lexicon says about it, as [`Word::senses`](crate::lexicon::Word::senses)
    /// puts it.
    pub senses: Vec<String>,
}

/// A run of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Words<'d> {
    /// The characters.
    pub text: &'d str,
    /// The line of the first of them.
    pub line: LineNumber,
}

/// What binds a quantity: the words that say what it counts, and other quantities.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Binding<'d> {
    /// The quantity as written, qualifiers and unit included.
    pub mention: &'d str,
    /// The words before it that are its own, or its place in a list.
    pub label: &'d str,
    /// The words behind it that are its own.
    pub after: &'d str,
    /// What is counted, with the word at the number where that names it.
    pub noun: Option<(Noun, Option<&'d str>)>,
    /// What was done, likewise.
    pub act: Option<(Act, Option<&'d str>)>,
    /// The statements of its sentence or table that it is tied to.
    pub ties: Vec<Tied<'d>>,
}

codes! {
    /// How a statement is tied to another.
    Tie("tie") {
        /// What it does not say itself is said there.
        Continues = "continues",
        /// It is part of that total.
        PartOf = "part_of",
        /// It is a share of that.
        ShareOf = "share_of",
        /// It is a change of that.
        ChangeOf = "change_of",
    }
}

/// A tie to another statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tied<'d> {
    /// How.
    pub tie: Tie,
    /// The other quantity as written.
    pub mention: Words<'d>,
    /// Code-point offset of its number.
    pub number_start: CharOffset,
}

/// Whether a number is about education.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field<'d> {
    /// It is: what says so, with the words.
    Inside(Ruling, Option<Words<'d>>),
    /// Nothing says so: why, the clause that does not, the heading that does not, where that is
    /// another line.
    Outside(Outside, &'d str, Option<Words<'d>>),
}

/// Where the facts around an observation were found; nothing where there is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Origins<'d> {
    /// Of `region`.
    pub region: Option<Found<'d>>,
    /// Of `period`.
    pub period: Option<Found<'d>>,
    /// Of `level`.
    pub level: Option<Found<'d>>,
    /// Of `status`.
    pub status: Found<'d>,
}

/// Where a fact was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Found<'d> {
    /// Where.
    pub from: Where,
    /// The words that say it, where they are words of the text.
    pub words: Option<Words<'d>>,
}

/// Adds the explanations of a sentence or table to others, in the order of their numbers.
pub fn explain<'d>(
    document: &'d Document,
    lexicon: &'d Lexicon,
    judged: &Judged,
    out: &mut Vec<Explanation<'d>>,
) {
    let from = out.len();
    let mut records = Vec::new();
    observations(document, lexicon, judged, &mut records);
    let mut records = records.into_iter();
    let mut teller = Teller { document, lexicon, judged, cut: BTreeMap::new() };
    for (index, verdict) in judged.verdicts.iter().enumerate() {
        let record = if verdict.reason().is_none() { records.next() } else { None };
        out.push(teller.statement(index, verdict, record));
    }
    for &(number, reason) in judged.unread {
        out.push(teller.unread(number, reason));
    }
    out[from..].sort_by_key(|explanation| explanation.number_start);
}

/// Adds the numbers of footnote marks, which no sentence has, to the explanations of the others.
pub fn footnotes<'d>(document: &'d Document, out: &mut Vec<Explanation<'d>>) {
    let blocks: Vec<Span> =
        document.flow.blocks().iter().map(|block| document.flow.source(block.span)).collect();
    for &note in document.flow.notes() {
        let at = blocks.partition_point(|block| block.start <= note.start);
        let line = at.checked_sub(1).map_or(note, |at| blocks[at].to(note));
        out.push(Explanation { reason: Some(Reason::Footnote), ..bare(document, note, line) });
    }
    out.sort_by_key(|explanation| explanation.number_start);
}

/// A number of the source of which nothing but its place is known.
fn bare(document: &Document, number: Span, sentence: Span) -> Explanation<'_> {
    let source = &document.source;
    Explanation {
        number: Words { text: source.slice(number), line: source.line(number.start) },
        number_start: source.char_offset(number.start),
        sentence: source.slice(sentence),
        within: number.start - sentence.start..number.end - sentence.start,
        tokens: Rc::default(),
        reason: None,
        time: None,
        statement: None,
        field: None,
        declined: Vec::new(),
        record: None,
        origins: None,
    }
}

struct Teller<'d, 'j> {
    document: &'d Document,
    lexicon: &'d Lexicon,
    judged: &'j Judged<'j>,
    /// The tokens of the sentences told so far, by where they begin.
    cut: BTreeMap<usize, Rc<[Piece<'d>]>>,
}

impl<'d> Teller<'d, '_> {
    fn words(&self, span: Span) -> Words<'d> {
        let source = &self.document.source;
        let written = self.document.flow.source(span);
        Words { text: source.slice(written), line: source.line(written.start) }
    }

    fn text(&self, tokens: &Range<usize>) -> &'d str {
        self.document.written(self.judged.tokens().span(tokens.start, tokens.end))
    }

    /// A number of the running text of which nothing but its place is known.
    fn bare(&mut self, number: Span, sentence: Span) -> Explanation<'d> {
        let flow = &self.document.flow;
        Explanation {
            tokens: self.tokens(self.sentence(number)),
            ..bare(self.document, flow.source(number), flow.source(sentence))
        }
    }

    /// The tokens of a sentence or of a line of a table.
    fn tokens(&mut self, sentence: Span) -> Rc<[Piece<'d>]> {
        if let Some(told) = self.cut.get(&sentence.start) {
            return Rc::clone(told);
        }
        let list = self.judged.tokens().list;
        let from = list.partition_point(|token| token.span.start < sentence.start);
        let to = list.partition_point(|token| token.span.start < sentence.end);
        let pieces = list[from..to].iter().map(|token| Piece {
            text: token.span.of(self.document.flow.text()),
            kind: token.kind,
            senses: match token.kind {
                TokenKind::Word(id) => self.lexicon.word(id).senses(self.lexicon.regions()),
                _ => Vec::new(),
            },
        });
        let told: Rc<[Piece]> = pieces.collect();
        self.cut.insert(sentence.start, Rc::clone(&told));
        told
    }

    /// A number that is no quantity.
    fn unread(&mut self, number: Span, reason: Reason) -> Explanation<'d> {
        let tokens = self.judged.tokens();
        let says =
            self.judged.times().iter().find(|stated| {
                tokens.span(stated.tokens.start, stated.tokens.end).contains(number)
            });
        Explanation {
            reason: Some(reason),
            time: says.and_then(|stated| stated.period),
            ..self.bare(number, self.sentence(number))
        }
    }

    /// A number that is a quantity.
    fn statement(
        &mut self,
        index: usize,
        verdict: &Verdict,
        record: Option<Observation<'d>>,
    ) -> Explanation<'d> {
        let statement = &self.judged.statements[index];
        let number = statement.phrase.quantity.number;
        let (field, rule) = match *verdict {
            Verdict::Observation { field, rule, .. } => (Ok(field), Some(rule)),
            Verdict::NoRule(field) | Verdict::TooLarge(field) => (Ok(field), None),
            Verdict::Outside(outside) => (Err(outside), None),
        };
        let facts = match verdict {
            Verdict::Observation { reading, .. } => Some(self.judged.facts(index, reading)),
            Verdict::NoRule(_) | Verdict::TooLarge(_) | Verdict::Outside(_) => None,
        };
        // Those before the rule that accepted; all, where none did.
        let asked = matches!(verdict, Verdict::Observation { .. } | Verdict::NoRule(_));
        let names = ALL.iter().map(|rule| rule.name());
        let declined = names.take_while(|name| asked && Some(*name) != rule).collect();
        let sentence = facts.map_or_else(|| self.sentence(number), |facts| facts.sentence);
        Explanation {
            reason: verdict.reason(),
            statement: Some(self.bound(statement)),
            field: Some(self.field(statement, field)),
            declined,
            origins: facts.map(|facts| self.origins(&facts)),
            record,
            ..self.bare(number, sentence)
        }
    }

    /// The sentence of a number; in a table its line.
    fn sentence(&self, number: Span) -> Span {
        self.judged.span().unwrap_or_else(|| {
            let blocks = self.document.flow.blocks();
            let row = blocks.partition_point(|block| block.span.end <= number.start);
            blocks.get(row).map_or(number, |block| block.span)
        })
    }

    fn bound(&self, statement: &Statement) -> Binding<'d> {
        let phrase = &statement.phrase;
        let word = |at: usize| self.text(&(at..at + 1));
        let head = phrase.head.filter(|head| Some(head.noun) == statement.noun);
        let verb = phrase.act.filter(|(act, _)| Some(*act) == statement.act);
        let ties = [
            (Tie::Continues, statement.continues),
            (Tie::PartOf, statement.part_of),
            (Tie::ShareOf, statement.share_of),
            (Tie::ChangeOf, statement.change_of),
        ];
        let tied = |(tie, other): (Tie, Option<usize>)| {
            let other = &self.judged.statements[other?];
            Some(Tied {
                tie,
                mention: self.words(other.phrase.quantity.mention),
                number_start: number_start(self.document, other),
            })
        };
        Binding {
            mention: self.document.written(phrase.quantity.mention),
            label: self.text(&phrase.label.range()),
            after: self.text(&phrase.after.range()),
            noun: statement.noun.map(|noun| (noun, head.map(|head| word(head.at)))),
            act: statement.act.map(|act| (act, verb.map(|(_, at)| word(at)))),
            ties: ties.into_iter().filter_map(tied).collect(),
        }
    }

    fn field(&self, statement: &Statement, field: Result<Ruling, Outside>) -> Field<'d> {
        match field {
            Ok(ruling) => Field::Inside(ruling, ruling.words.map(|words| self.words(words))),
            Err(outside) => {
                // A short line is its own heading, and stands there already.
                let own = |heading: &Span| {
                    self.judged.span().is_some_and(|sentence| heading.contains(sentence))
                };
                let heading = self.judged.passage.sections.heading().filter(|h| !own(h));
                Field::Outside(
                    outside,
                    self.text(&statement.phrase.clause),
                    heading.map(|words| self.words(words)),
                )
            }
        }
    }

    fn origins(&self, facts: &Facts) -> Origins<'d> {
        Origins {
            region: facts.region.map(|known| self.origin(known)),
            period: facts.period.map(|dated| self.origin(dated.period)),
            level: facts.level.map(|known| self.origin(known)),
            status: self.origin(facts.status),
        }
    }

    fn origin<T>(&self, known: Known<T>) -> Found<'d> {
        Found { from: known.from, words: known.words.map(|words| self.words(words)) }
    }
}
