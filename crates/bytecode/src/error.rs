//! Faults of the compiler, and how they become the syntax errors of the `syntax` room.

use ouro_syntax::ast::Range;
use ouro_syntax::{ErrorKind, SyntaxError};

use crate::lines::LineIndex;

/// What compiling returns; the fault is boxed because results are passed through every recursion.
pub type Result<T> = std::result::Result<T, Box<Fault>>;

/// An error before its place is turned into lines and columns.
#[derive(Debug)]
pub struct Fault {
    /// Which exception it is.
    pub kind: ErrorKind,
    /// The message.
    pub message: String,
    /// The place.
    pub range: Range,
}

/// The `end_offset` of an error whose place is a point: CPython then has none.
pub const NO_END: i32 = i32::MIN;

impl Fault {
    /// A `SyntaxError`.
    pub fn syntax(message: impl Into<String>, range: Range) -> Fault {
        Fault { kind: ErrorKind::Syntax, message: message.into(), range }
    }

    /// The `RecursionError` for a tree that is too high.
    pub fn recursion(range: Range) -> Fault {
        let message = "maximum recursion depth exceeded during compilation".into();
        Fault { kind: ErrorKind::Recursion, message, range }
    }

    /// The error with its place in lines and columns.
    pub fn into_error(self, source: &str, lines: &LineIndex) -> SyntaxError {
        let position = lines.position(self.range);
        let characters = |line: u32, column: u32| {
            let text = lines.line_text(source, line);
            text.get(..column as usize).unwrap_or(text).chars().count() as u32 + 1
        };
        SyntaxError {
            kind: self.kind,
            message: self.message,
            range: self.range,
            line: position.line,
            offset: characters(position.line, position.column),
            end_line: position.end_line,
            end_offset: match self.range {
                Range { start, end } if start == end => NO_END,
                _ => characters(position.end_line, position.end_column) as i32,
            },
            text: Some(lines.line_text(source, position.line).to_owned()),
            lexical: false,
        }
    }
}
