//! The generational cycle collector.
//!
//! The algorithm is CPython's (InternalDocs/garbage_collector.md): copy the counts of the candidates, subtract the
//! references among them, and what keeps a positive count, or is reached from there, stays. Then weak references to
//! the rest are cleared, all finalizers run once before anything is cleared (PEP 442), what they resurrected is kept,
//! and the remainder is cleared in the order of creation.
//!
//! Unlike CPython's, objects carry no list links. The counts are copied to one dense side table that is indexed by
//! the address, so a full collection walks the pools in address order and touches only the table at random. Objects
//! of the two young generations stand in buffers of pointers, pushed when an object is tracked; an entry whose object
//! has died meanwhile is recognised by its header and skipped.

mod birth_order;
mod cells;
mod control;
mod cycle;
mod reach;
mod row;
mod search;
mod spill;
mod young;

pub use self::{
    control::{
        abandon, counts, due_generation, freeze, generation_sizes, is_collecting, is_enabled, set_enabled,
        set_threshold, settle, statistics, thresholds, uncounted, unfreeze,
    },
    cycle::collect,
};
pub(crate) use self::{cycle::for_each_container, reach::trace_object};

use std::{
    cell::{Cell, RefCell, UnsafeCell},
    hint::cold_path,
    ptr,
};

use crate::{
    header::Header,
    reference::Ref,
    state::{HeapState, Map, pending},
    types::{SPARE_COUNTERS, Spares, TypeRecord},
};

/// The number of generations.
pub const GENERATIONS: usize = 3;
/// The generation of objects that are in no buffer.
const OLDEST: u32 = 2;
pub(crate) const FROZEN: u32 = 3;

/// What one collection did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// Unreachable objects that were cleared.
    pub collected: usize,
    /// Unreachable objects that could not be cleared (only those kept for `gc.garbage` by a debug flag are).
    pub uncollectable: usize,
}

/// What has been done in a generation since the start.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Statistics {
    /// Collections run.
    pub collections: usize,
    /// Objects cleared.
    pub collected: usize,
    /// Objects found uncollectable.
    pub uncollectable: usize,
}

/// What a collection thinks of one of its candidates.
#[derive(Debug)]
pub struct Verdict {
    /// The candidate.
    pub object: Ref,
    /// Its reference count.
    pub count: u32,
    /// What is left of the count when the references among the candidates are subtracted: those from elsewhere.
    pub left: u32,
    /// Whether it stays.
    pub reachable: bool,
}

/// Lets the caller watch a collection.
pub trait Observer {
    /// Whether the unreachable objects are to be shown by [`Observer::unreachable`].
    fn reports(&self) -> bool {
        false
    }

    /// The unreachable objects, before any finalizer runs.
    fn unreachable(&mut self, _objects: &[Ref]) {}

    /// Whether garbage is to be kept instead of being cleared (`gc.DEBUG_SAVEALL`).
    fn keeps_garbage(&self) -> bool {
        false
    }

    /// Receives the garbage that is kept.
    fn keep(&mut self, _object: Ref) {}

    /// Whether the collection is to be explained object by object: only then the methods below are called.
    fn explains(&self) -> bool {
        false
    }

    /// What the collection thinks of each candidate, before it acts.
    fn judged(&mut self, _verdicts: &[Verdict]) {}

    /// A finalizer is about to run.
    fn finalizing(&mut self, _object: &Ref) {}

    /// A finalizer has made an object reachable again. Nothing may be allocated or released meanwhile.
    fn resurrected(&mut self, _object: &Ref) {}

    /// An object's references are about to be taken away to break its cycles.
    fn clearing(&mut self, _object: &Ref) {}

    /// The address of an object that counts as a part of this one, so that reports leave it out (0: none).
    fn part_of(&self, _object: &Ref) -> usize {
        0
    }
}

/// Watches nothing.
pub struct NoObserver;

impl Observer for NoObserver {}

pub(crate) struct Collector {
    enabled: Cell<bool>,
    collecting: Cell<bool>,
    counts: [Cell<i32>; GENERATIONS],
    thresholds: [Cell<i32>; GENERATIONS],
    /// The threshold of the youngest generation, below all counts while each allocation is to bring about a collection.
    quiet_below: Cell<i32>,
    young: [UnsafeCell<Vec<*mut Header>>; 2],
    /// The oldest entries of the youngest generation, if that is large.
    spill: RefCell<spill::Spill>,
    /// The oldest generation in CPython's order, as far as it is known; see `birth_order`.
    old_order: UnsafeCell<Vec<*mut Header>>,
    table: Cell<*mut u16>,
    overflow: RefCell<Option<Map<usize, u32>>>,
    long_lived_total: Cell<usize>,
    long_lived_pending: Cell<usize>,
    statistics: [Cell<Statistics>; GENERATIONS],
    /// See [`Spares`].
    spares: [Cell<u16>; SPARE_COUNTERS],
}

impl Collector {
    pub(crate) const fn new() -> Collector {
        Collector {
            enabled: Cell::new(true),
            collecting: Cell::new(false),
            counts: [const { Cell::new(0) }; GENERATIONS],
            thresholds: [Cell::new(2000), Cell::new(10), Cell::new(10)],
            quiet_below: Cell::new(2000),
            young: [const { UnsafeCell::new(Vec::new()) }; 2],
            spill: RefCell::new(spill::Spill::new()),
            old_order: UnsafeCell::new(Vec::new()),
            table: Cell::new(ptr::null_mut()),
            overflow: RefCell::new(None),
            long_lived_total: Cell::new(0),
            long_lived_pending: Cell::new(0),
            statistics: [const { Cell::new(Statistics { collections: 0, collected: 0, uncollectable: 0 }) };
                GENERATIONS],
            spares: [const { Cell::new(0) }; SPARE_COUNTERS],
        }
    }

    /// Whether a collection is running.
    pub(crate) fn is_collecting(&self) -> bool {
        self.collecting.get()
    }

    /// Lets go of all dead instances that are counted as kept, as CPython does in full collections.
    pub(crate) fn forget_spares(&self) {
        self.spares.iter().for_each(|spare| spare.set(0));
    }

    /// Counts the allocation of an object with so many items, and asks for a collection when the threshold is passed.
    #[inline(always)]
    pub(crate) fn note_allocation(&self, heap: &HeapState, record: &TypeRecord, len: usize) {
        self.note_allocation_within(record.spares(), len);
        if self.counts[0].get() > self.thresholds[0].get() {
            self.request(heap);
        }
    }

    /// [`Collector::note_allocation`] where the threshold is not passed, see [`Collector::has_room`].
    #[inline(always)]
    pub(crate) fn note_allocation_within(&self, spares: Spares, len: usize) {
        if spares.kinds == 0 {
            return self.counts[0].set(self.counts[0].get() + 1);
        }
        // The counter of those that are not kept stays at zero.
        let spare = &self.spares[spares.counter(len)];
        if spare.get() > 0 {
            spare.set(spare.get() - 1);
        } else {
            self.counts[0].set(self.counts[0].get() + 1);
        }
    }

    #[cold]
    fn request(&self, heap: &HeapState) {
        if self.enabled.get() && self.thresholds[0].get() != 0 && !self.collecting.get() {
            heap.pending.fetch_or(pending::COLLECT, std::sync::atomic::Ordering::Relaxed);
        }
    }

    /// Counts a dead instance as kept, if there is room.
    ///
    /// # Safety
    /// As for [`Collector::note_release`].
    #[inline(always)]
    unsafe fn keep_spare(&self, object: *mut Header, spares: Spares) -> bool {
        // SAFETY: only types with a tail have more than one counter; every tailed payload starts with its length.
        let len = if spares.kinds > 1 { unsafe { *object.add(1).cast::<u32>() as usize } } else { 0 };
        let counter = spares.counter(len);
        let spare = &self.spares[counter];
        let has_room = counter != 0 && spare.get() < spares.most;
        spare.set(spare.get() + u16::from(has_room));
        has_room
    }

    /// Whether a dead object is the last of those that were spilled.
    #[inline(always)]
    pub(crate) fn is_last_spilled(&self, object: *mut Header) -> bool {
        // SAFETY: no borrow of the buffers is active: collections hold none while objects die.
        unsafe {
            if !(*self.spill.as_ptr()).ends_with(object) {
                return false;
            }
            cold_path();
            // The compiler shall not make one value of both.
            std::hint::black_box(());
            (*self.young[0].get()).is_empty()
        }
    }

    /// Takes the last entry of what was spilled off.
    pub(crate) fn forget_last_spilled(&self) {
        self.spill.borrow_mut().pop();
    }

    /// Takes the entry of a dead object off, if it is the last of those that were spilled.
    #[inline(always)]
    pub(crate) fn forget_spilled(&self, object: *mut Header, tracked: bool) {
        if tracked && self.is_last_spilled(object) {
            self.forget_last_spilled();
        }
    }

    /// Counts the end of a container. The [last that was spilled](Self::is_last_spilled) is to be forgotten before.
    ///
    /// # Safety
    /// The record must be that of the object, and the number of its items stand where it was.
    #[inline(always)]
    pub(crate) unsafe fn note_release(&self, object: *mut Header, record: &TypeRecord, tracked: bool) {
        let spares = record.spares();
        // SAFETY: as promised by the caller.
        if spares.kinds == 0 || unsafe { !self.keep_spare(object, spares) } {
            let count = self.counts[0].get();
            self.counts[0].set(count - i32::from(count > 0));
        }
        if tracked {
            // SAFETY: no other borrow of the buffer is active: collections hold none while objects die.
            let young = unsafe { &mut *self.young[0].get() };
            if young.last() == Some(&object) {
                young.pop();
            }
        }
    }
}
