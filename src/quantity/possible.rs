//! Whether a number may count anything, told without cutting its sentence into words.
//!
//! In: a number, and what stands behind it. Out: whether that may be a unit, or what leads to one: in `共365所` and
//! `三至五所` it may, in `2021年进一步推进“十四五”规划` no number counts anything. Of a sentence without a number that
//! may, [`recognize`](super::recognize()) finds nothing.

use super::place::{LEADS, numeral_counts};
use crate::lexicon::kinds::Kinds;
use crate::lexicon::{Lexicon, UnitWord};
use crate::text::bytes;
use crate::text::script::{is_myriad, is_of_number, is_of_numerals, trimmed};
use crate::text::token::Mark;

/// Whether narrow digits in a text may count something. Nearly all quantities are written so, and for them no
/// character has to be looked at.
pub fn digits_may_count(text: &str, lexicon: &Lexicon) -> bool {
    let mut rest = text;
    while let Some(at) = bytes::find(rest.as_bytes(), |byte| byte.is_ascii_digit()) {
        let Some(len) = idle_number(&rest[at..], lexicon) else { return true };
        rest = &rest[at + len..];
    }
    false
}

/// How many bytes the number has at the start of a text, if it counts nothing there. These may be more than those of
/// the token that the lexer makes of it, and are never less.
pub fn idle_number(text: &str, lexicon: &Lexicon) -> Option<usize> {
    let numerals = text.starts_with(is_of_numerals);
    let (number, behind) = number(text, numerals);
    // 万 may count people without a unit.
    let alone = numerals && number.contains(is_myriad);
    (!alone && !may_count(number, numerals, behind, lexicon)).then_some(number.len())
}

/// The number at the start of a text, with its point and separators, and what stands behind it. It is of `numerals` or
/// of digits: 3百分点 is no 300.
fn number(text: &str, numerals: bool) -> (&str, &str) {
    let goes_on = |c: char| {
        c.is_ascii_digit() && !numerals || is_of_number(c) && is_of_numerals(c) == numerals
    };
    let mut rest = text.trim_start_matches(goes_on);
    while let Some(behind) = rest.strip_prefix(['.', '．', ',', '，', '点'])
        && behind.starts_with(goes_on)
    {
        rest = behind.trim_start_matches(goes_on);
    }
    text.split_at(text.len() - rest.len())
}

/// Whether a number may count something by what stands behind it: a unit, or what leads to one.
fn may_count(number: &str, numerals: bool, behind: &str, lexicon: &Lexicon) -> bool {
    // Between tokens spaces are nothing.
    let behind = trimmed(behind);
    let leads =
        |c: char| is_of_number(c) || Mark::of(c).is_some_and(|mark| Kinds::mark(mark).any(LEADS));
    let counted = |unit: UnitWord| !numerals || numeral_counts(number == "一", false, unit.unit);
    behind.starts_with(leads)
        || lexicon.begins(behind, |word| word.kinds.any(LEADS) || word.unit.is_some_and(counted))
}

#[cfg(test)]
mod tests {
    use super::super::recognize;
    use super::*;
    use crate::text::lexer::{Room, lex};
    use crate::text::span::Span;

    /// Whether a text may state a quantity.
    fn may_state(text: &str, lexicon: &Lexicon) -> bool {
        let mut rest = text;
        while let Some(at) = rest.find(is_of_number) {
            let Some(len) = idle_number(&rest[at..], lexicon) else { return true };
            rest = &rest[at + len..];
        }
        false
    }

    #[test]
    fn what_counts_may_be_stated() {
        let lexicon = Lexicon::built_in();
        for text in [
            "共365所",
            "三所",
            "三 所",
            "十余所",
            "一至三所",
            "增长一倍",
            "三分之一",
            "百分之四点八",
            "受惠学生达158万。",
            "数万名",
            "xx.xx万个",
            "1/3的学校",
            "生师比16.2:1",
            "提高3.1、2.5和4.2个百分点",
            "５，３１０人",
            "30%-40%",
            "下降3百分点",
        ] {
            assert!(may_state(text, &lexicon), "{text}");
        }
        for text in [
            "",
            "2021年进一步推进“十四五”规划。",
            "第一批",
            "一所",
            "一名学生",
            "〔2021〕1号",
            "2022年9月8日",
            "三年级",
            "“十个不得、一个严禁”和三项举措",
            "xx县",
        ] {
            assert!(!may_state(text, &lexicon), "{text}");
        }
    }

    #[test]
    fn of_what_may_not_be_stated_nothing_is_recognized() {
        let lexicon = Lexicon::built_in();
        let mut room = Room::default();
        let parts = [
            "一",
            "二",
            "十",
            "百",
            "千",
            "万",
            "亿",
            "3",
            "15",
            "2020",
            "点",
            ".",
            ",",
            "，",
            "、",
            "至",
            "到",
            "和",
            "-",
            "/",
            ":",
            "分之",
            "余",
            "多",
            "约",
            "近",
            "所",
            "人",
            "名",
            "个",
            "倍",
            "项",
            "百分点",
            "千米",
            "%",
            "年",
            "月",
            "学生",
            "第",
            "“",
            "(",
            " ",
            "\u{FEFF}",
            "x",
            "×",
            "的",
        ];
        // Every three of them behind each other, with what may stand around them.
        for first in parts {
            for second in parts {
                for third in parts {
                    let text = format!("学生达{first}{second}{third}所学校");
                    for text in [&text[..], &text[..text.len() - "所学校".len()]] {
                        let tokens = lexicon.words(text, Span::new(0, text.len()), &mut room);
                        let mut stated = Vec::new();
                        recognize(tokens, None, &mut stated);
                        assert!(stated.is_empty() || may_state(text, &lexicon), "{text}");
                    }
                }
            }
        }
        for c in '\0'..=char::MAX {
            let text = format!("{c}所");
            let number = lex(&text, Span::new(0, text.len()), &lexicon)[0].kind.is_number();
            assert!(!number || is_of_number(c), "{c}");
        }
    }
}
