//! In which order finalizers of garbage will run: that of creation, as collections change it.
//!
//! CPython's collector keeps its objects in a list. A collection looks along the list, sets aside what seems to be
//! unreachable so far, and appends it again when something reaches it. So objects that are older than what holds them
//! go behind it: after `pair = [Noisy(0), Noisy(1)]` and a collection, the second one is finalized first, since lists are
//! looked at from the end. Programs show that when they end. Here no list exists, and what it would look like is worked
//! out for small heaps with new objects that have finalizers; in large ones nobody knows the order anyway.

use crate::{
    header::{Header, TRACKED},
    payload::Visitor,
    reference::Ref,
    state::{HeapState, Map},
};

use super::{cycle::for_each_container, reach::trace_object};

/// The most containers for which the order is worked out.
const LIMIT: usize = 4096;
/// The generation of objects that are in no buffer.
const OLDEST: u32 = 2;

/// What the collection knows of an object so far.
struct Mark {
    /// References that are not accounted for; from the look on, whether anything reaches the object.
    references: i64,
    /// It was looked at and seemed to be unreachable.
    set_aside: bool,
}

/// Gives objects with finalizers new birth numbers, in the order that a full collection of CPython's leaves them in.
/// `young` are the buffers of the young generations, the older one first.
///
/// # Safety
/// Every entry of the buffers must be null, or point to a block of a pool, or to a large object that is alive.
pub(crate) unsafe fn renew(heap: &HeapState, young: [&[*mut Header]; 2]) {
    if heap.next_birth.get() == heap.ordered_births.get() {
        return;
    }
    // SAFETY: as promised; no code of the program runs in here, so all objects found stay alive.
    unsafe {
        let Some(list) = in_creation_order(heap, young) else { return };
        let order = order_after_collection(list);
        if let Some(births) = &mut *heap.births.borrow_mut() {
            for object in order {
                if let Some(birth) = births.get_mut(&(object as usize)) {
                    *birth = heap.next_birth.get();
                    heap.next_birth.set(*birth + 1);
                }
            }
        }
    }
    heap.ordered_births.set(heap.next_birth.get());
}

/// All tracked containers, the oldest first; nothing if they are too many.
unsafe fn in_creation_order(heap: &HeapState, young: [&[*mut Header]; 2]) -> Option<Vec<*mut Header>> {
    // SAFETY: as promised by the caller.
    unsafe {
        let mut list = Vec::new();
        let mut count = 0;
        for_each_container(heap, |object| {
            count += 1;
            if count <= LIMIT && (*object).has(TRACKED) && (*object).generation() == OLDEST {
                list.push(object);
            }
        });
        if count > LIMIT {
            return None;
        }
        let old = list.len();
        let mut seen: Map<usize, ()> = Map::default();
        // From the end, because the last entry of an address is that of the object that lives there now.
        for (generation, entries) in young.iter().enumerate().rev() {
            for &object in entries.iter().rev().filter(|object| !object.is_null()) {
                let header = &*object;
                let live = header.type_index() != 0 && header.has(TRACKED) && header.count() > 0;
                if live
                    && header.generation() == 1 - generation as u32
                    && seen.insert(object as usize, ()).is_none()
                {
                    list.push(object);
                }
            }
        }
        list[old..].reverse();
        Some(list)
    }
}

unsafe fn order_after_collection(mut list: Vec<*mut Header>) -> Vec<*mut Header> {
    let mut marks: Map<usize, Mark> = Map::default();
    // SAFETY: the objects are alive.
    unsafe {
        for &object in &list {
            marks.insert(object as usize, Mark { references: (*object).count().into(), set_aside: false });
        }
        for &object in &list {
            for target in targets(object) {
                if let Some(mark) = marks.get_mut(&target) {
                    mark.references -= 1;
                }
            }
        }
        let mut order = Vec::with_capacity(list.len());
        let mut position = 0;
        while let Some(&object) = list.get(position) {
            position += 1;
            let Some(mark) = marks.get_mut(&(object as usize)) else { continue };
            if mark.references <= 0 {
                mark.set_aside = true;
                continue;
            }
            order.push(object);
            for target in targets(object) {
                let Some(mark) = marks.get_mut(&target).filter(|mark| mark.references <= 0) else { continue };
                mark.references = 1;
                if std::mem::take(&mut mark.set_aside) {
                    list.push(target as *mut Header);
                }
            }
        }
        order
    }
}

/// The addresses of what an object refers to, items of rows from the last to the first as in CPython.
unsafe fn targets(object: *mut Header) -> Vec<usize> {
    struct Gather(Vec<usize>);
    impl Visitor for Gather {
        fn visit(&mut self, reference: &Ref) {
            self.0.push(reference.address());
        }

        fn visit_all(&mut self, references: &[Ref]) {
            self.0.extend(references.iter().rev().map(Ref::address));
        }
    }
    let mut gather = Gather(Vec::new());
    // SAFETY: the object is alive.
    unsafe { trace_object(object, &mut gather) };
    gather.0
}
