//! Strings in a field.

use ouro_heap::Ref;

use super::spec::{Align, Spec, TypeName};
use crate::{
    error::Res,
    objects::str::{self, Str, StrExt},
    value_error,
};

/// `str.__format__`.
pub fn format_str(value: &Ref<Str>, spec: &str) -> Res<Ref<Str>> {
    format_str_named(value, spec, TypeName::Exact("str"))
}

/// The same for an instance of a class whose name shows in messages.
pub fn format_str_named(value: &Ref<Str>, spec: &str, type_name: TypeName) -> Res<Ref<Str>> {
    if spec.is_empty() {
        return Ok(str::substring(value, 0, value.char_count()));
    }
    let spec = Spec::parse(spec, Align::Left, b's', type_name)?;
    if !matches!(spec.kind_byte(), 0 | b's') {
        return Err(spec.unknown_kind(type_name));
    }
    if spec.sign == Some(b' ') {
        return Err(value_error!("Space not allowed in string format specifier"));
    }
    if spec.sign.is_some() {
        return Err(value_error!("Sign not allowed in string format specifier"));
    }
    if spec.no_negative_zero {
        return Err(value_error!("Negative zero coercion (z) not allowed in string format specifier"));
    }
    if spec.alternate {
        return Err(value_error!("Alternate form (#) not allowed in string format specifier"));
    }
    if spec.align == Align::Numeric {
        return Err(value_error!("'=' alignment not allowed in string format specifier"));
    }
    let length = value.char_count().min(spec.precision.unwrap_or(usize::MAX));
    let text = str::substring(value, 0, length);
    let padding = spec.width.unwrap_or(0).saturating_sub(length);
    let (left, right) = match spec.align {
        Align::Right => (padding, 0),
        Align::Center => (padding / 2, padding - padding / 2),
        Align::Left | Align::Numeric => (0, padding),
    };
    str::pad(&text, left, right, spec.fill)
}
