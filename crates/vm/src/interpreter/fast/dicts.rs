//! Specialised handlers: dictionaries.
//!
//! Keys that are strings or ints are mostly found here: interned strings are equal only to themselves. Where two keys
//! would have to be compared the general handler does that.
#![allow(non_snake_case, reason = "a handler is called as its operation")]

use ouro_heap::{
    header::{NAMESPACE, TRACKED},
    table::Sought,
};

use super::*;
use crate::objects::str::StrExt;

/// Looks for a key of an exact dictionary, without a call.
#[inline(always)]
pub(super) unsafe fn seek(dict: Slot, key: Slot) -> Sought {
    const INTERNED_STR: u32 = types::STR | INTERNED;
    unsafe {
        let table = &*payload::<Dict>(dict).table.as_ptr();
        let kind = kind_of(key);
        if kind & TYPE_MASK == types::STR {
            let Some(hash) = payload::<Str>(key).known_hash() else { return Sought::Doubtful };
            let is_interned = kind & INTERNED != 0;
            return table.seek(hash, |candidate| {
                if candidate.as_ptr() == key {
                    return Some(true);
                }
                let other = candidate.header().kind() & (TYPE_MASK | INTERNED);
                (is_interned && other == INTERNED_STR).then_some(false)
            });
        }
        if kind != types::INT {
            return Sought::Doubtful;
        }
        let number = int_value(key);
        let Some(hash) = dict::int_hash(number) else { return Sought::Doubtful };
        table.seek(hash, |candidate| {
            (candidate.header().kind() == types::INT).then(|| int_value(candidate.as_ptr()) == number)
        })
    }
}

slow!(subscr_dict, crate::interpreter::containers::subscr_dict);
slow!(subscr_const, crate::interpreter::containers::SubscrConst);
slow!(store_dict, crate::interpreter::containers::store_dict);

pub(in crate::interpreter) unsafe fn SubscrDict(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let w = word(pc);
        let (dict, key) = (value(fp, w.b()), value(fp, w.c()));
        if type_of(dict) != types::DICT || w.b() & CONSUME != 0 {
            miss!(Subscr, pc, fp)
        }
        let Sought::At(_, place) = seek(dict, key) else { return subscr_dict(pc, fp) };
        let found = *place.cast::<Slot>();
        increment(found);
        if w.c() & CONSUME != 0 {
            if kind_of(key) == types::INT {
                settle(fp, w.c(), key, w.a());
            } else if w.c() & SLOT != w.a() {
                *slot(fp, w.c()) = unbound();
                if decrement(key) {
                    let old = std::mem::replace(&mut *fp.add(w.a() as usize), found);
                    let old = if old != unbound() && decrement(old) { old } else { std::ptr::null_mut() };
                    return drop_several(pc, fp, key, old, std::ptr::null_mut(), pc.add(2));
                }
            }
        }
        put!(pc.add(2), fp, w.a(), found)
    }
}

pub(in crate::interpreter) unsafe fn SubscrConstDict(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let w = word(pc);
        let dict = value(fp, w.b());
        if type_of(dict) != types::DICT {
            miss!(SubscrConst, pc, fp)
        }
        let key = constant_operand(pc, fp);
        let Sought::At(_, place) = seek(dict, key) else { return subscr_const(pc, fp) };
        let found = *place.cast::<Slot>();
        increment(found);
        put!(pc.add(2), fp, w.a(), found)
    }
}

/// Whether a dictionary can take a new value for one of its keys without further ado: an untracked dictionary may have to
/// be tracked for the value, and a class hear of a change.
#[inline(always)]
pub(super) unsafe fn takes_quietly(dict: Slot, new: Slot) -> bool {
    unsafe {
        let kind = kind_of(dict);
        kind & NAMESPACE == 0
            && new != unbound()
            && (kind & TRACKED != 0
                || matches!(type_of(new), types::INT | types::STR | types::FLOAT | types::BOOL))
    }
}

/// A new value for a key that is there.
pub(in crate::interpreter) unsafe fn StoreDict(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let w = word(pc);
        let (dict, key, new) = (value(fp, w.a()), value(fp, w.b()), value(fp, w.c()));
        if type_of(dict) != types::DICT {
            miss!(StoreSubscr, pc, fp)
        }
        let dies = w.b() & CONSUME != 0 && (*key).count() == 1 && kind_of(key) != types::INT;
        if dies || w.a() & CONSUME != 0 || !takes_quietly(dict, new) {
            return store_dict(pc, fp);
        }
        let Sought::At(_, place) = seek(dict, key) else { return store_dict(pc, fp) };
        if kind_of(key) == types::INT {
            settle(fp, w.b(), key, NOWHERE);
        } else if w.b() & CONSUME != 0 {
            *slot(fp, w.b()) = unbound();
            decrement(key);
        }
        if w.c() & CONSUME != 0 {
            *slot(fp, w.c()) = unbound();
        } else {
            increment(new);
        }
        fill!(pc.add(2), fp, place.cast::<Slot>(), new)
    }
}
