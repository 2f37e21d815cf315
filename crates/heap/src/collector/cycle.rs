//! One collection: what happens to the objects that are found to be unreachable.

use std::mem::ManuallyDrop;

use crate::{
    blocks::Family,
    buffer::Buffer,
    header::{COLLECTING, FINALIZED, Header, TRACKED, WEAKLY_REFERENCED},
    large,
    payload::Single,
    reference::Ref,
    state::{HEAP, HeapState, Map, clear_pending, pending},
    types::record,
    weak,
};

use super::{
    GENERATIONS, Observer, Outcome, birth_order,
    cells::Cells,
    reach::{Plan, Sorted, sort_in_order},
    search::{Found, search_all, search_young},
    spill::Younger,
    young::{enter, in_creation_order, promote},
};

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
        let Found { mut unreachable, mut younger } = if generation == 2 {
            search_all(heap, observer)
        } else {
            search_young(heap, generation, observer)
        };
        if unreachable.is_empty() {
            return Outcome::default();
        }
        if generation == 2 {
            in_creation_order(&mut unreachable, &mut younger);
        }
        drop(younger);
        let Survey { parts, any_weakly_referenced, any_finalizer, any_large } =
            survey(heap, observer, &unreachable);
        if observer.reports() {
            let shown: Vec<Ref> = unreachable
                .iter()
                .filter(|&&object| !parts.contains_key(&(object as usize)))
                .map(|&object| Ref::from_borrowed(object))
                .collect();
            observer.unreachable(&shown);
        }
        let called = any_weakly_referenced && clear_weak_references(&unreachable);
        // A callback may have given a class a finalizer.
        let finalized = (any_finalizer || called) && finalize(heap, &unreachable, observer);
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
        let count = if parts.is_empty() {
            garbage.len()
        } else {
            garbage.iter().filter(|&&object| !parts.contains_key(&(object as usize))).count()
        };
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
        if any_large {
            garbage.iter().filter(|&&object| large::is_large(heap, object)).for_each(|&object| {
                std::mem::forget(Ref::<crate::Any>::from_borrowed(object));
            });
        }
        clear(heap, garbage, observer);
        Outcome { collected: count, uncollectable: 0 }
    }
}

/// What garbage asks for.
struct Survey {
    /// The addresses of what counts as a part of other garbage.
    parts: Map<usize, ()>,
    any_weakly_referenced: bool,
    any_finalizer: bool,
    any_large: bool,
}

/// Looks once at all garbage, which is alive.
unsafe fn survey(heap: &HeapState, observer: &dyn Observer, garbage: &[*mut Header]) -> Survey {
    let mut survey = Survey {
        parts: Map::default(),
        any_weakly_referenced: false,
        any_finalizer: false,
        any_large: false,
    };
    for &object in garbage {
        // SAFETY: as promised; the borrowed reference is not dropped.
        unsafe {
            let record = record((*object).type_index());
            survey.any_weakly_referenced |= (*object).has(WEAKLY_REFERENCED);
            survey.any_finalizer |= record.finalizer().is_some();
            survey.any_large |= large::is_large(heap, object);
            // Only instances with attributes in them have parts.
            if record.shape().items == Single::Slot {
                let part = observer.part_of(&ManuallyDrop::new(Ref::<crate::Any>::from_raw(object)));
                if part != 0 {
                    survey.parts.insert(part, ());
                }
            }
        }
    }
    survey
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
/// refers to any more dies at once. Only large objects are held by the caller, and let go of here.
unsafe fn clear(heap: &HeapState, garbage: Vec<*mut Header>, observer: &mut dyn Observer) {
    let mut trash = Vec::new();
    // SAFETY: all garbage is alive before the first object is cleared and carries the flag of the collection. Afterwards
    // those of pools are only touched if they are alive still; see `retain_collecting`. Large objects are held.
    unsafe {
        let explains = observer.explains();
        for object in garbage {
            let held: Ref = if large::is_large(heap, object) {
                Ref::from_raw(object)
            } else if (*object).type_index() != 0 && (*object).has(COLLECTING) {
                Ref::from_borrowed(object)
            } else {
                continue;
            };
            if explains {
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
        let cells = Cells::new(heap);
        tracked.iter().for_each(|&object| cells.copy_count(heap, object));
        let plan = Plan { asks: None, explains: false };
        let Sorted { unreachable: still, kept: survivors, .. } = sort_in_order(heap, &tracked, plan);
        if observer.explains() {
            for &object in &survivors {
                observer.resurrected(&Ref::from_borrowed(object));
            }
        }
        let grown_old = promote(&survivors, generation);
        birth_order::note_births(heap, grown_old, &mut Younger::default());
        if generation == 0 {
            enter(heap, &survivors, true);
        } else {
            birth_order::append(heap, survivors.iter().copied());
        }
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
