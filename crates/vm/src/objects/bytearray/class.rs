//! `bytearray`: the class and its slots.

use ouro_bytecode::opcode::Comparison;
use ouro_heap::{Ref, allocate::check_request};

use super::{ByteArray, edit, empty_as, iterator};
use crate::{
    error::Res,
    native::{Args, NativeDef, bound, plain},
    objects::{
        arguments::{self, has_index, name_of},
        bytes::{self, ByteArrayKind, Methods, SHARED, Source},
        class::{ClassDef, class_flags},
        format, int,
        slice::{self, Slice},
        slots::{BufferSlot, Slots},
        str,
    },
    state::shared,
    type_error, types,
};

/// The class.
pub static BYTEARRAY: ClassDef = ClassDef {
    slots: Slots {
        new: Some(|class, _args| Ok(empty_as(class.index).into_any())),
        init: Some(init),
        repr: Some(repr),
        str: Some(repr),
        compare: Some(rich_compare),
        iter: Some(iterator::iterate),
        len: Some(|object| Ok(payload(object).len())),
        get_item: Some(get_item),
        set_item: Some(edit::set_item),
        contains: Some(bytes::contains::<ByteArrayKind>),
        concat: Some(|a, b| bytes::concat_bytes::<ByteArrayKind>(a, b, &name_of(a))),
        repeat: Some(bytes::repeat_bytes::<ByteArrayKind>),
        inplace_concat: Some(edit::inplace_concat),
        inplace_repeat: Some(edit::inplace_repeat),
        modulo: Some(modulo),
        buffer: Some(&BUFFER),
        ..Slots::NONE
    },
    methods: &METHODS,
    flags: class_flags::BASE | class_flags::MATCH_SELF,
    doc: "bytearray(iterable_of_ints) -> bytearray\nbytearray(string, encoding[, errors]) -> bytearray\n\
          bytearray(bytes_or_buffer) -> mutable copy of bytes_or_buffer\n\
          bytearray(int) -> bytes array of size given by the parameter initialized with null bytes\n\
          bytearray() -> empty bytes array\n\nConstruct a mutable bytearray object.",
    ..ClassDef::new::<ByteArray>(types::BYTEARRAY, "bytearray")
};

static METHODS: [NativeDef; SHARED + 12] = bytes::with_more(
    Methods::<ByteArrayKind>::ALL,
    [
        plain("append", "(self, item, /)", edit::append, "Append a single item to the end of the bytearray."),
        plain("clear", "(self, /)", edit::clear, "Remove all items from the bytearray."),
        plain("copy", "(self, /)", edit::copy, "Return a copy of B."),
        plain(
            "extend",
            "(self, iterable_of_ints, /)",
            edit::extend,
            "Append all the items from the iterator or sequence to the end.",
        ),
        plain(
            "insert",
            "(self, index, item, /)",
            edit::insert,
            "Insert a single item into the bytearray before the given index.",
        ),
        plain("pop", "(self, index=-1, /)", edit::pop, "Remove and return a single item from B."),
        plain(
            "remove",
            "(self, value, /)",
            edit::remove,
            "Remove the first occurrence of a value in the bytearray.",
        ),
        plain("reverse", "(self, /)", edit::reverse, "Reverse the order of the values in B in place."),
        plain("__alloc__", "(self, /)", edit::allocated, "Return the number of bytes actually allocated."),
        plain("__reduce__", "(self, /)", edit::reduce, "Return state information for pickling."),
        bound(
            "__reduce_ex__",
            "(self, proto=0, /)",
            edit::reduce_ex,
            "Return state information for pickling.",
        ),
        plain(
            "__sizeof__",
            "(self, /)",
            edit::sizeof,
            "Returns the size of the bytearray object in memory, in bytes.",
        ),
    ],
);

static BUFFER: BufferSlot = BufferSlot {
    read: |object, look| {
        payload(object).data.with(|data| look(data));
        Ok(())
    },
    write: Some(|object, change| {
        payload(object).data.with_mut(|data| change(data));
        Ok(())
    }),
    hold: |object, on| {
        let exports = &payload(object).exports;
        exports.set(if on { exports.get() + 1 } else { exports.get().saturating_sub(1) });
    },
    ..BufferSlot::BYTES
};

pub(super) fn payload(object: &Ref) -> &ByteArray {
    object.payload::<ByteArray>().expect("the receiver is a bytearray")
}

fn init(object: &Ref, args: Args) -> Res<()> {
    let this = payload(object);
    let data = match bytes::construct_data("bytearray", args)? {
        Source::Data(data) => data,
        Source::Object(object) => bytes::require(&object)?.to_vec(),
        Source::Zeros(count) => {
            check_request(count)?;
            let len = this.len();
            this.replace(0, len, &[])?;
            return Ok(this.data.with_mut(|data| data.fill_to(count, 0))?);
        }
    };
    this.replace(0, this.len(), &data)
}

fn repr(object: &Ref) -> Res {
    let quoted = payload(object).data.with(|data| bytes::quoted(data, true))?;
    let mut out = name_of(object).into_bytes();
    out.push(b'(');
    out.extend(quoted);
    out.push(b')');
    match std::str::from_utf8(&out) {
        Ok(text) => Ok(str::new(text).into_any()),
        Err(_) => Ok(str::from_units(&out)?.into_any()),
    }
}

fn rich_compare(a: &Ref, b: &Ref, comparison: Comparison) -> Res {
    let Some(other) = bytes::like(b)? else { return Ok(shared().not_implemented.clone()) };
    let Some(this) = a.payload::<ByteArray>() else { return Ok(shared().not_implemented.clone()) };
    Ok(this.data.with(|data| bytes::compare_bytes(data, &other, comparison)))
}

fn get_item(object: &Ref, key: &Ref) -> Res {
    let this = payload(object);
    if has_index(key) {
        let place = arguments::place(key, || this.len(), "bytearray index out of range")?;
        return Ok(int::new(this.data.with(|data| data[place]).into()));
    }
    if !key.has_layout::<Slice>() {
        return Err(type_error!("bytearray indices must be integers or slices, not {}", name_of(key)));
    }
    let (start, stop, step) = slice::unpack(key)?;
    let (start, stop, step, count) = slice::adjust(start, stop, step, this.len());
    let made = this.data.with(|data| match step {
        _ if count == 0 => super::new(&[]),
        1 => super::new(&data[start as usize..stop as usize]),
        _ => super::new(&bytes::pick(data, start, step, count)),
    });
    Ok(made?.into_any())
}

fn modulo(a: &Ref, b: &Ref) -> Res {
    if !a.has_layout::<ByteArray>() {
        return Ok(shared().not_implemented.clone());
    }
    // A copy: the conversions may run Python code.
    let format = payload(a).data.with(|data| data.to_vec());
    Ok(super::new(&format::format_bytes(&format, b)?)?.into_any())
}
