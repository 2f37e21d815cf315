//! `_abc`: what abstract base classes and other Python source of the library tell the interpreter about classes.

use ouro_heap::Ref;
use ouro_vm::{
    error::Res,
    native::{NativeDef, plain},
    objects::{
        class::{Class, DowncastClass, class_flags},
        module, str,
    },
    protocol::{call, iterate},
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
    let kind = class(&args[1])?.flags.get() & KINDS;
    if kind != 0 {
        set_kind(&args[0], kind)?;
    }
    Ok(shared().none.clone())
}

const KINDS: u32 = class_flags::SEQUENCE | class_flags::MAPPING;

/// Gives a class and those derived from it already the kind of patterns that they match.
fn set_kind(object: &Ref, kind: u32) -> Res<()> {
    let class = class(object)?;
    let flags = class.flags.get();
    if flags & class_flags::HEAP == 0 || flags & KINDS == kind {
        return Ok(());
    }
    class.flags.set(flags & !KINDS | kind);
    let derived = call::call_method(object, &str::intern("__subclasses__"), &[])?;
    iterate::collect(&derived)?.iter().try_for_each(|derived| set_kind(derived, kind))
}

fn show_module(args: &[Ref]) -> Res {
    class(&args[0])?.set_flag(class_flags::QUALIFIED);
    Ok(args[0].clone())
}
