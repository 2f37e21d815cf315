//! From byte offsets to lines and columns.

use crate::ast::Range;

/// The line starts of a text.
#[derive(Clone, Debug)]
pub struct SourceMap<'s> {
    text: &'s str,
    starts: Vec<u32>,
}

/// A line, from 1, and a column in it, from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// The line, from 1.
    pub line: u32,
    /// The column, from 0.
    pub column: u32,
}

impl<'s> SourceMap<'s> {
    /// Looks through the text once.
    pub fn new(text: &'s str) -> Self {
        let mut starts = Vec::with_capacity(text.len() / 32 + 1);
        starts.push(0);
        starts.extend(text.match_indices('\n').map(|(at, _)| at as u32 + 1));
        SourceMap { text, starts }
    }

    /// The text.
    pub fn text(&self) -> &'s str {
        self.text
    }

    /// The number of lines.
    pub fn line_count(&self) -> u32 {
        self.starts.len() as u32
    }

    /// The line of an offset, from 1.
    pub fn line(&self, offset: u32) -> u32 {
        self.starts.partition_point(|&start| start <= offset) as u32
    }

    /// Line and column in bytes, which is what the tree's `col_offset` counts.
    pub fn position(&self, offset: u32) -> Position {
        let line = self.line(offset);
        Position { line, column: offset - self.starts[line as usize - 1] }
    }

    /// Line and column in characters, which is what a `SyntaxError` counts.
    pub fn char_position(&self, offset: u32) -> Position {
        let Position { line, column } = self.position(offset);
        let start = self.starts[line as usize - 1] as usize;
        let bytes = &self.text.as_bytes()[start..start + column as usize];
        // Every character has one byte that is not a continuation byte.
        let column = bytes.iter().filter(|&&byte| byte & 0xC0 != 0x80).count() as u32;
        Position { line, column }
    }

    /// Both ends of a range, in bytes.
    pub fn positions(&self, range: Range) -> (Position, Position) {
        (self.position(range.start), self.position(range.end))
    }

    /// Where a line (from 1) starts.
    pub fn line_start(&self, line: u32) -> u32 {
        self.starts.get(line as usize - 1).copied().unwrap_or(self.text.len() as u32)
    }

    /// A line's text (from 1), with its newline where it has one.
    pub fn line_text(&self, line: u32) -> &'s str {
        let start = self.line_start(line) as usize;
        let end = self.starts.get(line as usize).map_or(self.text.len(), |&end| end as usize);
        &self.text[start.min(end)..end]
    }
}
