//! `int`: comparison and hash.

use std::cmp::Ordering;

use dashu_int::IBig;
use ouro_bytecode::opcode::Comparison;
use ouro_heap::Ref;

use crate::{
    error::Res,
    objects::{
        bool_,
        int::{IntValue, arithmetic::operands, convert, operand},
    },
    protocol::compare::holds,
};

/// The modulus of the hash of all numbers: `sys.hash_info.modulus`.
pub const MODULUS: u64 = (1 << 61) - 1;

/// `__lt__` and its siblings. Floats know how to compare themselves with ints.
pub fn rich_compare(a: &Ref, b: &Ref, comparison: Comparison) -> Res {
    let (a, b) = operands!(a, b);
    Ok(bool_::new(holds(comparison, order(a, b))))
}

/// The order of two ints.
#[inline]
pub fn order(a: IntValue, b: IntValue) -> Ordering {
    match (a, b) {
        (IntValue::Small(a), IntValue::Small(b)) => a.cmp(&b),
        (IntValue::Big(a), IntValue::Big(b)) => a.cmp(b),
        (IntValue::Small(a), IntValue::Big(b)) => IBig::from(a).cmp(b),
        (IntValue::Big(a), IntValue::Small(b)) => a.cmp(&IBig::from(b)),
    }
}

/// The exact order of an int and a float; nothing if the float is not a number.
pub fn order_with_float(a: IntValue, b: f64) -> Option<Ordering> {
    if b.is_nan() {
        return None;
    }
    if b.is_infinite() {
        return Some(if b > 0.0 { Ordering::Less } else { Ordering::Greater });
    }
    let whole = match a {
        IntValue::Small(a) if b.abs() < 9.0e18 => a.cmp(&(b as i64)),
        _ => a.as_big().as_ref().cmp(&convert::truncated(b)),
    };
    // Where the integer parts are equal, the float's fraction decides.
    Some(whole.then_with(|| 0.0f64.partial_cmp(&b.fract()).unwrap_or(Ordering::Equal)))
}

/// `__hash__`
pub fn hash(int: &Ref) -> Res<i64> {
    Ok(hash_value(operand(int)))
}

/// The hash of an int: the value modulo 2**61 - 1, with its sign, and -2 for -1.
#[inline]
pub fn hash_value(value: IntValue) -> i64 {
    let (negative, residue) = match value {
        IntValue::Small(value) => (value < 0, value.unsigned_abs() % MODULUS),
        IntValue::Big(value) => (*value < IBig::ZERO, residue(value.as_sign_words().1)),
    };
    match if negative { -(residue as i64) } else { residue as i64 } {
        -1 => -2,
        hash => hash,
    }
}

fn residue(words: &[u64]) -> u64 {
    // 2**64 is 8 modulo 2**61 - 1.
    words.iter().rev().fold(0, |sum, &word| ((sum as u128 * 8 + word as u128) % MODULUS as u128) as u64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_follow_the_rule() {
        assert_eq!(hash_value(IntValue::Small(-1)), -2);
        assert_eq!(hash_value(IntValue::Small(MODULUS as i64)), 0);
        assert_eq!(hash_value(IntValue::Big(&IBig::from(10).pow(50))), 619332571178673746);
        assert_eq!(hash_value(IntValue::Big(&-IBig::from(10).pow(50))), -619332571178673746);
    }

    #[test]
    fn floats_compare_exactly() {
        let order = |a: i64, b: f64| order_with_float(IntValue::Small(a), b);
        assert_eq!(order((1 << 53) + 1, 2f64.powi(53)), Some(Ordering::Greater));
        assert_eq!(order(i64::MAX, 2f64.powi(63)), Some(Ordering::Less));
        assert_eq!(order(i64::MIN, -(2f64.powi(63))), Some(Ordering::Equal));
        assert_eq!(order(-1, -1.5), Some(Ordering::Greater));
        assert_eq!(order(1, 1.5), Some(Ordering::Less));
        assert_eq!(order(0, f64::NAN), None);
        assert_eq!(order(0, f64::NEG_INFINITY), Some(Ordering::Greater));
        let big = IBig::from(10).pow(400);
        assert_eq!(order_with_float(IntValue::Big(&big), 1e308), Some(Ordering::Greater));
    }
}
