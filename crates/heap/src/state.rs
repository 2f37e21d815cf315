//! The state of the heap: one per thread, reached by one segment-prefixed access.

use std::{
    cell::{Cell, RefCell},
    hash::BuildHasherDefault,
    mem::ManuallyDrop,
    sync::atomic::{AtomicU32, Ordering},
};

use ahash::AHasher;
use hashbrown::HashMap;

use crate::{
    arenas::Arenas,
    blocks::{Blocks, FAMILIES, Family},
    collector::Collector,
    header::Header,
    interned::Interned,
    trace::Tracer,
    types::{FIRST_DYNAMIC, FreeTypes, TOLD_BY_BYTE, TypeRecord, map_table},
    weak::WeakTable,
};

thread_local! {
    // Never dropped, so that reaching it needs no check whether it has been: objects may die after other thread-locals.
    pub(crate) static HEAP: ManuallyDrop<HeapState> = const { ManuallyDrop::new(HeapState::new()) };
}

/// The heap's own side tables: hashed the same in every run.
pub(crate) type Map<K, V> = HashMap<K, V, BuildHasherDefault<AHasher>>;

/// Bits of the pending word, which the VM polls at calls and backward jumps.
pub mod pending {
    /// A collection is due.
    pub const COLLECT: u32 = 1;
    /// A signal has arrived.
    pub const SIGNAL: u32 = 2;
    /// An allocation went over the limit.
    pub const MEMORY: u32 = 4;
}

pub(crate) struct HeapState {
    pub(crate) blocks: [Blocks; FAMILIES],
    pub(crate) arenas: Arenas,
    pub(crate) tracer: Tracer,
    pub(crate) large_bytes: Cell<usize>,
    pub(crate) buffer_bytes: Cell<usize>,
    pub(crate) buffer_count: Cell<usize>,
    pub(crate) large: RefCell<Vec<*mut Header>>,
    pub(crate) type_table: Cell<*mut TypeRecord>,
    pub(crate) next_type: Cell<u32>,
    pub(crate) free_types: FreeTypes,
    pub(crate) collector: Collector,
    /// Atomic because a signal handler sets a bit, on this thread; to others it is unknown.
    pub(crate) pending: AtomicU32,
    /// See [`quiet_limit`]: what it is while nothing is pending, and what it is now.
    quiet_limit: AtomicU32,
    limit_now: AtomicU32,
    pub(crate) depth: Cell<u32>,
    pub(crate) deferred: RefCell<Vec<*mut Header>>,
    pub(crate) weak: RefCell<Option<WeakTable>>,
    pub(crate) interned: Interned,
    /// Where objects of the oldest generation that have finalizers stand in the order of creation.
    pub(crate) births: RefCell<Option<Map<usize, u64>>>,
    pub(crate) next_birth: Cell<u64>,
    /// Objects with finalizers that were made so far.
    pub(crate) finalizers_made: Cell<u64>,
    /// How many there were when the order was last worked out.
    pub(crate) finalizers_ordered: Cell<u64>,
    pub(crate) limit: Cell<usize>,
    /// What the heap may hold while a MemoryError is handled.
    pub(crate) granted: Cell<usize>,
    /// The limit refuses nothing for now.
    pub(crate) grants_all: Cell<bool>,
    /// Pools up to so many bytes need not be looked at again.
    pub(crate) next_check: Cell<usize>,
    pub(crate) stress: Cell<bool>,
}

impl HeapState {
    const fn new() -> HeapState {
        HeapState {
            blocks: [
                Blocks::new(Family::Atomic),
                Blocks::new(Family::Container),
                Blocks::new(Family::Buffer),
            ],
            arenas: Arenas::new(),
            tracer: Tracer::new(),
            large_bytes: Cell::new(0),
            buffer_bytes: Cell::new(0),
            buffer_count: Cell::new(0),
            large: RefCell::new(Vec::new()),
            type_table: Cell::new(std::ptr::null_mut()),
            next_type: Cell::new(FIRST_DYNAMIC + TOLD_BY_BYTE),
            free_types: RefCell::new(Vec::new()),
            collector: Collector::new(),
            pending: AtomicU32::new(0),
            quiet_limit: AtomicU32::new(0),
            limit_now: AtomicU32::new(0),
            depth: Cell::new(0),
            deferred: RefCell::new(Vec::new()),
            weak: RefCell::new(None),
            interned: Interned::new(),
            births: RefCell::new(None),
            next_birth: Cell::new(0),
            finalizers_made: Cell::new(0),
            finalizers_ordered: Cell::new(0),
            limit: Cell::new(0),
            granted: Cell::new(0),
            grants_all: Cell::new(false),
            next_check: Cell::new(0),
            stress: Cell::new(false),
        }
    }

    /// Sets bits of the pending word, also from a signal handler.
    pub(crate) fn note_pending(&self, bits: u32) {
        self.pending.fetch_or(bits, Ordering::Relaxed);
        self.limit_now.store(0, Ordering::Relaxed);
    }

    /// Opens the limit where nothing is pending. A signal may come in between, so the pending word is asked last.
    fn settle_limit(&self) {
        self.limit_now.store(self.quiet_limit.load(Ordering::Relaxed), Ordering::Relaxed);
        if self.pending.load(Ordering::Relaxed) != 0 {
            self.limit_now.store(0, Ordering::Relaxed);
        }
    }

    /// Makes the table of types, if there is none.
    pub(crate) fn prepare_types(&self) {
        if self.type_table.get().is_null() {
            self.type_table.set(map_table());
        }
    }
}

/// The bits of [`pending`] that are set.
#[inline(always)]
pub fn pending_bits() -> u32 {
    HEAP.with(|heap| heap.pending.load(Ordering::Relaxed))
}

/// Sets bits of the pending word.
pub fn set_pending(bits: u32) {
    HEAP.with(|heap| heap.note_pending(bits));
}

/// Clears bits of the pending word.
pub fn clear_pending(bits: u32) {
    HEAP.with(|heap| {
        heap.pending.fetch_and(!bits, Ordering::Relaxed);
        heap.settle_limit();
    });
}

/// A limit of the heap's user that counts as 0 while anything is pending: one comparison with it asks for both.
#[inline(always)]
pub fn quiet_limit() -> u32 {
    HEAP.with(|heap| heap.limit_now.load(Ordering::Relaxed))
}

/// Sets what [`quiet_limit`] gives while nothing is pending.
pub fn set_quiet_limit(limit: u32) {
    HEAP.with(|heap| {
        heap.quiet_limit.store(limit, Ordering::Relaxed);
        heap.settle_limit();
    });
}
