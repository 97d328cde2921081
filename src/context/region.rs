//! Names of places to the region of a statement.
//!
//! A county that opens a clause is its region (`玛纳斯县为乡镇教师每年发放…`); of several the enclosing
//! area is, with their names as scope; 全市 and 我州 mean the body that speaks.

use crate::extract::statement::Statement;
use crate::lexicon::Word;
use crate::lexicon::kinds::Kinds;
use crate::lexicon::regions::{RegionId, Regions, Tier};
use crate::lexicon::senses::{Body, Field, Noun, Role, Time};
use crate::lexicon::tokens::Tokens;
use crate::observation::RegionCode;
use crate::text::span::Span;
use crate::text::token::{Mark, TokenKind};

use super::facts::SentenceReading;
use super::field;

/// The country itself.
pub const NATION: RegionCode = RegionCode(100_000);

/// A region as a sentence states it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// The token that names it.
    pub at: usize,
    /// The region; nothing where the text names one that is not known.
    pub region: Option<RegionId>,
    /// The words that narrow it.
    pub scope: Option<Span>,
}

/// The division that a word names, seen from the region of the document: 鼓楼区 is in four cities,
/// and means that of the city that speaks or none.
pub fn resolve(word: &Word, home: Option<RegionId>, regions: &Regions) -> Option<RegionId> {
    let named = regions.of(word.regions);
    let current = |id: &&RegionId| regions.get(**id).until.is_none();
    let near = home.and_then(|home| {
        let within = |tier: Tier| {
            let area = regions.enclosing(home, tier.min(regions.tier(home)))?;
            let mut inside = named.iter().filter(|&&id| regions.within(id, area));
            inside.clone().find(current).or_else(|| inside.next())
        };
        within(Tier::Prefecture).or_else(|| within(Tier::Province))
    });
    if let Some(&id) = near {
        return Some(id);
    }
    // 市区, 城区, 新区 are names of districts, and words for a part of any city.
    let generic = |id: &RegionId| {
        let name = regions.name(*id);
        name.ends_with('区') && name.chars().count() == 2
    };
    if named.iter().any(generic) {
        return None;
    }
    let mut all = named.iter();
    let mut now = all.clone().filter(current);
    match (now.next(), now.next()) {
        (Some(&id), None) => Some(id),
        (None, _) if named.len() == 1 => all.next().copied(),
        _ => None,
    }
}

/// Adds the places that a sentence speaks of to `places`, in order: each holds until the next.
pub fn places(tokens: Tokens, home: Option<RegionId>, places: &mut Vec<Place>) {
    const NAMES: Kinds = Kinds::SCOPE.or(Kinds::BODY).or(Kinds::REGION);
    let regions = tokens.lexicon.regions();
    let mut from = 0;
    for at in tokens.with(0..tokens.len(), NAMES) {
        if at < from {
            continue;
        }
        let Some(word) = tokens.word(at) else { continue };
        let counted = word.scope.map(|_| counted_from(tokens, at));
        let narrows = |first: &usize| *first < at || tokens.str(at).chars().count() > 1;
        if let Some(first) = counted.filter(narrows) {
            // 12个县区, 六县(市、区), 泽州县乡镇: with the number, in the region spoken of.
            let within = places.last().filter(|place: &&Place| place.at + 1 == first);
            let region = within.map_or(home, |place| place.region);
            places.push(Place { at, region, scope: Some(tokens.span(first, at + 1)) });
            continue;
        }
        if let Some(body) = word.body {
            // 国家和省政府80%的指标: the first of two issuers.
            let second = at >= 2
                && tokens.is(at - 1, Role::And)
                && tokens.body(at - 2) == Some(Body::Nation);
            if !second {
                places.extend(spoken_of(tokens, at, body, home, regions));
            }
            continue;
        }
        if word.regions.is_empty() || !opens_clause(tokens, at) {
            continue;
        }
        let (ids, end) = listed(tokens, at, home);
        places.extend(subject(tokens, at, end, &ids, home, regions));
        from = end;
    }
}

/// The first token of a scope: the number before it, if there is one.
fn counted_from(tokens: Tokens, at: usize) -> usize {
    let unit = at > 0 && tokens.has(at - 1, Kinds::UNIT);
    let number = if unit { at.checked_sub(2) } else { at.checked_sub(1) };
    number.filter(|&i| tokens.is_number(i)).unwrap_or(at)
}

/// Whom 全市, 全省 and 国家 mean.
fn spoken_of(
    tokens: Tokens,
    at: usize,
    body: Body,
    home: Option<RegionId>,
    regions: &Regions,
) -> Option<Place> {
    let place = |region| Some(Place { at, region, scope: None });
    match body {
        // A district speaks of the city it lies in as 全市, or is quoted by it.
        Body::City => place(city(home, regions)),
        Body::Prefecture | Body::County => place(home),
        // 全国首批, 全省率先 speak of rank, not of area; a norm follows 高于 or has 要求 behind it.
        Body::Nation if is_counted(tokens, at) => place(regions.by_code(NATION)),
        Body::Province | Body::Nation if !held_against(tokens, at) => None,
        Body::Province => place(regions.enclosing(home?, Tier::Province)),
        Body::Nation => place(regions.by_code(NATION)),
    }
}

/// Whether a token is the country, and something is counted in it.
pub fn is_of_nation(tokens: Tokens, at: usize) -> bool {
    tokens.body(at) == Some(Body::Nation) && is_counted(tokens, at)
}

/// Whether 全国 or 我国 is where something is counted: 全国共有幼儿园28.1万所, 我国高等职业院校1327所. 全国首批 and
/// 全国文明校园 speak of rank.
fn is_counted(tokens: Tokens, at: usize) -> bool {
    let Some(next) = tokens.word(at + 1).filter(|_| opens_clause(tokens, at)) else { return false };
    let counted = next.level.is_some()
        || next.noun.is_some_and(field::is_specific)
        || next.role == Some(Role::Link)
        || next.time == Some(Time::Now);
    let prize = |at: usize| matches!(tokens.noun(at), Some(Noun::Award | Noun::ModelSchool));
    counted && !tokens.clause_at(at).any(prize)
}

/// Whom 全市 means: the body that speaks, or the city of a district.
fn city(home: Option<RegionId>, regions: &Regions) -> Option<RegionId> {
    let district = |id: &RegionId| regions.name(*id).ends_with('区');
    home.filter(district).and_then(|id| regions.enclosing(id, Tier::Prefecture)).or(home)
}

/// Whether 国家 or 省 issues the norm that a number of the clause is: `高于国家50%和省政府55%`,
/// `按照国家每个班级需配备2名幼儿教师的要求`.
fn held_against(tokens: Tokens, at: usize) -> bool {
    let in_clause =
        |i: &usize| !matches!(tokens.mark(*i), Some(Mark::Comma | Mark::Semicolon | Mark::Stop));
    let led = (0..at).rev().take_while(in_clause).any(|i| tokens.is(i, Role::Against));
    let number = |i: usize| tokens.is_number(i);
    let each = tokens.has(at + 1, Kinds::PER);
    (led || each) && (at + 1..tokens.len()).take_while(in_clause).take(4).any(number)
}

/// Whether a token stands where the subject of a clause stands: at its start, or behind an
/// expression of time, 其中 or 如.
fn opens_clause(tokens: Tokens, at: usize) -> bool {
    let Some(before) = at.checked_sub(1) else { return true };
    match tokens.kind(before) {
        TokenKind::Mark(Mark::Comma | Mark::Semicolon | Mark::Colon | Mark::Stop) => true,
        // 其中镇雄县9.86万人、彝良县4.1万人
        TokenKind::Mark(Mark::ListComma) => before > 0 && tokens.has(before - 1, Kinds::UNIT),
        TokenKind::Mark(_) => false,
        TokenKind::Word(_) => {
            tokens.has(before, Kinds::roles(&[Role::OfWhich, Role::SuchAs]))
                || matches!(tokens.time(before), Some(Time::Year | Time::YearEnd | Time::Now))
        }
        _ => false,
    }
}

/// The places that are named one after another (`高平市和陵川县`), and one past the last of them.
fn listed(tokens: Tokens, at: usize, home: Option<RegionId>) -> (Vec<RegionId>, usize) {
    let regions = tokens.lexicon.regions();
    let mut ids = Vec::new();
    let mut end = at;
    while let Some(word) = tokens.word(end).filter(|word| !word.regions.is_empty()) {
        ids.extend(resolve(word, home, regions));
        end += 1;
        let joined = tokens.mark(end) == Some(Mark::ListComma)
            || tokens.is(end, Role::And)
            || tokens.mark(end) == Some(Mark::Dash);
        let more = tokens.has(end + 1, Kinds::REGION);
        if !joined || !more {
            break;
        }
        end += 1;
    }
    (ids, end)
}

/// The place that a list of names is, when it is the subject and not part of a school's name.
fn subject(
    tokens: Tokens,
    at: usize,
    end: usize,
    ids: &[RegionId],
    home: Option<RegionId>,
    regions: &Regions,
) -> Option<Place> {
    // 昌吉市第十九小学, 榆次区十六幼, 晋城一中: a school is not its county.
    let named = tokens.is(end, Role::Ordinal)
        || tokens.has(end, Kinds::FIXED)
        || matches!(tokens.mark(end), Some(Mark::ListComma));
    if named {
        return None;
    }
    match ids {
        [] => None,
        [id] => {
            // 晋城市 in a document of 晋城市 narrows nothing; 山西 in it is part of a name.
            let wider = home.is_some_and(|home| *id != home && regions.within(home, *id));
            let school = tokens.noun(end) == Some(Noun::School) && home != Some(*id);
            // 宁波市教育系统 in a document of one of its districts: the whole name stands for the whole.
            let whole =
                tokens.str(at) == regions.name(*id) && tokens.field(end) == Some(Field::Title);
            (!wider && !school || wider && whole).then_some(Place {
                at,
                region: Some(*id),
                scope: None,
            })
        }
        _ => {
            let scope = Some(tokens.span(at, end));
            let all_home = home.is_some_and(|home| ids.iter().all(|&id| regions.within(id, home)));
            let shared = |tier| {
                let area = regions.enclosing(ids[0], tier)?;
                ids.iter().all(|&id| regions.within(id, area)).then_some(area)
            };
            let region = if all_home {
                home
            } else {
                shared(Tier::Prefecture).or_else(|| shared(Tier::Province))
            };
            Some(Place { at, region, scope })
        }
    }
}

/// The region that a title or a publisher's name speaks of: the narrowest of the first chain of
/// names, 晋城市 in `山西省晋城市教育局`.
pub fn of_name(tokens: Tokens) -> Option<RegionId> {
    let regions = tokens.lexicon.regions();
    let mut found: Option<RegionId> = None;
    for at in tokens.with(0..tokens.len(), Kinds::REGION) {
        let Some(word) = tokens.word(at) else { continue };
        let Some(id) = resolve(word, found, regions) else { continue };
        match found {
            None => found = Some(id),
            Some(outer) if regions.within(id, outer) => found = Some(id),
            Some(_) => {}
        }
    }
    found
}

/// The place that the sentence spoke of last before the number.
pub fn of<'s>(sentence: &'s SentenceReading, statement: &Statement) -> Option<&'s Place> {
    let at = statement.phrase.quantity.tokens.start;
    let semicolon = Kinds::mark(Mark::Semicolon);
    let ends = |place: &&Place| sentence.tokens.any(place.at..at, semicolon);
    // 11个县毛入园率、16个县公办率达到95%、60%: each label has its own.
    let named =
        |place: &&Place| statement.piece.as_ref().is_some_and(|own| own.contains(&place.at));
    let own = sentence.places.iter().rev().find(named);
    own.or_else(|| sentence.places.iter().rev().find(|place| place.at < at))
        .filter(|place| !ends(place))
}
