//! Python 3.13 source text to syntax tree. Pure: no heap, no IO.
//!
//! ```text
//!   bytes --source--> text --lexer (logos + layout)--> tokens --grammar (LALRPOP)--> tree
//!                                        |                         |  actions call `builder`
//!                                        +-------- on failure -----+--> diagnose --> SyntaxError
//! ```
//!
//! - [`source`] decodes a file and makes its lines end with `\n`. All offsets count bytes of that text;
//!   [`SourceMap`] turns them into lines and columns.
//! - The lexer makes all tokens of a text before parsing starts: a token is a kind and a range, without text.
//!   It decides what an LR(1) grammar cannot, such as which names are soft keywords.
//! - The grammar is `grammar/python.lalrpop`, its actions call the builder, which makes the tree of [`ast`].
//! - Only when that fails, the tokens are looked at again for the mistakes that CPython has words for.
//!
//! Nothing here recurses by the depth of the input: the parser has its own stack, and the builder refuses trees
//! that are higher than [`ast::MAX_DEPTH`], so that whoever walks (or drops) a tree may recurse.
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
pub use parser::{Mode, is_incomplete, parse, parse_bytes, parse_with_warnings, split_inputs};
pub use source_map::{Position, SourceMap};
