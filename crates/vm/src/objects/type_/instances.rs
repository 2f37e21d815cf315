//! Instances of a class: making one, changing the class of one, what `dir()` shows of one.

use ouro_heap::{Ref, types as heap_types};

use crate::{
    error::{Raised, Res},
    native::Args,
    objects::{
        class::{Class, DowncastClass, class_flags},
        descriptor::Member,
        dict::{self, Dict},
        instance::Instance,
        object,
        str::{self, Str, StrExt},
    },
    protocol::{self, attribute, call},
    state::{class_of, names},
    type_error, types,
};

use super::update::{descriptor_kind, renew_holders};

/// `cls(...)`
pub fn call_class(class: &Ref<Class>, args: Args) -> Res {
    // The metaclass may define __call__.
    let metaclass = Class::of(class.as_any());
    if metaclass.index != types::TYPE
        && let Some(slot) = metaclass.slots.0.call.get()
        && !std::ptr::fn_addr_eq(slot, type_call as fn(&Ref, Args) -> Res)
    {
        return slot(class.as_any(), args);
    }
    instantiate(class, args)
}

pub(super) fn type_call(class: &Ref, args: Args) -> Res {
    instantiate(class.downcast_class().expect("slot of this class"), args)
}

/// `type.__call__`: `__new__`, then `__init__` if that gave an instance of the class.
pub fn instantiate(class: &Ref<Class>, args: Args) -> Res {
    if class.index == types::TYPE && class.is(class_of(types::TYPE)) {
        if let ([object], 0) = (args.all, args.keyword_count()) {
            return Ok(Class::of(object).clone().into_any());
        }
        if args.positional().len() != 3 {
            let what = if args.positional().len() == 1 { "no keyword" } else { "1 or 3" };
            return Err(type_error!("type() takes {what} arguments"));
        }
    }
    let new = match class.slots.0.new.get() {
        Some(new) if !class.has(class_flags::NO_INSTANTIATION) => new,
        _ => return Err(type_error!("cannot create '{}' instances", class.full_name())),
    };
    let object = new(class, args)?;
    // Those built-in classes have looked at the arguments already.
    if class.index < heap_types::FIRST_DYNAMIC && !object::overrides_init(class) {
        return Ok(object);
    }
    if !Class::of(&object).is_subclass_of(class) {
        return Ok(object);
    }
    if let Some(init) = Class::of(&object).slots.0.init.get() {
        init(&object, args)?;
    }
    Ok(object)
}

/// The `new` slot of classes that define `__new__` in Python.
pub(super) fn new_via_python(class: &Ref<Class>, args: Args) -> Res {
    let Some(new) = class.lookup(&names().__new__) else { return object::new_instance(class) };
    let function = match Class::of(&new).slots.0.descr_get.get() {
        Some(getter) => getter(&new, None, Some(class.as_any()))?,
        None => new,
    };
    call::call_with_first(&function, class.as_any(), args)
}

/// The TypeError for an abstract class.
pub fn abstract_error(class: &Ref<Class>) -> Raised {
    let methods =
        class.lookup(&names().__abstractmethods__).map(|methods| protocol::iterate::collect(&methods));
    let mut shown: Vec<String> = match methods {
        Some(Ok(methods)) => {
            methods.iter().filter_map(|m| m.downcast::<Str>()).map(|m| m.to_text().into_owned()).collect()
        }
        Some(Err(raised)) => return raised,
        None => Vec::new(),
    };
    shown.sort();
    let plural = if shown.len() == 1 { "" } else { "s" };
    let list = shown.iter().map(|name| format!("'{name}'")).collect::<Vec<_>>().join(", ");
    type_error!(
        "Can't instantiate abstract class {} without an implementation for abstract method{plural} {list}",
        class.short_name()
    )
}

/// Changes the class of an object, where the layouts agree.
pub fn assign_class(object: &Ref, class: &Ref<Class>) -> Res<()> {
    let old = Class::of(object).clone();
    let modules = [&old, class].iter().all(|class| class.is_subclass_of(class_of(types::MODULE)));
    if !modules && (!old.has(class_flags::HEAP) || !class.has(class_flags::HEAP)) {
        return Err(type_error!(
            "__class__ assignment only supported for mutable types or ModuleType subclasses"
        ));
    }
    let same_layout = std::ptr::eq(old.layout.0, class.layout.0)
        && old.member_count == class.member_count
        && old.has(class_flags::HAS_DICT) == class.has(class_flags::HAS_DICT)
        && old.has(class_flags::WEAKLY_REFERENCEABLE) == class.has(class_flags::WEAKLY_REFERENCEABLE)
        && heap_types::record(old.index).extra_slots() == heap_types::record(class.index).extra_slots()
        && same_slots(&old, class);
    if !same_layout {
        let (new, old) = (class.short_name(), old.short_name());
        return Err(type_error!("__class__ assignment: '{new}' object layout differs from '{old}'"));
    }
    if let Some(instance) = object.payload::<Instance>() {
        let has_dict = class.has(class_flags::HAS_DICT);
        let dict = has_dict.then(|| crate::objects::instance::dict_of(instance, &old));
        ouro_heap::allocate::change_type(object, class.index);
        match dict {
            Some(dict) => crate::objects::instance::move_dict(instance, class, dict),
            None => instance.head.shape.set(class.root_shape.get()),
        }
    } else {
        ouro_heap::allocate::change_type(object, class.index);
    }
    if descriptor_kind(&old) != descriptor_kind(class) {
        renew_holders(&|value| value.is(object));
    }
    Ok(())
}

/// Whether two classes of the same layout have the same slots in the same places.
fn same_slots(one: &Ref<Class>, other: &Ref<Class>) -> bool {
    let (one, other) = (last_with_slots(one), last_with_slots(other));
    let same_base = || match (one.base.get(), other.base.get()) {
        (Some(one), Some(other)) => last_with_slots(&one).is(&last_with_slots(&other)),
        (one, other) => one.is_none() && other.is_none(),
    };
    one.is(&other)
        || one.member_count == 0 && other.member_count == 0
        || same_base() && slots_of(&one) == slots_of(&other)
}

/// The class, or the nearest base, that adds slots.
fn last_with_slots(class: &Ref<Class>) -> Ref<Class> {
    let mut class = class.clone();
    while let Some(base) = class.base.get()
        && base.member_count == class.member_count
    {
        class = base;
    }
    class
}

/// The names of the slots that a class adds, in order.
fn slots_of(class: &Ref<Class>) -> Vec<String> {
    let namespace = class.namespace().snapshot();
    let is_slot = |value: &Ref| value.payload::<Member>().is_some_and(|member| member.is_slot_of(class));
    let slots = namespace.into_iter().filter(|(_, value)| is_slot(value));
    let mut names: Vec<String> = slots
        .filter_map(|(name, _)| name.downcast::<Str>().map(|name| name.to_text().into_owned()))
        .collect();
    names.sort();
    names
}

/// The names that `dir(object)` shows, sorted if all are strings.
pub fn directory(object: &Ref) -> Res<Vec<Ref>> {
    let mut found: Vec<Ref> = Vec::new();
    let mut add = |dict: &Dict| found.extend(dict.snapshot().into_iter().map(|(key, _)| key));
    let class = object.downcast_class().unwrap_or_else(|| Class::of(object));
    let is_module = object.has_layout::<crate::objects::module::Module>();
    if object.downcast_class().is_none()
        && let Some(instance) = object.payload::<Instance>()
    {
        found.extend(crate::objects::instance::attributes(instance).into_iter().map(|(key, _)| key));
    } else if let Some(dict) = attribute::existing_dict(object) {
        add(&dict);
    }
    if !is_module {
        for base in
            class.mro.get().iter().flat_map(|mro| mro.items()).filter_map(|base| base.downcast_class())
        {
            found.extend(base.namespace().snapshot().into_iter().map(|(key, _)| key));
        }
    }
    if found.iter().any(|name| !name.has_layout::<Str>()) {
        // They cannot be sorted here: `dir` will see what comes of it.
        let unique = dict::new();
        for name in &found {
            dict::set(&unique, name, name.clone())?;
        }
        return Ok(unique.snapshot().into_iter().map(|(name, _)| name).collect());
    }
    let mut names: Vec<Ref<Str>> = found.into_iter().filter_map(|name| name.into::<Str>().ok()).collect();
    names.sort_by(|a, b| a.code_points().cmp(b.code_points()));
    names.dedup_by(|a, b| str::equal(a, b));
    Ok(names.into_iter().map(Ref::into_any).collect())
}
