//! The values of number, string and bytes literals.

use crate::ast::{Constant, IntLiteral};
use crate::text::{Wtf8, Wtf8Builder};

/// CPython's limit for decimal integers in source text.
pub(crate) const MAX_DECIMAL_DIGITS: usize = 4300;

/// The value of a number as the lexer found it.
pub(crate) fn number(text: &str) -> Constant {
    let digits = if text.contains('_') { text.replace('_', "") } else { String::new() };
    let text = if digits.is_empty() { text } else { &digits };
    let bytes = text.as_bytes();
    if bytes[0] == b'0' && bytes.len() > 2 {
        match bytes[1] | 0x20 {
            b'x' => return integer(&text[2..], 16),
            b'o' => return integer(&text[2..], 8),
            b'b' => return integer(&text[2..], 2),
            _ => {}
        }
    }
    if bytes[bytes.len() - 1] | 0x20 == b'j' {
        return Constant::Imaginary(float(&text[..text.len() - 1]));
    }
    if bytes.iter().all(u8::is_ascii_digit) { integer(text, 10) } else { Constant::Float(float(text)) }
}

fn integer(digits: &str, radix: u8) -> Constant {
    Constant::Int(match i64::from_str_radix(digits, u32::from(radix)) {
        Ok(value) => IntLiteral::Small(value),
        Err(_) => IntLiteral::Big { radix, digits: digits.trim_start_matches('0').into() },
    })
}

fn float(text: &str) -> f64 {
    // Rust reads every form that the lexer lets through; an overflow gives infinity, as in Python.
    text.parse().unwrap_or(f64::NAN)
}

/// A string or bytes literal, taken apart.
pub(crate) struct Literal<'s> {
    pub(crate) bytes: bool,
    pub(crate) raw: bool,
    pub(crate) u_prefix: bool,
    /// What stands between the quotes.
    pub(crate) body: &'s str,
}

/// Takes apart a literal that the lexer found.
pub(crate) fn split(text: &str) -> Literal<'_> {
    let bytes = text.as_bytes();
    let quote_at = bytes.iter().position(|byte| matches!(byte, b'\'' | b'"')).unwrap_or(0);
    let prefix = &bytes[..quote_at];
    let has = |letter: u8| prefix.iter().any(|byte| byte | 0x20 == letter);
    let quote = bytes[quote_at];
    let width = if bytes.len() >= quote_at + 6 && bytes[quote_at..].starts_with(&[quote; 3]) { 3 } else { 1 };
    Literal {
        bytes: has(b'b'),
        raw: has(b'r'),
        u_prefix: prefix == b"u",
        body: &text[quote_at + width..text.len() - width],
    }
}

/// What is wrong with the inside of a string literal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum StringFault {
    Unicode { start: usize, end: usize, reason: &'static str },
    BytesEscape { at: usize },
    BytesNotAscii,
    Mixed,
}

impl StringFault {
    pub(crate) fn message(&self) -> String {
        match *self {
            StringFault::Unicode { start, end, reason } if end == start + 1 => format!(
                "(unicode error) 'unicodeescape' codec can't decode byte 0x5c in position {start}: {reason}"
            ),
            StringFault::Unicode { start, end, reason } => format!(
                "(unicode error) 'unicodeescape' codec can't decode bytes in position {start}-{}: {reason}",
                end - 1
            ),
            StringFault::BytesEscape { at } => {
                format!("(value error) invalid \\x escape at position {at}")
            }
            StringFault::BytesNotAscii => "bytes can only contain ASCII literal characters".into(),
            StringFault::Mixed => "cannot mix bytes and nonbytes literals".into(),
        }
    }
}

/// The offset of the first escape that Python does not know and only warns of.
pub(crate) type UnknownEscape = Option<usize>;

/// Appends the text of a string literal's body.
pub(crate) fn decode_str(body: &str, raw: bool, out: &mut Wtf8Builder) -> Result<UnknownEscape, StringFault> {
    if raw {
        out.push_str(body);
        return Ok(None);
    }
    let bytes = body.as_bytes();
    let mut done = 0;
    let mut unknown = None;
    while let Some(offset) = body[done..].find('\\') {
        let at = done + offset;
        out.push_str(&body[done..at]);
        done = escape(body, at, out)?;
        if unknown.is_none() && is_unknown_escape(&bytes[at..], done - at) {
            unknown = Some(at);
        }
    }
    out.push_str(&body[done..]);
    Ok(unknown)
}

/// True where an escape stood for its own backslash, or was an octal number above `\377`. CPython does not look at
/// characters beyond ASCII.
fn is_unknown_escape(escape: &[u8], length: usize) -> bool {
    length == 1 && escape.get(1).is_none_or(u8::is_ascii) || length == 4 && matches!(escape[1], b'4'..=b'7')
}

/// The words of CPython's warning about the unknown escape at the start of `escape`.
pub(crate) fn unknown_escape_message(escape: &str) -> String {
    match escape.get(1..4) {
        Some(digits) if digits.bytes().all(|byte| (b'0'..=b'7').contains(&byte)) => {
            format!("invalid octal escape sequence '\\{digits}'")
        }
        _ => format!("invalid escape sequence '\\{}'", escape.chars().nth(1).unwrap_or('{')),
    }
}

/// Appends what the escape at `at` stands for; returns the offset behind it.
fn escape(body: &str, at: usize, out: &mut Wtf8Builder) -> Result<usize, StringFault> {
    let bytes = body.as_bytes();
    let Some(&letter) = bytes.get(at + 1) else {
        // Only the text before a field of an f-string can end so.
        out.push_str("\\");
        return Ok(at + 1);
    };
    let simple = match letter {
        b'\n' => return Ok(at + 2),
        b'\\' | b'\'' | b'"' => letter,
        b'n' => b'\n',
        b't' => b'\t',
        b'r' => b'\r',
        b'a' => 0x07,
        b'b' => 0x08,
        b'f' => 0x0C,
        b'v' => 0x0B,
        b'0'..=b'7' => {
            let (value, behind) = octal(bytes, at + 1);
            out.push_code_point(value);
            return Ok(behind);
        }
        b'x' => return hexadecimal(body, at, 2, "truncated \\xXX escape", out),
        b'u' => return hexadecimal(body, at, 4, "truncated \\uXXXX escape", out),
        b'U' => return hexadecimal(body, at, 8, "truncated \\UXXXXXXXX escape", out),
        b'N' => return named(body, at, out),
        _ => {
            // An unknown escape stands for itself.
            out.push_str("\\");
            return Ok(at + 1);
        }
    };
    out.push_code_point(u32::from(simple));
    Ok(at + 2)
}

/// Up to three octal digits.
fn octal(bytes: &[u8], from: usize) -> (u32, usize) {
    let length = bytes[from..].iter().take(3).take_while(|byte| (b'0'..=b'7').contains(*byte)).count();
    let value = bytes[from..from + length].iter().fold(0, |value, byte| value * 8 + u32::from(byte - b'0'));
    (value, from + length)
}

fn hexadecimal(
    body: &str,
    at: usize,
    width: usize,
    reason: &'static str,
    out: &mut Wtf8Builder,
) -> Result<usize, StringFault> {
    let bytes = body.as_bytes();
    let digits = bytes[at + 2..].iter().take(width).take_while(|byte| byte.is_ascii_hexdigit()).count();
    let behind = at + 2 + digits;
    if digits < width {
        return Err(unicode_fault(body, at, behind, reason));
    }
    let value = u32::from_str_radix(&body[at + 2..behind], 16).unwrap_or(u32::MAX);
    if value > 0x10_FFFF {
        return Err(unicode_fault(body, at, behind, "illegal Unicode character"));
    }
    out.push_code_point(value);
    Ok(behind)
}

fn named(body: &str, at: usize, out: &mut Wtf8Builder) -> Result<usize, StringFault> {
    let rest = &body[at + 2..];
    let name = rest.strip_prefix('{').and_then(|rest| rest.split_once('}')).map(|(name, _)| name);
    match name {
        Some(name) if !name.is_empty() => {
            let behind = at + 2 + name.len() + 2;
            match unicode_names2::character(name) {
                Some(c) => {
                    out.push_code_point(u32::from(c));
                    Ok(behind)
                }
                None => Err(unicode_fault(body, at, behind, "unknown Unicode character name")),
            }
        }
        _ => {
            let end = if rest.starts_with("{}") {
                at + 4
            } else if rest.starts_with('{') {
                body.len()
            } else {
                at + 2
            };
            Err(unicode_fault(body, at, end, "malformed \\N character escape"))
        }
    }
}

/// CPython writes each character outside ASCII as `\UXXXXXXXX` before it decodes, and counts these.
fn unicode_fault(body: &str, start: usize, end: usize, reason: &'static str) -> StringFault {
    let width = |text: &str| text.chars().map(|c| if c.is_ascii() { 1 } else { 10 }).sum::<usize>();
    StringFault::Unicode { start: width(&body[..start]), end: width(&body[..end]), reason }
}

/// Appends the bytes of a bytes literal's body.
pub(crate) fn decode_bytes(body: &str, raw: bool, out: &mut Vec<u8>) -> Result<UnknownEscape, StringFault> {
    if !body.is_ascii() {
        return Err(StringFault::BytesNotAscii);
    }
    let bytes = body.as_bytes();
    if raw {
        out.extend_from_slice(bytes);
        return Ok(None);
    }
    let mut at = 0;
    let mut unknown = None;
    while at < bytes.len() {
        if bytes[at] != b'\\' {
            out.push(bytes[at]);
            at += 1;
            continue;
        }
        let simple = match bytes.get(at + 1) {
            Some(b'\n') => {
                at += 2;
                continue;
            }
            Some(&letter @ (b'\\' | b'\'' | b'"')) => letter,
            Some(b'n') => b'\n',
            Some(b't') => b'\t',
            Some(b'r') => b'\r',
            Some(b'a') => 0x07,
            Some(b'b') => 0x08,
            Some(b'f') => 0x0C,
            Some(b'v') => 0x0B,
            Some(b'0'..=b'7') => {
                let (value, behind) = octal(bytes, at + 1);
                if value > 0xFF {
                    unknown = unknown.or(Some(at));
                }
                out.push(value as u8);
                at = behind;
                continue;
            }
            Some(b'x') => {
                let digits = body.get(at + 2..at + 4);
                let value = digits.and_then(|digits| u8::from_str_radix(digits, 16).ok());
                match value {
                    Some(value) if bytes[at + 2] != b'+' => {
                        out.push(value);
                        at += 4;
                        continue;
                    }
                    _ => return Err(StringFault::BytesEscape { at }),
                }
            }
            _ => {
                unknown = unknown.or(Some(at));
                out.push(b'\\');
                at += 1;
                continue;
            }
        };
        out.push(simple);
        at += 2;
    }
    Ok(unknown)
}

/// The text of one string literal.
pub(crate) fn string(body: &str, raw: bool) -> Result<(Wtf8, UnknownEscape), StringFault> {
    if raw || !body.contains('\\') {
        return Ok((body.into(), None));
    }
    let mut out = Wtf8Builder::with_capacity(body.len());
    let unknown = decode_str(body, raw, &mut out)?;
    Ok((out.take(), unknown))
}
