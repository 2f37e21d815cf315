//! Walks over the heap: every object, every holder of a reference, and the check of all counts.

use crate::{
    arenas::ArenaCounts,
    blocks::{CLASSES, Family, class_size},
    collector::{GENERATIONS, for_each_container, trace_object},
    header::{COLLECTING, DYING, Header, TRACKED},
    payload::Visitor,
    reference::Ref,
    state::{HEAP, HeapState, Map},
    trace,
    types::record,
};

/// All tracked containers, of one generation or of all (frozen ones excepted). Garbage of a collection that is going on is
/// in no generation any more.
pub fn tracked_objects(generation: Option<u32>) -> Vec<Ref> {
    let mut pointers = Vec::new();
    HEAP.with(|heap| {
        for_each_container(heap, |object| {
            // SAFETY: the object is alive.
            let header = unsafe { &*object };
            if header.kind() & (TRACKED | COLLECTING) == TRACKED
                && header.count() > 0
                && generation
                    .map_or(header.generation() < GENERATIONS as u32, |wanted| header.generation() == wanted)
            {
                pointers.push(object);
            }
        });
    });
    // SAFETY: nothing ran since the walk that could have freed an object.
    pointers.into_iter().map(|object| unsafe { Ref::from_borrowed(object) }).collect()
}

/// All live containers of a type.
pub fn objects_of_type(index: u32) -> Vec<Ref> {
    let mut pointers = Vec::new();
    HEAP.with(|heap| {
        for_each_container(heap, |object| {
            // SAFETY: the object is alive.
            let header = unsafe { &*object };
            if header.type_index() == index && header.count() > 0 {
                pointers.push(object);
            }
        });
    });
    // SAFETY: nothing ran since the walk that could have freed an object.
    pointers.into_iter().map(|object| unsafe { Ref::from_borrowed(object) }).collect()
}

/// The live container at an address, if there is one.
pub fn live_at(address: usize) -> Option<Ref> {
    HEAP.with(|heap| {
        let object = address as *mut Header;
        let known = heap.blocks[Family::Container as usize].is_block(address)
            || heap.large.borrow().contains(&object);
        // SAFETY: the address is that of a block; a type index of 0 marks a free one.
        unsafe {
            (known && (*object).type_index() != 0 && (*object).count() > 0)
                .then(|| Ref::from_borrowed(object))
        }
    })
}

/// What an object refers to directly, in the order of its traversal.
pub fn referents(object: &Ref) -> Vec<Ref> {
    struct Gather(Vec<Ref>);
    impl Visitor for Gather {
        fn visit(&mut self, reference: &Ref) {
            self.0.push(reference.clone());
        }
    }
    let mut gather = Gather(Vec::new());
    // SAFETY: the object is alive.
    unsafe { trace_object(object.as_ptr(), &mut gather) };
    gather.0
}

/// The tracked containers that refer directly to one of the given objects, as [`tracked_objects`] knows them.
pub fn referrers(targets: &[Ref]) -> Vec<Ref> {
    struct Find<'a>(&'a [Ref], bool);
    impl Visitor for Find<'_> {
        fn visit(&mut self, reference: &Ref) {
            self.1 |= self.0.iter().any(|target| target.is(reference));
        }
    }
    let mut found = Vec::new();
    HEAP.with(|heap| {
        for_each_container(heap, |object| {
            let mut find = Find(targets, false);
            // SAFETY: the object is alive.
            unsafe {
                if (*object).kind() & (TRACKED | COLLECTING) == TRACKED && (*object).count() > 0 {
                    trace_object(object, &mut find);
                }
            }
            if find.1 {
                found.push(object);
            }
        });
    });
    // SAFETY: nothing ran since the walk that could have freed an object.
    found.into_iter().map(|object| unsafe { Ref::from_borrowed(object) }).collect()
}

/// Bytes of an object's block contents: header, payload, extra slots; storage outside of the block not included.
pub fn object_size(object: &Ref) -> usize {
    // SAFETY: the object is alive.
    unsafe { object.record().object_size(object.as_ptr()) }
}

/// What the heap holds.
#[derive(Clone, Debug, Default)]
pub struct Census {
    /// Live blocks of pools, per family and size class.
    pub blocks: [Vec<usize>; 3],
    /// Carved but free blocks, per family and size class.
    pub free: [Vec<usize>; 3],
    /// Pools, per family and size class.
    pub pools: [Vec<usize>; 3],
    /// Arenas with pools in use.
    pub arenas: ArenaCounts,
    /// Objects outside of pools.
    pub large_objects: usize,
    /// Bytes of objects outside of pools.
    pub large_bytes: usize,
    /// Buffers outside of pools.
    pub large_buffers: usize,
    /// Bytes of buffers outside of pools.
    pub large_buffer_bytes: usize,
}

impl Census {
    /// All live blocks, objects and buffers alike.
    pub fn allocated_blocks(&self) -> usize {
        self.blocks.iter().flatten().sum::<usize>() + self.large_objects + self.large_buffers
    }

    /// Bytes of all live blocks.
    pub fn allocated_bytes(&self) -> usize {
        let pooled: usize = self
            .blocks
            .iter()
            .flat_map(|classes| classes.iter().enumerate().map(|(class, n)| n * class_size(class)))
            .sum();
        pooled + self.large_bytes + self.large_buffer_bytes
    }
}

/// Counts all blocks. Walks every pool, so it costs time in proportion to the heap, and nothing otherwise.
pub fn census() -> Census {
    HEAP.with(|heap| {
        trace::settle(heap);
        let mut census = Census {
            arenas: heap.arenas.counts(),
            large_objects: heap.large.borrow().len(),
            large_bytes: heap.large_bytes.get(),
            large_buffers: heap.buffer_count.get(),
            large_buffer_bytes: heap.buffer_bytes.get(),
            ..Census::default()
        };
        for family in Family::ALL {
            let index = family as usize;
            census.free[index] = heap.blocks[index].free_counts();
            census.blocks[index] = vec![0; CLASSES];
            census.pools[index] = vec![0; CLASSES];
            for pool in heap.blocks[index].pools.borrow().iter().filter(|pool| pool.carved > 0) {
                let class = pool.class as usize;
                census.pools[index][class] += 1;
                census.blocks[index][class] += pool.carved as usize / class_size(class);
            }
            for class in 0..CLASSES {
                census.blocks[index][class] -= census.free[index][class];
            }
        }
        census
    })
}

/// An object whose count does not agree with the references found to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mismatch {
    /// The object's address.
    pub address: usize,
    /// The type's layout name.
    pub layout: &'static str,
    /// The stored count.
    pub count: u32,
    /// References found by walking the heap and the given roots.
    pub found: u32,
}

/// Walks every object and compares its count with the references found to it. `roots` shows the visitor every
/// reference held outside of the heap (frames, native handles); an object with *fewer* references found than counted
/// may just be held by a native handle, so only the opposite is an error when `exact` is false.
pub fn verify(roots: impl FnOnce(&mut dyn Visitor), exact: bool) -> Vec<Mismatch> {
    struct Count(Map<usize, u32>);
    impl Visitor for Count {
        fn visit(&mut self, reference: &Ref) {
            *self.0.entry(reference.address()).or_default() += 1;
        }
    }
    let mut found = Count(Map::default());
    roots(&mut found);
    HEAP.with(|heap| {
        for_each_container(heap, |object| {
            // SAFETY: the object is alive, and no part of it has been released yet.
            unsafe {
                if !(*object).has(DYING) {
                    trace_object(object, &mut found);
                }
            }
        });
        let mut mismatches = Vec::new();
        for_each_object(heap, |object| {
            // SAFETY: the object is alive.
            let header = unsafe { &*object };
            if header.is_immortal() {
                return;
            }
            let references = found.0.get(&(object as usize)).copied().unwrap_or(0);
            // What has no reference and is not about to end was forgotten.
            let forgotten = header.count() == 0 && !header.has(DYING);
            if forgotten || references > header.count() || exact && references != header.count() {
                mismatches.push(Mismatch {
                    address: object as usize,
                    layout: record(header.type_index()).layout().name,
                    count: header.count(),
                    found: references,
                });
            }
        });
        mismatches
    })
}

/// The number of live mortal objects by layout name: what is left at exit.
pub fn live_mortals() -> Vec<(&'static str, usize)> {
    let mut counts: Map<&'static str, usize> = Map::default();
    HEAP.with(|heap| {
        for_each_object(heap, |object| {
            // SAFETY: the object is alive.
            let header = unsafe { &*object };
            if !header.is_immortal() {
                *counts.entry(record(header.type_index()).layout().name).or_default() += 1;
            }
        });
    });
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_unstable_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
    counts
}

/// The number of immortal objects.
pub fn immortals() -> usize {
    let mut count = 0;
    HEAP.with(|heap| {
        // SAFETY: the object is alive.
        for_each_object(heap, |object| count += usize::from(unsafe { (*object).is_immortal() }));
    });
    count
}

/// Every live object, atomic ones included.
pub(crate) fn for_each_object(heap: &HeapState, mut visit: impl FnMut(*mut Header)) {
    heap.blocks[Family::Atomic as usize].for_each_block(|object, _| {
        // SAFETY: blocks of pools are mapped; a type index of 0 marks a free one.
        if unsafe { (*object).type_index() } != 0 {
            visit(object);
        }
    });
    for &object in heap.large.borrow().iter() {
        // SAFETY: listed objects are alive and have a prefix.
        if unsafe { !crate::large::is_container(object) } {
            visit(object);
        }
    }
    for_each_container(heap, visit);
}
