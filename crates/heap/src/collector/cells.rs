//! The side table that counts are copied to: a cell of two bytes for each place where a container may stand.

use crate::{
    blocks::Family,
    header::Header,
    large,
    ranges::{self, Range},
    state::HeapState,
};

use super::Collector;

/// A table cell of an object that is no candidate (or is already known to be reachable).
pub(super) const OUTSIDE: u16 = 0;
/// In a cell of a candidate: it refers to no other one, but for its class.
pub(super) const ALONE: u16 = 1;
/// What one reference adds to a cell.
pub(super) const ONE: u16 = 2;
/// A table cell of a candidate without references from outside; above it, [`ONE`] for each. [`ALONE`] may be added.
pub(super) const NO_REFERENCES: u16 = ONE;
/// The least that a cell of a candidate with references from outside holds.
pub(super) const REFERENCED: u16 = NO_REFERENCES + ONE;
/// A candidate that was looked at when nothing had reached it yet. [`ALONE`] may be added.
pub(super) const SET_ASIDE: u16 = u16::MAX - 3;
/// The count is too large for the cell and stands in the overflow map.
pub(super) const OVERFLOWED: u16 = u16::MAX - 1;
/// The least count that is too large.
const TOO_MANY: u32 = (SET_ASIDE / ONE) as u32 - 1;
pub(super) const GRANULE_SHIFT: u32 = 4;

/// The cell for a count that is not too large.
#[inline(always)]
fn cell_of(count: u32) -> u16 {
    NO_REFERENCES + count as u16 * ONE
}

/// Whether a cell is that of a candidate that nothing has reached and that was not set aside.
#[inline(always)]
pub(super) fn is_unreached(cell: u16) -> bool {
    cell.wrapping_sub(NO_REFERENCES) < ONE
}

/// Where the cells of the objects are: copied out of the heap, so that nothing of it is read again after each cell that is
/// written.
#[derive(Clone, Copy)]
pub(super) struct Cells {
    table: *mut u16,
    base: usize,
    size: usize,
    atoms: usize,
    atoms_size: usize,
}

impl Cells {
    pub(super) fn new(heap: &HeapState) -> Cells {
        let containers = &heap.blocks[Family::Container as usize];
        let atoms = &heap.blocks[Family::Atomic as usize];
        Cells {
            table: heap.collector.table.get(),
            base: containers.base(),
            size: containers.size(),
            atoms: atoms.base(),
            atoms_size: atoms.size(),
        }
    }

    /// Whether an object stands in a pool of containers.
    #[inline(always)]
    pub(super) fn is_pooled(self, address: usize) -> bool {
        address.wrapping_sub(self.base) < self.size
    }

    /// The cell of a live object, if it can be a candidate.
    #[inline(always)]
    pub(super) fn get(self, address: usize) -> Option<*mut u16> {
        if !cfg!(feature = "system-alloc") {
            let offset = address.wrapping_sub(self.base);
            if offset < self.size {
                // SAFETY: the table covers the whole range.
                return Some(unsafe { self.table.add(offset >> GRANULE_SHIFT) });
            }
            if address.wrapping_sub(self.atoms) < self.atoms_size {
                return None;
            }
        }
        // SAFETY: an object outside of the ranges is a large one.
        Some(unsafe { &raw mut (*large::prefix(address as *mut Header)).references }.cast())
    }

    /// The cell of a container.
    #[inline(always)]
    pub(super) fn of(self, object: *mut Header) -> *mut u16 {
        self.get(object as usize).expect("containers have a cell")
    }

    /// Writes the object's count into its cell.
    ///
    /// # Safety
    /// The object must be a live container.
    #[inline(always)]
    pub(super) unsafe fn copy_count(self, heap: &HeapState, object: *mut Header) {
        // SAFETY: as promised by the caller.
        unsafe { self.copy(heap, object, (*object).count()) }
    }

    /// Writes a count that was read from the object into its cell.
    ///
    /// # Safety
    /// As for [`Cells::copy_count`].
    #[inline(always)]
    pub(super) unsafe fn copy(self, heap: &HeapState, object: *mut Header, count: u32) {
        // SAFETY: as promised by the caller.
        unsafe {
            *self.of(object) = if count < TOO_MANY {
                cell_of(count)
            } else {
                heap.collector.note_overflow(object, count);
                OVERFLOWED
            };
        }
    }

    /// Notes that a candidate refers to no other one.
    ///
    /// # Safety
    /// The object must be a live container.
    #[inline(always)]
    pub(super) unsafe fn note_alone(self, object: *mut Header) {
        let cell = self.of(object);
        // SAFETY: containers have a cell.
        unsafe {
            if *cell < OVERFLOWED {
                *cell |= ALONE;
            }
        }
    }
}

impl Collector {
    pub(super) fn ensure_table(&self, heap: &HeapState) {
        let granules = heap.blocks[Family::Container as usize].size() >> GRANULE_SHIFT;
        // Without containers there is no range yet, and nothing whose cell could be asked for.
        if self.table.get().is_null() && granules > 0 {
            self.table.set(ranges::reserve(Range::Cells, granules * size_of::<u16>()).cast());
        }
    }

    #[cold]
    #[inline(never)]
    fn note_overflow(&self, object: *mut Header, count: u32) {
        self.overflow.borrow_mut().get_or_insert_default().insert(object as usize, count);
    }

    pub(super) fn subtract_overflowed(&self, cells: Cells, address: usize, references: u32) {
        let mut overflow = self.overflow.borrow_mut();
        let counts = overflow.get_or_insert_default();
        if let Some(count) = counts.get_mut(&address)
            && let Some(cell) = cells.get(address)
        {
            *count -= references;
            if *count < TOO_MANY {
                // SAFETY: the cell belongs to the object. It may have been found to be a leaf meanwhile.
                unsafe {
                    if *cell == OVERFLOWED {
                        *cell = cell_of(*count);
                    }
                }
                counts.remove(&address);
            }
        }
    }

    /// What is left of the counts of those that are candidates still.
    ///
    /// # Safety
    /// The objects must be live containers.
    pub(super) unsafe fn all_left(
        &self,
        cells: Cells,
        objects: impl Iterator<Item = *mut Header>,
    ) -> Vec<(*mut Header, u32)> {
        // SAFETY: as promised.
        unsafe {
            let candidates = objects.filter(|&object| *cells.of(object) != OUTSIDE);
            candidates.map(|object| (object, self.left_of(cells, object))).collect()
        }
    }

    /// What is left of a candidate's count.
    unsafe fn left_of(&self, cells: Cells, object: *mut Header) -> u32 {
        // SAFETY: the object is alive; containers always have a cell.
        let cell = unsafe { *cells.of(object) };
        if cell < OVERFLOWED {
            return u32::from(cell.saturating_sub(NO_REFERENCES) / ONE);
        }
        let overflow = self.overflow.borrow();
        overflow.as_ref().and_then(|counts| counts.get(&(object as usize)).copied()).unwrap_or(u32::MAX)
    }
}
