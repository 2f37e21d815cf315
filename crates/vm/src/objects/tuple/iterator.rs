//! The iterator of tuples.

use std::cell::Cell;

use ouro_heap::{Payload, Ref, Slot, alloc};

use super::{Tuple, this};
use crate::{
    error::Res,
    native::plain,
    objects::{arguments, class::ClassDef, int, slots::Slots},
    state::shared,
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
    methods: &[
        plain(
            "__length_hint__",
            "(self, /)",
            length_hint,
            "Private method returning an estimate of len(list(it)).",
        ),
        plain("__reduce__", "(self, /)", reduce, "Return state information for pickling."),
        plain("__setstate__", "(self, object, /)", set_state, "Set state information for unpickling."),
    ],
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

fn payload(object: &Ref) -> &TupleIterator {
    object.payload::<TupleIterator>().expect("a method of tuple_iterator")
}

fn reduce(args: &[Ref]) -> Res {
    let iterator = payload(&args[0]);
    let empty = shared().empty_tuple.clone();
    arguments::iter_state(iterator.tuple.get().map(Ref::into_any), iterator.index.get(), empty)
}

fn set_state(args: &[Ref]) -> Res {
    let index = arguments::size(&args[1])?;
    let iterator = payload(&args[0]);
    if let Some(tuple) = iterator.tuple.get() {
        iterator.index.set(usize::try_from(index).unwrap_or(0).min(tuple.items().len()));
    }
    Ok(shared().none.clone())
}
