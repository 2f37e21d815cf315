//! `bytes` and `bytearray`: searching.

use std::ops::Range;

use ouro_heap::Ref;

use super::{Kind, View, like, require};
use crate::{
    error::Res,
    objects::{
        arguments::{self, has_index, name_of, name_or_none},
        bool_, int,
        tuple::Tuple,
        units::search,
    },
    protocol::number,
    type_error, value_error,
};

/// What is searched for: bytes, or an int that stands for one.
fn needle(object: &Ref) -> Res<View> {
    if let Some(view) = like(object)? {
        return Ok(view);
    }
    if !has_index(object) {
        return Err(type_error!(
            "argument should be integer or bytes-like object, not '{}'",
            name_of(object)
        ));
    }
    Ok(View::Copied(vec![needle_byte(object)?]))
}

/// An int that stands for a byte.
fn needle_byte(object: &Ref) -> Res<u8> {
    let value = int::as_i64(&number::index(object)?);
    value
        .and_then(|value| u8::try_from(value).ok())
        .ok_or_else(|| value_error!("byte must be in range(0, 256)"))
}

/// The bounds, taken before the bytes are looked at: they may run Python code.
fn bounds(args: &[Ref]) -> Res<(isize, isize)> {
    Ok((arguments::bound(args.get(2), 0)?, arguments::bound(args.get(3), isize::MAX)?))
}

fn found<K: Kind>(args: &[Ref], search: impl Fn(&[u8], &[u8]) -> Option<usize>) -> Res<Option<usize>> {
    let (start, end) = bounds(args)?;
    let needle = needle(&args[1])?;
    Ok(K::with(&args[0], |data| {
        let range = search::range(start, end, data.len())?;
        let start = range.start;
        search(&data[range], &needle).map(|found| found + start)
    }))
}

fn or_minus_one(found: Option<usize>) -> Res {
    Ok(found.map_or_else(|| int::new(-1), int::from_usize))
}

fn or_error(found: Option<usize>) -> Res {
    found.map(int::from_usize).ok_or_else(|| value_error!("subsection not found"))
}

pub(super) fn find<K: Kind>(args: &[Ref]) -> Res {
    or_minus_one(found::<K>(args, search::find)?)
}

pub(super) fn rfind<K: Kind>(args: &[Ref]) -> Res {
    or_minus_one(found::<K>(args, search::rfind)?)
}

pub(super) fn index<K: Kind>(args: &[Ref]) -> Res {
    or_error(found::<K>(args, search::find)?)
}

pub(super) fn rindex<K: Kind>(args: &[Ref]) -> Res {
    or_error(found::<K>(args, search::rfind)?)
}

pub(super) fn count<K: Kind>(args: &[Ref]) -> Res {
    let (start, end) = bounds(args)?;
    let needle = needle(&args[1])?;
    let count = K::with(&args[0], |data| {
        search::range(start, end, data.len()).map_or(0, |range| search::count(&data[range], &needle))
    });
    Ok(int::from_usize(count))
}

/// `element in data`
pub(crate) fn contains<K: Kind>(object: &Ref, element: &Ref) -> Res<bool> {
    if let Some(value) = int::as_i64(element) {
        let Ok(byte) = u8::try_from(value) else { return Err(value_error!("byte must be in range(0, 256)")) };
        return Ok(K::with(object, |data| memchr::memchr(byte, data).is_some()));
    }
    if has_index(element) {
        let byte = needle_byte(element)?;
        return Ok(K::with(object, |data| memchr::memchr(byte, data).is_some()));
    }
    let needle = require(element)?;
    Ok(K::with(object, |data| search::find(data, &needle).is_some()))
}

fn has_affix<K: Kind>(object: &Ref, affix: &[u8], bounds: (isize, isize), at_end: bool) -> bool {
    K::with(object, |data| {
        let Some(range) = search::range(bounds.0, bounds.1, data.len()) else { return false };
        if at_end { data[range].ends_with(affix) } else { data[range].starts_with(affix) }
    })
}

fn affix_method<K: Kind>(function: &str, args: &[Ref], at_end: bool) -> Res {
    let bounds = bounds(args)?;
    if let Some(tuple) = args[1].payload::<Tuple>() {
        for item in tuple.items() {
            if has_affix::<K>(&args[0], &require(item)?, bounds, at_end) {
                return Ok(bool_::new(true));
            }
        }
        return Ok(bool_::new(false));
    }
    let Some(affix) = like(&args[1])? else {
        let name = name_or_none(&args[1]);
        return Err(type_error!("{function} first arg must be bytes or a tuple of bytes, not {name}"));
    };
    Ok(bool_::new(has_affix::<K>(&args[0], &affix, bounds, at_end)))
}

pub(super) fn startswith<K: Kind>(args: &[Ref]) -> Res {
    affix_method::<K>("startswith", args, false)
}

pub(super) fn endswith<K: Kind>(args: &[Ref]) -> Res {
    affix_method::<K>("endswith", args, true)
}

/// The part of the bytes that a function of them chooses, as a new object.
pub(super) fn part<K: Kind>(object: &Ref, choose: impl FnOnce(&[u8]) -> Range<usize>) -> Res {
    let chosen = K::with(object, |data| {
        let range = choose(data);
        (range.len() < data.len()).then(|| K::make(&data[range]))
    });
    chosen.unwrap_or_else(|| K::same(object))
}

pub(super) fn removeprefix<K: Kind>(args: &[Ref]) -> Res {
    let prefix = require(&args[1])?;
    part::<K>(
        &args[0],
        |data| if data.starts_with(&prefix) { prefix.len()..data.len() } else { 0..data.len() },
    )
}

pub(super) fn removesuffix<K: Kind>(args: &[Ref]) -> Res {
    let suffix = require(&args[1])?;
    part::<K>(
        &args[0],
        |data| {
            if data.ends_with(&suffix) { 0..data.len() - suffix.len() } else { 0..data.len() }
        },
    )
}
