//! `%`-formatting: what `str` and `bytes` have in common, and the strings.

use ouro_heap::Ref;

use super::{
    Style, digits, float_text,
    quick::{self, Plain},
};
use crate::{
    error::{Res, take_if},
    objects::{
        arguments::name_of,
        class::Class,
        exception::ExceptionKind,
        float,
        int::{self, Int, IntValue},
        str::{self, Str, StrBuilder, StrExt},
        tuple::Tuple,
        units::split::find_near,
    },
    overflow_error,
    protocol::{item, number, object},
    type_error, value_error,
};

/// A template, of characters or of bytes.
pub(crate) trait Template {
    /// The number of units.
    fn len(&self) -> usize;
    /// A unit.
    fn unit(&self, at: usize) -> u32;
    /// A key of a mapping: a part of the template.
    fn key(&self, start: usize, end: usize) -> Ref;
}

impl Template for Ref<Str> {
    fn len(&self) -> usize {
        self.char_count()
    }

    fn unit(&self, at: usize) -> u32 {
        self.char_at(at)
    }

    fn key(&self, start: usize, end: usize) -> Ref {
        str::substring(self, start, end).into_any()
    }
}

/// One `%...` in a template.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Directive {
    /// `-`
    left: bool,
    /// `+`
    plus: bool,
    /// A space.
    space: bool,
    /// `#`
    alternate: bool,
    /// `0`
    zero: bool,
    pub width: usize,
    pub precision: Option<usize>,
    /// The conversion.
    pub kind: u32,
}

/// The values to be formatted.
pub(crate) struct Values<'a> {
    values: &'a Ref,
    tuple: Option<&'a [Ref]>,
    next: usize,
    /// The value that a key gave.
    keyed: Option<Ref>,
    mapping: bool,
}

impl<'a> Values<'a> {
    /// `is_text` says whether an object is of the template's own kind, which never counts as a mapping.
    pub(crate) fn new(values: &'a Ref, is_text: bool) -> Values<'a> {
        let tuple = values.payload::<Tuple>().map(|tuple| tuple.items());
        let mapping = tuple.is_none() && !is_text && Class::of(values).slots.0.get_item.get().is_some();
        Values { values, tuple, next: 0, keyed: None, mapping }
    }

    /// The next one, if no key has given it.
    #[inline(always)]
    fn next_lent(&mut self) -> Option<&'a Ref> {
        if self.keyed.is_some() {
            return None;
        }
        let value = match self.tuple {
            Some(items) => items.get(self.next)?,
            None if self.next == 0 => self.values,
            None => return None,
        };
        self.next += 1;
        Some(value)
    }

    pub(crate) fn next(&mut self) -> Res {
        if let Some(value) = self.keyed.take() {
            return Ok(value);
        }
        let value = match self.tuple {
            _ if self.next == usize::MAX => None,
            Some(items) => items.get(self.next),
            None => (self.next == 0).then_some(self.values),
        };
        match value {
            Some(value) => {
                self.next += 1;
                Ok(value.clone())
            }
            None => Err(type_error!("not enough arguments for format string")),
        }
    }

    fn look_up(&mut self, key: &Ref) -> Res<()> {
        self.keyed = Some(item::get(self.values, key)?);
        // From here on there are only values with keys.
        self.next = usize::MAX;
        Ok(())
    }

    /// TypeError if values are left over.
    pub(crate) fn finish(&self, what: &str) -> Res<()> {
        let left = match self.tuple {
            Some(items) => self.next < items.len(),
            None => self.next == 0 && !self.mapping,
        };
        if left { Err(type_error!("not all arguments converted during {what} formatting")) } else { Ok(()) }
    }
}

/// Reads a directive with nothing but flags, a width, a precision and one of the frequent conversions. `text` stands behind
/// the percent sign, and is moved behind the directive if it is one of these.
#[inline(always)]
fn parse_plain(text: &mut &[u8]) -> Option<Directive> {
    let mut directive = Directive::default();
    let mut rest = *text;
    while let [flag, tail @ ..] = rest {
        match flag {
            b'-' => directive.left = true,
            b'+' => directive.plus = true,
            b' ' => directive.space = true,
            b'#' => directive.alternate = true,
            b'0' => directive.zero = true,
            _ => break,
        }
        rest = tail;
    }
    (directive.width, rest) = quick::number(rest)?;
    if let [b'.', tail @ ..] = rest {
        let (precision, behind) = quick::number(tail)?;
        directive.precision = Some(precision);
        rest = behind;
    }
    let [kind @ (b'd' | b's' | b'r' | b'f' | b'x' | b'i' | b'X' | b'o' | b'e' | b'g'), rest @ ..] = rest
    else {
        return None;
    };
    directive.kind = u32::from(*kind);
    *text = rest;
    Some(directive)
}

/// Reads a directive; `at` stands behind the percent sign.
pub(crate) fn parse(template: &impl Template, at: &mut usize, values: &mut Values) -> Res<Directive> {
    let mut directive = Directive::default();
    let incomplete = || value_error!("incomplete format");
    let peek = |at: usize| (at < template.len()).then(|| template.unit(at));
    if peek(*at) == Some(b'('.into()) {
        if !values.mapping {
            return Err(type_error!("format requires a mapping"));
        }
        let start = *at + 1;
        let mut depth = 1;
        while depth > 0 {
            *at += 1;
            match peek(*at) {
                Some(0x28) => depth += 1,
                Some(0x29) => depth -= 1,
                Some(_) => {}
                None => return Err(value_error!("incomplete format key")),
            }
        }
        values.look_up(&template.key(start, *at))?;
        *at += 1;
    }
    loop {
        match peek(*at) {
            Some(0x2D) => directive.left = true,
            Some(0x2B) => directive.plus = true,
            Some(0x20) => directive.space = true,
            Some(0x23) => directive.alternate = true,
            Some(0x30) => directive.zero = true,
            _ => break,
        }
        *at += 1;
    }
    if peek(*at) == Some(b'*'.into()) {
        let width = star(values)?;
        directive.left |= width < 0;
        directive.width = width.unsigned_abs();
        *at += 1;
    } else if let Some(width) = parse_number(template, at, isize::MAX as usize, "width too big")? {
        directive.width = width;
    }
    if peek(*at) == Some(b'.'.into()) {
        *at += 1;
        if peek(*at) == Some(b'*'.into()) {
            let precision = star(values)?;
            if i32::try_from(precision).is_err() {
                return Err(overflow_error!("Python int too large to convert to C int"));
            }
            directive.precision = Some(usize::try_from(precision).unwrap_or(0));
            *at += 1;
        } else {
            let precision = parse_number(template, at, i32::MAX as usize, "precision too big")?;
            directive.precision = Some(precision.unwrap_or(0));
        }
    }
    if matches!(peek(*at), Some(0x68 | 0x6C | 0x4C)) {
        *at += 1;
    }
    directive.kind = peek(*at).ok_or_else(incomplete)?;
    *at += 1;
    Ok(directive)
}

/// The value for a `*`.
fn star(values: &mut Values) -> Res<isize> {
    let value = values.next()?;
    match int::value(&value) {
        None => Err(type_error!("* wants int")),
        Some(value) => match value.to_i64() {
            Some(value) => Ok(value as isize),
            None => Err(overflow_error!("Python int too large to convert to C ssize_t")),
        },
    }
}

fn parse_number(template: &impl Template, at: &mut usize, most: usize, too_big: &str) -> Res<Option<usize>> {
    let mut value: Option<usize> = None;
    while *at < template.len() {
        let digit = match template.unit(*at) {
            digit @ 0x30..0x3A => (digit - 0x30) as usize,
            _ => break,
        };
        if value.unwrap_or(0) > (most - digit) / 10 {
            return Err(value_error!("{too_big}"));
        }
        value = Some(value.unwrap_or(0) * 10 + digit);
        *at += 1;
    }
    Ok(value)
}

impl Directive {
    /// The ValueError for a conversion that does not exist; `at` stands behind it.
    pub(crate) fn unsupported(&self, at: usize) -> crate::error::Raised {
        let shown = match self.kind {
            32..127 => char::from(self.kind as u8),
            _ => '?',
        };
        value_error!("unsupported format character '{shown}' ({:#x}) at index {}", self.kind, at - 1)
    }

    /// The same for numbers in plain fields.
    #[inline(always)]
    fn plain(&self) -> Option<Plain> {
        if self.plus || self.space || self.alternate || self.width > quick::WIDEST {
            return None;
        }
        let kind = match self.kind as u8 {
            b'i' => b'd',
            kind => kind,
        };
        let zeros = self.zero && !self.left;
        Some(Plain { left: self.left, zeros, width: self.width, precision: self.precision, kind })
    }

    /// Whether the conversion makes a number, which has a sign and may be filled with zeros.
    #[inline(always)]
    pub(crate) fn is_number(&self) -> bool {
        matches!(
            u8::try_from(self.kind),
            Ok(b'd' | b'i' | b'u' | b'o' | b'x' | b'X' | b'e' | b'E' | b'f' | b'F' | b'g' | b'G')
        )
    }

    /// A number in its field, in ASCII.
    pub(crate) fn number(&self, value: &Ref, float_error: fn(&Ref) -> crate::error::Raised) -> Res<String> {
        let kind = self.kind as u8;
        let text = match kind {
            b'd' | b'i' | b'u' if self.precision.is_none() && value.is_exact::<Int>() => {
                let value = value.payload::<Int>().expect("checked above").value.get();
                itoa::Buffer::new().format(value).to_owned()
            }
            b'd' | b'i' | b'u' | b'o' | b'x' | b'X' => self.integer(value)?,
            _ => {
                let precision = self.precision.unwrap_or(6);
                ouro_heap::allocate::check_request(precision)?;
                let style = Style {
                    kind,
                    precision,
                    alternate: self.alternate,
                    dot_zero: false,
                    no_negative_zero: false,
                };
                float_text(to_float(value, float_error)?, style)
            }
        };
        Ok(self.lay_out(text)?)
    }

    /// The digits of an int, with sign and prefix.
    fn integer(&self, value: &Ref) -> Res<String> {
        let kind = self.kind as u8;
        let converted;
        let number = match int::value(value) {
            Some(number) => number,
            None => {
                converted = to_int(value, kind)?;
                int::value(&converted).unwrap_or(IntValue::Small(0))
            }
        };
        let (radix, prefix) = match kind {
            b'o' => (8, "0o"),
            b'x' => (16, "0x"),
            b'X' => (16, "0X"),
            _ => (10, ""),
        };
        let mut text = digits(number, radix)?;
        let negative = text.starts_with('-');
        let count = text.len() - usize::from(negative);
        let zeros = self.precision.unwrap_or(0).saturating_sub(count);
        ouro_heap::allocate::check_request(zeros)?;
        if zeros > 0 {
            text.insert_str(usize::from(negative), &"0".repeat(zeros));
        }
        if kind == b'X' {
            text.make_ascii_uppercase();
        }
        if self.alternate {
            text.insert_str(usize::from(negative), prefix);
        }
        Ok(text)
    }

    /// Adds the sign that was asked for and fills the field.
    fn lay_out(&self, mut text: String) -> Result<String, ouro_heap::OutOfMemory> {
        if !text.starts_with('-') {
            if self.plus {
                text.insert(0, '+');
            } else if self.space {
                text.insert(0, ' ');
            }
        }
        let padding = self.width.saturating_sub(text.len());
        if padding == 0 {
            return Ok(text);
        }
        str::build::check_length(self.width)?;
        if self.left {
            text.extend(std::iter::repeat_n(' ', padding));
        } else if self.zero {
            let mut start = usize::from(text.starts_with(['-', '+', ' ']));
            if self.alternate && matches!(self.kind as u8, b'x' | b'X' | b'o') {
                start += 2;
            }
            text.insert_str(start, &"0".repeat(padding));
        } else {
            text.insert_str(0, &" ".repeat(padding));
        }
        Ok(text)
    }

    /// The padding on the left and on the right of a text of this length.
    pub(crate) fn padding(&self, length: usize) -> (usize, usize) {
        let padding = self.width.saturating_sub(length);
        if self.left { (0, padding) } else { (padding, 0) }
    }
}

/// The value as an int: exactly for the conversions to other bases, without its fraction for the others.
fn to_int(value: &Ref, kind: u8) -> Res {
    let slots = &Class::of(value).slots.0;
    let (index, int) = (slots.index.get(), slots.int.get());
    let hexadecimal = matches!(kind, b'o' | b'x' | b'X');
    let wrong = || {
        let name = name_of(value);
        let kind = kind as char;
        if hexadecimal {
            type_error!("%{kind} format: an integer is required, not {name}")
        } else {
            type_error!("%{kind} format: a real number is required, not {name}")
        }
    };
    let converted = match (hexadecimal, index, int) {
        (true, Some(_), _) | (false, Some(_), None) => number::index(value),
        (false, _, Some(int)) => int(value),
        _ => return Err(wrong()),
    };
    match converted {
        Ok(converted) if int::is_int(&converted) => Ok(converted),
        Ok(_) => Err(wrong()),
        Err(raised) => {
            drop(take_if(raised, ExceptionKind::TypeError)?);
            Err(wrong())
        }
    }
}

fn to_float(value: &Ref, error: fn(&Ref) -> crate::error::Raised) -> Res<f64> {
    if let Some(value) = float::value(value) {
        return Ok(value);
    }
    let slots = &Class::of(value).slots.0;
    let converted = match (slots.float.get(), slots.index.get()) {
        (Some(float), _) => float(value)?,
        (None, Some(_)) => {
            let index = number::index(value)?;
            match Class::of(&index).slots.0.float.get() {
                Some(float) => float(&index)?,
                None => return Err(error(value)),
            }
        }
        _ => return Err(error(value)),
    };
    match float::value(&converted) {
        Some(value) => Ok(value),
        None => {
            Err(type_error!("{}.__float__ returned non-float (type {})", name_of(value), name_of(&converted)))
        }
    }
}

/// `format % values` for strings.
pub fn format_str(format: &Ref<Str>, values: &Ref) -> Res<Ref<Str>> {
    if values.is_exact::<Str>() && format.is_text("%s") {
        return Ok(values.downcast::<Str>().expect("checked above").clone());
    }
    let mut values = Values::new(values, str::is_str(values));
    let count = format.char_count();
    let mut out = StrBuilder::with_capacity(count + 16);
    let mut at = 0;
    while at < count {
        let Some(found) = next_percent(format, at) else { break };
        out.push_part(format, at, found)?;
        at = found + 1;
        if let Some(bytes) = format.latin1()
            && let mut rest = &bytes[at..]
            && let Some(directive) = parse_plain(&mut rest)
            && let Some(value) = values.next_lent()
        {
            let alone = out.is_empty() && rest.is_empty();
            at = count - rest.len();
            if let Some(whole) = convert(&mut out, &directive, value, at, alone)? {
                values.finish("string")?;
                return Ok(whole);
            }
            continue;
        }
        if at < count && format.char_at(at) == b'%'.into() {
            out.push(b'%'.into());
            at += 1;
            continue;
        }
        let directive = parse(format, &mut at, &mut values)?;
        let value = values.next()?;
        let alone = out.is_empty() && at >= count;
        if let Some(whole) = convert(&mut out, &directive, &value, at, alone)? {
            values.finish("string")?;
            return Ok(whole);
        }
    }
    out.push_part(format, at.min(count), count)?;
    values.finish("string")?;
    out.finish()
}

#[inline(always)]
fn next_percent(format: &Ref<Str>, at: usize) -> Option<usize> {
    match format.latin1() {
        Some(bytes) => find_near(&bytes[at..], b'%').map(|found| at + found),
        None => (at..format.char_count()).find(|&at| format.char_at(at) == b'%'.into()),
    }
}

/// Adds what a directive makes of a value. If it stands `alone` in the format, a string that needs no change is given
/// back instead: `'%s' % x` is `x`, as in CPython.
#[inline]
fn convert(
    out: &mut StrBuilder,
    directive: &Directive,
    value: &Ref,
    at: usize,
    alone: bool,
) -> Res<Option<Ref<Str>>> {
    if directive.is_number() {
        if !directive.plain().is_some_and(|plain| quick::push_number(out, value, &plain)) {
            let text = directive
                .number(value, |value| type_error!("must be real number, not {}", name_of(value)))?;
            out.push_latin1(text.as_bytes());
        }
        return Ok(None);
    }
    let text = match u8::try_from(directive.kind) {
        Ok(b's') => object::str(value)?,
        Ok(b'r') => object::repr(value)?,
        Ok(b'a') => object::ascii(value)?,
        Ok(b'c') => character(value)?,
        _ => return Err(directive.unsupported(at)),
    };
    let mut length = text.char_count();
    if directive.kind != b'c'.into() {
        length = length.min(directive.precision.unwrap_or(usize::MAX));
    }
    let (left, right) = directive.padding(length);
    if alone && left + right == 0 && length == text.char_count() && text.as_any().is_exact::<Str>() {
        return Ok(Some(text));
    }
    out.push_times(b' '.into(), left)?;
    out.push_part(&text, 0, length)?;
    out.push_times(b' '.into(), right)?;
    Ok(None)
}

/// The string for `%c`.
fn character(value: &Ref) -> Res<Ref<Str>> {
    let wrong = || type_error!("%c requires int or char");
    if let Some(text) = value.downcast::<Str>() {
        return if text.char_count() == 1 { Ok(text.clone()) } else { Err(wrong()) };
    }
    if !crate::objects::arguments::has_index(value) {
        return Err(wrong());
    }
    match int::as_i64(&number::index(value)?) {
        Some(code @ 0..0x11_0000) => Ok(str::from_char(code as u32)),
        _ => Err(overflow_error!("%c arg not in range(0x110000)")),
    }
}
