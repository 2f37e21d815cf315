//! From text to the tokens that the grammar knows.
//!
//! Logos makes the raw tokens; this wrapper adds what a regular language cannot say: NEWLINE, INDENT and
//! DEDENT, joining of lines inside brackets, the modes of f-strings, and the soft keywords, which an LR(1)
//! grammar could not tell from names. The whole text is lexed before parsing: a line's last token decides
//! what its first one means (`match x:`).

mod fstring;
mod indent;
pub(crate) mod names;
pub(crate) mod number;
#[cfg(test)]
mod tests;

use logos::Logos;

use crate::error::LexFault;
use crate::token::Token;
use fstring::FStringMode;
use indent::Indent;

/// A token and its place.
///
/// NEWLINE and DEDENT end where the last real token ends, so that a statement which the parser closes with
/// one of them gets its true end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Spanned {
    pub(crate) start: u32,
    pub(crate) end: u32,
    pub(crate) token: Token,
}

/// An open bracket.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Bracket {
    /// `(`, `[` or `{`.
    pub(crate) open: u8,
    pub(crate) at: u32,
    /// The number of its token.
    index: u32,
    /// True where this is the `{` of a replacement field.
    field: bool,
    /// True for `(` after `with`.
    with: bool,
    /// True once an `as` stood directly inside.
    has_as: bool,
}

/// All tokens of a text, up to the end or to the first fault.
#[derive(Debug)]
pub(crate) struct Tokens {
    pub(crate) list: Vec<Spanned>,
    pub(crate) fault: Option<LexFault>,
    /// The brackets that were open at the end.
    pub(crate) open: Vec<Bracket>,
}

/// CPython's limits.
const MAX_BRACKETS: usize = 200;

/// Lexes `text`; the list begins with `first`, the token that tells the grammar what to parse.
pub(crate) fn lex(text: &str, first: Token) -> Tokens {
    let mut list = Vec::with_capacity(text.len() / 4 + 8);
    list.push(Spanned { start: 0, end: 0, token: first });
    let mut wrapper = Wrapper {
        text,
        raw: Token::lexer(text),
        list,
        brackets: Vec::new(),
        indents: vec![Indent::default()],
        fstrings: Vec::new(),
        line_start: 1,
        last_end: 0,
        after_match: false,
        with_items: None,
    };
    let fault = wrapper.run().err();
    // The last line may have no end.
    wrapper.soft_keywords();
    Tokens { list: wrapper.list, fault, open: wrapper.brackets }
}

struct Wrapper<'s> {
    text: &'s str,
    raw: logos::Lexer<'s, Token>,
    list: Vec<Spanned>,
    brackets: Vec<Bracket>,
    indents: Vec<Indent>,
    fstrings: Vec<FStringMode>,
    /// The number of the first token of the logical line.
    line_start: usize,
    /// Where the last real token ended.
    last_end: u32,
    /// True from a `match` line to its INDENT.
    after_match: bool,
    /// The `(` and `)` of a `with (... as ...)`, until the next token tells whether it is one.
    with_items: Option<(u32, u32)>,
}

impl Wrapper<'_> {
    fn run(&mut self) -> Result<(), LexFault> {
        loop {
            self.indentation()?;
            if !self.logical_line()? {
                return Ok(());
            }
        }
    }

    /// The tokens up to and with NEWLINE; false at the end of the text.
    fn logical_line(&mut self) -> Result<bool, LexFault> {
        self.line_start = self.list.len();
        loop {
            let Some(result) = self.raw.next() else {
                self.end_of_text()?;
                return Ok(false);
            };
            let span = self.raw.span();
            let (start, end) = (span.start as u32, span.end as u32);
            let token = match result {
                Ok(token) => token,
                // A character such as `$` is a token that fits nowhere.
                Err(LexFault::UnknownCharacter) if self.text.as_bytes()[span.start].is_ascii_graphic() => {
                    Token::Unknown
                }
                Err(fault) => return Err(self.locate(fault)),
            };
            match token {
                Token::Newline => {
                    if !self.brackets.is_empty() {
                        continue;
                    }
                    if self.list.len() == self.line_start {
                        // Only a continuation line can leave a line empty here.
                        return Ok(true);
                    }
                    self.end_line(start);
                    return Ok(true);
                }
                Token::LeftParen | Token::LeftBracket | Token::LeftBrace => self.open(token, start, end)?,
                Token::RightParen | Token::RightBracket | Token::RightBrace => {
                    self.close(token, start, end)?
                }
                Token::Colon | Token::ColonEqual if self.in_field() => {
                    // A colon directly inside a replacement field begins the format specification.
                    self.push(Token::Colon, start, start + 1);
                    self.seek(start + 1);
                    self.fstring_spec()?;
                }
                Token::Colon => {
                    if let Some((open, close)) = self.with_items.take()
                        && close as usize + 1 == self.list.len()
                    {
                        self.list[open as usize].token = Token::WithParen;
                    }
                    self.push(token, start, end);
                }
                Token::Name => {
                    if let [.., first, before] = &mut *self.list
                        && before.token == Token::Name
                        && starts_statement(first.token)
                        && &self.text[before.start as usize..before.end as usize] == "type"
                    {
                        // Two names in a row can only be the start of a `type` statement.
                        before.token = Token::Type;
                    }
                    self.push(token, start, end);
                }
                Token::As => {
                    if let Some(bracket) = self.brackets.last_mut() {
                        bracket.has_as = true;
                    }
                    self.push(token, start, end);
                }
                Token::FStringStart => {
                    self.push(token, start, end);
                    self.fstring_start(start, end)?;
                }
                Token::Backslash => return Err(self.backslash(end)),
                _ => self.push(token, start, end),
            }
        }
    }

    fn push(&mut self, token: Token, start: u32, end: u32) {
        self.list.push(Spanned { start, end, token });
        self.last_end = end;
    }

    /// True directly inside a replacement field of an f-string.
    fn in_field(&self) -> bool {
        self.brackets.last().is_some_and(|bracket| bracket.field)
    }

    /// Goes on at `offset`, behind the current token or inside it.
    fn seek(&mut self, offset: u32) {
        let behind = self.raw.span().end;
        let offset = offset as usize;
        if offset >= behind {
            self.raw.bump(offset - behind);
        } else {
            self.raw = Token::lexer(self.text);
            self.raw.bump(offset);
        }
    }

    fn offset(&self) -> u32 {
        self.raw.span().end as u32
    }

    fn open(&mut self, token: Token, start: u32, end: u32) -> Result<(), LexFault> {
        if self.brackets.len() >= MAX_BRACKETS {
            return Err(LexFault::TooManyBrackets { at: start });
        }
        let with =
            token == Token::LeftParen && self.list.last().is_some_and(|before| before.token == Token::With);
        self.brackets.push(Bracket {
            open: self.text.as_bytes()[start as usize],
            at: start,
            index: self.list.len() as u32,
            field: false,
            with,
            has_as: false,
        });
        self.push(token, start, end);
        Ok(())
    }

    fn close(&mut self, token: Token, start: u32, end: u32) -> Result<(), LexFault> {
        let close = self.text.as_bytes()[start as usize];
        let Some(bracket) = self.brackets.pop() else {
            return Err(LexFault::UnmatchedBracket { at: start, bracket: close as char });
        };
        let matching = matches!((bracket.open, close), (b'(', b')') | (b'[', b']') | (b'{', b'}'));
        if !matching {
            if bracket.field {
                // CPython says what is wrong with the field, not with the bracket.
                let message = match close {
                    b')' => "f-string: unmatched ')'",
                    _ => "f-string: unmatched ']'",
                };
                return Err(LexFault::FString { at: start, message });
            }
            self.brackets.push(bracket);
            return Err(LexFault::MismatchedBracket {
                at: start,
                open: bracket.open as char,
                open_at: bracket.at,
                close: close as char,
            });
        }
        if bracket.with && bracket.has_as {
            self.with_items = Some((bracket.index, self.list.len() as u32));
        }
        self.push(token, start, end);
        if bracket.field { self.fstring_after_field() } else { Ok(()) }
    }

    /// NEWLINE, and the soft keywords that the end of the line decides.
    fn end_line(&mut self, at: u32) {
        self.soft_keywords();
        self.list.push(Spanned { start: at, end: self.last_end, token: Token::Newline });
    }

    fn soft_keywords(&mut self) {
        if self.list.len() <= self.line_start || self.list[0].token == Token::StartExpression {
            return;
        }
        let first = self.list[self.line_start];
        if first.token == Token::Name {
            let last = self.list[self.list.len() - 1];
            let text = &self.text[first.start as usize..first.end as usize];
            if text == "match" && last.token == Token::Colon && self.list.len() - self.line_start > 2 {
                self.list[self.line_start].token = Token::Match;
                self.after_match = true;
            } else if text == "case" && self.indents.last().is_some_and(|indent| indent.is_match) {
                self.list[self.line_start].token = Token::Case;
            }
        }
    }

    fn end_of_text(&mut self) -> Result<(), LexFault> {
        let end = self.text.len() as u32;
        if self.text.ends_with("\\\n") && self.offset() == end && self.list.len() > self.line_start {
            return Err(LexFault::EofAfterContinuation { at: end - 1 });
        }
        if !self.brackets.is_empty() {
            // No end marker: the parser runs into the end, and the open bracket is the cause.
            return Ok(());
        }
        if self.list.len() > self.line_start {
            self.end_line(end);
        }
        while self.indents.len() > 1 {
            self.indents.pop();
            self.list.push(Spanned { start: end, end: self.last_end, token: Token::Dedent });
        }
        self.list.push(Spanned { start: end, end: self.last_end, token: Token::EndMarker });
        Ok(())
    }

    /// Logos knows no offset of a character that begins no token.
    fn locate(&self, fault: LexFault) -> LexFault {
        match fault {
            LexFault::UnknownCharacter => {
                let at = self.raw.span().start;
                let character = self.text[at..].chars().next().unwrap_or('\0');
                LexFault::InvalidCharacter { at: at as u32, character }
            }
            // A quote that seems to open a string may be the one that ends an f-string around.
            LexFault::UnterminatedString { start, .. } if self.ends_fstring(start, false) => {
                LexFault::FString { at: start, message: "f-string: expecting '}'" }
            }
            LexFault::UnterminatedTripleString { start } if self.ends_fstring(start, true) => {
                LexFault::FString { at: start, message: "f-string: expecting '}'" }
            }
            other => other,
        }
    }

    fn ends_fstring(&self, at: u32, triple: bool) -> bool {
        // A prefix belongs to the string that the quote would open.
        let prefix =
            self.text.as_bytes()[at as usize..].iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
        let Some(&quote) = self.text.as_bytes().get(at as usize + prefix) else { return false };
        self.fstrings.last().is_some_and(|mode| mode.quote == quote && mode.triple == triple)
    }

    fn backslash(&self, end: u32) -> LexFault {
        if end as usize == self.text.len() {
            LexFault::EofAfterContinuation { at: end }
        } else {
            LexFault::AfterContinuation { at: end }
        }
    }
}

/// Whether a statement can begin behind a token.
fn starts_statement(before: Token) -> bool {
    matches!(
        before,
        Token::Newline
            | Token::Indent
            | Token::Dedent
            | Token::Semicolon
            | Token::Colon
            | Token::StartModule
            | Token::StartInteractive
    )
}
