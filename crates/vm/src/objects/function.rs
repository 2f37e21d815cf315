//! `function`.

use ouro_heap::{Payload, Ref, Slot, alloc};

use crate::{
    error::Res,
    native::Args,
    objects::{
        class::{Class, ClassDef, class_flags, member, property},
        code::Code,
        dict::{self, Dict},
        method,
        slots::Slots,
        str::{self, Str, StrExt},
        tuple::Tuple,
    },
    state::{names, shared, vm},
    type_error, types,
};

/// A function's payload.
#[derive(Payload)]
#[payload(types::FUNCTION)]
pub struct Function {
    /// `__code__`
    pub code: Slot<Code>,
    /// `__globals__`
    pub globals: Slot<Dict>,
    /// The namespace of builtins that the globals name.
    pub builtins: Slot<Dict>,
    /// `__module__`
    pub module: Slot,
    /// `__defaults__`
    pub defaults: Slot<Tuple>,
    /// `__kwdefaults__`
    pub keyword_defaults: Slot<Dict>,
    /// `__doc__`
    pub doc: Slot,
    /// Other attributes.
    pub dict: Slot<Dict>,
    /// `__closure__`: a tuple of cells.
    pub closure: Slot<Tuple>,
    /// `__annotations__`: a dictionary, or a flat tuple of names and values until it is asked for.
    pub annotations: Slot,
    /// `__type_params__`
    pub type_params: Slot,
    /// `__name__`
    pub name: Slot<Str>,
    /// `__qualname__`
    pub qualname: Slot<Str>,
}

/// A function of a code object in a namespace.
pub fn new(code: &Ref<Code>, globals: &Ref<Dict>) -> Ref<Function> {
    with_builtins(code, globals, builtins_of(globals))
}

/// The same where the namespace of builtins is known.
pub(crate) fn with_builtins(code: &Ref<Code>, globals: &Ref<Dict>, builtins: Ref<Dict>) -> Ref<Function> {
    adapt_names(code, globals);
    let name = &names().__name__;
    // It is the first name of most modules.
    let module = globals.value_of(0, name).or_else(|| dict::get_str(globals, name));
    let documented = code.flags & ouro_bytecode::code::flags::HAS_DOCSTRING != 0;
    let doc = code.constants.first().filter(|_| documented).cloned();
    alloc(Function {
        builtins: Slot::new(Some(builtins)),
        module: Slot::new(module),
        globals: Slot::new(Some(globals.clone())),
        closure: Slot::empty(),
        defaults: Slot::empty(),
        keyword_defaults: Slot::empty(),
        name: Slot::new(Some(code.name.clone())),
        qualname: Slot::new(Some(code.qualname.clone())),
        doc: Slot::new(doc),
        annotations: Slot::empty(),
        type_params: Slot::empty(),
        dict: Slot::empty(),
        code: Slot::new(Some(code.clone())),
    })
}

/// Code with names that gets globals which are no plain dictionary asks these for each of them from now on.
fn adapt_names(code: &Code, globals: &Ref<Dict>) {
    if code.flags & ouro_bytecode::code::flags::OPTIMIZED == 0 && !globals.as_any().is_exact::<Dict>() {
        code.enter_namespace();
    }
}

/// The namespace of builtins that a global namespace uses: its `__builtins__` (a module or a dictionary).
pub fn builtins_of(globals: &Ref<Dict>) -> Ref<Dict> {
    let found = dict::get_str(globals, &names().__builtins__);
    let own = found.and_then(|found| match found.payload::<crate::objects::module::Module>() {
        Some(module) => Some(module.dict.clone()),
        None => found.into::<Dict>().ok(),
    });
    own.or_else(|| vm().slots.builtins.get()).expect("the builtins exist")
}

fn payload(object: &Ref) -> &Function {
    object.payload::<Function>().expect("a function")
}

fn call(object: &Ref, args: Args) -> Res {
    crate::interpreter::call_function(object.downcast::<Function>().expect("slot of this class"), args)
}

fn repr(object: &Ref) -> Res {
    let name = payload(object)
        .qualname
        .with(|name| name.map(|name| name.to_text().into_owned()))
        .unwrap_or_default();
    Ok(str::new(&format!("<function {name} at {:#x}>", object.address())).into_any())
}

fn descr_get(object: &Ref, instance: Option<&Ref>, _class: Option<&Ref>) -> Res {
    Ok(match instance {
        None => object.clone(),
        Some(instance) => method::new(object.clone(), instance.clone()),
    })
}

fn or_none(value: Option<Ref>) -> Res {
    Ok(value.unwrap_or_else(|| shared().none.clone()))
}

fn given(value: Option<&Ref>) -> Option<&Ref> {
    value.filter(|value| !value.is(&shared().none))
}

fn set_text(slot: &Slot<Str>, value: Option<&Ref>, name: &str) -> Res<()> {
    match value.and_then(|value| value.downcast::<Str>()) {
        Some(text) => slot.set(Some(text.clone())),
        None => return Err(type_error!("{name} must be set to a string object")),
    }
    Ok(())
}

/// `__annotations__` as a dictionary.
pub fn annotations(object: &Ref) -> Res<Ref<Dict>> {
    let slot = &payload(object).annotations;
    let existing = slot.get();
    if let Some(dict) = existing.as_ref().and_then(|existing| existing.downcast::<Dict>()) {
        return Ok(dict.clone());
    }
    let made = dict::new();
    if let Some(pairs) = existing.as_ref().and_then(|existing| existing.payload::<Tuple>()) {
        made.table.with_mut(|table| table.foresee(pairs.items().len() / 2));
        for pair in pairs.items().chunks_exact(2) {
            dict::set(&made, &pair[0], pair[1].clone())?;
        }
    }
    slot.set(Some(made.clone().into_any()));
    Ok(made)
}

/// Another function with the same code and all else.
pub(crate) fn twin(function: &Function) -> Ref<Function> {
    alloc(Function {
        code: Slot::new(function.code.get()),
        globals: Slot::new(function.globals.get()),
        builtins: Slot::new(function.builtins.get()),
        closure: Slot::new(function.closure.get()),
        defaults: Slot::new(function.defaults.get()),
        keyword_defaults: Slot::new(function.keyword_defaults.get()),
        name: Slot::new(function.name.get()),
        qualname: Slot::new(function.qualname.get()),
        doc: Slot::new(function.doc.get()),
        module: Slot::new(function.module.get()),
        annotations: Slot::new(function.annotations.get()),
        type_params: Slot::new(function.type_params.get()),
        dict: Slot::new(function.dict.get()),
    })
}

fn set_code(object: &Ref, value: Option<&Ref>) -> Res<()> {
    let Some(code) = value.and_then(|value| value.downcast::<Code>()) else {
        return Err(type_error!("__code__ must be set to a code object"));
    };
    let function = payload(object);
    let cells = function.closure.with(|closure| closure.map_or(0, |closure| closure.items().len()));
    if cells != code.free_names.len() {
        let name = function.name.get().map(|name| name.to_text().into_owned()).unwrap_or_default();
        return Err(crate::value_error!(
            "{name}() requires a code object with {cells} free vars, not {}",
            code.free_names.len()
        ));
    }
    let function = object.downcast::<Function>().expect("setter of this class");
    crate::interpreter::keep_running(function);
    if let Some(globals) = function.globals.get() {
        adapt_names(code, &globals);
    }
    function.code.set(Some(code.clone()));
    Ok(())
}

fn new_slot(class: &Ref<Class>, args: Args) -> Res {
    static DEF: crate::native::NativeDef = crate::native::bound(
        "function",
        "(code, globals, name=None, argdefs=None, closure=None, kwdefaults=None)",
        |_| Ok(shared().none.clone()),
        "",
    );
    let _ = class;
    let values = DEF.bind(args)?;
    let (Some(code), Some(globals)) = (
        values[0].as_ref().and_then(|code| code.downcast::<Code>()),
        values[1].as_ref().and_then(|globals| globals.downcast::<Dict>()),
    ) else {
        return Err(type_error!("function() argument 'code' must be code, and 'globals' must be dict"));
    };
    let function = new(code, globals);
    if let Some(name) = given(values[2].as_ref()) {
        set_text(&function.name, Some(name), "__name__")?;
        function.qualname.set(function.name.get());
    }
    if let Some(defaults) = given(values[3].as_ref()) {
        match defaults.downcast::<Tuple>() {
            Some(defaults) => function.defaults.set(Some(defaults.clone())),
            None => return Err(type_error!("arg 4 (defaults) must be None or tuple")),
        }
    }
    let closure = given(values[4].as_ref()).and_then(|closure| closure.downcast::<Tuple>());
    let given_cells = closure.map_or(0, |closure| closure.items().len());
    if given_cells != code.free_names.len() {
        if closure.is_none() {
            return Err(type_error!("arg 5 (closure) must be tuple"));
        }
        return Err(crate::value_error!(
            "{} requires closure of length {}, not {given_cells}",
            code.name.to_text(),
            code.free_names.len()
        ));
    }
    function.closure.set(closure.cloned());
    if let Some(defaults) = given(values[5].as_ref()).and_then(|defaults| defaults.downcast::<Dict>()) {
        function.keyword_defaults.set(Some(defaults.clone()));
    }
    Ok(function.into_any())
}

/// `function`
pub static FUNCTION: ClassDef = ClassDef {
    flags: class_flags::HAS_DICT | class_flags::WEAKLY_REFERENCEABLE | class_flags::METHOD_DESCRIPTOR,
    slots: Slots {
        new: Some(new_slot),
        call: Some(call),
        repr: Some(repr),
        descr_get: Some(descr_get),
        ..Slots::NONE
    },
    getset: &[
        property("__code__", |f| or_none(payload(f).code.get().map(Ref::into_any)), set_code, ""),
        member("__globals__", |f| or_none(payload(f).globals.get().map(Ref::into_any)), ""),
        member("__builtins__", |f| or_none(payload(f).builtins.get().map(Ref::into_any)), ""),
        member("__closure__", |f| or_none(payload(f).closure.get().map(Ref::into_any)), ""),
        property(
            "__defaults__",
            |f| or_none(payload(f).defaults.get().map(Ref::into_any)),
            |f, value| {
                match given(value).map(|value| value.downcast::<Tuple>().ok_or(())) {
                    Some(Err(())) => return Err(type_error!("__defaults__ must be set to a tuple object")),
                    Some(Ok(defaults)) => payload(f).defaults.set(Some(defaults.clone())),
                    None => payload(f).defaults.set(None),
                }
                Ok(())
            },
            "",
        ),
        property(
            "__kwdefaults__",
            |f| or_none(payload(f).keyword_defaults.get().map(Ref::into_any)),
            |f, value| {
                match given(value).map(|value| value.downcast::<Dict>().ok_or(())) {
                    Some(Err(())) => return Err(type_error!("__kwdefaults__ must be set to a dict object")),
                    Some(Ok(defaults)) => payload(f).keyword_defaults.set(Some(defaults.clone())),
                    None => payload(f).keyword_defaults.set(None),
                }
                Ok(())
            },
            "",
        ),
        property(
            "__name__",
            |f| or_none(payload(f).name.get().map(Ref::into_any)),
            |f, value| set_text(&payload(f).name, value, "__name__"),
            "",
        ),
        property(
            "__qualname__",
            |f| or_none(payload(f).qualname.get().map(Ref::into_any)),
            |f, value| set_text(&payload(f).qualname, value, "__qualname__"),
            "",
        ),
        property(
            "__doc__",
            |f| or_none(payload(f).doc.get()),
            |f, value| {
                payload(f).doc.set(value.cloned());
                Ok(())
            },
            "",
        ),
        property(
            "__module__",
            |f| or_none(payload(f).module.get()),
            |f, value| {
                payload(f).module.set(value.cloned());
                Ok(())
            },
            "",
        ),
        property(
            "__annotations__",
            |f| Ok(annotations(f)?.into_any()),
            |f, value| {
                match given(value) {
                    Some(value) if !value.has_layout::<Dict>() => {
                        return Err(type_error!("__annotations__ must be set to a dict object"));
                    }
                    value => payload(f).annotations.set(value.cloned()),
                }
                Ok(())
            },
            "",
        ),
        property(
            "__type_params__",
            |f| Ok(payload(f).type_params.get().unwrap_or_else(|| shared().empty_tuple.clone())),
            |f, value| {
                payload(f).type_params.set(value.cloned());
                Ok(())
            },
            "",
        ),
        property(
            "__dict__",
            |f| Ok(crate::protocol::attribute::dict_of(f).expect("functions have a dictionary").into_any()),
            |f, value| {
                match value.and_then(|value| value.downcast::<Dict>()) {
                    Some(dict) => payload(f).dict.set(Some(dict.clone())),
                    None => return Err(type_error!("__dict__ must be set to a dictionary")),
                }
                Ok(())
            },
            "",
        ),
    ],
    ..ClassDef::new::<Function>(types::FUNCTION, "function")
};
