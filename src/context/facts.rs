//! What a statement leaves open, filled from near to far: its clause, its sentence, its paragraph, the
//! headings above it, the document.

use std::ops::Range;

use crate::codes::{Level, Status};
use crate::extract::Reading;
use crate::extract::statement::Statement;
use crate::lexicon::kinds::Kinds;
use crate::lexicon::regions::RegionId;
use crate::lexicon::senses::Role;
use crate::lexicon::tokens::Tokens;
use crate::period::{Origin, Period};
use crate::text::span::Span;
use crate::text::token::Mark;

use super::dating::Dated;
use super::origin::{Known, Said, Where};
use super::passage::Passage;
use super::period::Stated;
use super::region::{self, Place};
use super::{dating, level, status};

/// What is said around a statement.
#[derive(Debug, Clone, Copy)]
pub struct Facts {
    /// The sentence or table row that holds it.
    pub sentence: Span,
    /// Education level.
    pub level: Option<Known<Level>>,
    /// When.
    pub period: Option<Dated>,
    /// What a change is measured from.
    pub base_period: Option<Period>,
    /// The region: of the place spoken of, else of the body that speaks. Nothing where the text names
    /// a place that is not known.
    pub region: Option<Known<RegionId>>,
    /// The words that narrow or widen it.
    pub scope: Option<Span>,
    /// Fact, plan or norm.
    pub status: Known<Status>,
}

/// A sentence with what it says about time and place, and its statements.
pub struct SentenceReading<'a> {
    /// Its tokens.
    pub tokens: Tokens<'a>,
    /// Its expressions of time.
    pub times: &'a [Stated],
    /// The places it speaks of.
    pub places: &'a [Place],
    /// Its statements.
    pub statements: &'a [Statement],
}

/// The facts of a statement of running text.
pub fn facts(
    passage: &Passage,
    sentence: &SentenceReading,
    statement: &Statement,
    reading: &Reading,
) -> Facts {
    let tokens = sentence.tokens;
    let dated = dating::period(passage, sentence, statement);
    let period = dated.map(|dated| dated.period.value);
    let place = region::of(sentence, statement);
    let status = status::of(passage, sentence, statement, reading, dated);
    // 由58.74万人增加到68.79万人: when the first was is another matter.
    let dated = if statement.earlier { dated } else { passage.reported(dated, status.value) };
    Facts {
        sentence: own_sentence(tokens, statement),
        level: level::of(tokens, passage, sentence.statements, statement),
        period: dated,
        base_period: dating::base(sentence, statement, period),
        region: match place {
            Some(place) => spoken_of(tokens, place, statement),
            None => passage.home,
        },
        scope: place.and_then(|place| place.scope),
        status,
    }
}

/// The region of a place that the sentence of a statement names.
fn spoken_of(tokens: Tokens, place: &Place, statement: &Statement) -> Option<Known<RegionId>> {
    let words = place.scope.unwrap_or_else(|| tokens.span(place.at, place.at + 1));
    Some(Said { value: place.region?, words }.near(tokens, &statement.phrase))
}

/// The sentence of a statement, where two were read as one for their 其中.
fn own_sentence(tokens: Tokens, statement: &Statement) -> Span {
    let at = statement.phrase.quantity.tokens.start;
    let begins = |range: Range<usize>| {
        let of_which = tokens.with(range, Kinds::role(Role::OfWhich));
        of_which.filter(|&at| at > 0 && tokens.mark(at - 1) == Some(Mark::Stop))
    };
    let from = begins(0..at).next_back().unwrap_or(0);
    let to = begins(at + 1..tokens.len()).next().unwrap_or(tokens.len());
    tokens.span(from, to)
}

/// The facts of a table's cell: the column's period, else the passage's.
pub fn of_cell(
    passage: &Passage,
    statement: &Statement,
    period: Option<Said<Period>>,
    region: Option<Said<RegionId>>,
    row: Span,
) -> Facts {
    let period = match period {
        Some(said) => Some(Dated { period: said.from(Where::Table), origin: Origin::Stated }),
        None => passage.period().map(|period| Dated { period, origin: Origin::Context }),
    };
    let base = period.and_then(|dated| dated.period.value.year_before());
    let level = statement.group.level.map(|level| level.from(Where::Table));
    Facts {
        sentence: row,
        level: level.or_else(|| passage.level()),
        period,
        base_period: base.filter(|_| statement.change.is_some()),
        region: region.map(|said| said.from(Where::Table)).or(passage.home),
        scope: None,
        status: status::of_passage(passage),
    }
}
