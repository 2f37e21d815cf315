//! Specialised handlers, and the rules by which general operations are rewritten to them.
//!
//! A specialised handler checks what it was made for with one or two compares, does its work on raw registers and
//! jumps on; it holds no value with a destructor and makes no ordinary call on its way. On a miss it goes to the
//! general handler, which may rewrite the operation again; a site that misses often stays general.
#![allow(non_snake_case, reason = "a handler is called as its operation")]

use std::hint::cold_path;

use ouro_bytecode::opcode::{CONSUME, DELEGATES, KEEP, Op, SLOT, UNUSED};
use ouro_heap::{
    Header, Ref,
    allocate::{give_box, take_box, take_buffered, take_fixed, take_tailed, write_header},
    header::{INTERNED, SOUGHT_BEYOND, TYPE_MASK},
    state::{pending_bits, quiet_limit},
    types::Spares,
};

use super::{
    core::*,
    handlers::TABLE,
    stack::{self, ENTRY, FLAGS, GENERATOR, INIT, OPERANDS, SPECIAL, STACK},
    steps,
};
use crate::{
    native::{Code as NativeCode, Known},
    objects::{
        builtin::{BuiltinFunction, MethodDescriptor},
        cell::Cell,
        class::{Class, DowncastClass, class_flags},
        descriptor::{ClassMethod, Member, Place, Property, StaticMethod},
        dict::{self, Dict, DictIterator},
        float::{self, Float},
        function::Function,
        generator::{self, Generator, GeneratorHead, State as GeneratorState},
        instance::{self, Instance},
        int::{self, Int, SMALL_MAX, SMALL_MIN},
        list::{List, iterator::ListIterator},
        method::Method,
        module::Module,
        range::iterator::RangeIterator,
        set::{self, Set},
        str::{self, Str, StrExt, StrIterator},
        tuple::{Tuple, TupleHead, iterator::TupleIterator},
    },
    state::vm,
    types,
};

/// The header word of an int or float that only one slot refers to, and whose identity nobody has asked for.
const LONE_INT: u64 = 1 | (types::INT as u64) << 32;
const LONE_FLOAT: u64 = 1 | (types::FLOAT as u64) << 32;
/// No slot at all, where a handler has no destination.
const NOWHERE: u16 = u16::MAX;
/// A site that has missed this often is left alone.
const MAX_MISSES: u32 = 8;

/// A site that has met this many kinds of instances goes by the table of all (see [`polymorphic`]).
const MAX_KINDS: u32 = 3;

/// Goes to another handler for the same instruction.
macro_rules! tail {
    ($op:ident, $pc:expr, $fp:expr) => {{
        cold_path();
        return general(Op::$op, $pc, $fp);
    }};
}

/// Writes the general operation back and goes to it.
macro_rules! miss {
    ($op:ident, $pc:expr, $fp:expr) => {{
        cold_path();
        rewrite($pc, Op::$op);
        tail!($op, $pc, $fp)
    }};
}

/// Defines the way to a general handler that is always an option, out of line.
macro_rules! slow {
    ($vis:vis $name:ident, $general:path) => {
        #[cold]
        #[inline(never)]
        $vis unsafe fn $name(pc: Pc, fp: Fp) -> Jump {
            unsafe { go_on($general(pc, fp)) }
        }
    };
}

/// Goes to the handler of another operation for the same instruction.
#[inline(always)]
unsafe fn general(op: Op, pc: Pc, fp: Fp) -> Jump {
    unsafe { TABLE.get_unchecked(op as usize)(pc, fp) }
}

#[inline(always)]
unsafe fn rewrite(pc: Pc, op: Op) {
    if op as u16 >= Op::LoadConstCached as u16 && vm().options.generic {
        return;
    }
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

/// A constant by its index.
#[inline(always)]
unsafe fn constant(fp: Fp, index: u16) -> Slot {
    unsafe { *code_of(fp).constants.as_ptr().add(index as usize).cast::<Slot>() }
}

/// The constant that operand c names.
#[inline(always)]
unsafe fn constant_operand(pc: Pc, fp: Fp) -> Slot {
    unsafe { constant(fp, word(pc).c()) }
}

/// Where the stack must reach to for a frame of some code, which begins with the function in front of its linkage.
#[inline(always)]
unsafe fn end_of(code: &crate::objects::code::Code, callee: Fp) -> Fp {
    unsafe { callee.sub(3).byte_add(code.reach as usize) }
}

/// Whether a frame that ends at `top` can be entered at a depth: frames nest no deeper than allowed, the stack reaches so far,
/// and nothing is pending.
#[inline(always)]
unsafe fn may_enter(top: Fp, depth: u32) -> bool {
    if depth >= quiet_limit() {
        cold_path();
        return false;
    }
    // The compiler shall not make one value of both.
    std::hint::black_box(());
    if top > STACK.with(|stack| stack.limit.get()) {
        cold_path();
        return false;
    }
    true
}

/// An operand that is put somewhere else: its reference is moved if it is consumed, and shared if not.
#[inline(always)]
unsafe fn move_or_share(fp: Fp, operand: u16, object: Slot) {
    unsafe {
        if operand & CONSUME != 0 {
            *slot(fp, operand) = unbound();
        } else {
            cold_path();
            increment(object);
        }
    }
}

/// Does away with a number that an operand consumes: a box that only its slot refers to may be left there for the next
/// result. Nothing is done where the slot is the destination, which is written over anyway.
#[inline(always)]
unsafe fn settle(fp: Fp, operand: u16, number: Slot, destination: u16) {
    unsafe {
        if operand & CONSUME == 0
            || operand & KEEP != 0 && (*number).count() == 1
            || operand & SLOT == destination
        {
            return;
        }
        *slot(fp, operand) = unbound();
        if decrement(number) {
            give_box(number);
        }
    }
}

/// Releases an operand that somebody else holds, too, where it is consumed.
#[inline(always)]
pub(super) unsafe fn give_up_shared(fp: Fp, operand: u16) {
    unsafe {
        if operand & CONSUME != 0 {
            decrement(std::mem::replace(&mut *slot(fp, operand), unbound()));
        }
    }
}

/// Releases an object that was the last reference, and goes on with the next instruction. What its end calls sees the
/// frame at the instruction before.
#[cold]
#[inline(never)]
unsafe fn drop_and_go(next: Pc, fp: Fp, object: *mut Header) -> Jump {
    unsafe { drop_and_jump(next.sub(1), fp, object, next) }
}

/// The same where the next instruction is not the one behind.
#[cold]
#[inline(never)]
unsafe fn drop_and_jump(pc: Pc, fp: Fp, object: *mut Header, next: Pc) -> Jump {
    unsafe {
        if give_text(object) {
            jump!(next, fp)
        }
        drop_aloud(pc, fp, object, next)
    }
}

/// The same for an object whose end may run code.
#[inline(never)]
unsafe fn drop_aloud(pc: Pc, fp: Fp, object: *mut Header, next: Pc) -> Jump {
    unsafe {
        publish(pc, fp);
        ouro_heap::release_last(object);
        jump!(next, fp)
    }
}

/// Gives the block of a dead object back if it is a short string that nothing more is known of; whether it is.
#[inline(always)]
unsafe fn give_text(object: Slot) -> bool {
    const FIXED: usize = size_of::<Header>() + size_of::<Str>();
    unsafe { kind_of(object) == types::STR && ouro_heap::give_bytes_back(object, FIXED) }
}

/// Ends an object whose last reference is gone.
#[inline(always)]
unsafe fn end_quickly(object: Slot) {
    unsafe {
        if !give_text(object) {
            ouro_heap::release_last(object);
        }
    }
}

/// Whether giving up one reference runs no code.
#[inline(always)]
pub(super) unsafe fn goes_quietly(object: Slot) -> bool {
    unsafe { (*object).count() != 1 || matches!(kind_of(object), types::INT | types::FLOAT) }
}

/// Puts an owned reference into one of several slots whose old values go quietly one by one. Where two of them hold the last
/// references to one object that is no number, it is noted in the first of the variables that is free, to be released
/// afterwards: so there is one for every two slots.
macro_rules! replace_quietly {
    ($place:expr, $new:expr, $($noted:ident),+) => {{
        let place: *mut Slot = $place;
        let old = *place;
        *place = $new;
        if old != unbound() && decrement(old) {
            if matches!(kind_of(old), types::INT | types::FLOAT) {
                give_box(old);
            } else {
                note_ended!(old, $($noted),+);
            }
        }
    }};
}

/// See [`replace_quietly`].
macro_rules! note_ended {
    ($old:expr, $last:ident) => {
        $last = $old;
    };
    ($old:expr, $first:ident, $($others:ident),+) => {
        if $first.is_null() {
            $first = $old;
        } else {
            note_ended!($old, $($others),+);
        }
    };
}

/// Releases up to three objects (null for none) that were the last references, and goes on at `next`.
#[cold]
#[inline(never)]
unsafe fn drop_several(pc: Pc, fp: Fp, first: Slot, second: Slot, third: Slot, next: Pc) -> Jump {
    unsafe {
        publish(pc, fp);
        if !first.is_null() {
            end_quickly(first);
        }
        if !second.is_null() {
            end_quickly(second);
        }
        if !third.is_null() {
            end_quickly(third);
        }
        jump!(next, fp)
    }
}

#[inline(always)]
fn is_small(value: i64) -> bool {
    (SMALL_MIN..=SMALL_MAX).contains(&value)
}

/// Puts an int into a slot and goes on: over a box there that nothing else refers to, where the value has one.
macro_rules! give_int {
    ($next:expr, $fp:expr, $destination:expr, $result:expr) => {{
        let result: i64 = $result;
        let place = $fp.add($destination as usize);
        if is_small(result) {
            cold_path();
            return finish_small($next, $fp, place, result);
        }
        let old = *place;
        if header_word(old) == LONE_INT {
            payload::<Int>(old).value.set(result);
            jump!($next, $fp)
        }
        return finish_int($next, $fp, place, result);
    }};
}

/// [`give_int`] without a jump to what puts small ints, for the most frequent operations.
macro_rules! give_int_here {
    ($next:expr, $fp:expr, $destination:expr, $result:expr) => {{
        let result: i64 = $result;
        if is_small(result) {
            put!($next, $fp, $destination, small_int(result))
        }
        give_int!($next, $fp, $destination, result)
    }};
}

/// The same for a float.
macro_rules! give_float {
    ($next:expr, $fp:expr, $destination:expr, $result:expr) => {{
        let result: f64 = $result;
        let place = $fp.add($destination as usize);
        let old = *place;
        if header_word(old) == LONE_FLOAT {
            payload::<Float>(old).value.set(result);
            jump!($next, $fp)
        }
        return finish_float($next, $fp, place, result);
    }};
}

/// Puts an object that is counted already into a slot and goes on.
macro_rules! fill {
    ($next:expr, $fp:expr, $place:expr, $new:expr) => {{
        let place: *mut Slot = $place;
        let old = *place;
        *place = $new;
        if old != unbound() && decrement(old) {
            end_and_go!($next, $fp, old)
        }
        jump!($next, $fp)
    }};
}

/// [`fill`] for what mostly is a temporary that is unbound.
macro_rules! fill_temporary {
    ($next:expr, $fp:expr, $place:expr, $new:expr) => {{
        let place: *mut Slot = $place;
        if *place != unbound() {
            cold_path();
            replace!($next, $fp, place, $new)
        }
        *place = $new;
        jump!($next, $fp)
    }};
}

/// [`fill`] for a place of an object: something stands there.
macro_rules! replace {
    ($next:expr, $fp:expr, $place:expr, $new:expr) => {{
        let place: *mut Slot = $place;
        let old = *place;
        *place = $new;
        if decrement(old) {
            end_and_go!($next, $fp, old)
        }
        jump!($next, $fp)
    }};
}

/// Ends what has lost its last reference, and goes on.
macro_rules! end_and_go {
    ($next:expr, $fp:expr, $old:expr) => {{
        let kind = kind_of($old);
        if kind == types::INT || kind == types::FLOAT {
            give_box($old);
            jump!($next, $fp)
        }
        return drop_and_go($next, $fp, $old);
    }};
}

/// Puts the value that an operand names into a place of an object where something stands: out of a temporary, or shared with a
/// variable, which may be unbound.
macro_rules! replace_by_operand {
    ($pc:expr, $fp:expr, $next:expr, $place:expr, $operand:expr, $general:ident) => {{
        let (place, operand): (*mut Slot, u16) = ($place, $operand);
        let source = slot($fp, operand);
        let new = *source;
        if operand & CONSUME != 0 {
            *source = unbound();
            replace!($next, $fp, place, new)
        }
        cold_path();
        if new == unbound() {
            miss!($general, $pc, $fp)
        }
        increment(new);
        replace!($next, $fp, place, new)
    }};
}

/// Puts an owned reference into a slot, releases the old value and goes on at `pc`.
macro_rules! put {
    ($pc:expr, $fp:expr, $destination:expr, $new:expr) => {{ fill!($pc, $fp, $fp.add($destination as usize), $new) }};
}

/// The same where the slot is known to be unbound, see [`is_fresh`].
macro_rules! put_fresh {
    ($pc:expr, $fp:expr, $destination:expr, $new:expr) => {{
        let place: *mut Slot = $fp.add($destination as usize);
        debug_assert!(*place == unbound(), "a temporary is written when it is unbound");
        *place = $new;
        jump!($pc, $fp)
    }};
}

/// Moves the result in a temporary for numbers to a place in an object. A box there that nothing else refers to goes to the
/// temporary, for the next result.
#[inline(always)]
unsafe fn store_result(next: Pc, fp: Fp, temporary: *mut Slot, place: *mut Slot) -> Jump {
    unsafe {
        let new = *temporary;
        let old = *place;
        if !old.is_null() && (*old).count() == 1 && matches!(kind_of(old), types::FLOAT | types::INT) {
            *place = new;
            *temporary = old;
            jump!(next, fp)
        }
        *temporary = unbound();
        if old.is_null() {
            *place = new;
            jump!(next, fp)
        }
        replace!(next, fp, place, new)
    }
}

/// Puts the value in a slot over the one at a place of an object, which the instruction may consume: it is still held while
/// the old value goes. `$settled` is done as soon as it is clear that the general handler is not needed.
macro_rules! replace_in {
    ($pc:expr, $fp:expr, $next:expr, $owner:ident at $operand:expr, $place:expr, $value:expr, $general:ident $(, $settled:expr)?) => {{
        let place: *mut Slot = $place;
        if $operand & CONSUME != 0 {
            if (*$owner).count() == 1 || !goes_quietly(*place) {
                tail!($general, $pc, $fp)
            }
            decrement($owner);
            *slot($fp, $operand) = unbound();
        }
        $($settled;)?
        if $value & KEEP != 0 {
            return store_result($next, $fp, slot($fp, $value), place);
        }
        let new = value($fp, $value);
        move_or_share($fp, $value, new);
        replace!($next, $fp, place, new)
    }};
}

/// Whether a destination is unbound whenever it is written: so are all temporaries but those that keep boxes, which the
/// verifier of bytecode makes sure of.
#[inline(always)]
unsafe fn is_fresh(fp: Fp, destination: u16) -> bool {
    unsafe { destination as u32 >= code_of(fp).clear_size }
}

/// Puts a small int into a slot and goes on.
#[inline(never)]
unsafe fn finish_small(next: Pc, fp: Fp, place: *mut Slot, result: i64) -> Jump {
    unsafe { fill_temporary!(next, fp, place, small_int(result)) }
}

/// Puts a new box with an int that is not small into a slot and goes on.
#[inline(never)]
unsafe fn finish_int(next: Pc, fp: Fp, place: *mut Slot, result: i64) -> Jump {
    unsafe {
        let fresh = take_box();
        if fresh.is_null() {
            return refill_int(next, fp, place, result);
        }
        write_header(fresh, types::INT);
        payload::<Int>(fresh).value.set(result);
        fill_temporary!(next, fp, place, fresh)
    }
}

/// A reference to None.
#[inline(always)]
unsafe fn shared_none() -> Slot {
    let none = STACK.with(|stack| stack.none.get());
    unsafe { share_immortal(none) };
    none
}

/// A reference to the shared object of a small int.
#[inline(always)]
unsafe fn small_int(value: i64) -> Slot {
    unsafe {
        let small = if int::IN_A_ROW {
            STACK.with(|stack| stack.zero.get()).cast::<int::Block>().offset(value as isize).cast()
        } else {
            crate::state::shared().small_ints[(value - SMALL_MIN) as usize].as_ptr()
        };
        share_immortal(small);
        small
    }
}

#[inline(never)]
unsafe fn finish_float(next: Pc, fp: Fp, place: *mut Slot, result: f64) -> Jump {
    unsafe {
        let fresh = take_box();
        if fresh.is_null() {
            return refill_float(next, fp, place, result);
        }
        write_header(fresh, types::FLOAT);
        payload::<Float>(fresh).value.set(result);
        fill!(next, fp, place, fresh)
    }
}

#[cold]
#[inline(never)]
unsafe fn refill_int(next: Pc, fp: Fp, place: *mut Slot, result: i64) -> Jump {
    unsafe {
        publish(next.sub(1), fp);
        let fresh = new_int(result);
        fill!(next, fp, place, fresh)
    }
}

#[cold]
#[inline(never)]
unsafe fn refill_float(next: Pc, fp: Fp, place: *mut Slot, result: f64) -> Jump {
    unsafe {
        publish(next.sub(1), fp);
        let fresh = new_float(result);
        fill!(next, fp, place, fresh)
    }
}

/// Out of line, so that whoever needs one still goes on by a jump.
#[cold]
#[inline(never)]
fn new_int(value: i64) -> Slot {
    int::new(value).into_raw()
}

#[cold]
#[inline(never)]
fn new_float(value: f64) -> Slot {
    float::new(value).into_raw()
}

mod attributes;
mod callables;
mod calls;
mod chains;
mod class_attributes;
mod classes;
mod dicts;
mod direct;
mod field_inits;
mod generators;
mod items;
mod iteration;
mod jumps;
mod keywords;
mod loaded;
mod loops;
mod membership;
mod names;
mod native_operators;
mod natives;
mod numbers;
mod pairs;
mod polymorphic;
mod readers;
mod returns;
mod signs;
mod specialise_numbers;
mod text;
mod truth;

pub(crate) use loaded::forget_supers;
pub(crate) use polymorphic::{known_attribute, set_known_attribute};
pub(super) use {
    attributes::*, callables::*, calls::*, class_attributes::*, classes::*, dicts::*, direct::*,
    field_inits::*, generators::*, items::*, iteration::*, jumps::*, keywords::*, loaded::*, loops::*,
    membership::*, names::*, native_operators::*, natives::*, numbers::*, pairs::*, polymorphic::*,
    readers::*, returns::*, signs::*, specialise_numbers::*, text::*, truth::*,
};
