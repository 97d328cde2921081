//! Characters: bytes to text, text to tokens, lines and sentences. Knows nothing about education.

pub(crate) mod bytes;
pub mod calendar;
pub mod charset;
pub mod columns;
pub mod decode;
mod detect;
pub mod flow;
pub mod head_line;
pub mod head_words;
pub mod header;
pub mod layout;
pub mod lexer;
pub mod lines;
mod quiet;
mod rubbish;
pub mod script;
pub mod sentence;
pub mod source;
pub mod span;
pub mod tables;
pub mod token;
pub mod unbroken;
mod width;
