//! UTF-8.

use ouro_heap::{Ref, units::units};

use super::{
    Encoding,
    errors::{DecodeFault, EncodeFault, Substitute, handler},
};
use crate::{
    error::Res,
    objects::str::{self, Str, StrBuilder, StrExt, Width},
};

pub(super) fn encode(text: &Ref<Str>, errors: Option<&Ref<Str>>) -> Res<Vec<u8>> {
    if text.is_ascii() {
        return Ok(text.storage().to_vec());
    }
    let count = text.char_count();
    let mut out = Vec::with_capacity(count + count / 2);
    let mut at = push_plain(text, &mut out);
    let mut codes = text.code_points();
    if at > 0 {
        codes.nth(at - 1);
    }
    while let Some(code) = codes.next() {
        if let Some(c) = char::from_u32(code) {
            out.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
            at += 1;
            continue;
        }
        let end = (at..count).find(|&at| char::from_u32(text.char_at(at)).is_some()).unwrap_or(count);
        let fault =
            EncodeFault { encoding: Encoding::Utf8, text, start: at, end, reason: "surrogates not allowed" };
        let (substitute, next) = fault.resolve(&handler(errors)?)?;
        match substitute {
            Substitute::Bytes(bytes) => out.extend(bytes),
            Substitute::Text(substitute) => match substitute.to_utf8() {
                Some(text) => out.extend_from_slice(text.as_bytes()),
                None => {
                    return Err(fault
                        .resolve(&super::Handler::Strict)
                        .err()
                        .unwrap_or_else(crate::error::in_flight));
                }
            },
        }
        at = next;
        codes = text.code_points();
        if at > 0 {
            codes.nth(at - 1);
        }
    }
    Ok(out)
}

/// Encodes characters of at most two bytes of storage up to the first surrogate; gives how many.
fn push_plain(text: &Str, out: &mut Vec<u8>) -> usize {
    let mut push = |code: u32| match code {
        0..0x80 => out.push(code as u8),
        0x80..0x800 => out.extend_from_slice(&[0xC0 | (code >> 6) as u8, 0x80 | (code & 0x3F) as u8]),
        _ => out.extend_from_slice(&[
            0xE0 | (code >> 12) as u8,
            0x80 | (code >> 6 & 0x3F) as u8,
            0x80 | (code & 0x3F) as u8,
        ]),
    };
    match text.width() {
        Width::One => {
            text.storage().iter().for_each(|&unit| push(unit.into()));
            text.storage().len()
        }
        Width::Two => {
            let units: &[u16] = units(text.storage());
            let plain = units.iter().position(|unit| (0xD800..0xE000).contains(unit)).unwrap_or(units.len());
            units[..plain].iter().for_each(|&unit| push(unit.into()));
            plain
        }
        Width::Four => 0,
    }
}

pub(super) fn decode(data: &[u8], errors: Option<&Ref<Str>>) -> Res<Ref<Str>> {
    str::build::check_length(data.len())?;
    match std::str::from_utf8(data) {
        Ok(text) => Ok(str::new(text)),
        Err(_) => decode_faulty(data, errors, true).map(|(text, _)| text),
    }
}

/// Decodes what is complete of data that more may follow; also gives the number of bytes that were used.
pub fn decode_available(data: &[u8], errors: Option<&Ref<Str>>) -> Res<(Ref<Str>, usize)> {
    match std::str::from_utf8(data) {
        Ok(text) => Ok((str::new(text), data.len())),
        Err(_) => decode_faulty(data, errors, false),
    }
}

fn decode_faulty(data: &[u8], errors: Option<&Ref<Str>>, is_final: bool) -> Res<(Ref<Str>, usize)> {
    let mut known = None;
    let mut out = StrBuilder::with_capacity(data.len());
    let mut at = 0;
    loop {
        let (valid, fault) = match std::str::from_utf8(&data[at..]) {
            Ok(text) => (text, None),
            Err(error) => {
                let (valid, _) = data[at..].split_at(error.valid_up_to());
                (std::str::from_utf8(valid).unwrap_or_default(), Some(error.error_len()))
            }
        };
        out.push_text(valid);
        at += valid.len();
        let (end, reason) = match fault {
            None => return Ok((out.finish()?, at)),
            Some(None) if !is_final => return Ok((out.finish()?, at)),
            Some(None) => (data.len(), "unexpected end of data"),
            Some(Some(_)) if !(0xC2..0xF5).contains(&data[at]) => (at + 1, "invalid start byte"),
            Some(Some(length)) => (at + length, "invalid continuation byte"),
        };
        if known.is_none() {
            known = Some(handler(errors)?);
        }
        let Some(handler) = &known else { continue };
        at = DecodeFault { encoding: Encoding::Utf8, data, start: at, end, reason }
            .resolve(handler, &mut out)?;
    }
}
