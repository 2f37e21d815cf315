//! Handlers: calls and returns.
#![allow(non_snake_case, reason = "a handler is called as its operation")]

use ouro_bytecode::opcode::SLOT;
use ouro_heap::{Ref, state::pending_bits};

use super::{
    binding,
    classes::enter_init,
    core::*,
    stack::{self, ANY_RESULT, ENTRY, FLAGS, GENERATOR, INIT, OPERANDS, SPECIAL, STACK},
};
use crate::{
    error::Res,
    native::Args,
    objects::{
        builtin::{BuiltinFunction, MethodDescriptor, WrapperDescriptor},
        cell::Cell,
        class::{Class, DowncastClass, class_flags},
        code::Code,
        dict::Dict,
        function::{self, Function},
        instance,
        method::Method,
        str::{Str, StrExt},
        tuple::Tuple,
    },
    protocol::{attribute, object::NativeCall},
    state::{names, shared},
    type_error,
};

/// Where a call in the loop comes from and goes to.
#[derive(Clone, Copy)]
pub(crate) struct Site {
    /// The call instruction.
    pub(crate) pc: Pc,
    /// The caller's registers.
    pub(crate) fp: Fp,
    /// The slot of the callable; the arguments follow three slots above.
    pub(crate) base: u16,
    /// Arguments, keywords included.
    pub(crate) count: usize,
    /// The caller's destination.
    pub(crate) destination: u16,
    /// Words of the call instruction.
    pub(crate) length: usize,
}

#[inline(never)]
pub(crate) unsafe fn Call(pc: Pc, fp: Fp) -> Flow {
    unsafe {
        let w = word(pc);
        publish(pc, fp);
        super::fast::specialise_call(pc, fp);
        call_window(Site { pc, fp, base: w.b(), count: w.c() as usize, destination: w.a(), length: 3 }, None)
    }
}

#[inline(never)]
pub(crate) unsafe fn CallKw(pc: Pc, fp: Fp) -> Flow {
    unsafe {
        let w = word(pc);
        publish(pc, fp);
        let names = keyword_names(fp, word(pc.add(1)).lo());
        super::fast::specialise_call_kw(pc, fp, &names);
        call_window(
            Site { pc, fp, base: w.b(), count: w.c() as usize, destination: w.a(), length: 3 },
            Some(names),
        )
    }
}

unsafe fn keyword_names(fp: Fp, constant: i32) -> Ref<Tuple> {
    unsafe {
        code_of(fp).constants[constant as usize]
            .downcast::<Tuple>()
            .expect("keyword names are a tuple")
            .clone()
    }
}

#[inline(never)]
pub(crate) unsafe fn CallMethod(pc: Pc, fp: Fp) -> Flow {
    unsafe {
        let w = word(pc);
        publish(pc, fp);
        let name = &code_of(fp).names[word(pc.add(1)).lo() as usize];
        super::fast::specialise_call_method(pc, fp, name);
        call_method(
            Site { pc, fp, base: w.b(), count: w.c() as usize, destination: w.a(), length: 4 },
            name,
            None,
        )
    }
}

#[inline(never)]
pub(crate) unsafe fn CallMethodKw(pc: Pc, fp: Fp) -> Flow {
    unsafe {
        let w = word(pc);
        publish(pc, fp);
        let data = word(pc.add(1));
        let name = &code_of(fp).names[data.lo() as usize];
        let names = keyword_names(fp, data.hi() as i32);
        super::fast::specialise_call_method_kw(pc, fp, name, &names);
        call_method(
            Site { pc, fp, base: w.b(), count: w.c() as usize, destination: w.a(), length: 5 },
            name,
            Some(names),
        )
    }
}

/// Calls the attribute of the object in the first argument slot. A function found on the class takes the object as
/// its first argument; anything else is called without it, its window one slot higher.
unsafe fn call_method(site: Site, name: &Ref<Str>, keywords: Option<Ref<Tuple>>) -> Flow {
    unsafe {
        let Site { pc, fp, base, .. } = site;
        let object = borrow(fp, base + 3).expect("the receiver stands in the window").clone();
        if let Some(function) = plain_method(&object, name) {
            drop(object);
            store(fp, base, function);
            return call_window(Site { count: site.count + 1, ..site }, keywords);
        }
        // The words behind the instruction have the attribute's own place, for tracebacks.
        let callable = check!(pc.add(1), fp, attribute::get(&object, name));
        drop(object);
        drop(take(fp, base + 3));
        store(fp, base + 1, callable);
        call_window(Site { base: base + 1, ..site }, keywords)
    }
}

/// Calls what a module has under a name: without the module, so the window moves up by one slot.
#[inline(never)]
pub(crate) unsafe fn call_module_function(pc: Pc, fp: Fp, found: Slot) -> Flow {
    unsafe {
        let w = word(pc);
        publish(pc, fp);
        increment(found);
        *slot(fp, w.b() + 1) = found;
        drop(take(fp, w.b() + 3));
        let site = Site { pc, fp, base: w.b() + 1, count: w.c() as usize, destination: w.a(), length: 4 };
        call_window(site, None)
    }
}

/// Whether an attribute of the object itself hides that of the class.
fn shadowed(object: &Ref, name: &Ref<Str>) -> bool {
    match object.payload::<instance::Instance>() {
        Some(instance) => instance::get(instance, name).is_some(),
        None => attribute::existing_dict(object).is_some_and(|dict| {
            crate::objects::dict::contains_str(&dict, name) && object.downcast_class().is_none()
        }),
    }
}

/// Calls what stands in a window; the window is consumed.
pub(crate) unsafe fn call_window(site: Site, keywords: Option<Ref<Tuple>>) -> Flow {
    unsafe {
        let Site { pc, fp, base, count, .. } = site;
        let callable = borrow(fp, base).expect("the callable stands in the window");
        if callable.has_layout::<Function>() {
            return enter_function(site, keywords);
        }
        if let Some(method) = callable.payload::<Method>() {
            // The receiver becomes the first argument: the window moves up by one.
            let (function, receiver) = (method.function.clone(), method.receiver.clone());
            check!(pc, fp, stack::reserve(fp.add(base as usize + 3 + count + 2)));
            let first = fp.add(base as usize + 3);
            std::ptr::copy(first, first.add(1), count);
            *first = receiver.into_raw();
            store(fp, base, function);
            return call_window(Site { count: count + 1, ..site }, keywords);
        }
        if let Some(class) = callable.downcast_class() {
            if let Some(flow) = enter_init(site, class, &keywords) {
                return flow;
            }
        } else if callable.has_layout::<instance::Instance>()
            && let Some(function) = Class::of(callable).lookup(&names().__call__)
            && function.has_layout::<Function>()
            && !code_in(function.as_ptr()).is_generator()
        {
            return enter_call_method(site, function, keywords);
        }
        let args = Args { all: window(fp, base + 3, count), names: keywords.as_ref() };
        let result = if let Some(builtin) = callable.payload::<BuiltinFunction>() {
            builtin.call(args)
        } else if let Some(method) = callable.payload::<MethodDescriptor>() {
            method.call(args)
        } else {
            crate::protocol::call::call_args(callable, args)
        };
        finish_native(site, result)
    }
}

/// The result of a native function goes to its place, and the window is released.
#[inline(always)]
unsafe fn finish_native(site: Site, result: Res) -> Flow {
    unsafe {
        let Site { pc, fp, base, count, destination, length } = site;
        let result = check!(pc, fp, result);
        release_window(fp, base + 3, count);
        drop(take(fp, base));
        store(fp, destination, result);
        if pending_bits() != 0 {
            check!(pc, fp, super::entry::handle_pending());
        }
        next!(pc.add(length), fp)
    }
}

/// Calls the method of a built-in class that calls one of its slots, as `super().__init__(...)` does.
#[inline(never)]
unsafe fn call_wrapper(site: Site, wrapper: &WrapperDescriptor) -> Flow {
    unsafe {
        let args = Args { all: window(site.fp, site.base + 3, site.count), names: None };
        let result = NativeCall::enter("").and_then(|_call| wrapper.call(args));
        finish_native(site, result)
    }
}

/// Enters a Python function whose arguments stand in a window.
pub(crate) unsafe fn enter_function(site: Site, keywords: Option<Ref<Tuple>>) -> Flow {
    unsafe {
        let Site { pc, fp, base, count, .. } = site;
        let callee = fp.add(base as usize + 3);
        let code = code_in(*callee.sub(3));
        check!(pc, fp, stack::reserve(callee.add((code.frame_size as usize).max(count) + 8)));
        if count != code.simple_count as usize || keywords.is_some() {
            check!(pc, fp, bind_window(callee, count, keywords.as_ref()));
        }
        drop(keywords);
        enter_bound(site)
    }
}

/// The same where they stand in their parameters.
#[inline(always)]
pub(crate) unsafe fn enter_bound(site: Site) -> Flow {
    unsafe {
        let Site { pc, fp, base, destination, length, .. } = site;
        let callee = fp.add(base as usize + 3);
        let code = code_in(*callee.sub(3));
        let depth = stack::depth(*fp.sub(1)) + 1;
        if depth >= stack::depth_limit() {
            return too_deep(site, callee, code);
        }
        let return_pc = pc.add(length) as usize;
        *callee.sub(2) = return_pc as Slot;
        *callee.sub(1) = stack::link(base as usize + 3, destination, depth);
        let entry = code.words.0.as_ptr();
        if pending_bits() != 0 {
            publish(entry, callee);
            check!(entry, callee, super::entry::handle_pending());
        }
        next!(entry, callee)
    }
}

/// Enters the `__call__` of an instance that stands in a window. It is the first argument, and stays where it is as well,
/// as on CPython's stack, so the arguments move up by two slots.
pub(crate) unsafe fn enter_call_method(site: Site, function: Ref, keywords: Option<Ref<Tuple>>) -> Flow {
    unsafe {
        let Site { pc, fp, base, count, destination, length } = site;
        let code = code_in(function.as_ptr());
        let callee = fp.add(base as usize + 5);
        check!(pc, fp, stack::reserve(callee.add((code.frame_size as usize).max(count + 1) + 8)));
        let depth = stack::depth(*fp.sub(1)) + 1;
        if depth >= stack::depth_limit() {
            return super::unwind::raised(pc, fp, stack::too_deep());
        }
        for offset in (0..count).rev() {
            *callee.add(1 + offset) = std::mem::replace(&mut *callee.sub(2).add(offset), unbound());
        }
        let instance = *fp.add(base as usize);
        increment(instance);
        *callee = instance;
        if keywords.is_some() {
            // CPython holds the instance once more where keywords have to be bound.
            increment(instance);
            *callee.sub(4) = instance;
        }
        *callee.sub(3) = function.into_raw();
        if count + 1 != code.simple_count as usize || keywords.is_some() {
            let bound = bind_window(callee, count + 1, keywords.as_ref());
            if let Err(raised) = bound {
                drop(take(callee.sub(3), 0));
                drop(take(callee.sub(4), 0));
                return super::unwind::raised(pc, fp, raised);
            }
        }
        *callee.sub(2) = (pc.add(length) as usize | SPECIAL) as Slot;
        let link = stack::link(base as usize + 5, destination, depth) as u64;
        *callee.sub(1) = (link | OPERANDS | ANY_RESULT) as usize as Slot;
        let entry = code_of(callee).words.0.as_ptr();
        if pending_bits() != 0 {
            publish(entry, callee);
            check!(entry, callee, super::entry::handle_pending());
        }
        next!(entry, callee)
    }
}

/// Binds the arguments at `callee` to the parameters of the function below it, which is another one afterwards if the
/// program has replaced its code meanwhile.
pub(crate) unsafe fn bind_window(callee: Fp, count: usize, keywords: Option<&Ref<Tuple>>) -> Res<()> {
    unsafe {
        let function = payload::<Function>(*callee.sub(3));
        if binding::bind_directly(function, code_in(*callee.sub(3)), callee, count, keywords) {
            return Ok(());
        }
        let code = function.code.get().expect("functions have code");
        let bound = binding::bind(function, &code, callee, count, keywords);
        if !function.code.refers_to(&code) {
            // The frame runs the code that the arguments were bound for.
            let twin = function::twin(function);
            twin.code.set(Some(code));
            store(callee.sub(3), 0, twin.into_any());
        }
        bound
    }
}

/// RecursionError: the bound arguments are released where they stand.
#[cold]
unsafe fn too_deep(site: Site, callee: Fp, code: &Code) -> Flow {
    unsafe {
        let raised = stack::too_deep();
        release_window(callee, 0, code.frame_size as usize);
        super::unwind::raised(site.pc, site.fp, raised)
    }
}

/// Goes on at an instruction, as a value.
#[inline(always)]
pub(crate) unsafe fn continue_at(pc: Pc, fp: Fp) -> Flow {
    next!(pc, fp)
}

#[inline(never)]
pub(crate) unsafe fn Return(pc: Pc, fp: Fp) -> Flow {
    unsafe {
        let a = word(pc).a();
        publish(pc, fp);
        let _ = operand!(pc, fp, a);
        // The frame dies: a returned local moves out instead of being counted, unless a frame object keeps it.
        let local = usize::from(a) < code_of(fp).locals.len();
        let kept = local && super::entry::has_object(fp);
        let value = if kept { fetch(fp, a) } else { take(fp, a) }.expect("checked above");
        leave_frame(fp, value)
    }
}

#[inline(never)]
pub(crate) unsafe fn ReturnConst(pc: Pc, fp: Fp) -> Flow {
    unsafe {
        publish(pc, fp);
        let value = code_of(fp).constants[word(pc).a() as usize].clone();
        leave_frame(fp, value)
    }
}

/// Releases a frame's registers and linkage and gives the value to the caller.
pub(crate) unsafe fn leave_frame(fp: Fp, value: Ref) -> Flow {
    unsafe {
        let return_word = *fp.sub(2) as usize;
        if return_word & GENERATOR != 0 {
            return super::generators::return_from(fp, value);
        }
        let link = *fp.sub(1);
        super::entry::release_frame(fp, code_of(fp).clear_size as usize);
        let function = std::mem::replace(&mut *fp.sub(3), unbound());
        *fp.sub(2) = unbound();
        *fp.sub(1) = unbound();
        // Operands stand above the caller's registers, where the end of the function may build frames.
        let operands = (return_word & ENTRY == 0 && link as u64 & OPERANDS != 0)
            .then(|| (take(fp.sub(5), 0), take(fp.sub(4), 0)));
        super::entry::publish_caller(fp, return_word, link);
        drop(Ref::<ouro_heap::Any>::from_raw(function));
        if return_word & ENTRY != 0 {
            STACK.with(|stack| stack.result.set(value.into_raw()));
            return leave(RETURNED);
        }
        let caller = fp.sub(stack::distance(link));
        let pc = (return_word & !FLAGS) as Pc;
        publish(pc.sub(1), caller);
        let mut value = value;
        if link as u64 & INIT != 0 {
            let instance = take(fp.sub(4), 0).expect("the instance waits below the frame of __init__");
            if !value.is(&shared().none) {
                let error =
                    type_error!("__init__() should return None, not '{}'", Class::of(&value).short_name());
                drop((value, instance));
                return super::unwind::raised(pc.sub(1), caller, error);
            }
            value = instance;
        } else if let Some((left, right)) = operands {
            if link as u64 & ANY_RESULT == 0 && value.is(&shared().not_implemented) {
                let (left, right) = (left.expect("a left operand"), right.expect("a right operand"));
                let (operator, _) = super::basic::operator(word(pc.sub(1)).lo());
                let result = crate::protocol::number::after_left(operator, &left, &right);
                drop(left);
                drop(right);
                value = check!(pc.sub(1), caller, result);
            } else {
                drop(left);
                drop(right);
            }
        }
        store(caller, stack::destination(link) as u16, value);
        next!(pc, caller)
    }
}

#[inline(never)]
pub(crate) unsafe fn MakeFunction(pc: Pc, fp: Fp) -> Flow {
    unsafe {
        let w = word(pc);
        publish(pc, fp);
        let code = code_of(fp).constants[word(pc.add(1)).lo() as usize]
            .downcast::<Code>()
            .expect("a code constant")
            .clone();
        let globals = function_of(fp).globals.get().expect("functions have globals");
        let builtins = function_of(fp).builtins.get().unwrap_or_else(|| function::builtins_of(&globals));
        let made = function::with_builtins(&code, &globals, builtins);
        let flags = w.c();
        let mut parts = (w.b() & SLOT..).map(|place| take(fp, place).expect("a filled window"));
        if flags & 1 != 0 {
            made.defaults.set(parts.next().and_then(|part| part.into::<Tuple>().ok()));
        }
        if flags & 2 != 0 {
            made.keyword_defaults.set(parts.next().and_then(|part| part.into::<Dict>().ok()));
        }
        if flags & 4 != 0 {
            made.annotations.set(parts.next());
        }
        if flags & 8 != 0 {
            let closure = parts.next().and_then(|part| part.into::<Tuple>().ok());
            debug_assert!(
                closure
                    .as_ref()
                    .is_some_and(|cells| cells.items().iter().all(|cell| cell.has_layout::<Cell>()))
            );
            made.closure.set(closure);
        }
        store(fp, w.a(), made.into_any());
        next!(pc.add(2), fp)
    }
}

/// The text of a function's name in messages about arguments.
pub(crate) fn function_name(function: &Function) -> String {
    function.qualname.get().map(|name| name.to_text().into_owned()).unwrap_or_default()
}

#[inline(never)]
pub(crate) unsafe fn LoadMethod(pc: Pc, fp: Fp) -> Flow {
    unsafe {
        let w = word(pc);
        publish(pc, fp);
        let base = w.a();
        let name = &code_of(fp).names[w.b() as usize];
        let object = borrow(fp, base + 3).expect("the receiver stands in the window").clone();
        super::fast::specialise_load_method(pc, &object, name);
        if let Some(function) = plain_method(&object, name) {
            drop(object);
            store(fp, base, function);
        } else {
            let attribute = check!(pc, fp, attribute::get(&object, name));
            drop(object);
            drop(take(fp, base + 3));
            store(fp, base, attribute);
        }
        next!(pc.add(3), fp)
    }
}

/// The function that `object.name(...)` calls with the object as first argument, if it is of that kind.
fn plain_method(object: &Ref, name: &Ref<Str>) -> Option<Ref> {
    let class = Class::of(object);
    let found = if super::fast::reads_plainly(class) { class.lookup(name)? } else { return None };
    (Class::of(&found).has(class_flags::METHOD_DESCRIPTOR) && !shadowed(object, name)).then_some(found)
}

#[inline(never)]
pub(crate) unsafe fn CallLoaded(pc: Pc, fp: Fp) -> Flow {
    unsafe { call_loaded(pc, fp, None) }
}

#[inline(never)]
pub(crate) unsafe fn CallLoadedKw(pc: Pc, fp: Fp) -> Flow {
    unsafe {
        let names = keyword_names(fp, word(pc.add(1)).lo());
        super::fast::specialise_call_loaded_kw(pc, fp, &names);
        call_loaded(pc, fp, Some(names))
    }
}

/// A call of what LoadMethod has found, whatever it is.
pub(crate) unsafe fn call_loaded_general(pc: Pc, fp: Fp) -> Flow {
    unsafe { call_loaded(pc, fp, None) }
}

unsafe fn call_loaded(pc: Pc, fp: Fp, keywords: Option<Ref<Tuple>>) -> Flow {
    unsafe {
        let w = word(pc);
        publish(pc, fp);
        let site = Site { pc, fp, base: w.b(), count: w.c() as usize, destination: w.a(), length: 3 };
        if *slot(fp, w.b() + 3) != unbound() {
            let site = Site { count: site.count + 1, ..site };
            let callable = borrow(fp, w.b()).expect("LoadMethod has found something");
            return match callable.payload::<WrapperDescriptor>() {
                Some(wrapper) if keywords.is_none() => call_wrapper(site, wrapper),
                _ => call_window(site, keywords),
            };
        }
        // The attribute was no plain method: the window moves up by one slot.
        let callable = take(fp, w.b()).expect("LoadMethod has found something");
        store(fp, w.b() + 1, callable);
        call_window(Site { base: w.b() + 1, ..site }, keywords)
    }
}
