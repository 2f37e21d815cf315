//! `float`: arithmetic with CPython's rules for signs and errors.

use ouro_heap::Ref;

use crate::{
    error::{Raised, Res, raise_with},
    objects::{complex, exception::ExceptionKind, float, int, str, tuple},
    state::shared,
    zero_division_error,
};

/// A float's value, or an int's as a float; nothing for other objects.
#[inline(always)]
fn double(object: &Ref) -> Res<Option<f64>> {
    match float::value(object) {
        Some(value) => Ok(Some(value)),
        None => int::value(object).map(int::convert::to_f64).transpose(),
    }
}

/// Both values, or `NotImplemented` returned from the function.
macro_rules! operands {
    ($a:expr, $b:expr) => {
        match (double($a)?, double($b)?) {
            (Some(a), Some(b)) => (a, b),
            _ => return Ok(shared().not_implemented.clone()),
        }
    };
}

/// `a + b`
pub fn add(a: &Ref, b: &Ref) -> Res {
    let (a, b) = operands!(a, b);
    Ok(float::new(a + b))
}

/// `a - b`
pub fn sub(a: &Ref, b: &Ref) -> Res {
    let (a, b) = operands!(a, b);
    Ok(float::new(a - b))
}

/// `a * b`
pub fn mul(a: &Ref, b: &Ref) -> Res {
    let (a, b) = operands!(a, b);
    Ok(float::new(a * b))
}

/// `a / b`
pub fn true_div(a: &Ref, b: &Ref) -> Res {
    let (a, b) = operands!(a, b);
    if b == 0.0 {
        return Err(zero_division_error!("float division by zero"));
    }
    Ok(float::new(a / b))
}

/// `a // b`
pub fn floor_div(a: &Ref, b: &Ref) -> Res {
    let (a, b) = operands!(a, b);
    if b == 0.0 {
        return Err(zero_division_error!("float floor division by zero"));
    }
    Ok(float::new(floor_div_rem(a, b).0))
}

/// `a % b`
pub fn modulo(a: &Ref, b: &Ref) -> Res {
    let (a, b) = operands!(a, b);
    if b == 0.0 {
        return Err(zero_division_error!("float modulo by zero"));
    }
    Ok(float::new(remainder(a, b)))
}

/// `divmod(a, b)`
pub fn div_mod(a: &Ref, b: &Ref) -> Res {
    let (a, b) = operands!(a, b);
    if b == 0.0 {
        return Err(zero_division_error!("float divmod()"));
    }
    let (quotient, remainder) = floor_div_rem(a, b);
    Ok(tuple::pair(float::new(quotient), float::new(remainder)))
}

/// The remainder with the sign of the divisor, which is not zero.
#[inline]
pub fn remainder(a: f64, b: f64) -> f64 {
    let remainder = a % b;
    if remainder == 0.0 {
        0f64.copysign(b)
    } else if (b < 0.0) != (remainder < 0.0) {
        remainder + b
    } else {
        remainder
    }
}

/// Quotient rounded down and remainder with the sign of the divisor, which is not zero.
pub fn floor_div_rem(a: f64, b: f64) -> (f64, f64) {
    let mut remainder = a % b;
    let mut quotient = (a - remainder) / b;
    if remainder == 0.0 {
        remainder = 0f64.copysign(b);
    } else if (b < 0.0) != (remainder < 0.0) {
        remainder += b;
        quotient -= 1.0;
    }
    if quotient == 0.0 {
        return (0f64.copysign(a / b), remainder);
    }
    // The division may have rounded up to an integer.
    let floor = quotient.floor();
    (if quotient - floor > 0.5 { floor + 1.0 } else { floor }, remainder)
}

/// `pow(a, b, modulus)`
pub fn pow(a: &Ref, b: &Ref, modulus: &Ref) -> Res {
    if !modulus.is(&shared().none) {
        return Err(crate::type_error!("pow() 3rd argument not allowed unless all arguments are integers"));
    }
    let (a, b) = operands!(a, b);
    power(a, b)
}

/// `a ** b`; a complex number for the broken power of a negative base.
pub fn power(a: f64, b: f64) -> Res {
    if a == 0.0 && b < 0.0 && b.is_finite() {
        return Err(zero_division_error!("0.0 cannot be raised to a negative power"));
    }
    if a < 0.0 && a.is_finite() && b.is_finite() && b != b.floor() {
        return complex::power(complex::Value { real: a, imag: 0.0 }, complex::Value { real: b, imag: 0.0 })
            .map(complex::from_value);
    }
    // IEEE 754's rules for infinities, zeros and NaN are CPython's.
    let result = a.powf(b);
    if result.is_infinite() && a.is_finite() && b.is_finite() {
        return Err(out_of_range());
    }
    Ok(float::new(result))
}

/// OverflowError as the C library's ERANGE shows it.
#[cold]
pub fn out_of_range() -> Raised {
    let text = str::new("Numerical result out of range").into_any();
    raise_with(ExceptionKind::OverflowError, vec![int::new(34), text])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn remainders_have_the_divisors_sign() {
        assert_eq!(remainder(-7.0, 2.0), 1.0);
        assert_eq!(remainder(7.0, -2.0), -1.0);
        assert!(remainder(-4.0, 2.0).is_sign_positive());
        assert_eq!(remainder(-1.0, f64::INFINITY), f64::INFINITY);
        assert_eq!(floor_div_rem(-7.0, 2.0), (-4.0, 1.0));
        assert_eq!(floor_div_rem(1.0, 0.1), (9.0, 0.09999999999999995));
        assert!(floor_div_rem(-0.0, 2.0).0.is_sign_negative());
    }
}
