//! Mistakes between lines: missing blocks, a `try` without `except`.

use super::walker::Walker;
use crate::error::{ErrorKind, Fault};
use crate::token::Token;

impl Walker<'_> {
    /// A header whose block does not follow.
    pub(super) fn missing_block(&self) -> Option<Fault> {
        let index = self.failed;
        if index < 3
            || self.token_at(index) == Token::Indent
            || self.token_at(index - 1) != Token::Newline
            || self.token_at(index - 2) != Token::Colon
        {
            return None;
        }
        let start = self.line_start(index - 2);
        let what = self.header_name(start)?;
        let line = self.map.line(self.list[start].start);
        let message = format!("expected an indented block after {what} on line {line}");
        self.mistake::<()>(message, index, index).err().map(|fault| fault.with_kind(ErrorKind::Indentation))
    }

    /// The first token of the logical line that token `index` is in.
    pub(super) fn line_start(&self, index: usize) -> usize {
        let boundary = |token| {
            matches!(
                token,
                Token::Newline
                    | Token::Indent
                    | Token::Dedent
                    | Token::StartModule
                    | Token::StartExpression
                    | Token::StartInteractive
            )
        };
        (0..index).rev().find(|&before| boundary(self.token_at(before))).map_or(0, |before| before + 1)
    }

    pub(super) fn header_name(&self, start: usize) -> Option<&'static str> {
        let start = if self.token_at(start) == Token::Async { start + 1 } else { start };
        Some(match self.token_at(start) {
            Token::If => "'if' statement",
            Token::Elif => "'elif' statement",
            Token::Else => "'else' statement",
            Token::For => "'for' statement",
            Token::While => "'while' statement",
            Token::With => "'with' statement",
            Token::Try => "'try' statement",
            Token::Finally => "'finally' statement",
            Token::Except if self.token_at(start + 1) == Token::Star => "'except*' statement",
            Token::Except => "'except' statement",
            Token::Def => "function definition",
            Token::Class => "class definition",
            Token::Match => "'match' statement",
            Token::Case => "'case' statement",
            _ => return None,
        })
    }

    /// The header of the block that ends just before a token.
    fn ended_header(&self, before: usize) -> Option<usize> {
        let mut index = before;
        match self.token_at(index.checked_sub(1)?) {
            Token::Dedent => {
                let mut level = 0;
                loop {
                    index = index.checked_sub(1)?;
                    match self.token_at(index) {
                        Token::Dedent => level += 1,
                        Token::Indent => level -= 1,
                        _ => {}
                    }
                    if level == 0 {
                        break;
                    }
                }
                Some(self.line_start(index.checked_sub(1)?))
            }
            Token::Newline => {
                let start = self.line_start(index - 1);
                self.header_name(start).map(|_| start)
            }
            _ => None,
        }
    }

    /// `try` needs `except` or `finally`, and only one kind of `except`.
    pub(super) fn unfinished_try(&self) -> Option<Fault> {
        let line = self.line_start(self.failed);
        let index = if self.token_at(line) == Token::Except { line } else { self.failed };
        let header = self.ended_header(index)?;
        match self.token_at(header) {
            Token::Try if !matches!(self.token_at(index), Token::Except | Token::Finally) => {
                self.mistake::<()>("expected 'except' or 'finally' block", index, index).err()
            }
            Token::Except if self.token_at(index) == Token::Except => {
                let star = |index| self.token_at(index + 1) == Token::Star;
                let last = if star(index) { index + 1 } else { index };
                let bare = matches!(self.token_at(last + 1), Token::Colon | Token::Newline);
                if star(header) == star(index) || star(index) && bare {
                    return None;
                }
                let message = "cannot have both 'except' and 'except*' on the same 'try'";
                self.mistake::<()>(message, index, last).err()
            }
            _ => None,
        }
    }
}
