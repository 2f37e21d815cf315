//! `itertools`: one class a function, by kind in the files beside this one.

mod combinatoric;
mod groups;
mod infinite;
mod joining;
mod selecting;
mod tee;

use std::mem;

use ouro_heap::{Ref, Slot, alloc_tailed, allocate};
use ouro_vm::{
    boot,
    error::Res,
    objects::{
        class::ClassDef,
        module,
        tuple::{self, Tuple, TupleHead},
    },
    types,
};
use smallvec::SmallVec;

/// Fills the module `itertools`.
pub(crate) fn fill(module: &Ref) -> Res<()> {
    let classes: [&'static ClassDef; 22] = [
        &infinite::COUNT,
        &infinite::CYCLE,
        &infinite::REPEAT,
        &joining::ACCUMULATE,
        &joining::BATCHED,
        &joining::CHAIN,
        &joining::PAIRWISE,
        &joining::STARMAP,
        &joining::ZIP_LONGEST,
        &selecting::COMPRESS,
        &selecting::DROP_WHILE,
        &selecting::TAKE_WHILE,
        &selecting::FILTER_FALSE,
        &selecting::ISLICE,
        &groups::GROUP_BY,
        &combinatoric::PRODUCT,
        &combinatoric::PERMUTATIONS,
        &combinatoric::COMBINATIONS,
        &combinatoric::COMBINATIONS_WITH_REPLACEMENT,
        &tee::TEE,
        &tee::TEE_DATA,
        &groups::GROUPER,
    ];
    for definition in classes {
        module::set(module, definition.name, boot::add_class(definition).into_any())?;
    }
    module::add_functions(module, &tee::FUNCTIONS);
    Ok(())
}

/// The next result of an iterator that gives tuples: the last one, kept in `slot`, is filled anew from `start` on if
/// the program has let it go, as CPython has it.
#[inline]
fn renew(slot: &Slot<Tuple>, len: usize, start: usize, mut item: impl FnMut(usize) -> Ref) -> Ref {
    if let Some(mut last) = slot.take()
        && let Some(items) = last.items_mut()
    {
        let old: SmallVec<[Ref; 8]> =
            (start..len).map(|place| mem::replace(&mut items[place], item(place))).collect();
        allocate::track(last.as_any());
        let result = last.clone().into_any();
        slot.set(Some(last));
        drop(old);
        return result;
    }
    if len == 0 {
        return tuple::empty().into_any();
    }
    let fresh = alloc_tailed(types::TUPLE, TupleHead, len, item);
    slot.set(Some(fresh.clone()));
    fresh.into_any()
}
