//! IEEE 754 half precision, the format `e` of `struct` and memoryviews.

/// A number as IEEE 754 half precision, rounded to even; nothing if it is too large.
pub fn from_f64(number: f64) -> Option<u16> {
    let sign = if number.is_sign_negative() { 0x8000 } else { 0 };
    if number.is_nan() {
        return Some(sign | 0x7E00);
    }
    if number.is_infinite() {
        return Some(sign | 0x7C00);
    }
    let size = number.abs();
    // The smallest steps are 2^-24 apart, and with each power of two above 2^-14 they double.
    let exponent = if size == 0.0 { -14 } else { ((size.to_bits() >> 52) as i32 - 1023).max(-14) };
    let steps = (size * 2f64.powi(10 - exponent)).round_ties_even();
    let bits = (exponent + 14) as i64 * 1024 + steps as i64;
    let bits = if exponent > -14 || steps >= 1024.0 { bits } else { steps as i64 };
    (bits < 0x7C00).then_some(sign | bits as u16)
}

/// What the bits of a half mean.
pub fn to_f64(bits: u16) -> f64 {
    let sign = if bits & 0x8000 != 0 { -1.0 } else { 1.0 };
    let (exponent, fraction) = (i32::from(bits >> 10 & 31), f64::from(bits & 0x3FF));
    match exponent {
        31 if fraction == 0.0 => sign * f64::INFINITY,
        31 => f64::NAN.copysign(sign),
        0 => sign * fraction * 2f64.powi(-24),
        _ => sign * (1024.0 + fraction) * 2f64.powi(exponent - 25),
    }
}
