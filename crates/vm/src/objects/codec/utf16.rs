//! UTF-16 and UTF-32.

use ouro_heap::Ref;

use super::{
    Encoding, Order,
    errors::{DecodeFault, EncodeFault, Substitute, handler},
};
use crate::{
    error::Res,
    objects::str::{Str, StrBuilder, StrExt},
};

pub(super) fn encode16(text: &Ref<Str>, order: Order, errors: Option<&Ref<Str>>) -> Res<Vec<u8>> {
    let push = |out: &mut Vec<u8>, c: u32| {
        let mut unit =
            |unit: u16| out.extend(if order == Order::Big { unit.to_be_bytes() } else { unit.to_le_bytes() });
        if c < 0x1_0000 {
            unit(c as u16);
        } else {
            unit(0xD800 + ((c - 0x1_0000) >> 10) as u16);
            unit(0xDC00 + (c & 0x3FF) as u16);
        }
    };
    encode(text, Encoding::Utf16(order), order, errors, push)
}

pub(super) fn encode32(text: &Ref<Str>, order: Order, errors: Option<&Ref<Str>>) -> Res<Vec<u8>> {
    let push = |out: &mut Vec<u8>, c: u32| {
        out.extend(if order == Order::Big { c.to_be_bytes() } else { c.to_le_bytes() });
    };
    encode(text, Encoding::Utf32(order), order, errors, push)
}

fn encode(
    text: &Ref<Str>,
    encoding: Encoding,
    order: Order,
    errors: Option<&Ref<Str>>,
    push: impl Fn(&mut Vec<u8>, u32),
) -> Res<Vec<u8>> {
    let mut out = Vec::with_capacity(text.char_count() * 2 + 4);
    if order == Order::Marked {
        push(&mut out, 0xFEFF);
    }
    let mut at = 0;
    while at < text.char_count() {
        let c = text.char_at(at);
        if !is_surrogate(c) {
            push(&mut out, c);
            at += 1;
            continue;
        }
        let fault = EncodeFault { encoding, text, start: at, end: at + 1, reason: "surrogates not allowed" };
        let (substitute, next) = fault.resolve(&handler(errors)?)?;
        match substitute {
            Substitute::Bytes(bytes) => out.extend(bytes),
            Substitute::Text(text) if text.code_points().any(is_surrogate) => {
                return Err(fault
                    .resolve(&super::Handler::Strict)
                    .err()
                    .unwrap_or_else(crate::error::in_flight));
            }
            Substitute::Text(text) => text.code_points().for_each(|c| push(&mut out, c)),
        }
        at = next;
    }
    Ok(out)
}

fn is_surrogate(c: u32) -> bool {
    (0xD800..0xE000).contains(&c)
}

/// The order that a byte order mark shows, and the length of the mark.
fn marked(data: &[u8], order: Order, marks: [&[u8]; 2]) -> (Order, usize) {
    if order != Order::Marked {
        return (order, 0);
    }
    let [little, big] = marks;
    if data.starts_with(little) {
        (Order::Little, little.len())
    } else if data.starts_with(big) {
        (Order::Big, big.len())
    } else {
        (Order::Little, 0)
    }
}

pub(super) fn decode16(data: &[u8], order: Order, errors: Option<&Ref<Str>>) -> Res<Ref<Str>> {
    let (real, mut at) = marked(data, order, [b"\xFF\xFE", b"\xFE\xFF"]);
    let unit = |at: usize| {
        let pair = [*data.get(at)?, *data.get(at + 1)?];
        Some(u32::from(if real == Order::Big { u16::from_be_bytes(pair) } else { u16::from_le_bytes(pair) }))
    };
    let encoding = Encoding::Utf16(real);
    let handler = handler(errors)?;
    let mut out = StrBuilder::with_capacity(data.len() / 2);
    while at < data.len() {
        let (end, reason) = match (unit(at), unit(at + 2)) {
            (None, _) => (data.len(), "truncated data"),
            (Some(high @ 0xD800..0xDC00), Some(low @ 0xDC00..0xE000)) => {
                out.push(0x1_0000 + ((high - 0xD800) << 10) + (low - 0xDC00));
                at += 4;
                continue;
            }
            (Some(0xD800..0xDC00), Some(_)) => (at + 2, "illegal UTF-16 surrogate"),
            (Some(0xD800..0xDC00), None) => (data.len(), "unexpected end of data"),
            (Some(0xDC00..0xE000), _) => (at + 2, "illegal encoding"),
            (Some(c), _) => {
                out.push(c);
                at += 2;
                continue;
            }
        };
        at = DecodeFault { encoding, data, start: at, end, reason }.resolve(&handler, &mut out)?;
    }
    out.finish()
}

pub(super) fn decode32(data: &[u8], order: Order, errors: Option<&Ref<Str>>) -> Res<Ref<Str>> {
    let (real, mut at) = marked(data, order, [b"\xFF\xFE\0\0", b"\0\0\xFE\xFF"]);
    let encoding = Encoding::Utf32(real);
    let handler = handler(errors)?;
    let mut out = StrBuilder::with_capacity(data.len() / 4);
    while at < data.len() {
        let (end, reason) = match data.get(at..at + 4).and_then(|unit| unit.try_into().ok()) {
            None => (data.len(), "truncated data"),
            Some(unit) => {
                match if real == Order::Big { u32::from_be_bytes(unit) } else { u32::from_le_bytes(unit) } {
                    0xD800..0xE000 => (at + 4, "code point in surrogate code point range(0xd800, 0xe000)"),
                    c if c > 0x10_FFFF => (at + 4, "code point not in range(0x110000)"),
                    c => {
                        out.push(c);
                        at += 4;
                        continue;
                    }
                }
            }
        };
        at = DecodeFault { encoding, data, start: at, end, reason }.resolve(&handler, &mut out)?;
    }
    out.finish()
}
