//! Handlers: imports.
#![allow(non_snake_case, reason = "a handler is called as its operation")]

use super::core::*;
use crate::{
    objects::dict,
    protocol::call,
    state::{names, shared, vm},
};

#[inline(never)]
pub(crate) unsafe fn ImportName(pc: Pc, fp: Fp) -> Flow {
    unsafe {
        let w = word(pc);
        publish(pc, fp);
        let name = code_of(fp).names[w.b() as usize].clone().into_any();
        let from_list = code_of(fp).constants[w.c() as usize].clone();
        let level = crate::objects::int::new(word(pc.add(1)).lo() as i64);
        let builtins = function_of(fp).builtins.get().or_else(|| vm().slots.builtins.get());
        let import = builtins.and_then(|builtins| dict::get_str(&builtins, &names().__import__));
        let import = check!(pc, fp, import.ok_or_else(|| crate::import_error!("__import__ not found")));
        let globals = function_of(fp).globals.get().expect("functions have globals").into_any();
        let locals = super::entry::namespace_of(fp).unwrap_or_else(|| shared().none.clone());
        let module = check!(pc, fp, call::call(&import, &[name, globals, locals, from_list, level]));
        store(fp, w.a(), module);
        next!(pc.add(2), fp)
    }
}

#[inline(never)]
pub(crate) unsafe fn ImportFrom(pc: Pc, fp: Fp) -> Flow {
    unsafe {
        let w = word(pc);
        publish(pc, fp);
        let module = operand!(pc, fp, w.b()).clone();
        let value = check!(pc, fp, crate::import::import_from(&module, &code_of(fp).names[w.c() as usize]));
        drop(module);
        consume(fp, w.b());
        store(fp, w.a(), value);
        next!(pc.add(1), fp)
    }
}

#[inline(never)]
pub(crate) unsafe fn ImportStar(pc: Pc, fp: Fp) -> Flow {
    unsafe {
        let a = word(pc).a();
        publish(pc, fp);
        let module = operand!(pc, fp, a).clone();
        let namespace = super::entry::namespace_of(fp)
            .unwrap_or_else(|| function_of(fp).globals.get().expect("functions have globals").into_any());
        check!(pc, fp, crate::import::import_star(&module, &namespace));
        drop(module);
        consume(fp, a);
        next!(pc.add(1), fp)
    }
}
