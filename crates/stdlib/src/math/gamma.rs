//! The gamma function and the logarithm of its absolute value, by Lanczos' approximation as CPython computes it.

use std::f64::consts::PI;

const G: f64 = 6.024_680_040_776_73;
const G_MINUS_HALF: f64 = 5.524_680_040_776_73;
const LOG_PI: f64 = 1.144729885849400174143427351353058711647;

#[allow(clippy::excessive_precision, reason = "the coefficients as published")]
const NUMERATOR: [f64; 13] = [
    23531376880.410759688572007674451636754734846804940,
    42919803642.649098768957899047001988850926355848959,
    35711959237.355668049440185451547166705960488635843,
    17921034426.037209699919755754458931112671403265390,
    6039542586.3520280050642916443072979210699388420708,
    1439720407.3117216736632230727949123939715485786372,
    248874557.86205415651146038641322942321632125127801,
    31426415.585400194380614231628318205362874684987640,
    2876370.6289353724412254090516208496135991145378768,
    186056.26539522349504029498971604569928220784236328,
    8071.6720023658162106380029022722506138218516325024,
    210.82427775157934587250973392071336271166969580291,
    2.5066282746310002701649081771338373386264310793408,
];

const DENOMINATOR: [f64; 13] = [
    0.0,
    39916800.0,
    120543840.0,
    150917976.0,
    105258076.0,
    45995730.0,
    13339535.0,
    2637558.0,
    357423.0,
    32670.0,
    1925.0,
    66.0,
    1.0,
];

/// What went wrong.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Fault {
    Domain,
    Range,
}

fn lanczos_sum(x: f64) -> f64 {
    let coefficients = NUMERATOR.iter().zip(&DENOMINATOR);
    let (numerator, denominator) = if x < 5.0 {
        coefficients.rev().fold((0.0, 0.0), |(num, den), (n, d)| (num * x + n, den * x + d))
    } else {
        coefficients.fold((0.0, 0.0), |(num, den), (n, d)| (num / x + n, den / x + d))
    };
    numerator / denominator
}

/// `sin(pi * x)`, precise for large x.
fn sin_pi(x: f64) -> f64 {
    let y = x.abs() % 2.0;
    let result = match (2.0 * y).round() as i32 {
        0 => (PI * y).sin(),
        1 => (PI * (y - 0.5)).cos(),
        2 => (PI * (1.0 - y)).sin(),
        3 => -(PI * (y - 1.5)).cos(),
        _ => (PI * (y - 2.0)).sin(),
    };
    1f64.copysign(x) * result
}

/// `math.gamma`
pub(super) fn gamma(x: f64) -> Result<f64, Fault> {
    if !x.is_finite() {
        return if x.is_nan() || x > 0.0 { Ok(x) } else { Err(Fault::Domain) };
    }
    if x == 0.0 {
        return Err(Fault::Domain);
    }
    if x == x.floor() {
        if x < 0.0 {
            return Err(Fault::Domain);
        }
        if x <= 23.0 {
            return Ok((1..x as u32).fold(1.0, |product, factor| product * f64::from(factor)));
        }
    }
    let absolute = x.abs();
    if absolute < 1e-20 {
        return finite(1.0 / x);
    }
    if absolute > 200.0 {
        return if x < 0.0 { Ok(0.0 / sin_pi(x)) } else { Err(Fault::Range) };
    }
    let y = absolute + G_MINUS_HALF;
    // The rounding error of y is made good below.
    let z =
        if absolute > G_MINUS_HALF { (y - absolute) - G_MINUS_HALF } else { (y - G_MINUS_HALF) - absolute };
    let z = z * G / y;
    let mut result;
    if x < 0.0 {
        result = -PI / sin_pi(absolute) / absolute * y.exp() / lanczos_sum(absolute);
        result -= z * result;
        if absolute < 140.0 {
            result /= y.powf(absolute - 0.5);
        } else {
            let root = y.powf(absolute / 2.0 - 0.25);
            result /= root;
            result /= root;
        }
    } else {
        result = lanczos_sum(absolute) / y.exp();
        result += z * result;
        if absolute < 140.0 {
            result *= y.powf(absolute - 0.5);
        } else {
            let root = y.powf(absolute / 2.0 - 0.25);
            result *= root;
            result *= root;
        }
    }
    finite(result)
}

/// `math.lgamma`
pub(super) fn log_gamma(x: f64) -> Result<f64, Fault> {
    if !x.is_finite() {
        return Ok(if x.is_nan() { x } else { f64::INFINITY });
    }
    if x == x.floor() && x <= 2.0 {
        return if x <= 0.0 { Err(Fault::Domain) } else { Ok(0.0) };
    }
    let absolute = x.abs();
    if absolute < 1e-20 {
        return Ok(-absolute.ln());
    }
    let mut result = lanczos_sum(absolute).ln() - G;
    result += (absolute - 0.5) * ((absolute + G - 0.5).ln() - 1.0);
    if x < 0.0 {
        result = LOG_PI - sin_pi(absolute).abs().ln() - absolute.ln() - result;
    }
    finite(result)
}

fn finite(value: f64) -> Result<f64, Fault> {
    if value.is_infinite() { Err(Fault::Range) } else { Ok(value) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_values() {
        assert_eq!(gamma(5.0), Ok(24.0));
        assert_eq!(gamma(0.5), Ok(1.772453850905516));
        assert_eq!(gamma(-1.0), Err(Fault::Domain));
        assert_eq!(gamma(172.0), Err(Fault::Range));
        assert_eq!(log_gamma(0.5), Ok(0.5723649429247004));
    }
}
