//! Specialised handlers: items of containers.
#![allow(non_snake_case, reason = "a handler is called as its operation")]

use super::{chains::*, *};

/// The place of an index in a sequence of a length, negative indices counted from the end.
#[inline(always)]
pub(super) fn index_in(index: i64, len: usize) -> Option<usize> {
    if (index as u64) < len as u64 {
        return Some(index as usize);
    }
    cold_path();
    let from_end = index.wrapping_add(len as i64);
    (index < 0 && from_end >= 0).then_some(from_end as usize)
}

/// The item of a list at an index, borrowed from it.
#[inline(always)]
pub(super) unsafe fn list_item(list: Slot, index: i64) -> Option<Slot> {
    unsafe { list_place(list, index).map(|place| *place) }
}

/// The place of an index in a list.
#[inline(always)]
pub(super) unsafe fn list_place(list: Slot, index: i64) -> Option<*mut Slot> {
    unsafe {
        let items = &*payload::<List>(list).items.as_ptr();
        index_in(index, items.len()).map(|index| items.as_ptr().add(index).cast_mut().cast::<Slot>())
    }
}

/// Puts an item of a container into the destination: the consumed operands are released afterwards.
macro_rules! put_item {
    ($pc:expr, $fp:expr, $w:expr, $item:expr, $general:ident) => {
        put_item!($pc, $fp, $w, $item, $general, increment)
    };
    ($pc:expr, $fp:expr, $w:expr, $item:expr, $general:ident, $refer:ident) => {{
        let item = $item;
        // A consumed container could die here; that is left to the general handler.
        if $w.b() & CONSUME != 0 && header_word(value($fp, $w.b())) as u32 == 1 {
            tail!($general, $pc, $fp)
        }
        $refer(item);
        if $w.b() & CONSUME != 0 && $w.b() & SLOT != $w.a() {
            let place = slot($fp, $w.b());
            decrement(*place);
            *place = unbound();
        }
        settle($fp, $w.c(), value($fp, $w.c()), $w.a());
        put!($pc.add(2), $fp, $w.a(), item)
    }};
}

pub(in crate::interpreter) unsafe fn SubscrListInt(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let w = word(pc);
        let (list, index) = (value(fp, w.b()), value(fp, w.c()));
        if !is_of(list, types::LIST) || kind_of(index) != types::INT {
            miss!(Subscr, pc, fp)
        }
        let Some(item) = list_item(list, int_value(index)) else { tail!(Subscr, pc, fp) };
        put_item!(pc, fp, w, item, Subscr)
    }
}

/// [`SubscrListInt`] of variables, into an unbound temporary.
pub(in crate::interpreter) unsafe fn SubscrListIntFresh(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let w = word(pc);
        let (list, index) = (*fp.add(w.b() as usize), *fp.add(w.c() as usize));
        if !is_of(list, types::LIST) || kind_of(index) != types::INT {
            miss!(Subscr, pc, fp)
        }
        let Some(item) = list_item(list, int_value(index)) else { tail!(Subscr, pc, fp) };
        increment(item);
        put_fresh!(pc.add(2), fp, w.a(), item)
    }
}

/// The first of the four instructions of `a[i], a[j] = a[j], a[i]` with variables: the items change places, and with them
/// their references.
pub(in crate::interpreter) unsafe fn SwapListItems(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let w = word(pc);
        let (list, second) = (*fp.add(w.b() as usize), *fp.add(w.c() as usize));
        let first = *fp.add(word(pc.add(2)).c() as usize);
        if !is_of(list, types::LIST) || kind_of(second) != types::INT || kind_of(first) != types::INT {
            miss!(Subscr, pc, fp)
        }
        let Some(second) = list_place(list, int_value(second)) else { tail!(Subscr, pc, fp) };
        let Some(first) = list_place(list, int_value(first)) else { tail!(Subscr, pc, fp) };
        std::ptr::swap(first, second);
        jump!(pc.add(8), fp)
    }
}

/// Whether an instruction is the first of those that [`SwapListItems`] does the work of.
unsafe fn begins_swap(pc: Pc, fp: Fp) -> bool {
    unsafe {
        let [load, other, store, last] = [0, 2, 4, 6].map(|offset| word(pc.add(offset)));
        let is = |op: u16, general: Op, special: Op| op == general as u16 || op == special as u16;
        // One by one: only behind these operations do the next ones stand where they are looked for.
        is(other.op(), Op::Subscr, Op::SubscrListIntFresh)
            && is(store.op(), Op::StoreSubscr, Op::StoreListIntPlain)
            && is(last.op(), Op::StoreSubscr, Op::StoreListIntPlain)
            && [other.b(), store.a(), last.a()] == [load.b(); 3]
            && (store.b(), store.c()) == (other.c(), load.a() | CONSUME)
            && (last.b(), last.c()) == (load.c(), other.a() | CONSUME)
            && (load.b() | load.c() | other.c()) & CONSUME == 0
            && is_fresh(fp, other.a())
    }
}

/// [`SubscrListInt`] of a list that is a temporary, at an index that is a variable, into an unbound temporary.
pub(in crate::interpreter) unsafe fn SubscrListIntTemp(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let w = word(pc);
        let (list, index) = (value(fp, w.b()), *fp.add(w.c() as usize));
        if !is_of(list, types::LIST) || kind_of(index) != types::INT {
            miss!(Subscr, pc, fp)
        }
        let Some(item) = list_item(list, int_value(index)) else { tail!(Subscr, pc, fp) };
        increment(item);
        *slot(fp, w.b()) = unbound();
        *fp.add(w.a() as usize) = item;
        if decrement(list) {
            return drop_and_go(pc.add(2), fp, list);
        }
        jump!(pc.add(2), fp)
    }
}

/// An item of a list that is borrowed, at an index that is handed on (see [`chains`]).
pub(super) unsafe fn after_subscr_list_int(pc: Pc, fp: Fp, index: i64) -> Jump {
    unsafe {
        let w = word(pc);
        let list = value(fp, w.b());
        if !is_of(list, types::LIST) {
            return keep_int(pc, fp, index);
        }
        let Some(item) = list_item(list, index) else { return keep_int(pc, fp, index) };
        increment(item);
        put!(pc.add(2), fp, w.a(), item)
    }
}

pub(in crate::interpreter) unsafe fn SubscrTupleInt(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let w = word(pc);
        let (tuple, index) = (value(fp, w.b()), value(fp, w.c()));
        if !is_of(tuple, types::TUPLE) || kind_of(index) != types::INT {
            miss!(Subscr, pc, fp)
        }
        let items = payload::<Tuple>(tuple).items();
        let Some(index) = index_in(int_value(index), items.len()) else { tail!(Subscr, pc, fp) };
        put_item!(pc, fp, w, *items.as_ptr().add(index).cast::<Slot>(), Subscr)
    }
}

/// An item of a list or tuple at a constant index, which stands in word 1.
pub(in crate::interpreter) unsafe fn SubscrConstItem(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let w = word(pc);
        let source = value(fp, w.b());
        let items: &[Ref] = match type_of(source) {
            types::LIST => &*payload::<List>(source).items.as_ptr(),
            types::TUPLE => payload::<Tuple>(source).items(),
            _ => miss!(SubscrConst, pc, fp),
        };
        let Some(index) = index_in(i64::from(word(pc.add(1)).lo()), items.len()) else {
            tail!(SubscrConst, pc, fp)
        };
        // A consumed container could die here; that is left to the general handler.
        if w.b() & CONSUME != 0 {
            cold_path();
            if (*source).count() == 1 {
                tail!(SubscrConst, pc, fp)
            }
            decrement(source);
            *slot(fp, w.b()) = unbound();
        }
        let item = *items.as_ptr().add(index).cast::<Slot>();
        increment(item);
        put!(pc.add(2), fp, w.a(), item)
    }
}

pub(in crate::interpreter) unsafe fn SubscrStrInt(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let w = word(pc);
        let (text, index) = (value(fp, w.b()), value(fp, w.c()));
        if !is_of(text, types::STR) || kind_of(index) != types::INT {
            miss!(Subscr, pc, fp)
        }
        let Some(item) = character_at(payload::<Str>(text), int_value(index)) else { tail!(Subscr, pc, fp) };
        put_item!(pc, fp, w, item, Subscr, share_immortal)
    }
}

/// A character at a constant index, which stands in word 1.
pub(in crate::interpreter) unsafe fn SubscrConstStr(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let w = word(pc);
        let text = value(fp, w.b());
        if !is_of(text, types::STR) {
            miss!(SubscrConst, pc, fp)
        }
        let index = i64::from(word(pc.add(1)).lo());
        let Some(item) = character_at(payload::<Str>(text), index) else { tail!(SubscrConst, pc, fp) };
        if w.b() & CONSUME != 0 {
            if (*text).count() == 1 {
                tail!(SubscrConst, pc, fp)
            }
            decrement(text);
            *slot(fp, w.b()) = unbound();
        }
        share_immortal(item);
        put!(pc.add(2), fp, w.a(), item)
    }
}

/// The shared string of the character at an index of a text, if all are below 256.
#[inline(always)]
unsafe fn character_at(text: &Str, index: i64) -> Option<Slot> {
    unsafe {
        if !str::are_latin1(text, text) {
            return None;
        }
        let items = text.items();
        Some(shared_character(*items.get_unchecked(index_in(index, items.len())?)))
    }
}

/// Rewrites the reading of an item at a constant index.
#[inline(always)]
pub(crate) unsafe fn specialise_subscr_const(pc: Pc, container: &Ref, key: &Ref) {
    unsafe {
        if container.header().type_index() == types::DICT {
            rewrite(pc, Op::SubscrConstDict);
            return;
        }
        let op = match container.header().type_index() {
            types::LIST | types::TUPLE if word(pc).b() & CONSUME == 0 => {
                let (on, lent) = (Op::SubscrConstItemOn, Op::SubscrConstItemLent);
                read_form(pc, 2, Op::SubscrConstItem, on, lent)
            }
            types::LIST | types::TUPLE => {
                let (on, lent) = (Op::SubscrConstItemTempOn, Op::SubscrConstItemTempLent);
                read_form(pc, 2, Op::SubscrConstItem, on, lent)
            }
            types::STR => Op::SubscrConstStr,
            _ if container.has_layout::<Instance>() && may_rewrite(pc) => {
                rewrite(pc, Op::SubscrConstMethod);
                return;
            }
            _ => return,
        };
        rewrite_for_index(pc, key, op);
    }
}

/// Rewrites an instruction to one that has its constant index in word 1.
#[inline(always)]
unsafe fn rewrite_for_index(pc: Pc, key: &Ref, op: Op) {
    unsafe {
        let index = key.payload::<Int>().filter(|_| key.is_exact::<Int>()).map(|int| int.value.get());
        if let Some(Ok(index)) = index.map(i32::try_from)
            && word(pc.add(1)).hi() < MAX_MISSES
        {
            let misses = word(pc.add(1)).hi() + 1;
            (*pc.add(1)).set(ouro_bytecode::code::Word::data(index, misses).0);
            rewrite(pc, op);
        }
    }
}

/// Rewrites the writing of an item at a constant index.
#[inline(always)]
pub(crate) unsafe fn specialise_store_const(pc: Pc, container: &Ref, key: &Ref) {
    unsafe {
        match container.header().type_index() {
            types::DICT => rewrite(pc, Op::StoreDictConst),
            types::LIST => {
                let op = match word(pc) {
                    w if w.a() & CONSUME != 0 => Op::StoreListConstTemp,
                    w if w.c() & KEEP != 0 => Op::StoreListConstResult,
                    _ => Op::StoreListConst,
                };
                rewrite_for_index(pc, key, op);
            }
            _ => {}
        }
    }
}

pub(in crate::interpreter) unsafe fn StoreListInt(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let w = word(pc);
        let (list, index, new) = (value(fp, w.a()), value(fp, w.b()), value(fp, w.c()));
        if !is_of(list, types::LIST)
            || kind_of(index) != types::INT
            || w.a() & CONSUME != 0
            || new == unbound()
        {
            miss!(StoreSubscr, pc, fp)
        }
        let Some(place) = list_place(list, int_value(index)) else { tail!(StoreSubscr, pc, fp) };
        move_or_share(fp, w.c(), new);
        settle(fp, w.b(), value(fp, w.b()), NOWHERE);
        replace!(pc.add(2), fp, place, new)
    }
}

/// [`StoreListInt`] of a result of arithmetic, which stands in a temporary that keeps boxes.
pub(in crate::interpreter) unsafe fn StoreListIntResult(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let w = word(pc);
        let (list, index) = (value(fp, w.a()), value(fp, w.b()));
        if !is_of(list, types::LIST) || kind_of(index) != types::INT || w.a() & CONSUME != 0 {
            miss!(StoreSubscr, pc, fp)
        }
        let Some(place) = list_place(list, int_value(index)) else { tail!(StoreSubscr, pc, fp) };
        settle(fp, w.b(), index, NOWHERE);
        store_result(pc.add(2), fp, slot(fp, w.c()), place)
    }
}

/// [`StoreListInt`] where nothing but the value is a temporary.
pub(in crate::interpreter) unsafe fn StoreListIntPlain(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let w = word(pc);
        let (list, index) = (*fp.add(w.a() as usize), *fp.add(w.b() as usize));
        if !is_of(list, types::LIST) || kind_of(index) != types::INT {
            miss!(StoreSubscr, pc, fp)
        }
        let Some(place) = list_place(list, int_value(index)) else { tail!(StoreSubscr, pc, fp) };
        replace_by_operand!(pc, fp, pc.add(2), place, w.c(), StoreSubscr)
    }
}

/// [`StoreListInt`] where the list is a temporary.
pub(in crate::interpreter) unsafe fn StoreListIntTemp(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let w = word(pc);
        let (list, index) = (value(fp, w.a()), value(fp, w.b()));
        if !is_of(list, types::LIST) || kind_of(index) != types::INT || value(fp, w.c()) == unbound() {
            miss!(StoreSubscr, pc, fp)
        }
        let Some(place) = list_place(list, int_value(index)) else { tail!(StoreSubscr, pc, fp) };
        replace_in!(pc, fp, pc.add(2), list at w.a(), place, w.c(), StoreSubscr, settle(fp, w.b(), index, NOWHERE))
    }
}

/// Defines a form of [`StoreListInt`] at a constant index, which stands in word 1, by what puts the value into the place.
macro_rules! store_list_const {
    ($name:ident, |$pc:ident, $fp:ident, $w:ident, $list:ident, $place:ident| $store:expr) => {
        pub(in crate::interpreter) unsafe fn $name($pc: Pc, $fp: Fp) -> Jump {
            unsafe {
                let $w = word($pc);
                let $list = value($fp, $w.a());
                if !is_of($list, types::LIST) {
                    miss!(StoreSubscrConst, $pc, $fp)
                }
                let index = i64::from(word($pc.add(1)).lo());
                let Some($place) = list_place($list, index) else { tail!(StoreSubscrConst, $pc, $fp) };
                $store
            }
        }
    };
}

store_list_const!(StoreListConst, |pc, fp, w, list, place| {
    replace_by_operand!(pc, fp, pc.add(2), place, w.c(), StoreSubscrConst)
});
store_list_const!(StoreListConstResult, |pc, fp, w, list, place| {
    store_result(pc.add(2), fp, slot(fp, w.c()), place)
});
store_list_const!(StoreListConstTemp, |pc, fp, w, list, place| {
    if value(fp, w.c()) == unbound() {
        miss!(StoreSubscrConst, pc, fp)
    }
    replace_in!(pc, fp, pc.add(2), list at w.a(), place, w.c(), StoreSubscrConst)
});

/// Rewrites the reading of an item.
#[inline(always)]
pub(crate) unsafe fn specialise_subscr(pc: Pc, fp: Fp, container: &Ref, key: &Ref) {
    let int = key.header().kind() == types::INT;
    let w = unsafe { word(pc) };
    let fresh = w.c() & CONSUME == 0 && unsafe { is_fresh(fp, w.a()) };
    let op = match container.header().type_index() {
        types::LIST if int && fresh && unsafe { begins_swap(pc, fp) } => Op::SwapListItems,
        types::LIST if int && fresh && w.b() & CONSUME == 0 => {
            let (on, lent) = (Op::SubscrListIntOn, Op::SubscrListIntLent);
            unsafe { read_form(pc, 2, Op::SubscrListIntFresh, on, lent) }
        }
        types::LIST if int && fresh => {
            let (on, lent) = (Op::SubscrListIntTempOn, Op::SubscrListIntTempLent);
            unsafe { read_form(pc, 2, Op::SubscrListIntTemp, on, lent) }
        }
        types::LIST if int => Op::SubscrListInt,
        types::TUPLE if int => Op::SubscrTupleInt,
        types::STR if int => Op::SubscrStrInt,
        types::DICT => Op::SubscrDict,
        _ if container.has_layout::<Instance>() => Op::SubscrMethod,
        _ => return,
    };
    unsafe {
        if may_rewrite(pc) {
            rewrite(pc, op);
        }
    }
}

/// Rewrites the writing of an item.
#[inline(always)]
pub(crate) unsafe fn specialise_store_subscr(pc: Pc, container: &Ref, key: &Ref) {
    let op = match container.header().type_index() {
        types::LIST if key.header().kind() == types::INT => {
            if unsafe { word(pc) }.a() & CONSUME != 0 {
                Op::StoreListIntTemp
            } else if unsafe { word(pc) }.c() & KEEP != 0 {
                Op::StoreListIntResult
            } else if unsafe { word(pc) }.b() & CONSUME == 0 {
                Op::StoreListIntPlain
            } else {
                Op::StoreListInt
            }
        }
        types::DICT => Op::StoreDict,
        _ => return,
    };
    unsafe {
        if may_rewrite(pc) {
            rewrite(pc, op);
        }
    }
}

slow!(set_add, crate::interpreter::containers::SetAdd);
slow!(list_append, crate::interpreter::containers::ListAppend);
slow!(unpack, crate::interpreter::containers::Unpack);

/// Appends to the list of a comprehension or display, where it has room.
pub(in crate::interpreter) unsafe fn ListAppend(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let w = word(pc);
        let (list, new) = (value(fp, w.a()), value(fp, w.b()));
        let items = &mut *payload::<List>(list).items.as_ptr();
        if new == unbound() {
            return list_append(pc, fp);
        }
        if items.len() == items.capacity() {
            cold_path();
            if !items.take_first_room() {
                return list_append(pc, fp);
            }
        }
        move_or_share(fp, w.b(), new);
        items.push_unchecked(Ref::from_raw(new));
        jump!(pc.add(1), fp)
    }
}

/// Adds to the set that a comprehension makes.
pub(in crate::interpreter) unsafe fn SetAdd(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let w = word(pc);
        let (set, new) = (value(fp, w.a()), value(fp, w.b()));
        let table = &mut *payload::<Set>(set).table.as_ptr();
        if kind_of(new) != types::INT || !table.add_at_home(int_value(new), &peek(new)) {
            return set_add_elsewhere(pc, fp);
        }
        if w.b() & CONSUME != 0 {
            direct::give_up_quietly(slot(fp, w.b()));
        }
        jump!(pc.add(1), fp)
    }
}

/// The same where the first place of the hash does not tell.
#[inline(never)]
unsafe fn set_add_elsewhere(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let w = word(pc);
        let new = value(fp, w.b());
        // Who traces allocations asks where the program is.
        publish(pc, fp);
        if new == unbound() || !add_to_set(value(fp, w.a()), new) {
            return set_add(pc, fp);
        }
        if w.b() & CONSUME != 0 {
            *slot(fp, w.b()) = unbound();
            if decrement(new) {
                return drop_and_go(pc.add(1), fp, new);
            }
        }
        jump!(pc.add(1), fp)
    }
}

/// A call of `set.add`.
pub(in crate::interpreter) unsafe fn CallSetAdd(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let window = fp.add(word(pc).b() as usize + 3);
        let (set, new) = (*window, *window.add(1));
        if !is_of(set, types::SET) {
            miss!(CallMethod, pc, fp)
        }
        if kind_of(new) != types::INT || (*set).count() == 1 || pending_bits() != 0 {
            return call_method_native(pc, fp);
        }
        let table = &mut *payload::<Set>(set).table.as_ptr();
        if !table.add_at_home(int_value(new), &peek(new)) {
            return add_elsewhere(pc, fp);
        }
        give_added(pc, fp, window)
    }
}

/// The same where the first place of the hash is not free.
#[inline(never)]
unsafe fn add_elsewhere(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let window = fp.add(word(pc).b() as usize + 3);
        publish(pc, fp);
        if !add_to_set(*window, *window.add(1)) {
            return call_method_native(pc, fp);
        }
        give_added(pc, fp, window)
    }
}

/// Gives up the window of a set and the number that it has now, somebody else holding the set, too, and gives None.
#[inline(always)]
unsafe fn give_added(pc: Pc, fp: Fp, window: *mut Slot) -> Jump {
    unsafe {
        decrement(std::mem::replace(&mut *window, unbound()));
        direct::give_up_quietly(window.add(1));
        put!(pc.add(4), fp, word(pc).a(), shared_none())
    }
}

/// Adds an int or a string, if that is done without running any code.
#[inline(never)]
unsafe fn add_to_set(set: Slot, element: Slot) -> bool {
    unsafe { set::add_plain(payload::<Set>(set), &peek(element)).is_some() }
}

pub(in crate::interpreter) unsafe fn UnpackPair(pc: Pc, fp: Fp) -> Jump {
    unsafe { unpack_tuple::<2>(pc, fp) }
}

pub(in crate::interpreter) unsafe fn UnpackTriple(pc: Pc, fp: Fp) -> Jump {
    unsafe { unpack_tuple::<3>(pc, fp) }
}

/// Unpacks a tuple of a known number of items, at most four (see `replace_quietly`).
#[inline(always)]
unsafe fn unpack_tuple<const COUNT: usize>(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let w = word(pc);
        let source = value(fp, w.b());
        if !is_of(source, types::TUPLE) {
            miss!(Unpack, pc, fp)
        }
        let items = payload::<Tuple>(source).items();
        if items.len() != COUNT {
            miss!(Unpack, pc, fp)
        }
        let items: [Slot; COUNT] = *items.as_ptr().cast();
        let consumed = w.b() & CONSUME != 0;
        if consumed {
            if (*source).count() == 1 {
                return unpack_releasing::<COUNT>(pc, fp);
            }
            // One of the temporaries that receive the items may be that of the source.
            *slot(fp, w.b()) = unbound();
        }
        let places = fp.add(w.a() as usize);
        let old: [Slot; COUNT] = *places.cast();
        // Mostly neither the tuple ends nor what its items replace.
        let others_hold = |index: usize| {
            let again = old[..index].contains(&old[index]);
            let count = (*old[index]).count();
            count > if again { COUNT as u32 } else { 1 } && old[index] != source
        };
        if (0..COUNT).all(others_hold) {
            if consumed {
                decrement(source);
            }
            for (index, item) in items.into_iter().enumerate() {
                increment(item);
                *places.add(index) = item;
                if old[index] != unbound() {
                    decrement(old[index]);
                }
            }
            jump!(pc.add(2), fp)
        }
        if consumed {
            *slot(fp, w.b()) = source;
        }
        unpack_releasing::<COUNT>(pc, fp)
    }
}

/// The same where something ends.
#[inline(never)]
unsafe fn unpack_releasing<const COUNT: usize>(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let w = word(pc);
        let source = value(fp, w.b());
        let items: [Slot; COUNT] = *payload::<Tuple>(source).items().as_ptr().cast();
        let consumed = w.b() & CONSUME != 0;
        if consumed {
            // One of the temporaries that receive the items may be that of the source.
            *slot(fp, w.b()) = unbound();
        }
        let places = fp.add(w.a() as usize);
        if (0..COUNT).any(|index| !ends_plainly(*places.add(index))) {
            if consumed {
                *slot(fp, w.b()) = source;
            }
            return unpack(pc, fp);
        }
        if consumed && (*source).count() == 1 {
            ouro_heap::release_emptied_row(source);
        } else {
            for item in items {
                increment(item);
            }
            if consumed {
                decrement(source);
            }
        }
        let (mut one, mut other) = (std::ptr::null_mut::<Header>(), std::ptr::null_mut::<Header>());
        for (index, item) in items.into_iter().enumerate() {
            let place = places.add(index);
            let old = std::mem::replace(&mut *place, item);
            if old != unbound() && decrement(old) {
                match kind_of(old) {
                    types::INT | types::FLOAT => give_box(old),
                    types::STR => end_quickly(old),
                    _ => note_ended!(old, one, other),
                }
            }
        }
        if !one.is_null() {
            return drop_several(pc, fp, std::ptr::null_mut(), one, other, pc.add(2));
        }
        jump!(pc.add(2), fp)
    }
}

/// Whether giving up one reference runs no code, also for strings that nothing more is known of.
#[inline(always)]
unsafe fn ends_plainly(object: Slot) -> bool {
    unsafe { goes_quietly(object) || kind_of(object) == types::STR }
}

/// Unpacks a tuple or list of exactly the wanted length.
pub(in crate::interpreter) unsafe fn Unpack(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let w = word(pc);
        let source = value(fp, w.b());
        let items: &[Ref] = match type_of(source) {
            types::TUPLE => payload::<Tuple>(source).items(),
            types::LIST => &*payload::<List>(source).items.as_ptr(),
            _ => return unpack(pc, fp),
        };
        let count = w.c() as usize;
        if is_of(source, types::TUPLE) && items.len() == count {
            match count {
                2 => rewrite(pc, Op::UnpackPair),
                3 => rewrite(pc, Op::UnpackTriple),
                _ => {}
            }
        }
        let places = fp.add(w.a() as usize);
        // One of the temporaries that receive the items may be that of the source.
        let consumed = w.b() & CONSUME != 0;
        if consumed {
            *slot(fp, w.b()) = unbound();
        }
        // See `replace_quietly` for the most that can be unpacked here.
        if count > 4 || items.len() != count || !(0..count).all(|index| goes_quietly(*places.add(index))) {
            if consumed {
                *slot(fp, w.b()) = source;
            }
            return unpack(pc, fp);
        }
        let from = items.as_ptr().cast::<Slot>();
        let (mut one, mut other) = (std::ptr::null_mut::<Header>(), std::ptr::null_mut::<Header>());
        for index in 0..count {
            let item = *from.add(index);
            increment(item);
            replace_quietly!(places.add(index), item, one, other);
        }
        let mut ended = std::ptr::null_mut();
        if consumed && decrement(source) {
            ended = source;
        }
        if !ended.is_null() || !one.is_null() {
            return drop_several(pc, fp, ended, one, other, pc.add(2));
        }
        jump!(pc.add(2), fp)
    }
}

slow!(build_tuple, crate::interpreter::containers::BuildTuple);
slow!(build_list, crate::interpreter::containers::BuildList);

/// Moves values out of their slots to the items of a fresh object.
#[inline(always)]
pub(super) unsafe fn move_out(source: *mut Slot, items: *mut Slot, count: usize) {
    for place in 0..count {
        // SAFETY: both have so many places.
        unsafe {
            *items.add(place) = *source.add(place);
            *source.add(place) = unbound();
        }
        // The loop is short: the compiler shall make no more of it.
        std::hint::black_box(());
    }
}

/// A tuple of values that are moved out of their slots.
pub(in crate::interpreter) unsafe fn BuildTuple(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        match word(pc).c() {
            0 => build_tuple(pc, fp),
            // Most are pairs.
            2 => build_tuple_of(pc, fp, 2),
            count => build_tuple_of(pc, fp, count as usize),
        }
    }
}

#[inline(always)]
unsafe fn build_tuple_of(pc: Pc, fp: Fp, count: usize) -> Jump {
    unsafe {
        let w = word(pc);
        let object = take_tailed::<TupleHead>(types::TUPLE, types::TUPLE_SPARES, count);
        if object.is_null() {
            return build_tuple(pc, fp);
        }
        let items = payload::<Tuple>(object).items().as_ptr().cast_mut().cast::<Slot>();
        let source = slot(fp, w.b());
        if count == 2 {
            *items = *source;
            *items.add(1) = *source.add(1);
            *source = unbound();
            *source.add(1) = unbound();
        } else {
            move_out(source, items, count);
        }
        put!(pc.add(1), fp, w.a(), object)
    }
}

/// A list of values that are moved out of their slots.
pub(in crate::interpreter) unsafe fn BuildList(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let w = word(pc);
        let (base, count) = ((w.b() & SLOT) as usize, w.c() as usize);
        let object = take_buffered::<List>(types::LIST, types::LIST_SPARES, count);
        if object.is_null() {
            return build_list(pc, fp);
        }
        let items: &[Ref] = &*payload::<List>(object).items.as_ptr();
        move_out(fp.add(base), items.as_ptr().cast_mut().cast(), count);
        put!(pc.add(1), fp, w.a(), object)
    }
}
