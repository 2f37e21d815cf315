//! Atoms, what may follow them, displays and comprehensions.

use super::walker::{Found, Kind, Rule, Walker};
use crate::error::Fault;
use crate::token::Token;

impl Walker<'_> {
    pub(super) fn primary(&mut self) -> Found {
        let start = self.at;
        let Some(mut span) = self.atom()? else { return Ok(None) };
        loop {
            let behind = self.at;
            match self.token() {
                Token::Dot if self.token_at(behind + 1) == Token::Name => {
                    self.at += 2;
                    span = self.span(start, Kind::Attribute);
                }
                Token::LeftParen => {
                    if !self.call_arguments()? {
                        self.at = behind;
                        return Ok(Some(span));
                    }
                    span = self.span(start, Kind::Call);
                }
                Token::LeftBracket => {
                    self.at += 1;
                    if self.several(Self::slice)?.is_none() || !self.eat(Token::RightBracket) {
                        self.at = behind;
                        return Ok(Some(span));
                    }
                    span = self.span(start, Kind::Subscript);
                }
                _ => return Ok(Some(span)),
            }
        }
    }

    fn slice(&mut self) -> Found {
        let start = self.at;
        if self.token() == Token::Star {
            return self.starred_item(false);
        }
        let first = if self.token() == Token::Colon { None } else { self.named_expression()? };
        let mut colons = 0;
        while colons < 2 && self.eat(Token::Colon) {
            colons += 1;
            self.expression()?;
        }
        if first.is_none() && colons == 0 {
            Ok(None)
        } else {
            Ok(Some(self.span(start, Kind::Other("slice"))))
        }
    }

    pub(super) fn atom(&mut self) -> Found {
        self.memoised(Rule::Atom, |w| {
            let start = w.at;
            let kind = match w.token() {
                Token::Name | Token::Match | Token::Case | Token::Type => Kind::Name,
                Token::Number => Kind::Other("literal"),
                Token::None => Kind::Other("None"),
                Token::True => Kind::Other("True"),
                Token::False => Kind::Other("False"),
                Token::Ellipsis => Kind::Other("ellipsis"),
                Token::String | Token::FStringStart => return w.strings(),
                Token::LeftParen | Token::WithParen => return w.parenthesised(),
                Token::LeftBracket => return w.bracketed(),
                Token::LeftBrace => return w.braced(),
                _ => return Ok(None),
            };
            if start >= w.list.len() {
                return Ok(None);
            }
            w.at += 1;
            Ok(Some(w.span(start, kind)))
        })
    }

    fn strings(&mut self) -> Found {
        let start = self.at;
        let mut kind = Kind::Other("literal");
        loop {
            match self.token() {
                Token::String => self.at += 1,
                Token::FStringStart => {
                    let behind = self.at;
                    if !self.fstring()? {
                        self.at = behind;
                        break;
                    }
                    kind = Kind::Other("f-string expression");
                }
                _ => break,
            }
        }
        if self.at == start { Ok(None) } else { Ok(Some(self.span(start, kind))) }
    }

    fn parenthesised(&mut self) -> Found {
        let start = self.at;
        self.at += 1;
        if self.eat(Token::RightParen) {
            return Ok(Some(self.span(start, Kind::Tuple)));
        }
        // A tuple.
        if self.star_named_expression()?.is_some() && self.eat(Token::Comma) {
            self.star_named_expressions()?;
            if self.eat(Token::RightParen) {
                return Ok(Some(self.span(start, Kind::Tuple)));
            }
        }
        // A group.
        self.at = start + 1;
        let inner =
            if self.token() == Token::Yield { self.yield_expression()? } else { self.named_expression()? };
        if let Some(inner) = inner
            && self.eat(Token::RightParen)
        {
            return Ok(Some(inner));
        }
        self.at = start + 1;
        if self.strict && matches!(self.token(), Token::Star | Token::DoubleStar) {
            let double = self.token() == Token::DoubleStar;
            self.at += 1;
            if self.expression()?.is_some() && self.token() == Token::RightParen {
                let what = if double { "double starred" } else { "starred" };
                let last = if double { start + 1 } else { self.at - 1 };
                return self.mistake(format!("cannot use {what} expression here"), start + 1, last);
            }
        }
        // A generator expression.
        self.at = start + 1;
        if self.named_expression()?.is_some() && self.for_clauses()? && self.eat(Token::RightParen) {
            return Ok(Some(self.span(start, Kind::GeneratorExp)));
        }
        self.invalid_comprehension(start)?;
        Ok(None)
    }

    fn bracketed(&mut self) -> Found {
        let start = self.at;
        self.at += 1;
        self.star_named_expressions()?;
        if self.eat(Token::RightBracket) {
            return Ok(Some(self.span(start, Kind::List)));
        }
        self.at = start + 1;
        if self.named_expression()?.is_some() && self.for_clauses()? && self.eat(Token::RightBracket) {
            return Ok(Some(self.span(start, Kind::Other("list comprehension"))));
        }
        self.invalid_comprehension(start)?;
        Ok(None)
    }

    fn braced(&mut self) -> Found {
        let start = self.at;
        self.at += 1;
        // A dictionary.
        let pairs = self.pairs()?;
        if self.eat(Token::RightBrace) {
            return Ok(Some(self.span(start, Kind::Other("dict literal"))));
        }
        if self.strict {
            let behind = self.at;
            self.invalid_pairs(pairs)?;
            self.at = behind;
        }
        // A set.
        self.at = start + 1;
        if self.star_named_expressions()?.is_some() && self.eat(Token::RightBrace) {
            return Ok(Some(self.span(start, Kind::Other("set display"))));
        }
        // Comprehensions.
        self.at = start + 1;
        if self.token() != Token::DoubleStar
            && self.pair()?
            && self.for_clauses()?
            && self.eat(Token::RightBrace)
        {
            return Ok(Some(self.span(start, Kind::Other("dict comprehension"))));
        }
        self.at = start + 1;
        if self.strict
            && self.eat(Token::DoubleStar)
            && self.bit_or()?.is_some()
            && self.for_clauses()?
            && self.token() == Token::RightBrace
        {
            let message = "dict unpacking cannot be used in dict comprehension";
            return self.mistake(message, start + 1, start + 1);
        }
        self.at = start + 1;
        if self.named_expression()?.is_some() && self.for_clauses()? && self.eat(Token::RightBrace) {
            return Ok(Some(self.span(start, Kind::Other("set comprehension"))));
        }
        self.invalid_comprehension(start)?;
        Ok(None)
    }

    /// `key: value` or `**mapping`.
    fn pair(&mut self) -> Result<bool, Fault> {
        let start = self.at;
        let good = if self.eat(Token::DoubleStar) {
            self.bit_or()?.is_some()
        } else {
            self.expression()?.is_some() && self.eat(Token::Colon) && self.expression()?.is_some()
        };
        if !good {
            self.at = start;
        }
        Ok(good)
    }

    /// Pairs with commas between; true where there was one.
    fn pairs(&mut self) -> Result<bool, Fault> {
        if !self.pair()? {
            return Ok(false);
        }
        loop {
            let behind = self.at;
            if !self.eat(Token::Comma) {
                return Ok(true);
            }
            if !self.pair()? {
                // A last comma belongs to the dictionary, unless something else follows.
                if self.token() != Token::RightBrace {
                    self.at = behind;
                }
                return Ok(true);
            }
        }
    }

    fn invalid_pairs(&mut self, some: bool) -> Result<(), Fault> {
        if some && !self.eat(Token::Comma) {
            return Ok(());
        }
        let start = self.at;
        let Some(key) = self.expression()? else { return Ok(()) };
        let colon = self.at;
        if !self.eat(Token::Colon) {
            if some && self.at < self.list.len() {
                let mut range = self.range_of(key);
                range.start = range.end - 1;
                let message = "':' expected after dictionary key";
                return Err(super::lexical::open_ended(message, range.start, 0));
            }
            self.at = start;
            return Ok(());
        }
        match self.token() {
            Token::Star => {
                let star = self.at;
                self.at += 1;
                if self.bit_or()?.is_some() {
                    let message = "cannot use a starred expression in a dictionary value";
                    return self.mistake_from(message, star, self.at);
                }
            }
            Token::RightBrace | Token::Comma if self.at < self.list.len() => {
                let message = "expression expected after dictionary key and ':'";
                return self.mistake(message, colon, colon);
            }
            _ => {}
        }
        Ok(())
    }

    /// One or more `for ... in ...`.
    pub(super) fn for_clauses(&mut self) -> Result<bool, Fault> {
        let mut some = false;
        loop {
            let start = self.at;
            self.eat(Token::Async);
            if !self.eat(Token::For) {
                self.at = start;
                return Ok(some);
            }
            let target = self.at;
            let targets = self.several(Self::target)?;
            let good = match targets {
                Some(_) if self.token() == Token::In => true,
                _ => {
                    if self.strict && targets.is_some() && self.at < self.list.len() {
                        return self.mistake("'in' expected after for-loop variables", self.at, self.at);
                    }
                    false
                }
            };
            if !good {
                self.at = start;
                return Ok(some);
            }
            if self.strict {
                let behind = self.at;
                self.at = target;
                self.refuse_targets("cannot assign to ")?;
                self.at = behind;
            }
            self.at += 1;
            if self.disjunction()?.is_none() {
                self.at = start;
                return Ok(some);
            }
            while self.token() == Token::If {
                let behind = self.at;
                self.at += 1;
                if self.disjunction()?.is_none() {
                    self.at = behind;
                    break;
                }
            }
            some = true;
        }
    }

    /// Something that may be meant as a target.
    pub(super) fn target(&mut self) -> Found {
        if self.token() == Token::Star {
            let start = self.at;
            self.at += 1;
            if self.bit_or()?.is_some() {
                return Ok(Some(self.span(start, Kind::Other("starred"))));
            }
            self.at = start;
            return Ok(None);
        }
        self.bit_or()
    }

    /// Complains about the first of several targets that is none.
    pub(super) fn refuse_targets(&mut self, refusal: &str) -> Result<(), Fault> {
        loop {
            self.eat(Token::Star);
            match self.bit_or()? {
                Some(span) if !span.kind.is_target() => {
                    return self.mistake(
                        format!("{refusal}{}", span.kind.describe()),
                        span.start,
                        span.end - 1,
                    );
                }
                Some(span) if matches!(self.token_at(span.start), Token::LeftParen | Token::LeftBracket) => {
                    // The elements of a tuple or a list.
                    if matches!(span.kind, Kind::Tuple | Kind::List) {
                        self.at = span.start + 1;
                        self.refuse_targets(refusal)?;
                        self.at = span.end;
                    }
                }
                Some(_) => {}
                None => return Ok(()),
            }
            if !self.eat(Token::Comma) {
                return Ok(());
            }
        }
    }

    fn invalid_comprehension(&mut self, start: usize) -> Result<(), Fault> {
        if !self.strict {
            return Ok(());
        }
        let square = self.token_at(start) != Token::LeftParen;
        self.at = start + 1;
        if self.token() == Token::Star {
            let star = self.at;
            self.at += 1;
            let Some(e) = self.expression()? else {
                return self.mistake_here("Invalid star expression");
            };
            if self.for_clauses()? {
                let message = "iterable unpacking cannot be used in comprehension";
                return self.mistake(message, star, e.end - 1);
            }
        }
        self.at = start + 1;
        if square && self.star_named_expression()?.is_some() && self.token() == Token::Comma {
            let comma = self.at;
            self.at += 1;
            let last = match self.star_named_expressions()? {
                Some(rest) => rest.end - 1,
                None => comma,
            };
            if self.for_clauses()? {
                let message = "did you forget parentheses around the comprehension target?";
                return self.mistake(message, start + 1, last);
            }
        }
        Ok(())
    }
}
