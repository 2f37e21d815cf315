//! The iterator over a bytes object.

use std::cell::Cell;

use ouro_heap::{Payload, Ref, Slot, alloc};

use super::Bytes;
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

/// A bytes object and a place in it; the object is let go at the end.
#[derive(Payload)]
#[payload(types::BYTES_ITERATOR)]
pub(super) struct BytesIterator {
    bytes: Slot<Bytes>,
    index: Cell<usize>,
}

/// The class.
pub static BYTES_ITERATOR: ClassDef = ClassDef {
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
    ..ClassDef::new::<BytesIterator>(types::BYTES_ITERATOR, "bytes_iterator")
};

/// An iterator over a bytes object.
pub(super) fn iterate(object: &Ref) -> Res {
    let bytes = object.downcast::<Bytes>().expect("the receiver is a bytes object").clone();
    Ok(alloc(BytesIterator { bytes: Slot::new(Some(bytes)), index: Cell::new(0) }).into_any())
}

fn payload(this: &Ref) -> &BytesIterator {
    this.payload::<BytesIterator>().expect("the receiver is a bytes iterator")
}

fn next(this: &Ref) -> Res<Option<Ref>> {
    let this = payload(this);
    let index = this.index.get();
    match this.bytes.with(|bytes| bytes.and_then(|bytes| bytes.items().get(index).copied())) {
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

fn len(this: &BytesIterator) -> usize {
    this.bytes.with(|bytes| bytes.map_or(0, |bytes| bytes.items().len()))
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
