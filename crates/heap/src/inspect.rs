//! What a viewer of the heap may look at: every object, where each of its references stands, its block, the pools.
//!
//! Nothing in here counts, allocates on the managed heap or changes an object, so that looking does not disturb.

use std::mem::ManuallyDrop;

use crate::{
    Any, NamedVisitor, Visitor,
    blocks::{ARENA_SIZE, Family, POOL_SIZE, class_of, class_size},
    collector::trace_object,
    header::{DYING, Header},
    reference::Ref,
    state::{HEAP, HeapState},
    trace,
    types::record,
    walk,
};

/// Whether an object can be looked at: alive, and no part of it released yet.
fn is_whole(object: *mut Header) -> bool {
    // SAFETY: the caller has the object from a walk, so its block is mapped.
    let header = unsafe { &*object };
    header.type_index() != 0 && header.count() > 0 && !header.has(DYING)
}

/// A reference to look through, which does not count.
fn borrowed(object: *mut Header) -> ManuallyDrop<Ref> {
    // SAFETY: the caller has found the object to be alive; it is not dropped.
    ManuallyDrop::new(unsafe { Ref::<Any>::from_raw(object) })
}

/// Calls back with every live object, the atomic ones included. The callback must not allocate or release anything on the
/// heap.
pub fn each_object(mut visit: impl FnMut(&Ref)) {
    HEAP.with(|heap| {
        walk::for_each_object(heap, |object| {
            if is_whole(object) {
                visit(&borrowed(object));
            }
        });
    });
}

/// Shows everything an object refers to, its class included, without counting.
pub fn references(object: &Ref, mut visitor: &mut dyn Visitor) {
    // SAFETY: a reference keeps its object alive.
    unsafe { trace_object(object.as_ptr(), &mut visitor) };
}

/// The same in the same order with the names of the fields. References behind the payload (the dictionary and the members
/// of a subclass of a built-in type) come as `extra`, the class as `class`.
pub fn fields(object: &Ref, visitor: &mut dyn NamedVisitor) {
    let record = object.record();
    // SAFETY: the payload has the layout of the record.
    unsafe { (record.layout().trace_named)(object.as_ptr().add(1).cast(), visitor) };
    if record.extra_slots() > 0 {
        let extra = visitor.field("extra");
        for slot in crate::interior::extra_slots(object) {
            slot.with(|value| value.into_iter().for_each(|value| extra.visit(value)));
        }
    }
    if record.counts_class()
        && let Some(class) = record.class()
    {
        visitor.field("class").visit(class);
    }
}

/// The live object at an address, atomic ones included.
pub fn object_at(address: usize) -> Option<Ref> {
    HEAP.with(|heap| {
        let object = address as *mut Header;
        let known = address.is_multiple_of(8)
            && ([Family::Atomic, Family::Container]
                .iter()
                .any(|&family| heap.blocks[family as usize].is_block(address))
                || heap.large.borrow().contains(&object));
        // SAFETY: the address is that of a block.
        (known && is_whole(object)).then(|| unsafe { Ref::from_borrowed(object) })
    })
}

/// Where an object lies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// Bytes of the block.
    pub size: usize,
    /// The pool, unless the object stands alone.
    pub pool: Option<PoolPlace>,
}

/// A place in a pool.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PoolPlace {
    /// What the range holds.
    pub family: Family,
    /// The number of the arena in its range.
    pub arena: usize,
    /// The number of the pool in its arena.
    pub pool: usize,
    /// The number of the block in its pool.
    pub block: usize,
    /// How many blocks the pool has room for.
    pub blocks: usize,
}

/// The block that an object stands in.
pub fn block_of(object: &Ref) -> Block {
    let address = object.address();
    HEAP.with(|heap| {
        for family in [Family::Atomic, Family::Container] {
            let blocks = &heap.blocks[family as usize];
            if blocks.contains(address) {
                let offset = address - blocks.base();
                let number = offset / POOL_SIZE;
                let size = class_size(blocks.pools.borrow()[number].class as usize);
                let per_arena = ARENA_SIZE / POOL_SIZE;
                return Block {
                    size,
                    pool: Some(PoolPlace {
                        family,
                        arena: number / per_arena,
                        pool: number % per_arena,
                        block: offset % POOL_SIZE / size,
                        blocks: POOL_SIZE / size,
                    }),
                };
            }
        }
        Block { size: walk::object_size(object).next_multiple_of(16), pool: None }
    })
}

/// The bytes that a request for storage of a payload's own takes: storage comes in blocks, too.
pub fn storage_block(bytes: usize) -> usize {
    if bytes == 0 || bytes > crate::blocks::SMALL_LIMIT { bytes } else { class_size(class_of(bytes)) }
}

/// One pool of a map.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pool {
    /// What it holds.
    pub family: Family,
    /// Its number in the range of the family.
    pub number: usize,
    /// Bytes of each of its blocks.
    pub size: usize,
    /// Blocks that it has room for.
    pub blocks: usize,
    /// Blocks in use.
    pub used: usize,
}

/// All pools that hold blocks, in the order of their addresses, family by family.
pub fn pools() -> Vec<Pool> {
    HEAP.with(|heap| {
        trace::settle(heap);
        Family::ALL.iter().flat_map(|&family| pools_of(heap, family)).collect()
    })
}

fn pools_of(heap: &HeapState, family: Family) -> Vec<Pool> {
    let blocks = &heap.blocks[family as usize];
    let free = blocks.free_in_pools();
    let pools = blocks.pools.borrow();
    let carved = pools.iter().enumerate().filter(|(_, pool)| pool.carved > 0);
    carved
        .map(|(number, pool)| {
            let size = class_size(pool.class as usize);
            let used = pool.carved as usize / size - free[number];
            Pool { family, number, size, blocks: POOL_SIZE / size, used }
        })
        .collect()
}

/// Bytes of objects and of storage that stand outside of pools.
pub fn outside_of_pools() -> (usize, usize) {
    HEAP.with(|heap| (heap.large_bytes.get(), heap.buffer_bytes.get()))
}

/// Bytes of all blocks in use, and of what stands outside of pools. Costs a walk along the free blocks.
pub fn used_bytes() -> usize {
    HEAP.with(|heap| {
        trace::settle(heap);
        heap.block_bytes()
    })
}

/// The name of an object's layout: that of its payload.
pub fn layout_name(object: &Ref) -> &'static str {
    record(object.header().type_index()).layout().name
}
