//! `_dis`: the instructions of a code object as text.

use ouro_heap::Ref;
use ouro_vm::{
    error::Res,
    native::{NativeDef, plain},
    objects::{class::Class, code::Code, module},
    type_error,
};

/// Fills the module `_dis`.
pub(crate) fn fill(module: &Ref) -> Res<()> {
    module::add_functions(module, &FUNCTIONS);
    Ok(())
}

static FUNCTIONS: [NativeDef; 1] =
    [plain("text", "(code, /)", text, "The instructions of a code object and of those nested in it.")];

fn text(args: &[Ref]) -> Res {
    match args[0].payload::<Code>() {
        Some(code) => Ok(crate::support::text(&ouro_bytecode::dis::disassemble(&code.source.0))),
        None => Err(type_error!("a code object is required, not {}", Class::of(&args[0]).short_name())),
    }
}
