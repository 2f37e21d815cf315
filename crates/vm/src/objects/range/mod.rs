//! `range`.

use dashu_int::IBig;
use ouro_bytecode::opcode::Comparison;
use ouro_heap::{Payload, Ref, alloc_untracked};

use crate::{
    error::{Raised, Res},
    index_error,
    native::{Args, NativeDef, plain},
    objects::{
        bool_,
        class::{Class, ClassDef, class_flags, member},
        exception::ExceptionKind,
        int::{self, arithmetic::floor_div_rem},
        slice::{self, Slice},
        slots::Slots,
        str, tuple,
    },
    overflow_error,
    protocol::{compare, iterate, number, object},
    state::{class_of, shared},
    type_error, types, value_error,
};

pub(crate) mod iterator;

pub use iterator::{LONG_RANGE_ITERATOR, LongRangeIterator, RANGE_ITERATOR, RangeIterator};

/// A range's payload. It holds ints only and so is never tracked by the collector.
#[derive(Payload)]
#[payload(types::RANGE)]
pub struct Range {
    start: Ref,
    stop: Ref,
    step: Ref,
    length: Ref,
}

impl Range {
    /// The same numbers where all of them fit.
    #[inline]
    pub fn fast(&self) -> Option<Fast> {
        let (start, step) = (int::as_i64(&self.start)?, int::as_i64(&self.step)?);
        let length = int::as_i64(&self.length)?;
        Fast::new(start, step, length)
    }
}

/// A range whose start, step, length and last stop fit in 64 bits.
#[derive(Clone, Copy, Debug)]
pub struct Fast {
    /// The first item.
    pub start: i64,
    /// The difference.
    pub step: i64,
    /// The number of items.
    pub length: i64,
}

/// The class.
pub static RANGE: ClassDef = ClassDef {
    slots: Slots {
        new: Some(construct),
        repr: Some(repr),
        hash: Some(hash),
        compare: Some(rich_compare),
        iter: Some(iterator::of),
        bool: Some(|range| Ok(!length(payload(range)).is_zero())),
        len: Some(len),
        get_item: Some(get_item),
        contains: Some(contains),
        ..Slots::NONE
    },
    methods: METHODS,
    getset: &[
        member("start", |range| Ok(payload(range).start.clone()), ""),
        member("stop", |range| Ok(payload(range).stop.clone()), ""),
        member("step", |range| Ok(payload(range).step.clone()), ""),
    ],
    flags: class_flags::SEQUENCE,
    doc: "range(stop) -> range object\nrange(start, stop[, step]) -> range object\n\nReturn an object that produces a \
          sequence of integers from start (inclusive)\nto stop (exclusive) by step.  range(i, j) produces i, i+1, i+2, \
          ..., j-1.\nstart defaults to 0, and stop is omitted!  range(4) produces 0, 1, 2, 3.\nThese are exactly the \
          valid indices for a list of 4 elements.\nWhen step is given, it specifies the increment (or decrement).",
    ..ClassDef::new::<Range>(types::RANGE, "range")
};

static METHODS: &[NativeDef] = &[
    plain("__reversed__", "(self, /)", iterator::reversed, "Return a reverse iterator."),
    plain("__reduce__", "(self, /)", reduce, ""),
    plain(
        "count",
        "(self, object, /)",
        count,
        "rangeobject.count(value) -> integer -- return number of occurrences of value",
    ),
    plain(
        "index",
        "(self, object, /)",
        index,
        "rangeobject.index(value) -> integer -- return index of value.\nRaise ValueError if the value is not present.",
    ),
];

fn payload(range: &Ref) -> &Range {
    range.payload::<Range>().expect("the receiver is a range")
}

fn length(range: &Range) -> int::IntValue<'_> {
    int::operand(&range.length)
}

fn big(object: &Ref) -> IBig {
    int::operand(object).to_big()
}

fn construct(_class: &Ref<Class>, args: Args) -> Res {
    args.no_keywords("range")?;
    let args = args.exactly("range", 1, 3)?;
    let (start, stop) = if args.len() == 1 {
        (int::new(0), number::index(&args[0])?)
    } else {
        (number::index(&args[0])?, number::index(&args[1])?)
    };
    let step = match args.get(2) {
        Some(step) => number::index(step)?,
        None => int::new(1),
    };
    if int::operand(&step).is_zero() {
        return Err(value_error!("range() arg 3 must not be zero"));
    }
    Ok(new(start, stop, step))
}

/// A range of three exact ints; the step is not zero.
pub fn new(start: Ref, stop: Ref, step: Ref) -> Ref {
    let small = (int::as_i64(&start), int::as_i64(&stop), int::as_i64(&step));
    let small_length = match small {
        (Some(start), Some(stop), Some(step)) => small_length(start, stop, step),
        _ => None,
    };
    let length = match small_length {
        Some(length) => int::new(length),
        None => int::from_big(big_length(&big(&start), &big(&stop), &big(&step))),
    };
    alloc_untracked(Range { start, stop, step, length }).into_any()
}

fn small_length(start: i64, stop: i64, step: i64) -> Option<i64> {
    let (low, high) = if step > 0 { (start, stop) } else { (stop, start) };
    let length = if low >= high {
        0
    } else {
        let span = high.wrapping_sub(low) as u64 - 1;
        span / step.unsigned_abs() + 1
    };
    i64::try_from(length).ok()
}

impl Fast {
    /// Nothing if the numbers do not fit: an iterator computes one number behind the last item.
    #[inline]
    fn new(start: i64, step: i64, length: i64) -> Option<Fast> {
        start.checked_add(step.checked_mul(length)?)?;
        Some(Fast { start, step, length })
    }
}

fn big_length(start: &IBig, stop: &IBig, step: &IBig) -> IBig {
    let ascending = *step > IBig::ZERO;
    let span = if ascending { stop - start } else { start - stop };
    if span <= IBig::ZERO {
        return IBig::ZERO;
    }
    let step = if ascending { step.clone() } else { -step };
    (span - IBig::ONE) / step + IBig::ONE
}

fn repr(range: &Ref) -> Res {
    let range = payload(range);
    let (start, stop) = (object::repr(&range.start)?, object::repr(&range.stop)?);
    let (open, comma, close) = (str::new("range("), str::new(", "), str::new(")"));
    if int::as_i64(&range.step) == Some(1) {
        return Ok(str::concat(&[&open, &start, &comma, &stop, &close])?.into_any());
    }
    let step = object::repr(&range.step)?;
    Ok(str::concat(&[&open, &start, &comma, &stop, &comma, &step, &close])?.into_any())
}

fn len(range: &Ref) -> Res<usize> {
    let length = length(payload(range)).to_i64();
    length
        .map(|length| length as usize)
        .ok_or_else(|| overflow_error!("Python int too large to convert to C ssize_t"))
}

/// What makes two ranges equal: the length, the first item unless empty, the step unless it is alone.
fn key(range: &Range) -> [Ref; 3] {
    let none = || shared().none.clone();
    let length = range.length.clone();
    match int::as_i64(&length) {
        Some(0) => [length, none(), none()],
        Some(1) => [length, range.start.clone(), none()],
        _ => [length, range.start.clone(), range.step.clone()],
    }
}

fn hash(range: &Ref) -> Res<i64> {
    object::hash(tuple::from_slice(&key(payload(range))).as_any())
}

fn rich_compare(a: &Ref, b: &Ref, comparison: Comparison) -> Res {
    let (Some(left), Some(right)) = (a.payload::<Range>(), b.payload::<Range>()) else {
        return Ok(shared().not_implemented.clone());
    };
    if !matches!(comparison, Comparison::Eq | Comparison::Ne) {
        return Ok(shared().not_implemented.clone());
    }
    let mut equal = true;
    if !a.is(b) {
        for (left, right) in key(left).iter().zip(&key(right)) {
            equal = equal && compare::equal(left, right)?;
        }
    }
    Ok(bool_::new(equal == (comparison == Comparison::Eq)))
}

fn get_item(range: &Ref, key: &Ref) -> Res {
    if key.has_layout::<Slice>() {
        return subrange(payload(range), key);
    }
    if !int::is_int(key) && Class::of(key).slots.0.index.get().is_none() {
        let class = Class::of(key).short_name();
        return Err(type_error!("range indices must be integers or slices, not {class}"));
    }
    let key = number::index_value(key)?;
    item(payload(range), &key)
}

fn item(range: &Range, index: &Ref) -> Res {
    let out_of_range = || -> Raised { index_error!("range object index out of range") };
    if let (Some(fast), Some(index)) = (range.fast(), int::as_i64(index)) {
        let place = if index < 0 { index + fast.length } else { index };
        if !(0..fast.length).contains(&place) {
            return Err(out_of_range());
        }
        return Ok(int::new(fast.start + fast.step * place));
    }
    let (mut index, length) = (big(index), big(&range.length));
    if index < IBig::ZERO {
        index += &length;
    }
    if index < IBig::ZERO || index >= length {
        return Err(out_of_range());
    }
    Ok(int::from_big(big(&range.start) + index * big(&range.step)))
}

fn subrange(range: &Range, key: &Ref) -> Res {
    let (start, stop, step) = slice::resolve_big(key, &big(&range.length))?;
    let place = |index: IBig| int::from_big(big(&range.start) + index * big(&range.step));
    Ok(new(place(start), place(stop), int::from_big(step * big(&range.step))))
}

/// The position of an int in the range.
fn position(range: &Range, value: &Ref) -> Option<Ref> {
    if let (Some(fast), Some(value)) = (range.fast(), int::as_i64(value)) {
        let distance = value as i128 - fast.start as i128;
        let step = fast.step as i128;
        let place = distance / step;
        let inside = distance % step == 0 && (0..fast.length as i128).contains(&place);
        return inside.then(|| int::new(place as i64));
    }
    let (place, rest) = floor_div_rem(&(big(value) - big(&range.start)), &big(&range.step));
    let inside = rest.is_zero() && place >= IBig::ZERO && place < big(&range.length);
    inside.then(|| int::from_big(place))
}

/// Whether the object is an int or a bool, whose equality with items can be computed.
fn is_plain_int(object: &Ref) -> bool {
    int::is_exact(object) || object.header().type_index() == types::BOOL
}

fn contains(range: &Ref, value: &Ref) -> Res<bool> {
    if is_plain_int(value) {
        return Ok(position(payload(range), value).is_some());
    }
    Ok(search(range, value, false)?.0 > 0)
}

/// Goes through the items: how many are equal, and where the first is.
fn search(range: &Ref, value: &Ref, all: bool) -> Res<(i64, i64)> {
    let iterator = iterate::iter(range)?;
    let (mut found, mut first, mut place) = (0, 0, 0);
    while let Some(item) = iterate::next(&iterator)? {
        if compare::rich_bool(&item, value, Comparison::Eq)? {
            if found == 0 {
                first = place;
            }
            found += 1;
            if !all {
                break;
            }
        }
        place += 1;
    }
    Ok((found, first))
}

fn count(args: &[Ref]) -> Res {
    if is_plain_int(&args[1]) {
        return Ok(int::new(i64::from(position(payload(&args[0]), &args[1]).is_some())));
    }
    Ok(int::new(search(&args[0], &args[1], true)?.0))
}

fn index(args: &[Ref]) -> Res {
    if is_plain_int(&args[1]) {
        if let Some(place) = position(payload(&args[0]), &args[1]) {
            return Ok(place);
        }
        let value = object::repr(&args[1])?;
        let message = str::concat(&[&value, &str::new(" is not in range")])?;
        return Err(crate::error::raise_with(ExceptionKind::ValueError, vec![message.into_any()]));
    }
    match search(&args[0], &args[1], false)? {
        (0, _) => Err(value_error!("sequence.index(x): x not in sequence")),
        (_, place) => Ok(int::new(place)),
    }
}

fn reduce(args: &[Ref]) -> Res {
    let range = payload(&args[0]);
    let parts = tuple::from_vec(vec![range.start.clone(), range.stop.clone(), range.step.clone()]);
    Ok(tuple::pair(class_of(types::RANGE).clone().into_any(), parts.into_any()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths() {
        let length = |start, stop, step| {
            small_length(start, stop, step)
                .and_then(|length| Fast::new(start, step, length))
                .map(|fast| fast.length)
        };
        assert_eq!(length(0, 10, 3), Some(4));
        assert_eq!(length(10, 0, -3), Some(4));
        assert_eq!(length(0, 0, 1), Some(0));
        assert_eq!(length(i64::MIN, i64::MAX, 1), None);
        assert_eq!(length(0, i64::MAX, 1), Some(i64::MAX));
        assert_eq!(length(i64::MAX, i64::MIN, i64::MIN), None);
        assert_eq!(big_length(&IBig::from(10), &IBig::from(0), &IBig::from(-3)), IBig::from(4));
    }
}
