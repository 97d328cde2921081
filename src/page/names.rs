//! The names that web pages give to their parts.
//!
//! In: rows of `lexicon/pages.csv`. Out: what a class, an id, a tag or a meta element of that name holds:
//! the article is in `<div class="TRS_Editor">`, `<meta name="PubDate">` says when it was published.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::codes::codes;

codes! {
    /// What a name of `lexicon/pages.csv` stands for in a web page.
    PageRole("role") {
        /// Class, id or tag of what holds the article and nothing else: `TRS_Editor`.
        Article = "article",
        /// Class, id or tag of what holds the article on many sites and other things on some: `content`.
        Perhaps = "perhaps",
        /// Class, id or tag, or a part of one between `-` and `_`, of what is no article: `footer`.
        Frame = "frame",
        /// Begins a line that heads links to other articles: `相关链接`.
        Links = "links",
        /// Occurs in a short line of a page's foot: `版权所有`.
        Foot = "foot",
        /// Meta element with the title.
        Title = "title",
        /// Meta element with the day of publication.
        Published = "published",
        /// Meta element with the source of the article.
        Publisher = "publisher",
        /// Meta element with the name of the website.
        Site = "site",
    }
}

/// A name and what it stands for.
type Name = (Cow<'static, str>, PageRole);

/// The names, whatever their case.
#[derive(Debug, Default, PartialEq)]
pub struct PageNames {
    /// In lower case, sorted, each once.
    pub(crate) roles: Cow<'static, [Name]>,
    /// Words that lines are searched for, in the order of the table.
    pub(crate) words: Cow<'static, [Name]>,
}

impl PageNames {
    /// The names of a table; of two roles of one name the last counts.
    pub fn new(rows: Vec<(String, PageRole)>) -> Self {
        let lower = |(name, role): &(String, PageRole)| (name.to_ascii_lowercase(), *role);
        let roles: BTreeMap<String, PageRole> = rows.iter().map(lower).collect();
        let searched = |row: &(String, PageRole)| matches!(row.1, PageRole::Links | PageRole::Foot);
        let name = |(name, role): (String, PageRole)| (Cow::Owned(name), role);
        PageNames {
            roles: roles.into_iter().map(name).collect(),
            words: rows.into_iter().filter(searched).map(name).collect(),
        }
    }

    /// What a name stands for.
    pub fn role(&self, name: &str) -> Option<PageRole> {
        // Names of classes can be as long as a page; those of the table are short.
        const LONGEST: usize = 64;
        if name.is_empty() || name.len() > LONGEST {
            return None;
        }
        let name = name.to_ascii_lowercase();
        let at = self.roles.binary_search_by(|(known, _)| known.as_ref().cmp(&name)).ok()?;
        Some(self.roles[at].1)
    }

    /// What holds an element with such a class, id or tag.
    pub fn part(&self, name: &str) -> Option<PageRole> {
        let part = |role: &PageRole| {
            matches!(role, PageRole::Article | PageRole::Perhaps | PageRole::Frame)
        };
        self.role(name).filter(part).or_else(|| {
            let pieces = || name.split(['-', '_']);
            let frame = |piece: &str| self.role(piece) == Some(PageRole::Frame);
            (pieces().nth(1).is_some() && pieces().any(frame)).then_some(PageRole::Frame)
        })
    }

    /// The words of a role.
    pub fn words(&self, role: PageRole) -> impl Iterator<Item = &str> {
        self.words.iter().filter(move |word| word.1 == role).map(|word| word.0.as_ref())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_has_a_role_in_any_case_and_a_frame_by_its_parts() {
        let names = PageNames::new(vec![
            ("TRS_Editor".to_owned(), PageRole::Article),
            ("share".to_owned(), PageRole::Frame),
            ("PubDate".to_owned(), PageRole::Published),
        ]);
        for (name, part) in [
            ("trs_editor", Some(PageRole::Article)),
            ("art-share", Some(PageRole::Frame)),
            ("shared", None),
            ("PubDate", None),
            ("TRS_Editor_box", None),
        ] {
            assert_eq!(names.part(name), part, "{name}");
        }
        assert_eq!(names.role("pubdate"), Some(PageRole::Published));
    }
}
