//! `FrameLocalsProxy`: `frame.f_locals` of a function. Reading and writing it reads and writes the variables (PEP 667).

use ouro_bytecode::opcode::Comparison;
use ouro_heap::{Payload, Ref, alloc};

use crate::{
    error::{Res, raise_with},
    native::{Args, plain, raw},
    objects::{
        bool_,
        class::{Class, ClassDef, class_flags},
        dict::{self, Dict},
        exception::ExceptionKind,
        frame::Frame,
        list,
        slots::Slots,
        str::{self, StrExt},
        tuple,
    },
    protocol::{compare, iterate, object},
    state::shared,
    type_error, types,
};

/// A proxy's payload.
#[derive(Payload)]
#[payload(types::FRAME_LOCALS_PROXY)]
pub struct FrameLocalsProxy {
    /// The frame whose variables it shows.
    pub frame: Ref<Frame>,
}

/// A proxy of a frame's variables.
pub(crate) fn new(frame: Ref<Frame>) -> Ref {
    alloc(FrameLocalsProxy { frame }).into_any()
}

/// `FrameLocalsProxy`
pub static FRAME_LOCALS_PROXY: ClassDef = ClassDef {
    flags: class_flags::MAPPING | class_flags::KEYED,
    slots: Slots {
        new: Some(construct),
        repr: Some(repr),
        compare: Some(rich_compare),
        iter: Some(|proxy| iterate::iter(&keys(std::slice::from_ref(proxy))?)),
        len: Some(|proxy| Ok(frame(proxy).variables().len())),
        get_item: Some(get_item),
        set_item: Some(set_item),
        contains: Some(|proxy, key| Ok(frame(proxy).get(key)?.is_some())),
        or: Some(or),
        inplace_or: Some(inplace_or),
        ..Slots::NONE
    },
    methods: &[
        raw("get", "(self, key, default=None, /)", get, ""),
        raw("setdefault", "(self, key, default=None, /)", set_default, ""),
        plain("update", "(self, object, /)", update, ""),
        plain("copy", "(self, /)", |args| Ok(snapshot(&args[0])?.into_any()), ""),
        plain("keys", "(self, /)", keys, ""),
        plain("values", "(self, /)", values, ""),
        plain("items", "(self, /)", items, ""),
        plain("__reversed__", "(self, /)", reversed, ""),
    ],
    ..ClassDef::new::<FrameLocalsProxy>(types::FRAME_LOCALS_PROXY, "FrameLocalsProxy")
};

fn frame(proxy: &Ref) -> &Frame {
    &proxy.payload::<FrameLocalsProxy>().expect("a proxy of locals").frame
}

fn construct(_class: &Ref<Class>, args: Args) -> Res {
    let [frame] = args.positional() else {
        return Err(type_error!("FrameLocalsProxy expected 1 argument, got {}", args.positional().len()));
    };
    let Some(frame) = frame.downcast::<Frame>() else {
        return Err(type_error!("expect frame, not {}", Class::of(frame).short_name()));
    };
    args.no_keywords("FrameLocalsProxy")?;
    Ok(new(frame.clone()))
}

fn snapshot(proxy: &Ref) -> Res<Ref<Dict>> {
    let made = dict::new();
    for (name, value) in frame(proxy).variables() {
        dict::set(&made, &name, value)?;
    }
    Ok(made)
}

fn repr(proxy: &Ref) -> Res {
    let Some(_guard) = object::ReprGuard::enter(proxy) else { return Ok(str::new("{...}").into_any()) };
    Ok(object::repr(snapshot(proxy)?.as_any())?.into_any())
}

fn rich_compare(proxy: &Ref, other: &Ref, comparison: Comparison) -> Res {
    if !matches!(comparison, Comparison::Eq | Comparison::Ne) {
        return Ok(shared().not_implemented.clone());
    }
    let other = match other.payload::<FrameLocalsProxy>() {
        Some(other) => {
            let same = std::ptr::eq(frame(proxy), &*other.frame);
            return Ok(bool_::new(same == (comparison == Comparison::Eq)));
        }
        None if other.has_layout::<Dict>() => other,
        None => return Ok(shared().not_implemented.clone()),
    };
    compare::rich(snapshot(proxy)?.as_any(), other, comparison)
}

fn get_item(proxy: &Ref, key: &Ref) -> Res {
    match frame(proxy).get(key)? {
        Some(value) => Ok(value),
        None => {
            let message = format!("local variable '{}' is not defined", object::repr(key)?.to_text());
            Err(raise_with(ExceptionKind::KeyError, vec![str::new(&message).into_any()]))
        }
    }
}

fn set_item(proxy: &Ref, key: &Ref, value: Option<&Ref>) -> Res<()> {
    match value {
        Some(value) => frame(proxy).set(key, value.clone()),
        None => Err(type_error!("cannot remove variables from FrameLocalsProxy")),
    }
}

/// The key and the default of a call with one or two arguments besides the proxy.
fn key_and_default<'a>(name: &str, args: Args<'a>) -> Res<(&'a Ref, Ref)> {
    args.no_keywords(&format!("FrameLocalsProxy.{name}"))?;
    match &args.all[1..] {
        [key] => Ok((key, shared().none.clone())),
        [key, default] => Ok((key, default.clone())),
        _ => Err(type_error!("{name} expected 1 or 2 arguments")),
    }
}

fn get(args: Args) -> Res {
    let (key, default) = key_and_default("get", args)?;
    Ok(frame(&args.all[0]).get(key)?.unwrap_or(default))
}

fn set_default(args: Args) -> Res {
    let (key, default) = key_and_default("setdefault", args)?;
    let frame = frame(&args.all[0]);
    if let Some(value) = frame.get(key)? {
        return Ok(value);
    }
    frame.set(key, default.clone())?;
    Ok(default)
}

/// Stores everything that a dictionary or another proxy holds; false for anything else.
fn store_all(proxy: &Ref, other: &Ref) -> Res<bool> {
    let pairs = match (other.payload::<Dict>(), other.payload::<FrameLocalsProxy>()) {
        (Some(dict), _) => dict.snapshot(),
        (_, Some(other)) => other.frame.variables(),
        _ => return Ok(false),
    };
    for (name, value) in pairs {
        frame(proxy).set(&name, value)?;
    }
    Ok(true)
}

fn update(args: &[Ref]) -> Res {
    if !store_all(&args[0], &args[1])? {
        return Err(type_error!("update() argument must be dict or another FrameLocalsProxy"));
    }
    Ok(shared().none.clone())
}

fn inplace_or(proxy: &Ref, other: &Ref) -> Res {
    Ok(if store_all(proxy, other)? { proxy.clone() } else { shared().not_implemented.clone() })
}

fn or(left: &Ref, right: &Ref) -> Res {
    let mapping = |object: &Ref| object.has_layout::<Dict>() || object.has_layout::<FrameLocalsProxy>();
    if !mapping(left) || !mapping(right) {
        return Ok(shared().not_implemented.clone());
    }
    let made = dict::new();
    dict::merge(&made, left)?;
    dict::merge(&made, right)?;
    Ok(made.into_any())
}

fn keys(args: &[Ref]) -> Res {
    Ok(list::from_vec(frame(&args[0]).variables().into_iter().map(|(name, _)| name).collect())?.into_any())
}

fn values(args: &[Ref]) -> Res {
    Ok(list::from_vec(frame(&args[0]).variables().into_iter().map(|(_, value)| value).collect())?.into_any())
}

fn items(args: &[Ref]) -> Res {
    let pair = |(name, value)| tuple::from_vec(vec![name, value]).into_any();
    Ok(list::from_vec(frame(&args[0]).variables().into_iter().map(pair).collect())?.into_any())
}

fn reversed(args: &[Ref]) -> Res {
    Ok(list::from_vec(frame(&args[0]).variables().into_iter().rev().map(|(name, _)| name).collect())?
        .into_any())
}
