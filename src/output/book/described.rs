//! What a book says of a document as a whole.
//!
//! In: a document, and its records and checks piece by piece. Out: a row of the table `documents`: of `a.txt` its
//! title, publisher and date, how it was read, how many numbers became records, and what the audit found.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use super::Column;
use crate::audit::{Severity, Verdict};
use crate::document::Document;
use crate::flag::{self, Flag};
use crate::observation::{Observation, RegionCode};
use crate::output::audit::Reported;
use crate::output::fields::{Cell, FieldKind};
use crate::verdict::Account;

/// A document, and what was read of it so far.
#[derive(Debug)]
pub struct Described {
    source: String,
    title: Option<String>,
    publisher: Option<String>,
    published: Option<String>,
    encoding: String,
    replaced: usize,
    account: Account,
    flagged: usize,
    flags: Vec<Flag>,
    /// Holds, errors, warnings, open.
    checks: [usize; 4],
    /// How many records each region has, and which came first.
    regions: BTreeMap<String, Region>,
    passed: Option<String>,
}

#[derive(Debug)]
struct Region {
    code: Option<RegionCode>,
    records: usize,
    rank: usize,
}

impl Described {
    /// A document of which nothing is read yet.
    pub fn new(document: &Document) -> Self {
        let header = &document.header;
        Described {
            source: document.source.name().to_owned(),
            title: header.title.clone(),
            publisher: header.publisher.clone(),
            published: header.published.map(|date| date.to_string()),
            encoding: document.decoding.encoding.to_string(),
            replaced: document.decoding.replaced,
            account: Account::default(),
            flagged: 0,
            flags: Vec::new(),
            checks: [0; 4],
            regions: BTreeMap::new(),
            passed: (!document.passed.is_empty())
                .then(|| serde_json::Value::Object(document.passed.clone()).to_string()),
        }
    }

    /// Counts some of its records and checks.
    pub fn add(&mut self, records: &[Observation<'_>], checks: &[Reported]) {
        for record in records {
            self.flagged += usize::from(!record.flags.is_empty());
            record.flags.iter().for_each(|&flag| flag::raise(&mut self.flags, flag));
            let Some(region) = &record.region else { continue };
            let rank = self.regions.len();
            match self.regions.entry(region.clone().into_owned()) {
                Entry::Occupied(mut known) => known.get_mut().records += 1,
                Entry::Vacant(new) => {
                    new.insert(Region { code: record.region_code, records: 1, rank });
                }
            }
        }
        for check in checks {
            self.checks[match check.verdict() {
                Verdict::Holds => 0,
                Verdict::Fails(_, Severity::Error) => 1,
                Verdict::Fails(_, Severity::Warning) => 2,
                Verdict::CannotTell => 3,
            }] += 1;
        }
    }

    /// All of it was read: what became of its numbers.
    pub fn ended(self, account: Account) -> Self {
        Described { account, ..self }
    }

    /// The region of most records; of several, the one that came first.
    fn region(&self) -> Option<(&str, &Region)> {
        let most = |(_, region): &(&String, &Region)| (region.records, usize::MAX - region.rank);
        self.regions.iter().max_by_key(most).map(|(name, region)| (name.as_str(), region))
    }
}

fn text(text: Option<&str>) -> Cell<'_> {
    text.map_or(Cell::Absent, |text| Cell::Text(Cow::Borrowed(text)))
}

fn owned(text: Option<String>) -> Cell<'static> {
    text.map_or(Cell::Absent, |text| Cell::Text(Cow::Owned(text)))
}

const fn column(
    name: &'static str,
    kind: FieldKind,
    meaning: &'static str,
    get: for<'t> fn(&'t Described) -> Cell<'t>,
) -> Column<Described> {
    Column { name, kind, meaning, get }
}

use FieldKind::{Date, Integer, Text};

/// The columns of the table `documents`.
#[rustfmt::skip] // One row a column.
pub static DOCUMENTS: &[Column<Described>] = &[
    column("source", Text, "path of the file as given or found, /-separated",
        |d| text(Some(&d.source))),
    column("title", Text, "title of the document",
        |d| text(d.title.as_deref())),
    column("publisher", Text, "body or medium that published it",
        |d| text(d.publisher.as_deref())),
    column("published", Date, "publication date",
        |d| text(d.published.as_deref())),
    column("region", Text, "the area that most of its records describe",
        |d| text(d.region().map(|(name, _)| name))),
    column("region_code", Text, "GB/T 2260 code of the region",
        |d| owned(d.region().and_then(|(_, region)| region.code).map(|code| code.to_string()))),
    column("encoding", Text, "encoding that it was read in",
        |d| text(Some(&d.encoding))),
    column("replaced", Integer, "places that could not be decoded",
        |d| Cell::Integer(d.replaced)),
    column("numbers", Integer, "numbers that it states",
        |d| Cell::Integer(d.account.numbers())),
    column("observations", Integer, "numbers that became records",
        |d| Cell::Integer(d.account.observations())),
    column("unread", Integer, "numbers that did not",
        |d| Cell::Integer(d.account.numbers() - d.account.observations())),
    column("flagged", Integer, "records that have a flag",
        |d| Cell::Integer(d.flagged)),
    column("flags", Text, "the flags of its records, each once, ;-separated",
        |d| owned((!d.flags.is_empty()).then(|| d.flags.iter().map(|flag| flag.code()).collect::<Vec<_>>().join(";")))),
    column("holds", Integer, "checks of which the claim holds",
        |d| Cell::Integer(d.checks[0])),
    column("errors", Integer, "checks that fail: the text contradicts itself",
        |d| Cell::Integer(d.checks[1])),
    column("warnings", Integer, "checks that fail, though the text may mean something else",
        |d| Cell::Integer(d.checks[2])),
    column("open", Integer, "checks that the text does not decide",
        |d| Cell::Integer(d.checks[3])),
    column("document", Text, "what its line of a stream says of it beyond that, as JSON",
        |d| text(d.passed.as_deref())),
];
