//! Warnings that native code gives.

use ouro_heap::Ref;

use crate::{
    error::Res,
    import,
    objects::{exception::ExceptionKind, int, str},
    protocol::{attribute, call},
    state::exception_class,
};

/// `warnings.warn(message, category)` for the line that runs. A filter may make an exception of it.
pub fn warn(kind: ExceptionKind, message: &str) -> Res<()> {
    warn_class(exception_class(kind).as_any(), message)
}

fn warn_class(category: &Ref, message: &str) -> Res<()> {
    let warnings = import::import_module("warnings")?;
    let warn = attribute::get(&warnings, &str::intern("warn"))?;
    call::call(&warn, &[str::new(message).into_any(), category.clone(), int::new(1)])?;
    Ok(())
}
