//! One collection: from the candidates to what is cleared.

use crate::{
    blocks::Family,
    buffer::Buffer,
    header::{COLLECTING, FINALIZED, Header, IMMORTAL_FLOOR, TRACKED, WEAKLY_REFERENCED},
    large,
    payload::Single,
    reference::Ref,
    state::{HEAP, HeapState, Map, clear_pending, pending},
    types::record,
    weak,
};

use super::{
    FROZEN, GENERATIONS, Observer, Outcome, Verdict, birth_order,
    reach::{Walk, mark_unreachable_leaves, unreachable_among},
    row::Row,
    spill::Younger,
    young::{Kept, enter, in_creation_order, retain_counted},
};

/// The largest count of an object that can die.
const MORTAL: u32 = IMMORTAL_FLOOR - 1;

/// The candidates of a collection of `generation` and all younger ones; for a full collection, in address order,
/// with the younger ones once more in the order of their creation. In a full collection the counts are copied on the way.
pub(super) unsafe fn candidates(heap: &HeapState, generation: usize) -> (Row, Younger) {
    let mut younger = Younger::default();
    // SAFETY: the buffers are not borrowed elsewhere; see `retain_live` for their entries.
    unsafe {
        let mut young = heap.collector.take_youngest();
        let middle =
            if generation >= 1 { std::mem::take(&mut *heap.collector.young[1].get()) } else { Vec::new() };
        if generation == 2 {
            let mut all = Row::new(heap);
            for_each_container(heap, |object| {
                if (*object).has(TRACKED)
                    && (*object).generation() != FROZEN
                    && (*object).count().wrapping_sub(1) < MORTAL
                {
                    heap.collector.copy_count(heap, object);
                    all.push(object);
                }
            });
            younger = young;
            younger.append(middle);
            (all, younger)
        } else {
            let mut all = middle;
            retain_counted(heap, &mut all, 1, MORTAL);
            let youngest = young.entries();
            retain_counted(heap, youngest, 0, MORTAL);
            all.append(youngest);
            (all.into(), younger)
        }
    }
}

/// Calls back with every live container, in address order, large ones last.
pub(crate) fn for_each_container(heap: &HeapState, mut visit: impl FnMut(*mut Header)) {
    heap.blocks[Family::Container as usize].for_each_block(|object, _| {
        // SAFETY: blocks of pools are mapped; a type index of 0 marks a free one.
        if unsafe { (*object).type_index() } != 0 {
            visit(object);
        }
    });
    for &object in heap.large.borrow().iter() {
        // SAFETY: listed objects are alive and have a prefix.
        if unsafe { large::is_container(object) } {
            visit(object);
        }
    }
}

/// Runs a collection of a generation (0, 1 or 2) and the younger ones. Does nothing inside a collection.
pub fn collect(generation: usize, observer: &mut dyn Observer) -> Outcome {
    HEAP.with(|heap| {
        let collector = &heap.collector;
        clear_pending(pending::COLLECT);
        if collector.collecting.replace(true) {
            return Outcome::default();
        }
        collector.ensure_table(heap);
        if generation + 1 < GENERATIONS {
            let older = &collector.counts[generation + 1];
            older.set(older.get() + 1);
        }
        collector.counts[..=generation].iter().for_each(|count| count.set(0));
        // A collection can begin in the middle of many deaths. Those that it brings about are not put off with them: what is
        // dead is to be gone when the collection comes to it.
        let depth = heap.depth.replace(0);
        let deferred = heap.deferred.take();
        // SAFETY: no borrow of the buffers is active and no other collection runs.
        let outcome = unsafe { collect_inner(heap, generation, observer) };
        debug_assert!(heap.deferred.borrow().is_empty(), "the outermost death runs all that were put off");
        heap.deferred.replace(deferred);
        heap.depth.set(depth);
        if generation + 1 == GENERATIONS {
            collector.forget_spares();
        }
        let mut statistics = collector.statistics[generation].get();
        statistics.collections += 1;
        statistics.collected += outcome.collected;
        statistics.uncollectable += outcome.uncollectable;
        collector.statistics[generation].set(statistics);
        collector.collecting.set(false);
        outcome
    })
}

pub(super) unsafe fn collect_inner(
    heap: &HeapState,
    generation: usize,
    observer: &mut dyn Observer,
) -> Outcome {
    // SAFETY: the phases follow the contracts of the functions they call; from the moment that `garbage` holds
    // references, no object of it can die before its turn.
    unsafe {
        if generation == 2 {
            birth_order::renew(heap);
        }
        let (candidates, mut younger) = candidates(heap, generation);
        // Most tuples live through one young collection only to be untracked by it: they are not searched for cycles.
        let (mut leaves, branches, all) = split(heap, candidates, generation);
        let explains = observer.explains();
        let mut left = Vec::new();
        let mut in_order = Vec::new();
        let walk = if generation == 2 { Walk::Ascending } else { Walk::InOrder(&mut in_order) };
        let mut kept = Kept::new(generation);
        // Who wants to know about each of them sees it as it was.
        let mut later = Vec::new();
        let keep = |object| {
            if explains {
                later.push(object);
            } else {
                kept.promote(object);
                if generation == 2 && is_leaf(object, generation) {
                    kept.atoms.push(object);
                }
            }
        };
        let mut unreachable =
            unreachable_among(heap, branches.iter(), walk, explains.then_some(&mut left), keep);
        for &object in &unreachable {
            (*object).set(COLLECTING);
        }
        if explains {
            judge(&branches, &left, observer);
            for object in later {
                kept.promote(object);
                if generation == 2 && is_leaf(object, generation) {
                    kept.atoms.push(object);
                }
            }
        }
        drop(branches);
        if !unreachable.is_empty() && mark_unreachable_leaves(heap, &leaves, &unreachable) {
            // In the order of creation again.
            leaves.retain(|&leaf| !(*leaf).has(COLLECTING));
            unreachable = all.iter().filter(|&object| (*object).has(COLLECTING)).collect();
        }
        birth_order::note_births(heap, kept.grown_old, &mut younger);
        match generation {
            0 => enter(heap, &in_order),
            1 => birth_order::append(heap, in_order.iter().copied()),
            _ => {}
        }
        drop(in_order);
        let remaining = kept.count - kept.atoms.len();
        // Only now, so that it does not depend on addresses how far a nest of tuples is untracked in one collection:
        // CPython comes to a tuple before what only the tuple refers to.
        for &atom in kept.atoms.iter().chain(&leaves) {
            (*atom).unset(TRACKED);
        }
        match generation {
            1 => heap.collector.long_lived_pending.set(heap.collector.long_lived_pending.get() + remaining),
            2 => {
                heap.collector.long_lived_pending.set(0);
                heap.collector.long_lived_total.set(remaining);
            }
            _ => {}
        }
        if unreachable.is_empty() {
            return Outcome::default();
        }
        if generation == 2 {
            in_creation_order(&mut unreachable, &mut younger);
        }
        drop(younger);
        let parts = hide_parts(observer, &unreachable);
        if observer.reports() {
            let shown: Vec<Ref> = unreachable
                .iter()
                .filter(|&&object| !parts.contains_key(&(object as usize)))
                .map(|&object| Ref::from_borrowed(object))
                .collect();
            observer.unreachable(&shown);
        }
        let called = clear_weak_references(&unreachable);
        let finalized = finalize(heap, &unreachable, observer);
        if finalized {
            // What a finalizer has let die is no garbage of this collection any more.
            retain_collecting(heap, &mut unreachable);
        }
        // Where no code of the program has run, all of it is as it was found.
        let garbage = if called || finalized {
            keep_resurrected(heap, observer, unreachable, generation)
        } else {
            unreachable
        };
        let count = garbage.iter().filter(|&&object| !parts.contains_key(&(object as usize))).count();
        if observer.keeps_garbage() {
            let garbage = hold(garbage);
            garbage.iter().for_each(|object| object.header().set_generation((generation + 1).min(2) as u32));
            for object in garbage {
                if generation == 0 {
                    (*heap.collector.young[1].get()).push(object.as_ptr());
                }
                if !parts.contains_key(&object.address()) {
                    observer.keep(object);
                }
            }
            return Outcome { collected: count, uncollectable: 0 };
        }
        clear(heap, garbage, observer);
        Outcome { collected: count, uncollectable: 0 }
    }
}

/// Tells the observer what is thought of each candidate. Those that are not reached carry the flag of the collection.
#[cold]
unsafe fn judge(candidates: &Row, left: &[u32], observer: &mut dyn Observer) {
    // SAFETY: candidates are alive.
    let verdicts: Vec<Verdict> = unsafe {
        candidates
            .iter()
            .zip(left)
            .map(|(object, &left)| Verdict {
                count: (*object).count(),
                left,
                reachable: !(*object).has(COLLECTING),
                object: Ref::from_borrowed(object),
            })
            .collect()
    };
    observer.judged(&verdicts);
}

/// Whether an object's type says that it cannot be part of a cycle.
#[inline(always)]
unsafe fn is_leaf(object: *mut Header, generation: usize) -> bool {
    // SAFETY: the object is alive; the borrowed reference is not dropped.
    unsafe {
        let record = record((*object).type_index());
        let Some(can_untrack) = record.untrack.get() else { return false };
        (generation == 2 || !record.untrack_late.get())
            && can_untrack(&std::mem::ManuallyDrop::new(Ref::<crate::Any>::from_raw(object)))
    }
}

/// In a young collection, the candidates that refer to no candidate and the others, whose counts are copied, and all of them in
/// their order. A full collection has no use for that, and its counts are copied.
unsafe fn split(heap: &HeapState, candidates: Row, generation: usize) -> (Vec<*mut Header>, Row, Row) {
    if generation == 2 {
        return (Vec::new(), candidates, Row::default());
    }
    let mut leaves = Vec::new();
    let mut branches = Vec::with_capacity(candidates.len());
    for object in candidates.iter() {
        // SAFETY: candidates are alive.
        unsafe {
            if is_leaf(object, generation) {
                leaves.push(object);
            } else {
                heap.collector.copy_count(heap, object);
                branches.push(object);
            }
        }
    }
    (leaves, branches.into(), candidates)
}

/// The addresses of garbage that counts as a part of other garbage.
pub(super) unsafe fn hide_parts(observer: &dyn Observer, garbage: &[*mut Header]) -> Map<usize, ()> {
    let mut parts = Map::default();
    for &object in garbage {
        // SAFETY: garbage is alive; the borrowed reference is not dropped.
        let reference = unsafe {
            // Only instances with attributes in them have parts.
            if record((*object).type_index()).known_layout().items != Single::Slot {
                continue;
            }
            std::mem::ManuallyDrop::new(Ref::<crate::Any>::from_raw(object))
        };
        let part = observer.part_of(&reference);
        if part != 0 {
            parts.insert(part, ());
        }
    }
    parts
}

/// Leaves out the objects that have died since they were found to be garbage. Those that live carry the flag of the
/// collection still; one that was made in the block of a dead one does not.
pub(super) unsafe fn retain_collecting(heap: &HeapState, garbage: &mut Vec<*mut Header>) {
    let containers = &heap.blocks[Family::Container as usize];
    let large = heap.large.borrow();
    let large: std::collections::HashSet<usize> =
        if garbage.iter().all(|&object| containers.contains(object as usize)) {
            Default::default()
        } else {
            large.iter().map(|&object| object as usize).collect()
        };
    // SAFETY: blocks of pools stay mapped, and large objects are only looked at if they are alive.
    garbage.retain(|&object| unsafe {
        (containers.contains(object as usize) || large.contains(&(object as usize)))
            && (*object).type_index() != 0
            && (*object).has(COLLECTING)
    });
}

/// Clears the weak references to garbage; calls the callbacks of those weak references that are not garbage. Whether there
/// were any.
pub(super) unsafe fn clear_weak_references(garbage: &[*mut Header]) -> bool {
    let mut to_call = Vec::new();
    for &object in garbage {
        // SAFETY: garbage is alive as long as no finalizer has run.
        unsafe {
            if (*object).has(WEAKLY_REFERENCED) {
                (*object).unset(WEAKLY_REFERENCED);
                let links = weak::detach_all(object);
                to_call.extend(links.into_iter().filter(|link| !link.header().has(COLLECTING)));
            }
        }
    }
    let any = !to_call.is_empty();
    weak::call_back(to_call);
    any
}

/// Runs the finalizers of all garbage, each once in an object's life, in the order of creation; whether there were
/// any. The garbage is not held: what a finalizer takes apart dies at once.
pub(super) unsafe fn finalize(
    heap: &HeapState,
    garbage: &[*mut Header],
    observer: &mut dyn Observer,
) -> bool {
    // SAFETY: before the first finalizer runs, all garbage is alive.
    let mut pending: Vec<*mut Header> = garbage
        .iter()
        .filter(|&&object| unsafe {
            record((*object).type_index()).finalizer().is_some() && !(*object).has(FINALIZED)
        })
        .copied()
        .collect();
    // Young garbage stands in the order of creation already, behind the old.
    birth_order::sort(heap, &mut pending);
    let any = !pending.is_empty();
    for object in pending {
        let mut alive = vec![object];
        // SAFETY: the object is only touched if it is alive still.
        unsafe {
            retain_collecting(heap, &mut alive);
            if alive.is_empty() || (*object).has(FINALIZED) {
                continue;
            }
            if let Some(finalize) = record((*object).type_index()).finalizer() {
                (*object).set(FINALIZED);
                let held = Ref::<crate::Any>::from_borrowed(object);
                if observer.explains() {
                    observer.finalizing(&held);
                }
                finalize(&held);
            }
        }
    }
    any
}

/// Takes the references of garbage away, in its order. It is not held, except for the object whose turn it is: what nothing
/// refers to any more dies at once.
unsafe fn clear(heap: &HeapState, garbage: Vec<*mut Header>, observer: &mut dyn Observer) {
    let mut trash = Vec::new();
    // SAFETY: all garbage is alive before the first object is cleared and carries the flag of the collection. Afterwards
    // those of pools are only touched if they are alive still; see `retain_collecting`. Large objects are held.
    unsafe {
        for &object in garbage.iter().filter(|&&object| large::is_large(heap, object)) {
            std::mem::forget(Ref::<crate::Any>::from_borrowed(object));
        }
        for object in garbage {
            let held: Ref = if large::is_large(heap, object) {
                Ref::from_raw(object)
            } else if (*object).type_index() != 0 && (*object).has(COLLECTING) {
                Ref::from_borrowed(object)
            } else {
                continue;
            };
            if observer.explains() {
                observer.clearing(&held);
            }
            clear_object(&held, &mut trash);
            // Only now it is out of the collection, if somebody has got hold of it.
            held.header().unset(COLLECTING);
        }
    }
}

/// Holds garbage that is alive, and takes the flag of the collection away.
unsafe fn hold(garbage: Vec<*mut Header>) -> Vec<Ref> {
    let held = |object: *mut Header| {
        // SAFETY: the garbage is alive.
        unsafe {
            (*object).unset(COLLECTING);
            Ref::from_borrowed(object)
        }
    };
    garbage.into_iter().map(held).collect()
}

/// After finalizers: what is still garbage, with the flag of the collection; objects that became reachable again go to the older generation.
pub(super) unsafe fn keep_resurrected(
    heap: &HeapState,
    observer: &mut dyn Observer,
    garbage: Vec<*mut Header>,
    generation: usize,
) -> Vec<*mut Header> {
    // SAFETY: all of it is alive, and no code of the program runs in here.
    unsafe {
        let tracked: Vec<_> = garbage.iter().copied().filter(|&object| (*object).has(TRACKED)).collect();
        for &object in &garbage {
            (*object).unset(COLLECTING);
        }
        let mut survivors = Vec::new();
        let walk = Walk::InOrder(&mut survivors);
        tracked.iter().for_each(|&object| heap.collector.copy_count(heap, object));
        let still = unreachable_among(heap, tracked.iter().copied(), walk, None, |_| ());
        if observer.explains() {
            for &object in &survivors {
                observer.resurrected(&Ref::from_borrowed(object));
            }
        }
        let mut kept = Kept::new(generation);
        survivors.iter().for_each(|&object| kept.promote(object));
        birth_order::note_births(heap, kept.grown_old, &mut Younger::default());
        if generation == 0 {
            enter(heap, &survivors);
        } else {
            birth_order::append(heap, survivors.iter().copied());
        }
        still.iter().for_each(|&object| (*object).set(COLLECTING));
        still
    }
}

/// Releases the references that an object can give up: what a class of the program has added goes before what its base has.
/// The vector is for what moves out meanwhile.
pub(super) unsafe fn clear_object(object: &Ref, trash: &mut Vec<Ref>) {
    let record = object.record();
    let take_extra = |trash: &mut Vec<Ref>| {
        trash.extend(crate::interior::extra_slots(object).iter().filter_map(crate::Slot::take));
        trash.drain(..).for_each(drop);
    };
    let has_added = record.extra_slots() > 0 && record.counts_class();
    if has_added {
        take_extra(trash);
    }
    // SAFETY: the payload has the layout of the record.
    unsafe {
        let layout = record.known_layout();
        let payload = object.as_ptr().add(1).cast::<u8>();
        match layout.items {
            // As a list does it: it is empty when the first of its items goes, the last one first.
            Single::Buffer => drop((*payload.cast::<Buffer<Ref>>()).take_all()),
            _ => (layout.clear)(payload, trash),
        }
    }
    trash.drain(..).for_each(drop);
    if record.extra_slots() > 0 && !has_added {
        take_extra(trash);
    }
}
