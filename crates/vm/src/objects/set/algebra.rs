//! The algebra of sets, step by step as CPython's, since the order of the results' elements depends on the steps.

use ouro_heap::Ref;

use super::{
    Set, add, add_hashed, clear, contains_hashed, discard_hashed, find, for_each, for_each_behind,
    for_each_hashed, new_as, quiet, reserve,
};
use crate::{
    error::Res,
    objects::{
        dict::{self, Dict},
        list::List,
        sequence::quick_equal,
        tuple::Tuple,
    },
    protocol::object,
    types,
};

/// The class of a result: set or frozenset, whichever the operand's class derives from.
pub(super) fn base_index(set: &Ref) -> u32 {
    match set.header().type_index() {
        index @ (types::SET | types::FROZENSET) => index,
        _ if super::frozen::is_frozen(set) => types::FROZENSET,
        _ => types::SET,
    }
}

/// A copy of a set with the given class.
pub(super) fn copy_as(index: u32, source: &Ref) -> Res<Ref<Set>> {
    let set = new_as(index);
    update(&set, source)?;
    Ok(set)
}

/// A copy of a set with the given class, into which another one is going to be merged.
pub(super) fn copy_for_union(index: u32, source: &Ref, other: &Ref) -> Res<Ref<Set>> {
    let (Some(source), Some(other)) = (source.payload::<Set>(), other.payload::<Set>()) else {
        return copy_as(index, source);
    };
    let set = new_as(index);
    source.table.with(|source| set.table.with_mut(|table| table.copy_from(source, other.len())))?;
    Ok(set)
}

/// `set.update(iterable)`
pub fn update(set: &Ref<Set>, iterable: &Ref) -> Res<()> {
    if let Some(other) = iterable.payload::<Set>() {
        return merge(set, iterable, other);
    }
    if iterable.is_exact::<Dict>()
        && let Some(dict) = iterable.payload::<Dict>()
    {
        reserve(set, dict.len())?;
    }
    if iterable.is_exact::<List>()
        && let Some(list) = iterable.payload::<List>()
    {
        let mut place = list.items.with(|items| quiet::merge_items(set, items))?;
        while let Some(item) = list.get(place) {
            add(set, &item)?;
            place += 1;
        }
        return Ok(());
    }
    if iterable.is_exact::<Tuple>()
        && let Some(tuple) = iterable.payload::<Tuple>()
    {
        let done = quiet::merge_items(set, tuple.items())?;
        return tuple.items()[done..].iter().try_for_each(|item| add(set, item).map(drop));
    }
    for_each_hashed(iterable, |key, hash| add_hashed(set, key, hash).map(|_| ()))
}

fn merge(set: &Ref<Set>, object: &Ref, other: &Set) -> Res<()> {
    if set.as_any().is(object) || other.is_empty() {
        return Ok(());
    }
    // Nothing is there yet, so nothing needs to be compared. Deleted places may go when the table grows.
    let is_fresh = || set.table.with(|table| table.fill() == 0);
    if !is_fresh() {
        reserve(set, other.len())?;
    }
    if is_fresh() {
        other.table.with(|source| set.table.with_mut(|table| table.copy_from(source, 0)))?;
        return Ok(());
    }
    let done = quiet::merge(set, other)?;
    for_each_behind(other, done, |key, hash| add_hashed(set, key, hash).map(|_| ()))
}

/// `set.difference_update(iterable)`
pub fn difference_update(set: &Ref<Set>, iterable: &Ref) -> Res<()> {
    if set.as_any().is(iterable) {
        clear(set);
        return Ok(());
    }
    match iterable.payload::<Set>() {
        Some(other) if other.len() >> 3 > set.len() => {
            // Of a much larger set only the common part matters.
            let common = intersection(set.as_any(), iterable)?;
            for_each(&common, |key, hash| discard_hashed(set, key, hash).map(|_| ()))?;
        }
        Some(other) => for_each(other, |key, hash| discard_hashed(set, key, hash).map(|_| ()))?,
        None => crate::protocol::iterate::for_each(iterable, |key| {
            let hash = dict::key_hash(&key)?;
            discard_hashed(set, &key, hash).map(|_| ())
        })?,
    }
    Ok(set.table.with_mut(|table| table.sweep())?)
}

/// `set.difference(iterable)`
pub(super) fn difference(object: &Ref, iterable: &Ref) -> Res<Ref<Set>> {
    let set = super::this(object)?;
    let index = base_index(object);
    let dict = if iterable.is_exact::<Dict>() { iterable.payload::<Dict>() } else { None };
    let other_len = match (iterable.payload::<Set>(), dict) {
        (Some(other), _) => Some(other.len()),
        (_, Some(dict)) => Some(dict.len()),
        _ => None,
    };
    // If the other is small or of unknown size, its elements are taken out of a copy.
    if other_len.is_none_or(|len| set.len() >> 2 > len) {
        let result = copy_as(index, object)?;
        difference_update(&result, iterable)?;
        return Ok(result);
    }
    let result = new_as(index);
    let done = match iterable.payload::<Set>() {
        Some(other) => quiet::sift(set, other, false, &result)?,
        None => 0,
    };
    for_each_behind(set, done, |key, hash| {
        let there = match (iterable.payload::<Set>(), dict) {
            (Some(other), _) => contains_hashed(other, key, hash)?,
            (_, Some(dict)) => dict::get_hashed(dict, key, hash)?.is_some(),
            _ => false,
        };
        if !there {
            add_hashed(&result, key, hash)?;
        }
        Ok(())
    })?;
    Ok(result)
}

/// `set.intersection(iterable)`
pub(super) fn intersection(object: &Ref, iterable: &Ref) -> Res<Ref<Set>> {
    let set = super::this(object)?;
    let index = base_index(object);
    if object.is(iterable) {
        return copy_as(index, object);
    }
    let result = new_as(index);
    let keep = |within: &Set, key: &Ref, hash: i64| {
        if contains_hashed(within, key, hash)? {
            add_hashed(&result, key, hash)?;
        }
        Ok(())
    };
    match iterable.payload::<Set>() {
        Some(other) => {
            // The smaller one is walked.
            let (small, large): (&Set, &Set) =
                if other.len() > set.len() { (set, other) } else { (other, set) };
            let done = quiet::sift(small, large, true, &result)?;
            for_each_behind(small, done, |key, hash| keep(large, key, hash))?;
        }
        None => crate::protocol::iterate::for_each(iterable, |key| {
            let hash = dict::key_hash(&key)?;
            keep(set, &key, hash)
        })?,
    }
    Ok(result)
}

/// `set.symmetric_difference_update(iterable)`
pub fn symmetric_difference_update(set: &Ref<Set>, iterable: &Ref) -> Res<()> {
    if set.as_any().is(iterable) {
        clear(set);
        return Ok(());
    }
    let flip = |key: &Ref, hash: i64| {
        if !discard_hashed(set, key, hash)? {
            add_hashed(set, key, hash)?;
        }
        Ok(())
    };
    if let Some(other) = iterable.payload::<Set>() {
        let done = quiet::flip(set, other)?;
        return for_each_behind(other, done, flip);
    }
    if iterable.is_exact::<Dict>() {
        return for_each_hashed(iterable, flip);
    }
    let other = copy_as(base_index(set.as_any()), iterable)?;
    for_each(&other, flip)
}

/// `set.symmetric_difference(iterable)`
pub(super) fn symmetric_difference(object: &Ref, iterable: &Ref) -> Res<Ref<Set>> {
    let set = super::this(object)?;
    let result = copy_as(base_index(object), iterable)?;
    symmetric_difference_update(&result, set.as_any())?;
    Ok(result)
}

/// The same where no code has to run to tell.
fn is_plain_subset(set: &Set, other: &Set) -> Option<bool> {
    set.table.with(|table| {
        other.table.with(|other| {
            if table.is_same_small(other) {
                return Some(true);
            }
            for (hash, key) in table.iter() {
                if !other.look_up(hash, |candidate| quick_equal(candidate, key)).told()? {
                    return Some(false);
                }
            }
            Some(true)
        })
    })
}

/// Whether all elements of `set` are in `other`.
pub(super) fn is_subset(set: &Set, other: &Set) -> Res<bool> {
    if set.len() > other.len() {
        return Ok(false);
    }
    if let Some(found) = is_plain_subset(set, other) {
        return Ok(found);
    }
    let mut place = 0;
    while let Some((at, hash, key)) = set.next_from(place) {
        if !contains_hashed(other, &key, hash)? {
            return Ok(false);
        }
        place = at + 1;
    }
    Ok(true)
}

/// `set.isdisjoint(iterable)`
pub(super) fn is_disjoint(object: &Ref, iterable: &Ref) -> Res<bool> {
    let set = super::this(object)?;
    if object.is(iterable) {
        return Ok(set.is_empty());
    }
    if let Some(other) = iterable.payload::<Set>() {
        let (small, large): (&Set, &Set) = if other.len() > set.len() { (set, other) } else { (other, set) };
        let mut place = 0;
        while let Some((at, hash, key)) = small.next_from(place) {
            if contains_hashed(large, &key, hash)? {
                return Ok(false);
            }
            place = at + 1;
        }
        return Ok(true);
    }
    let iterator = crate::protocol::iterate::iter(iterable)?;
    while let Some(key) = crate::protocol::iterate::next(&iterator)? {
        let hash = object::hash(&key)?;
        if let super::Place::At(_) = find(set, &key, hash)? {
            return Ok(false);
        }
    }
    Ok(true)
}
