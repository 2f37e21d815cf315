//! Specialised handlers: jumps, and the steps of loops that go with them.
#![allow(non_snake_case, reason = "a handler is called as its operation")]

use super::{generators::step_generator, pairs::step_list_pair, *};

pub(in crate::interpreter) unsafe fn Jump(pc: Pc, fp: Fp) -> Jump {
    unsafe { jump!(pc.offset(word(pc).jump() as isize), fp) }
}

pub(in crate::interpreter) unsafe fn JumpBack(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        if pending_bits() != 0 {
            return jump_pending(pc, fp);
        }
        let target = pc.offset(word(pc).jump() as isize);
        let step = ((*target).get() as u16).wrapping_sub(STEPS[0].0 as u16);
        if usize::from(step) < STEPS.len() {
            return with_step(pc, fp);
        }
        jump!(target, fp)
    }
}

/// First steps of loops, in the order of their numbers, and the jumps back that take them.
const STEPS: [(Op, Op); 18] = [
    (Op::LtIntJump, Op::JumpBackLtInt),
    (Op::LeIntJump, Op::JumpBackLeInt),
    (Op::EqIntJump, Op::JumpBackEqInt),
    (Op::NeIntJump, Op::JumpBackNeInt),
    (Op::GtIntJump, Op::JumpBackGtInt),
    (Op::GeIntJump, Op::JumpBackGeInt),
    (Op::LtIntConstJump, Op::JumpBackLtIntConst),
    (Op::LeIntConstJump, Op::JumpBackLeIntConst),
    (Op::EqIntConstJump, Op::JumpBackEqIntConst),
    (Op::NeIntConstJump, Op::JumpBackNeIntConst),
    (Op::GtIntConstJump, Op::JumpBackGtIntConst),
    (Op::GeIntConstJump, Op::JumpBackGeIntConst),
    (Op::ForRange, Op::JumpBackRange),
    (Op::ForList, Op::JumpBackList),
    (Op::ForGenerator, Op::JumpBackGenerator),
    (Op::ForTuple, Op::JumpBackTuple),
    (Op::ForStr, Op::JumpBackStr),
    (Op::ForListPair, Op::JumpBackListPair),
];

const _: () = {
    let mut i = 0;
    while i < STEPS.len() {
        assert!(STEPS[i].0 as usize == STEPS[0].0 as usize + i, "the opcode table has these in one run");
        i += 1;
    }
};

/// Makes a jump back one that takes the next step of the loop.
#[cold]
#[inline(never)]
unsafe fn with_step(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let target = pc.offset(word(pc).jump() as isize);
        let step = usize::from(word(target).op()) - STEPS[0].0 as usize;
        rewrite(pc, STEPS[step].1);
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
                if !is_of(*fp.add(word(target).b() as usize), types::$iterator) {
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
jump_back!(JumpBackGenerator, GENERATOR, step_generator);
jump_back!(JumpBackTuple, TUPLE_ITERATOR, step_tuple);
jump_back!(JumpBackStr, STR_ASCII_ITERATOR, step_str);
jump_back!(JumpBackListPair, LIST_ITERATOR, step_list_pair);

#[cold]
#[inline(never)]
pub(super) unsafe fn jump_pending(pc: Pc, fp: Fp) -> Jump {
    unsafe { go_on(crate::interpreter::basic::pending_jump(pc, fp)) }
}
