//! Tables: every data cell of a table about education is a statement.
//!
//! What a sentence says in words, a table says by place: the row's label and the rows above that head a
//! group, the column's heading, the caption with its unit (`单位:万人`). Nearer words outrank farther
//! ones: row, column, group, caption.

use std::ops::Range;

use rust_decimal::Decimal;

use crate::codes::Bound;
use crate::context::field::speaks_of_education;
use crate::context::level::Group;
use crate::lexicon::UnitWord;
use crate::lexicon::senses::{Noun, Role, Time};
use crate::lexicon::tokens::Tokens;
use crate::period::{Date, Period};
use crate::quantity::Quantity;
use crate::quantity::number::{digits, multiplier};
use crate::text::calendar::YEARS;
use crate::text::span::Span;
use crate::text::token::{Mark, TokenKind};

use super::change::Change;
use super::phrase::{Head, Phrase, fits};
use super::statement::Statement;

/// A data cell as a statement, with what its column and row say about it.
#[derive(Debug, Clone)]
pub struct Cell {
    /// The statement.
    pub statement: Statement,
    /// Period of its column.
    pub period: Option<Period>,
    /// The row.
    pub row: Span,
    /// Whether row, column, group or caption speak of education.
    pub education: bool,
}

/// The data cells of a table. `rows` are the token ranges of its lines, `caption` that of the line
/// above it.
pub fn cells(tokens: Tokens, caption: Range<usize>, rows: &[Range<usize>]) -> Vec<Cell> {
    let rows: Vec<Vec<Range<usize>>> = rows
        .iter()
        .map(|row| split(tokens, row.clone()))
        .filter(|cells| !cells.iter().all(|cell| is_rule(tokens, cell)))
        .collect();
    let Some((header, body)) = rows.split_first() else { return Vec::new() };
    let is_unit_column =
        |cell: &Range<usize>| cell.clone().flat_map(|at| tokens.str(at).chars()).eq("单位".chars());
    let units = header.iter().position(is_unit_column);
    let mut table = Table { tokens, caption, header, units, group: 0..0 };
    let mut cells = Vec::new();
    for row in body {
        let Some((label, data)) = row.split_first() else { continue };
        if data.iter().all(|cell| cell.is_empty()) {
            table.group = label.clone();
            continue;
        }
        let first = cells.len();
        for (column, cell) in data.iter().enumerate() {
            cells.extend(table.cell(row, label, column + 1, cell, first, cells.len()));
        }
    }
    cells
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
    /// A data cell; nothing when it holds no number. `first` and `index` are the positions of the
    /// row's first cell and of this one among all.
    fn cell(
        &self,
        row: &[Range<usize>],
        label: &Range<usize>,
        column: usize,
        cell: &Range<usize>,
        first: usize,
        index: usize,
    ) -> Option<Cell> {
        let tokens = self.tokens;
        let heading = self.header.get(column).cloned().unwrap_or(0..0);
        let (at, value) = self.number(cell)?;
        let places = [label.clone(), heading.clone(), self.group.clone(), self.caption.clone()];
        let unit = self.unit(row, cell, at, &places)?;
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
        let edges = row.first()?.start..row.last()?.end;
        Some(Cell {
            statement,
            period: [heading, self.caption.clone()]
                .into_iter()
                .find_map(|place| self.period(place)),
            row: tokens.span(edges.start, edges.end),
            education: places.iter().any(|place| speaks_of_education(tokens, place.clone())),
        })
    }

    /// The only number of a cell, with its token and its sign.
    fn number(&self, cell: &Range<usize>) -> Option<(usize, Decimal)> {
        let tokens = self.tokens;
        let mut numbers = cell.clone().filter(|&at| tokens.kind(at) == TokenKind::Digits);
        let at = numbers.next().filter(|_| numbers.next().is_none())?;
        let minus = at > cell.start && tokens.mark(at - 1) == Some(Mark::Dash);
        // 5亿元算教育支出 is prose and no datum.
        let plain = (cell.start..at).all(|i| tokens.mark(i).is_some())
            && (at + 1..cell.end).all(|i| {
                let unit = tokens.word(i).is_some_and(|word| word.unit.is_some());
                unit || tokens.mark(i).is_some() || multiplier(tokens.str(i)).is_some()
            });
        let value = digits(tokens.str(at)).filter(|_| plain)?;
        Some((at, if minus { -value } else { value }))
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
    fn period(&self, place: Range<usize>) -> Option<Period> {
        let tokens = self.tokens;
        let year = |at: usize| {
            let text = tokens.str(at);
            let year: u16 = digits(text).filter(|_| text.chars().count() == 4)?.try_into().ok()?;
            YEARS.contains(&year).then_some(year)
        };
        let first = place.clone().find(|&at| year(at).is_some())?;
        let from = year(first)?;
        let dash = tokens.mark(first + 1) == Some(Mark::Dash);
        let to = if dash { year(first + 2).filter(|to| *to > from) } else { None };
        let end = place
            .clone()
            .any(|at| tokens.word(at).is_some_and(|word| word.time == Some(Time::YearEnd)));
        Some(match to {
            Some(to) => Period::Range(Some(Date::year(from)), Some(Date::year(to))),
            None if end => Period::AsOf(Date::year(from).end()),
            None => Period::Year(from),
        })
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
