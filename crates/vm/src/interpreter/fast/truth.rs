//! Specialised handlers: jumps by the truth of a value, and by whether it is None.
#![allow(non_snake_case, reason = "a handler is called as its operation")]

use super::*;

/// Whether the jump behind an operation with a constant asks only whether its int result is one constant, or zero.
pub(super) unsafe fn is_tested(pc: Pc) -> bool {
    unsafe {
        let next = word(pc.add(2));
        let consumed = |operand: u16| operand & CONSUME != 0 && operand & SLOT == word(pc).a();
        let is_one_of = |ops: &[Op]| ops.iter().any(|&op| next.op() == op as u16);
        if is_one_of(&[Op::JumpIfTrue, Op::JumpIfFalse]) {
            return consumed(next.a());
        }
        is_one_of(&[Op::CompareJumpConst, Op::EqIntConstJumpTemps, Op::NeIntConstJumpTemps])
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
                    op if op == Op::EqIntConstJumpTemps as u16 => {
                        (result == (*next.add(2)).get() as i64, word(next.add(1)).lo(), 3)
                    }
                    op if op == Op::NeIntConstJumpTemps as u16 => {
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

/// Whether an object is true, where nothing has to run to tell: numbers, containers, and instances whose class does not say.
#[inline(always)]
pub(super) unsafe fn plain_truth(object: Slot) -> Option<bool> {
    unsafe {
        Some(match type_of(object) {
            types::NONE => false,
            types::LIST => !(&*payload::<List>(object).items.as_ptr()).is_empty(),
            types::TUPLE => !payload::<Tuple>(object).items().is_empty(),
            types::DICT => !(&*payload::<Dict>(object).table.as_ptr()).is_empty(),
            types::SET | types::FROZENSET => !payload::<Set>(object).is_empty(),
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
        pub(in crate::interpreter) unsafe fn $name(pc: Pc, fp: Fp) -> Jump {
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
                    // True and False are the only objects of their type, and immortal.
                    kind if kind & TYPE_MASK == types::BOOL => {
                        if w.a() & CONSUME != 0 {
                            *place = unbound();
                            release_immortal(object);
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
        unsafe fn $plain(pc: Pc, fp: Fp) -> Jump {
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
pub(super) unsafe fn jump_if_true(pc: Pc, fp: Fp) -> Jump {
    unsafe { go_on(crate::interpreter::basic::jump_if(pc, fp, true)) }
}

#[inline(never)]
pub(super) unsafe fn jump_if_false(pc: Pc, fp: Fp) -> Jump {
    unsafe { go_on(crate::interpreter::basic::jump_if(pc, fp, false)) }
}

slow!(jump_if_none, crate::interpreter::basic::JumpIfNone);
slow!(jump_if_not_none, crate::interpreter::basic::JumpIfNotNone);

macro_rules! none_jump {
    ($name:ident, $slowly:ident, $wanted:literal) => {
        pub(in crate::interpreter) unsafe fn $name(pc: Pc, fp: Fp) -> Jump {
            unsafe {
                let w = word(pc);
                let place = slot(fp, w.a());
                let object = *place;
                if object == unbound() {
                    return $slowly(pc, fp);
                }
                let next = if (is_of(object, types::NONE)) == $wanted {
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

/// The value of an attribute that the jump behind it asks about, as [`LoadAttrSlotFresh`](super::attributes) finds it, or the
/// way of that.
macro_rules! attribute_asked {
    ($pc:expr, $fp:expr) => {{
        let cache = word($pc.add(1));
        let object = *$fp.add(word($pc).b() as usize);
        if !has_shape(object, word($pc.add(2)).lo() as u32, cache.hi()) {
            miss!(LoadAttr, $pc, $fp)
        }
        let found = *place_of(object, cache.lo());
        if found.is_null() {
            tail!(LoadAttr, $pc, $fp)
        }
        found
    }};
}

/// `object.attribute is None` and the jump by it: the value is only looked at where it stands.
pub(in crate::interpreter) unsafe fn LoadAttrSlotNone(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let found = attribute_asked!(pc, fp);
        let jump = pc.add(3);
        let jumps = is_of(found, types::NONE) == (word(jump).op() == Op::JumpIfNone as u16);
        if jumps { jump!(jump.offset(word(jump).jump() as isize), fp) } else { jump!(jump.add(1), fp) }
    }
}

/// The truth of `object.attribute` and the jump by it, where it is a number, a truth or None; others are loaded.
pub(in crate::interpreter) unsafe fn LoadAttrSlotTruth(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let found = attribute_asked!(pc, fp);
        let jump = pc.add(3);
        let truth = match kind_of(found) & TYPE_MASK {
            types::INT | types::BOOL => int_value(found) != 0,
            types::NONE => false,
            _ => {
                increment(found);
                put_fresh!(jump, fp, word(pc).a(), found)
            }
        };
        let jumps = truth == (word(jump).op() == Op::JumpIfTrue as u16);
        if jumps { jump!(jump.offset(word(jump).jump() as isize), fp) } else { jump!(jump.add(1), fp) }
    }
}
