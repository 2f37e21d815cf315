//! `int` to and from bytes.

use dashu_int::{IBig, Sign};
use ouro_heap::{OutOfMemory, Ref};

use crate::{
    error::Res,
    objects::{
        class::Class,
        int::{self, IntValue, operand},
        str::{Str, StrExt},
    },
    overflow_error,
    protocol::{attribute, call, iterate, number, object},
    state::{class_of, names},
    type_error, types, value_error,
};

/// The bytes of a bytes-like object; nothing for other objects.
pub fn view(object: &Ref) -> Res<Option<Vec<u8>>> {
    Ok(crate::objects::bytes::like(object)?.map(|bytes| bytes.to_vec()))
}

/// Whether the object is `bytes` or `bytearray`, subclasses included.
pub(super) fn is_bytes_or_bytearray(object: &Ref) -> bool {
    crate::objects::bytes::is_bytes(object) || crate::objects::bytes::is_bytearray(object)
}

/// The byte order an argument names; true for little.
fn is_little(order: Option<&Ref>, function: &str) -> Res<bool> {
    let Some(order) = order else { return Ok(false) };
    let Some(text) = order.payload::<Str>() else {
        let class = Class::of(order).short_name();
        return Err(type_error!("{function}() argument 'byteorder' must be str, not {class}"));
    };
    match &*text.to_text() {
        "little" => Ok(true),
        "big" => Ok(false),
        _ => Err(value_error!("byteorder must be either 'little' or 'big'")),
    }
}

/// `int.to_bytes(length=1, byteorder='big', *, signed=False)`
pub(super) fn to_bytes(args: &[Option<Ref>]) -> Res {
    let value = operand(args[0].as_ref().expect("a method has a receiver"));
    let length = args[1].as_ref().map_or(Ok(1), number::as_ssize)?;
    let little = is_little(args[2].as_ref(), "to_bytes")?;
    let signed = args[3].as_ref().map_or(Ok(false), object::is_true)?;
    let Ok(length) = usize::try_from(length) else {
        return Err(value_error!("length argument must be non-negative"));
    };
    let mut bytes = little_endian(value, length, signed)?;
    if !little {
        bytes.reverse();
    }
    Ok(crate::objects::bytes::new(&bytes).into_any())
}

fn little_endian(value: IntValue, length: usize, signed: bool) -> Res<Vec<u8>> {
    let negative = value.is_negative();
    if negative && !signed {
        return Err(overflow_error!("can't convert negative int to unsigned"));
    }
    let big = value.as_big();
    // Two's complement: what is below the sign bit of a negative number is that of its bitwise inverse.
    let inverted = if negative { !big.as_ref() } else { big.into_owned() };
    let bits = int::bits::magnitude_bits(&inverted) + usize::from(signed);
    if bits > length.saturating_mul(8) {
        return Err(overflow_error!("int too big to convert"));
    }
    ouro_heap::allocate::check_request(length)?;
    let mut bytes = Vec::new();
    bytes.try_reserve_exact(length).map_err(|_| OutOfMemory)?;
    bytes.extend(inverted.as_sign_words().1.iter().flat_map(|word| word.to_le_bytes()).take(length));
    bytes.resize(length, 0);
    if negative {
        bytes.iter_mut().for_each(|byte| *byte = !*byte);
    }
    Ok(bytes)
}

/// `int.from_bytes(bytes, byteorder='big', *, signed=False)`
pub(super) fn from_bytes(args: &[Option<Ref>]) -> Res {
    let class = args[0].as_ref().expect("a class method has a class");
    let source = args[1].as_ref().expect("a required argument");
    let little = is_little(args[2].as_ref(), "from_bytes")?;
    let signed = args[3].as_ref().map_or(Ok(false), object::is_true)?;
    let mut bytes = as_bytes(source)?;
    if !little {
        bytes.reverse();
    }
    let int = int::from_big(from_little_endian(&mut bytes, signed));
    if class.is(class_of(types::INT)) { Ok(int) } else { call::call(class, &[int]) }
}

fn from_little_endian(bytes: &mut [u8], signed: bool) -> IBig {
    let negative = signed && bytes.last().is_some_and(|top| top & 0x80 != 0);
    if negative {
        bytes.iter_mut().for_each(|byte| *byte = !*byte);
    }
    let word = |chunk: &[u8]| {
        let mut word = [0; 8];
        word[..chunk.len()].copy_from_slice(chunk);
        u64::from_le_bytes(word)
    };
    let words: Vec<u64> = bytes.chunks(8).map(word).collect();
    let value = IBig::from_sign_words(Sign::Positive, &words);
    if negative { !value } else { value }
}

/// The bytes of anything that `bytes(x)` takes, save for a number.
fn as_bytes(source: &Ref) -> Res<Vec<u8>> {
    if !is_bytes_or_bytearray(source)
        && let Some(method) = attribute::lookup_special(source, &names().__bytes__)?
    {
        let result = call::call(&method, &[])?;
        return match view(&result)? {
            Some(bytes) if crate::objects::bytes::is_bytes(&result) => Ok(bytes),
            _ => Err(type_error!("__bytes__ returned non-bytes (type {})", Class::of(&result).short_name())),
        };
    }
    if let Some(bytes) = view(source)? {
        return Ok(bytes);
    }
    if source.has_layout::<Str>() || !iterate::is_iterable(source) {
        return Err(type_error!("cannot convert '{}' object to bytes", Class::of(source).short_name()));
    }
    let mut bytes = Vec::new();
    iterate::for_each(source, |item| {
        let value = number::as_isize_clamped(&item)?;
        bytes.push(u8::try_from(value).map_err(|_| value_error!("bytes must be in range(0, 256)"))?);
        Ok(())
    })?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_make_ints() {
        assert_eq!(from_little_endian(&mut [0xFF, 0x00], true), IBig::from(255));
        assert_eq!(from_little_endian(&mut [0xFF, 0xFF], true), IBig::from(-1));
        assert_eq!(from_little_endian(&mut [0x00, 0x80], true), IBig::from(-32768));
        assert_eq!(from_little_endian(&mut [], true), IBig::ZERO);
        assert_eq!(from_little_endian(&mut [1; 9], false), IBig::from(0x01_0101_0101_0101_0101u128));
    }
}
