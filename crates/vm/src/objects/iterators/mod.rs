//! Iterators that are built-in classes of their own, one a file.

pub mod callable;
pub mod enumerate;
pub mod filter;
pub mod map;
pub mod reversed;
pub mod sequence;
pub mod zip;

pub use callable::CALLABLE_ITERATOR;
pub use enumerate::ENUMERATE;
pub use filter::FILTER;
pub use map::MAP;
pub use reversed::REVERSED;
pub use sequence::SEQUENCE_ITERATOR;
pub use zip::ZIP;

use ouro_heap::Ref;

use crate::error::Res;

/// `iter(iterator)` is the iterator.
fn itself(iterator: &Ref) -> Res {
    Ok(iterator.clone())
}
