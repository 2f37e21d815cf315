//! Specialised handlers, and the rules by which general operations are rewritten to them.
//!
//! A specialised handler checks what it was made for with one or two compares, does its work on raw registers and
//! jumps on; it holds no value with a destructor and makes no ordinary call on its way. On a miss it goes to the
//! general handler, which may rewrite the operation again; a site that misses often stays general.
#![allow(non_snake_case, reason = "a handler is called as its operation")]

use ouro_bytecode::opcode::{CONSUME, Op};
use ouro_heap::{
    Header, Ref,
    allocate::{give_box, take_box, write_header},
    state::pending_bits,
};

use super::{
    core::*,
    handlers::TABLE,
    stack::{self, FLAGS, STACK},
};
use crate::{
    native::Code as NativeCode,
    objects::{
        builtin::{BuiltinFunction, MethodDescriptor},
        class::{Class, class_flags},
        code::Code,
        dict::{self, Dict},
        float::Float,
        function::Function,
        instance::{self, Instance},
        int::{Int, SMALL_MAX, SMALL_MIN},
        list::{List, iterator::ListIterator},
        range::iterator::RangeIterator,
        str::{self, Str},
        tuple::Tuple,
    },
    state::vm,
    types,
};

/// The header word of an int or float that only one slot refers to, and whose identity nobody has asked for.
const LONE_INT: u64 = 1 | (types::INT as u64) << 32;
const LONE_FLOAT: u64 = 1 | (types::FLOAT as u64) << 32;
/// A site that has missed this often is left alone.
const MAX_MISSES: u32 = 8;

/// Goes to another handler for the same instruction.
macro_rules! tail {
    ($op:ident, $pc:expr, $fp:expr) => {
        return general(Op::$op, $pc, $fp)
    };
}

/// Writes the general operation back and goes to it.
macro_rules! miss {
    ($op:ident, $pc:expr, $fp:expr) => {{
        rewrite($pc, Op::$op);
        tail!($op, $pc, $fp)
    }};
}

/// Goes to the handler of another operation for the same instruction.
#[inline(always)]
unsafe fn general(op: Op, pc: Pc, fp: Fp) -> Jump {
    unsafe { TABLE.get_unchecked(op as usize)(pc, fp) }
}

#[inline(always)]
unsafe fn rewrite(pc: Pc, op: Op) {
    unsafe { (*pc).set((*pc).get() & !0xFFFF | op as u64) }
}

#[inline(always)]
unsafe fn header_word(value: Slot) -> u64 {
    unsafe { *value.cast::<u64>() }
}

#[inline(always)]
unsafe fn int_value(value: Slot) -> i64 {
    unsafe { payload::<Int>(value).value.get() }
}

#[inline(always)]
unsafe fn float_value(value: Slot) -> f64 {
    unsafe { payload::<Float>(value).value.get() }
}

/// The value in an operand's slot.
#[inline(always)]
unsafe fn value(fp: Fp, operand: u16) -> Slot {
    unsafe { *slot(fp, operand) }
}

/// Releases a number that an operand consumes, unless its slot is the destination and is written over anyway.
#[inline(always)]
unsafe fn release_number(fp: Fp, operand: u16, destination: u16) {
    unsafe {
        if operand & CONSUME != 0 && operand & !CONSUME != destination {
            let place = slot(fp, operand);
            let old = *place;
            *place = unbound();
            if decrement(old) {
                give_box(old);
            }
        }
    }
}

/// Releases an object that was the last reference, and goes on.
#[cold]
#[inline(never)]
unsafe fn drop_and_go(pc: Pc, fp: Fp, object: *mut Header) -> Jump {
    unsafe {
        publish(pc, fp);
        ouro_heap::release_last(object);
        jump!(pc, fp)
    }
}

/// Puts an owned reference into a slot, releases the old value and goes on at `pc`.
macro_rules! put {
    ($pc:expr, $fp:expr, $destination:expr, $new:expr) => {{
        let place = slot($fp, $destination);
        let old = *place;
        *place = $new;
        if old != unbound() && decrement(old) {
            let kind = kind_of(old);
            if kind == types::INT || kind == types::FLOAT {
                give_box(old);
            } else {
                return drop_and_go($pc, $fp, old);
            }
        }
        jump!($pc, $fp)
    }};
}

/// Puts an int into the destination of an instruction of `$length` words and goes on; `$general` is the operation to
/// go to when no block is at hand. The operands have not been touched yet.
macro_rules! put_int {
    ($pc:expr, $fp:expr, $w:expr, $result:expr, $length:literal, $general:ident, [$($operand:expr),*]) => {{
        let result: i64 = $result;
        let destination = $w.a();
        let place = slot($fp, destination);
        let old = *place;
        if (SMALL_MIN..=SMALL_MAX).contains(&result) {
            let small = *STACK.with(|stack| stack.small_ints.get()).add((result - SMALL_MIN) as usize);
            increment(small);
            $(release_number($fp, $operand, destination);)*
            put!($pc.add($length), $fp, destination, small)
        }
        if header_word(old) == LONE_INT {
            $(release_number($fp, $operand, destination);)*
            payload::<Int>(old).value.set(result);
            jump!($pc.add($length), $fp)
        }
        let fresh = take_box();
        if fresh.is_null() {
            tail!($general, $pc, $fp)
        }
        write_header(fresh, types::INT);
        payload::<Int>(fresh).value.set(result);
        $(release_number($fp, $operand, destination);)*
        put!($pc.add($length), $fp, destination, fresh)
    }};
}

/// The same for a float.
macro_rules! put_float {
    ($pc:expr, $fp:expr, $w:expr, $result:expr, $general:ident, [$($operand:expr),*]) => {{
        let result: f64 = $result;
        let destination = $w.a();
        let old = *slot($fp, destination);
        if header_word(old) == LONE_FLOAT {
            $(release_number($fp, $operand, destination);)*
            payload::<Float>(old).value.set(result);
            jump!($pc.add(2), $fp)
        }
        let fresh = take_box();
        if fresh.is_null() {
            tail!($general, $pc, $fp)
        }
        write_header(fresh, types::FLOAT);
        payload::<Float>(fresh).value.set(result);
        $(release_number($fp, $operand, destination);)*
        put!($pc.add(2), $fp, destination, fresh)
    }};
}

mod attributes;
mod calls;
mod items;
mod iteration;
mod jumps;
mod names;
mod numbers;
mod returns;

pub(super) use {
    attributes::*, calls::*, items::*, iteration::*, jumps::*, names::*, numbers::*, returns::*,
};
