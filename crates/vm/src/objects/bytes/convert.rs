//! `bytes` and `bytearray`: made of other things, and shown as text.

use ouro_heap::Ref;

use super::{Kind, like};
use crate::{
    error::{Raised, Res, take_if},
    native::Args,
    objects::{
        arguments::{self, has_index, keyword_text, name_of},
        class::Class,
        codec,
        exception::ExceptionKind,
        int,
        str::{self, Str, StrExt},
    },
    overflow_error,
    protocol::{call, iterate, number, object},
    type_error, types, value_error,
};

/// An int that stands for a byte.
pub(crate) fn byte(object: &Ref, out_of_range: &str) -> Res<u8> {
    let value = match int::as_i64(object) {
        Some(value) => Some(value),
        None => int::as_i64(&number::index(object)?),
    };
    value.and_then(|value| u8::try_from(value).ok()).ok_or_else(|| value_error!("{out_of_range}"))
}

/// The bytes that the ints of an iterable stand for.
pub(crate) fn bytes_of_iterable(iterable: &Ref, out_of_range: &str) -> Res<Vec<u8>> {
    let mut data = Vec::with_capacity(object::length_hint(iterable, 0)?.min(1 << 20));
    iterate::for_each(iterable, |item| {
        data.push(byte(&item, out_of_range)?);
        Ok(())
    })?;
    Ok(data)
}

/// What the arguments of a constructor mean.
pub(crate) enum Source {
    /// So many zeros.
    Zeros(usize),
    /// These bytes.
    Data(Vec<u8>),
    /// An object that can be taken as it is.
    Object(Ref),
}

/// Reads `(source, encoding, errors)`.
pub(crate) fn construct_data(class: &str, args: Args) -> Res<Source> {
    const NAMES: [&str; 3] = ["source", "encoding", "errors"];
    if args.all.len() > 3 {
        return Err(type_error!("{class}() takes at most 3 arguments ({} given)", args.all.len()));
    }
    let positional = args.positional();
    let mut values: [Option<&Ref>; 3] = std::array::from_fn(|position| positional.get(position));
    for (name, value) in args.keywords() {
        let Some(position) = NAMES.iter().position(|known| name.is_text(known)) else {
            return Err(crate::native::unexpected_keyword(class, &name.to_text(), NAMES));
        };
        if values[position].is_some() {
            let name = NAMES[position];
            return Err(type_error!(
                "argument for {class}() given by name ('{name}') and position ({})",
                position + 1
            ));
        }
        values[position] = Some(value);
    }
    let encoding = keyword_text(class, "encoding", values[1])?;
    let errors = keyword_text(class, "errors", values[2])?;
    let text = values[0].and_then(|source| source.downcast::<Str>());
    if let Some(encoding) = encoding {
        let Some(text) = text else { return Err(type_error!("encoding without a string argument")) };
        return Ok(Source::Object(codec::encode(text, &encoding.to_text(), errors)?));
    }
    let no_encoding = || Err(type_error!("string argument without an encoding"));
    if errors.is_some() {
        if text.is_some() {
            return no_encoding();
        }
        return Err(type_error!("errors without a string argument"));
    }
    let Some(source) = values[0] else { return Ok(Source::Zeros(0)) };
    if class == "bytes"
        && source.header().type_index() != types::BYTEARRAY
        && let Some(method) =
            crate::protocol::attribute::lookup_special(source, &crate::state::names().__bytes__)?
    {
        let made = call::call(&method, &[])?;
        if !super::is_bytes(&made) {
            return Err(type_error!("__bytes__ returned non-bytes (type {})", name_of(&made)));
        }
        return Ok(Source::Object(made));
    }
    if text.is_some() {
        return no_encoding();
    }
    if has_index(source) {
        match count(source) {
            Ok(count) => return Ok(Source::Zeros(count)),
            Err(raised) => drop(take_if(raised, ExceptionKind::TypeError)?),
        }
    }
    if let Some(view) = like(source)? {
        return Ok(if source.header().type_index() == types::BYTES {
            Source::Object(source.clone())
        } else {
            Source::Data(view.to_vec())
        });
    }
    if !iterate::is_iterable(source) {
        return Err(type_error!("cannot convert '{}' object to {class}", name_of(source)));
    }
    let out_of_range =
        if class == "bytes" { "bytes must be in range(0, 256)" } else { "byte must be in range(0, 256)" };
    Ok(Source::Data(bytes_of_iterable(source, out_of_range)?))
}

fn count(source: &Ref) -> Res<usize> {
    match int::as_i64(&number::index(source)?) {
        Some(count) => usize::try_from(count).map_err(|_| value_error!("negative count")),
        None => Err(overflow_error!("cannot fit '{}' into an index-sized integer", name_of(source))),
    }
}

pub(super) fn decode<K: Kind>(args: &[Option<Ref>]) -> Res {
    let object = args[0].as_ref().expect("a method has a receiver");
    let encoding = keyword_text("decode", "encoding", args[1].as_ref())?;
    let errors = keyword_text("decode", "errors", args[2].as_ref())?;
    // The bytes are held by a view: an error handler may run Python code.
    let view = super::require(object)?;
    let text = match encoding {
        None => codec::decode_as(&view, codec::Encoding::Utf8, errors)?,
        Some(encoding) => codec::decode(&view, &encoding.to_text(), errors)?,
    };
    Ok(text.into_any())
}

/// The hexadecimal digits of data, perhaps with separators.
pub(crate) fn hex_text(data: &[u8], separator: Option<&Ref>, group: Option<&Ref>) -> Res {
    let separator = separator.map(hex_separator).transpose()?;
    let group = group.map_or(Ok(1), arguments::c_int)?;
    let mut out = Vec::with_capacity(data.len() * 2);
    let every = group.unsigned_abs() as usize;
    if separator.is_none() && data.len() <= 4096 {
        out.extend(
            data.iter()
                .flat_map(|byte| [byte >> 4, byte & 15].map(|digit| b"0123456789abcdef"[digit as usize])),
        );
        return Ok(str::from_ascii(&out).into_any());
    }
    for (index, byte) in data.iter().enumerate() {
        if let Some(separator) = separator.filter(|_| index > 0 && every > 0) {
            // Groups are counted from the right, or from the left if the number is negative.
            let place = if group < 0 { index } else { data.len() - index };
            if place % every == 0 {
                out.push(separator);
            }
        }
        out.extend([byte >> 4, byte & 15].map(|digit| b"0123456789abcdef"[digit as usize]));
    }
    Ok(str::from_units(&out)?.into_any())
}

fn hex_separator(separator: &Ref) -> Res<u8> {
    if object::len(separator)? != 1 {
        return Err(value_error!("sep must be length 1."));
    }
    let code = match (separator.payload::<Str>(), super::of_bytes(separator)) {
        (Some(text), _) => text.char_at(0),
        (_, Some(&[byte])) => byte.into(),
        _ => return Err(type_error!("sep must be str or bytes.")),
    };
    u8::try_from(code).ok().filter(u8::is_ascii).ok_or_else(|| value_error!("sep must be ASCII."))
}

pub(super) fn hex<K: Kind>(args: &[Option<Ref>]) -> Res {
    let object = args[0].as_ref().expect("a method has a receiver");
    let data = K::with(object, |data| data.to_vec());
    hex_text(&data, args[1].as_ref(), args[2].as_ref())
}

pub(super) fn fromhex<K: Kind>(args: &[Ref]) -> Res {
    let Some(text) = args[1].downcast::<Str>() else {
        return Err(type_error!("fromhex() argument must be str, not {}", arguments::name_or_none(&args[1])));
    };
    let made = K::make(&parse_hex(text)?)?;
    let class = args[0].downcast::<Class>().expect("a class method gets its class");
    if class.is(Class::of(&made)) { Ok(made) } else { call::call(class.as_any(), &[made]) }
}

fn parse_hex(text: &Str) -> Res<Vec<u8>> {
    let wrong = |at: usize| -> Raised {
        value_error!("non-hexadecimal number found in fromhex() arg at position {at}")
    };
    let digit = |at: usize| -> Res<u8> {
        let code = if at < text.char_count() { text.char_at(at) } else { return Err(wrong(at)) };
        char::from_u32(code).and_then(|c| c.to_digit(16)).map(|digit| digit as u8).ok_or_else(|| wrong(at))
    };
    let mut out = Vec::with_capacity(text.char_count() / 2);
    let mut at = 0;
    loop {
        while at < text.char_count() && u8::try_from(text.char_at(at)).is_ok_and(super::split::is_space) {
            at += 1;
        }
        if at >= text.char_count() {
            return Ok(out);
        }
        out.push(digit(at)? << 4 | digit(at + 1)?);
        at += 2;
    }
}
