//! `tuple`: storage. The items stand in the object's own block.

use ouro_heap::{Ref, Trace, alloc_tailed, tailed_payload};

use crate::{state::shared, types};

/// A tuple has nothing before its items.
#[derive(Trace)]
pub struct TupleHead;

tailed_payload!(
    /// A tuple's payload; `items()` gives the items.
    Tuple, "tuple", types::TUPLE, TupleHead, Ref
);

/// A tuple of the items; the shared empty tuple if there are none.
pub fn from_vec(items: Vec<Ref>) -> Ref<Tuple> {
    if items.is_empty() {
        return empty();
    }
    from_exact_iter(items.into_iter())
}

/// A tuple of clones of the items.
pub fn from_slice(items: &[Ref]) -> Ref<Tuple> {
    if items.is_empty() { empty() } else { from_exact_iter(items.iter().cloned()) }
}

/// A tuple of two.
pub fn pair(first: Ref, second: Ref) -> Ref {
    from_exact_iter([first, second].into_iter()).into_any()
}

/// The shared empty tuple.
pub fn empty() -> Ref<Tuple> {
    shared().empty_tuple.downcast::<Tuple>().expect("the empty tuple is a tuple").clone()
}

/// An instance of a subclass of tuple.
pub fn new_as(index: u32, items: Vec<Ref>) -> Ref<Tuple> {
    let (len, mut items) = (items.len(), items.into_iter());
    alloc_tailed(index, TupleHead, len, |_| items.next().expect("as many items as counted"))
}

fn from_exact_iter(mut items: impl ExactSizeIterator<Item = Ref>) -> Ref<Tuple> {
    alloc_tailed(types::TUPLE, TupleHead, items.len(), |_| items.next().expect("as many items as counted"))
}

pub(crate) fn make_empty() -> Ref<Tuple> {
    alloc_tailed(types::TUPLE, TupleHead, 0, |_| unreachable!("there is no item"))
}
