//! `float`: hexadecimal text, both ways.

use crate::{
    error::Res,
    objects::{format, int::convert::scaled},
    overflow_error, value_error,
};

/// `float.hex`
pub fn to_hex(value: f64) -> String {
    if !value.is_finite() {
        return format::float_repr(value);
    }
    let bits = value.to_bits();
    let sign = if value.is_sign_negative() { "-" } else { "" };
    let fraction = bits & ((1 << 52) - 1);
    match (bits >> 52 & 0x7FF) as i32 {
        0 if fraction == 0 => format!("{sign}0x0.0p+0"),
        0 => format!("{sign}0x0.{fraction:013x}p-1022"),
        exponent => format!("{sign}0x1.{fraction:013x}p{:+}", exponent - 1023),
    }
}

/// `float.fromhex`
pub fn from_hex(text: &str) -> Res<f64> {
    match parse(text.trim_matches(|c: char| c.is_ascii_whitespace() || c == '\x0b')) {
        Ok(value) => Ok(value),
        Err(Malformed::Syntax) => Err(value_error!("invalid hexadecimal floating-point string")),
        Err(Malformed::TooLarge) => {
            Err(overflow_error!("hexadecimal value too large to represent as a float"))
        }
    }
}

#[derive(Debug, PartialEq)]
enum Malformed {
    Syntax,
    TooLarge,
}

fn parse(text: &str) -> Result<f64, Malformed> {
    let (negative, text) = match text.as_bytes().first() {
        Some(b'-') => (true, &text[1..]),
        Some(b'+') => (false, &text[1..]),
        _ => (false, text),
    };
    let signed = |value: f64| if negative { -value } else { value };
    if text.eq_ignore_ascii_case("inf") || text.eq_ignore_ascii_case("infinity") {
        return Ok(signed(f64::INFINITY));
    }
    if text.eq_ignore_ascii_case("nan") {
        return Ok(signed(f64::NAN));
    }
    let text = text.strip_prefix("0x").or_else(|| text.strip_prefix("0X")).unwrap_or(text);
    let (digits, exponent) = match text.find(['p', 'P']) {
        Some(position) => (&text[..position], Some(&text[position + 1..])),
        None => (text, None),
    };
    let exponent = exponent.map_or(Ok(0), parse_exponent)?;
    let (mut mantissa, mut sticky, mut scale, mut count, mut point) = (0u64, false, 0i64, 0usize, false);
    for byte in digits.bytes() {
        if byte == b'.' && !point {
            point = true;
            continue;
        }
        let digit = (byte as char).to_digit(16).ok_or(Malformed::Syntax)?;
        count += 1;
        if mantissa >> 60 == 0 {
            mantissa = mantissa << 4 | digit as u64;
            scale -= if point { 4 } else { 0 };
        } else {
            sticky |= digit != 0;
            scale += if point { 0 } else { 4 };
        }
    }
    if count == 0 {
        return Err(Malformed::Syntax);
    }
    scaled(mantissa, sticky, scale.saturating_add(exponent)).map(signed).ok_or(Malformed::TooLarge)
}

/// A decimal exponent, clamped far outside of what any float can have.
fn parse_exponent(text: &str) -> Result<i64, Malformed> {
    let (negative, digits) = match text.as_bytes().first() {
        Some(b'-') => (true, &text[1..]),
        Some(b'+') => (false, &text[1..]),
        _ => (false, text),
    };
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(Malformed::Syntax);
    }
    let value = digits.parse::<i64>().unwrap_or(i64::MAX / 4).min(i64::MAX / 4);
    Ok(if negative { -value } else { value })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_read_with_one_rounding() {
        assert_eq!(parse("0x1.8p1"), Ok(3.0));
        assert_eq!(parse("-0x.1p-1078"), Ok(-0.0));
        assert_eq!(parse("0x1p-1074"), Ok(5e-324));
        assert_eq!(parse("0x1.00000000000008p0"), Ok(1.0));
        assert_eq!(parse("0x1.000000000000080000000000001p0"), Ok(1.0000000000000002));
        assert_eq!(parse("0x1p1024"), Err(Malformed::TooLarge));
        assert_eq!(parse("0x"), Err(Malformed::Syntax));
        assert_eq!(parse("1p"), Err(Malformed::Syntax));
        assert_eq!(parse("0p99999999999999999999"), Ok(0.0));
    }

    #[test]
    fn texts_are_written() {
        assert_eq!(to_hex(1.5), "0x1.8000000000000p+0");
        assert_eq!(to_hex(-0.0), "-0x0.0p+0");
        assert_eq!(to_hex(5e-324), "0x0.0000000000001p-1022");
    }
}
