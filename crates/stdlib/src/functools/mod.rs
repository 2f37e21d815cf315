//! `_functools`: the native part of `functools`; the rest is Python beside it.

mod lru_cache;
mod ordering;
mod partial;

use ouro_heap::Ref;
use ouro_vm::{
    boot,
    error::Res,
    interpreter::Calls,
    native::{NativeDef, bound, plain},
    objects::{class::Class, exception::ExceptionKind, module},
    protocol::iterate,
    type_error,
};

use crate::support::swallow;

/// Fills the module `_functools`.
pub(crate) fn fill(module: &Ref) -> Res<()> {
    for class in [&partial::PARTIAL, &lru_cache::LRU_CACHE] {
        module::set(module, class.name, boot::add_class(class).into_any())?;
    }
    boot::add_class(&ordering::KEY_WRAPPER);
    module::add_functions(module, &FUNCTIONS);
    Ok(())
}

static FUNCTIONS: [NativeDef; 2] = [
    plain(
        "reduce",
        "(function, iterable, initial=None, /)",
        reduce,
        "Apply a function of two arguments cumulatively to the items of an iterable, from left to right.\n\nThis effectively reduces the iterable to a single value.  If initial is present,\nit is placed before the items of the iterable in the calculation, and serves as\na default when the iterable is empty.\n\nFor example, reduce(lambda x, y: x+y, [1, 2, 3, 4, 5])\ncalculates ((((1 + 2) + 3) + 4) + 5).",
    ),
    bound(
        "cmp_to_key",
        "(mycmp)",
        ordering::cmp_to_key,
        "Convert a cmp= function into a key= function.\n\n  mycmp\n    Function that compares two objects.",
    ),
];

fn reduce(args: &[Ref]) -> Res {
    let iterator = iterate::iter(&args[1]).or_else(|raised| {
        swallow(raised, ExceptionKind::TypeError)?;
        Err(type_error!("reduce() arg 2 must support iteration"))
    })?;
    let mut total = args.get(2).cloned();
    let calls = Calls::new(&args[0], 2)?;
    while let Some(item) = iterate::next(&iterator)? {
        total = Some(match total.take() {
            None => item,
            Some(total) => calls.call([&total, &item])?,
        });
    }
    total.ok_or_else(|| type_error!("reduce() of empty iterable with no initial value"))
}

/// TypeError unless the object can be called.
fn check_callable(object: &Ref) -> Res<()> {
    if Class::of(object).slots.0.call.get().is_some() {
        Ok(())
    } else {
        Err(type_error!("the first argument must be callable"))
    }
}
