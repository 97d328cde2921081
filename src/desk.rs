//! Where a sentence lies while it is read.
//!
//! In: its tokens. Out: lists of what each stage finds in them, which the next stage reads and the next sentence takes
//! over.

use crate::context::period::Stated;
use crate::context::region::Place;
use crate::extract::statement::Statement;
use crate::quantity::Quantity;
use crate::text::lexer::Room;
use crate::text::span::Span;
use crate::verdict::Reason;

/// Where the tokens of a sentence stand and what is read of them, and then those of the next one: memory is asked
/// for once and not for each.
#[derive(Debug, Default)]
pub struct Desk {
    /// Its tokens.
    pub room: Room,
    /// What is read of them.
    pub lists: Lists,
}

/// What is read of a sentence.
#[derive(Debug, Default)]
pub struct Lists {
    /// Its expressions of time.
    pub times: Vec<Stated>,
    /// Its quantities.
    pub quantities: Vec<Quantity>,
    /// The places it speaks of.
    pub places: Vec<Place>,
    /// Its statements.
    pub statements: Vec<Statement>,
    /// Its numbers that are no quantities.
    pub unread: Vec<(Span, Reason)>,
}

impl Lists {
    /// For the next sentence.
    pub fn clear(&mut self) {
        self.times.clear();
        self.quantities.clear();
        self.places.clear();
        self.statements.clear();
        self.unread.clear();
    }
}
