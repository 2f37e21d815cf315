//! The one door through which every object comes.

use std::{
    cell::Cell,
    mem::{self, MaybeUninit},
    ptr,
};

use crate::{
    blocks::{self, Family, SMALL_LIMIT},
    buffer::{Buffer, OutOfMemory},
    header::{FINALIZED, Header, TRACKED},
    payload::{Payload, Single, Tailed, Trace},
    reference::Ref,
    state::{HEAP, HeapState, pending},
    types::{Spares, TypeRecord, record},
};

/// Makes an object of the built-in type with payload `T`; containers are tracked at once.
#[inline(always)]
pub fn alloc<T: Payload>(payload: T) -> Ref<T> {
    if T::LAYOUT.container {
        // SAFETY: the object is complete when it is tracked.
        unsafe {
            let object = new_fixed(Family::Container, T::INDEX, payload);
            HEAP.with(|heap| {
                if blocks::is_pooled(8 + size_of::<T>()) {
                    heap.collector.track(heap, object)
                } else {
                    heap.collector.track_any(heap, object)
                }
            });
            Ref::from_raw(object)
        }
    } else {
        // SAFETY: a complete object with one reference.
        unsafe { Ref::from_raw(new_fixed(Family::Atomic, T::INDEX, payload)) }
    }
}

/// Makes a container that is not tracked yet, such as a dictionary without containers in it.
pub fn alloc_untracked<T: Payload>(payload: T) -> Ref<T> {
    debug_assert!(T::LAYOUT.container);
    // SAFETY: a complete object with one reference.
    unsafe { Ref::from_raw(new_fixed(Family::Container, T::INDEX, payload)) }
}

/// Makes an object of any type whose layout is that of `T`: an alias or a class made at run time. Extra slots
/// start empty; the class gains a reference.
pub fn alloc_as<T: Payload>(index: u32, payload: T) -> Ref<T> {
    let record = record(index);
    debug_assert!(record.layout_is::<T>());
    let family = record.family();
    let payload_size = size_of::<T>();
    // SAFETY: the block has room for header, payload and extra slots, and all are written before use.
    unsafe {
        let object = new_object(family, index, 8 + payload_size, record, 0);
        object.add(1).cast::<T>().write(payload);
        finish(object, record, payload_size);
        Ref::from_raw(object)
    }
}

/// Makes an object with items behind its head; `fill` is called for each index in turn and must not fail.
///
/// Panics if there are more than `u32::MAX` items.
#[inline]
pub fn alloc_tailed<H: Trace, I: Trace>(
    index: u32,
    head: H,
    len: usize,
    mut fill: impl FnMut(usize) -> I,
) -> Ref<Tailed<H, I>>
where
    Tailed<H, I>: Payload,
{
    assert!(len <= u32::MAX as usize, "an object has at most four billion items");
    let payload_size = size_of::<Tailed<H, I>>() + len * size_of::<I>();
    // An exact instance of the built-in type has nothing behind its items, and no class that would count it.
    let plain = index == <Tailed<H, I> as Payload>::INDEX
        && <Tailed<H, I> as Payload>::LAYOUT.container
        && blocks::is_pooled(8 + payload_size);
    if plain {
        // SAFETY: exact instances of a built-in container type need nothing else.
        return unsafe {
            Ref::from_raw(new_tailed(index, head, len, |places| write_items(places, len, &mut fill)))
        };
    }
    let record = record(index);
    debug_assert!(record.layout_is::<Tailed<H, I>>());
    if record.is_simple_container() && blocks::is_pooled(8 + payload_size) {
        // SAFETY: nothing stands behind the items, and there is no finalizer; the class gains its reference.
        return unsafe {
            let object = new_tailed(index, head, len, |places| write_items(places, len, &mut fill));
            if record.counts_class() {
                mem::forget(record.class().cloned());
            }
            Ref::from_raw(object)
        };
    }
    // SAFETY: the block is sized for `len` items; nothing reads the object before all are written.
    unsafe {
        let object = new_object(record.family(), index, 8 + payload_size, record, len);
        write_items(write_head(object, head, len), len, &mut fill);
        finish(object, record, payload_size);
        Ref::from_raw(object)
    }
}

/// [`alloc_tailed`] of the built-in type itself for items whose number is known beforehand.
#[inline(always)]
pub fn alloc_array<H: Trace, I: Trace, const N: usize>(head: H, items: [I; N]) -> Ref<Tailed<H, I>>
where
    Tailed<H, I>: Payload,
{
    let index = <Tailed<H, I> as Payload>::INDEX;
    let size = 8 + size_of::<Tailed<H, I>>() + N * size_of::<I>();
    if !<Tailed<H, I> as Payload>::LAYOUT.container || !blocks::is_pooled(size) {
        let mut items = items.into_iter();
        return alloc_tailed(index, head, N, |_| items.next().expect("as many items as places"));
    }
    // SAFETY: an exact instance of a built-in container type needs nothing else, and all its places are written.
    unsafe {
        Ref::from_raw(new_tailed(index, head, N, |places: *mut I| places.cast::<[I; N]>().write(items)))
    }
}

/// [`alloc_tailed`] of the built-in type itself for clones of some items and of others behind them.
pub fn alloc_joined<H: Trace, I: Trace + Clone>(head: H, first: &[I], second: &[I]) -> Ref<Tailed<H, I>>
where
    Tailed<H, I>: Payload,
{
    let index = <Tailed<H, I> as Payload>::INDEX;
    let len = first.len() + second.len();
    let size = 8 + size_of::<Tailed<H, I>>() + len * size_of::<I>();
    if !<Tailed<H, I> as Payload>::LAYOUT.container || !blocks::is_pooled(size) {
        let item = |place: usize| first.get(place).unwrap_or_else(|| &second[place - first.len()]);
        return alloc_tailed(index, head, len, |place| item(place).clone());
    }
    // SAFETY: as above; there are places for the items of both.
    unsafe {
        Ref::from_raw(new_tailed(index, head, len, |mut place: *mut I| {
            for part in [first, second] {
                for item in part {
                    place.write(item.clone());
                    place = place.add(1);
                }
            }
        }))
    }
}

/// A tracked container of a pooled size with items behind its head; `write` is given the place of the first one, and
/// writes them all.
#[inline(always)]
unsafe fn new_tailed<H: Trace, I: Trace>(
    index: u32,
    head: H,
    len: usize,
    write: impl FnOnce(*mut I),
) -> *mut Header {
    // SAFETY: the block has the size of the whole object; it is complete when it is tracked.
    unsafe {
        let object = HEAP.with(|heap| {
            heap.collector.note_allocation(heap, record(index), len);
            let size = 8 + size_of::<Tailed<H, I>>() + len * size_of::<I>();
            let object = blocks::allocate(heap, Family::Container, size);
            object.write(Header { count: Cell::new(1), kind: Cell::new(index) });
            object
        });
        write(write_head(object, head, len));
        HEAP.with(|heap| heap.collector.track(heap, object));
        object
    }
}

/// Writes the payload of an object up to its items; the place of the first one.
#[inline(always)]
unsafe fn write_head<H: Trace, I: Trace>(object: *mut Header, head: H, len: usize) -> *mut I {
    // SAFETY: the caller has made the block large enough.
    unsafe {
        let payload = object.add(1).cast::<Tailed<H, I>>();
        (&raw mut (*payload).len).write(len as u32);
        (&raw mut (*payload).head).write(head);
        (&raw mut (*payload).tail).cast::<I>()
    }
}

/// Writes so many items, each as `fill` gives it for its index.
#[inline(always)]
unsafe fn write_items<I>(places: *mut I, len: usize, fill: &mut impl FnMut(usize) -> I) {
    for position in 0..len {
        // SAFETY: the caller has made sure that there are so many places.
        unsafe { places.add(position).write(fill(position)) }
    }
}

/// The tail of a fresh object of bytes, written from front to back. What is not written reads as zero afterwards.
pub struct TailWriter<'a> {
    rest: &'a mut [MaybeUninit<u8>],
}

impl TailWriter<'_> {
    /// Appends bytes. Panics if there is no room.
    #[inline(always)]
    pub fn put(&mut self, bytes: &[u8]) {
        let (place, rest) = std::mem::take(&mut self.rest).split_at_mut(bytes.len());
        put_all(place, bytes);
        self.rest = rest;
    }

    /// Appends bytes and lends them to be changed. Panics if there is no room.
    #[inline(always)]
    pub fn put_open(&mut self, bytes: &[u8]) -> &mut [u8] {
        let (place, rest) = std::mem::take(&mut self.rest).split_at_mut(bytes.len());
        self.rest = rest;
        put_all(place, bytes);
        // SAFETY: all of it has just been written.
        unsafe { place.assume_init_mut() }
    }

    /// Appends bytes, each changed in the same way whatever stands beside it: `map` changes eight of them at once. Panics if
    /// there is no room.
    #[inline(always)]
    pub fn put_mapped(&mut self, bytes: &[u8], map: impl Fn(u64) -> u64) {
        let (place, rest) = std::mem::take(&mut self.rest).split_at_mut(bytes.len());
        self.rest = rest;
        match bytes.len() {
            0 => {}
            1 => map_ends::<1>(place, bytes, map),
            2..4 => map_ends::<2>(place, bytes, map),
            4..8 => map_ends::<4>(place, bytes, map),
            8..=16 => map_ends::<8>(place, bytes, map),
            _ => {
                let places = place.as_chunks_mut::<8>().0;
                for (place, bytes) in places.iter_mut().zip(bytes.as_chunks::<8>().0) {
                    *place = map(u64::from_ne_bytes(*bytes)).to_ne_bytes().map(MaybeUninit::new);
                }
                map_ends::<8>(place, bytes, map);
            }
        }
    }

    /// Appends a byte so many times. Panics if there is no room.
    #[inline]
    pub fn put_times(&mut self, byte: u8, times: usize) {
        let (place, rest) = std::mem::take(&mut self.rest).split_at_mut(times);
        place.fill(MaybeUninit::new(byte));
        self.rest = rest;
    }

    /// Lends the next bytes, all zero.
    #[inline]
    pub fn zeroed(&mut self, len: usize) -> &mut [u8] {
        let (place, rest) = std::mem::take(&mut self.rest).split_at_mut(len);
        place.fill(MaybeUninit::new(0));
        self.rest = rest;
        // SAFETY: all of it has just been written.
        unsafe { place.assume_init_mut() }
    }
}

/// Copies bytes to a place of the same length. Panics if it has another one.
#[inline(always)]
pub fn copy_bytes(place: &mut [u8], bytes: &[u8]) {
    assert_eq!(place.len(), bytes.len(), "a place has the length of what is copied there");
    // SAFETY: only bytes that have a value are written there.
    put_all(unsafe { &mut *(place as *mut [u8] as *mut [MaybeUninit<u8>]) }, bytes);
}

/// Copies bytes to a place of the same length. Few are not worth a call: texts are often made of single characters and
/// short words.
#[inline(always)]
fn put_all(place: &mut [MaybeUninit<u8>], bytes: &[u8]) {
    match (bytes, &mut *place) {
        ([byte], [only]) => *only = MaybeUninit::new(*byte),
        ([_, _, ..], _) if bytes.len() <= FEW => put_few(place, bytes),
        _ => {
            place.write_copy_of_slice(bytes);
        }
    }
}

/// So many bytes are copied in one or two moves.
const FEW: usize = 32;

/// Copies 1 to [`FEW`] bytes to a place of the same length.
#[inline(always)]
fn put_few(place: &mut [MaybeUninit<u8>], bytes: &[u8]) {
    match bytes.len() {
        16.. => put_ends::<16>(place, bytes),
        8.. => put_ends::<8>(place, bytes),
        4.. => put_ends::<4>(place, bytes),
        2.. => put_ends::<2>(place, bytes),
        _ => put_ends::<1>(place, bytes),
    }
}

/// Copies `N` to 2 `N` bytes: the first `N` and the last `N`, which may overlap.
#[inline(always)]
fn put_ends<const N: usize>(place: &mut [MaybeUninit<u8>], bytes: &[u8]) {
    let (Some(first), Some(last)) = (bytes.first_chunk::<N>(), bytes.last_chunk::<N>()) else { return };
    if let Some(place) = place.first_chunk_mut::<N>() {
        *place = first.map(MaybeUninit::new);
    }
    if let Some(place) = place.last_chunk_mut::<N>() {
        *place = last.map(MaybeUninit::new);
    }
}

/// Makes an object with a tail of plain bytes, which `fill` writes.
#[inline(always)]
pub fn alloc_bytes<H: Trace>(
    index: u32,
    head: H,
    len: usize,
    fill: impl FnOnce(&mut TailWriter),
) -> Result<Ref<Tailed<H, u8>>, OutOfMemory>
where
    Tailed<H, u8>: Payload,
{
    let exact = index == <Tailed<H, u8> as Payload>::INDEX;
    let payload_size = size_of::<Tailed<H, u8>>().wrapping_add(len);
    // SAFETY: the block is sized for `len` bytes, and all of them are written before the object can be seen.
    unsafe {
        let object = if exact && len < blocks::POOLED_LIMIT && blocks::is_pooled(8 + payload_size) {
            HEAP.with(|heap| {
                let object = blocks::allocate(heap, Family::Atomic, 8 + payload_size);
                object.write(Header { count: Cell::new(1), kind: Cell::new(index) });
                object
            })
        } else {
            new_bytes(index, size_of::<Tailed<H, u8>>(), len)?
        };
        let payload = object.add(1).cast::<Tailed<H, u8>>();
        (&raw mut (*payload).len).write(len as u32);
        (&raw mut (*payload).head).write(head);
        let items = (&raw mut (*payload).tail).cast::<MaybeUninit<u8>>();
        let mut writer = TailWriter { rest: std::slice::from_raw_parts_mut(items, len) };
        fill(&mut writer);
        if !writer.rest.is_empty() {
            writer.rest.fill(MaybeUninit::new(0));
        }
        if !exact {
            finish(object, record(index), payload_size);
        }
        Ok(Ref::from_raw(object))
    }
}

/// Writes the first `N` and the last `N` bytes, as `map` changes them.
#[inline(always)]
fn map_ends<const N: usize>(place: &mut [MaybeUninit<u8>], bytes: &[u8], map: impl Fn(u64) -> u64) {
    let change = |bytes: &[u8; N]| -> [MaybeUninit<u8>; N] {
        let mut word = [0; 8];
        word[..N].copy_from_slice(bytes);
        let word = map(u64::from_ne_bytes(word)).to_ne_bytes();
        std::array::from_fn(|at| MaybeUninit::new(word[at]))
    };
    let (Some(first), Some(last)) = (bytes.first_chunk::<N>(), bytes.last_chunk::<N>()) else { return };
    if let Some(place) = place.first_chunk_mut::<N>() {
        *place = change(first);
    }
    if let Some(place) = place.last_chunk_mut::<N>() {
        *place = change(last);
    }
}

/// [`alloc_bytes`] of the built-in type itself for 2 to 32 bytes, if a free block is at hand. This calls nothing, so that
/// who leaves everything else by a jump needs no stack frame.
#[inline(always)]
pub fn alloc_few<H: Trace>(head: H, bytes: &[u8]) -> Option<Ref<Tailed<H, u8>>>
where
    Tailed<H, u8>: Payload,
{
    if !(2..=FEW).contains(&bytes.len()) {
        return None;
    }
    // SAFETY: all bytes of the tail are written.
    unsafe { take_few(head, bytes.len(), |place| put_few(place, bytes)) }
}

/// The same for the bytes of two pieces, each of 1 to 32.
#[inline(always)]
pub fn alloc_few_joined<H: Trace>(head: H, first: &[u8], second: &[u8]) -> Option<Ref<Tailed<H, u8>>>
where
    Tailed<H, u8>: Payload,
{
    if !(1..=FEW).contains(&first.len()) || !(1..=FEW).contains(&second.len()) {
        return None;
    }
    // SAFETY: as above.
    unsafe {
        take_few(head, first.len() + second.len(), |place| {
            let (place, rest) = place.split_at_mut(first.len());
            put_few(place, first);
            put_few(rest, second);
        })
    }
}

/// An object of a pooled size with so many bytes, which `write` writes, if a free block is at hand.
///
/// # Safety
/// `write` must write all of them.
#[inline(always)]
unsafe fn take_few<H: Trace>(
    head: H,
    len: usize,
    write: impl FnOnce(&mut [MaybeUninit<u8>]),
) -> Option<Ref<Tailed<H, u8>>>
where
    Tailed<H, u8>: Payload,
{
    let size = 8 + size_of::<Tailed<H, u8>>() + len;
    if !blocks::is_pooled(size) {
        return None;
    }
    let block = HEAP.with(|heap| heap.blocks[Family::Atomic as usize].take(blocks::class_of(size)));
    if block.is_null() {
        return None;
    }
    // SAFETY: the block has the size of the whole object, and the caller writes what is not written here.
    unsafe {
        let object = block.cast::<Header>();
        object.write(Header { count: Cell::new(1), kind: Cell::new(<Tailed<H, u8> as Payload>::INDEX) });
        let items = write_head::<H, u8>(object, head, len).cast::<MaybeUninit<u8>>();
        write(std::slice::from_raw_parts_mut(items, len));
        Some(Ref::from_raw(object))
    }
}

/// The block of an object with a tail of bytes that is large or not of the built-in type itself.
#[inline(never)]
unsafe fn new_bytes(index: u32, fixed: usize, len: usize) -> Result<*mut Header, OutOfMemory> {
    let payload_size =
        fixed.checked_add(len).filter(|&size| size < isize::MAX as usize).ok_or(OutOfMemory)?;
    if payload_size > blocks::POOLED_LIMIT {
        HEAP.with(|heap| heap.check_limit(payload_size))?;
    }
    if len > u32::MAX as usize {
        return Err(OutOfMemory);
    }
    // SAFETY: the caller fills the object before anyone sees it.
    unsafe {
        let record = record(index);
        Ok(new_object(record.family(), index, 8 + payload_size, record, 0))
    }
}

#[inline(always)]
unsafe fn new_fixed<T: Payload>(family: Family, index: u32, payload: T) -> *mut Header {
    HEAP.with(|heap| {
        if family == Family::Container {
            heap.collector.note_allocation(heap, record(index), 0);
        }
        let object = blocks::allocate(heap, family, 8 + size_of::<T>());
        // SAFETY: the block is fresh and large enough.
        unsafe {
            object.write(Header { count: Cell::new(1), kind: Cell::new(index) });
            object.add(1).cast::<T>().write(payload);
        }
        object
    })
}

/// A block with its header written, for an object with so many items; extra slots are added to the size.
unsafe fn new_object(
    family: Family,
    index: u32,
    size: usize,
    record: &TypeRecord,
    len: usize,
) -> *mut Header {
    let extra = record.extra_slots();
    let size = if extra == 0 { size } else { size.next_multiple_of(8) + 8 * extra };
    HEAP.with(|heap| {
        if family == Family::Container {
            heap.collector.note_allocation(heap, record, len);
        }
        let object = blocks::allocate(heap, family, size);
        // SAFETY: the block is fresh.
        unsafe { object.write(Header { count: Cell::new(1), kind: Cell::new(index) }) };
        object
    })
}

/// Empties the extra slots, counts the class and tracks the object.
unsafe fn finish(object: *mut Header, record: &TypeRecord, payload_size: usize) {
    // SAFETY: the block was sized for the extra slots; the class outlives the call.
    unsafe {
        let slots = object.cast::<u8>().add((8 + payload_size).next_multiple_of(8)).cast::<Option<Ref>>();
        for position in 0..record.extra_slots() {
            slots.add(position).write(None);
        }
        if record.counts_class() {
            mem::forget(record.class().cloned());
        }
        if record.family() == Family::Container {
            HEAP.with(|heap| {
                heap.collector.track_any(heap, object);
                if record.finalizer().is_some() {
                    heap.finalizers_made.set(heap.finalizers_made.get() + 1);
                }
            });
        }
    }
}

/// A request of at most so many bytes is granted although the limit is passed.
const SMALL_REQUEST: usize = 1 << 16;

impl HeapState {
    /// Refuses a large request when it would pass the limit.
    pub(crate) fn check_limit(&self, bytes: usize) -> Result<(), OutOfMemory> {
        let limit = self.limit.get();
        // Pools are only counted block by block when they matter.
        if limit != 0 && self.used_bytes() + bytes > limit && self.give_back_free_pools(limit) + bytes > limit
        {
            // A little more is granted for now: whoever cleans up needs it, and the interpreter hears of it.
            if bytes > SMALL_REQUEST && !self.grants_all.get() {
                return Err(OutOfMemory);
            }
            crate::state::set_pending(pending::MEMORY);
        }
        // No request that exceeds the whole address range can succeed; asking would only let the system overcommit.
        if bytes > 1 << 40 { Err(OutOfMemory) } else { Ok(()) }
    }

    /// Bytes of blocks in use. To count them takes a walk along the free ones, so empty pools go back where there are many.
    fn give_back_free_pools(&self, limit: usize) -> usize {
        let used = self.block_bytes();
        if self.used_bytes() - used > limit / 4 && !self.collector.is_collecting() {
            blocks::trim();
        }
        used
    }

    /// A pool has been taken. Small objects cannot be refused where they are made: the interpreter is told that the limit
    /// is passed, and raises MemoryError at the next call or backward jump.
    #[cold]
    pub(crate) fn note_pool(&self) {
        let limit = self.limit.get();
        if limit != 0 && self.used_bytes() > limit.max(self.next_check.get()) {
            crate::state::set_pending(pending::MEMORY);
        }
    }

    /// Bytes of blocks in use, and of what stands outside of pools.
    pub(crate) fn block_bytes(&self) -> usize {
        let pooled: usize = self.blocks.iter().map(|blocks| blocks.used_bytes()).sum();
        pooled + self.large_bytes.get() + self.buffer_bytes.get()
    }

    fn used_bytes(&self) -> usize {
        self.large_bytes.get()
            + self.buffer_bytes.get()
            + self.blocks.iter().map(|b| b.pooled_bytes()).sum::<usize>()
    }

    /// Takes an old object's place in the order of finalizers away, since it dies.
    pub(crate) fn forget_birth(&self, object: *mut Header) {
        if let Some(births) = &mut *self.births.borrow_mut() {
            births.remove(&(object as usize));
        }
    }
}

/// Starts to track a container that was made untracked, or that was untracked by a collection.
pub fn track(object: &Ref) {
    if !object.header().has(TRACKED) {
        // SAFETY: the object is alive and complete.
        HEAP.with(|heap| unsafe { heap.collector.track_any(heap, object.as_ptr()) });
    }
}

/// Excludes a container from collections.
pub fn untrack(object: &Ref) {
    object.header().unset(TRACKED);
}

/// Whether the object takes part in collections.
pub fn is_tracked(object: &Ref) -> bool {
    object.header().has(TRACKED)
}

/// Whether the object's finalizer has run.
pub fn is_finalized(object: &Ref) -> bool {
    // The bit means something else in a string.
    object.header().has(FINALIZED) && object.header().type_index() != crate::table::KEEPS_HASH
}

/// Whether an object's address alone says that it is no container. The object itself is not touched, which often lies in
/// memory that nothing else has reached for.
#[inline(always)]
pub fn is_atom_by_address(object: &Ref) -> bool {
    HEAP.with(|heap| heap.blocks[Family::Atomic as usize].contains(object.address()))
}

/// Limits the heap to this many bytes (0: no limit). Requests beyond it fail with [`OutOfMemory`].
pub fn set_limit(bytes: usize) {
    HEAP.with(|heap| heap.limit.set(bytes));
}

/// While it lives, the limit refuses nothing: for values that are made where no MemoryError can be raised. It is raised at
/// the next call or backward jump instead.
#[derive(Debug)]
pub struct Grant(bool);

impl Grant {
    /// Suspends the limit.
    pub fn new() -> Grant {
        Grant(HEAP.with(|heap| heap.grants_all.replace(true)))
    }
}

impl Default for Grant {
    fn default() -> Grant {
        Grant::new()
    }
}

impl Drop for Grant {
    fn drop(&mut self) {
        HEAP.with(|heap| heap.grants_all.set(self.0));
    }
}

/// Whether a MemoryError is due because the heap holds more than its limit allows. Whoever handles it gets an eighth of the
/// limit more to work with, until the heap is below the limit again.
pub fn is_over_limit() -> bool {
    HEAP.with(|heap| {
        let limit = heap.limit.get();
        if limit == 0 {
            return false;
        }
        let used = heap.give_back_free_pools(limit);
        // The next walk should not come too soon.
        heap.next_check.set(heap.used_bytes() + limit / 32);
        if used <= limit {
            heap.granted.set(0);
        }
        let due = used > limit.max(heap.granted.get());
        if due {
            heap.granted.set(limit + limit / 8);
        }
        due
    })
}

/// Makes every container allocation ask for a collection, for tests.
pub fn set_stress(on: bool) {
    HEAP.with(|heap| {
        heap.stress.set(on);
        heap.collector.note_quiet(heap);
    });
    if on {
        crate::state::set_pending(pending::COLLECT);
    }
}

/// Gives an object another type with the same layout (`x.__class__ = C`); the classes' counts follow.
pub fn change_type(object: &Ref, index: u32) {
    let old = object.record();
    let new = record(index);
    debug_assert!(std::ptr::eq(old.layout(), new.layout()) && old.extra_slots() == new.extra_slots());
    let header = object.header();
    header.kind.set(header.kind.get() & !crate::header::TYPE_MASK | index);
    if new.counts_class() {
        mem::forget(new.class().cloned());
    }
    if old.counts_class() {
        let class = old.class_pointer();
        // SAFETY: the object held one reference to its old class, which it gives up.
        drop(unsafe { Ref::<crate::Any>::from_raw(class) });
    }
}

/// A free block for an atomic object of at most 16 bytes, or null if none is at hand: for the interpreter loop, which
/// must not call out of line.
#[inline(always)]
pub fn take_box() -> *mut Header {
    if cfg!(feature = "system-alloc") {
        return ptr::null_mut();
    }
    HEAP.with(|heap| heap.blocks[Family::Atomic as usize].take(0)).cast()
}

/// The block of a tracked container of a built-in type with `len` references behind a head without content, or null if it
/// is not at hand: for the interpreter loop, which must not call out of line. Its header and the number of its items are
/// written.
///
/// # Safety
/// The type has the layout `Tailed<H, Ref>` with no finalizer, and these spares. The items must be written before anything else is
/// done.
#[inline(always)]
pub unsafe fn take_tailed<H>(index: u32, spares: Spares, len: usize) -> *mut Header {
    let size = size_of::<Header>() + size_of::<Tailed<H, Ref>>() + len * size_of::<Ref>();
    if size > SMALL_LIMIT || !blocks::is_pooled(size) {
        return ptr::null_mut();
    }
    // SAFETY: as promised by the caller; the block has the size of the whole object.
    unsafe {
        take_container(index, spares, size, len, |object| object.add(1).cast::<u32>().write(len as u32))
    }
}

/// Whether instances of a class made at run time need nothing else than their places and a reference to the class: no
/// finalizer above all.
#[inline(always)]
pub fn makes_simple_instances(index: u32) -> bool {
    let record = record(index);
    record.is_simple_container() && record.counts_class()
}

/// [`take_tailed`] for an instance of a class made at run time; the class's reference is the caller's to give. Null also if
/// such instances need anything else.
///
/// # Safety
/// The type has the layout `Tailed<H, I>` with items of a word. The rest of the head and the items must be written before
/// anything else is done.
#[inline(always)]
pub unsafe fn take_instance<H, I>(index: u32, len: usize) -> *mut Header {
    if !makes_simple_instances(index) {
        return ptr::null_mut();
    }
    // SAFETY: as promised by the caller.
    unsafe { take_simple_instance::<H, I>(index, len) }
}

/// The same where [`makes_simple_instances`] is known.
///
/// # Safety
/// As for [`take_instance`], and such instances need nothing else.
#[inline(always)]
pub unsafe fn take_simple_instance<H, I>(index: u32, len: usize) -> *mut Header {
    let size = size_of::<Header>() + size_of::<Tailed<H, I>>() + len * size_of::<I>();
    if size > SMALL_LIMIT || !blocks::is_pooled(size) {
        return ptr::null_mut();
    }
    debug_assert!(makes_simple_instances(index) && record(index).spares().kinds == 0);
    // SAFETY: as promised by the caller; the block has the size of the whole object.
    unsafe {
        take_container(index, Spares::NONE, size, len, |object| object.add(1).cast::<u32>().write(len as u32))
    }
}

/// A tracked container of a pooled size with its header written, completed by `complete` before it is tracked; null if
/// anything is not at hand.
#[inline(always)]
unsafe fn take_container(
    index: u32,
    spares: Spares,
    size: usize,
    len: usize,
    complete: impl FnOnce(*mut Header),
) -> *mut Header {
    // SAFETY: the thread's heap is never dropped. All this in a closure would be a function that several handlers call.
    let heap = unsafe { &*HEAP.with(ptr::from_ref) };
    let collector = &heap.collector;
    if !collector.has_room() {
        return ptr::null_mut();
    }
    let object = heap.blocks[Family::Container as usize].take(blocks::class_of(size)).cast::<Header>();
    if object.is_null() {
        return object;
    }
    collector.note_allocation_within(spares, len);
    // SAFETY: the block is free and has the size of the whole object; the buffer has room.
    unsafe {
        object.write(Header { count: Cell::new(1), kind: Cell::new(index) });
        complete(object);
        collector.track_within(object);
    }
    object
}

/// A tracked container of a fixed pooled size, or null if its block is not at hand: for the interpreter loop, which must
/// not call out of line.
///
/// # Safety
/// The type has the payload `T`, no finalizer, and these spares. The payload must be written before anything else is done.
#[inline(always)]
pub unsafe fn take_fixed<T: Payload>(index: u32, spares: Spares) -> *mut Header {
    let size = size_of::<Header>() + size_of::<T>();
    if !T::LAYOUT.container || !blocks::is_pooled(size) {
        return ptr::null_mut();
    }
    // SAFETY: as promised by the caller, who completes it.
    unsafe { take_container(index, spares, size, 0, |_| {}) }
}

/// A tracked container whose payload is a buffer of exactly `len` references, or null if its blocks are not at hand: for
/// the interpreter loop, which must not call out of line.
///
/// # Safety
/// The type has the payload `T`, no finalizer, and these spares. The items must be written before anything else is done.
#[inline(always)]
pub unsafe fn take_buffered<T: Payload>(index: u32, spares: Spares, len: usize) -> *mut Header {
    let bytes = len * size_of::<Ref>();
    let size = size_of::<Header>() + size_of::<T>();
    if T::LAYOUT.items != Single::Buffer || bytes > SMALL_LIMIT || !blocks::is_pooled(size) {
        return ptr::null_mut();
    }
    HEAP.with(|heap| {
        let collector = &heap.collector;
        let containers = &heap.blocks[Family::Container as usize];
        if !collector.has_room() || !containers.has(blocks::class_of(size)) {
            return ptr::null_mut();
        }
        // SAFETY: the caller writes the items.
        let Some(buffer) = (unsafe { Buffer::<Ref>::take(heap, len) }) else { return ptr::null_mut() };
        let object = containers.take(blocks::class_of(size)).cast::<Header>();
        collector.note_allocation_within(spares, len);
        // SAFETY: the block is free and has the size of the whole object, whose payload is a buffer.
        unsafe {
            object.write(Header { count: Cell::new(1), kind: Cell::new(index) });
            object.add(1).cast::<Buffer<Ref>>().write(buffer);
            collector.track_within(object);
        }
        object
    })
}

/// Gives back the block of an int or float.
///
/// # Safety
/// The object is of 16 bytes and atomic, was made in a pool, and nothing refers to it.
#[inline(always)]
pub unsafe fn give_box(object: *mut Header) {
    // SAFETY: as promised by the caller.
    HEAP.with(|heap| unsafe { blocks::release(heap, Family::Atomic, object, 16) });
}

/// A tailed container of a built-in type that takes its items over from `source`, where they count as moved out.
///
/// # Safety
/// `source` holds `len` items that the caller owns and does not use again, and `index` is that of the type itself.
#[inline(always)]
pub unsafe fn move_tailed<H: Trace, I: Trace>(
    index: u32,
    head: H,
    source: *const I,
    len: usize,
) -> Ref<Tailed<H, I>>
where
    Tailed<H, I>: Payload,
{
    // SAFETY: the items are read once, as the caller promises.
    alloc_tailed(index, head, len, |place| unsafe { source.add(place).read() })
}

/// Writes the header of a fresh object with one reference.
///
/// # Safety
/// The block must be free and large enough for the type.
#[inline(always)]
pub unsafe fn write_header(object: *mut Header, index: u32) {
    // SAFETY: as promised by the caller.
    unsafe { object.write(Header { count: Cell::new(1), kind: Cell::new(index) }) };
}

/// Whether a request can be met, asked before anything is computed for it (the digits of a big integer, a long
/// string): the limit of the heap counts it, and for large ones the system is asked.
#[inline(always)]
pub fn check_request(bytes: usize) -> Result<(), OutOfMemory> {
    if bytes <= blocks::POOLED_LIMIT { Ok(()) } else { check_large_request(bytes) }
}

#[inline(never)]
fn check_large_request(bytes: usize) -> Result<(), OutOfMemory> {
    HEAP.with(|heap| heap.check_limit(bytes))?;
    if bytes > 1 << 24 {
        Vec::<u8>::new().try_reserve_exact(bytes).map_err(|_| OutOfMemory)?;
    }
    Ok(())
}
