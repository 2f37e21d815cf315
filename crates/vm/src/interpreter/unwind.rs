//! From a raised exception to its handler: tracebacks, leaving frames, and exceptions that nobody can catch.

use std::cell::Cell;

use ouro_bytecode::{code::Handler, opcode::SLOT};
use ouro_heap::Ref;

use super::{
    core::*,
    entry,
    stack::{self, ENTRY, FLAGS, GENERATOR, INIT, OPERANDS},
};
use crate::{
    error::{self, Raised},
    objects::{
        code::Code,
        exception::{self, ExceptionKind},
        traceback,
    },
    state::vm,
};

/// An instruction has raised: goes on at the handler, or leaves the loop.
#[cold]
#[inline(never)]
pub(crate) unsafe fn raised(pc: Pc, fp: Fp, raised: Raised) -> Flow {
    unsafe {
        publish(pc, fp);
        unwind(pc, fp, error::take(raised), true)
    }
}

/// The exception goes on its way again; this frame is in its traceback already.
pub(crate) unsafe fn reraised(pc: Pc, fp: Fp, exception: Ref) -> Flow {
    unsafe {
        publish(pc, fp);
        unwind(pc, fp, exception, false)
    }
}

/// UnboundLocalError for an operand.
#[cold]
#[inline(never)]
pub(crate) unsafe fn unbound_local(pc: Pc, fp: Fp, operand: u16) -> Flow {
    unsafe {
        publish(pc, fp);
        let slot = (operand & SLOT) as usize;
        let error = match code_of(fp).locals.get(slot) {
            Some(name) => super::names::unbound_local_error(name),
            None => crate::system_error!("an instruction read an empty temporary"),
        };
        raised(pc, fp, error)
    }
}

/// The innermost handler that covers an instruction: the last one of the table that does.
fn handler_for(code: &Code, word: u32) -> Option<Handler> {
    code.source.0.handlers.iter().rev().find(|handler| handler.start <= word && word < handler.end).copied()
}

unsafe fn unwind(mut pc: Pc, mut fp: Fp, exception: Ref, mut add: bool) -> Flow {
    unsafe {
        loop {
            let code = code_of(fp);
            let word = word_index(pc, fp) as u32;
            if add {
                add_traceback(fp, code, word, &exception);
            }
            add = true;
            if let Some(handler) = handler_for(code, word) {
                // Temporaries above the handler's slot are released top down, as CPython pops its stack.
                release_down(fp, handler.slot as usize, code.frame_size as usize);
                release_down(fp, handler.numbers as usize, code.clear_size as usize);
                *slot(fp, handler.slot) = exception.into_raw();
                next!(code.words.0.as_ptr().add(handler.target as usize), fp);
            }
            // No handler here: the frame is left.
            let return_word = *fp.sub(2) as usize;
            if return_word & GENERATOR != 0 {
                let entry = return_word & ENTRY != 0;
                match super::generators::abandon(fp) {
                    Some((caller_pc, caller)) if !entry => {
                        publish(caller_pc, caller);
                        (pc, fp) = (caller_pc, caller);
                        continue;
                    }
                    _ => {
                        vm().raised.set(Some(exception));
                        return leave(RAISED);
                    }
                }
            }
            let link = *fp.sub(1);
            let frame_size = code.frame_size as usize;
            let locals = code.locals.len();
            release_down(fp, locals, frame_size);
            entry::release_frame(fp, locals);
            let function = std::mem::replace(&mut *fp.sub(3), unbound());
            *fp.sub(2) = unbound();
            *fp.sub(1) = unbound();
            let inner = return_word & ENTRY == 0;
            let instance = (inner && link as u64 & INIT != 0).then(|| take(fp.sub(4), 0));
            let operands = (inner && link as u64 & (INIT | OPERANDS) == OPERANDS)
                .then(|| (take(fp.sub(5), 0), take(fp.sub(4), 0)));
            entry::publish_caller(fp, return_word, link);
            drop(Ref::<ouro_heap::Any>::from_raw(function));
            if !inner {
                vm().raised.set(Some(exception));
                return leave(RAISED);
            }
            drop(instance);
            drop(operands);
            let caller = fp.sub(stack::distance(link));
            pc = ((return_word & !FLAGS) as Pc).sub(1);
            fp = caller;
            publish(pc, fp);
        }
    }
}

/// Puts a frame in front of the exception's traceback.
unsafe fn add_traceback(fp: Fp, code: &Code, word: u32, exception: &Ref) {
    unsafe {
        let frame = entry::frame_object(fp);
        let head = &exception::payload(exception).head;
        let line = code.position(word as usize).line;
        let entry = traceback::new(frame, word, line, head.traceback.get());
        head.traceback.set(Some(entry));
    }
}

/// Puts the innermost running frame in front of an exception's traceback, if there is one.
pub(crate) fn add_current_frame(exception: &Ref) {
    let (fp, pc) = stack::STACK.with(|stack| (stack.fp.get(), stack.pc.get()));
    if fp.is_null() || pc.is_null() {
        return;
    }
    // SAFETY: a published frame is complete, and so is the instruction that it is at.
    unsafe { add_traceback(fp, code_of(fp), word_index(pc, fp) as u32, exception) };
}

thread_local! {
    static UNRAISABLE: Cell<Option<fn(&Ref, &Ref)>> = const { Cell::new(None) };
}

/// Sets what shows exceptions that cannot be raised: it gets the exception and the object that caused it.
pub fn set_unraisable_hook(hook: fn(&Ref, &Ref)) {
    UNRAISABLE.set(Some(hook));
}

/// Reports an exception that nobody can catch, such as one from `__del__`.
pub fn report_unraisable(raised: Raised, object: &Ref) {
    let exception = error::take(raised);
    if let Some(hook) = UNRAISABLE.get() {
        hook(&exception, object);
    }
    debug_assert!(
        exception::is_exception(&exception)
            && exception::is_instance(&exception, ExceptionKind::BaseException)
    );
}
