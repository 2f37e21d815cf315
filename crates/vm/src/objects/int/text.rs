//! `int` as text, both ways, with the limit that keeps conversions from taking quadratic time.

use std::{borrow::Cow, cell::Cell};

use dashu_int::{IBig, UBig};
use ouro_heap::Ref;

use crate::{
    error::{Raised, Res},
    objects::{
        float::text::is_space,
        int::{self, IntValue, bits, operand},
        str::{self, Str, StrExt, unicode},
    },
    value_error,
};

thread_local! {
    static MAX_DIGITS: Cell<usize> = const { Cell::new(DEFAULT_MAX_DIGITS) };
}

/// The limit at the start: `sys.int_info.default_max_str_digits`.
pub const DEFAULT_MAX_DIGITS: usize = 4300;
/// No limit below this is allowed: `sys.int_info.str_digits_check_threshold`.
pub const MIN_MAX_DIGITS: usize = 640;

/// The most decimal digits that conversions between int and text handle, 0 for no limit.
pub fn max_str_digits() -> usize {
    MAX_DIGITS.get()
}

/// Sets the limit: 0, or at least [`MIN_MAX_DIGITS`], which the caller checks.
pub fn set_max_str_digits(digits: usize) {
    MAX_DIGITS.set(digits);
}

/// `__repr__`
pub fn repr(int: &Ref) -> Res {
    match operand(int) {
        IntValue::Small(value) => Ok(small(value).into_any()),
        IntValue::Big(value) => Ok(str::from_ascii(big(value)?.as_bytes()).into_any()),
    }
}

/// The decimal text of a 64-bit value.
#[inline]
pub fn small(value: i64) -> Ref<Str> {
    str::from_ascii(itoa::Buffer::new().format(value).as_bytes())
}

/// The decimal text, if the limit allows it.
pub fn decimal(value: IntValue) -> Res<String> {
    match value {
        IntValue::Small(value) => Ok(itoa::Buffer::new().format(value).to_owned()),
        IntValue::Big(value) => big(value),
    }
}

fn big(value: &IBig) -> Res<String> {
    let limit = max_str_digits();
    // A decimal digit is at most 1/0.30102 bits: clearly longer texts are refused before they are made.
    let least_digits = bits::magnitude_bits(value).saturating_sub(1) as f64 * 0.301;
    if limit != 0 && least_digits > limit as f64 {
        return Err(too_long());
    }
    let text = super::decimal::text(value);
    let digits = text.len() - usize::from(text.starts_with('-'));
    if limit != 0 && digits > limit { Err(too_long()) } else { Ok(text) }
}

#[cold]
fn too_long() -> Raised {
    value_error!(
        "Exceeds the limit ({} digits) for integer string conversion; use sys.set_int_max_str_digits() to increase \
         the limit",
        max_str_digits()
    )
}

/// A string's characters for number parsers: digits and white space of any script become those of ASCII, other
/// characters a question mark.
pub fn to_ascii(text: &Str) -> Cow<'_, str> {
    if let Some(text) = text.as_ascii() {
        return Cow::Borrowed(text);
    }
    let plain = |c: u32| match unicode::decimal_value(c) {
        Some(digit) => (b'0' + digit as u8) as char,
        None if c < 128 => c as u8 as char,
        None if unicode::is_space(c) => ' ',
        None => '?',
    };
    Cow::Owned(text.code_points().map(plain).collect())
}

/// The value of plain decimal digits with perhaps a sign, if they are few enough for 64 bits; nothing for other texts.
#[inline]
pub fn parse_plain(text: &[u8]) -> Option<i64> {
    let (negative, digits) = match text {
        [b'-', digits @ ..] => (true, digits),
        [b'+', digits @ ..] => (false, digits),
        digits => (false, digits),
    };
    if digits.is_empty() || digits.len() > 18 {
        return None;
    }
    let mut value = 0;
    for &byte in digits {
        let digit = byte.wrapping_sub(b'0');
        if digit > 9 {
            return None;
        }
        value = value * 10 + i64::from(digit);
    }
    Some(if negative { -value } else { value })
}

/// Why a text is no int.
#[derive(Debug, PartialEq)]
pub enum Malformed {
    /// It is not a literal in the base.
    Syntax,
    /// It has this many digits, and the limit forbids it.
    TooLong(usize),
}

/// Parses an int in a base of 2 to 36, or 0 for literals with a prefix, as CPython's `PyLong_FromString`. Characters
/// outside of ASCII have been replaced by [`to_ascii`].
pub fn parse(text: &str, base: u32) -> Result<IBig, Malformed> {
    let text = text.trim_matches(is_space);
    let (negative, text) = match text.as_bytes().first() {
        Some(b'-') => (true, &text[1..]),
        Some(b'+') => (false, &text[1..]),
        _ => (false, text),
    };
    let prefix = match text.as_bytes() {
        [b'0', b'x' | b'X', ..] => 16,
        [b'0', b'o' | b'O', ..] => 8,
        [b'0', b'b' | b'B', ..] => 2,
        _ => 0,
    };
    let mut digits = text;
    let radix = if base == 0 { if prefix == 0 { 10 } else { prefix } } else { base };
    if prefix == radix {
        digits = &text[2..];
        digits = digits.strip_prefix('_').unwrap_or(digits);
    }
    let magnitude = magnitude(digits, radix)?;
    // `012` might be meant as octal.
    if base == 0 && prefix == 0 && text.starts_with('0') && !magnitude.is_zero() {
        return Err(Malformed::Syntax);
    }
    let value = IBig::from(magnitude);
    Ok(if negative { -value } else { value })
}

fn magnitude(text: &str, radix: u32) -> Result<UBig, Malformed> {
    let (mut value, mut exact, mut digits, mut after_digit) = (0u64, true, 0, false);
    for byte in text.bytes() {
        if byte == b'_' {
            if !after_digit {
                return Err(Malformed::Syntax);
            }
            after_digit = false;
            continue;
        }
        let digit = (byte as char).to_digit(radix).ok_or(Malformed::Syntax)?;
        digits += 1;
        after_digit = true;
        if exact {
            match value.checked_mul(radix as u64).and_then(|value| value.checked_add(digit as u64)) {
                Some(next) => value = next,
                None => exact = false,
            }
        }
    }
    if !after_digit {
        return Err(Malformed::Syntax);
    }
    let limit = max_str_digits();
    if digits > MIN_MAX_DIGITS && limit != 0 && digits > limit && !radix.is_power_of_two() {
        return Err(Malformed::TooLong(digits));
    }
    if exact {
        return Ok(UBig::from(value));
    }
    let plain: Cow<str> =
        if text.contains('_') { Cow::Owned(text.replace('_', "")) } else { Cow::Borrowed(text) };
    UBig::from_str_radix(&plain, radix).map_err(|_| Malformed::Syntax)
}

/// The ValueError for a text that is no int; `literal` is the object that held it.
#[cold]
pub fn malformed(reason: Malformed, literal: &Ref, base: i64) -> Raised {
    match reason {
        Malformed::TooLong(digits) => value_error!(
            "Exceeds the limit ({} digits) for integer string conversion: value has {digits} digits; use \
             sys.set_int_max_str_digits() to increase the limit",
            max_str_digits()
        ),
        Malformed::Syntax => match crate::protocol::object::repr(literal) {
            Ok(repr) => {
                let shown: String = repr.to_text().chars().take(200).collect();
                value_error!("invalid literal for int() with base {base}: {shown}")
            }
            Err(raised) => raised,
        },
    }
}

/// An int object of a decimal source literal without underscores; used for constants.
pub fn from_literal(text: &str, base: u32) -> Option<Ref> {
    parse(text, base).ok().map(int::from_big)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn literals_in_any_base() {
        let value = |text, base| parse(text, base).ok().and_then(|value| i64::try_from(value).ok());
        for (text, base, expected) in [
            (" 12_3 ", 10, Some(123)),
            ("0x1f", 16, Some(31)),
            ("0x_1f", 0, Some(31)),
            ("-0b101", 0, Some(-5)),
            ("0o17", 0, Some(15)),
            ("00", 0, Some(0)),
            ("0_0", 0, Some(0)),
            ("012", 0, None),
            ("0_1", 0, None),
            ("0b1", 36, Some(397)),
            ("z", 36, Some(35)),
            ("1__2", 10, None),
            ("_1", 10, None),
            ("1_", 10, None),
            ("", 10, None),
            ("+", 10, None),
            ("+-1", 10, None),
            ("+ 1", 10, None),
            ("0x", 16, None),
            ("0b12", 0, None),
        ] {
            assert_eq!(value(text, base), expected, "{text:?}");
        }
    }

    #[test]
    fn long_literals_are_limited() {
        assert_eq!(parse(&"1".repeat(4301), 10), Err(Malformed::TooLong(4301)));
        assert!(parse(&"f".repeat(10_000), 16).is_ok());
        assert_eq!(parse("1_000_000_000_000_000_000_000", 10), Ok(IBig::from(10).pow(21)));
    }
}
