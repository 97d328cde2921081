//! The observation: one stated number with everything needed to use it.
//!
//! A record borrows from its document; ids and parents are offsets until a writer spells them out.

use std::borrow::Cow;

use rust_decimal::Decimal;

use crate::codes::{
    Bound, Category, Indicator, Level, Locality, Measure, Ownership, Per, Relation, Status, Unit,
};
use crate::flag::Flag;
use crate::period::{Date, Origin, Period};
use crate::text::span::{CharOffset, LineNumber};

pub use crate::lexicon::regions::RegionCode;

/// Title, publisher and publication date, as the document's header states them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Header {
    /// Title of the document.
    pub title: Option<String>,
    /// Body or medium that published it.
    pub publisher: Option<String>,
    /// Day of publication.
    pub published: Option<Date>,
}

/// One stated number. The fields and their order are those of the record's definition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Observation<'d> {
    /// Path of the file as given or found, `/`-separated.
    pub source: Cow<'d, str>,
    /// Line of the first character of the number.
    pub line: LineNumber,
    /// Administrative area the number describes, full official name.
    pub region: Option<Cow<'d, str>>,
    /// GB/T 2260 code of `region`.
    pub region_code: Option<RegionCode>,
    /// Words that narrow or widen the region (`主城区`, `12个县区`).
    pub scope: Option<Cow<'d, str>>,
    /// When.
    pub period: Option<Period>,
    /// Where the period was found; present exactly when `period` is.
    pub period_origin: Option<Origin>,
    /// Education level of the people or institutions counted.
    pub level: Option<Level>,
    /// Kind of statistic.
    pub category: Category,
    /// What was measured; absent where nothing in the codebook fits.
    pub indicator: Option<Indicator>,
    /// The noun phrase of the text that names what was counted or measured.
    pub subject: Option<Cow<'d, str>>,
    /// Public, private, inclusive.
    pub ownership: Option<Ownership>,
    /// Urban or rural.
    pub locality: Option<Locality>,
    /// A level, or a difference of levels.
    pub measure: Measure,
    /// In the base unit, exact; a decrease is negative; absent where redacted.
    pub value: Option<Decimal>,
    /// Upper end of a range.
    pub value_max: Option<Decimal>,
    /// How tightly the figure is stated.
    pub bound: Bound,
    /// Base unit.
    pub unit: Unit,
    /// Denominator, where one is stated.
    pub per: Option<Per>,
    /// Fact, plan or norm.
    pub status: Status,
    /// Whether the source hides the digits.
    pub redacted: bool,
    /// What a change or growth is measured from.
    pub base_period: Option<Period>,
    /// `number_start` of the record of the same document that this one belongs to.
    pub parent: Option<CharOffset>,
    /// What it is to its parent; present exactly when `parent` is.
    pub relation: Option<Relation>,
    /// The quantity as written, qualifiers and unit included.
    pub mention: Cow<'d, str>,
    /// The whole sentence as written.
    pub sentence: Cow<'d, str>,
    /// Problems found.
    pub flags: Vec<Flag>,
    /// Name of the extractor that made the record.
    pub rule: Cow<'d, str>,
    /// Title of the document.
    pub title: Option<Cow<'d, str>>,
    /// Publisher of the document.
    pub publisher: Option<Cow<'d, str>>,
    /// Publication date of the document.
    pub published: Option<Date>,
    /// First code point of `mention`.
    pub start: CharOffset,
    /// One past its last code point.
    pub end: CharOffset,
    /// First digit, numeral or `x` of the number.
    pub number_start: CharOffset,
}

impl Observation<'_> {
    /// The same record, free of its document.
    pub fn into_owned(self) -> Observation<'static> {
        let own = |text: Cow<'_, str>| Cow::Owned(text.into_owned());
        Observation {
            source: own(self.source),
            region: self.region.map(own),
            scope: self.scope.map(own),
            subject: self.subject.map(own),
            mention: own(self.mention),
            sentence: own(self.sentence),
            rule: own(self.rule),
            title: self.title.map(own),
            publisher: self.publisher.map(own),
            line: self.line,
            region_code: self.region_code,
            period: self.period,
            period_origin: self.period_origin,
            level: self.level,
            category: self.category,
            indicator: self.indicator,
            ownership: self.ownership,
            locality: self.locality,
            measure: self.measure,
            value: self.value,
            value_max: self.value_max,
            bound: self.bound,
            unit: self.unit,
            per: self.per,
            status: self.status,
            redacted: self.redacted,
            base_period: self.base_period,
            parent: self.parent,
            relation: self.relation,
            flags: self.flags,
            published: self.published,
            start: self.start,
            end: self.end,
            number_start: self.number_start,
        }
    }
}
