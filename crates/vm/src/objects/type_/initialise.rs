//! The class objects of built-in types: filled from their definitions.

use ouro_heap::Ref;

use crate::{
    error::Res,
    native::{Args, NativeDef, raw},
    objects::{
        builtin,
        class::{self, Class, ClassDef, DowncastClass, class_flags},
        special,
        tuple::{self, Tuple},
    },
    protocol::attribute,
    type_error, types,
};

use super::order::{add_subclass, linearise};

/// Fills the class object of a built-in type: name, bases, slots. Its namespace is made when it is asked for.
pub(crate) fn initialise_builtin(
    class: &Ref<Class>,
    definition: &'static ClassDef,
    base: Option<Ref<Class>>,
) {
    class::name_and_bases(class, definition.name, base.iter().map(|base| base.clone().into_any()).collect());
    let mut mro = vec![class.clone().into_any()];
    if let Some(base) = &base {
        mro.extend(base.mro.get().expect("bases are made first").items().iter().cloned());
    }
    class.mro.set(Some(immortal_tuple(mro)));
    class.slots.0.fill(&definition.slots);
    if is_unhashable(definition) {
        class.slots.0.hash.set(Some(special::unhashable));
    }
    if let Some(base) = base {
        class.slots.0.inherit(&base.slots.0);
        add_subclass(&base, class);
    }
    class.set_flag(class_flags::IMMUTABLE);
    attribute::class_changed(class);
}

/// A tuple that belongs to a built-in class: as in CPython it is immortal, and the collector has nothing to do with it.
pub(crate) fn immortal_tuple(items: Vec<Ref>) -> Ref<Tuple> {
    let tuple = tuple::from_vec(items);
    tuple.make_immortal();
    ouro_heap::allocate::untrack(tuple.as_any());
    tuple
}

/// Whether a built-in class compares its instances but does not hash them: then it takes hashing away.
pub(crate) fn is_unhashable(definition: &ClassDef) -> bool {
    definition.slots.compare.is_some() && definition.slots.hash.is_none() && definition.index != types::OBJECT
}

/// Gives a built-in class a second base (ExceptionGroup).
pub(crate) fn add_second_base(class: &Ref<Class>, second: &Ref<Class>) {
    let first = class.base.get().expect("the class has a first base");
    class.bases.set(Some(immortal_tuple(vec![first.into_any(), second.clone().into_any()])));
    if let Ok(mro) = linearise(class) {
        class.mro.set(Some(immortal_tuple(mro)));
    }
    add_subclass(second, class);
}

/// `__new__` of a built-in class: a native function that checks the class it is given.
pub(crate) fn new_method(class: &Ref<Class>) -> Ref {
    static NEW: NativeDef = raw(
        "__new__",
        "(type, /, *args, **kwargs)",
        call_new,
        "Create and return a new object.  See help(type) for accurate signature.",
    );
    builtin::bind(&NEW, class.clone().into_any())
}

/// Arguments: the class that has the `__new__`, then those of the program.
pub(super) fn call_new(args: Args) -> Res {
    let owner = args.all[0].downcast_class().expect("bound to a class");
    let rest = args.rest();
    let Some(first) = rest.positional().first() else {
        return Err(type_error!("{}.__new__(): not enough arguments", owner.short_name()));
    };
    let Some(class) = first.downcast_class() else {
        return Err(type_error!(
            "{}.__new__(X): X is not a type object ({})",
            owner.short_name(),
            Class::of(first).short_name()
        ));
    };
    if !class.is_subclass_of(owner) {
        let (owner, class) = (owner.short_name(), class.short_name());
        return Err(type_error!("{owner}.__new__({class}): {class} is not a subtype of {owner}"));
    }
    let mut solid = class.clone();
    while solid.has(class_flags::HEAP) {
        solid = solid.base.get().expect("only object has no base");
    }
    let (wanted, given) = (solid.slots.0.new.get(), owner.slots.0.new.get());
    let same = wanted.zip(given).is_none_or(|(a, b)| std::ptr::fn_addr_eq(a, b));
    if !same {
        let (owner, class, solid) = (owner.short_name(), class.short_name(), solid.short_name());
        return Err(type_error!("{owner}.__new__({class}) is not safe, use {solid}.__new__()"));
    }
    match given {
        Some(new) => new(class, rest.rest()),
        None => Err(type_error!("cannot create '{}' instances", owner.short_name())),
    }
}
