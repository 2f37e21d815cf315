//! Handlers: moving values, operators, comparisons, jumps.
#![allow(non_snake_case, reason = "a handler is called as its operation")]

use ouro_bytecode::opcode::{BinaryOperator, CONSTANT_LEFT, Comparison, Op, UnaryOperator};
use ouro_heap::Ref;

use super::core::*;
use crate::{
    error::Res,
    native::Known,
    objects::{
        bool_,
        builtin::BuiltinFunction,
        str::{self, Str},
    },
    protocol::{self, number, object::is_true},
    state::shared,
    types,
};

/// The binary operator of a number in an instruction, and whether it is the in-place form.
pub(crate) fn operator(number: i32) -> (BinaryOperator, bool) {
    use BinaryOperator::*;
    const ALL: [BinaryOperator; 13] =
        [Add, Sub, Mul, TrueDiv, FloorDiv, Mod, Pow, LShift, RShift, And, Or, Xor, MatMul];
    (ALL[(number & 31) as usize], number & 32 != 0)
}

/// The comparison of a number in an instruction.
pub(crate) fn comparison(number: u32) -> Comparison {
    use Comparison::*;
    const ALL: [Comparison; 6] = [Lt, Le, Eq, Ne, Gt, Ge];
    ALL[number as usize]
}

#[inline(never)]
pub(crate) unsafe fn CheckBound(pc: Pc, fp: Fp) -> Flow {
    unsafe {
        let _ = operand!(pc, fp, word(pc).a());
        next!(pc.add(1), fp)
    }
}

#[inline(never)]
pub(crate) unsafe fn Line(pc: Pc, fp: Fp) -> Flow {
    unsafe {
        publish(pc, fp);
        super::inspect::line_event(code_of(fp), word_index(pc, fp), word(pc).a() != 0);
        next!(pc.add(1), fp)
    }
}

#[inline(never)]
pub(crate) unsafe fn LoadConst(pc: Pc, fp: Fp) -> Flow {
    unsafe {
        let w = word(pc);
        publish(pc, fp);
        let constant = &code_of(fp).constants[w.b() as usize];
        super::fast::specialise_const(pc, fp, constant);
        store(fp, w.a(), constant.clone());
        next!(pc.add(2), fp)
    }
}

#[inline(never)]
pub(crate) unsafe fn Delete(pc: Pc, fp: Fp) -> Flow {
    unsafe {
        let a = word(pc).a();
        let _ = operand!(pc, fp, a);
        publish(pc, fp);
        drop(take(fp, a));
        next!(pc.add(1), fp)
    }
}

fn apply(number: i32, left: &Ref, right: &Ref) -> Res {
    let (operator, inplace) = operator(number);
    if inplace { number::inplace(operator, left, right) } else { number::binary(operator, left, right) }
}

#[inline(never)]
pub(crate) unsafe fn BinaryOp(pc: Pc, fp: Fp) -> Flow {
    unsafe {
        let w = word(pc);
        publish(pc, fp);
        let left = operand!(pc, fp, w.b());
        let right = operand!(pc, fp, w.c());
        super::fast::specialise_binary(pc, left, right);
        // Python code that is called may rebind the locals: the operands are held, as on CPython's stack.
        let (left, right) = (fetched!(pc, fp, w.b()), fetched!(pc, fp, w.c()));
        let result = apply(word(pc.add(1)).lo(), &left, &right);
        drop(left);
        drop(right);
        let result = check!(pc, fp, result);
        store(fp, w.a(), result);
        next!(pc.add(2), fp)
    }
}

#[inline(never)]
pub(crate) unsafe fn BinaryOpConst(pc: Pc, fp: Fp) -> Flow {
    unsafe {
        let w = word(pc);
        publish(pc, fp);
        let left = operand!(pc, fp, w.b());
        let right = code_of(fp).constants[w.c() as usize].clone();
        super::fast::specialise_binary_const(pc, fp, left, &right);
        let left = fetched!(pc, fp, w.b());
        let result = apply(word(pc.add(1)).lo(), &left, &right);
        drop(left);
        drop(right);
        let result = check!(pc, fp, result);
        store(fp, w.a(), result);
        next!(pc.add(2), fp)
    }
}

/// `left + right` of two exact strings, where the left one may grow in place.
#[inline(never)]
pub(crate) unsafe fn add_str(pc: Pc, fp: Fp) -> Flow {
    unsafe {
        let w = word(pc);
        publish(pc, fp);
        if w.b() == w.a() && grow_within(fp, w.b(), operand!(pc, fp, w.c())) {
            consume(fp, w.c());
            next!(pc.add(2), fp)
        }
        let right = fetched!(pc, fp, w.c());
        let sum = append(fp, w.b(), &right);
        drop(right);
        store(fp, w.a(), check!(pc, fp, sum));
        next!(pc.add(2), fp)
    }
}

/// The same where the left one has to stay what it is.
#[inline(never)]
pub(crate) unsafe fn concat_str(pc: Pc, fp: Fp) -> Flow {
    unsafe {
        let w = word(pc);
        publish(pc, fp);
        let sum = crate::objects::str::add(operand!(pc, fp, w.b()), operand!(pc, fp, w.c()));
        let sum = check!(pc, fp, sum);
        consume(fp, w.b());
        consume(fp, w.c());
        store(fp, w.a(), sum);
        next!(pc.add(2), fp)
    }
}

/// The same with a constant on the right.
#[inline(never)]
pub(crate) unsafe fn add_str_const(pc: Pc, fp: Fp) -> Flow {
    unsafe {
        let w = word(pc);
        publish(pc, fp);
        let right = &code_of(fp).constants[w.c() as usize];
        if w.b() == w.a() && grow_within(fp, w.b(), right) {
            next!(pc.add(2), fp)
        }
        let sum = append(fp, w.b(), right);
        store(fp, w.a(), check!(pc, fp, sum));
        next!(pc.add(2), fp)
    }
}

/// Makes the string in a slot longer by another one where it lies, if it can be; whether it could.
#[inline(always)]
unsafe fn grow_within(fp: Fp, operand: u16, right: &Ref) -> bool {
    unsafe {
        match (borrow(fp, operand).and_then(|left| left.downcast::<Str>()), right.downcast::<Str>()) {
            (Some(left), Some(right)) => str::grow_within(left, right),
            _ => false,
        }
    }
}

/// Takes the string in a slot out and gives it back longer; where that fails, it stays in its slot.
unsafe fn append(fp: Fp, operand: u16, right: &Ref) -> Res {
    unsafe {
        let left = take(fp, operand).and_then(|left| left.into::<Str>().ok()).expect("checked by the caller");
        str::append(left, right.downcast::<Str>().expect("checked by the caller")).map_err(
            |(left, raised)| {
                *slot(fp, operand) = left.into_any().into_raw();
                raised
            },
        )
    }
}

#[inline(never)]
pub(crate) unsafe fn UnaryOp(pc: Pc, fp: Fp) -> Flow {
    unsafe {
        let w = word(pc);
        publish(pc, fp);
        super::fast::specialise_unary(pc, operand!(pc, fp, w.b()));
        let value = fetched!(pc, fp, w.b());
        let result = match w.c() {
            0 => number::unary(UnaryOperator::Neg, &value),
            1 => number::unary(UnaryOperator::Pos, &value),
            2 => number::unary(UnaryOperator::Invert, &value),
            _ => is_true(&value).map(|truth| bool_::new(!truth)),
        };
        drop(value);
        let result = check!(pc, fp, result);
        store(fp, w.a(), result);
        next!(pc.add(2), fp)
    }
}

#[inline(never)]
pub(crate) unsafe fn Compare(pc: Pc, fp: Fp) -> Flow {
    unsafe {
        let w = word(pc);
        publish(pc, fp);
        let left = fetched!(pc, fp, w.b());
        let right = fetched!(pc, fp, w.c());
        super::fast::specialise_compare(pc, &left, &right, Op::CompareInt);
        let result = protocol::compare::rich(&left, &right, comparison(word(pc.add(1)).lo() as u32));
        drop(left);
        drop(right);
        let result = check!(pc, fp, result);
        store(fp, w.a(), result);
        next!(pc.add(2), fp)
    }
}

#[inline(never)]
pub(crate) unsafe fn CompareConst(pc: Pc, fp: Fp) -> Flow {
    unsafe {
        let w = word(pc);
        publish(pc, fp);
        let left = fetched!(pc, fp, w.b());
        let right = code_of(fp).constants[w.c() as usize].clone();
        super::fast::specialise_compare(pc, &left, &right, Op::CompareIntConst);
        let result = protocol::compare::rich(&left, &right, comparison(word(pc.add(1)).lo() as u32));
        drop(left);
        drop(right);
        let result = check!(pc, fp, result);
        store(fp, w.a(), result);
        next!(pc.add(2), fp)
    }
}

#[inline(never)]
pub(crate) unsafe fn IsOp(pc: Pc, fp: Fp) -> Flow {
    unsafe {
        let w = word(pc);
        publish(pc, fp);
        let same = operand!(pc, fp, w.b()).is(operand!(pc, fp, w.c()));
        consume(fp, w.b());
        consume(fp, w.c());
        store(fp, w.a(), bool_::new(same != (word(pc.add(1)).lo() == 1)));
        next!(pc.add(2), fp)
    }
}

/// Whether the element in the second operand is in the container in the third; both are fetched.
macro_rules! contained {
    ($pc:expr, $fp:expr, $w:expr) => {{
        let element = fetched!($pc, $fp, $w.b());
        let container = fetched!($pc, $fp, $w.c());
        let result = protocol::item::contains(&container, &element);
        drop(element);
        drop(container);
        check!($pc, $fp, result)
    }};
}

#[inline(never)]
pub(crate) unsafe fn ContainsOp(pc: Pc, fp: Fp) -> Flow {
    unsafe {
        let w = word(pc);
        publish(pc, fp);
        let found = contained!(pc, fp, w);
        store(fp, w.a(), bool_::new(found != (word(pc.add(1)).lo() == 1)));
        next!(pc.add(2), fp)
    }
}

#[cold]
#[inline(never)]
pub(crate) unsafe fn pending_jump(pc: Pc, fp: Fp) -> Flow {
    unsafe {
        publish(pc, fp);
        check!(pc, fp, super::entry::handle_pending());
        next!(pc.offset(word(pc).jump() as isize), fp)
    }
}

/// The truth of an operand, which is then released if consumed.
#[inline(never)]
pub(crate) unsafe fn jump_if(pc: Pc, fp: Fp, wanted: bool) -> Flow {
    unsafe {
        let w = word(pc);
        let value = *slot(fp, w.a());
        let shared = shared();
        let truth = if value == shared.true_.as_ptr() || value == shared.false_.as_ptr() {
            consume(fp, w.a());
            value == shared.true_.as_ptr()
        } else {
            publish(pc, fp);
            let value = fetched!(pc, fp, w.a());
            let result = is_true(&value);
            drop(value);
            check!(pc, fp, result)
        };
        if truth == wanted { next!(pc.offset(w.jump() as isize), fp) } else { next!(pc.add(1), fp) }
    }
}

#[inline(always)]
unsafe fn jump_if_none(pc: Pc, fp: Fp, wanted: bool) -> Flow {
    unsafe {
        let w = word(pc);
        let none = operand!(pc, fp, w.a()).is(&shared().none);
        if w.a() & ouro_bytecode::opcode::CONSUME != 0 {
            publish(pc, fp);
            consume(fp, w.a());
        }
        if none == wanted { next!(pc.offset(w.jump() as isize), fp) } else { next!(pc.add(1), fp) }
    }
}

#[inline(never)]
pub(crate) unsafe fn JumpIfNone(pc: Pc, fp: Fp) -> Flow {
    unsafe { jump_if_none(pc, fp, true) }
}

#[inline(never)]
pub(crate) unsafe fn JumpIfNotNone(pc: Pc, fp: Fp) -> Flow {
    unsafe { jump_if_none(pc, fp, false) }
}

#[inline(never)]
pub(crate) unsafe fn JumpIfUnbound(pc: Pc, fp: Fp) -> Flow {
    unsafe {
        let w = word(pc);
        if *slot(fp, w.a()) == unbound() {
            next!(pc.offset(w.jump() as isize), fp)
        } else {
            next!(pc.add(1), fp)
        }
    }
}

/// Jumps, or goes on, as two operands compare, which are released.
#[inline(always)]
unsafe fn jump_on_comparison(pc: Pc, fp: Fp, left: Ref, right: Ref, comparison: Comparison) -> Flow {
    unsafe {
        let w = word(pc);
        let result = protocol::compare::rich(&left, &right, comparison);
        drop(left);
        drop(right);
        let result = check!(pc, fp, result);
        let truth = is_true(&result);
        drop(result);
        let truth = check!(pc, fp, truth);
        if truth == (w.a() & 1 == 1) {
            next!(pc.offset(word(pc.add(1)).lo() as isize), fp)
        } else {
            next!(pc.add(3), fp)
        }
    }
}

#[inline(never)]
pub(crate) unsafe fn CompareJump(pc: Pc, fp: Fp) -> Flow {
    unsafe {
        let w = word(pc);
        publish(pc, fp);
        let left = operand!(pc, fp, w.b());
        let right = operand!(pc, fp, w.c());
        super::fast::specialise_compare_jump(pc, left, right);
        let (left, right) = (fetched!(pc, fp, w.b()), fetched!(pc, fp, w.c()));
        jump_on_comparison(pc, fp, left, right, comparison(w.a() as u32 >> 1))
    }
}

#[inline(never)]
pub(crate) unsafe fn CompareJumpConst(pc: Pc, fp: Fp) -> Flow {
    unsafe {
        let w = word(pc);
        publish(pc, fp);
        let value = operand!(pc, fp, w.b());
        let constant = code_of(fp).constants[w.c() as usize].clone();
        super::fast::specialise_compare_jump_const(pc, value, &constant);
        let value = fetched!(pc, fp, w.b());
        let comparison = comparison(w.a() as u32 >> 1 & 7);
        if w.a() & CONSTANT_LEFT != 0 {
            jump_on_comparison(pc, fp, constant, value, comparison.mirrored())
        } else {
            jump_on_comparison(pc, fp, value, constant, comparison)
        }
    }
}

#[inline(never)]
pub(crate) unsafe fn IsJump(pc: Pc, fp: Fp) -> Flow {
    unsafe {
        let w = word(pc);
        let same = operand!(pc, fp, w.b()).is(operand!(pc, fp, w.c()));
        publish(pc, fp);
        consume(fp, w.b());
        consume(fp, w.c());
        if same == (w.a() == 1) {
            next!(pc.offset(word(pc.add(1)).lo() as isize), fp)
        } else {
            next!(pc.add(2), fp)
        }
    }
}

#[inline(never)]
pub(crate) unsafe fn ContainsJump(pc: Pc, fp: Fp) -> Flow {
    unsafe {
        let w = word(pc);
        publish(pc, fp);
        let found = contained!(pc, fp, w);
        if found == (w.a() == 1) {
            next!(pc.offset(word(pc.add(1)).lo() as isize), fp)
        } else {
            next!(pc.add(2), fp)
        }
    }
}

#[inline(never)]
pub(crate) unsafe fn QuantifierJump(pc: Pc, fp: Fp) -> Flow {
    unsafe {
        let w = word(pc);
        let wanted = if w.a() == 1 { Known::Any } else { Known::All };
        let known = operand!(pc, fp, w.b())
            .payload::<BuiltinFunction>()
            .is_some_and(|function| function.definition.0.known == wanted);
        if known && operand!(pc, fp, w.c()).header().type_index() == types::GENERATOR {
            next!(pc.add(2), fp)
        } else {
            next!(pc.offset(word(pc.add(1)).lo() as isize), fp)
        }
    }
}

#[inline(never)]
pub(crate) unsafe fn PrintExpr(pc: Pc, fp: Fp) -> Flow {
    unsafe {
        publish(pc, fp);
        let value = fetched!(pc, fp, word(pc).a());
        let result = super::entry::display(&value);
        drop(value);
        check!(pc, fp, result);
        next!(pc.add(1), fp)
    }
}

#[inline(never)]
pub(crate) unsafe fn NotSupported(pc: Pc, fp: Fp) -> Flow {
    unsafe {
        publish(pc, fp);
        let message = code_of(fp).constants[word(pc).a() as usize].clone();
        let error = crate::error::raise_with(
            crate::objects::exception::ExceptionKind::NotImplementedError,
            vec![message],
        );
        super::unwind::raised(pc, fp, error)
    }
}

#[inline(never)]
pub(crate) unsafe fn Halt(_pc: Pc, _fp: Fp) -> Flow {
    leave(RETURNED)
}
