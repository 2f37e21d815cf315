//! Specialised handlers: calls of objects that stand for a Python function: bound methods, instances with `__call__`.
#![allow(non_snake_case, reason = "a handler is called as its operation")]

use super::{
    polymorphic::{METHOD, known, remember},
    *,
};
use crate::interpreter::calls::{Site, enter_call_method};

/// A bound method of a Python function that takes the arguments as they are, behind the receiver.
pub(in crate::interpreter) unsafe fn CallBound(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let w = word(pc);
        let place = fp.add(w.b() as usize);
        let method = *place;
        if !is_of(method, types::METHOD) {
            miss!(Call, pc, fp)
        }
        let Method { function, receiver } = payload::<Method>(method);
        let (function, receiver) = (function.as_ptr(), receiver.as_ptr());
        if !is_of(function, types::FUNCTION) || (*method).count() == 1 {
            tail!(Call, pc, fp)
        }
        let callee = place.add(3);
        let code = code_in(function);
        let depth = stack::depth_of(fp) + 1;
        let top = end_of(code, callee);
        if code.simple_count != u32::from(w.c()) + 1 || !may_enter(top, depth) {
            tail!(Call, pc, fp)
        }
        let mut place_above = callee.add(w.c() as usize);
        while place_above != callee {
            *place_above = *place_above.sub(1);
            place_above = place_above.sub(1);
        }
        increment(receiver);
        *callee = receiver;
        increment(function);
        decrement(method);
        *place = function;
        *callee.sub(2) = pc.add(3) as usize as Slot;
        stack::lay_link_of_call(callee, w.a_and_b(), 3, depth);
        jump!(code.words.0.as_ptr(), callee)
    }
}

/// An instance whose `__call__` is a Python function.
pub(in crate::interpreter) unsafe fn CallInstance(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let callable = value(fp, word(pc).b());
        let name = &crate::state::names().__call__;
        let Some(entry) = known(callable, name.address()) else {
            if let Some(callable) = borrow(fp, word(pc).b()) {
                remember(callable, name);
            }
            tail!(Call, pc, fp)
        };
        if entry.place != METHOD || code_in(entry.value).is_generator() {
            tail!(Call, pc, fp)
        }
        call_instance(pc, fp, entry.value)
    }
}

#[inline(never)]
unsafe fn call_instance(pc: Pc, fp: Fp, function: Slot) -> Jump {
    unsafe {
        publish(pc, fp);
        let w = word(pc);
        let site = Site { pc, fp, base: w.b(), count: w.c() as usize, destination: w.a(), length: 3 };
        increment(function);
        go_on(enter_call_method(site, Ref::from_raw(function), None))
    }
}
