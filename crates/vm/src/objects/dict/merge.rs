//! Copying and merging dictionaries.

use ouro_heap::{Interior, Ref, Table, alloc_untracked};

use super::{Change, Dict, class::track_as, contains, iterators, set, set_hashed};
use crate::{
    error::{Res, raise_with},
    objects::{class::Class, exception::ExceptionKind, tuple::Tuple},
    protocol::{attribute, call, item, iterate},
    runtime_error,
    state::names,
    type_error, value_error,
};

/// A copy as an exact dictionary.
pub fn copy(dict: &Ref<Dict>) -> Res<Ref<Dict>> {
    if is_plain(dict.as_any()) {
        let table = dict.table.with(Table::duplicate)?;
        let result = alloc_untracked(Dict { table: Interior::new(table) });
        track_as(&result, dict);
        return Ok(result);
    }
    let result = super::new();
    merge(&result, dict.as_any())?;
    Ok(result)
}

/// Removes all items.
pub fn clear(dict: &Ref<Dict>) -> Res<()> {
    let _change = Change::begin(dict)?;
    drop(dict.table.take());
    Ok(())
}

/// Whether a dictionary can be read directly: its class has not overridden `__iter__`.
pub fn is_plain(dict: &Ref) -> bool {
    dict.is_exact::<Dict>()
        || Class::of(dict)
            .slots
            .0
            .iter
            .get()
            .is_some_and(|slot| std::ptr::fn_addr_eq(slot, iterators::ITER_KEYS))
}

/// `dict.update(other)`: from anything with keys, or from pairs.
pub fn update_from(dict: &Ref<Dict>, other: &Ref) -> Res<()> {
    if other.is_exact::<Dict>() || attribute::get_optional(other, &names().keys)?.is_some() {
        return merge(dict, other);
    }
    merge_pairs(dict, other)
}

/// Adds the items of a mapping; keys that are there already get the new value.
pub fn merge(dict: &Ref<Dict>, other: &Ref) -> Res<()> {
    match other.downcast::<Dict>().filter(|_| is_plain(other)) {
        Some(source) => merge_dict(dict, source),
        None => merge_by_keys(dict, other, false),
    }
}

/// Adds the items of a mapping; KeyError for the first key that is there already.
pub fn merge_distinct(dict: &Ref<Dict>, other: &Ref) -> Res<()> {
    match other.downcast::<Dict>().filter(|_| is_plain(other)) {
        Some(source) if dict.is_empty() => merge_dict(dict, source),
        Some(source) => source.snapshot().into_iter().try_for_each(|(key, value)| {
            check_distinct(dict, &key)?;
            set(dict, &key, value)
        }),
        None => merge_by_keys(dict, other, true),
    }
}

fn check_distinct(dict: &Ref<Dict>, key: &Ref) -> Res<()> {
    if contains(dict, key)? { Err(raise_with(ExceptionKind::KeyError, vec![key.clone()])) } else { Ok(()) }
}

fn merge_by_keys(dict: &Ref<Dict>, other: &Ref, distinct: bool) -> Res<()> {
    let keys = call::call_method(other, &names().keys, &[])?;
    let keys = iterate::collect_or(&keys, || {
        let class = Class::of(other).short_name();
        type_error!("{class}.keys() returned a non-iterable (type {})", Class::of(&keys).short_name())
    })?;
    for key in keys {
        if distinct {
            check_distinct(dict, &key)?;
        }
        let value = item::get(other, &key)?;
        set(dict, &key, value)?;
    }
    Ok(())
}

fn merge_dict(dict: &Ref<Dict>, source: &Ref<Dict>) -> Res<()> {
    if dict.is(source) || source.is_empty() {
        return Ok(());
    }
    if dict.is_empty() {
        // The copy is made first, so that the two are never borrowed together.
        let copy = source.table.with(Table::duplicate)?;
        let _change = Change::begin(dict)?;
        let old = dict.table.replace(copy);
        track_as(dict, source);
        drop(old);
        return Ok(());
    }
    let mut position = 0;
    let end = source.table.with(|table| table.end());
    while let Some((at, hash, key, value)) = source.next_hashed(position) {
        set_hashed(dict, &key, hash, value)?;
        if source.table.with(|table| table.end()) != end {
            return Err(runtime_error!("dict mutated during update"));
        }
        position = at + 1;
    }
    Ok(())
}

fn merge_pairs(dict: &Ref<Dict>, pairs: &Ref) -> Res<()> {
    let mut number = 0;
    iterate::for_each(pairs, |pair| {
        // By far the most: it keeps both alive.
        if pair.is_exact::<Tuple>()
            && let Some([key, value]) = pair.payload::<Tuple>().map(|tuple| tuple.items())
        {
            set(dict, key, value.clone())?;
            number += 1;
            return Ok(());
        }
        let items = iterate::collect_or(&pair, || {
            type_error!("cannot convert dictionary update sequence element #{number} to a sequence")
        })?;
        let [key, value] = items.as_slice() else {
            let len = items.len();
            return Err(value_error!(
                "dictionary update sequence element #{number} has length {len}; 2 is required"
            ));
        };
        set(dict, key, value.clone())?;
        number += 1;
        Ok(())
    })
}

impl Dict {
    /// The next live entry at or behind a position: its position, key and value.
    #[inline]
    pub fn next_from(&self, position: usize) -> Option<(usize, Ref, Ref)> {
        self.table
            .with(|table| table.next_entry(position).map(|(at, key, value)| (at, key.clone(), value.clone())))
    }

    /// The same with the key's hash.
    #[inline]
    pub(crate) fn next_hashed(&self, position: usize) -> Option<(usize, i64, Ref, Ref)> {
        self.table.with(|table| {
            let (at, _, _) = table.next_entry(position)?;
            table.entry(at).map(|(hash, key, value)| (at, hash, key.clone(), value.clone()))
        })
    }
}
