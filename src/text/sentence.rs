//! Tokens to sentences: a stop ends one, with the quotation marks and parentheses that close on it.

use std::ops::Range;

use super::span::Span;
use super::token::{Mark, Token, TokenKind};

/// A sentence of a block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// From its first character to its stop.
    pub span: Span,
    /// Its tokens, as indices into those of the block.
    pub tokens: Range<usize>,
}

/// Cuts the tokens of a block (without spaces) into sentences. Where `goes_on` says that the token
/// behind a stop goes on with the sentence before (其中), they stay one.
pub fn sentences(tokens: &[Token], goes_on: impl Fn(usize) -> bool) -> Vec<Sentence> {
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
                push(&mut sentences, tokens, from..at + 1);
                from = at + 1;
            }
            _ => {}
        }
        at += 1;
    }
    push(&mut sentences, tokens, from..tokens.len());
    sentences
}

fn push(sentences: &mut Vec<Sentence>, tokens: &[Token], range: Range<usize>) {
    if let (Some(first), Some(last)) = (tokens[range.clone()].first(), tokens[..range.end].last()) {
        sentences.push(Sentence { span: first.span.to(last.span), tokens: range });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::Lexicon;
    use crate::text::lexer::lex;

    #[test]
    fn a_stop_ends_a_sentence_unless_it_is_inside_parentheses() {
        let lexicon = Lexicon::built_in().unwrap();
        let text = "做到“三免。”小学3所(含分校。)初中5所";
        let tokens = lex(text, Span::new(0, text.len()), &lexicon);
        let cut: Vec<&str> =
            sentences(&tokens, |_| false).iter().map(|s| s.span.of(text)).collect();
        assert_eq!(cut, ["做到“三免。”", "小学3所(含分校。)初中5所"]);
    }
}
