//! Iterators over ranges: of three native integers, and of big ones.

use std::cell::Cell;

use dashu_int::IBig;
use ouro_heap::{Payload, Ref, Slot, alloc, alloc_untracked};

use super::{Fast, Range, big, payload, small_length};
use crate::{
    error::Res,
    native::plain,
    objects::{
        class::ClassDef,
        int::{self, Int},
        slots::Slots,
        tuple,
    },
    protocol::number,
    state::{shared, vm},
    types,
};

/// An iterator over 64-bit ints, which the interpreter loop steps itself.
#[derive(Payload)]
#[payload(types::RANGE_ITERATOR)]
pub struct RangeIterator {
    /// The next item.
    pub next: Cell<i64>,
    /// What is added after each item.
    pub step: Cell<i64>,
    /// The number behind the last item, which is next at the end.
    pub end: Cell<i64>,
}

impl RangeIterator {
    /// How many items are left.
    fn left(&self) -> i64 {
        let distance = i128::from(self.end.get()) - i128::from(self.next.get());
        (distance / i128::from(self.step.get())) as i64
    }
}

/// An iterator over ints of any size.
#[derive(Payload)]
#[payload(types::LONG_RANGE_ITERATOR)]
pub struct LongRangeIterator {
    next: Slot,
    step: Ref,
    left: Slot,
}

/// The class of iterators over 64-bit ints.
pub static RANGE_ITERATOR: ClassDef = ClassDef {
    slots: Slots { iter: Some(|iterator| Ok(iterator.clone())), next: Some(next), ..Slots::NONE },
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
    flags: crate::objects::class::class_flags::NO_INSTANTIATION,
    ..ClassDef::new::<RangeIterator>(types::RANGE_ITERATOR, "range_iterator")
};

/// The class of iterators over ints of any size.
pub static LONG_RANGE_ITERATOR: ClassDef = ClassDef {
    slots: Slots { iter: Some(|iterator| Ok(iterator.clone())), next: Some(long_next), ..Slots::NONE },
    methods: &[
        plain(
            "__length_hint__",
            "(self, /)",
            |args| Ok(int::from_big(left(long(&args[0])))),
            "Private method returning an estimate of len(list(it)).",
        ),
        plain("__reduce__", "(self, /)", long_reduce, "Return state information for pickling."),
        plain("__setstate__", "(self, object, /)", long_set_state, "Set state information for unpickling."),
    ],
    flags: crate::objects::class::class_flags::NO_INSTANTIATION,
    ..ClassDef::new::<LongRangeIterator>(types::LONG_RANGE_ITERATOR, "longrange_iterator")
};

/// `iter(range)`
pub(super) fn of(range: &Ref) -> Res {
    let range = payload(range);
    Ok(match range.fast() {
        Some(fast) => small_iterator(fast.start, fast.step, fast.length),
        None => long_iterator(big(&range.start), big(&range.step), big(&range.length)),
    })
}

/// `iter(range(*arguments))` where the arguments are exact ints of 64 bits and no error.
pub(crate) fn of_arguments(arguments: &[Ref]) -> Option<Ref> {
    let exact = |object: &Ref| if object.is_exact::<Int>() { int::as_i64(object) } else { None };
    let (start, stop, step) = match arguments {
        [stop] => (0, exact(stop)?, 1),
        [start, stop] => (exact(start)?, exact(stop)?, 1),
        [start, stop, step] => (exact(start)?, exact(stop)?, exact(step).filter(|&step| step != 0)?),
        _ => return None,
    };
    let fast = Fast::new(start, step, small_length(start, stop, step)?)?;
    Some(small_iterator(fast.start, fast.step, fast.length))
}

/// `reversed(range)`
pub(super) fn reversed(args: &[Ref]) -> Res {
    let range: &Range = payload(&args[0]);
    if let Some(fast) = range.fast()
        && let Some(step) = fast.step.checked_neg()
        && let Some(behind) = fast.start.checked_sub(fast.step)
    {
        // The iterator also computes the number in front of the first item, which fits as just checked.
        return Ok(small_iterator(behind + fast.step * fast.length, step, fast.length));
    }
    let (start, step, length) = (big(&range.start), big(&range.step), big(&range.length));
    let last = start + (&length - IBig::ONE) * &step;
    Ok(long_iterator(last, -step, length))
}

/// An iterator over so many items, behind which there is a number of 64 bits, too.
fn small_iterator(start: i64, step: i64, length: i64) -> Ref {
    let end = start + step * length;
    alloc(RangeIterator { next: Cell::new(start), step: Cell::new(step), end: Cell::new(end) }).into_any()
}

fn long_iterator(start: IBig, step: IBig, length: IBig) -> Ref {
    let slot = |value| Slot::new(Some(int::from_big(value)));
    alloc_untracked(LongRangeIterator { next: slot(start), step: int::from_big(step), left: slot(length) })
        .into_any()
}

fn small(iterator: &Ref) -> &RangeIterator {
    iterator.payload::<RangeIterator>().expect("the receiver is a range iterator")
}

fn long(iterator: &Ref) -> &LongRangeIterator {
    iterator.payload::<LongRangeIterator>().expect("the receiver is a long range iterator")
}

fn next(iterator: &Ref) -> Res<Option<Ref>> {
    let iterator = small(iterator);
    let value = iterator.next.get();
    if value == iterator.end.get() {
        return Ok(None);
    }
    iterator.next.set(value.wrapping_add(iterator.step.get()));
    Ok(Some(int::new(value)))
}

fn length_hint(args: &[Ref]) -> Res {
    Ok(int::new(small(&args[0]).left()))
}

/// What a pickled iterator is made from: the builtin `iter`, a range of what is left, None.
fn reduced(range: Ref) -> Res {
    let name = crate::objects::str::intern("iter");
    let builtins = vm().slots.builtins.get();
    let iter = builtins.and_then(|builtins| crate::objects::dict::get_str(&builtins, &name));
    let iter = iter.ok_or_else(|| crate::attribute_error!("iter"))?;
    let arguments = tuple::from_vec(vec![range]).into_any();
    Ok(tuple::from_vec(vec![iter, arguments, shared().none.clone()]).into_any())
}

fn reduce(args: &[Ref]) -> Res {
    let iterator = small(&args[0]);
    let (start, step, end) = (iterator.next.get(), iterator.step.get(), iterator.end.get());
    reduced(super::new(int::new(start), int::new(end), int::new(step)))
}

fn set_state(args: &[Ref]) -> Res {
    let skipped = number::as_ssize(&args[1])? as i64;
    let iterator = small(&args[0]);
    let skipped = skipped.clamp(0, iterator.left());
    iterator.next.set(iterator.next.get() + skipped * iterator.step.get());
    Ok(shared().none.clone())
}

fn left(iterator: &LongRangeIterator) -> IBig {
    iterator.left.with(|left| left.map(big).unwrap_or_default())
}

fn long_next(iterator: &Ref) -> Res<Option<Ref>> {
    let iterator = long(iterator);
    let left = left(iterator);
    if left <= IBig::ZERO {
        return Ok(None);
    }
    let Some(value) = iterator.next.get() else { return Ok(None) };
    iterator.next.set(Some(int::arithmetic::add(&value, &iterator.step)?));
    iterator.left.set(Some(int::from_big(left - IBig::ONE)));
    Ok(Some(value))
}

fn long_reduce(args: &[Ref]) -> Res {
    let iterator = long(&args[0]);
    let start = iterator.next.with(|next| next.map(big).unwrap_or_default());
    let stop = &start + left(iterator) * big(&iterator.step);
    reduced(super::new(int::from_big(start), int::from_big(stop), iterator.step.clone()))
}

fn long_set_state(args: &[Ref]) -> Res {
    let state = number::index(&args[1])?;
    let iterator = long(&args[0]);
    let left = left(iterator);
    let skipped = big(&state).max(IBig::ZERO).min(left.clone());
    let start = iterator.next.with(|next| next.map(big).unwrap_or_default());
    iterator.next.set(Some(int::from_big(start + &skipped * big(&iterator.step))));
    iterator.left.set(Some(int::from_big(left - skipped)));
    Ok(shared().none.clone())
}
