//! Attributes of classes: looking them up and setting them, and those that every class has.

use ouro_heap::{Ref, header::WEAKLY_REFERENCED};

use crate::{
    attribute_error,
    error::Res,
    objects::{
        class::{self, Class, DowncastClass, class_flags, getter, property},
        dict::{self, Dict},
        module::Module,
        str::{self, Str, StrExt},
        tuple::Tuple,
    },
    protocol::attribute,
    state::{names, shared},
    type_error, value_error,
};

use super::{
    create::check_text,
    order::{add_subclass, best_base, renew_orders, solid_base},
    payload,
    update::{attribute_changed, descriptor_kind, rebuild_below, renew_holders, renew_shapes},
};

/// Attributes of a class: data descriptors of the metaclass, the class's own MRO, other attributes of the metaclass.
pub(super) fn get_attr(object: &Ref, name: &Ref) -> Res {
    let name = attribute::as_name(name)?;
    let class = object.downcast_class().expect("slot of this class");
    let metaclass = Class::of(object);
    let on_metaclass = metaclass.lookup(name);
    let mut meta_getter = None;
    if let Some(found) = &on_metaclass {
        let slots = &Class::of(found).slots.0;
        meta_getter = slots.descr_get.get();
        if let Some(getter) = meta_getter
            && slots.descr_set.get().is_some()
        {
            return getter(found, Some(object), Some(metaclass.as_any()));
        }
    }
    if let Some(found) = class.lookup(name) {
        return match Class::of(&found).slots.0.descr_get.get() {
            Some(getter) => getter(&found, None, Some(object)),
            None => Ok(found),
        };
    }
    match (on_metaclass, meta_getter) {
        (Some(found), Some(getter)) => getter(&found, Some(object), Some(metaclass.as_any())),
        (Some(found), None) => Ok(found),
        (None, _) => Err(attribute::missing(object, name)),
    }
}

pub(super) fn set_attr(object: &Ref, name: &Ref, value: Option<&Ref>) -> Res<()> {
    let name = str::intern_object(attribute::as_name(name)?);
    let class = object.downcast_class().expect("slot of this class");
    if class.has(class_flags::IMMUTABLE) {
        let (text, shown) = (name.to_text(), class.full_name());
        return Err(type_error!("cannot set '{text}' attribute of immutable type '{shown}'"));
    }
    if let Some(found) = Class::of(object).lookup(&name)
        && let Some(setter) = Class::of(&found).slots.0.descr_set.get()
    {
        return setter(&found, object, value);
    }
    let namespace = class.namespace();
    let old = match value {
        Some(value) => dict::replace_str(&namespace, &name, value.clone()),
        None => match dict::remove_str(&namespace, &name) {
            Some(old) => Some(old),
            None => return Err(attribute::missing(object, &name)),
        },
    };
    attribute_changed(class, &name, old.as_ref(), value);
    Ok(())
}

pub(super) fn get_dict(object: &Ref) -> Res {
    Ok(crate::objects::dict::new_proxy(payload(object).namespace().into_any()))
}

pub(super) fn get_module(object: &Ref) -> Res {
    if let Some(definition) = payload(object).definition.0 {
        return Ok(str::intern(definition.module).into_any());
    }
    match dict::get_str(&payload(object).namespace(), &names().__module__) {
        Some(module) => Ok(module),
        None => Err(attribute_error!("__module__")),
    }
}

/// Who moves a class to another module does not know in which line it stands there.
pub(super) fn set_module(object: &Ref, value: Option<&Ref>) -> Res<()> {
    set_in_namespace(object, "__module__", value)?;
    drop(dict::remove_str(&payload(object).namespace(), &names().__firstlineno__));
    Ok(())
}

pub(super) fn get_doc(object: &Ref) -> Res {
    let class = object.downcast_class().expect("getter of this class");
    match dict::get_str(&class.namespace(), &names().__doc__) {
        Some(doc) => match Class::of(&doc).slots.0.descr_get.get() {
            Some(getter) => getter(&doc, None, Some(object)),
            None => Ok(doc),
        },
        None => Ok(shared().none.clone()),
    }
}

pub(super) fn check_mutable(object: &Ref, name: &str, value: Option<&Ref>) -> Res<Ref> {
    let class = payload(object);
    if class.has(class_flags::IMMUTABLE) {
        return Err(type_error!("cannot set '{name}' attribute of immutable type '{}'", class.full_name()));
    }
    value.cloned().ok_or_else(|| {
        type_error!("cannot delete '{name}' attribute of immutable type '{}'", class.short_name())
    })
}

pub(super) fn set_in_namespace(object: &Ref, name: &'static str, value: Option<&Ref>) -> Res<()> {
    let value = check_mutable(object, name, value)?;
    dict::set_str(&payload(object).namespace(), &str::intern(name), value);
    attribute::class_changed(payload(object));
    if let Some(class) = object.downcast_class() {
        renew_shapes(class);
    }
    Ok(())
}

pub(super) fn set_name(object: &Ref, value: Option<&Ref>) -> Res<()> {
    let value = check_mutable(object, "__name__", value)?;
    let Ok(name) = value.into::<Str>().map_err(|value| {
        type_error!(
            "can only assign string to {}.__name__, not '{}'",
            payload(object).short_name(),
            Class::of(&value).short_name()
        )
    }) else {
        return Err(crate::error::in_flight());
    };
    if name.to_text().contains('\0') {
        return Err(value_error!("type name must not contain null characters"));
    }
    check_text(&name)?;
    payload(object).name.set(Some(name));
    Ok(())
}

pub(super) fn set_qualname(object: &Ref, value: Option<&Ref>) -> Res<()> {
    let value = check_mutable(object, "__qualname__", value)?;
    match value.downcast::<Str>() {
        Some(name) => payload(object).qualname.set(Some(name.clone())),
        None => {
            return Err(type_error!(
                "can only assign string to {}.__qualname__, not '{}'",
                payload(object).short_name(),
                Class::of(&value).short_name()
            ));
        }
    }
    Ok(())
}

pub(super) fn set_bases(object: &Ref, value: Option<&Ref>) -> Res<()> {
    let value = check_mutable(object, "__bases__", value)?;
    let class = object.downcast_class().expect("setter of this class");
    let Some(bases) = value.downcast::<Tuple>() else {
        return Err(type_error!(
            "can only assign tuple to {}.__bases__, not {}",
            class.short_name(),
            Class::of(&value).short_name()
        ));
    };
    if bases.items().is_empty() {
        return Err(type_error!(
            "can only assign non-empty tuple to {}.__bases__, not ()",
            class.short_name()
        ));
    }
    for base in bases.items() {
        match base.downcast_class() {
            Some(base) if base.is_subclass_of(class) || in_chain(base, class) => {
                return Err(type_error!("a __bases__ item causes an inheritance cycle"));
            }
            Some(_) => {}
            None => {
                return Err(type_error!(
                    "{}.__bases__ must be tuple of classes, not '{}'",
                    class.short_name(),
                    Class::of(base).short_name()
                ));
            }
        }
    }
    let base = best_base(bases.items())?;
    let old_base = class.base.get();
    if old_base
        .as_ref()
        .is_some_and(|old| !std::ptr::eq(solid_base(old).layout.0, solid_base(&base).layout.0))
    {
        let old = old_base.map(|old| old.short_name()).unwrap_or_default();
        return Err(type_error!(
            "__bases__ assignment: '{}' object layout differs from '{old}'",
            base.short_name()
        ));
    }
    let old_kind = descriptor_kind(class);
    let old_bases = class.bases.replace(Some(bases.clone()));
    class.base.set(Some(base));
    let mut changed = Vec::new();
    let result = renew_orders(class, &mut changed);
    // A `mro()` of a metaclass may have given the class other bases meanwhile, which stay then.
    let still_these = class.bases.with(|now| now.is_some_and(|now| now.is(bases)));
    if let Err(raised) = result {
        for (class, new, old) in changed {
            if class.mro.with(|now| now.is_some_and(|now| now.is(&new))) {
                class.mro.set(old);
            }
        }
        if still_these {
            class.bases.set(old_bases);
            class.base.set(old_base);
        }
        return Err(raised);
    }
    if !still_these {
        return Ok(());
    }
    for base in bases.items().iter().filter_map(|base| base.downcast_class()) {
        add_subclass(base, class);
    }
    rebuild_below(class);
    if descriptor_kind(class) != old_kind {
        renew_holders(&|value| Class::of(value).is_subclass_of(class));
    }
    Ok(())
}

/// Whether a class stands in the chain of first bases of another, which is set before the orders are known.
fn in_chain(class: &Ref<Class>, other: &Ref<Class>) -> bool {
    std::iter::successors(Some(class.clone()), |class| class.base.get()).any(|class| class.is(other))
}

pub(super) fn get_instance_dict(object: &Ref) -> Res {
    match attribute::dict_of(object) {
        Some(dict) => Ok(dict.into_any()),
        None => {
            Err(attribute_error!("'{}' object has no attribute '__dict__'", Class::of(object).short_name()))
        }
    }
}

pub(super) fn set_instance_dict(object: &Ref, value: Option<&Ref>) -> Res<()> {
    if object.downcast_class().is_some() || object.has_layout::<Module>() {
        // Their own attribute of this name comes before that of another base.
        let kind = if object.downcast_class().is_some() { "type" } else { "module" };
        return Err(match kind {
            "type" => attribute_error!("attribute '__dict__' of 'type' objects is not writable"),
            _ => attribute_error!("readonly attribute"),
        });
    }
    let Some(value) = value else { return attribute::replace_dict(object, dict::new()) };
    match value.downcast::<Dict>() {
        Some(dict) => attribute::replace_dict(object, dict.clone()),
        None => Err(type_error!(
            "__dict__ must be set to a dictionary, not a '{}'",
            Class::of(value).short_name()
        )),
    }
}

pub(super) fn get_weakref(object: &Ref) -> Res {
    if !object.header().has(WEAKLY_REFERENCED) {
        return Ok(shared().none.clone());
    }
    Ok(ouro_heap::weak::references_to(object).into_iter().next().unwrap_or_else(|| shared().none.clone()))
}

pub(super) static DICT_ATTRIBUTE: class::GetSetDef =
    property("__dict__", get_instance_dict, set_instance_dict, "dictionary for instance variables");
pub(super) static WEAKREF_ATTRIBUTE: class::GetSetDef =
    getter("__weakref__", get_weakref, "list of weak references to the object");
