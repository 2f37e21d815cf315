//! The methods of sets and frozen sets.

use ouro_heap::Ref;

use super::{Set, algebra, class, clear, discard, discard_hashed, this, update};
use crate::{
    error::{Res, raise_with, take_if},
    native::Args,
    objects::{
        bool_,
        exception::ExceptionKind,
        list,
        sequence::{self, key_error},
        str, tuple,
    },
    state::shared,
};

pub(super) const DIFFERENCE_DOC: &str =
    "Return a new set with elements in the set that are not in the others.";
pub(super) const INTERSECTION_DOC: &str = "Return a new set with elements common to the set and all others.";
pub(super) const SYMMETRIC_DOC: &str =
    "Return a new set with elements in either the set or other but not both.";

fn none() -> Res {
    Ok(shared().none.clone())
}

/// The receiver and the other arguments of a method that takes any number of them.
fn split<'a>(args: Args<'a>, name: &str) -> Res<(&'a Ref, &'a [Ref])> {
    if let Some(receiver) = args.all.first() {
        if args.keyword_count() > 0 {
            let class = crate::objects::class::Class::of(receiver).short_name();
            args.no_keywords(&format!("{class}.{name}"))?;
        }
        return Ok((receiver, &args.all[1..]));
    }
    Err(crate::type_error!("unbound method set.{name}() needs an argument"))
}

pub(super) fn add(args: &[Ref]) -> Res {
    super::add(this(&args[0])?, &args[1])?;
    none()
}

pub(super) fn clear_method(args: &[Ref]) -> Res {
    clear(this(&args[0])?);
    none()
}

pub(super) fn copy(args: &[Ref]) -> Res {
    Ok(algebra::copy_as(algebra::base_index(&args[0]), &args[0])?.into_any())
}

/// Takes an element out; a set is looked up as the frozen set with the same elements.
fn take_out(object: &Ref, key: &Ref) -> Res<bool> {
    let set = this(object)?;
    match discard(set, key) {
        Err(raised) if key.payload::<Set>().is_some() => {
            take_if(raised, ExceptionKind::TypeError)?;
            let (frozen, hash) = class::frozen_key(key)?;
            discard_hashed(set, frozen.as_any(), hash)
        }
        result => result,
    }
}

pub(super) fn discard_method(args: &[Ref]) -> Res {
    take_out(&args[0], &args[1])?;
    none()
}

pub(super) fn remove(args: &[Ref]) -> Res {
    if take_out(&args[0], &args[1])? { none() } else { Err(key_error(&args[1])) }
}

pub(super) fn pop(args: &[Ref]) -> Res {
    match this(&args[0])?.table.with_mut(|table| table.pop()) {
        Some(key) => Ok(key),
        None => Err(raise_with(ExceptionKind::KeyError, vec![str::new("pop from an empty set").into_any()])),
    }
}

pub(super) fn union(args: Args) -> Res {
    let (set, others) = split(args, "union")?;
    let result = algebra::copy_as(algebra::base_index(set), set)?;
    for other in others.iter().filter(|other| !other.is(set)) {
        update(&result, other)?;
    }
    Ok(result.into_any())
}

pub(super) fn update_method(args: Args) -> Res {
    let (set, others) = split(args, "update")?;
    others.iter().try_for_each(|other| update(this(set)?, other))?;
    none()
}

pub(super) fn difference(args: Args) -> Res {
    let (set, others) = split(args, "difference")?;
    let Some((first, rest)) = others.split_first() else {
        return Ok(algebra::copy_as(algebra::base_index(set), set)?.into_any());
    };
    let result = algebra::difference(set, first)?;
    rest.iter().try_for_each(|other| algebra::difference_update(&result, other))?;
    Ok(result.into_any())
}

pub(super) fn difference_update_method(args: Args) -> Res {
    let (set, others) = split(args, "difference_update")?;
    others.iter().try_for_each(|other| algebra::difference_update(this(set)?, other))?;
    none()
}

fn intersection_of(set: &Ref, others: &[Ref]) -> Res<Ref> {
    let Some((first, rest)) = others.split_first() else {
        return Ok(algebra::copy_as(algebra::base_index(set), set)?.into_any());
    };
    let mut result = algebra::intersection(set, first)?.into_any();
    for other in rest {
        result = algebra::intersection(&result, other)?.into_any();
    }
    Ok(result)
}

pub(super) fn intersection(args: Args) -> Res {
    let (set, others) = split(args, "intersection")?;
    intersection_of(set, others)
}

/// Makes a set the intersection of itself and others, which may read it until the result is complete.
pub(super) fn keep_only(set: &Ref, others: &[Ref]) -> Res<()> {
    let result = intersection_of(set, others)?;
    let (set, mut table) = (this(set)?, this(&result)?.table.take());
    // As in CPython, `pop` goes on where it was.
    set.table.with(|old| table.go_on_from(old));
    let old = set.table.replace(table);
    drop(old);
    Ok(())
}

pub(super) fn intersection_update(args: Args) -> Res {
    let (set, others) = split(args, "intersection_update")?;
    keep_only(set, others)?;
    none()
}

pub(super) fn symmetric_difference(args: &[Ref]) -> Res {
    Ok(algebra::symmetric_difference(&args[0], &args[1])?.into_any())
}

pub(super) fn symmetric_difference_update_method(args: &[Ref]) -> Res {
    algebra::symmetric_difference_update(this(&args[0])?, &args[1])?;
    none()
}

pub(super) fn is_disjoint(args: &[Ref]) -> Res {
    Ok(bool_::new(algebra::is_disjoint(&args[0], &args[1])?))
}

pub(super) fn is_subset(args: &[Ref]) -> Res {
    let set = this(&args[0])?;
    if let Some(other) = args[1].payload::<Set>() {
        return Ok(bool_::new(algebra::is_subset(set, other)?));
    }
    // Any other iterable: all of the set must be among its elements.
    let common = algebra::intersection(&args[0], &args[1])?;
    Ok(bool_::new(common.len() == set.len()))
}

pub(super) fn is_superset(args: &[Ref]) -> Res {
    let set = this(&args[0])?;
    if let Some(other) = args[1].payload::<Set>() {
        return Ok(bool_::new(algebra::is_subset(other, set)?));
    }
    let iterator = crate::protocol::iterate::iter(&args[1])?;
    while let Some(key) = crate::protocol::iterate::next(&iterator)? {
        if !class::contains_slot(&args[0], &key)? {
            return Ok(bool_::new(false));
        }
    }
    Ok(bool_::new(true))
}

pub(super) fn size_of(args: &[Ref]) -> Res {
    let storage = this(&args[0])?.table.with(|table| table.storage_bytes());
    Ok(sequence::size_with_storage(&args[0], ouro_heap::buffer::occupied_bytes(storage)))
}

pub(super) fn reduce(args: &[Ref]) -> Res {
    let items = list::object_from_vec(this(&args[0])?.snapshot())?;
    let class = crate::objects::class::Class::of(&args[0]).clone().into_any();
    let state = crate::protocol::call::call_method(&args[0], &crate::state::names().__getstate__, &[])?;
    Ok(tuple::from_vec(vec![class, tuple::from_vec(vec![items]).into_any(), state]).into_any())
}
