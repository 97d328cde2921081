//! Flags: what a reader should know before using a record.
//!
//! In the field `flags` of `减少了0.5%` behind `7.9%` and `7.4%` stands `percent-means-points`. A flag never
//! changes a value.

use crate::codes::codes;

codes! {
    /// A problem found with a record.
    Flag("flags") {
        /// A difference of two percentages is written with `%`: 7.9% → 7.4% is 减少了0.5%. It is recorded
        /// as `percentage_point`.
        PercentMeansPoints = "percent-means-points",
        /// A list has more labels than numbers or fewer (`小学、初中、高中专任教师分别为5210人、3480人`): check which
        /// belongs to which.
        ListMismatch = "list-mismatch",
        /// Bytes of its sentence, or right beside the mention, could not be decoded, and U+FFFD stands in
        /// their place: look at the file.
        Undecodable = "undecodable",
    }
}

/// Adds a flag to those of a record, each once and in the order of their documentation.
pub fn raise(flags: &mut Vec<Flag>, flag: Flag) {
    if let Err(place) = flags.binary_search(&flag) {
        flags.insert(place, flag);
    }
}
