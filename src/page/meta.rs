//! What a web page says of itself outside of its text: title, source and day.
//!
//! In: the meta elements and `<title>`. Out: a header. `<meta name="PubDate" content="2021-09-20 16:08">`
//! is a day of publication, `<title>教育概况_某市人民政府</title>` a title with the name of the site behind.

use super::names::{PageNames, PageRole};
use super::tree::Tree;
use crate::observation::Header;
use crate::period::Date;
use crate::text::calendar::date_within;
use crate::text::head_line::{HeadWords, publisher};

/// Characters of a title. What is longer is a summary.
const TITLE: usize = 120;

/// The header that a page states in its meta elements; of several of one role the first that says
/// something counts. The site is the publisher where no source is named.
pub fn header(names: &PageNames, words: &HeadWords, tree: &Tree) -> Header {
    let of = |role: PageRole| {
        let metas = tree.metas.iter().filter(move |meta| names.role(&meta.0) == Some(role));
        // Templates write null where they have nothing.
        let says = |content: &String| !content.is_empty() && content != "null";
        metas.map(|meta| one_line(&meta.1)).filter(says)
    };
    let site = of(PageRole::Site).next();
    let named = of(PageRole::Title).find(|title| title.chars().count() <= TITLE);
    let title = named.or_else(|| without_site(&one_line(&tree.title), site.as_deref()));
    let source = of(PageRole::Publisher).find_map(|name| publisher(words, &name));
    Header {
        title,
        publisher: source.or_else(|| publisher(words, &site?)),
        published: of(PageRole::Published).find_map(|content| date_within(&content)),
    }
}

/// Fills what the text itself does not state.
///
/// The text wins: it is what the reader sees, and what a signature or a label in it says of the day
/// is of the document, while sites date all their pages anew when they move. A day of the page counts where
/// the text says the year or month only, and the day lies in it.
pub fn fill(header: &mut Header, page: Header) {
    header.title = header.title.take().or(page.title);
    header.publisher = header.publisher.take().or(page.publisher);
    let finer = |stated: Date, day: Date| {
        let month = stated.month.is_none() || stated.month == day.month;
        stated.day.is_none() && stated.year == day.year && month
    };
    header.published = match (header.published, page.published) {
        (Some(stated), Some(day)) if finer(stated, day) => Some(day),
        (stated, day) => stated.or(day),
    };
}

/// A text without line ends and blanks at its ends.
fn one_line(text: &str) -> String {
    text.split_ascii_whitespace().collect::<Vec<_>>().join(" ").trim().to_owned()
}

/// `教育概况_某市人民政府`, `教育概况 - 新闻 - 某市`: without the names of the site behind.
fn without_site(title: &str, site: Option<&str>) -> Option<String> {
    let title = site.and_then(|site| title.strip_suffix(site)).unwrap_or(title);
    let parts = |&(at, c): &(usize, char)| {
        // 2016-2020年 is no site.
        let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
        let (before, behind) = (&title[..at], &title[at + c.len_utf8()..]);
        let between = digit(before.chars().next_back()) && digit(behind.chars().next());
        matches!(c, '_' | '|' | '｜' | '-' | '–') && !between && !before.trim().is_empty()
    };
    let end = title.char_indices().find(parts).map_or(title.len(), |(at, _)| at);
    let title = title[..end].trim();
    let fits = !title.is_empty() && title.chars().count() <= TITLE;
    fits.then(|| title.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_without_their_site() {
        for (whole, title) in [
            ("某市教育概况_某市人民政府", "某市教育概况"),
            ("某市2016-2020年教育规划 - 规划 - 某市教育局", "某市2016-2020年教育规划"),
            ("某市教育概况", "某市教育概况"),
            ("政府工作报告——2021年1月", "政府工作报告——2021年1月"),
        ] {
            assert_eq!(without_site(whole, None).as_deref(), Some(title));
        }
        assert_eq!(without_site("教育概况某市", Some("某市")).as_deref(), Some("教育概况"));
        assert_eq!(without_site("_某市", None).as_deref(), Some("_某市"));
    }

    #[test]
    fn a_day_fills_only_what_the_text_leaves_open() {
        let day = Some(Date::day(2021, 9, 20));
        for (stated, filled) in [
            (None, day),
            (Some(Date::year(2021)), day),
            (Some(Date::month(2021, 9)), day),
            (Some(Date::month(2021, 8)), Some(Date::month(2021, 8))),
            (Some(Date::day(2021, 9, 1)), Some(Date::day(2021, 9, 1))),
            (Some(Date::year(2019)), Some(Date::year(2019))),
        ] {
            let mut header = Header { published: stated, ..Header::default() };
            fill(&mut header, Header { published: day, ..Header::default() });
            assert_eq!(header.published, filled);
        }
    }
}
