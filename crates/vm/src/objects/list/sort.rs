//! `list.sort`: keys, directions, and short ways for keys of one built-in type.

use std::cmp::Ordering;

use ouro_bytecode::opcode::Comparison;
use ouro_heap::{Buffer, Ref};

use super::{List, this, timsort};
use crate::{
    error::Res,
    interpreter::Calls,
    objects::{
        float::Float,
        int::Int,
        sequence::quick_equal,
        str::{Str, StrExt},
        tuple::Tuple,
    },
    protocol::{compare, object},
    state::shared,
    types, value_error,
};

pub(super) const DOC: &str = "Sort the list in ascending order and return None.\n\nThe sort is in-place (i.e. the list \
    itself is modified) and stable (i.e. the\norder of two equal elements is maintained).\n\nIf a key function is given, \
    apply it once to each list item and sort them,\nascending or descending, according to their function values.\n\nThe \
    reverse flag can be set to sort in descending order.";

pub(super) fn method(args: &[Option<Ref>]) -> Res {
    let [Some(list), key, reverse] = args else { return Ok(shared().none.clone()) };
    let key = key.as_ref().filter(|key| !key.is(&shared().none));
    let reverse = reverse.as_ref().map_or(Ok(false), object::is_true)?;
    sort(this(list)?, key, reverse)?;
    Ok(shared().none.clone())
}

/// Sorts a list in place, stably. While keys are made and compared the list is empty; whatever fails, it holds a
/// permutation of its items afterwards.
pub fn sort(list: &Ref<List>, key: Option<&Ref>, reverse: bool) -> Res<()> {
    if key.is_none() && list.items.with_mut(|items| sort_few(items, reverse)) {
        return Ok(());
    }
    // Whatever is put into the list and taken out again changes this capacity.
    let mut empty = Buffer::new();
    empty.reserve_exact(EMPTY_CAPACITY)?;
    let capacity = empty.capacity();
    let mut storage = list.items.replace(empty);
    let mut items = storage.drain_to_vec();
    let result = sort_items(&mut items, key, reverse);
    storage.append_vec(items);
    // What the program has put into the list meanwhile makes way for the sorted items, and is released last.
    let meanwhile: Buffer<Ref> = list.items.replace(storage);
    let modified = !meanwhile.is_empty() || meanwhile.capacity() != capacity;
    drop(meanwhile);
    result?;
    if modified { Err(value_error!("list modified during sort")) } else { Ok(()) }
}

/// The capacity of the list while it is sorted: so much that an item put into it and removed makes it smaller.
const EMPTY_CAPACITY: usize = 64;

/// Up to this many atoms are sorted where they stand.
const FEW: usize = 20;

/// Sorts a few ints, floats or strings, which compare without running code; tells whether they were such.
fn sort_few(items: &mut [Ref], reverse: bool) -> bool {
    if items.len() > FEW {
        return false;
    }
    let Some(kind) = items.first().map(|item| item.header().type_index()) else { return true };
    if !items.iter().all(|item| item.header().type_index() == kind) {
        return false;
    }
    // Reversed before and after, equal items keep their order.
    let sort = |items: &mut [Ref], compare: fn(&Ref, &Ref) -> Ordering| {
        if reverse {
            items.reverse();
        }
        items.sort_by(compare);
        if reverse {
            items.reverse();
        }
    };
    match kind {
        types::INT => sort(items, |a, b| int_key(a).cmp(&int_key(b))),
        types::STR => sort(items, compare_text),
        types::FLOAT if items.iter().all(|item| float_key(item).is_some()) => {
            sort(items, |a, b| float_key(a).partial_cmp(&float_key(b)).unwrap_or(Ordering::Equal));
        }
        _ => return items.len() < 2,
    }
    true
}

fn sort_items(items: &mut Vec<Ref>, key: Option<&Ref>, reverse: bool) -> Res<()> {
    let keys = match key {
        Some(key) => Some(keys_of(items, key)?),
        None => None,
    };
    if items.len() < 2 {
        return Ok(());
    }
    let Ok(count) = u32::try_from(items.len()) else { return Err(crate::objects::sequence::out_of_memory()) };
    // Reversed before and after, equal items keep their order.
    let mut order: Vec<u32> = if reverse { (0..count).rev().collect() } else { (0..count).collect() };
    let result = sort_order(keys.as_deref().unwrap_or(items), &mut order);
    if let Some(keys) = keys
        && keys.iter().any(|key| key.header().type_index() >= ouro_heap::types::FIRST_DYNAMIC)
    {
        // Objects of the program may see their end: they go in their order.
        let mut keys: Vec<Option<Ref>> = keys.into_iter().map(Some).collect();
        order.iter().for_each(|&position| drop(keys[position as usize].take()));
    }
    if reverse {
        order.reverse();
    }
    let mut taken: Vec<Option<Ref>> = std::mem::take(items).into_iter().map(Some).collect();
    items.extend(order.into_iter().filter_map(|position| taken[position as usize].take()));
    result
}

/// The keys of all items. Where one cannot be made, those before it go from the last to the first.
fn keys_of(items: &[Ref], key: &Ref) -> Res<Vec<Ref>> {
    let calls = Calls::new(key, 1)?;
    let mut keys = Vec::with_capacity(items.len());
    for item in items {
        match calls.call([item]) {
            Ok(made) => keys.push(made),
            Err(error) => {
                while keys.pop().is_some() {}
                return Err(error);
            }
        }
    }
    Ok(keys)
}

/// Sorts positions by the keys that they name.
fn sort_order(keys: &[Ref], order: &mut [u32]) -> Res<()> {
    if keys[0].is_exact::<Int>() && sort_by_copy(keys, order, int_key, i64::cmp) {
        return Ok(());
    }
    if keys[0].is_exact::<Str>() && sort_strings(keys, order) {
        return Ok(());
    }
    // NaN is no part of an order, so that the algorithm decides where it goes.
    if keys[0].is_exact::<Float>()
        && sort_by_copy(keys, order, float_key, |a, b| a.partial_cmp(b).unwrap_or(Ordering::Equal))
    {
        return Ok(());
    }
    timsort::sort(order, |a, b| less(&keys[a as usize], &keys[b as usize]))
}

fn int_key(key: &Ref) -> Option<i64> {
    if key.is_exact::<Int>() { key.payload::<Int>().map(|int| int.value.get()) } else { None }
}

fn float_key(key: &Ref) -> Option<f64> {
    if !key.is_exact::<Float>() {
        return None;
    }
    key.payload::<Float>().map(|float| float.value.get()).filter(|value| !value.is_nan())
}

/// Sorts by values that are copied out of the keys, if every key has one.
fn sort_by_copy<K: Copy>(
    keys: &[Ref],
    order: &mut [u32],
    value: impl Fn(&Ref) -> Option<K>,
    compare: impl Fn(&K, &K) -> Ordering,
) -> bool {
    let mut pairs = Vec::with_capacity(keys.len());
    for &position in order.iter() {
        let Some(value) = value(&keys[position as usize]) else { return false };
        pairs.push((value, position));
    }
    pairs.sort_by(|(a, _), (b, _)| compare(a, b));
    for (place, (_, position)) in order.iter_mut().zip(pairs) {
        *place = position;
    }
    true
}

/// Sorts by text, if every key is one. The first eight characters stand beside the position, which decides most
/// comparisons without a look at the strings.
fn sort_strings(keys: &[Ref], order: &mut [u32]) -> bool {
    let mut latin1 = true;
    for key in keys {
        match key.downcast::<Str>() {
            Some(text) if key.is_exact::<Str>() => latin1 &= text.latin1().is_some(),
            _ => return false,
        }
    }
    if !latin1 {
        order.sort_by(|&a, &b| compare_text(&keys[a as usize], &keys[b as usize]));
        return true;
    }
    let mut pairs: Vec<(u64, u32)> = Vec::with_capacity(keys.len());
    for &position in order.iter() {
        let bytes =
            keys[position as usize].payload::<Str>().and_then(|text| text.latin1()).unwrap_or_default();
        let mut prefix = [0; 8];
        let count = bytes.len().min(8);
        prefix[..count].copy_from_slice(&bytes[..count]);
        pairs.push((u64::from_be_bytes(prefix), position));
    }
    pairs.sort_by(|a, b| a.0.cmp(&b.0).then_with(|| compare_text(&keys[a.1 as usize], &keys[b.1 as usize])));
    for (place, (_, position)) in order.iter_mut().zip(pairs) {
        *place = position;
    }
    true
}

/// The order of two strings by code points.
fn compare_text(a: &Ref, b: &Ref) -> Ordering {
    let (Some(a), Some(b)) = (a.payload::<Str>(), b.payload::<Str>()) else { return Ordering::Equal };
    match (a.latin1(), b.latin1()) {
        (Some(a), Some(b)) => a.cmp(b),
        _ => a.code_points().cmp(b.code_points()),
    }
}

/// `a < b` where no Python code can be involved.
#[inline]
fn quick_less(a: &Ref, b: &Ref) -> Option<bool> {
    if let (Some(a), Some(b)) = (int_key(a), int_key(b)) {
        return Some(a < b);
    }
    if a.is_exact::<Str>() && b.is_exact::<Str>() {
        return Some(compare_text(a, b).is_lt());
    }
    if a.is_exact::<Float>() && b.is_exact::<Float>() {
        return Some(a.payload::<Float>()?.value.get() < b.payload::<Float>()?.value.get());
    }
    None
}

/// `a < b`, with short ways where no Python code can be involved.
fn less(a: &Ref, b: &Ref) -> Res<bool> {
    if let Some(less) = quick_less(a, b) {
        return Ok(less);
    }
    if a.is_exact::<Tuple>()
        && b.is_exact::<Tuple>()
        && let (Some(a), Some(b)) = (a.payload::<Tuple>(), b.payload::<Tuple>())
    {
        return less_tuples(a.items(), b.items());
    }
    rich_less(a, b)
}

fn rich_less(a: &Ref, b: &Ref) -> Res<bool> {
    object::is_true(&compare::rich(a, b, Comparison::Lt)?)
}

/// The comparison of two tuples, which their keys keep alive: the first items that differ decide.
fn less_tuples(a: &[Ref], b: &[Ref]) -> Res<bool> {
    for (a, b) in a.iter().zip(b) {
        let equal = match quick_equal(a, b) {
            Some(equal) => equal,
            None => compare::equal(a, b)?,
        };
        if !equal {
            return match quick_less(a, b) {
                Some(less) => Ok(less),
                None => rich_less(a, b),
            };
        }
    }
    Ok(a.len() < b.len())
}
