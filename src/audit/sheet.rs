//! The records that checks look at, with what ties them: parents, series, sentences.
//!
//! In: records of one document, or of many. Out: a [`Sheet`] that answers which records are parts of this
//! total, and which state the same quantity at another time. Everything is sorted once, so that no
//! check walks all records for each of them.

use std::cell::OnceCell;
use std::cmp::Ordering;
use std::iter;
use std::ops::Range;

use super::figure::Figure;
use crate::codes::{Indicator, Level, Locality, Measure, Ownership, Per, Relation, Status, Unit};
use crate::lexicon::Lexicon;
use crate::observation::Observation;
use crate::period::Period;

/// Records with what ties them. A record is named by its index.
#[derive(Debug)]
pub struct Sheet<'r, 'd> {
    records: &'r [Observation<'d>],
    lexicon: &'r Lexicon,
    /// Whether findings are worded.
    worded: bool,
    /// The figures asked for so far.
    figures: Vec<OnceCell<Option<Figure>>>,
    parents: Vec<Option<usize>>,
    /// Parent and child, sorted.
    children: Vec<(usize, usize)>,
    /// Where in `children` those of each record stand.
    families: Vec<Range<usize>>,
    /// Series, year and record of each level, sorted.
    series: Vec<(Key<'r>, Option<u16>, usize)>,
    /// The records of `series`.
    levels: Vec<usize>,
    /// Where in `levels` those of each series stand that has several, the series of a place together.
    several: Vec<Range<usize>>,
    /// For each record the next one of its indicator.
    next: Vec<Option<usize>>,
    sentences: Vec<Range<usize>>,
}

/// What a record is about, but for the time: records of one series state one quantity at several times.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Series<'r> {
    /// What is measured.
    pub indicator: Indicator,
    /// Base unit.
    pub unit: Unit,
    /// Denominator.
    pub per: Option<Per>,
    /// Whose.
    pub level: Option<Level>,
    /// Whose.
    pub ownership: Option<Ownership>,
    /// Where.
    pub locality: Option<Locality>,
    /// Region, official name.
    pub region: Option<Name<'r>>,
    /// Words that narrow it.
    pub scope: Option<Name<'r>>,
}

/// A series as it is sorted: its codes as a number, which most are told apart by, and its region and scope.
type Key<'r> = (u64, Option<Name<'r>>, Option<Name<'r>>);

/// A text that is the very same in most records, which one look tells.
#[derive(Debug, Clone, Copy, Eq)]
pub struct Name<'r>(&'r str);

impl PartialEq for Name<'_> {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.0, other.0) || self.0 == other.0
    }
}

impl Ord for Name<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        if std::ptr::eq(self.0, other.0) { Ordering::Equal } else { self.0.cmp(other.0) }
    }
}

impl PartialOrd for Name<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl<'r> Series<'r> {
    /// The series of a record that states a level: what changes and growths are measured on.
    pub fn of(record: &'r Observation<'_>) -> Option<Self> {
        Some(Series {
            indicator: record.indicator?,
            unit: record.unit,
            per: record.per,
            level: record.level,
            ownership: record.ownership,
            locality: record.locality,
            region: record.region.as_deref().map(Name),
            scope: record.scope.as_deref().map(Name),
        })
    }

    fn key(self) -> Key<'r> {
        // Each code has a byte of the number.
        const _: () = assert!(Indicator::ALL.len() < u8::MAX as usize);
        const _: () = assert!(Unit::ALL.len() < u8::MAX as usize);
        let codes = [
            self.indicator as u64,
            self.unit as u64,
            self.per.map_or(0, |per| per as u64 + 1),
            self.level.map_or(0, |level| level as u64 + 1),
            self.ownership.map_or(0, |ownership| ownership as u64 + 1),
            self.locality.map_or(0, |locality| locality as u64 + 1),
        ];
        let codes = codes.into_iter().fold(0, |all, code| all << u8::BITS | code);
        (codes, self.region, self.scope)
    }
}

impl<'r, 'd> Sheet<'r, 'd> {
    /// Ties records together; a document's come in the order of their numbers.
    pub fn new(records: &'r [Observation<'d>], lexicon: &'r Lexicon) -> Self {
        let id = |at: usize| (Name(&records[at].source), records[at].number_start);
        let mut order: Vec<usize> = (0..records.len()).collect();
        order.sort_by(|&a, &b| id(a).cmp(&id(b)));
        let parents: Vec<Option<usize>> = (records.iter())
            .map(|record| {
                let wanted = (Name(&record.source), record.parent?);
                let found = order.binary_search_by(|&at| id(at).cmp(&wanted)).ok()?;
                Some(order[found])
            })
            .collect();
        let mut children: Vec<(usize, usize)> = (parents.iter().enumerate())
            .filter_map(|(child, parent)| Some(((*parent)?, child)))
            .collect();
        children.sort_unstable();
        let mut series: Vec<(Key, Option<u16>, usize)> = Vec::with_capacity(records.len());
        let levels = (records.iter().enumerate())
            .filter(|(_, record)| record.measure == Measure::Value)
            .filter_map(|(at, record)| Some((Series::of(record)?.key(), year(record.period), at)));
        series.extend(levels);
        series.sort_unstable();
        let mut several = Vec::new();
        let mut from = 0;
        for group in series.chunk_by(|(a, ..), (b, ..)| a == b) {
            if group.len() > 1 {
                several.push(from..from + group.len());
            }
            from += group.len();
        }
        several.sort_by_key(|group: &Range<usize>| {
            let (_, region, scope) = series[group.start].0;
            (region, scope)
        });
        let mut next = vec![None; records.len()];
        let mut last = [None; Indicator::ALL.len()];
        for (at, record) in records.iter().enumerate().rev() {
            if let Some(indicator) = record.indicator {
                next[at] = last[indicator as usize].replace(at);
            }
        }
        let mut families = vec![0..0; records.len()];
        let mut from = 0;
        for family in children.chunk_by(|(a, _), (b, _)| a == b) {
            families[family[0].0] = from..from + family.len();
            from += family.len();
        }
        Sheet {
            records,
            lexicon,
            worded: true,
            figures: vec![OnceCell::new(); records.len()],
            parents,
            children,
            families,
            levels: series.iter().map(|&(_, _, at)| at).collect(),
            series,
            several,
            next,
            sentences: sentences(records),
        }
    }

    /// The same sheet for who looks at verdicts alone: findings have no words.
    pub fn wordless(self) -> Self {
        Sheet { worded: false, ..self }
    }

    /// Whether findings are read, and not only the flags of what fails.
    pub fn is_worded(&self) -> bool {
        self.worded
    }

    /// Words of a finding: none where nobody reads them.
    pub fn words(&self, words: impl FnOnce() -> String) -> String {
        if self.worded { words() } else { String::new() }
    }

    /// How many records there are.
    pub fn len(&self) -> usize {
        self.records.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.records.is_empty()
    }

    /// The records that are no level: changes and growths, in order.
    pub fn changes(&self) -> impl Iterator<Item = usize> {
        (0..self.len()).filter(|&at| self.record(at).measure != Measure::Value)
    }

    /// A record.
    pub fn record(&self, at: usize) -> &'r Observation<'d> {
        &self.records[at]
    }

    /// The figure of a record; absent where the digits are hidden.
    pub fn figure(&self, at: usize) -> Option<Figure> {
        *self.figures[at].get_or_init(|| Figure::of(self.record(at)))
    }

    /// Whether two records of one series are of the same thing, as far as their words tell: 中职学校 and
    /// 中等职业学校 are, 小学 and 村小 are not.
    pub fn same_thing(&self, a: usize, b: usize) -> bool {
        let [one, other] = [a, b].map(|at| self.record(at).subject.as_deref());
        let plain = |subject: Option<&str>| subject.is_none_or(|it| self.lexicon.is_plain(it));
        // What costs least comes first.
        let same = match (one, other) {
            (Some(one), Some(other)) if self.record(a).level.is_some_and(is_one_kind) => {
                is_short_for(one, other) || is_short_for(other, one)
            }
            // 研究生 and 本专科生 are both `higher`: only the same word for a level is the same, and 毕业生 are
            // those of whatever the sentence is about.
            (Some(one), Some(other)) => one == other && self.lexicon.names_level(one),
            (None, _) | (_, None) => self.record(a).level.is_some_and(is_one_kind),
        };
        same && plain(one) && plain(other)
    }

    /// Whether the level of a record is said by its own words, and not carried over.
    pub fn names_level(&self, at: usize) -> bool {
        let subject = self.record(at).subject.as_deref();
        subject.is_some_and(|subject| self.lexicon.names_level(subject))
    }

    /// The parent of a record, when it stands in this relation to it.
    pub fn parent(&self, at: usize, relation: Relation) -> Option<usize> {
        self.parents[at].filter(|_| self.record(at).relation == Some(relation))
    }

    /// Whether a record belongs to another.
    pub fn has_parent(&self, at: usize) -> bool {
        self.parents[at].is_some()
    }

    /// The records that others belong to, in order.
    pub fn totals(&self) -> impl Iterator<Item = usize> {
        (0..self.len()).filter(|&at| !self.families[at].is_empty())
    }

    /// The records that stand in this relation to one, in order.
    pub fn children(&self, at: usize, relation: Relation) -> impl Iterator<Item = usize> {
        let of = self.children[self.families[at].clone()].iter();
        of.map(|&(_, child)| child)
            .filter(move |&child| self.record(child).relation == Some(relation))
    }

    /// The levels of a series in a year, in order.
    pub fn in_year(&self, series: Series<'_>, year: u16) -> impl Iterator<Item = usize> {
        let key = (series.key(), Some(year));
        let from = self.series.partition_point(|&(other, when, _)| (other, when) < key);
        let of =
            self.series[from..].iter().take_while(move |&&(other, when, _)| (other, when) == key);
        of.map(|&(_, _, at)| at)
    }

    /// The levels of each series that has several, those of a year together and the years in order; the
    /// series of a place together.
    pub fn all_series(&self) -> impl Iterator<Item = &[usize]> {
        self.several.iter().map(|group| &self.levels[group.clone()])
    }

    /// The records of the same indicator that follow one, in order.
    pub fn of_indicator_after(&self, at: usize) -> impl Iterator<Item = usize> {
        iter::successors(self.next[at], |&at| self.next[at])
    }

    /// The records of each sentence, in order.
    pub fn sentences(&self) -> &[Range<usize>] {
        &self.sentences
    }

    /// Whether two records stand in one sentence.
    pub fn same_sentence(&self, a: usize, b: usize) -> bool {
        let of = |at: usize| self.sentences.partition_point(|sentence| sentence.end <= at);
        of(a) == of(b)
    }

    /// A mention as a formula shows it: on one line.
    pub fn mention(&self, at: usize) -> String {
        let mention = &self.record(at).mention;
        self.words(|| mention.chars().filter(|c| !c.is_whitespace()).collect())
    }

    /// Mentions with a sign between them.
    pub fn joined(&self, terms: &[usize], sign: &str) -> String {
        self.words(|| terms.iter().map(|&at| self.mention(at)).collect::<Vec<_>>().join(sign))
    }
}

/// Whether a level holds one kind of pupils and schools, so that its words mean the same.
const fn is_one_kind(level: Level) -> bool {
    match level {
        Level::Preschool
        | Level::Primary
        | Level::JuniorSecondary
        | Level::Compulsory
        | Level::SeniorSecondary
        | Level::GeneralSeniorSecondary
        | Level::SecondaryVocational
        | Level::Special => true,
        Level::All
        | Level::PrimaryAndSecondary
        | Level::Secondary
        | Level::Vocational
        | Level::HigherVocational
        | Level::Higher
        | Level::Basic => false,
    }
}

/// Whether all characters of one phrase stand in another in the same order: 中职学校, 中等职业学校.
fn is_short_for(short: &str, long: &str) -> bool {
    let mut rest = long.chars();
    short.chars().all(|c| rest.any(|other| other == c))
}

/// The year of a period that is no longer than a year.
pub fn year(period: Option<Period>) -> Option<u16> {
    match period? {
        Period::Year(year) | Period::AcademicYear(year) | Period::Month(year, _) => Some(year),
        Period::Day(date) | Period::AsOf(date) => Some(date.year),
        Period::Range(..) | Period::YearsUntil(..) | Period::YearsFrom(..) => None,
    }
}

/// Whether two records are both facts, both plans or both norms.
pub fn same_status(a: &Observation<'_>, b: &Observation<'_>) -> bool {
    let status = |record: &Observation<'_>| -> Status { record.status };
    status(a) == status(b)
}

/// Runs of records that quote the same sentence.
fn sentences(records: &[Observation<'_>]) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    for at in 0..records.len() {
        match runs.last_mut() {
            Some(run) if same_text(&records[at - 1], &records[at]) => run.end = at + 1,
            _ => runs.push(at..at + 1),
        }
    }
    runs
}

fn same_text(a: &Observation<'_>, b: &Observation<'_>) -> bool {
    // Records of one reading borrow the very same text: a long sentence with many numbers is not compared
    // with itself.
    Name(&a.source) == Name(&b.source) && Name(&a.sentence) == Name(&b.sentence)
}
