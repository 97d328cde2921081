//! Education levels as sets of stages: what 小学、初中 named together are.

use crate::codes::Level;

const PRESCHOOL: u8 = 1;
const PRIMARY: u8 = 2;
const JUNIOR: u8 = 4;
const GENERAL: u8 = 8;
const SECONDARY_VOCATIONAL: u8 = 16;
const HIGHER_VOCATIONAL: u8 = 32;
const ACADEMIC: u8 = 64;
const SPECIAL: u8 = 128;

/// The stages that a level covers.
const fn stages(level: Level) -> u8 {
    match level {
        Level::All => u8::MAX,
        Level::Preschool => PRESCHOOL,
        Level::Primary => PRIMARY,
        Level::JuniorSecondary => JUNIOR,
        Level::Compulsory => PRIMARY | JUNIOR,
        Level::PrimaryAndSecondary => PRIMARY | JUNIOR | GENERAL,
        Level::Secondary => JUNIOR | GENERAL,
        Level::SeniorSecondary => GENERAL | SECONDARY_VOCATIONAL,
        Level::GeneralSeniorSecondary => GENERAL,
        Level::SecondaryVocational => SECONDARY_VOCATIONAL,
        Level::Vocational => SECONDARY_VOCATIONAL | HIGHER_VOCATIONAL,
        Level::HigherVocational => HIGHER_VOCATIONAL,
        Level::Higher => HIGHER_VOCATIONAL | ACADEMIC,
        Level::Special => SPECIAL,
        Level::Basic => PRESCHOOL | PRIMARY | JUNIOR | GENERAL,
    }
}

/// The level of two levels named together: the smallest that covers both. None but `all` may: then
/// they are examples of many things, and no level.
///
/// ```
/// use edustat::codes::Level;
/// use edustat::lexicon::stages::union;
/// assert_eq!(union(Level::Primary, Level::JuniorSecondary), Some(Level::Compulsory));
/// assert_eq!(union(Level::PrimaryAndSecondary, Level::Preschool), Some(Level::Basic));
/// ```
pub fn union(a: Level, b: Level) -> Option<Level> {
    if a == Level::All || b == Level::All {
        return Some(Level::All);
    }
    let both = stages(a) | stages(b);
    Level::ALL
        .iter()
        .copied()
        .filter(|&level| stages(level) & both == both)
        .min_by_key(|&level| stages(level).count_ones())
        .filter(|&level| level != Level::All)
}

/// Whether every stage of `part` lies in `whole`.
pub fn covers(whole: Level, part: Level) -> bool {
    stages(whole) & stages(part) == stages(part)
}
