//! `%`-formatting of `bytes` and `bytearray`.

use ouro_heap::Ref;

use super::percent::{Directive, Template, Values, parse};
use crate::{
    error::Res,
    objects::{
        arguments::{has_index, name_of},
        bytes, int,
        str::{self, StrExt},
    },
    overflow_error,
    protocol::{attribute, number, object},
    state::names,
    type_error,
};

struct Bytes<'a>(&'a [u8]);

impl Template for Bytes<'_> {
    fn len(&self) -> usize {
        self.0.len()
    }

    fn unit(&self, at: usize) -> u32 {
        self.0[at].into()
    }

    fn key(&self, start: usize, end: usize) -> Ref {
        bytes::new(&self.0[start..end]).into_any()
    }
}

/// `format % values` for bytes.
pub fn format_bytes(format: &[u8], values: &Ref) -> Res<Vec<u8>> {
    let is_text = bytes::is_bytes(values) || bytes::is_bytearray(values) || str::is_str(values);
    let mut values = Values::new(values, is_text);
    let mut out = Vec::with_capacity(format.len() + 16);
    let mut at = 0;
    while let Some(found) = memchr::memchr(b'%', &format[at..]) {
        out.extend_from_slice(&format[at..at + found]);
        at += found + 1;
        if format.get(at) == Some(&b'%') {
            out.push(b'%');
            at += 1;
            continue;
        }
        let directive = parse(&Bytes(format), &mut at, &mut values)?;
        let value = values.next()?;
        convert(&mut out, &directive, &value, at)?;
    }
    out.extend_from_slice(&format[at..]);
    values.finish("bytes")?;
    Ok(out)
}

fn convert(out: &mut Vec<u8>, directive: &Directive, value: &Ref, at: usize) -> Res<()> {
    if directive.is_number() {
        let text = directive
            .number(value, |value| type_error!("float argument required, not {}", name_of(value)))?;
        out.extend_from_slice(text.as_bytes());
        return Ok(());
    }
    let mut piece = match u8::try_from(directive.kind) {
        Ok(b's' | b'b') => as_bytes(value)?,
        Ok(b'r' | b'a') => object::ascii(value)?.storage().to_vec(),
        Ok(b'c') => vec![character(value)?],
        Ok(0x80..) | Err(_) => return Err(overflow_error!("character argument not in range(0x110000)")),
        _ => return Err(directive.unsupported(at)),
    };
    if let Some(precision) = directive.precision.filter(|_| directive.kind != b'c'.into()) {
        piece.truncate(precision);
    }
    let (left, right) = directive.padding(piece.len());
    ouro_heap::allocate::check_request(out.len().saturating_add(left).saturating_add(right))?;
    out.resize(out.len() + left, b' ');
    out.extend_from_slice(&piece);
    out.resize(out.len() + right, b' ');
    Ok(())
}

fn as_bytes(value: &Ref) -> Res<Vec<u8>> {
    if let Some(data) = bytes::like(value)? {
        return Ok(data.to_vec());
    }
    if let Some(method) = attribute::lookup_special(value, &names().__bytes__)? {
        let made = crate::protocol::call::call(&method, &[])?;
        return match bytes::of_bytes(&made) {
            Some(data) => Ok(data.to_vec()),
            None => Err(type_error!("__bytes__ returned non-bytes (type {})", name_of(&made))),
        };
    }
    let name = name_of(value);
    Err(type_error!("%b requires a bytes-like object, or an object that implements __bytes__, not '{name}'"))
}

fn character(value: &Ref) -> Res<u8> {
    if let Some(data) = bytes::like(value)?
        && let [byte] = *data
    {
        return Ok(byte);
    }
    if !has_index(value) {
        return Err(type_error!("%c requires an integer in range(256) or a single byte"));
    }
    let code = int::as_i64(&number::index(value)?);
    code.and_then(|code| u8::try_from(code).ok()).ok_or_else(|| overflow_error!("%c arg not in range(256)"))
}
