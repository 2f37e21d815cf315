//! What happens to characters and bytes that cannot be converted.

use ouro_heap::Ref;

use super::{Encoding, Order};
use crate::{
    error::{Raised, Res, raise_object},
    index_error, lookup_error,
    objects::{
        bytes, dict,
        exception::{self, ExceptionKind},
        int,
        str::{self, Str, StrBuilder, StrExt},
        tuple::Tuple,
    },
    protocol::{call, number},
    state::vm,
    type_error,
};

/// An error handler.
#[derive(Clone, Debug)]
pub enum Handler {
    /// Raises.
    Strict,
    /// Leaves out.
    Ignore,
    /// `?` or U+FFFD.
    Replace,
    /// `\xhh`
    BackslashReplace,
    /// Bytes beyond ASCII stand as lone surrogates.
    SurrogateEscape,
    /// Lone surrogates are encoded like other characters.
    SurrogatePass,
    /// `&#1234;`
    XmlCharRefReplace,
    /// `\N{...}`
    NameReplace,
    /// Registered by the program.
    Custom(Ref),
}

/// The handler with a name; nothing means `strict`.
pub fn handler(errors: Option<&Ref<Str>>) -> Res<Handler> {
    let Some(errors) = errors else { return Ok(Handler::Strict) };
    if let Some(registered) = vm().slots.codec_errors.get()
        && let Some(custom) = dict::get_str(&registered, errors)
    {
        return Ok(Handler::Custom(custom));
    }
    let name = errors.to_text();
    Ok(match &*name {
        "strict" => Handler::Strict,
        "ignore" => Handler::Ignore,
        "replace" => Handler::Replace,
        "backslashreplace" => Handler::BackslashReplace,
        "surrogateescape" => Handler::SurrogateEscape,
        "surrogatepass" => Handler::SurrogatePass,
        "xmlcharrefreplace" => Handler::XmlCharRefReplace,
        "namereplace" => Handler::NameReplace,
        _ => return Err(lookup_error!("unknown error handler name '{name}'")),
    })
}

/// The characters from `start` to `end` cannot be encoded.
pub(super) struct EncodeFault<'a> {
    pub encoding: Encoding,
    pub text: &'a Ref<Str>,
    pub start: usize,
    pub end: usize,
    pub reason: &'static str,
}

/// What stands in the place of characters that cannot be encoded.
pub(super) enum Substitute {
    /// Characters, which are to be encoded in turn.
    Text(Ref<Str>),
    /// Bytes as they are.
    Bytes(Vec<u8>),
}

impl EncodeFault<'_> {
    fn exception(&self) -> Ref {
        exception::new(
            ExceptionKind::UnicodeEncodeError,
            vec![
                str::new(self.encoding.name()).into_any(),
                self.text.clone().into_any(),
                int::from_usize(self.start),
                int::from_usize(self.end),
                str::new(self.reason).into_any(),
            ],
        )
    }

    fn raise(&self) -> Raised {
        raise_object(self.exception())
    }

    /// Asks the handler: the substitute and where to go on.
    pub(super) fn resolve(&self, handler: &Handler) -> Res<(Substitute, usize)> {
        let codes = || (self.start..self.end).map(|at| self.text.char_at(at));
        let mut out = StrBuilder::new();
        match handler {
            Handler::Strict => return Err(self.raise()),
            Handler::Ignore => {}
            Handler::Replace => out.push_times(b'?'.into(), self.end - self.start)?,
            Handler::BackslashReplace => codes().for_each(|c| str::push_escape(&mut out, c)),
            Handler::XmlCharRefReplace => codes().for_each(|c| out.push_text(&format!("&#{c};"))),
            Handler::NameReplace => {
                codes().for_each(|c| match char::from_u32(c).and_then(unicode_names2::name) {
                    Some(name) => out.push_text(&format!("\\N{{{name}}}")),
                    None => str::push_escape(&mut out, c),
                })
            }
            Handler::SurrogateEscape => {
                let escaped = codes()
                    .map_while(|c| (0xDC80..0xDD00).contains(&c).then_some(c as u8))
                    .collect::<Vec<u8>>();
                if escaped.is_empty() {
                    return Err(self.raise());
                }
                let end = self.start + escaped.len();
                return Ok((Substitute::Bytes(escaped), end));
            }
            Handler::SurrogatePass => {
                let mut bytes = Vec::new();
                for c in codes() {
                    if !(0xD800..0xE000).contains(&c) || !push_surrogate(&mut bytes, c, self.encoding) {
                        return Err(self.raise());
                    }
                }
                return Ok((Substitute::Bytes(bytes), self.end));
            }
            Handler::Custom(callback) => {
                let (substitute, end) = ask(callback, self.exception(), self.text.char_count(), "encoding")?;
                return match (substitute.downcast::<Str>(), bytes::of_bytes(&substitute)) {
                    (Some(text), _) => Ok((Substitute::Text(text.clone()), end)),
                    (_, Some(data)) => Ok((Substitute::Bytes(data.to_vec()), end)),
                    _ => Err(type_error!("encoding error handler must return (str/bytes, int) tuple")),
                };
            }
        }
        Ok((Substitute::Text(out.finish()?), self.end))
    }
}

/// Appends a surrogate as the encoding would write it; not all encodings can.
fn push_surrogate(out: &mut Vec<u8>, c: u32, encoding: Encoding) -> bool {
    match encoding {
        Encoding::Utf8 | Encoding::Utf8Signature => {
            out.extend([0xE0 | (c >> 12) as u8, 0x80 | (c >> 6 & 0x3F) as u8, 0x80 | (c & 0x3F) as u8]);
        }
        Encoding::Utf16(Order::Big) => out.extend((c as u16).to_be_bytes()),
        Encoding::Utf16(_) => out.extend((c as u16).to_le_bytes()),
        Encoding::Utf32(Order::Big) => out.extend(c.to_be_bytes()),
        Encoding::Utf32(_) => out.extend(c.to_le_bytes()),
        _ => return false,
    }
    true
}

/// The bytes from `start` to `end` cannot be decoded.
pub(super) struct DecodeFault<'a> {
    pub encoding: Encoding,
    pub data: &'a [u8],
    pub start: usize,
    pub end: usize,
    pub reason: &'static str,
}

impl DecodeFault<'_> {
    fn exception(&self) -> Ref {
        exception::new(
            ExceptionKind::UnicodeDecodeError,
            vec![
                str::new(self.encoding.name()).into_any(),
                bytes::new(self.data).into_any(),
                int::from_usize(self.start),
                int::from_usize(self.end),
                str::new(self.reason).into_any(),
            ],
        )
    }

    fn raise(&self) -> Raised {
        raise_object(self.exception())
    }

    /// Asks the handler: it appends a substitute, and says where to go on.
    pub(super) fn resolve(&self, handler: &Handler, out: &mut StrBuilder) -> Res<usize> {
        let bad = &self.data[self.start..self.end];
        match handler {
            Handler::Strict => return Err(self.raise()),
            Handler::Ignore => {}
            Handler::Replace => out.push(0xFFFD),
            Handler::BackslashReplace => bad.iter().for_each(|byte| out.push_text(&format!("\\x{byte:02x}"))),
            Handler::SurrogateEscape => {
                let escaped = bad.iter().take(4).take_while(|&&byte| byte >= 0x80).count();
                if escaped == 0 {
                    return Err(self.raise());
                }
                bad[..escaped].iter().for_each(|&byte| out.push(0xDC00 + u32::from(byte)));
                return Ok(self.start + escaped);
            }
            Handler::SurrogatePass => {
                let Some((c, length)) = read_surrogate(&self.data[self.start..], self.encoding) else {
                    return Err(self.raise());
                };
                out.push(c);
                return Ok(self.start + length);
            }
            Handler::XmlCharRefReplace | Handler::NameReplace => {
                return Err(type_error!("don't know how to handle UnicodeDecodeError in error callback"));
            }
            Handler::Custom(callback) => {
                let (substitute, end) = ask(callback, self.exception(), self.data.len(), "decoding")?;
                let Some(text) = substitute.payload::<Str>() else {
                    return Err(type_error!("decoding error handler must return (str, int) tuple"));
                };
                out.push_str(text)?;
                return Ok(end);
            }
        }
        Ok(self.end)
    }
}

/// The surrogate at the start of data, and its length in bytes.
fn read_surrogate(data: &[u8], encoding: Encoding) -> Option<(u32, usize)> {
    let (c, length) = match (encoding, data) {
        (Encoding::Utf8 | Encoding::Utf8Signature, &[a @ 0xE0..0xF0, b @ 0x80..0xC0, c @ 0x80..0xC0, ..]) => {
            (u32::from(a & 0x0F) << 12 | u32::from(b & 0x3F) << 6 | u32::from(c & 0x3F), 3)
        }
        (Encoding::Utf16(Order::Big), &[a, b, ..]) => (u16::from_be_bytes([a, b]).into(), 2),
        (Encoding::Utf16(_), &[a, b, ..]) => (u16::from_le_bytes([a, b]).into(), 2),
        (Encoding::Utf32(Order::Big), &[a, b, c, d, ..]) => (u32::from_be_bytes([a, b, c, d]), 4),
        (Encoding::Utf32(_), &[a, b, c, d, ..]) => (u32::from_le_bytes([a, b, c, d]), 4),
        _ => return None,
    };
    (0xD800..0xE000).contains(&c).then_some((c, length))
}

/// Calls a handler of the program: the substitute and the place to go on.
fn ask(callback: &Ref, exception: Ref, length: usize, what: &str) -> Res<(Ref, usize)> {
    let wanted = if what == "encoding" { "(str/bytes, int)" } else { "(str, int)" };
    let answer = call::call(callback, &[exception])?;
    let Some([substitute, place]) = answer.payload::<Tuple>().map(Tuple::items) else {
        return Err(type_error!("{what} error handler must return {wanted} tuple"));
    };
    let place = number::as_isize(place)?;
    let end = if place < 0 { place + length as isize } else { place };
    match usize::try_from(end) {
        Ok(end) if end <= length => Ok((substitute.clone(), end)),
        _ => Err(index_error!("position {place} from error handler out of bounds")),
    }
}
