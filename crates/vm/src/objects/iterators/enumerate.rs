//! `enumerate`.

use std::cell::Cell;

use ouro_bytecode::opcode::BinaryOperator;
use ouro_heap::{Payload, Ref, Slot, alloc, alloc_as};

use super::itself;
use crate::{
    error::Res,
    native::Args,
    objects::{
        class::{Class, ClassDef, Make, class_flags},
        generic_alias, int,
        slots::Slots,
        str::StrExt,
        tuple::{Tuple, reuse::reuse},
    },
    protocol::{iterate, number},
    state::class_of,
    type_error, types,
};

/// An enumeration.
#[derive(Payload)]
#[payload(types::ENUMERATE)]
pub struct Enumerate {
    pub(crate) iterator: Slot,
    /// The next number, while it has 64 bits.
    pub(crate) index: Cell<i64>,
    /// The next number, when it is larger.
    large: Slot,
    /// The first result, see [`reuse`].
    pub(crate) result: Slot<Tuple>,
}

/// The class.
pub static ENUMERATE: ClassDef = ClassDef {
    slots: Slots { new: Some(construct), iter: Some(itself), next: Some(next), ..Slots::NONE },
    methods: &[
        generic_alias::CLASS_GETITEM,
        crate::native::plain("__reduce__", "(self, /)", reduce, "Return state information for pickling."),
    ],
    flags: class_flags::BASE,
    doc: "Return an enumerate object.\n\n  iterable\n    an object supporting iteration\n\nThe enumerate object yields \
          pairs containing a count (from start, which\ndefaults to zero) and a value yielded by the iterable argument.\n\n\
          enumerate is useful for obtaining an indexed list:\n    (0, seq[0]), (1, seq[1]), (2, seq[2]), ...",
    make: Some(Make {
        most: 2,
        code: |args| construct(class_of(types::ENUMERATE), Args::positional_only(args)),
    }),
    ..ClassDef::new::<Enumerate>(types::ENUMERATE, "enumerate")
};

fn construct(class: &Ref<Class>, args: Args) -> Res {
    let given = args.all.len();
    if given > 2 {
        return Err(type_error!("enumerate() takes at most 2 arguments ({given} given)"));
    }
    let (mut iterable, mut start) = (args.positional().first(), args.positional().get(1));
    for (name, value) in args.keywords() {
        if name.is_text("iterable") && iterable.is_none() {
            iterable = Some(value);
        } else if name.is_text("start") && start.is_none() {
            start = Some(value);
        } else {
            return Err(type_error!("'{}' is an invalid keyword argument for enumerate()", name.to_text()));
        }
    }
    let Some(iterable) = iterable else {
        return Err(type_error!("enumerate() missing required argument 'iterable'"));
    };
    let (index, large) = match start {
        None => (0, None),
        Some(start) => {
            let start = number::index(start)?;
            match int::as_i64(&start) {
                Some(index) => (index, None),
                None => (0, Some(start)),
            }
        }
    };
    let iterator = Slot::new(Some(iterate::iter(iterable)?));
    let (index, large, result) = (Cell::new(index), Slot::new(large), Slot::empty());
    let made = Enumerate { iterator, index, large, result };
    Ok(if class.index == types::ENUMERATE { alloc(made) } else { alloc_as(class.index, made) }.into_any())
}

fn next(object: &Ref) -> Res<Option<Ref>> {
    let Some(enumerate) = object.payload::<Enumerate>() else { return Ok(None) };
    let Some(iterator) = enumerate.iterator.get() else { return Ok(None) };
    let Some(item) = iterate::step_or_stop(&iterator)? else { return Ok(None) };
    if !enumerate.large.is_empty()
        && let Some(index) = enumerate.large.get()
    {
        let one = int::new(1);
        enumerate.large.set(Some(number::binary(BinaryOperator::Add, &index, &one)?));
        return Ok(Some(reuse(&enumerate.result, [index, item])));
    }
    let index = int::new(enumerate.index.get());
    match enumerate.index.get().checked_add(1) {
        Some(next) => enumerate.index.set(next),
        None => enumerate.large.set(Some(number::binary(BinaryOperator::Add, &index, &int::new(1))?)),
    }
    Ok(Some(reuse(&enumerate.result, [index, item])))
}

fn reduce(args: &[Ref]) -> Res {
    let enumerate = args[0].payload::<Enumerate>().expect("a method of enumerate");
    let none = || crate::state::shared().none.clone();
    let index = enumerate.large.get().unwrap_or_else(|| int::new(enumerate.index.get()));
    let state = crate::objects::tuple::pair(enumerate.iterator.get().unwrap_or_else(none), index);
    Ok(crate::objects::tuple::pair(Class::of(&args[0]).clone().into_any(), state))
}
