//! `complex`: products, quotients and powers, step by step as CPython computes them.

use super::Value;
use crate::{error::Res, overflow_error, zero_division_error};

const ONE: Value = Value { real: 1.0, imag: 0.0 };

/// `a * b`
pub(super) fn product(a: Value, b: Value) -> Value {
    Value { real: a.real * b.real - a.imag * b.imag, imag: a.real * b.imag + a.imag * b.real }
}

/// `a / b` by Smith's method; nothing if b is zero.
pub fn quotient(a: Value, b: Value) -> Option<Value> {
    if b.real.abs() >= b.imag.abs() {
        if b.real == 0.0 {
            return None;
        }
        let ratio = b.imag / b.real;
        let denominator = b.real + b.imag * ratio;
        Some(Value {
            real: (a.real + a.imag * ratio) / denominator,
            imag: (a.imag - a.real * ratio) / denominator,
        })
    } else if b.imag.abs() >= b.real.abs() {
        let ratio = b.real / b.imag;
        let denominator = b.real * ratio + b.imag;
        Some(Value {
            real: (a.real * ratio + a.imag) / denominator,
            imag: (a.imag * ratio - a.real) / denominator,
        })
    } else {
        Some(Value { real: f64::NAN, imag: f64::NAN })
    }
}

/// `a ** b`
pub fn power(a: Value, b: Value) -> Res<Value> {
    let whole = b.imag == 0.0 && b.real == b.real.floor() && b.real.abs() <= 100.0;
    let result = if whole { integer_power(a, b.real as i32) } else { general_power(a, b) };
    let Some(result) = result else {
        return Err(zero_division_error!("0.0 to a negative or complex power"));
    };
    if result.real.is_infinite() || result.imag.is_infinite() {
        return Err(overflow_error!("complex exponentiation"));
    }
    Ok(result)
}

fn integer_power(a: Value, exponent: i32) -> Option<Value> {
    let (mut result, mut square, magnitude) = (ONE, a, exponent.unsigned_abs());
    let mut mask = 1;
    while mask <= magnitude {
        if magnitude & mask != 0 {
            result = product(result, square);
        }
        mask <<= 1;
        square = product(square, square);
    }
    if exponent > 0 { Some(result) } else { quotient(ONE, result) }
}

fn general_power(a: Value, b: Value) -> Option<Value> {
    if b.real == 0.0 && b.imag == 0.0 {
        return Some(ONE);
    }
    if a.real == 0.0 && a.imag == 0.0 {
        return (b.imag == 0.0 && b.real >= 0.0).then_some(Value { real: 0.0, imag: 0.0 });
    }
    let absolute = a.real.hypot(a.imag);
    let mut length = absolute.powf(b.real);
    let angle = a.imag.atan2(a.real);
    let mut phase = angle * b.real;
    if b.imag != 0.0 {
        length *= (-angle * b.imag).exp();
        phase += b.imag * absolute.ln();
    }
    Some(Value { real: length * phase.cos(), imag: length * phase.sin() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn powers_of_integers_are_products() {
        let i = Value { real: 0.0, imag: 1.0 };
        assert_eq!(integer_power(i, 2), Some(Value { real: -1.0, imag: 0.0 }));
        assert_eq!(integer_power(Value { real: 0.0, imag: 0.0 }, -1), None);
        assert_eq!(integer_power(i, 0), Some(ONE));
    }
}
