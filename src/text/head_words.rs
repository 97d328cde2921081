//! The words of a document's head: labels, ends of names, menus.
//!
//! In: rows of `lexicon/header.csv`. Out: the words of a role, in the order in which they are tried: 来源 is a
//! label of the source, 首页 a line of the website's frame.

use std::array;
use std::borrow::Cow;

use crate::codes::codes;

codes! {
    /// What a word of `lexicon/header.csv` is in a document's head.
    Role("role") {
        /// Label of the day of publication.
        Published = "published",
        /// Label of another date that stands in for it.
        Issued = "issued",
        /// Label of the publishing body.
        Publisher = "publisher",
        /// Label of the source, which publishes where no body is named.
        Source = "source",
        /// Label of the title.
        Title = "title",
        /// Label of the document's number, which has a year: `某教发〔2021〕35号`.
        Number = "number",
        /// Label of something else: it ends the value before it.
        Other = "other",
        /// Stands before the source a text is taken from.
        Reprint = "reprint",
        /// Names no publisher.
        Nobody = "nobody",
        /// Ends the name of an official body.
        Body = "body",
        /// Ends the name of what may sign beside a date, though alone it could be a heading.
        Signer = "signer",
        /// Follows the body in a letterhead: `某市教育局文件`.
        Letterhead = "letterhead",
        /// An office; the name of who holds it follows: `某市市长 张三`.
        Post = "post",
        /// Ends a line of a title that goes on in the next: `某市教育局关于`.
        Joins = "joins",
        /// A line of the website's frame that is no more than this.
        Page = "page",
        /// Begins a line of the website's frame.
        PageStart = "page_start",
        /// Occurs in a line of the website's frame.
        Crumb = "crumb",
    }
}

/// The words by which the lines of a head are told apart.
#[derive(Debug, Default, PartialEq)]
pub struct HeadWords {
    /// By their keys, and of one key in their order.
    pub(crate) rows: Cow<'static, [HeadWord]>,
    /// Where the words of each role end among them; those of all labels stand together.
    pub(crate) ends: [usize; ROLES],
}

const ROLES: usize = Role::ALL.len();

/// A word and what it is.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct HeadWord {
    pub(crate) key: Key,
    pub(crate) word: Cow<'static, str>,
    pub(crate) role: Role,
}

impl HeadWords {
    /// Of two labels of one spelling the first counts.
    pub fn new(rows: Vec<(String, Role)>) -> Self {
        let row = |(word, role): (String, Role)| HeadWord {
            key: Key::of_word(role, &word),
            word: word.into(),
            role,
        };
        let mut rows: Vec<HeadWord> = rows.into_iter().map(row).collect();
        rows.sort_by_key(|row| row.key);
        let end = |role| rows.partition_point(|row| row.key.role() <= role);
        let ends = array::from_fn(end);
        HeadWords { rows: rows.into(), ends }
    }

    /// The words of a role.
    pub(super) fn of(&self, role: Role) -> impl Iterator<Item = &str> {
        self.kept(Key::new(role, '\0')).iter().map(|row| row.word.as_ref())
    }

    /// The words of a role that may begin or end at this character: those that are looked for at the end of
    /// something end with it, in any case, and the others begin with it.
    pub(super) fn at(&self, role: Role, c: char) -> impl Iterator<Item = &str> {
        self.alike(Key::new(role, c)).map(|row| row.word.as_ref())
    }

    /// The labels that end with this character, in any case.
    pub(super) fn labels(&self, last: char) -> impl Iterator<Item = (&str, Role)> {
        self.alike(Key::new(Role::Other, last)).map(|row| (row.word.as_ref(), row.role))
    }

    /// The words that are kept beside those of this key.
    fn kept(&self, key: Key) -> &[HeadWord] {
        let role = key.role();
        let start = role.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.rows[start..self.ends[role]]
    }

    /// The words of a key.
    fn alike(&self, key: Key) -> impl Iterator<Item = &HeadWord> {
        let kept = self.kept(key);
        let from = kept.partition_point(|row| row.key < key);
        kept[from..].iter().take_while(move |row| row.key == key)
    }
}

/// Bits that a character has at most.
const CHARACTER: u32 = 21;

/// Where a word is kept: beside those of its role, of which labels have one for all, that begin or end alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Key(pub(crate) u32);

impl Key {
    fn of_word(role: Role, word: &str) -> Key {
        let c = if is_end(role) { word.chars().next_back() } else { word.chars().next() };
        Key::new(role, c.unwrap_or_default())
    }

    const fn new(role: Role, c: char) -> Key {
        let role = if is_label(role) { Role::Other } else { role };
        Key((role as u32) << CHARACTER | c.to_ascii_lowercase() as u32)
    }

    /// The number of the role, which labels have in common.
    const fn role(self) -> usize {
        (self.0 >> CHARACTER) as usize
    }
}

const fn is_label(role: Role) -> bool {
    match role {
        Role::Published | Role::Issued | Role::Publisher | Role::Source => true,
        Role::Title | Role::Number | Role::Other => true,
        Role::Reprint | Role::Nobody | Role::Body | Role::Signer => false,
        Role::Letterhead | Role::Post | Role::Joins => false,
        Role::Page | Role::PageStart | Role::Crumb => false,
    }
}

/// Whether words of a role are looked for at the end of something.
const fn is_end(role: Role) -> bool {
    is_label(role) || matches!(role, Role::Body | Role::Signer | Role::Letterhead | Role::Joins)
}
