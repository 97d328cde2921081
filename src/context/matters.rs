//! What of a sentence matters that may state nothing.
//!
//! In: a sentence that speaks of education. Out: how much of it has to be cut into words. `全市小学365所。` all of it;
//! `小学布局进一步优化，管理更加规范。` only how it begins, which says what the next sentence is about; and of
//! `各项工作稳步推进。` nothing.

use super::period::clauses;
use crate::lexicon::Lexicon;
use crate::lexicon::sieve::Sought;
use crate::quantity::possible::{digits_may_count, idle_number};
use crate::text::script::{is_digit, is_of_number};
use crate::text::sentence::said;
use crate::text::span::Span;

/// What matters of a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Matters {
    /// All of it: it may state a quantity.
    All,
    /// How it [begins](super::period::beginning), and what it says up to a place of the text.
    Beginning(usize),
    /// Nothing but that it is there.
    Nothing,
}

impl Matters {
    /// What matters of a sentence that speaks of education.
    pub fn of(text: &str, sentence: Span, lexicon: &Lexicon) -> Matters {
        let whole = sentence.of(text);
        if digits_may_count(whole, lexicon) {
            return Matters::All;
        }
        let mut scan = lexicon.sieve().scan(whole);
        let mut to = sentence.start;
        let mut tells = false;
        // One past the number that was looked at.
        let mut behind = 0;
        while let Some(at) = scan.next(Sought::Onward) {
            let here = &whole[at..];
            if at >= behind && here.starts_with(is_of_number) {
                let Some(len) = idle_number(here, lexicon) else { return Matters::All };
                behind = at + len;
            }
            if !lexicon.sieve().may_begin(here) {
                // Nor does a word begin with the digits behind one.
                scan.pass(at + here.len() - here.trim_start_matches(is_digit).len());
                continue;
            }
            let says = said(&whole[..at], here, false, lexicon);
            tells |= says.heads;
            if says.carries {
                to = sentence.start + at + 1;
            }
        }
        let first = clauses(whole).next().unwrap_or(whole);
        let begins = tells || to > sentence.start || names_level(first, lexicon);
        if begins { Matters::Beginning(to) } else { Matters::Nothing }
    }
}

/// Whether a word for a level may stand in a text.
fn names_level(text: &str, lexicon: &Lexicon) -> bool {
    let mut scan = lexicon.sieve().scan(text);
    let mut places = std::iter::from_fn(|| scan.next(Sought::Words));
    places.any(|at| lexicon.begins(&text[at..], |word| word.level.is_some()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_sentence_that_counts_nothing_only_level_and_times_matter() {
        let lexicon = Lexicon::built_in();
        let beginning = |to: &str| Matters::Beginning(to.len());
        for (text, matters) in [
            ("布局进一步优化,“十四五”规划出台,惠及小学。", Matters::Nothing),
            ("第一批,按“一项规划”布局。", Matters::Nothing),
            ("布局优化(编号1,000),惠及小学。", Matters::Nothing),
            ("小学布局优化。", beginning("")),
            ("今年,布局进一步优化。", beginning("")),
            ("同志们,2021年,布局优化。", beginning("")),
            ("近年来,布局优化。", beginning(" ")),
            ("布局,近年来优化。", beginning("布局, ")),
            ("布局,2016年至2020年优化。", beginning("布局,2016年至2020 ")),
            ("布局,“十四五”期间优化。", beginning("布局,“ ")),
            ("小学365所。", Matters::All),
            ("新建三所小学。", Matters::All),
        ] {
            let found = Matters::of(text, Span::new(0, text.len()), &lexicon);
            assert_eq!(found, matters, "{text}");
        }
    }
}
