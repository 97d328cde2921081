//! Title, publisher and publication date from the head of a document.
//!
//! In goes the text, out come the three facts as far as the head states them: in labels
//! (`发布日期: 2021-09-20 发布机构: 某市教育局`), in YAML front matter, in lines of their own, or in
//! the line that says where a report was given (`——2014年1月6日在某市…会议上`). What the head leaves
//! open, the signature says: a body and a date beside each other, at the end of a letter or of the
//! whole text. What each line is, `head_line.rs` says.

use std::borrow::Cow;
use std::ops::Range;

use memchr::memchr2;

use crate::observation::Header;
use crate::period::Date;
use crate::text::bytes::{count, is_longer};
use crate::text::calendar::date_within;
use crate::text::flow::Flow;
use crate::text::head_line::{
    HeadWords, LINE_CHARS, Labelled, Line, classify, goes_on, is_frame, letterhead_body,
    signer_name, unmarked, year_only,
};
use crate::text::lines::{self, lines};
use crate::text::span::Span;

/// Lines with something on them that count as the head: menus of a website included.
const HEAD_LINES: usize = 40;
/// A line of more bytes is a paragraph, unless nearly all of it are gaps.
const PARAGRAPH: usize = 4 * LINE_CHARS;
/// So many paragraphs, one behind the other, are the text itself.
const PARAGRAPHS: usize = 4;
/// Lines with something on them, after the title, that may state date and publisher unlabelled.
const UNDER_TITLE: usize = 4;
/// Lines with something on them, at the end of the text, among which the signature stands.
const SIGNATURE_LINES: usize = 6;

/// Reads the head of a document by the words of `header.csv`. What it does not state is absent.
///
/// # Examples
/// ```
/// let text = "某市2020年教育工作总结\n发布日期:2021-01-08 来源:某市教育局\n\n2020年，全市……";
/// let lexicon = edustat::lexicon::Lexicon::built_in();
/// let header = edustat::text::header::read_header(lexicon.head(), text);
/// assert_eq!(header.title.as_deref(), Some("某市2020年教育工作总结"));
/// assert_eq!(header.publisher.as_deref(), Some("某市教育局"));
/// assert_eq!(header.published.unwrap().to_string(), "2021-01-08");
/// ```
pub fn read_header(words: &HeadWords, text: &str) -> Header {
    header_of(words, text, &lines(words, text))
}

/// Reads the head of a document from its lines, as [`lines`](super::lines::lines) gives them.
pub fn header_of(words: &HeadWords, text: &str, lines: &[lines::Line]) -> Header {
    let mut labelled = Labelled::default();
    let (matter, body) = front_matter(text);
    labelled.take_front_matter(words, matter);
    let begins = text.len() - body.len();
    let body = &lines[lines.partition_point(|line| line.span.start < begins)..];
    // Nobody looks for a header in the middle of a text.
    let (head, end) = body.split_at(head_lines(body));
    let end = &end[end.len().saturating_sub(SIGNATURE_LINES)..];
    let plain = |line: &lines::Line| (!is_paragraph(text, *line)).then(|| begun(text, *line));
    let plain: Vec<Option<Cow<str>>> = head.iter().chain(end).map(plain).collect();
    // What labels say at the end is about something else.
    let mut ignored = Labelled::default();
    let mut all: Vec<Line> = Vec::with_capacity(plain.len());
    let mut prose = false;
    for (at, (line, plain)) in head.iter().chain(end).zip(&plain).enumerate() {
        let labelled = if at < HEAD_LINES { &mut labelled } else { &mut ignored };
        all.push(match plain {
            Some(plain) => classify(words, plain, labelled),
            // Where prose has begun, nobody asks what else is of the website's frame.
            None if !prose && is_frame(words, unmarked(&begun(text, *line))) => Line::Frame,
            None => Line::Prose,
        });
        prose |= all.last() == Some(&Line::Prose);
    }
    let lines = &all[..all.len().min(HEAD_LINES)];

    let place = title_place(lines).map(|at| title_lines(words, lines, at));
    let stated = labelled.title.as_deref().map(without_date);
    // `title: 2002年` in front matter is the name of a folder; the heading below it is the title.
    let stated = stated.filter(|(title, _)| year_only(title).is_none());
    let (title, in_title) = match (stated, &place) {
        (Some((title, date)), _) => (Some(title.to_owned()), date),
        (None, Some(place)) => title_at(lines, place.clone()),
        (None, None) => (None, None),
    };
    // With the title in a label or in front matter, what stands under it begins the text.
    let (above, under) = match place {
        Some(place) if title.is_some() => (&lines[..place.start], &lines[place.end..]),
        _ => (&lines[..0], lines),
    };
    let under_title = &under[..under.len().min(UNDER_TITLE)];
    let dated = under_title.iter().chain(above.last()).find_map(|line| line.date());
    let named =
        under_title.iter().find_map(|line| line.body(words)).or_else(|| issuer(words, above));
    let text_begins = lines.len() - under.len();
    let signed = signature(words, under).or_else(|| {
        let last = text_begins.max(all.len().saturating_sub(SIGNATURE_LINES));
        signature(words, &all[last..])
    });
    let (signer, signed_on) = signed.unzip();
    let letterhead = lines.iter().find_map(|line| match line {
        Line::Letterhead(name) => letterhead_body(words, name),
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
        title: title.filter(|_| labelled.title.is_some() || !is_alone(lines)),
        publisher,
        // The number of a document says in which year it was issued, at least.
        published: published.or(labelled.numbered.or(numbered).map(Date::year)),
    }
}

/// How many lines may be of the head: so many at most, and none behind several paragraphs.
fn head_lines(lines: &[lines::Line]) -> usize {
    let mut paragraphs = 0;
    let begun = lines.iter().take(HEAD_LINES).position(|line| {
        paragraphs = if line.span.end - line.span.start > PARAGRAPH { paragraphs + 1 } else { 0 };
        paragraphs == PARAGRAPHS
    });
    begun.unwrap_or(lines.len().min(HEAD_LINES))
}

/// Whether a line is seen to be too long for a head without being read.
fn is_paragraph(text: &str, line: lines::Line) -> bool {
    let line_text = line.of(text);
    let begun = &line_text.as_bytes()[..line_text.len().min(2 * PARAGRAPH)];
    // A Chinese character sets nothing, but for those of a page number between two lines.
    let letters = || count(begun, |byte| matches!(byte, 0xE4..=0xE9));
    is_longer(&line_text[..line.quiet], LINE_CHARS)
        || begun.len() > 3 * LINE_CHARS
            && memchr2(b'\n', b'\r', begun).is_none()
            && letters() > LINE_CHARS
}

/// A line without its settings; of one that is too long for a head only its beginning.
fn begun(text: &str, line: lines::Line) -> Cow<'_, str> {
    let Span { start, end } = line.span;
    if end - start > PARAGRAPH {
        let end = (start + PARAGRAPH..end).find(|&end| text.is_char_boundary(end)).unwrap_or(end);
        let quiet = line.quiet.min(end - start);
        let begun = Flow::line(text, lines::Line { span: Span::new(start, end), quiet, ..line });
        if is_longer(&begun, LINE_CHARS) {
            return begun;
        }
    }
    Flow::line(text, line)
}

/// `---` front matter, if the text begins with it, and the text after it.
fn front_matter(text: &str) -> (&str, &str) {
    let matter =
        text.trim_start().strip_prefix("---").filter(|rest| rest.starts_with(['\n', '\r']));
    matter.and_then(|rest| rest.split_once("\n---")).unwrap_or(("", text))
}

/// The first of the bodies named directly above the title, the document's number aside.
fn issuer(words: &HeadWords, above: &[Line]) -> Option<String> {
    let issues = |line: &&Line| matches!(line, Line::Body(_) | Line::Signed(..) | Line::Number(_));
    above.iter().rev().take_while(issues).filter_map(|line| line.body(words)).last()
}

/// The first signature: a date, and beside it who signs. Of several bodies the first.
fn signature(words: &HeadWords, lines: &[Line]) -> Option<(String, Date)> {
    let named = |line: &Line| match line {
        Line::Body(line) | Line::Plain(line, _) => signer_name(words, line),
        _ => None,
    };
    lines.iter().enumerate().find_map(|(i, line)| match line {
        Line::Signed(name, date) => Some((signer_name(words, name)?, *date)),
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
fn title_lines(words: &HeadWords, lines: &[Line], at: usize) -> Range<usize> {
    let joined = |above: usize| match (lines.get(above), lines.get(above + 1)) {
        (Some(Line::Plain(line, _)), Some(Line::Plain(..) | Line::Body(_))) => goes_on(words, line),
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
    use crate::lexicon::Lexicon;

    static LEXICON: Lexicon = Lexicon::built_in();

    /// Title, publisher and date, `-` where absent.
    fn read(text: &str) -> [String; 3] {
        let header = read_header(LEXICON.head(), text);
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
}
