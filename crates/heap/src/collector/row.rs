//! The objects of a collection, in their order.

use crate::{
    blocks::{self, Family},
    header::Header,
    state::HeapState,
};

use super::cells::GRANULE_SHIFT;

/// So many objects before a walk comes to one, its memory is asked for.
const AHEAD: usize = 16;

/// A row of objects in the order of addresses. Those of pools take four bytes each: where they stand in the range
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
    pub(super) fn iter(&self) -> Objects<'_> {
        Objects { row: self, position: 0 }
    }
}

/// The objects of a row. A loop over them has its body once, for both kinds.
#[derive(Clone)]
pub(super) struct Objects<'a> {
    row: &'a Row,
    position: usize,
}

impl Iterator for Objects<'_> {
    type Item = *mut Header;

    #[inline(always)]
    fn next(&mut self) -> Option<*mut Header> {
        let (row, position) = (self.row, self.position);
        self.position += 1;
        match row.pooled.get(position) {
            Some(&place) => {
                let ahead = row.pooled.get(position + AHEAD).copied().unwrap_or(place);
                blocks::prefetch(address(row.base, ahead));
                Some(address(row.base, place))
            }
            None => row.others.get(position - row.pooled.len()).copied(),
        }
    }
}

#[inline(always)]
fn address(base: usize, place: u32) -> *mut Header {
    (base + ((place as usize) << GRANULE_SHIFT)) as *mut Header
}
