//! `None`, `Ellipsis` and `NotImplemented`.

use ouro_heap::{Payload, Ref, alloc};

use crate::{
    error::Res,
    native::{Args, plain},
    objects::{
        class::{Class, ClassDef},
        exception::ExceptionKind,
        slots::Slots,
        str,
    },
    state::shared,
    type_error, types, warning,
};

/// None's payload: nothing.
#[derive(Payload)]
#[payload(types::NONE)]
pub struct None_;

/// Ellipsis' payload: nothing.
#[derive(Payload)]
#[payload(types::ELLIPSIS)]
pub struct Ellipsis;

/// NotImplemented's payload: nothing.
#[derive(Payload)]
#[payload(types::NOT_IMPLEMENTED)]
pub struct NotImplemented;

/// The payload of `object()`: nothing.
#[derive(Payload)]
#[payload(types::OBJECT)]
pub struct PlainObject;

/// None, Ellipsis, NotImplemented.
pub(crate) fn make() -> (Ref, Ref, Ref) {
    (alloc(None_).into_any(), alloc(Ellipsis).into_any(), alloc(NotImplemented).into_any())
}

fn no_arguments(name: &str, args: Args) -> Res<()> {
    if args.all.is_empty() { Ok(()) } else { Err(type_error!("{name} takes no arguments")) }
}

/// `NoneType`
pub static NONE: ClassDef = ClassDef {
    slots: Slots {
        repr: Some(|_| Ok(str::intern("None").into_any())),
        bool: Some(|_| Ok(false)),
        hash: Some(|_| Ok(0xfca8_6420)),
        new: Some(|_, args| no_arguments("NoneType", args).map(|()| shared().none.clone())),
        ..Slots::NONE
    },
    doc: "The type of the None singleton.",
    ..ClassDef::new::<None_>(types::NONE, "NoneType")
};

/// `ellipsis`
pub static ELLIPSIS: ClassDef = ClassDef {
    slots: Slots {
        repr: Some(|_| Ok(str::intern("Ellipsis").into_any())),
        new: Some(|_, args| no_arguments("EllipsisType", args).map(|()| shared().ellipsis.clone())),
        ..Slots::NONE
    },
    methods: &[plain("__reduce__", "(self, /)", |_| Ok(str::intern("Ellipsis").into_any()), "")],
    ..ClassDef::new::<Ellipsis>(types::ELLIPSIS, "ellipsis")
};

/// `NotImplementedType`
pub static NOT_IMPLEMENTED: ClassDef = ClassDef {
    slots: Slots {
        repr: Some(|_| Ok(str::intern("NotImplemented").into_any())),
        bool: Some(|_| {
            let message = "NotImplemented should not be used in a boolean context";
            warning::warn(ExceptionKind::DeprecationWarning, message).map(|()| true)
        }),
        new: Some(|_: &Ref<Class>, args| {
            no_arguments("NotImplementedType", args).map(|()| shared().not_implemented.clone())
        }),
        ..Slots::NONE
    },
    methods: &[plain("__reduce__", "(self, /)", |_| Ok(str::intern("NotImplemented").into_any()), "")],
    ..ClassDef::new::<NotImplemented>(types::NOT_IMPLEMENTED, "NotImplementedType")
};
