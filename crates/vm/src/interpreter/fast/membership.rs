//! Specialised handlers: identity and membership.
#![allow(non_snake_case, reason = "a handler is called as its operation")]

use ouro_heap::table::Sought;

use super::{
    jumps::{release_and_go, release_operand},
    *,
};

slow!(is_jump, crate::interpreter::basic::IsJump);
slow!(is_op, crate::interpreter::basic::IsOp);

pub(in crate::interpreter) unsafe fn IsJump(pc: Pc, fp: Fp) -> Jump {
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
pub(in crate::interpreter) unsafe fn IsOp(pc: Pc, fp: Fp) -> Jump {
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
        if is_of(container, types::DICT) && is_of(element, types::STR) {
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
        let is_int = is_of(element, types::INT);
        if is_int && matches!(type_of(container), types::SET | types::FROZENSET) {
            return set::contains_int(payload::<Set>(container), int_value(element));
        }
        if !is_int && both_consumed {
            return None;
        }
        if is_of(container, types::DICT) {
            return match seek(container, element) {
                Sought::At(..) => Some(true),
                Sought::Nowhere => Some(false),
                Sought::Doubtful => contains_plain(container, element),
            };
        }
        contains_plain(container, element)
    }
}

/// The same where the first place of the element's hash tells, without a call.
#[inline(always)]
unsafe fn contained_at_first_sight(element: Slot, container: Slot) -> Option<bool> {
    unsafe {
        if is_of(container, types::DICT) {
            return match glance(container, element) {
                Sought::At(..) => Some(true),
                Sought::Nowhere => Some(false),
                Sought::Doubtful => None,
            };
        }
        if is_of(element, types::INT) && matches!(type_of(container), types::SET | types::FROZENSET) {
            return (*payload::<Set>(container).table.as_ptr()).glance_number(int_value(element));
        }
        None
    }
}

/// Where a jump on membership goes on.
#[inline(always)]
unsafe fn target_of(pc: Pc, found: bool) -> Pc {
    unsafe { if found == (word(pc).a() == 1) { pc.offset(word(pc.add(1)).lo() as isize) } else { pc.add(2) } }
}

/// An int in a set; each other case is a function of its own, so that none saves registers.
pub(in crate::interpreter) unsafe fn ContainsJump(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let w = word(pc);
        let (element, container) = (value(fp, w.b()), value(fp, w.c()));
        if !matches!(type_of(container), types::SET | types::FROZENSET) {
            return contains_jump_in_dict(pc, fp);
        }
        if kind_of(element) != types::INT || w.c() & CONSUME != 0 && (*container).count() == 1 {
            return contains_jump_seeking(pc, fp);
        }
        let table = &*payload::<Set>(container).table.as_ptr();
        let Some(found) = table.glance_number(int_value(element)) else {
            return contains_jump_walking(pc, fp);
        };
        jump_on_number(pc, fp, found)
    }
}

/// An int in a dictionary.
#[inline(never)]
unsafe fn contains_jump_in_dict(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let w = word(pc);
        let (element, container) = (value(fp, w.b()), value(fp, w.c()));
        if !is_of(container, types::DICT) || w.c() & CONSUME != 0 && (*container).count() == 1 {
            return contains_jump_seeking(pc, fp);
        }
        if kind_of(element) != types::INT {
            return contains_jump_of_name(pc, fp);
        }
        match (*payload::<Dict>(container).table.as_ptr()).glance_number(int_value(element)) {
            Sought::At(..) => jump_on_number(pc, fp, true),
            Sought::Nowhere => jump_on_number(pc, fp, false),
            Sought::Doubtful => contains_jump_seeking(pc, fp),
        }
    }
}

/// Goes on after an int was looked for in a container that somebody else holds, too.
#[inline(always)]
unsafe fn jump_on_number(pc: Pc, fp: Fp, found: bool) -> Jump {
    unsafe {
        let w = word(pc);
        let target = target_of(pc, found);
        give_up_shared(fp, w.c());
        settle(fp, w.b(), value(fp, w.b()), NOWHERE);
        jump!(target, fp)
    }
}

/// A string in a dictionary that somebody else holds, too.
#[inline(never)]
unsafe fn contains_jump_of_name(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let w = word(pc);
        let element = value(fp, w.b());
        let found = match glance(value(fp, w.c()), element) {
            Sought::At(..) => true,
            Sought::Nowhere => false,
            Sought::Doubtful => return contains_jump_seeking(pc, fp),
        };
        let target = target_of(pc, found);
        give_up_shared(fp, w.c());
        if w.b() & CONSUME != 0 {
            *slot(fp, w.b()) = unbound();
            if decrement(element) {
                return drop_and_jump(pc, fp, element, target);
            }
        }
        jump!(target, fp)
    }
}

/// The same for an int in a set that somebody else holds, too, where some places have to be looked at.
#[inline(never)]
unsafe fn contains_jump_walking(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let w = word(pc);
        let (element, container) = (value(fp, w.b()), value(fp, w.c()));
        let Some(found) = (*payload::<Set>(container).table.as_ptr()).has_number(int_value(element)) else {
            return contains_jump_seeking(pc, fp);
        };
        jump_on_number(pc, fp, found)
    }
}

/// The same where it takes more than a glance.
#[inline(never)]
unsafe fn contains_jump_seeking(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let w = word(pc);
        let (element, container) = (value(fp, w.b()), value(fp, w.c()));
        let Some(found) = contained(element, container, w.b() & w.c() & CONSUME != 0) else {
            return contains_jump(pc, fp);
        };
        let target = target_of(pc, found);
        let mut pending = std::ptr::null_mut();
        if is_of(element, types::INT) {
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
        if ends_with(w.b(), element) || ends_with(w.c(), container) {
            return contains_op(pc, fp);
        }
        match contained_at_first_sight(element, container) {
            Some(found) => give_contained(pc, fp, found),
            None => contains_op_seeking(pc, fp),
        }
    }
}

/// The same where it takes more than a glance.
#[inline(never)]
unsafe fn contains_op_seeking(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let w = word(pc);
        match contained(value(fp, w.b()), value(fp, w.c()), w.b() & w.c() & CONSUME != 0) {
            Some(found) => give_contained(pc, fp, found),
            None => contains_op(pc, fp),
        }
    }
}

/// Whether an object that is no number ends with an operand.
#[inline(always)]
unsafe fn ends_with(operand: u16, object: Slot) -> bool {
    unsafe { operand & CONSUME != 0 && !goes_quietly(object) }
}

/// Releases the operands, with which no object but a number ends, and gives whether one is in the other.
#[inline(always)]
unsafe fn give_contained(pc: Pc, fp: Fp, found: bool) -> Jump {
    unsafe {
        let w = word(pc);
        let element = value(fp, w.b());
        give_up_shared(fp, w.c());
        if is_of(element, types::INT) {
            settle(fp, w.b(), element, w.a());
        } else if w.b() & CONSUME != 0 {
            direct::give_up_quietly(slot(fp, w.b()));
        }
        super::numbers::give_truth(pc.add(2), fp, w.a(), found != (word(pc.add(1)).lo() == 1))
    }
}
