//! `itertools`: one class a function, by kind in the files beside this one.

mod combinatoric;
mod groups;
mod infinite;
mod joining;
mod selecting;
mod tee;

use ouro_heap::{Ref, alloc_tailed};
use ouro_vm::{
    boot,
    error::Res,
    objects::{
        class::ClassDef,
        module,
        tuple::{self, TupleHead},
    },
    types,
};

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

/// A tuple of `len` items, made in place.
#[inline]
fn tuple_of(len: usize, item: impl FnMut(usize) -> Ref) -> Ref {
    if len == 0 {
        tuple::empty().into_any()
    } else {
        alloc_tailed(types::TUPLE, TupleHead, len, item).into_any()
    }
}
