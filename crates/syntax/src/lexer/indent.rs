//! Indentation: how deep a line stands, and the INDENT and DEDENT tokens that follow from it.

use super::{Spanned, Wrapper};
use crate::error::LexFault;
use crate::token::Token;

/// One level of indentation, measured twice as CPython does: with tabs to multiples of eight, and with tabs
/// of one column. Only where both measures agree on the order of two lines is the indentation consistent.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Indent {
    column: u32,
    alternative: u32,
    /// True for the body of a `match`, where `case` is a keyword.
    pub(super) is_match: bool,
}

const TAB_SIZE: u32 = 8;
const MAX_INDENTS: usize = 100;

impl Wrapper<'_> {
    /// Skips empty lines, and emits INDENT or DEDENTs before the first token of a line.
    pub(super) fn indentation(&mut self) -> Result<(), LexFault> {
        let bytes = self.text.as_bytes();
        let mut at = self.offset() as usize;
        loop {
            let (column, alternative, behind) = measure(bytes, at);
            match bytes.get(behind) {
                // The end of the text closes all levels itself.
                None => {
                    if bytes[at..].ends_with(b"\\\n") {
                        return Err(LexFault::EofAfterContinuation { at: behind as u32 - 1 });
                    }
                    self.seek(behind as u32);
                    return Ok(());
                }
                Some(b'\n') => at = behind + 1,
                Some(b'#') => match bytes[behind..].iter().position(|&byte| byte == b'\n') {
                    Some(length) => at = behind + length + 1,
                    None => {
                        self.seek(bytes.len() as u32);
                        return Ok(());
                    }
                },
                Some(b'\\') => {
                    let at = behind as u32 + 1;
                    return Err(if at as usize == bytes.len() {
                        LexFault::EofAfterContinuation { at }
                    } else {
                        LexFault::AfterContinuation { at }
                    });
                }
                Some(_) => {
                    self.seek(behind as u32);
                    return self.compare(column, alternative, behind as u32);
                }
            }
        }
    }

    fn compare(&mut self, column: u32, alternative: u32, at: u32) -> Result<(), LexFault> {
        let top = self.indents[self.indents.len() - 1];
        let is_match = std::mem::take(&mut self.after_match);
        if column == top.column {
            if alternative != top.alternative {
                return Err(LexFault::Tabs { at });
            }
            return Ok(());
        }
        if column > top.column {
            if self.indents.len() >= MAX_INDENTS {
                return Err(LexFault::TooManyIndents { at });
            }
            if alternative <= top.alternative {
                return Err(LexFault::Tabs { at });
            }
            self.indents.push(Indent { column, alternative, is_match });
            self.list.push(Spanned { start: at, end: at, token: Token::Indent });
            return Ok(());
        }
        if self.indents.iter().all(|indent| indent.column != column) {
            return Err(LexFault::Dedent { at });
        }
        while column < self.indents[self.indents.len() - 1].column {
            self.indents.pop();
            self.list.push(Spanned { start: at, end: self.last_end, token: Token::Dedent });
        }
        let top = self.indents[self.indents.len() - 1];
        if alternative != top.alternative {
            return Err(LexFault::Tabs { at });
        }
        Ok(())
    }
}

/// The two columns of the first character of the line at `at` that is not white space, and its offset.
fn measure(bytes: &[u8], mut at: usize) -> (u32, u32, usize) {
    let mut column = 0;
    let mut alternative = 0;
    let mut continued = None;
    loop {
        match bytes.get(at) {
            Some(b' ') => {
                column += 1;
                alternative += 1;
            }
            Some(b'\t') => {
                column = (column / TAB_SIZE + 1) * TAB_SIZE;
                alternative += 1;
            }
            Some(b'\x0C') => {
                column = 0;
                alternative = 0;
            }
            Some(b'\\') if bytes.get(at + 1) == Some(&b'\n') => {
                // The first line says how deep a continued line stands.
                continued = continued.or(Some((column, alternative)));
                at += 1;
            }
            _ => break,
        }
        at += 1;
    }
    let (column, alternative) = continued.unwrap_or((column, alternative));
    (column, alternative, at)
}
