//! `reversed`, for sequences without a `__reversed__` of their own.

use std::cell::Cell;

use ouro_heap::{Payload, Ref, Slot, alloc_as};

use super::{itself, sequence::is_end};
use crate::{
    error::Res,
    native::{Args, plain},
    objects::{
        arguments,
        class::{Class, ClassDef, Make, class_flags},
        int,
        list::{self, List},
        slots::Slots,
        tuple,
    },
    protocol::{attribute, call, item, iterate, object},
    state::{class_of, names, shared},
    type_error, types,
};

/// Walks a sequence backwards.
#[derive(Payload)]
#[payload(types::REVERSED)]
pub struct Reversed {
    sequence: Slot,
    /// Items left: one more than the next place.
    left: Cell<usize>,
}

/// The class.
pub static REVERSED: ClassDef = ClassDef {
    slots: Slots { new: Some(construct), iter: Some(itself), next: Some(next), ..Slots::NONE },
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
    flags: class_flags::BASE,
    doc: "Return a reverse iterator over the values of the given sequence.",
    make: Some(Make {
        most: 1,
        code: |args| construct(class_of(types::REVERSED), Args::positional_only(args)),
    }),
    ..ClassDef::new::<Reversed>(types::REVERSED, "reversed")
};

fn construct(class: &Ref<Class>, args: Args) -> Res {
    if class.index == types::REVERSED {
        args.no_keywords("reversed")?;
    }
    let args = Args::positional_only(args.positional()).exactly("reversed", 1, 1)?;
    let sequence = &args[0];
    let refused = || type_error!("'{}' object is not reversible", Class::of(sequence).short_name());
    if class.index == types::REVERSED && sequence.is_exact::<List>() {
        return list::iterator::reversed(args);
    }
    if let Some(method) = attribute::lookup_special(sequence, &names().__reversed__)? {
        if method.is(&shared().none) {
            return Err(refused());
        }
        return call::call(&method, &[]);
    }
    if !iterate::is_sequence(Class::of(sequence)) {
        return Err(refused());
    }
    let left = Cell::new(object::len(sequence)?);
    Ok(alloc_as(class.index, Reversed { sequence: Slot::new(Some(sequence.clone())), left }).into_any())
}

fn next(iterator: &Ref) -> Res<Option<Ref>> {
    let Some(reversed) = iterator.payload::<Reversed>() else { return Ok(None) };
    let Some(sequence) = reversed.sequence.get() else { return Ok(None) };
    if let Some(place) = reversed.left.get().checked_sub(1) {
        match item::get(&sequence, &int::from_usize(place)) {
            Ok(value) => {
                reversed.left.set(place);
                return Ok(Some(value));
            }
            Err(raised) => is_end(raised)?,
        }
    }
    reversed.left.set(0);
    reversed.sequence.set(None);
    Ok(None)
}

fn length_hint(args: &[Ref]) -> Res {
    let Some(reversed) = args[0].payload::<Reversed>() else { return Ok(int::new(0)) };
    let Some(sequence) = reversed.sequence.get() else { return Ok(int::new(0)) };
    let len = object::len(&sequence)?;
    Ok(int::from_usize(if len < reversed.left.get() { 0 } else { reversed.left.get() }))
}

fn payload(object: &Ref) -> &Reversed {
    object.payload::<Reversed>().expect("a method of reversed")
}

fn reduce(args: &[Ref]) -> Res {
    let reversed = payload(&args[0]);
    let class = Class::of(&args[0]).clone().into_any();
    Ok(match reversed.sequence.get() {
        Some(sequence) => {
            let index = int::new(reversed.left.get() as i64 - 1);
            tuple::triple(class, tuple::from_vec(vec![sequence]).into_any(), index)
        }
        None => {
            let empty = tuple::from_vec(vec![shared().empty_tuple.clone()]).into_any();
            tuple::pair(class, empty)
        }
    })
}

fn set_state(args: &[Ref]) -> Res {
    let index = arguments::size(&args[1])?;
    let reversed = payload(&args[0]);
    if let Some(sequence) = reversed.sequence.get() {
        let len = object::len(&sequence)?;
        reversed.left.set(usize::try_from(index.saturating_add(1)).unwrap_or(0).min(len));
    }
    Ok(shared().none.clone())
}
