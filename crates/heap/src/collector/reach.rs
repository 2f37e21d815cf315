//! What is reachable: counts are copied to a side table, references among the candidates subtracted, and what keeps a
//! count, or is reached from there, stays.

use std::{cell::Cell, mem::ManuallyDrop};

use crate::{
    Any,
    buffer::Buffer,
    header::{COLLECTING, GENERATION_MASK, GENERATION_SHIFT, Header, TYPE_MASK},
    payload::{Single, Visitor},
    reference::Ref,
    state::HeapState,
    table::Table,
    types::{TypeRecord, record},
};

use super::{
    OLDEST,
    cells::{ALONE, Cells, NO_REFERENCES, ONE, OUTSIDE, OVERFLOWED, REFERENCED, SET_ASIDE, is_unreached},
    row::Row,
    young::is_leaf,
};

/// What a walk over candidates does with the objects that they refer to.
trait Walker: Visitor + Met {
    /// Meets a live object; what its cell held, if it has one. The cells are those that the walker knows, given once more so
    /// that they stay in registers.
    unsafe fn meet(&mut self, cells: Cells, address: usize) -> u16;
}

/// What a walker remembers of that which is shown to it one by one.
trait Met {
    /// Not 0 if a candidate was among that since this was asked last.
    fn take_met(&mut self) -> u16;
}

/// Defines how a walker visits what is shown to it one by one. Its field `candidates` is not 0 once a candidate was among that.
macro_rules! visit_by_meeting {
    ($walker:ty) => {
        impl Met for $walker {
            #[inline(always)]
            fn take_met(&mut self) -> u16 {
                std::mem::take(&mut self.candidates)
            }
        }

        impl Visitor for $walker {
            #[inline(always)]
            fn visit(&mut self, reference: &Ref) {
                // SAFETY: what an object refers to is alive.
                unsafe { self.candidates |= self.meet(self.cells, reference.address()) };
            }

            fn sees_atoms(&self) -> bool {
                false
            }

            #[inline(always)]
            fn visit_all(&mut self, references: &[Ref]) {
                // As CPython goes over its lists and tuples.
                references.iter().rev().for_each(|reference| self.visit(reference));
            }
        }
    };
}

/// Subtracts references among candidates.
struct Subtract<'a> {
    heap: &'a HeapState,
    cells: Cells,
    candidates: u16,
    /// The last objects met whose counts do not fit into their cells, and how often they were met since: most of them are
    /// classes, which their instances name one after the other.
    many: [(usize, u32); 2],
}

visit_by_meeting!(Subtract<'_>);

impl<'a> Subtract<'a> {
    fn new(heap: &'a HeapState, cells: Cells) -> Subtract<'a> {
        Subtract { heap, cells, candidates: OUTSIDE, many: [(0, 0); 2] }
    }

    #[inline(never)]
    fn meet_overflowed(&mut self, address: usize) {
        if self.many[0].0 != address {
            self.many.swap(0, 1);
            if self.many[0].0 != address {
                self.settle(0);
                self.many[0].0 = address;
            }
        }
        self.many[0].1 += 1;
    }

    /// Subtracts what was only counted so far.
    #[cold]
    fn settle(&mut self, which: usize) {
        let (address, met) = std::mem::take(&mut self.many[which]);
        if met > 0 {
            self.heap.collector.subtract_overflowed(self.cells, address, met);
        }
    }

    fn settle_all(&mut self) {
        self.settle(0);
        self.settle(1);
    }
}

impl Walker for Subtract<'_> {
    #[inline(always)]
    unsafe fn meet(&mut self, cells: Cells, address: usize) -> u16 {
        let Some(cell) = cells.get(address) else { return OUTSIDE };
        // SAFETY: cells of live objects are inside the table or a prefix.
        unsafe {
            let value = *cell;
            if value >= OVERFLOWED {
                self.meet_overflowed(address);
            } else if value >= REFERENCED {
                *cell = value - ONE;
            }
            value
        }
    }
}

/// Marks what is reached from a reachable object.
struct Mark {
    cells: Cells,
    /// Objects above this address will still be scanned, so that marking them is enough.
    position: usize,
    /// The addresses of those below, with [`ALONE`] as in their cells.
    stack: Vec<usize>,
    candidates: u16,
}

visit_by_meeting!(Mark);

impl Walker for Mark {
    #[inline(always)]
    unsafe fn meet(&mut self, cells: Cells, address: usize) -> u16 {
        let Some(cell) = cells.get(address) else { return OUTSIDE };
        // SAFETY: cells of live objects are inside the table or a prefix.
        unsafe {
            let value = *cell;
            if is_unreached(value) {
                if address > self.position && cells.is_pooled(address) {
                    *cell = value + ONE;
                } else {
                    *cell = OUTSIDE;
                    self.stack.push(address | usize::from(value & ALONE));
                }
            }
            value
        }
    }
}

/// Marks what is reached from a reachable object, and gathers what was set aside before.
struct MarkInOrder {
    cells: Cells,
    again: Vec<*mut Header>,
    candidates: u16,
}

visit_by_meeting!(MarkInOrder);

impl Walker for MarkInOrder {
    #[inline(always)]
    unsafe fn meet(&mut self, cells: Cells, address: usize) -> u16 {
        let Some(cell) = cells.get(address) else { return OUTSIDE };
        // SAFETY: cells of live objects are inside the table or a prefix.
        unsafe {
            let value = *cell;
            if is_unreached(value) {
                *cell = value + ONE;
            } else if (SET_ASIDE..OVERFLOWED).contains(&value) {
                *cell = REFERENCED | value & ALONE;
                self.again.push(address as *mut Header);
            }
            value
        }
    }
}

/// How the candidates of a young collection are sorted.
#[derive(Clone, Copy)]
pub(super) struct Plan {
    /// The generation that is collected, if objects are to be left out that their types call leaves.
    pub(super) asks: Option<usize>,
    /// What is left of each count is to be told.
    pub(super) explains: bool,
}

/// The candidates of a young collection.
pub(super) struct Sorted {
    /// Those that nothing outside refers to, in their order, with the flag of the collection.
    pub(super) unreachable: Vec<*mut Header>,
    /// The others in the order that CPython's list has afterwards: what was looked at before anything reached it comes last.
    pub(super) kept: Vec<*mut Header>,
    /// Those whose types say that they cannot be part of a cycle. They are neither the one nor the other.
    pub(super) leaves: Vec<*mut Header>,
    /// What is left of the counts of all but the leaves, if it was asked for.
    pub(super) left: Vec<(*mut Header, u32)>,
    /// The reachable ones have come to the next generation: not if someone is told of them before, nor if objects with a finalizer
    /// would come to the oldest one.
    pub(super) promoted: bool,
}

/// Sorts the candidates of a young collection, whose counts are copied already. Leaves every cell `OUTSIDE`.
pub(super) unsafe fn sort_in_order(heap: &HeapState, candidates: &[*mut Header], plan: Plan) -> Sorted {
    let cells = Cells::new(heap);
    let (mut kept, mut leaves, mut left) = (Vec::new(), Vec::new(), Vec::new());
    // SAFETY: all candidates are alive throughout; no code of the program runs in here.
    unsafe {
        let any_finalizer = subtract_in_order(heap, cells, candidates, plan.asks, &mut leaves);
        if plan.explains {
            left = heap.collector.all_left(cells, candidates.iter().copied());
        }
        let next = plan.asks.map(|generation| generation as u32 + 1);
        let waits = plan.explains || any_finalizer && next == Some(OLDEST);
        let target = next.filter(|_| !waits);
        mark_in_order(cells, candidates, target, &mut kept);
        let rest = candidates.len() - leaves.len() - kept.len();
        let unreachable = take_unreachable(heap, cells, candidates.iter().copied(), rest);
        Sorted { unreachable, kept, leaves, left, promoted: target.is_some() }
    }
}

/// Finds the unreachable ones among the candidates of a full collection, which are in the order of addresses, and sets the flag
/// of the collection on them. The others are shown to `keep`.
pub(super) unsafe fn unreachable_among_all(
    heap: &HeapState,
    candidates: &Row,
    left: Option<&mut Vec<(*mut Header, u32)>>,
    keep: impl FnMut(*mut Header, &TypeRecord),
) -> Vec<*mut Header> {
    let cells = Cells::new(heap);
    // SAFETY: all candidates are alive throughout; no code of the program runs in here.
    unsafe {
        subtract_all(heap, cells, candidates);
        if let Some(left) = left {
            *left = heap.collector.all_left(cells, candidates.iter());
        }
        let kept = mark_ascending(cells, candidates, keep);
        take_unreachable(heap, cells, candidates.iter(), candidates.len() - kept)
    }
}

/// Subtracts the references among the candidates of a full collection, and notes which of them refer to none, but for their
/// classes: those are candidates as well.
#[inline(never)]
unsafe fn subtract_all(heap: &HeapState, cells: Cells, candidates: &Row) {
    let mut subtract = Subtract::new(heap, cells);
    for object in candidates.iter() {
        // SAFETY: candidates are alive.
        unsafe {
            let record = record((*object).type_index());
            if meet_contents(object, record, cells, &mut subtract) == OUTSIDE {
                cells.note_alone(object);
            }
            meet_class(record, cells, &mut subtract);
        }
    }
    subtract.settle_all();
}

/// Subtracts the references among the candidates of a young collection, and notes which of them refer to none. Most tuples live
/// through one young collection only to be untracked by it: such leaves are not searched, and their cells become `OUTSIDE`.
/// Whether instances of any of the types that were asked have a finalizer.
#[inline(never)]
unsafe fn subtract_in_order(
    heap: &HeapState,
    cells: Cells,
    candidates: &[*mut Header],
    asks: Option<usize>,
    leaves: &mut Vec<*mut Header>,
) -> bool {
    let mut subtract = Subtract::new(heap, cells);
    let mut any_finalizer = false;
    for &object in candidates {
        // SAFETY: candidates are alive.
        unsafe {
            let record = record((*object).type_index());
            if record.is_asked()
                && let Some(generation) = asks
            {
                any_finalizer |= record.finalizer().is_some();
                if is_leaf(object, record, generation) {
                    *cells.of(object) = OUTSIDE;
                    leaves.push(object);
                    continue;
                }
            }
            let met = meet_contents(object, record, cells, &mut subtract);
            if met | meet_class(record, cells, &mut subtract) == OUTSIDE {
                cells.note_alone(object);
            }
        }
    }
    subtract.settle_all();
    any_finalizer
}

/// The candidates whose cells are not `OUTSIDE` in the end, of which there are `count`, with the flag of the collection. Their
/// cells become that.
unsafe fn take_unreachable(
    heap: &HeapState,
    cells: Cells,
    candidates: impl Iterator<Item = *mut Header>,
    count: usize,
) -> Vec<*mut Header> {
    let mut unreachable = Vec::with_capacity(count);
    if count > 0 {
        for object in candidates {
            let cell = cells.of(object);
            // SAFETY: candidates are alive.
            unsafe {
                if *cell != OUTSIDE {
                    *cell = OUTSIDE;
                    (*object).set(COLLECTING);
                    unreachable.push(object);
                }
            }
        }
    }
    *heap.collector.overflow.borrow_mut() = None;
    unreachable
}

/// Meets what an object refers to but for its class; not 0 if a candidate is among that.
#[inline(always)]
unsafe fn meet_contents<W: Walker>(
    object: *mut Header,
    record: &TypeRecord,
    cells: Cells,
    walker: &mut W,
) -> u16 {
    // Not in the walker, so that it stays in a register.
    let met = Cell::new(OUTSIDE);
    // SAFETY: the object is a live candidate, and what it refers to is alive.
    unsafe {
        trace_contents(
            object,
            record,
            walker,
            |walker, item| met.set(met.get() | walker.meet(cells, item as usize)),
            |walker, row| {
                for item in row.iter().rev() {
                    met.set(met.get() | walker.meet(cells, item.address()));
                }
            },
        );
    }
    met.get() | walker.take_met()
}

/// Meets the class of an object that counts it; not 0 if that is a candidate.
#[inline(always)]
unsafe fn meet_class<W: Walker>(record: &TypeRecord, cells: Cells, walker: &mut W) -> u16 {
    if record.counts_class()
        && let Some(class) = record.class()
    {
        // SAFETY: the class of a live object is alive.
        unsafe { walker.meet(cells, class.address()) }
    } else {
        OUTSIDE
    }
}

/// Shows the reachable candidates of a full collection to `keep`, with the records of their types; how many there are.
#[inline(never)]
unsafe fn mark_ascending(
    cells: Cells,
    candidates: &Row,
    mut keep: impl FnMut(*mut Header, &TypeRecord),
) -> usize {
    let mut mark = Mark { cells, position: 0, stack: Vec::new(), candidates: OUTSIDE };
    let mut kept = 0;
    for object in candidates.iter() {
        // SAFETY: all candidates are alive, and what they refer to as well.
        unsafe {
            let cell = cells.of(object);
            let value = *cell;
            if value < REFERENCED {
                continue;
            }
            *cell = OUTSIDE;
            mark.position = object as usize;
            let (mut reached, mut alone) = (object, value & ALONE);
            loop {
                kept += 1;
                let record = record((*reached).type_index());
                keep(reached, record);
                if alone == 0 {
                    meet_contents(reached, record, cells, &mut mark);
                }
                meet_class(record, cells, &mut mark);
                let Some(next) = mark.stack.pop() else { break };
                alone = next as u16 & ALONE;
                reached = (next & !usize::from(ALONE)) as *mut Header;
            }
        }
    }
    kept
}

/// Notes the reachable candidates of a young collection in `kept`, and moves them to the generation that is given.
#[inline(never)]
unsafe fn mark_in_order(
    cells: Cells,
    candidates: &[*mut Header],
    target: Option<u32>,
    kept: &mut Vec<*mut Header>,
) {
    let (held, added) = match target {
        Some(generation) => (!GENERATION_MASK, generation << GENERATION_SHIFT),
        None => (u32::MAX, 0),
    };
    let mut mark = MarkInOrder { cells, again: Vec::new(), candidates: OUTSIDE };
    kept.reserve(candidates.len());
    let places = kept.as_mut_ptr();
    let mut end = 0;
    let mut reached_late = Vec::new();
    let mut row = candidates;
    loop {
        for &object in row {
            let cell = cells.of(object);
            // SAFETY: candidates are alive, and each is kept once at most.
            unsafe {
                let value = *cell;
                if value < REFERENCED {
                    // A leaf is neither.
                    if value != OUTSIDE {
                        *cell = SET_ASIDE | value & ALONE;
                    }
                    continue;
                }
                *cell = OUTSIDE;
                *places.add(end) = object;
                end += 1;
                let kind = (*object).kind();
                (*object).kind.set(kind & held | added);
                if value & ALONE == 0 {
                    let record = record(kind & TYPE_MASK);
                    meet_contents(object, record, cells, &mut mark);
                    meet_class(record, cells, &mut mark);
                }
            }
        }
        reached_late = std::mem::replace(&mut mark.again, reached_late);
        mark.again.clear();
        row = &reached_late;
        if row.is_empty() {
            break;
        }
    }
    // SAFETY: the places up to there are written.
    unsafe { kept.set_len(end) };
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
    let cells = Cells::new(heap);
    let mut any = false;
    // SAFETY: leaves and garbage are alive; no code of the program runs in here.
    unsafe {
        for &leaf in leaves {
            cells.copy_count(heap, leaf);
        }
        let mut subtract = Subtract::new(heap, cells);
        for &object in garbage {
            trace_object(object, &mut subtract);
        }
        subtract.settle_all();
        for &leaf in leaves {
            let cell = cells.of(leaf);
            if *cell == NO_REFERENCES {
                (*leaf).set(COLLECTING);
                any = true;
            }
            *cell = OUTSIDE;
        }
    }
    *heap.collector.overflow.borrow_mut() = None;
    any
}

/// Shows everything an object refers to: payload, extra slots, class.
///
/// # Safety
/// The object must be alive.
pub(crate) unsafe fn trace_object<V: Visitor>(object: *mut Header, visitor: &mut V) {
    // SAFETY: as promised; the borrowed references do not outlive the calls.
    unsafe {
        let record = record((*object).type_index());
        trace_contents(
            object,
            record,
            visitor,
            |visitor, item| visitor.visit(&ManuallyDrop::new(Ref::<Any>::from_raw(item))),
            |visitor, row| visitor.visit_all(row),
        );
        if record.counts_class()
            && let Some(class) = record.class()
        {
            visitor.visit(class);
        }
    }
}

/// Shows what an object refers to but for its class. The items of the common kinds of objects are looked at in place, by `visit`
/// and `visit_row`.
///
/// # Safety
/// As for [`trace_object`]; the record is that of the object's type.
#[inline(always)]
unsafe fn trace_contents<V: Visitor>(
    object: *mut Header,
    record: &TypeRecord,
    visitor: &mut V,
    visit: impl Fn(&mut V, *mut Header),
    visit_row: impl Fn(&mut V, &[Ref]),
) {
    // SAFETY: the payload has the layout of the record.
    unsafe {
        let shape = record.shape();
        let payload = object.add(1).cast::<u8>();
        let items = payload.add(shape.size as usize).cast::<*mut Header>();
        match shape.items {
            Single::No => (record.known_layout().trace)(payload, visitor),
            Single::Buffer => visit_row(visitor, &*payload.cast::<Buffer<Ref>>()),
            Single::Table => (*payload.cast::<Table>()).show(visitor),
            Single::Reference => {
                let count = *payload.cast::<u32>() as usize;
                visit_row(visitor, std::slice::from_raw_parts(items.cast::<Ref>(), count));
            }
            Single::Slot => {
                for place in 0..*payload.cast::<u32>() as usize {
                    let item = *items.add(place);
                    if !item.is_null() {
                        visit(visitor, item);
                    }
                }
            }
        }
        if shape.has_extra_slots {
            trace_extra_slots(object, visitor);
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
    let reference = ManuallyDrop::new(unsafe { Ref::<Any>::from_raw(object) });
    for slot in crate::interior::extra_slots(&reference) {
        slot.with(|value| value.into_iter().for_each(|value| visitor.visit(value)));
    }
}
