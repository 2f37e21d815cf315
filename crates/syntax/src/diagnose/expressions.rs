//! Operators, conditional expressions, lambdas and assignment expressions.

use super::walker::{Found, Kind, Rule, Span, Walker};
use crate::error::Fault;
use crate::token::Token;

impl Walker<'_> {
    /// CPython's `expression`.
    pub(super) fn expression(&mut self) -> Found {
        self.memoised(Rule::Expression, |w| {
            let start = w.at;
            if w.strict {
                w.invalid_expression()?;
                w.at = start;
                w.legacy_statement()?;
                w.at = start;
            }
            if w.token() == Token::Lambda {
                return w.lambda();
            }
            let Some(body) = w.disjunction()? else { return Ok(None) };
            let behind = w.at;
            if w.eat(Token::If)
                && w.disjunction()?.is_some()
                && w.eat(Token::Else)
                && w.expression()?.is_some()
            {
                return Ok(Some(w.span(start, Kind::Other("conditional expression"))));
            }
            w.at = behind;
            Ok(Some(body))
        })
    }

    fn invalid_expression(&mut self) -> Result<(), Fault> {
        let start = self.at;
        // CPython compares only as many letters as the name has, so `c` and `ma` count as well.
        let name = self.text_at(start);
        let soft = !name.is_empty()
            && ["_", "case", "match", "type"].iter().any(|word| word.starts_with(name))
            || matches!(self.token(), Token::Match | Token::Case | Token::Type);
        let prefix = self.token() == Token::Name && self.token_at(start + 1) == Token::String;
        if !soft
            && !prefix
            && let Some(a) = self.disjunction()?
        {
            let behind = self.at;
            if let Some(b) = self.lenient(Self::expression)
                && !(a.end == a.start + 1 && matches!(self.text_at(a.start), "print" | "exec"))
                && self.in_brackets(self.at - 1)
            {
                return self.mistake("invalid syntax. Perhaps you forgot a comma?", a.start, b.end - 1);
            }
            self.at = behind;
            if self.eat(Token::If)
                && let Some(b) = self.disjunction()?
                && !matches!(self.token(), Token::Else | Token::Colon)
            {
                let message = "expected 'else' after 'if' expression";
                return self.mistake(message, a.start, b.end - 1);
            }
        }
        self.at = start;
        if self.eat(Token::Lambda) {
            let open = self.lambda_colon();
            if let Some(colon) = open
                && self.colon_of_field(start, colon)
            {
                let message = "f-string: lambda expressions are not allowed without parentheses";
                return self.mistake(message, start, colon);
            }
        }
        Ok(())
    }

    /// The colon behind `lambda` and simple parameters.
    fn lambda_colon(&self) -> Option<usize> {
        let mut index = self.at;
        loop {
            match self.token_at(index) {
                Token::Colon => return Some(index),
                Token::Name | Token::Comma | Token::Star | Token::DoubleStar | Token::Slash => index += 1,
                _ => return None,
            }
        }
    }

    /// True where a colon ends the expression of a replacement field that starts with the lambda.
    fn colon_of_field(&self, lambda: usize, colon: usize) -> bool {
        let text = |token| matches!(token, Token::FStringMiddle | Token::RawFStringMiddle);
        let before = self.token_at(lambda.saturating_sub(2));
        text(self.token_at(colon + 1))
            || (before == Token::FStringStart || text(before))
                && matches!(self.token_at(colon + 1), Token::LeftBrace | Token::RightBrace)
    }

    /// `print x` and `exec x`.
    fn legacy_statement(&mut self) -> Result<(), Fault> {
        let start = self.at;
        let name = self.text_at(start);
        if name.is_empty() || self.token_at(start + 1) == Token::LeftParen {
            return Ok(());
        }
        self.at += 1;
        // CPython looks at what follows any name before it looks at the name.
        if let Some(b) = self.star_expressions()?
            && matches!(name, "print" | "exec")
        {
            let message = format!("Missing parentheses in call to '{name}'. Did you mean {name}(...)?");
            return self.mistake(message, start, b.end - 1);
        }
        Ok(())
    }

    fn lambda(&mut self) -> Found {
        let start = self.at;
        self.at += 1;
        self.parameter_list(true)?;
        if !self.eat(Token::Colon) {
            return Ok(None);
        }
        Ok(self.expression()?.map(|_| self.span(start, Kind::Other("lambda"))))
    }

    /// `or`, `and`, `not` and comparisons, in one go.
    pub(super) fn disjunction(&mut self) -> Found {
        self.memoised(Rule::Disjunction, |w| {
            let start = w.at;
            let mut kind = None;
            let mut good = start;
            // A lone operand keeps its own place, which parentheses around it do not belong to.
            let mut single = None;
            let mut first_end = start;
            loop {
                while w.eat(Token::Not) {
                    kind = Some(kind.unwrap_or(Kind::Other("expression")));
                }
                let Some(operand) = w.bit_or()? else { break };
                good = w.at;
                if first_end == start {
                    first_end = good;
                }
                let mut operand = operand;
                while w.comparison_operator() {
                    if w.bit_or()?.is_none() {
                        w.at = good;
                        break;
                    }
                    operand.kind = Kind::Other("comparison");
                    good = w.at;
                }
                if kind.is_none() && good == w.at && first_end == good {
                    single = Some(operand);
                }
                kind = Some(kind.unwrap_or(operand.kind));
                if !w.eat(Token::And) && !w.eat(Token::Or) {
                    break;
                }
                kind = Some(Kind::Other("expression"));
            }
            if good == start {
                return Ok(None);
            }
            w.at = good;
            if let Some(single) = single
                && first_end == good
            {
                return Ok(Some(single));
            }
            Ok(kind.map(|kind| w.span(start, kind)))
        })
    }

    fn comparison_operator(&mut self) -> bool {
        match self.token() {
            Token::EqualEqual
            | Token::NotEqual
            | Token::Less
            | Token::LessEqual
            | Token::Greater
            | Token::GreaterEqual
            | Token::In => {
                self.at += 1;
                true
            }
            Token::Is => {
                self.at += 1;
                self.eat(Token::Not);
                true
            }
            Token::Not if self.token_at(self.at + 1) == Token::In => {
                self.at += 2;
                true
            }
            _ => false,
        }
    }

    /// Arithmetic, from `|` down to `**` and `await`.
    pub(super) fn bit_or(&mut self) -> Found {
        self.memoised(Rule::BitOr, |w| {
            let start = w.at;
            let mut good = start;
            let mut kind = None;
            let mut single = None;
            loop {
                while matches!(w.token(), Token::Plus | Token::Minus | Token::Tilde) {
                    w.at += 1;
                    w.not_after_operator()?;
                    kind = Some(Kind::Other("expression"));
                }
                let awaited = w.eat(Token::Await);
                let Some(operand) = w.primary()? else { break };
                good = w.at;
                if kind.is_none() && !awaited {
                    single = Some((operand, good));
                }
                let operand_kind = if awaited { Kind::Other("await expression") } else { operand.kind };
                kind = Some(kind.unwrap_or(operand_kind));
                if !is_binary(w.token()) {
                    break;
                }
                w.at += 1;
                let operator = w.token_at(w.at - 1);
                if is_arithmetic(operator) && w.token() == Token::Not {
                    w.not_after_operator()?;
                }
                kind = Some(Kind::Other("expression"));
            }
            if good == start {
                return Ok(None);
            }
            w.at = good;
            if let Some((operand, end)) = single
                && end == good
            {
                return Ok(Some(operand));
            }
            Ok(kind.map(|kind| w.span(start, kind)))
        })
    }

    fn not_after_operator(&mut self) -> Result<(), Fault> {
        if self.token() != Token::Not || !self.strict {
            return Ok(());
        }
        let start = self.at;
        if let Some(b) = self.lenient(Self::disjunction) {
            let message = "'not' after an operator must be parenthesized";
            return self.mistake(message, start, b.end - 1);
        }
        self.at = start;
        Ok(())
    }

    /// CPython's `named_expression`.
    pub(super) fn named_expression(&mut self) -> Found {
        self.memoised(Rule::Named, |w| {
            let start = w.at;
            if w.token() == Token::Name && w.token_at(start + 1) == Token::ColonEqual {
                w.at += 2;
                return Ok(w.expression()?.map(|_| w.span(start, Kind::Other("named expression"))));
            }
            if w.strict {
                w.invalid_named_expression()?;
                w.at = start;
            }
            let span = w.expression()?;
            if w.token() == Token::ColonEqual { Ok(None) } else { Ok(span) }
        })
    }

    fn invalid_named_expression(&mut self) -> Result<(), Fault> {
        let start = self.at;
        if let Some(a) = self.expression()?
            && self.eat(Token::ColonEqual)
            && self.expression()?.is_some()
        {
            let message = format!("cannot use assignment expressions with {}", a.kind.describe());
            return self.mistake(message, a.start, a.end - 1);
        }
        self.at = start;
        if self.token() == Token::Name && self.token_at(start + 1) == Token::Equal {
            self.at += 2;
            if let Some(b) = self.bit_or()?
                && !matches!(self.token(), Token::Equal | Token::ColonEqual)
            {
                let message = "invalid syntax. Maybe you meant '==' or ':=' instead of '='?";
                return self.mistake(message, start, b.end - 1);
            }
        }
        self.at = start;
        if matches!(self.token(), Token::True | Token::None | Token::False) {
            return Ok(());
        }
        if let Some(a) = self.bit_or()?
            && !self.is_display(a)
            && self.eat(Token::Equal)
            && self.bit_or()?.is_some()
            && !matches!(self.token(), Token::Equal | Token::ColonEqual)
        {
            let message =
                format!("cannot assign to {} here. Maybe you meant '==' instead of '='?", a.kind.describe());
            return self.mistake(message, a.start, a.end - 1);
        }
        Ok(())
    }

    /// A whole list, tuple or generator expression, or an expression that starts with one.
    fn is_display(&mut self, a: Span) -> bool {
        let behind = self.at;
        self.at = a.start;
        let atom = self.lenient(Self::atom);
        self.at = behind;
        atom.is_some_and(|atom| matches!(atom.kind, Kind::List | Kind::Tuple | Kind::GeneratorExp))
    }

    pub(super) fn star_named_expression(&mut self) -> Found {
        if self.token() == Token::Star { self.starred() } else { self.named_expression() }
    }

    pub(super) fn star_expression(&mut self) -> Found {
        if self.token() == Token::Star { self.starred() } else { self.expression() }
    }

    fn starred(&mut self) -> Found {
        let start = self.at;
        self.at += 1;
        if self.bit_or()?.is_some() {
            return Ok(Some(self.span(start, Kind::Other("starred"))));
        }
        self.at = start;
        Ok(None)
    }

    /// Several of something with commas between; a tuple where there is a comma.
    pub(super) fn several(&mut self, mut one: impl FnMut(&mut Self) -> Found) -> Found {
        let start = self.at;
        let Some(first) = one(self)? else { return Ok(None) };
        if self.token() != Token::Comma {
            return Ok(Some(first));
        }
        while self.eat(Token::Comma) {
            if one(self)?.is_none() {
                break;
            }
        }
        Ok(Some(self.span(start, Kind::Tuple)))
    }

    pub(super) fn star_expressions(&mut self) -> Found {
        self.several(Self::star_expression)
    }

    pub(super) fn star_named_expressions(&mut self) -> Found {
        self.several(Self::star_named_expression)
    }

    pub(super) fn yield_expression(&mut self) -> Found {
        let start = self.at;
        if !self.eat(Token::Yield) {
            return Ok(None);
        }
        if self.eat(Token::From) {
            self.expression()?;
        } else {
            self.star_expressions()?;
        }
        Ok(Some(self.span(start, Kind::Other("yield expression"))))
    }

    /// What may stand on the right of `=` and in a replacement field.
    pub(super) fn annotated_rhs(&mut self) -> Found {
        if self.token() == Token::Yield { self.yield_expression() } else { self.star_expressions() }
    }
}

fn is_binary(token: Token) -> bool {
    is_arithmetic(token)
        || matches!(
            token,
            Token::DoubleStar
                | Token::LeftShift
                | Token::RightShift
                | Token::Ampersand
                | Token::VerticalBar
                | Token::Circumflex
        )
}

fn is_arithmetic(token: Token) -> bool {
    matches!(
        token,
        Token::Plus
            | Token::Minus
            | Token::Star
            | Token::Slash
            | Token::Percent
            | Token::DoubleSlash
            | Token::At
    )
}
