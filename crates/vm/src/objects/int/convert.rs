//! `int` to `float` and back, correctly rounded.

use dashu_int::IBig;
use ouro_heap::Ref;

use crate::{
    error::Res,
    objects::{
        float,
        int::{IntValue, operand},
    },
    overflow_error,
};

/// `__float__`
pub fn to_float(int: &Ref) -> Res {
    to_f64(operand(int)).map(float::new)
}

/// The nearest float; OverflowError if there is none.
#[inline]
pub fn to_f64(value: IntValue) -> Res<f64> {
    nearest(value).ok_or_else(|| overflow_error!("int too large to convert to float"))
}

/// The nearest float, ties to even; nothing if the value is too large.
#[inline]
pub fn nearest(value: IntValue) -> Option<f64> {
    match value {
        IntValue::Small(value) => Some(value as f64),
        IntValue::Big(value) => nearest_big(value),
    }
}

fn nearest_big(value: &IBig) -> Option<f64> {
    let (mantissa, sticky, exponent) = top_bits(value.as_sign_words().1);
    let magnitude = scaled(mantissa, sticky, exponent)?;
    Some(if *value < IBig::ZERO { -magnitude } else { magnitude })
}

/// The highest 64 bits of a magnitude, whether bits below them are set, and the power of two they stand for.
fn top_bits(words: &[u64]) -> (u64, bool, i64) {
    match *words {
        [] => (0, false, 0),
        [word] => (word, false, 0),
        [ref low @ .., next, top] => {
            let zeros = top.leading_zeros();
            let mantissa = if zeros == 0 { top } else { top << zeros | next >> (64 - zeros) };
            let cut = if zeros == 0 { next } else { next << zeros };
            let sticky = cut != 0 || low.iter().any(|&word| word != 0);
            (mantissa, sticky, 64 * (low.len() as i64 + 1) - zeros as i64)
        }
    }
}

/// `mantissa * 2**exponent`, rounded once, ties to even; `sticky` says that the true value is a little larger.
/// Nothing if it is too large for a float.
///
/// With `sticky` the mantissa must have at least 55 significant bits.
pub fn scaled(mantissa: u64, sticky: bool, exponent: i64) -> Option<f64> {
    if mantissa == 0 {
        return Some(0.0);
    }
    let zeros = mantissa.leading_zeros();
    let mantissa = mantissa << zeros;
    // The value is between 2**top and 2**(top + 1).
    let top = exponent - zeros as i64 + 63;
    if top > 1023 {
        return None;
    }
    let keep = if top >= -1022 { 53 } else { 53 - (-1022 - top) };
    if keep < 0 {
        return Some(0.0);
    }
    let cut = 64 - keep as u32;
    let kept = if cut == 64 { 0 } else { mantissa >> cut };
    let rest = if cut == 64 { mantissa } else { mantissa & ((1 << cut) - 1) };
    let half = 1u64 << (cut - 1);
    let up = rest > half || (rest == half && (sticky || kept & 1 == 1));
    let kept = kept + u64::from(up);
    // As bits: a kept mantissa that overflows to the next power of two carries into the exponent as it should.
    let bits = if top >= -1022 { kept + ((top + 1022) as u64) * (1 << 52) } else { kept };
    let value = f64::from_bits(bits);
    value.is_finite().then_some(value)
}

/// The integer part of a finite float.
pub fn truncated(value: f64) -> IBig {
    if value.abs() < 9.0e18 {
        return IBig::from(value as i64);
    }
    let bits = value.to_bits();
    let exponent = (bits >> 52 & 0x7FF) as usize;
    let mantissa = bits & ((1 << 52) - 1) | 1 << 52;
    let magnitude = IBig::from(mantissa) << (exponent - 1075);
    if value < 0.0 { -magnitude } else { magnitude }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn big_integers_round_to_even() {
        let two = IBig::from(2);
        assert_eq!(nearest_big(&two.pow(1023)), Some(2f64.powi(1023)));
        assert_eq!(nearest_big(&two.pow(1024)), None);
        assert_eq!(nearest_big(&(two.pow(1024) - IBig::ONE)), None);
        assert_eq!(nearest_big(&-(two.pow(100) + IBig::ONE)), Some(-2f64.powi(100)));
        let tie = two.pow(100) + two.pow(47);
        assert_eq!(nearest_big(&tie), Some(2f64.powi(100)));
        assert_eq!(nearest_big(&(tie + IBig::ONE)), Some(2f64.powi(100) + 2f64.powi(48)));
        assert_eq!(nearest_big(&IBig::from(10).pow(22)), Some(1e22));
    }

    #[test]
    fn scaling_meets_subnormal_numbers() {
        assert_eq!(scaled(1, false, -1074), Some(5e-324));
        assert_eq!(scaled(1, false, -1075), Some(0.0));
        assert_eq!(scaled(3, false, -1075), Some(1e-323));
        assert_eq!(scaled((1 << 53) - 1, false, -1074 - 1), Some(f64::MIN_POSITIVE));
        assert_eq!(scaled(u64::MAX, false, 960), None);
    }

    #[test]
    fn floats_are_truncated() {
        assert_eq!(truncated(-2.9), IBig::from(-2));
        assert_eq!(truncated(1e22), IBig::from(10).pow(22));
        assert_eq!(truncated(-2f64.powi(1000)), -IBig::from(2).pow(1000));
    }
}
