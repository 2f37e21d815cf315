//! `cmp_to_key`.

use ouro_bytecode::opcode::Comparison;
use ouro_heap::{Payload, Ref, Slot, alloc};
use ouro_vm::{
    error::Res,
    native::{Args, NativeDef},
    objects::{
        bool_,
        class::{ClassDef, class_flags, property},
        int::{self, Int},
        slots::Slots,
        special, str,
    },
    protocol::{attribute, call, compare},
    type_error, types,
};

use crate::support::{parameters, this};

/// `functools.KeyWrapper`: the comparison, and in the keys that it makes the object.
#[derive(Payload)]
#[payload(types::CMP_TO_KEY)]
pub(super) struct KeyWrapper {
    comparison: Ref,
    object: Slot,
}

/// `functools.cmp_to_key(mycmp)`
pub(super) fn cmp_to_key(args: &[Option<Ref>]) -> Res {
    let comparison = args[0].clone().expect("a required parameter");
    Ok(alloc(KeyWrapper { comparison, object: Slot::empty() }).into_any())
}

static KEY_PARAMETERS: NativeDef = parameters("K", "(obj)");

fn key_call(object: &Ref, args: Args) -> Res {
    let value = match (args.all, args.names) {
        ([value], None) => value.clone(),
        _ => KEY_PARAMETERS.bind(args)?.swap_remove(0).expect("a required parameter"),
    };
    let comparison = this::<KeyWrapper>(object).comparison.clone();
    Ok(alloc(KeyWrapper { comparison, object: Slot::new(Some(value)) }).into_any())
}

fn key_compare(left: &Ref, right: &Ref, comparison: Comparison) -> Res {
    let Some(right) = right.payload::<KeyWrapper>() else {
        return Err(type_error!("other argument must be K instance"));
    };
    let left = this::<KeyWrapper>(left);
    let (Some(a), Some(b)) = (left.object.get(), right.object.get()) else {
        return Err(ouro_vm::attribute_error!("object"));
    };
    let result = call::call(&left.comparison, &[a, b])?;
    if result.is_exact::<Int>()
        && let Some(value) = int::as_i64(&result)
    {
        return Ok(bool_::new(compare::holds(comparison, value.cmp(&0))));
    }
    compare::rich(&result, &int::new(0), comparison)
}

fn key_object(object: &Ref) -> Res {
    match this::<KeyWrapper>(object).object.get() {
        Some(value) => Ok(value),
        None => Err(attribute::missing(object, &str::intern("obj"))),
    }
}

fn set_key_object(object: &Ref, value: Option<&Ref>) -> Res<()> {
    this::<KeyWrapper>(object).object.set(value.cloned());
    Ok(())
}

/// `functools.KeyWrapper`
pub(super) static KEY_WRAPPER: ClassDef = ClassDef {
    module: "functools",
    flags: class_flags::NO_INSTANTIATION,
    slots: Slots {
        call: Some(key_call),
        compare: Some(key_compare),
        hash: Some(special::unhashable),
        ..Slots::NONE
    },
    getset: &[property("obj", key_object, set_key_object, "Value wrapped by a key function.")],
    ..ClassDef::new::<KeyWrapper>(types::CMP_TO_KEY, "KeyWrapper")
};
