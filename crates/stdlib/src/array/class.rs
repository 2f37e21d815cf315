//! `array.array`: the class and its iterator.

use std::cell::Cell;

use ouro_bytecode::opcode::Comparison;
use ouro_heap::{Payload, Ref, Slot, alloc};
use ouro_vm::{
    error::Res,
    native::{Args, plain},
    objects::{
        bool_, bytes,
        class::{Class, ClassDef, class_flags, getter},
        int,
        list::List,
        sequence::repeat_count,
        slots::{BufferSlot, Slots},
        special,
        str::{Str, StrExt},
        tuple::{self, Tuple},
    },
    protocol::{compare, iterate},
    state::shared,
    type_error, types,
};

use super::{Array, array, codes::TypeCode, files, methods, object_of, slices};
use crate::support::{iter_self, no_keywords, repr_text, text, this};

fn new_slot(class: &Ref<Class>, args: Args) -> Res {
    no_keywords(class, types::ARRAY, "array.array", args)?;
    let values = args.positional();
    if values.is_empty() {
        return Err(type_error!("array() takes at least 1 argument (0 given)"));
    }
    if values.len() > 2 {
        return Err(type_error!("array() takes at most 2 arguments ({} given)", values.len()));
    }
    let letter = match values[0].payload::<Str>() {
        Some(text) if text.char_count() == 1 => char::from_u32(text.char_at(0)).unwrap_or('\0'),
        _ => {
            return Err(type_error!(
                "array() argument 1 must be a unicode character, not {}",
                Class::of(&values[0]).short_name()
            ));
        }
    };
    let initial = values.get(1).filter(|initial| !initial.is(&shared().none));
    let code = TypeCode::from_char(letter);
    if let (Some(initial), Ok(code)) = (initial, &code)
        && !code.is_text()
    {
        if initial.payload::<Str>().is_some() {
            return Err(type_error!("cannot use a str to initialize an array with typecode '{letter}'"));
        }
        if initial.payload::<Array>().is_some_and(|other| other.code().is_text()) {
            return Err(type_error!(
                "cannot use a unicode array to initialize an array with typecode '{letter}'"
            ));
        }
    }
    let code = code?;
    let Some(initial) = initial else { return Ok(object_of(class.index, Array::new(code))) };
    if let Some(other) = initial.payload::<Array>()
        && (other.code() == code || (other.code().is_text() && code.is_text()))
    {
        return Ok(object_of(class.index, Array::of_bytes(code, other.copy_bytes())?));
    }
    if bytes::is_bytes(initial) || bytes::is_bytearray(initial) {
        let made = Array::new(code);
        methods::append_bytes(&made, &bytes::require(initial)?)?;
        return Ok(object_of(class.index, made));
    }
    if let Some(text) = initial.payload::<Str>() {
        let bytes = text.code_points().flat_map(u32::to_ne_bytes).collect();
        return Ok(object_of(class.index, Array::of_bytes(code, bytes)?));
    }
    // Items of a list or tuple are encoded into exactly as much storage as they need.
    let items = if initial.is_exact::<List>() || initial.is_exact::<Tuple>() {
        Some(iterate::collect(initial)?)
    } else {
        initial
            .payload::<Array>()
            .map(|other| (0..other.len()).filter_map(|index| other.get(index)).collect())
    };
    let Some(items) = items else {
        let made = object_of(class.index, Array::new(code));
        let target = array(&made);
        iterate::for_each(initial, |item| target.push(&item))?;
        return Ok(made);
    };
    let size = code.size();
    let mut encoded = Vec::with_capacity(items.len() * size);
    for item in &items {
        encoded.extend_from_slice(&code.encode(item)?[..size]);
    }
    Ok(object_of(class.index, Array::of_bytes(code, encoded)?))
}

fn repr(object: &Ref) -> Res {
    let array = array(object);
    let name = Class::of(object).name_text();
    let code = array.code();
    if array.len() == 0 {
        return Ok(text(&format!("{name}('{}')", code.letter())));
    }
    let items = if code.is_text() {
        methods::to_unicode(std::slice::from_ref(object))?
    } else {
        methods::to_list(std::slice::from_ref(object))?
    };
    Ok(text(&format!("{name}('{}', {})", code.letter(), repr_text(&items)?)))
}

fn rich_compare(left: &Ref, right: &Ref, comparison: Comparison) -> Res {
    let (Some(a), Some(b)) = (left.payload::<Array>(), right.payload::<Array>()) else {
        return Ok(shared().not_implemented.clone());
    };
    if a.len() != b.len() && matches!(comparison, Comparison::Eq | Comparison::Ne) {
        return Ok(bool_::new(comparison == Comparison::Ne));
    }
    if a.code() == b.code() && a.code().is_integer() && matches!(comparison, Comparison::Eq | Comparison::Ne)
    {
        // Integers of one type are equal exactly if their bytes are.
        let equal = std::ptr::eq(a, b) || a.bytes.with(|a| b.bytes.with(|b| a[..] == b[..]));
        return Ok(bool_::new(equal == (comparison == Comparison::Eq)));
    }
    let mut index = 0;
    while let (Some(x), Some(y)) = (a.get(index), b.get(index)) {
        if !compare::equal(&x, &y)? {
            return match comparison {
                Comparison::Eq => Ok(bool_::new(false)),
                Comparison::Ne => Ok(bool_::new(true)),
                _ => compare::rich(&x, &y, comparison),
            };
        }
        index += 1;
    }
    Ok(bool_::new(compare::holds(comparison, a.len().cmp(&b.len()))))
}

fn contains(object: &Ref, element: &Ref) -> Res<bool> {
    let array = array(object);
    let mut index = 0;
    while let Some(item) = array.get(index) {
        if compare::equal(&item, element)? {
            return Ok(true);
        }
        index += 1;
    }
    Ok(false)
}

fn concat(left: &Ref, right: &Ref) -> Res {
    let Some(other) = right.payload::<Array>() else {
        return Err(type_error!(
            "can only append array (not \"{}\") to array",
            Class::of(right).short_name()
        ));
    };
    let array = array(left);
    if other.code() != array.code() {
        return Err(type_error!("bad argument type for built-in operation"));
    }
    let mut bytes = array.copy_bytes();
    other.bytes.with(|other| bytes.extend_from_slice(other));
    Ok(object_of(types::ARRAY, Array::of_bytes(array.code(), bytes)?))
}

fn inplace_concat(left: &Ref, right: &Ref) -> Res {
    let Some(other) = right.payload::<Array>() else {
        return Err(type_error!(
            "can only extend array with array (not \"{}\")",
            Class::of(right).short_name()
        ));
    };
    methods::extend_with(array(left), other)?;
    Ok(left.clone())
}

/// The bytes repeated; MemoryError if there would be too many.
fn repeated(array: &Array, count: usize) -> Res<Vec<u8>> {
    let bytes = array.copy_bytes();
    let total = bytes
        .len()
        .checked_mul(count)
        .filter(|&total| total <= isize::MAX as usize)
        .ok_or(ouro_heap::OutOfMemory)?;
    let mut out = Vec::new();
    out.try_reserve_exact(total).map_err(|_| ouro_heap::OutOfMemory)?;
    (0..if bytes.is_empty() { 0 } else { count }).for_each(|_| out.extend_from_slice(&bytes));
    Ok(out)
}

fn repeat(object: &Ref, count: &Ref) -> Res {
    let array = array(object);
    let bytes = repeated(array, repeat_count(count)?)?;
    Ok(object_of(types::ARRAY, Array::of_bytes(array.code(), bytes)?))
}

fn inplace_repeat(object: &Ref, count: &Ref) -> Res {
    let count = repeat_count(count)?;
    let array = array(object);
    let len = array.len();
    if len > 0 && count != 1 {
        let bytes = repeated(array, count)?;
        array.resize(bytes.len() / array.size())?;
        array.bytes.with_mut(|place| place.copy_from_slice(&bytes));
    }
    Ok(object.clone())
}

static BUFFER: BufferSlot = BufferSlot {
    read: |object, work| {
        array(object).bytes.with(|bytes| work(bytes));
        Ok(())
    },
    write: Some(|object, work| {
        array(object).bytes.with_mut(|bytes| work(bytes));
        Ok(())
    }),
    hold: |object, on| {
        let exports = &array(object).exports;
        exports.set(if on { exports.get() + 1 } else { exports.get().saturating_sub(1) });
    },
    item: |object| (array(object).code().format(), array(object).size()),
};

/// `array.array`
pub(super) static ARRAY: ClassDef = ClassDef {
    module: "array",
    flags: class_flags::BASE | class_flags::WEAKLY_REFERENCEABLE | class_flags::SEQUENCE,
    slots: Slots {
        new: Some(new_slot),
        repr: Some(repr),
        hash: Some(special::unhashable),
        compare: Some(rich_compare),
        iter: Some(iter),
        len: Some(|object| Ok(array(object).len())),
        get_item: Some(slices::get_item),
        set_item: Some(slices::set_item),
        contains: Some(contains),
        concat: Some(concat),
        repeat: Some(repeat),
        inplace_concat: Some(inplace_concat),
        inplace_repeat: Some(inplace_repeat),
        buffer: Some(&BUFFER),
        ..Slots::NONE
    },
    methods: &[
        plain("append", "(self, v, /)", methods::append, "Append new value v to the end of the array."),
        plain(
            "buffer_info",
            "(self, /)",
            methods::buffer_info,
            "Return a tuple (address, length) giving the current memory address and the length in items of the buffer used to hold array's contents.\n\nThe length should be multiplied by the itemsize attribute to calculate\nthe buffer length in bytes.",
        ),
        plain(
            "byteswap",
            "(self, /)",
            methods::byteswap,
            "Byteswap all items of the array.\n\nIf the items in the array are not 1, 2, 4, or 8 bytes in size, RuntimeError is\nraised.",
        ),
        plain("clear", "(self, /)", methods::clear, "Remove all items from the array."),
        plain("__copy__", "(self, /)", methods::copy, "Return a copy of the array."),
        plain("__deepcopy__", "(self, unused, /)", methods::copy, "Return a copy of the array."),
        plain("count", "(self, v, /)", methods::count, "Return number of occurrences of v in the array."),
        plain("extend", "(self, bb, /)", methods::extend, "Append items to the end of the array."),
        plain(
            "fromfile",
            "(self, f, n, /)",
            files::from_file,
            "Read n objects from the file object f and append them to the end of the array.",
        ),
        plain("fromlist", "(self, list, /)", methods::from_list, "Append items to array from list."),
        plain(
            "frombytes",
            "(self, buffer, /)",
            methods::from_bytes,
            "Appends items from the string, interpreting it as an array of machine values, as if it had been read from a file using the fromfile() method.",
        ),
        plain(
            "fromunicode",
            "(self, ustr, /)",
            methods::from_unicode,
            "Extends this array with data from the unicode string ustr.\n\nThe array must be a unicode type array; otherwise a ValueError is raised.\nUse array.frombytes(ustr.encode(...)) to append Unicode data to an array of\nsome other type.",
        ),
        plain(
            "index",
            "(self, v, start=0, stop=sys.maxsize, /)",
            methods::index,
            "Return index of first occurrence of v in the array.\n\nRaise ValueError if the value is not present.",
        ),
        plain(
            "insert",
            "(self, i, v, /)",
            methods::insert,
            "Insert a new item v into the array before position i.",
        ),
        plain(
            "pop",
            "(self, i=-1, /)",
            methods::pop,
            "Return the i-th element and delete it from the array.\n\ni defaults to -1.",
        ),
        plain("__reduce_ex__", "(self, value, /)", methods::reduce, "Return state information for pickling."),
        plain("remove", "(self, v, /)", methods::remove, "Remove the first occurrence of v in the array."),
        plain("reverse", "(self, /)", methods::reverse, "Reverse the order of the items in the array."),
        plain(
            "tofile",
            "(self, f, /)",
            files::to_file,
            "Write all items (as machine values) to the file object f.",
        ),
        plain(
            "tolist",
            "(self, /)",
            methods::to_list,
            "Convert array to an ordinary list with the same items.",
        ),
        plain(
            "tobytes",
            "(self, /)",
            methods::to_bytes,
            "Convert the array to an array of machine values and return the bytes representation.",
        ),
        plain(
            "tounicode",
            "(self, /)",
            methods::to_unicode,
            "Extends this array with data from the unicode string ustr.\n\nConvert the array to a unicode string.  The array must be a unicode type array;\notherwise a ValueError is raised.  Use array.tobytes().decode() to obtain a\nunicode string from an array of some other type.",
        ),
        plain("__sizeof__", "(self, /)", methods::size_of, "Size of the array in memory, in bytes."),
        crate::support::CLASS_GETITEM,
    ],
    getset: &[
        getter(
            "typecode",
            |object| Ok(text(array(object).code().letter().encode_utf8(&mut [0; 4]))),
            "the typecode character used to create the array",
        ),
        getter(
            "itemsize",
            |object| Ok(int::from_usize(array(object).size())),
            "the size, in bytes, of one array item",
        ),
    ],
    doc: "array(typecode [, initializer]) -> array\n\nReturn a new array whose items are restricted by typecode, and\ninitialized from the optional initializer value, which must be a list,\nstring or iterable over elements of the appropriate type.",
    ..ClassDef::new::<Array>(types::ARRAY, "array")
};

/// An array's iterator.
#[derive(Payload)]
#[payload(types::ARRAY_ITERATOR)]
pub(super) struct ArrayIterator {
    array: Slot<Array>,
    index: Cell<usize>,
}

fn iter(object: &Ref) -> Res {
    let array = object.downcast::<Array>().expect("slot of this class").clone();
    Ok(alloc(ArrayIterator { array: Slot::new(Some(array)), index: Cell::new(0) }).into_any())
}

fn iterator_next(object: &Ref) -> Res<Option<Ref>> {
    let iterator = this::<ArrayIterator>(object);
    let index = iterator.index.get();
    let item = iterator.array.with(|array| array.and_then(|array| array.get(index)));
    match item {
        Some(_) => iterator.index.set(index + 1),
        None => iterator.array.set(None),
    }
    Ok(item)
}

fn iterator_reduce(args: &[Ref]) -> Res {
    let iterator = this::<ArrayIterator>(&args[0]);
    let builtins = ouro_vm::state::vm().slots.builtins.get().expect("the builtins are there");
    let iter = ouro_vm::objects::dict::get_str(&builtins, &ouro_vm::objects::str::intern("iter"))
        .unwrap_or_else(|| shared().none.clone());
    Ok(match iterator.array.get() {
        Some(array) => {
            let arguments = tuple::from_vec(vec![array.into_any()]).into_any();
            tuple::from_vec(vec![iter, arguments, int::from_usize(iterator.index.get())]).into_any()
        }
        None => tuple::pair(iter, tuple::from_vec(vec![tuple::empty().into_any()]).into_any()),
    })
}

fn iterator_set_state(args: &[Ref]) -> Res {
    let index = ouro_vm::protocol::number::as_isize(&args[1])?;
    let iterator = this::<ArrayIterator>(&args[0]);
    let len = iterator.array.with(|array| array.map_or(0, |array| array.len()));
    iterator.index.set(index.clamp(0, len as isize) as usize);
    super::none()
}

/// `array.arrayiterator`
pub(super) static ARRAY_ITERATOR: ClassDef = ClassDef {
    module: "array",
    flags: class_flags::NO_INSTANTIATION,
    slots: Slots { iter: Some(iter_self), next: Some(iterator_next), ..Slots::NONE },
    methods: &[
        plain("__reduce__", "(self, /)", iterator_reduce, "Return state information for pickling."),
        plain(
            "__setstate__",
            "(self, state, /)",
            iterator_set_state,
            "Set state information for unpickling.",
        ),
    ],
    ..ClassDef::new::<ArrayIterator>(types::ARRAY_ITERATOR, "arrayiterator")
};
