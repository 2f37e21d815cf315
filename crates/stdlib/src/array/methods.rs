//! The methods of arrays.

use ouro_heap::Ref;
use ouro_vm::{
    error::Res,
    index_error,
    objects::{
        bytes,
        class::{Class, DowncastClass},
        int, list,
        sequence::{argument_bound, argument_index, place, size_with_storage},
        str::{self, Str, StrExt},
        tuple,
    },
    protocol::{attribute, compare, iterate, number},
    state::shared,
    type_error, types, value_error,
};

use super::{Array, array, codes::TypeCode, none, object_of};

pub(super) fn append(args: &[Ref]) -> Res {
    array(&args[0]).push(&args[1])?;
    none()
}

pub(super) fn clear(args: &[Ref]) -> Res {
    array(&args[0]).resize(0)?;
    none()
}

pub(super) fn copy(args: &[Ref]) -> Res {
    let source = array(&args[0]);
    Ok(object_of(types::ARRAY, Array::of_bytes(source.code(), source.copy_bytes())?))
}

pub(super) fn buffer_info(args: &[Ref]) -> Res {
    let array = array(&args[0]);
    let address = array.bytes.with(|bytes| if bytes.is_empty() { 0 } else { bytes.as_ptr() as usize });
    Ok(tuple::pair(int::from_usize(address), int::from_usize(array.len())))
}

pub(super) fn byteswap(args: &[Ref]) -> Res {
    let array = array(&args[0]);
    let size = array.size();
    array.bytes.with_mut(|bytes| bytes.chunks_exact_mut(size).for_each(|item| item.reverse()));
    none()
}

pub(super) fn reverse(args: &[Ref]) -> Res {
    let array = array(&args[0]);
    let size = array.size();
    array.bytes.with_mut(|bytes| {
        // All bytes turned around, then those of each item turned back.
        bytes.reverse();
        bytes.chunks_exact_mut(size).for_each(|item| item.reverse());
    });
    none()
}

pub(super) fn count(args: &[Ref]) -> Res {
    let array = array(&args[0]);
    let (mut count, mut index) = (0, 0);
    while let Some(item) = array.get(index) {
        count += i64::from(compare::equal(&item, &args[1])?);
        index += 1;
    }
    Ok(int::new(count))
}

pub(super) fn index(args: &[Ref]) -> Res {
    let array = array(&args[0]);
    let start = args.get(2).map_or(Ok(0), argument_bound)?;
    let stop = args.get(3).map_or(Ok(isize::MAX), argument_bound)?;
    let len = array.len() as isize;
    let fit = |bound: isize| if bound < 0 { (bound + len).max(0) } else { bound };
    for index in fit(start)..fit(stop) {
        let Some(item) = array.get(index as usize) else { break };
        if compare::equal(&item, &args[1])? {
            return Ok(int::new(index as i64));
        }
    }
    Err(value_error!("array.index(x): x not in array"))
}

pub(super) fn remove(args: &[Ref]) -> Res {
    let array = array(&args[0]);
    let mut index = 0;
    while let Some(item) = array.get(index) {
        if compare::equal(&item, &args[1])? {
            array.remove(index, (index + 1).min(array.len()))?;
            return none();
        }
        index += 1;
    }
    Err(value_error!("array.remove(x): x not in array"))
}

pub(super) fn pop(args: &[Ref]) -> Res {
    let index = args.get(1).map_or(Ok(-1), argument_index)?;
    let array = array(&args[0]);
    if array.len() == 0 {
        return Err(index_error!("pop from empty array"));
    }
    let index = place(index, array.len()).ok_or_else(|| index_error!("pop index out of range"))?;
    let item = array.get(index).expect("the index was checked");
    array.remove(index, index + 1)?;
    Ok(item)
}

pub(super) fn insert(args: &[Ref]) -> Res {
    let array = array(&args[0]);
    let index = argument_index(&args[1])?;
    let item = array.code().encode(&args[2])?;
    let len = array.len() as isize;
    let index = if index < 0 { (index + len).max(0) } else { index.min(len) };
    array.insert(index as usize, &item[..array.size()])?;
    none()
}

/// Appends the items of another array, which may be this very one.
pub(super) fn extend_with(target: &Array, other: &Array) -> Res<()> {
    if target.code() != other.code() {
        return Err(type_error!("can only extend with array of same kind"));
    }
    let bytes = other.copy_bytes();
    if bytes.is_empty() { Ok(()) } else { target.insert(target.len(), &bytes) }
}

pub(super) fn extend(args: &[Ref]) -> Res {
    let array = array(&args[0]);
    match args[1].payload::<Array>() {
        Some(other) => extend_with(array, other)?,
        None => iterate::for_each(&args[1], |item| array.push(&item))?,
    }
    none()
}

pub(super) fn from_list(args: &[Ref]) -> Res {
    let array = array(&args[0]);
    let Some(list) = args[1].payload::<list::List>() else { return Err(type_error!("arg must be list")) };
    let size = array.size();
    let mut encoded = Vec::with_capacity(list.len() * size);
    let mut index = 0;
    let len = list.len();
    while let Some(item) = list.get(index) {
        encoded.extend_from_slice(&array.code().encode(&item)?[..size]);
        index += 1;
        if list.len() != len {
            return Err(ouro_vm::runtime_error!("list changed size during iteration"));
        }
    }
    if !encoded.is_empty() {
        array.insert(array.len(), &encoded)?;
    }
    none()
}

/// Appends items given as bytes.
pub(super) fn append_bytes(array: &Array, bytes: &[u8]) -> Res<()> {
    if !bytes.len().is_multiple_of(array.size()) {
        return Err(value_error!("bytes length not a multiple of item size"));
    }
    if bytes.is_empty() { Ok(()) } else { array.insert(array.len(), bytes) }
}

pub(super) fn from_bytes(args: &[Ref]) -> Res {
    let bytes = bytes::require(&args[1])?;
    append_bytes(array(&args[0]), &bytes)?;
    none()
}

pub(super) fn from_unicode(args: &[Ref]) -> Res {
    let array = array(&args[0]);
    let Some(text) = args[1].payload::<Str>() else {
        return Err(type_error!(
            "fromunicode() argument must be str, not {}",
            Class::of(&args[1]).short_name()
        ));
    };
    if !array.code().is_text() {
        return Err(value_error!("fromunicode() may only be called on unicode type arrays ('u' or 'w')"));
    }
    let bytes: Vec<u8> = text.code_points().flat_map(u32::to_ne_bytes).collect();
    append_bytes(array, &bytes)?;
    none()
}

pub(super) fn to_unicode(args: &[Ref]) -> Res {
    let array = array(&args[0]);
    if !array.code().is_text() {
        return Err(value_error!("tounicode() may only be called on unicode type arrays ('u' or 'w')"));
    }
    let bytes = array.copy_bytes();
    let characters =
        bytes.chunks_exact(4).map(|item| u32::from_ne_bytes(item.try_into().expect("four bytes")));
    if let Some(large) = characters.clone().find(|c| *c > 0x10_FFFF) {
        return Err(value_error!("character U+{large:x} is not in range [U+0000; U+10ffff]"));
    }
    Ok(str::from_code_points(characters).into_any())
}

pub(super) fn to_list(args: &[Ref]) -> Res {
    let array = array(&args[0]);
    let (size, code) = (array.size(), array.code());
    let items = array.copy_bytes().chunks_exact(size).map(|item| code.decode(item)).collect();
    Ok(list::from_vec(items)?.into_any())
}

pub(super) fn to_bytes(args: &[Ref]) -> Res {
    Ok(bytes::try_new(&array(&args[0]).copy_bytes())?.into_any())
}

pub(super) fn size_of(args: &[Ref]) -> Res {
    let storage =
        array(&args[0]).bytes.with(|bytes| ouro_heap::buffer::occupied_bytes(bytes.storage_bytes()));
    Ok(size_with_storage(&args[0], storage))
}

pub(super) fn reduce(args: &[Ref]) -> Res {
    let protocol = number::as_isize(&args[1])?;
    let array = array(&args[0]);
    let class = Class::of(&args[0]).clone().into_any();
    let attributes = attribute::existing_dict(&args[0]).map_or_else(|| shared().none.clone(), Ref::into_any);
    let code = crate::support::text(array.code().letter().encode_utf8(&mut [0; 4]));
    if protocol < 3 {
        let arguments = tuple::pair(code, to_list(&args[..1])?);
        return Ok(tuple::from_vec(vec![class, arguments, attributes]).into_any());
    }
    let module = ouro_vm::state::vm().slots.modules.get();
    let module = match module {
        Some(modules) => ouro_vm::objects::dict::get_str(&modules, &str::intern("array")),
        None => None,
    };
    let reconstructor = match module {
        Some(module) => attribute::get(&module, &str::intern("_array_reconstructor"))?,
        None => return Err(ouro_vm::import_error!("array is not imported")),
    };
    let arguments = vec![class, code, int::new(array.code().machine_format()), to_bytes(&args[..1])?];
    Ok(tuple::from_vec(vec![reconstructor, tuple::from_vec(arguments).into_any(), attributes]).into_any())
}

/// `array._array_reconstructor`: what pickles call. Only this machine's own formats are understood.
pub(super) fn reconstruct(args: &[Ref]) -> Res {
    let class =
        args[0].downcast_class().filter(|class| class.is_subclass_of(ouro_vm::state::class_of(types::ARRAY)));
    let Some(class) = class else {
        return Err(type_error!(
            "first argument must be a type object, not {}",
            Class::of(&args[0]).short_name()
        ));
    };
    let letter = args[1]
        .payload::<Str>()
        .filter(|text| text.char_count() == 1)
        .and_then(|text| char::from_u32(text.char_at(0)));
    let Some(letter) = letter else {
        return Err(type_error!(
            "_array_reconstructor() argument 2 must be a unicode character, not {}",
            Class::of(&args[1]).short_name()
        ));
    };
    let Ok(code) = TypeCode::from_char(letter) else {
        return Err(value_error!("second argument must be a valid type code"));
    };
    let format = number::as_isize(&args[2])?;
    if !(0..=21).contains(&format) {
        return Err(value_error!("third argument must be a valid machine format code."));
    }
    if !bytes::is_bytes(&args[3]) {
        return Err(type_error!("fourth argument should be bytes, not {}", Class::of(&args[3]).short_name()));
    }
    let made = Array::new(code);
    append_bytes(&made, &bytes::require(&args[3])?)?;
    Ok(object_of(class.index, made))
}
