//! Where the running frames are, without making frame objects.

use std::rc::Rc;

use ouro_bytecode::{code as bytecode, opcode::Op};

use super::{
    core::*,
    entry::{caller_of, ends, entry_of},
    stack::{self, STACK},
};

/// The innermost frame as it stands: the address of its instruction, its code, and the number of all running frames.
#[inline]
pub(crate) fn with_innermost<R>(look: impl FnOnce(usize, &Rc<bytecode::Code>, u32) -> R) -> Option<R> {
    let (fp, pc) = STACK.with(|stack| (stack.fp.get(), stack.pc.get()));
    // SAFETY: published frames are complete.
    unsafe { (!fp.is_null()).then(|| look(pc.addr(), &code_of(fp).source.0, stack::depth(*fp.sub(1)))) }
}

/// Whether what the innermost frame's instruction does is its caller's doing, since the frame is being set up or has ended.
pub(crate) fn acts_for_caller() -> bool {
    let (fp, pc) = STACK.with(|stack| (stack.fp.get(), stack.pc.get()));
    // SAFETY: published frames are complete.
    unsafe { !fp.is_null() && (begins(pc, fp) || ends(pc, fp)) }
}

/// Shows code and line of up to `limit` running frames, the innermost first; gives the number of all running frames.
/// Runs no code and makes no object, so it may be asked in the middle of an allocation.
pub(crate) fn visit_positions(limit: usize, mut visit: impl FnMut(&Rc<bytecode::Code>, u32)) -> u32 {
    let (mut fp, mut pc) = STACK.with(|stack| (stack.fp.get(), stack.pc.get()));
    // SAFETY: published frames and their callers are complete.
    unsafe {
        if !fp.is_null() && (begins(pc, fp) || ends(pc, fp)) {
            (fp, pc) = outer(fp);
        }
        if fp.is_null() {
            return 0;
        }
        let depth = stack::depth(*fp.sub(1));
        for _ in 0..limit {
            if fp.is_null() {
                break;
            }
            let source = &code_of(fp).source.0;
            let line = source.positions.get(word_index(pc, fp)).map_or(0, |position| position.line);
            visit(source, line);
            (fp, pc) = outer(fp);
        }
        depth
    }
}

/// The frame that called this one, and its instruction.
unsafe fn outer(fp: Fp) -> (Fp, Pc) {
    unsafe {
        if is_entry(fp) {
            let entry = entry_of(fp);
            let (caller, pc) =
                entry.map_or((std::ptr::null_mut(), std::ptr::null()), |entry| (entry.caller, entry.pc));
            if !caller.is_null() && ends(pc, caller) { outer(caller) } else { (caller, pc) }
        } else {
            (caller_of(fp), return_pc(fp).sub(1))
        }
    }
}

/// Whether a frame is still being set up: its cells are being made, or its generator. As in CPython, that counts as
/// the caller's doing.
#[inline]
unsafe fn begins(pc: Pc, fp: Fp) -> bool {
    let sets_up = |word: u64| matches!(word as u16, op if op == Op::MakeCell as u16 || op == Op::ReturnGenerator as u16);
    unsafe {
        sets_up((*pc).get())
            && code_of(fp).words.0[..word_index(pc, fp)].iter().all(|word| sets_up(word.get()))
    }
}
