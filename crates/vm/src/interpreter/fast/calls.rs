//! Specialised handlers: calls.
#![allow(non_snake_case, reason = "a handler is called as its operation")]

use ouro_bytecode::code::flags;

use super::{field_inits::remember_field_init, *};
use crate::interpreter::calls::Site;

/// A number that no code has, for a site that knows none.
const NO_CODE: i32 = -1;

/// A Python function whose arguments are exactly its positional parameters. Word 1: the number of the code that was called last
/// from here and takes so many, and the misses. Word 2: where that code begins, so that the processor need not wait for it
/// to be read from function and code, one after the other.
pub(in crate::interpreter) unsafe fn CallFunction(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let w = word(pc);
        let window = fp.add(w.b() as usize);
        let function = *window;
        if !is_of(function, types::FUNCTION) {
            miss!(Call, pc, fp)
        }
        let code = code_in(function);
        if code.number != word(pc.add(1)).lo() as u32 {
            cold_path();
            return enter_unforeseen(pc, fp);
        }
        let callee = window.add(3);
        let depth = stack::depth_of(fp) + 1;
        if !may_enter(end_of(code, callee), depth) {
            tail!(Call, pc, fp)
        }
        *callee.sub(2) = pc.add(3) as usize as Slot;
        stack::lay_link_of_call(callee, w.a_and_b(), 3, depth);
        jump!((*pc.add(2)).get() as usize as Pc, callee)
    }
}

/// The same of code that the site does not know yet. What has to be bound is bound out of line.
#[inline(never)]
unsafe fn enter_unforeseen(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let w = word(pc);
        let window = fp.add(w.b() as usize);
        let code = code_in(*window);
        if code.simple_count != u32::from(w.c()) {
            return bind_and_enter(pc, fp);
        }
        let callee = window.add(3);
        let depth = stack::depth_of(fp) + 1;
        if !may_enter(end_of(code, callee), depth) {
            tail!(Call, pc, fp)
        }
        let start = code.words.0.as_ptr();
        if code.number != 0 {
            remember_code(pc, code.number as i32);
            (*pc.add(2)).set(start as usize as u64);
        }
        *callee.sub(2) = pc.add(3) as usize as Slot;
        stack::lay_link_of_call(callee, w.a_and_b(), 3, depth);
        jump!(start, callee)
    }
}

/// Notes the number of the code that a site knows.
#[inline(always)]
unsafe fn remember_code(pc: Pc, number: i32) {
    unsafe { (*pc.add(1)).set(ouro_bytecode::code::Word::data(number, word(pc.add(1)).hi()).0) }
}

/// Enters a Python function whose first `count` arguments stand at `callee` and whose others have defaults; nothing happens
/// where anything else has to be bound, or anything stands in the way.
macro_rules! enter_with_defaults {
    ($pc:expr, $fp:expr, $callee:expr, $function:expr, $count:expr, $destination:expr, $length:literal, $found:block) => {{
        let (callee, count): (Fp, usize) = ($callee, $count);
        let code = code_in($function);
        let defaults = *payload::<Function>($function).defaults.as_ptr().cast::<Slot>();
        let depth = stack::depth_of($fp) + 1;
        let top = end_of(code, callee);
        let parameters = code.arg_count as usize;
        if code.simple && count < parameters && !defaults.is_null() && may_enter(top, depth) {
            let defaults = payload::<Tuple>(defaults).items();
            if let Some(first) = (count + defaults.len()).checked_sub(parameters) {
                for (offset, default) in defaults.iter().skip(first).enumerate() {
                    increment(default.as_ptr());
                    *callee.add(count + offset) = default.as_ptr();
                }
                $found;
                *callee.sub(2) = $pc.add($length) as usize as Slot;
                stack::lay_link(callee, callee.offset_from($fp) as u16, $destination, depth);
                jump!(code.words.0.as_ptr(), callee)
            }
        }
    }};
}

/// Enters a Python function that takes the arguments behind its parameters as a tuple (`*args`), of which there are some;
/// nothing happens where anything else has to be bound, or anything stands in the way.
macro_rules! enter_with_rest {
    ($pc:expr, $fp:expr, $callee:expr, $function:expr, $count:expr, $destination:expr, $length:literal, $found:block) => {{
        let (callee, count): (Fp, usize) = ($callee, $count);
        let code = code_in($function);
        let depth = stack::depth_of($fp) + 1;
        let top = end_of(code, callee);
        let parameters = code.arg_count as usize;
        if code.flags & (flags::VARARGS | flags::VARKEYWORDS) == flags::VARARGS
            && code.parameters == code.arg_count
            && count > parameters
            && may_enter(top, depth)
        {
            let rest = take_tailed::<TupleHead>(types::TUPLE, types::TUPLE_SPARES, count - parameters);
            if !rest.is_null() {
                let items = payload::<Tuple>(rest).items().as_ptr().cast_mut().cast::<Slot>();
                move_out(callee.add(parameters), items, count - parameters);
                *callee.add(parameters) = rest;
                $found;
                *callee.sub(2) = $pc.add($length) as usize as Slot;
                stack::lay_link(callee, callee.offset_from($fp) as u16, $destination, depth);
                jump!(code.words.0.as_ptr(), callee)
            }
        }
    }};
}

/// Binds the arguments of a call of a Python function to its parameters and enters it.
#[inline(never)]
unsafe fn bind_and_enter(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let w = word(pc);
        let callee = fp.add(w.b() as usize + 3);
        enter_with_defaults!(pc, fp, callee, value(fp, w.b()), w.c() as usize, w.a(), 3, {});
        keywords::bind_defaults_and_enter(pc, fp)
    }
}

#[inline(never)]
pub(super) unsafe fn bind_rest_and_enter(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let w = word(pc);
        let callee = fp.add(w.b() as usize + 3);
        enter_with_rest!(pc, fp, callee, value(fp, w.b()), w.c() as usize, w.a(), 3, {});
        bind_anything(pc, fp)
    }
}

#[inline(never)]
unsafe fn bind_anything(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let w = word(pc);
        publish(pc, fp);
        let site = Site { pc, fp, base: w.b(), count: w.c() as usize, destination: w.a(), length: 3 };
        go_on(crate::interpreter::calls::enter_function(site, None))
    }
}

/// The same for a method, which takes its place in the window first.
#[inline(never)]
pub(super) unsafe fn bind_and_enter_method(pc: Pc, fp: Fp, function: Slot) -> Jump {
    unsafe {
        let w = word(pc);
        let place = slot(fp, w.b());
        enter_with_defaults!(pc, fp, place.add(3), function, w.c() as usize + 1, w.a(), 4, {
            increment(function);
            *place = function;
        });
        bind_any_method(pc, fp, function)
    }
}

#[inline(never)]
unsafe fn bind_any_method(pc: Pc, fp: Fp, function: Slot) -> Jump {
    unsafe {
        let w = word(pc);
        let place = slot(fp, w.b());
        enter_with_rest!(pc, fp, place.add(3), function, w.c() as usize + 1, w.a(), 4, {
            increment(function);
            *place = function;
        });
        publish(pc, fp);
        increment(function);
        *slot(fp, w.b()) = function;
        let site = Site { pc, fp, base: w.b(), count: w.c() as usize + 1, destination: w.a(), length: 4 };
        go_on(crate::interpreter::calls::enter_function(site, None))
    }
}

/// `list.append` of the object at `base + 3` and the value behind it, where the list has room; `$release` gives up what
/// else the window holds.
macro_rules! append {
    ($pc:expr, $fp:expr, $w:expr, $length:literal, $slowly:ident, $release:block) => {{
        let place = $fp.add($w.b() as usize + 3);
        let (list, new) = (*place, *place.add(1));
        if !is_of(list, types::LIST) || new == unbound() {
            return $slowly($pc, $fp);
        }
        let items = &mut *payload::<List>(list).items.as_ptr();
        if (*list).count() == 1
            || pending_bits() != 0
            || items.len() == items.capacity() && !items.take_first_room()
        {
            return $slowly($pc, $fp);
        }
        items.push_within(Ref::from_raw(new));
        *place.add(1) = unbound();
        decrement(list);
        *place = unbound();
        $release
        // As a statement: nobody wants the None.
        let next = $pc.add($length);
        if word(next).op() == Op::Clear as u16
            && word(next).a() == $w.a()
            && value($fp, $w.a()) == unbound()
        {
            jump!(next.add(1), $fp)
        }
        put!(next, $fp, $w.a(), shared_none())
    }};
}

/// A call of `list.append`.
pub(in crate::interpreter) unsafe fn CallListAppend(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let w = word(pc);
        if !is_of(value(fp, w.b() + 3), types::LIST) {
            miss!(CallMethod, pc, fp)
        }
        append!(pc, fp, w, 4, call_method_native, {})
    }
}

/// A call of `list.pop` for the last item.
pub(in crate::interpreter) unsafe fn CallListPop(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let w = word(pc);
        let place = fp.add(w.b() as usize + 3);
        let list = *place;
        if !is_of(list, types::LIST) {
            miss!(CallMethod, pc, fp)
        }
        if (*list).count() == 1 || pending_bits() != 0 {
            return call_method_native(pc, fp);
        }
        let items = &mut *payload::<List>(list).items.as_ptr();
        let Some(item) = items.pop_within() else { return call_method_native(pc, fp) };
        decrement(list);
        *place = unbound();
        put!(pc.add(4), fp, w.a(), item.into_raw())
    }
}

slow!(call_loaded, crate::interpreter::calls::CallLoaded);

/// Begins with the code of a frame that is laid. `$word` holds where the code of the last call from here begins: so the
/// processor need not wait for it to be read from function and code, one after the other, but only compares it.
macro_rules! begin {
    ($word:expr, $code:expr, $callee:expr) => {{
        let foreseen = (*$word).get() as usize as Pc;
        if $code.words.0.as_ptr() == foreseen {
            jump!(foreseen, $callee)
        }
        cold_path();
        return begin_unforeseen($word, $code.words.0.as_ptr(), $callee);
    }};
}

/// See [`begin`].
#[inline(never)]
unsafe fn begin_unforeseen(word: Pc, start: Pc, callee: Fp) -> Jump {
    unsafe {
        (*word).set(start as usize as u64);
        jump!(start, callee)
    }
}

/// The second half of a method call: a Python function is entered, a native method called, as LoadMethod has found them.
/// Word 2: see [`begin`].
pub(in crate::interpreter) unsafe fn CallLoaded(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let w = word(pc);
        let window = fp.add(w.b() as usize);
        let callable = *window;
        match type_of(callable) {
            types::FUNCTION => {}
            types::METHOD_DESCRIPTOR => return call_loaded_method(pc, fp),
            types::BUILTIN_FUNCTION => return call_loaded_function(pc, fp),
            _ => return call_loaded(pc, fp),
        }
        let code = code_in(callable);
        let depth = stack::depth_of(fp) + 1;
        // An attribute that is no method is called without the object, with the window one slot higher.
        let bound = *window.add(3) != unbound();
        let (distance, count) =
            (w.b() as usize + if bound { 3 } else { 4 }, w.c() as usize + usize::from(bound));
        let callee = fp.add(distance);
        if code.simple_count as usize != count || !may_enter(end_of(code, callee), depth) {
            return bind_and_enter_loaded(pc, fp);
        }
        if !bound {
            *window = unbound();
            *window.add(1) = callable;
        }
        *callee.sub(2) = pc.add(3) as usize as Slot;
        stack::lay_link(callee, distance as u16, w.a(), depth);
        begin!(pc.add(2), code, callee)
    }
}

/// The same of a native method.
#[inline(never)]
unsafe fn call_loaded_method(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let w = word(pc);
        let window = fp.add(w.b() as usize);
        let callable = *window;
        if w.c() == 1
            && payload::<MethodDescriptor>(callable).definition.0.known == Known::ListAppend
            && may_rewrite(pc)
        {
            (*pc.add(2)).set(callable as u64);
            rewrite(pc, Op::CallLoadedAppend);
        }
        call_loaded_native(pc, fp)
    }
}

/// The second half of a method call where it is `list.append`, which is never another object.
pub(in crate::interpreter) unsafe fn CallLoadedAppend(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let w = word(pc);
        let window = fp.add(w.b() as usize);
        let callable = *window;
        if callable as u64 != (*pc.add(2)).get() {
            miss!(CallLoaded, pc, fp)
        }
        // The class has the method, so this is not its last reference.
        append!(pc, fp, w, 3, call_loaded_native, {
            decrement(callable);
            *window = unbound();
        })
    }
}

/// The same where something has to be bound.
#[inline(never)]
unsafe fn bind_and_enter_loaded(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let w = word(pc);
        let window = fp.add(w.b() as usize);
        let alone = usize::from(*window.add(3) == unbound());
        let (callee, function) = (window.add(3 + alone), *window);
        let count = w.c() as usize + 1 - alone;
        enter_with_defaults!(pc, fp, callee, function, count, w.a(), 3, {
            *window = unbound();
            *callee.sub(3) = function;
        });
        call_loaded(pc, fp)
    }
}

/// Whether a call with so many arguments can go straight to a native function; the others look at them themselves.
fn accepts(definition: &crate::native::NativeDef, count: usize) -> bool {
    !matches!(definition.code, NativeCode::Plain(_)) || definition.takes(count)
}

/// Rewrites a call.
#[inline(always)]
pub(crate) unsafe fn specialise_call(pc: Pc, fp: Fp) {
    unsafe {
        let w = word(pc);
        let callable = value(fp, w.b());
        match type_of(callable) {
            types::FUNCTION if may_rewrite(pc) => {
                remember_code(pc, NO_CODE);
                rewrite(pc, Op::CallFunction);
            }
            types::TYPE => {
                let class = borrow(fp, w.b()).and_then(|class| class.downcast_class()).expect("a class");
                let shape = class.root_shape.get();
                if shape != 0
                    && let Some(init) = crate::interpreter::classes::plain_init(class)
                    && may_rewrite(pc)
                {
                    let misses = word(pc.add(1)).hi();
                    (*pc.add(1)).set(ouro_bytecode::code::Word::data(shape as i32, misses).0);
                    (*pc.add(2)).set(init.address() as u64);
                    let stores_only = remember_field_init(class, init.as_ptr(), w.c() as usize);
                    rewrite(pc, if stores_only { Op::CallClassFields } else { Op::CallClass });
                } else if shape != 0
                    && w.c() == 0
                    && crate::interpreter::classes::has_no_init(class)
                    && may_rewrite(pc)
                {
                    let misses = word(pc.add(1)).hi();
                    (*pc.add(1)).set(ouro_bytecode::code::Word::data(shape as i32, misses).0);
                    (*pc.add(2)).set(0);
                    rewrite(pc, Op::CallClass);
                } else if class.index < ouro_heap::types::FIRST_DYNAMIC
                    && (*callable).is_immortal()
                    && Class::of(class.as_any()).index == types::TYPE
                    && may_rewrite(pc)
                {
                    (*pc.add(2)).set(callable as u64);
                    let op = match (class.index, w.c()) {
                        (types::RANGE, _) if starts_loop(pc) => Op::CallRange,
                        (types::TYPE, 1) => Op::CallTypeOf,
                        (types::STR, 1) => Op::CallStr,
                        (_, count) => class_form(class, count.into()),
                    };
                    rewrite(pc, op);
                }
            }
            types::BUILTIN_FUNCTION => {
                let builtin = payload::<BuiltinFunction>(callable);
                let definition = builtin.definition.0;
                let count = w.c() as usize;
                if builtin.receiver.is_none() && accepts(definition, count) && may_rewrite(pc) {
                    (*pc.add(2)).set(std::ptr::from_ref(definition) as u64);
                    let op = match definition.known {
                        Known::Len => Op::CallLen,
                        Known::IsInstance if count == 2 => Op::CallIsInstance,
                        Known::Ord => Op::CallOrd,
                        Known::Chr => Op::CallChr,
                        _ => function_form(definition, count),
                    };
                    rewrite(pc, op);
                } else if let Some(definition) = bound_definition(callable, count)
                    && may_rewrite(pc)
                {
                    (*pc.add(2)).set(std::ptr::from_ref(definition) as u64);
                    rewrite(pc, Op::CallBoundNative);
                }
            }
            types::METHOD
                if is_of(payload::<Method>(callable).function.as_ptr(), types::FUNCTION)
                    && may_rewrite(pc) =>
            {
                rewrite(pc, Op::CallBound);
            }
            kind if kind >= ouro_heap::types::FIRST_DYNAMIC
                && borrow(fp, w.b()).is_some_and(|callable| callable.has_layout::<Instance>())
                && may_rewrite(pc) =>
            {
                rewrite(pc, Op::CallInstance);
            }
            _ => {}
        }
    }
}

/// Enters the function that a method call has found, with the object as its first argument.
macro_rules! enter_method {
    ($pc:expr, $fp:expr, $w:expr, $function:expr) => {{
        let function: Slot = $function;
        let place = slot($fp, $w.b());
        let code = code_in(function);
        if code.simple_count as usize != $w.c() as usize + 1 && *place == unbound() {
            cold_path();
            return bind_and_enter_method($pc, $fp, function);
        }
        let callee = $fp.add($w.b() as usize + 3);
        let depth = stack::depth_of($fp) + 1;
        if *place != unbound() || !may_enter(end_of(code, callee), depth) {
            // Said to be rare, this would cost the way above a register.
            return general(Op::CallMethod, $pc, $fp);
        }
        increment(function);
        *place = function;
        *callee.sub(2) = $pc.add(4) as usize as Slot;
        stack::lay_link_of_call(callee, $w.a_and_b(), 3, depth);
        jump!(code.words.0.as_ptr(), callee)
    }};
}
pub(super) use enter_method;

/// Word 2: shape and type index. Word 3 of a call, and of no other: the method.
pub(in crate::interpreter) unsafe fn CallMethodFunction(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let w = word(pc);
        let cache = word(pc.add(2));
        if !has_shape(value(fp, w.b() + 3), cache.lo() as u32, cache.hi()) {
            miss!(CallMethod, pc, fp)
        }
        enter_method!(pc, fp, w, (*pc.add(3)).get() as usize as Slot)
    }
}

/// The function that a method call finds on the class of an instance with inline attributes, or the native method of a
/// built-in type.
pub(super) unsafe fn find_method(object: &Ref, name: &Ref<Str>) -> Option<Ref> {
    let class = Class::of(object);
    if !reads_instance(class, name) {
        return None;
    }
    let found = class.lookup(name)?;
    match object.payload::<Instance>() {
        Some(payload) => {
            let shape = payload.head.shape.get();
            let own = vm().shapes.is_dict(shape) || instance::get(payload, name).is_some();
            (found.has_layout::<Function>() && !own).then_some(found)
        }
        None => {
            let builtin = object.header().type_index() < ouro_heap::types::FIRST_DYNAMIC
                && !class.has(class_flags::HAS_DICT);
            (builtin && found.has_layout::<MethodDescriptor>()).then_some(found)
        }
    }
}

/// Remembers a method and what its receiver looked like in words 2 and 3 (or 1 and 2).
pub(super) unsafe fn remember_method(pc: Pc, first: usize, object: &Ref, method: &Ref) {
    unsafe {
        let shape = object.payload::<Instance>().map_or(0, |instance| instance.head.shape.get());
        (*pc.add(first)).set(ouro_bytecode::code::Word::data(object.header().type_index() as i32, shape).0);
        (*pc.add(first + 1)).set(method.address() as u64);
    }
}

/// Rewrites a method call.
#[inline(always)]
pub(crate) unsafe fn specialise_call_method(pc: Pc, fp: Fp, name: &Ref<Str>) {
    unsafe {
        let cache = word(pc.add(1));
        let misses = cache.hi();
        if let Some((place, version)) =
            borrow(fp, word(pc).b() + 3).and_then(|object| module_place(object, name))
        {
            (*pc.add(2)).set(ouro_bytecode::code::Word::data(place, version).0);
            let op = module_native(pc, fp, place, version).unwrap_or(Op::CallMethodModule);
            rewrite(pc, op);
        } else if misses < MAX_MISSES
            && let Some((class, found)) =
                borrow(fp, word(pc).b() + 3).and_then(|object| type_attribute(object, name))
        {
            let kind = found.header().type_index();
            if matches!(kind, types::FUNCTION | types::STATIC_METHOD | types::CLASS_METHOD) {
                (*pc.add(1)).set(ouro_bytecode::code::Word::data(cache.lo(), misses + 1).0);
                (*pc.add(2)).set(class.version.get() as u64);
                (*pc.add(3)).set(found.address() as u64);
                rewrite(pc, Op::CallMethodType);
            }
        } else if misses < MAX_KINDS {
            (*pc.add(1)).set(ouro_bytecode::code::Word::data(cache.lo(), misses + 1).0);
            specialise_method(pc, fp, name);
        } else if borrow(fp, word(pc).b() + 3).is_some_and(|object| object.has_layout::<Instance>()) {
            rewrite(pc, Op::CallMethodPoly);
        } else if misses < MAX_MISSES {
            (*pc.add(1)).set(ouro_bytecode::code::Word::data(cache.lo(), misses + 1).0);
            specialise_method(pc, fp, name);
        }
    }
}

#[cold]
#[inline(never)]
pub(super) unsafe fn specialise_method(pc: Pc, fp: Fp, name: &Ref<Str>) {
    unsafe {
        let w = word(pc);
        let Some(object) = borrow(fp, w.b() + 3) else { return };
        let Some(method) = find_method(object, name) else { return };
        if let Some(native) = method.payload::<MethodDescriptor>() {
            let definition = native.definition.0;
            let count = w.c() as usize + 1;
            if !accepts(definition, count) {
                return;
            }
            remember_method(pc, 2, object, &method);
            let op = match (definition.known, w.c()) {
                (Known::ListAppend, 1) => Op::CallListAppend,
                (Known::ListPop, 0) => Op::CallListPop,
                (Known::DictGet, 1 | 2) if object.header().type_index() == types::DICT => Op::CallDictGet,
                (Known::SetAdd, 1) if object.header().type_index() == types::SET => Op::CallSetAdd,
                _ => method_form(pc, definition, count),
            };
            rewrite(pc, op);
        } else {
            remember_method(pc, 2, object, &method);
            rewrite(pc, Op::CallMethodFunction);
        }
    }
}

pub(in crate::interpreter) unsafe fn LoadMethodCached(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let w = word(pc);
        let cache = word(pc.add(1));
        if !has_shape(value(fp, w.a() + 3), cache.lo() as u32 & TYPE_MASK, cache.hi()) {
            miss!(LoadMethod, pc, fp)
        }
        let function = (*pc.add(2)).get() as usize as Slot;
        increment(function);
        put!(pc.add(3), fp, w.a(), function)
    }
}

pub(in crate::interpreter) unsafe fn LoadMethodNative(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let w = word(pc);
        if type_of(value(fp, w.a() + 3)) != word(pc.add(1)).lo() as u32 & TYPE_MASK {
            miss!(LoadMethod, pc, fp)
        }
        let method = (*pc.add(2)).get() as usize as Slot;
        increment(method);
        put!(pc.add(3), fp, w.a(), method)
    }
}

/// Rewrites the first half of a method call.
#[inline(always)]
pub(crate) unsafe fn specialise_load_method(pc: Pc, object: &Ref, name: &Ref<Str>) {
    unsafe {
        let misses = word(pc.add(1)).lo() as u32 >> 24;
        if matches!(object.header().type_index(), types::MODULE | types::TYPE)
            && specialise_load_alone(pc, object, name)
        {
            return;
        }
        if misses >= MAX_KINDS && object.has_layout::<Instance>() {
            rewrite(pc, Op::LoadMethodPoly);
            return;
        }
        if misses >= MAX_MISSES {
            return;
        }
        let method = find_method(object, name);
        if let Some(method) = &method {
            remember_method(pc, 1, object, method);
        }
        let cache = word(pc.add(1));
        let counted = cache.lo() & TYPE_MASK as i32 | (misses as i32 + 1) << 24;
        (*pc.add(1)).set(ouro_bytecode::code::Word::data(counted, cache.hi()).0);
        if let Some(method) = method {
            let native = method.has_layout::<MethodDescriptor>();
            rewrite(pc, if native { Op::LoadMethodNative } else { Op::LoadMethodCached });
        }
    }
}

/// A call of what a class has. Word 2: the class's version; word 3: the function, or the descriptor around it.
pub(in crate::interpreter) unsafe fn CallMethodType(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let w = word(pc);
        if !has_version(value(fp, w.b() + 3), word(pc.add(2)).lo() as u32) {
            miss!(CallMethod, pc, fp)
        }
        let found = (*pc.add(3)).get() as usize as Slot;
        // What a descriptor wraps is read each time, since its `__init__` may give it another function.
        match type_of(found) {
            types::FUNCTION => return enter_alone(pc, fp, found),
            types::STATIC_METHOD => {
                let function = *payload::<StaticMethod>(found).function.as_ptr().cast::<Slot>();
                if !function.is_null() {
                    return match type_of(function) {
                        types::FUNCTION => enter_alone(pc, fp, function),
                        _ => call_module_function(pc, fp, function),
                    };
                }
            }
            _ => {
                let function = *payload::<ClassMethod>(found).function.as_ptr().cast::<Slot>();
                if !function.is_null() && is_of(function, types::FUNCTION) {
                    enter_method!(pc, fp, w, function)
                }
            }
        }
        tail!(CallMethod, pc, fp)
    }
}

/// A call of a function of a module. Word 2: place and version of the keys of its namespace.
pub(in crate::interpreter) unsafe fn CallMethodModule(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let cache = word(pc.add(2));
        let place = fp.add(word(pc).b() as usize);
        let module = *place.add(3);
        let Some(found) = module_attribute(module, cache.lo(), cache.hi()) else { miss!(CallMethod, pc, fp) };
        if is_of(found, types::FUNCTION) {
            return enter_alone(pc, fp, found);
        }
        match bound_definition(found, word(pc).c() as usize) {
            Some(definition) if (*module).count() != 1 => {
                increment(found);
                *place.add(1) = found;
                decrement(module);
                *place.add(3) = unbound();
                call_module_bound(pc, fp, definition)
            }
            _ => call_module_function(pc, fp, found),
        }
    }
}

/// Enters a Python function that a module or class has, without that as an argument: the window is one slot higher.
#[inline(always)]
pub(super) unsafe fn enter_alone(pc: Pc, fp: Fp, function: Slot) -> Jump {
    unsafe {
        let w = word(pc);
        let place = fp.add(w.b() as usize);
        let owner = *place.add(3);
        let callee = place.add(4);
        let code = code_in(function);
        let depth = stack::depth_of(fp) + 1;
        let enters = may_enter(end_of(code, callee), depth);
        if code.simple_count != u32::from(w.c()) || (*owner).count() == 1 || !enters {
            return call_module_function(pc, fp, function);
        }
        decrement(owner);
        increment(function);
        *callee.sub(3) = function;
        *callee.sub(2) = pc.add(4) as usize as Slot;
        stack::lay_link_of_call(callee, w.a_and_b(), 4, depth);
        jump!(code.words.0.as_ptr(), callee)
    }
}

/// The operation for a native function of a module, and its definition in word 3; nothing for other attributes.
unsafe fn module_native(pc: Pc, fp: Fp, place: i32, version: u32) -> Option<Op> {
    unsafe {
        let w = word(pc);
        let found = module_attribute(value(fp, w.b() + 3), place, version)?;
        if !is_of(found, types::BUILTIN_FUNCTION) || payload::<BuiltinFunction>(found).receiver.is_some() {
            return None;
        }
        let definition = payload::<BuiltinFunction>(found).definition.0;
        let op = module_form(definition, w.c() as usize)?;
        (*pc.add(3)).set(std::ptr::from_ref(definition) as u64);
        Some(op)
    }
}

#[inline(never)]
unsafe fn call_module_function(pc: Pc, fp: Fp, found: Slot) -> Jump {
    unsafe { go_on(crate::interpreter::calls::call_module_function(pc, fp, found)) }
}
