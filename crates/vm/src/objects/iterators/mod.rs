//! Iterators that are built-in classes of their own, one a file.

pub mod callable;
pub mod enumerate;
pub mod filter;
pub mod map;
pub mod reversed;
pub mod sequence;
pub mod zip;

use ouro_heap::Ref;

use crate::error::Res;

/// `iter(iterator)` is the iterator.
fn itself(iterator: &Ref) -> Res {
    Ok(iterator.clone())
}
