//! The iterator that calls a function until it gives a sentinel: `iter(callable, sentinel)`.

use ouro_heap::{Payload, Ref, Slot, alloc};

use super::itself;
use crate::{
    error::{Res, take_if},
    objects::{class::ClassDef, exception::ExceptionKind, slots::Slots},
    protocol::{call, compare},
    types,
};

/// What `iter(callable, sentinel)` gives.
#[derive(Payload)]
#[payload(types::CALLABLE_ITERATOR)]
pub struct CallableIterator {
    callable: Slot,
    sentinel: Slot,
}

/// The class.
pub static CALLABLE_ITERATOR: ClassDef = ClassDef {
    slots: Slots { iter: Some(itself), next: Some(next), ..Slots::NONE },
    ..ClassDef::new::<CallableIterator>(types::CALLABLE_ITERATOR, "callable_iterator")
};

/// An iterator over the results of calls.
pub fn new(callable: Ref, sentinel: Ref) -> Ref {
    alloc(CallableIterator { callable: Slot::new(Some(callable)), sentinel: Slot::new(Some(sentinel)) })
        .into_any()
}

fn next(iterator: &Ref) -> Res<Option<Ref>> {
    let Some(iterator) = iterator.payload::<CallableIterator>() else { return Ok(None) };
    let Some(callable) = iterator.callable.get() else { return Ok(None) };
    let ended = match call::call(&callable, &[]) {
        Ok(value) => {
            // The call may have ended this very iterator.
            let Some(sentinel) = iterator.sentinel.get() else { return Ok(None) };
            if !compare::equal(&sentinel, &value)? {
                return Ok(Some(value));
            }
            Ok(None)
        }
        Err(raised) => match take_if(raised, ExceptionKind::StopIteration) {
            Ok(_) => Ok(None),
            Err(raised) => return Err(raised),
        },
    };
    iterator.callable.set(None);
    iterator.sentinel.set(None);
    ended
}
