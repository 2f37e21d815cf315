//! `float`: methods and attributes.

use ouro_heap::Ref;

use crate::{
    error::Res,
    native::{NativeDef, bound, plain},
    objects::{
        bool_,
        class::{Class, GetSetDef, getter},
        float::{self, hex, operand, round},
        format,
        str::{self, Str, StrExt},
        tuple,
    },
    protocol::{call, number},
    state::{class_of, shared},
    type_error, types, value_error,
};

pub(super) static METHODS: &[NativeDef] = &[
    plain("conjugate", "(self, /)", |args| Ok(float::exact(&args[0])), "Return self, the complex conjugate of any float."),
    plain("__trunc__", "(self, /)", |args| round::to_int(operand(&args[0])), "Return the Integral closest to x between 0 and x."),
    plain("__floor__", "(self, /)", |args| round::to_int(operand(&args[0]).floor()), "Return the floor as an Integral."),
    plain("__ceil__", "(self, /)", |args| round::to_int(operand(&args[0]).ceil()), "Return the ceiling as an Integral."),
    bound("__round__", "(self, ndigits=None, /)", round_digits, "Return the Integral closest to x, rounding half toward even.\n\nWhen an argument is passed, work like built-in round(x, ndigits)."),
    plain("as_integer_ratio", "(self, /)", |args| {
        let (numerator, denominator) = round::as_ratio(operand(&args[0]))?;
        Ok(tuple::pair(numerator, denominator))
    }, "Return a pair of integers, whose ratio is exactly equal to the original float.\n\nThe ratio is in lowest terms and has a positive denominator.  Raise\nOverflowError on infinities and a ValueError on NaNs.\n\n>>> (10.0).as_integer_ratio()\n(10, 1)\n>>> (0.0).as_integer_ratio()\n(0, 1)\n>>> (-.25).as_integer_ratio()\n(-1, 4)"),
    plain("fromhex", "(type, string, /)", from_hex, "Create a floating-point number from a hexadecimal string.\n\n>>> float.fromhex('0x1.ffffp10')\n2047.984375\n>>> float.fromhex('-0x1p-1074')\n-5e-324").as_class(),
    plain("hex", "(self, /)", |args| Ok(str::new(&hex::to_hex(operand(&args[0]))).into_any()), "Return a hexadecimal representation of a floating-point number.\n\n>>> (-0.1).hex()\n'-0x1.999999999999ap-4'\n>>> 3.14159.hex()\n'0x1.921f9f01b866ep+1'"),
    plain("is_integer", "(self, /)", |args| {
        let value = operand(&args[0]);
        Ok(bool_::new(value.is_finite() && value.floor() == value))
    }, "Return True if the float is an integer."),
    plain("__getnewargs__", "(self, /)", |args| Ok(tuple::from_vec(vec![float::new(operand(&args[0]))]).into_any()), ""),
    plain("__getformat__", "(type, typestr, /)", get_format, "You probably don't want to use this function.\n\n  typestr\n    Must be 'double' or 'float'.\n\nIt exists mainly to be used in Python's test suite.\n\nThis function returns whichever of 'unknown', 'IEEE, big-endian' or 'IEEE,\nlittle-endian' best describes the format of floating-point numbers used by the\nC type named by typestr.").as_class(),
    plain("__format__", "(self, format_spec, /)", format_with, "Formats the float according to format_spec."),
];

pub(super) static GETSET: &[GetSetDef] = &[
    getter("real", |float| Ok(float::exact(float)), "the real part of a complex number"),
    getter("imag", |_| Ok(float::new(0.0)), "the imaginary part of a complex number"),
];

fn round_digits(args: &[Option<Ref>]) -> Res {
    let value = operand(args[0].as_ref().expect("a method has a receiver"));
    match &args[1] {
        Some(digits) if !digits.is(&shared().none) => {
            let digits = number::as_isize_clamped(digits)?;
            round::to_digits(value, digits as i64).map(float::new)
        }
        _ => round::to_int(value.round_ties_even()),
    }
}

fn from_hex(args: &[Ref]) -> Res {
    let Some(text) = args[1].payload::<Str>() else {
        return Err(type_error!("bad argument type for built-in operation"));
    };
    let value = float::new(hex::from_hex(&text.to_text())?);
    if args[0].is(class_of(types::FLOAT)) { Ok(value) } else { call::call(&args[0], &[value]) }
}

fn get_format(args: &[Ref]) -> Res {
    let Some(kind) = args[1].payload::<Str>() else {
        return Err(type_error!(
            "__getformat__() argument must be str, not {}",
            Class::of(&args[1]).short_name()
        ));
    };
    if kind.is_text("double") || kind.is_text("float") {
        return Ok(str::new("IEEE, little-endian").into_any());
    }
    Err(value_error!("__getformat__() argument 1 must be 'double' or 'float'"))
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
    Ok(str::new(&format::format_float_named(
        operand(&args[0]),
        &spec.to_text(),
        format::TypeName::Of(&args[0]),
    )?)
    .into_any())
}
