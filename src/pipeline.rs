//! One document through all stages.
//!
//! Text to blocks, blocks to sentences, sentences to quantities and statements, statements to
//! verdicts, verdicts to observations or explanations; the passage remembers what earlier sentences
//! say to later ones.

use std::ops::{ControlFlow, Range};
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::Map;

use crate::assemble::observations;
use crate::audit::{self, Finding};
use crate::context::facts::SentenceReading;
use crate::context::matters::Matters;
use crate::context::opening::Opening;
use crate::context::passage::Passage;
use crate::context::period;
use crate::context::region;
use crate::desk::{Desk, Lists};
use crate::document::Document;
use crate::error::{Error, ErrorKind};
use crate::explain::{Explanation, explain, footnotes};
use crate::extract::statement::statements;
use crate::extract::table;
use crate::judge::{self, Judged};
use crate::lexicon::Lexicon;
use crate::lexicon::regions::RegionId;
use crate::lexicon::sieve::Hints;
use crate::lexicon::tokens::Tokens;
use crate::observation::{Header, Observation};
use crate::page;
use crate::period::Date;
use crate::quantity::recognize;
use crate::stream::Given;
use crate::text::decode::Decoding;
use crate::text::flow::Flow;
use crate::text::header::header_of;
use crate::text::layout::{Block, BlockKind, CHAPTER};
use crate::text::lexer::Room;
use crate::text::lines::lines;
use crate::text::sentence::{LONGEST, Sentence, parts};
use crate::text::source::SourceText;
use crate::text::span::Span;
use crate::verdict::{Account, Reason};

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

/// Observations that are held together, and held against each other, while a document is read: more than
/// any document has that people wrote.
pub const AT_ONCE: usize = 1 << 14;

/// Observations for which there is room from the beginning: most documents make no more.
const USUAL: usize = 128;

/// The stages with their lexicon, built once and shared by all threads.
#[derive(Debug)]
pub struct Pipeline {
    /// Publication date of documents that state none.
    published: Option<Date>,
    /// Region of documents that state none.
    assumed: Option<RegionId>,
    lexicon: Lexicon,
    /// Observations made so far.
    made: AtomicUsize,
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
                None => Lexicon::built_in(),
                Some(folder) => Lexicon::with_own(&folder)?,
            },
            made: AtomicUsize::new(0),
        };
        if let Some(name) = assumptions.region {
            let Some(region) = pipeline.region(&name) else {
                return Err(Error::new("--region", ErrorKind::UnknownRegion(name)));
            };
            pipeline.assumed = Some(region);
        }
        Ok(pipeline)
    }

    /// The region of this full or short name.
    fn region(&self, name: &str) -> Option<RegionId> {
        let mut room = Room::default();
        region::of_name(self.lexicon.words(name, Span::new(0, name.len()), &mut room))
    }

    /// The words.
    pub fn lexicon(&self) -> &Lexicon {
        &self.lexicon
    }

    /// How many observations all threads together have made so far: what a progress line shows.
    pub fn made(&self) -> usize {
        self.made.load(Ordering::Relaxed)
    }

    /// A document of this name and decoded text, with its header read. Of a web page the text is that of
    /// its article, and its meta elements fill what the head of the text leaves open.
    pub fn document(&self, name: String, text: String) -> Document {
        let is_page = page::is_page(&name, &text);
        self.document_under(Header::default(), name, text, is_page)
    }

    /// The document of a line of a stream. What the line says of title, publisher and date counts before
    /// what the text says: that was entered, this is guessed from the head of the text.
    ///
    /// # Errors
    /// [`ErrorKind::UnknownRegion`] when the region of the line is none.
    pub fn given(&self, name: String, given: Given) -> Result<Document, ErrorKind> {
        let region = given
            .region
            .map(|name| self.region(&name).ok_or(ErrorKind::UnknownRegion(name)))
            .transpose()?;
        // A database of pages names each `….html` and has its text all the same.
        let is_page = page::is_page("", &given.text);
        let mut document = self.document_under(given.header, name, given.text, is_page);
        document.assumed = region.or(self.assumed);
        document.passed = given.passed;
        Ok(document)
    }

    /// A document of which somebody says this, before it says anything itself.
    fn document_under(&self, said: Header, name: String, text: String, is_page: bool) -> Document {
        let words = self.lexicon.head();
        let page = is_page.then(|| page::read(self.lexicon.pages(), words, &text));
        let (text, stated) = match page {
            Some(page) => (page.text, page.header),
            None => (text, Header::default()),
        };
        let lines = lines(words, &text);
        let mut read = header_of(words, &text, &lines);
        page::meta::fill(&mut read, stated);
        let mut header = said;
        page::meta::fill(&mut header, read);
        let dated = header.published.is_some();
        header.published = header.published.or(self.published);
        let flow = Flow::of(&text, &lines);
        Document {
            source: SourceText::new(name, text),
            flow,
            header,
            dated,
            decoding: Decoding::default(),
            assumed: self.assumed,
            passed: Map::new(),
        }
    }

    /// All observations of a document, in the order of their numbers.
    pub fn observe<'d>(&'d self, document: &'d Document) -> Vec<Observation<'d>> {
        let mut all = Vec::new();
        self.read_on(document, None, |found| {
            all.append(found);
            ControlFlow::Continue(())
        });
        all
    }

    /// All observations of a document, and what became of its other numbers.
    pub fn read<'d>(&'d self, document: &'d Document) -> (Vec<Observation<'d>>, Account) {
        let (mut all, mut account) = (Vec::new(), Account::default());
        self.read_on(document, Some(&mut account), |found| {
            all.append(found);
            ControlFlow::Continue(())
        });
        (all, account)
    }

    /// The same for documents that may state a million numbers: gives the observations to `each`,
    /// [`AT_ONCE`] or a few more at a time, with the flags of what does not agree, until it breaks; at last
    /// those that are left, be it none. Every number that was read until then is counted in the account;
    /// without one, sentences of which no observation can come are passed over.
    pub fn read_on<'d>(
        &'d self,
        document: &'d Document,
        account: Option<&mut Account>,
        mut each: impl FnMut(&mut Vec<Observation<'d>>) -> ControlFlow<()>,
    ) {
        self.give(document, account, |found| {
            audit::flag_document(found, &self.lexicon);
            each(found)
        });
    }

    /// The same with what every check found in the observations.
    pub fn check_on<'d>(
        &'d self,
        document: &'d Document,
        account: Option<&mut Account>,
        mut each: impl FnMut(&mut Vec<Observation<'d>>, Vec<Finding>) -> ControlFlow<()>,
    ) {
        self.give(document, account, |found| {
            let findings = audit::document(found, &self.lexicon);
            audit::flag(found, &findings);
            each(found, findings)
        });
    }

    /// Gives the observations to `each` before they are held against each other.
    fn give<'d>(
        &'d self,
        document: &'d Document,
        mut account: Option<&mut Account>,
        mut each: impl FnMut(&mut Vec<Observation<'d>>) -> ControlFlow<()>,
    ) {
        let mut found = Vec::with_capacity(USUAL);
        let mut give = |found: &mut Vec<Observation<'d>>| {
            self.made.fetch_add(found.len(), Ordering::Relaxed);
            let flow = each(found);
            found.clear();
            flow
        };
        let every = account.is_some();
        let all = self.judge(document, every, |judged| {
            if let Some(account) = &mut account {
                judged.count(account);
            }
            observations(document, &self.lexicon, judged, &mut found);
            if found.len() < AT_ONCE { ControlFlow::Continue(()) } else { give(&mut found) }
        });
        if all.is_continue() {
            let _ = give(&mut found);
        }
        if let Some(account) = account {
            for _ in document.flow.notes() {
                account.unread(Reason::Footnote);
            }
        }
    }

    /// Why each number of a document was read as it was, or not read.
    pub fn explain<'d>(&'d self, document: &'d Document) -> Vec<Explanation<'d>> {
        self.explain_on(document, |_, _| {})
    }

    /// The same, and gives the flagged observations to `each` with what every check found in them, as
    /// [`check_on`](Self::check_on) does.
    pub fn explain_on<'d>(
        &'d self,
        document: &'d Document,
        mut each: impl FnMut(&[Observation<'d>], Vec<Finding>),
    ) -> Vec<Explanation<'d>> {
        let mut found = Vec::new();
        let _ = self.judge(document, true, |judged| {
            explain(document, &self.lexicon, judged, &mut found);
            ControlFlow::Continue(())
        });
        // The flags of what does not agree are those of `read`.
        let mut records = found.iter_mut().filter_map(|told| told.record.as_mut());
        self.check_on(document, None, |flagged, findings| {
            each(flagged, findings);
            // In this order: at its end a zip has taken one more of what stands first.
            for (flagged, record) in flagged.iter_mut().zip(records.by_ref()) {
                record.flags = std::mem::take(&mut flagged.flags);
            }
            ControlFlow::Continue(())
        });
        footnotes(document, &mut found);
        found
    }

    /// Judges the numbers of a document, sentence by sentence and table by table, until `each` breaks:
    /// every one, or those of which an observation may come.
    fn judge(
        &self,
        document: &Document,
        every: bool,
        mut each: impl FnMut(&Judged) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        let (text, blocks) = (document.flow.text(), document.flow.blocks());
        let opening = Opening { header: &document.header, text, blocks };
        let mut desk = Desk::default();
        let room = &mut desk.room;
        let (mut passage, sentences) = opening.passage(&self.lexicon, document.assumed, room);
        let speaks =
            |blocks: Range<usize>| sentences.within(blocks).iter().any(|s| s.hints.education);
        let last = (0..blocks.len()).rfind(|&at| speaks(at..at + 1)).map(|last| last + CAPTIONS);
        let mut at = 0;
        while at < blocks.len() {
            // Of what follows no record can come.
            if !every && Some(at) > last && !passage.is_of_education() {
                break;
            }
            let rows = blocks[at..].iter().take_while(|block| block.kind == BlockKind::Row).count();
            if rows > 0 {
                let first = at - captions(text, &blocks[..at]);
                let may = every || passage.education_document.is_some();
                if may || speaks(first..at + rows) {
                    let lines = &blocks[first..at + rows];
                    self.table(text, &passage, at - first, lines, &mut desk.room, &mut each)?;
                }
                at += rows;
                continue;
            }
            let depth = blocks[at].depth;
            let paragraph = Paragraph { depth, sentences: sentences.within(at..at + 1) };
            let flow = &document.flow;
            self.paragraph(flow, &mut passage, paragraph, every, &mut desk, &mut each)?;
            at += 1;
        }
        ControlFlow::Continue(())
    }

    /// Judges the sentences of a paragraph or heading; the passage learns what it says.
    fn paragraph(
        &self,
        flow: &Flow,
        passage: &mut Passage,
        paragraph: Paragraph,
        every: bool,
        desk: &mut Desk,
        each: &mut impl FnMut(&Judged) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        let text = flow.text();
        let Desk { room, lists } = desk;
        let size = |span: Span| {
            let source = flow.source(span);
            source.end - source.start
        };
        let ends = paragraph.sentences.first().zip(paragraph.sentences.last());
        let long = ends.is_some_and(|(first, last)| size(first.span.to(last.span)) > LONGEST);
        // Where all of them together are not too long, none is.
        let size = |span: Span| if long { size(span) } else { 0 };
        passage.begin();
        let mut opens = passage.opens(paragraph.depth);
        for Sentence { span, hints } in paragraph.sentences {
            let may = |passage: &Passage| every || hints.education || passage.is_of_education();
            // Chapters are counted.
            let says_nothing =
                |depth: &mut u8| !every && *hints == Hints::default() && *depth != CHAPTER;
            if let Some(depth) = opens.take_if(says_nothing) {
                passage.open_silent(depth, *span);
            }
            let carries = hints.carries || hints.heads;
            let silent = opens.is_none() && !may(passage);
            if silent && !carries {
                passage.end_silent();
                continue;
            }
            // Of what states nothing no more is read than what it says to the sentences that follow. Each part of what
            // is too long may begin with that.
            let matters = if opens.is_some() || every || size(*span) > LONGEST {
                Matters::All
            } else if silent && !hints.carries {
                Matters::Beginning(span.start)
            } else if silent || passage.counts_schools() {
                Matters::All
            } else {
                Matters::of(text, *span, &self.lexicon)
            };
            let enough = match matters {
                Matters::All => false,
                Matters::Beginning(to) => {
                    let tokens = period::beginning(text, *span, &self.lexicon, room);
                    tokens.list.last().is_some_and(|last| last.span.end >= to)
                }
                Matters::Nothing => {
                    passage.end_silent();
                    continue;
                }
            };
            if !enough {
                room.cut(text, *span, &self.lexicon, false);
            }
            for part in parts(room.tokens(), size) {
                let tokens = Tokens::new(text, &room.tokens()[part], &self.lexicon);
                if let Some(depth) = opens.take() {
                    passage.open(depth, tokens);
                }
                passage.begin_sentence(tokens);
                lists.clear();
                passage.times(tokens, &mut lists.times);
                if may(passage) {
                    self.sentence(passage, tokens, lists, every, each)?;
                } else {
                    passage.end_other(tokens, &lists.times);
                }
            }
        }
        ControlFlow::Continue(())
    }

    /// Judges a sentence of which the expressions of time are listed.
    fn sentence(
        &self,
        passage: &mut Passage,
        tokens: Tokens,
        lists: &mut Lists,
        every: bool,
        each: &mut impl FnMut(&Judged) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        let Lists { times, quantities, places, statements: stated, unread } = lists;
        recognize(tokens, every.then_some(unread), quantities);
        let first_number = quantities.first().map(|quantity| quantity.tokens.start);
        period::claim(tokens, times, unread);
        if first_number.is_some() {
            region::places(tokens, passage.home.map(|home| home.value), places);
            statements(tokens, times, passage.money(), quantities, stated);
        }
        if first_number.is_some() || !unread.is_empty() {
            let reading = SentenceReading { tokens, times, places, statements: stated };
            each(&Judged::sentence(passage, &reading, unread))?;
        }
        passage.end_sentence(tokens, times, first_number);
        ControlFlow::Continue(())
    }

    /// Judges a table, some rows at a time. The first so many of its lines are captions.
    fn table(
        &self,
        text: &str,
        passage: &Passage,
        captions: usize,
        lines: &[Block],
        room: &mut Room,
        each: &mut impl FnMut(&Judged) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        let mut list = Vec::new();
        let mut rows = Vec::with_capacity(lines.len());
        for line in lines {
            let start = list.len();
            list.extend_from_slice(self.lexicon.words(text, line.span, room).list);
            rows.push(start..list.len());
        }
        let tokens = Tokens::new(text, &list, &self.lexicon);
        let home = passage.home.map(|home| home.value);
        table::read(tokens, &rows[..captions], &rows[captions..], home, |grid| {
            each(&Judged::table(passage, tokens, &judge::parts(grid)))
        })
    }
}

/// A paragraph or heading.
#[derive(Debug, Clone, Copy)]
struct Paragraph<'a> {
    depth: Option<u8>,
    sentences: &'a [Sentence],
}

/// So many lines may stand over a table and say what it is about.
const CAPTIONS: usize = 3;

/// How many of the last blocks are captions of what follows: short lines that are no sentence.
fn captions(text: &str, blocks: &[Block]) -> usize {
    const CHARS: usize = 45;
    let is_caption = |block: &&Block| {
        let line = block.span.of(text);
        block.kind != BlockKind::Row && line.chars().count() <= CHARS && !line.ends_with('。')
    };
    blocks.iter().rev().take(CAPTIONS).take_while(is_caption).count()
}
