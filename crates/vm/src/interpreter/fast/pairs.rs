//! Specialised handlers: loops over pairs, `for a, b in zip(...)`, `enumerate(...)` and `dict.items()`, and over triples of
//! `zip`.
//!
//! The iterator's next tuple would be unpacked by the very next instruction, and be used again for the pair after that:
//! its items are put where that instruction would put them straight away. The tuple that the iterator keeps gets them
//! as well, as it would have (see `tuple::reuse`), so that counts are the same.
#![allow(non_snake_case, reason = "a handler is called as its operation")]

use ouro_heap::header::TRACKED;

use super::*;
use crate::objects::iterators::{enumerate::Enumerate, zip::Zip};

/// The header word of an int that the tuple and the target have, and nobody else, and whose identity nobody has asked for.
const TWICE_INT: u64 = LONE_INT + 1;

/// The items of the tuple that an iterator keeps, if only the iterator has it, and the collector knows it.
#[inline(always)]
unsafe fn own_items(kept: &ouro_heap::Slot<Tuple>) -> Option<*mut Slot> {
    unsafe {
        let tuple = *kept.as_ptr().cast::<Slot>();
        if tuple.is_null() || (*tuple).count() != 1 || kind_of(tuple) & TRACKED == 0 {
            return None;
        }
        Some(payload::<Tuple>(tuple).items().as_ptr().cast_mut().cast::<Slot>())
    }
}

/// The same, where what it and the targets of the unpacking hold, `COUNT` each, may go without further ado.
#[inline(always)]
unsafe fn kept_items<const COUNT: usize>(pc: Pc, fp: Fp, kept: &ouro_heap::Slot<Tuple>) -> Option<*mut Slot> {
    unsafe {
        let targets = fp.add(word(pc.add(3)).a() as usize);
        for place in 0..COUNT {
            if !goes_quietly(*targets.add(place)) {
                return None;
            }
        }
        let items = own_items(kept)?;
        for place in 0..COUNT {
            if !goes_quietly(*items.add(place)) {
                return None;
            }
        }
        Some(items)
    }
}

/// Where the pair in the tuple of an iterator and in the targets is the same, of two objects, of which others hold the second as
/// well: so it is with each step but the first, unless the loop writes to its variables. Then two references go and two
/// come, and nothing ends.
#[inline(always)]
unsafe fn holds_as_before(items: *mut Slot, targets: *mut Slot) -> bool {
    unsafe {
        let (first, second) = (*targets, *targets.add(1));
        first == *items && second == *items.add(1) && first != second && (*second).count() > 2
    }
}

/// Replaces an object that stands both in the tuple and in the target, and elsewhere, by another.
#[inline(always)]
unsafe fn replace_both(item: *mut Slot, target: *mut Slot, new: Slot) {
    unsafe {
        count_by(*target, -2);
        count_by(new, 2);
        *item = new;
        *target = new;
    }
}

/// Whether the targets are temporaries that nothing stands in, as where the variables are global ones, and what the tuple holds
/// may go without further ado.
#[inline(always)]
unsafe fn are_fresh(items: *mut Slot, targets: *mut Slot) -> bool {
    unsafe {
        *targets == unbound()
            && *targets.add(1) == unbound()
            // What both places hold would be looked at as if it stayed in the other one.
            && *items != *items.add(1)
            && goes_quietly(*items)
            && goes_quietly(*items.add(1))
    }
}

/// Replaces an item of the tuple, which goes quietly, and puts the new one into an unbound target as well.
#[inline(always)]
unsafe fn replace_and_lay(item: *mut Slot, target: *mut Slot, new: Slot) {
    unsafe {
        count_by(new, 2);
        let old = std::mem::replace(&mut *item, new);
        *target = new;
        if decrement(old) {
            give_box(old);
        }
    }
}

/// Changes a count by so much at once.
#[inline(always)]
unsafe fn count_by(object: Slot, difference: i32) {
    unsafe {
        let count = object.cast::<u32>();
        *count = (*count).wrapping_add_signed(difference);
    }
}

/// The next tuple in the way of any other iterator: the next instruction unpacks it.
#[inline(never)]
unsafe fn step_whole(pc: Pc, fp: Fp) -> Jump {
    unsafe { step_natively(pc, fp) }
}

/// The next item of an iterator of a list or tuple, borrowed from that, and where the iterator keeps its place, which has
/// not moved on yet.
#[inline(always)]
unsafe fn next_item<'a>(iterator: Slot) -> Option<(Slot, &'a std::cell::Cell<usize>)> {
    unsafe {
        if iterator.is_null() {
            return None;
        }
        let (items, index): (&[Ref], _) = match type_of(iterator) {
            types::LIST_ITERATOR => {
                let iterator = payload::<ListIterator>(iterator);
                let list = *iterator.list.as_ptr().cast::<Slot>();
                if list.is_null() {
                    return None;
                }
                (&*payload::<List>(list).items.as_ptr(), &iterator.index)
            }
            types::TUPLE_ITERATOR => {
                let iterator = payload::<TupleIterator>(iterator);
                let tuple = *iterator.tuple.as_ptr().cast::<Slot>();
                if tuple.is_null() {
                    return None;
                }
                (payload::<Tuple>(tuple).items(), &iterator.index)
            }
            _ => return None,
        };
        items.get(index.get()).map(|item| (item.as_ptr(), index))
    }
}

#[inline(always)]
fn move_on(index: &std::cell::Cell<usize>) {
    index.set(index.get() + 1);
}

/// Gives both items, once more counted, to the targets of the unpacking and goes on behind it.
macro_rules! give_pair {
    ($pc:expr, $fp:expr, $items:expr, $first:expr, $second:expr) => {{
        let (first, second): (Slot, Slot) = ($first, $second);
        increment(first);
        increment(second);
        let base = $fp.add(word($pc.add(3)).a() as usize);
        let (mut one, mut other) = (std::ptr::null_mut::<Header>(), std::ptr::null_mut::<Header>());
        replace_quietly!($items, first, one, other);
        replace_quietly!($items.add(1), second, one, other);
        replace_quietly!(base, first, one, other);
        replace_quietly!(base.add(1), second, one, other);
        if !one.is_null() {
            return drop_several($pc, $fp, std::ptr::null_mut(), one, other, $pc.add(5));
        }
        jump!($pc.add(5), $fp)
    }};
}

pub(in crate::interpreter) unsafe fn ForZip(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let object = *fp.add(word(pc).b() as usize);
        if !is_of(object, types::ZIP) {
            miss!(ForIter, pc, fp)
        }
        let zip = payload::<Zip>(object);
        let iterators = *zip.iterators.as_ptr().cast::<Slot>();
        let Some(items) = own_items(&zip.result) else { return step_whole(pc, fp) };
        let [one, other] = payload::<Tuple>(iterators).items() else { return step_whole(pc, fp) };
        let (one, other) = (one.as_ptr(), other.as_ptr());
        // Two iterators of which one is the other would each move it on.
        let (Some((first, one)), Some((second, other))) = (next_item(one), next_item(other)) else {
            return step_whole(pc, fp);
        };
        if std::ptr::eq(one, other) {
            return step_whole(pc, fp);
        }
        let targets = fp.add(word(pc.add(3)).a() as usize);
        if holds_as_before(items, targets) && (**targets).count() > 2 {
            move_on(one);
            move_on(other);
            replace_both(items, targets, first);
            replace_both(items.add(1), targets.add(1), second);
            jump!(pc.add(5), fp)
        }
        if are_fresh(items, targets) {
            move_on(one);
            move_on(other);
            replace_and_lay(items, targets, first);
            replace_and_lay(items.add(1), targets.add(1), second);
            jump!(pc.add(5), fp)
        }
        if kept_items::<2>(pc, fp, &zip.result).is_none() {
            return step_whole(pc, fp);
        }
        move_on(one);
        move_on(other);
        increment(first);
        increment(second);
        give_pair!(pc, fp, items, first, second)
    }
}

/// See [`ForZip`].
pub(in crate::interpreter) unsafe fn ForZipThree(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let object = *fp.add(word(pc).b() as usize);
        if !is_of(object, types::ZIP) {
            miss!(ForIter, pc, fp)
        }
        let zip = payload::<Zip>(object);
        let iterators = payload::<Tuple>(*zip.iterators.as_ptr().cast::<Slot>()).items();
        let [one, other, last] = iterators else { return step_whole(pc, fp) };
        let (one, other, last) = (one.as_ptr(), other.as_ptr(), last.as_ptr());
        let Some(items) = kept_items::<3>(pc, fp, &zip.result) else { return step_whole(pc, fp) };
        if one == other || one == last || other == last {
            return step_whole(pc, fp);
        }
        let (Some((first, one)), Some((second, other)), Some((third, last))) =
            (next_item(one), next_item(other), next_item(last))
        else {
            return step_whole(pc, fp);
        };
        let targets = fp.add(word(pc.add(3)).a() as usize);
        let mut a = std::ptr::null_mut::<Header>();
        let (mut b, mut c) = (a, a);
        // First the tuple and then the targets: what both held goes in the order of the targets.
        for (place, index, item) in [(0, one, first), (1, other, second), (2, last, third)] {
            move_on(index);
            increment(item);
            increment(item);
            replace_quietly!(items.add(place), item, a, b, c);
        }
        for (place, item) in [(0, first), (1, second), (2, third)] {
            replace_quietly!(targets.add(place), item, a, b, c);
        }
        if !a.is_null() {
            return drop_several(pc, fp, a, b, c, pc.add(5));
        }
        jump!(pc.add(5), fp)
    }
}

pub(in crate::interpreter) unsafe fn ForEnumerate(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let object = *fp.add(word(pc).b() as usize);
        if !is_of(object, types::ENUMERATE) {
            miss!(ForIter, pc, fp)
        }
        let enumerate = payload::<Enumerate>(object);
        let iterator = *enumerate.iterator.as_ptr().cast::<Slot>();
        let number = enumerate.index.get();
        let Some(items) = own_items(&enumerate.result) else { return step_whole(pc, fp) };
        let targets = fp.add(word(pc.add(3)).a() as usize);
        if !holds_as_before(items, targets) || number == i64::MAX {
            return enumerate_freshly(pc, fp, items);
        }
        let Some((second, index)) = next_item(iterator) else { return step_whole(pc, fp) };
        let old = *targets;
        if is_small(number) {
            if (*old).count() <= 2 {
                return enumerate_slowly(pc, fp);
            }
            replace_both(items, targets, small_int(number));
        } else if header_word(old) == TWICE_INT {
            // Nobody else has the number before.
            payload::<Int>(old).value.set(number);
        } else {
            if (*old).count() <= 2 {
                return enumerate_slowly(pc, fp);
            }
            let fresh = take_box();
            if fresh.is_null() {
                tail!(ForIter, pc, fp)
            }
            *fresh.cast::<u64>() = TWICE_INT;
            payload::<Int>(fresh).value.set(number);
            count_by(old, -2);
            *items = fresh;
            *targets = fresh;
        }
        enumerate.index.set(number + 1);
        move_on(index);
        replace_both(items.add(1), targets.add(1), second);
        jump!(pc.add(5), fp)
    }
}

/// The same into unbound targets.
#[inline(never)]
unsafe fn enumerate_freshly(pc: Pc, fp: Fp, items: *mut Slot) -> Jump {
    unsafe {
        let enumerate = payload::<Enumerate>(*fp.add(word(pc).b() as usize));
        let iterator = *enumerate.iterator.as_ptr().cast::<Slot>();
        let number = enumerate.index.get();
        let targets = fp.add(word(pc.add(3)).a() as usize);
        if !are_fresh(items, targets) || number == i64::MAX {
            return enumerate_slowly(pc, fp);
        }
        let Some((second, index)) = next_item(iterator) else { return step_whole(pc, fp) };
        let old = *items;
        if is_small(number) {
            replace_and_lay(items, targets, small_int(number));
        } else if header_word(old) == LONE_INT {
            // Nobody else has the number before.
            *old.cast::<u64>() = TWICE_INT;
            payload::<Int>(old).value.set(number);
            *targets = old;
        } else {
            let fresh = take_box();
            if fresh.is_null() {
                tail!(ForIter, pc, fp)
            }
            *fresh.cast::<u64>() = TWICE_INT - 2;
            payload::<Int>(fresh).value.set(number);
            replace_and_lay(items, targets, fresh);
        }
        enumerate.index.set(number + 1);
        move_on(index);
        replace_and_lay(items.add(1), targets.add(1), second);
        jump!(pc.add(5), fp)
    }
}

/// The same where something may end.
#[inline(never)]
unsafe fn enumerate_slowly(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let enumerate = payload::<Enumerate>(value(fp, word(pc).b()));
        let iterator = *enumerate.iterator.as_ptr().cast::<Slot>();
        let number = enumerate.index.get();
        let (Some(items), Some((second, index))) =
            (kept_items::<2>(pc, fp, &enumerate.result), next_item(iterator))
        else {
            return step_whole(pc, fp);
        };
        // The last number of 64 bits is followed by one that is kept elsewhere.
        if number == i64::MAX {
            tail!(ForIter, pc, fp)
        }
        let first = if is_small(number) {
            small_int(number)
        } else {
            let fresh = take_box();
            if fresh.is_null() {
                tail!(ForIter, pc, fp)
            }
            write_header(fresh, types::INT);
            payload::<Int>(fresh).value.set(number);
            fresh
        };
        enumerate.index.set(number + 1);
        move_on(index);
        increment(second);
        give_pair!(pc, fp, items, first, second)
    }
}

pub(in crate::interpreter) unsafe fn ForDictItems(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let object = *fp.add(word(pc).b() as usize);
        if !is_of(object, types::DICT_ITEM_ITERATOR) {
            miss!(ForIter, pc, fp)
        }
        let iterator = payload::<DictIterator>(object);
        let dict = *iterator.dict.as_ptr().cast::<Slot>();
        let left = iterator.left.get();
        let Some(items) = own_items(&iterator.pair) else { tail!(ForIter, pc, fp) };
        if dict.is_null() || left == 0 {
            tail!(ForIter, pc, fp)
        }
        let table = &*payload::<Dict>(dict).table.as_ptr();
        if table.len() != iterator.used.get() {
            tail!(ForIter, pc, fp)
        }
        let Some((at, key, item)) = table.next_entry(iterator.position.get()) else { tail!(ForIter, pc, fp) };
        let (key, item) = (key.as_ptr(), item.as_ptr());
        let targets = fp.add(word(pc.add(3)).a() as usize);
        if holds_as_before(items, targets) && (**targets).count() > 2 {
            iterator.position.set(at + 1);
            iterator.left.set(left - 1);
            replace_both(items, targets, key);
            replace_both(items.add(1), targets.add(1), item);
            jump!(pc.add(5), fp)
        }
        if are_fresh(items, targets) {
            iterator.position.set(at + 1);
            iterator.left.set(left - 1);
            replace_and_lay(items, targets, key);
            replace_and_lay(items.add(1), targets.add(1), item);
            jump!(pc.add(5), fp)
        }
        if kept_items::<2>(pc, fp, &iterator.pair).is_none() {
            tail!(ForIter, pc, fp)
        }
        iterator.position.set(at + 1);
        iterator.left.set(left - 1);
        increment(key);
        increment(item);
        give_pair!(pc, fp, items, key, item)
    }
}

/// The pairs in a list: each is looked at where it stands.
pub(in crate::interpreter) unsafe fn ForListPair(pc: Pc, fp: Fp) -> Jump {
    unsafe { step_list_pair(pc, fp) }
}

/// [`ForListPair`], also as a part of the jump back to it.
#[inline(always)]
pub(super) unsafe fn step_list_pair(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let object = *fp.add(word(pc).b() as usize);
        if !is_of(object, types::LIST_ITERATOR) {
            miss!(ForIter, pc, fp)
        }
        let Some((pair, index)) = next_item(object) else { return list_step(pc, fp) };
        if !is_of(pair, types::TUPLE) {
            return list_step(pc, fp);
        }
        let [first, second] = payload::<Tuple>(pair).items() else { return list_step(pc, fp) };
        let (first, second) = (first.as_ptr(), second.as_ptr());
        let targets = fp.add(word(pc.add(3)).a() as usize);
        if !goes_quietly(*targets) || !goes_quietly(*targets.add(1)) {
            return list_step(pc, fp);
        }
        move_on(index);
        increment(first);
        increment(second);
        let mut ended = std::ptr::null_mut::<Header>();
        replace_quietly!(targets, first, ended);
        replace_quietly!(targets.add(1), second, ended);
        if !ended.is_null() {
            return drop_and_jump(pc, fp, ended, pc.add(5));
        }
        jump!(pc.add(5), fp)
    }
}

/// The next item of a list, which the next instruction unpacks, or the end of the loop.
#[inline(never)]
unsafe fn list_step(pc: Pc, fp: Fp) -> Jump {
    unsafe { super::iteration::step_list(pc, fp) }
}

/// Whether the next item of a list is a pair.
unsafe fn is_next_a_pair(iterator: &Ref) -> bool {
    unsafe {
        next_item(iterator.as_ptr())
            .is_some_and(|(item, _)| is_of(item, types::TUPLE) && payload::<Tuple>(item).items().len() == 2)
    }
}

/// The form of a loop over pairs, if the next instruction unpacks what the loop gives into two.
pub(super) unsafe fn pair_form(pc: Pc, iterator: &Ref) -> Option<Op> {
    unsafe {
        let (w, next) = (word(pc), word(pc.add(3)));
        let is_unpack =
            [Op::Unpack, Op::UnpackPair, Op::UnpackTriple].iter().any(|unpack| next.op() == *unpack as u16);
        let takes = is_unpack && next.b() == w.a() | CONSUME;
        let unpacks = takes && next.c() == 2;
        match iterator.header().type_index() {
            types::ZIP if unpacks => Some(Op::ForZip),
            types::ZIP if takes && next.c() == 3 => Some(Op::ForZipThree),
            types::ENUMERATE if unpacks => Some(Op::ForEnumerate),
            types::DICT_ITEM_ITERATOR if unpacks => Some(Op::ForDictItems),
            types::LIST_ITERATOR if unpacks && is_next_a_pair(iterator) => Some(Op::ForListPair),
            _ => None,
        }
    }
}
