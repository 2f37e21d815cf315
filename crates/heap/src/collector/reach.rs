//! What is reachable: counts are copied to a side table, references among the candidates subtracted, and what keeps a
//! count, or is reached from there, stays.

use crate::{
    blocks::{self, Family},
    buffer::Buffer,
    header::{COLLECTING, Header},
    large,
    payload::{Single, Visitor},
    reference::Ref,
    state::HeapState,
    table::Table,
    types::record,
};

use super::Collector;

/// A table cell of an object that is no candidate (or is already known to be reachable).
pub(super) const OUTSIDE: u16 = 0;
/// A table cell of a candidate without references from outside; above it, references + 1.
pub(super) const NO_REFERENCES: u16 = 1;
/// The count is too large for the cell and stands in the overflow map.
pub(super) const OVERFLOWED: u16 = u16::MAX;
/// A candidate that was looked at when nothing had reached it yet.
const SET_ASIDE: u16 = u16::MAX - 1;
pub(super) const GRANULE_SHIFT: u32 = 4;

impl Collector {
    pub(super) fn cell(&self, heap: &HeapState, address: usize) -> Option<*mut u16> {
        let containers = &heap.blocks[Family::Container as usize];
        if !cfg!(feature = "system-alloc") {
            if containers.contains(address) {
                let index = (address - containers.base()) >> GRANULE_SHIFT;
                // SAFETY: the table covers the whole range.
                return Some(unsafe { self.table.get().add(index) });
            }
            if heap.blocks[Family::Atomic as usize].contains(address) {
                return None;
            }
        }
        // SAFETY: an object outside of the ranges is a large one.
        Some(unsafe { &raw mut (*large::prefix(address as *mut Header)).references }.cast())
    }

    pub(super) fn ensure_table(&self, heap: &HeapState) {
        let granules = heap.blocks[Family::Container as usize].size() >> GRANULE_SHIFT;
        // Without containers there is no range yet, and nothing whose cell could be asked for.
        if self.table.get().is_null() && granules > 0 {
            self.table.set(blocks::reserve(granules * size_of::<u16>()).cast());
        }
    }
}

/// Subtracts references among candidates.
struct Subtract<'a> {
    heap: &'a HeapState,
    /// The last object met whose count does not fit into its cell, and how often it was met since: most of them are
    /// classes, which their instances name one after the other.
    many: usize,
    met: u32,
}

impl<'a> Subtract<'a> {
    fn new(heap: &'a HeapState) -> Subtract<'a> {
        Subtract { heap, many: 0, met: 0 }
    }

    #[inline(always)]
    fn visit_overflowed(&mut self, address: usize) {
        if self.many != address {
            self.settle();
            self.many = address;
        }
        self.met += 1;
    }

    /// Subtracts what was only counted so far.
    #[cold]
    fn settle(&mut self) {
        if self.met > 0 {
            self.heap.collector.subtract_overflowed(self.heap, self.many, std::mem::take(&mut self.met));
        }
    }
}

impl Visitor for Subtract<'_> {
    #[inline(always)]
    fn visit(&mut self, reference: &Ref) {
        let Some(cell) = self.heap.collector.cell(self.heap, reference.address()) else { return };
        // SAFETY: cells of live objects are inside the table or a prefix.
        unsafe {
            let value = *cell;
            if value > NO_REFERENCES {
                if value == OVERFLOWED {
                    self.visit_overflowed(reference.address());
                } else {
                    *cell = value - 1
                }
            }
        }
    }

    fn sees_atoms(&self) -> bool {
        false
    }

    #[inline(always)]
    fn visit_all(&mut self, references: &[Ref]) {
        references.iter().for_each(|reference| self.visit(reference));
    }
}

/// Marks what is reached from a reachable object.
pub(super) struct Mark<'a> {
    heap: &'a HeapState,
    /// Objects above this address will still be scanned, so that marking them is enough.
    position: usize,
    stack: Vec<*mut Header>,
}

impl Visitor for Mark<'_> {
    #[inline(always)]
    fn visit(&mut self, reference: &Ref) {
        let Some(cell) = self.heap.collector.cell(self.heap, reference.address()) else { return };
        // SAFETY: cells of live objects are inside the table or a prefix.
        unsafe {
            if *cell == NO_REFERENCES {
                if reference.address() > self.position
                    && self.heap.blocks[Family::Container as usize].contains(reference.address())
                {
                    *cell = NO_REFERENCES + 1;
                } else {
                    *cell = OUTSIDE;
                    self.stack.push(reference.as_ptr());
                }
            }
        }
    }

    fn sees_atoms(&self) -> bool {
        false
    }

    #[inline(always)]
    fn visit_all(&mut self, references: &[Ref]) {
        references.iter().for_each(|reference| self.visit(reference));
    }
}

/// Marks what is reached from a reachable object, and gathers what was set aside before.
struct MarkInOrder<'a> {
    heap: &'a HeapState,
    again: Vec<*mut Header>,
}

impl Visitor for MarkInOrder<'_> {
    #[inline(always)]
    fn visit(&mut self, reference: &Ref) {
        let Some(cell) = self.heap.collector.cell(self.heap, reference.address()) else { return };
        // SAFETY: cells of live objects are inside the table or a prefix.
        unsafe {
            match *cell {
                NO_REFERENCES => *cell = NO_REFERENCES + 1,
                SET_ASIDE => {
                    *cell = NO_REFERENCES + 1;
                    self.again.push(reference.as_ptr());
                }
                _ => {}
            }
        }
    }

    fn sees_atoms(&self) -> bool {
        false
    }

    #[inline(always)]
    fn visit_all(&mut self, references: &[Ref]) {
        references.iter().rev().for_each(|reference| self.visit(reference));
    }
}

impl Collector {
    fn subtract_overflowed(&self, heap: &HeapState, address: usize, references: u32) {
        let mut overflow = self.overflow.borrow_mut();
        let counts = overflow.get_or_insert_default();
        if let Some(count) = counts.get_mut(&address)
            && let Some(cell) = self.cell(heap, address)
        {
            *count -= references;
            if *count + 1 < SET_ASIDE as u32 {
                // SAFETY: the cell belongs to the object.
                unsafe { *cell = *count as u16 + 1 };
                counts.remove(&address);
            }
        }
    }

    /// What is left of a candidate's count.
    unsafe fn left_of(&self, heap: &HeapState, object: *mut Header) -> u32 {
        // SAFETY: the object is alive; containers always have a cell.
        let cell = unsafe { *self.cell(heap, object as usize).expect("containers have a cell") };
        if cell != OVERFLOWED {
            return u32::from(cell.saturating_sub(NO_REFERENCES));
        }
        let overflow = self.overflow.borrow();
        overflow.as_ref().and_then(|counts| counts.get(&(object as usize)).copied()).unwrap_or(u32::MAX)
    }

    /// Writes the object's count into its cell.
    #[inline(always)]
    pub(super) unsafe fn copy_count(&self, heap: &HeapState, object: *mut Header) {
        // SAFETY: the object is alive; containers always have a cell.
        unsafe {
            let cell = self.cell(heap, object as usize).expect("containers have a cell");
            let count = (*object).count();
            if count + 1 >= SET_ASIDE as u32 {
                *cell = OVERFLOWED;
                self.overflow.borrow_mut().get_or_insert_default().insert(object as usize, count);
            } else {
                *cell = count as u16 + 1;
            }
        }
    }
}

/// How a collection looks along its candidates.
pub(super) enum Walk<'a> {
    /// They are in the order of addresses.
    Ascending,
    /// They are in that of CPython's lists. Those that stay are noted in the order that its lists have afterwards: what was
    /// looked at before anything reached it comes last.
    InOrder(&'a mut Vec<*mut Header>),
}

/// Finds those candidates that nothing outside refers to, in their order, and shows the others to `keep`. Their counts are
/// copied already. Leaves every cell `OUTSIDE`. Notes what is left of the candidates' counts in `left`, if it is given.
pub(super) unsafe fn unreachable_among(
    heap: &HeapState,
    candidates: impl Iterator<Item = *mut Header> + Clone,
    walk: Walk,
    left: Option<&mut Vec<u32>>,
    mut keep: impl FnMut(*mut Header),
) -> Vec<*mut Header> {
    let collector = &heap.collector;
    // SAFETY: all candidates are alive throughout; no code of the program runs in here.
    unsafe {
        let mut count = 0usize;
        let mut subtract = Subtract::new(heap);
        for object in candidates.clone() {
            count += 1;
            trace_inline(object, &mut subtract);
        }
        subtract.settle();
        if let Some(left) = left {
            left.extend(candidates.clone().map(|object| collector.left_of(heap, object)));
        }
        let mut kept = 0;
        let mut keep = |object| {
            kept += 1;
            keep(object);
        };
        match walk {
            Walk::Ascending => mark_ascending(heap, candidates.clone(), &mut keep),
            Walk::InOrder(order) => {
                order.reserve(count);
                mark_in_order(heap, candidates.clone(), |object| {
                    order.push(object);
                    keep(object);
                });
            }
        }
        let mut unreachable = Vec::new();
        // The cells of those that stay say so already.
        if kept < count {
            for object in candidates {
                let cell = collector.cell(heap, object as usize).expect("containers have a cell");
                if *cell != OUTSIDE {
                    *cell = OUTSIDE;
                    unreachable.push(object);
                }
            }
        }
        *collector.overflow.borrow_mut() = None;
        unreachable
    }
}

#[inline(always)]
unsafe fn mark_ascending(
    heap: &HeapState,
    candidates: impl Iterator<Item = *mut Header>,
    mut keep: impl FnMut(*mut Header),
) {
    let mut mark = Mark { heap, position: 0, stack: Vec::new() };
    for object in candidates {
        // SAFETY: all candidates are alive, and what they refer to as well.
        unsafe {
            let cell = heap.collector.cell(heap, object as usize).expect("containers have a cell");
            if *cell <= NO_REFERENCES {
                continue;
            }
            *cell = OUTSIDE;
            mark.position = object as usize;
            keep(object);
            trace_inline(object, &mut mark);
            while let Some(reached) = mark.stack.pop() {
                keep(reached);
                trace_object(reached, &mut mark);
            }
        }
    }
}

#[inline(always)]
unsafe fn mark_in_order(
    heap: &HeapState,
    mut candidates: impl Iterator<Item = *mut Header>,
    mut keep: impl FnMut(*mut Header),
) {
    let mut mark = MarkInOrder { heap, again: Vec::new() };
    let mut position = 0;
    loop {
        let object = match candidates.next() {
            Some(object) => object,
            None => match mark.again.get(position) {
                Some(&object) => {
                    position += 1;
                    object
                }
                None => break,
            },
        };
        // SAFETY: candidates are alive.
        unsafe {
            let cell = heap.collector.cell(heap, object as usize).expect("containers have a cell");
            if *cell <= NO_REFERENCES {
                *cell = SET_ASIDE;
                continue;
            }
            *cell = OUTSIDE;
            keep(object);
            trace_inline(object, &mut mark);
        }
    }
}

/// Flags those objects without references to candidates that only garbage refers to; whether there are any. Leaves every
/// cell `OUTSIDE`.
pub(super) unsafe fn mark_unreachable_leaves(
    heap: &HeapState,
    leaves: &[*mut Header],
    garbage: &[*mut Header],
) -> bool {
    if leaves.is_empty() {
        return false;
    }
    let collector = &heap.collector;
    let mut any = false;
    // SAFETY: leaves and garbage are alive; no code of the program runs in here.
    unsafe {
        for &leaf in leaves {
            collector.copy_count(heap, leaf);
        }
        let mut subtract = Subtract::new(heap);
        for &object in garbage {
            trace_object(object, &mut subtract);
        }
        subtract.settle();
        for &leaf in leaves {
            let cell = collector.cell(heap, leaf as usize).expect("containers have a cell");
            if *cell == NO_REFERENCES {
                (*leaf).set(COLLECTING);
                any = true;
            }
            *cell = OUTSIDE;
        }
    }
    *collector.overflow.borrow_mut() = None;
    any
}

/// Shows everything an object refers to: payload, extra slots, class.
///
/// # Safety
/// The object must be alive.
pub(crate) unsafe fn trace_object<V: Visitor>(object: *mut Header, visitor: &mut V) {
    // SAFETY: as promised.
    unsafe { trace_inline(object, visitor) }
}

/// [`trace_object`] for the loops of a collection: the common kinds of objects are walked in place.
///
/// # Safety
/// As for [`trace_object`].
#[inline(always)]
unsafe fn trace_inline<V: Visitor>(object: *mut Header, visitor: &mut V) {
    // SAFETY: the payload has the layout of the record; the borrowed reference does not outlive the call.
    unsafe {
        let record = record((*object).type_index());
        let layout = record.known_layout();
        let payload = object.add(1).cast::<u8>();
        // Most objects are instances and tuples: their items are looked at without a call for each.
        let items = payload.add(layout.size).cast::<*mut Header>();
        match layout.items {
            Single::No => (layout.trace)(payload, visitor),
            Single::Buffer => visitor.visit_all(&*payload.cast::<Buffer<Ref>>()),
            Single::Table => (*payload.cast::<Table>()).show(visitor),
            Single::Reference => {
                let count = *payload.cast::<u32>() as usize;
                visitor.visit_all(std::slice::from_raw_parts(items.cast::<Ref>(), count));
            }
            Single::Slot => {
                for place in 0..*payload.cast::<u32>() as usize {
                    let item = *items.add(place);
                    if !item.is_null() {
                        visitor.visit(&std::mem::ManuallyDrop::new(Ref::<crate::Any>::from_raw(item)));
                    }
                }
            }
        }
        if record.extra_slots() > 0 {
            trace_extra_slots(object, visitor);
        }
        if record.counts_class()
            && let Some(class) = record.class()
        {
            visitor.visit(class);
        }
    }
}

/// Shows what stands behind the payload.
///
/// # Safety
/// As for [`trace_object`].
#[inline(never)]
unsafe fn trace_extra_slots<V: Visitor>(object: *mut Header, visitor: &mut V) {
    // SAFETY: the borrowed reference does not outlive the call.
    let reference = std::mem::ManuallyDrop::new(unsafe { Ref::<crate::Any>::from_raw(object) });
    for slot in crate::interior::extra_slots(&reference) {
        slot.with(|value| value.into_iter().for_each(|value| visitor.visit(value)));
    }
}
