//! In which order finalizers of garbage run: that of creation, as collections change it.
//!
//! CPython's collector keeps its objects in a list. A collection looks along the list, sets aside what seems to be
//! unreachable so far, and appends it again when something reaches it. So objects that are older than what holds them
//! go behind it: after `pair = [Noisy(0), Noisy(1)]` and a collection, the second one is finalized first, since lists are
//! looked at from the end. Programs show that when they end.
//!
//! Young generations are such lists here as well, and a young collection leaves its survivors in CPython's order. For the
//! oldest generation the order is noted for the objects that have finalizers: they get a number when they come there. What
//! a full collection makes of the order is worked out for small heaps; in large ones nobody knows it anyway.

use crate::{
    allocate::is_atom_by_address,
    header::{COLLECTING, Header, TRACKED},
    large,
    payload::Visitor,
    reference::Ref,
    state::{HeapState, Map},
    types::record,
};

use super::{OLDEST, cycle::for_each_container, reach::trace_object, spill::Younger, young::retain_live};

/// The most containers for which the order is worked out.
const LIMIT: usize = 4096;

/// What the collection knows of an object so far.
struct Mark {
    /// References that are not accounted for; from the look on, whether anything reaches the object.
    references: i64,
    /// It was looked at and seemed to be unreachable.
    set_aside: bool,
}

/// Sorts objects with finalizers: old ones by their numbers, young ones behind them, in the order they are in.
pub(super) fn sort(heap: &HeapState, objects: &mut [*mut Header]) {
    let births = heap.births.borrow();
    let birth =
        |object: *mut Header| births.as_ref().and_then(|births| births.get(&(object as usize)).copied());
    objects.sort_by_key(|&object| {
        // SAFETY: the caller's objects are alive.
        let old = unsafe { (*object).generation() } >= OLDEST;
        if old { (false, birth(object).unwrap_or(u64::MAX)) } else { (true, 0) }
    });
}

/// Gives numbers to objects with finalizers that have come to the oldest generation. `younger` is the order of those that a
/// full collection has taken there; other collections give the objects in their order.
pub(super) unsafe fn note_births(heap: &HeapState, mut objects: Vec<*mut Header>, younger: &mut Younger) {
    if objects.is_empty() {
        return;
    }
    let younger = younger.entries();
    if !younger.is_empty() {
        // From the end, because the last entry of an address is that of the object that lives there now.
        let mut wanted: Map<usize, ()> = objects.iter().map(|&object| (object as usize, ())).collect();
        let entries = younger.iter().rev().copied();
        objects = entries.filter(|&object| wanted.remove(&(object as usize)).is_some()).collect();
        objects.reverse();
    }
    let mut births = heap.births.borrow_mut();
    let births = births.get_or_insert_default();
    for object in objects {
        births.entry(object as usize).or_insert_with(|| next_birth(heap));
    }
}

fn next_birth(heap: &HeapState) -> u64 {
    let birth = heap.next_birth.get();
    heap.next_birth.set(birth + 1);
    birth
}

/// Appends objects that have come to the oldest generation to its order, where that is known.
pub(super) unsafe fn append(heap: &HeapState, objects: impl Iterator<Item = *mut Header>) {
    // SAFETY: the list is not borrowed elsewhere, and its entries are those of blocks in pools.
    unsafe {
        let order = &mut *heap.collector.old_order.get();
        if order.is_empty() {
            return;
        }
        order.extend(objects.filter(|&object| !large::is_large(heap, object)));
        if order.len() > 2 * LIMIT {
            retain_live(heap, order, OLDEST);
        }
        if order.len() > LIMIT {
            *order = Vec::new();
        }
    }
}

/// Gives objects with finalizers new numbers, in the order that a full collection of CPython's leaves them in.
///
/// # Safety
/// Every entry of the young buffers must be null, or point to a block of a pool, or to a large object that is alive.
pub(super) unsafe fn renew(heap: &HeapState) {
    if heap.finalizers_made.get() == heap.finalizers_ordered.get() {
        return;
    }
    heap.finalizers_ordered.set(heap.finalizers_made.get());
    // SAFETY: as promised; no code of the program runs in here, so all objects found stay alive.
    unsafe {
        let old_order = &mut *heap.collector.old_order.get();
        let Some(list) = in_creation_order(heap, std::mem::take(old_order)) else { return };
        let order = order_after_collection(list);
        let mut births = heap.births.borrow_mut();
        let births = births.get_or_insert_default();
        for &object in &order {
            if record((*object).type_index()).finalizer().is_some() {
                births.insert(object as usize, next_birth(heap));
            }
        }
        *old_order = order;
        old_order.retain(|&object| !large::is_large(heap, object));
    }
}

/// All tracked containers in CPython's order, of which `old` is what is known for the oldest generation; nothing if they
/// are too many.
unsafe fn in_creation_order(heap: &HeapState, mut old: Vec<*mut Header>) -> Option<Vec<*mut Header>> {
    // SAFETY: as promised by the caller.
    unsafe {
        retain_live(heap, &mut old, OLDEST);
        old.iter().for_each(|&object| (*object).set(COLLECTING));
        let mut list = old;
        let known = list.len();
        let mut count = 0;
        for_each_container(heap, |object| {
            count += 1;
            let header = &*object;
            if count <= LIMIT
                && header.has(TRACKED)
                && header.count() > 0
                && header.generation() == OLDEST
                && !header.has(COLLECTING)
            {
                list.push(object);
            }
        });
        list[..known].iter().for_each(|&object| (*object).unset(COLLECTING));
        if count > LIMIT {
            return None;
        }
        let old = list.len();
        let mut seen: Map<usize, ()> = Map::default();
        // The buffers of the young generations are in that order.
        let buffers = &heap.collector.young;
        let mut youngest = heap.collector.spill.borrow().entries();
        youngest.extend_from_slice(&*buffers[0].get());
        let young = [&youngest[..], &*buffers[1].get()];
        // From the end, because the last entry of an address is that of the object that lives there now.
        for (generation, entries) in young.iter().enumerate().rev() {
            for &object in entries.iter().rev().filter(|object| !object.is_null()) {
                let header = &*object;
                let live = header.type_index() != 0 && header.has(TRACKED) && header.count() > 0;
                if live
                    && header.generation() == generation as u32
                    && seen.insert(object as usize, ()).is_none()
                {
                    list.push(object);
                }
            }
        }
        list[old..].reverse();
        Some(list)
    }
}

unsafe fn order_after_collection(mut list: Vec<*mut Header>) -> Vec<*mut Header> {
    let mut marks: Map<usize, Mark> = Map::default();
    // SAFETY: the objects are alive.
    unsafe {
        for &object in &list {
            marks.insert(object as usize, Mark { references: (*object).count().into(), set_aside: false });
        }
        for &object in &list {
            for target in targets(object) {
                if let Some(mark) = marks.get_mut(&target) {
                    mark.references -= 1;
                }
            }
        }
        let mut order = Vec::with_capacity(list.len());
        let mut position = 0;
        while let Some(&object) = list.get(position) {
            position += 1;
            let Some(mark) = marks.get_mut(&(object as usize)) else { continue };
            if mark.references <= 0 {
                mark.set_aside = true;
                continue;
            }
            order.push(object);
            for target in targets(object) {
                let Some(mark) = marks.get_mut(&target).filter(|mark| mark.references <= 0) else { continue };
                mark.references = 1;
                if std::mem::take(&mut mark.set_aside) {
                    list.push(target as *mut Header);
                }
            }
        }
        order
    }
}

/// The addresses of the containers that an object refers to, items of rows from the last to the first as in CPython.
unsafe fn targets(object: *mut Header) -> Vec<usize> {
    struct Gather(Vec<usize>);
    impl Visitor for Gather {
        fn visit(&mut self, reference: &Ref) {
            // A list of a million numbers has nothing to show, and they are not to be reached for.
            if !is_atom_by_address(reference) && reference.header().has(TRACKED) {
                self.0.push(reference.address());
            }
        }

        fn visit_all(&mut self, references: &[Ref]) {
            references.iter().rev().for_each(|reference| self.visit(reference));
        }
    }
    let mut gather = Gather(Vec::new());
    // SAFETY: the object is alive.
    unsafe { trace_object(object, &mut gather) };
    gather.0
}
