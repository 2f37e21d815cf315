//! Specialised handlers: arithmetic.
#![allow(non_snake_case, reason = "a handler is called as its operation")]

use super::*;

macro_rules! int_operation {
    ($name:ident, $checked:ident) => {
        pub(in crate::interpreter) unsafe fn $name(pc: Pc, fp: Fp) -> Jump {
            unsafe {
                let w = word(pc);
                let (left, right) = (value(fp, w.b()), value(fp, w.c()));
                if kind_of(left) != types::INT || kind_of(right) != types::INT {
                    miss!(BinaryOp, pc, fp)
                }
                let (result, overflow) = int_value(left).$checked(int_value(right));
                if overflow {
                    tail!(BinaryOp, pc, fp)
                }
                put_int!(pc, fp, w, result, 2, BinaryOp, [w.b(), w.c()])
            }
        }
    };
}

int_operation!(AddInt, overflowing_add);
int_operation!(SubInt, overflowing_sub);
int_operation!(MulInt, overflowing_mul);

/// The other operators on ints; nothing where the result is no int of 64 bits or the operation is an error.
#[inline(always)]
pub(super) fn other_int(operator: i32, left: i64, right: i64) -> Option<i64> {
    match operator & 31 {
        2 => left.checked_mul(right),
        4 => floor_div(left, right),
        5 => modulo(left, right),
        7 if (0..63).contains(&right) => {
            let shifted = left << right;
            (shifted >> right == left).then_some(shifted)
        }
        8 if right >= 0 => Some(left >> right.min(63)),
        9 => Some(left & right),
        10 => Some(left | right),
        11 => Some(left ^ right),
        _ => None,
    }
}

#[inline(always)]
pub(super) fn floor_div(left: i64, right: i64) -> Option<i64> {
    if right == 0 || right == -1 {
        return None;
    }
    let quotient = left / right;
    Some(quotient - i64::from((left % right != 0) && ((left < 0) != (right < 0))))
}

#[inline(always)]
pub(super) fn modulo(left: i64, right: i64) -> Option<i64> {
    if right == 0 || right == -1 {
        return None;
    }
    let rest = left % right;
    Some(if rest != 0 && ((rest < 0) != (right < 0)) { rest + right } else { rest })
}

pub(in crate::interpreter) unsafe fn ArithInt(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let w = word(pc);
        let (left, right) = (value(fp, w.b()), value(fp, w.c()));
        if kind_of(left) != types::INT || kind_of(right) != types::INT {
            miss!(BinaryOp, pc, fp)
        }
        let Some(result) = other_int(word(pc.add(1)).lo(), int_value(left), int_value(right)) else {
            tail!(BinaryOp, pc, fp)
        };
        put_int!(pc, fp, w, result, 2, BinaryOp, [w.b(), w.c()])
    }
}

macro_rules! float_operation {
    ($name:ident, $operator:tt) => {
        pub(in crate::interpreter) unsafe fn $name(pc: Pc, fp: Fp) -> Jump {
            unsafe {
                let w = word(pc);
                let (left, right) = (value(fp, w.b()), value(fp, w.c()));
                if kind_of(left) != types::FLOAT || kind_of(right) != types::FLOAT {
                    miss!(BinaryOp, pc, fp)
                }
                put_float!(pc, fp, w, float_value(left) $operator float_value(right), BinaryOp, [w.b(), w.c()])
            }
        }
    };
}

float_operation!(AddFloat, +);
float_operation!(SubFloat, -);
float_operation!(MulFloat, *);

pub(in crate::interpreter) unsafe fn DivFloat(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let w = word(pc);
        let (left, right) = (value(fp, w.b()), value(fp, w.c()));
        if kind_of(left) != types::FLOAT || kind_of(right) != types::FLOAT || float_value(right) == 0.0 {
            miss!(BinaryOp, pc, fp)
        }
        put_float!(pc, fp, w, float_value(left) / float_value(right), BinaryOp, [w.b(), w.c()])
    }
}

/// `+ - * /` on floats; nothing for a division by zero.
#[inline(always)]
pub(super) fn float_arithmetic(operator: i32, left: f64, right: f64) -> Option<f64> {
    match operator & 31 {
        0 => Some(left + right),
        1 => Some(left - right),
        2 => Some(left * right),
        3 if right != 0.0 => Some(left / right),
        _ => None,
    }
}

/// The value of a float, or of an int that a float holds exactly.
#[inline(always)]
pub(super) unsafe fn as_float(object: Slot) -> Option<f64> {
    unsafe {
        match kind_of(object) {
            types::FLOAT => Some(float_value(object)),
            types::INT if int_value(object).unsigned_abs() <= 1 << 53 => Some(int_value(object) as f64),
            _ => None,
        }
    }
}

pub(in crate::interpreter) unsafe fn MixedFloat(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let w = word(pc);
        let (left, right) = (value(fp, w.b()), value(fp, w.c()));
        if kind_of(left) == types::INT && kind_of(right) == types::INT {
            miss!(BinaryOp, pc, fp)
        }
        let (Some(left), Some(right)) = (as_float(left), as_float(right)) else { miss!(BinaryOp, pc, fp) };
        let Some(result) = float_arithmetic(word(pc.add(1)).lo(), left, right) else {
            miss!(BinaryOp, pc, fp)
        };
        put_float!(pc, fp, w, result, BinaryOp, [w.b(), w.c()])
    }
}

macro_rules! int_const_operation {
    ($name:ident, $checked:ident) => {
        pub(in crate::interpreter) unsafe fn $name(pc: Pc, fp: Fp) -> Jump {
            unsafe {
                let w = word(pc);
                let left = value(fp, w.b());
                if kind_of(left) != types::INT {
                    miss!(BinaryOpConst, pc, fp)
                }
                let (result, overflow) = int_value(left).$checked(word(pc.add(1)).hi() as i32 as i64);
                if overflow {
                    tail!(BinaryOpConst, pc, fp)
                }
                put_int!(pc, fp, w, result, 2, BinaryOpConst, [w.b()])
            }
        }
    };
}

int_const_operation!(AddIntConst, overflowing_add);
int_const_operation!(SubIntConst, overflowing_sub);

pub(in crate::interpreter) unsafe fn ArithIntConst(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let w = word(pc);
        let cache = word(pc.add(1));
        let left = value(fp, w.b());
        if kind_of(left) != types::INT {
            miss!(BinaryOpConst, pc, fp)
        }
        let Some(result) = other_int(cache.lo(), int_value(left), cache.hi() as i32 as i64) else {
            tail!(BinaryOpConst, pc, fp)
        };
        put_int!(pc, fp, w, result, 2, BinaryOpConst, [w.b()])
    }
}

pub(in crate::interpreter) unsafe fn FloatConst(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let w = word(pc);
        let left = value(fp, w.b());
        let constant = code_of(fp).constants.as_ptr().add(w.c() as usize).cast::<Slot>();
        if kind_of(left) != types::FLOAT {
            miss!(BinaryOpConst, pc, fp)
        }
        let Some(right) = as_float(*constant) else { miss!(BinaryOpConst, pc, fp) };
        let Some(result) = float_arithmetic(word(pc.add(1)).lo(), float_value(left), right) else {
            miss!(BinaryOpConst, pc, fp)
        };
        put_float!(pc, fp, w, result, BinaryOpConst, [w.b()])
    }
}

/// Counts a rewriting of the site in the high half of word 1; whether the site may be rewritten.
pub(super) unsafe fn may_rewrite(pc: Pc) -> bool {
    unsafe {
        let cache = word(pc.add(1));
        if cache.hi() >= MAX_MISSES {
            return false;
        }
        (*pc.add(1)).set(ouro_bytecode::code::Word::data(cache.lo(), cache.hi() + 1).0);
        true
    }
}

/// Rewrites a binary operation for its operands' types.
#[inline(always)]
pub(crate) unsafe fn specialise_binary(pc: Pc, left: &Ref, right: &Ref) {
    let (left, right) = (left.header().kind(), right.header().kind());
    let number = |kind| kind == types::INT || kind == types::FLOAT;
    if number(left) && number(right) {
        unsafe { specialise_numbers(pc, left, right) }
    }
}

#[cold]
#[inline(never)]
pub(super) unsafe fn specialise_numbers(pc: Pc, left: u32, right: u32) {
    unsafe {
        let operator = word(pc.add(1)).lo() & 31;
        let both = |kind| left == kind && right == kind;
        let op = match operator {
            0 if both(types::INT) => Op::AddInt,
            1 if both(types::INT) => Op::SubInt,
            2 if both(types::INT) => Op::MulInt,
            4 | 5 | 7..=11 if both(types::INT) => Op::ArithInt,
            0 if both(types::FLOAT) => Op::AddFloat,
            1 if both(types::FLOAT) => Op::SubFloat,
            2 if both(types::FLOAT) => Op::MulFloat,
            3 if both(types::FLOAT) => Op::DivFloat,
            0..=3 if left != right => Op::MixedFloat,
            _ => return,
        };
        if may_rewrite(pc) {
            rewrite(pc, op);
        }
    }
}

/// Rewrites a binary operation with a constant.
#[inline(always)]
pub(crate) unsafe fn specialise_binary_const(pc: Pc, left: &Ref, right: &Ref) {
    let (left, kind) = (left.header().kind(), right.header().kind());
    if (left == types::INT && kind == types::INT)
        || (left == types::FLOAT && (kind == types::FLOAT || kind == types::INT))
    {
        unsafe { specialise_number_const(pc, left, right) }
    }
}

#[cold]
#[inline(never)]
pub(super) unsafe fn specialise_number_const(pc: Pc, left: u32, right: &Ref) {
    unsafe {
        let lo = word(pc.add(1)).lo();
        // The misses are counted above the operator here, since the other half holds the constant.
        let misses = lo >> 8;
        if misses as u32 >= MAX_MISSES {
            return;
        }
        let operator = lo & 31;
        let op = if left == types::FLOAT {
            if operator > 3 {
                return;
            }
            Op::FloatConst
        } else {
            match operator {
                0 => Op::AddIntConst,
                1 => Op::SubIntConst,
                2 | 4 | 5 | 7..=11 => Op::ArithIntConst,
                _ => return,
            }
        };
        let small = right.payload::<Int>().map(|int| int.value.get());
        let constant = match small.map(i32::try_from) {
            Some(Ok(value)) => value as u32,
            Some(Err(_)) if op != Op::FloatConst => return,
            _ => 0,
        };
        (*pc.add(1)).set(ouro_bytecode::code::Word::data((lo & 0xFF) | (misses + 1) << 8, constant).0);
        rewrite(pc, op);
    }
}
