//! Around each quantity of a sentence: the words before it, the words behind it, and which of them
//! name what was counted and what was done.

use std::ops::Range;

use crate::codes::Unit;
use crate::lexicon::UnitWord;
use crate::lexicon::kinds::Kinds;
use crate::lexicon::senses::{Act, Noun, Role, UnitKind};
use crate::lexicon::tokens::{CLOSING, OPENING, Run, Tokens};
use crate::quantity::Quantity;
use crate::text::token::{Mark, TokenKind};

/// What parts clauses.
pub const PARTS: Kinds = Kinds::marks(&[Mark::Comma, Mark::Semicolon, Mark::Colon, Mark::Stop]);
/// 、
const LIST_COMMA: Kinds = Kinds::mark(Mark::ListComma);

/// A quantity with its surroundings, as token ranges of its sentence.
#[derive(Debug, Clone)]
pub struct Phrase {
    /// The quantity.
    pub quantity: Quantity,
    /// The clause that holds it: between two commas, semicolons or parentheses.
    pub clause: Range<usize>,
    /// The words before it that are its own.
    pub label: Run,
    /// The words behind it that are its own.
    pub after: Run,
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

impl Phrase {
    /// A quantity around which nobody has looked.
    pub fn bare(quantity: Quantity) -> Self {
        Phrase {
            quantity,
            clause: 0..0,
            label: (0..0).into(),
            after: (0..0).into(),
            parens: None,
            head: None,
            unknown_head: false,
            unknown_label: false,
            act: None,
        }
    }
}

/// Looks around the quantities of a sentence, which come in order.
pub fn phrases<'p>(tokens: Tokens, all: impl Iterator<Item = &'p mut Phrase>) {
    let mut enclosures = tokens.enclosures();
    // 班主任津贴(每月500元)共3250万元: what a remark counts bounds no label.
    let mut outside: Option<usize> = None;
    let mut inside: Option<(usize, usize)> = None;
    // What stands behind the number of the phrase before.
    let mut counted: Option<Head> = None;
    let mut rest = all.peekable();
    while let Some(found) = rest.next() {
        let Range { start, end } = found.quantity.tokens;
        let parens = enclosures.at(start);
        let within = inside.filter(|(open, _)| Some(*open) == parens).map(|(_, end)| end);
        let previous = within.max(outside);
        match parens {
            Some(open) => inside = Some((open, end)),
            None => outside = Some(end),
        }
        let next = rest.peek().map(|next| next.quantity.tokens.start);
        found.parens = parens;
        look_around(tokens, found, previous, next);
        // 4175名大学生和17.3万名农民工: the students are counted once.
        if let Some(counted) = counted.filter(|h| found.label.range().contains(&h.at)) {
            let and = tokens.with(counted.at..found.label.end, Kinds::role(Role::And)).next();
            let own = and.map(|and| and + 1).filter(|_| found.head.is_some_and(|head| head.behind));
            // 完成22所学校建设和20所薄弱学校改造: what was done to the first stands before 和.
            if let Some(from) = own.or(found.unknown_head.then_some(counted.at + 1)) {
                found.label.start = from;
                found.head = head(tokens, found);
                found.act = act(tokens, found);
            }
        }
        counted = found.head.filter(|head| head.behind);
    }
}

/// Looks around a quantity: its words are behind the `previous` one and before the `next`.
fn look_around(tokens: Tokens, phrase: &mut Phrase, previous: Option<usize>, next: Option<usize>) {
    let Range { start, end } = phrase.quantity.tokens;
    phrase.clause = clause(tokens, start, end);
    let clause = &phrase.clause;
    let mut from = clause.start;
    if let Some(previous) = previous.filter(|&previous| previous > from) {
        // In 校舍3000平方米、学位5个 the list comma parts two labels; in 小学、初中教师5人 it does not.
        let comma = tokens.with(previous..start, LIST_COMMA).next_back();
        from = comma.map_or(previous, |comma| comma + 1);
    }
    let to = next.unwrap_or(usize::MAX).min(clause.end);
    let opens = Kinds::mark(Mark::Open);
    let lists = next.is_some_and(|next| next <= clause.end);
    let ends = if lists { opens.or(LIST_COMMA) } else { opens };
    let to = tokens.with(end..to, ends).next().unwrap_or(to.max(end));
    phrase.label = tokens.run(from..start);
    phrase.after = tokens.run(end..to);
    phrase.unknown_label = ends_unknown(tokens, phrase.label.range());
    phrase.unknown_head = phrase.quantity.unit.is_counter()
        && !phrase.after.is_empty()
        && (tokens.kind(phrase.after.start) == TokenKind::Han
            || tokens.is_neutral(phrase.after.start));
    phrase.head = head(tokens, phrase);
    phrase.act = act(tokens, phrase);
}

/// Whether the last words of a label, 为 and 达到 aside, are two or more characters that no table
/// knows: 垃圾无害化处理率85%, 自行车2万辆.
fn ends_unknown(tokens: Tokens, label: Range<usize>) -> bool {
    const LINKS: Kinds = Kinds::BOUND.or(Kinds::roles(&[Role::Link, Role::ToValue]));
    let last = label.clone().rev().find(|&at| !tokens.has(at, LINKS));
    let Some(last) = last else { return false };
    let han = |at: usize| tokens.kind(at) == TokenKind::Han;
    // 托位 is known to be nothing that education counts.
    tokens.is_neutral(last) || han(last) && last > label.start && han(last - 1)
}

/// The clause around a quantity.
///
/// A parenthesis that closes before the quantity is part of its clause, as a remark:
/// `班主任津贴(每月500元)共3250万元`.
fn clause(tokens: Tokens, start: usize, end: usize) -> Range<usize> {
    const EDGES: Kinds = PARTS.or(OPENING).or(CLOSING);
    let mut depth = 0usize;
    let begins = tokens.with(0..start, EDGES).rev().find(|&at| match tokens.mark(at) {
        Some(Mark::Open) if depth == 0 => true,
        // 其中:普通高中3所
        Some(Mark::Colon) if at > 0 && tokens.is(at - 1, Role::OfWhich) => false,
        _ if tokens.has(at, PARTS) => depth == 0,
        _ if tokens.has(at, CLOSING) => {
            depth += 1;
            false
        }
        _ => {
            depth = depth.saturating_sub(1);
            false
        }
    });
    let mut depth = 0usize;
    let ends = tokens.with(end..tokens.len(), EDGES).find(|&at| match tokens.mark(at) {
        Some(Mark::Close) if depth == 0 => true,
        _ if tokens.has(at, PARTS) => depth == 0,
        _ if tokens.has(at, OPENING) => {
            depth += 1;
            false
        }
        _ => {
            depth = depth.saturating_sub(1);
            false
        }
    });
    begins.map_or(0, |begins| begins + 1)..ends.unwrap_or(tokens.len())
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
    let per_head = tokens.any(phrase.label, Kinds::PER);
    if (unit.is_counter() || per_head || starts_with_of(tokens, phrase.after))
        && let Some(head) = behind(tokens, phrase)
    {
        return Some(head);
    }
    let label = phrase.label;
    // 江源小学、中山大道等4座人行天桥: what stands before 等 are examples of what stands behind.
    let examples = tokens.any(label, Kinds::role(Role::Etc)) && !phrase.after.is_empty();
    let last = || tokens.outside_parens(label, Kinds::ALL).last();
    if examples && last().is_some_and(|at| tokens.is(at, Role::Etc)) {
        return None;
    }
    let heads = tokens.outside_parens(label, Kinds::NOUN).filter_map(|at| {
        let noun = tokens.noun(at).filter(|&noun| fits(unit, noun))?;
        // 校园气象站36个 are no schools.
        let part_of_name = phrase.unknown_label && noun == Noun::School && unit.unit == Unit::Item;
        if part_of_name {
            return None;
        }
        Some(Head { noun, at, behind: false })
    });
    heads.last()
}

fn starts_with_of(tokens: Tokens, after: Run) -> bool {
    !after.is_empty() && tokens.is(after.start, Role::Of)
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
    for at in phrase.after.range() {
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
    // 引进的优秀人才子女: a verb that describes governs nothing.
    let governs = |at: &usize| !tokens.is(at + 1, Role::Of);
    let acts = |run: Run| tokens.outside_parens(run, Kinds::ACT).filter(governs);
    let is_strong = |at: usize| tokens.word(at).is_some_and(|word| !word.weak_act);
    let (mut strong, mut weak) = (None, None);
    for at in acts(phrase.label) {
        *(if is_strong(at) { &mut strong } else { &mut weak }) = Some(at);
    }
    if strong.is_none() {
        let mut behind = acts(phrase.after).inspect(|&at| weak = weak.or(Some(at)));
        strong = behind.find(|&at| is_strong(at));
    }
    let at = strong.or(weak)?;
    Some((tokens.act(at)?, at))
}
