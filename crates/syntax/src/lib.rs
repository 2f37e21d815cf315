//! Python 3.13 source text to syntax tree: source map, lexer, parser and syntax errors. Pure: no heap, no IO.
#![forbid(unsafe_code)]

pub mod ast;
pub mod text;
