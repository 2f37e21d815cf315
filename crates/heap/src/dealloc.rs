//! What happens when a count reaches zero.
//!
//! In CPython's order: finalizer (once, may resurrect), weak references and their callbacks, the payload's own
//! references, the class. Nested deaths run at once, as in CPython, down to a fixed depth; deeper ones are put on
//! a list and run when the outermost is done, so that no chain of objects can exhaust the native stack.

use std::{hint::cold_path, ptr::NonNull};

use crate::{
    blocks::{self, Family, SMALL_LIMIT},
    buffer::Buffer,
    header::{DYING, FINALIZED, Header, INTERNED, TRACKED, TYPE_MASK, WEAKLY_REFERENCED},
    interned,
    reference::Ref,
    state::{HEAP, HeapState},
    types::{FLOAT, INT, NO_CLASS, Teardown, TypeRecord, record},
    weak,
};

/// Bytes of an int or float.
const BOX_SIZE: usize = 16;

/// So many items before one is given up, its memory is asked for.
const AHEAD: usize = 8;

/// So many items of a list that repeats an object are given up at a time.
const RUN: usize = 8;

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
        let object = object.as_ptr();
        let kind = (*object).kind.get();
        let record = record(kind & TYPE_MASK);
        if kind & WEAKLY_REFERENCED == 0 {
            // Each way is a function of its own, so that the way of numbers and strings saves no registers.
            match record.teardown() {
                Teardown::Plain => {
                    let size = record.plain_object_size(object).unwrap_unchecked();
                    if kind & INTERNED != 0 {
                        return release_interned(object, size);
                    }
                    HEAP.with(|heap| blocks::release(heap, Family::Atomic, object, size));
                    return;
                }
                Teardown::Row => return destroy_row(object, record),
                Teardown::Slots => return destroy_slots(object, record),
                Teardown::Buffer => return destroy_buffer(object, record),
                Teardown::Fixed => return destroy_fixed(object, record),
                Teardown::Tailed => return destroy_tailed(object, record),
                Teardown::Full => {}
            }
        }
        destroy_nested(object, record);
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

/// Ends an object by `end`, one level deeper than whoever gives up the last reference to it, or notes it for later.
#[inline(always)]
unsafe fn nested(object: *mut Header, end: impl FnOnce(&HeapState)) {
    HEAP.with(|heap| {
        let depth = heap.depth.get();
        if depth >= MAX_DEPTH {
            return defer(heap, object);
        }
        heap.depth.set(depth + 1);
        end(heap);
        // SAFETY: nobody holds a borrow of the list here.
        if depth == 0 && unsafe { !(*heap.deferred.as_ptr()).is_empty() } {
            // SAFETY: this is the outermost of them.
            unsafe { run_deferred(heap) };
        }
        heap.depth.set(depth);
    });
}

#[cold]
#[inline(never)]
fn defer(heap: &HeapState, object: *mut Header) {
    heap.deferred.borrow_mut().push(object);
}

/// # Safety
/// Called at depth 1 only; the deferred objects are dead.
#[cold]
#[inline(never)]
unsafe fn run_deferred(heap: &HeapState) {
    loop {
        let next = heap.deferred.borrow_mut().pop();
        let Some(object) = next else { break };
        // SAFETY: a deferred object has count zero and its memory is still ours.
        unsafe { destroy(object, record((*object).type_index())) };
    }
}

/// The end of an object that has something to run, or more to release than a row of references.
#[inline(never)]
unsafe fn destroy_nested(object: *mut Header, record: &'static TypeRecord) {
    // SAFETY: the object is dead but its memory is still ours.
    unsafe { nested(object, |_| destroy(object, record)) }
}

/// Gives up one reference of an object that ends.
#[inline(always)]
unsafe fn give_up(heap: &HeapState, object: *mut Header) {
    // SAFETY: the caller owns the reference and does not use it again.
    unsafe {
        if !give_up_quietly(heap, object) {
            deallocate(NonNull::new_unchecked(object));
        }
    }
}

/// The same but for the end of what was the last reference to anything else than a number: that is left to the caller.
/// Whether nothing is left.
#[inline(always)]
unsafe fn give_up_quietly(heap: &HeapState, object: *mut Header) -> bool {
    // SAFETY: the caller owns the reference.
    unsafe {
        let count = (*object).count.get().wrapping_sub(1);
        (*object).count.set(count);
        let ends = count == 0;
        if ends && blocks::is_pooled(BOX_SIZE) && matches!((*object).kind.get(), INT | FLOAT) {
            blocks::release(heap, Family::Atomic, object, BOX_SIZE);
            return true;
        }
        !ends
    }
}

/// Ends an object whose contents are given up by `quietly` as far as nothing but numbers ends with them. It is no death within
/// others then, and needs no stack. From the first item on for which that is not so, which `quietly` gives with its place, `rest`
/// does it.
#[inline(always)]
unsafe fn end_quietly(
    object: *mut Header,
    record: &'static TypeRecord,
    quietly: impl FnOnce(&HeapState) -> Option<usize>,
    rest: unsafe fn(*mut Header, &'static TypeRecord, usize),
    release: impl FnOnce(&HeapState, u32),
) {
    HEAP.with(|heap| {
        if heap.depth.get() >= MAX_DEPTH {
            return defer(heap, object);
        }
        match quietly(heap) {
            // SAFETY: the object is dead but its memory is still ours, and what it holds from there on.
            Some(place) => unsafe { rest(object, record, place) },
            // SAFETY: the same.
            None => release(heap, unsafe { (*object).kind.get() }),
        }
    });
}

/// The end of a tuple: its items go last to first.
#[inline(never)]
unsafe fn destroy_row(object: *mut Header, record: &'static TypeRecord) {
    // SAFETY: the type is a row of references; each is given up once.
    unsafe {
        let (items, len) = row(object, record);
        let quietly =
            |heap: &HeapState| (0..len).rev().find(|&place| !give_up_quietly(heap, *items.add(place)));
        let release = |heap: &HeapState, kind| release_row(heap, object, record, kind, len);
        end_quietly(object, record, quietly, destroy_rest_of_row, release);
    }
}

/// The same from a place on whose item ends.
#[inline(never)]
unsafe fn destroy_rest_of_row(object: *mut Header, record: &'static TypeRecord, place: usize) {
    // SAFETY: the type is a row of references; each is given up once.
    unsafe {
        nested(object, |heap| {
            let kind = mark_dying(object);
            let (items, len) = row(object, record);
            deallocate(NonNull::new_unchecked(*items.add(place)));
            for place in (0..place).rev() {
                give_up(heap, *items.add(place));
            }
            release_row(heap, object, record, kind, len);
        });
    }
}

/// The end of an instance whose attributes lie in it: they go first to last.
#[inline(never)]
unsafe fn destroy_slots(object: *mut Header, record: &'static TypeRecord) {
    // SAFETY: the type is a row of slots; what is in them is given up once.
    unsafe {
        let (items, len) = row(object, record);
        let quietly = |heap: &HeapState| {
            (0..len).find(|&place| {
                let item = *items.add(place);
                !item.is_null() && !give_up_quietly(heap, item)
            })
        };
        let release = |heap: &HeapState, kind| release_row(heap, object, record, kind, len);
        end_quietly(object, record, quietly, destroy_rest_of_slots, release);
    }
}

/// The same from a place on whose item ends.
#[inline(never)]
unsafe fn destroy_rest_of_slots(object: *mut Header, record: &'static TypeRecord, place: usize) {
    // SAFETY: the type is a row of slots; what is in them is given up once.
    unsafe {
        nested(object, |heap| {
            let kind = mark_dying(object);
            let (items, len) = row(object, record);
            deallocate(NonNull::new_unchecked(*items.add(place)));
            for place in place + 1..len {
                let item = *items.add(place);
                if !item.is_null() {
                    give_up(heap, item);
                }
            }
            release_row(heap, object, record, kind, len);
        });
    }
}

/// The end of a list: its items go last to first, then their storage.
#[inline(never)]
unsafe fn destroy_buffer(object: *mut Header, record: &'static TypeRecord) {
    // SAFETY: the type is a buffer of references; what is in it is given up once.
    unsafe {
        let buffer = object.add(1).cast::<Buffer<Ref>>();
        if !(*buffer).is_short() {
            return destroy_long_buffer(object, record);
        }
        let (items, len) = ((&*buffer).as_ptr().cast::<*mut Header>(), (&*buffer).len());
        let quietly =
            |heap: &HeapState| (0..len).rev().find(|&place| !give_up_quietly(heap, *items.add(place)));
        let release = |heap: &HeapState, kind| {
            (*buffer).release_short(heap);
            release_container(heap, object, record, kind, record.block_class() as usize);
        };
        end_quietly(object, record, quietly, destroy_rest_of_buffer, release);
    }
}

/// The same from a place on whose item ends.
#[inline(never)]
unsafe fn destroy_rest_of_buffer(object: *mut Header, record: &'static TypeRecord, place: usize) {
    // SAFETY: the type is a buffer of references; what is in it is given up once.
    unsafe {
        nested(object, |heap| {
            let kind = mark_dying(object);
            let buffer = object.add(1).cast::<Buffer<Ref>>();
            let item = *(&*buffer).as_ptr().cast::<*mut Header>().add(place);
            (*buffer).forget_from(place);
            deallocate(NonNull::new_unchecked(item));
            end_buffer(heap, object, record, kind);
        });
    }
}

/// The end of a list that is not short.
#[inline(never)]
unsafe fn destroy_long_buffer(object: *mut Header, record: &'static TypeRecord) {
    // SAFETY: the type is a buffer of references; what is in it is given up once.
    unsafe {
        nested(object, |heap| {
            let kind = mark_dying(object);
            end_buffer(heap, object, record, kind);
        });
    }
}

/// Gives up what is left in a list, its storage and its block.
#[inline(always)]
unsafe fn end_buffer(heap: &HeapState, object: *mut Header, record: &'static TypeRecord, kind: u32) {
    // SAFETY: the type is a buffer of references; what is in it is given up once.
    unsafe {
        let buffer = object.add(1).cast::<Buffer<Ref>>();
        give_up_items(heap, buffer);
        (*buffer).release(heap);
        release_container(heap, object, record, kind, record.block_class() as usize);
    }
}

/// Gives up the items of a list that ends, last to first. Its length is kept where code may run that can look at it.
#[inline(always)]
unsafe fn give_up_items(heap: &HeapState, buffer: *mut Buffer<Ref>) {
    // SAFETY: the items before the length are owned by the buffer; each is given up once.
    unsafe {
        let mut len = (&*buffer).len();
        if len > 4 * RUN {
            let items = (&*buffer).as_ptr().cast::<*mut Header>();
            if *items == *items.add(len - 1) && *items == *items.add(len / 2) {
                len = give_up_repeated(items, len);
            }
        }
        while len > 0 {
            let items = (&*buffer).as_ptr().cast::<*mut Header>();
            len -= 1;
            blocks::prefetch(*items.add(len.saturating_sub(AHEAD)));
            let object = *items.add(len);
            if give_up_quietly(heap, object) {
                continue;
            }
            (*buffer).forget_from(len);
            deallocate(NonNull::new_unchecked(object));
            len = (&*buffer).len();
        }
        (*buffer).forget_from(0);
    }
}

/// Gives up items from the end of a list that seems to hold one object in most of its places, as `[False] * n` does: those that
/// stand side by side are counted down at once, since each step would wait for the one before. Gives how many are left when an
/// object is due to end.
#[cold]
#[inline(never)]
unsafe fn give_up_repeated(items: *const *mut Header, mut len: usize) -> usize {
    // SAFETY: the items before the length are owned by the list; each is given up once, and none of them ends here.
    unsafe {
        while len >= RUN {
            let run = items.add(len - RUN);
            let object = *run;
            // Without a branch for each: in a list of two objects it could not be predicted.
            let differs = |place| *run.add(place) as usize ^ object as usize;
            if (1..RUN).fold(0, |all, place| all | differs(place)) == 0 {
                let count = (*object).count.get();
                if count <= RUN as u32 {
                    break;
                }
                (*object).count.set(count - RUN as u32);
                len -= RUN;
                continue;
            }
            for _ in 0..RUN {
                let object = *items.add(len - 1);
                let count = (*object).count.get();
                if count == 1 {
                    return len;
                }
                (*object).count.set(count.wrapping_sub(1));
                len -= 1;
            }
        }
        len
    }
}

/// The end of a container of a fixed size.
#[inline(never)]
unsafe fn destroy_fixed(object: *mut Header, record: &'static TypeRecord) {
    // SAFETY: the payload is dropped once.
    unsafe {
        let layout = record.known_layout();
        let block_class = record.block_class() as usize;
        if !layout.needs_drop {
            HEAP.with(|heap| release_container(heap, object, record, (*object).kind.get(), block_class));
            return;
        }
        nested(object, |heap| {
            let kind = mark_dying(object);
            (layout.drop)(object.add(1).cast());
            release_container(heap, object, record, kind, block_class);
        });
    }
}

/// The end of a container with a tail, such as an exception.
#[inline(never)]
unsafe fn destroy_tailed(object: *mut Header, record: &'static TypeRecord) {
    // SAFETY: the payload is dropped once; the length of its tail outlives it.
    unsafe {
        nested(object, |heap| {
            let kind = mark_dying(object);
            let layout = record.known_layout();
            let payload = object.add(1).cast::<u8>();
            (layout.drop)(payload);
            let size = size_of::<Header>() + layout.payload_size(payload);
            if size <= SMALL_LIMIT && blocks::is_pooled(size) {
                release_container(heap, object, record, kind, blocks::class_of(size));
            } else {
                free_long_row(object, record, kind);
            }
        });
    }
}

/// The items of an object with a tail of references or slots.
#[inline(always)]
unsafe fn row(object: *mut Header, record: &TypeRecord) -> (*mut *mut Header, usize) {
    // SAFETY: every tailed payload starts with its length.
    unsafe {
        let payload = object.add(1).cast::<u8>();
        (payload.add(record.shape().size as usize).cast(), *payload.cast::<u32>() as usize)
    }
}

/// Marks an object that ends, see [`destroy`]; the flags that it had.
#[inline(always)]
unsafe fn mark_dying(object: *mut Header) -> u32 {
    // SAFETY: the object is dead but its memory is still ours.
    unsafe {
        let kind = (*object).kind.get();
        (*object).kind.set(kind & !TRACKED | DYING);
        kind
    }
}

/// Gives the block of a row of references back.
#[inline(always)]
unsafe fn release_row(
    heap: &HeapState,
    object: *mut Header,
    record: &'static TypeRecord,
    kind: u32,
    len: usize,
) {
    // SAFETY: its contents are released.
    unsafe {
        let size = size_of::<Header>() + record.shape().size as usize + len * size_of::<Ref>();
        if size <= SMALL_LIMIT && blocks::is_pooled(size) {
            release_container(heap, object, record, kind, blocks::class_of(size));
        } else {
            free_long_row(object, record, kind);
        }
    }
}

#[cold]
#[inline(never)]
unsafe fn free_long_row(object: *mut Header, record: &'static TypeRecord, kind: u32) {
    // SAFETY: its contents are released.
    unsafe { free(object, record, kind & TRACKED != 0) }
}

/// Gives the block of a container back, and the reference to its class. All that is rare is done last or instead, so that
/// nothing has to be kept on the stack.
#[inline(always)]
unsafe fn release_container(
    heap: &HeapState,
    object: *mut Header,
    record: &'static TypeRecord,
    kind: u32,
    block_class: usize,
) {
    // SAFETY: as below.
    unsafe {
        if kind & TRACKED != 0 && heap.collector.is_last_spilled(object) {
            return release_spilled(heap, object, record, kind, block_class);
        }
        release_noted(heap, object, record, kind, block_class);
    }
}

/// The same of the last object of those that were spilled.
#[cold]
#[inline(never)]
unsafe fn release_spilled(
    heap: &HeapState,
    object: *mut Header,
    record: &'static TypeRecord,
    kind: u32,
    block_class: usize,
) {
    heap.collector.forget_last_spilled();
    // SAFETY: as below.
    unsafe { release_noted(heap, object, record, kind, block_class) }
}

/// See [`release_container`].
#[inline(always)]
unsafe fn release_noted(
    heap: &HeapState,
    object: *mut Header,
    record: &'static TypeRecord,
    kind: u32,
    block_class: usize,
) {
    // SAFETY: the object's contents are released; it was tracked if its flags say so.
    unsafe {
        let class = if record.counts_class() { record.class_pointer() } else { std::ptr::null_mut() };
        heap.collector.note_release(object, record, kind & TRACKED != 0);
        heap.blocks[Family::Container as usize].release(object.cast(), block_class);
        if !class.is_null() {
            let count = (*class).count.get().wrapping_sub(1);
            (*class).count.set(count);
            if count == 0 {
                cold_path();
                deallocate(NonNull::new_unchecked(class));
            }
        }
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
    // SAFETY: the payload and the extra slots are dropped once.
    unsafe {
        let layout = record.layout();
        // What a class of the program has added goes before what its base has.
        let has_added = record.extra_slots() > 0 && record.counts_class();
        if has_added {
            drop_extra_slots(object, record);
        }
        if layout.needs_drop {
            (layout.drop)(object.add(1).cast());
        }
        if record.extra_slots() > 0 && !has_added {
            drop_extra_slots(object, record);
        }
    }
}

/// Releases what stands behind the payload, first to last.
///
/// # Safety
/// The object is dead, and this is done once. A tail's length outlives the payload.
unsafe fn drop_extra_slots(object: *mut Header, record: &'static TypeRecord) {
    // SAFETY: as promised; there are so many slots.
    unsafe {
        let size = record.layout().payload_size(object.add(1).cast());
        let slots = object.cast::<u8>().add((8 + size).next_multiple_of(8)).cast::<Option<Ref>>();
        for index in 0..record.extra_slots() {
            std::ptr::drop_in_place(slots.add(index));
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
                    heap.collector.forget_spilled(object, tracked);
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
                heap.collector.forget_spilled(object, tracked);
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

/// Gives back the block of a dead object that refers to nothing, stands in no table and has `fixed` bytes in front of as many
/// more as its length says, if that makes a small one: so the interpreter loop does away with strings. Says whether it did.
///
/// # Safety
/// The count must be zero and no reference may remain; the object is as described.
#[inline(always)]
pub unsafe fn give_bytes_back(object: *mut Header, fixed: usize) -> bool {
    // SAFETY: the length stands behind the header of such an object, which is dead but still ours.
    unsafe {
        let size = fixed + *object.add(1).cast::<u32>() as usize;
        debug_assert_eq!(record((*object).type_index()).plain_object_size(object), Some(size));
        let is_small = blocks::is_pooled(SMALL_LIMIT) && size <= SMALL_LIMIT;
        if is_small {
            HEAP.with(|heap| blocks::release(heap, Family::Atomic, object, size));
        }
        is_small
    }
}

/// Ends a tuple whose items the caller has moved out, so that they are not given up.
///
/// # Safety
/// The object must be an exact tuple, and the caller own the only reference to it.
#[inline(never)]
pub unsafe fn release_emptied_row(object: *mut Header) {
    // SAFETY: nothing refers to a tuple weakly, so that there is nothing left to do but for its block.
    unsafe {
        (*object).count.set(0);
        let kind = (*object).kind.get();
        let record = record(kind & TYPE_MASK);
        debug_assert!(record.teardown() == Teardown::Row && kind & WEAKLY_REFERENCED == 0);
        let (_, len) = row(object, record);
        HEAP.with(|heap| release_row(heap, object, record, kind, len));
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
