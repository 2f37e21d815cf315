//! Functions of one or two floats.

use dashu_int::IBig;
use ouro_heap::Ref;
use ouro_vm::{
    error::Res,
    native::{bound, plain},
    objects::{
        bool_,
        class::Class,
        float::{self, Float},
        int::{self, IntValue, convert},
        tuple,
    },
    overflow_error,
    protocol::{attribute, call, number},
    state::{names, shared},
    type_error, value_error,
};

use super::{
    Functions, domain_error,
    gamma::{self, Fault},
    judged, range_error, system,
};

/// One line for a function of one float: name, code, whether it can overflow, documentation.
macro_rules! one {
    ($name:literal, $code:expr, $can_overflow:literal, $doc:literal) => {
        plain(
            $name,
            "(x, /)",
            |args| {
                let x = number::to_float(&args[0])?;
                let code: fn(f64) -> f64 = $code;
                judged(x, code(x), $can_overflow)
            },
            $doc,
        )
    };
}

pub(super) static FUNCTIONS: Functions = &[
    one!(
        "acos",
        f64::acos,
        false,
        "Return the arc cosine (measured in radians) of x.\n\nThe result is between 0 and pi."
    ),
    one!("acosh", |x| system::acosh(x), false, "Return the inverse hyperbolic cosine of x."),
    one!(
        "asin",
        f64::asin,
        false,
        "Return the arc sine (measured in radians) of x.\n\nThe result is between -pi/2 and pi/2."
    ),
    one!("asinh", |x| system::asinh(x), false, "Return the inverse hyperbolic sine of x."),
    one!(
        "atan",
        f64::atan,
        false,
        "Return the arc tangent (measured in radians) of x.\n\nThe result is between -pi/2 and pi/2."
    ),
    one!("atanh", |x| system::atanh(x), false, "Return the inverse hyperbolic tangent of x."),
    one!("cbrt", |x| system::cbrt(x), false, "Return the cube root of x."),
    one!("cos", f64::cos, false, "Return the cosine of x (measured in radians)."),
    one!("cosh", f64::cosh, true, "Return the hyperbolic cosine of x."),
    one!("erf", |x| system::erf(x), false, "Error function at x."),
    one!("erfc", |x| system::erfc(x), false, "Complementary error function at x."),
    one!("exp", f64::exp, true, "Return e raised to the power of x."),
    one!("exp2", f64::exp2, true, "Return 2 raised to the power of x."),
    one!(
        "expm1",
        f64::exp_m1,
        true,
        "Return exp(x)-1.\n\nThis function avoids the loss of precision involved in the direct evaluation of exp(x)-1 for small x."
    ),
    one!("fabs", f64::abs, false, "Return the absolute value of the float x."),
    one!(
        "log1p",
        log1p,
        false,
        "Return the natural logarithm of 1+x (base e).\n\nThe result is computed in a way which is accurate for x near zero."
    ),
    one!("sin", f64::sin, false, "Return the sine of x (measured in radians)."),
    one!("sinh", f64::sinh, true, "Return the hyperbolic sine of x."),
    one!("sqrt", f64::sqrt, false, "Return the square root of x."),
    one!("tan", f64::tan, false, "Return the tangent of x (measured in radians)."),
    one!("tanh", f64::tanh, false, "Return the hyperbolic tangent of x."),
    plain(
        "gamma",
        "(x, /)",
        |args| checked(number::to_float(&args[0])?, gamma::gamma),
        "Gamma function at x.",
    ),
    plain(
        "lgamma",
        "(x, /)",
        |args| checked(number::to_float(&args[0])?, gamma::log_gamma),
        "Natural logarithm of absolute value of Gamma function at x.",
    ),
    plain(
        "degrees",
        "(x, /)",
        |args| Ok(float::new(number::to_float(&args[0])? * (180.0 / std::f64::consts::PI))),
        "Convert angle x from radians to degrees.",
    ),
    plain(
        "radians",
        "(x, /)",
        |args| Ok(float::new(number::to_float(&args[0])? * (std::f64::consts::PI / 180.0))),
        "Convert angle x from degrees to radians.",
    ),
    plain(
        "isfinite",
        "(x, /)",
        |args| Ok(bool_::new(number::to_float(&args[0])?.is_finite())),
        "Return True if x is neither an infinity nor a NaN, and False otherwise.",
    ),
    plain(
        "isinf",
        "(x, /)",
        |args| Ok(bool_::new(number::to_float(&args[0])?.is_infinite())),
        "Return True if x is a positive or negative infinity, and False otherwise.",
    ),
    plain(
        "isnan",
        "(x, /)",
        |args| Ok(bool_::new(number::to_float(&args[0])?.is_nan())),
        "Return True if x is a NaN (not a number), and False otherwise.",
    ),
    plain(
        "atan2",
        "(y, x, /)",
        |args| pair(args).map(|(y, x)| float::new(y.atan2(x))),
        "Return the arc tangent (measured in radians) of y/x.\n\nUnlike atan(y/x), the signs of both x and y are considered.",
    ),
    plain(
        "copysign",
        "(x, y, /)",
        |args| pair(args).map(|(x, y)| float::new(x.copysign(y))),
        "Return a float with the magnitude (absolute value) of x but the sign of y.\n\nOn platforms that support signed zeros, copysign(1.0, -0.0)\nreturns -1.0.\n",
    ),
    plain("fmod", "(x, y, /)", fmod, "Return fmod(x, y), according to platform C.\n\nx % y may differ."),
    plain(
        "remainder",
        "(x, y, /)",
        remainder,
        "Difference between x and the closest integer multiple of y.\n\nReturn x - n*y where n*y is the closest integer multiple of y.\nIn the case where x is exactly halfway between two multiples of\ny, the nearest even value of n is used. The result is always exact.",
    ),
    plain("pow", "(x, y, /)", pow, "Return x**y (x to the power of y)."),
    plain(
        "fma",
        "(x, y, z, /)",
        fma,
        "Fused multiply-add operation.\n\nCompute (x * y) + z with a single round.",
    ),
    plain(
        "frexp",
        "(x, /)",
        frexp,
        "Return the mantissa and exponent of x, as pair (m, e).\n\nm is a float and e is an int, such that x = m * 2.**e.\nIf x is 0, m and e are both 0.  Else 0.5 <= abs(m) < 1.0.",
    ),
    plain("ldexp", "(x, i, /)", ldexp, "Return x * (2**i).\n\nThis is essentially the inverse of frexp()."),
    plain(
        "modf",
        "(x, /)",
        modf,
        "Return the fractional and integer parts of x.\n\nBoth results carry the sign of x and are floats.",
    ),
    plain(
        "log",
        "(x, base=e, /)",
        log,
        "log(x, [base=math.e])\nReturn the logarithm of x to the given base.\n\nIf the base is not specified, returns the natural logarithm (base e) of x.",
    ),
    plain(
        "log2",
        "(x, /)",
        |args| logarithm(&args[0], f64::log2).map(float::new),
        "Return the base 2 logarithm of x.",
    ),
    plain(
        "log10",
        "(x, /)",
        |args| logarithm(&args[0], f64::log10).map(float::new),
        "Return the base 10 logarithm of x.",
    ),
    plain(
        "ceil",
        "(x, /)",
        |args| rounded(&args[0], f64::ceil, &names().__ceil__),
        "Return the ceiling of x as an Integral.\n\nThis is the smallest integer >= x.",
    ),
    plain(
        "floor",
        "(x, /)",
        |args| rounded(&args[0], f64::floor, &names().__floor__),
        "Return the floor of x as an Integral.\n\nThis is the largest integer <= x.",
    ),
    plain(
        "trunc",
        "(x, /)",
        trunc,
        "Truncates the Real x to the nearest Integral toward 0.\n\nUses the __trunc__ magic method.",
    ),
    bound(
        "isclose",
        "(a, b, *, rel_tol=1e-09, abs_tol=0.0)",
        isclose,
        "Determine whether two floating-point numbers are close in value.\n\n  rel_tol\n    maximum difference for being considered \"close\", relative to the\n    magnitude of the input values\n  abs_tol\n    maximum difference for being considered \"close\", regardless of the\n    magnitude of the input values\n\nReturn True if a is close in value to b, and False otherwise.\n\nFor the values to be considered close, the difference between them\nmust be smaller than at least one of the tolerances.\n\n-inf, inf and NaN behave similarly to the IEEE 754 Standard.  That\nis, NaN is not close to anything, even itself.  inf and -inf are\nonly close to themselves.",
    ),
    bound(
        "nextafter",
        "(x, y, /, *, steps=None)",
        nextafter,
        "Return the floating-point value the given number of steps after x towards y.\n\nIf steps is not specified or is None, it defaults to 1.\n\nRaises a TypeError, if x or y is not a double, or if steps is not an integer.\nRaises ValueError if steps is negative.",
    ),
    plain(
        "ulp",
        "(x, /)",
        |args| Ok(float::new(ulp(number::to_float(&args[0])?))),
        "Return the value of the least significant bit of the float x.",
    ),
];

fn pair(args: &[Ref]) -> Res<(f64, f64)> {
    Ok((number::to_float(&args[0])?, number::to_float(&args[1])?))
}

fn checked(x: f64, function: impl Fn(f64) -> Result<f64, Fault>) -> Res {
    match function(x) {
        Ok(value) => Ok(float::new(value)),
        Err(Fault::Domain) => Err(domain_error()),
        Err(Fault::Range) => Err(range_error()),
    }
}

/// Exact for zeros, whose sign the library may lose.
fn log1p(x: f64) -> f64 {
    if x == 0.0 { x } else { x.ln_1p() }
}

fn fmod(args: &[Ref]) -> Res {
    let (x, y) = pair(args)?;
    let result = x % y;
    if result.is_nan() && !x.is_nan() && !y.is_nan() {
        return Err(domain_error());
    }
    Ok(float::new(result))
}

fn remainder(args: &[Ref]) -> Res {
    let (x, y) = pair(args)?;
    if x.is_nan() || y.is_nan() {
        return Ok(float::new(if x.is_nan() { x } else { y }));
    }
    if x.is_infinite() || y == 0.0 {
        return Err(domain_error());
    }
    if y.is_infinite() {
        return Ok(float::new(x));
    }
    let (absolute_x, absolute_y) = (x.abs(), y.abs());
    let low = absolute_x % absolute_y;
    let high = absolute_y - low;
    let result = if low < high {
        low
    } else if low > high {
        -high
    } else {
        // Halfway: to the even multiple.
        low - 2.0 * ((0.5 * (absolute_x - low)) % absolute_y)
    };
    Ok(float::new(1f64.copysign(x) * result))
}

fn pow(args: &[Ref]) -> Res {
    let (x, y) = pair(args)?;
    let result = x.powf(y);
    if x.is_finite() && y.is_finite() && !result.is_finite() {
        return Err(if result.is_nan() || x == 0.0 { domain_error() } else { range_error() });
    }
    Ok(float::new(result))
}

fn fma(args: &[Ref]) -> Res {
    let (x, y) = pair(args)?;
    let z = number::to_float(&args[2])?;
    let result = x.mul_add(y, z);
    if result.is_nan() && !x.is_nan() && !y.is_nan() && !z.is_nan() {
        return Err(value_error!("invalid operation in fma"));
    }
    if result.is_infinite() && x.is_finite() && y.is_finite() && z.is_finite() {
        return Err(overflow_error!("overflow in fma"));
    }
    Ok(float::new(result))
}

/// The mantissa between a half and one, and the exponent.
pub(super) fn split(x: f64) -> (f64, i32) {
    if x == 0.0 || !x.is_finite() {
        return (x, 0);
    }
    let bits = x.to_bits();
    if bits >> 52 & 0x7FF == 0 {
        let (mantissa, exponent) = split(x * 2f64.powi(64));
        return (mantissa, exponent - 64);
    }
    let exponent = (bits >> 52 & 0x7FF) as i32 - 1022;
    (f64::from_bits(bits & !(0x7FF << 52) | 1022 << 52), exponent)
}

fn frexp(args: &[Ref]) -> Res {
    let (mantissa, exponent) = split(number::to_float(&args[0])?);
    Ok(tuple::pair(float::new(mantissa), int::new(i64::from(exponent))))
}

/// `x * 2**exponent`, rounded once.
pub(super) fn scale(x: f64, exponent: i64) -> f64 {
    if x == 0.0 || !x.is_finite() {
        return x;
    }
    let (mantissa, own) = split(x);
    let exponent = exponent.clamp(-10_000, 10_000) + i64::from(own) - 53;
    let magnitude = convert::scaled((mantissa.abs() * 2f64.powi(53)) as u64, false, exponent);
    magnitude.unwrap_or(f64::INFINITY).copysign(x)
}

fn ldexp(args: &[Ref]) -> Res {
    let x = number::to_float(&args[0])?;
    let Some(exponent) = int::value(&args[1]) else {
        return Err(type_error!("Expected an int as second argument to ldexp."));
    };
    let far = if exponent.is_negative() { i64::MIN } else { i64::MAX };
    let result = scale(x, exponent.to_i64().unwrap_or(far));
    if result.is_infinite() && x.is_finite() {
        return Err(range_error());
    }
    Ok(float::new(result))
}

fn modf(args: &[Ref]) -> Res {
    let x = number::to_float(&args[0])?;
    let (fraction, whole) = if x.is_infinite() {
        (0f64.copysign(x), x)
    } else if x.is_nan() {
        (x, x)
    } else {
        (x.fract().copysign(x), x.trunc())
    };
    Ok(tuple::pair(float::new(fraction), float::new(whole)))
}

fn log(args: &[Ref]) -> Res {
    let value = logarithm(&args[0], f64::ln)?;
    let Some(base) = args.get(1) else { return Ok(float::new(value)) };
    let base = logarithm(base, f64::ln)?;
    float::arithmetic::true_div(&float::new(value), &float::new(base))
}

/// A logarithm of a float, or of an int of any size.
fn logarithm(object: &Ref, function: fn(f64) -> f64) -> Res<f64> {
    let Some(value) = int::value(object) else {
        let x = number::to_float(object)?;
        return if x <= 0.0 { Err(domain_error()) } else { Ok(function(x)) };
    };
    if value.is_negative() || value.is_zero() {
        return Err(domain_error());
    }
    if let Some(x) = convert::nearest(value) {
        return Ok(function(x));
    }
    let bits = int::bits::bit_length(value);
    let top: IBig = value.as_big().as_ref() >> (bits - 64);
    let low_bits_set = value.as_big().as_ref() != &(&top << (bits - 64));
    let top = u64::try_from(&top).expect("the highest 64 bits");
    let mantissa = convert::scaled(top, low_bits_set, -64).expect("a mantissa is below one");
    Ok(function(mantissa) + function(2.0) * bits as f64)
}

/// `ceil` and `floor`: natively for floats and ints, by the special method, or through `__float__`.
fn rounded(object: &Ref, function: fn(f64) -> f64, name: &Ref<ouro_vm::objects::str::Str>) -> Res {
    if object.is_exact::<Float>() {
        return float::round::to_int(function(number::to_float(object)?));
    }
    if int::is_exact(object) {
        return Ok(object.clone());
    }
    match attribute::lookup_special(object, name)? {
        Some(method) => call::call(&method, &[]),
        None => float::round::to_int(function(number::to_float(object)?)),
    }
}

fn trunc(args: &[Ref]) -> Res {
    let object = &args[0];
    if object.is_exact::<Float>() {
        return float::round::to_int(number::to_float(object)?);
    }
    match attribute::lookup_special(object, &names().__trunc__)? {
        Some(method) => call::call(&method, &[]),
        None => Err(type_error!("type {} doesn't define __trunc__ method", Class::of(object).short_name())),
    }
}

fn isclose(args: &[Option<Ref>]) -> Res {
    let value = |index: usize, default: f64| args[index].as_ref().map_or(Ok(default), number::to_float);
    let (a, b) = (value(0, 0.0)?, value(1, 0.0)?);
    let (relative, absolute) = (value(2, 1e-9)?, value(3, 0.0)?);
    if relative < 0.0 || absolute < 0.0 {
        return Err(value_error!("tolerances must be non-negative"));
    }
    if a == b {
        return Ok(bool_::new(true));
    }
    if a.is_infinite() || b.is_infinite() {
        return Ok(bool_::new(false));
    }
    let difference = (b - a).abs();
    let close =
        difference <= (relative * b).abs() || difference <= (relative * a).abs() || difference <= absolute;
    Ok(bool_::new(close))
}

fn nextafter(args: &[Option<Ref>]) -> Res {
    let value = |index: usize| args[index].as_ref().map_or(Ok(0.0), number::to_float);
    let (x, y) = (value(0)?, value(1)?);
    let steps = match args[2].as_ref().filter(|steps| !steps.is(&shared().none)) {
        None => 1,
        Some(steps) => {
            let steps = number::index(steps)?;
            let steps = int::value(&steps).unwrap_or(IntValue::Small(0));
            if steps.is_negative() {
                return Err(value_error!("steps must be a non-negative integer"));
            }
            u64::try_from(steps.as_big().as_ref()).unwrap_or(u64::MAX)
        }
    };
    Ok(float::new(after(x, y, steps)))
}

/// The float that many steps from x towards y.
fn after(x: f64, y: f64, steps: u64) -> f64 {
    if steps == 0 || x.is_nan() {
        return x;
    }
    if y.is_nan() || x == y {
        return y;
    }
    // Magnitudes count the floats from zero; steps may lead across it.
    const SIGN: u64 = 1 << 63;
    let (from, to) = (x.to_bits() & !SIGN, y.to_bits() & !SIGN);
    if x.is_sign_negative() != y.is_sign_negative() {
        return if from.checked_add(to).is_some_and(|distance| steps >= distance) {
            y
        } else if from > steps {
            f64::from_bits(x.to_bits() - steps)
        } else {
            f64::from_bits((y.to_bits() & SIGN) | (steps - from))
        };
    }
    let moved =
        if from > to { from.saturating_sub(steps).max(to) } else { from.saturating_add(steps).min(to) };
    f64::from_bits((x.to_bits() & SIGN) | moved)
}

fn ulp(x: f64) -> f64 {
    let x = x.abs();
    if !x.is_finite() {
        return x;
    }
    let up = x.next_up();
    if up.is_infinite() { x - x.next_down() } else { up - x }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn floats_are_split_and_scaled() {
        assert_eq!(split(8.0), (0.5, 4));
        assert_eq!(split(5e-324), (0.5, -1073));
        assert_eq!(split(-3.0), (-0.75, 2));
        assert_eq!(scale(0.75, -1074), 5e-324);
        assert_eq!(scale(1.0, 1024), f64::INFINITY);
        assert_eq!(scale(-5e-324, 1074), -1.0);
    }

    #[test]
    fn steps_lead_across_zero() {
        assert_eq!(after(1.0, 2.0, 3), 1.0000000000000007);
        assert_eq!(after(5e-324, -1.0, 2), -5e-324);
        assert_eq!(after(1.0, 2.0, u64::MAX), 2.0);
        assert_eq!(ulp(1.0), f64::EPSILON);
    }
}
