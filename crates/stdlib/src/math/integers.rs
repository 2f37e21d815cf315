//! Exact functions of ints.

use dashu_int::{
    IBig, UBig,
    ops::{Gcd, SquareRoot, UnsignedAbs},
};
use ouro_heap::Ref;
use ouro_vm::{
    error::Res,
    native::plain,
    objects::int::{self, IntValue, bits},
    overflow_error,
    protocol::number,
    state::shared,
    value_error,
};

use super::Functions;

pub(super) static FUNCTIONS: Functions = &[
    plain(
        "comb",
        "(n, k, /)",
        comb,
        "Number of ways to choose k items from n items without repetition and without order.\n\nEvaluates to n! / (k! * (n - k)!) when k <= n and evaluates\nto zero when k > n.\n\nAlso called the binomial coefficient because it is equivalent\nto the coefficient of k-th term in polynomial expansion of the\nexpression (1 + x)**n.\n\nRaises TypeError if either of the arguments are not integers.\nRaises ValueError if either of the arguments are negative.",
    ),
    plain(
        "perm",
        "(n, k=None, /)",
        perm,
        "Number of ways to choose k items from n items without repetition and with order.\n\nEvaluates to n! / (n - k)! when k <= n and evaluates\nto zero when k > n.\n\nIf k is not specified or is None, then k defaults to n\nand the function returns n!.\n\nRaises TypeError if either of the arguments are not integers.\nRaises ValueError if either of the arguments are negative.",
    ),
    plain(
        "factorial",
        "(n, /)",
        |args| factorial(&args[0]),
        "Find n!.\n\nRaise a ValueError if x is negative or non-integral.",
    ),
    plain("gcd", "(*integers)", gcd, "Greatest Common Divisor."),
    plain("lcm", "(*integers)", lcm, "Least Common Multiple."),
    plain("isqrt", "(n, /)", isqrt, "Return the integer part of the square root of the input."),
];

fn value(index: &Ref) -> IntValue<'_> {
    int::value(index).unwrap_or(IntValue::Small(0))
}

fn factorial(object: &Ref) -> Res {
    let index = number::index(object)?;
    let n = value(&index);
    if n.is_negative() {
        return Err(value_error!("factorial() not defined for negative values"));
    }
    let Some(n) = n.to_i64() else {
        return Err(overflow_error!("factorial() argument should not exceed {}", i64::MAX));
    };
    if n <= 20 {
        return Ok(int::new((1..=n).product()));
    }
    check_product(n as u64, n as u64)?;
    Ok(int::from_big(product(1, n as u64).into()))
}

/// MemoryError if a product of so many factors up to a greatest one is too large.
fn check_product(greatest: u64, count: u64) -> Res<()> {
    let bits = (u64::BITS - greatest.leading_zeros()) as u64;
    // At least half of the factors of a factorial have nearly all the bits; that is estimate enough.
    bits::check_bits((bits.saturating_sub(2)).saturating_mul(count / 2).min(i64::MAX as u64) as usize)
}

/// The product of all numbers from `low` to `high`, halves first, so that the factors are of equal size.
fn product(low: u64, high: u64) -> UBig {
    if low > high {
        return UBig::ONE;
    }
    if high - low < 8 {
        return (low..=high).fold(UBig::ONE, |product, factor| product * UBig::from(factor));
    }
    let middle = low + (high - low) / 2;
    product(low, middle) * product(middle + 1, high)
}

/// The product of `count` numbers ending with `greatest`.
fn falling(greatest: &UBig, count: u64) -> UBig {
    if let Ok(greatest) = u64::try_from(greatest) {
        return product(greatest - count + 1, greatest);
    }
    if count <= 4 {
        return (0..count).fold(UBig::ONE, |product, index| product * (greatest - UBig::from(index)));
    }
    let half = count / 2;
    falling(greatest, half) * falling(&(greatest - UBig::from(half)), count - half)
}

/// Two arguments that must not be negative.
fn pair(args: &[Ref]) -> Res<(UBig, UBig)> {
    let n = number::index(&args[0])?;
    let k = number::index(&args[1])?;
    let magnitude = |index: &Ref| value(index).to_big().into_parts().1;
    if value(&n).is_negative() {
        return Err(value_error!("n must be a non-negative integer"));
    }
    if value(&k).is_negative() {
        return Err(value_error!("k must be a non-negative integer"));
    }
    Ok((magnitude(&n), magnitude(&k)))
}

fn check_falling(n: &UBig, count: u64) -> Res<()> {
    let bits = bits::bit_length(IntValue::Big(n.as_ibig())) as u64;
    bits::check_bits(bits.saturating_sub(2).saturating_mul(count / 2).min(i64::MAX as u64) as usize)
}

fn perm(args: &[Ref]) -> Res {
    if args.get(1).is_none_or(|k| k.is(&shared().none)) {
        return factorial(&args[0]);
    }
    let (n, k) = pair(args)?;
    if k > n {
        return Ok(int::new(0));
    }
    let Some(k) = u64::try_from(&k).ok().filter(|&k| k <= i64::MAX as u64) else {
        return Err(overflow_error!("k must not exceed {}", i64::MAX));
    };
    check_falling(&n, k)?;
    Ok(int::from_big(if k == 0 { IBig::ONE } else { falling(&n, k).into() }))
}

fn comb(args: &[Ref]) -> Res {
    let (n, k) = pair(args)?;
    if k > n {
        return Ok(int::new(0));
    }
    let k = (&n - &k).min(k);
    let Some(k) = u64::try_from(&k).ok().filter(|&k| k <= i64::MAX as u64) else {
        return Err(overflow_error!("min(n - k, k) must not exceed {}", i64::MAX));
    };
    if k == 0 {
        return Ok(int::new(1));
    }
    if let Some(result) = u64::try_from(&n).ok().and_then(|n| comb_small(n, k)) {
        return Ok(int::from_usize(result as usize));
    }
    check_falling(&n, k)?;
    Ok(int::from_big((falling(&n, k) / product(1, k)).into()))
}

/// The coefficient, if it and what leads to it fit in 64 bits.
fn comb_small(n: u64, k: u64) -> Option<u64> {
    let mut result = 1u64;
    for index in 0..k {
        result = result.checked_mul(n - index)? / (index + 1);
    }
    Some(result)
}

fn gcd_small(mut a: u64, mut b: u64) -> u64 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

fn gcd_of(a: &UBig, b: &UBig) -> UBig {
    match (u64::try_from(a), u64::try_from(b)) {
        (Ok(a), Ok(b)) => UBig::from(gcd_small(a, b)),
        _ => a.gcd(b),
    }
}

fn magnitude(object: &Ref) -> Res<UBig> {
    let index = number::index(object)?;
    Ok(value(&index).to_big().unsigned_abs())
}

fn gcd(args: &[Ref]) -> Res {
    if let [a, b] = args
        && let (Some(IntValue::Small(a)), Some(IntValue::Small(b))) = (int::value(a), int::value(b))
    {
        return Ok(int::from_big(IBig::from(gcd_small(a.unsigned_abs(), b.unsigned_abs()))));
    }
    let mut result = UBig::ZERO;
    for argument in args {
        result = gcd_of(&result, &magnitude(argument)?);
    }
    Ok(int::from_big(result.into()))
}

fn lcm(args: &[Ref]) -> Res {
    let mut result = UBig::ONE;
    for argument in args {
        let factor = magnitude(argument)?;
        result = if result.is_zero() || factor.is_zero() {
            UBig::ZERO
        } else {
            let divisor = gcd_of(&result, &factor);
            result / divisor * factor
        };
    }
    Ok(int::from_big(result.into()))
}

fn isqrt(args: &[Ref]) -> Res {
    let index = number::index(&args[0])?;
    let n = value(&index);
    if n.is_negative() {
        return Err(value_error!("isqrt() argument must be nonnegative"));
    }
    Ok(match n {
        IntValue::Small(n) => int::new(n.isqrt()),
        IntValue::Big(n) => int::from_big(n.clone().into_parts().1.sqrt().into()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn products() {
        assert_eq!(product(1, 20), UBig::from(2432902008176640000u64));
        assert_eq!(falling(&UBig::from(10u8), 3), UBig::from(720u32));
        let large = UBig::from(10u8).pow(30);
        assert_eq!(falling(&large, 2), &large * (&large - UBig::ONE));
        assert_eq!(comb_small(10, 3), Some(120));
        assert_eq!(comb_small(1 << 40, 20), None);
        assert_eq!(gcd_small(12, 18), 6);
    }
}
