//! Numbers in a field: sign, prefix, grouped digits, padding.

use super::spec::{Align, Spec};
use crate::error::Res;

/// The parts of a number's text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Number<'a> {
    /// The sign that is shown.
    pub sign: Option<u8>,
    /// `0x` and its like.
    pub prefix: &'a str,
    /// The digits before the point, which can be grouped.
    pub whole: &'a str,
    /// All behind them.
    pub rest: &'a str,
}

impl<'a> Number<'a> {
    /// Takes the text of a float apart.
    pub(super) fn of_float(text: &'a str, spec: &Spec) -> Number<'a> {
        let (negative, text) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
        let digits = text.bytes().take_while(u8::is_ascii_digit).count();
        let (whole, rest) = text.split_at(digits);
        Number { sign: sign(negative, spec), prefix: "", whole, rest }
    }
}

/// The sign to show.
pub(super) fn sign(negative: bool, spec: &Spec) -> Option<u8> {
    if negative { Some(b'-') } else { spec.sign.filter(|&sign| sign != b'-') }
}

/// Lays a number out in its field. Digits are grouped by `size`, if the specification says so.
pub(super) fn lay_out(number: Number, spec: &Spec, size: usize) -> Res<String> {
    let Number { sign, prefix, whole, rest } = number;
    let others = usize::from(sign.is_some()) + prefix.len() + rest.chars().count();
    let width = spec.width.unwrap_or(0);
    // Zeros that fill the field from the sign on are digits, so they are grouped, too.
    let zero_filled = spec.fill == u32::from(b'0') && spec.align == Align::Numeric;
    let least = if zero_filled { width.saturating_sub(others) } else { 0 };
    ouro_heap::allocate::check_request(width.saturating_mul(4))?;
    let mut grouped = String::new();
    let digits = match spec.grouping {
        _ if whole.is_empty() => whole,
        None if least <= whole.len() => whole,
        None => {
            grouped.extend(std::iter::repeat_n('0', least - whole.len()));
            grouped.push_str(whole);
            &grouped
        }
        Some(separator) => {
            grouped = group(whole.as_bytes(), separator, size, least);
            &grouped
        }
    };
    let padding = width.saturating_sub(others + digits.len());
    let (left, inner, right) = match spec.align {
        Align::Left => (0, 0, padding),
        Align::Right => (padding, 0, 0),
        Align::Center => (padding / 2, 0, padding - padding / 2),
        Align::Numeric => (0, padding, 0),
    };
    let mut out = String::with_capacity(others + digits.len() + padding);
    pad(&mut out, spec.fill, left);
    out.extend(sign.map(char::from));
    out.push_str(prefix);
    pad(&mut out, spec.fill, inner);
    out.push_str(digits);
    out.push_str(rest);
    pad(&mut out, spec.fill, right);
    Ok(out)
}

/// Appends the fill character so many times.
pub(super) fn pad(out: &mut String, fill: u32, count: usize) {
    let fill = char::from_u32(fill).unwrap_or(char::REPLACEMENT_CHARACTER);
    out.extend(std::iter::repeat_n(fill, count));
}

/// Digits in groups from the right, with leading zeros up to the least number of characters.
fn group(digits: &[u8], separator: u8, size: usize, least: usize) -> String {
    let mut reversed: Vec<u8> = Vec::with_capacity(digits.len().max(least) * 4 / 3 + 2);
    let (mut remaining, mut least) = (digits.len(), least);
    loop {
        let length = size.min(remaining.max(least).max(1));
        for _ in 0..length {
            reversed.push(if remaining > 0 { digits[remaining - 1] } else { b'0' });
            remaining = remaining.saturating_sub(1);
        }
        least = least.saturating_sub(length);
        if remaining == 0 && least == 0 {
            break;
        }
        reversed.push(separator);
        least = least.saturating_sub(1);
    }
    reversed.iter().rev().map(|&byte| byte as char).collect()
}
