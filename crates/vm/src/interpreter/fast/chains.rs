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
//! Only the first instruction is rewritten for this, and what it hands on is meant for the instruction behind it
//! whatever that has become: an operation that takes no number finds it in its temporary, as an object, and begins
//! as always. So does one that cannot go on, for its other operand or its result.
//!
//! Architecture Invariant: nothing can look at the frame between two operations of a chain.

use super::{items::*, jumps::*, numbers::*, *};

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

/// Puts an int that was handed on into its temporary, and begins with the instruction.
pub(super) unsafe fn keep_int(pc: Pc, fp: Fp, number: i64) -> Jump {
    unsafe { give_int!(pc, fp, word(pc.sub(2)).a(), number) }
}

/// The same for a float.
pub(super) unsafe fn keep_float(pc: Pc, fp: Fp, number: f64) -> Jump {
    unsafe { give_float!(pc, fp, word(pc.sub(2)).a(), number) }
}

/// Whether the number that is handed on to an operation of two operands is the right one: the one that was computed last.
#[inline(always)]
unsafe fn is_right(pc: Pc) -> bool {
    unsafe { word(pc).c() & KEEP != 0 }
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

/// Whether the result of an operation of two words goes on to the instruction behind it: that is one that may take it, and
/// its last reader.
pub(super) unsafe fn goes_on(pc: Pc) -> bool {
    unsafe {
        let next = word(pc.add(2));
        let result = word(pc).a() | CONSUME | KEEP;
        // Operations that have not been rewritten yet say how their operands are to be read.
        match next.op() {
            op if op == Op::BinaryOp as u16 || op == Op::CompareJump as u16 => {
                next.c() == result || next.b() == result && next.c() & KEEP == 0
            }
            op if op == Op::Subscr as u16 => next.c() == result && next.b() & CONSUME == 0,
            op if op == Op::BinaryOpConst as u16
                || op == Op::CompareJumpConst as u16
                || op == Op::UnaryOp as u16 =>
            {
                next.b() == result
            }
            _ => false,
        }
    }
}
