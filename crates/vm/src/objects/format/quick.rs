//! Short ways for the frequent fields: decimal and hexadecimal ints, floats with some digits behind the point, with or
//! without a width. What is not so plain goes the general way.

use ouro_heap::Ref;

use crate::objects::str::{self, Str, StrExt};

/// Fields up to this width are made without an allocation.
const ROOM: usize = 96;

/// The text of a field in the making, filled from the end.
struct Field {
    bytes: [u8; ROOM],
    start: usize,
}

impl Field {
    fn new() -> Field {
        Field { bytes: [0; ROOM], start: ROOM }
    }

    #[inline(always)]
    fn push(&mut self, byte: u8) {
        self.start -= 1;
        self.bytes[self.start] = byte;
    }

    fn push_digits(&mut self, mut value: u64) {
        loop {
            self.push(b'0' + (value % 10) as u8);
            value /= 10;
            if value == 0 {
                return;
            }
        }
    }

    fn len(&self) -> usize {
        ROOM - self.start
    }

    /// Adds the sign and fills the field on the left.
    fn finish(mut self, negative: bool, plain: &Plain) -> Ref<Str> {
        let sign = usize::from(negative);
        if plain.zeros {
            while self.len() + sign < plain.width {
                self.push(b'0');
            }
        }
        if negative {
            self.push(b'-');
        }
        while self.len() < plain.width {
            self.push(b' ');
        }
        str::from_ascii(&self.bytes[self.start..])
    }
}

/// A specification of the plain kind: `[0][width][.precision][type]`.
struct Plain {
    zeros: bool,
    width: usize,
    precision: Option<usize>,
    kind: u8,
}

impl Plain {
    fn parse(spec: &Str) -> Option<Plain> {
        let mut bytes = spec.as_ascii()?.bytes().peekable();
        let number = |bytes: &mut std::iter::Peekable<std::str::Bytes>| {
            let (mut value, mut given) = (0, false);
            while let Some(digit) = bytes.next_if(u8::is_ascii_digit) {
                value = value * 10 + (digit - b'0') as usize;
                given = true;
                if value > 60 {
                    return None;
                }
            }
            Some((value, given))
        };
        let zeros = bytes.next_if(|&byte| byte == b'0').is_some();
        let (width, _) = number(&mut bytes)?;
        let mut precision = None;
        if bytes.next_if(|&byte| byte == b'.').is_some() {
            let (value, given) = number(&mut bytes)?;
            precision = Some(value).filter(|_| given);
            precision?;
        }
        let kind = bytes.next().unwrap_or(0);
        if bytes.next().is_some() { None } else { Some(Plain { zeros, width, precision, kind }) }
    }
}

/// `bin`, `oct` and `hex`.
pub fn in_base(value: i64, radix: u8, prefix: &str) -> Ref<Str> {
    let mut field = Field::new();
    let mut magnitude = value.unsigned_abs();
    let bits = radix.trailing_zeros();
    loop {
        field.push(b"0123456789abcdef"[(magnitude & (u64::from(radix) - 1)) as usize]);
        magnitude >>= bits;
        if magnitude == 0 {
            break;
        }
    }
    prefix.bytes().rev().for_each(|byte| field.push(byte));
    if value < 0 {
        field.push(b'-');
    }
    str::from_ascii(&field.bytes[field.start..])
}

/// An int in a plain field.
pub fn int(value: i64, spec: &Str) -> Option<Ref<Str>> {
    let plain = Plain::parse(spec)?;
    if plain.precision.is_some() {
        return None;
    }
    let mut field = Field::new();
    let mut magnitude = value.unsigned_abs();
    match plain.kind {
        0 | b'd' => field.push_digits(magnitude),
        b'x' => loop {
            field.push(b"0123456789abcdef"[(magnitude & 15) as usize]);
            magnitude >>= 4;
            if magnitude == 0 {
                break;
            }
        },
        _ => return None,
    }
    Some(field.finish(value < 0, &plain))
}

/// A float in a plain field with a number of digits behind the point.
pub fn float(value: f64, spec: &Str) -> Option<Ref<Str>> {
    let plain = Plain::parse(spec)?;
    if plain.kind != b'f' {
        return None;
    }
    let precision = plain.precision.unwrap_or(6);
    let mut scaled = scaled(value.abs(), precision)?;
    let mut field = Field::new();
    if precision > 0 {
        for _ in 0..precision {
            field.push(b'0' + (scaled % 10) as u8);
            scaled /= 10;
        }
        field.push(b'.');
    }
    field.push_digits(scaled);
    Some(field.finish(value.is_sign_negative(), &plain))
}

/// A float with a number of digits behind the point.
pub fn fixed(value: f64, precision: usize) -> Option<String> {
    let mut scaled = scaled(value.abs(), precision)?;
    let mut field = Field::new();
    if precision > 0 {
        for _ in 0..precision {
            field.push(b'0' + (scaled % 10) as u8);
            scaled /= 10;
        }
        field.push(b'.');
    }
    field.push_digits(scaled);
    if value.is_sign_negative() {
        field.push(b'-');
    }
    Some(field.bytes[field.start..].iter().map(|&byte| byte as char).collect())
}

/// A value that is not negative times a power of ten, correctly rounded, ties to even; nothing for what is too large
/// for that, and for what is no number.
pub fn scaled(value: f64, digits: usize) -> Option<u64> {
    if digits > 19 || !value.is_finite() {
        return None;
    }
    let bits = value.to_bits();
    let raw = (bits >> 52 & 0x7FF) as i32;
    let fraction = bits & ((1 << 52) - 1);
    let (mantissa, exponent) = if raw == 0 { (fraction, -1074) } else { (fraction | 1 << 52, raw - 1075) };
    // Below 2**117: 53 bits times at most 64.
    let product = mantissa as u128 * 10u128.pow(digits as u32);
    if exponent >= 0 {
        return if exponent <= 10 { u64::try_from(product << exponent).ok() } else { None };
    }
    let shift = exponent.unsigned_abs();
    if shift >= 127 {
        // Less than a half of the last place.
        return Some(0);
    }
    let whole = product >> shift;
    let rest = product & ((1 << shift) - 1);
    let half = 1u128 << (shift - 1);
    let up = rest > half || rest == half && whole & 1 == 1;
    u64::try_from(whole + u128::from(up)).ok()
}

#[cfg(test)]
mod tests {
    use super::scaled;

    #[test]
    fn rounding_is_that_of_the_standard_library() {
        let mut state = 12345u64;
        for round in 0..200_000 {
            state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
            let value = match round % 4 {
                0 => (state >> 40) as f64 / 8.0,
                1 => (state >> 33) as f64 / 1000.0,
                2 => f64::from_bits(state >> 1),
                _ => (state >> 20) as f64 * 1e-9,
            };
            let digits = (state >> 5) as usize % 9;
            if let Some(scaled) = scaled(value, digits) {
                let text = format!("{value:.digits$}").replace('.', "");
                assert_eq!(text.parse::<u64>(), Ok(scaled), "{value} {digits}");
            }
        }
    }
}
