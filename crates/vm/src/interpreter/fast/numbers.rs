//! Specialised handlers: arithmetic.
#![allow(non_snake_case, reason = "a handler is called as its operation")]

use super::{chains::*, *};

/// Defines a handler in two forms: for operands that are all borrowed, and for those that may be temporaries, where `$w`
/// and the settling of operands come in.
macro_rules! arithmetic {
    ($plain:ident $temps:ident, |$pc:ident, $fp:ident, $read:ident, $settle:ident| $body:block) => {
        pub(in crate::interpreter) unsafe fn $plain($pc: Pc, $fp: Fp) -> Jump {
            #[allow(unused_macros, reason = "borrowed operands need nothing")]
            macro_rules! $settle {
                ($operand:expr, $number:expr, $destination:expr) => {};
            }
            macro_rules! $read {
                ($operand:expr) => {
                    *$fp.add($operand as usize)
                };
            }
            unsafe { $body }
        }

        pub(in crate::interpreter) unsafe fn $temps($pc: Pc, $fp: Fp) -> Jump {
            macro_rules! $settle {
                ($operand:expr, $number:expr, $destination:expr) => {
                    settle($fp, $operand, $number, $destination)
                };
            }
            macro_rules! $read {
                ($operand:expr) => {
                    value($fp, $operand)
                };
            }
            unsafe { $body }
        }
    };
}

/// An operation on two numbers of a kind, by `$result`: an expression of their values that may give nothing.
macro_rules! operation {
    ($kind:ident $number:ident $give:ident; $plain:ident $temps:ident, |$left:ident, $right:ident, $operator:ident| $result:expr) => {
        arithmetic!($plain $temps, |pc, fp, read, settle_operand| {
            let w = word(pc);
            let (left, right) = (read!(w.b()), read!(w.c()));
            if kind_of(left) != types::$kind || kind_of(right) != types::$kind {
                miss!(BinaryOp, pc, fp)
            }
            let ($left, $right) = ($number(left), $number(right));
            let $operator = word(pc.add(1)).lo();
            let Some(result) = $result else { tail!(BinaryOp, pc, fp) };
            settle_operand!(w.b(), left, w.a());
            settle_operand!(w.c(), right, w.a());
            $give!(pc.add(2), fp, w.a(), result)
        });
    };
}

/// The same in more forms: one hands the result on to the next operation, one takes an operand from the one before, one does
/// both; four get both operands lent, or the right one as a number; and one computes its result beside an operand that is
/// lent to the next operation (see [`chains`]).
macro_rules! chained_operation {
    (
        $kind:ident $value:ident $number:ident $give:ident $keep:ident $both_table:ident $keep_both:ident;
        $plain:ident $temps:ident $on:ident $after:ident $after_on:ident $both:ident $both_on:ident
        $pair:ident $pair_on:ident $beside:ident,
        |$left:ident, $right:ident| $result:expr
    ) => {
        operation!($kind $number $give; $plain $temps, |$left, $right, _operator| $result);

        pub(in crate::interpreter) unsafe fn $on(pc: Pc, fp: Fp) -> Jump {
            unsafe {
                let w = word(pc);
                let (left, right) = (value(fp, w.b()), value(fp, w.c()));
                if kind_of(left) != types::$kind || kind_of(right) != types::$kind {
                    miss!(BinaryOp, pc, fp)
                }
                let ($left, $right) = ($number(left), $number(right));
                let Some(result) = $result else { tail!(BinaryOp, pc, fp) };
                settle(fp, w.b(), left, NOWHERE);
                settle(fp, w.c(), right, NOWHERE);
                hand_on!($kind, pc.add(2), fp, result)
            }
        }

        pub(super) unsafe fn $after(pc: Pc, fp: Fp, handed: $value) -> Jump {
            unsafe {
                let ($left, $right, other, object) = operands!($kind $number $keep, pc, fp, handed);
                let Some(result) = $result else { return $keep(pc, fp, handed) };
                settle(fp, other, object, word(pc).a());
                $give!(pc.add(2), fp, word(pc).a(), result)
            }
        }

        pub(super) unsafe fn $after_on(pc: Pc, fp: Fp, handed: $value) -> Jump {
            unsafe {
                let ($left, $right, other, object) = operands!($kind $number $keep, pc, fp, handed);
                let Some(result) = $result else { return $keep(pc, fp, handed) };
                settle(fp, other, object, NOWHERE);
                hand_on!($kind, pc.add(2), fp, result)
            }
        }

        pub(super) unsafe fn $both(pc: Pc, fp: Fp, left: Slot, $right: $value) -> Jump {
            unsafe {
                if kind_of(left) != types::$kind {
                    return $keep_both(pc, fp, left, $right);
                }
                let $left = $number(left);
                let Some(result) = $result else { return $keep_both(pc, fp, left, $right) };
                $give!(pc.add(2), fp, word(pc).a(), result)
            }
        }

        pub(super) unsafe fn $both_on(pc: Pc, fp: Fp, left: Slot, $right: $value) -> Jump {
            unsafe {
                if kind_of(left) != types::$kind {
                    return $keep_both(pc, fp, left, $right);
                }
                let $left = $number(left);
                let Some(result) = $result else { return $keep_both(pc, fp, left, $right) };
                hand_on!($kind, pc.add(2), fp, result)
            }
        }

        pub(super) unsafe fn $pair(pc: Pc, fp: Fp, left: Slot, right: Slot) -> Jump {
            unsafe {
                if kind_of(left) != types::$kind || kind_of(right) != types::$kind {
                    return keep_pair(pc, fp, left, right);
                }
                let ($left, $right) = ($number(left), $number(right));
                let Some(result) = $result else { return keep_pair(pc, fp, left, right) };
                $give!(pc.add(2), fp, word(pc).a(), result)
            }
        }

        pub(super) unsafe fn $pair_on(pc: Pc, fp: Fp, left: Slot, right: Slot) -> Jump {
            unsafe {
                if kind_of(left) != types::$kind || kind_of(right) != types::$kind {
                    return keep_pair(pc, fp, left, right);
                }
                let ($left, $right) = ($number(left), $number(right));
                let Some(result) = $result else { return keep_pair(pc, fp, left, right) };
                hand_on!($kind, pc.add(2), fp, result)
            }
        }

        pub(super) unsafe fn $beside(pc: Pc, fp: Fp, lent: Slot) -> Jump {
            unsafe {
                let w = word(pc);
                let (left, right) = (value(fp, w.b()), value(fp, w.c()));
                if kind_of(left) != types::$kind || kind_of(right) != types::$kind {
                    return keep_lent(pc, fp, lent);
                }
                let ($left, $right) = ($number(left), $number(right));
                let Some(result) = $result else { return keep_lent(pc, fp, lent) };
                hand_both_on!($both_table, pc.add(2), fp, lent, result)
            }
        }
    };
}

macro_rules! int_operation {
    ($($given:tt)*) => {
        chained_operation!(INT i64 int_value give_int_here keep_int BOTH_INT keep_both_int; $($given)*);
    };
}

macro_rules! float_operation {
    ($($given:tt)*) => {
        chained_operation!(FLOAT f64 float_value give_float keep_float BOTH_FLOAT keep_both_float; $($given)*);
    };
}

int_operation!(AddInt AddIntTemps AddIntOn after_add_int after_add_int_on both_add_int both_add_int_on pair_add_int pair_add_int_on beside_add_int, |left, right| left.checked_add(right));
int_operation!(SubInt SubIntTemps SubIntOn after_sub_int after_sub_int_on both_sub_int both_sub_int_on pair_sub_int pair_sub_int_on beside_sub_int, |left, right| left.checked_sub(right));
int_operation!(MulInt MulIntTemps MulIntOn after_mul_int after_mul_int_on both_mul_int both_mul_int_on pair_mul_int pair_mul_int_on beside_mul_int, |left, right| left.checked_mul(right));
int_operation!(AndInt AndIntTemps AndIntOn after_and_int after_and_int_on both_and_int both_and_int_on pair_and_int pair_and_int_on beside_and_int, |left, right| Some(left & right));
int_operation!(OrInt OrIntTemps OrIntOn after_or_int after_or_int_on both_or_int both_or_int_on pair_or_int pair_or_int_on beside_or_int, |left, right| Some(left | right));
int_operation!(XorInt XorIntTemps XorIntOn after_xor_int after_xor_int_on both_xor_int both_xor_int_on pair_xor_int pair_xor_int_on beside_xor_int, |left, right| Some(left ^ right));
int_operation!(ModInt ModIntTemps ModIntOn after_mod_int after_mod_int_on both_mod_int both_mod_int_on pair_mod_int pair_mod_int_on beside_mod_int, |left, right| modulo(left, right));
operation!(INT int_value give_int; ArithInt ArithIntTemps, |left, right, operator| other_int(operator, left, right));

/// An operation on two temporaries that keep no boxes: most often on results of calls.
macro_rules! operation_on_both {
    ($name:ident, |$left:ident, $right:ident| $result:expr) => {
        pub(in crate::interpreter) unsafe fn $name(pc: Pc, fp: Fp) -> Jump {
            unsafe {
                let w = word(pc);
                let (left, right) = (value(fp, w.b()), value(fp, w.c()));
                if kind_of(left) != types::INT || kind_of(right) != types::INT {
                    miss!(BinaryOp, pc, fp)
                }
                let ($left, $right) = (int_value(left), int_value(right));
                let Some(result) = $result else { tail!(BinaryOp, pc, fp) };
                *slot(fp, w.c()) = unbound();
                if decrement(right) {
                    give_box(right);
                }
                if w.b() & SLOT != w.a() {
                    *slot(fp, w.b()) = unbound();
                    if decrement(left) {
                        give_box(left);
                    }
                }
                give_int_here!(pc.add(2), fp, w.a(), result)
            }
        }
    };
}

operation_on_both!(AddIntBoth, |left, right| left.checked_add(right));
operation_on_both!(SubIntBoth, |left, right| left.checked_sub(right));
operation_on_both!(MulIntBoth, |left, right| left.checked_mul(right));

/// A sum of a variable and a temporary that keeps no box and is not the destination: most often the result of a call.
macro_rules! addition_of_returned {
    ($name:ident $kind:ident $number:ident $give:ident, |$left:ident, $right:ident| $result:expr) => {
        pub(in crate::interpreter) unsafe fn $name(pc: Pc, fp: Fp) -> Jump {
            unsafe {
                let w = word(pc);
                let (left, right) = (*fp.add(w.b() as usize), value(fp, w.c()));
                if kind_of(left) != types::$kind || kind_of(right) != types::$kind {
                    miss!(BinaryOp, pc, fp)
                }
                let ($left, $right) = ($number(left), $number(right));
                let Some(result) = $result else { tail!(BinaryOp, pc, fp) };
                *slot(fp, w.c()) = unbound();
                if decrement(right) {
                    give_box(right);
                }
                $give!(pc.add(2), fp, w.a(), result)
            }
        }
    };
}

addition_of_returned!(AddIntReturned INT int_value give_int, |left, right| left.checked_add(right));
addition_of_returned!(AddFloatReturned FLOAT float_value give_float, |left, right| Some(left + right));

/// An operation on an int and a small int that stands in the instruction, in the forms of `chained_operation`.
macro_rules! int_const_operation {
    ($give:ident $plain:ident $temps:ident, |$left:ident, $right:ident, $operator:ident| $result:expr) => {
        arithmetic!($plain $temps, |pc, fp, read, settle_operand| {
            let w = word(pc);
            let cache = word(pc.add(1));
            let left = read!(w.b());
            if kind_of(left) != types::INT {
                miss!(BinaryOpConst, pc, fp)
            }
            let ($left, $right, $operator) = (int_value(left), cache.hi() as i32 as i64, cache.lo());
            let Some(result) = $result else { tail!(BinaryOpConst, pc, fp) };
            settle_operand!(w.b(), left, w.a());
            $give!(pc.add(2), fp, w.a(), result)
        });
    };
    ($give:ident $plain:ident $temps:ident $on:ident $after:ident $after_on:ident, |$left:ident, $right:ident| $result:expr) => {
        int_const_operation!($give $plain $temps, |$left, $right, _operator| $result);

        pub(in crate::interpreter) unsafe fn $on(pc: Pc, fp: Fp) -> Jump {
            unsafe {
                let w = word(pc);
                let left = value(fp, w.b());
                if kind_of(left) != types::INT {
                    miss!(BinaryOpConst, pc, fp)
                }
                let ($left, $right) = (int_value(left), word(pc.add(1)).hi() as i32 as i64);
                let Some(result) = $result else { tail!(BinaryOpConst, pc, fp) };
                settle(fp, w.b(), left, NOWHERE);
                hand_on!(INT, pc.add(2), fp, result)
            }
        }

        pub(super) unsafe fn $after(pc: Pc, fp: Fp, number: i64) -> Jump {
            unsafe {
                let ($left, $right) = (number, word(pc.add(1)).hi() as i32 as i64);
                let Some(result) = $result else { return keep_int(pc, fp, number) };
                give_int!(pc.add(2), fp, word(pc).a(), result)
            }
        }

        pub(super) unsafe fn $after_on(pc: Pc, fp: Fp, number: i64) -> Jump {
            unsafe {
                let ($left, $right) = (number, word(pc.add(1)).hi() as i32 as i64);
                let Some(result) = $result else { return keep_int(pc, fp, number) };
                hand_on!(INT, pc.add(2), fp, result)
            }
        }
    };
}

int_const_operation!(
    give_int_here AddIntConst AddIntConstTemps AddIntConstOn after_add_int_const after_add_int_const_on,
    |left, right| left.checked_add(right)
);
int_const_operation!(
    give_int_here SubIntConst SubIntConstTemps SubIntConstOn after_sub_int_const after_sub_int_const_on,
    |left, right| left.checked_sub(right)
);
int_const_operation!(
    give_int_here MulIntConst MulIntConstTemps MulIntConstOn after_mul_int_const after_mul_int_const_on,
    |left, right| left.checked_mul(right)
);
int_const_operation!(
    give_int_here FloorDivIntConst FloorDivIntConstTemps FloorDivIntConstOn after_floor_div_int_const after_floor_div_int_const_on,
    |left, right| floor_div(left, right)
);
int_const_operation!(
    give_int_here ModIntConst ModIntConstTemps ModIntConstOn after_mod_int_const after_mod_int_const_on,
    |left, right| modulo(left, right)
);
int_const_operation!(
    give_int_here AndIntConst AndIntConstTemps AndIntConstOn after_and_int_const after_and_int_const_on,
    |left, right| Some(left & right)
);
int_const_operation!(
    give_int_here ShlIntConst ShlIntConstTemps ShlIntConstOn after_shl_int_const after_shl_int_const_on,
    |left, right| shift_left(left, right)
);
int_const_operation!(
    give_int_here ShrIntConst ShrIntConstTemps ShrIntConstOn after_shr_int_const after_shr_int_const_on,
    |left, right| Some(left >> right)
);
int_const_operation!(give_int ArithIntConst ArithIntConstTemps, |left, right, operator| other_int(operator, left, right));

/// The sum or difference of an int and a small one into an unbound temporary, most often an argument.
macro_rules! fresh_int_operation {
    ($name:ident, |$left:ident, $right:ident| $result:expr) => {
        pub(in crate::interpreter) unsafe fn $name(pc: Pc, fp: Fp) -> Jump {
            unsafe {
                let w = word(pc);
                let left = *fp.add(w.b() as usize);
                if kind_of(left) != types::INT {
                    miss!(BinaryOpConst, pc, fp)
                }
                let ($left, $right) = (int_value(left), word(pc.add(1)).hi() as i32 as i64);
                let Some(result) = $result else { tail!(BinaryOpConst, pc, fp) };
                let place = fp.add(w.a() as usize);
                if !is_small(result) {
                    return fill_fresh_int(pc.add(2), fp, place, result);
                }
                put_fresh!(pc.add(2), fp, w.a(), small_int(result))
            }
        }
    };
}

fresh_int_operation!(AddIntConstFresh, |left, right| left.checked_add(right));
fresh_int_operation!(SubIntConstFresh, |left, right| left.checked_sub(right));

#[inline(never)]
unsafe fn fill_fresh_int(next: Pc, fp: Fp, place: *mut Slot, result: i64) -> Jump {
    unsafe {
        let fresh = take_box();
        if fresh.is_null() {
            return refill_int(next, fp, place, result);
        }
        write_header(fresh, types::INT);
        payload::<Int>(fresh).value.set(result);
        *place = fresh;
        jump!(next, fp)
    }
}

/// The other operators on ints; nothing where the result is no int of 64 bits or the operation is an error.
#[inline(always)]
fn other_int(operator: i32, left: i64, right: i64) -> Option<i64> {
    match operator & 31 {
        2 => left.checked_mul(right),
        4 => floor_div(left, right),
        5 => modulo(left, right),
        6 if right == 2 => left.checked_mul(left),
        7 if (0..63).contains(&right) => shift_left(left, right),
        8 if right >= 0 => Some(left >> right.min(63)),
        9 => Some(left & right),
        10 => Some(left | right),
        11 => Some(left ^ right),
        _ => None,
    }
}

/// A shift by less than 63 places.
#[inline(always)]
fn shift_left(left: i64, places: i64) -> Option<i64> {
    let shifted = left << places;
    (shifted >> places == left).then_some(shifted)
}

/// Both numbers if they have no more than 32 bits and no sign: the hardware divides those several times faster.
#[inline(always)]
fn both_short(left: i64, right: i64) -> Option<(u32, u32)> {
    ((left | right) as u64 >> 32 == 0).then_some((left as u32, right as u32))
}

#[inline(always)]
fn floor_div(left: i64, right: i64) -> Option<i64> {
    if let Some((left, right)) = both_short(left, right) {
        return left.checked_div(right).map(i64::from);
    }
    cold_path();
    if right == 0 || right == -1 {
        return None;
    }
    let (quotient, rest) = (left / right, left % right);
    Some(quotient - i64::from(rest != 0 && ((left < 0) != (right < 0))))
}

#[inline(always)]
pub(super) fn modulo(left: i64, right: i64) -> Option<i64> {
    if let Some((left, right)) = both_short(left, right) {
        return left.checked_rem(right).map(i64::from);
    }
    cold_path();
    if right == 0 || right == -1 {
        return None;
    }
    let rest = left % right;
    Some(if rest != 0 && ((rest < 0) != (right < 0)) { rest + right } else { rest })
}

// Floats: nothing for a division by zero.
float_operation!(AddFloat AddFloatTemps AddFloatOn after_add_float after_add_float_on both_add_float both_add_float_on pair_add_float pair_add_float_on beside_add_float, |left, right| Some(left + right));
float_operation!(SubFloat SubFloatTemps SubFloatOn after_sub_float after_sub_float_on both_sub_float both_sub_float_on pair_sub_float pair_sub_float_on beside_sub_float, |left, right| Some(left - right));
float_operation!(MulFloat MulFloatTemps MulFloatOn after_mul_float after_mul_float_on both_mul_float both_mul_float_on pair_mul_float pair_mul_float_on beside_mul_float, |left, right| Some(left * right));
float_operation!(
    DivFloat DivFloatTemps DivFloatOn after_div_float after_div_float_on both_div_float both_div_float_on pair_div_float pair_div_float_on beside_div_float,
    |left, right| (right != 0.0).then(|| left / right)
);

/// `+ - * /` on floats; nothing for a division by zero.
#[inline(always)]
fn float_arithmetic(operator: i32, left: f64, right: f64) -> Option<f64> {
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
unsafe fn as_float(object: Slot) -> Option<f64> {
    unsafe {
        match kind_of(object) {
            types::FLOAT => Some(float_value(object)),
            types::INT if int_value(object).unsigned_abs() <= 1 << 53 => Some(int_value(object) as f64),
            _ => None,
        }
    }
}

pub(super) const TRUE_DIV: i32 = 3;

pub(in crate::interpreter) unsafe fn MixedFloat(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let w = word(pc);
        let operator = word(pc.add(1)).lo();
        let (left, right) = (value(fp, w.b()), value(fp, w.c()));
        if kind_of(left) == types::INT && kind_of(right) == types::INT && operator & 31 != TRUE_DIV {
            miss!(BinaryOp, pc, fp)
        }
        let (Some(a), Some(b)) = (as_float(left), as_float(right)) else { miss!(BinaryOp, pc, fp) };
        let Some(result) = float_arithmetic(operator, a, b) else { tail!(BinaryOp, pc, fp) };
        settle(fp, w.b(), left, w.a());
        settle(fp, w.c(), right, w.a());
        give_float!(pc.add(2), fp, w.a(), result)
    }
}

/// The constant operand of an operation, where it is a number that a float holds exactly.
#[inline(always)]
unsafe fn float_constant(pc: Pc, fp: Fp) -> Option<f64> {
    unsafe { as_float(constant_operand(pc, fp)) }
}

/// A float with a constant. The macro's `$left` reads the left operand, `$give` puts the result where it belongs.
macro_rules! float_const_operation {
    ($name:ident, |$pc:ident, $fp:ident, $left:ident| $value:expr, |$result:ident| $give:block) => {
        pub(in crate::interpreter) unsafe fn $name($pc: Pc, $fp: Fp) -> Jump {
            unsafe {
                let w = word($pc);
                let $left = value($fp, w.b());
                let (Some(left), Some(right)) = ($value, float_constant($pc, $fp)) else {
                    miss!(BinaryOpConst, $pc, $fp)
                };
                let Some($result) = float_arithmetic(word($pc.add(1)).lo(), left, right) else {
                    tail!(BinaryOpConst, $pc, $fp)
                };
                $give
            }
        }
    };
}

/// The value of a float.
#[inline(always)]
unsafe fn float_only(object: Slot) -> Option<f64> {
    unsafe { (kind_of(object) == types::FLOAT).then(|| float_value(object)) }
}

/// The value of an int that a float holds exactly.
#[inline(always)]
unsafe fn int_only(object: Slot) -> Option<f64> {
    unsafe { if kind_of(object) == types::INT { as_float(object) } else { None } }
}

float_const_operation!(FloatConst, |pc, fp, left| float_only(left), |result| {
    settle(fp, word(pc).b(), left, word(pc).a());
    give_float!(pc.add(2), fp, word(pc).a(), result)
});
float_const_operation!(FloatConstOn, |pc, fp, left| float_only(left), |result| {
    settle(fp, word(pc).b(), left, NOWHERE);
    hand_on!(FLOAT, pc.add(2), fp, result)
});
// An int with a float constant, or divided by an int constant.
float_const_operation!(IntFloatConst, |pc, fp, left| int_only(left), |result| {
    settle(fp, word(pc).b(), left, word(pc).a());
    give_float!(pc.add(2), fp, word(pc).a(), result)
});
float_const_operation!(IntFloatConstOn, |pc, fp, left| int_only(left), |result| {
    settle(fp, word(pc).b(), left, NOWHERE);
    hand_on!(FLOAT, pc.add(2), fp, result)
});

pub(super) unsafe fn after_float_const(pc: Pc, fp: Fp, number: f64) -> Jump {
    unsafe {
        let result = float_constant(pc, fp)
            .and_then(|constant| float_arithmetic(word(pc.add(1)).lo(), number, constant));
        let Some(result) = result else { return keep_float(pc, fp, number) };
        give_float!(pc.add(2), fp, word(pc).a(), result)
    }
}

pub(super) unsafe fn after_float_const_on(pc: Pc, fp: Fp, number: f64) -> Jump {
    unsafe {
        let result = float_constant(pc, fp)
            .and_then(|constant| float_arithmetic(word(pc.add(1)).lo(), number, constant));
        let Some(result) = result else { return keep_float(pc, fp, number) };
        hand_on!(FLOAT, pc.add(2), fp, result)
    }
}

/// A positive number to a constant power, where one of both is a float and the result is finite.
pub(in crate::interpreter) unsafe fn PowFloatConst(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let left = value(fp, word(pc).b());
        if kind_of(left) != types::FLOAT && kind_of(constant_operand(pc, fp)) != types::FLOAT {
            miss!(BinaryOpConst, pc, fp)
        }
        power(pc, fp, left)
    }
}

#[inline(never)]
unsafe fn power(pc: Pc, fp: Fp, left: Slot) -> Jump {
    unsafe {
        let w = word(pc);
        let (Some(base), Some(exponent)) = (as_float(left), as_float(constant_operand(pc, fp))) else {
            miss!(BinaryOpConst, pc, fp)
        };
        let result = if base > 0.0 { base.powf(exponent) } else { f64::NAN };
        if !result.is_finite() {
            tail!(BinaryOpConst, pc, fp)
        }
        settle(fp, w.b(), left, w.a());
        give_float!(pc.add(2), fp, w.a(), result)
    }
}

/// `not` of what has a truth without running code.
pub(in crate::interpreter) unsafe fn NotPlain(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let w = word(pc);
        let operand = value(fp, w.b());
        let Some(truth) = plain_truth(operand) else { miss!(UnaryOp, pc, fp) };
        if w.b() & CONSUME != 0 {
            if !goes_quietly(operand) {
                tail!(UnaryOp, pc, fp)
            }
            *slot(fp, w.b()) = unbound();
            if decrement(operand) {
                give_box(operand);
            }
        }
        give_truth(pc.add(2), fp, w.a(), !truth)
    }
}

/// Puts True or False into a slot and goes on.
#[inline(always)]
pub(super) unsafe fn give_truth(next: Pc, fp: Fp, destination: u16, truth: bool) -> Jump {
    unsafe {
        if word(next).op() == Op::Yield as u16 {
            return generators::yield_truth(next, fp, destination, truth);
        }
        put_truth(next, fp, destination, truth)
    }
}

/// Puts True or False into a slot and goes on.
#[inline(always)]
pub(super) unsafe fn put_truth(next: Pc, fp: Fp, destination: u16, truth: bool) -> Jump {
    unsafe { put!(next, fp, destination, shared_truth(truth)) }
}

/// A reference to True or False.
#[inline(always)]
pub(super) unsafe fn shared_truth(truth: bool) -> Slot {
    unsafe {
        let object = STACK.with(|stack| stack.truths[usize::from(truth)].get());
        share_immortal(object);
        object
    }
}

/// A comparison of two ints that gives an object.
pub(in crate::interpreter) unsafe fn CompareInt(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let w = word(pc);
        let (left, right) = (value(fp, w.b()), value(fp, w.c()));
        if kind_of(left) != types::INT || kind_of(right) != types::INT {
            miss!(Compare, pc, fp)
        }
        let ordering = int_value(left).cmp(&int_value(right));
        settle(fp, w.b(), left, w.a());
        settle(fp, w.c(), right, w.a());
        give_truth(pc.add(2), fp, w.a(), comparison_holds(word(pc.add(1)).lo(), ordering))
    }
}

/// A comparison of an int with a constant that gives an object.
pub(in crate::interpreter) unsafe fn CompareIntConst(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let w = word(pc);
        let left = value(fp, w.b());
        let constant = constant_operand(pc, fp);
        if kind_of(left) != types::INT {
            miss!(CompareConst, pc, fp)
        }
        let ordering = int_value(left).cmp(&int_value(constant));
        settle(fp, w.b(), left, w.a());
        give_truth(pc.add(2), fp, w.a(), comparison_holds(word(pc.add(1)).lo(), ordering))
    }
}

/// Whether Lt Le Eq Ne Gt Ge, by number, holds for an ordering.
#[inline(always)]
fn comparison_holds(comparison: i32, ordering: std::cmp::Ordering) -> bool {
    // Three bits for each comparison: whether it holds for less, equal, greater.
    const HOLDS: u32 = 0b110_100_101_010_011_001;
    HOLDS >> (comparison * 3 + ordering as i32 + 1) & 1 == 1
}
