//! Specialised handlers: calls of native functions, native methods and built-in classes.
//!
//! The arguments stand in the window one behind the other, and are lent to the native code as they are.
#![allow(non_snake_case, reason = "a handler is called as its operation")]

use super::*;
use crate::{
    error::{Raised, Res},
    interpreter::calls::call_loaded_general,
    native::{Args, NativeDef},
    objects::str::StrExt,
};

/// Gives up what a slot of a window holds, if it holds anything.
#[inline(always)]
unsafe fn give_up(place: *mut Slot) {
    unsafe {
        let object = *place;
        *place = unbound();
        if object != unbound() && decrement(object) {
            if matches!(kind_of(object), types::INT | types::FLOAT) {
                give_box(object);
            } else {
                end_quickly(object);
            }
        }
    }
}

/// Gives up what the window of a call holds, puts the result where it goes, and goes on behind the call.
macro_rules! finish {
    ($pc:expr, $fp:expr, $count:expr, $length:literal, $result:expr) => {
        finish!($pc, $fp, $count, $length, word($pc).a(), $result)
    };
    ($pc:expr, $fp:expr, $count:expr, $length:literal, $destination:expr, $result:expr) => {{
        let made: Slot = match $result {
            Ok(made) => made.into_raw(),
            Err(raised) => return native_raised($pc, $fp, raised),
        };
        finish_window(
            $pc,
            $fp,
            $fp.add((word($pc).b() & SLOT) as usize),
            $count,
            made,
            ($destination, $length),
        )
    }};
}

/// The end of [`finish!`], and of a direct call where something dies or is pending: arguments that are gone already are
/// passed over.
#[inline(always)]
unsafe fn finish_window(
    pc: Pc,
    fp: Fp,
    window: Fp,
    count: usize,
    made: Slot,
    (destination, length): (u16, usize),
) -> Jump {
    unsafe {
        let mut place = window.add(3);
        let end = place.add(count);
        while place != end {
            give_up(place);
            place = place.add(1);
        }
        give_up(window);
        let next = pc.add(length);
        if pending_bits() != 0 {
            return native_pending(pc, fp, destination, made, next);
        }
        put!(next, fp, destination, made)
    }
}

/// See [`finish_window`].
#[inline(never)]
pub(super) unsafe fn finish_slowly(
    pc: Pc,
    fp: Fp,
    window: Fp,
    count: usize,
    made: Slot,
    length: usize,
) -> Jump {
    unsafe { finish_window(pc, fp, window, count, made, (word(pc).a(), length)) }
}

#[cold]
#[inline(never)]
pub(super) unsafe fn native_raised(pc: Pc, fp: Fp, raised: Raised) -> Jump {
    unsafe { go_on(crate::interpreter::unwind::raised(pc, fp, raised)) }
}

/// Puts the result of a call where it goes, does what is pending and goes on.
#[cold]
#[inline(never)]
unsafe fn native_pending(pc: Pc, fp: Fp, destination: u16, made: Slot, next: Pc) -> Jump {
    unsafe {
        store(fp, destination, Ref::from_raw(made));
        match crate::interpreter::entry::handle_pending() {
            Ok(()) => jump!(next, fp),
            Err(raised) => native_raised(pc, fp, raised),
        }
    }
}

/// Calls a native function whose number of arguments is right.
#[inline(always)]
fn answer(definition: &'static NativeDef, args: &[Ref]) -> Res {
    match definition.code {
        NativeCode::Plain(code) => code(args),
        _ => answer_bound(definition, args),
    }
}

/// Out of line, since the address of a local would keep a handler's frame.
#[inline(never)]
fn answer_bound(definition: &'static NativeDef, args: &[Ref]) -> Res {
    definition.call(Args::positional_only(args))
}

/// See [`answer_bound`].
#[inline(never)]
fn instantiate(class: &Ref, args: &[Ref]) -> Res {
    let class = class.downcast_class().expect("compared before");
    crate::objects::type_::instantiate(class, Args::positional_only(args))
}

/// Whether an object is the native function with the definition at an address, without a receiver.
#[inline(always)]
pub(super) unsafe fn is_function(callable: Slot, definition: u64) -> bool {
    unsafe {
        if !is_of(callable, types::BUILTIN_FUNCTION) {
            return false;
        }
        let function = payload::<BuiltinFunction>(callable);
        std::ptr::from_ref(function.definition.0) as u64 == definition && function.receiver.is_none()
    }
}

/// Word 2: the address of the function's definition. The object itself may be another one at the next call.
pub(in crate::interpreter) unsafe fn CallNative(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        if !is_function(value(fp, word(pc).b()), (*pc.add(2)).get()) {
            miss!(Call, pc, fp)
        }
        call_native(pc, fp)
    }
}

#[inline(never)]
pub(super) unsafe fn call_native(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let w = word(pc);
        publish(pc, fp);
        let function = payload::<BuiltinFunction>(value(fp, w.b()));
        let result = answer(function.definition.0, window(fp, w.b() + 3, w.c() as usize));
        finish!(pc, fp, w.c() as usize, 3, result)
    }
}

/// `isinstance` of an object and its very class; others are asked.
pub(in crate::interpreter) unsafe fn CallIsInstance(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let place = fp.add(word(pc).b() as usize);
        let (callable, object, class) = (*place, *place.add(3), *place.add(4));
        if !is_function(callable, (*pc.add(2)).get()) {
            miss!(Call, pc, fp)
        }
        let own = ouro_heap::types::record(type_of(object)).class().map(Ref::as_ptr);
        if own != Some(class) {
            return is_instance_of_base(pc, fp);
        }
        answer_is_instance(pc, fp, true)
    }
}

/// [`CallIsInstance`] where the object's class is another one, which may be derived from the class in question, or where
/// that is a tuple of classes.
#[inline(never)]
unsafe fn is_instance_of_base(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let place = fp.add(word(pc).b() as usize);
        match crate::builtins::is_instance_plainly(&peek(*place.add(3)), &peek(*place.add(4))) {
            Some(truth) => answer_is_instance(pc, fp, truth),
            None => call_native_2(pc, fp),
        }
    }
}

/// Ends a call of `isinstance`. What would die here is left to the general way, but for a tuple of classes that was made for
/// the call; so is what stands in the window twice, which may hold all references to it.
#[inline(always)]
unsafe fn answer_is_instance(pc: Pc, fp: Fp, truth: bool) -> Jump {
    unsafe {
        let destination = word(pc).a();
        let place = fp.add(word(pc).b() as usize);
        let (callable, object, class) = (*place, *place.add(3), *place.add(4));
        if !goes_quietly(object)
            || object == class
            || object == callable
            || (*callable).count() == 1
            || pending_bits() != 0
            || (*class).count() == 1 && (!is_of(class, types::TUPLE) || !is_fresh(fp, destination))
        {
            return call_native_2(pc, fp);
        }
        decrement(callable);
        *place = unbound();
        *place.add(4) = unbound();
        give_up_quietly(place.add(3));
        if decrement(class) {
            *fp.add(destination as usize) = numbers::shared_truth(truth);
            return drop_and_go(pc.add(3), fp, class);
        }
        give_truth(pc.add(3), fp, destination, truth)
    }
}

/// A call of `len` with a list, tuple or dictionary.
pub(in crate::interpreter) unsafe fn CallLen(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let w = word(pc);
        let place = fp.add(w.b() as usize);
        let (callable, object) = (*place, *place.add(3));
        if !is_function(callable, (*pc.add(2)).get()) {
            miss!(Call, pc, fp)
        }
        let len = match type_of(object) {
            types::LIST => (&*payload::<List>(object).items.as_ptr()).len(),
            types::TUPLE => payload::<Tuple>(object).items().len(),
            types::DICT => (*payload::<Dict>(object).table.as_ptr()).len(),
            types::STR => payload::<Str>(object).char_count(),
            types::SET | types::FROZENSET => payload::<Set>(object).len(),
            _ => return call_native_1(pc, fp),
        };
        // What would die here is left to the general way.
        if (*object).count() == 1 || (*callable).count() == 1 || pending_bits() != 0 {
            return call_native_1(pc, fp);
        }
        decrement(object);
        decrement(callable);
        *place = unbound();
        *place.add(3) = unbound();
        give_int!(pc.add(3), fp, w.a(), len as i64)
    }
}

/// Word 2: the class, which is immortal and cannot be changed.
pub(in crate::interpreter) unsafe fn CallBuiltinClass(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        if value(fp, word(pc).b()) as u64 != (*pc.add(2)).get() {
            miss!(Call, pc, fp)
        }
        call_builtin_class(pc, fp)
    }
}

/// The class of an object, asked by `type(object)`. Word 2: the class `type`.
pub(in crate::interpreter) unsafe fn CallTypeOf(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let w = word(pc);
        let place = fp.add(w.b() as usize);
        if *place as u64 != (*pc.add(2)).get() {
            miss!(Call, pc, fp)
        }
        let object = *place.add(3);
        let class = ouro_heap::types::record(type_of(object)).class().map(Ref::as_ptr);
        let Some(class) = class.filter(|_| goes_quietly(object) && pending_bits() == 0) else {
            return call_builtin_class(pc, fp);
        };
        increment(class);
        // The class `type` is immortal.
        decrement(*place);
        *place = unbound();
        give_up_quietly(place.add(3));
        put!(pc.add(3), fp, w.a(), class)
    }
}

#[inline(never)]
pub(super) unsafe fn call_builtin_class(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let w = word(pc);
        publish(pc, fp);
        let result = instantiate(&*slot(fp, w.b()).cast::<Ref>(), window(fp, w.b() + 3, w.c() as usize));
        finish!(pc, fp, w.c() as usize, 3, result)
    }
}

/// Calls `str` with an int of 64 bits.
#[inline(never)]
pub(super) unsafe fn call_str_int(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        publish(pc, fp);
        let number = int_value(value(fp, word(pc).b() + 3));
        finish!(pc, fp, 1, 3, Ok(int::text::small(number).into_any()))
    }
}

/// The class `range` with ints for a loop that follows at once: the iterator is made without the range. Word 2: the class.
pub(in crate::interpreter) unsafe fn CallRange(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let w = word(pc);
        if value(fp, w.b()) as u64 != (*pc.add(2)).get() {
            miss!(Call, pc, fp)
        }
        let count = w.c() as usize;
        publish(pc, fp);
        match crate::objects::range::iterator::of_arguments(window(fp, w.b() + 3, count)) {
            Some(iterator) => finish!(pc, fp, count, 4, word(pc.add(3)).a(), Ok(iterator)),
            None => call_builtin_class(pc, fp),
        }
    }
}

/// Whether a call's result is only the operand of a loop's beginning behind it.
pub(super) unsafe fn starts_loop(pc: Pc) -> bool {
    unsafe {
        let next = word(pc.add(3));
        (*pc.add(3)).get() as u16 == Op::GetIter as u16 && next.b() == word(pc).a() | CONSUME
    }
}

/// A method of a built-in type, which stands in word 3; the type in word 2.
pub(in crate::interpreter) unsafe fn CallMethodNative(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let w = word(pc);
        if type_of(value(fp, w.b() + 3)) != word(pc.add(2)).lo() as u32 {
            miss!(CallMethod, pc, fp)
        }
        call_method_native(pc, fp)
    }
}

#[inline(never)]
pub(super) unsafe fn call_method_native(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let w = word(pc);
        publish(pc, fp);
        let method = payload::<MethodDescriptor>((*pc.add(3)).get() as usize as Slot);
        let count = w.c() as usize + 1;
        let result = answer(method.definition.0, window(fp, w.b() + 3, count));
        finish!(pc, fp, count, 4, result)
    }
}

/// Calls a native function with keywords, whose names word 1 says.
#[inline(never)]
pub(super) unsafe fn call_kw_native(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let w = word(pc);
        publish(pc, fp);
        let definition = &*((*pc.add(2)).get() as *const NativeDef);
        let count = w.c() as usize;
        let names = &code_of(fp).constants[word(pc.add(1)).lo() as usize];
        let result = answer_keywords(definition, window(fp, w.b() + 3, count), names);
        finish!(pc, fp, count, 3, result)
    }
}

/// The same with keywords, whose names word 1 says.
#[inline(never)]
pub(super) unsafe fn call_method_kw_native(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let w = word(pc);
        publish(pc, fp);
        let method = payload::<MethodDescriptor>((*pc.add(3)).get() as usize as Slot);
        let count = w.c() as usize + 1;
        let names = &code_of(fp).constants[word(pc.add(1)).hi() as usize];
        let result = answer_keywords(method.definition.0, window(fp, w.b() + 3, count), names);
        finish!(pc, fp, count, 5, result)
    }
}

/// See [`answer_bound`].
#[inline(never)]
fn answer_keywords(definition: &'static NativeDef, args: &[Ref], names: &Ref) -> Res {
    definition.call(Args { all: args, names: names.downcast::<Tuple>() })
}

slow!(call_loaded_slowly, call_loaded_general);

/// The second half of a call of a native method, as LoadMethod has found it.
#[inline(never)]
pub(super) unsafe fn call_loaded_native(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let w = word(pc);
        let method = payload::<MethodDescriptor>(value(fp, w.b()));
        let definition = method.definition.0;
        let count = w.c() as usize + 1;
        let accepted = borrow(fp, w.b() + 3).is_some_and(|receiver| method.accepts(receiver));
        match count {
            _ if !accepted => call_loaded_slowly(pc, fp),
            1 if is_direct(definition, 1) => call_loaded_direct::<1>(pc, fp, definition),
            2 if is_direct(definition, 2) => call_loaded_direct::<2>(pc, fp, definition),
            3 if is_direct(definition, 3) => call_loaded_direct::<3>(pc, fp, definition),
            1 if is_padded(definition, 1) => call_loaded_padded::<1>(pc, fp, definition),
            2 if is_padded(definition, 2) => call_loaded_padded::<2>(pc, fp, definition),
            3 if is_padded(definition, 3) => call_loaded_padded::<3>(pc, fp, definition),
            _ => call_loaded_slowly(pc, fp),
        }
    }
}
