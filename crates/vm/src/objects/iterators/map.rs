//! `map`.

use ouro_heap::{Payload, Ref, alloc_as};
use smallvec::SmallVec;

use super::itself;
use crate::{
    error::Res,
    native::Args,
    objects::{
        class::{Class, ClassDef, Make, class_flags},
        slots::Slots,
        tuple::{self, Tuple},
    },
    protocol::{call, iterate},
    state::class_of,
    type_error, types,
};

/// Calls a function with the items of iterators.
#[derive(Payload)]
#[payload(types::MAP)]
pub struct Map {
    function: Ref,
    iterators: Ref<Tuple>,
}

/// The class.
pub static MAP: ClassDef = ClassDef {
    slots: Slots { new: Some(construct), iter: Some(itself), next: Some(next), ..Slots::NONE },
    methods: &[crate::native::plain(
        "__reduce__",
        "(self, /)",
        reduce,
        "Return state information for pickling.",
    )],
    flags: class_flags::BASE,
    doc: "Make an iterator that computes the function using arguments from\neach of the iterables.  Stops when the \
          shortest iterable is exhausted.",
    make: Some(Make { most: 2, code: |args| construct(class_of(types::MAP), Args::positional_only(args)) }),
    ..ClassDef::new::<Map>(types::MAP, "map")
};

fn construct(class: &Ref<Class>, args: Args) -> Res {
    if class.index == types::MAP {
        args.no_keywords("map")?;
    }
    let [function, iterables @ ..] = args.positional() else {
        return Err(type_error!("map() must have at least two arguments."));
    };
    if iterables.is_empty() {
        return Err(type_error!("map() must have at least two arguments."));
    }
    let iterators = iterables.iter().map(iterate::iter).collect::<Res<Vec<Ref>>>()?;
    let map = Map { function: function.clone(), iterators: tuple::from_vec(iterators) };
    Ok(alloc_as(class.index, map).into_any())
}

fn next(object: &Ref) -> Res<Option<Ref>> {
    let Some(Map { function, iterators }) = object.payload::<Map>() else { return Ok(None) };
    if let [only] = iterators.items() {
        let Some(item) = iterate::step_or_stop(only)? else { return Ok(None) };
        return call::call(function, std::slice::from_ref(&item)).map(Some);
    }
    let mut args: SmallVec<[Ref; 4]> = SmallVec::new();
    for iterator in iterators.items() {
        match iterate::next_or_stop(iterator)? {
            Some(item) => args.push(item),
            None => return Ok(None),
        }
    }
    call::call(function, &args).map(Some)
}

/// The function and the one iterator of a map, for who asks for all of its items.
pub(crate) fn function_and_items(object: &Ref) -> Option<(&Ref, &Ref)> {
    if object.header().type_index() != types::MAP {
        return None;
    }
    let Map { function, iterators } = object.payload::<Map>()?;
    match iterators.items() {
        [only] => Some((function, only)),
        _ => None,
    }
}

fn reduce(args: &[Ref]) -> Res {
    let map = args[0].payload::<Map>().expect("a method of map");
    let state = std::iter::once(&map.function).chain(map.iterators.items()).cloned().collect();
    Ok(tuple::pair(Class::of(&args[0]).clone().into_any(), tuple::from_vec(state).into_any()))
}
