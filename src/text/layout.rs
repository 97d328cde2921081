//! Text to blocks: which lines are paragraphs, which open a section, and how deep; which are rows of
//! a table.
//!
//! `(十)学前教育普及普惠发展情况` opens a section of depth 2; everything down to the next heading of
//! depth 2 or less stands under it. A paragraph may open a section itself: `(二)督促县市…落实。…`.

use super::bytes::is_longer;
use super::script::is_numeral;
use super::span::Span;

/// A heading, a paragraph or a row: a line as its writer meant it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Block {
    /// Where it stands.
    pub span: Span,
    /// The section it opens, if it opens one: 0 is the shallowest.
    pub depth: Option<u8>,
    /// What it is.
    pub kind: BlockKind,
}

/// What a block is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BlockKind {
    /// Running text.
    Paragraph,
    /// A heading and nothing else.
    Heading,
    /// A row of a table, its cells between pipes: `| 小学 | 365 |`.
    Row,
}

/// Depth of a question that the rest answers.
const QUESTION: u8 = 0;
/// Depth of a bold line and of `# `.
const PART: u8 = 10;
/// Depth of `一、` and `## `.
pub const CHAPTER: u8 = 20;
/// Depth of a paragraph under which `(一)` begins anew.
pub const SERIES: u8 = 25;
/// Depth of `(一)`.
const SECTION: u8 = 30;
/// Depth of `1.`.
const ITEM: u8 = 40;
/// Depth of a short line without a number.
const UNNUMBERED: u8 = 50;
/// Depth of `一是` and of a short sentence on a line of its own.
pub const MINOR: u8 = 60;
/// Between the depth of `# ` and that of `## `.
const STEP: u8 = 10;

/// A heading is short: longer lines are paragraphs.
const HEADING_CHARS: usize = 45;

/// Whether a line is the first of a numbered series: 一、 or (一).
pub fn begins_series(line: &str) -> bool {
    let number = line.trim_start_matches(['(', '（']);
    number.strip_prefix('一').is_some_and(|rest| rest.starts_with(['、', ')', '）']))
}

/// Raises what stands right above the first of a numbered series, of which it is over all: under
/// `2022年10件惠民实事` a 一、 begins, which is no part of the chapter before it; under
/// `2020年是收官之年。…` a (一).
pub fn raise_above_series(text: &str, blocks: &mut [Block]) {
    for first in 1..blocks.len() {
        let begins = || begins_series(blocks[first].span.of(text));
        let raised = match blocks[first].depth {
            Some(CHAPTER) if begins() => PART,
            Some(SECTION) if begins() => SERIES,
            _ => continue,
        };
        let above = &mut blocks[first - 1];
        let heading = above.kind == BlockKind::Heading && above.depth >= Some(UNNUMBERED);
        let prose = above.kind == BlockKind::Paragraph && above.depth.is_none();
        if heading || prose && raised == SERIES {
            above.depth = Some(raised);
        }
    }
}

/// The section that a line opens, and whether it is a heading. `read` is the line as it is read,
/// without its bold marks.
pub fn classify(line: &str, read: &str) -> (Option<u8>, BlockKind) {
    use BlockKind::{Heading, Paragraph};
    let bold = line.starts_with("**")
        && line.ends_with("**")
        && !line.trim_matches(['*', ' ']).contains("**");
    let hashes = read.bytes().take_while(|&b| b == b'#').count();
    let body = read.trim_start_matches(['#', ' ', '*']);
    let short = !is_longer(body, HEADING_CHARS);
    let ending = body.chars().next_back().unwrap_or(' ');
    let closed = matches!(ending, '。' | '；' | ';' | '！' | '，' | ',' | '.');
    let one_sentence = || body.matches('。').nth(1).is_none();
    if hashes > 0 {
        return (Some((hashes as u8).saturating_mul(STEP).min(ITEM)), Heading);
    }
    // **1.** may be anything; **一、** and **(一)** are what they are without the bold.
    let counted = |body: &str| body.trim_start_matches(['(', '（']).starts_with(is_numeral);
    if let Some(depth) = numbered(body).filter(|_| !bold || counted(body)) {
        return (Some(depth), if short && one_sentence() { Heading } else { Paragraph });
    }
    // A bold caption names a table or figure, not what follows it.
    if bold && body.starts_with(['表', '图']) {
        return (None, Paragraph);
    }
    if bold && short {
        return (Some(PART), Heading);
    }
    if !short {
        return (None, Paragraph);
    }
    match ending {
        '?' | '？' => (Some(QUESTION), Heading),
        // 局长某某： opens a part; 一年来，我们做了以下工作： does not.
        ':' | '：' if body.contains([',', '，']) => (None, Paragraph),
        _ if closed && one_sentence() && ending == '。' => (Some(MINOR), Heading),
        _ if closed => (None, Paragraph),
        _ => (Some(UNNUMBERED), Heading),
    }
}

/// The depth that the number at the start of a line gives.
fn numbered(line: &str) -> Option<u8> {
    let mut chars = line.chars();
    let first = chars.next()?;
    let rest = chars.as_str();
    if matches!(first, '(' | '（') {
        let inner = rest.trim_start_matches(is_numeral);
        if inner.len() < rest.len() && inner.starts_with([')', '）']) {
            return Some(SECTION);
        }
        let inner = rest.trim_start_matches(|c: char| c.is_ascii_digit());
        return (inner.len() < rest.len() && inner.starts_with([')', '）'])).then_some(UNNUMBERED);
    }
    if is_numeral(first) {
        let rest = rest.trim_start_matches(is_numeral);
        if rest.starts_with('、') {
            return Some(CHAPTER);
        }
        return rest.starts_with('是').then_some(MINOR);
    }
    if first.is_ascii_digit() {
        let rest = rest.trim_start_matches(|c: char| c.is_ascii_digit());
        let after = rest.trim_start_matches(['.', '、', '．']);
        let number = after.len() < rest.len() && !after.starts_with(|c: char| c.is_ascii_digit());
        return number.then_some(ITEM);
    }
    if line.starts_with("——") {
        return Some(UNNUMBERED);
    }
    None
}

#[cfg(test)]
mod tests {
    use super::BlockKind::{Heading, Paragraph};
    use super::*;

    #[test]
    fn headings_and_their_depth() {
        for (line, depth, kind) in [
            ("一、自评情况", Some(CHAPTER), Heading),
            ("(十)学前教育普及普惠发展情况", Some(SECTION), Heading),
            ("（二）义务教育", Some(SECTION), Heading),
            ("1.全力增加学位。", Some(ITEM), Heading),
            ("全市教育事业基本情况", Some(UNNUMBERED), Heading),
            ("教师待遇进一步提高，教师素质提升。", Some(MINOR), Heading),
            ("请问，成效如何？", Some(QUESTION), Heading),
            ("局长某某：", Some(UNNUMBERED), Heading),
            ("一年来，做了以下工作：", None, Paragraph),
            ("**2013年工作回顾**", Some(PART), Heading),
            ("**表10. 招生情况**", None, Paragraph),
            ("## 九、教育", Some(CHAPTER), Heading),
            ("新增学位2265个；", None, Paragraph),
            ("2020年全市小学365所。", Some(MINOR), Heading),
            ("3.5万人受益", Some(UNNUMBERED), Heading),
        ] {
            assert_eq!(classify(line, &line.replace("**", "")), (depth, kind), "{line}");
        }
    }
}
