//! The lexicon that is built into the program: what the loader makes of the tables of this folder, worked
//! out by `build.rs` and written down by `build/source.rs`.
//!
//! Here stand the names that the written source uses, and short forms of what it has thousands of.

use std::borrow::Cow;

use rust_decimal::Decimal;

use super::index::{Index, PAIRS, Place};
use super::kinds::Kinds;
use super::plane::{PLANE, Plane, numbers};
use super::regions::{Namesakes, Region, RegionCode, RegionId, Regions};
use super::senses::{Act, Body, BoundPlace, Field, Noun, Role, Scope, StatusWord, Time, UnitKind};
use super::sieve::{Hints, Leads, Sieve, Telling};
use super::whole::{IndicatorRow, Lexicon};
use super::word::{UnitWord, Word};
use crate::codes::{Bound, Indicator, Level, Locality, Ownership, Per, Unit};
use crate::page::names::{PageNames, PageRole};
use crate::period::Date;
use crate::text::head_words::{self, HeadWord, HeadWords, Key};
use crate::verdict::Reason;

include!(concat!(env!("OUT_DIR"), "/lexicon.rs"));

const fn place(from: u32, base: u32, word: u32) -> Place {
    Place { from, base, word }
}

/// What a word says: whether it may speak of education, whether it carries, and whether it does so at the
/// head.
const fn telling(placed: (bool, bool, bool), anywhere: (bool, bool, bool)) -> Telling {
    let placed = Hints { education: placed.0, carries: placed.1, heads: placed.2 };
    let anywhere = Hints { education: anywhere.0, carries: anywhere.1, heads: anywhere.2 };
    Telling { placed, anywhere }
}

const fn region(code: u32, from: u32, to: u32, until: Option<Date>) -> Region {
    Region { code: RegionCode(code), name: (from, to), until }
}

#[cfg(test)]
mod tests {
    use super::super::load::Loader;
    use super::super::sieve::Sought;
    use super::*;
    use crate::text::span::Span;

    /// What the loader makes of the tables now.
    fn read() -> Lexicon {
        let mut loader = Loader::default();
        loader.built_in().unwrap();
        loader.finish()
    }

    #[test]
    fn what_is_built_in_is_what_the_tables_say() {
        // One by one, so that what fails is told without the rest.
        let Lexicon { words, index, sieve, regions, indicators, head, pages } = lexicon();
        let read = read();
        for (id, (built, read)) in words.iter().zip(read.words.iter()).enumerate() {
            assert_eq!(built, read, "word {id}");
        }
        assert_eq!(words.len(), read.words.len());
        assert!(index == read.index, "the index");
        assert!(sieve == read.sieve, "the sieve");
        assert!(regions == read.regions, "the divisions");
        assert_eq!(indicators, read.indicators);
        assert_eq!(head, read.head);
        assert_eq!(pages, read.pages);
    }

    #[test]
    fn every_surface_is_found_and_means_and_hints_the_same() {
        let mut loader = Loader::default();
        loader.built_in().unwrap();
        let surfaces = loader.surfaces().to_vec();
        let (built, read) = (lexicon(), loader.finish());
        for (surface, id) in surfaces {
            assert_eq!(built.longest(&surface), Some((id, surface.len())), "{surface}");
            assert_eq!(read.longest(&surface), Some((id, surface.len())), "{surface}");
            // What is a word is not passed over.
            let chars: Vec<_> = built.characters(&surface, Span::new(0, surface.len())).collect();
            assert!(built.may_begin(&chars), "{surface}");
            let senses = |lexicon: &Lexicon| lexicon.word(id).senses(lexicon.regions());
            assert_eq!(senses(&built), senses(&read), "{surface}");
            for placed in [false, true] {
                let hints = |lexicon: &Lexicon| lexicon.sieve.hints(id, || placed);
                assert_eq!(hints(&built), hints(&read), "{surface}");
                // What says something is not passed over.
                let next = built.sieve.scan(&surface).next(Sought::Words);
                assert!(!hints(&built).any() || next == Some(0), "{surface}");
            }
        }
    }
}
