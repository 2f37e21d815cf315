//! The iterator over a string.

use std::cell::Cell;

use ouro_heap::{Payload, Ref, Slot, alloc_as};

use super::{Str, StrExt, from_char};
use crate::{
    error::Res,
    native::{NativeDef, plain},
    objects::{
        arguments::{self, iter_state},
        class::ClassDef,
        int,
        slots::Slots,
    },
    state::shared,
    types,
};

/// A string and a place in it; the string is let go at the end.
#[derive(Payload)]
#[payload(types::STR_ITERATOR)]
pub struct StrIterator {
    /// The string; nothing when the end was reached.
    pub(crate) string: Slot<Str>,
    /// The next place.
    pub(crate) index: Cell<usize>,
}

const METHODS: &[NativeDef] = &[
    plain(
        "__length_hint__",
        "(self, /)",
        length_hint,
        "Private method returning an estimate of len(list(it)).",
    ),
    plain("__reduce__", "(self, /)", reduce, "Return state information for pickling."),
    plain("__setstate__", "(self, object, /)", set_state, "Set state information for unpickling."),
];

/// The class of iterators over ASCII strings; it differs from the other in its name only, as CPython's does.
pub static STR_ASCII_ITERATOR: ClassDef = ClassDef {
    slots: Slots { iter: Some(|this| Ok(this.clone())), next: Some(next), ..Slots::NONE },
    methods: METHODS,
    ..ClassDef::new::<StrIterator>(types::STR_ASCII_ITERATOR, "str_ascii_iterator")
};

/// The class of all others.
pub static STR_ITERATOR: ClassDef = ClassDef {
    slots: Slots { iter: Some(|this| Ok(this.clone())), next: Some(next), ..Slots::NONE },
    methods: METHODS,
    ..ClassDef::new::<StrIterator>(types::STR_ITERATOR, "str_iterator")
};

/// An iterator over a string.
pub(super) fn iterate(string: &Ref) -> Res {
    let string = super::search::this(string).clone();
    let index = if string.is_ascii() { types::STR_ASCII_ITERATOR } else { types::STR_ITERATOR };
    Ok(alloc_as(index, StrIterator { string: Slot::new(Some(string)), index: Cell::new(0) }).into_any())
}

fn payload(this: &Ref) -> &StrIterator {
    this.payload::<StrIterator>().expect("the receiver is a string iterator")
}

fn next(this: &Ref) -> Res<Option<Ref>> {
    let this = payload(this);
    let index = this.index.get();
    let code = this.string.with(|string| {
        string.filter(|string| index < string.char_count()).map(|string| string.char_at(index))
    });
    match code {
        Some(code) => {
            this.index.set(index + 1);
            Ok(Some(from_char(code).into_any()))
        }
        None => {
            this.string.set(None);
            Ok(None)
        }
    }
}

fn length_hint(args: &[Ref]) -> Res {
    let this = payload(&args[0]);
    let len = this.string.with(|string| string.map_or(0, |string| string.char_count()));
    Ok(int::from_usize(len.saturating_sub(this.index.get())))
}

fn reduce(args: &[Ref]) -> Res {
    let this = payload(&args[0]);
    let empty = shared().empty_str.clone().into_any();
    iter_state(this.string.get().map(Ref::into_any), this.index.get(), empty)
}

fn set_state(args: &[Ref]) -> Res {
    let this = payload(&args[0]);
    let index = arguments::size(&args[1])?;
    let len = this.string.with(|string| string.map_or(0, |string| string.char_count()));
    this.index.set(usize::try_from(index).unwrap_or(0).min(len));
    Ok(shared().none.clone())
}
