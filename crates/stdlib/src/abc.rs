//! `_abc`: what abstract base classes and other Python source of the library tell the interpreter about classes.

use ouro_heap::Ref;
use ouro_vm::{
    error::Res,
    native::{NativeDef, plain},
    objects::{
        class::{Class, DowncastClass, class_flags},
        module,
    },
    state::shared,
    type_error,
};

/// Fills the module `_abc`.
pub(crate) fn fill(module: &Ref) -> Res<()> {
    module::add_functions(module, &FUNCTIONS);
    Ok(())
}

static FUNCTIONS: [NativeDef; 2] = [
    plain(
        "_inherit_patterns",
        "(cls, base, /)",
        inherit_patterns,
        "A registered class matches the patterns that its abstract base matches.",
    ),
    plain(
        "_show_module",
        "(cls, /)",
        show_module,
        "Error messages show the module of the class, as for native classes.",
    ),
];

fn class(object: &Ref) -> Res<&Ref<Class>> {
    object.downcast_class().ok_or_else(|| type_error!("a class is required"))
}

fn inherit_patterns(args: &[Ref]) -> Res {
    let flags = class(&args[1])?.flags.get() & (class_flags::SEQUENCE | class_flags::MAPPING);
    let class = class(&args[0])?;
    if class.has(class_flags::HEAP) {
        class.set_flag(flags);
    }
    Ok(shared().none.clone())
}

fn show_module(args: &[Ref]) -> Res {
    class(&args[0])?.set_flag(class_flags::QUALIFIED);
    Ok(args[0].clone())
}
