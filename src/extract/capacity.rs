//! Places, classes, rooms, floor area, land.

use super::{Extractor, Reading, measure};
use crate::codes::{Category, Indicator, Unit};
use crate::lexicon::senses::{Act, Noun};
use crate::lexicon::tokens::Tokens;
use crate::manual::documented;

use super::statement::Statement;

documented! {
    /// What schools have room for and what they stand on: places, classes, rooms, floor area, land,
    /// equipment.
    ///
    /// What holds people has places for so many.
    ///
    /// - Reads: `2020年全市新增学位2265个。`
    ///   as `2265个 | indicator=places unit=place value=2265`
    /// - Reads: `新建学校可容纳13000名学生。`
    ///   as `13000名 | indicator=places unit=person value=13000`
    /// - Leaves: `2020年全市小学在校生13000名。`
    ///   because they are students, whatever room there is for them.
    Capacity = "capacity"
}

impl Extractor for Capacity {
    fn read(&self, _tokens: Tokens, statement: &Statement) -> Option<Reading> {
        let unit = statement.phrase.quantity.unit.unit;
        let (indicator, base) = match (statement.noun, unit) {
            (_, Unit::Person) if statement.act == Some(Act::Contain) => {
                (Indicator::Places, Unit::Person)
            }
            (Some(Noun::Place), _) => (Indicator::Places, Unit::Place),
            (Some(Noun::Class), Unit::Item | Unit::Class) | (None, Unit::Class) => {
                (Indicator::Classes, Unit::Class)
            }
            (Some(Noun::ClassSize), Unit::Person) => (Indicator::Classes, Unit::Person),
            (Some(Noun::Equipment), Unit::Item) => {
                // The codebook has no row for books and machines.
                let reading = Reading::unlisted(Category::Capacity, Unit::Item);
                return Some(Reading { measure: measure(statement), ..reading });
            }
            (Some(Noun::Room), Unit::Item) if statement.act != Some(Act::Recognise) => {
                (Indicator::Rooms, Unit::Item)
            }
            (Some(Noun::LandArea), Unit::SquareMetre | Unit::Mu) => (Indicator::LandArea, unit),
            (_, Unit::Mu) => (Indicator::LandArea, unit),
            (_, Unit::SquareMetre) => (Indicator::FloorArea, unit),
            _ => return None,
        };
        Some(Reading { measure: measure(statement), ..Reading::value(indicator, base) })
    }
}
