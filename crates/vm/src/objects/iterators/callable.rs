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
    methods: &[crate::native::plain(
        "__reduce__",
        "(self, /)",
        reduce,
        "Return state information for pickling.",
    )],
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

fn reduce(args: &[Ref]) -> Res {
    let iterator = args[0].payload::<CallableIterator>().expect("a method of callable_iterator");
    // `iter` is looked up first: that may run code which ends the iterator.
    let empty = crate::state::shared().empty_tuple.clone();
    let at_end = crate::objects::arguments::iter_state(None, 0, empty)?;
    let (Some(callable), Some(sentinel)) = (iterator.callable.get(), iterator.sentinel.get()) else {
        return Ok(at_end);
    };
    let iter = at_end.payload::<crate::objects::tuple::Tuple>().map(|state| state.items()[0].clone());
    let iter = iter.unwrap_or_else(|| crate::state::shared().none.clone());
    Ok(crate::objects::tuple::pair(iter, crate::objects::tuple::pair(callable, sentinel)))
}
