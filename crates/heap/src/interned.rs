//! The table of interned objects: found by their contents, and not kept alive by the table.
//!
//! An interned object is an atomic one of an exact built-in type. A flag in its header says that the table has an entry
//! for it, which goes when the object dies. An object that is not interned pays nothing.

use std::{cell::Cell, cell::RefCell, mem::ManuallyDrop};

use hashbrown::HashTable;

use crate::{
    blocks::Family,
    header::{Header, INTERNED},
    reference::{Any, Ref},
    state::{HEAP, HeapState},
};

/// Addresses with the hashes of the contents.
pub(crate) struct Interned {
    table: RefCell<HashTable<(u64, *mut Header)>>,
    hash_of: Cell<Option<fn(&Ref) -> u64>>,
    deaths: Cell<u32>,
}

impl Interned {
    pub(crate) const fn new() -> Interned {
        Interned { table: RefCell::new(HashTable::new()), hash_of: Cell::new(None), deaths: Cell::new(0) }
    }
}

/// Tells the heap how to hash the contents of an interned object. It must neither run code of the program nor touch a
/// count.
pub fn set_hash(hash_of: fn(&Ref) -> u64) {
    /// About as many names as an interpreter starts with: the table need not grow meanwhile.
    const AT_START: usize = 800;
    HEAP.with(|heap| {
        heap.interned.hash_of.set(Some(hash_of));
        heap.interned.table.borrow_mut().reserve(AT_START, |(hash, _)| *hash);
    });
}

/// The interned object with this hash that `equal` accepts.
pub fn find(hash: u64, equal: impl Fn(&Ref) -> bool) -> Option<Ref> {
    HEAP.with(|heap| {
        let table = heap.interned.table.borrow();
        let (_, object) = table.find(hash, |(other, object)| {
            // SAFETY: an object leaves the table before it is freed; the borrowed reference is not dropped.
            *other == hash && equal(&*unsafe { ManuallyDrop::new(Ref::<Any>::from_raw(*object)) })
        })?;
        // SAFETY: as above.
        Some(unsafe { Ref::from_borrowed(*object) })
    })
}

/// Adds an object, for whose contents there is none yet. `hash` is what the function given to [`set_hash`] says of it.
pub fn insert(object: &Ref, hash: u64) {
    debug_assert!(object.record().family() == Family::Atomic && !object.header().has(INTERNED));
    object.header().set(INTERNED);
    HEAP.with(|heap| {
        heap.interned.table.borrow_mut().insert_unique(hash, (hash, object.as_ptr()), |(hash, _)| *hash);
    });
}

/// The number of interned objects.
pub fn count() -> usize {
    HEAP.with(|heap| heap.interned.table.borrow().len())
}

/// How many interned objects have died: what was remembered by their addresses holds no longer.
#[inline(always)]
pub fn deaths() -> u32 {
    HEAP.with(|heap| heap.interned.deaths.get())
}

/// Takes a dying object out.
///
/// # Safety
/// The object must be an atomic one whose memory is still whole.
#[cold]
pub(crate) unsafe fn remove(heap: &HeapState, object: *mut Header) {
    heap.interned.deaths.set(heap.interned.deaths.get().wrapping_add(1));
    let Some(hash_of) = heap.interned.hash_of.get() else { return };
    // SAFETY: as promised by the caller; the reference is not dropped.
    let hash = hash_of(&*unsafe { ManuallyDrop::new(Ref::<Any>::from_raw(object)) });
    if let Ok(entry) = heap.interned.table.borrow_mut().find_entry(hash, |(_, other)| *other == object) {
        entry.remove();
    }
}
