//! Arguments of calls and classes.

use super::walker::{Found, Kind, Walker};
use crate::error::Fault;
use crate::token::Token;

impl Walker<'_> {
    /// `(` arguments `)`; false where that is not what follows.
    pub(super) fn call_arguments(&mut self) -> Result<bool, Fault> {
        self.at += 1;
        let mut count = 0;
        while self.token() != Token::RightParen {
            if self.argument(count)?.is_none() {
                return Ok(false);
            }
            count += 1;
            if !self.eat(Token::Comma) {
                break;
            }
        }
        Ok(self.eat(Token::RightParen))
    }

    fn argument(&mut self, index: usize) -> Found {
        let start = self.at;
        match self.token() {
            Token::Star | Token::DoubleStar => return self.starred_item(index == 0),
            Token::True | Token::False | Token::None
                if self.strict && self.token_at(start + 1) == Token::Equal =>
            {
                let range = self.range(start, start);
                let name = &self.map.text()[range.start as usize..range.end as usize];
                return self.mistake(format!("cannot assign to {name}"), start, start + 1);
            }
            Token::Name if self.token_at(start + 1) == Token::Equal => return self.keyword(start),
            _ => {}
        }
        let Some(span) = self.argument_expression()? else { return Ok(None) };
        if self.strict && self.token() == Token::Equal {
            let message = "expression cannot contain assignment, perhaps you meant \"==\"?";
            return self.mistake(message, span.start, self.at);
        }
        let behind = self.at;
        if self.for_clauses()? {
            let last = self.at - 1;
            let alone = index == 0 && self.token() == Token::RightParen;
            if self.strict && !alone && (index > 0 || self.token() == Token::Comma) {
                // A comma before the parenthesis is one too many as well.
                return self.mistake("Generator expression must be parenthesized", start, last);
            }
            return Ok(Some(self.span(start, Kind::GeneratorExp)));
        }
        self.at = behind;
        Ok(Some(span))
    }

    /// `*x` or `**x` of arguments and indices.
    pub(super) fn starred_item(&mut self, first: bool) -> Found {
        let start = self.at;
        let double = self.token() == Token::DoubleStar;
        self.at += 1;
        if self.strict && !double && self.lenient(Self::expression).is_none() {
            // CPython's first pass says this already.
            return self.mistake_here("Invalid star expression");
        }
        self.at = start + 1;
        let Some(e) = self.expression()? else { return Ok(None) };
        let behind = self.at;
        if self.strict && first && !double && self.for_clauses()? {
            let message = "iterable unpacking cannot be used in comprehension";
            return self.mistake(message, start, e.end - 1);
        }
        if self.strict
            && self.eat(Token::Equal)
            && let Some(b) = self.expression()?
        {
            let what = if double { "keyword" } else { "iterable" };
            return self.mistake(format!("cannot assign to {what} argument unpacking"), start, b.end - 1);
        }
        self.at = behind;
        Ok(Some(self.span(start, Kind::Other("starred"))))
    }

    /// Assignment expression or expression.
    fn argument_expression(&mut self) -> Found {
        let start = self.at;
        if self.token() == Token::Name && self.token_at(start + 1) == Token::ColonEqual {
            self.at += 2;
            return Ok(self.expression()?.map(|_| self.span(start, Kind::Other("named expression"))));
        }
        self.expression()
    }

    fn keyword(&mut self, start: usize) -> Found {
        self.at += 2;
        if self.strict
            && matches!(self.token(), Token::Comma | Token::RightParen)
            && self.at < self.list.len()
        {
            return self.mistake("expected argument value expression", start, start + 1);
        }
        if self.expression()?.is_none() {
            return Ok(None);
        }
        let behind = self.at;
        if self.strict && self.for_clauses()? {
            let message = "invalid syntax. Maybe you meant '==' or ':=' instead of '='?";
            return self.mistake(message, start, start + 1);
        }
        self.at = behind;
        Ok(Some(self.span(start, Kind::Other("keyword"))))
    }
}
