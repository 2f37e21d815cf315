//! The rules by which arithmetic and comparisons are rewritten to the handlers of [`super::numbers`].

use super::{chains::goes_on, numbers::TRUE_DIV, *};

/// Rewrites a comparison that gives an object; the right operand may be a constant.
#[inline(always)]
pub(crate) unsafe fn specialise_compare(pc: Pc, left: &Ref, right: &Ref, op: Op) {
    // No count of misses here: the words have no room, and a miss costs little more than the comparison itself.
    if left.header().kind() == types::INT && right.header().kind() == types::INT {
        unsafe { rewrite(pc, op) }
    } else if op == Op::CompareInt && compare_natively(left, right) {
        unsafe { rewrite(pc, Op::CompareNative) }
    }
}

/// Rewrites a unary operation.
#[inline(always)]
pub(crate) unsafe fn specialise_unary(pc: Pc, operand: &Ref) {
    unsafe {
        let op = match (word(pc).c(), operand.header().kind()) {
            (0, types::INT | types::FLOAT) if goes_on(pc) => Op::NegateNumberOn,
            (0, types::INT | types::FLOAT) => Op::NegateNumber,
            (2, types::INT) if goes_on(pc) => Op::InvertIntOn,
            (2, types::INT) => Op::InvertInt,
            (3, _)
                if matches!(
                    operand.header().type_index(),
                    types::BOOL
                        | types::INT
                        | types::NONE
                        | types::LIST
                        | types::TUPLE
                        | types::STR
                        | types::DICT
                ) =>
            {
                Op::NotPlain
            }
            _ => return,
        };
        rewrite(pc, op);
    }
}

/// Counts a rewriting of the site in the high half of word 1; whether the site may be rewritten.
pub(super) unsafe fn may_rewrite(pc: Pc) -> bool {
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
    let native = may_be_native(left, right, unsafe { word(pc.add(1)).lo() });
    let strings = left.header().type_index() == types::STR && right.header().type_index() == types::STR;
    let is_instance = left.has_layout::<Instance>();
    let (left, right) = (left.header().kind(), right.header().kind());
    let number = |kind| kind == types::INT || kind == types::FLOAT;
    if number(left) && number(right) {
        unsafe { specialise_numbers(pc, left, right) }
    } else if strings && unsafe { word(pc.add(1)).lo() & 31 == 0 } {
        unsafe {
            if may_rewrite(pc) {
                rewrite(pc, Op::AddStr);
            }
        }
    } else if native {
        unsafe {
            if may_rewrite(pc) {
                rewrite(pc, Op::BinaryOpNative);
            }
        }
    } else if is_instance {
        unsafe {
            // The in-place form has a method of its own to try first, and powers one more operand.
            if word(pc.add(1)).lo() < 32 && word(pc.add(1)).lo() != 6 && may_rewrite(pc) {
                rewrite(pc, Op::BinaryOpMethod);
            }
        }
    }
}

#[cold]
#[inline(never)]
pub(super) unsafe fn specialise_numbers(pc: Pc, left: u32, right: u32) {
    unsafe {
        let operator = word(pc.add(1)).lo() & 31;
        let both = |kind| left == kind && right == kind;
        let (plain, temps) = match operator {
            0 if both(types::INT) => (Op::AddInt, Op::AddIntTemps),
            1 if both(types::INT) => (Op::SubInt, Op::SubIntTemps),
            2 if both(types::INT) => (Op::MulInt, Op::MulIntTemps),
            5 if both(types::INT) => (Op::ModInt, Op::ModIntTemps),
            9 if both(types::INT) => (Op::AndInt, Op::AndIntTemps),
            10 if both(types::INT) => (Op::OrInt, Op::OrIntTemps),
            11 if both(types::INT) => (Op::XorInt, Op::XorIntTemps),
            4 | 7 | 8 if both(types::INT) => (Op::ArithInt, Op::ArithIntTemps),
            0 if both(types::FLOAT) => (Op::AddFloat, Op::AddFloatTemps),
            1 if both(types::FLOAT) => (Op::SubFloat, Op::SubFloatTemps),
            2 if both(types::FLOAT) => (Op::MulFloat, Op::MulFloatTemps),
            3 if both(types::FLOAT) => (Op::DivFloat, Op::DivFloatTemps),
            TRUE_DIV if both(types::INT) => (Op::MixedFloat, Op::MixedFloat),
            0..=3 if left != right => (Op::MixedFloat, Op::MixedFloat),
            4 | 5 if left == types::FLOAT => (Op::BinaryOpNative, Op::BinaryOpNative),
            _ => return,
        };
        let in_temporaries = match plain {
            Op::AddInt => Op::AddIntBoth,
            Op::SubInt => Op::SubIntBoth,
            Op::MulInt => Op::MulIntBoth,
            _ => temps,
        };
        let on = match plain {
            Op::AddInt => Op::AddIntOn,
            Op::SubInt => Op::SubIntOn,
            Op::MulInt => Op::MulIntOn,
            Op::AndInt => Op::AndIntOn,
            Op::OrInt => Op::OrIntOn,
            Op::XorInt => Op::XorIntOn,
            Op::ModInt => Op::ModIntOn,
            Op::AddFloat => Op::AddFloatOn,
            Op::SubFloat => Op::SubFloatOn,
            Op::MulFloat => Op::MulFloatOn,
            Op::DivFloat => Op::DivFloatOn,
            _ => temps,
        };
        let with_returned = match plain {
            Op::AddInt => Op::AddIntReturned,
            Op::AddFloat => Op::AddFloatReturned,
            _ => temps,
        };
        if may_rewrite(pc) {
            let w = word(pc);
            let op = if goes_on(pc) {
                on
            } else if (w.b() | w.c()) & CONSUME == 0 {
                plain
            } else if w.b() & CONSUME == 0 && w.c() & KEEP == 0 && w.c() & SLOT != w.a() {
                with_returned
            } else if w.b() & w.c() & CONSUME != 0 && (w.b() | w.c()) & KEEP == 0 {
                in_temporaries
            } else {
                temps
            };
            rewrite(pc, op);
        }
    }
}

/// Rewrites a binary operation with a constant.
#[inline(always)]
pub(crate) unsafe fn specialise_binary_const(pc: Pc, fp: Fp, left: &Ref, right: &Ref) {
    let native = may_be_native(left, right, unsafe { word(pc.add(1)).lo() });
    let strings = left.header().type_index() == types::STR && right.header().type_index() == types::STR;
    let is_instance = left.has_layout::<Instance>();
    let (left, kind) = (left.header().kind(), right.header().kind());
    let number = |kind| kind == types::INT || kind == types::FLOAT;
    if number(left) && number(kind) {
        unsafe { specialise_number_const(pc, fp, left, right) }
    } else if strings && unsafe { word(pc.add(1)).lo() & 31 == 0 } {
        unsafe {
            if may_rewrite(pc) {
                rewrite(pc, Op::AddStrConst);
            }
        }
    } else if native {
        unsafe {
            let cache = word(pc.add(1));
            if cache.lo() as u32 >> 8 < MAX_MISSES {
                (*pc.add(1)).set(ouro_bytecode::code::Word::data(cache.lo() + 0x100, cache.hi()).0);
                rewrite(pc, Op::BinaryOpConstNative);
            }
        }
    } else if is_instance {
        unsafe {
            // As in `specialise_binary`. A miss costs little, so none is counted.
            if word(pc.add(1)).lo() & 0xFF < 32 && word(pc.add(1)).lo() & 0xFF != 6 {
                rewrite(pc, Op::BinaryOpConstMethod);
            }
        }
    }
}

#[cold]
#[inline(never)]
pub(super) unsafe fn specialise_number_const(pc: Pc, fp: Fp, left: u32, right: &Ref) {
    unsafe {
        let lo = word(pc.add(1)).lo();
        // The misses are counted above the operator here, since the other half holds the constant.
        let misses = lo >> 8;
        if misses as u32 >= MAX_MISSES {
            return;
        }
        let operator = lo & 31;
        let plain = word(pc).b() & CONSUME == 0;
        let fresh = plain && is_fresh(fp, word(pc).a());
        let with_float = left == types::FLOAT || right.header().kind() == types::FLOAT;
        let op = if left == types::FLOAT {
            match operator {
                0..=3 => Op::FloatConst,
                4 | 5 => Op::BinaryOpConstNative,
                6 => Op::PowFloatConst,
                _ => return,
            }
        } else if with_float {
            match operator {
                0..=3 => Op::IntFloatConst,
                6 => Op::PowFloatConst,
                _ => return,
            }
        } else {
            match operator {
                TRUE_DIV => Op::IntFloatConst,
                0 if fresh => Op::AddIntConstFresh,
                0 if plain => Op::AddIntConst,
                0 => Op::AddIntConstTemps,
                1 if fresh => Op::SubIntConstFresh,
                1 if plain => Op::SubIntConst,
                1 => Op::SubIntConstTemps,
                2 if plain => Op::MulIntConst,
                2 => Op::MulIntConstTemps,
                4 if plain => Op::FloorDivIntConst,
                4 => Op::FloorDivIntConstTemps,
                5 if is_tested(pc) && is_truth_of_variable(pc) => Op::ModIntConstTruth,
                5 if is_tested(pc) => Op::ModIntConstTest,
                5 if plain => Op::ModIntConst,
                5 => Op::ModIntConstTemps,
                9 if is_tested(pc) && is_truth_of_variable(pc) => Op::AndIntConstTruth,
                9 if is_tested(pc) => Op::AndIntConstTest,
                9 if plain => Op::AndIntConst,
                9 => Op::AndIntConstTemps,
                6..=11 if plain => Op::ArithIntConst,
                6..=11 => Op::ArithIntConstTemps,
                _ => return,
            }
        };
        let small = right.payload::<Int>().map(|int| int.value.get());
        // Divisions round down, so that by a power of two they are shifts and masks, also of negative numbers.
        let power = small.filter(|value| *value > 0 && value & (value - 1) == 0 && !with_float);
        let places = small.is_some_and(|value| (0..63).contains(&value));
        let constant = match small.map(i32::try_from) {
            Some(Ok(value)) => value as u32,
            Some(Err(_)) if !with_float => return,
            _ => 0,
        };
        let (op, constant) = match (op, power) {
            (Op::ModIntConst, Some(power)) => (Op::AndIntConst, power as u32 - 1),
            (Op::ModIntConstTemps, Some(power)) => (Op::AndIntConstTemps, power as u32 - 1),
            (Op::ModIntConstTest, Some(power)) => (Op::AndIntConstTest, power as u32 - 1),
            (Op::ModIntConstTruth, Some(power)) => (Op::AndIntConstTruth, power as u32 - 1),
            (Op::FloorDivIntConst, Some(power)) => (Op::ShrIntConst, power.trailing_zeros()),
            (Op::FloorDivIntConstTemps, Some(power)) => (Op::ShrIntConstTemps, power.trailing_zeros()),
            (Op::ArithIntConst, _) if operator == 7 && places => (Op::ShlIntConst, constant),
            (Op::ArithIntConstTemps, _) if operator == 7 && places => (Op::ShlIntConstTemps, constant),
            (Op::ArithIntConst, _) if operator == 8 && places => (Op::ShrIntConst, constant),
            (Op::ArithIntConstTemps, _) if operator == 8 && places => (Op::ShrIntConstTemps, constant),
            _ => (op, constant),
        };
        let op = match op {
            _ if !goes_on(pc) => op,
            Op::AddIntConst | Op::AddIntConstTemps => Op::AddIntConstOn,
            Op::SubIntConst | Op::SubIntConstTemps => Op::SubIntConstOn,
            Op::MulIntConst | Op::MulIntConstTemps => Op::MulIntConstOn,
            Op::FloorDivIntConst | Op::FloorDivIntConstTemps => Op::FloorDivIntConstOn,
            Op::ModIntConst | Op::ModIntConstTemps => Op::ModIntConstOn,
            Op::AndIntConst | Op::AndIntConstTemps => Op::AndIntConstOn,
            Op::ShlIntConst | Op::ShlIntConstTemps => Op::ShlIntConstOn,
            Op::ShrIntConst | Op::ShrIntConstTemps => Op::ShrIntConstOn,
            Op::FloatConst => Op::FloatConstOn,
            Op::IntFloatConst => Op::IntFloatConstOn,
            op => op,
        };
        (*pc.add(1)).set(ouro_bytecode::code::Word::data((lo & 0xFF) | (misses + 1) << 8, constant).0);
        rewrite(pc, op);
    }
}
