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
        /// A total and the parts that make it up differ (`521所(其中:小学365所,初中115所,高中42所)`).
        SumMismatch = "sum-mismatch",
        /// A part is more than its total (`教师500人,其中女教师520人`).
        PartExceedsTotal = "part-exceeds-total",
        /// A stated difference is not that of the two levels (`42971人…52656人,增长9686人`).
        ChangeMismatch = "change-mismatch",
        /// A stated growth is not that of the two levels, or of the difference beside it.
        GrowthMismatch = "growth-mismatch",
        /// What is said of each year does not make up what is said of all (`3年增长9685人,年均增长3230人`).
        AverageMismatch = "average-mismatch",
        /// A count times the amount for each is not the amount in all (`500名每人1000元,共计60万元`).
        ProductMismatch = "product-mismatch",
        /// A share does not fit its part and whole, or the other shares (`1000人,其中民办300人,占31%`).
        ShareMismatch = "share-mismatch",
        /// A growth is written in percentage points, though what grew is no percentage
        /// (`在校生20000人,增长5个百分点`).
        PointsMeanPercent = "points-mean-percent",
        /// More than there can be: a share, net rate, coverage or satisfaction over 100, or a decrease
        /// by more than 100 percent.
        OverLimit = "over-limit",
        /// A count below zero.
        Negative = "negative",
        /// A fraction of what comes in ones only (`在校生2453.5名`).
        Fraction = "fraction",
        /// The same quantity is stated with another value elsewhere (`中职学校13所` and `中等职业学校15所`).
        Conflict = "conflict",
        /// About ten times the figure of the year before, a tenth of it, or a ten-thousandth: a digit or a
        /// 万 may be missing.
        Jump = "jump",
        /// A fact misses the norm that its sentence says it meets.
        MissesNorm = "misses-norm",
    }
}

/// Adds a flag to those of a record, each once and in the order of their documentation.
pub fn raise(flags: &mut Vec<Flag>, flag: Flag) {
    if let Err(place) = flags.binary_search(&flag) {
        flags.insert(place, flag);
    }
}

impl Flag {
    /// Whether any of the records that do not fit together may be the wrong one; else it is the one that
    /// claims something.
    pub const fn doubts_all(self) -> bool {
        match self {
            Flag::SumMismatch
            | Flag::PartExceedsTotal
            | Flag::ChangeMismatch
            | Flag::GrowthMismatch
            | Flag::AverageMismatch
            | Flag::ProductMismatch
            | Flag::ShareMismatch
            | Flag::Conflict
            | Flag::Jump => true,
            Flag::PercentMeansPoints
            | Flag::PointsMeanPercent
            | Flag::ListMismatch
            | Flag::Undecodable
            | Flag::OverLimit
            | Flag::Negative
            | Flag::Fraction
            | Flag::MissesNorm => false,
        }
    }
}
