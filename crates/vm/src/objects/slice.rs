//! `slice`: the object, and how all sequences resolve one against their length.

use std::{cmp::Ordering, ops::Range};

use dashu_int::IBig;
use ouro_bytecode::opcode::Comparison;
use ouro_heap::{Payload, Ref, alloc};

use crate::{
    error::Res,
    native::{Args, plain},
    objects::{
        bool_,
        class::{Class, ClassDef, member},
        int::{self, Int, IntValue},
        slots::Slots,
        str, tuple,
    },
    protocol::{compare, number, object},
    state::{class_of, shared},
    type_error, types, value_error,
};

/// A slice's payload: any three objects.
#[derive(Payload)]
#[payload(types::SLICE)]
pub struct Slice {
    /// `start`
    pub start: Ref,
    /// `stop`
    pub stop: Ref,
    /// `step`
    pub step: Ref,
}

/// The class.
pub static SLICE: ClassDef = ClassDef {
    slots: Slots {
        new: Some(construct),
        repr: Some(repr),
        hash: Some(hash),
        compare: Some(rich_compare),
        ..Slots::NONE
    },
    methods: &[
        plain("indices", "(self, object, /)", indices, INDICES_DOC),
        plain("__reduce__", "(self, /)", reduce, "Return state information for pickling."),
    ],
    getset: &[
        member("start", |slice| Ok(payload(slice).start.clone()), ""),
        member("stop", |slice| Ok(payload(slice).stop.clone()), ""),
        member("step", |slice| Ok(payload(slice).step.clone()), ""),
    ],
    doc: "slice(stop)\nslice(start, stop[, step])\n\nCreate a slice object.  \
          This is used for extended slicing (e.g. a[0:10:2]).",
    ..ClassDef::new::<Slice>(types::SLICE, "slice")
};

const INDICES_DOC: &str = "S.indices(len) -> (start, stop, stride)\n\nAssuming a sequence of length len, calculate the \
    start and stop\nindices, and the stride length of the extended slice described by\nS. Out of bounds indices are \
    clipped in a manner consistent with the\nhandling of normal slices.";

/// A slice object.
pub fn new(start: Ref, stop: Ref, step: Ref) -> Ref {
    alloc(Slice { start, stop, step }).into_any()
}

/// The slice's range over a sequence of `len` items: start, stop, step and the number of items, as CPython's
/// `PySlice_Unpack` and `PySlice_AdjustIndices` give them. The object must be a slice.
pub fn resolve(slice: &Ref, len: usize) -> Res<(isize, isize, isize, usize)> {
    let (start, stop, step) = unpack(slice)?;
    Ok(adjust(start, stop, step, len))
}

/// The range of a slice without a step whose bounds are ints or left out, over a sequence of `len` items.
#[inline]
pub(crate) fn plain_range(slice: &Slice, len: usize) -> Option<Range<usize>> {
    let none = &shared().none;
    let place = |bound: &Ref, default: usize| {
        if bound.is(none) {
            return Some(default);
        }
        let bound = bound.payload::<Int>()?.value.get();
        Some(if bound < 0 { (bound + len as i64).max(0) as usize } else { len.min(bound as usize) })
    };
    if !slice.step.is(none) {
        return None;
    }
    let (start, stop) = (place(&slice.start, 0)?, place(&slice.stop, len)?);
    Some(start..stop.max(start))
}

/// The slice's bounds, clamped to what a length can be; the step is never zero. The object must be a slice.
/// Runs Python code (`__index__`), so a length has to be taken after it.
pub fn unpack(slice: &Ref) -> Res<(isize, isize, isize)> {
    let slice = payload(slice);
    // The smallest step that can be negated, as CPython clamps it.
    let step = bound(&slice.step, 1)?.max(-isize::MAX);
    if step == 0 {
        return Err(value_error!("slice step cannot be zero"));
    }
    let start = bound(&slice.start, if step < 0 { isize::MAX } else { 0 })?;
    let stop = bound(&slice.stop, if step < 0 { isize::MIN } else { isize::MAX })?;
    Ok((start, stop, step))
}

/// Fits unpacked bounds to a sequence of `len` items.
pub fn adjust(start: isize, stop: isize, step: isize, len: usize) -> (isize, isize, isize, usize) {
    let len = isize::try_from(len).unwrap_or(isize::MAX);
    let (low, high) = if step < 0 { (-1, len - 1) } else { (0, len) };
    let fit = |bound: isize| if bound < 0 { (bound + len).max(low) } else { bound.min(high) };
    let (start, stop) = (fit(start), fit(stop));
    let count = if step < 0 {
        if stop < start { (start - stop - 1) / -step + 1 } else { 0 }
    } else if start < stop {
        (stop - start - 1) / step + 1
    } else {
        0
    };
    (start, stop, step, count as usize)
}

fn bound(object: &Ref, default: isize) -> Res<isize> {
    if object.is(&shared().none) {
        return Ok(default);
    }
    check_index(object)?;
    number::as_isize_clamped(object)
}

fn check_index(object: &Ref) -> Res<()> {
    if int::is_int(object) || Class::of(object).slots.0.index.get().is_some() {
        return Ok(());
    }
    Err(type_error!("slice indices must be integers or None or have an __index__ method"))
}

fn payload(slice: &Ref) -> &Slice {
    slice.payload::<Slice>().expect("the receiver is a slice")
}

fn construct(_class: &Ref<Class>, args: Args) -> Res {
    let args = args.exactly("slice", 1, 3)?;
    let none = || shared().none.clone();
    Ok(match args {
        [stop] => new(none(), stop.clone(), none()),
        [start, stop] => new(start.clone(), stop.clone(), none()),
        _ => new(args[0].clone(), args[1].clone(), args[2].clone()),
    })
}

fn repr(slice: &Ref) -> Res {
    let slice = payload(slice);
    let (start, stop, step) =
        (object::repr(&slice.start)?, object::repr(&slice.stop)?, object::repr(&slice.step)?);
    let (open, comma, close) = (str::new("slice("), str::new(", "), str::new(")"));
    Ok(str::concat(&[&open, &start, &comma, &stop, &comma, &step, &close])?.into_any())
}

fn hash(slice: &Ref) -> Res<i64> {
    const PRIMES: [u64; 3] = [11400714785074694791, 14029467366897019727, 2870177450012600261];
    let slice = payload(slice);
    let mut sum = PRIMES[2];
    for part in [&slice.start, &slice.stop, &slice.step] {
        let lane = object::hash(part)? as u64;
        sum = sum.wrapping_add(lane.wrapping_mul(PRIMES[1])).rotate_left(31).wrapping_mul(PRIMES[0]);
    }
    Ok(if sum == u64::MAX { 1546275796 } else { sum as i64 })
}

fn rich_compare(a: &Ref, b: &Ref, comparison: Comparison) -> Res {
    let (Some(left), Some(right)) = (a.payload::<Slice>(), b.payload::<Slice>()) else {
        return Ok(shared().not_implemented.clone());
    };
    if a.is(b) {
        return Ok(bool_::new(matches!(comparison, Comparison::Eq | Comparison::Le | Comparison::Ge)));
    }
    compare::rich(&as_tuple(left), &as_tuple(right), comparison)
}

fn as_tuple(slice: &Slice) -> Ref {
    tuple::from_vec(vec![slice.start.clone(), slice.stop.clone(), slice.step.clone()]).into_any()
}

fn reduce(args: &[Ref]) -> Res {
    Ok(tuple::pair(class_of(types::SLICE).clone().into_any(), as_tuple(payload(&args[0]))))
}

fn indices(args: &[Ref]) -> Res {
    let length = number::index(&args[1])?;
    let length = int::value(&length).expect("__index__ gives an int").to_big();
    if length < IBig::ZERO {
        return Err(value_error!("length should not be negative"));
    }
    let (start, stop, step) = resolve_big(&args[0], &length)?;
    Ok(tuple::from_vec(vec![int::from_big(start), int::from_big(stop), int::from_big(step)]).into_any())
}

/// Start, stop and step over a length of any size, for `indices` and for slices of ranges.
pub fn resolve_big(slice: &Ref, length: &IBig) -> Res<(IBig, IBig, IBig)> {
    let slice = payload(slice);
    let step = part(&slice.step)?.unwrap_or(IBig::ONE);
    let negative = match step.cmp(&IBig::ZERO) {
        Ordering::Equal => return Err(value_error!("slice step cannot be zero")),
        order => order == Ordering::Less,
    };
    let (low, high) =
        if negative { (IBig::NEG_ONE, length - IBig::ONE) } else { (IBig::ZERO, length.clone()) };
    let fit = |value: Option<IBig>, default: &IBig| match value {
        None => default.clone(),
        Some(value) if value < IBig::ZERO => (value + length).max(low.clone()),
        Some(value) => value.min(high.clone()),
    };
    let start = fit(part(&slice.start)?, if negative { &high } else { &low });
    let stop = fit(part(&slice.stop)?, if negative { &low } else { &high });
    Ok((start, stop, step))
}

fn part(object: &Ref) -> Res<Option<IBig>> {
    if object.is(&shared().none) {
        return Ok(None);
    }
    check_index(object)?;
    let index = number::index(object)?;
    Ok(int::value(&index).map(IntValue::to_big))
}

#[cfg(test)]
mod tests {
    use super::adjust;

    #[test]
    fn bounds_are_clamped() {
        assert_eq!(adjust(-3, isize::MAX, 1, 10), (7, 10, 1, 3));
        assert_eq!(adjust(isize::MAX, isize::MIN, -1, 4), (3, -1, -1, 4));
        assert_eq!(adjust(5, 2, 1, 10).3, 0);
        assert_eq!(adjust(0, isize::MAX, 3, 10), (0, 10, 3, 4));
        assert_eq!(adjust(isize::MAX, isize::MIN, -isize::MAX, 3), (2, -1, -isize::MAX, 1));
    }
}
