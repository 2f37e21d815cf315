//! The characters of a pattern or template, one token ahead: a character, or a backslash with the one behind it.

use ouro_heap::Ref;
use ouro_vm::{
    error::{Raised, Res, raise_object},
    import,
    objects::{
        int,
        str::{self, Str, StrExt, unicode},
    },
    protocol::{attribute, call},
};

use super::subject::Subject;
use crate::support::{repr_text, text};

/// Why there is no pattern.
pub(super) enum Fault {
    /// The pattern is wrong, at a place if one can be named.
    Pattern { message: String, place: Option<usize> },
    /// Something else was raised.
    Raised(Raised),
}

impl From<Raised> for Fault {
    fn from(raised: Raised) -> Fault {
        Fault::Raised(raised)
    }
}

impl Fault {
    /// Raises `re.PatternError` for the pattern.
    pub(super) fn raise(self, pattern: &Ref) -> Raised {
        let (message, place) = match self {
            Fault::Raised(raised) => return raised,
            Fault::Pattern { message, place } => (message, place),
        };
        let exception = || -> Res {
            let module = import::import_module("re")?;
            let class = attribute::get(&module, &str::intern("PatternError"))?;
            match place {
                Some(place) => call::call(&class, &[text(&message), pattern.clone(), int::from_usize(place)]),
                None => call::call(&class, &[text(&message)]),
            }
        };
        match exception() {
            Ok(exception) => raise_object(exception),
            Err(raised) => raised,
        }
    }
}

/// The result of a step of parsing.
pub(super) type Parsed<T> = Result<T, Fault>;

/// A character, perhaps behind a backslash.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Token {
    pub(super) c: u32,
    pub(super) escaped: bool,
}

impl Token {
    /// Whether it is this character without a backslash.
    pub(super) fn is(self, c: char) -> bool {
        !self.escaped && self.c == c.into()
    }

    /// The character, if it is one of ASCII without a backslash.
    pub(super) fn plain(self) -> Option<char> {
        if self.escaped { None } else { u8::try_from(self.c).ok().filter(u8::is_ascii).map(char::from) }
    }

    pub(super) fn len(self) -> usize {
        1 + usize::from(self.escaped)
    }

    /// Whether it is a letter without a backslash.
    pub(super) fn is_letter(self) -> bool {
        !self.escaped && unicode::has(self.c, unicode::ALPHA)
    }

    pub(super) fn text(self) -> String {
        let c = char::from_u32(self.c).unwrap_or(char::REPLACEMENT_CHARACTER);
        if self.escaped { format!("\\{c}") } else { c.to_string() }
    }
}

/// The tokens of a text.
pub(super) struct Tokens {
    codes: Vec<u32>,
    pub(super) is_text: bool,
    /// The place behind `next`.
    after: usize,
    pub(super) next: Option<Token>,
}

impl Tokens {
    pub(super) fn new(source: &Ref) -> Parsed<Tokens> {
        let (codes, is_text) = match Subject::new(source)? {
            Subject::Text(text) => (text.code_points().collect(), true),
            Subject::Bytes(data) => (data.iter().map(|&byte| byte.into()).collect(), false),
        };
        let mut tokens = Tokens { codes, is_text, after: 0, next: None };
        tokens.advance()?;
        Ok(tokens)
    }

    fn advance(&mut self) -> Parsed<()> {
        let Some(&c) = self.codes.get(self.after) else {
            self.next = None;
            return Ok(());
        };
        if c != u32::from('\\') {
            self.after += 1;
            self.next = Some(Token { c, escaped: false });
            return Ok(());
        }
        let Some(&c) = self.codes.get(self.after + 1) else {
            let message = "bad escape (end of pattern)".to_owned();
            return Err(Fault::Pattern { message, place: Some(self.codes.len() - 1) });
        };
        self.after += 2;
        self.next = Some(Token { c, escaped: true });
        Ok(())
    }

    /// The next token, consumed.
    pub(super) fn get(&mut self) -> Parsed<Option<Token>> {
        let token = self.next;
        self.advance()?;
        Ok(token)
    }

    /// Whether the next token is this character, which is not consumed.
    pub(super) fn next_is(&self, c: char) -> bool {
        self.next.is_some_and(|token| token.is(c))
    }

    /// Consumes this character if it is the next token.
    pub(super) fn eat(&mut self, c: char) -> Parsed<bool> {
        let found = self.next_is(c);
        if found {
            self.advance()?;
        }
        Ok(found)
    }

    /// Consumes digits, so many at most.
    pub(super) fn digits(&mut self, most: usize, radix: u32) -> Parsed<String> {
        let mut digits = String::new();
        while digits.len() < most
            && let Some(digit) = self.next.and_then(Token::plain).filter(|digit| digit.is_digit(radix))
        {
            digits.push(digit);
            self.advance()?;
        }
        Ok(digits)
    }

    /// A name, up to a character which is consumed.
    pub(super) fn until(&mut self, end: char, what: &str) -> Parsed<Name> {
        let mut codes = Vec::new();
        loop {
            match self.get()? {
                None if codes.is_empty() => return Err(self.fault(format!("missing {what}"), 0)),
                None => {
                    return Err(self.fault(format!("missing {end}, unterminated name"), codes.len()));
                }
                Some(token) if token.is(end) && codes.is_empty() => {
                    return Err(self.fault(format!("missing {what}"), 1));
                }
                Some(token) if token.is(end) => return Ok(Name(codes)),
                Some(token) => {
                    if token.escaped {
                        codes.push('\\'.into());
                    }
                    codes.push(token.c);
                }
            }
        }
    }

    /// The name of a group, up to a character; it has to be an identifier unless it is a number.
    pub(super) fn group_name(&mut self, end: char, number_allowed: bool) -> Parsed<Name> {
        let name = self.until(end, "group name")?;
        if number_allowed && name.number().is_some() {
            return Ok(name);
        }
        let object = name.object();
        if (self.is_text || name.0.iter().all(|&c| c < 128)) && str::is_identifier(&object) {
            return Ok(name);
        }
        let message = format!("bad character in group name {}", name.shown()?);
        Err(self.fault(message, name.len() + 1))
    }

    /// Where the next token begins.
    pub(super) fn place(&self) -> usize {
        self.after - self.next.map_or(0, Token::len)
    }

    /// Goes back to a place.
    pub(super) fn seek(&mut self, place: usize) -> Parsed<()> {
        self.after = place;
        self.advance()
    }

    /// A fault so many characters before the next token.
    pub(super) fn fault(&self, message: impl Into<String>, offset: usize) -> Fault {
        let mut message = message.into();
        if !self.is_text && !message.is_ascii() {
            message = message.chars().fold(String::new(), |made, c| {
                if c.is_ascii() { made + &c.to_string() } else { made + &format!("\\x{:02x}", u32::from(c)) }
            });
        }
        Fault::Pattern { message, place: Some(self.place().saturating_sub(offset)) }
    }
}

/// The name or number of a group.
pub(super) struct Name(Vec<u32>);

impl Name {
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// The name as a string object.
    pub(super) fn object(&self) -> Ref<Str> {
        str::intern_object(&str::from_code_points(self.0.iter().copied()))
    }

    /// The number, the greatest there is for one too large.
    pub(super) fn number(&self) -> Option<usize> {
        self.0.iter().try_fold(0usize, |number, &c| {
            let digit = char::from_u32(c)?.to_digit(10)?;
            Some(number.saturating_mul(10).saturating_add(digit as usize))
        })
    }

    /// The digits of a number as an int shows them.
    pub(super) fn digits(&self) -> String {
        let digits: String = self.0.iter().filter_map(|&c| char::from_u32(c)).collect();
        let short = digits.trim_start_matches('0');
        if short.is_empty() { "0".to_owned() } else { short.to_owned() }
    }

    /// The name as `repr` shows it.
    pub(super) fn shown(&self) -> Res<String> {
        repr_text(&self.object().into_any())
    }

    /// The character with this name.
    pub(super) fn character(&self) -> Option<u32> {
        unicode_names2::character(&self.object().to_text()).map(u32::from)
    }
}
