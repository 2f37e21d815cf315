//! `int`: `+ - * / // %`, `divmod`, negation and absolute value.
//!
//! Each operation tries 64 bits first, then 128, and goes over to big integers where that overflows.

use dashu_int::{IBig, UBig, ops::DivRem};
use ouro_heap::Ref;

use crate::{
    error::Res,
    objects::{
        float,
        int::{self, IntValue, convert, operand, words},
        tuple,
    },
    overflow_error, zero_division_error,
};

use IntValue::{Big, Small};

/// Both values, or `NotImplemented` returned from the function.
macro_rules! operands {
    ($a:expr, $b:expr) => {
        match ($crate::objects::int::value($a), $crate::objects::int::value($b)) {
            (Some(a), Some(b)) => (a, b),
            _ => return Ok($crate::state::shared().not_implemented.clone()),
        }
    };
}
pub(crate) use operands;

/// The result of an operation on values of 128 bits, if all fit.
#[inline]
fn in_128_bits(a: IntValue, b: IntValue, operation: fn(i128, i128) -> Option<i128>) -> Option<Ref> {
    operation(a.to_i128()?, b.to_i128()?).map(int::from_i128)
}

/// `a + b`
pub fn add(a: &Ref, b: &Ref) -> Res {
    let (a, b) = operands!(a, b);
    if let (Small(a), Small(b)) = (a, b) {
        return Ok(add_small(a, b));
    }
    if let Some(sum) = in_128_bits(a, b, i128::checked_add) {
        return Ok(sum);
    }
    Ok(match (a, b) {
        (Small(a), Small(b)) => add_small(a, b),
        (Small(a), Big(b)) | (Big(b), Small(a)) => int::from_big(b + IBig::from(a)),
        (Big(a), Big(b)) => int::from_big(words::sum(a, b)),
    })
}

/// `a + b` of 64-bit values.
#[inline(always)]
pub fn add_small(a: i64, b: i64) -> Ref {
    match a.checked_add(b) {
        Some(sum) => int::new(sum),
        None => int::from_i128(i128::from(a) + i128::from(b)),
    }
}

/// `a - b`
pub fn sub(a: &Ref, b: &Ref) -> Res {
    let (a, b) = operands!(a, b);
    if let (Small(a), Small(b)) = (a, b) {
        return Ok(sub_small(a, b));
    }
    if let Some(difference) = in_128_bits(a, b, i128::checked_sub) {
        return Ok(difference);
    }
    Ok(match (a, b) {
        (Small(a), Small(b)) => sub_small(a, b),
        (Small(a), Big(b)) => int::from_big(IBig::from(a) - b),
        (Big(a), Small(b)) => int::from_big(a - IBig::from(b)),
        (Big(a), Big(b)) => int::from_big(words::difference(a, b)),
    })
}

/// `a - b` of 64-bit values.
#[inline(always)]
pub fn sub_small(a: i64, b: i64) -> Ref {
    match a.checked_sub(b) {
        Some(difference) => int::new(difference),
        None => int::from_i128(i128::from(a) - i128::from(b)),
    }
}

/// `a * b`
pub fn mul(a: &Ref, b: &Ref) -> Res {
    let (a, b) = operands!(a, b);
    if let (Small(a), Small(b)) = (a, b) {
        return Ok(mul_small(a, b));
    }
    if let Some(product) = in_128_bits(a, b, i128::checked_mul) {
        return Ok(product);
    }
    Ok(match (a, b) {
        (Small(a), Small(b)) => mul_small(a, b),
        (Small(a), Big(b)) | (Big(b), Small(a)) => int::from_big(words::times(b, a)),
        (Big(a), Big(b)) => int::from_big(if std::ptr::eq(a, b) { a.sqr().into() } else { a * b }),
    })
}

/// `a * b` of 64-bit values.
#[inline(always)]
pub fn mul_small(a: i64, b: i64) -> Ref {
    match a.checked_mul(b) {
        Some(product) => int::new(product),
        None => int::from_i128(i128::from(a) * i128::from(b)),
    }
}

/// `a // b`
pub fn floor_div(a: &Ref, b: &Ref) -> Res {
    let (a, b) = operands!(a, b);
    if b.is_zero() {
        return Err(zero_division_error!("integer division or modulo by zero"));
    }
    if let (Small(a), Small(b)) = (a, b)
        && let Some(quotient) = floor_div_small(a, b)
    {
        return Ok(int::new(quotient));
    }
    if let (Big(a), Big(b)) = (a, b) {
        let ((a_sign, a), (b_sign, b)) = (a.as_sign_words(), b.as_sign_words());
        if let Some(quotient) = words::quotient_by_top(a, b) {
            let quotient = i128::from(quotient);
            return Ok(int::from_i128(if a_sign == b_sign { quotient } else { -quotient - 1 }));
        }
    }
    Ok(int::from_big(floor_div_rem(&a.as_big(), &b.as_big()).0))
}

/// `a // b` rounded down, for b other than zero; nothing for the one quotient that needs 65 bits.
#[inline(always)]
pub fn floor_div_small(a: i64, b: i64) -> Option<i64> {
    let quotient = a.checked_div(b)?;
    Some(if (a ^ b) < 0 && quotient * b != a { quotient - 1 } else { quotient })
}

/// `a % b` with the sign of b, for b other than zero.
#[inline(always)]
pub fn modulo_small(a: i64, b: i64) -> i64 {
    let remainder = a.wrapping_rem(b);
    if remainder != 0 && (remainder ^ b) < 0 { remainder + b } else { remainder }
}

/// Quotient rounded down and remainder with the sign of the divisor, which is not zero.
pub fn floor_div_rem(a: &IBig, b: &IBig) -> (IBig, IBig) {
    let (quotient, remainder) = a.div_rem(b);
    if !remainder.is_zero() && remainder.sign() != b.sign() {
        (quotient - IBig::ONE, remainder + b)
    } else {
        (quotient, remainder)
    }
}

/// `a % b`
pub fn modulo(a: &Ref, b: &Ref) -> Res {
    let dividend = a;
    let (a, b) = operands!(a, b);
    if b.is_zero() {
        return Err(zero_division_error!("integer modulo by zero"));
    }
    if let (Small(a), Small(b)) = (a, b) {
        return Ok(int::new(modulo_small(a, b)));
    }
    // What is nearer to zero than the divisor, on its side, stays as it is.
    let order = super::compare::order(a, b);
    if a.is_negative() == b.is_negative() && if b.is_negative() { order.is_gt() } else { order.is_lt() } {
        return Ok(int::exact(dividend));
    }
    Ok(int::from_big(modulo_big(&a.as_big(), &b.as_big())))
}

/// `a % b` with the sign of b, for b other than zero.
pub fn modulo_big(a: &IBig, b: &IBig) -> IBig {
    let remainder = a % b;
    if !remainder.is_zero() && remainder.sign() != b.sign() { remainder + b } else { remainder }
}

/// `divmod(a, b)`
pub fn div_mod(a: &Ref, b: &Ref) -> Res {
    let (a, b) = operands!(a, b);
    if b.is_zero() {
        return Err(zero_division_error!("integer division or modulo by zero"));
    }
    if let (Small(a), Small(b)) = (a, b)
        && let Some(quotient) = floor_div_small(a, b)
    {
        return Ok(tuple::pair(int::new(quotient), int::new(modulo_small(a, b))));
    }
    let (quotient, remainder) = floor_div_rem(&a.as_big(), &b.as_big());
    Ok(tuple::pair(int::from_big(quotient), int::from_big(remainder)))
}

/// `a / b`, correctly rounded for operands of any size.
pub fn true_div(a: &Ref, b: &Ref) -> Res {
    let (a, b) = operands!(a, b);
    divide(a, b).map(float::new)
}

/// The correctly rounded quotient.
pub fn divide(a: IntValue, b: IntValue) -> Res<f64> {
    if b.is_zero() {
        return Err(zero_division_error!("division by zero"));
    }
    const EXACT: u64 = 1 << 53;
    if let (Small(a), Small(b)) = (a, b)
        && a.unsigned_abs() <= EXACT
        && b.unsigned_abs() <= EXACT
    {
        return Ok(a as f64 / b as f64);
    }
    if a.is_zero() {
        return Ok(if b.is_negative() { -0.0 } else { 0.0 });
    }
    let negative = a.is_negative() != b.is_negative();
    let (_, a) = a.to_big().into_parts();
    let (_, b) = b.to_big().into_parts();
    match divide_magnitudes(&a, &b) {
        Some(quotient) => Ok(if negative { -quotient } else { quotient }),
        None => Err(overflow_error!("integer division result too large for a float")),
    }
}

/// The correctly rounded quotient of two magnitudes other than zero; nothing if it is too large.
fn divide_magnitudes(a: &UBig, b: &UBig) -> Option<f64> {
    use dashu_int::ops::BitTest;
    // Shifted so that the quotient has 62 to 64 bits: what is cut off only matters as "there was more".
    let shift = 62 - (a.bit_len() as i64 - b.bit_len() as i64);
    if shift < -1200 {
        return None;
    }
    if shift > 1400 {
        return Some(0.0);
    }
    let (quotient, remainder) = if shift >= 0 {
        (a << shift as usize).div_rem(b)
    } else {
        // Bits of the dividend that the shift drops would change nothing but the remainder's being zero.
        a.div_rem(&(b << (-shift) as usize))
    };
    let quotient = u64::try_from(&quotient).expect("the quotient has at most 64 bits");
    convert::scaled(quotient, !remainder.is_zero(), -shift)
}

/// `-a`
pub fn neg(a: &Ref) -> Res {
    Ok(match operand(a) {
        Small(a) => match a.checked_neg() {
            Some(value) => int::new(value),
            None => int::from_big(-IBig::from(a)),
        },
        Big(a) => int::from_big(-a),
    })
}

/// `abs(a)`
pub fn abs(a: &Ref) -> Res {
    if operand(a).is_negative() { neg(a) } else { Ok(int::exact(a)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn division_rounds_down() {
        assert_eq!(floor_div_small(-7, 2), Some(-4));
        assert_eq!(floor_div_small(7, -2), Some(-4));
        assert_eq!(floor_div_small(i64::MIN, -1), None);
        assert_eq!(modulo_small(-7, 2), 1);
        assert_eq!(modulo_small(7, -2), -1);
        assert_eq!(modulo_small(i64::MIN, -1), 0);
        let (quotient, remainder) = floor_div_rem(&IBig::from(-7), &IBig::from(2));
        assert_eq!((quotient, remainder), (IBig::from(-4), IBig::from(1)));
    }

    #[test]
    fn quotients_are_rounded_correctly() {
        let huge = UBig::from(10u8).pow(400);
        assert_eq!(divide_magnitudes(&huge, &UBig::from(10u8).pow(399)), Some(10.0));
        assert_eq!(divide_magnitudes(&huge, &UBig::from(3u8)), None);
        assert_eq!(divide_magnitudes(&UBig::ONE, &UBig::from(10u8).pow(323)), Some(1e-323));
        assert_eq!(divide_magnitudes(&UBig::ONE, &UBig::from(10u8).pow(400)), Some(0.0));
        assert_eq!(divide_magnitudes(&UBig::from(u64::MAX), &UBig::from(3u8)), Some(6148914691236517205.0));
    }
}
