//! Objects with a tail of bytes that grow in place, as `realloc` does.

use std::{ptr, slice};

use crate::{
    OutOfMemory, Ref, Trace,
    blocks::{self, Family},
    header::{Header, IDENTITY_TAKEN},
    large,
    payload::{Payload, Tailed},
    state::HEAP,
    types::record,
};

/// Makes an atomic object longer by `more` bytes, which `fill` writes. The object keeps its block where the block has
/// room for it, and moves otherwise: so this must be the only reference, or a new object is made from it. An object whose
/// identity the program has asked for is never grown in place. On failure the object comes back as it was.
pub fn grow_bytes<H: Trace + Clone>(
    object: Ref<Tailed<H, u8>>,
    more: usize,
    fill: impl FnOnce(&mut [u8]),
) -> Result<Ref<Tailed<H, u8>>, (Ref<Tailed<H, u8>>, OutOfMemory)>
where
    Tailed<H, u8>: Payload,
{
    let len = object.items().len();
    let index = object.header().type_index();
    let exact = index == <Tailed<H, u8> as Payload>::INDEX && record(index).family() == Family::Atomic;
    if !exact || object.header().count() != 1 || object.header().has(IDENTITY_TAKEN) {
        let longer = crate::alloc_bytes(index, object.head.clone(), len + more, |tail| {
            tail.put(object.items());
            fill(tail.zeroed(more));
        });
        return longer.map_err(|error| (object, error));
    }
    let (old, new) = (record_size(&object, len), record_size(&object, len + more));
    let refused = len + more > u32::MAX as usize
        || new > blocks::POOLED_LIMIT && HEAP.with(|heap| heap.check_limit(more)).is_err();
    if refused {
        return Err((object, OutOfMemory));
    }
    // SAFETY: this is the only reference, so the object may move; the block has room for `new` bytes before the length is
    // raised, and all new bytes are written before anyone else sees them.
    unsafe {
        let moved = HEAP.with(|heap| resize(heap, object.into_raw(), old, new));
        let payload = moved.add(1).cast::<Tailed<H, u8>>();
        let room = (&raw mut (*payload).tail).cast::<u8>().add(len);
        ptr::write_bytes(room, 0, more);
        fill(slice::from_raw_parts_mut(room, more));
        (&raw mut (*payload).len).write((len + more) as u32);
        Ok(Ref::from_raw(moved))
    }
}

/// Makes an atomic object longer by some bytes where it lies, if it is a plain one of its built-in type, this is the only
/// reference to it and its block has room for them; whether that was so.
#[inline(always)]
pub fn grow_within<H: Trace>(object: &Ref<Tailed<H, u8>>, more: &[u8]) -> bool
where
    Tailed<H, u8>: Payload,
{
    let len = object.items().len();
    let (old, new) = (record_size(object, len), record_size(object, len + more.len()));
    let header = object.header();
    let plain = header.kind() == <Tailed<H, u8> as Payload>::INDEX && header.count() == 1;
    let pooled = blocks::is_pooled(new);
    let stays = if pooled {
        blocks::class_of(old) == blocks::class_of(new)
    } else {
        !blocks::is_pooled(old) && large::has_room(old, new)
    };
    if !plain || !stays || len + more.len() > u32::MAX as usize {
        return false;
    }
    HEAP.with(|heap| {
        if heap.tracer.is_on() {
            return false;
        }
        if !pooled {
            heap.large_bytes.set(heap.large_bytes.get() + more.len());
        }
        // SAFETY: the block has room for the bytes behind the object's own; they lie in another object, since nothing else
        // refers to this one.
        unsafe {
            let payload = object.as_ptr().add(1).cast::<Tailed<H, u8>>();
            let room = (&raw mut (*payload).tail).cast::<u8>().add(len);
            if let [byte] = *more {
                room.write(byte);
            } else {
                ptr::copy(more.as_ptr(), room, more.len());
            }
            (&raw mut (*payload).len).write((len + more.len()) as u32);
        }
        true
    })
}

fn record_size<H: Trace>(_object: &Ref<Tailed<H, u8>>, len: usize) -> usize {
    size_of::<Header>() + size_of::<Tailed<H, u8>>() + len
}

/// # Safety
/// The object must be atomic, of `old` bytes, and must not be used at its old address any more.
unsafe fn resize(heap: &crate::state::HeapState, object: *mut Header, old: usize, new: usize) -> *mut Header {
    // SAFETY: as promised; a block of the right size is copied before the old one is given back.
    unsafe {
        match (blocks::is_pooled(old), blocks::is_pooled(new)) {
            (true, true) if blocks::class_of(old) == blocks::class_of(new) => {
                heap.tracer.resize(heap, Family::Atomic, object as usize, new);
                object
            }
            (false, false) => large::resize(heap, object, old, new),
            _ => {
                let moved = blocks::allocate(heap, Family::Atomic, new);
                ptr::copy_nonoverlapping(object.cast::<u8>(), moved.cast::<u8>(), old);
                blocks::release(heap, Family::Atomic, object, old);
                moved
            }
        }
    }
}
