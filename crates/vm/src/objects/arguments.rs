//! How the methods of sequences read their arguments, with CPython's words where they are wrong.

use ouro_heap::Ref;

use crate::{
    attribute_error,
    error::{Raised, Res},
    index_error,
    objects::{
        class::Class,
        dict, int,
        str::{Str, StrExt},
        tuple,
    },
    overflow_error,
    protocol::number,
    state::{names, shared, vm},
    type_error,
};

/// Whether an object is None.
#[inline]
pub fn is_none(object: &Ref) -> bool {
    object.is(&shared().none)
}

/// An optional argument, None taken as left out.
#[inline]
pub fn given(argument: Option<&Ref>) -> Option<&Ref> {
    argument.filter(|argument| !is_none(argument))
}

/// Whether an object has `__index__`.
#[inline]
pub fn has_index(object: &Ref) -> bool {
    int::is_int(object) || Class::of(object).slots.0.index.get().is_some()
}

/// A bound as `find` takes it: None or left out is the default, large values are clamped.
pub fn bound(argument: Option<&Ref>, default: isize) -> Res<isize> {
    let Some(object) = given(argument) else { return Ok(default) };
    if let Some(value) = int::as_i64(object) {
        return Ok(value as isize);
    }
    if !has_index(object) {
        return Err(type_error!("slice indices must be integers or None or have an __index__ method"));
    }
    number::as_isize_clamped(object)
}

/// A size (`Py_ssize_t`).
pub fn size(object: &Ref) -> Res<isize> {
    if let Some(value) = int::as_i64(object) {
        return Ok(value as isize);
    }
    let value = number::index(object)?;
    match int::as_i64(&value) {
        Some(value) => Ok(value as isize),
        None => Err(overflow_error!("Python int too large to convert to C ssize_t")),
    }
}

/// A limit of cuts or replacements: a negative one is none.
pub fn limit(argument: Option<&Ref>) -> Res<usize> {
    Ok(match argument {
        Some(object) => usize::try_from(size(object)?).unwrap_or(usize::MAX),
        None => usize::MAX,
    })
}

/// A C int.
pub fn c_int(object: &Ref) -> Res<i32> {
    let value = number::index(object)?;
    match int::as_i64(&value).map(i32::try_from) {
        Some(Ok(value)) => Ok(value),
        _ => Err(overflow_error!("Python int too large to convert to C int")),
    }
}

/// How often a sequence is to be repeated; nothing if the object is no number for that. A negative count is zero.
pub fn repeat_count(count: &Ref) -> Res<usize> {
    if let Some(value) = int::as_i64(count) {
        return Ok(usize::try_from(value).unwrap_or(0));
    }
    let value = number::index(count)?;
    match int::as_i64(&value) {
        Some(value) => Ok(usize::try_from(value).unwrap_or(0)),
        None => Err(too_large()),
    }
}

fn too_large() -> Raised {
    overflow_error!("cannot fit 'int' into an index-sized integer")
}

/// The place that an index means in a sequence; negative ones count from the end. The length is asked for after
/// `__index__` has run.
pub fn place(key: &Ref, len: impl FnOnce() -> usize, out_of_range: &str) -> Res<usize> {
    let index = match int::as_i64(key) {
        Some(value) => value,
        None => match int::as_i64(&number::index(key)?) {
            Some(value) => value,
            None => return Err(index_error!("cannot fit '{}' into an index-sized integer", name_of(key))),
        },
    };
    let len = len();
    let place = if index < 0 { index + len as i64 } else { index };
    match usize::try_from(place) {
        Ok(place) if place < len => Ok(place),
        _ => Err(index_error!("{out_of_range}")),
    }
}

/// A string argument of a method, by position.
pub fn text<'a>(function: &str, position: usize, object: &'a Ref) -> Res<&'a Ref<Str>> {
    object.downcast::<Str>().ok_or_else(|| {
        type_error!("{function}() argument {position} must be str, not {}", name_or_none(object))
    })
}

/// A string argument of a method, by name; nothing if it is left out.
pub fn keyword_text<'a>(function: &str, name: &str, argument: Option<&'a Ref>) -> Res<Option<&'a Ref<Str>>> {
    let Some(object) = argument else { return Ok(None) };
    match object.downcast::<Str>() {
        Some(text) => Ok(Some(text)),
        None => Err(type_error!("{function}() argument '{name}' must be str, not {}", name_or_none(object))),
    }
}

/// The class name of an object, for messages.
pub fn name_of(object: &Ref) -> String {
    Class::of(object).full_name()
}

/// The same; None is called `None`, as CPython's argument parser does it.
pub fn name_or_none(object: &Ref) -> String {
    if is_none(object) { "None".to_owned() } else { name_of(object) }
}

/// What `__reduce__` of an iterator over a sequence gives: how to make it again, over `empty` if it is
/// exhausted.
pub fn iter_state(sequence: Option<Ref>, index: usize, empty: Ref) -> Res {
    let iter = builtin(&names().iter)?;
    Ok(match sequence {
        Some(sequence) => {
            tuple::from_vec(vec![iter, tuple::from_vec(vec![sequence]).into_any(), int::from_usize(index)])
                .into_any()
        }
        None => tuple::pair(iter, tuple::from_vec(vec![empty]).into_any()),
    })
}

/// The same for `reversed`; at the end the iterator is one over nothing.
pub fn reversed_state(sequence: Option<Ref>, index: Ref, empty: Ref) -> Res {
    let Some(sequence) = sequence else { return iter_state(None, 0, empty) };
    let reversed = builtin(&super::str::intern("reversed"))?;
    Ok(tuple::triple(reversed, tuple::from_vec(vec![sequence]).into_any(), index))
}

/// The same for one that is at its end, by way of an empty sequence of its kind.
pub fn reversed_nothing(empty: Ref) -> Res {
    Ok(tuple::pair(builtin(&super::str::intern("reversed"))?, tuple::from_vec(vec![empty]).into_any()))
}

/// What makes an iterator again that has no place: one over a list of all that it would give. The iterator itself is
/// not moved by the copy that is walked here.
pub fn listed_state(copy: &Ref) -> Res {
    let items = super::list::object_from_vec(crate::protocol::iterate::collect(copy)?)?;
    Ok(tuple::pair(builtin(&names().iter)?, tuple::from_vec(vec![items]).into_any()))
}

/// A function of the module `builtins`.
fn builtin(name: &Ref<Str>) -> Res {
    let found = vm().slots.builtins.get().and_then(|builtins| dict::get_str(&builtins, name));
    found.ok_or_else(|| attribute_error!("module 'builtins' has no attribute '{}'", name.to_text()))
}
