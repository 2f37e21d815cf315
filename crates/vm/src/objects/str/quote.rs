//! `repr` and `ascii` of strings.

use ouro_heap::Ref;

use super::{Str, StrBuilder, StrExt, unicode};
use crate::error::Res;

/// `repr(str)`.
pub fn quoted(text: &Ref<Str>) -> Res<Ref<Str>> {
    let mut out = StrBuilder::with_capacity(text.char_count() + 2);
    push_quoted(&mut out, text, false);
    out.finish()
}

/// Appends `repr(str)`; all beyond ASCII is escaped if asked for.
pub fn push_quoted(out: &mut StrBuilder, text: &Str, only_ascii: bool) {
    // Most text needs nothing but the quotes.
    let is_plain = |&byte: &u8| (0x20..0x7F).contains(&byte) && byte != b'\'' && byte != b'\\';
    if let Some(bytes) = text.latin1().filter(|bytes| bytes.iter().all(is_plain)) {
        out.push(0x27);
        out.push_latin1(bytes);
        out.push(0x27);
        return;
    }
    push_changed(out, text, only_ascii);
}

fn push_changed(out: &mut StrBuilder, text: &Str, only_ascii: bool) {
    let has = |quote: u32| text.code_points().any(|c| c == quote);
    let quote: u32 = if has(0x27) && !has(0x22) { 0x22 } else { 0x27 };
    out.push(quote);
    for c in text.code_points() {
        match c {
            0x5C => out.push_latin1(b"\\\\"),
            0x09 => out.push_latin1(b"\\t"),
            0x0A => out.push_latin1(b"\\n"),
            0x0D => out.push_latin1(b"\\r"),
            _ if c == quote => {
                out.push(0x5C);
                out.push(c);
            }
            0x20..0x7F => out.push(c),
            _ if c >= 0x80 && !only_ascii && unicode::is_printable(c) => out.push(c),
            _ => push_escape(out, c),
        }
    }
    out.push(quote);
}

/// Appends `\xhh`, `\uhhhh` or `\Uhhhhhhhh`.
pub fn push_escape(out: &mut StrBuilder, c: u32) {
    out.push_text(&match c {
        0..0x100 => format!("\\x{c:02x}"),
        0x100..0x1_0000 => format!("\\u{c:04x}"),
        _ => format!("\\U{c:08x}"),
    });
}

/// `ascii()` of what `repr` gave: all beyond ASCII is escaped.
pub fn ascii(text: &Ref<Str>) -> Res<Ref<Str>> {
    if text.is_ascii() {
        return Ok(text.clone());
    }
    let mut out = StrBuilder::with_capacity(2 * text.char_count());
    for c in text.code_points() {
        if c < 0x80 { out.push(c) } else { push_escape(&mut out, c) }
    }
    out.finish()
}
