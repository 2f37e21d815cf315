//! Specialised handlers: strings and characters.
#![allow(non_snake_case, reason = "a handler is called as its operation")]

use super::*;

/// Gives up what the window of a call with one argument holds, of which nothing dies, and puts an owned reference into the
/// call's destination.
macro_rules! answer {
    ($pc:expr, $fp:expr, $w:expr, $place:expr, $answer:expr) => {{
        let answer: Slot = $answer;
        decrement(*$place);
        decrement(*$place.add(3));
        *$place = unbound();
        *$place.add(3) = unbound();
        put!($pc.add(3), $fp, $w.a(), answer)
    }};
}

/// The shared string of a character.
#[inline(always)]
pub(super) unsafe fn shared_character(code: u8) -> Slot {
    unsafe { *STACK.with(|stack| stack.characters.get()).add(code as usize) }
}

/// A reference to the shared string of a character.
#[inline(always)]
pub(super) unsafe fn character(code: u8) -> Slot {
    unsafe {
        let shared = shared_character(code);
        share_immortal(shared);
        shared
    }
}

/// A call of `ord` with a character below 256.
pub(in crate::interpreter) unsafe fn CallOrd(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let w = word(pc);
        let place = fp.add(w.b() as usize);
        let (callable, text) = (*place, *place.add(3));
        if !is_function(callable, (*pc.add(2)).get()) {
            miss!(Call, pc, fp)
        }
        if !is_of(text, types::STR) || (*text).count() == 1 || (*callable).count() == 1 || pending_bits() != 0
        {
            return call_native_1(pc, fp);
        }
        let &[byte] = payload::<Str>(text).items() else { return call_native_1(pc, fp) };
        answer!(pc, fp, w, place, small_int(byte.into()))
    }
}

/// A call of `chr` for a character below 256, which is a shared object.
pub(in crate::interpreter) unsafe fn CallChr(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let w = word(pc);
        let place = fp.add(w.b() as usize);
        let (callable, code) = (*place, *place.add(3));
        if !is_function(callable, (*pc.add(2)).get()) {
            miss!(Call, pc, fp)
        }
        if !is_of(code, types::INT) || (*code).count() == 1 || (*callable).count() == 1 || pending_bits() != 0
        {
            return call_native_1(pc, fp);
        }
        let Ok(code) = u8::try_from(int_value(code)) else { return call_native_1(pc, fp) };
        answer!(pc, fp, w, place, character(code))
    }
}

/// A call of `str` with one argument. Word 2: the class, which is immortal and cannot be changed.
pub(in crate::interpreter) unsafe fn CallStr(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let w = word(pc);
        if value(fp, w.b()) as u64 != (*pc.add(2)).get() {
            miss!(Call, pc, fp)
        }
        if is_of(value(fp, w.b() + 3), types::INT) {
            return call_str_int(pc, fp);
        }
        call_builtin_class_1(pc, fp)
    }
}

/// The addition of two strings. Where only the left operand's slot refers to the left string, and the sum takes its
/// place, it grows where it is: so a string that is built up piece by piece is not copied each time.
pub(in crate::interpreter) unsafe fn AddStr(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let w = word(pc);
        let (left, right) = (value(fp, w.b()), value(fp, w.c()));
        if !is_of(left, types::STR) || !is_of(right, types::STR) {
            miss!(BinaryOp, pc, fp)
        }
        // Interned strings and those whose identity was asked for stay what they are.
        if kind_of(left) != types::STR
            || (*left).count() != 1
            || left == right
            || w.b() & CONSUME == 0 && w.b() != w.a()
        {
            return concat_str(pc, fp);
        }
        add_str(pc, fp)
    }
}

/// See [`AddStr`].
pub(in crate::interpreter) unsafe fn AddStrConst(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let w = word(pc);
        let left = value(fp, w.b());
        if !is_of(left, types::STR) {
            miss!(BinaryOpConst, pc, fp)
        }
        if kind_of(left) != types::STR || (*left).count() != 1 || w.b() & CONSUME == 0 && w.b() != w.a() {
            tail!(BinaryOpConst, pc, fp)
        }
        add_str_const(pc, fp)
    }
}

slow!(add_str, crate::interpreter::basic::add_str);
slow!(concat_str, crate::interpreter::basic::concat_str);
slow!(add_str_const, crate::interpreter::basic::add_str_const);
