//! edustat turns Chinese government documents about education into typed observations.

pub mod codes;
pub mod error;
pub mod observation;
pub mod period;
pub mod text;
