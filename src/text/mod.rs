//! Characters: bytes to text, text to tokens, lines and sentences. Knows nothing about education.

pub mod span;
