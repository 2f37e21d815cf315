//! Codecs: strings to bytes and back.

mod charmap;
mod errors;
mod escape;
mod utf16;
mod utf8;

use ouro_heap::Ref;

use super::{
    bytes,
    str::{Str, StrExt},
};
use crate::{error::Res, lookup_error};

pub use errors::{Handler, handler};
pub use utf8::decode_available;

/// An encoding that the interpreter knows natively.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8.
    Utf8,
    /// UTF-8 with a signature in front.
    Utf8Signature,
    /// Seven bits.
    Ascii,
    /// ISO 8859-1: the first 256 characters.
    Latin1,
    /// UTF-16, UTF-16-LE or UTF-16-BE.
    Utf16(Order),
    /// UTF-32, UTF-32-LE or UTF-32-BE.
    Utf32(Order),
    /// The text of a string literal.
    UnicodeEscape,
    /// The text of a raw string literal, with `\u` escapes.
    RawUnicodeEscape,
}

/// The order of the bytes of a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// The machine's, with a byte order mark.
    Marked,
    /// The low byte first.
    Little,
    /// The high byte first.
    Big,
}

impl Encoding {
    /// The encoding with a name; punctuation and case do not matter.
    pub fn find(name: &str) -> Option<Encoding> {
        match name {
            "utf-8" | "utf8" => return Some(Encoding::Utf8),
            "ascii" => return Some(Encoding::Ascii),
            "latin-1" | "latin1" => return Some(Encoding::Latin1),
            _ => {}
        }
        let mut normal = String::with_capacity(name.len());
        for c in name.chars() {
            if c.is_ascii_alphanumeric() || c == '.' {
                normal.push(c.to_ascii_lowercase());
            } else if !normal.ends_with('_') {
                normal.push('_');
            }
        }
        Some(match normal.trim_matches('_') {
            "utf_8" | "utf8" | "u8" | "utf" | "cp65001" | "utf8_ucs2" | "utf8_ucs4" => Encoding::Utf8,
            "utf_8_sig" | "utf8_sig" => Encoding::Utf8Signature,
            "ascii" | "us_ascii" | "646" | "ansi_x3.4_1968" | "ansi_x3_4_1968" | "cp367" | "ibm367"
            | "us" | "csascii" | "iso646_us" | "iso_646.irv_1991" | "iso_ir_6" | "ansi_x3.4_1986" => {
                Encoding::Ascii
            }
            "latin_1" | "latin1" | "latin" | "l1" | "iso_8859_1" | "iso8859_1" | "iso8859" | "8859"
            | "cp819" | "ibm819" | "iso_ir_100" | "csisolatin1" | "iso_8859_1_1987" => Encoding::Latin1,
            "utf_16" | "utf16" | "u16" => Encoding::Utf16(Order::Marked),
            "utf_16_le" | "utf_16le" | "utf16_le" | "utf16le" | "unicodelittleunmarked" => {
                Encoding::Utf16(Order::Little)
            }
            "utf_16_be" | "utf_16be" | "utf16_be" | "utf16be" | "unicodebigunmarked" => {
                Encoding::Utf16(Order::Big)
            }
            "utf_32" | "utf32" | "u32" => Encoding::Utf32(Order::Marked),
            "utf_32_le" | "utf_32le" | "utf32_le" | "utf32le" => Encoding::Utf32(Order::Little),
            "utf_32_be" | "utf_32be" | "utf32_be" | "utf32be" => Encoding::Utf32(Order::Big),
            "unicode_escape" | "unicodeescape" => Encoding::UnicodeEscape,
            "raw_unicode_escape" | "rawunicodeescape" => Encoding::RawUnicodeEscape,
            _ => return None,
        })
    }

    /// The name of the codec in error messages.
    pub fn name(self) -> &'static str {
        match self {
            Encoding::Utf8 | Encoding::Utf8Signature => "utf-8",
            Encoding::Ascii => "ascii",
            Encoding::Latin1 => "latin-1",
            Encoding::Utf16(Order::Marked) => "utf-16",
            Encoding::Utf16(Order::Little) => "utf-16-le",
            Encoding::Utf16(Order::Big) => "utf-16-be",
            Encoding::Utf32(Order::Marked) => "utf-32",
            Encoding::Utf32(Order::Little) => "utf-32-le",
            Encoding::Utf32(Order::Big) => "utf-32-be",
            Encoding::UnicodeEscape => "unicodeescape",
            Encoding::RawUnicodeEscape => "rawunicodeescape",
        }
    }
}

/// A codec that the program or the library has registered, called through `_codecs`.
fn call_registered(function: &str, subject: Ref, encoding: &str, errors: Option<&Ref<Str>>) -> Res {
    let module = crate::import::import_module("_codecs")?;
    let function = crate::protocol::attribute::get(&module, &super::str::intern(function))?;
    let mut args = vec![subject, super::str::new(encoding).into_any()];
    args.extend(errors.map(|errors| errors.clone().into_any()));
    crate::protocol::call::call(&function, &args)
}

/// `text.encode(encoding, errors)`: a bytes object.
pub fn encode(text: &Ref<Str>, encoding: &str, errors: Option<&Ref<Str>>) -> Res {
    let Some(encoding) = Encoding::find(encoding) else {
        return call_registered("_encode_text", text.clone().into_any(), encoding, errors);
    };
    // ASCII text is the same in the usual encodings: it is copied once.
    if text.is_ascii() && matches!(encoding, Encoding::Utf8 | Encoding::Ascii | Encoding::Latin1) {
        return Ok(bytes::try_new(text.storage())?.into_any());
    }
    Ok(bytes::try_new(&encode_as(text, encoding, errors)?)?.into_any())
}

/// The bytes of a string in an encoding.
pub fn encode_as(text: &Ref<Str>, encoding: Encoding, errors: Option<&Ref<Str>>) -> Res<Vec<u8>> {
    match encoding {
        Encoding::Utf8 => utf8::encode(text, errors),
        Encoding::Utf8Signature => {
            let mut out = b"\xEF\xBB\xBF".to_vec();
            out.extend(utf8::encode(text, errors)?);
            Ok(out)
        }
        Encoding::Ascii => charmap::encode(text, encoding, 0x80, errors),
        Encoding::Latin1 => charmap::encode(text, encoding, 0x100, errors),
        Encoding::Utf16(order) => utf16::encode16(text, order, errors),
        Encoding::Utf32(order) => utf16::encode32(text, order, errors),
        Encoding::UnicodeEscape => Ok(escape::encode(text)),
        Encoding::RawUnicodeEscape => Ok(escape::encode_raw(text)),
    }
}

/// `data.decode(encoding, errors)`.
pub fn decode(data: &[u8], encoding: &str, errors: Option<&Ref<Str>>) -> Res<Ref<Str>> {
    let Some(known) = Encoding::find(encoding) else {
        let data = bytes::try_new(data)?.into_any();
        return call_registered("_decode_text", data, encoding, errors)?
            .into::<Str>()
            .map_err(|_| lookup_error!("unknown encoding: {encoding}"));
    };
    decode_as(data, known, errors)
}

/// The string that bytes in an encoding mean.
pub fn decode_as(data: &[u8], encoding: Encoding, errors: Option<&Ref<Str>>) -> Res<Ref<Str>> {
    match encoding {
        Encoding::Utf8 => utf8::decode(data, errors),
        Encoding::Utf8Signature => utf8::decode(data.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(data), errors),
        Encoding::Ascii => charmap::decode_ascii(data, errors),
        Encoding::Latin1 => crate::objects::str::from_units(data),
        Encoding::Utf16(order) => utf16::decode16(data, order, errors),
        Encoding::Utf32(order) => utf16::decode32(data, order, errors),
        Encoding::UnicodeEscape => escape::decode(data, errors, false),
        Encoding::RawUnicodeEscape => escape::decode(data, errors, true),
    }
}
