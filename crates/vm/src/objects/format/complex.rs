//! Complex numbers in a field, and as `repr` shows them.

use super::{
    float::{self, Style},
    number::{self, Number},
    spec::{Align, Spec, TypeName},
};
use crate::{error::Res, value_error};

/// `repr(complex)`.
pub fn complex_repr(real: f64, imaginary: f64) -> String {
    let style = Style { dot_zero: false, ..Style::REPR };
    let imaginary_text = float::float_text(imaginary, style);
    if real == 0.0 && !real.is_sign_negative() {
        return format!("{imaginary_text}j");
    }
    let plus = if imaginary_text.starts_with('-') { "" } else { "+" };
    format!("({}{plus}{imaginary_text}j)", float::float_text(real, style))
}

/// `complex.__format__`.
pub fn format_complex(real: f64, imaginary: f64, spec: &str) -> Res<String> {
    let type_name = TypeName::Exact("complex");
    if spec.is_empty() {
        return Ok(complex_repr(real, imaginary));
    }
    let spec = Spec::parse(spec, Align::Right, 0, type_name)?;
    let mut kind = spec.kind_byte();
    if !matches!(kind, 0 | b'e' | b'E' | b'f' | b'F' | b'g' | b'G' | b'n') {
        return Err(spec.unknown_kind(type_name));
    }
    let precision = float::checked_precision(&spec)?;
    if spec.fill == u32::from(b'0') {
        return Err(value_error!("Zero padding is not allowed in complex format specifier"));
    }
    if spec.align == Align::Numeric {
        return Err(value_error!("'=' alignment flag is not allowed in complex format specifier"));
    }
    let like_repr = kind == 0;
    let without_real = like_repr && real == 0.0 && !real.is_sign_negative();
    match kind {
        0 => kind = if precision.is_some() { b'g' } else { b'r' },
        b'n' => kind = b'g',
        _ => {}
    }
    let style = Style {
        kind,
        precision: precision.unwrap_or(if like_repr { 0 } else { 6 }),
        alternate: spec.alternate,
        dot_zero: false,
        no_negative_zero: spec.no_negative_zero,
    };
    // The parts have no fields of their own: the whole is padded.
    let part = Spec { fill: b' '.into(), align: Align::Left, width: None, ..spec };
    let mut text = String::new();
    if !without_real {
        text += &number::lay_out(Number::of_float(&float::float_text(real, style), &part), &part, 3)?;
    }
    let part = if without_real { part } else { Spec { sign: Some(b'+'), ..part } };
    text += &number::lay_out(Number::of_float(&float::float_text(imaginary, style), &part), &part, 3)?;
    text.push('j');
    if like_repr && !without_real {
        text = format!("({text})");
    }
    number::lay_out(Number { sign: None, prefix: "", whole: "", rest: &text }, &spec, 3)
}
