//! Specialised handlers: jumps, and the steps of loops that go with them.
#![allow(non_snake_case, reason = "a handler is called as its operation")]

use super::*;

pub(in crate::interpreter) unsafe fn Jump(pc: Pc, fp: Fp) -> Jump {
    unsafe { jump!(pc.offset(word(pc).jump() as isize), fp) }
}

pub(in crate::interpreter) unsafe fn JumpBack(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        if pending_bits() != 0 {
            return jump_pending(pc, fp);
        }
        let target = pc.offset(word(pc).jump() as isize);
        let op = (*target).get() as u16;
        if op == Op::ForRange as u16 || op == Op::ForList as u16 {
            return with_step(pc, fp);
        }
        jump!(target, fp)
    }
}

/// Makes a jump back one that takes the next step of the loop, and takes it.
#[cold]
#[inline(never)]
unsafe fn with_step(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let target = pc.offset(word(pc).jump() as isize);
        let of_range = word(target).op() == Op::ForRange as u16;
        rewrite(pc, if of_range { Op::JumpBackRange } else { Op::JumpBackList });
        jump!(target, fp)
    }
}

/// Defines a jump back to a loop over iterators of a type, whose next step is taken right here.
macro_rules! jump_back {
    ($name:ident, $iterator:ident, $step:ident) => {
        pub(in crate::interpreter) unsafe fn $name(pc: Pc, fp: Fp) -> Jump {
            unsafe {
                if pending_bits() != 0 {
                    return jump_pending(pc, fp);
                }
                let target = pc.offset(word(pc).jump() as isize);
                if type_of(value(fp, word(target).b())) != types::$iterator {
                    rewrite(pc, Op::JumpBack);
                    jump!(target, fp)
                }
                $step(target, fp)
            }
        }
    };
}

jump_back!(JumpBackRange, RANGE_ITERATOR, step_range);
jump_back!(JumpBackList, LIST_ITERATOR, step_list);

#[cold]
#[inline(never)]
pub(super) unsafe fn jump_pending(pc: Pc, fp: Fp) -> Jump {
    unsafe { go_on(crate::interpreter::basic::pending_jump(pc, fp)) }
}
