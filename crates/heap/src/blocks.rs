//! Arenas, pools and blocks: where objects and small buffers live.
//!
//! ```text
//!   family   = one reserved address range         (atomic objects | containers | buffers)
//!   arena    = 1 MiB of it                        64 pools
//!   pool     = 16 KiB, all blocks of one size     [block][block][block]...
//!   block    = header word, then the payload;     free: header 0, then the next free block
//! ```
//!
//! A size class serves sizes up to 512 bytes in steps of 16, and up to 8 KiB in four steps per doubling. Larger
//! objects stand alone (see [`crate::large`]). A class keeps its free blocks in one last-in-first-out list, so
//! that allocation and release are three instructions each; blocks are carved from a fresh pool as needed, so
//! memory that was never used is never touched.

use std::{
    cell::{Cell, RefCell},
    ptr,
};

use crate::{
    header::Header,
    large,
    ranges::{self, Range},
    state::{HEAP, HeapState},
    trace,
};

/// Bytes of an arena.
pub const ARENA_SIZE: usize = 1 << 20;
/// Bytes of a pool.
pub const POOL_SIZE: usize = 1 << 14;
/// The largest request that a 16-byte size class serves.
pub const SMALL_LIMIT: usize = 512;
/// The largest request that pools serve.
pub const POOLED_LIMIT: usize = 8192;
/// The number of size classes.
pub const CLASSES: usize = 32 + 16;
pub(crate) const FAMILIES: usize = 3;
const POOL_SHIFT: u32 = POOL_SIZE.trailing_zeros();
const CARVE: usize = 4096;
/// How far in front of a walk over the blocks memory is asked for.
const AHEAD: usize = 1024;
const RESERVE: usize = 1 << 36;

/// What a range of the heap holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Family {
    /// Objects that refer to nothing: numbers, strings.
    Atomic,
    /// Objects that can be part of a cycle.
    Container,
    /// Storage that belongs to an object: list items, table entries.
    Buffer,
}

impl Family {
    /// All families in the order of their numbers.
    pub const ALL: [Family; FAMILIES] = [Family::Atomic, Family::Container, Family::Buffer];
}

/// The size class of a request of 1 to [`POOLED_LIMIT`] bytes.
#[inline(always)]
pub const fn class_of(size: usize) -> usize {
    if size <= SMALL_LIMIT {
        size.saturating_sub(1) >> 4
    } else {
        // Four classes per doubling: the two bits behind the leading one choose among them.
        let top = usize::BITS - 1 - (size - 1).leading_zeros();
        32 + (top as usize - 9) * 4 + (((size - 1) >> (top - 2)) & 3)
    }
}

/// Bytes of a block of a size class.
pub const fn class_size(class: usize) -> usize {
    if class < 32 {
        (class + 1) * 16
    } else {
        let step = class - 32;
        (1 << (step / 4 + 9)) + (step % 4 + 1) * (1 << (step / 4 + 7))
    }
}

#[repr(C)]
pub(crate) struct FreeBlock {
    header: u64,
    next: *mut FreeBlock,
}

/// What is known of a pool.
#[derive(Clone, Copy)]
pub(crate) struct Pool {
    pub(crate) class: u8,
    /// Bytes from the pool's start that have been carved into blocks.
    pub(crate) carved: u16,
}

/// One family's blocks.
pub(crate) struct Blocks {
    family: Family,
    free: [Cell<*mut FreeBlock>; CLASSES],
    /// A list whose head is not above this counts as empty. That is 0, so that only a null head does; while allocations
    /// are traced it is the highest address, and all of them go out of line ([`crate::trace`]).
    floor: Cell<usize>,
    /// The free blocks while allocations are traced: `free` has those that were released since it was last looked at.
    settled: [Cell<*mut FreeBlock>; CLASSES],
    base: Cell<usize>,
    size: Cell<usize>,
    current: [Cell<u32>; CLASSES],
    pub(crate) pools: RefCell<Vec<Pool>>,
    idle: RefCell<Vec<u32>>,
}

impl Blocks {
    pub(crate) const fn new(family: Family) -> Blocks {
        Blocks {
            family,
            free: [const { Cell::new(ptr::null_mut()) }; CLASSES],
            floor: Cell::new(0),
            settled: [const { Cell::new(ptr::null_mut()) }; CLASSES],
            base: Cell::new(0),
            size: Cell::new(0),
            current: [const { Cell::new(u32::MAX) }; CLASSES],
            pools: RefCell::new(Vec::new()),
            idle: RefCell::new(Vec::new()),
        }
    }

    /// A block of a class for `size` bytes.
    #[inline(always)]
    pub(crate) fn allocate(&self, class: usize, size: usize) -> *mut u8 {
        let block = self.free[class].get();
        if block as usize <= self.floor.get() {
            return self.refill(class, size);
        }
        // SAFETY: a non-null list head is a free block of this class.
        let next = unsafe { (*block).next };
        prefetch(next);
        self.free[class].set(next);
        block.cast()
    }

    /// Whether a free block is at hand.
    #[inline(always)]
    pub(crate) fn has(&self, class: usize) -> bool {
        self.free[class].get() as usize > self.floor.get()
    }

    /// A free block, or null if the list is empty.
    #[inline(always)]
    pub(crate) fn take(&self, class: usize) -> *mut u8 {
        let block = self.free[class].get();
        if block as usize <= self.floor.get() {
            return ptr::null_mut();
        }
        // SAFETY: a non-null list head is a free block of this class.
        let next = unsafe { (*block).next };
        prefetch(next);
        self.free[class].set(next);
        block.cast()
    }

    /// Puts a block back.
    ///
    /// # Safety
    /// The block came from `allocate(class)` of this family and nothing refers to it.
    #[inline(always)]
    pub(crate) unsafe fn release(&self, block: *mut u8, class: usize) {
        let block = block.cast::<FreeBlock>();
        // SAFETY: the block is at least 16 bytes and ours.
        unsafe {
            (*block).header = 0;
            (*block).next = self.free[class].get();
        }
        self.free[class].set(block);
    }

    /// What [`Blocks::allocate`] does when it finds no free block.
    #[cold]
    #[inline(never)]
    fn refill(&self, class: usize, size: usize) -> *mut u8 {
        if self.floor.get() == 0 { self.carve(class) } else { trace::allocate(self, class, size) }
    }

    /// Carves the next piece of a pool into free blocks and takes the first.
    fn carve(&self, class: usize) -> *mut u8 {
        let size = class_size(class);
        let mut pools = self.pools.borrow_mut();
        let mut number = self.current[class].get();
        let is_full = number == u32::MAX || pools[number as usize].carved as usize + size > POOL_SIZE;
        if is_full {
            number = self.take_pool(&mut pools, class);
        }
        let pool = &mut pools[number as usize];
        let start = self.base.get() + ((number as usize) << POOL_SHIFT) + pool.carved as usize;
        let count = (CARVE / size).clamp(1, (POOL_SIZE - pool.carved as usize) / size);
        pool.carved += (count * size) as u16;
        let list = self.list(class);
        for index in (1..count).rev() {
            let block = (start + index * size) as *mut FreeBlock;
            // SAFETY: the piece lies in the pool, behind what was carved before.
            unsafe { block.write(FreeBlock { header: 0, next: list.get() }) };
            list.set(block);
        }
        drop(pools);
        if is_full {
            HEAP.with(|heap| {
                heap.arenas.pool_taken(self.family, number as usize);
                heap.note_pool();
            });
        }
        start as *mut u8
    }

    /// The free blocks of a class that are known to be free, whether or not allocations are traced.
    fn list(&self, class: usize) -> &Cell<*mut FreeBlock> {
        if self.floor.get() == 0 { &self.free[class] } else { &self.settled[class] }
    }

    pub(crate) fn family(&self) -> Family {
        self.family
    }

    /// Sends every allocation out of line from now on, or no longer; all lists must be settled.
    pub(crate) fn set_traced(&self, traced: bool) {
        self.floor.set(if traced { usize::MAX } else { 0 });
        for (free, settled) in self.free.iter().zip(&self.settled) {
            free.swap(settled);
        }
    }

    /// Whether a block was released since the lists were settled.
    #[inline]
    pub(crate) fn has_released(&self) -> bool {
        self.free.iter().fold(0, |all, head| all | head.get() as usize) != 0
    }

    /// Puts the blocks of a class that were released meanwhile in front of the other free ones, in the same order, so
    /// that they are used again in the same order as if nothing was traced. `visit` is shown the address of each.
    #[inline]
    pub(crate) fn settle(&self, class: usize, mut visit: impl FnMut(usize)) {
        let first = self.free[class].replace(ptr::null_mut());
        if first.is_null() {
            return;
        }
        let mut block = first;
        // SAFETY: free blocks are linked through their second word.
        unsafe {
            loop {
                visit(block as usize);
                if (*block).next.is_null() {
                    break;
                }
                block = (*block).next;
            }
            (*block).next = self.settled[class].replace(first);
        }
    }

    /// A block from the settled free ones, or a fresh one.
    #[inline]
    pub(crate) fn take_settled(&self, class: usize) -> *mut u8 {
        let block = self.settled[class].get();
        if block.is_null() {
            return self.carve(class);
        }
        // SAFETY: a non-null list head is a free block of this class.
        unsafe { self.settled[class].set((*block).next) };
        block.cast()
    }

    fn take_pool(&self, pools: &mut Vec<Pool>, class: usize) -> u32 {
        let number = self.idle.borrow_mut().pop().unwrap_or_else(|| {
            if self.base.get() == 0 {
                let (base, size) = ranges::reserve_at_most(Range::of(self.family), RESERVE);
                self.base.set(base as usize);
                self.size.set(size);
            }
            if (pools.len() + 1) << POOL_SHIFT > self.size.get() {
                ranges::exhausted(self.size.get());
            }
            pools.push(Pool { class: 0, carved: 0 });
            pools.len() as u32 - 1
        });
        pools[number as usize] = Pool { class: class as u8, carved: 0 };
        self.current[class].set(number);
        number
    }

    /// The address where the range starts.
    pub(crate) fn base(&self) -> usize {
        self.base.get()
    }

    /// The size of the range in bytes.
    pub(crate) fn size(&self) -> usize {
        self.size.get()
    }

    /// Whether an address lies in the range.
    #[inline(always)]
    pub(crate) fn contains(&self, address: usize) -> bool {
        address.wrapping_sub(self.base.get()) < self.size.get()
    }

    /// Whether an address is the start of a carved block.
    pub(crate) fn is_block(&self, address: usize) -> bool {
        if !self.contains(address) {
            return false;
        }
        let offset = address - self.base.get();
        let pools = self.pools.borrow();
        let Some(pool) = pools.get(offset >> POOL_SHIFT) else { return false };
        let inside = offset & (POOL_SIZE - 1);
        let size = class_size(pool.class as usize);
        inside + size <= pool.carved as usize && inside.is_multiple_of(size)
    }

    /// Shows the free blocks of a class, the next to be used first. What is traced must have been settled.
    fn for_each_free(&self, class: usize, mut visit: impl FnMut(*mut FreeBlock)) {
        let mut block = self.list(class).get();
        while !block.is_null() {
            // SAFETY: free blocks are linked through their second word.
            let next = unsafe { (*block).next };
            visit(block);
            block = next;
        }
    }

    /// Free blocks of each size class.
    pub(crate) fn free_counts(&self) -> Vec<usize> {
        let count = |class| {
            let mut count = 0;
            self.for_each_free(class, |_| count += 1);
            count
        };
        (0..CLASSES).map(count).collect()
    }

    /// Bytes of the blocks in use.
    pub(crate) fn used_bytes(&self) -> usize {
        let carved = |pool: &Pool| {
            let size = class_size(pool.class as usize);
            pool.carved as usize / size * size
        };
        let carved: usize = self.pools.borrow().iter().map(carved).sum();
        let free = self.free_counts().into_iter().enumerate().map(|(class, count)| class_size(class) * count);
        carved - free.sum::<usize>()
    }

    /// Free blocks of each pool, among those that have been carved.
    pub(crate) fn free_in_pools(&self) -> Vec<usize> {
        let mut counts = vec![0; self.pools.borrow().len()];
        for class in 0..CLASSES {
            self.for_each_free(class, |block| counts[(block as usize - self.base.get()) >> POOL_SHIFT] += 1);
        }
        counts
    }

    /// Bytes of the pools that hold blocks.
    pub(crate) fn pooled_bytes(&self) -> usize {
        (self.pools.borrow().len() - self.idle.borrow().len()) << POOL_SHIFT
    }

    /// Calls back with every block's address, live or free, in address order. The callback must not allocate.
    #[inline]
    pub(crate) fn for_each_block(&self, mut visit: impl FnMut(*mut Header, usize)) {
        for (number, pool) in self.pools.borrow().iter().enumerate() {
            let size = class_size(pool.class as usize);
            let start = self.base.get() + (number << POOL_SHIFT);
            let mut offset = 0;
            while offset + size <= pool.carved as usize {
                prefetch((start + offset + AHEAD) as *const Header);
                visit((start + offset) as *mut Header, size);
                offset += size;
            }
        }
    }

    /// Gives the pools that hold no live block back to the system and sorts the free lists by address, so that new
    /// objects lie together again. Costs a walk over all blocks.
    pub(crate) fn trim(&self) -> usize {
        let mut free_count = vec![0u16; self.pools.borrow().len()];
        let pool_of = |block: *mut FreeBlock| (block as usize - self.base.get()) >> POOL_SHIFT;
        let mut lists: Vec<Vec<*mut FreeBlock>> = Vec::with_capacity(CLASSES);
        for class in 0..CLASSES {
            let mut list = Vec::new();
            self.for_each_free(class, |block| {
                free_count[pool_of(block)] += 1;
                list.push(block);
            });
            lists.push(list);
        }
        let mut pools = self.pools.borrow_mut();
        let mut empty = vec![false; pools.len()];
        let mut returned = 0;
        for (number, pool) in pools.iter_mut().enumerate() {
            let carved = pool.carved as usize / class_size(pool.class as usize);
            let in_use = self.current[pool.class as usize].get() == number as u32;
            if carved > 0 && free_count[number] as usize == carved && !in_use {
                empty[number] = true;
                returned += 1;
                pool.carved = 0;
                self.idle.borrow_mut().push(number as u32);
                HEAP.with(|heap| heap.arenas.pool_returned(self.family, number));
                let start = self.base.get() + (number << POOL_SHIFT);
                // SAFETY: the pool holds no live block; the range stays mapped and reads as zero again.
                unsafe { libc::madvise(start as *mut libc::c_void, POOL_SIZE, libc::MADV_DONTNEED) };
            }
        }
        for (class, mut list) in lists.into_iter().enumerate() {
            list.retain(|&block| !empty[pool_of(block)]);
            list.sort_unstable();
            let mut next = ptr::null_mut();
            for &block in list.iter().rev() {
                // SAFETY: the block is free and its pool is kept.
                unsafe { (*block).next = next };
                next = block;
            }
            self.list(class).set(next);
        }
        returned
    }
}

/// Asks for the memory at an address that will be needed soon, so that nobody has to wait for it then. Any address will do.
#[inline(always)]
pub(crate) fn prefetch<T>(address: *const T) {
    #[cfg(target_arch = "x86_64")]
    // SAFETY: a prefetch reads nothing that can be seen, and does nothing where no memory is.
    unsafe {
        use std::arch::x86_64::{_MM_HINT_T0, _mm_prefetch};
        _mm_prefetch::<_MM_HINT_T0>(address.cast());
    }
    #[cfg(not(target_arch = "x86_64"))]
    let _ = address;
}

/// Whether objects of `size` bytes lie in pools, not alone.
#[inline(always)]
pub const fn is_pooled(size: usize) -> bool {
    !cfg!(feature = "system-alloc") && size <= POOLED_LIMIT
}

/// Takes a block for an object of `size` bytes.
#[inline(always)]
pub(crate) fn allocate(heap: &HeapState, family: Family, size: usize) -> *mut Header {
    if is_pooled(size) {
        heap.blocks[family as usize].allocate(class_of(size), size).cast()
    } else {
        large::allocate(heap, family, size)
    }
}

/// Gives an object's block back.
///
/// # Safety
/// The block came from [`allocate`] with the same family and size, and nothing refers to it.
#[inline(always)]
pub(crate) unsafe fn release(heap: &HeapState, family: Family, block: *mut Header, size: usize) {
    // SAFETY: as promised by the caller.
    unsafe {
        if is_pooled(size) {
            heap.blocks[family as usize].release(block.cast(), class_of(size));
        } else {
            large::release(heap, block, size);
        }
    }
}

/// Gives empty pools back to the system; the number of pools returned.
pub fn trim() -> usize {
    HEAP.with(|heap| {
        trace::settle(heap);
        heap.collector.forget_dead(heap);
        heap.blocks.iter().filter(|blocks| blocks.base() != 0).map(Blocks::trim).sum()
    })
}
