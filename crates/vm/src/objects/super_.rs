//! `super`.

use ouro_bytecode::code::LocalKind;
use ouro_heap::{Payload, Ref, Slot, alloc, alloc_as};

use crate::{
    error::{Raised, Res},
    native::Args,
    objects::{
        cell::Cell,
        class::{Class, ClassDef, DowncastClass, class_flags, member},
        slots::Slots,
        str::{self, Str, StrExt as _},
    },
    protocol::{attribute, call},
    runtime_error,
    state::{names, shared},
    type_error, types,
};

/// A super object's payload.
#[derive(Payload)]
#[payload(types::SUPER)]
pub struct Super {
    /// The class behind which the search begins.
    class: Slot<Class>,
    /// The instance or class that attributes are bound to.
    object: Slot,
    /// The class whose MRO is searched.
    object_class: Slot<Class>,
}

fn payload(object: &Ref) -> &Super {
    object.payload::<Super>().expect("a super object")
}

fn new_slot(class: &Ref<Class>, _args: Args) -> Res {
    let payload = Super { class: Slot::empty(), object: Slot::empty(), object_class: Slot::empty() };
    Ok(if class.index == types::SUPER {
        alloc(payload).into_any()
    } else {
        alloc_as(class.index, payload).into_any()
    })
}

fn init(object: &Ref, args: Args) -> Res<()> {
    let values = args.no_keywords("super").and_then(|()| args.exactly("super()", 0, 2))?;
    let (class, bound) = match values {
        [] => {
            let (class, bound) = implicit_arguments()?;
            (class, Some(bound))
        }
        [class] => (class.clone(), None),
        [class, bound, ..] => (class.clone(), Some(bound.clone()).filter(|bound| !bound.is(&shared().none))),
    };
    let Some(class) = class.downcast_class() else {
        return Err(type_error!("super() argument 1 must be a type, not {}", Class::of(&class).short_name()));
    };
    let parts = payload(object);
    if let Some(bound) = bound {
        parts.object_class.set(Some(check(class, &bound)?));
        parts.object.set(Some(bound));
    }
    parts.class.set(Some(class.clone()));
    Ok(())
}

/// The class and first argument of the method that calls `super()`.
fn implicit_arguments() -> Res<(Ref, Ref)> {
    let Some(frame) = crate::interpreter::current_frame() else {
        return Err(runtime_error!("super(): no current frame"));
    };
    let code = &frame.code;
    if code.arg_count == 0 {
        return Err(runtime_error!("super(): no arguments"));
    }
    let first = crate::interpreter::local_of(&frame, 0);
    let first = match first {
        Some(value) if code.local_kind(0) == LocalKind::Cell => {
            value.payload::<Cell>().and_then(|cell| cell.value.get())
        }
        other => other,
    };
    let Some(first) = first else { return Err(runtime_error!("super(): arg[0] deleted")) };
    let position = code.free_names.iter().position(|name| name.is_text("__class__"));
    let closure = frame.function.get().and_then(|function| function.closure.get());
    let Some(cell) =
        position.and_then(|position| closure.and_then(|closure| closure.items().get(position).cloned()))
    else {
        return Err(runtime_error!("super(): __class__ cell not found"));
    };
    match cell.payload::<Cell>().and_then(|cell| cell.value.get()) {
        Some(class) => Ok((class, first)),
        None => Err(runtime_error!("super(): empty __class__ cell")),
    }
}

/// The class whose MRO is searched for an object; TypeError if the object does not fit.
fn check(class: &Ref<Class>, object: &Ref) -> Res<Ref<Class>> {
    if let Some(given) = object.downcast_class()
        && given.is_subclass_of(class)
    {
        return Ok(given.clone());
    }
    if Class::of(object).is_subclass_of(class) {
        return Ok(Class::of(object).clone());
    }
    if let Some(claimed) = attribute::get_optional(object, &names().__class__)?
        && let Some(claimed) = claimed.downcast_class()
        && claimed.is_subclass_of(class)
    {
        return Ok(claimed.clone());
    }
    Err(does_not_fit(class, object))
}

/// The TypeError for an object that is neither an instance nor a subclass of the class behind which the search begins.
pub(crate) fn does_not_fit(class: &Class, object: &Ref) -> Raised {
    let shown = match object.downcast_class() {
        Some(given) => format!("type {}", given.short_name()),
        None => format!("instance of {}", Class::of(object).short_name()),
    };
    let wanted = class.short_name();
    type_error!("super(type, obj): obj ({shown}) is not an instance or subtype of type ({wanted}).")
}

/// `super(class, object).name`, without making the super object.
pub fn lookup(class: &Ref<Class>, object: &Ref, name: &Ref<Str>) -> Res {
    let start = check(class, object)?;
    match find(class, object, &start, name)? {
        Some(value) => Ok(value),
        None => {
            let proxy = alloc(Super {
                class: Slot::new(Some(class.clone())),
                object: Slot::new(Some(object.clone())),
                object_class: Slot::new(Some(start)),
            });
            attribute::generic_get(proxy.as_any(), name)
        }
    }
}

/// The function that `super(class, object).name(...)` calls with the object as its first argument, if it is of that kind.
pub(crate) fn method(class: &Ref<Class>, object: &Ref, name: &Ref<Str>) -> Res<Option<Ref>> {
    if object.downcast_class().is_some() {
        return Ok(None);
    }
    let start = check(class, object)?;
    let found = find_unbound(class, &start, name);
    Ok(found.filter(|found| Class::of(found).has(class_flags::METHOD_DESCRIPTOR)))
}

/// What stands in the MRO of `start` behind `class`.
fn find_unbound(class: &Ref<Class>, start: &Ref<Class>, name: &Ref<Str>) -> Option<Ref> {
    let mro = start.mro.get()?;
    let behind = mro.items().iter().skip_while(|base| !base.is(class)).skip(1);
    behind.filter_map(|base| base.downcast_class()).find_map(|base| base.own_attribute(name))
}

/// The same as an attribute of the object.
fn find(class: &Ref<Class>, object: &Ref, start: &Ref<Class>, name: &Ref<Str>) -> Res<Option<Ref>> {
    let Some(found) = find_unbound(class, start, name) else { return Ok(None) };
    match Class::of(&found).slots.0.descr_get.get() {
        Some(getter) => {
            let instance = (!object.is(start)).then_some(object);
            getter(&found, instance, Some(start.as_any())).map(Some)
        }
        None => Ok(Some(found)),
    }
}

fn get_attr(object: &Ref, name: &Ref) -> Res {
    let name = attribute::as_name(name)?;
    let parts = payload(object);
    if let (Some(class), Some(bound), Some(start)) =
        (parts.class.get(), parts.object.get(), parts.object_class.get())
        && !name.is_text("__class__")
        && let Some(value) = find(&class, &bound, &start, name)?
    {
        return Ok(value);
    }
    attribute::generic_get(object, name)
}

fn descr_get(object: &Ref, instance: Option<&Ref>, _class: Option<&Ref>) -> Res {
    let parts = payload(object);
    match (instance, parts.class.get()) {
        (Some(instance), Some(class)) if parts.object.is_empty() => {
            if object.header().type_index() != types::SUPER {
                // A subclass makes the bound one itself.
                return call::call(Class::of(object).as_any(), &[class.into_any(), instance.clone()]);
            }
            let start = check(&class, instance)?;
            let made = Super {
                class: Slot::new(Some(class)),
                object: Slot::new(Some(instance.clone())),
                object_class: Slot::new(Some(start)),
            };
            Ok(alloc(made).into_any())
        }
        _ => Ok(object.clone()),
    }
}

fn repr(object: &Ref) -> Res {
    let parts = payload(object);
    let class = parts.class.get().map_or("NULL".to_owned(), |class| class.short_name());
    let text = match parts.object_class.get() {
        Some(start) => format!("<super: <class '{class}'>, <{} object>>", start.short_name()),
        None => format!("<super: <class '{class}'>, NULL>"),
    };
    Ok(str::new(&text).into_any())
}

fn or_none<T>(value: Option<Ref<T>>) -> Res {
    Ok(value.map_or_else(|| shared().none.clone(), Ref::into_any))
}

/// `super`
pub static SUPER: ClassDef = ClassDef {
    flags: class_flags::BASE,
    slots: Slots {
        new: Some(new_slot),
        init: Some(init),
        get_attr: Some(get_attr),
        descr_get: Some(descr_get),
        repr: Some(repr),
        ..Slots::NONE
    },
    getset: &[
        member("__thisclass__", |object| or_none(payload(object).class.get()), "the class invoking super()"),
        member(
            "__self__",
            |object| or_none(payload(object).object.get()),
            "the instance invoking super(); may be None",
        ),
        member(
            "__self_class__",
            |object| or_none(payload(object).object_class.get()),
            "the type of the instance invoking super(); may be None",
        ),
    ],
    doc: "super() -> same as super(__class__, <first argument>)",
    ..ClassDef::new::<Super>(types::SUPER, "super")
};
