//! Specialised handlers: generators that are stepped by a loop.
#![allow(non_snake_case, reason = "a handler is called as its operation")]

use super::*;

slow!(yield_slowly, crate::interpreter::generators::Yield);
slow!(send_slowly, crate::interpreter::generators::Send);
slow!(for_generator, crate::interpreter::generators::for_generator);

/// The state of a generator that needs no care, with that it needs none, as one word.
const SUSPENDED: u16 = status_word(GeneratorState::Suspended);
const RUNNING: u16 = status_word(GeneratorState::Running);

const fn status_word(state: GeneratorState) -> u16 {
    u16::from_ne_bytes([state as u8, false as u8])
}

/// Whether a generator is in a state and needs no care, and nothing is being handled: then nothing but its registers has to
/// move when it goes on or yields.
#[inline(always)]
unsafe fn is_plainly(head: &GeneratorHead, status: u16) -> bool {
    unsafe { (&raw const head.status).cast::<u16>().read() == status && vm().handled.is_empty() }
}

/// Whether a generator waits at a yield, and can go on plainly in a frame at `callee`.
#[inline(always)]
pub(in crate::interpreter) unsafe fn is_ready(object: Slot, callee: Fp, depth: u32) -> bool {
    unsafe {
        let generator = payload::<Generator>(object);
        let top = callee.add(generator.items().len() + 8);
        is_plainly(&generator.head, SUSPENDED)
            && depth < stack::depth_limit()
            && STACK.with(|stack| top <= stack.limit.get())
    }
}

/// The registers of a generator while it does not run.
#[inline(always)]
pub(in crate::interpreter) fn registers_of(generator: &Generator) -> *mut Slot {
    generator.items().as_ptr().cast_mut().cast()
}

/// Moves registers between the stack and a generator. Each is moved for itself: a wider load would have to wait until the
/// stores to its parts, often just before, have reached the cache.
#[inline(always)]
pub(in crate::interpreter) unsafe fn move_registers(from: *mut Slot, to: *mut Slot, count: usize) {
    unsafe {
        let mut place = 0;
        if count & 1 != 0 {
            move_register(from, to);
            place = 1;
        }
        while place < count {
            move_register(from.add(place), to.add(place));
            move_register(from.add(place + 1), to.add(place + 1));
            place += 2;
        }
    }
}

#[inline(always)]
unsafe fn move_register(from: *mut Slot, to: *mut Slot) {
    unsafe {
        // Volatile, as the compiler would put two of them together.
        let register = from.read_volatile();
        *from = unbound();
        *to = register;
    }
}

/// Lays the frame of a generator that is ready at `callee`, and says which instruction it goes on with. The word before
/// that is the yield, whose destination the caller fills, as it does the way back.
#[inline(always)]
pub(in crate::interpreter) unsafe fn revive(object: Slot, callee: Fp) -> Pc {
    unsafe {
        let generator = payload::<Generator>(object);
        let head = &generator.head;
        let start = head.resume_at.get() as Pc;
        head.status.state.set(GeneratorState::Running);
        *callee.sub(4) = object;
        *callee.sub(3) = *head.function.as_ptr().cast::<Slot>();
        let live = (word(start.sub(1)).c() & SLOT) as usize;
        move_registers(registers_of(generator), callee, live);
        start
    }
}

/// Whether nothing uses what the yield before an instruction gives: the instruction clears the slot, which is empty anyway.
#[inline(always)]
pub(in crate::interpreter) unsafe fn is_unused(start: Pc) -> bool {
    unsafe { word(start.sub(1)).c() & UNUSED != 0 }
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
        *callee.sub(2) = ($pc.add(3) as usize | GENERATOR) as Slot;
        *callee.sub(1) = stack::link(distance, word($pc).a(), depth);
        let start = revive($object, callee);
        let sent: Slot = $sent;
        if is_unused(start) && (sent.is_null() || type_of(sent) == types::NONE) {
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
    unsafe { step_generator(pc, fp) }
}

/// [`ForGenerator`], also as a part of the jump back to it.
#[inline(always)]
pub(super) unsafe fn step_generator(pc: Pc, fp: Fp) -> Jump {
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
        let generator = payload::<Generator>(*fp.sub(4));
        if return_word & FLAGS & !ENTRY != GENERATOR
            || result == unbound()
            || !is_plainly(&generator.head, RUNNING)
        {
            return yield_slowly(pc, fp);
        }
        if w.b() & CONSUME != 0 {
            *slot(fp, w.b()) = unbound();
        } else {
            increment(result);
        }
        generator.head.resume_at.set(pc.add(1) as usize);
        generator.head.status.state.set(GeneratorState::Suspended);
        move_registers(fp, registers_of(generator), (w.c() & SLOT) as usize);
        let link = *fp.sub(1);
        *fp.sub(4) = unbound();
        *fp.sub(3) = unbound();
        *fp.sub(2) = unbound();
        *fp.sub(1) = unbound();
        if return_word & ENTRY != 0 {
            // Native code has resumed it.
            STACK.with(|stack| stack.result.set(result));
            return go_on(leave(crate::interpreter::generators::YIELDED));
        }
        let caller = fp.sub(stack::distance(link));
        let next = (return_word & !FLAGS) as Pc;
        put!(next, caller, stack::destination(link) as u16, result)
    }
}
