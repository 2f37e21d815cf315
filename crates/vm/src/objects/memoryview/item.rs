//! `memoryview`: single items, from and to memory.

use ouro_heap::Ref;

use crate::{
    error::{Raised, Res, take_if},
    not_implemented_error,
    objects::{arguments::has_index, bool_, bytes, class::Class, exception::ExceptionKind, float, int, str},
    protocol::{number, object},
    type_error, value_error,
};

/// The bytes of an item; nothing for formats that are not known.
pub(super) fn size(format: u8) -> Option<usize> {
    Some(match format {
        b'b' | b'B' | b'c' | b'?' => 1,
        b'h' | b'H' | b'e' => 2,
        b'i' | b'I' | b'f' => 4,
        b'l' | b'L' | b'q' | b'Q' | b'n' | b'N' | b'd' | b'P' => 8,
        _ => return None,
    })
}

/// Bytes as an array.
fn array<const N: usize>(bytes: &[u8]) -> [u8; N] {
    bytes.try_into().unwrap_or([0; N])
}

/// The object that an item means.
pub(super) fn unpack(format: u8, item: &[u8]) -> Res {
    Ok(match format {
        b'B' => int::new(item[0].into()),
        b'b' => int::new((item[0] as i8).into()),
        b'c' => bytes::new(item).into_any(),
        b'?' => bool_::new(item[0] != 0),
        b'h' => int::new(i16::from_ne_bytes(array(item)).into()),
        b'H' => int::new(u16::from_ne_bytes(array(item)).into()),
        b'i' => int::new(i32::from_ne_bytes(array(item)).into()),
        b'I' => int::new(u32::from_ne_bytes(array(item)).into()),
        b'l' | b'q' | b'n' => int::new(i64::from_ne_bytes(array(item))),
        b'L' | b'Q' | b'N' | b'P' => int::from_usize(u64::from_ne_bytes(array(item)) as usize),
        b'e' => float::new(float::half::to_f64(u16::from_ne_bytes(array(item)))),
        b'f' => float::new(f32::from_ne_bytes(array(item)).into()),
        b'd' => float::new(f64::from_ne_bytes(array(item))),
        b'u' | b'w' => str::from_char(u32::from_ne_bytes(array(item))).into_any(),
        _ => return Err(unsupported(format)),
    })
}

fn unsupported(format: u8) -> Raised {
    not_implemented_error!("memoryview: format {} not supported", format as char)
}

/// The bytes of an item for an object.
pub(super) fn pack(format: u8, value: &Ref) -> Res<Vec<u8>> {
    let invalid_type = || type_error!("memoryview: invalid type for format '{}'", format as char);
    let invalid_value = || value_error!("memoryview: invalid value for format '{}'", format as char);
    match format {
        b'c' => match bytes::of_bytes(value) {
            Some(&[byte]) => return Ok(vec![byte]),
            Some(_) => return Err(invalid_value()),
            None => return Err(invalid_type()),
        },
        b'?' => return Ok(vec![object::is_true(value)?.into()]),
        b'e' | b'f' | b'd' => {
            let number = as_float(value)?.ok_or_else(invalid_type)?;
            return match format {
                b'e' => float::half::from_f64(number)
                    .map(|half| half.to_ne_bytes().to_vec())
                    .ok_or_else(invalid_value),
                b'f' => Ok((number as f32).to_ne_bytes().to_vec()),
                _ => Ok(number.to_ne_bytes().to_vec()),
            };
        }
        _ => {}
    }
    if !has_index(value) {
        return Err(invalid_type());
    }
    let number = match number::index(value) {
        Ok(number) => number,
        Err(raised) => {
            drop(take_if(raised, ExceptionKind::TypeError)?);
            return Err(invalid_type());
        }
    };
    let number = int::value(&number)
        .and_then(|value| i128::try_from(&value.to_big()).ok())
        .ok_or_else(invalid_value)?;
    /// The bytes of a number in a type, if it fits.
    macro_rules! fit {
        ($type:ty) => {
            <$type>::try_from(number).map(|number| number.to_ne_bytes().to_vec()).map_err(|_| invalid_value())
        };
    }
    match format {
        b'B' => fit!(u8),
        b'b' => fit!(i8),
        b'h' => fit!(i16),
        b'H' => fit!(u16),
        b'i' => fit!(i32),
        b'I' => fit!(u32),
        b'l' | b'q' | b'n' => fit!(i64),
        b'L' | b'Q' | b'N' | b'P' => fit!(u64),
        _ => Err(unsupported(format)),
    }
}

/// The value as a float; nothing for what is no number.
fn as_float(value: &Ref) -> Res<Option<f64>> {
    if let Some(number) = float::value(value) {
        return Ok(Some(number));
    }
    let converted = match Class::of(value).slots.0.float.get() {
        Some(float) => float(value),
        None if has_index(value) => {
            number::index(value).and_then(|index| match Class::of(&index).slots.0.float.get() {
                Some(float) => float(&index),
                None => Ok(index),
            })
        }
        None => return Ok(None),
    };
    Ok(float::value(&converted?))
}
