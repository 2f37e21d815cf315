//! The iterator of tuples.

use std::cell::Cell;

use ouro_heap::{Payload, Ref, Slot, alloc};

use super::{Tuple, this};
use crate::{
    error::Res,
    native::plain,
    objects::{class::ClassDef, int, slots::Slots},
    types,
};

/// What `iter(tuple)` gives.
#[derive(Payload)]
#[payload(types::TUPLE_ITERATOR)]
pub struct TupleIterator {
    /// The tuple; nothing when the end was reached.
    pub tuple: Slot<Tuple>,
    /// The next place.
    pub index: Cell<usize>,
}

/// The class.
pub static TUPLE_ITERATOR: ClassDef = ClassDef {
    slots: Slots { iter: Some(|iterator| Ok(iterator.clone())), next: Some(next), ..Slots::NONE },
    methods: &[plain(
        "__length_hint__",
        "(self, /)",
        length_hint,
        "Private method returning an estimate of len(list(it)).",
    )],
    ..ClassDef::new::<TupleIterator>(types::TUPLE_ITERATOR, "tuple_iterator")
};

pub(super) fn iter(tuple: &Ref) -> Res {
    Ok(alloc(TupleIterator { tuple: Slot::new(Some(this(tuple)?.clone())), index: Cell::new(0) }).into_any())
}

fn next(iterator: &Ref) -> Res<Option<Ref>> {
    let Some(iterator) = iterator.payload::<TupleIterator>() else { return Ok(None) };
    let index = iterator.index.get();
    let item = iterator.tuple.with(|tuple| tuple.and_then(|tuple| tuple.items().get(index).cloned()));
    if item.is_some() {
        iterator.index.set(index + 1);
    } else {
        iterator.tuple.set(None);
    }
    Ok(item)
}

fn length_hint(args: &[Ref]) -> Res {
    let left = args[0].payload::<TupleIterator>().map_or(0, |iterator| {
        iterator
            .tuple
            .with(|tuple| tuple.map_or(0, |tuple| tuple.items().len().saturating_sub(iterator.index.get())))
    });
    Ok(int::from_usize(left))
}
