//! Specialised handlers: generators that are stepped by a loop.
#![allow(non_snake_case, reason = "a handler is called as its operation")]

use super::*;

slow!(yield_slowly, crate::interpreter::generators::Yield);
slow!(send_slowly, crate::interpreter::generators::Send);
slow!(for_generator, crate::interpreter::generators::for_generator);

/// Whether neither the resumer nor the generator is handling an exception, and nobody has asked for its frame.
#[inline(always)]
unsafe fn is_plain(head: &GeneratorHead) -> bool {
    vm().handled.is_empty() && head.handled.is_empty() && !head.handled_outside.get() && head.frame.is_empty()
}

/// Whether a generator waits at a yield, and nothing but its registers has to move when it goes on in a frame at `callee`.
#[inline(always)]
pub(in crate::interpreter) unsafe fn is_ready(object: Slot, callee: Fp, depth: u32) -> bool {
    unsafe {
        let generator = payload::<Generator>(object);
        let top = callee.add(generator.items().len() + 8);
        generator.head.state.get() == GeneratorState::Suspended
            && is_plain(&generator.head)
            && depth < stack::depth_limit()
            && STACK.with(|stack| top <= stack.limit.get())
    }
}

/// Lays the frame of a generator that is ready at `callee`, and says which instruction it goes on with. The word before
/// that is the yield, whose destination the caller fills, as it does the way back.
#[inline(always)]
pub(in crate::interpreter) unsafe fn revive(object: Slot, callee: Fp) -> Pc {
    unsafe {
        let generator = payload::<Generator>(object);
        let head = &generator.head;
        let items = generator.items().as_ptr().cast_mut().cast::<Slot>();
        let live = head.live.replace(0) as usize;
        let mut index = 0;
        while index < live {
            let register = *items.add(index);
            if !register.is_null() {
                *items.add(index) = std::ptr::null_mut();
                *callee.add(index) = register;
            }
            index += 1;
        }
        increment(object);
        *callee.sub(4) = object;
        let function = *head.function.as_ptr().cast::<Slot>();
        increment(function);
        *callee.sub(3) = function;
        head.state.set(GeneratorState::Running);
        head.resume_at.get() as Pc
    }
}

/// Whether nothing uses what a yield gives: the instruction behind it clears the slot, which is empty anyway.
#[inline(always)]
pub(in crate::interpreter) unsafe fn is_unused(start: Pc, callee: Fp) -> bool {
    unsafe {
        let destination = word(start.sub(1)).a();
        word(start).op() == Op::Clear as u16
            && word(start).a() == destination
            && value(callee, destination) == unbound()
    }
}

/// Goes on with a generator whose frame is laid behind that of the instruction, which gets what it yields. It is sent an
/// owned reference, or None for null.
macro_rules! enter_generator {
    ($pc:expr, $fp:expr, $object:expr, $sent:expr, $slowly:ident) => {{
        let distance = code_of($fp).frame_size as usize + 5;
        let callee = $fp.add(distance);
        let depth = stack::depth(*$fp.sub(1)) + 1;
        if !is_ready($object, callee, depth) {
            return $slowly($pc, $fp);
        }
        let start = revive($object, callee);
        *callee.sub(2) = ($pc.add(3) as usize | GENERATOR) as Slot;
        *callee.sub(1) = stack::link(distance, word($pc).a(), depth);
        let sent: Slot = $sent;
        if (sent.is_null() || type_of(sent) == types::NONE) && is_unused(start, callee) {
            if !sent.is_null() {
                decrement(sent);
            }
            jump!(start.add(1), callee)
        }
        put!(start, callee, word(start.sub(1)).a(), if sent.is_null() { counted_none() } else { sent })
    }};
}

/// None, counted, so that its count does not drift however long a program runs.
#[inline(always)]
unsafe fn counted_none() -> Slot {
    let none = crate::state::shared().none.as_ptr();
    unsafe { increment(none) };
    none
}

/// A step of a `for` loop over a generator.
pub(in crate::interpreter) unsafe fn ForGenerator(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let object = value(fp, word(pc).b());
        if type_of(object) != types::GENERATOR {
            miss!(ForIter, pc, fp)
        }
        enter_generator!(pc, fp, object, std::ptr::null_mut(), for_generator)
    }
}

/// A step of `yield from` a generator.
pub(in crate::interpreter) unsafe fn Send(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let w = word(pc);
        let (object, sent) = (value(fp, w.b()), value(fp, w.c()));
        if type_of(object) != types::GENERATOR || sent == unbound() || w.c() & CONSUME == 0 {
            return send_slowly(pc, fp);
        }
        enter_generator!(pc, fp, object, std::mem::replace(&mut *slot(fp, w.c()), unbound()), send_slowly)
    }
}

/// A yield to the `for` loop, the `yield from` or the native code that has resumed the generator.
pub(in crate::interpreter) unsafe fn Yield(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let w = word(pc);
        let result = value(fp, w.b());
        let return_word = *fp.sub(2) as usize;
        let (object, function) = (*fp.sub(4), *fp.sub(3));
        if return_word & FLAGS & !ENTRY != GENERATOR
            || result == unbound()
            || !is_plain(&payload::<Generator>(object).head)
            || (*object).count() == 1
            || (*function).count() == 1
        {
            return yield_slowly(pc, fp);
        }
        if w.b() & CONSUME != 0 {
            *slot(fp, w.b()) = unbound();
        } else {
            increment(result);
        }
        let generator = payload::<Generator>(object);
        let items = generator.items().as_ptr().cast_mut().cast::<Slot>();
        let live = w.c() as usize;
        let mut index = 0;
        while index < live {
            let register = *fp.add(index);
            if register != unbound() {
                *fp.add(index) = unbound();
                *items.add(index) = register;
            }
            index += 1;
        }
        let head = &generator.head;
        head.live.set(live as u32);
        head.resume_at.set(pc.add(1) as usize);
        head.state.set(GeneratorState::Suspended);
        let link = *fp.sub(1);
        decrement(object);
        *fp.sub(4) = unbound();
        if return_word & ENTRY != 0 {
            // Native code has resumed it.
            decrement(function);
            *fp.sub(3) = unbound();
            *fp.sub(2) = unbound();
            *fp.sub(1) = unbound();
            STACK.with(|stack| stack.result.set(result));
            return go_on(leave(crate::interpreter::generators::YIELDED));
        }
        leave_to_caller!(fp, function, return_word, link, result)
    }
}
