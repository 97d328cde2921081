//! One document through all stages.
//!
//! Text to blocks, blocks to sentences, sentences to quantities and statements, statements to
//! observations; the passage remembers what earlier sentences say to later ones.

use std::ops::Range;
use std::path::PathBuf;

use crate::assemble::observations;
use crate::context::facts::{self, SentenceReading};
use crate::context::field;
use crate::context::opening::Opening;
use crate::context::passage::Passage;
use crate::context::region;
use crate::document::Document;
use crate::error::{Error, ErrorKind};
use crate::extract::phrase::phrases;
use crate::extract::statement::{Statement, statements};
use crate::extract::table;
use crate::lexicon::Lexicon;
use crate::lexicon::regions::RegionId;
use crate::lexicon::senses::Role;
use crate::lexicon::tokens::Tokens;
use crate::observation::Observation;
use crate::period::Date;
use crate::quantity::{Quantity, Verdict, recognize};
use crate::text::flow::Flow;
use crate::text::header::header_of;
use crate::text::layout::{Block, BlockKind};
use crate::text::lines::lines;
use crate::text::sentence::sentences;
use crate::text::source::SourceText;
use crate::text::span::Span;
use crate::text::token::Token;

/// What a user says about documents that state it nowhere, and about words.
#[derive(Debug, Clone, Default)]
pub struct Assumptions {
    /// Full or short name of the region the documents speak of.
    pub region: Option<String>,
    /// Publication date.
    pub published: Option<Date>,
    /// Folder with tables whose rows add to the built-in lexicon.
    pub lexicon: Option<PathBuf>,
}

/// The stages with their lexicon, built once and shared by all threads.
#[derive(Debug)]
pub struct Pipeline {
    /// Publication date of documents that state none.
    published: Option<Date>,
    /// Region of documents that state none.
    assumed: Option<RegionId>,
    lexicon: Lexicon,
}

impl Pipeline {
    /// Builds the lexicon.
    ///
    /// # Errors
    /// When a lexicon row cannot be read, or the region assumed is none of GB/T 2260 (nor of the
    /// user's own).
    pub fn new(assumptions: Assumptions) -> Result<Self, Error> {
        let mut pipeline = Pipeline {
            published: assumptions.published,
            assumed: None,
            lexicon: match assumptions.lexicon {
                None => Lexicon::built_in()?,
                Some(folder) => Lexicon::with_own(&folder)?,
            },
        };
        if let Some(name) = assumptions.region {
            let list = pipeline.lexicon.words(&name, Span::new(0, name.len()));
            let view = Tokens { text: &name, list: &list, lexicon: &pipeline.lexicon };
            let Some(region) = region::of_name(view) else {
                return Err(Error::new("--region", ErrorKind::UnknownRegion(name)));
            };
            pipeline.assumed = Some(region);
        }
        Ok(pipeline)
    }

    /// A document of this name and decoded text, with its header read.
    pub fn document(&self, name: String, text: String) -> Document {
        let words = self.lexicon.head();
        let lines = lines(words, &text);
        let mut header = header_of(words, &text, &lines);
        header.published = header.published.or(self.published);
        let flow = Flow::of(&text, &lines);
        Document { source: SourceText::new(name, text), flow, header }
    }

    /// All observations of a document, in the order of their numbers.
    pub fn observe<'d>(&'d self, document: &'d Document) -> Vec<Observation<'d>> {
        let (text, blocks) = (document.flow.text(), document.flow.blocks());
        let lexed: Vec<Vec<Token>> =
            blocks.iter().map(|block| self.lexicon.words(text, block.span)).collect();
        let opening = Opening { header: &document.header, text, blocks, lexed: &lexed };
        let mut passage = opening.passage(&self.lexicon, self.assumed);
        let mut found = Vec::new();
        let mut at = 0;
        while at < blocks.len() {
            let rows = blocks[at..].iter().take_while(|block| block.kind == BlockKind::Row).count();
            if rows > 0 {
                let above = captions(text, &blocks[..at]);
                let lines = &lexed[at - above..at + rows];
                found.extend(self.table(document, &passage, above, lines));
                at += rows;
                continue;
            }
            self.paragraph(document, &mut passage, blocks[at].depth, &lexed[at], &mut found);
            at += 1;
        }
        found
    }

    /// The observations of a paragraph or heading; the passage learns what it says.
    fn paragraph<'d>(
        &'d self,
        document: &'d Document,
        passage: &mut Passage,
        depth: Option<u8>,
        list: &[Token],
        found: &mut Vec<Observation<'d>>,
    ) {
        let text = document.flow.text();
        let view =
            |range: Range<usize>| Tokens { text, list: &list[range], lexicon: &self.lexicon };
        let whole = view(0..list.len());
        let sentences = sentences(list, |at| whole.is(at, Role::OfWhich));
        let Some(first) = sentences.first() else { return };
        passage.begin(depth, view(first.tokens.clone()));
        for sentence in sentences {
            let tokens = view(sentence.tokens);
            let quantities: Vec<Quantity> =
                recognize(tokens).into_iter().filter_map(Verdict::quantity).collect();
            let first_number = quantities.first().map(|quantity| quantity.tokens.start);
            passage.begin_sentence(tokens);
            let times = passage.times(tokens);
            let (places, statements) = match first_number {
                None => (Vec::new(), Vec::new()),
                Some(_) => (
                    region::places(tokens, passage.home),
                    statements(tokens, &times, passage.money(), phrases(tokens, quantities)),
                ),
            };
            let reading = SentenceReading { tokens, times, places, statements };
            found.extend(observations(
                document,
                &self.lexicon,
                passage,
                tokens,
                &reading.statements,
                |statement| field::in_field(tokens, passage, statement),
                |statement, read| facts::facts(passage, &reading, statement, read),
            ));
            passage.end_sentence(tokens, &reading.times, first_number);
        }
    }

    /// The observations of a table. The first so many lines are its captions.
    fn table<'d>(
        &'d self,
        document: &'d Document,
        passage: &Passage,
        captions: usize,
        lines: &[Vec<Token>],
    ) -> Vec<Observation<'d>> {
        let mut list = Vec::new();
        let mut rows = Vec::with_capacity(lines.len());
        for line in lines {
            rows.push(list.len()..list.len() + line.len());
            list.extend_from_slice(line);
        }
        let tokens = Tokens { text: document.flow.text(), list: &list, lexicon: &self.lexicon };
        let cells = table::cells(tokens, &rows[..captions], &rows[captions..], passage.home);
        let (statements, around): (Vec<Statement>, Vec<_>) = cells
            .into_iter()
            .map(|cell| (cell.statement, (cell.period, cell.region, cell.row, cell.education)))
            .unzip();
        let of = |statement: &Statement| {
            let number = statement.phrase.quantity.number;
            let i = statements.partition_point(|other| other.phrase.quantity.number < number);
            around[i]
        };
        observations(
            document,
            &self.lexicon,
            passage,
            tokens,
            &statements,
            |statement| passage.education_document || of(statement).3,
            |statement, _| {
                let (period, region, row, _) = of(statement);
                facts::of_cell(passage, statement, period, region, row)
            },
        )
    }
}

/// How many of the last blocks are captions of what follows: short lines that are no sentence.
fn captions(text: &str, blocks: &[Block]) -> usize {
    const CAPTIONS: usize = 3;
    const CHARS: usize = 45;
    let is_caption = |block: &&Block| {
        let line = block.span.of(text);
        block.kind != BlockKind::Row && line.chars().count() <= CHARS && !line.ends_with('。')
    };
    blocks.iter().rev().take(CAPTIONS).take_while(is_caption).count()
}
