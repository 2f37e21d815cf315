//! Specialised handlers: dictionaries.
//!
//! Keys that are strings or ints are mostly found here: interned strings are equal only to themselves, others are compared
//! out of line. Where keys of other types would have to be compared the general handler does that.
#![allow(non_snake_case, reason = "a handler is called as its operation")]

use ouro_heap::{
    header::{NAMESPACE, TRACKED},
    table::{Sought, is_own_hash},
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
        if kind & (TYPE_MASK | INTERNED) == INTERNED_STR {
            let Some(hash) = payload::<Str>(key).known_hash() else { return Sought::Doubtful };
            return table.seek(hash, false, |candidate| {
                if candidate.as_ptr() == key {
                    return Some(true);
                }
                (candidate.header().kind() & (TYPE_MASK | INTERNED) == INTERNED_STR).then_some(false)
            });
        }
        if kind != types::INT {
            return Sought::Doubtful;
        }
        let number = int_value(key);
        let Some(hash) = dict::int_hash(number) else { return Sought::Doubtful };
        table.seek(hash, hash == number && table.tells(), |candidate| {
            (candidate.header().kind() == types::INT).then(|| int_value(candidate.as_ptr()) == number)
        })
    }
}

/// Whether a key is of a type that is looked for here: others are compared by the general handlers.
#[inline(always)]
unsafe fn is_sought(key: Slot) -> bool {
    unsafe { matches!(type_of(key), types::INT | types::STR) }
}

/// The same at the first place of the hash only, where a key nearly always is: a handler that looks no further needs few
/// registers.
#[inline(always)]
pub(super) unsafe fn glance(dict: Slot, key: Slot) -> Sought {
    unsafe { if kind_of(key) == types::INT { glance_number(dict, key) } else { glance_name(dict, key) } }
}

/// [`glance`] for an int.
#[inline(always)]
unsafe fn glance_number(dict: Slot, key: Slot) -> Sought {
    unsafe { (*payload::<Dict>(dict).table.as_ptr()).glance_number(int_value(key)) }
}

/// [`glance`] for a key that is no int.
#[inline(always)]
unsafe fn glance_name(dict: Slot, key: Slot) -> Sought {
    unsafe {
        if kind_of(key) & (TYPE_MASK | INTERNED) != types::STR | INTERNED {
            return Sought::Doubtful;
        }
        match payload::<Str>(key).known_hash() {
            Some(hash) => (*payload::<Dict>(dict).table.as_ptr()).glance_name(hash, key),
            None => Sought::Doubtful,
        }
    }
}

/// The same for any string, which has to be compared with keys.
#[inline(never)]
pub(super) unsafe fn seek_text(dict: Slot, key: Slot) -> Sought {
    unsafe {
        if !is_of(key, types::STR) {
            return Sought::Doubtful;
        }
        let text = payload::<Str>(key);
        let hash = text.hash_value();
        (*payload::<Dict>(dict).table.as_ptr()).seek(hash, false, |candidate| {
            if candidate.as_ptr() == key {
                return Some(true);
            }
            if candidate.header().type_index() != types::STR {
                return None;
            }
            // Keys of a dictionary have been hashed.
            let other = payload::<Str>(candidate.as_ptr());
            Some(other.known_hash() == Some(hash) && same_text(other, text))
        })
    }
}

/// Whether two texts are equal. Most that are compared are short, and equal.
#[inline(always)]
unsafe fn same_text(left: &Str, right: &Str) -> bool {
    unsafe {
        let (a, b) = (left.items(), right.items());
        if a.len() != b.len() || !str::same_width(left, right) {
            return false;
        }
        if a.len() > 16 {
            return a == b;
        }
        // Reads that overlap cover all of it.
        let (len, a, b) = (a.len(), a.as_ptr(), b.as_ptr());
        if len >= 8 {
            let eight = |at: usize| {
                a.add(at).cast::<u64>().read_unaligned() == b.add(at).cast::<u64>().read_unaligned()
            };
            return eight(0) && eight(len - 8);
        }
        if len >= 4 {
            let four = |at: usize| {
                a.add(at).cast::<u32>().read_unaligned() == b.add(at).cast::<u32>().read_unaligned()
            };
            return four(0) && four(len - 4);
        }
        let one = |at: usize| *a.add(at) == *b.add(at);
        len == 0 || one(0) && one(len / 2) && one(len - 1)
    }
}

slow!(subscr_dict, crate::interpreter::containers::subscr_dict);
slow!(subscr_const, crate::interpreter::containers::SubscrConst);
slow!(map_add, crate::interpreter::containers::MapAdd);
slow!(store_dict, crate::interpreter::containers::store_dict);
slow!(store_subscr_const, crate::interpreter::containers::StoreSubscrConst);

pub(in crate::interpreter) unsafe fn SubscrDict(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let w = word(pc);
        let (dict, key) = (value(fp, w.b()), value(fp, w.c()));
        if !is_of(dict, types::DICT) {
            miss!(Subscr, pc, fp)
        }
        if w.b() & CONSUME != 0 && (*dict).count() == 1 {
            return subscr_dict(pc, fp);
        }
        match glance(dict, key) {
            Sought::At(_, place) => give_value(pc, fp, key, place.cast()),
            _ => subscr_seeking(pc, fp),
        }
    }
}

/// The same where the key is not at the first place of its hash.
#[inline(never)]
unsafe fn subscr_seeking(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let w = word(pc);
        let (dict, key) = (value(fp, w.b()), value(fp, w.c()));
        if !is_sought(key) {
            return subscr_dict(pc, fp);
        }
        match seek(dict, key) {
            Sought::At(_, place) => give_value(pc, fp, key, place.cast()),
            Sought::Nowhere => subscr_dict(pc, fp),
            Sought::Doubtful => subscr_text(pc, fp),
        }
    }
}

/// The same with a string that is not interned.
#[inline(never)]
unsafe fn subscr_text(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let key = value(fp, word(pc).c());
        match seek_text(value(fp, word(pc).b()), key) {
            Sought::At(_, place) => give_value(pc, fp, key, place.cast()),
            _ => subscr_dict(pc, fp),
        }
    }
}

/// Gives the value of a key. Dictionary and key are released if they are consumed; somebody else holds the dictionary, too.
#[inline(always)]
unsafe fn give_value(pc: Pc, fp: Fp, key: Slot, place: *mut Slot) -> Jump {
    unsafe {
        let w = word(pc);
        let found = *place;
        increment(found);
        give_up_shared(fp, w.b());
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

/// The value of a constant key, which mostly has the position that word 1 remembers.
pub(in crate::interpreter) unsafe fn SubscrConstDict(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let w = word(pc);
        let dict = value(fp, w.b());
        if !is_of(dict, types::DICT) {
            miss!(SubscrConst, pc, fp)
        }
        if w.b() & CONSUME != 0 && (*dict).count() == 1 {
            return subscr_const(pc, fp);
        }
        let key = constant_operand(pc, fp);
        let table = &*payload::<Dict>(dict).table.as_ptr();
        let Some(place) = table.value_of(word(pc.add(1)).lo() as u32 as usize, &peek(key)) else {
            return seek_constant(pc, fp);
        };
        let found = *place.cast::<Slot>();
        increment(found);
        give_up_shared(fp, w.b());
        put!(pc.add(2), fp, w.a(), found)
    }
}

/// The same where the key has to be looked for.
#[inline(never)]
unsafe fn seek_constant(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let w = word(pc);
        let key = constant_operand(pc, fp);
        let Sought::At(position, place) = seek(value(fp, w.b()), key) else { return subscr_const(pc, fp) };
        remember_position(pc, position);
        let found = *place.cast::<Slot>();
        increment(found);
        give_up_shared(fp, w.b());
        put!(pc.add(2), fp, w.a(), found)
    }
}

/// A call of `dict.get` with a key or a key and a default.
pub(in crate::interpreter) unsafe fn CallDictGet(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let window = fp.add(word(pc).b() as usize + 3);
        let (dict, key) = (*window, *window.add(1));
        if !is_of(dict, types::DICT) {
            miss!(CallMethod, pc, fp)
        }
        if kind_of(key) != types::INT {
            return get_name(pc, fp);
        }
        give_sought(pc, fp, glance_number(dict, key), get_seeking)
    }
}

/// The same for a key that is no int.
#[inline(never)]
unsafe fn get_name(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let window = fp.add(word(pc).b() as usize + 3);
        give_sought(pc, fp, glance_name(*window, *window.add(1)), get_seeking)
    }
}

/// The same where the first place of its hash does not tell whether the key is there.
#[inline(never)]
unsafe fn get_seeking(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let window = fp.add(word(pc).b() as usize + 3);
        let (dict, key) = (*window, *window.add(1));
        let sought = match seek(dict, key) {
            Sought::Doubtful => seek_text(dict, key),
            sought => sought,
        };
        give_sought(pc, fp, sought, call_method_native)
    }
}

/// Gives what the search for the key of `dict.get` has come to, or goes on where it is in doubt.
#[inline(always)]
unsafe fn give_sought(pc: Pc, fp: Fp, sought: Sought, in_doubt: unsafe fn(Pc, Fp) -> Jump) -> Jump {
    unsafe {
        match sought {
            Sought::At(_, place) => give_got(pc, fp, Some(place.cast())),
            Sought::Nowhere => give_got(pc, fp, None),
            Sought::Doubtful => in_doubt(pc, fp),
        }
    }
}

/// Gives what `dict.get` has found, or the default, and gives the window up.
#[inline(always)]
unsafe fn give_got(pc: Pc, fp: Fp, place: Option<*mut Slot>) -> Jump {
    unsafe {
        let w = word(pc);
        let window = fp.add(w.b() as usize + 3);
        let has_default = w.c() == 2;
        if (**window).count() == 1
            || !goes_quietly(*window.add(1))
            || has_default && (*window.add(2) == unbound() || !goes_quietly(*window.add(2)))
            || pending_bits() != 0
        {
            return call_method_native(pc, fp);
        }
        let default = if has_default { *window.add(2) } else { crate::state::shared().none.as_ptr() };
        let found = place.map_or(default, |place| *place);
        increment(found);
        decrement(std::mem::replace(&mut *window, unbound()));
        direct::give_up_quietly(window.add(1));
        if has_default {
            direct::give_up_quietly(window.add(2));
        }
        put!(pc.add(4), fp, w.a(), found)
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
        if !is_of(dict, types::DICT) {
            miss!(StoreSubscr, pc, fp)
        }
        if w.a() & CONSUME != 0 && (*dict).count() == 1 || !takes_quietly(dict, new) {
            return store_dict(pc, fp);
        }
        match glance(dict, key) {
            Sought::At(_, place) => replace_value(pc, fp, place.cast()),
            Sought::Nowhere => store_new(pc, fp),
            Sought::Doubtful => store_seeking(pc, fp),
        }
    }
}

/// A value for a key that is not there, which mostly is an int here.
#[inline(never)]
unsafe fn store_new(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let w = word(pc);
        if !add_number(value(fp, w.a()), value(fp, w.b()), value(fp, w.c())) {
            return store_entry(pc, fp);
        }
        give_entry_up(fp, w, w.b());
        jump!(pc.add(2), fp)
    }
}

/// The same where the first place of its hash does not tell whether the key is there.
#[inline(never)]
unsafe fn store_seeking(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let w = word(pc);
        let (dict, key) = (value(fp, w.a()), value(fp, w.b()));
        if !is_sought(key) {
            return store_dict(pc, fp);
        }
        match seek(dict, key) {
            Sought::At(_, place) => replace_value(pc, fp, place.cast()),
            Sought::Nowhere => store_entry(pc, fp),
            Sought::Doubtful => store_text(pc, fp),
        }
    }
}

/// The same with a string that is not interned.
#[inline(never)]
unsafe fn store_text(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let key = value(fp, word(pc).b());
        match seek_text(value(fp, word(pc).a()), key) {
            Sought::At(_, place) => replace_value(pc, fp, place.cast()),
            Sought::Nowhere => add_entry(pc, fp, key, word(pc).b(), pc.add(2), store_dict),
            Sought::Doubtful => store_dict(pc, fp),
        }
    }
}

/// Puts the new value over that of a key.
#[inline(always)]
unsafe fn replace_value(pc: Pc, fp: Fp, place: *mut Slot) -> Jump {
    unsafe {
        let w = word(pc);
        let (key, new) = (value(fp, w.b()), value(fp, w.c()));
        if w.a() & CONSUME != 0 {
            // While the old value goes the dictionary is still held.
            if !goes_quietly(*place) {
                return store_dict(pc, fp);
            }
            give_up_shared(fp, w.a());
        }
        move_or_share(fp, w.c(), new);
        if kind_of(key) == types::INT {
            settle(fp, w.b(), key, NOWHERE);
        } else if w.b() & CONSUME != 0 {
            *slot(fp, w.b()) = unbound();
            if decrement(key) {
                // The old value goes first.
                let old = std::mem::replace(&mut *place, new);
                let old = if decrement(old) { old } else { std::ptr::null_mut() };
                return drop_several(pc, fp, old, key, std::ptr::null_mut(), pc.add(2));
            }
        }
        replace!(pc.add(2), fp, place, new)
    }
}

/// A new value for a constant key, which mostly has the position that word 1 remembers.
pub(in crate::interpreter) unsafe fn StoreDictConst(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let w = word(pc);
        let dict = value(fp, w.a());
        if !is_of(dict, types::DICT) {
            miss!(StoreSubscrConst, pc, fp)
        }
        if !takes_quietly(dict, value(fp, w.c())) {
            return store_subscr_const(pc, fp);
        }
        let table = &*payload::<Dict>(dict).table.as_ptr();
        let position = word(pc.add(1)).lo() as u32 as usize;
        let Some(place) = table.value_of(position, &peek(constant(fp, w.b()))) else {
            return store_at_constant(pc, fp);
        };
        replace_in!(pc, fp, pc.add(2), dict at w.a(), place.cast(), w.c(), StoreSubscrConst)
    }
}

/// The same where the key has to be looked for.
#[inline(never)]
unsafe fn store_at_constant(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let w = word(pc);
        let (dict, key) = (value(fp, w.a()), constant(fp, w.b()));
        match seek(dict, key) {
            Sought::At(position, place) => {
                remember_position(pc, position);
                replace_in!(pc, fp, pc.add(2), dict at w.a(), place.cast(), w.c(), StoreSubscrConst)
            }
            Sought::Nowhere if w.a() & CONSUME == 0 || (*dict).count() > 1 => {
                add_entry(pc, fp, key, 0, pc.add(2), store_subscr_const)
            }
            _ => store_subscr_const(pc, fp),
        }
    }
}

/// Remembers where in a dictionary a constant key stands.
#[inline(always)]
unsafe fn remember_position(pc: Pc, position: usize) {
    unsafe {
        let cache = pc.add(1);
        (*cache).set(ouro_bytecode::code::Word::data(position as i32, word(cache).hi()).0);
    }
}

/// Adds a key to the dictionary that a comprehension makes.
pub(in crate::interpreter) unsafe fn MapAdd(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let w = word(pc);
        let (dict, key, new) = (value(fp, w.a()), value(fp, w.b()), value(fp, w.c()));
        if !takes_quietly(dict, new) {
            return map_add(pc, fp);
        }
        if !add_number(dict, key, new) {
            return map_elsewhere(pc, fp);
        }
        give_entry_up(fp, w, w.b());
        jump!(pc.add(1), fp)
    }
}

/// Adds an entry for an int, if the first place of its hash tells that it is new.
#[inline(always)]
unsafe fn add_number(dict: Slot, key: Slot, new: Slot) -> bool {
    unsafe {
        kind_of(key) == types::INT
            && (*payload::<Dict>(dict).table.as_ptr()).add_number_at_home(
                int_value(key),
                &peek(key),
                &peek(new),
            )
    }
}

/// The same for a name.
#[inline(never)]
unsafe fn map_elsewhere(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let w = word(pc);
        match glance(value(fp, w.a()), value(fp, w.b())) {
            Sought::Nowhere => map_entry(pc, fp),
            _ => map_seeking(pc, fp),
        }
    }
}

/// The same where the first place of its hash does not tell that the key is new.
#[inline(never)]
unsafe fn map_seeking(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let w = word(pc);
        let (dict, key) = (value(fp, w.a()), value(fp, w.b()));
        match seek(dict, key) {
            Sought::Nowhere => map_entry(pc, fp),
            Sought::Doubtful if is_of(key, types::STR) => map_text(pc, fp),
            _ => map_add(pc, fp),
        }
    }
}

/// The same with a string that is not interned.
#[inline(never)]
unsafe fn map_text(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let key = value(fp, word(pc).b());
        match seek_text(value(fp, word(pc).a()), key) {
            Sought::Nowhere => add_entry(pc, fp, key, word(pc).b(), pc.add(1), map_add),
            _ => map_add(pc, fp),
        }
    }
}

/// Defines what adds the key in an operand, which is not there, with its value, to the dictionary that an instruction of so
/// many words names.
macro_rules! adds_entry {
    ($name:ident, $length:literal, $slowly:ident) => {
        #[inline(never)]
        unsafe fn $name(pc: Pc, fp: Fp) -> Jump {
            unsafe {
                let w = word(pc);
                let (dict, key, new) = (value(fp, w.a()), value(fp, w.b()), value(fp, w.c()));
                let hash = match type_of(key) {
                    types::INT if is_own_hash(int_value(key)) => Some(int_value(key)),
                    types::STR => payload::<Str>(key).known_hash(),
                    _ => None,
                };
                let table = &mut *payload::<Dict>(dict).table.as_ptr();
                if !hash.is_some_and(|hash| table.add_at_home(hash, &peek(key), &peek(new))) {
                    return add_entry(pc, fp, key, w.b(), pc.add($length), $slowly);
                }
                give_entry_up(fp, w, w.b());
                jump!(pc.add($length), fp)
            }
        }
    };
}

adds_entry!(store_entry, 2, store_dict);
adds_entry!(map_entry, 1, map_add);

/// The same where the table has to grow or the first place of the hash is taken. A constant key is no operand: it comes with 0.
#[inline(never)]
unsafe fn add_entry(
    pc: Pc,
    fp: Fp,
    key: Slot,
    key_operand: u16,
    next: Pc,
    slowly: unsafe fn(Pc, Fp) -> Jump,
) -> Jump {
    unsafe {
        let w = word(pc);
        let (dict, new) = (value(fp, w.a()), value(fp, w.c()));
        let Some(hash) = dict::plain_hash(&peek(key)) else { return slowly(pc, fp) };
        // Who traces allocations asks where the program is.
        publish(pc, fp);
        increment(key);
        increment(new);
        let table = &mut *payload::<Dict>(dict).table.as_ptr();
        if table.insert_new(hash, Ref::from_raw(key), Ref::from_raw(new)).is_err() {
            return slowly(pc, fp);
        }
        give_entry_up(fp, w, key_operand);
        jump!(next, fp)
    }
}

/// Releases the operands of an instruction that has added an entry: the dictionary holds key and value, and somebody else the
/// dictionary, so that nothing ends here.
#[inline(always)]
unsafe fn give_entry_up(fp: Fp, w: Fields, key_operand: u16) {
    unsafe {
        give_up_shared(fp, w.a());
        give_up_shared(fp, key_operand);
        give_up_shared(fp, w.c());
    }
}
