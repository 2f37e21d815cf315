//! Native functions as objects: functions of modules, methods of built-in classes, wrappers of slots.

use ouro_heap::{Opaque, Payload, Ref, Slot, alloc};

use crate::{
    error::Res,
    native::{Args, Binding, Code, NativeDef},
    objects::{
        class::{Class, ClassDef, DowncastClass, GetSetDef, class_flags, getter},
        slots::Slots,
        special::Special,
        str::{self, StrExt},
    },
    state::{class_of, shared},
    type_error, types,
};

/// A native function, or a native method bound to its receiver.
#[derive(Payload)]
#[payload(types::BUILTIN_FUNCTION)]
pub struct BuiltinFunction {
    /// What it does.
    pub definition: Opaque<&'static NativeDef>,
    /// The receiver of a bound method, or the module's name object.
    pub receiver: Option<Ref>,
    /// `__module__`
    pub module: Slot,
}

impl BuiltinFunction {
    /// The code itself, where it takes that many positional arguments as they are.
    #[inline]
    pub(crate) fn plain_code(&self, count: usize) -> Option<fn(&[Ref]) -> Res> {
        let definition = self.definition.0;
        match definition.code {
            Code::Plain(code) if self.receiver.is_none() && definition.takes(count) => Some(code),
            _ => None,
        }
    }

    /// Calls the function; a receiver becomes the first argument.
    #[inline]
    pub fn call(&self, args: Args) -> Res {
        match &self.receiver {
            None => match self.definition.0.code {
                Code::Plain(_) if !self.definition.0.fits(args) => {
                    Err(self.definition.0.plain_error(args, &self.module_name()))
                }
                _ => self.definition.0.call(args),
            },
            Some(receiver) => crate::protocol::call::with_first(receiver, args, |args| {
                let definition = self.definition.0;
                match definition.code {
                    Code::Plain(_) if !definition.fits(args) => {
                        let class = receiver.downcast_class().unwrap_or_else(|| Class::of(receiver));
                        Err(definition.plain_error(args, &class.name_text()))
                    }
                    _ => definition.call(args),
                }
            }),
        }
    }
}

impl BuiltinFunction {
    /// The module's name as messages have it: nothing for the builtins.
    #[cold]
    fn module_name(&self) -> String {
        match self.module.get().and_then(|module| module.into::<str::Str>().ok()) {
            Some(name) if !name.is_text("builtins") => name.to_text().into_owned(),
            _ => String::new(),
        }
    }
}

/// A function of a module.
pub fn new_function(definition: &'static NativeDef, module: Option<Ref>) -> Ref {
    alloc(BuiltinFunction { definition: Opaque(definition), receiver: None, module: Slot::new(module) })
        .into_any()
}

/// A method bound to its receiver.
pub fn bind(definition: &'static NativeDef, receiver: Ref) -> Ref {
    alloc(BuiltinFunction { definition: Opaque(definition), receiver: Some(receiver), module: Slot::empty() })
        .into_any()
}

/// A method of a built-in class, not bound.
#[derive(Payload)]
#[payload(types::METHOD_DESCRIPTOR)]
pub struct MethodDescriptor {
    /// What it does.
    pub definition: Opaque<&'static NativeDef>,
    /// The class that has it.
    pub class: Ref<Class>,
}

impl MethodDescriptor {
    /// Whether the method can be called with this receiver. All exceptions share one layout, so the class itself counts.
    #[inline]
    pub(crate) fn accepts(&self, receiver: &Ref) -> bool {
        Class::of(receiver).is(&self.class) || Class::of(receiver).is_subclass_of(&self.class)
    }

    /// Calls the method; the first argument is the instance.
    #[inline]
    pub fn call(&self, args: Args) -> Res {
        match args.positional().first() {
            Some(receiver) if self.accepts(receiver) => self.definition.0.call(args),
            Some(receiver) => Err(type_error!(
                "descriptor '{}' for '{}' objects doesn't apply to a '{}' object",
                self.definition.0.name,
                self.class.full_name(),
                Class::of(receiver).full_name()
            )),
            None => Err(type_error!(
                "unbound method {}.{}() needs an argument",
                self.class.short_name(),
                self.definition.0.name
            )),
        }
    }
}

/// A class method of a built-in class.
#[derive(Payload)]
#[payload(types::CLASS_METHOD_DESCRIPTOR)]
pub struct ClassMethodDescriptor {
    /// What it does.
    pub definition: Opaque<&'static NativeDef>,
    /// The class that has it.
    pub class: Ref<Class>,
}

/// The object that stands in the namespace of a built-in class for a method.
pub fn method_object(definition: &'static NativeDef, class: &Ref<Class>) -> Ref {
    match definition.binding {
        Binding::Instance => {
            alloc(MethodDescriptor { definition: Opaque(definition), class: class.clone() }).into_any()
        }
        Binding::Class => {
            alloc(ClassMethodDescriptor { definition: Opaque(definition), class: class.clone() }).into_any()
        }
        Binding::Static => crate::objects::descriptor::new_static_method(new_function(definition, None)),
    }
}

/// `int.__add__`: a slot of a built-in class as a method.
#[derive(Payload)]
#[payload(types::WRAPPER_DESCRIPTOR)]
pub struct WrapperDescriptor {
    /// Which special method.
    pub special: Opaque<&'static Special>,
    /// The class whose slot it calls.
    pub class: Ref<Class>,
}

impl WrapperDescriptor {
    /// Calls the slot; the first argument is the instance.
    pub fn call(&self, args: Args) -> Res {
        match args.positional().first() {
            Some(receiver) if Class::of(receiver).is_subclass_of(&self.class) => {
                let name = self.special.0.name;
                if args.names.is_some() && !matches!(name, "__init__" | "__call__") {
                    args.no_keywords(&format!("wrapper {name}"))?;
                }
                (self.special.0.call)(&self.class.slots.0, args)
            }
            Some(receiver) => Err(type_error!(
                "descriptor '{}' requires a '{}' object but received a '{}'",
                self.special.0.name,
                self.class.full_name(),
                Class::of(receiver).full_name()
            )),
            None => Err(type_error!(
                "descriptor '{}' of '{}' object needs an argument",
                self.special.0.name,
                self.class.full_name()
            )),
        }
    }
}

/// A wrapper for the namespace of a built-in class.
pub fn new_wrapper(special: &'static Special, class: &Ref<Class>) -> Ref {
    alloc(WrapperDescriptor { special: Opaque(special), class: class.clone() }).into_any()
}

/// `(1).__add__`: a wrapper bound to its instance.
#[derive(Payload)]
#[payload(types::METHOD_WRAPPER)]
pub struct MethodWrapper {
    /// The wrapper.
    pub wrapper: Ref<WrapperDescriptor>,
    /// The instance.
    pub receiver: Ref,
}

fn text(text: String) -> Res {
    Ok(str::new(&text).into_any())
}

fn builtin_call(object: &Ref, args: Args) -> Res {
    object.payload::<BuiltinFunction>().expect("slot of this class").call(args)
}

fn builtin_repr(object: &Ref) -> Res {
    let builtin = object.payload::<BuiltinFunction>().expect("slot of this class");
    let name = builtin.definition.0.name;
    text(match &builtin.receiver {
        None => format!("<built-in function {name}>"),
        Some(receiver) => format!(
            "<built-in method {name} of {} object at {:#x}>",
            Class::of(receiver).short_name(),
            receiver.address()
        ),
    })
}

fn definition_of(object: &Ref) -> &'static NativeDef {
    if let Some(builtin) = object.payload::<BuiltinFunction>() {
        builtin.definition.0
    } else if let Some(method) = object.payload::<MethodDescriptor>() {
        method.definition.0
    } else {
        object.payload::<ClassMethodDescriptor>().expect("a native function object").definition.0
    }
}

fn name(object: &Ref) -> Res {
    Ok(str::intern(definition_of(object).name).into_any())
}

fn doc(object: &Ref) -> Res {
    let doc = definition_of(object).doc;
    Ok(if doc.is_empty() { shared().none.clone() } else { str::new(doc).into_any() })
}

fn text_signature(object: &Ref) -> Res {
    let plain = definition_of(object).signature;
    let is_function = object.payload::<BuiltinFunction>().is_some_and(|builtin| builtin.receiver.is_none());
    let signature = match plain {
        "()" if is_function => "($module)".to_owned(),
        _ if is_function && plain.starts_with("(*") => plain.replacen('(', "($module, /, ", 1),
        _ if is_function => plain.replacen('(', "($module, ", 1),
        _ => plain.replacen("(self", "($self", 1).replacen("(cls", "($type", 1),
    };
    Ok(str::new(&signature).into_any())
}

fn builtin_self(object: &Ref) -> Res {
    let builtin = object.payload::<BuiltinFunction>().expect("getter of this class");
    if let Some(receiver) = &builtin.receiver {
        return Ok(receiver.clone());
    }
    // A function of a module names its module; it does not keep it alive.
    let module = builtin
        .module
        .get()
        .and_then(|name| name.into::<str::Str>().ok())
        .and_then(|name| crate::import::loaded(&name));
    Ok(module.unwrap_or_else(|| shared().none.clone()))
}

fn builtin_qualname(object: &Ref) -> Res {
    let builtin = object.payload::<BuiltinFunction>().expect("getter of this class");
    let name = builtin.definition.0.name;
    match &builtin.receiver {
        None => text(name.to_owned()),
        Some(receiver) => {
            let class = crate::objects::class::DowncastClass::downcast_class(receiver)
                .unwrap_or_else(|| Class::of(receiver));
            text(format!("{}.{name}", class.name_text()))
        }
    }
}

/// A function is pickled by its name, a method as an attribute of its receiver.
fn builtin_reduce(args: &[Ref]) -> Res {
    let builtin = args[0].payload::<BuiltinFunction>().expect("a method of this class");
    let name = str::intern(builtin.definition.0.name).into_any();
    match &builtin.receiver {
        None => Ok(name),
        Some(receiver) => attribute_of(receiver.clone(), name),
    }
}

fn descriptor_reduce(args: &[Ref]) -> Res {
    let name = match args[0].payload::<WrapperDescriptor>() {
        Some(wrapper) => wrapper.special.0.name,
        None => definition_of(&args[0]).name,
    };
    attribute_of(class_of_descriptor(&args[0]).into_any(), str::intern(name).into_any())
}

fn bound_wrapper_reduce(args: &[Ref]) -> Res {
    let bound = bound_wrapper(&args[0]);
    attribute_of(bound.receiver.clone(), str::intern(bound.wrapper.special.0.name).into_any())
}

/// `(getattr, (object, name))`
/// What `__reduce__` gives for an attribute of an object: the call of `getattr` that finds it.
pub(crate) fn attribute_of(object: Ref, name: Ref) -> Res {
    let builtins = crate::import::import_module("builtins")?;
    let getattr = crate::protocol::attribute::get(&builtins, &str::intern("getattr"))?;
    Ok(crate::objects::tuple::pair(getattr, crate::objects::tuple::pair(object, name)))
}

fn builtin_module(object: &Ref) -> Res {
    let builtin = object.payload::<BuiltinFunction>().expect("getter of this class");
    Ok(builtin.module.get().unwrap_or_else(|| shared().none.clone()))
}

fn method_call(object: &Ref, args: Args) -> Res {
    object.payload::<MethodDescriptor>().expect("slot of this class").call(args)
}

fn class_of_descriptor(object: &Ref) -> Ref<Class> {
    if let Some(method) = object.payload::<MethodDescriptor>() {
        method.class.clone()
    } else if let Some(method) = object.payload::<ClassMethodDescriptor>() {
        method.class.clone()
    } else {
        object.payload::<WrapperDescriptor>().expect("a descriptor").class.clone()
    }
}

fn objclass(object: &Ref) -> Res {
    Ok(class_of_descriptor(object).into_any())
}

fn descriptor_qualname(object: &Ref) -> Res {
    let class = class_of_descriptor(object).name_text();
    let name = match object.payload::<WrapperDescriptor>() {
        Some(wrapper) => wrapper.special.0.name,
        None => definition_of(object).name,
    };
    text(format!("{class}.{name}"))
}

fn method_repr(object: &Ref) -> Res {
    text(format!(
        "<method '{}' of '{}' objects>",
        definition_of(object).name,
        class_of_descriptor(object).full_name()
    ))
}

/// A descriptor may only be used with instances of its class.
fn check_instance(object: &Ref, instance: &Ref, name: &str) -> Res<()> {
    let class = class_of_descriptor(object);
    if Class::of(instance).is_subclass_of(&class) {
        return Ok(());
    }
    Err(type_error!(
        "descriptor '{name}' for '{}' objects doesn't apply to a '{}' object",
        class.full_name(),
        Class::of(instance).full_name()
    ))
}

fn method_get(object: &Ref, instance: Option<&Ref>, _class: Option<&Ref>) -> Res {
    match instance {
        None => Ok(object.clone()),
        Some(instance) => {
            let definition = definition_of(object);
            check_instance(object, instance, definition.name)?;
            Ok(bind(definition, instance.clone()))
        }
    }
}

fn class_method_get(object: &Ref, instance: Option<&Ref>, class: Option<&Ref>) -> Res {
    let definition = definition_of(object);
    let owner = class_of_descriptor(object);
    let receiver = match (class, instance) {
        (Some(class), _) => class.clone(),
        (None, Some(instance)) => Class::of(instance).clone().into_any(),
        (None, None) => {
            return Err(type_error!(
                "descriptor '{}' for type '{}' needs either an object or a type",
                definition.name,
                owner.full_name()
            ));
        }
    };
    let Some(class) = receiver.downcast_class() else {
        return Err(type_error!(
            "descriptor '{}' for type '{}' needs a type, not a '{}' as arg 2",
            definition.name,
            owner.full_name(),
            Class::of(&receiver).full_name()
        ));
    };
    if !class.is_subclass_of(&owner) {
        return Err(type_error!(
            "descriptor '{}' requires a subtype of '{}' but received '{}'",
            definition.name,
            owner.full_name(),
            class.full_name()
        ));
    }
    Ok(bind(definition, receiver))
}

fn class_method_call(object: &Ref, args: Args) -> Res {
    definition_of(object).call(args)
}

fn wrapper_call(object: &Ref, args: Args) -> Res {
    object.payload::<WrapperDescriptor>().expect("slot of this class").call(args)
}

fn wrapper_get(object: &Ref, instance: Option<&Ref>, _class: Option<&Ref>) -> Res {
    match instance {
        None => Ok(object.clone()),
        Some(instance) => {
            let wrapper = object.downcast::<WrapperDescriptor>().expect("slot of this class");
            check_instance(object, instance, wrapper.special.0.name)?;
            Ok(alloc(MethodWrapper { wrapper: wrapper.clone(), receiver: instance.clone() }).into_any())
        }
    }
}

fn wrapper_repr(object: &Ref) -> Res {
    let wrapper = object.payload::<WrapperDescriptor>().expect("slot of this class");
    text(format!("<slot wrapper '{}' of '{}' objects>", wrapper.special.0.name, wrapper.class.full_name()))
}

fn wrapper_name(object: &Ref) -> Res {
    Ok(str::intern(object.payload::<WrapperDescriptor>().expect("getter of this class").special.0.name)
        .into_any())
}

fn special_of(object: &Ref) -> &'static Special {
    match object.payload::<WrapperDescriptor>() {
        Some(wrapper) => wrapper.special.0,
        None => bound_wrapper(object).wrapper.special.0,
    }
}

fn wrapper_doc(object: &Ref) -> Res {
    text(special_of(object).doc())
}

fn wrapper_signature(object: &Ref) -> Res {
    text(special_of(object).signature.replacen("(self", "($self", 1))
}

fn bound_wrapper(object: &Ref) -> &MethodWrapper {
    object.payload::<MethodWrapper>().expect("slot of this class")
}

fn bound_wrapper_call(object: &Ref, args: Args) -> Res {
    let bound = bound_wrapper(object);
    crate::protocol::call::with_first(&bound.receiver, args, |args| bound.wrapper.call(args))
}

fn bound_wrapper_repr(object: &Ref) -> Res {
    let bound = bound_wrapper(object);
    text(format!(
        "<method-wrapper '{}' of {} object at {:#x}>",
        bound.wrapper.special.0.name,
        Class::of(&bound.receiver).short_name(),
        bound.receiver.address()
    ))
}

fn bound_wrapper_name(object: &Ref) -> Res {
    Ok(str::intern(bound_wrapper(object).wrapper.special.0.name).into_any())
}

fn bound_wrapper_qualname(object: &Ref) -> Res {
    descriptor_qualname(bound_wrapper(object).wrapper.as_any())
}

fn bound_wrapper_class(object: &Ref) -> Res {
    objclass(bound_wrapper(object).wrapper.as_any())
}

fn bound_wrapper_self(object: &Ref) -> Res {
    Ok(bound_wrapper(object).receiver.clone())
}

/// Equality of bound things: the same function and the same receiver.
fn bound_compare(left: &Ref, right: &Ref, comparison: ouro_bytecode::opcode::Comparison) -> Res {
    use ouro_bytecode::opcode::Comparison;
    let same = match (left.payload::<BuiltinFunction>(), right.payload::<BuiltinFunction>()) {
        (Some(a), Some(b)) => {
            let receivers = match (&a.receiver, &b.receiver) {
                (Some(a), Some(b)) => a.is(b),
                (None, None) => true,
                _ => false,
            };
            receivers && std::ptr::eq(a.definition.0, b.definition.0)
        }
        _ => match (left.payload::<MethodWrapper>(), right.payload::<MethodWrapper>()) {
            (Some(a), Some(b)) => a.wrapper.is(&b.wrapper) && a.receiver.is(&b.receiver),
            _ => return Ok(shared().not_implemented.clone()),
        },
    };
    Ok(match comparison {
        Comparison::Eq => crate::objects::bool_::new(same),
        Comparison::Ne => crate::objects::bool_::new(!same),
        _ => shared().not_implemented.clone(),
    })
}

fn bound_hash(object: &Ref) -> Res<i64> {
    let (receiver, code) = match object.payload::<BuiltinFunction>() {
        Some(builtin) => (
            builtin.receiver.as_ref().map_or(0, Ref::address),
            std::ptr::from_ref(builtin.definition.0) as usize,
        ),
        None => (bound_wrapper(object).receiver.address(), bound_wrapper(object).wrapper.address()),
    };
    Ok(((receiver >> 4) ^ code.rotate_left(7)) as i64 & i64::MAX)
}

const NATIVE_GETSET: &[GetSetDef] = &[
    getter("__name__", name, ""),
    getter("__doc__", doc, ""),
    getter("__text_signature__", text_signature, ""),
    getter("__qualname__", descriptor_qualname, ""),
    getter("__objclass__", objclass, ""),
];

/// `builtin_function_or_method`
pub static BUILTIN_FUNCTION: ClassDef = ClassDef {
    flags: class_flags::NO_INSTANTIATION | class_flags::WEAKLY_REFERENCEABLE,
    slots: Slots {
        call: Some(builtin_call),
        repr: Some(builtin_repr),
        compare: Some(bound_compare),
        hash: Some(bound_hash),
        ..Slots::NONE
    },
    methods: &[crate::native::plain(
        "__reduce__",
        "(self, /)",
        builtin_reduce,
        "Return state information for pickling.",
    )],
    getset: &[
        getter("__name__", name, ""),
        getter("__doc__", doc, ""),
        getter("__text_signature__", text_signature, ""),
        getter("__self__", builtin_self, ""),
        getter("__qualname__", builtin_qualname, ""),
        getter("__module__", builtin_module, ""),
    ],
    ..ClassDef::new::<BuiltinFunction>(types::BUILTIN_FUNCTION, "builtin_function_or_method")
};

/// `method_descriptor`
pub static METHOD_DESCRIPTOR: ClassDef = ClassDef {
    flags: class_flags::NO_INSTANTIATION | class_flags::METHOD_DESCRIPTOR,
    slots: Slots {
        call: Some(method_call),
        repr: Some(method_repr),
        descr_get: Some(method_get),
        ..Slots::NONE
    },
    methods: &[crate::native::plain(
        "__reduce__",
        "(self, /)",
        descriptor_reduce,
        "Return state information for pickling.",
    )],
    getset: NATIVE_GETSET,
    ..ClassDef::new::<MethodDescriptor>(types::METHOD_DESCRIPTOR, "method_descriptor")
};

/// `classmethod_descriptor`
pub static CLASS_METHOD_DESCRIPTOR: ClassDef = ClassDef {
    flags: class_flags::NO_INSTANTIATION,
    slots: Slots {
        call: Some(class_method_call),
        repr: Some(method_repr),
        descr_get: Some(class_method_get),
        ..Slots::NONE
    },
    getset: NATIVE_GETSET,
    ..ClassDef::new::<ClassMethodDescriptor>(types::CLASS_METHOD_DESCRIPTOR, "classmethod_descriptor")
};

/// `wrapper_descriptor`
pub static WRAPPER_DESCRIPTOR: ClassDef = ClassDef {
    flags: class_flags::NO_INSTANTIATION | class_flags::METHOD_DESCRIPTOR,
    slots: Slots {
        call: Some(wrapper_call),
        repr: Some(wrapper_repr),
        descr_get: Some(wrapper_get),
        ..Slots::NONE
    },
    methods: &[crate::native::plain(
        "__reduce__",
        "(self, /)",
        descriptor_reduce,
        "Return state information for pickling.",
    )],
    getset: &[
        getter("__name__", wrapper_name, ""),
        getter("__doc__", wrapper_doc, ""),
        getter("__text_signature__", wrapper_signature, ""),
        getter("__qualname__", descriptor_qualname, ""),
        getter("__objclass__", objclass, ""),
    ],
    ..ClassDef::new::<WrapperDescriptor>(types::WRAPPER_DESCRIPTOR, "wrapper_descriptor")
};

/// `method-wrapper`
pub static METHOD_WRAPPER: ClassDef = ClassDef {
    flags: class_flags::NO_INSTANTIATION,
    slots: Slots {
        call: Some(bound_wrapper_call),
        repr: Some(bound_wrapper_repr),
        compare: Some(bound_compare),
        hash: Some(bound_hash),
        ..Slots::NONE
    },
    methods: &[crate::native::plain(
        "__reduce__",
        "(self, /)",
        bound_wrapper_reduce,
        "Return state information for pickling.",
    )],
    getset: &[
        getter("__name__", bound_wrapper_name, ""),
        getter("__doc__", wrapper_doc, ""),
        getter("__text_signature__", wrapper_signature, ""),
        getter("__self__", bound_wrapper_self, ""),
        getter("__qualname__", bound_wrapper_qualname, ""),
        getter("__objclass__", bound_wrapper_class, ""),
    ],
    ..ClassDef::new::<MethodWrapper>(types::METHOD_WRAPPER, "method-wrapper")
};

/// Whether a native object belongs to the class with this index.
pub fn belongs_to(object: &Ref, index: u32) -> bool {
    object.payload::<WrapperDescriptor>().is_some_and(|wrapper| wrapper.class.is(class_of(index)))
}

/// The text of a native function's name, for messages.
pub fn name_of(object: &Ref) -> Option<String> {
    object.payload::<BuiltinFunction>().map(|builtin| builtin.definition.0.name.to_owned()).or_else(|| {
        object.payload::<MethodDescriptor>().map(|method| {
            format!(
                "{}.{}",
                method.class.name.get().map(|n| n.to_text().into_owned()).unwrap_or_default(),
                method.definition.0.name
            )
        })
    })
}
