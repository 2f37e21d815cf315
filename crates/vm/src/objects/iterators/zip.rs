//! `zip`.

use std::cell::Cell;

use ouro_heap::{Payload, Ref, Slot, alloc, alloc_as};

use super::itself;
use crate::{
    error::{Raised, Res},
    native::Args,
    objects::{
        class::{Class, ClassDef, Make, class_flags},
        slots::Slots,
        str::StrExt,
        tuple::{self, Tuple, reuse},
    },
    protocol::{iterate, object},
    state::class_of,
    type_error, types, value_error,
};

/// Iterates over several iterators in step.
#[derive(Payload)]
#[payload(types::ZIP)]
pub struct Zip {
    pub(crate) iterators: Slot<Tuple>,
    strict: Cell<bool>,
    /// The first result, see [`reuse::reuse`].
    pub(crate) result: Slot<Tuple>,
}

/// The class.
pub static ZIP: ClassDef = ClassDef {
    slots: Slots { new: Some(construct), iter: Some(itself), next: Some(next), ..Slots::NONE },
    methods: &[
        crate::native::plain("__reduce__", "(self, /)", reduce, "Return state information for pickling."),
        crate::native::plain(
            "__setstate__",
            "(self, object, /)",
            set_state,
            "Set state information for unpickling.",
        ),
    ],
    flags: class_flags::BASE,
    doc: "The zip object yields n-length tuples, where n is the number of iterables\npassed as positional arguments to \
          zip().  The i-th element in every tuple\ncomes from the i-th iterable argument to zip().  This continues until \
          the\nshortest argument is exhausted.\n\nIf strict is true and one of the arguments is exhausted before the \
          others,\nraise a ValueError.\n\n   >>> list(zip('abcdefg', range(3), range(4)))\n   [('a', 0, 0), ('b', 1, 1), \
          ('c', 2, 2)]",
    make: Some(Make { most: 2, code: |args| construct(class_of(types::ZIP), Args::positional_only(args)) }),
    ..ClassDef::new::<Zip>(types::ZIP, "zip")
};

fn construct(class: &Ref<Class>, args: Args) -> Res {
    let mut strict = false;
    let keywords = args.keyword_count();
    if keywords > 1 {
        return Err(type_error!("zip() takes at most 1 keyword argument ({keywords} given)"));
    }
    for (name, value) in args.keywords() {
        if !name.is_text("strict") {
            return Err(crate::native::unexpected_keyword("zip", &name.to_text(), ["strict"]));
        }
        strict = object::is_true(value)?;
    }
    let iterators = match args.positional() {
        [first, second] => tuple::from_array([iterate::iter(first)?, iterate::iter(second)?]),
        several => tuple::from_vec(several.iter().map(iterate::iter).collect::<Res<Vec<Ref>>>()?),
    };
    let zip = Zip { iterators: Slot::new(Some(iterators)), strict: Cell::new(strict), result: Slot::empty() };
    Ok(if class.index == types::ZIP { alloc(zip) } else { alloc_as(class.index, zip) }.into_any())
}

fn next(object: &Ref) -> Res<Option<Ref>> {
    let Some(zip) = object.payload::<Zip>() else { return Ok(None) };
    let Some(iterators) = zip.iterators.get() else { return Ok(None) };
    let iterators = iterators.items();
    if iterators.is_empty() {
        return Ok(None);
    }
    if let [first, second] = iterators {
        let Some(a) = iterate::step(first)? else { return ended(zip, iterators, 0) };
        let b = match iterate::step(second) {
            Ok(Some(b)) => b,
            other => return stopped(zip, iterators, [a], other),
        };
        return Ok(Some(reuse::reuse(&zip.result, [a, b])));
    }
    if let [first, second, third] = iterators {
        let Some(a) = iterate::step(first)? else { return ended(zip, iterators, 0) };
        let b = match iterate::step(second) {
            Ok(Some(b)) => b,
            other => return stopped(zip, iterators, [a], other),
        };
        let c = match iterate::step(third) {
            Ok(Some(c)) => c,
            other => return stopped(zip, iterators, [a, b], other),
        };
        return Ok(Some(reuse::reuse(&zip.result, [a, b, c])));
    }
    let mut items = reuse::Items::with_capacity(iterators.len());
    for iterator in iterators {
        match iterate::step(iterator) {
            Ok(Some(item)) => items.push(item),
            other => return stopped(zip, iterators, items, other),
        }
    }
    Ok(Some(reuse::reuse_many(&zip.result, items)))
}

/// The iterator behind those that gave items has come to its end or failed.
#[cold]
fn stopped(
    zip: &Zip,
    iterators: &[Ref],
    items: impl IntoIterator<Item = Ref, IntoIter: ExactSizeIterator>,
    end: Res<Option<Ref>>,
) -> Res<Option<Ref>> {
    let items = items.into_iter();
    let position = items.len();
    reuse::keep_partial(&zip.result, items, iterators.len());
    end?;
    ended(zip, iterators, position)
}

/// The iterator at a position is at its end: so is the whole, but a strict one asks whether all are.
fn ended(zip: &Zip, iterators: &[Ref], position: usize) -> Res<Option<Ref>> {
    if !zip.strict.get() {
        return Ok(None);
    }
    if position > 0 {
        return Err(uneven(position, "shorter"));
    }
    for (position, iterator) in iterators.iter().enumerate().skip(1) {
        if iterate::next(iterator)?.is_some() {
            return Err(uneven(position, "longer"));
        }
    }
    Ok(None)
}

#[cold]
fn uneven(position: usize, how: &str) -> Raised {
    let plural = if position == 1 { " " } else { "s 1-" };
    value_error!("zip() argument {} is {how} than argument{plural}{position}", position + 1)
}

fn reduce(args: &[Ref]) -> Res {
    let zip = args[0].payload::<Zip>().expect("a method of zip");
    let class = Class::of(&args[0]).clone().into_any();
    let iterators = zip.iterators.get().unwrap_or_else(tuple::empty).into_any();
    Ok(if zip.strict.get() {
        tuple::triple(class, iterators, crate::state::shared().true_.clone())
    } else {
        tuple::pair(class, iterators)
    })
}

fn set_state(args: &[Ref]) -> Res {
    args[0].payload::<Zip>().expect("a method of zip").strict.set(object::is_true(&args[1])?);
    Ok(crate::state::shared().none.clone())
}
