//! Strings in quotes.

use ouro_heap::{OutOfMemory, Ref};
use ouro_vm::{
    error::Res,
    objects::str::{Str, StrExt},
};

use super::{in_units, output::Output};

/// What is escaped in a string.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Quoting {
    /// All but printable ASCII.
    Ascii,
    /// Only what JSON demands.
    Plain,
}

impl Quoting {
    /// Whether a character stands for itself.
    #[inline(always)]
    fn keeps(self, code: u32) -> bool {
        code >= 0x20
            && code != u32::from(b'"')
            && code != u32::from(b'\\')
            && (self == Quoting::Plain || code < 0x7F)
    }
}

/// A string in quotes.
pub(super) fn quoted(text: &Str, quoting: Quoting) -> Res<Ref<Str>> {
    let mut out = Output::default();
    put_quoted(&mut out, text, quoting)?;
    out.finish()
}

/// Appends a string in quotes.
pub(super) fn put_quoted(out: &mut Output, text: &Str, quoting: Quoting) -> Result<(), OutOfMemory> {
    out.byte(b'"');
    if let Some(bytes) = text.latin1()
        && bytes.iter().fold(true, |all, &byte| all & quoting.keeps(byte.into()))
    {
        out.bytes(bytes);
    } else {
        in_units!(text, |units| put_escaped(out, text, units, quoting)?);
    }
    out.byte(b'"');
    Ok(())
}

/// Appends the characters of a string, some of them escaped.
fn put_escaped<T: Copy + Into<u32>>(
    out: &mut Output,
    text: &Str,
    units: &[T],
    quoting: Quoting,
) -> Result<(), OutOfMemory> {
    let mut done = 0;
    for (place, &unit) in units.iter().enumerate() {
        let code = unit.into();
        if quoting.keeps(code) {
            continue;
        }
        out.part(text, done, place)?;
        done = place + 1;
        put_escape(out, code);
    }
    out.part(text, done, units.len())
}

fn put_escape(out: &mut Output, code: u32) {
    let short = match code {
        0x08 => b'b',
        0x09 => b't',
        0x0A => b'n',
        0x0C => b'f',
        0x0D => b'r',
        0x22 => b'"',
        0x5C => b'\\',
        0..0x1_0000 => return put_unit(out, code),
        _ => {
            put_unit(out, 0xD800 + ((code - 0x1_0000) >> 10));
            return put_unit(out, 0xDC00 + (code & 0x3FF));
        }
    };
    out.bytes(&[b'\\', short]);
}

/// Appends the escape of a code unit of UTF-16.
fn put_unit(out: &mut Output, unit: u32) {
    let digit = |shift: u32| b"0123456789abcdef"[(unit >> shift & 15) as usize];
    out.bytes(&[b'\\', b'u', digit(12), digit(8), digit(4), digit(0)]);
}
