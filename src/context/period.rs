//! The expressions of time in a sentence, and which of them carry over.
//!
//! In: the tokens of a sentence. Out: its expressions of time in order, each with its period. `2020年全市…`
//! holds for the sentences that follow, `近三年` only for its own; after `近年来` nothing earlier does.

use std::ops::Range;

use memchr::memchr2_iter;

use crate::lexicon::Lexicon;
use crate::lexicon::kinds::Kinds;
use crate::lexicon::senses::{Role, Time};
use crate::lexicon::tokens::Tokens;
use crate::period::{Origin, Period};
use crate::text::lexer::Room;
use crate::text::script::is_digit;
use crate::text::span::Span;
use crate::text::token::Mark;
use crate::verdict::Reason;

use super::expression::{Clock, Reader};
use super::origin::Said;
use super::section;

/// An expression of time in a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stated {
    /// Its tokens.
    pub tokens: Range<usize>,
    /// The parenthesis that holds it.
    pub parens: Option<usize>,
    /// What it says; nothing for 近年来.
    pub period: Option<Period>,
    /// `document` for 目前, else `stated`.
    pub origin: Origin,
    /// Whether it heads its sentence and so holds for the following ones.
    pub carries: bool,
}

impl Stated {
    /// The period with its words, which are among these tokens; nothing for 近年来.
    pub fn said(&self, tokens: Tokens) -> Option<Said<Period>> {
        let words = tokens.span(self.tokens.start, self.tokens.end);
        Some(Said { value: self.period?, words })
    }
}

/// Says of the numbers without a statement which of them only say when.
pub fn claim(tokens: Tokens, times: &[Stated], unread: &mut [(Span, Reason)]) {
    for stated in times {
        let words = tokens.span(stated.tokens.start, stated.tokens.end);
        let first = unread.partition_point(|(number, _)| number.start < words.start);
        for (_, reason) in unread[first..].iter_mut().take_while(|(n, _)| words.contains(*n)) {
            *reason = Reason::Date;
        }
    }
}

/// The marks of 《…》, in which nothing says when.
const TITLES: Kinds = Kinds::marks(&[Mark::OpenTitle, Mark::CloseTitle]);

/// The expressions of time in a sentence, in order. `clock` is advanced by what they say.
pub fn stated(tokens: Tokens, clock: &mut Clock) -> Vec<Stated> {
    const BEGINS: Kinds = Kinds::TIME.or(Kinds::NUMBER);
    let mut found: Vec<Stated> = Vec::new();
    // Every expression has a word of time.
    if !tokens.may(Kinds::TIME) {
        return found;
    }
    let enclosures = tokens.enclosures();
    let mut titles = 0usize;
    let mut from = 0;
    let next = |from: usize| tokens.with(from..tokens.len(), BEGINS.or(TITLES)).next();
    while let Some(at) = next(from) {
        from = at + 1;
        match tokens.mark(at) {
            Some(Mark::OpenTitle) => titles += 1,
            Some(Mark::CloseTitle) => titles = titles.saturating_sub(1),
            _ => {}
        }
        let reads = titles == 0 && tokens.has(at, BEGINS);
        let read = if reads { Reader { tokens, clock }.read(at) } else { None };
        let Some((period, origin, end)) = read else { continue };
        from = end;
        // 2020年全市现有小学120所: the stated year outranks 现有.
        let dated = origin == Origin::Document
            && found.last().is_some_and(|last: &Stated| {
                last.origin == Origin::Stated
                    && last.period.is_some()
                    && !tokens.any(last.tokens.end..at, Kinds::MARK)
            });
        if dated {
            continue;
        }
        let heads = match period {
            None => origin == Origin::Stated && opens_clause(tokens, at),
            Some(period) => {
                heads_sentence(tokens, at) && scope_is_text(tokens, at, period, origin, clock)
            }
        };
        if let Some(period) = period
            && origin == Origin::Stated
        {
            if matches!(period, Period::Range(Some(_), Some(_))) {
                clock.range = Some(period);
            }
            if heads {
                clock.year = period.year().or(clock.year);
            }
        }
        found.push(Stated {
            tokens: at..end,
            parens: enclosures.at(at),
            period,
            origin,
            carries: heads,
        });
    }
    found
}

/// Whether nothing but prepositions and list numbers stands before a token of its sentence.
fn heads_sentence(tokens: Tokens, at: usize) -> bool {
    (0..at).all(|i| stands_before(tokens, i))
}

/// Whether a token may stand before an expression of time that heads its sentence.
fn stands_before(tokens: Tokens, i: usize) -> bool {
    const MAY: Kinds = Kinds::FIXED
        .or(Kinds::roles(&[Role::FromValue, Role::Starting, Role::Preposition]))
        .or(Kinds::marks(&[Mark::OpenQuote, Mark::Markup, Mark::Dash]));
    tokens.has(i, MAY)
        || matches!(tokens.time(i), Some(Time::Until | Time::Near | Time::Past))
        // 各位代表,2015年是收官之年
        || tokens.has(i, Kinds::marks(&[Mark::Comma, Mark::Stop]))
            && i.checked_sub(1).is_some_and(|i| tokens.has(i, Kinds::FIXED))
}

/// The tokens of a sentence that tell whether it heads with what holds for those that follow, a turn to plans or
/// an expression of time: mostly those of its first clause. Behind a word that may not stand before it nothing
/// heads, and no expression goes on behind a comma. They stand in this room.
pub fn beginning<'a>(
    text: &'a str,
    sentence: Span,
    lexicon: &'a Lexicon,
    room: &'a mut Room,
) -> Tokens<'a> {
    /// 各位代表,2015年是收官之年,…
    const CLAUSES: usize = 2;
    let tells = |clauses: &str| {
        let end = sentence.start + clauses.len();
        let tokens = lexicon.words(text, Span::new(sentence.start, end), room);
        let mut before = 0..tokens.len().saturating_sub(1);
        before.len() >= section::HEAD && before.any(|at| !stands_before(tokens, at))
    };
    if clauses(sentence.of(text)).take(CLAUSES).any(tells) {
        Tokens::new(text, room.tokens(), lexicon)
    } else {
        lexicon.words(text, sentence, room)
    }
}

/// What a sentence says up to its first comma, that comma included, up to its second, and so on.
pub(super) fn clauses(sentence: &str) -> impl Iterator<Item = &str> {
    // Of the marks that begin with this byte nearly all are commas.
    const WIDE: u8 = "，".as_bytes()[0];
    memchr2_iter(b',', WIDE, sentence.as_bytes()).filter_map(|at| {
        let (before, here) = sentence.split_at(at);
        let comma = here.chars().next().filter(|&c| Mark::of(c) == Some(Mark::Comma))?;
        // 1,000 is one number.
        (!before.ends_with(is_digit)).then(|| &sentence[..at + comma.len_utf8()])
    })
}

/// Whether a token begins a clause.
fn opens_clause(tokens: Tokens, at: usize) -> bool {
    at == 0 || matches!(tokens.mark(at - 1), Some(Mark::Comma | Mark::Semicolon | Mark::Colon))
}

/// Whether a period speaks of more than its own sentence: 近三年, 目前 and the day of an event do not,
/// nor does the start of a rule (自2019年10月起).
fn scope_is_text(tokens: Tokens, at: usize, period: Period, origin: Origin, clock: &Clock) -> bool {
    // 五年来 in a work report is the term that it reviews.
    let back = tokens.time(at + 1) == Some(Time::YearsBack);
    let rule_start = at > 0 && tokens.is(at - 1, Role::Starting);
    origin == Origin::Stated
        && !matches!(
            period,
            Period::YearsUntil(..) | Period::YearsFrom(..) | Period::Day(_) | Period::Month(..)
        )
        && !rule_start
        && (!back || clock.reviewed.is_some())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::Lexicon;
    use crate::period::Date;
    use crate::text::lexer::lex;
    use crate::text::span::Span;
    use crate::text::token::Token;

    fn periods(text: &str) -> Vec<String> {
        let lexicon = Lexicon::built_in();
        let list: Vec<Token> = lex(text, Span::new(0, text.len()), &lexicon);
        let mut clock = Clock {
            published: Some(Date::day(2021, 9, 20)),
            document_year: Some(2021),
            ..Clock::default()
        };
        stated(Tokens::new(text, &list, &lexicon), &mut clock)
            .into_iter()
            .map(|s| s.period.map_or("none".to_owned(), |p| format!("{p} {}", p.kind())))
            .collect()
    }

    #[test]
    fn every_form_of_the_definition() {
        for (text, read) in [
            ("2020年全市", vec!["2020 year"]),
            ("截至2020年底,全市", vec!["2020-12-31 as_of"]),
            ("2022年9月底,全市", vec!["2022-09-30 as_of"]),
            ("2020-2021学年全市", vec!["2020/2021 academic_year"]),
            ("“十三五”期间", vec!["2016/2020 range"]),
            ("“十四五”以来", vec!["2021/.. range"]),
            ("2016年以来,", vec!["2016/.. range"]),
            ("试点2018年启动以来", vec!["2018/.. range"]),
            ("自2019年10月起", vec!["2019-10/.. range"]),
            ("从2019年启动了", vec!["2019/.. range"]),
            ("2017至2020年", vec!["2017/2020 range"]),
            ("2016年至2020年投入;5年来", vec!["2016/2020 range", "2016/2020 range"]),
            ("2018年至2021年,3年增长", vec!["2018/2021 range", "2018/2021 range"]),
            ("近三年,", vec!["P3Y/2021-09-20 span"]),
            ("预计未来3年内", vec!["2021-09-20/P3Y span"]),
            ("用两年左右时间,", vec!["2021-09-20/P2Y span"]),
            ("五年来共", vec!["P5Y/2021-09-20 span"]),
            ("目前,全市", vec!["2021-09-20 as_of"]),
            ("全市现有", vec!["2021-09-20 as_of"]),
            ("去年开始", vec!["2020 year"]),
            ("近年来,", vec!["none"]),
            ("2020年全市现有", vec!["2020 year"]),
            ("2022年9月8日召开", vec!["2022-09-08 day"]),
            ("二〇二〇年", vec!["2020 year"]),
            ("2021年截至目前", vec!["2021-09-20 as_of"]),
        ] {
            assert_eq!(periods(text), read, "{text}");
        }
    }

    #[test]
    fn what_is_no_period() {
        for text in [
            "学前三年毛入园率",
            "九年义务教育",
            "二年级",
            "《教育现代化2035》",
            "昌吉州“十四五”学前教育行动计划",
            "36年的梦",
            "每年4月",
        ] {
            assert!(periods(text).is_empty(), "{text}: {:?}", periods(text));
        }
    }
}
