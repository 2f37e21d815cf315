//! Small helpers that many native modules share.

use ouro_heap::{Payload, Ref, alloc, alloc_as};
use ouro_vm::{
    error::{Raised, Res, take_if},
    native::{Args, NativeDef, bound},
    objects::{
        class::{Class, GetSetDef, property},
        dict::Dict,
        exception::ExceptionKind,
        str::{self, StrExt},
    },
    protocol::{attribute, object},
    type_error,
};

pub(crate) use ouro_vm::objects::generic_alias::CLASS_GETITEM;

/// The payload of an object in a slot or method of its own class.
#[inline(always)]
pub(crate) fn this<T: Payload>(object: &Ref) -> &T {
    object.payload::<T>().expect("slots are called with instances of their class")
}

/// An instance of the built-in class with payload `T`, or of a subclass of it.
#[inline]
pub(crate) fn make<T: Payload>(class: &Ref<Class>, payload: T) -> Ref {
    if class.index == T::INDEX {
        alloc(payload).into_any()
    } else {
        alloc_as(class.index, payload).into_any()
    }
}

/// `__iter__` of iterators.
pub(crate) fn iter_self(object: &Ref) -> Res {
    Ok(object.clone())
}

/// A string object.
pub(crate) fn text(text: &str) -> Ref {
    str::new(text).into_any()
}

/// `repr(object)` as text.
pub(crate) fn repr_text(object: &Ref) -> Res<String> {
    Ok(object::repr(object)?.to_text().into_owned())
}

/// The parameters of a constructor, bound by [`NativeDef::bind`].
pub(crate) const fn parameters(name: &'static str, signature: &'static str) -> NativeDef {
    bound(name, signature, never, "")
}

fn never(_: &[Option<Ref>]) -> Res {
    unreachable!("only the parameters of this definition are used")
}

/// Refuses keywords for exact instances of a class, as CPython's `_PyArg_NoKeywords`; subclasses may take them in
/// their `__init__`.
pub(crate) fn no_keywords(class: &Ref<Class>, index: u32, name: &str, args: Args) -> Res<()> {
    if class.index == index { args.no_keywords(name) } else { Ok(()) }
}

/// Whether an exception of this kind was raised; another one is raised on.
pub(crate) fn swallow(raised: Raised, kind: ExceptionKind) -> Res<()> {
    take_if(raised, kind).map(drop)
}

/// `__dict__` of classes whose instances have one.
pub(crate) const DICT: GetSetDef = property("__dict__", dict_of, set_dict, "");

fn dict_of(object: &Ref) -> Res {
    let dict = attribute::dict_of(object).expect("instances of this class have a dictionary");
    Ok(dict.into_any())
}

fn set_dict(object: &Ref, value: Option<&Ref>) -> Res<()> {
    let Some(value) = value else { return Err(type_error!("cannot delete __dict__")) };
    match value.downcast::<Dict>() {
        Some(dict) => attribute::replace_dict(object, dict.clone()),
        None => Err(type_error!(
            "__dict__ must be set to a dictionary, not a '{}'",
            Class::of(value).short_name()
        )),
    }
}

/// An attribute by text.
pub(crate) fn attribute_text(object: &Ref, name: &str) -> Res {
    attribute::get(object, &str::intern(name))
}
