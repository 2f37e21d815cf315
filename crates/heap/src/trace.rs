//! Tracing of allocations: which block came from where, and how much is held.
//!
//! While nothing is traced this costs nothing: allocation and release are the inlined steps of [`crate::blocks`]. When
//! tracing begins, the free lists are hidden from allocation, so that each one comes here. Releases stay as they are and
//! push onto the visible lists, which allocation does not take from; they are looked at before figures are needed:
//!
//! ```text
//!   free     [released since]            release pushes here, unnoticed
//!       | settle: each is a block less
//!       v
//!   settled  [free blocks]               traced allocation takes from here
//! ```
//!
//! The figure of what is held is therefore too large by what was released in other size classes, until it is asked for.
//! The peak can only rise at an allocation: one that would raise it settles all classes first, so that it is exact.
//!
//! The heap does not know where a program is. Whoever starts the tracing gives a function that says so by a number.

use std::{
    cell::{Cell, RefCell},
    hash::BuildHasherDefault,
    ptr,
};

use crate::{
    blocks::{Blocks, CLASSES, FAMILIES, Family},
    ranges::{self, Range},
    state::{HEAP, HeapState, Map},
};

/// Says where the program is: a number other than 0 that the giver can make sense of. It must not allocate on the heap.
pub type Locate = fn() -> u32;

fn nowhere() -> u32 {
    0
}

/// What is known of a block. Place 0: nothing.
#[derive(Clone, Copy, Default)]
#[repr(C)]
struct Note {
    place: u32,
    size: u32,
}

/// Bytes of the smallest block: there is a note for each as many.
const GRAIN: usize = 16;

/// The state of tracing.
pub(crate) struct Tracer {
    on: Cell<bool>,
    locate: Cell<Locate>,
    held: Cell<usize>,
    peak: Cell<usize>,
    /// A table of notes beside the range of each family: reserved address space that costs what is touched.
    notes: [Cell<*mut Note>; FAMILIES],
    /// What lies outside of the pools.
    outside: RefCell<Map<usize, (u32, usize)>>,
}

impl Tracer {
    pub(crate) const fn new() -> Tracer {
        Tracer {
            on: Cell::new(false),
            locate: Cell::new(nowhere),
            held: Cell::new(0),
            peak: Cell::new(0),
            notes: [const { Cell::new(ptr::null_mut()) }; FAMILIES],
            outside: RefCell::new(Map::with_hasher(BuildHasherDefault::new())),
        }
    }

    /// Whether memory is being traced.
    #[inline(always)]
    pub(crate) fn is_on(&self) -> bool {
        self.on.get()
    }

    /// The note for an address of a family's range.
    #[inline]
    fn note_at(&self, blocks: &Blocks, address: usize) -> *mut Note {
        let place = &self.notes[blocks.family() as usize];
        if place.get().is_null() {
            place.set(ranges::reserve(Range::Notes, blocks.size() / GRAIN * size_of::<Note>()).cast());
        }
        // SAFETY: the table has a note for each grain of the range.
        unsafe { place.get().add((address - blocks.base()) / GRAIN) }
    }

    #[inline]
    fn add(&self, heap: &HeapState, size: usize) {
        let held = self.held.get() + size;
        self.held.set(held);
        if held > self.peak.get() {
            settle(heap);
            self.peak.set(self.peak.get().max(self.held.get()));
        }
    }

    #[inline]
    fn forget(&self, blocks: &Blocks, address: usize) {
        // SAFETY: the table is ours, and nobody else looks at it meanwhile.
        let note = unsafe { self.note_at(blocks, address).replace(Note::default()) };
        self.held.set(self.held.get() - note.size as usize);
    }

    /// A block outside of the pools has been made.
    #[inline]
    pub(crate) fn note_outside(&self, heap: &HeapState, address: usize, size: usize) {
        if self.on.get() {
            self.add_outside(heap, address, size);
        }
    }

    #[cold]
    #[inline(never)]
    fn add_outside(&self, heap: &HeapState, address: usize, size: usize) {
        let place = self.locate.get()();
        self.outside.borrow_mut().insert(address, (place, size));
        self.add(heap, size);
    }

    /// A block outside of the pools is about to go.
    #[inline]
    pub(crate) fn forget_outside(&self, address: usize) {
        if self.on.get() {
            self.remove_outside(address);
        }
    }

    #[cold]
    #[inline(never)]
    fn remove_outside(&self, address: usize) {
        if let Some((_, size)) = self.outside.borrow_mut().remove(&address) {
            self.held.set(self.held.get() - size);
        }
    }

    /// An object fills its block to another size now.
    #[inline]
    pub(crate) fn resize(&self, heap: &HeapState, family: Family, address: usize, size: usize) {
        if self.on.get() {
            let blocks = &heap.blocks[family as usize];
            self.forget(blocks, address);
            self.note(heap, blocks, address, size);
        }
    }

    #[inline]
    fn note(&self, heap: &HeapState, blocks: &Blocks, address: usize, size: usize) {
        let note = Note { place: self.locate.get()(), size: size as u32 };
        // SAFETY: the table is ours, and nobody else looks at it meanwhile.
        unsafe { self.note_at(blocks, address).write(note) };
        self.add(heap, size);
    }

    /// Forgets all notes; the memory of the tables goes back to the system.
    fn clear(&self, heap: &HeapState) {
        for (blocks, notes) in heap.blocks.iter().zip(&self.notes) {
            if !notes.get().is_null() {
                let bytes = (blocks.pooled_bytes() / GRAIN * size_of::<Note>()).next_multiple_of(4096);
                // SAFETY: the table is ours and reads as zero again.
                unsafe { libc::madvise(notes.get().cast(), bytes, libc::MADV_DONTNEED) };
            }
        }
        *self.outside.borrow_mut() = Map::with_hasher(BuildHasherDefault::new());
        self.held.set(0);
        self.peak.set(0);
    }
}

/// Counts what was released as released.
#[inline]
pub(crate) fn settle(heap: &HeapState) {
    if !heap.tracer.on.get() {
        return;
    }
    for blocks in &heap.blocks {
        if blocks.has_released() {
            for class in 0..CLASSES {
                blocks.settle(class, |address| heap.tracer.forget(blocks, address));
            }
        }
    }
}

/// A block of a class for `size` bytes, with a note of where it came from.
#[inline]
pub(crate) fn allocate(blocks: &Blocks, class: usize, size: usize) -> *mut u8 {
    HEAP.with(|heap| {
        let tracer = &heap.tracer;
        blocks.settle(class, |address| tracer.forget(blocks, address));
        let block = blocks.take_settled(class);
        tracer.note(heap, blocks, block as usize, size);
        block
    })
}

/// Begins to trace; `locate` says for each allocation where the program is.
pub fn start(locate: Locate) {
    HEAP.with(|heap| {
        heap.tracer.locate.set(locate);
        if !heap.tracer.on.replace(true) {
            heap.tracer.clear(heap);
            heap.blocks.iter().for_each(|blocks| blocks.set_traced(true));
        }
    });
}

/// Ends tracing and forgets everything.
pub fn stop() {
    HEAP.with(|heap| {
        settle(heap);
        if heap.tracer.on.replace(false) {
            heap.blocks.iter().for_each(|blocks| blocks.set_traced(false));
        }
        heap.tracer.clear(heap);
    });
}

/// Whether allocations are traced.
pub fn is_on() -> bool {
    HEAP.with(|heap| heap.tracer.on.get())
}

/// Forgets what was traced so far; tracing goes on.
pub fn clear() {
    HEAP.with(|heap| {
        settle(heap);
        heap.tracer.clear(heap);
    });
}

/// Bytes that traced blocks hold, and the most that they have held.
pub fn held() -> (usize, usize) {
    HEAP.with(|heap| {
        settle(heap);
        (heap.tracer.held.get(), heap.tracer.peak.get())
    })
}

/// From now on the peak is that of what comes.
pub fn reset_peak() {
    HEAP.with(|heap| {
        settle(heap);
        heap.tracer.peak.set(heap.tracer.held.get());
    });
}

/// Where the block at an address was made.
pub fn birth(address: usize) -> Option<u32> {
    HEAP.with(|heap| {
        if !heap.tracer.on.get() {
            return None;
        }
        settle(heap);
        let pooled = heap.blocks.iter().find(|blocks| blocks.contains(address));
        let place = match pooled {
            // SAFETY: the table is ours, and nobody else looks at it meanwhile.
            Some(blocks) => unsafe { (*heap.tracer.note_at(blocks, address)).place },
            None => heap.tracer.outside.borrow().get(&address).map_or(0, |&(place, _)| place),
        };
        (place != 0).then_some(place)
    })
}

/// Place and size of every traced block, in the order of their addresses; what lies outside of the pools follows.
pub fn traces() -> Vec<(u32, usize)> {
    HEAP.with(|heap| {
        settle(heap);
        let mut all = Vec::new();
        for (blocks, notes) in heap.blocks.iter().zip(&heap.tracer.notes) {
            if notes.get().is_null() {
                continue;
            }
            blocks.for_each_block(|block, _| {
                // SAFETY: the table is ours, and nobody else looks at it meanwhile.
                let note = unsafe { *heap.tracer.note_at(blocks, block as usize) };
                if note.place != 0 {
                    all.push((note.place, note.size as usize));
                }
            });
        }
        let mut outside: Vec<_> =
            heap.tracer.outside.borrow().iter().map(|(&address, &trace)| (address, trace)).collect();
        outside.sort_unstable();
        all.extend(outside.into_iter().map(|(_, trace)| trace));
        all
    })
}

/// Bytes of memory that the notes take, at most.
pub fn own_bytes() -> usize {
    HEAP.with(|heap| {
        if heap.tracer.held.get() == 0 {
            return 0;
        }
        let noted: usize = heap
            .blocks
            .iter()
            .zip(&heap.tracer.notes)
            .filter(|(_, notes)| !notes.get().is_null())
            .map(|(blocks, _)| blocks.pooled_bytes() / GRAIN * size_of::<Note>())
            .sum();
        noted + heap.tracer.outside.borrow().allocation_size()
    })
}
