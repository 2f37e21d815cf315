//! ASCII and Latin-1.

use ouro_heap::Ref;

use super::{
    Encoding,
    errors::{DecodeFault, EncodeFault, Substitute, handler},
};
use crate::{
    error::Res,
    objects::str::{self, Str, StrBuilder, StrExt},
};

/// Encodes characters below a limit as bytes of the same number.
pub(super) fn encode(
    text: &Ref<Str>,
    encoding: Encoding,
    limit: u32,
    errors: Option<&Ref<Str>>,
) -> Res<Vec<u8>> {
    if limit == 0x100
        && let Some(bytes) = text.latin1()
    {
        return Ok(bytes.to_vec());
    }
    let count = text.char_count();
    let mut out = Vec::with_capacity(count);
    let mut known = None;
    let mut at = 0;
    let reason = if limit == 0x80 { "ordinal not in range(128)" } else { "ordinal not in range(256)" };
    while at < count {
        let c = text.char_at(at);
        if c < limit {
            out.push(c as u8);
            at += 1;
            continue;
        }
        let end = (at..count).find(|&at| text.char_at(at) < limit).unwrap_or(count);
        if known.is_none() {
            known = Some(handler(errors)?);
        }
        let Some(handler) = &known else { continue };
        let fault = EncodeFault { encoding, text, start: at, end, reason };
        let (substitute, next) = fault.resolve(handler)?;
        match substitute {
            Substitute::Bytes(bytes) => out.extend(bytes),
            Substitute::Text(substitute) => {
                if substitute.code_points().any(|c| c >= limit) {
                    // What the handler gave cannot be encoded either.
                    return Err(fault
                        .resolve(&super::Handler::Strict)
                        .err()
                        .unwrap_or_else(crate::error::in_flight));
                }
                out.extend(substitute.code_points().map(|c| c as u8));
            }
        }
        at = next;
    }
    Ok(out)
}

pub(super) fn decode_ascii(data: &[u8], errors: Option<&Ref<Str>>) -> Res<Ref<Str>> {
    if data.is_ascii() {
        return str::from_units(data);
    }
    let handler = handler(errors)?;
    let mut out = StrBuilder::with_capacity(data.len());
    let mut at = 0;
    while at < data.len() {
        if data[at] < 0x80 {
            out.push(data[at].into());
            at += 1;
            continue;
        }
        let fault = DecodeFault {
            encoding: Encoding::Ascii,
            data,
            start: at,
            end: at + 1,
            reason: "ordinal not in range(128)",
        };
        at = fault.resolve(&handler, &mut out)?;
    }
    out.finish()
}
