//! `float`: storage and class. What it does stands in the files beside this one.

use std::cell::Cell;

use ouro_heap::{Payload, Ref, alloc, alloc_as};

use crate::{
    error::Res,
    native::Args,
    objects::{
        class::{Class, ClassDef, Make, class_flags},
        format, int,
        slots::Slots,
        str::{self, StrExt},
    },
    protocol::number,
    state::class_of,
    type_error, types, value_error,
};

pub mod arithmetic;
pub mod compare;
pub mod half;
pub mod hex;
mod methods;
pub mod round;
pub mod text;

/// A float. The cell is written in place only by the interpreter loop, for boxes that nobody else can see.
#[derive(Payload)]
#[payload(types::FLOAT)]
pub struct Float {
    /// The value.
    pub value: Cell<f64>,
}

/// The class.
pub static FLOAT: ClassDef = ClassDef {
    slots: Slots {
        new: Some(construct),
        repr: Some(|float| Ok(repr_text(operand(float)).into_any())),
        hash: Some(compare::hash),
        compare: Some(compare::rich_compare),
        bool: Some(|float| Ok(operand(float) != 0.0)),
        add: Some(arithmetic::add),
        sub: Some(arithmetic::sub),
        mul: Some(arithmetic::mul),
        true_div: Some(arithmetic::true_div),
        floor_div: Some(arithmetic::floor_div),
        modulo: Some(arithmetic::modulo),
        div_mod: Some(arithmetic::div_mod),
        pow: Some(arithmetic::pow),
        neg: Some(|float| Ok(new(-operand(float)))),
        pos: Some(|float| Ok(exact(float))),
        abs: Some(|float| Ok(new(operand(float).abs()))),
        int: Some(|float| round::to_int(operand(float))),
        float: Some(|float| Ok(exact(float))),
        ..Slots::NONE
    },
    methods: methods::METHODS,
    getset: methods::GETSET,
    flags: class_flags::BASE | class_flags::MATCH_SELF,
    doc: "Convert a string or number to a floating-point number, if possible.",
    make: Make::optional(make),
    ..ClassDef::new::<Float>(types::FLOAT, "float")
};

/// A float object.
#[inline]
pub fn new(value: f64) -> Ref {
    alloc(Float { value: Cell::new(value) }).into_any()
}

/// The value of a float or of an instance of a subclass.
#[inline]
pub fn value(object: &Ref) -> Option<f64> {
    object.payload::<Float>().map(|float| float.value.get())
}

/// The float itself if its class is exactly float, otherwise an exact float of the same value.
pub fn exact(object: &Ref) -> Ref {
    if object.is_exact::<Float>() { object.clone() } else { new(operand(object)) }
}

/// `repr(float)`
pub fn repr_text(value: f64) -> Ref<str::Str> {
    format::float_repr_object(value)
}

/// The value of the receiver of a slot or method.
#[inline]
pub(crate) fn operand(object: &Ref) -> f64 {
    value(object).expect("the receiver is a float")
}

fn construct(class: &Ref<Class>, args: Args) -> Res {
    // What a subclass does with keywords in its `__init__` is its own affair.
    let inits = class.slots.0.init.get().map(|init| init as usize);
    if inits == class_of(types::FLOAT).slots.0.init.get().map(|init| init as usize) {
        args.no_keywords("float")?;
    }
    let float = make(Args::positional_only(args.positional()).exactly("float", 0, 1)?)?;
    if class.index == types::FLOAT {
        return Ok(float);
    }
    Ok(alloc_as(class.index, Float { value: Cell::new(operand(&float)) }).into_any())
}

/// `float(x)`: from a text, a bytes-like object or a number.
fn make(args: &[Ref]) -> Res {
    match args {
        [] => Ok(new(0.0)),
        values => convert(&values[0]),
    }
}

fn convert(object: &Ref) -> Res {
    if object.is_exact::<Float>() {
        return Ok(object.clone());
    }
    if let Some(text) = object.payload::<str::Str>() {
        let characters = int::text::to_ascii(text);
        return match text::parse(&characters) {
            Some(value) => Ok(new(value)),
            None => Err(malformed(object)?),
        };
    }
    if let Some(value) = number::converted_float(object)? {
        return Ok(new(value));
    }
    if let Some(bytes) = int::bytes::view(object)? {
        return match std::str::from_utf8(&bytes).ok().and_then(text::parse) {
            Some(value) => Ok(new(value)),
            None => Err(malformed(object)?),
        };
    }
    let class = Class::of(object).short_name();
    Err(type_error!("float() argument must be a string or a real number, not '{class}'"))
}

fn malformed(object: &Ref) -> Res<crate::error::Raised> {
    let repr = crate::protocol::object::repr(object)?;
    Ok(value_error!("could not convert string to float: {}", repr.to_text()))
}
