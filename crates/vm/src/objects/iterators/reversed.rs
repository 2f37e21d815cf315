//! `reversed`, for sequences without a `__reversed__` of their own.

use std::cell::Cell;

use ouro_heap::{Payload, Ref, Slot, alloc_as};

use super::{itself, sequence::is_end};
use crate::{
    error::Res,
    native::{Args, plain},
    objects::{
        class::{Class, ClassDef, class_flags},
        int,
        slots::Slots,
    },
    protocol::{attribute, call, item, iterate, object},
    state::{names, shared},
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
    methods: &[plain(
        "__length_hint__",
        "(self, /)",
        length_hint,
        "Private method returning an estimate of len(list(it)).",
    )],
    flags: class_flags::BASE,
    doc: "Return a reverse iterator over the values of the given sequence.",
    ..ClassDef::new::<Reversed>(types::REVERSED, "reversed")
};

fn construct(class: &Ref<Class>, args: Args) -> Res {
    if class.index == types::REVERSED {
        args.no_keywords("reversed")?;
    }
    let args = Args::positional_only(args.positional()).exactly("reversed", 1, 1)?;
    let sequence = &args[0];
    let refused = || type_error!("'{}' object is not reversible", Class::of(sequence).short_name());
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
