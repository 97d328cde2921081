//! edustat turns Chinese government documents about education into typed observations.

pub mod codes;
pub mod document;
pub mod error;
pub mod lexicon;
pub mod observation;
pub mod period;
pub mod pipeline;
pub mod quantity;
pub mod text;
