//! Native code that steps a generator, once or again and again.

use ouro_heap::{Ref, allocate::give_box};

use super::{
    core::*,
    entry,
    generators::*,
    stack::{self, ENTRY, Entry, FLAGS, GENERATOR, STACK},
};
use crate::{
    error::Res,
    objects::generator::Generator,
    protocol::{iterate, object::NativeCall},
    state::shared,
};

/// Resumes a generator with a value, from native code: what is made of the item that it yields, or of whatever else it does.
#[inline(always)]
pub(crate) fn step<R>(
    made: &Ref<Generator>,
    sent: &Ref,
    yielded: impl FnOnce(Ref) -> R,
    otherwise: impl FnOnce(Resumption) -> Res<R>,
) -> Res<R> {
    // SAFETY: the frame is built above every live register.
    unsafe {
        let steps = Steps::new(made, 0);
        if !steps.are_ready() {
            return resume(made, Ok(sent.clone())).and_then(otherwise);
        }
        let _call = NativeCall::enter("")?;
        let start = super::fast::revive(made.as_ptr(), steps.callee);
        steps.link();
        let how = steps.send(start, sent.clone().into_raw());
        if how == YIELDED {
            return Ok(yielded(Ref::from_raw(STACK.with(|stack| stack.result.get()))));
        }
        outcome(how).and_then(otherwise)
    }
}

/// Native code that wants one item after the other.
pub trait Consumer {
    /// Whether it ever takes an item quietly.
    const QUIET: bool = true;

    /// Takes an item for which nothing of the program has to run; gives any other one back.
    fn take_quietly(&mut self, item: Ref) -> Result<(), Ref>;

    /// Takes any item; whether more are wanted.
    fn take(&mut self, item: Ref) -> Res<bool>;
}

/// A consumer whose address stands in the linkage of the frame that feeds it, beside the flags.
#[repr(C, align(16))]
struct Sink<'a, C> {
    take: unsafe fn(*mut (), Slot) -> bool,
    consumer: &'a mut C,
}

impl<C: Consumer> Sink<'_, C> {
    /// Offers an item, an owned reference, to the consumer: whether it has taken it.
    unsafe fn take(sink: *mut (), item: Slot) -> bool {
        // SAFETY: native code waits for the frame that has named the sink, so that nobody else uses the consumer.
        unsafe {
            match (*sink.cast::<Self>()).consumer.take_quietly(Ref::from_raw(item)) {
                Ok(()) => true,
                Err(item) => {
                    std::mem::forget(item);
                    false
                }
            }
        }
    }
}

/// Offers what the frame of a generator yields, an owned reference, to the native code that wants one item after the other:
/// whether it has taken it. Then the generator need not wait: nobody could have seen that.
#[inline(always)]
pub(super) unsafe fn feed(fp: Fp, item: Slot) -> bool {
    // SAFETY: what stands beside the flags of an entry frame of a generator is a sink that outlives the frame.
    unsafe {
        let sink = (*fp.sub(2) as usize & !FLAGS) as *mut unsafe fn(*mut (), Slot) -> bool;
        !sink.is_null() && (*sink)(sink.cast(), item)
    }
}

/// Gives a consumer the items of a generator until it has seen enough; whether it was shown all. The caller holds a
/// [`NativeCall`].
pub(crate) fn consume<C: Consumer>(made: &Ref<Generator>, consumer: &mut C) -> Res<bool> {
    let mut sink = Sink { take: Sink::<C>::take, consumer };
    let sink = &raw mut sink;
    let steps = Steps::new(made, if C::QUIET { sink as usize } else { 0 });
    while let Some(item) = steps.next()? {
        // SAFETY: the generator waits.
        if !unsafe { (*sink).consumer.take(item) }? {
            return Ok(false);
        }
    }
    Ok(true)
}

/// The steps of a generator by native code that asks for one item after the other. What they have in common is found once.
struct Steps<'a> {
    made: &'a Ref<Generator>,
    callee: Fp,
    depth: u32,
    caller: Fp,
    pc: Pc,
    /// The address of the [`Sink`], or 0.
    sink: usize,
}

impl<'a> Steps<'a> {
    /// For the native code that runs now.
    #[inline]
    fn new(made: &'a Ref<Generator>, sink: usize) -> Self {
        let (pc, caller) = STACK.with(|stack| (stack.pc.get(), stack.fp.get()));
        // SAFETY: the frame is to be built above every live register.
        let callee = unsafe { entry::free_top().add(5) };
        // What native code does between the steps has entries above this one.
        // SAFETY: see `entries`.
        unsafe { entry::entries() }.push(Entry { registers: callee, caller, pc });
        Steps { made, callee, depth: entry::current_depth() + 1, caller, pc, sink }
    }

    /// The next item; nothing at the end, also if StopIteration was raised on the way. The caller holds a [`NativeCall`].
    #[inline(never)]
    fn next(&self) -> Res<Option<Ref>> {
        // SAFETY: the frame is built above every live register, as native code that is at work has none of its own.
        unsafe {
            if !self.are_ready() {
                return self.next_slowly();
            }
            let start = super::fast::revive(self.made.as_ptr(), self.callee);
            self.link();
            if !super::fast::is_unused(start) {
                return self.send_none(start);
            }
            let how = self.run(start.add(1));
            if how != YIELDED {
                return end(outcome(how));
            }
            Ok(Some(Ref::from_raw(STACK.with(|stack| stack.result.get()))))
        }
    }

    #[cold]
    #[inline(never)]
    fn next_slowly(&self) -> Res<Option<Ref>> {
        end(resume(self.made, Ok(shared().none.clone())))
    }

    #[cold]
    #[inline(never)]
    unsafe fn send_none(&self, start: Pc) -> Res<Option<Ref>> {
        unsafe { end(outcome(self.send(start, shared().none.clone().into_raw()))) }
    }

    #[inline(always)]
    unsafe fn are_ready(&self) -> bool {
        unsafe { super::fast::is_ready(self.made.as_ptr(), self.callee, self.depth) }
    }

    /// Writes the way back into the frame.
    #[inline(always)]
    unsafe fn link(&self) {
        unsafe {
            *self.callee.sub(2) = (self.sink | ENTRY | GENERATOR) as Slot;
            *self.callee.sub(1) = stack::link(0, 0, self.depth);
        }
    }

    /// Gives the yield before an instruction what was sent, an owned reference, and runs the frame; how the loop was left.
    #[inline(always)]
    unsafe fn send(&self, start: Pc, sent: Slot) -> usize {
        unsafe {
            let place = slot(self.callee, word(start.sub(1)).a());
            // The destination may be a local that holds the value of the last round.
            let old = std::mem::replace(&mut *place, sent);
            if old != unbound() {
                if !super::fast::goes_quietly(old) {
                    return run_with(start, self.callee, None, Some(Ref::from_raw(old)));
                }
                if decrement(old) {
                    give_box(old);
                }
            }
            self.run(start)
        }
    }

    /// Runs the frame; how the loop was left.
    #[inline(always)]
    unsafe fn run(&self, start: Pc) -> usize {
        unsafe {
            let how = run_loop(start, self.callee);
            publish(self.pc, self.caller);
            how
        }
    }
}

/// What did not simply yield, as the step of an iteration.
#[cold]
#[inline(never)]
fn end(outcome: Res<Resumption>) -> Res<Option<Ref>> {
    match outcome {
        Ok(Resumption::Yielded(item)) => Ok(Some(item)),
        Ok(Resumption::Returned(_)) => Ok(None),
        Err(raised) => iterate::ended(raised).map(|()| None),
    }
}

impl Drop for Steps<'_> {
    #[inline]
    fn drop(&mut self) {
        // SAFETY: see `entries`.
        unsafe { entry::entries() }.pop();
    }
}
