//! `complex()`.

use ouro_heap::Ref;

use super::{Value, from_value, new_as, text, value};
use crate::{
    error::Res,
    native::Args,
    objects::{
        class::Class,
        float, int,
        str::{Str, StrExt},
    },
    protocol::{attribute, call, number},
    state::names,
    type_error, types, value_error,
};

pub(super) fn construct(class: &Ref<Class>, args: Args) -> Res {
    let (real, imag) = arguments(args)?;
    let Some(real) = real else {
        return Ok(made(class, from_parts(None, imag)?));
    };
    if imag.is_none() && class.index == types::COMPLEX && real.is_exact::<super::Complex>() {
        return Ok(real.clone());
    }
    if let Some(literal) = real.payload::<Str>() {
        if imag.is_some() {
            return Err(type_error!("complex() can't take second arg if first is a string"));
        }
        return match text::parse(&int::text::to_ascii(literal)) {
            Some(value) => Ok(made(class, value)),
            None => Err(value_error!("complex() arg is a malformed string")),
        };
    }
    Ok(made(class, from_parts(Some(real), imag)?))
}

fn made(class: &Ref<Class>, value: Value) -> Ref {
    if class.index == types::COMPLEX { from_value(value) } else { new_as(class.index, value) }
}

fn arguments(args: Args<'_>) -> Res<(Option<&Ref>, Option<&Ref>)> {
    let many = args.all.len();
    if many > 2 {
        return Err(type_error!("complex() takes at most 2 arguments ({many} given)"));
    }
    let positional = args.positional();
    let mut values = [positional.first(), positional.get(1)];
    for (name, value) in args.keywords() {
        let name = name.to_text();
        let place = match &*name {
            "real" => 0,
            "imag" => 1,
            _ => return Err(crate::native::unexpected_keyword("complex", &name, ["real", "imag"])),
        };
        if values[place].is_some() {
            return Err(type_error!(
                "argument for complex() given by name ('{name}') and position ({})",
                place + 1
            ));
        }
        values[place] = Some(value);
    }
    Ok((values[0], values[1]))
}

fn from_parts(real: Option<&Ref>, imag: Option<&Ref>) -> Res<Value> {
    if imag.is_some_and(|imag| imag.has_layout::<Str>()) {
        return Err(type_error!("complex() second arg can't be a string"));
    }
    let first = match real {
        Some(real) => first_part(real)?,
        None => (Value { real: 0.0, imag: 0.0 }, false),
    };
    let Some(imag) = imag else { return Ok(first.0) };
    if !is_number(imag) {
        let class = Class::of(imag).short_name();
        return Err(type_error!("complex() second argument must be a number, not '{class}'"));
    }
    let (mut result, is_complex) = first;
    let second = match value(imag) {
        // A complex second part turns its imaginary part into a real one.
        Some(value) => {
            result.real -= value.imag;
            value.real
        }
        None => number::to_float(imag)?,
    };
    result.imag = if is_complex { second + result.imag } else { second };
    Ok(result)
}

/// The value of the first argument, and whether it is a complex number.
fn first_part(object: &Ref) -> Res<(Value, bool)> {
    let special = if object.is_exact::<super::Complex>() { None } else { complex_method(object)? };
    let object = special.as_ref().unwrap_or(object);
    if let Some(value) = value(object) {
        return Ok((value, true));
    }
    if !is_number(object) {
        let class = Class::of(object).short_name();
        return Err(type_error!("complex() first argument must be a string or a number, not '{class}'"));
    }
    Ok((Value { real: number::to_float(object)?, imag: 0.0 }, false))
}

fn is_number(object: &Ref) -> bool {
    let slots = &Class::of(object).slots.0;
    slots.float.get().is_some() || slots.index.get().is_some() || value(object).is_some()
}

/// What `__complex__` gives, if the object has it.
fn complex_method(object: &Ref) -> Res<Option<Ref>> {
    if float::value(object).is_some() || int::is_int(object) {
        return Ok(None);
    }
    let Some(method) = attribute::lookup_special(object, &names().__complex__)? else { return Ok(None) };
    let result = call::call(&method, &[])?;
    if value(&result).is_none() {
        let class = Class::of(&result).short_name();
        return Err(type_error!("__complex__ returned non-complex (type {class})"));
    }
    if !result.is_exact::<super::Complex>() {
        crate::warning::warn_strict_subclass("__complex__", "complex", &result)?;
    }
    Ok(Some(result))
}
