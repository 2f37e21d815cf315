//! The iterator of sets.

use std::cell::Cell;

use ouro_heap::{Payload, Ref, Slot, alloc};

use super::{Set, this};
use crate::{
    error::Res,
    native::plain,
    objects::{class::ClassDef, int, slots::Slots},
    runtime_error, types,
};

/// What `iter(set)` gives.
#[derive(Payload)]
#[payload(types::SET_ITERATOR)]
pub struct SetIterator {
    /// The set; nothing when the end was reached.
    pub set: Slot<Set>,
    /// The next place.
    pub place: Cell<usize>,
    /// The number of elements at the start; `usize::MAX` after the set was found to have changed.
    pub used: Cell<usize>,
    /// Elements not seen yet.
    pub left: Cell<usize>,
}

/// The class.
pub static SET_ITERATOR: ClassDef = ClassDef {
    slots: Slots { iter: Some(|iterator| Ok(iterator.clone())), next: Some(next), ..Slots::NONE },
    methods: &[
        plain(
            "__length_hint__",
            "(self, /)",
            length_hint,
            "Private method returning an estimate of len(list(it)).",
        ),
        plain("__reduce__", "(self, /)", reduce, "Return state information for pickling."),
    ],
    ..ClassDef::new::<SetIterator>(types::SET_ITERATOR, "set_iterator")
};

pub(super) fn iter(set: &Ref) -> Res {
    let set = this(set)?;
    let used = set.len();
    let set = Slot::new(Some(set.clone()));
    Ok(alloc(SetIterator { set, place: Cell::new(0), used: Cell::new(used), left: Cell::new(used) })
        .into_any())
}

fn next(iterator: &Ref) -> Res<Option<Ref>> {
    let Some(iterator) = iterator.payload::<SetIterator>() else { return Ok(None) };
    let step = iterator.set.with(|set| {
        set.map(|set| {
            let changed = set.len() != iterator.used.get();
            (changed, if changed { None } else { set.next_from(iterator.place.get()) })
        })
    });
    match step {
        None => Ok(None),
        Some((true, _)) => {
            iterator.used.set(usize::MAX);
            Err(runtime_error!("Set changed size during iteration"))
        }
        Some((false, Some((place, _, key)))) => {
            iterator.place.set(place + 1);
            iterator.left.set(iterator.left.get().saturating_sub(1));
            Ok(Some(key))
        }
        Some((false, None)) => {
            iterator.set.set(None);
            Ok(None)
        }
    }
}

fn length_hint(args: &[Ref]) -> Res {
    let left = args[0].payload::<SetIterator>().map_or(0, |iterator| {
        let same = iterator.set.with(|set| set.is_some_and(|set| set.len() == iterator.used.get()));
        if same { iterator.left.get() } else { 0 }
    });
    Ok(int::from_usize(left))
}

fn reduce(args: &[Ref]) -> Res {
    let iterator = args[0].payload::<SetIterator>().expect("a method of set_iterator");
    let copy = alloc(SetIterator {
        set: Slot::new(iterator.set.get()),
        place: iterator.place.clone(),
        used: iterator.used.clone(),
        left: iterator.left.clone(),
    });
    crate::objects::arguments::listed_state(copy.as_any())
}
