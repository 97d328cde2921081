//! Judging: the statements of a sentence or table to verdicts.
//!
//! In: what was read of a sentence or a table. Out: for each of its numbers, whether it is an
//! observation and by which rule, or why not. Records and explanations are both made from this. In
//! `2020年全市小学365所` 2020 is a date, and 365 an observation of the rule `schools`.

use crate::context::facts::{self, Facts, SentenceReading};
use crate::context::field::{self, Ground, Outside, Ruling};
use crate::context::origin::Said;
use crate::context::passage::Passage;
use crate::context::period::Stated;
use crate::extract::statement::Statement;
use crate::extract::table::{Cell, Grid};
use crate::extract::{self, Reading};
use crate::lexicon::regions::RegionId;
use crate::lexicon::tokens::Tokens;
use crate::period::Period;
use crate::text::span::Span;
use crate::verdict::{Account, Reason};

/// What became of a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// An observation.
    Observation {
        /// What says that it is about education.
        field: Ruling,
        /// What it measures.
        reading: Reading,
        /// Name of the rule that says so.
        rule: &'static str,
    },
    /// About education, but too large for anything that is counted.
    TooLarge(Ruling),
    /// About education, but not read by any rule.
    NoRule(Ruling),
    /// Not about education.
    Outside(Outside),
}

impl Verdict {
    /// Why it is no observation; nothing where it is one.
    pub const fn reason(&self) -> Option<Reason> {
        match self {
            Verdict::Observation { .. } => None,
            Verdict::TooLarge(_) => Some(Reason::TooLarge),
            Verdict::NoRule(_) => Some(Reason::NoRule),
            Verdict::Outside(_) => Some(Reason::OutsideField),
        }
    }
}

/// A sentence or a table, with the verdicts of its numbers.
pub struct Judged<'a> {
    /// The state in which it was read.
    pub passage: &'a Passage,
    /// Its statements, in order.
    pub statements: &'a [Statement],
    /// What became of each statement.
    pub verdicts: Vec<Verdict>,
    /// The numbers that state nothing, and why; of a sentence, where every number is asked for.
    pub unread: &'a [(Span, Reason)],
    body: Body<'a>,
}

/// What the context of a statement is taken from.
enum Body<'a> {
    Sentence(&'a SentenceReading<'a>),
    Table { tokens: Tokens<'a>, cells: &'a [Surroundings] },
}

/// What row and column say about a cell.
#[derive(Debug, Clone, Copy)]
pub struct Surroundings {
    period: Option<Said<Period>>,
    region: Option<Said<RegionId>>,
    row: Span,
    education: Option<Span>,
}

/// The parts of a table: its statements, what stands around each, its other numbers.
pub type TableParts = (Vec<Statement>, Vec<Surroundings>, Vec<(Span, Reason)>);

/// Takes a table apart, for [`Judged::table`] to borrow.
pub fn parts(grid: Grid) -> TableParts {
    let (statements, around) = grid
        .cells
        .into_iter()
        .map(|cell| {
            let Cell { statement, period, region, row, education } = cell;
            (statement, Surroundings { period, region, row, education })
        })
        .unzip();
    (statements, around, grid.unread)
}

impl<'a> Judged<'a> {
    /// Judges a sentence. `unread` are its numbers that are no quantities.
    pub fn sentence(
        passage: &'a Passage,
        sentence: &'a SentenceReading<'a>,
        unread: &'a [(Span, Reason)],
    ) -> Self {
        let tokens = sentence.tokens;
        let verdicts = sentence
            .statements
            .iter()
            .map(|statement| {
                let field = field::in_field(tokens, passage, statement);
                verdict(tokens, statement, field)
            })
            .collect();
        let statements = sentence.statements;
        Judged { passage, statements, verdicts, unread, body: Body::Sentence(sentence) }
    }

    /// Judges a table.
    pub fn table(passage: &'a Passage, tokens: Tokens<'a>, parts: &'a TableParts) -> Self {
        let (statements, cells, unread) = parts;
        let verdicts = statements
            .iter()
            .zip(cells)
            .map(|(statement, cell)| {
                let field = match (passage.education_document, cell.education) {
                    (Some(ground), _) => Ok(Ruling { ground, words: None }),
                    (None, None) => Err(Outside::Table),
                    (None, words) => Ok(Ruling { ground: Ground::Table, words }),
                };
                verdict(tokens, statement, field)
            })
            .collect();
        Judged { passage, statements, verdicts, unread, body: Body::Table { tokens, cells } }
    }

    /// Its tokens; of a table, with those of its captions.
    pub fn tokens(&self) -> Tokens<'a> {
        match &self.body {
            Body::Sentence(sentence) => sentence.tokens,
            Body::Table { tokens, .. } => *tokens,
        }
    }

    /// What is known around a statement, given by its place among [`Judged::statements`].
    pub fn facts(&self, index: usize, reading: &Reading) -> Facts {
        let statement = &self.statements[index];
        match &self.body {
            Body::Sentence(sentence) => facts::facts(self.passage, sentence, statement, reading),
            Body::Table { cells, .. } => {
                let cell = &cells[index];
                facts::of_cell(self.passage, statement, cell.period, cell.region, cell.row)
            }
        }
    }

    /// The expressions of time of a sentence.
    pub fn times(&self) -> &'a [Stated] {
        match &self.body {
            Body::Sentence(sentence) => sentence.times,
            Body::Table { .. } => &[],
        }
    }

    /// The sentence; nothing for a table.
    pub fn span(&self) -> Option<Span> {
        match &self.body {
            Body::Sentence(sentence) => Some(sentence.tokens.span(0, sentence.tokens.len())),
            Body::Table { .. } => None,
        }
    }

    /// Counts its numbers.
    pub fn count(&self, account: &mut Account) {
        for verdict in &self.verdicts {
            match verdict.reason() {
                None => account.read(1),
                Some(reason) => account.unread(reason),
            }
        }
        for (_, reason) in self.unread {
            account.unread(*reason);
        }
    }
}

/// Asks the rules about a statement of the field.
fn verdict(tokens: Tokens, statement: &Statement, field: Result<Ruling, Outside>) -> Verdict {
    let field = match field {
        Ok(field) => field,
        Err(outside) => return Verdict::Outside(outside),
    };
    let Some((reading, rule)) = extract::read(tokens, statement) else {
        return Verdict::NoRule(field);
    };
    let quantity = &statement.phrase.quantity;
    let fits = [quantity.value, quantity.value_max]
        .into_iter()
        .flatten()
        .all(|value| quantity.in_base_units(value).is_some());
    if fits { Verdict::Observation { field, reading, rule } } else { Verdict::TooLarge(field) }
}
