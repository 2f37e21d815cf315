//! The iterator over a bytearray.

use ouro_heap::Ref;

use super::ByteArray;
use crate::{error::Res, objects::units::iterator::byte_iterator, types};

byte_iterator!(
    ByteArrayIterator, ByteArray, types::BYTEARRAY_ITERATOR, BYTEARRAY_ITERATOR, "bytearray_iterator",
    item: |bytes, index| bytes.data.with(|data| data.get(index).copied()),
    len: |bytes| bytes.len()
);
