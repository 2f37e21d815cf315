//! Specialised handlers: the two halves of a method call whose arguments are computed in between, for what modules and
//! classes have, and of `super()`.
#![allow(non_snake_case, reason = "a handler is called as its operation")]

use super::*;
use crate::protocol::method_cache::version_of;

slow!(call_loaded_slowly, crate::interpreter::calls::CallLoaded);

/// What a module has under the name. Word 1: misses; word 2: place and version of the keys of its namespace.
pub(in crate::interpreter) unsafe fn LoadMethodModule(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let place = fp.add(word(pc).a() as usize);
        let cache = word(pc.add(2));
        let module = *place.add(3);
        let Some(found) = module_attribute(module, cache.lo(), cache.hi()) else { miss!(LoadMethod, pc, fp) };
        give_alone(pc, fp, place, found)
    }
}

/// A function of a class with a known version, or what a static method or class method is around. Word 1: misses, the
/// class's version; word 2: what the class has.
pub(in crate::interpreter) unsafe fn LoadMethodType(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let place = fp.add(word(pc).a() as usize);
        if !has_version(*place.add(3), word(pc.add(1)).hi()) {
            miss!(LoadMethod, pc, fp)
        }
        let found = (*pc.add(2)).get() as usize as Slot;
        match type_of(found) {
            types::FUNCTION => return give_alone(pc, fp, place, found),
            types::STATIC_METHOD => {
                let function = *payload::<StaticMethod>(found).function.as_ptr().cast::<Slot>();
                if !function.is_null() {
                    return give_alone(pc, fp, place, function);
                }
            }
            _ => {
                // The class stays where it is, as the first argument.
                let function = *payload::<ClassMethod>(found).function.as_ptr().cast::<Slot>();
                if !function.is_null() && is_of(function, types::FUNCTION) {
                    increment(function);
                    put!(pc.add(3), fp, word(pc).a(), function)
                }
            }
        }
        tail!(LoadMethod, pc, fp)
    }
}

/// Puts a function into the window without its owner, which is given up.
#[inline(always)]
pub(super) unsafe fn give_alone(pc: Pc, fp: Fp, place: *mut Slot, function: Slot) -> Jump {
    unsafe {
        let owner = *place.add(3);
        if (*owner).count() == 1 {
            tail!(LoadMethod, pc, fp)
        }
        decrement(owner);
        *place.add(3) = unbound();
        increment(function);
        put!(pc.add(3), fp, word(pc).a(), function)
    }
}

/// Rewrites the first half of a method call of a module or class; whether it is that.
#[cold]
#[inline(never)]
pub(super) unsafe fn specialise_load_alone(pc: Pc, object: &Ref, name: &Ref<Str>) -> bool {
    unsafe {
        let misses = word(pc.add(1)).lo() as u32 >> 24;
        let note = |version: u32, known: u64| {
            let counted = (misses + 1) << 24;
            (*pc.add(1)).set(ouro_bytecode::code::Word::data(counted as i32, version).0);
            (*pc.add(2)).set(known);
        };
        if misses >= MAX_MISSES {
            return false;
        }
        if let Some((place, version)) = module_place(object, name) {
            note(0, ouro_bytecode::code::Word::data(place, version).0);
            rewrite(pc, Op::LoadMethodModule);
            return true;
        }
        if let Some((class, found)) = type_attribute(object, name)
            && matches!(
                found.header().type_index(),
                types::FUNCTION | types::STATIC_METHOD | types::CLASS_METHOD
            )
        {
            note(class.version.get(), found.address() as u64);
            rewrite(pc, Op::LoadMethodType);
            return true;
        }
        false
    }
}

/// Calls the native function that the first half has found, without an object: its window is one slot higher.
#[inline(never)]
pub(super) unsafe fn call_loaded_function(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let w = word(pc);
        let place = slot(fp, w.b());
        let function = *place;
        let builtin = payload::<BuiltinFunction>(function);
        let (definition, count) = (builtin.definition.0, w.c() as usize);
        if *place.add(3) != unbound() || builtin.receiver.is_some() || !is_direct(definition, count) {
            return call_loaded_slowly(pc, fp);
        }
        let call = match count {
            1 => call_alone::<1>,
            2 => call_alone::<2>,
            3 => call_alone::<3>,
            _ => return call_loaded_slowly(pc, fp),
        };
        *place = unbound();
        *place.add(1) = function;
        call(pc, fp, definition)
    }
}

slow!(load_super_method, crate::interpreter::names::LoadSuperMethod);

/// A function that was found behind a class in the MRO of another one: both by their versions, which change with every
/// change of them or their bases, and with no reference of its own. The name's address: a key of the class that has it.
#[derive(Clone, Copy)]
struct Super {
    start: u32,
    behind: u32,
    name: usize,
    function: Slot,
}

const SUPERS: usize = 128;

const EMPTY: Super = Super { start: 0, behind: 0, name: 0, function: std::ptr::null_mut() };

thread_local! {
    static TABLE: [std::cell::Cell<Super>; SUPERS] = const { [const { std::cell::Cell::new(EMPTY) }; SUPERS] };
}

/// Forgets all of them: values of classes go without the classes being changed.
pub(crate) fn forget_supers() {
    TABLE.with(|table| table.iter().for_each(|known| known.set(EMPTY)));
}

#[inline(always)]
fn super_place(start: u32, behind: u32, name: usize) -> usize {
    (start as usize ^ (behind as usize) << 2 ^ name >> 4) % SUPERS
}

/// The first half of a method call of `super()`, see the general handler.
pub(in crate::interpreter) unsafe fn LoadSuperMethod(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let w = word(pc);
        let place = fp.add(w.a() as usize);
        let (proxy, class, object) = (*place.add(3), *place.add(4), *place.add(5));
        if proxy != crate::state::class_of(types::SUPER).as_ptr() || !is_of(class, types::TYPE) {
            return load_super_method(pc, fp);
        }
        let start = Class::of(&*place.add(5).cast::<Ref>()).version.get();
        let behind = payload::<Class>(class).version.get();
        let name = (*code_of(fp).names.as_ptr().add(w.c() as usize)).address();
        let known = TABLE.with(|table| table[super_place(start, behind, name)].get());
        if known.start != start || known.behind != behind || known.name != name || (*class).count() == 1 {
            return load_super_method(pc, fp);
        }
        // The class of all these objects is immortal.
        decrement(proxy);
        decrement(class);
        *place.add(3) = object;
        *place.add(4) = unbound();
        *place.add(5) = unbound();
        increment(known.function);
        put!(pc.add(2), fp, w.a(), known.function)
    }
}

/// Remembers the function that a method call of `super()` has found.
pub(crate) fn remember_super(class: &Ref<Class>, object: &Ref, name: &Ref<Str>, function: &Ref) {
    let start = Class::of(object);
    let (from, behind) = (version_of(start), version_of(class));
    let plain = start.is_subclass_of(class) && from != 0 && behind != 0;
    if plain && class.as_any().header().type_index() == types::TYPE {
        let name = name.address();
        let known = Super { start: from, behind, name, function: function.as_ptr() };
        TABLE.with(|table| table[super_place(from, behind, name)].set(known));
    }
}
