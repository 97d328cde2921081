//! Everything else that education counts.

use super::{Extractor, Reading, measure};
use crate::codes::Unit;
use crate::lexicon::senses::{Act, Noun};
use crate::lexicon::tokens::Tokens;
use crate::manual::documented;

use super::statement::Statement;

documented! {
    /// Everything else that education counts: study programmes, projects, pilots, prizes, partner
    /// enterprises.
    ///
    /// Training is counted by its sessions: `专业培训60余期`.
    ///
    /// - Reads: `2020年全市中职学校新设立33个专业。`
    ///   as `33个 | indicator=programmes level=secondary_vocational unit=item value=33`
    /// - Leaves: `2020年全市出台教育改革配套措施30余个。`
    ///   because measures are counted in every text and measure nothing.
    Other = "other"
}

impl Extractor for Other {
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
