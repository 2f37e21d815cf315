//! What an event loop sets in `sys`: the hooks of asynchronous generators, the origin of coroutines.

use ouro_heap::Ref;
use ouro_vm::{
    error::Res,
    native::{NativeDef, bound, plain},
    objects::{class::Class, int, struct_sequence},
    protocol::{call, number},
    state::{shared, vm},
    type_error, types, value_error,
};

use super::none;

fn set_hooks(args: &[Option<Ref>]) -> Res {
    let hooks = &vm().slots.async_generator_hooks;
    let slots = [("firstiter", &hooks.first_iteration), ("finalizer", &hooks.finalizer)];
    for ((name, _), value) in slots.iter().zip(args) {
        if let Some(value) = value
            && !value.is(&shared().none)
            && !call::is_callable(value)
        {
            let class = Class::of(value).short_name();
            return Err(type_error!("callable {name} expected, got {class}"));
        }
    }
    for ((_, slot), value) in slots.iter().zip(args) {
        if let Some(value) = value {
            slot.set((!value.is(&shared().none)).then(|| value.clone()));
        }
    }
    none()
}

fn get_hooks(_: &[Ref]) -> Res {
    let hooks = &vm().slots.async_generator_hooks;
    let items = [&hooks.first_iteration, &hooks.finalizer]
        .map(|slot| slot.get().unwrap_or_else(|| shared().none.clone()));
    Ok(struct_sequence::make(types::ASYNCGEN_HOOKS, items.into(), Vec::new()))
}

fn set_depth(args: &[Option<Ref>]) -> Res {
    let depth = args[0].as_ref().map_or(Ok(0), number::as_i32)?;
    let depth = u32::try_from(depth).map_err(|_| value_error!("depth must be >= 0"))?;
    vm().slots.coroutine_origin_depth.set(depth);
    none()
}

pub(super) const FUNCTIONS: &[NativeDef] = &[
    bound(
        "set_asyncgen_hooks",
        "(firstiter=None, finalizer=None)",
        set_hooks,
        "set_asyncgen_hooks([firstiter] [, finalizer])\n\nSet a finalizer for async generators objects.",
    ),
    plain(
        "get_asyncgen_hooks",
        "()",
        get_hooks,
        "Return the installed asynchronous generators hooks.\n\nThis returns a namedtuple of the form (firstiter, finalizer).",
    ),
    bound(
        "set_coroutine_origin_tracking_depth",
        "(depth)",
        set_depth,
        "Enable or disable origin tracking for coroutine objects in this thread.\n\nCoroutine objects will track 'depth' frames of traceback information\nabout where they came from, available in their cr_origin attribute.\n\nSet a depth of 0 to disable.",
    ),
    plain(
        "get_coroutine_origin_tracking_depth",
        "()",
        |_| Ok(int::new(vm().slots.coroutine_origin_depth.get().into())),
        "Check status of origin tracking for coroutine objects in this thread.",
    ),
];
