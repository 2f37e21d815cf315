//! Specialised handlers: comparisons and jumps.
#![allow(non_snake_case, reason = "a handler is called as its operation")]

use super::{chains::*, *};
use ouro_heap::table::Sought;

/// Goes where a comparison of ints leads.
macro_rules! follow {
    ($pc:expr, $fp:expr, $holds:expr) => {{
        let (pc, fp): (Pc, Fp) = ($pc, $fp);
        if $holds { jump!(pc.offset(word(pc.add(1)).lo() as isize), fp) } else { jump!(pc.add(3), fp) }
    }};
}

/// A comparison of two ints, or of one with a constant; also of one that was handed on (see [`chains`]).
macro_rules! int_jump {
    ($name:ident $after:ident $both:ident $pair:ident, $const_name:ident $after_const:ident, $operator:tt) => {
        pub(in crate::interpreter) unsafe fn $name(pc: Pc, fp: Fp) -> Jump {
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

        pub(in crate::interpreter) unsafe fn $const_name(pc: Pc, fp: Fp) -> Jump {
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

        pub(super) unsafe fn $after_const(pc: Pc, fp: Fp, number: i64) -> Jump {
            unsafe { follow!(pc, fp, number $operator (*pc.add(2)).get() as i64) }
        }
    };
}

int_jump!(LtIntJump after_lt_int_jump both_lt_int_jump pair_lt_int_jump, LtIntConstJump after_lt_int_const_jump, <);
int_jump!(LeIntJump after_le_int_jump both_le_int_jump pair_le_int_jump, LeIntConstJump after_le_int_const_jump, <=);
int_jump!(EqIntJump after_eq_int_jump both_eq_int_jump pair_eq_int_jump, EqIntConstJump after_eq_int_const_jump, ==);
int_jump!(NeIntJump after_ne_int_jump both_ne_int_jump pair_ne_int_jump, NeIntConstJump after_ne_int_const_jump, !=);
int_jump!(GtIntJump after_gt_int_jump both_gt_int_jump pair_gt_int_jump, GtIntConstJump after_gt_int_const_jump, >);
int_jump!(GeIntJump after_ge_int_jump both_ge_int_jump pair_ge_int_jump, GeIntConstJump after_ge_int_const_jump, >=);

/// Goes where a comparison of floats leads, which jumps if it is true or if it is not.
macro_rules! follow_float {
    ($pc:expr, $fp:expr, $left:expr, $right:expr) => {{
        let (pc, fp): (Pc, Fp) = ($pc, $fp);
        let a = word(pc).a();
        follow!(pc, fp, float_comparison_holds(a >> 1, $left, $right) == (a & 1 == 1))
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

pub(in crate::interpreter) unsafe fn StrJump(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let w = word(pc);
        let (left, right) = (value(fp, w.b()), value(fp, w.c()));
        if type_of(left) != types::STR || type_of(right) != types::STR || w.b() & w.c() & CONSUME != 0 {
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

pub(in crate::interpreter) unsafe fn StrConstJump(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let w = word(pc);
        let left = value(fp, w.b());
        if type_of(left) != types::STR {
            miss!(CompareJumpConst, pc, fp)
        }
        let right = (*pc.add(2)).get() as usize as Slot;
        let comparison = w.a() >> 1;
        // Two interned strings are equal only if they are one.
        let told = left == right || kind_of(left) & kind_of(right) & INTERNED != 0;
        let holds = if told && (comparison == 2 || comparison == 3) {
            (left == right) == (comparison == 2)
        } else {
            compare_text(left, right, comparison)
        };
        let target =
            if holds == (w.a() & 1 == 1) { pc.offset(word(pc.add(1)).lo() as isize) } else { pc.add(3) };
        let mut pending = std::ptr::null_mut();
        release_operand!(fp, w.b(), pending);
        if !pending.is_null() {
            return drop_and_jump(pc, fp, pending, target);
        }
        jump!(target, fp)
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

/// The comparison that jumps when it holds.
pub(super) fn effective(a: u16) -> u16 {
    // Lt Le Eq Ne Gt Ge; the opposite of each.
    const OPPOSITE: [u16; 6] = [5, 4, 3, 2, 1, 0];
    let comparison = a >> 1;
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
            types::INT => {
                [Op::LtIntJump, Op::LeIntJump, Op::EqIntJump, Op::NeIntJump, Op::GtIntJump, Op::GeIntJump]
                    [effective(a) as usize]
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
                    const OPS: [Op; 6] = [
                        Op::LtIntConstJump,
                        Op::LeIntConstJump,
                        Op::EqIntConstJump,
                        Op::NeIntConstJump,
                        Op::GtIntConstJump,
                        Op::GeIntConstJump,
                    ];
                    rewrite(pc, OPS[effective(a) as usize]);
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

pub(in crate::interpreter) unsafe fn Jump(pc: Pc, fp: Fp) -> crate::interpreter::core::Jump {
    unsafe { jump!(pc.offset(word(pc).jump() as isize), fp) }
}

pub(in crate::interpreter) unsafe fn JumpBack(pc: Pc, fp: Fp) -> crate::interpreter::core::Jump {
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
        pub(in crate::interpreter) unsafe fn $name(pc: Pc, fp: Fp) -> crate::interpreter::core::Jump {
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

/// Whether the jump behind an operation with a constant asks only whether its int result is one constant, or zero.
pub(super) unsafe fn is_tested(pc: Pc) -> bool {
    unsafe {
        let next = word(pc.add(2));
        let consumed = |operand: u16| operand & CONSUME != 0 && operand & SLOT == word(pc).a();
        let is_one_of = |ops: &[Op]| ops.iter().any(|&op| next.op() == op as u16);
        if is_one_of(&[Op::JumpIfTrue, Op::JumpIfFalse]) {
            return consumed(next.a());
        }
        is_one_of(&[Op::CompareJumpConst, Op::EqIntConstJump, Op::NeIntConstJump])
            && matches!(effective(next.a()), 2 | 3)
            && consumed(next.b())
    }
}

/// `left % constant` or `left & constant`, together with the jump that follows, as [`is_tested`] has found it: the result
/// becomes no object.
macro_rules! tested_operation {
    ($name:ident, $general:ident, |$left:ident, $right:ident| $result:expr) => {
        pub(in crate::interpreter) unsafe fn $name(pc: Pc, fp: Fp) -> Jump {
            unsafe {
                let w = word(pc);
                let left = value(fp, w.b());
                if kind_of(left) != types::INT {
                    miss!(BinaryOpConst, pc, fp)
                }
                let ($left, $right) = (int_value(left), word(pc.add(1)).hi() as i32 as i64);
                let next = pc.add(2);
                let Some(result) = $result else { tail!(BinaryOpConst, pc, fp) };
                let (jumps, offset, behind) = match (*next).get() as u16 {
                    op if op == Op::EqIntConstJump as u16 => {
                        (result == (*next.add(2)).get() as i64, word(next.add(1)).lo(), 3)
                    }
                    op if op == Op::NeIntConstJump as u16 => {
                        (result != (*next.add(2)).get() as i64, word(next.add(1)).lo(), 3)
                    }
                    op if op == Op::JumpIfTrue as u16 => (result != 0, word(next).jump(), 1),
                    op if op == Op::JumpIfFalse as u16 => (result == 0, word(next).jump(), 1),
                    // The comparison has not been rewritten yet, or is a general one again.
                    _ => tail!($general, pc, fp),
                };
                settle(fp, w.b(), left, NOWHERE);
                if jumps { jump!(next.offset(offset as isize), fp) } else { jump!(next.add(behind), fp) }
            }
        }
    };
}

tested_operation!(ModIntConstTest, ModIntConstTemps, |left, right| modulo(left, right));
tested_operation!(AndIntConstTest, AndIntConstTemps, |left, right| Some(left & right));

/// Whether what [`is_tested`] has found is the truth of an operation on a variable.
pub(super) unsafe fn is_truth_of_variable(pc: Pc) -> bool {
    unsafe {
        let next = word(pc.add(2)).op();
        word(pc).b() & CONSUME == 0 && (next == Op::JumpIfTrue as u16 || next == Op::JumpIfFalse as u16)
    }
}

/// [`tested_operation`] on a variable, whose truth the jump that follows asks for.
macro_rules! truth_operation {
    ($name:ident, |$left:ident, $right:ident| $result:expr) => {
        pub(in crate::interpreter) unsafe fn $name(pc: Pc, fp: Fp) -> Jump {
            unsafe {
                let left = *fp.add(word(pc).b() as usize);
                if kind_of(left) != types::INT {
                    miss!(BinaryOpConst, pc, fp)
                }
                let ($left, $right) = (int_value(left), word(pc.add(1)).hi() as i32 as i64);
                let Some(result) = $result else { tail!(BinaryOpConst, pc, fp) };
                let next = pc.add(2);
                if (result == 0) == (word(next).op() == Op::JumpIfFalse as u16) {
                    jump!(next.offset(word(next).jump() as isize), fp)
                }
                jump!(next.add(1), fp)
            }
        }
    };
}

truth_operation!(ModIntConstTruth, |left, right| modulo(left, right));
truth_operation!(AndIntConstTruth, |left, right| Some(left & right));

#[cold]
#[inline(never)]
pub(super) unsafe fn jump_pending(pc: Pc, fp: Fp) -> crate::interpreter::core::Jump {
    unsafe { go_on(crate::interpreter::basic::pending_jump(pc, fp)) }
}

/// Whether an object is true, where nothing has to run to tell: numbers, containers, and instances whose class does not say.
#[inline(always)]
unsafe fn plain_truth(object: Slot) -> Option<bool> {
    unsafe {
        Some(match type_of(object) {
            types::NONE => false,
            types::LIST => !(&*payload::<List>(object).items.as_ptr()).is_empty(),
            types::TUPLE => !payload::<Tuple>(object).items().is_empty(),
            types::DICT => (*payload::<Dict>(object).table.as_ptr()).len() != 0,
            types::SET | types::FROZENSET => payload::<Set>(object).len() != 0,
            types::STR => payload::<Str>(object).char_count() != 0,
            types::FLOAT => float_value(object) != 0.0,
            types::INT | types::BOOL => int_value(object) != 0,
            index if index >= ouro_heap::types::FIRST_DYNAMIC => {
                let object = peek(object);
                let slots = &Class::of(&object).slots.0;
                if slots.bool.get().is_some() || slots.len.get().is_some() {
                    return None;
                }
                true
            }
            _ => return None,
        })
    }
}

macro_rules! truth_jump {
    ($name:ident, $plain:ident, $general:ident, $wanted:literal) => {
        pub(in crate::interpreter) unsafe fn $name(pc: Pc, fp: Fp) -> crate::interpreter::core::Jump {
            unsafe {
                let w = word(pc);
                let place = slot(fp, w.a());
                let object = *place;
                let truth = match kind_of(object) & !ouro_heap::header::IDENTITY_TAKEN {
                    types::INT => {
                        let truth = int_value(object) != 0;
                        settle(fp, w.a(), object, NOWHERE);
                        truth
                    }
                    // True and False are the only objects of their type, and immortal: their count does not matter.
                    kind if kind & TYPE_MASK == types::BOOL => {
                        if w.a() & CONSUME != 0 {
                            *place = unbound();
                        }
                        int_value(object) != 0
                    }
                    _ => return $plain(pc, fp),
                };
                if truth == $wanted { jump!(pc.offset(w.jump() as isize), fp) } else { jump!(pc.add(1), fp) }
            }
        }

        /// The same for all other types.
        #[inline(never)]
        unsafe fn $plain(pc: Pc, fp: Fp) -> crate::interpreter::core::Jump {
            unsafe {
                let w = word(pc);
                let place = slot(fp, w.a());
                let object = *place;
                let Some(truth) = plain_truth(object) else { return $general(pc, fp) };
                let next = if truth == $wanted { pc.offset(w.jump() as isize) } else { pc.add(1) };
                if w.a() & CONSUME != 0 {
                    *place = unbound();
                    if decrement(object) {
                        return drop_and_jump(pc, fp, object, next);
                    }
                }
                jump!(next, fp)
            }
        }
    };
}

truth_jump!(JumpIfTrue, jump_if_true_plainly, jump_if_true, true);
truth_jump!(JumpIfFalse, jump_if_false_plainly, jump_if_false, false);

#[inline(never)]
pub(super) unsafe fn jump_if_true(pc: Pc, fp: Fp) -> crate::interpreter::core::Jump {
    unsafe { go_on(crate::interpreter::basic::jump_if(pc, fp, true)) }
}

#[inline(never)]
pub(super) unsafe fn jump_if_false(pc: Pc, fp: Fp) -> crate::interpreter::core::Jump {
    unsafe { go_on(crate::interpreter::basic::jump_if(pc, fp, false)) }
}

slow!(jump_if_none, crate::interpreter::basic::JumpIfNone);
slow!(jump_if_not_none, crate::interpreter::basic::JumpIfNotNone);
slow!(is_jump, crate::interpreter::basic::IsJump);
slow!(is_op, crate::interpreter::basic::IsOp);

macro_rules! none_jump {
    ($name:ident, $slowly:ident, $wanted:literal) => {
        pub(in crate::interpreter) unsafe fn $name(pc: Pc, fp: Fp) -> crate::interpreter::core::Jump {
            unsafe {
                let w = word(pc);
                let place = slot(fp, w.a());
                let object = *place;
                if object == unbound() {
                    return $slowly(pc, fp);
                }
                let next = if (type_of(object) == types::NONE) == $wanted {
                    pc.offset(w.jump() as isize)
                } else {
                    pc.add(1)
                };
                if w.a() & CONSUME != 0 {
                    *place = unbound();
                    if decrement(object) {
                        return drop_and_jump(pc, fp, object, next);
                    }
                }
                jump!(next, fp)
            }
        }
    };
}

none_jump!(JumpIfNone, jump_if_none, true);
none_jump!(JumpIfNotNone, jump_if_not_none, false);

pub(in crate::interpreter) unsafe fn IsJump(pc: Pc, fp: Fp) -> crate::interpreter::core::Jump {
    unsafe {
        let w = word(pc);
        let (left, right) = (value(fp, w.b()), value(fp, w.c()));
        if left == unbound() || right == unbound() || w.b() & w.c() & CONSUME != 0 {
            return is_jump(pc, fp);
        }
        let target = if (left == right) == (w.a() == 1) {
            pc.offset(word(pc.add(1)).lo() as isize)
        } else {
            pc.add(2)
        };
        release_and_go!(pc, fp, w, target)
    }
}

/// Whether two operands are one object, as a value. What would die here is left to the general handler.
pub(in crate::interpreter) unsafe fn IsOp(pc: Pc, fp: Fp) -> crate::interpreter::core::Jump {
    unsafe {
        let w = word(pc);
        let (left, right) = (value(fp, w.b()), value(fp, w.c()));
        let same = left == right;
        if left == unbound()
            || right == unbound()
            || w.b() & w.c() & CONSUME != 0 && same && (*left).count() == 2
            || w.b() & CONSUME != 0 && !goes_quietly(left)
            || w.c() & CONSUME != 0 && !goes_quietly(right)
        {
            return is_op(pc, fp);
        }
        for operand in [w.b(), w.c()] {
            if operand & CONSUME != 0 {
                give_up_quietly(slot(fp, operand));
            }
        }
        give_truth(pc.add(2), fp, w.a(), same != (word(pc.add(1)).lo() == 1))
    }
}

/// Whether an element is in a set or a dictionary, where no code has to run to tell.
#[inline(never)]
unsafe fn contains_plain(container: Slot, element: Slot) -> Option<bool> {
    unsafe {
        if type_of(container) == types::DICT && type_of(element) == types::STR {
            return match seek_text(container, element) {
                Sought::At(..) => Some(true),
                Sought::Nowhere => Some(false),
                Sought::Doubtful => None,
            };
        }
        let (container, element) =
            (&*(&raw const container).cast::<Ref>(), &*(&raw const element).cast::<Ref>());
        crate::protocol::item::contains_plain(container, element)
    }
}

slow!(contains_jump, crate::interpreter::basic::ContainsJump);
slow!(contains_op, crate::interpreter::basic::ContainsOp);

/// Whether an element is in a container, where that is found without running any code. If both are consumed, only for
/// an element that goes quietly.
#[inline(always)]
unsafe fn contained(element: Slot, container: Slot, both_consumed: bool) -> Option<bool> {
    unsafe {
        let is_int = type_of(element) == types::INT;
        if is_int && matches!(type_of(container), types::SET | types::FROZENSET) {
            return set::contains_int(payload::<Set>(container), int_value(element));
        }
        if !is_int && both_consumed {
            return None;
        }
        if type_of(container) == types::DICT {
            return match seek(container, element) {
                Sought::At(..) => Some(true),
                Sought::Nowhere => Some(false),
                Sought::Doubtful => contains_plain(container, element),
            };
        }
        contains_plain(container, element)
    }
}

pub(in crate::interpreter) unsafe fn ContainsJump(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let w = word(pc);
        let (element, container) = (value(fp, w.b()), value(fp, w.c()));
        let Some(found) = contained(element, container, w.b() & w.c() & CONSUME != 0) else {
            return contains_jump(pc, fp);
        };
        let target = if found == (w.a() == 1) { pc.offset(word(pc.add(1)).lo() as isize) } else { pc.add(2) };
        let mut pending = std::ptr::null_mut();
        if type_of(element) == types::INT {
            settle(fp, w.b(), element, NOWHERE);
        } else {
            release_operand!(fp, w.b(), pending);
        }
        release_operand!(fp, w.c(), pending);
        if !pending.is_null() {
            return drop_and_jump(pc, fp, pending, target);
        }
        jump!(target, fp)
    }
}

/// The same as a value. Operands that come to their end here are left to the general handler.
pub(in crate::interpreter) unsafe fn ContainsOp(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let w = word(pc);
        let (element, container) = (value(fp, w.b()), value(fp, w.c()));
        let dies = |operand: u16, object: Slot| operand & CONSUME != 0 && !goes_quietly(object);
        if dies(w.b(), element) || dies(w.c(), container) {
            return contains_op(pc, fp);
        }
        let Some(found) = contained(element, container, w.b() & w.c() & CONSUME != 0) else {
            return contains_op(pc, fp);
        };
        if type_of(element) == types::INT {
            settle(fp, w.b(), element, w.a());
        } else if w.b() & CONSUME != 0 {
            *slot(fp, w.b()) = unbound();
            if decrement(element) {
                give_box(element);
            }
        }
        if w.c() & CONSUME != 0 {
            *slot(fp, w.c()) = unbound();
            decrement(container);
        }
        super::numbers::give_truth(pc.add(2), fp, w.a(), found != (word(pc.add(1)).lo() == 1))
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
