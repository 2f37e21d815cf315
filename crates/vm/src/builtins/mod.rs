//! The namespace `builtins`.

use ouro_heap::{Ref, types as heap_types};

use crate::{
    error::Res,
    native::NativeDef,
    objects::{bool_, dict, exception::ExceptionKind, io, module, str, tuple, weak},
    state::{class_of, exception_class, shared, vm},
    types,
};

pub mod execution;
pub mod numbers;
mod objects;
mod output;
pub mod sequences;
pub mod site;

pub(crate) use objects::is_instance_plainly;
pub use objects::{is_instance, is_subclass, plain_is_instance, plain_is_subclass};

/// The classes that can be reached by name without an import.
const CLASSES: &[u32] = &[
    types::BOOL,
    types::MEMORYVIEW,
    types::BYTEARRAY,
    types::BYTES,
    types::CLASS_METHOD,
    types::COMPLEX,
    types::DICT,
    types::ENUMERATE,
    types::FILTER,
    types::FLOAT,
    types::FROZENSET,
    types::PROPERTY,
    types::INT,
    types::LIST,
    types::MAP,
    types::OBJECT,
    types::RANGE,
    types::REVERSED,
    types::SET,
    types::SLICE,
    types::STATIC_METHOD,
    types::STR,
    types::SUPER,
    types::TUPLE,
    types::TYPE,
    types::ZIP,
];

const FUNCTION_TABLES: &[&[NativeDef]] = &[
    execution::FUNCTIONS,
    objects::FUNCTIONS,
    output::FUNCTIONS,
    numbers::FUNCTIONS,
    sequences::FUNCTIONS,
    &[io::open::OPEN],
];

/// Prepares what the classes of this room need beyond their definitions. Called once, when the classes exist.
pub fn prepare() {
    weak::install_hooks();
    heap_types::record(types::TUPLE).set_untrack(tuple::can_untrack, false);
    heap_types::record(types::DICT).set_untrack(dict::can_untrack, true);
    io::prepare();
    crate::unraisable::install();
}

/// Fills the module `builtins`.
pub fn fill(target: &Ref) -> Res<()> {
    module::set(
        target,
        "__doc__",
        str::new("Built-in functions, types, exceptions, and other objects.").into_any(),
    )?;
    for table in FUNCTION_TABLES {
        module::add_functions(target, table);
    }
    let shared = shared();
    for (name, value) in [
        ("None", &shared.none),
        ("Ellipsis", &shared.ellipsis),
        ("NotImplemented", &shared.not_implemented),
        ("False", &shared.false_),
        ("True", &shared.true_),
    ] {
        module::set(target, name, value.clone())?;
    }
    for &index in CLASSES {
        let class = class_of(index);
        module::set(target, &class.name_text(), class.clone().into_any())?;
    }
    module::set(target, "__debug__", bool_::new(vm().options.optimize == 0))?;
    for kind in ExceptionKind::ALL {
        module::set(target, kind.name(), exception_class(kind).clone().into_any())?;
    }
    for alias in ["EnvironmentError", "IOError"] {
        module::set(target, alias, exception_class(ExceptionKind::OSError).clone().into_any())?;
    }
    if !vm().options.no_site {
        site::add(target)?;
    }
    Ok(())
}
