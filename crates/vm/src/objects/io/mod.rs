//! Files: the raw descriptor, the buffered binary file, the text file, and files in memory.
//!
//! A text file stands on a buffered file, which stands on a raw one, as in CPython's `_io`. Each layer calls the next
//! natively when it is one of ours, and through its Python methods otherwise.

use ouro_heap::Ref;

use crate::{
    error::{Raised, Res, raise_object},
    native::{Args, NativeDef},
    objects::{
        bytes,
        class::{Class, DowncastClass},
        exception,
        str::{self, Str, StrExt},
        tuple,
    },
    protocol::{attribute, call, number},
    state::{class_of, names, shared, vm},
    type_error, types, value_error,
};

pub mod buffered;
pub mod bytes_io;
pub mod codec;
mod dying;
mod in_memory;
mod lines;
pub mod open;
pub mod raw;
pub mod standard;
pub mod string_io;
pub mod text;
pub mod text_methods;

pub use dying::prepare;

/// `io.DEFAULT_BUFFER_SIZE`
pub const BUFFER_SIZE: usize = 8192;

/// The class `io.UnsupportedOperation`, made when it is first needed.
pub fn unsupported_operation() -> Res {
    if let Some(class) = vm().slots.unsupported_operation.get() {
        return Ok(class);
    }
    let bases = tuple::from_vec(vec![
        crate::state::exception_class(exception::ExceptionKind::OSError).clone().into_any(),
        crate::state::exception_class(exception::ExceptionKind::ValueError).clone().into_any(),
    ]);
    let namespace = crate::objects::dict::new();
    crate::objects::dict::set_str(&namespace, &names().__module__, str::intern("io").into_any());
    let name = str::intern("UnsupportedOperation").into_any();
    let class = call::call(class_of(types::TYPE).as_any(), &[name, bases.into_any(), namespace.into_any()])?;
    vm().slots.unsupported_operation.set(Some(class.clone()));
    Ok(class)
}

/// Raises `io.UnsupportedOperation`.
#[cold]
pub fn unsupported(message: &str) -> Raised {
    let made = unsupported_operation().and_then(|class| call::call(&class, &[str::new(message).into_any()]));
    match made {
        Ok(error) => raise_object(error),
        Err(raised) => raised,
    }
}

/// Raises the OSError of a failed system call.
#[cold]
pub fn os_error(error: &std::io::Error, filename: Option<Ref>) -> Raised {
    raise_object(exception::os_error(error, filename))
}

/// Raises ValueError for an operation on a closed file.
#[cold]
pub(crate) fn closed(message: &str) -> Raised {
    value_error!("{message}")
}

/// What text files say when they are closed.
pub(crate) const TEXT_CLOSED: &str = "I/O operation on closed file.";
/// What binary files say when they are closed.
pub(crate) const BINARY_CLOSED: &str = "I/O operation on closed file";

/// None
pub(crate) fn none() -> Res {
    Ok(shared().none.clone())
}

/// A size argument: None, left out or negative means everything.
pub(crate) fn size_argument(argument: Option<&Ref>) -> Res<Option<usize>> {
    let Some(argument) = argument.filter(|argument| !argument.is(&shared().none)) else { return Ok(None) };
    if !crate::objects::int::is_int(argument) && Class::of(argument).slots.0.index.get().is_none() {
        return Err(type_error!(
            "argument should be integer or None, not '{}'",
            Class::of(argument).short_name()
        ));
    }
    Ok(usize::try_from(number::as_isize(argument)?).ok())
}

/// An offset or whence argument.
pub(crate) fn offset_argument(argument: &Ref) -> Res<i64> {
    let value = number::index(argument)?;
    match crate::objects::int::as_i64(&value) {
        Some(value) => Ok(value),
        None => Err(crate::overflow_error!("Python int too large to convert to C long")),
    }
}

/// The whence argument of `seek`, 0 if left out.
pub(crate) fn whence_argument(argument: Option<&Ref>) -> Res<i64> {
    argument.map_or(Ok(0), offset_argument)
}

/// A method of a file that is not one of ours.
pub(crate) fn call_named(object: &Ref, name: &str, args: &[Ref]) -> Res {
    match own_method(object, name) {
        Some(method) => {
            let all: smallvec::SmallVec<[Ref; 4]> = std::iter::once(object).chain(args).cloned().collect();
            method.call(Args::positional_only(&all))
        }
        None => call::call_method(object, &str::intern(name), args),
    }
}

/// The method that a built-in class has under a name, where nobody has asked for the class's namespace yet: so the standard
/// streams can be made and flushed without it.
fn own_method(object: &Ref, name: &str) -> Option<&'static NativeDef> {
    let class = Class::of(object);
    if class.definition.0.is_none()
        || class.dict.get().is_some()
        || attribute::existing_dict(object).is_some()
    {
        return None;
    }
    class.mro_tuple()?.items().iter().find_map(|base| {
        let definition = base.downcast_class()?.definition.0?;
        definition.methods.iter().find(|method| method.name == name)
    })
}

/// The attribute of a file that is not one of ours.
pub(crate) fn get_named(object: &Ref, name: &str) -> Res {
    attribute::get(object, &str::intern(name))
}

/// The bytes of a bytes-like object, copied unless it is `bytes`.
pub(crate) fn with_bytes<R>(object: &Ref, work: impl FnOnce(&[u8]) -> Res<R>) -> Res<R> {
    if let Some(bytes) = object.payload::<bytes::Bytes>() {
        return work(bytes.items());
    }
    let copy = bytes::require(object)?;
    work(&copy)
}

/// A bytes object.
pub(crate) fn new_bytes(bytes: &[u8]) -> Res {
    Ok(bytes::try_new(bytes)?.into_any())
}

/// The text of a Python string in UTF-8, WTF-8 where it has surrogates (file names, mode letters).
pub(crate) fn text_of(object: &Ref) -> Option<String> {
    object.payload::<Str>().map(|text| text.to_text().into_owned())
}

/// `<_io.Name name='...'>` with a part in the middle.
pub(crate) fn file_repr(object: &Ref, name: Option<&Ref>, rest: &str) -> Res {
    let class = Class::of(object).full_name();
    let text = match name {
        Some(name) => {
            let Some(_guard) = crate::protocol::object::ReprGuard::enter(object) else {
                return Err(crate::runtime_error!("reentrant call inside {class}.__repr__"));
            };
            format!("<{class} name={}{rest}>", crate::protocol::object::repr(name)?.to_text())
        }
        None => format!("<{class}{rest}>"),
    };
    Ok(str::new(&text).into_any())
}

/// `__enter__` of all files: the file itself if it is open.
pub(crate) fn enter(args: &[Ref]) -> Res {
    let is_closed = get_named(&args[0], "closed")?;
    if crate::protocol::object::is_true(&is_closed)? {
        return Err(closed(if args[0].has_layout::<raw::RawFile>() { BINARY_CLOSED } else { TEXT_CLOSED }));
    }
    Ok(args[0].clone())
}

/// `__exit__` of all files.
pub(crate) fn exit(args: &[Ref]) -> Res {
    call::call_method(&args[0], &names().close, &[])
}

/// `__iter__` of all files.
pub(crate) fn iter(object: &Ref) -> Res {
    enter(std::slice::from_ref(object))
}

/// `writelines` of all files.
pub(crate) fn write_lines(args: &[Ref]) -> Res {
    enter(&args[..1])?;
    let write = attribute::get(&args[0], &names().write)?;
    crate::protocol::iterate::for_each(&args[1], |line| call::call(&write, &[line]).map(drop))?;
    none()
}

/// `readlines(hint)` of all files.
pub(crate) fn read_lines(args: &[Ref]) -> Res {
    let hint = size_argument(args.get(1))?.filter(|&hint| hint > 0);
    let lines = crate::objects::list::empty();
    let mut total = 0;
    let iterator = crate::protocol::iterate::iter(&args[0])?;
    while let Some(line) = crate::protocol::iterate::next(&iterator)? {
        total += crate::protocol::object::len(&line)?;
        lines.push(line)?;
        if hint.is_some_and(|hint| total >= hint) {
            break;
        }
    }
    Ok(lines.into_any())
}
