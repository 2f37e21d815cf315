//! Indexing and slicing of arrays.

use ouro_heap::Ref;
use ouro_vm::{
    error::Res,
    index_error,
    objects::{
        class::Class,
        exception::ExceptionKind,
        int,
        sequence::place,
        slice::{self, Slice},
    },
    protocol::number,
    type_error, types, value_error,
};

use super::{Array, array, object_of};

fn subscript(key: &Ref) -> Res<isize> {
    if int::is_int(key) || Class::of(key).slots.0.index.get().is_some() {
        return number::as_isize_or(key, ExceptionKind::IndexError);
    }
    Err(type_error!("array indices must be integers"))
}

pub(super) fn get_item(object: &Ref, key: &Ref) -> Res {
    let array = array(object);
    if !key.is_exact::<Slice>() {
        let index = subscript(key)?;
        return place(index, array.len())
            .and_then(|index| array.get(index))
            .ok_or_else(|| index_error!("array index out of range"));
    }
    let (start, _, step, count) = slice::resolve(key, array.len())?;
    let size = array.size();
    let bytes = array.bytes.with(|bytes| {
        if step == 1 {
            let start = start as usize * size;
            return bytes[start..start + count * size].to_vec();
        }
        let mut out = Vec::with_capacity(count * size);
        for nth in 0..count as isize {
            let place = (start + nth * step) as usize * size;
            out.extend_from_slice(&bytes[place..place + size]);
        }
        out
    });
    Ok(object_of(types::ARRAY, Array::of_bytes(array.code(), bytes)?))
}

pub(super) fn set_item(object: &Ref, key: &Ref, value: Option<&Ref>) -> Res<()> {
    let array = array(object);
    if !key.is_exact::<Slice>() {
        let index = subscript(key)?;
        let out_of_range = || index_error!("array assignment index out of range");
        let index = place(index, array.len()).ok_or_else(out_of_range)?;
        let Some(value) = value else { return array.remove(index, index + 1) };
        let item = array.code().encode(value)?;
        // Encoding may have run code that made the array shorter.
        if index >= array.len() {
            return Err(out_of_range());
        }
        array.write(index, &item);
        return Ok(());
    }
    let (start, stop, step) = slice::unpack(key)?;
    let items = match value {
        None => None,
        Some(value) => {
            let Some(other) = value.payload::<Array>() else {
                return Err(type_error!(
                    "can only assign array (not \"{}\") to array slice",
                    Class::of(value).short_name()
                ));
            };
            if other.code() != array.code() {
                return Err(type_error!("bad argument type for built-in operation"));
            }
            Some(other.copy_bytes())
        }
    };
    let (start, stop, step, count) = slice::adjust(start, stop, step, array.len());
    match items {
        Some(items) if step == 1 => {
            assign(array, start as usize, (start + count as isize).max(stop.min(start)) as usize, &items)
        }
        Some(items) => assign_steps(array, start, step, count, &items),
        None => remove_steps(array, start, step, count),
    }
}

/// Replaces the items from `start` to `end`.
fn assign(array: &Array, start: usize, end: usize, items: &[u8]) -> Res<()> {
    let size = array.size();
    let (old, new) = (end - start, items.len() / size);
    if old != new {
        array.check_resizable()?;
    }
    let overwritten = old.min(new);
    array.bytes.with_mut(|bytes| {
        bytes[start * size..(start + overwritten) * size].copy_from_slice(&items[..overwritten * size])
    });
    if new > old { array.insert(end, &items[old * size..]) } else { array.remove(start + new, end) }
}

fn assign_steps(array: &Array, start: isize, step: isize, count: usize, items: &[u8]) -> Res<()> {
    let size = array.size();
    let given = items.len() / size;
    if given != count {
        return Err(value_error!(
            "attempt to assign array of size {given} to extended slice of size {count}"
        ));
    }
    array.bytes.with_mut(|bytes| {
        for (nth, item) in items.chunks_exact(size).enumerate() {
            let place = (start + nth as isize * step) as usize * size;
            bytes[place..place + size].copy_from_slice(item);
        }
    });
    Ok(())
}

fn remove_steps(array: &Array, start: isize, step: isize, count: usize) -> Res<()> {
    if count == 0 {
        return Ok(());
    }
    // Seen from the low end, every `step`-th item goes.
    let (first, step) = if step < 0 { (start + (count as isize - 1) * step, -step) } else { (start, step) };
    let (first, step) = (first as usize, step as usize);
    if step == 1 {
        return array.remove(first, first + count);
    }
    array.check_resizable()?;
    let (size, len) = (array.size(), array.len());
    array.bytes.with_mut(|bytes| {
        for nth in 0..count {
            let from = first + nth * step + 1;
            let to = if nth + 1 < count { from + step - 1 } else { len };
            bytes.copy_within(from * size..to * size, (from - 1 - nth) * size);
        }
    });
    array.resize(len - count)
}
