//! From byte offsets to lines and columns.

use std::cell::Cell;

use ouro_syntax::ast::Range;

use crate::code::Position;

/// Where the lines of a source text start.
#[derive(Debug)]
pub struct LineIndex {
    starts: Vec<u32>,
    /// The line of the last answer: the next question is mostly about the same line or one nearby.
    last: Cell<usize>,
}

impl LineIndex {
    /// Indexes a text.
    pub fn new(source: &str) -> LineIndex {
        let mut starts = Vec::with_capacity(source.len() / 32 + 1);
        starts.push(0);
        starts.extend(source.match_indices('\n').map(|(at, _)| at as u32 + 1));
        LineIndex { starts, last: Cell::new(0) }
    }

    /// The position of a range.
    pub fn position(&self, range: Range) -> Position {
        let first = self.line_at(range.start);
        let last = self.line_at(range.end.max(range.start));
        Position {
            line: first as u32 + 1,
            end_line: last as u32 + 1,
            column: range.start - self.starts[first],
            end_column: range.end.max(range.start) - self.starts[last],
        }
    }

    /// The number of the line, from 1, in which an offset lies.
    pub fn line(&self, offset: u32) -> u32 {
        self.line_at(offset) as u32 + 1
    }

    /// The text of a line with its newline.
    pub fn line_text<'a>(&self, source: &'a str, line: u32) -> &'a str {
        let i = line.saturating_sub(1) as usize;
        let start = self.starts.get(i).copied().unwrap_or(source.len() as u32) as usize;
        let end = self.starts.get(i + 1).map_or(source.len(), |&end| end as usize);
        source.get(start..end).unwrap_or("")
    }

    fn line_at(&self, offset: u32) -> usize {
        let last = self.last.get();
        let starts_behind = |i: usize| self.starts.get(i).is_none_or(|&start| offset < start);
        if self.starts[last] <= offset {
            for line in last..last + 3 {
                if starts_behind(line + 1) {
                    self.last.set(line);
                    return line;
                }
            }
        }
        let line = self.starts.partition_point(|&start| start <= offset) - 1;
        self.last.set(line);
        line
    }
}
