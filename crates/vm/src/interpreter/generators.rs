//! Generators: they keep their registers in the generator object while they are suspended.
//!
//! Resuming moves the live registers to the stack and yielding moves them back, so that running code is the same as
//! any other frame's and its calls overlap as usual. The frame borrows the generator from whoever resumes it, and the
//! function from the generator.
#![allow(non_snake_case, reason = "a handler is called as its operation")]

use ouro_bytecode::opcode::{Op, SLOT};
use ouro_heap::Ref;

use super::{
    calls::continue_at,
    core::*,
    entry,
    fast::{move_registers, registers_of},
    stack::{self, ENTRY, FLAGS, GENERATOR, INIT, LINK_TO_CALLER, OPERANDS, STACK},
};
use crate::{
    error::{self, Raised, Res},
    objects::{
        exception::{self, ExceptionKind},
        function::Function,
        generator::{self, Generator, GeneratorHead, State},
    },
    protocol::{attribute, call, object::NativeCall},
    state::{names, shared, vm},
    type_error, types,
};

/// What a resumed generator did.
pub enum Resumption {
    /// It yielded a value.
    Yielded(Ref),
    /// It returned a value.
    Returned(Ref),
}

#[inline(never)]
pub(crate) unsafe fn ReturnGenerator(pc: Pc, fp: Fp) -> Flow {
    unsafe {
        publish(pc, fp);
        let function = peek(*fp.sub(3));
        let code = code_of(fp);
        let made =
            generator::new(function.downcast().expect("frames run functions"), code, pc.add(1) as usize);
        // The arguments (and cells made so far) move into the generator; other registers are not bound yet.
        move_registers(fp, registers_of(made.downcast::<Generator>().expect("just made")), code.locals.len());
        let (return_word, link) = (*fp.sub(2) as usize, *fp.sub(1));
        if return_word & FLAGS & !ENTRY != 0 || link as u64 & (INIT | OPERANDS) != 0 {
            return super::calls::leave_frame(fp, made);
        }
        // The generator holds the function, too.
        decrement(*fp.sub(3));
        for place in 1..=3 {
            *fp.sub(place) = unbound();
        }
        if return_word & ENTRY != 0 {
            STACK.with(|stack| stack.result.set(made.into_raw()));
            return leave(RETURNED);
        }
        let caller = fp.sub(stack::distance(link));
        let pc = (return_word & !FLAGS) as Pc;
        publish(pc.sub(1), caller);
        store(caller, stack::destination(link) as u16, made);
        next!(pc, caller)
    }
}

/// The generator of a running generator frame.
unsafe fn generator_of<'a>(fp: Fp) -> &'a Ref<Generator> {
    unsafe {
        (*fp.sub(4).cast::<Ref>()).downcast::<Generator>().expect("a generator frame names its generator")
    }
}

/// The registers of the frame that resumed a generator inside the loop.
pub(crate) unsafe fn resumer_of(fp: Fp) -> Fp {
    unsafe { fp.sub(stack::distance(*fp.sub(1))) }
}

/// How many registers of a generator that does not run may hold something, from the first on.
unsafe fn live_in(made: &Generator) -> usize {
    unsafe {
        match made.head.state() {
            // The word before is the yield instruction.
            State::Suspended => (word((made.head.resume_at.get() as Pc).sub(1)).c() & SLOT) as usize,
            _ => made.head.code.locals.len(),
        }
    }
}

/// Builds the frame of a generator that does not run at `callee`, whose linkage the caller has to fill in (`fp[-1]`,
/// `fp[-2]`). `sent` is what the yield expression gives. What that replaces comes back: it must not go before the frame is
/// complete and published, as its end may run code.
unsafe fn rebuild(made: &Ref<Generator>, callee: Fp, sent: Option<Ref>) -> (Pc, Option<Ref>) {
    unsafe {
        let mut replaced = None;
        let head = &made.head;
        let pc = head.resume_at.get() as Pc;
        move_registers(registers_of(made), callee, live_in(made));
        *callee.sub(4) = made.as_ptr();
        *callee.sub(3) = *head.function.as_ptr().cast::<Slot>();
        if head.state() == State::Suspended
            && let Some(sent) = sent
        {
            // The destination may be a local that holds the value of the last round.
            let destination = word(pc.sub(1)).a();
            replaced = take(callee, destination);
            *slot(callee, destination) = sent.into_raw();
        }
        go_on_running(head, callee);
        (pc, replaced)
    }
}

/// Marks a generator whose registers are at `callee` as running, with its frame object and what it handles.
#[inline(always)]
unsafe fn go_on_running(head: &GeneratorHead, callee: Fp) {
    unsafe {
        head.set_state(State::Running);
        if head.status.careful.get() || stack::handles() {
            go_on_carefully(head, callee);
        }
    }
}

/// See [`go_on_running`].
#[cold]
#[inline(never)]
unsafe fn go_on_carefully(head: &GeneratorHead, callee: Fp) {
    unsafe {
        // A frame object that was made while it was suspended follows the registers.
        if !head.frame.is_empty()
            && let Some(frame) = head.frame.get()
        {
            frame.registers.set(callee as usize);
            entry::frames().push((callee as usize, frame));
        }
        // The exception that the generator was handling becomes the handled one again; that of the resumer waits.
        let vm = vm();
        if (stack::handles() || !head.handled.is_empty())
            && let Some(outside) = vm.replace_handled(head.handled.take())
        {
            vm.handled_outside.borrow_mut().push(outside);
            head.handled_outside.set(true);
        }
        head.status.careful.set(head.handled_outside.get() || !head.frame.is_empty());
    }
}

/// What the resumer of a running generator handles: it becomes the handled exception again.
fn handled_outside(head: &GeneratorHead) -> Option<Ref> {
    if head.handled_outside.replace(false) { vm().handled_outside.borrow_mut().pop() } else { None }
}

/// Moves the registers of a generator frame back into the generator, and restores the outer handled exception.
unsafe fn suspend(fp: Fp, live: usize, resume_at: Pc) {
    unsafe {
        let made = generator_of(fp);
        let head = &made.head;
        move_registers(fp, registers_of(made), live);
        head.resume_at.set(resume_at as usize);
        head.set_state(State::Suspended);
        if stack::handles() || head.handled_outside.get() {
            head.handled.set(vm().replace_handled(handled_outside(head)));
        }
        head.status.careful.set(!head.handled.is_empty() || !head.frame.is_empty());
        let list = entry::frames();
        if let Some(position) = list.iter().rposition(|(registers, _)| *registers == fp as usize) {
            let (_, frame) = list.remove(position);
            frame.instruction.set(resume_at.sub(1).offset_from(frame.code.words.0.as_ptr()) as u32);
            frame.registers.set(0);
            crate::objects::generator::link_frame(made.as_any(), &frame);
            drop(frame.replaced.take());
            head.set_frame(frame);
        }
    }
}

/// Clears the linkage of a generator frame; gives the resumer's instruction word and registers (within the loop).
unsafe fn unlink(fp: Fp) -> (usize, Slot) {
    unsafe {
        let (return_word, link) = (*fp.sub(2) as usize, *fp.sub(1));
        // Generator and function are borrowed.
        for place in 1..=4 {
            *fp.sub(place) = unbound();
        }
        entry::publish_caller(fp, return_word, link);
        (return_word, link)
    }
}

#[inline(never)]
pub(crate) unsafe fn Yield(pc: Pc, fp: Fp) -> Flow {
    unsafe {
        let w = word(pc);
        publish(pc, fp);
        let _ = operand!(pc, fp, w.b());
        let value = fetch(fp, w.b()).expect("checked above");
        suspend(fp, (w.c() & SLOT) as usize, pc.add(1));
        let (return_word, link) = unlink(fp);
        if return_word & ENTRY != 0 {
            STACK.with(|stack| stack.result.set(value.into_raw()));
            return leave(YIELDED);
        }
        let caller = fp.sub(stack::distance(link));
        let pc = (return_word & !FLAGS) as Pc;
        publish(pc.sub(1), caller);
        store(caller, stack::destination(link) as u16, value);
        next!(pc, caller)
    }
}

/// The loop was left by a yield.
pub(crate) const YIELDED: usize = 2;

/// A generator's frame returns: the generator is finished.
pub(crate) unsafe fn return_from(fp: Fp, value: Ref) -> Flow {
    unsafe {
        entry::release_frame(fp, code_of(fp).clear_size as usize);
        let function = finish(fp);
        let (return_word, link) = unlink(fp);
        drop(function);
        if return_word & ENTRY != 0 {
            STACK.with(|stack| stack.result.set(value.into_raw()));
            return leave(RETURNED);
        }
        // Resumed by a ForIter, whose loop ends there, or by a Send, whose result it is.
        let caller = fp.sub(stack::distance(link));
        let pc = ((return_word & !FLAGS) as Pc).sub(3);
        publish(pc, caller);
        let w = word(pc);
        if w.op() == Op::Send as u16 {
            drop(take(caller, w.b()));
            store(caller, w.a(), value);
        } else {
            drop(value);
            drop(take(caller, w.b()));
        }
        continue_at(pc.offset(word(pc.add(1)).lo() as isize), caller)
    }
}

/// Notes that the generator of a frame has ended. Its function comes back, to be let go when the frame is gone.
unsafe fn finish(fp: Fp) -> Option<Ref<Function>> {
    unsafe {
        let made = generator_of(fp).clone();
        made.head.set_state(State::Finished);
        drop(vm().replace_handled(handled_outside(&made.head)));
        drop(made.head.frame.take());
        made.head.function.take()
    }
}

/// An exception leaves a generator's frame. Gives the resumer's instruction and registers, if it was resumed inside
/// the loop.
pub(crate) unsafe fn abandon(fp: Fp) -> Option<(Pc, Fp)> {
    unsafe {
        let code = code_of(fp);
        let (locals, size) = (code.locals.len(), code.frame_size as usize);
        for slot in (locals..size).rev() {
            drop(take(fp, slot as u16));
        }
        entry::release_frame(fp, locals);
        let function = finish(fp);
        let (return_word, link) = unlink(fp);
        drop(function);
        if return_word & ENTRY != 0 {
            return None;
        }
        let caller = fp.sub(stack::distance(link));
        Some((((return_word & !FLAGS) as Pc).sub(1), caller))
    }
}

/// Keeps the link word of the frames that an instruction lays behind its own, for its specialised form.
unsafe fn note_link(pc: Pc, link: Slot) {
    unsafe { (*pc.add(2)).set(link as u64 & LINK_TO_CALLER) }
}

/// A loop is to step a generator in its specialised form.
pub(crate) unsafe fn prepare_loop(pc: Pc, fp: Fp) {
    unsafe { note_link(pc, stack::link(code_of(fp).frame_size as usize + 5, word(pc).a(), 0)) }
}

/// Enters a generator from a `for` loop or `yield from` without leaving the interpreter loop. Nothing if it cannot run.
/// `sent` names the slot of what its yield gives, None if there is no such slot.
pub(super) unsafe fn enter_from_loop(
    pc: Pc,
    fp: Fp,
    made: &Ref<Generator>,
    sent: Option<u16>,
) -> Option<Flow> {
    unsafe {
        let state = made.head.state();
        let none = &shared().none;
        let startable = match state {
            State::Created => sent.is_none_or(|sent| borrow(fp, sent).is_some_and(|sent| sent.is(none))),
            state => state == State::Suspended,
        };
        if !startable || stack::depth(*fp.sub(1)) + 1 >= stack::depth_limit() {
            return None;
        }
        let distance = code_of(fp).frame_size as usize + 5;
        let callee = fp.add(distance);
        stack::reserve(callee.add(made.items().len() + 8)).ok()?;
        let link = stack::link(distance, word(pc).a(), stack::depth(*fp.sub(1)) + 1);
        // The specialised forms find it there.
        note_link(pc, link);
        let sent = match sent {
            Some(sent) => fetch(fp, sent),
            None => Some(none.clone()),
        };
        let (start, replaced) = rebuild(made, callee, sent);
        *callee.sub(2) = (pc.add(3) as usize | GENERATOR) as Slot;
        *callee.sub(1) = link;
        if replaced.is_some() {
            publish(start.sub(1), callee);
            drop(replaced);
        }
        Some(continue_at(start, callee))
    }
}

/// A `for` over a generator: enters it, or steps it as any iterator.
#[inline(never)]
pub(crate) unsafe fn for_generator(pc: Pc, fp: Fp) -> Flow {
    unsafe {
        publish(pc, fp);
        if let Some(made) = borrow(fp, word(pc).b()).and_then(|object| object.downcast::<Generator>())
            && let Some(flow) = enter_from_loop(pc, fp, made, None)
        {
            return flow;
        }
        super::containers::ForIter(pc, fp)
    }
}

fn kind_text(made: &Ref<Generator>) -> &'static str {
    match made.header().type_index() {
        types::COROUTINE => "coroutine",
        types::ASYNC_GENERATOR => "async generator",
        _ => "generator",
    }
}

/// Resumes a generator from native code: with a value, or by throwing an exception into it.
pub fn resume(made: &Ref<Generator>, sent: Result<Ref, Ref>) -> Res<Resumption> {
    let head = &made.head;
    match head.state() {
        State::Running => {
            return Err(crate::value_error!("{} already executing", kind_text(made)));
        }
        State::Finished => {
            return match sent {
                _ if kind_text(made) == "coroutine" => {
                    Err(crate::runtime_error!("cannot reuse already awaited coroutine"))
                }
                Ok(_) => Ok(Resumption::Returned(shared().none.clone())),
                Err(exception) => Err(error::restore(exception)),
            };
        }
        State::Created => match &sent {
            Ok(value) if !value.is(&shared().none) => {
                return Err(type_error!("can't send non-None value to a just-started {}", kind_text(made)));
            }
            Err(exception) => {
                // Thrown before the first instruction: the frame never runs, but shows in the traceback.
                let exception = exception.clone();
                return Err(throw_before_start(made, exception));
            }
            Ok(_) => {}
        },
        State::Suspended => {}
    }
    let _call = NativeCall::enter("")?;
    stack::prepare();
    // SAFETY: the frame is built above every live register.
    unsafe {
        let callee = entry::free_top().add(5);
        stack::reserve(callee.add(made.items().len() + 8))?;
        let depth = entry::current_depth() + 1;
        if depth >= stack::depth_limit() {
            return Err(stack::too_deep());
        }
        let suspended = head.state() == State::Suspended;
        let (value, thrown) = match sent {
            Ok(value) => (suspended.then_some(value), None),
            Err(exception) => (None, Some(exception)),
        };
        let handles = !head.handled.is_empty();
        let (pc, replaced) = rebuild(made, callee, value);
        if let Some(thrown) = thrown.as_ref().filter(|_| handles) {
            // What is thrown in gets the exception that the generator handles as its context.
            exception::set_implicit_context(thrown);
        }
        *callee.sub(2) = (ENTRY | GENERATOR) as Slot;
        *callee.sub(1) = stack::link(0, 0, depth);
        run_generator(pc, callee, thrown, replaced)
    }
}

#[inline(always)]
unsafe fn run_generator(pc: Pc, fp: Fp, thrown: Option<Ref>, replaced: Option<Ref>) -> Res<Resumption> {
    unsafe { outcome(run_with(pc, fp, thrown, replaced)) }
}

/// What a resumed generator did, by how the loop was left.
#[inline(always)]
pub(super) unsafe fn outcome(how: usize) -> Res<Resumption> {
    unsafe {
        let result = || Ref::from_raw(STACK.with(|stack| stack.result.get()));
        match how {
            RETURNED => Ok(Resumption::Returned(result())),
            YIELDED => Ok(Resumption::Yielded(result())),
            _ => Err(error::in_flight()),
        }
    }
}

/// An exception is thrown into a generator that has not started: it is finished.
fn throw_before_start(made: &Ref<Generator>, exception: Ref) -> Raised {
    let head = &made.head;
    head.set_state(State::Finished);
    let code = head.function.get().and_then(|function| function.code.get());
    for slot in made.items() {
        drop(slot.take());
    }
    if let (Some(function), Some(code)) = (head.function.take(), code) {
        let frame = crate::objects::frame::new(code.clone(), Some(function), None, 0);
        let line = code.source.0.first_line;
        let parts = &exception::payload(&exception).head;
        parts.traceback.set(Some(crate::objects::traceback::new(frame, 0, line, parts.traceback.get())));
    }
    error::restore(exception)
}

/// `generator.close()`: throws GeneratorExit in and expects it, or StopIteration, back.
pub fn close_generator(made: &Ref<Generator>) -> Res {
    match made.head.state() {
        State::Finished => return Ok(shared().none.clone()),
        State::Created => {
            made.head.set_state(State::Finished);
            for slot in made.items() {
                drop(slot.take());
            }
            drop(made.head.function.take());
            return Ok(shared().none.clone());
        }
        _ => {}
    }
    let exit = exception::new(ExceptionKind::GeneratorExit, Vec::new());
    exception::set_implicit_context(&exit);
    match throw(made, exit) {
        Ok(Resumption::Yielded(_)) => Err(crate::runtime_error!("{} ignored GeneratorExit", kind_text(made))),
        Ok(Resumption::Returned(value)) => Ok(value),
        Err(raised) => {
            let exception = error::take(raised);
            if exception::is_instance(&exception, ExceptionKind::GeneratorExit)
                || exception::is_instance(&exception, ExceptionKind::StopIteration)
            {
                Ok(shared().none.clone())
            } else {
                Err(error::restore(exception))
            }
        }
    }
}

/// Throws an exception into a generator, or into the iterator that it delegates to; that is closed if it is
/// GeneratorExit.
pub(crate) fn throw(made: &Ref<Generator>, exception: Ref) -> Res<Resumption> {
    throw_with(made, exception, true)
}

/// The same, but what is delegated to gets GeneratorExit as any other exception.
pub(crate) fn throw_through(made: &Ref<Generator>, exception: Ref) -> Res<Resumption> {
    throw_with(made, exception, false)
}

fn throw_with(made: &Ref<Generator>, exception: Ref, closes: bool) -> Res<Resumption> {
    if let Some(inner) = delegate_of(made) {
        let was = made.head.status.state.replace(State::Running);
        let result = throw_into(&inner, &exception, closes);
        made.head.set_state(was);
        match result {
            Ok(Some(value)) => return Ok(Resumption::Yielded(value)),
            // The delegate is finished (or cannot be thrown into): the exception goes on from the `yield from`.
            Ok(None) => return resume(made, Err(exception)),
            Err(raised) => {
                let raised = error::take(raised);
                if exception::is_instance(&raised, ExceptionKind::StopIteration) {
                    let value = exception::field(&raised, "value");
                    // The generator's reference is the last one, unless the program has others.
                    drop(raised);
                    drop(inner);
                    return finish_delegation(made, value);
                }
                return resume(made, Err(raised));
            }
        }
    }
    resume(made, Err(exception))
}

/// The number of the word of the yield instruction that a suspended generator waits at.
pub(crate) fn suspended_at(made: &Generator) -> u32 {
    // SAFETY: a suspended generator resumes inside its code, behind the instruction that suspended it.
    unsafe {
        let pc = (made.head.resume_at.get() as Pc).sub(1);
        pc.offset_from(made.head.code.words.0.as_ptr()) as u32
    }
}

/// What a suspended generator delegates to: the iterator of the `Send` behind its last yield.
pub(crate) fn delegate_of(made: &Ref<Generator>) -> Option<Ref> {
    if made.head.state() != State::Suspended {
        return None;
    }
    // SAFETY: a suspended generator resumes inside its code; the slot numbers come from the compiler.
    unsafe {
        let send = delegating_send(made)?;
        made.items()[(word(send).b() & SLOT) as usize].get()
    }
}

/// The Send instruction that a suspended generator goes back to, if it is inside `yield from` or `await`: the yield is
/// followed by a jump back to it.
unsafe fn delegating_send(made: &Ref<Generator>) -> Option<Pc> {
    unsafe {
        let pc = made.head.resume_at.get() as Pc;
        let next = word(pc);
        if next.op() != Op::JumpBack as u16 && next.op() != Op::Jump as u16 {
            return None;
        }
        let target = pc.offset(next.jump() as isize);
        (next.jump() < 0 && word(target).op() == Op::Send as u16).then_some(target)
    }
}

/// Ends a delegation with a value: the generator goes on behind the `yield from`.
fn finish_delegation(made: &Ref<Generator>, value: Option<Ref>) -> Res<Resumption> {
    // SAFETY: as for `delegate_of`; the jump target of the Send is the instruction behind the expression.
    unsafe {
        let Some(send) = delegating_send(made) else { return resume(made, Ok(shared().none.clone())) };
        let _call = NativeCall::enter("")?;
        // Nobody can step it while its iterator goes.
        let iterator = made.items()[(word(send).b() & SLOT) as usize].take();
        made.head.set_state(State::Running);
        drop(iterator);
        made.head.set_state(State::Suspended);
        let callee = entry::free_top().add(5);
        stack::reserve(callee.add(made.items().len() + 8))?;
        // The destination of the yield is that of the Send.
        let (_, replaced) = rebuild(made, callee, Some(value.unwrap_or_else(|| shared().none.clone())));
        *callee.sub(2) = (ENTRY | GENERATOR) as Slot;
        *callee.sub(1) = stack::link(0, 0, entry::current_depth() + 1);
        let target = send.offset(word(send.add(1)).lo() as isize);
        run_generator(target, callee, None, replaced)
    }
}

/// Throws into an iterator: what it yields, or nothing if it has no `throw`.
fn throw_into(inner: &Ref, thrown: &Ref, closes: bool) -> Res<Option<Ref>> {
    if closes && exception::is_instance(thrown, ExceptionKind::GeneratorExit) {
        if let Some(inner) = inner.downcast::<Generator>() {
            close_generator(inner)?;
        } else if let Some(close) = attribute::get_optional(inner, &names().close)? {
            call::call(&close, &[])?;
        }
        return Ok(None);
    }
    if let Some(inner) = inner.downcast::<Generator>() {
        return match throw_with(inner, thrown.clone(), closes)? {
            Resumption::Yielded(value) => Ok(Some(value)),
            Resumption::Returned(value) => Err(generator::stop_iteration(value)),
        };
    }
    match attribute::get_optional(inner, &names().throw)? {
        Some(throw) => call::call(&throw, std::slice::from_ref(thrown)).map(Some),
        None => Ok(None),
    }
}
