//! `float`: rounding to ints and to digits, correctly rounded.

use std::cmp::Ordering;

use dashu_int::{IBig, ops::DivRem};
use ouro_heap::Ref;

use crate::{
    error::Res,
    objects::{
        format::quick,
        int::{self, IntValue, convert},
    },
    overflow_error, value_error,
};

/// `int(x)`: the integer part; ValueError for NaN and OverflowError for infinities.
pub fn to_int(value: f64) -> Res {
    if value.abs() < 9.0e18 {
        return Ok(int::new(value as i64));
    }
    if value.is_nan() {
        return Err(value_error!("cannot convert float NaN to integer"));
    }
    if value.is_infinite() {
        return Err(overflow_error!("cannot convert float infinity to integer"));
    }
    Ok(int::from_big(convert::truncated(value)))
}

/// The float rounded to this many digits behind the point (before it, if negative), ties of the exact value to even.
pub fn to_digits(value: f64, digits: i64) -> Res<f64> {
    // Beyond 323 digits every float is itself, beyond -308 none is half of the unit.
    if !value.is_finite() || digits > 323 {
        return Ok(value);
    }
    if digits < -308 {
        return Ok(0.0 * value);
    }
    // A whole number of at most 53 bits over a power of ten that is exact: the quotient is rounded correctly.
    if (0..=22).contains(&digits)
        && let Some(scaled) = quick::scaled(value.abs(), digits as usize).filter(|&scaled| scaled < 1 << 53)
    {
        return Ok((scaled as f64 / 10f64.powi(digits as i32)).copysign(value));
    }
    let rounded = if digits >= 0 {
        format!("{value:.*}", digits as usize).parse().unwrap_or(value)
    } else {
        let rounded = to_power_of_ten(value.abs(), (-digits) as usize);
        convert::nearest(IntValue::Big(&rounded)).unwrap_or(f64::INFINITY).copysign(value)
    };
    if rounded.is_infinite() {
        return Err(overflow_error!("rounded value too large to represent"));
    }
    Ok(rounded)
}

/// A value that is not negative, rounded to a multiple of 10**digits, ties to even.
fn to_power_of_ten(value: f64, digits: usize) -> IBig {
    let unit = IBig::from(10).pow(digits);
    let (quotient, remainder) = convert::truncated(value).div_rem(&unit);
    let broken = value.fract() != 0.0;
    let order = (remainder * IBig::from(2)).cmp(&unit);
    let odd = &quotient & IBig::ONE == IBig::ONE;
    let up = match order {
        Ordering::Greater => true,
        Ordering::Equal => broken || odd,
        Ordering::Less => false,
    };
    (if up { quotient + IBig::ONE } else { quotient }) * unit
}

/// The numerator and denominator of a float in lowest terms.
pub fn as_ratio(value: f64) -> Res<(Ref, Ref)> {
    if value.is_infinite() {
        return Err(overflow_error!("cannot convert Infinity to integer ratio"));
    }
    if value.is_nan() {
        return Err(value_error!("cannot convert NaN to integer ratio"));
    }
    if value == 0.0 {
        return Ok((int::new(0), int::new(1)));
    }
    let bits = value.to_bits();
    let raw = (bits >> 52 & 0x7FF) as i64;
    let fraction = bits & ((1 << 52) - 1);
    let (mantissa, exponent) = if raw == 0 { (fraction, -1074) } else { (fraction | 1 << 52, raw - 1075) };
    let zeros = mantissa.trailing_zeros();
    let (mantissa, exponent) = ((mantissa >> zeros) as i64, exponent + zeros as i64);
    let mantissa = IBig::from(if value < 0.0 { -mantissa } else { mantissa });
    Ok(if exponent >= 0 {
        (int::from_big(mantissa << exponent as usize), int::new(1))
    } else {
        (int::from_big(mantissa), int::from_big(IBig::ONE << (-exponent) as usize))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn powers_of_ten() {
        assert_eq!(to_power_of_ten(25.0, 1), IBig::from(20));
        assert_eq!(to_power_of_ten(25.5, 1), IBig::from(30));
        assert_eq!(to_power_of_ten(35.0, 1), IBig::from(40));
        assert_eq!(to_power_of_ten(4.9, 1), IBig::from(0));
    }
}
