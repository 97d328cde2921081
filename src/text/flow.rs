//! The running text of a document: what a reader reads, without what only sets it.
//!
//! In: the decoded text. Out: its blocks in one string, in which line ends that wrap a line, spaces
//! between Chinese characters and inside numbers, bold marks and footnote marks are gone, entities are the
//! characters they stand for, and the cells of every table stand between pipes. Each byte knows
//! where it stands in the source: `279.9 万人`, `本专科[70]招生` and `4657.8⏎2万人` are read without
//! their gaps, and a record still quotes them as written.

use std::borrow::Cow;

use super::layout::{Block, BlockKind, classify, raise_above_series};
use super::lines::{Line, is_page_number};
use super::quiet::quiet;
use super::script::is_han;
use super::span::Span;
use super::tables::{Laid, lay};
use crate::lexicon::fold;

/// The running text of a document, and where its pieces stand in the source.
#[derive(Debug, Default)]
pub struct Flow {
    text: String,
    /// In order, tiling `text`.
    pieces: Vec<Piece>,
    /// The piece in which byte `i * STRIDE` of `text` stands.
    remembered: Vec<usize>,
    /// In order; spans of `text`.
    blocks: Vec<Block>,
    /// Numbers of footnote marks that were left out; spans of the source.
    notes: Vec<Span>,
    /// Whether gaps between words stay.
    spaced: bool,
}

/// Bytes between two of the running text whose pieces are remembered.
const STRIDE: usize = 256;

/// A piece of the running text: the same bytes as its source, or what stands for them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Piece {
    /// Where it begins in the running text.
    at: usize,
    /// What it stands for in the source.
    source: Span,
    /// Whether it is the source byte for byte.
    verbatim: bool,
}

impl Piece {
    /// Where a byte of it stands in the source.
    fn place(&self, at: usize) -> usize {
        self.source.start + if self.verbatim { at - self.at } else { 0 }
    }
}

impl Flow {
    /// The running text of a source, from its lines as [`lines`](super::lines::lines) gives them.
    pub fn of(source: &str, lines: &[Line]) -> Flow {
        let mut flow = Flow {
            text: String::with_capacity(source.len()),
            pieces: Vec::with_capacity(lines.len()),
            blocks: Vec::with_capacity(lines.len()),
            ..Flow::default()
        };
        for laid in lay(source, lines) {
            let from = flow.text.len();
            let (depth, kind) = match laid {
                Laid::Row(cells) => {
                    flow.row(source, &cells);
                    (None, BlockKind::Row)
                }
                Laid::Line(line) => {
                    flow.run(source, line.span, line.quiet, from);
                    classify(line.of(source), &flow.text[from..])
                }
            };
            flow.blocks.push(Block { span: Span::new(from, flow.text.len()), depth, kind });
        }
        raise_above_series(&flow.text, &mut flow.blocks);
        flow.remembered.reserve(flow.text.len().div_ceil(STRIDE));
        let mut piece = 0;
        for at in (0..flow.text.len()).step_by(STRIDE) {
            piece = flow.piece_at(at, piece);
            flow.remembered.push(piece);
        }
        flow
    }

    /// A line without its settings but with its gaps, which tell the labels of a document's head from
    /// their values.
    pub fn line(source: &str, line: Line) -> Cow<'_, str> {
        if line.is_quiet() {
            return Cow::Borrowed(line.of(source));
        }
        let text = String::with_capacity(line.span.end - line.span.start);
        let mut flow = Flow { text, spaced: true, ..Flow::default() };
        flow.run(source, line.span, line.quiet, 0);
        Cow::Owned(flow.text)
    }

    /// The running text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The blocks, with spans of the running text.
    pub fn blocks(&self) -> &[Block] {
        &self.blocks
    }

    /// Numbers of footnote marks that stand in the source and not here, as spans of the source.
    pub fn notes(&self) -> &[Span] {
        &self.notes
    }

    /// Where a part of the running text stands in the source: from its first character to its last.
    pub fn source(&self, span: Span) -> Span {
        if span.is_empty() {
            return Span::default();
        }
        let first = self.piece(span.start);
        let last = &self.pieces[self.piece_at(span.end - 1, first)];
        let end =
            if last.verbatim { last.source.start + (span.end - last.at) } else { last.source.end };
        Span::new(self.pieces[first].place(span.start), end)
    }

    /// Where a byte of the running text stands in the source: where what it is read from begins.
    pub fn place(&self, at: usize) -> usize {
        self.pieces[self.piece(at)].place(at)
    }

    /// The piece in which a byte of the running text stands.
    fn piece(&self, at: usize) -> usize {
        self.piece_at(at, self.remembered[at / STRIDE])
    }

    /// The piece in which a byte of the running text stands, which is this one or a later.
    fn piece_at(&self, at: usize, from: usize) -> usize {
        let later = self.pieces[from + 1..].iter().take_while(|piece| piece.at <= at).count();
        from + later
    }

    /// A row, with a pipe before each cell and behind the last.
    fn row(&mut self, source: &str, cells: &[Span]) {
        let mut end = cells.first().map_or(0, |first| first.start);
        for cell in cells {
            self.replace("|", Span::new(end, cell.start));
            let quiet = quiet(cell.of(source).as_bytes());
            self.run(source, *cell, quiet, self.text.len());
            end = cell.end;
        }
        self.replace("|", Span::new(end, end));
    }

    /// Running text, from which what only sets it is left out. So many bytes of it are [`quiet`]; `begun` is
    /// where its block or cell begins here.
    fn run(&mut self, source: &str, span: Span, still: usize, begun: usize) {
        let quiet = |at: usize| quiet(&source.as_bytes()[at..span.end]);
        let mut from = span.start;
        let mut at = span.start + still;
        // Whether a \" is open.
        let mut quoted = false;
        while at < span.end {
            let rest = &source[at..span.end];
            // What stands before is needed to judge a gap or a mark.
            let Some(setting) = Setting::at(rest) else {
                at += 1;
                at += quiet(at);
                continue;
            };
            self.copy(source, Span::new(from, at));
            let here = Span::new(at, at + setting.len(rest));
            let before = tail(&self.text[begun..]);
            let behind = head(&source[here.end..span.end]);
            match setting {
                Setting::Blank(_) if !self.needs_gap(begun, here.of(source), behind) => {}
                Setting::Blank(_) => self.replace(" ", here),
                Setting::Bold => {}
                Setting::Note(_) if is_note(before, behind) => {
                    let brackets = |c: char| matches!(c, '[' | ']' | '［' | '］' | '^');
                    let number = here.of(source).trim_start_matches(brackets);
                    let start = here.end - number.len();
                    let len = number.trim_end_matches(brackets).len();
                    self.notes.push(Span::new(start, start + len));
                }
                Setting::Note(_) => self.copy(source, here),
                Setting::Form('.', _) if !is_stop(before, behind) => self.copy(source, here),
                Setting::Form(form, _) => {
                    quoted ^= form == '"';
                    self.replace(
                        match form {
                            '"' if quoted => "“",
                            '"' => "”",
                            '、' => "、",
                            _ => "。",
                        },
                        here,
                    );
                }
                Setting::Entity(_) => {
                    let text = html_escape::decode_html_entities(here.of(source));
                    let blank = text.chars().all(is_blank);
                    if !blank || self.needs_gap(begun, &text, behind) {
                        self.replace(if blank { " " } else { &text }, here);
                    }
                }
            }
            from = here.end;
            at = from + quiet(from);
        }
        self.copy(source, Span::new(from, span.end));
    }

    /// Whether a gap is needed to part what stands on its two sides: `2019 365` are two numbers. A line
    /// end that wraps a line parts no number.
    fn needs_gap(&self, begun: usize, gap: &str, behind: &str) -> bool {
        // What has no width parts nothing.
        if !gap.contains(|c: char| c.is_whitespace()) {
            return false;
        }
        let before = tail(&self.text[begun..]);
        let behind = behind.trim_start_matches(|c| is_blank(c) || c == '*');
        let word = |c: char| fold(c).is_ascii_alphanumeric() || fold(c) == '.';
        let (Some(last), Some(next)) = (before.chars().next_back(), behind.chars().next()) else {
            return false;
        };
        if self.spaced && !gap.contains(['\n', '\r']) {
            return true;
        }
        let figure = |c: char| is_figure(c) || matches!(fold(c), 'x' | 'X');
        if gap.contains(['\n', '\r']) && figure(last) && figure(next) {
            return false;
        }
        let figures = before.len() - before.trim_end_matches(is_figure).len();
        let grouped = self.pieces.last().is_some_and(|piece| piece.at > self.text.len() - figures);
        word(last) && word(next) && !inside_number(before, behind, grouped)
    }

    fn copy(&mut self, source: &str, span: Span) {
        if !span.is_empty() {
            self.pieces.push(Piece { at: self.text.len(), source: span, verbatim: true });
            self.text.push_str(span.of(source));
        }
    }

    fn replace(&mut self, text: &str, source: Span) {
        self.pieces.push(Piece { at: self.text.len(), source, verbatim: false });
        self.text.push_str(text);
    }
}

/// What may set a text and be none of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Setting {
    /// Blank characters and line ends, so many bytes.
    Blank(usize),
    /// `**`
    Bold,
    /// `[70]`, `[^2]`, `²`, `①`, so many bytes.
    Note(usize),
    /// `&nbsp;`, so many bytes.
    Entity(usize),
    /// A mark in another form than the one it is read in, so many bytes: `｡`, `"`.
    Form(char, usize),
}

impl Setting {
    /// The setting at the start of `rest`, if there is one.
    fn at(rest: &str) -> Option<Setting> {
        let first = rest.chars().next()?;
        if is_blank(first) {
            return Some(Setting::Blank(blank_len(rest)));
        }
        match first {
            '*' if rest.starts_with("**") => Some(Setting::Bold),
            '&' => entity_len(rest).map(Setting::Entity),
            '[' | '［' => bracketed_len(rest).map(Setting::Note),
            // Which of the two quotation marks it is, and whether the point is one, the text before tells.
            '.' | '．' | '"' | '＂' => Some(Setting::Form(fold(first), first.len_utf8())),
            '｡' => Some(Setting::Form('。', first.len_utf8())),
            '､' => Some(Setting::Form('、', first.len_utf8())),
            '¹' | '²' | '³' | '⁰' | '⁴'..='⁹' | '①'..='⑳' => {
                Some(Setting::Note(first.len_utf8()))
            }
            _ => None,
        }
    }

    fn len(self, rest: &str) -> usize {
        match self {
            Setting::Blank(len) | Setting::Note(len) | Setting::Entity(len) => len,
            Setting::Form(_, len) => len,
            Setting::Bold => rest.find(|c| c != '*').unwrap_or(rest.len()),
        }
    }
}

/// Bytes around a gap or a mark that are looked at, so that time grows with the text and no faster.
const NEAR: usize = 64;

/// The last characters of a text.
pub(super) fn tail(text: &str) -> &str {
    let from = text.len().saturating_sub(NEAR);
    &text[(from..).find(|&at| text.is_char_boundary(at)).unwrap_or(from)..]
}

/// The first characters of a text.
pub(super) fn head(text: &str) -> &str {
    let to = text.len().min(NEAR);
    &text[..(0..=to).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0)]
}

/// A space of any width, a line end, or a character without any width.
fn is_blank(c: char) -> bool {
    let without_width = matches!(
        c,
        '\u{FEFF}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}' | '\u{AD}'
    );
    c.is_whitespace() || without_width
}

/// Bytes of blank characters and line ends, with the page numbers that stand between the lines.
fn blank_len(rest: &str) -> usize {
    let mut len = rest.find(|c| !is_blank(c)).unwrap_or(rest.len());
    if !rest[..len].contains(['\n', '\r']) {
        return len;
    }
    loop {
        let line = rest[len..].split(['\n', '\r']).next().unwrap_or("");
        if !is_page_number(line.trim_end()) {
            return len;
        }
        let behind = &rest[len + line.len()..];
        len = rest.len() - behind.trim_start_matches(is_blank).len();
    }
}

/// Bytes of an entity of HTML.
fn entity_len(rest: &str) -> Option<usize> {
    const LONGEST: usize = 10;
    let name = rest[1..].find(|c: char| !c.is_ascii_alphanumeric() && c != '#')?;
    (name > 1 && name <= LONGEST && rest[1 + name..].starts_with(';')).then_some(name + 2)
}

/// Bytes of `[70]` or `[^2]`.
fn bracketed_len(rest: &str) -> Option<usize> {
    const DIGITS: usize = 3;
    let opened = rest.strip_prefix(['[', '［'])?;
    let inner = opened.strip_prefix('^').unwrap_or(opened);
    let digits = inner.chars().take_while(|&c| fold(c).is_ascii_digit()).map(char::len_utf8);
    let (count, len) = digits.fold((0, 0), |(count, len), of| (count + 1, len + of));
    let close = inner[len..].chars().next().filter(|c| matches!(c, ']' | '］'))?;
    ((1..=DIGITS).contains(&count)).then_some(rest.len() - inner.len() + len + close.len_utf8())
}

/// Whether a mark refers to a footnote: it hangs on a word or a number's unit. `m²` is a unit, and a
/// mark at the start of a line labels the note itself or an item.
fn is_note(before: &str, behind: &str) -> bool {
    let hangs = |c: char| is_han(c) || matches!(fold(c), ')' | '%' | '”' | '》' | ']');
    let label = behind.starts_with(['、', '.', '．']);
    // 365[1]所
    let counted = before.ends_with(is_figure) && behind.starts_with(is_han);
    before.chars().next_back().is_some_and(hangs) && !label || counted
}

/// Whether a gap stands inside one number: `11. 24 ％`, `27 760人`, `2 7 7 6 0人`, `4657.8 2万人`.
/// `grouped` says that gaps were found in what stands before.
///
/// The number hangs on a Chinese character, so that no list number (`1. 2020年`) is taken for its
/// first digits, and something that is no date stands behind it.
fn inside_number(before: &str, behind: &str, grouped: bool) -> bool {
    const GROUP: usize = 3;
    let lead = before.trim_end_matches(is_figure);
    let begun = &before[lead.len()..];
    let rest = behind.trim_start_matches(is_figure);
    let more = &behind[..behind.len() - rest.len()];
    let after = rest.trim_start_matches(is_blank).chars().next();
    let dated = after.is_none_or(|c| matches!(c, '年' | '月' | '日' | '时' | '点' | '号' | '届'));
    if !lead.chars().next_back().is_some_and(|c| is_han(c) || fold(c) == '(') || dated {
        return false;
    }
    let point = |c: char| fold(c) == '.';
    let points = begun.chars().chain(more.chars()).filter(|&c| point(c)).count();
    let count = |text: &str| text.chars().filter(|&c| !point(c)).count();
    if begun.ends_with(point) || more.starts_with(point) {
        return points == 1 && count(begun) > 0 && count(more) > 0;
    }
    if begun.contains(point) {
        return points == 1;
    }
    let whole = more.split(point).next().unwrap_or(more);
    let group = count(whole) == GROUP && (grouped || count(begun) <= GROUP);
    let single = count(more) == 1 && (grouped || count(begun) == 1);
    (group || single) && after.is_some_and(|c| is_han(c) || fold(c) == '%' || is_figure(c))
}

/// Whether a point ends a sentence, as 。 does: it stands behind a word and before no other, and in
/// no number.
fn is_stop(before: &str, behind: &str) -> bool {
    // 11. 24 ％
    let number =
        before.ends_with(is_figure) && behind.trim_start_matches(is_blank).starts_with(is_figure);
    let goes_on = number || behind.chars().next().is_some_and(|c| fold(c).is_ascii_alphanumeric());
    let word = before.trim_end_matches(is_figure);
    let closes = |c: char| is_han(c) || matches!(fold(c), ')' | '%' | '”' | '》');
    !goes_on && word.chars().next_back().is_some_and(closes)
}

/// A digit or a point.
fn is_figure(c: char) -> bool {
    matches!(fold(c), '0'..='9' | '.')
}

#[cfg(test)]
mod tests {
    use super::super::head_line::HeadWords;
    use super::super::lines::lines;
    use super::*;

    fn flowed(source: &str) -> String {
        Flow::of(source, &lines(&HeadWords::default(), source)).text().to_owned()
    }

    #[test]
    fn what_only_sets_a_text_is_gone() {
        for (source, text) in [
            ("教 职 工 27760 人", "教职工27760人"),
            ("教职工\u{3000}27760\u{A0}人\u{200B}。", "教职工27760人。"),
            ("教职工**27760**人", "教职工27760人"),
            ("普惠园&ldquo;两免&rdquo;&nbsp;365&#25152;", "普惠园“两免”365所"),
            ("A&B、R&D经费", "A&B、R&D经费"),
            ("本专科[70]招生607.7万人", "本专科招生607.7万人"),
            ("在校生①121430人，占地500m²", "在校生121430人，占地500m²"),
            (
                "在校生365人.其中:\"两免\"115人｡ 1.小学､初中",
                "在校生365人。其中:“两免”115人。1.小学、初中",
            ),
            ("[70]本专科指普通高校", "[70]本专科指普通高校"),
            ("在校学生4657.8\n2万人", "在校学生4657.82万人"),
        ] {
            assert_eq!(flowed(source), text);
        }
    }

    #[test]
    fn gaps_inside_numbers() {
        for (source, text) in [
            ("辍学率为11. 24 ％", "辍学率为11.24％"),
            ("辍学率为11 .24％", "辍学率为11.24％"),
            ("教职工27 760人", "教职工27760人"),
            ("在校生1 297 438人", "在校生1297438人"),
            ("教职工2 7 7 6 0 人", "教职工27760人"),
            ("1. 2020年全市", "1. 2020年全市"),
            ("届次2019 365所", "届次2019 365所"),
            ("新课程2.0 2021年", "新课程2.0 2021年"),
            ("Windows 10 Office 365版", "Windows 10 Office 365版"),
        ] {
            assert_eq!(flowed(source), text);
        }
    }

    #[test]
    fn every_table_has_pipes() {
        for source in [
            "| 小 学 | 365 |",
            "小 学 | 365 | 12\n初中 | 115 | 13",
            "小 学  365  12\n初中  115  13",
        ] {
            let flow = Flow::of(source, &lines(&HeadWords::default(), source));
            let row = flow.blocks()[0];
            assert_eq!(row.kind, BlockKind::Row, "{source}");
            assert!(row.span.of(flow.text()).starts_with("|小学|365|"), "{}", flow.text());
        }
    }

    #[test]
    fn every_piece_leads_back_to_the_source() {
        let source = "一、教育\r\n\u{3000}\u{3000}教 职 工**27760**人&nbsp;共12 345所[1]。\n\n小学  365  12\n初中  115  13";
        let flow = Flow::of(source, &lines(&HeadWords::default(), source));
        for (at, c) in flow.text().char_indices().filter(|(_, c)| *c != '|') {
            let span = flow.source(Span::new(at, at + c.len_utf8()));
            assert_eq!(span.of(source), c.to_string());
        }
        let at = flow.text().find("27760").unwrap();
        let span = flow.source(Span::new(at, at + "27760人共12345".len()));
        assert_eq!(span.of(source), "27760**人&nbsp;共12 345");
        assert_eq!(flow.notes().iter().map(|note| note.of(source)).collect::<Vec<_>>(), ["1"]);
    }
}
