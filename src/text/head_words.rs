//! The words of a document's head: labels, ends of names, menus.
//!
//! In: rows of `lexicon/header.csv`. Out: the words of a role, in the order in which they are tried: 来源 is a
//! label of the source, 首页 a line of the website's frame.

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
    /// The labels in their order, then the others by role.
    pub(crate) rows: Cow<'static, [(Cow<'static, str>, Role)]>,
}

impl HeadWords {
    /// Of two labels of one spelling the first counts.
    pub fn new(mut rows: Vec<(String, Role)>) -> Self {
        rows.sort_by_key(|row| group(row.1));
        HeadWords { rows: rows.into_iter().map(|(word, role)| (word.into(), role)).collect() }
    }

    /// The words of a role.
    pub(super) fn of(&self, role: Role) -> impl Iterator<Item = &str> {
        let from = self.rows.partition_point(|row| group(row.1) < group(role));
        let grouped = self.rows[from..].iter().take_while(move |row| group(row.1) == group(role));
        grouped.filter(move |row| row.1 == role).map(|row| row.0.as_ref())
    }

    /// The words that are labels.
    pub(super) fn labels(&self) -> impl Iterator<Item = (&str, Role)> {
        self.rows.iter().take_while(|row| is_label(row.1)).map(|row| (row.0.as_ref(), row.1))
    }
}

/// The order in which words are kept: of labels, one for all.
fn group(role: Role) -> Option<Role> {
    Some(role).filter(|&role| !is_label(role))
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
