//! Institutions.

use super::{Extractor, Reading, measure};
use crate::codes::Unit;
use crate::lexicon::senses::Noun;
use crate::lexicon::tokens::Tokens;
use crate::manual::documented;

use super::statement::Statement;

documented! {
    /// Institutions by what was done to them: schools, kindergartens, colleges, training institutions and
    /// groups of schools.
    ///
    /// The unit is `institution` whatever the counter (`29个幼儿园`), but groups of schools are items.
    ///
    /// - Reads: `2020年全市新改扩建公办幼儿园21所。`
    ///   as `21所 | indicator=schools_built level=preschool ownership=public unit=institution value=21`
    /// - Reads: `全市组建65个办学集团。`
    ///   as `65个 | indicator=school_groups unit=item value=65`
    /// - Leaves: `全市职业院校与22家企业建立合作关系。`
    ///   because an enterprise is no school, though 家 counts both.
    Schools = "schools"
}

impl Extractor for Schools {
    fn read(&self, tokens: Tokens, statement: &Statement) -> Option<Reading> {
        let unit = statement.phrase.quantity.unit.unit;
        // 新建中小学的“平安校园”51所: 所 alone counts institutions.
        let noun = match statement.noun {
            None if unit == Unit::Institution => Noun::School,
            noun => noun?,
        };
        let base = match noun {
            Noun::School | Noun::ModelSchool | Noun::TrainingInstitution => Unit::Institution,
            Noun::SchoolGroup => Unit::Item,
            _ => return None,
        };
        matches!(unit, Unit::Institution | Unit::Item).then_some(())?;
        let indicator = tokens.lexicon.indicator(noun, statement.act)?;
        Some(Reading { measure: measure(statement), ..Reading::value(indicator, base) })
    }
}
