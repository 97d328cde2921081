//! Institutions.

use super::{Extractor, Reading, measure};
use crate::codes::Unit;
use crate::lexicon::senses::Noun;
use crate::lexicon::tokens::Tokens;

use super::statement::Statement;

/// Schools, kindergartens, colleges, training institutions and groups of schools, by what was done
/// to them.
///
/// Reads `新改扩建公办幼儿园21所`: schools built. The unit is `institution` whatever the counter
/// (`29个幼儿园`), but groups of schools are items (`65个办学集团`).
///
/// Leaves alone `22家企业`: an enterprise is no school.
#[derive(Debug)]
pub struct Schools;

impl Extractor for Schools {
    fn name(&self) -> &'static str {
        "schools"
    }

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
