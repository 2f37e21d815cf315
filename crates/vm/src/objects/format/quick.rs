//! Short ways for the frequent fields: ints, floats with some digits behind the point and strings, with or without a
//! width. What is not so plain goes the general way.

use ouro_heap::Ref;

use crate::{
    error::Res,
    objects::{
        float::Float,
        int::Int,
        str::{self, Str, StrBuilder, StrExt, push_quoted},
    },
    types,
};

/// Fields are filled from here to the left; what stands on the right of them is at most [`WIDEST`].
const MIDDLE: usize = 68;

/// So wide a plain field may be, and so many digits it may have behind the point.
pub(crate) const WIDEST: usize = 60;

const ROOM: usize = 128;

/// The text of a field in the making. No number takes more than 68 characters, and no filling more than [`WIDEST`].
pub(crate) struct Field {
    /// Spaces, as far as nothing else has been written.
    bytes: [u8; ROOM],
    start: usize,
    end: usize,
}

impl Field {
    #[inline(always)]
    fn new() -> Field {
        Field { bytes: [b' '; ROOM], start: MIDDLE, end: MIDDLE }
    }

    /// The text.
    #[inline(always)]
    pub(crate) fn text(&self) -> &[u8] {
        &self.bytes[self.start..self.end]
    }

    #[inline(always)]
    fn push(&mut self, byte: u8) {
        self.start -= 1;
        self.bytes[self.start % ROOM] = byte;
    }

    #[inline(always)]
    fn push_digits(&mut self, mut value: u64) {
        while value >= 100 {
            self.push_pair((value % 100) as u8);
            value /= 100;
        }
        if value >= 10 {
            self.push_pair(value as u8);
        } else {
            self.push(b'0' + value as u8);
        }
    }

    #[inline(always)]
    fn push_pair(&mut self, pair: u8) {
        self.push(b'0' + pair % 10);
        self.push(b'0' + pair / 10);
    }

    /// Digits of so many bits each.
    #[inline(always)]
    fn push_base(&mut self, mut value: u64, bits: u32, digits: &[u8; 16]) {
        loop {
            self.push(digits[(value & ((1 << bits) - 1)) as usize % 16]);
            value >>= bits;
            if value == 0 {
                return;
            }
        }
    }

    /// The digits of a float, of which so many stand behind the point.
    #[inline(always)]
    fn push_fixed(&mut self, mut scaled: u64, precision: usize) {
        if precision > 0 {
            for _ in 0..precision {
                self.push(b'0' + (scaled % 10) as u8);
                scaled /= 10;
            }
            self.push(b'.');
        }
        self.push_digits(scaled);
    }

    /// Adds the sign and fills the field.
    #[inline(always)]
    fn finish(&mut self, negative: bool, plain: &Plain) {
        let sign = usize::from(negative);
        if plain.zeros {
            while MIDDLE - self.start + sign < plain.width {
                self.push(b'0');
            }
        }
        if negative {
            self.push(b'-');
        }
        if plain.left {
            self.end = self.end.max(self.start + plain.width);
        } else {
            self.start = self.start.min(MIDDLE - plain.width);
        }
    }
}

const SMALL: &[u8; 16] = b"0123456789abcdef";
const CAPITAL: &[u8; 16] = b"0123456789ABCDEF";

/// A specification of the plain kind: `[<>][0][width][.precision][type]`.
#[derive(Clone, Copy, Default)]
pub(crate) struct Plain {
    pub(crate) left: bool,
    pub(crate) zeros: bool,
    /// At most [`WIDEST`].
    pub(crate) width: usize,
    pub(crate) precision: Option<usize>,
    pub(crate) kind: u8,
}

impl Plain {
    #[inline(always)]
    fn parse(spec: &[u8]) -> Option<Plain> {
        let mut plain = Plain::default();
        let mut rest = spec;
        if let [align @ (b'<' | b'>'), tail @ ..] = rest {
            plain.left = *align == b'<';
            rest = tail;
        } else if let [b'0', tail @ ..] = rest {
            plain.zeros = true;
            rest = tail;
        }
        if rest.first() == Some(&b'0') {
            return None;
        }
        (plain.width, rest) = number(rest)?;
        if let [b'.', tail @ ..] = rest {
            let (precision, behind) = number(tail)?;
            if behind.len() == tail.len() {
                return None;
            }
            plain.precision = Some(precision);
            rest = behind;
        }
        match rest {
            [] => {}
            [kind] => plain.kind = *kind,
            _ => return None,
        }
        Some(plain)
    }
}

/// The number that a text starts with (0 if with none), if it is small, and the rest.
#[inline(always)]
pub(crate) fn number(mut text: &[u8]) -> Option<(usize, &[u8])> {
    let mut value = 0;
    while let [digit @ b'0'..=b'9', tail @ ..] = text {
        value = value * 10 + (digit - b'0') as usize;
        if value > WIDEST {
            return None;
        }
        text = tail;
    }
    Some((value, text))
}

/// `bin`, `oct` and `hex`.
pub fn in_base(value: i64, radix: u8, prefix: &str) -> Ref<Str> {
    let mut field = Field::new();
    field.push_base(value.unsigned_abs(), radix.trailing_zeros(), SMALL);
    prefix.bytes().rev().for_each(|byte| field.push(byte));
    if value < 0 {
        field.push(b'-');
    }
    str::from_ascii(field.text())
}

/// Writes an int in a plain field.
pub(crate) fn int(field: &mut Field, value: i64, plain: &Plain) -> Option<()> {
    if plain.precision.is_some() {
        return None;
    }
    let magnitude = value.unsigned_abs();
    match plain.kind {
        0 | b'd' => field.push_digits(magnitude),
        b'x' => field.push_base(magnitude, 4, SMALL),
        b'X' => field.push_base(magnitude, 4, CAPITAL),
        b'o' => field.push_base(magnitude, 3, SMALL),
        b'b' => field.push_base(magnitude, 1, SMALL),
        _ => return None,
    }
    field.finish(value < 0, plain);
    Some(())
}

/// Writes a float in a plain field with a number of digits behind the point.
pub(crate) fn float(field: &mut Field, value: f64, plain: &Plain) -> Option<()> {
    if plain.kind != b'f' {
        return None;
    }
    let precision = plain.precision.unwrap_or(6);
    let scaled = scaled(value.abs(), precision)?;
    field.push_fixed(scaled, precision);
    field.finish(value.is_sign_negative(), plain);
    Some(())
}

/// A float with a number of digits behind the point.
pub fn fixed(value: f64, precision: usize) -> Option<String> {
    let mut field = Field::new();
    float(&mut field, value, &Plain { precision: Some(precision), kind: b'f', ..Plain::default() })?;
    Some(field.text().iter().map(|&byte| byte as char).collect())
}

/// The spaces on the left and on the right of a string of a length in a plain field: `[<>^][width][s]`.
#[inline(always)]
fn padding(spec: &[u8], length: usize) -> Option<(usize, usize)> {
    let (align, rest) = match spec {
        [align @ (b'<' | b'>' | b'^'), rest @ ..] => (*align, rest),
        _ => (b'<', spec),
    };
    if rest.first() == Some(&b'0') {
        return None;
    }
    let (width, rest) = number(rest)?;
    if !matches!(rest, [] | [b's']) {
        return None;
    }
    let padding = width.saturating_sub(length);
    Some(match align {
        b'<' => (0, padding),
        b'>' => (padding, 0),
        _ => (padding / 2, padding - padding / 2),
    })
}

/// `format(value, spec)` for exact strings, ints and floats in plain fields. Runs no code.
#[inline]
pub(crate) fn format(value: &Ref, spec: &Ref<Str>) -> Option<Ref<Str>> {
    let spec = spec.latin1()?;
    match value.header().type_index() {
        types::STR => {
            let text = value.downcast::<Str>()?;
            if spec.is_empty() {
                return Some(text.clone());
            }
            let (left, right) = padding(spec, text.char_count())?;
            str::pad(text, left, right, b' '.into()).ok()
        }
        types::INT => {
            let value = value.payload::<Int>()?.value.get();
            if spec.is_empty() {
                return Some(crate::objects::int::text::small(value));
            }
            let mut field = Field::new();
            int(&mut field, value, &Plain::parse(spec)?)?;
            Some(str::from_ascii(field.text()))
        }
        types::FLOAT if !spec.is_empty() => {
            let value = value.payload::<Float>()?.value.get();
            let mut field = Field::new();
            float(&mut field, value, &Plain::parse(spec)?)?;
            Some(str::from_ascii(field.text()))
        }
        _ => None,
    }
}

/// Appends what [`format()`] gives, also for the conversion `r` of strings; whether it was so plain.
#[inline]
pub(crate) fn push(out: &mut StrBuilder, value: &Ref, conversion: Option<u32>, spec: &[u8]) -> Res<bool> {
    match (value.header().type_index(), conversion) {
        (types::STR, None) => {
            let Some(text) = value.payload::<Str>() else { return Ok(false) };
            let Some((left, right)) = padding(spec, text.char_count()) else { return Ok(false) };
            out.push_times(b' '.into(), left)?;
            out.push_str(text)?;
            out.push_times(b' '.into(), right)?;
            Ok(true)
        }
        (types::STR, Some(0x72)) if spec.is_empty() => {
            let Some(text) = value.payload::<Str>() else { return Ok(false) };
            push_quoted(out, text, false);
            Ok(true)
        }
        (types::INT | types::FLOAT, None) => {
            let plain = if spec.is_empty() { Some(Plain::default()) } else { Plain::parse(spec) };
            Ok(plain.is_some_and(|plain| push_number(out, value, &plain)))
        }
        _ => Ok(false),
    }
}

/// Appends an exact int or float in a plain field; whether it could be written so.
#[inline]
pub(crate) fn push_number(out: &mut StrBuilder, value: &Ref, plain: &Plain) -> bool {
    let mut field = Field::new();
    let written = match value.header().type_index() {
        types::INT => value.payload::<Int>().and_then(|value| int(&mut field, value.value.get(), plain)),
        types::FLOAT => {
            value.payload::<Float>().and_then(|value| float(&mut field, value.value.get(), plain))
        }
        _ => None,
    };
    if written.is_some() {
        out.push_latin1(field.text());
    }
    written.is_some()
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
