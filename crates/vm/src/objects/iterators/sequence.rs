//! The iterator over objects that only have `__getitem__`.

use std::cell::Cell;

use ouro_heap::{Payload, Ref, Slot, alloc};

use super::itself;
use crate::{
    error::{Raised, Res, restore, take},
    native::plain,
    objects::{
        class::{Class, ClassDef},
        exception::{self, ExceptionKind},
        int,
        slots::Slots,
    },
    protocol::{item, object},
    state::shared,
    types,
};

/// What `iter(x)` gives for such an object.
#[derive(Payload)]
#[payload(types::SEQUENCE_ITERATOR)]
pub struct SequenceIterator {
    sequence: Slot,
    index: Cell<i64>,
}

/// The class.
pub static SEQUENCE_ITERATOR: ClassDef = ClassDef {
    slots: Slots { iter: Some(itself), next: Some(next), ..Slots::NONE },
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
    ..ClassDef::new::<SequenceIterator>(types::SEQUENCE_ITERATOR, "iterator")
};

/// An iterator over `sequence[0]`, `sequence[1]`, ...
pub fn new(sequence: Ref) -> Ref {
    alloc(SequenceIterator { sequence: Slot::new(Some(sequence)), index: Cell::new(0) }).into_any()
}

/// Whether an error of `__getitem__` means the end; otherwise it stays in flight.
pub(super) fn is_end(raised: Raised) -> Res<()> {
    let exception = take(raised);
    let kinds = [ExceptionKind::IndexError, ExceptionKind::StopIteration];
    if kinds.into_iter().any(|kind| exception::is_instance(&exception, kind)) {
        Ok(())
    } else {
        Err(restore(exception))
    }
}

fn next(iterator: &Ref) -> Res<Option<Ref>> {
    let Some(iterator) = iterator.payload::<SequenceIterator>() else { return Ok(None) };
    let Some(sequence) = iterator.sequence.get() else { return Ok(None) };
    let index = iterator.index.get();
    if index == i64::MAX {
        return Err(crate::overflow_error!("iter index too large"));
    }
    match item::get(&sequence, &int::new(index)) {
        Ok(value) => {
            iterator.index.set(index + 1);
            Ok(Some(value))
        }
        Err(raised) => {
            is_end(raised)?;
            iterator.sequence.set(None);
            Ok(None)
        }
    }
}

fn length_hint(args: &[Ref]) -> Res {
    let Some(iterator) = args[0].payload::<SequenceIterator>() else {
        return Ok(shared().not_implemented.clone());
    };
    let Some(sequence) = iterator.sequence.get() else { return Ok(int::new(0)) };
    if Class::of(&sequence).slots.0.len.get().is_none() {
        return Ok(shared().not_implemented.clone());
    }
    let len = object::len(&sequence)?;
    Ok(int::from_usize(len.saturating_sub(iterator.index.get() as usize)))
}

fn reduce(args: &[Ref]) -> Res {
    let iterator = args[0].payload::<SequenceIterator>().expect("a method of iterator");
    let empty = shared().empty_tuple.clone();
    crate::objects::arguments::iter_state(iterator.sequence.get(), iterator.index.get() as usize, empty)
}

fn set_state(args: &[Ref]) -> Res {
    let index = crate::objects::arguments::size(&args[1])?;
    let iterator = args[0].payload::<SequenceIterator>().expect("a method of iterator");
    if !iterator.sequence.is_empty() {
        iterator.index.set((index as i64).max(0));
    }
    Ok(shared().none.clone())
}
