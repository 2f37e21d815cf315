//! Keeps the slots and shapes of a class in step with its attributes.

use std::cell::Cell;

use ouro_heap::{Ref, types as heap_types};

use crate::{
    error::Res,
    native::Args,
    objects::{
        builtin,
        class::{Class, class_flags},
        dict::Dict,
        slots::{Binary, SlotCells},
        special,
        str::{self, Str, StrExt},
    },
    protocol::attribute,
    state::{names, shared, vm},
    type_error,
};

use super::{instances::new_via_python, order::from_addresses};

/// Points the slots of a class at the special methods that it and its bases define.
pub(super) fn fill_slots(class: &Ref<Class>) {
    for special in special::all() {
        update_slot(class, special);
    }
    update_irregular(class);
    if let Some(base) = class.base.get() {
        // Slots without a special method of their own name (sequence concatenation, native constructors).
        class.slots.0.inherit(&base.slots.0);
    }
    update_sequence(class);
}

/// The same for a class that has just been made. A single base has worked out its slots already: what the class itself
/// defines is left to do.
pub(super) fn fill_new_slots(class: &Ref<Class>) {
    let Some(base) = class.base.get().filter(|base| only_adds_itself(class, base)) else {
        return fill_slots(class);
    };
    class.slots.0.inherit(&base.slots.0);
    let own: Vec<Ref<Str>> = class.dict.with(|dict| {
        let mut names = Vec::new();
        dict.iter().for_each(|dict| {
            dict.table.with(|table| {
                let keys = table.iter().filter_map(|(key, _)| key.downcast::<Str>());
                names.extend(keys.filter(|key| is_special(key)).cloned());
            });
        });
        names
    });
    let defines = |name: &str| own.iter().any(|own| own.is_text(name));
    for special in special::all() {
        // What `__hash__ = None` of a base means is worked out for each class.
        let concerned = special.name == "__hash__"
            || !own.is_empty()
                && (defines(special.name) || siblings(special.name).iter().any(|name| defines(name)));
        if concerned {
            update_slot(class, special);
        }
    }
    update_irregular(class);
    update_sequence(class);
}

/// Whether the MRO of a class is that of its base with the class in front.
fn only_adds_itself(class: &Class, base: &Class) -> bool {
    let (Some(mro), Some(inherited)) = (class.mro.get(), base.mro.get()) else { return false };
    let (mro, inherited) = (mro.items(), inherited.items());
    mro.len() == inherited.len() + 1 && mro[1..].iter().zip(inherited).all(|(a, b)| a.is(b))
}

/// Whether a name could be that of a special method: not one of those that every class statement makes.
fn is_special(name: &Str) -> bool {
    const USUAL: [&str; 6] =
        ["__module__", "__qualname__", "__doc__", "__firstlineno__", "__static_attributes__", "__dict__"];
    name.as_ascii()
        .is_some_and(|name| name.starts_with("__") && name.ends_with("__") && !USUAL.contains(&name))
}

/// Recomputes the slot of one special method after its definition changed.
pub(super) fn update_slot(class: &Ref<Class>, special: &'static special::Special) {
    let name = str::intern_static(special.name);
    match class.lookup(&name) {
        Some(found) => {
            if let Some(native) = native_owner(class, &found, special.name) {
                // The method is the wrapper of a built-in slot: use the slot itself, if no line of the same slot is Python's.
                if !python_defines_sibling(class, special) {
                    (special.reset)(&class.slots.0, Some(&native.slots.0));
                }
            } else if found.is(&shared().none) && special.name == "__hash__" {
                class.slots.0.hash.set(Some(special::unhashable));
            } else {
                (special.install)(&class.slots.0);
            }
        }
        None => {
            if !python_defines_sibling(class, special) {
                (special.reset)(&class.slots.0, None);
            }
        }
    }
}

/// Special methods that share a slot with this one.
pub(super) fn siblings(name: &str) -> &'static [&'static str] {
    const GROUPS: &[&[&str]] = &[
        &["__lt__", "__le__", "__eq__", "__ne__", "__gt__", "__ge__"],
        &["__setattr__", "__delattr__"],
        &["__setitem__", "__delitem__"],
        &["__set__", "__delete__"],
        &["__add__", "__radd__"],
        &["__sub__", "__rsub__"],
        &["__mul__", "__rmul__"],
        &["__truediv__", "__rtruediv__"],
        &["__floordiv__", "__rfloordiv__"],
        &["__mod__", "__rmod__"],
        &["__divmod__", "__rdivmod__"],
        &["__pow__", "__rpow__"],
        &["__lshift__", "__rlshift__"],
        &["__rshift__", "__rrshift__"],
        &["__and__", "__rand__"],
        &["__or__", "__ror__"],
        &["__xor__", "__rxor__"],
        &["__matmul__", "__rmatmul__"],
        &["__getattribute__", "__getattr__"],
    ];
    GROUPS.iter().find(|group| group.contains(&name)).copied().unwrap_or(&[])
}

pub(super) fn python_defines_sibling(class: &Ref<Class>, special: &special::Special) -> bool {
    siblings(special.name).iter().filter(|name| **name != special.name).any(|name| {
        class
            .lookup(&str::intern_static(name))
            .is_some_and(|found| native_owner(class, &found, name).is_none())
    })
}

/// The built-in class whose slot a wrapper calls, if the attribute is a wrapper for this very special method of a base.
pub(super) fn native_owner(class: &Class, found: &Ref, name: &str) -> Option<Ref<Class>> {
    let wrapper = found.payload::<builtin::WrapperDescriptor>()?;
    let own = wrapper.special.0.name == name && class.is_subclass_of(&wrapper.class);
    own.then(|| wrapper.class.clone())
}

/// `__new__`, `__getattr__`, `__del__`: those that are tied to slots in their own ways.
pub(super) fn update_irregular(class: &Ref<Class>) {
    let names = names();
    let native_new = |found: &Ref| {
        found
            .payload::<builtin::BuiltinFunction>()
            .filter(|f| f.definition.0.name == "__new__")
            .and_then(|f| f.receiver.clone())
    };
    match class.lookup(&names.__new__) {
        Some(found) => match native_new(&found).and_then(|owner| owner.into::<Class>().ok()) {
            Some(owner) => {
                // The nearest built-in base decides, since its constructor knows the layout.
                let base = class.base.get();
                let slot = base.as_ref().and_then(|base| base.slots.0.new.get()).filter(|slot| {
                    !std::ptr::fn_addr_eq(*slot, new_via_python as fn(&Ref<Class>, Args) -> Res)
                });
                class.slots.0.new.set(slot.or(owner.slots.0.new.get()));
            }
            None => class.slots.0.new.set(Some(new_via_python)),
        },
        None => class.slots.0.new.set(class.base.get().and_then(|base| base.slots.0.new.get())),
    }
    if class.lookup(&names.__getattr__).is_some() {
        special::install_getattr(&class.slots.0);
    }
    let finalizer = class.lookup(&names.__del__).is_some().then_some(finalize as fn(&Ref));
    let base_finalizer = class.base.get().and_then(|base| heap_types::record(base.index).finalizer());
    heap_types::record(class.index).set_finalizer(finalizer.or(base_finalizer));
}

/// Brings the slots of sequences that share their names with those of numbers up to date: who defines such a method in Python
/// has only the number's slot, and its answer NotImplemented is not followed by what a base would do with sequences.
fn update_sequence(class: &Ref<Class>) {
    let slots = &class.slots.0;
    let update = |names: &[&'static str], slot: fn(&SlotCells) -> &Cell<Option<Binary>>| {
        let mut inherited = None;
        for name in names {
            let Some(found) = class.lookup(&str::intern_static(name)) else { continue };
            match native_owner(class, &found, name) {
                Some(owner) => inherited = inherited.or(slot(&owner.slots.0).get()),
                None => return slot(slots).set(None),
            }
        }
        slot(slots).set(inherited);
    };
    update(&["__add__"], |slots| &slots.concat);
    update(&["__mul__", "__rmul__"], |slots| &slots.repeat);
    update(&["__iadd__"], |slots| &slots.inplace_concat);
    update(&["__imul__"], |slots| &slots.inplace_repeat);
}

/// Runs `__del__`; what it raises is reported, not propagated.
pub(super) fn finalize(object: &Ref) {
    let handled = vm().raised.take();
    let Some(method) = Class::of(object).lookup(&names().__del__) else { return };
    let result = attribute::call_special(object, &names().__del__, &[]);
    if let Err(raised) = result {
        crate::interpreter::report_unraisable(raised, &method);
    }
    vm().raised.set(handled);
}

/// Brings slots and caches up to date after an attribute of a class changed.
pub(super) fn attribute_changed(class: &Ref<Class>, name: &Ref<Str>, old: Option<&Ref>, new: Option<&Ref>) {
    let is_plain = |value: Option<&Ref>| {
        value.is_none_or(|value| {
            let slots = &Class::of(value).slots.0;
            slots.descr_get.get().is_none() && slots.descr_set.get().is_none()
        })
    };
    // Before anything is looked up.
    attribute::class_changed(class);
    if name.latin1().is_some_and(|name| name.starts_with(b"__") && name.ends_with(b"__")) {
        let text = name.to_text();
        refresh_slots(class, &text);
        if matches!(&*text, "__get__" | "__set__" | "__delete__") {
            renew_holders(&|value| Class::of(value).is_subclass_of(class));
        }
    }
    let replaced = is_plain(old) && is_plain(new) && old.is_some() && new.is_some();
    if !(replaced && class.has(class_flags::VARIABLE)) {
        renew_shapes(class);
    }
    if replaced {
        // A counter of the class, perhaps: inline caches leave its values alone from now on, so that they keep what
        // else they know of the class.
        class.set_flag(class_flags::VARIABLE);
    }
}

/// Gives a class and its subclasses new shapes, so that no inline cache of the old ones holds. Instances that exist
/// keep a dictionary-like old shape and are moved over when they are next touched the slow way.
pub(super) fn renew_shapes(class: &Ref<Class>) {
    vm().shapes.renew(class);
    let subclasses = class.subclasses.with(|list| list.0.clone());
    for subclass in from_addresses(class, &subclasses) {
        renew_shapes(&subclass);
    }
}

/// Whether instances of the class have a say in reading and in writing them as attributes of a class.
pub(super) fn descriptor_kind(class: &Class) -> (bool, bool) {
    (class.slots.0.descr_get.get().is_some(), class.slots.0.descr_set.get().is_some())
}

/// Gives new shapes to all classes with certain attributes, which have become descriptors or are none any more.
pub(super) fn renew_holders(concerned: &dyn Fn(&Ref) -> bool) {
    let mut all = vec![crate::state::class_of(crate::types::OBJECT).clone()];
    while let Some(class) = all.pop() {
        let holds = class
            .dict
            .with(|dict| dict.is_some_and(|dict| dict.snapshot().iter().any(|(_, value)| concerned(value))));
        if holds {
            renew_shapes(&class);
        }
        let subclasses = class.subclasses.with(|list| list.0.clone());
        all.extend(from_addresses(&class, &subclasses));
    }
}

pub(super) fn refresh_slots(class: &Ref<Class>, name: &str) {
    let group = siblings(name);
    for special in special::all() {
        if special.name == name || group.contains(&special.name) {
            update_slot(class, special);
        }
    }
    update_irregular(class);
    update_sequence(class);
    let subclasses = class.subclasses.with(|list| list.0.clone());
    for subclass in from_addresses(class, &subclasses) {
        refresh_slots(&subclass, name);
    }
}

/// Recomputes the slots of a class and all below it, whose orders have changed.
pub(super) fn rebuild_below(class: &Ref<Class>) {
    attribute::class_changed(class);
    fill_slots(class);
    renew_shapes(class);
    let subclasses = class.subclasses.with(|list| list.0.clone());
    for subclass in from_addresses(class, &subclasses) {
        rebuild_below(&subclass);
    }
}

/// The program is about to change the namespace of a class, which it has from the collector.
///
/// # Errors
/// TypeError for a built-in class: the interpreter relies on its methods.
#[cold]
pub(crate) fn namespace_changes(dict: &Ref<Dict>) -> Res<()> {
    let Some(class) = class_of_namespace(dict) else { return Ok(()) };
    if class.has(class_flags::IMMUTABLE) {
        return Err(type_error!("cannot change the namespace of immutable type '{}'", class.full_name()));
    }
    attribute::class_changed(&class);
    renew_shapes(&class);
    Ok(())
}

/// The namespace of a class has been changed by the program.
#[cold]
pub(crate) fn namespace_changed(dict: &Ref<Dict>) {
    if let Some(class) = class_of_namespace(dict) {
        rebuild_below(&class);
    }
}

/// The class, if it is still alive, whose attributes a dictionary holds.
fn class_of_namespace(dict: &Ref<Dict>) -> Option<Ref<Class>> {
    let mut all = vec![crate::state::class_of(crate::types::OBJECT).clone()];
    while let Some(class) = all.pop() {
        if class.dict.with(|own| own.is_some_and(|own| own.is(dict))) {
            return Some(class);
        }
        let subclasses = class.subclasses.with(|list| list.0.clone());
        all.extend(from_addresses(&class, &subclasses));
    }
    None
}
