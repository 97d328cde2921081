//! Which part of a web page is the article.
//!
//! In: the tree of a page. Out: the elements that hold the main text, what in them is left out, and which
//! tables are tables: of a page with a menu, `<div class="TRS_Editor">` and a list of other articles, the
//! div.
//!
//! Government sites name what holds the article, so names decide (`lexicon/pages.csv`); where none is
//! known, all is read but lists of links and what is named a frame: better a line too many than a number lost. The readability crates were tried (dom_smoothie
//! 0.19, the best kept): they take the right part of most pages, but leave out of it what looks like no prose,
//! which here is data (the caption of a picture, the second of two parts with a table, a paragraph in a
//! `content-header`), drop the line with source and date, let menus in where an article is mostly tables,
//! and take seconds for 5,000 nested elements.

use std::ops::Range;

use super::kind::Kind;
use super::names::PageRole;
use super::tree::{Step, Tree};

/// A cell with more characters is prose.
const CELL: u32 = 60;
/// Links that make a list of them.
const LINKS: u32 = 3;

/// Where the article is.
#[derive(Debug)]
pub struct Article {
    /// Nodes that hold it, in order.
    pub parts: Vec<Range<usize>>,
    /// Whether they hold nothing else, by their name.
    pub exact: bool,
    /// For each node, whether it is left out with all it holds.
    pub dropped: Vec<bool>,
    /// For each table, whether it is one, and does not only place things on the page.
    pub tables: Vec<bool>,
}

/// What a node holds.
#[derive(Debug, Clone, Copy, Default)]
struct Sum {
    /// Letters, digits and characters.
    chars: u32,
    /// Those of links.
    linked: u32,
    links: u32,
    /// Marks that end sentences, those of links aside.
    stops: u32,
    /// Elements whose name is that of an article.
    articles: u32,
}

impl Sum {
    fn of(text: &str) -> Sum {
        let mut sum = Sum::default();
        for c in text.chars() {
            sum.chars += u32::from(c.is_alphanumeric());
            sum.stops += u32::from(matches!(c, '。' | '；'));
        }
        sum
    }

    fn add(&mut self, other: Sum) {
        self.chars += other.chars;
        self.linked += other.linked;
        self.links += other.links;
        self.stops += other.stops;
        self.articles += other.articles;
    }

    /// Characters that are no link.
    const fn prose(self) -> u32 {
        self.chars.saturating_sub(self.linked)
    }

    /// Whether it is a list of links: a short article among many links has sentences.
    const fn is_links(self) -> bool {
        self.links >= LINKS && self.stops == 0 && self.linked as u64 * 10 >= self.chars as u64 * 7
    }
}

/// Finds the article of a page.
pub fn find(tree: &Tree) -> Article {
    let nothing = vec![false; tree.nodes.len()];
    let (sums, tables) = measure(tree, &nothing);
    let dropped = frame(tree, &sums);
    let (sums, _) = measure(tree, &dropped);
    let (parts, exact) = parts(tree, &sums);
    // A page of links alone has no article: all of it is read.
    let is_empty = |part: &Range<usize>| children(tree, part.clone()).all(|at| sums[at].chars == 0);
    if parts.iter().all(is_empty) {
        return Article { parts: top(tree), exact: false, dropped: nothing, tables };
    }
    Article { parts, exact, dropped, tables }
}

/// All nodes, as one part.
fn top(tree: &Tree) -> Vec<Range<usize>> {
    std::iter::once(0..tree.nodes.len()).collect()
}

/// The nodes of a range that none before them in it holds.
fn children(tree: &Tree, within: Range<usize>) -> impl Iterator<Item = usize> {
    let mut at = within.start;
    std::iter::from_fn(move || {
        let child = (at < within.end).then_some(at)?;
        at = tree.nodes[at].end as usize;
        Some(child)
    })
}

/// What the rows of a table hold, those of one cell aside: they are captions and notes.
#[derive(Debug, Clone, Copy, Default)]
struct Rows {
    cells: u32,
    chars: u32,
    prose: u32,
    /// The row that is being read.
    row: (u32, u32, u32),
    /// Whether a table stands in a cell.
    nested: bool,
}

impl Rows {
    fn end_row(&mut self) {
        let (cells, chars, prose) = std::mem::take(&mut self.row);
        if cells > 1 {
            self.cells += cells;
            self.chars += chars;
            self.prose += prose;
        }
    }

    const fn is_table(self) -> bool {
        self.cells > 0 && !self.nested && self.prose as u64 * 2 <= self.chars as u64
    }
}

/// What each node holds, and which tables are some.
fn measure(tree: &Tree, dropped: &[bool]) -> (Vec<Sum>, Vec<bool>) {
    let mut sums = vec![Sum::default(); tree.nodes.len()];
    let mut tables = vec![Rows::default(); tree.tables];
    let mut holders: Vec<usize> = Vec::new();
    let mut around: Vec<u32> = Vec::new();
    tree.walk(0..tree.nodes.len(), |step, at| {
        let node = tree.nodes[at];
        if step == Step::Enter {
            if dropped[at] || node.kind == Kind::Hidden {
                return false;
            }
            if let Kind::Text(from, to) = node.kind {
                sums[at] = Sum::of(tree.text(from, to));
            }
            if let Kind::Table(table) = node.kind {
                around.push(table);
            }
            holders.push(at);
            return true;
        }
        holders.pop();
        let sum = &mut sums[at];
        sum.articles += u32::from(matches!(node.part, Some((PageRole::Article, _))));
        if node.kind == Kind::Link && sum.chars > 0 {
            sum.links += 1;
            sum.linked = sum.chars;
            sum.stops = 0;
        }
        let sum = *sum;
        match node.kind {
            Kind::Cell(table, ..) => {
                let prose = if sum.stops > 0 || sum.chars > CELL { sum.chars } else { 0 };
                let row = &mut tables[table as usize].row;
                *row = (row.0 + 1, row.1 + sum.chars, row.2 + prose);
            }
            Kind::Row(table) => tables[table as usize].end_row(),
            Kind::Table(table) => {
                tables[table as usize].end_row();
                around.pop();
                if let Some(&outer) = around.last() {
                    tables[outer as usize].nested |= tables[table as usize].is_table();
                }
            }
            Kind::Text(..) | Kind::Block | Kind::Paragraph | Kind::Heading | Kind::Item => {}
            Kind::List | Kind::Caption | Kind::Group | Kind::Link | Kind::Raised => {}
            Kind::Preformatted | Kind::Inline | Kind::Hidden | Kind::Break => {}
        }
        if let Some(&holder) = holders.last() {
            sums[holder].add(sum);
        }
        true
    });
    (sums, tables.into_iter().map(Rows::is_table).collect())
}

/// What is no article wherever it stands: what is named so, and lists of links outside of it.
fn frame(tree: &Tree, sums: &[Sum]) -> Vec<bool> {
    let mut dropped = vec![false; tree.nodes.len()];
    let mut total = Sum::default();
    for at in children(tree, 0..tree.nodes.len()) {
        total.add(sums[at]);
    }
    tree.walk(0..tree.nodes.len(), |step, at| {
        let (node, sum) = (tree.nodes[at], sums[at]);
        if step == Step::Leave {
            return true;
        }
        let role = node.part.map(|part| part.0);
        // `<div class="share-page">` around the whole page is no frame of it.
        let whole = sum.articles > 0 || sum.prose() as u64 * 2 > total.prose() as u64;
        let holds = matches!(node.kind, Kind::Block | Kind::List | Kind::Inline);
        let links = holds && sum.articles == 0 && sum.is_links();
        dropped[at] = links || role == Some(PageRole::Frame) && !whole;
        // What stands in an article is of it, lists of links too.
        !dropped[at] && role != Some(PageRole::Article)
    });
    dropped
}

/// The nodes that hold the article, of what is left, and whether they hold nothing else.
fn parts(tree: &Tree, sums: &[Sum]) -> (Vec<Range<usize>>, bool) {
    let total: u32 = children(tree, 0..tree.nodes.len()).map(|at| sums[at].prose()).sum();
    let named = named(tree, sums, |part| part.0 == PageRole::Article);
    let held: u32 = named.iter().map(|part| sums[part.start].prose()).sum();
    // A name that is known may hold the caption of a picture only.
    if held > 0 && u64::from(held) * 10 >= u64::from(total) {
        return (named, true);
    }
    // The innermost that holds most of the page, and its like: an article may come in several.
    let most = |at: &usize| {
        let perhaps = matches!(tree.nodes[*at].part, Some((PageRole::Perhaps, _)));
        perhaps && u64::from(sums[*at].prose()) * 2 > u64::from(total)
    };
    if let Some(inner) = (0..tree.nodes.len()).rev().find(most) {
        let like = tree.nodes[inner].part;
        let inner = tree.within(inner);
        let mut parts = named_outside(tree, sums, &inner, like);
        parts.push(inner);
        parts.sort_by_key(|part| part.start);
        return (parts, false);
    }
    // Nobody says where the article is: what was left out as frame is all that is known not to be it.
    (top(tree), false)
}

/// The outermost nodes with such a name that hold something.
fn named(
    tree: &Tree,
    sums: &[Sum],
    is_meant: impl Fn((PageRole, u32)) -> bool,
) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    tree.walk(0..tree.nodes.len(), |step, at| {
        let meant = tree.nodes[at].part.is_some_and(&is_meant) && sums[at].chars > 0;
        if step == Step::Enter && meant {
            found.push(tree.within(at));
        }
        !meant
    });
    found
}

/// The nodes of the same name beside a node.
fn named_outside(
    tree: &Tree,
    sums: &[Sum],
    inner: &Range<usize>,
    like: Option<(PageRole, u32)>,
) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    tree.walk(0..tree.nodes.len(), |step, at| {
        let around = at <= inner.start && tree.nodes[at].end as usize >= inner.end;
        let meant = !around && tree.nodes[at].part == like && sums[at].chars > 0;
        if step == Step::Enter && meant {
            found.push(tree.within(at));
        }
        !meant && at != inner.start
    });
    found
}
