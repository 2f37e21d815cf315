//! `method`: a function bound to its first argument.

use ouro_bytecode::opcode::Comparison;
use ouro_heap::{Payload, Ref, alloc};

use crate::{
    error::Res,
    native::Args,
    objects::{
        bool_,
        class::{Class, ClassDef, class_flags, getter, member},
        slots::Slots,
        str::{self, Str, StrExt},
    },
    protocol::{attribute, call},
    state::{names, shared},
    type_error, types,
};

/// A bound method's payload.
#[derive(Payload)]
#[payload(types::METHOD)]
pub struct Method {
    /// `__func__`
    pub function: Ref,
    /// `__self__`
    pub receiver: Ref,
}

/// Binds a function.
pub fn new(function: Ref, receiver: Ref) -> Ref {
    alloc(Method { function, receiver }).into_any()
}

fn payload(object: &Ref) -> &Method {
    object.payload::<Method>().expect("a method")
}

fn new_slot(_class: &Ref<Class>, args: Args) -> Res {
    let values = args.exactly("method", 2, 2)?;
    if !call::is_callable(&values[0]) {
        return Err(type_error!("first argument must be callable"));
    }
    if values[1].is(&shared().none) {
        return Err(type_error!("instance must not be None"));
    }
    Ok(new(values[0].clone(), values[1].clone()))
}

fn call_slot(object: &Ref, args: Args) -> Res {
    let method = payload(object);
    call::call_with_first(&method.function, &method.receiver, args)
}

fn repr(object: &Ref) -> Res {
    let method = payload(object);
    let name = match attribute::get_optional(&method.function, &names().__qualname__)? {
        None => attribute::get_optional(&method.function, &names().__name__)?,
        name => name,
    };
    let name = name
        .and_then(|name| name.into::<Str>().ok())
        .map_or("?".to_owned(), |name| name.to_text().into_owned());
    let receiver = crate::protocol::object::repr(&method.receiver)?;
    Ok(str::new(&format!("<bound method {name} of {}>", receiver.to_text())).into_any())
}

fn compare(left: &Ref, right: &Ref, comparison: Comparison) -> Res {
    let (Some(a), Some(b)) = (left.payload::<Method>(), right.payload::<Method>()) else {
        return Ok(shared().not_implemented.clone());
    };
    let same = a.receiver.is(&b.receiver) && crate::protocol::compare::equal(&a.function, &b.function)?;
    Ok(match comparison {
        Comparison::Eq => bool_::new(same),
        Comparison::Ne => bool_::new(!same),
        _ => shared().not_implemented.clone(),
    })
}

fn hash(object: &Ref) -> Res<i64> {
    let method = payload(object);
    let function = crate::protocol::object::hash(&method.function)?;
    Ok(match crate::protocol::object::hash_address(&method.receiver) ^ function {
        -1 => -2,
        hash => hash,
    })
}

/// Attributes of the function show through.
fn get_attr(object: &Ref, name: &Ref) -> Res {
    let name = attribute::as_name(name)?;
    if Class::of(object).lookup(name).is_some() {
        return attribute::generic_get(object, name);
    }
    attribute::get(&payload(object).function, name)
}

/// `method`
pub static METHOD: ClassDef = ClassDef {
    flags: class_flags::WEAKLY_REFERENCEABLE,
    slots: Slots {
        new: Some(new_slot),
        call: Some(call_slot),
        repr: Some(repr),
        compare: Some(compare),
        hash: Some(hash),
        get_attr: Some(get_attr),
        // It is bound already.
        descr_get: Some(|method, _, _| Ok(method.clone())),
        ..Slots::NONE
    },
    getset: &[
        member(
            "__func__",
            |method| Ok(payload(method).function.clone()),
            "the function (or other callable) implementing a method",
        ),
        member(
            "__self__",
            |method| Ok(payload(method).receiver.clone()),
            "the instance to which a method is bound",
        ),
        getter("__doc__", |method| attribute::get(&payload(method).function, &names().__doc__), ""),
    ],
    ..ClassDef::new::<Method>(types::METHOD, "method")
};
