//! Parameters of functions and lambdas, and type parameters.

use super::walker::{Kind, Walker};
use crate::error::Fault;
use crate::token::Token;

impl Walker<'_> {
    /// The parameters up to `)` or, for a lambda, `:`.
    pub(super) fn parameter_list(&mut self, lambda: bool) -> Result<(), Fault> {
        let close = if lambda { Token::Colon } else { Token::RightParen };
        let mut defaults = false;
        let mut star = false;
        let mut slash = false;
        let mut keywords = false;
        let mut count = 0;
        while self.at < self.list.len() && self.token() != close {
            let start = self.at;
            if keywords
                && self.strict
                && matches!(self.token(), Token::Name | Token::Star | Token::DoubleStar | Token::Slash)
            {
                return self.mistake("arguments cannot follow var-keyword argument", start, start);
            }
            match self.token() {
                Token::Name => {
                    self.at += 1;
                    self.annotation(lambda)?;
                    if self.eat(Token::Equal) {
                        if self.strict && matches!(self.token(), Token::Comma | Token::RightParen) {
                            return self.mistake(
                                "expected default value expression",
                                self.at - 1,
                                self.at - 1,
                            );
                        }
                        if self.expression()?.is_none() {
                            return Ok(());
                        }
                        defaults |= !star;
                    } else if defaults
                        && !star
                        && self.strict
                        && matches!(self.token(), Token::Comma) | (self.token() == close)
                    {
                        let message = "parameter without a default follows parameter with a default";
                        return self.mistake(message, start, start);
                    }
                }
                Token::Slash => {
                    self.at += 1;
                    if self.strict {
                        if count == 0 && self.token() == Token::Comma {
                            return self.mistake("at least one argument must precede /", start, start);
                        }
                        if slash {
                            return self.mistake("/ may appear only once", start, start);
                        }
                        if star {
                            return self.mistake("/ must be ahead of *", start, start);
                        }
                        if self.token() == Token::Star {
                            return self.mistake("expected comma between / and *", self.at, self.at);
                        }
                    }
                    slash = true;
                }
                Token::Star => {
                    self.at += 1;
                    if star && self.strict {
                        return self.mistake("* argument may appear only once", start, start);
                    }
                    star = true;
                    if self.token() == Token::Name {
                        self.at += 1;
                        self.annotation(lambda)?;
                        if self.strict && self.token() == Token::Equal {
                            let message = "var-positional argument cannot have default value";
                            return self.mistake(message, self.at, self.at);
                        }
                    } else if self.strict && self.bare_star(close) {
                        let at = if lambda { self.failed.max(self.at) } else { start };
                        return self.mistake("named arguments must follow bare *", at, at);
                    }
                }
                Token::DoubleStar => {
                    self.at += 1;
                    if self.token() != Token::Name {
                        return Ok(());
                    }
                    self.at += 1;
                    self.annotation(lambda)?;
                    if self.strict && self.token() == Token::Equal {
                        let message = "var-keyword argument cannot have default value";
                        return self.mistake(message, self.at, self.at);
                    }
                    keywords = true;
                }
                Token::LeftParen if self.strict && !star && !slash && !defaults => {
                    return self.parenthesised_parameters(lambda);
                }
                _ => return Ok(()),
            }
            count += 1;
            if !self.eat(Token::Comma) {
                return Ok(());
            }
        }
        Ok(())
    }

    /// True where nothing with a name follows a bare star.
    fn bare_star(&self, close: Token) -> bool {
        self.token() == close
            || self.token() == Token::Comma
                && (self.token_at(self.at + 1) == close || self.token_at(self.at + 1) == Token::DoubleStar)
    }

    fn annotation(&mut self, lambda: bool) -> Result<(), Fault> {
        let colon = self.at;
        if !lambda && self.eat(Token::Colon) && self.star_expression()?.is_none() {
            self.at = colon;
        }
        Ok(())
    }

    fn parenthesised_parameters(&mut self, lambda: bool) -> Result<(), Fault> {
        let start = self.at;
        let mut index = start + 1;
        while matches!(self.token_at(index), Token::Name | Token::Comma) && index < self.list.len() {
            index += 1;
        }
        if self.token_at(index) == Token::RightParen && index > start + 1 {
            let what = if lambda { "Lambda expression" } else { "Function" };
            return self.mistake(format!("{what} parameters cannot be parenthesized"), start, index);
        }
        Ok(())
    }

    /// `[T: bound = default, *Ts, **P]`.
    pub(super) fn type_parameters(&mut self) -> Result<bool, Fault> {
        let start = self.at;
        self.at += 1;
        if self.token() == Token::RightBracket && self.strict {
            // The name `type` has been looked at as an expression before, up to what follows.
            let read =
                if self.token_at(start.saturating_sub(2)) == Token::Type { self.at + 1 } else { self.at };
            return self.mistake_from("Type parameter list cannot be empty", start + 1, read);
        }
        loop {
            let star = self.token();
            if matches!(star, Token::Star | Token::DoubleStar) {
                self.at += 1;
            }
            if !self.eat(Token::Name) {
                break;
            }
            let colon = self.at;
            if self.eat(Token::Colon) {
                let bound = self.expression()?;
                if bound.is_none() {
                    return Ok(false);
                }
                let owner = match star {
                    Token::Star => Some("TypeVarTuple"),
                    Token::DoubleStar => Some("ParamSpec"),
                    _ => None,
                };
                if let (Some(owner), Some(bound)) = (owner, bound)
                    && self.strict
                {
                    let what = if bound.kind == Kind::Tuple { "constraints" } else { "bound" };
                    return self.mistake(format!("cannot use {what} with {owner}"), colon, bound.end - 1);
                }
            }
            if self.eat(Token::Equal) && self.star_expression()?.is_none() {
                break;
            }
            if !self.eat(Token::Comma) {
                break;
            }
        }
        Ok(self.eat(Token::RightBracket))
    }
}
