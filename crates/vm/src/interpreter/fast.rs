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

// Constants, moves, names.

pub(super) unsafe fn LoadConstCached(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let constant = (*pc.add(1)).get() as usize as Slot;
        increment(constant);
        put!(pc.add(2), fp, word(pc).a(), constant)
    }
}

/// Remembers the address of a constant in the instruction.
pub(crate) unsafe fn specialise_const(pc: Pc, constant: &Ref) {
    unsafe {
        (*pc.add(1)).set(constant.address() as u64);
        rewrite(pc, Op::LoadConstCached);
    }
}

pub(super) unsafe fn Move(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let w = word(pc);
        let source = slot(fp, w.b());
        let moved = *source;
        if moved == unbound() {
            return unbound_operand(pc, fp);
        }
        if w.b() & CONSUME != 0 {
            *source = unbound();
        } else {
            increment(moved);
        }
        put!(pc.add(1), fp, w.a(), moved)
    }
}

pub(super) unsafe fn MoveChecked(pc: Pc, fp: Fp) -> Jump {
    unsafe { Move(pc, fp) }
}

#[cold]
#[inline(never)]
unsafe fn unbound_operand(pc: Pc, fp: Fp) -> Jump {
    unsafe { go_on(super::unwind::unbound_local(pc, fp, word(pc).b())) }
}

/// The table of a dictionary that a slot of a function refers to.
#[inline(always)]
unsafe fn table_of(slot: &ouro_heap::Slot<Dict>) -> *mut ouro_heap::Table {
    unsafe {
        let dict = *slot.as_ptr().cast::<Slot>();
        payload::<Dict>(dict).table.as_ptr()
    }
}

macro_rules! load_cached {
    ($pc:expr, $fp:expr, $general:ident) => {{
        let cache = word($pc.add(1));
        let table = table_of(&function_of($fp).globals);
        if (*table).known_version() != cache.hi() || cache.hi() == 0 {
            miss!($general, $pc, $fp)
        }
        let found = *(*table).value_address(cache.lo() as usize).cast::<Slot>();
        increment(found);
        put!($pc.add(3), $fp, word($pc).a(), found)
    }};
}

macro_rules! load_builtin {
    ($pc:expr, $fp:expr, $general:ident) => {{
        let cache = word($pc.add(1));
        let versions = word($pc.add(2));
        let globals = table_of(&function_of($fp).globals);
        let builtins = table_of(&function_of($fp).builtins);
        if (*globals).known_version() != versions.lo() as u32
            || (*builtins).known_version() != cache.hi()
            || cache.hi() == 0
        {
            miss!($general, $pc, $fp)
        }
        let found = *(*builtins).value_address(cache.lo() as usize).cast::<Slot>();
        increment(found);
        put!($pc.add(3), $fp, word($pc).a(), found)
    }};
}

pub(super) unsafe fn LoadGlobalCached(pc: Pc, fp: Fp) -> Jump {
    unsafe { load_cached!(pc, fp, LoadGlobal) }
}

pub(super) unsafe fn LoadBuiltinCached(pc: Pc, fp: Fp) -> Jump {
    unsafe { load_builtin!(pc, fp, LoadGlobal) }
}

/// Whether the frame's namespace is its globals: an entry frame says so in its linkage.
#[inline(always)]
unsafe fn namespace_is_globals(fp: Fp) -> bool {
    unsafe { *fp.sub(2) as usize & stack::ENTRY != 0 && stack::destination(*fp.sub(1)) == 1 }
}

pub(super) unsafe fn LoadNameCached(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        if !namespace_is_globals(fp) {
            tail!(LoadName, pc, fp)
        }
        load_cached!(pc, fp, LoadName)
    }
}

pub(super) unsafe fn LoadNameBuiltin(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        if !namespace_is_globals(fp) {
            tail!(LoadName, pc, fp)
        }
        load_builtin!(pc, fp, LoadName)
    }
}

macro_rules! store_cached {
    ($pc:expr, $fp:expr, $general:ident) => {{
        let w = word($pc);
        let cache = word($pc.add(1));
        let table = table_of(&function_of($fp).globals);
        let source = slot($fp, w.b());
        let new = *source;
        if (*table).known_version() != cache.hi() || cache.hi() == 0 || new == unbound() {
            miss!($general, $pc, $fp)
        }
        if w.b() & CONSUME != 0 {
            *source = unbound();
        } else {
            increment(new);
        }
        let place = (*table).value_address(cache.lo() as usize).cast::<Slot>();
        let old = *place;
        *place = new;
        if decrement(old) {
            return drop_and_go($pc.add(3), $fp, old);
        }
        jump!($pc.add(3), $fp)
    }};
}

pub(super) unsafe fn StoreGlobalCached(pc: Pc, fp: Fp) -> Jump {
    unsafe { store_cached!(pc, fp, StoreGlobal) }
}

pub(super) unsafe fn StoreNameCached(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        if !namespace_is_globals(fp) {
            tail!(StoreName, pc, fp)
        }
        store_cached!(pc, fp, StoreName)
    }
}

/// Rewrites the look-up of a global, where both namespaces are plain dictionaries.
pub(crate) unsafe fn specialise_global(pc: Pc, fp: Fp, name: &Ref<Str>, cached: Op, builtin: Op) {
    unsafe {
        let function = function_of(fp);
        let (Some(globals), Some(builtins)) = (function.globals.get(), function.builtins.get()) else {
            return;
        };
        if !globals.as_any().is_exact::<Dict>() || !builtins.as_any().is_exact::<Dict>() {
            return;
        }
        if let Some(place) = dict::position_of_str(&globals, name) {
            (*pc.add(1)).set(ouro_bytecode::code::Word::data(place as i32, dict::keys_version(&globals)).0);
            rewrite(pc, cached);
        } else if let Some(place) = dict::position_of_str(&builtins, name)
            && !globals.is_empty()
        {
            (*pc.add(1)).set(ouro_bytecode::code::Word::data(place as i32, dict::keys_version(&builtins)).0);
            (*pc.add(2)).set(dict::keys_version(&globals) as u64);
            rewrite(pc, builtin);
        }
    }
}

/// The same for names of a module body.
pub(crate) unsafe fn specialise_name(pc: Pc, fp: Fp, name: &Ref<Str>) {
    unsafe {
        if namespace_is_globals(fp) {
            specialise_global(pc, fp, name, Op::LoadNameCached, Op::LoadNameBuiltin);
        }
    }
}

/// Rewrites the writing of a global that exists.
pub(crate) unsafe fn specialise_store_global(pc: Pc, fp: Fp, name: &Ref<Str>, cached: Op) {
    unsafe {
        if cached == Op::StoreNameCached && !namespace_is_globals(fp) {
            return;
        }
        let Some(globals) = function_of(fp).globals.get() else { return };
        // A dictionary that is not tracked yet has to notice what is stored.
        if !globals.as_any().is_exact::<Dict>() || !ouro_heap::allocate::is_tracked(globals.as_any()) {
            return;
        }
        if let Some(place) = dict::position_of_str(&globals, name) {
            (*pc.add(1)).set(ouro_bytecode::code::Word::data(place as i32, dict::keys_version(&globals)).0);
            rewrite(pc, cached);
        }
    }
}

// Arithmetic.

macro_rules! int_operation {
    ($name:ident, $checked:ident) => {
        pub(super) unsafe fn $name(pc: Pc, fp: Fp) -> Jump {
            unsafe {
                let w = word(pc);
                let (left, right) = (value(fp, w.b()), value(fp, w.c()));
                if kind_of(left) != types::INT || kind_of(right) != types::INT {
                    miss!(BinaryOp, pc, fp)
                }
                let (result, overflow) = int_value(left).$checked(int_value(right));
                if overflow {
                    tail!(BinaryOp, pc, fp)
                }
                put_int!(pc, fp, w, result, 2, BinaryOp, [w.b(), w.c()])
            }
        }
    };
}

int_operation!(AddInt, overflowing_add);
int_operation!(SubInt, overflowing_sub);
int_operation!(MulInt, overflowing_mul);

/// The other operators on ints; nothing where the result is no int of 64 bits or the operation is an error.
#[inline(always)]
fn other_int(operator: i32, left: i64, right: i64) -> Option<i64> {
    match operator & 31 {
        2 => left.checked_mul(right),
        4 => floor_div(left, right),
        5 => modulo(left, right),
        7 if (0..63).contains(&right) => {
            let shifted = left << right;
            (shifted >> right == left).then_some(shifted)
        }
        8 if right >= 0 => Some(left >> right.min(63)),
        9 => Some(left & right),
        10 => Some(left | right),
        11 => Some(left ^ right),
        _ => None,
    }
}

#[inline(always)]
fn floor_div(left: i64, right: i64) -> Option<i64> {
    if right == 0 || right == -1 {
        return None;
    }
    let quotient = left / right;
    Some(quotient - i64::from((left % right != 0) && ((left < 0) != (right < 0))))
}

#[inline(always)]
fn modulo(left: i64, right: i64) -> Option<i64> {
    if right == 0 || right == -1 {
        return None;
    }
    let rest = left % right;
    Some(if rest != 0 && ((rest < 0) != (right < 0)) { rest + right } else { rest })
}

pub(super) unsafe fn ArithInt(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let w = word(pc);
        let (left, right) = (value(fp, w.b()), value(fp, w.c()));
        if kind_of(left) != types::INT || kind_of(right) != types::INT {
            miss!(BinaryOp, pc, fp)
        }
        let Some(result) = other_int(word(pc.add(1)).lo(), int_value(left), int_value(right)) else {
            tail!(BinaryOp, pc, fp)
        };
        put_int!(pc, fp, w, result, 2, BinaryOp, [w.b(), w.c()])
    }
}

macro_rules! float_operation {
    ($name:ident, $operator:tt) => {
        pub(super) unsafe fn $name(pc: Pc, fp: Fp) -> Jump {
            unsafe {
                let w = word(pc);
                let (left, right) = (value(fp, w.b()), value(fp, w.c()));
                if kind_of(left) != types::FLOAT || kind_of(right) != types::FLOAT {
                    miss!(BinaryOp, pc, fp)
                }
                put_float!(pc, fp, w, float_value(left) $operator float_value(right), BinaryOp, [w.b(), w.c()])
            }
        }
    };
}

float_operation!(AddFloat, +);
float_operation!(SubFloat, -);
float_operation!(MulFloat, *);

pub(super) unsafe fn DivFloat(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let w = word(pc);
        let (left, right) = (value(fp, w.b()), value(fp, w.c()));
        if kind_of(left) != types::FLOAT || kind_of(right) != types::FLOAT || float_value(right) == 0.0 {
            miss!(BinaryOp, pc, fp)
        }
        put_float!(pc, fp, w, float_value(left) / float_value(right), BinaryOp, [w.b(), w.c()])
    }
}

/// `+ - * /` on floats; nothing for a division by zero.
#[inline(always)]
fn float_arithmetic(operator: i32, left: f64, right: f64) -> Option<f64> {
    match operator & 31 {
        0 => Some(left + right),
        1 => Some(left - right),
        2 => Some(left * right),
        3 if right != 0.0 => Some(left / right),
        _ => None,
    }
}

/// The value of a float, or of an int that a float holds exactly.
#[inline(always)]
unsafe fn as_float(object: Slot) -> Option<f64> {
    unsafe {
        match kind_of(object) {
            types::FLOAT => Some(float_value(object)),
            types::INT if int_value(object).unsigned_abs() <= 1 << 53 => Some(int_value(object) as f64),
            _ => None,
        }
    }
}

pub(super) unsafe fn MixedFloat(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let w = word(pc);
        let (left, right) = (value(fp, w.b()), value(fp, w.c()));
        if kind_of(left) == types::INT && kind_of(right) == types::INT {
            miss!(BinaryOp, pc, fp)
        }
        let (Some(left), Some(right)) = (as_float(left), as_float(right)) else { miss!(BinaryOp, pc, fp) };
        let Some(result) = float_arithmetic(word(pc.add(1)).lo(), left, right) else {
            miss!(BinaryOp, pc, fp)
        };
        put_float!(pc, fp, w, result, BinaryOp, [w.b(), w.c()])
    }
}

macro_rules! int_const_operation {
    ($name:ident, $checked:ident) => {
        pub(super) unsafe fn $name(pc: Pc, fp: Fp) -> Jump {
            unsafe {
                let w = word(pc);
                let left = value(fp, w.b());
                if kind_of(left) != types::INT {
                    miss!(BinaryOpConst, pc, fp)
                }
                let (result, overflow) = int_value(left).$checked(word(pc.add(1)).hi() as i32 as i64);
                if overflow {
                    tail!(BinaryOpConst, pc, fp)
                }
                put_int!(pc, fp, w, result, 2, BinaryOpConst, [w.b()])
            }
        }
    };
}

int_const_operation!(AddIntConst, overflowing_add);
int_const_operation!(SubIntConst, overflowing_sub);

pub(super) unsafe fn ArithIntConst(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let w = word(pc);
        let cache = word(pc.add(1));
        let left = value(fp, w.b());
        if kind_of(left) != types::INT {
            miss!(BinaryOpConst, pc, fp)
        }
        let Some(result) = other_int(cache.lo(), int_value(left), cache.hi() as i32 as i64) else {
            tail!(BinaryOpConst, pc, fp)
        };
        put_int!(pc, fp, w, result, 2, BinaryOpConst, [w.b()])
    }
}

pub(super) unsafe fn FloatConst(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let w = word(pc);
        let left = value(fp, w.b());
        let constant = code_of(fp).constants.as_ptr().add(w.c() as usize).cast::<Slot>();
        if kind_of(left) != types::FLOAT {
            miss!(BinaryOpConst, pc, fp)
        }
        let Some(right) = as_float(*constant) else { miss!(BinaryOpConst, pc, fp) };
        let Some(result) = float_arithmetic(word(pc.add(1)).lo(), float_value(left), right) else {
            miss!(BinaryOpConst, pc, fp)
        };
        put_float!(pc, fp, w, result, BinaryOpConst, [w.b()])
    }
}

/// Counts a rewriting of the site in the high half of word 1; whether the site may be rewritten.
unsafe fn may_rewrite(pc: Pc) -> bool {
    unsafe {
        let cache = word(pc.add(1));
        if cache.hi() >= MAX_MISSES {
            return false;
        }
        (*pc.add(1)).set(ouro_bytecode::code::Word::data(cache.lo(), cache.hi() + 1).0);
        true
    }
}

/// Rewrites a binary operation for its operands' types.
#[inline(always)]
pub(crate) unsafe fn specialise_binary(pc: Pc, left: &Ref, right: &Ref) {
    let (left, right) = (left.header().kind(), right.header().kind());
    let number = |kind| kind == types::INT || kind == types::FLOAT;
    if number(left) && number(right) {
        unsafe { specialise_numbers(pc, left, right) }
    }
}

#[cold]
#[inline(never)]
unsafe fn specialise_numbers(pc: Pc, left: u32, right: u32) {
    unsafe {
        let operator = word(pc.add(1)).lo() & 31;
        let both = |kind| left == kind && right == kind;
        let op = match operator {
            0 if both(types::INT) => Op::AddInt,
            1 if both(types::INT) => Op::SubInt,
            2 if both(types::INT) => Op::MulInt,
            4 | 5 | 7..=11 if both(types::INT) => Op::ArithInt,
            0 if both(types::FLOAT) => Op::AddFloat,
            1 if both(types::FLOAT) => Op::SubFloat,
            2 if both(types::FLOAT) => Op::MulFloat,
            3 if both(types::FLOAT) => Op::DivFloat,
            0..=3 if left != right => Op::MixedFloat,
            _ => return,
        };
        if may_rewrite(pc) {
            rewrite(pc, op);
        }
    }
}

/// Rewrites a binary operation with a constant.
#[inline(always)]
pub(crate) unsafe fn specialise_binary_const(pc: Pc, left: &Ref, right: &Ref) {
    let (left, kind) = (left.header().kind(), right.header().kind());
    if (left == types::INT && kind == types::INT)
        || (left == types::FLOAT && (kind == types::FLOAT || kind == types::INT))
    {
        unsafe { specialise_number_const(pc, left, right) }
    }
}

#[cold]
#[inline(never)]
unsafe fn specialise_number_const(pc: Pc, left: u32, right: &Ref) {
    unsafe {
        let lo = word(pc.add(1)).lo();
        // The misses are counted above the operator here, since the other half holds the constant.
        let misses = lo >> 8;
        if misses as u32 >= MAX_MISSES {
            return;
        }
        let operator = lo & 31;
        let op = if left == types::FLOAT {
            if operator > 3 {
                return;
            }
            Op::FloatConst
        } else {
            match operator {
                0 => Op::AddIntConst,
                1 => Op::SubIntConst,
                2 | 4 | 5 | 7..=11 => Op::ArithIntConst,
                _ => return,
            }
        };
        let small = right.payload::<Int>().map(|int| int.value.get());
        let constant = match small.map(i32::try_from) {
            Some(Ok(value)) => value as u32,
            Some(Err(_)) if op != Op::FloatConst => return,
            _ => 0,
        };
        (*pc.add(1)).set(ouro_bytecode::code::Word::data((lo & 0xFF) | (misses + 1) << 8, constant).0);
        rewrite(pc, op);
    }
}

// Comparisons and jumps.

macro_rules! int_jump {
    ($name:ident, $const_name:ident, $operator:tt) => {
        pub(super) unsafe fn $name(pc: Pc, fp: Fp) -> Jump {
            unsafe {
                let w = word(pc);
                let (left, right) = (value(fp, w.b()), value(fp, w.c()));
                if kind_of(left) != types::INT || kind_of(right) != types::INT {
                    miss!(CompareJump, pc, fp)
                }
                let holds = int_value(left) $operator int_value(right);
                release_number(fp, w.b(), CONSUME);
                release_number(fp, w.c(), CONSUME);
                if holds { jump!(pc.offset(word(pc.add(1)).lo() as isize), fp) } else { jump!(pc.add(3), fp) }
            }
        }

        pub(super) unsafe fn $const_name(pc: Pc, fp: Fp) -> Jump {
            unsafe {
                let w = word(pc);
                let left = value(fp, w.b());
                if kind_of(left) != types::INT {
                    miss!(CompareJumpConst, pc, fp)
                }
                let holds = int_value(left) $operator (*pc.add(2)).get() as i64;
                release_number(fp, w.b(), CONSUME);
                if holds { jump!(pc.offset(word(pc.add(1)).lo() as isize), fp) } else { jump!(pc.add(3), fp) }
            }
        }
    };
}

int_jump!(LtIntJump, LtIntConstJump, <);
int_jump!(LeIntJump, LeIntConstJump, <=);
int_jump!(EqIntJump, EqIntConstJump, ==);
int_jump!(NeIntJump, NeIntConstJump, !=);
int_jump!(GtIntJump, GtIntConstJump, >);
int_jump!(GeIntJump, GeIntConstJump, >=);

pub(super) unsafe fn FloatJump(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let w = word(pc);
        let (left, right) = (value(fp, w.b()), value(fp, w.c()));
        if kind_of(left) != types::FLOAT || kind_of(right) != types::FLOAT {
            miss!(CompareJump, pc, fp)
        }
        let (a, b) = (float_value(left), float_value(right));
        let holds = match w.a() >> 1 {
            0 => a < b,
            1 => a <= b,
            2 => a == b,
            3 => a != b,
            4 => a > b,
            _ => a >= b,
        };
        release_number(fp, w.b(), CONSUME);
        release_number(fp, w.c(), CONSUME);
        if holds == (w.a() & 1 == 1) {
            jump!(pc.offset(word(pc.add(1)).lo() as isize), fp)
        } else {
            jump!(pc.add(3), fp)
        }
    }
}

/// Whether two strings are equal; no call on the way for identical ones.
#[inline(always)]
unsafe fn same_text(left: Slot, right: Slot) -> bool {
    unsafe { left == right || str::equal_payloads(payload::<Str>(left), payload::<Str>(right)) }
}

/// Releases a consumed operand whatever it is, in the middle of a handler that goes on at `pc`.
macro_rules! release_operand {
    ($fp:expr, $operand:expr, $pending:ident) => {
        if $operand & CONSUME != 0 {
            let place = slot($fp, $operand);
            let old = *place;
            *place = unbound();
            if decrement(old) {
                $pending = old;
            }
        }
    };
}

pub(super) unsafe fn StrJump(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let w = word(pc);
        let (left, right) = (value(fp, w.b()), value(fp, w.c()));
        if kind_of(left) != types::STR || kind_of(right) != types::STR || w.b() & w.c() & CONSUME != 0 {
            miss!(CompareJump, pc, fp)
        }
        let holds = same_text(left, right) == (w.a() >> 1 == 2);
        let target =
            if holds == (w.a() & 1 == 1) { pc.offset(word(pc.add(1)).lo() as isize) } else { pc.add(3) };
        let mut pending = std::ptr::null_mut();
        release_operand!(fp, w.b(), pending);
        release_operand!(fp, w.c(), pending);
        if !pending.is_null() {
            return drop_and_go(target, fp, pending);
        }
        jump!(target, fp)
    }
}

pub(super) unsafe fn StrConstJump(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let w = word(pc);
        let left = value(fp, w.b());
        if kind_of(left) != types::STR {
            miss!(CompareJumpConst, pc, fp)
        }
        let right = (*pc.add(2)).get() as usize as Slot;
        let holds = same_text(left, right) == (w.a() >> 1 == 2);
        let target =
            if holds == (w.a() & 1 == 1) { pc.offset(word(pc.add(1)).lo() as isize) } else { pc.add(3) };
        let mut pending = std::ptr::null_mut();
        release_operand!(fp, w.b(), pending);
        if !pending.is_null() {
            return drop_and_go(target, fp, pending);
        }
        jump!(target, fp)
    }
}

/// The comparison that jumps when it holds.
fn effective(a: u16) -> u16 {
    // Lt Le Eq Ne Gt Ge; the opposite of each.
    const OPPOSITE: [u16; 6] = [5, 4, 3, 2, 1, 0];
    let comparison = a >> 1;
    if a & 1 == 1 { comparison } else { OPPOSITE[comparison as usize] }
}

/// Rewrites a comparison and jump.
#[inline(always)]
pub(crate) unsafe fn specialise_compare_jump(pc: Pc, left: &Ref, right: &Ref) {
    let (left, right) = (left.header().kind(), right.header().kind());
    if left != right {
        return;
    }
    unsafe {
        let a = word(pc).a();
        let op = match left {
            types::INT => {
                [Op::LtIntJump, Op::LeIntJump, Op::EqIntJump, Op::NeIntJump, Op::GtIntJump, Op::GeIntJump]
                    [effective(a) as usize]
            }
            types::FLOAT => Op::FloatJump,
            types::STR if matches!(a >> 1, 2 | 3) => Op::StrJump,
            _ => return,
        };
        if may_rewrite(pc) {
            rewrite(pc, op);
        }
    }
}

/// Rewrites a comparison with a constant and jump.
#[inline(always)]
pub(crate) unsafe fn specialise_compare_jump_const(pc: Pc, left: &Ref, right: &Ref) {
    let (left, kind) = (left.header().kind(), right.header().kind());
    if left != kind {
        return;
    }
    unsafe {
        let a = word(pc).a();
        match left {
            types::INT => {
                let Some(value) = right.payload::<Int>().map(|int| int.value.get()) else { return };
                if may_rewrite(pc) {
                    (*pc.add(2)).set(value as u64);
                    const OPS: [Op; 6] = [
                        Op::LtIntConstJump,
                        Op::LeIntConstJump,
                        Op::EqIntConstJump,
                        Op::NeIntConstJump,
                        Op::GtIntConstJump,
                        Op::GeIntConstJump,
                    ];
                    rewrite(pc, OPS[effective(a) as usize]);
                }
            }
            types::STR if matches!(a >> 1, 2 | 3) && may_rewrite(pc) => {
                (*pc.add(2)).set(right.address() as u64);
                rewrite(pc, Op::StrConstJump);
            }
            _ => {}
        }
    }
}

pub(super) unsafe fn Jump(pc: Pc, fp: Fp) -> super::core::Jump {
    unsafe { jump!(pc.offset(word(pc).jump() as isize), fp) }
}

pub(super) unsafe fn JumpBack(pc: Pc, fp: Fp) -> super::core::Jump {
    unsafe {
        if pending_bits() != 0 {
            return jump_pending(pc, fp);
        }
        jump!(pc.offset(word(pc).jump() as isize), fp)
    }
}

#[cold]
#[inline(never)]
unsafe fn jump_pending(pc: Pc, fp: Fp) -> super::core::Jump {
    unsafe { go_on(super::basic::pending_jump(pc, fp)) }
}

macro_rules! truth_jump {
    ($name:ident, $general:ident, $wanted:literal) => {
        pub(super) unsafe fn $name(pc: Pc, fp: Fp) -> super::core::Jump {
            unsafe {
                let w = word(pc);
                let place = slot(fp, w.a());
                let object = *place;
                // True and False are the only objects of their type.
                if type_of(object) != types::BOOL {
                    return $general(pc, fp);
                }
                if w.a() & CONSUME != 0 {
                    // Both are immortal: their count does not matter.
                    *place = unbound();
                }
                if (int_value(object) != 0) == $wanted {
                    jump!(pc.offset(w.jump() as isize), fp)
                } else {
                    jump!(pc.add(1), fp)
                }
            }
        }
    };
}

truth_jump!(JumpIfTrue, jump_if_true, true);
truth_jump!(JumpIfFalse, jump_if_false, false);

#[inline(never)]
unsafe fn jump_if_true(pc: Pc, fp: Fp) -> super::core::Jump {
    unsafe { go_on(super::basic::jump_if(pc, fp, true)) }
}

#[inline(never)]
unsafe fn jump_if_false(pc: Pc, fp: Fp) -> super::core::Jump {
    unsafe { go_on(super::basic::jump_if(pc, fp, false)) }
}

// Iteration.

pub(super) unsafe fn ForRange(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let w = word(pc);
        let object = value(fp, w.b());
        if type_of(object) != types::RANGE_ITERATOR {
            miss!(ForIter, pc, fp)
        }
        let iterator = payload::<RangeIterator>(object);
        let left = iterator.left.get();
        if left <= 0 {
            *slot(fp, w.b()) = unbound();
            let target = pc.offset(word(pc.add(1)).lo() as isize);
            if decrement(object) {
                return drop_and_go(target, fp, object);
            }
            jump!(target, fp)
        }
        let result = iterator.next.get();
        let place = slot(fp, w.a());
        let old = *place;
        let small = (SMALL_MIN..=SMALL_MAX).contains(&result);
        let fresh = if small {
            let small = *STACK.with(|stack| stack.small_ints.get()).add((result - SMALL_MIN) as usize);
            increment(small);
            small
        } else if header_word(old) == LONE_INT {
            iterator.left.set(left - 1);
            iterator.next.set(result.wrapping_add(iterator.step.get()));
            payload::<Int>(old).value.set(result);
            jump!(pc.add(3), fp)
        } else {
            let fresh = take_box();
            if fresh.is_null() {
                tail!(ForIter, pc, fp)
            }
            write_header(fresh, types::INT);
            payload::<Int>(fresh).value.set(result);
            fresh
        };
        iterator.left.set(left - 1);
        iterator.next.set(result.wrapping_add(iterator.step.get()));
        put!(pc.add(3), fp, w.a(), fresh)
    }
}

pub(super) unsafe fn ForList(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let w = word(pc);
        let object = value(fp, w.b());
        if type_of(object) != types::LIST_ITERATOR {
            miss!(ForIter, pc, fp)
        }
        let iterator = payload::<ListIterator>(object);
        let list = *iterator.list.as_ptr().cast::<Slot>();
        if list.is_null() {
            tail!(ForIter, pc, fp)
        }
        let items = payload::<List>(list).items.as_ptr();
        let index = iterator.index.get();
        if index >= (&*items).len() {
            tail!(ForIter, pc, fp)
        }
        iterator.index.set(index + 1);
        let item = *(&*items).as_ptr().add(index).cast::<Slot>();
        increment(item);
        put!(pc.add(3), fp, w.a(), item)
    }
}

pub(super) unsafe fn ForGenerator(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        if type_of(value(fp, word(pc).b())) != types::GENERATOR {
            miss!(ForIter, pc, fp)
        }
        for_generator(pc, fp)
    }
}

#[inline(never)]
unsafe fn for_generator(pc: Pc, fp: Fp) -> Jump {
    unsafe { go_on(super::generators::for_generator(pc, fp)) }
}

/// Rewrites an iteration.
#[inline(always)]
pub(crate) unsafe fn specialise_for_iter(pc: Pc, iterator: &Ref) {
    let op = match iterator.header().type_index() {
        types::RANGE_ITERATOR => Op::ForRange,
        types::LIST_ITERATOR => Op::ForList,
        types::GENERATOR => Op::ForGenerator,
        _ => return,
    };
    unsafe {
        if may_rewrite(pc) {
            rewrite(pc, op);
        }
    }
}

// Items.

/// The place of an index in a sequence of a length, negative indices counted from the end.
#[inline(always)]
fn index_in(index: i64, len: usize) -> Option<usize> {
    let index = if index < 0 { index + len as i64 } else { index };
    ((index as u64) < len as u64).then_some(index as usize)
}

/// Puts an item of a container into the destination: the consumed operands are released afterwards.
macro_rules! put_item {
    ($pc:expr, $fp:expr, $w:expr, $item:expr, $general:ident) => {{
        let item = $item;
        // A consumed container could die here; that is left to the general handler.
        if $w.b() & CONSUME != 0 && header_word(value($fp, $w.b())) as u32 == 1 {
            tail!($general, $pc, $fp)
        }
        increment(item);
        if $w.b() & CONSUME != 0 && $w.b() & !CONSUME != $w.a() {
            let place = slot($fp, $w.b());
            decrement(*place);
            *place = unbound();
        }
        release_number($fp, $w.c(), $w.a());
        put!($pc.add(2), $fp, $w.a(), item)
    }};
}

pub(super) unsafe fn SubscrListInt(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let w = word(pc);
        let (list, index) = (value(fp, w.b()), value(fp, w.c()));
        if type_of(list) != types::LIST || kind_of(index) != types::INT {
            miss!(Subscr, pc, fp)
        }
        let items = payload::<List>(list).items.as_ptr();
        let Some(index) = index_in(int_value(index), (&*items).len()) else { tail!(Subscr, pc, fp) };
        put_item!(pc, fp, w, *(&*items).as_ptr().add(index).cast::<Slot>(), Subscr)
    }
}

pub(super) unsafe fn SubscrTupleInt(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let w = word(pc);
        let (tuple, index) = (value(fp, w.b()), value(fp, w.c()));
        if type_of(tuple) != types::TUPLE || kind_of(index) != types::INT {
            miss!(Subscr, pc, fp)
        }
        let items = payload::<Tuple>(tuple).items();
        let Some(index) = index_in(int_value(index), items.len()) else { tail!(Subscr, pc, fp) };
        put_item!(pc, fp, w, *items.as_ptr().add(index).cast::<Slot>(), Subscr)
    }
}

pub(super) unsafe fn SubscrDict(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let w = word(pc);
        if type_of(value(fp, w.b())) != types::DICT || (w.b() | w.c()) & CONSUME != 0 && w.b() & CONSUME != 0
        {
            miss!(Subscr, pc, fp)
        }
        subscr_dict(pc, fp)
    }
}

#[inline(never)]
unsafe fn subscr_dict(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        publish(pc, fp);
        let flow = super::containers::subscr_dict(pc, fp);
        go_on(flow)
    }
}

pub(super) unsafe fn StoreListInt(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let w = word(pc);
        let (list, index, new) = (value(fp, w.a()), value(fp, w.b()), value(fp, w.c()));
        if type_of(list) != types::LIST
            || kind_of(index) != types::INT
            || w.a() & CONSUME != 0
            || new == unbound()
        {
            miss!(StoreSubscr, pc, fp)
        }
        let items = payload::<List>(list).items.as_ptr();
        let Some(index) = index_in(int_value(index), (&*items).len()) else { tail!(StoreSubscr, pc, fp) };
        if w.c() & CONSUME != 0 {
            *slot(fp, w.c()) = unbound();
        } else {
            increment(new);
        }
        release_number(fp, w.b(), CONSUME);
        let place = (&mut *items).as_mut_ptr().add(index).cast::<Slot>();
        let old = *place;
        *place = new;
        if decrement(old) {
            let kind = kind_of(old);
            if kind == types::INT || kind == types::FLOAT {
                give_box(old);
            } else {
                return drop_and_go(pc.add(2), fp, old);
            }
        }
        jump!(pc.add(2), fp)
    }
}

pub(super) unsafe fn StoreDict(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        if type_of(value(fp, word(pc).a())) != types::DICT {
            miss!(StoreSubscr, pc, fp)
        }
        store_dict(pc, fp)
    }
}

#[inline(never)]
unsafe fn store_dict(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        publish(pc, fp);
        let flow = super::containers::store_dict(pc, fp);
        go_on(flow)
    }
}

/// Rewrites the reading of an item.
#[inline(always)]
pub(crate) unsafe fn specialise_subscr(pc: Pc, container: &Ref, key: &Ref) {
    let int = key.header().kind() == types::INT;
    let op = match container.header().type_index() {
        types::LIST if int => Op::SubscrListInt,
        types::TUPLE if int => Op::SubscrTupleInt,
        types::DICT if unsafe { word(pc) }.b() & CONSUME == 0 => Op::SubscrDict,
        _ => return,
    };
    unsafe {
        if may_rewrite(pc) {
            rewrite(pc, op);
        }
    }
}

/// Rewrites the writing of an item.
#[inline(always)]
pub(crate) unsafe fn specialise_store_subscr(pc: Pc, container: &Ref, key: &Ref) {
    let op = match container.header().type_index() {
        types::LIST if key.header().kind() == types::INT && unsafe { word(pc) }.a() & CONSUME == 0 => {
            Op::StoreListInt
        }
        types::DICT => Op::StoreDict,
        _ => return,
    };
    unsafe {
        if may_rewrite(pc) {
            rewrite(pc, op);
        }
    }
}

// Attributes. Word 1: the shape in the high half, place and misses in the low one. Word 2: the type index, and for a new
// attribute the next shape.

const PLACE: i32 = 0xFFFF;

/// Whether an object is an instance of the cached type and shape.
#[inline(always)]
unsafe fn has_shape(object: Slot, index: u32, shape: u32) -> bool {
    unsafe { type_of(object) == index && payload::<Instance>(object).head.shape.get() == shape }
}

/// The address of an instance's place.
#[inline(always)]
unsafe fn place_of(object: Slot, place: i32) -> *mut Slot {
    unsafe { payload::<Instance>(object).items().as_ptr().add((place & PLACE) as usize).cast_mut().cast() }
}

pub(super) unsafe fn LoadAttrSlot(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let w = word(pc);
        let cache = word(pc.add(1));
        let object = value(fp, w.b());
        if !has_shape(object, word(pc.add(2)).lo() as u32, cache.hi()) {
            miss!(LoadAttr, pc, fp)
        }
        let found = *place_of(object, cache.lo());
        if w.b() & CONSUME != 0 && (*object).count() == 1 || found.is_null() {
            tail!(LoadAttr, pc, fp)
        }
        increment(found);
        if w.b() & CONSUME != 0 && w.b() & !CONSUME != w.a() {
            decrement(object);
            *slot(fp, w.b()) = unbound();
        }
        put!(pc.add(3), fp, w.a(), found)
    }
}

pub(super) unsafe fn StoreAttrSlot(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let w = word(pc);
        let cache = word(pc.add(1));
        let (object, new) = (value(fp, w.a()), value(fp, w.b()));
        if !has_shape(object, word(pc.add(2)).lo() as u32, cache.hi())
            || new == unbound()
            || w.a() & CONSUME != 0
        {
            miss!(StoreAttr, pc, fp)
        }
        if w.b() & CONSUME != 0 {
            *slot(fp, w.b()) = unbound();
        } else {
            increment(new);
        }
        let place = place_of(object, cache.lo());
        let old = *place;
        *place = new;
        if !old.is_null() && decrement(old) {
            let kind = kind_of(old);
            if kind == types::INT || kind == types::FLOAT {
                give_box(old);
            } else {
                return drop_and_go(pc.add(3), fp, old);
            }
        }
        jump!(pc.add(3), fp)
    }
}

pub(super) unsafe fn StoreAttrAdd(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let w = word(pc);
        let cache = word(pc.add(1));
        let kind = word(pc.add(2));
        let (object, new) = (value(fp, w.a()), value(fp, w.b()));
        if !has_shape(object, kind.lo() as u32, cache.hi()) || new == unbound() || w.a() & CONSUME != 0 {
            miss!(StoreAttr, pc, fp)
        }
        if (cache.lo() & PLACE) as usize >= payload::<Instance>(object).items().len() {
            tail!(StoreAttr, pc, fp)
        }
        if w.b() & CONSUME != 0 {
            *slot(fp, w.b()) = unbound();
        } else {
            increment(new);
        }
        payload::<Instance>(object).head.shape.set(kind.hi());
        *place_of(object, cache.lo()) = new;
        jump!(pc.add(3), fp)
    }
}

/// Whether reading `name` of instances of the class means reading their own attribute.
fn reads_instance(class: &Class, name: &Ref<Str>) -> bool {
    let generic = class.slots.0.get_attr.get().is_some_and(|slot| {
        std::ptr::fn_addr_eq(slot, crate::protocol::attribute::generic_slot as crate::objects::slots::GetAttr)
    });
    generic && class.lookup(name).is_none_or(|found| Class::of(&found).slots.0.descr_set.get().is_none())
}

/// Rewrites the reading of an attribute.
#[inline(always)]
pub(crate) unsafe fn specialise_load_attr(pc: Pc, object: &Ref, name: &Ref<Str>) {
    unsafe {
        if object.header().type_index() >= ouro_heap::types::FIRST_DYNAMIC
            && (word(pc.add(1)).lo() >> 16) < MAX_MISSES as i32
        {
            specialise_attribute(pc, object, name);
        }
    }
}

#[cold]
#[inline(never)]
unsafe fn specialise_attribute(pc: Pc, object: &Ref, name: &Ref<Str>) {
    unsafe {
        let Some(instance) = object.payload::<Instance>() else { return };
        if !reads_instance(Class::of(object), name) {
            return;
        }
        let shape = instance.head.shape.get();
        let Some(place) = vm().shapes.place(shape, name) else { return };
        remember_place(pc, shape, place, object.header().type_index(), 0);
        rewrite(pc, Op::LoadAttrSlot);
    }
}

unsafe fn remember_place(pc: Pc, shape: u32, place: usize, index: u32, next: u32) {
    unsafe {
        let misses = (word(pc.add(1)).lo() >> 16) + 1;
        (*pc.add(1)).set(ouro_bytecode::code::Word::data(misses << 16 | place as i32, shape).0);
        (*pc.add(2)).set(ouro_bytecode::code::Word::data(index as i32, next).0);
    }
}

/// Rewrites the writing of an attribute; called before the general handler writes it.
#[inline(always)]
pub(crate) unsafe fn specialise_store_attr(pc: Pc, object: &Ref, name: &Ref<Str>) {
    unsafe {
        if object.header().type_index() >= ouro_heap::types::FIRST_DYNAMIC
            && (word(pc.add(1)).lo() >> 16) < MAX_MISSES as i32
        {
            specialise_storing(pc, object, name);
        }
    }
}

#[cold]
#[inline(never)]
unsafe fn specialise_storing(pc: Pc, object: &Ref, name: &Ref<Str>) {
    unsafe {
        let Some(instance) = object.payload::<Instance>() else { return };
        let class = Class::of(object);
        let generic = class.slots.0.set_attr.get().is_some_and(|slot| {
            std::ptr::fn_addr_eq(
                slot,
                crate::protocol::attribute::generic_set_slot as crate::objects::slots::SetAttr,
            )
        });
        if !generic || !class.has(class_flags::HAS_DICT) || word(pc).a() & CONSUME != 0 {
            return;
        }
        if class.lookup(name).is_some_and(|found| Class::of(&found).slots.0.descr_set.get().is_some()) {
            return;
        }
        let shapes = &vm().shapes;
        let shape = instance.head.shape.get();
        let index = object.header().type_index();
        if shapes.is_dict(shape) {
            return;
        }
        match shapes.place(shape, name) {
            Some(place) => {
                remember_place(pc, shape, place, index, 0);
                rewrite(pc, Op::StoreAttrSlot);
            }
            None => {
                let (next, place) = shapes.extend(shape, name);
                if place < instance.items().len() {
                    remember_place(pc, shape, place, index, next);
                    rewrite(pc, Op::StoreAttrAdd);
                }
            }
        }
    }
}

// Calls.

/// Enters a Python function whose arguments stand at `callee`, if that needs no binding; nothing happens otherwise.
macro_rules! enter {
    ($pc:expr, $fp:expr, $callee:expr, $function:expr, $count:expr, $destination:expr, $length:literal, $general:ident) => {{
        let callee: Fp = $callee;
        let code = *payload::<Function>($function).code.as_ptr().cast::<Slot>();
        let code = payload::<Code>(code);
        if code.simple_count as usize != $count {
            tail!($general, $pc, $fp)
        }
        let depth = stack::depth(*$fp.sub(1)) + 1;
        let top = callee.add(code.frame_size as usize + 8);
        if depth >= stack::depth_limit() || STACK.with(|stack| top > stack.limit.get()) || pending_bits() != 0
        {
            tail!($general, $pc, $fp)
        }
        *callee.sub(2) = $pc.add($length) as usize as Slot;
        *callee.sub(1) = stack::link(callee.offset_from($fp) as usize, $destination, depth);
        jump!(code.words.0.as_ptr(), callee)
    }};
}

pub(super) unsafe fn CallFunction(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let w = word(pc);
        let function = value(fp, w.b());
        if type_of(function) != types::FUNCTION {
            miss!(Call, pc, fp)
        }
        enter!(pc, fp, fp.add(w.b() as usize + 3), function, w.c() as usize, w.a(), 3, Call)
    }
}

pub(super) unsafe fn CallNative(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let w = word(pc);
        if value(fp, w.b()) as u64 != (*pc.add(2)).get() {
            miss!(Call, pc, fp)
        }
        call_native(pc, fp)
    }
}

#[inline(never)]
unsafe fn call_native(pc: Pc, fp: Fp) -> Jump {
    unsafe { go_on(super::calls::call_native(pc, fp)) }
}

/// Rewrites a call.
#[inline(always)]
pub(crate) unsafe fn specialise_call(pc: Pc, fp: Fp) {
    unsafe {
        let w = word(pc);
        let callable = value(fp, w.b());
        match type_of(callable) {
            types::FUNCTION if may_rewrite(pc) => rewrite(pc, Op::CallFunction),
            types::BUILTIN_FUNCTION => {
                let builtin = payload::<BuiltinFunction>(callable);
                let definition = builtin.definition.0;
                let count = w.c() as u8;
                let fits = count >= definition.min && (definition.max == 255 || count <= definition.max);
                // The call compares the object itself, so it must stay the same: functions of modules do.
                if builtin.receiver.is_none()
                    && fits
                    && matches!(definition.code, NativeCode::Plain(_))
                    && (*callable).is_immortal()
                    && may_rewrite(pc)
                {
                    (*pc.add(2)).set(callable as u64);
                    rewrite(pc, Op::CallNative);
                }
            }
            _ => {}
        }
    }
}

/// Word 2: shape and type index. Word 3 of a call, and of no other: the method.
pub(super) unsafe fn CallMethodFunction(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let w = word(pc);
        let cache = word(pc.add(2));
        let object = value(fp, w.b() + 3);
        if !has_shape(object, cache.lo() as u32, cache.hi()) {
            miss!(CallMethod, pc, fp)
        }
        let function = (*pc.add(3)).get() as usize as Slot;
        let place = slot(fp, w.b());
        if *place != unbound() {
            tail!(CallMethod, pc, fp)
        }
        let code = payload::<Code>(*payload::<Function>(function).code.as_ptr().cast::<Slot>());
        if code.simple_count as usize != w.c() as usize + 1 {
            tail!(CallMethod, pc, fp)
        }
        let callee = fp.add(w.b() as usize + 3);
        let depth = stack::depth(*fp.sub(1)) + 1;
        let top = callee.add(code.frame_size as usize + 8);
        if depth >= stack::depth_limit() || STACK.with(|stack| top > stack.limit.get()) || pending_bits() != 0
        {
            tail!(CallMethod, pc, fp)
        }
        increment(function);
        *place = function;
        *callee.sub(2) = pc.add(4) as usize as Slot;
        *callee.sub(1) = stack::link(w.b() as usize + 3, w.a(), depth);
        jump!(code.words.0.as_ptr(), callee)
    }
}

pub(super) unsafe fn CallMethodNative(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let w = word(pc);
        if type_of(value(fp, w.b() + 3)) != word(pc.add(2)).lo() as u32 {
            miss!(CallMethod, pc, fp)
        }
        call_method_native(pc, fp)
    }
}

#[inline(never)]
unsafe fn call_method_native(pc: Pc, fp: Fp) -> Jump {
    unsafe { go_on(super::calls::call_method_native(pc, fp)) }
}

/// The function that a method call finds on the class of an instance with inline attributes, or the native method of a
/// built-in type.
unsafe fn find_method(object: &Ref, name: &Ref<Str>) -> Option<Ref> {
    let class = Class::of(object);
    if !reads_instance(class, name) {
        return None;
    }
    let found = class.lookup(name)?;
    match object.payload::<Instance>() {
        Some(payload) => {
            let shape = payload.head.shape.get();
            let own = vm().shapes.is_dict(shape) || instance::get(payload, name).is_some();
            (found.has_layout::<Function>() && !own).then_some(found)
        }
        None => {
            let builtin = object.header().type_index() < ouro_heap::types::FIRST_DYNAMIC
                && !class.has(class_flags::HAS_DICT);
            (builtin && found.has_layout::<MethodDescriptor>()).then_some(found)
        }
    }
}

/// Remembers a method and what its receiver looked like in words 2 and 3 (or 1 and 2).
unsafe fn remember_method(pc: Pc, first: usize, object: &Ref, method: &Ref) {
    unsafe {
        let shape = object.payload::<Instance>().map_or(0, |instance| instance.head.shape.get());
        (*pc.add(first)).set(ouro_bytecode::code::Word::data(object.header().type_index() as i32, shape).0);
        (*pc.add(first + 1)).set(method.address() as u64);
    }
}

/// Rewrites a method call.
#[inline(always)]
pub(crate) unsafe fn specialise_call_method(pc: Pc, fp: Fp, name: &Ref<Str>) {
    unsafe {
        // Polymorphic sites would be rewritten at every call: the method's word tells how often it was.
        if (*pc.add(3)).get() >> 60 < 8 {
            specialise_method(pc, fp, name);
        }
    }
}

#[cold]
#[inline(never)]
unsafe fn specialise_method(pc: Pc, fp: Fp, name: &Ref<Str>) {
    unsafe {
        let w = word(pc);
        let Some(object) = borrow(fp, w.b() + 3) else { return };
        let Some(method) = find_method(object, name) else { return };
        if let Some(native) = method.payload::<MethodDescriptor>() {
            let definition = native.definition.0;
            let count = w.c() as u8 + 1;
            let fits = count >= definition.min && (definition.max == 255 || count <= definition.max);
            if !fits || !matches!(definition.code, NativeCode::Plain(_)) {
                return;
            }
            remember_method(pc, 2, object, &method);
            rewrite(pc, Op::CallMethodNative);
        } else {
            remember_method(pc, 2, object, &method);
            rewrite(pc, Op::CallMethodFunction);
        }
    }
}

pub(super) unsafe fn LoadMethodCached(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let w = word(pc);
        let cache = word(pc.add(1));
        if !has_shape(value(fp, w.a() + 3), cache.lo() as u32, cache.hi()) {
            miss!(LoadMethod, pc, fp)
        }
        let function = (*pc.add(2)).get() as usize as Slot;
        increment(function);
        put!(pc.add(3), fp, w.a(), function)
    }
}

pub(super) unsafe fn LoadMethodNative(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let w = word(pc);
        if type_of(value(fp, w.a() + 3)) != word(pc.add(1)).lo() as u32 {
            miss!(LoadMethod, pc, fp)
        }
        let method = (*pc.add(2)).get() as usize as Slot;
        increment(method);
        put!(pc.add(3), fp, w.a(), method)
    }
}

/// Rewrites the first half of a method call.
#[inline(always)]
pub(crate) unsafe fn specialise_load_method(pc: Pc, object: &Ref, name: &Ref<Str>) {
    unsafe {
        if let Some(method) = find_method(object, name) {
            remember_method(pc, 1, object, &method);
            let native = method.has_layout::<MethodDescriptor>();
            rewrite(pc, if native { Op::LoadMethodNative } else { Op::LoadMethodCached });
        }
    }
}

// Returning.

pub(super) unsafe fn Return(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let operand = word(pc).a() & !CONSUME;
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
unsafe fn return_slowly(pc: Pc, fp: Fp) -> Jump {
    unsafe { go_on(super::calls::Return(pc, fp)) }
}
