//! Constants as Python's `repr` (and `ascii`) writes them.

use std::fmt::Write;

use ouro_syntax::ast::{Constant, IntLiteral, Wtf8};

pub(crate) fn constant(out: &mut String, value: &Constant) {
    match value {
        Constant::None => out.push_str("None"),
        Constant::True => out.push_str("True"),
        Constant::False => out.push_str("False"),
        Constant::Ellipsis => out.push_str("Ellipsis"),
        Constant::Int(IntLiteral::Small(value)) => write!(out, "{value}").expect("a string takes all"),
        Constant::Int(IntLiteral::Big { radix, digits }) => out.push_str(&decimal(digits, u64::from(*radix))),
        Constant::Float(value) => out.push_str(&float(*value, true)),
        Constant::Imaginary(value) => {
            out.push_str(&float(*value, false));
            out.push('j');
        }
        Constant::Str { value, .. } => string(out, value),
        Constant::Bytes(value) => bytes(out, value),
    }
}

/// The decimal digits of a large integer, by schoolbook multiplication.
fn decimal(digits: &str, radix: u64) -> String {
    if radix == 10 {
        return digits.to_owned();
    }
    const LIMB: u64 = 1_000_000_000;
    let mut limbs = vec![0u64];
    for digit in digits.chars() {
        let mut carry = u64::from(digit.to_digit(radix as u32).expect("the parser checked it"));
        for limb in &mut limbs {
            let value = *limb * radix + carry;
            *limb = value % LIMB;
            carry = value / LIMB;
        }
        if carry > 0 {
            limbs.push(carry);
        }
    }
    let mut text = limbs.pop().unwrap_or(0).to_string();
    for limb in limbs.iter().rev() {
        write!(text, "{limb:09}").expect("a string takes all");
    }
    text
}

/// A float with the fewest digits; a complex number's part has no `.0`.
fn float(value: f64, point: bool) -> String {
    if value.is_infinite() {
        return "inf".into();
    }
    let scientific = format!("{value:e}");
    let (digits, exponent) = scientific.split_once('e').expect("Rust writes an exponent");
    let exponent: i32 = exponent.parse().expect("Rust writes a number");
    if (-4..16).contains(&exponent) {
        let plain = format!("{value}");
        return if point && !plain.contains('.') { plain + ".0" } else { plain };
    }
    let sign = if exponent < 0 { '-' } else { '+' };
    format!("{digits}e{sign}{:02}", exponent.abs())
}

fn string(out: &mut String, value: &Wtf8) {
    let has = |wanted: char| value.code_points().any(|c| c == u32::from(wanted));
    let quote = if has('\'') && !has('"') { '"' } else { '\'' };
    out.push(quote);
    for c in value.code_points() {
        escape(out, c, quote, true);
    }
    out.push(quote);
}

fn bytes(out: &mut String, value: &[u8]) {
    let quote = if value.contains(&b'\'') && !value.contains(&b'"') { '"' } else { '\'' };
    out.push('b');
    out.push(quote);
    for &byte in value {
        escape(out, u32::from(byte), quote, false);
    }
    out.push(quote);
}

fn escape(out: &mut String, c: u32, quote: char, text: bool) {
    let written = match char::from_u32(c) {
        Some('\n') => write!(out, "\\n"),
        Some('\r') => write!(out, "\\r"),
        Some('\t') => write!(out, "\\t"),
        Some('\\') => write!(out, "\\\\"),
        Some(c) if c == quote => write!(out, "\\{c}"),
        Some(c @ ' '..='~') => write!(out, "{c}"),
        _ if c < 0x100 || !text => write!(out, "\\x{c:02x}"),
        _ if c < 0x1_0000 => write!(out, "\\u{c:04x}"),
        _ => write!(out, "\\U{c:08x}"),
    };
    written.expect("a string takes all");
}
