//! Growable storage that lies on the managed heap: list items, table entries, bytes.

use std::{
    alloc::{self, Layout},
    mem,
    ops::{Deref, DerefMut},
    ptr::{self, NonNull},
    slice,
};

use crate::{
    blocks::{self, Family, SMALL_LIMIT, class_of, class_size},
    interior::Drain,
    payload::{Single, Trace, Visitor},
    reference::Ref,
    state::{HEAP, HeapState},
    system::{LARGE_PAGE, prefer_large_pages},
};

/// The system gave no more memory, or a limit was reached: a Python `MemoryError`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OutOfMemory;

/// A vector whose storage the heap provides and counts: in blocks of the buffer family up to 512 bytes, from the
/// system beyond. Growing is explicit about failure.
pub struct Buffer<T> {
    /// The first item.
    pointer: NonNull<T>,
    len: usize,
    /// The places from the first item on, and in the top bits those in front of it, which removals there have left.
    room: u64,
}

const GAP_SHIFT: u32 = 40;
const CAPACITY_MASK: u64 = (1 << GAP_SHIFT) - 1;
const MAX_GAP: usize = (1 << (64 - GAP_SHIFT)) - 1;
/// Shorter buffers move their items when the first is removed.
const GAP_FROM: usize = 16;

impl<T> Buffer<T> {
    /// An empty buffer without storage.
    pub const fn new() -> Self {
        Buffer { pointer: NonNull::dangling(), len: 0, room: 0 }
    }

    /// An empty buffer with room for exactly `capacity` items.
    #[inline]
    pub fn with_capacity(capacity: usize) -> Result<Self, OutOfMemory> {
        if (1..=SMALL_LIMIT / size_of::<T>()).contains(&capacity) && !cfg!(feature = "system-alloc") {
            let class = class_of(capacity * size_of::<T>());
            let storage = HEAP.with(|heap| heap.blocks[Family::Buffer as usize].take(class));
            if let Some(pointer) = NonNull::new(storage.cast()) {
                return Ok(Buffer { pointer, len: 0, room: capacity as u64 });
            }
        }
        Self::with_any_capacity(capacity)
    }

    #[inline(never)]
    fn with_any_capacity(capacity: usize) -> Result<Self, OutOfMemory> {
        let mut buffer = Self::new();
        buffer.resize_storage(capacity)?;
        Ok(buffer)
    }

    /// A buffer of exactly so many items whose bytes are all zero. Large storage comes so from the system.
    ///
    /// # Safety
    /// Zeros must be a value of the type.
    pub(crate) unsafe fn zeroed(len: usize) -> Result<Self, OutOfMemory> {
        let bytes = len.checked_mul(size_of::<T>()).filter(|&bytes| bytes < isize::MAX as usize);
        let bytes = bytes.filter(|_| len as u64 <= CAPACITY_MASK).ok_or(OutOfMemory)?;
        let storage = HEAP.with(|heap| allocate_zeroed(heap, bytes))?;
        let pointer = NonNull::new(storage.cast()).unwrap_or(NonNull::dangling());
        Ok(Buffer { pointer, len, room: len as u64 })
    }

    /// A buffer of exactly the items of a vector.
    pub fn from_vec(items: Vec<T>) -> Result<Self, OutOfMemory> {
        let mut buffer = Self::with_capacity(items.len())?;
        buffer.append_vec(items);
        Ok(buffer)
    }

    /// Moves the items of a vector behind the last item.
    ///
    /// Panics if there is no room.
    pub fn append_vec(&mut self, mut items: Vec<T>) {
        assert!(items.len() <= self.capacity() - self.len, "the buffer has no room");
        // SAFETY: there is room; the items move out of the vector, which forgets them.
        unsafe {
            ptr::copy_nonoverlapping(items.as_ptr(), self.pointer.as_ptr().add(self.len), items.len());
            self.len += items.len();
            items.set_len(0);
        }
    }

    /// Items that fit without growing.
    #[inline(always)]
    pub fn capacity(&self) -> usize {
        (self.room & CAPACITY_MASK) as usize
    }

    /// Unused places in front of the first item.
    #[inline(always)]
    fn gap(&self) -> usize {
        (self.room >> GAP_SHIFT) as usize
    }

    /// Where the storage starts.
    fn storage(&self) -> *mut T {
        // SAFETY: the gap lies in the storage.
        unsafe { self.pointer.as_ptr().sub(self.gap()) }
    }

    /// Moves the items to the start of the storage.
    #[cold]
    fn close_gap(&mut self) {
        let (storage, gap) = (self.storage(), self.gap());
        // SAFETY: the storage has room for all places from its start on.
        unsafe {
            ptr::copy(self.pointer.as_ptr(), storage, self.len);
            self.pointer = NonNull::new_unchecked(storage);
        }
        self.room = (self.capacity() + gap) as u64;
    }

    /// Bytes of storage that the items could fill.
    pub fn storage_bytes(&self) -> usize {
        (self.capacity() + self.gap()) * size_of::<T>()
    }

    /// Appends an item, growing as CPython's lists do: an eighth more than needed and a little.
    #[inline(always)]
    pub fn push(&mut self, item: T) -> Result<(), OutOfMemory> {
        if self.len == self.capacity() {
            self.grow_for(self.len + 1)?;
        }
        self.push_within(item);
        Ok(())
    }

    /// Makes room for `len` items in all, with CPython's over-allocation for lists (`list_resize`).
    #[cold]
    #[inline(never)]
    pub fn grow_for(&mut self, len: usize) -> Result<(), OutOfMemory> {
        if len > self.capacity() && self.gap() > 0 && self.gap() >= self.len / 2 {
            self.close_gap();
        }
        if len > self.capacity() {
            let mut capacity = (len + (len >> 3) + 6) & !3;
            if len - self.len > capacity - len {
                capacity = (len + 3) & !3;
            }
            self.resize_storage(capacity)?;
        }
        Ok(())
    }

    /// Makes room for exactly `capacity` items if there is less.
    pub fn reserve_exact(&mut self, capacity: usize) -> Result<(), OutOfMemory> {
        if capacity > self.capacity() { self.resize_storage(capacity) } else { Ok(()) }
    }

    /// Gives storage back when less than half of it is used, as `list_resize` does.
    pub fn shrink_if_sparse(&mut self) {
        let room = self.capacity() + self.gap();
        if self.len < room >> 1 {
            let capacity = if self.len == 0 { 0 } else { (self.len + (self.len >> 3) + 6) & !3 };
            if capacity != room {
                // Shrinking cannot fail in a way that matters: the old storage would just stay.
                let _ = self.resize_storage(capacity);
            }
        }
    }

    /// Takes the last item off where no storage is to be given back for it (see [`Buffer::shrink_if_sparse`]), or only a
    /// block with the item. For the interpreter loop, which must not call out of line.
    #[inline(always)]
    pub fn pop_within(&mut self) -> Option<T> {
        // The smallest storage that is not empty has four places.
        const SMALLEST: usize = 4;
        let room = self.capacity() + self.gap();
        if self.len > 1 {
            return if self.len > room >> 1 || room <= SMALLEST { self.pop() } else { None };
        }
        if self.room != SMALLEST as u64 || !is_block(SMALLEST * size_of::<T>()) {
            return None;
        }
        let item = self.pop()?;
        // SAFETY: the storage is a block of that size, and no item is left in it.
        unsafe {
            let class = class_of(SMALLEST * size_of::<T>());
            HEAP.with(|heap| {
                heap.blocks[Family::Buffer as usize].release(self.pointer.as_ptr().cast(), class)
            });
        }
        self.pointer = NonNull::dangling();
        self.room = 0;
        Some(item)
    }

    /// Makes room for exactly `capacity` items, or gives storage back down to that (never below what is used).
    pub fn set_capacity(&mut self, capacity: usize) -> Result<(), OutOfMemory> {
        self.resize_storage(capacity.max(self.len))
    }

    /// A buffer of exactly `len` items in at most [`SMALL_LIMIT`] bytes, if a block is at hand.
    ///
    /// # Safety
    /// The items must be written before anything else is done.
    #[inline(always)]
    pub(crate) unsafe fn take(heap: &HeapState, len: usize) -> Option<Self> {
        if len == 0 {
            return Some(Self::new());
        }
        let storage = heap.blocks[Family::Buffer as usize].take(class_of(len * size_of::<T>()));
        Some(Buffer { pointer: NonNull::new(storage.cast())?, len, room: len as u64 })
    }

    /// Gives a buffer without storage room for the first four items, as [`Buffer::grow_for`] would for one; whether it has
    /// it. For the interpreter loop, which must not call out of line.
    #[inline(always)]
    pub fn take_first_room(&mut self) -> bool {
        const FIRST: usize = 4;
        let bytes = FIRST * size_of::<T>();
        if self.room != 0 || bytes > SMALL_LIMIT || cfg!(feature = "system-alloc") {
            return false;
        }
        let storage = HEAP.with(|heap| heap.blocks[Family::Buffer as usize].take(class_of(bytes)));
        let Some(storage) = NonNull::new(storage.cast()) else { return false };
        self.pointer = storage;
        self.room = FIRST as u64;
        true
    }

    /// Appends an item for which there is room.
    ///
    /// Panics if there is none.
    #[inline(always)]
    pub fn push_within(&mut self, item: T) {
        assert!(self.len < self.capacity(), "the buffer has no room");
        // SAFETY: the place is inside the storage and unused.
        unsafe { self.pointer.as_ptr().add(self.len).write(item) };
        self.len += 1;
    }

    /// [`Buffer::push_within`] where it is known that there is room.
    ///
    /// # Safety
    /// There must be room.
    #[inline(always)]
    pub unsafe fn push_unchecked(&mut self, item: T) {
        debug_assert!(self.len < self.capacity(), "the buffer has no room");
        // SAFETY: as promised by the caller.
        unsafe { self.pointer.as_ptr().add(self.len).write(item) };
        self.len += 1;
    }

    /// Appends so many items, for which there must be room.
    ///
    /// Panics if there is none.
    pub fn fill_within(&mut self, count: usize, item: impl Fn() -> T) {
        assert!(count <= self.capacity() - self.len, "the buffer has no room");
        for _ in 0..count {
            // SAFETY: the place is inside the storage and unused.
            unsafe { self.pointer.as_ptr().add(self.len).write(item()) };
            self.len += 1;
        }
    }

    /// Appends as many items as an iterator says that it has.
    ///
    /// Panics if there is no room.
    #[inline]
    pub fn append_within(&mut self, items: impl ExactSizeIterator<Item = T>) {
        let count = items.len();
        assert!(count <= self.capacity() - self.len, "the buffer has no room");
        for item in items.take(count) {
            // SAFETY: the place is inside the storage and unused.
            unsafe { self.pointer.as_ptr().add(self.len).write(item) };
            self.len += 1;
        }
    }

    /// Takes the last item off.
    #[inline(always)]
    pub fn pop(&mut self) -> Option<T> {
        if self.len == 0 {
            return None;
        }
        self.len -= 1;
        // SAFETY: the place held an item, which moves out.
        Some(unsafe { self.pointer.as_ptr().add(self.len).read() })
    }

    /// Inserts before `index` (at most `len`).
    pub fn insert(&mut self, index: usize, item: T) -> Result<(), OutOfMemory> {
        assert!(index <= self.len, "insertion behind the end");
        if self.len == self.capacity() {
            self.grow_for(self.len + 1)?;
        }
        // SAFETY: there is room for one more; the items behind the place move up by one.
        unsafe {
            let place = self.pointer.as_ptr().add(index);
            ptr::copy(place, place.add(1), self.len - index);
            place.write(item);
        }
        self.len += 1;
        Ok(())
    }

    /// Removes and returns the item at `index`, which must exist.
    pub fn remove(&mut self, index: usize) -> T {
        assert!(index < self.len, "removal behind the end");
        self.len -= 1;
        if index == 0 && self.len >= GAP_FROM && self.gap() < MAX_GAP {
            // A queue: the place stays empty in front, so that its items need not move each time.
            self.room = (self.capacity() - 1) as u64 | ((self.gap() + 1) as u64) << GAP_SHIFT;
            // SAFETY: the first item moves out, the second one becomes the first.
            unsafe {
                let item = self.pointer.as_ptr().read();
                self.pointer = self.pointer.add(1);
                return item;
            }
        }
        // SAFETY: the item moves out, those behind it move down by one.
        unsafe {
            let place = self.pointer.as_ptr().add(index);
            let item = place.read();
            ptr::copy(place.add(1), place, self.len - index);
            item
        }
    }

    /// Replaces the items from `start` to `end` by others and gives out the old ones.
    pub fn splice(&mut self, start: usize, end: usize, items: Vec<T>) -> Result<Vec<T>, OutOfMemory> {
        assert!(start <= end && end <= self.len, "splice outside of the buffer");
        let len = self.len - (end - start) + items.len();
        if len > self.capacity() {
            self.grow_for(len)?;
        }
        // SAFETY: the old items move out, the tail moves to its new place, the new items fill the gap exactly.
        unsafe {
            let place = self.pointer.as_ptr().add(start);
            let mut old = Vec::with_capacity(end - start);
            ptr::copy_nonoverlapping(place, old.as_mut_ptr(), end - start);
            old.set_len(end - start);
            ptr::copy(place.add(end - start), place.add(items.len()), self.len - end);
            ptr::copy_nonoverlapping(items.as_ptr(), place, items.len());
            let mut items = items;
            items.set_len(0);
            self.len = len;
            Ok(old)
        }
    }

    /// Moves all items to a vector; the storage stays, empty.
    pub fn drain_to_vec(&mut self) -> Vec<T> {
        let mut items = Vec::with_capacity(self.len);
        // SAFETY: the items move out of the first `len` places, which count as unused afterwards.
        unsafe {
            ptr::copy_nonoverlapping(self.pointer.as_ptr(), items.as_mut_ptr(), self.len);
            items.set_len(self.len);
        }
        self.len = 0;
        items
    }

    /// Moves all items out; the storage goes with them.
    pub fn take_all(&mut self) -> Buffer<T> {
        mem::take(self)
    }

    /// Lets go of the items from a place on without dropping them. The storage stays.
    #[inline(always)]
    pub(crate) fn forget_from(&mut self, len: usize) {
        debug_assert!(len <= self.len);
        self.len = len;
    }

    fn resize_storage(&mut self, capacity: usize) -> Result<(), OutOfMemory> {
        debug_assert!(capacity >= self.len);
        if self.gap() > 0 {
            self.close_gap();
        }
        let bytes = capacity.checked_mul(size_of::<T>()).filter(|&bytes| bytes < isize::MAX as usize);
        let bytes = bytes.filter(|_| capacity as u64 <= CAPACITY_MASK).ok_or(OutOfMemory)?;
        HEAP.with(|heap| {
            let old_bytes = self.storage_bytes();
            if old_bytes > SMALL_LIMIT && bytes > SMALL_LIMIT && !cfg!(feature = "system-alloc") {
                heap.check_limit(bytes.saturating_sub(old_bytes))?;
                let old = self.pointer.as_ptr().cast::<u8>();
                // SAFETY: the storage came from the system with this very layout.
                let moved = unsafe { alloc::realloc(old, Self::layout(old_bytes), bytes) };
                self.pointer = NonNull::new(moved.cast()).ok_or(OutOfMemory)?;
                advise(moved, bytes);
                heap.tracer.forget_outside(old as usize);
                heap.tracer.note_outside(heap, moved as usize, bytes);
                heap.buffer_bytes.set(heap.buffer_bytes.get() - old_bytes + bytes);
            } else {
                let storage = allocate_storage(heap, bytes)?;
                // SAFETY: both storages hold at least `len` items and do not overlap.
                unsafe {
                    let storage: NonNull<T> =
                        if bytes == 0 { NonNull::dangling() } else { NonNull::new_unchecked(storage.cast()) };
                    ptr::copy_nonoverlapping(self.pointer.as_ptr(), storage.as_ptr(), self.len);
                    release_storage(heap, self.pointer.as_ptr().cast(), old_bytes);
                    self.pointer = storage;
                }
            }
            self.room = capacity as u64;
            Ok(())
        })
    }

    /// Gives the storage of a buffer without items back, if it has any.
    ///
    /// # Safety
    /// The buffer is not used again.
    #[inline(always)]
    pub(crate) unsafe fn release(&mut self, heap: &HeapState) {
        if self.room != 0 {
            // SAFETY: the storage was allocated with this size.
            unsafe { release_storage(heap, self.storage().cast(), self.storage_bytes()) };
        }
    }

    /// Whether the storage is a block of the pools, or none.
    #[inline(always)]
    pub(crate) fn is_short(&self) -> bool {
        is_block(self.storage_bytes())
    }

    /// [`release`](Buffer::release) for one that [is short](Buffer::is_short).
    ///
    /// # Safety
    /// The buffer is not used again.
    #[inline(always)]
    pub(crate) unsafe fn release_short(&mut self, heap: &HeapState) {
        if self.room != 0 {
            let class = class_of(self.storage_bytes());
            // SAFETY: the storage was allocated with this size.
            unsafe { heap.blocks[Family::Buffer as usize].release(self.storage().cast(), class) };
        }
    }

    fn layout(bytes: usize) -> Layout {
        Layout::from_size_align(bytes, 8).expect("storage sizes fit in the address space")
    }
}

impl<T: Copy> Buffer<T> {
    /// Appends a copy of a slice in one go.
    pub fn append_copy(&mut self, items: &[T]) -> Result<(), OutOfMemory> {
        let len = self.len.checked_add(items.len()).ok_or(OutOfMemory)?;
        if len > self.capacity() {
            self.grow_for(len)?;
        }
        // SAFETY: there is room behind the last item, and a borrowed slice cannot overlap a place of our own.
        unsafe { ptr::copy_nonoverlapping(items.as_ptr(), self.pointer.as_ptr().add(self.len), items.len()) };
        self.len = len;
        Ok(())
    }

    /// Drops items from the end until `len` are left. The storage stays.
    pub fn cut(&mut self, len: usize) {
        self.len = self.len.min(len);
    }

    /// Cuts off items behind `len`, or fills up with copies of an item, for which there must be room.
    pub fn set_filled(&mut self, len: usize, item: T) {
        self.len = self.len.min(len);
        while self.len < len {
            self.push_within(item);
        }
    }
}

impl<T: Clone> Buffer<T> {
    /// Appends clones of all items of a slice.
    pub fn extend_from_slice(&mut self, items: &[T]) -> Result<(), OutOfMemory> {
        self.grow_for(self.len + items.len())?;
        self.append_clones(items);
        Ok(())
    }

    /// Appends clones of all items of a slice, for which there must be room.
    ///
    /// Panics if there is none.
    #[inline]
    pub fn append_clones(&mut self, items: &[T]) {
        assert!(items.len() <= self.capacity() - self.len, "the buffer has no room");
        // SAFETY: the places behind the last item are inside the storage and unused; they count once all are written.
        unsafe {
            let places = self.pointer.as_ptr().add(self.len);
            for (position, item) in items.iter().enumerate() {
                places.add(position).write(item.clone());
            }
        }
        self.len += items.len();
    }

    /// Fills up with clones of an item to `len` items, without over-allocation.
    pub fn fill_to(&mut self, len: usize, item: T) -> Result<(), OutOfMemory> {
        self.reserve_exact(len)?;
        while self.len < len {
            self.push_within(item.clone());
        }
        Ok(())
    }
}

impl<T> Buffer<Ref<T>> {
    /// [`Buffer::fill_to`] for references, which are counted all at once.
    pub fn fill_with(&mut self, len: usize, item: &Ref<T>) -> Result<(), OutOfMemory> {
        self.reserve_exact(len)?;
        let header = item.header();
        header.count.set(header.count.get().wrapping_add(len.saturating_sub(self.len) as u32));
        while self.len < len {
            // SAFETY: each of the references has just been counted.
            self.push_within(unsafe { Ref::from_raw(item.as_ptr()) });
        }
        Ok(())
    }

    /// Puts clones of others over the items at every `step`-th place from `start` on. Gives those that only this buffer had.
    ///
    /// Panics if there are not so many places.
    pub fn replace_each(&mut self, start: usize, step: isize, new: &[Ref<T>]) -> Vec<Ref<T>> {
        let Some(one) = new.first() else { return Vec::new() };
        let last = step.checked_mul(new.len() as isize - 1).and_then(|way| start.checked_add_signed(way));
        assert!(
            start < self.len && last.is_some_and(|last| last < self.len),
            "replacement outside of the buffer"
        );
        // SAFETY: all places are between the first and the last one, which were checked; a borrowed slice cannot overlap ours.
        unsafe {
            if new.iter().all(|item| item.is(one)) {
                let header = one.header();
                header.count.set(header.count.get().wrapping_add(new.len() as u32));
                self.replace_places(start, step, new.len(), |_| Ref::from_raw(one.as_ptr()))
            } else {
                self.replace_places(start, step, new.len(), |place| new[place].clone())
            }
        }
    }

    /// # Safety
    /// There are so many places.
    #[inline(always)]
    unsafe fn replace_places(
        &mut self,
        start: usize,
        step: isize,
        count: usize,
        item: impl Fn(usize) -> Ref<T>,
    ) -> Vec<Ref<T>> {
        /// So many places before one is written, its memory is asked for.
        const AHEAD: isize = 16;
        let mut ended = Vec::new();
        let mut place = self.pointer.as_ptr().wrapping_add(start);
        for index in 0..count {
            blocks::prefetch(place.wrapping_offset(AHEAD * step));
            // SAFETY: as promised by the caller; the place holds an item.
            let old = unsafe { place.replace(item(index)) };
            place = place.wrapping_offset(step);
            let count = old.header().count.get();
            if count == 1 {
                ended.push(old);
            } else {
                // Nothing ends with it.
                old.header().count.set(count.wrapping_sub(1));
                mem::forget(old);
            }
        }
        ended
    }
}

/// Storage for a buffer; null for zero bytes.
#[inline]
pub(crate) fn allocate_storage(heap: &HeapState, bytes: usize) -> Result<*mut u8, OutOfMemory> {
    allocate_by(heap, bytes, alloc::alloc)
}

/// The same of zeros.
fn allocate_zeroed(heap: &HeapState, bytes: usize) -> Result<*mut u8, OutOfMemory> {
    let storage = allocate_by(heap, bytes, alloc::alloc_zeroed)?;
    if bytes > 0 && is_block(bytes) {
        // SAFETY: the storage has that many bytes.
        unsafe { storage.write_bytes(0, bytes) };
    }
    Ok(storage)
}

/// Whether storage of so many bytes is a block of the heap; larger storage comes from the system.
#[inline(always)]
fn is_block(bytes: usize) -> bool {
    bytes <= SMALL_LIMIT && !cfg!(feature = "system-alloc")
}

/// Storage that the system gives by `allocate` if it is large.
#[inline(always)]
fn allocate_by(
    heap: &HeapState,
    bytes: usize,
    allocate: unsafe fn(Layout) -> *mut u8,
) -> Result<*mut u8, OutOfMemory> {
    if bytes == 0 {
        return Ok(ptr::null_mut());
    }
    if is_block(bytes) {
        let class = class_of(bytes);
        return Ok(heap.blocks[Family::Buffer as usize].allocate(class, class_size(class)));
    }
    heap.check_limit(bytes)?;
    // SAFETY: the size is not zero.
    let storage = unsafe { allocate(Layout::from_size_align(bytes, 8).map_err(|_| OutOfMemory)?) };
    if storage.is_null() {
        return Err(OutOfMemory);
    }
    advise(storage, bytes);
    heap.buffer_bytes.set(heap.buffer_bytes.get() + bytes);
    heap.buffer_count.set(heap.buffer_count.get() + 1);
    heap.tracer.note_outside(heap, storage as usize, bytes);
    Ok(storage)
}

/// Asks for large pages for a large buffer. All pages of it are named, also those that it shares, so that it stays one
/// mapping, which the system can move as a whole.
fn advise(storage: *mut u8, bytes: usize) {
    const PAGE: usize = 4096;
    if bytes >= 2 * LARGE_PAGE {
        let start = storage as usize & !(PAGE - 1);
        let end = (storage as usize + bytes).next_multiple_of(PAGE);
        prefer_large_pages(start, end - start);
    }
}

/// # Safety
/// The storage came from [`allocate_storage`] with the same size.
#[inline]
pub(crate) unsafe fn release_storage(heap: &HeapState, storage: *mut u8, bytes: usize) {
    // SAFETY: as promised by the caller.
    unsafe {
        if bytes == 0 {
        } else if is_block(bytes) {
            heap.blocks[Family::Buffer as usize].release(storage, class_of(bytes));
        } else {
            heap.buffer_bytes.set(heap.buffer_bytes.get() - bytes);
            heap.buffer_count.set(heap.buffer_count.get() - 1);
            heap.tracer.forget_outside(storage as usize);
            alloc::dealloc(storage, Layout::from_size_align_unchecked(bytes, 8));
        }
    }
}

/// Bytes that a buffer of `bytes` really occupies: its block, or the system's.
pub fn occupied_bytes(bytes: usize) -> usize {
    match bytes {
        0 => 0,
        1..=SMALL_LIMIT if !cfg!(feature = "system-alloc") => class_size(class_of(bytes)),
        _ => bytes,
    }
}

impl<T> Default for Buffer<T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T> Drop for Buffer<T> {
    #[inline]
    fn drop(&mut self) {
        if self.room == 0 {
            return;
        }
        // SAFETY: each item is dropped once, last to first as CPython releases a list's items; then the storage goes.
        unsafe {
            if mem::needs_drop::<T>() {
                while let Some(item) = self.pop() {
                    drop(item);
                }
            }
            HEAP.with(|heap| self.release(heap));
        }
    }
}

impl<T> Deref for Buffer<T> {
    type Target = [T];

    #[inline(always)]
    fn deref(&self) -> &[T] {
        // SAFETY: the first `len` places hold items.
        unsafe { slice::from_raw_parts(self.pointer.as_ptr(), self.len) }
    }
}

impl<T> DerefMut for Buffer<T> {
    #[inline(always)]
    fn deref_mut(&mut self) -> &mut [T] {
        // SAFETY: the first `len` places hold items.
        unsafe { slice::from_raw_parts_mut(self.pointer.as_ptr(), self.len) }
    }
}

impl<T: Trace> Trace for Buffer<T> {
    const TRACES: bool = T::TRACES;
    const SINGLE: Single = match T::SINGLE {
        Single::Reference => Single::Buffer,
        _ => Single::No,
    };

    fn trace(&self, visitor: &mut dyn Visitor) {
        T::trace_many(self, visitor);
    }
}

impl<T> Drain for Buffer<Ref<T>> {
    fn drain_into(&mut self, trash: &mut Vec<Ref>) {
        // Last to first, as `list_clear` releases them.
        let mut items = self.take_all();
        while let Some(item) = items.pop() {
            trash.push(item.into_any());
        }
    }
}

impl Drain for Buffer<u8> {
    fn drain_into(&mut self, _trash: &mut Vec<Ref>) {}
}

impl<T: Copy> Buffer<T> {
    /// Replaces the items from `start` to `end` by copies of others.
    pub fn replace_range(&mut self, start: usize, end: usize, items: &[T]) -> Result<(), OutOfMemory> {
        assert!(start <= end && end <= self.len, "replacement outside of the buffer");
        let len = (self.len - (end - start)).checked_add(items.len()).ok_or(OutOfMemory)?;
        self.grow_for(len)?;
        // SAFETY: there is room for all; the tail moves to its new place, and the copies fill the gap exactly.
        unsafe {
            let place = self.pointer.as_ptr().add(start);
            ptr::copy(place.add(end - start), place.add(items.len()), self.len - end);
            ptr::copy_nonoverlapping(items.as_ptr(), place, items.len());
        }
        self.len = len;
        Ok(())
    }

    /// A buffer of copies of items.
    pub fn from_copies(items: &[T]) -> Result<Self, OutOfMemory> {
        let mut buffer = Self::with_capacity(items.len())?;
        buffer.replace_range(0, 0, items)?;
        Ok(buffer)
    }
}
