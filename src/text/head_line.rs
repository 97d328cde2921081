//! What a line of a document's head is.
//!
//! In goes a line, out comes its kind with what it says: `某市教育局 2021-09-20` is a body and a date,
//! `某教发〔2021〕35号` a number and its year, `首页` the website's frame. What labels say
//! (`来源：某市日报 发布时间：2021-09-20`) is noted beside it, as are the keys of
//! front matter. The words are rows of `lexicon/header.csv`.

use memchr::memchr;

use super::bytes::is_longer;
use super::script::is_digit;
use crate::period::Date;
use crate::text::calendar::{YEARS, begins_year, date_within, find_date, leading_date};

pub use super::head_words::{HeadWords, Role};

/// Characters that a title or a label's line may have. Paragraphs are longer.
pub(super) const LINE_CHARS: usize = 120;

/// What the labels say; the first of each kind counts.
#[derive(Debug, Default)]
pub(super) struct Labelled {
    pub(super) title: Option<String>,
    pub(super) publisher: Option<String>,
    pub(super) source: Option<String>,
    pub(super) published: Option<Date>,
    pub(super) issued: Option<Date>,
    pub(super) numbered: Option<u16>,
}

/// A line of the head.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Line<'t> {
    /// Labels and their values.
    Labels,
    /// Nothing but a date, and perhaps the time of day.
    Date(Date),
    /// Where and when a report was given: `——2014年1月6日在某市…会议上`.
    Occasion(Date),
    /// Nothing but a year, which may belong to the title below.
    Year(&'t str),
    /// Nothing but the names of one or several official bodies.
    Body(&'t str),
    /// A body and a date: `某市教育局 2021-09-20`.
    Signed(&'t str, Date),
    /// The body of a letterhead.
    Letterhead(&'t str),
    /// Nothing but the number of the document, and its year.
    Number(u16),
    /// Who speaks: `某市市长 张三`.
    Byline,
    /// The website's frame, or a comment.
    Frame,
    /// What could be a title; whether it is marked as a heading.
    Plain(&'t str, bool),
    /// What no title is: a sentence, a salutation.
    Prose,
}
/// A line without the marks of Markdown headings and bold type.
pub(super) fn unmarked(line: &str) -> &str {
    line.trim_start_matches('#').trim_matches(|c: char| c == '*' || c.is_whitespace())
}

impl Line<'_> {
    /// The date that the line states.
    pub(super) fn date(&self) -> Option<Date> {
        match self {
            Line::Date(date) | Line::Occasion(date) | Line::Signed(_, date) => Some(*date),
            _ => None,
        }
    }

    /// The body that the line states, the first if there are several.
    pub(super) fn body(&self, words: &HeadWords) -> Option<String> {
        match self {
            Line::Body(line) | Line::Signed(line, _) => signer_name(words, line),
            _ => None,
        }
    }
}

impl Labelled {
    /// Notes the keys of front matter that are labels.
    pub(super) fn take_front_matter(&mut self, words: &HeadWords, matter: &str) {
        for (key, value) in matter.lines().filter_map(|line| line.split_once(':')) {
            let key = key.trim();
            let label =
                last(key).and_then(|last| words.labels(last).find(|(word, _)| *word == key));
            // Every record bears the title: a longer line is none.
            if let Some((_, role)) = label.filter(|_| !is_longer(value, LINE_CHARS)) {
                self.take(words, role, value.trim().trim_matches(['"', '\'']));
            }
        }
    }

    /// Notes a label's value, if it says something.
    fn take(&mut self, words: &HeadWords, role: Role, value: &str) {
        let value = value.trim();
        match role {
            Role::Title => put(
                &mut self.title,
                Some(value).filter(|value| !value.is_empty()).map(str::to_owned),
            ),
            Role::Publisher => put(&mut self.publisher, publisher(words, value)),
            Role::Source => {
                put(&mut self.source, publisher(words, value));
                // 来源：某网 2021/9/20. A date within an address is that of an upload.
                put(&mut self.issued, date_within(value).filter(|_| !value.contains("://")));
            }
            Role::Published => put(&mut self.published, date_within(value)),
            Role::Issued => put(&mut self.issued, date_within(value)),
            Role::Number => put(&mut self.numbered, numbered(value).map(|(_, year, _)| year)),
            Role::Other | Role::Reprint | Role::Nobody | Role::Body | Role::Signer => {}
            Role::Letterhead | Role::Post | Role::Joins => {}
            Role::Page | Role::PageStart | Role::Crumb => {}
        }
    }
}

fn put<T>(slot: &mut Option<T>, value: Option<T>) {
    if slot.is_none() {
        *slot = value;
    }
}

/// The name in `转载 长治日报`; an address or 本站 is none.
pub(crate) fn publisher(words: &HeadWords, value: &str) -> Option<String> {
    let mut parts = value.split(|c: char| c.is_whitespace() || "|｜【】[]()（）".contains(c));
    let name =
        parts.find(|part| !part.is_empty() && !words.of(Role::Reprint).any(|w| w == *part))?;
    let name = words.of(Role::Reprint).find_map(|word| name.strip_prefix(word)).unwrap_or(name);
    let name = name.trim_matches([':', '：', '"', '“', '”']);
    let is_address = name.contains("://") || name.starts_with("www.");
    // A name has letters: `2021-11-15` and `--` are what a template leaves.
    let named = name.chars().any(char::is_alphabetic) && leading_date(name).is_none();
    (named && !is_address && !words.of(Role::Nobody).any(|word| word == name))
        .then(|| name.to_owned())
}

/// Says what a line is, and notes what its labels say.
pub(super) fn classify<'t>(words: &HeadWords, line: &'t str, labelled: &mut Labelled) -> Line<'t> {
    let heading = line.starts_with("# ");
    let clean = unmarked(line);
    if is_frame(words, clean) {
        return Line::Frame;
    }
    if is_longer(line, LINE_CHARS) {
        return Line::Prose;
    }
    let signs = Signs::of(clean);
    if signs.number
        && let Some(year) = document_number(clean)
    {
        return Line::Number(year);
    }
    if signs.label && read_labels(words, clean, labelled) {
        return Line::Labels;
    }
    if signs.date {
        // No name has what ends a sentence.
        let signed = if signs.stop { None } else { signed(words, clean) };
        if let Some(line) = signed.or_else(|| dated(clean)) {
            return line;
        }
    }
    if let Some(year) = year_only(clean) {
        return Line::Year(year);
    }
    if let Some(body) = letterhead(words, clean) {
        return body;
    }
    if body_name(words, clean).is_some() {
        return Line::Body(clean);
    }
    if signs.space && is_byline(words, clean) {
        return Line::Byline;
    }
    let sentence = signs.stop || clean.ends_with([':', '：', ',', '，', '、']);
    if sentence && !heading { Line::Prose } else { Line::Plain(clean, heading) }
}

/// Characters of a line without which it cannot be what has them: most lines of a head have none.
#[derive(Debug, Clone, Copy, Default)]
struct Signs {
    /// That of the number of a document: 号.
    number: bool,
    /// That behind a label: a colon.
    label: bool,
    /// One with which a year may begin.
    date: bool,
    /// A space.
    space: bool,
    /// One that ends a sentence.
    stop: bool,
}

impl Signs {
    fn of(line: &str) -> Signs {
        let mut signs = Signs::default();
        for c in line.chars() {
            match c {
                '号' => signs.number = true,
                ':' | '：' => signs.label = true,
                ' ' | '\u{3000}' => signs.space = true,
                '。' | '；' | ';' => signs.stop = true,
                _ => signs.date |= begins_year(c),
            }
        }
        signs
    }
}

/// Whether a line is one of the website's frame.
pub(crate) fn is_frame(words: &HeadWords, line: &str) -> bool {
    let Some(first) = line.chars().next() else { return true };
    let letters = || line.chars().take(LINE_CHARS).filter(|c| !c.is_whitespace());
    let begins = |word: &str| letters().take(word.chars().count()).eq(word.chars());
    // Of hardly any line is even a byte that with which such a word begins.
    let parts = |word: &str| {
        let begun = word.bytes().next().and_then(|first| memchr(first, line.as_bytes()));
        begun.is_some_and(|at| line[at..].contains(word))
    };
    line.starts_with("<!--")
        || !line.chars().any(|c| is_letter(c) || c.is_numeric())
        || words.of(Role::Crumb).any(parts)
        || words.at(Role::Page, first).any(|word| line == word)
        || letters().next().is_some_and(|first| words.at(Role::PageStart, first).any(begins))
}

/// Whether a character is a letter, of which nearly all are Chinese: these are seen to be without looking them up.
fn is_letter(c: char) -> bool {
    matches!(c, '\u{4E00}'..='\u{9FFF}') || c.is_alphabetic()
}

/// The last character of a text that is no space.
fn last(text: &str) -> Option<char> {
    text.chars().rev().find(|c| !c.is_whitespace())
}

/// A text without its spaces.
fn tight(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// Notes the labels of a line that begins with one, or with a date before its labels.
fn read_labels(words: &HeadWords, line: &str, labelled: &mut Labelled) -> bool {
    let line = line.trim_matches(['【', '】', '[', ']', '(', ')', '（', '）']);
    let labels: Vec<(usize, usize, Role)> = colons(line)
        .filter_map(|(colon, c)| {
            let (start, role) = label_before(words, &line[..colon])?;
            Some((start, colon + c.len_utf8(), role))
        })
        .collect();
    let Some(&(first, _, _)) = labels.first() else { return false };
    let before = leading_date(line);
    if first > 0 && before.is_none() {
        return false;
    }
    put(&mut labelled.published, before.map(|(date, _)| date));
    for (i, &(_, value, role)) in labels.iter().enumerate() {
        let end = labels.get(i + 1).map_or(line.len(), |next| next.0);
        labelled.take(words, role, line.get(value..end).unwrap_or_default());
    }
    true
}

/// Where the labels of a text begin (`发布日期:`), and where the last one's value ends: a date, a body,
/// or what stands before the next space.
pub(crate) fn labels(words: &HeadWords, text: &str) -> Option<(usize, usize)> {
    let label = |(colon, c): (usize, char)| {
        Some((label_before(words, &text[..colon])?.0, colon + c.len_utf8()))
    };
    let (first, _) = colons(text).find_map(label)?;
    let (_, value) = colons(text).rev().find_map(label)?;
    let begun = value + (text[value..].len() - text[value..].trim_start().len());
    let said = &text[begun..];
    let word = said.find(char::is_whitespace).unwrap_or(said.len());
    let body = || {
        said.char_indices().map(|(at, _)| at).find(|&at| is_named(words, &said[..at], Role::Body))
    };
    let len = leading_date(said).map(|(_, len)| len).or_else(body).unwrap_or(word);
    Some((first, begun + len.min(word)))
}

/// The colons of a text, and where they stand.
fn colons(text: &str) -> impl DoubleEndedIterator<Item = (usize, char)> {
    text.char_indices().filter(|&(_, c)| c == ':' || c == '：')
}

/// The label that ends where `text` ends, and where it begins. Spaces within it are typesetting:
/// `来　源 ：`.
fn label_before(words: &HeadWords, text: &str) -> Option<(usize, Role)> {
    let found = words.labels(last(text)?).filter_map(|(word, role)| {
        let mut letters = text.char_indices().rev().filter(|(_, c)| !c.is_whitespace());
        let mut start = text.len();
        for expected in word.chars().rev() {
            let (at, found) = letters.next()?;
            if !found.eq_ignore_ascii_case(&expected) {
                return None;
            }
            start = at;
        }
        // 资金来源 is no 来源, but 教育局浏览次数 is 浏览次数 after a value.
        let free = !text[..start].ends_with(char::is_alphabetic);
        (free || word.chars().count() >= 4).then_some((start, role))
    });
    found.min_by_key(|&(start, _)| start)
}

/// A line that is a date, or the occasion on which a report was given.
fn dated(line: &str) -> Option<Line<'_>> {
    let dashes = |c: char| "—─―－-–（(*".contains(c) || c.is_whitespace();
    let (date, end) = leading_date(line.trim_start_matches(dashes))?;
    let rest = &line.trim_start_matches(dashes)[end..];
    let time = |c: char| c.is_ascii_digit() || ":：)） \u{3000}".contains(c);
    if rest.chars().all(time) {
        return Some(Line::Date(date));
    }
    // 2021年9月20日，某市召开…… is the first sentence of the text.
    let tail = rest.trim_end_matches(['）', ')', '*']);
    let occasion = rest.starts_with('在') || line.starts_with(dashes) || tail.ends_with("会议上");
    (occasion && !rest.contains(['，', ',', '。', '；'])).then_some(Line::Occasion(date))
}

/// `2022`, `2022年`.
pub(super) fn year_only(line: &str) -> Option<&str> {
    let digits = line.strip_suffix('年').unwrap_or(line);
    let four = !is_longer(digits, 4) && digits.chars().count() == 4;
    (four && digits.chars().all(is_digit)).then_some(line)
}

/// Whether a text is a name that ends in a word of this role. Those addressed (各市教育局) publish
/// nothing.
fn is_named(words: &HeadWords, text: &str, role: Role) -> bool {
    let ends = |last| words.at(role, last).any(|suffix| text.ends_with(suffix));
    text.chars().next_back().is_some_and(ends)
        && (3..=30).contains(&text.chars().count())
        && text.chars().all(|c| is_letter(c) && !c.is_ascii())
        && !text.starts_with('各')
}

/// The body that a line is wholly the name of, the first of several: `某省教育厅 某省财政厅`. Single
/// characters apart are typesetting: `某 省 教 育 厅`.
fn body_name(words: &HeadWords, line: &str) -> Option<String> {
    let parts = |c: char| c.is_whitespace() || c == '、';
    // Nearly every line ends like no body.
    let last = line.chars().rev().find(|&c| !parts(c))?;
    words.at(Role::Body, last).next()?;
    let mut names = line.split(parts).filter(|n| !n.is_empty());
    if names.clone().all(|name| name.chars().nth(1).is_none()) {
        return Some(tight(line)).filter(|name| is_named(words, name, Role::Body));
    }
    let all = names.clone().all(|name| is_named(words, name, Role::Body));
    names.next().filter(|_| all).map(str::to_owned)
}

/// The name of what can sign beside a date: a body, or a school.
pub(super) fn signer_name(words: &HeadWords, line: &str) -> Option<String> {
    body_name(words, line).or_else(|| is_named(words, line, Role::Signer).then(|| line.to_owned()))
}

/// `某市教育局 2021-09-20`, `（2021年9月20日 某市教育局）`.
fn signed<'t>(words: &HeadWords, line: &'t str) -> Option<Line<'t>> {
    let (at, date) = find_date(line)?;
    let edge = |c: char| "（）()：:".contains(c) || c.is_whitespace();
    let (before, after) = (line[..at.start].trim_matches(edge), line[at.end..].trim_matches(edge));
    let name = if before.is_empty() { after } else { before };
    let time = |c: char| c.is_ascii_digit() || c == ':' || c == '：';
    let whole = before.is_empty() || after.chars().all(time);
    (whole && signer_name(words, name).is_some()).then_some(Line::Signed(name, date))
}

/// `某市教育局文件`, `某 市 教 育 局 文 件`. 市政府文件 is an entry of a menu.
fn letterhead<'t>(words: &HeadWords, line: &'t str) -> Option<Line<'t>> {
    let word = words.at(Role::Letterhead, last(line)?).find(|word| {
        let mut letters = line.chars().rev().filter(|c| !c.is_whitespace());
        word.chars().rev().all(|c| letters.next() == Some(c))
    })?;
    let name = line.trim_end_matches(|c: char| word.contains(c) || c.is_whitespace());
    let body = letterhead_body(words, name)?;
    let menu = body.starts_with(['省', '市', '区', '县', '州', '本']);
    Some(if menu { Line::Frame } else { Line::Letterhead(name) })
}

/// The first body of a letterhead, whose names are set wide: `某市 教育局`.
pub(super) fn letterhead_body(words: &HeadWords, name: &str) -> Option<String> {
    body_name(words, name)
        .or_else(|| Some(tight(name)).filter(|name| is_named(words, name, Role::Body)))
}

/// What stands before the year in brackets of a document number, the year, and what follows them.
fn numbered(text: &str) -> Option<(&str, u16, &str)> {
    let (before, rest) = text.split_once(['〔', '﹝', '[', '［', '【', '（', '('])?;
    let (year, after) = rest.split_once(['〕', '﹞', ']', '］', '】', '）', ')'])?;
    let year = Date::parse(year.trim()).filter(|date| date.month.is_none())?.year;
    YEARS.contains(&year).then_some((before, year, after))
}

/// The year of a line that is a document number, with its class or signer at most:
/// `某教发〔2021〕35号 A类`.
fn document_number(line: &str) -> Option<u16> {
    let inner = line.strip_prefix(['（', '(']).and_then(|line| line.strip_suffix(['）', ')']));
    let (agency, year, after) = numbered(inner.unwrap_or(line))?;
    let serial = after.trim_start().trim_start_matches('第').trim_start();
    let (digits, class) = serial.split_once('号')?;
    let digits = digits.trim_end();
    let whole = agency.chars().all(|c| c.is_alphabetic() || c.is_whitespace())
        && agency.chars().count() <= 20
        && !digits.is_empty()
        && digits.chars().all(|c| c.is_ascii_digit())
        // 〔2021〕35号提案的答复 is a title.
        && (class.is_empty() || class.starts_with(char::is_whitespace))
        && !class.contains(['，', '。', '；']);
    whole.then_some(year)
}

/// `某市人民政府副市长 张三`, `代市长 李 四`. Without the space it could be 市长信箱.
fn is_byline(words: &HeadWords, line: &str) -> bool {
    let line = line.trim_matches(['（', '）', '(', ')']);
    let is_part = |c: char| is_letter(c) && !c.is_ascii() || " \u{3000}、·".contains(c);
    if !line.contains(char::is_whitespace) || !line.chars().all(is_part) {
        return false;
    }
    let end = words.of(Role::Post).filter_map(|post| Some(line.rfind(post)? + post.len())).max();
    let Some(name) = end.map(|end| &line[end..]) else { return false };
    let letters = name.chars().filter(|c| !c.is_whitespace()).count();
    name.starts_with(char::is_whitespace)
        && ((2..=4).contains(&letters) || name.contains('·') && letters <= 15)
}

/// Whether a title cannot end here: after 关于, or within 《.
pub(super) fn goes_on(words: &HeadWords, line: &str) -> bool {
    line.matches('《').count() > line.matches('》').count()
        || words.of(Role::Joins).any(|word| line.ends_with(word))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::Lexicon;

    #[test]
    fn every_role_has_words() {
        let lexicon = Lexicon::built_in();
        for role in Role::ALL {
            assert!(lexicon.head().of(*role).next().is_some(), "{role}");
        }
    }

    #[test]
    fn who_speaks() {
        let lexicon = Lexicon::built_in();
        for byline in
            ["某市人民政府副市长 张三", "某市市长　李 四", "省长 王五", "（代州长 某某·某）"]
        {
            let line = classify(lexicon.head(), byline, &mut Labelled::default());
            assert_eq!(line, Line::Byline, "{byline}");
        }
    }
}
