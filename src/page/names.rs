//! The names that web pages give to their parts.
//!
//! In: rows of `lexicon/pages.csv`. Out: what a class, an id, a tag or a meta element of that name holds:
//! the article is in `<div class="TRS_Editor">`, `<meta name="PubDate">` says when it was published.

use std::collections::HashMap;

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

/// The names, whatever their case.
#[derive(Debug, Default)]
pub struct PageNames {
    roles: HashMap<String, PageRole>,
    /// Words that lines are searched for, in the order of the table.
    words: Vec<(String, PageRole)>,
}

impl PageNames {
    /// Adds a name; of two roles of one name the last counts.
    pub fn add(&mut self, name: &str, role: PageRole) {
        if matches!(role, PageRole::Links | PageRole::Foot) {
            self.words.push((name.to_owned(), role));
        }
        self.roles.insert(name.to_ascii_lowercase(), role);
    }

    /// What a name stands for.
    pub fn role(&self, name: &str) -> Option<PageRole> {
        // Names of classes can be as long as a page; those of the table are short.
        const LONGEST: usize = 64;
        if name.is_empty() || name.len() > LONGEST {
            return None;
        }
        self.roles.get(name.to_ascii_lowercase().as_str()).copied()
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
        self.words.iter().filter(move |word| word.1 == role).map(|word| word.0.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_has_a_role_in_any_case_and_a_frame_by_its_parts() {
        let mut names = PageNames::default();
        names.add("TRS_Editor", PageRole::Article);
        names.add("share", PageRole::Frame);
        names.add("PubDate", PageRole::Published);
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
