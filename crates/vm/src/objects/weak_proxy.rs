//! `weakref.ProxyType` and `CallableProxyType`: objects that pass everything on to their target while it lives.

use ouro_bytecode::opcode::{BinaryOperator as B, Comparison, UnaryOperator as U};
use ouro_heap::Ref;

use super::weak::{self, WeakRef};
use crate::{
    error::Res,
    native::{Args, NativeDef, plain},
    objects::{
        class::{Class, ClassDef},
        slots::{SetAttr, Slots},
        str,
    },
    protocol::{attribute, call, compare, item, iterate, number, object},
    reference_error, type_error, types,
};

/// A new proxy; targets that can be called get one that can.
pub fn make(target: &Ref, callback: Option<&Ref>) -> Res {
    let index = if call::is_callable(target) { types::WEAK_CALLABLE_PROXY } else { types::WEAK_PROXY };
    weak::make(index, target, callback)
}

/// The target of a proxy, any other object itself.
fn behind(object: &Ref) -> Res {
    if !matches!(object.header().type_index(), types::WEAK_PROXY | types::WEAK_CALLABLE_PROXY) {
        return Ok(object.clone());
    }
    weak::target(object).ok_or_else(|| reference_error!("weakly-referenced object no longer exists"))
}

macro_rules! binary {
    ($($name:ident $inplace:ident $operator:ident;)*) => {
        $(
            fn $name(left: &Ref, right: &Ref) -> Res {
                number::binary(B::$operator, &behind(left)?, &behind(right)?)
            }
            fn $inplace(left: &Ref, right: &Ref) -> Res {
                number::inplace(B::$operator, &behind(left)?, &behind(right)?)
            }
        )*
    };
}

binary! {
    add inplace_add Add;
    sub inplace_sub Sub;
    mul inplace_mul Mul;
    true_div inplace_true_div TrueDiv;
    floor_div inplace_floor_div FloorDiv;
    modulo inplace_modulo Mod;
    lshift inplace_lshift LShift;
    rshift inplace_rshift RShift;
    and inplace_and And;
    or inplace_or Or;
    xor inplace_xor Xor;
    mat_mul inplace_mat_mul MatMul;
    power inplace_pow Pow;
}

fn pow(base: &Ref, exponent: &Ref, modulus: &Ref) -> Res {
    if modulus.is(&crate::state::shared().none) {
        return power(base, exponent);
    }
    let method = attribute::get(&behind(base)?, &crate::state::names().__pow__)?;
    call::call(&method, &[behind(exponent)?, behind(modulus)?])
}

fn div_mod(left: &Ref, right: &Ref) -> Res {
    let (left, right) = (behind(left)?, behind(right)?);
    let divmod = crate::state::vm()
        .slots
        .builtins
        .get()
        .and_then(|b| crate::objects::dict::get_str(&b, &str::intern("divmod")));
    call::call(&divmod.ok_or_else(|| crate::name_error!("name 'divmod' is not defined"))?, &[left, right])
}

macro_rules! conversion {
    ($($name:ident $method:ident;)*) => {
        $(fn $name(object: &Ref) -> Res {
            let target = behind(object)?;
            match attribute::call_special(&target, &crate::state::names().$method, &[])? {
                Some(result) => Ok(result),
                None => Err(attribute::missing(&target, &crate::state::names().$method)),
            }
        })*
    };
}

conversion! {
    abs __abs__;
    float __float__;
    bytes __bytes__;
    reversed __reversed__;
}

fn int(object: &Ref) -> Res {
    call::call(crate::state::class_of(types::INT).as_any(), &[behind(object)?])
}

fn neg(object: &Ref) -> Res {
    number::unary(U::Neg, &behind(object)?)
}

fn pos(object: &Ref) -> Res {
    number::unary(U::Pos, &behind(object)?)
}

fn invert(object: &Ref) -> Res {
    number::unary(U::Invert, &behind(object)?)
}

fn index(object: &Ref) -> Res {
    number::index(&behind(object)?)
}

fn bool_slot(proxy: &Ref) -> Res<bool> {
    object::is_true(&behind(proxy)?)
}

fn len(proxy: &Ref) -> Res<usize> {
    object::len(&behind(proxy)?)
}

fn str_slot(proxy: &Ref) -> Res {
    Ok(object::str(&behind(proxy)?)?.into_any())
}

fn repr(proxy: &Ref) -> Res {
    let text = match weak::target(proxy) {
        None => format!("<weakproxy at {:#x}; dead>", proxy.address()),
        Some(target) => {
            let class = crate::objects::object::shown_name(Class::of(&target))?;
            format!("<weakproxy at {:#x}; to '{class}' at {:#x}>", proxy.address(), target.address())
        }
    };
    Ok(str::new(&text).into_any())
}

fn hash(proxy: &Ref) -> Res<i64> {
    Err(type_error!("unhashable type: '{}'", Class::of(proxy).full_name()))
}

fn compare_slot(left: &Ref, right: &Ref, comparison: Comparison) -> Res {
    compare::rich(&behind(left)?, &behind(right)?, comparison)
}

fn get_attr(proxy: &Ref, name: &Ref) -> Res {
    attribute::get(&behind(proxy)?, attribute::as_name(name)?)
}

const SET_ATTR: SetAttr = |proxy, name, value| {
    let (target, name) = (behind(proxy)?, attribute::as_name(name)?);
    match value {
        Some(value) => attribute::set(&target, name, &behind(value)?),
        None => attribute::delete(&target, name),
    }
};

fn get_item(proxy: &Ref, key: &Ref) -> Res {
    item::get(&behind(proxy)?, key)
}

fn set_item(proxy: &Ref, key: &Ref, value: Option<&Ref>) -> Res<()> {
    let target = behind(proxy)?;
    match value {
        Some(value) => item::set(&target, key, value),
        None => item::delete(&target, key),
    }
}

fn contains(proxy: &Ref, element: &Ref) -> Res<bool> {
    item::contains(&behind(proxy)?, element)
}

fn iter(proxy: &Ref) -> Res {
    iterate::iter(&behind(proxy)?)
}

fn next(proxy: &Ref) -> Res<Option<Ref>> {
    let target = behind(proxy)?;
    if Class::of(&target).slots.0.next.get().is_none() {
        return Err(type_error!(
            "Weakref proxy referenced a non-iterator '{}' object",
            Class::of(&target).full_name()
        ));
    }
    iterate::next(&target)
}

fn call_slot(proxy: &Ref, args: Args) -> Res {
    let target = behind(proxy)?;
    call::call_args(&target, args)
}

fn bytes_method(args: &[Ref]) -> Res {
    bytes(&args[0])
}

fn reversed_method(args: &[Ref]) -> Res {
    reversed(&args[0])
}

const METHODS: &[NativeDef] = &[
    plain("__bytes__", "(self, /)", bytes_method, ""),
    plain("__reversed__", "(self, /)", reversed_method, ""),
];

const SLOTS: Slots = Slots {
    repr: Some(repr),
    str: Some(str_slot),
    hash: Some(hash),
    compare: Some(compare_slot),
    get_attr: Some(get_attr),
    set_attr: Some(SET_ATTR),
    iter: Some(iter),
    next: Some(next),
    bool: Some(bool_slot),
    len: Some(len),
    get_item: Some(get_item),
    set_item: Some(set_item),
    contains: Some(contains),
    add: Some(add),
    sub: Some(sub),
    mul: Some(mul),
    true_div: Some(true_div),
    floor_div: Some(floor_div),
    modulo: Some(modulo),
    div_mod: Some(div_mod),
    pow: Some(pow),
    lshift: Some(lshift),
    rshift: Some(rshift),
    and: Some(and),
    or: Some(or),
    xor: Some(xor),
    mat_mul: Some(mat_mul),
    inplace_add: Some(inplace_add),
    inplace_sub: Some(inplace_sub),
    inplace_mul: Some(inplace_mul),
    inplace_true_div: Some(inplace_true_div),
    inplace_floor_div: Some(inplace_floor_div),
    inplace_modulo: Some(inplace_modulo),
    inplace_pow: Some(inplace_pow),
    inplace_lshift: Some(inplace_lshift),
    inplace_rshift: Some(inplace_rshift),
    inplace_and: Some(inplace_and),
    inplace_or: Some(inplace_or),
    inplace_xor: Some(inplace_xor),
    inplace_mat_mul: Some(inplace_mat_mul),
    neg: Some(neg),
    pos: Some(pos),
    abs: Some(abs),
    invert: Some(invert),
    index: Some(index),
    int: Some(int),
    float: Some(float),
    ..Slots::NONE
};

/// `weakref.ProxyType`
pub static WEAK_PROXY: ClassDef = ClassDef {
    module: "weakref",
    flags: crate::objects::class::class_flags::NO_INSTANTIATION,
    slots: SLOTS,
    methods: METHODS,
    ..ClassDef::new::<WeakRef>(types::WEAK_PROXY, "ProxyType")
};

/// `weakref.CallableProxyType`
pub static WEAK_CALLABLE_PROXY: ClassDef = ClassDef {
    module: "weakref",
    flags: crate::objects::class::class_flags::NO_INSTANTIATION,
    slots: Slots { call: Some(call_slot), ..SLOTS },
    methods: METHODS,
    ..ClassDef::new::<WeakRef>(types::WEAK_CALLABLE_PROXY, "CallableProxyType")
};
