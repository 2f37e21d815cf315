//! `float`: comparison, exact also with ints, and the hash that equal ints share.

use ouro_bytecode::opcode::Comparison;
use ouro_heap::Ref;

use crate::{
    error::Res,
    objects::{
        bool_, float,
        int::{
            self,
            compare::{MODULUS, order_with_float},
        },
    },
    protocol::{compare::holds, object::hash_address},
    state::shared,
};

/// `__lt__` and its siblings.
pub fn rich_compare(a: &Ref, b: &Ref, comparison: Comparison) -> Res {
    let a = float::operand(a);
    let order = if let Some(b) = float::value(b) {
        a.partial_cmp(&b)
    } else if let Some(b) = int::value(b) {
        order_with_float(b, a).map(std::cmp::Ordering::reverse)
    } else {
        return Ok(shared().not_implemented.clone());
    };
    // What is not a number is different from everything and has no order.
    Ok(bool_::new(order.map_or(comparison == Comparison::Ne, |order| holds(comparison, order))))
}

/// `__hash__`; each NaN object has a hash of its own.
pub fn hash(float: &Ref) -> Res<i64> {
    let value = float::operand(float);
    Ok(if value.is_nan() { hash_address(float) } else { hash_value(value) })
}

/// The hash of a float that is a number: that of the equal int, and for fractions the same rule modulo 2**61 - 1.
pub fn hash_value(value: f64) -> i64 {
    if value.is_infinite() {
        return if value > 0.0 { 314159 } else { -314159 };
    }
    let bits = value.to_bits();
    let raw = (bits >> 52 & 0x7FF) as i64;
    let fraction = bits & ((1 << 52) - 1);
    let (mantissa, exponent) = if raw == 0 { (fraction, -1074) } else { (fraction | 1 << 52, raw - 1075) };
    // A multiplication by two modulo 2**61 - 1 turns the 61 bits round by one.
    let turn = exponent.rem_euclid(61) as u32;
    let turned = (mantissa << turn & MODULUS) | mantissa >> (61 - turn);
    let residue = (turned % MODULUS) as i64;
    match if value < 0.0 { -residue } else { residue } {
        -1 => -2,
        hash => hash,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_are_those_of_equal_ints() {
        for value in [0i64, 1, -1, 2, 1 << 53, -(1 << 60), 1 << 61, 123456789, 1 << 62] {
            assert_eq!(
                hash_value(value as f64),
                int::compare::hash_value(int::IntValue::Small(value)),
                "{value}"
            );
        }
        assert_eq!(hash_value(1.5), 1152921504606846977);
        assert_eq!(hash_value(0.1), 230584300921369408);
        assert_eq!(hash_value(-1.0), -2);
        assert_eq!(hash_value(1e300), 1224995262755759164);
        assert_eq!(hash_value(5e-324), 16777216);
    }
}
