//! Specialised handlers: calls of classes.
#![allow(non_snake_case, reason = "a handler is called as its operation")]

use ouro_heap::allocate::take_instance;

use super::*;
use crate::objects::instance::InstanceHead;

slow!(pub(super) call_class, crate::interpreter::classes::call_class);

/// A new instance without attributes, which has taken over a reference to its class; null if it cannot be made here.
#[inline(always)]
unsafe fn new_instance(class: Slot) -> Slot {
    unsafe {
        let class = payload::<Class>(class);
        if !std::ptr::eq(class.layout.0, <Instance as ouro_heap::Payload>::LAYOUT) {
            return std::ptr::null_mut();
        }
        let count = class.place_count();
        let object = take_instance::<InstanceHead, ouro_heap::Slot>(class.index, count);
        if !object.is_null() {
            complete_empty(object, class.root_shape.get(), 0, count);
        }
        object
    }
}

/// Completes a new instance: its shape, and nothing in the places from the even one `first` on.
#[inline(always)]
pub(super) unsafe fn complete_empty(object: Slot, shape: u32, first: usize, count: usize) {
    unsafe {
        let made = payload::<Instance>(object);
        made.head.shape.set(shape);
        let places: *mut Slot = made.items().as_ptr().cast_mut().cast();
        let mut pair: *mut [Slot; 2] = places.add(first).cast();
        // Blocks are of sixteen bytes and begin with as many that are no places: two at a time go into the block.
        while pair.cast::<Slot>() < places.add(count) {
            *pair = [std::ptr::null_mut(); 2];
            pair = pair.add(1);
            // There are few: the compiler shall make no more of it.
            std::hint::black_box(());
        }
    }
}

/// A call of a class with a known root shape: its number says which class it is and that it has not been changed. Word 2:
/// the Python function that is its `__init__`; null for that of `object`.
pub(in crate::interpreter) unsafe fn CallClass(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let w = word(pc);
        let class = value(fp, w.b());
        if !is_class_of_site(pc, class) {
            miss!(Call, pc, fp)
        }
        let init = (*pc.add(2)).get() as usize as Slot;
        if init.is_null() { make_instance(pc, fp, class) } else { enter_init(pc, fp, class, init) }
    }
}

/// Whether an object is the class that a call was made for, unchanged since.
#[inline(always)]
pub(super) unsafe fn is_class_of_site(pc: Pc, class: Slot) -> bool {
    unsafe {
        is_of(class, types::TYPE) && payload::<Class>(class).root_shape.get() == word(pc.add(1)).lo() as u32
    }
}

#[inline(never)]
unsafe fn make_instance(pc: Pc, fp: Fp, class: Slot) -> Jump {
    unsafe {
        if pending_bits() != 0 {
            return call_class(pc, fp);
        }
        let object = new_instance(class);
        if object.is_null() {
            return call_class(pc, fp);
        }
        let w = word(pc);
        *slot(fp, w.b()) = unbound();
        put!(pc.add(3), fp, w.a(), object)
    }
}

/// Makes the instance and enters its `__init__`. What is laid for that is laid by another function: so neither keeps anything
/// on the native stack.
#[inline(never)]
pub(super) unsafe fn enter_init(pc: Pc, fp: Fp, class: Slot, init: Slot) -> Jump {
    unsafe {
        if code_in(init).simple_count as usize != word(pc).c() as usize + 1 {
            return enter_init_with_defaults(pc, fp, class, init);
        }
        if !may_enter_init(pc, fp, init) {
            return call_class(pc, fp);
        }
        let object = new_instance(class);
        if object.is_null() {
            return call_class(pc, fp);
        }
        lay_init(pc, fp, object)
    }
}

/// The same where the last parameters have defaults.
#[inline(never)]
unsafe fn enter_init_with_defaults(pc: Pc, fp: Fp, class: Slot, init: Slot) -> Jump {
    unsafe {
        let code = code_in(init);
        let (given, parameters) = (word(pc).c() as usize + 1, code.arg_count as usize);
        let defaults = *payload::<Function>(init).defaults.as_ptr().cast::<Slot>();
        if !code.simple || given >= parameters || defaults.is_null() || !may_enter_init(pc, fp, init) {
            return call_class(pc, fp);
        }
        let defaults = payload::<Tuple>(defaults).items();
        let Some(first) = (given + defaults.len()).checked_sub(parameters) else {
            return call_class(pc, fp);
        };
        let object = new_instance(class);
        if object.is_null() {
            return call_class(pc, fp);
        }
        let place = slot(fp, word(pc).b()).add(4 + given);
        for (offset, default) in defaults.iter().skip(first).enumerate() {
            increment(default.as_ptr());
            *place.add(offset) = default.as_ptr();
        }
        lay_init(pc, fp, object)
    }
}

/// Whether the frame of an `__init__` can be entered that gets no more arguments than it has parameters.
#[inline(always)]
pub(super) unsafe fn may_enter_init(pc: Pc, fp: Fp, init: Slot) -> bool {
    unsafe {
        let (code, callee) = (code_in(init), slot(fp, word(pc).b()).add(4));
        !code.is_generator() && may_enter(end_of(code, callee), stack::depth_of(fp) + 1)
    }
}

/// Lays the frame of an `__init__`, whose defaults are in their places, and begins with it. The instance takes the place of
/// the class; the frame stands one slot higher than that of a plain function.
#[inline(never)]
unsafe fn lay_init(pc: Pc, fp: Fp, object: Slot) -> Jump {
    unsafe {
        let w = word(pc);
        let window = slot(fp, w.b());
        let callee = window.add(4);
        let mut argument = w.c() as usize;
        while argument != 0 {
            *callee.add(argument) = *window.add(2 + argument);
            argument -= 1;
            // There are few: the compiler shall make no more of it.
            std::hint::black_box(());
        }
        (*object).set_count(2);
        *callee = object;
        *window = object;
        let init = (*pc.add(2)).get() as usize as Slot;
        increment(init);
        *callee.sub(3) = init;
        *callee.sub(2) = (pc.add(3) as usize | SPECIAL) as Slot;
        let depth = stack::depth_of(fp) + 1;
        let link = stack::link((w.b() & SLOT) as usize + 4, w.a(), depth) as u64;
        *callee.sub(1) = (link | INIT) as usize as Slot;
        jump!(code_in(init).words.0.as_ptr(), callee)
    }
}
