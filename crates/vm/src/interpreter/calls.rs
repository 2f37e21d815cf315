//! Handlers: calls and returns.
#![allow(non_snake_case, reason = "a handler is called as its operation")]

use ouro_bytecode::opcode::SLOT;
use ouro_heap::{Ref, state::pending_bits};

use super::{
    binding,
    core::*,
    stack::{self, ANY_RESULT, ENTRY, FLAGS, GENERATOR, INIT, OPERANDS, SPECIAL, STACK},
};
use crate::{
    error::Res,
    native::Args,
    objects::{
        builtin::{BuiltinFunction, MethodDescriptor},
        cell::Cell,
        class::{Class, DowncastClass, class_flags},
        code::Code,
        dict::Dict,
        function::{self, Function},
        instance,
        method::Method,
        str::{Str, StrExt},
        tuple::{self, Tuple},
    },
    protocol::{attribute, iterate},
    state::{names, shared},
    type_error, types,
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
        call_method(
            Site { pc, fp, base: w.b(), count: w.c() as usize, destination: w.a(), length: 4 },
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
        let Site { pc, fp, base, count, destination, length } = site;
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

/// Enters a Python function whose arguments stand in a window.
pub(crate) unsafe fn enter_function(site: Site, keywords: Option<Ref<Tuple>>) -> Flow {
    unsafe {
        let Site { pc, fp, base, count, destination, length } = site;
        let callee = fp.add(base as usize + 3);
        let code = code_in(*callee.sub(3));
        check!(pc, fp, stack::reserve(callee.add((code.frame_size as usize).max(count) + 8)));
        if count != code.simple_count as usize || keywords.is_some() {
            check!(pc, fp, bind_window(callee, count, keywords.as_ref()));
        }
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
unsafe fn enter_call_method(site: Site, function: Ref, keywords: Option<Ref<Tuple>>) -> Flow {
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

/// Calls a class whose constructor is that of `object` and whose `__init__` is a Python function: makes the instance
/// and enters `__init__` without leaving the loop. Nothing if the class is of another kind.
unsafe fn enter_init(site: Site, class: &Ref<Class>, keywords: &Option<Ref<Tuple>>) -> Option<Flow> {
    unsafe { enter_known_init(site, class, plain_init(class)?, keywords) }
}

/// The `__init__` of a class whose constructor is that of `object`, if it is a Python function.
pub(crate) fn plain_init(class: &Ref<Class>) -> Option<Ref> {
    if !has_plain_new(class) {
        return None;
    }
    class.lookup(&names().__init__).filter(|init| init.has_layout::<Function>())
}

/// Whether calling a class does what `object.__new__` does, and nothing else.
pub(crate) fn has_no_init(class: &Ref<Class>) -> bool {
    has_plain_new(class)
        && class
            .lookup(&names().__init__)
            .is_some_and(|init| crate::objects::descriptor::is_wrapper_of(&init, types::OBJECT))
}

fn has_plain_new(class: &Ref<Class>) -> bool {
    Class::of(class.as_any()).is(crate::state::class_of(types::TYPE))
        && crate::objects::object::has_object_new(class)
        && !class.has(class_flags::ABSTRACT | class_flags::NO_INSTANTIATION)
}

/// A call of a class that was seen to be fit for [`enter_init`], with the `__init__` found then in word 2: null for that
/// of `object`.
pub(crate) unsafe fn call_class(pc: Pc, fp: Fp) -> Flow {
    unsafe {
        let w = word(pc);
        publish(pc, fp);
        let site = Site { pc, fp, base: w.b(), count: w.c() as usize, destination: w.a(), length: 3 };
        let class =
            borrow(fp, w.b()).and_then(|class| class.downcast_class()).expect("checked by the caller");
        let init = (*pc.add(2)).get() as usize as Slot;
        if init.is_null() {
            let made = check!(pc, fp, crate::objects::object::new_instance(class));
            drop(take(fp, w.b()));
            store(fp, w.a(), made);
            if pending_bits() != 0 {
                check!(pc, fp, super::entry::handle_pending());
            }
            next!(pc.add(3), fp)
        }
        let init = peek(init);
        match enter_known_init(site, class, Ref::clone(&init), &None) {
            Some(flow) => flow,
            None => call_window(site, None),
        }
    }
}

/// Makes the instance and enters its `__init__`. Nothing if that is not possible here.
unsafe fn enter_known_init(
    site: Site,
    class: &Ref<Class>,
    init: Ref,
    keywords: &Option<Ref<Tuple>>,
) -> Option<Flow> {
    unsafe {
        let Site { pc, fp, base, count, destination, length } = site;
        if !init.has_layout::<Function>() {
            return None;
        }
        let code = code_in(init.as_ptr());
        let depth = stack::depth(*fp.sub(1)) + 1;
        if code.is_generator() || depth >= stack::depth_limit() {
            return None;
        }
        stack::reserve(fp.add(base as usize + 5 + (code.frame_size as usize).max(count + 1) + 8)).ok()?;
        let object = match crate::objects::object::new_instance(class) {
            Ok(object) => object,
            Err(raised) => return Some(super::unwind::raised(pc, fp, raised)),
        };
        // The instance takes the place of the class; the frame of __init__ stands one slot higher.
        let callee = fp.add(base as usize + 4);
        for offset in (0..count).rev() {
            *callee.add(1 + offset) = *callee.sub(1).add(offset);
        }
        *callee = object.clone().into_raw();
        store(fp, base, object);
        *callee.sub(3) = init.into_raw();
        if count + 1 != code.simple_count as usize || keywords.is_some() {
            *callee.sub(1) = unbound();
            if let Err(raised) = bind_window(callee, count + 1, keywords.as_ref()) {
                drop(take(callee.sub(3), 0));
                return Some(super::unwind::raised(pc, fp, raised));
            }
        }
        *callee.sub(2) = (pc.add(length) as usize | SPECIAL) as Slot;
        *callee.sub(1) = (stack::link(base as usize + 4, destination, depth) as u64 | INIT) as usize as Slot;
        let entry = code.words.0.as_ptr();
        publish(entry, callee);
        if pending_bits() != 0
            && let Err(raised) = super::entry::handle_pending()
        {
            return Some(super::unwind::raised(entry, callee, raised));
        }
        Some(continue_at(entry, callee))
    }
}

/// Goes on at an instruction, as a value.
#[inline(always)]
pub(crate) unsafe fn continue_at(pc: Pc, fp: Fp) -> Flow {
    next!(pc, fp)
}

#[inline(never)]
pub(crate) unsafe fn CallEx(pc: Pc, fp: Fp) -> Flow {
    unsafe {
        let w = word(pc);
        publish(pc, fp);
        let base = w.b();
        let callable = borrow(fp, base).expect("the callable stands in the window").clone();
        if callable.has_layout::<Function>() && w.c() == 0 && type_of(*slot(fp, base + 3)) == types::TUPLE {
            // The items go straight to the callee's registers.
            let positional = take(fp, base + 3).and_then(|args| args.into::<Tuple>().ok()).expect("a tuple");
            let count = positional.items().len();
            check!(pc, fp, stack::reserve(fp.add(base as usize + 3 + count + 8)));
            for (offset, item) in positional.items().iter().enumerate() {
                *fp.add(base as usize + 3 + offset) = item.clone().into_raw();
            }
            drop(positional);
            drop(callable);
            return enter_function(Site { pc, fp, base, count, destination: w.a(), length: 2 }, None);
        }
        let positional = borrow(fp, base + 3).expect("the arguments stand in the window").clone();
        let mut all = match positional.downcast::<Tuple>() {
            Some(args) => args.items().to_vec(),
            None => {
                let slots = &Class::of(&positional).slots.0;
                if slots.iter.get().is_none() && slots.get_item.get().is_none() {
                    let text = super::containers::function_text(&callable);
                    let kind = Class::of(&positional).short_name();
                    let error = type_error!("{text} argument after * must be an iterable, not {kind}");
                    return super::unwind::raised(pc, fp, error);
                }
                check!(pc, fp, iterate::collect(&positional))
            }
        };
        let mut names = Vec::new();
        if w.c() == 1 {
            let mapping = borrow(fp, base + 4).expect("the keywords stand in the window").clone();
            let pairs = super::containers::mapping_pairs(&mapping, |other| {
                let text = super::containers::function_text(&callable);
                type_error!(
                    "{text} argument after ** must be a mapping, not {}",
                    Class::of(other).short_name()
                )
            });
            for (key, value) in check!(pc, fp, pairs) {
                if !key.has_layout::<Str>() {
                    return super::unwind::raised(pc, fp, type_error!("keywords must be strings"));
                }
                names.push(key);
                all.push(value);
            }
        }
        let keywords = (!names.is_empty()).then(|| tuple::from_vec(names));
        drop(positional);
        release_window(fp, base + 3, 1 + w.c() as usize);
        if callable.has_layout::<Function>() {
            // The arguments go straight to the callee's registers.
            let count = all.len();
            let end = fp.add(base as usize + 3 + count + 8);
            check!(pc, fp, stack::reserve(end));
            for (offset, value) in all.into_iter().enumerate() {
                *fp.add(base as usize + 3 + offset) = value.into_raw();
            }
            drop(callable);
            let site = Site { pc, fp, base, count, destination: w.a(), length: 2 };
            return enter_function(site, keywords);
        }
        let result =
            crate::protocol::call::call_args(&callable, Args { all: &all, names: keywords.as_ref() });
        let result = check!(pc, fp, result);
        drop(all);
        drop(callable);
        drop(take(fp, base));
        store(fp, w.a(), result);
        next!(pc.add(2), fp)
    }
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

/// Enters the method of the left operand of an operation of two words with both operands, which are counted for the
/// callee's parameters and once more for the operation itself. `constant` says that the right one is a constant,
/// `flags` are those of the link word.
pub(crate) unsafe fn enter_operator(pc: Pc, fp: Fp, function: Slot, constant: bool, flags: u64) -> Flow {
    unsafe {
        let w = word(pc);
        publish(pc, fp);
        let code = code_in(function);
        let distance = code_of(fp).frame_size as usize + 5;
        let callee = fp.add(distance);
        check!(pc, fp, stack::reserve(callee.add(code.frame_size as usize + 8)));
        let right =
            if constant { code_of(fp).constants[w.c() as usize].clone() } else { fetched!(pc, fp, w.c()) };
        let left = fetched!(pc, fp, w.b());
        *callee = left.clone().into_raw();
        *callee.add(1) = right.clone().into_raw();
        *callee.sub(5) = left.into_raw();
        *callee.sub(4) = right.into_raw();
        increment(function);
        *callee.sub(3) = function;
        *callee.sub(2) = (pc.add(2) as usize | SPECIAL) as Slot;
        let link = stack::link(distance, w.a(), stack::depth(*fp.sub(1)) + 1) as u64;
        *callee.sub(1) = (link | OPERANDS | flags) as usize as Slot;
        next!(code.words.0.as_ptr(), callee)
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
        let made = function::new(&code, &globals);
        made.builtins.set(function_of(fp).builtins.get());
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

/// `__build_class__(function, name, *bases, metaclass=..., **keywords)`
pub fn build_class(args: Args) -> Res {
    let values = args.positional();
    if values.len() < 2 {
        return Err(type_error!("__build_class__: not enough arguments"));
    }
    let Some(body) = values[0].downcast::<Function>() else {
        return Err(type_error!("__build_class__: func must be a function"));
    };
    let Some(name) = values[1].downcast::<Str>() else {
        return Err(type_error!("__build_class__: name is not a string"));
    };
    let original = &values[2..];
    let bases = resolve_bases(original)?;
    let changed = bases.len() != original.len() || bases.iter().zip(original).any(|(a, b)| !a.is(b));
    let mut keyword_names = Vec::new();
    let mut keyword_values = Vec::new();
    let mut metaclass = None;
    for (key, value) in args.keywords() {
        if key.is_text("metaclass") {
            metaclass = Some(value.clone());
        } else {
            keyword_names.push(key.clone().into_any());
            keyword_values.push(value.clone());
        }
    }
    let mut metaclass = metaclass.unwrap_or_else(|| match bases.first() {
        Some(base) => Class::of(base).clone().into_any(),
        None => crate::state::class_of(types::TYPE).clone().into_any(),
    });
    if let Some(class) = metaclass.downcast_class() {
        metaclass = crate::objects::type_::calculate_metaclass(class, &bases)?.into_any();
    }
    let keyword_names = tuple::from_vec(keyword_names);
    let with_keywords =
        |first: &[Ref]| -> Vec<Ref> { first.iter().chain(&keyword_values).cloned().collect() };
    let bases_tuple = tuple::from_vec(bases).into_any();
    let name_object = name.clone().into_any();
    let namespace = match attribute::get_optional(&metaclass, &names().__prepare__)? {
        Some(prepare) => {
            let all = with_keywords(&[name_object.clone(), bases_tuple.clone()]);
            crate::protocol::call::call_args(&prepare, Args { all: &all, names: Some(&keyword_names) })?
        }
        None => crate::objects::dict::new().into_any(),
    };
    if !namespace.has_layout::<Dict>() && Class::of(&namespace).slots.0.get_item.get().is_none() {
        let shown = metaclass.downcast_class().map_or("<metaclass>".to_owned(), |class| class.short_name());
        return Err(type_error!(
            "{shown}.__prepare__() must return a mapping, not {}",
            Class::of(&namespace).short_name()
        ));
    }
    let cell = super::entry::run_function_in(body, namespace.clone())?;
    if changed {
        crate::protocol::item::set(
            &namespace,
            names().__orig_bases__.as_any(),
            tuple::from_slice(original).as_any(),
        )?;
    }
    let all = with_keywords(&[name_object, bases_tuple, namespace]);
    let class =
        crate::protocol::call::call_args(&metaclass, Args { all: &all, names: Some(&keyword_names) })?;
    if let Some(cell) = cell.payload::<Cell>()
        && class.downcast_class().is_some()
    {
        match cell.value.get() {
            Some(content) if content.is(&class) => {}
            Some(content) => {
                let (name, content, class) = (
                    crate::protocol::object::repr(name.as_any())?,
                    crate::protocol::object::repr(&content)?,
                    crate::protocol::object::repr(&class)?,
                );
                return Err(type_error!(
                    "__class__ set to {} defining {} as {}",
                    content.to_text(),
                    name.to_text(),
                    class.to_text()
                ));
            }
            None => {
                let name = crate::protocol::object::repr(name.as_any())?;
                return Err(crate::runtime_error!(
                    "__class__ not set defining {} as {}. Was __classcell__ propagated to type.__new__?",
                    name.to_text(),
                    crate::protocol::object::repr(&class)?.to_text()
                ));
            }
        }
    }
    Ok(class)
}

/// Replaces bases that are no classes by what their `__mro_entries__` gives (PEP 560).
fn resolve_bases(bases: &[Ref]) -> Res<Vec<Ref>> {
    let mut resolved = Vec::with_capacity(bases.len());
    for base in bases {
        if base.downcast_class().is_some() {
            resolved.push(base.clone());
            continue;
        }
        match attribute::get_optional(base, &names().__mro_entries__)? {
            None => resolved.push(base.clone()),
            Some(method) => {
                let entries = crate::protocol::call::call(&method, &[tuple::from_slice(bases).into_any()])?;
                match entries.payload::<Tuple>() {
                    Some(entries) => resolved.extend(entries.items().iter().cloned()),
                    None => return Err(type_error!("__mro_entries__ must return a tuple")),
                }
            }
        }
    }
    Ok(resolved)
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
            return call_window(Site { count: site.count + 1, ..site }, keywords);
        }
        // The attribute was no plain method: the window moves up by one slot.
        let callable = take(fp, w.b()).expect("LoadMethod has found something");
        store(fp, w.b() + 1, callable);
        call_window(Site { base: w.b() + 1, ..site }, keywords)
    }
}
