//! Objects of more than [`crate::blocks::POOLED_LIMIT`] bytes: one system allocation each, listed for walks.

use std::alloc::{Layout, alloc, dealloc, handle_alloc_error, realloc};

use crate::{blocks::Family, header::Header, state::HeapState};

/// Stands in front of a large object's header.
#[repr(C)]
pub(crate) struct Prefix {
    /// Where the object stands in the list of large objects.
    position: u32,
    /// Where its entry stands, if it has one, in the buffer of a young generation.
    pub(crate) entry: u32,
    /// The collector's working count.
    pub(crate) references: u32,
    container: u32,
}

const PREFIX: usize = size_of::<Prefix>();

/// What is asked from the system for an object of `size` bytes: whole cache lines, so that a string that grows by single
/// characters does not ask for each of them.
fn layout_of(size: usize) -> Option<Layout> {
    Layout::from_size_align(PREFIX.checked_add(size)?.checked_next_multiple_of(LINE)?, 16).ok()
}

const LINE: usize = if cfg!(feature = "system-alloc") { 1 } else { 64 };

/// Whether a large object of `old` bytes stays where it is when it has `new` ones.
#[inline(always)]
pub(crate) fn has_room(old: usize, new: usize) -> bool {
    (PREFIX + old).div_ceil(LINE) == (PREFIX + new).div_ceil(LINE)
}

#[cold]
#[inline(never)]
pub(crate) fn allocate(heap: &HeapState, family: Family, size: usize) -> *mut Header {
    let layout = layout_of(size).expect("object sizes fit in the address space");
    // SAFETY: the layout is not empty; the prefix is written before anyone reads it.
    let object = unsafe {
        let block = alloc(layout);
        if block.is_null() {
            handle_alloc_error(layout);
        }
        let position = heap.large.borrow().len() as u32;
        let container = (family == Family::Container) as u32;
        block.cast::<Prefix>().write(Prefix { position, entry: u32::MAX, references: 0, container });
        block.add(PREFIX).cast::<Header>()
    };
    heap.large.borrow_mut().push(object);
    heap.large_bytes.set(heap.large_bytes.get() + size);
    heap.tracer.note_outside(heap, object as usize, size);
    object
}

#[cold]
#[inline(never)]
pub(crate) unsafe fn release(heap: &HeapState, object: *mut Header, size: usize) {
    // SAFETY: the object was allocated by this module, so its prefix stands before it.
    unsafe {
        let position = (*prefix(object)).position;
        let mut large = heap.large.borrow_mut();
        large.swap_remove(position as usize);
        if let Some(&moved) = large.get(position as usize) {
            (*prefix(moved)).position = position;
        }
        heap.large_bytes.set(heap.large_bytes.get() - size);
        heap.tracer.forget_outside(object as usize);
        dealloc(prefix(object).cast(), layout_of(size).expect("the size it was made with"));
    }
}

/// Changes the size of a large object, which may move.
///
/// # Safety
/// The object must be a large one of `old` bytes that nothing refers to by its old address afterwards.
#[cold]
#[inline(never)]
pub(crate) unsafe fn resize(heap: &HeapState, object: *mut Header, old: usize, new: usize) -> *mut Header {
    // SAFETY: the layout is that of the allocation; the list learns the new address before anyone walks it.
    unsafe {
        heap.large_bytes.set(heap.large_bytes.get() - old + new);
        let had = layout_of(old).expect("the size it was made with");
        let layout = layout_of(new).expect("object sizes fit in the address space");
        heap.tracer.forget_outside(object as usize);
        if layout == had {
            heap.tracer.note_outside(heap, object as usize, new);
            return object;
        }
        let moved = realloc(prefix(object).cast(), had, layout.size());
        if moved.is_null() {
            handle_alloc_error(layout);
        }
        let object = moved.add(PREFIX).cast::<Header>();
        heap.large.borrow_mut()[(*prefix(object)).position as usize] = object;
        heap.tracer.note_outside(heap, object as usize, new);
        object
    }
}

/// Whether a container is a large object.
#[inline(always)]
pub(crate) fn is_large(heap: &HeapState, container: *mut Header) -> bool {
    cfg!(feature = "system-alloc") || !heap.blocks[Family::Container as usize].contains(container as usize)
}

/// The prefix of a large object.
///
/// # Safety
/// The object must be a large one.
pub(crate) unsafe fn prefix(object: *mut Header) -> *mut Prefix {
    // SAFETY: large objects have a prefix in front of them.
    unsafe { object.cast::<u8>().sub(PREFIX).cast() }
}

/// Whether a large object is a container.
///
/// # Safety
/// The object must be a large one.
pub(crate) unsafe fn is_container(object: *mut Header) -> bool {
    // SAFETY: as promised by the caller.
    unsafe { (*prefix(object)).container != 0 }
}
