//! `bytearray`: what changes it.

use ouro_heap::{OutOfMemory, Ref, buffer::occupied_bytes};

use super::class::payload;
use crate::{
    error::Res,
    index_error,
    objects::{
        arguments::{self, has_index, name_of},
        bytes::{self, byte, bytes_of_iterable},
        class::Class,
        int,
        slice::{self, Slice},
        str, tuple,
        units::edit,
    },
    protocol::iterate,
    state::shared,
    type_error, value_error,
};

const OUT_OF_RANGE: &str = "byte must be in range(0, 256)";

fn none() -> Res {
    Ok(shared().none.clone())
}

pub(super) fn append(args: &[Ref]) -> Res {
    let byte = byte(&args[1], OUT_OF_RANGE)?;
    let this = payload(&args[0]);
    this.check_resizable()?;
    this.data.with_mut(|data| data.push(byte))?;
    none()
}

pub(super) fn clear(args: &[Ref]) -> Res {
    let this = payload(&args[0]);
    this.check_resizable()?;
    drop(this.data.take());
    none()
}

pub(super) fn copy(args: &[Ref]) -> Res {
    Ok(payload(&args[0]).data.with(|data| super::new(data))?.into_any())
}

pub(super) fn extend(args: &[Ref]) -> Res {
    let this = payload(&args[0]);
    let added = match bytes::like(&args[1])? {
        Some(view) => view,
        None => {
            if !iterate::is_iterable(&args[1]) {
                return Err(type_error!("can't extend bytearray with {}", name_of(&args[1])));
            }
            if str::is_str(&args[1]) {
                return Err(type_error!("expected iterable of integers; got: 'str'"));
            }
            bytes::View::Copied(bytes_of_iterable(&args[1], OUT_OF_RANGE)?)
        }
    };
    let len = this.len();
    this.replace(len, len, &added)?;
    none()
}

pub(super) fn insert(args: &[Ref]) -> Res {
    let index = arguments::size(&args[1])?;
    let byte = byte(&args[2], OUT_OF_RANGE)?;
    let this = payload(&args[0]);
    this.check_resizable()?;
    this.data.with_mut(|data| {
        let len = data.len();
        let place =
            if index < 0 { len.saturating_sub(index.unsigned_abs()) } else { (index as usize).min(len) };
        data.insert(place, byte)
    })?;
    none()
}

pub(super) fn pop(args: &[Ref]) -> Res {
    let index = args.get(1).map_or(Ok(-1), arguments::size)?;
    let this = payload(&args[0]);
    let len = this.len() as isize;
    if len == 0 {
        return Err(index_error!("pop from empty bytearray"));
    }
    let place = if index < 0 { index + len } else { index };
    if !(0..len).contains(&place) {
        return Err(index_error!("pop index out of range"));
    }
    this.check_resizable()?;
    Ok(int::new(this.data.with_mut(|data| data.remove(place as usize)).into()))
}

pub(super) fn remove(args: &[Ref]) -> Res {
    let byte = byte(&args[1], OUT_OF_RANGE)?;
    let this = payload(&args[0]);
    let Some(place) = this.data.with(|data| memchr::memchr(byte, data)) else {
        return Err(value_error!("value not found in bytearray"));
    };
    this.check_resizable()?;
    this.data.with_mut(|data| data.remove(place));
    none()
}

pub(super) fn reverse(args: &[Ref]) -> Res {
    payload(&args[0]).data.with_mut(|data| data.reverse());
    none()
}

pub(super) fn allocated(args: &[Ref]) -> Res {
    Ok(int::from_usize(payload(&args[0]).data.with(|data| occupied_bytes(data.storage_bytes()))))
}

pub(super) fn sizeof(args: &[Ref]) -> Res {
    let storage = payload(&args[0]).data.with(|data| data.storage_bytes());
    Ok(int::from_usize(8 + size_of::<super::ByteArray>() + storage))
}

pub(super) fn reduce(args: &[Ref]) -> Res {
    let text = payload(&args[0]).data.with(|data| str::from_units::<u8>(data))?;
    let arguments = tuple::pair(text.into_any(), str::new("latin-1").into_any());
    reduced(&args[0], arguments)
}

pub(super) fn reduce_ex(args: &[Option<Ref>]) -> Res {
    let object = args[0].as_ref().expect("a method has a receiver");
    let protocol = args[1].as_ref().map_or(Ok(0), arguments::c_int)?;
    if protocol < 3 {
        return reduce(std::slice::from_ref(object));
    }
    let data = payload(object).data.with(|data| bytes::try_new(data))?;
    reduced(object, tuple::from_vec(vec![data.into_any()]).into_any())
}

fn reduced(object: &Ref, arguments: Ref) -> Res {
    let state = crate::protocol::call::call_method(object, &crate::state::names().__getstate__, &[])?;
    let class = Class::of(object).clone().into_any();
    Ok(tuple::from_vec(vec![class, arguments, state]).into_any())
}

pub(super) fn inplace_concat(object: &Ref, other: &Ref) -> Res {
    let Some(added) = bytes::like(other)? else {
        return Err(type_error!("can't concat {} to {}", name_of(other), name_of(object)));
    };
    let this = payload(object);
    let len = this.len();
    this.replace(len, len, &added)?;
    Ok(object.clone())
}

pub(super) fn inplace_repeat(object: &Ref, count: &Ref) -> Res {
    let count = arguments::repeat_count(count)?;
    let this = payload(object);
    let repeated = this.data.with(|data| match data.len().checked_mul(count) {
        Some(_) => edit::repeat(data, count),
        None => Err(OutOfMemory),
    })?;
    this.replace(0, this.len(), &repeated)?;
    Ok(object.clone())
}

/// `data[key] = value`, `del data[key]`
pub(super) fn set_item(object: &Ref, key: &Ref, value: Option<&Ref>) -> Res<()> {
    let this = payload(object);
    if has_index(key) {
        // The value is converted first, for that may change the length.
        let new = value.map(|value| byte(value, OUT_OF_RANGE)).transpose()?;
        let place = arguments::place(key, || this.len(), "bytearray index out of range")?;
        match new {
            Some(byte) => this.data.with_mut(|data| data[place] = byte),
            None => this.replace(place, place + 1, &[])?,
        }
        return Ok(());
    }
    if !key.has_layout::<Slice>() {
        return Err(type_error!("bytearray indices must be integers or slices, not {}", name_of(key)));
    }
    let new = match value {
        None => bytes::View::Copied(Vec::new()),
        Some(value) => assignable(value)?,
    };
    let (start, stop, step) = slice::unpack(key)?;
    let (start, stop, step, count) = slice::adjust(start, stop, step, this.len());
    if step == 1 {
        return this.replace(start as usize, stop.max(start) as usize, &new);
    }
    if value.is_none() {
        return delete_steps(object, start, step, count);
    }
    if new.len() != count {
        let given = new.len();
        return Err(value_error!(
            "attempt to assign bytes of size {given} to extended slice of size {count}"
        ));
    }
    this.data.with_mut(|data| {
        for (position, &byte) in new.iter().enumerate() {
            data[(start + position as isize * step) as usize] = byte;
        }
    });
    Ok(())
}

/// The bytes that a value assigned to a slice stands for.
fn assignable(value: &Ref) -> Res<bytes::View> {
    if let Some(view) = bytes::like(value)? {
        return Ok(view);
    }
    if has_index(value) || str::is_str(value) || !iterate::is_iterable(value) {
        return Err(type_error!("can assign only bytes, buffers, or iterables of ints in range(0, 256)"));
    }
    Ok(bytes::View::Copied(bytes_of_iterable(value, OUT_OF_RANGE)?))
}

fn delete_steps(object: &Ref, start: isize, step: isize, count: usize) -> Res<()> {
    let this = payload(object);
    if count == 0 {
        return Ok(());
    }
    this.check_resizable()?;
    let kept = this.data.with(|data| -> Vec<u8> {
        let gone = |place: usize| {
            let distance = place as isize - start;
            distance % step == 0 && (0..count as isize).contains(&(distance / step))
        };
        data.iter().enumerate().filter(|&(place, _)| !gone(place)).map(|(_, &byte)| byte).collect()
    });
    this.replace(0, this.len(), &kept)
}
