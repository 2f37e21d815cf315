//! `types.SimpleNamespace`.

use ouro_bytecode::opcode::Comparison;
use ouro_heap::{Payload, Ref, alloc, alloc_as};

use crate::{
    error::Res,
    native::{Args, NativeDef, raw},
    objects::{
        class::{Class, ClassDef, class_flags, getter},
        dict::{self, Dict},
        slots::Slots,
        str::{self, Str, StrExt},
    },
    protocol::{
        compare,
        object::{self, ReprGuard},
    },
    state::shared,
    type_error, types,
};

/// Nothing but attributes.
#[derive(Payload)]
#[payload(types::NAMESPACE)]
pub struct Namespace {
    /// The attributes.
    pub dict: Ref<Dict>,
}

/// A namespace of these attributes.
pub fn new(attributes: Vec<(&str, Ref)>) -> Ref {
    let dict = dict::new();
    for (name, value) in attributes {
        dict::set_str(&dict, &str::intern(name), value);
    }
    alloc(Namespace { dict }).into_any()
}

fn payload(object: &Ref) -> &Namespace {
    object.payload::<Namespace>().expect("a namespace")
}

fn new_slot(class: &Ref<Class>, _args: Args) -> Res {
    let payload = Namespace { dict: dict::new() };
    Ok(if class.index == types::NAMESPACE {
        alloc(payload).into_any()
    } else {
        alloc_as(class.index, payload).into_any()
    })
}

fn init(object: &Ref, args: Args) -> Res<()> {
    let positional = args.positional();
    if positional.len() > 1 {
        return Err(type_error!("SimpleNamespace expected at most 1 argument, got {}", positional.len()));
    }
    let dict = &payload(object).dict;
    if let Some(source) = positional.first() {
        let made = crate::protocol::call::call(
            crate::state::class_of(types::DICT).as_any(),
            std::slice::from_ref(source),
        )?;
        for (key, value) in made.payload::<Dict>().map(Dict::snapshot).unwrap_or_default() {
            if !key.has_layout::<Str>() {
                return Err(type_error!("keywords must be strings"));
            }
            dict::set(dict, &key, value)?;
        }
    }
    for (name, value) in args.keywords() {
        dict::set(dict, name.as_any(), value.clone())?;
    }
    Ok(())
}

fn repr(object: &Ref) -> Res {
    let class = Class::of(object);
    let name = if class.index == types::NAMESPACE { "namespace".to_owned() } else { class.short_name() };
    let Some(_guard) = ReprGuard::enter(object) else {
        return Ok(str::new(&format!("{name}(...)")).into_any());
    };
    let mut pieces = Vec::new();
    for (key, value) in payload(object).dict.snapshot() {
        if let Some(key) = key.payload::<Str>().filter(|key| key.char_count() > 0) {
            pieces.push(str::new(&format!("{}=", key.to_text())));
            pieces.push(object::repr(&value)?);
        }
    }
    let mut text = vec![str::new(&format!("{name}("))];
    for (position, pair) in pieces.chunks(2).enumerate() {
        if position > 0 {
            text.push(str::new(", "));
        }
        text.extend(pair.iter().cloned());
    }
    text.push(str::new(")"));
    let borrowed: Vec<&Str> = text.iter().map(|piece| &**piece).collect();
    Ok(str::concat(&borrowed)?.into_any())
}

fn compare_slot(left: &Ref, right: &Ref, comparison: Comparison) -> Res {
    match (left.payload::<Namespace>(), right.payload::<Namespace>()) {
        (Some(left), Some(right)) => compare::rich(left.dict.as_any(), right.dict.as_any(), comparison),
        _ => Ok(shared().not_implemented.clone()),
    }
}

/// `copy.replace(namespace, **changes)`
fn replace(args: Args) -> Res {
    let positional = args.positional();
    if positional.len() != 1 {
        return Err(type_error!("__replace__() takes no positional arguments"));
    }
    let copy = crate::protocol::call::call(Class::of(&positional[0]).as_any(), &[])?;
    let Some(made) = copy.payload::<Namespace>() else { return Err(type_error!("expected a namespace")) };
    for (key, value) in payload(&positional[0]).dict.snapshot() {
        dict::set(&made.dict, &key, value)?;
    }
    for (name, value) in args.keywords() {
        dict::set(&made.dict, name.as_any(), value.clone())?;
    }
    Ok(copy)
}

fn get_dict(object: &Ref) -> Res {
    Ok(payload(object).dict.clone().into_any())
}

const METHODS: &[NativeDef] =
    &[raw("__replace__", "(self, /, **changes)", replace, "Return a copy of the namespace with new values.")];

/// `types.SimpleNamespace`
pub static NAMESPACE: ClassDef = ClassDef {
    module: "types",
    flags: class_flags::BASE,
    slots: Slots {
        new: Some(new_slot),
        init: Some(init),
        repr: Some(repr),
        compare: Some(compare_slot),
        ..Slots::NONE
    },
    methods: METHODS,
    getset: &[getter("__dict__", get_dict, "")],
    doc: "A simple attribute-based namespace.",
    ..ClassDef::new::<Namespace>(types::NAMESPACE, "SimpleNamespace")
};
