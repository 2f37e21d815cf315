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

use std::{
    cell::{Cell, RefCell, UnsafeCell},
    ptr,
};

use crate::{
    blocks::{self, Family},
    header::{COLLECTING, FINALIZED, Header, TRACKED, TYPE_MASK, WEAKLY_REFERENCED},
    large,
    payload::Visitor,
    reference::Ref,
    state::{HEAP, HeapState, Map, clear_pending, pending},
    types::record,
    weak,
};

/// The number of generations.
pub const GENERATIONS: usize = 3;
pub(crate) const FROZEN: u32 = 3;
/// A table cell of an object that is no candidate (or is already known to be reachable).
const OUTSIDE: u16 = 0;
/// A table cell of a candidate without references from outside; above it, references + 1.
const NO_REFERENCES: u16 = 1;
/// The count is too large for the cell and stands in the overflow map.
const OVERFLOWED: u16 = u16::MAX;
const GRANULE_SHIFT: u32 = 4;

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

/// Lets the caller watch a collection.
pub trait Observer {
    /// The unreachable objects, before any finalizer runs.
    fn unreachable(&mut self, _objects: &[Ref]) {}

    /// How many of the objects that are about to be cleared do not count by themselves.
    fn hidden(&mut self, _objects: &[Ref]) -> usize {
        0
    }

    /// Whether garbage is to be kept instead of being cleared (`gc.DEBUG_SAVEALL`).
    fn keeps_garbage(&self) -> bool {
        false
    }

    /// Receives the garbage that is kept.
    fn keep(&mut self, _object: Ref) {}

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
    young: [UnsafeCell<Vec<*mut Header>>; 2],
    table: Cell<*mut u16>,
    overflow: RefCell<Option<Map<usize, u32>>>,
    long_lived_total: Cell<usize>,
    long_lived_pending: Cell<usize>,
    statistics: [Cell<Statistics>; GENERATIONS],
}

impl Collector {
    pub(crate) const fn new() -> Collector {
        Collector {
            enabled: Cell::new(true),
            collecting: Cell::new(false),
            counts: [const { Cell::new(0) }; GENERATIONS],
            thresholds: [Cell::new(2000), Cell::new(10), Cell::new(10)],
            young: [const { UnsafeCell::new(Vec::new()) }; 2],
            table: Cell::new(ptr::null_mut()),
            overflow: RefCell::new(None),
            long_lived_total: Cell::new(0),
            long_lived_pending: Cell::new(0),
            statistics: [const { Cell::new(Statistics { collections: 0, collected: 0, uncollectable: 0 }) };
                GENERATIONS],
        }
    }

    /// Counts an allocation and asks for a collection when the threshold is passed.
    #[inline(always)]
    pub(crate) fn note_allocation(&self, heap: &HeapState) {
        let count = self.counts[0].get() + 1;
        self.counts[0].set(count);
        if count > self.thresholds[0].get() {
            self.request(heap);
        }
    }

    #[cold]
    fn request(&self, heap: &HeapState) {
        if self.enabled.get() && self.thresholds[0].get() != 0 && !self.collecting.get() {
            heap.pending.fetch_or(pending::COLLECT, std::sync::atomic::Ordering::Relaxed);
        }
    }

    /// Counts the end of a container.
    #[inline(always)]
    pub(crate) fn note_release(&self, object: *mut Header, tracked: bool) {
        let count = self.counts[0].get();
        if count > 0 {
            self.counts[0].set(count - 1);
        }
        if tracked {
            // SAFETY: no other borrow of the buffer is active: collections hold none while objects die.
            let young = unsafe { &mut *self.young[0].get() };
            if young.last() == Some(&object) {
                young.pop();
            }
        }
    }

    /// Puts an object into the youngest generation.
    ///
    /// # Safety
    /// The object must be alive, complete and untracked.
    #[inline(always)]
    pub(crate) unsafe fn track(&self, heap: &HeapState, object: *mut Header) {
        // SAFETY: as promised by the caller; see `note_release` for the buffer.
        unsafe {
            (*object).kind.set(
                (*object).kind.get() & TYPE_MASK
                    | (*object).kind.get() & !TYPE_MASK & !crate::header::GENERATION_MASK
                    | TRACKED,
            );
            let young = &mut *self.young[0].get();
            if young.len() == young.capacity() {
                self.compact(heap, young);
            }
            young.push(object);
        }
        if heap.stress.get() {
            heap.pending.fetch_or(pending::COLLECT, std::sync::atomic::Ordering::Relaxed);
        }
    }

    /// [`Collector::track`] for an object that may be a large one. Its entry's place is noted, see
    /// [`Collector::forget`].
    ///
    /// # Safety
    /// As for [`Collector::track`].
    pub(crate) unsafe fn track_any(&self, heap: &HeapState, object: *mut Header) {
        // SAFETY: as promised by the caller; large objects have a prefix.
        unsafe {
            let is_large = large::is_large(heap, object);
            if is_large {
                self.forget(object);
            }
            self.track(heap, object);
            if is_large {
                let young = &*self.young[0].get();
                (*large::prefix(object)).entry = young.len() as u32 - 1;
            }
        }
    }

    /// Empties the entry of a large object in a young buffer. The memory of a large object goes back to the system when
    /// it dies, so that its header cannot be asked later whether it is alive; so it has one entry at most, and its prefix
    /// says where.
    ///
    /// # Safety
    /// The object must be a large one.
    #[cold]
    pub(crate) unsafe fn forget(&self, object: *mut Header) {
        // SAFETY: large objects have a prefix; see `note_release` for the buffers.
        unsafe {
            let place = (*large::prefix(object)).entry as usize;
            for young in &self.young {
                let entries = &mut *young.get();
                if let Some(entry) = entries.get_mut(place)
                    && *entry == object
                {
                    *entry = ptr::null_mut();
                }
            }
        }
    }

    /// Takes dead objects out of the young buffers, before pools get another use.
    pub(crate) fn forget_dead(&self, heap: &HeapState) {
        for (generation, young) in self.young.iter().enumerate() {
            // SAFETY: entries point into mapped pools or to live large objects; see `note_release` for the buffers.
            unsafe { retain_live(heap, &mut *young.get(), generation as u32) };
        }
    }

    /// Drops entries of dead objects before the buffer grows.
    #[cold]
    #[inline(never)]
    fn compact(&self, heap: &HeapState, young: &mut Vec<*mut Header>) {
        // SAFETY: entries point into mapped pools or to live large objects (see `live_candidates`).
        unsafe { retain_live(heap, young, 0) };
        let wanted = (young.len() * 2).max(8192);
        young.reserve(wanted - young.len());
    }

    fn cell(&self, heap: &HeapState, address: usize) -> Option<*mut u16> {
        let containers = &heap.blocks[Family::Container as usize];
        if !cfg!(feature = "system-alloc") {
            if containers.contains(address) {
                let index = (address - containers.base()) >> GRANULE_SHIFT;
                // SAFETY: the table covers the whole range.
                return Some(unsafe { self.table.get().add(index) });
            }
            if heap.blocks[Family::Atomic as usize].contains(address) {
                return None;
            }
        }
        // SAFETY: an object outside of the ranges is a large one.
        Some(unsafe { &raw mut (*large::prefix(address as *mut Header)).references }.cast())
    }

    fn ensure_table(&self, heap: &HeapState) {
        if self.table.get().is_null() {
            let granules = heap.blocks[Family::Container as usize].size() >> GRANULE_SHIFT;
            self.table.set(blocks::reserve((granules * size_of::<u16>()).max(1)).cast());
        }
    }
}

/// Keeps the entries whose objects are alive, tracked and in `generation`, each once: the last entry of an address
/// is that of the object that lives there now.
///
/// # Safety
/// Every entry must be null, or point to a block of a pool, or to a large object that is alive.
unsafe fn retain_live(heap: &HeapState, entries: &mut Vec<*mut Header>, generation: u32) {
    // SAFETY: as promised; the flag marks entries that were seen and is taken away again.
    unsafe {
        for entry in entries.iter_mut().rev() {
            // The entry of a large object that died was emptied, since its memory is gone.
            if entry.is_null() {
                continue;
            }
            let header = &**entry;
            let live = header.type_index() != 0
                && header.has(TRACKED)
                // Deaths that wait for their turn are no business of a collection.
                && header.count() > 0
                && !header.has(COLLECTING)
                && header.generation() == generation;
            if live {
                header.set(COLLECTING);
            } else {
                *entry = ptr::null_mut();
            }
        }
        entries.retain(|entry| !entry.is_null());
        for &object in entries.iter() {
            (*object).unset(COLLECTING);
        }
        note_entries(heap, entries, 0);
    }
}

/// Tells the large objects among the entries from a place on where they stand.
///
/// # Safety
/// The entries must be those of live objects.
unsafe fn note_entries(heap: &HeapState, entries: &[*mut Header], start: usize) {
    for (place, &object) in entries.iter().enumerate().skip(start) {
        if large::is_large(heap, object) {
            // SAFETY: large objects have a prefix.
            unsafe { (*large::prefix(object)).entry = place as u32 };
        }
    }
}

/// Subtracts references among candidates.
struct Subtract<'a> {
    heap: &'a HeapState,
}

impl Visitor for Subtract<'_> {
    #[inline(always)]
    fn visit(&mut self, reference: &Ref) {
        let Some(cell) = self.heap.collector.cell(self.heap, reference.address()) else { return };
        // SAFETY: cells of live objects are inside the table or a prefix.
        unsafe {
            let value = *cell;
            if value > NO_REFERENCES {
                if value == OVERFLOWED {
                    self.heap.collector.subtract_overflowed(reference, cell)
                } else {
                    *cell = value - 1
                }
            }
        }
    }

    fn visit_all(&mut self, references: &[Ref]) {
        references.iter().for_each(|reference| self.visit(reference));
    }
}

/// Marks what is reached from a reachable object.
struct Mark<'a> {
    heap: &'a HeapState,
    /// Objects above this address will still be scanned, so that marking them is enough.
    position: usize,
    stack: Vec<*mut Header>,
}

impl Visitor for Mark<'_> {
    #[inline(always)]
    fn visit(&mut self, reference: &Ref) {
        let Some(cell) = self.heap.collector.cell(self.heap, reference.address()) else { return };
        // SAFETY: cells of live objects are inside the table or a prefix.
        unsafe {
            if *cell == NO_REFERENCES {
                if reference.address() > self.position
                    && self.heap.blocks[Family::Container as usize].contains(reference.address())
                {
                    *cell = NO_REFERENCES + 1;
                } else {
                    *cell = OUTSIDE;
                    self.stack.push(reference.as_ptr());
                }
            }
        }
    }

    fn visit_all(&mut self, references: &[Ref]) {
        references.iter().for_each(|reference| self.visit(reference));
    }
}

impl Collector {
    #[cold]
    unsafe fn subtract_overflowed(&self, reference: &Ref, cell: *mut u16) {
        let mut overflow = self.overflow.borrow_mut();
        let counts = overflow.get_or_insert_default();
        if let Some(count) = counts.get_mut(&reference.address()) {
            *count -= 1;
            if *count + 1 < OVERFLOWED as u32 {
                // SAFETY: the cell belongs to the object, as the caller found it.
                unsafe { *cell = *count as u16 + 1 };
                counts.remove(&reference.address());
            }
        }
    }

    /// Writes the object's count into its cell.
    unsafe fn copy_count(&self, heap: &HeapState, object: *mut Header) {
        // SAFETY: the object is alive; containers always have a cell.
        unsafe {
            let cell = self.cell(heap, object as usize).expect("containers have a cell");
            let count = (*object).count();
            if count >= OVERFLOWED as u32 - 1 {
                *cell = OVERFLOWED;
                self.overflow.borrow_mut().get_or_insert_default().insert(object as usize, count);
            } else {
                *cell = count as u16 + 1;
            }
        }
    }
}

/// Shows everything an object refers to: payload, extra slots, class.
///
/// # Safety
/// The object must be alive.
#[inline]
pub(crate) unsafe fn trace_object(object: *mut Header, visitor: &mut dyn Visitor) {
    // SAFETY: the payload has the layout of the record; the borrowed reference does not outlive the call.
    unsafe {
        let record = record((*object).type_index());
        let layout = record.layout();
        (layout.trace)(object.add(1).cast(), visitor);
        if record.extra_slots() > 0 {
            let reference = std::mem::ManuallyDrop::new(Ref::<crate::Any>::from_raw(object));
            for slot in crate::interior::extra_slots(&reference) {
                slot.with(|value| value.into_iter().for_each(|value| visitor.visit(value)));
            }
        }
        if record.counts_class()
            && let Some(class) = record.class()
        {
            visitor.visit(class);
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

/// The candidates of a collection of `generation` and all younger ones; for a full collection, in address order,
/// with the younger ones once more in the order of their creation.
unsafe fn candidates(heap: &HeapState, generation: usize) -> (Vec<*mut Header>, Vec<*mut Header>) {
    let mut all = Vec::new();
    let mut younger = Vec::new();
    // SAFETY: the buffers are not borrowed elsewhere; see `retain_live` for their entries.
    unsafe {
        let young = std::mem::take(&mut *heap.collector.young[0].get());
        let middle =
            if generation >= 1 { std::mem::take(&mut *heap.collector.young[1].get()) } else { Vec::new() };
        if generation == 2 {
            for_each_container(heap, |object| {
                if (*object).has(TRACKED)
                    && (*object).count() > 0
                    && (*object).generation() != FROZEN
                    && !(*object).is_immortal()
                {
                    all.push(object);
                }
            });
            younger = young;
            younger.extend(middle);
        } else {
            all = middle;
            retain_live(heap, &mut all, 1);
            let mut youngest = young;
            retain_live(heap, &mut youngest, 0);
            all.append(&mut youngest);
            all.retain(|&object| !(*object).is_immortal());
        }
    }
    (all, younger)
}

/// Sorts garbage that a full collection has found in address order: old objects first, then the younger ones in the
/// order of their creation, as CPython's lists have them. All of it carries the flag of the collection.
///
/// # Safety
/// As for [`retain_live`]; the garbage must be alive.
unsafe fn in_creation_order(garbage: &mut Vec<*mut Header>, younger: &[*mut Header]) {
    // SAFETY: as promised; the flag says which objects have not been placed yet.
    unsafe {
        if garbage.iter().all(|&object| (*object).generation() == 2) {
            return;
        }
        garbage.retain(|&object| (*object).generation() == 2);
        let old = garbage.len();
        for &object in younger.iter().rev().filter(|object| !object.is_null()) {
            let header = &*object;
            if header.type_index() != 0 && header.has(COLLECTING) && header.generation() < 2 {
                header.unset(COLLECTING);
                garbage.push(object);
            }
        }
        garbage[old..].reverse();
        garbage[old..].iter().for_each(|&object| (*object).set(COLLECTING));
    }
}

/// Finds those candidates that nothing outside refers to, in their order. Leaves every cell `OUTSIDE`.
unsafe fn unreachable_among(
    heap: &HeapState,
    candidates: &[*mut Header],
    ascending: bool,
) -> Vec<*mut Header> {
    let collector = &heap.collector;
    // SAFETY: all candidates are alive throughout; no code of the program runs in here.
    unsafe {
        for &object in candidates {
            collector.copy_count(heap, object);
        }
        let mut subtract = Subtract { heap };
        for &object in candidates {
            trace_object(object, &mut subtract);
        }
        let mut mark = Mark { heap, position: usize::MAX, stack: Vec::new() };
        for &object in candidates {
            let cell = collector.cell(heap, object as usize).expect("containers have a cell");
            if *cell <= NO_REFERENCES {
                continue;
            }
            *cell = OUTSIDE;
            mark.position = if ascending { object as usize } else { usize::MAX };
            trace_object(object, &mut mark);
            while let Some(reached) = mark.stack.pop() {
                trace_object(reached, &mut mark);
            }
        }
        let mut unreachable = Vec::new();
        for &object in candidates {
            let cell = collector.cell(heap, object as usize).expect("containers have a cell");
            if *cell != OUTSIDE {
                *cell = OUTSIDE;
                unreachable.push(object);
            }
        }
        *collector.overflow.borrow_mut() = None;
        unreachable
    }
}

/// Moves the survivors of a collection to the next generation and untracks those that cannot be part of a cycle.
unsafe fn promote(heap: &HeapState, survivors: &[*mut Header], generation: usize) {
    let target = (generation + 1).min(2) as u32;
    // SAFETY: the survivors are alive; the buffer is not borrowed elsewhere.
    unsafe {
        for &object in survivors {
            if (*object).generation() != target {
                (*object).set_generation(target);
            }
        }
        if target == 1 {
            let young = &mut *heap.collector.young[1].get();
            let start = young.len();
            young.extend_from_slice(survivors);
            note_entries(heap, young, start);
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
        // SAFETY: no borrow of the buffers is active and no other collection runs.
        let outcome = unsafe { collect_inner(heap, generation, observer) };
        let mut statistics = collector.statistics[generation].get();
        statistics.collections += 1;
        statistics.collected += outcome.collected;
        statistics.uncollectable += outcome.uncollectable;
        collector.statistics[generation].set(statistics);
        collector.collecting.set(false);
        outcome
    })
}

unsafe fn collect_inner(heap: &HeapState, generation: usize, observer: &mut dyn Observer) -> Outcome {
    // SAFETY: the phases follow the contracts of the functions they call; from the moment that `garbage` holds
    // references, no object of it can die before its turn.
    unsafe {
        let (candidates, younger) = candidates(heap, generation);
        let mut unreachable = unreachable_among(heap, &candidates, generation == 2);
        for &object in &unreachable {
            (*object).set(COLLECTING);
        }
        let survivors: Vec<_> = if unreachable.is_empty() {
            candidates
        } else {
            candidates.into_iter().filter(|&object| !(*object).has(COLLECTING)).collect()
        };
        promote(heap, &survivors, generation);
        heap.collector.untrack_atoms(&survivors, generation);
        match generation {
            1 => heap
                .collector
                .long_lived_pending
                .set(heap.collector.long_lived_pending.get() + survivors.len()),
            2 => {
                heap.collector.long_lived_pending.set(0);
                heap.collector.long_lived_total.set(survivors.len());
            }
            _ => {}
        }
        drop(survivors);
        if unreachable.is_empty() {
            return Outcome::default();
        }
        if generation == 2 {
            in_creation_order(&mut unreachable, &younger);
        }
        drop(younger);
        let parts = hide_parts(observer, &unreachable);
        let shown: Vec<Ref> = unreachable
            .iter()
            .filter(|&&object| !parts.contains_key(&(object as usize)))
            .map(|&object| Ref::from_borrowed(object))
            .collect();
        observer.unreachable(&shown);
        drop(shown);
        clear_weak_references(&unreachable);
        if finalize(heap, &unreachable) {
            // What a finalizer has let die is no garbage of this collection any more.
            retain_collecting(heap, &mut unreachable);
        }
        let garbage = keep_resurrected(heap, unreachable, generation);
        let count = garbage.iter().filter(|object| !parts.contains_key(&object.address())).count();
        if observer.keeps_garbage() {
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
        let mut trash = Vec::new();
        for object in garbage {
            clear_object(&object, &mut trash);
            trash.drain(..).for_each(drop);
        }
        Outcome { collected: count, uncollectable: 0 }
    }
}

/// The addresses of garbage that counts as a part of other garbage.
unsafe fn hide_parts(observer: &dyn Observer, garbage: &[*mut Header]) -> Map<usize, ()> {
    let mut parts = Map::default();
    for &object in garbage {
        // SAFETY: garbage is alive; the borrowed reference is not dropped.
        let reference = unsafe { std::mem::ManuallyDrop::new(Ref::<crate::Any>::from_raw(object)) };
        let part = observer.part_of(&reference);
        if part != 0 {
            parts.insert(part, ());
        }
    }
    parts
}

/// Leaves out the objects that have died since they were found to be garbage. Those that live carry the flag of the
/// collection still; one that was made in the block of a dead one does not.
unsafe fn retain_collecting(heap: &HeapState, garbage: &mut Vec<*mut Header>) {
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

/// Clears the weak references to garbage; calls the callbacks of those weak references that are not garbage.
unsafe fn clear_weak_references(garbage: &[*mut Header]) {
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
    weak::call_back(to_call);
}

/// Runs the finalizers of all garbage, each once in an object's life, in the order of creation; whether there were
/// any. The garbage is not held: what a finalizer takes apart dies at once.
unsafe fn finalize(heap: &HeapState, garbage: &[*mut Header]) -> bool {
    // SAFETY: before the first finalizer runs, all garbage is alive.
    let mut pending: Vec<*mut Header> = garbage
        .iter()
        .filter(|&&object| unsafe {
            record((*object).type_index()).finalizer().is_some() && !(*object).has(FINALIZED)
        })
        .copied()
        .collect();
    pending.sort_by_key(|&object| heap.birth(object));
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
                finalize(&held);
            }
        }
    }
    any
}

/// After finalizers: holds what is still garbage; objects that became reachable again go to the older generation.
unsafe fn keep_resurrected(heap: &HeapState, garbage: Vec<*mut Header>, generation: usize) -> Vec<Ref> {
    // SAFETY: all of it is alive, and no code of the program runs in here.
    unsafe {
        let tracked: Vec<_> = garbage.iter().copied().filter(|&object| (*object).has(TRACKED)).collect();
        for &object in &garbage {
            (*object).unset(COLLECTING);
        }
        let still = unreachable_among(heap, &tracked, false);
        if still.len() < tracked.len() {
            for &object in &still {
                (*object).set(COLLECTING);
            }
            let survivors: Vec<_> =
                tracked.into_iter().filter(|&object| !(*object).has(COLLECTING)).collect();
            promote(heap, &survivors, generation);
            for &object in &still {
                (*object).unset(COLLECTING);
            }
        }
        still.into_iter().map(|object| Ref::from_borrowed(object)).collect()
    }
}

/// Moves out the references that an object can give up.
unsafe fn clear_object(object: &Ref, trash: &mut Vec<Ref>) {
    // SAFETY: the payload has the layout of the record.
    unsafe { (object.record().layout().clear)(object.as_ptr().add(1).cast(), trash) };
    trash.extend(crate::interior::extra_slots(object).iter().filter_map(crate::Slot::take));
}

impl Collector {
    /// Untracks survivors whose type says that they cannot be part of a cycle (tuples, and in full collections
    /// dictionaries, of atoms).
    unsafe fn untrack_atoms(&self, survivors: &[*mut Header], generation: usize) {
        let mut atoms = Vec::new();
        for &object in survivors {
            // SAFETY: survivors are alive; the borrowed reference is not dropped.
            unsafe {
                let record = record((*object).type_index());
                if let Some(can_untrack) = record.untrack.get() {
                    let reference = std::mem::ManuallyDrop::new(Ref::<crate::Any>::from_raw(object));
                    if can_untrack(&reference, generation) {
                        atoms.push(object);
                    }
                }
            }
        }
        // Only now, so that it does not depend on addresses how far a nest of tuples is untracked in one collection:
        // CPython comes to a tuple before what only the tuple refers to.
        for object in atoms {
            // SAFETY: as above.
            unsafe { (*object).unset(TRACKED) };
        }
    }
}

/// Runs the collection that the counts ask for, if any, as CPython's `gc_collect_generations`. The generation that
/// was chosen is given to `run`, which calls [`collect`].
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
    HEAP.with(|heap| heap.collector.thresholds[generation].set(value));
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

/// Moves everything to the oldest generation and starts to count anew: what the interpreter's start has made is not
/// looked at by young collections.
pub fn settle() {
    HEAP.with(|heap| {
        for buffer in &heap.collector.young {
            // SAFETY: the buffers are not borrowed elsewhere; see `retain_live` for their entries.
            for object in unsafe { std::mem::take(&mut *buffer.get()) } {
                if object.is_null() {
                    continue;
                }
                // SAFETY: as above; entries of dead objects are told by their header.
                let header = unsafe { &*object };
                if header.type_index() != 0 && header.has(TRACKED) && header.generation() < 2 {
                    header.set_generation(2);
                }
            }
        }
        heap.collector.counts.iter().for_each(|count| count.set(0));
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
