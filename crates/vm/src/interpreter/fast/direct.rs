//! Specialised handlers: native code called with a number of arguments that the operation says.
//!
//! Only the addresses of instruction and registers live across such a call, and the arguments are given up one by one
//! without a loop. What is rare - an argument that dies with the call, an exception, something pending - is left by a
//! jump.
#![allow(non_snake_case, reason = "a handler is called as its operation")]

use super::*;
use crate::{error::Res, native::NativeDef};

/// Native code that takes the arguments of a window as they stand there.
type Direct = fn(&[Ref]) -> Res;

/// Whether a native function takes so many arguments as they stand in a window: none is left out, and it does not take
/// them apart itself.
#[inline(always)]
pub(super) fn is_direct(definition: &NativeDef, count: usize) -> bool {
    match definition.code {
        NativeCode::Plain(_) => definition.takes(count),
        NativeCode::Bound(_) => {
            usize::from(definition.positional) == count && definition.max == definition.positional
        }
        NativeCode::Raw(_) => false,
    }
}

/// The code of a function for which [`is_direct`] holds.
#[inline(always)]
unsafe fn direct_code(definition: *const NativeDef) -> Direct {
    // SAFETY: an optional reference has the layout of a plain one (see `ouro_heap::lend::as_given`), so both kinds of
    // functions are called the same way.
    unsafe {
        match (*definition).code {
            NativeCode::Plain(code) => code,
            NativeCode::Bound(code) => std::mem::transmute::<fn(&[Option<Ref>]) -> Res, Direct>(code),
            NativeCode::Raw(_) => std::hint::unreachable_unchecked(),
        }
    }
}

/// Gives up what a slot of a window holds, if that ends nothing but a number.
#[inline(always)]
pub(super) unsafe fn give_up_quietly(place: *mut Slot) -> bool {
    unsafe {
        let object = *place;
        debug_assert!(object != unbound(), "a window is filled");
        if (*object).count() == 1 {
            if !matches!(kind_of(object), types::INT | types::FLOAT) {
                return false;
            }
            give_box(object);
        } else {
            decrement(object);
        }
        *place = unbound();
        true
    }
}

/// The same for a callable, which is no number.
#[inline(always)]
unsafe fn give_up_callable(place: *mut Slot) -> bool {
    unsafe {
        let object = *place;
        if (*object).count() == 1 {
            return false;
        }
        decrement(object);
        *place = unbound();
        true
    }
}

/// Where the callable of a call stands: nowhere, in the window, or there with a receiver of its own that comes before the
/// arguments.
const UNSEEN: u8 = 0;
const LOADED: u8 = 1;
const BOUND: u8 = 2;

/// Calls native code with the `COUNT` arguments of a window, puts the result where it goes, and goes on `LENGTH` words on.
/// The window stands `SHIFT` slots above the place that the instruction names.
#[inline(always)]
unsafe fn run_direct<const COUNT: usize, const LENGTH: usize, const SHIFT: usize, const CALLABLE: u8>(
    pc: Pc,
    fp: Fp,
    code: impl FnOnce(&[Ref]) -> Res,
) -> Jump {
    unsafe {
        publish(pc, fp);
        let window = fp.add(word(pc).b() as usize + SHIFT);
        let arguments = if CALLABLE == BOUND {
            // Where the linkage of a frame would stand in front of the arguments is room for the receiver.
            let receiver = payload::<BuiltinFunction>(*window).receiver.as_ref().unwrap_unchecked().as_ptr();
            increment(receiver);
            *window.add(2) = receiver;
            std::slice::from_raw_parts(window.add(2).cast::<Ref>(), COUNT + 1)
        } else {
            std::slice::from_raw_parts(window.add(3).cast::<Ref>(), COUNT)
        };
        let made = match code(arguments) {
            Ok(made) => made.into_raw(),
            Err(raised) => return native_raised(pc, fp, raised),
        };
        let window = fp.add(word(pc).b() as usize + SHIFT);
        if CALLABLE == BOUND {
            // The callable still holds the receiver.
            decrement(*window.add(2));
            *window.add(2) = unbound();
        }
        for argument in 0..COUNT {
            if !give_up_quietly(window.add(3 + argument)) {
                return finish_slowly(pc, fp, window, COUNT, made, LENGTH);
            }
        }
        if CALLABLE != UNSEEN && !give_up_callable(window) || pending_bits() != 0 {
            return finish_slowly(pc, fp, window, COUNT, made, LENGTH);
        }
        put!(pc.add(LENGTH), fp, word(pc).a(), made)
    }
}

macro_rules! functions {
    ($($count:literal $handler:ident $call:ident $module_handler:ident $module_call:ident,)*) => {$(
        /// See [`CallNative`].
        pub(in crate::interpreter) unsafe fn $handler(pc: Pc, fp: Fp) -> Jump {
            unsafe {
                if !is_function(value(fp, word(pc).b()), (*pc.add(2)).get()) {
                    miss!(Call, pc, fp)
                }
                $call(pc, fp)
            }
        }

        /// Calls the function whose definition stands in word 2.
        #[inline(never)]
        pub(super) unsafe fn $call(pc: Pc, fp: Fp) -> Jump {
            unsafe { run_direct::<$count, 3, 0, LOADED>(pc, fp, direct_code((*pc.add(2)).get() as *const NativeDef)) }
        }

        /// A call of a native function of a module. Word 2: place and version of the keys of its namespace. Word 3: the
        /// definition.
        pub(in crate::interpreter) unsafe fn $module_handler(pc: Pc, fp: Fp) -> Jump {
            unsafe {
                let cache = word(pc.add(2));
                let place = fp.add(word(pc).b() as usize);
                let module = *place.add(3);
                match module_attribute(module, cache.lo(), cache.hi()) {
                    Some(found) if is_function(found, (*pc.add(3)).get()) && (*module).count() != 1 => {
                        // The function takes the place of the module, as the attribute that was read.
                        increment(found);
                        *place.add(1) = found;
                        decrement(module);
                        *place.add(3) = unbound();
                        $module_call(pc, fp)
                    }
                    _ => miss!(CallMethod, pc, fp),
                }
            }
        }

        #[inline(never)]
        unsafe fn $module_call(pc: Pc, fp: Fp) -> Jump {
            unsafe { run_direct::<$count, 4, 1, LOADED>(pc, fp, direct_code((*pc.add(3)).get() as *const NativeDef)) }
        }
    )*};
}

functions! {
    1 CallNative1 call_native_1 CallModuleNative1 call_module_native_1,
    2 CallNative2 call_native_2 CallModuleNative2 call_module_native_2,
    3 CallNative3 call_native_3 CallModuleNative3 call_module_native_3,
}

macro_rules! classes {
    ($($count:literal $handler:ident $call:ident,)*) => {$(
        /// See [`CallBuiltinClass`].
        pub(in crate::interpreter) unsafe fn $handler(pc: Pc, fp: Fp) -> Jump {
            unsafe {
                if value(fp, word(pc).b()) as u64 != (*pc.add(2)).get() {
                    miss!(Call, pc, fp)
                }
                $call(pc, fp)
            }
        }

        #[inline(never)]
        pub(super) unsafe fn $call(pc: Pc, fp: Fp) -> Jump {
            // SAFETY: only classes that say how they are made are called this way.
            unsafe {
                let class = payload::<Class>((*pc.add(2)).get() as usize as Slot);
                let make = class.definition.0.and_then(|definition| definition.make).unwrap_unchecked();
                run_direct::<$count, 3, 0, LOADED>(pc, fp, make.code)
            }
        }
    )*};
}

classes! {
    0 CallBuiltinClass0 call_builtin_class_0,
    1 CallBuiltinClass1 call_builtin_class_1,
    2 CallBuiltinClass2 call_builtin_class_2,
}

/// The operation that calls a built-in class with so many arguments.
pub(super) fn class_form(class: &Class, count: usize) -> Op {
    let most = class.definition.0.and_then(|definition| definition.make).map(|make| make.most);
    match count {
        0 if most >= Some(0) => Op::CallBuiltinClass0,
        1 if most >= Some(1) => Op::CallBuiltinClass1,
        2 if most >= Some(2) => Op::CallBuiltinClass2,
        _ => Op::CallBuiltinClass,
    }
}

/// The handler of a method call that goes on where the receiver has the type that stands in word 2.
macro_rules! type_guard {
    ($handler:ident, $call:ident, $description:literal) => {
        #[doc = $description]
        pub(in crate::interpreter) unsafe fn $handler(pc: Pc, fp: Fp) -> Jump {
            unsafe {
                if type_of(value(fp, word(pc).b() + 3)) != word(pc.add(2)).lo() as u32 {
                    miss!(CallMethod, pc, fp)
                }
                $call(pc, fp)
            }
        }
    };
}

macro_rules! methods {
    ($($count:literal $handler:ident $call:ident,)*) => {$(
        type_guard!($handler, $call, "A method of a built-in type, which stands in word 2; the method's code in word 3.");

        #[inline(never)]
        unsafe fn $call(pc: Pc, fp: Fp) -> Jump {
            // SAFETY: `method_form` has put it there.
            unsafe {
                let code = std::mem::transmute::<usize, Direct>((*pc.add(3)).get() as usize);
                run_direct::<$count, 4, 0, UNSEEN>(pc, fp, code)
            }
        }
    )*};
}

methods! {
    1 CallMethodNative0 call_method_native_0,
    2 CallMethodNative1 call_method_native_1,
    3 CallMethodNative2 call_method_native_2,
}

/// The definition of a native method that is bound to a receiver and takes so many arguments beside it as they are.
#[inline(always)]
pub(super) unsafe fn bound_definition(callable: Slot, count: usize) -> Option<&'static NativeDef> {
    unsafe {
        if !is_of(callable, types::BUILTIN_FUNCTION) {
            return None;
        }
        let function = payload::<BuiltinFunction>(callable);
        let definition = function.definition.0;
        (function.receiver.is_some() && count <= 2 && is_direct(definition, count + 1)).then_some(definition)
    }
}

/// A native method bound to its receiver (`append = items.append`). Word 2: the definition.
pub(in crate::interpreter) unsafe fn CallBoundNative(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let callable = value(fp, word(pc).b());
        if !is_of(callable, types::BUILTIN_FUNCTION) {
            miss!(Call, pc, fp)
        }
        let function = payload::<BuiltinFunction>(callable);
        let definition = std::ptr::from_ref(function.definition.0);
        if definition as u64 != (*pc.add(2)).get() || function.receiver.is_none() {
            miss!(Call, pc, fp)
        }
        call_bound_native(pc, fp, definition)
    }
}

#[inline(never)]
unsafe fn call_bound_native(pc: Pc, fp: Fp, definition: *const NativeDef) -> Jump {
    unsafe {
        let code = direct_code(definition);
        match word(pc).c() {
            0 => run_direct::<0, 3, 0, BOUND>(pc, fp, code),
            1 => run_direct::<1, 3, 0, BOUND>(pc, fp, code),
            _ => run_direct::<2, 3, 0, BOUND>(pc, fp, code),
        }
    }
}

/// The same for one that a module has, and which stands in the window one slot higher.
#[inline(never)]
pub(super) unsafe fn call_module_bound(pc: Pc, fp: Fp, definition: *const NativeDef) -> Jump {
    unsafe {
        let code = direct_code(definition);
        match word(pc).c() {
            0 => run_direct::<0, 4, 1, BOUND>(pc, fp, code),
            1 => run_direct::<1, 4, 1, BOUND>(pc, fp, code),
            _ => run_direct::<2, 4, 1, BOUND>(pc, fp, code),
        }
    }
}

/// The most parameters of a function whose arguments are copied to fill up the rest.
const PADDED: usize = 4;

/// Whether a native function takes so many arguments as they are, with others left out.
pub(super) fn is_padded(definition: &NativeDef, count: usize) -> bool {
    matches!(definition.code, NativeCode::Bound(_))
        && usize::from(definition.max) <= PADDED
        && (usize::from(definition.min)..=usize::from(definition.positional)).contains(&count)
}

/// Calls a function for which [`is_padded`] holds. Out of line, since the address of a local would keep a handler's frame.
#[inline(never)]
fn call_padded(definition: &NativeDef, args: &[Ref]) -> Res {
    match definition.code {
        NativeCode::Bound(code) => {
            ouro_heap::lend::with_padding::<PADDED, _>(args, usize::from(definition.max), code)
        }
        NativeCode::Plain(code) => code(args),
        NativeCode::Raw(_) => unreachable!("the operation is chosen for functions with parameters"),
    }
}

/// See [`CallNative`].
pub(in crate::interpreter) unsafe fn CallNativePadded(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        if !is_function(value(fp, word(pc).b()), (*pc.add(2)).get()) {
            miss!(Call, pc, fp)
        }
        call_native_padded(pc, fp)
    }
}

#[inline(never)]
unsafe fn call_native_padded(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let definition = &*((*pc.add(2)).get() as *const NativeDef);
        run_direct::<1, 3, 0, LOADED>(pc, fp, |args| call_padded(definition, args))
    }
}

/// A method that stands in the window, as LoadMethod has found it.
#[inline(never)]
pub(super) unsafe fn call_loaded_direct<const COUNT: usize>(
    pc: Pc,
    fp: Fp,
    definition: &'static NativeDef,
) -> Jump {
    unsafe { run_direct::<COUNT, 3, 0, LOADED>(pc, fp, direct_code(definition)) }
}

/// Calls a native function that takes its arguments as they are, whose window is one slot above the place that the
/// instruction names.
#[inline(never)]
pub(super) unsafe fn call_alone<const COUNT: usize>(pc: Pc, fp: Fp, definition: &'static NativeDef) -> Jump {
    unsafe { run_direct::<COUNT, 3, 1, LOADED>(pc, fp, direct_code(definition)) }
}

/// [`call_loaded_direct`] with optional parameters that are left out.
#[inline(never)]
pub(super) unsafe fn call_loaded_padded<const COUNT: usize>(
    pc: Pc,
    fp: Fp,
    definition: &'static NativeDef,
) -> Jump {
    unsafe { run_direct::<COUNT, 3, 0, LOADED>(pc, fp, |args| call_padded(definition, args)) }
}

macro_rules! padded_methods {
    ($($count:literal $handler:ident $call:ident,)*) => {$(
        type_guard!(
            $handler,
            $call,
            "A method of a built-in type, which stands in word 2; the method's definition in word 3."
        );

        #[inline(never)]
        unsafe fn $call(pc: Pc, fp: Fp) -> Jump {
            // SAFETY: `method_form` has put the address of a static there.
            unsafe {
                let definition = &*((*pc.add(3)).get() as *const NativeDef);
                run_direct::<$count, 4, 0, UNSEEN>(pc, fp, |args| call_padded(definition, args))
            }
        }
    )*};
}

padded_methods! {
    1 CallMethodPadded0 call_method_padded_0,
    2 CallMethodPadded1 call_method_padded_1,
    3 CallMethodPadded2 call_method_padded_2,
}

/// The operation that calls a native function with so many arguments.
pub(super) fn function_form(definition: &NativeDef, count: usize) -> Op {
    match count {
        1 if is_direct(definition, 1) => Op::CallNative1,
        1 if is_padded(definition, 1) => Op::CallNativePadded,
        2 if is_direct(definition, 2) => Op::CallNative2,
        3 if is_direct(definition, 3) => Op::CallNative3,
        _ => Op::CallNative,
    }
}

/// The same for a function of a module.
pub(super) fn module_form(definition: &NativeDef, count: usize) -> Option<Op> {
    match count {
        1 if is_direct(definition, 1) => Some(Op::CallModuleNative1),
        2 if is_direct(definition, 2) => Some(Op::CallModuleNative2),
        3 if is_direct(definition, 3) => Some(Op::CallModuleNative3),
        _ => None,
    }
}

/// The operation that calls a native method with so many arguments, the receiver among them. Puts what
/// that needs into word 3.
pub(super) unsafe fn method_form(pc: Pc, definition: &'static NativeDef, count: usize) -> Op {
    let (direct, padded) = match count {
        1 => (Op::CallMethodNative0, Op::CallMethodPadded0),
        2 => (Op::CallMethodNative1, Op::CallMethodPadded1),
        3 => (Op::CallMethodNative2, Op::CallMethodPadded2),
        _ => return Op::CallMethodNative,
    };
    let (op, found) = if is_direct(definition, count) {
        (direct, unsafe { direct_code(definition) } as usize)
    } else if is_padded(definition, count) {
        (padded, std::ptr::from_ref(definition) as usize)
    } else {
        return Op::CallMethodNative;
    };
    unsafe { (*pc.add(3)).set(found as u64) };
    op
}
