//! Specialised handlers: generators that are stepped by a loop.
#![allow(non_snake_case, reason = "a handler is called as its operation")]

use super::*;

slow!(yield_slowly, crate::interpreter::generators::Yield);
slow!(send_slowly, crate::interpreter::delegation::Send);
slow!(for_generator, crate::interpreter::generators::for_generator);

/// The state of a generator that needs no care, with that it needs none, as one word.
const SUSPENDED: u16 = status_word(GeneratorState::Suspended);
const RUNNING: u16 = status_word(GeneratorState::Running);

const fn status_word(state: GeneratorState) -> u16 {
    u16::from_ne_bytes([state as u8, false as u8])
}

/// Whether a generator is in a state and needs no care: then nothing but its registers has to move when it goes on or
/// yields, if nothing is being handled.
#[inline(always)]
unsafe fn is_plainly(head: &GeneratorHead, status: u16) -> bool {
    unsafe { (&raw const head.status).cast::<u16>().read() == status }
}

/// Whether a generator waits at a yield, and can go on plainly in a frame at `callee`.
#[inline(always)]
pub(in crate::interpreter) unsafe fn is_ready(object: Slot, callee: Fp, depth: u32) -> bool {
    unsafe {
        let generator = payload::<Generator>(object);
        // One after the other, as each is true nearly always.
        if !is_plainly(&generator.head, SUSPENDED) {
            return false;
        }
        if depth >= STACK.with(|stack| stack.step_limit.get()) {
            return false;
        }
        callee.add(generator.items().len() + 8) <= STACK.with(|stack| stack.limit.get())
    }
}

/// The registers of a generator while it does not run.
#[inline(always)]
pub(in crate::interpreter) fn registers_of(generator: &Generator) -> *mut Slot {
    generator.items().as_ptr().cast_mut().cast()
}

/// Moves registers between the stack and a generator, two at least: what lies above the live ones is unbound on both
/// sides. Each is moved for itself: a wider load would have to wait until the stores to its parts, often just before, have
/// reached the cache.
#[inline(always)]
pub(in crate::interpreter) unsafe fn move_registers(from: *mut Slot, to: *mut Slot, count: usize) {
    unsafe {
        move_register(from, to);
        move_register(from.add(1), to.add(1));
        // Nearly always there are few. Two ways out keep the compiler from making more of the loop than it is worth.
        let mut place = generator::LEAST_REGISTERS;
        loop {
            if place >= count {
                break;
            }
            move_register(from.add(place), to.add(place));
            if place + 1 >= count {
                break;
            }
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

/// Lays the frame of a generator behind that of the instruction, which gets what it yields. Gives the instruction that the
/// generator goes on with and its registers; leaves by `$slowly` where it is not ready.
macro_rules! lay_generator {
    ($pc:expr, $fp:expr, $object:expr, $slowly:expr) => {{
        // The general handler has left that there.
        let link = word($pc.add(2)).lo() as u32 as u64;
        lay_generator!($pc, $fp, $object, link, link == 0, $slowly)
    }};
    ($pc:expr, $fp:expr, $object:expr, $link:expr, $unknown:expr, $slowly:expr) => {{
        let link: u64 = $link;
        let callee = $fp.add(stack::distance(link as usize as Slot));
        let depth = stack::depth_of($fp) + 1;
        if $unknown || !is_ready($object, callee, depth) {
            return $slowly;
        }
        *callee.sub(2) = ($pc.add(3) as usize | GENERATOR) as Slot;
        *callee.sub(1) = (link | (depth as u64) << 32) as usize as Slot;
        (revive($object, callee), callee)
    }};
}

/// Goes on at a yield that gives None.
macro_rules! send_none {
    ($start:expr, $callee:expr) => {{
        if is_unused($start) {
            jump!($start.add(1), $callee)
        }
        put!($start, $callee, word($start.sub(1)).a(), shared_none())
    }};
}

/// An owned reference to what an instruction yields; leaves if that is unbound.
macro_rules! yielded {
    ($pc:expr, $fp:expr) => {{
        let operand = word($pc).b();
        let result = value($fp, operand);
        if operand & CONSUME != 0 {
            *slot($fp, operand) = unbound();
        } else if result == unbound() {
            return yield_slowly($pc, $fp);
        } else {
            increment(result);
        }
        result
    }};
}

/// A step of a `for` loop over a generator.
pub(in crate::interpreter) unsafe fn ForGenerator(pc: Pc, fp: Fp) -> Jump {
    unsafe { step_generator(pc, fp) }
}

/// [`ForGenerator`], also as a part of the jump back to it.
#[inline(always)]
pub(super) unsafe fn step_generator(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let object = *fp.add(word(pc).b() as usize);
        if !is_of(object, types::GENERATOR) {
            miss!(ForIter, pc, fp)
        }
        let link = word(pc.add(2)).lo() as u32 as u64;
        let (start, callee) = lay_generator!(pc, fp, object, link, false, for_generator(pc, fp));
        send_none!(start, callee)
    }
}

/// A step of `yield from` a generator.
pub(in crate::interpreter) unsafe fn Send(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let w = word(pc);
        let (object, sent) = (value(fp, w.b()), value(fp, w.c()));
        if !is_of(object, types::GENERATOR) || sent == unbound() || w.c() & CONSUME == 0 {
            return send_slowly(pc, fp);
        }
        let (start, callee) = lay_generator!(pc, fp, object, send_slowly(pc, fp));
        *slot(fp, w.c()) = unbound();
        if !is_of(sent, types::NONE) {
            put!(start, callee, word(start.sub(1)).a(), sent)
        }
        decrement(sent);
        if word(start.sub(1)).c() & DELEGATES == 0 {
            send_none!(start, callee)
        }
        delegate(start, callee)
    }
}

/// A generator that delegates goes on: the jump behind its yield leads to a Send of None, which is done at once, down to the
/// generator that does not delegate.
#[inline(never)]
unsafe fn delegate(start: Pc, fp: Fp) -> Jump {
    unsafe {
        let (mut start, mut fp) = (start, fp);
        loop {
            let pc = start.offset(word(start).jump() as isize);
            let object = value(fp, word(pc).b());
            if !is_of(object, types::GENERATOR) || pending_bits() != 0 {
                return send_none_slowly(start, fp);
            }
            let (next, callee) = lay_generator!(pc, fp, object, send_none_slowly(start, fp));
            if word(next.sub(1)).c() & DELEGATES == 0 {
                send_none!(next, callee)
            }
            (start, fp) = (next, callee);
        }
    }
}

/// Sends None to a generator and lets it go on by itself.
#[cold]
#[inline(never)]
unsafe fn send_none_slowly(start: Pc, callee: Fp) -> Jump {
    unsafe { send_none!(start, callee) }
}

/// A yield to the `for` loop or the `yield from` that has resumed the generator, or to native code.
pub(in crate::interpreter) unsafe fn Yield(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        if !yields_plainly(fp, GENERATOR) {
            return yield_to_native(pc, fp);
        }
        // JumpIfTrue, JumpIfFalse or Yield.
        let next = (*fp.sub(2) as usize & !FLAGS) as Pc;
        if word(next).op().wrapping_sub(Op::JumpIfTrue as u16) <= Op::Yield as u16 - Op::JumpIfTrue as u16 {
            return yield_to_judge(pc, fp);
        }
        let result = yielded!(pc, fp);
        give_to_loop(pc, fp, result)
    }
}

const _: () = assert!(Op::JumpIfFalse as u16 == Op::JumpIfTrue as u16 + 1);
const _: () = assert!(Op::Yield as u16 == Op::JumpIfFalse as u16 + 1);

/// Lets a generator wait at its yield, and the loop that steps it go on with the result.
#[inline(always)]
unsafe fn give_to_loop(pc: Pc, fp: Fp, result: Slot) -> Jump {
    unsafe {
        let (return_word, link) = retire(pc, fp);
        let caller = fp.sub(stack::distance(link));
        let next = (return_word & !FLAGS) as Pc;
        put!(next, caller, stack::destination(link) as u16, result)
    }
}

/// A yield to a loop that begins with a test of the item, or to a generator that only passes it on.
#[inline(never)]
unsafe fn yield_to_judge(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let result = yielded!(pc, fp);
        let next = return_pc(fp);
        if word(next).op() == Op::Yield as u16 {
            return if word(next).c() & DELEGATES != 0 {
                yield_through(pc, fp, result)
            } else {
                give_to_loop(pc, fp, result)
            };
        }
        // The loop of `any` or `all`, which wants another item: the generator goes on as if it had waited.
        if is_unused(pc.add(1))
            && matches!(type_of(result), types::BOOL | types::INT)
            && passes(next, int_value(result) != 0)
        {
            if decrement(result) {
                give_box(result);
            }
            jump!(pc.add(2), fp)
        }
        give_to_loop(pc, fp, result)
    }
}

/// Whether a loop over a generator that begins here consists of nothing but a test, which an item that is true or false
/// passes. What it consumes is the item, as nothing else is in a temporary when a loop goes round.
#[inline(always)]
unsafe fn passes(pc: Pc, truth: bool) -> bool {
    unsafe {
        let back = pc.add(1);
        let op = word(back).op();
        truth == (word(pc).op() == Op::JumpIfFalse as u16)
            && word(pc).a() & CONSUME != 0
            && (op == Op::JumpBack as u16 || op == Op::JumpBackGenerator as u16)
            && back.offset(word(back).jump() as isize) == pc.sub(3)
    }
}

/// The truth that an instruction finds right before a yield of it. To the loop of `any` or `all` it need not be an object if
/// another item is wanted, see [`yield_to_judge`].
#[inline(never)]
pub(super) unsafe fn yield_truth(pc: Pc, fp: Fp, destination: u16, truth: bool) -> Jump {
    unsafe {
        if word(pc).b() == destination | CONSUME && yields_plainly(fp, GENERATOR) && is_unused(pc.add(1)) {
            let next = return_pc(fp);
            // What was compared may still stand where its truth would go.
            let place = fp.add(destination as usize);
            if matches!(word(next).op().wrapping_sub(Op::JumpIfTrue as u16), 0 | 1)
                && passes(next, truth)
                && (*place == unbound() || direct::give_up_quietly(place))
            {
                jump!(pc.add(2), fp)
            }
        }
        put_truth(pc, fp, destination, truth)
    }
}

/// See [`Yield`].
#[inline(never)]
unsafe fn yield_to_native(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        if !yields_plainly(fp, GENERATOR | ENTRY) {
            return yield_slowly(pc, fp);
        }
        let result = yielded!(pc, fp);
        if is_unused(pc.add(1)) && steps::feed(fp, result) {
            jump!(pc.add(2), fp)
        }
        retire(pc, fp);
        STACK.with(|stack| stack.result.set(result));
        go_on(leave(crate::interpreter::generators::YIELDED))
    }
}

/// Whether an instruction yields what a Send has been given.
#[inline(always)]
unsafe fn delegates(pc: Pc) -> bool {
    unsafe { word(pc).op() == Op::Yield as u16 && word(pc).c() & DELEGATES != 0 }
}

/// Whether nothing but its registers has to move when the generator of a frame with these flags yields.
#[inline(always)]
unsafe fn yields_plainly(fp: Fp, flags: usize) -> bool {
    unsafe {
        *fp.sub(2) as usize & FLAGS == flags
            && is_plainly(&payload::<Generator>(*fp.sub(4)).head, RUNNING)
            && !stack::handles()
    }
}

/// Moves the registers of a frame into its generator, which waits at a yield now, and gives the linkage out.
#[inline(always)]
unsafe fn retire(pc: Pc, fp: Fp) -> (usize, Slot) {
    unsafe {
        let generator = payload::<Generator>(*fp.sub(4));
        generator.head.resume_at.set(pc.add(1) as usize);
        generator.head.status.state.set(GeneratorState::Suspended);
        let (return_word, link) = (*fp.sub(2) as usize, *fp.sub(1));
        *fp.sub(4) = unbound();
        *fp.sub(3) = unbound();
        *fp.sub(2) = unbound();
        *fp.sub(1) = unbound();
        move_registers(fp, registers_of(generator), (word(pc).c() & SLOT) as usize);
        (return_word, link)
    }
}

/// What a generator yields goes to one that delegates to it, and on to its resumer, up to the one that does not delegate. The
/// slot of the yields, a temporary, would only be passed through.
#[inline(never)]
unsafe fn yield_through(pc: Pc, fp: Fp, result: Slot) -> Jump {
    unsafe {
        if is_unused(pc.add(1)) && feeds(fp, result) {
            jump!(pc.add(2), fp)
        }
        let (mut pc, mut fp) = (pc, fp);
        loop {
            let (return_word, link) = retire(pc, fp);
            if return_word & ENTRY != 0 {
                STACK.with(|stack| stack.result.set(result));
                return go_on(leave(crate::interpreter::generators::YIELDED));
            }
            let caller = fp.sub(stack::distance(link));
            let next = (return_word & !FLAGS) as Pc;
            if !delegates(next) {
                put!(next, caller, stack::destination(link) as u16, result)
            }
            (pc, fp) = (next, caller);
            // The destination of the Send.
            let destination = word(pc).b() & SLOT;
            if !yields_plainly(fp, *fp.sub(2) as usize & (GENERATOR | ENTRY)) {
                put!(pc, fp, destination, result)
            }
            debug_assert!(value(fp, destination) == unbound(), "the Send has taken it");
        }
    }
}

/// Whether native code at the end of a row of generators that delegate to one another takes an item without more ado, see
/// [`steps::feed`].
#[inline(always)]
unsafe fn feeds(fp: Fp, item: Slot) -> bool {
    unsafe {
        let mut fp = fp;
        while *fp.sub(2) as usize & ENTRY == 0 {
            if !delegates(return_pc(fp)) {
                return false;
            }
            fp = fp.sub(stack::distance(*fp.sub(1)));
            if !yields_plainly(fp, *fp.sub(2) as usize & (GENERATOR | ENTRY)) {
                return false;
            }
        }
        steps::feed(fp, item)
    }
}

/// A return from a generator.
#[inline(never)]
pub(super) unsafe fn return_from_generator(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let place = slot(fp, word(pc).a());
        let result = *place;
        if result == unbound() || !yields_plainly(fp, *fp.sub(2) as usize & (GENERATOR | ENTRY)) {
            return return_slowly(pc, fp);
        }
        *place = unbound();
        if let Some(object) = release_registers(fp) {
            *place = result;
            return drop_and_jump(pc, fp, object, pc);
        }
        if (**fp.sub(3)).count() == 1 {
            *place = result;
            return return_slowly(pc, fp);
        }
        finish(fp, result)
    }
}

/// The same for a constant.
#[inline(never)]
pub(super) unsafe fn return_const_from_generator(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        if !yields_plainly(fp, *fp.sub(2) as usize & (GENERATOR | ENTRY)) {
            return return_const_slowly(pc, fp);
        }
        if let Some(object) = release_registers(fp) {
            return drop_and_jump(pc, fp, object, pc);
        }
        if (**fp.sub(3)).count() == 1 {
            return return_const_slowly(pc, fp);
        }
        let result = *code_of(fp).constants.as_ptr().add(word(pc).a() as usize).cast::<Slot>();
        increment(result);
        finish(fp, result)
    }
}

/// Releases the registers of a frame, up to an object that goes with its register and whose end may run code.
#[inline(always)]
unsafe fn release_registers(fp: Fp) -> Option<Slot> {
    unsafe {
        let end = fp.add(code_of(fp).clear_size as usize);
        let mut place = fp;
        while place != end {
            let object = std::mem::replace(&mut *place, unbound());
            if object != unbound() && decrement(object) {
                if !matches!(kind_of(object), types::INT | types::FLOAT) {
                    return Some(object);
                }
                give_box(object);
            }
            place = place.add(1);
        }
        None
    }
}

/// Takes the frame of a generator down whose registers are released, and gives the result to its resumer. Somebody else
/// holds its function, too.
#[inline(always)]
unsafe fn finish(fp: Fp, result: Slot) -> Jump {
    unsafe {
        let head = &payload::<Generator>(*fp.sub(4)).head;
        head.status.state.set(GeneratorState::Finished);
        decrement(std::mem::replace(&mut *head.function.as_ptr().cast::<Slot>(), std::ptr::null_mut()));
        let (return_word, link) = (*fp.sub(2) as usize, *fp.sub(1));
        *fp.sub(4) = unbound();
        *fp.sub(3) = unbound();
        *fp.sub(2) = unbound();
        *fp.sub(1) = unbound();
        if return_word & ENTRY != 0 {
            STACK.with(|stack| stack.result.set(result));
            return go_on(leave(RETURNED));
        }
        // Resumed by a step of a loop, which ends there, or by a Send, whose result it is.
        let caller = fp.sub(stack::distance(link));
        let pc = ((return_word & !FLAGS) as Pc).sub(3);
        publish(pc, caller);
        let w = word(pc);
        if w.op() == Op::Send as u16 {
            drop(take(caller, w.b()));
            store(caller, w.a(), Ref::from_raw(result));
        } else {
            drop(Ref::<ouro_heap::Any>::from_raw(result));
            drop(take(caller, w.b()));
        }
        jump!(pc.offset(word(pc.add(1)).lo() as isize), caller)
    }
}
