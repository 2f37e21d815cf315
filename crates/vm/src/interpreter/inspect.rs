//! Which references the frames that run hold, and where.
//!
//! Frames overlap: a callee's registers stand where its caller's call window was, so what a frame holds ends where the
//! linkage of the next frame begins.

use std::cell::Cell;

use ouro_heap::{Ref, Visitor};

use super::{
    core::*,
    entry::{caller_of, frames, pc_of},
    stack::{ENTRY, GENERATOR, STACK, unbound},
};
use crate::objects::{code::Code, function::Function};

/// A frame that runs.
pub struct RunningFrame<'a> {
    /// The number of frames that it has called.
    pub level: usize,
    /// What was called.
    pub function: &'a Function,
    /// What runs.
    pub code: &'a Code,
    /// The word of the instruction that it is at.
    pub word: usize,
}

/// How a frame holds a reference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Held {
    /// In a register: a local up to the number of the code's locals, a temporary from there on. The second number is the
    /// address of the register.
    Register(usize, usize),
    /// The function that the frame runs.
    Function,
    /// The list of frame objects holds it.
    FrameObject,
}

/// Shows every reference that frames hold, the innermost frame first; each exactly once.
pub fn visit_frames(visit: &mut dyn FnMut(&RunningFrame, Held, &Ref)) {
    // SAFETY: published frames and their callers are complete; their slots are bound, or hold the sentinel.
    unsafe {
        let mut fp = STACK.with(|stack| stack.fp.get());
        let mut end = if fp.is_null() { fp } else { top_of(fp) };
        let mut level = 0;
        while !fp.is_null() {
            let code = code_of(fp);
            let pc = pc_of(fp);
            let word = if pc.is_null() { 0 } else { word_index(pc, fp) };
            let frame = RunningFrame { level, function: function_of(fp), code, word };
            let mut place = fp;
            while place < end {
                if *place != unbound() && !(*place).is_null() {
                    visit(
                        &frame,
                        Held::Register(place.offset_from(fp) as usize, place as usize),
                        &peek(*place),
                    );
                }
                place = place.add(1);
            }
            let return_word = *fp.sub(2) as usize;
            // A generator's frame borrows both.
            let borrows = return_word & GENERATOR != 0;
            if !borrows {
                visit(&frame, Held::Function, &peek(*fp.sub(3)));
            }
            for (registers, object) in frames().iter() {
                if *registers == fp as usize {
                    visit(&frame, Held::FrameObject, object.as_any());
                }
            }
            let caller = caller_of(fp);
            end = match (caller.is_null(), return_word & ENTRY != 0) {
                (true, _) => caller,
                (false, true) => top_of(caller),
                (false, false) => fp.sub(if borrows { 4 } else { 3 }),
            };
            fp = caller;
            level += 1;
        }
    }
}

/// Shows a visitor every reference that frames hold: for the verifier of counts.
pub fn visit_roots(visitor: &mut dyn Visitor) {
    visit_frames(&mut |_, _, reference| visitor.visit(reference));
}

/// The registers that a native function's arguments stand in, if they do: where `visit_frames` meets them, they are the
/// call's own references.
pub fn argument_places(args: &[Ref]) -> std::ops::Range<usize> {
    let range = args.as_ptr_range();
    range.start as usize..range.end as usize
}

/// What code that was compiled for it tells of its lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineEvent {
    /// This line begins.
    Begins(u32),
    /// The frame is about to be left.
    Leaves,
}

/// Hears of the lines of a code object. It runs no code of the program.
pub type LineWatcher = fn(&Code, LineEvent);

thread_local! {
    static LINE_WATCHER: Cell<Option<LineWatcher>> = const { Cell::new(None) };
}

/// Sets who hears of lines.
pub fn watch_lines(watcher: Option<LineWatcher>) {
    LINE_WATCHER.set(watcher);
}

#[cold]
pub(crate) fn line_event(code: &Code, word: usize, leaves: bool) {
    if let Some(watcher) = LINE_WATCHER.get() {
        let event = if leaves { LineEvent::Leaves } else { LineEvent::Begins(code.position(word).line) };
        watcher(code, event);
    }
}
