//! `module`.

use ouro_heap::{Payload, Ref, alloc, alloc_as};

use crate::{
    error::Res,
    native::{Args, NativeDef, plain},
    objects::{
        builtin,
        class::{Class, ClassDef, class_flags, getter, property},
        dict::{self, Dict},
        slots::Slots,
        str::{self, Str, StrExt},
    },
    protocol::attribute,
    state::{names, shared},
    type_error, types,
};

/// A module's payload: its namespace.
#[derive(Payload)]
#[payload(types::MODULE)]
pub struct Module {
    /// The namespace.
    pub dict: Ref<Dict>,
}

/// A new module with the attributes that every module has.
pub fn new(name: &str) -> Ref<Module> {
    let module = alloc(Module { dict: dict::new() });
    initialise(&module.dict, str::new(name).into_any(), shared().none.clone());
    module
}

fn initialise(namespace: &Ref<Dict>, name: Ref, doc: Ref) {
    let (names, none) = (names(), &shared().none);
    dict::set_str(namespace, &names.__name__, name);
    dict::set_str(namespace, &names.__doc__, doc);
    for name in [&names.__package__, &names.__loader__, &names.__spec__] {
        dict::set_str(namespace, name, none.clone());
    }
}

/// Adds native functions to a module.
pub fn add_functions(module: &Ref, functions: &'static [NativeDef]) {
    let module = module.payload::<Module>().expect("a module");
    let name = dict::get_str(&module.dict, &names().__name__);
    if let Some(name) =
        name.as_ref().and_then(|name| name.payload::<Str>()).filter(|name| !name.is_text("builtins"))
    {
        crate::native::name_table(functions, &name.to_text());
    }
    for definition in functions {
        let function = builtin::new_function(definition, name.clone());
        dict::set_str(&module.dict, &str::intern_static(definition.name), function);
    }
}

/// Sets an attribute of a module.
pub fn set(module: &Ref, name: &str, value: Ref) -> Res<()> {
    let module = module.payload::<Module>().expect("a module");
    dict::set_str(&module.dict, &str::intern(name), value);
    Ok(())
}

/// An attribute of a module.
pub fn get(module: &Ref, name: &str) -> Option<Ref> {
    dict::get_str(&module.payload::<Module>()?.dict, &str::intern(name))
}

/// The text of the AttributeError for a name that a module does not have.
pub fn missing_text(module: &Module, name: &str) -> String {
    let module_name = dict::get_str(&module.dict, &names().__name__).and_then(|name| name.into::<Str>().ok());
    match module_name {
        Some(module_name) => format!("module '{}' has no attribute '{name}'", module_name.to_text()),
        None => format!("module has no attribute '{name}'"),
    }
}

fn payload(object: &Ref) -> &Module {
    object.payload::<Module>().expect("a module")
}

fn new_slot(class: &Ref<Class>, _args: Args) -> Res {
    let payload = Module { dict: dict::new() };
    Ok(if class.index == types::MODULE {
        alloc(payload).into_any()
    } else {
        alloc_as(class.index, payload).into_any()
    })
}

fn init(object: &Ref, args: Args) -> Res<()> {
    static DEF: NativeDef =
        crate::native::bound("module", "(name, doc=None)", |_| Ok(shared().none.clone()), "");
    let values = DEF.bind(args)?;
    let name = values[0].clone().expect("required");
    if !str::is_str(&name) {
        return Err(crate::type_error!(
            "module() argument 'name' must be str, not {}",
            Class::of(&name).short_name()
        ));
    }
    initialise(&payload(object).dict, name, values[1].clone().unwrap_or_else(|| shared().none.clone()));
    Ok(())
}

fn repr(object: &Ref) -> Res {
    let namespace = &payload(object).dict;
    let text = |name: &Ref<Str>| -> Res<Option<String>> {
        match dict::get_str(namespace, name) {
            Some(value) if str::is_str(&value) => {
                Ok(Some(crate::protocol::object::repr(&value)?.to_text().into_owned()))
            }
            _ => Ok(None),
        }
    };
    let name = text(&names().__name__)?.unwrap_or_else(|| "'?'".to_owned());
    let shown = match text(&names().__file__)? {
        Some(file) => format!("<module {name} from {file}>"),
        None => format!("<module {name} (built-in)>"),
    };
    Ok(str::new(&shown).into_any())
}

/// Attributes of the namespace, then the module's own `__getattr__` (PEP 562).
fn get_attr(object: &Ref, name: &Ref) -> Res {
    let name = attribute::as_name(name)?;
    let raised = match attribute::generic_get(object, name) {
        Ok(value) => return Ok(value),
        Err(raised) => raised,
    };
    let Some(hook) = dict::get_str(&payload(object).dict, &names().__getattr__) else { return Err(raised) };
    crate::error::take_if(raised, crate::objects::exception::ExceptionKind::AttributeError)?;
    let asked = crate::protocol::call::call(&hook, &[name.clone().into_any()]);
    asked.map_err(|raised| attribute::tell_what(raised, object, name.as_any()))
}

/// The names of the namespace, or what the module's own `__dir__` says (PEP 562).
fn dir(args: &[Ref]) -> Res {
    let found = attribute::get(&args[0], &names().__dict__)?;
    let Some(namespace) = found.payload::<Dict>() else {
        return Err(type_error!("<module>.__dict__ is not a dictionary"));
    };
    match dict::get_str(namespace, &names().__dir__) {
        Some(hook) => crate::protocol::call::call(&hook, &[]),
        None => Ok(crate::objects::list::from_vec(
            namespace.snapshot().into_iter().map(|(name, _)| name).collect(),
        )?
        .into_any()),
    }
}

/// The namespace, as programs see it: a subclass may have another.
fn namespace(module: &Ref) -> Res<Ref<Dict>> {
    attribute::get(module, &names().__dict__)?
        .into::<Dict>()
        .map_err(|_| type_error!("<module>.__dict__ is not a dictionary"))
}

/// A module without annotations gets a dictionary when it is asked for.
fn get_annotations(module: &Ref) -> Res {
    let namespace = namespace(module)?;
    if let Some(found) = dict::get_str(&namespace, &names().__annotations__) {
        return Ok(found);
    }
    let made = dict::new().into_any();
    dict::set_str(&namespace, &names().__annotations__, made.clone());
    Ok(made)
}

fn set_annotations(module: &Ref, value: Option<&Ref>) -> Res<()> {
    let namespace = namespace(module)?;
    match value {
        Some(value) => dict::set_str(&namespace, &names().__annotations__, value.clone()),
        None if dict::remove_str(&namespace, &names().__annotations__).is_some() => {}
        None => return Err(crate::attribute_error!("__annotations__")),
    }
    Ok(())
}

/// `module`
pub static MODULE: ClassDef = ClassDef {
    flags: class_flags::BASE | class_flags::HAS_DICT | class_flags::WEAKLY_REFERENCEABLE,
    slots: Slots {
        new: Some(new_slot),
        init: Some(init),
        repr: Some(repr),
        get_attr: Some(get_attr),
        ..Slots::NONE
    },
    methods: &[plain("__dir__", "(self, /)", dir, "__dir__() -> list\nspecialized dir() implementation")],
    getset: &[
        getter("__dict__", |module| Ok(payload(module).dict.clone().into_any()), ""),
        property("__annotations__", get_annotations, set_annotations, ""),
    ],
    doc: "Create a module object.",
    ..ClassDef::new::<Module>(types::MODULE, "module")
};
