//! edustat turns Chinese government documents about education into typed observations.

pub mod assemble;
pub mod cli;
pub mod codes;
pub mod commands;
pub mod context;
pub mod document;
pub mod error;
pub mod evaluation;
pub mod explain;
pub mod extract;
pub mod flag;
pub mod judge;
pub mod lexicon;
pub mod observation;
pub mod output;
pub mod page;
pub mod period;
pub mod pipeline;
pub mod quantity;
pub mod reader;
pub mod text;
pub mod verdict;
