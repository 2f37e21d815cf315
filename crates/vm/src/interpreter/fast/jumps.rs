//! Specialised handlers: comparisons and jumps.
#![allow(non_snake_case, reason = "a handler is called as its operation")]

use super::{chains::*, loops::jump_pending, *};

/// Goes where a comparison of ints leads.
macro_rules! follow {
    ($pc:expr, $fp:expr, $holds:expr) => {{
        let (pc, fp): (Pc, Fp) = ($pc, $fp);
        if $holds { jump!(pc.offset(word(pc.add(1)).lo() as isize), fp) } else { jump!(pc.add(3), fp) }
    }};
}

/// A jump by a comparison of two ints, in several forms: of variables; the same as the first step of a loop, by the jump back
/// to it; of operands of which one may be a temporary, and of those that were handed on or lent (see [`chains`]).
macro_rules! int_jump {
    ($name:ident $temps:ident $back:ident $step:ident $after:ident $both:ident $pair:ident, $operator:tt) => {
        #[inline(always)]
        unsafe fn $step(pc: Pc, fp: Fp) -> Jump {
            unsafe {
                let w = word(pc);
                let (left, right) = (*fp.add(w.b() as usize), *fp.add(w.c() as usize));
                if kind_of(left) != types::INT || kind_of(right) != types::INT {
                    miss!(CompareJump, pc, fp)
                }
                follow!(pc, fp, int_value(left) $operator int_value(right))
            }
        }

        first_step!($name $back $step);

        pub(in crate::interpreter) unsafe fn $temps(pc: Pc, fp: Fp) -> Jump {
            unsafe {
                let w = word(pc);
                let (left, right) = (value(fp, w.b()), value(fp, w.c()));
                if kind_of(left) != types::INT || kind_of(right) != types::INT {
                    miss!(CompareJump, pc, fp)
                }
                let holds = int_value(left) $operator int_value(right);
                settle(fp, w.b(), left, NOWHERE);
                settle(fp, w.c(), right, NOWHERE);
                follow!(pc, fp, holds)
            }
        }

        pub(super) unsafe fn $after(pc: Pc, fp: Fp, number: i64) -> Jump {
            unsafe {
                let (left, right, other, object) = operands!(INT int_value keep_int, pc, fp, number);
                settle(fp, other, object, NOWHERE);
                follow!(pc, fp, left $operator right)
            }
        }

        pub(super) unsafe fn $both(pc: Pc, fp: Fp, left: Slot, right: i64) -> Jump {
            unsafe {
                if kind_of(left) != types::INT {
                    return keep_both_int(pc, fp, left, right);
                }
                follow!(pc, fp, int_value(left) $operator right)
            }
        }

        pub(super) unsafe fn $pair(pc: Pc, fp: Fp, left: Slot, right: Slot) -> Jump {
            unsafe {
                if kind_of(left) != types::INT || kind_of(right) != types::INT {
                    return keep_pair(pc, fp, left, right);
                }
                follow!(pc, fp, int_value(left) $operator int_value(right))
            }
        }
    };
}

/// The same with a constant.
macro_rules! int_const_jump {
    ($name:ident $temps:ident $back:ident $step:ident $after:ident, $operator:tt) => {
        #[inline(always)]
        unsafe fn $step(pc: Pc, fp: Fp) -> Jump {
            unsafe {
                let left = *fp.add(word(pc).b() as usize);
                if kind_of(left) != types::INT {
                    miss!(CompareJumpConst, pc, fp)
                }
                follow!(pc, fp, int_value(left) $operator (*pc.add(2)).get() as i64)
            }
        }

        first_step!($name $back $step);

        pub(in crate::interpreter) unsafe fn $temps(pc: Pc, fp: Fp) -> Jump {
            unsafe {
                let w = word(pc);
                let left = value(fp, w.b());
                if kind_of(left) != types::INT {
                    miss!(CompareJumpConst, pc, fp)
                }
                let holds = int_value(left) $operator (*pc.add(2)).get() as i64;
                settle(fp, w.b(), left, NOWHERE);
                follow!(pc, fp, holds)
            }
        }

        pub(super) unsafe fn $after(pc: Pc, fp: Fp, number: i64) -> Jump {
            unsafe { follow!(pc, fp, number $operator (*pc.add(2)).get() as i64) }
        }
    };
}

/// The handlers of a comparison of variables, and of the jump back to one.
macro_rules! first_step {
    ($name:ident $back:ident $step:ident) => {
        pub(in crate::interpreter) unsafe fn $name(pc: Pc, fp: Fp) -> Jump {
            unsafe { $step(pc, fp) }
        }

        pub(in crate::interpreter) unsafe fn $back(pc: Pc, fp: Fp) -> Jump {
            unsafe {
                if pending_bits() != 0 {
                    return jump_pending(pc, fp);
                }
                let target = pc.offset(word(pc).jump() as isize);
                if word(target).op() != Op::$name as u16 {
                    rewrite(pc, Op::JumpBack);
                    jump!(target, fp)
                }
                $step(target, fp)
            }
        }
    };
}

int_jump!(LtIntJump LtIntJumpTemps JumpBackLtInt lt_int after_lt_int_jump both_lt_int_jump pair_lt_int_jump, <);
int_jump!(LeIntJump LeIntJumpTemps JumpBackLeInt le_int after_le_int_jump both_le_int_jump pair_le_int_jump, <=);
int_jump!(EqIntJump EqIntJumpTemps JumpBackEqInt eq_int after_eq_int_jump both_eq_int_jump pair_eq_int_jump, ==);
int_jump!(NeIntJump NeIntJumpTemps JumpBackNeInt ne_int after_ne_int_jump both_ne_int_jump pair_ne_int_jump, !=);
int_jump!(GtIntJump GtIntJumpTemps JumpBackGtInt gt_int after_gt_int_jump both_gt_int_jump pair_gt_int_jump, >);
int_jump!(GeIntJump GeIntJumpTemps JumpBackGeInt ge_int after_ge_int_jump both_ge_int_jump pair_ge_int_jump, >=);

int_const_jump!(LtIntConstJump LtIntConstJumpTemps JumpBackLtIntConst lt_int_const after_lt_int_const_jump, <);
int_const_jump!(LeIntConstJump LeIntConstJumpTemps JumpBackLeIntConst le_int_const after_le_int_const_jump, <=);
int_const_jump!(EqIntConstJump EqIntConstJumpTemps JumpBackEqIntConst eq_int_const after_eq_int_const_jump, ==);
int_const_jump!(NeIntConstJump NeIntConstJumpTemps JumpBackNeIntConst ne_int_const after_ne_int_const_jump, !=);
int_const_jump!(GtIntConstJump GtIntConstJumpTemps JumpBackGtIntConst gt_int_const after_gt_int_const_jump, >);
int_const_jump!(GeIntConstJump GeIntConstJumpTemps JumpBackGeIntConst ge_int_const after_ge_int_const_jump, >=);

/// Goes where a comparison of floats leads, which jumps if it is true or if it is not.
macro_rules! follow_float {
    ($pc:expr, $fp:expr, $left:expr, $right:expr) => {{
        let (pc, fp): (Pc, Fp) = ($pc, $fp);
        let a = word(pc).a();
        follow!(pc, fp, float_comparison_holds(comparison_in(a), $left, $right) == (a & 1 == 1))
    }};
}

pub(in crate::interpreter) unsafe fn FloatJump(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let w = word(pc);
        let (left, right) = (value(fp, w.b()), value(fp, w.c()));
        if kind_of(left) != types::FLOAT || kind_of(right) != types::FLOAT {
            miss!(CompareJump, pc, fp)
        }
        let (a, b) = (float_value(left), float_value(right));
        settle(fp, w.b(), left, NOWHERE);
        settle(fp, w.c(), right, NOWHERE);
        follow_float!(pc, fp, a, b)
    }
}

pub(super) unsafe fn after_float_jump(pc: Pc, fp: Fp, number: f64) -> Jump {
    unsafe {
        let (left, right, other, object) = operands!(FLOAT float_value keep_float, pc, fp, number);
        settle(fp, other, object, NOWHERE);
        follow_float!(pc, fp, left, right)
    }
}

pub(super) unsafe fn both_float_jump(pc: Pc, fp: Fp, left: Slot, right: f64) -> Jump {
    unsafe {
        if kind_of(left) != types::FLOAT {
            return keep_both_float(pc, fp, left, right);
        }
        follow_float!(pc, fp, float_value(left), right)
    }
}

pub(super) unsafe fn pair_float_jump(pc: Pc, fp: Fp, left: Slot, right: Slot) -> Jump {
    unsafe {
        if kind_of(left) != types::FLOAT || kind_of(right) != types::FLOAT {
            return keep_pair(pc, fp, left, right);
        }
        follow_float!(pc, fp, float_value(left), float_value(right))
    }
}

/// Whether Lt Le Eq Ne Gt Ge, by number, holds for two strings whose first characters tell, or which have no others.
#[inline(always)]
unsafe fn compare_first(left: Slot, right: Slot, comparison: u16) -> Option<bool> {
    // The comparisons that hold for less, for equal and for greater, a bit each.
    const LESS: u32 = 0b001011;
    const EQUAL: u32 = 0b100110;
    const GREATER: u32 = 0b111000;
    unsafe {
        let (left, right) = (payload::<Str>(left), payload::<Str>(right));
        if !str::are_latin1(left, right) {
            return None;
        }
        let holding = match (left.items(), right.items()) {
            ([a, ..], [b, ..]) if a != b => {
                if a < b {
                    LESS
                } else {
                    GREATER
                }
            }
            ([_], [_]) => EQUAL,
            _ => return None,
        };
        Some(holding >> comparison & 1 == 1)
    }
}

/// Whether Lt Le Eq Ne Gt Ge, by number, holds for two strings.
#[inline(never)]
unsafe fn compare_text(left: Slot, right: Slot, comparison: u16) -> bool {
    unsafe {
        let (left_text, right_text) = (payload::<Str>(left), payload::<Str>(right));
        match comparison {
            2 | 3 => (left == right || str::equal_payloads(left_text, right_text)) == (comparison == 2),
            _ => {
                let ordering = str::order(left_text, right_text);
                match comparison {
                    0 => ordering.is_lt(),
                    1 => ordering.is_le(),
                    4 => ordering.is_gt(),
                    _ => ordering.is_ge(),
                }
            }
        }
    }
}

/// Releases a consumed operand whatever it is, in the middle of a handler that goes on at `pc`.
macro_rules! release_operand {
    ($fp:expr, $operand:expr, $pending:ident) => {
        if $operand & CONSUME != 0 {
            let place = slot($fp, $operand);
            let old = *place;
            *place = unbound();
            if decrement(old) {
                $pending = old;
            }
        }
    };
}

/// Releases both operands, of which at most one may die, and goes on at `$target`.
macro_rules! release_and_go {
    ($pc:expr, $fp:expr, $w:expr, $target:expr) => {{
        let target = $target;
        let mut pending = std::ptr::null_mut();
        release_operand!($fp, $w.b(), pending);
        release_operand!($fp, $w.c(), pending);
        if !pending.is_null() {
            return drop_and_jump($pc, $fp, pending, target);
        }
        jump!(target, $fp)
    }};
}

pub(super) use {release_and_go, release_operand};

pub(in crate::interpreter) unsafe fn StrJump(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let w = word(pc);
        let (left, right) = (value(fp, w.b()), value(fp, w.c()));
        if !is_of(left, types::STR) || !is_of(right, types::STR) || w.b() & w.c() & CONSUME != 0 {
            miss!(CompareJump, pc, fp)
        }
        let Some(holds) = compare_first(left, right, w.a() >> 1) else { return str_jump(pc, fp) };
        let target =
            if holds == (w.a() & 1 == 1) { pc.offset(word(pc.add(1)).lo() as isize) } else { pc.add(3) };
        release_and_go!(pc, fp, w, target)
    }
}

/// [`StrJump`] where the first characters do not tell.
#[inline(never)]
unsafe fn str_jump(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let w = word(pc);
        let holds = compare_text(value(fp, w.b()), value(fp, w.c()), w.a() >> 1);
        let target =
            if holds == (w.a() & 1 == 1) { pc.offset(word(pc.add(1)).lo() as isize) } else { pc.add(3) };
        release_and_go!(pc, fp, w, target)
    }
}

/// Jumps or goes on as a comparison of an operand with a constant holds, and releases the operand.
macro_rules! follow_and_release {
    ($pc:expr, $fp:expr, $w:expr, $holds:expr) => {{
        let target =
            if $holds == ($w.a() & 1 == 1) { $pc.offset(word($pc.add(1)).lo() as isize) } else { $pc.add(3) };
        let mut pending = std::ptr::null_mut();
        release_operand!($fp, $w.b(), pending);
        if !pending.is_null() {
            return drop_and_jump($pc, $fp, pending, target);
        }
        jump!(target, $fp)
    }};
}

pub(in crate::interpreter) unsafe fn StrConstJump(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let w = word(pc);
        let left = value(fp, w.b());
        if !is_of(left, types::STR) {
            miss!(CompareJumpConst, pc, fp)
        }
        let right = (*pc.add(2)).get() as usize as Slot;
        let comparison = comparison_in(w.a());
        // Two interned strings are equal only if they are one.
        let told = left == right || kind_of(left) & kind_of(right) & INTERNED != 0;
        let holds = if told && (comparison == 2 || comparison == 3) {
            (left == right) == (comparison == 2)
        } else if let Some(holds) = compare_first(left, right, comparison) {
            holds
        } else {
            return str_const_jump(pc, fp);
        };
        follow_and_release!(pc, fp, w, holds)
    }
}

/// [`StrConstJump`] where the first characters do not tell.
#[inline(never)]
unsafe fn str_const_jump(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let w = word(pc);
        let holds = compare_text(value(fp, w.b()), (*pc.add(2)).get() as usize as Slot, comparison_in(w.a()));
        follow_and_release!(pc, fp, w, holds)
    }
}

macro_rules! name_jump {
    ($name:ident, $operator:tt) => {
        pub(in crate::interpreter) unsafe fn $name(pc: Pc, fp: Fp) -> Jump {
            unsafe {
                let w = word(pc);
                let left = value(fp, w.b());
                if kind_of(left) & (TYPE_MASK | INTERNED) != types::STR | INTERNED {
                    miss!(StrConstJump, pc, fp)
                }
                if left as u64 $operator (*pc.add(2)).get() {
                    jump!(pc.offset(word(pc.add(1)).lo() as isize), fp)
                }
                jump!(pc.add(3), fp)
            }
        }
    };
}

name_jump!(EqNameJump, ==);
name_jump!(NeNameJump, !=);

/// The number of the comparison of an operand with a constant, whichever is on the left.
#[inline(always)]
fn comparison_in(a: u16) -> u16 {
    a >> 1 & 7
}

/// The comparison that jumps when it holds.
pub(super) fn effective(a: u16) -> u16 {
    // Lt Le Eq Ne Gt Ge; the opposite of each.
    const OPPOSITE: [u16; 6] = [5, 4, 3, 2, 1, 0];
    let comparison = comparison_in(a);
    if a & 1 == 1 { comparison } else { OPPOSITE[comparison as usize] }
}

/// Type and flags of a number; the type of a string, whose flags do not matter.
fn kind_for_comparison(object: &Ref) -> u32 {
    if object.header().type_index() == types::STR { types::STR } else { object.header().kind() }
}

/// Rewrites a comparison and jump.
#[inline(always)]
pub(crate) unsafe fn specialise_compare_jump(pc: Pc, left: &Ref, right: &Ref) {
    let native = compare_natively(left, right);
    let (left, right) = (kind_for_comparison(left), kind_for_comparison(right));
    if left != right && !native {
        return;
    }
    unsafe {
        let a = word(pc).a();
        let op = match left {
            types::INT if (word(pc).b() | word(pc).c()) & CONSUME == 0 => {
                [Op::LtIntJump, Op::LeIntJump, Op::EqIntJump, Op::NeIntJump, Op::GtIntJump, Op::GeIntJump]
                    [effective(a) as usize]
            }
            types::INT => {
                const OPS: [Op; 6] = [
                    Op::LtIntJumpTemps,
                    Op::LeIntJumpTemps,
                    Op::EqIntJumpTemps,
                    Op::NeIntJumpTemps,
                    Op::GtIntJumpTemps,
                    Op::GeIntJumpTemps,
                ];
                OPS[effective(a) as usize]
            }
            types::FLOAT => Op::FloatJump,
            types::STR => Op::StrJump,
            _ if native => Op::CompareJumpNative,
            _ => return,
        };
        if may_rewrite(pc) {
            rewrite(pc, op);
        }
    }
}

/// Rewrites a comparison with a constant and jump.
#[inline(always)]
pub(crate) unsafe fn specialise_compare_jump_const(pc: Pc, left_object: &Ref, right: &Ref) {
    let (left, kind) = (kind_for_comparison(left_object), kind_for_comparison(right));
    if left != kind && (left != types::FLOAT || kind != types::INT) {
        return;
    }
    unsafe {
        let a = word(pc).a();
        match left {
            types::FLOAT => {
                // An int constant is compared as a float where it has the same value as one.
                let constant = match right.payload::<Int>().map(|int| int.value.get()) {
                    Some(int) if int.unsigned_abs() <= 1 << 53 => int as f64,
                    Some(_) => return,
                    None => payload::<Float>(right.as_ptr()).value.get(),
                };
                if may_rewrite(pc) {
                    (*pc.add(2)).set(constant.to_bits());
                    rewrite(pc, Op::FloatConstJump);
                }
            }
            types::INT => {
                let Some(value) = right.payload::<Int>().map(|int| int.value.get()) else { return };
                if may_rewrite(pc) {
                    (*pc.add(2)).set(value as u64);
                    const OPS: [[Op; 2]; 6] = [
                        [Op::LtIntConstJump, Op::LtIntConstJumpTemps],
                        [Op::LeIntConstJump, Op::LeIntConstJumpTemps],
                        [Op::EqIntConstJump, Op::EqIntConstJumpTemps],
                        [Op::NeIntConstJump, Op::NeIntConstJumpTemps],
                        [Op::GtIntConstJump, Op::GtIntConstJumpTemps],
                        [Op::GeIntConstJump, Op::GeIntConstJumpTemps],
                    ];
                    let temporary = usize::from(word(pc).b() & CONSUME != 0);
                    rewrite(pc, OPS[effective(a) as usize][temporary]);
                }
            }
            types::STR if may_rewrite(pc) => {
                (*pc.add(2)).set(right.address() as u64);
                let interned = left_object.header().kind() & right.header().kind() & INTERNED != 0;
                let op = match effective(a) {
                    // Interned strings are equal only if they are one.
                    2 if interned && word(pc).b() & CONSUME == 0 => Op::EqNameJump,
                    3 if interned && word(pc).b() & CONSUME == 0 => Op::NeNameJump,
                    _ => Op::StrConstJump,
                };
                rewrite(pc, op);
            }
            _ => {}
        }
    }
}

/// Whether Lt Le Eq Ne Gt Ge, by number, holds for two floats.
#[inline(always)]
fn float_comparison_holds(comparison: u16, left: f64, right: f64) -> bool {
    match comparison {
        0 => left < right,
        1 => left <= right,
        2 => left == right,
        3 => left != right,
        4 => left > right,
        _ => left >= right,
    }
}

pub(in crate::interpreter) unsafe fn FloatConstJump(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let w = word(pc);
        let left = value(fp, w.b());
        if kind_of(left) != types::FLOAT {
            miss!(CompareJumpConst, pc, fp)
        }
        let number = float_value(left);
        settle(fp, w.b(), left, NOWHERE);
        follow_float!(pc, fp, number, f64::from_bits((*pc.add(2)).get()))
    }
}

pub(super) unsafe fn after_float_const_jump(pc: Pc, fp: Fp, number: f64) -> Jump {
    unsafe { follow_float!(pc, fp, number, f64::from_bits((*pc.add(2)).get())) }
}
