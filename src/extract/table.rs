//! Tables: every data cell of a table about education is a statement.
//!
//! What a sentence says in words, a table says by place: the row's label and the rows above that head a
//! group, the column's headings, the captions with their unit (`单位:万人`).

use std::ops::Range;

use rust_decimal::Decimal;

use crate::codes::Bound;
use crate::context::field::speaks_of_education;
use crate::context::level::Group;
use crate::context::region;
use crate::lexicon::UnitWord;
use crate::lexicon::regions::RegionId;
use crate::lexicon::senses::{Body, Noun, Role, Time};
use crate::lexicon::tokens::Tokens;
use crate::observation::RegionCode;
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
    /// Period of its column or row.
    pub period: Option<Period>,
    /// Region of its row or column.
    pub region: Option<RegionId>,
    /// The row.
    pub row: Span,
    /// Whether row, column, group or caption speak of education.
    pub education: bool,
}

/// The data cells of a table. `rows` are the token ranges of its lines, `captions` those of the lines
/// above it, nearest last; `home` is the region of the body that speaks.
pub fn cells(
    tokens: Tokens,
    captions: &[Range<usize>],
    rows: &[Range<usize>],
    home: Option<RegionId>,
) -> Vec<Cell> {
    let rows: Vec<Vec<Range<usize>>> = rows
        .iter()
        .map(|row| split(tokens, row.clone()))
        .filter(|cells| !cells.iter().all(|cell| is_rule(tokens, cell)))
        .collect();
    let begins = rows.iter().position(|row| has_data(tokens, row)).unwrap_or(rows.len());
    let (head, body) = rows.split_at(begins);
    let mut table = Table::new(tokens, captions, head, body);
    table.home = home;
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

/// Whether a row has a number behind its label that is no year: years head columns.
fn has_data(tokens: Tokens, row: &[Range<usize>]) -> bool {
    row.iter().skip(1).any(|cell| {
        let dated = |at: usize| {
            let last = at + 1 == cell.end;
            year(tokens, at).is_some()
                && (last || tokens.word(at + 1).is_some_and(|word| word.time.is_some()))
        };
        number(tokens, cell).is_some_and(|(at, _)| !dated(at))
    })
}

struct Table<'a> {
    tokens: Tokens<'a>,
    /// Lines above the table, and its first rows when they have a single cell; nearest first.
    captions: Vec<Range<usize>>,
    /// For each column its headings, the lowest first.
    headings: Vec<Vec<Range<usize>>>,
    /// The column that is headed 单位.
    units: Option<usize>,
    /// Label of the row that heads the group: `| **招生数** | |`.
    group: Range<usize>,
    /// The region of the body that speaks.
    home: Option<RegionId>,
}

impl<'a> Table<'a> {
    fn new(
        tokens: Tokens<'a>,
        captions: &[Range<usize>],
        head: &[Vec<Range<usize>>],
        body: &[Vec<Range<usize>>],
    ) -> Self {
        let said = |row: &[Range<usize>]| row.iter().filter(|cell| !cell.is_empty()).count();
        let (titles, head): (Vec<_>, Vec<_>) = head.iter().partition(|row| said(row) < 2);
        let mut captions = captions.to_vec();
        captions.extend(titles.into_iter().flatten().filter(|cell| !cell.is_empty()).cloned());
        captions.reverse();
        let width = body.iter().map(Vec::len).max().unwrap_or(0);
        let mut headings = vec![Vec::new(); width];
        for (depth, row) in head.iter().enumerate().rev() {
            // A heading over several columns stands in the first of them.
            let spans = depth + 1 < head.len();
            let mut over = 0..0;
            let whole = row.len() + 1 >= width;
            for (column, cell) in row.iter().enumerate().take(width).filter(|_| whole) {
                if !cell.is_empty() || !spans {
                    over = cell.clone();
                }
                headings[column].push(over.clone());
            }
        }
        // Cells of a row that has too few head the columns that nothing heads yet.
        let short = head.iter().filter(|row| row.len() + 1 < width).flat_map(|row| row.iter());
        let mut named = short.filter(|cell| (*cell).clone().any(|at| tokens.noun(at).is_some()));
        for heading in headings.iter_mut().skip(1) {
            if heading.iter().all(|range| range.is_empty()) {
                heading.extend(named.next().cloned());
            }
        }
        let is_unit_column = |cell: &Range<usize>| {
            cell.clone().flat_map(|at| tokens.str(at).chars()).eq("单位".chars())
        };
        let units = headings.iter().position(|heading| heading.iter().any(is_unit_column));
        Table { tokens, captions, headings, units, group: 0..0, home: None }
    }

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
        let headings = self.headings.get(column).map_or(&[][..], Vec::as_slice);
        let (at, value) = number(tokens, cell)?;
        let change = headings.iter().find_map(|heading| self.change(heading));
        let own = self.units.and_then(|column| row.get(column)).cloned().unwrap_or(0..0);
        // What the heading says of a growth outranks the unit of the levels.
        let near = std::iter::once(at + 1..cell.end)
            .chain(headings.iter().cloned())
            .chain([own, label.clone()])
            .find_map(|place| units_in(tokens, place).next_back());
        let (unit, head) = self.measured(near, headings, label, change.is_some())?;
        let places: Vec<Range<usize>> = std::iter::once(label)
            .chain(headings)
            .chain([&self.group])
            .chain(&self.captions)
            .cloned()
            .collect();
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
        let dated = headings.iter().chain([label]).chain(&self.captions);
        Some(Cell {
            statement,
            period: dated.clone().find_map(|place| self.period(place.clone())),
            region: headings.iter().chain([label]).find_map(|place| self.region(place)),
            row: tokens.span(edges.start, edges.end),
            education: places.iter().any(|place| speaks_of_education(tokens, place.clone())),
        })
    }

    /// What a cell measures, and in which unit. `near` is the unit at the cell, its heading or its
    /// label.
    ///
    /// The heading names it (在校学生数), else the label (专任教师), else the group (学校数) or the caption. A kind
    /// of school as a label says where rather than what, so it comes last. Captions may have units
    /// for several things (单位:人、所): the one that fits counts; 学校数 under 单位:人 has its own.
    fn measured(
        &self,
        near: Option<UnitWord>,
        headings: &[Range<usize>],
        label: &Range<usize>,
        changes: bool,
    ) -> Option<(UnitWord, Option<Head>)> {
        let tokens = self.tokens;
        let noun = |place: &Range<usize>, wanted: &dyn Fn(Noun) -> bool| {
            let at = place.clone().rev().find(|&at| tokens.noun(at).is_some_and(wanted))?;
            Some(Head { noun: tokens.noun(at)?, at, behind: false })
        };
        let named = |wanted: &dyn Fn(Noun) -> bool| {
            let other = |noun: Noun| noun != Noun::School && wanted(noun);
            headings
                .iter()
                .find_map(|place| noun(place, wanted))
                .or_else(|| noun(label, &other))
                .or_else(|| noun(&self.group, wanted))
                .or_else(|| self.captions.iter().find_map(|place| noun(place, &other)))
                .or_else(|| noun(label, wanted))
                .or_else(|| self.captions.iter().find_map(|place| noun(place, wanted)))
        };
        if let Some(unit) = near {
            let fitting = |noun: Noun| fits(unit, noun) || changes && !noun.is_rate();
            return Some((unit, named(&fitting)));
        }
        let head = named(&|_| true);
        let stated: Vec<UnitWord> =
            self.captions.iter().flat_map(|place| units_in(tokens, place.clone())).collect();
        let Some(head) = head else { return Some((*stated.first()?, None)) };
        let unit = stated.iter().copied().find(|&unit| fits(unit, head.noun));
        Some((unit.or_else(|| head.noun.unit().map(UnitWord::measure))?, Some(head)))
    }

    /// Whether a column holds changes: `比上年增长(%)`.
    fn change(&self, heading: &Range<usize>) -> Option<Change> {
        let role = |role: Role| heading.clone().any(|at| self.tokens.is(at, role));
        (role(Role::Rise) || role(Role::Fall)).then(|| Change { falls: role(Role::Fall) })
    }

    /// The region that a heading or label is the name of.
    fn region(&self, place: &Range<usize>) -> Option<RegionId> {
        let tokens = self.tokens;
        let word = tokens.word(place.start).filter(|_| place.len() == 1)?;
        let regions = tokens.lexicon.regions();
        match word.body {
            Some(Body::Nation) => regions.by_code(RegionCode(100_000)),
            _ => region::resolve(word, self.home, regions),
        }
    }

    /// The year or years that a heading names, with or without 年.
    fn period(&self, place: Range<usize>) -> Option<Period> {
        let tokens = self.tokens;
        let first = place.clone().find(|&at| year(tokens, at).is_some())?;
        let from = year(tokens, first)?;
        let dash = tokens.mark(first + 1) == Some(Mark::Dash);
        let to = if dash { year(tokens, first + 2).filter(|to| *to > from) } else { None };
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

/// The only number of a cell, with its token and its sign.
fn number(tokens: Tokens, cell: &Range<usize>) -> Option<(usize, Decimal)> {
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

/// The year that a token is.
fn year(tokens: Tokens, at: usize) -> Option<u16> {
    let text = tokens.str(at);
    let year: u16 = digits(text).filter(|_| text.chars().count() == 4)?.try_into().ok()?;
    YEARS.contains(&year).then_some(year)
}

/// The units that stand in a place, in order: `(万人)`, `单位:人、所`, `%`.
fn units_in(tokens: Tokens, place: Range<usize>) -> impl DoubleEndedIterator<Item = UnitWord> {
    let bounded = move |at: usize| {
        at == place.start
            || tokens.mark(at - 1).is_some()
            || multiplier(tokens.str(at - 1)).is_some()
    };
    let from = place.start;
    place.clone().filter(move |&at| bounded(at)).filter_map(move |at| {
        let mut word = tokens.word(at)?.unit?;
        for before in (from..at).rev() {
            let Some(by) = multiplier(tokens.str(before)) else { break };
            word.factor = word.factor.checked_mul(by)?;
        }
        Some(word)
    })
}
