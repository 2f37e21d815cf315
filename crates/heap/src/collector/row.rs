//! The objects of a collection, in their order.

use crate::{blocks::Family, header::Header, state::HeapState};

use super::reach::GRANULE_SHIFT;

/// A row of objects. Those of pools that a full collection walks over take four bytes each: where they stand in the range
/// of the containers. They come first, then the others.
#[derive(Default)]
pub(super) struct Row {
    base: usize,
    pooled: Vec<u32>,
    others: Vec<*mut Header>,
}

impl Row {
    /// An empty row.
    pub(super) fn new(heap: &HeapState) -> Row {
        Row { base: heap.blocks[Family::Container as usize].base(), ..Row::default() }
    }

    /// Appends an object; no pooled one comes behind another one.
    #[inline(always)]
    pub(super) fn push(&mut self, object: *mut Header) {
        match u32::try_from((object as usize).wrapping_sub(self.base) >> GRANULE_SHIFT) {
            Ok(place) if !cfg!(feature = "system-alloc") => self.pooled.push(place),
            _ => self.others.push(object),
        }
    }

    pub(super) fn len(&self) -> usize {
        self.pooled.len() + self.others.len()
    }

    /// The objects.
    #[inline(always)]
    pub(super) fn iter(&self) -> impl Iterator<Item = *mut Header> + Clone {
        let base = self.base;
        let pooled = self.pooled.iter().map(move |&place| address(base, place));
        pooled.chain(self.others.iter().copied())
    }

    /// Leaves out those that are not wanted.
    pub(super) fn retain(&mut self, wanted: impl Fn(*mut Header) -> bool) {
        let base = self.base;
        self.pooled.retain(|&place| wanted(address(base, place)));
        self.others.retain(|&object| wanted(object));
    }
}

impl From<Vec<*mut Header>> for Row {
    fn from(others: Vec<*mut Header>) -> Row {
        Row { others, ..Row::default() }
    }
}

#[inline(always)]
fn address(base: usize, place: u32) -> *mut Header {
    (base + ((place as usize) << GRANULE_SHIFT)) as *mut Header
}
