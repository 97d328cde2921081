//! Title, publisher and publication date from the head of a document.
//!
//! In goes the text, out come the three facts as far as the head states them: in labels
//! (`发布日期: 2021-09-20 发布机构: 某市教育局`), in YAML front matter, in lines of their own, or in
//! the line that says where a report was given (`——2014年1月6日在某市…会议上`). What the head leaves
//! open, the signature says: a body and a date beside each other, at the end of a letter or of the
//! whole text. The words are rows of `lexicon/header.csv`.

use std::ops::Range;
use std::sync::LazyLock;

use crate::codes::codes;
use crate::observation::Header;
use crate::period::Date;
use crate::text::calendar::{YEARS, date_within, find_date, leading_date};

/// Lines with something on them that count as the head: menus of a website included.
const HEAD_LINES: usize = 40;
/// Characters that a title or a label's line may have. Paragraphs are longer.
const LINE_CHARS: usize = 120;
/// Lines with something on them, after the title, that may state date and publisher unlabelled.
const UNDER_TITLE: usize = 4;
/// Lines with something on them, at the end of the text, among which the signature stands.
const SIGNATURE_LINES: usize = 6;
/// Lines that [`head_lines`] yields.
const OPENING_LINES: usize = 12;

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

static WORDS: LazyLock<Vec<(&str, Role)>> = LazyLock::new(|| {
    let rows = include_str!("../lexicon/header.csv").lines().skip(1);
    rows.filter_map(|row| {
        row.split_once(',').and_then(|(word, role)| Some((word, role.parse().ok()?)))
    })
    .collect()
});

fn words(role: Role) -> impl Iterator<Item = &'static str> {
    WORDS.iter().filter(move |row| row.1 == role).map(|row| row.0)
}

/// What the labels say; the first of each kind counts.
#[derive(Debug, Default)]
struct Labelled {
    title: Option<String>,
    publisher: Option<String>,
    source: Option<String>,
    published: Option<Date>,
    issued: Option<Date>,
    numbered: Option<u16>,
}

/// A line of the head.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Line<'t> {
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

/// Reads the head of a document. What it does not state is absent.
///
/// # Examples
/// ```
/// let text = "某市2020年教育工作总结\n发布日期:2021-01-08 来源:某市教育局\n\n2020年，全市……";
/// let header = edustat::text::header::read_header(text);
/// assert_eq!(header.title.as_deref(), Some("某市2020年教育工作总结"));
/// assert_eq!(header.publisher.as_deref(), Some("某市教育局"));
/// assert_eq!(header.published.unwrap().to_string(), "2021-01-08");
/// ```
pub fn read_header(text: &str) -> Header {
    let mut labelled = Labelled::default();
    let (matter, body) = front_matter(text);
    labelled.take_front_matter(matter);
    let nonempty: Vec<&str> = nonempty(body).collect();
    let head = nonempty.iter().take(HEAD_LINES);
    let lines: Vec<Line> = head.map(|line| classify(line, &mut labelled)).collect();

    let place = title_place(&lines).map(|at| title_lines(&lines, at));
    let stated = labelled.title.as_deref().map(without_date);
    // `title: 2002年` in front matter is the name of a folder; the heading below it is the title.
    let stated = stated.filter(|(title, _)| year_only(title).is_none());
    let (title, in_title) = match (stated, &place) {
        (Some((title, date)), _) => (Some(title.to_owned()), date),
        (None, Some(place)) => title_at(&lines, place.clone()),
        (None, None) => (None, None),
    };
    // With the title in a label or in front matter, what stands under it begins the text.
    let (above, under) = match place {
        Some(place) if title.is_some() => (&lines[..place.start], &lines[place.end..]),
        _ => (&lines[..0], &lines[..]),
    };
    let under_title = &under[..under.len().min(UNDER_TITLE)];
    let dated = under_title.iter().chain(above.last()).find_map(|line| line.date());
    let named = under_title.iter().find_map(|line| line.body()).or_else(|| issuer(above));
    let text_begins = lines.len() - under.len();
    let signed = signature(under).or_else(|| last_signature(&nonempty[text_begins..]));
    let (signer, signed_on) = signed.unzip();
    let letterhead = lines.iter().find_map(|line| match line {
        Line::Letterhead(name) => letterhead_body(name),
        _ => None,
    });
    let numbered = lines.iter().find_map(|line| match line {
        Line::Number(year) => Some(*year),
        _ => None,
    });
    let published = labelled.published.or(labelled.issued).or(dated).or(in_title).or(signed_on);
    let publisher = labelled.publisher.or(letterhead).or(labelled.source).or(named).or(signer);
    Header {
        // A single line heads nothing.
        title: title.filter(|_| labelled.title.is_some() || !is_alone(&lines)),
        publisher,
        // The number of a document says in which year it was issued, at least.
        published: published.or(labelled.numbered.or(numbered).map(Date::year)),
    }
}

/// The first lines of a document that have something on them, after its front matter and without
/// the marks of Markdown: where a report says who gives it, and to whom.
///
/// # Examples
/// ```
/// use edustat::text::header::head_lines;
///
/// let text = "---\ntitle: 政府工作报告\n---\n\n**某市市长 张三**\n\n各位代表：";
/// assert_eq!(head_lines(text).collect::<Vec<_>>(), ["某市市长 张三", "各位代表："]);
/// ```
pub fn head_lines(text: &str) -> impl Iterator<Item = &str> {
    nonempty(front_matter(text).1).map(unmarked).take(OPENING_LINES)
}

fn nonempty(text: &str) -> impl Iterator<Item = &str> {
    text.lines().map(str::trim).filter(|line| !line.is_empty())
}

/// A line without the marks of Markdown headings and bold type.
fn unmarked(line: &str) -> &str {
    line.trim_start_matches('#').trim_matches(|c: char| c == '*' || c.is_whitespace())
}

/// `---` front matter, if the text begins with it, and the text after it.
fn front_matter(text: &str) -> (&str, &str) {
    let matter =
        text.trim_start().strip_prefix("---").filter(|rest| rest.starts_with(['\n', '\r']));
    matter.and_then(|rest| rest.split_once("\n---")).unwrap_or(("", text))
}

impl Line<'_> {
    /// The date that the line states.
    fn date(&self) -> Option<Date> {
        match self {
            Line::Date(date) | Line::Occasion(date) | Line::Signed(_, date) => Some(*date),
            _ => None,
        }
    }

    /// The body that the line states, the first if there are several.
    fn body(&self) -> Option<String> {
        match self {
            Line::Body(line) | Line::Signed(line, _) => signer_name(line),
            _ => None,
        }
    }
}

impl Labelled {
    /// Notes the keys of front matter that are labels.
    fn take_front_matter(&mut self, matter: &str) {
        for (key, value) in matter.lines().filter_map(|line| line.split_once(':')) {
            let role = WORDS.iter().find(|(word, role)| *word == key.trim() && is_label(*role));
            if let Some((_, role)) = role {
                self.take(*role, value.trim().trim_matches(['"', '\'']));
            }
        }
    }

    /// Notes a label's value, if it says something.
    fn take(&mut self, role: Role, value: &str) {
        let value = value.trim();
        match role {
            Role::Title => put(
                &mut self.title,
                Some(value).filter(|value| !value.is_empty()).map(str::to_owned),
            ),
            Role::Publisher => put(&mut self.publisher, publisher(value)),
            Role::Source => {
                put(&mut self.source, publisher(value));
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

const fn is_label(role: Role) -> bool {
    match role {
        Role::Published | Role::Issued | Role::Publisher | Role::Source => true,
        Role::Title | Role::Number | Role::Other => true,
        Role::Reprint | Role::Nobody | Role::Body | Role::Signer => false,
        Role::Letterhead | Role::Post | Role::Joins => false,
        Role::Page | Role::PageStart | Role::Crumb => false,
    }
}

/// The name in `转载 长治日报`; an address or 本站 is none.
fn publisher(value: &str) -> Option<String> {
    let mut parts = value.split(|c: char| c.is_whitespace() || "|｜【】[]()（）".contains(c));
    let name = parts.find(|part| !part.is_empty() && !words(Role::Reprint).any(|w| w == *part))?;
    let name = words(Role::Reprint).find_map(|word| name.strip_prefix(word)).unwrap_or(name);
    let name = name.trim_matches([':', '：', '"', '“', '”']);
    let is_address = name.contains("://") || name.starts_with("www.");
    // A name has letters: `2021-11-15` and `--` are what a template leaves.
    let named = name.chars().any(char::is_alphabetic) && leading_date(name).is_none();
    (named && !is_address && !words(Role::Nobody).any(|word| word == name)).then(|| name.to_owned())
}

/// Says what a line is, and notes what its labels say.
fn classify<'t>(line: &'t str, labelled: &mut Labelled) -> Line<'t> {
    let heading = line.starts_with("# ");
    let clean = unmarked(line);
    if is_frame(clean) {
        return Line::Frame;
    }
    if line.chars().count() > LINE_CHARS {
        return Line::Prose;
    }
    if let Some(year) = document_number(clean) {
        return Line::Number(year);
    }
    if read_labels(clean, labelled) {
        return Line::Labels;
    }
    if let Some(line) = signed(clean) {
        return line;
    }
    if let Some(line) = dated(clean) {
        return line;
    }
    if let Some(year) = year_only(clean) {
        return Line::Year(year);
    }
    if let Some(body) = letterhead(clean) {
        return body;
    }
    if body_name(clean).is_some() {
        return Line::Body(clean);
    }
    if is_byline(clean) {
        return Line::Byline;
    }
    let sentence =
        clean.contains(['。', '；', ';']) || clean.ends_with([':', '：', ',', '，', '、']);
    if sentence && !heading { Line::Prose } else { Line::Plain(clean, heading) }
}

fn is_frame(line: &str) -> bool {
    line.is_empty()
        || line.starts_with("<!--")
        || line.chars().all(|c| !c.is_alphanumeric())
        || words(Role::Crumb).any(|word| line.contains(word))
        || words(Role::Page).any(|word| line == word)
        || words(Role::PageStart).any(|word| tight(line).starts_with(word))
}

/// A text without its spaces.
fn tight(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// Notes the labels of a line that begins with one, or with a date before its labels.
fn read_labels(line: &str, labelled: &mut Labelled) -> bool {
    let line = line.trim_matches(['【', '】', '[', ']', '(', ')', '（', '）']);
    let labels: Vec<(usize, usize, Role)> = line
        .char_indices()
        .filter(|&(_, c)| c == ':' || c == '：')
        .filter_map(|(colon, c)| {
            let (start, role) = label_before(&line[..colon])?;
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
        labelled.take(role, line.get(value..end).unwrap_or_default());
    }
    true
}

/// The label that ends where `text` ends, and where it begins. Spaces within it are typesetting:
/// `来　源 ：`.
fn label_before(text: &str) -> Option<(usize, Role)> {
    let labels = WORDS.iter().filter(|row| is_label(row.1));
    let found = labels.filter_map(|&(word, role)| {
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
fn year_only(line: &str) -> Option<&str> {
    let digits = line.strip_suffix('年').unwrap_or(line);
    (digits.len() == 4 && digits.bytes().all(|b| b.is_ascii_digit())).then_some(line)
}

/// Whether a text is a name that ends in a word of this role. Those addressed (各市教育局) publish
/// nothing.
fn is_named(text: &str, role: Role) -> bool {
    (3..=30).contains(&text.chars().count())
        && text.chars().all(|c| c.is_alphabetic() && !c.is_ascii())
        && !text.starts_with('各')
        && words(role).any(|suffix| text.ends_with(suffix))
}

/// The body that a line is wholly the name of, the first of several: `某省教育厅 某省财政厅`. Single
/// characters apart are typesetting: `某 省 教 育 厅`.
fn body_name(line: &str) -> Option<String> {
    let mut names = line.split(|c: char| c.is_whitespace() || c == '、').filter(|n| !n.is_empty());
    if names.clone().all(|name| name.chars().nth(1).is_none()) {
        return Some(tight(line)).filter(|name| is_named(name, Role::Body));
    }
    let all = names.clone().all(|name| is_named(name, Role::Body));
    names.next().filter(|_| all).map(str::to_owned)
}

/// The name of what can sign beside a date: a body, or a school.
fn signer_name(line: &str) -> Option<String> {
    body_name(line).or_else(|| is_named(line, Role::Signer).then(|| line.to_owned()))
}

/// `某市教育局 2021-09-20`, `（2021年9月20日 某市教育局）`.
fn signed(line: &str) -> Option<Line<'_>> {
    let (at, date) = find_date(line)?;
    let edge = |c: char| "（）()：:".contains(c) || c.is_whitespace();
    let (before, after) = (line[..at.start].trim_matches(edge), line[at.end..].trim_matches(edge));
    let name = if before.is_empty() { after } else { before };
    let time = |c: char| c.is_ascii_digit() || c == ':' || c == '：';
    let whole = before.is_empty() || after.chars().all(time);
    (whole && signer_name(name).is_some()).then_some(Line::Signed(name, date))
}

/// `某市教育局文件`, `某 市 教 育 局 文 件`. 市政府文件 is an entry of a menu.
fn letterhead(line: &str) -> Option<Line<'_>> {
    let word = words(Role::Letterhead).find(|word| tight(line).ends_with(word))?;
    let name = line.trim_end_matches(|c: char| word.contains(c) || c.is_whitespace());
    let body = letterhead_body(name)?;
    let menu = body.starts_with(['省', '市', '区', '县', '州', '本']);
    Some(if menu { Line::Frame } else { Line::Letterhead(name) })
}

/// The first body of a letterhead, whose names are set wide: `某市 教育局`.
fn letterhead_body(name: &str) -> Option<String> {
    body_name(name).or_else(|| Some(tight(name)).filter(|name| is_named(name, Role::Body)))
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
fn is_byline(line: &str) -> bool {
    let line = line.trim_matches(['（', '）', '(', ')']);
    let end = words(Role::Post).filter_map(|post| Some(line.rfind(post)? + post.len())).max();
    let Some(name) = end.map(|end| &line[end..]) else { return false };
    let letters = name.chars().filter(|c| !c.is_whitespace()).count();
    name.starts_with(char::is_whitespace)
        && line.chars().all(|c| c.is_alphabetic() && !c.is_ascii() || " \u{3000}、·".contains(c))
        && ((2..=4).contains(&letters) || name.contains('·') && letters <= 15)
}

/// The first of the bodies named directly above the title, the document's number aside.
fn issuer(above: &[Line]) -> Option<String> {
    let issues = |line: &&Line| matches!(line, Line::Body(_) | Line::Signed(..) | Line::Number(_));
    above.iter().rev().take_while(issues).filter_map(Line::body).last()
}

/// The signature with which a text ends; what its labels say is about something else.
fn last_signature(text: &[&str]) -> Option<(String, Date)> {
    let last = &text[text.len().saturating_sub(SIGNATURE_LINES)..];
    let mut ignored = Labelled::default();
    let lines: Vec<Line> = last.iter().map(|line| classify(line, &mut ignored)).collect();
    signature(&lines)
}

/// The first signature: a date, and beside it who signs. Of several bodies the first.
fn signature(lines: &[Line]) -> Option<(String, Date)> {
    let named = |line: &Line| match line {
        Line::Body(line) | Line::Plain(line, _) => signer_name(line),
        _ => None,
    };
    lines.iter().enumerate().find_map(|(i, line)| match line {
        Line::Signed(name, date) => Some((signer_name(name)?, *date)),
        Line::Date(date) => {
            let before = lines[..i].iter().rev().map_while(named).last();
            let name = before.or_else(|| lines.get(i + 1).and_then(named))?;
            Some((name, *date))
        }
        _ => None,
    })
}

/// Which line is the title: a heading, else the line above the labels, else the first that can be.
fn title_place(lines: &[Line]) -> Option<usize> {
    let is_title = |line: &Line| matches!(line, Line::Plain(..) | Line::Body(_));
    if let Some(heading) = lines.iter().position(|line| matches!(line, Line::Plain(_, true))) {
        return Some(heading);
    }
    // A text ends where prose begins: a label further down belongs to something else.
    let prose = lines.iter().position(|line| *line == Line::Prose).unwrap_or(lines.len());
    let head = &lines[..prose];
    if let Some(labels) = head.iter().position(|line| *line == Line::Labels) {
        let above = head[..labels].iter().rposition(is_title);
        let below = || head[labels..].iter().position(is_title).map(|at| labels + at);
        return above.or_else(below);
    }
    let plain = head.iter().position(|line| matches!(line, Line::Plain(..)));
    plain.or_else(|| head.iter().position(is_title))
}

/// The lines of the title, one of which is at `at`: `某市教育局关于` goes on in the next.
fn title_lines(lines: &[Line], at: usize) -> Range<usize> {
    let joined = |above: usize| match (lines.get(above), lines.get(above + 1)) {
        (Some(Line::Plain(line, _)), Some(Line::Plain(..) | Line::Body(_))) => goes_on(line),
        _ => false,
    };
    let mut place = at..at + 1;
    while place.start > 0 && joined(place.start - 1) {
        place.start -= 1;
    }
    while joined(place.end - 1) {
        place.end += 1;
    }
    place
}

/// Whether a title cannot end here: after 关于, or within 《.
fn goes_on(line: &str) -> bool {
    line.matches('《').count() > line.matches('》').count()
        || words(Role::Joins).any(|word| line.ends_with(word))
}

/// The title in its lines, with the year of the line above; and the date in its parenthesis.
fn title_at(lines: &[Line], place: Range<usize>) -> (Option<String>, Option<Date>) {
    let parts = lines[place.clone()].iter().map(|line| match line {
        Line::Plain(line, _) | Line::Body(line) => *line,
        _ => "",
    });
    let whole: String = parts.collect();
    let (title, date) = without_date(&whole);
    let title = match place.start.checked_sub(1).map(|above| lines[above]) {
        Some(Line::Year(year)) if year.ends_with('年') => format!("{year}{title}"),
        Some(Line::Year(year)) => format!("{year} {title}"),
        _ => title.to_owned(),
    };
    (Some(title), date)
}

/// Takes `（2014年1月6日 某某）` off the end of a title.
fn without_date(title: &str) -> (&str, Option<Date>) {
    let inner = title.strip_suffix(['）', ')']);
    let open = inner.and_then(|inner| inner.rfind(['（', '(']));
    let date = open.and_then(|open| Some((open, date_within(&title[open..])?)));
    match date {
        Some((open, date)) => (title[..open].trim_end(), Some(date)),
        None => (title, None),
    }
}

fn is_alone(lines: &[Line]) -> bool {
    lines.iter().filter(|line| !matches!(line, Line::Frame)).count() == 1
        && !matches!(lines, [Line::Plain(_, true)])
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Title, publisher and date, `-` where absent.
    fn read(text: &str) -> [String; 3] {
        let header = read_header(text);
        let shown = |value: Option<String>| value.unwrap_or_else(|| "-".to_owned());
        [
            shown(header.title),
            shown(header.publisher),
            shown(header.published.map(|date| date.to_string())),
        ]
    }

    #[test]
    fn the_seeds_state_what_their_readers_see() {
        let seeds = concat!(env!("CARGO_MANIFEST_DIR"), "/seeds/");
        for (file, expected) in [
            (
                "000_7e88397556dc7ec5.txt",
                ["晋城市“全面建成小康社会”教育专场新闻发布会举行", "晋城市教育局", "2021-09-20"],
            ),
            (
                "001_59e5760f6e21d3dc.txt",
                ["长治市人民政府办公室关于长治市履行教育职责的自评报告", "长治日报", "2021-11-15"],
            ),
            (
                "002_68206341bef72305.txt",
                [
                    "对自治州政协十三届二次会议社会建设类第84号提案的答复",
                    "昌吉州教育局",
                    "2023-08-19",
                ],
            ),
            ("003_197e85d9496f54fc.txt", ["2022 晋中教育十大亮点", "-", "-"]),
            (
                "004_9b437aeb17ed083d.txt",
                ["教育局党组书记、局长在教育工作论坛上的研讨发言2", "-", "-"],
            ),
        ] {
            let text = std::fs::read_to_string(format!("{seeds}{file}")).unwrap();
            assert_eq!(read(&text), expected, "{file}");
        }
    }

    #[test]
    fn labels() {
        let title = "某市教育工作总结";
        for (labels, publisher, published) in [
            ("发布日期: 2021-09-20 发布机构: 某市教育局", "某市教育局", "2021-09-20"),
            ("发布时间：２０２１－０９－２０　来源：某市日报", "某市日报", "2021-09-20"),
            ("来源 :转载 某市日报 访问次数 : 发布时间 :2021/9/20", "某市日报", "2021-09-20"),
            ("【来源：某县教育局浏览次数：12】", "某县教育局", "-"),
            ("来　源：某网 日　期：2021年9月20日", "某网", "2021-09-20"),
            ("2021-09-20 11:20 来源：某市教育局 字号：大 中 小", "某市教育局", "2021-09-20"),
            ("成文日期：2021年9月1日\n发布日期：2021年9月20日", "-", "2021-09-20"),
            ("成文日期：2021年9月1日", "-", "2021-09-01"),
            ("发布机构：某市教育局 来源：某市日报", "某市教育局", "-"),
            ("来源：某县融媒体中心 2021/9/20 编辑：李某", "某县融媒体中心", "2021-09-20"),
            ("来源：某网 2021/9/20 发布时间：2021/9/21", "某网", "2021-09-21"),
            ("发文字号：某教发〔2021〕3号 发布机构：某市教育局", "某市教育局", "2021"),
            ("公开方式：主动公开   成文日期：2021-09-01", "-", "2021-09-01"),
            ("来源：本站 2021-09-20", "-", "2021-09-20"),
            ("来源：本站 发布时间：", "-", "-"),
            ("来源：https://www.example.gov.cn/art/2021/5/30/a.html", "-", "-"),
            ("source: https://www.example.gov.cn/a.html", "-", "-"),
        ] {
            let text = format!("欢迎访问某市教育局网站\n{title}\n{labels}\n\n2020年，全市教育……。");
            assert_eq!(read(&text), [title, publisher, published], "{labels}");
        }
    }

    #[test]
    fn front_matter() {
        let matter = "---\nsource: https://www.example.gov.cn/\ntitle: 某州政府工作报告（2014年1月6日 张三）\n---\n";
        assert_eq!(
            read(&format!("{matter}\n各位代表：\n\n现在，我报告工作。")),
            ["某州政府工作报告", "-", "2014-01-06"]
        );
        let text = "---\ntitle: \"某县教育概况\"\ndate: 2021-09-20\npublisher: 某县教育局\n---\n全县小学12所。";
        assert_eq!(read(text), ["某县教育概况", "某县教育局", "2021-09-20"]);
        let text = "---\ntitle: 2002年\n---\n\n**某国2002年公报**\n\n某国国家统计局\n\n2003年2月28日\n\n2002年，全国……。";
        assert_eq!(read(text), ["某国2002年公报", "某国国家统计局", "2003-02-28"]);
    }

    #[test]
    fn a_report_says_when_it_was_given() {
        for line in [
            "——2014年1月6日在某市第五届人民代表大会第四次会议上",
            "**（2014年1月6日）**",
            "（2014年1月6日在某市第五届人民代表大会第四次会议上）",
            "2014年1月6日在某市第五届人民代表大会",
            "——二〇一四年一月六日在某市第五届人民代表大会上",
            "某市市长 张三\n（2014年1月6日）",
        ] {
            let text = format!("**政府工作报告**\n\n{line}\n\n各位代表：\n\n现在，……。");
            assert_eq!(read(&text), ["政府工作报告", "-", "2014-01-06"], "{line}");
        }
    }

    #[test]
    fn headings_and_years() {
        assert_eq!(read("首页\n# 某县教育概况\n\n全县小学12所。"), ["某县教育概况", "-", "-"]);
        assert_eq!(read("2022\n\n某县十件大事\n\n一是……。"), ["2022 某县十件大事", "-", "-"]);
        assert_eq!(
            read("某县教育局\n关于学位建设的报告\n2021年9月\n县政府："),
            ["关于学位建设的报告", "某县教育局", "2021-09"]
        );
    }

    #[test]
    fn what_states_nothing() {
        for text in [
            "",
            "\n\n",
            "全市小学365所",
            "2021年9月20日，某市召开大会。\n会议在某地举行。",
            "资金来源：财政拨款。\n2021年9月20日起施行。",
            "各位代表：\n现在，我报告工作。",
            "---\n",
        ] {
            assert_eq!(read(text), ["-", "-", "-"], "{text}");
        }
        // A body named far below the title, and a date in the first sentence.
        let text = "某县教育概况\n一\n二\n三\n四\n某县教育局\n2021年9月20日，……。";
        assert_eq!(read(text), ["某县教育概况", "-", "-"]);
    }

    #[test]
    fn the_word_list_is_clean() {
        let rows: Vec<&str> = include_str!("../lexicon/header.csv").lines().skip(1).collect();
        assert!(rows.is_sorted_by(|a, b| a < b), "rows are sorted, none twice");
        assert_eq!(WORDS.len(), rows.len(), "every row has a known role");
        for role in Role::ALL {
            assert!(words(*role).next().is_some(), "{role}");
        }
    }

    #[test]
    fn titles_of_several_lines() {
        for (head, title, publisher) in [
            (
                "某省教育厅 某省统计局 某省财政厅\n关于2020年全省教育经费执行情况的公告",
                "关于2020年全省教育经费执行情况的公告",
                "某省教育厅",
            ),
            (
                "某省教育厅\n某省统计局\n某教通〔2021〕3号\n关于2020年经费的公告",
                "关于2020年经费的公告",
                "某省教育厅",
            ),
            ("某市教育局关于\n2020年教育工作的报告", "某市教育局关于2020年教育工作的报告", "-"),
            ("关于印发《某市2025年\n工作要点》的通知", "关于印发《某市2025年工作要点》的通知", "-"),
        ] {
            for under in ["", "成文日期：2021-12-15\n", "2021年12月15日\n"] {
                let read = read(&format!("{head}\n{under}各位同志：\n\n全县小学12所。"));
                assert_eq!(read[..2], [title, publisher], "{head} {under}");
            }
        }
        let text = "某县2020年教育概况\n一、学前教育\n全县幼儿园12所。";
        assert_eq!(read(text), ["某县2020年教育概况", "-", "-"]);
    }

    #[test]
    fn letterheads_and_numbers() {
        let title = "对某区政协第112号提案的答复";
        for (head, publisher, published) in [
            ("某市某区教育体育局文件\n某教体提〔2021〕35号 A类", "某市某区教育体育局", "2021"),
            ("某 县 教 育 局 文 件\n(某教[2021]35号)", "某县教育局", "2021"),
            (
                "某省教育厅 某省财政厅文件\n某教〔 2021 〕第 3 号   签发人：张三",
                "某省教育厅",
                "2021",
            ),
            ("市政府文件\n某教体提﹝2021﹞35号", "-", "2021"),
            ("某教体提〔2021〕35号", "-", "2021"),
        ] {
            let text = format!("{head}\n\n{title}\n\n李四委员：\n\n全区小学12所。");
            assert_eq!(read(&text), [title, publisher, published], "{head}");
        }
        // A number, and what is none: it names the document that is answered.
        let answer = "某市教育局〔2021〕35号提案的答复";
        assert_eq!(read(&format!("{answer}\n李四委员：\n全市小学12所。")), [answer, "-", "-"]);
        let cited = "某县教育概况\n根据《某通知》（某教发〔2020〕1号）要求，现报告如下。";
        assert_eq!(read(cited), ["某县教育概况", "-", "-"]);
    }

    #[test]
    fn signatures() {
        let title = "某市教育局关于印发《某市2025年工作要点》的通知";
        let letter = "某教发〔2025〕8号\n各县教育局：\n现将要点印发给你们，请落实。";
        let inner = "某市2025年工作要点\n一、学前教育\n全市新建幼儿园8所。";
        for (signature, publisher, published) in [
            ("某市教育局\n2025年3月6日", "某市教育局", "2025-03-06"),
            ("某市教育局\n某市财政局\n2025年3月6日", "某市教育局", "2025-03-06"),
            ("2025年3月6日\n某市教育局", "某市教育局", "2025-03-06"),
            ("某市教育局 2025年3月6日", "某市教育局", "2025-03-06"),
            ("（某市第一中学二○二五年三月六日）", "某市第一中学", "2025-03-06"),
            ("教育部\n2025年3月", "教育部", "2025-03"),
            ("2025年3月6日", "-", "2025"),
        ] {
            let text = format!("{title}\n{letter}\n{letter}\n{signature}\n\n{inner}");
            assert_eq!(read(&text), [title, publisher, published], "{signature}");
            let body = "全市新建幼儿园8所。\n".repeat(60);
            let text = format!("{title}\n{letter}\n{body}\n{signature}\n联系人：李四");
            assert_eq!(read(&text), [title, publisher, published], "at the end: {signature}");
        }
    }

    #[test]
    fn no_signature() {
        let body = "全市新建幼儿园8所。\n".repeat(60);
        for end in
            ["某市教育局\n202155", "某市教育局", "2021年7月12日", "各县教育局\n2021年7月12日"]
        {
            let text = format!("某市教育概况\n\n{body}{end}");
            assert_eq!(read(&text), ["某市教育概况", "-", "-"], "{end}");
        }
        // What the head states, the end does not change.
        let head = "某市教育概况\n来源：某市日报 发布时间：2021-09-20";
        let text = format!("{head}\n\n{body}某市教育局\n2021年7月12日");
        assert_eq!(read(&text), ["某市教育概况", "某市日报", "2021-09-20"]);
    }

    #[test]
    fn who_speaks_is_no_title() {
        for byline in
            ["某市人民政府副市长 张三", "某市市长　李 四", "省长 王五", "（代州长 某某·某）"]
        {
            assert!(matches!(classify(byline, &mut Labelled::default()), Line::Byline), "{byline}");
            let text =
                format!("在全市教育会议上的讲话\n{byline}\n(二○○八年三月十八日)\n\n同志们：");
            assert_eq!(read(&text), ["在全市教育会议上的讲话", "-", "2008-03-18"], "{byline}");
            let text = format!("在全市教育会议上的讲话\n{byline}\n来源：某网\n\n同志们：");
            assert_eq!(read(&text)[0], "在全市教育会议上的讲话", "{byline}");
        }
        for title in ["市长办公会议纪要", "某局局长信箱", "中小学校长 教师交流情况报告"]
        {
            assert_eq!(read(&format!("{title}\n同志们：\n会议……。"))[0], title);
        }
    }

    #[test]
    fn the_lines_of_the_head() {
        let text = "---\ntitle: 2023年政府工作报告\n---\n\n**——2023年2月13日在某市人民代表大会上**\n\n\
                    # 各位代表：\n";
        let lines: Vec<&str> = head_lines(text).collect();
        assert_eq!(lines, ["——2023年2月13日在某市人民代表大会上", "各位代表："]);
        assert_eq!(head_lines(&"某\n".repeat(50)).count(), OPENING_LINES);
        assert_eq!(head_lines("\n\n").count(), 0);
    }
}
