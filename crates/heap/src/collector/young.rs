//! The young generations: buffers of pointers, pushed when an object is tracked.

use std::{mem::ManuallyDrop, ptr};

use crate::{
    Any,
    header::{COLLECTING, GENERATION_MASK, GENERATION_SHIFT, Header, TRACKED, TYPE_MASK},
    large,
    reference::Ref,
    state::{HeapState, pending},
    types::{TypeRecord, record},
};

use super::{
    Collector, OLDEST,
    spill::{SPILL_FROM, Spill, Younger},
};

impl Collector {
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

    /// Whether an object can be counted and tracked with nothing to be done out of line.
    #[inline(always)]
    pub(crate) fn has_room(&self) -> bool {
        // SAFETY: see `note_release` for the buffer.
        let young = unsafe { &*self.young[0].get() };
        young.len() < young.capacity() && self.counts[0].get() < self.quiet_below.get()
    }

    /// Works out anew which counts need nothing to be done.
    pub(crate) fn note_quiet(&self, heap: &HeapState) {
        self.quiet_below.set(if heap.stress.get() { i32::MIN } else { self.thresholds[0].get() });
    }

    /// [`Collector::track`] for a fresh object, where there is room.
    ///
    /// # Safety
    /// As for [`Collector::track`], after [`Collector::has_room`].
    #[inline(always)]
    pub(crate) unsafe fn track_within(&self, object: *mut Header) {
        // SAFETY: as promised; the header's flags are empty.
        unsafe {
            (*object).kind.set((*object).kind.get() | TRACKED);
            let young = &mut *self.young[0].get();
            young.as_mut_ptr().add(young.len()).write(object);
            young.set_len(young.len() + 1);
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

    /// Takes the entries of the youngest generation out.
    pub(super) fn take_youngest(&self) -> Younger {
        // SAFETY: see `note_release` for the buffer.
        let young = std::mem::take(unsafe { &mut *self.young[0].get() });
        Younger::new(self.spill.replace(Spill::new()), young)
    }

    /// Takes dead objects out of the young buffers, before pools get another use.
    pub(crate) fn forget_dead(&self, heap: &HeapState) {
        self.sift(heap);
        for (generation, young) in self.young.iter().enumerate() {
            // SAFETY: entries point into mapped pools or to live large objects; see `note_release` for the buffers.
            unsafe { retain_live(heap, &mut *young.get(), generation as u32) };
        }
        // SAFETY: as above; large objects are not noted there.
        unsafe { retain_live(heap, &mut *self.old_order.get(), OLDEST) };
    }

    /// Drops entries of dead objects before the buffer grows.
    #[cold]
    #[inline(never)]
    fn compact(&self, heap: &HeapState, young: &mut Vec<*mut Header>) {
        // SAFETY: entries point into mapped pools or to live large objects (see `retain_live`).
        unsafe { retain_live(heap, young, 0) };
        if young.len() >= SPILL_FROM {
            self.spill(heap, young);
        }
        let wanted = (young.len() * 2).max(8192);
        young.reserve(wanted - young.len());
    }

    /// Makes a long buffer of live objects short. Large objects stay, since their prefixes say where their entries are.
    fn spill(&self, heap: &HeapState, young: &mut Vec<*mut Header>) {
        let pooled = young.iter().copied().filter(|&object| !large::is_large(heap, object));
        self.spill.borrow_mut().append(pooled);
        young.retain(|&object| large::is_large(heap, object));
        // SAFETY: all of them are alive.
        unsafe { note_entries(heap, young, 0) };
        if self.spill.borrow().is_full() {
            self.sift(heap);
        }
    }

    /// Takes dead objects out of what was spilled.
    fn sift(&self, heap: &HeapState) {
        let mut spill = self.spill.borrow_mut();
        if !spill.is_empty() {
            let mut entries = spill.entries();
            // SAFETY: entries point into mapped pools; large objects are not among them.
            unsafe { retain_live(heap, &mut entries, 0) };
            *spill = Spill::sifted(entries);
        }
    }
}

/// Keeps the entries whose objects are alive, tracked and in `generation`, each once: the last entry of an address
/// is that of the object that lives there now.
///
/// # Safety
/// Every entry must be null, or point to a block of a pool, or to a large object that is alive.
pub(super) unsafe fn retain_live(heap: &HeapState, entries: &mut Vec<*mut Header>, generation: u32) {
    // A block that is free has no flags, and an object that ends is tracked no more.
    let wanted = TRACKED | generation << GENERATION_SHIFT;
    retain_last(entries, |object| {
        // SAFETY: as promised; the entry is not null. The flag marks those that were seen.
        let header = unsafe { &*object };
        let kind = header.kind();
        // One whose death waits for its turn is gone.
        let stays = kind & (TRACKED | COLLECTING | GENERATION_MASK) == wanted && header.count() != 0;
        if stays {
            header.kind.set(kind | COLLECTING);
        }
        stays
    });
    for (place, &object) in entries.iter().enumerate() {
        // SAFETY: those that are left are alive.
        unsafe {
            (*object).unset(COLLECTING);
            note_entry(heap, object, place);
        }
    }
}

/// Keeps the entries that are wanted, which is asked of them from the last to the first. Null is none: the entry of a large object
/// that died was emptied, since its memory is gone.
#[inline(always)]
pub(super) fn retain_last(entries: &mut Vec<*mut Header>, mut is_wanted: impl FnMut(*mut Header) -> bool) {
    // What stays is gathered at the end, so that each entry is moved once.
    let places = entries.as_mut_ptr();
    let mut first = entries.len();
    for place in (0..entries.len()).rev() {
        // SAFETY: the places lie in the vector.
        unsafe {
            let object = *places.add(place);
            if !object.is_null() && is_wanted(object) {
                first -= 1;
                *places.add(first) = object;
            }
        }
    }
    entries.drain(..first);
}

/// Tells the large objects among the entries from a place on where they stand.
///
/// # Safety
/// The entries must be those of live objects.
pub(super) unsafe fn note_entries(heap: &HeapState, entries: &[*mut Header], start: usize) {
    for (place, &object) in entries.iter().enumerate().skip(start) {
        // SAFETY: as promised.
        unsafe { note_entry(heap, object, place) };
    }
}

/// Tells an object, if it is a large one, where its entry stands.
///
/// # Safety
/// The object must be alive.
#[inline(always)]
unsafe fn note_entry(heap: &HeapState, object: *mut Header, place: usize) {
    if large::is_large(heap, object) {
        // SAFETY: large objects have a prefix.
        unsafe { (*large::prefix(object)).entry = place as u32 };
    }
}

/// Moves what a young collection keeps to the next generation; those that have come to the oldest one and have a finalizer.
///
/// # Safety
/// They must be alive.
pub(super) unsafe fn promote(kept: &[*mut Header], generation: usize) -> Vec<*mut Header> {
    let target = (generation as u32 + 1).min(OLDEST);
    let mut grown_old = Vec::new();
    for &object in kept {
        // SAFETY: as promised.
        unsafe {
            if target == OLDEST
                && (*object).generation() != OLDEST
                && record((*object).type_index()).finalizer().is_some()
            {
                grown_old.push(object);
            }
            (*object).set_generation(target);
        }
    }
    grown_old
}

/// Those that a full collection keeps.
#[derive(Default)]
pub(super) struct Kept {
    /// Those that were younger and have a finalizer.
    pub(super) grown_old: Vec<*mut Header>,
    /// Those that need not be looked at any more.
    pub(super) leaves: Vec<*mut Header>,
}

impl Kept {
    /// Moves an object to the oldest generation.
    ///
    /// # Safety
    /// The object must be alive, and the record that of its type.
    #[inline(always)]
    pub(super) unsafe fn keep(&mut self, object: *mut Header, record: &TypeRecord) {
        // SAFETY: as promised.
        unsafe {
            let was_young = (*object).generation() != OLDEST;
            if was_young {
                (*object).set_generation(OLDEST);
            }
            if record.is_asked() {
                if was_young && record.finalizer().is_some() {
                    self.grown_old.push(object);
                }
                if is_leaf(object, record, OLDEST as usize) {
                    self.leaves.push(object);
                }
            }
        }
    }
}

/// Whether an object's type says, in a collection of the generation, that it cannot be part of a cycle.
///
/// # Safety
/// The object must be alive, and the record that of its type.
#[inline(always)]
pub(super) unsafe fn is_leaf(object: *mut Header, record: &TypeRecord, generation: usize) -> bool {
    let Some(can_untrack) = record.untrack(generation) else { return false };
    // SAFETY: as promised; the borrowed reference is not dropped.
    let object = unsafe { ManuallyDrop::new(Ref::<Any>::from_raw(object)) };
    can_untrack(&object)
}

/// Enters the survivors of a collection of the youngest generation in the buffer of the next one.
///
/// # Safety
/// They must be alive, and `any_large` must be set if there are large ones among them.
pub(super) unsafe fn enter(heap: &HeapState, survivors: &[*mut Header], any_large: bool) {
    // SAFETY: as promised; the buffer is not borrowed elsewhere.
    unsafe {
        let young = &mut *heap.collector.young[1].get();
        let start = young.len();
        young.extend_from_slice(survivors);
        if any_large {
            note_entries(heap, young, start);
        }
    }
}

/// Sorts garbage that a full collection has found in address order: old objects first, then the younger ones in the
/// order of their creation, as CPython's lists have them. All of it carries the flag of the collection.
///
/// # Safety
/// As for [`retain_live`]; the garbage must be alive.
pub(super) unsafe fn in_creation_order(garbage: &mut Vec<*mut Header>, younger: &mut Younger) {
    // SAFETY: as promised; the flag says which objects have not been placed yet.
    unsafe {
        if garbage.iter().all(|&object| (*object).generation() == 2) {
            return;
        }
        garbage.retain(|&object| (*object).generation() == 2);
        let old = garbage.len();
        for &object in younger.entries().iter().rev().filter(|object| !object.is_null()) {
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
