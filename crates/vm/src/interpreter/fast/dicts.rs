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
slow!(map_add, crate::interpreter::containers::MapAdd);
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
        let key = *code_of(fp).constants.as_ptr().add(w.c() as usize).cast::<Slot>();
        let Sought::At(_, place) = seek(dict, key) else { return subscr_const(pc, fp) };
        let found = *place.cast::<Slot>();
        increment(found);
        put!(pc.add(2), fp, w.a(), found)
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
        // An untracked dictionary may have to be tracked for the value, and a class hear of a change.
        let kind = kind_of(dict);
        let dies = w.b() & CONSUME != 0 && (*key).count() == 1 && kind_of(key) != types::INT;
        if dies
            || w.a() & CONSUME != 0
            || kind & NAMESPACE != 0
            || kind & TRACKED == 0
                && !matches!(type_of(new), types::INT | types::STR | types::FLOAT | types::BOOL)
            || new == unbound()
        {
            return store_dict(pc, fp);
        }
        let place = match seek(dict, key) {
            Sought::At(_, place) => place,
            Sought::Nowhere => return add_entry(pc, fp, pc.add(2), store_dict),
            Sought::Doubtful => return store_dict(pc, fp),
        };
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

/// Adds a key to the dictionary that a comprehension makes.
pub(in crate::interpreter) unsafe fn MapAdd(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let w = word(pc);
        let (dict, key, new) = (value(fp, w.a()), value(fp, w.b()), value(fp, w.c()));
        let is_quiet = kind_of(dict) & TRACKED != 0
            || matches!(type_of(new), types::INT | types::STR | types::FLOAT | types::BOOL);
        if !is_quiet || new == unbound() {
            return map_add(pc, fp);
        }
        match seek(dict, key) {
            Sought::Nowhere => add_entry(pc, fp, pc.add(1), map_add),
            _ => map_add(pc, fp),
        }
    }
}

/// Adds a key that [`seek`] has not found, with its value, to the dictionary that an instruction names.
#[inline(never)]
unsafe fn add_entry(pc: Pc, fp: Fp, next: Pc, slowly: unsafe fn(Pc, Fp) -> Jump) -> Jump {
    unsafe {
        let w = word(pc);
        let (dict, key, new) = (value(fp, w.a()), value(fp, w.b()), value(fp, w.c()));
        let Some(hash) = dict::plain_hash(&peek(key)) else { return slowly(pc, fp) };
        // Who traces allocations asks where the program is.
        publish(pc, fp);
        increment(key);
        increment(new);
        let table = &mut *payload::<Dict>(dict).table.as_ptr();
        if table.insert_new(hash, Ref::from_raw(key), Ref::from_raw(new)).is_err() {
            return slowly(pc, fp);
        }
        // The dictionary holds both, so that nothing ends here.
        for operand in [w.b(), w.c()] {
            if operand & CONSUME != 0 {
                decrement(std::mem::replace(&mut *slot(fp, operand), unbound()));
            }
        }
        jump!(next, fp)
    }
}
