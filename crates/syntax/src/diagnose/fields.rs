//! F-strings.

use super::walker::Walker;
use crate::error::Fault;
use crate::token::Token;

impl Walker<'_> {
    /// A whole f-string; false where it is none.
    pub(super) fn fstring(&mut self) -> Result<bool, Fault> {
        self.at += 1;
        self.parts()?;
        Ok(self.eat(Token::FStringEnd))
    }

    fn parts(&mut self) -> Result<(), Fault> {
        loop {
            match self.token() {
                Token::FStringMiddle | Token::RawFStringMiddle => self.at += 1,
                Token::LeftBrace => {
                    if !self.field()? {
                        return Ok(());
                    }
                }
                _ => return Ok(()),
            }
        }
    }

    fn field(&mut self) -> Result<bool, Fault> {
        self.at += 1;
        let required = match self.token() {
            Token::Equal => Some('='),
            Token::Exclamation => Some('!'),
            Token::Colon => Some(':'),
            Token::RightBrace => Some('}'),
            _ => None,
        };
        if let Some(c) = required
            && self.strict
        {
            let message = format!("f-string: valid expression required before '{c}'");
            return self.mistake(message, self.at, self.at);
        }
        if self.annotated_rhs()?.is_none() {
            return self.complain("f-string: expecting a valid expression after '{'");
        }
        let equal = self.eat(Token::Equal);
        if !matches!(self.token(), Token::Exclamation | Token::Colon | Token::RightBrace) {
            return self.complain(if equal {
                "f-string: expecting '!', or ':', or '}'"
            } else {
                "f-string: expecting '=', or '!', or ':', or '}'"
            });
        }
        if self.eat(Token::Exclamation) {
            match self.token() {
                Token::Colon | Token::RightBrace => {
                    return self.complain("f-string: missing conversion character");
                }
                Token::Name => self.at += 1,
                _ => return self.complain("f-string: invalid conversion character"),
            }
            if !matches!(self.token(), Token::Colon | Token::RightBrace) {
                return self.complain("f-string: expecting ':' or '}'");
            }
        }
        if self.eat(Token::Colon) {
            self.parts()?;
            if self.token() != Token::RightBrace {
                return self.complain("f-string: expecting '}', or format specs");
            }
        }
        Ok(self.eat(Token::RightBrace))
    }

    /// CPython points at the token that comes next.
    fn complain(&self, message: &str) -> Result<bool, Fault> {
        if self.strict && self.at < self.list.len() {
            return self.mistake(message, self.at, self.at);
        }
        Ok(false)
    }
}
