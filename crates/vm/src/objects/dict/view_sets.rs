//! Key and item views as sets.

use ouro_bytecode::opcode::Comparison;
use ouro_heap::Ref;

use super::{
    Dict,
    views::{DictView, dict_of},
};
use crate::{
    error::Res,
    objects::{
        bool_,
        set::{self, Set},
        tuple::{self, Tuple},
    },
    protocol::{call, compare, item, iterate, object},
    state::{names, shared},
    types,
};

fn is_set_view(object: &Ref) -> bool {
    matches!(object.header().type_index(), types::DICT_KEYS | types::DICT_ITEMS)
        && object.has_layout::<DictView>()
}

pub(super) fn contains_key(view: &Ref, key: &Ref) -> Res<bool> {
    super::contains(&*dict_of(view)?, key)
}

pub(super) fn contains_item(view: &Ref, pair: &Ref) -> Res<bool> {
    let Some(pair) = pair.payload::<Tuple>() else { return Ok(false) };
    let [key, value] = pair.items() else { return Ok(false) };
    match super::get(&*dict_of(view)?, key)? {
        Some(found) => compare::equal(&found, value),
        None => Ok(false),
    }
}

fn contains(view: &Ref, element: &Ref) -> Res<bool> {
    if view.header().type_index() == types::DICT_ITEMS {
        contains_item(view, element)
    } else {
        contains_key(view, element)
    }
}

fn all_contained(inner: &Ref, outer: &Ref) -> Res<bool> {
    let iterator = iterate::iter(inner)?;
    while let Some(element) = iterate::next(&iterator)? {
        if !item::contains(outer, &element)? {
            return Ok(false);
        }
    }
    Ok(true)
}

pub(super) fn rich_compare(view: &Ref, other: &Ref, comparison: Comparison) -> Res {
    if !is_set_view(other) && !other.has_layout::<Set>() {
        return Ok(shared().not_implemented.clone());
    }
    let (len, other_len) = (object::len(view)?, object::len(other)?);
    Ok(bool_::new(match comparison {
        Comparison::Eq => len == other_len && all_contained(view, other)?,
        Comparison::Ne => !(len == other_len && all_contained(view, other)?),
        Comparison::Lt => len < other_len && all_contained(view, other)?,
        Comparison::Le => len <= other_len && all_contained(view, other)?,
        Comparison::Gt => len > other_len && all_contained(other, view)?,
        Comparison::Ge => len >= other_len && all_contained(other, view)?,
    }))
}

/// A set of the elements of an operand.
fn to_set(operand: &Ref) -> Res<Ref<Set>> {
    let result = set::new();
    if operand.header().type_index() == types::DICT_KEYS {
        let dict = dict_of(operand)?.into_any();
        // The keys of a plain dictionary have their hashes at hand.
        set::update(&result, if dict.is_exact::<Dict>() { &dict } else { operand })?;
    } else {
        set::update(&result, operand)?;
    }
    Ok(result)
}

pub(super) fn sub(left: &Ref, right: &Ref) -> Res {
    let result = to_set(left)?;
    set::difference_update(&result, right)?;
    Ok(result.into_any())
}

pub(super) fn or(left: &Ref, right: &Ref) -> Res {
    let result = to_set(left)?;
    set::update(&result, right)?;
    Ok(result.into_any())
}

pub(super) fn and(left: &Ref, right: &Ref) -> Res {
    // With a view on the right only, the operands are exchanged.
    let (mut view, mut other) = if is_set_view(left) { (left, right) } else { (right, left) };
    let len = object::len(view)?;
    if other.is_exact::<Set>() && len <= object::len(other)? {
        return call::call_method(other, &names().intersection, std::slice::from_ref(view));
    }
    // Of two views the smaller one is walked.
    if is_set_view(other) && object::len(other)? > len {
        std::mem::swap(&mut view, &mut other);
    }
    let result = set::new();
    iterate::for_each(other, |element| {
        if contains(view, &element)? {
            set::add(&result, &element)?;
        }
        Ok(())
    })?;
    Ok(result.into_any())
}

pub(super) fn xor(left: &Ref, right: &Ref) -> Res {
    let both_items = [left, right].iter().all(|operand| operand.header().type_index() == types::DICT_ITEMS);
    if both_items {
        return xor_items(left, right);
    }
    let result = to_set(left)?;
    set::symmetric_difference_update(&result, right)?;
    Ok(result.into_any())
}

/// Compares values where both have a key, so that values need not be hashable.
fn xor_items(left: &Ref, right: &Ref) -> Res {
    let rest = super::copy(&dict_of(left)?)?;
    let other = dict_of(right)?;
    let result = set::new();
    let mut position = 0;
    while let Some((at, hash, key, value)) = other.next_hashed(position) {
        position = at + 1;
        if let Some(mine) = super::get_hashed(&rest, &key, hash)?
            && compare::equal(&mine, &value)?
        {
            super::remove(&rest, &key)?;
            continue;
        }
        set::add(&result, &tuple::pair(key, value))?;
    }
    for (key, value) in rest.snapshot() {
        set::add(&result, &tuple::pair(key, value))?;
    }
    Ok(result.into_any())
}

pub(super) fn is_disjoint(args: &[Ref]) -> Res {
    let (mut view, mut other) = (&args[0], &args[1]);
    if view.is(other) {
        return Ok(bool_::new(object::len(view)? == 0));
    }
    if (Set::is_exact_set(other) || is_set_view(other)) && object::len(other)? > object::len(view)? {
        std::mem::swap(&mut view, &mut other);
    }
    let iterator = iterate::iter(other)?;
    while let Some(element) = iterate::next(&iterator)? {
        if item::contains(view, &element)? {
            return Ok(bool_::new(false));
        }
    }
    Ok(bool_::new(true))
}
