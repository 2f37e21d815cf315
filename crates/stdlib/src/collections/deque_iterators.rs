//! The iterators over deques.

use std::cell::Cell;

use ouro_heap::{Payload, Ref, alloc};
use ouro_vm::{
    error::Res,
    native::{Args, plain},
    objects::{
        class::{Class, ClassDef},
        int,
        slots::Slots,
        tuple,
    },
    protocol::number,
    type_error, types,
};

use super::deque::{Deque, mutated};
use crate::support::{iter_self, make, this};

/// An iterator from the left.
#[derive(Payload)]
#[payload(types::DEQUE_ITERATOR)]
pub(super) struct DequeIterator {
    deque: Ref<Deque>,
    state: u64,
    left: Cell<usize>,
}

/// An iterator from the right.
#[derive(Payload)]
#[payload(types::DEQUE_REVERSE_ITERATOR)]
pub(super) struct DequeReverseIterator {
    deque: Ref<Deque>,
    state: u64,
    left: Cell<usize>,
}

pub(super) fn iter(object: &Ref) -> Res {
    let deque = object.downcast::<Deque>().expect("slot of this class").clone();
    let (state, left) = (deque.state.get(), Cell::new(deque.len()));
    Ok(alloc(DequeIterator { deque, state, left }).into_any())
}

pub(super) fn reversed(args: &[Ref]) -> Res {
    let deque = args[0].downcast::<Deque>().expect("method of this class").clone();
    let (state, left) = (deque.state.get(), Cell::new(deque.len()));
    Ok(alloc(DequeReverseIterator { deque, state, left }).into_any())
}

/// The deque and the index to start from, of a call of an iterator's class.
fn arguments(class: &Ref<Class>, args: Args) -> Res<(Ref<Deque>, usize)> {
    let values = args.exactly(&class.name_text(), 1, 2)?;
    let deque = values[0].downcast::<Deque>().ok_or_else(|| {
        type_error!("argument 1 must be collections.deque, not {}", Class::of(&values[0]).short_name())
    })?;
    let start = match values.get(1) {
        Some(start) => number::as_isize(start)?,
        None => 0,
    };
    Ok((deque.clone(), start.clamp(0, deque.len() as isize) as usize))
}

fn iterator_new(class: &Ref<Class>, args: Args) -> Res {
    let (deque, start) = arguments(class, args)?;
    let (state, left) = (deque.state.get(), Cell::new(deque.len() - start));
    Ok(make(class, DequeIterator { deque, state, left }))
}

fn reverse_new(class: &Ref<Class>, args: Args) -> Res {
    let (deque, start) = arguments(class, args)?;
    let (state, left) = (deque.state.get(), Cell::new(deque.len() - start));
    Ok(make(class, DequeReverseIterator { deque, state, left }))
}

fn iterator_next(object: &Ref) -> Res<Option<Ref>> {
    let iterator = this::<DequeIterator>(object);
    let left = iterator.left.get();
    if iterator.deque.state.get() != iterator.state {
        iterator.left.set(0);
        return Err(mutated());
    }
    if left == 0 {
        return Ok(None);
    }
    iterator.left.set(left - 1);
    Ok(iterator.deque.get(iterator.deque.len() - left))
}

fn reverse_next(object: &Ref) -> Res<Option<Ref>> {
    let iterator = this::<DequeReverseIterator>(object);
    let left = iterator.left.get();
    if iterator.deque.state.get() != iterator.state {
        iterator.left.set(0);
        return Err(mutated());
    }
    if left == 0 {
        return Ok(None);
    }
    iterator.left.set(left - 1);
    Ok(iterator.deque.get(left - 1))
}

fn iterator_reduce(args: &[Ref]) -> Res {
    let iterator = this::<DequeIterator>(&args[0]);
    let index = int::from_usize(iterator.deque.len().saturating_sub(iterator.left.get()));
    let class = Class::of(&args[0]).clone().into_any();
    Ok(tuple::pair(class, tuple::pair(iterator.deque.clone().into_any(), index)))
}

fn reverse_reduce(args: &[Ref]) -> Res {
    let iterator = this::<DequeReverseIterator>(&args[0]);
    let index = int::from_usize(iterator.deque.len().saturating_sub(iterator.left.get()));
    let class = Class::of(&args[0]).clone().into_any();
    Ok(tuple::pair(class, tuple::pair(iterator.deque.clone().into_any(), index)))
}

const HINT: &str = "Private method returning an estimate of len(list(it)).";

/// `collections._deque_iterator`
pub(super) static DEQUE_ITERATOR: ClassDef = ClassDef {
    module: "collections",
    slots: Slots { new: Some(iterator_new), iter: Some(iter_self), next: Some(iterator_next), ..Slots::NONE },
    methods: &[
        plain(
            "__length_hint__",
            "(self, /)",
            |args| Ok(int::from_usize(this::<DequeIterator>(&args[0]).left.get())),
            HINT,
        ),
        plain("__reduce__", "(self, /)", iterator_reduce, "Return state information for pickling."),
    ],
    ..ClassDef::new::<DequeIterator>(types::DEQUE_ITERATOR, "_deque_iterator")
};

/// `collections._deque_reverse_iterator`
pub(super) static DEQUE_REVERSE_ITERATOR: ClassDef = ClassDef {
    module: "collections",
    slots: Slots { new: Some(reverse_new), iter: Some(iter_self), next: Some(reverse_next), ..Slots::NONE },
    methods: &[
        plain(
            "__length_hint__",
            "(self, /)",
            |args| Ok(int::from_usize(this::<DequeReverseIterator>(&args[0]).left.get())),
            HINT,
        ),
        plain("__reduce__", "(self, /)", reverse_reduce, "Return state information for pickling."),
    ],
    ..ClassDef::new::<DequeReverseIterator>(types::DEQUE_REVERSE_ITERATOR, "_deque_reverse_iterator")
};
