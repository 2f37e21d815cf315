//! `int`: small values in 16 bytes, larger ones as big integers; one Python class.
//!
//! Values of 64 bits are `Int`, all others `BigInt`; no value has both forms, except that instances of subclasses of
//! int always are `BigInt`. `True` and `False` have the layout `Int`, too.

use std::cell::Cell;

use dashu_int::IBig;
use ouro_heap::{Opaque, Payload, Ref, alloc, alloc_as};

use crate::{state::shared, types};

/// An int of 64 bits. The cell is written in place only by the interpreter loop, for boxes that nobody else can see.
#[derive(Payload)]
#[payload(types::INT)]
pub struct Int {
    /// The value.
    pub value: Cell<i64>,
}

/// A larger int, or an instance of a subclass of int.
#[derive(Payload)]
#[payload(types::BIG_INT)]
pub struct BigInt {
    /// The value.
    pub value: Opaque<IBig>,
}

/// An int's value, borrowed.
#[derive(Clone, Copy, Debug)]
pub enum IntValue<'a> {
    /// Of 64 bits.
    Small(i64),
    /// Any, usually larger.
    Big(&'a IBig),
}

impl IntValue<'_> {
    /// The value as a big integer.
    pub fn to_big(self) -> IBig {
        match self {
            IntValue::Small(value) => IBig::from(value),
            IntValue::Big(value) => value.clone(),
        }
    }

    /// The value if it fits in 64 bits.
    #[inline]
    pub fn to_i64(self) -> Option<i64> {
        match self {
            IntValue::Small(value) => Some(value),
            IntValue::Big(value) => i64::try_from(value).ok(),
        }
    }

    /// Whether the value is below zero.
    pub fn is_negative(self) -> bool {
        match self {
            IntValue::Small(value) => value < 0,
            IntValue::Big(value) => *value < IBig::ZERO,
        }
    }
}

/// The shared ints: from `SMALL_MIN` to `SMALL_MAX`.
pub const SMALL_MIN: i64 = -5;
/// See [`SMALL_MIN`].
pub const SMALL_MAX: i64 = 256;

/// An int object of a value.
#[inline]
pub fn new(value: i64) -> Ref {
    if (SMALL_MIN..=SMALL_MAX).contains(&value) {
        shared().small_ints[(value - SMALL_MIN) as usize].clone()
    } else {
        alloc(Int { value: Cell::new(value) }).into_any()
    }
}

/// An int object of a size or count.
pub fn from_usize(value: usize) -> Ref {
    match i64::try_from(value) {
        Ok(value) => new(value),
        Err(_) => from_big(IBig::from(value)),
    }
}

/// An int object of a big integer, in its proper form.
pub fn from_big(value: IBig) -> Ref {
    match i64::try_from(&value) {
        Ok(small) => new(small),
        Err(_) => alloc(BigInt { value: Opaque(value) }).into_any(),
    }
}

/// An instance of a subclass of int.
pub fn new_as(index: u32, value: IBig) -> Ref {
    alloc_as(index, BigInt { value: Opaque(value) }).into_any()
}

/// The value of an int, a bool or an instance of a subclass; nothing for other objects.
#[inline]
pub fn value(object: &Ref) -> Option<IntValue<'_>> {
    if let Some(int) = object.payload::<Int>() {
        Some(IntValue::Small(int.value.get()))
    } else {
        object.payload::<BigInt>().map(|int| IntValue::Big(&int.value.0))
    }
}

/// The value if the object is an int (or bool or subclass) that fits in 64 bits.
#[inline]
pub fn as_i64(object: &Ref) -> Option<i64> {
    value(object).and_then(IntValue::to_i64)
}

/// Whether the object is an int, a bool or an instance of a subclass of int.
#[inline]
pub fn is_int(object: &Ref) -> bool {
    object.has_layout::<Int>() || object.has_layout::<BigInt>()
}
