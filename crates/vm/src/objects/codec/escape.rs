//! The text of string literals as an encoding: `unicode_escape` and `raw_unicode_escape`.

use ouro_heap::Ref;

use super::{
    Encoding,
    errors::{DecodeFault, handler},
};
use crate::{
    error::Res,
    objects::str::{Str, StrBuilder, StrExt},
};

pub(super) fn encode(text: &Ref<Str>) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.char_count());
    for c in text.code_points() {
        match c {
            0x5C => out.extend(b"\\\\"),
            0x09 => out.extend(b"\\t"),
            0x0A => out.extend(b"\\n"),
            0x0D => out.extend(b"\\r"),
            0x20..0x7F => out.push(c as u8),
            0..0x100 => out.extend(format!("\\x{c:02x}").into_bytes()),
            _ => push_wide(&mut out, c),
        }
    }
    out
}

pub(super) fn encode_raw(text: &Ref<Str>) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.char_count());
    for c in text.code_points() {
        match c {
            0..0x100 => out.push(c as u8),
            _ => push_wide(&mut out, c),
        }
    }
    out
}

fn push_wide(out: &mut Vec<u8>, c: u32) {
    out.extend(if c < 0x1_0000 { format!("\\u{c:04x}") } else { format!("\\U{c:08x}") }.into_bytes());
}

/// Decodes escapes; raw text has only those with `u` and `U`.
pub(super) fn decode(data: &[u8], errors: Option<&Ref<Str>>, raw: bool) -> Res<Ref<Str>> {
    let encoding = if raw { Encoding::RawUnicodeEscape } else { Encoding::UnicodeEscape };
    let handler = handler(errors)?;
    let mut out = StrBuilder::with_capacity(data.len());
    let mut at = 0;
    while at < data.len() {
        if data[at] != b'\\' || (raw && !matches!(data.get(at + 1), Some(b'u' | b'U'))) {
            out.push(data[at].into());
            // Behind a backslash of raw text another one begins nothing.
            if raw && data[at] == b'\\' && data.get(at + 1) == Some(&b'\\') {
                out.push(b'\\'.into());
                at += 1;
            }
            at += 1;
            continue;
        }
        let start = at;
        at += 2;
        let (digits, reason) = match data.get(start + 1) {
            None => {
                at = DecodeFault { encoding, data, start, end: start + 1, reason: "\\ at end of string" }
                    .resolve(&handler, &mut out)?;
                continue;
            }
            Some(b'x') => (2, "truncated \\xXX escape"),
            Some(b'u') => (4, "truncated \\uXXXX escape"),
            Some(b'U') => (8, "truncated \\UXXXXXXXX escape"),
            Some(b'N') => {
                at = name(data, start, encoding, &handler, &mut out)?;
                continue;
            }
            Some(b'0'..=b'7') => {
                let digits =
                    data[start + 1..].iter().take(3).take_while(|digit| (b'0'..=b'7').contains(digit));
                let (mut code, mut count) = (0, 0);
                for &digit in digits {
                    code = code * 8 + u32::from(digit - b'0');
                    count += 1;
                }
                out.push(code);
                at = start + 1 + count;
                continue;
            }
            Some(&c) => {
                match c {
                    b'\n' => {}
                    b'\\' | b'\'' | b'"' => out.push(c.into()),
                    b'a' => out.push(7),
                    b'b' => out.push(8),
                    b'f' => out.push(12),
                    b'n' => out.push(10),
                    b'r' => out.push(13),
                    b't' => out.push(9),
                    b'v' => out.push(11),
                    _ => out.push_latin1(&[b'\\', c]),
                }
                continue;
            }
        };
        let hex = data[at..].iter().take(digits).take_while(|digit| digit.is_ascii_hexdigit()).count();
        let code = data[at..at + hex]
            .iter()
            .fold(0u32, |code, &digit| code << 4 | (digit as char).to_digit(16).unwrap_or(0));
        let fault = if hex < digits {
            Some(reason)
        } else if code > 0x10_FFFF {
            Some(if raw { "\\Uxxxxxxxx out of range" } else { "illegal Unicode character" })
        } else {
            None
        };
        at = match fault {
            None => {
                out.push(code);
                at + hex
            }
            Some(reason) => {
                DecodeFault { encoding, data, start, end: at + hex, reason }.resolve(&handler, &mut out)?
            }
        };
    }
    out.finish()
}

/// Reads `\N{...}`; gives the place behind it.
fn name(
    data: &[u8],
    start: usize,
    encoding: Encoding,
    handler: &super::Handler,
    out: &mut StrBuilder,
) -> Res<usize> {
    let (mut end, mut reason) = (start + 2, "malformed \\N character escape");
    if data.get(start + 2) == Some(&b'{')
        && let Some(length) = memchr::memchr(b'}', &data[start + 3..]).filter(|&length| length > 0)
    {
        end = start + 3 + length + 1;
        let name = std::str::from_utf8(&data[start + 3..end - 1]).unwrap_or_default();
        match unicode_names2::character(name) {
            Some(c) => {
                out.push(c.into());
                return Ok(end);
            }
            None => reason = "unknown Unicode character name",
        }
    }
    DecodeFault { encoding, data, start, end, reason }.resolve(handler, out)
}
