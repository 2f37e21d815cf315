//! `bytes`: the class and its slots.

use ouro_bytecode::opcode::Comparison;
use ouro_heap::{OutOfMemory, Ref};

use super::{
    Bytes, Kind, Methods,
    convert::{self, Source},
    edit, iterator,
    kind::BytesKind,
    like,
    methods::{SHARED, with_more},
    search,
};
use crate::{
    error::Res,
    native::{Args, NativeDef, plain},
    objects::{
        arguments::{self, has_index, name_of},
        bool_,
        class::{Class, ClassDef, class_flags},
        format, int,
        slice::{self, Slice},
        slots::{BufferSlot, Slots},
        str, tuple,
        units::edit as edit_units,
    },
    overflow_error,
    protocol::compare,
    state::shared,
    type_error, types,
};

/// The class.
pub static BYTES: ClassDef = ClassDef {
    slots: Slots {
        new: Some(construct),
        repr: Some(repr),
        str: Some(repr),
        hash: Some(|object| Ok(super::hash(payload(object)))),
        compare: Some(rich_compare),
        iter: Some(iterator::iterate),
        len: Some(|object| Ok(payload(object).items().len())),
        get_item: Some(get_item),
        contains: Some(search::contains::<BytesKind>),
        concat: Some(concat),
        repeat: Some(repeat_bytes::<BytesKind>),
        modulo: Some(modulo),
        buffer: Some(&BUFFER),
        ..Slots::NONE
    },
    methods: &METHODS,
    flags: class_flags::BASE | class_flags::MATCH_SELF,
    doc: "bytes(iterable_of_ints) -> bytes\nbytes(string, encoding[, errors]) -> bytes\n\
          bytes(bytes_or_buffer) -> immutable copy of bytes_or_buffer\n\
          bytes(int) -> bytes object of size given by the parameter initialized with null bytes\n\
          bytes() -> empty bytes object\n\nConstruct an immutable array of bytes.",
    ..ClassDef::new::<Bytes>(types::BYTES, "bytes")
};

static METHODS: [NativeDef; SHARED + 2] = with_more(
    Methods::<BytesKind>::ALL,
    [
        plain(
            "__bytes__",
            "(self, /)",
            |args| BytesKind::same(&args[0]),
            "Convert this value to exact type bytes.",
        ),
        plain("__getnewargs__", "(self, /)", getnewargs, ""),
    ],
);

static BUFFER: BufferSlot = BufferSlot {
    read: |object, look| {
        look(payload(object).items());
        Ok(())
    },
    ..BufferSlot::BYTES
};

fn payload(object: &Ref) -> &Bytes {
    object.payload::<Bytes>().expect("the receiver is a bytes object")
}

fn construct(class: &Ref<Class>, args: Args) -> Res {
    let made = match convert::construct_data("bytes", args)? {
        Source::Object(object) => object,
        Source::Data(data) => super::try_new(&data)?.into_any(),
        Source::Zeros(count) => {
            str::build::check_length(count)?;
            super::try_new(&edit_units::repeat(&[0], count)?)?.into_any()
        }
    };
    if class.index == types::BYTES {
        return Ok(made);
    }
    Ok(super::new_as(class.index, payload(&made).items())?.into_any())
}

fn getnewargs(args: &[Ref]) -> Res {
    Ok(tuple::from_vec(vec![super::try_new(payload(&args[0]).items())?.into_any()]).into_any())
}

fn repr(object: &Ref) -> Res {
    Ok(str::from_units(&quoted(payload(object).items(), false)?)?.into_any())
}

/// `b'...'`. The single quote is always escaped for bytearrays.
pub(crate) fn quoted(data: &[u8], escape_single: bool) -> Result<Vec<u8>, OutOfMemory> {
    let quote = if data.contains(&b'\'') && !data.contains(&b'"') { b'"' } else { b'\'' };
    let mut out = edit_units::reserved(data.len() + 3)?;
    out.extend([b'b', quote]);
    for &byte in data {
        match byte {
            b'\\' => out.extend(b"\\\\"),
            b'\t' => out.extend(b"\\t"),
            b'\n' => out.extend(b"\\n"),
            b'\r' => out.extend(b"\\r"),
            _ if byte == quote || (escape_single && byte == b'\'') => out.extend([b'\\', byte]),
            b' '..0x7F => out.push(byte),
            _ => {
                let digit = |value: u8| b"0123456789abcdef"[value as usize];
                out.extend([b'\\', b'x', digit(byte >> 4), digit(byte & 15)]);
            }
        }
    }
    out.push(quote);
    Ok(out)
}

fn rich_compare(a: &Ref, b: &Ref, comparison: Comparison) -> Res {
    let (Some(a), Some(b)) = (super::of_bytes(a), super::of_bytes(b)) else {
        return Ok(shared().not_implemented.clone());
    };
    Ok(compare_bytes(a, b, comparison))
}

/// The outcome of a comparison byte by byte.
pub(crate) fn compare_bytes(a: &[u8], b: &[u8], comparison: Comparison) -> Ref {
    bool_::new(match comparison {
        Comparison::Eq => a == b,
        Comparison::Ne => a != b,
        _ => compare::holds(comparison, a.cmp(b)),
    })
}

fn get_item(object: &Ref, key: &Ref) -> Res {
    let data = payload(object).items();
    if has_index(key) {
        let place = arguments::place(key, || data.len(), "index out of range")?;
        return Ok(int::new(data[place].into()));
    }
    if !key.has_layout::<Slice>() {
        return Err(type_error!("byte indices must be integers or slices, not {}", name_of(key)));
    }
    let (start, stop, step, count) = slice::resolve(key, data.len())?;
    if step == 1 && count == data.len() {
        return BytesKind::same(object);
    }
    let made = match step {
        _ if count == 0 => super::try_new(&[])?,
        1 => super::try_new(&data[start as usize..stop as usize])?,
        _ => super::try_new(&pick(data, start, step, count))?,
    };
    Ok(made.into_any())
}

/// Every so many bytes.
pub(crate) fn pick(data: &[u8], start: isize, step: isize, count: usize) -> Vec<u8> {
    (0..count).map(|position| data[(start + position as isize * step) as usize]).collect()
}

fn concat(a: &Ref, b: &Ref) -> Res {
    if payload(a).items().is_empty() && b.is_exact::<Bytes>() {
        return Ok(b.clone());
    }
    if super::of_bytes(b).is_some_and(<[u8]>::is_empty) && a.is_exact::<Bytes>() {
        return Ok(a.clone());
    }
    if let Some(second) = super::of_bytes(b) {
        return Ok(super::joined(payload(a).items(), second)?.into_any());
    }
    if like(b)?.is_none() {
        return Err(type_error!("can't concat {} to {}", name_of(b), name_of(a)));
    }
    edit::concat::<BytesKind>(a, b, &name_of(a))
}

/// `data * count`
pub(crate) fn repeat_bytes<K: Kind>(object: &Ref, count: &Ref) -> Res {
    let count = arguments::repeat_count(count)?;
    if count == 1 && object.is_exact::<Bytes>() {
        return Ok(object.clone());
    }
    let length = K::with(object, <[u8]>::len);
    if length.checked_mul(count).is_none_or(|length| length > isize::MAX as usize) {
        // Only bytes have words for it.
        return Err(if super::is_bytes(object) {
            overflow_error!("repeated bytes are too long")
        } else {
            OutOfMemory.into()
        });
    }
    let repeated = K::with(object, |data| edit_units::repeat(data, count));
    K::make(&repeated?)
}

fn modulo(a: &Ref, b: &Ref) -> Res {
    match super::of_bytes(a) {
        Some(format) => Ok(super::try_new(&format::format_bytes(format, b)?)?.into_any()),
        None => Ok(shared().not_implemented.clone()),
    }
}
