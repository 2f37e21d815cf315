//! Handlers: cells, globals, namespaces, attributes.
#![allow(non_snake_case, reason = "a handler is called as its operation")]

use ouro_heap::Ref;

use super::core::*;
use crate::{
    error::{Raised, Res, raise_object},
    objects::{
        cell::{self, Cell},
        class::{Class, DowncastClass},
        dict::{self, Dict},
        exception::{self, ExceptionKind},
        str::{self, Str, StrExt},
    },
    protocol::{attribute, item},
    state::{names, vm},
};

#[inline(never)]
pub(crate) unsafe fn MakeCell(pc: Pc, fp: Fp) -> Flow {
    unsafe {
        let a = word(pc).a();
        publish(pc, fp);
        let value = take(fp, a);
        *slot(fp, a) = cell::new(value).into_any().into_raw();
        next!(pc.add(1), fp)
    }
}

unsafe fn cell_at<'a>(fp: Fp, operand: u16) -> &'a Cell {
    unsafe { borrow(fp, operand).and_then(|cell| cell.payload::<Cell>()).expect("the slot holds a cell") }
}

unsafe fn free_cell<'a>(fp: Fp, index: u16) -> &'a Cell {
    unsafe {
        let closure = (*function_of(fp).closure.as_ptr()).as_ref().expect("the function has a closure");
        closure.items()[index as usize].payload::<Cell>().expect("closures hold cells")
    }
}

/// The NameError for an empty variable.
#[cold]
fn name_error(name: &Ref<Str>, message: String) -> Raised {
    let error = exception::new(ExceptionKind::NameError, vec![str::new(&message).into_any()]);
    exception::set_field(&error, "name", Some(name.clone().into_any()));
    raise_object(error)
}

#[cold]
pub(crate) fn unbound_local_error(name: &Ref<Str>) -> Raised {
    let text =
        format!("cannot access local variable '{}' where it is not associated with a value", name.to_text());
    // It does not offer other names, so it has no attribute for the one that was looked for.
    crate::error::raise(ExceptionKind::UnboundLocalError, text)
}

#[cold]
fn unbound_free_error(name: &Ref<Str>) -> Raised {
    let text = format!(
        "cannot access free variable '{}' where it is not associated with a value in enclosing scope",
        name.to_text()
    );
    name_error(name, text)
}

#[cold]
fn undefined(name: &Ref<Str>) -> Raised {
    name_error(name, format!("name '{}' is not defined", name.to_text()))
}

#[inline(never)]
pub(crate) unsafe fn LoadCell(pc: Pc, fp: Fp) -> Flow {
    unsafe {
        let w = word(pc);
        publish(pc, fp);
        match cell_at(fp, w.b()).value.get() {
            Some(value) => {
                super::fast::specialise_variable(pc);
                store(fp, w.a(), value);
                next!(pc.add(1), fp)
            }
            None => super::unwind::raised(pc, fp, unbound_local_error(&code_of(fp).locals[w.b() as usize])),
        }
    }
}

#[inline(never)]
pub(crate) unsafe fn StoreCell(pc: Pc, fp: Fp) -> Flow {
    unsafe {
        let w = word(pc);
        publish(pc, fp);
        let _ = operand!(pc, fp, w.b());
        let cell = cell_at(fp, w.a());
        let value = fetch(fp, w.b());
        cell.value.set(value);
        next!(pc.add(1), fp)
    }
}

#[inline(never)]
pub(crate) unsafe fn DeleteCell(pc: Pc, fp: Fp) -> Flow {
    unsafe {
        let a = word(pc).a();
        publish(pc, fp);
        match cell_at(fp, a).value.take() {
            Some(value) => {
                drop(value);
                next!(pc.add(1), fp)
            }
            None => super::unwind::raised(pc, fp, unbound_local_error(&code_of(fp).locals[a as usize])),
        }
    }
}

#[inline(never)]
pub(crate) unsafe fn LoadFree(pc: Pc, fp: Fp) -> Flow {
    unsafe {
        let w = word(pc);
        publish(pc, fp);
        match free_cell(fp, w.b()).value.get() {
            Some(value) => {
                super::fast::specialise_variable(pc);
                store(fp, w.a(), value);
                next!(pc.add(1), fp)
            }
            None => {
                super::unwind::raised(pc, fp, unbound_free_error(&code_of(fp).free_names[w.b() as usize]))
            }
        }
    }
}

#[inline(never)]
pub(crate) unsafe fn StoreFree(pc: Pc, fp: Fp) -> Flow {
    unsafe {
        let w = word(pc);
        publish(pc, fp);
        let _ = operand!(pc, fp, w.b());
        let value = fetch(fp, w.b());
        free_cell(fp, w.a()).value.set(value);
        next!(pc.add(1), fp)
    }
}

#[inline(never)]
pub(crate) unsafe fn DeleteFree(pc: Pc, fp: Fp) -> Flow {
    unsafe {
        let a = word(pc).a();
        publish(pc, fp);
        match free_cell(fp, a).value.take() {
            Some(value) => {
                drop(value);
                next!(pc.add(1), fp)
            }
            None => super::unwind::raised(pc, fp, unbound_free_error(&code_of(fp).free_names[a as usize])),
        }
    }
}

#[inline(never)]
pub(crate) unsafe fn LoadClosure(pc: Pc, fp: Fp) -> Flow {
    unsafe {
        let w = word(pc);
        publish(pc, fp);
        let closure = function_of(fp).closure.get().expect("the function has a closure");
        store(fp, w.a(), closure.items()[w.b() as usize].clone());
        next!(pc.add(1), fp)
    }
}

unsafe fn name_at<'a>(fp: Fp, index: u16) -> &'a Ref<Str> {
    unsafe { &code_of(fp).names[index as usize] }
}

/// What a name means that the namespace of a module or class body does not have. Here CPython asks no subclass of dict that
/// the globals may be an instance of.
unsafe fn outside_name(fp: Fp, name: &Ref<Str>) -> Res {
    unsafe {
        let function = function_of(fp);
        if let Some(value) =
            dict::get(&function.globals.get().expect("functions have globals"), name.as_any())?
        {
            return Ok(value);
        }
        let builtins = function.builtins.get().expect("functions have builtins");
        mapping_get(builtins.as_any(), name)?.ok_or_else(|| undefined(name))
    }
}

/// A global, then a builtin.
unsafe fn global(fp: Fp, name: &Ref<Str>) -> Res {
    unsafe {
        let function = function_of(fp);
        let globals = function.globals.get().expect("functions have globals");
        if let Some(value) = mapping_get(globals.as_any(), name)? {
            return Ok(value);
        }
        let builtins = function.builtins.get().expect("functions have builtins");
        mapping_get(builtins.as_any(), name)?.ok_or_else(|| undefined(name))
    }
}

#[inline(never)]
pub(crate) unsafe fn LoadGlobal(pc: Pc, fp: Fp) -> Flow {
    unsafe {
        let w = word(pc);
        publish(pc, fp);
        let (cached, builtin) = super::fast::global_forms(pc, fp);
        if super::fast::specialise_global(pc, fp, name_at(fp, w.b()), cached, builtin) {
            next!(pc, fp);
        }
        let value = check!(pc, fp, global(fp, name_at(fp, w.b())));
        store(fp, w.a(), value);
        next!(pc.add(3), fp)
    }
}

#[inline(never)]
pub(crate) unsafe fn StoreGlobal(pc: Pc, fp: Fp) -> Flow {
    unsafe {
        let w = word(pc);
        publish(pc, fp);
        let _ = operand!(pc, fp, w.b());
        if super::fast::specialise_store_global(pc, fp, name_at(fp, w.a())) {
            next!(pc, fp);
        }
        let value = fetch(fp, w.b()).expect("checked above");
        let globals = function_of(fp).globals.get().expect("functions have globals");
        check!(pc, fp, dict::set(&globals, name_at(fp, w.a()).as_any(), value));
        next!(pc.add(3), fp)
    }
}

#[inline(never)]
pub(crate) unsafe fn DeleteGlobal(pc: Pc, fp: Fp) -> Flow {
    unsafe {
        publish(pc, fp);
        let name = name_at(fp, word(pc).a());
        let globals = function_of(fp).globals.get().expect("functions have globals");
        let gone = check!(pc, fp, dict::remove_variable(&globals, name));
        if gone { next!(pc.add(1), fp) } else { super::unwind::raised(pc, fp, undefined(name)) }
    }
}

/// The namespace of a module or class body.
unsafe fn namespace(fp: Fp) -> Ref {
    unsafe {
        super::entry::namespace_of(fp)
            .unwrap_or_else(|| function_of(fp).globals.get().expect("functions have globals").into_any())
    }
}

/// Reads a name of any mapping; nothing where it raises KeyError.
fn mapping_get(mapping: &Ref, name: &Ref<Str>) -> Res<Option<Ref>> {
    if let Some(dict) = mapping.downcast::<Dict>().filter(|_| mapping.is_exact::<Dict>()) {
        return dict::get(dict, name.as_any());
    }
    match item::get(mapping, name.as_any()) {
        Ok(value) => Ok(Some(value)),
        Err(raised) => crate::error::take_if(raised, ExceptionKind::KeyError).map(|_| None),
    }
}

#[inline(never)]
pub(crate) unsafe fn LoadName(pc: Pc, fp: Fp) -> Flow {
    unsafe {
        let w = word(pc);
        publish(pc, fp);
        let name = name_at(fp, w.b());
        if super::fast::specialise_name(pc, fp, name) {
            next!(pc, fp);
        }
        let found = match check!(pc, fp, mapping_get(&namespace(fp), name)) {
            Some(value) => value,
            None => check!(pc, fp, outside_name(fp, name)),
        };
        store(fp, w.a(), found);
        next!(pc.add(3), fp)
    }
}

#[inline(never)]
pub(crate) unsafe fn StoreName(pc: Pc, fp: Fp) -> Flow {
    unsafe {
        let w = word(pc);
        publish(pc, fp);
        let _ = operand!(pc, fp, w.b());
        let name = name_at(fp, w.a());
        if super::fast::specialise_store_name(pc, fp, name) {
            next!(pc, fp);
        }
        let value = fetch(fp, w.b()).expect("checked above");
        let namespace = namespace(fp);
        let result = match namespace.downcast::<Dict>() {
            Some(dict) if namespace.is_exact::<Dict>() => dict::set(dict, name.as_any(), value),
            _ => item::set(&namespace, name.as_any(), &value),
        };
        check!(pc, fp, result);
        next!(pc.add(3), fp)
    }
}

#[inline(never)]
pub(crate) unsafe fn DeleteName(pc: Pc, fp: Fp) -> Flow {
    unsafe {
        publish(pc, fp);
        let name = name_at(fp, word(pc).a());
        let namespace = namespace(fp);
        let gone = match namespace.downcast::<Dict>() {
            Some(dict) if namespace.is_exact::<Dict>() => {
                check!(pc, fp, dict::remove_variable(dict, name))
            }
            // Whatever error that is, the name is said to be undefined.
            _ => item::delete(&namespace, name.as_any()).is_ok(),
        };
        if gone { next!(pc.add(1), fp) } else { super::unwind::raised(pc, fp, undefined(name)) }
    }
}

#[inline(never)]
pub(crate) unsafe fn LoadNameOrCell(pc: Pc, fp: Fp) -> Flow {
    unsafe {
        let w = word(pc);
        publish(pc, fp);
        let found = check!(pc, fp, mapping_get(&namespace(fp), name_at(fp, w.b())));
        match found.or_else(|| free_cell(fp, w.c()).value.get()) {
            Some(value) => {
                store(fp, w.a(), value);
                next!(pc.add(1), fp)
            }
            None => super::unwind::raised(pc, fp, unbound_free_error(name_at(fp, w.b()))),
        }
    }
}

#[inline(never)]
pub(crate) unsafe fn LoadLocals(pc: Pc, fp: Fp) -> Flow {
    unsafe {
        publish(pc, fp);
        let namespace = namespace(fp);
        store(fp, word(pc).a(), namespace);
        next!(pc.add(1), fp)
    }
}

#[inline(never)]
pub(crate) unsafe fn LoadFromDictOrGlobals(pc: Pc, fp: Fp) -> Flow {
    unsafe {
        let w = word(pc);
        publish(pc, fp);
        let name = name_at(fp, w.c());
        let mapping = fetched!(pc, fp, w.b());
        let found = mapping_get(&mapping, name);
        drop(mapping);
        let found = match check!(pc, fp, found) {
            Some(value) => value,
            None => check!(pc, fp, outside_name(fp, name)),
        };
        store(fp, w.a(), found);
        next!(pc.add(1), fp)
    }
}

#[inline(never)]
pub(crate) unsafe fn LoadFromDictOrFree(pc: Pc, fp: Fp) -> Flow {
    unsafe {
        let w = word(pc);
        publish(pc, fp);
        let name = &code_of(fp).free_names[w.c() as usize];
        let mapping = fetched!(pc, fp, w.b());
        let found = mapping_get(&mapping, name);
        drop(mapping);
        let found = check!(pc, fp, found).or_else(|| free_cell(fp, w.c()).value.get());
        match found {
            Some(value) => {
                store(fp, w.a(), value);
                next!(pc.add(1), fp)
            }
            None => super::unwind::raised(pc, fp, unbound_free_error(name)),
        }
    }
}

#[inline(never)]
pub(crate) unsafe fn LoadAttr(pc: Pc, fp: Fp) -> Flow {
    unsafe {
        let w = word(pc);
        publish(pc, fp);
        let object = operand!(pc, fp, w.b());
        let name = name_at(fp, w.c());
        super::fast::specialise_load_attr(pc, fp, object, name);
        let object = fetched!(pc, fp, w.b());
        let result = attribute::get(&object, name);
        drop(object);
        let value = check!(pc, fp, result);
        store(fp, w.a(), value);
        next!(pc.add(3), fp)
    }
}

/// [`LoadAttr`] where the descriptor stands in word 2.
#[inline(never)]
pub(crate) unsafe fn load_by_getter(pc: Pc, fp: Fp) -> Flow {
    unsafe {
        let w = word(pc);
        publish(pc, fp);
        let object = fetched!(pc, fp, w.b());
        // The class may lose it meanwhile.
        let descriptor = Ref::clone(&peek((*pc.add(2)).get() as usize as Slot));
        let result = match Class::of(&descriptor).slots.0.descr_get.get() {
            Some(getter) => getter(&descriptor, Some(&object), Some(Class::of(&object).as_any())),
            None => attribute::get(&object, name_at(fp, w.c())),
        };
        drop(descriptor);
        drop(object);
        let value = check!(pc, fp, result);
        store(fp, w.a(), value);
        next!(pc.add(3), fp)
    }
}

#[inline(never)]
pub(crate) unsafe fn StoreAttr(pc: Pc, fp: Fp) -> Flow {
    unsafe {
        let w = word(pc);
        publish(pc, fp);
        let object = operand!(pc, fp, w.a());
        let _ = operand!(pc, fp, w.b());
        let name = name_at(fp, w.c());
        // Before the write: what an added attribute leads to is remembered with what was there.
        super::fast::specialise_store_attr(pc, object, name);
        let (value, object) = (fetched!(pc, fp, w.b()), fetched!(pc, fp, w.a()));
        let result = attribute::set(&object, name, &value);
        drop(value);
        drop(object);
        check!(pc, fp, result);
        next!(pc.add(3), fp)
    }
}

#[inline(never)]
pub(crate) unsafe fn DeleteAttr(pc: Pc, fp: Fp) -> Flow {
    unsafe {
        let w = word(pc);
        publish(pc, fp);
        let object = fetched!(pc, fp, w.a());
        let result = attribute::delete(&object, name_at(fp, w.b()));
        drop(object);
        check!(pc, fp, result);
        next!(pc.add(1), fp)
    }
}

#[inline(never)]
pub(crate) unsafe fn LoadSuperAttr(pc: Pc, fp: Fp) -> Flow {
    unsafe {
        let w = word(pc);
        publish(pc, fp);
        let parts = window(fp, w.b(), 3);
        let value = check!(pc, fp, super_attribute(parts, name_at(fp, w.c()), word(pc.add(1)).lo() == 1));
        release_window(fp, w.b(), 3);
        store(fp, w.a(), value);
        next!(pc.add(2), fp)
    }
}

/// The first half of a method call of `super()`.
#[inline(never)]
pub(crate) unsafe fn LoadSuperMethod(pc: Pc, fp: Fp) -> Flow {
    unsafe {
        let w = word(pc);
        publish(pc, fp);
        let parts = window(fp, w.b(), 3);
        let name = name_at(fp, w.c());
        if is_super(&parts[0])
            && let Some(class) = parts[1].downcast_class()
            && let Some(method) = check!(pc, fp, crate::objects::super_::method(class, &parts[2], name))
        {
            super::fast::remember_super(class, &parts[2], name, &method);
            let object = parts[2].clone();
            release_window(fp, w.b(), 3);
            store(fp, w.b(), object);
            store(fp, w.a(), method);
            next!(pc.add(2), fp)
        }
        let value = check!(pc, fp, super_attribute(parts, name, word(pc.add(1)).lo() == 1));
        release_window(fp, w.b(), 3);
        store(fp, w.a(), value);
        next!(pc.add(2), fp)
    }
}

fn is_super(callable: &Ref) -> bool {
    callable.is(crate::state::class_of(crate::types::SUPER))
}

/// An attribute of `super()` or `super(class, object)`, of which these are the parts; `two` says which spelling it is.
fn super_attribute(parts: &[Ref], name: &Ref<Str>, two: bool) -> Res {
    let [callable, class, object] = parts else {
        return Err(crate::system_error!("super() has three parts"));
    };
    if is_super(callable)
        && let Some(class) = class.downcast_class()
    {
        return crate::objects::super_::lookup(class, object, name);
    }
    let args = [class.clone(), object.clone()];
    let proxy = crate::protocol::call::call(&callable.clone(), if two { &args } else { &[] })?;
    attribute::get(&proxy, name)
}

#[inline(never)]
pub(crate) unsafe fn SetupAnnotations(pc: Pc, fp: Fp) -> Flow {
    unsafe {
        publish(pc, fp);
        let namespace = namespace(fp);
        let name = &names().__annotations__;
        let found = check!(pc, fp, mapping_get(&namespace, name));
        if found.is_none() {
            let made = dict::new().into_any();
            check!(pc, fp, item::set(&namespace, name.as_any(), &made));
        }
        next!(pc.add(1), fp)
    }
}

#[inline(never)]
pub(crate) unsafe fn LoadBuildClass(pc: Pc, fp: Fp) -> Flow {
    unsafe {
        publish(pc, fp);
        let builtins = function_of(fp).builtins.get().or_else(|| vm().slots.builtins.get());
        let found = builtins.and_then(|builtins| dict::get_str(&builtins, &names().__build_class__));
        let value = check!(pc, fp, found.ok_or_else(|| crate::name_error!("__build_class__ not found")));
        store(fp, word(pc).a(), value);
        next!(pc.add(1), fp)
    }
}

#[inline(never)]
pub(crate) unsafe fn LoadAssertionError(pc: Pc, fp: Fp) -> Flow {
    unsafe {
        publish(pc, fp);
        let class = crate::state::exception_class(ExceptionKind::AssertionError).clone().into_any();
        let _ = Class::of(&class);
        store(fp, word(pc).a(), class);
        next!(pc.add(1), fp)
    }
}
