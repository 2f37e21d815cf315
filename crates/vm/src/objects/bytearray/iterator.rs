//! The iterator over a bytearray.

use std::cell::Cell;

use ouro_heap::{Payload, Ref, Slot, alloc};

use super::ByteArray;
use crate::{
    error::Res,
    native::plain,
    objects::{
        arguments::{self, iter_state},
        class::ClassDef,
        int,
        slots::Slots,
    },
    state::shared,
    types,
};

/// A bytearray and a place in it; the object is let go at the end.
#[derive(Payload)]
#[payload(types::BYTEARRAY_ITERATOR)]
pub(super) struct ByteArrayIterator {
    bytes: Slot<ByteArray>,
    index: Cell<usize>,
}

/// The class.
pub static BYTEARRAY_ITERATOR: ClassDef = ClassDef {
    slots: Slots { iter: Some(|this| Ok(this.clone())), next: Some(next), ..Slots::NONE },
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
    ..ClassDef::new::<ByteArrayIterator>(types::BYTEARRAY_ITERATOR, "bytearray_iterator")
};

/// An iterator over a bytearray.
pub(super) fn iterate(object: &Ref) -> Res {
    let bytes = object.downcast::<ByteArray>().expect("the receiver is a bytearray").clone();
    Ok(alloc(ByteArrayIterator { bytes: Slot::new(Some(bytes)), index: Cell::new(0) }).into_any())
}

fn payload(this: &Ref) -> &ByteArrayIterator {
    this.payload::<ByteArrayIterator>().expect("the receiver is a bytearray iterator")
}

fn next(this: &Ref) -> Res<Option<Ref>> {
    let this = payload(this);
    let index = this.index.get();
    match this.bytes.with(|bytes| bytes.and_then(|bytes| bytes.data.with(|data| data.get(index).copied()))) {
        Some(byte) => {
            this.index.set(index + 1);
            Ok(Some(int::new(byte.into())))
        }
        None => {
            this.bytes.set(None);
            Ok(None)
        }
    }
}

fn len(this: &ByteArrayIterator) -> usize {
    this.bytes.with(|bytes| bytes.map_or(0, |bytes| bytes.len()))
}

fn length_hint(args: &[Ref]) -> Res {
    let this = payload(&args[0]);
    Ok(int::from_usize(len(this).saturating_sub(this.index.get())))
}

fn reduce(args: &[Ref]) -> Res {
    let this = payload(&args[0]);
    iter_state(this.bytes.get().map(Ref::into_any), this.index.get(), shared().empty_tuple.clone())
}

fn set_state(args: &[Ref]) -> Res {
    let this = payload(&args[0]);
    let index = arguments::size(&args[1])?;
    this.index.set(usize::try_from(index).unwrap_or(0).min(len(this)));
    Ok(shared().none.clone())
}
