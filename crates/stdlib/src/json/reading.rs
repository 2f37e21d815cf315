//! Reading strings, and saying what is wrong with a text.

use ouro_heap::{Ref, units::bytes_of};
use ouro_vm::{
    error::{Raised, Res, raise_object},
    import,
    native::Args,
    objects::{
        int,
        str::{self, Str, StrExt, build::StrBuilder},
        tuple,
        units::Unit,
    },
    protocol::{attribute, call, object},
    type_error, value_error,
};

use super::{in_units, size, text_of};

/// `json.JSONDecodeError` for a place of a text.
#[cold]
pub(super) fn decode_error(message: &str, text: &Ref<Str>, place: isize) -> Raised {
    let made = import::import_module("json.decoder")
        .and_then(|module| attribute::get(&module, &str::intern("JSONDecodeError")))
        .and_then(|class| {
            let message = str::new(message).into_any();
            call::call(&class, &[message, text.clone().into_any(), int::new(place as i64)])
        });
    made.map_or_else(|raised| raised, raise_object)
}

/// `scanstring(string, end, strict=True)`
pub(super) fn scan_string_function(args: Args) -> Res {
    args.no_keywords("scanstring")?;
    let (text, end, strict) = match args.all {
        [text, end] => (text, end, true),
        [text, end, strict] => (text, end, object::is_true(strict)?),
        _ => {
            let (word, limit) = if args.all.len() < 2 { ("least", 2) } else { ("most", 3) };
            let given = args.all.len();
            return Err(type_error!("scanstring() takes at {word} {limit} arguments ({given} given)"));
        }
    };
    let end = size(end)?;
    let text = text_of(text)?;
    let Some(end) = usize::try_from(end).ok().filter(|&end| end <= text.char_count()) else {
        return Err(value_error!("end is out of bounds"));
    };
    let (value, next) = in_units!(text, |units| read_string(text, units, end, strict)?);
    Ok(tuple::pair(value.into_any(), int::from_usize(next)))
}

/// The string whose characters begin at a place, behind its opening quote, and where the text goes on.
pub(super) fn read_string<T: Unit>(
    text: &Ref<Str>,
    units: &[T],
    start: usize,
    strict: bool,
) -> Res<(Ref<Str>, usize)> {
    let stop = plain_end(units, start, strict);
    match units.get(stop) {
        Some(unit) if unit.code() == u32::from(b'"') => Ok((str::substring(text, start, stop), stop + 1)),
        _ => read_escaped(text, units, start, stop, strict),
    }
}

/// The same where the first special character, at `stop`, is not the closing quote.
#[inline(never)]
fn read_escaped<T: Unit>(
    text: &Ref<Str>,
    units: &[T],
    start: usize,
    mut stop: usize,
    strict: bool,
) -> Res<(Ref<Str>, usize)> {
    let unterminated = || decode_error("Unterminated string starting at", text, start as isize - 1);
    let mut value = StrBuilder::new();
    let mut from = start;
    loop {
        value.push_part(text, from, stop)?;
        match units.get(stop).map(|unit| unit.code()) {
            None => return Err(unterminated()),
            Some(0x22) => return Ok((value.finish()?, stop + 1)),
            Some(0x5C) => {}
            Some(_) => return Err(decode_error("Invalid control character at", text, stop as isize)),
        }
        let Some(escape) = units.get(stop + 1) else { return Err(unterminated()) };
        from = stop + 2;
        let code = match u8::try_from(escape.code()).unwrap_or(0) {
            plain @ (b'"' | b'\\' | b'/') => plain.into(),
            b'b' => 0x08,
            b'f' => 0x0C,
            b'n' => 0x0A,
            b'r' => 0x0D,
            b't' => 0x09,
            b'u' => {
                let (code, next) = code_point(text, units, from)?;
                from = next;
                code
            }
            _ => return Err(decode_error("Invalid \\escape", text, stop as isize)),
        };
        value.push(code);
        stop = plain_end(units, from, strict);
    }
}

/// The character of an escape whose digits begin at a place, and where the text goes on. Two halves of a character make
/// one.
fn code_point<T: Unit>(text: &Ref<Str>, units: &[T], at: usize) -> Res<(u32, usize)> {
    let first = code_unit(text, units, at)?;
    let next = at + 4;
    let is = |place: usize, byte: u8| units.get(place).is_some_and(|unit| unit.code() == u32::from(byte));
    if (0xD800..0xDC00).contains(&first)
        && next + 6 < units.len()
        && is(next, b'\\')
        && is(next + 1, b'u')
        && let second @ 0xDC00..0xE000 = code_unit(text, units, next + 2)?
    {
        return Ok((0x1_0000 + (((first - 0xD800) << 10) | (second - 0xDC00)), next + 6));
    }
    Ok((first, next))
}

/// The value of the four digits at a place, behind which the text must go on.
fn code_unit<T: Unit>(text: &Ref<Str>, units: &[T], at: usize) -> Res<u32> {
    let digits = units.get(at..at + 4).filter(|_| at + 4 < units.len());
    let value = digits.and_then(|digits| {
        digits.iter().try_fold(0, |value, &digit| {
            Some(value << 4 | char::from_u32(digit.code()).and_then(|digit| digit.to_digit(16))?)
        })
    });
    value.ok_or_else(|| decode_error("Invalid \\uXXXX escape", text, at as isize - 1))
}

/// The first quote, backslash or, if they are forbidden, control character at or behind a place.
#[inline]
pub(super) fn plain_end<T: Unit>(units: &[T], start: usize, strict: bool) -> usize {
    let least = if strict { 0x20 } else { 0 };
    let mut place = start;
    if size_of::<T>() == 1 {
        // Eight bytes at a time, as one number.
        let bytes = bytes_of(units);
        while let Some(block) = bytes.get(place..).and_then(|rest| rest.first_chunk::<8>()) {
            let special = special_bytes(u64::from_le_bytes(*block), strict);
            if special != 0 {
                return place + (special.trailing_zeros() / 8) as usize;
            }
            place += 8;
        }
    }
    let is_special = |unit: &T| {
        let code = unit.code();
        code == u32::from(b'"') || code == u32::from(b'\\') || code < least
    };
    let rest = units.get(place..).unwrap_or_default();
    place + rest.iter().position(is_special).unwrap_or(rest.len())
}

/// The top bit of each of eight bytes that is special. Where one is, those above it may be marked wrongly.
#[inline(always)]
fn special_bytes(bytes: u64, strict: bool) -> u64 {
    const EACH: u64 = 0x0101_0101_0101_0101;
    let zero = |bytes: u64| bytes.wrapping_sub(EACH) & !bytes;
    let control = if strict { bytes.wrapping_sub(EACH * 0x20) & !bytes } else { 0 };
    (zero(bytes ^ (EACH * 0x22)) | zero(bytes ^ (EACH * 0x5C)) | control) & (EACH * 0x80)
}
