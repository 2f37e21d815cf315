//! The iterator over a bytes object.

use ouro_heap::Ref;

use super::Bytes;
use crate::{error::Res, objects::units::iterator::byte_iterator, types};

byte_iterator!(
    BytesIterator, Bytes, types::BYTES_ITERATOR, BYTES_ITERATOR, "bytes_iterator",
    item: |bytes, index| bytes.items().get(index).copied(),
    len: |bytes| bytes.items().len()
);
