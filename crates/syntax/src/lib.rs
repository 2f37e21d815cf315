//! Python 3.13 source text to syntax tree: source map, lexer, parser and syntax errors. Pure: no heap, no IO.
#![forbid(unsafe_code)]

pub mod ast;
mod builder;
mod codecs;
mod diagnose;
mod error;
mod lexer;
mod literal;
mod parser;
pub mod source;
mod source_map;
pub mod text;
mod token;

pub use error::{ErrorKind, SyntaxError, Warning};
pub use parser::{Mode, is_incomplete, parse, parse_bytes, parse_with_warnings};
pub use source_map::{Position, SourceMap};
