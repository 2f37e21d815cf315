//! Iterators that give tuples use their first one again, as CPython's do, once the program has let go of it.

use std::mem;

use ouro_heap::{Ref, Slot, allocate};
use smallvec::SmallVec;

use super::{Tuple, from_array, from_exact_iter};
use crate::state::shared;

/// Items of a result on their way.
pub type Items = SmallVec<[Ref; 4]>;

/// The next result of an iterator, with these items. The tuple in `slot` is the first result: it is filled anew if
/// nobody else holds it, and keeps the items until then.
#[inline]
pub fn reuse<const N: usize>(slot: &Slot<Tuple>, items: [Ref; N]) -> Ref {
    let Some(mut first) = slot.take() else { return keep(slot, from_array(items)) };
    if let Some(places) = first.items_mut()
        && let Some(places) = places.first_chunk_mut::<N>()
    {
        let old = mem::replace(places, items);
        return give_again(slot, first, old);
    }
    slot.set(Some(first));
    from_array(items).into_any()
}

/// [`reuse`] for a number of items that is only known at run time.
pub fn reuse_many(slot: &Slot<Tuple>, mut items: Items) -> Ref {
    let Some(mut first) = slot.take() else { return keep(slot, from_exact_iter(items.into_iter())) };
    if let Some(places) = first.items_mut() {
        places.swap_with_slice(&mut items);
        return give_again(slot, first, items);
    }
    slot.set(Some(first));
    from_exact_iter(items.into_iter()).into_any()
}

/// Puts the items that there are into the tuple of `count` that would have been the next result: it was being filled when
/// an iterator came to its end or failed. CPython makes this tuple at the very beginning.
#[cold]
pub fn keep_partial(slot: &Slot<Tuple>, items: impl IntoIterator<Item = Ref>, count: usize) {
    let mut items: Items = items.into_iter().collect();
    let Some(mut first) = slot.take() else {
        let none = &shared().none;
        items.resize(count, none.clone());
        slot.set(Some(from_exact_iter(items.into_iter())));
        return;
    };
    let refilled =
        first.items_mut().map(|places| places[..items.len()].swap_with_slice(&mut items)).is_some();
    slot.set(Some(first));
    if !refilled {
        // They would have been in a fresh tuple, which gives up the last one first.
        items.reverse();
    }
    drop(items);
}

#[inline]
fn give_again<T>(slot: &Slot<Tuple>, first: Ref<Tuple>, old: T) -> Ref {
    // A collection may have untracked the tuple for what it held before.
    allocate::track(first.as_any());
    let result = first.clone().into_any();
    slot.set(Some(first));
    // Only now, since this may run code of the program, which may use the iterator.
    drop(old);
    result
}

/// The first result, which stays in the slot, too.
#[cold]
fn keep(slot: &Slot<Tuple>, first: Ref<Tuple>) -> Ref {
    slot.set(Some(first.clone()));
    first.into_any()
}
