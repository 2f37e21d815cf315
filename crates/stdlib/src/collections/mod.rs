//! `_collections`: the native part of `collections`; the rest is Python beside it.

mod deque;
mod deque_iterators;
mod dicts;
mod ring;
mod tuple_getter;

use ouro_heap::Ref;
use ouro_vm::{boot, error::Res, objects::module};

/// Fills the module `_collections`.
pub(crate) fn fill(module: &Ref) -> Res<()> {
    let classes = [
        &deque::DEQUE,
        &deque_iterators::DEQUE_ITERATOR,
        &deque_iterators::DEQUE_REVERSE_ITERATOR,
        &tuple_getter::TUPLE_GETTER,
    ];
    for class in classes {
        module::set(module, class.name, boot::add_class(class).into_any())?;
    }
    dicts::add_methods(module)?;
    module::add_functions(module, &dicts::FUNCTIONS);
    Ok(())
}
