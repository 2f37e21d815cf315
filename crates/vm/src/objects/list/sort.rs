//! `list.sort`: keys, directions, and comparisons that may run code.

use ouro_bytecode::opcode::Comparison;
use ouro_heap::{Buffer, Ref};

use super::{
    List,
    plain_sort::{self, compare_text, int_key},
    this, timsort,
};
use crate::{
    error::Res,
    interpreter::Calls,
    objects::{float::Float, sequence::quick_equal, str::Str, tuple::Tuple},
    protocol::{compare, object},
    state::shared,
    value_error,
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
    if key.is_none() && list.items.with_mut(|items| plain_sort::sort_items(items, reverse)) {
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
    if plain_sort::sort_order(keys, order) {
        return Ok(());
    }
    timsort::sort(order, |a, b| less(&keys[a as usize], &keys[b as usize]))
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
