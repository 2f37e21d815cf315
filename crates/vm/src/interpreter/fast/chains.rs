//! Numbers that go from one operation straight to the next.
//!
//! In `a * b + c` the product stands in a temporary that only the sum reads. Where the sum is the very next instruction,
//! the product becomes no object: the handler of the multiplication hands the number itself on, to a second form of the
//! handler behind it, which takes one operand from there. A whole chain of operations so makes one object, its result.
//!
//! ```text
//!   MulFloatOn   t, a, b      a table of handlers, then     after_add_float(pc, fp, number)
//!   AddFloat     x, t, c      reads c, and writes x
//! ```
//!
//! Attributes, items and constants that are numbers are handed on in the same way where they are read right before they are
//! used: nothing is counted for them.
//!
//! Only the first instruction is rewritten for this, and what it hands on is meant for the instruction behind it
//! whatever that has become: an operation that takes no number finds it in its temporary, as an object, and begins
//! as always. So does one that cannot go on, for its other operand or its result. Where the number was only read, it is the
//! object itself that must be found there: the reading is done once more, in its ordinary form.
//!
//! Architecture Invariant: nothing can look at the frame between two operations of a chain.

use super::{items::*, jumps::*, numbers::*, signs::*, *};

/// A handler that gets an operand as a number.
type After<N> = unsafe fn(Pc, Fp, N) -> Jump;

const OPS: usize = Op::ALL.len();

/// Builds the table of the handlers that take a number of one kind; the other operations find it in the temporary.
macro_rules! after_table {
    ($table:ident: $kind:ty, $keep:ident; $($($op:ident)+ => $handler:ident,)*) => {
        pub(super) static $table: [After<$kind>; OPS] = {
            let mut table: [After<$kind>; OPS] = [$keep; OPS];
            $($(table[Op::$op as usize] = $handler;)+)*
            table
        };
    };
}

after_table! { INT: i64, keep_int;
    AddInt AddIntTemps => after_add_int, AddIntOn => after_add_int_on,
    SubInt SubIntTemps => after_sub_int, SubIntOn => after_sub_int_on,
    MulInt MulIntTemps => after_mul_int, MulIntOn => after_mul_int_on,
    AndInt AndIntTemps => after_and_int, AndIntOn => after_and_int_on,
    OrInt OrIntTemps => after_or_int, OrIntOn => after_or_int_on,
    XorInt XorIntTemps => after_xor_int, XorIntOn => after_xor_int_on,
    ModInt ModIntTemps => after_mod_int, ModIntOn => after_mod_int_on,
    AddIntConst AddIntConstTemps => after_add_int_const, AddIntConstOn => after_add_int_const_on,
    SubIntConst SubIntConstTemps => after_sub_int_const, SubIntConstOn => after_sub_int_const_on,
    MulIntConst MulIntConstTemps => after_mul_int_const, MulIntConstOn => after_mul_int_const_on,
    FloorDivIntConst FloorDivIntConstTemps => after_floor_div_int_const,
    FloorDivIntConstOn => after_floor_div_int_const_on,
    ModIntConst ModIntConstTemps => after_mod_int_const, ModIntConstOn => after_mod_int_const_on,
    AndIntConst AndIntConstTemps => after_and_int_const, AndIntConstOn => after_and_int_const_on,
    ShlIntConst ShlIntConstTemps => after_shl_int_const, ShlIntConstOn => after_shl_int_const_on,
    ShrIntConst ShrIntConstTemps => after_shr_int_const, ShrIntConstOn => after_shr_int_const_on,
    NegateNumber => after_negate_int, NegateNumberOn => after_negate_int_on,
    InvertInt => after_invert_int, InvertIntOn => after_invert_int_on,
    SubscrListInt => after_subscr_list_int,
    LtIntJump => after_lt_int_jump, LtIntConstJump => after_lt_int_const_jump,
    LeIntJump => after_le_int_jump, LeIntConstJump => after_le_int_const_jump,
    EqIntJump => after_eq_int_jump, EqIntConstJump => after_eq_int_const_jump,
    NeIntJump => after_ne_int_jump, NeIntConstJump => after_ne_int_const_jump,
    GtIntJump => after_gt_int_jump, GtIntConstJump => after_gt_int_const_jump,
    GeIntJump => after_ge_int_jump, GeIntConstJump => after_ge_int_const_jump,
}

after_table! { FLOAT: f64, keep_float;
    AddFloat AddFloatTemps => after_add_float, AddFloatOn => after_add_float_on,
    SubFloat SubFloatTemps => after_sub_float, SubFloatOn => after_sub_float_on,
    MulFloat MulFloatTemps => after_mul_float, MulFloatOn => after_mul_float_on,
    DivFloat DivFloatTemps => after_div_float, DivFloatOn => after_div_float_on,
    NegateNumber => after_negate_float, NegateNumberOn => after_negate_float_on,
    FloatConst => after_float_const, FloatConstOn => after_float_const_on,
    FloatJump => after_float_jump, FloatConstJump => after_float_const_jump,
}

/// Hands a number on to the next instruction.
macro_rules! hand_on {
    ($table:ident, $next:expr, $fp:expr, $number:expr) => {{
        let next: Pc = $next;
        return $table.get_unchecked((*next).get() as u16 as usize)(next, $fp, $number);
    }};
}
pub(super) use hand_on;

/// Hands the number in an object on that an instruction has only read; what is no number goes its ordinary way.
macro_rules! hand_on_loaded {
    ($pc:expr, $next:expr, $fp:expr, $object:expr) => {{
        let object: Slot = $object;
        match kind_of(object) {
            types::INT => {
                STACK.with(|stack| stack.loaded.set($pc));
                hand_on!(INT, $next, $fp, int_value(object))
            }
            types::FLOAT => {
                STACK.with(|stack| stack.loaded.set($pc));
                hand_on!(FLOAT, $next, $fp, float_value(object))
            }
            _ => return load_plainly($pc, $fp),
        }
    }};
}
pub(super) use hand_on_loaded;

/// Does without handing on, also from now on: the instruction behind is to have the object itself. An instruction that only
/// reads can begin anew.
#[cold]
#[inline(never)]
pub(super) unsafe fn load_plainly(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let plain = match word(pc).op() {
            op if op == Op::LoadConstOn as u16 => Op::LoadConstFresh,
            op if op == Op::LoadAttrSlotOn as u16 => Op::LoadAttrSlotFresh,
            op if op == Op::SubscrListIntOn as u16 => Op::SubscrListIntFresh,
            _ => Op::SubscrConstItem,
        };
        rewrite(pc, plain);
        jump!(pc, fp)
    }
}

/// The operand that is handed on to an operation: the one that was computed last.
#[inline(always)]
unsafe fn handed_operand(pc: Pc) -> u16 {
    unsafe { if is_right(pc) { word(pc).c() } else { word(pc).b() } }
}

macro_rules! keep {
    ($name:ident: $kind:ty, $give:ident) => {
        /// Puts a number that was handed on into its temporary, and begins with the instruction. Only a temporary for numbers
        /// has been computed; any other was read.
        pub(super) unsafe fn $name(pc: Pc, fp: Fp, number: $kind) -> Jump {
            unsafe {
                let operand = handed_operand(pc);
                if operand & KEEP == 0 {
                    return load_plainly(STACK.with(|stack| stack.loaded.get()), fp);
                }
                $give!(pc, fp, operand & SLOT, number)
            }
        }
    };
}

keep!(keep_int: i64, give_int);
keep!(keep_float: f64, give_float);

/// Whether the number that is handed on to an operation is the right operand: that is, if it is a temporary, as the right
/// one is computed last. Operators and constants that stand there instead have no such mark, see [`goes_on`].
#[inline(always)]
unsafe fn is_right(pc: Pc) -> bool {
    unsafe { word(pc).c() & CONSUME != 0 }
}

/// The operand beside the number that is handed on.
#[inline(always)]
pub(super) unsafe fn other_operand(pc: Pc) -> u16 {
    unsafe { if is_right(pc) { word(pc).b() } else { word(pc).c() } }
}

/// The values of both operands, of which one was handed on.
#[inline(always)]
pub(super) unsafe fn in_order<N>(pc: Pc, handed: N, other: N) -> (N, N) {
    if unsafe { is_right(pc) } { (other, handed) } else { (handed, other) }
}

/// The values of both operands, and the one that was not handed on with its object; leaves by `$keep` where that is of
/// another kind.
macro_rules! operands {
    ($kind:ident $number:ident $keep:ident, $pc:expr, $fp:expr, $handed:expr) => {{
        let other = other_operand($pc);
        let object = value($fp, other);
        if kind_of(object) != types::$kind {
            return $keep($pc, $fp, $handed);
        }
        let (left, right) = in_order($pc, $handed, $number(object));
        (left, right, other, object)
    }};
}
pub(super) use operands;

/// Whether the result of arithmetic, which stands in a temporary for numbers, goes on to the instruction behind it: that is
/// one that may take it, and its last reader.
pub(super) unsafe fn goes_on(pc: Pc) -> bool {
    unsafe { is_taken(pc.add(2), word(pc).a() | CONSUME | KEEP) }
}

/// The same for what an instruction of some words reads into an unbound temporary.
pub(super) unsafe fn loaded_goes_on(pc: Pc, words: usize) -> bool {
    unsafe {
        (*pc.add(words)).get() as u16 != Op::Subscr as u16 && is_taken(pc.add(words), word(pc).a() | CONSUME)
    }
}

/// Whether an instruction may take a number instead of an operand that it consumes.
unsafe fn is_taken(next: Pc, operand: u16) -> bool {
    let next = unsafe { word(next) };
    let left = next.b() == operand && next.c() & CONSUME == 0;
    // Operations that have not been rewritten yet say how their operands are to be read.
    match next.op() {
        op if op == Op::BinaryOp as u16 || op == Op::CompareJump as u16 => next.c() == operand || left,
        op if op == Op::Subscr as u16 => next.c() == operand && next.b() & CONSUME == 0,
        op if op == Op::BinaryOpConst as u16
            || op == Op::CompareJumpConst as u16
            || op == Op::UnaryOp as u16 =>
        {
            left
        }
        _ => false,
    }
}
