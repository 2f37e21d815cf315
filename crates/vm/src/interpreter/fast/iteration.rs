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
        let object = *fp.add(w.b() as usize);
        if !is_of(object, types::RANGE_ITERATOR) {
            miss!(ForIter, pc, fp)
        }
        let iterator = payload::<RangeIterator>(object);
        let result = iterator.next.get();
        if result == iterator.end.get() {
            *slot(fp, w.b()) = unbound();
            let target = pc.offset(word(pc.add(1)).lo() as isize);
            if decrement(object) {
                return drop_and_jump(pc, fp, object, target);
            }
            jump!(target, fp)
        }
        let old = *fp.add(w.a() as usize);
        let fresh = if is_small(result) {
            cold_path();
            small_int(result)
        } else if header_word(old) == LONE_INT {
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
        let object = *fp.add(w.b() as usize);
        if !is_of(object, types::LIST_ITERATOR) {
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
            return end_loop(pc, fp);
        }
        iterator.index.set(index + 1);
        let item = *(&*items).as_ptr().add(index).cast::<Slot>();
        increment(item);
        put!(pc.add(3), fp, w.a(), item)
    }
}

pub(in crate::interpreter) unsafe fn ForTuple(pc: Pc, fp: Fp) -> Jump {
    unsafe { step_tuple(pc, fp) }
}

/// [`ForTuple`], also as a part of the jump back to it.
#[inline(always)]
pub(super) unsafe fn step_tuple(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let w = word(pc);
        let object = *fp.add(w.b() as usize);
        if !is_of(object, types::TUPLE_ITERATOR) {
            miss!(ForIter, pc, fp)
        }
        let iterator = payload::<TupleIterator>(object);
        let tuple = *iterator.tuple.as_ptr().cast::<Slot>();
        if tuple.is_null() {
            tail!(ForIter, pc, fp)
        }
        let items = payload::<Tuple>(tuple).items();
        let index = iterator.index.get();
        if index >= items.len() {
            return end_loop(pc, fp);
        }
        iterator.index.set(index + 1);
        let item = *items.as_ptr().add(index).cast::<Slot>();
        increment(item);
        put!(pc.add(3), fp, w.a(), item)
    }
}

/// The keys or the values of a dictionary.
pub(in crate::interpreter) unsafe fn ForDict(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let w = word(pc);
        let object = *fp.add(w.b() as usize);
        let kind = type_of(object);
        if kind != types::DICT_KEY_ITERATOR && kind != types::DICT_VALUE_ITERATOR {
            miss!(ForIter, pc, fp)
        }
        let iterator = payload::<DictIterator>(object);
        let dict = *iterator.dict.as_ptr().cast::<Slot>();
        if dict.is_null() {
            tail!(ForIter, pc, fp)
        }
        let table = &*payload::<Dict>(dict).table.as_ptr();
        let left = iterator.left.get();
        if table.len() != iterator.used.get() || left == 0 {
            tail!(ForIter, pc, fp)
        }
        let Some((at, key, item)) = table.next_entry(iterator.position.get()) else { tail!(ForIter, pc, fp) };
        let item = if kind == types::DICT_KEY_ITERATOR { key.as_ptr() } else { item.as_ptr() };
        iterator.position.set(at + 1);
        iterator.left.set(left - 1);
        increment(item);
        put!(pc.add(3), fp, w.a(), item)
    }
}

/// An iterator of any other type, which stands in word 2.
pub(in crate::interpreter) unsafe fn ForNext(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let w = word(pc);
        let object = *fp.add(w.b() as usize);
        if type_of(object) as u64 != (*pc.add(2)).get() {
            miss!(ForIter, pc, fp)
        }
        step_natively(pc, fp)
    }
}

/// Takes the next item of an iterator by its native function.
#[inline(always)]
pub(super) unsafe fn step_natively(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let w = word(pc);
        // In the slot, for the address of a local would keep this handler's frame.
        let iterator = &*slot(fp, w.b()).cast::<Ref>();
        let Some(next) = Class::of(iterator).slots.0.next.get() else { tail!(ForIter, pc, fp) };
        publish(pc, fp);
        match next(iterator) {
            Ok(Some(item)) => put!(pc.add(3), fp, w.a(), item.into_raw()),
            Ok(None) => release_iterator(pc, fp),
            Err(raised) => stop_or_raise(pc, fp, raised),
        }
    }
}

#[cold]
#[inline(never)]
unsafe fn stop_or_raise(pc: Pc, fp: Fp, raised: crate::error::Raised) -> Jump {
    unsafe {
        match crate::protocol::iterate::ended(raised) {
            Ok(()) => release_iterator(pc, fp),
            Err(raised) => go_on(crate::interpreter::unwind::raised(pc, fp, raised)),
        }
    }
}

/// The end of a loop over items that are looked at from here: its iterator goes. One that others have as well is told, and
/// goes the general way.
#[inline(never)]
unsafe fn end_loop(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        if (*value(fp, word(pc).b())).count() != 1 {
            return for_iter(pc, fp);
        }
        release_iterator(pc, fp)
    }
}

/// The end of a loop whose iterator has said so, and must not be asked again.
#[inline(never)]
unsafe fn release_iterator(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let place = slot(fp, word(pc).b());
        let iterator = std::mem::replace(&mut *place, unbound());
        let target = pc.offset(word(pc.add(1)).lo() as isize);
        if decrement(iterator) {
            return drop_and_jump(pc, fp, iterator, target);
        }
        jump!(target, fp)
    }
}

slow!(for_iter, crate::interpreter::containers::ForIter);
slow!(get_iter, crate::interpreter::containers::GetIter);

/// The iterator of a container for a loop, or the operand itself where it is its own.
pub(in crate::interpreter) unsafe fn GetIter(pc: Pc, fp: Fp) -> Jump {
    /// Makes an iterator, as far as a block is at hand.
    macro_rules! make {
        ($iterator:ty, $index:ident, $made:expr) => {{
            let fresh = take_fixed::<$iterator>(types::$index, Spares::NONE);
            if fresh.is_null() {
                return get_iter(pc, fp);
            }
            fresh.add(1).cast::<$iterator>().write($made);
            fresh
        }};
    }
    unsafe {
        let w = word(pc);
        let object = value(fp, w.b());
        let iterator = match type_of(object) {
            types::LIST => make!(
                ListIterator,
                LIST_ITERATOR,
                ListIterator { list: owned(object), index: std::cell::Cell::new(0) }
            ),
            types::TUPLE => make!(
                TupleIterator,
                TUPLE_ITERATOR,
                TupleIterator { tuple: owned(object), index: std::cell::Cell::new(0) }
            ),
            types::DICT => {
                let len = (*payload::<Dict>(object).table.as_ptr()).len();
                make!(DictIterator, DICT_KEY_ITERATOR, DictIterator::over_keys(owned(object), len))
            }
            types::GENERATOR
            | types::LIST_ITERATOR
            | types::RANGE_ITERATOR
            | types::ZIP
            | types::ENUMERATE
            | types::MAP
            | types::FILTER
            | types::DICT_KEY_ITERATOR
            | types::DICT_VALUE_ITERATOR
            | types::DICT_ITEM_ITERATOR => object,
            _ => return get_iter(pc, fp),
        };
        if w.b() & CONSUME == 0 {
            increment(object);
        } else {
            *slot(fp, w.b()) = unbound();
        }
        put!(pc.add(1), fp, w.a(), iterator)
    }
}

/// A slot that takes over a reference which the caller accounts for.
#[inline(always)]
unsafe fn owned<T>(object: Slot) -> ouro_heap::Slot<T> {
    // SAFETY: the caller owns it and knows the type.
    unsafe { ouro_heap::Slot::new(Some(Ref::from_raw(object))) }
}

/// The characters of an ASCII string are shared objects.
pub(in crate::interpreter) unsafe fn ForStr(pc: Pc, fp: Fp) -> Jump {
    unsafe { step_str(pc, fp) }
}

/// [`ForStr`], also as a part of the jump back to it.
#[inline(always)]
pub(super) unsafe fn step_str(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let w = word(pc);
        let object = *fp.add(w.b() as usize);
        if !is_of(object, types::STR_ASCII_ITERATOR) {
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
        put!(pc.add(3), fp, w.a(), character(byte))
    }
}

/// Rewrites an iteration.
#[inline(always)]
pub(crate) unsafe fn specialise_for_iter(pc: Pc, fp: Fp, iterator: &Ref) {
    let op = match iterator.header().type_index() {
        types::RANGE_ITERATOR => Op::ForRange,
        types::LIST_ITERATOR => unsafe { pair_form(pc, iterator) }.unwrap_or(Op::ForList),
        types::STR_ASCII_ITERATOR => Op::ForStr,
        types::GENERATOR => Op::ForGenerator,
        types::TUPLE_ITERATOR => Op::ForTuple,
        types::DICT_KEY_ITERATOR | types::DICT_VALUE_ITERATOR => Op::ForDict,
        _ => match unsafe { pair_form(pc, iterator) } {
            Some(op) => op,
            None => Op::ForNext,
        },
    };
    unsafe {
        if may_rewrite(pc) {
            if op == Op::ForGenerator {
                crate::interpreter::generators::prepare_loop(pc, fp);
            }
            if op == Op::ForNext {
                (*pc.add(2)).set(iterator.header().type_index() as u64);
            }
            rewrite(pc, op);
        }
    }
}
