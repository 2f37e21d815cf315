//! The walker: a recogniser of expressions that knows what people get wrong.
//!
//! It tries constructs in the order of CPython's grammar, so that the same mistake is found first. A method
//! that recognises something moves on behind it and says what it was; one that does not leaves the walker
//! where it stood. A found mistake ends the walk as an `Err`.

use std::cell::Cell;
use std::collections::HashMap;

use crate::ast::Range;
use crate::error::{Fault, Place};
use crate::lexer::{Spanned, Tokens};
use crate::source_map::SourceMap;
use crate::token::Token;

/// What an expression turned out to be, as far as messages care.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Name,
    Attribute,
    Subscript,
    Call,
    Tuple,
    List,
    GeneratorExp,
    /// Anything else, by CPython's name for it.
    Other(&'static str),
}

impl Kind {
    pub(super) fn describe(self) -> &'static str {
        match self {
            Kind::Name => "name",
            Kind::Attribute => "attribute",
            Kind::Subscript => "subscript",
            Kind::Call => "function call",
            Kind::Tuple => "tuple",
            Kind::List => "list",
            Kind::GeneratorExp => "generator expression",
            Kind::Other(name) => name,
        }
    }

    pub(super) fn is_target(self) -> bool {
        matches!(self, Kind::Name | Kind::Attribute | Kind::Subscript | Kind::Tuple | Kind::List)
    }
}

/// Tokens `start..end` and what they are.
#[derive(Clone, Copy, Debug)]
pub(super) struct Span {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) kind: Kind,
}

pub(super) type Found = Result<Option<Span>, Fault>;

/// The rules whose results are kept, so that trying alternatives stays linear.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Rule {
    Atom,
    Disjunction,
    BitOr,
    Expression,
    Named,
}

pub(super) struct Walker<'a> {
    pub(super) map: &'a SourceMap<'a>,
    pub(super) tokens: &'a Tokens,
    pub(super) list: &'a [Spanned],
    pub(super) at: usize,
    /// The token at which the parser gave up.
    pub(super) failed: usize,
    /// False inside what CPython tries without looking for mistakes.
    pub(super) strict: bool,
    /// The last token that was looked at.
    pub(super) seen: Cell<usize>,
    memo: HashMap<(Rule, usize, bool), (Option<Span>, usize)>,
    depth: u32,
}

/// Deeper than this, nothing is looked for.
const MAX_DEPTH: u32 = 1100;

impl<'a> Walker<'a> {
    pub(super) fn new(map: &'a SourceMap<'a>, tokens: &'a Tokens, failed: usize) -> Self {
        let list = &tokens.list;
        Walker {
            map,
            tokens,
            list,
            at: 0,
            failed,
            strict: true,
            seen: Cell::new(failed),
            memo: HashMap::new(),
            depth: 0,
        }
    }

    pub(super) fn token(&self) -> Token {
        self.token_at(self.at)
    }

    pub(super) fn token_at(&self, index: usize) -> Token {
        self.seen.set(self.seen.get().max(index));
        self.list.get(index).map_or(Token::EndMarker, |spanned| spanned.token)
    }

    pub(super) fn text_at(&self, index: usize) -> &'a str {
        match self.list.get(index) {
            Some(spanned) if spanned.token == Token::Name => {
                &self.map.text()[spanned.start as usize..spanned.end as usize]
            }
            _ => "",
        }
    }

    /// Moves behind the token if it is this one.
    pub(super) fn eat(&mut self, token: Token) -> bool {
        let found = self.token() == token && self.at < self.list.len();
        self.at += usize::from(found);
        found
    }

    pub(super) fn span(&self, start: usize, kind: Kind) -> Span {
        Span { start, end: self.at, kind }
    }

    /// From the start of one token to the end of another.
    pub(super) fn range(&self, first: usize, last: usize) -> Range {
        let start = super::token_range(self.map, self.tokens, first).start;
        Range::new(start, super::token_range(self.map, self.tokens, last).end)
    }

    pub(super) fn range_of(&self, span: Span) -> Range {
        self.range(span.start, span.end - 1)
    }

    /// A mistake from the start of one token to the end of another.
    pub(super) fn mistake<T>(
        &self,
        message: impl Into<String>,
        first: usize,
        last: usize,
    ) -> Result<T, Fault> {
        let fault = Fault::new(message, self.range(first, last));
        Err(match self.token_at(first) {
            Token::Indent | Token::Dedent | Token::EndMarker if first == last => {
                Fault { place: Place::Layout { at: fault.place.start() }, ..fault }
            }
            _ => fault,
        })
    }

    /// A mistake that CPython lets reach up to what it has read: that includes token `read`.
    pub(super) fn mistake_from<T>(
        &self,
        message: impl Into<String>,
        first: usize,
        read: usize,
    ) -> Result<T, Fault> {
        let range = self.range(first, read);
        Err(Fault::new(message, Range::new(range.start, range.end - 1)))
    }

    /// A mistake that CPython reports at the last token it looked at.
    pub(super) fn mistake_here<T>(&self, message: impl Into<String>) -> Result<T, Fault> {
        let index = self.failed.max(self.at);
        self.mistake(message, index, index)
    }

    /// Runs a rule once for a place; later calls get the same result. Also bounds the depth.
    pub(super) fn memoised(&mut self, rule: Rule, run: impl FnOnce(&mut Self) -> Found) -> Found {
        let key = (rule, self.at, self.strict);
        if let Some(&(span, behind)) = self.memo.get(&key) {
            self.at = behind;
            return Ok(span);
        }
        if self.depth >= MAX_DEPTH {
            return Ok(None);
        }
        self.depth += 1;
        let start = self.at;
        let result = run(self);
        self.depth -= 1;
        let span = result?;
        if span.is_none() {
            self.at = start;
        }
        self.memo.insert(key, (span, self.at));
        Ok(span)
    }

    /// Tries something without looking for mistakes in it.
    pub(super) fn lenient(&mut self, run: impl FnOnce(&mut Self) -> Found) -> Option<Span> {
        let start = self.at;
        let strict = std::mem::replace(&mut self.strict, false);
        let result = run(self);
        self.strict = strict;
        let span = result.ok().flatten();
        if span.is_none() {
            self.at = start;
        }
        span
    }

    /// True where the text goes on inside brackets behind a token.
    pub(super) fn in_brackets(&self, index: usize) -> bool {
        let mut level = 0i32;
        for spanned in self.list[..(index + 1).min(self.list.len())].iter().rev() {
            match spanned.token {
                Token::LeftParen | Token::WithParen | Token::LeftBracket | Token::LeftBrace => level += 1,
                Token::RightParen | Token::RightBracket | Token::RightBrace => level -= 1,
                Token::Newline => break,
                _ => {}
            }
            if level > 0 {
                return true;
            }
        }
        false
    }
}
