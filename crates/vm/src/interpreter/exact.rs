//! Python functions that native code calls with exactly their positional parameters: a sort key, `__eq__`, `__len__`.
//!
//! Anything else, defaults and keywords above all, goes the general way (`entry::call_function_with`).

use ouro_heap::Ref;

use super::{
    core::*,
    entry::{call_function_with, current_depth, entries, free_top},
    stack::{self, ENTRY, Entry, STACK},
};
use crate::{
    error::Res,
    native::Args,
    objects::{builtin::BuiltinFunction, code::Code, function::Function},
    protocol::{call, object::NativeCall},
};

/// Calls a Python function with exactly its positional parameters; any other one is called the general way.
pub fn call_exactly<const COUNT: usize>(function: &Ref<Function>, args: [&Ref; COUNT]) -> Res {
    let (pc, fp) = STACK.with(|stack| (stack.pc.get(), stack.fp.get()));
    // SAFETY: the frame is built above every live register of the frame that is published.
    unsafe {
        let code = code_in(function.as_ptr());
        if fp.is_null() || code.simple_count as usize != COUNT {
            return call_function_with(function, &args, Args::positional_only(&[]));
        }
        let callee = top_of(fp).add(4);
        let depth = stack::depth(*fp.sub(1)) + 1;
        if depth >= stack::depth_limit() || !has_room(callee, code) {
            return call_function_with(function, &args, Args::positional_only(&[]));
        }
        let _call = NativeCall::enter("")?;
        entries().push(Entry { registers: callee, caller: fp, pc });
        let how = run_exactly(function, code, callee, depth, args);
        entries().pop();
        publish(pc, fp);
        result_of(how)
    }
}

#[inline(always)]
unsafe fn has_room(callee: Fp, code: &Code) -> bool {
    unsafe { STACK.with(|stack| callee.add(code.frame_size as usize + 8) <= stack.limit.get()) }
}

/// Builds the frame of a function and runs it; how the loop was left.
#[inline(always)]
unsafe fn run_exactly<const COUNT: usize>(
    function: &Ref<Function>,
    code: &Code,
    callee: Fp,
    depth: u32,
    args: [&Ref; COUNT],
) -> usize {
    unsafe {
        for (offset, value) in args.into_iter().enumerate() {
            increment(value.as_ptr());
            *callee.add(offset) = value.as_ptr();
        }
        increment(function.as_ptr());
        *callee.sub(3) = function.as_ptr();
        // The return address of an entry frame is never followed.
        *callee.sub(2) = ENTRY as Slot;
        *callee.sub(1) = stack::link(0, 0, depth);
        run_loop(code.words.0.as_ptr(), callee)
    }
}

/// Calls of one object with one item after the other, by native code that does nothing else meanwhile but compare and
/// iterate. What the calls have in common is found once.
pub struct Calls<'a> {
    callable: &'a Ref,
    way: Way<'a>,
    _call: NativeCall,
}

/// How an object is called.
enum Way<'a> {
    Function(Prepared<'a>),
    Native(fn(&[Ref]) -> Res),
    General,
}

struct Prepared<'a> {
    function: &'a Ref<Function>,
    code: *const Code,
    callee: Fp,
    depth: u32,
    caller: Fp,
    pc: Pc,
}

impl<'a> Calls<'a> {
    /// Calls with so many arguments each, by the native code that runs now.
    pub fn new(callable: &'a Ref, count: usize) -> Res<Self> {
        let _call = NativeCall::enter("")?;
        let native = callable.payload::<BuiltinFunction>().and_then(|builtin| builtin.plain_code(count));
        let way = match native {
            Some(code) => Way::Native(code),
            None => Prepared::new(callable, count).map_or(Way::General, Way::Function),
        };
        Ok(Calls { callable, way, _call })
    }

    /// Calls the object.
    #[inline]
    pub fn call<const COUNT: usize>(&self, args: [&Ref; COUNT]) -> Res {
        if let Way::Native(code) = self.way {
            return match args.as_slice() {
                [only] => code(std::slice::from_ref(only)),
                _ => code(&args.map(Ref::clone)),
            };
        }
        if let Way::Function(prepared) = &self.way {
            // SAFETY: the frame is built above every live register, as native code that is at work has none of its own.
            unsafe {
                // The function may give itself other code.
                let code = code_in(prepared.function.as_ptr());
                if std::ptr::eq(code, prepared.code) && prepared.depth < stack::depth_limit() {
                    let how = run_exactly(prepared.function, code, prepared.callee, prepared.depth, args);
                    publish(prepared.pc, prepared.caller);
                    return result_of(how);
                }
            }
        }
        call::call(self.callable, &args.map(Ref::clone))
    }
}

impl<'a> Prepared<'a> {
    fn new(callable: &'a Ref, count: usize) -> Option<Self> {
        let function = callable.downcast::<Function>()?;
        let (pc, caller) = STACK.with(|stack| (stack.pc.get(), stack.fp.get()));
        // SAFETY: a published frame is complete, and the slots above it are free.
        unsafe {
            let code = code_in(function.as_ptr());
            let callee = free_top().add(4);
            if caller.is_null() || code.simple_count as usize != count || !has_room(callee, code) {
                return None;
            }
            // What native code does between the calls has entries above this one.
            entries().push(Entry { registers: callee, caller, pc });
            Some(Prepared { function, code, callee, depth: current_depth() + 1, caller, pc })
        }
    }
}

impl Drop for Prepared<'_> {
    fn drop(&mut self) {
        // SAFETY: see `entries`.
        unsafe { entries() }.pop();
    }
}
