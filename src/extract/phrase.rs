//! Around each quantity of a sentence: the words before it, the words behind it, and which of them
//! name what was counted and what was done.

use std::ops::Range;

use crate::codes::Unit;
use crate::lexicon::senses::{Act, Noun, Role, UnitKind};
use crate::lexicon::tokens::Tokens;
use crate::lexicon::{UnitWord, Word};
use crate::quantity::Quantity;
use crate::text::token::{Mark, TokenKind};

/// A quantity with its surroundings, as token ranges of its sentence.
#[derive(Debug, Clone)]
pub struct Phrase {
    /// The quantity.
    pub quantity: Quantity,
    /// The clause that holds it: between two commas, semicolons or parentheses.
    pub clause: Range<usize>,
    /// The words before it that are its own.
    pub label: Range<usize>,
    /// The words behind it that are its own.
    pub after: Range<usize>,
    /// The opening parenthesis, when it stands in one that its sentence goes on behind.
    pub parens: Option<usize>,
    /// What is counted or measured, and where it stands.
    pub head: Option<Head>,
    /// Whether the thing counted is named right behind the number by words that no table knows.
    pub unknown_head: bool,
    /// Whether words that no table knows stand right before it, as its own noun would.
    pub unknown_label: bool,
    /// What was done, when its clause says so, and the token of the verb.
    pub act: Option<(Act, usize)>,
}

/// The noun that a quantity counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Head {
    /// What it names.
    pub noun: Noun,
    /// Its token.
    pub at: usize,
    /// Whether it stands behind the number: `17所城区公办幼儿园`.
    pub behind: bool,
}

/// The phrases of a sentence, in order.
pub fn phrases(tokens: Tokens, quantities: Vec<Quantity>) -> Vec<Phrase> {
    let enclosures = tokens.enclosures();
    let places: Vec<Range<usize>> = quantities.iter().map(|q| q.tokens.clone()).collect();
    // 班主任津贴(每月500元)共3250万元: what a remark counts bounds no label.
    let mut outside: Option<usize> = None;
    let mut inside: Option<(usize, usize)> = None;
    let mut phrases = Vec::with_capacity(quantities.len());
    for (i, quantity) in quantities.into_iter().enumerate() {
        let parens = enclosures[quantity.tokens.start];
        let end = quantity.tokens.end;
        let within = inside.filter(|(open, _)| Some(*open) == parens).map(|(_, end)| end);
        let previous = within.max(outside);
        match parens {
            Some(open) => inside = Some((open, end)),
            None => outside = Some(end),
        }
        let next = places.get(i + 1).map(|next| next.start);
        let mut found = phrase(tokens, quantity, parens, previous, next);
        // 4175名大学生和17.3万名农民工: the students are counted once.
        let counted = phrases.last().and_then(|before: &Phrase| before.head).filter(|h| h.behind);
        if let Some(counted) = counted.filter(|h| found.label.contains(&h.at)) {
            let and = (counted.at..found.label.end).find(|&at| tokens.is(at, Role::And));
            let own = and.map(|and| and + 1).filter(|_| found.head.is_some_and(|head| head.behind));
            // 完成22所学校建设和20所薄弱学校改造: what was done to the first stands before 和.
            if let Some(from) = own.or(found.unknown_head.then_some(counted.at + 1)) {
                found.label.start = from;
                found.head = head(tokens, &found);
                found.act = act(tokens, &found);
            }
        }
        phrases.push(found);
    }
    phrases
}

fn phrase(
    tokens: Tokens,
    quantity: Quantity,
    parens: Option<usize>,
    previous: Option<usize>,
    next: Option<usize>,
) -> Phrase {
    let (start, end) = (quantity.tokens.start, quantity.tokens.end);
    let clause = clause(tokens, start, end);
    let mut from = clause.start;
    if let Some(previous) = previous.filter(|&previous| previous > from) {
        // In 校舍3000平方米、学位5个 the list comma parts two labels; in 小学、初中教师5人 it does not.
        from = (previous..start)
            .rev()
            .find(|&i| tokens.mark(i) == Some(Mark::ListComma))
            .map_or(previous, |comma| comma + 1);
    }
    let to = next.unwrap_or(usize::MAX).min(clause.end);
    let to = (end..to)
        .find(|&i| {
            tokens.mark(i) == Some(Mark::Open)
                || tokens.mark(i) == Some(Mark::ListComma) && next.is_some_and(|n| n <= clause.end)
        })
        .unwrap_or(to.max(end));
    let mut phrase = Phrase {
        quantity,
        clause,
        label: from..start,
        after: end..to,
        parens,
        head: None,
        unknown_head: false,
        unknown_label: false,
        act: None,
    };
    phrase.unknown_label = ends_unknown(tokens, &phrase.label);
    phrase.unknown_head = phrase.quantity.unit.is_counter()
        && phrase.after.start < phrase.after.end
        && (tokens.kind(phrase.after.start) == TokenKind::Han
            || tokens.word(phrase.after.start).is_some_and(Word::is_neutral));
    phrase.head = head(tokens, &phrase);
    phrase.act = act(tokens, &phrase);
    phrase
}

/// Whether the last words of a label, 为 and 达到 aside, are two or more characters that no table
/// knows: 垃圾无害化处理率85%, 自行车2万辆.
fn ends_unknown(tokens: Tokens, label: &Range<usize>) -> bool {
    let link = |at: usize| {
        matches!(tokens.role(at), Some(Role::Link | Role::ToValue))
            || tokens.word(at).is_some_and(|word| word.bound.is_some())
    };
    let last = label.clone().rev().find(|&at| !link(at));
    let Some(last) = last else { return false };
    // 托位 is known to be nothing that education counts.
    let neutral = tokens.word(last).is_some_and(|word| word.is_neutral());
    let han = |at: usize| tokens.kind(at) == TokenKind::Han;
    neutral || han(last) && last > label.start && han(last - 1)
}

/// The clause around a quantity.
///
/// A parenthesis that closes before the quantity is part of its clause, as a remark:
/// `班主任津贴(每月500元)共3250万元`.
fn clause(tokens: Tokens, start: usize, end: usize) -> Range<usize> {
    let mut from = start;
    let mut depth = 0usize;
    while from > 0 {
        match tokens.mark(from - 1) {
            Some(Mark::Close | Mark::CloseTitle) => depth += 1,
            Some(Mark::Open) if depth == 0 => break,
            Some(Mark::Open | Mark::OpenTitle) => depth = depth.saturating_sub(1),
            // 其中:普通高中3所
            Some(Mark::Colon) if from >= 2 && tokens.is(from - 2, Role::OfWhich) => {}
            Some(Mark::Comma | Mark::Semicolon | Mark::Colon | Mark::Stop) if depth == 0 => break,
            _ => {}
        }
        from -= 1;
    }
    let mut to = end;
    let mut depth = 0usize;
    while to < tokens.len() {
        match tokens.mark(to) {
            Some(Mark::Open | Mark::OpenTitle) => depth += 1,
            Some(Mark::Close) if depth == 0 => break,
            Some(Mark::Close | Mark::CloseTitle) => depth = depth.saturating_sub(1),
            Some(Mark::Comma | Mark::Semicolon | Mark::Colon | Mark::Stop) if depth == 0 => break,
            _ => {}
        }
        to += 1;
    }
    from..to
}

/// The tokens of a range that stand outside parentheses and titles opened in it.
pub fn outside_parens(tokens: Tokens, range: Range<usize>) -> impl Iterator<Item = usize> {
    let mut depth = 0usize;
    range.filter(move |&i| match tokens.mark(i) {
        Some(Mark::Open | Mark::OpenTitle) => {
            depth += 1;
            false
        }
        Some(Mark::Close | Mark::CloseTitle) => {
            depth = depth.saturating_sub(1);
            false
        }
        _ => depth == 0,
    })
}

/// Whether a unit can count or measure what a noun names.
pub fn fits(unit: UnitWord, noun: Noun) -> bool {
    match unit.unit {
        Unit::Institution => {
            matches!(
                noun,
                Noun::School | Noun::ModelSchool | Noun::TrainingInstitution | Noun::SchoolGroup
            )
        }
        Unit::Person => noun.is_people() || noun == Noun::ClassSize,
        Unit::PersonTime => noun.is_people(),
        Unit::Yuan => noun.is_money(),
        Unit::Percent | Unit::PercentagePoint | Unit::PerMille => noun.is_rate(),
        Unit::Ratio => noun == Noun::StudentTeacherRatio,
        Unit::SquareMetre | Unit::Mu => noun.is_area(),
        Unit::Multiple | Unit::Doubling => !noun.is_rate(),
        Unit::Place => noun == Noun::Place,
        Unit::Class => noun == Noun::Class,
        Unit::Item if unit.kind == UnitKind::General => {
            // 运动场10个
            !noun.is_rate() && !noun.is_money() && noun != Noun::FloorArea
        }
        // 台, 册 and 项 count neither schools nor people nor places.
        Unit::Item => matches!(
            noun,
            Noun::Programme
                | Noun::Award
                | Noun::Room
                | Noun::Equipment
                | Noun::Enterprise
                | Noun::Organisation
                | Noun::SchoolGroup
                | Noun::Measure
        ),
    }
}

/// What is counted: the noun right behind the number, else the last fitting one before it.
fn head(tokens: Tokens, phrase: &Phrase) -> Option<Head> {
    let unit = phrase.quantity.unit;
    let per_head = phrase.label.clone().any(|at| tokens.word(at).is_some_and(|w| w.per.is_some()));
    if (unit.is_counter() || per_head || starts_with_of(tokens, &phrase.after))
        && let Some(head) = behind(tokens, phrase)
    {
        return Some(head);
    }
    let label: Vec<usize> = outside_parens(tokens, phrase.label.clone()).collect();
    // 江源小学、中山大道等4座人行天桥: what stands before 等 are examples of what stands behind.
    if label.last().is_some_and(|&at| tokens.is(at, Role::Etc)) && !phrase.after.is_empty() {
        return None;
    }
    label.into_iter().rev().find_map(|at| {
        let noun = tokens.noun(at).filter(|&noun| fits(unit, noun))?;
        // 校园气象站36个 are no schools.
        let part_of_name = phrase.unknown_label && noun == Noun::School && unit.unit == Unit::Item;
        if part_of_name {
            return None;
        }
        Some(Head { noun, at, behind: false })
    })
}

fn starts_with_of(tokens: Tokens, after: &Range<usize>) -> bool {
    after.start < after.end && tokens.is(after.start, Role::Of)
}

/// The noun behind a number: the last fitting one before a verb, a preposition or a mark.
///
/// `17所城区公办幼儿园建设` counts kindergartens; in `56人直接入选校长人才库` a verb comes first and
/// nothing is named.
fn behind(tokens: Tokens, phrase: &Phrase) -> Option<Head> {
    let unit = phrase.quantity.unit;
    let mut found = None;
    // 合格学校500所和公办幼儿园55所: 和 joins another.
    if tokens.is(phrase.after.start, Role::And) {
        return None;
    }
    for at in phrase.after.clone() {
        match tokens.kind(at) {
            TokenKind::Mark(Mark::OpenQuote | Mark::CloseQuote | Mark::ListComma | Mark::Plus) => {
                continue;
            }
            TokenKind::Mark(_) => break,
            _ => {}
        }
        let Some(word) = tokens.word(at) else { continue };
        if let Some(noun) = word
            .noun
            .filter(|&noun| fits(unit, noun) && !(unit.unit == Unit::Item && noun.is_people()))
        {
            found = Some(Head { noun, at, behind: true });
            continue;
        }
        let verb = word.act.is_some() && word.noun.is_none() && word.level.is_none();
        let clause_word = matches!(
            word.role,
            Some(Role::Link | Role::Preposition | Role::Rise | Role::Fall | Role::ToValue)
        );
        // 20余名引进的优秀人才: a verb with 的 behind it describes.
        // 名师培养工作站: a verb right before the noun is part of its name.
        let describes = tokens.is(at + 1, Role::Of)
            || unit.is_counter()
                && found.is_none()
                && tokens.noun(at + 1).is_some_and(|noun| fits(unit, noun));
        // 56.2万名高校和中职学校困难学生: 和 joins what comes before the noun.
        let joins = word.role == Some(Role::And) && found.is_some();
        if joins
            || (verb && !describes)
            || clause_word
            || (found.is_some() && word.role == Some(Role::Of))
        {
            break;
        }
    }
    found
}

/// What was done: the nearest verb before the number, else the first behind it; one that says
/// little (完成, 新增, 开展) only where no other stands.
fn act(tokens: Tokens, phrase: &Phrase) -> Option<(Act, usize)> {
    let before: Vec<usize> = outside_parens(tokens, phrase.label.clone()).collect();
    let before = before.into_iter().rev();
    let behind = outside_parens(tokens, phrase.after.clone());
    let acts: Vec<(Act, usize, bool)> = before
        .chain(behind)
        .filter_map(|at| {
            let word = tokens.word(at)?;
            // 引进的优秀人才子女: a verb that describes governs nothing.
            let describes = tokens.is(at + 1, Role::Of);
            Some((word.act.filter(|_| !describes)?, at, word.weak_act))
        })
        .collect();
    let strong = acts.iter().find(|(_, _, weak)| !weak);
    strong.or(acts.first()).map(|&(act, at, _)| (act, at))
}
