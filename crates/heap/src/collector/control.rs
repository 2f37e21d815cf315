//! What programs ask of the collector: thresholds, counts, generations, and when a collection is due.

use std::cell::Cell;

use crate::{
    header::{FINALIZED, TRACKED},
    state::{HEAP, clear_pending, pending},
};

use super::{FROZEN, GENERATIONS, Statistics, cycle::for_each_container};

/// The generation of the collection that the counts ask for, if any, as in CPython's `gc_collect_generations`.
pub fn due_generation() -> Option<usize> {
    HEAP.with(|heap| {
        let collector = &heap.collector;
        clear_pending(pending::COLLECT);
        if collector.collecting.get() {
            return None;
        }
        if heap.stress.get() {
            return Some(2);
        }
        if !collector.enabled.get() {
            return None;
        }
        (0..GENERATIONS).rev().find(|&generation| {
            let due = collector.counts[generation].get() > collector.thresholds[generation].get();
            let worth =
                generation < 2 || collector.long_lived_pending.get() >= collector.long_lived_total.get() / 4;
            due && worth && collector.thresholds[0].get() != 0
        })
    })
}

/// Switches automatic collection on or off.
pub fn set_enabled(enabled: bool) {
    HEAP.with(|heap| heap.collector.enabled.set(enabled));
}

/// Whether automatic collection is on.
pub fn is_enabled() -> bool {
    HEAP.with(|heap| heap.collector.enabled.get())
}

/// The thresholds of the three generations.
pub fn thresholds() -> [i32; GENERATIONS] {
    HEAP.with(|heap| heap.collector.thresholds.each_ref().map(Cell::get))
}

/// Sets the threshold of a generation.
pub fn set_threshold(generation: usize, value: i32) {
    HEAP.with(|heap| {
        heap.collector.thresholds[generation].set(value);
        heap.collector.note_quiet(heap);
    });
}

/// The counts that the thresholds are compared with.
pub fn counts() -> [i32; GENERATIONS] {
    HEAP.with(|heap| heap.collector.counts.each_ref().map(Cell::get))
}

/// What has been collected in each generation.
pub fn statistics() -> [Statistics; GENERATIONS] {
    HEAP.with(|heap| heap.collector.statistics.each_ref().map(Cell::get))
}

/// Whether a collection is running.
pub fn is_collecting() -> bool {
    HEAP.with(|heap| heap.collector.collecting.get())
}

/// Runs `work` without counting its allocations as the program's: when collections happen does not depend on it.
pub fn uncounted<R>(work: impl FnOnce() -> R) -> R {
    HEAP.with(|heap| {
        let collector = &heap.collector;
        let count = collector.counts[0].get();
        let spares = collector.spares.each_ref().map(Cell::get);
        let due = crate::state::pending_bits() & pending::COLLECT;
        let result = work();
        collector.counts[0].set(count);
        collector.spares.iter().zip(spares).for_each(|(spare, before)| spare.set(before));
        if due == 0 && !heap.stress.get() {
            clear_pending(pending::COLLECT);
        }
        result
    })
}

/// Moves everything to the oldest generation and starts to count anew: what the interpreter's start has made is not
/// looked at by young collections.
pub fn settle() {
    HEAP.with(|heap| {
        // SAFETY: the buffer is not borrowed elsewhere.
        let middle = std::mem::take(unsafe { &mut *heap.collector.young[1].get() });
        for object in heap.collector.take_youngest().entries().iter().copied().chain(middle) {
            if object.is_null() {
                continue;
            }
            // SAFETY: entries of dead objects are told by their header; see `retain_live`.
            let header = unsafe { &*object };
            if header.type_index() != 0 && header.has(TRACKED) && header.generation() < 2 {
                header.set_generation(2);
            }
        }
        heap.collector.counts.iter().for_each(|count| count.set(0));
        heap.collector.forget_spares();
        clear_pending(pending::COLLECT);
    });
}

/// Moves every tracked object to the permanent generation, which collections ignore.
pub fn freeze() {
    HEAP.with(|heap| {
        for_each_container(heap, |object| {
            // SAFETY: the object is alive.
            unsafe {
                if (*object).has(TRACKED) {
                    (*object).set_generation(FROZEN);
                }
            }
        });
        heap.collector.counts.iter().for_each(|count| count.set(0));
        heap.collector.forget_dead(heap);
    });
}

/// Moves the permanent generation to the oldest one.
pub fn unfreeze() {
    HEAP.with(|heap| {
        for_each_container(heap, |object| {
            // SAFETY: the object is alive.
            unsafe {
                if (*object).generation() == FROZEN {
                    (*object).set_generation(2);
                }
            }
        });
    });
}

/// The number of tracked objects in each generation, the permanent one last.
pub fn generation_sizes() -> [usize; GENERATIONS + 1] {
    let mut sizes = [0; GENERATIONS + 1];
    HEAP.with(|heap| {
        for_each_container(heap, |object| {
            // SAFETY: the object is alive.
            unsafe {
                if (*object).has(TRACKED) {
                    sizes[(*object).generation() as usize] += 1;
                }
            }
        });
    });
    sizes
}

/// Lets no finalizer of the objects that are alive run any more, and has collections look at frozen ones again: for the
/// very end, when nothing is left that finalizers could use.
pub fn abandon() {
    HEAP.with(|heap| {
        for_each_container(heap, |object| {
            // SAFETY: the object is alive.
            unsafe { (*object).set(FINALIZED) };
        });
    });
    unfreeze();
}
