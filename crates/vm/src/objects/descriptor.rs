//! Descriptors: `getset_descriptor`, `member_descriptor`, `property`, `staticmethod`, `classmethod`.

use ouro_heap::{Opaque, Payload, Ref, Slot, alloc, alloc_as, interior::extra_slots};

use crate::{
    attribute_error,
    error::{Res, raise_object},
    native::{Args, bound, plain},
    objects::{
        builtin,
        class::{Class, ClassDef, GetSetDef, class_flags, getter, member, property as getset},
        dict::Dict,
        exception::{self, Exception, ExceptionKind},
        instance::Instance,
        slots::Slots,
        str::{self, Str, StrExt},
    },
    protocol::{attribute, call},
    state::{names, shared},
    type_error, types,
};

/// A computed attribute of a built-in class.
#[derive(Payload)]
#[payload(types::GETSET)]
pub struct GetSet {
    definition: Opaque<&'static GetSetDef>,
    class: Ref<Class>,
}

/// Whether an object is a computed attribute of the built-in class with a type index.
pub(crate) fn is_getset_of(object: &Ref, class: u32) -> bool {
    object.payload::<GetSet>().is_some_and(|attribute| attribute.class.index == class)
}

/// The descriptor of a native attribute for the namespace of a built-in class.
pub(crate) fn new_attribute(position: usize, definition: &'static GetSetDef, class: &Ref<Class>) -> Ref {
    if definition.member {
        return new_member(str::intern(definition.name), class, Place::Native(position));
    }
    new_getset(definition, class)
}

/// A `getset_descriptor` for the namespace of a class.
pub fn new_getset(definition: &'static GetSetDef, class: &Ref<Class>) -> Ref {
    alloc(GetSet { definition: Opaque(definition), class: class.clone() }).into_any()
}

/// Where a member stands in an instance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// An item of an [`Instance`].
    Item(usize),
    /// An extra slot behind the payload of a built-in base.
    Extra(usize),
    /// An item of an [`Exception`].
    Field(usize),
    /// A field of a native payload, by its number among the attributes of the class's definition.
    Native(usize),
}

/// An attribute that stands at a fixed place: a member of `__slots__`, an attribute of an exception.
#[derive(Payload)]
#[payload(types::MEMBER)]
pub struct Member {
    name: Ref<Str>,
    class: Ref<Class>,
    place: Opaque<Place>,
}

/// A `member_descriptor` for the namespace of a class.
pub fn new_member(name: Ref<Str>, class: &Ref<Class>, place: Place) -> Ref {
    alloc(Member { name, class: class.clone(), place: Opaque(place) }).into_any()
}

impl Member {
    /// Where the member stands.
    pub fn place(&self) -> Place {
        self.place.0
    }

    /// The name of an attribute that is a slot, and the class that has it.
    pub(crate) fn is_slot_of(&self, class: &Ref<Class>) -> bool {
        self.class.is(class) && matches!(self.place.0, Place::Item(_) | Place::Extra(_))
    }

    /// Whether instances of a class have the member.
    pub(crate) fn applies_to(&self, class: &Class) -> bool {
        class.is_subclass_of(&self.class)
    }

    /// The definition of a native field.
    fn native(&self) -> Option<&'static GetSetDef> {
        match self.place.0 {
            Place::Native(position) => {
                self.class.definition.0.and_then(|definition| definition.getset.get(position))
            }
            _ => None,
        }
    }

    /// TypeError if the object is no instance of the class.
    fn check(&self, object: &Ref) -> Res<()> {
        if !Class::of(object).is_subclass_of(&self.class) {
            return Err(type_error!(
                "descriptor '{}' for '{}' objects doesn't apply to a '{}' object",
                self.name.to_text(),
                self.class.short_name(),
                Class::of(object).short_name()
            ));
        }
        Ok(())
    }

    /// Calls back with the place in an instance; TypeError if the object is no instance of the class.
    fn with_slot<R>(&self, object: &Ref, work: impl FnOnce(&Slot) -> R) -> Res<R> {
        self.check(object)?;
        let slot = match self.place.0 {
            Place::Item(place) => {
                object.payload::<Instance>().and_then(|instance| instance.items().get(place))
            }
            Place::Extra(place) => extra_slots(object).get(place),
            Place::Field(place) => {
                object.payload::<Exception>().and_then(|exception| exception.items().get(place))
            }
            Place::Native(_) => None,
        };
        match slot {
            Some(slot) => Ok(work(slot)),
            None => Err(attribute_error!("{}", self.name.to_text())),
        }
    }
}

fn member_get(object: &Ref, instance: Option<&Ref>, _class: Option<&Ref>) -> Res {
    let Some(instance) = instance else { return Ok(object.clone()) };
    let member = object.payload::<Member>().expect("slot of this class");
    if let Some(native) = member.native() {
        member.check(instance)?;
        return (native.get)(instance);
    }
    match member.with_slot(instance, Slot::get)? {
        Some(value) => Ok(value),
        None if matches!(member.place.0, Place::Field(_)) => Ok(shared().none.clone()),
        None => Err(attribute::missing(instance, &member.name)),
    }
}

fn member_set(object: &Ref, instance: &Ref, value: Option<&Ref>) -> Res<()> {
    let member = object.payload::<Member>().expect("slot of this class");
    if member.native().is_some() {
        member.check(instance)?;
        return Err(attribute_error!("readonly attribute"));
    }
    if matches!(member.place.0, Place::Field(_))
        && exception::is_instance(instance, ExceptionKind::BaseExceptionGroup)
    {
        return Err(attribute_error!("readonly attribute"));
    }
    let old = member.with_slot(instance, |slot| slot.replace(value.cloned()))?;
    if old.is_none() && value.is_none() && !matches!(member.place.0, Place::Field(_)) {
        return Err(attribute_error!("{}", member.name.to_text()));
    }
    Ok(())
}

fn member_reduce(args: &[Ref]) -> Res {
    let member = args[0].payload::<Member>().expect("method of this class");
    builtin::attribute_of(member.class.clone().into_any(), member.name.clone().into_any())
}

fn member_repr(object: &Ref) -> Res {
    let member = object.payload::<Member>().expect("slot of this class");
    Ok(str::new(&format!("<member '{}' of '{}' objects>", member.name.to_text(), member.class.short_name()))
        .into_any())
}

fn member_name(object: &Ref) -> Res {
    Ok(object.payload::<Member>().expect("getter of this class").name.clone().into_any())
}

fn member_qualname(object: &Ref) -> Res {
    let member = object.payload::<Member>().expect("getter of this class");
    Ok(str::new(&format!("{}.{}", member.class.short_name(), member.name.to_text())).into_any())
}

fn member_doc(object: &Ref) -> Res {
    let native = object.payload::<Member>().expect("getter of this class").native();
    let doc = native.map(|native| native.doc).filter(|doc| !doc.is_empty());
    Ok(doc.map_or_else(|| shared().none.clone(), |doc| str::new(doc).into_any()))
}

fn member_class(object: &Ref) -> Res {
    Ok(object.payload::<Member>().expect("getter of this class").class.clone().into_any())
}

fn getset_get(object: &Ref, instance: Option<&Ref>, _class: Option<&Ref>) -> Res {
    let Some(instance) = instance else { return Ok(object.clone()) };
    let attribute = checked(object, instance)?;
    (attribute.definition.0.get)(instance)
}

fn checked<'a>(object: &'a Ref, instance: &Ref) -> Res<&'a GetSet> {
    let attribute = object.payload::<GetSet>().expect("slot of this class");
    if Class::of(instance).is_subclass_of(&attribute.class) {
        return Ok(attribute);
    }
    Err(type_error!(
        "descriptor '{}' for '{}' objects doesn't apply to a '{}' object",
        attribute.definition.0.name,
        attribute.class.full_name(),
        Class::of(instance).full_name()
    ))
}

fn getset_set(object: &Ref, instance: &Ref, value: Option<&Ref>) -> Res<()> {
    let attribute = checked(object, instance)?;
    match attribute.definition.0.set {
        Some(set) => set(instance, value),
        None => Err(attribute_error!(
            "attribute '{}' of '{}' objects is not writable",
            attribute.definition.0.name,
            attribute.class.full_name()
        )),
    }
}

fn getset_repr(object: &Ref) -> Res {
    let attribute = object.payload::<GetSet>().expect("slot of this class");
    let text =
        format!("<attribute '{}' of '{}' objects>", attribute.definition.0.name, attribute.class.full_name());
    Ok(str::new(&text).into_any())
}

fn getset_name(object: &Ref) -> Res {
    Ok(str::intern(object.payload::<GetSet>().expect("getter of this class").definition.0.name).into_any())
}

fn getset_qualname(object: &Ref) -> Res {
    let attribute = object.payload::<GetSet>().expect("getter of this class");
    Ok(str::new(&format!("{}.{}", attribute.class.short_name(), attribute.definition.0.name)).into_any())
}

fn getset_class(object: &Ref) -> Res {
    Ok(object.payload::<GetSet>().expect("getter of this class").class.clone().into_any())
}

fn getset_doc(object: &Ref) -> Res {
    let doc = object.payload::<GetSet>().expect("getter of this class").definition.0.doc;
    Ok(if doc.is_empty() { shared().none.clone() } else { str::new(doc).into_any() })
}

/// `property`
#[derive(Payload)]
#[payload(types::PROPERTY)]
pub struct Property {
    /// The getter.
    pub get: Slot,
    set: Slot,
    delete: Slot,
    doc: Slot,
    name: Slot,
    /// The docstring is the getter's.
    getter_doc: std::cell::Cell<bool>,
}

fn property_payload(object: &Ref) -> &Property {
    object.payload::<Property>().expect("a property")
}

fn given(value: &Option<Ref>) -> Option<Ref> {
    value.clone().filter(|value| !value.is(&shared().none))
}

fn property_new(class: &Ref<Class>, _args: Args) -> Res {
    let payload = Property {
        get: Slot::empty(),
        set: Slot::empty(),
        delete: Slot::empty(),
        doc: Slot::empty(),
        name: Slot::empty(),
        getter_doc: std::cell::Cell::new(false),
    };
    Ok(if class.index == types::PROPERTY {
        alloc(payload).into_any()
    } else {
        alloc_as(class.index, payload).into_any()
    })
}

static PROPERTY_INIT: crate::native::NativeDef =
    bound("property", "(fget=None, fset=None, fdel=None, doc=None)", |_| Ok(shared().none.clone()), "");

fn property_init(object: &Ref, args: Args) -> Res<()> {
    let values = PROPERTY_INIT.bind(args)?;
    let property = property_payload(object);
    let getter = given(&values[0]);
    property.set.set(given(&values[1]));
    property.delete.set(given(&values[2]));
    let mut doc = given(&values[3]);
    if doc.is_none()
        && let Some(getter) = &getter
    {
        doc = attribute::get_optional(getter, &names().__doc__)?.filter(|doc| !doc.is(&shared().none));
        property.getter_doc.set(doc.is_some());
    } else {
        property.getter_doc.set(false);
    }
    property.get.set(getter);
    property.name.set(None);
    if Class::of(object).index == types::PROPERTY {
        property.doc.set(doc);
        return Ok(());
    }
    // An instance of a subclass has it as an attribute, for its class has a `__doc__` of its own. Where there is no place
    // for it, a docstring that was not the getter's is lost.
    property.doc.set(None);
    let shown = doc.unwrap_or_else(|| shared().none.clone());
    match attribute::set(object, &names().__doc__, &shown) {
        Err(raised) if !property.getter_doc.get() => {
            crate::error::take_if(raised, ExceptionKind::AttributeError).map(drop)
        }
        result => result,
    }
}

fn property_get(object: &Ref, instance: Option<&Ref>, _class: Option<&Ref>) -> Res {
    let Some(instance) = instance else { return Ok(object.clone()) };
    match property_payload(object).get.get() {
        Some(getter) => call::call(&getter, std::slice::from_ref(instance)),
        None => Err(property_error(object, instance, "getter")),
    }
}

fn property_error(object: &Ref, instance: &Ref, what: &str) -> crate::error::Raised {
    let class =
        Class::of(instance).qualname.get().map(|name| name.to_text().into_owned()).unwrap_or_default();
    let name = match property_name(object) {
        Ok(name) => name,
        Err(raised) => return raised,
    };
    let message = match name.map(|name| crate::protocol::object::repr(&name)) {
        Some(Ok(name)) => format!("property {} of '{class}' object has no {what}", name.to_text()),
        _ => format!("property of '{class}' object has no {what}"),
    };
    raise_object(exception::new(ExceptionKind::AttributeError, vec![str::new(&message).into_any()]))
}

fn property_name(object: &Ref) -> Res<Option<Ref>> {
    let property = property_payload(object);
    match (property.name.get(), property.get.get()) {
        (Some(name), _) => Ok(Some(name)),
        (None, Some(getter)) => attribute::get_optional(&getter, &names().__name__),
        (None, None) => Ok(None),
    }
}

fn property_set(object: &Ref, instance: &Ref, value: Option<&Ref>) -> Res<()> {
    let property = property_payload(object);
    let (function, what) = match value {
        Some(_) => (property.set.get(), "setter"),
        None => (property.delete.get(), "deleter"),
    };
    let Some(function) = function else { return Err(property_error(object, instance, what)) };
    match value {
        Some(value) => call::call(&function, &[instance.clone(), value.clone()])?,
        None => call::call(&function, std::slice::from_ref(instance))?,
    };
    Ok(())
}

/// A copy of the property with one function exchanged.
fn property_copy(object: &Ref, get: Option<&Ref>, set: Option<&Ref>, delete: Option<&Ref>) -> Res {
    let property = property_payload(object);
    let none = shared().none.clone();
    let pick =
        |new: Option<&Ref>, old: &Slot| new.cloned().or_else(|| old.get()).unwrap_or_else(|| none.clone());
    let getter = get.cloned().or_else(|| property.get.get()).filter(|getter| !getter.is(&none));
    let doc = if property.getter_doc.get() && getter.is_some() {
        none.clone()
    } else {
        property.doc.get().unwrap_or_else(|| none.clone())
    };
    let args = [pick(get, &property.get), pick(set, &property.set), pick(delete, &property.delete), doc];
    let copy = call::call(Class::of(object).as_any(), &args)?;
    if let Some(made) = copy.payload::<Property>() {
        made.name.set(property.name.get());
    }
    Ok(copy)
}

fn property_set_name(args: Args) -> Res {
    let given = args.all.len() - 1;
    let ([receiver, _owner, name], None) = (args.all, args.names) else {
        return Err(type_error!("__set_name__() takes 2 positional arguments but {given} were given"));
    };
    property_payload(receiver).name.set(Some(name.clone()));
    Ok(shared().none.clone())
}

fn slot_or_none(slot: &Slot) -> Res {
    Ok(slot.get().unwrap_or_else(|| shared().none.clone()))
}

fn is_abstract(function: &Slot) -> Res<bool> {
    match function.get() {
        Some(function) => match attribute::get_optional(&function, &names().__isabstractmethod__)? {
            Some(flag) => crate::protocol::object::is_true(&flag),
            None => Ok(false),
        },
        None => Ok(false),
    }
}

/// `staticmethod`
#[derive(Payload)]
#[payload(types::STATIC_METHOD)]
pub struct StaticMethod {
    pub(crate) function: Slot,
    dict: Slot<Dict>,
}

/// `classmethod`
#[derive(Payload)]
#[payload(types::CLASS_METHOD)]
pub struct ClassMethod {
    pub(crate) function: Slot,
    dict: Slot<Dict>,
}

/// A static method around a function.
pub fn new_static_method(function: Ref) -> Ref {
    alloc(StaticMethod { function: Slot::new(Some(function)), dict: Slot::empty() }).into_any()
}

/// A class method around a function.
pub fn new_class_method(function: Ref) -> Ref {
    alloc(ClassMethod { function: Slot::new(Some(function)), dict: Slot::empty() }).into_any()
}

/// The function inside a static or class method.
pub fn wrapped_function(object: &Ref) -> Option<Ref> {
    let function = object.payload::<StaticMethod>().map(|method| &method.function);
    function.or_else(|| object.payload::<ClassMethod>().map(|method| &method.function)).and_then(Slot::get)
}

fn static_new(class: &Ref<Class>, _args: Args) -> Res {
    let payload = StaticMethod { function: Slot::empty(), dict: Slot::empty() };
    Ok(if class.index == types::STATIC_METHOD {
        alloc(payload).into_any()
    } else {
        alloc_as(class.index, payload).into_any()
    })
}

fn class_method_new(class: &Ref<Class>, _args: Args) -> Res {
    let payload = ClassMethod { function: Slot::empty(), dict: Slot::empty() };
    Ok(if class.index == types::CLASS_METHOD {
        alloc(payload).into_any()
    } else {
        alloc_as(class.index, payload).into_any()
    })
}

fn wrapper_init(object: &Ref, args: Args) -> Res<()> {
    let name = if object.has_layout::<StaticMethod>() { "staticmethod" } else { "classmethod" };
    let values = args.exactly(name, 1, 1)?;
    let function = object.payload::<StaticMethod>().map(|method| &method.function);
    let slot = function.or_else(|| object.payload::<ClassMethod>().map(|method| &method.function));
    if let Some(slot) = slot {
        slot.set(Some(values[0].clone()));
    }
    // As functools.wraps: the wrapper looks like the function.
    let names = names();
    let copied =
        [&names.__module__, &names.__name__, &names.__qualname__, &names.__doc__, &names.__annotations__];
    for name in copied {
        if let Some(value) = attribute::get_optional(&values[0], name)?
            && let Some(dict) = attribute::dict_of(object)
        {
            crate::objects::dict::set_str(&dict, name, value);
        }
    }
    Ok(())
}

fn static_get(object: &Ref, _instance: Option<&Ref>, _class: Option<&Ref>) -> Res {
    wrapped_function(object).ok_or_else(|| crate::runtime_error!("uninitialized staticmethod object"))
}

fn static_call(object: &Ref, args: Args) -> Res {
    call::call_args(&static_get(object, None, None)?, args)
}

fn class_method_get(object: &Ref, instance: Option<&Ref>, class: Option<&Ref>) -> Res {
    let function =
        wrapped_function(object).ok_or_else(|| crate::runtime_error!("uninitialized classmethod object"))?;
    let class = match (class, instance) {
        (Some(class), _) => class.clone(),
        (None, Some(instance)) => Class::of(instance).clone().into_any(),
        (None, None) => return Err(type_error!("__get__(None, None) is invalid")),
    };
    Ok(crate::objects::method::new(function, class))
}

fn wrapper_function(object: &Ref) -> Res {
    Ok(wrapped_function(object).unwrap_or_else(|| shared().none.clone()))
}

fn wrapper_repr(object: &Ref) -> Res {
    let name = Class::of(object).short_name();
    let inner = crate::protocol::object::repr(&wrapper_function(object)?)?;
    Ok(str::new(&format!("<{name}({})>", inner.to_text())).into_any())
}

fn wrapper_dict(object: &Ref) -> Res {
    Ok(attribute::dict_of(object).map_or_else(|| shared().none.clone(), Ref::into_any))
}

fn wrapper_set_dict(object: &Ref, value: Option<&Ref>) -> Res<()> {
    match value.and_then(|value| value.downcast::<Dict>()) {
        Some(dict) => attribute::replace_dict(object, dict.clone()),
        None => Err(type_error!("__dict__ must be set to a dictionary")),
    }
}

fn wrapper_abstract(object: &Ref) -> Res {
    let slot = Slot::new(wrapped_function(object));
    Ok(crate::objects::bool_::new(is_abstract(&slot)?))
}

/// The dictionary of those descriptors that have one, if it has been made.
pub(crate) fn existing_dict(object: &Ref) -> Option<Ref<Dict>> {
    let slot = object.payload::<StaticMethod>().map(|method| &method.dict);
    slot.or_else(|| object.payload::<ClassMethod>().map(|method| &method.dict)).and_then(Slot::get).or_else(
        || crate::objects::class::DowncastClass::downcast_class(object).map(|class| class.namespace()),
    )
}

/// Gives those descriptors that can have one a dictionary; whether the object can.
pub(crate) fn set_dict(object: &Ref, dict: &Ref<Dict>) -> bool {
    let slot = object.payload::<StaticMethod>().map(|method| &method.dict);
    match slot.or_else(|| object.payload::<ClassMethod>().map(|method| &method.dict)) {
        Some(slot) => {
            slot.set(Some(dict.clone()));
            true
        }
        None => false,
    }
}

/// Whether an object is the wrapper of a slot of the class with this index.
pub(crate) fn is_wrapper_of(object: &Ref, index: u32) -> bool {
    builtin::belongs_to(object, index)
}

/// `getset_descriptor`
pub static GETSET: ClassDef = ClassDef {
    flags: class_flags::NO_INSTANTIATION,
    slots: Slots {
        descr_get: Some(getset_get),
        descr_set: Some(getset_set),
        repr: Some(getset_repr),
        ..Slots::NONE
    },
    getset: &[
        getter("__name__", getset_name, ""),
        getter("__objclass__", getset_class, ""),
        getter("__doc__", getset_doc, ""),
        getter("__qualname__", getset_qualname, ""),
    ],
    ..ClassDef::new::<GetSet>(types::GETSET, "getset_descriptor")
};

/// `member_descriptor`
pub static MEMBER: ClassDef = ClassDef {
    flags: class_flags::NO_INSTANTIATION,
    slots: Slots {
        descr_get: Some(member_get),
        descr_set: Some(member_set),
        repr: Some(member_repr),
        ..Slots::NONE
    },
    methods: &[plain("__reduce__", "(self, /)", member_reduce, "Return state information for pickling.")],
    getset: &[
        getter("__name__", member_name, ""),
        getter("__qualname__", member_qualname, ""),
        getter("__doc__", member_doc, ""),
        getter("__objclass__", member_class, ""),
    ],
    ..ClassDef::new::<Member>(types::MEMBER, "member_descriptor")
};

/// `property`
pub static PROPERTY: ClassDef = ClassDef {
    flags: class_flags::BASE,
    slots: Slots {
        new: Some(property_new),
        init: Some(property_init),
        descr_get: Some(property_get),
        descr_set: Some(property_set),
        ..Slots::NONE
    },
    methods: &[
        plain(
            "getter",
            "(self, fget, /)",
            |args| property_copy(&args[0], Some(&args[1]), None, None),
            "Descriptor to obtain a copy of the property with a different getter.",
        ),
        plain(
            "setter",
            "(self, fset, /)",
            |args| property_copy(&args[0], None, Some(&args[1]), None),
            "Descriptor to obtain a copy of the property with a different setter.",
        ),
        plain(
            "deleter",
            "(self, fdel, /)",
            |args| property_copy(&args[0], None, None, Some(&args[1])),
            "Descriptor to obtain a copy of the property with a different deleter.",
        ),
        crate::native::raw(
            "__set_name__",
            "(self, owner, name, /)",
            property_set_name,
            "Method to set name of a property.",
        ),
    ],
    getset: &[
        member("fget", |object| slot_or_none(&property_payload(object).get), ""),
        member("fset", |object| slot_or_none(&property_payload(object).set), ""),
        member("fdel", |object| slot_or_none(&property_payload(object).delete), ""),
        getset(
            "__doc__",
            |object| slot_or_none(&property_payload(object).doc),
            |object, value| {
                property_payload(object).doc.set(value.cloned());
                Ok(())
            },
            "",
        ),
        getset(
            "__name__",
            |object| match property_name(object)? {
                Some(name) => Ok(name),
                None => Err(attribute_error!("'property' object has no attribute '__name__'")),
            },
            |object, value| {
                property_payload(object).name.set(value.cloned());
                Ok(())
            },
            "",
        ),
        getter(
            "__isabstractmethod__",
            |object| {
                let property = property_payload(object);
                Ok(crate::objects::bool_::new(
                    is_abstract(&property.get)?
                        || is_abstract(&property.set)?
                        || is_abstract(&property.delete)?,
                ))
            },
            "",
        ),
    ],
    doc: "Property attribute.",
    ..ClassDef::new::<Property>(types::PROPERTY, "property")
};

/// `staticmethod`
pub static STATIC_METHOD: ClassDef = ClassDef {
    flags: class_flags::BASE | class_flags::HAS_DICT,
    slots: Slots {
        new: Some(static_new),
        init: Some(wrapper_init),
        descr_get: Some(static_get),
        call: Some(static_call),
        repr: Some(wrapper_repr),
        ..Slots::NONE
    },
    getset: &[
        member("__func__", wrapper_function, ""),
        member("__wrapped__", wrapper_function, ""),
        getter("__isabstractmethod__", wrapper_abstract, ""),
        getset("__dict__", wrapper_dict, wrapper_set_dict, ""),
    ],
    doc: "Convert a function to be a static method.",
    ..ClassDef::new::<StaticMethod>(types::STATIC_METHOD, "staticmethod")
};

/// `classmethod`
pub static CLASS_METHOD: ClassDef = ClassDef {
    flags: class_flags::BASE | class_flags::HAS_DICT,
    slots: Slots {
        new: Some(class_method_new),
        init: Some(wrapper_init),
        descr_get: Some(class_method_get),
        repr: Some(wrapper_repr),
        ..Slots::NONE
    },
    getset: &[
        member("__func__", wrapper_function, ""),
        member("__wrapped__", wrapper_function, ""),
        getter("__isabstractmethod__", wrapper_abstract, ""),
        getset("__dict__", wrapper_dict, wrapper_set_dict, ""),
    ],
    doc: "Convert a function to be a class method.",
    ..ClassDef::new::<ClassMethod>(types::CLASS_METHOD, "classmethod")
};
