//! A web page as a tree: what encloses what, as far as its text needs it.
//!
//! In: HTML of any quality. Out: elements and texts in the order of the page, each with the end of what
//! it holds; `<tr><td>小学<td>365` is a row with two cells. Tags are what html5gum makes of them;
//! an element that is never closed ends where its kind must end. No input nests deeper than [`DEPTH`],
//! as in browsers, and time and memory grow with the length of the page and no faster.

use html5gum::{DefaultEmitter, StartTag, Token, Tokenizer};

use super::kind::{KINDS, Kind, is_void};
use super::names::{PageNames, PageRole};

/// Elements inside one another; deeper ones stand beside each other.
const DEPTH: usize = 256;
/// Columns that one cell may span.
const WIDEST: u16 = 64;

/// A page as a tree.
#[derive(Debug, Default)]
pub struct Tree {
    /// In the order of the page: what a node holds follows it.
    pub nodes: Vec<Node>,
    /// How many tables there are; each knows its number.
    pub tables: usize,
    /// Content of `<title>`.
    pub title: String,
    /// Name and content of the meta elements that have both.
    pub metas: Vec<(String, String)>,
    text: String,
    /// Names of the parts that have a role, each once.
    names: Vec<String>,
}

/// An element or a text.
#[derive(Debug, Clone, Copy)]
pub struct Node {
    /// What it is.
    pub kind: Kind,
    /// The first node behind it that it does not hold.
    pub end: u32,
    /// The role of its name, and the number of the name.
    pub part: Option<(PageRole, u32)>,
}

impl Tree {
    /// Reads a page.
    pub fn of(names: &PageNames, html: &str) -> Tree {
        let mut emitter = DefaultEmitter::default();
        // Scripts and styles hold no tags.
        emitter.naively_switch_states(true);
        let mut builder = Builder {
            tree: Tree::default(),
            names,
            open: Vec::new(),
            count: [0; KINDS],
            too_deep: 0,
            in_title: false,
            goes_on: false,
        };
        // Reading from memory cannot fail.
        for token in Tokenizer::new_with_emitter(html, emitter).flatten() {
            match token {
                Token::StartTag(tag) => builder.start(&tag),
                Token::EndTag(tag) => builder.end(&tag.name),
                Token::String(text) => builder.text(&text.value),
                Token::Comment(_) | Token::Doctype(_) | Token::Error(_) => {}
            }
        }
        builder.close_to(0);
        builder.tree
    }

    /// The text of a text node.
    pub fn text(&self, from: u32, to: u32) -> &str {
        &self.text[from as usize..to as usize]
    }

    /// The nodes that a node holds, and itself.
    pub fn within(&self, at: usize) -> std::ops::Range<usize> {
        at..self.nodes[at].end as usize
    }

    /// Visits nodes in order: `visit` says of each that begins whether to go into it, and is called
    /// again where each that was gone into ends.
    pub fn walk(&self, within: std::ops::Range<usize>, mut visit: impl FnMut(Step, usize) -> bool) {
        let mut open: Vec<usize> = Vec::new();
        let mut at = within.start;
        while at < within.end {
            while let Some(last) = open.pop_if(|last| self.nodes[*last].end as usize <= at) {
                visit(Step::Leave, last);
            }
            if visit(Step::Enter, at) {
                open.push(at);
                at += 1;
            } else {
                at = self.nodes[at].end as usize;
            }
        }
        while let Some(last) = open.pop() {
            visit(Step::Leave, last);
        }
    }
}

/// A step on the way through a tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Into a node.
    Enter,
    /// Out of it.
    Leave,
}

/// An element that is not closed yet.
struct Open {
    node: usize,
    tag: Box<[u8]>,
    /// Number of the table that encloses it or that it is.
    table: u32,
}

struct Builder<'n> {
    tree: Tree,
    names: &'n PageNames,
    open: Vec<Open>,
    /// How many of each kind are open.
    count: [usize; KINDS],
    /// Elements that were opened too deep and are still open.
    too_deep: usize,
    in_title: bool,
    /// Whether the last node is a text that the next text goes on.
    goes_on: bool,
}

impl Builder<'_> {
    fn text(&mut self, bytes: &[u8]) {
        // The tokenizer was given UTF-8.
        let text = String::from_utf8_lossy(bytes);
        if self.in_title {
            self.tree.title.push_str(&text);
            return;
        }
        let from = self.tree.text.len() as u32;
        self.tree.text.push_str(&text);
        let to = self.tree.text.len() as u32;
        // Bold and other settings come between: 小学<b>365</b>所 is one text.
        if let Some(Node { kind: Kind::Text(_, last), .. }) = self.tree.nodes.last_mut()
            && self.goes_on
        {
            // <span>2021-09-20</span><span>来源：某市日报</span> is set apart by its style sheet.
            if begins_with_label(&text) {
                self.tree.text.insert(from as usize, ' ');
            }
            *last = self.tree.text.len() as u32;
            return;
        }
        self.leaf(Kind::Text(from, to));
        self.goes_on = true;
    }

    fn leaf(&mut self, kind: Kind) {
        let end = self.tree.nodes.len() as u32 + 1;
        self.tree.nodes.push(Node { kind, end, part: None });
        self.goes_on = false;
    }

    fn start(&mut self, tag: &StartTag<()>) {
        let attribute = |name: &[u8]| {
            tag.attributes.get(name).map(|value| String::from_utf8_lossy(&value.value))
        };
        match &tag.name[..] {
            b"meta" => {
                let name = attribute(b"name").or_else(|| attribute(b"property"));
                if let (Some(name), Some(content)) = (name, attribute(b"content")) {
                    self.tree.metas.push((name.into_owned(), content.into_owned()));
                }
                return;
            }
            b"title" if self.tree.title.is_empty() => self.in_title = true,
            b"html" | b"head" | b"body" => return,
            _ => {}
        }
        let name = String::from_utf8_lossy(&tag.name);
        let part = self.part(&name, attribute(b"id").as_deref(), attribute(b"class").as_deref());
        let style = attribute(b"style").map(|style| style.to_ascii_lowercase().replace(' ', ""));
        let unseen = attribute(b"hidden").is_some()
            || style.is_some_and(|style| style.contains("display:none"));
        let kind = match Kind::of(&tag.name) {
            // Nothing closes them.
            Some(Kind::Break) => return self.leaf(Kind::Break),
            None if is_void(&tag.name) => return,
            Some(Kind::Block) if &tag.name[..] == b"hr" => return self.leaf(Kind::Break),
            Some(_) if unseen => Kind::Hidden,
            Some(kind) => kind,
            None if unseen => Kind::Hidden,
            None if part.is_some() => Kind::Inline,
            None => return,
        };
        self.make_room(kind);
        if self.open.len() >= DEPTH {
            self.too_deep += 1;
            if kind.is_block() {
                self.leaf(Kind::Break);
            }
            return;
        }
        let enclosing = self.open.last().map_or(u32::MAX, |open| open.table);
        let span = |name: &[u8]| {
            let digits =
                attribute(name).map(|value| value.trim().chars().take(5).collect::<String>());
            digits.and_then(|digits| digits.parse::<u16>().ok()).unwrap_or(1).max(1)
        };
        let (kind, table) = match kind {
            Kind::Table(_) => {
                let table = self.tree.tables as u32;
                self.tree.tables += 1;
                (Kind::Table(table), table)
            }
            // Cells outside of tables are lines.
            Kind::Row(_) | Kind::Cell(..) if enclosing == u32::MAX => (Kind::Block, enclosing),
            Kind::Row(_) => (Kind::Row(enclosing), enclosing),
            Kind::Cell(..) => {
                let cell = Kind::Cell(enclosing, span(b"colspan").min(WIDEST), span(b"rowspan"));
                (cell, enclosing)
            }
            kind => (kind, enclosing),
        };
        self.count[kind.index()] += 1;
        self.open.push(Open { node: self.tree.nodes.len(), tag: tag.name[..].into(), table });
        self.tree.nodes.push(Node { kind, end: 0, part });
        self.goes_on = false;
        if tag.self_closing && matches!(kind, Kind::Hidden | Kind::Inline) {
            self.close_to(self.open.len() - 1);
        }
    }

    /// The role of an element's id, classes or tag; that which says most counts.
    fn part(
        &mut self,
        tag: &str,
        id: Option<&str>,
        class: Option<&str>,
    ) -> Option<(PageRole, u32)> {
        /// Classes of an element that are looked at.
        const CLASSES: usize = 16;
        let classes = class.into_iter().flat_map(str::split_ascii_whitespace).take(CLASSES);
        let named = id.into_iter().chain(classes).chain([tag]);
        let found = named.filter_map(|name| Some((self.names.part(name)?, name)));
        let (role, name) = found.min_by_key(|(role, _)| *role)?;
        let name = name.to_ascii_lowercase();
        let number = self.tree.names.iter().position(|known| *known == name);
        let number = number.unwrap_or_else(|| {
            self.tree.names.push(name);
            self.tree.names.len() - 1
        });
        Some((role, number as u32))
    }

    /// Closes what cannot go on behind a start tag of this kind.
    fn make_room(&mut self, kind: Kind) {
        let (ends, walls) = kind.ends();
        for &ended in ends {
            if self.count[ended] == 0 {
                continue;
            }
            let index = |open: &Open| self.tree.nodes[open.node].kind.index();
            let inner = self
                .open
                .iter()
                .rposition(|open| index(open) == ended || walls.contains(&index(open)));
            if let Some(at) = inner.filter(|&at| index(&self.open[at]) == ended) {
                self.close_to(at);
            }
        }
    }

    fn end(&mut self, tag: &[u8]) {
        if tag == b"title" {
            self.in_title = false;
        }
        if tag == b"br" {
            self.leaf(Kind::Break);
            return;
        }
        let kind = Kind::of(tag);
        if self.too_deep > 0 && kind.is_some() {
            self.too_deep -= 1;
            if kind.is_some_and(Kind::is_block) {
                self.leaf(Kind::Break);
            }
            return;
        }
        // Only elements with a role are open among those that set text.
        if kind.is_none()
            && self.count[Kind::Inline.index()] + self.count[Kind::Hidden.index()] == 0
        {
            return;
        }
        let of_table = kind.is_some_and(|kind| {
            matches!(kind, Kind::Table(_) | Kind::Group | Kind::Row(_) | Kind::Cell(..))
        });
        let is_table = matches!(kind, Some(Kind::Table(_)));
        let wall = |open: &Open| match self.tree.nodes[open.node].kind {
            Kind::Table(_) => !is_table,
            Kind::Cell(..) => !of_table,
            _ => false,
        };
        let found = self.open.iter().rposition(|open| *open.tag == *tag || wall(open));
        if let Some(at) = found.filter(|&at| *self.open[at].tag == *tag) {
            self.close_to(at);
        }
    }

    /// Closes all elements but the first so many.
    fn close_to(&mut self, depth: usize) {
        while self.open.len() > depth
            && let Some(Open { node, .. }) = self.open.pop()
        {
            self.goes_on = false;
            let nodes = &mut self.tree.nodes;
            self.count[nodes[node].kind.index()] -= 1;
            nodes[node].end = nodes.len() as u32;
            // Of a row of empty paragraphs one does.
            let empty = |node: &Node, at: usize| {
                node.end as usize == at + 1 && matches!(node.kind, Kind::Block | Kind::Paragraph)
            };
            if node > 0 && empty(&nodes[node], node) && empty(&nodes[node - 1], node - 1) {
                nodes.pop();
            }
        }
    }
}

/// Whether a text begins with a word and a colon.
fn begins_with_label(text: &str) -> bool {
    const LETTERS: usize = 6;
    let letters = text.chars().take(LETTERS + 1).take_while(|c| c.is_alphabetic()).count();
    let colon = text.chars().nth(letters).is_some_and(|c| matches!(c, '：' | ':'));
    (2..=LETTERS).contains(&letters) && colon
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The tree with a pair of brackets for each element.
    fn shown(html: &str) -> String {
        let tree = Tree::of(&PageNames::default(), html);
        let mut shown = String::new();
        tree.walk(0..tree.nodes.len(), |step, at| {
            match (tree.nodes[at].kind, step) {
                (Kind::Text(from, to), Step::Enter) => shown.push_str(tree.text(from, to)),
                (Kind::Text(..), Step::Leave) => {}
                (Kind::Break, Step::Enter) => shown.push('/'),
                (Kind::Break, Step::Leave) => {}
                (kind, Step::Enter) => {
                    let name = format!("{kind:?}");
                    shown.push_str(&name[..2]);
                    shown.push('(');
                }
                (_, Step::Leave) => shown.push(')'),
            }
            true
        });
        shown
    }

    #[test]
    fn what_is_not_closed_ends_where_it_must() {
        for (html, tree) in [
            ("<p>一<p>二<div>三</div>四", "Pa(一)Pa(二)Bl(三)四"),
            ("<ul><li>一<li>二</ul>三", "Li(It(一)It(二))三"),
            (
                "<table><tr><td>小学<td>365<tr><td>初中</table>",
                "Ta(Ro(Ce(小学)Ce(365))Ro(Ce(初中)))",
            ),
            ("<td>小学</div></td>", "Bl(小学)"),
            ("<table><tr><td><div>一</td><td>二</div></table>三", "Ta(Ro(Ce(Bl(一))Ce(二)))三"),
            ("一</p></div>二<br>三</br>", "一二/三/"),
            ("小学<b>365</b>所<i>", "小学365所"),
            ("<p></p><p></p><p></p>一", "Pa()一"),
            ("<script>if (a<b) '<p>'</script>一<style>p{}</style>", "Hi(if (a<b) '<p>')一Hi(p{})"),
        ] {
            assert_eq!(shown(html), tree, "{html}");
        }
    }

    #[test]
    fn depth_is_bounded_and_the_text_is_kept() {
        let html = format!("{}小学365所{}初中", "<div>".repeat(5000), "</div>".repeat(5000));
        let text = shown(&html);
        assert_eq!(text.matches("Bl(").count(), DEPTH);
        assert!(text.contains("小学365所") && text.ends_with(")初中"), "{text}");
    }
}
