//! Text to sentences: a stop ends one, with the quotation marks and parentheses that close on it.
//!
//! `小学3所。初中5所。` is two. In the same pass it is seen what each may speak of, so that only those are cut
//! into words that somebody has to read. What goes on for [`LONGEST`] bytes without a stop is no sentence
//! that anybody wrote: a list of a million items is read in parts, each at the end of a clause or item, so
//! that time and output grow with the text and no faster.

use std::ops::Range;

use super::script::{is_digit, is_numeral, trimmed};
use super::span::Span;
use super::token::{Mark, Token, TokenKind};
use crate::lexicon::senses::{Role, StatusWord, Time};
use crate::lexicon::sieve::{Edge, Hints, Sought};
use crate::lexicon::{Lexicon, Word};

/// A longer sentence is read in parts; in bytes of the source, 3,000 Chinese characters.
pub const LONGEST: usize = 9_000;
/// A part of it has at most so many bytes of the source, unless a single token has more.
pub const PART: usize = 900;

/// A sentence of a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sentence {
    /// From its first character to its stop.
    pub span: Span,
    /// What it may say; where that is of education, whatever else it may say is left open.
    pub hints: Hints,
}

/// The sentences of a text, block by block.
#[derive(Debug, Default)]
pub struct Sentences {
    all: Vec<Sentence>,
    /// How many there are up to the end of each block.
    ends: Vec<usize>,
}

impl Sentences {
    /// Cuts blocks into sentences. Where 其中 stands behind a stop, it goes on with the sentence before. With
    /// `education`, all are taken to speak of it, as the whole document does; else it is seen what each may say.
    pub fn of(
        text: &str,
        blocks: impl Iterator<Item = Span>,
        education: bool,
        lexicon: &Lexicon,
    ) -> Self {
        let unread = Hints { education, ..Hints::default() };
        let mut sentences = Sentences::default();
        for block in blocks {
            cut(text, block, unread, lexicon, &mut sentences.all);
            sentences.ends.push(sentences.all.len());
        }
        sentences
    }

    /// The sentences of some blocks, which are named by their numbers.
    pub fn within(&self, blocks: Range<usize>) -> &[Sentence] {
        let end = |before: usize| before.checked_sub(1).map_or(0, |last| self.ends[last]);
        &self.all[end(blocks.start)..end(blocks.end)]
    }
}

/// Cuts a block into sentences, which may say what is known of them `unread`.
fn cut(text: &str, block: Span, unread: Hints, lexicon: &Lexicon, sentences: &mut Vec<Sentence>) {
    let mut hints = unread;
    let mut depth = 0usize;
    let mut from = block.start;
    let mut scan = lexicon.sieve().scan(block.of(text));
    // Of what speaks of education nothing else is asked but where it ends.
    while let Some(at) = scan.next(if hints.education { Sought::Edges } else { Sought::Words }) {
        let at = block.start + at;
        // A mark that closes on the sentence before.
        if at < from {
            continue;
        }
        let here = &text[at..block.end];
        let mut behind = here.chars();
        let edge = behind.next().and_then(Edge::of);
        if !hints.education && lexicon.sieve().may_say(edge) {
            hints = hints.or(said(&text[from..at], here, hints.carries, lexicon));
        }
        match edge {
            Some(Edge::Open) => depth += 1,
            Some(Edge::Close) => depth = depth.saturating_sub(1),
            Some(Edge::Stop) if depth == 0 && !goes_on(behind.as_str(), lexicon) => {
                let end = block.end - closed(behind.as_str()).len();
                push(sentences, text, Span::new(from, end), hints);
                (from, hints) = (end, unread);
            }
            Some(Edge::Stop) | None => {}
        }
    }
    push(sentences, text, Span::new(from, block.end), hints);
}

/// What the words at the start of `here` may say, which stand behind `before` in their sentence. If it is known
/// that the sentence `carries`, not all is asked for that.
pub(crate) fn said(before: &str, here: &str, carries: bool, lexicon: &Lexicon) -> Hints {
    let mut said = lexicon.hints(here, |word, chars| is_placed(word, before, here, chars, lexicon));
    // 五年来 may refer to it.
    said.carries |= said.heads && !carries && ends_range(before, here);
    said
}

/// Whether a word, so many characters at the start of `here`, stands as it must to say all it may.
fn is_placed(word: &Word, before: &str, here: &str, chars: usize, lexicon: &Lexicon) -> bool {
    let behind = || {
        let mut behind = here.chars();
        behind.nth(chars - 1);
        trimmed(behind.as_str())
    };
    let marked = |c: Option<char>, marks: &[Mark]| {
        c.and_then(Mark::of).is_some_and(|mark| marks.contains(&mark))
    };
    let timed = match word.time {
        None => false,
        Some(Time::Recent) => {
            let last = before.trim_end().chars().next_back();
            last.is_none() || marked(last, &[Mark::Comma, Mark::Semicolon, Mark::Colon])
        }
        Some(Time::Plan(_)) => {
            let quoted = |c: char| marked(Some(c), &[Mark::CloseQuote]);
            let behind = behind();
            let behind = behind.strip_prefix(quoted).map_or(behind, trimmed);
            lexicon.begins(behind, |word| matches!(word.time, Some(Time::During | Time::Since)))
        }
        Some(_) => before_number(before).is_some(),
    };
    let deeds = || {
        word.status == Some(StatusWord::Deeds) && marked(behind().chars().next(), &[Mark::Colon])
    };
    timed || deeds()
}

/// Adds a sentence, unless it is blank.
fn push(sentences: &mut Vec<Sentence>, text: &str, span: Span, hints: Hints) {
    if !trimmed(span.of(text)).is_empty() {
        sentences.push(Sentence { span, hints });
    }
}

/// Whether what stands behind a stop goes on with the sentence: 其中.
fn goes_on(behind: &str, lexicon: &Lexicon) -> bool {
    let behind = trimmed(behind);
    let may = behind.chars().next().is_some_and(|c| lexicon.sieve().may_go_on(c));
    let word = if may { lexicon.longest(behind) } else { None };
    word.is_some_and(|(id, _)| lexicon.word(id).role == Some(Role::OfWhich))
}

/// What stands behind a stop without further stops, and without the quotation marks that close on it.
fn closed(behind: &str) -> &str {
    // Nearly always that is a Chinese character.
    if let [0xE4..=0xE9, ..] = behind.as_bytes() {
        return behind;
    }
    let closing = |c: char| matches!(Mark::of(c), Some(Mark::Stop | Mark::CloseQuote));
    let mut rest = behind;
    while let Some(next) = trimmed(rest).strip_prefix(closing) {
        rest = next;
    }
    rest
}

/// What stands before the number in which a text ends.
fn before_number(text: &str) -> Option<&str> {
    let text = text.trim_end();
    let rest = text.trim_end_matches(|c| is_digit(c) || is_numeral(c));
    (rest.len() < text.len()).then_some(rest)
}

/// Whether a text ends in the second number of what may be a range of years, behind which the `year` of the
/// first may stand again: 2016年至2020, 2017-2020.
fn ends_range(text: &str, year: &str) -> bool {
    /// 2016年——2020年
    const JOINED: usize = 2;
    let Some(mut joined) = before_number(text).map(str::trim_end) else { return false };
    for _ in 0..JOINED {
        let Some(joint) = joined.chars().next_back() else { return false };
        joined = joined[..joined.len() - joint.len_utf8()].trim_end();
        let ends = joined.chars().next_back();
        if ends.is_some_and(|c| year.starts_with(c)) || before_number(joined).is_some() {
            return true;
        }
    }
    false
}

/// The parts in which the tokens of a sentence are read: all of them together, unless it is longer than
/// anybody writes. `size` says how many bytes of the source a span stands for.
pub fn parts(tokens: &[Token], size: impl Fn(Span) -> usize) -> impl Iterator<Item = Range<usize>> {
    let ends = tokens.first().zip(tokens.last());
    let long = ends.is_some_and(|(first, last)| size(first.span.to(last.span)) > LONGEST);
    let mut rest = 0..tokens.len();
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let end = if long { part(tokens, &rest, &size) } else { rest.end };
        Some(std::mem::replace(&mut rest.start, end)..end)
    })
}

/// One past the last token of the first part of a sentence that is too long: behind the last
/// clause that leaves it short enough, else the last item; where there is
/// none, behind a word, so that no number is parted from its unit.
fn part(tokens: &[Token], rest: &Range<usize>, size: &impl Fn(Span) -> usize) -> usize {
    let first = tokens[rest.start].span;
    let (mut clause, mut item, mut word) = (None, None, None);
    for at in rest.clone() {
        if at > rest.start && size(first.to(tokens[at].span)) > PART {
            return clause.or(item).or(word).unwrap_or(at);
        }
        match tokens[at].kind {
            TokenKind::Mark(Mark::Semicolon | Mark::Stop | Mark::Comma) => clause = Some(at + 1),
            TokenKind::Mark(Mark::ListComma) => item = Some(at + 1),
            TokenKind::Digits | TokenKind::Numerals | TokenKind::Hidden => {}
            _ => word = Some(at + 1),
        }
    }
    rest.end
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::lexer::lex;

    fn size(span: Span) -> usize {
        span.end - span.start
    }

    /// The sentences, each with what it may say: e of education, c carries, h at its head.
    fn cut(text: &str) -> Vec<(&str, String)> {
        let lexicon = Lexicon::built_in();
        let whole = Span::new(0, text.len());
        let said = |s: Sentence| {
            let Hints { education, carries, heads } = s.hints;
            let may = [(education, "e"), (carries, "c"), (heads, "h")];
            let may = may.into_iter().filter(|(may, _)| *may).map(|(_, letter)| letter);
            (s.span.of(text), may.collect())
        };
        let sentences = Sentences::of(text, [whole].into_iter(), false, &lexicon);
        sentences.within(0..1).iter().copied().map(said).collect()
    }

    #[test]
    fn a_stop_ends_a_sentence_unless_it_is_inside_parentheses() {
        let text = "做到“三免。” 小学3所(含分校。)初中5所。其中民办1所。 ";
        let cut: Vec<&str> = cut(text).into_iter().map(|(sentence, ..)| sentence).collect();
        assert_eq!(cut, ["做到“三免。”", " 小学3所(含分校。)初中5所。其中民办1所。"]);
    }

    #[test]
    fn what_a_sentence_may_say_is_seen() {
        for (text, may) in [
            ("垃圾处理率85%。", ""),
            ("2020年新建公路3公里。", "h"),
            ("今年,小学3所。", "eh"),
            ("小学3所,今年。", "e"),
            ("青年路建成。", ""),
            ("建设公路,五年来共120公里。", "ch"),
            ("2016年至2020年新建公路。", "ch"),
            ("新建公路(2016-2020年)。", "ch"),
            ("到2020年,公路3公里。", "h"),
            ("发放工资3亿元。", "h"),
            ("下一步,新建公路。", "h"),
            ("民生实事：新建公路。", "ch"),
            ("办好民生实事 : 新建公路。", "ch"),
            ("新建公路,办好民生实事。", ""),
            ("近年来,新建公路。", "ch"),
            ("新建公路;近年来贯通。", "ch"),
            ("新建公路近年来最多。", "h"),
            ("“十四五”期间新建公路。", "ch"),
            ("十四五以来新建公路。", "ch"),
            ("“十四五”规划新建公路。", ""),
        ] {
            assert_eq!(cut(text), [(text, may.to_owned())]);
        }
    }

    #[test]
    fn a_sentence_that_nobody_wrote_is_read_in_parts() {
        let lexicon = Lexicon::built_in();
        for (item, end) in
            [("小学365所、", "、"), ("小学365所、初中115所，", "，"), ("小学365所", "")]
        {
            let long = item.repeat(LONGEST / item.len() + 1);
            let tokens = lex(&long, Span::new(0, long.len()), &lexicon);
            let cut = |part: Range<usize>| {
                tokens[part.start].span.to(tokens[part.end - 1].span).of(&long)
            };
            let cut: Vec<&str> = parts(&tokens, size).map(cut).collect();
            assert_eq!(cut.concat(), long);
            assert!(cut.len() > LONGEST / PART && cut.iter().all(|part| part.len() <= PART));
            assert!(cut.iter().all(|part| part.ends_with(end) && !part.ends_with('5')));

            let short = &long[..item.len() * (LONGEST / item.len())];
            let tokens = lex(short, Span::new(0, short.len()), &lexicon);
            assert_eq!(parts(&tokens, size).count(), 1, "{item}");
        }
    }
}
