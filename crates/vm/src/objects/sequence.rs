//! What lists and tuples have in common: indices, repetition, comparison, search, `repr`.

use ouro_bytecode::opcode::Comparison;
use ouro_heap::{OutOfMemory, Ref};

use crate::{
    error::{Raised, Res, raise_one, raise_with},
    index_error,
    objects::{
        bool_,
        class::Class,
        exception::ExceptionKind,
        float::Float,
        int,
        set::Set,
        str::{self, Str, StrExt},
        tuple::Tuple,
    },
    overflow_error,
    protocol::{compare, number, object},
    type_error, types,
};

/// The bytes that an object really occupies on the heap: its block, and storage of its own.
pub fn size_with_storage(object: &Ref, storage: usize) -> Ref {
    int::from_usize(ouro_heap::walk::object_size(object) + storage)
}

/// An index given as an argument (`list.insert`): OverflowError if it is too large.
pub fn argument_index(object: &Ref) -> Res<isize> {
    if let Some(value) = int::as_i64(object) {
        return Ok(value as isize);
    }
    let index = number::index(object)?;
    match int::as_i64(&index) {
        Some(value) => Ok(value as isize),
        None => Err(overflow_error!("Python int too large to convert to C ssize_t")),
    }
}

/// A bound given as an argument (`list.index(x, start, stop)`): clamped to what a length can be.
pub fn argument_bound(object: &Ref) -> Res<isize> {
    if int::is_int(object) || Class::of(object).slots.0.index.get().is_some() {
        return number::as_isize_clamped(object);
    }
    Err(type_error!("slice indices must be integers or have an __index__ method"))
}

/// A subscript that is not a slice; `kind` names the sequence in the error.
#[inline]
pub fn subscript(key: &Ref, kind: &str) -> Res<isize> {
    match key.payload::<int::Int>() {
        Some(int) => Ok(int.value.get() as isize),
        None => subscript_slow(key, kind),
    }
}

#[cold]
fn subscript_slow(key: &Ref, kind: &str) -> Res<isize> {
    if !int::is_int(key) && Class::of(key).slots.0.index.get().is_none() {
        let class = Class::of(key).short_name();
        return Err(type_error!("{kind} indices must be integers or slices, not {class}"));
    }
    let index = number::index(key)?;
    match int::as_i64(&index) {
        Some(value) => Ok(value as isize),
        None => Err(index_error!("cannot fit '{}' into an index-sized integer", Class::of(key).short_name())),
    }
}

/// The place that a subscript names in a sequence of `len` items.
#[inline(always)]
pub fn place(index: isize, len: usize) -> Option<usize> {
    let index = if index < 0 { index.wrapping_add(len as isize) } else { index };
    if (index as usize) < len && index >= 0 { Some(index as usize) } else { None }
}

/// The factor of a repetition, zero for negative ones.
pub fn repeat_count(count: &Ref) -> Res<usize> {
    if let Some(value) = int::as_i64(count) {
        return Ok(value.max(0) as usize);
    }
    let index = number::index(count)?;
    match int::as_i64(&index) {
        Some(value) => Ok(value.max(0) as usize),
        None => {
            Err(overflow_error!("cannot fit '{}' into an index-sized integer", Class::of(count).short_name()))
        }
    }
}

/// The number of items of a repetition; MemoryError if there cannot be so many.
pub fn repeated_len(len: usize, count: usize) -> Res<usize> {
    match len.checked_mul(count).filter(|&total| total <= isize::MAX as usize / size_of::<Ref>()) {
        Some(total) => Ok(total),
        None => Err(out_of_memory()),
    }
}

/// MemoryError
pub fn out_of_memory() -> Raised {
    raise_with(ExceptionKind::MemoryError, Vec::new())
}

/// KeyError with the key as its argument.
pub fn key_error(key: &Ref) -> Raised {
    // A tuple would be taken for several arguments by some readers of `args`, but CPython's `_PyErr_SetKeyError`
    // wraps it just so.
    raise_one(ExceptionKind::KeyError, key.clone())
}

/// Whether two objects are equal, where no Python code is needed to tell.
#[inline(always)]
pub fn quick_equal(left: &Ref, right: &Ref) -> Option<bool> {
    if left.is(right) {
        return Some(true);
    }
    let (left_index, right_index) = (left.header().type_index(), right.header().type_index());
    if left_index == right_index {
        if left_index == types::INT {
            return Some(left.payload::<int::Int>()?.value == right.payload::<int::Int>()?.value);
        }
        if left_index == types::STR {
            return Some(str::equal(left.downcast::<Str>()?, right.downcast::<Str>()?));
        }
    }
    quick_equal_others(left, right)
}

/// The types that are less frequent.
fn quick_equal_others(left: &Ref, right: &Ref) -> Option<bool> {
    match (left.header().type_index(), right.header().type_index()) {
        (types::FLOAT, types::FLOAT) => {
            Some(left.payload::<Float>()?.value == right.payload::<Float>()?.value)
        }
        (types::TUPLE, types::TUPLE) => {
            let (left, right) = (left.payload::<Tuple>()?.items(), right.payload::<Tuple>()?.items());
            if left.len() != right.len() {
                // Which items of them compare can be seen, so that nothing is left out.
                return None;
            }
            for (left, right) in left.iter().zip(right) {
                if !quick_equal_atoms(left, right)? {
                    return Some(false);
                }
            }
            Some(true)
        }
        (types::FROZENSET, types::FROZENSET) => {
            let (left, right) = (left.payload::<Set>()?, right.payload::<Set>()?);
            left.table.with(|left| right.table.with(|right| left.is_same_small(right))).then_some(true)
        }
        (types::INT | types::FLOAT | types::TUPLE | types::NONE, types::STR | types::NONE)
        | (types::STR | types::NONE, types::INT | types::FLOAT | types::TUPLE | types::NONE) => Some(false),
        _ => None,
    }
}

/// Whether two numbers or strings are equal.
#[inline]
fn quick_equal_atoms(left: &Ref, right: &Ref) -> Option<bool> {
    if left.is(right) {
        return Some(true);
    }
    match (left.header().type_index(), right.header().type_index()) {
        (types::INT, types::INT) => {
            Some(left.payload::<int::Int>()?.value == right.payload::<int::Int>()?.value)
        }
        (types::STR, types::STR) => Some(str::equal(left.downcast::<Str>()?, right.downcast::<Str>()?)),
        (types::FLOAT, types::FLOAT) => {
            Some(left.payload::<Float>()?.value == right.payload::<Float>()?.value)
        }
        _ => None,
    }
}

/// How many items at the start of two sequences are equal without a doubt.
pub fn equal_prefix(left: &[Ref], right: &[Ref]) -> usize {
    left.iter().zip(right).take_while(|(left, right)| quick_equal(left, right) == Some(true)).count()
}

/// Compares two sequences item by item from `place` on, all before it being equal. `pair` gives the items at a place
/// while both have one; lengths are asked again at the end, since comparing may change them.
pub fn compare_items(
    comparison: Comparison,
    mut place: usize,
    pair: impl Fn(usize) -> Option<(Ref, Ref)>,
    lengths: impl Fn() -> (usize, usize),
) -> Res {
    while let Some((a, b)) = pair(place) {
        if !compare::equal(&a, &b)? {
            let (left, right) = lengths();
            if place >= left || place >= right {
                // The comparison took away the very items that differed: only the lengths are left.
                break;
            }
            return match comparison {
                Comparison::Eq => Ok(bool_::new(false)),
                Comparison::Ne => Ok(bool_::new(true)),
                _ => compare::rich(&a, &b, comparison),
            };
        }
        place += 1;
    }
    let (left, right) = lengths();
    Ok(bool_::new(compare::holds(comparison, left.cmp(&right))))
}

/// The text of a container: `open`, the pieces with commas between, `close`.
pub fn enclosed(open: &str, pieces: &[Ref<Str>], close: &str) -> Res {
    if pieces.iter().all(|piece| piece.is_ascii()) {
        let total: usize = pieces.iter().map(|piece| piece.storage().len() + 2).sum();
        ouro_heap::allocate::check_request(total)?;
        let mut text = Vec::with_capacity(open.len() + total + close.len());
        text.extend_from_slice(open.as_bytes());
        for (position, piece) in pieces.iter().enumerate() {
            if position > 0 {
                text.extend_from_slice(b", ");
            }
            text.extend_from_slice(piece.storage());
        }
        text.extend_from_slice(close.as_bytes());
        return Ok(str::from_latin1(&text).into_any());
    }
    let (open, comma, close) = (str::new(open), str::new(", "), str::new(close));
    let mut parts: Vec<&Str> = Vec::with_capacity(pieces.len() * 2 + 1);
    parts.push(&open);
    for (position, piece) in pieces.iter().enumerate() {
        if position > 0 {
            parts.push(&comma);
        }
        parts.push(piece);
    }
    parts.push(&close);
    Ok(str::concat(&parts)?.into_any())
}

/// The `repr` of each item in turn; the items are asked for one by one, since a `repr` may change the container.
pub fn reprs(item: impl Fn(usize) -> Option<Ref>) -> Res<Vec<Ref<Str>>> {
    let mut pieces = Vec::new();
    while let Some(item) = item(pieces.len()) {
        if pieces.len() == pieces.capacity() {
            // A container may grow with every `repr` of an item.
            pieces.try_reserve(pieces.len().max(4)).map_err(|_| OutOfMemory)?;
        }
        pieces.push(object::repr(&item)?);
    }
    Ok(pieces)
}

/// `key: value`, as dictionaries show their items.
pub fn repr_pair(key: &Ref, value: &Ref) -> Res<Ref<Str>> {
    let (key, value) = (object::repr(key)?, object::repr(value)?);
    let colon = str::new(": ");
    str::concat(&[&key, &colon, &value])
}
