//! F-strings (PEP 701): between its quotes, the text of an f-string is lexed here; inside a replacement
//! field the ordinary lexer goes on.

use super::{Bracket, Wrapper};
use crate::error::LexFault;
use crate::token::Token;

/// An f-string whose end is not yet reached.
#[derive(Clone, Copy, Debug)]
pub(super) struct FStringMode {
    /// Where its prefix starts.
    pub(super) start: u32,
    pub(super) quote: u8,
    pub(super) triple: bool,
    raw: bool,
    /// How many fields of this string are open.
    fields: u32,
}

const MAX_FSTRINGS: usize = 150;
const MAX_NESTED_FIELDS: u32 = 3;

/// What ended a piece of literal text.
enum Stop {
    Quote,
    Field,
    /// The `}` that ends the field whose specification this is.
    FieldEnd,
    /// A newline in the specification of a string with single quotes.
    SpecNewline,
}

impl Wrapper<'_> {
    /// After the prefix and the opening quotes.
    pub(super) fn fstring_start(&mut self, start: u32, end: u32) -> Result<(), LexFault> {
        if self.fstrings.len() >= MAX_FSTRINGS {
            return Err(LexFault::FString { at: start, message: "too many nested f-strings" });
        }
        let opening = &self.text.as_bytes()[start as usize..end as usize];
        let quote = opening[opening.len() - 1];
        self.fstrings.push(FStringMode {
            start,
            quote,
            triple: opening.iter().filter(|&&byte| byte == quote).count() == 3,
            raw: opening.iter().any(|byte| byte | 0x20 == b'r'),
            fields: 0,
        });
        self.fstring_text(false)
    }

    /// After the colon of a replacement field.
    pub(super) fn fstring_spec(&mut self) -> Result<(), LexFault> {
        self.fstring_text(true)
    }

    /// After the closing brace of a replacement field.
    pub(super) fn fstring_after_field(&mut self) -> Result<(), LexFault> {
        let last = self.fstrings.len() - 1;
        let mode = &mut self.fstrings[last];
        mode.fields -= 1;
        // Fields inside fields stand only in specifications.
        let in_spec = mode.fields > 0;
        self.fstring_text(in_spec)
    }

    /// Literal text up to a field, the end of the specification, or the end of the string.
    fn fstring_text(&mut self, in_spec: bool) -> Result<(), LexFault> {
        let start = self.offset();
        let mode = self.fstrings[self.fstrings.len() - 1];
        let (end, stop) = self.literal_end(start as usize, mode, in_spec)?;
        if end > start {
            let token = if mode.raw { Token::RawFStringMiddle } else { Token::FStringMiddle };
            self.push(token, start, end);
        }
        self.seek(end);
        match stop {
            Stop::Quote => {
                let behind = end + if mode.triple { 3 } else { 1 };
                self.push(Token::FStringEnd, end, behind);
                self.seek(behind);
                self.fstrings.pop();
                // The parser will complain about fields that are still open.
                self.brackets.truncate(self.brackets.len() - mode.fields as usize);
                Ok(())
            }
            Stop::Field => {
                let last = self.fstrings.len() - 1;
                if self.fstrings[last].fields >= MAX_NESTED_FIELDS {
                    let message = "f-string: expressions nested too deeply";
                    return Err(LexFault::FString { at: end - 1, message });
                }
                if self.brackets.len() >= super::MAX_BRACKETS {
                    return Err(LexFault::TooManyBrackets { at: end });
                }
                self.fstrings[last].fields += 1;
                self.brackets.push(Bracket {
                    open: b'{',
                    at: end,
                    index: self.list.len() as u32,
                    field: true,
                    with: false,
                    has_as: false,
                });
                self.push(Token::LeftBrace, end, end + 1);
                self.seek(end + 1);
                Ok(())
            }
            Stop::FieldEnd => {
                self.brackets.pop();
                self.push(Token::RightBrace, end, end + 1);
                self.seek(end + 1);
                self.fstring_after_field()
            }
            Stop::SpecNewline => Ok(()),
        }
    }

    fn literal_end(&self, from: usize, mode: FStringMode, in_spec: bool) -> Result<(u32, Stop), LexFault> {
        let bytes = self.text.as_bytes();
        let unterminated = |at: usize| LexFault::UnterminatedFString {
            start: mode.start,
            end: at.min(bytes.len()) as u32,
            triple: mode.triple,
        };
        let mut at = from;
        loop {
            let Some(&byte) = bytes.get(at) else { return Err(unterminated(at)) };
            match byte {
                b'\n' if !mode.triple => {
                    return if in_spec { Ok((at as u32, Stop::SpecNewline)) } else { Err(unterminated(at)) };
                }
                b'\\' => match bytes.get(at + 1) {
                    // A backslash does not hide a brace.
                    Some(b'{' | b'}') => at += 1,
                    Some(b'N') if !mode.raw && bytes.get(at + 2) == Some(&b'{') => {
                        at += 3 + named_escape_length(&bytes[at + 3..]);
                    }
                    _ => at += 2,
                },
                b'{' if !in_spec && bytes.get(at + 1) == Some(&b'{') => at += 2,
                b'{' => return Ok((at as u32, Stop::Field)),
                b'}' if in_spec => return Ok((at as u32, Stop::FieldEnd)),
                b'}' if bytes.get(at + 1) == Some(&b'}') => at += 2,
                b'}' => {
                    let message = "f-string: single '}' is not allowed";
                    return Err(LexFault::FString { at: at as u32, message });
                }
                _ if byte == mode.quote && (!mode.triple || bytes[at..].starts_with(&[byte; 3])) => {
                    return Ok((at as u32, Stop::Quote));
                }
                _ => at += 1,
            }
        }
    }
}

/// The length of the name in `\N{name}` with its closing brace, or 0 where there is none: then the brace
/// is looked at again and the escape fails when the text is decoded.
fn named_escape_length(rest: &[u8]) -> usize {
    let end = rest.iter().position(|byte| !(byte.is_ascii_alphanumeric() || matches!(byte, b' ' | b'-')));
    match end {
        Some(end) if rest[end] == b'}' => end + 1,
        _ => 0,
    }
}
