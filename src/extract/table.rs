//! Tables: every data cell of a table about education is a statement.
//!
//! What a sentence says in words, a table says by place: the row's label and the rows above that head a
//! group, the column's headings, the captions with their unit (`单位:万人`).

use std::ops::{ControlFlow, Range};

use rust_decimal::Decimal;

use crate::codes::Bound;
use crate::context::field::word_of_education;
use crate::context::level::Group;
use crate::context::origin::Said;
use crate::context::region;
use crate::lexicon::UnitWord;
use crate::lexicon::kinds::Kinds;
use crate::lexicon::regions::RegionId;
use crate::lexicon::senses::{Body, Noun, Role, Time};
use crate::lexicon::tokens::Tokens;
use crate::period::{Date, Period};
use crate::quantity::Quantity;
use crate::quantity::number::{calendar_year, digits, multiplier, zeros};
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
    /// Period of its column or row.
    pub period: Option<Said<Period>>,
    /// Region of its row or column.
    pub region: Option<Said<RegionId>>,
    /// The row.
    pub row: Span,
    /// The word with which row, column, group or caption speak of education.
    pub education: Option<Span>,
}

/// A table read, or some rows of it: each of its numbers is in one of the two lists.
#[derive(Debug, Clone, Default)]
pub struct Grid {
    /// The data cells.
    pub cells: Vec<Cell>,
    /// The numbers that are none, and why.
    pub unread: Vec<(Span, Reason)>,
}

/// Cells and numbers that are held before they are given away: a table may have a million rows.
const HELD: usize = 5_000;

/// Reads a table, and gives its rows to `each`, all of them or some at a time, until it breaks. `rows`
/// are the token ranges of its lines, `captions` those of the lines above it, nearest last; `home` is
/// the region of the body that speaks.
pub fn read(
    tokens: Tokens,
    captions: &[Range<usize>],
    rows: &[Range<usize>],
    home: Option<RegionId>,
    mut each: impl FnMut(Grid) -> ControlFlow<()>,
) -> ControlFlow<()> {
    let mut grid = Grid::default();
    let mut rows: Vec<Vec<Range<usize>>> =
        rows.iter().map(|row| split(tokens, row.clone())).collect();
    let is_rule = |cells: &Vec<Range<usize>>| cells.iter().all(|cell| is_rule(tokens, cell));
    let ruled = rows.iter().position(is_rule);
    rows.retain(|cells| !is_rule(cells));
    // Markdown draws a line under the headings; elsewhere the first number ends them.
    let data = rows.iter().position(|row| has_data(tokens, row)).unwrap_or(rows.len());
    let headed = |row: &&Vec<Range<usize>>| {
        let numbers = row.iter().flat_map(Clone::clone).any(|at| tokens.is_number(at));
        !numbers && row.iter().filter(|cell| !cell.is_empty()).count() > 1
    };
    let begins = match ruled {
        // A second row of headings may stand below the line; what heads a group has one cell.
        Some(ruled) => ruled + rows[ruled.min(data)..data].iter().take_while(headed).count(),
        None => data,
    };
    let (head, body) = rows.split_at(begins);
    for cell in head.iter().flatten() {
        grid.leave(tokens, cell.clone(), Reason::TableLabel);
    }
    let mut table = Table::new(tokens, captions, head, body, home);
    let mut over = 0..0;
    for row in body {
        if grid.cells.len() + grid.unread.len() > HELD {
            each(std::mem::take(&mut grid))?;
        }
        let Some((label, data)) = row.split_first() else { continue };
        grid.leave(tokens, label.clone(), Reason::TableLabel);
        // A label over several rows stands in the first of them.
        let label = if label.is_empty() { &over } else { label };
        if data.iter().all(|cell| cell.is_empty()) {
            table.group = label.clone();
            continue;
        }
        over = label.clone();
        let label = &over;
        let first = grid.cells.len();
        for (column, place) in data.iter().enumerate() {
            let before = grid.cells.len().checked_sub(1).filter(|&before| before >= first);
            let before = before.map(|at| (at, &grid.cells[at]));
            match table.cell(row, label, column + 1, place, before) {
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
    each(grid)
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
    let pipes: Vec<usize> = tokens.with(row, Kinds::mark(Mark::Pipe)).collect();
    pipes.windows(2).map(|pair| pair[0] + 1..pair[1]).collect()
}

/// Whether a cell only draws a line: `---`.
fn is_rule(tokens: Tokens, cell: &Range<usize>) -> bool {
    cell.clone().all(|at| matches!(tokens.mark(at), Some(Mark::Dash | Mark::Colon)))
}

/// Whether the cells of a row of headings were moved to its left: a unit heads no labels.
fn is_packed(tokens: Tokens, row: &[Range<usize>]) -> bool {
    let is_unit = |at: usize| tokens.has(at, Kinds::MARK.or(Kinds::UNIT));
    row.first().is_some_and(|cell| !cell.is_empty() && cell.clone().all(is_unit))
}

/// Whether a row has a number behind its label that is no year: years head columns.
fn has_data(tokens: Tokens, row: &[Range<usize>]) -> bool {
    row.iter().skip(1).any(|cell| {
        let dated = |at: usize| {
            let last = at + 1 == cell.end;
            calendar_year(tokens.str(at)).is_some() && (last || tokens.has(at + 1, Kinds::TIME))
        };
        number(tokens, cell).is_ok_and(|(at, _)| !dated(at))
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

/// Rows above the first number of a table, counted from it, that are looked at for what they say of
/// its cells.
const HEAD_ROWS: usize = 50;

impl<'a> Table<'a> {
    fn new(
        tokens: Tokens<'a>,
        captions: &[Range<usize>],
        head: &[Vec<Range<usize>>],
        body: &[Vec<Range<usize>>],
        home: Option<RegionId>,
    ) -> Self {
        let head = &head[head.len().saturating_sub(HEAD_ROWS)..];
        let said = |row: &[Range<usize>]| row.iter().filter(|cell| !cell.is_empty()).count();
        let (titles, head): (Vec<_>, Vec<_>) = head.iter().partition(|row| said(row) < 2);
        let mut captions = captions.to_vec();
        captions.extend(titles.into_iter().flatten().filter(|cell| !cell.is_empty()).cloned());
        captions.reverse();
        let width = body.iter().map(Vec::len).max().unwrap_or(0);
        let mut headings = vec![Vec::new(); width];
        for (depth, row) in head.iter().enumerate().rev() {
            // A heading over several columns stands in the first of them.
            let spans = head[depth + 1..].iter().any(|row| !is_packed(tokens, row));
            let mut over = 0..0;
            let whole = row.len() + 1 >= width && !is_packed(tokens, row);
            for (column, cell) in row.iter().enumerate().take(width).filter(|_| whole) {
                if !cell.is_empty() || !spans {
                    over = cell.clone();
                }
                headings[column].push(over.clone());
            }
        }
        // Cells of a row that has too few head the columns that nothing heads yet.
        let short = |row: &&&Vec<Range<usize>>| row.len() + 1 < width || is_packed(tokens, row);
        let short = head.iter().filter(short).flat_map(|row| row.iter());
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
        Table { tokens, captions, headings, units, group: 0..0, home }
    }

    /// A data cell. `before` is the one before it in its row, with its place among all.
    ///
    /// # Errors
    /// Why the numbers in it, if there are any, are none that the cell states.
    fn cell(
        &self,
        row: &[Range<usize>],
        label: &Range<usize>,
        column: usize,
        cell: &Range<usize>,
        before: Option<(usize, &Cell)>,
    ) -> Result<Cell, Reason> {
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
        let (unit, head) =
            self.measured(near, headings, label, change.is_some()).ok_or(Reason::NoUnit)?;
        // 城区 | 小学 | 36: what stands between label and number says more of the row.
        let named = |cell: &&Range<usize>| {
            !cell.is_empty() && !(*cell).clone().any(|at| tokens.is_number(at))
        };
        let between = row[1..column].iter().rev().filter(named);
        let places: Vec<Range<usize>> = between
            .chain([label])
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
            label: tokens.run(label.clone()),
            after: (cell.end..cell.end).into(),
            parens: None,
            head,
            unknown_head: false,
            unknown_label: false,
            act: None,
        };
        let mut statement = Statement::bare(phrase);
        statement.noun = head.map(|head| head.noun);
        // A change stands beside its level; 比上年增长(%) is one of the same thing.
        if let Some((at, level)) = before.filter(|_| change.is_some()) {
            let named = |range: &Range<usize>| head.is_some_and(|head| range.contains(&head.at));
            if !headings.iter().any(named) {
                statement.noun = level.statement.noun;
            }
            statement.change_of = Some(at);
        }
        statement.group = places
            .iter()
            .map(|place| Group::named(tokens, place.clone()))
            .fold(Group::default(), Group::or);
        statement.change =
            change.map(|change| Change { falls: change.falls || value.is_sign_negative() });
        let edges = row[0].start..row.last().map_or(cell.end, |last| last.end);
        let dated = |place: &Range<usize>| self.period(place.clone());
        // 比上年增长(%) behind a column of 2020 is the growth of 2020.
        let beside = before.filter(|_| change.is_some()).and_then(|(_, level)| level.period);
        let around = std::iter::once(label).chain(&self.captions);
        Ok(Cell {
            statement,
            period: headings.iter().find_map(dated).or(beside).or(around.clone().find_map(dated)),
            region: headings.iter().chain([label]).find_map(|place| self.region(place)),
            row: tokens.span(edges.start, edges.end),
            education: places.iter().find_map(|place| word_of_education(tokens, place.clone())),
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
        // 第一小学 电话 3024567: without a heading, a school and a number are no count of schools.
        let headed = near.is_some() || headings.iter().any(|heading| !heading.is_empty());
        let named = |wanted: &dyn Fn(Noun) -> bool| {
            let other = |noun: Noun| noun != Noun::School && wanted(noun);
            headings
                .iter()
                .find_map(|place| noun(place, wanted))
                .or_else(|| noun(label, &other))
                .or_else(|| noun(&self.group, wanted))
                .or_else(|| self.captions.iter().find_map(|place| noun(place, &other)))
                .or_else(|| noun(label, wanted).filter(|_| headed))
                .or_else(|| self.captions.iter().find_map(|place| noun(place, wanted)))
        };
        if let Some(unit) = near {
            let fitting = |noun: Noun| fits(unit, noun) || changes && !noun.is_rate();
            return Some((unit, named(&fitting)));
        }
        let stated: Vec<UnitWord> =
            self.captions.iter().flat_map(|place| units_in(tokens, place.clone())).collect();
        let unit = |noun: Noun| {
            let fitting = stated.iter().copied().find(|&unit| fits(unit, noun));
            fitting.or_else(|| noun.unit().map(UnitWord::measure))
        };
        match named(&|noun| unit(noun).is_some()) {
            Some(head) => Some((unit(head.noun)?, Some(head))),
            None => Some((*stated.first()?, None)),
        }
    }

    /// Whether a column holds changes: `比上年增长(%)`.
    fn change(&self, heading: &Range<usize>) -> Option<Change> {
        let role = |role: Role| self.tokens.any(heading.clone(), Kinds::role(role));
        (role(Role::Rise) || role(Role::Fall)).then(|| Change { falls: role(Role::Fall) })
    }

    /// The region that a heading or label is the name of.
    fn region(&self, place: &Range<usize>) -> Option<Said<RegionId>> {
        let tokens = self.tokens;
        let word = tokens.word(place.start).filter(|_| place.len() == 1)?;
        let regions = tokens.lexicon.regions();
        let value = match word.body {
            Some(Body::Nation) => regions.by_code(region::NATION),
            _ => region::resolve(word, self.home, regions),
        };
        Some(Said { value: value?, words: tokens.span(place.start, place.end) })
    }

    /// The year or years that a heading names, with or without 年.
    fn period(&self, place: Range<usize>) -> Option<Said<Period>> {
        let tokens = self.tokens;
        let year = |at: usize| calendar_year(tokens.str(at));
        // 2010-03-02, 2010年3月 above a table say when it was published.
        let day = |at: usize| {
            let next = at + 2;
            next < place.end && tokens.kind(next) == TokenKind::Digits && year(next).is_none()
        };
        let first = place.clone().find(|&at| year(at).is_some() && !day(at))?;
        let from = year(first)?;
        let dash = tokens.mark(first + 1) == Some(Mark::Dash);
        let to = if dash { year(first + 2).filter(|to| *to > from) } else { None };
        let end = place.clone().any(|at| tokens.time(at) == Some(Time::YearEnd));
        let value = match to {
            Some(to) => Period::Range(Some(Date::year(from)), Some(Date::year(to))),
            None if end => Period::AsOf(Date::year(from).end()),
            None => Period::Year(from),
        };
        let last = if to.is_some() { first + 2 } else { first };
        Some(Said { value, words: tokens.span(first, last + 1) })
    }
}

/// The only number of a cell, with its token and its sign.
fn number(tokens: Tokens, cell: &Range<usize>) -> Result<(usize, Decimal), Reason> {
    let mut numbers = cell.clone().filter(|&at| tokens.kind(at) == TokenKind::Digits);
    let only = numbers.next().filter(|_| numbers.next().is_none());
    let at = only.ok_or(Reason::TableText)?;
    let minus = at > cell.start && tokens.mark(at - 1) == Some(Mark::Dash);
    // 5亿元算教育支出 is prose and no datum.
    let plain = (cell.start..at).all(|i| tokens.mark(i).is_some())
        && (at + 1..cell.end)
            .all(|i| tokens.has(i, Kinds::UNIT.or(Kinds::MARK)) || zeros(tokens.str(i)).is_some());
    if !plain {
        return Err(Reason::TableText);
    }
    let value = digits(tokens.str(at)).ok_or(Reason::TooLarge)?;
    Ok((at, if minus { -value } else { value }))
}

/// The units that stand in a place, in order: `(万人)`, `单位:人、所`, `%`.
fn units_in(tokens: Tokens, place: Range<usize>) -> impl DoubleEndedIterator<Item = UnitWord> {
    // 成人中专 begins with 成, and ends with no unit.
    let (from, to) = (place.start, place.end);
    let bounded = move |at: usize| {
        let begins =
            at == from || tokens.mark(at - 1).is_some() || zeros(tokens.str(at - 1)).is_some();
        begins && (at + 1 == to || tokens.mark(at + 1).is_some())
    };
    tokens.with(place, Kinds::UNIT).filter(move |&at| bounded(at)).filter_map(move |at| {
        let mut word = tokens.unit(at)?;
        for before in (from..at).rev() {
            let Some(by) = multiplier(tokens.str(before)) else { break };
            word.factor = word.factor.checked_mul(by)?;
        }
        Some(word)
    })
}
