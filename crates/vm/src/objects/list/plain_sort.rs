//! Sorting what compares without running code: ints, floats and strings, and tuples that begin with them.
//!
//! Every stable sort gives one result here, so what is compared need not be what CPython compares.

use std::cmp::Ordering;

use ouro_heap::{Buffer, Ref};

use crate::{
    objects::{
        float::Float,
        int::Int,
        str::{self, Str, StrExt},
        tuple::Tuple,
    },
    types,
};

/// Up to this many items are sorted where they stand.
const FEW: usize = 20;

/// Sorts items that are all ints, floats or strings; tells whether they were.
pub(super) fn sort_items(items: &mut Buffer<Ref>, reverse: bool) -> bool {
    let Some(kind) = items.first().map(|item| item.header().type_index()) else { return true };
    if !matches!(kind, types::INT | types::STR | types::FLOAT) {
        return items.len() < 2;
    }
    // Reversed before and after, equal items keep their order.
    if reverse {
        items.reverse();
    }
    let sorted = match kind {
        types::INT => sort_by_key(items, int_key),
        types::FLOAT => sort_by_key(items, float_key),
        _ => sort_texts(items),
    };
    if reverse {
        items.reverse();
    }
    sorted.is_some()
}

/// Sorts positions by keys that are all ints, floats or strings, or tuples of them; tells whether they were, and otherwise
/// leaves the order as it is.
pub(super) fn sort_order(keys: &[Ref], order: &mut [u32]) -> bool {
    let Some(first) = keys.first() else { return true };
    let sorted = match first.header().type_index() {
        types::INT => order_by_value(order, |position| int_key(&keys[position])).map(drop),
        // NaN is no part of an order, so that the algorithm decides where it goes.
        types::FLOAT => order_by_value(order, |position| float_key(&keys[position])).map(drop),
        types::STR => order_by_text(order, |position| exact_str(&keys[position])).map(drop),
        types::TUPLE if begins_plainly(first) => {
            let before = order.to_vec();
            let sorted = order_by_columns(keys, order, 0);
            if sorted.is_none() {
                order.copy_from_slice(&before);
            }
            sorted
        }
        _ => None,
    };
    sorted.is_some()
}

#[inline(always)]
pub(super) fn int_key(key: &Ref) -> Option<i64> {
    if key.is_exact::<Int>() { key.payload::<Int>().map(|int| int.value.get()) } else { None }
}

#[inline(always)]
fn float_key(key: &Ref) -> Option<f64> {
    if !key.is_exact::<Float>() {
        return None;
    }
    key.payload::<Float>().map(|float| float.value.get()).filter(|value| !value.is_nan())
}

#[inline(always)]
fn exact_str(key: &Ref) -> Option<&Str> {
    if key.is_exact::<Str>() { key.payload::<Str>() } else { None }
}

fn by_value<K: PartialOrd>(a: &K, b: &K) -> Ordering {
    a.partial_cmp(b).unwrap_or(Ordering::Equal)
}

/// Sorts items by values that are copied out of them, if every item has one.
fn sort_by_key<K: Copy + PartialOrd>(items: &mut Buffer<Ref>, key: impl Fn(&Ref) -> Option<K>) -> Option<()> {
    let mut last = key(&items[0])?;
    let mut sorted = true;
    for item in &items[1..] {
        let next = key(item)?;
        sorted &= last <= next;
        last = next;
    }
    if sorted {
        return Some(());
    }
    if items.len() <= FEW {
        items.sort_by(|a, b| by_value(&key(a), &key(b)));
        return Some(());
    }
    sort_pairs(items, |item| key(item).unwrap_or(last), |a, b| by_value(&a.0, &b.0));
    Some(())
}

/// Sorts items that stand beside what is copied out of them.
fn sort_pairs<K>(
    items: &mut Buffer<Ref>,
    copy: impl Fn(&Ref) -> K,
    compare: impl Fn(&(K, Ref), &(K, Ref)) -> Ordering,
) {
    let mut pairs: Vec<(K, Ref)> = items.drain_to_vec().into_iter().map(|item| (copy(&item), item)).collect();
    pairs.sort_by(compare);
    items.append_within(pairs.into_iter().map(|(_, item)| item));
}

/// The first eight characters of a Latin-1 text as a number, which decides most comparisons without a look at the text.
#[inline(always)]
fn prefix(text: &Str) -> u64 {
    let bytes = text.latin1().unwrap_or_default();
    if let Some(&whole) = bytes.first_chunk::<8>() {
        return u64::from_be_bytes(whole);
    }
    bytes.iter().rev().fold(0, |number, &byte| number >> 8 | u64::from(byte) << 56)
}

/// Sorts strings.
fn sort_texts(items: &mut Buffer<Ref>) -> Option<()> {
    let mut latin1 = true;
    for item in items.iter() {
        latin1 &= exact_str(item)?.latin1().is_some();
    }
    if !latin1 || items.len() <= FEW {
        items.sort_by(compare_text);
        return Some(());
    }
    let copy = |item: &Ref| item.payload::<Str>().map_or(0, prefix);
    sort_pairs(items, copy, |a, b| a.0.cmp(&b.0).then_with(|| compare_text(&a.1, &b.1)));
    Some(())
}

/// The order of two strings by code points.
pub(super) fn compare_text(a: &Ref, b: &Ref) -> Ordering {
    let (Some(a), Some(b)) = (a.payload::<Str>(), b.payload::<Str>()) else { return Ordering::Equal };
    str::order(a, b)
}

/// Sorts positions by a value of each, if every one has it; gives the values in their order.
fn order_by_value<K: Copy + PartialOrd>(
    order: &mut [u32],
    value: impl Fn(usize) -> Option<K>,
) -> Option<Vec<(K, u32)>> {
    let mut pairs = Vec::with_capacity(order.len());
    for &position in order.iter() {
        pairs.push((value(position as usize)?, position));
    }
    pairs.sort_by(|a, b| by_value(&a.0, &b.0));
    put_order(order, &pairs);
    Some(pairs)
}

/// Sorts positions by a text of each, if every one has it; gives the beginnings of the texts in their order.
fn order_by_text<'a>(order: &mut [u32], text: impl Fn(usize) -> Option<&'a Str>) -> Option<Vec<(u64, u32)>> {
    let mut latin1 = true;
    let mut pairs = Vec::with_capacity(order.len());
    for &position in order.iter() {
        let text = text(position as usize)?;
        latin1 &= text.latin1().is_some();
        pairs.push((prefix(text), position));
    }
    let whole = |a: u32, b: u32| match (text(a as usize), text(b as usize)) {
        (Some(a), Some(b)) => str::order(a, b),
        _ => Ordering::Equal,
    };
    if latin1 {
        pairs.sort_by(|a, b| a.0.cmp(&b.0).then_with(|| whole(a.1, b.1)));
    } else {
        pairs.sort_by(|a, b| whole(a.1, b.1));
    }
    put_order(order, &pairs);
    Some(pairs)
}

fn put_order<K>(order: &mut [u32], pairs: &[(K, u32)]) {
    for (place, (_, position)) in order.iter_mut().zip(pairs) {
        *place = *position;
    }
}

fn tuple_items(key: &Ref) -> Option<&[Ref]> {
    if key.is_exact::<Tuple>() { key.payload::<Tuple>().map(Tuple::items) } else { None }
}

/// Whether a tuple holds nothing but ints, floats and strings.
fn begins_plainly(key: &Ref) -> bool {
    let is_plain = |item: &Ref| matches!(item.header().type_index(), types::INT | types::STR | types::FLOAT);
    tuple_items(key).is_some_and(|items| items.iter().all(is_plain))
}

/// Tuples that are equal in more columns than these are left to the general way.
const MOST_COLUMNS: usize = 64;
/// Up to so many tuples are compared whole.
const SHORT_RUN: usize = 12;

/// Sorts positions by tuples that are equal in the columns before `depth`: by this column first, then those that are
/// equal in it by the next ones. Nothing if code might have to run.
fn order_by_columns(keys: &[Ref], order: &mut [u32], depth: usize) -> Option<()> {
    if order.len() <= SHORT_RUN {
        return insert_tuples(keys, order, depth);
    }
    if depth > MOST_COLUMNS {
        return None;
    }
    let column = |position: usize| tuple_items(&keys[position])?.get(depth);
    match column(order[0] as usize)?.header().type_index() {
        types::INT => {
            let pairs = order_by_value(order, |position| int_key(column(position)?))?;
            order_runs(keys, order, depth, |a, b| pairs[a].0 == pairs[b].0)
        }
        types::FLOAT => {
            let pairs = order_by_value(order, |position| float_key(column(position)?))?;
            order_runs(keys, order, depth, |a, b| pairs[a].0 == pairs[b].0)
        }
        types::STR => {
            let text = |position: usize| exact_str(column(position)?);
            let pairs = order_by_text(order, text)?;
            order_runs(keys, order, depth, |a, b| {
                let (a, b) = (pairs[a], pairs[b]);
                a.0 == b.0
                    && match (text(a.1 as usize), text(b.1 as usize)) {
                        (Some(a), Some(b)) => str::order(a, b).is_eq(),
                        _ => false,
                    }
            })
        }
        _ => None,
    }
}

/// Sorts each run of tuples that are equal in a column by the next ones; `equal` compares two places.
fn order_runs(
    keys: &[Ref],
    order: &mut [u32],
    depth: usize,
    equal: impl Fn(usize, usize) -> bool,
) -> Option<()> {
    let mut start = 0;
    for end in 1..=order.len() {
        if end < order.len() && equal(start, end) {
            continue;
        }
        if end - start > 1 {
            order_by_columns(keys, &mut order[start..end], depth + 1)?;
        }
        start = end;
    }
    Some(())
}

/// Sorts a few positions by their tuples.
fn insert_tuples(keys: &[Ref], order: &mut [u32], depth: usize) -> Option<()> {
    for end in 1..order.len() {
        let new = order[end];
        let items = tuple_items(&keys[new as usize])?;
        let mut place = end;
        while place > 0 {
            let before = tuple_items(&keys[order[place - 1] as usize])?;
            if compare_tuples(items.get(depth..)?, before.get(depth..)?)?.is_ge() {
                break;
            }
            order[place] = order[place - 1];
            place -= 1;
        }
        order[place] = new;
    }
    Some(())
}

/// The order of two tuples, unless code might have to run to find it.
fn compare_tuples(a: &[Ref], b: &[Ref]) -> Option<Ordering> {
    for (a, b) in a.iter().zip(b) {
        let order = if let (Some(a), Some(b)) = (int_key(a), int_key(b)) {
            a.cmp(&b)
        } else if let (Some(a), Some(b)) = (exact_str(a), exact_str(b)) {
            str::order(a, b)
        } else {
            float_key(a)?.partial_cmp(&float_key(b)?)?
        };
        if order.is_ne() {
            return Some(order);
        }
    }
    Some(a.len().cmp(&b.len()))
}
