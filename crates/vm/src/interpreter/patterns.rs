//! Handlers: pattern matching (PEP 634).
#![allow(non_snake_case, reason = "a handler is called as its operation")]

use ouro_heap::Ref;

use super::core::*;
use crate::{
    error::Res,
    objects::{
        bool_,
        class::{Class, DowncastClass, class_flags},
        dict::{self, Dict},
        str::{Str, StrExt},
        tuple::{self, Tuple},
    },
    protocol::{attribute, call, item},
    state::{names, shared},
    type_error, types, value_error,
};

#[inline(never)]
pub(crate) unsafe fn MatchSequence(pc: Pc, fp: Fp) -> Flow {
    unsafe { match_kind(pc, fp, class_flags::SEQUENCE) }
}

#[inline(never)]
pub(crate) unsafe fn MatchMapping(pc: Pc, fp: Fp) -> Flow {
    unsafe { match_kind(pc, fp, class_flags::MAPPING) }
}

unsafe fn match_kind(pc: Pc, fp: Fp, flag: u32) -> Flow {
    unsafe {
        let w = word(pc);
        publish(pc, fp);
        let matched = Class::of(operand!(pc, fp, w.b())).has(flag);
        consume(fp, w.b());
        store(fp, w.a(), bool_::new(matched));
        next!(pc.add(1), fp)
    }
}

#[inline(never)]
pub(crate) unsafe fn MatchKeys(pc: Pc, fp: Fp) -> Flow {
    unsafe {
        let w = word(pc);
        publish(pc, fp);
        let subject = operand!(pc, fp, w.b()).clone();
        let keys = operand!(pc, fp, w.c()).clone();
        let result = check!(pc, fp, match_keys(&subject, &keys));
        drop((subject, keys));
        consume(fp, w.b());
        consume(fp, w.c());
        store(fp, w.a(), result);
        next!(pc.add(1), fp)
    }
}

fn match_keys(subject: &Ref, keys: &Ref) -> Res {
    let keys = keys.payload::<Tuple>().expect("the compiler made a tuple").items();
    let seen = dict::new();
    let sentinel = call::call(crate::state::class_of(types::OBJECT).as_any(), &[])?;
    let get = attribute::get(subject, &crate::objects::str::intern("get"))?;
    let mut values = Vec::with_capacity(keys.len());
    for key in keys {
        if dict::contains(&seen, key)? {
            return Err(value_error!(
                "mapping pattern checks duplicate key ({})",
                crate::protocol::object::repr(key)?.to_text()
            ));
        }
        dict::set(&seen, key, shared().none.clone())?;
        let value = call::call(&get, &[key.clone(), sentinel.clone()])?;
        if value.is(&sentinel) {
            return Ok(shared().none.clone());
        }
        values.push(value);
    }
    Ok(tuple::from_vec(values).into_any())
}

#[inline(never)]
pub(crate) unsafe fn MatchClass(pc: Pc, fp: Fp) -> Flow {
    unsafe {
        let w = word(pc);
        publish(pc, fp);
        let data = word(pc.add(1));
        let subject = operand!(pc, fp, w.b()).clone();
        let class = operand!(pc, fp, w.c()).clone();
        let keywords = code_of(fp).constants[data.hi() as usize].clone();
        let result = check!(pc, fp, match_class(&subject, &class, data.lo() as usize, &keywords));
        drop((subject, class));
        consume(fp, w.b());
        consume(fp, w.c());
        store(fp, w.a(), result);
        next!(pc.add(2), fp)
    }
}

fn match_class(subject: &Ref, pattern: &Ref, positional: usize, keywords: &Ref) -> Res {
    let Some(class) = pattern.downcast_class() else {
        return Err(type_error!("called match pattern must be a class"));
    };
    if !crate::builtins::is_instance(subject, pattern)? {
        return Ok(shared().none.clone());
    }
    let mut seen: Vec<String> = Vec::new();
    let mut values = Vec::new();
    let mut take = |name: &Ref<Str>, values: &mut Vec<Ref>| -> Res<bool> {
        let text = name.to_text().into_owned();
        if seen.contains(&text) {
            return Err(type_error!(
                "{}() got multiple sub-patterns for attribute '{text}'",
                class.short_name()
            ));
        }
        seen.push(text);
        match attribute::get_optional(subject, name)? {
            Some(value) => {
                values.push(value);
                Ok(true)
            }
            None => Ok(false),
        }
    };
    if positional > 0 {
        let match_args = attribute::get_optional(pattern, &names().__match_args__)?;
        let (names, itself) = match &match_args {
            Some(args) => match args.payload::<Tuple>() {
                Some(args) => (args.items().to_vec(), false),
                None => {
                    let kind = Class::of(args).short_name();
                    return Err(type_error!(
                        "{}.__match_args__ must be a tuple (got {kind})",
                        class.short_name()
                    ));
                }
            },
            None => (Vec::new(), class.has(class_flags::MATCH_SELF)),
        };
        let allowed = if itself { 1 } else { names.len() };
        if positional > allowed {
            let plural = if allowed == 1 { "" } else { "s" };
            return Err(type_error!(
                "{}() accepts {allowed} positional sub-pattern{plural} ({positional} given)",
                class.short_name()
            ));
        }
        if itself {
            values.push(subject.clone());
        }
        for name in names.iter().take(if itself { 0 } else { positional }) {
            let Some(name) = name.downcast::<Str>() else {
                return Err(type_error!(
                    "__match_args__ elements must be strings (got {})",
                    Class::of(name).short_name()
                ));
            };
            if !take(name, &mut values)? {
                return Ok(shared().none.clone());
            }
        }
    }
    for name in keywords.payload::<Tuple>().map(|names| names.items()).unwrap_or_default() {
        let name = name.downcast::<Str>().expect("the compiler made strings");
        if !take(name, &mut values)? {
            return Ok(shared().none.clone());
        }
    }
    Ok(tuple::from_vec(values).into_any())
}

#[inline(never)]
pub(crate) unsafe fn CopyDictWithout(pc: Pc, fp: Fp) -> Flow {
    unsafe {
        let w = word(pc);
        publish(pc, fp);
        let subject = operand!(pc, fp, w.b()).clone();
        let keys = operand!(pc, fp, w.c()).clone();
        let result = check!(pc, fp, copy_without(&subject, &keys));
        drop((subject, keys));
        consume(fp, w.b());
        consume(fp, w.c());
        store(fp, w.a(), result);
        next!(pc.add(1), fp)
    }
}

fn copy_without(subject: &Ref, keys: &Ref) -> Res {
    let copy = dict::new().into_any();
    let made = copy.downcast::<Dict>().expect("just made");
    super::containers::update_from_mapping(made, subject)?;
    for key in keys.payload::<Tuple>().map(|keys| keys.items()).unwrap_or_default() {
        item::delete(&copy, key)?;
    }
    Ok(copy)
}
