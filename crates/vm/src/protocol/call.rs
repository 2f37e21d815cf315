//! Calls of any object.

use ouro_heap::{Ref, lend};

use crate::{
    error::Res,
    interpreter,
    native::Args,
    objects::{
        builtin::{BuiltinFunction, MethodDescriptor},
        class::{Class, DowncastClass},
        function::Function,
        method::Method,
        str::Str,
        type_,
    },
    protocol::{attribute, object::NativeCall},
    type_error,
};

/// Calls an object with positional arguments.
#[inline]
pub fn call(callable: &Ref, args: &[Ref]) -> Res {
    if let Some(code) =
        callable.payload::<BuiltinFunction>().and_then(|builtin| builtin.plain_code(args.len()))
    {
        let _call = NativeCall::enter("")?;
        return code(args);
    }
    match (callable.downcast::<Function>(), args) {
        (Some(function), [only]) => interpreter::call_exactly(function, [only]),
        (Some(function), [first, second]) => interpreter::call_exactly(function, [first, second]),
        _ => call_args(callable, Args::positional_only(args)),
    }
}

/// Calls an object.
pub fn call_args(callable: &Ref, args: Args) -> Res {
    if let Some(function) = callable.downcast::<Function>() {
        return interpreter::call_function(function, args);
    }
    let _call = NativeCall::enter("")?;
    if let Some(builtin) = callable.payload::<BuiltinFunction>() {
        return builtin.call(args);
    }
    if let Some(descriptor) = callable.payload::<MethodDescriptor>() {
        return descriptor.call(args);
    }
    if let Some(method) = callable.payload::<Method>() {
        return call_with_first(&method.function, &method.receiver, args);
    }
    if let Some(class) = callable.downcast_class() {
        return type_::call_class(class, args);
    }
    match Class::of(callable).slots.0.call.get() {
        Some(slot) => slot(callable, args),
        None => Err(type_error!("'{}' object is not callable", Class::of(callable).short_name())),
    }
}

/// Calls an object with one more argument in front.
pub fn call_with_first(callable: &Ref, first: &Ref, args: Args) -> Res {
    match callable.downcast::<Function>() {
        Some(function) => interpreter::call_function_with(function, &[first], args),
        None => with_first(first, args, |args| call_args(callable, args)),
    }
}

/// Calls back with the arguments and one more in front.
#[inline]
pub fn with_first<R>(first: &Ref, args: Args, call: impl FnOnce(Args) -> R) -> R {
    lend::with_first(first, args.all, |all| call(Args { all, names: args.names }))
}

/// `object.name(*args)`
pub fn call_method(object: &Ref, name: &Ref<Str>, args: &[Ref]) -> Res {
    let method = attribute::get(object, name)?;
    call(&method, args)
}

/// Whether an object can be called.
pub fn is_callable(object: &Ref) -> bool {
    Class::of(object).slots.0.call.get().is_some()
}
