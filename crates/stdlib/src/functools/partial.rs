//! `functools.partial`.

use ouro_heap::{Payload, Ref, Slot, alloc_as};
use ouro_vm::{
    error::Res,
    native::{Args, NativeDef, plain},
    objects::{
        class::{Class, ClassDef, class_flags, member},
        dict::{self, Dict},
        slots::Slots,
        str::{self, Str, StrExt},
        tuple::{self, Tuple},
    },
    protocol::{attribute, call, object::ReprGuard},
    state::shared,
    type_error, types,
};
use smallvec::SmallVec;

use super::check_callable;
use crate::support::{repr_text, text, this};

/// A partial's payload. The fields change only in `__setstate__`.
#[derive(Payload)]
#[payload(types::PARTIAL)]
pub(super) struct Partial {
    function: Slot,
    args: Slot<Tuple>,
    keywords: Slot<Dict>,
}

impl Partial {
    fn function(&self) -> Ref {
        self.function.get().unwrap_or_else(|| shared().none.clone())
    }

    fn args(&self) -> Ref<Tuple> {
        self.args.get().unwrap_or_else(tuple::empty)
    }

    fn keywords(&self) -> Ref<Dict> {
        self.keywords.get().unwrap_or_else(dict::new)
    }
}

fn new_slot(class: &Ref<Class>, args: Args) -> Res {
    let Some(function) = args.positional().first() else {
        return Err(type_error!("type 'partial' takes at least one argument"));
    };
    check_callable(function)?;
    let keywords = dict::new();
    let rest = args.rest().positional();
    // A partial of a partial (without attributes of its own) is flattened.
    let (function, positional) = match function.payload::<Partial>() {
        Some(inner)
            if function.header().type_index() == class.index
                && attribute::existing_dict(function).is_none() =>
        {
            for (key, value) in inner.keywords().snapshot() {
                dict::set(&keywords, &key, value)?;
            }
            let own = inner.args();
            (inner.function(), tuple::from_vec(own.items().iter().chain(rest).cloned().collect()))
        }
        _ => (function.clone(), tuple::from_slice(rest)),
    };
    for (name, value) in args.keywords() {
        dict::set_str(&keywords, name, value.clone());
    }
    let payload = Partial {
        function: Slot::new(Some(function)),
        args: Slot::new(Some(positional)),
        keywords: Slot::new(Some(keywords)),
    };
    Ok(alloc_as(class.index, payload).into_any())
}

fn call_slot(object: &Ref, args: Args) -> Res {
    let partial = this::<Partial>(object);
    let (function, own) = (partial.function(), partial.args());
    let stored = partial.keywords.get().filter(|keywords| !keywords.is_empty());
    let Some(stored) = stored else {
        if own.items().is_empty() {
            return call::call_args(&function, args);
        }
        let mut all: SmallVec<[Ref; 8]> = own.items().iter().cloned().collect();
        all.extend(args.all.iter().cloned());
        return call::call_args(&function, Args { all: &all, names: args.names });
    };
    let mut all: SmallVec<[Ref; 8]> = own.items().iter().chain(args.positional()).cloned().collect();
    let mut names: Vec<Ref> = Vec::new();
    for (key, value) in stored.snapshot() {
        let Some(name) = key.downcast::<Str>() else { return Err(type_error!("keywords must be strings")) };
        let given = args.keywords().find(|(given, _)| str::equal(given, name));
        all.push(given.map_or(value, |(_, value)| value.clone()));
        names.push(key);
    }
    let count = names.len();
    for (name, value) in args.keywords() {
        if !names[..count]
            .iter()
            .any(|stored| stored.downcast::<Str>().is_some_and(|stored| str::equal(stored, name)))
        {
            names.push(name.clone().into_any());
            all.push(value.clone());
        }
    }
    let names = tuple::from_vec(names);
    call::call_args(&function, Args { all: &all, names: Some(&names) })
}

fn repr(object: &Ref) -> Res {
    let Some(_guard) = ReprGuard::enter(object) else { return Ok(text("...")) };
    let partial = this::<Partial>(object);
    let class = Class::of(object);
    let module = attribute::get(class.as_any(), &ouro_vm::state::names().__module__)?;
    let module = module.payload::<Str>().map(|module| module.to_text().into_owned()).unwrap_or_default();
    let qualname = class.qualname.get().map(|name| name.to_text().into_owned()).unwrap_or_default();
    let mut shown = format!("{module}.{qualname}({}", repr_text(&partial.function())?);
    for value in partial.args().items() {
        shown.push_str(", ");
        shown.push_str(&repr_text(value)?);
    }
    for (key, value) in partial.keywords().snapshot() {
        let key = ouro_vm::protocol::object::str(&key)?;
        shown.push_str(&format!(", {}={}", key.to_text(), repr_text(&value)?));
    }
    shown.push(')');
    Ok(text(&shown))
}

fn reduce(args: &[Ref]) -> Res {
    let partial = this::<Partial>(&args[0]);
    let attributes = attribute::existing_dict(&args[0]).map_or_else(|| shared().none.clone(), Ref::into_any);
    let state =
        vec![partial.function(), partial.args().into_any(), partial.keywords().into_any(), attributes];
    let class = Class::of(&args[0]).clone().into_any();
    let arguments = tuple::from_vec(vec![partial.function()]).into_any();
    Ok(tuple::from_vec(vec![class, arguments, tuple::from_vec(state).into_any()]).into_any())
}

fn set_state(args: &[Ref]) -> Res {
    let invalid = || type_error!("invalid partial state");
    let state = args[1].payload::<Tuple>().ok_or_else(invalid)?;
    let [function, positional, keywords, attributes] = state.items() else { return Err(invalid()) };
    let positional = positional.downcast::<Tuple>().ok_or_else(invalid)?;
    check_callable(function).map_err(|raised| {
        drop(ouro_vm::error::take(raised));
        invalid()
    })?;
    let keywords = match keywords.downcast::<Dict>() {
        Some(keywords) => keywords.clone(),
        None if keywords.is(&shared().none) => dict::new(),
        None => return Err(invalid()),
    };
    let partial = this::<Partial>(&args[0]);
    partial.function.set(Some(function.clone()));
    partial.args.set(Some(positional.clone()));
    partial.keywords.set(Some(keywords));
    if let Some(attributes) = attributes.downcast::<Dict>() {
        attribute::replace_dict(&args[0], attributes.clone())?;
    }
    Ok(shared().none.clone())
}

static METHODS: [NativeDef; 3] = [
    plain("__reduce__", "(self, /)", reduce, ""),
    plain("__setstate__", "(self, state, /)", set_state, ""),
    crate::support::CLASS_GETITEM,
];

/// `functools.partial`
pub(super) static PARTIAL: ClassDef = ClassDef {
    module: "functools",
    flags: class_flags::BASE | class_flags::HAS_DICT | class_flags::WEAKLY_REFERENCEABLE,
    slots: Slots { new: Some(new_slot), call: Some(call_slot), repr: Some(repr), ..Slots::NONE },
    methods: &METHODS,
    getset: &[
        crate::support::DICT,
        member(
            "func",
            |object| Ok(this::<Partial>(object).function()),
            "function object to use in future partial calls",
        ),
        member(
            "args",
            |object| Ok(this::<Partial>(object).args().into_any()),
            "tuple of arguments to future partial calls",
        ),
        member(
            "keywords",
            |object| Ok(this::<Partial>(object).keywords().into_any()),
            "dictionary of keyword arguments to future partial calls",
        ),
    ],
    doc: "Create a new function with partial application of the given arguments\nand keywords.",
    ..ClassDef::new::<Partial>(types::PARTIAL, "partial")
};
