//! Where a number ends, and what is wrong with one that does not end well.

use crate::error::LexFault;

/// The offset behind the number that starts at `start`, where a digit stands, or a dot and a digit.
pub(crate) fn scan_number(source: &str, start: usize) -> Result<usize, LexFault> {
    let mut scanner = Scanner { bytes: source.as_bytes(), source, start, at: start };
    scanner.number()?;
    Ok(scanner.at)
}

struct Scanner<'s> {
    bytes: &'s [u8],
    source: &'s str,
    start: usize,
    at: usize,
}

impl Scanner<'_> {
    fn peek(&self) -> u8 {
        self.bytes.get(self.at).copied().unwrap_or(0)
    }

    fn peek_second(&self) -> u8 {
        self.bytes.get(self.at + 1).copied().unwrap_or(0)
    }

    fn number(&mut self) -> Result<(), LexFault> {
        if self.peek() == b'0' {
            match self.peek_second() | 0x20 {
                b'x' => return self.prefixed("hexadecimal", |b| b.is_ascii_hexdigit()),
                b'o' => return self.prefixed("octal", |b| (b'0'..=b'7').contains(&b)),
                b'b' => return self.prefixed("binary", |b| matches!(b, b'0' | b'1')),
                _ => return self.leading_zero(),
            }
        }
        if self.peek() != b'.' {
            self.decimal_digits()?;
        }
        self.fraction("decimal")
    }

    /// `0x`, `0o` and `0b`; an underscore may stand before each digit.
    fn prefixed(&mut self, what: &'static str, is_digit: fn(u8) -> bool) -> Result<(), LexFault> {
        self.at += 2;
        loop {
            if self.peek() == b'_' {
                self.at += 1;
            }
            if !is_digit(self.peek()) {
                return Err(if self.peek().is_ascii_digit() {
                    self.invalid_digit(what)
                } else {
                    self.invalid_literal(what, self.at)
                });
            }
            while is_digit(self.peek()) {
                self.at += 1;
            }
            if self.peek() != b'_' {
                break;
            }
        }
        if self.peek().is_ascii_digit() {
            return Err(self.invalid_digit(what));
        }
        self.verify_end(what)
    }

    /// `0`, `00`, `0.5`, `09.5`, `0j`, but not `09`.
    fn leading_zero(&mut self) -> Result<(), LexFault> {
        loop {
            if self.peek() == b'_' {
                self.at += 1;
                if !self.peek().is_ascii_digit() {
                    return Err(self.invalid_literal("decimal", self.at));
                }
            }
            if self.peek() != b'0' {
                break;
            }
            self.at += 1;
        }
        let zeros_end = self.at;
        let mut nonzero = false;
        if self.peek().is_ascii_digit() {
            nonzero = true;
            self.decimal_digits()?;
        }
        if matches!(self.peek(), b'.' | b'e' | b'E' | b'j' | b'J') {
            return self.fraction("decimal");
        }
        if nonzero {
            return Err(LexFault::LeadingZeros { start: self.start as u32, end: zeros_end as u32 });
        }
        self.verify_end("decimal")
    }

    fn decimal_digits(&mut self) -> Result<(), LexFault> {
        loop {
            while self.peek().is_ascii_digit() {
                self.at += 1;
            }
            if self.peek() != b'_' {
                return Ok(());
            }
            self.at += 1;
            if !self.peek().is_ascii_digit() {
                return Err(self.invalid_literal("decimal", self.at));
            }
        }
    }

    /// What may follow the digits before the point.
    fn fraction(&mut self, mut what: &'static str) -> Result<(), LexFault> {
        if self.peek() == b'.' {
            self.at += 1;
            if self.peek().is_ascii_digit() {
                self.decimal_digits()?;
            }
        }
        if self.peek() | 0x20 == b'e' {
            let exponent = self.at;
            self.at += 1;
            let signed = matches!(self.peek(), b'+' | b'-');
            if signed {
                self.at += 1;
            }
            if self.peek().is_ascii_digit() {
                self.decimal_digits()?;
            } else if signed {
                return Err(self.invalid_literal("decimal", self.at));
            } else {
                // `1else` is the number 1 and a keyword.
                self.at = exponent;
                return self.verify_end("decimal");
            }
        }
        if self.peek() | 0x20 == b'j' {
            self.at += 1;
            what = "imaginary";
        }
        self.verify_end(what)
    }

    /// A number may not run into a name, unless that is a keyword (`1if x else y`), which CPython only warns of.
    fn verify_end(&mut self, what: &'static str) -> Result<(), LexFault> {
        let rest = &self.bytes[self.at..];
        let keywords: &[&[u8]] = match rest.first() {
            Some(b'a') => &[b"and"],
            Some(b'e') => &[b"else"],
            Some(b'f') => &[b"for"],
            Some(b'i') => &[b"if", b"in", b"is"],
            Some(b'n') => &[b"not"],
            Some(b'o') => &[b"or"],
            _ => &[],
        };
        if keywords.iter().any(|word| rest.starts_with(word)) {
            return Ok(());
        }
        match self.source[self.at..].chars().next() {
            Some(c) if c == '_' || c.is_ascii_alphabetic() => Err(self.invalid_literal(what, self.at)),
            _ => Ok(()),
        }
    }

    /// CPython points at the last character it took for the number.
    fn invalid_literal(&self, what: &'static str, at: usize) -> LexFault {
        LexFault::InvalidNumber { what, at: at as u32 }
    }

    fn invalid_digit(&self, what: &'static str) -> LexFault {
        LexFault::InvalidDigit { what, digit: self.peek() as char, at: self.at as u32 }
    }
}
