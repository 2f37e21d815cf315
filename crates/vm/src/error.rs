//! Raising: native functions return `Res`, and the exception itself waits in the interpreter's state.

use std::fmt;

use ouro_heap::{OutOfMemory, Ref};

use crate::{
    objects::exception::{self, ExceptionKind},
    state::vm,
};

/// A Python exception is in flight: [`take`] gives it. Made by [`raise`] and its kin only, and to be returned at once.
#[derive(Debug)]
#[must_use = "an exception in flight has to be returned or taken"]
pub struct Raised(());

/// The result of anything that may run Python code.
pub type Res<T = Ref> = Result<T, Raised>;

/// Raises a built-in exception with a message as its only argument.
#[cold]
pub fn raise(kind: ExceptionKind, message: impl fmt::Display) -> Raised {
    let message = crate::objects::str::new(&message.to_string());
    raise_with(kind, vec![message.into_any()])
}

/// Raises a built-in exception with arguments.
#[cold]
pub fn raise_with(kind: ExceptionKind, args: Vec<Ref>) -> Raised {
    raise_object(exception::new(kind, args))
}

/// Raises an exception object. Its `__context__` becomes the exception being handled.
#[cold]
pub fn raise_object(exception: Ref) -> Raised {
    exception::set_implicit_context(&exception);
    restore(exception)
}

/// Puts an exception in flight again, context untouched.
pub fn restore(exception: Ref) -> Raised {
    vm().raised.set(Some(exception));
    Raised(())
}

/// Takes the exception in flight.
pub fn take(_raised: Raised) -> Ref {
    vm().raised.take().expect("a Raised stands for an exception in flight")
}

/// The evidence that an exception is in flight, for code that left it there. Panics if there is none.
pub fn in_flight() -> Raised {
    assert!(!vm().raised.is_empty(), "an exception is in flight");
    Raised(())
}

/// Takes the exception if it is an instance of the class; otherwise leaves it in flight.
pub fn take_if(raised: Raised, kind: ExceptionKind) -> Result<Ref, Raised> {
    let exception = take(raised);
    if exception::is_instance(&exception, kind) { Ok(exception) } else { Err(restore(exception)) }
}

impl From<OutOfMemory> for Raised {
    fn from(_: OutOfMemory) -> Raised {
        raise_with(ExceptionKind::MemoryError, Vec::new())
    }
}

// The dollar sign of the inner macros comes in as a token, since nested macros cannot write it.
macro_rules! raiser {
    ($d:tt $($macro_name:ident $kind:ident)*) => {
        $(
            #[doc = concat!("Raises ", stringify!($kind), " with a formatted message; gives the `Raised` to return.")]
            #[macro_export]
            macro_rules! $macro_name {
                ($d($d argument:tt)*) => { $crate::error::raise($crate::objects::exception::ExceptionKind::$kind, ::std::format_args!($d($d argument)*)) };
            }
        )*
    };
}

raiser! { $
    type_error TypeError
    value_error ValueError
    index_error IndexError
    overflow_error OverflowError
    attribute_error AttributeError
    runtime_error RuntimeError
    system_error SystemError
    zero_division_error ZeroDivisionError
    not_implemented_error NotImplementedError
    name_error NameError
    buffer_error BufferError
    recursion_error RecursionError
    lookup_error LookupError
    import_error ImportError
    reference_error ReferenceError
}
