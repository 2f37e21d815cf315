//! Raising: native functions return `Res`, and the exception itself waits in the interpreter's state.

use std::fmt;

use ouro_heap::{OutOfMemory, Ref};

use crate::{
    objects::{
        exception::{self, ExceptionKind},
        tuple,
    },
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
    raise_one(kind, message.into_any())
}

/// Raises a built-in exception with one argument.
#[cold]
pub fn raise_one(kind: ExceptionKind, argument: Ref) -> Raised {
    raise_object(exception::with_args(kind, tuple::from_array([argument])))
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

/// Raises TypeError with a formatted message; gives the [`Raised`](crate::error::Raised) to return.
#[macro_export]
macro_rules! type_error {
    ($($argument:tt)*) => { $crate::error::raise($crate::objects::exception::ExceptionKind::TypeError, ::std::format_args!($($argument)*)) };
}

/// Raises ValueError with a formatted message; gives the [`Raised`](crate::error::Raised) to return.
#[macro_export]
macro_rules! value_error {
    ($($argument:tt)*) => { $crate::error::raise($crate::objects::exception::ExceptionKind::ValueError, ::std::format_args!($($argument)*)) };
}

/// Raises IndexError with a formatted message; gives the [`Raised`](crate::error::Raised) to return.
#[macro_export]
macro_rules! index_error {
    ($($argument:tt)*) => { $crate::error::raise($crate::objects::exception::ExceptionKind::IndexError, ::std::format_args!($($argument)*)) };
}

/// Raises OverflowError with a formatted message; gives the [`Raised`](crate::error::Raised) to return.
#[macro_export]
macro_rules! overflow_error {
    ($($argument:tt)*) => { $crate::error::raise($crate::objects::exception::ExceptionKind::OverflowError, ::std::format_args!($($argument)*)) };
}

/// Raises AttributeError with a formatted message; gives the [`Raised`](crate::error::Raised) to return.
#[macro_export]
macro_rules! attribute_error {
    ($($argument:tt)*) => { $crate::error::raise($crate::objects::exception::ExceptionKind::AttributeError, ::std::format_args!($($argument)*)) };
}

/// Raises RuntimeError with a formatted message; gives the [`Raised`](crate::error::Raised) to return.
#[macro_export]
macro_rules! runtime_error {
    ($($argument:tt)*) => { $crate::error::raise($crate::objects::exception::ExceptionKind::RuntimeError, ::std::format_args!($($argument)*)) };
}

/// Raises SystemError with a formatted message; gives the [`Raised`](crate::error::Raised) to return.
#[macro_export]
macro_rules! system_error {
    ($($argument:tt)*) => { $crate::error::raise($crate::objects::exception::ExceptionKind::SystemError, ::std::format_args!($($argument)*)) };
}

/// Raises ZeroDivisionError with a formatted message; gives the [`Raised`](crate::error::Raised) to return.
#[macro_export]
macro_rules! zero_division_error {
    ($($argument:tt)*) => { $crate::error::raise($crate::objects::exception::ExceptionKind::ZeroDivisionError, ::std::format_args!($($argument)*)) };
}

/// Raises NotImplementedError with a formatted message; gives the [`Raised`](crate::error::Raised) to return.
#[macro_export]
macro_rules! not_implemented_error {
    ($($argument:tt)*) => { $crate::error::raise($crate::objects::exception::ExceptionKind::NotImplementedError, ::std::format_args!($($argument)*)) };
}

/// Raises NameError with a formatted message; gives the [`Raised`](crate::error::Raised) to return.
#[macro_export]
macro_rules! name_error {
    ($($argument:tt)*) => { $crate::error::raise($crate::objects::exception::ExceptionKind::NameError, ::std::format_args!($($argument)*)) };
}

/// Raises BufferError with a formatted message; gives the [`Raised`](crate::error::Raised) to return.
#[macro_export]
macro_rules! buffer_error {
    ($($argument:tt)*) => { $crate::error::raise($crate::objects::exception::ExceptionKind::BufferError, ::std::format_args!($($argument)*)) };
}

/// Raises RecursionError with a formatted message; gives the [`Raised`](crate::error::Raised) to return.
#[macro_export]
macro_rules! recursion_error {
    ($($argument:tt)*) => { $crate::error::raise($crate::objects::exception::ExceptionKind::RecursionError, ::std::format_args!($($argument)*)) };
}

/// Raises LookupError with a formatted message; gives the [`Raised`](crate::error::Raised) to return.
#[macro_export]
macro_rules! lookup_error {
    ($($argument:tt)*) => { $crate::error::raise($crate::objects::exception::ExceptionKind::LookupError, ::std::format_args!($($argument)*)) };
}

/// Raises ImportError with a formatted message; gives the [`Raised`](crate::error::Raised) to return.
#[macro_export]
macro_rules! import_error {
    ($($argument:tt)*) => { $crate::error::raise($crate::objects::exception::ExceptionKind::ImportError, ::std::format_args!($($argument)*)) };
}

/// Raises ReferenceError with a formatted message; gives the [`Raised`](crate::error::Raised) to return.
#[macro_export]
macro_rules! reference_error {
    ($($argument:tt)*) => { $crate::error::raise($crate::objects::exception::ExceptionKind::ReferenceError, ::std::format_args!($($argument)*)) };
}
