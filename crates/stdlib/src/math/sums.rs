//! Sums, products and distances of many numbers, with no more than one rounding where CPython promises it.

use ouro_bytecode::opcode::BinaryOperator;
use ouro_heap::Ref;
use ouro_vm::{
    error::{Res, restore, take},
    native::{bound, plain},
    objects::{
        exception::{self, ExceptionKind},
        float::{self, Float},
        int::{self, Int},
    },
    overflow_error,
    protocol::{iterate, number},
    value_error,
};

use super::Functions;

pub(super) static FUNCTIONS: Functions = &[
    plain(
        "fsum",
        "(seq, /)",
        fsum,
        "Return an accurate floating-point sum of values in the iterable seq.\n\nAssumes IEEE-754 floating-point arithmetic.",
    ),
    bound(
        "prod",
        "(iterable, /, *, start=1)",
        prod,
        "Calculate the product of all the elements in the input iterable.\n\nThe default start value for the product is 1.\n\nWhen the iterable is empty, return the start value.  This function is\nintended specifically for use with numeric values and may reject\nnon-numeric types.",
    ),
    plain(
        "sumprod",
        "(p, q, /)",
        sumprod,
        "Return the sum of products of values from two iterables p and q.\n\nRoughly equivalent to:\n\n    sum(itertools.starmap(operator.mul, zip(p, q, strict=True)))\n\nFor float and mixed int/float inputs, the intermediate products\nand sums are computed with extended precision.",
    ),
    plain(
        "hypot",
        "(*coordinates)",
        hypot,
        "hypot(*coordinates) -> value\n\nMultidimensional Euclidean distance from the origin to a point.\n\nRoughly equivalent to:\n    sqrt(sum(x**2 for x in coordinates))\n\nFor a two dimensional point (x, y), gives the hypotenuse\nusing the Pythagorean theorem:  sqrt(x*x + y*y).\n\nFor example, the hypotenuse of a 3/4/5 right triangle is:\n\n    >>> hypot(3.0, 4.0)\n    5.0\n",
    ),
    plain(
        "dist",
        "(p, q, /)",
        dist,
        "Return the Euclidean distance between two points p and q.\n\nThe points should be specified as sequences (or iterables) of\ncoordinates.  Both inputs must have the same dimension.\n\nRoughly equivalent to:\n    sqrt(sum((px - qx) ** 2.0 for px, qx in zip(p, q)))",
    ),
];

/// A number as an unrounded sum of two floats.
#[derive(Clone, Copy)]
struct Double {
    high: f64,
    low: f64,
}

/// The exact sum, where the first is not smaller than the second.
fn fast_sum(a: f64, b: f64) -> Double {
    let high = a + b;
    Double { high, low: (a - high) + b }
}

/// The exact sum.
fn exact_sum(a: f64, b: f64) -> Double {
    let high = a + b;
    let part = high - a;
    Double { high, low: (a - (high - part)) + (b - part) }
}

/// The exact product.
fn exact_product(a: f64, b: f64) -> Double {
    let high = a * b;
    Double { high, low: a.mul_add(b, -high) }
}

/// A number as an unrounded sum of three floats.
#[derive(Clone, Copy, Default)]
struct Triple {
    high: f64,
    low: f64,
    tiny: f64,
}

impl Triple {
    fn add_product(self, a: f64, b: f64) -> Triple {
        let product = exact_product(a, b);
        let sum = exact_sum(self.high, product.high);
        let first = exact_sum(self.low, product.low);
        let second = exact_sum(first.high, sum.low);
        Triple { high: sum.high, low: second.high, tiny: self.tiny + first.low + second.low }
    }

    fn rounded(self) -> f64 {
        let last = exact_sum(self.low, self.tiny);
        exact_sum(self.high, last.high).high
    }
}

/// Shewchuk's partial sums: floats that do not overlap, in ascending order.
#[derive(Default)]
struct Partials {
    partials: Vec<f64>,
    special: f64,
    infinities: f64,
}

impl Partials {
    /// Adds a number; false if the sum overflowed.
    fn add(&mut self, value: f64) -> bool {
        let (mut x, mut kept) = (value, 0);
        for index in 0..self.partials.len() {
            let mut y = self.partials[index];
            if x.abs() < y.abs() {
                (x, y) = (y, x);
            }
            let sum = fast_sum(x, y);
            if sum.low != 0.0 {
                self.partials[kept] = sum.low;
                kept += 1;
            }
            x = sum.high;
        }
        self.partials.truncate(kept);
        if x == 0.0 {
            return true;
        }
        if x.is_finite() {
            self.partials.push(x);
            return true;
        }
        if value.is_finite() {
            return false;
        }
        if value.is_infinite() {
            self.infinities += value;
        }
        self.special += value;
        self.partials.clear();
        true
    }

    /// The sum, rounded once, ties to even.
    fn rounded(&self) -> f64 {
        let Some((&last, rest)) = self.partials.split_last() else { return 0.0 };
        let (mut high, mut low, mut index) = (last, 0.0, rest.len());
        while index > 0 {
            index -= 1;
            let sum = fast_sum(high, rest[index]);
            (high, low) = (sum.high, sum.low);
            if low != 0.0 {
                break;
            }
        }
        // What is left below decides where the sum is halfway between two floats.
        if index > 0 && ((low < 0.0 && rest[index - 1] < 0.0) || (low > 0.0 && rest[index - 1] > 0.0)) {
            let doubled = low * 2.0;
            let next = high + doubled;
            if doubled == next - high {
                high = next;
            }
        }
        high
    }
}

fn fsum(args: &[Ref]) -> Res {
    let mut sum = Partials::default();
    iterate::for_each(&args[0], |item| {
        if sum.add(number::to_float(&item)?) {
            Ok(())
        } else {
            Err(overflow_error!("intermediate overflow in fsum"))
        }
    })?;
    if sum.special != 0.0 {
        if sum.infinities.is_nan() {
            return Err(value_error!("-inf + inf in fsum"));
        }
        return Ok(float::new(sum.special));
    }
    Ok(float::new(sum.rounded()))
}

fn prod(args: &[Option<Ref>]) -> Res {
    let iterable = args[0].as_ref().expect("a required argument");
    let mut product = args[1].clone().unwrap_or_else(|| int::new(1));
    let iterator = iterate::iter(iterable)?;
    while let Some(item) = iterate::next(&iterator)? {
        product = number::binary(BinaryOperator::Mul, &product, &item)?;
    }
    Ok(product)
}

/// The running state of `sumprod`: exact ints, then floats with extended precision, then anything.
struct Products {
    total: Ref,
    ints: Option<i64>,
    floats: Option<Triple>,
    floats_used: bool,
}

impl Products {
    fn add(&mut self, p: &Ref, q: &Ref) -> Res<()> {
        if let Some(sum) = self.ints {
            let small = |object: &Ref| {
                object.payload::<Int>().filter(|_| object.is_exact::<Int>()).map(|int| int.value.get())
            };
            if let (Some(p), Some(q)) = (small(p), small(q))
                && let Some(sum) = p.checked_mul(q).and_then(|product| sum.checked_add(product))
            {
                self.ints = Some(sum);
                return Ok(());
            }
            self.finish_ints()?;
        }
        if let Some(sum) = self.floats {
            if let Some((p, q)) = as_floats(p, q)? {
                let sum = sum.add_product(p, q);
                if sum.high.is_finite() {
                    (self.floats, self.floats_used) = (Some(sum), true);
                    return Ok(());
                }
            }
            self.finish_floats()?;
        }
        let product = number::binary(BinaryOperator::Mul, p, q)?;
        self.total = number::binary(BinaryOperator::Add, &self.total, &product)?;
        Ok(())
    }

    fn finish_ints(&mut self) -> Res<()> {
        if let Some(sum) = self.ints.take()
            && sum != 0
        {
            self.total = number::binary(BinaryOperator::Add, &self.total, &int::new(sum))?;
        }
        Ok(())
    }

    fn finish_floats(&mut self) -> Res<()> {
        if let Some(sum) = self.floats.take()
            && self.floats_used
        {
            self.total = number::binary(BinaryOperator::Add, &self.total, &float::new(sum.rounded()))?;
        }
        Ok(())
    }
}

/// Both as floats, if at least one is a float and the other an int that is not too large.
fn as_floats(p: &Ref, q: &Ref) -> Res<Option<(f64, f64)>> {
    let is_float = |object: &Ref| object.is_exact::<Float>();
    let known = |object: &Ref| is_float(object) || int::is_exact(object);
    if !(is_float(p) || is_float(q)) || !known(p) || !known(q) {
        return Ok(None);
    }
    match (number::to_float(p), number::to_float(q)) {
        (Ok(p), Ok(q)) => Ok(Some((p, q))),
        (Err(raised), _) | (_, Err(raised)) => {
            let raised = take(raised);
            if exception::is_instance(&raised, ExceptionKind::OverflowError) {
                Ok(None)
            } else {
                Err(restore(raised))
            }
        }
    }
}

fn sumprod(args: &[Ref]) -> Res {
    let (left, right) = (iterate::iter(&args[0])?, iterate::iter(&args[1])?);
    let mut sum =
        Products { total: int::new(0), ints: Some(0), floats: Some(Triple::default()), floats_used: false };
    loop {
        match (iterate::next(&left)?, iterate::next(&right)?) {
            (Some(p), Some(q)) => sum.add(&p, &q)?,
            (None, None) => break,
            _ => return Err(value_error!("Inputs are not the same length")),
        }
    }
    sum.finish_ints()?;
    sum.finish_floats()?;
    Ok(sum.total)
}

/// The length of a vector of values that are not negative.
fn norm(values: &mut [f64]) -> f64 {
    let max = values.iter().copied().filter(|value| !value.is_nan()).fold(0.0, f64::max);
    if max.is_infinite() {
        return max;
    }
    if values.iter().any(|value| value.is_nan()) {
        return f64::NAN;
    }
    if max == 0.0 || values.len() <= 1 {
        return max;
    }
    let (_, exponent) = super::functions::split(max);
    if exponent < -1023 {
        // The scale would overflow: subnormal numbers are made normal first.
        values.iter_mut().for_each(|value| *value /= f64::MIN_POSITIVE);
        return f64::MIN_POSITIVE * norm(values);
    }
    let scale = super::functions::scale(1.0, -i64::from(exponent));
    let (mut sum, mut products, mut sums) = (1.0, 0.0, 0.0);
    for value in values {
        let scaled = *value * scale;
        let product = exact_product(scaled, scaled);
        let total = fast_sum(sum, product.high);
        sum = total.high;
        products += product.low;
        sums += total.low;
    }
    let mut root = (sum - 1.0 + (products + sums)).sqrt();
    // One step of Newton's method with what rounding has cut off.
    let product = exact_product(-root, root);
    let total = fast_sum(sum, product.high);
    products += product.low;
    sums += total.low;
    let rest = total.high - 1.0 + (products + sums);
    root += rest / (2.0 * root);
    root / scale
}

fn hypot(args: &[Ref]) -> Res {
    let mut values =
        args.iter().map(|value| number::to_float(value).map(f64::abs)).collect::<Res<Vec<f64>>>()?;
    Ok(float::new(norm(&mut values)))
}

fn dist(args: &[Ref]) -> Res {
    let (p, q) = (iterate::collect(&args[0])?, iterate::collect(&args[1])?);
    if p.len() != q.len() {
        return Err(value_error!("both points must have the same number of dimensions"));
    }
    let difference =
        |(p, q): (&Ref, &Ref)| -> Res<f64> { Ok((number::to_float(p)? - number::to_float(q)?).abs()) };
    let mut values = p.iter().zip(&q).map(difference).collect::<Res<Vec<f64>>>()?;
    Ok(float::new(norm(&mut values)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_are_rounded_once() {
        let sum = |values: &[f64]| {
            let mut sum = Partials::default();
            values.iter().for_each(|&value| assert!(sum.add(value)));
            sum.rounded()
        };
        assert_eq!(sum(&[0.1; 10]), 1.0);
        assert_eq!(sum(&[1e100, 1.0, -1e100]), 1.0);
        assert_eq!(sum(&[1e-16, 1.0, 1e16]), 10000000000000002.0);
        assert!(!Partials { partials: vec![1e308], ..Partials::default() }.add(1e308));
    }

    #[test]
    fn lengths() {
        assert_eq!(norm(&mut [3.0, 4.0]), 5.0);
        assert_eq!(norm(&mut [5e-324, 0.0]), 5e-324);
        assert_eq!(norm(&mut [1e308, 1e308]), 1.4142135623730951e308);
        assert_eq!(norm(&mut [f64::NAN, f64::INFINITY]), f64::INFINITY);
        assert!(norm(&mut [f64::NAN, 1.0]).is_nan());
    }
}
