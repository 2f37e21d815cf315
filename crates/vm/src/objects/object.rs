//! `object`: what every object can do.

use ouro_bytecode::opcode::Comparison;
use ouro_heap::{Ref, alloc, alloc_as};

use crate::{
    error::Res,
    native::{Args, NativeDef, plain},
    objects::{
        bool_,
        class::{Class, ClassDef, DowncastClass, class_flags, property},
        instance::{self, Instance},
        int, pickling,
        singletons::PlainObject,
        slots::Slots,
        str::{self, Str, StrExt},
    },
    protocol::{self, attribute},
    state::{class_of, names, shared},
    type_error, types,
};

fn new_slot(class: &Ref<Class>, args: Args) -> Res {
    if !args.all.is_empty() {
        let slots = &class.slots.0;
        let overrides_new = slots
            .new
            .get()
            .is_none_or(|slot| !std::ptr::fn_addr_eq(slot, new_slot as fn(&Ref<Class>, Args) -> Res));
        if overrides_new {
            return Err(type_error!("object.__new__() takes exactly one argument (the type to instantiate)"));
        }
        if !overrides_init(class) {
            return Err(type_error!("{}() takes no arguments", class.short_name()));
        }
    }
    if class.has(class_flags::ABSTRACT) {
        return Err(crate::objects::type_::abstract_error(class));
    }
    new_instance(class)
}

/// Whether a class has an `__init__` that is not that of `object`.
pub(crate) fn overrides_init(class: &Class) -> bool {
    let init = class.slots.0.init.get();
    init.is_none_or(|slot| !std::ptr::fn_addr_eq(slot, self::init as fn(&Ref, Args) -> Res<()>))
}

/// A new instance of `object` or of a class made at run time, without calling anything.
pub fn new_instance(class: &Ref<Class>) -> Res {
    if class.index == types::OBJECT {
        return Ok(alloc(PlainObject).into_any());
    }
    if std::ptr::eq(class.layout.0, <Instance as ouro_heap::Payload>::LAYOUT) {
        return Ok(instance::new(class).into_any());
    }
    if std::ptr::eq(class.layout.0, <PlainObject as ouro_heap::Payload>::LAYOUT) {
        return Ok(alloc_as(class.index, PlainObject).into_any());
    }
    Err(type_error!("object.__new__({0}) is not safe, use {0}.__new__()", class.short_name()))
}

fn init(object: &Ref, args: Args) -> Res<()> {
    if !args.all.is_empty() {
        let class = Class::of(object);
        let slots = &class.slots.0;
        let own_new = slots
            .new
            .get()
            .is_none_or(|slot| !std::ptr::fn_addr_eq(slot, new_slot as fn(&Ref<Class>, Args) -> Res));
        if overrides_init(class) {
            return Err(type_error!(
                "object.__init__() takes exactly one argument (the instance to initialize)"
            ));
        }
        if !own_new {
            return Err(type_error!(
                "{}.__init__() takes exactly one argument (the instance to initialize)",
                class.short_name()
            ));
        }
    }
    Ok(())
}

/// `<module.Class object at 0x...>`
pub fn repr(object: &Ref) -> Res {
    let class = Class::of(object);
    let name = qualified_name(class)?;
    Ok(str::new(&format!("<{name} object at {:#x}>", object.address())).into_any())
}

/// `module.qualname`, without the module for builtins.
pub fn qualified_name(class: &Ref<Class>) -> Res<String> {
    let module = attribute::get_optional(class.as_any(), &names().__module__)?
        .and_then(|module| module.into::<Str>().ok());
    let name = class.qualname.get().map(|name| name.to_text().into_owned()).unwrap_or_default();
    Ok(match module {
        Some(module) if !module.is_text("builtins") => format!("{}.{name}", module.to_text()),
        _ => name,
    })
}

/// The same, without the module for classes of `__main__` as well: CPython's `%T`.
pub fn shown_name(class: &Ref<Class>) -> Res<String> {
    let name = qualified_name(class)?;
    Ok(name.strip_prefix("__main__.").map(str::to_owned).unwrap_or(name))
}

fn str_slot(object: &Ref) -> Res {
    Ok(protocol::object::repr(object)?.into_any())
}

fn hash(object: &Ref) -> Res<i64> {
    Ok(protocol::object::hash_address(object))
}

fn compare(left: &Ref, right: &Ref, comparison: Comparison) -> Res {
    match comparison {
        Comparison::Eq if left.is(right) => Ok(bool_::new(true)),
        Comparison::Ne => {
            // The default != is the opposite of ==, if the class defines that.
            let Some(slot) = Class::of(left).slots.0.compare.get() else {
                return Ok(shared().not_implemented.clone());
            };
            let equal = slot(left, right, Comparison::Eq)?;
            if equal.is(&shared().not_implemented) {
                return Ok(equal);
            }
            Ok(bool_::new(!protocol::object::is_true(&equal)?))
        }
        _ => Ok(shared().not_implemented.clone()),
    }
}

fn get_class(object: &Ref) -> Res {
    Ok(Class::of(object).clone().into_any())
}

fn set_class(object: &Ref, value: Option<&Ref>) -> Res<()> {
    let Some(value) = value else { return Err(type_error!("can't delete __class__ attribute")) };
    let Some(class) = value.downcast_class() else {
        return Err(type_error!(
            "__class__ must be set to a class, not '{}' object",
            Class::of(value).short_name()
        ));
    };
    crate::objects::type_::assign_class(object, class)
}

fn dir(args: &[Ref]) -> Res {
    let names = crate::objects::type_::directory(&args[0])?;
    Ok(crate::objects::list::from_vec(names)?.into_any())
}

fn format(args: &[Ref]) -> Res {
    let Some(spec) = args[1].downcast::<Str>() else {
        return Err(type_error!(
            "__format__() argument must be str, not {}",
            crate::objects::arguments::name_or_none(&args[1])
        ));
    };
    if spec.char_count() > 0 {
        let class = Class::of(&args[0]).short_name();
        return Err(type_error!("unsupported format string passed to {class}.__format__"));
    }
    Ok(protocol::object::str(&args[0])?.into_any())
}

fn sizeof(args: &[Ref]) -> Res {
    Ok(int::from_usize(ouro_heap::walk::object_size(&args[0])))
}

fn init_subclass(args: Args) -> Res {
    if args.keyword_count() > 0 {
        let class = args.all[0].downcast_class().map(|class| class.short_name()).unwrap_or_default();
        return Err(type_error!("{class}.__init_subclass__() takes no keyword arguments"));
    }
    Ok(shared().none.clone())
}

fn not_implemented(_args: Args) -> Res {
    Ok(shared().not_implemented.clone())
}

const METHODS: &[NativeDef] = &[
    plain("__dir__", "(self, /)", dir, "Default dir() implementation."),
    plain("__format__", "(self, format_spec, /)", format, "Default object formatter."),
    plain("__sizeof__", "(self, /)", sizeof, "Size of object in memory, in bytes."),
    plain("__reduce__", "(self, /)", pickling::reduce, "Helper for pickle."),
    plain("__reduce_ex__", "(self, protocol, /)", pickling::reduce_ex, "Helper for pickle."),
    plain("__getstate__", "(self, /)", pickling::get_state, "Helper for pickle."),
    crate::native::raw(
        "__init_subclass__",
        "(cls, /)",
        init_subclass,
        "This method is called when a class is subclassed.",
    )
    .as_class(),
    crate::native::raw(
        "__subclasshook__",
        "(cls, object, /)",
        not_implemented,
        "Abstract classes can override this to customize issubclass().",
    )
    .as_class(),
];

/// `object`
pub static OBJECT: ClassDef = ClassDef {
    base: types::OBJECT,
    flags: class_flags::BASE,
    slots: Slots {
        new: Some(new_slot),
        init: Some(init),
        repr: Some(repr),
        str: Some(str_slot),
        hash: Some(hash),
        compare: Some(compare),
        get_attr: Some(attribute::generic_slot),
        set_attr: Some(attribute::generic_set_slot),
        ..Slots::NONE
    },
    methods: METHODS,
    getset: &[property("__class__", get_class, set_class, "the object's class")],
    doc: "The base class of the class hierarchy.\n\nWhen called, it accepts no arguments and returns a new featureless\ninstance that has no instance attributes and cannot be given any.\n",
    ..ClassDef::new::<PlainObject>(types::OBJECT, "object")
};

/// Whether a class's constructor is that of `object`, for classes that only define `__init__`.
pub fn has_object_new(class: &Class) -> bool {
    class
        .slots
        .0
        .new
        .get()
        .is_some_and(|slot| std::ptr::fn_addr_eq(slot, new_slot as fn(&Ref<Class>, Args) -> Res))
}

/// Whether a class's initialiser is that of `object`.
pub fn has_object_init(class: &Class) -> bool {
    class.slots.0.init.get().is_some_and(|slot| std::ptr::fn_addr_eq(slot, init as fn(&Ref, Args) -> Res<()>))
}

/// `object` itself.
pub fn object_class() -> &'static Ref<Class> {
    class_of(types::OBJECT)
}
