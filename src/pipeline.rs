//! One document through all stages.
//!
//! Text to blocks, blocks to sentences, sentences to quantities and statements, statements to
//! observations; the passage remembers what earlier sentences say to later ones.

use std::ops::Range;

use crate::assemble::observations;
use crate::context::facts::{self, SentenceReading};
use crate::context::field;
use crate::context::passage::{Passage, Title};
use crate::context::period::Clock;
use crate::context::{level, region, section};
use crate::document::Document;
use crate::error::{Error, ErrorKind};
use crate::extract::phrase::phrases;
use crate::extract::statement::{Statement, statements};
use crate::extract::table;
use crate::lexicon::Lexicon;
use crate::lexicon::regions::RegionId;
use crate::lexicon::senses::{Role, StatusWord};
use crate::lexicon::tokens::Tokens;
use crate::observation::Observation;
use crate::period::{Date, Origin};
use crate::quantity::{Quantity, Verdict, recognize};
use crate::text::header::read_header;
use crate::text::layout::{Block, BlockKind, blocks};
use crate::text::lexer::lex;
use crate::text::sentence::sentences;
use crate::text::source::SourceText;
use crate::text::span::Span;
use crate::text::token::{Mark, Token, TokenKind};

/// What a user says about documents that state it nowhere.
#[derive(Debug, Clone, Default)]
pub struct Assumptions {
    /// Full or short name of the region the documents speak of.
    pub region: Option<String>,
    /// Publication date.
    pub published: Option<Date>,
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
    /// When a lexicon row cannot be read, or the region assumed is none of GB/T 2260.
    pub fn new(assumptions: Assumptions) -> Result<Self, Error> {
        let mut pipeline = Pipeline {
            published: assumptions.published,
            assumed: None,
            lexicon: Lexicon::built_in()?,
        };
        if let Some(name) = assumptions.region {
            let list = pipeline.words_of(&name);
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
        let mut header = read_header(&text);
        header.published = header.published.or(self.published);
        Document { source: SourceText::new(name, text), header }
    }

    /// All observations of a document, in the order of their numbers.
    pub fn observe<'d>(&'d self, document: &'d Document) -> Vec<Observation<'d>> {
        let text = document.source.text();
        let blocks = blocks(text);
        let lexed: Vec<Vec<Token>> =
            blocks.iter().map(|block| words(lex(text, block.span, &self.lexicon))).collect();
        let mut passage = self.passage(document, &blocks, &lexed);
        let mut found = Vec::new();
        let mut at = 0;
        while at < blocks.len() {
            let rows = blocks[at..].iter().take_while(|block| block.kind == BlockKind::Row).count();
            if rows > 0 {
                let caption = at.saturating_sub(1);
                found.extend(self.table(document, &passage, &lexed[caption..at + rows]));
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
        let text = document.source.text();
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
                |statement| facts::in_field(tokens, passage, statement),
                |statement, read| facts::facts(passage, &reading, statement, read),
            ));
            passage.end_sentence(tokens, &reading.times, first_number);
        }
    }

    /// The observations of a table: the tokens of the line above it, then of its rows.
    fn table<'d>(
        &'d self,
        document: &'d Document,
        passage: &Passage,
        lines: &[Vec<Token>],
    ) -> Vec<Observation<'d>> {
        let mut ends = lines.iter().scan(0, |end, line| {
            *end += line.len();
            Some(*end)
        });
        let mut from = ends.next().unwrap_or(0);
        let caption = 0..from;
        let rows: Vec<Range<usize>> =
            ends.map(|end| std::mem::replace(&mut from, end)..end).collect();
        let list = lines.concat();
        let tokens = Tokens { text: document.source.text(), list: &list, lexicon: &self.lexicon };
        let cells = table::cells(tokens, caption, &rows);
        let (statements, around): (Vec<Statement>, Vec<_>) = cells
            .into_iter()
            .map(|cell| (cell.statement, (cell.period, cell.row, cell.education)))
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
            |statement| passage.education_document || of(statement).2,
            |statement, _| {
                let (period, row, _) = of(statement);
                facts::of_cell(passage, statement, period, row)
            },
        )
    }

    /// The state in which a document begins: its region, its title's year, whether it is about
    /// education.
    fn passage(&self, document: &Document, blocks: &[Block], lexed: &[Vec<Token>]) -> Passage {
        let header = &document.header;
        let text = document.source.text();
        let title = header.title.as_deref().unwrap_or("");
        let (title_tokens, publisher_tokens) =
            (self.words_of(title), self.words_of(header.publisher.as_deref().unwrap_or("")));
        // In a title the marks of 《…》 hide nothing: 关于印发《…2025年教育工作要点》的通知.
        let title_tokens: Vec<Token> = title_tokens
            .into_iter()
            .filter(|token| {
                !matches!(token.kind, TokenKind::Mark(Mark::OpenTitle | Mark::CloseTitle))
            })
            .collect();
        let title_view = Tokens { text: title, list: &title_tokens, lexicon: &self.lexicon };
        let publisher_view = Tokens {
            text: header.publisher.as_deref().unwrap_or(""),
            list: &publisher_tokens,
            lexicon: &self.lexicon,
        };
        let mut clock = Clock { published: header.published, ..Clock::default() };
        let stated = crate::context::period::stated(title_view, &mut clock);
        let mut title_period = stated
            .iter()
            .find(|stated| stated.origin == Origin::Stated)
            .and_then(|stated| stated.period);
        if title_period.is_none() {
            title_period = bare_year(title);
        }
        clock.year = title_period.and_then(|period| period.year());
        clock.document_year = header.published.map(|date| date.year).or(clock.year);
        // 2008年政府工作报告 is given in 2008 and reports on 2007.
        let report = (0..title_view.len()).any(|at| {
            title_view.word(at).is_some_and(|word| word.status == Some(StatusWord::Report))
        });
        let home = region::of_name(title_view)
            .or_else(|| region::of_name(publisher_view))
            .or_else(|| self.signed(text, blocks, lexed))
            .or(self.assumed);
        let education_document = field::titled_education(title_view)
            || field::titled_education(publisher_view)
            || self.mostly_education(text, blocks, lexed);
        Passage::new(
            home,
            clock,
            Title {
                period: title_period.filter(|_| !report),
                level: level::named(title_view, 0..title_view.len()),
                money: section::money(title_view),
                plan: section::plan_of_title(title_view),
                report,
            },
            education_document,
        )
    }

    /// The region of the body that speaks, from the short lines at the head (`——2023年2月13日在某市…
    /// 会议上`, `某省省长 某某`) or from the signature at the end.
    fn signed(&self, text: &str, blocks: &[Block], lexed: &[Vec<Token>]) -> Option<RegionId> {
        const HEAD: usize = 10;
        const SIGNATURE: usize = 3;
        let short = |(block, list): (&Block, &Vec<Token>)| {
            let line = block.span.of(text);
            let list: &[Token] = if line.chars().count() <= 60 { list } else { &[] };
            region::of_name(Tokens { text, list, lexicon: &self.lexicon })
        };
        let lines = || blocks.iter().zip(lexed);
        let end = lines().skip(blocks.len().saturating_sub(SIGNATURE));
        lines().take(HEAD).chain(end).find_map(short)
    }

    fn words_of(&self, text: &str) -> Vec<Token> {
        words(lex(text, Span::new(0, text.len()), &self.lexicon))
    }

    /// Whether most paragraphs of a document speak of education.
    fn mostly_education(&self, text: &str, blocks: &[Block], lexed: &[Vec<Token>]) -> bool {
        let paragraphs =
            blocks.iter().zip(lexed).filter(|(block, _)| block.kind == BlockKind::Paragraph);
        let (mut all, mut about) = (0, 0);
        for (_, list) in paragraphs {
            all += 1;
            let tokens = Tokens { text, list, lexicon: &self.lexicon };
            about += usize::from(field::speaks_of_education(tokens, 0..tokens.len()));
        }
        about * 2 > all
    }
}

/// The year of a title that begins with one and no 年: `2022 晋中教育十大亮点`.
fn bare_year(title: &str) -> Option<crate::period::Period> {
    let year = title.split_whitespace().next()?;
    crate::period::Date::parse(year)
        .filter(|date| date.month.is_none())
        .map(crate::period::Period::of)
}

/// Tokens without spaces.
fn words(mut tokens: Vec<Token>) -> Vec<Token> {
    tokens.retain(|token| token.kind != TokenKind::Space);
    tokens
}
