//! `_codecs_native`: what `_codecs` needs of the interpreter.

use ouro_heap::Ref;
use ouro_vm::{
    error::Res,
    native::{NativeDef, plain},
    objects::{bytes, class::Class, codec::decode_available, dict, int, module, str::Str, tuple},
    state::{shared, vm},
    type_error,
};

/// Fills the module `_codecs_native`.
pub(crate) fn fill(module: &Ref) -> Res<()> {
    module::add_functions(module, &FUNCTIONS);
    Ok(())
}

static FUNCTIONS: [NativeDef; 2] = [
    plain("utf_8_decode_available", "(data, errors, /)", utf_8_decode_available, ""),
    plain("set_error_handler", "(name, handler, /)", set_error_handler, ""),
];

fn name(object: &Ref) -> Res<&Ref<Str>> {
    object
        .downcast::<Str>()
        .ok_or_else(|| type_error!("argument must be str, not {}", Class::of(object).short_name()))
}

fn utf_8_decode_available(args: &[Ref]) -> Res {
    let (text, used) = decode_available(&bytes::require(&args[0])?, Some(name(&args[1])?))?;
    Ok(tuple::pair(text.into_any(), int::from_usize(used)))
}

fn set_error_handler(args: &[Ref]) -> Res {
    let slot = &vm().slots.codec_errors;
    let handlers = slot.get().unwrap_or_else(dict::new);
    dict::set_str(&handlers, name(&args[0])?, args[1].clone());
    slot.set(Some(handlers));
    Ok(shared().none.clone())
}
