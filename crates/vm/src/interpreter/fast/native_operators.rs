//! Operators between objects of built-in types that have no handlers of their own: the native function is called without
//! asking the classes each time.
//!
//! The slots of built-in classes never change, so the types of the operands say which function is asked first. One table
//! of the thread remembers it. Where a function answers NotImplemented, the operation begins anew in the general way.
#![allow(non_snake_case, reason = "a handler is called as its operation")]

use std::cell::Cell as Place;

use super::*;
use crate::{
    error::{Raised, Res},
    interpreter::basic::{comparison, operator},
    objects::slots::{Binary, RichCompare},
    protocol::{compare, number},
};

/// The function for two types and an operator. No key is zero, and the keys of all types differ, also of those made at run
/// time, which are asked for though never entered.
#[derive(Clone, Copy)]
struct Entry {
    key: u64,
    function: Option<Binary>,
}

const ENTRIES: usize = 64;

thread_local! {
    static TABLE: [Place<Entry>; ENTRIES] =
        const { [const { Place::new(Entry { key: 0, function: None }) }; ENTRIES] };
}

/// The function for two operands and the number of an operator, as the instruction has it, if it is remembered.
#[inline(always)]
unsafe fn known(left: Slot, right: Slot, operator: u32) -> Option<Binary> {
    unsafe {
        let (left, right) = (type_of(left), type_of(right));
        let entry = TABLE.with(|table| table[place_of(left, right, operator)].get());
        if entry.key == key_of(left, right, operator) { entry.function } else { None }
    }
}

#[inline(always)]
fn key_of(left: u32, right: u32, operator: u32) -> u64 {
    u64::from(left) | u64::from(right) << 24 | u64::from(operator) << 48
}

#[inline(always)]
fn place_of(left: u32, right: u32, operator: u32) -> usize {
    (left + 5 * right + 11 * operator) as usize % ENTRIES
}

/// Remembers the function for two operands, if there is one that can be called so.
#[cold]
#[inline(never)]
unsafe fn learn(left: Slot, right: Slot, number: u32) -> bool {
    unsafe {
        let (kind, other) = (type_of(left), type_of(right));
        let unbound = left == unbound() || right == unbound();
        if unbound || kind >= ouro_heap::types::FIRST_DYNAMIC || other >= ouro_heap::types::FIRST_DYNAMIC {
            return false;
        }
        let (operator, in_place) = operator(number as i32);
        let function = number::native_function(operator, in_place, &peek(left), &peek(right));
        let entry = Entry { key: key_of(kind, other, number), function };
        TABLE.with(|table| table[place_of(kind, other, number)].set(entry));
        function.is_some()
    }
}

/// Whether the handlers here may do an operator, as the instruction has it, for two objects: powers have a third operand.
#[inline(always)]
pub(super) fn may_be_native(left: &Ref, right: &Ref, number: i32) -> bool {
    left.header().type_index() < ouro_heap::types::FIRST_DYNAMIC
        && right.header().type_index() < ouro_heap::types::FIRST_DYNAMIC
        && !matches!(number & 31, 6 | 12)
}

/// Whether two objects are of one built-in type that compares its instances itself.
#[inline(always)]
pub(super) fn compare_natively(left: &Ref, right: &Ref) -> bool {
    let kind = left.header().type_index();
    kind == right.header().type_index()
        && matches!(
            kind,
            types::LIST
                | types::TUPLE
                | types::DICT
                | types::SET
                | types::FROZENSET
                | types::BYTES
                | types::BYTEARRAY
                | types::STR
                | types::BIG_INT
                | types::FLOAT
                | types::BOOL
        )
}

/// Calls the function, which may run code that rebinds the slots of the operands: both are held elsewhere.
#[inline(never)]
unsafe fn call_held(function: Binary, left: Slot, right: Slot) -> Res {
    unsafe { function(&peek(left), &peek(right)) }
}

/// The same for a comparison, which may go deep.
#[inline(never)]
unsafe fn compare_held(function: RichCompare, left: Slot, right: Slot, number: u32) -> Res {
    unsafe { compare::ask(function, &peek(left), &peek(right), comparison(number)) }
}

/// Puts operands that were taken for an operation back, as if it had not begun.
#[inline(always)]
unsafe fn put_back(fp: Fp, operand: u16, object: Slot) {
    unsafe {
        if operand & CONSUME != 0 {
            *slot(fp, operand) = object;
        } else {
            decrement(object);
        }
    }
}

/// Gives up the operands of an operation that has failed.
#[cold]
#[inline(never)]
unsafe fn operator_raised(pc: Pc, fp: Fp, left: Slot, right: Slot, raised: Raised) -> Jump {
    unsafe {
        drop(Ref::<ouro_heap::Any>::from_raw(left));
        drop(Ref::<ouro_heap::Any>::from_raw(right));
        go_on(crate::interpreter::unwind::raised(pc, fp, raised))
    }
}

/// Takes one reference away, if that ends nothing but a number.
#[inline(always)]
unsafe fn release_quietly(object: Slot) -> bool {
    unsafe {
        if (*object).count() != 1 {
            decrement(object);
            return true;
        }
        let number = matches!(kind_of(object), types::INT | types::FLOAT);
        if number {
            give_box(object);
        }
        number
    }
}

/// Gives up both operands, or the right one only, and then puts the result where it goes.
#[cold]
#[inline(never)]
unsafe fn finish_slowly(pc: Pc, fp: Fp, left: Slot, right: Slot, made: Slot) -> Jump {
    unsafe {
        if !left.is_null() {
            drop(Ref::<ouro_heap::Any>::from_raw(left));
        }
        drop(Ref::<ouro_heap::Any>::from_raw(right));
        store(fp, word(pc).a(), Ref::from_raw(made));
        jump!(pc.add(2), fp)
    }
}

/// An operation on two objects whose types say which function does it.
macro_rules! operation {
    ($pc:ident, $fp:ident, $general:ident, $operator:expr, $right:expr, $call:ident) => {{
        let (left, right) = (value($fp, word($pc).b()), $right);
        let number = $operator as u32;
        match known(left, right, number) {
            Some(function) => $call($pc, $fp, function),
            None if learn(left, right, number) => tail!($general, $pc, $fp),
            None => miss!($general, $pc, $fp),
        }
    }};
}

/// Calls a function on both operands, which are held meanwhile as on CPython's stack, and goes on behind the operation of
/// two words.
macro_rules! run_held {
    ($pc:ident, $fp:ident, $general:ident, $right:expr, $right_operand:expr, |$left_name:ident, $right_name:ident| $call:expr) => {{
        publish($pc, $fp);
        let w = word($pc);
        let ($left_name, $right_name) = (value($fp, w.b()), $right);
        move_or_share($fp, w.b(), $left_name);
        match $right_operand {
            Some(operand) => move_or_share($fp, operand, $right_name),
            None => increment($right_name),
        }
        let made = match $call {
            Ok(made) => made.into_raw(),
            Err(raised) => return operator_raised($pc, $fp, $left_name, $right_name, raised),
        };
        if is_of(made, types::NOT_IMPLEMENTED) {
            decrement(made);
            put_back($fp, word($pc).b(), $left_name);
            match $right_operand {
                Some(operand) => put_back($fp, operand, $right_name),
                None => {
                    decrement($right_name);
                }
            }
            miss!($general, $pc, $fp)
        }
        if !release_quietly($left_name) {
            return finish_slowly($pc, $fp, $left_name, $right_name, made);
        }
        if !release_quietly($right_name) {
            return finish_slowly($pc, $fp, std::ptr::null_mut(), $right_name, made);
        }
        put!($pc.add(2), $fp, word($pc).a(), made)
    }};
}

pub(in crate::interpreter) unsafe fn BinaryOpNative(pc: Pc, fp: Fp) -> Jump {
    unsafe { operation!(pc, fp, BinaryOp, word(pc.add(1)).lo(), value(fp, word(pc).c()), run_operator) }
}

pub(in crate::interpreter) unsafe fn BinaryOpConstNative(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        operation!(
            pc,
            fp,
            BinaryOpConst,
            word(pc.add(1)).lo() & 0xFF,
            constant_operand(pc, fp),
            run_operator_const
        )
    }
}

#[inline(never)]
unsafe fn run_operator(pc: Pc, fp: Fp, function: Binary) -> Jump {
    unsafe {
        run_held!(pc, fp, BinaryOp, value(fp, word(pc).c()), Some(word(pc).c()), |left, right| call_held(
            function, left, right
        ))
    }
}

#[inline(never)]
unsafe fn run_operator_const(pc: Pc, fp: Fp, function: Binary) -> Jump {
    unsafe {
        run_held!(pc, fp, BinaryOpConst, constant_operand(pc, fp), None::<u16>, |left, right| call_held(
            function, left, right
        ))
    }
}

/// The comparison of two objects of one built-in type.
#[inline(always)]
unsafe fn comparison_of(left: Slot, right: Slot) -> Option<RichCompare> {
    unsafe {
        let kind = type_of(left);
        if kind != type_of(right) || kind >= ouro_heap::types::FIRST_DYNAMIC || right == unbound() {
            return None;
        }
        Class::of(&peek(left)).slots.0.compare.get()
    }
}

pub(in crate::interpreter) unsafe fn CompareNative(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let w = word(pc);
        match comparison_of(value(fp, w.b()), value(fp, w.c())) {
            Some(function) => run_comparison(pc, fp, function),
            None => miss!(Compare, pc, fp),
        }
    }
}

#[inline(never)]
unsafe fn run_comparison(pc: Pc, fp: Fp, function: RichCompare) -> Jump {
    unsafe {
        run_held!(pc, fp, Compare, value(fp, word(pc).c()), Some(word(pc).c()), |left, right| {
            compare_held(function, left, right, word(pc.add(1)).lo() as u32)
        })
    }
}

pub(in crate::interpreter) unsafe fn CompareJumpNative(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let w = word(pc);
        match comparison_of(value(fp, w.b()), value(fp, w.c())) {
            Some(function) => run_comparison_jump(pc, fp, function),
            None => miss!(CompareJump, pc, fp),
        }
    }
}

#[inline(never)]
unsafe fn run_comparison_jump(pc: Pc, fp: Fp, function: RichCompare) -> Jump {
    unsafe {
        publish(pc, fp);
        let w = word(pc);
        let (left, right) = (value(fp, w.b()), value(fp, w.c()));
        move_or_share(fp, w.b(), left);
        move_or_share(fp, w.c(), right);
        let made = match compare_held(function, left, right, u32::from(w.a() >> 1)) {
            Ok(made) => made.into_raw(),
            Err(raised) => return operator_raised(pc, fp, left, right, raised),
        };
        if !is_of(made, types::BOOL) {
            return jump_on_other(pc, fp, left, right, made);
        }
        decrement(made);
        let holds = made == crate::state::shared().true_.as_ptr();
        let target = if holds == (word(pc).a() & 1 == 1) {
            pc.offset(word(pc.add(1)).lo() as isize)
        } else {
            pc.add(3)
        };
        let first = if release_quietly(left) { std::ptr::null_mut() } else { left };
        let second = if release_quietly(right) { std::ptr::null_mut() } else { right };
        if !first.is_null() || !second.is_null() {
            return drop_operands(pc, fp, first, second, target);
        }
        jump!(target, fp)
    }
}

/// Goes on where a comparison has given no bool: NotImplemented, or what objects of the program say, which references to
/// them pass on.
#[cold]
#[inline(never)]
unsafe fn jump_on_other(pc: Pc, fp: Fp, left: Slot, right: Slot, made: Slot) -> Jump {
    unsafe {
        let w = word(pc);
        if is_of(made, types::NOT_IMPLEMENTED) {
            decrement(made);
            put_back(fp, w.b(), left);
            put_back(fp, w.c(), right);
            miss!(CompareJump, pc, fp)
        }
        drop(Ref::<ouro_heap::Any>::from_raw(left));
        drop(Ref::<ouro_heap::Any>::from_raw(right));
        let holds = match truth_of(made) {
            Ok(holds) => holds,
            Err(raised) => return go_on(crate::interpreter::unwind::raised(pc, fp, raised)),
        };
        let target = pc.offset(if holds == (w.a() & 1 == 1) { word(pc.add(1)).lo() as isize } else { 3 });
        jump!(target, fp)
    }
}

/// The truth of an object, whose reference this is. Out of line, since what is borrowed here would have to outlive the jump.
#[cold]
#[inline(never)]
unsafe fn truth_of(object: Slot) -> Res<bool> {
    crate::protocol::object::is_true(&unsafe { Ref::<ouro_heap::Any>::from_raw(object) })
}

/// Gives up operands (null for none) whose last references these may be.
#[cold]
#[inline(never)]
unsafe fn drop_operands(pc: Pc, fp: Fp, left: Slot, right: Slot, next: Pc) -> Jump {
    unsafe {
        publish(pc, fp);
        if !left.is_null() {
            drop(Ref::<ouro_heap::Any>::from_raw(left));
        }
        if !right.is_null() {
            drop(Ref::<ouro_heap::Any>::from_raw(right));
        }
        jump!(next, fp)
    }
}
