//! Specialised handlers: the two halves of a method call whose arguments are computed in between, for what modules and
//! classes have.
#![allow(non_snake_case, reason = "a handler is called as its operation")]

use super::*;

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
                if !function.is_null() && type_of(function) == types::FUNCTION {
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
unsafe fn give_alone(pc: Pc, fp: Fp, place: *mut Slot, function: Slot) -> Jump {
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
