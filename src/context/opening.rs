//! What is known before the first sentence: who speaks, of which year, whether of education at all.
//!
//! `长治市人民政府办公室关于长治市履行教育职责的自评报告` says that 长治市 speaks and that the document is about
//! education; `2022 晋中教育十大亮点` dates everything that nothing nearer dates.

use crate::lexicon::kinds::Kinds;
use crate::lexicon::regions::RegionId;
use crate::lexicon::senses::{Body, StatusWord};
use crate::lexicon::tokens::Tokens;
use crate::lexicon::{Lexicon, fold};
use crate::observation::Header;
use crate::period::{Date, Origin, Period};
use crate::text::bytes::is_longer;
use crate::text::calendar::YEARS;
use crate::text::layout::{Block, BlockKind, CHAPTER, begins_series};
use crate::text::lexer::Room;
use crate::text::sentence::{Sentence, Sentences};
use crate::text::span::Span;
use crate::text::token::{Mark, TokenKind};

use super::expression::Clock;
use super::field::Ground;
use super::origin::{Known, Said, Where};
use super::passage::{Passage, Title};
use super::report::Chapters;
use super::{field, level, period, region, report, section};

/// Blocks at the head that may say who speaks.
const HEAD: usize = 10;
/// Blocks at the end that may be a signature.
const SIGNATURE: usize = 3;
/// Characters of a line that says who speaks; paragraphs are longer.
const LINE_CHARS: usize = 60;

/// A document before it is read.
#[derive(Debug, Clone, Copy)]
pub struct Opening<'a> {
    /// Title, publisher, publication date.
    pub header: &'a Header,
    /// The text.
    pub text: &'a str,
    /// Its blocks.
    pub blocks: &'a [Block],
}

impl Opening<'_> {
    /// The state in which the document begins, and its sentences. `assumed` is the region of documents that
    /// state none.
    pub fn passage(
        &self,
        lexicon: &Lexicon,
        assumed: Option<RegionId>,
        room: &mut Room,
    ) -> (Passage, Sentences) {
        let title = self.header.title.as_deref().unwrap_or("");
        let mut list = lexicon.words(title, Span::new(0, title.len()), room).list.to_vec();
        // In a title the marks of 《…》 hide nothing: 关于印发《…2025年教育工作要点》的通知.
        list.retain(|token| {
            !matches!(token.kind, TokenKind::Mark(Mark::OpenTitle | Mark::CloseTitle))
        });
        let title = Tokens::new(title, &list, lexicon);
        let publisher = self.header.publisher.as_deref().unwrap_or("");
        let list = lexicon.words(publisher, Span::new(0, publisher.len()), room).list.to_vec();
        let publisher = Tokens::new(publisher, &list, lexicon);

        let mut clock = Clock { published: self.header.published, ..Clock::default() };
        let dated = title_period(title, &mut clock);
        clock.year = dated.and_then(Period::year);
        clock.document_year = self.header.published.map(|date| date.year).or(clock.year);
        // 2008年政府工作报告 is given in 2008 and reports on 2007.
        let report = title
            .with(0..title.len(), Kinds::STATUS)
            .any(|at| title.status(at) == Some(StatusWord::Report));
        if report {
            clock.reviewed = clock.published.map(|given| report::year_planned(given) - 1);
        }
        let title_says = Title {
            period: dated.filter(|_| !report),
            // These words are those of the header, which may join lines of the text.
            level: level::named(title, 0..title.len()).map(|level| level.value),
            money: section::money(title),
            plan: section::plan_of_title(title),
            report,
            chapters: Chapters::new(self.restarts()),
        };
        let named =
            |name: Tokens, from: Where| Some(Known::without_words(region::of_name(name)?, from));
        let home = named(title, Where::Title)
            .or_else(|| named(publisher, Where::Publisher))
            .or_else(|| Some(self.signed(lexicon, room)?.from(Where::Signature)))
            .or_else(|| Some(Known::without_words(assumed?, Where::Option)))
            .or_else(|| Some(self.national(lexicon, room)?.from(Where::Text)));
        let titled = if field::titled_education(title) {
            Some(Ground::Title)
        } else {
            field::titled_education(publisher).then_some(Ground::Publisher)
        };
        // Where the whole document speaks of education, no sentence is asked whether it does.
        let spans = self.blocks.iter().map(|block| block.span);
        let sentences = Sentences::of(self.text, spans, titled.is_some(), lexicon);
        let mostly =
            || self.mostly_education(&sentences, lexicon, room).then_some(Ground::Paragraphs);
        (Passage::new(home, clock, title_says, titled.or_else(mostly)), sentences)
    }

    /// The region of the body that speaks, from the short lines at the head (`——2023年2月13日在某市…
    /// 会议上`, `某省省长 某某`) or from the signature at the end.
    fn signed(&self, lexicon: &Lexicon, room: &mut Room) -> Option<Said<RegionId>> {
        let end = self.blocks.len().saturating_sub(SIGNATURE);
        self.blocks
            .iter()
            .take(HEAD)
            .chain(&self.blocks[end..])
            .filter(|block| !is_longer(block.span.of(self.text), LINE_CHARS))
            .find_map(|block| {
                let value = region::of_name(lexicon.words(self.text, block.span, room))?;
                Some(Said { value, words: block.span })
            })
    }

    /// The country, where it is what numbers are said of and 全省, 全市 and the like are nowhere spoken of.
    fn national(&self, lexicon: &Lexicon, room: &mut Room) -> Option<Said<RegionId>> {
        let speaks = |tokens: Tokens| {
            tokens.with(0..tokens.len(), Kinds::BODY).any(|at| {
                // 10省区市 are not the body that speaks.
                tokens.body(at) != Some(Body::Nation) && tokens.str(at).chars().nth(1).is_some()
            })
        };
        let counted = |tokens: Tokens| {
            let mut bodies = tokens.with(0..tokens.len(), Kinds::BODY);
            let at = bodies.find(|&at| region::is_of_nation(tokens, at))?;
            Some(tokens.span(at, at + 1))
        };
        let mut words = None;
        for block in self.blocks {
            let tokens = lexicon.words(self.text, block.span, room);
            if speaks(tokens) {
                return None;
            }
            words = words.or_else(|| counted(tokens));
        }
        let words = words?;
        Some(Said { value: lexicon.regions().by_code(region::NATION)?, words })
    }

    /// Whether chapters are numbered from 一、 more than once.
    fn restarts(&self) -> bool {
        let first = |block: &&Block| {
            block.depth == Some(CHAPTER) && begins_series(block.span.of(self.text))
        };
        self.blocks.iter().filter(first).nth(1).is_some()
    }

    /// Whether most paragraphs speak of education, and most of their sentences.
    fn mostly_education(&self, sentences: &Sentences, lexicon: &Lexicon, room: &mut Room) -> bool {
        let mut says = |sentence: &Sentence| {
            let tokens = lexicon.words(self.text, sentence.span, room);
            field::word_of_education(tokens, 0..tokens.len()).is_some()
        };
        // Nothing is cut into words where it may be too few.
        self.most(sentences, &mut |sentence| sentence.hints.education)
            && self.most(sentences, &mut |sentence| sentence.hints.education && says(sentence))
    }

    /// Whether something is true of most sentences, and of a sentence in most paragraphs.
    fn most(&self, sentences: &Sentences, test: &mut dyn FnMut(&Sentence) -> bool) -> bool {
        let (mut paragraphs, mut all) = (Share::default(), Share::default());
        for (at, block) in self.blocks.iter().enumerate() {
            if block.kind == BlockKind::Paragraph {
                let said = sentences.within(at..at + 1);
                let about = said.iter().filter(|sentence| test(sentence)).count();
                paragraphs.add(1, usize::from(about > 0));
                all.add(said.len(), about);
            }
        }
        paragraphs.is_most() && all.is_most()
    }
}

/// So many of so many.
#[derive(Debug, Clone, Copy, Default)]
struct Share {
    all: usize,
    some: usize,
}

impl Share {
    fn add(&mut self, all: usize, some: usize) {
        self.all += all;
        self.some += some;
    }

    fn is_most(self) -> bool {
        self.some * 2 > self.all
    }
}

/// The period that a title states; `2022 晋中教育十大亮点` has a year without 年.
fn title_period(title: Tokens, clock: &mut Clock) -> Option<Period> {
    let mut stated = Vec::new();
    period::stated(title, clock, &mut stated);
    let first = stated.iter().find(|stated| stated.origin == Origin::Stated);
    let bare = || {
        let first: String = title.text.split_whitespace().next()?.chars().map(fold).collect();
        let year = Date::parse(&first)?;
        let real = YEARS.contains(&year.year) && year.month.is_none();
        real.then(|| Period::of(year))
    };
    first.and_then(|stated| stated.period).or_else(bare)
}
