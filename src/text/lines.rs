//! Text to lines as their writer meant them: a line end that only wraps a line ends nothing.
//!
//! Scans, mail and printed pages break every line at one width: `…在校学生4657.8⏎2万人。` is one line. No
//! mark says so; the layout of the file does. When the lines that fill one width keep breaking off
//! inside a sentence, a line that had no room for what the next begins with goes on there. In other
//! files a line end is joined only where it stands inside a number.

use memchr::{memchr2, memchr2_iter};

use super::calendar::YEARS;
use super::columns;
use super::head_line::HeadWords;
use super::quiet::quiet;
use super::script::{is_digit, is_han, is_numeral};
use super::span::Span;
use super::tables::is_piped;
use super::token::Mark;
use super::unbroken;
use super::width::{Count, Width};
use crate::lexicon::fold;

/// Lines narrower than this are verse, menus or lists, in characters.
const NARROWEST: usize = 16;
/// Wider than this, a line is a paragraph and no printed line, in characters.
const WIDEST: usize = 90;
/// More bytes than any printed line has.
const PARAGRAPH: usize = 8 * WIDEST;
/// Bytes that a line has at least, on average, in most texts.
const LINE: usize = 128;
/// One line in so many may be wider than the measure: an address, a heading.
const OUTLIERS: usize = 20;
/// So many lines must nearly fill the measure of a ragged text.
const RAGGED: usize = 6;
/// One line in so many must fill the measure.
const FULL: usize = 4;

/// A line as its writer meant it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line {
    /// Where it stands.
    pub span: Span,
    /// Bytes from its beginning that are read as they stand: neither space nor tab nor pipe nor anything else that
    /// may only set it.
    pub quiet: usize,
    /// Whether a tab or a pipe stands in it, as in a row of a table.
    pub parted: bool,
}

impl Line {
    /// The line that stands here.
    pub fn new(text: &str, span: Span) -> Line {
        let line = span.of(text);
        let quiet = quiet(line.as_bytes());
        let rest = &line[quiet..];
        let parted = !rest.is_empty()
            && (memchr2(b'\t', b'|', rest.as_bytes()).is_some() || rest.contains("｜"));
        Line { span, quiet, parted }
    }

    /// The part of `text` that this line is.
    pub fn of(self, text: &str) -> &str {
        self.span.of(text)
    }

    /// Whether all of it is read as it stands: it is a line of running text or a cell, and no row.
    pub fn is_quiet(self) -> bool {
        self.quiet == self.span.end - self.span.start
    }

    /// Whether it is a row of a table that is drawn with spaces or tabs.
    pub fn is_row(self, text: &str) -> bool {
        !self.is_quiet() && columns::is_row(self.of(text), self.parted)
    }
}

/// The lines of a text, in order, without blank ones and margins. A line that was wrapped holds the
/// line ends that wrap it. `words` are the labels of a head, before which a line begins.
///
/// # Examples
/// ```
/// use edustat::lexicon::Lexicon;
/// use edustat::text::lines::lines;
///
/// let lexicon = Lexicon::built_in();
/// let text = "全国普通小学在校学生4657.8\n2万人。\n\n比上年增加。";
/// let lines: Vec<&str> = lines(lexicon.head(), text).into_iter().map(|line| line.of(text)).collect();
/// assert_eq!(lines, ["全国普通小学在校学生4657.8\n2万人。", "比上年增加。"]);
/// ```
pub fn lines(words: &HeadWords, text: &str) -> Vec<Line> {
    let printed = printed(text);
    if let [first, ..] = printed.as_slice()
        && let [.., last] = printed.as_slice()
        && let article = first.line.span.to(last.line.span)
        && let Some(lines) = unbroken::lines(words, text, article)
    {
        return lines.into_iter().map(|line| Line::new(text, line)).collect();
    }
    let measure = Measure::of(text, &printed);
    let mut lines: Vec<Line> = Vec::with_capacity(printed.len());
    for (i, line) in printed.iter().enumerate() {
        let goes_on = i > 0 && goes_on(text, printed[i - 1], *line, measure);
        match lines.last_mut().filter(|_| goes_on) {
            // At its line end it is quiet no more.
            Some(last) => {
                last.span.end = line.line.span.end;
                last.parted |= line.line.parted;
            }
            None => lines.push(line.line),
        }
    }
    lines
}

/// A line of the file that has something on it.
#[derive(Debug, Clone, Copy)]
struct Printed {
    /// Without its margins.
    line: Line,
    /// With the margin on its left, which is a part of its width.
    full: Span,
    /// Whether it is set in from the left, as the first line of a paragraph is.
    indented: bool,
    /// Whether a blank line stands above.
    apart: bool,
    /// Whether it is no running text: a row of a table, a heading of Markdown.
    set: bool,
}

fn printed(text: &str) -> Vec<Printed> {
    let mut lines = Vec::with_capacity(text.len() / LINE);
    let (mut at, mut apart, mut carriage) = (0, false, false);
    let ends = memchr2_iter(b'\n', b'\r', text.as_bytes()).map(|end| end + 1);
    for end in ends.chain([text.len()]) {
        let line = &text[at..end];
        let begun = line.trim_start();
        let margin = line.len() - begun.len();
        let content = begun.trim_end();
        if !content.is_empty() {
            if is_page_number(content) {
                at = end;
                continue;
            }
            let span = Span::new(at + margin, at + margin + content.len());
            let full = Span::new(at, span.end);
            let line = Line::new(text, span);
            let set = is_set(text, line);
            lines.push(Printed { line, full, indented: margin > 0, apart, set });
        }
        // Between \r and \n there is no blank line.
        let pair = carriage && line == "\n";
        apart = content.is_empty() && (apart || !pair);
        carriage = line.as_bytes().last() == Some(&b'\r');
        at = end;
    }
    lines
}

/// How wide the lines of a wrapped text are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Measure {
    count: Count,
    /// What a line has room for.
    width: usize,
    /// Whether lines end short of it as they happen to: a page whose letters differ in width.
    ragged: bool,
}

impl Measure {
    /// The measure to which a text was wrapped, if it was.
    fn of(text: &str, lines: &[Printed]) -> Option<Measure> {
        let running = || lines.iter().filter(|line| !line.set).map(|line| line.full);
        // Most texts have a paragraph on a line; no width has to be found.
        let paragraphs = running().filter(|line| line.end - line.start > PARAGRAPH).count();
        if paragraphs > running().count() / OUTLIERS {
            return None;
        }
        let running: Vec<&str> = running().map(|line| line.of(text)).collect();
        let widths = hanging_widths(&running);
        let measure = |count: Count| {
            let width = measured(&widths, count)?;
            let even = Measure { count, width, ragged: false };
            Some((even.full_lines(&running)?, even))
        };
        // Whatever was counted when the text was wrapped, in it the most lines are full.
        let even = Count::ALL.into_iter().filter_map(measure).max_by_key(|(full, _)| *full);
        let ragged = Measure::ragged(&running, &widths);
        match (even, ragged) {
            // Of ragged lines a few always happen to be full.
            (Some((full, _)), Some((open, ragged))) if open * 2 > full * 3 => Some(ragged),
            (Some((_, even)), _) => Some(even),
            (None, ragged) => ragged.map(|(_, ragged)| ragged),
        }
    }

    /// The measure of a text whose lines end short of it as they happen to, and how many of them break
    /// off inside a sentence.
    fn ragged(lines: &[&str], widths: &[Width]) -> Option<(usize, Measure)> {
        let count = Count::NarrowColumns;
        let width = measured(widths, count)?;
        let measure = Measure { count, width, ragged: true };
        // More is asked than of even lines: most are nearly full and break off inside a sentence.
        if !(2 * NARROWEST..=WIDEST).contains(&width) {
            return None;
        }
        let nearly = lines.iter().filter(|line| measure.is_nearly_full(line)).count();
        let open = lines.windows(2).filter(|pair| measure.is_full(pair[0], pair[1])).count();
        (nearly >= RAGGED && nearly * 5 >= lines.len() * 3 && open * 10 >= nearly * 7)
            .then_some((open, measure))
    }

    /// How many lines fill the measure, if they are many and most break off inside a sentence.
    fn full_lines(self, lines: &[&str]) -> Option<usize> {
        let unit = if self.count == Count::Characters { 1 } else { 2 };
        if !(NARROWEST * unit..=WIDEST * unit).contains(&self.width) {
            return None;
        }
        let full = || lines.windows(2).filter(|pair| self.is_full(pair[0], pair[1]));
        let open = || full().map(|pair| pair[0]).filter(|line| !ends_sentence(line));
        // …65所, …55所, …45所: a list ends its lines alike.
        let last = |line: &str| line.chars().next_back();
        let first = open().next().and_then(last);
        let alike = open().filter(|line| last(line) == first).count();
        let (full, open) = (full().count(), open().count());
        let kept = full >= 2 && full * FULL >= lines.len() && open * 2 > full;
        (kept && (open < 2 || alike < open)).then_some(full)
    }

    /// Whether a line had no room for what the next one begins with.
    fn is_full(self, line: &str, next: &str) -> bool {
        if self.ragged {
            return self.is_nearly_full(line) && !ends_sentence(line);
        }
        self.width_of(line) + self.width_of(unbreakable(next)) > self.width
    }

    /// Whether a line fills four fifths of the measure.
    fn is_nearly_full(self, line: &str) -> bool {
        self.width_of(line) * 5 >= self.width * 4
    }

    fn width_of(self, line: &str) -> usize {
        Width::of(line).by(self.count)
    }
}

/// The widths of lines, each without the mark that may hang over its end.
fn hanging_widths(lines: &[&str]) -> Vec<Width> {
    let closing = |c: char| {
        matches!(Mark::of(c), Some(Mark::Stop | Mark::Comma | Mark::ListComma | Mark::Semicolon))
    };
    lines.iter().map(|line| Width::of(line.strip_suffix(closing).unwrap_or(line))).collect()
}

/// The width that a line has room for: that of the widest, but for a few.
fn measured(widths: &[Width], count: Count) -> Option<usize> {
    let widest = widths.len().checked_sub(1 + widths.len() / OUTLIERS)?;
    let mut widths: Vec<usize> = widths.iter().map(|width| width.by(count)).collect();
    Some(*widths.select_nth_unstable(widest).1)
}

/// Whether a line is the number of a page: — 3 —, -3-, 第3页.
pub(super) fn is_page_number(line: &str) -> bool {
    const DIGITS: usize = 4;
    // Nearly every line begins otherwise.
    if line.starts_with(|c| is_han(c) && c != '第') {
        return false;
    }
    let dash = |c: char| Mark::of(c) == Some(Mark::Dash) || c.is_whitespace();
    let between = line.strip_prefix(dash).and_then(|line| line.strip_suffix(dash));
    let page = line.strip_prefix('第').and_then(|line| line.strip_suffix('页'));
    let number = between.or(page).map(|number| number.trim_matches(dash));
    number.is_some_and(|number| {
        (1..=DIGITS).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_digit())
    })
}

/// Whether a line is no running text: a row of a table, a heading of Markdown.
fn is_set(text: &str, line: Line) -> bool {
    line.of(text).starts_with('#') || is_piped(text, line) || line.is_row(text)
}

/// What a line end may not divide: a word of letters or digits, a character with the marks that may
/// not begin a line.
fn unbreakable(line: &str) -> &str {
    let word = |c: char| fold(c).is_ascii_alphanumeric() || matches!(fold(c), '.' | '%' | '-');
    let mut chars = line.chars();
    let first = chars.next().unwrap_or(' ');
    let rest = if word(first) { chars.as_str().trim_start_matches(word) } else { chars.as_str() };
    let mark = |c: char| {
        let closes = matches!(
            Mark::of(c),
            Some(
                Mark::Stop
                    | Mark::Comma
                    | Mark::ListComma
                    | Mark::Semicolon
                    | Mark::Colon
                    | Mark::Close
                    | Mark::CloseQuote
                    | Mark::CloseTitle
            )
        );
        closes || fold(c) == '%'
    };
    let rest = rest.trim_start_matches(mark);
    &line[..line.len() - rest.len()]
}

/// Whether a line ends where a sentence or item may end.
pub(super) fn ends_sentence(line: &str) -> bool {
    let inner = line.trim_end_matches(|c| {
        matches!(Mark::of(c), Some(Mark::Close | Mark::CloseQuote | Mark::Markup))
    });
    let last = inner.chars().next_back();
    matches!(last.and_then(Mark::of), Some(Mark::Stop | Mark::Semicolon | Mark::Colon))
}

/// Whether a line goes on with the one above it.
fn goes_on(text: &str, above: Printed, line: Printed, measure: Option<Measure>) -> bool {
    let (first, second) = (above.line.of(text), line.line.of(text));
    if line.apart || above.set || line.set {
        return false;
    }
    if inside_number(first, second) {
        return true;
    }
    let new_paragraph = line.indented && !above.indented || opens_item(second);
    measure.is_some_and(|measure| !new_paragraph && measure.is_full(above.full.of(text), second))
}

/// Whether a line begins with the number of a section or item: 一、 (一) 1.
pub(super) fn opens_item(line: &str) -> bool {
    let inner = line.trim_start_matches(['(', '（']);
    let rest = inner.trim_start_matches(|c: char| is_numeral(c) || is_digit(c));
    // 1.5亿元 is no item.
    let decimal = rest.chars().nth(1).is_some_and(is_digit);
    let numbered = rest.len() < inner.len() && !decimal;
    numbered && rest.starts_with(['、', '.', '．', ')', '）']) || line.starts_with("——")
}

/// Whether a line end stands inside a number: 28⏎.84万人, 4657.8⏎2万人, 198⏎7年, 37⏎万人.
///
/// A line that ends in a digit is a title or a cell as a rule; what follows must read on as the
/// number does.
fn inside_number(first: &str, second: &str) -> bool {
    let part = |c: char| is_digit(c) || fold(c) == '.';
    let before = first.trim_end_matches(part);
    let begun = &first[before.len()..];
    let rest = second.trim_start_matches(part);
    let more = &second[..second.len() - rest.len()];
    if rest.starts_with('年') && !begun.is_empty() && !more.is_empty() {
        let year: String = begun.chars().chain(more.chars()).map(fold).collect();
        return year.parse().is_ok_and(|year| YEARS.contains(&year));
    }
    let refers = before.ends_with(['表', '图', '件', '第']);
    if begun.is_empty() || refers || !before.chars().next_back().is_some_and(is_han) {
        return false;
    }
    let pointed = |text: &str| text.contains(['.', '．']);
    let counts = |text: &str| text.chars().next().is_some_and(|c| is_han(c) || fold(c) == '%');
    if more.is_empty() {
        return rest.starts_with(['万', '亿', '%', '％', '余']);
    }
    if begun.ends_with(['.', '．']) || more.starts_with(['.', '．']) {
        return pointed(begun) != pointed(more) && counts(rest);
    }
    // 98.5⏎36所: nobody counts 98.536 of anything.
    let scaled = rest.starts_with(['万', '亿', '%', '％', '元']);
    pointed(begun) && !pointed(more) && scaled
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<&str> {
        lines(&HeadWords::default(), text).into_iter().map(|line| line.of(text)).collect()
    }

    /// `paragraphs`, each wrapped after `width` characters.
    fn wrapped(paragraphs: &[&str], width: usize) -> String {
        let mut text = String::new();
        for paragraph in paragraphs {
            let chars: Vec<char> = paragraph.chars().collect();
            for line in chars.chunks(width) {
                text.extend(line);
                text.push('\n');
            }
        }
        text
    }

    const PARAGRAPHS: [&str; 3] = [
        "一、基本情况",
        "2020年,全市共有各级各类学校1987所,在校学生297438人,教职工27760人,其中专任教师24021人,比上年增加356人。",
        "全市小学365所,在校生121430人;初中115所,在校生60210人;普通高中31所,在校生42310人,毛入学率达到95.6%以上。",
    ];

    #[test]
    fn wrapped_lines_are_joined() {
        for width in [20, 30, 33, 40] {
            let text = wrapped(&PARAGRAPHS, width);
            let joined: Vec<String> =
                cut(&text).iter().map(|line| line.replace('\n', "")).collect();
            assert_eq!(joined, PARAGRAPHS, "at {width}");
        }
    }

    #[test]
    fn ragged_lines_are_joined() {
        let text = "根据评价方案要求,我县高度重视,及时组织相关部门,结合\n评价体系,就2021年度履行教育职责情况和2022年重点工作\n推进情况进行全面自查。现将情况报告如下:\n一、基本情况\n全县共有各级各类学校121所,高级中学3所、职业教育中心\n学校1所、初级中学12所、小学65所(其中教学点21所)、九年\n一贯制学校4所、特殊教育学校1所,幼儿园35所(公办园12\n所、企办园1所、民办园22所),全县公办、民办幼儿园均为\n普惠园。";
        assert_eq!(cut(text).len(), 3);
    }

    #[test]
    fn the_margin_of_a_first_line_is_a_part_of_its_width() {
        let text = "\u{3000}\u{3000}2020年,全市共有各级各类学校19\n87所,在校学生29743人,教职工27\n760人,其中专任教师24021人。\n\u{3000}\u{3000}全市小学365所,在校生121430\n人,专任教师6580人,初中115所,在\n校生60210人。";
        assert_eq!(cut(text).len(), 2);
    }

    #[test]
    fn marks_that_hang_over_the_end_are_not_counted() {
        let text = "全市小学在校生稳步增加,办学条件不断改善教师队伍,\n教师队伍素质逐步提升。全市初中在校学生达到了62\n人,新建改扩建公办幼儿园二十三所,学位全部投入使\n用,招聘教师365名,教师全部到岗,学前教育发展成效。";
        assert_eq!(cut(text).len(), 1);
    }

    #[test]
    fn other_lines_are_not() {
        for text in [
            "各位代表:\n现在,我报告工作,请予审议。\n一、工作回顾\n过去一年,全市新建小学5所,招聘教师365名。",
            "新增学位2265个;\n招聘教师365名;\n新建幼儿园17所;\n",
            "咨询电话0571-1234567\n2012年5月1日",
            "小学\n365\n初中\n115",
        ] {
            assert_eq!(cut(text), text.trim_end().split('\n').collect::<Vec<_>>());
        }
    }

    #[test]
    fn a_number_is_joined_in_any_layout() {
        for text in [
            "在校学生4657.8\n2万人。",
            "１９８\n７年全市小学入学率为９７％。",
            "在校生28\n.84万人",
            "在校生28.\r\n84万人",
            "惠及学生37\n万人。",
        ] {
            assert_eq!(cut(text), [text]);
        }
    }

    #[test]
    fn a_blank_line_parts_paragraphs() {
        let text = wrapped(&PARAGRAPHS, 30).replace("0人\n", "0人\n\n");
        assert!(!cut(&text).iter().any(|line| line.contains("\n\n")));
        assert_eq!(cut("一\r\n二\r\n\r\n三"), ["一", "二", "三"]);
    }
}
