//! Constant folding, within the limits of CPython's `ast_opt.c`.

use std::rc::Rc;

use ouro_syntax::ast::{Expr, ExprContext, ExprKind, Operator, UnaryOp};

use super::constants::{bytes_string, from_ast, truth};
use crate::code::Constant;

/// The most elements of a folded tuple.
const MAX_COLLECTION: usize = 256;
/// The most characters of a folded repetition.
const MAX_STRING: usize = 4096;

/// The value of a constant expression.
pub(super) fn fold(e: &Expr, debug: bool) -> Option<Constant> {
    match &e.kind {
        ExprKind::Constant { value } => Some(from_ast(value)),
        ExprKind::Name { id, ctx: ExprContext::Load } if **id == *"__debug__" => Some(Constant::Bool(debug)),
        ExprKind::UnaryOp { op, operand } => unary(*op, fold(operand, debug)?),
        ExprKind::BinOp(_) => chain(e, debug),
        ExprKind::Tuple { elts, ctx: ExprContext::Load } => {
            Some(Constant::Tuple(elts.iter().map(|e| fold(e, debug)).collect::<Option<Rc<[_]>>>()?))
        }
        ExprKind::Subscript(s) if s.ctx == ExprContext::Load => {
            subscript(&fold(&s.value, debug)?, &fold(&s.slice, debug)?)
        }
        _ => None,
    }
}

/// All constants of a list of expressions, or none.
pub(super) fn fold_all(list: &[Expr], debug: bool) -> Option<Rc<[Constant]>> {
    list.iter().map(|e| fold(e, debug)).collect()
}

/// A chain of operators, from its innermost left operand on.
fn chain(e: &Expr, debug: bool) -> Option<Constant> {
    let mut steps = Vec::new();
    let mut left = e;
    while let ExprKind::BinOp(b) = &left.kind {
        steps.push((b.op, &b.right));
        left = &b.left;
    }
    let mut value = fold(left, debug)?;
    for (op, right) in steps.into_iter().rev() {
        value = binary(op, &value, &fold(right, debug)?)?;
    }
    Some(value)
}

pub(super) fn unary(op: UnaryOp, value: Constant) -> Option<Constant> {
    use Constant as C;
    Some(match (op, value) {
        (UnaryOp::Not, value) => C::Bool(!truth(&value)),
        (UnaryOp::USub, C::Int(value)) => match value.checked_neg() {
            Some(value) => C::Int(value),
            None => C::BigInt("9223372036854775808".into()),
        },
        (UnaryOp::USub, C::BigInt(digits)) => match digits.strip_prefix('-') {
            Some(rest) => C::BigInt(rest.into()),
            None if *digits == *"9223372036854775808" => C::Int(i64::MIN),
            None => C::BigInt(format!("-{digits}").into()),
        },
        (UnaryOp::USub, C::Float(value)) => C::Float(-value),
        (UnaryOp::USub, C::Complex(real, imaginary)) => C::Complex(-real, -imaginary),
        (UnaryOp::UAdd, value @ (C::Int(_) | C::BigInt(_) | C::Float(_) | C::Complex(..))) => value,
        (UnaryOp::Invert, C::Int(value)) => C::Int(!value),
        _ => return None,
    })
}

pub(super) fn binary(op: Operator, left: &Constant, right: &Constant) -> Option<Constant> {
    use Constant as C;
    match (left, right) {
        (C::Int(a), C::Int(b)) => integers(op, *a, *b),
        (C::Float(a), C::Float(b)) => floats(op, *a, *b),
        (C::Int(a), C::Float(b)) => floats(op, exact(*a)?, *b),
        (C::Float(a), C::Int(b)) => floats(op, *a, exact(*b)?),
        (C::Int(a), C::Complex(re, im)) => complex(op, exact(*a)?, 0.0, *re, *im),
        (C::Float(a), C::Complex(re, im)) => complex(op, *a, 0.0, *re, *im),
        (C::Str { wtf8: a, .. }, C::Str { wtf8: b, .. }) if op == Operator::Add => {
            // Two halves of a surrogate pair must not be joined as bytes.
            let plain = std::str::from_utf8(a).is_ok() && std::str::from_utf8(b).is_ok();
            plain.then(|| bytes_string(&[&**a, &**b].concat()))
        }
        (C::Bytes(a), C::Bytes(b)) if op == Operator::Add => Some(C::Bytes([&**a, &**b].concat().into())),
        (C::Tuple(a), C::Tuple(b)) if op == Operator::Add => {
            Some(C::Tuple(a.iter().chain(b.iter()).cloned().collect()))
        }
        (sequence, C::Int(times)) | (C::Int(times), sequence) if op == Operator::Mult => {
            repeat(sequence, *times)
        }
        _ => None,
    }
}

fn exact(value: i64) -> Option<f64> {
    (value.unsigned_abs() <= 1 << 53).then_some(value as f64)
}

fn integers(op: Operator, a: i64, b: i64) -> Option<Constant> {
    let value = match op {
        Operator::Add => a.checked_add(b)?,
        Operator::Sub => a.checked_sub(b)?,
        Operator::Mult => a.checked_mul(b)?,
        Operator::Div if b != 0 => return Some(Constant::Float(exact(a)? / exact(b)?)),
        Operator::FloorDiv if b != 0 => {
            let quotient = a.checked_div(b)?;
            if a % b != 0 && (a < 0) != (b < 0) { quotient - 1 } else { quotient }
        }
        Operator::Mod if b != 0 => {
            let rest = a.checked_rem(b)?;
            if rest != 0 && (rest < 0) != (b < 0) { rest + b } else { rest }
        }
        Operator::Pow if b >= 0 => a.checked_pow(u32::try_from(b).ok()?)?,
        Operator::Pow if a != 0 => return floats(op, exact(a)?, exact(b)?),
        Operator::LShift if (0..63).contains(&b) => {
            let value = a << b;
            if value >> b != a {
                return None;
            }
            value
        }
        Operator::RShift if b >= 0 => a >> b.min(63),
        Operator::BitOr => a | b,
        Operator::BitXor => a ^ b,
        Operator::BitAnd => a & b,
        _ => return None,
    };
    Some(Constant::Int(value))
}

fn floats(op: Operator, a: f64, b: f64) -> Option<Constant> {
    let value = match op {
        Operator::Add => a + b,
        Operator::Sub => a - b,
        Operator::Mult => a * b,
        Operator::Div if b != 0.0 => a / b,
        // What is left needs care with signs and domains; only the plain cases are worth it.
        Operator::Pow if a > 0.0 => {
            let value = a.powf(b);
            if !value.is_finite() {
                return None;
            }
            value
        }
        _ => return None,
    };
    Some(Constant::Float(value))
}

fn complex(op: Operator, a: f64, b: f64, c: f64, d: f64) -> Option<Constant> {
    match op {
        Operator::Add => Some(Constant::Complex(a + c, b + d)),
        Operator::Sub => Some(Constant::Complex(a - c, b - d)),
        _ => None,
    }
}

fn repeat(sequence: &Constant, times: i64) -> Option<Constant> {
    let times = usize::try_from(times).ok()?;
    let fits = |length: usize, most: usize| length.checked_mul(times).is_some_and(|total| total <= most);
    match sequence {
        Constant::Str { wtf8, .. } if fits(wtf8.len(), MAX_STRING) => Some(bytes_string(&wtf8.repeat(times))),
        Constant::Bytes(bytes) if fits(bytes.len(), MAX_STRING) => {
            Some(Constant::Bytes(bytes.repeat(times).into()))
        }
        Constant::Tuple(items) if fits(items.len(), MAX_COLLECTION) => {
            Some(Constant::Tuple((0..times).flat_map(|_| items.iter().cloned()).collect()))
        }
        _ => None,
    }
}

fn subscript(value: &Constant, key: &Constant) -> Option<Constant> {
    let Constant::Int(key) = key else { return None };
    let place = |length: usize| {
        let at = if *key < 0 { key.checked_add(length as i64)? } else { *key };
        usize::try_from(at).ok().filter(|&at| at < length)
    };
    match value {
        Constant::Tuple(items) => items.get(place(items.len())?).cloned(),
        Constant::Str { wtf8, .. } if wtf8.is_ascii() => {
            let at = place(wtf8.len())?;
            Some(bytes_string(&wtf8[at..=at]))
        }
        Constant::Bytes(bytes) => Some(Constant::Int(i64::from(bytes[place(bytes.len())?]))),
        _ => None,
    }
}
