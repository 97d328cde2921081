//! Tokens to sentences: a stop ends one, with the quotation marks and parentheses that close on it.
//!
//! `小学3所。初中5所。` is two. What goes on for [`LONGEST`] bytes without a stop is no sentence that
//! anybody wrote: a list of a million items is read in parts, each at the end of a clause or item, so
//! that time and output grow with the text and no faster.

use std::ops::Range;

use super::span::Span;
use super::token::{Mark, Token, TokenKind};

/// A longer sentence is read in parts; in bytes of the source, 3,000 Chinese characters.
pub const LONGEST: usize = 9_000;
/// A part of it has at most so many bytes of the source, unless a single token has more.
pub const PART: usize = 900;

/// A sentence of a block, or a part of one that is longer than any.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// From its first character to its stop.
    pub span: Span,
    /// Its tokens, as indices into those of the block.
    pub tokens: Range<usize>,
}

/// Cuts the tokens of a block (without spaces) into sentences. Where `goes_on` says that the token
/// behind a stop goes on with the sentence before (其中), they stay one. `size` says how many bytes of
/// the source a span stands for.
pub fn sentences(
    tokens: &[Token],
    size: impl Fn(Span) -> usize,
    goes_on: impl Fn(usize) -> bool,
) -> Vec<Sentence> {
    let mut sentences = Vec::new();
    let mut from = 0;
    let mut depth = 0usize;
    let mut at = 0;
    while at < tokens.len() {
        match tokens[at].kind {
            TokenKind::Mark(Mark::Open | Mark::OpenTitle) => depth += 1,
            TokenKind::Mark(Mark::Close | Mark::CloseTitle) => depth = depth.saturating_sub(1),
            TokenKind::Mark(Mark::Stop) if depth == 0 && !goes_on(at + 1) => {
                while let Some(TokenKind::Mark(Mark::Stop | Mark::CloseQuote)) =
                    tokens.get(at + 1).map(|token| token.kind)
                {
                    at += 1;
                }
                push(&mut sentences, tokens, from..at + 1, &size);
                from = at + 1;
            }
            _ => {}
        }
        at += 1;
    }
    push(&mut sentences, tokens, from..tokens.len(), &size);
    sentences
}

fn push(
    sentences: &mut Vec<Sentence>,
    tokens: &[Token],
    mut rest: Range<usize>,
    size: &impl Fn(Span) -> usize,
) {
    let span = |range: &Range<usize>| {
        let (first, last) = (tokens.get(range.start)?, tokens[..range.end].last()?);
        (!range.is_empty()).then(|| first.span.to(last.span))
    };
    let long = span(&rest).is_some_and(|whole| size(whole) > LONGEST);
    while let Some(whole) = span(&rest) {
        let end = if long { part(tokens, &rest, size) } else { rest.end };
        let range = rest.start..end;
        sentences.push(Sentence { span: span(&range).unwrap_or(whole), tokens: range });
        rest.start = end;
    }
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
    use crate::lexicon::Lexicon;
    use crate::text::lexer::lex;

    fn size(span: Span) -> usize {
        span.end - span.start
    }

    #[test]
    fn a_stop_ends_a_sentence_unless_it_is_inside_parentheses() {
        let lexicon = Lexicon::built_in().unwrap();
        let text = "做到“三免。”小学3所(含分校。)初中5所";
        let tokens = lex(text, Span::new(0, text.len()), &lexicon);
        let cut: Vec<&str> =
            sentences(&tokens, size, |_| false).iter().map(|s| s.span.of(text)).collect();
        assert_eq!(cut, ["做到“三免。”", "小学3所(含分校。)初中5所"]);
    }

    #[test]
    fn a_sentence_that_nobody_wrote_is_read_in_parts() {
        let lexicon = Lexicon::built_in().unwrap();
        for (item, end) in
            [("小学365所、", "、"), ("小学365所、初中115所，", "，"), ("小学365所", "")]
        {
            let long = item.repeat(LONGEST / item.len() + 1);
            let tokens = lex(&long, Span::new(0, long.len()), &lexicon);
            let parts: Vec<&str> =
                sentences(&tokens, size, |_| false).iter().map(|s| s.span.of(&long)).collect();
            assert_eq!(parts.concat(), long);
            assert!(parts.len() > LONGEST / PART && parts.iter().all(|part| part.len() <= PART));
            assert!(parts.iter().all(|part| part.ends_with(end) && !part.ends_with('5')));

            let short = &long[..item.len() * (LONGEST / item.len())];
            let tokens = lex(short, Span::new(0, short.len()), &lexicon);
            assert_eq!(sentences(&tokens, size, |_| false).len(), 1, "{item}");
        }
    }
}
