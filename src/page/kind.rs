//! Kinds of elements: what a tag makes, and what it ends.
//!
//! In: the name of a tag. Out: its kind: `li` is an item, which ends the item before it in its list; `b` only sets
//! text and makes nothing.

/// How many kinds there are.
pub const KINDS: usize = Kind::Break.index() + 1;

/// What a node is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Text between two tags: a range of the tree's text.
    Text(u32, u32),
    /// What begins and ends a line.
    Block,
    /// `<p>`
    Paragraph,
    /// `<h1>` to `<h6>`
    Heading,
    /// `<li>`, `<dt>`, `<dd>`
    Item,
    /// `<ul>`, `<ol>`, `<dl>`
    List,
    /// A table and its number.
    Table(u32),
    /// `<caption>`
    Caption,
    /// `<thead>`, `<tbody>`, `<tfoot>`
    Group,
    /// A row and the number of its table.
    Row(u32),
    /// A cell, the number of its table, the columns and rows that it spans.
    Cell(u32, u16, u16),
    /// `<a>`
    Link,
    /// `<sup>`
    Raised,
    /// `<pre>`
    Preformatted,
    /// An element inside a line whose name has a role.
    Inline,
    /// What is not shown, or is no text: scripts, forms, pictures.
    Hidden,
    /// `<br>`
    Break,
}

impl Kind {
    /// What a tag makes; nothing for tags that only set text.
    pub fn of(tag: &[u8]) -> Option<Kind> {
        Some(match tag {
            b"p" => Kind::Paragraph,
            b"h1" | b"h2" | b"h3" | b"h4" | b"h5" | b"h6" => Kind::Heading,
            b"li" | b"dt" | b"dd" => Kind::Item,
            b"ul" | b"ol" | b"dl" | b"menu" | b"dir" => Kind::List,
            b"table" => Kind::Table(0),
            b"caption" => Kind::Caption,
            b"thead" | b"tbody" | b"tfoot" => Kind::Group,
            b"tr" => Kind::Row(0),
            b"td" | b"th" => Kind::Cell(0, 1, 1),
            b"a" => Kind::Link,
            b"sup" => Kind::Raised,
            b"pre" | b"listing" | b"xmp" => Kind::Preformatted,
            b"br" => Kind::Break,
            b"address" | b"article" | b"aside" | b"blockquote" | b"body" | b"center" => Kind::Block,
            b"details" | b"div" | b"fieldset" | b"figcaption" | b"figure" => Kind::Block,
            b"footer" | b"form" | b"header" | b"hgroup" | b"hr" | b"legend" => Kind::Block,
            b"main" | b"nav" | b"search" | b"section" | b"summary" => Kind::Block,
            b"applet" | b"audio" | b"button" | b"canvas" | b"datalist" | b"iframe" => Kind::Hidden,
            b"map" | b"math" | b"noembed" | b"noframes" | b"noscript" | b"object" => Kind::Hidden,
            b"rp" | b"rt" | b"script" | b"select" | b"style" | b"svg" => Kind::Hidden,
            b"template" | b"textarea" | b"title" | b"video" => Kind::Hidden,
            _ => return None,
        })
    }

    /// The same kind whatever it carries, as an index.
    pub const fn index(self) -> usize {
        match self {
            Kind::Text(..) => 0,
            Kind::Block => 1,
            Kind::Paragraph => 2,
            Kind::Heading => 3,
            Kind::Item => 4,
            Kind::List => 5,
            Kind::Table(_) => 6,
            Kind::Caption => 7,
            Kind::Group => 8,
            Kind::Row(_) => 9,
            Kind::Cell(..) => 10,
            Kind::Link => 11,
            Kind::Raised => 12,
            Kind::Preformatted => 13,
            Kind::Inline => 14,
            Kind::Hidden => 15,
            Kind::Break => 16,
        }
    }

    /// Whether it begins a line.
    pub const fn is_block(self) -> bool {
        match self {
            Kind::Block | Kind::Paragraph | Kind::Heading | Kind::Item | Kind::List => true,
            Kind::Table(_) | Kind::Caption | Kind::Group | Kind::Row(_) | Kind::Cell(..) => true,
            Kind::Preformatted => true,
            Kind::Text(..) | Kind::Link | Kind::Raised | Kind::Inline => false,
            Kind::Hidden | Kind::Break => false,
        }
    }

    /// What a start tag of this kind ends, and what it does not reach through.
    pub const fn ends(self) -> (&'static [usize], &'static [usize]) {
        const P: usize = Kind::Paragraph.index();
        const HEADING: usize = Kind::Heading.index();
        const ITEM: usize = Kind::Item.index();
        const LIST: usize = Kind::List.index();
        const TABLE: usize = Kind::Table(0).index();
        const CAPTION: usize = Kind::Caption.index();
        const GROUP: usize = Kind::Group.index();
        const ROW: usize = Kind::Row(0).index();
        const CELL: usize = Kind::Cell(0, 0, 0).index();
        const LINK: usize = Kind::Link.index();
        match self {
            Kind::Item => (&[P, ITEM], &[LIST, CELL, TABLE]),
            Kind::Cell(..) => (&[CELL, CAPTION], &[ROW, TABLE]),
            Kind::Row(_) => (&[CELL, ROW, CAPTION], &[TABLE]),
            Kind::Group => (&[CELL, ROW, GROUP, CAPTION], &[TABLE]),
            Kind::Caption => (&[CELL, ROW, GROUP, CAPTION], &[TABLE]),
            Kind::Heading => (&[P, HEADING], &[CELL, TABLE]),
            Kind::Link => (&[LINK], &[CELL, TABLE]),
            Kind::Block | Kind::Paragraph | Kind::List | Kind::Table(_) | Kind::Preformatted => {
                (&[P], &[CELL, TABLE, ITEM])
            }
            Kind::Text(..) | Kind::Raised | Kind::Inline | Kind::Hidden | Kind::Break => (&[], &[]),
        }
    }
}

/// Elements that hold nothing and are no text.
pub fn is_void(tag: &[u8]) -> bool {
    matches!(
        tag,
        b"area"
            | b"base"
            | b"col"
            | b"embed"
            | b"img"
            | b"input"
            | b"link"
            | b"param"
            | b"source"
            | b"track"
            | b"wbr"
    )
}
