//! What the passage so far says to the next sentence.

use crate::codes::{Level, Status};
use crate::lexicon::kinds::Kinds;
use crate::lexicon::regions::RegionId;
use crate::lexicon::senses::Noun;
use crate::lexicon::tokens::Tokens;
use crate::period::{Origin, Period};

use super::dating::Dated;
use super::expression::Clock;
use super::field::Ground;
use super::origin::{Known, Said, Where};
use super::period::Stated;
use super::report::Chapters;
use super::section::{Section, Sections};
use crate::text::layout::SERIES;
use crate::text::span::Span;
use crate::text::token::Mark;

use super::{dating, field, level, period, report, section};

/// The state that sentences leave behind for those that follow.
#[derive(Debug, Clone, Default)]
pub struct Passage {
    /// The region of the body that speaks.
    pub home: Option<Known<RegionId>>,
    /// What words of time are resolved against.
    pub clock: Clock,
    /// The headings above.
    pub sections: Sections,
    /// What the title says for all that nothing nearer does.
    pub title: Title,
    /// Whether the paragraph said 近年来: then nothing earlier dates it.
    pub undated: bool,
    /// Level that the paragraph's first sentence is about.
    lead_level: Option<Said<Level>>,
    /// Level that the sentence before is about.
    last_level: Option<Said<Level>>,
    /// That of the schools which a sentence of this paragraph counts, and says no more.
    schools: Option<Said<Level>>,
    /// Whether the paragraph has had a sentence.
    begun: bool,
    /// Whether the paragraph has turned to plans (下一步).
    pub plan: Option<Said<bool>>,
    /// What makes the whole document one about education.
    pub education_document: Option<Ground>,
}

/// What a title says about the whole document.
#[derive(Debug, Clone, Copy, Default)]
pub struct Title {
    /// Its period.
    pub period: Option<Period>,
    /// Its level: that of a college's annual report, of an answer about kindergartens.
    pub level: Option<Level>,
    /// The money it is about.
    pub money: Option<Noun>,
    /// Whether it makes the document a plan.
    pub plan: bool,
    /// Whether it is a government's work report, whose year is not that of what it reports.
    pub report: bool,
    /// The chapters of such a report.
    pub chapters: Chapters,
}

impl Passage {
    /// The state in which a document begins.
    pub fn new(
        home: Option<Known<RegionId>>,
        clock: Clock,
        title: Title,
        education: Option<Ground>,
    ) -> Self {
        let mut sections = Sections::default();
        sections.planned = title.plan;
        Passage {
            home,
            clock,
            sections,
            title,
            education_document: education,
            ..Passage::default()
        }
    }

    /// Begins a paragraph or heading.
    pub fn begin(&mut self) {
        self.lead_level = None;
        self.last_level = None;
        self.schools = None;
        self.begun = false;
        self.plan = None;
        self.undated = false;
    }

    /// The depth of the section that a block opens, which is given the depth of its layout.
    pub fn opens(&self, depth: Option<u8>) -> Option<u8> {
        // Elsewhere than in work reports a year states what its own paragraph tells.
        depth.filter(|&depth| depth != SERIES || self.title.report)
    }

    /// Opens a section with its heading, or with the first sentence of the paragraph that opens it.
    pub fn open(&mut self, depth: u8, heading: Tokens) {
        let mut clock = self.clock;
        let mut stated = Vec::new();
        period::stated(heading, &mut clock, &mut stated);
        // ——2014年1月6日在…会议上 says when a report was given.
        let day = |stated: &&Stated| matches!(stated.period, Some(Period::Day(_)));
        let before = |stated: &&Stated| dating::is_before_change(heading, stated);
        let first = stated
            .iter()
            .find(|stated| stated.origin == Origin::Stated && !day(stated) && !before(stated));
        let given = self.clock.published.filter(|_| self.title.report);
        // 一年来,主要抓了以下重点工作: under 一、2020年工作回顾 is no plan.
        let above = self.sections.plan_above(depth).filter(|_| given.is_some());
        let reviewed = above == Some(false);
        let by_chapter = self.title.chapters.plan(heading, depth);
        let plan = section::plan(heading)
            .filter(|plan| !(plan.value && reviewed))
            .or_else(|| self.plan_by_year(heading, first))
            .or(by_chapter.filter(|_| given.is_some() && above.is_none()));
        let period = first
            .map_or_else(|| report::years_reviewed(heading, given?), |stated| stated.said(heading));
        self.sections.open(
            depth,
            Section {
                words: heading.span(0, heading.len()),
                period,
                recent: first.is_some_and(|stated| stated.period.is_none()),
                level: level::named(heading, 0..lead(heading)),
                plan,
                education: field::word_of_education(heading, 0..heading.len()),
                stated: None,
                money: section::money(heading),
            },
        );
        if let Some(year) = first.and_then(|stated| stated.period?.year()) {
            self.clock.year = Some(year);
        }
    }

    /// Opens a section with a heading that says nothing to what stands under it.
    pub fn open_silent(&mut self, depth: u8, heading: Span) {
        self.sections.open(depth, Section { words: heading, ..Section::default() });
    }

    /// Takes a sentence's turn to plans (下一步) or back.
    pub fn begin_sentence(&mut self, tokens: Tokens) {
        self.plan = section::turns(tokens).or(self.plan);
    }

    /// In a work report the heading's year tells: `二、2020年主要工作` of a report of January 2020 is a
    /// plan, `一、2019年` is not.
    fn plan_by_year(&self, heading: Tokens, stated: Option<&Stated>) -> Option<Said<bool>> {
        let said = stated?.said(heading)?;
        let (Period::Year(year), Some(given)) = (said.value, self.clock.document_year) else {
            return None;
        };
        self.title.report.then_some(Said { value: year >= given, words: said.words })
    }

    /// Adds the expressions of time of a sentence to `found`, with the clock advanced.
    pub fn times(&mut self, tokens: Tokens, found: &mut Vec<Stated>) {
        period::stated(tokens, &mut self.clock, found);
    }

    /// Whether numbers may be about education of whose sentence no word says so.
    pub fn is_of_education(&self) -> bool {
        self.education_document.is_some()
            || self.sections.education().is_some()
            || self.money().is_some_and(field::is_specific)
    }

    /// Leaves behind what a sentence says to those that follow which does not speak of education.
    pub fn end_other(&mut self, tokens: Tokens, times: &[Stated]) {
        self.carry(tokens, times);
        self.end_topic(None);
    }

    /// Leaves behind that there was a sentence which says nothing to those that follow.
    pub fn end_silent(&mut self) {
        self.end_topic(None);
    }

    /// The periods that hold for the sentences that follow.
    fn carry(&mut self, tokens: Tokens, times: &[Stated]) {
        for stated in times.iter().filter(|stated| stated.carries) {
            match stated.said(tokens) {
                Some(period) => {
                    self.undated = false;
                    self.sections.state(period);
                }
                None => self.undated = true,
            }
        }
    }

    fn end_topic(&mut self, topic: Option<Said<Level>>) {
        if !self.begun {
            self.lead_level = topic;
        }
        self.begun = true;
        self.last_level = topic;
    }

    /// Leaves behind what a sentence says to those that follow.
    pub fn end_sentence(&mut self, tokens: Tokens, times: &[Stated], first_number: Option<usize>) {
        self.carry(tokens, times);
        // Most say nothing of any level, and nothing is to be forgotten.
        if !tokens.may(Kinds::LEVEL) && self.schools.is_none() {
            self.end_topic(None);
            return;
        }
        // The topic stands in the first clause; what later clauses mention is not carried.
        let clause = tokens.clause_at(0).end;
        let topic = match first_number.filter(|&number| number < clause) {
            // 高职院校1所: the level of what is counted, unless that is everything.
            Some(number) => {
                level::named(tokens, 0..number).filter(|level| level.value == Level::All)
            }
            None => level::named(tokens, 0..clause),
        };
        // 全市共有普通高中14所。招生8764人,在校生24945人。
        let alone = clause + 1 >= tokens.len();
        match first_number.filter(|&number| number < clause) {
            Some(number) if alone && level::counts_schools(tokens, number) => {
                self.schools = level::named(tokens, 0..number);
            }
            // What is not known need not be forgotten.
            _ if self.schools.is_some() && level::named(tokens, 0..tokens.len()).is_some() => {
                self.schools = None;
            }
            _ => {}
        }
        self.end_topic(topic);
    }

    /// The period of what a sentence leaves undated.
    pub fn period(&self) -> Option<Known<Period>> {
        if self.undated {
            return None;
        }
        let title = || Some(Known::without_words(self.title.period?, Where::Title));
        self.sections.period().or_else(title)
    }

    /// The period of what is planned or was done in a work report, where the text dates it no better:
    /// the year for which it plans, or the one before. What it says of earlier years does not date its
    /// plans.
    pub fn reported(&self, dated: Option<Dated>, status: Status) -> Option<Dated> {
        let given = self.clock.published.filter(|_| self.title.report);
        let Some(given) = given.filter(|_| !self.undated) else { return dated };
        let planned = report::year_planned(given);
        let year = match status {
            Status::Target => planned,
            Status::Actual => planned - 1,
            Status::Standard => return dated,
        };
        let known = dated.filter(|dated| {
            let earlier = |of| of < planned && dated.origin == Origin::Context;
            let past = matches!(dated.period.value, Period::Year(of) if earlier(of));
            !(status == Status::Target && past)
        });
        let period = Known::without_words(Period::Year(year), Where::Title);
        known.or(Some(Dated { period, origin: Origin::Context }))
    }

    /// The level of what a sentence gives none.
    pub fn level(&self) -> Option<Known<Level>> {
        let earlier = self.last_level.or(self.lead_level);
        earlier.map(|level| level.from(Where::EarlierSentence)).or_else(|| self.level_above())
    }

    /// Whether a sentence of this paragraph counts schools, and none behind it has named a level.
    pub fn counts_schools(&self) -> bool {
        self.schools.is_some()
    }

    /// The level of the pupils and teachers of which a sentence does not say it: that of the schools
    /// which the one before it counts.
    pub fn level_of_people(&self) -> Option<Known<Level>> {
        self.schools.map(|level| level.from(Where::EarlierSentence))
    }

    /// The level of headings and title.
    pub fn level_above(&self) -> Option<Known<Level>> {
        let title = || Some(Known::without_words(self.title.level?, Where::Title));
        self.sections.level().or_else(title)
    }

    /// The money that headings and title are about.
    pub fn money(&self) -> Option<Noun> {
        self.sections.money().or(self.title.money)
    }

    /// Whether what stands here is a plan.
    pub fn is_plan(&self) -> Known<bool> {
        let turned = self.plan.map(|plan| plan.from(Where::EarlierSentence));
        turned.unwrap_or_else(|| self.sections.is_plan())
    }
}

/// One past the words of a heading that name its topic: those before the first comma or quantity.
fn lead(heading: Tokens) -> usize {
    const ENDS: Kinds = Kinds::marks(&[Mark::Comma, Mark::Semicolon]);
    heading
        .with(0..heading.len(), ENDS.or(Kinds::NUMBER))
        .find(|&at| heading.has(at, ENDS) || heading.has(at + 1, Kinds::UNIT))
        .unwrap_or(heading.len())
}
