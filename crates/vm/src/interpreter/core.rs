//! Dispatch: one handler an operation, each ending in a jump to the next.
//!
//! A handler gets the address of its instruction and of the frame's registers. In release builds it ends in a tail
//! call through the table, which the compiler turns into a jump; in debug builds, where it would not, it returns to
//! a loop. Hot handlers hold no ordinary call, so that they need no stack frame: what is rare is tail-called too.

use std::mem::{self, ManuallyDrop};

use ouro_bytecode::opcode::{CONSUME, SLOT};
use ouro_heap::{Header, Ref, header::TYPE_MASK, types::TOLD_BY_BYTE};

use super::stack::{ENTRY, Entry, FLAGS, STACK};
pub(crate) use super::stack::{Fp, Pc, Slot, unbound};
use crate::{
    error::Res,
    objects::{code::Code, function::Function},
    types,
};

/// Where a general handler goes on: at an instruction of a frame, or, with a null instruction, out of the loop (`fp`
/// then says how).
#[derive(Clone, Copy)]
pub(crate) struct Flow {
    pub(crate) pc: Pc,
    pub(crate) fp: Fp,
}

/// What the handlers in the table return: in release builds they have gone on themselves until the loop was left, and
/// this says how; in debug builds they say where to go on.
#[cfg(not(debug_assertions))]
pub(crate) type Jump = usize;
/// See the release form.
#[cfg(debug_assertions)]
pub(crate) type Jump = Flow;

/// A handler of one operation.
pub(crate) type Handler = unsafe fn(Pc, Fp) -> Jump;

/// How the loop was left.
pub(crate) const RETURNED: usize = 0;
/// See [`RETURNED`].
pub(crate) const RAISED: usize = 1;

/// Leaves the loop.
#[inline(always)]
pub(crate) fn leave(how: usize) -> Flow {
    Flow { pc: std::ptr::null(), fp: how as Fp }
}

/// Goes on with an instruction, from a general handler.
macro_rules! next {
    ($pc:expr, $fp:expr) => {
        return $crate::interpreter::core::Flow { pc: $pc, fp: $fp }
    };
}
pub(crate) use next;

/// Goes on with an instruction, from a specialised handler: a jump in release builds.
macro_rules! jump {
    ($pc:expr, $fp:expr) => {{
        let (pc, fp): ($crate::interpreter::core::Pc, $crate::interpreter::core::Fp) = ($pc, $fp);
        #[cfg(not(debug_assertions))]
        return $crate::interpreter::handlers::TABLE.get_unchecked((*pc).get() as u16 as usize)(pc, fp);
        #[cfg(debug_assertions)]
        return $crate::interpreter::core::Flow { pc, fp };
    }};
}
pub(crate) use jump;

/// Goes where a general handler says.
#[inline(always)]
pub(crate) unsafe fn go_on(flow: Flow) -> Jump {
    #[cfg(not(debug_assertions))]
    {
        if flow.pc.is_null() {
            return flow.fp as usize;
        }
        // SAFETY: the handler has named an instruction of the frame.
        unsafe { super::handlers::TABLE.get_unchecked((*flow.pc).get() as u16 as usize)(flow.pc, flow.fp) }
    }
    #[cfg(debug_assertions)]
    flow
}

/// The value of a result, or the way to the exception handler.
macro_rules! check {
    ($pc:expr, $fp:expr, $result:expr) => {
        match $result {
            Ok(value) => value,
            Err(raised) => return $crate::interpreter::unwind::raised($pc, $fp, raised),
        }
    };
}
pub(crate) use check;

/// Reads a `use` operand as a borrowed reference; goes to the error for an unbound local otherwise.
macro_rules! operand {
    ($pc:expr, $fp:expr, $operand:expr) => {
        match $crate::interpreter::core::borrow($fp, $operand) {
            Some(value) => value,
            None => return $crate::interpreter::unwind::unbound_local($pc, $fp, $operand),
        }
    };
}
pub(crate) use operand;

/// Takes a `use` operand by value, as CPython's stack holds it: moved out if consumed, else counted once more.
/// Handlers drop it before they go on, also to the error.
macro_rules! fetched {
    ($pc:expr, $fp:expr, $operand:expr) => {
        match $crate::interpreter::core::fetch($fp, $operand) {
            Some(value) => value,
            None => return $crate::interpreter::unwind::unbound_local($pc, $fp, $operand),
        }
    };
}
pub(crate) use fetched;

/// A word of the code, read field by field: each is one small load, where a whole word would have to be taken apart.
#[derive(Clone, Copy)]
pub(crate) struct Fields(Pc);

macro_rules! fields {
    ($($(#[$doc:meta])* $name:ident: $kind:ty = $offset:literal;)*) => {
        impl Fields {$(
            $(#[$doc])*
            #[inline(always)]
            pub(crate) fn $name(self) -> $kind {
                // SAFETY: the word lies in the code, which ends with a return.
                unsafe { self.0.cast::<u8>().add($offset).cast::<$kind>().read() }
            }
        )*}
    };
}

fields! {
    /// The operation.
    op: u16 = 0;
    /// Operand a.
    a: u16 = 2;
    /// Operand b.
    b: u16 = 4;
    /// Operand c.
    c: u16 = 6;
    /// The jump offset that operands b and c hold together.
    jump: i32 = 4;
    /// The low half of a data word.
    lo: i32 = 0;
    /// The high half of a data word.
    hi: u32 = 4;
}

impl Fields {
    /// Operands a (in the low half) and b at once.
    #[inline(always)]
    pub(crate) fn a_and_b(self) -> u32 {
        // SAFETY: as for the fields one by one.
        unsafe { self.0.cast::<u8>().add(2).cast::<u32>().read_unaligned() }
    }
}

/// The word at an address.
#[inline(always)]
pub(crate) unsafe fn word(pc: Pc) -> Fields {
    Fields(pc)
}

/// Remembers where the frame is before anything may look at it or run other code.
#[inline(always)]
pub(crate) fn publish(pc: Pc, fp: Fp) {
    STACK.with(|stack| {
        stack.pc.set(pc);
        stack.fp.set(fp);
    });
}

/// The address of an operand's slot.
#[inline(always)]
pub(crate) unsafe fn slot(fp: Fp, operand: u16) -> *mut Slot {
    // SAFETY: operands name slots of the frame.
    unsafe { fp.add((operand & SLOT) as usize) }
}

/// The reference in an operand's slot, borrowed from it.
#[inline(always)]
pub(crate) unsafe fn borrow<'a>(fp: Fp, operand: u16) -> Option<&'a Ref> {
    // SAFETY: a bound slot holds one owned reference, and `Ref` is transparent over the pointer.
    unsafe {
        let slot = slot(fp, operand);
        if *slot == unbound() { None } else { Some(&*slot.cast::<Ref>()) }
    }
}

/// Takes the reference out of a slot, which becomes unbound.
#[inline(always)]
pub(crate) unsafe fn take(fp: Fp, operand: u16) -> Option<Ref> {
    // SAFETY: the reference moves out of the slot.
    unsafe {
        let slot = slot(fp, operand);
        let value = mem::replace(&mut *slot, unbound());
        if value == unbound() { None } else { Some(Ref::from_raw(value)) }
    }
}

/// The reference of a `use` operand: moved out if consumed, else a new one.
#[inline(always)]
pub(crate) unsafe fn fetch(fp: Fp, operand: u16) -> Option<Ref> {
    // SAFETY: as for the functions called.
    unsafe { if operand & CONSUME != 0 { take(fp, operand) } else { borrow(fp, operand).cloned() } }
}

/// Releases a consumed operand; leaves a borrowed one alone.
#[inline(always)]
pub(crate) unsafe fn consume(fp: Fp, operand: u16) {
    if operand & CONSUME != 0 {
        // SAFETY: as for `take`.
        drop(unsafe { take(fp, operand) });
    }
}

/// Writes a slot; the old value is released afterwards.
#[inline(always)]
pub(crate) unsafe fn store(fp: Fp, destination: u16, value: Ref) {
    // SAFETY: the slot owns what it holds.
    unsafe {
        let slot = slot(fp, destination);
        let old = mem::replace(&mut *slot, value.into_raw());
        if old != unbound() {
            drop(Ref::<ouro_heap::Any>::from_raw(old));
        }
    }
}

/// `count` owned references at consecutive slots, borrowed.
#[inline(always)]
pub(crate) unsafe fn window<'a>(fp: Fp, base: u16, count: usize) -> &'a [Ref] {
    // SAFETY: the compiler has filled the slots.
    unsafe { std::slice::from_raw_parts(slot(fp, base).cast::<Ref>(), count) }
}

/// References that move out of consecutive slots one by one. What is left in the end is released.
pub(crate) struct Window {
    next: *mut Slot,
    end: *mut Slot,
}

impl Iterator for Window {
    type Item = Ref;

    #[inline(always)]
    fn next(&mut self) -> Option<Ref> {
        if self.next == self.end {
            return None;
        }
        // SAFETY: who made the window has promised that these slots are filled, and that nobody else looks at them.
        unsafe {
            let value = std::mem::replace(&mut *self.next, unbound());
            self.next = self.next.add(1);
            Some(Ref::from_raw(value))
        }
    }
}

impl Drop for Window {
    #[inline(always)]
    fn drop(&mut self) {
        self.for_each(drop);
    }
}

/// The references in `count` consecutive slots, to move out.
///
/// # Safety
/// The slots must be filled, and belong to the frame as long as there is the window.
#[inline(always)]
pub(crate) unsafe fn take_window(fp: Fp, base: u16, count: usize) -> Window {
    // SAFETY: the slots are those of the frame.
    unsafe {
        let next = slot(fp, base);
        Window { next, end: next.add(count) }
    }
}

/// Releases `count` consecutive slots, first to last.
#[inline]
pub(crate) unsafe fn release_window(fp: Fp, base: u16, count: usize) {
    for offset in 0..count {
        // SAFETY: slots own what they hold.
        drop(unsafe { take(fp, (base & SLOT) + offset as u16) });
    }
}

/// Releases the slots from `end` down to `start`, those of them that are bound.
#[inline(always)]
pub(crate) unsafe fn release_down(fp: Fp, start: usize, end: usize) {
    // SAFETY: slots own what they hold.
    unsafe {
        let (first, mut place) = (fp.add(start), fp.add(end));
        while place > first {
            place = place.sub(1);
            if *place != unbound() {
                drop(take(place, 0));
            }
        }
    }
}

/// The type of the object in a slot (or of the sentinel), without flags.
#[inline(always)]
pub(crate) unsafe fn type_of(value: Slot) -> u32 {
    // SAFETY: slots hold objects or the sentinel, which both start with a header.
    unsafe { (*value).kind() & TYPE_MASK }
}

/// Whether the object in a slot is of a built-in type.
#[inline(always)]
pub(crate) unsafe fn is_of(value: Slot, index: u32) -> bool {
    // SAFETY: as for `type_of`.
    let kind = unsafe { (*value).kind() };
    if index < TOLD_BY_BYTE { kind as u8 == index as u8 } else { kind & TYPE_MASK == index }
}

/// Type and flags of the object in a slot.
#[inline(always)]
pub(crate) unsafe fn kind_of(value: Slot) -> u32 {
    // SAFETY: as for `type_of`.
    unsafe { (*value).kind() }
}

/// The payload of an object that is known to have the layout.
#[inline(always)]
pub(crate) unsafe fn payload<'a, T>(value: Slot) -> &'a T {
    // SAFETY: the caller has checked the type.
    unsafe { &*value.add(1).cast::<T>() }
}

/// Takes one reference away; whether it was the last.
#[inline(always)]
pub(crate) unsafe fn decrement(value: *mut Header) -> bool {
    // SAFETY: the object is alive; the caller owns the reference.
    unsafe {
        let count = (*value).count().wrapping_sub(1);
        (*value).set_count(count);
        count == 0
    }
}

/// Adds one reference.
#[inline(always)]
pub(crate) unsafe fn increment(value: *mut Header) {
    // SAFETY: the object is alive.
    unsafe { (*value).set_count((*value).count().wrapping_add(1)) };
}

/// Adds one reference to an object that is known to be immortal.
#[inline(always)]
pub(crate) unsafe fn share_immortal(object: *mut Header) {
    // SAFETY: the object is alive.
    unsafe { (*object).share_immortal() };
}

/// Takes away one reference to an object that is known to be immortal.
#[inline(always)]
pub(crate) unsafe fn release_immortal(object: *mut Header) {
    // SAFETY: the object is alive.
    unsafe { (*object).release_immortal() };
}

/// Adds one reference to an object that mostly is immortal.
#[inline(always)]
pub(crate) unsafe fn share(object: *mut Header) {
    // SAFETY: the object is alive.
    unsafe { (*object).share() };
}

/// The function that a frame runs.
#[inline(always)]
pub(crate) unsafe fn function_of<'a>(fp: Fp) -> &'a Function {
    // SAFETY: the linkage of every frame names its function.
    unsafe { payload::<Function>(*fp.sub(3)) }
}

/// The code that a frame runs.
#[inline(always)]
pub(crate) unsafe fn code_of<'a>(fp: Fp) -> &'a Code {
    // SAFETY: the code of a function that runs is never replaced (see `keep_running`).
    unsafe { code_in(*fp.sub(3)) }
}

/// The code of a function object; to be used before anything can replace it.
#[inline(always)]
pub(crate) unsafe fn code_in<'a>(function: Slot) -> &'a Code {
    // SAFETY: functions have code.
    unsafe { payload::<Code>(*payload::<Function>(function).code.as_ptr().cast::<Slot>()) }
}

/// The word number of an instruction in the frame's code.
pub(crate) unsafe fn word_index(pc: Pc, fp: Fp) -> usize {
    // SAFETY: the instruction belongs to the frame's code.
    unsafe { pc.offset_from(code_of(fp).words.0.as_ptr()) as usize }
}

/// The first slot above the registers of a frame.
pub(crate) unsafe fn top_of(fp: Fp) -> Fp {
    // SAFETY: the frame has that many registers.
    unsafe { fp.add(code_of(fp).frame_size as usize) }
}

/// Runs from an instruction until the entry frame is left.
///
/// # Safety
/// The frame must be complete, with the entry flag in its linkage.
pub(crate) unsafe fn run(pc: Pc, fp: Fp) -> Res {
    // SAFETY: as promised by the caller.
    unsafe { result_of(run_with(pc, fp, None, None)) }
}

/// What the loop was left with.
///
/// # Safety
/// The loop must just have been left.
#[inline]
pub(crate) unsafe fn result_of(how: usize) -> Res {
    if how == RETURNED {
        // SAFETY: the entry frame has left its result as an owned reference.
        Ok(unsafe { Ref::from_raw(STACK.with(|stack| stack.result.get())) })
    } else {
        Err(crate::error::in_flight())
    }
}

/// Runs from an instruction, or by raising an exception behind the instruction before it; how the loop was left. What the
/// making of the frame has replaced is released first, where its end sees the frame.
///
/// # Safety
/// The frame must be complete, with the entry flag in its linkage.
#[inline]
pub(crate) unsafe fn run_with(pc: Pc, fp: Fp, thrown: Option<Ref>, replaced: Option<Ref>) -> usize {
    let (saved_pc, saved_fp) = STACK.with(|stack| (stack.pc.get(), stack.fp.get()));
    // SAFETY: see `entries`.
    unsafe { super::entry::entries() }.push(Entry { registers: fp, caller: saved_fp, pc: saved_pc });
    publish(pc, fp);
    drop(replaced);
    // SAFETY: as promised by the caller.
    let how = unsafe {
        match thrown {
            None => run_loop(pc, fp),
            Some(exception) => {
                let flow = super::unwind::raised(pc.sub(1), fp, crate::error::restore(exception));
                continue_loop(flow)
            }
        }
    };
    // SAFETY: as above.
    unsafe { super::entry::entries() }.pop();
    publish(saved_pc, saved_fp);
    how
}

/// Goes on where a handler that was called by hand has led.
unsafe fn continue_loop(flow: Flow) -> usize {
    if flow.pc.is_null() {
        return flow.fp as usize;
    }
    // SAFETY: as for `run_loop`.
    unsafe { run_loop(flow.pc, flow.fp) }
}

#[cfg(not(debug_assertions))]
#[inline(never)]
pub(crate) unsafe fn run_loop(pc: Pc, fp: Fp) -> usize {
    // SAFETY: as promised by the caller of `run`.
    unsafe { (super::handlers::TABLE[(*pc).get() as u16 as usize])(pc, fp) }
}

#[cfg(debug_assertions)]
pub(crate) unsafe fn run_loop(mut pc: Pc, mut fp: Fp) -> usize {
    loop {
        // SAFETY: as promised by the caller of `run`.
        let flow = unsafe { (super::handlers::TABLE[(*pc).get() as u16 as usize])(pc, fp) };
        if flow.pc.is_null() {
            return flow.fp as usize;
        }
        (pc, fp) = (flow.pc, flow.fp);
    }
}

/// Whether a frame was entered from native code.
pub(crate) unsafe fn is_entry(fp: Fp) -> bool {
    // SAFETY: the linkage of a frame stands below its registers.
    unsafe { *fp.sub(2) as usize & ENTRY != 0 }
}

/// The instruction after the call that made a frame.
pub(crate) unsafe fn return_pc(fp: Fp) -> Pc {
    // SAFETY: the linkage of a frame stands below its registers.
    unsafe { (*fp.sub(2) as usize & !FLAGS) as Pc }
}

/// A copy of a slot's reference that is not counted.
pub(crate) unsafe fn peek(value: Slot) -> ManuallyDrop<Ref> {
    // SAFETY: the object is alive.
    ManuallyDrop::new(unsafe { Ref::from_raw(value) })
}

const _: () = assert!(types::COUNT < TYPE_MASK);
