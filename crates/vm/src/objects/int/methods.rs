//! `int`: methods and attributes.

use std::cmp::Ordering;

use dashu_int::IBig;
use ouro_heap::Ref;

use crate::{
    error::Res,
    native::{NativeDef, bound, plain},
    objects::{
        bool_,
        class::{Class, GetSetDef, getter},
        format,
        int::{self, IntValue, arithmetic::floor_div_rem, bits, bytes, operand},
        str::{self, Str, StrExt},
        tuple,
    },
    protocol::{number, object},
    type_error,
};

pub(super) static METHODS: &[NativeDef] = &[
    plain("conjugate", "(self, /)", itself, "Returns self, the complex conjugate of any int."),
    plain(
        "bit_length",
        "(self, /)",
        |args| Ok(int::from_usize(bits::bit_length(operand(&args[0])))),
        "Number of bits necessary to represent self in binary.\n\n>>> bin(37)\n'0b100101'\n>>> (37).bit_length()\n6",
    ),
    plain(
        "bit_count",
        "(self, /)",
        |args| Ok(int::from_usize(bits::bit_count(operand(&args[0])))),
        "Number of ones in the binary representation of the absolute value of self.\n\nAlso known as the population count.\n\n>>> bin(13)\n'0b1101'\n>>> (13).bit_count()\n3",
    ),
    bound(
        "to_bytes",
        "(self, /, length=1, byteorder='big', *, signed=False)",
        bytes::to_bytes,
        "Return an array of bytes representing an integer.",
    ),
    bound(
        "from_bytes",
        "(type, /, bytes, byteorder='big', *, signed=False)",
        bytes::from_bytes,
        "Return the integer represented by the given array of bytes.",
    )
    .as_class(),
    plain(
        "as_integer_ratio",
        "(self, /)",
        |args| Ok(tuple::pair(int::exact(&args[0]), int::new(1))),
        "Return a pair of integers, whose ratio is equal to the original int.\n\nThe ratio is in lowest terms and has a positive denominator.\n\n>>> (10).as_integer_ratio()\n(10, 1)\n>>> (-10).as_integer_ratio()\n(-10, 1)\n>>> (0).as_integer_ratio()\n(0, 1)",
    ),
    plain(
        "is_integer",
        "(self, /)",
        |_| Ok(bool_::new(true)),
        "Returns True. Exists for duck type compatibility with float.is_integer.",
    ),
    plain("__trunc__", "(self, /)", itself, "Truncating an Integral returns itself."),
    plain("__floor__", "(self, /)", itself, "Flooring an Integral returns itself."),
    plain("__ceil__", "(self, /)", itself, "Ceiling of an Integral returns itself."),
    plain(
        "__round__",
        "(self, ndigits=<unrepresentable>, /)",
        round,
        "Rounding an Integral returns itself.\n\nRounding with an ndigits argument also returns an integer.",
    ),
    plain(
        "__getnewargs__",
        "(self, /)",
        |args| Ok(tuple::from_vec(vec![int::from_value(operand(&args[0]))]).into_any()),
        "",
    ),
    plain(
        "__format__",
        "(self, format_spec, /)",
        format_with,
        "Convert to a string according to format_spec.",
    ),
    plain("__sizeof__", "(self, /)", size, "Returns size in memory, in bytes."),
];

pub(super) static GETSET: &[GetSetDef] = &[
    getter("real", |int| Ok(int::exact(int)), "the real part of a complex number"),
    getter("imag", |_| Ok(int::new(0)), "the imaginary part of a complex number"),
    getter("numerator", |int| Ok(int::exact(int)), "the numerator of a rational number in lowest terms"),
    getter("denominator", |_| Ok(int::new(1)), "the denominator of a rational number in lowest terms"),
];

fn itself(args: &[Ref]) -> Res {
    Ok(int::exact(&args[0]))
}

fn format_with(args: &[Ref]) -> Res {
    let Some(spec) = args[1].payload::<Str>() else {
        return Err(type_error!(
            "__format__() argument must be str, not {}",
            Class::of(&args[1]).short_name()
        ));
    };
    if spec.char_count() == 0 {
        return Ok(object::str(&args[0])?.into_any());
    }
    Ok(str::new(&format::format_int_named(
        operand(&args[0]),
        &spec.to_text(),
        format::TypeName::Of(&args[0]),
    )?)
    .into_any())
}

/// The bytes of the object's block, and of the digits that do not fit in it.
fn size(args: &[Ref]) -> Res {
    let digits = match operand(&args[0]) {
        IntValue::Big(value) => {
            let words = value.as_sign_words().1.len();
            if words > 2 { words * 8 } else { 0 }
        }
        IntValue::Small(_) => 0,
    };
    Ok(int::from_usize(ouro_heap::walk::object_size(&args[0]) + digits))
}

fn round(args: &[Ref]) -> Res {
    let Some(digits) = args.get(1) else { return Ok(int::exact(&args[0])) };
    let digits = number::as_isize_clamped(digits)?;
    if digits >= 0 {
        return Ok(int::exact(&args[0]));
    }
    let value = operand(&args[0]);
    // Ten to the power of more digits than the value has bits is more than twice the value.
    let digits = digits.unsigned_abs();
    if digits > bits::bit_length(value) {
        return Ok(int::new(0));
    }
    Ok(int::from_big(to_multiple(&value.as_big(), &IBig::from(10).pow(digits))))
}

/// The nearest multiple of a positive unit, ties to even multiples.
fn to_multiple(value: &IBig, unit: &IBig) -> IBig {
    let (quotient, remainder) = floor_div_rem(value, unit);
    let odd = &quotient & IBig::ONE == IBig::ONE;
    let up = match (remainder * IBig::from(2)).cmp(unit) {
        Ordering::Greater => true,
        Ordering::Equal => odd,
        Ordering::Less => false,
    };
    (if up { quotient + IBig::ONE } else { quotient }) * unit
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ties_round_to_even() {
        let ten = IBig::from(10);
        for (value, rounded) in
            [(15, 20), (25, 20), (-25, -20), (-15, -20), (24, 20), (-26, -30), (4, 0), (5, 0)]
        {
            assert_eq!(to_multiple(&IBig::from(value), &ten), IBig::from(rounded), "{value}");
        }
    }
}
