//! What the tables say about a word, in their own codes.
//!
//! In: a word. Out: a phrase for each thing said. Of `小学` that is `noun school` and `level primary`,
//! of `所` `unit institution counter`.

use rust_decimal::Decimal;

use super::Word;
use super::regions::{Namesakes, Regions};
use super::senses::Field;
use super::specific::is_specific;

/// How many divisions of one name are told: there are 46 of the name 郊区.
const DIVISIONS: usize = 4;

impl Word {
    /// What the tables say about the word: the name of a column with its code, `level primary`;
    /// `field` only where level and noun do not imply it. A unit comes with its factor where that is not 1 and with its kind, an act with `weak` where
    /// it is, a bound with its position, a division with its code.
    pub fn senses(&self, divisions: &Regions) -> Vec<String> {
        // Without `..`, so that a new field cannot be forgotten here.
        let Word {
            noun,
            level,
            ownership,
            locality,
            field,
            scope,
            act,
            weak_act,
            unit,
            nonunit,
            bound,
            per,
            time,
            status,
            role,
            body,
            regions,
            fixed,
            kinds: _,
        } = self;
        let implied = level.is_some() || noun.is_some_and(is_specific);
        let field = field.filter(|&field| !implied || field != Field::Education);
        let unit = unit.map(|unit| {
            let one = unit.factor == Decimal::ONE;
            let factor = if one { String::new() } else { format!(" x{}", unit.factor) };
            format!("{}{factor} {}", unit.unit, unit.kind)
        });
        let strength = if *weak_act { " weak" } else { "" };
        let said = [
            ("noun", noun.map(|noun| noun.to_string())),
            ("level", level.map(|level| level.to_string())),
            ("ownership", ownership.map(|ownership| ownership.to_string())),
            ("locality", locality.map(|locality| locality.to_string())),
            ("field", field.map(|field| field.to_string())),
            ("act", act.map(|act| format!("{act}{strength}"))),
            ("unit", unit),
            ("nonunit", nonunit.map(|reason| reason.to_string())),
            ("bound", bound.map(|(position, bound)| format!("{bound} {position}"))),
            ("per", per.map(|per| per.to_string())),
            ("time", time.map(|time| time.code())),
            ("status", status.map(|status| status.to_string())),
            ("role", role.map(|role| role.to_string())),
            ("body", body.map(|body| body.to_string())),
            ("scope", scope.map(|scope| scope.to_string())),
            ("region", codes(*regions, divisions)),
            ("name", fixed.then(|| "fixed".to_owned())),
        ];
        said.into_iter().filter_map(|(column, code)| Some(format!("{column} {}", code?))).collect()
    }
}

/// The codes of divisions of one name.
fn codes(name: Namesakes, divisions: &Regions) -> Option<String> {
    let regions = divisions.of(name);
    let code = |&region| divisions.get(region).code.to_string();
    let mut told: Vec<String> = regions.iter().take(DIVISIONS).map(code).collect();
    if regions.len() > DIVISIONS {
        told.push(format!("and {} more", regions.len() - DIVISIONS));
    }
    Some(told.join(" ")).filter(|told| !told.is_empty())
}

#[cfg(test)]
mod tests {
    use crate::lexicon::Lexicon;

    #[test]
    fn a_word_is_told_in_the_codes_of_its_rows() {
        let lexicon = Lexicon::built_in();
        for (surface, senses) in [
            ("小学", "noun school, level primary"),
            ("校舍", "noun floor_area, field education"),
            ("公顷", "unit square_metre x10000 measure"),
            ("所", "unit institution counter"),
            ("新增", "act add weak"),
            ("招生", "noun entrant, act enrol"),
            ("以上", "bound at_least after"),
            ("十四五", "time plan2021"),
            ("年底", "time year_end"),
            ("人均", "per person"),
            ("全市", "body prefecture_or_county"),
            ("晋城市", "region 140500"),
            ("郊区", "region 130106 130904 140311 140411 and 42 more"),
            ("两免一补", "name fixed"),
        ] {
            let (word, _) = lexicon.longest(surface).unwrap();
            assert_eq!(lexicon.word(word).senses(lexicon.regions()).join(", "), senses);
        }
    }
}
