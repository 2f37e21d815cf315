//! `int()`.

use std::borrow::Cow;

use ouro_heap::Ref;

use crate::{
    error::{Raised, Res},
    native::{Args, check_arity},
    objects::{
        class::Class,
        int::{self, bytes, operand, text},
        str::{Str, StrExt},
    },
    protocol::{attribute, call, number},
    state::names,
    type_error, types, value_error,
};

pub(super) fn construct(class: &Ref<Class>, args: Args) -> Res {
    if let ([value], None, types::INT) = (args.all, args.names, class.index) {
        return from_object(value);
    }
    let (value, base) = arguments(args)?;
    let int = match (value, base) {
        (None, None) => int::new(0),
        (None, Some(_)) => return Err(type_error!("int() missing string argument")),
        (Some(value), None) => from_object(value)?,
        (Some(value), Some(base)) => from_text(value, base)?,
    };
    if class.index == types::INT {
        return Ok(int);
    }
    Ok(int::new_as(class.index, operand(&int).to_big()))
}

/// `int()`, `int(x)` and `int(text, base)`
pub(super) fn make(args: &[Ref]) -> Res {
    match args {
        [value] => from_object(value),
        [text, base, ..] => from_text(text, base),
        [] => Ok(int::new(0)),
    }
}

fn arguments(args: Args<'_>) -> Res<(Option<&Ref>, Option<&Ref>)> {
    let positional = args.positional();
    if args.keyword_count() == 0 {
        check_arity("int", positional.len(), 0, 2)?;
    }
    if args.all.len() > 2 {
        let many = args.all.len();
        return Err(type_error!("int() takes at most 2 arguments ({many} given)"));
    }
    let mut base = positional.get(1);
    for (name, value) in args.keywords() {
        if !name.is_text("base") {
            let name = name.to_text();
            return Err(crate::native::unexpected_keyword("int", &name, ["base"]));
        }
        base = Some(value);
    }
    Ok((positional.first(), base))
}

/// `int(x)`: an exact int.
pub(super) fn from_object(object: &Ref) -> Res {
    if int::is_exact(object) {
        return Ok(object.clone());
    }
    if object.is_exact::<Str>()
        && let Some(text) = object.payload::<Str>()
        && let Some(value) = text::parse_plain(text.storage()).filter(|_| text.is_ascii())
    {
        return Ok(int::new(value));
    }
    let class = Class::of(object);
    if let Some(slot) = class.slots.0.int.get() {
        let result = slot(object)?;
        if !int::is_int(&result) {
            return Err(type_error!("__int__ returned non-int (type {})", Class::of(&result).short_name()));
        }
        if !int::is_exact(&result) {
            crate::warning::warn_strict_subclass("__int__", "int", &result)?;
        }
        return Ok(int::exact(&result));
    }
    if class.slots.0.index.get().is_some() {
        return number::index(object);
    }
    if let Some(method) = attribute::lookup_special(object, &names().__trunc__)? {
        crate::warning::warn(
            crate::objects::exception::ExceptionKind::DeprecationWarning,
            "The delegation of int() to __trunc__ is deprecated.",
        )?;
        return from_trunc(&call::call(&method, &[])?);
    }
    match literal(object)? {
        Some(literal) => parse(&literal, 10, object),
        None => Err(type_error!(
            "int() argument must be a string, a bytes-like object or a real number, not '{}'",
            class.short_name()
        )),
    }
}

fn from_trunc(result: &Ref) -> Res {
    if !int::is_int(result) && Class::of(result).slots.0.index.get().is_none() {
        return Err(type_error!("__trunc__ returned non-Integral (type {})", Class::of(result).short_name()));
    }
    number::index(result)
}

/// `int(text, base)`
fn from_text(object: &Ref, base: &Ref) -> Res {
    let base = number::as_isize_clamped(base)?;
    if base != 0 && !(2..=36).contains(&base) {
        return Err(value_error!("int() base must be >= 2 and <= 36, or 0"));
    }
    match literal(object)? {
        Some(literal) if is_text_or_bytes(object) => parse(&literal, base as u32, object),
        _ => Err(type_error!("int() can't convert non-string with explicit base")),
    }
}

fn is_text_or_bytes(object: &Ref) -> bool {
    object.has_layout::<Str>() || bytes::is_bytes_or_bytearray(object)
}

/// The literal in a string or a bytes-like object, in ASCII.
fn literal(object: &Ref) -> Res<Option<Cow<'_, str>>> {
    if let Some(text) = object.payload::<Str>() {
        return Ok(Some(text::to_ascii(text)));
    }
    // Bytes outside of ASCII are in no literal.
    let plain = |byte: u8| if byte.is_ascii() { byte as char } else { '?' };
    Ok(bytes::view(object)?.map(|bytes| Cow::Owned(bytes.iter().map(|&byte| plain(byte)).collect())))
}

fn parse(literal: &str, base: u32, object: &Ref) -> Res {
    let failed = |reason| -> Raised { text::malformed(reason, object, base as i64) };
    text::parse(literal, base).map(int::from_big).map_err(failed)
}
