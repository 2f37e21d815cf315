//! `bytearray`: storage.

mod class;
mod edit;
mod iterator;

use std::cell::Cell;

use ouro_heap::{Buffer, Interior, OutOfMemory, Payload, Ref, alloc, alloc_as};

use crate::{buffer_error, error::Res, types};

pub use class::BYTEARRAY;
pub use iterator::BYTEARRAY_ITERATOR;

/// A bytearray's payload: a growing buffer on the heap.
#[derive(Payload)]
#[payload(types::BYTEARRAY)]
pub struct ByteArray {
    /// The bytes.
    pub data: Interior<Buffer<u8>>,
    /// Memoryviews that look at the bytes: while there are any, the length stays.
    pub exports: Cell<usize>,
}

impl ByteArray {
    /// The number of bytes.
    #[inline]
    pub fn len(&self) -> usize {
        self.data.with(|data| data.len())
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// BufferError if the length may not change now.
    pub fn check_resizable(&self) -> Res<()> {
        if self.exports.get() > 0 {
            return Err(buffer_error!("Existing exports of data: object cannot be re-sized"));
        }
        Ok(())
    }

    /// Replaces the bytes from `start` to `end`, if the length may change or does not.
    pub fn replace(&self, start: usize, end: usize, data: &[u8]) -> Res<()> {
        if end - start != data.len() {
            self.check_resizable()?;
        }
        Ok(self.data.with_mut(|place| place.replace_range(start, end, data))?)
    }
}

/// A bytearray of copies of the bytes.
pub fn new(data: &[u8]) -> Result<Ref<ByteArray>, OutOfMemory> {
    Ok(alloc(ByteArray { data: Interior::new(Buffer::from_copies(data)?), exports: Cell::new(0) }))
}

/// An empty instance of the class or of a subclass.
fn empty_as(index: u32) -> Ref<ByteArray> {
    let payload = ByteArray { data: Interior::new(Buffer::new()), exports: Cell::new(0) };
    if index == types::BYTEARRAY { alloc(payload) } else { alloc_as(index, payload) }
}
