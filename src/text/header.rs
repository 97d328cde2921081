//! Title, publisher and publication date from the head of a document.
//!
//! In goes the text, out come the three facts as far as the head states them: in labels
//! (`发布日期: 2021-09-20 发布机构: 某市教育局`), in YAML front matter, in lines of their own, or in
//! the line that says where a report was given (`——2014年1月6日在某市…会议上`). The words are rows of
//! `lexicon/header.csv`; nothing below the head is searched.

use std::sync::LazyLock;

use crate::codes::codes;
use crate::observation::Header;
use crate::period::Date;

/// Lines with something on them that count as the head: menus of a website included.
const HEAD_LINES: usize = 40;
/// Characters that a title or a label's line may have. Paragraphs are longer.
const LINE_CHARS: usize = 120;
/// Years that a document of the People's Republic can be dated.
const YEARS: std::ops::RangeInclusive<u16> = 1949..=2100;
/// Lines with something on them, after the title, that may state date and publisher unlabelled.
const UNDER_TITLE: usize = 4;

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
        /// Label of something else: it ends the value before it.
        Other = "other",
        /// Stands before the source a text is taken from.
        Reprint = "reprint",
        /// Names no publisher.
        Nobody = "nobody",
        /// Ends the name of an official body.
        Body = "body",
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
    /// Nothing but the name of an official body.
    Body(&'t str),
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
    let body = front_matter(text, &mut labelled);
    let nonempty = body.lines().map(str::trim).filter(|line| !line.is_empty());
    let lines: Vec<Line> =
        nonempty.take(HEAD_LINES).map(|line| classify(line, &mut labelled)).collect();

    let place = title_place(&lines);
    let stated = labelled.title.as_deref().map(without_date);
    // `title: 2002年` in front matter is the name of a folder; the heading below it is the title.
    let stated = stated.filter(|(title, _)| year_only(title).is_none());
    let (title, in_title) = match (stated, place) {
        (Some((title, date)), _) => (Some(title.to_owned()), date),
        (None, Some(at)) => title_at(&lines, at),
        (None, None) => (None, None),
    };
    // With the title in a label or in front matter, what stands under it begins the text.
    let under = match place {
        Some(at) if title.is_some() => &lines[at + 1..],
        _ => &lines[..],
    };
    let under = &under[..under.len().min(UNDER_TITLE)];
    let above = place.and_then(|at| lines.get(at.checked_sub(1)?));
    let near = || under.iter().chain(above);
    let dated = near().find_map(|line| match line {
        Line::Date(date) | Line::Occasion(date) => Some(*date),
        _ => None,
    });
    let signed = || {
        near().find_map(|line| match line {
            Line::Body(name) => Some((*name).to_owned()),
            _ => None,
        })
    };
    Header {
        // A single line heads nothing.
        title: title.filter(|_| labelled.title.is_some() || !is_alone(&lines)),
        publisher: labelled.publisher.or(labelled.source).or_else(signed),
        published: labelled.published.or(labelled.issued).or(dated).or(in_title),
    }
}

/// Reads `---` front matter, if the text begins with it; the text after it.
fn front_matter<'t>(text: &'t str, labelled: &mut Labelled) -> &'t str {
    let Some(rest) = text.trim_start().strip_prefix("---") else { return text };
    let Some((matter, body)) = rest.split_once("\n---") else { return text };
    if !rest.starts_with(['\n', '\r']) {
        return text;
    }
    for line in matter.lines() {
        let Some((key, value)) = line.split_once(':') else { continue };
        let role = WORDS.iter().find(|(word, role)| *word == key.trim() && is_label(*role));
        if let Some((_, role)) = role {
            let value = value.trim().trim_matches(['"', '\'']);
            labelled.take(*role, value);
        }
    }
    body
}

impl Labelled {
    /// Notes a label's value, if it says something.
    fn take(&mut self, role: Role, value: &str) {
        let value = value.trim();
        match role {
            Role::Title => put(
                &mut self.title,
                Some(value).filter(|value| !value.is_empty()).map(str::to_owned),
            ),
            Role::Publisher => put(&mut self.publisher, publisher(value)),
            Role::Source => put(&mut self.source, publisher(value)),
            Role::Published => put(&mut self.published, date_within(value)),
            Role::Issued => put(&mut self.issued, date_within(value)),
            Role::Other | Role::Reprint | Role::Nobody | Role::Body => {}
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
        Role::Title | Role::Other => true,
        Role::Reprint | Role::Nobody | Role::Body => false,
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
    let clean = line.trim_start_matches('#').trim_matches(|c: char| c == '*' || c.is_whitespace());
    if is_frame(clean) {
        return Line::Frame;
    }
    if line.chars().count() > LINE_CHARS {
        return Line::Prose;
    }
    if read_labels(clean, labelled) {
        return Line::Labels;
    }
    if let Some(line) = dated(clean) {
        return line;
    }
    if let Some(year) = year_only(clean) {
        return Line::Year(year);
    }
    if is_body(clean) {
        return Line::Body(clean);
    }
    let sentence =
        clean.contains(['。', '；', ';']) || clean.ends_with([':', '：', ',', '，', '、']);
    if sentence && !heading { Line::Prose } else { Line::Plain(clean, heading) }
}

fn is_frame(line: &str) -> bool {
    let tight = || line.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    line.is_empty()
        || line.starts_with("<!--")
        || line.chars().all(|c| !c.is_alphanumeric())
        || words(Role::Crumb).any(|word| line.contains(word))
        || words(Role::Page).any(|word| line == word)
        || words(Role::PageStart).any(|word| tight().starts_with(word))
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

/// Whether a line is wholly the name of a body. Those addressed (各市教育局) publish nothing.
fn is_body(line: &str) -> bool {
    (4..=30).contains(&line.chars().count())
        && line.chars().all(|c| c.is_alphabetic() && !c.is_ascii())
        && !line.starts_with('各')
        && words(Role::Body).any(|suffix| line.ends_with(suffix))
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

/// The title at its place, with the year of the line above; and the date in its parenthesis.
fn title_at(lines: &[Line], at: usize) -> (Option<String>, Option<Date>) {
    let (Line::Plain(line, _) | Line::Body(line)) = lines[at] else { return (None, None) };
    let (title, date) = without_date(line);
    let title = match at.checked_sub(1).map(|above| lines[above]) {
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

/// The date with which a text begins (`2021-09-20`, `2021/9/20`, `２０２１年９月２０日`,
/// `二〇二一年九月二十日`, `2021年9月`), and the byte after it. A bare year is none.
fn leading_date(text: &str) -> Option<(Date, usize)> {
    let mut rest = text;
    let year = number(&mut rest, 4)?;
    if !YEARS.contains(&year) {
        return None;
    }
    let mark = separator(&mut rest, &['年', '-', '/', '.', '－', '／', '．'])?;
    let month = u8::try_from(number(&mut rest, 2)?).ok()?;
    let closing = if mark == '年' { '月' } else { mark };
    let after_month = separator(&mut rest, &[closing]).map(|_| rest);
    let date = match (after_month, number(&mut rest, 2)) {
        (Some(_), Some(day)) => {
            separator(&mut rest, &['日', '号']);
            Date::parse(&format!("{year:04}-{month:02}-{day:02}"))?
        }
        (Some(month_only), None) if mark == '年' => {
            rest = month_only;
            Date::parse(&format!("{year:04}-{month:02}"))?
        }
        _ => return None,
    };
    Some((date, text.len() - rest.len()))
}

/// The first date that stands anywhere in a text.
fn date_within(text: &str) -> Option<Date> {
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        // 12021-09-20 is a number of something else.
        if digit(before).is_none()
            && digit(c).is_some()
            && let Some((date, _)) = leading_date(&text[at..])
        {
            return Some(date);
        }
        before = c;
    }
    None
}

/// The value of a digit, however it is written; 十 is none.
fn digit(c: char) -> Option<u16> {
    const HAN: &str = "零一二三四五六七八九";
    match c {
        '0'..='9' => Some(c as u16 - '0' as u16),
        '０'..='９' => Some(c as u16 - '０' as u16),
        '〇' | '○' | 'Ｏ' | 'O' => Some(0),
        _ => HAN.chars().position(|han| han == c).map(|value| value as u16),
    }
}

/// Takes a number of at most `most` digits off the front, 十 and 二十一 included; a year has all
/// its digits.
fn number(rest: &mut &str, most: usize) -> Option<u16> {
    let text = rest.trim_start();
    let mut digits = 0;
    let mut value = 0;
    let mut end = 0;
    for (at, c) in text.char_indices() {
        match digit(c) {
            Some(_) if digits == most => return None,
            Some(digit) => {
                value = value * 10 + digit;
                digits += 1;
            }
            None if c == '十' && most == 2 => {
                // 十 is 1 in the tens; followed by no digit it closes with a zero.
                let unit = text[at + c.len_utf8()..].chars().next().and_then(digit);
                value = value.max(1) * if unit.is_some() { 1 } else { 10 };
                digits = 1;
            }
            None => break,
        }
        end = at + c.len_utf8();
    }
    if end == 0 || most == 4 && digits < 4 {
        return None;
    }
    *rest = &text[end..];
    Some(value)
}

/// Takes one of `marks` off the front, with space around it.
fn separator(rest: &mut &str, marks: &[char]) -> Option<char> {
    let text = rest.trim_start();
    let mark = text.chars().next().filter(|c| marks.contains(c))?;
    *rest = &text[mark.len_utf8()..];
    Some(mark)
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
            ("来源：本站 发布时间：", "-", "-"),
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
    fn every_way_of_writing_a_day() {
        for text in [
            "2021-09-20",
            "2021/9/20",
            "2021.09.20",
            "2021年9月20日",
            "2021 年 9 月 20 日",
            "２０２１－０９－２０",
            "二〇二一年九月二十日",
            "二○二一年九月20号",
        ] {
            assert_eq!(leading_date(text), Some((Date::day(2021, 9, 20), text.len())), "{text}");
        }
        for (text, month, day) in
            [("十月十日", 10, 10), ("十二月三十一日", 12, 31), ("一月十一日", 1, 11)]
        {
            let text = format!("于二〇二〇年{text}起");
            assert_eq!(date_within(&text), Some(Date::day(2020, month, day)), "{text}");
        }
        assert_eq!(leading_date("2021年9月印发"), Some((Date::month(2021, 9), 11)));
    }

    #[test]
    fn no_date() {
        for text in [
            "2021年",
            "2021-13-01",
            "2021-02-30",
            "12021-09-20",
            "2020-2021学年",
            "3.14",
            "2021年9",
            "",
        ] {
            assert_eq!(date_within(text), None, "{text}");
        }
    }
}
