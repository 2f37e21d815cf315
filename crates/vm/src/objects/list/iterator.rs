//! The iterators of lists, forwards and backwards.

use std::cell::Cell;

use ouro_heap::{Payload, Ref, Slot, alloc};

use super::{List, this};
use crate::{
    error::Res,
    native::plain,
    objects::{arguments, class::ClassDef, int, slots::Slots},
    state::shared,
    types,
};

/// What `iter(list)` gives.
#[derive(Payload)]
#[payload(types::LIST_ITERATOR)]
pub struct ListIterator {
    /// The list; nothing when the end was reached.
    pub list: Slot<List>,
    /// The next place.
    pub index: Cell<usize>,
}

/// What `reversed(list)` gives.
#[derive(Payload)]
#[payload(types::LIST_REVERSE_ITERATOR)]
pub struct ListReverseIterator {
    list: Slot<List>,
    /// One more than the next place.
    end: Cell<usize>,
}

/// The class of iterators.
pub static LIST_ITERATOR: ClassDef = ClassDef {
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
    ..ClassDef::new::<ListIterator>(types::LIST_ITERATOR, "list_iterator")
};

/// The class of reverse iterators.
pub static LIST_REVERSE_ITERATOR: ClassDef = ClassDef {
    slots: Slots { iter: Some(|iterator| Ok(iterator.clone())), next: Some(reverse_next), ..Slots::NONE },
    methods: &[
        plain(
            "__length_hint__",
            "(self, /)",
            reverse_length_hint,
            "Private method returning an estimate of len(list(it)).",
        ),
        plain("__reduce__", "(self, /)", reverse_reduce, "Return state information for pickling."),
        plain(
            "__setstate__",
            "(self, object, /)",
            reverse_set_state,
            "Set state information for unpickling.",
        ),
    ],
    ..ClassDef::new::<ListReverseIterator>(types::LIST_REVERSE_ITERATOR, "list_reverseiterator")
};

pub(super) fn iter(list: &Ref) -> Res {
    Ok(alloc(ListIterator { list: Slot::new(Some(this(list)?.clone())), index: Cell::new(0) }).into_any())
}

pub(crate) fn reversed(args: &[Ref]) -> Res {
    let list = this(&args[0])?;
    let end = Cell::new(list.len());
    Ok(alloc(ListReverseIterator { list: Slot::new(Some(list.clone())), end }).into_any())
}

/// The next item.
#[inline]
pub(crate) fn next(iterator: &Ref) -> Res<Option<Ref>> {
    Ok(step(iterator))
}

/// [`next`], which cannot fail.
#[inline(always)]
pub(crate) fn step(iterator: &Ref) -> Option<Ref> {
    let iterator = iterator.payload::<ListIterator>()?;
    let index = iterator.index.get();
    let item = iterator.list.with(|list| list.and_then(|list| list.get(index)));
    match item {
        Some(_) => iterator.index.set(index + 1),
        None => iterator.list.set(None),
    }
    item
}

fn reverse_next(iterator: &Ref) -> Res<Option<Ref>> {
    let Some(iterator) = iterator.payload::<ListReverseIterator>() else { return Ok(None) };
    let item = iterator.end.get().checked_sub(1).and_then(|place| {
        iterator.end.set(place);
        iterator.list.with(|list| list.and_then(|list| list.get(place)))
    });
    if item.is_none() {
        iterator.end.set(0);
        iterator.list.set(None);
    }
    Ok(item)
}

fn length_hint(args: &[Ref]) -> Res {
    let left = args[0].payload::<ListIterator>().and_then(|iterator| {
        iterator.list.with(|list| list.map(|list| list.len().saturating_sub(iterator.index.get())))
    });
    Ok(int::from_usize(left.unwrap_or(0)))
}

fn reverse_length_hint(args: &[Ref]) -> Res {
    let left = args[0].payload::<ListReverseIterator>().map_or(0, |iterator| {
        // A list that has become shorter than the place is at its end already.
        iterator.list.with(|list| {
            list.filter(|list| list.len() >= iterator.end.get()).map_or(0, |_| iterator.end.get())
        })
    });
    Ok(int::from_usize(left))
}

fn forward(object: &Ref) -> &ListIterator {
    object.payload::<ListIterator>().expect("a method of list_iterator")
}

fn backward(object: &Ref) -> &ListReverseIterator {
    object.payload::<ListReverseIterator>().expect("a method of list_reverseiterator")
}

fn reduce(args: &[Ref]) -> Res {
    let iterator = forward(&args[0]);
    let list = iterator.list.get().map(Ref::into_any);
    arguments::iter_state(list, iterator.index.get(), super::empty().into_any())
}

fn set_state(args: &[Ref]) -> Res {
    let index = arguments::size(&args[1])?;
    let iterator = forward(&args[0]);
    if let Some(list) = iterator.list.get() {
        iterator.index.set(usize::try_from(index).unwrap_or(0).min(list.len()));
    }
    Ok(shared().none.clone())
}

fn reverse_reduce(args: &[Ref]) -> Res {
    let iterator = backward(&args[0]);
    let Some(list) = iterator.list.get().filter(|_| iterator.end.get() > 0) else {
        return arguments::reversed_nothing(super::empty().into_any());
    };
    let index = int::new(iterator.end.get() as i64 - 1);
    arguments::reversed_state(Some(list.into_any()), index, super::empty().into_any())
}

fn reverse_set_state(args: &[Ref]) -> Res {
    let index = arguments::size(&args[1])?;
    let iterator = backward(&args[0]);
    if let Some(list) = iterator.list.get() {
        iterator.end.set(usize::try_from(index.saturating_add(1)).unwrap_or(0).min(list.len()));
    }
    Ok(shared().none.clone())
}
