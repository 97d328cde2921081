//! What a clause inherits: period, region, level and status, each with where it came from.

pub mod dating;
pub mod expression;
pub mod facts;
pub mod field;
pub mod level;
pub mod matters;
pub mod opening;
pub mod origin;
pub mod passage;
pub mod period;
pub mod region;
pub mod report;
pub mod section;
pub mod status;
