//! Specialised handlers: iteration.
#![allow(non_snake_case, reason = "a handler is called as its operation")]

use super::*;

pub(in crate::interpreter) unsafe fn ForRange(pc: Pc, fp: Fp) -> Jump {
    unsafe { step_range(pc, fp) }
}

/// [`ForRange`], also as a part of the jump back to it.
#[inline(always)]
pub(super) unsafe fn step_range(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let w = word(pc);
        let object = value(fp, w.b());
        if type_of(object) != types::RANGE_ITERATOR {
            miss!(ForIter, pc, fp)
        }
        let iterator = payload::<RangeIterator>(object);
        let left = iterator.left.get();
        if left <= 0 {
            *slot(fp, w.b()) = unbound();
            let target = pc.offset(word(pc.add(1)).lo() as isize);
            if decrement(object) {
                return drop_and_jump(pc, fp, object, target);
            }
            jump!(target, fp)
        }
        let result = iterator.next.get();
        let place = slot(fp, w.a());
        let old = *place;
        let small = (SMALL_MIN..=SMALL_MAX).contains(&result);
        let fresh = if small {
            let small = *STACK.with(|stack| stack.small_ints.get()).add((result - SMALL_MIN) as usize);
            increment(small);
            small
        } else if header_word(old) == LONE_INT {
            iterator.left.set(left - 1);
            iterator.next.set(result.wrapping_add(iterator.step.get()));
            payload::<Int>(old).value.set(result);
            jump!(pc.add(3), fp)
        } else {
            let fresh = take_box();
            if fresh.is_null() {
                tail!(ForIter, pc, fp)
            }
            write_header(fresh, types::INT);
            payload::<Int>(fresh).value.set(result);
            fresh
        };
        iterator.left.set(left - 1);
        iterator.next.set(result.wrapping_add(iterator.step.get()));
        put!(pc.add(3), fp, w.a(), fresh)
    }
}

pub(in crate::interpreter) unsafe fn ForList(pc: Pc, fp: Fp) -> Jump {
    unsafe { step_list(pc, fp) }
}

/// [`ForList`], also as a part of the jump back to it.
#[inline(always)]
pub(super) unsafe fn step_list(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let w = word(pc);
        let object = value(fp, w.b());
        if type_of(object) != types::LIST_ITERATOR {
            miss!(ForIter, pc, fp)
        }
        let iterator = payload::<ListIterator>(object);
        let list = *iterator.list.as_ptr().cast::<Slot>();
        if list.is_null() {
            tail!(ForIter, pc, fp)
        }
        let items = payload::<List>(list).items.as_ptr();
        let index = iterator.index.get();
        if index >= (&*items).len() {
            tail!(ForIter, pc, fp)
        }
        iterator.index.set(index + 1);
        let item = *(&*items).as_ptr().add(index).cast::<Slot>();
        increment(item);
        put!(pc.add(3), fp, w.a(), item)
    }
}

/// The characters of an ASCII string are shared objects.
pub(in crate::interpreter) unsafe fn ForStr(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let w = word(pc);
        let object = value(fp, w.b());
        if type_of(object) != types::STR_ASCII_ITERATOR {
            miss!(ForIter, pc, fp)
        }
        let iterator = payload::<StrIterator>(object);
        let string = *iterator.string.as_ptr().cast::<Slot>();
        if string.is_null() {
            tail!(ForIter, pc, fp)
        }
        let index = iterator.index.get();
        let Some(&byte) = payload::<Str>(string).items().get(index) else { tail!(ForIter, pc, fp) };
        iterator.index.set(index + 1);
        let item = crate::state::shared().latin1.get_unchecked(byte as usize).as_ptr();
        increment(item);
        put!(pc.add(3), fp, w.a(), item)
    }
}

/// Rewrites an iteration.
#[inline(always)]
pub(crate) unsafe fn specialise_for_iter(pc: Pc, fp: Fp, iterator: &Ref) {
    let op = match iterator.header().type_index() {
        types::RANGE_ITERATOR => Op::ForRange,
        types::LIST_ITERATOR => Op::ForList,
        types::STR_ASCII_ITERATOR => Op::ForStr,
        types::GENERATOR => Op::ForGenerator,
        _ => match unsafe { pair_form(pc, iterator) } {
            Some(op) => op,
            None => return,
        },
    };
    unsafe {
        if may_rewrite(pc) {
            if op == Op::ForGenerator {
                crate::interpreter::generators::prepare_loop(pc, fp);
            }
            rewrite(pc, op);
        }
    }
}
