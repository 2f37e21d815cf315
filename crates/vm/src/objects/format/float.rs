//! Floats as text: the shortest digits that read back the same, and any number of correctly rounded ones.

use super::{
    number::{self, Number},
    quick,
    spec::{Align, Spec, TypeName},
};
use ouro_heap::Ref;

use crate::{
    error::Res,
    objects::str::{self, Str},
    value_error,
};

/// How a float is written: C's `e`, `f`, `g`, or `r` for the shortest digits. Capitals write capitals.
#[derive(Clone, Copy, Debug)]
pub struct Style {
    /// `e f g r` or `E F G`.
    pub kind: u8,
    /// Digits behind the point, or significant ones for `g`.
    pub precision: usize,
    /// `#`: keep the point and trailing zeros.
    pub alternate: bool,
    /// Add `.0` to what looks like an int.
    pub dot_zero: bool,
    /// A zero has no minus sign.
    pub no_negative_zero: bool,
}

impl Style {
    /// What `repr` writes.
    pub const REPR: Style =
        Style { kind: b'r', precision: 0, alternate: false, dot_zero: true, no_negative_zero: false };
}

/// More digits than this a double does not have, neither behind the point nor in all.
const MOST_DIGITS: usize = 1100;

/// `repr(float)`.
pub fn float_repr(value: f64) -> String {
    float_text(value, Style::REPR)
}

/// `repr(float)` as a string object.
pub fn float_repr_object(value: f64) -> Ref<Str> {
    // Where neither writes an exponent, the shortest digits stand as Python wants them.
    if (1e-4..1e16).contains(&value.abs()) || value == 0.0 {
        let mut buffer = zmij::Buffer::new();
        let text = buffer.format_finite(value);
        debug_assert!(!text.contains('e'), "no exponent is written between 1e-5 and 1e16");
        return str::from_ascii(text.as_bytes());
    }
    str::from_ascii(float_repr(value).as_bytes())
}

/// A float in a style, with a minus sign where it is negative.
pub fn float_text(value: f64, style: Style) -> String {
    let mut text = if value.is_nan() {
        "nan".to_owned()
    } else if value.is_infinite() {
        if value < 0.0 { "-inf" } else { "inf" }.to_owned()
    } else {
        match style.kind | 0x20 {
            b'f' => fixed(value, style),
            b'e' => exponent(value, style),
            b'g' => general(value, style),
            _ => shortest(value, style),
        }
    };
    if style.no_negative_zero && text.starts_with('-') && is_zero(&text) {
        text.remove(0);
    }
    if style.kind.is_ascii_uppercase() {
        text.make_ascii_uppercase();
    }
    text
}

/// Whether the text of a finite number shows zeros only.
fn is_zero(text: &str) -> bool {
    text.bytes().take_while(|&byte| byte != b'e').all(|byte| matches!(byte, b'-' | b'0' | b'.'))
}

fn fixed(value: f64, style: Style) -> String {
    let mut text = match quick::fixed(value, style.precision) {
        Some(text) => text,
        None => format!("{value:.*}", style.precision.min(MOST_DIGITS)),
    };
    pad_zeros(&mut text, style.precision);
    if style.alternate && style.precision == 0 {
        text.push('.');
    }
    text
}

fn exponent(value: f64, style: Style) -> String {
    let text = format!("{value:.*e}", style.precision.min(MOST_DIGITS));
    let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "0"));
    let mut out = mantissa.to_owned();
    pad_zeros(&mut out, style.precision);
    if style.alternate && style.precision == 0 {
        out.push('.');
    }
    push_exponent(&mut out, exponent.parse().unwrap_or(0));
    out
}

fn pad_zeros(text: &mut String, precision: usize) {
    if precision > MOST_DIGITS {
        text.extend(std::iter::repeat_n('0', precision - MOST_DIGITS));
    }
}

/// At least two digits, always signed.
fn push_exponent(text: &mut String, exponent: i32) {
    text.push('e');
    text.push(if exponent < 0 { '-' } else { '+' });
    if exponent.abs() < 10 {
        text.push('0');
    }
    text.push_str(itoa::Buffer::new().format(exponent.unsigned_abs()));
}

fn general(value: f64, style: Style) -> String {
    let precision = style.precision.max(1);
    let text = format!("{value:.*e}", precision.min(MOST_DIGITS) - 1);
    let mut decimal = Decimal::read(&text);
    let limit = precision as i64 - i64::from(style.dot_zero);
    let with_exponent = decimal.point <= -4 || i64::from(decimal.point) > limit;
    if style.alternate {
        decimal.digits.resize(precision, b'0');
    }
    decimal.write(with_exponent, style)
}

fn shortest(value: f64, style: Style) -> String {
    let mut buffer = zmij::Buffer::new();
    let decimal = Decimal::read(buffer.format_finite(value));
    let with_exponent = decimal.point <= -4 || decimal.point > 16;
    decimal.write(with_exponent, style)
}

/// Digits without trailing zeros and the place of the point: 0.00123 is `123` and -2.
struct Decimal {
    negative: bool,
    digits: Vec<u8>,
    point: i32,
}

impl Decimal {
    fn read(text: &str) -> Decimal {
        let (negative, text) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
        let (mantissa, exponent) = text.split_once('e').unwrap_or((text, "0"));
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let mut point = whole.len() as i32 + exponent.parse::<i32>().unwrap_or(0);
        let mut digits: Vec<u8> = whole.bytes().chain(fraction.bytes()).collect();
        while digits.len() > 1 && digits.last() == Some(&b'0') {
            digits.pop();
        }
        let zeros = digits.iter().take_while(|&&digit| digit == b'0').count();
        if zeros == digits.len() {
            return Decimal { negative, digits: vec![b'0'], point: 1 };
        }
        point -= zeros as i32;
        digits.drain(..zeros);
        Decimal { negative, digits, point }
    }

    fn write(&self, with_exponent: bool, style: Style) -> String {
        let mut text = String::with_capacity(self.digits.len() + 8);
        if self.negative {
            text.push('-');
        }
        let count = self.digits.len() as i32;
        let digits = |text: &mut String, from: i32, to: i32| {
            text.extend(self.digits[from as usize..to as usize].iter().map(|&digit| digit as char));
        };
        let zeros =
            |text: &mut String, count: i32| text.extend(std::iter::repeat_n('0', count.max(0) as usize));
        // The place of the point among the digits that are shown.
        let point = if with_exponent { 1 } else { self.point };
        if point <= 0 {
            text.push_str("0.");
            zeros(&mut text, -point);
            digits(&mut text, 0, count);
        } else if point < count {
            digits(&mut text, 0, point);
            text.push('.');
            digits(&mut text, point, count);
        } else {
            digits(&mut text, 0, count);
            zeros(&mut text, point - count);
            if style.dot_zero && !with_exponent {
                text.push_str(".0");
            } else if style.alternate {
                text.push('.');
            }
        }
        if with_exponent {
            push_exponent(&mut text, self.point - 1);
        }
        text
    }
}

/// `float.__format__`.
pub fn format_float(value: f64, spec: &str) -> Res<String> {
    format_float_named(value, spec, TypeName::Exact("float"))
}

/// The same for an instance of a class whose name shows in messages.
pub fn format_float_named(value: f64, spec: &str, type_name: TypeName) -> Res<String> {
    if spec.is_empty() {
        return Ok(float_repr(value));
    }
    let spec = Spec::parse(spec, Align::Right, 0, type_name)?;
    format_float_spec(value, &spec, type_name)
}

pub(super) fn format_float_spec(mut value: f64, spec: &Spec, type_name: TypeName) -> Res<String> {
    let (mut kind, mut dot_zero, mut percent, mut default) = (spec.kind_byte(), false, false, 6);
    match kind {
        0 => (kind, dot_zero, default) = (b'r', true, 0),
        b'n' => kind = b'g',
        b'%' => {
            kind = b'f';
            value *= 100.0;
            percent = true;
        }
        b'e' | b'E' | b'f' | b'F' | b'g' | b'G' => {}
        _ => return Err(spec.unknown_kind(type_name)),
    }
    let precision = checked_precision(spec)?;
    if precision.is_some() && kind == b'r' {
        kind = b'g';
    }
    let style = Style {
        kind,
        precision: precision.unwrap_or(default),
        alternate: spec.alternate,
        dot_zero,
        no_negative_zero: spec.no_negative_zero,
    };
    let mut text = float_text(value, style);
    if percent {
        text.push('%');
    }
    number::lay_out(Number::of_float(&text, spec), spec, 3)
}

/// The precision, if C could hold it.
pub(super) fn checked_precision(spec: &Spec) -> Res<Option<usize>> {
    match spec.precision {
        Some(precision) if precision > i32::MAX as usize => Err(value_error!("precision too big")),
        Some(precision) => {
            ouro_heap::allocate::check_request(precision)?;
            Ok(Some(precision))
        }
        None => Ok(None),
    }
}
