//! `_weakref`: what `weakref`, which is written in Python, needs of the interpreter.

use ouro_heap::Ref;
use ouro_vm::{
    error::Res,
    native::{NativeDef, plain},
    objects::{dict, int, list, module, weak, weak_proxy},
    state::{class_of, shared},
    type_error, types,
};

fn proxy(args: &[Ref]) -> Res {
    weak_proxy::make(&args[0], args.get(1))
}

fn getweakrefcount(args: &[Ref]) -> Res {
    Ok(int::from_usize(weak::references_to(&args[0]).len()))
}

fn getweakrefs(args: &[Ref]) -> Res {
    Ok(list::from_vec(weak::references_to(&args[0]))?.into_any())
}

/// Removes a key whose value is a dead weak reference, without asking for the value's hash or equality.
fn remove_dead_weakref(args: &[Ref]) -> Res {
    let Some(target) = args[0].downcast::<dict::Dict>() else {
        return Err(type_error!("_remove_dead_weakref() argument 1 must be dict"));
    };
    if let Some(reference) = dict::get(target, &args[1])?
        && reference.has_layout::<weak::WeakRef>()
        && weak::target(&reference).is_none()
    {
        drop(dict::remove(target, &args[1])?);
    }
    Ok(shared().none.clone())
}

static FUNCTIONS: [NativeDef; 4] = [
    plain(
        "proxy",
        "(object, callback=None, /)",
        proxy,
        "Create a proxy object that weakly references 'object'.",
    ),
    plain(
        "getweakrefcount",
        "(object, /)",
        getweakrefcount,
        "Return the number of weak references to 'object'.",
    ),
    plain(
        "getweakrefs",
        "(object, /)",
        getweakrefs,
        "Return a list of all weak reference objects pointing to 'object'.",
    ),
    plain(
        "_remove_dead_weakref",
        "(dct, key, /)",
        remove_dead_weakref,
        "Atomically remove key from dict if it points to a dead weakref.",
    ),
];

/// Fills the module `_weakref`.
pub(crate) fn fill(target: &Ref) -> Res<()> {
    module::add_functions(target, &FUNCTIONS);
    for (name, index) in [
        ("ref", types::WEAK_REF),
        ("ReferenceType", types::WEAK_REF),
        ("ProxyType", types::WEAK_PROXY),
        ("CallableProxyType", types::WEAK_CALLABLE_PROXY),
    ] {
        module::set(target, name, class_of(index).clone().into_any())?;
    }
    Ok(())
}
