//! How fast each stage of the pipeline is, in bytes of text a second.
//!
//! In: the five seeds, and some reports of governments where `compare.sh` has unpacked them. Out: a line a
//! stage and corpus. Each stage gets what the one before it made, ready in memory, and its bytes are those of the
//! whole text: of the reports one sentence in fifteen gets past `sift`. `cargo bench` runs all,
//! `cargo bench -- lex` one. What a user waits for, `compare.sh` measures.

use std::fs;
use std::hint::black_box;
use std::path::PathBuf;
use std::sync::LazyLock;

use divan::Bencher;
use divan::counter::BytesCount;
use edustat::audit;
use edustat::context::expression::Clock;
use edustat::context::period::{self, Stated};
use edustat::context::region;
use edustat::document::Document;
use edustat::extract;
use edustat::extract::phrase::{Phrase, phrases};
use edustat::extract::statement::{Statement, statements};
use edustat::lexicon::tokens::Tokens;
use edustat::observation::Observation;
use edustat::output::Style;
use edustat::output::csv::Dialect;
use edustat::output::fields::Columns;
use edustat::pipeline::{Assumptions, Pipeline};
use edustat::quantity::{Quantity, recognize};
use edustat::text::decode::{EncodingChoice, decode};
use edustat::text::lexer::Room;
use edustat::text::sentence::Sentences;
use edustat::text::span::Span;
use edustat::text::token::Token;

fn main() {
    divan::main();
}

/// Dense and thin: in the seeds most sentences are about education.
const CORPORA: [&str; 2] = ["seeds", "reports"];
/// So many reports are enough.
const REPORTS: usize = 30;

static PIPELINE: LazyLock<Pipeline> =
    LazyLock::new(|| Pipeline::new(Assumptions::default()).expect("the built-in lexicon"));
static SEEDS: LazyLock<Corpus> = LazyLock::new(|| Corpus::of("seeds", usize::MAX));
static BULK: LazyLock<Corpus> = LazyLock::new(|| Corpus::of("target/compare/reports", REPORTS));

/// Texts, and what the stages make of them.
struct Corpus {
    bytes: BytesCount,
    files: Vec<Vec<u8>>,
    texts: Vec<String>,
    documents: Vec<Document>,
    /// The sentences that may speak of education, each with the number of its document.
    sentences: Vec<(usize, Span)>,
    /// Their tokens.
    lexed: Vec<(usize, Vec<Token>)>,
}

impl Corpus {
    /// The first so many files of a folder; none where there is no such folder.
    fn of(folder: &str, most: usize) -> Corpus {
        let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(folder);
        let found = fs::read_dir(folder).into_iter().flatten().flatten();
        let mut paths: Vec<PathBuf> = found.map(|file| file.path()).collect();
        paths.sort();
        let files: Vec<Vec<u8>> =
            paths.iter().take(most).filter_map(|path| fs::read(path).ok()).collect();
        let texts: Vec<String> = files.iter().map(|bytes| decoded(bytes)).collect();
        let documents: Vec<Document> = texts.iter().map(|text| document(text)).collect();
        let mut spans = Vec::new();
        for (number, document) in documents.iter().enumerate() {
            let cut = sifted(document).into_iter().filter(|(_, education)| *education);
            spans.extend(cut.map(|(span, _)| (number, span)));
        }
        let mut room = Room::default();
        let words = |&(number, span): &(usize, Span)| {
            let text = documents[number].flow.text();
            (number, PIPELINE.lexicon().words(text, span, &mut room).list.to_vec())
        };
        let lexed = spans.iter().map(words).collect();
        let bytes = BytesCount::new(files.iter().map(Vec::len).sum::<usize>());
        Corpus { bytes, files, texts, documents, sentences: spans, lexed }
    }

    fn named(name: &str) -> &'static Corpus {
        if name == CORPORA[0] { &SEEDS } else { &BULK }
    }

    fn tokens(&self) -> impl Iterator<Item = Tokens<'_>> {
        self.lexed.iter().map(|(number, list)| {
            Tokens::new(self.documents[*number].flow.text(), list, PIPELINE.lexicon())
        })
    }

    fn times(&self) -> Vec<Vec<Stated>> {
        let mut clock = Clock::default();
        self.tokens().map(|tokens| filled(|f| period::stated(tokens, &mut clock, f))).collect()
    }

    fn quantities(&self) -> Vec<Vec<Quantity>> {
        self.tokens().map(|tokens| filled(|f| recognize(tokens, None, f))).collect()
    }

    fn statements(&self) -> Vec<Vec<Statement>> {
        let parts = self.tokens().zip(self.times()).zip(self.quantities());
        parts
            .map(|((tokens, times), mut found)| {
                filled(|all| statements(tokens, &times, None, &mut found, all))
            })
            .collect()
    }

    fn observations(&self) -> Vec<Vec<Observation<'_>>> {
        self.documents.iter().map(|document| PIPELINE.observe(document)).collect()
    }
}

fn decoded(bytes: &[u8]) -> String {
    decode(bytes.to_vec(), EncodingChoice::Auto).map_or_else(|_| String::new(), |read| read.text)
}

fn document(text: &str) -> Document {
    PIPELINE.document("a.txt".to_owned(), text.to_owned())
}

/// The sentences of a document, and whether they may speak of education.
fn sifted(document: &Document) -> Vec<(Span, bool)> {
    let text = document.flow.text();
    let blocks = document.flow.blocks();
    let spans = blocks.iter().map(|block| block.span);
    let cut = Sentences::of(text, spans, false, PIPELINE.lexicon());
    let said = cut.within(0..blocks.len()).iter();
    said.map(|sentence| (sentence.span, sentence.hints.education)).collect()
}

/// The list that a stage fills.
fn filled<T>(fill: impl FnOnce(&mut Vec<T>)) -> Vec<T> {
    let mut list = Vec::new();
    fill(&mut list);
    list
}

/// Runs a stage over a corpus.
fn run<T>(bencher: Bencher, corpus: &'static Corpus, stage: impl Fn() -> T) {
    bencher.counter(corpus.bytes).bench_local(|| black_box(stage()));
}

#[divan::bench(args = CORPORA)]
fn a_decode(bencher: Bencher, name: &str) {
    let corpus = Corpus::named(name);
    run(bencher, corpus, || corpus.files.iter().map(|bytes| decoded(bytes).len()).sum::<usize>());
}

/// Lines, head, running text.
#[divan::bench(args = CORPORA)]
fn b_lay_out(bencher: Bencher, name: &str) {
    let corpus = Corpus::named(name);
    run(bencher, corpus, || corpus.texts.iter().map(|text| document(text)).collect::<Vec<_>>());
}

/// Sentences, and what each may say.
#[divan::bench(args = CORPORA)]
fn c_sift(bencher: Bencher, name: &str) {
    let corpus = Corpus::named(name);
    run(bencher, corpus, || corpus.documents.iter().map(|d| sifted(d).len()).sum::<usize>());
}

#[divan::bench(args = CORPORA)]
fn d_lex(bencher: Bencher, name: &str) {
    let corpus = Corpus::named(name);
    run(bencher, corpus, || {
        let mut room = Room::default();
        let words = |&(number, span): &(usize, Span)| {
            PIPELINE.lexicon().words(corpus.documents[number].flow.text(), span, &mut room).len()
        };
        corpus.sentences.iter().map(words).sum::<usize>()
    });
}

#[divan::bench(args = CORPORA)]
fn e_recognise(bencher: Bencher, name: &str) {
    let corpus = Corpus::named(name);
    run(bencher, corpus, || {
        let found = |tokens: Tokens<'_>| filled(|f| recognize(tokens, None, f)).len();
        corpus.tokens().map(found).sum::<usize>()
    });
}

/// Expressions of time, and places.
#[divan::bench(args = CORPORA)]
fn f_context(bencher: Bencher, name: &str) {
    let corpus = Corpus::named(name);
    let found = |tokens: Tokens<'_>| filled(|f| region::places(tokens, None, f)).len();
    let places = || corpus.tokens().map(found).sum::<usize>();
    run(bencher, corpus, || (corpus.times(), places()));
}

/// What stands around each quantity.
#[divan::bench(args = CORPORA)]
fn g_phrases(bencher: Bencher, name: &str) {
    let corpus = Corpus::named(name);
    let quantities = || corpus.quantities();
    bencher.counter(corpus.bytes).with_inputs(quantities).bench_local_values(|quantities| {
        for (tokens, found) in corpus.tokens().zip(quantities) {
            let mut all: Vec<Phrase> = found.into_iter().map(Phrase::bare).collect();
            phrases(tokens, all.iter_mut());
            black_box(all);
        }
    });
}

/// The same with lists, totals and parts.
#[divan::bench(args = CORPORA)]
fn h_relate(bencher: Bencher, name: &str) {
    let corpus = Corpus::named(name);
    let times = corpus.times();
    let quantities = || corpus.quantities();
    bencher.counter(corpus.bytes).with_inputs(quantities).bench_local_values(|quantities| {
        let each = corpus.tokens().zip(&times).zip(quantities);
        each.map(|((tokens, times), mut found)| {
            filled(|all| statements(tokens, times, None, &mut found, all))
        })
        .collect::<Vec<_>>()
    });
}

/// The rules.
#[divan::bench(args = CORPORA)]
fn i_extract(bencher: Bencher, name: &str) {
    let corpus = Corpus::named(name);
    let statements = corpus.statements();
    run(bencher, corpus, || {
        let of = |(tokens, all): (Tokens<'_>, &Vec<Statement>)| {
            all.iter().filter_map(|statement| extract::read(tokens, statement)).count()
        };
        corpus.tokens().zip(&statements).map(of).sum::<usize>()
    });
}

#[divan::bench(args = CORPORA)]
fn j_audit(bencher: Bencher, name: &str) {
    let corpus = Corpus::named(name);
    let found = corpus.observations();
    let lexicon = PIPELINE.lexicon();
    run(bencher, corpus, || {
        found.iter().map(|records| audit::document(records, lexicon).len()).sum::<usize>()
    });
}

/// CSV with all columns.
#[divan::bench(args = CORPORA)]
fn k_write(bencher: Bencher, name: &str) {
    let corpus = Corpus::named(name);
    let found = corpus.observations();
    let style = Style::Csv(Columns::all(), Dialect::Plain);
    run(bencher, corpus, || found.iter().map(|records| style.block(records)).collect::<Vec<_>>());
}

/// From bytes to records, all stages together.
#[divan::bench(args = CORPORA)]
fn whole(bencher: Bencher, name: &str) {
    let corpus = Corpus::named(name);
    run(bencher, corpus, || {
        let records = |bytes: &Vec<u8>| PIPELINE.observe(&document(&decoded(bytes))).len();
        corpus.files.iter().map(records).sum::<usize>()
    });
}
