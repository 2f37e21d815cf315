//! Specialised handlers: returning.
#![allow(non_snake_case, reason = "a handler is called as its operation")]

use super::*;

slow!(pub(super) return_slowly, crate::interpreter::calls::Return);
slow!(pub(super) return_const_slowly, crate::interpreter::calls::ReturnConst);

/// Releases the registers of a frame. What is no number is released out of line: `$restore` makes sure that the return
/// instruction can begin anew then.
macro_rules! clear_registers {
    ($pc:expr, $fp:expr, $($restore:tt)*) => {
        clear_registers_from!($pc, $fp, 0, $($restore)*)
    };
}

/// The same from one register on.
macro_rules! clear_registers_from {
    ($pc:expr, $fp:expr, $first:expr, $($restore:tt)*) => {{
        let end = $fp.add(word($pc).b() as usize);
        let mut place = $fp.add($first);
        while place != end {
            clear_register!($pc, $fp, place, $($restore)*);
            place = place.add(1);
        }
    }};
}

/// The same for one register.
macro_rules! clear_register {
    ($pc:expr, $fp:expr, $place:expr, $($restore:tt)*) => {{
        let object = *$place;
        if object != unbound() {
            *$place = unbound();
            if decrement(object) {
                cold_path();
                let kind = kind_of(object);
                if kind == types::INT || kind == types::FLOAT {
                    give_box(object);
                } else {
                    $($restore)*
                    return drop_and_jump($pc, $fp, object, $pc);
                }
            }
        }
    }};
}

/// Whether no register of a frame is bound, for debug builds.
unsafe fn is_clear(fp: Fp) -> bool {
    unsafe { (0..code_of(fp).clear_size as usize).all(|place| *fp.add(place) == unbound()) }
}

/// A return that has let the last reference to the frame's function go, as that of a closure that is called where it is made.
/// Its registers are released. What the end of the function calls sees the caller, without the frame.
#[cold]
#[inline(never)]
unsafe fn return_last(pc: Pc, fp: Fp, slowly: unsafe fn(Pc, Fp) -> Jump) -> Jump {
    unsafe {
        let function = *fp.sub(3);
        let (return_word, link) = (*fp.sub(2) as usize, *fp.sub(1));
        if return_word & FLAGS != 0 {
            increment(function);
            return slowly(pc, fp);
        }
        let result = if word(pc).op() >= Op::ReturnConst as u16 {
            let constant = constant(fp, word(pc).a());
            increment(constant);
            constant
        } else {
            std::mem::replace(&mut *slot(fp, word(pc).a()), unbound())
        };
        *fp.sub(3) = unbound();
        *fp.sub(2) = unbound();
        *fp.sub(1) = unbound();
        let caller = fp.sub(stack::distance(link));
        let next = return_word as Pc;
        publish(next.sub(1), caller);
        ouro_heap::release_last(function);
        put!(next, caller, stack::destination(link) as u16, result)
    }
}

/// Takes a frame down whose registers and function are released, and goes on at `$next` of its caller, which has the result in
/// `$destination`.
macro_rules! leave_to_caller {
    ($fp:expr, $next:expr, $distance:expr, $destination:expr, $result:expr) => {{
        *$fp.sub(3) = unbound();
        *$fp.sub(2) = unbound();
        *$fp.sub(1) = unbound();
        let caller = $fp.sub($distance);
        fill_temporary!($next, caller, caller.add($destination as usize), $result)
    }};
}

/// Defines a return, by how its frame's registers are released. Frames with flags are left in special ways.
macro_rules! returning {
    ($name:ident, |$pc:ident, $fp:ident, $result:ident| $clear:expr) => {
        pub(in crate::interpreter) unsafe fn $name($pc: Pc, $fp: Fp) -> Jump {
            unsafe {
                let $result = *slot($fp, word($pc).a());
                let next = *$fp.sub(2) as Pc;
                if next as usize & FLAGS != 0 {
                    cold_path();
                    return return_specially($pc, $fp);
                }
                // Nothing is lost where the slot is unbound already.
                *slot($fp, word($pc).a()) = unbound();
                if $result == unbound() {
                    return return_specially($pc, $fp);
                }
                $clear;
                debug_assert!(is_clear($fp), "a return knows which slots can be bound");
                if decrement(*$fp.sub(3)) {
                    *slot($fp, word($pc).a()) = $result;
                    return return_last($pc, $fp, return_slowly);
                }
                let (distance, destination) = stack::way_back($fp);
                leave_to_caller!($fp, next, distance, destination, $result)
            }
        }
    };
}

/// The same for a function with a few registers, each of which is released by itself, and a rest that is not.
macro_rules! returning_from_few {
    ($name:ident, $($register:literal)+ $(.. $rest:literal)?) => {
        returning! { $name, |pc, fp, result| {
            $(clear_register!(pc, fp, fp.add($register), *slot(fp, word(pc).a()) = result;);)+
            $(clear_registers_from!(pc, fp, $rest, *slot(fp, word(pc).a()) = result;))?
        }}
    };
}

returning! { Return, |pc, fp, result| {
    clear_registers!(pc, fp, *slot(fp, word(pc).a()) = result;)
}}
returning_from_few! { ReturnFromOne, 0 }
returning_from_few! { ReturnFromTwo, 0 1 }
returning_from_few! { ReturnFromThree, 0 1 2 }
returning_from_few! { ReturnFromFour, 0 1 2 3 }
returning_from_few! { ReturnFromFive, 0 1 2 3 4 }
returning_from_few! { ReturnFromSix, 0 1 2 3 4 5 }
returning_from_few! { ReturnFromMany, 0 1 2 3 4 5 .. 6 }

/// Leaves the loop with the result of a frame that native code has entered, whose registers are released.
macro_rules! leave_to_native {
    ($fp:expr, $result:expr) => {{
        decrement(*$fp.sub(3));
        *$fp.sub(3) = unbound();
        *$fp.sub(2) = unbound();
        *$fp.sub(1) = unbound();
        STACK.with(|stack| stack.result.set($result));
        return go_on(leave(RETURNED));
    }};
}

/// A return from a frame that native code has entered, that has no frame object: whoever asks for one makes the frame a
/// special one too.
#[inline(never)]
unsafe fn return_to_native(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let result = *slot(fp, word(pc).a());
        if result == unbound() || (**fp.sub(3)).count() == 1 {
            return return_slowly(pc, fp);
        }
        *slot(fp, word(pc).a()) = unbound();
        clear_registers!(pc, fp, *slot(fp, word(pc).a()) = result;);
        if (**fp.sub(3)).count() == 1 {
            *slot(fp, word(pc).a()) = result;
            return return_slowly(pc, fp);
        }
        leave_to_native!(fp, result)
    }
}

/// See [`return_to_native`].
#[inline(never)]
unsafe fn return_const_to_native(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let result = *code_of(fp).constants.as_ptr().add(word(pc).a() as usize).cast::<Slot>();
        if (**fp.sub(3)).count() == 1 {
            return return_const_slowly(pc, fp);
        }
        clear_registers!(pc, fp,);
        if (**fp.sub(3)).count() == 1 {
            return return_const_slowly(pc, fp);
        }
        share(result);
        leave_to_native!(fp, result)
    }
}

/// A return from a frame that native code has entered, or from the method of an operator; any other is left to the general
/// handler.
#[inline(never)]
unsafe fn return_specially(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let flags = *fp.sub(2) as usize & FLAGS;
        if flags == ENTRY {
            return return_to_native(pc, fp);
        }
        if flags & GENERATOR != 0 {
            return return_from_generator(pc, fp);
        }
        return_from_operator(pc, fp)
    }
}

/// A return from the method of an operator, whose operands are released here.
#[inline(never)]
unsafe fn return_from_operator(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let result = *slot(fp, word(pc).a());
        if result == unbound() || !leaves_simply(fp, result) {
            return return_slowly(pc, fp);
        }
        *slot(fp, word(pc).a()) = unbound();
        clear_registers!(pc, fp, *slot(fp, word(pc).a()) = result;);
        if (**fp.sub(3)).count() == 1 {
            *slot(fp, word(pc).a()) = result;
            return return_slowly(pc, fp);
        }
        leave_specially(fp, result)
    }
}

/// See [`return_specially`].
#[inline(never)]
unsafe fn return_const_specially(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let flags = *fp.sub(2) as usize & FLAGS;
        if flags == SPECIAL && *fp.sub(1) as u64 & INIT != 0 {
            if !has_no_object(fp) || !is_of(constant(fp, word(pc).a()), types::NONE) {
                return return_const_slowly(pc, fp);
            }
            return return_from_init(pc, fp);
        }
        if flags == ENTRY {
            return return_const_to_native(pc, fp);
        }
        if flags & GENERATOR != 0 {
            return return_const_from_generator(pc, fp);
        }
        return_const_from_operator(pc, fp)
    }
}

/// See [`return_from_operator`].
#[inline(never)]
unsafe fn return_const_from_operator(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let result = *code_of(fp).constants.as_ptr().add(word(pc).a() as usize).cast::<Slot>();
        if !leaves_simply(fp, result) {
            return return_const_slowly(pc, fp);
        }
        clear_registers!(pc, fp,);
        if (**fp.sub(3)).count() == 1 {
            return return_const_slowly(pc, fp);
        }
        share(result);
        leave_specially(fp, result)
    }
}

/// Whether [`leave_specially`] can leave a frame with a result.
#[inline(always)]
unsafe fn leaves_simply(fp: Fp, result: Slot) -> bool {
    unsafe {
        *fp.sub(2) as usize & FLAGS == SPECIAL
            && *fp.sub(1) as u64 & OPERANDS != 0
            && !is_of(result, types::NOT_IMPLEMENTED)
            && (**fp.sub(3)).count() != 1
            && has_no_object(fp)
    }
}

/// Leaves a frame whose registers are released.
#[inline(always)]
unsafe fn leave_specially(fp: Fp, result: Slot) -> Jump {
    unsafe {
        let (return_word, link) = (*fp.sub(2) as usize, *fp.sub(1));
        decrement(*fp.sub(3));
        *fp.sub(3) = unbound();
        *fp.sub(2) = unbound();
        *fp.sub(1) = unbound();
        // A call has one operand only, the instance. What dies with the operands sees the caller, in the course of the
        // operation, without the frame.
        let caller = fp.sub(stack::distance(link));
        let next = (return_word & !FLAGS) as Pc;
        let left = last_reference(fp.sub(5));
        let right = last_reference(fp.sub(4));
        let place = slot(caller, stack::destination(link) as u16);
        let old = last_reference(place);
        *place = result;
        if !left.is_null() || !right.is_null() || !old.is_null() {
            return drop_several(next.sub(1), caller, left, right, old, next);
        }
        jump!(next, caller)
    }
}

/// Releases a slot, which becomes unbound. An object that was the last reference, and is no number, is given back to be
/// released by the caller; null else.
#[inline(always)]
unsafe fn last_reference(place: *mut Slot) -> Slot {
    unsafe {
        let object = *place;
        *place = unbound();
        if object != unbound() && decrement(object) {
            if !matches!(kind_of(object), types::INT | types::FLOAT) {
                return object;
            }
            give_box(object);
        }
        std::ptr::null_mut()
    }
}

/// [`returning`] for constants.
macro_rules! returning_constant {
    ($name:ident, |$pc:ident, $fp:ident| $clear:expr) => {
        pub(in crate::interpreter) unsafe fn $name($pc: Pc, $fp: Fp) -> Jump {
            unsafe {
                let next = *$fp.sub(2) as Pc;
                if next as usize & FLAGS != 0 {
                    cold_path();
                    return return_const_specially($pc, $fp);
                }
                $clear;
                debug_assert!(is_clear($fp), "a return knows which slots can be bound");
                if decrement(*$fp.sub(3)) {
                    return return_last($pc, $fp, return_const_slowly);
                }
                let result = constant($fp, word($pc).a());
                share(result);
                let (distance, destination) = stack::way_back($fp);
                leave_to_caller!($fp, next, distance, destination, result)
            }
        }
    };
}

/// [`returning_from_few`] for constants.
macro_rules! returning_constant_from_few {
    ($name:ident, $($register:literal)+) => {
        returning_constant! { $name, |pc, fp| {
            $(clear_register!(pc, fp, fp.add($register),);)+
        }}
    };
}

returning_constant! { ReturnConst, |pc, fp| clear_registers!(pc, fp,) }
returning_constant_from_few! { ReturnConstFromOne, 0 }
returning_constant_from_few! { ReturnConstFromTwo, 0 1 }
returning_constant_from_few! { ReturnConstFromThree, 0 1 2 }
returning_constant_from_few! { ReturnConstFromFour, 0 1 2 3 }
returning_constant_from_few! { ReturnConstFromFive, 0 1 2 3 4 }
returning_constant_from_few! { ReturnConstFromSix, 0 1 2 3 4 5 }

/// A return from an `__init__` that was entered with its instance, which waits below the frame: that is what the caller gets.
#[inline(always)]
unsafe fn return_from_init(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        clear_registers!(pc, fp,);
        debug_assert!(is_clear(fp), "a return knows which slots can be bound");
        if decrement(*fp.sub(3)) {
            return return_last(pc, fp, return_const_slowly);
        }
        let result = std::mem::replace(&mut *fp.sub(4), unbound());
        let (return_word, link) = (*fp.sub(2) as usize, *fp.sub(1));
        let next = (return_word & !FLAGS) as Pc;
        leave_to_caller!(fp, next, stack::distance(link), stack::destination(link) as u16, result)
    }
}

/// Whether a running frame has no frame object. Few have one: bodies of modules and classes, and those that were asked for.
#[inline(always)]
unsafe fn has_no_object(fp: Fp) -> bool {
    STACK
        .with(|stack| unsafe { (*stack.frames.get()).iter().all(|(registers, _)| *registers != fp as usize) })
}
