//! Ints in a field.

use super::{
    float,
    number::{self, Number},
    spec::{Align, Spec, TypeName},
};
use crate::{
    error::Res,
    objects::int::{IntValue, text::decimal},
    overflow_error, value_error,
};

/// `int.__format__`.
pub fn format_int(value: IntValue, spec: &str) -> Res<String> {
    format_int_named(value, spec, TypeName::Exact("int"))
}

/// The same for an instance of a class whose name shows in messages.
pub fn format_int_named(value: IntValue, spec: &str, type_name: TypeName) -> Res<String> {
    if spec.is_empty() {
        return decimal(value);
    }
    let spec = Spec::parse(spec, Align::Right, b'd', type_name)?;
    let kind = spec.kind_byte();
    if matches!(kind, b'e' | b'E' | b'f' | b'F' | b'g' | b'G' | b'%') {
        return float::format_float_spec(to_float(value)?, &spec, type_name);
    }
    let (radix, prefix, size) = match kind {
        0 | b'd' | b'n' => (10, "", 3),
        b'b' => (2, "0b", 4),
        b'o' => (8, "0o", 4),
        b'x' => (16, "0x", 4),
        b'X' => (16, "0X", 4),
        b'c' => (0, "", 0),
        _ => return Err(spec.unknown_kind(type_name)),
    };
    if spec.precision.is_some() {
        return Err(value_error!("Precision not allowed in integer format specifier"));
    }
    if spec.no_negative_zero {
        return Err(value_error!("Negative zero coercion (z) not allowed in integer format specifier"));
    }
    if kind == b'c' {
        return character(value, &spec);
    }
    let digits = digits(value, radix)?;
    let magnitude = digits.strip_prefix('-').unwrap_or(&digits);
    let upper = (kind == b'X').then(|| magnitude.to_ascii_uppercase());
    let number = Number {
        sign: number::sign(value.is_negative(), &spec),
        prefix: if spec.alternate { prefix } else { "" },
        whole: upper.as_deref().unwrap_or(magnitude),
        rest: "",
    };
    number::lay_out(number, &spec, size)
}

fn character(value: IntValue, spec: &Spec) -> Res<String> {
    if spec.sign.is_some() {
        return Err(value_error!("Sign not allowed with integer format specifier 'c'"));
    }
    if spec.alternate {
        return Err(value_error!("Alternate form (#) not allowed with integer format specifier 'c'"));
    }
    let Some(value) = value.to_i64() else {
        return Err(overflow_error!("Python int too large to convert to C long"));
    };
    if !(0..0x11_0000).contains(&value) {
        return Err(overflow_error!("%c arg not in range(0x110000)"));
    }
    let text = char::from_u32(value as u32).unwrap_or(char::REPLACEMENT_CHARACTER).to_string();
    number::lay_out(Number { sign: None, prefix: "", whole: "", rest: &text }, spec, 3)
}

/// The digits of a value in a radix, with a minus sign where it is negative.
pub fn digits(value: IntValue, radix: u8) -> Res<String> {
    match (value, radix) {
        (_, 10) => decimal(value),
        (IntValue::Small(value), _) => {
            let magnitude = value.unsigned_abs();
            let digits = match radix {
                2 => format!("{magnitude:b}"),
                8 => format!("{magnitude:o}"),
                _ => format!("{magnitude:x}"),
            };
            Ok(if value < 0 { format!("-{digits}") } else { digits })
        }
        (IntValue::Big(value), _) => Ok(value.in_radix(radix).to_string()),
    }
}

/// The value as a float, for the presentation types of floats.
fn to_float(value: IntValue) -> Res<f64> {
    match value {
        IntValue::Small(value) => Ok(value as f64),
        IntValue::Big(value) => {
            let float = value.to_f64().value();
            if float.is_infinite() {
                Err(overflow_error!("int too large to convert to float"))
            } else {
                Ok(float)
            }
        }
    }
}
