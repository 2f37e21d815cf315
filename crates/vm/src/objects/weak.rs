//! `weakref.ReferenceType`: references that do not keep their target alive. The proxies stand in `weak_proxy.rs`.

use std::cell::Cell;

use ouro_bytecode::opcode::Comparison;
use ouro_heap::{
    Payload, Ref, alloc_as,
    weak::{self, WeakHooks, WeakLink},
};

use crate::{
    error::{Res, take},
    native::Args,
    objects::{
        bool_,
        class::{Class, ClassDef, class_flags, getter},
        slots::Slots,
        str::{self, StrExt},
    },
    protocol::{self, attribute, call, compare},
    state::{names, shared},
    type_error, types,
};

/// A weak reference or a proxy.
#[derive(Payload)]
#[payload(types::WEAK_REF)]
pub struct WeakRef {
    /// Target and callback, looked after by the heap.
    pub link: WeakLink,
    /// The target's hash, once it has been asked for.
    hash: Cell<Option<i64>>,
}

/// Tells the heap how to reach links and call callbacks. Called once when the interpreter starts.
pub fn install_hooks() {
    weak::set_hooks(WeakHooks { link, call: call_back });
}

fn link(object: &Ref) -> &WeakLink {
    &object.payload::<WeakRef>().expect("only weak references stand in the table").link
}

fn call_back(reference: &Ref, callback: Ref) {
    if let Err(raised) = call::call(&callback, std::slice::from_ref(reference)) {
        let exception = take(raised);
        crate::unraisable::report(&exception, Some(&callback), None);
    }
}

/// TypeError unless objects like this may be weakly referenced.
pub fn check_target(target: &Ref) -> Res<()> {
    let class = Class::of(target);
    if class.has(class_flags::WEAKLY_REFERENCEABLE) {
        return Ok(());
    }
    Err(type_error!("cannot create weak reference to '{}' object", class.full_name()))
}

/// A weak reference or proxy of the class with this index. Those without a callback are made once per target.
pub fn make(index: u32, target: &Ref, callback: Option<&Ref>) -> Res {
    check_target(target)?;
    let callback = callback.filter(|callback| !callback.is(&shared().none));
    let is_basic = matches!(index, types::WEAK_REF | types::WEAK_PROXY | types::WEAK_CALLABLE_PROXY);
    if callback.is_none()
        && is_basic
        && let Some(existing) = basic(target, index)
    {
        return Ok(existing);
    }
    let payload = WeakRef { link: WeakLink::new(callback.cloned()), hash: Cell::new(None) };
    let made = alloc_as(index, payload).into_any();
    link(&made).attach(&made, target);
    Ok(made)
}

fn basic(target: &Ref, index: u32) -> Option<Ref> {
    if !target.header().has(ouro_heap::header::WEAKLY_REFERENCED) {
        return None;
    }
    weak::references_to(target)
        .into_iter()
        .find(|reference| reference.header().type_index() == index && link(reference).callback.is_empty())
}

/// All weak references to an object as CPython lists them: the shared ones first, then the newest.
pub fn references_to(target: &Ref) -> Vec<Ref> {
    let mut all = weak::references_to(target);
    all.reverse();
    all.sort_by_key(|reference| {
        let shared = link(reference).callback.is_empty();
        match reference.header().type_index() {
            types::WEAK_REF if shared => 0,
            types::WEAK_PROXY | types::WEAK_CALLABLE_PROXY if shared => 1,
            _ => 2,
        }
    });
    all
}

/// The target of a weak reference or proxy.
pub fn target(reference: &Ref) -> Option<Ref> {
    link(reference).target()
}

fn new(class: &Ref<Class>, args: Args) -> Res {
    let positional = args.positional();
    crate::native::check_arity("__new__", positional.len(), 1, 2)?;
    if args.keyword_count() > 0 && class.index == types::WEAK_REF {
        return Err(type_error!("ref() takes no keyword arguments"));
    }
    make(class.index, &positional[0], positional.get(1))
}

fn init(_object: &Ref, args: Args) -> Res<()> {
    crate::native::check_arity("__init__", args.positional().len(), 1, 2)?;
    args.no_keywords("ref")
}

fn call_slot(object: &Ref, args: Args) -> Res {
    args.no_keywords("weakref")?;
    if !args.all.is_empty() {
        let count = args.all.len();
        return Err(type_error!("weakref expected 0 arguments, got {count}"));
    }
    Ok(target(object).unwrap_or_else(|| shared().none.clone()))
}

fn hash(object: &Ref) -> Res<i64> {
    let reference = object.payload::<WeakRef>().expect("slot of this class");
    if let Some(hash) = reference.hash.get() {
        return Ok(hash);
    }
    let Some(target) = reference.link.target() else { return Err(type_error!("weak object has gone away")) };
    let hash = protocol::object::hash(&target)?;
    reference.hash.set(Some(hash));
    Ok(hash)
}

/// Live references compare by their targets, dead ones by identity.
fn compare_slot(left: &Ref, right: &Ref, comparison: Comparison) -> Res {
    if !matches!(comparison, Comparison::Eq | Comparison::Ne)
        || !right.has_layout::<WeakRef>()
        || !left.has_layout::<WeakRef>()
    {
        return Ok(shared().not_implemented.clone());
    }
    match (target(left), target(right)) {
        (Some(left), Some(right)) => compare::rich(&left, &right, comparison),
        _ => Ok(bool_::new(left.is(right) == (comparison == Comparison::Eq))),
    }
}

fn repr(object: &Ref) -> Res {
    let text = match target(object) {
        None => format!("<weakref at {:#x}; dead>", object.address()),
        Some(target) => {
            let name = attribute::lookup_special(&target, &names().__name__)?;
            let place = format!(
                "<weakref at {:#x}; to '{}' at {:#x}",
                object.address(),
                super::object::shown_name(Class::of(&target))?,
                target.address()
            );
            match name.as_ref().and_then(|name| name.payload::<str::Str>()) {
                Some(name) => format!("{place} ({})>", name.to_text()),
                None => format!("{place}>"),
            }
        }
    };
    Ok(str::new(&text).into_any())
}

fn get_callback(object: &Ref) -> Res {
    Ok(link(object).callback.get().unwrap_or_else(|| shared().none.clone()))
}

/// `weakref.ReferenceType`
pub static WEAK_REF: ClassDef = ClassDef {
    module: "weakref",
    flags: class_flags::BASE,
    slots: Slots {
        new: Some(new),
        init: Some(init),
        call: Some(call_slot),
        hash: Some(hash),
        compare: Some(compare_slot),
        repr: Some(repr),
        ..Slots::NONE
    },
    getset: &[getter("__callback__", get_callback, "")],
    ..ClassDef::new::<WeakRef>(types::WEAK_REF, "ReferenceType")
};
