//! `type`: making classes, their method resolution order, attributes of classes, calling a class.

mod attributes;
mod create;
mod initialise;
mod instances;
mod order;
mod update;

pub use self::{
    create::{calculate_metaclass, is_identifier},
    instances::{abstract_error, assign_class, call_class, directory, instantiate},
};
pub(crate) use self::{
    initialise::{add_second_base, immortal_tuple, initialise_builtin, is_unhashable, new_method},
    order::from_addresses,
    update::{namespace_changed, namespace_changes},
};

use ouro_heap::Ref;

use crate::{
    attribute_error,
    error::Res,
    native::{Args, plain, raw},
    objects::{
        bool_,
        class::{Class, ClassDef, DowncastClass, class_flags, getter, property},
        dict, int, list, object,
        slots::Slots,
        str::{self, Str},
        tuple,
    },
    protocol::{self, attribute},
    state::{names, shared},
    type_error, types,
};

use self::{
    attributes::{
        get_attr, get_dict, get_doc, get_module, set_attr, set_bases, set_in_namespace, set_module, set_name,
        set_qualname,
    },
    create::new_slot,
    instances::type_call,
    order::linearise,
};

/// `type.__init__` accepts what `type.__new__` did.
fn init(_class: &Ref, args: Args) -> Res<()> {
    match args.positional().len() {
        1 if args.keyword_count() > 0 => Err(type_error!("type.__init__() takes no keyword arguments")),
        1 | 3 => Ok(()),
        _ => Err(type_error!("type.__init__() takes 1 or 3 arguments")),
    }
}

fn payload(object: &Ref) -> &Class {
    object.payload::<Class>().expect("a class")
}

fn repr(object: &Ref) -> Res {
    let name = object::qualified_name(object.downcast_class().expect("slot of this class"))?;
    Ok(str::new(&format!("<class '{name}'>")).into_any())
}

fn mro_method(args: &[Ref]) -> Res {
    let class = args[0].downcast_class().expect("a method of type");
    Ok(list::from_vec(linearise(class)?)?.into_any())
}

fn subclasses_method(args: &[Ref]) -> Res {
    let class = args[0].downcast_class().expect("a method of type");
    let addresses = class.subclasses.with(|list| list.0.clone());
    let found = from_addresses(class, &addresses).into_iter().map(Ref::into_any).collect();
    Ok(list::from_vec(found)?.into_any())
}

fn instance_check(args: &[Ref]) -> Res {
    let class = args[0].downcast_class().expect("a method of type");
    if Class::of(&args[1]).is_subclass_of(class) {
        return Ok(bool_::new(true));
    }
    // `__class__` may claim another class, as proxies do.
    let claimed = attribute::get_optional(&args[1], &names().__class__)?;
    Ok(bool_::new(claimed.is_some_and(|claimed| {
        claimed.downcast_class().is_some_and(|claimed| claimed.is_subclass_of(class))
    })))
}

fn subclass_check(args: &[Ref]) -> Res {
    let class = args[0].downcast_class().expect("a method of type");
    let Some(candidate) = args[1].downcast_class() else {
        return Err(type_error!("issubclass() arg 1 must be a class"));
    };
    Ok(bool_::new(candidate.is_subclass_of(class)))
}

fn prepare(_args: Args) -> Res {
    Ok(dict::new().into_any())
}

fn dir_method(args: &[Ref]) -> Res {
    Ok(list::from_vec(directory(&args[0])?)?.into_any())
}

fn class_sizeof(args: &[Ref]) -> Res {
    // As in CPython, the tables of functions belong to the size of classes that the program has made; those of built-in
    // classes are part of the interpreter.
    let slots = size_of::<crate::objects::slots::SlotCells>();
    let slots = if payload(&args[0]).has(class_flags::HEAP) { slots } else { 0 };
    Ok(int::from_usize(ouro_heap::walk::object_size(&args[0]) + slots))
}

fn or_type(left: &Ref, right: &Ref) -> Res {
    crate::objects::union::combine(left, right)
}

/// An attribute of a class's own namespace. In that of `type` itself stands the descriptor that asks.
fn own_value(class: &Class, name: &Ref<Str>) -> Option<Ref> {
    if class.index == types::TYPE { None } else { dict::get_str(&class.namespace(), name) }
}

/// `type`
pub static TYPE: ClassDef = ClassDef {
    flags: class_flags::BASE
        | class_flags::WEAKLY_REFERENCEABLE
        | class_flags::TYPE_SUBCLASS
        | class_flags::HAS_DICT,
    slots: Slots {
        new: Some(new_slot),
        init: Some(init),
        call: Some(type_call),
        repr: Some(repr),
        get_attr: Some(get_attr),
        set_attr: Some(set_attr),
        or: Some(or_type),
        ..Slots::NONE
    },
    methods: &[
        plain("mro", "(self, /)", mro_method, "Return a type's method resolution order."),
        plain("__subclasses__", "(self, /)", subclasses_method, "Return a list of immediate subclasses."),
        plain(
            "__instancecheck__",
            "(self, instance, /)",
            instance_check,
            "Check if an object is an instance.",
        ),
        plain("__subclasscheck__", "(self, subclass, /)", subclass_check, "Check if a class is a subclass."),
        plain("__dir__", "(self, /)", dir_method, "Specialized __dir__ implementation for types."),
        plain("__sizeof__", "(self, /)", class_sizeof, "Return memory consumption of the type object."),
        raw(
            "__prepare__",
            "(cls, name, bases, /, **kwds)",
            prepare,
            "Create the namespace for the class statement",
        )
        .as_class(),
    ],
    getset: &[
        property(
            "__name__",
            |class| Ok(payload(class).name.get().expect("classes have names").into_any()),
            set_name,
            "",
        ),
        property(
            "__qualname__",
            |class| Ok(payload(class).qualname.get().expect("classes have names").into_any()),
            set_qualname,
            "",
        ),
        property(
            "__bases__",
            |class| Ok(payload(class).bases.get().unwrap_or_else(tuple::empty).into_any()),
            set_bases,
            "",
        ),
        getter(
            "__base__",
            |class| Ok(payload(class).base.get().map_or_else(|| shared().none.clone(), Ref::into_any)),
            "",
        ),
        getter(
            "__mro__",
            |class| Ok(payload(class).mro.get().map_or_else(|| shared().none.clone(), Ref::into_any)),
            "",
        ),
        getter("__dict__", get_dict, ""),
        property("__module__", get_module, set_module, ""),
        property("__doc__", get_doc, |class, value| set_in_namespace(class, "__doc__", value), ""),
        property(
            "__abstractmethods__",
            |class| match own_value(payload(class), &names().__abstractmethods__) {
                Some(methods) => Ok(methods),
                None => Err(attribute_error!("__abstractmethods__")),
            },
            |class, value| {
                if value.is_none() {
                    let namespace = payload(class).namespace();
                    if dict::remove_str(&namespace, &names().__abstractmethods__).is_none() {
                        return Err(attribute_error!("__abstractmethods__"));
                    }
                    attribute::class_changed(payload(class));
                    payload(class).flags.set(payload(class).flags.get() & !class_flags::ABSTRACT);
                    return Ok(());
                }
                let abstract_ = value.map_or(Ok(false), protocol::object::is_true)?;
                set_in_namespace(class, "__abstractmethods__", value)?;
                let flags = &payload(class).flags;
                flags.set(if abstract_ {
                    flags.get() | class_flags::ABSTRACT
                } else {
                    flags.get() & !class_flags::ABSTRACT
                });
                Ok(())
            },
            "",
        ),
        getter("__flags__", |class| Ok(int::new(payload(class).flags.get() as i64)), ""),
        getter("__basicsize__", |class| Ok(int::from_usize(8 + payload(class).layout.0.size)), ""),
        getter("__itemsize__", |_| Ok(int::new(0)), ""),
        getter(
            "__dictoffset__",
            |class| Ok(int::new(if payload(class).has(class_flags::HAS_DICT) { -1 } else { 0 })),
            "",
        ),
        getter("__weakrefoffset__", |_| Ok(int::new(0)), ""),
        property(
            "__annotations__",
            |class| {
                let namespace = payload(class).namespace();
                match dict::get_str(&namespace, &names().__annotations__) {
                    Some(found) => Ok(found),
                    None if payload(class).has(class_flags::HEAP) => {
                        let made = dict::new().into_any();
                        dict::set_str(&namespace, &names().__annotations__, made.clone());
                        attribute::class_changed(payload(class));
                        Ok(made)
                    }
                    None => Err(attribute_error!(
                        "type object '{}' has no attribute '__annotations__'",
                        payload(class).short_name()
                    )),
                }
            },
            |class, value| set_in_namespace(class, "__annotations__", value),
            "",
        ),
        property(
            "__type_params__",
            |class| {
                Ok(own_value(payload(class), &names().__type_params__)
                    .unwrap_or_else(|| shared().empty_tuple.clone()))
            },
            |class, value| set_in_namespace(class, "__type_params__", value),
            "",
        ),
    ],
    doc: "type(object) -> the object's type\ntype(name, bases, dict, **kwds) -> a new type",
    ..ClassDef::new::<Class>(types::TYPE, "type")
};
