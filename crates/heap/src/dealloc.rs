//! What happens when a count reaches zero.
//!
//! In CPython's order: finalizer (once, may resurrect), weak references and their callbacks, the payload's own
//! references, the class. Nested deaths run at once, as in CPython, down to a fixed depth; deeper ones are put on
//! a list and run when the outermost is done, so that no chain of objects can exhaust the native stack.

use std::ptr::NonNull;

use crate::{
    blocks::{self, Family},
    header::{DYING, FINALIZED, Header, INTERNED, TRACKED, WEAKLY_REFERENCED},
    interned,
    payload::Single,
    reference::Ref,
    state::{HEAP, HeapState},
    types::{NO_CLASS, TypeRecord, record},
    weak,
};

/// How deep deaths nest before they are deferred (CPython's trash can has the same limit).
const MAX_DEPTH: u32 = 50;

/// Deallocates an object whose count has just reached zero.
///
/// # Safety
/// The count must be zero and no reference may remain.
#[inline(never)]
pub(crate) unsafe fn deallocate(object: NonNull<Header>) {
    // SAFETY: the object is dead but its memory is still ours.
    unsafe {
        let record = record(object.as_ref().type_index());
        if let Some(size) = record.plain_object_size(object.as_ptr())
            && !object.as_ref().has(WEAKLY_REFERENCED)
        {
            // Numbers and strings: nothing to run, nothing to release.
            if object.as_ref().has(INTERNED) {
                return release_interned(object.as_ptr(), size);
            }
            HEAP.with(|heap| blocks::release(heap, Family::Atomic, object.as_ptr(), size));
            return;
        }
        deallocate_with_ceremony(object.as_ptr(), record)
    }
}

#[cold]
#[inline(never)]
unsafe fn release_interned(object: *mut Header, size: usize) {
    // SAFETY: the object is dead, atomic and of this size.
    HEAP.with(|heap| unsafe {
        interned::remove(heap, object);
        blocks::release(heap, Family::Atomic, object, size);
    });
}

/// The end of an object that has something to run or to release. A function of its own, so that the way of numbers
/// above saves no registers.
#[inline(never)]
unsafe fn deallocate_with_ceremony(object: *mut Header, record: &'static TypeRecord) {
    HEAP.with(|heap| {
        if heap.depth.get() >= MAX_DEPTH {
            heap.deferred.borrow_mut().push(object);
            return;
        }
        heap.depth.set(heap.depth.get() + 1);
        // SAFETY: the object is dead but its memory is still ours.
        unsafe {
            if !destroy_items(heap, object, record) {
                destroy(object, record);
            }
            if heap.depth.get() == 1 {
                run_deferred(heap);
            }
        }
        heap.depth.set(heap.depth.get() - 1);
    });
}

/// # Safety
/// Called at depth 1 only; the deferred objects are dead.
unsafe fn run_deferred(heap: &HeapState) {
    loop {
        let next = heap.deferred.borrow_mut().pop();
        let Some(object) = next else { break };
        // SAFETY: a deferred object has count zero and its memory is still ours.
        unsafe { destroy(object, record((*object).type_index())) };
    }
}

/// The short way of objects that are a row of references and nothing else: tuples, and most instances. Nothing happens
/// to others.
///
/// # Safety
/// As for [`destroy`].
#[inline(always)]
unsafe fn destroy_items(heap: &HeapState, object: *mut Header, record: &'static TypeRecord) -> bool {
    // SAFETY: the object's count is zero; its items are released once.
    unsafe {
        let layout = record.layout();
        let kind = (*object).kind.get();
        if layout.items == Single::No || !record.is_simple_container() || kind & WEAKLY_REFERENCED != 0 {
            return false;
        }
        let payload = object.add(1).cast::<u8>();
        let len = *payload.cast::<u32>() as usize;
        let size = size_of::<Header>() + layout.size + len * size_of::<Ref>();
        if !blocks::is_pooled(size) {
            return false;
        }
        // See `destroy`.
        (*object).kind.set(kind & !TRACKED | DYING);
        let items = payload.add(layout.size).cast::<Option<Ref>>();
        // As `drop_tailed` and `drop_tailed_forward` do it.
        if layout.items == Single::Reference {
            for place in (0..len).rev() {
                std::ptr::drop_in_place(items.add(place));
            }
        } else {
            for place in 0..len {
                std::ptr::drop_in_place(items.add(place));
            }
        }
        let class = if record.counts_class() { record.class_pointer() } else { std::ptr::null_mut() };
        heap.collector.note_release(object, record, kind & TRACKED != 0);
        heap.blocks[Family::Container as usize].release(object.cast(), blocks::class_of(size));
        if !class.is_null() {
            drop(Ref::<crate::Any>::from_raw(class));
        }
        true
    }
}

#[inline]
unsafe fn destroy(object: *mut Header, mut record: &'static TypeRecord) {
    // SAFETY: the object's count is zero; it is kept whole until `free`.
    unsafe {
        if let Some(finalize) = record.finalizer()
            && !(*object).has(FINALIZED)
        {
            (*object).set(FINALIZED);
            (*object).count.set(1);
            let resurrected = Ref::from_raw(object);
            finalize(&resurrected);
            let object = resurrected.into_raw();
            let count = (*object).count.get() - 1;
            (*object).count.set(count);
            if count > 0 {
                return;
            }
            // The finalizer may have given it another class, and the one before may be gone.
            let now = self::record((*object).type_index());
            if !std::ptr::eq(now, record) {
                HEAP.with(|heap| heap.forget_birth(object));
                record = now;
            }
        }
        // From here on the program may still run, in callbacks and in the finalizers of what the object holds: a
        // collection or a walk that it starts must not find an object whose count is zero.
        let tracked = (*object).has(TRACKED);
        (*object).unset(TRACKED);
        if (*object).has(WEAKLY_REFERENCED) {
            weak::clear(object);
        }
        (*object).set(DYING);
        drop_contents(object, record);
        free(object, record, tracked);
    }
}

/// Releases what the object refers to, the class last.
#[inline(always)]
unsafe fn drop_contents(object: *mut Header, record: &'static TypeRecord) {
    // SAFETY: the payload is dropped once, then the extra slots.
    unsafe {
        let layout = record.layout();
        if layout.needs_drop {
            (layout.drop)(object.add(1).cast());
        }
        let extra = record.extra_slots();
        if extra > 0 {
            // A tail's length outlives the payload; `free` reads it again.
            let size = layout.payload_size(object.add(1).cast());
            let slots = object.cast::<u8>().add((8 + size).next_multiple_of(8)).cast::<Option<Ref>>();
            for index in 0..extra {
                std::ptr::drop_in_place(slots.add(index));
            }
        }
    }
}

#[inline(always)]
unsafe fn free(object: *mut Header, record: &'static TypeRecord, tracked: bool) {
    // SAFETY: nothing of the object is used any more but its size.
    unsafe {
        let class = if record.counts_class() { record.class_pointer() } else { std::ptr::null_mut() };
        let block_class = match record.block_class() {
            // The length of the tail says how large the block is; blocks beyond the pools are odd.
            NO_CLASS => match record.object_size(object) {
                size if blocks::is_pooled(size) => blocks::class_of(size) as u8,
                _ => NO_CLASS,
            },
            known => known,
        };
        if block_class == NO_CLASS || record.finalizer().is_some() {
            free_odd(object, record, tracked);
        } else {
            HEAP.with(|heap| {
                let family = record.family();
                if family == Family::Container {
                    heap.collector.note_release(object, record, tracked);
                }
                heap.blocks[family as usize].release(object.cast(), block_class as usize);
            });
        }
        if !class.is_null() {
            drop(Ref::<crate::Any>::from_raw(class));
        }
    }
}

/// Gives the block of an object back whose size must be asked for.
///
/// # Safety
/// As for `free`.
#[inline(never)]
unsafe fn free_odd(object: *mut Header, record: &'static TypeRecord, tracked: bool) {
    // SAFETY: as promised by the caller.
    unsafe {
        let family = record.family();
        let size = record.object_size(object);
        HEAP.with(|heap| {
            if family == Family::Container {
                heap.collector.note_release(object, record, tracked);
                if !blocks::is_pooled(size) {
                    heap.collector.forget(object);
                }
            }
            if record.finalizer().is_some() {
                heap.forget_birth(object);
            }
            blocks::release(heap, family, object, size);
        });
    }
}

/// Releases one reference held as a raw pointer; out of line for the interpreter loop.
///
/// # Safety
/// The pointer must carry one owned reference.
#[cold]
#[inline(never)]
pub unsafe fn release_last(object: *mut Header) {
    // SAFETY: the caller has already taken the count to zero.
    unsafe { deallocate(NonNull::new_unchecked(object)) }
}
