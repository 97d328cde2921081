//! Tokens of a sentence to quantities: every number is one, or there is a reason why not.
//!
//! `约2.7万人` is a quantity of 27,000 people, approximate; in `第84号` the number is an ordinal, in
//! `千人以上学校` a criterion.

use std::ops::Range;

use rust_decimal::Decimal;

use super::Quantity;
use super::bound::{Bounded, bounded, is_threshold};
use super::number::{self, digits, numeral, ten_to};
use super::per::per_behind;
use super::place::{by_place, is_bare, numeral_counts, why_no_unit};
use crate::codes::{Bound, Unit};
use crate::lexicon::UnitWord;
use crate::lexicon::kinds::Kinds;
use crate::lexicon::senses::{BoundPlace, Noun, Role, Scope, UnitKind};
use crate::lexicon::tokens::Tokens;
use crate::text::span::Span;
use crate::text::token::{Mark, TokenKind};
use crate::verdict::Reason;

/// Adds the quantities of a sentence to `quantities`, in order. Its other numbers are told to `others`, in order too,
/// where somebody asks for them.
pub fn recognize(
    tokens: Tokens,
    mut others: Option<&mut Vec<(Span, Reason)>>,
    quantities: &mut Vec<Quantity>,
) {
    const SEEN: Kinds = Kinds::NUMBER.or(Kinds::marks(&[Mark::OpenTitle, Mark::CloseTitle]));
    let mut titles = 0usize;
    let mut from = 0;
    for at in tokens.with(0..tokens.len(), SEEN) {
        // Within the quantity before.
        if at < from {
            continue;
        }
        match tokens.mark(at) {
            Some(Mark::OpenTitle) => titles += 1,
            Some(Mark::CloseTitle) => titles = titles.saturating_sub(1),
            _ => {}
        }
        if !tokens.is_number(at) {
            continue;
        }
        let read = if titles > 0 { Err(Reason::Name) } else { Reader { tokens }.number(at) };
        match read {
            Ok(quantity) => {
                let end = quantity.tokens.end;
                quantities.push(quantity);
                if let Some(others) = &mut others {
                    let second = |at: usize| (tokens.list[at].span, Reason::SecondNumber);
                    others.extend(tokens.with(at + 1..end, Kinds::NUMBER).map(second));
                }
                from = end;
            }
            Err(reason) => {
                if let Some(others) = &mut others {
                    others.push((tokens.list[at].span, by_place(tokens, at, reason)));
                }
            }
        }
    }
}

/// One end of a quantity: a number with its multipliers.
struct Amount {
    /// Absent where hidden.
    value: Option<Decimal>,
    /// How many zeros of 万 and 亿 are within `value`.
    zeros: u32,
    /// 余, 多 inside or behind.
    more: bool,
    hidden: bool,
    numerals: bool,
    /// One past its last token.
    end: usize,
}

/// The zeros of 万.
const MYRIAD: u32 = 4;

impl Amount {
    /// Its value as the lower end of a range, where 万 may stand at the upper end for both: 3-5万人.
    fn times(&self, high: &Amount) -> Option<Decimal> {
        if self.zeros > 0 || high.zeros == 0 {
            return self.value;
        }
        self.value?.checked_mul(ten_to(high.zeros)?)
    }
}

struct Reader<'a> {
    tokens: Tokens<'a>,
}

impl Reader<'_> {
    /// The quantity that begins with the number at a token.
    fn number(&self, at: usize) -> Result<Quantity, Reason> {
        let tokens = self.tokens;
        let before = |kinds: Kinds| at > 0 && tokens.has(at - 1, kinds);
        if before(Kinds::role(Role::Ordinal)) {
            return Err(Reason::Ordinal);
        }
        // 每百名学生, 几十所
        let each = before(Kinds::role(Role::Each)) && tokens.kind(at) == TokenKind::Numerals;
        if each || before(Kinds::role(Role::Vague)) {
            return Err(Reason::Criterion);
        }
        let plus = Kinds::mark(Mark::Plus);
        if tokens.has(at + 1, plus) || before(plus) {
            return Err(Reason::Name);
        }
        if is_bare(tokens, at) {
            return Err(why_no_unit(tokens, at + 1));
        }
        if let Some(read) = self.fraction(at) {
            return Ok(read);
        }
        if let Some(read) = self.ratio(at) {
            return read;
        }
        let low = self.amount(at).ok_or(Reason::TooLarge)?;
        let (low_unit, mut end) = match self.unit(low.end) {
            Some((unit, end)) => (Some(unit), end),
            None => (None, low.end),
        };
        let mut high = None;
        // 90%-10% runs backwards: two numbers, no range.
        let forward = |high: &Amount| match (low.times(high), high.value) {
            (Some(a), Some(b)) => a <= b,
            _ => low.value.is_none() || high.value.is_none(),
        };
        let upper = self.upper_end(end, at, low_unit.is_some());
        if let Some((amount, unit_end)) = upper.filter(|(amount, _)| forward(amount)) {
            end = unit_end;
            high = Some(amount);
        }
        let unit = match &high {
            Some(high) => self.unit(high.end).map(|(unit, _)| unit),
            None => low_unit,
        };
        let unit = match unit {
            Some(unit) => unit,
            None => self
                .unit_of_list(low.end)
                .or_else(|| self.people(at, &low))
                .ok_or_else(|| why_no_unit(tokens, low.end))?,
        };
        // 12个县区: how many places something is said of.
        if unit.kind == UnitKind::General && tokens.scope(end) == Some(Scope::Divisions) {
            return Err(Reason::Scope);
        }
        let one = || low.value == Some(Decimal::ONE);
        if low.numerals && !numeral_counts(one(), low.more, unit.unit) {
            return Err(Reason::Idiom);
        }
        let Bounded { bound, mention } = bounded(tokens, at..end, low.more);
        let (first, end) = (mention.start, mention.end);
        if bound == Bound::AtLeast || bound == Bound::AtMost {
            // Reported as what it is: it defines a group and measures nothing.
            if unit.unit != Unit::Percent && is_threshold(tokens, end) {
                return Err(Reason::Criterion);
            }
        }
        let value = high.as_ref().map_or(low.value, |high| low.times(high));
        // 20-xx所: where one end is hidden, so is the range.
        let redacted = low.hidden || high.as_ref().is_some_and(|high| high.hidden);
        let (per, end) = per_behind(tokens, end);
        let bound = if high.is_some() { Bound::Range } else { bound };
        Ok(Quantity {
            number: tokens.list[at].span,
            mention: tokens.span(first, end),
            tokens: first..end,
            value: value.filter(|_| !redacted),
            value_max: high.as_ref().and_then(|high| high.value).filter(|_| !redacted),
            scaled: low.zeros > 0
                || high.as_ref().is_some_and(|high| high.zeros > 0)
                || unit.factor != Decimal::ONE,
            bound,
            unit,
            per,
            redacted,
        })
    }

    /// A number with what multiplies it: `3万余`, `两千`, `xx.xx万`.
    fn amount(&self, at: usize) -> Option<Amount> {
        self.amount_below(at, u32::MAX)
    }

    /// The same, as the rest of a number with so many zeros: in 1亿2000万 the 2000万 are less.
    fn amount_below(&self, at: usize, most: u32) -> Option<Amount> {
        let tokens = self.tokens;
        let text = tokens.str(at);
        let (value, hidden, is_numeral) = match tokens.kind(at) {
            TokenKind::Digits => (Some(digits(text)?), false, false),
            TokenKind::Numerals => (Some(numeral(text)?), false, true),
            TokenKind::Hidden => (None, true, false),
            _ => return None,
        };
        let (mut value, mut zeros, mut more, mut end) = (value, 0, false, at + 1);
        loop {
            if let Some(by) = number::zeros(tokens.str(end)) {
                value = match value {
                    Some(value) => Some(value.checked_mul(ten_to(by)?)?),
                    None => None,
                };
                zeros += by;
                ten_to(zeros)?;
            } else if self.is_more(end) {
                more = true;
            } else {
                break;
            }
            end += 1;
        }
        let first = Amount { value, zeros, more, hidden, numerals: is_numeral, end };
        Some(if zeros < most { self.compound(first) } else { first })
    }

    /// 1亿2000万, 3万5千, 一亿二千三百万: what follows 万 or 亿 at once is the rest of the same number.
    fn compound(&self, first: Amount) -> Amount {
        let adjacent = || {
            let list = self.tokens.list;
            list.get(first.end).is_some_and(|next| list[first.end - 1].span.end == next.span.start)
        };
        if first.zeros < MYRIAD || first.more || !adjacent() {
            return first;
        }
        let rest = self.amount_below(first.end, first.zeros);
        let (Some(rest), Some(value)) = (rest, first.value) else { return first };
        let less = |rest: &Decimal| ten_to(first.zeros).is_some_and(|most| *rest < most);
        let sum = rest.value.filter(less).and_then(|rest| value.checked_add(rest));
        match sum {
            Some(sum) => {
                Amount { value: Some(sum), numerals: first.numerals && rest.numerals, ..rest }
            }
            None => first,
        }
    }

    /// 余, 多 between a number and its unit.
    fn is_more(&self, at: usize) -> bool {
        self.tokens.bound(at) == Some((BoundPlace::After, Bound::AtLeast))
            && (number::zeros(self.tokens.str(at + 1)).is_some() || self.unit(at + 1).is_some())
    }

    /// A unit at a token, and one past it.
    fn unit(&self, at: usize) -> Option<(UnitWord, usize)> {
        Some((self.tokens.unit(at)?, at + 1))
    }

    /// `3.1、2.5、4.2个百分点`: the unit of the last number of a list belongs to all.
    fn unit_of_list(&self, end: usize) -> Option<UnitWord> {
        const ITEMS: usize = 40;
        const JOINS: Kinds = Kinds::mark(Mark::ListComma).or(Kinds::role(Role::And));
        let (tokens, mut at) = (self.tokens, end);
        for _ in 0..ITEMS {
            if !tokens.has(at, JOINS) || tokens.kind(at + 1) != TokenKind::Digits {
                return None;
            }
            let next = self.amount(at + 1)?;
            if let Some((unit, _)) = self.unit(next.end) {
                return Some(unit).filter(|unit| !unit.is_counter());
            }
            at = next.end;
        }
        None
    }

    /// `惠及37.3万学生`, `受惠学生达158万`: 万 counts people where a noun says so.
    fn people(&self, at: usize, low: &Amount) -> Option<UnitWord> {
        const NEAR: usize = 4;
        let tokens = self.tokens;
        let in_phrase = |i: &usize| tokens.mark(*i).is_none();
        let people = |i: usize| tokens.noun(i).is_some_and(Noun::is_people);
        let behind = || (low.end..low.end + NEAR).take_while(in_phrase).any(people);
        let ends = || low.end >= tokens.len() || tokens.mark(low.end).is_some();
        let before = || (0..at).rev().take(NEAR).take_while(in_phrase).any(people);
        // “百万青少年上冰雪” names a campaign.
        let written = !low.numerals || tokens.str(at).chars().nth(1).is_some();
        let counted = written && low.zeros >= MYRIAD && (behind() || ends() && before());
        let unit = UnitWord { kind: UnitKind::Counter, ..UnitWord::measure(Unit::Person) };
        counted.then_some(unit)
    }

    /// `-30人`, `至40%` behind the lower end of a range: the amount and one past its unit.
    fn upper_end(&self, end: usize, at: usize, low_has_unit: bool) -> Option<(Amount, usize)> {
        let tokens = self.tokens;
        let mut next = end;
        while tokens.mark(next) == Some(Mark::Dash) {
            next += 1;
        }
        if next == end {
            // 从5%到10% are two values; 5%到10% is a range.
            if !tokens.is(end, Role::To) || self.led_by_from(at) {
                return None;
            }
            next += 1;
        } else if low_has_unit && tokens.is_number(next) && self.unit(next + 1).is_none() {
            return None;
        }
        let high = self.amount(next)?;
        let (_, unit_end) = self.unit(high.end)?;
        Some((high, unit_end))
    }

    /// Whether 由 or 从 stands before a number in its clause.
    fn led_by_from(&self, at: usize) -> bool {
        let from = Kinds::role(Role::FromValue);
        let before = self.tokens.with(0..at, from.or(Kinds::MARK)).next_back();
        before.is_some_and(|i| self.tokens.has(i, from))
    }

    /// `三分之一`, `百分之九十五`, `1/3的`: a percentage.
    fn fraction(&self, at: usize) -> Option<Quantity> {
        let tokens = self.tokens;
        let slash = tokens.mark(at + 1) == Some(Mark::Slash)
            && tokens.is(at + 3, Role::Of)
            && (at == 0 || tokens.mark(at - 1) != Some(Mark::Slash));
        if !slash && !tokens.is(at + 1, Role::Fraction) {
            return None;
        }
        let (whole, part) = if slash { (at + 2, at) } else { (at, at + 2) };
        let end = at + 3;
        let whole = self.amount(whole)?.value?;
        let part = self.amount(part)?;
        let hundred = Decimal::ONE_HUNDRED;
        let value = part.value?.checked_mul(hundred)?.checked_div(whole)?;
        // A third has no last digit: two decimals, as statisticians write it.
        let value =
            if whole == hundred { value.normalize() } else { value.round_dp(2).normalize() };
        let Bounded { bound, mention } = bounded(tokens, at..part.end.max(end), part.more);
        Some(self.plain(at, mention, value, bound, Unit::Percent))
    }

    /// `16.2:1`, `1:12.5`: a ratio where a word before it says so, else a clock time or a name.
    fn ratio(&self, at: usize) -> Option<Result<Quantity, Reason>> {
        let tokens = self.tokens;
        if tokens.mark(at + 1) != Some(Mark::Colon) || !tokens.is_number(at + 2) {
            return None;
        }
        let named = (0..at)
            .rev()
            .take_while(|&i| !matches!(tokens.mark(i), Some(Mark::Comma | Mark::Semicolon)))
            .chain((at + 3..tokens.len()).take(2).take_while(|&i| tokens.mark(i).is_none()))
            .any(|i| tokens.noun(i) == Some(Noun::StudentTeacherRatio));
        if !named {
            // 11:20 is a time, 1:1 is not.
            let minutes = tokens.str(at + 2).chars().count() == 2;
            return Some(Err(if minutes { Reason::Date } else { Reason::NoUnit }));
        }
        let (left, right) = (self.amount(at)?.value?, self.amount(at + 2)?.value?);
        let value = if left == Decimal::ONE { right } else { left };
        let Bounded { bound, mention } = bounded(tokens, at..at + 3, false);
        Some(Ok(self.plain(at, mention, value, bound, Unit::Ratio)))
    }

    /// A quantity whose value was worked out from two numbers.
    fn plain(
        &self,
        at: usize,
        mention: Range<usize>,
        value: Decimal,
        bound: Bound,
        unit: Unit,
    ) -> Quantity {
        Quantity {
            number: self.tokens.list[at].span,
            mention: self.tokens.span(mention.start, mention.end),
            tokens: mention,
            value: Some(value),
            value_max: None,
            scaled: false,
            bound,
            unit: UnitWord::measure(unit),
            per: None,
            redacted: false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::Lexicon;
    use crate::text::lexer::Room;

    fn read(text: &str) -> (Vec<Quantity>, Vec<(Span, Reason)>) {
        let lexicon = Lexicon::built_in();
        let mut room = Room::default();
        let tokens = lexicon.words(text, Span::new(0, text.len()), &mut room);
        let (mut quantities, mut others) = (Vec::new(), Vec::new());
        recognize(tokens, Some(&mut others), &mut quantities);
        (quantities, others)
    }

    /// Value, upper end, unit, bound and mention of the only quantity.
    fn one(text: &str) -> String {
        let quantities: Vec<String> = read(text)
            .0
            .into_iter()
            .map(|q| {
                let value = q.value.map_or("?".to_owned(), |v| v.normalize().to_string());
                let max = q.value_max.map_or(String::new(), |v| format!("..{}", v.normalize()));
                format!("{value}{max} {} {} {}", q.unit.unit, q.bound, q.mention.of(text))
            })
            .collect();
        quantities.join("; ")
    }

    #[test]
    fn quantities_as_they_are_written() {
        for (text, read) in [
            ("教职工27760人。", "27760 person exact 27760人"),
            ("约2.7万人", "27000 person approx 约2.7万人"),
            ("近3万余名幼儿", "30000 person approx 近3万余名"),
            ("8000余万元", "80000000 yuan at_least 8000余万元"),
            ("2600 余万元", "26000000 yuan at_least 2600 余万元"),
            ("学位x.xx万个", "? item exact x.xx万个"),
            ("达到95％以上", "95 percent at_least 95％以上"),
            ("每年20-30人", "20..30 person range 20-30人"),
            ("240--1056元", "240..1056 yuan range 240--1056元"),
            ("30%-40%", "30..40 percent range 30%-40%"),
            ("3-5万人", "30000..50000 person range 3-5万人"),
            ("1/3的学校", "33.33 percent exact 1/3"),
            ("降低三分之一", "33.33 percent exact 三分之一"),
            ("百分之九十五", "95 percent exact 百分之九十五"),
            ("由600元提高到800元", "600 yuan exact 600元; 800 yuan exact 800元"),
            ("从5%到10%", "5 percent exact 5%; 10 percent exact 10%"),
            ("不低于800元", "800 yuan at_least 不低于800元"),
            ("生师比16.2:1", "16.2 ratio exact 16.2:1"),
            ("师生比1:12.5", "12.5 ratio exact 1:12.5"),
            ("0.5个百分点", "0.5 percentage_point exact 0.5个百分点"),
            ("十余所学校", "10 institution at_least 十余所"),
            ("翻了五番", "5 doubling exact 五番"),
            ("200元/生/月", "200 yuan exact 200元/生/月"),
            ("惠及37.3万学生", "373000 person exact 37.3万"),
            ("受惠学生达158万。", "1580000 person exact 158万"),
            (
                "提高3.1、2.5和4.2个百分点",
                "3.1 percentage_point exact 3.1; 2.5 percentage_point exact 2.5; \
                 4.2 percentage_point exact 4.2个百分点",
            ),
            ("90%-10%", "90 percent exact 90%; 10 percent exact 10%"),
            ("培训4万余人次", "40000 person_time at_least 4万余人次"),
        ] {
            assert_eq!(one(text), read, "{text}");
        }
    }

    #[test]
    fn what_is_no_quantity() {
        for text in [
            "第84号提案",
            "〔2021〕1号",
            "2020年9月8日",
            "“5+2+1”模式",
            "1+X证书",
            "《教育现代化2035》",
            "千人以上学校",
            "3-6岁残疾幼儿",
            "每天一小时",
            "一名学生",
            "三个课堂",
            "985高校",
            "11:20:12",
            "三年级",
        ] {
            assert_eq!(one(text), "", "{text}");
        }
    }
}
