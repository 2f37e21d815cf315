//! `complex`.

use ouro_bytecode::opcode::Comparison;
use ouro_heap::{Opaque, Payload, Ref, alloc, alloc_as};

use crate::{
    error::Res,
    native::{NativeDef, plain},
    objects::{
        bool_,
        class::{Class, ClassDef, class_flags, member},
        float, format,
        int::{self, compare::order_with_float},
        slots::Slots,
        str::{self, Str, StrExt},
        tuple,
    },
    overflow_error,
    protocol::object::hash_address,
    state::shared,
    type_error, types, value_error, zero_division_error,
};

mod arithmetic;
mod construct;
mod text;

pub use arithmetic::{power, quotient};

/// A complex number.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Value {
    /// The real part.
    pub real: f64,
    /// The imaginary part.
    pub imag: f64,
}

/// A complex number's payload.
#[derive(Payload)]
#[payload(types::COMPLEX)]
pub struct Complex {
    /// The value.
    pub value: Opaque<Value>,
}

/// The class.
pub static COMPLEX: ClassDef = ClassDef {
    slots: Slots {
        new: Some(construct::construct),
        repr: Some(repr),
        hash: Some(hash),
        compare: Some(rich_compare),
        bool: Some(|number| Ok(operand(number) != Value { real: 0.0, imag: 0.0 })),
        add: Some(|a, b| both(a, b, |a, b| Ok(Value { real: a.real + b.real, imag: a.imag + b.imag }))),
        sub: Some(|a, b| both(a, b, |a, b| Ok(Value { real: a.real - b.real, imag: a.imag - b.imag }))),
        mul: Some(|a, b| both(a, b, |a, b| Ok(arithmetic::product(a, b)))),
        true_div: Some(|a, b| both(a, b, divide)),
        pow: Some(pow),
        neg: Some(|number| {
            let value = operand(number);
            Ok(new(-value.real, -value.imag))
        }),
        pos: Some(|number| Ok(exact(number))),
        abs: Some(|number| absolute(operand(number)).map(float::new)),
        ..Slots::NONE
    },
    methods: METHODS,
    getset: &[
        member("real", |number| Ok(float::new(operand(number).real)), "the real part of a complex number"),
        member(
            "imag",
            |number| Ok(float::new(operand(number).imag)),
            "the imaginary part of a complex number",
        ),
    ],
    flags: class_flags::BASE,
    doc: "Create a complex number from a string or numbers.\n\nIf a string is given, parse it as a complex number.\nIf a \
          single number is given, convert it to a complex number.\nIf the 'real' or 'imag' arguments are given, create \
          a complex number\nwith the specified real and imaginary components.",
    ..ClassDef::new::<Complex>(types::COMPLEX, "complex")
};

static METHODS: &[NativeDef] = &[
    plain(
        "conjugate",
        "(self, /)",
        |args| {
            let value = operand(&args[0]);
            Ok(new(value.real, -value.imag))
        },
        "Return the complex conjugate of its argument. (3-4j).conjugate() == 3+4j.",
    ),
    plain(
        "__complex__",
        "(self, /)",
        |args| Ok(exact(&args[0])),
        "Convert this value to exact type complex.",
    ),
    plain(
        "__getnewargs__",
        "(self, /)",
        |args| {
            let value = operand(&args[0]);
            Ok(tuple::pair(float::new(value.real), float::new(value.imag)))
        },
        "",
    ),
    plain(
        "__format__",
        "(self, format_spec, /)",
        format_with,
        "Convert to a string according to format_spec.",
    ),
];

/// A complex object.
pub fn new(real: f64, imag: f64) -> Ref {
    from_value(Value { real, imag })
}

/// A complex object of a value.
pub fn from_value(value: Value) -> Ref {
    alloc(Complex { value: Opaque(value) }).into_any()
}

/// An instance of a subclass of complex.
fn new_as(index: u32, value: Value) -> Ref {
    alloc_as(index, Complex { value: Opaque(value) }).into_any()
}

/// The value of a complex number or of an instance of a subclass.
pub fn value(object: &Ref) -> Option<Value> {
    object.payload::<Complex>().map(|number| number.value.0)
}

fn exact(object: &Ref) -> Ref {
    if object.is_exact::<Complex>() { object.clone() } else { from_value(operand(object)) }
}

fn operand(object: &Ref) -> Value {
    value(object).expect("the receiver is a complex number")
}

/// A complex number's value, or a float's or int's as one; nothing for other objects.
fn number(object: &Ref) -> Res<Option<Value>> {
    if let Some(value) = value(object) {
        return Ok(Some(value));
    }
    let real = match float::value(object) {
        Some(value) => Some(value),
        None => int::value(object).map(int::convert::to_f64).transpose()?,
    };
    Ok(real.map(|real| Value { real, imag: 0.0 }))
}

fn both(a: &Ref, b: &Ref, operation: impl Fn(Value, Value) -> Res<Value>) -> Res {
    match (number(a)?, number(b)?) {
        (Some(a), Some(b)) => operation(a, b).map(from_value),
        _ => Ok(shared().not_implemented.clone()),
    }
}

fn divide(a: Value, b: Value) -> Res<Value> {
    quotient(a, b).ok_or_else(|| zero_division_error!("complex division by zero"))
}

fn pow(a: &Ref, b: &Ref, modulus: &Ref) -> Res {
    let (Some(a), Some(b)) = (number(a)?, number(b)?) else { return Ok(shared().not_implemented.clone()) };
    if !modulus.is(&shared().none) {
        return Err(value_error!("complex modulo"));
    }
    power(a, b).map(from_value)
}

/// The absolute value.
pub fn absolute(value: Value) -> Res<f64> {
    let absolute = value.real.hypot(value.imag);
    if absolute.is_infinite() && value.real.is_finite() && value.imag.is_finite() {
        return Err(overflow_error!("absolute value too large"));
    }
    Ok(absolute)
}

fn repr(number: &Ref) -> Res {
    let value = operand(number);
    Ok(str::new(&format::complex_repr(value.real, value.imag)).into_any())
}

fn hash(number: &Ref) -> Res<i64> {
    let value = operand(number);
    let part =
        |part: f64| if part.is_nan() { hash_address(number) } else { float::compare::hash_value(part) };
    // 1000003 is `sys.hash_info.imag`.
    match part(value.real).wrapping_add(part(value.imag).wrapping_mul(1000003)) {
        -1 => Ok(-2),
        hash => Ok(hash),
    }
}

fn rich_compare(a: &Ref, b: &Ref, comparison: Comparison) -> Res {
    let not_implemented = || Ok(shared().not_implemented.clone());
    if !matches!(comparison, Comparison::Eq | Comparison::Ne) {
        return not_implemented();
    }
    let a = operand(a);
    let equal = if let Some(b) = value(b) {
        a == b
    } else if let Some(b) = float::value(b) {
        a.imag == 0.0 && a.real == b
    } else if let Some(b) = int::value(b) {
        a.imag == 0.0 && order_with_float(b, a.real).is_some_and(std::cmp::Ordering::is_eq)
    } else {
        return not_implemented();
    };
    Ok(bool_::new(equal == (comparison == Comparison::Eq)))
}

fn format_with(args: &[Ref]) -> Res {
    let Some(spec) = args[1].payload::<Str>() else {
        return Err(type_error!(
            "__format__() argument must be str, not {}",
            Class::of(&args[1]).short_name()
        ));
    };
    if spec.char_count() == 0 {
        return Ok(crate::protocol::object::str(&args[0])?.into_any());
    }
    let value = operand(&args[0]);
    Ok(str::new(&format::format_complex(value.real, value.imag, &spec.to_text())?).into_any())
}
