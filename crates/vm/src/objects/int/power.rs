//! `int`: powers, with and without a modulus.

use dashu_int::{IBig, UBig, fast_div::ConstDivisor, ops::ExtendedGcd};
use ouro_heap::{OutOfMemory, Ref};

use crate::{
    error::Res,
    objects::{
        float,
        int::{
            self, IntValue,
            arithmetic::{modulo_big, modulo_small, operands},
            bits, convert,
        },
    },
    state::shared,
    value_error,
};

use IntValue::{Big, Small};

/// `pow(a, b, modulus)`; the modulus is None for `a ** b`.
pub fn pow(a: &Ref, b: &Ref, modulus: &Ref) -> Res {
    let (a, b) = operands!(a, b);
    if modulus.is(&shared().none) {
        return power(a, b);
    }
    let Some(modulus) = int::value(modulus) else { return Ok(shared().not_implemented.clone()) };
    power_modulo(a, b, modulus)
}

/// `a ** b`
pub fn power(a: IntValue, b: IntValue) -> Res {
    // The value of an int of a subclass stands as a big one even where it is small.
    let a = a.to_i64().map_or(a, Small);
    if b.is_negative() {
        return float::arithmetic::power(convert::to_f64(a)?, convert::to_f64(b)?);
    }
    match a {
        Small(0) => return Ok(int::new(i64::from(b.is_zero()))),
        Small(1) => return Ok(int::new(1)),
        Small(-1) => {
            let odd = match b {
                Small(b) => b & 1 == 1,
                Big(b) => b.as_sign_words().1.first().is_some_and(|word| word & 1 == 1),
            };
            return Ok(int::new(if odd { -1 } else { 1 }));
        }
        _ => {}
    }
    let exponent = b.to_i64().and_then(|b| usize::try_from(b).ok()).ok_or(OutOfMemory)?;
    if let Small(a) = a
        && let Some(power) = u32::try_from(exponent).ok().and_then(|exponent| a.checked_pow(exponent))
    {
        return Ok(int::new(power));
    }
    // The result has at least (bits - 1) * exponent bits.
    let least = (bits::bit_length(a) - 1).max(1).checked_mul(exponent).ok_or(OutOfMemory)?;
    bits::check_bits(least)?;
    let base = a.as_big();
    Ok(int::from_big(if *base == IBig::from(2) { IBig::ONE << exponent } else { base.pow(exponent) }))
}

/// `pow(a, b, modulus)`
pub fn power_modulo(a: IntValue, b: IntValue, modulus: IntValue) -> Res {
    if modulus.is_zero() {
        return Err(value_error!("pow() 3rd argument cannot be 0"));
    }
    if let (Small(a), Small(b), Small(modulus)) = (a, b, modulus)
        && b >= 0
        && modulus != i64::MIN
    {
        let magnitude = modulus.abs();
        let power = power_modulo_small(modulo_small(a, magnitude) as u64, b as u64, magnitude as u64);
        return Ok(int::new(modulo_small(power as i64, modulus)));
    }
    let negative_modulus = modulus.is_negative();
    let (_, modulus) = modulus.to_big().into_parts();
    if modulus.is_one() {
        return Ok(int::new(0));
    }
    let signed_modulus = IBig::from(modulus.clone());
    let mut base = modulo_big(&a.as_big(), &signed_modulus);
    let (sign, exponent) = b.to_big().into_parts();
    if sign == dashu_int::Sign::Negative {
        base = inverse(&base, &signed_modulus)
            .ok_or_else(|| value_error!("base is not invertible for the given modulus"))?;
    }
    let (_, base) = base.into_parts();
    let ring = ConstDivisor::new(modulus);
    let mut power = IBig::from(ring.reduce(base).pow(&exponent).residue());
    if negative_modulus && !power.is_zero() {
        power -= signed_modulus;
    }
    Ok(int::from_big(power))
}

fn power_modulo_small(mut base: u64, mut exponent: u64, modulus: u64) -> u64 {
    let mut power = 1 % modulus;
    if modulus < 1 << 32 {
        while exponent != 0 {
            if exponent & 1 == 1 {
                power = power * base % modulus;
            }
            base = base * base % modulus;
            exponent >>= 1;
        }
        return power;
    }
    let product = |a: u64, b: u64| (a as u128 * b as u128 % modulus as u128) as u64;
    while exponent != 0 {
        if exponent & 1 == 1 {
            power = product(power, base);
        }
        base = product(base, base);
        exponent >>= 1;
    }
    power
}

/// The inverse of a residue for a modulus above 1; nothing if they have a common factor.
fn inverse(base: &IBig, modulus: &IBig) -> Option<IBig> {
    if base.is_zero() {
        return None;
    }
    let (divisor, coefficient, _) = base.gcd_ext(modulus);
    (divisor == UBig::ONE).then(|| modulo_big(&coefficient, modulus))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_powers_with_a_modulus() {
        assert_eq!(power_modulo_small(2, 100, 1_000_000_007), 976371285);
        assert_eq!(power_modulo_small(3, 0, 1), 0);
        assert_eq!(power_modulo_small(3, 1 << 40, u64::MAX >> 1), {
            let ring = ConstDivisor::new(UBig::from(u64::MAX >> 1));
            u64::try_from(ring.reduce(UBig::from(3u8)).pow(&UBig::from(1u64 << 40)).residue()).unwrap()
        });
    }

    #[test]
    fn inverses() {
        assert_eq!(inverse(&IBig::from(2), &IBig::from(7)), Some(IBig::from(4)));
        assert_eq!(inverse(&IBig::from(2), &IBig::from(4)), None);
    }
}
