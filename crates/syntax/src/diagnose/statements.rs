//! Statements.

use super::walker::{Kind, Span, Walker};
use crate::error::Fault;
use crate::token::Token;

impl Walker<'_> {
    /// The mistake in the statement where the parser gave up, if it is a known one.
    pub(super) fn find(&mut self) -> Option<Fault> {
        if self.token_at(0) == Token::StartExpression {
            self.at = 1;
            return self.several(Self::expression).err();
        }
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
        if self.at == self.failed && self.header_name(self.at).is_some() {
            // The statement cannot start here at all.
            return None;
        }
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
        if !is_assignment && self.star_named_expression()?.is_some() && self.eat(Token::Comma) {
            while self.star_named_expressions()?.is_some() {}
        }
        self.at = start;
        let Some(first) = self.annotated_rhs()? else { return Ok(()) };
        let mut part = start;
        loop {
            match self.token() {
                Token::Equal => {
                    let behind = self.at;
                    self.at = part;
                    if self.token() == Token::Yield {
                        let message = "assignment to yield expression not possible";
                        return self.mistake(message, part, behind - 1);
                    }
                    let whole = self.star_expressions()?;
                    self.refuse_whole(whole, "cannot assign to ")?;
                    self.at = part;
                    self.refuse_targets("cannot assign to ")?;
                    self.at = behind + 1;
                    part = self.at;
                    if self.annotated_rhs()?.is_none() {
                        return Ok(());
                    }
                }
                Token::Colon if part == start => {
                    let colon = self.at;
                    self.at += 1;
                    let annotated = self.expression()?.is_some();
                    let result = self.annotation_target(start);
                    if result.is_err() && !annotated {
                        return self.mistake("invalid syntax", colon, colon);
                    }
                    return result;
                }
                token if is_augmented(token) => {
                    let operator = self.at;
                    self.at += 1;
                    let complete = self.annotated_rhs()?.is_some();
                    if part != start || matches!(first.kind, Kind::Name | Kind::Attribute | Kind::Subscript) {
                        return Ok(());
                    }
                    if !complete {
                        return self.mistake("invalid syntax", operator, operator);
                    }
                    let what = first.kind.describe();
                    let message = format!("'{what}' is an illegal expression for augmented assignment");
                    return self.mistake(message, start, operator - 1);
                }
                _ => return Ok(()),
            }
        }
    }

    /// What stands before the colon of an annotation may be no target at all.
    fn annotation_target(&mut self, start: usize) -> Result<(), Fault> {
        self.at = start;
        let Some(target) = self.star_expressions()? else { return Ok(()) };
        let message = match target.kind {
            Kind::Name | Kind::Attribute | Kind::Subscript => return Ok(()),
            Kind::List => "only single target (not list) can be annotated",
            Kind::Tuple => "only single target (not tuple) can be annotated",
            _ => "illegal target for annotation",
        };
        self.mistake(message, target.start, target.end - 1)
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
                Some(_) if self.token() == Token::Equal => {
                    let behind = self.at;
                    self.at = here;
                    let strict = std::mem::replace(&mut self.strict, false);
                    plain &= self.refuse_targets("").is_ok();
                    self.strict = strict;
                    self.at = behind + 1;
                    some = true;
                }
                _ => break,
            }
        }
        self.at = start;
        plain && some
    }

    fn delete(&mut self) -> Result<(), Fault> {
        self.at += 1;
        let targets = self.star_expressions()?;
        self.refuse_whole(targets, "cannot delete ")
    }

    /// Complains about an expression that binds weaker than any target.
    fn refuse_whole(&mut self, span: Option<Span>, refusal: &str) -> Result<(), Fault> {
        match span {
            Some(span) if !span.kind.is_target() => {
                self.mistake(format!("{refusal}{}", span.kind.describe()), span.start, span.end - 1)
            }
            _ => Ok(()),
        }
    }

    fn import(&mut self) -> Result<(), Fault> {
        let start = self.at;
        let mut index = start + 1;
        if self.token() == Token::Import {
            if self.token_at(index) == Token::Newline {
                return self.mistake_from("Expected one or more names after 'import'", index, index);
            }
            while matches!(self.token_at(index), Token::Name | Token::Dot | Token::Comma) {
                index += 1;
            }
            if self.token_at(index) == Token::From
                && self.token_at(index - 1) == Token::Name
                && self.token_at(index + 1) == Token::Name
            {
                let mut read = index + 2;
                while self.token_at(read) == Token::Dot && self.token_at(read + 1) == Token::Name {
                    read += 2;
                }
                return self.mistake_from("Did you mean to use 'from ... import ...' instead?", start, read);
            }
            return Ok(());
        }
        while matches!(self.token_at(index), Token::Name | Token::Dot | Token::Ellipsis) {
            index += 1;
        }
        if self.token_at(index) != Token::Import {
            return Ok(());
        }
        if self.token_at(index + 1) == Token::Newline {
            return self.mistake_from("Expected one or more names after 'import'", index + 1, index + 1);
        }
        let mut last = index + 1;
        while matches!(self.token_at(last), Token::Name | Token::Comma | Token::As) {
            last += 1;
        }
        if self.token_at(last) == Token::Newline && self.token_at(last - 1) == Token::Comma {
            let message = "trailing comma not allowed without surrounding parentheses";
            return self.mistake(message, last, last);
        }
        Ok(())
    }

    fn function(&mut self) -> Result<(), Fault> {
        self.at += 1;
        if !self.eat(Token::Name) {
            return Ok(());
        }
        let bracket = self.at;
        if self.token() == Token::LeftBracket && !self.type_parameters()? {
            return self.mistake("expected '('", bracket, bracket);
        }
        if !self.eat(Token::LeftParen) {
            return self.mistake("expected '('", self.at, self.at);
        }
        self.parameter_list(false)?;
        if !self.eat(Token::RightParen) {
            return Ok(());
        }
        let arrow = self.at;
        if self.eat(Token::Arrow) && self.expression()?.is_none() {
            return self.mistake("expected ':'", arrow, arrow);
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
        if self.token() != Token::In {
            self.at = start;
            let whole = self.star_expressions()?;
            if whole.is_none() || targets.is_none() {
                return Ok(());
            }
            if whole.is_some_and(|whole| whole.kind == Kind::Other("comparison")) {
                return Ok(());
            }
            self.refuse_whole(whole, "cannot assign to ")?;
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
        if !parenthesised && self.token() == Token::LeftParen {
            let start = self.at;
            // Items in parentheses without the colon behind look like a tuple to the lexer.
            let closed = self.lenient(|w| {
                w.at += 1;
                loop {
                    let item = w.expression()?;
                    if item.is_none() || w.eat(Token::As) && w.star_expression()?.is_none() {
                        return Ok(None);
                    }
                    if !w.eat(Token::Comma) || w.token() == Token::RightParen {
                        return Ok(item.filter(|_| w.eat(Token::RightParen)));
                    }
                }
            });
            if closed.is_some() && self.token() == Token::Newline {
                return self.mistake("expected ':'", self.at, self.at);
            }
            self.at = start;
        }
        loop {
            if self.expression()?.is_none() {
                return Ok(());
            }
            if self.eat(Token::As) {
                let start = self.at;
                if self.token() == Token::Newline {
                    return Ok(());
                }
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
                    return self.mistake_from(message, start, self.at - 1);
                }
                return Ok(());
            }
            if self.eat(Token::As) && !self.eat(Token::Name) {
                return Ok(());
            }
        }
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

    /// Where the parser fails that knows `match` to be a keyword: at `failed`, or behind the subject that begins there.
    pub(super) fn behind_subject(&mut self, failed: usize) -> usize {
        let start = self.line_start(failed);
        let expression = self.token_at(0) == Token::StartExpression;
        if expression || start + 1 != failed || self.text_at(start) != "match" {
            return failed;
        }
        self.at = failed;
        let found = self.lenient(Self::star_named_expressions);
        match found {
            Some(_) if self.token() == Token::Colon => self.at + 1,
            Some(_) => self.at,
            None => failed,
        }
    }

    /// `match x` without its colon is a name to the lexer.
    fn soft_keyword_line(&mut self) -> Result<(), Fault> {
        if self.text_at(self.at) != "match" {
            return Ok(());
        }
        self.at += 1;
        let found = self.lenient(Self::star_named_expressions);
        if found.is_some() && self.token() == Token::Newline && self.at == self.failed {
            return self.mistake("expected ':'", self.at, self.at);
        }
        Ok(())
    }

    /// A `case`: only the end of the line and the target of `as` are looked at.
    fn case_line(&mut self) -> Result<(), Fault> {
        let mut level = 0;
        while self.at < self.list.len() && self.at <= self.failed {
            match self.token() {
                Token::LeftParen | Token::LeftBracket | Token::LeftBrace => level += 1,
                Token::RightParen | Token::RightBracket | Token::RightBrace => level -= 1,
                Token::Newline if level == 0 => {
                    if self.at != self.failed || goes_on(self.token_at(self.at - 1)) {
                        return Ok(());
                    }
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
                        if let Some(found) = self.expression()?
                            && found.kind != Kind::Attribute
                        {
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

/// Whether a pattern or an expression cannot end with a token.
fn goes_on(token: Token) -> bool {
    matches!(
        token,
        Token::Dot
            | Token::As
            | Token::If
            | Token::Not
            | Token::And
            | Token::Or
            | Token::VerticalBar
            | Token::Plus
            | Token::Minus
            | Token::Star
            | Token::Case
    )
}

fn is_augmented(token: Token) -> bool {
    (Token::PlusEqual as u8..=Token::AtEqual as u8).contains(&(token as u8))
}
