//! `types.GenericAlias`: what `list[int]` is.

use std::cell::Cell;

use ouro_bytecode::opcode::Comparison;
use ouro_heap::{Payload, Ref, Slot, alloc, alloc_as};

use crate::{
    error::{Res, take_if},
    native::{Args, NativeDef, plain},
    objects::{
        bool_,
        class::{Class, ClassDef, class_flags, getter},
        exception::ExceptionKind,
        list::List,
        slots::Slots,
        str::{self, StrExt},
        tuple::{self, Tuple},
        union,
    },
    protocol::{attribute, call, compare, iterate, object},
    state::{names, shared},
    type_error, types,
};

/// An alias's payload.
#[derive(Payload)]
#[payload(types::GENERIC_ALIAS)]
pub struct GenericAlias {
    origin: Slot,
    args: Slot<Tuple>,
    /// Whether it was unpacked with a star.
    starred: Cell<bool>,
}

/// `__class_getitem__` of built-in generic classes.
pub const CLASS_GETITEM: NativeDef =
    plain("__class_getitem__", "(type, object, /)", |args| Ok(new(args[0].clone(), &args[1])), "See PEP 585")
        .as_class();

/// The class.
pub static GENERIC_ALIAS: ClassDef = ClassDef {
    module: "types",
    slots: Slots {
        new: Some(construct),
        call: Some(call_origin),
        repr: Some(repr),
        hash: Some(hash),
        compare: Some(rich_compare),
        get_attr: Some(get_attr),
        get_item: Some(substitute),
        iter: Some(unpack),
        or: Some(union::combine),
        ..Slots::NONE
    },
    methods: &[
        plain(
            "__mro_entries__",
            "(self, bases, /)",
            |args| Ok(tuple::from_vec(vec![this(&args[0])?.origin.get().unwrap_or_else(none)]).into_any()),
            "",
        ),
        plain(
            "__instancecheck__",
            "(self, instance, /)",
            |_| Err(type_error!("isinstance() argument 2 cannot be a parameterized generic")),
            "",
        ),
        plain(
            "__subclasscheck__",
            "(self, subclass, /)",
            |_| Err(type_error!("issubclass() argument 2 cannot be a parameterized generic")),
            "",
        ),
    ],
    getset: &[
        getter("__origin__", |alias| Ok(this(alias)?.origin.get().unwrap_or_else(none)), ""),
        getter("__args__", |alias| Ok(args_of(this(alias)?).into_any()), ""),
        getter(
            "__parameters__",
            |alias| Ok(tuple::from_vec(parameters(args_of(this(alias)?).items())?).into_any()),
            "",
        ),
        getter("__unpacked__", |alias| Ok(bool_::new(this(alias)?.starred.get())), ""),
    ],
    flags: class_flags::BASE | class_flags::WEAKLY_REFERENCEABLE,
    doc: "Represent a PEP 585 generic type\n\nE.g. for t = list[int], t.__origin__ is list and t.__args__ is (int,).",
    ..ClassDef::new::<GenericAlias>(types::GENERIC_ALIAS, "GenericAlias")
};

fn none() -> Ref {
    shared().none.clone()
}

/// `origin[args]`
pub fn new(origin: Ref, args: &Ref) -> Ref {
    alloc(alias_of(origin, args)).into_any()
}

fn alias_of(origin: Ref, args: &Ref) -> GenericAlias {
    let args = match args.downcast::<Tuple>() {
        Some(args) => args.clone(),
        None => tuple::from_vec(vec![args.clone()]),
    };
    payload_of(origin, args, false)
}

fn payload_of(origin: Ref, args: Ref<Tuple>, starred: bool) -> GenericAlias {
    GenericAlias { origin: Slot::new(Some(origin)), args: Slot::new(Some(args)), starred: Cell::new(starred) }
}

fn from_parts(origin: Ref, args: Ref<Tuple>, starred: bool) -> Ref {
    alloc(payload_of(origin, args, starred)).into_any()
}

fn this(object: &Ref) -> Res<&GenericAlias> {
    object.payload::<GenericAlias>().ok_or_else(|| {
        let class = Class::of(object).short_name();
        type_error!("descriptor requires a 'types.GenericAlias' object but received a '{class}'")
    })
}

fn args_of(alias: &GenericAlias) -> Ref<Tuple> {
    alias.args.get().unwrap_or_else(tuple::empty)
}

fn construct(class: &Ref<Class>, args: Args) -> Res {
    let args = args.exactly("GenericAlias", 2, 2)?;
    let payload = alias_of(args[0].clone(), &args[1]);
    Ok(if class.index == types::GENERIC_ALIAS {
        alloc(payload).into_any()
    } else {
        alloc_as(class.index, payload).into_any()
    })
}

fn call_origin(alias: &Ref, args: Args) -> Res {
    let origin = this(alias)?.origin.get().unwrap_or_else(none);
    let made = call::call_args(&origin, args)?;
    // Most objects cannot have the attribute; that is no error.
    if let Err(raised) = attribute::set(&made, &str::intern("__orig_class__"), alias) {
        match take_if(raised, ExceptionKind::AttributeError) {
            Ok(_) => {}
            Err(raised) => drop(take_if(raised, ExceptionKind::TypeError)?),
        }
    }
    Ok(made)
}

fn repr(alias: &Ref) -> Res {
    let mut text = String::new();
    describe_alias(alias, &mut text)?;
    Ok(str::new(&text).into_any())
}

fn describe_alias(alias: &Ref, text: &mut String) -> Res<()> {
    let alias = this(alias)?;
    if alias.starred.get() {
        text.push('*');
    }
    describe(&alias.origin.get().unwrap_or_else(none), text)?;
    let args = args_of(alias);
    if args.items().is_empty() {
        text.push_str("[()]");
        return Ok(());
    }
    describe_all(args.items(), text)
}

fn describe_all(items: &[Ref], text: &mut String) -> Res<()> {
    text.push('[');
    for (position, item) in items.iter().enumerate() {
        if position > 0 {
            text.push_str(", ");
        }
        match item.payload::<List>() {
            // A list stands for a parameter expression; its items are shown as types, too.
            Some(list) if item.is_exact::<List>() => {
                let items = list.snapshot();
                if items.iter().any(|item| item.is_exact::<List>()) {
                    text.push_str(&object::repr(item)?.to_text());
                } else {
                    describe_all(&items, text)?;
                }
            }
            _ => describe(item, text)?,
        }
    }
    text.push(']');
    Ok(())
}

/// A class by its qualified name, anything else by its `repr`.
fn describe(item: &Ref, text: &mut String) -> Res<()> {
    if item.is(&shared().ellipsis) {
        text.push_str("...");
        return Ok(());
    }
    let has_parts = attribute::get_optional(item, &names().__origin__)?.is_some()
        && attribute::get_optional(item, &names().__args__)?.is_some();
    if !has_parts
        && let Some(name) = attribute::get_optional(item, &names().__qualname__)?
        && let Some(module) = attribute::get_optional(item, &names().__module__)?
        && !module.is(&shared().none)
    {
        let (name, module) = (object::str(&name)?, object::str(&module)?);
        if !module.is_text("builtins") {
            text.push_str(&module.to_text());
            text.push('.');
        }
        text.push_str(&name.to_text());
        return Ok(());
    }
    text.push_str(&object::repr(item)?.to_text());
    Ok(())
}

fn hash(alias: &Ref) -> Res<i64> {
    let alias = this(alias)?;
    let origin = object::hash(&alias.origin.get().unwrap_or_else(none))?;
    Ok(match origin ^ object::hash(args_of(alias).as_any())? {
        -1 => -2,
        hash => hash,
    })
}

fn rich_compare(left: &Ref, right: &Ref, comparison: Comparison) -> Res {
    let (Some(a), Some(b)) = (left.payload::<GenericAlias>(), right.payload::<GenericAlias>()) else {
        return Ok(shared().not_implemented.clone());
    };
    let want = match comparison {
        Comparison::Eq => true,
        Comparison::Ne => false,
        _ => return Ok(shared().not_implemented.clone()),
    };
    let (origin, other) = (a.origin.get().unwrap_or_else(none), b.origin.get().unwrap_or_else(none));
    let same = a.starred.get() == b.starred.get()
        && compare::equal(&origin, &other)?
        && compare::equal(args_of(a).as_any(), args_of(b).as_any())?;
    Ok(bool_::new(same == want))
}

/// Attributes that the alias has itself; all others are those of the origin.
const OWN: [&str; 10] = [
    "__class__",
    "__origin__",
    "__args__",
    "__unpacked__",
    "__parameters__",
    "__mro_entries__",
    "__bases__",
    "__reduce__",
    "__reduce_ex__",
    "__getitem__",
];

fn get_attr(alias: &Ref, name: &Ref) -> Res {
    let text = attribute::as_name(name)?;
    if OWN.iter().any(|own| text.is_text(own)) {
        return attribute::generic_get(alias, text);
    }
    attribute::get(&this(alias)?.origin.get().unwrap_or_else(none), text)
}

/// The type variables among arguments, each once, in the order of their first appearance.
pub(crate) fn parameters(args: &[Ref]) -> Res<Vec<Ref>> {
    let mut found: Vec<Ref> = Vec::new();
    for arg in args {
        if attribute::get_optional(arg, &str::intern("__typing_subst__"))?.is_some() {
            if !found.iter().any(|known| known.is(arg)) {
                found.push(arg.clone());
            }
        } else if let Some(inner) = attribute::get_optional(arg, &names().__parameters__)?
            && let Some(inner) = inner.downcast::<Tuple>()
        {
            for parameter in inner.items() {
                if !found.iter().any(|known| known.is(parameter)) {
                    found.push(parameter.clone());
                }
            }
        }
    }
    Ok(found)
}

/// `alias[types]`: the alias with its type variables replaced.
fn substitute(object: &Ref, key: &Ref) -> Res {
    let alias = this(object)?;
    let replaced = substituted(object, args_of(alias).items(), key)?;
    Ok(from_parts(alias.origin.get().unwrap_or_else(none), tuple::from_vec(replaced), alias.starred.get()))
}

/// The arguments of an alias or a union with its type variables replaced.
pub(crate) fn substituted(object: &Ref, args: &[Ref], key: &Ref) -> Res<Vec<Ref>> {
    let parameters = parameters(args)?;
    if parameters.is_empty() {
        return Err(type_error!("{} is not a generic class", object::repr(object)?.to_text()));
    }
    let given = match key.payload::<Tuple>() {
        Some(given) => given.items().to_vec(),
        None => vec![key.clone()],
    };
    if given.len() != parameters.len() {
        let how = if given.len() > parameters.len() { "many" } else { "few" };
        return Err(type_error!(
            "Too {how} arguments for {}; actual {}, expected {}",
            object::repr(object)?.to_text(),
            given.len(),
            parameters.len()
        ));
    }
    let value_of = |wanted: &Ref| {
        parameters.iter().position(|parameter| parameter.is(wanted)).map(|at| given[at].clone())
    };
    let mut replaced = Vec::with_capacity(args.len());
    for arg in args {
        if let Some(value) = value_of(arg) {
            replaced.push(value);
            continue;
        }
        let inner = match attribute::get_optional(arg, &names().__parameters__)? {
            Some(inner) => inner.downcast::<Tuple>().map(|inner| inner.items().to_vec()).unwrap_or_default(),
            None => Vec::new(),
        };
        if inner.is_empty() {
            replaced.push(arg.clone());
        } else {
            let values = inner.iter().map(|parameter| value_of(parameter).unwrap_or_else(none)).collect();
            replaced.push(crate::protocol::item::get(arg, tuple::from_vec(values).as_any())?);
        }
    }
    Ok(replaced)
}

/// `*alias` gives one starred alias.
fn unpack(object: &Ref) -> Res {
    let alias = this(object)?;
    let starred = from_parts(alias.origin.get().unwrap_or_else(none), args_of(alias), true);
    iterate::iter(tuple::from_vec(vec![starred]).as_any())
}
