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
//! used: nothing is counted for them. The left operand is read before the right one; it is lent from where it stands, and
//! goes along with what computes the right one as the address of an object (see [`readers`]):
//!
//! ```text
//!   LoadAttrSlotLent  t, self        then     second_load_attr_slot(pc, fp, left)
//!   LoadAttrSlotOn    u, other       then     pair_add_float(pc, fp, left, right)
//!   AddFloat          x, t, u
//! ```
//!
//! Only the first instruction is rewritten for this, and what it hands on is meant for the instruction behind it
//! whatever that has become: an operation that takes no number finds it in its temporary, as an object, and begins
//! as always. So does one that cannot go on, for its other operand or its result. Where the number was only read, it is the
//! object itself that is put there.
//!
//! Architecture Invariant: nothing can look at the frame between two operations of a chain.

use super::{items::*, jumps::*, numbers::*, readers::*, signs::*, *};

/// A handler that gets an operand as a number.
type After<N> = unsafe fn(Pc, Fp, N) -> Jump;

/// A handler that gets its left operand lent, as an object, and the right one in the same way or as a number.
type Both<N> = unsafe fn(Pc, Fp, Slot, N) -> Jump;

/// A handler that gets the left operand of the next one lent, and the container that it reads from, with the instruction
/// that has read that.
type Through = unsafe fn(Pc, Fp, Slot, Slot, Pc) -> Jump;

const OPS: usize = Op::ALL.len();

/// Which of its operands an instruction may take as a number: either of two, the only one, or an index.
#[derive(Clone, Copy)]
pub(super) enum Taken {
    Two,
    One,
    Index,
    Nothing,
}

/// Builds the table of the handlers that take a number of one kind, and that of what they take.
macro_rules! number_table {
    (
        $table:ident $taken:ident: $kind:ty, $keep:ident;
        $($what:ident { $($($op:ident)+ => $handler:ident,)* })*
    ) => {
        after_table! { $table: After<$kind>, $keep; $($($($op)+ => $handler,)*)* }

        static $taken: [Taken; OPS] = {
            let mut table = [Taken::Nothing; OPS];
            $($($(table[Op::$op as usize] = Taken::$what;)+)*)*
            table
        };
    };
}

/// Builds the table of the handlers that take an operand in another way than from its slot; the other operations find it
/// there.
macro_rules! after_table {
    ($table:ident: $kind:ty, $keep:ident; $($($op:ident)+ => $handler:ident,)*) => {
        pub(super) static $table: [$kind; OPS] = {
            let mut table: [$kind; OPS] = [$keep; OPS];
            $($(table[Op::$op as usize] = $handler;)+)*
            table
        };
    };
}

number_table! { INT INT_TAKEN: i64, keep_int; Two {
    AddInt AddIntTemps AddIntBoth AddIntReturned => after_add_int, AddIntOn => after_add_int_on,
    SubInt SubIntTemps SubIntBoth => after_sub_int, SubIntOn => after_sub_int_on,
    MulInt MulIntTemps MulIntBoth => after_mul_int, MulIntOn => after_mul_int_on,
    AndInt AndIntTemps => after_and_int, AndIntOn => after_and_int_on,
    OrInt OrIntTemps => after_or_int, OrIntOn => after_or_int_on,
    XorInt XorIntTemps => after_xor_int, XorIntOn => after_xor_int_on,
    ModInt ModIntTemps => after_mod_int, ModIntOn => after_mod_int_on,
    LtIntJumpTemps => after_lt_int_jump, LeIntJumpTemps => after_le_int_jump, EqIntJumpTemps => after_eq_int_jump,
    NeIntJumpTemps => after_ne_int_jump, GtIntJumpTemps => after_gt_int_jump, GeIntJumpTemps => after_ge_int_jump,
} One {
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
    LtIntConstJumpTemps => after_lt_int_const_jump, LeIntConstJumpTemps => after_le_int_const_jump,
    EqIntConstJumpTemps => after_eq_int_const_jump, NeIntConstJumpTemps => after_ne_int_const_jump,
    GtIntConstJumpTemps => after_gt_int_const_jump, GeIntConstJumpTemps => after_ge_int_const_jump,
} Index {
    SubscrListInt => after_subscr_list_int,
}}

number_table! { FLOAT FLOAT_TAKEN: f64, keep_float; Two {
    AddFloat AddFloatTemps AddFloatReturned => after_add_float, AddFloatOn => after_add_float_on,
    SubFloat SubFloatTemps => after_sub_float, SubFloatOn => after_sub_float_on,
    MulFloat MulFloatTemps => after_mul_float, MulFloatOn => after_mul_float_on,
    DivFloat DivFloatTemps => after_div_float, DivFloatOn => after_div_float_on,
    FloatJump => after_float_jump,
} One {
    NegateNumber => after_negate_float, NegateNumberOn => after_negate_float_on,
    FloatConst => after_float_const, FloatConstOn => after_float_const_on, FloatConstJump => after_float_const_jump,
}}

after_table! { LENT: After<Slot>, keep_lent;
    LoadAttrSlotOn => second_load_attr_slot, LoadAttrSlotTempOn => second_load_attr_slot_temp,
    SubscrListIntOn => second_subscr_list_int, SubscrListIntTempOn => second_subscr_list_int_temp,
    SubscrConstItemOn => second_subscr_const_item, SubscrConstItemTempOn => second_subscr_const_item_temp,
    LoadGlobalOn => second_load_global,
    LoadFreeOn => second_load_free, LoadCellOn => second_load_cell,
    LoadAttrSlotFresh => through_load_attr_slot, SubscrListIntFresh => through_subscr_list_int,
    SubscrConstItem => through_subscr_const_item,
    AddIntOn => beside_add_int, SubIntOn => beside_sub_int, MulIntOn => beside_mul_int, AndIntOn => beside_and_int,
    OrIntOn => beside_or_int, XorIntOn => beside_xor_int, ModIntOn => beside_mod_int,
    AddFloatOn => beside_add_float, SubFloatOn => beside_sub_float, MulFloatOn => beside_mul_float,
    DivFloatOn => beside_div_float,
}

after_table! { PAIR: Both<Slot>, keep_pair;
    AddIntTemps AddIntBoth => pair_add_int, AddIntOn => pair_add_int_on,
    SubIntTemps SubIntBoth => pair_sub_int, SubIntOn => pair_sub_int_on,
    MulIntTemps MulIntBoth => pair_mul_int, MulIntOn => pair_mul_int_on,
    AndIntTemps => pair_and_int, AndIntOn => pair_and_int_on,
    OrIntTemps => pair_or_int, OrIntOn => pair_or_int_on, XorIntTemps => pair_xor_int, XorIntOn => pair_xor_int_on,
    ModIntTemps => pair_mod_int, ModIntOn => pair_mod_int_on,
    LtIntJumpTemps => pair_lt_int_jump, LeIntJumpTemps => pair_le_int_jump, EqIntJumpTemps => pair_eq_int_jump,
    NeIntJumpTemps => pair_ne_int_jump, GtIntJumpTemps => pair_gt_int_jump, GeIntJumpTemps => pair_ge_int_jump,
    AddFloatTemps => pair_add_float, AddFloatOn => pair_add_float_on,
    SubFloatTemps => pair_sub_float, SubFloatOn => pair_sub_float_on,
    MulFloatTemps => pair_mul_float, MulFloatOn => pair_mul_float_on,
    DivFloatTemps => pair_div_float, DivFloatOn => pair_div_float_on,
    FloatJump => pair_float_jump,
}

after_table! { BOTH_INT: Both<i64>, keep_both_int;
    AddIntTemps AddIntBoth => both_add_int, AddIntOn => both_add_int_on,
    SubIntTemps SubIntBoth => both_sub_int, SubIntOn => both_sub_int_on,
    MulIntTemps MulIntBoth => both_mul_int, MulIntOn => both_mul_int_on,
    AndIntTemps => both_and_int, AndIntOn => both_and_int_on,
    OrIntTemps => both_or_int, OrIntOn => both_or_int_on, XorIntTemps => both_xor_int, XorIntOn => both_xor_int_on,
    ModIntTemps => both_mod_int, ModIntOn => both_mod_int_on,
    LtIntJumpTemps => both_lt_int_jump, LeIntJumpTemps => both_le_int_jump, EqIntJumpTemps => both_eq_int_jump,
    NeIntJumpTemps => both_ne_int_jump, GtIntJumpTemps => both_gt_int_jump, GeIntJumpTemps => both_ge_int_jump,
}

after_table! { BOTH_FLOAT: Both<f64>, keep_both_float;
    AddFloatTemps => both_add_float, AddFloatOn => both_add_float_on,
    SubFloatTemps => both_sub_float, SubFloatOn => both_sub_float_on,
    MulFloatTemps => both_mul_float, MulFloatOn => both_mul_float_on,
    DivFloatTemps => both_div_float, DivFloatOn => both_div_float_on,
    FloatJump => both_float_jump,
}

after_table! { THROUGH: Through, keep_container;
    LoadAttrSlotTempOn => inner_load_attr_slot, SubscrListIntTempOn => inner_subscr_list_int,
    SubscrConstItemTempOn => inner_subscr_const_item,
}

/// Hands a lent left operand and the container that holds the right one on to the next instruction.
macro_rules! hand_through {
    ($origin:expr, $next:expr, $fp:expr, $left:expr, $container:expr) => {{
        let next: Pc = $next;
        return THROUGH.get_unchecked((*next).get() as u16 as usize)(next, $fp, $left, $container, $origin);
    }};
}
pub(super) use hand_through;

/// Hands a number on to the next instruction.
macro_rules! hand_on {
    ($table:ident, $next:expr, $fp:expr, $number:expr) => {{
        let next: Pc = $next;
        return $table.get_unchecked((*next).get() as u16 as usize)(next, $fp, $number);
    }};
}
pub(super) use hand_on;

/// Hands a lent left operand and the right one on to the next instruction.
macro_rules! hand_both_on {
    ($table:ident, $next:expr, $fp:expr, $left:expr, $number:expr) => {{
        let next: Pc = $next;
        return $table.get_unchecked((*next).get() as u16 as usize)(next, $fp, $left, $number);
    }};
}
pub(super) use hand_both_on;

/// Puts what was lent into its temporary; the instruction that has lent it.
unsafe fn put_lent(fp: Fp, left: Slot) -> Pc {
    unsafe {
        let origin = STACK.with(|stack| stack.lent.get());
        increment(left);
        *fp.add(word(origin).a() as usize) = left;
        origin
    }
}

/// Lets an instruction read in its plain form from now on, as the one at `pc` has not taken what it handed on or lent. One
/// that is still general may do so once it is rewritten.
unsafe fn forgo(origin: Pc, pc: Pc) {
    unsafe {
        if word(pc).op() >= Op::LoadConstCached as u16 {
            read_plainly(origin);
        }
    }
}

/// Puts what was lent into its temporary this time, and begins with an instruction that cannot read right now.
#[cold]
#[inline(never)]
pub(super) unsafe fn begin_beside(pc: Pc, fp: Fp, left: Slot) -> Jump {
    unsafe {
        put_lent(fp, left);
        jump!(pc, fp)
    }
}

/// Puts what was lent into its temporary, also from now on, and begins with the instruction.
#[cold]
#[inline(never)]
pub(super) unsafe fn keep_lent(pc: Pc, fp: Fp, left: Slot) -> Jump {
    unsafe {
        forgo(put_lent(fp, left), pc);
        jump!(pc, fp)
    }
}

/// The same where the right operand is lent, too.
#[cold]
#[inline(never)]
pub(super) unsafe fn keep_pair(pc: Pc, fp: Fp, left: Slot, right: Slot) -> Jump {
    unsafe {
        forgo(put_lent(fp, left), pc);
        increment(right);
        *slot(fp, word(pc).c()) = right;
        jump!(pc, fp)
    }
}

/// Puts a container that was lent into its temporary, and goes on with the left operand.
pub(super) unsafe fn keep_container(pc: Pc, fp: Fp, left: Slot, container: Slot, origin: Pc) -> Jump {
    unsafe {
        increment(container);
        *fp.add(word(origin).a() as usize) = container;
        hand_on!(LENT, pc, fp, left)
    }
}

/// The operand that is handed on to an operation: the one that was computed last.
#[inline(always)]
unsafe fn handed_operand(pc: Pc) -> u16 {
    unsafe { if is_right(pc) { word(pc).c() } else { word(pc).b() } }
}

macro_rules! keep {
    ($name:ident $both:ident: $kind:ty, $give:ident) => {
        /// Puts a number that was handed on into its temporary, and begins with the instruction. Only a temporary for numbers
        /// has been computed; any other was read, and gets the object.
        pub(super) unsafe fn $name(pc: Pc, fp: Fp, number: $kind) -> Jump {
            unsafe {
                let operand = handed_operand(pc);
                if operand & KEEP == 0 {
                    return keep_loaded(pc, fp, operand);
                }
                $give!(pc, fp, operand & SLOT, number)
            }
        }

        /// The same where the left operand was lent: the number is the right one.
        #[cold]
        #[inline(never)]
        pub(super) unsafe fn $both(pc: Pc, fp: Fp, left: Slot, number: $kind) -> Jump {
            unsafe {
                forgo(put_lent(fp, left), pc);
                $name(pc, fp, number)
            }
        }
    };
}

keep!(keep_int keep_both_int: i64, give_int);
keep!(keep_float keep_both_float: f64, give_float);

/// Puts the object that was read last into the temporary that it was read for, also from now on, and begins with the
/// instruction.
#[cold]
#[inline(never)]
unsafe fn keep_loaded(pc: Pc, fp: Fp, operand: u16) -> Jump {
    unsafe {
        let (origin, object) = STACK.with(|stack| (stack.loaded.get(), stack.loaded_object.get()));
        forgo(origin, pc);
        increment(object);
        *slot(fp, operand) = object;
        jump!(pc, fp)
    }
}

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
        let next = pc.add(words);
        !matches!(taken(word(next).op()), Taken::Index) && is_taken(next, word(pc).a() | CONSUME)
    }
}

/// Whether an instruction may take a number instead of an operand that it consumes.
unsafe fn is_taken(next: Pc, operand: u16) -> bool {
    let next = unsafe { word(next) };
    let left = next.b() == operand && next.c() & CONSUME == 0;
    match taken(next.op()) {
        Taken::Two => next.c() == operand || left,
        Taken::One => left,
        Taken::Index => next.c() == operand && next.b() & CONSUME == 0,
        Taken::Nothing => false,
    }
}

/// What an operation may take. One that has not been rewritten yet says how its operands are to be read.
pub(super) fn taken(op: u16) -> Taken {
    const GENERAL: [(Op, Taken); 6] = [
        (Op::BinaryOp, Taken::Two),
        (Op::CompareJump, Taken::Two),
        (Op::BinaryOpConst, Taken::One),
        (Op::CompareJumpConst, Taken::One),
        (Op::UnaryOp, Taken::One),
        (Op::Subscr, Taken::Index),
    ];
    if let Some((_, taken)) = GENERAL.iter().find(|(general, _)| *general as u16 == op) {
        return *taken;
    }
    match INT_TAKEN[op as usize] {
        Taken::Nothing => FLOAT_TAKEN[op as usize],
        taken => taken,
    }
}
