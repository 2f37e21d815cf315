//! Specialised handlers: returning.
#![allow(non_snake_case, reason = "a handler is called as its operation")]

use super::*;

pub(in crate::interpreter) unsafe fn Return(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let operand = word(pc).a() & SLOT;
        let result = *fp.add(operand as usize);
        let return_word = *fp.sub(2) as usize;
        if return_word & FLAGS != 0 || result == unbound() {
            return return_slowly(pc, fp);
        }
        let function = *fp.sub(3);
        let clear = code_of(fp).clear_size as usize;
        let mut index = 0;
        while index < clear {
            let place = fp.add(index);
            let object = *place;
            if object != unbound() && index != operand as usize {
                *place = unbound();
                if decrement(object) {
                    let kind = kind_of(object);
                    if kind == types::INT || kind == types::FLOAT {
                        give_box(object);
                    } else {
                        // The rest is released when this instruction runs again.
                        return drop_and_go(pc, fp, object);
                    }
                }
            }
            index += 1;
        }
        if (*function).count() == 1 {
            return return_slowly(pc, fp);
        }
        decrement(function);
        let link = *fp.sub(1);
        *fp.add(operand as usize) = unbound();
        *fp.sub(3) = unbound();
        *fp.sub(2) = unbound();
        *fp.sub(1) = unbound();
        let caller = fp.sub(stack::distance(link));
        let pc = return_word as Pc;
        put!(pc, caller, stack::destination(link) as u16, result)
    }
}

#[cold]
#[inline(never)]
pub(super) unsafe fn return_slowly(pc: Pc, fp: Fp) -> Jump {
    unsafe { go_on(crate::interpreter::calls::Return(pc, fp)) }
}
