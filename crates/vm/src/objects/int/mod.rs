//! `int`: small values in 16 bytes, larger ones as big integers; one Python class.
//!
//! Values of 64 bits are `Int`, all others `BigInt`; no value has both forms, except that instances of subclasses of
//! int always are `BigInt`. `True` and `False` have the layout `Int`, too.

use std::{borrow::Cow, cell::Cell};

use dashu_int::IBig;
use ouro_heap::{Header, Opaque, Payload, Ref, alloc, alloc_as};

use crate::{
    objects::{
        class::{ClassDef, Make, class_flags},
        slots::Slots,
    },
    state::shared,
    types,
};

pub mod arithmetic;
pub mod bits;
pub mod bytes;
pub mod compare;
mod construct;
pub mod convert;
mod decimal;
mod methods;
pub mod power;
pub mod text;
mod words;

pub use text::{max_str_digits, set_max_str_digits};

/// The class.
pub static INT: ClassDef = ClassDef {
    slots: Slots {
        new: Some(construct::construct),
        repr: Some(text::repr),
        hash: Some(compare::hash),
        compare: Some(compare::rich_compare),
        bool: Some(|int| Ok(!operand(int).is_zero())),
        add: Some(arithmetic::add),
        sub: Some(arithmetic::sub),
        mul: Some(arithmetic::mul),
        true_div: Some(arithmetic::true_div),
        floor_div: Some(arithmetic::floor_div),
        modulo: Some(arithmetic::modulo),
        div_mod: Some(arithmetic::div_mod),
        pow: Some(power::pow),
        lshift: Some(bits::lshift),
        rshift: Some(bits::rshift),
        and: Some(bits::and),
        or: Some(bits::or),
        xor: Some(bits::xor),
        neg: Some(arithmetic::neg),
        pos: Some(|int| Ok(exact(int))),
        abs: Some(arithmetic::abs),
        invert: Some(bits::invert),
        index: Some(|int| Ok(exact(int))),
        int: Some(|int| Ok(exact(int))),
        float: Some(convert::to_float),
        ..Slots::NONE
    },
    methods: methods::METHODS,
    getset: methods::GETSET,
    flags: class_flags::BASE | class_flags::MATCH_SELF,
    doc: "int([x]) -> integer\nint(x, base=10) -> integer\n\nConvert a number or string to an integer, or return 0 \
          if no arguments\nare given.  If x is a number, return x.__int__().  For floating-point\nnumbers, this \
          truncates towards zero.\n\nIf x is not a number or if base is given, then x must be a string,\nbytes, or \
          bytearray instance representing an integer literal in the\ngiven base.  The literal can be preceded by \
          '+' or '-' and be surrounded\nby whitespace.  The base defaults to 10.  Valid bases are 0 and \
          2-36.\nBase 0 means to interpret the base from the string as an integer literal.\n>>> int('0b100', \
          base=0)\n4",
    // Instances of subclasses have the larger payload.
    layout: <BigInt as Payload>::LAYOUT,
    make: Some(Make { most: 2, code: construct::make }),
    ..ClassDef::new::<Int>(types::INT, "int")
};

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

impl<'a> IntValue<'a> {
    /// The value as a big integer, borrowed where it is one.
    #[inline]
    pub fn as_big(self) -> Cow<'a, IBig> {
        match self {
            IntValue::Small(value) => Cow::Owned(IBig::from(value)),
            IntValue::Big(value) => Cow::Borrowed(value),
        }
    }

    /// Whether the value is zero.
    #[inline]
    pub fn is_zero(self) -> bool {
        match self {
            IntValue::Small(value) => value == 0,
            IntValue::Big(value) => value.is_zero(),
        }
    }

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

    /// The value if it fits in 128 bits.
    #[inline]
    pub fn to_i128(self) -> Option<i128> {
        match self {
            IntValue::Small(value) => Some(i128::from(value)),
            IntValue::Big(value) => i128::try_from(value).ok(),
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

/// The block of an int object.
#[repr(C)]
pub(crate) struct Block {
    header: Header,
    value: Int,
}

/// Whether the shared ints stand in a row, so that the address of each follows from its value: not where every object comes
/// from the system's allocator.
pub(crate) const IN_A_ROW: bool = ouro_heap::blocks::is_pooled(size_of::<Block>());

/// New objects for the table of shared ones, see [`IN_A_ROW`].
pub(crate) fn make_shared() -> Vec<Ref> {
    // What lies across two pools, or between others, is held until a row is found, so that no block is met twice.
    let mut held = Vec::new();
    loop {
        let ints: Vec<Ref> =
            (SMALL_MIN..=SMALL_MAX).map(|value| alloc(Int { value: Cell::new(value) }).into_any()).collect();
        if !IN_A_ROW
            || ints.windows(2).all(|pair| pair[0].address() + size_of::<Block>() == pair[1].address())
        {
            return ints;
        }
        held.push(ints);
    }
}

/// An int object of a size or count.
pub fn from_usize(value: usize) -> Ref {
    match i64::try_from(value) {
        Ok(value) => new(value),
        Err(_) => from_big(IBig::from(value)),
    }
}

/// An int object of a value of 128 bits.
pub fn from_i128(value: i128) -> Ref {
    match i64::try_from(value) {
        Ok(small) => new(small),
        Err(_) => alloc(BigInt { value: Opaque(IBig::from(value)) }).into_any(),
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

/// Whether the object's class is exactly int.
#[inline]
pub fn is_exact(object: &Ref) -> bool {
    matches!(object.header().type_index(), types::INT | types::BIG_INT)
}

/// The int itself if its class is exactly int, otherwise (bool, subclasses) an exact int of the same value.
#[inline]
pub fn exact(object: &Ref) -> Ref {
    if is_exact(object) { object.clone() } else { from_value(operand(object)) }
}

/// An exact int object of a value.
#[inline]
pub fn from_value(value: IntValue) -> Ref {
    match value {
        IntValue::Small(value) => new(value),
        IntValue::Big(value) => from_big(value.clone()),
    }
}

/// The value of an object that certainly is an int: the receiver of a slot or method.
#[inline]
pub(crate) fn operand(object: &Ref) -> IntValue<'_> {
    value(object).expect("the receiver is an int")
}
