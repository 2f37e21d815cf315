//! `int`: shifts and bitwise operations.

use dashu_int::IBig;
use ouro_heap::{OutOfMemory, Ref, allocate::check_request};

use crate::{
    error::Res,
    objects::int::{self, IntValue, arithmetic::operands, operand},
    overflow_error, value_error,
};

use IntValue::{Big, Small};

macro_rules! bitwise {
    ($($(#[$doc:meta])* $name:ident $operator:tt)*) => {
        $($(#[$doc])*
        pub fn $name(a: &Ref, b: &Ref) -> Res {
            Ok(match operands!(a, b) {
                (Small(a), Small(b)) => int::new(a $operator b),
                (a, b) => int::from_big(a.as_big().as_ref() $operator b.as_big().as_ref()),
            })
        })*
    };
}

bitwise! {
    /// `a & b`
    and &
    /// `a | b`
    or |
    /// `a ^ b`
    xor ^
}

/// `~a`
pub fn invert(a: &Ref) -> Res {
    Ok(match operand(a) {
        Small(a) => int::new(!a),
        Big(a) => int::from_big(!a),
    })
}

/// The most digits of 30 bits that an int of CPython can have.
const MOST_DIGITS: u128 = (1 << 61) - 8;

/// `a << b`
pub fn lshift(a: &Ref, b: &Ref) -> Res {
    let (a, b) = operands!(a, b);
    if b.is_negative() {
        return Err(value_error!("negative shift count"));
    }
    if a.is_zero() {
        return Ok(int::new(0));
    }
    let Some(count) = b.to_i64() else {
        // CPython tells a number of digits that it cannot count from one that it has no room for.
        let digits = u128::try_from(b.as_big().as_ref()).map_or(u128::MAX, |count| count / 30);
        return Err(if digits < MOST_DIGITS {
            OutOfMemory.into()
        } else {
            overflow_error!("too many digits in integer")
        });
    };
    if let Small(a) = a
        && count < 64
    {
        let shifted = a << count;
        if shifted >> count == a {
            return Ok(int::new(shifted));
        }
    }
    let count = usize::try_from(count).map_err(|_| OutOfMemory)?;
    check_bits(count)?;
    Ok(int::from_big(a.as_big().as_ref() << count))
}

/// `a >> b`
pub fn rshift(a: &Ref, b: &Ref) -> Res {
    let (a, b) = operands!(a, b);
    if b.is_negative() {
        return Err(value_error!("negative shift count"));
    }
    let gone = || int::new(if a.is_negative() { -1 } else { 0 });
    let Some(count) = b.to_i64() else { return Ok(gone()) };
    Ok(match a {
        Small(a) => int::new(a >> count.min(63)),
        Big(a) => match usize::try_from(count) {
            Ok(count) => int::from_big(a >> count),
            Err(_) => gone(),
        },
    })
}

/// MemoryError if an int of so many bits is more than the machine or a limit allows.
pub fn check_bits(bits: usize) -> Res<()> {
    if bits > 1 << 16 {
        check_request(bits / 8)?;
    }
    Ok(())
}

/// The number of bits of the magnitude.
pub fn bit_length(value: IntValue) -> usize {
    match value {
        Small(value) => 64 - value.unsigned_abs().leading_zeros() as usize,
        Big(value) => magnitude_bits(value),
    }
}

/// The number of bits of the magnitude.
pub fn magnitude_bits(value: &IBig) -> usize {
    let words = value.as_sign_words().1;
    words.last().map_or(0, |top| 64 * words.len() - top.leading_zeros() as usize)
}

/// The number of ones in the magnitude.
pub fn bit_count(value: IntValue) -> usize {
    match value {
        Small(value) => value.unsigned_abs().count_ones() as usize,
        Big(value) => value.as_sign_words().1.iter().map(|word| word.count_ones() as usize).sum(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn big_integers_are_twos_complement() {
        let big = -(IBig::from(1) << 100) - IBig::ONE;
        assert_eq!(&big >> 99usize, IBig::from(-3));
        assert_eq!(&big & IBig::from(0xFF), IBig::from(0xFF));
        assert_eq!(magnitude_bits(&big), 101);
        assert_eq!(bit_count(IntValue::Big(&big)), 2);
        assert_eq!(bit_length(IntValue::Small(i64::MIN)), 64);
    }
}
