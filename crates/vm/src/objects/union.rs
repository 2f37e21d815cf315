//! `types.UnionType`: `int | str`.

use ouro_bytecode::opcode::BinaryOperator;
use ouro_heap::{Payload, Ref, alloc};

use crate::{
    error::Res,
    objects::{
        class::{Class, ClassDef, DowncastClass, class_flags, getter, member},
        generic_alias::{self, GenericAlias},
        object,
        slots::Slots,
        str::{self, StrExt},
        tuple::{self, Tuple},
    },
    protocol::number,
    state::shared,
    type_error, types,
};

/// A union's payload.
#[derive(Payload)]
#[payload(types::UNION_TYPE)]
pub struct Union {
    /// `__args__`
    pub args: Ref<Tuple>,
}

/// `left | right` of classes, aliases, unions and None; NotImplemented for anything else.
pub fn combine(left: &Ref, right: &Ref) -> Res {
    let mut parts: Vec<Ref> = Vec::new();
    for operand in [left, right] {
        if let Some(union) = operand.payload::<Union>() {
            parts.extend(union.args.items().iter().cloned());
        } else if operand.is(&shared().none) {
            parts.push(Class::of(operand).clone().into_any());
        } else if operand.downcast_class().is_some() || operand.has_layout::<GenericAlias>() {
            parts.push(operand.clone());
        } else {
            return Ok(shared().not_implemented.clone());
        }
    }
    let mut unique: Vec<Ref> = Vec::new();
    for part in parts {
        let mut known = false;
        for other in &unique {
            known |= crate::protocol::compare::equal(other, &part)?;
        }
        if !known {
            unique.push(part);
        }
    }
    if let [one] = unique.as_slice() {
        return Ok(one.clone());
    }
    Ok(alloc(Union { args: tuple::from_vec(unique) }).into_any())
}

fn payload(object: &Ref) -> &Union {
    object.payload::<Union>().expect("a union")
}

fn repr(object: &Ref) -> Res {
    let mut parts = Vec::new();
    for part in payload(object).args.items() {
        parts.push(match part.downcast_class() {
            Some(class) if part.is(Class::of(&shared().none).as_any()) => {
                let _ = class;
                "None".to_owned()
            }
            Some(class) => object::qualified_name(class)?,
            None => crate::protocol::object::repr(part)?.to_text().into_owned(),
        });
    }
    Ok(str::new(&parts.join(" | ")).into_any())
}

fn compare(left: &Ref, right: &Ref, comparison: ouro_bytecode::opcode::Comparison) -> Res {
    use ouro_bytecode::opcode::Comparison;
    let (Some(a), Some(b)) = (left.payload::<Union>(), right.payload::<Union>()) else {
        return Ok(shared().not_implemented.clone());
    };
    let (a, b) = (a.args.items(), b.args.items());
    let same = a.len() == b.len() && a.iter().all(|part| b.iter().any(|other| other.is(part)));
    Ok(match comparison {
        Comparison::Eq => crate::objects::bool_::new(same),
        Comparison::Ne => crate::objects::bool_::new(!same),
        _ => shared().not_implemented.clone(),
    })
}

fn hash(object: &Ref) -> Res<i64> {
    // The order of the parts does not matter.
    Ok(payload(object).args.items().iter().fold(0, |hash, part| hash ^ (part.address() >> 4) as i64))
}

fn check(args: &[Ref], one: fn(&Ref, &Ref) -> Res<bool>) -> Res {
    for part in payload(&args[0]).args.items() {
        if part.has_layout::<GenericAlias>() {
            return Err(type_error!("isinstance() argument 2 cannot be a parameterized generic"));
        }
        if one(&args[1], part)? {
            return Ok(shared().true_.clone());
        }
    }
    Ok(shared().false_.clone())
}

/// `union[types]`: the union with the type variables of its parts replaced.
fn substitute(object: &Ref, key: &Ref) -> Res {
    let parts = generic_alias::substituted(object, payload(object).args.items(), key)?;
    let mut parts = parts.into_iter();
    let first = parts.next().unwrap_or_else(|| shared().none.clone());
    parts.try_fold(first, |union, part| number::binary(BinaryOperator::Or, &union, &part))
}

/// `types.UnionType`
pub static UNION_TYPE: ClassDef = ClassDef {
    module: "types",
    flags: class_flags::NO_INSTANTIATION | class_flags::KEYED,
    slots: Slots {
        repr: Some(repr),
        compare: Some(compare),
        hash: Some(hash),
        or: Some(combine),
        get_item: Some(substitute),
        ..Slots::NONE
    },
    methods: &[
        crate::native::plain(
            "__instancecheck__",
            "(self, instance, /)",
            |args| check(args, crate::builtins::is_instance),
            "",
        ),
        crate::native::plain(
            "__subclasscheck__",
            "(self, subclass, /)",
            |args| check(args, crate::builtins::is_subclass),
            "",
        ),
    ],
    getset: &[
        member("__args__", |object| Ok(payload(object).args.clone().into_any()), ""),
        getter(
            "__parameters__",
            |object| {
                let parameters = generic_alias::parameters(payload(object).args.items())?;
                Ok(tuple::from_vec(parameters).into_any())
            },
            "Type variables in the types.UnionType.",
        ),
    ],
    ..ClassDef::new::<Union>(types::UNION_TYPE, "UnionType")
};
