//! Attributes: the generic look-up of `object.__getattribute__`, special methods, and the cache of class look-ups.

use ouro_heap::{Ref, Slot, interior::extra_slots};

use crate::{
    attribute_error,
    error::{Raised, Res, raise_object, restore, take, take_if},
    interpreter::{call_exactly, call_function_with},
    native::Args,
    objects::{
        class::{Class, DowncastClass, class_flags},
        descriptor,
        dict::{self, Dict},
        exception::{self, ExceptionKind},
        function::Function,
        instance::{self, Instance},
        module::Module,
        namespace::Namespace,
        slots::SlotCells,
        str::{self, Str, StrExt},
    },
    protocol::call,
    type_error,
};

/// `object.name`
pub fn get(object: &Ref, name: &Ref<Str>) -> Res {
    match Class::of(object).slots.0.get_attr.get() {
        Some(slot) => slot(object, name.as_any()),
        None => generic_get(object, name),
    }
}

/// Tells an AttributeError that does not say so which attribute of which object it is about.
#[cold]
pub(crate) fn tell_what(raised: Raised, object: &Ref, name: &Ref) -> Raised {
    let error = take(raised);
    let says = |field: &str| exception::field(&error, field).is_some();
    if exception::is_instance(&error, ExceptionKind::AttributeError) && !says("name") && !says("obj") {
        exception::set_field(&error, "name", Some(name.clone()));
        exception::set_field(&error, "obj", Some(object.clone()));
    }
    restore(error)
}

/// `object.name`, or nothing where that raises AttributeError.
pub fn get_optional(object: &Ref, name: &Ref<Str>) -> Res<Option<Ref>> {
    let generic = Class::of(object)
        .slots
        .0
        .get_attr
        .get()
        .is_none_or(|slot| std::ptr::fn_addr_eq(slot, generic_slot as crate::objects::slots::GetAttr));
    // What a getter raises counts as well.
    let found = if generic { find(object, name) } else { get(object, name).map(Some) };
    found.or_else(|raised| take_if(raised, ExceptionKind::AttributeError).map(|_| None))
}

/// `object.name = value`
pub fn set(object: &Ref, name: &Ref<Str>, value: &Ref) -> Res<()> {
    assign(object, name, Some(value))
}

/// `del object.name`
pub fn delete(object: &Ref, name: &Ref<Str>) -> Res<()> {
    assign(object, name, None)
}

fn assign(object: &Ref, name: &Ref<Str>, value: Option<&Ref>) -> Res<()> {
    match Class::of(object).slots.0.set_attr.get() {
        Some(slot) => slot(object, name.as_any(), value),
        None => generic_set(object, name, value),
    }
}

/// The attribute name as a string; TypeError for other objects.
pub fn as_name(name: &Ref) -> Res<&Ref<Str>> {
    name.downcast::<Str>()
        .ok_or_else(|| type_error!("attribute name must be string, not '{}'", Class::of(name).short_name()))
}

/// The slot form of [`generic_get`].
pub fn generic_slot(object: &Ref, name: &Ref) -> Res {
    generic_get(object, as_name(name)?)
}

/// The slot form of [`generic_set`].
pub fn generic_set_slot(object: &Ref, name: &Ref, value: Option<&Ref>) -> Res<()> {
    generic_set(object, as_name(name)?, value)
}

/// What `object.__getattribute__` does: data descriptor, instance, other class attribute.
pub fn generic_get(object: &Ref, name: &Ref<Str>) -> Res {
    find(object, name)?.map_or_else(|| Err(missing(object, name)), Ok)
}

fn find(object: &Ref, name: &Ref<Str>) -> Res<Option<Ref>> {
    // Shapes know names by identity, so the name must be the interned one.
    let interned;
    let name = if name.is_interned() {
        name
    } else {
        interned = str::intern_object(&if name.as_any().is_exact::<Str>() {
            name.clone()
        } else {
            str::new(&name.to_text())
        });
        &interned
    };
    let class = Class::of(object);
    let found = class.lookup(name);
    let mut getter = None;
    if let Some(attribute) = &found {
        let slots = &Class::of(attribute).slots.0;
        getter = slots.descr_get.get();
        if let Some(getter) = getter
            && slots.descr_set.get().is_some()
        {
            let class = class.clone().into_any();
            return getter(attribute, Some(object), Some(&class)).map(Some);
        }
    }
    if let Some(value) = own(object, name)? {
        return Ok(Some(value));
    }
    match (found, getter) {
        (Some(attribute), Some(getter)) => {
            let class = class.clone().into_any();
            getter(&attribute, Some(object), Some(&class)).map(Some)
        }
        (found, _) => Ok(found),
    }
}

/// An attribute of the object itself, not of its class.
fn own(object: &Ref, name: &Ref<Str>) -> Res<Option<Ref>> {
    if let Some(instance) = object.payload::<Instance>() {
        return Ok(instance::get(instance, name));
    }
    match existing_dict(object) {
        Some(dict) => dict::get(&dict, name.as_any()),
        None => Ok(None),
    }
}

/// What `object.__setattr__` and `__delattr__` do.
pub fn generic_set(object: &Ref, name: &Ref<Str>, value: Option<&Ref>) -> Res<()> {
    let name =
        &if name.is_interned() { name.clone() } else { str::intern_object(&str::new(&name.to_text())) };
    let class = Class::of(object).clone();
    let found = class.lookup(name);
    if let Some(attribute) = &found
        && let Some(setter) = Class::of(attribute).slots.0.descr_set.get()
    {
        return setter(attribute, object, value);
    }
    let done = if let Some(instance) = object.payload::<Instance>() {
        if !class.has(class_flags::HAS_DICT) {
            false
        } else if let Some(value) = value {
            instance::set(instance, &class, name, value.clone());
            return Ok(());
        } else {
            instance::delete(instance, &class, name)
        }
    } else {
        match (value, value.map_or_else(|| existing_dict(object), |_| dict_of(object))) {
            (Some(value), Some(dict)) => {
                dict::set(&dict, name.as_any(), value.clone())?;
                return Ok(());
            }
            (None, Some(dict)) => dict::remove(&dict, name.as_any())?.is_some(),
            (_, None) => false,
        }
    };
    if done {
        return Ok(());
    }
    Err(unsettable(object, name, &class, found.is_some()))
}

#[cold]
fn unsettable(object: &Ref, name: &Ref<Str>, class: &Ref<Class>, exists: bool) -> Raised {
    let (class_name, text) = (class.short_name(), name.to_text());
    if class.has(class_flags::HAS_DICT) {
        return missing(object, name);
    }
    let message = if exists {
        format!("'{class_name}' object attribute '{text}' is read-only")
    } else {
        format!("'{class_name}' object has no attribute '{text}' and no __dict__ for setting new attributes")
    };
    raise_missing(object, name, &message)
}

/// The AttributeError for an attribute that is not there, with its `name` and `obj`.
#[cold]
pub fn missing(object: &Ref, name: &Ref<Str>) -> Raised {
    let text = name.to_text();
    let message = match object.downcast_class() {
        Some(class) => format!("type object '{}' has no attribute '{text}'", class.short_name()),
        None => match object.payload::<Module>() {
            Some(module) => crate::objects::module::missing_text(module, &text),
            None => format!("'{}' object has no attribute '{text}'", Class::of(object).short_name()),
        },
    };
    raise_missing(object, name, &message)
}

#[cold]
fn raise_missing(object: &Ref, name: &Ref<Str>, message: &str) -> Raised {
    let error = exception::new(ExceptionKind::AttributeError, vec![str::new(message).into_any()]);
    exception::set_field(&error, "name", Some(name.clone().into_any()));
    exception::set_field(&error, "obj", Some(object.clone()));
    raise_object(error)
}

/// The dictionary slot of an object that has one outside of the inline attributes: the last one, so that members of a base
/// without a dictionary stay where they are.
fn dict_slot(object: &Ref) -> Option<&Slot> {
    let class = Class::of(object);
    let elsewhere = class.has(class_flags::EXCEPTION) || object.has_layout::<Module>();
    if class.has(class_flags::HAS_DICT) && object.record().extra_slots() > 0 && !elsewhere {
        return extra_slots(object).last();
    }
    None
}

/// The dictionary of an object, if it has been made.
pub fn existing_dict(object: &Ref) -> Option<Ref<Dict>> {
    if let Some(instance) = object.payload::<Instance>() {
        return instance::existing_dict(instance);
    }
    if let Some(namespace) = object.payload::<Namespace>() {
        return Some(namespace.dict.clone());
    }
    if let Some(slot) = dict_slot(object) {
        return slot.get().and_then(|dict| dict.into::<Dict>().ok());
    }
    if let Some(exception) = object.payload::<exception::Exception>() {
        return exception.head.dict.get();
    }
    if let Some(function) = object.payload::<Function>() {
        return function.dict.get();
    }
    if let Some(module) = object.payload::<Module>() {
        return Some(module.dict.clone());
    }
    descriptor::existing_dict(object)
}

/// The dictionary of an object (`__dict__`), made if the object can have one.
pub fn dict_of(object: &Ref) -> Option<Ref<Dict>> {
    let class = Class::of(object);
    if let Some(instance) = object.payload::<Instance>() {
        return class.has(class_flags::HAS_DICT).then(|| instance::dict_of(instance, class));
    }
    if let Some(existing) = existing_dict(object) {
        return Some(existing);
    }
    let made = dict::new();
    if let Some(slot) = dict_slot(object) {
        slot.set(Some(made.clone().into_any()));
    } else if let Some(exception) = object.payload::<exception::Exception>() {
        exception.head.dict.set(Some(made.clone()));
    } else if let Some(function) = object.payload::<Function>() {
        function.dict.set(Some(made.clone()));
    } else if !descriptor::set_dict(object, &made) {
        return None;
    }
    Some(made)
}

/// Replaces the dictionary of an object (`x.__dict__ = d`).
pub fn replace_dict(object: &Ref, dict: Ref<Dict>) -> Res<()> {
    if let Some(instance) = object.payload::<Instance>() {
        instance::set_dict(instance, Class::of(object), dict);
    } else if let Some(slot) = dict_slot(object) {
        slot.set(Some(dict.into_any()));
    } else if let Some(exception) = object.payload::<exception::Exception>() {
        exception.head.dict.set(Some(dict));
    } else if let Some(function) = object.payload::<Function>() {
        function.dict.set(Some(dict));
    } else if !descriptor::set_dict(object, &dict) {
        return Err(attribute_error!(
            "'{}' object has no attribute '__dict__'",
            Class::of(object).short_name()
        ));
    }
    Ok(())
}

/// A special method, found on the class and bound to the object.
pub fn lookup_special(object: &Ref, name: &Ref<Str>) -> Res<Option<Ref>> {
    let class = Class::of(object);
    let Some(attribute) = class.lookup(name) else { return Ok(None) };
    match Class::of(&attribute).slots.0.descr_get.get() {
        Some(getter) => {
            let class = class.clone().into_any();
            getter(&attribute, Some(object), Some(&class)).map(Some)
        }
        None => Ok(Some(attribute)),
    }
}

/// Calls a special method without making a bound method for plain functions; nothing if the class has none.
pub fn call_special(object: &Ref, name: &Ref<Str>, args: &[&Ref]) -> Res<Option<Ref>> {
    let Some(attribute) = Class::of(object).lookup(name) else { return Ok(None) };
    match (attribute.downcast::<Function>(), args) {
        (Some(function), []) => call_exactly(function, [object]),
        (Some(function), [only]) => call_exactly(function, [object, only]),
        (Some(function), [first, second]) => call_exactly(function, [object, first, second]),
        _ => {
            let args: smallvec::SmallVec<[Ref; 4]> = args.iter().map(|arg| (*arg).clone()).collect();
            call_any_special(attribute, object, Args::positional_only(&args))
        }
    }
    .map(Some)
}

/// The same with any arguments.
pub fn call_special_with(object: &Ref, name: &Ref<Str>, args: Args) -> Res<Option<Ref>> {
    let Some(attribute) = Class::of(object).lookup(name) else { return Ok(None) };
    match (attribute.downcast::<Function>(), args.all, args.names) {
        (Some(function), [], None) => call_exactly(function, [object]),
        (Some(function), [only], None) => call_exactly(function, [object, only]),
        (Some(function), [first, second], None) => call_exactly(function, [object, first, second]),
        (Some(function), ..) => {
            // Where there are keywords, CPython copies what it hands over.
            let _held = args.names.map(|_| object.clone());
            call_function_with(function, &[object], args)
        }
        (None, ..) => call_any_special(attribute, object, args),
    }
    .map(Some)
}

/// The same for whatever was found.
#[cold]
fn call_any_special(attribute: Ref, object: &Ref, args: Args) -> Res {
    if Class::of(&attribute).has(class_flags::METHOD_DESCRIPTOR) {
        return call::call_with_first(&attribute, object, args);
    }
    let bound = match Class::of(&attribute).slots.0.descr_get.get() {
        Some(getter) => {
            let class = Class::of(object).clone().into_any();
            getter(&attribute, Some(object), Some(&class))?
        }
        None => attribute,
    };
    call::call_args(&bound, args)
}

/// Whether an attribute found as `__getattribute__` is that of `object`.
pub fn is_object_getattribute(method: &Ref) -> bool {
    descriptor::is_wrapper_of(method, crate::types::OBJECT)
}

/// `object.__setattr__(cls, ...)` must not get around the checks of a class's own `__setattr__` (CPython's hackcheck).
pub fn check_setattr_receiver(slots: &SlotCells, object: &Ref) -> Res<()> {
    let mut class = Some(Class::of(object).clone());
    while let Some(current) = &class
        && current.has(class_flags::HEAP)
    {
        class = current.base.get();
    }
    let own = class.as_ref().and_then(|class| class.slots.0.set_attr.get());
    let called = slots.set_attr.get();
    let same = match (own, called) {
        (Some(a), Some(b)) => std::ptr::fn_addr_eq(a, b),
        _ => true,
    };
    if same {
        return Ok(());
    }
    let shown = class.map(|class| class.short_name()).unwrap_or_default();
    Err(type_error!("can't apply this __setattr__ to {shown} object"))
}

/// Tells that an attribute of a class has changed: caches of the class and its subclasses no longer hold.
pub fn class_changed(class: &Class) {
    super::method_cache::renew_version(class);
    let subclasses: Vec<usize> = class.subclasses.with(|list| list.0.clone());
    for subclass in crate::objects::type_::from_addresses(class, &subclasses) {
        class_changed(&subclass);
    }
}
