//! `memoryview`: the class and its slots.

use ouro_bytecode::opcode::Comparison;
use ouro_heap::Ref;

use super::{MemoryView, UNHASHED, cast, item, methods, new, read_only};
use crate::{
    error::{Res, take_if},
    index_error,
    native::{Args, bound, plain, raw},
    not_implemented_error,
    objects::{
        arguments::{self, has_index},
        bool_, bytes,
        class::{Class, ClassDef, class_flags, getter},
        exception::ExceptionKind,
        slice::{self, Slice},
        slots::{BufferSlot, Slots},
        str::{self, StrExt},
        tuple::Tuple,
    },
    protocol::compare,
    state::shared,
    type_error, types, value_error,
};

/// The class.
pub static MEMORYVIEW: ClassDef = ClassDef {
    slots: Slots {
        new: Some(construct),
        repr: Some(repr),
        hash: Some(hash),
        compare: Some(rich_compare),
        len: Some(len),
        get_item: Some(get_item),
        set_item: Some(set_item),
        buffer: Some(&BUFFER),
        ..Slots::NONE
    },
    methods: &[
        bound(
            "cast",
            "(self, /, format, shape=None)",
            cast::cast,
            "Cast a memoryview to a new format or shape.",
        ),
        bound(
            "hex",
            "(self, /, sep=None, bytes_per_sep=1)",
            methods::hex,
            "Return the data in the buffer as a str of hexadecimal numbers.",
        ),
        plain(
            "release",
            "(self, /)",
            methods::release,
            "Release the underlying buffer exposed by the memoryview object.",
        ),
        bound(
            "tobytes",
            "(self, /, order='C')",
            methods::tobytes,
            "Return the data in the buffer as a byte string.",
        ),
        plain("tolist", "(self, /)", methods::tolist, "Return the data in the buffer as a list of elements."),
        plain("toreadonly", "(self, /)", methods::toreadonly, "Return a readonly version of the memoryview."),
        plain("__enter__", "(self, /)", methods::enter, ""),
        raw("__exit__", "(self, /, *exc_info)", |args| methods::release(&args.all[..1]), ""),
    ],
    getset: &[
        getter("obj", |view| payload(view).exporter(), "The underlying object of the memoryview."),
        getter(
            "nbytes",
            methods::nbytes,
            "The amount of space in bytes that the array would use in a contiguous representation.",
        ),
        getter("readonly", methods::readonly, "A bool indicating whether the memory is read only."),
        getter("itemsize", methods::itemsize, "The size in bytes of each element of the memoryview."),
        getter(
            "format",
            methods::format,
            "A string containing the format (in struct module style) for each element in the view.",
        ),
        getter(
            "ndim",
            methods::ndim,
            "An integer indicating how many dimensions of a multi-dimensional array the memory represents.",
        ),
        getter(
            "shape",
            methods::shape,
            "A tuple of ndim integers giving the shape of the memory as an N-dimensional array.",
        ),
        getter(
            "strides",
            methods::strides,
            "A tuple of ndim integers giving the size in bytes to access each element.",
        ),
        getter(
            "suboffsets",
            methods::suboffsets,
            "A tuple of integers used internally for PIL-style arrays.",
        ),
        getter(
            "c_contiguous",
            methods::c_contiguous,
            "A bool indicating whether the memory is C contiguous.",
        ),
        getter(
            "f_contiguous",
            methods::f_contiguous,
            "A bool indicating whether the memory is Fortran contiguous.",
        ),
        getter("contiguous", methods::contiguous, "A bool indicating whether the memory is contiguous."),
    ],
    flags: class_flags::SEQUENCE | class_flags::WEAKLY_REFERENCEABLE,
    doc: "Create a new memoryview object which references the given object.",
    ..ClassDef::new::<MemoryView>(types::MEMORYVIEW, "memoryview")
};

static BUFFER: BufferSlot = BufferSlot {
    read: |object, look| {
        let view = payload(object);
        if view.is_contiguous() {
            let (start, total) = (view.offset as usize, view.byte_count());
            return view.read(&mut |data| look(data.get(start..start + total).unwrap_or_default()));
        }
        look(&view.to_vec()?);
        Ok(())
    },
    item: |object| {
        let view = payload(object);
        (methods::format_text(view.format), view.item_size)
    },
    ..BufferSlot::BYTES
};

pub(super) fn payload(object: &Ref) -> &MemoryView {
    object.payload::<MemoryView>().expect("the receiver is a memoryview")
}

fn construct(_class: &Ref<Class>, args: Args) -> Res {
    let count = args.all.len();
    if count > 1 {
        return Err(type_error!("memoryview() takes at most 1 argument ({count} given)"));
    }
    if args.keywords().any(|(name, _)| !name.is_text("object")) {
        return Err(type_error!("memoryview() missing required argument 'object' (pos 1)"));
    }
    match args.all.first() {
        Some(object) => Ok(new(object)?.into_any()),
        None => Err(type_error!("memoryview() missing required argument 'object' (pos 1)")),
    }
}

fn repr(object: &Ref) -> Res {
    let released = if payload(object).is_released() { "released " } else { "" };
    Ok(str::new(&format!("<{released}memory at {:#x}>", object.address())).into_any())
}

fn hash(object: &Ref) -> Res<i64> {
    let view = payload(object);
    // A hash that is known stays known when the view is released.
    if view.hash.get() == UNHASHED {
        view.exporter()?;
        if !view.readonly {
            return Err(value_error!("cannot hash writable memoryview object"));
        }
        if !view.is_bytes() {
            return Err(value_error!("memoryview: hashing is restricted to formats 'B', 'b' or 'c'"));
        }
        view.hash.set(str::hash_bytes(&view.to_vec()?));
    }
    Ok(view.hash.get())
}

fn rich_compare(a: &Ref, b: &Ref, comparison: Comparison) -> Res {
    let unknown = || Ok(shared().not_implemented.clone());
    if !matches!(comparison, Comparison::Eq | Comparison::Ne) {
        return unknown();
    }
    let (a, b) = match (a.payload::<MemoryView>(), b) {
        (Some(view), other) => (view, other),
        (None, _) => return unknown(),
    };
    let equal = if a.is_released() || b.payload::<MemoryView>().is_some_and(MemoryView::is_released) {
        b.payload::<MemoryView>().is_some_and(|b| std::ptr::eq(a, b))
    } else if super::buffer_of(b).is_none() {
        return unknown();
    } else {
        let b = new(b)?;
        same_items(a, &b)?
    };
    Ok(bool_::new(equal == (comparison == Comparison::Eq)))
}

fn same_items(a: &MemoryView, b: &MemoryView) -> Res<bool> {
    if a.shape != b.shape {
        return Ok(false);
    }
    if a.format == b.format && !matches!(a.format, b'e' | b'f' | b'd') {
        return Ok(a.to_vec()? == b.to_vec()?);
    }
    for (a_place, b_place) in a.places().into_iter().zip(b.places()) {
        if !compare::equal(&a.item_at(a_place)?, &b.item_at(b_place)?)? {
            return Ok(false);
        }
    }
    Ok(true)
}

fn len(object: &Ref) -> Res<usize> {
    let view = payload(object);
    view.exporter()?;
    view.shape.first().copied().ok_or_else(|| type_error!("0-dim memory has no length"))
}

/// Where an index in a dimension leads.
fn place_in(view: &MemoryView, dimension: usize, index: &Ref) -> Res<isize> {
    let length = view.shape[dimension];
    let message = format!("index out of bounds on dimension {}", dimension + 1);
    let place = match arguments::place(index, || length, &message) {
        Ok(place) => place,
        Err(raised) => {
            drop(take_if(raised, ExceptionKind::IndexError)?);
            return Err(index_error!("{message}"));
        }
    };
    Ok(place as isize * view.strides[dimension])
}

/// The place of the one item that a key means; nothing if it means no single item.
fn item_place(view: &MemoryView, key: &Ref) -> Res<Option<isize>> {
    let dimensions = view.shape.len();
    if has_index(key) {
        return match dimensions {
            0 => Err(type_error!("invalid indexing of 0-dim memory")),
            1 => Ok(Some(view.offset + place_in(view, 0, key)?)),
            _ => Err(not_implemented_error!("multi-dimensional sub-views are not implemented")),
        };
    }
    let Some(tuple) = key.payload::<Tuple>() else { return Ok(None) };
    let keys = tuple.items();
    if keys.iter().all(has_index) {
        if keys.len() < dimensions {
            return Err(not_implemented_error!("sub-views are not implemented"));
        }
        if keys.len() > dimensions {
            let count = keys.len();
            return Err(type_error!("cannot index {dimensions}-dimension view with {count}-element tuple"));
        }
        let mut place = view.offset;
        for (dimension, key) in keys.iter().enumerate() {
            place += place_in(view, dimension, key)?;
        }
        return Ok(Some(place));
    }
    if keys.iter().all(|key| key.has_layout::<Slice>()) {
        return Err(not_implemented_error!("multi-dimensional slicing is not implemented"));
    }
    Ok(None)
}

fn invalid_key() -> crate::error::Raised {
    type_error!("memoryview: invalid slice key")
}

/// The view that a slice of the first dimension gives.
fn sliced(view: &MemoryView, key: &Ref) -> Res<Ref<MemoryView>> {
    if !key.has_layout::<Slice>() {
        return Err(invalid_key());
    }
    let Some(&length) = view.shape.first() else {
        return Err(type_error!("invalid indexing of 0-dim memory"));
    };
    let (start, _, step, count) = slice::resolve(key, length)?;
    let (mut shape, mut strides) = (view.shape.clone(), view.strides.clone());
    shape[0] = count;
    strides[0] = strides[0].saturating_mul(step);
    let offset = view.offset + if count == 0 { 0 } else { start * view.strides[0] };
    view.derive(offset, shape, strides, view.format, view.readonly)
}

fn get_item(object: &Ref, key: &Ref) -> Res {
    let view = payload(object);
    view.exporter()?;
    match item_place(view, key)? {
        Some(place) => view.item_at(place),
        None => Ok(sliced(view, key)?.into_any()),
    }
}

fn set_item(object: &Ref, key: &Ref, value: Option<&Ref>) -> Res<()> {
    let view = payload(object);
    view.exporter()?;
    if view.readonly {
        return Err(read_only());
    }
    let Some(value) = value else { return Err(type_error!("cannot delete memory")) };
    if let Some(place) = item_place(view, key)? {
        let bytes = item::pack(view.format, value)?;
        return view.write(&[place], &bytes, view.item_size);
    }
    if !key.has_layout::<Slice>() {
        return Err(invalid_key());
    }
    if view.shape.len() > 1 {
        return Err(not_implemented_error!(
            "memoryview slice assignments are currently restricted to ndim = 1"
        ));
    }
    let target = sliced(view, key)?;
    bytes::require(value)?;
    let source = new(value)?;
    if source.format != target.format || source.shape != target.shape {
        return Err(value_error!("memoryview assignment: lvalue and rvalue have different structures"));
    }
    target.write(&target.places(), &source.to_vec()?, target.item_size)
}
