//! Specialised handlers: negative and inverse of numbers, in the forms of [`numbers`](super::numbers).
#![allow(non_snake_case, reason = "a handler is called as its operation")]

use super::{chains::*, *};

/// The negative of an int or a float.
pub(in crate::interpreter) unsafe fn NegateNumber(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let w = word(pc);
        let operand = value(fp, w.b());
        match kind_of(operand) {
            types::INT => {
                let Some(result) = int_value(operand).checked_neg() else { tail!(UnaryOp, pc, fp) };
                settle(fp, w.b(), operand, w.a());
                give_int!(pc.add(2), fp, w.a(), result)
            }
            types::FLOAT => {
                let result = -float_value(operand);
                settle(fp, w.b(), operand, w.a());
                give_float!(pc.add(2), fp, w.a(), result)
            }
            _ => miss!(UnaryOp, pc, fp),
        }
    }
}

pub(in crate::interpreter) unsafe fn NegateNumberOn(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let operand = value(fp, word(pc).b());
        match kind_of(operand) {
            types::INT => {
                let Some(result) = int_value(operand).checked_neg() else { tail!(UnaryOp, pc, fp) };
                settle(fp, word(pc).b(), operand, NOWHERE);
                hand_on!(INT, pc.add(2), fp, result)
            }
            types::FLOAT => {
                let result = -float_value(operand);
                settle(fp, word(pc).b(), operand, NOWHERE);
                hand_on!(FLOAT, pc.add(2), fp, result)
            }
            _ => miss!(UnaryOp, pc, fp),
        }
    }
}

pub(super) unsafe fn after_negate_int(pc: Pc, fp: Fp, number: i64) -> Jump {
    unsafe {
        let Some(result) = number.checked_neg() else { return keep_int(pc, fp, number) };
        give_int!(pc.add(2), fp, word(pc).a(), result)
    }
}

pub(super) unsafe fn after_negate_int_on(pc: Pc, fp: Fp, number: i64) -> Jump {
    unsafe {
        let Some(result) = number.checked_neg() else { return keep_int(pc, fp, number) };
        hand_on!(INT, pc.add(2), fp, result)
    }
}

pub(super) unsafe fn after_negate_float(pc: Pc, fp: Fp, number: f64) -> Jump {
    unsafe { give_float!(pc.add(2), fp, word(pc).a(), -number) }
}

pub(super) unsafe fn after_negate_float_on(pc: Pc, fp: Fp, number: f64) -> Jump {
    unsafe { hand_on!(FLOAT, pc.add(2), fp, -number) }
}

/// The inverse of an int.
pub(in crate::interpreter) unsafe fn InvertInt(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let w = word(pc);
        let operand = value(fp, w.b());
        if kind_of(operand) != types::INT {
            miss!(UnaryOp, pc, fp)
        }
        let result = !int_value(operand);
        settle(fp, w.b(), operand, w.a());
        give_int!(pc.add(2), fp, w.a(), result)
    }
}

pub(in crate::interpreter) unsafe fn InvertIntOn(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let operand = value(fp, word(pc).b());
        if kind_of(operand) != types::INT {
            miss!(UnaryOp, pc, fp)
        }
        let result = !int_value(operand);
        settle(fp, word(pc).b(), operand, NOWHERE);
        hand_on!(INT, pc.add(2), fp, result)
    }
}

pub(super) unsafe fn after_invert_int(pc: Pc, fp: Fp, number: i64) -> Jump {
    unsafe { give_int!(pc.add(2), fp, word(pc).a(), !number) }
}

pub(super) unsafe fn after_invert_int_on(pc: Pc, fp: Fp, number: i64) -> Jump {
    unsafe { hand_on!(INT, pc.add(2), fp, !number) }
}
