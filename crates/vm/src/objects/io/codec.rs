//! Encodings of text files: the frequent ones natively, the others through `str.encode` and `bytes.decode`.

use ouro_heap::Ref;

use super::{call_named, new_bytes};
use crate::{
    error::{Res, raise},
    objects::{
        exception::ExceptionKind,
        str::{self, Str, StrExt, Width},
    },
};

/// How characters become bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8
    Utf8,
    /// UTF-8 whose first bytes may be, and are, a byte order mark.
    Utf8Signed,
    /// ASCII
    Ascii,
    /// ISO 8859-1
    Latin1,
    /// Another one, by its name.
    Other(String),
}

impl Encoding {
    /// The encoding of a name, in any of its spellings. LookupError if `bytes.decode` does not know it either.
    pub fn named(name: &str) -> Res<Encoding> {
        let plain: String = name
            .to_ascii_lowercase()
            .chars()
            .map(|c| if c.is_ascii_alphanumeric() { c } else { '_' })
            .collect();
        Ok(match plain.as_str() {
            "utf_8" | "utf8" | "u8" | "utf" | "cp65001" => Encoding::Utf8,
            "utf_8_sig" | "utf8_sig" => Encoding::Utf8Signed,
            "ascii" | "us_ascii" | "646" => Encoding::Ascii,
            "latin_1" | "latin1" | "iso_8859_1" | "iso8859_1" | "8859" | "cp819" | "l1" | "latin" => {
                Encoding::Latin1
            }
            _ => {
                // The empty string has no error of its own, so what is raised is about the name.
                let text = str::new(name).into_any();
                call_named(&str::new("").into_any(), "encode", &[text]).map_err(|raised| {
                    drop(crate::error::take(raised));
                    raise(ExceptionKind::LookupError, format_args!("unknown encoding: {name}"))
                })?;
                Encoding::Other(name.to_owned())
            }
        })
    }

    /// The name for `str.encode`.
    pub fn name(&self) -> &str {
        match self {
            Encoding::Utf8 => "utf-8",
            Encoding::Utf8Signed => "utf-8-sig",
            Encoding::Ascii => "ascii",
            Encoding::Latin1 => "latin-1",
            Encoding::Other(name) => name,
        }
    }

    /// Whether ASCII characters are the bytes of their numbers, so that lines end at the byte 10.
    pub fn keeps_ascii(&self) -> bool {
        !matches!(self, Encoding::Other(_))
    }
}

/// Encodes a text and gives the bytes to `work`.
pub fn encode<R>(
    text: &Ref<Str>,
    encoding: &Encoding,
    errors: &str,
    work: impl FnOnce(&[u8]) -> Res<R>,
) -> Res<R> {
    if encoding.keeps_ascii() && text.is_ascii() {
        return work(text.storage());
    }
    match encoding {
        Encoding::Utf8 | Encoding::Utf8Signed => {
            if let Some(utf8) = text.to_utf8() {
                return work(utf8.as_bytes());
            }
        }
        Encoding::Latin1 if text.width() == Width::One => return work(text.storage()),
        _ => {}
    }
    let name = if *encoding == Encoding::Utf8Signed { "utf-8" } else { encoding.name() };
    let arguments = [str::new(name).into_any(), str::new(errors).into_any()];
    let encoded = call_named(text.as_any(), "encode", &arguments)?;
    super::with_bytes(&encoded, work)
}

/// Decodes bytes that stand for whole characters.
pub fn decode(bytes: &[u8], encoding: &Encoding, errors: &str) -> Res<Ref<Str>> {
    match encoding {
        _ if encoding.keeps_ascii() && bytes.is_ascii() => return Ok(str::from_latin1(bytes)),
        Encoding::Latin1 => return Ok(str::from_latin1(bytes)),
        Encoding::Utf8 | Encoding::Utf8Signed => {
            if let Ok(text) = std::str::from_utf8(bytes) {
                return Ok(str::new(text));
            }
        }
        _ => {}
    }
    let name = if *encoding == Encoding::Utf8Signed { "utf-8" } else { encoding.name() };
    let arguments = [str::new(name).into_any(), str::new(errors).into_any()];
    let decoded = call_named(&new_bytes(bytes)?, "decode", &arguments)?;
    decoded.into::<Str>().map_err(|_| crate::type_error!("decoder should return a string result"))
}

/// The number of bytes at the start that are whole characters; what follows is the beginning of one.
pub fn whole_characters(bytes: &[u8], encoding: &Encoding) -> usize {
    if !matches!(encoding, Encoding::Utf8 | Encoding::Utf8Signed) {
        return bytes.len();
    }
    // Only the last three bytes can belong to a character that is cut off.
    let start = bytes.len().saturating_sub(3);
    for position in (start..bytes.len()).rev() {
        let need = match bytes[position] {
            0xC2..=0xDF => 2,
            0xE0..=0xEF => 3,
            0xF0..=0xF4 => 4,
            0x80..=0xBF => continue,
            _ => return bytes.len(),
        };
        let rest = &bytes[position..];
        return if rest.len() < need
            && std::str::from_utf8(rest).is_err_and(|error| error.error_len().is_none())
        {
            position
        } else {
            bytes.len()
        };
    }
    bytes.len()
}
