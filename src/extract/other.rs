//! Everything else that education counts.

use super::{Extractor, Reading, measure};
use crate::codes::Unit;
use crate::lexicon::senses::{Act, Noun};
use crate::lexicon::tokens::Tokens;

use super::statement::Statement;

/// Study programmes, projects, pilots, prizes, partner enterprises.
///
/// Reads `新设立12类33个专业`, `共获得一等奖2项`, `687家企业建立合作关系`, and training by its sessions
/// (`专业培训60余期`).
///
/// Leaves alone `30余个配套措施`: measures are counted in every text and measure nothing.
#[derive(Debug)]
pub struct Other;

impl Extractor for Other {
    fn name(&self) -> &'static str {
        "other"
    }

    fn read(&self, tokens: Tokens, statement: &Statement) -> Option<Reading> {
        (statement.phrase.quantity.unit.unit == Unit::Item).then_some(())?;
        let noun = match (statement.noun, statement.act) {
            (None, Some(Act::Train)) => Noun::Programme,
            (noun, _) => noun?,
        };
        matches!(
            noun,
            Noun::Programme | Noun::Award | Noun::Enterprise | Noun::Organisation | Noun::Room
        )
        .then_some(())?;
        // 22个部门和单位组成的联席会议: an organisation has an indicator only where it is chosen for something.
        let indicator = tokens.lexicon.indicator(noun, statement.act)?;
        Some(Reading { measure: measure(statement), ..Reading::value(indicator, Unit::Item) })
    }
}
