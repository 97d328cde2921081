//! Tables: every data cell of a table about education is a statement.
//!
//! What a sentence says in words, a table says by place: the row's label and the rows above that head a
//! group, the column's heading, the caption with its unit (`单位:万人`). Nearer words outrank farther
//! ones: row, column, group, caption.

use std::ops::Range;

use rust_decimal::Decimal;

use crate::codes::Bound;
use crate::context::field::word_of_education;
use crate::context::level::Group;
use crate::context::origin::Said;
use crate::lexicon::UnitWord;
use crate::lexicon::senses::{Noun, Role, Time};
use crate::lexicon::tokens::Tokens;
use crate::period::{Date, Period};
use crate::quantity::Quantity;
use crate::quantity::number::{calendar_year, digits, multiplier};
use crate::text::span::Span;
use crate::text::token::{Mark, TokenKind};
use crate::verdict::Reason;

use super::change::Change;
use super::phrase::{Head, Phrase, fits};
use super::statement::Statement;

/// A data cell as a statement, with what its column and row say about it.
#[derive(Debug, Clone)]
pub struct Cell {
    /// The statement.
    pub statement: Statement,
    /// Period of its column.
    pub period: Option<Said<Period>>,
    /// The row.
    pub row: Span,
    /// The word with which row, column, group or caption speak of education.
    pub education: Option<Span>,
}

/// A table read: each of its numbers is in one of the two lists.
#[derive(Debug, Clone, Default)]
pub struct Grid {
    /// The data cells.
    pub cells: Vec<Cell>,
    /// The numbers that are none, and why.
    pub unread: Vec<(Span, Reason)>,
}

/// Reads a table. `rows` are the token ranges of its lines, `caption` that of the line above it.
pub fn read(tokens: Tokens, caption: Range<usize>, rows: &[Range<usize>]) -> Grid {
    let mut grid = Grid::default();
    let rows: Vec<Vec<Range<usize>>> = rows
        .iter()
        .map(|row| {
            let cells = split(tokens, row.clone());
            let inside = cells.first().map_or(row.end, |first| first.start)
                ..cells.last().map_or(row.end, |last| last.end);
            grid.leave(tokens, row.start..inside.start, Reason::TableText);
            grid.leave(tokens, inside.end..row.end, Reason::TableText);
            cells
        })
        .filter(|cells| !cells.iter().all(|cell| is_rule(tokens, cell)))
        .collect();
    let Some((header, body)) = rows.split_first() else { return grid };
    for cell in header {
        grid.leave(tokens, cell.clone(), Reason::TableLabel);
    }
    let is_unit_column =
        |cell: &Range<usize>| cell.clone().flat_map(|at| tokens.str(at).chars()).eq("单位".chars());
    let units = header.iter().position(is_unit_column);
    let mut table = Table { tokens, caption, header, units, group: 0..0 };
    for row in body {
        let Some((label, data)) = row.split_first() else { continue };
        grid.leave(tokens, label.clone(), Reason::TableLabel);
        if data.iter().all(|cell| cell.is_empty()) {
            table.group = label.clone();
            continue;
        }
        let first = grid.cells.len();
        for (column, place) in data.iter().enumerate() {
            match table.cell(row, label, column + 1, place, first, grid.cells.len()) {
                Ok(cell) => {
                    let number = cell.statement.phrase.quantity.number;
                    let multiplies = place.clone().filter(|&at| tokens.list[at].span != number);
                    grid.cells.push(cell);
                    grid.leave(tokens, multiplies, Reason::SecondNumber);
                }
                Err(reason) => grid.leave(tokens, place.clone(), reason),
            }
        }
    }
    grid
}

impl Grid {
    /// Gives the numbers of a place their reason; a year of a heading is a date.
    fn leave(&mut self, tokens: Tokens, place: impl Iterator<Item = usize>, reason: Reason) {
        for at in place.filter(|&at| tokens.is_number(at)) {
            let dates = reason == Reason::TableLabel && calendar_year(tokens.str(at)).is_some();
            self.unread.push((tokens.list[at].span, if dates { Reason::Date } else { reason }));
        }
    }
}

/// The cells of a line, between its pipes.
fn split(tokens: Tokens, row: Range<usize>) -> Vec<Range<usize>> {
    let pipes: Vec<usize> = row.filter(|&at| tokens.mark(at) == Some(Mark::Pipe)).collect();
    pipes.windows(2).map(|pair| pair[0] + 1..pair[1]).collect()
}

/// Whether a cell only draws a line: `---`.
fn is_rule(tokens: Tokens, cell: &Range<usize>) -> bool {
    cell.clone().all(|at| matches!(tokens.mark(at), Some(Mark::Dash | Mark::Colon)))
}

struct Table<'a> {
    tokens: Tokens<'a>,
    caption: Range<usize>,
    header: &'a [Range<usize>],
    /// The column that is headed 单位.
    units: Option<usize>,
    /// Label of the row that heads the group: `| **招生数** | |`.
    group: Range<usize>,
}

impl Table<'_> {
    /// A data cell. `first` and `index` are the positions of the row's first cell and of this one
    /// among all.
    ///
    /// # Errors
    /// Why the numbers in it, if there are any, are none that the cell states.
    fn cell(
        &self,
        row: &[Range<usize>],
        label: &Range<usize>,
        column: usize,
        cell: &Range<usize>,
        first: usize,
        index: usize,
    ) -> Result<Cell, Reason> {
        let tokens = self.tokens;
        let heading = self.header.get(column).cloned().unwrap_or(0..0);
        let (at, value) = self.number(cell)?;
        let places = [label.clone(), heading.clone(), self.group.clone(), self.caption.clone()];
        let unit = self.unit(row, cell, at, &places).ok_or(Reason::NoUnit)?;
        let change = self.change(&heading);
        let wanted = |noun: Noun| fits(unit, noun) || change.is_some() && !noun.is_rate();
        let head = places.iter().find_map(|place| {
            let at = place.clone().rev().find(|&at| tokens.noun(at).is_some_and(wanted))?;
            Some(Head { noun: tokens.noun(at)?, at, behind: false })
        });
        let quantity = Quantity {
            number: tokens.list[at].span,
            mention: tokens.span(cell.start, cell.end),
            tokens: cell.clone(),
            value: Some(if value.is_sign_negative() && change.is_some() { -value } else { value }),
            value_max: None,
            scaled: unit.factor != Decimal::ONE,
            bound: Bound::Exact,
            unit,
            per: None,
            redacted: false,
        };
        let phrase = Phrase {
            quantity,
            clause: label.clone(),
            label: label.clone(),
            after: cell.end..cell.end,
            parens: None,
            head,
            unknown_head: false,
            unknown_label: false,
            act: None,
        };
        let mut statement = Statement::bare(phrase);
        statement.noun = head.map(|head| head.noun);
        statement.group = places
            .iter()
            .map(|place| Group::named(tokens, place.clone()))
            .fold(Group::default(), Group::or);
        statement.change =
            change.map(|change| Change { falls: change.falls || value.is_sign_negative() });
        // A change stands beside its level.
        statement.change_of = change.and_then(|_| index.checked_sub(1)).filter(|&j| j >= first);
        let edges = label.start..row.last().map_or(cell.end, |last| last.end);
        Ok(Cell {
            statement,
            period: [heading, self.caption.clone()]
                .into_iter()
                .find_map(|place| self.period(place)),
            row: tokens.span(edges.start, edges.end),
            education: places.iter().find_map(|place| word_of_education(tokens, place.clone())),
        })
    }

    /// The only number of a cell, with its token and its sign.
    fn number(&self, cell: &Range<usize>) -> Result<(usize, Decimal), Reason> {
        let tokens = self.tokens;
        let mut numbers = cell.clone().filter(|&at| tokens.kind(at) == TokenKind::Digits);
        let only = numbers.next().filter(|_| numbers.next().is_none());
        let at = only.ok_or(Reason::TableText)?;
        let minus = at > cell.start && tokens.mark(at - 1) == Some(Mark::Dash);
        // 5亿元算教育支出 is prose and no datum.
        let plain = (cell.start..at).all(|i| tokens.mark(i).is_some())
            && (at + 1..cell.end).all(|i| {
                let unit = tokens.word(i).is_some_and(|word| word.unit.is_some());
                unit || tokens.mark(i).is_some() || multiplier(tokens.str(i)).is_some()
            });
        if !plain {
            return Err(Reason::TableText);
        }
        let value = digits(tokens.str(at)).ok_or(Reason::TooLarge)?;
        Ok((at, if minus { -value } else { value }))
    }

    /// The unit: in the cell itself, in the row's 单位 column, in parentheses behind row label or
    /// column heading, in the caption.
    fn unit(
        &self,
        row: &[Range<usize>],
        cell: &Range<usize>,
        number: usize,
        places: &[Range<usize>],
    ) -> Option<UnitWord> {
        let tokens = self.tokens;
        let own = self.units.and_then(|column| row.get(column)).cloned().unwrap_or(0..0);
        // What the heading says of a growth outranks the unit of the levels.
        let [label, heading, ..] = places else { return None };
        [number + 1..cell.end, heading.clone(), own, label.clone()]
            .into_iter()
            .chain(places.iter().skip(2).cloned())
            .find_map(|place| unit_in(tokens, place))
    }

    /// Whether a column holds changes: `比上年增长(%)`.
    fn change(&self, heading: &Range<usize>) -> Option<Change> {
        let role = |role: Role| heading.clone().any(|at| self.tokens.is(at, role));
        (role(Role::Rise) || role(Role::Fall)).then(|| Change { falls: role(Role::Fall) })
    }

    /// The year or years that a heading names, with or without 年.
    fn period(&self, place: Range<usize>) -> Option<Said<Period>> {
        let tokens = self.tokens;
        let year = |at: usize| calendar_year(tokens.str(at));
        let first = place.clone().find(|&at| year(at).is_some())?;
        let from = year(first)?;
        let dash = tokens.mark(first + 1) == Some(Mark::Dash);
        let to = if dash { year(first + 2).filter(|to| *to > from) } else { None };
        let end = place
            .clone()
            .any(|at| tokens.word(at).is_some_and(|word| word.time == Some(Time::YearEnd)));
        let value = match to {
            Some(to) => Period::Range(Some(Date::year(from)), Some(Date::year(to))),
            None if end => Period::AsOf(Date::year(from).end()),
            None => Period::Year(from),
        };
        let last = if to.is_some() { first + 2 } else { first };
        Some(Said { value, words: tokens.span(first, last + 1) })
    }
}

/// The unit that stands in a place: `(万人)`, `单位:万人`, `%`.
fn unit_in(tokens: Tokens, place: Range<usize>) -> Option<UnitWord> {
    let unit = |at: usize| tokens.word(at).and_then(|word| word.unit);
    let at = place.clone().rev().find(|&at| {
        let bounded = at == place.start
            || tokens.mark(at - 1).is_some()
            || multiplier(tokens.str(at - 1)).is_some();
        unit(at).is_some() && bounded
    })?;
    let mut word = unit(at)?;
    for before in (place.start..at).rev() {
        let Some(by) = multiplier(tokens.str(before)) else { break };
        word.factor = word.factor.checked_mul(by)?;
    }
    Some(word)
}
