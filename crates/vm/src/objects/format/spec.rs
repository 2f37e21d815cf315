//! The format specification mini-language: `[[fill]align][sign][z][#][0][width][grouping][.precision][type]`.

use std::fmt;

use ouro_heap::Ref;
use smallvec::SmallVec;

use crate::{
    error::{Raised, Res},
    objects::{class::Class, str::unicode},
    value_error,
};

/// Where a value stands in its field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    /// `<`
    Left,
    /// `>`
    Right,
    /// `^`
    Center,
    /// `=`: the padding stands between sign and digits.
    Numeric,
}

/// The type of a value, for messages; its name is found out only when one is needed.
#[derive(Clone, Copy, Debug)]
pub enum TypeName<'a> {
    /// A built-in type.
    Exact(&'static str),
    /// The class of an object.
    Of(&'a Ref),
}

impl fmt::Display for TypeName<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            TypeName::Exact(name) => f.write_str(name),
            TypeName::Of(object) => f.write_str(&Class::of(object).full_name()),
        }
    }
}

/// A parsed format specification.
#[derive(Clone, Copy, Debug)]
pub struct Spec {
    /// The character that fills the field.
    pub fill: u32,
    /// Where the value stands.
    pub align: Align,
    /// `+`, `-`, a space, or nothing.
    pub sign: Option<u8>,
    /// `z`: a negative zero becomes a positive one.
    pub no_negative_zero: bool,
    /// `#`
    pub alternate: bool,
    /// The least number of characters.
    pub width: Option<usize>,
    /// `,` or `_`, or nothing.
    pub grouping: Option<u8>,
    /// Digits or characters.
    pub precision: Option<usize>,
    /// The presentation type; nothing if it is left out.
    pub kind: Option<u32>,
}

impl Spec {
    /// Parses a specification. `kind` is the presentation type that CPython assumes for the type of value, which
    /// shows in messages only.
    pub fn parse(text: &str, align: Align, kind: u8, type_name: TypeName) -> Res<Spec> {
        let chars: SmallVec<[u32; 16]> = text.chars().map(u32::from).collect();
        let default_align = align;
        let mut spec = Spec {
            fill: b' '.into(),
            align,
            sign: None,
            no_negative_zero: false,
            alternate: false,
            width: None,
            grouping: None,
            precision: None,
            kind: None,
        };
        let mut at = 0;
        let (mut fill_given, mut align_given) = (false, false);
        if let Some(align) = chars.get(1).and_then(|&c| align_of(c)) {
            (spec.align, spec.fill) = (align, chars[0]);
            (fill_given, align_given) = (true, true);
            at = 2;
        } else if let Some(align) = chars.first().and_then(|&c| align_of(c)) {
            spec.align = align;
            align_given = true;
            at = 1;
        }
        let is = |at: usize, byte: u8| chars.get(at) == Some(&byte.into());
        if let Some(sign) = [b'+', b'-', b' '].into_iter().find(|&sign| is(at, sign)) {
            spec.sign = Some(sign);
            at += 1;
        }
        if is(at, b'z') {
            spec.no_negative_zero = true;
            at += 1;
        }
        if is(at, b'#') {
            spec.alternate = true;
            at += 1;
        }
        if !fill_given && is(at, b'0') {
            spec.fill = b'0'.into();
            if !align_given && default_align == Align::Right {
                spec.align = Align::Numeric;
            }
            at += 1;
        }
        spec.width = number(&chars, &mut at)?;
        if is(at, b',') {
            spec.grouping = Some(b',');
            at += 1;
        }
        if is(at, b'_') {
            if spec.grouping.is_some() {
                return Err(both_groupings());
            }
            spec.grouping = Some(b'_');
            at += 1;
        }
        if is(at, b',') && spec.grouping == Some(b'_') {
            return Err(both_groupings());
        }
        if is(at, b'.') {
            at += 1;
            spec.precision = number(&chars, &mut at)?;
            if spec.precision.is_none() {
                return Err(value_error!("Format specifier missing precision"));
            }
        }
        match chars[at..] {
            [] => {}
            [c] => spec.kind = Some(c),
            _ => {
                return Err(value_error!(
                    "Invalid format specifier '{text}' for object of type '{type_name}'"
                ));
            }
        }
        if let Some(grouping) = spec.grouping {
            let kind = spec.kind.unwrap_or(kind.into());
            let underscore = grouping == b'_';
            match u8::try_from(kind).unwrap_or(0xFF) {
                b'd' | b'e' | b'f' | b'g' | b'E' | b'G' | b'%' | b'F' | 0 => {}
                b'b' | b'o' | b'x' | b'X' if underscore => {}
                _ => {
                    return Err(value_error!(
                        "Cannot specify '{}' with '{}'.",
                        grouping as char,
                        shown(kind)
                    ));
                }
            }
        }
        Ok(spec)
    }

    /// The presentation type as an ASCII character; 0 if it is left out, 0xFF if it is none.
    pub fn kind_byte(&self) -> u8 {
        self.kind.map_or(0, |kind| u8::try_from(kind).unwrap_or(0xFF))
    }

    /// The ValueError for a presentation type that the type of value does not know.
    pub fn unknown_kind(&self, type_name: TypeName) -> Raised {
        let kind = self.kind.unwrap_or(0);
        value_error!("Unknown format code '{}' for object of type '{type_name}'", shown(kind))
    }
}

fn both_groupings() -> Raised {
    value_error!("Cannot specify both ',' and '_'.")
}

/// A presentation type in a message.
fn shown(kind: u32) -> String {
    match kind {
        33..128 => char::from(kind as u8).to_string(),
        _ => format!("\\x{kind:x}"),
    }
}

fn align_of(c: u32) -> Option<Align> {
    match u8::try_from(c) {
        Ok(b'<') => Some(Align::Left),
        Ok(b'>') => Some(Align::Right),
        Ok(b'^') => Some(Align::Center),
        Ok(b'=') => Some(Align::Numeric),
        _ => None,
    }
}

/// The number at a position, in the digits of any script.
fn number(chars: &[u32], at: &mut usize) -> Res<Option<usize>> {
    let mut value: Option<usize> = None;
    while let Some(digit) = chars.get(*at).and_then(|&c| unicode::decimal_value(c)) {
        let next = value.unwrap_or(0).checked_mul(10).and_then(|value| value.checked_add(digit as usize));
        match next.filter(|&next| next <= isize::MAX as usize) {
            Some(next) => value = Some(next),
            None => return Err(value_error!("Too many decimal digits in format string")),
        }
        *at += 1;
    }
    Ok(value)
}
