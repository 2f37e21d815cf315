//! Statements.

use super::walker::{Kind, Walker};
use crate::error::Fault;
use crate::token::Token;

impl Walker<'_> {
    /// The mistake in the statement where the parser gave up, if it is a known one.
    pub(super) fn find(mut self) -> Option<Fault> {
        if let Some(fault) = self.missing_block() {
            return Some(fault);
        }
        if let Some(fault) = self.unfinished_try() {
            return Some(fault);
        }
        if self.token_at(self.failed) == Token::Indent && self.failed < self.list.len() {
            return None;
        }
        self.at = self.line_start(self.failed);
        // The first line of a statement in parentheses is a mistake's home even if the parser stopped later.
        self.statement().err()
    }

    fn statement(&mut self) -> Result<(), Fault> {
        let start = self.at;
        let asynchronous = self.eat(Token::Async);
        match self.token() {
            Token::Def => self.function(),
            Token::For => self.for_statement(),
            Token::With => self.with_statement(),
            _ if asynchronous => Ok(()),
            Token::Class => self.class(),
            Token::If | Token::Elif | Token::While => {
                self.at += 1;
                if self.named_expression()?.is_none() {
                    return Ok(());
                }
                self.header_end(false)
            }
            Token::Else | Token::Try | Token::Finally => {
                self.at += 1;
                self.header_end(true)
            }
            Token::Except => self.except(),
            Token::Match | Token::Case => self.match_line(),
            _ => {
                self.at = start;
                self.soft_keyword_line()?;
                self.at = start;
                self.simple_statements()
            }
        }
    }

    /// The colon of a header, and what follows on its line.
    fn header_end(&mut self, forced: bool) -> Result<(), Fault> {
        if self.eat(Token::Colon) {
            return self.simple_statements();
        }
        if (forced || self.token() == Token::Newline) && self.at < self.list.len() {
            return self.mistake("expected ':'", self.at, self.at);
        }
        Ok(())
    }

    fn simple_statements(&mut self) -> Result<(), Fault> {
        loop {
            let start = self.at;
            self.simple_statement()?;
            if self.at == start || !self.eat(Token::Semicolon) {
                return Ok(());
            }
        }
    }

    fn simple_statement(&mut self) -> Result<(), Fault> {
        match self.token() {
            Token::Return => {
                self.at += 1;
                self.star_expressions()?;
            }
            Token::Raise => {
                self.at += 1;
                self.expression()?;
                if self.eat(Token::From) {
                    self.expression()?;
                }
            }
            Token::Assert => {
                self.at += 1;
                self.expression()?;
                if self.eat(Token::Comma) {
                    self.expression()?;
                }
            }
            Token::Del => self.delete()?,
            Token::Import | Token::From => self.import()?,
            Token::Type => {
                self.at += 2;
                if self.token() == Token::LeftBracket {
                    self.type_parameters()?;
                }
                if self.eat(Token::Equal) {
                    self.expression()?;
                }
            }
            Token::Global | Token::Nonlocal => {
                self.at += 1;
                while self.eat(Token::Name) && self.eat(Token::Comma) {}
            }
            Token::Pass | Token::Break | Token::Continue => self.at += 1,
            _ => self.assignment()?,
        }
        Ok(())
    }

    /// Assignments of all kinds and bare expressions.
    fn assignment(&mut self) -> Result<(), Fault> {
        let start = self.at;
        // CPython looks for a tuple that is annotated, and finds the mistakes of its elements on the way.
        if self.token() == Token::Name && self.token_at(start + 1) == Token::Colon {
            self.at += 2;
            self.expression()?;
            if self.eat(Token::Equal) {
                self.annotated_rhs()?;
            }
            return Ok(());
        }
        let is_assignment = self.is_plain_assignment();
        if !is_assignment {
            self.star_named_expressions()?;
        }
        self.at = start;
        if self.token() == Token::Yield {
            self.yield_expression()?;
        } else if self.star_expressions()?.is_none() {
            return Ok(());
        }
        loop {
            match self.token() {
                Token::Equal => {
                    self.at += 1;
                    if self.annotated_rhs()?.is_none() {
                        return Ok(());
                    }
                }
                Token::Colon => {
                    self.at += 1;
                    self.expression()?;
                }
                token if is_augmented(token) => {
                    self.at += 1;
                    self.annotated_rhs()?;
                    return Ok(());
                }
                _ => return Ok(()),
            }
        }
    }

    /// True where good targets stand before the last `=`: then an `=` is no mistake.
    fn is_plain_assignment(&mut self) -> bool {
        let start = self.at;
        let mut plain = true;
        let mut some = false;
        loop {
            let here = self.at;
            let found = self.lenient(|w| w.several(Self::target));
            match found {
                Some(span) if self.token() == Token::Equal => {
                    let behind = self.at;
                    self.at = here;
                    let strict = std::mem::replace(&mut self.strict, false);
                    plain &= self.refuse_targets("").is_ok();
                    self.strict = strict;
                    self.at = behind + 1;
                    some = true;
                    let _ = span;
                }
                _ => break,
            }
        }
        self.at = start;
        plain && some
    }

    fn delete(&mut self) -> Result<(), Fault> {
        self.at += 1;
        let start = self.at;
        self.star_expressions()?;
        if matches!(self.token(), Token::Newline | Token::Semicolon) {
            return Ok(());
        }
        self.at = start;
        Ok(())
    }

    fn import(&mut self) -> Result<(), Fault> {
        let start = self.at;
        let mut index = start + 1;
        if self.token() == Token::Import {
            if self.token_at(index) == Token::Newline {
                return self.mistake("Expected one or more names after 'import'", index, index);
            }
            while matches!(self.token_at(index), Token::Name | Token::Dot | Token::Comma) {
                index += 1;
            }
            if self.token_at(index) == Token::From
                && self.token_at(index - 1) == Token::Name
                && self.token_at(index + 1) == Token::Name
            {
                return self.mistake("Did you mean to use 'from ... import ...' instead?", start, index + 1);
            }
            return self.aliases(start + 1, true);
        }
        while matches!(self.token_at(index), Token::Name | Token::Dot | Token::Ellipsis) {
            index += 1;
        }
        if self.token_at(index) != Token::Import {
            return Ok(());
        }
        if self.token_at(index + 1) == Token::Newline {
            return self.mistake("Expected one or more names after 'import'", index + 1, index + 1);
        }
        let mut last = index + 1;
        while matches!(self.token_at(last), Token::Name | Token::Comma | Token::As) {
            last += 1;
        }
        if self.token_at(last) == Token::Newline && self.token_at(last - 1) == Token::Comma {
            let message = "trailing comma not allowed without surrounding parentheses";
            return self.mistake(message, last, last);
        }
        self.aliases(index + 1, false)
    }

    /// `name as target`, where the target is no name.
    fn aliases(&mut self, from: usize, _dotted: bool) -> Result<(), Fault> {
        for index in from..self.list.len().min(self.failed + 1) {
            if self.token_at(index) != Token::As {
                continue;
            }
            self.at = index + 1;
            let lone = self.token_at(index + 1) == Token::Name
                && matches!(self.token_at(index + 2), Token::Comma | Token::RightParen | Token::Newline);
            if !lone
                && let Some(target) = self.expression()?
                && !(target.kind == Kind::Name && target.end == target.start + 1)
            {
                let message = format!("cannot use {} as import target", target.kind.describe());
                return self.mistake(message, target.start, target.end - 1);
            }
        }
        Ok(())
    }

    fn function(&mut self) -> Result<(), Fault> {
        self.at += 1;
        if !self.eat(Token::Name) {
            return Ok(());
        }
        if self.token() == Token::LeftBracket && !self.type_parameters()? {
            return Ok(());
        }
        if !self.eat(Token::LeftParen) {
            return self.mistake("expected '('", self.at, self.at);
        }
        self.parameter_list(false)?;
        if !self.eat(Token::RightParen) {
            return Ok(());
        }
        if self.eat(Token::Arrow) && self.expression()?.is_none() {
            return Ok(());
        }
        self.header_end(true)
    }

    fn class(&mut self) -> Result<(), Fault> {
        self.at += 1;
        if !self.eat(Token::Name) {
            return Ok(());
        }
        if self.token() == Token::LeftBracket && !self.type_parameters()? {
            return Ok(());
        }
        if self.token() == Token::LeftParen && !self.call_arguments()? {
            return Ok(());
        }
        self.header_end(false)
    }

    fn for_statement(&mut self) -> Result<(), Fault> {
        self.at += 1;
        let start = self.at;
        let targets = self.lenient(|w| w.several(Self::target));
        if targets.is_some() && self.token() != Token::In {
            self.at = start;
            self.star_expressions()?;
            self.at = start;
            self.refuse_targets("cannot assign to ")?;
            return Ok(());
        }
        if !self.eat(Token::In) || self.star_expressions()?.is_none() {
            return Ok(());
        }
        self.header_end(false)
    }

    fn with_statement(&mut self) -> Result<(), Fault> {
        self.at += 1;
        let parenthesised = self.eat(Token::WithParen);
        loop {
            if self.expression()?.is_none() {
                return Ok(());
            }
            if self.eat(Token::As) {
                let start = self.at;
                let target = self.star_expression()?;
                if let Some(target) = target
                    && !target.kind.is_target()
                    && matches!(self.token(), Token::Comma | Token::RightParen | Token::Colon)
                {
                    let message = format!("cannot assign to {}", target.kind.describe());
                    return self.mistake(message, start, target.end - 1);
                }
            }
            if !self.eat(Token::Comma) || parenthesised && self.token() == Token::RightParen {
                break;
            }
        }
        if parenthesised && !self.eat(Token::RightParen) {
            return Ok(());
        }
        self.header_end(false)
    }

    fn except(&mut self) -> Result<(), Fault> {
        let except = self.at;
        self.at += 1;
        let star = self.eat(Token::Star);
        if star && matches!(self.token(), Token::Newline | Token::Colon) {
            return self.mistake("expected one or more exception types", self.at, self.at);
        }
        let start = self.at;
        if self.expression()?.is_some() {
            if self.eat(Token::Comma) {
                self.several(Self::expression)?;
                if self.eat(Token::As) {
                    self.eat(Token::Name);
                }
                if self.eat(Token::Colon) {
                    let message = "multiple exception types must be parenthesized";
                    return self.mistake(message, start, self.failed.max(self.at - 1));
                }
                return Ok(());
            }
            if self.eat(Token::As) {
                let target = self.at;
                let found = self.expression()?;
                if let Some(found) = found
                    && !(found.kind == Kind::Name && found.end == target + 1)
                {
                    let what = if star { "except*" } else { "except" };
                    let message = format!("cannot use {what} statement with {}", found.kind.describe());
                    return self.mistake(message, target, found.end - 1);
                }
            }
        }
        let _ = except;
        self.header_end(false)
    }

    /// A line that the lexer took for one of a `match`.
    fn match_line(&mut self) -> Result<(), Fault> {
        let case = self.token() == Token::Case;
        self.at += 1;
        if case {
            return self.case_line();
        }
        if self.star_named_expressions()?.is_none() {
            return Ok(());
        }
        self.header_end(false)
    }

    /// `match x` without its colon is a name to the lexer.
    fn soft_keyword_line(&mut self) -> Result<(), Fault> {
        match self.text_at(self.at) {
            "match" => {
                self.at += 1;
                let found = self.lenient(Self::star_named_expressions);
                if found.is_some()
                    && self.token() == Token::Newline
                    && self.token_at(self.at + 1) == Token::Indent
                {
                    return self.mistake("expected ':'", self.at, self.at);
                }
            }
            "case" => {}
            _ => {}
        }
        Ok(())
    }

    /// A `case`: only the end of the line and the target of `as` are looked at.
    fn case_line(&mut self) -> Result<(), Fault> {
        let mut level = 0;
        while self.at < self.list.len() {
            match self.token() {
                Token::LeftParen | Token::LeftBracket | Token::LeftBrace => level += 1,
                Token::RightParen | Token::RightBracket | Token::RightBrace => level -= 1,
                Token::Newline if level == 0 => {
                    return self.mistake("expected ':'", self.at, self.at);
                }
                Token::Colon if level == 0 => {
                    return self.header_end(false);
                }
                Token::As => {
                    let target = self.at + 1;
                    let lone = self.token_at(target) == Token::Name
                        && !matches!(self.token_at(target + 1), Token::Dot | Token::LeftParen);
                    if !lone {
                        self.at = target;
                        if let Some(found) = self.expression()? {
                            return self.mistake("invalid pattern target", target, found.end - 1);
                        }
                        return Ok(());
                    }
                }
                _ => {}
            }
            self.at += 1;
        }
        Ok(())
    }
}

fn is_augmented(token: Token) -> bool {
    (Token::PlusEqual as u8..=Token::AtEqual as u8).contains(&(token as u8))
}
