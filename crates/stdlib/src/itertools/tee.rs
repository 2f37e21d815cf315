//! `tee`: several iterators over one, with the items that not all have seen kept in a linked list of blocks.

use std::cell::Cell;

use ouro_heap::{Buffer, Interior, Payload, Ref, Slot, alloc};
use ouro_vm::{
    error::Res,
    native::{Args, NativeDef, plain, raw},
    objects::{
        class::{Class, ClassDef, class_flags},
        slots::Slots,
        tuple,
    },
    protocol::{attribute, call, iterate, number},
    runtime_error, types, value_error,
};

use crate::support::{attribute_text, iter_self, make, no_keywords, this};

/// Items in a block, as in CPython.
const BLOCK: usize = 57;

/// `itertools._tee_dataobject`: a block of items that were read, and the way to the next block.
#[derive(Payload)]
#[payload(types::TEE_DATA)]
pub(super) struct TeeData {
    iterator: Ref,
    items: Interior<Buffer<Ref>>,
    next: Slot<TeeData>,
    running: Cell<bool>,
}

/// `itertools._tee`: one of the iterators.
#[derive(Payload)]
#[payload(types::TEE)]
pub(super) struct Tee {
    data: Slot<TeeData>,
    index: Cell<usize>,
}

fn new_data(iterator: Ref) -> Ref<TeeData> {
    alloc(TeeData { iterator, items: Interior::default(), next: Slot::empty(), running: Cell::new(false) })
}

/// The item at an index of a block, read from the iterator if nobody has asked for it before.
fn item_at(data: &TeeData, index: usize) -> Res<Option<Ref>> {
    if let Some(item) = data.items.with(|items| items.get(index).cloned()) {
        return Ok(Some(item));
    }
    if data.running.replace(true) {
        return Err(runtime_error!("cannot re-enter the tee iterator"));
    }
    let item = iterate::next(&data.iterator);
    data.running.set(false);
    let Some(item) = item? else { return Ok(None) };
    data.items.with_mut(|items| items.push(item.clone()))?;
    Ok(Some(item))
}

fn tee_next(object: &Ref) -> Res<Option<Ref>> {
    let tee = this::<Tee>(object);
    let Some(mut data) = tee.data.get() else { return Ok(None) };
    if tee.index.get() >= BLOCK {
        let next = match data.next.get() {
            Some(next) => next,
            None => {
                let next = new_data(data.iterator.clone());
                data.next.set(Some(next.clone()));
                next
            }
        };
        tee.data.set(Some(next.clone()));
        tee.index.set(0);
        data = next;
    }
    let item = item_at(&data, tee.index.get())?;
    if item.is_some() {
        tee.index.set(tee.index.get() + 1);
    }
    Ok(item)
}

/// A tee iterator over an iterable; those over one source share their blocks.
fn from_iterable(class: Option<&Ref<Class>>, iterable: &Ref) -> Res {
    let iterator = iterate::iter(iterable)?;
    let payload = match iterator.payload::<Tee>() {
        Some(tee) => Tee { data: Slot::new(tee.data.get()), index: Cell::new(tee.index.get()) },
        None => Tee { data: Slot::new(Some(new_data(iterator))), index: Cell::new(0) },
    };
    Ok(match class {
        Some(class) => make(class, payload),
        None => alloc(payload).into_any(),
    })
}

fn tee_new(class: &Ref<Class>, args: Args) -> Res {
    no_keywords(class, types::TEE, "_tee", args)?;
    let values = Args::positional_only(args.positional()).exactly("_tee", 1, 1)?;
    from_iterable(Some(class), &values[0])
}

fn tee_copy(args: &[Ref]) -> Res {
    let tee = this::<Tee>(&args[0]);
    Ok(alloc(Tee { data: Slot::new(tee.data.get()), index: Cell::new(tee.index.get()) }).into_any())
}

fn tee_function(args: Args) -> Res {
    args.no_keywords("itertools.tee")?;
    let values = args.exactly("tee", 1, 2)?;
    let count = match values.get(1) {
        Some(count) => number::as_isize(count)?,
        None => 2,
    };
    if count < 0 {
        return Err(value_error!("n must be >= 0"));
    }
    if count == 0 {
        return Ok(tuple::empty().into_any());
    }
    let iterator = iterate::iter(&values[0])?;
    let copyable = if iterator.payload::<Tee>().is_some() {
        Some(attribute_text(&iterator, "__copy__")?)
    } else {
        attribute::get_optional(&iterator, &ouro_vm::objects::str::intern("__copy__"))?
    };
    let (first, copy) = match copyable {
        Some(copy) => (iterator, copy),
        None => {
            let first = from_iterable(None, &iterator)?;
            let copy = attribute_text(&first, "__copy__")?;
            (first, copy)
        }
    };
    let mut all = vec![first];
    for _ in 1..count {
        all.push(call::call(&copy, &[])?);
    }
    Ok(tuple::from_vec(all).into_any())
}

/// The function of the module that is no class.
pub(super) static FUNCTIONS: [NativeDef; 1] =
    [raw("tee", "(iterable, n=2, /)", tee_function, "Returns a tuple of n independent iterators.")];

/// `itertools._tee`
pub(super) static TEE: ClassDef = ClassDef {
    module: "itertools",
    flags: class_flags::WEAKLY_REFERENCEABLE,
    slots: Slots { new: Some(tee_new), iter: Some(iter_self), next: Some(tee_next), ..Slots::NONE },
    methods: &[plain("__copy__", "(self, /)", tee_copy, "Returns an independent iterator.")],
    doc: "Iterator wrapped to make it copyable.",
    ..ClassDef::new::<Tee>(types::TEE, "_tee")
};

/// `itertools._tee_dataobject`
pub(super) static TEE_DATA: ClassDef = ClassDef {
    module: "itertools",
    flags: class_flags::NO_INSTANTIATION,
    doc: "teedataobject(iterable, values, next, /)\n--\n\nData container common to multiple tee objects.",
    ..ClassDef::new::<TeeData>(types::TEE_DATA, "_tee_dataobject")
};
